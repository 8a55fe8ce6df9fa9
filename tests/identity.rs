//! Who consented, as the marketplace's API tells it: names of shops, wrong regions, wrong accounts.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::amazon::{CONNECT, REDIRECT_URI, staged_with};
use crate::support::marketplaces::amazon::App;
use crate::support::marketplaces::{Amazon, Consent, Marketplace, Relay};
use crate::support::proxy::Failure;
use crate::support::stage::{RELAY, Stage};

const API: &str = "sellingpartnerapi-eu.amazon.com";
const SHOP: &str = "A2SHOPDE";

fn staged() -> (Stage, Amazon, App) {
    let flags = ["--redirect-uri", REDIRECT_URI];
    staged_with(App::new().redirect_uri(REDIRECT_URI), Relay::new(RELAY), &flags)
}

fn connected() -> (Stage, Amazon, App) {
    let staged = staged();
    staged.0.consent(&CONNECT).0.ok();
    staged
}

#[test]
fn a_shop_is_shown_by_its_name() {
    let (stage, ..) = connected();
    let row = stage.status("amazon-de");
    assert_eq!((&row["shop_name"], &row["shop_id"]), (&json!("Shop of A2SHOPDE"), &json!(SHOP)));
    assert!(stage.run(&["status"]).ok().stdout.contains("Shop of A2SHOPDE"));
    assert_eq!(stage.proxy.count(API), 1, "one request, with the consent");
}

#[test]
fn a_shop_that_does_not_say_its_name_is_connected_all_the_same() {
    for failure in
        [Failure::Status(403), Failure::RetryAfter(Duration::from_secs(60)), Failure::Html, Failure::Drop]
    {
        let (stage, ..) = staged();
        stage.proxy.fail_next(API, failure);
        let output = stage.consent(&CONNECT).0.ok();
        assert_eq!(output.stdout, "connected amazon-de (shop A2SHOPDE)\n");
        assert_eq!(stage.status("amazon-de")["shop_name"], Value::Null);
        stage.token(&["amazon-de"]);
    }
}

#[test]
fn a_seller_is_not_kept_waiting_for_a_name() {
    let (stage, ..) = staged();
    stage.proxy.fail_next(API, Failure::Delay(Duration::from_secs(60)));
    let began = Instant::now();
    stage.consent(&CONNECT).0.ok();
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
    assert_eq!(stage.status("amazon-de")["shop_name"], Value::Null);
}

#[test]
fn a_shop_that_sells_elsewhere_is_told() {
    let (stage, ..) = staged();
    let france = ["connect", "amazon", "--region", "FR", "--no-browser"];
    let output = stage.consent(&france).0.ok();
    assert!(output.stderr.contains("does not sell in FR, only in DE"), "{}", output.stderr);
    let output = stage.consent(&CONNECT).0.ok();
    assert!(!output.stderr.contains("does not sell"), "{}", output.stderr);
    let again = stage.consent(&["reauthorize", "amazon-fr", "--no-browser"]).0.ok();
    assert!(again.stderr.contains("does not sell in FR, only in DE"), "{}", again.stderr);
}

#[test]
fn a_wrong_shop_is_named_beside_the_right_one_with_what_to_do() {
    let (stage, amazon, _) = connected();
    let wrong = || {
        amazon.next_consent(Consent::OtherShop("A9OTHER".to_owned()));
        let (output, page) = stage.consent(&["reauthorize", "amazon-de", "--no-browser"]);
        for name in ["Shop of A2SHOPDE (A2SHOPDE)", "Shop of A9OTHER (A9OTHER)"] {
            assert!(output.stderr.contains(name) && page.body.contains(name), "{name}\n{}", output.stderr);
        }
        assert!(output.stderr.contains("private window"), "{}", output.stderr);
        output.code(5).stderr
    };
    let said = wrong();
    let removal = "gave is removed at https://sellercentral-europe.amazon.com";
    assert!(said.contains(removal), "the mistaken consent stands at the marketplace\n{said}");

    amazon.next_consent(Consent::OtherShop("A9OTHER".to_owned()));
    stage.consent(&[&CONNECT[..], &["--profile", "other"]].concat()).0.ok();
    let said = wrong();
    assert!(said.contains("(A9OTHER) is the shop of your `other`") && !said.contains(removal), "{said}");
}
