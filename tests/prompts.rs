//! A person at a terminal: what is asked, what is answered, and what a script gets instead.

use std::path::PathBuf;

use crate::support::environment::TestEnvironment;
use crate::support::oidc::{CONFIDENTIAL, NATIVE, Oidc, SELLER};
use crate::support::terminal::Terminal;

const CTRL_C: &str = "\x03";
const ARROW_DOWN: &str = "\x1b[B";

/// A home with the definition of `oidc` as marketplace `loopback`, and no app.
fn prepared(oidc: &Oidc) -> TestEnvironment {
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    environment.write("marketplaces/loopback.toml", &oidc.definition("loopback"));
    environment
}

/// The same with the app registered.
fn registered(oidc: &Oidc) -> TestEnvironment {
    let environment = prepared(oidc);
    environment.run(&["app", "add", "loopback", "--client-id", NATIVE]).ok();
    environment
}

/// The same with a shop connected.
fn connected(oidc: &Oidc) -> TestEnvironment {
    let environment = registered(oidc);
    let running = environment.spawn(&["connect", "loopback", "--no-browser"]);
    oidc.consent(&running.url());
    running.finish().ok();
    environment
}

fn profiles(environment: &TestEnvironment) -> Vec<(String, String)> {
    let rows = environment.run(&["status", "--json"]).ok().json();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    rows.as_array().unwrap().iter().map(|row| (text(&row["profile"]), text(&row["shop_id"]))).collect()
}

fn named(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, shop)| ((*name).to_owned(), (*shop).to_owned())).collect()
}

/// What stands for a connection. The file store makes its key when it is first tried, and a lock's file
/// stays.
fn records(environment: &TestEnvironment) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = environment.files();
    files.retain(|(path, _)| !path.ends_with("key") && path.extension().is_none_or(|end| end != "lock"));
    files
}

#[test]
fn connecting_without_an_app_leads_through_its_registration() {
    let oidc = Oidc::start();
    let environment = prepared(&oidc);
    environment.write("marketplaces/loopback.toml", &oidc.confidential_definition("loopback"));
    let mut terminal = Terminal::start(&environment, &["connect", "loopback", "--no-browser"]);
    terminal.expect("no app of yours is registered for Loopback Market yet");
    terminal.expect("Client id");
    terminal.send_line(CONFIDENTIAL);
    terminal.expect_unseen("Client secret");
    terminal.send_line(oidc.client_secret());
    terminal.expect("added app loopback");
    terminal.expect("Consent at Loopback Market");
    oidc.consent(&terminal.url());
    terminal.expect(&format!("connected loopback (shop {SELLER})"));
    assert_eq!(terminal.finish(), 0);
    assert_eq!(profiles(&environment), named(&[("loopback", SELLER)]));
    environment.assert_absent(&[oidc.client_secret()]);
}

#[test]
fn the_address_may_be_pasted_while_the_listener_waits() {
    let oidc = Oidc::start();
    let environment = registered(&oidc);
    let mut terminal = Terminal::start(&environment, &["connect", "loopback", "--no-browser"]);
    let address = oidc.authorize(&terminal.url(), SELLER);
    terminal.expect("paste the address of the page it ended on");

    terminal.send_line("is this the one?");
    terminal.expect("that is not the address of the page the browser ended on");
    terminal.expect("copy the whole address");
    let (own, _) = address.split_once("state=").expect("the answer holds its state");
    terminal.send_line(&format!("{own}state=of-yesterday"));
    terminal.expect("that address belongs to another login");
    terminal.expect("use the page that this command opened");
    assert_eq!(oidc.token_requests(), [], "a wrong address spends no code");

    terminal.send_line(&address);
    terminal.expect(&format!("connected loopback (shop {SELLER})"));
    assert_eq!(terminal.finish(), 0);
    assert_eq!(profiles(&environment), named(&[("loopback", SELLER)]));
}

#[test]
fn a_shop_can_be_skipped_after_another_s_consent() {
    let oidc = Oidc::start();
    let environment = connected(&oidc);
    let running = environment.spawn(&["connect", "loopback", "--profile", "other", "--no-browser"]);
    oidc.consent(&running.url());
    running.finish().ok();
    environment.run(&["app", "set", "loopback", "--version", "2"]).ok();

    let mut terminal = Terminal::start(&environment, &["reauthorize", "--no-browser"]);
    terminal.expect("1 of 2: loopback");
    terminal.expect("Open the browser for loopback?");
    terminal.send("y");
    oidc.consent(&terminal.url());
    terminal.expect("reauthorized loopback");
    // The wait for a pasted line is over, so the keyboard belongs to the question.
    terminal.expect("Open the browser for other?");
    terminal.send("n");
    terminal.expect("other was skipped");
    assert_eq!(terminal.finish(), 0);
    let rows = environment.run(&["status", "--json"]).ok().json();
    let states: Vec<_> = rows.as_array().unwrap().iter().map(|row| row["state"].clone()).collect();
    assert_eq!(states, ["connected", "due"]);
}

#[test]
fn the_browser_is_answered_after_a_wrong_paste() {
    let oidc = Oidc::start();
    let environment = registered(&oidc);
    let mut terminal = Terminal::start(&environment, &["connect", "loopback", "--no-browser"]);
    let url = terminal.url();
    terminal.send_line("http://127.0.0.1/elsewhere");
    terminal.expect("that is not the address of the page the browser ended on");
    let page = oidc.consent(&url);
    assert!(page.body.contains("Your shop is connected"), "{}", page.body);
    terminal.expect(&format!("connected loopback (shop {SELLER})"));
    assert_eq!(terminal.finish(), 0);
}

#[test]
fn a_connected_name_may_be_the_same_shop_again() {
    let oidc = Oidc::start();
    let environment = connected(&oidc);
    let mut terminal = Terminal::start(&environment, &["connect", "loopback", "--no-browser"]);
    terminal.expect("`loopback` is connected already");
    terminal.expect("the same shop again");
    terminal.expect("another shop");
    assert!(!terminal.plain().contains("http://"), "it asks before the browser opens");
    terminal.send_line("");
    oidc.consent(&terminal.url());
    terminal.expect(&format!("connected loopback (shop {SELLER})"));
    assert_eq!(terminal.finish(), 0);
    assert_eq!(profiles(&environment), named(&[("loopback", SELLER)]));
    // Its definition does not say that consents are independent, so none is revoked.
    assert_eq!(oidc.grants().iter().map(|grant| grant.alive).collect::<Vec<_>>(), [true, true]);
}

#[test]
fn a_connected_name_may_be_left_to_its_shop() {
    let oidc = Oidc::start();
    let environment = connected(&oidc);
    let mut terminal = Terminal::start(&environment, &["connect", "loopback", "--no-browser"]);
    terminal.expect("another shop");
    terminal.send(ARROW_DOWN);
    terminal.send_line("");
    terminal.expect("Name of the other shop");
    terminal.send_line("loopback");
    terminal.expect("choose another one");
    terminal.expect("Name of the other shop");
    terminal.send_line("second");
    oidc.consent_as(&terminal.url(), "seller-2");
    terminal.expect("connected second (shop seller-2)");
    assert_eq!(terminal.finish(), 0);
    assert_eq!(profiles(&environment), named(&[("loopback", SELLER), ("second", "seller-2")]));
    assert!(oidc.grants().iter().all(|grant| grant.alive));
}

#[test]
fn another_shop_under_the_same_name_is_refused() {
    let oidc = Oidc::start();
    let environment = connected(&oidc);
    let before = records(&environment);
    let mut terminal = Terminal::start(&environment, &["connect", "loopback", "--no-browser"]);
    terminal.expect("another shop");
    terminal.send_line("");
    let page = oidc.consent_as(&terminal.url(), "seller-2");
    assert!(page.body.contains("This is another shop"), "{}", page.body);
    terminal.expect("another shop consented than the one `loopback` belongs to");
    assert_eq!(terminal.finish(), 5);
    assert_eq!(records(&environment), before);
}

#[test]
fn disconnecting_asks_and_a_no_changes_nothing() {
    let oidc = Oidc::start();
    let environment = connected(&oidc);
    let before = records(&environment);
    for no in ["n", "\r", CTRL_C] {
        let mut terminal = Terminal::start(&environment, &["disconnect", "loopback"]);
        terminal.expect("scripts that use `sellauth token loopback` will stop working");
        terminal.expect("Disconnect loopback");
        terminal.send(no);
        assert_eq!(terminal.finish(), if no == CTRL_C { 130 } else { 2 });
        assert_eq!(records(&environment), before);
        assert!(oidc.grant_alive());
    }
    let mut terminal = Terminal::start(&environment, &["disconnect", "loopback"]);
    terminal.expect("Disconnect loopback");
    terminal.send("y");
    terminal.expect("disconnected loopback");
    assert_eq!(terminal.finish(), 0);
    assert_eq!(profiles(&environment), []);
    assert!(!oidc.grant_alive());
}

#[test]
fn ctrl_c_while_waiting_changes_nothing() {
    let oidc = Oidc::start();
    for environment in [registered(&oidc), connected(&oidc)] {
        let before = records(&environment);
        let name = ["--profile", "new"];
        let arguments = [&["connect", "loopback", "--no-browser"][..], &name].concat();
        let mut terminal = Terminal::start(&environment, &arguments);
        let answer = oidc.authorize(&terminal.url(), SELLER);
        terminal.expect("Waiting for the answer");
        terminal.send(CTRL_C);
        terminal.expect("interrupted");
        assert_eq!(terminal.finish(), 130);
        assert_eq!(records(&environment), before);
        let port = url::Url::parse(&answer).unwrap().port().unwrap();
        assert!(std::net::TcpListener::bind(("127.0.0.1", port)).is_ok(), "its port is free again");
    }
}

#[test]
fn without_a_terminal_the_missing_flag_is_named() {
    let oidc = Oidc::start();
    let environment = connected(&oidc);
    environment.write("marketplaces/second.toml", &oidc.confidential_definition("second"));
    let before = records(&environment);
    let cases: [(&[&str], i32, &str, &[&str]); 5] = [
        (&["disconnect", "loopback"], 2, "usage", &["--yes"]),
        (&["connect", "loopback"], 2, "usage", &["reauthorize loopback", "--profile"]),
        (&["app", "add", "second"], 2, "usage", &["--client-id"]),
        (&["app", "add", "second", "--client-id", CONFIDENTIAL], 2, "usage", &["--client-secret-stdin"]),
        (
            &["connect", "second"],
            9,
            "configuration",
            &["sellauth app add second --client-id ID --client-secret-stdin"],
        ),
    ];
    for (arguments, code, kind, named) in cases {
        let output = environment.run(&[arguments, &["--json"]].concat()).code(code);
        assert!(!output.stderr.contains("http://"), "no browser: {}", output.stderr);
        let error = output.error_json();
        assert_eq!(error["error"]["kind"], kind);
        let hint = error["error"]["hint"].as_str().unwrap();
        assert!(named.iter().all(|flag| hint.contains(flag)), "{arguments:?}: {hint}");

        // A person who wants no questions gets the same answer.
        let mut terminal = Terminal::start(&environment, &[arguments, &["--no-input"]].concat());
        terminal.expect(named[0]);
        assert_eq!(terminal.finish(), code);
    }
    assert_eq!(records(&environment), before);
}

#[test]
fn a_secret_that_stdin_was_to_bring_is_asked_for_unseen() {
    let oidc = Oidc::start();
    let environment = prepared(&oidc);
    environment.write("marketplaces/loopback.toml", &oidc.confidential_definition("loopback"));
    let add = ["app", "add", "loopback", "--client-id", CONFIDENTIAL, "--client-secret-stdin"];
    let set = ["app", "set", "loopback", "--client-secret-stdin", "--no-verify"];
    for (arguments, done) in [(&add[..], "added app loopback"), (&set, "changed app loopback")] {
        let mut terminal = Terminal::start(&environment, arguments);
        terminal.expect_unseen("Client secret");
        terminal.send_line(oidc.client_secret());
        terminal.expect(done);
        assert_eq!(terminal.finish(), 0);
    }
    environment.assert_absent(&[oidc.client_secret()]);
}
