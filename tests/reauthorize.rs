//! New consents for connected shops: when one is due, who may give it, and what is in force meanwhile.

use std::thread;
use std::time::Duration;

use serde_json::json;

use crate::support::marketplaces::wire::parameter;
use crate::support::marketplaces::{Allegro, Amazon, Consent, Marketplace, Otto, allegro, amazon, otto};
use crate::support::proxy::{Failure, Outcome};
use crate::support::running::Output;
use crate::support::stage::Stage;

/// The token endpoint.
pub const AMAZON_TOKEN: &str = "api.amazon.com/auth/o2/token";
const ORDERS: &str = "https://api.otto.market/v4/orders";
/// Clears what is due.
pub const REAUTHORIZE: [&str; 2] = ["reauthorize", "--no-browser"];
const SELLER: &str = "1002003";

/// A registered OTTO app of version 1.0.0 whose seller is logged in.
fn otto_stage(prepare: impl FnOnce(&Otto)) -> (Stage, Otto, otto::App) {
    let otto = Otto::new();
    otto.log_in(SELLER);
    prepare(&otto);
    let app = otto.app(otto::App::service_partner());
    let stage = Stage::new(vec![Box::new(otto.clone())]);
    let id = format!("app_id={}", app.id);
    let add = ["app", "add", "otto", "--client-id", &app.client_id, "--set", &id, "--version", "1.0.0"];
    let uri = ["--redirect-uri", "https://erp.example/otto/callback", "--client-secret-stdin"];
    stage.feed(&[&add[..], &uri].concat(), &app.client_secret).ok();
    (stage, otto, app)
}

/// The same, installed and connected as `otto`.
fn otto_connected(prepare: impl FnOnce(&Otto)) -> (Stage, Otto, otto::App) {
    let (stage, otto, app) = otto_stage(prepare);
    otto.install(&app, SELLER);
    stage.consent(&["connect", "otto", "--skip-install", "--no-browser"]).0.ok();
    (stage, otto, app)
}

/// A connected OTTO shop whose app has moved on to version 2.0.0.
fn otto_due(prepare: impl FnOnce(&Otto)) -> (Stage, Otto, otto::App) {
    let (stage, otto, app) = otto_connected(prepare);
    otto.release(&app, "2.0.0", &["orders", "products", "returns"]);
    let output = stage.run(&["app", "set", "otto", "--version", "2.0.0"]).ok();
    assert!(output.stderr.contains("due for otto"), "{}", output.stderr);
    (stage, otto, app)
}

/// An Amazon app, with a shop connected in each of these regions.
pub fn amazon_connected(regions: &[&str]) -> (Stage, Amazon, amazon::App) {
    let uri = "https://erp.example/amazon/callback";
    let amazon = Amazon::new();
    let app = amazon.app(amazon::App::new().redirect_uri(uri));
    let stage = Stage::new(vec![Box::new(amazon.clone())]);
    let id = format!("application_id={}", app.application_id);
    let add = ["app", "add", "amazon", "--client-id", &app.client_id, "--set", &id, "--version", "1"];
    let more = ["--redirect-uri", uri, "--client-secret-stdin"];
    stage.feed(&[&add[..], &more].concat(), &app.client_secret).ok();
    for region in regions {
        stage.consent(&["connect", "amazon", "--region", region, "--no-browser"]).0.ok();
    }
    (stage, amazon, app)
}

fn allegro_connected(flags: &[&str]) -> (Stage, Allegro) {
    let uri = "http://localhost/callback";
    let allegro = Allegro::new();
    let app = allegro.app(allegro::App::new().redirect_uri(uri));
    let stage = Stage::new(vec![Box::new(allegro.clone())]);
    let add = ["app", "add", "allegro", "--client-id", &app.client_id, "--redirect-uri", uri];
    let add = [&add[..], &["--client-secret-stdin"], flags].concat();
    stage.feed(&add, &app.client_secret).ok();
    stage.consent(&["connect", "allegro", "--no-browser"]).0.ok();
    (stage, allegro)
}

/// A state and its reason code.
pub fn is(state: &str, reason_code: &str) -> (String, String) {
    (state.to_owned(), reason_code.to_owned())
}

/// Fails unless a refused consent was told as `kind`, and left everything as it was.
fn assert_unchanged(stage: &Stage, kind: &str, consent: impl FnOnce() -> (Output, Outcome)) -> Outcome {
    let profile = "otto";
    let token = stage.token(&[profile]);
    let before = stage.files();
    let (output, page) = consent();
    let error = output.code(5).error_json();
    assert_eq!(error["error"]["kind"], kind);
    assert_eq!(error["error"]["profile"], profile);
    assert_eq!(stage.files(), before, "nothing changed on disk");
    assert_eq!(stage.token(&[profile]), token);
    assert_eq!(stage.call(profile, ORDERS).status, 200, "the old token works on");
    page
}

#[test]
fn a_new_app_version_makes_a_consent_due_while_tokens_work_on() {
    let (stage, ..) = otto_due(|_| {});
    assert_eq!(stage.state("otto"), is("due", "app_version"));
    let row = stage.status("otto");
    assert_eq!((&row["app_version"], &row["granted_app_version"]), (&json!("2.0.0"), &json!("1.0.0")));
    assert!(row["reason"].as_str().unwrap().contains("2.0.0"), "{row}");
    stage.run(&["status", "otto", "--exit-code"]).ok();

    let quiet = stage.requests_during(|| {
        stage.token(&[]);
    });
    assert_eq!(quiet, 0);
    assert_eq!(stage.call("otto", ORDERS).status, 200);
    stage.token(&["--refresh"]);
    assert_eq!(stage.call("otto", ORDERS).status, 200, "and so does a renewed one");
    assert_eq!(stage.state("otto"), is("due", "app_version"), "a renewal is no consent");
}

#[test]
fn a_dry_run_says_what_is_due_and_does_nothing() {
    let (stage, ..) = otto_due(|_| {});
    let before = stage.files();
    let quiet = stage.requests_during(|| {
        let output = stage.run(&["reauthorize", "--dry-run"]).ok();
        assert!(output.stdout.contains("otto") && output.stdout.contains("2.0.0"), "{}", output.stdout);
        let rows = stage.run(&["reauthorize", "--dry-run", "--json"]).ok().json();
        assert_eq!(rows[0]["reason_code"], "app_version");
    });
    assert_eq!(quiet, 0);
    assert_eq!(stage.files(), before);
}

#[test]
fn a_new_consent_to_the_new_version_clears_it() {
    let (stage, otto, app) = otto_due(|_| {});
    let old = stage.token(&[]);
    let link = otto.invitation_link(&app);
    let (output, _) = stage.consent(&[&REAUTHORIZE[..], &["--install-url", &link]].concat());
    assert_eq!(output.ok().stdout, "reauthorized otto\n");
    assert_eq!(stage.state("otto"), is("connected", ""));
    assert_eq!(stage.status("otto")["granted_app_version"], "2.0.0");
    assert_ne!(stage.token(&[]), old);
    otto.end_version(&app, "1.0.0");
    stage.token(&["--refresh"]);
    assert_eq!(stage.call("otto", ORDERS).status, 200, "the new installation is the one in use");

    let output = stage.run(&REAUTHORIZE).ok();
    assert!(output.stderr.contains("no consent is due"), "{}", output.stderr);
}

#[test]
fn a_consent_to_the_old_version_is_kept_and_still_due() {
    let (stage, ..) = otto_due(|_| {});
    let (output, _) = stage.consent(&[&REAUTHORIZE[..], &["--skip-install"]].concat());
    assert!(output.ok().stderr.contains("still due"));
    assert_eq!(stage.state("otto"), is("due", "app_version"));
    assert_eq!(stage.call("otto", ORDERS).status, 200);
}

#[test]
fn a_wider_wish_makes_a_consent_due() {
    let (read, write) = ("allegro:api:orders:read", "allegro:api:orders:write");
    let (stage, _) = allegro_connected(&["--scope", read]);
    assert_eq!(stage.state("allegro"), is("connected", ""));
    stage.run(&["app", "set", "allegro", "--scope", read, "--scope", write]).ok();
    assert_eq!(stage.state("allegro"), is("due", "scopes_missing"));
    let token = stage.token(&[]);
    let (output, page) = stage.consent(&REAUTHORIZE);
    output.ok();
    assert_eq!(parameter(&page.chain[0], "scope"), format!("{read} {write}"));
    assert_eq!(stage.state("allegro"), is("connected", ""));
    assert_ne!(stage.token(&[]), token);
}

#[test]
fn the_old_token_set_is_in_force_until_the_new_one_is_committed() {
    let (stage, ..) = amazon_connected(&["DE"]);
    stage.run(&["app", "set", "amazon", "--version", "2"]).ok();
    let (old, before) = (stage.token(&[]), stage.files());
    let running = stage.environment.spawn(&REAUTHORIZE);
    let url = running.url();
    assert_eq!(stage.token(&[]), old, "while the seller reads the consent page");

    stage.proxy.fail_next(AMAZON_TOKEN, Failure::Delay(Duration::from_secs(10)));
    thread::scope(|scope| {
        let seller = scope.spawn(|| stage.open(&url));
        stage.proxy.wait_for(AMAZON_TOKEN, 2);
        assert_eq!(stage.token(&[]), old, "while the code is being exchanged");
        assert_eq!(stage.state("amazon-de"), is("due", "app_version"));
        running.signal("KILL");
        assert_eq!(running.finish().code, 137);
        assert_eq!(seller.join().unwrap().status, None, "a program that is gone answers nobody");
    });
    assert_eq!(stage.files(), before, "a program killed before the commit leaves everything as it was");
    assert_eq!(stage.token(&[]), old);

    stage.consent(&REAUTHORIZE).0.ok();
    assert_ne!(stage.token(&[]), old);
    assert_eq!(stage.state("amazon-de"), is("connected", ""));
}

#[test]
fn a_cancelled_consent_changes_nothing() {
    let (stage, otto, _) = otto_due(|_| {});
    otto.next_consent(Consent::Cancel);
    let page = assert_unchanged(&stage, "denied", || {
        stage.consent(&[&REAUTHORIZE[..], &["--skip-install", "--json"]].concat())
    });
    assert!(page.body.contains("Not connected"), "{}", page.body);
    assert_eq!(stage.state("otto"), is("due", "app_version"));
}

#[test]
fn another_shops_consent_changes_nothing() {
    let (stage, otto, app) = otto_due(|_| {});
    otto.install(&app, "9999999");
    otto.next_consent(Consent::OtherShop("9999999".to_owned()));
    let page = assert_unchanged(&stage, "wrong_shop", || {
        stage.consent(&[&REAUTHORIZE[..], &["--skip-install", "--json"]].concat())
    });
    assert!(page.body.contains("This is another shop"), "{}", page.body);
    assert!(page.body.contains("9999999") && page.body.contains(SELLER), "{}", page.body);
}

#[test]
fn a_marketplace_in_trouble_changes_nothing() {
    let (stage, ..) = amazon_connected(&["DE"]);
    let (old, before) = (stage.token(&[]), stage.files());
    for failure in [Failure::Status(503), Failure::Html, Failure::Drop, Failure::LoseAnswer] {
        stage.proxy.fail_next(AMAZON_TOKEN, failure);
        stage.consent(&["reauthorize", "amazon-de", "--no-browser"]).0.code(7);
        assert_eq!(stage.files(), before);
    }
    stage.run(&["reauthorize", "amazon-de", "--no-browser", "--timeout", "1s"]).code(6);
    assert_eq!((stage.files(), stage.token(&[])), (before, old));
}

#[test]
fn an_earlier_installation_is_the_same_shop_where_otto_names_no_partner() {
    let (stage, otto, app) = otto_due(|otto| otto.withhold_partner(true));
    let first = stage.status("otto")["shop_id"].as_str().unwrap().to_owned();
    assert_ne!(first, SELLER, "the installation stands for the shop");
    let link = otto.invitation_link(&app);
    stage.consent(&[&REAUTHORIZE[..], &["--install-url", &link]].concat()).0.ok();
    assert_ne!(stage.status("otto")["shop_id"], first, "each version has an installation of its own");
    assert_eq!(stage.state("otto"), is("connected", ""));
    assert_eq!(stage.call("otto", ORDERS).status, 200);

    otto.install(&app, "9999999");
    otto.next_consent(Consent::OtherShop("9999999".to_owned()));
    assert_unchanged(&stage, "wrong_shop", || {
        stage.consent(&["reauthorize", "otto", "--skip-install", "--no-browser", "--json"])
    });
}

#[test]
fn a_shop_that_otto_comes_to_name_is_the_same_shop() {
    let (stage, otto, _) = otto_connected(|otto| otto.withhold_partner(true));
    assert_ne!(stage.status("otto")["shop_id"], SELLER);
    otto.withhold_partner(false);
    let reauthorize = ["reauthorize", "otto", "--skip-install", "--no-browser"];
    stage.consent(&reauthorize).0.ok();
    assert_eq!(stage.status("otto")["shop_id"], SELLER);
    otto.withhold_partner(true);
    stage.consent(&reauthorize).0.code(5);
}

#[test]
fn a_name_that_is_taken_is_noticed_before_the_browser() {
    let (stage, ..) = otto_connected(|_| {});
    let before = stage.files();
    let quiet = stage.requests_during(|| {
        let arguments = ["connect", "otto", "--skip-install", "--no-browser", "--json"];
        let output = stage.run(&arguments).code(2);
        let error = output.error_json();
        let hint = error["error"]["hint"].as_str().unwrap();
        assert!(hint.contains("sellauth reauthorize otto") && hint.contains("--profile"), "{hint}");
        assert!(!output.stderr.contains("https://"), "{}", output.stderr);
    });
    assert_eq!(quiet, 0);
    assert_eq!(stage.files(), before);
}

#[test]
fn a_second_shop_has_a_name_of_its_own() {
    let (stage, otto, app) = otto_connected(|_| {});
    otto.install(&app, "2000002");
    otto.log_in("2000002");
    let second = ["connect", "otto", "--profile", "otto-2", "--skip-install", "--no-browser"];
    assert_eq!(stage.consent(&second).0.ok().stdout, "connected otto-2 (shop 2000002)\n");
    assert_ne!(stage.token(&["otto"]), stage.token(&["otto-2"]));
    let output = stage.run(&["token"]).code(3);
    assert!(output.stderr.contains("otto-2"), "{}", output.stderr);
}

#[test]
fn only_the_expected_shop_is_connected() {
    let (stage, otto, app) = otto_stage(|_| {});
    otto.install(&app, SELLER);
    let kept = || {
        let files = stage.files().into_iter();
        files.filter(|(path, _)| path.extension() != Some("lock".as_ref())).collect::<Vec<_>>()
    };
    let before = kept();
    let connect = ["connect", "otto", "--skip-install", "--no-browser", "--expect-shop"];
    let (output, page) = stage.consent(&[&connect[..], &["9999999", "--json"]].concat());
    assert_eq!(output.code(5).error_json()["error"]["kind"], "wrong_shop");
    assert!(page.body.contains("This is another shop"), "{}", page.body);
    assert_eq!(kept(), before);

    stage.consent(&[&connect[..], &[SELLER]].concat()).0.ok();
    otto.install(&app, "9999999");
    otto.next_consent(Consent::OtherShop("9999999".to_owned()));
    let replace = ["reauthorize", "otto", "--replace", "--skip-install", "--no-browser"];
    stage.consent(&replace).0.code(5);
    assert_eq!(stage.status("otto")["shop_id"], SELLER, "the expectation outlives the command");
}

#[test]
fn another_shop_takes_the_place_only_when_told_so() {
    let (stage, otto, app) = otto_connected(|_| {});
    let old = stage.token(&[]);
    otto.install(&app, "2000002");
    otto.log_in("2000002");
    let replace = ["connect", "otto", "--replace", "--skip-install", "--no-browser"];
    assert_eq!(stage.consent(&replace).0.ok().stdout, "connected otto (shop 2000002)\n");
    assert_ne!(stage.token(&[]), old);
    assert_eq!(stage.run(&["status", "--json"]).ok().json().as_array().unwrap().len(), 1);
}

#[test]
fn a_shop_without_a_name_never_takes_a_place() {
    let (stage, ..) = amazon_connected(&["DE"]);
    let before = stage.files();
    let paste = ["--paste", "--json"];
    for arguments in [
        &["connect", "amazon", "--region", "DE", "--replace"][..],
        &["reauthorize", "amazon-de", "--replace"],
        &["reauthorize", "amazon-de"],
    ] {
        let arguments = [arguments, &paste].concat();
        let mut running = stage.environment.invoke(&arguments).spawn_with_open_stdin();
        let page = stage.open(&running.url());
        let address = page.passed("https://erp.example/").expect("the registered address");
        let (sent, code) = (parameter(address, "state"), parameter(address, "spapi_oauth_code"));
        running.send_line(&format!("https://erp.example/?state={sent}&spapi_oauth_code={code}"));
        let error = running.finish().code(5).error_json();
        assert_eq!(error["error"]["kind"], "wrong_shop", "{arguments:?}");
        assert_eq!(stage.files(), before);
    }
}

#[test]
fn the_file_of_a_profile_stays_a_persons_own() {
    let (stage, otto, app) = otto_due(|_| {});
    otto.install(&app, SELLER);
    let path = stage.environment.home().join("profiles/otto.toml");
    let mut text = std::fs::read_to_string(&path).unwrap();
    text.push_str("\n# the shop in the basement\n[labels]\nteam = \"north\"\n");
    std::fs::write(&path, &text).unwrap();
    stage.consent(&[&REAUTHORIZE[..], &["otto", "--skip-install"]].concat()).0.ok();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    assert_eq!(stage.status("otto")["labels"], json!({ "team": "north" }));
}

#[test]
fn flags_that_contradict_each_other_are_named() {
    let (stage, _) = allegro_connected(&[]);
    let handle = ["--finish", "00000000-0000-4000-8000-000000000000"];
    let before = stage.files();
    for flags in [
        ["--start", "--dry-run"],
        ["--wait-for-marketplace", "--start"],
        ["--wait-for-marketplace", "--device"],
        ["--wait-for-marketplace", "--paste"],
        ["--finish", "--start"],
        ["--finish", "--replace"],
        ["--finish", "--timeout"],
    ] {
        let given = flags.iter().flat_map(|flag| match *flag {
            "--finish" => handle.to_vec(),
            "--timeout" => vec!["--timeout", "10m"],
            flag => vec![flag],
        });
        let profile: &[&str] = if flags[0] == "--finish" { &[] } else { &["allegro"] };
        let arguments = [&["reauthorize", "--json"], profile, &given.collect::<Vec<_>>()].concat();
        let error = stage.run(&arguments).code(2).error_json();
        let message = error["error"]["message"].as_str().unwrap();
        assert!(flags.iter().all(|flag| message.contains(flag)), "{flags:?}: {message}");
    }
    let named = [&["connect", "allegro", "--json"], &handle[..]].concat();
    let error = stage.run(&named).code(2).error_json();
    assert!(error["error"]["message"].as_str().unwrap().contains("MARKETPLACE"), "{error}");
    assert_eq!(stage.files(), before);
}

#[test]
fn who_sends_the_seller_is_told_what_the_seller_should_know() {
    let (stage, _) = allegro_connected(&[]);
    let start = ["reauthorize", "allegro", "--start"];
    let said = stage.run(&start).ok().prints_a_secret().stderr;
    assert!(said.contains("note: Sign in to the shop you want to connect"), "{said}");
    let said = stage.run(&[&start[..], &["--json"]].concat()).ok().prints_a_secret().stderr;
    assert_eq!(said, "", "stderr is for errors, beside JSON");
}

#[test]
fn a_consent_that_nobody_finished_is_swept_by_whatever_comes_next() {
    let (stage, _) = allegro_connected(&[]);
    let logins = stage.environment.home().join("state/logins");
    let secrets = || stage.files().into_iter().filter(|(path, _)| path.extension() == Some("age".as_ref()));
    let kept = secrets().count();
    let never = "00000000-0000-4000-8000-000000000000";
    for command in [
        &["reauthorize", "allegro", "--no-browser", "--timeout", "1s"][..],
        &["connect", "allegro", "--profile", "second", "--no-browser", "--timeout", "1s"],
        &["connect", "--finish", never],
        &["disconnect", "allegro", "--yes"],
    ] {
        let begun = stage.run(&["reauthorize", "allegro", "--start", "--json"]).ok().prints_a_secret().json();
        let record = logins.join(format!("{}.json", begun["handle"].as_str().unwrap()));
        let ends = begun["expires_at"].as_str().unwrap();
        let text = std::fs::read_to_string(&record).unwrap();
        let year = |time: &str| time[..4].to_owned();
        std::fs::write(&record, text.replace(&format!("\"{}-", year(ends)), "\"2020-")).unwrap();
        assert_eq!(secrets().count(), kept + 1);
        stage.run(command);
        let left = if command[0] == "disconnect" { kept - 1 } else { kept };
        assert_eq!((secrets().count(), record.exists()), (left, false), "{command:?}");
    }
}

#[test]
fn a_client_registered_anew_is_never_used_with_an_old_consent() {
    let (stage, _, _) = amazon_connected(&["DE"]);
    let changed = ["app", "set", "amazon", "--client-id", "amzn1.application-oa2-client.0"];
    stage.run(&changed).ok();
    let (found, reason) = stage.state("amazon-de");
    assert_eq!((found.as_str(), reason.as_str()), ("reauthorization_required", "client_changed"));
    let requests = stage.requests_during(|| {
        let error = stage.run(&["token", "amazon-de", "--refresh", "--json"]).code(4).error_json();
        assert_eq!(error["error"]["kind"], "reauthorization_required");
    });
    assert_eq!(requests, 0);
}
