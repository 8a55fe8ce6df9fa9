//! Amazon as shipped: consent through the relay page or by paste, draft and vendor apps, and private
//! apps, whose tokens are imported.

use std::time::Duration;

use url::Url;

use crate::support::marketplaces::amazon::App;
use crate::support::marketplaces::relay::Relay;
use crate::support::marketplaces::wire::parameter;
use crate::support::marketplaces::{Amazon, Consent, Marketplace};
use crate::support::proxy::{Failure, Site};
use crate::support::stage::{RELAY, Stage};

/// The registered one, where the relay page is.
pub const REDIRECT_URI: &str = "https://erp.example/amazon/callback";
const CENTRAL: &str = "https://sellercentral-europe.amazon.com/apps/authorize/consent?";
/// The token endpoint.
pub const TOKEN: &str = "api.amazon.com/auth/o2/token";
/// A call that every shop of Europe may make.
pub const API: &str = "https://sellingpartnerapi-eu.amazon.com/sellers/v1/marketplaceParticipations";
/// Connects the shop in Germany.
pub const CONNECT: [&str; 5] = ["connect", "amazon", "--region", "DE", "--no-browser"];
/// Shorter than what `token` wants left, so that every token is stale at once.
const STALE: Duration = Duration::from_secs(30);

/// A shop that is logged in, and an app that is registered on both sides.
fn staged(app: App) -> (Stage, Amazon, App) {
    staged_with(app.redirect_uri(REDIRECT_URI), Relay::new(RELAY), &["--redirect-uri", REDIRECT_URI])
}

/// The same with a relay page of its own, and further flags of `app add`.
pub fn staged_with(app: App, relay: Relay, flags: &[&str]) -> (Stage, Amazon, App) {
    let amazon = Amazon::new();
    amazon.log_in("A2SHOPDE");
    let app = amazon.app(app);
    let stage = Stage::with_relay(vec![Box::new(amazon.clone())], relay);
    register(&stage, &app, flags);
    (stage, amazon, app)
}

fn register(stage: &Stage, app: &App, flags: &[&str]) {
    let application = format!("application_id={}", app.application_id);
    let own = ["app", "add", "amazon", "--client-id", &app.client_id, "--set", &application];
    let arguments = [&own[..], &["--client-secret-stdin"][..], flags].concat();
    stage.feed(&arguments, &app.client_secret).ok();
}

/// The same with the shop connected as `amazon-de`.
pub fn connected(life: Option<Duration>) -> (Stage, Amazon, App) {
    let staged = staged(App::new());
    if let Some(life) = life {
        staged.1.access_token_life(life);
    }
    staged.0.consent(&CONNECT).0.ok();
    staged
}

#[test]
fn a_shop_in_germany_is_connected_through_the_relay_page() {
    let (stage, ..) = staged(App::new());
    let running = stage.environment.spawn(&CONNECT);
    let url = running.url();
    assert!(url.starts_with(CENTRAL), "{url}");
    let asked = Url::parse(&url).unwrap();
    assert_eq!(parameter(&asked, "redirect_uri"), REDIRECT_URI);
    assert_eq!(asked.query_pairs().count(), 3, "application_id, state and redirect_uri: {url}");

    let page = stage.open(&url);
    let output = running.finish().ok();
    assert_eq!(output.stdout, "connected amazon-de (shop A2SHOPDE)\n");
    let sent = parameter(&asked, "state");
    let port = sent.rsplit_once('.').expect("the listener's port").1;
    let listener = format!("127.0.0.1:{port}");
    let way = ["sellercentral-europe.amazon.com", RELAY, &listener, &listener];
    assert_eq!((page.hosts(), page.status), (way.to_vec(), Some(200)));
    assert!(page.body.contains("Your shop is connected"), "{}", page.body);
    assert_eq!(page.url.query(), None, "no code stays in the address bar");
}

#[test]
fn the_api_takes_the_token_in_amazons_own_header() {
    let (stage, amazon, _) = connected(None);
    assert_eq!(stage.proxy.count(TOKEN), 1);
    let quiet = stage.requests_during(|| {
        let token = stage.token(&["amazon-de"]);
        assert_eq!(stage.token(&["amazon"]), token, "the only profile of its marketplace");
        assert!(amazon.issued_secrets().contains(&token));
        let header = stage.token(&["amazon-de", "--header"]);
        assert_eq!(header, format!("x-amz-access-token: {token}"));
    });
    assert_eq!(quiet, 0, "a valid token is printed without a request");

    let reply = stage.call("amazon-de", API);
    assert_eq!(reply.json["payload"][0]["storeName"], "Shop of A2SHOPDE");
    assert_eq!(stage.call_by_lines("amazon-de", API).status, 200);
}

#[test]
fn a_renewal_sends_the_refresh_token_and_keeps_it() {
    let (stage, ..) = connected(Some(STALE));
    let (first, second) = (stage.token(&[]), stage.token(&[]));
    assert_ne!(first, second, "a token that ends in 30 s is renewed each time");
    let renewals: Vec<_> = stage.proxy.requests_to(TOKEN).split_off(1);
    let sent: Vec<String> = renewals
        .iter()
        .map(|request| {
            let form = request.form().expect("a form");
            assert_eq!(form.text("grant_type"), "refresh_token");
            form.text("refresh_token").to_owned()
        })
        .collect();
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[0], sent[1], "Amazon's refresh tokens do not rotate");
}

#[test]
fn a_token_the_api_refused_is_renewed_on_demand() {
    let (stage, ..) = connected(None);
    let first = stage.token(&["--refresh"]);
    assert_eq!(stage.proxy.count(TOKEN), 2);
    assert_eq!(stage.token(&[]), first, "a renewed token is as good as any");
    assert_eq!(stage.proxy.count(TOKEN), 2);
    stage.run(&["token", "--min-validity", "1h"]).code(2);
}

#[test]
fn the_address_may_be_pasted_instead() {
    let (stage, ..) = staged(App::new());
    let arguments = ["connect", "amazon", "--region", "DE", "--paste"];
    let mut running = stage.environment.invoke(&arguments).spawn_with_open_stdin();
    let url = running.url();
    let sent = parameter(&Url::parse(&url).unwrap(), "state");
    assert!(!sent.contains('.'), "nothing listens, so there is no port: {sent}");
    let page = stage.open(&url);
    let address = page.passed("https://erp.example/").expect("the registered address");
    running.send_line(address.as_str());
    assert_eq!(running.finish().ok().stdout, "connected amazon-de (shop A2SHOPDE)\n");
    assert_eq!(stage.call("amazon-de", API).status, 200);
}

#[test]
fn a_pasted_address_of_another_login_is_refused() {
    let (stage, ..) = staged(App::new());
    let before = stage.files();
    let arguments = ["connect", "amazon", "--region", "DE", "--paste", "--json"];
    let output = stage.feed(&arguments, "https://erp.example/?state=forged&spapi_oauth_code=abc\n").code(2);
    assert_eq!(output.error_json()["error"]["kind"], "usage");
    assert_eq!(stage.proxy.count(TOKEN), 0);
    assert_eq!(stage.files(), before);
}

#[test]
fn a_draft_app_is_asked_for_as_a_draft() {
    let (stage, ..) = staged(App::new().draft());
    let (output, page) = stage.consent(&[&CONNECT[..], &["--draft"]].concat());
    output.ok();
    assert_eq!(parameter(&page.chain[0], "version"), "beta");
    assert_eq!(stage.call("amazon-de", API).status, 200);
}

#[test]
fn a_vendor_consents_in_vendor_central() {
    let (stage, ..) = staged(App::new());
    let (output, page) = stage.consent(&[&CONNECT[..], &["--option", "vendor"]].concat());
    output.ok();
    assert_eq!(page.hosts()[0], "vendorcentral.amazon.de");
    assert_eq!(stage.call("amazon-de", API).status, 200);
}

#[test]
fn a_machine_without_certificates_is_told_so_before_the_browser_opens() {
    let (mut stage, ..) = staged(App::new());
    for name in ["SSL_CERT_FILE", "SSL_CERT_DIR"] {
        stage.environment.set_var(name, "/nonexistent");
    }
    let output = stage.run(&CONNECT).code(9);
    assert!(output.stderr.contains("the https client cannot be set up"), "{}", output.stderr);
    assert!(!output.stderr.contains("https://"), "{}", output.stderr);
}

#[test]
fn the_united_kingdom_has_two_names() {
    let (stage, ..) = staged(App::new());
    for region in ["UK", "GB", "gb"] {
        let arguments = ["connect", "amazon", "--region", region, "--profile", region, "--no-browser"];
        let (output, page) = stage.consent(&arguments);
        output.ok();
        assert_eq!(page.hosts()[0], "sellercentral-europe.amazon.com");
        assert_eq!(stage.status(region)["region"], "UK");
    }
    let output = stage.run(&["connect", "amazon", "--region", "XX", "--no-browser"]).code(2);
    assert!(output.stderr.contains("DE") && output.stderr.contains("UK"), "{}", output.stderr);
}

#[test]
fn one_consent_covers_europe_and_who_has_it_is_told() {
    let (stage, ..) = connected(None);
    let (output, _) = stage.consent(&["connect", "amazon", "--region", "FR", "--no-browser"]);
    let told = "one consent covers all of EU: `amazon-de` has it already";
    let output = output.ok();
    assert!(output.stderr.contains(told), "{}", output.stderr);
    let (output, _) = stage.consent(&["connect", "amazon", "--region", "JP", "--no-browser"]);
    let output = output.ok();
    assert!(!output.stderr.contains("one consent covers"), "{}", output.stderr);
}

#[test]
fn the_sandbox_takes_no_consent_but_an_import() {
    let (stage, amazon, _) = staged(App::new());
    let before = stage.files();
    let arguments = [&CONNECT[..], &["--env", "sandbox", "--json"]].concat();
    let error = stage.run(&arguments).code(2).error_json();
    let hint = error["error"]["hint"].as_str().unwrap();
    assert!(hint.contains("sellauth import amazon --env sandbox"), "{hint}");
    assert_eq!(stage.files(), before);
    assert!(stage.proxy.requests().is_empty());

    let app = amazon.app(App::new().private());
    register(&stage, &app, &["--env", "sandbox"]);
    let refresh_token = amazon.self_authorize(&app, "A2SHOPDE", "eu");
    let import = ["import", "amazon", "--env", "sandbox", "--region", "DE", "--refresh-token-stdin"];
    stage.feed(&import, &refresh_token).ok();
    assert_eq!(stage.call("amazon-de-sandbox", &API.replace("//", "//sandbox.")).status, 200);
}

#[test]
fn a_self_authorized_token_is_imported_once_it_has_proved_itself() {
    let (stage, amazon, app) = staged_with(App::new().private(), Relay::new(RELAY), &["--imported-only"]);
    let output = stage.run(&CONNECT).code(2);
    assert!(output.stderr.contains("sellauth import amazon"), "{}", output.stderr);
    let import = ["import", "amazon", "--region", "DE", "--refresh-token-stdin"];
    let before = stage.files();
    stage.feed(&import, "Atzr|of-somebody-else").code(4);
    assert_eq!(stage.files(), before);

    let refresh_token = amazon.self_authorize(&app, "A2SHOPDE", "eu");
    stage.feed(&import, &refresh_token).ok();
    assert_eq!(stage.call("amazon-de", API).status, 200);
    let row = stage.status("amazon-de");
    assert!(row["authorization_expires_at"].is_null(), "such a consent has no end: {row}");
    stage.feed(&import, &refresh_token).code(2);
}

#[test]
fn a_token_is_not_spent_on_a_store_that_cannot_keep_it() {
    let (stage, amazon, app) = staged_with(App::new().private(), Relay::new(RELAY), &["--imported-only"]);
    let refresh_token = amazon.self_authorize(&app, "A2SHOPDE", "eu");
    let import = ["import", "amazon", "--region", "DE", "--refresh-token-stdin", "--store", "keyring"];
    let requests = stage.requests_during(|| {
        stage.feed(&import, &refresh_token).code(8);
    });
    assert_eq!(requests, 0);
}

#[test]
fn a_revoked_consent_needs_a_new_one_and_is_not_asked_about_again() {
    let (stage, amazon, _) = connected(Some(STALE));
    amazon.revoke("A2SHOPDE");
    let error = stage.run(&["token", "--json"]).code(4).error_json();
    assert_eq!(error["error"]["kind"], "reauthorization_required");
    assert_eq!(error["error"]["profile"], "amazon-de");
    assert_eq!(stage.proxy.count(TOKEN), 2);
    let quiet = stage.requests_during(|| {
        stage.run(&["token"]).code(4);
        let refused = ("reauthorization_required".to_owned(), "refused".to_owned());
        assert_eq!(stage.state("amazon-de"), refused);
        stage.run(&["status", "amazon-de"]).code(4);
    });
    assert_eq!(quiet, 0);

    stage.run(&["token", "--refresh"]).code(4);
    assert_eq!(stage.proxy.count(TOKEN), 3, "a person may insist");
    amazon.access_token_life(Duration::from_secs(3600));
    stage.consent(&["reauthorize", "amazon-de", "--no-browser"]).0.ok();
    assert_eq!(stage.state("amazon-de"), ("connected".to_owned(), String::new()));
    assert_eq!(stage.call("amazon-de", API).status, 200);
}

#[test]
fn a_marketplace_in_trouble_costs_nothing() {
    let (stage, ..) = connected(Some(STALE));
    stage.weather(TOKEN);
    assert_eq!(stage.state("amazon-de").0, "connected");
    assert_eq!(stage.call("amazon-de", API).status, 200);
}

#[test]
fn a_marketplace_in_trouble_connects_nothing() {
    let (stage, amazon, _) = staged(App::new());
    let before = stage.files();
    stage.proxy.fail_next(TOKEN, Failure::Html);
    let (output, page) = stage.consent(&CONNECT);
    output.code(7);
    assert!(page.body.contains("This did not work"), "{}", page.body);
    amazon.next_consent(Consent::DeadEnd);
    let (output, _) = stage.consent(&[&CONNECT[..], &["--timeout", "1s"]].concat());
    assert!(output.code(6).stderr.contains("MD1000"));
    assert_eq!(stage.files(), before);
    stage.consent(&CONNECT).0.ok();
}

#[test]
fn a_wrong_client_secret_is_the_apps_fault_and_cured_there() {
    let (stage, amazon, app) = connected(Some(STALE));
    let set = ["app", "set", "amazon", "--client-secret-stdin"];
    stage.feed(&[&set[..], &["--no-verify"]].concat(), "amzn1.oa2-cs.v1.wrong").ok();
    for _ in 0..2 {
        let error = stage.run(&["token", "--json"]).code(9).error_json();
        assert_eq!(error["error"]["kind"], "configuration");
    }
    assert_eq!(stage.state("amazon-de").0, "connected", "the consent is as good as before");
    stage.feed(&set, &amazon.rotate_secret(&app)).ok();
    assert_eq!(stage.call("amazon-de", API).status, 200);
}
