//! What is left when something is in the way: nothing half-done, and a way out.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::support::environment::TestEnvironment;
use crate::support::running::{LINE_DEADLINE, Output};
use crate::support::terminal::Terminal;

use super::UNITS;

/// A user whose `systemctl` writes down what it is told and has done, fails at what `FAIL` names, and never ends
/// at what `HANG` names.
struct User {
    environment: TestEnvironment,
    folder: PathBuf,
}

impl User {
    fn new() -> Self {
        let mut environment = TestEnvironment::new();
        environment.use_file_store();
        let folder = environment.home().with_file_name("machine");
        let bin = folder.join("bin");
        fs::create_dir_all(&bin).unwrap();
        let script = format!(
            "#!/bin/sh\nshift\ncase \"$*\" in *\"${{HANG:-nothing}}\"*) : > '{0}/hangs'; exec sleep 600;; esac\n\
             [ -z \"$HANG\" ] || sleep 0.1\necho \"$*\" >> '{0}/log'\n\
             case \"$*\" in *\"${{FAIL:-nothing}}\"*) echo 'it is broken' >&2; exit 1;; esac\n",
            folder.display()
        );
        let path = bin.join("systemctl");
        fs::write(&path, script).unwrap();
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        environment.set_var("PATH", format!("{}:/usr/bin:/bin", bin.display())).set_var("HOME", &folder);
        Self { environment, folder }
    }

    fn timer(&self, arguments: &[&str]) -> Output {
        self.environment.run(&[&["timer"], arguments].concat())
    }

    fn failing(&self, at: &str, arguments: &[&str]) -> Output {
        self.environment.invoke(&[&["timer"], arguments].concat()).var("FAIL", at).run()
    }

    fn unit(&self, which: usize) -> PathBuf {
        self.folder.join(".config/systemd/user").join(UNITS[which])
    }

    /// What `systemctl` was told since the last call.
    fn told(&self) -> Vec<String> {
        let log = self.folder.join("log");
        let told = fs::read_to_string(&log).unwrap_or_default();
        let _ = fs::remove_file(log);
        told.lines().map(str::to_owned).collect()
    }
}

#[test]
fn a_scheduler_that_fails_leaves_nothing_half_done() {
    let user = User::new();
    for at in ["show --property=Version", "daemon-reload", "enable"] {
        let output = user.failing(at, &["install", "--hook", "true"]).code(9);
        assert!(output.stderr.contains("caused by: it is broken"), "{}", output.stderr);
        assert!(output.stderr.contains("*/6 * * * SELLAUTH_HOME="), "cron is a way out: {}", output.stderr);
        assert!(!user.unit(0).exists() && !user.unit(1).exists(), "{at}");
    }
    let told = user.told();
    assert_eq!(told[0], "show --property=Version");
    assert!(told.contains(&"disable --now sellauth-refresh.timer".to_owned()), "{told:?}");

    user.timer(&["install", "--every", "1h"]).ok();
    let before = [0, 1].map(|which| fs::read(user.unit(which)).unwrap());
    for at in ["enable", "restart"] {
        user.failing(at, &["install", "--every", "12h"]).code(9);
        assert_eq!([0, 1].map(|which| fs::read(user.unit(which)).unwrap()), before, "{at}");
    }
    user.failing("disable", &["remove"]).code(9);
    assert!(user.unit(0).exists() && user.unit(1).exists(), "it runs still");
}

#[test]
fn whoever_stops_it_leaves_nothing_half_done() {
    let user = User::new();
    let running = user.environment.invoke(&["timer", "install"]).var("HANG", "enable").spawn();
    let began = Instant::now();
    while !user.folder.join("hangs").exists() {
        assert!(began.elapsed() < LINE_DEADLINE, "it was not enabled");
        std::thread::sleep(Duration::from_millis(5));
    }
    running.signal("TERM");
    running.finish().code(130);
    assert!(!user.unit(0).exists() && !user.unit(1).exists());
    let undone = ["disable --now sellauth-refresh.timer", "daemon-reload"];
    let told = user.told();
    assert_eq!(told[told.len() - 3..][..2], undone, "what clears up is not stopped: {told:?}");
}

#[test]
fn the_line_for_cron_can_be_copied_from_a_terminal() {
    let mut user = User::new();
    user.environment.set_var("FAIL", "enable");
    let mut terminal = Terminal::as_wide_as(80, &user.environment, &["timer", "install"]);
    terminal.expect("`crontab");
    terminal.expect("-e`:\r\n");
    let line = terminal.expect("\r\n");
    assert!(line.len() > 80 && line.contains("*/6 * * * SELLAUTH_HOME="), "{line}");
    assert!(line.ends_with(" refresh --all") && line.starts_with(|c: char| c.is_ascii_digit()), "{line}");
}

#[test]
fn a_timer_for_another_home_is_replaced_and_removed_only_if_that_is_meant() {
    let mut user = User::new();
    user.timer(&["install"]).ok();
    let (home, other) = (user.environment.home(), user.environment.home().with_file_name("other"));
    let before = fs::read(user.unit(0)).unwrap();
    user.environment.set_var("SELLAUTH_HOME", &other);
    for arguments in [&["install"][..], &["remove"]] {
        let refused = user.timer(arguments).code(9).stderr;
        for named in [home.to_str().unwrap(), other.to_str().unwrap(), "--force"] {
            assert!(refused.contains(named), "{named}: {refused}");
        }
        assert_eq!(fs::read(user.unit(0)).unwrap(), before);
    }
    user.timer(&["install", "--force"]).ok();
    let status = user.timer(&["status", "--json"]).ok().json();
    assert_eq!(status["variables"]["SELLAUTH_HOME"].as_str(), other.to_str());
    user.environment.set_var("SELLAUTH_HOME", &home);
    user.timer(&["remove", "--force"]).ok();
    assert!(!user.unit(0).exists());
}

#[test]
fn a_variable_that_is_not_set_now_stays_and_the_language_goes_along() {
    let mut user = User::new();
    user.environment.set_var("LANG", "pl_PL.UTF-8");
    user.timer(&["install"]).ok();
    user.environment.remove_var("SELLAUTH_STORE").remove_var("LANG");
    let said = user.timer(&["install", "--every", "12h"]).ok().stderr;
    assert!(said.contains("which are not set here: SELLAUTH_STORE"), "{said}");
    let status = user.timer(&["status", "--json"]).ok().json();
    let variables = &status["variables"];
    assert_eq!((&variables["SELLAUTH_STORE"], &variables["SELLAUTH_LANG"]), (&"file".into(), &"en".into()));
    user.environment.set_var("LANG", "pl_PL.UTF-8");
    let status = user.timer(&["status", "--json"]).ok().json();
    let stale = status["stale"].as_array().unwrap();
    assert!(!stale.contains(&"other_variables".into()) && !stale.contains(&"other_home".into()), "{status}");
    user.timer(&["install"]).ok();
    assert_eq!(user.timer(&["status", "--json"]).ok().json()["variables"]["SELLAUTH_LANG"], "pl");
    user.timer(&["remove"]).ok();
    assert!(!user.unit(0).with_file_name("").with_file_name("").exists(), "the folders go too");
}

#[test]
fn a_machine_without_a_scheduler_is_shown_the_line_for_cron() {
    let mut user = User::new();
    user.environment.set_var("PATH", "/nonexistent");
    let output = user.timer(&["install"]).code(9);
    assert!(
        output.stderr.contains("crontab -e") && output.stderr.contains("refresh --all"),
        "{}",
        output.stderr
    );
    assert!(!user.unit(1).exists());
    let error = user.timer(&["install", "--json"]).code(9).error_json();
    assert_eq!(error["error"]["kind"], "configuration");
    assert_eq!(user.timer(&["status", "--json"]).ok().json()["installed"], false);
}

#[test]
fn a_file_that_is_a_persons_own_stays() {
    let user = User::new();
    fs::create_dir_all(user.unit(1).parent().unwrap()).unwrap();
    fs::write(user.unit(1), "[Timer]\nOnCalendar=daily\n").unwrap();
    for arguments in [&["install"][..], &["install", "--force"], &["remove"], &["status"]] {
        let output = user.timer(arguments).code(9);
        assert!(output.stderr.contains("was not written by sellauth"), "{}", output.stderr);
    }
    assert_eq!(fs::read_to_string(user.unit(1)).unwrap(), "[Timer]\nOnCalendar=daily\n");
    assert!(!user.unit(0).exists() && user.told().is_empty());
}

#[test]
fn a_dry_run_shows_everything_and_does_nothing() {
    let user = User::new();
    let before = user.environment.files();
    let shown = user.timer(&["install", "--dry-run", "--every", "12h"]).ok().stdout;
    for text in [
        "ExecStart=\"/",
        "OnCalendar=*-*-* 00/12:00:00",
        "  systemctl --user daemon-reload\n",
        "enable --now",
    ] {
        assert!(shown.contains(text), "{text}: {shown}");
    }
    let plan = user.timer(&["install", "--dry-run", "--json"]).ok().json();
    assert_eq!(plan["files"][1]["path"].as_str(), user.unit(1).to_str());
    assert!(user.timer(&["remove", "--dry-run"]).ok().stdout.contains("no timer is installed"));
    assert!(user.told().is_empty() && user.environment.files() == before);

    user.timer(&["install", "--every", "12h"]).ok();
    let written = fs::read_to_string(user.unit(0)).unwrap();
    assert!(shown.contains(&written), "{shown}\n{written}");
    assert_eq!(
        user.told(),
        ["show --property=Version", "daemon-reload", "enable --now sellauth-refresh.timer", &user_question()]
    );
    let removal = user.timer(&["remove", "--dry-run"]).ok().stdout;
    assert!(removal.contains("disable --now") && user.unit(0).exists(), "{removal}");
}

/// What is asked once it is installed.
fn user_question() -> String {
    "show --property=Id,ActiveState,UnitFileState,LastTriggerUSec,NextElapseUSecRealtime,ExecMainCode,\
     ExecMainStatus,ExecMainExitTimestamp,NeedDaemonReload sellauth-refresh.timer sellauth-refresh.service"
        .to_owned()
}

#[test]
fn no_secret_is_written_and_what_is_missing_is_said() {
    let mut user = User::new();
    user.environment.set_var("HTTPS_PROXY", "http://proxy.example:3128");
    user.timer(&["install"]).ok();
    user.environment
        .set_var("SELLAUTH_PASSPHRASE", "planted-secret")
        .set_var("HTTPS_PROXY", "http://ada:planted-secret@proxy.example:3128")
        .set_var("NO_PROXY", "localhost");
    let output = user.timer(&["install"]).ok();
    for text in [
        "SELLAUTH_PASSPHRASE is a secret and was not written",
        "SELLAUTH_PASSPHRASE_FILE=FILE",
        "a proxy with a password or token was not written into the timer: HTTPS_PROXY",
        "loginctl enable-linger",
    ] {
        assert!(output.stderr.contains(text), "{text}: {}", output.stderr);
    }
    let status = user.timer(&["status", "--json"]).ok().json();
    let warnings: Vec<&str> =
        status["warnings"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
    for code in ["secret_not_carried", "proxy_not_carried", "no_linger"] {
        assert!(warnings.contains(&code), "{warnings:?}");
    }
    assert_eq!(status["variables"]["NO_PROXY"], "localhost");
    user.environment.assert_absent(&["planted-secret"]);

    let status = user.timer(&["status", "--json"]).ok().json();
    assert!(status["variables"]["HTTPS_PROXY"].is_null(), "{status}");
    user.environment.remove_var("SELLAUTH_STORE");
    let output = user.timer(&["install"]).ok();
    assert!(output.stderr.contains("sellauth doctor --as-job systemd"), "{}", output.stderr);
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let user = User::new();
    for wrong in [
        &["install", "--every", "7h"][..],
        &["install", "--hook", "a 'b"],
        &["install", "--grace", "1h"],
        &["install", "--hook", "a\nb"],
        &["frob"],
    ] {
        user.timer(wrong).code(2);
    }
    let missing = user.timer(&["install", "--hook", "no-such-program x"]).code(3).stderr;
    assert!(missing.contains("no program `no-such-program`"), "{missing}");
    assert!(!user.unit(0).exists());
}
