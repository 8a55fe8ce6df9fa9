//! One request to a marketplace's API, with a shop's token: right headers, patience, one renewal of a token
//! that the API refuses, and no way to any other origin.

use std::io::{Cursor, Read};
use std::thread;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::de::IgnoredAny;
use url::Url;

use crate::connection::Connection;
use crate::error::Result;
use crate::marketplace::Definition;
use crate::marketplace::template::{encode, safe_url};
use crate::oauth::http::{Client, HttpError, Incoming};
use crate::oauth::pkce::fingerprint;
use crate::oauth::request::{Body, Request};
use crate::session::{Granted, Renew, Session, Want, explain, lasting, usable_token};
use crate::{fail, interrupt};

/// How often a request is made again that the API was too busy for.
const RETRIES: u32 = 2;

/// The longest pause the API can ask for: a script waits.
const LONGEST_PAUSE: u64 = 60;

/// A refusal of the token is shorter.
const LONGEST_REFUSAL: u64 = 64 * 1024;

/// What is asked of the API.
pub struct Call {
    /// `GET`, `HEAD`, `POST`, `PUT`, `PATCH` or `DELETE`.
    pub method: &'static str,
    /// A path below the API's address, or a whole address with its origin.
    pub path: String,
    /// Parameters of the query, not encoded yet.
    pub query: Vec<(String, String)>,
    /// Header lines that take the place of the usual ones. They must be fit for HTTP.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub data: Option<Vec<u8>>,
}

/// What came of it.
pub struct Reply {
    /// Status line and headers.
    pub head: Vec<u8>,
    /// The body, byte for byte.
    pub body: Box<dyn Read>,
    /// Who sent it.
    pub url: Url,
    /// What the status means, or why a refused token could not be renewed.
    pub verdict: Result<()>,
}

/// Asks the API. `busy` is told how many seconds are waited for it.
///
/// A token that the API refuses is renewed once, and only if it is still the one on file: of many callers
/// one renews. What a person entered is tried twice instead, and what was refused twice is remembered.
pub fn call(session: &Session, connection: &Connection, call: &Call, busy: &dyn Fn(u64)) -> Result<Reply> {
    let Connection { definition, name, .. } = connection;
    if definition.signed_calls {
        return Err(fail!(Usage, "api-signed", marketplace = definition.name, name = name));
    }
    let client = session.client()?;
    let ask = |renew| {
        let granted = usable_token(session, connection, &Want { least: None, renew })?;
        let request = prepare(connection, &granted, call)?;
        // From here on there is nothing to be finished.
        interrupt::obey()?;
        patiently(&client, &request, busy).map(|incoming| (granted, request.url, incoming))
    };
    let (granted, url, incoming) = ask(Renew::IfStale)?;
    let (refused, reply) = look(definition, url, incoming)?;
    if !refused {
        return Ok(reply);
    }
    let is_entered = definition.is_entered();
    let again = match is_entered {
        true => Renew::IfStale,
        false => Renew::IfStill(fingerprint(&granted.token.secret)),
    };
    let (granted, url, incoming) = match ask(again) {
        Ok(answered) => answered,
        Err(error) => return Ok(Reply { verdict: Err(error), ..reply }),
    };
    let status = incoming.status();
    let (refused, reply) = look(definition, url, incoming)?;
    if !(refused && is_entered) {
        return Ok(reply);
    }
    let verdict = lasting::refuse(session, connection, &granted, &status.to_string());
    Ok(Reply { verdict: Err(verdict.unwrap_or_else(|error| error)), ..reply })
}

fn prepare(connection: &Connection, granted: &Granted, call: &Call) -> Result<Request> {
    Ok(Request {
        method: call.method,
        url: address(&connection.api_base(&granted.values)?, &call.path, &call.query)?,
        headers: headers(connection, granted, call)?,
        body: call.data.clone().map_or(Body::Empty, |data| Body::Raw(data.into())),
    })
}

/// The address that `path` means, below `base` or with its origin. Kind `usage` for any other: the token
/// goes nowhere else.
fn address(base: &Url, path: &str, query: &[(String, String)]) -> Result<Url> {
    // The first segment of a relative path holds no colon (RFC 3986 section 4.2).
    let whole = path.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':'));
    let text = match whole {
        true => path.to_owned(),
        false => {
            format!("{}/{}", base.as_str().trim_end_matches('/'), path.strip_prefix('/').unwrap_or(path))
        }
    };
    // What others read as a host, or leave out, is not sent anywhere.
    let unsent = |c: char| c == '#' || c.is_whitespace() || c.is_control();
    if path.contains(unsent) {
        return Err(fail!(Usage, "api-path", path = path));
    }
    let foreign = path.starts_with("//") || path.contains('\\');
    let url = safe_url(&text).filter(|url| !foreign && url.origin() == base.origin());
    let origin = base.origin().ascii_serialization();
    let mut url = url.ok_or_else(|| fail!(Usage, "api-elsewhere", path = path, origin = origin))?;
    let given = query.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value)));
    let own = url.query().filter(|own| !own.is_empty()).map(str::to_owned);
    let query: Vec<String> = own.into_iter().chain(given).collect();
    url.set_query(Some(query.join("&")).as_deref().filter(|query| !query.is_empty()));
    Ok(url)
}

/// The definition's header lines and ours, but for those that the call replaces. Kind `usage` for one that
/// carries the token, or that decides where the request ends or goes.
fn headers(connection: &Connection, granted: &Granted, call: &Call) -> Result<Vec<(String, SecretString)>> {
    const FRAMING: [&str; 7] =
        ["connection", "content-length", "expect", "host", "te", "transfer-encoding", "upgrade"];
    let given = |name: &str| call.headers.iter().any(|(given, _)| given.eq_ignore_ascii_case(name));
    let lines = granted.token.headers.iter().filter_map(|line| line.expose_secret().split_once(':'));
    let lines = lines.map(|(name, value)| (name.to_owned(), value.trim()));
    let (secret, usual): (Vec<_>, Vec<_>) =
        lines.partition(|(_, value)| value.contains(granted.token.secret.expose_secret()));
    let ours = secret.iter().map(|(name, _)| name.as_str()).chain(FRAMING).find(|name| given(name));
    if let Some(name) = ours {
        return Err(fail!(Usage, "api-header", name = name));
    }
    let mut headers = vec![("User-Agent".to_owned(), connection.user_agent()?)];
    if call.data.as_deref().is_some_and(|data| serde_json::from_slice::<IgnoredAny>(data).is_ok()) {
        headers.push(("Content-Type".to_owned(), json_type(&connection.definition, granted)?));
    }
    headers.extend(usual.into_iter().map(|(name, value)| (name, SecretString::from(value))));
    headers.retain(|(name, _)| !given(name));
    let given = call.headers.iter().map(|(name, value)| (name.clone(), SecretString::from(value.as_str())));
    let secret = secret.into_iter().map(|(name, value)| (name, SecretString::from(value)));
    Ok(headers.into_iter().chain(given).chain(secret).collect())
}

fn json_type(definition: &Definition, granted: &Granted) -> Result<SecretString> {
    match &definition.api_content_type {
        None => Ok(SecretString::from("application/json")),
        Some(line) => line
            .header(&granted.values)
            .map_err(|error| fail!(Configuration, "template-failed").because(error)),
    }
}

/// Sends a request, and again where the API had no time for it: 429 says that nothing was done.
fn patiently(client: &Client, request: &Request, busy: &dyn Fn(u64)) -> Result<Incoming> {
    for tried in 0.. {
        let incoming = client.open(request).map_err(|error| explain(error.into()))?;
        let Some(seconds) = pause(incoming.status(), incoming.retry_after(), tried) else {
            return Ok(incoming);
        };
        busy(seconds);
        thread::sleep(Duration::from_secs(seconds));
    }
    unreachable!("the loop has no end")
}

/// How many seconds to wait before the next try; `None` where there is none.
fn pause(status: u16, retry_after: Option<u64>, tried: u32) -> Option<u64> {
    let seconds = retry_after.unwrap_or(4_u64.pow(tried));
    (status == 429 && tried < RETRIES && seconds <= LONGEST_PAUSE).then_some(seconds)
}

/// Whether the API refuses the token, and the reply. Only where that depends on its words it is read.
fn look(definition: &Definition, url: Url, mut incoming: Incoming) -> Result<(bool, Reply)> {
    let status = incoming.status();
    let (head, verdict) = (incoming.head(), verdict(status, incoming.retry_after()));
    let rules: Vec<_> = definition.token_refused.iter().filter(|rule| rule.status == status).collect();
    let mut beginning = Vec::new();
    if !rules.is_empty() {
        let read = incoming.by_ref().take(LONGEST_REFUSAL).read_to_end(&mut beginning);
        read.map_err(|error| explain(HttpError::lost(&url, error).into()))?;
    }
    let words = String::from_utf8_lossy(&beginning);
    let refused = status == 401 || rules.iter().any(|rule| words.contains(&rule.says));
    let body = Box::new(Cursor::new(beginning).chain(incoming));
    Ok((refused, Reply { head, body, url, verdict }))
}

/// What a status means to a script.
fn verdict(status: u16, retry_after: Option<u64>) -> Result<()> {
    match (status, retry_after) {
        // 304 answers a condition among the headers.
        (200..300 | 304, _) => Ok(()),
        (429 | 503, Some(seconds)) => Err(fail!(Temporary, "marketplace-busy-until", seconds = seconds)),
        (429 | 500.., _) => Err(fail!(Temporary, "api-failed", status = status)),
        (300..=399, _) => Err(fail!(Denied, "api-redirects", status = status)),
        (401 | 403, _) => Err(fail!(Denied, "api-forbidden", status = status)),
        (404 | 405 | 410, _) => Err(fail!(Denied, "api-nothing-there", status = status)),
        _ => Err(fail!(Denied, "api-refused", status = status)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::error::Kind;

    const BASE: &str = "https://api.example:8443/v1";

    fn at(path: &str) -> Option<String> {
        address(&Url::parse(BASE).unwrap(), path, &[]).ok().map(Into::into)
    }

    #[test]
    fn a_path_is_below_the_api_and_an_address_has_its_origin() {
        for (path, expected) in [
            ("/orders", "/v1/orders"),
            ("orders?limit=1", "/v1/orders?limit=1"),
            ("/orders:batch", "/v1/orders:batch"),
            ("", "/v1/"),
            ("/a%20b/%2f%2fevil.example", "/v1/a%20b/%2f%2fevil.example"),
            ("/?next=https://evil.example", "/v1/?next=https://evil.example"),
            ("@evil.example/", "/v1/@evil.example/"),
            ("evil.example", "/v1/evil.example"),
            ("/../../orders", "/orders"),
            ("https://api.example:8443/v2/orders", "/v2/orders"),
            ("HTTPS://API.example:8443/v2", "/v2"),
        ] {
            let expected = format!("https://api.example:8443{expected}");
            assert_eq!(at(path).as_deref(), Some(expected.as_str()), "{path}");
        }
    }

    #[test]
    fn no_other_address_gets_the_token() {
        for path in [
            "https://evil.example/",
            "https://api.example/v1/orders",
            "https://api.example:443/",
            "http://api.example:8443/v1/orders",
            "ftp://api.example:8443/",
            "https://api.example:8443@evil.example/",
            "https://user:pass@api.example:8443/",
            "https://user@api.example:8443/",
            "https://api.example:8443.evil.example/",
            "https://api.example.evil.example:8443/",
            "https://xapi.example:8443/",
            "https:/evil.example/",
            "https:///evil.example/",
            "https:evil.example",
            "https:\\\\evil.example\\",
            "//evil.example/orders",
            "//api.example:8443/orders",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example\\orders",
            "/..\\..\\evil",
            "/\t/evil.example",
            "\nhttps://evil.example/",
            " https://evil.example/",
            "/a b",
            "/orders#fragment",
            "mailto:a@evil.example",
            "data:text/plain,a",
            "javascript:0",
            "orders:batch",
            "://evil.example/",
            "https://api.example\u{3002}evil.example:8443/",
            "https://api.example:8443\u{2044}.evil.example/",
            "http://[::1]:8443/",
        ] {
            let error = address(&Url::parse(BASE).unwrap(), path, &[]).expect_err(path);
            assert_eq!(error.kind, Kind::Usage, "{path}");
        }
    }

    #[test]
    fn a_wrong_address_is_told_from_a_wrong_path() {
        let hint = |path| address(&Url::parse(BASE).unwrap(), path, &[]).unwrap_err().hint.unwrap();
        assert!(hint("https://evil.example/").ends_with("asked of https://api.example:8443"));
        assert!(hint("/a b").contains("%20"));
    }

    proptest! {
        #[test]
        fn whatever_is_asked_has_the_origin_or_is_refused(
            path in r"(https?:|//|/|\\|@|\.\.|%2f|%5c|\PC|evil\.example|api\.example|:8443){0,8}",
            value in r"\PC{0,8}",
        ) {
            let base = Url::parse(BASE).unwrap();
            if let Ok(url) = address(&base, &path, &[("q".to_owned(), value.clone())]) {
                prop_assert_eq!(url.origin(), base.origin());
                prop_assert!(url.username().is_empty() && url.password().is_none() && url.fragment().is_none());
                prop_assert_eq!(url.query_pairs().last().unwrap().1.into_owned(), value);
            }
        }
    }

    #[test]
    fn parameters_follow_those_of_the_path() {
        let query = [("a b".to_owned(), "1&2".to_owned()), ("c".to_owned(), String::new())];
        let url = address(&Url::parse("https://api.example").unwrap(), "/x?y=1", &query).unwrap();
        assert_eq!(url.as_str(), "https://api.example/x?y=1&a%20b=1%262&c=");
    }

    #[test]
    fn only_a_busy_api_is_asked_again() {
        assert_eq!([0, 1, 2].map(|tried| pause(429, None, tried)), [Some(1), Some(4), None]);
        assert_eq!(pause(429, Some(60), 1), Some(60));
        assert_eq!(pause(429, Some(61), 0), None, "a script waits");
        for status in [200, 401, 403, 500, 503] {
            assert_eq!(pause(status, Some(1), 0), None, "{status}");
        }
    }

    #[test]
    fn statuses_have_kinds() {
        let kind = |status, retry_after| verdict(status, retry_after).err().map(|error| error.kind);
        for status in [200, 204, 299, 304] {
            assert_eq!(kind(status, None), None, "{status}");
        }
        for status in [301, 307, 400, 401, 403, 404, 422] {
            assert_eq!(kind(status, None), Some(Kind::Denied), "{status}");
        }
        for status in [429, 500, 502, 503] {
            assert_eq!(kind(status, None), Some(Kind::Temporary), "{status}");
        }
        let hint = |status| verdict(status, None).unwrap_err().hint.unwrap();
        for (status, rights, path) in
            [(403, true, false), (404, false, true), (405, false, true), (422, false, false)]
        {
            assert_eq!(
                (hint(status).contains("a right"), hint(status).contains("path")),
                (rights, path),
                "{status}"
            );
        }
        assert!(verdict(429, Some(90)).unwrap_err().message.contains("90"));
    }
}
