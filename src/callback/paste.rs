//! What a person copies instead of letting the browser return: an address, its query alone, or
//! the JSON body of a web front end that caught it.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use subtle::ConstantTimeEq;
use url::{Url, form_urlencoded};

use super::Parameters;
use crate::error::Result;
use crate::fail;

/// Reads one pasted line as the parameters of a redirect.
///
/// `code` is the parameter that carries the code here. Kind `usage` when the line is nothing of
/// that sort.
pub fn parse(line: &str, code: &str) -> Result<Parameters> {
    read(line, &|body| body.has("state") && (body.has(code) || body.has("error")))
}

/// Reads one pasted line as the parameters of a request that holds `target`, if it is one.
pub fn request(line: &str, target: &str) -> Option<Parameters> {
    read(line, &|body| body.has(target)).ok().filter(|parameters| parameters.get(target).is_some())
}

/// `wanted` tells which object of a JSON body holds the parameters.
fn read(line: &str, wanted: &dyn Fn(&Body) -> bool) -> Result<Parameters> {
    let line = line.trim();
    let query = match line.bytes().next() {
        None => return Err(fail!(Usage, "paste-empty")),
        Some(b'{' | b'[' | b'"') => from_json(line, wanted),
        Some(_) => from_address(line),
    };
    Parameters::parse(&query.ok_or_else(|| fail!(Usage, "paste-no-answer"))?)
}

/// The query of a URL, or of a text that is one already.
fn from_address(line: &str) -> Option<String> {
    if let Ok(url) = Url::parse(line)
        && url.has_host()
    {
        return url.query().map(str::to_owned);
    }
    let query = line.trim_start_matches('?');
    (query.contains('=') && !query.contains(char::is_whitespace)).then(|| query.to_owned())
}

/// The texts of the object that is wanted, at any depth.
fn from_json(line: &str, wanted: &dyn Fn(&Body) -> bool) -> Option<String> {
    let body: Body = serde_json::from_str(line).ok()?;
    let Body::Object(fields) = body.find(wanted)? else { return None };
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in fields {
        if let Body::Text(text) = value {
            query.append_pair(name, text);
        }
    }
    Some(query.finish())
}

/// A JSON body as it was written: of a name that comes twice, both values are there to be refused.
enum Body {
    Text(String),
    Object(Vec<(String, Body)>),
    List(Vec<Body>),
    /// A number, a truth value, nothing.
    Other,
}

impl Body {
    /// Whether it is an object with a text of that name.
    fn has(&self, name: &str) -> bool {
        match self {
            Body::Object(fields) => {
                fields.iter().any(|(own, value)| own == name && matches!(value, Body::Text(_)))
            }
            _ => false,
        }
    }

    /// Itself or the first within it that is wanted. A text that holds an address, or another body,
    /// is left as it is.
    fn find(&self, wanted: &dyn Fn(&Body) -> bool) -> Option<&Body> {
        match self {
            _ if wanted(self) => Some(self),
            Body::Object(fields) => fields.iter().find_map(|(_, value)| value.find(wanted)),
            Body::List(items) => items.iter().find_map(|item| item.find(wanted)),
            Body::Text(_) | Body::Other => None,
        }
    }
}

impl<'de> Deserialize<'de> for Body {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AsWritten)
    }
}

struct AsWritten;

impl<'de> Visitor<'de> for AsWritten {
    type Value = Body;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_str<E>(self, text: &str) -> Result<Body, E> {
        Ok(Body::Text(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Body, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(Body::Object(fields))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Body, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Body::List(list))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Body, E> {
        Ok(Body::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Body, E> {
        Ok(Body::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Body, E> {
        Ok(Body::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Body, E> {
        Ok(Body::Other)
    }

    fn visit_unit<E>(self) -> Result<Body, E> {
        Ok(Body::Other)
    }
}

/// Which of our `states` the parameters answer, compared in constant time.
///
/// Kind `usage` when they answer none.
pub fn awaited(parameters: &Parameters, states: &[SecretString]) -> Result<usize> {
    let Some(given) = parameters.get("state") else { return Err(fail!(Usage, "paste-no-state")) };
    let same = |state: &SecretString| bool::from(state.expose_secret().as_bytes().ct_eq(given.as_bytes()));
    // Each is compared, whichever it is.
    let found =
        states.iter().map(same).enumerate().fold(None, |found, (i, same)| if same { Some(i) } else { found });
    found.ok_or_else(|| fail!(Usage, "paste-other-state"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(line: &str) -> Option<String> {
        parse(line, "code").ok()?.get("code").map(str::to_owned)
    }

    #[test]
    fn an_address_a_query_or_a_body() {
        for line in [
            "https://erp.example/callback?code=c%2F1&state=s",
            "http://localhost:8123/callback?state=s&code=c%2F1",
            "?code=c%2F1&state=s",
            "code=c%2F1&state=s",
            " code=c%2F1&state=s \n",
            r#"{"code":"c/1","state":"s"}"#,
            r#"{"queryStringParameters":{"state":"s","code":"c/1","n":1}}"#,
            r#"[{"x":1},{"body":{"code":"c/1","state":"s"}}]"#,
        ] {
            assert_eq!(code(line).as_deref(), Some("c/1"), "{line}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for line in [
            "",
            "  ",
            "hello",
            "hello world=1",
            "https://erp.example/",
            "{}",
            "{",
            r#"{"code":"c"}"#,
            "\"x\"",
        ] {
            assert_eq!(code(line), None, "{line}");
        }
    }

    #[test]
    fn a_name_that_comes_twice_in_a_body_is_refused() {
        for line in [
            r#"{"code":"c/1","state":"s","state":"t"}"#,
            r#"{"state":"s","code":"c/1","code":"c/1"}"#,
            r#"{"body":{"code":"c/1","c\u006fde":"c/2","state":"s"}}"#,
        ] {
            let error = parse(line, "code").unwrap_err();
            assert!(error.message.contains("comes more than once"), "{line}: {}", error.message);
        }
        assert_eq!(
            code(r#"{"n":-1,"f":0.5,"t":true,"z":null,"code":"c/1","state":"s"}"#).as_deref(),
            Some("c/1")
        );
    }

    #[test]
    fn a_request_is_known_by_what_it_holds() {
        let target = |line: &str| request(line, "target")?.get("target").map(str::to_owned);
        for line in ["https://erp.example/cb?target=/x&n=1", "target=/x", r#"[{"query":{"target":"/x"}}]"#] {
            assert_eq!(target(line).as_deref(), Some("/x"), "{line}");
        }
        for line in
            ["https://erp.example/cb?code=1&state=s", "target", "", r#"{"target":1}"#, "target=1&target=2"]
        {
            assert_eq!(target(line), None, "{line}");
        }
    }

    #[test]
    fn only_our_state_counts() {
        let states = [SecretString::from("abc"), SecretString::from("def")];
        let which = |query: &str| awaited(&Parameters::parse(query).unwrap(), &states).ok();
        assert_eq!((which("state=abc"), which("state=def&code=1")), (Some(0), Some(1)));
        assert_eq!((which("state=ab"), which("code=abc"), which("state=abcd")), (None, None, None));
    }
}
