//! Pointers into an answer: RFC 6901 with four additions that real marketplaces need.
//!
//! `"/scope?"` may be absent; `"/access_token.jwt/user_name"` looks at a claim inside a token;
//! `"/existing/*/id"` takes every element, joined by a space; `"/access_token.before(.)"` takes what
//! stands before the first dot of a text, and nothing where it has none. A list of pointers is a list
//! of alternatives.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::Value;

/// What introduces the text up to which a part is taken.
const BEFORE: &str = ".before(";

/// Where in a JSON answer something stands.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "OneOrMore")]
pub struct Pointer {
    alternatives: Vec<String>,
    optional: bool,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl TryFrom<OneOrMore> for Pointer {
    type Error = String;

    fn try_from(written: OneOrMore) -> Result<Self, String> {
        let written = match written {
            OneOrMore::One(one) => vec![one],
            OneOrMore::More(more) => more,
        };
        let optional = written.iter().any(|pointer| pointer.ends_with('?'));
        let alternatives: Vec<String> =
            written.iter().map(|pointer| pointer.trim_end_matches('?').to_owned()).collect();
        if let Some(fault) = alternatives.iter().find_map(|pointer| fault(pointer)) {
            return Err(fault);
        }
        match alternatives.is_empty() {
            true => Err("a pointer is missing".to_owned()),
            false => Ok(Self { alternatives, optional }),
        }
    }
}

/// What is wrong with a pointer as it is written.
fn fault(pointer: &str) -> Option<String> {
    let Some((inside, last)) = pointer.rsplit_once('/').filter(|_| pointer.starts_with('/')) else {
        return Some(format!("`{pointer}` is no pointer: write /name or /outer/inner"));
    };
    let whole = match before(last) {
        Some((name, end)) => !end.is_empty() && !name.is_empty() && last.matches(BEFORE).count() == 1,
        None => !last.contains(BEFORE),
    };
    let fits = whole && !inside.contains(BEFORE);
    (!fits).then(|| format!("`{pointer}` is no pointer: at its end write name.before(TEXT)"))
}

impl Pointer {
    /// Whether the answer is fine without it.
    pub fn is_optional(&self) -> bool {
        self.optional
    }

    /// Whether both have an alternative in common, and so may find the same.
    pub fn meets(&self, other: &Self) -> bool {
        self.alternatives.iter().any(|pointer| other.alternatives.contains(pointer))
    }

    /// The first alternative, as written: for messages.
    pub fn first(&self) -> &str {
        &self.alternatives[0]
    }

    /// What stands there, as text: strings without control characters, numbers and truth values stringified,
    /// lists joined by a space. Absent, empty and `null` are `None`.
    pub fn find(&self, answer: &Value) -> Option<String> {
        self.alternatives.iter().find_map(|pointer| {
            let segments: Vec<&str> = pointer[1..].split('/').collect();
            walk(answer, &segments).filter(|text| !text.is_empty())
        })
    }
}

fn walk(value: &Value, segments: &[&str]) -> Option<String> {
    let Some((segment, rest)) = segments.split_first() else {
        return stringify(value);
    };
    if *segment == "*" {
        let found: Vec<String> = value.as_array()?.iter().filter_map(|item| walk(item, rest)).collect();
        return Some(found.join(" "));
    }
    if let Some((name, end)) = before(segment) {
        let text = walk(value, &[name])?;
        return text.split_once(unescape(end).as_str()).map(|(beginning, _)| beginning.to_owned());
    }
    if let Some(name) = segment.strip_suffix(".jwt") {
        return walk(&claims(value.get(unescape(name))?.as_str()?)?, rest);
    }
    let name = unescape(segment);
    let next = match value {
        Value::Array(items) => items.get(name.parse::<usize>().ok()?)?,
        _ => value.get(name)?,
    };
    walk(next, rest)
}

/// The name and the text of `NAME.before(TEXT)`.
fn before(segment: &str) -> Option<(&str, &str)> {
    segment.strip_suffix(')')?.split_once(BEFORE)
}

fn stringify(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(plain(text)),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Array(items) => Some(items.iter().filter_map(stringify).collect::<Vec<_>>().join(" ")),
        Value::Null | Value::Object(_) => None,
    }
}

/// A text without control characters: what a marketplace says is shown in a terminal, which must
/// not obey it.
pub fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// RFC 6901 section 3.
fn unescape(segment: &str) -> String {
    segment.replace("~1", "/").replace("~0", "~")
}

/// The claims of a JWT (RFC 7519), unverified: the token came over TLS from its issuer, and what
/// is read from it is a name, never a permission.
fn claims(token: &str) -> Option<Value> {
    let payload = token.split('.').nth(1)?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn pointer(written: &str) -> Pointer {
        Pointer::try_from(OneOrMore::One(written.to_owned())).unwrap()
    }

    #[test]
    fn finds_what_answers_hold() {
        let token = format!("x.{}.y", URL_SAFE_NO_PAD.encode(r#"{"user_name":"44","aud":["a","b"]}"#));
        let answer = json!({
            "access_token": token, "expires_in": "3600", "n": 42, "none": null, "data": {"a/b": true},
            "existing": [{"id": "i1"}, {"other": 1}, {"id": 2}],
        });
        let found = |written| pointer(written).find(&answer);
        assert_eq!(found("/expires_in").as_deref(), Some("3600"));
        assert_eq!(found("/n").as_deref(), Some("42"));
        assert_eq!(found("/none"), None);
        assert_eq!(found("/data/a~1b").as_deref(), Some("true"));
        assert_eq!(found("/access_token.jwt/user_name").as_deref(), Some("44"));
        assert_eq!(found("/access_token.jwt/aud").as_deref(), Some("a b"));
        assert_eq!(found("/access_token.jwt/aud/1").as_deref(), Some("b"));
        assert_eq!(found("/existing/*/id").as_deref(), Some("i1 2"));
        assert_eq!(found("/n.jwt/x"), None);
        assert_eq!(found("/missing?"), None);
        let hostile = json!({"name": "\u{1b}[31mNord\u{7}\r\n\u{9b}2J", "list": ["a\u{8}", "b"]});
        assert_eq!(pointer("/name").find(&hostile).as_deref(), Some("[31mNord2J"));
        assert_eq!(pointer("/list").find(&hostile).as_deref(), Some("a b"));
    }

    #[test]
    fn the_beginning_of_a_text_is_taken() {
        let answer = json!({"token": "12345678.jK-x.y", "sub": "urn/7", "n": 42});
        let found = |written| pointer(written).find(&answer);
        assert_eq!(found("/token.before(.)").as_deref(), Some("12345678"));
        assert_eq!(found("/token.before(.jK-)?").as_deref(), Some("12345678"));
        assert_eq!(found("/sub.before(~1)").as_deref(), Some("urn"));
        assert_eq!(found("/token.before(12)"), None, "nothing stands before it");
        assert_eq!(found("/token.before(:)"), None, "a text that is built otherwise says nothing");
        assert_eq!(found("/missing.before(.)"), None);
        assert_eq!(found("/n.before(2)").as_deref(), Some("4"));
        for wrong in ["/token.before()", "/token.before(.", "/token.before(.)/x", "/a.before(.).before(.)"] {
            assert!(Pointer::try_from(OneOrMore::One(wrong.to_owned())).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_list_names_alternatives() {
        let written = OneOrMore::More(vec!["/a".into(), "/b?".into()]);
        let either = Pointer::try_from(written).unwrap();
        assert!(either.is_optional());
        assert_eq!(either.find(&json!({"b": 1})).as_deref(), Some("1"));
        assert!(Pointer::try_from(OneOrMore::One("a".into())).is_err());
        assert!(Pointer::try_from(OneOrMore::More(vec![])).is_err());
    }
}
