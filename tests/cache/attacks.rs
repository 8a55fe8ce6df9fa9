//! What is put in an entry's place, and who else comes for it.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use super::{Shop, consent, copy, quiet, without_store};
use crate::support::environment::TestEnvironment;
use crate::support::ordinary::{Ordinary, is_root};
use crate::support::strict::ID;

/// An ordinary user who has nothing here.
const STRANGER: u32 = 64_802;

/// What of a home a backup of it brings back, without its store.
const NO_SECRETS: [&str; 2] = ["state", "profiles"];

fn backup(shop: &Shop) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in NO_SECRETS {
        copy(&shop.home(name), &folder.path().join(name));
    }
    folder
}

fn restore(shop: &Shop, backup: &tempfile::TempDir) {
    for name in NO_SECRETS {
        copy(&backup.path().join(name), &shop.home(name));
    }
}

#[test]
fn a_disconnected_shop_does_not_come_back_with_its_files() {
    let shop = Shop::warm();
    let before = backup(&shop);
    shop.environment.run(&["disconnect", ID, "--yes"]).ok();
    assert_eq!(fs::read_dir(shop.home("state/cache")).unwrap().count(), 0);
    restore(&shop, &before);
    assert!(shop.entry().exists());
    let output = shop.run(&[]).code(4);
    assert_eq!(output.stdout, "", "the consent was revoked");
}

#[test]
fn a_profile_that_was_put_back_and_connected_anew_has_its_new_token() {
    let shop = Shop::warm();
    let (entry, before) = (shop.entry(), backup(&shop));
    let old = shop.token(&[]);
    let profile = format!("profiles/{ID}.toml");
    shop.environment.run(&["disconnect", ID, "--yes"]).ok();
    // As from a version control: the same UUID, whose generations begin anew.
    copy(&before.path().join(&profile), &shop.home(&profile));
    consent(&shop, &["connect", ID, "--no-browser"]);
    assert_ne!(shop.token(&[]), old);
    copy(&before.path().join("state/cache"), &shop.home("state/cache"));
    assert!(entry.exists());
    shop.assert_cold("the entry of an earlier connection");
}

#[test]
fn an_entry_is_worthless_after_a_new_consent() {
    let shop = Shop::warm();
    let old = fs::read(shop.entry()).unwrap();
    for _ in 0..2 {
        let before = shop.token(&[]);
        consent(&shop, &["reauthorize", ID, "--no-browser"]);
        shop.assert_cold("the token set is new");
        assert_ne!(shop.token(&[]), before);
        shop.assert_warm();
        fs::write(shop.entry(), &old).unwrap();
        shop.assert_cold("the older entry");
    }
}

#[test]
fn an_entry_is_worthless_after_a_renewal() {
    let shop = Shop::warm();
    let old = fs::read(shop.entry()).unwrap();
    let before = shop.token(&[]);
    assert_ne!(shop.token(&["--refresh"]), before);
    shop.assert_warm();
    fs::write(shop.entry(), old).unwrap();
    shop.assert_cold("the older generation");
    shop.assert_warm();
}

#[test]
fn an_entry_is_worthless_once_its_key_is_gone() {
    let shop = Shop::warm();
    let (entry, sealed) = (shop.entry(), fs::read(shop.entry()).unwrap());
    let output = shop.environment.run(&["lock"]).ok();
    assert_eq!(output.stderr, "");
    assert!(!shop.home("state/cache").exists());
    shop.environment.write(&entry, "");
    fs::write(&entry, &sealed).unwrap();
    shop.assert_cold("the key it was sealed with is gone");
    fs::write(&entry, &sealed).unwrap();
    shop.assert_cold("there is another key");
    shop.environment.run(&["lock"]).ok();
    shop.environment.run(&["lock"]).ok();
}

#[test]
fn an_entry_is_worthless_in_the_place_of_another_shops() {
    let shop = Shop::warm();
    let first = shop.entry();
    consent(&shop, &["connect", ID, "--no-browser", "--profile", "second"]);
    let second_token = quiet(shop.environment.run(&["token", "second"]).prints_a_secret());
    let files = fs::read_dir(shop.home("state/cache")).unwrap().map(|file| file.unwrap().path());
    let second = files.into_iter().find(|file| *file != first).expect("another entry");
    assert_ne!(shop.token(&[]), second_token);
    copy(&second, &first);
    shop.assert_cold("the entry of another shop");
}

#[test]
fn whatever_stands_in_its_place_the_store_answers() {
    let shop = Shop::warm();
    let (entry, sealed) = (shop.entry(), fs::read(shop.entry()).unwrap());
    let try_bytes = |bytes: &[u8], why: &str| {
        fs::write(&entry, bytes).unwrap();
        shop.assert_cold(why);
    };
    for length in [0, 1, 23, 24, 25, 39, 40, sealed.len() - 1] {
        try_bytes(&sealed[..length], &format!("{length} bytes of it"));
    }
    for place in [0, 23, 24, sealed.len() / 2, sealed.len() - 1] {
        let mut other = sealed.clone();
        other[place] ^= 0x10;
        try_bytes(&other, &format!("another byte {place}"));
    }
    try_bytes(&[&sealed[..], b"\n"].concat(), "a byte more");
    try_bytes(b"\0".repeat(100).as_slice(), "zeros");
    shop.assert_warm();
}

#[test]
fn an_entry_that_is_no_file_is_not_waited_for() {
    let shop = Shop::warm();
    let (entry, aside) = (shop.entry(), shop.home("aside"));
    fs::rename(&entry, &aside).unwrap();
    let sh = |script: &str| {
        let status = Command::new("sh").args(["-c", script]).arg(&entry).status();
        assert!(status.unwrap().success(), "{script}");
    };
    for (why, make) in [
        ("a pipe", r#"mkfifo "$0""#),
        // Sparse: who reads it all needs the memory.
        ("a huge file", r#"truncate -s 1T "$0""#),
        ("a link to nothing", r#"ln -s /nowhere "$0""#),
        ("a link to the endless", r#"ln -s /dev/zero "$0""#),
        ("a link to a pipe", r#"mkfifo "$0.pipe" && ln -s "$0.pipe" "$0""#),
    ] {
        sh(make);
        // What can be replaced is replaced.
        shop.assert_cold(why);
        shop.assert_warm();
        fs::remove_file(&entry).unwrap();
    }
    fs::create_dir(&entry).unwrap();
    shop.assert_cold("a folder");
    shop.assert_cold("a folder, still");
    fs::remove_dir(&entry).unwrap();
    symlink(&aside, &entry).unwrap();
    shop.assert_cold("a link to what it was");
    shop.assert_warm();
}

#[test]
fn what_cannot_be_read_or_written_is_not_spoken_of() {
    let Shop { market, environment } = Shop::warm();
    let user = Ordinary::new(environment, Ordinary::NOBODY);
    let token = || user.run(&["token", ID]).prints_a_secret();
    // The key that is there is that of whoever runs the tests.
    let printed = quiet(token());
    assert_eq!(without_store(&user.environment, || quiet(token())), printed);
    let folder = user.environment.home().join("state/cache");
    let entry = fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let set = |path: &Path, mode| fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();

    set(&entry, 0o000);
    without_store(&user.environment, token).code(8);
    assert_eq!(quiet(token()), printed);
    assert_eq!(without_store(&user.environment, || quiet(token())), printed, "it was replaced");
    let sealed = fs::read(&entry).unwrap();
    for mode in [0o500, 0o000] {
        fs::remove_file(&entry).unwrap();
        set(&folder, mode);
        without_store(&user.environment, token).code(8);
        assert_eq!(quiet(token()), printed, "{mode:o}");
        assert!(!entry.exists());
        set(&folder, 0o700);
        fs::write(&entry, &sealed).unwrap();
    }
    fs::remove_dir_all(&folder).unwrap();
    fs::write(&folder, "in the way").unwrap();
    assert_eq!(quiet(token()), printed);
    fs::remove_file(&folder).unwrap();
    fs::create_dir(&folder).unwrap();
    assert!(market.accepts(&printed));
}

/// Two homes on one machine, and what each prints without its store.
#[test]
fn no_home_opens_what_another_keeps() {
    let (one, other) = (Shop::warm(), Shop::warm());
    assert_ne!(one.token(&[]), other.token(&[]));
    let theirs = fs::read(one.entry()).unwrap();
    fs::write(other.entry(), theirs).unwrap();
    other.assert_cold("an entry of another home");
    one.assert_warm();
}

#[test]
fn a_copied_home_has_its_own() {
    let shop = Shop::warm();
    let copied = TestEnvironment::new();
    copy(&shop.environment.home(), &copied.home());
    let token = |environment: &TestEnvironment| environment.run(&["token", ID]).prints_a_secret();
    let cold = |environment: &TestEnvironment| {
        let output = without_store(environment, || token(environment));
        assert_eq!((output.code, output.stdout.as_str()), (8, ""), "{output:?}");
    };
    cold(&copied);
    let printed = quiet(token(&copied));
    assert_eq!(without_store(&copied, || quiet(token(&copied))), printed);
    shop.assert_warm();

    // Even under the same path, as in a container.
    let (home, aside) = (shop.environment.home(), shop.environment.home().with_file_name("aside"));
    fs::rename(&home, &aside).unwrap();
    copy(&aside, &home);
    cold(&shop.environment);
    fs::remove_dir_all(&home).unwrap();
    fs::rename(&aside, &home).unwrap();
    shop.assert_warm();
}

#[test]
fn another_user_gets_nothing_from_files_they_may_read() {
    if !is_root() {
        eprintln!("only root becomes another user");
        return;
    }
    let shop = Shop::warm();
    let owner = shop.environment.home();
    let entry = shop.entry().display().to_string();
    let stranger = Ordinary::new(TestEnvironment::new(), STRANGER);
    let look = || stranger.invoke(&["token", ID]).var("SELLAUTH_HOME", &owner).run();
    // The second time they may write, too, and get a key of their own.
    for mode in ["a+rX", "a+rwX"] {
        let root = owner.parent().expect("a home has a folder");
        let status = Command::new("chmod").args(["-R", mode]).arg(root).status();
        assert!(status.unwrap().success());
        // What changed its mode is another file.
        let token = shop.token(&[]);
        fs::set_permissions(&entry, Permissions::from_mode(0o644)).unwrap();
        shop.assert_warm();
        stranger.sh(&format!("cat {entry} >/dev/null"));
        let output = shop.without_store(look);
        assert!(output.code != 0 && output.stdout.is_empty(), "{mode}: {output:?}");
        assert_eq!(shop.without_store(|| shop.token(&[])), token);
    }
}
