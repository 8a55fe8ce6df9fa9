//! Many machines that share their shops by a real `OpenBao`: the store `vault`, from one machine's life to
//! ninety workers who want the same token at once.

mod beside;
mod crowd;
mod failures;
mod life;
mod logins;
mod moving;
mod parts;
mod sealing;
mod steps;
mod strangers;
mod traces;

use std::fs;

use serde_json::{Value, json};

use crate::support::bao::{Bao, PREFIX, text};
use crate::support::environment::TestEnvironment;
use crate::support::machines::machine_environment;
use crate::support::strict::Strict;

/// A time that is over.
const PAST: &str = "2020-01-01T00:00:00Z";

/// One machine that has connected one shop. Its token is due at once, later ones are not.
fn connected() -> (Bao, Strict, TestEnvironment) {
    let (bao, market) = (Bao::start(), Strict::start());
    let environment = machine_environment(&bao, &market);
    market.connect(&environment);
    (bao, market, environment)
}

/// The same with a token that is good for an hour.
fn connected_and_fresh() -> (Bao, Strict, TestEnvironment) {
    let shop = connected();
    shop.1.token(&shop.2, &[]);
    shop
}

/// Where the entry of a profile stands, without the mount.
fn entry(bao: &Bao, profile: &str) -> String {
    entry_below(bao, PREFIX, profile)
}

/// The same below another prefix.
fn entry_below(bao: &Bao, prefix: &str, profile: &str) -> String {
    let (name, _) = bao.read(&format!("{prefix}/profiles/{profile}")).expect("the name is in Vault");
    format!("{prefix}/entries/{}", text(&name["uuid"]))
}

/// Everything that is kept below the prefix.
fn kept(bao: &Bao) -> Vec<String> {
    let below = |folder: &str| {
        let names = bao.list(&format!("{PREFIX}/{folder}"));
        names.into_iter().map(move |name| format!("{folder}{name}")).collect::<Vec<_>>()
    };
    ["", "entries/", "profiles/", "apps/"].into_iter().flat_map(below).collect()
}

/// Lets the shop's token end everywhere without waiting for it: in Vault, and in what the machines know of it.
fn expire(bao: &Bao, entry: &str, machines: &[&TestEnvironment]) {
    bao.change(entry, |entry| {
        entry["record"]["access_token_expires_at"] = json!(PAST);
        assert!(entry["lease"].is_null(), "nobody renews it: {}", entry["lease"]);
    });
    for machine in machines {
        expire_on(machine);
    }
}

/// The same on one machine only, if it knows the shop.
fn expire_on(machine: &TestEnvironment) {
    for entry in fs::read_dir(machine.home().join("state/profiles")).into_iter().flatten() {
        let path = entry.unwrap().path();
        let mut content: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        content["access_token_expires_at"] = json!(PAST);
        fs::write(&path, content.to_string()).unwrap();
    }
}

/// The policy that the program itself prints for this machine, in force as `sellauth`.
fn least_policy(bao: &Bao, environment: &TestEnvironment) -> &'static str {
    let printed = environment.run(&["vault", "policy"]).ok().stdout;
    bao.policy("sellauth", &printed);
    "sellauth"
}

/// Fails unless a command ends like this: its exit code, the name of its kind, and words of its error.
#[track_caller]
fn fails(environment: &TestEnvironment, arguments: &[&str], code: i32, kind: &str, words: &[&str]) {
    let output = environment.run(&[arguments, &["--json"]].concat()).code(code);
    let error = output.error_json()["error"].clone();
    assert_eq!(error["kind"], kind, "{error}");
    let said = error.to_string();
    for word in words {
        assert!(said.contains(word), "`{word}` is not said: {said}");
    }
}
