//! `status --check`, and refusals that may not be meant.

use std::time::Duration;

use serde_json::{Value, json};

use crate::amazon::{CONNECT, REDIRECT_URI, TOKEN, staged_with};
use crate::support::marketplaces::amazon::App;
use crate::support::marketplaces::relay::Relay;
use crate::support::marketplaces::{Amazon, Marketplace};
use crate::support::proxy::{Failure, Response};
use crate::support::stage::{RELAY, Stage};

const API: &str = "sellingpartnerapi-eu.amazon.com";
/// Shorter than what `token` wants left, so that every token is stale at once.
const STALE: Duration = Duration::from_secs(30);

fn connected(life: Duration) -> (Stage, Amazon) {
    let app = App::new().redirect_uri(REDIRECT_URI);
    let (stage, amazon, _) = staged_with(app, Relay::new(RELAY), &["--redirect-uri", REDIRECT_URI]);
    amazon.access_token_life(life);
    stage.consent(&CONNECT).0.ok();
    (stage, amazon)
}

/// The row of `status --check`, and its exit code.
fn checked(stage: &Stage, code: i32) -> Value {
    stage.run(&["status", "amazon-de", "--check", "--json"]).code(code).json()[0].clone()
}

fn refusal() -> Failure {
    Failure::Answer(Response::json(400, &json!({ "error": "invalid_grant", "error_description": "revoked" })))
}

#[test]
fn a_shop_that_works_says_so_with_one_request() {
    let (stage, _) = connected(Duration::from_secs(3600));
    let mut row = Value::Null;
    assert_eq!(stage.requests_during(|| row = checked(&stage, 0)), 1);
    assert_eq!(
        (&row["check"], &row["state"], &row["reason_code"]),
        (&json!("works"), &json!("connected"), &Value::Null)
    );
    assert_eq!(stage.status("amazon-de").get("check"), None, "asked only when wanted");
}

#[test]
fn a_suspended_account_is_told_apart_from_a_dead_consent() {
    let (stage, amazon) = connected(STALE);
    amazon.suspend("A2SHOPDE");
    let row = checked(&stage, 5);
    assert_eq!((&row["check"], &row["state"]), (&json!("declined"), &json!("connected")));
    assert_eq!(row["reason_code"], "api_declined");
    assert!(row["reason"].as_str().unwrap().contains("HTTP 403"), "{row}");
    stage.token(&[]);

    amazon.revoke("A2SHOPDE");
    let row = checked(&stage, 4);
    assert_eq!((&row["check"], &row["state"]), (&json!("failed"), &json!("reauthorization_required")));
    assert_eq!(row["reason_code"], "refused");
}

#[test]
fn a_marketplace_that_cannot_be_asked_says_nothing_about_the_consent() {
    let (stage, _) = connected(Duration::from_secs(3600));
    stage.proxy.fail_next(API, Failure::Status(503));
    let row = checked(&stage, 7);
    assert_eq!((&row["check"], &row["state"]), (&json!("failed"), &json!("connected")));
    let table = stage.run(&["status", "--check"]).ok().stdout;
    assert!(table.contains("amazon-de"), "{table}");
}

/// Three shops of one app, whose tokens are stale.
fn three_shops() -> (Stage, [&'static str; 3]) {
    let (stage, amazon) = connected(STALE);
    for (shop, profile) in [("A3SHOPFR", "two"), ("A4SHOPIT", "three")] {
        amazon.log_in(shop);
        stage.consent(&[&CONNECT[..], &["--profile", profile]].concat()).0.ok();
    }
    (stage, ["amazon-de", "two", "three"])
}

#[test]
fn shops_refused_together_are_a_failure_of_the_marketplace() {
    let (stage, [one, two, three]) = three_shops();
    for (profile, code) in [(one, 4), (two, 4), (three, 7)] {
        stage.proxy.fail_next(TOKEN, refusal());
        stage.run(&["token", profile]).code(code);
    }
    for profile in [one, two, three] {
        let standing = stage.state(profile);
        assert_eq!(standing, ("connected".to_owned(), "suspected_incident".to_owned()), "{profile}");
        let mut error = Value::Null;
        let asked =
            stage.requests_during(|| error = stage.run(&["token", profile, "--json"]).code(7).error_json());
        assert_eq!(asked, 0, "it is asked again after an hour");
        assert!(error["error"]["hint"].as_str().unwrap().contains("--refresh"), "{error}");
    }
    let plan = stage.run(&["reauthorize", "--dry-run", "--json"]).ok().json();
    assert_eq!(plan, json!([]), "nobody clears in vain what the marketplace will cure");

    // One of them was meant: it is refused again. The others live.
    stage.proxy.fail_next(TOKEN, refusal());
    stage.run(&["token", one, "--refresh"]).code(4);
    assert_eq!(stage.state(one).0, "reauthorization_required");
    stage.token(&[two, "--refresh"]);
    assert_eq!(stage.state(two), ("connected".to_owned(), String::new()));
}

#[test]
fn two_shops_refused_together_are_two_dead_consents() {
    let (stage, [one, two, _]) = three_shops();
    for profile in [one, two] {
        stage.proxy.fail_next(TOKEN, refusal());
        stage.run(&["token", profile]).code(4);
    }
    assert_eq!(stage.state(one).0, "reauthorization_required");
}
