//! `sellauth demo`: the story, and the marketplace behind it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::chromium::Chromium;
use crate::support::environment::TestEnvironment;
use crate::support::running::{LINE_DEADLINE, Running};

/// As a cron job or a container starts a program: no display, no D-Bus, no browser, no certificates, nothing on the
/// PATH. Everything temporary goes to a folder that can be looked into.
fn bare() -> (TestEnvironment, PathBuf) {
    let mut environment = TestEnvironment::new();
    let temporary = environment.home().with_file_name("tmp");
    fs::create_dir(&temporary).unwrap();
    environment.remove_var("SELLAUTH_HOME").set_var("PATH", "/nonexistent").set_var("TMPDIR", &temporary);
    environment.set_var("SSL_CERT_FILE", "/nonexistent").set_var("SSL_CERT_DIR", "/nonexistent");
    (environment, temporary)
}

/// Fails unless each text stands behind the one before it.
#[track_caller]
fn assert_in_order(story: &str, steps: &[&str]) {
    let mut rest = story;
    for step in steps {
        let (_, after) = rest.split_once(step).unwrap_or_else(|| panic!("`{step}` is not told\n{story}"));
        rest = after;
    }
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).unwrap().next().is_none()
}

#[test]
fn the_demo_runs_in_a_bare_system_and_leaves_nothing_behind() {
    let (environment, temporary) = bare();
    let output = environment.run(&["demo", "--headless"]).ok();
    assert_in_order(
        &output.stderr,
        &[
            "A marketplace opens",
            "http://127.0.0.1:",
            "$ sellauth app add demo",
            "$ sellauth connect demo",
            "http://127.0.0.1:",
            "$ sellauth token demo",
            "Requests to the marketplace meanwhile: 0",
            "$ sellauth token demo --refresh",
            "POST /oauth/token → 200",
            "$ sellauth app set demo --version 1.1",
            "a new consent is due for demo",
            "$ sellauth status",
            "$ sellauth token demo",
            "$ sellauth reauthorize",
            "$ sellauth status",
            "$ sellauth disconnect demo",
            "That was the whole story",
        ],
    );
    let answers =
        ["added app demo", "connected demo (shop ", " due ", "reauthorized demo", "disconnected demo"];
    assert_in_order(&output.stdout, &answers);
    assert_eq!(environment.files(), []);
    assert!(is_empty(&temporary), "the demo's home is gone");
}

#[test]
fn the_story_shows_no_whole_secret() {
    let (environment, _) = bare();
    let output = environment.run(&["-vv", "demo", "--headless"]).ok();
    // Every secret of the demo's marketplace has 43 random characters behind its prefix.
    let story = output.stdout + &output.stderr;
    let words = story.split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-');
    let secrets: Vec<_> = words.filter(|word| word.starts_with("dm_") && word.len() > 20).collect();
    assert!(story.contains("dm_"), "the beginning of a token is shown");
    assert_eq!(secrets, Vec::<&str>::new());
}

#[test]
fn the_demo_obeys_quiet_and_refuses_json() {
    let (environment, _) = bare();
    let output = environment.run(&["demo", "--headless", "--quiet"]).ok();
    assert!(!output.stderr.contains("A marketplace opens"), "{}", output.stderr);
    let error = environment.run(&["demo", "--headless", "--json"]).code(2).error_json();
    assert_eq!(error["error"]["kind"], "usage");
}

#[test]
fn the_demo_connects_through_a_browser_of_the_sellers() {
    let (mut environment, temporary) = bare();
    let seller = environment.command(&[]).get_program().to_str().unwrap().to_owned();
    environment.set_var("SELLAUTH_BROWSER", format!("'{seller}' demo --confirm %s"));
    let output = environment.run(&["demo"]).ok();
    assert!(!output.stderr.contains("No display here"), "{}", output.stderr);
    assert_in_order(&output.stdout, &["connected demo (shop ", "reauthorized demo", "disconnected demo"]);
    assert!(is_empty(&temporary));
}

/// A marketplace that is kept open in `environment`, and the environment of another terminal.
fn open_market(environment: &TestEnvironment) -> (Running, TestEnvironment) {
    let market = environment.spawn(&["demo", "--serve"]);
    let line = market.wait_for_line(|line| line.contains("export SELLAUTH_HOME="), LINE_DEADLINE);
    let mut visitor = TestEnvironment::new();
    for pair in line.trim().trim_start_matches("export ").split(' ') {
        let (name, value) = pair.split_once('=').unwrap();
        visitor.set_var(name, value);
    }
    market.wait_for_line(|line| line.contains("Ctrl-C"), LINE_DEADLINE);
    (market, visitor)
}

#[test]
fn another_terminal_can_play_with_the_marketplace() {
    let (environment, temporary) = bare();
    let (market, visitor) = open_market(&environment);
    let running = visitor.spawn(&["connect", "demo", "--no-browser"]);
    visitor.run(&["demo", "--confirm", &running.url()]).ok();
    let output = running.finish().ok();
    assert!(output.stdout.starts_with("connected demo (shop "), "{}", output.stdout);
    let first = visitor.run(&["token", "demo"]).ok().prints_a_secret().stdout;
    let second = visitor.run(&["token", "demo", "--refresh"]).ok().prints_a_secret().stdout;
    assert_ne!(first, second);
    let row = visitor.run(&["status", "--json"]).ok().json();
    assert_eq!((&row[0]["profile"], &row[0]["state"]), (&"demo".into(), &"connected".into()));

    market.signal("INT");
    market.finish().ok();
    assert!(is_empty(&temporary), "Ctrl-C closes it and its home is gone");
}

#[test]
fn a_real_browser_ends_on_the_success_page_without_a_code() {
    let (environment, _) = bare();
    let (_market, visitor) = open_market(&environment);
    let running = visitor.spawn(&["connect", "demo", "--no-browser"]);
    let mut chromium = Chromium::start(&[]);
    chromium.open(&running.url());
    chromium.see("Parcel Pilot");
    chromium.press("Confirm");
    let page = chromium.see("Your shop is connected");
    running.finish().ok();

    assert!(page.text.contains("sellauth token demo"), "{page:?}");
    assert_eq!(page.display, "grid", "the page's policy lets its own styles in");
    assert_eq!((page.complaints, page.hosts), (vec![], vec!["127.0.0.1".to_owned()]));
    assert!(page.url.ends_with("/callback/done"), "neither code nor state in the address bar: {}", page.url);
    assert_eq!(chromium.entries().last(), Some(&page.url));
    assert!(chromium.listed("").contains(&page.url));
    let seen = [chromium.entries(), chromium.listed(""), chromium.listed("dm_code")].concat();
    let code = seen.iter().find(|address| address.contains("dm_code_"));
    assert_eq!(code, None, "a code stands in the tab's history or in the browser's");
    assert!(!visitor.run(&["token", "demo"]).ok().prints_a_secret().stdout.is_empty());
}
