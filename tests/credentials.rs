//! Marketplaces whose apps' own credentials suffice, as shipped: what is sent, byte for byte, and that the
//! API takes what comes.

use serde_json::json;

use crate::support::marketplaces::desk::{Desk, Rules};
use crate::support::proxy::Request;
use crate::support::stage::Stage;

const ID: &str = "client-1";
const SECRET: &str = "client-secret-1";
/// Of `client-1:client-secret-1`.
const BASIC: &str = "Basic Y2xpZW50LTE6Y2xpZW50LXNlY3JldC0x";
const FORM: &str = "application/x-www-form-urlencoded";

fn by_header(request: &Request) -> bool {
    let form = request.form();
    let grant = form.is_some_and(|form| form.text("grant_type") == "client_credentials");
    grant && request.header("authorization") == Some(BASIC) && request.query.is_empty()
}

fn by_body(request: &Request) -> bool {
    let Some(form) = request.form() else { return false };
    let said = ["grant_type", "client_id", "client_secret"].map(|name| form.text(name));
    said == ["client_credentials", ID, SECRET] && request.header("authorization").is_none()
}

fn rules(hosts: &'static [&'static str], token_at: &'static str) -> Rules {
    let (header, prefix, account) = ("authorization", "Bearer ", json!({"ok": true}));
    Rules { hosts, token_at, knows_app: by_header, header, prefix, life: 600, account }
}

fn walmart(hosts: &'static [&'static str], token_at: &'static str) -> Rules {
    Rules { header: "wm_sec.access_token", prefix: "", life: 900, ..rules(hosts, token_at) }
}

/// The app is registered and the shop connected.
fn connected(rules: Rules, id: &str, flags: &[&str], set: &[&str]) -> (Stage, Desk) {
    let desk = Desk::new(rules);
    let stage = Stage::new(vec![Box::new(desk.clone())]);
    let add = ["app", "add", id, "--client-id", ID, "--client-secret-stdin"];
    stage.feed(&[&add[..], flags].concat(), SECRET).ok();
    stage.run(&[&["connect", id], flags, set].concat()).ok();
    (stage, desk)
}

/// Method, address, content type, authorization and body of a request.
fn wire(request: &Request) -> [String; 4] {
    let header = |name| request.header(name).unwrap_or_default().to_owned();
    let address = format!("{} https://{}{}", request.method, request.host, request.path);
    [address, header("content-type"), header("authorization"), request.body_text()]
}

#[track_caller]
fn works(stage: &Stage, profile: &str, api: &str) {
    let before = stage.proxy.requests().len();
    assert_eq!(stage.token(&[profile]), stage.token(&[]));
    assert_eq!(stage.proxy.requests().len(), before, "a valid token is printed without a request");
    assert_eq!(stage.call(profile, api).status, 200);
    assert_eq!(stage.call_by_lines(profile, api).status, 200);
}

const GRANT: &str = "grant_type=client_credentials";

#[test]
fn bol_is_asked_exactly_this() {
    let hosts = &["login.bol.com", "api.bol.com"];
    let (stage, _) = connected(rules(hosts, "login.bol.com/token"), "bol", &[], &[]);
    let sent: Vec<_> = stage.proxy.requests().iter().map(wire).collect();
    assert_eq!(sent, [["POST https://login.bol.com/token", FORM, BASIC, GRANT].map(str::to_owned)]);
    works(&stage, "bol", "https://api.bol.com/retailer/orders");
    let error = stage.feed(&["app", "set", "bol", "--client-secret-stdin", "--json"], "other").code(9);
    assert_eq!(error.error_json()["error"]["kind"], "configuration");
}

#[test]
fn a_check_costs_no_token_of_the_few_in_a_minute() {
    let hosts = &["api-sandbox.merchants.zalando.com"];
    let rules = rules(hosts, "api-sandbox.merchants.zalando.com/auth/token");
    let (stage, _) = connected(rules, "zalando", &["--env", "sandbox"], &[]);
    let asked = stage.requests_during(|| {
        for _ in 0..3 {
            let rows = stage.run(&["status", "--check", "--json"]).ok().json();
            assert_eq!(rows[0]["check"], "not_asked", "{rows}");
        }
    });
    assert_eq!(asked, 0);
}

#[test]
fn zalando_is_asked_exactly_this_in_both_worlds() {
    for (host, flags, profile) in [
        ("api.merchants.zalando.com", &[][..], "zalando"),
        ("api-sandbox.merchants.zalando.com", &["--env", "sandbox"][..], "zalando-sandbox"),
    ] {
        let (hosts, at): (&[&str], _) = match flags {
            [] => (&["api.merchants.zalando.com"], "api.merchants.zalando.com/auth/token"),
            _ => (&["api-sandbox.merchants.zalando.com"], "api-sandbox.merchants.zalando.com/auth/token"),
        };
        let (stage, _) = connected(rules(hosts, at), "zalando", flags, &[]);
        let sent: Vec<_> = stage.proxy.requests().iter().map(wire).collect();
        let address = format!("POST https://{host}/auth/token");
        assert_eq!(sent, [[&address, FORM, BASIC, GRANT].map(str::to_owned)]);
        works(&stage, profile, &format!("https://{host}/orders"));
    }
}

#[test]
fn octopia_is_asked_exactly_this() {
    let hosts = &["auth.octopia-io.net", "api.octopia-io.net"];
    let at = "auth.octopia-io.net/auth/realms/maas/protocol/openid-connect/token";
    let rules = Rules { knows_app: by_body, ..rules(hosts, at) };
    let (stage, _) = connected(rules, "octopia", &[], &["--set", "seller_id=4711"]);
    let sent: Vec<_> = stage.proxy.requests().iter().map(wire).collect();
    let body = format!("{GRANT}&client_id={ID}&client_secret={SECRET}");
    let address = format!("POST https://{at}");
    assert_eq!(sent, [[address.as_str(), FORM, "", &body].map(str::to_owned)]);
    assert_eq!(stage.status("octopia")["shop_id"], "4711");
    works(&stage, "octopia", "https://api.octopia-io.net/seller/v2/orders");
    let call = stage.proxy.requests_to("api.octopia-io.net").pop().unwrap();
    assert_eq!(call.header("sellerid"), Some("4711"));
    let shown = ["exec", "octopia", "--", "sh", "-c", "echo $SELLAUTH_SELLER_ID"];
    assert_eq!(stage.run(&shown).ok().stdout, "4711\n");
}

fn correlation(request: &Request) -> String {
    let id = request.header("wm_qos.correlation_id").expect("an id").to_owned();
    assert!(uuid::Uuid::parse_str(&id).is_ok_and(|id| id.get_version_num() == 4), "{id}");
    id
}

#[test]
fn walmart_is_asked_exactly_this_with_an_id_that_is_new_each_time() {
    let host = "marketplace.walmartapis.com";
    let hosts = &["marketplace.walmartapis.com"];
    let (stage, _) = connected(walmart(hosts, "marketplace.walmartapis.com/v3/token"), "walmart", &[], &[]);
    stage.run(&["token", "--refresh"]).ok().prints_a_secret();
    let requests = stage.proxy.requests();
    for request in &requests {
        let expected = ["POST https://marketplace.walmartapis.com/v3/token", FORM, BASIC, GRANT];
        assert_eq!(wire(request), expected.map(str::to_owned));
        assert_eq!(request.header("wm_svc.name"), Some("Walmart Marketplace"));
        assert_eq!(request.header("accept"), Some("application/json"));
    }
    assert_eq!(requests.len(), 2);
    assert_ne!(correlation(&requests[0]), correlation(&requests[1]));

    works(&stage, "walmart", &format!("https://{host}/v3/orders"));
    for _ in 0..2 {
        stage.run(&["api", "walmart", "/v3/orders"]).ok();
    }
    let calls = stage.proxy.requests_to(&format!("{host}/v3/orders"));
    let ids: std::collections::BTreeSet<String> = calls.iter().map(correlation).collect();
    assert_eq!(ids.len(), calls.len(), "each call has an id of its own");
}

#[test]
fn walmarts_sandbox_is_a_world_of_its_own() {
    let rules = walmart(&["sandbox.walmartapis.com"], "sandbox.walmartapis.com/v3/token");
    let (stage, _) = connected(rules, "walmart", &["--env", "sandbox"], &[]);
    works(&stage, "walmart-sandbox", "https://sandbox.walmartapis.com/v3/orders");
}

/// The sandbox takes one token request a minute: the second one of one process waits, or is not sent.
#[test]
fn a_pace_is_that_of_the_environment() {
    let hosts = &["api-sandbox.merchants.zalando.com"];
    let desk = Desk::new(rules(hosts, "api-sandbox.merchants.zalando.com/auth/token"));
    let stage = Stage::new(vec![Box::new(desk)]);
    let sandbox = ["--env", "sandbox"];
    let add = ["app", "add", "zalando", "--client-id", ID, "--client-secret-stdin"];
    stage.feed(&[&add[..], &sandbox].concat(), SECRET).ok();
    for name in ["one", "two"] {
        stage.run(&[&["connect", "zalando", "--profile", name][..], &sandbox].concat()).ok();
    }
    let running = stage.environment.spawn(&["refresh", "--all"]);
    stage.proxy.wait_for(hosts[0], 3);
    running.signal("TERM");
    let output = running.finish();
    assert_eq!(stage.proxy.count(hosts[0]), 3, "{}", output.stderr);
}
