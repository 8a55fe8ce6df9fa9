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
    let names = found(&output, "job", "warning");
    assert_says(&names, &["a systemd service does not have", "SELLAUTH_KEY_FILE", "HTTPS_PROXY"]);
    let gone = found(&output, "store", "problem");
    assert_eq!(gone["only_in_job"], true);
    assert_says(&gone, &["/key that the secret files need is gone"]);
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
    // A service has no HOME by itself, and needs to be told the rest in any case.
    let (_market, environment) = healthy();
    let output = environment.run(&["doctor", "--as-job", "systemd", "--json"]).ok();
    let grave: Vec<Value> = findings(&output).into_iter().filter(|it| !is_calm(it)).collect();
    let [only] = &grave[..] else { panic!("{grave:#?}") };
    assert_says(only, &["a systemd service does not have", "SELLAUTH_HOME"]);
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
    assert_says(
        &found(&output, "job", "problem"),
        &["user daemon cannot look into", "sellauth export --move"],
    );
    assert_says(&found(&output, "job", "note"), &["were not tried", "sudo -u daemon sellauth doctor"]);
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
