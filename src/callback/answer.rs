//! One HTTP answer, as bytes. Every one carries the same guards.

use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::pages::{Page, STYLE};
use crate::messages::Language;

/// Nothing may load, run, frame, submit or rebase, but for the one stylesheet of ours, known by
/// its hash (CSP level 3, section 2.3.1).
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = STANDARD.encode(Sha256::digest(STYLE));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    )
});

/// An answer, ready to be written.
pub(super) struct Answer {
    status: u16,
    location: Option<String>,
    body: String,
}

impl Answer {
    /// A page under a status, in the language of whoever reads it.
    pub fn page(status: u16, page: &Page, language: Language) -> Answer {
        Answer { status, location: None, body: page.html(language) }
    }

    /// Sends the browser on with `GET`, so that the address with the code is neither shown nor
    /// kept (RFC 9110 section 15.4.4). `location` is an absolute path or a URL, in ASCII without
    /// controls, as the `url` crate serializes it.
    pub fn see_other(location: &str) -> Answer {
        Answer { status: 303, location: Some(location.to_owned()), body: String::new() }
    }

    /// Status line, headers and body.
    pub fn bytes(&self) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} {}\r\n", self.status, reason(self.status));
        let length = self.body.len().to_string();
        let mut header = |name: &str, value: &str| {
            head.extend([name, ": ", value, "\r\n"]);
        };
        if let Some(location) = &self.location {
            header("Location", location);
        }
        if self.status == 405 {
            header("Allow", "GET");
        }
        header("Content-Type", "text/html; charset=utf-8");
        header("Vary", "Accept-Language");
        header("Content-Length", &length);
        header("Content-Security-Policy", &POLICY);
        header("Referrer-Policy", "no-referrer");
        header("Cache-Control", "no-store");
        header("X-Content-Type-Options", "nosniff");
        header("Connection", "close");
        head.push_str("\r\n");
        head.push_str(&self.body);
        head.into_bytes()
    }
}

/// The reason phrases of the statuses in use (RFC 9110 section 15).
fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        303 => "See Other",
        400 => "Bad Request",
        404 => "Not Found",
        405 => "Method Not Allowed",
        414 => "URI Too Long",
        421 => "Misdirected Request",
        431 => "Request Header Fields Too Large",
        _ => "Internal Server Error",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUARDS: [&str; 5] = [
        "\r\nReferrer-Policy: no-referrer\r\n",
        "\r\nCache-Control: no-store\r\n",
        "\r\nX-Content-Type-Options: nosniff\r\n",
        "\r\nConnection: close\r\n",
        "frame-ancestors 'none'\r\n",
    ];

    #[test]
    fn every_answer_carries_the_guards() {
        let answers = [
            Answer::page(200, &Page::AlreadyDone, Language::German),
            Answer::page(404, &Page::NotFound, Language::English),
            Answer::see_other("/callback/done"),
        ];
        for answer in answers {
            let text = String::from_utf8(answer.bytes()).unwrap();
            for guard in GUARDS {
                assert!(text.contains(guard), "{guard:?} is missing in {text}");
            }
            let (head, body) = text.split_once("\r\n\r\n").unwrap();
            assert!(head.contains(&format!("Content-Length: {}", body.len())));
        }
    }

    #[test]
    fn the_policy_names_the_stylesheet_of_the_page() {
        let page = Page::Expired.html(Language::Polish);
        let style = page.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0;
        let hash = STANDARD.encode(Sha256::digest(style));
        assert!(POLICY.contains(&format!("style-src 'sha256-{hash}'")));
    }

    /// A browser takes a carriage return out before it hashes, and would then block the style.
    #[test]
    fn the_stylesheet_is_hashed_as_a_browser_reads_it() {
        assert!(!STYLE.contains('\r'), "checked out with carriage returns: see .gitattributes");
    }

    #[test]
    fn a_wrong_method_names_the_right_one() {
        let text = String::from_utf8(Answer::page(405, &Page::Refused, Language::English).bytes()).unwrap();
        assert!(text.starts_with("HTTP/1.1 405 Method Not Allowed\r\nAllow: GET\r\n"));
    }
}
