//! The pages a seller sees: no script, nothing from elsewhere, everything foreign escaped.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use url::Url;

use super::authorize::SCOPES;
use super::ledger::{Grant, SHOPS, Shop};
use super::server::Answer;

const STYLE: &str = include_str!("style.css");
const FRAME: &str = include_str!("frame.html");
const CONSENT: &str = include_str!("consent.html");
const NOTICE: &str = include_str!("notice.html");

/// What the consent page tells.
pub struct ConsentView<'a> {
    /// The page's one-time id.
    pub page: &'a str,
    /// The app's name.
    pub app_name: &'a str,
    /// The app's current version.
    pub app_version: &'a str,
    /// Where the answer goes.
    pub redirect_uri: &'a str,
    /// The scopes asked for.
    pub scopes: &'a [String],
    /// Who is signed in.
    pub signed_in: &'a Shop,
    /// What that shop has allowed the app before, if that still stands.
    pub previous: Option<&'a Grant>,
}

/// Text that is HTML already.
struct Html(String);

impl Html {
    /// Any text, escaped for element content and quoted attributes.
    fn text(text: &str) -> Html {
        let mut html = String::with_capacity(text.len());
        for character in text.chars() {
            match character {
                '&' => html.push_str("&amp;"),
                '<' => html.push_str("&lt;"),
                '>' => html.push_str("&gt;"),
                '"' => html.push_str("&quot;"),
                '\'' => html.push_str("&#39;"),
                other => html.push(other),
            }
        }
        Html(html)
    }

    /// `template` with each `{{name}}` replaced, in one pass: values are not looked at again.
    fn fill(template: &str, values: &[(&str, Html)]) -> Html {
        let mut html = String::with_capacity(template.len() * 2);
        let mut rest = template;
        while let Some((before, name, after)) = next_slot(rest) {
            html.push_str(before);
            let value = values.iter().find(|(other, _)| *other == name);
            html.push_str(value.map_or("", |(_, value)| &value.0));
            rest = after;
        }
        html.push_str(rest);
        Html(html)
    }
}

fn next_slot(template: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = template.split_once("{{")?;
    let (name, after) = rest.split_once("}}")?;
    Some((before, name, after))
}

/// The page that asks the seller.
pub fn consent(view: &ConsentView<'_>) -> Answer {
    let destination = Url::parse(view.redirect_uri).ok();
    let host = destination.as_ref().and_then(|url| {
        let host = url.host_str()?;
        Some(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
    });
    let content = Html::fill(
        CONSENT,
        &[
            ("page", Html::text(view.page)),
            ("app", Html::text(view.app_name)),
            ("initial", Html::text(initial(view.app_name))),
            ("version", Html::text(view.app_version)),
            ("host", Html::text(host.as_deref().unwrap_or(view.redirect_uri))),
            ("shop", Html::text(view.signed_in.name)),
            ("shop_initial", Html::text(initial(view.signed_in.name))),
            ("place", Html::text(view.signed_in.place)),
            ("shop_id", Html::text(view.signed_in.id)),
            ("others", others(view)),
            ("before", before(view)),
            ("scopes", scopes(view)),
        ],
    );
    // Chromium applies `form-action` to the redirect after the form as well, hence the app's origin.
    let origin = destination.map(|url| url.origin().ascii_serialization());
    framed(200, &format!("Allow {}?", view.app_name), content, origin.as_deref().unwrap_or_default())
}

fn initial(name: &str) -> &str {
    name.char_indices().nth(1).map_or(name, |(second, _)| &name[..second])
}

/// A button for each shop that could be signed in instead.
fn others(view: &ConsentView<'_>) -> Html {
    let button = r#"<button class="link" name="shop" value="{{id}}">Switch to {{name}}</button>"#;
    let others = SHOPS.iter().filter(|shop| *shop != view.signed_in);
    let buttons = others
        .map(|shop| Html::fill(button, &[("id", Html::text(shop.id)), ("name", Html::text(shop.name))]).0);
    Html(buttons.collect())
}

/// What the seller should know of an earlier consent.
fn before(view: &ConsentView<'_>) -> Html {
    let Some(previous) = view.previous else {
        return Html(String::new());
    };
    let sentence = if previous.app_version == view.app_version {
        "You have allowed this app before. Confirming gives it a fresh permission.".to_owned()
    } else {
        format!(
            "You allowed version {} before. Version {} needs your confirmation again.",
            previous.app_version, view.app_version
        )
    };
    Html::fill(r#"<p class="before">{{sentence}}</p>"#, &[("sentence", Html::text(&sentence))])
}

fn scopes(view: &ConsentView<'_>) -> Html {
    let row = "<li><strong>{{title}}{{new}}</strong><span>{{detail}}</span></li>\n";
    let asked = SCOPES.iter().filter(|(name, ..)| view.scopes.iter().any(|scope| scope == name));
    let rows = asked.map(|(name, title, detail)| {
        let is_new = view.previous.is_some_and(|grant| !grant.scopes.iter().any(|scope| scope == name));
        let new = if is_new { " <em>new</em>" } else { "" };
        let values =
            [("title", Html::text(title)), ("detail", Html::text(detail)), ("new", Html(new.to_owned()))];
        Html::fill(row, &values).0
    });
    Html(rows.collect())
}

/// A page that says one thing.
pub fn notice(status: u16, title: &str, text: &str) -> Answer {
    let content = Html::fill(NOTICE, &[("title", Html::text(title)), ("text", Html::text(text))]);
    framed(status, title, content, "")
}

/// The front page.
pub fn home(origin: &str) -> Answer {
    let text = format!(
        "A small marketplace that plays along on this computer, at {origin}. It has two shops and one app, \
         and forgets everything when it closes."
    );
    notice(200, "Welcome to Demo Market", &text)
}

/// A whole page around `content`, with the headers every page has. `form_target` is the origin its form
/// may lead to besides our own.
fn framed(status: u16, title: &str, content: Html, form_target: &str) -> Answer {
    let body = Html::fill(
        FRAME,
        &[("title", Html::text(title)), ("style", Html(STYLE.to_owned())), ("content", content)],
    );
    let digest = STANDARD.encode(Sha256::digest(STYLE));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{digest}'; img-src data:; form-action 'self' {form_target}; \
         base-uri 'none'; frame-ancestors 'none'"
    );
    let headers = vec![
        ("Content-Type", "text/html; charset=utf-8".to_owned()),
        ("Content-Security-Policy", policy),
        ("Cache-Control", "no-store".to_owned()),
        ("Referrer-Policy", "no-referrer".to_owned()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
    ];
    Answer { status, headers, body: body.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view<'a>(app_name: &'a str, scopes: &'a [String], previous: Option<&'a Grant>) -> ConsentView<'a> {
        ConsentView {
            page: "page-id",
            app_name,
            app_version: "1.1",
            redirect_uri: "http://127.0.0.1:4711/callback",
            scopes,
            signed_in: &SHOPS[0],
            previous,
        }
    }

    #[test]
    fn foreign_text_is_escaped_and_not_filled_in_again() {
        let answer = consent(&view("<i>{{page}}\"'&", &[], None));
        assert!(answer.body.contains("&lt;i&gt;{{page}}&quot;&#39;&amp;"));
        assert!(!answer.body.contains("<i>"));
    }

    #[test]
    fn every_slot_of_the_templates_has_a_value() {
        let scopes = SCOPES.map(|(name, ..)| name.to_owned());
        let answer = consent(&view("Parcel Pilot", &scopes, None));
        assert!(!answer.body.contains("{{"));
        for expected in
            ["Parcel Pilot", "1.1", "127.0.0.1:4711", "Kontor Nord", "Atelier Süd", "Change your offers"]
        {
            assert!(answer.body.contains(expected), "{expected}");
        }
        assert!(!answer.body.contains("You allowed"));
    }

    /// A browser takes a carriage return out before it hashes, and would then block the style.
    #[test]
    fn the_style_is_hashed_as_a_browser_reads_it() {
        assert!(!STYLE.contains('\r'), "checked out with carriage returns: see .gitattributes");
    }

    #[test]
    fn a_form_may_lead_to_the_app_and_nowhere_else() {
        let answer = consent(&view("Parcel Pilot", &[], None));
        let policy = answer.headers.iter().find(|(name, _)| *name == "Content-Security-Policy").unwrap();
        assert!(policy.1.contains("form-action 'self' http://127.0.0.1:4711;"), "{}", policy.1);
    }
}
