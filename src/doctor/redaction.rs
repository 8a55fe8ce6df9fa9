//! What a report must not hold: names of people, shops and apps, ids, and what a proxy's address tells.

use std::collections::BTreeMap;

use url::Url;

use crate::config::Home;
use crate::marketplace::template::is_loopback;
use crate::{apps, connection, profiles, records};

use super::{Report, Var};

/// Shorter words occur everywhere, and tell nothing.
const SHORTEST: usize = 3;

/// Words, and what stands in their place.
#[derive(Default)]
pub struct Redaction(Vec<(String, String)>);

impl Redaction {
    /// For a person: their home is `~`, and nothing else is changed.
    pub fn for_person(var: Var) -> Self {
        let home = var("HOME").map(|home| home.trim_end_matches('/').to_owned());
        Self(home.filter(|home| !home.is_empty()).map(|home| (home, "~".to_owned())).into_iter().collect())
    }

    /// For everyone: without anything that is somebody's.
    pub fn for_everyone(home: Option<&Home>, var: Var) -> Self {
        let Self(mut words) = Self::for_person(var);
        let mut hide = |word: &str, instead: &str| {
            if word.len() >= SHORTEST {
                words.push((word.to_owned(), instead.to_owned()));
            }
        };
        let named = ["USER", "LOGNAME", "USERNAME", "SUDO_USER"].into_iter().filter_map(var);
        let home_of = var("HOME").and_then(|home| Some(home.rsplit('/').next()?.to_owned()));
        // Where the program's own folders have its name, a user of that name is nobody.
        for user in named.chain(home_of).filter(|user| !user.is_empty() && user != "sellauth") {
            hide(&format!("/{user}"), "/USER");
        }
        for proxy in ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
            let url = var(proxy).and_then(|value| Url::parse(&value).ok());
            // This machine's own addresses are everyone's.
            let url = url.filter(|url| !is_loopback(url));
            hide(url.as_ref().and_then(Url::host_str).unwrap_or_default(), "PROXY");
        }
        if let Some(home) = home {
            if var("SELLAUTH_HOME").is_some() {
                hide(&home.config_folder().display().to_string(), "$SELLAUTH_HOME");
            }
            for (word, instead) in of_home(home) {
                hide(&word, &instead);
            }
        }
        // What is part of something longer must wait for its turn.
        words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        Self(words)
    }

    /// Takes it out of a report.
    pub fn apply(&self, report: &mut Report) {
        if let Some(folders) = &mut report.facts.folders {
            for folder in [&mut folders.config, &mut folders.state, &mut folders.store] {
                *folder = self.text(folder);
            }
        }
        for finding in &mut report.findings {
            finding.message = self.text(&finding.message);
            finding.hint = finding.hint.as_deref().map(|hint| self.text(hint));
            finding.causes = finding.causes.iter().map(|cause| self.text(cause)).collect();
        }
    }

    /// The text with other words in the place of these.
    pub fn text(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (word, instead)| replaced(&text, word, instead))
    }
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

/// Replaces a word where it stands by itself: neither end of it is inside another word.
fn replaced(text: &str, word: &str, instead: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let inside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    while let Some(at) = rest.find(word) {
        let (before, after) = (&rest[..at], &rest[at + word.len()..]);
        let begins = word.starts_with('/') || !inside(before.chars().next_back().or(out.chars().next_back()));
        let whole = begins && !inside(after.chars().next());
        out.push_str(before);
        out.push_str(if whole { instead } else { word });
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_replaced_where_it_stands_by_itself() {
        assert_eq!(replaced("kontor, kontor.toml and kontore", "kontor", "X"), "X, X.toml and kontore");
        assert_eq!(replaced("unkontor `kontor`", "kontor", "X"), "unkontor `X`");
        assert_eq!(replaced("in /home/ada/x and /home/adam", "/home/ada", "~"), "in ~/x and /home/adam");
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
        let everyone = Redaction::for_everyone(None, &var);
        assert_eq!(everyone.text(text), "~/x /srv/USER/key /home/USER/y http://PROXY:3128");
        assert_eq!(Redaction::for_person(&var).text("/home/ada/x /home/grace"), "~/x /home/grace");
    }
}
