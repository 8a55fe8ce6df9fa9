//! Many shops whose consents are due, cleared in one sitting.

mod forty;

use crate::reauthorize::{AMAZON_TOKEN, REAUTHORIZE, amazon_connected, is};
use crate::support::marketplaces::{Amazon, Consent, Marketplace, amazon};
use crate::support::proxy::Failure;
use crate::support::stage::{Stage, next_url};

#[test]
fn all_that_are_due_come_one_after_the_other_and_a_failure_stops_none() {
    let (stage, amazon, _) = amazon_connected(&["DE", "JP", "US"]);
    let old = ["amazon-de", "amazon-jp", "amazon-us"].map(|profile| stage.token(&[profile]));
    stage.run(&["app", "set", "amazon", "--version", "2"]).ok();
    stage.proxy.fail_next(AMAZON_TOKEN, Failure::Status(503));
    amazon.next_consent(Consent::Confirm);
    amazon.next_consent(Consent::OtherShop("A9OTHER".to_owned()));

    let running = stage.environment.spawn(&REAUTHORIZE);
    let mut seen = Vec::new();
    for number in 1..=3 {
        let url = next_url(&running, &mut seen);
        let head = format!("{number} of 3: {}", ["amazon-de", "amazon-jp", "amazon-us"][number - 1]);
        assert!(running.stderr().contains(&head), "{head}\n{}", running.stderr());
        stage.open(&url);
    }
    let output = running.finish().code(7);
    assert_eq!(output.stdout, "reauthorized amazon-us\n");
    assert!(output.stderr.contains("another shop consented"), "both failures are told\n{}", output.stderr);
    assert_eq!(stage.token(&["amazon-de"]), old[0]);
    assert_eq!(stage.token(&["amazon-jp"]), old[1]);
    assert_ne!(stage.token(&["amazon-us"]), old[2]);
    assert_eq!(stage.state("amazon-jp"), is("due", "app_version"));
    assert_eq!(stage.state("amazon-us"), is("connected", ""));

    let due = stage.run(&["reauthorize", "--dry-run", "--json"]).ok().json();
    assert_eq!(due.as_array().unwrap().len(), 2);
    let all = stage.run(&["reauthorize", "--dry-run", "--all", "--json"]).ok().json();
    assert_eq!(all.as_array().unwrap().len(), 3);
}

#[test]
fn a_draft_that_was_published_is_consented_to_as_any_other() {
    let uri = "https://erp.example/amazon/callback";
    let amazon = Amazon::new();
    let app = amazon.app(amazon::App::new().redirect_uri(uri).draft());
    let stage = Stage::new(vec![Box::new(amazon.clone())]);
    let id = format!("application_id={}", app.application_id);
    let add = ["app", "add", "amazon", "--client-id", &app.client_id, "--set", &id];
    stage
        .feed(&[&add[..], &["--redirect-uri", uri, "--client-secret-stdin"]].concat(), &app.client_secret)
        .ok();
    let connect = ["connect", "amazon", "--region", "DE", "--no-browser"];
    stage.consent(&[&connect[..], &["--draft"]].concat()).0.ok();
    stage.consent(&[&connect[..], &["--vendor", "--draft", "--profile", "vendor"]].concat()).0.ok();
    amazon.publish(&app);
    assert!(stage.run(&REAUTHORIZE).ok().stderr.contains("no consent is due"));
    let unknown = stage.run(&["reauthorize", "--no-option", "drift"]).code(2);
    assert!(unknown.stderr.contains("draft, vendor"), "{}", unknown.stderr);

    let published = [&REAUTHORIZE[..], &["--no-option", "draft"]].concat();
    let plan = stage.run(&["reauthorize", "--no-option", "draft", "--dry-run"]).ok().stdout;
    assert!(plan.matches("given with the option draft").count() == 2, "{plan}");
    let before = stage.files();
    stage.run(&["reauthorize", "vendor", "--no-option", "draft", "--no-browser", "--timeout", "1s"]).code(6);
    assert_eq!(stage.files(), before, "who did not consent stays a draft");

    let running = stage.environment.spawn(&published);
    let mut seen = Vec::new();
    for host in ["sellercentral-europe.amazon.com", "vendorcentral.amazon.de"] {
        let url = next_url(&running, &mut seen);
        assert!(url.contains(host) && !url.contains("version=beta"), "{url}");
        stage.open(&url);
    }
    assert_eq!(running.finish().ok().stdout, "reauthorized amazon-de\nreauthorized vendor\n");
    let profile = stage.environment.read("profiles/vendor.toml");
    assert!(profile.contains("vendor") && !profile.contains("draft"), "{profile}");
    assert!(stage.run(&published).ok().stderr.contains("no consent is due"), "nothing is left to move");
    stage.token(&["vendor", "--refresh"]);
}

#[test]
fn only_shops_with_a_mark_are_cleared() {
    let (stage, ..) = amazon_connected(&[]);
    for (region, mark) in [("DE", "team=north"), ("JP", "team=south")] {
        stage.consent(&["connect", "amazon", "--region", region, "--no-browser", "--label", mark]).0.ok();
    }
    stage.run(&["app", "set", "amazon", "--version", "2"]).ok();
    let names = |arguments: &[&str]| {
        let rows = stage.run(&[&["reauthorize", "--dry-run", "--json"], arguments].concat()).ok().json();
        let names = rows.as_array().unwrap().iter().map(|row| row["profile"].as_str().unwrap().to_owned());
        names.collect::<Vec<_>>()
    };
    assert_eq!(names(&["--label", "team=south"]), ["amazon-jp"]);
    assert_eq!(names(&["--label", "team=north", "--all"]), ["amazon-de"]);
    assert_eq!(names(&["amazon-de", "amazon-jp", "--label", "team=south"]), ["amazon-jp"]);
    assert_eq!(names(&["--label", "team=west"]), [""; 0]);
    stage.consent(&[&REAUTHORIZE[..], &["--label", "team=south"]].concat()).0.ok();
    assert_eq!((stage.state("amazon-de").0, stage.state("amazon-jp").0), ("due".into(), "connected".into()));
}
