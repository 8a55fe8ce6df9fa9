//! Marketplaces whose credentials a person copies out of a portal, as shipped: from the hidden question to the
//! API, and where the secrets must not be.

use std::time::Duration;

use serde_json::json;

use crate::support::environment::TestEnvironment;
use crate::support::keyring_session::KeyringSession;
use crate::support::marketplaces::desk::{Desk, Rules};
use crate::support::proxy::Failure;
use crate::support::stage::Stage;
use crate::support::terminal::Terminal;

const KEY: &str = "first-key-of-the-portal=+/";
const NEW_KEY: &str = "second-key-of-the-portal";
const ACCOUNT: &str = "operator-prod.mirakl.net/api/account";
const API: &str = "https://operator-prod.mirakl.net/api/orders";
const CONNECT: [&str; 4] = ["connect", "mirakl", "--set", "instance=operator-prod"];

fn desk(hosts: &'static [&'static str], header: &'static str, prefix: &'static str) -> Desk {
    let account = json!({"shop_id": 2100, "shop_name": "Kontor", "name": "Kontor Nord"});
    Desk::new(Rules { hosts, token_at: "", knows_app: |_| false, header, prefix, life: 0, account })
}

fn operator() -> (Stage, Desk) {
    let desk = desk(&["operator-prod.mirakl.net"], "authorization", "");
    desk.takes(KEY);
    (Stage::new(vec![Box::new(desk.clone())]), desk)
}

/// The shop connected as `mirakl`, its key piped in.
fn connected() -> (Stage, Desk) {
    let (stage, desk) = operator();
    let output = stage.feed(&[&CONNECT[..], &["--secret-stdin"]].concat(), KEY).ok();
    assert_eq!(output.stdout, "connected mirakl (shop 2100)\n");
    (stage, desk)
}

#[test]
fn a_key_is_entered_unseen_and_handed_out() {
    let (stage, _) = operator();
    let mut terminal = Terminal::start(&stage.environment, &CONNECT);
    terminal.expect("operator's back office");
    terminal.expect("ends the old one");
    terminal.expect_unseen("API key");
    terminal.send_line(KEY);
    terminal.expect("connected mirakl (shop 2100)");
    assert_eq!(terminal.finish(), 0);
    let asked = stage.proxy.requests();
    assert_eq!(asked.len(), 1, "the operator is asked whether it takes the key");
    assert_eq!(asked[0].header("authorization"), Some(KEY));
    assert_eq!((asked[0].path.as_str(), asked[0].query.as_str()), ("/api/account", ""));

    assert_eq!(stage.token(&[]), KEY);
    assert_eq!(stage.token(&["--header"]), format!("Authorization: {KEY}"));
    let document = stage.run(&["token", "--json"]).ok().prints_a_secret().json();
    assert_eq!((&document["access_token"], &document["expires_at"]), (&json!(KEY), &json!(null)));
    assert_eq!(stage.call("mirakl", API).status, 200);
    stage.run(&["api", "mirakl", "/api/orders"]).ok();
    let shown = [
        "exec",
        "mirakl",
        "--",
        "sh",
        "-c",
        "echo $SELLAUTH_ACCESS_TOKEN $SELLAUTH_API_BASE $SELLAUTH_SHOP_ID",
    ];
    let output = stage.run(&shown).ok().prints_a_secret();
    assert_eq!(output.stdout, format!("{KEY} https://operator-prod.mirakl.net 2100\n"));

    let row = stage.status("mirakl");
    assert_eq!((&row["state"], &row["access_token_expires_at"]), (&json!("connected"), &json!(null)));
    assert_eq!((&row["refresh_token_expires_at"], &row["scopes"]), (&json!(null), &json!([])));
    stage.environment.assert_absent(&[KEY]);
}

#[test]
fn without_a_terminal_the_flag_is_named_and_nothing_written() {
    let (stage, _) = operator();
    let before = stage.files();
    let output = stage.run(&CONNECT).code(2);
    assert!(output.stderr.contains("--secret-stdin"), "{}", output.stderr);
    assert!(output.stderr.contains("SELLAUTH_SET_API_KEY"), "{}", output.stderr);
    let kept: Vec<_> = stage.files().into_iter().filter(|(path, _)| !path.ends_with("key")).collect();
    assert_eq!(kept, before, "only the store has made its key");
    assert_eq!(stage.proxy.requests().len(), 0);
    let flag = [&CONNECT[..], &["--set", "api_key=on-the-command-line"]].concat();
    let output = stage.run(&flag).code(2);
    assert!(output.stderr.contains("`api_key` is secret"), "{}", output.stderr);
    stage.run(&["app", "add", "mirakl", "--client-id", "x"]).code(2);
    stage.run(&[&CONNECT[..], &["--start"]].concat()).code(2);
}

#[test]
fn a_key_comes_from_the_environment_as_well() {
    let (stage, _) = operator();
    let output = stage.environment.invoke(&CONNECT).var("SELLAUTH_SET_API_KEY", KEY).run();
    output.ok();
    let file = stage.environment.write("../the-key", KEY);
    let again = ["connect", "mirakl", "--set", "instance=operator-prod", "--profile", "other"];
    stage.environment.invoke(&again).var("SELLAUTH_SET_API_KEY_FILE", &file).run().ok();
    std::fs::remove_file(file).unwrap();
    let shown = ["exec", "other", "--", "sh", "-c", "echo ${SELLAUTH_SET_API_KEY:-none} $SELLAUTH_PROFILE"];
    let output =
        stage.environment.invoke(&shown).var("SELLAUTH_SET_API_KEY", "planted-in-the-environment").run();
    assert_eq!(output.ok().stdout, "none other\n", "the child gets what is meant for it, and no more");
    stage.environment.assert_absent(&[KEY]);
}

#[test]
fn a_key_that_the_marketplace_does_not_take_connects_nothing() {
    let (stage, _) = operator();
    let wrong = [&CONNECT[..], &["--secret-stdin", "--json"]].concat();
    stage.feed(&[&wrong[..], &["-vv"]].concat(), "a-key-with-a-typing-error").code(4);
    let error = stage.feed(&wrong, "a-key-with-a-typing-error").code(4).error_json();
    assert_eq!(error["error"]["kind"], "reauthorization_required");
    assert_eq!(stage.run(&["status", "--json"]).ok().json(), json!([]));
    assert_eq!(stage.run(&["app", "list", "--json"]).ok().json(), json!([]));
    // Whoever cannot be asked has not refused.
    stage.proxy.fail_next(ACCOUNT, Failure::Status(503));
    stage.feed(&[&CONNECT[..], &["--secret-stdin"]].concat(), KEY).ok();
    stage.environment.assert_absent(&["a-key-with-a-typing-error", KEY]);
}

#[test]
fn a_refused_key_is_not_tried_again_until_it_is_entered_anew() {
    let (stage, desk) = connected();
    assert_eq!(stage.token(&[]), KEY);
    stage.run(&["status", "mirakl", "--check"]).ok();
    desk.takes(NEW_KEY);
    stage.run(&["status", "mirakl", "--check", "-vv"]).code(4);
    assert_eq!(stage.state("mirakl"), ("reauthorization_required".to_owned(), "refused".to_owned()));
    let quiet = stage.requests_during(|| {
        stage.run(&["status", "mirakl", "--check"]).code(4);
        stage.run(&["token"]).code(4);
        stage.run(&["api", "mirakl", "/api/orders"]).code(4);
        stage.run(&["exec", "mirakl", "--", "true"]).code(4);
        for words in [&["refresh", "--all"][..], &["refresh", "mirakl"]] {
            let output = stage.run(words).code(4);
            assert!(output.stderr.contains("enter the key anew: `sellauth reauthorize mirakl`"));
        }
    });
    assert_eq!(quiet, 0, "the refusal is remembered");
    let table = stage.run(&["status"]).ok().stdout;
    assert!(table.contains("enter anew") && !table.contains("consent"), "{table}");
    assert_eq!(stage.token(&["--refresh"]), KEY, "whoever insists gets it");
    let output = stage.run(&["token"]).code(4);
    assert!(output.stderr.contains("enter the key anew: `sellauth reauthorize mirakl`"), "{}", output.stderr);
    assert!(!output.stderr.contains("consent"), "{}", output.stderr);

    let without = stage.run(&["reauthorize"]).code(2);
    assert!(without.stderr.contains("--secret-stdin"), "{}", without.stderr);
    let mut terminal = Terminal::start(&stage.environment, &["reauthorize", "mirakl"]);
    terminal.expect("ends the old one");
    terminal.expect_unseen("API key");
    terminal.send_line(NEW_KEY);
    terminal.expect("mirakl");
    assert_eq!(terminal.finish(), 0);
    assert_eq!(stage.state("mirakl").0, "connected");
    assert_eq!(stage.token(&[]), NEW_KEY);
    stage.run(&["status", "mirakl", "--check"]).ok();
    stage.environment.assert_absent(&[KEY, NEW_KEY]);
}

/// The shop `mirakl` and two more, each connected with a key of its own: `KEY`, `KEY-2` and `KEY-3`.
fn three_connected() -> (Stage, Desk) {
    let (stage, desk) = connected();
    for number in ["2", "3"] {
        let key = format!("{KEY}-{number}");
        desk.takes(&key);
        let more = ["--profile", number, "--secret-stdin"];
        stage.feed(&[&CONNECT[..], &more].concat(), &key).ok();
    }
    (stage, desk)
}

#[test]
fn one_key_in_the_environment_is_never_several_shops() {
    let (stage, desk) = three_connected();
    desk.takes(NEW_KEY);
    let planted = |words: &[&str]| stage.environment.invoke(words).var("SELLAUTH_SET_API_KEY", NEW_KEY).run();
    planted(&["reauthorize", "--all"]).ok();
    let output = planted(&["reauthorize", "2", "3"]).code(2);
    assert!(output.stderr.contains("sellauth reauthorize 2 --secret-stdin"), "{}", output.stderr);
    for name in ["mirakl", "2", "3"] {
        stage.run(&["status", name, "--check"]).code(4);
    }
    for words in [&["reauthorize", "--all"][..], &["reauthorize"]] {
        planted(words).code(2);
        for name in ["mirakl", "2", "3"] {
            assert_eq!(stage.state(name).0, "reauthorization_required", "{name}");
        }
    }
    planted(&["reauthorize", "2"]).ok();
    assert_eq!(stage.token(&["2"]), NEW_KEY);
    assert_eq!(stage.state("3").0, "reauthorization_required");
}

#[test]
fn a_wrong_key_does_not_take_the_place_of_one_that_works() {
    let (stage, desk) = connected();
    let reauthorize = ["reauthorize", "mirakl", "--secret-stdin"];
    stage.feed(&reauthorize, "a-key-with-a-typing-error").code(4);
    assert_eq!((stage.token(&[]), stage.state("mirakl").0), (KEY.to_owned(), "connected".to_owned()));
    desk.takes(NEW_KEY);
    stage.feed(&reauthorize, NEW_KEY).ok();
    assert_eq!(stage.token(&[]), NEW_KEY);
    stage.feed(&["reauthorize", "--all", "--secret-stdin"], NEW_KEY).code(2);
    stage.run(&["api", "mirakl", "/api/orders"]).ok();
}

#[test]
fn a_key_the_api_refuses_twice_is_remembered() {
    let (stage, desk) = connected();
    stage.proxy.fail_next("operator-prod.mirakl.net", Failure::Status(401));
    stage.run(&["api", "mirakl", "/api/orders"]).ok();
    assert_eq!(stage.state("mirakl").0, "connected", "once is a whim");
    desk.takes(NEW_KEY);
    let calls = stage.requests_during(|| {
        let error = stage.run(&["api", "mirakl", "/api/orders"]).code(4);
        assert!(error.stderr.contains("no longer takes what was entered (401)"), "{}", error.stderr);
        stage.run(&["api", "mirakl", "/api/orders"]).code(4);
    });
    assert_eq!(calls, 2);
    assert_eq!(stage.state("mirakl"), ("reauthorization_required".to_owned(), "refused".to_owned()));
    stage.run(&["token"]).code(4);
    stage.feed(&["reauthorize", "mirakl", "--secret-stdin"], NEW_KEY).ok();
    stage.run(&["refresh", "mirakl"]).ok();
    stage.run(&["api", "mirakl", "/api/orders"]).ok();
}

#[test]
fn a_key_that_others_saw_refused_is_remembered() {
    let (stage, _) = connected();
    assert_eq!(stage.token(&["--refresh-if", &crate::cache::hash(NEW_KEY)]), KEY, "it is another one");
    let quiet = stage.requests_during(|| {
        let output = stage.run(&["token", "--refresh-if", &crate::cache::hash(KEY)]).code(4);
        assert!(output.stderr.contains("no longer takes what was entered"), "{}", output.stderr);
        stage.run(&["token"]).code(4);
    });
    assert_eq!(quiet, 0);
    assert_eq!(stage.state("mirakl"), ("reauthorization_required".to_owned(), "refused".to_owned()));
}

#[test]
fn several_keys_refused_at_once_are_no_incident() {
    let (stage, desk) = three_connected();
    desk.takes(NEW_KEY);
    for name in ["mirakl", "2", "3"] {
        stage.run(&["status", name, "--check"]).code(4);
    }
    for name in ["mirakl", "2", "3"] {
        assert_eq!(stage.state(name), ("reauthorization_required".to_owned(), "refused".to_owned()));
        stage.run(&["token", name]).code(4);
        stage.run(&["refresh", name]).code(4);
    }
    let rows = stage.run(&["status", "--json"]).ok().json();
    assert!(rows.as_array().unwrap().iter().all(|row| row["reason_code"] == "refused"), "{rows}");
}

#[test]
fn a_connect_that_fails_leaves_the_app_to_the_shop_that_uses_it() {
    let (stage, _) = operator();
    stage.proxy.fail_next(ACCOUNT, Failure::Delay(Duration::from_secs(3)));
    let first = [&CONNECT[..], &["--secret-stdin"]].concat();
    let slow = stage.environment.invoke(&first).stdin("a-key-with-a-typing-error").spawn();
    stage.proxy.wait_for(ACCOUNT, 1);
    stage.feed(&[&first[..], &["--profile", "other"]].concat(), KEY).ok();
    slow.finish().code(4);
    assert_eq!(stage.token(&["other"]), KEY);
    assert_eq!(stage.status("other")["app"], "mirakl");
}

#[test]
fn an_app_of_another_marketplace_is_not_taken() {
    let (stage, _) = operator();
    stage
        .feed(
            &["app", "add", "bol", "--name", "mirakl", "--client-id", "x", "--client-secret-stdin"],
            "bol-secret",
        )
        .ok();
    stage.feed(&[&CONNECT[..], &["--secret-stdin"]].concat(), KEY).ok();
    assert_eq!(stage.status("mirakl")["app"], "mirakl-2");
    assert_eq!(stage.token(&[]), KEY);
    let profile = stage.environment.read("profiles/mirakl.toml");
    stage.environment.write("profiles/mirakl.toml", &profile.replace("mirakl-2", "mirakl"));
    let output = stage.run(&["token"]).code(9);
    assert!(output.stderr.contains("the app `mirakl` belongs to bol"), "{}", output.stderr);
}

#[test]
fn a_shop_is_renamed_moved_exported_and_disconnected_like_any_other() {
    let (stage, _) = connected();
    stage.run(&["rename", "mirakl", "kontor"]).ok();
    assert_eq!(stage.token(&["kontor"]), KEY);

    let recipient = crate::bundles::RECIPIENT;
    let bundle =
        stage.environment.invoke(&["export", "kontor", "--recipient", recipient]).into_file().run().ok();
    let mut other = TestEnvironment::new();
    other.use_file_store();
    let path = other.write("../shops.age", "");
    std::fs::write(&path, bundle.bytes()).unwrap();
    let identity = other.write("../identity", crate::bundles::IDENTITY).display().to_string();
    let path = path.display().to_string();
    other.run(&["import", "--bundle", &path, "--identity", &identity]).ok();
    assert_eq!(other.run(&["token", "kontor"]).ok().prints_a_secret().stdout, format!("{KEY}\n"));

    let output = stage.run(&["disconnect", "kontor", "--yes"]).ok();
    assert!(output.stdout.contains("kontor"), "{}", output.stdout);
    assert!(output.stderr.contains("stays valid there until it is deleted"), "{}", output.stderr);
    stage.run(&["token", "kontor"]).code(3);
    for environment in [&stage.environment, &other] {
        environment.assert_absent(&[KEY]);
    }
}

#[test]
fn a_key_is_kept_in_the_keyring_and_moves_to_files() {
    let session = KeyringSession::start();
    let (mut stage, _) = operator();
    session.apply(&mut stage.environment);
    stage.feed(&[&CONNECT[..], &["--secret-stdin", "--store", "keyring"]].concat(), KEY).ok();
    assert_eq!(stage.status("mirakl")["store"], "keyring");
    assert_eq!(stage.token(&[]), KEY);
    stage.run(&["migrate", "mirakl", "--to", "file"]).ok();
    assert_eq!((stage.token(&[]), stage.status("mirakl")["store"].clone()), (KEY.to_owned(), json!("file")));
    stage.environment.assert_absent(&[KEY]);
}

#[test]
fn kauflands_two_keys_come_by_name() {
    let desk = desk(&["sellerapi.kaufland.com"], "shop-client-key", "");
    let stage = Stage::new(vec![Box::new(desk)]);
    let (client, secret) = ("client-key-of-the-shop", "secret-key-of-the-shop");
    let connect = ["connect", "kaufland", "--secret-stdin"];
    for (input, said) in [
        (client.to_owned(), "neither one value"),
        (format!("client_key={client}"), "`secret_key` is missing"),
        (format!("client_key={client}\nsecret_kye={secret}"), "`secret_kye`"),
    ] {
        let output = stage.feed(&connect, &input).code(2);
        assert!(output.stderr.contains(said), "{}", output.stderr);
    }
    let output = stage.feed(&connect, &format!("client_key={client}\nsecret_key={secret}\n")).ok();
    assert_eq!(output.stdout, "connected kaufland\n");
    assert_eq!(stage.token(&[]), secret);
    assert_eq!(stage.token(&["--header"]), format!("Shop-Client-Key: {client}"));
    let shown = [
        "exec",
        "kaufland",
        "--",
        "sh",
        "-c",
        "echo $SELLAUTH_CLIENT_KEY $SELLAUTH_SECRET_KEY $SELLAUTH_API_BASE",
    ];
    let output = stage.run(&shown).ok().prints_a_secret();
    assert_eq!(output.stdout, format!("{client} {secret} https://sellerapi.kaufland.com/v2\n"));
    let output = stage.run(&["api", "kaufland", "/orders"]).code(2);
    assert!(output.stderr.contains("sellauth exec kaufland -- COMMAND"), "{}", output.stderr);
    let row = &stage.run(&["status", "kaufland", "--check", "--json"]).ok().json()[0];
    assert_eq!(row["check"], "not_asked");
    stage
        .feed(
            &["reauthorize", "kaufland", "--secret-stdin"],
            &json!({"client_key": client, "secret_key": "third-key"}).to_string(),
        )
        .ok();
    assert_eq!(stage.token(&[]), "third-key");
    assert_eq!(stage.proxy.requests().len(), 0);
    stage.environment.assert_absent(&[client, secret]);
}

#[test]
fn emags_user_and_password_are_http_basic() {
    let desk = desk(&["marketplace-api.emag.bg"], "authorization", "Basic ");
    // Of `api@shop.example:päss:word-of-emag`.
    let basic = "YXBpQHNob3AuZXhhbXBsZTpww6Rzczp3b3JkLW9mLWVtYWc=";
    desk.takes(basic);
    let stage = Stage::new(vec![Box::new(desk)]);
    let connect = ["connect", "emag", "--region", "BG", "--set", "user=api@shop.example", "--secret-stdin"];
    stage.feed(&connect, "päss:word-of-emag").ok();
    assert_eq!(stage.token(&["emag-bg", "--header"]), format!("Authorization: Basic {basic}"));
    assert_eq!(stage.call("emag-bg", "https://marketplace-api.emag.bg/api-3/order/read").status, 200);
    stage.run(&["api", "emag-bg", "/order/read"]).ok();
    let sent = stage.proxy.requests().pop().unwrap();
    assert_eq!(sent.path, "/api-3/order/read");
    stage.environment.assert_absent(&["päss:word-of-emag", basic]);
}

#[test]
fn bigcommerces_token_is_asked_about_the_store() {
    let desk = desk(&["api.bigcommerce.com"], "x-auth-token", "");
    desk.takes(KEY);
    let stage = Stage::new(vec![Box::new(desk)]);
    let connect = ["connect", "bigcommerce", "--set", "store_hash=a1b2c3", "--secret-stdin"];
    let output = stage.feed(&connect, KEY).ok();
    assert_eq!(output.stdout, "connected bigcommerce (shop a1b2c3)\n");
    assert_eq!(stage.status("bigcommerce")["shop_name"], "Kontor Nord");
    let asked = stage.proxy.requests().pop().unwrap();
    assert_eq!((asked.method.as_str(), asked.path.as_str()), ("GET", "/stores/a1b2c3/v2/store"));
    assert_eq!(stage.token(&["--header"]), format!("X-Auth-Token: {KEY}\nAccept: application/json"));
    stage.run(&["api", "bigcommerce", "/v3/catalog/products"]).ok();
    assert_eq!(stage.proxy.requests().pop().unwrap().path, "/stores/a1b2c3/v3/catalog/products");
    // The token is taken, but has no right to ask about the store.
    stage.proxy.fail_next("api.bigcommerce.com", Failure::Status(403));
    stage.run(&["status", "bigcommerce", "--check"]).code(5);
    assert_eq!(stage.state("bigcommerce").0, "connected");
    stage.environment.assert_absent(&[KEY]);
}
