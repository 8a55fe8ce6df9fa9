//! What a report must not hold: names of people, shops and apps, ids, and what a proxy's address tells.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use url::Url;

use crate::config::Home;
use crate::marketplace::BUILT_IN;
use crate::marketplace::template::is_loopback;
use crate::{apps, connection, profiles, records};

use super::accounts::Account;
use super::{Report, Var};

/// Shorter words occur everywhere, and tell nothing.
const SHORTEST: usize = 2;

/// Users whom every machine has.
const NOBODYS: [&str; 2] = ["root", "sellauth"];

/// Checks that read a person's files, whose complaints quote what stands there.
const QUOTING: [&str; 3] = ["definitions", "files", "home"];

/// What stands in the place of something quoted.
const LEFT_OUT: &str = "…";

/// Words, and what stands in their place.
#[derive(Default)]
pub struct Redaction {
    words: HashMap<String, String>,
    /// How long they are, the longest first: what is part of something longer must wait for its turn.
    lengths: BTreeSet<Reverse<usize>>,
    /// What is quoted from a file is left out, too.
    for_everyone: bool,
}

impl Redaction {
    /// For a person: their home is `~`, and nothing else is changed.
    pub fn for_person(var: Var) -> Self {
        let mut redaction = Self::default();
        redaction.hide(home_of(var).unwrap_or_default(), "~");
        redaction
    }

    /// For everyone: without anything that is somebody's. `me`: whoever runs this; `other`: another user of
    /// whom is spoken.
    pub fn for_everyone(
        home: Option<&Home>,
        var: Var,
        me: Option<&Account>,
        other: Option<&Account>,
    ) -> Self {
        let mut redaction = Self { for_everyone: true, ..Self::for_person(var) };
        let homes = [(me, "~"), (other, "~USER")];
        for (account, instead) in homes.iter().filter_map(|(account, instead)| Some(((*account)?, instead))) {
            redaction.hide(account.home.trim_end_matches('/').to_owned(), instead);
        }
        let named = ["USER", "LOGNAME", "USERNAME", "SUDO_USER"].into_iter().filter_map(var);
        let home_of = home_of(var).and_then(|home| Some(home.rsplit('/').next()?.to_owned()));
        let known = [me, other].into_iter().flatten().map(|account| account.name.clone());
        // Where the program's own folders have its name, a user of that name is nobody.
        for user in named.chain(home_of).chain(known).filter(|user| !NOBODYS.contains(&user.as_str())) {
            redaction.hide(user, "USER");
        }
        for proxy in ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
            let url = var(proxy).and_then(|value| Url::parse(&value).ok());
            // This machine's own addresses are everyone's.
            let url = url.filter(|url| !is_loopback(url));
            redaction.hide(url.as_ref().and_then(Url::host_str).unwrap_or_default().to_owned(), "PROXY");
        }
        if let Some(home) = home {
            if var("SELLAUTH_HOME").is_some() {
                redaction.hide(home.config_folder().display().to_string(), "$SELLAUTH_HOME");
            }
            for (word, instead) in of_home(home) {
                redaction.hide(word, &instead);
            }
        }
        redaction
    }

    /// The first one to hide a word says what stands in its place.
    fn hide(&mut self, word: String, instead: &str) {
        if word.len() >= SHORTEST {
            self.lengths.insert(Reverse(word.len()));
            self.words.entry(word).or_insert_with(|| instead.to_owned());
        }
    }

    /// Takes it out of a report.
    pub fn apply(&self, report: &mut Report) {
        if let Some(folders) = &mut report.facts.folders {
            for folder in [&mut folders.config, &mut folders.state, &mut folders.store] {
                *folder = self.text(folder);
            }
        }
        if let Some(elsewhere) = &mut report.facts.elsewhere {
            elsewhere.config = self.text(&elsewhere.config);
        }
        for finding in &mut report.findings {
            let quotes = self.for_everyone && QUOTING.contains(&finding.check.as_str());
            let text = |text: &str| if quotes { self.text(&without_quotes(text)) } else { self.text(text) };
            finding.message = text(&finding.message);
            finding.causes = finding.causes.iter().map(|cause| text(cause)).collect();
            // What to do quotes names, which are known, and commands.
            finding.hint = finding.hint.as_deref().map(|hint| self.text(hint));
        }
    }

    /// The text with other words in the place of these, read once.
    pub fn text(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        while let Some(next) = text[at..].chars().next() {
            let before = text[..at].chars().next_back();
            let Some((word, instead)) = self.found(before, &text[at..]) else {
                out.push(next);
                at += next.len_utf8();
                continue;
            };
            at += word.len();
            // A shell looks for its user's home and for variables outside such marks only.
            let quoted = is_path(word) && before == Some('\'') && out.ends_with('\'');
            if quoted {
                out.pop();
            }
            out.push_str(instead);
            match text[at..].chars().next() {
                Some('/') if quoted => out.push_str("/'"),
                Some('\'') if quoted => {}
                _ => continue,
            }
            at += 1;
        }
        out
    }

    /// The longest word that `rest` begins with and that stands there by itself.
    fn found<'a>(&'a self, before: Option<char>, rest: &'a str) -> Option<(&'a str, &'a str)> {
        let whole = |word: &str| {
            let inside = |c: char| c.is_alphanumeric() || c == '_';
            // Elsewhere in a path another folder has that name.
            let begins = match is_path(word) {
                true => !before.is_some_and(|c| inside(c) || "./~-+".contains(c)),
                false => !before.is_some_and(inside) || !word.starts_with(inside),
            };
            begins && !rest[word.len()..].chars().next().is_some_and(inside)
        };
        self.lengths.iter().find_map(|Reverse(length)| {
            let word = rest.get(..*length)?;
            let instead = self.words.get(word)?;
            whole(word).then_some((word, instead.as_str()))
        })
    }
}

fn is_path(word: &str) -> bool {
    word.starts_with('/')
}

/// The home that the environment names, else the system.
fn home_of(var: Var) -> Option<String> {
    let home = var("HOME").map(|home| home.trim_end_matches('/').to_owned());
    home.filter(|home| !home.is_empty())
}

/// A complaint without what it quotes: whatever stands between the first and the last mark of a kind, since
/// what is quoted may hold such marks itself. Ids of ours are nobody's.
fn without_quotes(text: &str) -> String {
    let mut text = text.to_owned();
    for mark in ['`', '"'] {
        let (Some(first), Some(last)) = (text.find(mark), text.rfind(mark)) else { continue };
        let quoted = text.get(first + 1..last).unwrap_or_default();
        if BUILT_IN.iter().all(|(id, _)| *id != quoted) {
            text.replace_range(first..=last, &format!("{mark}{LEFT_OUT}{mark}"));
        }
    }
    text
}

/// The names and ids of everything that is registered and connected.
fn of_home(home: &Home) -> Vec<(String, String)> {
    let mut words = Vec::new();
    // The names of definitions stand in what is said of them, and are nobody's.
    let ids = connection::catalogue(home).list().unwrap_or_default();
    let ids: Vec<String> = ids.into_iter().map(|entry| entry.id).collect();
    let says_nothing = |name: &str| says_nothing(name, &ids);
    let folder = profiles::folder(home);
    for (i, name) in folder.names().unwrap_or_default().into_iter().enumerate() {
        if let Ok(Some(profile)) = folder.get(&name) {
            words.extend(profile.expect_shop.clone().map(|id| (id, "SHOP".to_owned())));
            words.extend(values(&profile.variables));
            if let Ok(Some(record)) = records::of_profiles(home).get(profile.uuid) {
                let told = [record.shop_id, record.shop_name].into_iter().flatten();
                words.extend(told.map(|word| (word, "SHOP".to_owned())));
                words.push((record.grant.client_id, "CLIENT_ID".to_owned()));
            }
        }
        words.extend((!says_nothing(&name)).then(|| (name, format!("shop-{}", i + 1))));
    }
    let folder = apps::folder(home);
    for (i, name) in folder.names().unwrap_or_default().into_iter().enumerate() {
        if let Ok(Some(app)) = folder.get(&name) {
            words.push((app.client_id, "CLIENT_ID".to_owned()));
            words.extend(values(&app.variables));
            let url = app.redirect_uri.and_then(|uri| Url::parse(&uri).ok());
            let url = url.filter(|url| !is_loopback(url));
            let host = url.as_ref().and_then(Url::host_str);
            words.extend(host.map(|host| (host.to_owned(), "HOST".to_owned())));
        }
        words.extend((!says_nothing(&name)).then(|| (name, format!("app-{}", i + 1))));
    }
    words
}

fn values(variables: &BTreeMap<String, String>) -> Vec<(String, String)> {
    variables.values().map(|value| (value.clone(), "VALUE".to_owned())).collect()
}

/// Whether a name is one that this program gives by itself.
fn says_nothing(name: &str, ids: &[String]) -> bool {
    let rest =
        |id: &String| name.strip_prefix(id.as_str()).filter(|rest| rest.is_empty() || rest.starts_with('-'));
    let short = |rest: &str| rest.len() <= 3 || rest == "-sandbox";
    ids.iter().filter_map(rest).any(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replaced(text: &str, word: &str, instead: &str) -> String {
        let mut redaction = Redaction::default();
        redaction.hide(word.to_owned(), instead);
        redaction.text(text)
    }

    #[test]
    fn a_word_is_replaced_where_it_stands_by_itself() {
        assert_eq!(replaced("kontor, kontor.toml and kontore", "kontor", "X"), "X, X.toml and kontore");
        assert_eq!(replaced("unkontor `kontor`", "kontor", "X"), "unkontor `X`");
        assert_eq!(replaced("in /home/ada/x and /home/adam", "/home/ada", "~"), "in ~/x and /home/adam");
        assert_eq!(replaced("token de, der", "de", "X"), "token X, der");
    }

    #[test]
    fn a_home_is_one_where_a_path_begins() {
        assert_eq!(replaced("/tmp/b/ada/H /ada/H=/ada", "/ada", "~"), "/tmp/b/ada/H ~/H=~");
        assert_eq!(replaced("./ada/H ../ada ~/ada", "/ada", "~"), "./ada/H ../ada ~/ada");
    }

    #[test]
    fn a_home_stands_outside_the_marks_of_a_shell_word() {
        let text = "rm '/home/ada/my files/x' '/home/ada' /home/ada/y";
        assert_eq!(replaced(text, "/home/ada", "~"), "rm ~/'my files/x' ~ ~/y");
    }

    #[test]
    fn what_a_complaint_quotes_is_left_out() {
        assert_eq!(without_quotes("no app is called `Meier`"), "no app is called `…`");
        assert_eq!(without_quotes("unknown variant `a`b`, expected one of `c`"), "unknown variant `…`");
        assert_eq!(
            without_quotes("invalid type: string \"Meier\", expected u64"),
            "invalid type: string \"…\", expected u64"
        );
        assert_eq!(without_quotes("`otto` is ours"), "`otto` is ours");
        assert_eq!(without_quotes("one ` mark"), "one `…` mark");
    }

    #[test]
    fn thousands_of_names_are_looked_for_at_once() {
        let mut redaction = Redaction::default();
        (0..5000).for_each(|i| redaction.hide(format!("kontor-{i}"), &format!("shop-{i}")));
        let text: Vec<String> = (0..5000).map(|i| format!("kontor-{i}")).collect();
        let hidden: Vec<String> = (0..5000).map(|i| format!("shop-{i}")).collect();
        assert_eq!(redaction.text(&text.join(", ")), hidden.join(", "));
    }

    #[test]
    fn names_this_program_gives_tell_nothing() {
        let ids = ["market", "market-own"].map(str::to_owned);
        for name in ["market", "market-de", "market-sandbox", "market-own"] {
            assert!(says_nothing(name, &ids), "{name}");
        }
        for name in ["kontor", "market-kontor", "marketkontor"] {
            assert!(!says_nothing(name, &ids), "{name}");
        }
    }

    #[test]
    fn a_persons_home_and_name_are_taken_out_of_paths() {
        let var = |name: &str| match name {
            "HOME" => Some("/home/ada".to_owned()),
            "USER" => Some("ada".to_owned()),
            "SUDO_USER" => Some("grace".to_owned()),
            "HTTPS_PROXY" => Some("http://ada:horse@proxy.corp.example:3128".to_owned()),
            _ => None,
        };
        let text = "/home/ada/x /srv/ada/key /home/grace/y http://proxy.corp.example:3128";
        let everyone = Redaction::for_everyone(None, &var, None, None);
        assert_eq!(everyone.text(text), "~/x /srv/USER/key /home/USER/y http://PROXY:3128");
        assert_eq!(Redaction::for_person(&var).text("/home/ada/x /home/grace"), "~/x /home/grace");
    }

    #[test]
    fn a_home_and_a_name_are_known_where_no_variable_names_them() {
        let account = |name: &str, home: &str| Account {
            name: name.to_owned(),
            uid: 1,
            gid: 1,
            groups: vec![1],
            home: home.to_owned(),
        };
        let (me, other) = (account("ada", "/home/lovelace"), account("hopper", "/home/grace"));
        let redaction = Redaction::for_everyone(None, &|_| None, Some(&me), Some(&other));
        let text = "/home/lovelace/x /home/grace/y user hopper, process 1 (ada)";
        assert_eq!(redaction.text(text), "~/x ~USER/y user USER, process 1 (USER)");
    }
}
