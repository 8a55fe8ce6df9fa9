//! Etsy as shipped: PKCE, a listener at `http://localhost:PORT`, refresh tokens that work once, and an API
//! that wants to see the app's shared secret beside the token.

use std::net::TcpListener;
use std::time::Duration;

use url::Url;

use crate::support::marketplaces::etsy::App;
use crate::support::marketplaces::wire::parameter;
use crate::support::marketplaces::{Consent, Etsy, Marketplace};
use crate::support::proxy::{Failure, Request};
use crate::support::stage::Stage;

const TOKEN: &str = "api.etsy.com/v3/public/oauth/token";
const API: &str = "https://api.etsy.com/v3/application/users/me";
const SHOP: &str = "12345678";
const CONNECT: [&str; 3] = ["connect", "etsy", "--no-browser"];
/// Shorter than what `token` wants left, so that every token is stale at once.
const STALE: Duration = Duration::from_secs(30);

/// An app that is registered on both sides, with a port of its own: tests run side by side.
fn staged() -> (Stage, Etsy, App) {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let uri = format!("http://localhost:{port}/oauth/redirect");
    let etsy = Etsy::new();
    let app = etsy.app(&uri);
    let stage = Stage::new(vec![Box::new(etsy.clone())]);
    let add = ["app", "add", "etsy", "--client-id", &app.keystring, "--redirect-uri", &uri];
    let scopes = ["--scope", "shops_r", "--scope", "transactions_r", "--client-secret-stdin"];
    stage.feed(&[&add[..], &scopes].concat(), &app.shared_secret).ok();
    (stage, etsy, app)
}

/// The same with the shop connected as `etsy`.
fn connected(life: Option<Duration>) -> (Stage, Etsy, App) {
    let staged = staged();
    if let Some(life) = life {
        staged.1.access_token_life(life);
    }
    staged.0.consent(&CONNECT).0.ok();
    staged
}

fn refresh_tokens(requests: &[Request]) -> Vec<String> {
    let sent = |request: &Request| Some(request.form()?.get("refresh_token")?.to_owned());
    requests.iter().filter_map(sent).collect()
}

#[test]
fn the_shop_is_who_its_token_begins_with() {
    let (stage, ..) = staged();
    let running = stage.environment.spawn(&CONNECT);
    let asked = Url::parse(&running.url()).unwrap();
    assert!(asked.as_str().starts_with("https://www.etsy.com/oauth/connect?"), "{asked}");
    assert_eq!(parameter(&asked, "scope"), "shops_r transactions_r");
    assert_eq!(parameter(&asked, "code_challenge_method"), "S256");
    let redirect_uri = parameter(&asked, "redirect_uri");
    assert!(redirect_uri.starts_with("http://localhost:"), "{redirect_uri}");

    let forged = stage.open(&format!("{redirect_uri}?code=stolen&state=forged"));
    assert_ne!(forged.status, Some(200), "an answer of somebody else's");
    let page = stage.open(asked.as_str());
    assert!(page.body.contains("Your shop is connected"), "{}", page.body);
    assert_eq!(running.finish().ok().stdout, format!("connected etsy (shop {SHOP})\n"));
    let [exchange] = &stage.proxy.requests_to(TOKEN)[..] else { panic!("one exchange") };
    assert_eq!(exchange.header("x-api-key"), None, "the secret goes to the API only");
    assert_eq!(exchange.form().unwrap().text("client_secret"), "");
}

#[test]
fn the_usual_redirect_uri_has_a_fixed_port_and_path() {
    let etsy = Etsy::new();
    let app = etsy.app("http://localhost:3003/oauth/redirect");
    let stage = Stage::new(vec![Box::new(etsy)]);
    let add = ["app", "add", "etsy", "--client-id", &app.keystring, "--scope", "shops_r"];
    let output = stage.feed(&[&add[..], &["--client-secret-stdin"]].concat(), &app.shared_secret).ok();
    let told = "Callback URL: http://localhost:3003/oauth/redirect";
    assert!(output.stderr.contains(told), "{}", output.stderr);
}

#[test]
fn the_api_sees_token_and_shared_secret_wherever_a_token_is_handed_out() {
    let (stage, _, app) = connected(None);
    let quiet = stage.requests_during(|| {
        let token = stage.token(&[]);
        assert_eq!(stage.token(&["etsy"]), token);
        let key = format!("{}:{}", app.keystring, app.shared_secret);
        let lines = format!("Authorization: Bearer {token}\nx-api-key: {key}");
        assert_eq!(stage.token(&["--header"]), lines);
        let command = ["exec", "etsy", "--", "sh", "-c", "printf %s \"$SELLAUTH_HEADER\""];
        assert_eq!(stage.run(&command).ok().prints_a_secret().stdout, lines);
        let output = stage.run(&["token", "--json"]).ok().prints_a_secret();
        assert_eq!(output.json()["headers"]["x-api-key"], key);
        assert_eq!(output.json()["header"], format!("Authorization: Bearer {token}"));
    });
    assert_eq!(quiet, 0, "a valid token is printed without a request");
    assert_eq!(stage.call("etsy", API).text("user_id"), SHOP);
    assert_eq!(stage.call_by_lines("etsy", API).status, 200);
    let output = stage.run(&["api", "etsy", "GET", "/v3/application/users/me", "-vv"]).ok();
    assert_eq!(output.json()["user_id"], SHOP);
    stage.keeps_its_secrets();
}

#[test]
fn a_new_shared_secret_is_in_the_very_next_header() {
    let (stage, etsy, app) = connected(None);
    let before = stage.token(&["--header"]);
    let secret = etsy.rotate_secret(&app);
    stage.feed(&["app", "set", "etsy", "--client-secret-stdin"], &secret).ok();
    let quiet = stage.requests_during(|| {
        let after = stage.token(&["--header"]);
        assert_eq!(after, before.replace(&app.shared_secret, &secret));
    });
    assert_eq!(quiet, 0, "the token is the same");
    assert_eq!(stage.call("etsy", API).status, 200);
}

#[test]
fn a_machine_without_the_shared_secret_hands_out_no_half_headers() {
    let (stage, ..) = connected(None);
    stage.token(&[]);
    let apps = stage.environment.home().join("state/apps");
    std::fs::remove_dir_all(apps).unwrap();
    let error = stage.run(&["token", "--json"]).code(9).error_json();
    assert!(error["error"]["message"].as_str().unwrap().contains("client secret"), "{error}");
}

#[test]
fn every_renewal_replaces_the_refresh_token() {
    let (stage, etsy, _) = connected(Some(STALE));
    (0..3).for_each(|_| drop(stage.token(&[])));
    let mut sent = refresh_tokens(&stage.proxy.requests_to(TOKEN));
    assert_eq!(sent.len(), 3);
    sent.sort();
    sent.dedup();
    assert_eq!((sent.len(), etsy.live(SHOP)), (3, 1), "no refresh token was sent twice");
    assert!(stage.status("etsy")["refresh_token_expires_at"].is_string(), "90 days, by the definition");
    stage.keeps_its_secrets();
}

#[test]
fn a_lost_answer_is_tried_once_more_and_then_told_truthfully() {
    let (stage, etsy, _) = connected(Some(STALE));
    stage.proxy.fail_next(TOKEN, Failure::LoseAnswer);
    stage.run(&["token"]).code(7);
    let output = stage.run(&["token"]).code(4);
    assert!(output.stderr.contains("sellauth reauthorize"), "{}", output.stderr);
    let sent = refresh_tokens(&stage.proxy.requests_to(TOKEN));
    assert_eq!((sent.len(), &sent[0]), (2, &sent[1]));
    let quiet = stage.requests_during(|| {
        stage.run(&["token"]).code(4);
    });
    assert_eq!(quiet, 0, "it is not asked again");
    etsy.access_token_life(Duration::from_secs(3600));
    stage.consent(&["reauthorize", "etsy", "--no-browser"]).0.ok();
    assert_eq!(stage.call("etsy", API).status, 200);
}

#[test]
fn an_app_the_seller_removed_needs_a_new_consent() {
    let (stage, etsy, _) = connected(Some(STALE));
    etsy.withdraw(SHOP);
    let output = stage.run(&["token", "-v"]).code(4);
    assert!(output.stderr.contains("invalid_grant"), "{}", output.stderr);
    assert!(output.stderr.contains("the refresh token is unknown"), "{}", output.stderr);
    let refused = ("reauthorization_required".to_owned(), "refused".to_owned());
    assert_eq!(stage.state("etsy"), refused);
}

#[test]
fn only_the_shop_that_is_connected_may_consent_again() {
    let (stage, etsy, _) = connected(None);
    let token = stage.token(&[]);
    etsy.next_consent(Consent::OtherShop("99999999".to_owned()));
    let (output, page) = stage.consent(&["reauthorize", "etsy", "--no-browser", "--json"]);
    assert_eq!(output.code(5).error_json()["error"]["kind"], "wrong_shop");
    assert!(page.body.contains("99999999"), "{}", page.body);
    assert_eq!(stage.token(&[]), token, "the shop's own consent stays in force");
}

#[test]
fn a_seller_who_cancels_has_changed_nothing() {
    let (stage, etsy, _) = staged();
    let before = stage.files();
    etsy.next_consent(Consent::Cancel);
    let (output, page) = stage.consent(&[&CONNECT[..], &["--json"]].concat());
    assert_eq!(output.code(5).error_json()["error"]["kind"], "denied");
    assert!(page.body.contains("Not connected"), "{}", page.body);
    assert_eq!(stage.files(), before);
}

#[test]
fn where_https_is_insisted_on_the_address_is_pasted() {
    let etsy = Etsy::new();
    let uri = "https://nord-kontor.test/etsy";
    let app = etsy.app(uri);
    let stage = Stage::new(vec![Box::new(etsy)]);
    stage.proxy.tolerate_strangers();
    let add = ["app", "add", "etsy", "--client-id", &app.keystring, "--redirect-uri", uri];
    let more = ["--scope", "shops_r", "--client-secret-stdin"];
    stage.feed(&[&add[..], &more].concat(), &app.shared_secret).ok();
    let mut running = stage.environment.invoke(&["connect", "etsy", "--paste"]).spawn_with_open_stdin();
    let page = stage.open(&running.url());
    assert!(page.url.as_str().starts_with(uri), "{}", page.url);
    running.send_line(page.url.as_str());
    running.finish().ok();
    assert_eq!(stage.call("etsy", API).status, 200);
}
