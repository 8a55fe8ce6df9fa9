//! What the seller gets to see in the browser: one page per outcome, without scripts, and with
//! everything that came from outside escaped.

use std::fmt::Write;

use crate::error::Told;
use crate::messages::{self, Language};
use crate::text;

/// The one stylesheet, part of every page; the policy header names its hash.
pub(super) const STYLE: &str = include_str!("page.css");

/// The most characters of one value from outside that are shown.
const MAX_SHOWN: usize = 300;

/// An outcome, as the seller is told about it. All texts are plain, and escaped on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// The shop is connected: the tokens are stored.
    Connected {
        /// The marketplace, as people call it.
        marketplace: String,
        /// The name the shop was connected under.
        profile: String,
        /// The shop's name or id, where the marketplace tells it.
        shop: Option<String>,
    },
    /// The seller cancelled, or the marketplace refused.
    Denied {
        /// The marketplace, as people call it.
        marketplace: String,
        /// What the marketplace said about it.
        reason: Option<String>,
        /// The same, for a browser in another language than the terminal.
        told: Option<Told>,
    },
    /// The marketplace consented, but the tokens could not be fetched or stored.
    Failed {
        /// What went wrong.
        reason: String,
        /// What to do next.
        hint: Option<String>,
        /// Both, for a browser in another language than the terminal.
        told: Option<Told>,
    },
    /// The seller was signed in as another shop.
    WrongShop {
        /// The shop that was to be connected.
        expected: String,
        /// The shop that consented.
        got: String,
    },
    /// The marketplace no longer takes the code: it lives for seconds or minutes, and works once.
    Expired,
    /// This answer came before.
    AlreadyDone,
    /// The program was stopped while it worked on the answer.
    Interrupted,
    /// No page has this address.
    NotFound,
    /// The answer belongs to another login, or to none.
    Stray,
    /// The request is none a browser makes on its way back from a marketplace.
    Refused,
}

impl Page {
    /// The whole document. Reasons and hints were said to the terminal, in its language, and are marked as such.
    pub fn html(&self, language: Language) -> String {
        let terminal = messages::spoken();
        messages::aside(language, || self.view(terminal).html())
    }

    fn view(&self, terminal: Language) -> View {
        match self {
            Page::Connected { marketplace, profile, shop } => {
                connected(marketplace, profile, shop.as_deref())
            }
            Page::Denied { marketplace, told: Some(told), .. } if terminal != messages::spoken() => {
                denied(marketplace, Some(&told.message()), messages::spoken())
            }
            Page::Denied { marketplace, reason, .. } => denied(marketplace, reason.as_deref(), terminal),
            Page::Failed { told: Some(told), .. } if terminal != messages::spoken() => {
                failed(&told.message(), told.hint().as_deref(), messages::spoken())
            }
            Page::Failed { reason, hint, .. } => failed(reason, hint.as_deref(), terminal),
            Page::WrongShop { expected, got } => View::new(Tone::Wait, text!("page-wrong-shop"))
                .say(text!("page-wrong-shop-text"))
                .fact(text!("page-expected"), expected)
                .fact(text!("page-got"), got)
                .next(text!("page-wrong-shop-next")),
            Page::Expired => View::new(Tone::Wait, text!("page-expired"))
                .say(text!("page-expired-text"))
                .next(text!("page-start-again")),
            Page::AlreadyDone => View::new(Tone::Plain, text!("page-already-done"))
                .say(text!("page-already-done-text"))
                .next(text!("page-see-terminal")),
            Page::Interrupted => View::new(Tone::Bad, text!("page-interrupted"))
                .say(text!("page-interrupted-text"))
                .next(text!("page-start-again")),
            Page::NotFound => View::new(Tone::Plain, text!("page-not-found"))
                .say(text!("page-not-found-text"))
                .next(text!("page-close")),
            Page::Stray => View::new(Tone::Wait, text!("page-stray"))
                .say(text!("page-stray-text"))
                .next(text!("page-stray-next")),
            Page::Refused => View::new(Tone::Bad, text!("page-refused"))
                .say(text!("page-refused-text"))
                .next(text!("page-close")),
        }
    }
}

fn connected(marketplace: &str, profile: &str, shop: Option<&str>) -> View {
    let view = View::new(Tone::Good, text!("page-connected"));
    let view = shop.into_iter().fold(view, |view, shop| view.fact(text!("page-shop"), shop));
    view.fact(text!("page-marketplace"), marketplace)
        .fact(text!("page-profile"), profile)
        .next(text!("page-close"))
        .say(text!("page-connected-next"))
        .command(format!("sellauth token {profile}"))
}

fn failed(reason: &str, hint: Option<&str>, terminal: Language) -> View {
    let view = View::new(Tone::Bad, text!("page-failed"));
    let view = view.quote("", &sentence(reason), terminal).say(text!("page-failed-text"));
    match hint {
        Some(hint) => view.quote(" class=\"next\"", &sentence(hint), terminal),
        None => view.next(text!("page-see-terminal")),
    }
}

fn denied(marketplace: &str, reason: Option<&str>, terminal: Language) -> View {
    let view = View::new(Tone::Bad, text!("page-denied"))
        .say(text!("page-denied-text", marketplace = shown(marketplace)));
    reason
        .into_iter()
        .fold(view, |view, reason| view.fact_in(terminal, text!("page-denied-reason"), &sentence(reason)))
        .next(text!("page-denied-next"))
}

/// How an outcome feels; carried by colour and sign, and always said in words as well.
#[derive(Clone, Copy)]
enum Tone {
    Good,
    Bad,
    Wait,
    Plain,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Tone::Good => "good",
            Tone::Bad => "bad",
            Tone::Wait => "wait",
            Tone::Plain => "plain",
        }
    }

    /// The path of a sign, on a square of 24 units.
    fn sign(self) -> &'static str {
        match self {
            Tone::Good => "M4.5 12.5l5 5L19.5 7",
            Tone::Bad => "M6 6l12 12M18 6L6 18",
            Tone::Wait => "M12 4.5v9M12 19v.01",
            Tone::Plain => "M12 11v8.5M12 5v.01",
        }
    }
}

/// A page before it is rendered.
struct View {
    tone: Tone,
    title: String,
    /// Rendered, in order.
    content: String,
    facts_open: bool,
}

impl View {
    fn new(tone: Tone, title: String) -> View {
        View { tone, title, content: String::new(), facts_open: false }
    }

    /// A paragraph that explains.
    fn say(self, text: impl AsRef<str>) -> View {
        self.add(&format!("<p>{}</p>", marked(text.as_ref())))
    }

    /// A paragraph that says what to do.
    fn next(self, text: impl AsRef<str>) -> View {
        self.add(&format!("<p class=\"next\">{}</p>", marked(text.as_ref())))
    }

    /// A paragraph of what the terminal says, in its language.
    fn quote(self, class: &str, text: &str, terminal: Language) -> View {
        self.add(&format!("<p{class}{}>{}</p>", spoken_in(terminal), marked(text)))
    }

    fn command(self, text: impl AsRef<str>) -> View {
        self.add(&format!("<p><code class=\"command\">{}</code></p>", escaped(text.as_ref())))
    }

    /// A value with its name, in the list of its neighbours.
    fn fact(self, name: impl AsRef<str>, value: &str) -> View {
        self.fact_in(messages::spoken(), name, value)
    }

    fn fact_in(mut self, language: Language, name: impl AsRef<str>, value: &str) -> View {
        if !self.facts_open {
            self.content.push_str("<dl>\n");
            self.facts_open = true;
        }
        let (name, value) = (escaped(name.as_ref()), escaped(&shown(value)));
        let _ = writeln!(
            self.content,
            "<div><dt>{name}</dt><dd{}><bdi>{value}</bdi></dd></div>",
            spoken_in(language)
        );
        self
    }

    fn add(mut self, element: &str) -> View {
        self.close_facts();
        self.content.push_str(element);
        self.content.push('\n');
        self
    }

    fn close_facts(&mut self) {
        if std::mem::take(&mut self.facts_open) {
            self.content.push_str("</dl>\n");
        }
    }

    fn html(mut self) -> String {
        self.close_facts();
        let View { tone, title, content, .. } = self;
        let (title, language) = (escaped(&title), escaped(&text!("page-language")));
        let (class, sign) = (tone.class(), tone.sign());
        format!(
            "<!doctype html>\n<html lang=\"{language}\" class=\"{class}\">\n<head>\n\
             <meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title} · sellauth</title>\n\
             <style>{STYLE}</style>\n</head>\n<body>\n<main>\n\
             <svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"{sign}\"/></svg>\n\
             <h1>{title}</h1>\n{content}</main>\n<footer>sellauth</footer>\n</body>\n</html>\n"
        )
    }
}

/// The attribute of an element in another language than its page.
fn spoken_in(language: Language) -> String {
    match language == messages::spoken() {
        true => String::new(),
        false => format!(" lang=\"{}\"", language.tag()),
    }
}

/// A message written for the terminal (lower case, no full stop) as a sentence of its own.
fn sentence(text: &str) -> String {
    let text = shown(text);
    let mut chars = text.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    let stop = if text.ends_with(['.', '!', '?', '…', ':']) { "" } else { "." };
    format!("{first}{}{stop}", chars.as_str())
}

/// A value from outside: of bearable length, without characters that steer the display.
fn shown(text: &str) -> String {
    let mut visible = text.trim().chars().map(|c| if steers(c) { ' ' } else { c });
    let mut shown: String = visible.by_ref().take(MAX_SHOWN).collect();
    if visible.next().is_some() {
        shown.push('…');
    }
    shown
}

/// Controls, and the marks that turn the direction of the text around them.
fn steers(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Escaped, with what messages put between backticks set as code.
fn marked(text: &str) -> String {
    let parts: Vec<String> = text.split('`').map(escaped).collect();
    let mut marked = String::new();
    for (at, part) in parts.iter().enumerate() {
        let closed = at + 1 < parts.len();
        match (at % 2 == 1, closed) {
            (true, true) => marked.extend(["<code>", part, "</code>"]),
            (true, false) => marked.extend(["`", part]),
            (false, _) => marked.push_str(part),
        }
    }
    marked
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every page, with `value` wherever something from outside is shown.
    fn all(value: &str) -> Vec<Page> {
        let text = || value.to_owned();
        vec![
            Page::Connected { marketplace: text(), profile: text(), shop: Some(text()) },
            Page::Connected { marketplace: text(), profile: text(), shop: None },
            Page::Denied { marketplace: text(), reason: Some(text()), told: None },
            Page::Denied { marketplace: text(), reason: None, told: None },
            Page::Failed { reason: text(), hint: Some(text()), told: None },
            Page::Failed { reason: text(), hint: None, told: None },
            Page::WrongShop { expected: text(), got: text() },
            Page::Expired,
            Page::AlreadyDone,
            Page::Interrupted,
            Page::NotFound,
            Page::Stray,
            Page::Refused,
        ]
    }

    #[test]
    fn what_came_from_outside_is_escaped() {
        let hostile = r#"</style></dd><script>alert('1')</script><img src=x onerror="a">&lt;"#;
        for page in all(hostile) {
            let html = page.html(Language::English);
            assert_eq!(html.matches("<script").count(), 0, "{page:?}");
            assert_eq!(html.matches("<img").count(), 0, "{page:?}");
            assert_eq!(html.matches("</style>").count(), 1, "{page:?}");
            assert!(!html.contains("\"a\""), "{page:?}");
        }
        assert_eq!(escaped(r#"<a b='c'>&"d""#), "&lt;a b=&#39;c&#39;&gt;&amp;&quot;d&quot;");
    }

    #[test]
    fn pages_are_whole_and_speak() {
        for page in all("Äpfel & Co") {
            let html = page.html(Language::English);
            assert!(html.starts_with("<!doctype html>\n<html lang=\"en\""), "{page:?}");
            for tag in ["main", "h1", "title", "style", "svg", "p", "dl", "div", "dd", "bdi", "code"] {
                let opened =
                    html.matches(&format!("<{tag}>")).count() + html.matches(&format!("<{tag} ")).count();
                assert_eq!(opened, html.matches(&format!("</{tag}>")).count(), "{tag} of {page:?}");
            }
            // A message the catalogue does not have renders as its id.
            assert!(!html.contains("page-"), "{html}");
            assert!(!html.contains("style="), "the policy forbids it: {html}");
        }
    }

    #[test]
    fn success_names_what_was_connected() {
        let html = Page::Connected {
            marketplace: "Amazon".into(),
            profile: "amazon-de".into(),
            shop: Some("A1B2C3".into()),
        }
        .html(Language::English);
        for part in ["<bdi>A1B2C3</bdi>", "<bdi>Amazon</bdi>", ">sellauth token amazon-de</code>"] {
            assert!(html.contains(part), "{part}");
        }
    }

    #[test]
    fn a_wrong_shop_is_sent_back_to_the_start() {
        // Its command has ended, and with it every address that it has shown.
        let html = Page::WrongShop { expected: "A1".into(), got: "B2".into() }.html(Language::English);
        for part in
            ["<bdi>A1</bdi>", "<bdi>B2</bdi>", "Sign out", "private window", "start again from the terminal"]
        {
            assert!(html.contains(part), "{part}");
        }
        assert!(!html.contains("address"), "{html}");
    }

    #[test]
    fn messages_of_the_terminal_become_sentences() {
        assert_eq!(sentence("the store is locked"), "The store is locked.");
        assert_eq!(sentence("öffne ihn?"), "Öffne ihn?");
        assert_eq!(sentence("done."), "Done.");
    }

    #[test]
    fn backticks_mark_code() {
        assert_eq!(marked("run `a <b>` or `c`"), "run <code>a &lt;b&gt;</code> or <code>c</code>");
        assert_eq!(marked("it`s"), "it`s");
        assert_eq!(marked("``"), "<code></code>");
    }

    #[test]
    fn long_and_steering_values_are_tamed() {
        assert_eq!(shown("a\u{202e}b\r\nc"), "a b  c");
        assert_eq!(shown(&"ä".repeat(MAX_SHOWN)).chars().count(), MAX_SHOWN);
        assert!(shown(&"ä".repeat(MAX_SHOWN + 1)).ends_with("ä…"));
    }
}
