//! The parts these tests stand on do what they promise, with other programs than ours.

use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::bao::logins::ROLE;
use crate::support::bao::{Bao, MOUNT};
use crate::support::gate::{Gate, Rule, Verdict};
use crate::support::machines::{Machine, Network};
use crate::support::strict::Strict;

/// What curl gets as a status; `000` where it gets nothing.
fn curl(wrapper: &[String], arguments: &[&str]) -> String {
    let mut words = wrapper.to_vec();
    let own = ["curl", "--silent", "--output", "/dev/null", "--write-out", "%{http_code}", "--max-time", "2"];
    words.extend(own.iter().chain(arguments).map(|word| (*word).to_owned()));
    let output = Command::new(&words[0]).args(&words[1..]).output().expect("tests/run installs curl");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn an_openbao_keeps_what_it_was_given_sealed_crashed_and_frozen() {
    let bao = Bao::start();
    bao.write("a/b", &json!({ "n": 1 }));
    bao.seal();
    assert_eq!(bao.call(Method::GET, &format!("{MOUNT}/data/a/b"), Value::Null).0, 503);
    bao.unseal();
    assert_eq!(bao.read("a/b"), Some((json!({ "n": 1 }), 1)));
    bao.change("a/b", |content| content["n"] = json!(2));
    bao.stop();
    bao.restart();
    assert_eq!(bao.read("a/b"), Some((json!({ "n": 2 }), 2)));
    bao.delete_version("a/b");
    assert_eq!(bao.read("a/b"), None);
    bao.undelete("a/b");
    assert_eq!(bao.list("a"), ["b"]);
    let ca = bao.ca_file().display().to_string();
    let health = format!("{}/v1/sys/health", bao.address());
    assert_eq!(curl(&[], &["--cacert", &ca, &health]), "200");
    assert_eq!(curl(&[], &[&health]), "000", "its certificate is nobody else's");
    bao.freeze();
    assert_eq!(curl(&[], &["--cacert", &ca, &health]), "000");
    bao.thaw();
    assert_eq!(bao.read("a/b").unwrap().1, 2);
}

#[test]
fn an_openbao_knows_who_somebody_is() {
    let bao = Bao::start();
    bao.policy("reader", "path \"secret/data/*\" { capabilities = [\"read\"] }");
    let log_in = |path: &str, body: Value| bao.call(Method::POST, &format!("auth/{path}/login"), body);
    let role = bao.app_role("reader", "60s");
    let body = json!({ "role_id": role.role_id, "secret_id": role.secret_id });
    let (status, answer) = log_in("approle", body.clone());
    assert_eq!((status, &answer["auth"]["lease_duration"]), (200, &json!(60)), "{answer}");
    bao.revoke_secret_id(&role);
    assert_eq!(log_in("approle", body).0, 400);

    let cluster = bao.kubernetes("reader", "60s");
    let file = tempfile::NamedTempFile::new().unwrap();
    let jwt = || std::fs::read_to_string(file.path()).unwrap();
    cluster.write_token(file.path());
    let (status, answer) = log_in("kubernetes", json!({ "role": ROLE, "jwt": jwt() }));
    assert_eq!(status, 200, "{answer}");
    cluster.write_token_of_another(file.path());
    assert_eq!(log_in("kubernetes", json!({ "role": ROLE, "jwt": jwt() })).0, 403);

    let token = bao.token("reader", "1h");
    assert_eq!(bao.look_up(&token).unwrap()["policies"], json!(["default", "reader"]));
    bao.revoke(&token);
    assert_eq!(bao.look_up(&token), None);
    assert_ne!(bao.namespace("team"), "");
}

#[test]
fn a_gate_lets_through_answers_and_ends_what_it_is_told_to() {
    let bao = Bao::start();
    let gate = Gate::before(&bao);
    let ca = bao.ca_file().display().to_string();
    let token = format!("X-Vault-Token: {}", bao.root_token());
    let url = format!("{}/v1/{MOUNT}/data/x", gate.url());
    let write = || curl(&[], &["--cacert", &ca, "--header", &token, "--data", "{\"data\":{}}", &url]);
    assert_eq!(write(), "200");
    gate.judge(|_| Verdict::Lost);
    assert_eq!(write(), "000");
    assert_eq!(bao.read("x").unwrap().1, 1);
    gate.judge(|_| Verdict::Unanswered(Box::new(|| ())));
    assert_eq!(write(), "000");
    assert_eq!(bao.read("x").unwrap().1, 2);
    gate.answer_all(crate::support::proxy::Response::empty(502));
    assert_eq!(write(), "502");
    assert_eq!(gate.take_passed().len(), 2);
}

#[test]
fn a_machine_reaches_what_its_cable_lets_it_reach() {
    let (bao, market) = (Bao::start(), Strict::start());
    let network = Network::new(&bao, &market);
    let machines = [network.machine(&bao, &market), network.watched_machine(&bao, &market)];
    let ca = bao.ca_file().display().to_string();
    let api = format!("http://{}/api", market.address());
    let reach = |machine: &Machine| {
        let health = format!("{}/v1/sys/health", machine.vault());
        [curl(&machine.wrapper(), &["--cacert", &ca, &health]), curl(&machine.wrapper(), &[&api])]
    };
    for machine in &machines {
        assert_eq!(reach(machine), ["200", "401"]);
        machine.cut();
        assert_eq!(reach(machine), ["000", "000"]);
        machine.join();
        assert_eq!(reach(machine), ["200", "401"]);
    }
    let fate = machines[1].fate();
    let rule: Rule = Arc::new(move |request| {
        let fate = fate.clone();
        match request.path.as_str() {
            "/api" => Verdict::Unanswered(Box::new(move || fate.cut())),
            _ => Verdict::Pass,
        }
    });
    machines[1].judge_by(&rule);
    assert_eq!(reach(&machines[1])[1], "000");
    assert_eq!(reach(&machines[1]), ["000", "000"], "from the blow on");
    assert_eq!(reach(&machines[0]), ["200", "401"], "the others are well");
}

#[test]
fn a_killed_machine_has_no_process_left_and_the_others_keep_theirs() {
    let (bao, market) = (Bao::start(), Strict::start());
    let network = Network::new(&bao, &market);
    let machines = [(); 2].map(|()| network.machine(&bao, &market));
    let sleeping = machines.each_ref().map(|machine| {
        let wrapper = machine.wrapper();
        Command::new(&wrapper[0]).args(&wrapper[1..]).args(["sleep", "60"]).spawn().unwrap()
    });
    // Until both are there.
    let deadline = std::time::Instant::now() + Duration::from_secs(10);
    let program = |id: u32| std::fs::read_to_string(format!("/proc/{id}/comm")).unwrap_or_default();
    while sleeping.iter().any(|one| program(one.id()) != "sleep\n") {
        assert!(std::time::Instant::now() < deadline);
        std::thread::sleep(Duration::from_millis(5));
    }
    machines[0].kill();
    let [mut killed, mut spared] = sleeping;
    assert_eq!(killed.wait().unwrap().code(), None, "by a signal");
    assert!(spared.try_wait().unwrap().is_none());
    spared.kill().unwrap();
    spared.wait().unwrap();
}
