//! Many commands at once on one shop, as an ordinary user: one of them renews, and all print what it
//! brought.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::environment::TestEnvironment;
use crate::support::oidc::{NATIVE, Oidc, Options};
use crate::support::ordinary::Ordinary;
use crate::support::running::{LINE_DEADLINE, Output, Running};
use crate::support::strict::{ID, Strict};

/// What a cron job that forgot to wait may come to.
const PROCESSES: usize = 200;
const ROUNDS: usize = 10;

/// Lets the token on file end without waiting for it.
fn expire(environment: &TestEnvironment) {
    let folder = environment.home().join("state/profiles");
    let path = fs::read_dir(folder).unwrap().next().expect("a connected shop has a record").unwrap().path();
    let mut content: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    content["access_token_expires_at"] = json!("2020-01-01T00:00:00Z");
    // In place: the file stays its owner's.
    fs::write(&path, content.to_string()).unwrap();
}

/// All of them at once, and what they printed. `all_there` is called once each has begun.
fn crowd(user: &Ordinary, profile: &str, all_there: impl FnOnce()) -> Vec<String> {
    let began = Instant::now();
    let running: Vec<Running> = (0..PROCESSES).map(|_| user.spawn(&["token", profile])).collect();
    all_there();
    let finish = move |one: Running| {
        let output = one.finish().ok().prints_a_secret();
        (output.stdout, began.elapsed())
    };
    let waiting: Vec<_> = running.into_iter().map(|one| thread::spawn(move || finish(one))).collect();
    let ended: Vec<_> = waiting.into_iter().map(|one| one.join().unwrap()).collect();
    let slowest = ended.iter().map(|(_, at)| *at).max().unwrap_or_default();
    eprintln!("{PROCESSES} processes were done after {} ms", slowest.as_millis());
    ended.into_iter().map(|(token, _)| token.trim_end().to_owned()).collect()
}

/// Root's quotas and file modes hide mistakes.
fn assert_ordinary(environment: &TestEnvironment) {
    use std::os::unix::fs::MetadataExt;
    let folder = environment.home().join("state/profiles");
    let mut records = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().metadata().unwrap().uid());
    assert!(records.all(|owner| owner != 0), "the record that a renewal wrote is root's");
}

/// The one token that all of them printed.
#[track_caller]
fn one_of(mut tokens: Vec<String>) -> String {
    assert_eq!(tokens.len(), PROCESSES);
    tokens.sort();
    tokens.dedup();
    assert_eq!(tokens.len(), 1, "all printed the same token");
    tokens.remove(0)
}

#[test]
fn two_hundred_commands_make_one_request_in_each_of_ten_rounds() {
    let market = Strict::start();
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    market.connect(&environment);
    let user = Ordinary::new(environment, Ordinary::NOBODY);
    for round in 1..=ROUNDS {
        expire(&user.environment);
        // The answer comes when nobody is left who could only find it on file.
        market.hold();
        let token = one_of(crowd(&user, ID, || market.release()));
        assert_eq!(market.renewals().len(), round);
        assert!(market.accepts(&token));
    }
    let renewals = market.renewals();
    assert!(renewals.iter().all(|renewal| renewal.status == 200), "{renewals:?}");
    let mut sent: Vec<&str> = renewals.iter().map(|renewal| renewal.refresh_token.as_str()).collect();
    sent.sort_unstable();
    sent.dedup();
    assert_eq!(sent.len(), ROUNDS, "none was sent twice");
    assert_eq!(market.ends(), [None]);
    assert_ordinary(&user.environment);
}

#[test]
fn a_server_that_ends_the_consent_at_the_first_replay_sees_none() {
    let oidc = Oidc::with(Options { token_delay: Duration::from_millis(700), ..Options::default() });
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    environment.write("marketplaces/loopback.toml", &oidc.definition("loopback"));
    environment.run(&["app", "add", "loopback", "--client-id", NATIVE]).ok();
    let running = environment.spawn(&["connect", "loopback", "--no-browser"]);
    oidc.consent(&running.url());
    running.finish().ok();
    let user = Ordinary::new(environment, Ordinary::NOBODY);
    for round in 1..=ROUNDS {
        expire(&user.environment);
        let token = one_of(crowd(&user, "loopback", || ()));
        assert_eq!(oidc.renewals().len(), round);
        assert!(oidc.is_active(&token) && oidc.grant_alive());
    }
    assert!(oidc.renewals().iter().all(|renewal| renewal.status == 200));
}

#[test]
fn whoever_waits_goes_on_when_the_holder_is_killed() {
    let market = Strict::start();
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    market.connect(&environment);
    market.hold();
    let holder = environment.spawn(&["token", ID]);
    market.wait_until_held();
    let waiting: Vec<Running> = (0..5).map(|_| environment.spawn(&["token", ID])).collect();
    for one in &waiting {
        let told = one.wait_for_line(|line| line.contains("waiting"), LINE_DEADLINE);
        assert_eq!(one.stderr().lines().count(), 1, "one line, and no more: {told}");
    }
    holder.signal("KILL");
    holder.finish().code(137);
    market.release();
    let tokens: Vec<Output> = waiting.into_iter().map(|one| one.finish().ok().prints_a_secret()).collect();
    assert!(tokens.iter().all(|output| output.stdout == tokens[0].stdout));
    assert!(tokens.iter().all(|output| output.stderr.lines().count() == 1), "told once: {tokens:?}");
    assert!(market.accepts(tokens[0].stdout.trim_end()));
    assert_eq!(market.renewals().len(), 2, "the one that was cut off, and one that asked again");
    assert_eq!(market.ends(), [None]);
}
