//! Shopify as shipped: a host for each shop, JSON bodies, and tokens with or without an end.

use std::net::TcpListener;
use std::time::Duration;

use url::Url;

use crate::cache::hash;
use crate::support::marketplaces::shopify::App;
use crate::support::marketplaces::wire::parameter;
use crate::support::marketplaces::{Consent, Marketplace, Shopify};
use crate::support::proxy::Failure;
use crate::support::stage::Stage;

const TOKEN: &str = "nord-kontor.myshopify.com/admin/oauth/access_token";
const API: &str = "https://nord-kontor.myshopify.com/admin/api/2026-10/shop.json";
const CONNECT: [&str; 5] = ["connect", "shopify", "--set", "shop=nord-kontor", "--no-browser"];
const UNLIMITED: [&str; 2] = ["--option", "unlimited"];
const STALE: Duration = Duration::from_secs(30);

/// An app that is registered on both sides, with a port of its own: tests run side by side.
fn staged(custom: bool) -> (Stage, Shopify, App) {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let uri = format!("http://127.0.0.1:{port}/auth/callback");
    let shopify = Shopify::new();
    let app = shopify.app(&uri, custom);
    let stage = Stage::new(vec![Box::new(shopify.clone())]);
    let add = ["app", "add", "shopify", "--client-id", &app.client_id, "--redirect-uri", &uri];
    let more = ["--scope", "read_orders", "--scope", "write_products", "--client-secret-stdin"];
    stage.feed(&[&add[..], &more].concat(), &app.client_secret).ok();
    (stage, shopify, app)
}

/// The same with the shop connected as `shopify`.
fn connected(life: Option<Duration>) -> (Stage, Shopify, App) {
    let staged = staged(false);
    if let Some(life) = life {
        staged.1.access_token_life(life);
    }
    staged.0.consent(&CONNECT).0.ok();
    staged
}

/// The same with a token that has no end.
fn unlimited() -> (Stage, Shopify, App) {
    let staged = staged(true);
    staged.0.consent(&[&CONNECT[..], &UNLIMITED].concat()).0.ok();
    staged
}

fn sent(stage: &Stage) -> Vec<String> {
    let bodies = stage.proxy.requests_to(TOKEN).into_iter().filter_map(|request| request.json_form());
    bodies.filter_map(|body| body.get("refresh_token").map(str::to_owned)).collect()
}

#[test]
fn a_shop_is_connected_on_its_own_host() {
    let (stage, _, app) = staged(false);
    let (output, page) = stage.consent(&CONNECT);
    assert_eq!(output.ok().stdout, "connected shopify (shop nord-kontor.myshopify.com)\n");
    let asked = &page.chain[0];
    let start = "https://nord-kontor.myshopify.com/admin/oauth/authorize?";
    assert!(asked.as_str().starts_with(start), "{asked}");
    assert_eq!(parameter(asked, "scope"), "read_orders,write_products");
    assert!(parameter(asked, "redirect_uri").starts_with("http://127.0.0.1:"), "{asked}");
    assert!(page.body.contains("Your shop is connected"), "{}", page.body);
    let [exchange] = &stage.proxy.requests_to(TOKEN)[..] else { panic!("one exchange") };
    let body = exchange.json_form().expect("JSON");
    assert_eq!((body.text("client_id"), body.text("expiring")), (app.client_id.as_str(), "1"));
}

#[test]
fn the_usual_redirect_uri_is_that_of_shopifys_own_command_line() {
    let shopify = Shopify::new();
    let app = shopify.app("http://127.0.0.1:13387/auth/callback", false);
    let stage = Stage::new(vec![Box::new(shopify)]);
    let add = ["app", "add", "shopify", "--client-id", &app.client_id, "--scope", "read_orders"];
    let output = stage.feed(&[&add[..], &["--client-secret-stdin"]].concat(), &app.client_secret).ok();
    let told = "Allowed redirection URL: http://127.0.0.1:13387/auth/callback";
    assert!(output.stderr.contains(told), "{}", output.stderr);
}

#[test]
fn what_is_no_name_of_a_shop_is_refused_before_anything_is_sent() {
    let (stage, ..) = staged(false);
    for (name, says) in [
        ("nord-kontor.myshopify.com", "only the part before"),
        ("https://nord-kontor.myshopify.com/", "only the part before"),
        ("nord-kontor.de", "a domain of the shop's own"),
        ("evil.example/#", "a domain of the shop's own"),
        ("nord@evil", "nord-kontor"),
    ] {
        let output = stage.run(&["connect", "shopify", "--set", &format!("shop={name}")]).code(2);
        assert!(output.stderr.contains(says), "{name}: {}", output.stderr);
    }
    assert_eq!(stage.proxy.requests().len(), 0);
}

#[test]
fn the_api_takes_the_token_in_shopifys_own_header() {
    let (stage, ..) = connected(None);
    let quiet = stage.requests_during(|| {
        let token = stage.token(&[]);
        assert_eq!(stage.token(&["--header"]), format!("X-Shopify-Access-Token: {token}"));
    });
    assert_eq!(quiet, 0, "a valid token is printed without a request");
    assert_eq!(stage.call("shopify", API).text("name"), "nord-kontor");
    let output = stage.run(&["api", "shopify", "GET", "/admin/api/2026-10/shop.json"]).ok();
    assert_eq!(output.json()["name"], "nord-kontor");
}

#[test]
fn an_answer_about_another_shop_is_refused_and_its_code_not_tried() {
    let (stage, shopify, _) = staged(false);
    let before = stage.files();
    shopify.next_consent(Consent::OtherShop("sued-kontor".to_owned()));
    let (output, page) = stage.consent(&[&CONNECT[..], &["--json"]].concat());
    assert_eq!(output.code(5).error_json()["error"]["kind"], "wrong_shop");
    assert_eq!(page.status, Some(200), "the seller is told");
    assert_eq!((stage.proxy.count(TOKEN), stage.files()), (0, before));
}

#[test]
fn an_answer_to_another_login_goes_unheard() {
    let (stage, ..) = staged(false);
    let running = stage.environment.spawn(&CONNECT);
    let asked = Url::parse(&running.url()).unwrap();
    let redirect_uri = parameter(&asked, "redirect_uri");
    let shop = "nord-kontor.myshopify.com";
    let forged = stage.open(&format!("{redirect_uri}?code=stolen&shop={shop}&state=forged"));
    assert_ne!(forged.status, Some(200));
    stage.open(asked.as_str());
    running.finish().ok();
    assert_eq!(stage.proxy.count(TOKEN), 1);
}

#[test]
fn two_shops_of_one_app_go_each_to_their_own_host() {
    let (stage, shopify, _) = connected(None);
    shopify.log_in("sued-kontor");
    let other = ["connect", "shopify", "--set", "shop=sued-kontor", "--profile", "sued", "--no-browser"];
    stage.consent(&other).0.ok();
    assert_eq!(stage.call("shopify", API).text("name"), "nord-kontor");
    let api = API.replace("nord", "sued");
    assert_eq!(stage.call("sued", &api).text("name"), "sued-kontor");
    assert_eq!(stage.call("sued", API).status, 401);
}

#[test]
fn every_renewal_replaces_the_refresh_token() {
    let (stage, ..) = connected(Some(STALE));
    (0..3).for_each(|_| drop(stage.token(&[])));
    let mut all = sent(&stage);
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 3, "none was sent twice");
    assert!(stage.status("shopify")["refresh_token_expires_at"].is_string());
    stage.keeps_its_secrets();
}

#[test]
fn a_lost_answer_is_asked_for_again_within_the_grace() {
    let (stage, shopify, _) = connected(Some(STALE));
    stage.proxy.fail_next(TOKEN, Failure::LoseAnswer);
    stage.token(&[]);
    let all = sent(&stage);
    assert_eq!((all.len(), &all[0]), (2, &all[1]));
    (0..3).for_each(|_| stage.proxy.fail_next(TOKEN, Failure::LoseAnswer));
    let error = stage.run(&["token", "--json"]).code(7).error_json();
    assert!(error["error"]["hint"].as_str().unwrap().contains("within 30d"), "{error}");
    shopify.access_token_life(Duration::from_secs(3600));
    assert_eq!(stage.call("shopify", API).status, 200);
}

#[test]
fn a_token_without_an_end_is_kept_until_it_is_refused() {
    let (stage, shopify, _) = unlimited();
    let [exchange] = &stage.proxy.requests_to(TOKEN)[..] else { panic!("one exchange") };
    assert_eq!(exchange.json_form().unwrap().get("expiring"), None);
    let row = stage.status("shopify");
    assert!(row["access_token_expires_at"].is_null() && row["refresh_token_expires_at"].is_null(), "{row}");
    assert_eq!(row["state"], "connected");
    let table = stage.run(&["status"]).ok().stdout;
    assert!(table.contains("no end"), "{table}");
    let token = stage.token(&[]);
    shopify.advance(Duration::from_secs(400 * 24 * 3600));
    let quiet = stage.requests_during(|| {
        assert_eq!(stage.token(&["--min-validity", "30d"]), token);
        let output = stage.run(&["token", "--json"]).ok().prints_a_secret();
        assert!(output.json()["expires_at"].is_null() && output.json()["expires_in"].is_null());
        assert_eq!(stage.token(&["--refresh"]), token, "there is no newer one");
        stage.run(&["refresh"]).ok();
        stage.run(&["refresh", "shopify"]).ok();
        stage.run(&["refresh", "--all"]).ok();
        stage.run(&["refresh", "--due", "100d"]).ok();
    });
    assert_eq!(quiet, 0, "there is nothing to renew");
    assert_eq!(stage.call("shopify", API).status, 200);

    shopify.withdraw("nord-kontor");
    assert_eq!(stage.call("shopify", API).status, 401);
    let output = stage.run(&["token", "--refresh-if", &hash(&token)]).code(4);
    assert!(output.stderr.contains("sellauth reauthorize"), "{}", output.stderr);
    assert_eq!(stage.status("shopify")["state"], "reauthorization_required");
    stage.run(&["token"]).code(4);
    assert_eq!(stage.token(&["--refresh"]), token, "whoever insists gets it all the same");
    stage.run(&["token"]).code(4);
    stage.consent(&["reauthorize", "shopify", "--no-browser"]).0.ok();
    assert_eq!(stage.status("shopify")["state"], "connected");
    assert_ne!(stage.token(&[]), token);
}

#[test]
fn a_public_app_gets_no_token_without_an_end() {
    let (stage, ..) = staged(false);
    let (output, _) = stage.consent(&[&CONNECT[..], &UNLIMITED, &["--json"]].concat());
    let error = output.code(9).error_json();
    assert!(error.to_string().contains("public apps must take expiring tokens"), "{error}");
}

#[test]
fn an_app_that_was_uninstalled_needs_a_new_consent() {
    let (stage, shopify, _) = connected(Some(STALE));
    shopify.withdraw("nord-kontor");
    let output = stage.run(&["token", "-v"]).code(4);
    assert!(output.stderr.contains("invalid_grant"), "{}", output.stderr);
}

#[test]
fn to_disconnect_never_uninstalls_the_app() {
    let (stage, shopify, _) = connected(None);
    let said = stage.run(&["disconnect", "shopify", "--yes", "--json"]).ok().json();
    assert!(said["withdrawal"].as_str().unwrap().contains("uninstall the app"), "{said}");
    assert_eq!(shopify.uninstalled(), 0);
    assert!(stage.proxy.requests().iter().all(|request| request.method != "DELETE"));
}

#[test]
fn a_marketplace_in_trouble_costs_nothing() {
    let (stage, ..) = connected(Some(STALE));
    stage.weather(TOKEN);
    stage.token(&[]);
}
