//! What is sent, to the letter.

use super::super::*;
use super::{MERCADO_LIBRE, values};
use crate::oauth::request::Request as Prepared;

#[test]
fn the_consent_pages_address_is_exactly_this() {
    let url = |id: &str, region: Option<&str>, options: &[&str]| {
        let definition = built_in(id);
        let values = values(&definition, "production", region, options);
        definition.authorization_request.as_ref().unwrap().url(&values).unwrap().to_string()
    };
    let redirect_uri = "https%3A%2F%2Ferp.example%2Fcallback%3Fa%3D1";
    let amazon = format!(
        "/apps/authorize/consent?application_id=application_id%7C1&state=state%7C1&redirect_uri={redirect_uri}"
    );
    let (seller, vendor) = ("https://sellercentral-europe.amazon.com", "https://vendorcentral.amazon.de");
    assert_eq!(url("amazon", Some("DE"), &[]), format!("{seller}{amazon}"));
    assert_eq!(url("amazon", Some("DE"), &["draft"]), format!("{seller}{amazon}&version=beta"));
    assert_eq!(url("amazon", Some("DE"), &["vendor"]), format!("{vendor}{amazon}"));
    assert_eq!(url("amazon", Some("DE"), &["draft", "vendor"]), format!("{vendor}{amazon}&version=beta"));
    assert_eq!(
        url("otto", None, &[]),
        format!(
            "https://api.otto.market/oauth2/auth?response_type=code&client_id=client_id%7C1\
             &redirect_uri={redirect_uri}&scope=one%20two&state=state%7C1"
        )
    );
    assert_eq!(
        url("allegro", None, &[]),
        format!(
            "https://allegro.pl/auth/oauth/authorize?response_type=code&client_id=client_id%7C1\
             &redirect_uri={redirect_uri}&scope=one%20two&state=state%7C1\
             &code_challenge=code_challenge%7C1&code_challenge_method=S256&prompt=confirm"
        )
    );
    let (client, redirect) = ("client_id=client_id%7C1", format!("redirect_uri={redirect_uri}"));
    assert_eq!(
        url("shopify", None, &[]),
        format!(
            "https://nord-kontor.myshopify.com/admin/oauth/authorize?{client}&scope=one%20two&{redirect}\
             &state=state%7C1"
        )
    );
    assert_eq!(
        url("ebay", None, &[]),
        format!(
            "https://auth.ebay.com/oauth2/authorize?{client}&{redirect}&response_type=code&scope=one%20two\
             &state=state%7C1&locale=de-DE&prompt=login"
        )
    );
}

/// Method, address, header lines and body of a request as it is sent.
fn sent(id: &str, request: &Request) -> String {
    let definition = built_in(id);
    let region = definition.regions.contains_key("DE").then_some("DE");
    let Prepared { method, url, headers, body } =
        exchange::prepare(request, &values(&definition, "production", region, &[])).unwrap();
    let mut lines = vec![format!("{method} {url}")];
    lines.extend(headers.iter().map(|(name, value)| format!("{name}: {}", value.expose_secret())));
    if let Some((kind, bytes)) = body.encode() {
        lines.push(kind.to_owned());
        lines.push(String::from_utf8(bytes.to_vec()).unwrap());
    }
    lines.join("\n")
}

fn exchange_of(id: &str) -> Vec<String> {
    built_in(id).token_request.iter().map(|request| sent(id, request)).collect()
}

fn renewal_of(id: &str) -> Vec<String> {
    built_in(id).renewal_request.iter().map(|request| sent(id, request)).collect()
}

const FORM: &str = "application/x-www-form-urlencoded";
const REDIRECT: &str = "redirect_uri=https%3A%2F%2Ferp.example%2Fcallback%3Fa%3D1";
const CREDENTIALS: &str = "client_id=client_id%7C1&client_secret=client_secret%7C1";

#[test]
fn amazon_is_asked_exactly_this() {
    let url = "POST https://api.amazon.com/auth/o2/token";
    let code = format!("{url}\n{FORM}\ngrant_type=authorization_code&code=code%7C1&{REDIRECT}&{CREDENTIALS}");
    assert_eq!(exchange_of("amazon"), [code]);
    let refresh =
        format!("{url}\n{FORM}\ngrant_type=refresh_token&refresh_token=refresh_token%7C1&{CREDENTIALS}");
    assert_eq!(renewal_of("amazon"), [refresh]);
}

#[test]
fn otto_is_asked_exactly_this() {
    assert_eq!(
        exchange_of("otto"),
        [
            format!(
                "POST https://api.otto.market/oauth2/token\n{FORM}\n\
                 grant_type=authorization_code&code=code%7C1&{REDIRECT}&{CREDENTIALS}"
            ),
            "GET https://api.otto.market/v1/apps/app_id%7C1/installation\nAuthorization: Bearer user_token|1"
                .to_owned(),
        ]
    );
    let api = "POST https://api.otto.market/v1";
    assert_eq!(
        renewal_of("otto"),
        [
            format!("{api}/token\n{FORM}\ngrant_type=client_credentials&scope=developer&{CREDENTIALS}"),
            format!(
                "{api}/apps/app_id%7C1/installations/installation_id%7C1/accessToken\n\
                 Authorization: Bearer developer_token|1\n{FORM}\n"
            ),
        ]
    );
    let own = format!("{api}/token\n{FORM}\ngrant_type=client_credentials&scope=one+two&{CREDENTIALS}");
    assert_eq!(exchange_of("otto-self"), [own]);
    assert_eq!(renewal_of("otto-self"), Vec::<String>::new());
}

#[test]
fn allegro_is_asked_exactly_this() {
    let url = "POST https://allegro.pl/auth/oauth/token";
    let code = format!(
        "{url}\n{FORM}\ngrant_type=authorization_code&code=code%7C1&{REDIRECT}&client_id=client_id%7C1\
         &code_verifier=code_verifier%7C1"
    );
    assert_eq!(exchange_of("allegro"), [code]);
    // base64 of `client_id%7C1:client_secret%7C1`
    let basic = "Authorization: Basic Y2xpZW50X2lkJTdDMTpjbGllbnRfc2VjcmV0JTdDMQ==";
    let refresh = format!(
        "{url}\n{basic}\n{FORM}\ngrant_type=refresh_token&refresh_token=refresh_token%7C1&{REDIRECT}"
    );
    assert_eq!(renewal_of("allegro"), [refresh]);
}

#[test]
fn etsy_is_asked_exactly_this() {
    let url = "POST https://api.etsy.com/v3/public/oauth/token";
    let id = "client_id=client_id%7C1";
    let code = format!(
        "{url}\n{FORM}\ngrant_type=authorization_code&{id}&{REDIRECT}&code=code%7C1&code_verifier=code_verifier%7C1"
    );
    assert_eq!(exchange_of("etsy"), [code]);
    let refresh = format!("{url}\n{FORM}\ngrant_type=refresh_token&{id}&refresh_token=refresh_token%7C1");
    assert_eq!(renewal_of("etsy"), [refresh]);
}

#[test]
fn ebay_is_asked_exactly_this() {
    let basic = "Authorization: Basic Y2xpZW50X2lkJTdDMTpjbGllbnRfc2VjcmV0JTdDMQ==";
    let head = format!("POST https://api.ebay.com/identity/v1/oauth2/token\n{basic}\n{FORM}");
    let code = format!("{head}\ngrant_type=authorization_code&code=code%7C1&{REDIRECT}");
    assert_eq!(exchange_of("ebay"), [code]);
    let refresh = format!("{head}\ngrant_type=refresh_token&refresh_token=refresh_token%7C1&scope=one+two");
    assert_eq!(renewal_of("ebay"), [refresh]);
}

#[test]
fn mercado_libre_is_asked_exactly_this() {
    let head = format!("POST https://api.mercadolibre.com/oauth/token\n{FORM}");
    let code = format!(
        "{head}\ngrant_type=authorization_code&{CREDENTIALS}&code=code%7C1&{REDIRECT}&code_verifier=code_verifier%7C1"
    );
    assert_eq!(exchange_of("mercadolibre"), [code]);
    let refresh = format!("{head}\ngrant_type=refresh_token&{CREDENTIALS}&refresh_token=refresh_token%7C1");
    assert_eq!(renewal_of("mercadolibre"), [refresh]);
    let regions: Vec<String> = built_in("mercadolibre").regions.into_keys().collect();
    assert_eq!(regions, MERCADO_LIBRE.iter().map(|(region, _)| *region).collect::<Vec<_>>());
}

#[test]
fn shopify_is_asked_exactly_this() {
    let head = "POST https://nord-kontor.myshopify.com/admin/oauth/access_token\napplication/json";
    let client = r#""client_id":"client_id|1","client_secret":"client_secret|1""#;
    assert_eq!(
        exchange_of("shopify"),
        [format!("{head}\n{{{client},\"code\":\"code|1\",\"expiring\":\"1\"}}")]
    );
    let refresh = r#""grant_type":"refresh_token","refresh_token":"refresh_token|1""#;
    assert_eq!(renewal_of("shopify"), [format!("{head}\n{{{client},{refresh}}}")]);
}
