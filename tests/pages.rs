//! What the seller sees in a real browser: every page, reached as a seller reaches it, judged by axe-core, and
//! readable from a phone to 200 %. Pictures of all of them are left in `tests/.cache/pages`.
//!
//! One is missing: that the program was stopped is said only where it ends without an outcome, for an exchange that
//! has begun is finished first. It is made as "This did not work" is.

use serde_json::json;

use crate::languages::catalogue::{TAGS, catalogue};
use crate::support::chromium::Chromium;
use crate::support::environment::TestEnvironment;
use crate::support::marketplaces::{
    Allegro, Amazon, Consent, Marketplace, Otto, Relay, allegro, amazon, otto,
};
use crate::support::proxy::{Failure, Response, Site};
use crate::support::running::Output;
use crate::support::stage::{RELAY, Stage};

const RELAYED: &str = "https://erp.example/otto/callback";
const DIRECT: &str = "http://localhost/callback";
const TOKEN: &str = "api.amazon.com/auth/o2/token";
const CONNECT: [&str; 5] = ["connect", "amazon", "--region", "DE", "--no-browser"];

/// Marketplaces, and a browser that reaches them.
fn stage(marketplaces: Vec<Box<dyn Site>>, relay: Relay) -> (Stage, Chromium) {
    let stage = Stage::with_relay(marketplaces, relay);
    // Chromium's own calls home.
    stage.proxy.tolerate_strangers();
    let chromium = Chromium::start(&stage.proxy.chromium_flags());
    (stage, chromium)
}

fn register(stage: &Stage, marketplace: &str, client: (&str, &str), more: &[&str]) {
    let add = ["app", "add", marketplace, "--client-id", client.0, "--client-secret-stdin"];
    stage.feed(&[&add[..], more].concat(), client.1).ok();
}

/// Amazon behind a relay and Allegro, which comes back to this machine directly, each with a registered app.
fn shops() -> (Stage, Amazon, Allegro, Chromium) {
    let (amazon, allegro) = (Amazon::new(), Allegro::new());
    amazon.log_in("A2SHOPDE");
    let app = amazon.app(amazon::App::new().redirect_uri(RELAYED));
    let other = allegro.app(allegro::App::new().redirect_uri(DIRECT));
    let marketplaces: Vec<Box<dyn Site>> = vec![Box::new(amazon.clone()), Box::new(allegro.clone())];
    let (stage, chromium) = stage(marketplaces, Relay::new(RELAY));
    let id = format!("application_id={}", app.application_id);
    let more = ["--set", &id, "--redirect-uri", RELAYED];
    register(&stage, "amazon", (&app.client_id, &app.client_secret), &more);
    register(&stage, "allegro", (&other.client_id, &other.client_secret), &["--redirect-uri", DIRECT]);
    (stage, amazon, allegro, chromium)
}

/// Goes through a consent, to the page with this heading.
fn consent(stage: &Stage, chromium: &mut Chromium, arguments: &[&str], heading: &str) -> Output {
    let running = stage.environment.spawn(arguments);
    chromium.open(&running.url());
    let page = chromium.see(heading);
    assert!(page.url.ends_with("/callback/done"), "{page:?}");
    running.finish()
}

#[test]
fn a_consent_that_connects_or_fails_is_told_readably() {
    let (stage, _, _, mut chromium) = shops();
    stage.proxy.fail_next(TOKEN, Failure::Status(503));
    consent(&stage, &mut chromium, &CONNECT, "This did not work").code(7);
    chromium.audit("failed");

    let expired = json!({ "error": "invalid_grant", "error_description": "the code has expired" });
    stage.proxy.fail_next(TOKEN, Failure::Answer(Response::json(400, &expired)));
    consent(&stage, &mut chromium, &CONNECT, "This login took too long").code(4);
    chromium.audit("expired");

    consent(&stage, &mut chromium, &CONNECT, "Your shop is connected").ok();
    chromium.audit("connected");
}

#[test]
fn a_consent_that_was_not_meant_is_told_readably() {
    let (stage, amazon, allegro, mut chromium) = shops();
    stage.consent(&CONNECT).0.ok();
    amazon.next_consent(Consent::OtherShop(format!("A9{}", "OTHERSHOP".repeat(6))));
    let again = ["reauthorize", "amazon-de", "--no-browser"];
    consent(&stage, &mut chromium, &again, "This is another shop").code(5);
    chromium.audit("wrong-shop");

    allegro.next_consent(Consent::Cancel);
    consent(&stage, &mut chromium, &["connect", "allegro", "--no-browser"], "Not connected").code(5);
    chromium.audit("denied");
}

#[test]
fn requests_that_end_nothing_are_answered_readably() {
    let otto = Otto::new();
    let app = otto.app(otto::App::service_partner());
    let (stage, mut chromium) = stage(vec![Box::new(otto.clone())], Relay::new(RELAY));
    let id = format!("app_id={}", app.id);
    let more = ["--set", &id, "--redirect-uri", RELAYED];
    register(&stage, "otto", (&app.client_id, &app.client_secret), &more);
    // The seller installs the app, and comes no further: the program waits on.
    otto.next_consent(Consent::Confirm);
    otto.next_consent(Consent::DeadEnd);
    let link = otto.installation_link(&app);
    let mut running = stage.environment.spawn(&["connect", "otto", "--install-url", &link, "--no-browser"]);
    let page = stage.open(&running.url());
    let installed = page.passed("http://127.0.0.1").expect("the way back from the installation").as_str();
    let (callback, _) = installed.split_once('?').expect("a query");

    for (name, heading, address) in [
        ("already-done", "This step is already done", installed),
        ("stray", "This answer belongs to no open login", &format!("{callback}?code=abc&state=another")),
        ("refused", "This request was not accepted", &format!("{callback}?state=1&state=2")),
        ("not-found", "There is nothing here", &format!("{callback}/")),
    ] {
        chromium.open(address);
        assert_eq!(chromium.see(heading).display, "grid");
        chromium.audit(name);
    }
    assert!(running.is_running());
}

#[test]
fn the_relay_page_is_readable_with_and_without_an_answer() {
    let page = TestEnvironment::new().run(&["relay"]).ok().stdout;
    let (_stage, mut chromium) = stage(vec![], Relay::page(RELAY, &page));
    chromium.open(RELAYED);
    chromium.see("Nothing arrived here");
    chromium.audit("relay-empty");

    let answer =
        "spapi_oauth_code=RHPnVXyYkqNNmLKdVmPP&selling_partner_id=A2SHOPDE&state=Wd0j-9tTAZIKhYe8Vd3u0w";
    chromium.open(&format!("{RELAYED}?{answer}"));
    chromium.see("Paste this address");
    chromium.press("Copy the address");
    chromium.audit("relay");
}

/// The terminal speaks English here: what a seller reads is up to the seller's browser.
#[test]
fn pages_are_in_the_language_of_the_browser() {
    let page = TestEnvironment::new().run(&["relay"]).ok().stdout;
    let allegro = Allegro::new();
    let app = allegro.app(allegro::App::new().redirect_uri(DIRECT));
    let stage = Stage::with_relay(vec![Box::new(allegro.clone())], Relay::page(RELAY, &page));
    stage.proxy.tolerate_strangers();
    register(&stage, "allegro", (&app.client_id, &app.client_secret), &["--redirect-uri", DIRECT]);
    let english = catalogue("en");
    for (at, (tag, locale)) in TAGS.into_iter().zip(["en-GB", "de-AT", "pl-PL", "fr-CA"]).enumerate() {
        let texts = catalogue(tag);
        let mut chromium = Chromium::reading(locale, &stage.proxy.chromium_flags());
        let profile = format!("allegro-{at}");
        let connect = ["connect", "allegro", "--no-browser", "--profile", &profile];
        allegro.log_in(&format!("seller-{at}"));
        consent(&stage, &mut chromium, &connect, &texts["page-connected"].words).ok();
        chromium.audit(&format!("connected-{tag}"));

        let fails = ["reauthorize", &profile, "--no-browser"];
        stage.proxy.fail_next("allegro.pl/auth/oauth/token", Failure::Status(503));
        let output = consent(&stage, &mut chromium, &fails, &texts["page-failed"].words).code(7);
        assert!(output.stderr.contains(&english["marketplace-busy"].words), "{}", output.stderr);
        let reason = &texts["marketplace-busy"].words[1..];
        assert!(chromium.see(&texts["page-failed"].words).text.contains(reason), "{reason}");
        chromium.audit(&format!("failed-{tag}"));

        chromium.open(&format!("{RELAYED}?code=abc&state=Wd0j-9tTAZIKhYe8Vd3u0w"));
        let sight = chromium.see(&texts["relay-paste"].words);
        assert!(sight.text.contains(&texts["relay-copy"].words), "{sight:?}");
        chromium.audit(&format!("relay-{tag}"));
    }
}
