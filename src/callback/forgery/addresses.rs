//! Addresses that a browser will be sent to: redirect URIs, and where a marketplace's own request wants
//! to go on.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestCaseError;

use super::{CASES, near, pairs, values};
use crate::marketplace::definition::RedirectMode;
use crate::marketplace::initiation::confirm;
use crate::marketplace::{BUILT_IN, Definition, built_in};
use crate::redirect::check;

const APP: &str = "amzn1.sp.solution.1";
const PATH: &str = "/apps/authorize/confirm/amzn1.sp.solution.1";
const REDIRECT_URI: &str = "https://erp.example/amazon/callback";
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

static DEFINITIONS: LazyLock<Vec<Definition>> =
    LazyLock::new(|| BUILT_IN.iter().map(|(id, _)| built_in(id)).collect());

fn amazon() -> &'static Definition {
    DEFINITIONS.iter().find(|definition| definition.id == "amazon").unwrap()
}

/// Amazon's own pages, as the definition's text lists them.
static ORIGINS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let (_, text) = BUILT_IN.iter().find(|(id, _)| *id == "amazon").unwrap();
    let listed = text.lines().filter_map(|line| line.split_once("_central = \"https://"));
    let host = |(_, rest): (&str, &str)| format!("https://{}", rest.trim_end_matches('"'));
    let origins: Vec<String> = listed.map(host).chain(["https://amazon.com".to_owned()]).collect();
    assert!(origins.len() > 40, "{origins:?}");
    origins
});

fn login_targets() -> Vec<String> {
    let origins = [0, 1, 7, ORIGINS.len() - 1].map(|i| ORIGINS[i].as_str());
    let queries = [
        "",
        "?amazon_state=other&mons_sel_locale=de_DE",
        "?state=evil&redirect_uri=https%3A%2F%2Fevil.example",
    ];
    let relative = [""];
    let bases = origins.iter().chain(&relative);
    bases.flat_map(|base| queries.map(|query| format!("{base}{PATH}{query}"))).collect()
}

fn redirect_uris() -> Vec<String> {
    [
        "https://erp.example/callback",
        "https://erp.example:8443/a/b?shop=1",
        "https://erp.example",
        "http://localhost:8123/callback",
        "http://localhost/x?shop=1",
        "http://127.0.0.1/callback",
        "http://[::1]:8123/callback",
    ]
    .map(String::from)
    .into()
}

/// Scheme, host and port of an address, read by hand.
fn parts(text: &str) -> Option<(&str, &str, Option<&str>)> {
    let (scheme, rest) = text.split_once("://")?;
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let name_end = if authority.starts_with('[') { authority.find(']')? + 1 } else { 0 };
    match authority[name_end..].split_once(':') {
        Some((name, port)) => Some((scheme, &authority[..name_end + name.len()], Some(port))),
        None => Some((scheme, authority, None)),
    }
}

fn check_redirect(definition: &Definition, uri: &str) -> Result<bool, TestCaseError> {
    let Ok(Some(url)) = check(definition, uri) else { return Ok(false) };
    let (scheme, host, port) = parts(uri).expect("an accepted address has a host");
    let (scheme, host) = (scheme.to_ascii_lowercase(), host.to_ascii_lowercase());
    prop_assert!(!host.is_empty() && !host.contains(['@', '%', '\\']) && host.is_ascii(), "host");
    prop_assert_eq!(url.host_str(), Some(host.as_str()), "everyone reads the same host");
    let port = port.filter(|port| !port.is_empty()).map(|port| port.parse::<u16>().unwrap());
    let usual = if scheme == "https" { 443 } else { 80 };
    prop_assert_eq!(url.port_or_known_default(), port.or(Some(usual)));
    prop_assert!(!uri.contains('#'), "fragment");
    prop_assert!(!uri.contains(char::is_whitespace) && !uri.contains(char::is_control), "blanks");

    let modes = &definition.redirect.modes;
    if scheme == "http" {
        prop_assert!(
            modes.contains(&RedirectMode::Loopback) && LOOPBACK.contains(&host.as_str()),
            "loopback"
        );
        let wanted = definition.redirect.host.as_deref();
        prop_assert!(wanted.is_none_or(|wanted| wanted == host), "another host");
    } else {
        prop_assert_eq!(&scheme, "https");
        prop_assert!(modes.iter().any(|mode| *mode != RedirectMode::Loopback), "relay");
        prop_assert!(!LOOPBACK.contains(&host.as_str()), "no certificate is for this machine");
    }
    let query = pairs(uri.split_once('?').map_or("", |(_, query)| query));
    for name in ["state", "code", "error"] {
        prop_assert!(values(&query, name).is_empty(), "{name} is taken");
    }
    Ok(true)
}

/// Where the browser would go, if anywhere.
fn confirmed(region: &str, target: &str, state: &str) -> Option<String> {
    let definition = amazon();
    let mut at = definition.values_at("production", Some(region), &["draft".to_owned()], &BTreeMap::new());
    at.set("environment", "production");
    at.set("application_id", APP);
    at.set("state", "fresh");
    at.set("redirect_uri", REDIRECT_URI);
    let parameter = |name: &str| match name {
        "amazon_callback_uri" => Some(target.to_owned()),
        "amazon_state" => Some(state.to_owned()),
        "selling_partner_id" => Some("A1".to_owned()),
        _ => None,
    };
    let confirmation = confirm(definition, definition.initiation.as_ref().unwrap(), &at, &parameter).ok()?;
    Some(confirmation.url.into())
}

fn check_confirmation(url: &str, target: &str, state: &str) -> Result<(), TestCaseError> {
    let (place, query) = url.split_once('?').expect("our parameters");
    let honest = ORIGINS.iter().any(|origin| place.strip_prefix(origin.as_str()) == Some(PATH));
    prop_assert!(honest, "sent to {url}");
    let asked = target.split('?').next().unwrap();
    prop_assert!(asked == place || asked == PATH, "asked for {asked}, sent to {url}");
    prop_assert!(!url.contains('#'), "fragment");
    let query = pairs(query);
    let once = |name: &str, value: &str| values(&query, name) == [value];
    prop_assert!(once("state", "fresh") && once("redirect_uri", REDIRECT_URI), "{url}");
    prop_assert!(once("version", "beta") && once("amazon_state", state), "{url}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn a_redirect_uri_that_is_accepted_has_one_meaning((uri, right) in near(&redirect_uris())) {
        let mut accepted = false;
        for definition in DEFINITIONS.iter() {
            accepted |= check_redirect(definition, &uri)?;
        }
        // Which addresses in numbers are taken differs.
        let fit = uri == right && (right.starts_with("https:") || right.starts_with("http://localhost"));
        prop_assert!(accepted || !fit, "the honest one was refused");
    }

    #[test]
    fn a_login_request_leads_to_amazon_or_nowhere(
        (target, right) in near(&login_targets()),
        region in select(["DE", "US", "JP"].as_slice()),
        state in "[ -~]{1,40}",
    ) {
        match confirmed(region, &target, &state) {
            Some(url) => check_confirmation(&url, &target, &state)?,
            None => prop_assert!(target != right || right.is_empty(), "the honest one was refused"),
        }
    }
}
