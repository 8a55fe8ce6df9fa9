//! OTTO Market as shipped: a service partner's app, installed and consented to, and a seller's own app.

use std::time::Duration;

use crate::support::marketplaces::otto::App;
use crate::support::marketplaces::wire::parameter;
use crate::support::marketplaces::{Consent, Marketplace, Otto};
use crate::support::proxy::{Failure, Site};
use crate::support::stage::{RELAY, Stage};

const CALLBACK: &str = "https://erp.example/otto/callback";
const HOST: &str = "api.otto.market";
const API: &str = "https://api.otto.market/v4/orders";
const SELLER: &str = "1002003";
/// Shorter than what `token` wants left, so that every token is stale at once.
const STALE: Duration = Duration::from_secs(30);

/// A seller who is logged in, and an app that is registered on both sides.
fn staged(app: App) -> (Stage, Otto, App) {
    let otto = Otto::new();
    otto.log_in(SELLER);
    let app = otto.app(app);
    let stage = Stage::new(vec![Box::new(otto.clone())]);
    register(&stage, &app, "otto", &[]);
    (stage, otto, app)
}

fn register(stage: &Stage, app: &App, name: &str, flags: &[&str]) {
    let id = format!("app_id={}", app.id);
    let own = ["app", "add", "otto", "--name", name, "--client-id", &app.client_id, "--set", &id];
    let more = ["--redirect-uri", CALLBACK, "--client-secret-stdin"];
    stage.feed(&[&own[..], &more, flags].concat(), &app.client_secret).ok();
}

/// The same with the app installed and the shop connected as `otto`.
fn connected(life: Option<Duration>) -> (Stage, Otto, App) {
    let (stage, otto, app) = staged(App::service_partner());
    if let Some(life) = life {
        otto.access_token_life(life);
    }
    otto.install(&app, SELLER);
    stage.consent(&["connect", "otto", "--skip-install", "--no-browser"]).0.ok();
    (stage, otto, app)
}

fn paths(stage: &Stage) -> Vec<String> {
    let requests = stage.proxy.requests_to(HOST).into_iter();
    requests.map(|request| format!("{} {}", request.method, request.path)).collect()
}

#[test]
fn an_app_is_installed_and_consented_to_in_one_visit() {
    let (stage, otto, app) = staged(App::service_partner());
    let link = otto.invitation_link(&app);
    let running = stage.environment.spawn(&["connect", "otto", "--install-url", &link, "--no-browser"]);
    let url = running.url();
    assert!(url.starts_with(&format!("{link}?state=")), "{url}");
    let page = stage.open(&url);
    let output = running.finish().ok();
    assert_eq!(output.stdout, format!("connected otto (shop {SELLER})\n"));

    let sent = parameter(&page.chain[0], "state");
    let listener = format!("127.0.0.1:{}", sent.rsplit_once('.').expect("the listener's port").1);
    let way = ["portal.otto.market", RELAY, &listener, HOST, RELAY, &listener, &listener];
    assert_eq!(page.hosts(), way);
    let consent = page.passed("https://api.otto.market/oauth2/auth?").expect("the consent page");
    assert_eq!(parameter(consent, "scope"), "installation partnerId");
    assert_ne!(parameter(consent, "state"), sent, "each step has a state of its own");
    assert!(output.stderr.contains(consent.as_str()), "both addresses are printed\n{}", output.stderr);

    let id = &app.id;
    let made = paths(&stage);
    let [_, user, installation, developer, token] = &made[..] else { panic!("{made:?}") };
    assert_eq!((user.as_str(), developer.as_str()), ("POST /oauth2/token", "POST /v1/token"));
    assert_eq!(*installation, format!("GET /v1/apps/{id}/installation"));
    assert!(token.starts_with(&format!("POST /v1/apps/{id}/installations/")), "{token}");
    assert!(page.body.contains("Your shop is connected"), "{}", page.body);
}

#[test]
fn the_api_takes_the_installations_token() {
    let (stage, otto, _) = connected(None);
    let quiet = stage.requests_during(|| {
        let token = stage.token(&[]);
        assert_eq!(stage.token(&["otto"]), token);
        assert!(otto.issued_secrets().contains(&token));
        assert_eq!(stage.token(&["--header"]), format!("Authorization: Bearer {token}"));
    });
    assert_eq!(quiet, 0, "a valid token is printed without a request");
    assert_eq!(stage.call("otto", API).status, 200);
    assert_eq!(stage.call_by_lines("otto", API).status, 200);
    assert_eq!(stage.status("otto")["granted_app_version"], "1.0.0", "OTTO says it itself");
}

#[test]
fn a_renewal_is_a_developer_token_and_the_installations_token() {
    let (stage, _, app) = connected(Some(STALE));
    let before = paths(&stage).len();
    let (first, second) = (stage.token(&[]), stage.token(&[]));
    assert_ne!(first, second);
    let made = paths(&stage).split_off(before);
    assert_eq!(made.len(), 4, "{made:?}");
    for renewal in made.chunks(2) {
        assert_eq!(renewal[0], "POST /v1/token");
        assert!(renewal[1].starts_with(&format!("POST /v1/apps/{}/installations/", app.id)), "{renewal:?}");
        assert!(renewal[1].ends_with("/accessToken"), "{renewal:?}");
    }
    let developer = stage.proxy.requests_to("api.otto.market/v1/token").pop().unwrap();
    assert_eq!(developer.form().unwrap().text("scope"), "developer");
}

#[test]
fn the_sandbox_is_a_world_of_its_own() {
    let otto = Otto::new();
    otto.log_in(SELLER);
    let app = otto.app(App::service_partner().sandbox());
    let stage = Stage::new(vec![Box::new(otto.clone())]);
    register(&stage, &app, "otto-sandbox", &["--env", "sandbox"]);
    otto.install(&app, SELLER);
    let connect = ["connect", "otto", "--env", "sandbox", "--skip-install", "--no-browser"];
    let (output, _) = stage.consent(&connect);
    assert_eq!(output.ok().stdout, format!("connected otto-sandbox (shop {SELLER})\n"));
    assert_eq!(stage.call("otto-sandbox", "https://sandbox.api.otto.market/v4/orders").status, 200);
    assert_eq!(stage.call("otto-sandbox", API).status, 401);
}

#[test]
fn without_a_link_the_installation_is_asked_for_before_any_browser() {
    let (stage, ..) = staged(App::service_partner());
    let before = stage.files();
    let output = stage.run(&["connect", "otto", "--no-browser"]).code(2);
    assert!(output.stderr.contains("--install-url") && output.stderr.contains("--skip-install"));
    assert!(!output.stderr.contains("https://"), "{}", output.stderr);
    assert_eq!(stage.files(), before);
}

#[test]
fn a_page_that_returns_nowhere_is_left_by_pasting() {
    let (stage, otto, app) = staged(App::service_partner());
    otto.install(&app, SELLER);
    let mut running =
        stage.environment.invoke(&["connect", "otto", "--skip-install", "--paste"]).spawn_with_open_stdin();
    let page = stage.open(&running.url());
    let address = page.passed("https://erp.example/").expect("the registered address");
    running.send_line(address.as_str());
    running.finish().ok();
    assert_eq!(stage.call("otto", API).status, 200);
}

#[test]
fn a_consent_to_an_app_that_is_not_installed_connects_nothing() {
    let (stage, ..) = staged(App::service_partner());
    let before = stage.files();
    let (output, _) = stage.consent(&["connect", "otto", "--skip-install", "--no-browser", "--json"]);
    let error = output.code(5).error_json();
    assert_eq!(error["error"]["kind"], "denied");
    let message = "the app is not installed in this shop: open its installation link first";
    assert_eq!(error["error"]["message"], message);
    assert_eq!(stage.files(), before);
}

#[test]
fn a_seller_who_cancels_has_changed_nothing() {
    let (stage, otto, app) = staged(App::service_partner());
    otto.install(&app, SELLER);
    let before = stage.files();
    otto.next_consent(Consent::Cancel);
    let (output, page) = stage.consent(&["connect", "otto", "--skip-install", "--no-browser", "--json"]);
    assert_eq!(output.code(5).error_json()["error"]["kind"], "denied");
    assert!(page.body.contains("Not connected"), "{}", page.body);
    assert_eq!(stage.files(), before);
    assert_eq!(stage.run(&["status", "--json"]).ok().json(), serde_json::json!([]));
}

#[test]
fn an_app_the_seller_removed_needs_a_new_consent() {
    let (stage, otto, app) = connected(Some(STALE));
    otto.uninstall(&app, SELLER);
    let error = stage.run(&["token", "--json"]).code(4).error_json();
    assert_eq!(error["error"]["kind"], "reauthorization_required");
    assert!(error["error"]["message"].as_str().unwrap().contains("removed the app"), "{error}");
    let quiet = stage.requests_during(|| {
        stage.run(&["token"]).code(4);
        let refused = ("reauthorization_required".to_owned(), "refused".to_owned());
        assert_eq!(stage.state("otto"), refused);
    });
    assert_eq!(quiet, 0, "the refusal is remembered");

    otto.access_token_life(Duration::from_secs(1800));
    let link = otto.invitation_link(&app);
    stage.consent(&["reauthorize", "otto", "--install-url", &link, "--no-browser"]).0.ok();
    assert_eq!(stage.state("otto").0, "connected");
    assert_eq!(stage.call("otto", API).status, 200);
}

#[test]
fn a_marketplace_in_trouble_costs_nothing() {
    let (stage, ..) = connected(Some(STALE));
    for target in ["api.otto.market/v1/token", "api.otto.market/v1/apps"] {
        stage.weather(target);
    }
    assert_eq!(stage.state("otto").0, "connected");
    assert_eq!(stage.call("otto", API).status, 200);
}

#[test]
fn a_wrong_client_secret_is_the_apps_fault() {
    let (stage, _, app) = connected(Some(STALE));
    let set = ["app", "set", "otto", "--client-secret-stdin"];
    stage.feed(&[&set[..], &["--no-verify"]].concat(), "not-the-secret").ok();
    assert_eq!(stage.run(&["token", "--json"]).code(9).error_json()["error"]["kind"], "configuration");
    assert_eq!(stage.state("otto").0, "connected", "the consent is as good as before");
    stage.feed(&set, &app.client_secret).ok();
    assert_eq!(stage.call("otto", API).status, 200);
}

/// A seller's own app, registered on both sides.
fn own_app() -> (Stage, Otto, App) {
    let otto = Otto::new();
    let app = otto.app(App::self_app());
    let stage = Stage::new(vec![Box::new(otto.clone())]);
    let add = ["app", "add", "otto-self", "--client-id", &app.client_id, "--client-secret-stdin"];
    stage.feed(&[&add[..], &["--scope", "orders", "--scope", "products"]].concat(), &app.client_secret).ok();
    (stage, otto, app)
}

#[test]
fn a_sellers_own_app_needs_no_browser_and_is_called_otto() {
    let (stage, ..) = own_app();
    let output = stage.run(&["connect", "otto-self"]).ok();
    assert_eq!(output.stdout, "connected otto\n");
    assert!(!output.stderr.contains("https://"), "{}", output.stderr);
    assert_eq!(paths(&stage), ["POST /v1/token"]);
    let quiet = stage.requests_during(|| {
        assert_eq!(stage.token(&["otto"]), stage.token(&[]));
    });
    assert_eq!(quiet, 0);
    assert_eq!(stage.call("otto", API).status, 200);
    assert_eq!(stage.call_by_lines("otto", API).status, 200);
}

#[test]
fn a_sellers_own_app_renews_with_its_credentials() {
    let (stage, otto, _) = own_app();
    otto.access_token_life(STALE);
    stage.run(&["connect", "otto-self"]).ok();
    assert_ne!(stage.token(&[]), stage.token(&[]));
    let requests = stage.proxy.requests_to(HOST);
    assert_eq!(requests.len(), 3);
    for request in requests {
        let form = request.form().unwrap();
        assert_eq!((form.text("grant_type"), form.text("scope")), ("client_credentials", "orders products"));
    }
    let before = stage.files();
    (0..3).for_each(|_| stage.proxy.fail_next(HOST, Failure::Html));
    stage.run(&["token"]).code(7);
    assert_eq!(stage.files(), before);
}

#[test]
fn a_sellers_own_app_with_a_wrong_secret_is_not_connected() {
    let (stage, ..) = own_app();
    stage.feed(&["app", "set", "otto-self", "--client-secret-stdin"], "not-the-secret").ok();
    stage.run(&["connect", "otto-self"]).code(9);
    assert_eq!(stage.run(&["status", "--json"]).ok().json(), serde_json::json!([]));
}

#[test]
fn a_version_may_bring_an_app_id_of_its_own() {
    let (stage, otto, first) = connected(Some(STALE));
    stage.run(&["app", "set", "otto", "--version", "1.0.0"]).ok();
    let second = otto.release_apart(&first, "second-app-id", "2.0.0");
    stage.run(&["app", "set", "otto", "--version", "2.0.0", "--set", "app_id=second-app-id"]).ok();
    let minted_by = |app: &App| {
        stage.token(&["otto"]);
        let path = paths(&stage).pop().unwrap();
        assert!(path.contains(&format!("/v1/apps/{}/installations/", app.id)), "{path}");
    };
    assert_eq!(stage.state("otto"), ("due".to_owned(), "app_version".to_owned()));
    minted_by(&first);

    let link = otto.installation_link(&second);
    let reauthorize = ["reauthorize", "otto", "--no-browser", "--install-url", &link];
    let (output, _) = stage.consent(&reauthorize);
    assert!(output.ok().stderr.contains("without a valid token until the consent"), "the gap is announced");
    assert_eq!(stage.state("otto"), ("connected".to_owned(), String::new()));
    minted_by(&second);
}

#[test]
fn earlier_installations_are_told_after_the_consent() {
    let (stage, otto, app) = connected(None);
    assert_eq!(stage.status("otto").get("remarks"), None);
    otto.release(&app, "2.0.0", &["orders"]);
    otto.install(&app, SELLER);
    let (output, _) = stage.consent(&["reauthorize", "otto", "--skip-install", "--no-browser"]);
    let said = "still has earlier versions of the app installed: 1.0.0.";
    assert!(output.ok().stderr.contains(said));
    assert!(stage.status("otto")["remarks"][0].as_str().unwrap().contains(said));
}
