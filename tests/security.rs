//! What `docs/SECURITY.md` promises: each point of the standards names the test that proves it, and what no other
//! test looks at is looked at here.

use serde_json::Value;
use url::Url;

use crate::amazon::{CONNECT, REDIRECT_URI, TOKEN, staged_with};
use crate::architecture::scan::{files, read, root};
use crate::support::environment::TestEnvironment;
use crate::support::marketplaces::amazon::App;
use crate::support::marketplaces::relay::Relay;
use crate::support::oidc::{NATIVE, Oidc, SELLER};
use crate::support::proxy::{Failure, Response};
use crate::support::stage::RELAY;

/// The tables that name a test for each point begin so.
const TABLE: &str = "| section | point | what is done | test |";
const OTHER_TABLE: &str = "| | point | what is done | test |";

/// Each row of the tables of points: the section it stands in, and its cells.
fn points() -> Vec<(String, Vec<String>)> {
    let text = read("docs/SECURITY.md");
    let mut found = Vec::new();
    let (mut heading, mut inside) = ("", false);
    for line in text.lines() {
        heading = line.strip_prefix("### ").unwrap_or(heading);
        inside = line == TABLE || line == OTHER_TABLE || inside && line.starts_with('|');
        if inside && line != TABLE && line != OTHER_TABLE && !line.starts_with("|---") {
            let cells = line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned());
            found.push((heading.to_owned(), cells.collect()));
        }
    }
    found
}

/// Whether a file of the module holds a test of this name.
fn is_test(module: &str, name: &str) -> bool {
    let path = module.replace("::", "/");
    let places =
        ["src/@.rs", "src/@/mod.rs", "src/@/tests.rs", "tests/@.rs"].map(|it| it.replace('@', &path));
    places.iter().filter(|place| root().join(place).is_file()).any(|place| {
        let text = read(place);
        text.split("#[test]").skip(1).any(|after| {
            after.lines().take(5).any(|line| line.trim_start().starts_with(&format!("fn {name}(")))
        })
    })
}

#[test]
fn every_point_of_the_standards_names_a_test_that_exists() {
    let points = points();
    let mut wrong = Vec::new();
    for (heading, cells) in &points {
        let [_, point, _, test] = &cells[..] else {
            wrong.push(format!("{heading}: not four cells: {cells:?}"));
            continue;
        };
        let named = test.strip_prefix('`').and_then(|it| it.strip_suffix('`'));
        match named.and_then(|it| it.rsplit_once("::")) {
            Some((module, name)) if is_test(module, name) => {}
            Some(_) => wrong.push(format!("{heading}: {point}: there is no test {test}")),
            None => wrong.push(format!("{heading}: {point}: no test is named, but {test:?}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for standard in ["RFC 8252", "RFC 7636", "RFC 8628", "RFC 9207", "RFC 9700"] {
        let rows = points.iter().filter(|(heading, _)| heading.starts_with(standard)).count();
        assert!(rows >= 3, "{standard} has {rows} points");
    }
    assert!(!is_test("security", "a_test_that_is_none") && is_test("callback::guard", "only_get"));
}

/// The built-in definitions, by path.
fn built_in() -> Vec<(String, String)> {
    files("src/marketplace/built_in", "toml").into_iter().map(|path| (path.clone(), read(&path))).collect()
}

#[test]
fn no_definition_asks_for_a_password_or_for_a_token_in_the_browser() {
    let definitions = built_in();
    assert!(definitions.len() >= 16);
    for (path, text) in definitions {
        let definition: toml::Table = text.parse().unwrap_or_else(|error| panic!("{path}: {error}"));
        let text = toml::Value::Table(definition).to_string();
        assert!(!text.contains("grant_type = \"password\""), "{path}");
        let types = text.match_indices("response_type = ").map(|(at, it)| &text[at + it.len()..]);
        types.for_each(|given| assert!(given.starts_with("\"code\""), "{path}"));
    }
}

#[test]
fn no_definition_can_ask_for_the_plain_challenge() {
    let environment = TestEnvironment::new();
    let shown = environment.run(&["marketplaces", "show", "allegro"]).ok().stdout;
    let own = shown.replace("id = \"allegro\"", "id = \"plain\"");
    for (old, new) in [("pkce = \"S256\"", "pkce = \"plain\""), ("pkce = \"S256\"", "pkce = \"PLAIN\"")] {
        assert!(own.contains(old));
        let file = environment.write("plain.toml", &own.replace(old, new));
        let refused = environment.run(&["marketplaces", "check", file.to_str().unwrap()]).code(9);
        assert!(refused.stderr.contains("S256"), "{refused:?}");
    }
}

/// A marketplace made from what the server publishes, which names its issuer, and an app there.
fn with_issuer(oidc: &Oidc) -> TestEnvironment {
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    let new = ["marketplaces", "new", "corner", "--issuer", oidc.issuer(), "--client-authentication", "none"];
    environment.run(&[&new[..], &["--scope", "openid"]].concat()).ok();
    environment.run(&["app", "add", "corner", "--client-id", NATIVE]).ok();
    environment
}

#[test]
fn an_answer_of_another_issuer_is_refused() {
    let oidc = Oidc::start();
    let environment = with_issuer(&oidc);
    let answered = |issuer: Option<&str>| {
        let connect = ["connect", "corner", "--paste"];
        let mut running = environment.invoke(&connect).spawn_with_open_stdin();
        let address = Url::parse(&oidc.authorize(&running.url(), SELLER)).unwrap();
        let honest: Vec<_> = address.query_pairs().into_owned().collect();
        assert!(honest.iter().any(|(name, value)| name == "iss" && value == oidc.issuer()), "{address}");
        let mut forged = address.clone();
        let rest = honest.iter().filter(|(name, _)| name != "iss");
        let issuer = issuer.map(|issuer| ("iss".to_owned(), issuer.to_owned()));
        forged.query_pairs_mut().clear().extend_pairs(rest).extend_pairs(issuer);
        running.send_line(forged.as_str());
        running.finish()
    };
    for issuer in [Some("https://another.example"), Some(""), None] {
        answered(issuer).code(5);
        let rows = environment.run(&["status", "--json"]).ok().json();
        assert_eq!(rows, Value::Array(Vec::new()), "{issuer:?}");
    }
    assert!(oidc.requests().iter().all(|request| request.path != "/token"), "no code was tried");
    answered(Some(oidc.issuer())).ok();
}

#[test]
fn a_token_request_follows_no_redirect() {
    for status in [301, 302, 303, 307, 308] {
        let (stage, ..) = staged_with(
            App::new().redirect_uri(REDIRECT_URI),
            Relay::new(RELAY),
            &["--redirect-uri", REDIRECT_URI],
        );
        // The proxy knows no such host, and fails the test of whoever asks for it.
        let elsewhere = Response::empty(status).header("location", "https://elsewhere.example/auth/o2/token");
        stage.proxy.fail_next(TOKEN, Failure::Answer(elsewhere));
        stage.consent(&CONNECT).0.code(7);
        assert_eq!(stage.proxy.count(TOKEN), 1, "{status}");
        let same_host = Response::empty(status).header("location", "/auth/o2/token");
        stage.proxy.fail_next(TOKEN, Failure::Answer(same_host));
        stage.consent(&CONNECT).0.code(7);
        assert_eq!(stage.proxy.count(TOKEN), 2, "{status}");
    }
}
