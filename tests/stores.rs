//! Secrets that change their store, and stores that lose them.

use std::fs;

use serde_json::json;

use crate::support::environment::TestEnvironment;
use crate::support::keyring_session::KeyringSession;
use crate::support::marketplaces::amazon::App;
use crate::support::marketplaces::{Amazon, Marketplace};
use crate::support::stage::Stage;
use crate::support::strict::{End, ID, Strict};
use crate::support::terminal::Terminal;

/// A machine with a keyring, and a shop whose secrets are in it.
fn in_keyring() -> (KeyringSession, Strict, TestEnvironment) {
    let (session, market, mut environment) =
        (KeyringSession::start(), Strict::start(), TestEnvironment::new());
    session.apply(&mut environment);
    market.connect(&environment);
    (session, market, environment)
}

fn state(environment: &TestEnvironment) -> String {
    let rows = environment.run(&["status", "--json"]).ok().json();
    rows[0]["state"].as_str().unwrap().to_owned()
}

#[test]
fn a_shop_goes_to_another_store_and_back() {
    let (session, market, environment) = in_keyring();
    let to_file = environment.run(&["migrate", ID, "--to", "file"]).ok();
    assert_eq!(to_file.stdout, "strict  migrated  keyring → file\n");
    assert!(session.entries().is_empty(), "{:?}", session.entries());
    assert!(market.renewals().is_empty(), "nobody is asked");
    market.token(&environment, &["--refresh"]);
    assert_eq!(
        environment.run(&["migrate", "--all", "--to", "file"]).ok().stdout,
        "strict  unchanged  file\n"
    );
    let back = environment.run(&["migrate", "--all", "--to", "keyring", "--json"]).ok().json();
    let expected =
        json!({ "profile": ID, "result": "migrated", "from": "file", "to": "keyring", "error": null });
    assert_eq!(back, json!([expected]));
    market.token(&environment, &["--refresh"]);
    assert!(!market.ends().contains(&Some(End::Replayed)), "{:#?}", market.log());
    let log = environment.run(&["log", "--json"]).ok().stdout;
    assert_eq!(log.matches("\"migrated\"").count(), 2, "{log}");
}

#[test]
fn where_no_shop_is_a_person_is_told_so() {
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    let output = environment.run(&["migrate", "--all", "--to", "file"]).ok();
    assert_eq!(output.stdout, "");
    assert!(output.stderr.contains("no shop is connected yet"), "{}", output.stderr);
}

#[test]
fn a_store_that_fails_leaves_every_shop_where_it_was() {
    let (session, market, environment) = in_keyring();
    fs::create_dir_all(environment.home()).unwrap();
    environment.write("store", "in the way");
    let error = environment.run(&["migrate", ID, "--to", "file", "--json"]).code(8).error_json();
    assert_eq!(error["error"]["kind"], "store");
    market.token(&environment, &[]);
    fs::remove_file(environment.home().join("store")).unwrap();
    session.lock();
    environment.run(&["migrate", ID, "--to", "file"]).code(8);
    session.unlock();
    market.token(&environment, &["--refresh"]);
}

#[test]
fn an_apps_secret_follows_the_last_of_its_shops() {
    let amazon = Amazon::new();
    amazon.log_in("A2SHOPDE");
    let app = amazon.app(App::new().private());
    let token = amazon.self_authorize(&app, "A2SHOPDE", "eu");
    let (session, mut stage) = (KeyringSession::start(), Stage::new(vec![Box::new(amazon)]));
    session.apply(&mut stage.environment);
    let application = format!("application_id={}", app.application_id);
    let add =
        ["app", "add", "amazon", "--imported-only", "--client-id", &app.client_id, "--set", &application];
    stage.feed(&[&add[..], &["--client-secret-stdin"]].concat(), &app.client_secret).ok();
    for region in ["DE", "FR"] {
        stage.feed(&["import", "amazon", "--region", region, "--refresh-token-stdin"], &token).ok();
    }
    let store = || stage.run(&["app", "show", "amazon", "--json"]).ok().json()["store"].clone();
    stage.run(&["migrate", "amazon-de", "--to", "keyring"]).ok();
    assert_eq!(store(), "file");
    stage.run(&["migrate", "amazon-fr", "--to", "keyring"]).ok();
    assert_eq!(store(), "keyring");
    assert_eq!(session.entries().len(), 3);
    for name in ["amazon-de", "amazon-fr"] {
        stage.run(&["token", name, "--refresh"]).ok().prints_a_secret();
    }
}

#[test]
fn a_store_that_was_emptied_is_seen_and_healed_and_one_that_was_restored_as_well() {
    let (market, mut environment) = (Strict::start(), TestEnvironment::new());
    environment.use_file_store();
    market.connect(&environment);
    let (store, backup) = (environment.home().join("store"), environment.home().join("backup"));
    fs::rename(&store, &backup).unwrap();
    environment.run(&["refresh", "--all"]).code(4);
    assert_eq!(state(&environment), "secrets_missing");
    fs::rename(&backup, &store).unwrap();
    market.token(&environment, &[]);
    assert_eq!(state(&environment), "connected");

    // A token that is valid is handed out again, and renews nothing, once its store is back.
    fs::rename(&store, &backup).unwrap();
    environment.run(&["token", ID, "--refresh"]).code(4);
    fs::rename(&backup, &store).unwrap();
    let renewals = market.renewals().len();
    market.token(&environment, &[]);
    environment.run(&["export", ID, "--recipient", crate::bundles::RECIPIENT]).ok();
    assert_eq!((state(&environment).as_str(), market.renewals().len()), ("connected", renewals));

    fs::remove_dir_all(&store).unwrap();
    environment.run(&["token", ID, "--refresh"]).code(4);
    let running = environment.spawn(&["reauthorize", "--all", "--no-browser"]);
    market.consent(&running.url());
    running.finish().ok();
    assert_eq!(state(&environment), "connected");
    market.token(&environment, &["--refresh"]);
}

#[test]
fn a_lost_keyring_is_healed_with_the_apps_secret_that_was_in_it() {
    let amazon = Amazon::new();
    amazon.log_in("A2SHOPDE");
    let app = amazon.app(App::new().redirect_uri(crate::amazon::REDIRECT_URI));
    let mut stage = Stage::new(vec![Box::new(amazon)]);
    let application = format!("application_id={}", app.application_id);
    let add = ["app", "add", "amazon", "--client-id", &app.client_id, "--set", &application];
    let more = ["--redirect-uri", crate::amazon::REDIRECT_URI, "--client-secret-stdin"];
    let session = KeyringSession::start();
    stage.environment.remove_var("SELLAUTH_STORE");
    session.apply(&mut stage.environment);
    stage.feed(&[&add[..], &more].concat(), &app.client_secret).ok();
    stage.consent(&crate::amazon::CONNECT).0.ok();
    drop(session);
    // A new login, whose keyring is empty.
    let session = KeyringSession::start();
    session.apply(&mut stage.environment);
    stage.run(&["refresh", "--all"]).code(4);
    assert_eq!(stage.state("amazon-de").0, "secrets_missing");
    let blind = stage.run(&["reauthorize", "--all", "--no-browser"]).code(8);
    assert!(blind.stderr.contains("client-secret-stdin"), "{}", blind.stderr);
    let mut terminal = Terminal::start(&stage.environment, &["reauthorize", "--all", "--no-browser"]);
    terminal.expect("client secret of the app amazon is not on this machine");
    terminal.expect_unseen("Client secret");
    terminal.send_line(&app.client_secret);
    let page = terminal.url();
    stage.open(&page);
    terminal.expect("reauthorized");
    assert_eq!(terminal.finish(), 0);
    assert_eq!(stage.state("amazon-de").0, "connected");
    stage.run(&["token", "amazon-de", "--refresh"]).ok().prints_a_secret();
}
