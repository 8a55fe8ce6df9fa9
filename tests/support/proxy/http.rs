//! HTTP/1.1 as far as a scripted server needs it: one request, one answer, connection closed.
//!
//! Reading is strict on purpose. What a lenient server would forgive is an error here, because the
//! product must not rely on it.

use std::io::{self, ErrorKind, Read, Write};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Value;
use url::form_urlencoded;

const LONGEST_HEAD: usize = 64 * 1024;
const LONGEST_BODY: usize = 1024 * 1024;

/// Why no request could be read.
#[derive(Debug)]
pub enum Unreadable {
    /// The client went away: a program that was killed, a connection opened in reserve.
    Gone,
    /// The client broke the protocol; a test must hear of it.
    Malformed(String),
}

impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::WouldBlock | ErrorKind::TimedOut => Self::Malformed("request never completed".into()),
            _ => Self::Gone,
        }
    }
}

fn malformed<T>(what: impl Into<String>) -> Result<T, Unreadable> {
    Err(Unreadable::Malformed(what.into()))
}

/// Request line and header fields.
#[derive(Debug)]
pub struct Head {
    /// The method, as sent.
    pub method: String,
    /// The request target: origin-form, or an authority after `CONNECT`.
    pub target: String,
    headers: Vec<(String, String)>,
}

impl Head {
    /// Reads up to the empty line and not one byte further: after a `CONNECT`, TLS follows.
    pub fn read(stream: &mut impl Read) -> Result<Self, Unreadable> {
        let mut head = Vec::new();
        let mut byte = [0];
        // Whoever sends nothing at all holds a connection in reserve, which is no mistake.
        if !matches!(stream.read(&mut byte), Ok(1)) {
            return Err(Unreadable::Gone);
        }
        head.push(byte[0]);
        while !head.ends_with(b"\r\n\r\n") {
            if stream.read(&mut byte)? == 0 {
                return Err(Unreadable::Gone);
            }
            head.push(byte[0]);
            if head.len() > LONGEST_HEAD {
                return malformed("head too long");
            }
        }
        match String::from_utf8(head) {
            Ok(text) => Self::parse(&text),
            Err(_) => malformed("head is not UTF-8"),
        }
    }

    fn parse(text: &str) -> Result<Self, Unreadable> {
        let mut lines = text.trim_end().split("\r\n");
        let line = lines.next().unwrap_or_default();
        // Python asks for a tunnel in HTTP/1.0 (until 3.12).
        let words: Vec<_> = line.split(' ').collect();
        let ([method, target, "HTTP/1.1"] | [method @ "CONNECT", target, "HTTP/1.0"]) = words[..] else {
            return malformed(format!("request line {line:?}"));
        };
        let headers = lines
            .map(|line| match line.split_once(':') {
                Some((name, value)) => Ok((name.to_ascii_lowercase(), value.trim().to_owned())),
                None => malformed(format!("header line {line:?}")),
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { method: method.to_owned(), target: target.to_owned(), headers })
    }
}

/// One request as it arrived.
#[derive(Clone, Debug)]
pub struct Request {
    /// The host of the `CONNECT` that carried it, in lower case, without a port.
    pub host: String,
    /// The method, as sent.
    pub method: String,
    /// The path, still percent-encoded.
    pub path: String,
    /// The query, still percent-encoded; empty if there was none.
    pub query: String,
    /// Header fields in order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Request {
    /// Reads one request meant for `host`.
    pub fn read(host: &str, stream: &mut impl Read) -> Result<Self, Unreadable> {
        let head = Head::read(stream)?;
        if !head.target.starts_with('/') {
            return malformed(format!("request target {:?}", head.target));
        }
        let (path, query) = head.target.split_once('?').unwrap_or((&head.target, ""));
        let mut request = Self {
            host: host.to_owned(),
            method: head.method,
            path: path.to_owned(),
            query: query.to_owned(),
            headers: head.headers,
            body: Vec::new(),
        };
        request.body = vec![0; request.body_length()?];
        stream.read_exact(&mut request.body)?;
        request.check_host()?;
        Ok(request)
    }

    fn body_length(&self) -> Result<usize, Unreadable> {
        if self.header("transfer-encoding").is_some() {
            return malformed("a body of unknown length");
        }
        match self.header("content-length").map(str::parse) {
            None => Ok(0),
            Some(Ok(length)) if length <= LONGEST_BODY => Ok(length),
            Some(_) => malformed("content-length"),
        }
    }

    fn check_host(&self) -> Result<(), Unreadable> {
        let sent = self.header("host").unwrap_or_default();
        if sent.strip_suffix(":443").unwrap_or(sent) == self.host {
            return Ok(());
        }
        malformed(format!("host {sent:?} inside a tunnel to {}", self.host))
    }

    /// The value of a header field; `name` in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The decoded query.
    pub fn parameters(&self) -> Fields {
        Fields::parse(self.query.as_bytes())
    }

    /// The decoded body, if it says that it is `application/x-www-form-urlencoded`.
    pub fn form(&self) -> Option<Fields> {
        let media_type = self.header("content-type")?.split(';').next()?.trim();
        (media_type == "application/x-www-form-urlencoded").then(|| Fields::parse(&self.body))
    }

    /// The decoded body, if it is one JSON object of texts and says so.
    pub fn json_form(&self) -> Option<Fields> {
        let media_type = self.header("content-type")?.split(';').next()?.trim();
        let object: serde_json::Map<String, Value> = serde_json::from_slice(&self.body).ok()?;
        let text = |(name, value): (String, Value)| Some((name, value.as_str()?.to_owned()));
        let fields = object.into_iter().map(text).collect::<Option<_>>()?;
        (media_type == "application/json").then_some(Fields(fields))
    }

    /// The body as text.
    pub fn body_text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// User and password of a `Basic` authorization (RFC 7617).
    pub fn basic(&self) -> Option<(String, String)> {
        let encoded = self.header("authorization")?.strip_prefix("Basic ")?;
        let text = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
        text.split_once(':').map(|(user, password)| (user.to_owned(), password.to_owned()))
    }

    /// The token of a `Bearer` authorization (RFC 6750).
    pub fn bearer(&self) -> Option<&str> {
        self.header("authorization")?.strip_prefix("Bearer ")
    }

    /// Whether it went to `target`: a host, or a host and the beginning of a path.
    pub fn is_at(&self, target: &str) -> bool {
        match target.find('/') {
            None => self.host == target,
            Some(slash) => self.host == target[..slash] && self.path.starts_with(&target[slash..]),
        }
    }
}

/// Decoded parameters of a query or a form, in order.
#[derive(Clone, Debug)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    fn parse(encoded: &[u8]) -> Self {
        Self(form_urlencoded::parse(encoded).into_owned().collect())
    }

    /// The value of a parameter; an empty one counts as missing (RFC 6749, section 3.1).
    pub fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(key, _)| key == name)?;
        Some(value.as_str()).filter(|value| !value.is_empty())
    }

    /// The value of a parameter, empty if it is missing.
    pub fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    /// The first parameter that is repeated or not in `known`.
    pub fn unexpected(&self, known: &[&str]) -> Option<&str> {
        let names = || self.0.iter().map(|(name, _)| name.as_str());
        names().find(|name| !known.contains(name) || names().filter(|other| other == name).count() > 1)
    }

    /// The parameters that are not in `known`.
    pub fn others<'a>(&'a self, known: &'a [&str]) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .filter(|(name, _)| !known.contains(name))
    }
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Response {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Response {
    /// An answer without a body.
    pub fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new() }
    }

    /// An answer with any body.
    pub fn text(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..Self::empty(status) }.header("content-type", content_type)
    }

    /// A JSON document.
    pub fn json(status: u16, value: &Value) -> Self {
        Self::text(status, "application/json", value.to_string())
    }

    /// A page for a person.
    pub fn page(status: u16, words: &str) -> Self {
        let body = format!("<!doctype html><meta charset=\"utf-8\"><title>{words}</title><h1>{words}</h1>");
        Self::text(status, "text/html; charset=utf-8", body)
    }

    /// Sends the browser on to `location`.
    pub fn redirect(location: impl AsRef<str>) -> Self {
        Self::empty(302).header("location", location.as_ref())
    }

    /// The same with this body.
    #[must_use]
    pub fn body(self, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..self }
    }

    /// Adds a header field.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Writes it, and says that the connection ends.
    pub fn write_to(&self, stream: &mut impl Write) -> io::Result<()> {
        let fields: String =
            self.headers.iter().flat_map(|(name, value)| [name, ": ", value, "\r\n"]).collect();
        let length = self.body.len();
        let head = format!(
            "HTTP/1.1 {} \r\n{fields}content-length: {length}\r\nconnection: close\r\n\r\n",
            self.status
        );
        stream.write_all(&[head.as_bytes(), &self.body].concat())?;
        stream.flush()
    }
}
