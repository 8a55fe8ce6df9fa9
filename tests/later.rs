//! `--start` and `--finish`: a consent whose answer another process brings.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};
use url::Url;

use crate::support::environment::TestEnvironment;
use crate::support::keyring_session::KeyringSession;
use crate::support::marketplaces::wire::parameter;
use crate::support::marketplaces::{Allegro, Amazon, Marketplace, Otto, Relay, allegro, amazon, otto};
use crate::support::oidc::{NATIVE, Oidc, SELLER};
use crate::support::proxy::{Failure, Site};
use crate::support::running::Output;
use crate::support::stage::{RELAY, Stage};

const START: [&str; 4] = ["connect", "loopback", "--start", "--json"];
const RENEW: [&str; 4] = ["reauthorize", "loopback", "--start", "--json"];

/// What `--start` said.
struct Login {
    url: String,
    handle: String,
}

impl Login {
    /// Runs a command with `--start --json`. Its stdout alone may hold the `state`.
    fn start(environment: &TestEnvironment, arguments: &[&str]) -> Self {
        let answer = environment.run(arguments).ok().prints_a_secret().json();
        let text =
            |name: &str| answer[name].as_str().unwrap_or_else(|| panic!("no {name}: {answer}")).to_owned();
        Self { url: text("authorization_url"), handle: text("handle") }
    }

    fn finish(&self, environment: &TestEnvironment, answer: &str) -> Output {
        finish(environment, "connect", &self.handle, answer)
    }

    /// Three processes with the same answer; their exit codes, sorted.
    fn finish_at_once(&self, environment: &TestEnvironment, answer: &str) -> Vec<i32> {
        let finish = ["connect", "--finish", &self.handle, "--json"];
        let running: Vec<_> = (0..3).map(|_| environment.invoke(&finish).stdin(answer).spawn()).collect();
        let mut codes: Vec<_> = running.into_iter().map(|running| running.finish().code).collect();
        codes.sort_unstable();
        codes
    }

    fn state(&self) -> String {
        parameter(&Url::parse(&self.url).unwrap(), "state")
    }

    /// Its record, which is no secret.
    fn record(&self) -> PathBuf {
        PathBuf::from(format!("state/logins/{}.json", self.handle))
    }

    /// Lets its ten minutes be over.
    fn expire(&self, environment: &TestEnvironment) {
        let mut record: Value = serde_json::from_str(&environment.read(self.record())).unwrap();
        assert!(record["expires_at"].is_string(), "{record}");
        record["expires_at"] = json!("2020-01-01T00:00:00Z");
        environment.write(self.record(), &record.to_string());
    }
}

fn finish(environment: &TestEnvironment, command: &str, handle: &str, answer: &str) -> Output {
    environment.invoke(&["-vv", command, "--finish", handle, "--json"]).stdin(answer).run()
}

/// A home with the definition of `oidc` as marketplace `loopback`, and its app.
fn registered(oidc: &Oidc) -> TestEnvironment {
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    prepare(&environment, oidc);
    environment
}

fn prepare(environment: &TestEnvironment, oidc: &Oidc) {
    environment.write("marketplaces/loopback.toml", &oidc.definition("loopback"));
    environment.run(&["app", "add", "loopback", "--client-id", NATIVE]).ok();
}

/// The same with the shop of [`SELLER`] connected.
fn connected(oidc: &Oidc) -> TestEnvironment {
    let environment = registered(oidc);
    let login = Login::start(&environment, &START);
    login.finish(&environment, &oidc.authorize(&login.url, SELLER)).ok();
    environment
}

/// What stands for connections and pending consents. A lock's file stays, and so does the store's key.
fn records(environment: &TestEnvironment) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = environment.files();
    files.retain(|(path, _)| !path.ends_with("key") && path.extension().is_none_or(|end| end != "lock"));
    files
}

/// The secrets in the file store.
fn stored(environment: &TestEnvironment) -> BTreeSet<PathBuf> {
    let files = environment.files().into_iter().map(|(path, _)| path);
    files.filter(|path| path.extension().is_some_and(|end| end == "age")).collect()
}

/// An Allegro with an app whose redirect URI is a web front end's own.
fn allegro_stage() -> (Stage, Allegro) {
    let uri = "https://erp.example/allegro/callback";
    let allegro = Allegro::new();
    let app = allegro.app(allegro::App::new().redirect_uri(uri));
    let stage = front_end(allegro.clone());
    let add = ["app", "add", "allegro", "--client-id", &app.client_id, "--redirect-uri", uri];
    stage.feed(&[&add[..], &["--client-secret-stdin"]].concat(), &app.client_secret).ok();
    (stage, allegro)
}

/// A machine whose redirect URIs lead to a web front end that goes nowhere from there.
fn front_end(marketplace: impl Marketplace + 'static) -> Stage {
    Stage::with_relay(vec![Box::new(marketplace)], Relay::page(RELAY, "<h1>Thank you</h1>"))
}

#[test]
fn a_consent_is_finished_by_another_process() {
    let oidc = Oidc::start();
    let environment = registered(&oidc);
    let output = environment.run(&START).ok().prints_a_secret();
    let answer = output.json();
    let members: Vec<_> = answer.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, ["authorization_url", "handle", "expires_at"]);
    let expires_at: jiff::Timestamp = answer["expires_at"].as_str().unwrap().parse().unwrap();
    let left = expires_at.duration_since(jiff::Timestamp::now()).as_secs();
    assert!((500..=600).contains(&left), "{left} s");
    assert_eq!(environment.run(&["status", "--json"]).ok().json(), json!([]));

    let (url, handle) = (answer["authorization_url"].as_str().unwrap(), answer["handle"].as_str().unwrap());
    let address = oidc.authorize(url, SELLER);
    let row = finish(&environment, "connect", handle, &format!("{address}\n")).ok().json();
    assert_eq!((&row["profile"], &row["shop_id"]), (&json!("loopback"), &json!(SELLER)));
    let token = environment.run(&["token", "loopback"]).ok().prints_a_secret().stdout;
    assert!(oidc.is_active(token.trim_end()));

    let login = Login::start(&environment, &RENEW);
    let query = Url::parse(&oidc.authorize(&login.url, SELLER)).unwrap().query().unwrap().to_owned();
    let rows = finish(&environment, "reauthorize", &login.handle, &query).ok().json();
    assert_eq!((&rows[0]["profile"], &rows[0]["state"]), (&json!("loopback"), &json!("connected")));
    let renewed = environment.run(&["token", "loopback"]).ok().prints_a_secret().stdout;
    assert_ne!(token, renewed);
}

#[test]
fn a_person_is_told_what_to_do_next() {
    let oidc = Oidc::start();
    let environment = registered(&oidc);
    let output = environment.run(&["connect", "loopback", "--start"]).ok().prints_a_secret();
    let value = |name: &str| {
        let line = output.stdout.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap_or_else(|| panic!("no {name}\n{}", output.stdout)).trim().to_owned()
    };
    let handle = value("handle");
    assert!(output.stderr.contains(&format!("sellauth connect --finish {handle}")), "{}", output.stderr);
    assert!(value("expires_at").ends_with('Z'));
    let address = oidc.authorize(&value("authorization_url"), SELLER);
    let finished = environment.invoke(&["connect", "--finish", &handle]).stdin(address).run().ok();
    assert_eq!(finished.stdout, format!("connected loopback (shop {SELLER})\n"));
}

#[test]
fn a_wrong_answer_may_be_followed_by_the_right_one() {
    let oidc = Oidc::start();
    let environment = registered(&oidc);
    let login = Login::start(&environment, &START);
    let address = oidc.authorize(&login.url, SELLER);
    let before = records(&environment);
    let own = address.split("state=").next().unwrap();
    let other_state = format!("{own}state=of-yesterday");
    let without_code = format!("http://127.0.0.1/callback?state={}", login.state());
    let wrong = [
        ("", "nothing was pasted"),
        ("hello", "not the address"),
        ("{\n  \"code\": 1\n}", "not the address"),
        (&other_state, "another login"),
        (&without_code, "holds no code"),
        (&login.url, "before the consent"),
    ];
    for (answer, says) in wrong {
        let error = login.finish(&environment, answer).code(2).error_json();
        assert_eq!(error["error"]["kind"], "usage", "{answer}");
        assert!(error["error"]["message"].as_str().unwrap().contains(says), "{answer}: {error}");
        assert!(error["error"]["hint"].is_string(), "{answer}: {error}");
    }
    assert_eq!(records(&environment), before);
    assert_eq!(oidc.token_requests(), [], "a wrong address spends no code");
    login.finish(&environment, &address).ok();

    let known = records(&environment);
    let error = login.finish(&environment, &address).code(3).error_json();
    assert_eq!(error["error"]["kind"], "not_found");
    let never = "00000000-0000-4000-8000-000000000000";
    finish(&environment, "connect", never, &address).code(3);
    finish(&environment, "connect", "no-handle", &address).code(2);
    assert_eq!(records(&environment), known);
    assert_eq!(oidc.token_requests().len(), 1, "and a used handle sends nothing");
}

#[test]
fn of_several_who_finish_at_once_one_wins() {
    const ROUNDS: usize = 8;
    let oidc = Oidc::start();
    let environment = connected(&oidc);
    for round in 0..ROUNDS {
        // Both kinds: a profile that is there already, and one that is made.
        let name = format!("shop-{round}");
        let login = match round % 2 {
            0 => Login::start(&environment, &RENEW),
            _ => Login::start(&environment, &[&START[..], &["--profile", &name]].concat()),
        };
        let address = oidc.authorize(&login.url, SELLER);
        assert_eq!(login.finish_at_once(&environment, &address), [0, 3, 3], "round {round}");
    }
    let exchanges = oidc.token_requests();
    assert_eq!(exchanges.len(), ROUNDS + 1, "no code was sent twice");
    assert!(exchanges.iter().all(|exchange| exchange.status == 200), "{exchanges:?}");
    assert_eq!(stored(&environment).len(), 1 + ROUNDS / 2, "a token set for each profile, and nothing else");
}

#[test]
fn an_answer_that_comes_too_late_leaves_nothing() {
    let oidc = Oidc::start();
    let environment = connected(&oidc);
    let before = records(&environment);
    let login = Login::start(&environment, &RENEW);
    let address = oidc.authorize(&login.url, SELLER);
    assert_ne!(records(&environment), before);
    login.expire(&environment);
    let error = login.finish(&environment, &address).code(6).error_json();
    assert_eq!(error["error"]["kind"], "timeout");
    assert_eq!(records(&environment), before);
    login.finish(&environment, &address).code(3);
    assert_eq!(oidc.token_requests().len(), 1);
}

#[test]
fn logins_that_nobody_finished_are_swept_by_the_next_one() {
    let oidc = Oidc::start();
    let environment = registered(&oidc);
    let [first, second] = [(); 2].map(|()| Login::start(&environment, &START));
    assert_eq!(stored(&environment).len(), 2);
    first.expire(&environment);
    let third = Login::start(&environment, &START);
    assert_eq!(stored(&environment).len(), 2, "the second's and the third's");
    assert!(!environment.home().join(first.record()).exists());
    first.finish(&environment, &oidc.authorize(&first.url, SELLER)).code(3);
    // The first to be finished makes the profile; the other one comes too late for it.
    second.finish(&environment, &oidc.authorize(&second.url, SELLER)).ok();
    third.finish(&environment, &oidc.authorize(&third.url, SELLER)).code(9);
}

#[test]
fn neither_state_nor_verifier_stands_anywhere_in_plain_text() {
    let (stage, allegro) = allegro_stage();
    let environment = &stage.environment;
    let before = stored(environment);
    let login = Login::start(environment, &["-vv", "connect", "allegro", "--start", "--json"]);
    assert_eq!(stage.proxy.requests().len(), 0, "to begin asks nobody");
    let kept = environment.files();
    assert_eq!(stored(environment).len(), before.len() + 1);

    let page = stage.open(&login.url);
    let code = parameter(&page.url, "code");
    login.finish(environment, page.url.as_str()).ok();
    let exchange = stage.proxy.requests_to("allegro.pl/auth/oauth/token").pop().unwrap().form().unwrap();
    let verifier = exchange.text("code_verifier").to_owned();
    assert!(verifier.len() >= 43);
    // What lay on the disk meanwhile is looked through as well.
    for (number, (path, content)) in kept.iter().enumerate() {
        let copy = environment.home().join(format!("meanwhile-{number}"));
        std::fs::write(copy, [path.as_os_str().as_encoded_bytes(), content].concat()).unwrap();
    }
    let mut secrets = allegro.issued_secrets();
    secrets.extend([login.state(), verifier, code]);
    environment.assert_absent(&secrets.iter().map(String::as_str).collect::<Vec<_>>());

    let after = stored(environment);
    assert_eq!(after.len(), before.len() + 1, "the token set");
    assert!(!after.iter().any(|path| path.to_string_lossy().contains(&login.handle)), "{after:?}");
}

#[test]
fn an_exchange_that_fails_uses_the_handle_up() {
    let (stage, allegro) = allegro_stage();
    let before = records(&stage.environment);
    let failures = [(4, None), (7, Some(Failure::Status(503))), (7, Some(Failure::Drop))];
    for (code, failure) in failures {
        let login = Login::start(&stage.environment, &["connect", "allegro", "--start", "--json"]);
        let address = stage.open(&login.url).url;
        match failure {
            Some(failure) => stage.proxy.fail_next("allegro.pl/auth/oauth/token", failure),
            // Longer than the code lives.
            None => allegro.advance(Duration::from_secs(10)),
        }
        login.finish(&stage.environment, address.as_str()).code(code);
        assert_eq!(records(&stage.environment), before, "exit code {code}");
        let quiet = stage.requests_during(|| {
            login.finish(&stage.environment, address.as_str()).code(3);
        });
        assert_eq!(quiet, 0);
    }
}

#[test]
fn a_refusal_uses_the_handle_up() {
    let oidc = Oidc::start();
    let environment = registered(&oidc);
    let before = records(&environment);
    let login = Login::start(&environment, &START);
    let address = oidc.deny(&login.url);
    let error = login.finish(&environment, &address).code(5).error_json();
    assert_eq!(error["error"]["kind"], "denied");
    assert_eq!(records(&environment), before);
    login.finish(&environment, &address).code(3);
}

#[test]
fn another_shops_answer_changes_nothing() {
    let oidc = Oidc::start();
    let environment = connected(&oidc);
    let before = records(&environment);
    let login = Login::start(&environment, &RENEW);
    let address = oidc.authorize(&login.url, "seller-2");
    let error = finish(&environment, "reauthorize", &login.handle, &address).code(5).error_json();
    assert_eq!(error["error"]["kind"], "wrong_shop");
    assert_eq!(records(&environment), before);

    let login = Login::start(&environment, &[&RENEW[..], &["--replace"]].concat());
    login.finish(&environment, &oidc.authorize(&login.url, "seller-2")).ok();
    assert_eq!(environment.run(&["status", "--json"]).ok().json()[0]["shop_id"], "seller-2");
}

#[test]
fn what_was_changed_meanwhile_stays_changed() {
    let oidc = Oidc::start();
    let environment = connected(&oidc);
    let login = Login::start(&environment, &RENEW);
    let address = oidc.authorize(&login.url, SELLER);
    let overtaken = |login: &Login, address: &str| {
        let before = records(&environment);
        let error = login.finish(&environment, address).code(9).error_json();
        assert_eq!(error["error"]["kind"], "configuration", "{error}");
        assert_eq!(records(&environment), before);
    };
    environment.run(&["rename", "loopback", "renamed"]).ok();
    overtaken(&login, &address);
    environment.run(&["rename", "renamed", "loopback"]).ok();
    let profile = environment.read("profiles/loopback.toml");
    environment.write("profiles/loopback.toml", &format!("{profile}\n[labels]\nteam = \"returns\"\n"));
    overtaken(&login, &address);
    environment.write("profiles/loopback.toml", &profile);
    let app = environment.read("apps/loopback.toml");
    environment.write("apps/loopback.toml", &app.replace(NATIVE, "another"));
    overtaken(&login, &address);
    assert_eq!(oidc.token_requests().len(), 1, "the code was kept");
    environment.write("apps/loopback.toml", &app);
    login.finish(&environment, &address).ok();

    // A name that was free when the consent was begun.
    let second = [&START[..], &["--profile", "second"]].concat();
    let [first, late] = [(); 2].map(|()| Login::start(&environment, &second));
    first.finish(&environment, &oidc.authorize(&first.url, SELLER)).ok();
    overtaken(&late, &oidc.authorize(&late.url, "seller-2"));
}

#[test]
fn what_cannot_be_begun_says_so() {
    let oidc = Oidc::start();
    let environment = connected(&oidc);
    let second = Login::start(&environment, &[&START[..], &["--profile", "second"]].concat());
    second.finish(&environment, &oidc.authorize(&second.url, SELLER)).ok();
    let files = environment.files();
    let taken = environment.run(&START).code(2).error_json();
    assert!(taken["error"]["hint"].as_str().unwrap().contains("reauthorize loopback"), "{taken}");
    let two = ["reauthorize", "loopback", "second", "--start", "--json"];
    let error = environment.run(&two).code(2).error_json();
    assert!(error["error"]["message"].as_str().unwrap().contains("one shop"), "{error}");
    environment.run(&["connect", "loopback", "--start", "--paste"]).code(2);
    environment.run(&["connect", "loopback", "--start", "--finish", "x"]).code(2);
    assert_eq!(environment.files(), files);
}

#[test]
fn a_grant_without_a_consent_page_is_not_begun() {
    let environment = &mut TestEnvironment::new();
    environment.use_file_store();
    let add =
        ["app", "add", "otto-self", "--client-id", "an-id", "--scope", "orders", "--client-secret-stdin"];
    environment.invoke(&add).stdin("secret-of-an-app").run().ok();
    let files = environment.files();
    let error = environment.run(&["connect", "otto-self", "--start", "--json"]).code(2).error_json();
    assert!(error["error"]["hint"].as_str().unwrap().contains("--start"), "{error}");
    assert_eq!(environment.files(), files);
}

#[test]
fn the_installation_link_comes_beside_the_consent_page() {
    let otto = Otto::new();
    otto.log_in("1002003");
    let app = otto.app(otto::App::service_partner());
    let stage = front_end(otto.clone());
    let id = format!("app_id={}", app.id);
    let add = ["app", "add", "otto", "--client-id", &app.client_id, "--set", &id];
    let more = ["--redirect-uri", "https://erp.example/otto/callback", "--client-secret-stdin"];
    stage.feed(&[&add[..], &more].concat(), &app.client_secret).ok();
    let link = otto.invitation_link(&app);
    let start = ["connect", "otto", "--install-url", &link, "--start", "--json"];
    let answer = stage.run(&start).ok().prints_a_secret().json();
    let text = |name: &str| answer[name].as_str().unwrap_or_else(|| panic!("no {name}: {answer}"));
    let login = Login { url: text("authorization_url").to_owned(), handle: text("handle").to_owned() };
    assert!(text("installation_url").starts_with(&link), "{answer}");

    // The page after the installation is no answer yet.
    let installed = stage.open(text("installation_url"));
    login.finish(&stage.environment, installed.url.as_str()).code(2);
    let page = stage.open(&login.url);
    let row = login.finish(&stage.environment, page.url.as_str()).ok().json();
    assert_eq!((&row["profile"], &row["shop_id"]), (&json!("otto"), &json!("1002003")));

    stage.run(&["connect", "otto", "--start", "--profile", "second", "--json"]).code(2);
    let skip = ["connect", "otto", "--skip-install", "--start", "--profile", "second", "--json"];
    assert_eq!(stage.run(&skip).ok().prints_a_secret().json()["installation_url"], Value::Null);
}

#[test]
fn a_front_end_may_pipe_the_request_it_got() {
    let amazon = Amazon::new();
    amazon.log_in("A2SHOPDE");
    let uri = "https://erp.example/amazon/callback";
    let app = amazon.app(amazon::App::new().redirect_uri(uri));
    let stage = front_end(amazon);
    let id = format!("application_id={}", app.application_id);
    let add = ["app", "add", "amazon", "--client-id", &app.client_id, "--set", &id];
    stage
        .feed(&[&add[..], &["--redirect-uri", uri, "--client-secret-stdin"]].concat(), &app.client_secret)
        .ok();
    let start = ["connect", "amazon", "--region", "DE", "--start", "--json"];
    let login = Login::start(&stage.environment, &start);
    let page = stage.open(&login.url);
    assert_eq!(page.url.as_str().split('?').next(), Some(uri));
    let query: serde_json::Map<String, Value> =
        page.url.query_pairs().map(|(name, value)| (name.into_owned(), json!(value))).collect();
    let event = json!({ "version": "2.0", "requestContext": { "http": { "method": "GET" } }, "queryStringParameters": query });
    let body = format!("{event:#}");
    assert!(body.lines().count() > 8);
    let row = login.finish(&stage.environment, &body).ok().json();
    assert_eq!((&row["profile"], &row["shop_id"]), (&json!("amazon-de"), &json!("A2SHOPDE")));
}

#[test]
fn a_keyring_keeps_a_pending_consent_as_well() {
    let (session, oidc) = (KeyringSession::start(), Oidc::start());
    let mut environment = TestEnvironment::new();
    session.apply(&mut environment);
    prepare(&environment, &oidc);
    let login = Login::start(&environment, &START);
    assert!(entries(&session).iter().any(|entry| entry.contains(&login.handle)), "{:?}", entries(&session));
    login.finish(&environment, "hello").code(2);
    login.finish(&environment, &oidc.authorize(&login.url, SELLER)).ok();
    assert_eq!(entries(&session).len(), 1, "the token set");
    environment.assert_absent(&[&login.state()]);

    let late = Login::start(&environment, &RENEW);
    assert_eq!(entries(&session).len(), 2);
    late.expire(&environment);
    late.finish(&environment, "hello").code(6);
    assert_eq!(entries(&session).len(), 1, "what is late is gone");
    Login::start(&environment, &RENEW).expire(&environment);
    let last = Login::start(&environment, &RENEW);
    assert_eq!(entries(&session).len(), 2, "what nobody finished is swept");

    let address = oidc.authorize(&last.url, SELLER);
    session.lock();
    last.finish(&environment, &address).code(8);
    session.unlock();
    assert_eq!(last.finish_at_once(&environment, &address), [0, 3, 3]);
    assert_eq!(entries(&session).len(), 1);
    assert!(!environment.home().join("store").exists(), "nothing went into the file store");
}

/// The entries of this program in the keyring.
fn entries(session: &KeyringSession) -> Vec<String> {
    let mut search = std::process::Command::new("secret-tool");
    search.args(["search", "--all", "service", "sellauth"]);
    search.env("DBUS_SESSION_BUS_ADDRESS", session.address());
    let output = search.output().expect("tests/run installs secret-tool");
    let found = String::from_utf8_lossy(&output.stderr).into_owned();
    found.lines().filter_map(|line| line.strip_prefix("attribute.username = ")).map(str::to_owned).collect()
}
