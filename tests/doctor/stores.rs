//! Stores that are locked, absent, frozen or empty.

use std::fs;
use std::time::{Duration, Instant};

use crate::support::keyring_session::KeyringSession;

use super::*;

/// Whatever a keyring does, a report is there by then.
const LIMIT: Duration = Duration::from_secs(10);

#[test]
fn a_locked_keyring_is_found_and_stays_locked() {
    let session = KeyringSession::start();
    let (_market, environment) = healthy_in(&session);
    session.lock();
    assert_problem(&environment, 8, "store", &["the keyring is locked", "unlock it"]);
    session.unlock();
    assert_healthy(&environment);
}

#[test]
fn a_probe_leaves_nothing_in_the_keyring() {
    let session = KeyringSession::start();
    let (_market, environment) = healthy_in(&session);
    let before = session.entries();
    let output = environment.run(&["doctor", "--json"]).ok();
    assert!(words(&found(&output, "store", "ok")).contains("it takes 64 KiB"));
    assert_eq!(session.entries(), before);
}

#[test]
fn a_session_without_a_bus_is_found() {
    let session = KeyringSession::start();
    let (_market, mut environment) = healthy_in(&session);
    environment.remove_var("DBUS_SESSION_BUS_ADDRESS").remove_var("XDG_RUNTIME_DIR");
    assert_problem(&environment, 8, "store", &["no keyring can be reached", "DBUS_SESSION_BUS_ADDRESS"]);
}

#[test]
fn a_keyring_that_does_not_answer_is_found_in_time() {
    let session = KeyringSession::start();
    let (_market, environment) = healthy_in(&session);
    session.freeze();
    let began = Instant::now();
    let output = environment.run(&["doctor", "--json"]).code(8);
    assert!(began.elapsed() < LIMIT, "it took {:?}", began.elapsed());
    assert_says(&found(&output, "store", "problem"), &["did not answer within 3 s"]);
    session.thaw();
    assert_healthy(&environment);
}

#[test]
fn a_keyring_that_only_the_next_shop_would_need_is_a_warning() {
    let (_market, environment) = healthy();
    environment.write("config.toml", "");
    assert_warning(&environment, "store", &["no keyring can be reached", "store = \"file\""]);
}

#[test]
fn a_key_file_that_is_gone_is_found() {
    let (_market, environment) = healthy();
    let key = environment.home().join("key");
    fs::rename(&key, environment.home().with_file_name("elsewhere")).unwrap();
    assert_problem(&environment, 8, "store", &["/key that the secret files need is gone", "restore it"]);
}

#[test]
fn a_store_that_nobody_has_used_is_not_begun_by_a_look() {
    let environment = TestEnvironment::new();
    private_home(&environment);
    environment.write("config.toml", "store = \"file\"\n");
    let before = environment.files();
    let output = environment.run(&["doctor", "--json"]).ok();
    assert!(words(&found(&output, "store", "ok")).contains("nothing is kept there yet"));
    assert_eq!(environment.files(), before);
}

#[test]
fn a_key_file_that_was_named_and_is_missing_is_found() {
    let (_market, mut environment) = healthy();
    environment.set_var("SELLAUTH_KEY_FILE", "/nowhere/key");
    assert_problem(&environment, 8, "store", &["/nowhere/key does not exist", "SELLAUTH_KEY_FILE"]);
}

#[test]
fn a_key_beside_its_data_is_said_to_protect_no_folder() {
    let (_market, mut environment) = healthy();
    let output = environment.run(&["doctor", "--json"]).ok();
    assert_says(&found(&output, "key", "note"), &["a leaked file, not a leaked folder"]);
    let elsewhere = environment.home().with_file_name("elsewhere");
    fs::rename(environment.home().join("key"), &elsewhere).unwrap();
    environment.set_var("SELLAUTH_KEY_FILE", &elsewhere);
    let output = environment.run(&["doctor", "--json"]).ok();
    assert!(findings(&output).iter().all(|it| it["check"] != "key"), "{output:?}");
}

#[test]
fn a_passphrase_that_scripts_do_not_have_is_found() {
    let mut environment = TestEnvironment::new();
    private_home(&environment);
    environment.write("config.toml", "store = \"file\"\n");
    environment.set_var("SELLAUTH_PASSPHRASE", "correct horse battery");
    let market = Strict::start();
    market.connect(&environment);
    let output = environment.run(&["doctor", "--json"]).ok();
    assert_says(&found(&output, "key", "note"), &["`token` never asks"]);
    environment.remove_var("SELLAUTH_PASSPHRASE");
    assert_problem(&environment, 8, "store", &["is protected by a passphrase", "SELLAUTH_PASSPHRASE_FILE"]);
}

#[test]
fn tokens_that_a_store_has_lost_are_found() {
    let (_market, environment) = healthy();
    fs::remove_dir_all(environment.home().join("store").join(uuid_of_shop(&environment))).unwrap();
    assert_problem(&environment, 8, "secrets", &["are not in their store any more", "reauthorize strict"]);
}

#[test]
fn a_probe_that_fails_leaves_no_folder() {
    if !crate::support::ordinary::is_root() {
        return;
    }
    let (_market, environment) = healthy();
    // Room for the smallest probe, and not for the others.
    let script = "mount -t tmpfs -o size=16k none \"$SELLAUTH_HOME/store\" && \
                  \"$0\" doctor --json >report; ls -A \"$SELLAUTH_HOME/store\"; cat report >&2";
    let program = env!("CARGO_BIN_EXE_sellauth");
    let output = environment.invoke_under(&["unshare", "--mount", "sh", "-c", script, program], &[]).run();
    assert!(output.stderr.contains("it takes 4 KiB"), "{output:?}");
    assert_eq!(output.stdout, "", "{output:?}");
}
