//! `app set --client-secret-stdin`: the new secret is proved before the old one goes, and what the old
//! one had stopped works again.

use std::net::TcpListener;
use std::time::Duration;

use serde_json::json;

use crate::amazon::{CONNECT as CONNECT_AMAZON, REDIRECT_URI, TOKEN as AMAZON_TOKEN, staged_with};
use crate::support::marketplaces::amazon::App as AmazonApp;
use crate::support::marketplaces::{Allegro, Amazon, Marketplace, Relay, allegro};
use crate::support::proxy::{Failure, Request};
use crate::support::running::{Output, Running};
use crate::support::stage::{RELAY, Stage};

const ALLEGRO_TOKEN: &str = "allegro.pl/auth/oauth/token";
/// Shorter than what `token` wants left, so that every token is stale at once.
const STALE: Duration = Duration::from_secs(30);
/// As many shops as may be refused before that looks like the marketplace's own trouble, and more.
const SHOPS: [&str; 5] = ["a", "b", "c", "d", "e"];
/// `strace` ends by the signal that ended the program.
const KILLED: i32 = 137;

/// A shop that is connected as `amazon-de`.
fn amazon() -> (Stage, Amazon, AmazonApp) {
    let app = AmazonApp::new().redirect_uri(REDIRECT_URI);
    let staged = staged_with(app, Relay::new(RELAY), &["--redirect-uri", REDIRECT_URI]);
    staged.1.access_token_life(STALE);
    staged.0.consent(&CONNECT_AMAZON).0.ok();
    staged
}

/// Shops of one app that are connected by these names.
fn allegro(names: &[&str]) -> (Stage, Allegro, allegro::App) {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let uri = format!("http://localhost:{port}/callback");
    let market = Allegro::new();
    market.access_token_life(STALE);
    let app = market.app(allegro::App::new().redirect_uri(&uri));
    let stage = Stage::new(vec![Box::new(market.clone())]);
    let add = ["app", "add", "allegro", "--client-id", &app.client_id, "--redirect-uri", &uri];
    stage.feed(&[&add[..], &["--client-secret-stdin"]].concat(), &app.client_secret).ok();
    for (number, name) in (1..).zip(names) {
        market.log_in(&format!("4400000{number}"));
        stage.consent(&["connect", "allegro", "--profile", name, "--no-browser"]).0.ok();
    }
    (stage, market, app)
}

fn set(stage: &Stage, app: &str, secret: &str, flags: &[&str]) -> Output {
    stage.feed(&[&["app", "set", app, "--client-secret-stdin"], flags].concat(), secret)
}

/// The client secrets that renewals were sent with, from the `since`th request on.
fn sent(stage: &Stage, since: usize) -> Vec<String> {
    let secret = |request: &Request| match request.basic() {
        Some((_, secret)) => secret,
        None => request.form().unwrap().text("client_secret").to_owned(),
    };
    let requests = [AMAZON_TOKEN, ALLEGRO_TOKEN].map(|target| stage.proxy.requests_to(target)).concat();
    requests.iter().skip(since).map(secret).collect()
}

#[test]
fn a_new_secret_is_proved_by_one_renewal_and_then_in_force() {
    let (stage, market, app) = amazon();
    let secret = market.rotate_secret(&app);
    let changed = set(&stage, "amazon", &secret, &["--client-secret-created", "2026-11-01"]).ok();
    assert_eq!(changed.stdout, "changed app amazon\n");
    for told in ["amazon-de was renewed with it", "takes the old client secret for 7d after"] {
        assert!(changed.stderr.contains(told), "{told}: {changed:?}");
    }
    stage.token(&["--refresh"]);
    assert_eq!(sent(&stage, 1), [secret.clone(), secret]);
    let shown = stage.run(&["app", "show", "amazon", "--json"]).ok().json();
    assert_eq!(shown["client_secret_created_at"], "2026-11-01T00:00:00Z");
    let json = set(&stage, "amazon", &market.rotate_secret(&app), &["--json"]).ok().json();
    let said = [&json["client_secret_proved_by"], &json["healed"], &json["still_refused"]];
    assert_eq!(said, [&json!("amazon-de"), &json!([]), &json!([])]);
    let log = stage.run(&["log", "--json"]).ok().json();
    let rotations = log.as_array().unwrap().iter().filter(|event| event["event"] == "app_secret_changed");
    assert_eq!(rotations.count(), 2);
}

#[test]
fn a_wrong_secret_changes_nothing() {
    let (stage, ..) = amazon();
    let before = stage.kept();
    let error = set(&stage, "amazon", "amzn1.oa2-cs.v1.wrong", &["--json"]).code(9).error_json();
    assert_eq!(error["error"]["kind"], "configuration");
    assert!(error["error"]["message"].as_str().unwrap().contains("stays in force"), "{error}");
    assert_eq!(stage.kept(), before);
    stage.token(&["--refresh"]);
    assert_eq!(stage.state("amazon-de").0, "connected");
}

#[test]
fn a_wrong_secret_that_looks_like_an_ended_consent_changes_nothing() {
    let (stage, ..) = allegro(&SHOPS);
    let before = stage.kept();
    let requests = stage.requests_during(|| {
        let error = set(&stage, "allegro", "wrong-client-secret", &["--json"]).code(9).error_json();
        assert!(error["error"]["hint"].as_str().unwrap().contains("--no-verify"), "{error}");
    });
    assert_eq!(requests, 3, "wrong logins are counted");
    assert_eq!(stage.kept(), before);
    for name in SHOPS {
        stage.token(&[name]);
    }
}

#[test]
fn without_an_answer_nothing_changes_unless_it_is_taken_untried() {
    let (stage, market, app) = amazon();
    let secret = market.rotate_secret(&app);
    let before = stage.kept();
    (0..3).for_each(|_| stage.proxy.fail_next(AMAZON_TOKEN, Failure::Drop));
    let error = set(&stage, "amazon", &secret, &["--json"]).code(7).error_json();
    assert_eq!(error["error"]["kind"], "temporary");
    assert_eq!(stage.kept(), before);
    let quiet = stage.requests_during(|| {
        let untried = set(&stage, "amazon", &secret, &["--no-verify"]).ok();
        assert!(untried.stderr.contains("nothing was asked"), "{untried:?}");
    });
    assert_eq!(quiet, 0);
    stage.token(&["--refresh"]);
    assert_eq!(sent(&stage, 4), [secret]);
}

#[test]
fn what_the_proof_brought_is_kept_where_refresh_tokens_rotate() {
    let (stage, market, app) = allegro(&["shop"]);
    // The answer is lost: the same refresh token is sent again, with the same secret.
    stage.proxy.fail_next(ALLEGRO_TOKEN, Failure::LoseAnswer);
    let secret = market.rotate_secret(&app);
    set(&stage, "allegro", &secret, &[]).ok();
    assert_eq!(sent(&stage, 1), [secret.clone(), secret]);
    market.advance(Duration::from_secs(120));
    stage.token(&["shop"]);
    assert_eq!(market.sessions("44000001"), 1);
}

#[test]
fn all_shops_that_the_old_secret_had_stopped_work_again() {
    let (stage, market, app) = allegro(&SHOPS);
    let secret = market.rotate_secret(&app);
    for name in SHOPS {
        stage.run(&["token", name]);
    }
    let states = |expected: &str| {
        let rows = stage.run(&["status", "--json"]).ok().json();
        let codes = rows.as_array().unwrap().iter().map(|row| row["reason_code"].clone());
        assert!(codes.clone().all(|code| code == json!(expected)), "{:?}", codes.collect::<Vec<_>>());
    };
    states("suspected_incident");
    market.unlink(&app, "44000003");
    let changed = set(&stage, "allegro", &secret, &[]).ok();
    assert!(changed.stderr.contains("renewed now: "), "{changed:?}");
    assert!(changed.stderr.contains("c is still refused"), "{changed:?}");
    for name in ["a", "b", "d", "e"] {
        assert_eq!(stage.state(name), ("connected".to_owned(), String::new()), "{name}");
        stage.token(&[name]);
    }
    assert_eq!(stage.state("c"), ("reauthorization_required".to_owned(), "refused".to_owned()));
}

#[test]
fn an_ended_consent_does_not_speak_against_a_secret() {
    let (stage, market, app) = allegro(&["first", "latest"]);
    market.unlink(&app, "44000002");
    let secret = market.rotate_secret(&app);
    let changed = set(&stage, "allegro", &secret, &[]).ok();
    assert!(changed.stderr.contains("first was renewed with it"), "{changed:?}");
    // Nobody asked for its token since: that it has ended is not known yet.
    assert_eq!(stage.state("latest").0, "connected");
}

#[test]
fn without_a_shop_nothing_can_be_proved() {
    let (stage, market, app) = allegro(&[]);
    let quiet = stage.requests_during(|| {
        let changed = set(&stage, "allegro", &market.rotate_secret(&app), &[]).ok();
        assert!(changed.stderr.contains("nothing was asked"), "{changed:?}");
    });
    assert_eq!(quiet, 0);
    stage.consent(&["connect", "allegro", "--no-browser"]).0.ok();
}

#[test]
fn the_environments_secret_is_taken_where_nothing_else_is_to_change() {
    let (stage, market, app) = amazon();
    let secret = market.rotate_secret(&app);
    let run = |arguments: &[&str], secret: &str| {
        stage.environment.invoke(arguments).var("SELLAUTH_CLIENT_SECRET", secret).run()
    };
    run(&["app", "set", "amazon"], &secret).ok();
    run(&["app", "set", "amazon", "--version", "2"], &app.client_secret).ok();
    stage.token(&["--refresh"]);
    assert_eq!(sent(&stage, 1), [secret.clone(), secret]);
    let error = stage.run(&["app", "set", "amazon", "--client-secret-created", "2026-11-01", "--json"]);
    assert_eq!(error.code(2).error_json()["error"]["message"], "the client secret is missing");
}

#[test]
fn killed_anywhere_one_secret_is_in_force_and_no_token_is_lost() {
    let (stage, market, app) = amazon();
    let mut killed = 0;
    for call in ["rename", "unlink", "fsync"] {
        for number in 1.. {
            let secret = market.rotate_secret(&app);
            let inject = format!("inject={call}:signal=KILL:when={number}");
            let words = ["strace", "-f", "-o", "/dev/null", "-e", &format!("trace={call}"), "-e", &inject];
            let arguments = ["app", "set", "amazon", "--client-secret-stdin"];
            let mut running: Running =
                stage.environment.invoke_under(&words, &arguments).spawn_with_open_stdin();
            running.feed(secret);
            let output = running.finish();
            stage.token(&["--refresh"]);
            if output.code != KILLED {
                output.ok();
                break;
            }
            killed += 1;
        }
    }
    assert!(killed > 10, "killed at {killed} places only");
}

#[test]
fn what_an_app_is_to_blame_for_is_said_once_with_its_name() {
    let (stage, ..) = amazon();
    stage.consent(&["connect", "amazon", "--region", "JP", "--no-browser"]).0.ok();
    set(&stage, "amazon", "amzn1.oa2-cs.v1.wrong", &["--no-verify"]).ok();
    let cure = "`sellauth app set amazon --client-secret-stdin`";
    let error = stage.run(&["token", "amazon-jp", "--refresh", "--json"]).code(9).error_json();
    assert!(error["error"]["hint"].as_str().unwrap().ends_with(cure), "{error}");
    let output = stage.run(&["refresh", "--all"]).code(9);
    let errors: Vec<&str> = output.stderr.lines().filter(|line| line.starts_with("error: ")).collect();
    assert_eq!(errors.len(), 1, "{output:?}");
    assert!(errors[0].starts_with("error: 2 shops of the app amazon: "), "{output:?}");
    assert!(output.stderr.trim_end().ends_with(cure), "{output:?}");
}

#[test]
fn a_change_names_the_shops_it_touches_and_how_to_undo_it() {
    let (stage, _market, app) = amazon();
    let set = |flags: &[&str]| stage.run(&[&["app", "set", "amazon"], flags].concat()).ok().stderr;
    let due =
        "note: a new consent is due for amazon-de; they work on until then. Clear it: sellauth reauthorize\n";
    assert_eq!(set(&["--version", "2"]), due);
    let unrelated = set(&["--install-url", "https://portal.example/app"]);
    assert_eq!(unrelated, "", "it was due before");
    let other = "amzn1.application-oa2-client.other";
    let stopped = set(&["--client-id", other]);
    assert!(stopped.starts_with("note: amazon-de cannot be renewed any more"), "{stopped}");
    let undo = format!("sellauth app set amazon --client-id {}", app.client_id);
    assert!(stopped.ends_with(&format!("or undo it: {undo}\n")), "{stopped}");
    assert_eq!(stage.state("amazon-de").1, "client_changed");
    set(&["--client-id", &app.client_id]);
    stage.token(&["--refresh"]);
}
