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

#[test]
fn a_failure_is_told_where_it_happens_and_all_are_summed_up() {
    let (stage, amazon, _) = amazon_connected(&["DE", "JP"]);
    stage.run(&["app", "set", "amazon", "--version", "2"]).ok();
    amazon.next_consent(Consent::OtherShop("A9OTHER".to_owned()));
    let running = stage.environment.spawn(&REAUTHORIZE);
    let mut seen = Vec::new();
    stage.open(&next_url(&running, &mut seen));
    let url = next_url(&running, &mut seen);
    assert!(
        running.stderr().contains("error: another shop consented than the one `amazon-de`"),
        "{}",
        running.stderr()
    );
    stage.open(&url);
    let output = running.finish().code(5);
    assert_eq!(
        output.stderr.matches("another shop consented").count(),
        1,
        "once is enough\n{}",
        output.stderr
    );
    assert!(output.stderr.contains("1 reauthorized, 0 skipped, 1 failed: amazon-de"), "{}", output.stderr);
    assert!(output.stderr.contains("sellauth connect amazon --profile NEW"), "{}", output.stderr);
    assert_eq!(output.stderr.matches("Sign in as the primary user").count(), 1, "notes are read once");
}

#[test]
fn a_script_gets_a_row_for_every_shop() {
    let (stage, amazon, _) = amazon_connected(&["DE", "JP"]);
    stage.run(&["app", "set", "amazon", "--version", "2"]).ok();
    amazon.next_consent(Consent::OtherShop("A9OTHER".to_owned()));
    let running = stage.environment.spawn(&[&REAUTHORIZE[..], &["--json"]].concat());
    let mut seen = Vec::new();
    for _ in 0..2 {
        stage.open(&next_url(&running, &mut seen));
    }
    let output = running.finish().code(5);
    let rows = output.json();
    let told = |row: &serde_json::Value| {
        (row["profile"].clone(), row["result"].clone(), row["error"]["kind"].clone())
    };
    let expected = [
        ("amazon-de", "failed", serde_json::json!("wrong_shop")),
        ("amazon-jp", "reauthorized", serde_json::Value::Null),
    ];
    let expected = expected.map(|(name, result, kind)| (name.into(), result.into(), kind));
    assert_eq!(rows.as_array().unwrap().iter().map(told).collect::<Vec<_>>(), expected);
    assert_eq!(output.error_json()["error"]["kind"], "wrong_shop");
}

#[test]
fn an_app_that_is_refused_costs_one_seller_a_visit() {
    let (stage, amazon, app) = amazon_connected(&["DE", "JP", "US"]);
    stage.run(&["app", "set", "amazon", "--version", "2"]).ok();
    let wrong = format!("amzn1.oa2-cs.v1.{}", "0".repeat(64));
    let set = ["app", "set", "amazon", "--client-secret-stdin", "--no-verify"];
    stage.feed(&set, &wrong).ok();
    let (output, _) = stage.consent(&REAUTHORIZE);
    let stderr = output.code(9).stderr;
    for name in ["amazon-jp", "amazon-us"] {
        assert!(stderr.contains(&format!("{name} was not asked: its app amazon is refused")), "{stderr}");
    }
    assert!(stderr.contains("3 failed: amazon-de, amazon-jp, amazon-us"), "{stderr}");
    drop((amazon, app));
}

#[test]
fn an_app_without_its_secret_costs_no_seller_a_visit() {
    let (stage, ..) = amazon_connected(&["DE"]);
    let config = stage.run(&["export", "--all", "--config-only"]).ok().stdout;
    let other = Stage::new(vec![Box::new(Amazon::new())]);
    other.feed(&["import", "--bundle", "-"], &config).ok();
    let quiet = other.requests_during(|| {
        let output = other.run(&["reauthorize", "--all", "--no-browser"]).code(9);
        assert!(output.stderr.contains("sellauth app set amazon --client-secret-stdin"), "{}", output.stderr);
        assert!(!output.stderr.contains("https://sellercentral"), "{}", output.stderr);
    });
    assert_eq!(quiet, 0);
}

#[test]
fn a_shop_named_twice_is_asked_once_and_a_plan_says_why() {
    let (stage, ..) = amazon_connected(&["DE"]);
    let plan = ["reauthorize", "amazon-de", "amazon-de", "--dry-run", "--json"];
    let rows = stage.run(&plan).ok().json();
    assert_eq!(rows.as_array().unwrap().len(), 1);
    assert_eq!(rows[0]["reason"], "asked for by name");
    let rows = stage.run(&["reauthorize", "--within", "400d", "--dry-run", "--json"]).ok().json();
    assert_eq!(rows[0]["reason_code"], "authorization_ends");
    let said = stage.run(&["reauthorize", "--label", "team=nort"]).ok().stderr;
    assert!(said.contains("no connected shop has this label"), "{said}");
}

#[test]
fn a_consent_whose_shop_was_disconnected_meanwhile_leaves_nothing() {
    let (stage, ..) = amazon_connected(&["DE"]);
    let running = stage.environment.spawn(&["reauthorize", "amazon-de", "--no-browser"]);
    let url = running.url();
    stage.run(&["disconnect", "amazon-de", "--yes"]).ok();
    stage.open(&url);
    let output = running.finish().code(3);
    assert!(output.stderr.contains("was disconnected meanwhile"), "{}", output.stderr);
    for folder in ["state/profiles", "profiles"] {
        let left = std::fs::read_dir(stage.environment.home().join(folder)).unwrap().count();
        assert_eq!(left, 0, "{folder}");
    }
}
