//! `doctor` on machines that were broken on purpose: each is found, and a healthy one has no such finding.

mod files;
mod jobs;
mod network;
mod stores;

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::{fs, iter};

use serde_json::Value;

use crate::support::environment::TestEnvironment;
use crate::support::keyring_session::KeyringSession;
use crate::support::running::Output;
use crate::support::strict::{ID, Strict};

/// What is no reason to do anything.
const CALM: [&str; 2] = ["ok", "note"];

/// A healthy home with one shop in the file store: `doctor` has nothing to say against it.
fn healthy() -> (Strict, TestEnvironment) {
    let environment = TestEnvironment::new();
    private_home(&environment);
    environment.write("config.toml", "store = \"file\"\n");
    let market = Strict::start();
    market.connect(&environment);
    assert_healthy(&environment);
    (market, environment)
}

/// The same with its shop in a keyring.
fn healthy_in(session: &KeyringSession) -> (Strict, TestEnvironment) {
    let mut environment = TestEnvironment::new();
    private_home(&environment);
    session.apply(&mut environment);
    let market = Strict::start();
    market.connect(&environment);
    assert_healthy(&environment);
    (market, environment)
}

/// The harness writes files before the program makes its folder, which would be private.
fn private_home(environment: &TestEnvironment) {
    fs::create_dir(environment.home()).unwrap();
    set_mode(&environment.home(), 0o700);
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// `doctor --json` ends well, and warns of nothing.
#[track_caller]
fn assert_healthy(environment: &TestEnvironment) {
    let output = environment.run(&["doctor", "--json"]).ok();
    let grave: Vec<Value> = findings(&output).into_iter().filter(|it| !is_calm(it)).collect();
    assert!(grave.is_empty(), "{grave:#?}");
}

/// What a report holds.
#[track_caller]
fn findings(output: &Output) -> Vec<Value> {
    output.json()["findings"].as_array().expect("findings").clone()
}

fn is_calm(finding: &Value) -> bool {
    CALM.iter().any(|severity| finding["severity"] == *severity)
}

/// Everything a finding says to a person.
fn words(finding: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let causes = finding["causes"].as_array().cloned().unwrap_or_default();
    let causes = causes.iter().map(text);
    iter::once(text(&finding["message"]))
        .chain(causes)
        .chain([text(&finding["hint"])])
        .collect::<Vec<_>>()
        .join("; ")
}

/// The one finding of a check that is as grave as this.
#[track_caller]
fn found(output: &Output, check: &str, severity: &str) -> Value {
    let all = findings(output);
    let mut fitting = all.iter().filter(|it| it["check"] == check && it["severity"] == severity);
    let first = fitting.next().unwrap_or_else(|| panic!("no {severity} of {check}: {all:#?}"));
    assert!(fitting.next().is_none(), "several: {all:#?}");
    first.clone()
}

/// `doctor` ends with this exit code because of a problem that says these words, and of nothing else.
#[track_caller]
fn assert_problem(environment: &TestEnvironment, code: i32, check: &str, said: &[&str]) {
    let output = environment.run(&["doctor", "--json"]).code(code);
    let finding = found(&output, check, "problem");
    assert_says(&finding, said);
    let others: Vec<Value> =
        findings(&output).into_iter().filter(|it| !is_calm(it) && it["check"] != check).collect();
    assert!(others.is_empty(), "{others:#?}");
    // A person reads the same.
    let shown = environment.run(&["doctor"]).code(code).stdout;
    assert!(shown.contains("problem") && shown.contains("Problems: 1"), "{shown}");
}

/// `doctor` ends well, and warns in these words.
#[track_caller]
fn assert_warning(environment: &TestEnvironment, check: &str, said: &[&str]) {
    let output = environment.run(&["doctor", "--json"]).ok();
    assert_says(&found(&output, check, "warning"), said);
}

#[track_caller]
fn assert_says(finding: &Value, said: &[&str]) {
    let words = words(finding);
    for said in said {
        assert!(words.contains(said), "`{said}` is not said: {words}");
    }
    assert!(finding["hint"].is_string(), "nothing to do: {finding:#}");
}

/// The UUID of the only shop.
fn uuid_of_shop(environment: &TestEnvironment) -> String {
    let profile = environment.read(format!("profiles/{ID}.toml"));
    let line = profile.lines().find_map(|line| line.strip_prefix("uuid = \"")).expect("a uuid");
    line.trim_end_matches('"').to_owned()
}

/// Files below a folder of the home.
fn files_in(environment: &TestEnvironment, folder: &str) -> Vec<PathBuf> {
    let folder = environment.home().join(folder);
    environment.files().into_iter().map(|(path, _)| path).filter(|path| path.starts_with(&folder)).collect()
}

#[test]
fn an_empty_machine_is_no_patient() {
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    let output = environment.run(&["doctor", "--json"]).ok();
    let report = output.json();
    assert_eq!(report["facts"]["shops"], 0, "{report:#}");
    assert_eq!(report["facts"]["folders"]["exist"], false, "{report:#}");
    assert!(findings(&output).iter().all(is_calm), "{report:#}");
    assert!(words(&found(&output, "network", "note")).contains("nobody was asked"));
    assert!(!environment.home().exists(), "a look makes no home");
}

#[test]
fn a_healthy_machine_is_left_as_it_is() {
    let (market, environment) = healthy();
    let (before, requests) = (environment.files(), market.log().len());
    let output = environment.run(&["doctor"]).ok();
    assert_eq!(environment.files(), before);
    let asked = market.log().split_off(requests);
    assert!(asked.iter().all(|request| request.path == "/" && request.refresh_token.is_empty()), "{asked:?}");
    assert!(output.stdout.starts_with("sellauth  "), "facts come first\n{}", output.stdout);
    assert!(output.stdout.ends_with("No problem was found.\n"), "{}", output.stdout);
    assert_eq!(output.stderr, "");
}

#[test]
fn facts_name_what_is_there_and_the_variables_without_their_values() {
    let (_market, mut environment) = healthy();
    environment.set_var("SELLAUTH_PASSPHRASE_FILE", "/nowhere/passphrase").set_var("NO_COLOR", "1");
    let report = environment.run(&["doctor", "--json"]).json();
    let facts = &report["facts"];
    assert_eq!(facts["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!((&facts["shops"], &facts["apps"], &facts["definitions"]), (&1.into(), &1.into(), &1.into()));
    let store = serde_json::json!([{ "kind": "file", "default": true, "secrets": 1 }]);
    assert_eq!(facts["stores"], store);
    let names = facts["variables"].as_array().unwrap();
    assert!(names.contains(&"SELLAUTH_PASSPHRASE_FILE".into()), "{names:?}");
    assert!(!facts.to_string().contains("/nowhere"), "{facts:#}");
}

#[test]
fn a_report_holds_no_secret_and_nobodys_name() {
    let (market, mut environment) = healthy();
    let (access_token, renewals) = (market.token(&environment, &[]), market.renewals());
    environment.run(&["rename", ID, "kontor-nord"]).ok();
    let user = environment.home().parent().unwrap().join("home").display().to_string();
    let planted =
        ["s3cret-passphrase-1", "s3cret-client-secret", "s3cret-proxy-password", "s3cret-export-word"];
    environment
        .set_var("SELLAUTH_EXPORT_PASSPHRASE", planted[3])
        .set_var("SELLAUTH_CLIENT_SECRET", planted[1])
        .set_var("HTTPS_PROXY", format!("http://ada:{}@proxy.corp.example:1", planted[2]));
    // A finding for each of them to stand in.
    environment.write("profiles/broken.toml", &format!("secret = '{}'\n", planted[1]));
    environment.write("marketplaces/broken.toml", &format!("secret = '{}'\n", planted[1]));
    environment.write("state/.tmpSecret", planted[0]);
    set_mode(&environment.home(), 0o755);
    let uuid = environment.read("profiles/kontor-nord.toml");
    environment.write("profiles/copy-of-nord.toml", &uuid);

    let shown = environment.run(&["doctor"]);
    assert!(shown.stdout.contains("kontor-nord.toml"), "a person reads names\n{}", shown.stdout);
    let output = environment.run(&["doctor", "--json"]).code(9);
    let verbose = environment.run(&["doctor", "-vv", "--json"]).code(9);
    let mut secrets: Vec<&str> = planted.to_vec();
    secrets.extend([access_token.stdout.trim_end(), &renewals[0].refresh_token, &renewals[0].handed_out]);
    let said = [&shown, &output, &verbose].map(|run| format!("{}{}", run.stdout, run.stderr));
    for secret in secrets {
        assert!(secret.len() > 8 && said.iter().all(|text| !text.contains(secret)), "{secret}\n{said:?}");
    }
    for name in ["kontor-nord", "copy-of-nord", "strict-app", "proxy.corp.example", user.as_str(), "ada:"] {
        assert!(!output.stdout.contains(name), "{name}\n{}", output.stdout);
    }
}
