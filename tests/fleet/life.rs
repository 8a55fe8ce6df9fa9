//! One shop's life in Vault, and what a second machine needs for it.

use crate::cache::hash;
use crate::support::bao::{Bao, PREFIX};
use crate::support::environment::TestEnvironment;
use crate::support::gate::Gate;
use crate::support::machines::machine_environment;
use crate::support::running::LINE_DEADLINE;
use crate::support::strict::{CLIENT_ID, ID, Strict};

use super::{connected, connected_and_fresh, entry, kept};

/// A token that somebody printed.
fn printed(environment: &TestEnvironment, arguments: &[&str]) -> String {
    let output = environment.run(&[&["token"], arguments].concat()).ok().prints_a_secret();
    output.stdout.trim_end().to_owned()
}

fn names(environment: &TestEnvironment, flags: &[&str]) -> Vec<String> {
    let rows = environment.run(&[&["status", "--json"], flags].concat()).ok().json();
    let name = |row: &serde_json::Value| row["profile"].as_str().unwrap().to_owned();
    rows.as_array().unwrap().iter().map(name).collect()
}

#[test]
fn a_shop_lives_in_vault_from_its_consent_to_its_end_and_leaves_nothing() {
    let (bao, market, environment) = connected();
    let entry = entry(&bao, ID);
    let (content, _) = bao.read(&entry).unwrap();
    assert_eq!((&content["format"], &content["name"]["name"]), (&1.into(), &ID.into()));
    assert!(content["lease"].is_null(), "{content}");
    let metadata = bao.metadata(&entry).unwrap();
    assert_eq!(metadata["max_versions"], 4, "{metadata}");

    market.token(&environment, &[]);
    market.token(&environment, &["--refresh"]);
    assert_eq!(market.renewals().len(), 2);
    let (content, version) = bao.read(&entry).unwrap();
    assert!(content["lease"].is_null(), "whoever has renewed lets go: {content}");
    assert_eq!(content["secrets"].as_object().unwrap().len(), 1, "one generation is kept");
    environment.run(&["token", ID]).ok().prints_a_secret();
    assert_eq!(bao.read(&entry).unwrap().1, version, "a token at hand writes nothing");

    environment.run(&["rename", ID, "north"]).ok();
    assert_eq!(bao.list(&format!("{PREFIX}/profiles")), ["north"]);
    assert_eq!(bao.metadata(&format!("{PREFIX}/profiles/{ID}")), None);
    printed(&environment, &["north"]);

    environment.run(&["disconnect", "north", "--yes"]).ok();
    assert_eq!(bao.metadata(&entry), None, "no version of the entry is left");
    assert_eq!(bao.metadata(&format!("{PREFIX}/profiles/north")), None);
    environment.run(&["app", "remove", ID, "--yes"]).ok();
    assert_eq!(kept(&bao), ["fleet"]);
    assert!(market.ends().iter().all(Option::is_some), "the marketplace was told");
}

#[test]
fn the_store_is_chosen_by_a_flag_a_variable_or_the_configuration() {
    let (bao, market) = (Bao::start(), Strict::start());
    let mut environment = machine_environment(&bao, &market);
    environment.remove_var("SELLAUTH_STORE");
    environment.run(&["app", "add", ID, "--client-id", CLIENT_ID]).ok();
    let running = environment.spawn(&["connect", ID, "--store", "vault", "--no-browser"]);
    market.consent(&running.wait_for_line(|line| line.trim().starts_with("http://"), LINE_DEADLINE));
    running.finish().ok();
    assert_eq!(bao.list(&format!("{PREFIX}/profiles")), [ID]);
    // What is mirrored here goes on being shared, whatever is chosen for the next shop.
    market.set_access_token_life(3600);
    let token = printed(&environment, &[ID, "--refresh"]);

    let mut second = machine_environment(&bao, &market);
    second.remove_var("SELLAUTH_STORE");
    assert_eq!(names(&second, &["--store", "vault"]), [ID]);
    let mut third = machine_environment(&bao, &market);
    third.remove_var("SELLAUTH_STORE").write("config.toml", "store = \"vault\"\n");
    assert_eq!(printed(&third, &[ID]), token);
}

#[test]
fn a_second_machine_needs_an_address_and_a_credential_only() {
    let (bao, market, first) = connected_and_fresh();
    let token = printed(&first, &[ID]);
    let second = machine_environment(&bao, &market);
    assert_eq!(names(&second, &[]), [ID]);
    assert_eq!(printed(&second, &[ID]), token, "what the first has renewed");
    assert_eq!(market.renewals().len(), 1);
    // What one of them renews, the other has; what one has is dead then.
    let fresh = printed(&second, &[ID, "--refresh"]);
    assert!(market.accepts(&fresh) && !market.accepts(&token));
    assert_eq!(printed(&first, &[ID, "--refresh-if", &hash(&token)]), fresh);
    assert_eq!(market.renewals().len(), 2);
    assert_eq!(market.ends(), [None]);
}

#[test]
fn a_name_is_taken_once_over_all_machines() {
    let (bao, market, first) = connected_and_fresh();
    let second = machine_environment(&bao, &market);
    let running = second.spawn(&["connect", ID, "--profile", "south", "--no-browser"]);
    market.consent(&running.wait_for_line(|line| line.trim().starts_with("http://"), LINE_DEADLINE));
    running.finish().ok();
    assert_eq!(names(&first, &[]), ["south", ID]);
    first.run(&["rename", ID, "south"]).code(2);
    let mut profiles = bao.list(&format!("{PREFIX}/profiles"));
    profiles.sort();
    assert_eq!(profiles, ["south", ID]);
}

#[test]
fn a_shop_that_was_disconnected_elsewhere_is_gone_here_too() {
    let (bao, market, first) = connected_and_fresh();
    let second = machine_environment(&bao, &market);
    printed(&second, &[ID]);
    first.run(&["disconnect", ID, "--yes"]).ok();
    let error = second.run(&["token", ID, "--refresh", "--json"]).code(3).error_json();
    assert_eq!(error["error"]["kind"], "not_found");
    assert_eq!(names(&second, &[]), [] as [&str; 0]);
    assert!(!second.home().join(format!("profiles/{ID}.toml")).exists());
}

#[test]
fn another_vault_takes_nothing_away() {
    let (_bao, market, mut environment) = connected_and_fresh();
    let other = Bao::start();
    other.apply_as_root(&mut environment);
    let error = environment.run(&["token", ID, "--refresh", "--json"]).code(8).error_json();
    assert_eq!(error["error"]["kind"], "store", "{error}");
    assert!(environment.home().join(format!("profiles/{ID}.toml")).exists());
    assert_eq!(market.renewals().len(), 1);
}

#[test]
fn a_new_name_is_known_on_every_machine() {
    let (bao, market, first) = connected_and_fresh();
    let second = machine_environment(&bao, &market);
    printed(&second, &[ID]);
    first.run(&["rename", ID, "north"]).ok();
    assert_eq!(names(&second, &[]), ["north"]);
    assert!(second.home().join("profiles/north.toml").exists());
    assert!(!second.home().join(format!("profiles/{ID}.toml")).exists());
}

#[test]
fn a_token_at_hand_asks_nobody() {
    let (bao, market, mut environment) = connected_and_fresh();
    let gate = Gate::before(&bao);
    environment.set_var("VAULT_ADDR", gate.url());
    market.token(&environment, &[]);
    assert_eq!(gate.passed(), []);
    bao.stop();
    market.token(&environment, &[]);
}
