//! `sellauth relay`: what it prints, and whether it knows a relay when it sees one.

use url::Url;

use crate::support::chromium::Chromium;
use crate::support::environment::TestEnvironment;
use crate::support::marketplaces::amazon::App;
use crate::support::marketplaces::relay::Relay;
use crate::support::marketplaces::wire::parameter;
use crate::support::marketplaces::{Amazon, Marketplace};
use crate::support::proxy::{Failure, Site};
use crate::support::stage::{RELAY, Stage};
use crate::support::terminal::Terminal;

const ADDRESS: &str = "https://erp.example/sellauth/callback";
const CONNECT: [&str; 4] = ["connect", "amazon", "--region", "DE"];
/// What the page calls its field.
const FIELD: &str = "Copy this address";

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

/// Amazon, a registered app and the page as `relay` prints it behind its redirect URI.
fn hosted() -> (Stage, Amazon) {
    let page = TestEnvironment::new().run(&["relay"]).ok().stdout;
    let amazon = Amazon::new();
    amazon.log_in("A2SHOPDE");
    let app = amazon.app(App::new().redirect_uri(ADDRESS));
    let stage = Stage::with_relay(vec![Box::new(amazon.clone())], Relay::page(RELAY, &page));
    // Chromium's own calls home.
    stage.proxy.tolerate_strangers();
    let id = format!("application_id={}", app.application_id);
    let add = ["app", "add", "amazon", "--client-id", &app.client_id, "--set", &id];
    let uri = ["--redirect-uri", ADDRESS, "--client-secret-stdin"];
    stage.feed(&[&add[..], &uri].concat(), &app.client_secret).ok();
    (stage, amazon)
}

/// Fails if the address bar, the tab's history or the browser's own shows what Amazon sent.
#[track_caller]
fn assert_forgotten(chromium: &mut Chromium, amazon: &Amazon, url: &str) {
    let [entries, listed] = [chromium.entries(), chromium.listed("")];
    assert!(
        entries.iter().any(|entry| entry == url) && listed.iter().any(|entry| entry == url),
        "{listed:?}"
    );
    for code in codes(amazon) {
        let seen = [&entries[..], &listed, &chromium.listed(&code)].concat();
        let seen = seen.iter().find(|address| address.contains(&code) || address.contains("oauth_code="));
        assert!(!url.contains(&code) && seen.is_none(), "{code} stands in {seen:?}");
    }
}

/// The codes that Amazon gave out: 20 characters, shorter than anything else of its.
fn codes(amazon: &Amazon) -> Vec<String> {
    let codes: Vec<_> = amazon.issued_secrets().into_iter().filter(|secret| secret.len() == 20).collect();
    assert!(!codes.is_empty());
    codes
}

#[test]
fn a_browser_goes_on_through_the_page_and_forgets_the_code() {
    let (stage, amazon) = hosted();
    let mut chromium = Chromium::start(&stage.proxy.chromium_flags());
    let running = stage.environment.spawn(&[&CONNECT[..], &["--no-browser"]].concat());
    chromium.open(&running.url());
    let page = chromium.see("Your shop is connected");
    assert_eq!(running.finish().ok().stdout, "connected amazon-de (shop A2SHOPDE)\n");
    assert!(page.text.contains("A2SHOPDE") && page.url.ends_with("/callback/done"), "{page:?}");
    let mut hosts = page.hosts;
    hosts.sort();
    assert_eq!(hosts, ["127.0.0.1", RELAY, "sellercentral-europe.amazon.com"]);
    assert_eq!((page.complaints, page.display.as_str()), (vec![], "grid"));
    assert_forgotten(&mut chromium, &amazon, &page.url);
    assert!(amazon.issued_secrets().contains(&stage.token(&["amazon-de"])));

    chromium.back();
    let page = chromium.see("Paste this address");
    assert_eq!((page.url.as_str(), page.display.as_str()), (ADDRESS, "grid"));
    assert!(chromium.value(FIELD).contains(&codes(&amazon)[0]), "it is still there to be copied");
}

#[test]
fn a_page_without_a_listener_gives_its_address_to_be_pasted() {
    let (stage, amazon) = hosted();
    let mut chromium = Chromium::start(&stage.proxy.chromium_flags());
    let paste = [&CONNECT[..], &["--paste"]].concat();
    let mut running = stage.environment.invoke(&paste).spawn_with_open_stdin();
    chromium.open(&running.url());
    let page = chromium.see("Paste this address");
    let shown = Url::parse(&chromium.value(FIELD)).unwrap();
    assert_eq!(parameter(&shown, "spapi_oauth_code"), codes(&amazon)[0]);
    chromium.press("Copy the address");
    chromium.see("Paste this address");
    assert_eq!(chromium.clipboard(), shown.as_str());
    chromium.reload();
    assert_eq!(chromium.see("Paste this address").complaints, Vec::<String>::new());
    assert_eq!(chromium.value(FIELD), shown.as_str());
    assert_forgotten(&mut chromium, &amazon, &page.url);

    running.send_line(&chromium.clipboard());
    assert_eq!(running.finish().ok().stdout, "connected amazon-de (shop A2SHOPDE)\n");
}

#[test]
fn a_browser_on_another_machine_comes_back_to_the_page_and_stays() {
    let (stage, amazon) = hosted();
    // To that browser, 127.0.0.1 is a machine on which nobody listens; the proxy it reaches by name.
    let mut flags = stage.proxy.chromium_flags().map(|flag| flag.replace("127.0.0.1", "localhost")).to_vec();
    flags.push("--host-resolver-rules=MAP 127.0.0.1 127.0.0.1:9".to_owned());
    let mut chromium = Chromium::start(&flags);
    let mut terminal = Terminal::start(&stage.environment, &[&CONNECT[..], &["--no-browser"]].concat());
    chromium.open(&terminal.url());
    chromium.see_nobody();
    chromium.back();
    let page = chromium.see("Paste this address");
    chromium.press("Copy the address");
    chromium.reload();
    assert_eq!(chromium.see("Paste this address").url, page.url);
    assert_eq!(chromium.entries().iter().filter(|entry| entry.contains("/callback?")).count(), 1);
    let address = chromium.clipboard();
    assert!(address.starts_with(ADDRESS) && address.contains(&codes(&amazon)[0]), "{address}");

    terminal.send_line(&address);
    terminal.expect("connected amazon-de (shop A2SHOPDE)");
    assert_eq!(terminal.finish(), 0);
}
