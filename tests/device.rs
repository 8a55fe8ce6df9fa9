//! The device flow (RFC 8628): a code is shown here and entered elsewhere, whatever the network and the
//! marketplace do meanwhile.

use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::environment::TestEnvironment;
use crate::support::marketplaces::allegro::App;
use crate::support::marketplaces::{Allegro, Amazon, Consent, Marketplace, amazon};
use crate::support::oidc::{NATIVE, Oidc, SELLER};
use crate::support::proxy::{Failure, Response, Site};
use crate::support::running::{LINE_DEADLINE, Output, Running};
use crate::support::stage::Stage;
use crate::support::terminal::Terminal;

const DEVICE: &str = "allegro.pl/auth/oauth/device";
const TOKEN: &str = "allegro.pl/auth/oauth/token";
const API: &str = "https://api.allegro.pl/me";
const PAGE: &str = "https://allegro.pl/skojarz-aplikacje";
const SHOP: &str = "44000001";
const CONNECT: [&str; 3] = ["connect", "allegro", "--device"];
const REAUTHORIZE: [&str; 3] = ["reauthorize", "allegro", "--device"];
const CTRL_C: &str = "\x03";

/// An app without a browser, registered on both sides, whose marketplace may be asked as often as the
/// program will.
fn staged() -> (Stage, Allegro, App) {
    let allegro = Allegro::new();
    allegro.device_interval(Duration::ZERO);
    let app = allegro.app(App::new().device());
    let stage = Stage::new(vec![Box::new(allegro.clone())]);
    register(&stage, &app, &[]);
    (stage, allegro, app)
}

fn register(stage: &Stage, app: &App, flags: &[&str]) {
    let add = ["app", "add", "allegro", "--client-id", &app.client_id, "--client-secret-stdin"];
    stage.feed(&[&add[..], flags].concat(), &app.client_secret).ok();
}

/// The same with the shop connected as `allegro`.
fn connected() -> (Stage, Allegro, App) {
    let staged = staged();
    consent(&staged.0, &staged.1, &CONNECT).ok();
    staged
}

/// Runs a command that shows a code, and enters it.
fn consent(stage: &Stage, allegro: &Allegro, arguments: &[&str]) -> Output {
    let running = stage.environment.spawn(arguments);
    enter(stage, allegro, &running);
    running.finish()
}

/// Waits for the code, and does with it on another device what is scripted; without a script, consents.
fn enter(stage: &Stage, allegro: &Allegro, running: &Running) {
    running.wait_for_line(|line| line.contains(PAGE), LINE_DEADLINE);
    stage.open(&format!("{PAGE}?code={}", allegro.user_code()));
}

/// What stands for a connection. A lock's file stays, whatever comes of it, and so does the store's key.
fn records(environment: &TestEnvironment) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = environment.files();
    files.retain(|(path, _)| !path.ends_with("key") && path.extension().is_none_or(|end| end != "lock"));
    files
}

/// The answer to a device that asks for a code, with these members instead of the usual ones. Nobody
/// knows its code.
fn code_with(members: &Value) -> Failure {
    let mut answer = json!({
        "device_code": "a-code-that-nobody-knows", "user_code": "CODE-1234", "verification_uri": PAGE,
    });
    answer.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    Failure::Answer(Response::json(200, &answer))
}

#[test]
fn a_code_entered_on_another_device_connects() {
    let (stage, allegro, app) = staged();
    let running = stage.environment.spawn(&["-vv", "connect", "allegro", "--device"]);
    enter(&stage, &allegro, &running);
    let output = running.finish().ok();
    assert_eq!(output.stdout, format!("connected allegro (shop {SHOP})\n"));
    let [asked] = &stage.proxy.requests_to(DEVICE)[..] else { panic!("one code") };
    assert_eq!(asked.basic(), Some((app.client_id.clone(), app.client_secret.clone())));
    assert_eq!(asked.form().unwrap().get("scope"), None, "without a wish, all of the app's");
    assert!(!output.stderr.contains("127.0.0.1:"), "nothing listens\n{}", output.stderr);

    assert_eq!(stage.call("allegro", API).text("id"), SHOP);
    let secrets = allegro.issued_secrets();
    stage.environment.assert_absent(&secrets.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn the_code_is_shown_before_anything_is_waited_for() {
    let (stage, allegro, _) = staged();
    let running = stage.environment.spawn(&CONNECT);
    running.wait_for_line(|line| line.contains(PAGE), LINE_DEADLINE);
    let code = allegro.user_code();
    assert!(running.wait_for_line(|line| line.contains(&code), LINE_DEADLINE).len() < 80);
    assert_eq!(stage.proxy.count("allegro.pl/skojarz-aplikacje"), 0, "nobody has opened the page");
    enter(&stage, &allegro, &running);
    running.finish().ok();
}

#[test]
fn what_was_granted_to_a_device_is_renewed_without_a_redirect_uri() {
    let (stage, ..) = connected();
    let first = stage.token(&[]);
    let second = stage.token(&["--refresh"]);
    assert_ne!(first, second);
    let renewal = stage.proxy.requests_to(TOKEN).pop().unwrap().form().unwrap();
    assert_eq!((renewal.text("grant_type"), renewal.get("redirect_uri")), ("refresh_token", None));
    assert_eq!(stage.call("allegro", API).text("id"), SHOP);
}

#[test]
fn a_new_consent_may_be_given_on_another_device() {
    let (stage, allegro, _) = connected();
    let first = stage.token(&[]);
    let output = consent(&stage, &allegro, &[&REAUTHORIZE[..], &["--json"]].concat()).ok();
    assert_eq!(
        (&output.json()[0]["profile"], &output.json()[0]["shop_id"]),
        (&json!("allegro"), &json!(SHOP))
    );
    assert_ne!(stage.token(&[]), first);
    assert_eq!(allegro.sessions(SHOP), 2);

    let before = records(&stage.environment);
    allegro.next_consent(Consent::OtherShop("44000002".to_owned()));
    let error = consent(&stage, &allegro, &[&REAUTHORIZE[..], &["--json"]].concat()).code(5).error_json();
    assert_eq!(error["error"]["kind"], "wrong_shop");
    assert_eq!(records(&stage.environment), before);
}

#[test]
fn what_was_granted_to_a_device_is_granted_to_one_again_unless_a_flag_says_otherwise() {
    let (stage, allegro, _) = connected();
    let first = stage.token(&[]);
    let output = consent(&stage, &allegro, &["reauthorize", "allegro"]).ok();
    assert_eq!(output.stdout, "reauthorized allegro\n");
    assert!(!output.stderr.contains("127.0.0.1:"), "nothing listens\n{}", output.stderr);
    assert_ne!(stage.token(&[]), first);

    let codes = stage.proxy.count(DEVICE);
    let begun = stage.run(&["reauthorize", "allegro", "--start", "--json"]).ok().prints_a_secret().json();
    assert!(begun["authorization_url"].as_str().unwrap().contains("/auth/oauth/authorize?"), "{begun}");
    for flags in [&["--paste"][..], &["--port", "8123", "--no-browser", "--timeout", "1s"]] {
        let output = stage.run(&[&["reauthorize", "allegro"], flags].concat());
        assert!(output.stderr.contains("/auth/oauth/authorize?"), "{flags:?}\n{}", output.stderr);
    }
    assert_eq!(stage.proxy.count(DEVICE), codes);
}

#[test]
fn programs_get_json() {
    let (stage, allegro, _) = staged();
    let row = consent(&stage, &allegro, &[&CONNECT[..], &["--json"]].concat()).ok().json();
    assert_eq!((&row["profile"], &row["state"]), (&json!("allegro"), &json!("connected")));

    let before = records(&stage.environment);
    allegro.next_consent(Consent::Cancel);
    let second = [&CONNECT[..], &["--profile", "second", "--json"]].concat();
    let error = consent(&stage, &allegro, &second).code(5).error_json();
    assert_eq!((&error["error"]["kind"], &error["error"]["profile"]), (&json!("denied"), &json!("second")));
    assert_eq!(records(&stage.environment), before);
}

#[test]
fn a_code_that_nobody_enters_ends() {
    const ENDED: [&str; 2] = ["not entered in time", "for a new code"];
    let short = code_with(&json!({ "expires_in": "1" }));
    let cases = [
        // The code lives on.
        (&["--timeout", "2s"][..], vec![], ["would be valid for longer", "`--timeout 30m`"]),
        (&["--timeout", "2s"], vec![(DEVICE, short)], ENDED),
        // The numbers as texts, …
        (&[], vec![(DEVICE, code_with(&json!({ "expires_in": "2", "interval": "5" })))], ENDED),
        // … as a fraction, and beyond all bounds.
        (&[], vec![(DEVICE, code_with(&json!({ "expires_in": 2.0, "interval": u64::MAX })))], ENDED),
        // The marketplace's own word.
        (&[], vec![(TOKEN, refused("expired_token"))], ENDED),
    ];
    thread::scope(|scope| {
        for (flags, failures, [says, hint]) in cases {
            scope.spawn(move || {
                let (stage, ..) = staged();
                let before = records(&stage.environment);
                let case = format!("{flags:?} {failures:?}");
                for (target, failure) in failures {
                    stage.proxy.fail_next(target, failure);
                }
                let error = stage.run(&[&CONNECT[..], flags, &["--json"]].concat()).code(6).error_json();
                assert_eq!(error["error"]["kind"], "timeout", "{case}");
                assert!(error["error"]["message"].as_str().unwrap().contains(says), "{case}: {error}");
                assert!(error["error"]["hint"].as_str().unwrap().contains(hint), "{case}: {error}");
                assert_eq!(records(&stage.environment), before, "{case}");
            });
        }
    });
}

fn refused(error: &str) -> Failure {
    Failure::Answer(Response::json(400, &json!({ "error": error })))
}

#[test]
fn a_marketplace_that_wants_to_be_asked_less_often_is() {
    let (stage, allegro, _) = staged();
    let running = stage.environment.spawn(&CONNECT);
    stage.proxy.wait_for(TOKEN, 1);
    let first = Instant::now();
    stage.proxy.fail_next(TOKEN, refused("slow_down"));
    stage.proxy.wait_for(TOKEN, 2);
    let usual = first.elapsed();
    let second = Instant::now();
    enter(&stage, &allegro, &running);
    stage.proxy.wait_for(TOKEN, 3);
    let slower = second.elapsed();
    running.finish().ok();
    assert!(slower > usual + Duration::from_secs(3), "{usual:?}, then {slower:?}");
}

#[test]
fn answers_that_were_lost_slow_the_questions_down_until_one_comes() {
    let (stage, ..) = staged();
    for failure in [Failure::Status(503), Failure::Drop] {
        stage.proxy.fail_next(TOKEN, failure);
    }
    let running = stage.environment.spawn(&CONNECT);
    let mut asked = Vec::new();
    for count in 1..=4 {
        stage.proxy.wait_for(TOKEN, count);
        asked.push(Instant::now());
    }
    running.signal("INT");
    running.finish().code(130);
    let [first, second, third] = [0, 1, 2].map(|i| asked[i + 1] - asked[i]);
    assert!(second > first + Duration::from_secs(1), "{first:?}, then {second:?}");
    assert!(third + Duration::from_secs(2) < second, "{second:?}, then {third:?}");
}

#[test]
fn whatever_is_no_answer_of_the_marketplace_is_survived() {
    let no_answers = [
        Failure::Status(503),
        Failure::Status(500),
        Failure::RetryAfter(Duration::from_secs(1)),
        Failure::Html,
        Failure::Answer(Response::page(403, "Please enable cookies")),
        Failure::BadJson,
        Failure::Drop,
    ];
    thread::scope(|scope| {
        for failure in no_answers {
            scope.spawn(move || {
                let (stage, allegro, _) = staged();
                stage.proxy.fail_next(TOKEN, failure.clone());
                consent(&stage, &allegro, &CONNECT).ok();
                assert!(stage.proxy.count(TOKEN) > 1, "{failure:?} is asked again");
                assert_eq!(allegro.sessions(SHOP), 1, "{failure:?}");
            });
        }
    });
}

#[test]
fn a_pause_beyond_all_bounds_is_a_wait_that_ends() {
    let (stage, ..) = staged();
    stage.proxy.fail_next(TOKEN, Failure::RetryAfter(Duration::from_secs(u64::MAX)));
    stage.run(&[&CONNECT[..], &["--timeout", "3s"]].concat()).code(6);
    assert_eq!(stage.proxy.count(TOKEN), 1);
}

#[test]
fn tokens_that_were_lost_on_their_way_are_told_as_lost() {
    let (stage, allegro, _) = staged();
    let before = records(&stage.environment);
    // While the first answer is held back, the person has time to consent.
    stage.proxy.fail_next(TOKEN, Failure::Delay(Duration::from_secs(2)));
    stage.proxy.fail_next(TOKEN, Failure::LoseAnswer);
    let running = stage.environment.spawn(&[&CONNECT[..], &["--json"]].concat());
    stage.proxy.wait_for(TOKEN, 1);
    enter(&stage, &allegro, &running);
    let error = running.finish().code(7).error_json();
    assert_eq!(allegro.sessions(SHOP), 1, "Allegro has issued tokens");
    assert_eq!(error["error"]["kind"], "temporary");
    assert!(error["error"]["message"].as_str().unwrap().contains("its answer was lost"), "{error}");
    assert!(error["error"]["hint"].as_str().unwrap().contains("new code"), "{error}");
    assert_eq!(records(&stage.environment), before);
}

#[test]
fn a_code_the_marketplace_never_gave_out_is_no_consent() {
    let (stage, ..) = staged();
    let before = records(&stage.environment);
    stage.proxy.fail_next(DEVICE, code_with(&json!({ "interval": "1" })));
    // No tokens were on their way.
    stage.proxy.fail_next(TOKEN, Failure::Status(503));
    let output = stage.run(&CONNECT).code(7);
    assert!(output.stderr.contains("does not know the device code any more"), "{}", output.stderr);
    assert_eq!(records(&stage.environment), before);
}

#[test]
fn a_code_that_cannot_be_entered_is_none() {
    let (stage, ..) = staged();
    for code in [" ", "\u{202e}\u{200b}"] {
        stage.proxy.fail_next(DEVICE, code_with(&json!({ "user_code": code })));
        let output = stage.run(&CONNECT).code(7);
        assert!(output.stderr.contains("no code that could be entered"), "{}", output.stderr);
    }
    assert_eq!(stage.proxy.count(TOKEN), 0);
}

#[test]
fn more_time_is_offered_as_long_as_the_code_lives() {
    let (stage, ..) = staged();
    let waiting = |life: u64| {
        stage.proxy.fail_next(DEVICE, code_with(&json!({ "expires_in": life, "interval": 60 })));
        let mut terminal = Terminal::start(&stage.environment, &CONNECT);
        terminal.expect("Waiting for the answer");
        terminal
    };
    let mut terminal = waiting(900);
    terminal.expect(" left · Enter: 5:00 more");
    terminal.send_line("");
    terminal.expect("14:5");
    terminal.expect(" left");
    terminal.expect(" left");
    assert!(!terminal.plain().rsplit("14:5").next().unwrap().contains("Enter"), "{}", terminal.plain());
    terminal.send(CTRL_C);
    assert_eq!(terminal.finish(), 130);

    let mut terminal = waiting(600);
    terminal.expect(" left");
    terminal.expect(" left");
    assert!(!terminal.plain().contains("Enter:"), "{}", terminal.plain());
    terminal.send(CTRL_C);
    assert_eq!(terminal.finish(), 130);
}

#[test]
fn an_app_that_is_no_device_is_told_what_it_is() {
    let allegro = Allegro::new();
    let app = allegro.app(App::new().redirect_uri("http://localhost/callback"));
    let stage = Stage::new(vec![Box::new(allegro)]);
    register(&stage, &app, &["--redirect-uri", "http://localhost/callback"]);
    let error = stage.run(&[&CONNECT[..], &["--json"]].concat()).code(2).error_json();
    assert!(error["error"]["message"].as_str().unwrap().contains("of the kind `browser`"), "{error}");
    assert_eq!(stage.proxy.count(TOKEN), 0);

    // One whose kind nobody has said: the marketplace does.
    let file = stage.environment.read("apps/allegro.toml");
    assert!(file.contains("kind = \"browser\"\n"), "{file}");
    stage.environment.write("apps/allegro.toml", &file.replace("kind = \"browser\"\n", ""));
    let before = records(&stage.environment);
    let error = stage.run(&[&CONNECT[..], &["--json"]].concat()).code(9).error_json();
    assert_eq!(error["error"]["kind"], "configuration");
    assert!(error["error"]["causes"][0].as_str().unwrap().contains("not registered as a device"), "{error}");
    assert_eq!(stage.proxy.count(TOKEN), 0);
    assert_eq!(records(&stage.environment), before);
}

#[test]
fn a_marketplace_without_codes_says_so() {
    let amazon = Amazon::new();
    let app = amazon.app(amazon::App::new().redirect_uri("https://erp.example/amazon/callback"));
    let stage = Stage::new(vec![Box::new(amazon)]);
    let id = format!("application_id={}", app.application_id);
    let add = ["app", "add", "amazon", "--client-id", &app.client_id, "--set", &id];
    let more = ["--redirect-uri", "https://erp.example/amazon/callback", "--client-secret-stdin"];
    stage.feed(&[&add[..], &more].concat(), &app.client_secret).ok();
    let before = records(&stage.environment);
    let connect = ["connect", "amazon", "--region", "DE", "--device", "--json"];
    let error = stage.run(&connect).code(2).error_json();
    assert!(error["error"]["hint"].as_str().unwrap().contains("--paste"), "{error}");
    assert_eq!(stage.proxy.requests().len(), 0);
    assert_eq!(records(&stage.environment), before);
}

#[test]
fn ctrl_c_ends_the_wait_and_leaves_nothing() {
    let (stage, allegro, _) = staged();
    let before = records(&stage.environment);
    let running = stage.environment.spawn(&CONNECT);
    running.wait_for_line(|line| line.contains(PAGE), LINE_DEADLINE);
    running.signal("INT");
    running.finish().code(130);
    assert_eq!(records(&stage.environment), before);

    let mut terminal = Terminal::start(&stage.environment, &CONNECT);
    terminal.expect(PAGE);
    // Large: in groups of three, with room between the characters.
    terminal.expect("Enter this code there");
    let code: Vec<String> = allegro.user_code().chars().map(String::from).collect();
    terminal.expect(&code.chunks(3).map(|three| three.join(" ")).collect::<Vec<_>>().join("   "));
    terminal.send(CTRL_C);
    terminal.expect("interrupted");
    assert_eq!(terminal.finish(), 130);
    assert_eq!(records(&stage.environment), before);
    assert_eq!(stage.run(&["status", "--json"]).ok().json(), json!([]));
}

/// A home with a marketplace that has no consent page at all, and its app.
fn screenless(oidc: &Oidc) -> TestEnvironment {
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    environment.write("marketplaces/screenless.toml", &SCREENLESS.replace("@ISSUER@", oidc.issuer()));
    environment.run(&["app", "add", "screenless", "--client-id", NATIVE]).ok();
    environment
}

/// The code as `oidc-provider` shapes it: `BCDF-GHJK`.
fn shown_code(running: &Running) -> String {
    let letters = |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_code = |word: &str| word.split_once('-').is_some_and(|(a, b)| letters(a) && letters(b));
    let code = |line: &str| line.split_whitespace().find(|word| is_code(word)).map(str::to_owned);
    let line = running.wait_for_line(|line| code(line).is_some(), LINE_DEADLINE);
    code(&line).unwrap()
}

#[test]
fn a_certified_server_connects_the_device_whose_code_is_not_refused() {
    let oidc = Oidc::start();
    let environment = screenless(&oidc);
    // The server names no interval, so both wait the usual five seconds, at once.
    let running = environment.spawn(&["connect", "screenless"]);
    let other = environment.spawn(&["connect", "screenless", "--profile", "other", "--json"]);
    let page = oidc.enter_code(&shown_code(&running), SELLER);
    assert!(page.contains("Sign-in Success"), "{page}");
    oidc.refuse_code(&shown_code(&other), SELLER);
    let output = running.finish().ok();
    assert_eq!(output.stdout, format!("connected screenless (shop {SELLER})\n"));
    assert!(output.stderr.contains("note: Have the second factor at hand."), "{}", output.stderr);
    assert_eq!(other.finish().code(5).error_json()["error"]["kind"], "denied");
    assert_eq!(environment.run(&["status", "--json"]).ok().json().as_array().map(Vec::len), Some(1));
    assert!(!environment.home().join("profiles/other.toml").exists());

    let token = |arguments: &[&str]| {
        let output = environment.run(&[&["token", "screenless"], arguments].concat()).ok().prints_a_secret();
        output.stdout.trim_end().to_owned()
    };
    let first = token(&[]);
    assert!(oidc.is_active(&first));
    let second = token(&["--refresh"]);
    assert!(first != second && oidc.is_active(&second));
    assert!(oidc.grants().len() == 1 && oidc.grant_alive());
    environment.assert_absent(&[&first, &second]);
}

const SCREENLESS: &str = r#"
schema = 1
id = "screenless"
name = "Screenless Market"
docs = "@ISSUER@/.well-known/openid-configuration"
verified = "2026-11-22"
grant = "device_code"
scopes = ["openid", "offline_access"]
api_base = "{issuer}"
api_headers = ["Authorization: Bearer {access_token}"]

[environments.production]
issuer = "@ISSUER@"

[consent]
notes = ["Have the second factor at hand."]

[device_authorization_request]
url = "{issuer}/device/auth"
form = { client_id = "{client_id}", scope = "{scope}", prompt = "consent" }
capture = { device_code = "/device_code", user_code = "/user_code", verification_uri = "/verification_uri", verification_uri_complete = "/verification_uri_complete?", expires_in = "/expires_in", interval = "/interval?" }

[[device_token_request]]
url = "{issuer}/token"
form = { grant_type = "urn:ietf:params:oauth:grant-type:device_code", client_id = "{client_id}", device_code = "{device_code}" }
token = { access_token = "/access_token", expires_in = "/expires_in", refresh_token = "/refresh_token?", scope = "/scope?" }
capture = { sub = "/id_token.jwt/sub" }

[[renewal_request]]
url = "{issuer}/token"
form = { grant_type = "refresh_token", client_id = "{client_id}", refresh_token = "{refresh_token}" }
token = { access_token = "/access_token", expires_in = "/expires_in", refresh_token = "/refresh_token?", scope = "/scope?" }

[shop]
id = ["{sub}"]
"#;
