//! What a person copies instead of letting the browser return: an address, its query alone, or
//! the JSON body of a web front end that caught it.

use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
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
    let line = line.trim();
    let query = match line.bytes().next() {
        None => return Err(fail!(Usage, "paste-empty")),
        Some(b'{' | b'[' | b'"') => from_json(line, code).ok_or_else(|| fail!(Usage, "paste-no-answer"))?,
        Some(_) => from_address(line).ok_or_else(|| fail!(Usage, "paste-no-answer"))?,
    };
    Parameters::parse(&query)
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

/// The object that holds `code` or `error` and `state`, at any depth.
fn from_json(line: &str, code: &str) -> Option<String> {
    let value: Value = serde_json::from_str(line).ok()?;
    let found = find(&value, code)?;
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in found {
        query.append_pair(name, value);
    }
    Some(query.finish())
}

fn find<'a>(value: &'a Value, code: &str) -> Option<Vec<(&'a str, &'a str)>> {
    match value {
        Value::Object(fields) => {
            let has = |name: &str| fields.get(name).is_some_and(Value::is_string);
            if has("state") && (has(code) || has("error")) {
                let texts = fields.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_str()?)));
                return Some(texts.collect());
            }
            fields.values().find_map(|value| find(value, code))
        }
        Value::Array(items) => items.iter().find_map(|item| find(item, code)),
        // A body may carry the address itself, or another body as text.
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => None,
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
    fn only_our_state_counts() {
        let states = [SecretString::from("abc"), SecretString::from("def")];
        let which = |query: &str| awaited(&Parameters::parse(query).unwrap(), &states).ok();
        assert_eq!((which("state=abc"), which("state=def&code=1")), (Some(0), Some(1)));
        assert_eq!((which("state=ab"), which("code=abc"), which("state=abcd")), (None, None, None));
    }
}
