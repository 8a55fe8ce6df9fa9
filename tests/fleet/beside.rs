//! What another copy, another machine's app, or a vault that was restored must not bring about.

use serde_json::json;

use crate::support::bao::{Bao, PREFIX};
use crate::support::environment::TestEnvironment;
use crate::support::machines::machine_environment;
use crate::support::strict::{CLIENT_ID, ID, Strict};

use super::{connected, connected_and_fresh, entry, fails};

/// Of bundles.
const PASSPHRASE: (&str, &str) = ("SELLAUTH_EXPORT_PASSPHRASE", "a passphrase");

/// A copy of the only shop, as `export` makes it.
fn bundle(environment: &TestEnvironment) -> Vec<u8> {
    let export = environment.invoke(&["export", ID]).var(PASSPHRASE.0, PASSPHRASE.1);
    export.into_file().run().ok().bytes()
}

#[test]
fn a_copy_never_takes_the_place_of_what_machines_share() {
    let (bao, market, first) = connected_and_fresh();
    let copy = bundle(&first);
    market.token(&first, &["--refresh"]);
    let before = bao.read(&entry(&bao, ID)).unwrap();
    let mut second = machine_environment(&bao, &market);
    second.remove_var("SELLAUTH_STORE");
    std::fs::write(second.home().join("../copy.age"), copy).unwrap();
    let path = second.home().join("../copy.age").display().to_string();
    let import = ["import", "--bundle", &path, "--store", "vault"];
    let output = second.invoke(&import).var(PASSPHRASE.0, PASSPHRASE.1).run().code(2);
    assert!(output.stderr.contains("is in this Vault already"), "{output:?}");
    assert_eq!(bao.read(&entry(&bao, ID)).unwrap(), before);
    market.token(&first, &["--refresh"]);
    assert_eq!(market.ends(), [None]);
}

#[test]
fn a_vault_that_was_restored_from_a_backup_is_not_written_over() {
    let (bao, market, first) = connected_and_fresh();
    let path = entry(&bao, ID);
    let (backup, _) = bao.read(&path).unwrap();
    market.token(&first, &["--refresh"]);
    let sent = market.renewals().len();
    bao.write(&path, &backup);
    fails(&first, &["token", ID, "--refresh"], 8, "store", &["older than what this machine has seen"]);
    assert_eq!(market.renewals().len(), sent, "a replaced refresh token is not sent");
    let (now, _) = bao.read(&path).unwrap();
    assert_eq!(now["record"]["generation"], backup["record"]["generation"], "nothing was written over");
}

#[test]
fn an_app_that_shops_of_other_machines_need_stays() {
    let (bao, market, _first) = connected();
    let second = machine_environment(&bao, &market);
    let output = second.run(&["app", "remove", ID, "--yes"]).code(2);
    assert!(output.stderr.contains(ID), "{output:?}");
    assert_eq!(bao.list(&format!("{PREFIX}/apps")), [ID]);
}

#[test]
fn a_rename_to_a_name_of_another_machines_shop_is_undone() {
    let (bao, market, first) = connected_and_fresh();
    let other = json!({ "uuid": "00000000-0000-4000-8000-000000000000" });
    bao.write(&format!("{PREFIX}/profiles/taken"), &other);
    fails(&first, &["rename", ID, "taken"], 2, "usage", &["is taken in this Vault"]);
    market.token(&first, &["--refresh"]);
    assert_eq!(first.run(&["status", "--json"]).ok().json()[0]["profile"], ID);
}

#[test]
fn the_only_shop_of_a_marketplace_is_meant_without_asking_the_vault() {
    let (bao, _market, first) = connected_and_fresh();
    first.run(&["rename", ID, "north"]).ok();
    let token = first.run(&["token", "north"]).ok().prints_a_secret().stdout;
    bao.seal();
    assert_eq!(first.run(&["token", ID]).ok().prints_a_secret().stdout, token);
}

#[test]
fn an_app_is_there_for_other_machines_before_its_first_shop() {
    let (bao, market) = (Bao::start(), Strict::start());
    let [first, second] = [(); 2].map(|()| machine_environment(&bao, &market));
    first.run(&["app", "add", ID, "--client-id", CLIENT_ID, "--name", "north"]).ok();
    assert_eq!(second.run(&["app", "show", "north", "--json"]).ok().json()["client_id"], CLIENT_ID);
    second.run(&["app", "set", "north", "--version", "2"]).ok();
    assert_eq!(first.run(&["app", "show", "north", "--json"]).ok().json()["version"], "2");
}
