//! The relay page: what stands at a registered https redirect URI and sends the browser on to the
//! listener on the seller's own machine.
//!
//! The port is the suffix of `state`. A request that a marketplace starts by itself carries no
//! `state`, and goes to a fixed port.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use url::Url;

use crate::messages::{self, Language};
use crate::text;

/// Where requests without a `state` of ours go, unless someone says otherwise.
pub const FIXED_PORT: u16 = 47823;

/// The ports a relay sends to: 1024 to 65535, as a regular expression every server understands.
const PORT: &str = "(102[4-9]|10[3-9][0-9]|1[1-9][0-9][0-9]|[2-9][0-9][0-9][0-9]|[1-5][0-9][0-9][0-9][0-9]\
                    |6[0-4][0-9][0-9][0-9]|65[0-4][0-9][0-9]|655[0-2][0-9]|6553[0-5])";

const PAGE: &str = include_str!("relay.html");

/// The ways to relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relay {
    /// One static page, for any web space.
    Page,
    /// A `location` for nginx.
    Nginx,
    /// A `handle` for Caddy.
    Caddy,
    /// A `Location` for Apache.
    Apache,
}

impl Relay {
    /// The text to put on the server. `port` is the fixed one.
    pub fn text(self, port: u16) -> String {
        let snippet = match self {
            Relay::Page => return page(port),
            Relay::Nginx => include_str!("relay.nginx"),
            Relay::Caddy => include_str!("relay.caddy"),
            Relay::Apache => include_str!("relay.apache"),
        };
        snippet.replace("{fixed}", &port.to_string()).replace("{port}", PORT)
    }
}

/// The page in every language, with the hashes of its own script and style in its policy.
fn page(port: u16) -> String {
    let page = PAGE.replace("{texts}", &texts());
    let hash = |tag: &str| {
        let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
        let inside = page.split_once(&open).and_then(|(_, rest)| rest.split_once(&close));
        let digest = Sha256::digest(inside.map_or("", |(inside, _)| inside).as_bytes());
        format!("sha256-{}", STANDARD.encode(digest))
    };
    let (script, style) = (hash("script"), hash("style"));
    page.replace("{script}", &script).replace("{style}", &style).replace("{port}", &port.to_string())
}

/// What the page says, by language: the server that keeps it knows nothing of who will read it.
fn texts() -> String {
    let texts = || {
        json!({
            "title": text!("relay-title"),
            "text": text!("relay-text"),
            "copy": text!("relay-copy"),
            "copied": text!("relay-copied"),
            "nothing": text!("relay-nothing"),
            "nothingNext": text!("relay-nothing-next"),
            "paste": text!("relay-paste"),
            "pasteText": text!("relay-paste-text"),
            "pasteLabel": text!("relay-paste-label"),
            "wait": text!("relay-wait"),
            "waitText": text!("relay-wait-text"),
            "waitLabel": text!("relay-wait-label"),
        })
    };
    let of = |(language, tag): (Language, &str)| (tag.to_owned(), messages::aside(language, texts));
    Value::Object(Language::TABLE.into_iter().map(of).collect()).to_string()
}

/// The address a relay at `relay` should send this query to.
pub fn target(port: u16, query: &str) -> String {
    format!("http://127.0.0.1:{port}/callback?{query}")
}

/// Whether what a server answered for `relay` with `query` is a relay: our page, or the redirect.
pub fn is_relay(status: u16, location: Option<&str>, body: &str, port: u16, query: &str) -> bool {
    match status {
        200 => body.trim() == page(FIXED_PORT).trim() || is_page_with_other_port(body),
        301..=303 | 307 => {
            let same = |location: &str| Url::parse(location).ok() == Url::parse(&target(port, query)).ok();
            location.is_some_and(same)
        }
        _ => false,
    }
}

fn is_page_with_other_port(body: &str) -> bool {
    let port = body.split_once("data-port=\"").and_then(|(_, rest)| rest.split_once('"'));
    let port = port.and_then(|(port, _)| port.parse::<u16>().ok());
    port.is_some_and(|port| page(port).trim() == body.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_small_whole_and_calls_nobody() {
        let page = page(FIXED_PORT);
        assert!(page.len() < 10 * 1024, "{} bytes", page.len());
        assert!(!page.contains("{script}") && !page.contains("{style}") && !page.contains("{port}"));
        assert!(page.contains("data-port=\"47823\"") && page.contains("no-referrer"));
        let addresses: Vec<&str> = page.match_indices("http").map(|(i, _)| &page[i..i + 17]).collect();
        assert_eq!(addresses, ["http-equiv=\"Conte", "http://127.0.0.1:"]);
    }

    /// A browser takes a carriage return out before it hashes, and would then run and style nothing.
    #[test]
    fn script_and_style_are_hashed_as_a_browser_reads_them() {
        for relay in [Relay::Page, Relay::Nginx, Relay::Caddy, Relay::Apache] {
            let text = relay.text(FIXED_PORT);
            assert!(
                !text.contains('\r'),
                "{relay:?} was checked out with carriage returns: see .gitattributes"
            );
        }
    }

    #[test]
    fn ports_are_those_a_person_may_bind() {
        let port = regex_lite::Regex::new(&format!("^{PORT}$")).unwrap();
        for number in 0..=70_000u32 {
            assert_eq!(port.is_match(&number.to_string()), (1024..=65_535).contains(&number), "{number}");
        }
    }

    #[test]
    fn a_relay_is_known_by_what_it_answers() {
        let query = "code=check&state=check.47999";
        let redirect = target(47999, query);
        assert!(is_relay(302, Some(&redirect), "", 47999, query));
        assert!(!is_relay(302, Some("http://127.0.0.1:47999/callback"), "", 47999, query));
        assert!(!is_relay(302, Some("https://evil.example/"), "", 47999, query));
        assert!(!is_relay(302, None, "", 47999, query));
        assert!(is_relay(200, None, &page(FIXED_PORT), 47999, query));
        assert!(is_relay(200, None, &page(5000), 47999, query));
        assert!(!is_relay(200, None, "<html>", 47999, query));
        assert!(!is_relay(404, None, "", 47999, query));
    }
}
