//! Tokens of the app itself, for what it does without a seller: one for each scope, and asked for once.

use std::thread;
use std::time::Duration;

use crate::amazon::{CONNECT, REDIRECT_URI, TOKEN, staged_with};
use crate::cache::hash;
use crate::support::marketplaces::amazon::App;
use crate::support::marketplaces::{Allegro, Amazon, Marketplace, Relay, allegro};
use crate::support::proxy::Site;
use crate::support::stage::{RELAY, Stage};

const NOTIFICATIONS: &str = "sellingpartnerapi::notifications";
const ROTATION: &str = "sellingpartnerapi::client_credential:rotation";
/// Shorter than what `token` wants left.
const STALE: Duration = Duration::from_secs(30);

/// A connected shop in Germany.
fn connected() -> (Stage, Amazon, App) {
    let flags = ["--redirect-uri", REDIRECT_URI];
    let staged = staged_with(App::new().redirect_uri(REDIRECT_URI), Relay::new(RELAY), &flags);
    staged.0.consent(&CONNECT).0.ok();
    staged
}

fn of(scope: &str) -> [&str; 3] {
    ["amazon-de", "--scope", scope]
}

#[test]
fn each_scope_has_a_token_of_its_own_which_is_asked_for_once() {
    let (stage, amazon, app) = connected();
    let shops = stage.token(&["amazon-de"]);
    let before = stage.proxy.count(TOKEN);
    let [notifications, rotation] = [NOTIFICATIONS, ROTATION].map(|scope| stage.token(&of(scope)));
    assert_eq!(stage.proxy.count(TOKEN), before + 2);
    let quiet = stage.requests_during(|| {
        assert_eq!(stage.token(&of(NOTIFICATIONS)), notifications);
        assert_eq!(stage.token(&of(ROTATION)), rotation);
        assert_eq!(stage.token(&["amazon-de"]), shops, "the shop's own is another one");
    });
    assert_eq!(quiet, 0, "each is at hand");
    let issued = amazon.issued_secrets();
    assert!([&notifications, &rotation].iter().all(|token| issued.contains(token) && **token != shops));

    let sent = stage.proxy.requests_to(TOKEN).pop().unwrap().form().unwrap();
    assert_eq!((sent.text("grant_type"), sent.text("scope")), ("client_credentials", ROTATION));
    assert_eq!((sent.text("client_id"), sent.get("refresh_token")), (app.client_id.as_str(), None));
}

#[test]
fn it_is_printed_like_any_other() {
    let (stage, ..) = connected();
    let token = stage.token(&of(NOTIFICATIONS));
    let header = stage.token(&[&of(NOTIFICATIONS)[..], &["--header"]].concat());
    assert_eq!(header, format!("x-amz-access-token: {token}"));
    let json = [&["token"], &of(NOTIFICATIONS)[..], &["--json"]].concat();
    let document = stage.run(&json).prints_a_secret().ok().json();
    assert_eq!((&document["profile"], &document["scope"]), (&"amazon-de".into(), &NOTIFICATIONS.into()));
    assert_eq!(document["access_token"], token);
    assert!((1..=3600).contains(&document["expires_in"].as_i64().unwrap()), "{}", document["expires_in"]);
}

#[test]
fn one_that_ends_or_was_refused_is_asked_for_anew() {
    let (stage, amazon, _) = connected();
    let first = stage.token(&of(NOTIFICATIONS));
    let refused = hash(&first);
    let second = stage.token(&[&of(NOTIFICATIONS)[..], &["--refresh-if", &refused]].concat());
    assert_ne!(second, first);
    assert_eq!(stage.token(&[&of(NOTIFICATIONS)[..], &["--refresh-if", &refused]].concat()), second);
    amazon.access_token_life(STALE);
    let third = stage.token(&[&of(NOTIFICATIONS)[..], &["--refresh"]].concat());
    assert_ne!(third, second);
    assert_ne!(stage.token(&of(NOTIFICATIONS)), third, "it ends too soon");
}

#[test]
fn many_processes_ask_once() {
    let (stage, ..) = connected();
    let before = stage.proxy.count(TOKEN);
    let tokens: Vec<String> = thread::scope(|scope| {
        let running: Vec<_> = (0..20).map(|_| scope.spawn(|| stage.token(&of(NOTIFICATIONS)))).collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(tokens.iter().all(|token| *token == tokens[0]));
    assert_eq!(stage.proxy.count(TOKEN), before + 1);
}

#[test]
fn shops_of_one_app_and_region_have_it_in_common() {
    let (stage, amazon, _) = connected();
    amazon.log_in("A2OTHERSHOP");
    stage.consent(&[&CONNECT[..], &["--profile", "second"]].concat()).0.ok();
    let token = stage.token(&of(NOTIFICATIONS));
    let quiet = stage.requests_during(|| {
        assert_eq!(stage.token(&["second", "--scope", NOTIFICATIONS]), token);
    });
    assert_eq!(quiet, 0);
    stage.run(&["lock"]).ok();
    assert_ne!(stage.token(&of(NOTIFICATIONS)), token, "it lies in no store");
}

#[test]
fn a_scope_that_the_marketplace_does_not_know_is_a_matter_of_configuration() {
    let (stage, ..) = connected();
    let output = stage.run(&["token", "amazon-de", "--scope", "sellingpartnerapi::everything", "--json"]);
    let error = output.code(9).error_json();
    assert!(error["error"]["message"].as_str().unwrap().contains("scope"), "{error}");
    assert_eq!(error["error"]["profile"], "amazon-de");
    assert_eq!(
        stage.state("amazon-de"),
        ("connected".to_owned(), String::new()),
        "it is no matter of the shop's"
    );
}

#[test]
fn a_marketplace_without_such_tokens_says_so() {
    let uri = "http://localhost/callback";
    let allegro = Allegro::new();
    let app = allegro.app(allegro::App::new().redirect_uri(uri));
    let stage = Stage::new(vec![Box::new(allegro.clone())]);
    let add = ["app", "add", "allegro", "--client-id", &app.client_id, "--redirect-uri", uri];
    stage.feed(&[&add[..], &["--client-secret-stdin"]].concat(), &app.client_secret).ok();
    stage.consent(&["connect", "allegro", "--no-browser"]).0.ok();
    let quiet = stage.requests_during(|| {
        let output = stage.run(&["token", "allegro", "--scope", "x"]).code(2);
        assert!(output.stderr.contains("leave out `--scope`"), "{}", output.stderr);
    });
    assert_eq!(quiet, 0);
}
