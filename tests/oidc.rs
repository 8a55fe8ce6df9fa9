//! A user's own definition against a certified authorization server, which wants PKCE, rotates refresh
//! tokens and ends the whole grant when an old one comes a second time.

use std::fs;
use std::time::Duration;

use serde_json::{Value, json};
use url::Url;

use crate::support::environment::TestEnvironment;
use crate::support::oidc::{CONFIDENTIAL, NATIVE, Oidc, Options, Page, SELLER};
use crate::support::running::Output;

/// A home with the definition of `oidc` as marketplace `loopback`, and the app without a secret.
pub fn registered(oidc: &Oidc) -> TestEnvironment {
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    environment.write("marketplaces/loopback.toml", &oidc.definition("loopback"));
    environment.run(&["app", "add", "loopback", "--client-id", NATIVE]).ok();
    environment
}

/// The same, and the shop of [`SELLER`] connected.
fn connected(oidc: &Oidc) -> TestEnvironment {
    let environment = registered(oidc);
    consent(&environment, oidc, &["connect", "loopback", "--no-browser"]).0.ok();
    environment
}

/// Runs a command that wants a consent, and gives it.
fn consent(environment: &TestEnvironment, oidc: &Oidc, arguments: &[&str]) -> (Output, Page) {
    let running = environment.spawn(arguments);
    let page = oidc.consent(&running.url());
    (running.finish(), page)
}

fn token(environment: &TestEnvironment, arguments: &[&str]) -> String {
    let output = environment.run(&[&["token", "loopback"], arguments].concat()).ok().prints_a_secret();
    output.stdout.trim_end().to_owned()
}

/// Lets the token on file end without waiting for it.
fn expire(environment: &TestEnvironment) {
    let folder = environment.home().join("state/profiles");
    let record = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let record = record.filter(|path| path.extension().is_some_and(|end| end == "json")).last();
    let path = record.expect("a connected shop has a record");
    let mut content: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    assert!(content["access_token_expires_at"].is_string(), "{content}");
    content["access_token_expires_at"] = json!("2020-01-01T00:00:00Z");
    fs::write(&path, content.to_string()).unwrap();
}

#[test]
fn a_users_definition_connects_a_shop() {
    let oidc = Oidc::start();
    let environment = registered(&oidc);
    let running = environment.spawn(&["connect", "loopback", "--no-browser"]);
    let url = Url::parse(&running.url()).unwrap();
    let parameter = |name: &str| url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value);
    assert_eq!(parameter("code_challenge_method").as_deref(), Some("S256"));
    assert_eq!(parameter("code_challenge").map(|challenge| challenge.len()), Some(43));

    let page = oidc.consent(url.as_str());
    let output = running.finish().ok();
    assert_eq!(output.stdout, format!("connected loopback (shop {SELLER})\n"));
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Your shop is connected"), "{}", page.body);
    assert!(!page.url.contains("code"), "{}", page.url);

    let before = oidc.requests();
    assert!(oidc.is_active(&token(&environment, &[])));
    assert_eq!(oidc.requests(), before, "a valid token is printed without a request");
    let header = environment.run(&["token", "loopback", "--header"]).ok().prints_a_secret().stdout;
    assert_eq!(header, format!("Authorization: Bearer {}\n", token(&environment, &[])));
}

#[test]
fn an_app_with_a_secret_connects_and_renews() {
    let oidc = Oidc::start();
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    environment.write("marketplaces/loopback.toml", &oidc.confidential_definition("loopback"));
    let add = ["app", "add", "loopback", "--client-id", CONFIDENTIAL, "--client-secret-stdin"];
    environment.invoke(&add).stdin(oidc.client_secret()).run().ok();
    consent(&environment, &oidc, &["-vv", "connect", "loopback", "--no-browser"]).0.ok();

    let first = token(&environment, &[]);
    let second = token(&environment, &["--refresh", "-vv"]);
    assert_ne!(first, second);
    assert!(oidc.is_active(&second));
    let grants: Vec<_> = oidc.token_requests().into_iter().map(|request| request.grant_type).collect();
    assert_eq!(grants, [Some("authorization_code".to_owned()), Some("refresh_token".to_owned())]);
    environment.assert_absent(&[oidc.client_secret(), &first, &second]);
}

#[test]
fn twenty_renewals_in_a_row_keep_the_grant_alive() {
    let oidc = Oidc::start();
    let environment = connected(&oidc);
    let mut tokens = vec![token(&environment, &[])];
    for _ in 0..20 {
        tokens.push(token(&environment, &["--refresh"]));
    }
    let last = tokens.last().unwrap();
    assert!(oidc.is_active(last), "the last token is honoured");
    assert_eq!(token(&environment, &[]), *last);
    let renewals = oidc.renewals();
    assert_eq!(renewals.len(), 20);
    assert!(renewals.iter().all(|renewal| renewal.status == 200), "{renewals:?}");
    tokens.sort();
    tokens.dedup();
    assert_eq!(tokens.len(), 21, "each renewal brought a token of its own");
    assert_eq!(oidc.grants()[0].refresh_tokens, 21, "the server rotated each time");
    assert!(oidc.grant_alive());
}

#[test]
fn twenty_processes_on_an_expired_token_make_one_request() {
    let oidc = Oidc::with(Options { token_delay: Duration::from_millis(700), ..Options::default() });
    let environment = connected(&oidc);
    let old = token(&environment, &[]);
    expire(&environment);
    assert_eq!(oidc.renewals().len(), 0);

    let running: Vec<_> = (0..20).map(|_| environment.spawn(&["token", "loopback"])).collect();
    let mut tokens: Vec<String> =
        running.into_iter().map(|one| one.finish().ok().prints_a_secret().stdout).collect();
    assert_eq!(tokens.len(), 20);
    tokens.dedup();
    assert_eq!(tokens.len(), 1, "all twenty printed the same token");
    assert_ne!(tokens[0].trim_end(), old);
    assert_eq!(oidc.renewals().len(), 1);
    assert!(oidc.is_active(tokens[0].trim_end()));
    assert!(oidc.grant_alive());
    // The refresh token that came with it is the one on file.
    token(&environment, &["--refresh"]);
    assert_eq!(oidc.renewals().last().unwrap().status, 200);
    assert!(oidc.grant_alive());
}

#[test]
fn twenty_processes_that_insist_on_a_renewal_keep_the_grant_alive() {
    let oidc = Oidc::with(Options { token_delay: Duration::from_millis(100), ..Options::default() });
    let environment = connected(&oidc);
    let running: Vec<_> = (0..20).map(|_| environment.spawn(&["token", "loopback", "--refresh"])).collect();
    for one in running {
        one.finish().ok().prints_a_secret();
    }
    let renewals = oidc.renewals();
    assert!(!renewals.is_empty() && renewals.len() <= 20, "{renewals:?}");
    assert!(renewals.iter().all(|renewal| renewal.status == 200), "{renewals:?}");
    assert!(oidc.grant_alive());
}

#[test]
fn a_new_consent_revokes_the_grant_it_replaces() {
    let oidc = Oidc::start();
    let environment = connected(&oidc);
    let independent = oidc.definition("loopback").replace("[consent]", "[consent]\nindependent = true");
    environment.write("marketplaces/loopback.toml", &independent);
    let old = token(&environment, &[]);
    let (output, page) = consent(&environment, &oidc, &["reauthorize", "loopback", "--no-browser"]);
    assert_eq!(output.ok().stdout, "reauthorized loopback\n");
    assert_eq!(page.status, 200);

    let new = token(&environment, &[]);
    assert_ne!(old, new);
    let alive: Vec<bool> = oidc.grants().iter().map(|grant| grant.alive).collect();
    assert_eq!(alive, [false, true], "the old grant is over, the new one in force");
    assert!(!oidc.is_active(&old) && oidc.is_active(&new));
    let paths: Vec<_> = oidc.requests().into_iter().map(|request| (request.path, request.status)).collect();
    let expected = [("/token", 200), ("/token", 200), ("/token/revocation", 200)];
    assert_eq!(paths, expected.map(|(path, status)| (path.to_owned(), status)));
    assert!(oidc.is_active(&token(&environment, &["--refresh"])), "and it renews");
}

#[test]
fn a_consent_that_joins_the_one_it_replaces_stays_alive() {
    let oidc = Oidc::start();
    let environment = registered(&oidc);
    // Still signed in: the server puts both consents into one grant.
    let mut seller = oidc.seller(SELLER);
    for command in ["connect", "reauthorize"] {
        let running = environment.spawn(&[command, "loopback", "--no-browser"]);
        seller.consent(&running.url());
        running.finish().ok();
    }
    assert!(oidc.is_active(&token(&environment, &[])));
    assert!(oidc.is_active(&token(&environment, &["--refresh"])), "and it renews");
}

#[test]
fn a_cancelled_consent_changes_nothing() {
    let oidc = Oidc::start();
    let environment = connected(&oidc);
    let (old, files) = (token(&environment, &[]), environment.files());
    let running = environment.spawn(&["reauthorize", "loopback", "--no-browser", "--json"]);
    let page = oidc.visit(&oidc.deny(&running.url()));
    let output = running.finish().code(5);
    assert_eq!(output.error_json()["error"]["kind"], "denied");
    assert!(page.body.contains("Not connected"), "{}", page.body);
    assert_eq!(environment.files(), files);
    assert!(oidc.grant_alive());
    assert_eq!(token(&environment, &[]), old);
}

#[test]
fn another_shops_consent_changes_nothing() {
    let oidc = Oidc::start();
    let environment = connected(&oidc);
    let (old, files) = (token(&environment, &[]), environment.files());
    let running = environment.spawn(&["reauthorize", "loopback", "--no-browser", "--json"]);
    let page = oidc.consent_as(&running.url(), "seller-2");
    let output = running.finish().code(5);
    assert_eq!(output.error_json()["error"]["kind"], "wrong_shop");
    assert!(page.body.contains("seller-2") && page.body.contains(SELLER), "{}", page.body);
    assert_eq!(environment.files(), files);
    assert!(oidc.is_active(&old), "the shop that was connected stays so");
    assert_eq!(token(&environment, &[]), old);
}

#[test]
fn disconnecting_revokes_the_consent() {
    let oidc = Oidc::start();
    let environment = connected(&oidc);
    let access_token = token(&environment, &[]);
    let output = environment.run(&["disconnect", "loopback", "--yes", "--json"]).ok();
    assert_eq!(output.json()["revoked"], true);
    assert_eq!(oidc.requests().last().unwrap().path, "/token/revocation");
    assert!(!oidc.grant_alive());
    assert!(!oidc.is_active(&access_token));
    assert_eq!(environment.run(&["status", "--json"]).ok().json(), json!([]));
    let error = environment.run(&["token", "loopback", "--json"]).code(3).error_json();
    assert_eq!(error["error"]["kind"], "not_found");
}

#[test]
fn a_revocation_that_fails_keeps_the_shop_connected() {
    let oidc = Oidc::start();
    let environment = connected(&oidc);
    let access_token = token(&environment, &[]);
    drop(oidc);
    let kept = || {
        let log = environment.home().join("state/log");
        environment.files().into_iter().filter(|(path, _)| !path.starts_with(&log)).collect::<Vec<_>>()
    };
    let files = kept();
    let error = environment.run(&["disconnect", "loopback", "--yes", "--json"]).code(7).error_json();
    assert_eq!(error["error"]["kind"], "temporary");
    assert!(error["error"]["hint"].as_str().unwrap().contains("--force"), "{error}");
    assert_eq!(kept(), files);
    assert_eq!(token(&environment, &[]), access_token);
    environment.run(&["disconnect", "loopback", "--yes", "--force"]).ok();
    assert_eq!(environment.run(&["status", "--json"]).ok().json(), json!([]));
}

#[test]
fn a_grant_the_server_ended_is_exit_4_and_is_not_asked_for_again() {
    let oidc = Oidc::start();
    let environment = connected(&oidc);
    let before = environment.files();
    token(&environment, &["--refresh"]);
    let after = environment.files();
    // A home that was put back from a backup knows a refresh token that has been used already.
    for (path, _) in &after {
        fs::remove_file(path).unwrap();
    }
    for (path, content) in &before {
        fs::write(path, content).unwrap();
    }
    let error = environment.run(&["token", "loopback", "--refresh", "--json"]).code(4).error_json();
    assert_eq!(error["error"]["kind"], "reauthorization_required");
    assert!(!oidc.grant_alive(), "the server takes a used refresh token for a stolen one");
    let asked = oidc.renewals().len();
    expire(&environment);
    let error = environment.run(&["token", "loopback", "--json"]).code(4).error_json();
    assert!(error["error"]["hint"].as_str().unwrap().contains("sellauth reauthorize"), "{error}");
    assert_eq!(oidc.renewals().len(), asked, "what was refused is not sent again");
    let row = environment.run(&["status", "--json"]).ok().json();
    assert_eq!(row[0]["state"], "reauthorization_required");

    consent(&environment, &oidc, &["reauthorize", "--no-browser"]).0.ok();
    assert!(oidc.is_active(&token(&environment, &[])));
}
