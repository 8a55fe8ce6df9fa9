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
