//! `sellauth` alone: where things stand, and what to do next.

use serde_json::json;

use super::{home, keys, staged};

#[test]
fn who_has_nothing_is_told_how_to_begin() {
    let environment = home();
    let output = environment.run(&[]).ok();
    assert_eq!(output.stderr, "");
    assert!(output.stdout.starts_with("no shop is connected yet\n\nNext\n"), "{}", output.stdout);
    for next in ["  sellauth connect MARKETPLACE  ", "amazon", "  sellauth demo "] {
        assert!(output.stdout.contains(next), "{next}\n{}", output.stdout);
    }
    let document = environment.run(&["--json"]).ok().json();
    assert_eq!(keys(&document), ["profiles", "errors", "next"]);
    assert_eq!((&document["profiles"], &document["errors"]), (&json!([]), &json!([])));
    assert_eq!(keys(&document["next"][0]), ["reason_code", "command", "reason"]);
    assert_eq!(document["next"][0]["reason_code"], "nothing_connected");
    assert_eq!(document["next"][1]["command"], "sellauth demo");
    assert!(environment.files().is_empty(), "something was written");
}

#[test]
fn the_next_step_follows_from_where_things_stand() {
    let (stage, _) = staged();
    let with_app = stage.run(&["--json"]).ok().json();
    assert_eq!(with_app["next"][0]["command"], "sellauth connect otto-self");
    stage.run(&["connect", "otto-self", "--label", "team=north"]).ok();
    let shown = stage.run(&[]).ok();
    assert!(shown.stdout.contains("PROFILE") && shown.stdout.contains("connected"), "{shown:?}");
    assert!(shown.stdout.contains("\nNext\n  sellauth token otto  every shop works"), "{shown:?}");
    // A new version of the app wants new consents.
    stage.run(&["app", "set", "otto-self", "--version", "2.0.0"]).ok();
    let before = stage.files();
    let requests = stage.requests_during(|| {
        let due = stage.run(&["--json"]).ok().json();
        assert_eq!(due["profiles"][0]["state"], "due");
        let next = &due["next"];
        assert_eq!(next.as_array().unwrap().len(), 1);
        let (code, command) = (&next[0]["reason_code"], &next[0]["command"]);
        assert_eq!((code, command), (&json!("consent_due"), &json!("sellauth reauthorize otto")));
    });
    assert_eq!(requests, 0);
    assert!(before == stage.files(), "something was written");
}

#[test]
fn a_wrong_file_hides_no_shop_and_is_the_first_to_see_to() {
    let (stage, _) = staged();
    stage.run(&["connect", "otto-self"]).ok();
    stage.environment.write("profiles/broken.toml", "uuid = 7\n");
    let shown = stage.run(&[]).ok();
    assert!(shown.stderr.contains("broken.toml:1"), "{shown:?}");
    assert!(shown.stdout.contains("\notto ") && shown.stdout.contains("sellauth doctor"), "{shown:?}");
    let document = stage.run(&["--json"]).ok().json();
    assert_eq!(document["errors"][0]["profile"], "broken");
    assert_eq!(document["errors"][0]["kind"], "configuration");
    assert_eq!(document["next"][0]["command"], "sellauth doctor");
}

#[test]
fn the_command_names_the_app_and_its_environment() {
    let environment = home();
    let app = |id: &str, place: &str| {
        format!(
            "uuid = \"6f1c1f6e-95a5-4a3e-a6b3-27f1b8f0c0{id}\"\nmarketplace = \"otto\"\n\
             environment = \"{place}\"\nclient_id = \"id\"\n\n[variables]\napp_id = \"1\"\n"
        )
    };
    let next = || {
        let document = environment.run(&["--json"]).ok().json();
        document["next"][0]["command"].as_str().unwrap().to_owned()
    };
    let sandbox = environment.write("apps/otto-sandbox.toml", &app("01", "sandbox"));
    assert_eq!(next(), "sellauth connect otto --env sandbox");
    // Of several, the one that is meant is named.
    let mine = environment.write("apps/zweite.toml", &app("02", "sandbox"));
    assert_eq!(next(), "sellauth connect otto --env sandbox --app otto-sandbox");
    std::fs::remove_file(sandbox).unwrap();
    assert_eq!(next(), "sellauth connect otto --env sandbox --app zweite");
    std::fs::remove_file(mine).unwrap();
    environment.write("apps/otto.toml", &app("03", "production"));
    assert_eq!(next(), "sellauth connect otto");
}

#[test]
fn an_app_or_definition_that_is_wrong_is_told_before_there_are_shops() {
    let environment = home();
    environment.write("apps/otto.toml", "=\n");
    environment.write("marketplaces/laden.toml", "=\n");
    let shown = environment.run(&[]).ok();
    for file in ["otto.toml:1", "laden.toml:1"] {
        assert!(shown.stderr.contains(file), "{shown:?}");
    }
    assert!(shown.stdout.starts_with("no shop is connected yet\n\nNext\n  sellauth doctor "), "{shown:?}");
    let document = environment.run(&["--json"]).ok().json();
    assert_eq!(document["errors"].as_array().unwrap().len(), 2, "{document}");
    assert_eq!(document["errors"][0]["profile"], json!(null));
    let next = document["next"].as_array().unwrap();
    assert_eq!((next.len(), &next[0]["command"]), (1, &json!("sellauth doctor")));
    assert_eq!(next[0]["reason"], "find out what is wrong: otto, laden");
}
