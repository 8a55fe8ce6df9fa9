//! The same for what carries a shop elsewhere: wherever it is cut off, the shop is whole here or there,
//! and the next run clears away what is left.

use std::fs;

use super::{BEGINNING, Scene, Trial};
use crate::bundles::{IDENTITY, RECIPIENT};
use crate::support::bus::Bus;
use crate::support::environment::TestEnvironment;
use crate::support::keyring_session::KeyringSession;
use crate::support::running::Output;
use crate::support::strict::{End, ID};

/// Puts a bundle and what opens it beside a home, and imports it.
fn import_into(environment: &TestEnvironment, bundle: &[u8]) -> Output {
    put(environment, bundle);
    environment.run(&IMPORT)
}

const IMPORT: [&str; 5] = ["import", "--bundle", "shops.age", "--identity", "identity"];
const EXPORT: [&str; 5] = ["export", ID, "--move", "--recipient", RECIPIENT];

fn put(environment: &TestEnvironment, bundle: &[u8]) {
    for (name, content) in [("shops.age", bundle), ("identity", IDENTITY.as_bytes())] {
        fs::write(environment.home().with_file_name(name), content).unwrap();
    }
}

fn migrate(scene: &Scene, wrapper: &[&str], bus: Option<&Bus>) -> Output {
    scene.start(wrapper, &["migrate", ID, "--to", "file"], bus).finish()
}

/// The shop works, in one store or the other; migrated once more, it is in the new one only.
fn is_migrated(scene: &Scene, _: &Output) {
    scene.market.token(&scene.environment, &[]);
    scene.environment.run(&["migrate", ID, "--to", "file"]).ok();
    scene.market.token(&scene.environment, &["--refresh"]);
    assert!(!scene.market.ends().contains(&Some(End::Replayed)), "{:#?}", scene.market.log());
    let (uuid, generation) = (scene.uuid(), scene.state("profiles").unwrap()["generation"].as_u64().unwrap());
    let files = fs::read_dir(scene.environment.home().join("store").join(&uuid)).unwrap();
    // A draft that was never named is sealed like the rest.
    let files = files.map(|file| file.unwrap().file_name().to_string_lossy().into_owned());
    let files: Vec<String> = files.filter(|name| !name.starts_with(".tmp")).collect();
    assert_eq!(files, [format!("{generation}.age")]);
    let entries = scene.keyring.map(KeyringSession::entries).unwrap_or_default();
    assert!(!entries.iter().any(|entry| entry.starts_with(&uuid)), "{entries:?}");
}

fn export(scene: &Scene, wrapper: &[&str], bus: Option<&Bus>) -> Output {
    scene.start(wrapper, &EXPORT, bus).finish()
}

/// Either the whole bundle was printed, and then the shop lives on another machine, or it lives here.
fn is_exported(scene: &Scene, output: &Output) {
    let mut other = TestEnvironment::new();
    other.use_file_store();
    other.write("config.toml", "");
    if import_into(&other, &output.bytes()).code != 0 {
        return scene.check();
    }
    scene.market.token(&other, &[]);
    // What is left here can be removed, and the marketplace is told nothing that would end the copy.
    let here = scene.environment.invoke(&EXPORT).into_file().run();
    assert!([0, 3, 4].contains(&here.code), "{here:?}");
    scene.market.token(&other, &["--refresh"]);
    assert!(!scene.market.ends().contains(&Some(End::Replayed)), "{:#?}", scene.market.log());
}

/// The shop is on its way: what it left behind is imported again.
fn import(scene: &Scene, wrapper: &[&str], bus: Option<&Bus>) -> Output {
    let bundle = scene.environment.invoke(&EXPORT).into_file().run().ok().bytes();
    put(&scene.environment, &bundle);
    scene.start(wrapper, &IMPORT, bus).finish()
}

/// The shop is here whole or not at all, and the same bundle brings it.
fn is_imported(scene: &Scene, _: &Output) {
    let rows = scene.environment.run(&["status", "--json"]).ok().json();
    if let Some(row) = rows.get(0) {
        assert_eq!(row["state"], "connected", "{row}");
    }
    scene.environment.run(&IMPORT).ok();
    scene.check();
}

#[test]
fn a_migration_from_the_keyring_is_killed_at_every_step() {
    Trial { work: migrate, in_keyring: true, begins: BEGINNING, least: 40, check: is_migrated }
        .kill_everywhere();
}

#[test]
fn a_shop_that_leaves_is_killed_at_every_step() {
    Trial { work: export, in_keyring: false, begins: BEGINNING, least: 15, check: is_exported }
        .kill_everywhere();
}

#[test]
fn a_shop_that_leaves_a_keyring_is_killed_at_every_step() {
    Trial { work: export, in_keyring: true, begins: BEGINNING, least: 20, check: is_exported }
        .kill_everywhere();
}

#[test]
fn a_shop_that_arrives_is_killed_at_every_step() {
    Trial { work: import, in_keyring: false, begins: BEGINNING, least: 30, check: is_imported }
        .kill_everywhere();
}

#[test]
fn a_shop_that_arrives_in_a_keyring_is_killed_at_every_step() {
    Trial { work: import, in_keyring: true, begins: BEGINNING, least: 50, check: is_imported }
        .kill_everywhere();
}
