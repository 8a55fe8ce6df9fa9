//! What an answer to a consent says, wherever it comes from: the listener, a paste, another
//! process.

use std::collections::BTreeMap;

use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::callback::{Page, Parameters, paste};
use crate::connection::Connection;
use crate::error::{Error, Kind, Result};
use crate::marketplace::Definition;
use crate::marketplace::template::Values;
use crate::model::Record;
use crate::oauth::pointer::plain;
use crate::settle::Shops;
use crate::{fail, text};

/// Reads an authorization response (RFC 6749 section 4.1.2, RFC 9207) into `values`.
///
/// What the marketplace `said` when it started this consent itself must be said again.
pub fn read(
    definition: &Definition,
    parameters: &Parameters,
    said: &BTreeMap<String, String>,
    values: &mut Values,
) -> Result<()> {
    let response = &definition.authorization_response;
    if let Some(error) = parameters.get("error") {
        return Err(refusal(&response.denied, error, &definition.name));
    }
    if is_denied(definition, parameters) {
        return Err(fail!(Denied, "consent-denied", marketplace = definition.name));
    }
    if let Some(issuer) = &response.issuer
        && parameters.get("iss") != Some(issuer.text(values).expose_secret())
    {
        return Err(fail!(Denied, "issuer-mismatch"));
    }
    for (name, expected) in response.expect.iter() {
        match parameters.get(name) {
            None => return Err(fail!(WrongShop, "answer-lacking", parameter = name)),
            Some(given) if given != expected.text(values).expose_secret() => {
                return Err(fail!(WrongShop, "answer-unexpected", parameter = name));
            }
            Some(_) => {}
        }
    }
    let code = code(definition, parameters);
    let code = code.ok_or_else(|| fail!(Denied, "answer-without-code", marketplace = definition.name))?;
    values.set_secret("code", &SecretString::from(code));
    for (name, wire) in &response.capture {
        let value = &plain(parameters.get(wire).unwrap_or_default());
        if said.get(name).is_some_and(|before| before != value) {
            return Err(fail!(WrongShop, "answer-unexpected", parameter = wire));
        }
        values.set(name, value);
    }
    Ok(())
}

fn code<'a>(definition: &Definition, parameters: &'a Parameters) -> Option<&'a str> {
    parameters.get(&definition.authorization_response.code).filter(|code| !code.is_empty())
}

/// Whether the answer says no in the marketplace's own way.
fn is_denied(definition: &Definition, parameters: &Parameters) -> bool {
    let denied_by = &definition.authorization_response.denied_by;
    denied_by.iter().any(|(name, no)| parameters.get(name) == Some(no))
}

/// An `error` of the authorization response (RFC 6749 section 4.1.2.1).
fn refusal(denied: &[String], error: &str, marketplace: &str) -> Error {
    if denied.iter().any(|code| code == error) {
        return fail!(Denied, "consent-denied", marketplace = marketplace);
    }
    let shown: String = error.chars().filter(char::is_ascii_graphic).take(60).collect();
    match error {
        "server_error" | "temporarily_unavailable" => {
            fail!(Temporary, "consent-failed", marketplace = marketplace, code = shown)
        }
        _ => fail!(Configuration, "consent-refused", marketplace = marketplace, code = shown),
    }
}

/// Reads a line that a person pasted: the parameters of an answer, and which of `states` they
/// answer.
///
/// Kind `usage` for anything else, in words that say what it is instead: an error page of the
/// marketplace, a page before the consent (`consent` is its address), another login's, a request
/// that the marketplace started itself.
pub fn pasted(
    definition: &Definition,
    line: &str,
    states: &[SecretString],
    consent: Option<&Url>,
) -> Result<(Parameters, usize)> {
    let read = || {
        let parameters = paste::parse(line, &definition.authorization_response.code)?;
        let which = paste::awaited(&parameters, states)?;
        match code(definition, &parameters).or(parameters.get("error")) {
            Some(_) => Ok((parameters, which)),
            None if is_denied(definition, &parameters) => Ok((parameters, which)),
            None => Err(fail!(Usage, "paste-no-code")),
        }
    };
    let otherwise = || {
        started_there(definition, line)
            .map(|_| fail!(Usage, "paste-login-uri", marketplace = definition.name))
            .or_else(|| error_page(definition, line))
            .or_else(|| earlier_page(line, consent))
    };
    read().map_err(|error| otherwise().unwrap_or(error))
}

/// Reads a line that a person pasted as a request that the marketplace started itself.
pub fn started_there(definition: &Definition, line: &str) -> Option<Parameters> {
    paste::request(line, &definition.initiation.as_ref()?.target)
}

/// Checks that a line a person pasted is the address on which the installation has ended, which
/// holds one of `states`.
///
/// Kind `usage` for anything else, in words that say what it is, and how to go on.
pub fn installed(definition: &Definition, line: &str, states: &[SecretString]) -> Result<()> {
    let parameters = paste::parse(line, &definition.authorization_response.code);
    let which = parameters.and_then(|parameters| paste::awaited(&parameters, states));
    which.map(|_| ()).map_err(|error| {
        error_page(definition, line).unwrap_or_else(|| error.hint(text!("paste-installing")))
    })
}

/// A code that the marketplace shows in the browser only, explained.
fn error_page(definition: &Definition, line: &str) -> Option<Error> {
    let mut words = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let (code, explanation) = words.find_map(|word| definition.errors.get_key_value(word))?;
    let error = fail!(Usage, "paste-error-page", code = code, cause = explanation.cause);
    Some(error.hint(match &explanation.link {
        Some(page) => text!("paste-error-more", fix = explanation.fix, page = page),
        None => explanation.fix.clone(),
    }))
}

/// A page of the marketplace that comes before the seller has consented.
fn earlier_page(line: &str, consent: Option<&Url>) -> Option<Error> {
    let url = Url::parse(line.trim()).ok()?;
    consent.filter(|consent| consent.origin() == url.origin()).map(|_| fail!(Usage, "paste-before-consent"))
}

/// What the seller gets to see.
pub fn page(connection: &Connection, settled: &Result<Record>) -> Page {
    let marketplace = connection.definition.name.clone();
    let error = match settled {
        Ok(record) => {
            let shop = record.shop_name.clone().or_else(|| record.shop_id.clone());
            return Page::Connected { marketplace, profile: connection.name.clone(), shop };
        }
        Err(error) => error,
    };
    let shops = error.source.as_ref().and_then(|source| source.downcast_ref::<Shops>());
    if let Some(Shops { expected, got }) = shops {
        return Page::WrongShop { expected: expected.clone(), got: got.clone() };
    }
    match error.kind {
        Kind::Denied => {
            let told = error.told.as_deref().cloned();
            Page::Denied { marketplace, reason: Some(error.message.clone()), told }
        }
        Kind::Interrupted => Page::Interrupted,
        Kind::ReauthorizationRequired => Page::Expired,
        _ => Page::Failed {
            reason: error.message.clone(),
            hint: error.hint.clone(),
            told: error.told.as_deref().cloned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::marketplace::load;

    const DEFINITION: &str = r#"
schema = 1
id = "shop"
name = "Shop"
docs = "https://shop.example"
verified = "2026-01-01"
grant = "authorization_code"
api_base = "https://api.shop.example"
api_headers = ["Authorization: Bearer {access_token}"]
[environments.production]
[redirect]
modes = ["loopback"]
[authorization_request]
endpoint = "https://shop.example/consent"
parameters = { state = "{state}" }
[[token_request]]
url = "https://shop.example/token"
form = { code = "{code}" }
token = { access_token = "/access_token" }
[authorization_response]
expect = { shop = "42" }
denied_by = { agreed = "false" }
[initiation]
target = "go_on"
origins = ["https://shop.example"]
base = "https://shop.example"
path = "/go-on"
capture = {}
parameters = { state = "{state}" }
[errors.E42]
cause = "the moon is full"
fix = "wait for another one"
[errors.E43]
cause = "it is dark"
fix = "run: light --on"
link = "https://shop.example/dark"
"#;

    fn definition() -> Definition {
        load(Path::new("shop.toml"), DEFINITION).unwrap()
    }

    fn which(line: &str) -> Result<usize> {
        let consent = Url::parse("https://shop.example/consent?state=ours").unwrap();
        pasted(&definition(), line, &["ours".into()], Some(&consent)).map(|(_, which)| which)
    }

    #[test]
    fn an_answer_is_an_answer_even_if_it_is_a_refusal() {
        assert_eq!(which("http://127.0.0.1:1/callback?code=E42&state=ours").unwrap(), 0);
        assert_eq!(which("?error=access_denied&state=ours").unwrap(), 0);
        assert_eq!(which("?agreed=false&state=ours").unwrap(), 0);
    }

    #[test]
    fn a_wrong_paste_is_told_what_it_is() {
        for (line, says) in [
            ("http://127.0.0.1:1/callback?code=1&state=theirs", "belongs to another login"),
            ("http://127.0.0.1:1/callback?code=1", "holds no `state`"),
            ("http://127.0.0.1:1/callback?state=ours", "holds no code"),
            ("http://127.0.0.1:1/callback?state=ours&agreed=true", "holds no code"),
            ("http://127.0.0.1:1/callback?state=null&agreed=false", "belongs to another login"),
            ("http://127.0.0.1:1/callback?state=ours&code=", "holds no code"),
            ("https://shop.example/consent?state=ours", "before the consent"),
            ("https://shop.example/login", "before the consent"),
            ("https://shop.example/error?errorCode=E42", "the moon is full"),
            ("Sorry! (E42)", "the moon is full"),
            ("https://erp.example/callback?go_on=/go-on&code=1", "has called the Login URI"),
            ("E421", "is not the address"),
            ("hello", "is not the address"),
        ] {
            let error = which(line).unwrap_err();
            assert_eq!(error.kind, Kind::Usage, "{line}");
            assert!(error.message.contains(says), "{line}: {}", error.message);
            assert!(error.hint.is_some(), "{line}");
        }
    }

    #[test]
    fn what_to_do_and_where_to_read_more_stand_apart() {
        let hint = |line: &str| which(line).unwrap_err().hint.unwrap();
        assert_eq!(hint("E42"), "wait for another one");
        assert_eq!(hint("E43"), "run: light --on; more: https://shop.example/dark");
    }

    #[test]
    fn what_an_answer_is_about_must_be_said_and_be_what_was_asked() {
        let said = |query: &str| {
            let parameters = Parameters::parse(query).unwrap();
            read(&definition(), &parameters, &BTreeMap::new(), &mut Values::default())
        };
        said("code=1&shop=42").unwrap();
        for (query, kind, says) in [
            ("code=1", Kind::WrongShop, "lacks `shop`"),
            ("code=1&shop=", Kind::WrongShop, "`shop` differs"),
            ("code=1&shop=43", Kind::WrongShop, "`shop` differs"),
            ("error=access_denied", Kind::Denied, "did not agree"),
            ("agreed=false", Kind::Denied, "did not agree"),
            ("agreed=false&code=1&shop=42", Kind::Denied, "did not agree"),
            ("agreed=no&shop=42", Kind::Denied, "without a code"),
        ] {
            let error = said(query).unwrap_err();
            assert_eq!(error.kind, kind, "{query}");
            assert!(error.message.contains(says), "{query}: {}", error.message);
        }
    }

    #[test]
    fn the_end_of_an_installation_may_be_pasted_as_well() {
        let check = |line: &str| installed(&definition(), line, &["ours".into()]);
        check("https://erp.example/callback?state=ours").unwrap();
        check("?state=ours&code=1").unwrap();
        for (line, says, hint) in [
            ("https://erp.example/callback?state=theirs", "belongs to another login", "press Enter"),
            ("https://shop.example/installed", "is not the address", "press Enter"),
            ("done", "is not the address", "press Enter"),
            ("E42", "the moon is full", "wait for another one"),
        ] {
            let error = check(line).unwrap_err();
            assert!(error.message.contains(says), "{line}: {}", error.message);
            assert!(error.hint.is_some_and(|given| given.contains(hint)), "{line}");
        }
    }
}
