//! Clocks that lie, and a machine that sleeps or is started anew (SPEC 6.6), through the real program.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use crate::support::environment::TestEnvironment;
use crate::support::strict::{ID, Strict};

/// A shop whose access token was renewed just now and lives for an hour.
fn renewed() -> (Strict, TestEnvironment) {
    let market = Strict::start();
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    market.connect(&environment);
    market.token(&environment, &[]);
    (market, environment)
}

/// How many renewals one `token` makes under this wrapper.
#[track_caller]
fn renewals(market: &Strict, environment: &TestEnvironment, wrapper: &[&str], arguments: &[&str]) -> usize {
    let before = market.renewals().len();
    let arguments = [&["token", ID], arguments].concat();
    let output = environment.invoke_under(wrapper, &arguments).run().ok().prints_a_secret();
    assert!(market.accepts(output.stdout.trim_end()), "the API refuses what `token` printed");
    market.renewals().len() - before
}

/// A wall clock that stands elsewhere, and a time since boot that nobody touched.
fn clock_at(offset: &'static str) -> [&'static str; 5] {
    ["faketime", "--exclude-monotonic", "-f", offset, "env"]
}

/// A machine that was on for this many seconds more.
fn asleep(seconds: &str) -> Vec<&str> {
    let mut wrapper = vec!["unshare", "--time", "--boottime", seconds];
    if Command::new("id").arg("-u").output().unwrap().stdout != b"0\n" {
        wrapper.extend(["--user", "--map-root-user"]);
    }
    wrapper.extend(["--fork", "--"]);
    wrapper
}

/// Changes the record as if it had been written at another time.
fn rewrite(environment: &TestEnvironment, change: impl Fn(&mut Value)) {
    let folder = environment.home().join("state/profiles");
    let path = fs::read_dir(folder).unwrap().next().expect("a connected shop has a record").unwrap().path();
    let mut record: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    change(&mut record);
    fs::write(&path, record.to_string()).unwrap();
}

#[test]
fn a_token_lives_as_long_as_either_clock_allows() {
    for (name, wrapper, expected) in [
        ("nothing happened", clock_at("+0").to_vec(), 0),
        ("set back by a day", clock_at("-86400").to_vec(), 0),
        ("set forward by half an hour", clock_at("+1800").to_vec(), 0),
        ("set forward by a day", clock_at("+86400").to_vec(), 1),
        ("asleep for half an hour", asleep("1800"), 0),
        ("asleep for a day, and the clock stood still", asleep("86400"), 1),
    ] {
        let (market, environment) = renewed();
        assert_eq!(renewals(&market, &environment, &wrapper, &[]), expected, "{name}");
        assert_eq!(renewals(&market, &environment, &wrapper, &[]), 0, "{name}: and once is enough");
    }
}

#[test]
fn a_clock_set_back_an_hour_after_the_renewal_prolongs_nothing() {
    let (market, environment) = renewed();
    let wrapper = [&asleep("3600")[..], &clock_at("-86400")].concat();
    assert_eq!(renewals(&market, &environment, &wrapper, &[]), 1);
}

#[test]
fn after_a_restart_only_the_wall_clock_counts_if_it_goes_on() {
    let (market, environment) = renewed();
    let another_boot = |record: &mut Value| {
        let uptime = &mut record["last_refreshed_uptime"];
        assert!(uptime["seconds"].is_u64(), "{uptime}");
        *uptime = json!({ "boot": "00000000-0000-4000-8000-000000000001", "seconds": 5 });
    };
    rewrite(&environment, another_boot);
    assert_eq!(renewals(&market, &environment, &[], &[]), 0, "restarted");
    assert_eq!(renewals(&market, &environment, &clock_at("+86400"), &[]), 1, "restarted a day later");
    rewrite(&environment, another_boot);
    assert_eq!(renewals(&market, &environment, &clock_at("-172800"), &[]), 1, "its battery is empty");
}

#[test]
fn whoever_insists_is_heard_though_the_clock_was_set_back() {
    let (market, environment) = renewed();
    let back = clock_at("-86400");
    assert_eq!(renewals(&market, &environment, &back, &["--refresh"]), 1);
}
