//! The receipt of `disconnect`: what was removed where, what stays, and what could not be removed.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::amazon::{CONNECT, REDIRECT_URI, staged_with};
use crate::support::environment::TestEnvironment;
use crate::support::marketplaces::Relay;
use crate::support::marketplaces::amazon::App;
use crate::support::stage::{RELAY, Stage};
use crate::support::strict::{ID, Strict};

/// A shop that is connected as `amazon-de`, which no program can tell Amazon to end.
fn amazon() -> Stage {
    let app = App::new().redirect_uri(REDIRECT_URI);
    let (stage, ..) = staged_with(app, Relay::new(RELAY), &["--redirect-uri", REDIRECT_URI]);
    stage.consent(&CONNECT).0.ok();
    stage
}

fn uuid(environment: &TestEnvironment, profile: &str) -> String {
    let text = environment.read(format!("profiles/{profile}.toml"));
    text.lines().find_map(|line| line.strip_prefix("uuid = ")).unwrap().trim_matches('"').to_owned()
}

/// Everything on disk that has the shop's UUID or name in its path, but for its lock.
fn traces(environment: &TestEnvironment, uuid: &str, profile: &str) -> Vec<PathBuf> {
    let files = environment.files().into_iter().map(|(path, _)| path);
    let belongs = |path: &PathBuf| {
        let text = path.display().to_string();
        text.contains(uuid) || text.ends_with(&format!("/{profile}.toml")) && text.contains("/profiles/")
    };
    files.filter(belongs).filter(|path| !path.ends_with(format!("{uuid}.lock"))).collect()
}

fn whats(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|trace| trace["what"].as_str().unwrap()).collect()
}

#[test]
fn the_receipt_names_what_was_there_and_is_gone() {
    let (market, mut environment) = (Strict::start(), TestEnvironment::new());
    environment.use_file_store();
    market.connect(&environment);
    // A renewal whose answer never came leaves a journal entry, and room for what it may bring.
    market.hold();
    let running = environment.spawn(&["token", ID, "--refresh"]);
    market.wait_until_held();
    running.signal("KILL");
    running.finish().code(137);
    market.release();
    let uuid = uuid(&environment, ID);
    assert!(environment.home().join(format!("state/journal/{uuid}.json")).exists());
    let there = traces(&environment, &uuid, ID);
    let receipt = environment.run(&["disconnect", ID, "--yes", "--json"]).ok().json();
    assert_eq!(traces(&environment, &uuid, ID), [] as [PathBuf; 0]);
    let removed = whats(&receipt["removed"]);
    let expected = ["token_set", "token_at_hand", "journal", "spill", "record", "profile"];
    assert!(expected.iter().all(|what| *what == "token_at_hand" || removed.contains(what)), "{receipt}");
    assert_eq!(removed.len(), there.len(), "{receipt} {there:#?}");
    assert_eq!(receipt["removed"][0]["place"], format!("file {uuid}/1"));
    for trace in &receipt["removed"].as_array().unwrap()[1..] {
        assert!(there.contains(&PathBuf::from(trace["place"].as_str().unwrap())), "{trace}");
    }
    assert_eq!((&receipt["revoked"], &receipt["left"]), (&json!(true), &json!([])));
    assert_eq!(whats(&receipt["kept"]), ["app", "log"]);
    for trace in receipt["kept"].as_array().unwrap() {
        assert!(PathBuf::from(trace["place"].as_str().unwrap()).exists(), "{trace}");
    }
}

#[test]
fn a_person_reads_what_is_gone_what_stays_and_what_is_left_to_do() {
    let stage = amazon();
    let uuid = uuid(&stage.environment, "amazon-de");
    let output = stage.run(&["disconnect", "amazon-de", "--yes"]).ok();
    assert_eq!(output.stdout, "disconnected amazon-de\n");
    let home = stage.environment.home();
    for line in [
        "note: removed".to_owned(),
        format!("  token set  file {uuid}/1"),
        format!("  profile    {}", home.join("profiles/amazon-de.toml").display()),
        "note: kept".to_owned(),
        format!("  log  {}", home.join("state/log").display()),
    ] {
        assert!(output.stderr.lines().any(|said| said == line), "{line}: {output:?}");
    }
    assert!(
        output.stderr.contains("cannot be told by a program; remove the app there: https://"),
        "{output:?}"
    );
    assert_eq!(stage.run(&["log", "--json"]).ok().json().as_array().unwrap().len(), 3);
}

#[test]
fn what_cannot_be_removed_is_named() {
    let stage = amazon();
    let uuid = uuid(&stage.environment, "amazon-de");
    let secret = stage.environment.home().join(format!("store/{uuid}/1.age"));
    fs::remove_file(&secret).unwrap();
    // No file system lets that be removed like a file.
    fs::create_dir(&secret).unwrap();
    fs::write(secret.join("in the way"), "").unwrap();
    let before = stage.kept();
    let output = stage.run(&["disconnect", "amazon-de", "--yes", "--json"]).code(8);
    let error = output.error_json();
    assert_eq!((&error["error"]["kind"], &error["error"]["profile"]), (&json!("store"), &json!("amazon-de")));
    let message = error["error"]["message"].as_str().unwrap();
    assert!(message.contains(&format!("file {uuid}/1")), "{error}");
    assert_eq!(output.json()["removed"], json!([]));
    assert_eq!(stage.kept(), before, "nothing is removed whose secret stays");

    let output = stage.run(&["disconnect", "amazon-de", "--yes", "--force", "--json"]).code(8);
    assert_eq!(whats(&output.json()["left"]), ["token_set"]);
    assert!(whats(&output.json()["removed"]).contains(&"profile"));
    assert_eq!(stage.run(&["status", "--json"]).ok().json(), json!([]));
}

#[test]
fn where_nobody_had_consented_nothing_is_left_to_do() {
    let stage = amazon();
    let profile = stage.environment.read("profiles/amazon-de.toml");
    let never = profile.replace("uuid = \"", "uuid = \"00000000-0000-4000-8000-000000000000\" #");
    stage.environment.write("profiles/never.toml", &never);
    let output = stage.run(&["disconnect", "never", "--yes"]).ok();
    assert!(
        output.stderr.ends_with("note: nobody had consented, so there is nothing to revoke\n"),
        "{output:?}"
    );
}
