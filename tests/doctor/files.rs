//! Files that are open to others, left behind, broken or there twice, and locks that somebody holds.

use std::fs::{self, File};
use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use super::*;

#[test]
fn a_home_that_others_can_look_into_is_found() {
    let (_market, environment) = healthy();
    set_mode(&environment.home(), 0o755);
    assert_warning(&environment, "modes", &["others on this machine can look into", "chmod -R go= "]);
}

#[test]
fn a_folder_or_key_of_the_programs_that_is_open_is_found_behind_a_closed_door() {
    let (_market, environment) = healthy();
    set_mode(&environment.home().join("store"), 0o755);
    assert_warning(&environment, "modes", &["/store", "chmod"]);
    set_mode(&environment.home().join("store"), 0o700);
    set_mode(&environment.home().join("key"), 0o644);
    assert_problem(&environment, 9, "modes", &["can read the key", "chmod go= "]);
}

#[test]
fn files_of_another_user_are_found() {
    let (_market, environment) = healthy();
    let file = environment.home().join("apps/notes.txt");
    if !crate::support::ordinary::is_root() {
        // Nobody else can give files away.
        return;
    }
    fs::write(&file, "").unwrap();
    std::os::unix::fs::chown(&file, Some(65534), None).unwrap();
    assert_warning(&environment, "owners", &["belongs to another user", "never with sudo"]);
}

#[test]
fn what_is_somebody_elses_is_no_draft_of_ours() {
    let (_market, environment) = healthy();
    let other = environment.home().with_file_name("other");
    fs::create_dir(&other).unwrap();
    std::os::unix::fs::symlink(&other, environment.home().join("profiles/linked")).unwrap();
    std::os::unix::fs::symlink(&other, environment.home().join("state/linked")).unwrap();
    let before = SystemTime::now() - Duration::from_secs(2 * 3600);
    for path in [other.join(".tmpOther"), environment.write("notes/.tmpMine", "")] {
        File::create(&path).unwrap().set_modified(before).unwrap();
    }
    set_mode(&other, 0o777);
    let output = environment.run(&["doctor", "--json"]).ok();
    let all = findings(&output);
    assert!(all.iter().all(|it| it["check"] != "leftovers" && is_calm(it)), "{all:#?}");
}

#[test]
fn a_link_that_leads_nowhere_is_found() {
    for name in ["gone.toml", "profiles/gone.toml", "apps/gone.toml"] {
        let (_market, environment) = healthy();
        let link = environment.home().join(name);
        fs::create_dir_all(link.parent().unwrap()).unwrap();
        std::os::unix::fs::symlink("/nowhere/at all", &link).unwrap();
        // The name of a file may be a shop's, and is none of a report's business.
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        assert_problem(&environment, 9, "files", &[folder, "leads nowhere", "rm "]);
    }
}

#[test]
fn a_path_with_blanks_is_one_word_of_the_command_that_is_named() {
    let mut environment = TestEnvironment::new();
    let home = environment.home().with_file_name("my shops");
    environment.use_file_store().set_var("SELLAUTH_HOME", &home);
    fs::create_dir(&home).unwrap();
    set_mode(&home, 0o755);
    let said = environment.run(&["doctor"]).stdout.replace('\n', " ");
    let words = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("chmod -R go= '") && words.contains("/my shops'`"), "{said}");
}

#[test]
fn what_killed_commands_left_behind_is_found() {
    let (_market, environment) = healthy();
    let left = environment.write("state/.tmpAbCdEf", "half a reco");
    let output = environment.run(&["doctor", "--json"]).ok();
    assert!(findings(&output).iter().all(|it| it["check"] != "leftovers"), "it may still be written");
    let before = SystemTime::now() - Duration::from_secs(2 * 3600);
    File::options().write(true).open(&left).unwrap().set_modified(before).unwrap();
    let output = environment.run(&["doctor", "--json"]).ok();
    assert_says(&found(&output, "leftovers", "note"), &["killed commands", ".tmpAbCdEf", "rm "]);
}

#[test]
fn a_renewal_that_was_killed_is_found_until_it_is_taken_up() {
    let (market, environment) = healthy();
    market.hold();
    let running = environment.spawn(&["token", ID, "--refresh"]);
    market.wait_until_held();
    running.signal("KILL");
    market.release();
    running.finish().code(137);
    assert_warning(&environment, "leftovers", &["a renewal of strict began", "sellauth token strict"]);
    environment.run(&["token", ID]).ok().prints_a_secret();
    assert_healthy(&environment);
}

#[test]
fn tokens_that_wait_in_the_last_resort_are_found() {
    let session = KeyringSession::start();
    let (market, environment) = healthy_in(&session);
    market.hold();
    let running = environment.spawn(&["token", ID, "--refresh"]);
    market.wait_until_held();
    session.lock();
    market.release();
    running.finish().code(8);
    session.unlock();
    let output = environment.run(&["doctor", "--json"]).ok();
    let spilled = findings(&output).into_iter().find(|it| words(it).contains("wait in"));
    assert_says(
        &spilled.expect("a finding"),
        &["renewed tokens of strict", "spill", "sellauth token strict"],
    );
    environment.run(&["token", ID]).ok().prints_a_secret();
    assert_healthy(&environment);
}

#[test]
fn a_lock_that_stays_held_is_found_with_its_holder() {
    let (_market, environment) = healthy();
    let lock = environment.home().join(format!("state/locks/{}.lock", uuid_of_shop(&environment)));
    assert!(lock.exists());
    let mut holder = Command::new("flock")
        .arg("--no-fork")
        .arg(&lock)
        .args(["sh", "-c", "printf h; exec cat"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    holder.stdout.as_mut().unwrap().read_exact(&mut [0]).unwrap();
    let pid = holder.id();
    assert_warning(
        &environment,
        "locks",
        &["the lock of `strict`", &format!("process {pid} (cat)"), "ps -f -p"],
    );
    drop(holder.stdin.take());
    holder.wait().unwrap();
    assert_healthy(&environment);
}

#[test]
fn a_wrong_definition_is_as_grave_as_its_use() {
    let (_market, environment) = healthy();
    environment.write("marketplaces/unused.toml", "schema = 1\nid = 'unused'\nname = 3\n");
    assert_warning(&environment, "definitions", &["marketplaces/unused.toml:3: "]);
    fs::remove_file(environment.home().join("marketplaces/unused.toml")).unwrap();
    environment.write("marketplaces/otto.toml", "schema = 1\n");
    assert_problem(&environment, 9, "definitions", &["`otto` is a built-in marketplace"]);
    fs::remove_file(environment.home().join("marketplaces/otto.toml")).unwrap();
    let own = environment.read(format!("marketplaces/{ID}.toml"));
    environment.write(format!("marketplaces/{ID}.toml"), &format!("colour = 'blue'\n{own}"));
    assert_problem(&environment, 9, "definitions", &["strict.toml:1: `…` is no known key"]);
}

#[test]
fn two_profiles_of_one_uuid_are_found() {
    let (_market, environment) = healthy();
    let profile = environment.read(format!("profiles/{ID}.toml"));
    environment.write("profiles/copy.toml", &profile);
    assert_problem(&environment, 9, "duplicates", &["one uuid", "no second shop"]);
}

#[test]
fn what_is_no_file_is_found_in_time() {
    let (_market, environment) = healthy();
    let uuid = uuid_of_shop(&environment);
    let lock = format!("state/locks/{uuid}.lock");
    let cases = [
        ("profiles/strict.toml", "files", 9),
        ("apps/strict.toml", "files", 9),
        ("config.toml", "home", 9),
        ("marketplaces/strict.toml", "definitions", 9),
        (&format!("state/profiles/{uuid}.json"), "files", 9),
        ("key", "store", 8),
    ];
    for (path, check, code) in cases {
        let (path, aside) = (environment.home().join(path), environment.home().with_file_name("aside"));
        fs::rename(&path, &aside).unwrap();
        assert!(Command::new("mkfifo").arg("-m600").arg(&path).status().unwrap().success());
        let output = environment.invoke_under(&["timeout", "20"], &["doctor", "--json"]).run().code(code);
        let all = findings(&output);
        let said = all.iter().any(|it| it["check"] == check && words(it).contains("it is a pipe"));
        assert!(said, "{path:?}: {all:#?}");
        let status = environment.invoke_under(&["timeout", "20"], &["status"]).run();
        assert_ne!(status.code, 124, "status waits for {path:?}");
        fs::remove_file(&path).unwrap();
        fs::rename(&aside, &path).unwrap();
    }
    let path = environment.home().join(lock);
    fs::remove_file(&path).unwrap();
    assert!(Command::new("mkfifo").arg("-m600").arg(&path).status().unwrap().success());
    environment.invoke_under(&["timeout", "20"], &["doctor", "--json"]).run().ok();
    let output = environment.invoke_under(&["timeout", "20"], &["token", ID, "--refresh"]).run();
    assert!(output.stderr.contains("it is a pipe"), "{}", output.stderr);
}

#[test]
fn a_profile_whose_app_is_gone_is_found_and_so_is_one_that_does_not_parse() {
    let (_market, environment) = healthy();
    environment.write("profiles/wrong.toml", "uuid = 1\n");
    assert_problem(&environment, 9, "files", &["profiles/shop-2.toml:1: ", "correct this line"]);
    fs::remove_file(environment.home().join("profiles/wrong.toml")).unwrap();
    fs::remove_file(environment.home().join(format!("apps/{ID}.toml"))).unwrap();
    let output = environment.run(&["doctor", "--json"]).code(3);
    assert_says(&found(&output, "files", "problem"), &["no app is called `…`"]);
}

#[test]
fn a_record_whose_profile_is_gone_is_found() {
    let (_market, environment) = healthy();
    fs::remove_file(environment.home().join(format!("profiles/{ID}.toml"))).unwrap();
    let output = environment.run(&["doctor", "--json"]).ok();
    assert_says(&found(&output, "leftovers", "note"), &["whose profile is gone", "disconnect"]);
}

#[test]
fn a_consent_that_is_over_is_found() {
    let (market, environment) = healthy();
    market.end_consent_of_last();
    environment.run(&["token", ID, "--refresh"]).code(4);
    assert_problem(&environment, 4, "shops", &["strict does not work any more", "reauthorize strict"]);
}

#[test]
fn a_home_that_cannot_be_opened_is_a_finding_and_everything_else_is_examined() {
    let (_market, mut environment) = healthy();
    environment.write("config.toml", "store = \"file\"\nstor = 1\n");
    let output = environment.run(&["doctor", "--json"]).code(9);
    assert_says(&found(&output, "home", "problem"), &["config.toml:2", "did you mean `store`?"]);
    found(&output, "loopback", "ok");
    found(&output, "network", "ok");
    assert_eq!(output.json()["facts"]["shops"], 1);
    environment.write("config.toml", "store = \"file\"\n");
    environment.set_var("SELLAUTH_STORE", "paper");
    assert_problem(&environment, 9, "home", &["is no secret store", "keyring, file or vault"]);
    assert!(files_in(&environment, "state").len() > 1);
}
