//! From nothing to a printed token at a marketplace nobody has heard of: by README's chapter alone, and by
//! what its server publishes.

use std::fs;
use std::time::Duration;

use serde_json::Value;

use crate::support::environment::TestEnvironment;
use crate::support::oidc::{NATIVE, Oidc, SELLER};
use crate::support::terminal::Terminal;

const README: &str = include_str!("../README.md");
const CHAPTER: &str = "## A marketplace of your own\n";
/// Where README's reader runs the server.
const ITS_SERVER: &str = "http://127.0.0.1:3000";
const LINE_DEADLINE: Duration = Duration::from_secs(20);

/// The first block of that language in the chapter.
fn block(language: &str) -> &'static str {
    let (_, chapter) = README.split_once(CHAPTER).expect("the chapter");
    let (_, rest) = chapter.split_once(&format!("```{language}\n")).expect("a block of that language");
    rest.split_once("```").expect("an end").0
}

/// A person's own home: no folder of the tests', and a browser that is this test.
fn person() -> TestEnvironment {
    let mut environment = TestEnvironment::new();
    environment.use_file_store().remove_var("SELLAUTH_HOME").set_var("SELLAUTH_BROWSER", "true");
    environment
}

#[test]
fn the_readmes_chapter_leads_from_nothing_to_a_token() {
    let oidc = Oidc::start();
    let environment = person();
    let definition = block("toml");
    assert!(definition.lines().count() <= 30, "thirty lines are enough");
    assert_eq!(definition.matches(ITS_SERVER).count(), 1);
    let folder = environment.command(&[]).get_current_dir().unwrap().to_owned();
    fs::write(folder.join("corner-shop.toml"), definition.replace(ITS_SERVER, oidc.issuer())).unwrap();

    let script = format!("sellauth() {{ \"$0\" \"$@\"; }}\n{}", block("sh"));
    let running = environment.invoke_under(&["sh", "-ec", &script], &[]).spawn();
    let page = oidc.consent(&running.url());
    assert!(page.body.contains("Your shop is connected"), "{}", page.body);
    let output = running.finish().ok().prints_a_secret();
    let lines: Vec<&str> = output.stdout.lines().collect();
    let [checked, added, connected, token] = lines[..] else { panic!("{output:?}") };
    assert_eq!(checked, "corner-shop is fine");
    assert_eq!(added, "added app corner-shop");
    assert_eq!(connected, format!("connected corner-shop (shop {SELLER})"));
    assert!(oidc.is_active(token));
    let renewed = environment.run(&["token", "corner-shop", "--refresh"]).ok().prints_a_secret().stdout;
    assert!(renewed.trim_end() != token && oidc.is_active(renewed.trim_end()));
}

#[test]
fn what_a_server_publishes_is_a_definition() {
    let oidc = Oidc::start();
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    let new = ["marketplaces", "new", "corner", "--issuer", oidc.issuer(), "--client-authentication", "none"];
    let made = environment.run(&[&new[..], &["--scope", "openid", "--json"]].concat()).ok().json();
    let file = made["file"].as_str().unwrap();
    environment.run(&["marketplaces", "check", file]).ok();
    environment.run(&["app", "add", "corner", "--client-id", NATIVE]).ok();
    let running = environment.spawn(&["connect", "corner", "--no-browser"]);
    oidc.consent(&running.url());
    running.finish().ok();
    let token = environment.run(&["token", "corner"]).ok().prints_a_secret().stdout;
    assert!(oidc.is_active(token.trim_end()));
    // `iss` is what the server says it is (RFC 9207), and is checked.
    let shown = environment.run(&["marketplaces", "show", "corner", "--json"]).ok().json();
    assert_eq!(shown["authorization_response"]["issuer"], oidc.issuer());
}

#[test]
fn a_person_is_asked_for_what_is_not_published() {
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    let mut terminal = Terminal::start(&environment, &["marketplaces", "new", "corner"]);
    for (question, answer) in [
        ("Issuer", ""),
        ("Name, as sellers know it", "Corner Shop"),
        ("How does a first token come about", ""),
        ("Consent page", "https://corner.example/authorize"),
        ("Token endpoint", "https://corner.example/token"),
        ("Address of the API", "https://api.corner.example/v2"),
        ("How does the app prove itself", ""),
        ("Does the marketplace take PKCE", "y"),
        ("Does it take a redirect URI on this machine", "n"),
        ("Does it give out refresh tokens", "y"),
        ("Scopes", "orders offers"),
    ] {
        terminal.expect(question);
        match answer {
            // Yes or no is one key.
            "y" | "n" => terminal.send(answer),
            line => terminal.send_line(line),
        }
    }
    terminal.expect("sellauth app add corner");
    assert_eq!(terminal.finish(), 0);
    let shown = environment.run(&["marketplaces", "show", "corner", "--json"]).ok().json();
    assert_eq!(shown["name"], "Corner Shop");
    assert_eq!(shown["api_base"], "https://api.corner.example/v2");
    assert_eq!(shown["scopes"], serde_json::json!(["orders", "offers"]));
    assert_eq!(shown["consent"]["pkce"], "S256");
    assert_eq!(shown["redirect"]["modes"][0], "relay");
}

#[test]
fn nothing_is_made_of_what_does_not_fit() {
    let oidc = Oidc::start();
    let environment = TestEnvironment::new();
    let new = |arguments: &[&str]| environment.run(&[&["marketplaces", "new"], arguments].concat());
    let endpoints =
        ["--token-endpoint", "https://a.example/t", "--authorization-endpoint", "https://a.example/a"];
    for (id, more, code, said) in [
        ("Corner", &endpoints[..], 2, "is no id"),
        ("../corner", &endpoints[..], 2, "is no id"),
        ("otto", &endpoints[..], 2, "there is a marketplace `otto` already"),
        ("corner", &endpoints[..2], 2, "--authorization-endpoint is needed"),
        ("corner", &["--token-endpoint", "http://a.example/t"], 2, "is no https address"),
        (
            "corner",
            &[&endpoints[..2], &["--authorization-endpoint", "https://{client_secret}/"]].concat(),
            2,
            "must not go",
        ),
        ("corner", &["--issuer", "http://127.0.0.1:1"], 7, "does not say what it can"),
    ] {
        let said_so = new(&[&[id], more].concat()).code(code);
        assert!(said_so.stderr.contains(said) && said_so.stderr.contains("hint: "), "{said_so:?}");
    }
    // Whoever answers for another issuer is not believed (RFC 8414 section 3.3).
    let other = oidc.issuer().replace("127.0.0.1", "localhost");
    let refused = new(&["corner", "--issuer", &other]).code(7);
    assert!(refused.stderr.contains("the metadata is of"), "{refused:?}");
    assert!(environment.files().is_empty(), "{:?}", environment.files());
    new(&[&["corner"], &endpoints[..]].concat()).ok();
    let before = environment.files();
    new(&[&["corner"], &endpoints[..]].concat()).code(2);
    assert_eq!(environment.files(), before);
    new(&[&["corner-2", "--print"], &endpoints[..]].concat()).ok();
    assert_eq!(environment.files(), before);
}

#[test]
fn a_definition_that_changed_since_the_consent_is_told() {
    let oidc = Oidc::start();
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    environment.write("marketplaces/loopback.toml", &oidc.definition("loopback"));
    environment.run(&["app", "add", "loopback", "--client-id", NATIVE]).ok();
    let connect = |arguments: &[&str]| {
        let running = environment.spawn(&[arguments, &["--no-browser"]].concat());
        let noted = running.line_unless_ended(
            |line| line.contains("has changed since") || line.contains("http://"),
            LINE_DEADLINE,
        );
        oidc.consent(&running.url());
        running.finish().ok();
        noted.is_some_and(|line| line.contains("sellauth marketplaces diff loopback"))
    };
    assert!(!connect(&["connect", "loopback"]));
    let unchanged = environment.run(&["marketplaces", "diff"]).ok();
    assert!(unchanged.stdout.is_empty() && unchanged.stderr.contains("no definition says anything else"));

    let changed = oidc.definition("loopback")
        + "\n[errors.E1]\ncause = \"nothing\"\nfix = \"none\"\nlink = \"https://new.example/e1\"\n";
    environment.write("marketplaces/loopback.toml", &changed);
    let diff = environment.run(&["marketplaces", "diff"]).ok().stdout;
    assert!(diff.contains("\n+[errors.E1]\n") && diff.ends_with("new hosts: new.example\n"), "{diff}");
    let rows = environment.run(&["marketplaces", "diff", "loopback", "--json"]).ok().json();
    assert_eq!(rows[0]["new_hosts"], serde_json::json!(["new.example"]));
    assert!(rows[0]["diff"].as_str().unwrap().contains("+[errors.E1]"), "{rows}");

    assert!(connect(&["reauthorize", "loopback"]), "the person is told before the browser opens");
    assert_eq!(environment.run(&["marketplaces", "diff", "--json"]).ok().json(), Value::Array(Vec::new()));
}

#[test]
fn a_definition_of_ones_own_is_compared_with_what_it_was_made_from() {
    let environment = TestEnvironment::new();
    let shown = environment.run(&["marketplaces", "show", "otto"]).ok().stdout;
    let own =
        environment.write("marketplaces/my-otto.toml", &shown.replace("id = \"otto\"", "id = \"my-otto\""));
    let diff = environment.run(&["marketplaces", "diff", "otto", own.to_str().unwrap()]).ok().stdout;
    assert!(diff.contains("\n-id = \"otto\"\n+id = \"my-otto\"\n") && !diff.contains("new hosts"), "{diff}");
}
