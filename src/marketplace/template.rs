//! Templates: text with `{placeholders}`, rendered for the place the result goes to.
//!
//! There are no conditions and no expressions. A value is percent-encoded for its place in a URL,
//! may never leave the host it stands in, and a parameter that renders empty is left out by the
//! caller.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use thiserror::Error;
use url::{Host, Position, Url};

use crate::text;

/// Everything outside RFC 3986's `unreserved` is encoded, so a space is `%20` and never `+`.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Why a template could not be read or rendered.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum TemplateError {
    /// A brace without its partner, or something that is no name between two.
    #[error("{}", text!("cause-template", text = _0))]
    Syntax(String),
    /// A value that the place cannot do without.
    #[error("{}", text!("cause-missing", name = name, template = template))]
    Missing {
        /// The placeholder.
        name: String,
        /// The whole template.
        template: String,
    },
    /// A value that would change the host a request goes to.
    #[error("{}", text!("cause-host", name = _0))]
    Host(String),
    /// A value that is no origin, where a whole one is wanted.
    #[error("{}", text!("cause-origin", name = _0))]
    Origin(String),
    /// A value that would end a header line.
    #[error("{}", text!("cause-header", name = _0))]
    Header(String),
    /// The result is no address this program sends anything to.
    #[error("{}", text!("cause-address", address = _0))]
    Address(String),
}

/// Text with placeholders.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Template {
    source: String,
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Placeholder(String),
}

impl fmt::Debug for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.source)
    }
}

impl TryFrom<String> for Template {
    type Error = TemplateError;

    fn try_from(source: String) -> Result<Self, TemplateError> {
        let syntax = || TemplateError::Syntax(source.clone());
        let mut pieces = Vec::new();
        let mut rest = source.as_str();
        while let Some(open) = rest.find(['{', '}']) {
            let (text, tail) = rest.split_at(open);
            let (name, after) =
                tail.strip_prefix('{').and_then(|tail| tail.split_once('}')).ok_or_else(syntax)?;
            if !is_name(name) {
                return Err(syntax());
            }
            if !text.is_empty() {
                pieces.push(Piece::Text(text.to_owned()));
            }
            pieces.push(Piece::Placeholder(name.to_owned()));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        Ok(Self { source, pieces })
    }
}

/// Whether `name` may stand between braces: lower case, digits, underscores.
pub fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// What placeholders stand for while one request is made.
#[derive(Clone, Default)]
pub struct Values {
    known: BTreeMap<String, SecretString>,
    /// The names of those that nobody else may see.
    secret: BTreeSet<String>,
}

impl Values {
    /// Sets `name`, replacing an earlier value.
    pub fn set(&mut self, name: &str, value: &str) {
        self.known.insert(name.to_owned(), SecretString::from(value));
    }

    /// Sets each name to its value.
    pub fn set_all<'a>(&mut self, pairs: impl IntoIterator<Item = (&'a String, &'a String)>) {
        for (name, value) in pairs {
            self.set(name, value);
        }
    }

    /// Sets `name` to a secret.
    pub fn set_secret(&mut self, name: &str, value: &SecretString) {
        self.known.insert(name.to_owned(), value.clone());
        self.secret.insert(name.to_owned());
    }

    /// Sets `name` only if it has no value yet.
    pub fn set_default(&mut self, name: &str, value: &str) {
        self.known.entry(name.to_owned()).or_insert_with(|| SecretString::from(value));
    }

    /// The value of `name`; empty when it has none.
    pub fn get(&self, name: &str) -> &str {
        self.known.get(name).map_or("", ExposeSecret::expose_secret)
    }

    /// The names whose values were set as secrets.
    pub fn secret_names(&self) -> impl Iterator<Item = &str> {
        self.secret.iter().map(String::as_str)
    }
}

impl Template {
    /// The names between braces, in order.
    pub fn placeholders(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Placeholder(name) => Some(name.as_str()),
            Piece::Text(_) => None,
        })
    }

    /// The text as written in the definition.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Whether it is text without placeholders.
    pub fn is_plain(&self) -> bool {
        self.placeholders().next().is_none()
    }

    /// The placeholders that choose the host, when this is a URL: the first piece (a whole
    /// origin) and those before the path.
    pub fn host_placeholders(&self) -> Vec<&str> {
        let mut found = Vec::new();
        let mut zone = Zone::Start;
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => zone = zone.after(text),
                Piece::Placeholder(name) if zone <= Zone::Host => {
                    found.push(name.as_str());
                    zone = zone.max(Zone::Host);
                }
                Piece::Placeholder(_) => {}
            }
        }
        found
    }

    /// The plain text: for form fields, JSON strings and values. Missing values are empty.
    pub fn text(&self, values: &Values) -> SecretString {
        let mut out = zeroize::Zeroizing::new(String::new());
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Placeholder(name) => out.push_str(values.get(name)),
            }
        }
        SecretString::from(out.as_str())
    }

    /// A header's value; refuses what would start another header, and what is not ASCII.
    pub fn header(&self, values: &Values) -> Result<SecretString, TemplateError> {
        let bad = |text: &str| text.bytes().any(|b| !(0x20..0x7f).contains(&b));
        if bad(&self.source) {
            return Err(TemplateError::Header(self.source.clone()));
        }
        match self.placeholders().find(|name| bad(values.get(name))) {
            Some(name) => Err(TemplateError::Header(name.to_owned())),
            None => Ok(self.text(values)),
        }
    }

    /// An absolute URL. Values in path and query are percent-encoded; one before the path must be
    /// a whole origin (as first piece) or fit for a host name. https, or http on this machine.
    pub fn url(&self, values: &Values) -> Result<Url, TemplateError> {
        let mut out = String::new();
        let mut zone = Zone::Start;
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => {
                    out.push_str(text);
                    zone = zone.after(text);
                }
                Piece::Placeholder(name) => {
                    out.push_str(&self.url_value(zone, name, values)?);
                    zone = zone.max(Zone::Host);
                }
            }
        }
        // Not the result: a value in it may be secret.
        safe_url(&out).ok_or_else(|| TemplateError::Address(self.source.clone()))
    }

    fn url_value(&self, zone: Zone, name: &str, values: &Values) -> Result<String, TemplateError> {
        let value = values.get(name);
        let missing = || TemplateError::Missing { name: name.to_owned(), template: self.source.clone() };
        match zone {
            Zone::Query => {}
            _ if value.is_empty() => return Err(missing()),
            Zone::Start => return origin(value).ok_or_else(|| TemplateError::Origin(name.to_owned())),
            Zone::Host if is_host_text(value) => return Ok(value.to_owned()),
            Zone::Host => return Err(TemplateError::Host(name.to_owned())),
            // A dot segment would walk up the path even when nothing in it needs encoding.
            Zone::Path if matches!(value, "." | "..") => return Err(missing()),
            Zone::Path => {}
        }
        Ok(encode(value))
    }
}

/// Where in a URL the next piece goes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Zone {
    Start,
    Host,
    Path,
    Query,
}

impl Zone {
    fn after(self, text: &str) -> Zone {
        let rest = match self {
            Zone::Start => text.split_once("://").map_or(text, |(_, rest)| rest),
            _ => text,
        };
        let by_text = match (rest.contains('?'), rest.contains('/')) {
            (true, _) => Zone::Query,
            (false, true) => Zone::Path,
            _ => Zone::Host,
        };
        self.max(by_text)
    }
}

/// Percent-encodes a value for a URL's path or query.
pub fn encode(value: &str) -> String {
    utf8_percent_encode(value, RESERVED).to_string()
}

/// Parses an address this program may send something to: https, or http on this machine; no
/// user information, no fragment.
///
/// `text` must name its host as plainly as the result does: `https:/a/b` and `https:///a` have host
/// `a` for a browser, and a path for everybody else.
pub fn safe_url(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let start = &url[..Position::BeforePath];
    let (said, rest) = text.split_at_checked(start.len())?;
    // The result leaves the usual port out, and letters that a name is read without.
    let usual = format!(":{}", url.port_or_known_default()?);
    let rest = rest.strip_prefix(&usual).unwrap_or(rest);
    if !said.eq_ignore_ascii_case(start) || !(rest.is_empty() || rest.starts_with(['/', '?'])) {
        return None;
    }
    let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    let encrypted = url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&url));
    (plain && encrypted && url.has_host()).then_some(url)
}

/// Whether the URL's host is this machine by its text alone, without asking a name server.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// The origin (scheme, host, port) that `value` is, if it is nothing more.
pub fn origin(value: &str) -> Option<String> {
    let url = safe_url(value)?;
    let origin = url.origin().ascii_serialization();
    (value == origin).then_some(origin)
}

fn is_host_text(value: &str) -> bool {
    let inside = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'.';
    value.bytes().all(inside) && !value.starts_with('.') && !value.ends_with('.') && !value.contains("..")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(source: &str) -> Template {
        Template::try_from(source.to_owned()).unwrap()
    }

    fn values(pairs: &[(&str, &str)]) -> Values {
        let mut values = Values::default();
        for (name, value) in pairs {
            values.set(name, value);
        }
        values
    }

    #[test]
    fn a_brace_without_partner_is_refused() {
        for source in ["{", "}", "a{b", "{B}", "{}", "{a b}", "{{a}}"] {
            assert!(Template::try_from(source.to_owned()).is_err(), "{source}");
        }
    }

    #[test]
    fn values_are_encoded_for_their_place() {
        let url = template("{api}/v1/apps/{id}/token?x={x}")
            .url(&values(&[("api", "https://api.example"), ("id", "a/../b?c"), ("x", "1 2&y=3")]))
            .unwrap();
        assert_eq!(url.as_str(), "https://api.example/v1/apps/a%2F..%2Fb%3Fc/token?x=1%202%26y%3D3");
    }

    #[test]
    fn no_value_leaves_its_host() {
        let shop = template("https://{shop}.example.com/oauth");
        for hostile in
            ["evil.example/#", "a/b", "a@b", "a:1", "a?b", "a\\b", "", ".", "a..b", "ä", "a%2fb", "a b"]
        {
            assert!(shop.url(&values(&[("shop", hostile)])).is_err(), "{hostile}");
        }
        assert!(shop.url(&values(&[("shop", "kontor-nord")])).is_ok());

        let api = template("{api}/token");
        for hostile in [
            "http://evil.example",
            "https://a@evil.example",
            "https://a.example/path",
            "https://a.example#",
            "https://a.example?",
            "javascript:alert(1)",
            "https://",
            "a.example",
            "https:/evil.example",
            "https:///evil.example",
        ] {
            assert!(api.url(&values(&[("api", hostile)])).is_err(), "{hostile}");
        }
        assert!(api.url(&values(&[("api", "http://127.0.0.1:8080")])).is_ok());
    }

    #[test]
    fn only_an_address_that_names_its_host_plainly_is_one() {
        for source in [
            "https:/{x}/token",
            "https:///{x}",
            "https:{x}",
            "https:\\\\{x}/",
            "https:/\\{x}",
            " https://{x}",
        ] {
            let url = template(source).url(&values(&[("x", "evil.example")]));
            assert!(url.is_err(), "{source}: {url:?}");
        }
        for text in ["https://a.example", "https://a.example:443/x", "HTTPS://A.example?x", "http://[::1]:1/"]
        {
            assert!(safe_url(text).is_some(), "{text}");
        }
    }

    #[test]
    fn an_address_that_is_none_shows_no_value() {
        let error = template("http://a.example/{token}").url(&values(&[("token", "secret-1")])).unwrap_err();
        assert_eq!(error, TemplateError::Address("http://a.example/{token}".to_owned()));
    }

    #[test]
    fn a_dot_segment_is_no_id() {
        let url = template("https://a.example/apps/{id}/x");
        assert!(url.url(&values(&[("id", "..")])).is_err());
        assert!(url.url(&values(&[("id", "1")])).is_ok());
    }

    #[test]
    fn a_header_stays_one_line() {
        let bearer = template("Bearer {access_token}");
        assert!(bearer.header(&values(&[("access_token", "a\r\nX: y")])).is_err());
        assert!(template("Grüße").header(&values(&[])).is_err());
        assert_eq!(bearer.header(&values(&[("access_token", "a|b")])).unwrap().expose_secret(), "Bearer a|b");
    }

    #[test]
    fn host_placeholders_are_those_before_the_path() {
        assert_eq!(template("{api}/x/{id}").host_placeholders(), ["api"]);
        assert_eq!(template("https://{shop}.example.com/{id}?{q}").host_placeholders(), ["shop"]);
        assert_eq!(template("https://a.example/{id}").host_placeholders(), Vec::<&str>::new());
        assert_eq!(template("https://{a}{b}").host_placeholders(), ["a", "b"]);
    }
}
