//! The command that is run when a shop needs its seller.

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use serde_json::{Value, json};

use super::{Shops, results};
use crate::support::running::LINE_DEADLINE;
use crate::support::strict::ID;

/// What one call of the command found: what it was called with, and its environment.
struct Call {
    words: String,
    environment: Vec<(String, String)>,
}

impl Call {
    fn get(&self, name: &str) -> &str {
        let found = self.environment.iter().find(|(other, _)| other == name);
        found.map_or("", |(_, value)| value)
    }
}

/// A command that writes down how it was called, and says something; it ends with `exit`.
struct Hook(PathBuf);

impl Hook {
    fn new(shops: &Shops, exit: &str) -> Self {
        let folder = shops.environment.home();
        let log = folder.join("calls");
        let script = format!(
            "#!/bin/sh\n{{ printf '%s\\0' \"$*\"; env -0; printf '\\n--\\n'; }} >> '{}'\n\
             echo noise; echo complaint >&2\n{exit}\n",
            log.display()
        );
        let path = shops.environment.write("hook folder/hook", &script);
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        Self(log)
    }

    /// As it stands in a command line.
    fn line(&self) -> String {
        format!("'{}' 'one word' $NONE;x", self.0.with_file_name("hook folder/hook").display())
    }

    fn calls(&self) -> Vec<Call> {
        let log = fs::read_to_string(&self.0).unwrap_or_default();
        let call = |text: &str| {
            let (words, rest) = text.split_once('\0')?;
            let pairs = rest.split('\0').filter_map(|line| line.split_once('='));
            let environment = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            Some(Call { words: words.to_owned(), environment })
        };
        log.split("\n--\n").filter_map(call).collect()
    }
}

/// The files of what is remembered, of all commands, and one of their times so many hours earlier.
fn alarms(shops: &Shops) -> Vec<PathBuf> {
    let folder = fs::read_dir(shops.environment.home().join("state/alarms"));
    let folders = folder.into_iter().flatten().map(|entry| fs::read_dir(entry.unwrap().path()).unwrap());
    folders.flatten().map(|entry| entry.unwrap().path()).collect()
}

fn age(shops: &Shops, key: &str, hours: i64) {
    for path in alarms(shops) {
        let mut alarm: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let time: jiff::Timestamp = alarm[key].as_str().expect("a time").parse().unwrap();
        alarm[key] = json!(time - jiff::SignedDuration::from_hours(hours));
        fs::write(path, alarm.to_string()).unwrap();
    }
}

#[test]
fn somebody_is_told_once_after_the_grace_and_again_the_next_day() {
    let shops = Shops::connect(&["good", "refused"]);
    let hook = Hook::new(&shops, "exit 0");
    let line = hook.line();
    let told = || {
        let output = shops.run(&["--all", "--hook", &line, "--json"]).code(4);
        assert_eq!(results(&output), ["good renewed", "refused failed"]);
        assert!(!output.stdout.contains("noise") && !output.stderr.contains("complaint"), "{output:?}");
        hook.calls().len()
    };
    shops.market.end_consent_of_last();
    assert_eq!((told(), told()), (0, 0), "it may be a mistake of the marketplace's");
    age(&shops, "since", 2);
    assert_eq!((told(), told()), (1, 1));
    age(&shops, "told_at", 23);
    assert_eq!(told(), 1);
    age(&shops, "told_at", 2);
    assert_eq!((told(), told()), (2, 2));
    let call = &hook.calls()[0];
    assert_eq!(call.words, "one word $NONE;x", "no shell");
    assert_eq!(call.get("SELLAUTH_PROFILE"), "refused");
}

#[test]
fn a_command_finds_what_is_the_matter_and_no_secret() {
    let shops = Shops::connect(&["refused"]);
    let hook = Hook::new(&shops, "exit 0");
    let token = shops.environment.run(&["token", "refused"]).ok().prints_a_secret();
    shops.market.end_consent_of_last();
    let line = hook.line();
    let planted = [
        "SELLAUTH_CLIENT_SECRET",
        "SELLAUTH_EXPORT_PASSPHRASE",
        "SELLAUTH_SET_API_KEY",
        "SELLAUTH_ACCESS_TOKEN",
        "OTHER_SELLAUTH_ACCESS_TOKEN",
        "SELLAUTH_REGISTRATION_CODE",
    ];
    let run = shops.environment.invoke(&["refresh", "--all", "--hook", &line, "--grace", "0s"]);
    let run = planted.iter().fold(run, |run, name| run.var(name, "planted-secret"));
    run.var("KEPT", "as it was").run().code(4);
    let calls = hook.calls();
    let call = &calls[0];
    let mut ours: Vec<&str> = call.environment.iter().map(|(name, _)| name.as_str()).collect();
    ours.retain(|name| name.contains("SELLAUTH_"));
    ours.sort_unstable();
    let names = [
        "SELLAUTH_ENV",
        "SELLAUTH_HOME",
        "SELLAUTH_MARKETPLACE",
        "SELLAUTH_MESSAGE",
        "SELLAUTH_PROFILE",
        "SELLAUTH_REASON",
        "SELLAUTH_REASON_CODE",
        "SELLAUTH_REGION",
        "SELLAUTH_SHOP_ID",
        "SELLAUTH_SHOP_NAME",
        "SELLAUTH_STATE",
        "SELLAUTH_STORE",
    ];
    assert_eq!(ours, names);
    let row = &shops.environment.run(&["status", "--json"]).ok().json()[0];
    for (name, key) in [
        ("SELLAUTH_PROFILE", "profile"),
        ("SELLAUTH_MARKETPLACE", "marketplace"),
        ("SELLAUTH_ENV", "env"),
        ("SELLAUTH_SHOP_ID", "shop_id"),
        ("SELLAUTH_STATE", "state"),
        ("SELLAUTH_REASON_CODE", "reason_code"),
        ("SELLAUTH_REASON", "reason"),
    ] {
        assert_eq!(call.get(name), row[key].as_str().unwrap_or_default(), "{name}");
    }
    assert_eq!(call.get("SELLAUTH_STATE"), "reauthorization_required");
    assert!(call.get("SELLAUTH_MESSAGE").contains("sellauth reauthorize refused"));
    assert_eq!(call.get("KEPT"), "as it was");
    shops.environment.assert_absent(&["planted-secret", token.stdout.trim_end()]);
}

#[test]
fn a_command_that_fails_is_a_warning_and_tried_again() {
    let shops = Shops::connect(&["refused"]);
    shops.market.end_consent_of_last();
    let hook = Hook::new(&shops, "exit 3");
    let line = hook.line();
    let run = |line: &str| shops.run(&["--all", "--quiet", "--grace", "0s", "--hook", line]).code(4).stderr;
    let warned = run(&line);
    let warning = "nobody was told that refused needs its seller: complaint";
    assert!(warned.contains(warning) && warned.contains("error: "), "{warned}");
    assert!(run("/nowhere/program").contains("nobody was told"));
    assert!(!run(&Hook::new(&shops, "exit 0").line()).contains("nobody was told"));
    assert_eq!(hook.calls().len(), 2);
    run(&line);
    assert_eq!(hook.calls().len(), 2, "somebody was told");
    let renewals = shops.market.renewals().len();
    for wrong in ["", "a 'b", " "] {
        shops.run(&["--all", "--hook", wrong]).code(2);
    }
    shops.run(&["--all", "--grace", "1h"]).code(2);
    assert_eq!(shops.market.renewals().len(), renewals);
}

#[test]
fn a_command_that_hangs_does_not_hold_up_whoever_ends_this_one() {
    let shops = Shops::connect(&["refused"]);
    shops.market.end_consent_of_last();
    let hook = Hook::new(&shops, "exec sleep 600");
    let running = shops.environment.spawn(&["refresh", "--all", "--grace", "0s", "--hook", &hook.line()]);
    let began = Instant::now();
    while hook.calls().is_empty() {
        assert!(began.elapsed() < LINE_DEADLINE, "nobody was called");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    running.signal("TERM");
    running.finish().code(4);
    // Nobody was told for certain.
    let alarm: Value = serde_json::from_slice(&fs::read(&alarms(&shops)[0]).unwrap()).unwrap();
    assert_eq!(alarm["told_at"], Value::Null);
}

#[test]
fn two_commands_are_told_of_the_same_at_the_same_time_and_one_is_not_told_twice() {
    let shops = Shops::connect(&["refused"]);
    shops.market.end_consent_of_last();
    let hook = Hook::new(&shops, "[ \"$1\" != mail ] || exec sleep 600");
    let mail = hook.line().replace("'one word'", "mail");
    let running = shops.environment.spawn(&["refresh", "--all", "--grace", "0s", "--hook", &mail]);
    let began = Instant::now();
    while hook.calls().is_empty() {
        assert!(began.elapsed() < LINE_DEADLINE, "nobody was called");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    shops.run(&["--all", "--grace", "0s", "--hook", &mail]).code(4);
    let chat = hook.line().replace("'one word'", "chat");
    let said = shops.run(&["--all", "--grace", "0s", "--hook", &chat]).code(4).stderr;
    assert!(!said.contains("nobody was told"), "{said}");
    let words: Vec<String> = hook.calls().into_iter().map(|call| call.words).collect();
    assert_eq!(words, ["mail $NONE;x", "chat $NONE;x"]);
    running.signal("TERM");
    running.finish().code(4);
    shops.run(&["--all", "--grace", "0s", "--hook", &chat]).code(4);
    assert_eq!(hook.calls().len(), 2, "the chat was told");
}

#[test]
fn each_shop_is_told_of_and_forgotten_once_it_is_well() {
    let shops = Shops::connect(&["one", "two"]);
    let hook = Hook::new(&shops, "exit 0");
    let line = hook.line();
    shops.environment.run(&["app", "set", ID, "--version", "2"]).ok();
    shops.run(&["--all", "--hook", &line, "--grace", "0s"]).ok();
    let told: Vec<String> = hook.calls().iter().map(|call| call.get("SELLAUTH_PROFILE").to_owned()).collect();
    assert_eq!(told, ["one", "two"]);
    let call = &hook.calls()[0];
    assert_eq!((call.get("SELLAUTH_STATE"), call.get("SELLAUTH_REASON_CODE")), ("due", "app_version"));
    assert!(call.get("SELLAUTH_MESSAGE").contains("needs a new consent soon"));
    assert_eq!(alarms(&shops).len(), 2);

    shops.environment.run(&["disconnect", "two", "--yes"]).ok();
    assert_eq!(alarms(&shops).len(), 1);
    let running = shops.environment.spawn(&["reauthorize", "one", "--no-browser"]);
    shops.market.consent(&running.wait_for_line(|line| line.starts_with("http://"), LINE_DEADLINE));
    running.finish().ok();
    shops.run(&["--all", "--hook", &line, "--grace", "0s"]).ok();
    assert_eq!((alarms(&shops).len(), hook.calls().len()), (0, 2));
}

#[test]
fn nobody_is_told_of_what_is_the_marketplaces_own_trouble() {
    let shops = Shops::connect(&["a", "b", "c"]);
    let hook = Hook::new(&shops, "exit 0");
    let line = hook.line();
    // Whatever is sent next belongs to no consent.
    for name in ["a", "b", "c"] {
        let path = shops.record(name);
        let mut record: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let now = jiff::Timestamp::now();
        record["refusal"] = json!({
            "sent": "0000000000000000", "at": now, "times": 1, "code": "invalid_grant", "message": "gone",
        });
        fs::write(path, record.to_string()).unwrap();
    }
    let run = || shops.run(&["--label", "none=0", "--hook", &line, "--grace", "0s"]).ok();
    run();
    assert!(hook.calls().is_empty(), "no shop with this mark");
    shops.run(&["--due", "1s", "--hook", &line, "--grace", "0s"]).ok();
    assert_eq!((hook.calls().len(), alarms(&shops).len()), (0, 3));
}
