//! Reading an answer: the one place that knows what a token answer (RFC 6749 section 5.1) and an
//! error answer (section 5.2) look like.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use serde_json::Value;
use zeroize::Zeroize;

use super::pointer::Pointer;

/// An HTTP answer.
#[derive(Clone)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Seconds the server asks to wait (`Retry-After`).
    pub retry_after: Option<u64>,
    /// Where a redirect leads; it is never followed.
    pub location: Option<String>,
    /// The server's clock, to the second.
    pub date: Option<Timestamp>,
    /// What a server of several nodes wants to hear again, so that none answers that knows less
    /// (`X-Vault-Index`).
    pub index: Option<String>,
    /// The body, whatever it is.
    pub body: SecretString,
}

/// A JSON answer, wiped when dropped: it may hold tokens.
pub struct Answer(Value);

impl Drop for Answer {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(fields) => fields.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// What a token answer holds.
pub struct Tokens {
    /// The access token.
    pub access_token: SecretString,
    /// When it ends, if the answer says.
    pub expires_at: Option<Timestamp>,
    /// A refresh token, if one came.
    pub refresh_token: Option<SecretString>,
    /// When that one ends, if the answer says.
    pub refresh_token_expires_at: Option<Timestamp>,
    /// The scopes granted, if the answer says.
    pub scopes: Option<Vec<String>>,
}

/// Where a token answer holds what; `None` where it never does.
pub struct Places<'a> {
    /// The access token.
    pub access_token: &'a Pointer,
    /// Seconds.
    pub expires_in: Option<&'a Pointer>,
    /// RFC 3339, or seconds since 1970.
    pub expires_at: Option<&'a Pointer>,
    /// The refresh token.
    pub refresh_token: Option<&'a Pointer>,
    /// Seconds.
    pub refresh_token_expires_in: Option<&'a Pointer>,
    /// The scopes.
    pub scope: Option<&'a Pointer>,
}

/// An answer that is no success.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The HTTP status.
    pub status: u16,
    /// Whether it is JSON: anything else comes from a proxy or gateway, not from the marketplace.
    pub json: bool,
    /// RFC 6749 section 5.2 `error`; absent when the answer is no OAuth error.
    pub error: Option<String>,
    /// `error_description` or the like, with everything secret taken out.
    pub description: Option<String>,
    /// What the marketplace's support asks for.
    pub request_id: Option<String>,
    /// Seconds the server asks to wait.
    pub retry_after: Option<u64>,
}

impl Response {
    /// The JSON answer of a success, or the refusal.
    ///
    /// `sent` are the secrets of the request: some marketplaces repeat them in their errors.
    /// A success that is no JSON is a refusal without `error`.
    pub fn read(&self, sent: &[&SecretString]) -> Result<Answer, Refused> {
        let body = serde_json::from_str::<Value>(self.body.expose_secret()).ok().map(Answer);
        match body {
            Some(answer) if (200..300).contains(&self.status) => Ok(answer),
            None if (200..300).contains(&self.status) && self.body.expose_secret().trim().is_empty() => {
                Ok(Answer(Value::Null))
            }
            body => Err(self.refused(body.as_ref().map(|answer| &answer.0), sent)),
        }
    }

    /// The JSON of a success as `T`; `None` where it is anything else.
    pub fn document<T: DeserializeOwned>(&self) -> Option<T> {
        let success = (200..300).contains(&self.status);
        success.then(|| serde_json::from_str(self.body.expose_secret()).ok()).flatten()
    }

    /// How long a success says that it is valid (`expires_in`, RFC 6749 section 5.1).
    pub fn life(&self) -> Option<Duration> {
        let answer = self.read(&[]).ok()?;
        let seconds = answer.0.get("expires_in")?;
        let seconds = seconds.as_u64().or_else(|| seconds.as_str()?.parse().ok());
        seconds.map(Duration::from_secs)
    }

    fn refused(&self, body: Option<&Value>, sent: &[&SecretString]) -> Refused {
        let text = |names: &[&str]| {
            let found = names.iter().find_map(|name| body?.get(name)?.as_str());
            found.map(|text| redact(text, sent)).filter(|text| !text.is_empty())
        };
        Refused {
            status: self.status,
            json: body.is_some(),
            error: text(&["error"]),
            description: text(&["error_description", "message", "detail"]),
            request_id: text(&["request_id"]),
            retry_after: self.retry_after,
        }
    }
}

impl Answer {
    /// What stands at `pointer`; an error names a needed place that is empty.
    pub fn get(&self, pointer: &Pointer) -> Result<Option<String>, Incomplete> {
        match pointer.find(&self.0) {
            None if !pointer.is_optional() => Err(Incomplete(pointer.first().to_owned())),
            found => Ok(found),
        }
    }

    /// Reads a token answer. `asked_at` is the moment *before* the request: a token is never
    /// thought to live longer than it does.
    ///
    /// Only the access token must be there: a refresh token that came with it, and perhaps
    /// replaced another one, must not be lost for want of anything else.
    pub fn tokens(&self, places: &Places, asked_at: Timestamp) -> Result<Tokens, Incomplete> {
        let find = |place: Option<&Pointer>| place.and_then(|pointer| pointer.find(&self.0));
        let after = |seconds: Option<String>| seconds.and_then(|seconds| later(asked_at, &seconds));
        let secret = |text: String| SecretString::from(text);
        let access_token = find(Some(places.access_token))
            .ok_or_else(|| Incomplete(places.access_token.first().to_owned()))?;
        let absolute = find(places.expires_at).and_then(|text| moment(&text));
        Ok(Tokens {
            access_token: secret(access_token),
            expires_at: absolute.or_else(|| after(find(places.expires_in))),
            refresh_token: find(places.refresh_token).map(secret),
            refresh_token_expires_at: after(find(places.refresh_token_expires_in)),
            scopes: find(places.scope).map(|scopes| split_scopes(&scopes)),
        })
    }

    /// Everything `capture` names. An error names a needed place that is empty, unless `lenient`.
    pub fn capture(
        &self,
        capture: &BTreeMap<String, Pointer>,
        lenient: bool,
    ) -> Result<BTreeMap<String, String>, Incomplete> {
        let mut captured = BTreeMap::new();
        for (name, pointer) in capture {
            let found = if lenient { pointer.find(&self.0) } else { self.get(pointer)? };
            if let Some(value) = found {
                captured.insert(name.clone(), value);
            }
        }
        Ok(captured)
    }
}

/// A success that lacks what it should hold: the pointer that found nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incomplete(pub String);

/// Scopes are separated by spaces (RFC 6749 section 3.3); some marketplaces use commas.
pub fn split_scopes(text: &str) -> Vec<String> {
    text.split([' ', ',']).filter(|scope| !scope.is_empty()).map(str::to_owned).collect()
}

/// Seconds as number or text, negative and fractional ones included.
fn later(start: Timestamp, seconds: &str) -> Option<Timestamp> {
    let whole = seconds.split('.').next()?.parse::<i64>().ok()?;
    start.checked_add(SignedDuration::from_secs(whole)).ok()
}

fn moment(text: &str) -> Option<Timestamp> {
    match text.parse::<i64>() {
        Ok(seconds) => Timestamp::from_second(seconds).ok(),
        Err(_) => text.parse().ok(),
    }
}

/// Takes out of a text what must not be shown: the secrets sent, and any word so long that it is
/// more likely a token than a word.
fn redact(text: &str, sent: &[&SecretString]) -> String {
    const LONGEST_WORD: usize = 40;
    let hidden = "[hidden]";
    let mut text = text.to_owned();
    let mut secrets: Vec<&str> = sent.iter().map(|secret| secret.expose_secret()).collect();
    // One that is part of another must not leave the rest of it behind.
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    for secret in secrets.into_iter().filter(|secret| !secret.is_empty()) {
        text = text.replace(secret, hidden);
    }
    let words = text.split_whitespace().map(|word| if word.len() > LONGEST_WORD { hidden } else { word });
    let line: Vec<&str> = words.take(60).collect();
    line.join(" ").chars().filter(|c| !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(status: u16, body: &str) -> Response {
        Response {
            status,
            retry_after: None,
            location: None,
            date: None,
            index: None,
            body: SecretString::from(body),
        }
    }

    fn pointer(written: &str) -> Pointer {
        serde_json::from_value(Value::from(written)).unwrap()
    }

    #[test]
    fn only_a_success_that_says_so_has_a_life() {
        let life = |status, body| response(status, body).life().map(|life| life.as_secs());
        assert_eq!(life(200, r#"{"expires_in":1800}"#), Some(1800));
        assert_eq!(life(200, r#"{"expires_in":"90"}"#), Some(90));
        for (status, body) in
            [(400, r#"{"expires_in":1800}"#), (200, "{}"), (200, r#"{"expires_in":-1}"#), (200, "soon")]
        {
            assert_eq!(life(status, body), None, "{status} {body}");
        }
    }

    /// Reads a token answer with the standard pointers.
    fn tokens(answer: &Answer, now: Timestamp) -> Result<Tokens, Incomplete> {
        let (access, expires, refresh, scope) =
            (pointer("/access_token"), pointer("/expires_in"), pointer("/refresh_token"), pointer("/scope?"));
        let places = Places {
            access_token: &access,
            expires_in: Some(&expires),
            expires_at: None,
            refresh_token: Some(&refresh),
            refresh_token_expires_in: None,
            scope: Some(&scope),
        };
        answer.tokens(&places, now)
    }

    fn read(body: &str) -> Answer {
        response(200, body).read(&[]).ok().unwrap()
    }

    #[test]
    fn a_token_answer_is_read() {
        let now: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
        let body = r#"{"access_token":"a","expires_in":"3600","refresh_token":"r","scope":"x y"}"#;
        let found = tokens(&read(body), now).unwrap();
        assert_eq!(found.access_token.expose_secret(), "a");
        assert_eq!(found.expires_at.unwrap().to_string(), "2026-11-22T11:00:00Z");
        assert_eq!(found.refresh_token.unwrap().expose_secret(), "r");
        assert_eq!(found.scopes.unwrap(), ["x", "y"]);
        assert_eq!(tokens(&read("{}"), now).err(), Some(Incomplete("/access_token".to_owned())));
    }

    #[test]
    fn a_rotated_token_is_not_lost_for_want_of_anything_else() {
        let answer = read(r#"{"access_token":"a","refresh_token":"r"}"#);
        let found = tokens(&answer, Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!((found.refresh_token.unwrap().expose_secret(), found.expires_at), ("r", None));
        let capture = BTreeMap::from([("name".to_owned(), pointer("/name"))]);
        assert_eq!(answer.capture(&capture, true), Ok(BTreeMap::new()));
        assert_eq!(answer.capture(&capture, false), Err(Incomplete("/name".to_owned())));
    }

    #[test]
    fn a_refusal_shows_nothing_that_was_sent() {
        let token = SecretString::from("short-token");
        let body = r#"{"error":"invalid_grant","error_description":"Invalid refresh token: short-token"}"#;
        let refused = response(400, body).read(&[&token]).err().unwrap();
        assert_eq!(refused.error.as_deref(), Some("invalid_grant"));
        assert_eq!(refused.description.as_deref(), Some("Invalid refresh token: [hidden]"));

        let body = format!(r#"{{"error":"invalid_grant","error_description":"Bad {}"}}"#, "x".repeat(41));
        let refused = response(400, &body).read(&[]).err().unwrap();
        assert_eq!(refused.description.as_deref(), Some("Bad [hidden]"));
    }

    #[test]
    fn whatever_is_no_oauth_answer_has_no_error_code() {
        for body in ["<html>", "", "[{\"code\":\"x\"}]", "{\"error\":{\"a\":1}}", "null"] {
            let refused = response(502, body).read(&[]).err().unwrap();
            assert_eq!((refused.status, refused.error), (502, None), "{body}");
        }
        assert!(response(200, "<html>").read(&[]).is_err());
        assert!(response(204, "").read(&[]).is_ok());
    }

    #[test]
    fn expiry_may_be_absolute_and_odd() {
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(later(now, "12.7").unwrap().as_second(), 12);
        assert_eq!(later(now, "x"), None);
        assert_eq!(moment("1700000000").unwrap().as_second(), 1_700_000_000);
        assert_eq!(moment("1970-01-01T00:01:00Z").unwrap().as_second(), 60);
    }
}
