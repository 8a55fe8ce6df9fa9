//! Allegro as shipped: PKCE, a listener at `http://localhost:PORT`, a code that lives ten seconds, and
//! refresh tokens that rotate.

use std::net::TcpListener;
use std::time::Duration;

use serde_json::json;
use url::Url;

use crate::support::marketplaces::allegro::{App, SCOPES};
use crate::support::marketplaces::wire::parameter;
use crate::support::marketplaces::{Allegro, Consent, Marketplace};
use crate::support::proxy::{Failure, Request, Site};
use crate::support::stage::Stage;

const TOKEN: &str = "allegro.pl/auth/oauth/token";
const API: &str = "https://api.allegro.pl/me";
const SHOP: &str = "44000001";
const CONNECT: [&str; 3] = ["connect", "allegro", "--no-browser"];
/// Shorter than what `token` wants left, so that every token is stale at once.
const STALE: Duration = Duration::from_secs(30);

/// An app that is registered on both sides, with a port of its own: tests run side by side.
fn staged() -> (Stage, Allegro, App) {
    let uri = format!("http://localhost:{}/callback", free_port());
    let allegro = Allegro::new();
    let app = allegro.app(App::new().redirect_uri(&uri));
    let stage = Stage::new(vec![Box::new(allegro.clone())]);
    let add = ["app", "add", "allegro", "--client-id", &app.client_id, "--redirect-uri", &uri];
    stage.feed(&[&add[..], &["--client-secret-stdin"]].concat(), &app.client_secret).ok();
    (stage, allegro, app)
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// The same with the shop connected as `allegro`.
pub fn connected(life: Option<Duration>) -> (Stage, Allegro, App) {
    let staged = staged();
    if let Some(life) = life {
        staged.1.access_token_life(life);
    }
    staged.0.consent(&CONNECT).0.ok();
    staged
}

/// The token requests of one grant type.
fn token_requests(stage: &Stage, grant_type: &str) -> Vec<Request> {
    let mut requests = stage.proxy.requests_to(TOKEN);
    requests.retain(|request| request.form().is_some_and(|form| form.text("grant_type") == grant_type));
    requests
}

#[test]
fn a_code_born_with_pkce_comes_back_to_localhost() {
    let (stage, ..) = staged();
    let running = stage.environment.spawn(&CONNECT);
    let asked = Url::parse(&running.url()).unwrap();
    assert!(asked.as_str().starts_with("https://allegro.pl/auth/oauth/authorize?"), "{asked}");
    assert_eq!(parameter(&asked, "code_challenge_method"), "S256");
    assert_eq!(parameter(&asked, "prompt"), "confirm");
    assert!(!asked.query_pairs().any(|(name, _)| name == "scope" || name == "code_verifier"), "{asked}");
    let redirect_uri = parameter(&asked, "redirect_uri");
    assert!(redirect_uri.starts_with("http://localhost:"), "{redirect_uri}");

    let page = stage.open(asked.as_str());
    assert_eq!(running.finish().ok().stdout, format!("connected allegro (shop {SHOP})\n"));
    assert!(page.chain[1].as_str().starts_with(&redirect_uri), "{}", page.chain[1]);
    assert!(page.body.contains("Your shop is connected"), "{}", page.body);
    assert_eq!(page.url.query(), None, "no code stays in the address bar");

    let [exchange] = &stage.proxy.requests_to(TOKEN)[..] else { panic!("one exchange") };
    assert_eq!(exchange.header("authorization"), None, "a code born with PKCE is exchanged without Basic");
    assert!(exchange.form().unwrap().text("code_verifier").len() >= 43);
    assert_eq!(exchange.form().unwrap().text("client_secret"), "");
}

#[test]
fn the_usual_redirect_uri_has_the_port_that_is_told_to_register() {
    let allegro = Allegro::new();
    let app = allegro.app(App::new());
    let stage = Stage::new(vec![Box::new(allegro)]);
    let add = ["app", "add", "allegro", "--client-id", &app.client_id, "--client-secret-stdin"];
    let output = stage.feed(&add, &app.client_secret).ok();
    let told = "Redirect URI: http://localhost:8123/callback";
    assert!(output.stderr.contains(told), "{}", output.stderr);
    let shown = stage.run(&["app", "show", "allegro", "--json"]).ok().json();
    assert_eq!(shown["redirect_uri"], "http://localhost:8123/callback");
}

#[test]
fn an_app_registered_without_a_port_takes_any_free_one() {
    let allegro = Allegro::new();
    let app = allegro.app(App::new().redirect_uri("http://localhost/callback"));
    let stage = Stage::new(vec![Box::new(allegro)]);
    let add = ["app", "add", "allegro", "--client-id", &app.client_id, "--client-secret-stdin"];
    let uri = ["--redirect-uri", "http://localhost/callback"];
    stage.feed(&[&add[..], &uri].concat(), &app.client_secret).ok();
    let (output, page) = stage.consent(&CONNECT);
    output.ok();
    assert!(parameter(&page.chain[0], "redirect_uri").starts_with("http://localhost:"));
}

#[test]
fn a_busy_port_is_told_before_the_browser_opens() {
    let (stage, ..) = staged();
    let shown = stage.run(&["app", "show", "allegro", "--json"]).ok().json();
    let port = Url::parse(shown["redirect_uri"].as_str().unwrap()).unwrap().port().unwrap();
    let _taken = TcpListener::bind(("127.0.0.1", port)).unwrap();
    let output = stage.run(&CONNECT).code(7);
    assert!(output.stderr.contains(&port.to_string()), "{}", output.stderr);
    assert!(!output.stderr.contains("https://"), "{}", output.stderr);
}

#[test]
fn the_api_takes_the_token_with_the_headers_allegro_wants() {
    let (stage, allegro, _) = connected(None);
    let quiet = stage.requests_during(|| {
        let token = stage.token(&[]);
        assert_eq!(stage.token(&["allegro"]), token);
        assert!(allegro.issued_secrets().contains(&token));
        let lines = stage.token(&["--header"]);
        let wanted = format!("Authorization: Bearer {token}\nAccept: application/vnd.allegro.public.v1+json");
        assert_eq!(lines, wanted);
    });
    assert_eq!(quiet, 0, "a valid token is printed without a request");
    assert_eq!(stage.call("allegro", API).text("id"), SHOP);
    assert_eq!(stage.call_by_lines("allegro", API).text("id"), SHOP);
    let scopes = stage.status("allegro")["scopes"].as_array().unwrap().len();
    assert_eq!(scopes, SCOPES.len(), "without a wish, all of the app's");
}

#[test]
fn every_renewal_replaces_the_refresh_token_and_proves_who_asks() {
    let (stage, allegro, app) = connected(Some(STALE));
    for _ in 0..3 {
        stage.token(&[]);
    }
    allegro.access_token_life(Duration::from_secs(43199));
    assert_eq!(stage.call("allegro", API).status, 200, "the newest pair is the one that lives");
    let renewals = token_requests(&stage, "refresh_token");
    let mut sent = Vec::new();
    for request in &renewals {
        let basic = (app.client_id.clone(), app.client_secret.clone());
        assert_eq!(request.basic(), Some(basic), "a renewal is authenticated");
        sent.push(request.form().unwrap().text("refresh_token").to_owned());
    }
    assert_eq!(sent.len(), 4);
    sent.sort();
    sent.dedup();
    assert_eq!(sent.len(), 4, "no refresh token was sent twice");
    assert_eq!(allegro.sessions(SHOP), 1);
}

#[test]
fn a_lost_answer_is_asked_for_again_within_the_minute_of_grace() {
    let (stage, allegro, _) = connected(Some(STALE));
    stage.proxy.fail_next(TOKEN, Failure::LoseAnswer);
    stage.token(&[]);
    let renewals = token_requests(&stage, "refresh_token");
    let sent: Vec<_> =
        renewals.iter().map(|request| request.form().unwrap().text("refresh_token").to_owned()).collect();
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[0], sent[1]);
    allegro.access_token_life(Duration::from_secs(43199));
    assert_eq!(stage.call("allegro", API).status, 200);
}

#[test]
fn an_answer_that_stays_lost_is_asked_for_again_by_the_next_command() {
    let (stage, ..) = connected(Some(STALE));
    let before = stage.kept();
    stage.proxy.fail_next(TOKEN, Failure::LoseAnswer);
    (0..2).for_each(|_| stage.proxy.fail_next(TOKEN, Failure::Drop));
    let error = stage.run(&["token", "--json"]).code(7).error_json();
    assert!(error["error"]["hint"].as_str().unwrap().contains("within 1m"), "{error}");
    assert_eq!(stage.kept(), before);
    stage.token(&[]);
}

#[test]
fn a_code_older_than_ten_seconds_connects_nothing() {
    let (stage, allegro, _) = staged();
    let before = stage.files();
    let paste = ["connect", "allegro", "--paste", "--json"];
    let mut running = stage.environment.invoke(&paste).spawn_with_open_stdin();
    let page = stage.open(&running.url());
    assert_eq!(page.status, None, "nobody listens while an address is pasted");
    allegro.advance(Duration::from_secs(10));
    running.send_line(page.url.as_str());
    let error = running.finish().code(4).error_json();
    assert!(error["error"]["hint"].as_str().unwrap().contains("10s"), "{error}");
    assert_eq!(stage.files(), before);
    assert_eq!(allegro.sessions(SHOP), 0);
}

#[test]
fn a_code_pasted_in_time_connects() {
    let (stage, allegro, _) = staged();
    let mut running = stage.environment.invoke(&["connect", "allegro", "--paste"]).spawn_with_open_stdin();
    let page = stage.open(&running.url());
    running.send_line(page.url.as_str());
    running.finish().ok();
    assert_eq!(allegro.sessions(SHOP), 1);
}

#[test]
fn a_consent_given_while_another_command_renews_is_the_one_in_force() {
    let (stage, allegro, _) = connected(Some(STALE));
    stage.proxy.fail_next(TOKEN, Failure::Delay(Duration::from_secs(1)));
    let renewing = stage.environment.spawn(&["token"]);
    stage.proxy.wait_for(TOKEN, 2);
    let (output, _) = stage.consent(&["reauthorize", "allegro", "--no-browser"]);
    output.ok();
    let _ = renewing.finish().ok().prints_a_secret();
    allegro.access_token_life(Duration::from_secs(43199));
    assert_eq!(stage.call("allegro", API).status, 200, "the new consent is in force");
}

#[test]
fn a_seller_who_cancels_has_changed_nothing() {
    let (stage, allegro, _) = staged();
    let before = stage.files();
    allegro.next_consent(Consent::Cancel);
    let (output, page) = stage.consent(&[&CONNECT[..], &["--json"]].concat());
    assert_eq!(output.code(5).error_json()["error"]["kind"], "denied");
    assert!(page.body.contains("Not connected"), "{}", page.body);
    assert_eq!(stage.files(), before);
    assert_eq!(stage.run(&["status", "--json"]).ok().json(), json!([]));
}

#[test]
fn an_unlinked_app_and_a_wrong_secret_look_the_same_and_are_told_as_both() {
    let (stage, allegro, app) = connected(Some(STALE));
    allegro.unlink(&app, SHOP);
    let output = stage.run(&["token"]).code(4);
    assert!(output.stderr.contains("unlinked the app"), "{}", output.stderr);
    assert!(output.stderr.contains("client secret is wrong"), "{}", output.stderr);
    let quiet = stage.requests_during(|| {
        stage.run(&["token"]).code(4);
        let refused = ("reauthorization_required".to_owned(), "refused".to_owned());
        assert_eq!(stage.state("allegro"), refused);
    });
    assert_eq!(quiet, 0, "the refusal is remembered");

    // A new secret would cure a wrong one, so it is worth a question.
    let set = ["app", "set", "allegro", "--client-secret-stdin", "--no-verify"];
    stage.feed(&set, "another-secret").ok();
    let asked = stage.requests_during(|| {
        stage.run(&["token"]).code(4);
    });
    assert_eq!(asked, 1);
    stage.feed(&set, &app.client_secret).ok();
    stage.consent(&["reauthorize", "--no-browser"]).0.ok();
    assert_eq!(stage.state("allegro").0, "connected");
}

#[test]
fn a_changed_password_needs_a_new_consent_and_the_refresh_token_stays_unseen() {
    let (stage, allegro, _) = connected(Some(STALE));
    let sent = allegro.issued_secrets();
    allegro.change_password(SHOP);
    let output = stage.run(&["token", "-vv"]).code(4);
    assert!(output.stderr.contains("invalid_grant"), "{}", output.stderr);
    let sent: Vec<_> = sent.iter().map(String::as_str).collect();
    stage.environment.assert_absent(&sent);
    let quiet = stage.requests_during(|| {
        stage.run(&["token"]).code(4);
    });
    assert_eq!(quiet, 0);
}

#[test]
fn a_marketplace_in_trouble_costs_nothing() {
    let (stage, ..) = connected(Some(STALE));
    stage.weather(TOKEN);
    assert_eq!(stage.state("allegro").0, "connected");
    stage.token(&[]);
}
