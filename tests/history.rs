//! `log`: what happened to the shops, when, and who did it.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::{Value, json};

use crate::support::environment::TestEnvironment;
use crate::support::running::Running;
use crate::support::strict::{ID, Strict};

/// As many commands at once as a careless cron job starts.
const PROCESSES: usize = 50;

fn connected() -> (Strict, TestEnvironment) {
    let (market, mut environment) = (Strict::start(), TestEnvironment::new());
    environment.use_file_store();
    market.connect(&environment);
    (market, environment)
}

fn log(environment: &TestEnvironment, arguments: &[&str]) -> Vec<Value> {
    let output = environment.run(&[&["log", "--json"], arguments].concat()).ok();
    output.json().as_array().unwrap().clone()
}

fn events(log: &[Value]) -> Vec<&str> {
    log.iter().map(|event| event["event"].as_str().unwrap()).collect()
}

/// The only file there is.
fn file(environment: &TestEnvironment) -> std::path::PathBuf {
    let mut files = fs::read_dir(environment.home().join("state/log")).unwrap();
    let path = files.next().unwrap().unwrap().path();
    assert!(files.next().is_none());
    path
}

#[test]
fn the_life_of_a_shop_is_written_down() {
    let (market, environment) = connected();
    environment.run(&["token", "--refresh"]).ok().prints_a_secret();
    market.end_consent_of_last();
    environment.run(&["token", "--refresh"]).code(4);
    environment.run(&["token", "--refresh"]).code(4);
    let running = environment.spawn(&["reauthorize", ID, "--no-browser"]);
    market.consent(&running.url());
    running.finish().ok();
    environment.run(&["rename", ID, "other"]).ok();
    environment.run(&["disconnect", "other", "--yes"]).ok();
    let all = log(&environment, &["other"]);
    let told = "connected renewed refused reauthorized revoked renamed revoked disconnected";
    assert_eq!(events(&all), told.split(' ').collect::<Vec<_>>(), "the replaced consent is revoked, too");
    let details: Vec<&Value> =
        all.iter().filter(|it| it["event"] == "revoked").map(|it| &it["detail"]).collect();
    assert_eq!(details, [&json!("replaced tokens"), &Value::Null]);
    let [first, refused] = [&all[0], &all[2]];
    assert_eq!(
        (&first["profile"], &first["marketplace"], &first["app"]),
        (&json!(ID), &json!(ID), &json!(ID))
    );
    assert_eq!(refused["code"], "invalid_grant");
    let renamed = all.iter().find(|event| event["event"] == "renamed").unwrap();
    assert_eq!((&renamed["profile"], &renamed["detail"]), (&json!("other"), &json!(ID)));
    let user =
        String::from_utf8(std::process::Command::new("id").arg("-un").output().unwrap().stdout).unwrap();
    let host = fs::read_to_string("/proc/sys/kernel/hostname").unwrap();
    assert_eq!(first["by"]["user"], user.trim());
    assert_eq!(first["by"]["host"], host.trim());
    assert!(all.iter().all(|event| event["uuid"] == first["uuid"] && event["by"]["pid"].is_u64()));
    // It is gone, and still found by either name.
    assert_eq!(log(&environment, &["other"]), all);
    assert_eq!(log(&environment, &[ID]), all);
    assert_eq!(
        environment.run(&["log", "nobody", "--json"]).code(3).error_json()["error"]["kind"],
        "not_found"
    );
    assert_eq!(fs::metadata(file(&environment)).unwrap().permissions().mode() & 0o777, 0o600);
    let renewals = market.renewals();
    let secrets: Vec<&str> = renewals.iter().map(|renewal| renewal.refresh_token.as_str()).collect();
    environment.assert_absent(&secrets);
}

#[test]
fn a_person_sees_a_table_and_chooses_from_it() {
    let (_market, environment) = connected();
    (0..3).for_each(|_| drop(environment.run(&["token", "--refresh"]).ok().prints_a_secret()));
    let shown = environment.run(&["log"]).ok();
    let lines: Vec<&str> = shown.stdout.lines().collect();
    assert!(lines[0].starts_with("TIME (UTC)           EVENT      PROFILE     SHOP"), "{shown:?}");
    assert_eq!(lines.len(), 6);
    assert!(lines[1].contains("app_added  app strict  –"), "{shown:?}");
    let column = lines[0].find("EVENT").unwrap();
    let told: Vec<&str> = lines[1..].iter().map(|line| line[column..].split(' ').next().unwrap()).collect();
    assert_eq!(told, ["app_added", "connected", "renewed", "renewed", "renewed"]);
    let last = environment.run(&["log", ID, "-n", "2"]).ok();
    let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert!(last.stdout.lines().skip(1).map(words).eq(lines[4..].iter().map(|line| words(line))), "{last:?}");
    assert_eq!(log(&environment, &["--since", "1h", "--limit", "1"]).len(), 1);
    // All this was a year ago.
    let path = file(&environment);
    let text = fs::read_to_string(&path).unwrap();
    let year = &text[7..11];
    let earlier = (year.parse::<u32>().unwrap() - 1).to_string();
    fs::write(&path, text.replace(&format!("{{\"at\":\"{year}"), &format!("{{\"at\":\"{earlier}"))).unwrap();
    assert_eq!(log(&environment, &["--since", "30d"]), [] as [Value; 0]);
    assert_eq!(log(&environment, &[]).len(), 5);
    assert_eq!(TestEnvironment::new().run(&["log", "--json"]).ok().stdout, "[]\n");
    let empty = TestEnvironment::new().run(&["log"]).ok();
    assert_eq!((empty.stdout.as_str(), empty.stderr.as_str()), ("", "note: nothing has been written down\n"));
}

#[test]
fn what_is_no_event_is_left_out_with_one_note_and_steers_no_terminal() {
    let (_market, environment) = connected();
    let path = file(&environment);
    let line = fs::read_to_string(&path).unwrap().lines().last().unwrap().to_owned() + "\n";
    let hostile = line.replace("\"profile\":\"strict\"", "\"profile\":\"\\u001b[2Jx\\u009b1m\"");
    assert_ne!(hostile, line);
    let parts: [&[u8]; 5] =
        [b"\0\xff\n{}\n[1]\n", hostile.as_bytes(), &vec![b'x'; 100_000], b"\n", &line.as_bytes()[..50]];
    fs::write(&path, parts.concat()).unwrap();
    environment.run(&["token", "--refresh"]).ok().prints_a_secret();
    let shown = environment.run(&["log"]).ok();
    assert!(shown.stdout.contains("\\u{1b}[2Jx\\u{9b}1m") && !shown.stdout.contains('\u{1b}'), "{shown:?}");
    assert_eq!(shown.stdout.lines().count(), 3);
    assert_eq!(shown.stderr, "note: 5 lines of the log are damaged, and were left out\n");
    assert_eq!(events(&log(&environment, &[])), ["connected", "renewed"]);
}

#[test]
fn a_log_that_cannot_be_written_stops_nothing() {
    let (_market, environment) = connected();
    let path = file(&environment);
    for (name, place) in [
        ("a full disk", &(|| std::os::unix::fs::symlink("/dev/full", &path).unwrap()) as &dyn Fn()),
        ("a pipe that nobody reads", &|| {
            assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
        }),
        ("a folder", &|| fs::create_dir(&path).unwrap()),
    ] {
        let _ = fs::remove_file(&path);
        place();
        let quiet = environment.run(&["token", "--refresh"]).ok().prints_a_secret();
        assert_eq!(quiet.stderr, "", "{name}");
        let told = environment.run(&["token", "--refresh", "-v"]).ok().prints_a_secret();
        assert!(told.stderr.contains("warn: renewed was not written to "), "{name}: {told:?}");
    }
}

#[test]
fn a_token_at_hand_does_not_touch_the_log() {
    let (market, environment) = connected();
    market.set_access_token_life(3600);
    environment.run(&["token", "--refresh"]).ok().prints_a_secret();
    fs::remove_dir_all(environment.home().join("state/log")).unwrap();
    environment.run(&["token"]).ok().prints_a_secret();
    assert!(!environment.home().join("state/log").exists());
}

#[test]
fn the_lines_of_fifty_processes_stay_whole() {
    let (_market, environment) = connected();
    let running: Vec<Running> =
        (0..PROCESSES).map(|_| environment.spawn(&["token", ID, "--refresh"])).collect();
    for one in running {
        one.finish().ok().prints_a_secret();
    }
    for number in 0..PROCESSES {
        let name = format!("shop-{number}");
        environment.write(format!("profiles/{name}.toml"), &environment.read(format!("profiles/{ID}.toml")));
    }
    let names: Vec<[String; 2]> =
        (0..PROCESSES).map(|number| [format!("shop-{number}"), format!("moved-{number}")]).collect();
    let running: Vec<Running> =
        names.iter().map(|[old, new]| environment.spawn(&["rename", old, new])).collect();
    for one in running {
        one.finish().ok();
    }
    let text = fs::read_to_string(file(&environment)).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(events(&lines).iter().filter(|event| **event == "renamed").count(), PROCESSES);
    assert!(text.ends_with('\n') && !text.contains("\n\n"));
}

#[test]
fn the_life_of_an_app_is_written_down() {
    let (_market, environment) = connected();
    environment.run(&["app", "set", ID, "--version", "2"]).ok();
    let before = environment.files();
    let same = environment.run(&["app", "set", ID, "--version", "2"]).ok();
    assert_eq!((same.stdout.as_str(), environment.files()), ("", before));
    assert_eq!(same.stderr, format!("note: nothing changed: the app {ID} is like that already\n"));
    environment.run(&["rename", ID, "other"]).ok();
    let table = environment.run(&["log"]).ok().stdout;
    assert!(table.lines().any(|line| line.ends_with(" was strict")), "{table}");
    let gone = environment.run(&["disconnect", "other", "--yes"]).ok();
    assert!(
        gone.stderr.ends_with(&format!("If it is not needed any longer: sellauth app remove {ID}\n")),
        "{gone:?}"
    );
    environment.run(&["app", "remove", ID, "--yes"]).ok();
    let mut all = log(&environment, &[]);
    all.retain(|event| event["profile"].is_null());
    assert_eq!(events(&all), ["app_added", "app_changed", "app_removed"]);
    assert_eq!((&all[1]["app"], &all[1]["detail"]), (&json!(ID), &json!("version")));
}
