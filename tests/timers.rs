//! `timer`: what it writes is read by a real systemd of the user's; what it does when that fails is shown by
//! one that was put in its place.

mod failing;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::support::environment::TestEnvironment;
use crate::support::running::{LINE_DEADLINE, Output};
use crate::support::strict::{ID, Strict};
use crate::support::systemd_session::SystemdSession;

const UNITS: [&str; 2] = ["sellauth-refresh.service", "sellauth-refresh.timer"];

/// A user with a systemd and the file store.
struct User {
    session: SystemdSession,
    environment: TestEnvironment,
}

impl User {
    fn new() -> Self {
        let (session, mut environment) = (SystemdSession::start(), TestEnvironment::new());
        environment.use_file_store();
        session.apply(&mut environment);
        Self { session, environment }
    }

    fn timer(&self, arguments: &[&str]) -> Output {
        self.environment.run(&[&["timer"], arguments].concat())
    }

    fn status(&self) -> serde_json::Value {
        self.timer(&["status", "--json"]).ok().json()
    }

    fn units(&self) -> [String; 2] {
        UNITS.map(|name| fs::read_to_string(self.session.units().join(name)).unwrap())
    }

    fn is_enabled(&self) -> String {
        self.session.systemctl(&["is-enabled", UNITS[1]])
    }
}

#[test]
fn a_timer_is_installed_changed_and_removed() {
    let user = User::new();
    assert_eq!(user.status(), serde_json::json!({ "scheduler": "systemd", "installed": false }));
    let output = user.timer(&["install"]).ok();
    assert_eq!(output.stdout, "the timer is installed: all shops are renewed every 6h\n");
    assert_eq!(
        (user.is_enabled().as_str(), user.session.systemctl(&["is-active", UNITS[1]]).as_str()),
        ("enabled", "active")
    );
    let status = user.status();
    assert_eq!((&status["installed"], &status["active"]), (&true.into(), &true.into()));
    assert_eq!(status["stale"], serde_json::json!([]));
    assert_eq!((status["every"].as_str(), status["hook"].as_str()), (Some("6h"), None));
    let next: jiff::Timestamp = status["next_run_at"].as_str().expect("a next run").parse().unwrap();
    let hours = next.duration_since(jiff::Timestamp::now()).as_secs_f64() / 3600.0;
    assert!((0.0..6.6).contains(&hours), "{hours} h");
    assert_eq!(status["variables"]["SELLAUTH_HOME"].as_str(), user.environment.home().to_str());

    let before = user.units();
    user.timer(&["install"]).ok();
    assert_eq!(user.units(), before, "twice is once");
    user.timer(&["install", "--every", "1h", "--hook", "true 'a b'", "--grace", "2h"]).ok();
    let output = user.timer(&["install", "--every", "30m"]).ok();
    assert_eq!(output.stdout, "the timer is up to date: all shops are renewed every 30m\n");
    let status = user.status();
    assert_eq!(
        (status["every"].as_str(), status["grace"].as_str()),
        (Some("30m"), Some("2h")),
        "what no flag says stays"
    );
    assert!(status["hook"].as_str().unwrap().ends_with("/true 'a b'"), "{status}");
    assert!(user.session.systemctl(&["show", "--property=TimersCalendar", UNITS[1]]).contains("*:00/30:00"));
    user.timer(&["install", "--hook", ""]).ok();
    assert!(user.status()["hook"].is_null() && user.status()["grace"].is_null());

    assert_eq!(
        user.timer(&["remove"]).ok().stdout,
        "the timer is removed; nothing renews the shops any more\n"
    );
    assert_eq!(user.timer(&["remove"]).ok().stdout, "no timer is installed\n");
    let left: Vec<PathBuf> = files(&user.session.home().join(".config/systemd"));
    assert!(left.is_empty(), "{left:?}");
    assert_eq!(user.session.systemctl(&["show", "--property=LoadState", "--value", UNITS[1]]), "not-found");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn what_it_starts_finds_the_same_shops_whatever_they_are_called() {
    // systemd takes no quotes in a program's path, and a shell steps in.
    for folder in ["we %h $HOME ird", r#"we "ird" 100 %h $HOME 'x\y"#] {
        finds_the_same_shops(folder);
    }
}

/// Everything a person chooses has what is special to somebody in it.
fn finds_the_same_shops(folder: &str) {
    let mut user = User::new();
    let market = Strict::start();
    market.set_access_token_life(3600);
    market.connect(&user.environment);
    let folder = user.session.home().join(folder);
    let (home, program) = (folder.join("home"), folder.join("sellauth"));
    fs::create_dir(&folder).unwrap();
    fs::rename(user.environment.home(), &home).unwrap();
    fs::copy(env!("CARGO_BIN_EXE_sellauth"), &program).unwrap();
    let calls = user.session.home().join("calls");
    let script = format!("#!/bin/sh\nprintf '%s\\n' \"$@\" \"$SELLAUTH_PROFILE\" >> '{}'\n", calls.display());
    let hook = folder.join("hook");
    fs::write(&hook, script).unwrap();
    fs::set_permissions(&hook, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    user.environment.set_var("SELLAUTH_HOME", &home).set_var("PROGRAM", &program);
    let run = |arguments: &[&str]| {
        user.environment.invoke_under(&["sh", "-c", r#"exec "$PROGRAM" "$@""#], arguments).run().ok()
    };
    let quoted = hook.to_str().unwrap().replace('\\', r"\\").replace('"', r#"\""#).replace('$', r"\$");
    let line = format!(r#""{quoted}" '100 %h $HOME ${{X}}' 'a"b\c' é"#);
    run(&["timer", "install", "--hook", &line, "--grace", "0s"]);
    let status = run(&["timer", "status", "--json"]).json();
    assert_eq!((status["program"].as_str(), &status["stale"]), (program.to_str(), &serde_json::json!([])));

    let before = market.renewals().len();
    user.session.systemctl(&["start", UNITS[0]]);
    assert_eq!(market.renewals().len(), before + 1, "{}", user.session.systemctl(&["status", UNITS[0]]));
    let status = run(&["timer", "status", "--json"]).json();
    assert_eq!(status["last_exit_code"], 0);
    market.end_consent_of_last();
    user.session.systemctl(&["start", UNITS[0]]);
    assert_eq!(run(&["timer", "status", "--json"]).json()["last_exit_code"], 4);
    let called = fs::read_to_string(&calls).unwrap();
    assert_eq!(called.lines().collect::<Vec<_>>(), ["100 %h $HOME ${X}", r#"a"b\c"#, "é", ID]);
    let verified = user
        .session
        .run("systemd-analyze", &["--user", "verify", user.session.units().join(UNITS[1]).to_str().unwrap()]);
    let said = String::from_utf8_lossy(&verified.stderr).into_owned();
    assert!(verified.status.success() && !said.contains("sellauth"), "{said}");
}

#[test]
fn without_a_hook_it_is_shut_in_and_renews_all_the_same() {
    let user = User::new();
    let market = Strict::start();
    market.set_access_token_life(3600);
    market.connect(&user.environment);
    user.timer(&["install", "--every", "1d"]).ok();
    let verified = user
        .session
        .run("systemd-analyze", &["--user", "verify", user.session.units().join(UNITS[0]).to_str().unwrap()]);
    let said = String::from_utf8_lossy(&verified.stderr).into_owned();
    assert!(verified.status.success() && !said.contains("sellauth"), "{said}");
    let before = market.renewals().len();
    user.session.systemctl(&["start", UNITS[0]]);
    assert_eq!(market.renewals().len(), before + 1);
    let no_new = user.session.systemctl(&["show", "--property=NoNewPrivileges", "--value", UNITS[0]]);
    assert_eq!((no_new.as_str(), user.status()["last_exit_code"].as_i64()), ("yes", Some(0)));
}

#[test]
fn the_timer_really_starts_it() {
    let user = User::new();
    user.timer(&["install"]).ok();
    // The same timer, with a time that is now.
    let drop_in = user.session.units().join(format!("{}.d", UNITS[1]));
    fs::create_dir(&drop_in).unwrap();
    fs::write(
        drop_in.join("now.conf"),
        "[Timer]\nOnCalendar=*:*:0/3\nRandomizedDelaySec=0\nAccuracySec=100ms\n",
    )
    .unwrap();
    user.session.systemctl(&["daemon-reload"]);
    user.session.systemctl(&["restart", UNITS[1]]);
    let began = Instant::now();
    while user.status()["last_exit_code"].is_null() {
        assert!(began.elapsed() < 3 * LINE_DEADLINE, "{}", user.session.systemctl(&["list-timers", "--all"]));
        std::thread::sleep(Duration::from_millis(50));
    }
    let status = user.status();
    assert!(status["last_run_at"].is_string(), "{status}");
    assert_eq!(status["stale"], serde_json::json!([]), "a drop-in is a person's own");
    let shown = user.timer(&["status"]).ok().stdout;
    assert!(shown.contains("last run  20") && shown.contains("(exit code 0)"), "{shown}");
}

#[test]
fn a_timer_that_no_longer_fits_says_so() {
    let mut user = User::new();
    user.timer(&["install"]).ok();
    user.session.systemctl(&["disable", "--now", UNITS[1]]);
    assert_eq!(user.status()["stale"], serde_json::json!(["inactive"]));
    user.timer(&["install"]).ok();
    let home = user.environment.home();
    user.environment.set_var("SELLAUTH_HOME", home.join("other"));
    assert_eq!(user.status()["stale"], serde_json::json!(["other_home"]));
    let shown = user.timer(&["status"]).ok().stderr;
    assert!(
        shown.contains("another place")
            && shown.contains("hint: to make it look here instead: sellauth timer install --force"),
        "{shown}"
    );
    user.environment.set_var("SELLAUTH_HOME", home).set_var("NO_PROXY", "localhost");
    assert_eq!(user.status()["stale"], serde_json::json!(["other_variables"]));
    user.environment.remove_var("NO_PROXY");

    let timer = user.session.units().join(UNITS[1]);
    let text = fs::read_to_string(&timer).unwrap();
    fs::write(&timer, text.replace("Persistent=true", "Persistent=false")).unwrap();
    assert_eq!(user.status()["stale"], serde_json::json!(["edited"]));
    let refused = user.timer(&["install"]).code(9).stderr;
    assert!(refused.contains("changed by hand") && refused.contains("--force"), "{refused}");
    assert!(fs::read_to_string(&timer).unwrap().contains("Persistent=false"));
    user.timer(&["install", "--force"]).ok();
    assert_eq!(fs::read_to_string(&timer).unwrap(), text);
    fs::remove_file(user.session.units().join(UNITS[0])).unwrap();
    assert_eq!(user.status()["stale"], serde_json::json!(["incomplete"]));
    user.timer(&["remove"]).ok();
    assert_eq!(user.status()["installed"], false);
}
