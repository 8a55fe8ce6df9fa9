//! Running a sequence of requests: each may use what earlier ones captured.

use std::collections::BTreeMap;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::error::Kind;
use crate::oauth::http::{Client, HttpError};
use crate::oauth::pointer::Pointer;
use crate::oauth::request::{Body, Request as Prepared};
use crate::oauth::response::{Places, Refused, Response, Tokens};

use crate::text;

use super::check::{FRESH, SECRETS};
use super::definition::{Pairs, Registration};
use super::pace::Pace;
use super::request::{Auth, ErrorRule, Method, Request, StatusPattern, TokenPointers};
use super::template::{TemplateError, Values};

/// What a sequence yields.
#[derive(Default)]
pub struct Outcome {
    /// The token, where a request of the sequence yields one.
    pub tokens: Option<Tokens>,
    /// Everything captured on the way.
    pub captured: BTreeMap<String, String>,
    /// What a person entered instead of all requests, by its name.
    pub entered: BTreeMap<String, SecretString>,
}

/// Why a sequence ended early.
#[derive(Debug, Error)]
pub enum ExchangeError {
    /// A request could not be made from its templates.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// No answer came.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// Nothing was sent.
    #[error(transparent)]
    Held(#[from] Held),
    /// The marketplace refused.
    #[error("{}", sentence(refused, meaning.as_deref()))]
    Refused {
        /// What it answered.
        refused: Refused,
        /// The kind it has by the definition, or by RFC 6749.
        kind: Kind,
        /// What the definition says it means.
        meaning: Option<String>,
    },
    /// A success without what it should hold.
    #[error("{}", text!("cause-incomplete", host = host, pointer = pointer))]
    Incomplete {
        /// Who answered.
        host: String,
        /// What was looked for.
        pointer: String,
    },
}

/// Why a request was not sent. Each names the host.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum Held {
    /// A signal came first.
    #[error("{}", text!("interrupted"))]
    Stopped,
    /// The host takes no more requests in this time.
    #[error("{}", text!("cause-pace", host = .0))]
    Pace(String),
    /// The host asked for quiet.
    #[error("{}", text!("cause-quiet", host = host))]
    Quiet {
        /// The host.
        host: String,
        /// For how long from now.
        seconds: u64,
    },
    /// The host left another shop's request, the same one, unanswered.
    #[error("{}", text!("cause-unanswered", host = .0))]
    Unanswered(String),
}

impl ExchangeError {
    /// Whether what was asked for may have been done all the same.
    pub fn is_uncertain(&self) -> bool {
        match self {
            Self::Http(HttpError::Lost { .. }) | Self::Incomplete { .. } => true,
            Self::Refused { refused, .. } => !(400..500).contains(&refused.status),
            Self::Http(_) | Self::Template(_) | Self::Held(_) => false,
        }
    }

    /// Whether the marketplace understood, and said no.
    fn is_declined(&self) -> bool {
        matches!(self, Self::Refused { refused, .. } if (400..500).contains(&refused.status) && refused.status != 429)
    }
}

/// What was answered, for a person and for the marketplace's support.
fn sentence(refused: &Refused, meaning: Option<&str>) -> String {
    let code = refused.error.clone().unwrap_or_else(|| text!("cause-no-oauth"));
    let details =
        [refused.description.clone(), refused.request_id.as_ref().map(|id| text!("cause-request", id = id))];
    let answer = text!("cause-answer", status = refused.status, code = code);
    let said: Vec<String> = std::iter::once(answer).chain(details.into_iter().flatten()).collect();
    match meaning {
        Some(meaning) => format!("{meaning} ({})", said.join(", ")),
        None => said.join(", "),
    }
}

/// What carries a request to its marketplace.
pub trait Carrier {
    /// Brings the answer to `prepared`, which was made from `request`, at a `pace` where it has one.
    fn carry(
        &self,
        request: &Request,
        pace: Option<Pace>,
        prepared: &Prepared,
    ) -> Result<Response, ExchangeError>;

    /// Forgets the answers it handed out a second time. Whether there were any.
    fn forget_shared(&self) -> bool {
        false
    }
}

/// At once, and each request by itself.
impl Carrier for Client {
    fn carry(&self, _: &Request, _: Option<Pace>, prepared: &Prepared) -> Result<Response, ExchangeError> {
        Ok(self.send(prepared)?)
    }
}

/// Sends `requests` in order. `values` grows by what each captures.
///
/// `now` is read before each request, so that a token's life is never overrated. What is refused
/// after an answer that was another shop's is tried once more with an answer of its own.
pub fn run(
    requests: &[Request],
    values: &mut Values,
    carrier: &dyn Carrier,
    now: &dyn Fn() -> Timestamp,
) -> Result<Outcome, ExchangeError> {
    let before = values.clone();
    match sequence(requests, values, carrier, now) {
        Err(error) if error.is_declined() && carrier.forget_shared() => {
            *values = before;
            sequence(requests, values, carrier, now)
        }
        done => done,
    }
}

fn sequence(
    requests: &[Request],
    values: &mut Values,
    carrier: &dyn Carrier,
    now: &dyn Fn() -> Timestamp,
) -> Result<Outcome, ExchangeError> {
    let mut outcome = Outcome::default();
    for request in requests {
        values.set(FRESH, &Uuid::new_v4().to_string());
        let prepared = prepare(request, values)?;
        let pace = request.pace.as_ref().and_then(|pace| pace.at(values));
        let asked_at = now();
        let response = carrier.carry(request, pace, &prepared)?;
        let sent = sent(request, values, &outcome.captured);
        let answer =
            response.read(&sent.iter().collect::<Vec<_>>()).map_err(|refused| refusal(request, refused))?;
        let host = || prepared.url.host_str().unwrap_or_default().to_owned();
        let incomplete = |missing: crate::oauth::response::Incomplete| ExchangeError::Incomplete {
            host: host(),
            pointer: missing.0,
        };
        if let Some(pointers) = &request.token {
            outcome.tokens = Some(answer.tokens(&places(pointers), asked_at).map_err(incomplete)?);
        }
        for (name, value) in answer.capture(&request.capture, request.token.is_some()).map_err(incomplete)? {
            values.set(&name, &value);
            outcome.captured.insert(name, value);
        }
    }
    Ok(outcome)
}

/// A client that the marketplace has registered.
pub struct Registered {
    /// RFC 7591 section 3.2.1.
    pub client_id: String,
    /// The same.
    pub client_secret: SecretString,
}

/// Registers a client: one request, sent once. `received` is handed the body of a success before anything
/// is read of it.
pub fn register(
    registration: &Registration,
    values: &mut Values,
    carrier: &dyn Carrier,
    received: &mut dyn FnMut(&SecretString),
) -> Result<Registered, ExchangeError> {
    let request = &registration.request;
    values.set(FRESH, &Uuid::new_v4().to_string());
    let prepared = prepare(request, values)?;
    let response = carrier.carry(request, None, &prepared)?;
    if (200..300).contains(&response.status) {
        received(&response.body);
    }
    let sent = sent(request, values, &BTreeMap::new());
    let host = prepared.url.host_str().unwrap_or_default();
    registered(registration, &response, host, &sent.iter().collect::<Vec<_>>())
}

/// The client in the answer of `host` to a registration; `sent` is hidden in what it refuses.
pub fn registered(
    registration: &Registration,
    response: &Response,
    host: &str,
    sent: &[&SecretString],
) -> Result<Registered, ExchangeError> {
    let answer = response.read(sent).map_err(|refused| refusal(&registration.request, refused))?;
    let find = |pointer: &Pointer| {
        let found = answer.get(pointer).ok().flatten();
        found.map(Zeroizing::new).ok_or_else(|| ExchangeError::Incomplete {
            host: host.to_owned(),
            pointer: pointer.first().to_owned(),
        })
    };
    Ok(Registered {
        client_id: find(&registration.client_id)?.to_string(),
        client_secret: SecretString::from(find(&registration.client_secret)?.as_str()),
    })
}

/// What an answer may repeat and nobody shall read: the protocol's secrets, what a person entered, even
/// where it was sent encoded, what the headers hold, and what was fetched on the way.
fn sent(request: &Request, values: &Values, captured: &BTreeMap<String, String>) -> Vec<SecretString> {
    // Shorter ones are words and numbers that an error may well need to name.
    const SHORTEST_TOKEN: usize = 8;
    let headers = request.headers.iter().flat_map(|(_, template)| template.placeholders());
    let named = SECRETS.iter().copied().chain(values.secret_names()).chain(headers);
    let named = named.map(|name| values.get(name));
    let fetched = captured.values().map(String::as_str).filter(|value| value.len() >= SHORTEST_TOKEN);
    named.chain(fetched).map(SecretString::from).collect()
}

/// Makes the request from its templates. A parameter that renders empty is left out.
pub(super) fn prepare(request: &Request, values: &Values) -> Result<Prepared, TemplateError> {
    let mut prepared = Prepared {
        method: match request.method {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Delete => "DELETE",
        },
        url: request.url.url(values)?,
        headers: Vec::new(),
        body: match (&request.form, &request.json) {
            (Some(form), _) => Body::Form(fields(form, values)),
            (None, Some(json)) => Body::Json(fields(json, values), fields(&request.json_lists, values)),
            (None, None) => Body::Empty,
        },
    };
    if request.auth == Auth::Basic {
        prepared.basic_auth(values.get("client_id"), &SecretString::from(values.get("client_secret")));
    }
    for (name, template) in request.headers.iter() {
        prepared.headers.push((name.to_owned(), template.header(values)?));
    }
    Ok(prepared)
}

fn fields(pairs: &Pairs, values: &Values) -> Vec<(String, SecretString)> {
    pairs
        .iter()
        .map(|(name, template)| (name.to_owned(), template.text(values)))
        .filter(|(_, value)| !value.expose_secret().is_empty())
        .collect()
}

fn places(pointers: &TokenPointers) -> Places<'_> {
    Places {
        access_token: &pointers.access_token,
        expires_in: pointers.expires_in.as_ref(),
        expires_at: pointers.expires_at.as_ref(),
        refresh_token: pointers.refresh_token.as_ref(),
        refresh_token_expires_in: pointers.refresh_token_expires_in.as_ref(),
        scope: pointers.scope.as_ref(),
    }
}

fn refusal(request: &Request, refused: Refused) -> ExchangeError {
    match request.errors.iter().find(|rule| applies(rule, &refused)) {
        Some(rule) => {
            ExchangeError::Refused { refused, kind: rule.kind, meaning: Some(rule.message.clone()) }
        }
        None => {
            let kind = kind_of(&refused);
            ExchangeError::Refused { refused, kind, meaning: None }
        }
    }
}

/// A rule for a whole class is for what has no better name: standard codes keep their meaning.
fn applies(rule: &ErrorRule, refused: &Refused) -> bool {
    let code = match (&rule.error, rule.status) {
        (Some(error), _) => Some(error) == refused.error.as_ref(),
        (None, StatusPattern::Exactly(_)) => true,
        (None, StatusPattern::Class(_)) => standard_code(refused).is_none(),
    };
    refused.json && rule.status.matches(refused.status) && code
}

/// The kind of RFC 6749 section 5.2's error codes.
fn standard_code(refused: &Refused) -> Option<Kind> {
    Some(match refused.error.as_deref()? {
        "invalid_grant" => Kind::ReauthorizationRequired,
        "invalid_client"
        | "unauthorized_client"
        | "invalid_scope"
        | "unsupported_grant_type"
        | "invalid_request" => Kind::Configuration,
        "server_error" | "temporarily_unavailable" | "slow_down" => Kind::Temporary,
        _ => return None,
    })
}

/// The kind of a refusal no rule speaks of. What is no OAuth answer says nothing about the
/// consent: a proxy's error page must never make a seller consent again.
fn kind_of(refused: &Refused) -> Kind {
    match (refused.status, standard_code(refused)) {
        (429 | 500.., _) | (_, None) => Kind::Temporary,
        (_, Some(kind)) => kind,
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use super::*;

    fn refused(status: u16, error: Option<&str>) -> Refused {
        Refused {
            status,
            json: true,
            error: error.map(str::to_owned),
            description: None,
            request_id: None,
            retry_after: None,
        }
    }

    #[test]
    fn only_an_oauth_error_speaks_about_the_consent() {
        let kind = |status, error| kind_of(&refused(status, error));
        assert_eq!(kind(400, Some("invalid_grant")), Kind::ReauthorizationRequired);
        assert_eq!(kind(401, Some("invalid_client")), Kind::Configuration);
        assert_eq!(kind(503, Some("invalid_grant")), Kind::Temporary);
        assert_eq!(kind(429, Some("token_creation_rate_limit_exceeded")), Kind::Temporary);
        assert_eq!(kind(403, None), Kind::Temporary);
        assert_eq!(kind(200, None), Kind::Temporary);
    }

    #[test]
    fn a_rule_for_a_class_leaves_standard_codes_alone() {
        let request: Request = toml::from_str(
            "url = 'https://a.example/t'\n[[errors]]\nstatus = '4xx'\nkind = 'reauthorization_required'\nmessage = 'gone'",
        )
        .unwrap();
        let kind = |refused| match refusal(&request, refused) {
            ExchangeError::Refused { kind, .. } => kind,
            other => panic!("{other}"),
        };
        assert_eq!(kind(refused(404, None)), Kind::ReauthorizationRequired);
        assert_eq!(kind(refused(401, Some("invalid_client"))), Kind::Configuration);
        assert_eq!(kind(refused(500, None)), Kind::Temporary);
        assert_eq!(kind(Refused { json: false, ..refused(403, None) }), Kind::Temporary);
    }

    #[test]
    fn a_rule_for_a_class_hides_no_other_rule() {
        let request: Request = toml::from_str(
            "url = 'https://a.example/t'
             [[errors]]
             status = '4xx'
             kind = 'reauthorization_required'
             message = 'gone'
             [[errors]]
             status = 400
             error = 'invalid_request'
             kind = 'denied'
             message = 'no'
             [[errors]]
             status = 401
             kind = 'temporary'
             message = 'later'",
        )
        .unwrap();
        let said = |refused| match refusal(&request, refused) {
            ExchangeError::Refused { kind, meaning, .. } => (kind, meaning.unwrap_or_default()),
            other => panic!("{other}"),
        };
        assert_eq!(said(refused(400, Some("invalid_request"))), (Kind::Denied, "no".to_owned()));
        assert_eq!(said(refused(401, Some("invalid_client"))), (Kind::Temporary, "later".to_owned()));
        assert_eq!(said(refused(400, Some("invalid_client"))), (Kind::Configuration, String::new()));
        assert_eq!(said(refused(400, Some("odd"))), (Kind::ReauthorizationRequired, "gone".to_owned()));
    }

    /// Answers each request with the next of `answers`.
    fn server(answers: [(u16, &'static str); 2]) -> String {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for (status, body) in answers {
                let (mut stream, _) = listener.accept().unwrap();
                let read = stream.read(&mut [0; 4096]).unwrap();
                assert!(read > 0);
                let head =
                    format!("HTTP/1.1 {status} x\r\nConnection: close\r\nContent-Length: {}", body.len());
                write!(stream, "{head}\r\n\r\n{body}").unwrap();
            }
        });
        origin
    }

    #[test]
    fn an_error_shows_nothing_that_was_entered_wherever_it_was_sent() {
        let echo = r#"{"message":"key-of-user is none, key nor in-the-form in-a-list encoded-only Ann"}"#;
        for sent in [
            "form = { k = '{key}', v = '{inside}' }",
            "json = { k = '{key}', v = '{inside}' }\njson_lists = { l = '{listed}' }",
            "headers = { Authorization = 'Basic {access_token}' }",
        ] {
            let origin = server([(401, echo), (401, echo)]);
            let request: Request =
                toml::from_str(&format!("url = '{origin}/me?user={{user}}'\n{sent}")).unwrap();
            let mut values = Values::default();
            values.set("user", "Ann");
            for (name, secret) in [
                ("key", "key"),
                ("longer", "key-of-user"),
                ("inside", "in-the-form"),
                ("listed", "in-a-list"),
                ("encoded", "encoded-only"),
            ] {
                values.set_secret(name, &SecretString::from(secret));
            }
            let client = Client::new(std::time::Duration::from_secs(10), None).unwrap();
            let error = run(&[request], &mut values, &client, &Timestamp::now).err().unwrap().to_string();
            let shown = "[hidden] is none, [hidden] nor [hidden] [hidden] [hidden] Ann";
            assert!(error.contains(shown), "{sent}: {error}");
        }
    }

    #[test]
    fn an_error_shows_no_token_that_was_fetched_on_the_way() {
        let origin = server([
            (200, r#"{"access_token":"developer-token","old":"earlier-token"}"#),
            (400, r#"{"error":"odd","error_description":"earlier-token old-token developer-token me"}"#),
        ]);
        let requests = format!(
            "[[request]]
             url = '{origin}/token'
             capture = {{ developer_token = '/access_token', old = '/old' }}
             [[request]]
             url = '{origin}/installation'
             headers = {{ X-Old = '{{old_token}}' }}"
        );
        let requests: BTreeMap<String, Vec<Request>> = toml::from_str(&requests).unwrap();
        let mut values = Values::default();
        values.set("old_token", "old-token");
        let client = Client::new(std::time::Duration::from_secs(10), None).unwrap();
        let error = run(&requests["request"], &mut values, &client, &Timestamp::now).err().unwrap();
        assert_eq!(error.to_string(), "HTTP 400, odd, [hidden] [hidden] [hidden] me");
    }
}
