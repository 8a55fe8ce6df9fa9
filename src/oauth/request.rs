//! A request ready to be sent. Everything in it may be secret, so nothing of it is in `Debug`.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use url::{Url, form_urlencoded};
use zeroize::Zeroizing;

/// An HTTP request.
pub struct Request {
    /// `GET`, `HEAD`, `POST`, `PUT`, `PATCH` or `DELETE`.
    pub method: &'static str,
    /// Where to.
    pub url: Url,
    /// Further header lines.
    pub headers: Vec<(String, SecretString)>,
    /// What it carries.
    pub body: Body,
}

/// What a request carries.
pub enum Body {
    /// Nothing.
    Empty,
    /// `application/x-www-form-urlencoded` (RFC 6749 appendix B).
    Form(Vec<(String, SecretString)>),
    /// `application/json`: one object of texts, and of lists of one text each.
    Json(Vec<(String, SecretString)>, Vec<(String, SecretString)>),
    /// Any bytes. A header may say what they are.
    Raw(Zeroizing<Vec<u8>>),
}

/// A member of a JSON object.
enum Member {
    Text(SecretString),
    List(SecretString),
}

impl serde::Serialize for Member {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text.expose_secret()),
            Self::List(text) => [text.expose_secret()].serialize(serializer),
        }
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.url.origin().ascii_serialization())
    }
}

impl Request {
    /// What two requests have in common that are the same to the last byte.
    pub fn fingerprint(&self) -> String {
        let mut all = Sha256::new();
        let headers = self.headers.iter().flat_map(|(name, value)| [name.as_str(), value.expose_secret()]);
        for part in [self.method, self.url.as_str()].into_iter().chain(headers) {
            all.update(part);
            all.update([0]);
        }
        if let Some((_, bytes)) = self.body.encode() {
            all.update(&*bytes);
        }
        URL_SAFE_NO_PAD.encode(all.finalize())
    }

    /// Adds client authentication by HTTP Basic (RFC 6749 section 2.3.1): both halves are
    /// form-encoded first.
    pub fn basic_auth(&mut self, client_id: &str, client_secret: &SecretString) {
        let encode =
            |text: &str| Zeroizing::new(form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>());
        let pair =
            Zeroizing::new(format!("{}:{}", *encode(client_id), *encode(client_secret.expose_secret())));
        let header = Zeroizing::new(format!("Basic {}", STANDARD.encode(pair.as_bytes())));
        self.headers.push(("Authorization".to_owned(), SecretString::from(header.as_str())));
    }
}

/// RFC 4648 section 4.
pub fn base64(text: &SecretString) -> SecretString {
    let encoded = Zeroizing::new(STANDARD.encode(text.expose_secret()));
    SecretString::from(encoded.as_str())
}

impl Body {
    /// The media type and the bytes to send; `None` for no body.
    pub fn encode(&self) -> Option<(&'static str, Zeroizing<Vec<u8>>)> {
        match self {
            Body::Empty => None,
            Body::Raw(bytes) => Some(("application/octet-stream", bytes.clone())),
            Body::Form(fields) => {
                let mut form = form_urlencoded::Serializer::new(String::new());
                for (name, value) in fields {
                    form.append_pair(name, value.expose_secret());
                }
                Some(("application/x-www-form-urlencoded", Zeroizing::new(form.finish().into_bytes())))
            }
            Body::Json(texts, lists) => {
                let text = |(name, value): &'_ (String, SecretString)| (name.clone(), value.clone());
                let texts = texts.iter().map(text).map(|(name, value)| (name, Member::Text(value)));
                let lists = lists.iter().map(text).map(|(name, value)| (name, Member::List(value)));
                let object: std::collections::BTreeMap<String, Member> = texts.chain(lists).collect();
                let bytes = serde_json::to_vec(&object).expect("texts are always JSON");
                Some(("application/json", Zeroizing::new(bytes)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str, value: &str) -> (String, SecretString) {
        (name.to_owned(), SecretString::from(value))
    }

    #[test]
    fn bodies_are_encoded() {
        let fields = || vec![field("a", "x|y z"), field("b", "\"")];
        let text = |body: Body| String::from_utf8(body.encode().unwrap().1.to_vec()).unwrap();
        assert_eq!(text(Body::Form(fields())), "a=x%7Cy+z&b=%22");
        assert_eq!(text(Body::Json(fields(), vec![])), r#"{"a":"x|y z","b":"\""}"#);
        let lists = vec![field("c", "d")];
        assert_eq!(text(Body::Json(fields(), lists)), r#"{"a":"x|y z","b":"\"","c":["d"]}"#);
        assert!(Body::Empty.encode().is_none());
        assert_eq!(text(Body::Form(vec![])), "");
    }

    #[test]
    fn only_requests_that_are_the_same_have_one_fingerprint() {
        let request = |url: &str, header: &str, value: &str| Request {
            method: "POST",
            url: Url::parse(url).unwrap(),
            headers: vec![field("x", header)],
            body: Body::Form(vec![field("client_id", value)]),
        };
        let one = request("https://a.example/token", "h", "v").fingerprint();
        assert_eq!(one, request("https://a.example/token", "h", "v").fingerprint());
        for (url, header, value) in [
            ("https://b.example/token", "h", "v"),
            ("https://a.example/token", "i", "v"),
            ("https://a.example/token", "h", "w"),
        ] {
            assert_ne!(one, request(url, header, value).fingerprint(), "{url} {header} {value}");
        }
    }

    #[test]
    fn basic_auth_encodes_both_halves() {
        let mut request = Request {
            method: "POST",
            url: Url::parse("https://a.example/token").unwrap(),
            headers: vec![],
            body: Body::Empty,
        };
        request.basic_auth("id:1", &SecretString::from("p w"));
        assert_eq!(request.headers[0].1.expose_secret(), format!("Basic {}", STANDARD.encode("id%3A1:p+w")));
        assert_eq!(format!("{request:?}"), "POST https://a.example");
    }
}
