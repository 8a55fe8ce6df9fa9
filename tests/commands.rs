//! The commands that need no browser: what they print for a person and for a script.

mod apps;
mod overview;
mod shops;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::environment::TestEnvironment;
use crate::support::marketplaces::Otto;
use crate::support::marketplaces::otto::App;
use crate::support::stage::Stage;
use crate::support::terminal::Terminal;

/// A home with the file store and nothing in it.
fn home() -> TestEnvironment {
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    environment
}

/// A stage on which OTTO's own app is registered, and the app.
fn staged() -> (Stage, App) {
    let otto = Otto::new();
    let app = otto.app(App::self_app());
    let stage = Stage::new(vec![Box::new(otto)]);
    let add = ["app", "add", "otto-self", "--client-id", &app.client_id, "--client-secret-stdin"];
    let more = ["--scope", "orders", "--scope", "products", "--version", "1.0.0"];
    stage.feed(&[&add[..], &more].concat(), &app.client_secret).ok();
    (stage, app)
}

/// The keys of an object, in order.
fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

/// Every command, subcommands included.
pub const COMMANDS: &[&[&str]] = &[
    &["connect"],
    &["token"],
    &["exec"],
    &["api"],
    &["status"],
    &["refresh"],
    &["timer"],
    &["timer", "install"],
    &["timer", "remove"],
    &["timer", "status"],
    &["reauthorize"],
    &["disconnect"],
    &["rename"],
    &["import"],
    &["export"],
    &["migrate"],
    &["log"],
    &["lock"],
    &["app"],
    &["app", "add"],
    &["app", "register"],
    &["app", "list"],
    &["app", "show"],
    &["app", "set"],
    &["app", "remove"],
    &["marketplaces"],
    &["marketplaces", "list"],
    &["marketplaces", "show"],
    &["marketplaces", "check"],
    &["marketplaces", "new"],
    &["marketplaces", "schema"],
    &["marketplaces", "diff"],
    &["explain"],
    &["vault"],
    &["vault", "policy"],
    &["relay"],
    &["doctor"],
    &["demo"],
    &["completions"],
    &["man"],
];

#[test]
fn every_command_explains_itself() {
    let environment = home();
    for command in COMMANDS {
        let output = environment.run(&[command, &["--help"][..]].concat()).ok();
        assert_eq!(output.stderr, "", "{command:?}");
        let usage = format!("Usage: sellauth {}", command.join(" "));
        let mut lines = output.stdout.lines();
        let about = lines.next().unwrap_or_default();
        assert!(about.len() > 10 && !about.ends_with('.'), "{command:?}: {about}");
        assert!(output.stdout.contains(&usage), "{command:?}: {}", output.stdout);
        for flag in ["--json", "--quiet", "--verbose", "--color", "--no-input", "--help"] {
            assert!(output.stdout.contains(flag), "{command:?} has no {flag}");
        }
        let undocumented =
            output.stdout.lines().filter(|line| line.trim_start().starts_with("--")).find(|line| {
                // In the long help a flag's explanation stands on a line of its own.
                line.split_whitespace().count() == 1
                    && !output.stdout.contains(&format!("{line}\n          "))
            });
        assert_eq!(undocumented, None, "{command:?}");
    }
    assert!(environment.files().is_empty());
}

#[test]
fn the_overview_lists_every_command() {
    let environment = home();
    let overview = environment.run(&["--help"]).ok().stdout;
    let commands = overview.split("Commands:").nth(1).unwrap().split("Options:").next().unwrap();
    let listed: BTreeSet<&str> = commands
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    let expected: BTreeSet<&str> = COMMANDS.iter().map(|command| command[0]).chain(["help"]).collect();
    assert_eq!(listed, expected);
    let unwrapped = commands.split_whitespace().collect::<Vec<_>>().join(" ");
    for aliases in ["[alias: login]", "[aliases: list, ls]", "[alias: logout]"] {
        assert!(unwrapped.contains(aliases), "{commands}");
    }
    let version = environment.run(&["--version"]).ok().stdout;
    assert_eq!(version, concat!("sellauth ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn the_overview_names_what_no_flag_says() {
    let overview = home().run(&["--help"]).ok().stdout;
    for variable in [
        "SELLAUTH_HOME",
        "SELLAUTH_STORE",
        "SELLAUTH_PROFILE",
        "SELLAUTH_KEY_FILE",
        "SELLAUTH_PASSPHRASE",
        "SELLAUTH_PASSPHRASE_FILE",
        "SELLAUTH_CLIENT_SECRET",
        "SELLAUTH_CLIENT_SECRET_FILE",
        "SELLAUTH_BROWSER",
        "BROWSER",
        "HTTPS_PROXY",
        "NO_PROXY",
        "SSL_CERT_FILE",
        "VAULT_ADDR",
        "VAULT_TOKEN",
        "SELLAUTH_VAULT_SECRET_ID",
        "SELLAUTH_VAULT_SECRET_ID_FILE",
        "NO_COLOR",
    ] {
        let named = overview.split([' ', ',', '\n']).any(|word| word == variable);
        assert!(named, "{variable} is not explained\n{overview}");
    }
    assert!(overview.contains("\n    4  reauthorization_required: "), "{overview}");
    assert!(!overview.contains('\u{1b}') && overview.lines().all(|line| line.len() <= 100), "{overview}");
    let environment = home();
    for command in ["connect", "token", "reauthorize"] {
        let help = environment.run(&[command, "--help"]).ok().stdout;
        let said = help.split("<TIME>").nth(1).unwrap().trim_start().lines().next().unwrap();
        assert!(said.contains("30d"), "{command}: {said}");
    }
}

#[test]
fn a_script_is_told_that_a_command_is_missing() {
    let environment = home();
    for arguments in [&["--json", "app"], &["app", "--json"]] {
        let output = environment.run(&arguments[..]).code(2);
        assert_eq!((output.stdout.as_str(), output.stderr.lines().count()), ("", 1), "{output:?}");
        let error = &output.error_json()["error"];
        assert_eq!((&error["kind"], &error["message"]), (&"usage".into(), &"no command was given".into()));
    }
}

#[test]
fn notes_and_hints_fit_the_terminal() {
    let environment = home();
    let mut terminal = Terminal::as_wide_as(40, &environment, &["status"]);
    terminal.expect("note: no shop is connected yet\r\n");
    assert_eq!(terminal.finish(), 0);
    let mut terminal = Terminal::as_wide_as(40, &environment, &["app", "show", "a/b"]);
    terminal.expect(
        "hint: use up to 64 letters, digits, `-`,\r\n      \
         `_` and single dots, beginning\r\n      with a letter or digit\r\n",
    );
    assert_eq!(terminal.finish(), 2);
}

#[test]
fn what_stays_on_this_machine_goes_through_no_proxy() {
    use std::io::{Read, Write};
    let environment = home();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let asked = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = [0; 1024];
        let length = stream.read(&mut request).unwrap();
        stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n").unwrap();
        String::from_utf8_lossy(&request[..length]).into_owned()
    });
    let check = ["relay", "--check", &format!("http://{address}/callback")];
    // Nobody listens at the discard port: a request sent there comes to nothing.
    let proxied = ["HTTP_PROXY", "http_proxy", "ALL_PROXY"]
        .iter()
        .fold(environment.invoke(&check), |run, name| run.var(name, "http://127.0.0.1:9"));
    let output = proxied.run().code(9);
    assert!(output.stderr.contains("(HTTP 404)"), "{output:?}");
    // A proxy would be sent the whole address.
    assert!(asked.join().unwrap().starts_with("GET /callback?"));
}

#[test]
fn an_empty_home_is_no_error_and_stays_empty() {
    let environment = home();
    for command in [["status"], ["list"], ["ls"]] {
        let output = environment.run(&command).ok();
        assert_eq!(output.stdout, "");
        assert!(output.stderr.starts_with("note: no shop is connected yet\n"), "{output:?}");
        let quiet = environment.run(&[&command[..], &["--quiet"]].concat()).ok();
        assert_eq!((quiet.stdout.as_str(), quiet.stderr.as_str()), ("", ""));
        let json = environment.run(&[&command[..], &["--json"]].concat()).ok();
        assert_eq!((json.stdout.as_str(), json.stderr.as_str()), ("[]\n", ""));
    }
    assert_eq!(environment.run(&["app", "list", "--json"]).ok().stdout, "[]\n");
    assert_eq!(environment.run(&["reauthorize", "--json", "--quiet"]).ok().stdout, "[]\n");
    let token = environment.run(&["token", "--json"]).code(3);
    assert_eq!(token.error_json()["error"]["message"], "no shop is connected yet");
    assert!(environment.files().is_empty(), "something was written");
}

#[test]
fn the_built_in_marketplaces_are_listed_and_shown_as_they_are() {
    let environment = home();
    let table = environment.run(&["marketplaces"]).ok();
    let first: Vec<&str> = table.stdout.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/marketplace/built_in");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let stem = |file: std::path::PathBuf| file.file_stem().unwrap().to_str().unwrap().to_owned();
    let mut ids: Vec<String> = files.filter(|file| file.extension().unwrap() == "toml").map(stem).collect();
    ids.sort();
    assert_eq!(
        (first[0], &first[1..]),
        ("MARKETPLACE", ids.iter().map(String::as_str).collect::<Vec<_>>().as_slice())
    );
    let list = environment.run(&["marketplaces", "--json"]).ok().json();
    for row in list.as_array().unwrap() {
        let expected = ["id", "name", "docs", "verified", "environments", "regions", "options", "file"];
        assert_eq!(keys(row), expected);
        let id = row["id"].as_str().unwrap();
        let shown = environment.run(&["marketplaces", "show", id]).ok().stdout;
        let shipped = std::fs::read_to_string(format!("{folder}/{id}.toml"));
        assert!(shown == shipped.unwrap(), "{id} is shown otherwise than it is");
        let document = environment.run(&["marketplaces", "show", id, "--json"]).ok().json();
        assert_eq!((&document["id"], &document["name"]), (&row["id"], &row["name"]));
        let regions = document["regions"].as_object().map_or(0, serde_json::Map::len);
        assert_eq!(regions, row["regions"].as_array().unwrap().len());
    }
    let largest = list.as_array().unwrap().iter().find(|row| row["id"] == "amazon").unwrap();
    assert_eq!(largest["regions"].as_array().unwrap().len(), 23);
    assert_eq!(keys(&largest["options"]), ["draft", "vendor"]);
    let unknown = environment.run(&["marketplaces", "show", "amazom", "--json"]).code(3);
    assert_eq!(unknown.error_json()["error"]["hint"], "did you mean `amazon`?");
}

#[test]
fn a_definition_that_was_shown_can_be_changed_checked_and_used() {
    let environment = home();
    let shown = environment.run(&["marketplaces", "show", "otto-self"]).ok().stdout;
    let own = shown.replace("id = \"otto-self\"", "id = \"my-otto\"");
    let file = environment.write("marketplaces/my-otto.toml", &own).display().to_string();
    assert_eq!(environment.run(&["marketplaces", "check", &file]).ok().stdout, "my-otto is fine\n");
    let json = environment.run(&["marketplaces", "check", &file, "--json"]).ok().json();
    assert_eq!(json, serde_json::json!({ "id": "my-otto", "name": "OTTO Market (own app)", "faults": [] }));
    assert_eq!(environment.run(&["marketplaces", "show", "my-otto"]).ok().stdout, own);
    let list = environment.run(&["marketplaces", "--json"]).ok().json();
    let row = list.as_array().unwrap().iter().find(|row| row["id"] == "my-otto").unwrap();
    assert_eq!(row["file"], *file);
    let missing = environment.run(&["marketplaces", "check", "nowhere.toml", "--json"]).code(9);
    assert_eq!(missing.error_json()["error"]["message"], "cannot read nowhere.toml");
}

#[test]
fn completions_need_no_home_and_go_to_stdout() {
    let mut environment = home();
    environment.remove_var("HOME").remove_var("SELLAUTH_HOME");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = environment.run(&["completions", shell]).ok();
        assert!(output.stdout.contains("sellauth") && output.stderr.is_empty(), "{shell}");
    }
    let unknown = environment.run(&["completions", "tcsh", "--json"]).code(2);
    let message = unknown.error_json()["error"]["message"].as_str().unwrap().to_owned();
    assert!(message.contains("[possible values: bash, elvish, fish, powershell, zsh]"), "{message}");
}
