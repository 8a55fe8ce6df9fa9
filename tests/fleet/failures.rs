//! Vault in trouble: what passes is exit 7, what somebody has to mend is exit 8, and a token that is still good
//! is handed out meanwhile.

use std::thread;
use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::bao::{Bao, PREFIX};
use crate::support::environment::TestEnvironment;
use crate::support::gate::Gate;
use crate::support::machines::machine_environment;
use crate::support::proxy::Response;
use crate::support::strict::{ID, Strict};

use super::{connected, connected_and_fresh, entry, expire, fails};

const REFRESH: [&str; 3] = ["token", ID, "--refresh"];

/// Nobody was asked for tokens in vain, and afterwards everything is as it was.
#[track_caller]
fn is_well_again(market: &Strict, environment: &TestEnvironment, renewals: usize) {
    assert_eq!(market.renewals().len(), renewals, "nothing was sent while Vault was away");
    market.token(environment, &["--refresh"]);
    assert_eq!(market.ends(), [None]);
}

#[test]
fn a_sealed_vault_is_trouble_that_passes() {
    let (bao, market, environment) = connected_and_fresh();
    bao.seal();
    fails(&environment, &REFRESH, 7, "temporary", &["sealed"]);
    fails(&environment, &["disconnect", ID, "--yes"], 7, "temporary", &["sealed"]);
    market.token(&environment, &[]);
    bao.unseal();
    is_well_again(&market, &environment, 1);
}

#[test]
fn a_vault_that_is_not_there_or_does_not_answer_is_trouble_that_passes() {
    let (bao, market, environment) = connected_and_fresh();
    bao.stop();
    fails(&environment, &REFRESH, 7, "temporary", &[&bao.address()]);
    bao.restart();
    bao.freeze();
    let began = Instant::now();
    fails(&environment, &REFRESH, 7, "temporary", &[]);
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
    bao.thaw();
    is_well_again(&market, &environment, 1);
}

#[test]
fn a_vault_that_answers_with_an_error_is_trouble_that_passes() {
    let (bao, market, mut environment) = connected_and_fresh();
    let gate = Gate::before(&bao);
    environment.set_var("VAULT_ADDR", gate.url());
    let standby = json!({ "errors": ["local node not active but active cluster node not found"] });
    let answers = [
        Response::json(429, &json!({ "errors": ["request path \"x\": rate limit quota exceeded"] })),
        Response::json(429, &json!({ "errors": [] })),
        Response::json(500, &json!({ "errors": ["internal error"] })),
        Response::page(502, "Bad Gateway"),
        Response::json(503, &standby),
        Response::empty(307).header("location", "https://127.0.0.1:9/v1/secret"),
    ];
    for answer in answers {
        gate.answer_all(answer.clone());
        let output = environment.run(&[&REFRESH[..], &["--json"]].concat()).code(7);
        assert_eq!(output.error_json()["error"]["kind"], "temporary", "{answer:?}: {output:?}");
    }
    gate.open();
    is_well_again(&market, &environment, 1);
}

#[test]
fn a_token_that_has_ended_is_told_so() {
    let (bao, market, mut environment) = connected_and_fresh();
    let token = bao.token("root", "1h");
    environment.set_var("VAULT_TOKEN", &token);
    market.token(&environment, &["--refresh"]);
    bao.revoke(&token);
    fails(&environment, &REFRESH, 8, "store", &["VAULT_TOKEN"]);
    environment.set_var("VAULT_TOKEN", bao.root_token());
    is_well_again(&market, &environment, 2);
}

#[test]
fn who_may_not_is_told_the_path_and_where_the_policy_is() {
    let (bao, market, mut environment) = connected_and_fresh();
    bao.policy("reader", &format!("path \"secret/data/{PREFIX}/*\" {{ capabilities = [\"read\"] }}"));
    environment.set_var("VAULT_TOKEN", bao.token("reader", "1h"));
    let words = ["sellauth/entries/", "sellauth vault policy"];
    fails(&environment, &REFRESH, 8, "store", &words);
    environment.set_var("VAULT_TOKEN", bao.root_token());
    is_well_again(&market, &environment, 1);
}

#[test]
fn a_mount_of_version_one_gets_nothing() {
    let (bao, market) = (Bao::start(), Strict::start());
    bao.mount("old", 1);
    let environment = machine_environment(&bao, &market);
    environment.write("config.toml", "[vault]\nmount = \"old\"\n");
    let add = ["app", "add", ID, "--client-id", "strict-app"];
    fails(&environment, &add, 8, "store", &["old", "version 2"]);
    let (status, answer) = bao.call(Method::GET, "old/?list=true", Value::Null);
    assert_eq!(status, 404, "nothing was written: {answer}");
}

#[test]
fn a_mount_or_a_namespace_that_is_not_there_is_told_so() {
    let (bao, market) = (Bao::start(), Strict::start());
    let mut environment = machine_environment(&bao, &market);
    environment.write("config.toml", "[vault]\nmount = \"nowhere\"\n");
    fails(&environment, &["status"], 8, "store", &["nowhere"]);
    environment.write("config.toml", "");
    environment.set_var("VAULT_NAMESPACE", "elsewhere");
    fails(&environment, &["status"], 8, "store", &["namespace not found"]);
}

#[test]
fn a_deleted_version_is_named_with_the_command_that_brings_it_back() {
    let (bao, market, environment) = connected_and_fresh();
    let entry = entry(&bao, ID);
    bao.delete_version(&entry);
    fails(&environment, &REFRESH, 8, "store", &["kv undelete", &entry]);
    let second = machine_environment(&bao, &market);
    second.run(&["token", ID]).code(8);
    bao.undelete(&entry);
    is_well_again(&market, &environment, 1);
}

#[test]
fn an_entry_that_is_none_is_not_written_over() {
    let (bao, market, environment) = connected_and_fresh();
    let entry = entry(&bao, ID);
    let (content, _) = bao.read(&entry).unwrap();
    let with = |name: &str, value: Value| {
        let mut damaged = content.clone();
        damaged[name] = value;
        damaged
    };
    let record = with("record", json!({ "generation": "one" }));
    let damages = [json!({ "note": "mine" }), with("format", json!(99)), with("secrets", json!([])), record];
    for damage in damages {
        bao.write(&entry, &damage);
        fails(&environment, &REFRESH, 8, "store", &[&entry]);
        assert_eq!(bao.read(&entry).unwrap().0, damage);
    }
    bao.write(&entry, &content);
    is_well_again(&market, &environment, 1);
}

#[test]
fn a_token_that_is_still_good_is_handed_out_with_a_warning() {
    let (bao, market, environment) = connected();
    // Two seconds more than `token` wants.
    market.set_access_token_life(62);
    let token = market.token(&environment, &[]).stdout;
    bao.stop();
    let deadline = Instant::now() + Duration::from_secs(20);
    let output = loop {
        let output = market.token(&environment, &[]);
        assert_eq!(output.stdout, token);
        if !output.stderr.is_empty() {
            break output;
        }
        assert!(Instant::now() < deadline, "it never became due");
        thread::sleep(Duration::from_millis(200));
    };
    assert_eq!(output.stderr.lines().filter(|line| line.contains("Vault")).count(), 1, "{output:?}");
    assert!(output.stderr.contains("valid until"), "{output:?}");
    for explicit in [&["--refresh"][..], &["--min-validity", "61s"]] {
        fails(&environment, &[&["token", ID], explicit].concat(), 7, "temporary", &[]);
    }
    bao.restart();
    market.token(&environment, &[]);
    assert_eq!(market.renewals().len(), 2);
}

#[test]
fn a_token_that_has_ended_is_not_handed_out() {
    let (bao, market, environment) = connected_and_fresh();
    expire(&bao, &entry(&bao, ID), &[&environment]);
    bao.seal();
    fails(&environment, &["token", ID], 7, "temporary", &["sealed"]);
    bao.unseal();
    market.token(&environment, &[]);
}
