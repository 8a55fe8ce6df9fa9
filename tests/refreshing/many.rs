//! Many shops of one app at OTTO, whose token endpoint takes ten requests a second from one address.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::marketplaces::otto::App;
use crate::support::marketplaces::{Consent, Marketplace, Otto};
use crate::support::proxy::{Failure, Response, Site};
use crate::support::running::Output;
use crate::support::stage::Stage;

const SHOPS: usize = 24;
const HOST: &str = "api.otto.market";
const DEVELOPER: &str = "api.otto.market/v1/token";
const APPS: &str = "api.otto.market/v1/apps";
/// More requests than four jobs have on their way when a refusal arrives.
const IN_FLIGHT: usize = 7;

/// A service partner's app, and its shops `shop-00` …
fn connected(shops: usize) -> (Stage, Otto, App) {
    let otto = Otto::new();
    let app = otto.app(App::service_partner());
    let stage = Stage::new(vec![Box::new(otto.clone())]);
    let id = format!("app_id={}", app.id);
    let uri = "https://erp.example/otto/callback";
    let add = ["app", "add", "otto", "--client-id", &app.client_id, "--set", &id, "--redirect-uri", uri];
    stage.feed(&[&add[..], &["--client-secret-stdin"]].concat(), &app.client_secret).ok();
    for number in 0..shops {
        let shop = partner(number);
        otto.install(&app, &shop);
        otto.next_consent(Consent::OtherShop(shop));
        let name = format!("shop-{number:02}");
        stage.consent(&["connect", "otto", "--profile", &name, "--skip-install", "--no-browser"]).0.ok();
    }
    (stage, otto, app)
}

fn partner(number: usize) -> String {
    format!("20000{number:02}")
}

fn refresh(stage: &Stage, flags: &[&str]) -> Output {
    stage.run(&[&["refresh", "--all", "--json"], flags].concat())
}

fn rows(output: &Output, result: &str) -> usize {
    let rows = output.json();
    rows.as_array().expect("a list").iter().filter(|row| row["result"] == result).count()
}

#[test]
fn many_shops_share_one_developer_token_and_keep_the_pace() {
    let (stage, otto, _) = connected(SHOPS);
    let before = stage.proxy.count(HOST);
    let developer = stage.proxy.count(DEVELOPER);
    let output = refresh(&stage, &["--jobs", "16"]).ok();
    assert_eq!(rows(&output, "renewed"), SHOPS);
    assert_eq!(stage.proxy.count(DEVELOPER) - developer, 1, "one developer token for all");
    let mut times = stage.proxy.times_at(HOST).split_off(before);
    assert_eq!(times.len(), 1 + SHOPS);
    times.sort();
    let closest = times.windows(11).map(|eleven| eleven[10] - eleven[0]).min().expect("more than ten");
    assert!(closest >= Duration::from_secs(1), "eleven requests in {closest:?}");
    let whole = *times.last().unwrap() - times[0];
    assert!(whole < Duration::from_secs(8), "not slower than it must be: {whole:?}");

    let token = stage.run(&["token", "shop-07"]).ok().prints_a_secret();
    assert!(otto.issued_secrets().contains(&token.stdout.trim_end().to_owned()));
    let secrets = stage.proxy.issued_secrets();
    stage.environment.assert_absent(&secrets.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn without_an_end_in_sight_no_shop_is_due() {
    let (stage, ..) = connected(1);
    let quiet = stage.requests_during(|| {
        let output = stage.run(&["refresh"]).ok();
        assert!(output.stdout.starts_with("shop-00  not due  token until 20"), "{}", output.stdout);
    });
    assert_eq!(quiet, 0);
}

#[test]
fn a_shop_that_is_gone_costs_one_developer_token_and_harms_no_other() {
    let (stage, otto, app) = connected(3);
    otto.uninstall(&app, &partner(1));
    let developer = stage.proxy.count(DEVELOPER);
    let output = refresh(&stage, &["--jobs", "1"]).code(4);
    assert_eq!((rows(&output, "renewed"), rows(&output, "failed")), (2, 1));
    let more = stage.proxy.count(DEVELOPER) - developer;
    assert_eq!(more, 2, "the refusal is believed once the shop had a developer token of its own");
    let quiet = stage.requests_during(|| {
        stage.run(&["refresh", "shop-01"]).code(4);
    });
    assert_eq!(quiet, 0, "the refusal is remembered, and not even a developer token fetched");
}

#[test]
fn a_developer_token_that_was_withdrawn_is_fetched_again() {
    let (stage, ..) = connected(3);
    // The second shop's token, asked for with the developer token of the first.
    let refused = Failure::Answer(Response::json(401, &json!({ "errors": [{ "title": "Unauthorized" }] })));
    stage.proxy.fail_next("api.otto.market/v1/apps", Failure::Delay(Duration::ZERO));
    stage.proxy.fail_next("api.otto.market/v1/apps", refused);
    let developer = stage.proxy.count(DEVELOPER);
    let output = refresh(&stage, &["--jobs", "1"]).ok();
    assert_eq!(rows(&output, "renewed"), 3);
    assert_eq!(stage.proxy.count(DEVELOPER) - developer, 2);
}

#[test]
fn a_host_that_asks_for_quiet_gets_it_from_everybody() {
    let (stage, ..) = connected(12);
    // The second pause is longer than any renewal that has begun waits.
    for pause in [3, 12].map(Duration::from_secs) {
        let before = stage.proxy.count(APPS);
        stage.proxy.fail_next(APPS, Failure::RetryAfter(pause));
        let output = refresh(&stage, &["--jobs", "4"]).ok();
        assert_eq!(rows(&output, "renewed"), 12);
        let times = stage.proxy.times_at(APPS).split_off(before);
        assert_eq!(times.len(), 13, "the refusal, and one request per shop");
        let during = times.iter().filter(|time| **time - times[0] < pause).count();
        assert!(during <= IN_FLIGHT, "{during} requests within {pause:?}");
    }
}

#[test]
fn who_is_asked_to_wait_for_long_does_not() {
    let (stage, ..) = connected(12);
    let before = stage.proxy.count(APPS);
    stage.proxy.fail_next(APPS, Failure::RetryAfter(Duration::from_secs(3600)));
    let began = Instant::now();
    let output = refresh(&stage, &["--jobs", "4"]).code(7);
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
    assert!(stage.proxy.count(APPS) - before <= IN_FLIGHT);
    let all = output.json();
    let failed: Vec<&Value> =
        all.as_array().unwrap().iter().filter(|row| row["result"] == "failed").collect();
    assert!(failed.len() > 12 - IN_FLIGHT && failed.len() + rows(&output, "renewed") == 12);
    for row in failed {
        assert_eq!(row["error"]["kind"], "temporary");
        assert!(row["error"]["message"].as_str().unwrap().contains("asks to wait for 3"), "{row}");
    }
}

#[test]
fn an_incident_is_one_for_the_first_shops_too() {
    let (stage, otto, app) = connected(4);
    (0..4).for_each(|number| otto.uninstall(&app, &partner(number)));
    let output = refresh(&stage, &["--jobs", "1"]).code(7);
    let all = output.json();
    let kinds: Vec<&Value> = all.as_array().unwrap().iter().map(|row| &row["error"]["kind"]).collect();
    assert_eq!(kinds, ["temporary"; 4]);
}
