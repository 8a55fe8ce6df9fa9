//! The scripted marketplaces refuse what the real ones would: otherwise a program that passes here proves
//! nothing.

use serde_json::json;
use url::Url;

use super::super::proxy::{Browser, Proxy, Site};
use super::wire::{Reply, Wire, parameter};
use super::{Ebay, Etsy, MercadoLibre, Shopify};

const VERIFIER: &str = "dBjftJeZ4CVP-mBx8WjWcKz2Wm1Lr0aGPpUVKdtTqXk";

/// A browser and a script before one marketplace.
struct Stage {
    proxy: Proxy,
    wire: Wire,
}

impl Stage {
    fn new(site: impl Site + 'static) -> Self {
        let proxy = Proxy::start(vec![Box::new(site)]);
        proxy.tolerate_strangers();
        let wire = Wire::new(&proxy);
        Self { proxy, wire }
    }

    /// Where the browser ends that opens a consent page.
    fn consent(&self, page: &str, parameters: &[(&str, &str)]) -> Url {
        let url = Url::parse_with_params(page, parameters).unwrap();
        Browser::new(&self.proxy).consent(url.as_str()).url
    }

    fn code(&self, page: &str, parameters: &[(&str, &str)]) -> String {
        parameter(&self.consent(page, parameters), "code")
    }
}

fn challenge() -> String {
    use base64::Engine;
    use sha2::Digest;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(sha2::Sha256::digest(VERIFIER))
}

/// The fields with one of them changed, or left out where it becomes empty.
fn but<'a>(fields: &[(&'a str, &'a str)], name: &str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let changed = fields.iter().map(|(key, old)| (*key, if *key == name { value } else { *old }));
    changed.filter(|(_, value)| !value.is_empty()).collect()
}

fn refuses(reply: &Reply, error: &str) {
    assert!(reply.status >= 400, "{reply:?}");
    assert_eq!(reply.text("error"), error, "{reply:?}");
}

#[test]
fn etsy_wants_the_challenge_its_verifier_and_each_token_once() {
    const TOKEN: &str = "https://api.etsy.com/v3/public/oauth/token";
    const PAGE: &str = "https://www.etsy.com/oauth/connect";
    const URI: &str = "https://nord.test/etsy";
    let etsy = Etsy::new();
    let app = etsy.app(URI);
    let stage = Stage::new(etsy);
    let challenge = challenge();
    let asked = [
        ("response_type", "code"),
        ("client_id", &app.keystring),
        ("redirect_uri", URI),
        ("scope", "shops_r"),
        ("state", "s"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    for (name, value) in [
        ("state", ""),
        ("code_challenge", ""),
        ("code_challenge_method", "plain"),
        ("scope", "everything"),
        ("response_type", "token"),
    ] {
        let url = stage.consent(PAGE, &but(&asked, name, value));
        assert_eq!(parameter(&url, "error"), "invalid_request", "{name}");
    }
    let url = stage.consent(PAGE, &but(&asked, "redirect_uri", "https://nord.test/etsy/"));
    assert_eq!(url.host_str(), Some("www.etsy.com"), "a slash counts");

    let exchange = |code: &str, name: &str, value: &str| {
        let fields = [
            ("grant_type", "authorization_code"),
            ("client_id", &app.keystring),
            ("redirect_uri", URI),
            ("code", code),
            ("code_verifier", VERIFIER),
        ];
        stage.wire.post(TOKEN, &but(&fields, name, value))
    };
    let other = "x".repeat(43);
    for (name, value) in [("code_verifier", other.as_str()), ("redirect_uri", "https://nord.test/")] {
        refuses(&exchange(&stage.code(PAGE, &asked), name, value), "invalid_grant");
    }
    refuses(&exchange(&stage.code(PAGE, &asked), "code_verifier", ""), "invalid_request");
    let first = exchange(&stage.code(PAGE, &asked), "", "");
    let refresh = |token: &str| {
        let fields =
            [("grant_type", "refresh_token"), ("client_id", &app.keystring), ("refresh_token", token)];
        stage.wire.post(TOKEN, &fields)
    };
    assert_eq!(refresh(first.text("refresh_token")).status, 200);
    refuses(&refresh(first.text("refresh_token")), "invalid_grant");
    let bearer = format!("Bearer {}", first.text("access_token"));
    let me = "https://api.etsy.com/v3/application/users/me";
    assert_eq!(stage.wire.get(me, &[("authorization", &bearer)]).status, 403, "it wants both headers");
    let alone = [("authorization", bearer.as_str()), ("x-api-key", &app.keystring)];
    assert_eq!(stage.wire.get(me, &alone).status, 403);
}

#[test]
fn ebay_wants_the_runame_and_its_basic_header() {
    const TOKEN: &str = "https://api.ebay.com/identity/v1/oauth2/token";
    const PAGE: &str = "https://auth.ebay.com/oauth2/authorize";
    const SCOPE: &str = "https://api.ebay.com/oauth/api_scope";
    let ebay = Ebay::new();
    let (app, sandbox) = (ebay.app(false), ebay.app(true));
    let stage = Stage::new(ebay);
    let asked = [
        ("client_id", app.client_id.as_str()),
        ("redirect_uri", &app.runame),
        ("response_type", "code"),
        ("scope", SCOPE),
        ("state", "s"),
    ];
    for (name, value) in [
        ("redirect_uri", "https://erp.example/ebay"),
        ("redirect_uri", &sandbox.runame),
        ("client_id", &sandbox.client_id),
        ("scope", "sell.inventory"),
    ] {
        let url = stage.consent(PAGE, &but(&asked, name, value));
        assert_eq!(url.host_str(), Some("auth.ebay.com"), "{name} {value}");
    }
    let challenged = [&asked[..], &[("code_challenge", "x")]].concat();
    assert_eq!(stage.consent(PAGE, &challenged).host_str(), Some("auth.ebay.com"));

    let exchange = |secret: &str, name: &str, value: &str| {
        let code = stage.code(PAGE, &asked);
        let fields = [("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", &app.runame)];
        stage.wire.post_basic(TOKEN, (&app.client_id, secret), &but(&fields, name, value))
    };
    refuses(&exchange("wrong", "", ""), "invalid_client");
    refuses(&exchange(&app.client_secret, "redirect_uri", &sandbox.runame), "invalid_grant");
    refuses(&exchange(&app.client_secret, "redirect_uri", ""), "invalid_request");
    let granted = exchange(&app.client_secret, "", "");
    assert_eq!(granted.text("token_type"), "User Access Token");
    let refresh = |scope: &str| {
        let token = granted.text("refresh_token");
        let fields = [("grant_type", "refresh_token"), ("refresh_token", token), ("scope", scope)];
        stage.wire.post_basic(TOKEN, (&app.client_id, &app.client_secret), &fields)
    };
    assert_eq!(refresh(SCOPE).text("refresh_token"), "", "it stays the same");
    assert_eq!(refresh(SCOPE).status, 200);
    refuses(&refresh(&format!("{SCOPE}/sell.finances")), "invalid_scope");
}

#[test]
fn mercado_libre_wants_pkce_where_it_is_on_and_each_token_once() {
    const TOKEN: &str = "https://api.mercadolibre.com/oauth/token";
    const PAGE: &str = "https://auth.mercadolibre.com.mx/authorization";
    const URI: &str = "https://nord.test/ml";
    let market = MercadoLibre::new();
    let (app, plain) = (market.app(URI, true), market.app(URI, false));
    let stage = Stage::new(market);
    let challenge = challenge();
    let asked = [
        ("response_type", "code"),
        ("client_id", app.client_id.as_str()),
        ("redirect_uri", URI),
        ("state", "s"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    for (name, value) in [
        ("code_challenge", ""),
        ("code_challenge_method", "plain"),
        ("client_id", &plain.client_id),
        ("redirect_uri", "https://nord.test/"),
    ] {
        let url = stage.consent(PAGE, &but(&asked, name, value));
        assert_eq!(url.host_str(), Some("auth.mercadolibre.com.mx"), "{name}");
    }
    let exchange = |name: &str, value: &str| {
        let code = stage.code(PAGE, &asked);
        let fields = [
            ("grant_type", "authorization_code"),
            ("client_id", &app.client_id),
            ("client_secret", &app.client_secret),
            ("code", &code),
            ("redirect_uri", URI),
            ("code_verifier", VERIFIER),
        ];
        stage.wire.post(TOKEN, &but(&fields, name, value))
    };
    refuses(&exchange("client_secret", "wrong"), "invalid_client");
    refuses(&exchange("code_verifier", ""), "invalid_request");
    refuses(&exchange("code_verifier", &"x".repeat(43)), "invalid_grant");
    let first = exchange("", "");
    let refresh = || {
        let (id, secret) = (app.client_id.as_str(), app.client_secret.as_str());
        let token = first.text("refresh_token");
        let own = [("grant_type", "refresh_token"), ("client_id", id), ("client_secret", secret)];
        stage.wire.post(TOKEN, &[&own[..], &[("refresh_token", token)]].concat())
    };
    assert_eq!(refresh().status, 200);
    refuses(&refresh(), "invalid_grant");
}

#[test]
fn shopify_wants_json_on_the_shops_own_host() {
    const URI: &str = "https://nord.test/shopify";
    let page = |shop: &str| format!("https://{shop}.myshopify.com/admin/oauth/authorize");
    let token = |shop: &str| format!("https://{shop}.myshopify.com/admin/oauth/access_token");
    let shopify = Shopify::new();
    let app = shopify.app(URI, false);
    let stage = Stage::new(shopify);
    let asked = [
        ("client_id", app.client_id.as_str()),
        ("scope", "read_orders,write_products"),
        ("redirect_uri", URI),
        ("state", "s"),
    ];
    for (name, value) in [("scope", "read_orders write_products"), ("scope", ""), ("redirect_uri", "x:y")] {
        let url = stage.consent(&page("nord-kontor"), &but(&asked, name, value));
        assert_eq!(url.host_str(), Some("nord-kontor.myshopify.com"), "{name}");
    }
    let exchange = |shop: &str, secret: &str, expiring: &str| {
        let code = stage.code(&page("nord-kontor"), &asked);
        let mut body = json!({ "client_id": app.client_id, "client_secret": secret, "code": code });
        if !expiring.is_empty() {
            body["expiring"] = expiring.into();
        }
        stage.wire.post_json(&token(shop), &body)
    };
    refuses(&exchange("nord-kontor", "wrong", "1"), "invalid_client");
    refuses(&exchange("sued-kontor", &app.client_secret, "1"), "invalid_grant");
    refuses(&exchange("nord-kontor", &app.client_secret, ""), "invalid_request");
    let form = [("client_id", app.client_id.as_str()), ("client_secret", &app.client_secret)];
    refuses(&stage.wire.post(&token("nord-kontor"), &form), "invalid_request");
    let first = exchange("nord-kontor", &app.client_secret, "1");
    let refresh = |reply: &Reply| {
        let (id, secret, sent) = (&app.client_id, &app.client_secret, reply.text("refresh_token"));
        let body = json!({
            "client_id": id, "client_secret": secret, "grant_type": "refresh_token", "refresh_token": sent,
        });
        stage.wire.post_json(&token("nord-kontor"), &body)
    };
    let second = refresh(&first);
    assert_eq!(refresh(&first).status, 200, "until the new one is used");
    assert_eq!(refresh(&second).status, 200);
    refuses(&refresh(&first), "invalid_grant");
}
