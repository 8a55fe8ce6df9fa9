//! Mercado Libre as shipped: https redirects only, a consent page in each country, PKCE where the app has
//! it, and refresh tokens that work once.

use std::time::Duration;

use serde_json::json;
use url::Url;

use crate::support::marketplaces::mercadolibre::App;
use crate::support::marketplaces::wire::parameter;
use crate::support::marketplaces::{Consent, Marketplace, MercadoLibre};
use crate::support::proxy::{Failure, Response};
use crate::support::stage::Stage;

const TOKEN: &str = "api.mercadolibre.com/oauth/token";
const API: &str = "https://api.mercadolibre.com/users/me";
const SHOP: &str = "44000001";
/// The page that sends the browser on.
const RELAYED: &str = "https://erp.example/ml/callback";
/// It leads nowhere, by design.
const NOWHERE: &str = "https://nord-kontor.test/callback";
const CONNECT: [&str; 5] = ["connect", "mercadolibre", "--region", "MX", "--no-browser"];
const STALE: Duration = Duration::from_secs(30);

fn staged(redirect_uri: &str, pkce: bool) -> (Stage, MercadoLibre, App) {
    let market = MercadoLibre::new();
    let app = market.app(redirect_uri, pkce);
    let stage = Stage::new(vec![Box::new(market.clone())]);
    let add = ["app", "add", "mercadolibre", "--client-id", &app.client_id, "--redirect-uri", redirect_uri];
    stage.feed(&[&add[..], &["--client-secret-stdin"]].concat(), &app.client_secret).ok();
    (stage, market, app)
}

/// The same with the shop connected as `mercadolibre-mx`.
fn connected(life: Option<Duration>) -> (Stage, MercadoLibre, App) {
    let staged = staged(RELAYED, false);
    if let Some(life) = life {
        staged.1.access_token_life(life);
    }
    staged.0.consent(&CONNECT).0.ok();
    staged
}

fn sent(stage: &Stage) -> Vec<String> {
    let forms = stage.proxy.requests_to(TOKEN).into_iter().filter_map(|request| request.form());
    forms.filter_map(|form| form.get("refresh_token").map(str::to_owned)).collect()
}

#[test]
fn a_shop_is_connected_through_the_relay_page() {
    let (stage, ..) = staged(RELAYED, false);
    let (output, page) = stage.consent(&CONNECT);
    assert_eq!(output.ok().stdout, format!("connected mercadolibre-mx (shop {SHOP})\n"));
    let asked = &page.chain[0];
    assert!(asked.as_str().starts_with("https://auth.mercadolibre.com.mx/authorization?"), "{asked}");
    assert_eq!(parameter(asked, "redirect_uri"), RELAYED);
    assert_eq!(asked.query_pairs().count(), 4, "no challenge where the app has PKCE off: {asked}");
    assert!(page.body.contains("Your shop is connected"), "{}", page.body);
    let [exchange] = &stage.proxy.requests_to(TOKEN)[..] else { panic!("one exchange") };
    assert_eq!(exchange.form().unwrap().get("code_verifier"), None);
}

#[test]
fn an_address_that_leads_nowhere_is_pasted() {
    let (stage, ..) = staged(NOWHERE, false);
    stage.proxy.tolerate_strangers();
    let command = ["connect", "mercadolibre", "--region", "AR", "--paste"];
    let mut running = stage.environment.invoke(&command).spawn_with_open_stdin();
    let page = stage.open(&running.url());
    assert!(page.url.as_str().starts_with(NOWHERE), "{}", page.url);
    running.send_line(page.url.as_str());
    running.finish().ok();
    assert_eq!(stage.call("mercadolibre-ar", API).text("id"), SHOP);
}

#[test]
fn an_app_with_pkce_is_connected_with_the_option_and_only_so() {
    let (stage, ..) = staged(RELAYED, true);
    let running = stage.environment.spawn(&[&CONNECT[..], &["--timeout", "2s"]].concat());
    assert_eq!(stage.open(&running.url()).status, Some(400), "the marketplace wants a challenge");
    running.finish().code(6);

    let (output, page) = stage.consent(&[&CONNECT[..], &["--option", "pkce"]].concat());
    output.ok();
    assert_eq!(parameter(&page.chain[0], "code_challenge_method"), "S256");
    let [exchange] = &stage.proxy.requests_to(TOKEN)[..] else { panic!("one exchange") };
    assert!(exchange.form().unwrap().text("code_verifier").len() >= 43);
    stage.consent(&["reauthorize", "mercadolibre-mx", "--no-browser"]).0.ok();
    stage.token(&["--refresh"]);
}

#[test]
fn a_login_that_another_process_finishes_has_its_challenge_too() {
    let (stage, ..) = staged(RELAYED, true);
    let command = ["connect", "mercadolibre", "--region", "BR", "--option", "pkce", "--start", "--json"];
    let started = stage.run(&command).ok().json();
    let url = started["authorization_url"].as_str().unwrap();
    assert!(url.starts_with("https://auth.mercadolivre.com.br/authorization?"), "{url}");
    let page = stage.open(url);
    let answer = page.passed(RELAYED).expect("the registered address").to_string();
    let finish = ["connect", "--finish", started["handle"].as_str().unwrap()];
    stage.feed(&finish, &answer).ok();
    assert_eq!(stage.call("mercadolibre-br", API).status, 200);
}

#[test]
fn this_machine_is_no_redirect_uri() {
    let stage = Stage::new(vec![Box::new(MercadoLibre::new())]);
    for uri in ["http://localhost:8123/callback", "https://localhost/callback", "http://127.0.0.1/"] {
        let add = ["app", "add", "mercadolibre", "--client-id", "1", "--redirect-uri", uri];
        stage.feed(&[&add[..], &["--client-secret-stdin"]].concat(), "a-secret").code(9);
    }
}

#[test]
fn each_country_has_its_page_and_an_unconfirmed_one_may_be_replaced() {
    let (stage, ..) = staged(NOWHERE, false);
    let page = |more: &[&str]| {
        let start = [&["connect", "mercadolibre", "--start", "--json"][..], more].concat();
        let started = stage.run(&start).ok().json();
        let url = Url::parse(started["authorization_url"].as_str().unwrap()).unwrap();
        url.host_str().unwrap().to_owned()
    };
    assert_eq!(page(&["--region", "CL"]), "auth.mercadolibre.cl");
    assert_eq!(page(&["--region", "br"]), "auth.mercadolivre.com.br");
    let other = ["--region", "MX", "--set", "auth=https://auth.example.com"];
    assert_eq!(page(&other), "auth.example.com");
    assert_eq!(page(&["--region", "AR", "--set", "auth=https://auth.example.com"]), "auth.example.com");
    let fixed = ["connect", "mercadolibre", "--start", "--region", "AR", "--set", "api=https://a.example"];
    stage.run(&fixed).code(2);
}

#[test]
fn a_consent_without_a_refresh_token_is_not_taken_for_a_lasting_one() {
    let (stage, ..) = staged(RELAYED, false);
    let answer = json!({"access_token": "APP_USR-once", "token_type": "bearer", "expires_in": 21600, "user_id": 44_000_001});
    stage.proxy.fail_next(TOKEN, Failure::Answer(Response::json(200, &answer)));
    let (output, _) = stage.consent(&[&CONNECT[..], &["--quiet"]].concat());
    assert!(output.ok().stderr.contains("no refresh token came"));
    let row = stage.status("mercadolibre-mx");
    assert!(row["remarks"][0].as_str().unwrap().contains("no refresh token came"), "{row}");
    assert_eq!(row["state"], "connected");
    stage.consent(&["reauthorize", "mercadolibre-mx", "--no-browser"]).0.ok();
    assert!(stage.status("mercadolibre-mx")["remarks"].is_null());
}

#[test]
fn every_renewal_uses_the_newest_refresh_token_once() {
    let (stage, market, _) = connected(Some(STALE));
    (0..3).for_each(|_| drop(stage.token(&[])));
    let mut all = sent(&stage);
    all.sort();
    all.dedup();
    assert_eq!((all.len(), market.live(SHOP)), (3, 1));
    let row = stage.status("mercadolibre-mx");
    assert!(row["unused_expires_at"].is_string() && row["refresh_token_expires_at"].is_string(), "{row}");
    stage.keeps_its_secrets();
}

#[test]
fn two_scripts_at_once_renew_once() {
    let (stage, market, _) = connected(Some(STALE));
    market.access_token_life(Duration::from_secs(21600));
    stage.proxy.fail_next(TOKEN, Failure::Delay(Duration::from_millis(500)));
    let running: Vec<_> = (0..2).map(|_| stage.environment.spawn(&["token"])).collect();
    let tokens: Vec<String> =
        running.into_iter().map(|running| running.finish().ok().prints_a_secret().stdout).collect();
    assert_eq!(tokens[0], tokens[1]);
    assert_eq!(sent(&stage).len(), 1);
}

#[test]
fn a_command_that_was_killed_before_the_answer_leaves_the_truth_behind() {
    let (stage, market, _) = connected(Some(STALE));
    stage.proxy.fail_next(TOKEN, Failure::Delay(Duration::from_secs(1)));
    let renewing = stage.environment.spawn(&["token"]);
    stage.proxy.wait_for(TOKEN, 2);
    renewing.signal("KILL");
    renewing.finish().code(137);
    // Whether it was processed is known to the marketplace only, so it is asked once.
    let output = stage.run(&["token"]);
    let all = sent(&stage);
    assert_eq!((all.len(), &all[0]), (2, &all[1]));
    if output.code == 0 {
        let _ = output.prints_a_secret();
    } else {
        let output = output.code(4);
        assert!(output.stderr.contains("sellauth reauthorize"), "{}", output.stderr);
        stage.consent(&["reauthorize", "mercadolibre-mx", "--no-browser"]).0.ok();
    }
    market.access_token_life(Duration::from_secs(21600));
    assert_eq!(stage.call("mercadolibre-mx", API).status, 200);
}

#[test]
fn a_lost_answer_is_tried_once_more_and_then_told_truthfully() {
    let (stage, ..) = connected(Some(STALE));
    stage.proxy.fail_next(TOKEN, Failure::LoseAnswer);
    stage.run(&["token"]).code(7);
    stage.run(&["token"]).code(4);
    let quiet = stage.requests_during(|| {
        stage.run(&["token"]).code(4);
    });
    assert_eq!(quiet, 0);
    stage.consent(&["reauthorize", "mercadolibre-mx", "--no-browser"]).0.ok();
    assert_eq!(stage.state("mercadolibre-mx").0, "connected");
}

#[test]
fn a_seller_who_withdrew_the_app_has_to_consent_again() {
    let (stage, market, _) = connected(Some(STALE));
    market.withdraw(SHOP);
    let output = stage.run(&["token", "-v"]).code(4);
    assert!(output.stderr.contains("invalid_grant"), "{}", output.stderr);
    assert_eq!(stage.state("mercadolibre-mx").1, "refused");
}

#[test]
fn another_shop_and_a_cancelled_consent_change_nothing() {
    let (stage, market, _) = connected(None);
    let token = stage.token(&[]);
    let again = ["reauthorize", "mercadolibre-mx", "--no-browser", "--json"];
    market.next_consent(Consent::OtherShop("55000001".to_owned()));
    assert_eq!(stage.consent(&again).0.code(5).error_json()["error"]["kind"], "wrong_shop");
    market.next_consent(Consent::Cancel);
    assert_eq!(stage.consent(&again).0.code(5).error_json()["error"]["kind"], "denied");
    assert_eq!(stage.token(&[]), token);
}
