//! `sellauth relay`: what it prints, and whether it knows a relay when it sees one.

use crate::support::environment::TestEnvironment;
use crate::support::marketplaces::relay::Relay;
use crate::support::proxy::Failure;
use crate::support::stage::{RELAY, Stage};

const ADDRESS: &str = "https://erp.example/sellauth/callback";

fn check(stage: &Stage) -> crate::support::running::Output {
    stage.run(&["relay", "--check", ADDRESS, "--json"])
}

#[test]
fn a_redirect_in_place_is_known() {
    let stage = Stage::new(vec![]);
    let answer = check(&stage).ok().json();
    assert_eq!(answer, serde_json::json!({ "url": ADDRESS, "relay": true }));
    let said = stage.run(&["relay", "--check", ADDRESS]).ok().stdout;
    assert_eq!(said, format!("{ADDRESS} sends browsers back to this machine\n"));
}

#[test]
fn the_page_in_place_is_known_whatever_its_port() {
    for arguments in [&["relay"][..], &["relay", "--port", "50000"]] {
        let page = TestEnvironment::new().run(arguments).ok().stdout;
        let stage = Stage::with_relay(vec![], Relay::page(RELAY, &page));
        check(&stage).ok();
    }
}

#[test]
fn another_page_is_no_relay() {
    let page = TestEnvironment::new().run(&["relay"]).ok().stdout;
    let changed = page.replace("127.0.0.1", "evil.example");
    let stage = Stage::with_relay(vec![], Relay::page(RELAY, &changed));
    let error = check(&stage).code(9).error_json();
    assert_eq!(error["error"]["kind"], "configuration");
    let message = format!("`{ADDRESS}` does not send browsers back to this machine (HTTP 200)");
    assert_eq!(error["error"]["message"], message);
}

#[test]
fn a_relay_that_cannot_be_reached_may_be_tried_later() {
    let stage = Stage::new(vec![]);
    stage.proxy.fail_next(RELAY, Failure::Drop);
    assert_eq!(check(&stage).code(7).error_json()["error"]["kind"], "temporary");
    let plain = stage.run(&["relay", "--check", "http://erp.example/", "--json"]).code(2);
    assert_eq!(plain.error_json()["error"]["message"], "`http://erp.example/` is no https address");
}

#[test]
fn each_server_gets_its_own_words_and_the_same_ports() {
    let environment = TestEnvironment::new();
    let ports = "(102[4-9]|10[3-9][0-9]|";
    for (flag, word) in [("--nginx", "location = "), ("--caddy", "handle "), ("--apache", "<Location ")] {
        let text = environment.run(&["relay", flag, "--port", "50001"]).ok().stdout;
        assert!(text.contains(word) && text.contains(ports) && text.contains("50001"), "{flag}: {text}");
        assert!(!text.contains("{port}") && !text.contains("{fixed}"), "{flag}: {text}");
    }
    environment.run(&["relay", "--nginx", "--caddy"]).code(2);
    environment.run(&["relay", "--port", "80"]).code(2);
}
