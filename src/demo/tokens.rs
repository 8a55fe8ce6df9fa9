//! The token endpoint (RFC 6749 sections 4.1.3, 5 and 6, RFC 7636 section 4.6) and the revocation
//! endpoint (RFC 7009): their checks, from a form to an answer.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use url::form_urlencoded;

use super::authorize::{Parameters, Repeated};
use super::ledger::{App, Fresh, Issued, Ledger};
use super::same_secret;

/// Why a token or revocation request is refused (RFC 6749 section 5.2).
#[derive(Debug, PartialEq, Eq)]
pub struct TokenError {
    /// The HTTP status.
    pub status: u16,
    /// `error`.
    pub error: &'static str,
    /// `error_description`.
    pub description: &'static str,
}

impl TokenError {
    const fn bad(error: &'static str, description: &'static str) -> TokenError {
        TokenError { status: 400, error, description }
    }

    const fn request(description: &'static str) -> TokenError {
        Self::bad("invalid_request", description)
    }

    /// The answer's JSON.
    pub fn json(&self) -> Value {
        json!({ "error": self.error, "error_description": self.description })
    }
}

impl From<Repeated> for TokenError {
    fn from(Repeated: Repeated) -> TokenError {
        TokenError::request("a parameter is repeated")
    }
}

const UNKNOWN_CLIENT: TokenError =
    TokenError { status: 401, error: "invalid_client", description: "client_id or client_secret is wrong" };

/// Answers a token request. `basic` is its `Authorization` header, `fresh` what a right one is given.
pub fn token(
    ledger: &mut Ledger,
    basic: Option<&str>,
    form: &Parameters<'_>,
    fresh: Fresh,
    now: Duration,
) -> Result<Value, TokenError> {
    authenticate(ledger.app(), basic, form)?;
    let issued = match required(form, "grant_type")? {
        "authorization_code" => {
            let verifier = required(form, "code_verifier")?;
            let challenge = s256(verifier)
                .ok_or(TokenError::request("code_verifier must be 43 to 128 unreserved characters"))?;
            ledger.redeem(required(form, "code")?, required(form, "redirect_uri")?, &challenge, fresh, now)
        }
        "refresh_token" => ledger.renew(required(form, "refresh_token")?, fresh, now),
        _ => return Err(TokenError::bad("unsupported_grant_type", "this grant_type is unknown here")),
    };
    issued.map(|issued| token_json(&issued)).map_err(|why| TokenError::bad("invalid_grant", why))
}

/// Answers a revocation request. An unknown token is no error (RFC 7009 section 2.2).
pub fn revoke(ledger: &mut Ledger, basic: Option<&str>, form: &Parameters<'_>) -> Result<(), TokenError> {
    authenticate(ledger.app(), basic, form)?;
    ledger.revoke(required(form, "token")?);
    Ok(())
}

fn token_json(issued: &Issued) -> Value {
    json!({
        "access_token": issued.tokens.access_token.expose_secret(),
        "token_type": "Bearer",
        "expires_in": issued.expires_in.as_secs(),
        "refresh_token": issued.tokens.refresh_token.expose_secret(),
        "scope": issued.grant.scopes.join(" "),
        "shop_id": issued.grant.shop.id,
        "shop_name": issued.grant.shop.name,
        "app_version": issued.grant.app_version,
    })
}

fn required<'a>(form: &'a Parameters<'_>, name: &'static str) -> Result<&'a str, TokenError> {
    form.one(name)?.ok_or(TokenError::request(match name {
        "grant_type" => "grant_type is missing",
        "code" => "code is missing",
        "redirect_uri" => "redirect_uri is missing",
        "code_verifier" => "code_verifier is missing",
        "refresh_token" => "refresh_token is missing",
        _ => "token is missing",
    }))
}

/// Client authentication (RFC 6749 section 2.3.1), by one method and no more.
fn authenticate(app: &App, basic: Option<&str>, form: &Parameters<'_>) -> Result<(), TokenError> {
    let (client_id, client_secret) = (form.one("client_id")?, form.one("client_secret")?);
    if basic.is_some() && client_secret.is_some() {
        return Err(TokenError::request("the client authenticates in two ways at once"));
    }
    let (id, secret) = match basic {
        Some(header) => basic_credentials(header).ok_or(UNKNOWN_CLIENT)?,
        None => (
            client_id.ok_or(UNKNOWN_CLIENT)?.to_owned(),
            client_secret.ok_or(UNKNOWN_CLIENT)?.to_owned().into(),
        ),
    };
    if client_id.is_some_and(|other| other != id) || id != app.client_id {
        return Err(UNKNOWN_CLIENT);
    }
    same_secret(&app.client_secret, secret.expose_secret()).then_some(()).ok_or(UNKNOWN_CLIENT)
}

/// Id and secret out of an `Authorization: Basic` header; both are form-encoded inside.
fn basic_credentials(header: &str) -> Option<(String, SecretString)> {
    let (scheme, credentials) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(credentials.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some((form_decoded(id), form_decoded(secret).into()))
}

fn form_decoded(text: &str) -> String {
    // A name without `=` is decoded whole; an `=` in it would be encoded.
    form_urlencoded::parse(text.as_bytes()).next().map(|(name, _)| name.into_owned()).unwrap_or_default()
}

/// The S256 challenge of a verifier, if it is one (RFC 7636 sections 4.1 and 4.2).
pub fn s256(verifier: &str) -> Option<String> {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let right = (43..=128).contains(&verifier.len()) && verifier.bytes().all(unreserved);
    right.then(|| URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_of_rfc_7636_appendix_b() {
        let challenge = s256("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(challenge.as_deref(), Some("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
        assert_eq!(s256("too-short"), None);
        assert_eq!(s256(&"x".repeat(129)), None);
        assert_eq!(s256(&"ü".repeat(30)), None);
    }

    #[test]
    fn basic_credentials_are_form_encoded_inside() {
        let header = format!("basic {}", STANDARD.encode("a%3Ab:s+%26"));
        let (id, secret) = basic_credentials(&header).unwrap();
        assert_eq!((id.as_str(), secret.expose_secret()), ("a:b", "s &"));
        assert!(basic_credentials("Basic ???").is_none());
        assert!(basic_credentials("Bearer abc").is_none());
    }
}
