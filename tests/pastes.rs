//! Wrong pastes while the listener waits: each is told what it is, and the wait goes on.

use crate::support::environment::TestEnvironment;
use crate::support::marketplaces::relay::Relay;
use crate::support::marketplaces::wire::parameter;
use crate::support::marketplaces::{Amazon, Marketplace, amazon};
use crate::support::oidc::{NATIVE, Oidc, SELLER};
use crate::support::stage::{RELAY, Stage};
use crate::support::terminal::Terminal;

/// A home with the definition of `oidc` as marketplace `loopback`, and its app.
fn registered(oidc: &Oidc) -> TestEnvironment {
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    environment.write("marketplaces/loopback.toml", &oidc.definition("loopback"));
    environment.run(&["app", "add", "loopback", "--client-id", NATIVE]).ok();
    environment
}

/// An Amazon app whose redirect URI leads to a page that sends nobody on, as with a script blocker.
fn amazon_stage() -> Stage {
    let uri = "https://erp.example/amazon/callback";
    let amazon = Amazon::new();
    amazon.log_in("A2SHOPDE");
    let app = amazon.app(amazon::App::new().redirect_uri(uri));
    let stage = Stage::with_relay(vec![Box::new(amazon)], Relay::page(RELAY, "<h1>One moment</h1>"));
    let id = format!("application_id={}", app.application_id);
    let add = ["app", "add", "amazon", "--client-id", &app.client_id, "--set", &id];
    let more = ["--redirect-uri", uri, "--client-secret-stdin"];
    stage.feed(&[&add[..], &more].concat(), &app.client_secret).ok();
    stage
}

#[test]
fn every_wrong_paste_is_told_what_it_is_and_the_right_one_connects() {
    let oidc = Oidc::start();
    let environment = registered(&oidc);
    let mut terminal = Terminal::start(&environment, &["connect", "loopback", "--no-browser"]);
    let url = terminal.url();
    let address = oidc.authorize(&url, SELLER);
    terminal.expect("Waiting for the answer");
    let (before_state, state) = address.split_once("state=").expect("the answer holds its state");
    let state = state.split('&').next().unwrap();
    let callback = address.split('?').next().unwrap();
    let sign_in = format!("{}/interaction/abc", oidc.issuer());
    let other_state = format!("{before_state}state=of-yesterday");
    let no_code = format!("{callback}?state={state}");
    let no_state = format!("{callback}?code=abc");
    let wrong = [
        (url.as_str(), "that is a page of the marketplace before the consent", "sign in and agree there"),
        (&sign_in, "that is a page of the marketplace before the consent", "the page that comes after it"),
        (&other_state, "that address belongs to another login", "use the page that this command opened"),
        (&no_state, "that address holds no `state`", "copy the whole address"),
        (&no_code, "that address holds no code", "go on in the browser"),
        ("Loopback Market", "that is not the address of the page the browser ended on", "copy the whole"),
    ];
    for (line, says, hint) in wrong {
        terminal.send_line(line);
        terminal.expect(says);
        terminal.expect(hint);
    }
    assert_eq!(oidc.token_requests(), [], "a wrong paste spends no code");
    terminal.send_line(&address);
    terminal.expect(&format!("connected loopback (shop {SELLER})"));
    assert_eq!(terminal.finish(), 0);
}

#[test]
fn an_error_page_is_explained() {
    let stage = amazon_stage();
    let connect = ["connect", "amazon", "--region", "DE", "--no-browser"];
    let mut terminal = Terminal::start(&stage.environment, &connect);
    let url = terminal.url();
    terminal.expect("Waiting for the answer");
    // What the browser shows of a redirect URI that is not registered.
    let unregistered = url.replace("amazon%2Fcallback", "amazon%2Fother");
    let page = stage.open(&unregistered);
    assert!(page.body.contains("MD5101"), "{}", page.body);
    let address = "https://sellercentral-europe.amazon.com/apps/authorize/error?errorCode=MD5101";
    for line in [address, "Error: MD5101", "MD5101"] {
        terminal.send_line(line);
        terminal.expect("the marketplace shows MD5101: the redirect URI is not one that is registered");
        terminal.expect("sellauth app set NAME --redirect-uri URI; more: https://developer-docs.amazon.com/");
    }
    terminal.send_line("https://sellercentral-europe.amazon.com/home");
    terminal.expect("before the consent");

    let page = stage.open(&url);
    let theirs = page.url.as_str().replace(&parameter(&page.url, "state"), "another.47824");
    terminal.send_line(&theirs);
    terminal.expect("another login");
    assert_eq!(stage.proxy.count("api.amazon.com"), 0, "no wrong paste spends a code");
    terminal.send_line(page.url.as_str());
    terminal.expect("connected amazon-de (shop A2SHOPDE)");
    assert_eq!(terminal.finish(), 0);
}

#[test]
fn a_refusal_that_is_pasted_ends_the_wait() {
    let oidc = Oidc::start();
    let environment = registered(&oidc);
    let mut terminal = Terminal::start(&environment, &["connect", "loopback", "--no-browser"]);
    let refusal = oidc.deny(&terminal.url());
    terminal.expect("Waiting for the answer");
    terminal.send_line(&refusal);
    assert_eq!(terminal.finish(), 5);
    assert_eq!(oidc.token_requests(), []);
}

#[test]
fn a_consent_begun_before_is_finished_by_a_paste() {
    let oidc = Oidc::start();
    let environment = registered(&oidc);
    let start = ["connect", "loopback", "--start", "--json"];
    let answer = environment.run(&start).ok().prints_a_secret().json();
    let address = oidc.authorize(answer["authorization_url"].as_str().unwrap(), SELLER);
    let finish = ["connect", "--finish", answer["handle"].as_str().unwrap()];
    let mut terminal = Terminal::start(&environment, &finish);
    terminal.expect("paste the address");
    terminal.send_line("hello");
    assert_eq!(terminal.finish(), 2);
    let mut terminal = Terminal::start(&environment, &finish);
    terminal.expect("paste the address");
    terminal.send_line(&address);
    terminal.expect(&format!("connected loopback (shop {SELLER})"));
    assert_eq!(terminal.finish(), 0);
}
