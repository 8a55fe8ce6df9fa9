//! `sellauth explain`: codes that only a browser shows, and those of token answers.

use serde_json::Value;

use crate::support::environment::TestEnvironment;

/// The codes of Amazon's consent page that its facts list.
const SHOWN: [&str; 15] = [
    "MD1000",
    "MD4010",
    "MD4100",
    "MD5100",
    "MD5101",
    "MD5110",
    "MD9000",
    "MD9001",
    "MD9010",
    "MD9100",
    "MD9999",
    "SPDC8143",
    "SPSA0404",
    "SPSA2043",
    "CONSENT_LIMIT_REACHED",
];

fn rows(environment: &TestEnvironment, arguments: &[&str]) -> Vec<Value> {
    let command = [&["explain"], arguments, &["--json"]].concat();
    environment.run(&command).ok().json().as_array().unwrap().clone()
}

#[test]
fn a_code_that_only_the_browser_shows_has_cause_fix_and_link() {
    let environment = TestEnvironment::new();
    for code in SHOWN {
        let said = environment.run(&["explain", &code.to_lowercase()]).ok().stdout;
        let lines: Vec<&str> = said.lines().collect();
        assert_eq!(lines[0], format!("{code} – Amazon"));
        let starts = ["  what happened:  ", "  what to do:     ", "  read more:      https://"];
        assert_eq!(lines.len(), 1 + starts.len(), "{said}");
        for (line, start) in lines[1..].iter().zip(starts) {
            assert!(line.len() > start.len() && line.starts_with(start), "{said}");
        }
        let rows = rows(&environment, &[code]);
        assert_eq!(
            (rows.len(), &rows[0]["code"], &rows[0]["marketplace"]),
            (1, &code.into(), &"amazon".into())
        );
    }
}

#[test]
fn an_application_password_is_explained_to_who_still_has_one() {
    let environment = TestEnvironment::new();
    let said = environment.run(&["explain", "allegro-application-password"]).ok().stdout;
    for part in ["WAPRO", "26 October 2020", "two-step login", "sellauth connect allegro", "linked apps"] {
        assert!(said.contains(part), "{part} is missing:\n{said}");
    }
}

#[test]
fn what_a_marketplace_says_goes_before_what_the_standard_says() {
    let environment = TestEnvironment::new();
    let all = rows(&environment, &["invalid_grant"]);
    assert!(all.len() >= 3 && all.last().unwrap()["marketplace"].is_null(), "{all:?}");
    let one = rows(&environment, &["invalid_grant", "--marketplace", "allegro"]);
    assert_eq!((one.len(), &one[0]["marketplace"]), (1, &"allegro".into()));
    // What the marketplace says nothing about means what it means everywhere.
    let other = rows(&environment, &["server_error", "--marketplace", "allegro"]);
    assert_eq!((other.len(), &other[0]["marketplace"]), (1, &Value::Null));
    // Who has an app at one of them means that one.
    environment.write(
        "apps/otto.toml",
        "uuid = '33333333-3333-4333-8333-333333333333'\nmarketplace = 'otto'\nenvironment = 'production'\nclient_id = 'id'\n",
    );
    let own = rows(&environment, &["invalid_grant"]);
    assert_eq!((own.len(), &own[0]["marketplace"]), (1, &"otto".into()));
    let told = environment.run(&["explain", "invalid_grant"]).ok().stderr;
    assert!(told.contains("others explain it, too: Allegro, Amazon, "), "{told}");
    assert_eq!(rows(&environment, &["MD5101"]).len(), 1);
}

#[test]
fn a_definition_of_ones_own_explains_its_codes_too() {
    let environment = TestEnvironment::new();
    let shown = environment.run(&["marketplaces", "show", "otto-self"]).ok().stdout;
    let own = shown.replace("id = \"otto-self\"", "id = \"corner\"")
        + "\n[errors.CS-17]\ncause = \"the shop is closed on Sundays\"\nfix = \"come back on Monday\"\n";
    environment.write("marketplaces/corner.toml", &own);
    environment.write("marketplaces/broken.toml", "schema = 2");
    let rows = rows(&environment, &["cs17"]);
    assert_eq!(rows[0]["fix"], "come back on Monday");
    assert_eq!(rows[0]["link"], "https://api.otto.market/docs/sellers-integration");
}

#[test]
fn a_code_nobody_knows_is_answered_with_the_nearest() {
    let environment = TestEnvironment::new();
    let error = environment.run(&["explain", "MD510", "--json"]).code(3).error_json();
    assert_eq!(error["error"]["hint"], "did you mean `MD5100`?");
    let hint = environment.run(&["explain", "quux"]).code(3).stderr;
    assert!(hint.contains("`sellauth explain`"), "{hint}");
    let list = environment.run(&["explain"]).ok().stdout;
    assert!(list.lines().any(|line| line.starts_with("MD5101 ") && line.ends_with(" Amazon")), "{list}");
    for (code, by) in
        [("401", "HTTP"), ("4", "exit code 4"), ("wrong_shop", "exit code 5"), ("slow_down", "OAuth 2.0")]
    {
        let said = environment.run(&["explain", code]).ok().stdout;
        assert!(said.lines().next().unwrap().ends_with(&format!(" – {by}")), "{said}");
    }
    assert!(
        environment.run(&["explain", "x", "--marketplace", "nowhere"]).code(3).stderr.contains("nowhere")
    );
}
