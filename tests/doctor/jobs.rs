//! Whoever runs the scripts finds less than a person's session has.

use crate::support::ordinary::Ordinary;
use crate::support::terminal::Terminal;

use super::*;

#[test]
fn a_cron_job_without_the_desktops_keyring_is_found_by_day() {
    let session = KeyringSession::start();
    let (_market, environment) = healthy_in(&session);
    let output = environment.run(&["doctor", "--as-job", "cron", "--json"]).code(8);
    let finding = found(&output, "store", "problem");
    assert_eq!(finding["only_in_job"], true);
    assert_says(
        &finding,
        &["works here, but not for a cron job", "sellauth migrate --all --to file", "LoadCredential"],
    );
    let report = output.json();
    assert_eq!(report["facts"]["job"], "cron");
    let variables = report["facts"]["variables"].as_array().unwrap();
    assert!(!variables.contains(&"DBUS_SESSION_BUS_ADDRESS".into()), "{variables:?}");
    assert_healthy(&environment);

    // The way out that it names.
    environment.run(&["migrate", "--all", "--to", "file"]).ok();
    environment.write("config.toml", "store = \"file\"\n");
    let output = environment.run(&["doctor", "--as-job", "cron", "--json"]).ok();
    assert!(findings(&output).iter().all(|it| it["check"] != "store" || is_calm(it)), "{output:?}");
}

#[test]
fn a_service_without_the_sessions_variables_is_told_which() {
    let (_market, mut environment) = healthy();
    let elsewhere = environment.home().with_file_name("elsewhere");
    fs::rename(environment.home().join("key"), &elsewhere).unwrap();
    environment.set_var("SELLAUTH_KEY_FILE", &elsewhere).set_var("HTTPS_PROXY", "http://127.0.0.1:9");
    assert_healthy(&environment);
    let output = environment.run(&["doctor", "--as-job", "systemd", "--json"]).code(8);
    let names = saying(&output, "does not have these variables");
    assert_says(&names, &["a systemd service does not have", "SELLAUTH_KEY_FILE", "HTTPS_PROXY"]);
    assert!(!words(&names).contains("SELLAUTH_HOME"), "it was told already: {names}");
    let gone = found(&output, "store", "problem");
    assert_eq!(gone["only_in_job"], true);
    assert_says(&gone, &["/key that the secret files need is gone"]);
}

/// The one finding with these words.
#[track_caller]
fn saying(output: &Output, said: &str) -> Value {
    let all = findings(output);
    let first = all.iter().find(|it| words(it).contains(said));
    first.unwrap_or_else(|| panic!("`{said}` is not said: {all:#?}")).clone()
}

#[test]
fn a_job_with_all_it_needs_is_healthy() {
    // Without SELLAUTH_HOME: a job has the platform's folders, as a person has.
    let mut environment = TestEnvironment::new();
    environment.remove_var("SELLAUTH_HOME");
    let config = environment.home().with_file_name("home").join(".config/sellauth");
    fs::create_dir_all(&config).unwrap();
    set_mode(&config, 0o700);
    fs::write(config.join("config.toml"), "store = \"file\"\n").unwrap();
    let output = environment.run(&["doctor", "--as-job", "cron", "--json"]).ok();
    assert!(findings(&output).iter().all(is_calm), "{output:?}");
    // Whoever keeps everything elsewhere has to say so to each job.
    let (_market, environment) = healthy();
    let output = environment.run(&["doctor", "--as-job", "systemd", "--json"]).ok();
    let grave: Vec<Value> = findings(&output).into_iter().filter(|it| !is_calm(it)).collect();
    let [only] = &grave[..] else { panic!("{grave:#?}") };
    assert_says(only, &["without SELLAUTH_HOME, a systemd service would look in ~/", "and find no shop"]);
    assert_says(&saying(&output, "without that line it runs as root"), &["User="]);
    assert_eq!(
        (output.json()["facts"]["job"].as_str(), &only["only_in_job"]),
        (Some("systemd"), &true.into())
    );
}

#[test]
fn another_user_who_cannot_look_into_the_home_is_found() {
    let (_market, environment) = healthy();
    let ordinary = Ordinary::new(environment, Ordinary::NOBODY);
    let output = ordinary.run(&["doctor", "--as-job", "user:daemon", "--json"]).code(9);
    assert_says(&found(&output, "job", "problem"), &["user USER cannot look into", "sellauth export --move"]);
    assert_says(&found(&output, "job", "note"), &["were not tried", "sudo -u USER sellauth doctor"]);
    let output = ordinary.run(&["doctor", "--as-job", "user:root", "--json"]).ok();
    assert!(words(&found(&output, "job", "ok")).contains("modes allow user root"));
    ordinary.run(&["doctor", "--as-job", "user:nobody-of-that-name"]).code(3);
}

#[test]
fn who_runs_the_scripts_is_asked_or_named() {
    let (_market, environment) = healthy();
    let output = environment.run(&["doctor", "--as-job"]).code(2);
    for name in ["--as-job cron", "--as-job systemd", "--as-job user:NAME"] {
        assert!(output.stderr.contains(name), "{name}\n{}", output.stderr);
    }
    environment.run(&["doctor", "--as-job", "at"]).code(2);
    let mut terminal = Terminal::start(&environment, &["doctor", "--as-job"]);
    terminal.expect("Who runs the scripts");
    terminal.send("\r");
    terminal.expect("a cron job");
    terminal.expect("No problem was found.");
}

/// Names that must not stand in a bug report.
const NAMES: [&str; 4] = ["kundenGmbH", "MeierApp", "ad", "kontor-nord"];

#[test]
fn a_job_tells_no_names_either_and_nor_does_what_it_answers() {
    let (_market, mut environment) = healthy();
    environment.run(&["rename", ID, "ad"]).ok();
    let profile = environment.read("profiles/ad.toml");
    let uuid = uuid::Uuid::new_v4().to_string();
    let lost = profile.lines().map(|line| match line.split_once(" = ") {
        Some(("app", _)) => "app = \"MeierApp\"".to_owned(),
        Some(("uuid", _)) => format!("uuid = \"{uuid}\""),
        _ => line.to_owned(),
    });
    environment.write("profiles/kontor-nord.toml", &lost.collect::<Vec<_>>().join("\n"));
    environment.write("config.toml", "store = \"kundenGmbH\"\n");
    environment.use_file_store();
    for arguments in
        [&["doctor", "--json"][..], &["doctor", "--json", "--as-job", "cron"], &["doctor", "--as-job", "="]]
    {
        let output = environment.run(arguments);
        let report = output.json().to_string();
        assert!(report.contains("no app is called"), "{report}");
        for name in NAMES {
            let stands = report.split(|c: char| !c.is_alphanumeric() && c != '-').any(|word| word == name);
            assert!(!stands, "{arguments:?}: {name}: {report}");
        }
        let root = environment.home().parent().unwrap().display().to_string();
        assert!(!report.contains(&root), "{arguments:?}: {report}");
    }
    let shown = environment.run(&["doctor", "--as-job", "cron"]).stdout;
    assert!(shown.contains("MeierApp"), "a person reads names: {shown}");
}

#[test]
fn a_home_that_only_the_system_knows_is_redacted() {
    let ordinary = Ordinary::new(TestEnvironment::new(), Ordinary::NOBODY);
    let line = ordinary.sh("getent passwd $(id -u)");
    let fields: Vec<&str> = line.trim().split(':').collect();
    let without = ["env", "-u", "HOME", "-u", "USER", "-u", "LOGNAME", "-u", "SELLAUTH_HOME"];
    let words =
        ordinary.sh(&format!("{} {} doctor --json || true", without.join(" "), ordinary.program().display()));
    assert!(words.contains("\"config\": \"~/"), "{words}");
    assert!(!words.contains(fields[5]), "{words}");
}

#[test]
fn a_job_that_cannot_be_tried_is_a_problem_and_nobody_elses_findings() {
    if !crate::support::ordinary::is_root() {
        return;
    }
    let (_market, environment) = healthy();
    set_mode(&environment.home(), 0o755);
    let folder = tempfile::tempdir().unwrap();
    set_mode(folder.path(), 0o700);
    let program = folder.path().join("sellauth");
    fs::copy(env!("CARGO_BIN_EXE_sellauth"), &program).unwrap();
    let copy = program.display().to_string();
    let wrapper = ["sh", "-c", "shift; exec \"$0\" \"$@\"", &copy];
    let output = environment.invoke_under(&wrapper, &["doctor", "--as-job", "user:daemon", "--json"]).run();
    let output = output.code(9);
    let [only] = &findings(&output)[..] else { panic!("{output:?}") };
    assert_says(
        only,
        &["could not be tried", "sellauth", "could not be started", "user USER cannot look into"],
    );
    assert_eq!((&only["severity"], &output.json()["facts"]["shops"]), (&"problem".into(), &0.into()));
}

#[test]
fn another_user_is_tried_with_all_their_groups() {
    if !crate::support::ordinary::is_root() {
        return;
    }
    let (_market, environment) = healthy();
    let root = environment.home().parent().unwrap().to_owned();
    set_mode(&root, 0o755);
    let give = "chgrp -R 4711 \"$0\" && chmod -R g+rwX \"$0\"";
    let home = environment.home().display().to_string();
    assert!(std::process::Command::new("sh").args(["-c", give, &home]).status().unwrap().success());
    let program = root.join("program");
    fs::copy(env!("CARGO_BIN_EXE_sellauth"), &program).unwrap();
    let script = "cp /etc/passwd /etc/group . && echo probe:x:4710:4710::/nowhere:/bin/sh >>passwd && \
                  echo probes:x:4711:probe >>group && mount --bind passwd /etc/passwd && \
                  mount --bind group /etc/group && exec ./program doctor --json --as-job user:probe";
    let output = environment.invoke_under(&["unshare", "--mount", "sh", "-c", script], &[]).run();
    assert_eq!(output.json()["facts"]["shops"], 1, "{output:?}");
    assert!(!output.stdout.contains("probe") && !output.stdout.contains("nowhere"), "{output:?}");
}
