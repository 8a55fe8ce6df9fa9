//! Every question a person can be asked: answered, answered wrongly, and left with Ctrl-C.

use std::path::PathBuf;

use crate::support::environment::TestEnvironment;
use crate::support::marketplaces::amazon::App;
use crate::support::marketplaces::{Amazon, Marketplace, Otto, otto};
use crate::support::oidc::{NATIVE, Oidc, SELLER};
use crate::support::stage::Stage;
use crate::support::terminal::Terminal;

const CTRL_C: &str = "\x03";
const CTRL_D: &str = "\x04";
const CTRL_U: &str = "\x15";
const BACKSPACE: &str = "\x7f";
const ARROW_UP: &str = "\x1b[A";
const SHOP: &str = "A2SHOPDE";
const APPLICATION: &str = "amzn1.sp.solution.1";
const CLIENT: &str = "amzn1.application-oa2-client.1";
const CLIENT_SECRET: &str = "amzn1.oa2-cs.v1.0123456789abcdef";
const PASSPHRASE: &str = "correct horse battery staple";

/// A machine with an app of Amazon's.
fn with_amazon() -> (Stage, Amazon, App) {
    let amazon = Amazon::new();
    amazon.log_in(SHOP);
    let app = amazon.app(App::new().private());
    let stage = Stage::new(vec![Box::new(amazon.clone())]);
    let application = format!("application_id={}", app.application_id);
    let add = ["app", "add", "amazon", "--client-id", &app.client_id, "--set", &application];
    let more = ["--imported-only", "--client-secret-stdin"];
    stage.feed(&[&add[..], &more].concat(), &app.client_secret).ok();
    (stage, amazon, app)
}

/// A machine with an app of OTTO's that has no installation link.
fn with_otto() -> (Stage, Otto, otto::App) {
    let otto = Otto::new();
    otto.log_in("1002003");
    let app = otto.app(otto::App::service_partner());
    let stage = Stage::new(vec![Box::new(otto.clone())]);
    let id = format!("app_id={}", app.id);
    let add = ["app", "add", "otto", "--client-id", &app.client_id, "--set", &id];
    let more = ["--redirect-uri", "https://erp.example/otto/callback", "--client-secret-stdin"];
    stage.feed(&[&add[..], &more].concat(), &app.client_secret).ok();
    (stage, otto, app)
}

/// A machine with the marketplace of `oidc` and its app.
fn with_app(oidc: &Oidc) -> TestEnvironment {
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    environment.write("marketplaces/loopback.toml", &oidc.definition("loopback"));
    environment.run(&["app", "add", "loopback", "--client-id", NATIVE]).ok();
    environment
}

/// The same with two shops.
fn with_two_shops(oidc: &Oidc) -> TestEnvironment {
    let environment = with_app(oidc);
    for name in ["loopback", "other"] {
        let running = environment.spawn(&["connect", "loopback", "--profile", name, "--no-browser"]);
        oidc.consent(&running.url());
        running.finish().ok();
    }
    environment
}

/// A machine whose secrets need a passphrase that is not in its environment, with an app to remove.
fn with_passphrase() -> TestEnvironment {
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    environment.set_var("SELLAUTH_PASSPHRASE", PASSPHRASE);
    let add = ["app", "add", "allegro", "--client-id", "1", "--client-secret-stdin"];
    environment.invoke(&add).stdin("geheimnis").run().ok();
    environment.remove_var("SELLAUTH_PASSPHRASE");
    environment
}

/// What counts. The file store makes its key when it is first tried, and a lock's file stays.
fn records(environment: &TestEnvironment) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = environment.files();
    files.retain(|(path, _)| !path.ends_with("key") && path.extension().is_none_or(|end| end != "lock"));
    files
}

#[test]
fn an_app_s_registration_says_what_is_wrong_with_an_answer_and_asks_again() {
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    let mut terminal = Terminal::looked_at(&environment, &["app", "add", "amazon"]);
    let wrong_and_right = [
        ("LWA client identifier", APPLICATION, "that is the Application ID", CLIENT),
        ("Application ID", CLIENT, "that is the LWA client identifier", APPLICATION),
    ];
    for (question, wrong, complaint, right) in wrong_and_right {
        terminal.expect(question);
        terminal.send_line(wrong);
        terminal.expect(complaint);
        terminal.expect(question);
        terminal.send_line(right);
    }
    terminal.expect("Is it a private app, for your own account only?");
    terminal.send("n");
    for wrong in ["http://erp.example/callback", "erp.example", ""] {
        terminal.expect("Redirect URI, as registered");
        terminal.send_line(wrong);
        terminal.expect("✘");
    }
    terminal.expect("Redirect URI, as registered");
    terminal.send_line("https://erp.example/callback");
    terminal.expect_unseen("LWA client secret");
    terminal.send_line(CLIENT);
    terminal.expect("that is an id, not the secret");
    terminal.expect_unseen("LWA client secret");
    terminal.send_line(CLIENT_SECRET);
    terminal.expect("added app amazon");
    assert_eq!(terminal.finish_given_back(), 0);
    let app = environment.run(&["app", "show", "amazon", "--json"]).ok().json();
    assert_eq!(app["client_id"], CLIENT, "{app}");
    assert_eq!(app["redirect_uri"], "https://erp.example/callback", "{app}");
    environment.assert_absent(&[CLIENT_SECRET]);
}

#[test]
fn a_private_app_is_not_asked_for_a_redirect_uri() {
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    let mut terminal = Terminal::start(&environment, &["app", "add", "amazon"]);
    terminal.expect("LWA client identifier");
    terminal.send_line(CLIENT);
    terminal.expect("Application ID");
    terminal.send_line(APPLICATION);
    terminal.expect("Is it a private app");
    terminal.send("y");
    let between = {
        terminal.expect("✔ Is it a private app");
        terminal.expect("LWA client secret")
    };
    assert!(!between.contains("Redirect URI"), "{between}");
    terminal.send_line(CLIENT_SECRET);
    terminal.expect("added app amazon");
    assert_eq!(terminal.finish(), 0);
}

#[test]
fn the_scopes_of_an_app_are_asked_where_the_marketplace_has_no_usual_ones() {
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    let mut terminal = Terminal::start(&environment, &["app", "add", "otto-self"]);
    terminal.expect("Client id");
    terminal.send_line("of-my-own-shop");
    terminal.expect("Scopes of your app");
    terminal.send_line(" orders  products ");
    terminal.expect("Client secret");
    terminal.send_line("geheimnis");
    terminal.expect("added app otto-self");
    assert_eq!(terminal.finish(), 0);
    let app = environment.run(&["app", "show", "otto-self", "--json"]).ok().json();
    assert_eq!(app["scopes"], serde_json::json!(["orders", "products"]));
}

#[test]
fn the_installation_link_is_asked_and_opened() {
    let (stage, otto, app) = with_otto();
    let link = otto.invitation_link(&app);
    let mut terminal = Terminal::start(&stage.environment, &["connect", "otto", "--no-browser"]);
    for wrong in ["portal.otto.market/install", "http://portal.otto.market/install"] {
        terminal.expect("Installation link (empty: installed already)");
        terminal.send_line(wrong);
        terminal.expect("copy the whole link from the marketplace's portal");
    }
    terminal.expect("Installation link");
    terminal.send_line(&link);
    stage.open(&terminal.url());
    terminal.expect("connected otto (shop 1002003)");
    assert_eq!(terminal.finish(), 0);
}

#[test]
fn no_installation_link_is_an_answer() {
    let (stage, otto, app) = with_otto();
    otto.install(&app, "1002003");
    let mut terminal = Terminal::start(&stage.environment, &["connect", "otto", "--no-browser"]);
    terminal.expect("Installation link (empty: installed already)");
    terminal.send_line("");
    stage.open(&terminal.url());
    terminal.expect("connected otto (shop 1002003)");
    assert_eq!(terminal.finish(), 0);
}

#[test]
fn a_region_is_chosen_and_a_refresh_token_pasted_unseen() {
    let (stage, amazon, app) = with_amazon();
    let refresh_token = amazon.self_authorize(&app, SHOP, "eu");
    let mut terminal = Terminal::looked_at(&stage.environment, &["import", "amazon"]);
    terminal.expect("Region");
    // Enter alone takes none of them.
    terminal.send_line("");
    terminal.expect("Region");
    terminal.send_line("ZA");
    let chosen = terminal.expect("Refresh token");
    // Enter alone is no answer; a slip is taken back.
    terminal.send("\rAtzr|wrong");
    terminal.send(CTRL_U);
    terminal.send(&format!("{refresh_token}xä{BACKSPACE}{BACKSPACE}"));
    terminal.send_line("");
    terminal.expect("connected");
    assert_eq!(terminal.finish_given_back(), 0);
    stage.environment.assert_absent(&[&refresh_token]);
    assert!(chosen.contains("✔ Region"), "{chosen}");
}

/// The answer of a seller, with so much more behind it.
fn long_answer(oidc: &Oidc, url: &str) -> String {
    format!("{}&more={}", oidc.authorize(url, SELLER), "x".repeat(6000))
}

/// Waits until lines are read: the time left is shown first, and then once a second.
fn expect_reading(terminal: &mut Terminal) {
    terminal.expect(" left");
    terminal.expect(" left");
}

#[test]
fn a_pasted_address_may_be_longer_than_a_terminals_line() {
    let oidc = Oidc::start();
    let environment = with_app(&oidc);
    let connected = format!("connected loopback (shop {SELLER})");
    for flag in ["--no-browser", "--paste"] {
        let mut terminal = Terminal::looked_at(&environment, &["connect", "loopback", flag]);
        let answer = long_answer(&oidc, &terminal.url());
        expect_reading(&mut terminal);
        terminal.send_line(&answer);
        terminal.expect(&connected);
        assert_eq!(terminal.finish_given_back(), 0);
        environment.run(&["disconnect", "loopback", "--yes"]).ok();
    }
    let (url, finish) = begin(&environment);
    let mut terminal = Terminal::looked_at(&environment, &["connect", "--finish", &finish]);
    terminal.expect("paste the address");
    terminal.send_line(&long_answer(&oidc, &url));
    terminal.expect(&format!("connected loopback-2 (shop {SELLER})"));
    assert_eq!(terminal.finish_given_back(), 0);
}

#[test]
fn slips_in_a_line_are_taken_back_and_ctrl_d_is_nothing() {
    let oidc = Oidc::start();
    let environment = with_app(&oidc);
    let mut terminal = Terminal::looked_at(&environment, &["connect", "loopback", "--no-browser"]);
    let answer = oidc.authorize(&terminal.url(), SELLER);
    expect_reading(&mut terminal);
    terminal.send(CTRL_D);
    terminal.send("no address");
    // Behind the sequence that ends the time left, the first character looks like a part of it.
    terminal.expect("o address");
    terminal.send(CTRL_U);
    let (first, last) = answer.split_at(answer.len() - 1);
    terminal.send(&format!("{first}ä{BACKSPACE}{ARROW_UP}"));
    terminal.send_line(last);
    terminal.expect(&format!("connected loopback (shop {SELLER})"));
    assert_eq!(terminal.finish_given_back(), 0);

    let (url, finish) = begin(&environment);
    let mut terminal = Terminal::looked_at(&environment, &["connect", "--finish", &finish]);
    terminal.expect("paste the address");
    terminal.send(CTRL_D);
    terminal.send_line(&oidc.authorize(&url, SELLER));
    terminal.expect("connected");
    assert_eq!(terminal.finish_given_back(), 0);
}

#[test]
fn ctrl_c_while_lines_are_read_gives_the_terminal_back() {
    let oidc = Oidc::start();
    let environment = with_app(&oidc);
    let before = records(&environment);
    for flag in ["--no-browser", "--paste"] {
        let mut terminal = Terminal::looked_at(&environment, &["connect", "loopback", flag]);
        expect_reading(&mut terminal);
        terminal.send("half an addr");
        terminal.send(CTRL_C);
        terminal.expect("error: interrupted");
        assert_eq!(terminal.finish_given_back(), 130, "{flag}");
    }
    let mut terminal = Terminal::looked_at(&environment, &["connect", "--finish", &begin(&environment).1]);
    terminal.expect("paste the address");
    terminal.send(CTRL_C);
    terminal.expect("error: interrupted");
    assert_eq!(terminal.finish_given_back(), 130);
    assert_ne!(records(&environment), before, "it may still be finished");
}

/// Begins a consent for another process: its address, and its handle.
fn begin(environment: &TestEnvironment) -> (String, String) {
    let start = ["connect", "loopback", "--profile", "loopback-2", "--start", "--json"];
    let begun = environment.run(&start).ok().prints_a_secret().json();
    let text = |name: &str| begun[name].as_str().unwrap().to_owned();
    (text("authorization_url"), text("handle"))
}

#[test]
fn removing_an_app_asks_and_a_no_changes_nothing() {
    let (stage, ..) = with_amazon();
    let before = records(&stage.environment);
    for no in ["n", "\r"] {
        let mut terminal = Terminal::start(&stage.environment, &["app", "remove", "amazon"]);
        terminal.expect("Remove the app amazon and its client secret?");
        terminal.send(no);
        terminal.expect("`amazon` was not removed");
        assert_eq!(terminal.finish(), 2);
        assert_eq!(records(&stage.environment), before);
    }
    let mut terminal = Terminal::start(&stage.environment, &["app", "remove", "amazon"]);
    terminal.expect("Remove the app amazon and its client secret?");
    terminal.send("y");
    terminal.expect("removed app amazon");
    assert_eq!(terminal.finish(), 0);
}

#[test]
fn the_passphrase_of_the_secrets_is_asked_unseen() {
    let environment = with_passphrase();
    let before = records(&environment);
    let set = ["app", "set", "allegro", "--client-secret-stdin"];
    let connect = ["connect", "allegro", "--no-browser"];
    environment.invoke(&set).stdin("neu").run().code(8);
    let mut terminal = Terminal::looked_at(&environment, &connect);
    terminal.expect_unseen("Passphrase of the secret files");
    terminal.send_line("wrong horse battery");
    terminal.expect("the passphrase does not open the key file");
    assert_eq!(terminal.finish_given_back(), 8);
    assert_eq!(records(&environment), before);

    let mut terminal = Terminal::looked_at(&environment, &connect);
    terminal.expect_unseen("Passphrase of the secret files");
    terminal.send_line(PASSPHRASE);
    let between = terminal.expect("Waiting for the answer");
    assert!(!between.contains("Passphrase of the secret files ›"), "asked once: {between}");
    terminal.send(CTRL_C);
    assert_eq!(terminal.finish_given_back(), 130);
    environment.assert_absent(&[PASSPHRASE, "wrong horse battery"]);
}

/// A question on the way of a command: the questions before it with their answers, and itself.
type Way<'a> = (&'a [&'a str], &'a [(&'a str, &'a str)], &'a str);

/// Leaves each question by `key`: the command is interrupted, nothing has changed, and the terminal is as
/// it was.
#[track_caller]
fn assert_left(environment: &TestEnvironment, key: &str, ways: &[Way]) {
    let before = records(environment);
    for (arguments, answers, question) in ways {
        let mut terminal = Terminal::looked_at(environment, arguments);
        for (asked, answer) in *answers {
            terminal.expect(asked);
            terminal.send(answer);
        }
        terminal.expect(question);
        terminal.send(key);
        terminal.expect("\r\nerror: interrupted\r\n");
        assert_eq!(terminal.finish_given_back(), 130, "{arguments:?}: {question}");
        assert_eq!(records(environment), before, "{arguments:?}: {question}");
    }
}

const ADD: [&str; 3] = ["app", "add", "amazon"];
const ANSWERS: [(&str, &str); 4] = [
    ("LWA client identifier", "amzn1.application-oa2-client.1\r"),
    ("Application ID", "amzn1.sp.solution.1\r"),
    ("Is it a private app", "n"),
    ("Redirect URI", "https://erp.example/callback\r"),
];

#[test]
fn ctrl_c_at_any_question_of_a_registration_changes_nothing() {
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    let own: [(&str, &str); 1] = [("Client id", "of-my-own-shop\r")];
    assert_left(
        &environment,
        CTRL_C,
        &[
            (&ADD, &[], "LWA client identifier"),
            (&ADD, &ANSWERS[..1], "Application ID"),
            (&ADD, &ANSWERS[..2], "Is it a private app"),
            (&ADD, &ANSWERS[..3], "Redirect URI"),
            (&ADD, &ANSWERS, "LWA client secret"),
            (&["connect", "amazon", "--region", "DE"], &[], "LWA client identifier"),
            (&["app", "add", "otto-self"], &own, "Scopes of your app"),
        ],
    );
}

#[test]
fn ctrl_c_at_any_question_of_a_connection_changes_nothing() {
    let again: [(&str, &str); 1] = [("another shop", "\x1b[B\r")];
    let oidc = Oidc::start();
    assert_left(
        &with_two_shops(&oidc),
        CTRL_C,
        &[
            (&["connect", "loopback"], &[], "another shop"),
            (&["connect", "loopback"], &again, "Name of the other shop"),
            (&["disconnect", "other"], &[], "Disconnect other?"),
            (&["reauthorize", "--all"], &[], "Open the browser for loopback?"),
            (
                &["reauthorize", "--all"],
                &[("Open the browser for loopback?", "n")],
                "Open the browser for other?",
            ),
        ],
    );
    let region: [(&str, &str); 1] = [("Region", "DE\r")];
    assert_left(
        &with_amazon().0.environment,
        CTRL_C,
        &[
            (&["connect", "amazon"], &[], "Region"),
            (&["import", "amazon"], &region, "Refresh token"),
            (&["app", "remove", "amazon"], &[], "Remove the app amazon"),
        ],
    );
    let installation = "Installation link";
    assert_left(&with_otto().0.environment, CTRL_C, &[(&["connect", "otto"], &[], installation)]);
    assert_left(&with_passphrase(), CTRL_C, &[(&["connect", "allegro"], &[], "Passphrase")]);
}

#[test]
fn ctrl_d_at_a_secret_is_no_answer_either() {
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    assert_left(&environment, CTRL_D, &[(&ADD, &ANSWERS, "LWA client secret")]);
    assert_left(&with_passphrase(), CTRL_D, &[(&["connect", "allegro"], &[], "Passphrase")]);
}
