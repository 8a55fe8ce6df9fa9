//! The authorization endpoint's checks (RFC 6749 section 4.1.1, RFC 7636 section 4.3), and where the
//! browser goes afterwards.

use std::borrow::Cow;

use url::{Host, Url, form_urlencoded};

use super::ledger::App;

/// The scopes an app can ask for: name, and what it means to a seller.
pub const SCOPES: [(&str, &str, &str); 3] = [
    ("shop:read", "Know your shop", "Its name and its shop number"),
    ("orders:read", "See your orders", "What was bought, by whom, and where it goes"),
    ("offers:write", "Change your offers", "Prices, stock and descriptions"),
];

/// A request that may be shown to the seller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizationRequest {
    /// Where the answer goes.
    pub redirect_uri: String,
    /// The scopes asked for, in the order of [`SCOPES`].
    pub scopes: Vec<String>,
    /// Handed back as it came.
    pub state: String,
    /// The S256 of a verifier only the app knows.
    pub code_challenge: String,
}

/// Why a request is not shown to the seller.
#[derive(Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody is known to send an answer to (RFC 6749 section 4.1.2.1): told to the person instead.
    ToPerson(&'static str),
    /// An error for the app: the parameters of its answer.
    ToApp {
        /// Where the answer goes.
        redirect_uri: String,
        /// Handed back as it came, where it came.
        state: Option<String>,
        /// `error`.
        error: &'static str,
        /// `error_description`.
        description: &'static str,
    },
}

/// Parameters of a query or a form.
pub struct Parameters<'a>(Vec<(Cow<'a, str>, Cow<'a, str>)>);

/// A parameter came twice, which RFC 6749 section 3.1 forbids.
#[derive(Debug)]
pub struct Repeated;

impl<'a> Parameters<'a> {
    /// Reads `application/x-www-form-urlencoded` text.
    pub fn parse(text: &'a str) -> Parameters<'a> {
        Parameters(form_urlencoded::parse(text.as_bytes()).collect())
    }

    /// The value of `name`. One without a value counts as omitted (RFC 6749 section 3.1).
    pub fn one(&self, name: &str) -> Result<Option<&str>, Repeated> {
        let mut values = self.0.iter().filter(|(other, _)| other == name).map(|(_, value)| value.as_ref());
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(Repeated),
            (first, None) => Ok(first.filter(|value| !value.is_empty())),
        }
    }
}

/// Checks an authorization request. Until client and redirect URI are known to be right, nothing is
/// sent anywhere.
pub fn check(app: &App, query: &Parameters<'_>) -> Result<AuthorizationRequest, Refusal> {
    match query.one("client_id") {
        Ok(Some(client_id)) if client_id == app.client_id => {}
        _ => return Err(Refusal::ToPerson("No app with this client_id is registered here.")),
    }
    let redirect_uri = match query.one("redirect_uri") {
        Ok(Some(uri)) if app.redirect_uris.iter().any(|registered| covers(registered, uri)) => uri,
        _ => return Err(Refusal::ToPerson("This redirect_uri is not registered for the app.")),
    };
    let state = query.one("state").ok().flatten();
    check_rest(query, redirect_uri).map_err(|(error, description)| Refusal::ToApp {
        redirect_uri: redirect_uri.to_owned(),
        state: state.map(str::to_owned),
        error,
        description,
    })
}

type AppError = (&'static str, &'static str);

fn check_rest(query: &Parameters<'_>, redirect_uri: &str) -> Result<AuthorizationRequest, AppError> {
    let one = |name| query.one(name).map_err(|Repeated| ("invalid_request", "a parameter is repeated"));
    match one("response_type")? {
        Some("code") => {}
        Some(_) => return Err(("unsupported_response_type", "response_type must be code")),
        None => return Err(("invalid_request", "response_type is missing")),
    }
    let state = one("state")?.ok_or(("invalid_request", "state is missing"))?;
    if one("code_challenge_method")? != Some("S256") {
        return Err(("invalid_request", "code_challenge_method must be S256"));
    }
    let code_challenge = one("code_challenge")?
        .filter(|challenge| is_s256(challenge))
        .ok_or(("invalid_request", "code_challenge must be 43 characters of base64url"))?;
    Ok(AuthorizationRequest {
        redirect_uri: redirect_uri.to_owned(),
        scopes: known_scopes(one("scope")?.unwrap_or(SCOPES[0].0))?,
        state: state.to_owned(),
        code_challenge: code_challenge.to_owned(),
    })
}

fn known_scopes(asked: &str) -> Result<Vec<String>, AppError> {
    let asked: Vec<&str> = asked.split(' ').collect();
    if !asked.iter().all(|scope| SCOPES.iter().any(|(known, ..)| known == scope)) {
        return Err(("invalid_scope", "a scope is unknown here"));
    }
    let names = SCOPES.iter().map(|(name, ..)| *name);
    Ok(names.filter(|name| asked.contains(name)).map(str::to_owned).collect())
}

/// SHA-256 in base64url without padding: 43 characters (RFC 7636 section 4.2).
fn is_s256(challenge: &str) -> bool {
    challenge.len() == 43 && challenge.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// Whether `uri` is what was registered: the same text, or for a loopback address literal the same but
/// for the port (RFC 8252 section 7.3).
pub fn covers(registered: &str, uri: &str) -> bool {
    // The parser drops line breaks, which must not reach the `Location` header.
    if registered == uri || !uri.bytes().all(|byte| byte.is_ascii_graphic()) {
        return registered == uri;
    }
    let (Ok(mut registered), Ok(asked)) = (Url::parse(registered), Url::parse(uri)) else {
        return false;
    };
    let literal = match registered.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        _ => false,
    };
    literal
        && registered.scheme() == "http"
        && registered.set_port(asked.port()).is_ok()
        && registered == asked
}

/// The address that carries an answer to the app: `redirect_uri` with `parameters` added to its query
/// (RFC 6749 section 4.1.2). Parameters without a value are left out.
pub fn answer_address(redirect_uri: &str, parameters: &[(&str, Option<&str>)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in parameters {
        value.map(|value| query.append_pair(name, value));
    }
    let separator = if redirect_uri.contains('?') { '&' } else { '?' };
    format!("{redirect_uri}{separator}{}", query.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    fn app() -> App {
        App {
            name: "Parcel Pilot".into(),
            version: "1.0".into(),
            client_id: "app".into(),
            client_secret: "secret".to_owned().into(),
            redirect_uris: vec!["http://127.0.0.1/callback".into(), "https://relay.example/back".into()],
        }
    }

    fn query(change: &[(&str, &str)]) -> String {
        let mut pairs = vec![
            ("client_id", "app"),
            ("redirect_uri", "http://127.0.0.1:9000/callback"),
            ("response_type", "code"),
            ("state", "abc"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
            ("scope", "orders:read shop:read"),
        ];
        pairs.retain(|(name, _)| !change.iter().any(|(other, _)| other == name));
        pairs.extend(change);
        form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
    }

    fn refused(change: &[(&str, &str)]) -> &'static str {
        match check(&app(), &Parameters::parse(&query(change))) {
            Err(Refusal::ToApp { error, .. }) => error,
            Err(Refusal::ToPerson(_)) => "page",
            Ok(_) => "accepted",
        }
    }

    #[test]
    fn a_right_request_is_shown_with_its_scopes_in_order() {
        let text = query(&[]);
        let request = check(&app(), &Parameters::parse(&text)).unwrap();
        assert_eq!(request.scopes, ["shop:read", "orders:read"]);
        assert_eq!(request.state, "abc");
    }

    #[test]
    fn each_wrong_parameter_has_its_refusal() {
        assert_eq!(refused(&[("client_id", "other")]), "page");
        assert_eq!(refused(&[("redirect_uri", "http://127.0.0.1:9000/elsewhere")]), "page");
        assert_eq!(refused(&[("redirect_uri", "")]), "page");
        assert_eq!(refused(&[("response_type", "token")]), "unsupported_response_type");
        assert_eq!(refused(&[("response_type", "")]), "invalid_request");
        assert_eq!(refused(&[("state", "")]), "invalid_request");
        assert_eq!(refused(&[("state", "a"), ("state", "b")]), "invalid_request");
        assert_eq!(refused(&[("code_challenge", "short")]), "invalid_request");
        assert_eq!(refused(&[("code_challenge_method", "plain")]), "invalid_request");
        assert_eq!(refused(&[("scope", "everything")]), "invalid_scope");
    }

    #[test]
    fn a_loopback_literal_stands_for_any_port_and_nothing_else_does() {
        for (registered, asked, expected) in [
            ("http://127.0.0.1/callback", "http://127.0.0.1:1/callback", true),
            ("http://127.0.0.1:80/callback", "http://127.0.0.1:4711/callback", true),
            ("http://[::1]/callback", "http://[::1]:4711/callback", true),
            ("http://127.0.0.1/callback", "http://127.0.0.1:1/callback?x=1", false),
            ("http://127.0.0.1/callback", "https://127.0.0.1:1/callback", false),
            ("http://127.0.0.1/callback", "http://127.0.0.1.example:1/callback", false),
            ("http://127.0.0.1/callback", "http://user@127.0.0.1:1/callback", false),
            ("http://127.0.0.1/callback", "http://127.0.0.1:1/call\r\nback", false),
            ("http://localhost/callback", "http://localhost:1/callback", false),
            ("https://relay.example/back", "https://relay.example:8443/back", false),
            ("https://relay.example/back", "https://relay.example/back", true),
        ] {
            assert_eq!(covers(registered, asked), expected, "{registered} {asked}");
        }
    }

    #[test]
    fn an_answer_keeps_the_query_of_its_redirect_uri() {
        let parameters = [("code", Some("c d")), ("state", None)];
        assert_eq!(
            answer_address("https://a.example/b?x=1", &parameters),
            "https://a.example/b?x=1&code=c+d"
        );
        assert_eq!(answer_address("https://a.example/b", &parameters), "https://a.example/b?code=c+d");
    }
}
