//! The program for Windows, run by Wine: with the Credential Manager, access lists and a console.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use serde_json::Value;

use crate::support::environment::TestEnvironment;
use crate::support::running::{LINE_DEADLINE, Output};
use crate::support::strict::{CLIENT_ID, End, ID, Strict};
use crate::support::wine::{credentials_of, machine};

/// What Wine makes of an entry for everybody in an access list. Administrators, who stay in each list, become
/// the group.
const OTHERS: u32 = 0o007;
/// `CRED_MAX_CREDENTIAL_BLOB_SIZE`: an entry of the Credential Manager holds no more bytes.
const ENTRY: usize = 2_560;

/// Connects a shop of `strict` by pasting the address its browser ended on.
fn connect(machine: &TestEnvironment, strict: &Strict) {
    machine.write(format!("marketplaces/{ID}.toml"), &strict.definition());
    machine.run(&["app", "add", ID, "--client-id", CLIENT_ID]).ok();
    let mut running = machine.invoke(&["connect", ID, "--paste"]).spawn_with_open_stdin();
    let url = running.wait_for_line(|line| line.trim().starts_with("http://"), LINE_DEADLINE);
    running.send_line(&strict.authorize(&url));
    let output = running.finish().ok();
    assert_eq!(output.stdout.trim_end(), format!("connected {ID} (shop strict-shop)"));
}

/// The access token that `token` prints and the API takes.
#[track_caller]
fn token(machine: &TestEnvironment, strict: &Strict, arguments: &[&str]) -> String {
    strict.token(machine, arguments).stdout.trim_end().to_owned()
}

/// What the secrets of the one profile are kept under.
fn owner(machine: &TestEnvironment) -> String {
    let file: toml::Table = machine.read(format!("profiles/{ID}.toml")).parse().unwrap();
    file["uuid"].as_str().expect("a UUID").to_owned()
}

/// What `doctor` says about who may read the files.
fn said_of_modes(machine: &TestEnvironment) -> Vec<String> {
    let report: Value = serde_json::from_str(&machine.run(&["doctor", "--json"]).stdout).unwrap();
    let findings = report["findings"].as_array().expect("findings");
    let of_modes = findings.iter().filter(|finding| finding["check"] == "modes");
    of_modes.map(|finding| finding["message"].as_str().unwrap().to_owned()).collect()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode()
}

#[test]
fn it_says_which_version_it_is() {
    let output = machine().run(&["--version"]).ok();
    assert_eq!(output.stdout.trim_end(), concat!("sellauth ", env!("CARGO_PKG_VERSION")));
}

#[test]
fn the_whole_story_is_told_with_the_file_store() {
    let output = machine().run(&["demo", "--headless"]).ok().prints_a_secret();
    for words in ["Atelier Süd", "connected demo", "reauthorized demo", "disconnected demo"] {
        assert!(output.stdout.contains(words) || output.stderr.contains(words), "{words}: {output:?}");
    }
}

#[test]
fn a_shop_lives_in_the_credential_manager_until_it_is_disconnected() {
    let (machine, strict) = (machine(), Strict::start());
    connect(&machine, &strict);
    let row = machine.run(&["status", "--json"]).ok().json();
    assert_eq!((&row[0]["store"], &row[0]["state"]), (&"keyring".into(), &"connected".into()));
    let owner = owner(&machine);
    assert_eq!(credentials_of(&owner).len(), 1, "short tokens are one entry");

    strict.set_access_token_life(3600);
    let renewed = token(&machine, &strict, &[]);
    assert_eq!(strict.renewals().len(), 1, "it was due");
    assert_eq!(token(&machine, &strict, &[]), renewed);
    let again = token(&machine, &strict, &["--refresh"]);
    assert_ne!(again, renewed);
    assert_eq!(credentials_of(&owner).len(), 1, "the replaced token set is gone");
    machine.assert_absent(&[&renewed, &again]);

    machine.run(&["disconnect", ID, "--yes"]).ok();
    assert_eq!(strict.ends(), [Some(End::Revoked)]);
    assert_eq!(credentials_of(&owner), [""; 0]);
}

#[test]
fn long_tokens_are_spread_over_entries_of_the_credential_manager() {
    for length in [1_281, 6_000] {
        let (machine, strict) = (machine(), Strict::start());
        strict.set_token_length(length);
        connect(&machine, &strict);
        strict.set_access_token_life(3600);
        let renewed = token(&machine, &strict, &[]);
        assert_eq!(renewed.len(), length);
        assert_eq!(token(&machine, &strict, &[]), renewed, "as it was stored");
        let owner = owner(&machine);
        // The access token and the refresh token are of that length.
        let least = (2 * length).div_ceil(ENTRY);
        let entries = credentials_of(&owner);
        assert!(entries.len() >= least && least > 1, "{length}: {entries:?}");
        // What is shorter afterwards leaves nothing of the longer one.
        strict.set_token_length(32);
        token(&machine, &strict, &["--refresh"]);
        assert_eq!(credentials_of(&owner).len(), 1);
        machine.run(&["disconnect", ID, "--yes"]).ok();
        assert_eq!(credentials_of(&owner), [""; 0]);
    }
}

#[test]
fn many_at_once_renew_once() {
    let (machine, strict) = (machine(), Strict::start());
    connect(&machine, &strict);
    strict.set_access_token_life(3600);
    let running: Vec<_> = (0..6).map(|_| machine.spawn(&["token", ID])).collect();
    let tokens: Vec<String> =
        running.into_iter().map(|running| running.finish().ok().prints_a_secret().stdout).collect();
    assert!(tokens.iter().all(|token| *token == tokens[0]) && strict.accepts(tokens[0].trim_end()));
    assert_eq!(strict.renewals().len(), 1);
}

#[test]
fn nobody_else_may_read_what_it_writes_and_doctor_sees_who_may() {
    let (mut machine, strict) = (machine(), Strict::start());
    machine.use_file_store();
    // A folder that is there already stays as it is: it may be the person's own.
    fs::create_dir(machine.home()).unwrap();
    fs::set_permissions(machine.home(), PermissionsExt::from_mode(0o755)).unwrap();
    connect(&machine, &strict);
    assert_eq!(mode(&machine.home()) & OTHERS, 0o005);
    for (path, _) in machine.files() {
        let ours = path.strip_prefix(machine.home()).is_ok_and(|path| !path.starts_with("marketplaces"));
        assert!(!ours || mode(&path) & OTHERS == 0, "{}: {:o}", path.display(), mode(&path));
    }
    for folder in ["apps", "profiles", "state", "store"] {
        assert_eq!(mode(&machine.home().join(folder)) & OTHERS, 0, "{folder}");
    }
    fs::set_permissions(machine.home(), PermissionsExt::from_mode(0o700)).unwrap();
    assert_eq!(said_of_modes(&machine), [""; 0]);

    let key = machine.home().join("key");
    fs::set_permissions(&key, PermissionsExt::from_mode(0o644)).unwrap();
    let said = said_of_modes(&machine);
    assert!(said.len() == 1 && said[0].contains("key"), "{said:?}");
}

#[test]
fn a_command_finds_the_token_and_its_exit_code_is_its_own() {
    let (machine, strict) = (machine(), Strict::start());
    connect(&machine, &strict);
    strict.set_access_token_life(3600);
    let exec = |words: &[&str]| -> Output { machine.run(&[&["exec", ID, "--"], words].concat()) };
    let output = exec(&["cmd", "/c", "echo %SELLAUTH_PROFILE% %SELLAUTH_ACCESS_TOKEN%& exit 7"]);
    let output = output.code(7).prints_a_secret();
    let (profile, secret) = output.stdout.trim_end().split_once(' ').unwrap();
    assert!(profile == ID && strict.accepts(secret), "{output:?}");
    exec(&["no-such-command"]).code(127);
}

#[test]
fn ctrl_c_ends_a_login_and_leaves_nothing() {
    let (machine, strict) = (machine(), Strict::start());
    machine.write(format!("marketplaces/{ID}.toml"), &strict.definition());
    machine.run(&["app", "add", ID, "--client-id", CLIENT_ID]).ok();
    let running = machine.spawn(&["connect", ID, "--no-browser"]);
    running.wait_for_line(|line| line.trim().starts_with("http://"), LINE_DEADLINE);
    running.signal("INT");
    running.finish().code(130);
    assert_eq!(machine.run(&["status", "--json"]).ok().json().as_array().map(Vec::len), Some(0));
}
