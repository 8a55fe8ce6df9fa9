//! Who a machine is at Vault: each way to log in, with the least that `sellauth vault policy` asks for.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use crate::support::bao::Bao;
use crate::support::bao::logins::{AppRole, ROLE};
use crate::support::environment::TestEnvironment;
use crate::support::gate::Gate;
use crate::support::machines::machine_environment;
use crate::support::strict::{ID, Strict};

use super::{connected_and_fresh, fails, least_policy};

/// Another machine that nobody has told who it is.
fn nobody(bao: &Bao, market: &Strict) -> TestEnvironment {
    let mut environment = machine_environment(bao, market);
    environment.remove_var("VAULT_TOKEN");
    environment
}

fn set_app_role(environment: &mut TestEnvironment, role: &AppRole) {
    environment
        .set_var("SELLAUTH_VAULT_ROLE_ID", &role.role_id)
        .set_var("SELLAUTH_VAULT_SECRET_ID", &role.secret_id);
}

/// How often a gate's server was asked to log somebody in.
fn logins(gate: &Gate) -> usize {
    gate.passed().iter().filter(|request| request.path.ends_with("/login")).count()
}

#[test]
fn the_printed_policy_is_enough_for_a_shops_whole_life() {
    let (bao, market) = (Bao::start(), Strict::start());
    let mut environment = nobody(&bao, &market);
    let policy = least_policy(&bao, &environment);
    let token = bao.token(policy, "1h");
    environment.set_var("VAULT_TOKEN", &token);
    market.connect(&environment);
    market.token(&environment, &[]);
    market.token(&environment, &["--refresh"]);
    environment.run(&["status"]).ok();
    environment.run(&["rename", ID, "north"]).ok();
    environment.run(&["disconnect", "north", "--yes"]).ok();
    environment.run(&["app", "remove", ID, "--yes"]).ok();
    environment.assert_absent(&[&token]);
}

#[test]
fn the_printed_policy_reaches_nothing_else() {
    let (bao, market, environment) = connected_and_fresh();
    let policy = environment.run(&["vault", "policy"]).ok().stdout;
    assert!(policy.contains("secret/data/sellauth/"), "{policy}");
    assert!(!policy.contains("sudo") && !policy.contains("\"*\""), "{policy}");
    bao.policy("least", &policy);
    bao.write("payroll/may", &serde_json::json!({ "sum": 1 }));
    let mut second = nobody(&bao, &market);
    second
        .set_var("VAULT_TOKEN", bao.token("least", "1h"))
        .write("config.toml", "[vault]\nprefix = \"payroll\"\n");
    fails(&second, &["status"], 8, "store", &["payroll", "sellauth vault policy"]);
}

#[test]
fn a_token_may_stand_in_a_file_or_in_the_home() {
    let (bao, market, first) = connected_and_fresh();
    let policy = least_policy(&bao, &first);
    let token = bao.token(policy, "1h");
    let mut second = nobody(&bao, &market);
    let file = second.write("vault-token", &format!("{token}\n"));
    second.set_var("VAULT_TOKEN_FILE", file);
    market.token(&second, &[]);
    let third = nobody(&bao, &market);
    // The home of the person, not the program's.
    let home = third.home().parent().unwrap().join("home");
    fs::write(home.join(".vault-token"), &token).unwrap();
    market.token(&third, &[]);
    assert_eq!(market.renewals().len(), 1);
}

#[test]
fn without_a_credential_every_way_is_named() {
    let (bao, market, _first) = connected_and_fresh();
    let words = ["VAULT_TOKEN", "SELLAUTH_VAULT_ROLE_ID", "SELLAUTH_VAULT_ROLE", "bao login"];
    fails(&nobody(&bao, &market), &["status"], 8, "store", &words);
}

#[test]
fn an_app_role_logs_in_once_for_many_commands() {
    let (bao, market, first) = connected_and_fresh();
    let role = bao.app_role(least_policy(&bao, &first), "1h");
    let gate = Gate::before(&bao);
    let mut second = nobody(&bao, &market);
    second.set_var("VAULT_ADDR", gate.url());
    set_app_role(&mut second, &role);
    market.token(&second, &[]);
    for _ in 0..3 {
        market.token(&second, &["--refresh"]);
    }
    assert_eq!(logins(&gate), 1, "{:?}", gate.passed());
    // Somebody ends the tokens of that role: once more, and nobody notices.
    bao.revoke_app_role_tokens();
    market.token(&second, &["--refresh"]);
    assert_eq!(logins(&gate), 2);
    second.assert_absent(&[&role.secret_id]);
}

#[test]
fn an_app_roles_secret_may_stand_in_a_file() {
    let (bao, market, first) = connected_and_fresh();
    let role = bao.app_role_at("robots", least_policy(&bao, &first), "1h");
    let mut second = nobody(&bao, &market);
    second.write("config.toml", "[vault]\napprole_mount = \"robots\"\n");
    let file = second.write("secret-id", &role.secret_id);
    second.set_var("SELLAUTH_VAULT_ROLE_ID", &role.role_id).set_var("SELLAUTH_VAULT_SECRET_ID_FILE", file);
    market.token(&second, &[]);
}

#[test]
fn an_app_role_that_was_revoked_is_told_so() {
    let (bao, market, first) = connected_and_fresh();
    let role = bao.app_role(least_policy(&bao, &first), "1h");
    let mut second = nobody(&bao, &market);
    set_app_role(&mut second, &role);
    market.token(&second, &[]);
    bao.revoke_secret_id(&role);
    bao.revoke_app_role_tokens();
    fails(&second, &["token", ID, "--refresh"], 8, "store", &["invalid role or secret ID"]);
    let third = {
        let mut third = nobody(&bao, &market);
        set_app_role(&mut third, &role);
        third
    };
    fails(&third, &["status"], 8, "store", &["invalid role or secret ID"]);
}

#[test]
fn a_pod_logs_in_by_its_service_account() {
    let (bao, market, first) = connected_and_fresh();
    let cluster = bao.kubernetes(least_policy(&bao, &first), "1h");
    let mut second = nobody(&bao, &market);
    let file = second.home().join("service-account");
    let config = format!("[vault]\nkubernetes_token_file = {:?}\n", file.display().to_string());
    second.write("config.toml", &config);
    second.set_var("SELLAUTH_VAULT_ROLE", ROLE);
    cluster.write_token(&file);
    market.token(&second, &[]);
    let mut third = nobody(&bao, &market);
    third.write("config.toml", &config);
    third.set_var("SELLAUTH_VAULT_ROLE", ROLE);
    cluster.write_token_of_another(&file);
    fails(&third, &["status"], 8, "store", &["service account name not authorized"]);
}

#[test]
fn a_token_of_ones_own_is_renewed_before_it_ends() {
    const LIFE: u64 = 8;
    let (bao, market, first) = connected_and_fresh();
    let policy = least_policy(&bao, &first);
    let token = bao.token(policy, &format!("{LIFE}s"));
    let left = || bao.look_up(&token).expect("it lives")["ttl"].as_u64().unwrap();
    let mut second = nobody(&bao, &market);
    second.set_var("VAULT_TOKEN", &token);
    let deadline = Instant::now() + Duration::from_secs(LIFE);
    while left() >= LIFE / 2 {
        assert!(Instant::now() < deadline, "it does not run out");
        thread::sleep(Duration::from_millis(100));
    }
    market.token(&second, &[]);
    assert!(left() >= LIFE / 2, "{} of {LIFE} s", left());
    // One that cannot be renewed is used as it is.
    let fixed = bao.fixed_token(policy, "1h");
    let mut third = nobody(&bao, &market);
    third.set_var("VAULT_TOKEN", fixed);
    market.token(&third, &[]);
}

#[test]
fn shops_live_in_a_namespace_under_another_mount_and_prefix() {
    let (bao, market) = (Bao::start(), Strict::start());
    let mut environment = machine_environment(&bao, &market);
    environment.set_var("VAULT_NAMESPACE", "team").set_var("VAULT_TOKEN", bao.namespace("team"));
    environment.write("config.toml", "[vault]\nprefix = \"erp/shops\"\n");
    market.connect(&environment);
    market.token(&environment, &[]);
    assert_eq!(super::kept(&bao), [] as [&str; 0], "nothing outside the namespace");
    let list = |namespace: &str| {
        let path = "secret/metadata/erp/shops/profiles?list=true";
        bao.call_in(namespace, reqwest::Method::GET, path, serde_json::Value::Null).1
    };
    assert_eq!(list("team")["data"]["keys"], serde_json::json!([ID]));
    assert!(list("")["data"].is_null());

    bao.mount("teams/erp", 2);
    let mut other = machine_environment(&bao, &market);
    other.write("config.toml", "[vault]\nmount = \"teams/erp\"\n");
    other.set_var("VAULT_TOKEN", bao.root_token());
    market.set_access_token_life(30);
    market.connect(&other);
    let path = "teams/erp/metadata/sellauth/profiles?list=true";
    let names = bao.ask(reqwest::Method::GET, path, serde_json::Value::Null);
    assert_eq!(names["data"]["keys"], serde_json::json!([ID]));
}

#[test]
fn only_a_certified_vault_is_spoken_to() {
    let (bao, market, _first) = connected_and_fresh();
    let mut second = machine_environment(&bao, &market);
    second.set_var("VAULT_ADDR", format!("http://vault.example:{}", bao.port()));
    fails(&second, &["status"], 9, "configuration", &["VAULT_ADDR", "https"]);
    second.set_var("VAULT_ADDR", bao.address()).remove_var("VAULT_CACERT");
    let output = second.run(&["status", "--json"]);
    assert!([7, 8, 9].contains(&output.code), "{output:?}");
    assert!(output.stderr.contains("VAULT_CACERT"), "the way out is named: {output:?}");
    second.set_var("VAULT_CACERT", "/nonexistent/ca.pem");
    fails(&second, &["status"], 9, "configuration", &["/nonexistent/ca.pem"]);
}
