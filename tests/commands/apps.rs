//! `sellauth app`.

use serde_json::json;

use super::{home, keys};
use crate::support::environment::TestEnvironment;

const SECRET: &str = "hush-client-secret-1";
const AMAZON: [&str; 4] =
    ["--client-id", "amzn1.application-oa2-client.1a", "--set", "application_id=amzn1.sp.solution.1-2"];
const DOCUMENT: [&str; 14] = [
    "app",
    "marketplace",
    "env",
    "client_id",
    "redirect_uri",
    "scopes",
    "version",
    "install_url",
    "imported_only",
    "kind",
    "variables",
    "store",
    "client_secret_created_at",
    "client_secret_expires_at",
];

/// A home with an app of Amazon's.
fn with_amazon() -> TestEnvironment {
    let environment = home();
    let redirect = ["--redirect-uri", "https://erp.example/amazon", "--client-secret-stdin"];
    let created = ["--client-secret-created", "2026-11-01", "--json"];
    let add = [&["app", "add", "amazon"], &AMAZON[..], &redirect, &created].concat();
    let added = environment.invoke(&add).stdin(format!("{SECRET}\n")).run().ok();
    assert_eq!(keys(&added.json()), DOCUMENT);
    environment
}

#[test]
fn an_app_is_added_listed_shown_changed_and_removed() {
    let environment = with_amazon();
    let table = environment.run(&["app", "list"]).ok();
    assert_eq!(
        table.stdout,
        "APP     MARKETPLACE  ENV         VERSION  CLIENT ID\n\
         amazon  amazon       production  –        amzn1.application-oa2-client.1a\n"
    );
    let list = environment.run(&["app", "list", "--json"]).ok().json();
    let shown = environment.run(&["app", "show", "amazon", "--json"]).ok().json();
    assert_eq!(list, json!([shown]));
    assert_eq!(shown["variables"], json!({ "application_id": "amzn1.sp.solution.1-2" }));
    assert_eq!(shown["client_secret_created_at"], "2026-11-01T00:00:00Z");
    assert_eq!(shown["client_secret_expires_at"], "2027-04-30T00:00:00Z");

    let set = ["app", "set", "amazon", "--version", "1.1", "--scope", "a", "--scope", "b"];
    assert_eq!(environment.run(&set).ok().stdout, "changed app amazon\n");
    let changed = environment.run(&["app", "show", "amazon", "--json"]).ok().json();
    assert_eq!((&changed["version"], &changed["scopes"]), (&json!("1.1"), &json!(["a", "b"])));
    assert_eq!(changed["variables"], shown["variables"]);

    let unconfirmed = environment.run(&["app", "remove", "amazon", "--json"]).code(2);
    assert_eq!(unconfirmed.error_json()["error"]["hint"], "add `--yes`");
    let removed = environment.run(&["app", "remove", "amazon", "--yes", "--json"]).ok().json();
    assert_eq!(removed, json!({ "app": "amazon", "removed": true }));
    let gone = environment.run(&["app", "show", "amazon", "--json"]).code(3);
    let log = format!("state/log/{}.jsonl", jiff::Timestamp::now().strftime("%Y-%m"));
    assert_eq!(gone.error_json()["error"]["kind"], "not_found");
    let left: Vec<_> = environment.files().into_iter().map(|(path, _)| path).collect();
    let stays = |path: &std::path::PathBuf| path.ends_with("sellauth/key") || path.ends_with(&log);
    assert!(left.iter().all(stays), "{left:?}");
    environment.assert_absent(&[SECRET]);
}

#[test]
fn what_belongs_into_the_portal_is_said_beside_the_answer() {
    let environment = with_amazon();
    let shown = environment.run(&["app", "show", "amazon"]).ok();
    for line in
        ["OAuth Login URI: https://erp.example/amazon", "OAuth Redirect URI: https://erp.example/amazon"]
    {
        assert!(shown.stderr.lines().any(|said| said.trim() == line), "{shown:?}");
    }
    assert!(
        shown.stdout.contains("client id                 amzn1.application-oa2-client.1a\n"),
        "{shown:?}"
    );
    let quiet = environment.run(&["app", "show", "amazon", "--quiet"]).ok();
    assert_eq!((quiet.stdout.as_str(), quiet.stderr.as_str()), (shown.stdout.as_str(), ""));
    // Without a redirect URI of its own, the program's is what Allegro must be told.
    let add = ["app", "add", "allegro", "--client-id", "1", "--client-secret-stdin"];
    let added = environment.invoke(&add).stdin(SECRET).run().ok();
    assert_eq!(added.stdout, "added app allegro\n");
    assert!(added.stderr.contains("\n  Redirect URI: http://localhost:8123/callback\n"), "{added:?}");
}

#[test]
fn the_client_secret_comes_from_stdin_the_environment_or_a_file() {
    let environment = home();
    let file = environment.write("secret.txt", "hush-from-a-file\n");
    let add = |name: &'static str| {
        ["app", "add", "otto-self", "--client-id", "1", "--scope", "orders", "--name", name]
    };
    environment.invoke(&add("one")).var("SELLAUTH_CLIENT_SECRET", "hush-from-a-variable").run().ok();
    environment.invoke(&add("two")).var("SELLAUTH_CLIENT_SECRET_FILE", &file).run().ok();
    let missing =
        environment.invoke(&add("three")).var("SELLAUTH_CLIENT_SECRET_FILE", "/nowhere/secret").run();
    let missing = missing.code(9);
    assert!(missing.stderr.contains("/nowhere/secret") && missing.stderr.contains("hint: "), "{missing:?}");
    let none = environment.run(&[&add("three")[..], &["--json"]].concat()).code(2);
    assert_eq!(none.error_json()["error"]["message"], "the client secret is missing");
    let names: Vec<_> = environment.run(&["app", "list", "--json"]).ok().json().as_array().unwrap().clone();
    assert_eq!(names.iter().map(|app| app["app"].as_str().unwrap()).collect::<Vec<_>>(), ["one", "two"]);
    std::fs::remove_file(file).unwrap();
    environment.assert_absent(&["hush-from-a-file", "hush-from-a-variable"]);
}

#[test]
fn an_app_that_cannot_be_kept_leaves_no_secret_behind() {
    let environment = home();
    // Nothing is there to be read, and nothing can be written.
    std::fs::create_dir_all(environment.home()).unwrap();
    std::os::unix::fs::symlink("/nowhere/apps", environment.home().join("apps")).unwrap();
    let add = ["app", "add", "otto-self", "--client-id", "1", "--scope", "orders", "--client-secret-stdin"];
    let refused = environment.invoke(&add).stdin(SECRET).run().code(9);
    assert!(refused.stderr.starts_with("error: cannot write "), "{refused:?}");
    let left: Vec<_> = environment.files().into_iter().map(|(path, _)| path).collect();
    assert!(left.iter().all(|path| path.ends_with("sellauth/key")), "{left:?}");
}

#[test]
fn the_day_a_secret_was_made_is_written_as_a_date() {
    let environment = with_amazon();
    let before = environment.files();
    for wrong in ["22.11.2026", "2026-13-01", "2026-11-22T10:00", "yesterday", ""] {
        let set =
            ["app", "set", "amazon", "--client-secret-stdin", "--client-secret-created", wrong, "--json"];
        let error = environment.invoke(&set).stdin(SECRET).run().code(2).error_json();
        let expected =
            format!("invalid value '{wrong}' for '--client-secret-created <DATE>': write it as 2026-11-22");
        if !wrong.is_empty() {
            assert_eq!(error["error"]["message"], expected);
        }
    }
    assert_eq!(environment.files(), before);
}

#[test]
fn a_new_client_secret_replaces_the_old_one() {
    let environment = with_amazon();
    let before = environment.run(&["app", "show", "amazon", "--json"]).ok().json();
    let set =
        ["app", "set", "amazon", "--client-secret-stdin", "--client-secret-created", "2026-11-20", "--json"];
    let changed = environment.invoke(&set).stdin("hush-client-secret-2").run().ok().json();
    assert_eq!(changed["client_secret_created_at"], "2026-11-20T00:00:00Z");
    assert_ne!(changed, before);
    let kept = environment.files().into_iter().filter(|(path, _)| path.to_string_lossy().contains("/store/"));
    assert_eq!(kept.count(), 1, "the old secret is still there");
    let today = ["app", "set", "amazon", "--client-secret-stdin", "--json"];
    let changed = environment.invoke(&today).stdin("hush-client-secret-3").run().ok().json();
    let created = changed["client_secret_created_at"].as_str().unwrap();
    assert!(created.ends_with('Z') && !created.contains('.'), "{created}");
    let wrong = environment.invoke(&set).stdin("amzn1.sp.solution.1").run().code(2);
    let error = &wrong.error_json()["error"];
    assert_eq!(error["message"], "`…` does not fit `client_secret`");
    assert_eq!(error["hint"], "that is an id, not the secret; the secret begins with amzn1.oa2-cs");
}

#[test]
fn an_app_is_named_after_its_marketplace_and_environment() {
    let environment = home();
    let add = ["app", "add", "amazon", "--env", "sandbox", "--client-secret-stdin", "--json"];
    let added = environment.invoke(&[&add[..], &AMAZON].concat()).stdin(SECRET).run().ok().json();
    assert_eq!((&added["app"], &added["env"]), (&json!("amazon-sandbox"), &json!("sandbox")));
    // A sandbox takes no consent, so its app needs no redirect URI.
    assert_eq!((&added["imported_only"], &added["redirect_uri"]), (&json!(true), &json!(null)));
    let private = ["app", "add", "amazon", "--imported-only", "--client-secret-stdin"];
    environment.invoke(&[&private[..], &AMAZON].concat()).stdin(SECRET).run().ok();
    let connect = environment.run(&["connect", "amazon", "--region", "DE", "--json"]).code(2);
    assert_eq!(
        connect.error_json()["error"]["hint"],
        "make a refresh token there, then `sellauth import amazon`"
    );
}
