//! Connected shops: how they are named, shown and spoken about.

use serde_json::{Value, json};

use super::{keys, staged};
use crate::support::stage::Stage;

/// What scripts find in a row of `status`.
const ROW: [&str; 22] = [
    "profile",
    "marketplace",
    "env",
    "region",
    "shop_id",
    "shop_name",
    "app",
    "app_version",
    "granted_app_version",
    "scopes",
    "state",
    "reason_code",
    "reason",
    "store",
    "connected_at",
    "access_token_expires_at",
    "refresh_token_expires_at",
    "authorization_expires_at",
    "client_secret_expires_at",
    "unused_expires_at",
    "last_refreshed_at",
    "labels",
];

/// A stage on which one shop is connected as `otto`, with a label.
fn one_shop() -> Stage {
    let (stage, _) = staged();
    let connect = stage.run(&["connect", "otto-self", "--label", "team=north", "--json"]).ok();
    assert_eq!(keys(&connect.json()), ROW);
    assert!(!connect.stderr.contains("error"), "{connect:?}");
    stage
}

/// The same with a second one, called `other`.
fn two_shops() -> Stage {
    let stage = one_shop();
    let connect = stage.run(&["connect", "otto-self", "--profile", "other", "--label", "team=south"]).ok();
    assert!(connect.stdout.starts_with("connected other"), "{connect:?}");
    stage
}

fn names(rows: &Value) -> Vec<&str> {
    rows.as_array().unwrap().iter().map(|row| row["profile"].as_str().unwrap()).collect()
}

fn error(stage: &Stage, arguments: &[&str], code: i32) -> (String, String) {
    let output = stage.run(&[arguments, &["--json"]].concat()).code(code);
    assert_eq!(output.stdout, "");
    let error = output.error_json()["error"].clone();
    let text = |key: &str| error[key].as_str().unwrap_or_default().to_owned();
    (text("message"), text("hint"))
}

#[test]
fn status_tells_a_script_everything_it_may_ask() {
    let stage = two_shops();
    for command in ["status", "list", "ls"] {
        let rows = stage.run(&[command, "--json"]).ok().json();
        assert_eq!(names(&rows), ["other", "otto"]);
        rows.as_array().unwrap().iter().for_each(|row| assert_eq!(keys(row), ROW));
        let row = &rows[1];
        assert_eq!(
            (&row["state"], &row["reason_code"], &row["reason"]),
            (&json!("connected"), &json!(null), &json!(null))
        );
        assert_eq!(
            (&row["store"], &row["env"], &row["labels"]),
            (&json!("file"), &json!("production"), &json!({ "team": "north" }))
        );
        for time in ["connected_at", "access_token_expires_at", "last_refreshed_at"] {
            let text = row[time].as_str().unwrap();
            assert!(text.ends_with('Z') && text.parse::<jiff::Timestamp>().is_ok(), "{time}: {text}");
            assert!(!text.contains('.'), "{time} has fractions: {text}");
        }
    }
}

#[test]
fn status_shows_a_person_a_table() {
    let stage = two_shops();
    let output = stage.run(&["status"]).ok();
    let rows: Vec<Vec<&str>> = output
        .stdout
        .lines()
        .map(|line| line.split("  ").filter(|c| !c.is_empty()).map(str::trim).collect())
        .collect();
    // Shop, region and environment would say nothing here.
    assert_eq!(rows[0], ["PROFILE", "VERSION", "STATE", "WHY"]);
    assert_eq!((rows[1][0], rows[2][0], rows.len()), ("other", "otto", 3));
    assert_eq!(rows[2][1..], ["1.0.0", "connected"]);
    assert_eq!(output.stderr, "");
    stage.run(&["app", "set", "otto-self", "--version", "2.0.0"]).ok();
    let output = stage.run(&["status", "otto"]).ok();
    assert!(output.stdout.contains("1.0.0 → 2.0.0  due"), "{output:?}");
    assert!(output.stdout.contains("the app is at version 2.0.0, the consent at 1.0.0"), "{output:?}");
    assert_eq!(output.stderr, "note: clear what is due: sellauth reauthorize\n");
}

#[test]
fn labels_choose_among_shops() {
    let stage = two_shops();
    let chosen = |labels: &[&str]| {
        let flags: Vec<&str> = labels.iter().flat_map(|label| ["--label", label]).collect();
        let rows = stage.run(&[&["status", "--json"], &flags[..]].concat()).ok().json();
        names(&rows).join(" ")
    };
    assert_eq!(chosen(&["team=south"]), "other");
    assert_eq!(chosen(&["team=north"]), "otto");
    assert_eq!(chosen(&["team=north", "team=south"]), "");
    assert_eq!(chosen(&["team"; 0]), "other otto");
    let (message, hint) = error(&stage, &["status", "--label", "team"], 2);
    assert_eq!(message, "invalid value 'team' for '--label <K=V>': write it as NAME=VALUE");
    assert_eq!(hint, "see what it takes with `--help`");
}

#[test]
fn status_ends_with_4_only_where_it_was_asked_about_what_does_not_work() {
    let stage = one_shop();
    stage.run(&["status", "otto", "--exit-code"]).ok();
    // A profile file alone: somebody wishes the shop connected, and nobody has consented.
    let profile = stage.environment.read("profiles/otto.toml");
    let uuid = profile.lines().next().unwrap().to_owned();
    let fresh = profile.replace(&uuid, "uuid = \"0f1f4a54-6a3c-4f0e-9d0f-3f9f0d1d2a02\"");
    stage.environment.write("profiles/wish.toml", &fresh);
    let row = stage.status("wish");
    assert_eq!(
        (&row["state"], &row["reason_code"]),
        (&json!("reauthorization_required"), &json!("never_connected"))
    );
    assert_eq!((&row["connected_at"], &row["store"]), (&json!(null), &json!(null)));
    stage.run(&["status"]).ok();
    stage.run(&["status", "otto"]).ok();
    stage.run(&["status", "--exit-code"]).code(4);
    stage.run(&["status", "wish"]).code(4);
    stage.run(&["status", "wish", "otto"]).code(4);
    stage.run(&["status", "--label", "team=nobody", "--exit-code"]).ok();
    let (message, hint) = error(&stage, &["token", "wish"], 3);
    assert_eq!(
        (message.as_str(), hint.as_str()),
        ("`wish` was never connected", "connect it: `sellauth reauthorize wish`")
    );
}

#[test]
fn status_hides_no_shop_behind_a_wrong_file() {
    let stage = one_shop();
    stage.environment.write("profiles/broken.toml", "uuid = 1\n");
    let output = stage.run(&["status", "--json"]).ok();
    assert_eq!(names(&output.json()), ["otto"]);
    let error = &output.error_json()["error"];
    assert_eq!((&error["kind"], &error["profile"]), (&json!("configuration"), &json!("broken")));
    stage.run(&["status", "--exit-code"]).code(9);
    stage.run(&["status", "otto"]).ok();
    stage.run(&["status", "broken"]).code(9);
    stage.token(&["otto"]);
    stage.run(&["rename", "otto", "north"]).ok();
    stage.run(&["disconnect", "north", "--yes"]).ok();
}

#[test]
fn status_of_a_shop_without_its_app_ends_as_that_error_does() {
    let stage = one_shop();
    let profile = stage.environment.read("profiles/otto.toml");
    std::fs::remove_file(stage.environment.home().join("profiles/otto.toml")).unwrap();
    let homeless = profile.replace("app = \"otto-self\"", "app = \"gone\"");
    stage.environment.write("profiles/homeless.toml", &homeless);
    let told = stage.run(&["status", "homeless"]).code(3);
    assert!(told.stderr.starts_with("error: no app is called `gone`\n"), "{told:?}");
    assert!(!told.stderr.contains("no shop is connected"), "{told:?}");
    let scripted = stage.run(&["status", "homeless", "--json"]).code(3);
    assert_eq!((scripted.json(), &scripted.error_json()["error"]["kind"]), (json!([]), &json!("not_found")));
    stage.run(&["status"]).ok();
    stage.run(&["status", "--exit-code"]).code(3);
}

#[test]
fn a_shop_is_meant_by_name_by_marketplace_or_by_being_the_only_one() {
    let stage = one_shop();
    let token = stage.token(&["otto"]);
    assert_eq!(stage.token(&["otto-self"]), token);
    assert_eq!(stage.token(&[]), token);
    assert_eq!(stage.token(&["--profile", "otto"]), token);
    let (message, hint) = error(&stage, &["token", "otta"], 3);
    assert_eq!((message.as_str(), hint.as_str()), ("no shop is called `otta`", "did you mean `otto`?"));

    stage.run(&["connect", "otto-self", "--profile", "other"]).ok();
    assert_eq!(stage.token(&["otto"]), token);
    assert_ne!(stage.token(&["other"]), token);
    let several = "several shops are connected to `otto-self`: other, otto";
    assert_eq!(
        error(&stage, &["token", "otto-self"], 3),
        (several.to_owned(), "name one of them".to_owned())
    );
    assert_eq!(error(&stage, &["disconnect", "otto-self", "--yes"], 3).0, several);
    assert_eq!(error(&stage, &["rename", "otto-self", "x"], 3).0, several);
    let (message, hint) = error(&stage, &["token"], 3);
    assert_eq!(message, "several shops are connected: other, otto");
    assert_eq!(hint, "name one of them, or set SELLAUTH_PROFILE");
    let chosen =
        stage.environment.invoke(&["token"]).var("SELLAUTH_PROFILE", "otto").run().ok().prints_a_secret();
    assert_eq!(chosen.stdout.trim_end(), token);
    let named = stage.environment.invoke(&["token", "otto"]).var("SELLAUTH_PROFILE", "other").run().ok();
    assert_eq!(named.prints_a_secret().stdout.trim_end(), token);
    let wrong = stage.environment.invoke(&["token", "--json"]).var("SELLAUTH_PROFILE", "gone").run().code(3);
    assert_eq!(wrong.error_json()["error"]["message"], "no shop is called `gone`");
    let both = stage.run(&["token", "otto", "--profile", "other", "--json"]).code(2);
    assert_eq!(both.error_json()["error"]["kind"], "usage");
}

#[test]
fn a_shop_keeps_its_secrets_under_another_name() {
    let stage = two_shops();
    let token = stage.token(&["otto"]);
    let secrets = |stage: &Stage| {
        stage
            .files()
            .into_iter()
            .filter(|(path, _)| path.to_string_lossy().contains("/store/"))
            .collect::<Vec<_>>()
    };
    let before = secrets(&stage);
    assert_eq!(stage.run(&["rename", "otto", "north"]).ok().stdout, "renamed otto to north\n");
    assert_eq!(secrets(&stage), before);
    assert_eq!(stage.token(&["north"]), token);
    let json = stage.run(&["rename", "north", "north-1", "--json"]).ok().json();
    assert_eq!(json, json!({ "old": "north", "profile": "north-1" }));
    assert_eq!(error(&stage, &["rename", "north-1", "other"], 2).0, "the name `other` is taken");
    assert_eq!(error(&stage, &["rename", "north", "x"], 3).0, "no shop is called `north`");
    assert_eq!(stage.token(&["north-1"]), token);
}

#[test]
fn a_token_is_the_whole_answer() {
    let stage = one_shop();
    let plain = stage.run(&["token", "otto"]).ok().prints_a_secret();
    assert_eq!((plain.stdout.lines().count(), plain.stderr.as_str()), (1, ""));
    let token = plain.stdout.trim_end();
    let header = stage.run(&["token", "otto", "--header"]).ok().prints_a_secret();
    assert_eq!(header.stdout, format!("Authorization: Bearer {token}\n"));
    let json = stage.run(&["token", "otto", "--json"]).ok().prints_a_secret().json();
    let expected = [
        "profile",
        "marketplace",
        "access_token",
        "token_type",
        "expires_at",
        "expires_in",
        "header",
        "headers",
    ];
    assert_eq!(keys(&json), expected);
    assert_eq!(json["access_token"], token);
    assert!(!json["expires_at"].as_str().unwrap().contains('.'), "{}", json["expires_at"]);
    assert_eq!(json["headers"], json!({ "Authorization": format!("Bearer {token}") }));
    let left = json["expires_in"].as_i64().unwrap();
    assert!((1700..=1800).contains(&left), "{left}");
    let loud = stage.run(&["token", "otto", "-vv"]).ok().prints_a_secret();
    assert_eq!(loud.stdout, plain.stdout);
    stage.environment.assert_absent(&[token]);
}

#[test]
fn an_app_in_use_is_not_removed_and_a_disconnected_shop_is_gone() {
    let stage = one_shop();
    let (message, hint) = error(&stage, &["app", "remove", "otto-self", "--yes"], 2);
    assert_eq!(
        (message.as_str(), hint.as_str()),
        ("`otto-self` is used by otto", "disconnect these shops first")
    );
    let (message, hint) = error(&stage, &["disconnect", "otto"], 2);
    assert_eq!(
        (message.as_str(), hint.as_str()),
        ("disconnecting `otto` needs a confirmation", "add `--yes`")
    );
    let json = stage.run(&["logout", "otto", "--yes", "--json"]).ok().json();
    assert_eq!(keys(&json), ["profile", "revoked", "manage_url", "withdrawal", "removed", "left", "kept"]);
    let said = [&json["profile"], &json["revoked"], &json["manage_url"]];
    assert_eq!(said, [&json!("otto"), &json!(false), &json!("https://portal.otto.market/")]);
    assert_eq!(error(&stage, &["token", "otto"], 3).0, "no shop is called `otto`");
    stage.run(&["app", "remove", "otto-self", "--yes"]).ok();
    let left: Vec<_> = stage.files().into_iter().map(|(path, _)| path).collect();
    let harmless = |path: &std::path::PathBuf| {
        let path = path.to_string_lossy();
        let ours = ["/locks/", "/log/", "/state/marketplaces/"];
        path.ends_with("sellauth/key") || ours.iter().any(|part| path.contains(part))
    };
    assert!(left.iter().all(harmless), "{left:?}");
}

#[test]
fn quiet_leaves_the_answer_and_the_errors() {
    let stage = one_shop();
    stage.run(&["app", "set", "otto-self", "--version", "2.0.0", "--quiet"]).ok();
    for arguments in
        [&["status"][..], &["token"], &["app", "show", "otto-self"], &["reauthorize", "--dry-run"]]
    {
        let output = stage.run(&[arguments, &["--quiet"]].concat()).ok().prints_a_secret();
        assert!(!output.stdout.is_empty() && output.stderr.is_empty(), "{output:?}");
    }
    let gone = stage.run(&["token", "gone", "--quiet"]).code(3);
    assert!(gone.stderr.starts_with("error: no shop is called `gone`\n"), "{gone:?}");
}

#[test]
fn colours_are_for_terminals_and_for_those_who_insist() {
    let stage = one_shop();
    let colored = |flags: &[&str], variables: &[(&str, &str)]| {
        let arguments = [&["status"], flags].concat();
        let run = variables
            .iter()
            .fold(stage.environment.invoke(&arguments), |run, (name, value)| run.var(name, value));
        run.run().ok().stdout.contains("\u{1b}[")
    };
    assert!(!colored(&[], &[]));
    assert!(colored(&["--color", "always"], &[]));
    assert!(colored(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(!colored(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(colored(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!colored(&[], &[("CLICOLOR_FORCE", "0")]));
    assert!(!colored(&[], &[("NO_COLOR", "1")]));
    let error = stage.run(&["token", "gone", "--color", "always"]).code(3);
    assert!(error.stderr.starts_with("\u{1b}[") && error.stderr.contains("hint:"), "{error:?}");
    let json = stage.run(&["status", "--json", "--color", "always"]).ok();
    assert!(!json.stdout.contains('\u{1b}'));
}

#[test]
fn reauthorize_says_what_it_would_do() {
    let stage = two_shops();
    stage.run(&["app", "set", "otto-self", "--version", "2.0.0"]).ok();
    let plan = stage.run(&["reauthorize", "--dry-run"]).ok();
    let why = "the app is at version 2.0.0, the consent at 1.0.0";
    assert_eq!(plan.stdout, format!("PROFILE  WHY\nother    {why}\notto     {why}\n"));
    assert_eq!(names(&stage.run(&["reauthorize", "--dry-run", "--json"]).ok().json()), ["other", "otto"]);
    let rows = stage.run(&["reauthorize", "--json"]).ok().json();
    assert_eq!(names(&rows), ["other", "otto"]);
    assert_eq!(rows[0]["state"], "connected");
    let nothing = stage.run(&["reauthorize"]).ok();
    assert_eq!((nothing.stdout.as_str(), nothing.stderr.as_str()), ("", "note: no consent is due\n"));
}
