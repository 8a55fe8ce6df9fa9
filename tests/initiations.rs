//! What a person is told of requests that Amazon starts itself: those that are refused, and those that
//! are pasted because nothing could send them back here.

use url::Url;

use crate::amazon::{CONNECT, REDIRECT_URI, TOKEN, staged_with};
use crate::login_uri::{Answer, Login, free_port};
use crate::support::marketplaces::Amazon;
use crate::support::marketplaces::amazon::App;
use crate::support::marketplaces::relay::Relay;
use crate::support::marketplaces::wire::parameter;
use crate::support::running::LINE_DEADLINE;
use crate::support::stage::{RELAY, Stage, next_url};
use crate::support::terminal::Terminal;

const SHOP: &str = "A2SHOPDE";
const CENTRAL: &str = "sellercentral-europe.amazon.com";
/// What is said of a host, before its name.
const UNKNOWN_HOST: &str = "a consent that was begun on";
const TOO_MANY: &str = "has begun 8 consents at once";

fn draft() -> App {
    App::new().redirect_uri(REDIRECT_URI).draft().through_login_uri()
}

/// A draft whose Login URI is a page that sends nobody on.
fn page_stage() -> (Stage, Amazon, App) {
    let relay = Relay::page(RELAY, "<h1>One moment</h1>");
    staged_with(draft(), relay, &["--redirect-uri", REDIRECT_URI])
}

/// Where Amazon's own request ends.
fn login(stage: &Stage, url: &str) -> Url {
    let page = stage.open(url);
    assert!(page.url.as_str().starts_with(REDIRECT_URI), "{}", page.url);
    assert!(page.url.query().unwrap().contains("amazon_callback_uri="), "{}", page.url);
    page.url
}

fn with(url: &Url, name: &str, value: &str) -> String {
    format!("{REDIRECT_URI}?{}", Login::of(url).with(name, value).query())
}

#[test]
fn what_is_refused_is_told_once_of_each_kind() {
    let port = free_port();
    let relay = Relay::new(RELAY).fixed_port(port);
    let (stage, amazon, app) = staged_with(draft(), relay, &["--redirect-uri", REDIRECT_URI]);
    let number = port.to_string();
    // What Ireland's host is, no official source confirms.
    let connect = ["-v", "connect", "amazon", "--region", "IE", "--draft", "--no-browser", "--port", &number];
    let running = stage.environment.spawn(&connect);
    running.wait_for_line(|line| line.starts_with("Waiting"), LINE_DEADLINE);

    let login = Login::of(&Url::parse(&amazon.start_at_amazon(&app, CENTRAL, SHOP)).unwrap());
    let confirm = |rest: &str| login.with("amazon_callback_uri", &format!("https://{rest}"));
    let path = format!("apps/authorize/confirm/{}", app.application_id);
    for _ in 0..3 {
        for (what, forged) in [
            ("host", confirm(&format!("sellercentral.example.com/{path}"))),
            ("app", confirm(&format!("{CENTRAL}/apps/authorize/confirm/amzn1.sp.solution.other"))),
            ("nothing of Amazon's", confirm("evil.example/")),
            ("incomplete", login.without("amazon_state")),
        ] {
            Answer::to(port, &forged.query()).assert_refused(what);
        }
    }
    for _ in 0..8 {
        let invented = login.with("amazon_state", "never-said");
        Answer::to(port, &invented.query()).way();
    }
    for _ in 0..2 {
        Answer::to(port, &login.query()).assert_refused("the ninth");
    }
    running.signal("INT");
    let stderr = running.finish().code(130).stderr;
    let notes: Vec<_> = stderr.lines().filter(|line| line.starts_with("note:")).collect();
    let told = |part: &str| notes.iter().filter(|line| line.contains(part)).count();
    assert_eq!(told(UNKNOWN_HOST), 1, "{stderr}");
    assert!(stderr.contains("begun on `sellercentral.example.com` was refused"), "{stderr}");
    assert!(stderr.contains("`--set seller_central=https://sellercentral.example.com`"), "{stderr}");
    assert_eq!(told("its address ends in `amzn1.sp.solution.other`"), 1, "{stderr}");
    assert_eq!(told(TOO_MANY), 1, "{stderr}");
    assert_eq!(told("evil.example") + told("amazon_state"), 0, "anybody could send that\n{stderr}");
    assert_eq!(stderr.matches("info: a request that starts a consent was refused").count(), 14, "{stderr}");
    assert!(!stderr.contains(login.get("amazon_state")), "{stderr}");
}

#[test]
fn a_host_that_is_confirmed_may_not_be_replaced() {
    let (stage, ..) = page_stage();
    let mut terminal = Terminal::start(&stage.environment, &[&CONNECT[..], &["--draft"]].concat());
    let login = login(&stage, &terminal.url());
    terminal.expect("Waiting for the answer");
    let target = parameter(&login, "amazon_callback_uri").replace(CENTRAL, "sellercentral.example.com");
    terminal.send_line(&with(&login, "amazon_callback_uri", &target));
    terminal.expect("begun on `sellercentral.example.com` was refused");
    let hint = terminal.expect(&format!("begin the consent at https://{CENTRAL}"));
    assert!(!hint.contains("--set"), "{hint}");
}

#[test]
fn a_draft_is_connected_by_pasting_what_amazon_sent_to_its_login_uri() {
    let (stage, ..) = page_stage();
    let mut terminal = Terminal::start(&stage.environment, &[&CONNECT[..], &["--draft"]].concat());
    let sent = login(&stage, &terminal.url());
    terminal.expect("Waiting for the answer");
    for (forged, says) in [
        (with(&sent, "amazon_callback_uri", "https://evil.example/"), "holds no address at which Amazon"),
        (with(&sent, "amazon_state", ""), "lacks `amazon_state`"),
    ] {
        terminal.send_line(&forged);
        terminal.expect(says);
    }
    terminal.send_line(sent.as_str());
    terminal.expect("Amazon has begun the consent itself");
    let confirm = terminal.url();
    let asked = Url::parse(&confirm).unwrap();
    assert_eq!(asked.host_str(), Some(CENTRAL));
    assert_eq!(parameter(&asked, "amazon_state"), parameter(&sent, "amazon_state"));
    assert_eq!(parameter(&asked, "version"), "beta");
    terminal.expect("Waiting for the answer");
    let page = stage.open(&confirm);
    let own = parameter(&page.url, "state");
    assert!(own.contains('.') && own == parameter(&asked, "state"), "the listener's port is in it");
    assert_eq!(stage.proxy.count(TOKEN), 0);
    terminal.send_line(page.url.as_str());
    terminal.expect("connected amazon-de (shop A2SHOPDE)");
    assert_eq!(terminal.finish(), 0);
}

#[test]
fn a_script_gives_two_lines_of_which_either_may_be_json() {
    let (stage, ..) = page_stage();
    let arguments = ["connect", "amazon", "--region", "DE", "--draft", "--paste"];
    let mut running = stage.environment.invoke(&arguments).spawn_with_open_stdin();
    let mut seen = Vec::new();
    let sent = login(&stage, &next_url(&running, &mut seen));
    let query: serde_json::Map<String, serde_json::Value> =
        sent.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned().into())).collect();
    running.send_line(&serde_json::json!({ "queryStringParameters": query }).to_string());
    let page = stage.open(&next_url(&running, &mut seen));
    running.send_line(page.url.as_str());
    let output = running.finish().ok();
    assert_eq!(output.stdout, "connected amazon-de (shop A2SHOPDE)\n");
    assert!(output.stderr.contains("Go on in the same browser"), "{}", output.stderr);
}

#[test]
fn what_is_pasted_at_a_script_s_login_is_checked_like_what_a_browser_brings() {
    let (stage, ..) = page_stage();
    let arguments = ["connect", "amazon", "--region", "DE", "--draft", "--paste", "--json"];
    let before = stage.files();
    let begin = || {
        let running = stage.environment.invoke(&arguments).spawn_with_open_stdin();
        let sent = login(&stage, &running.url());
        (running, sent)
    };
    let (mut running, sent) = begin();
    running.send_line(&with(&sent, "amazon_callback_uri", "https://evil.example/"));
    let error = running.finish().code(2).error_json();
    assert!(error["error"]["message"].as_str().unwrap().contains("holds no address"), "{error}");

    let (mut running, sent) = begin();
    running.send_line(sent.as_str());
    let error = running.finish().code(2).error_json();
    assert!(error["error"]["message"].as_str().unwrap().contains("after the confirmation"), "{error}");

    // Whoever comes back must be who set out.
    let (mut running, sent) = begin();
    let mut seen = vec![running.url()];
    running.send_line(sent.as_str());
    let page = stage.open(&next_url(&running, &mut seen));
    running.send_line(&with(&page.url, "selling_partner_id", "A1OTHERSHOP"));
    running.finish().code(5);
    assert_eq!(stage.proxy.count(TOKEN), 0, "no code was spent");
    assert_eq!(stage.files(), before);
}

#[test]
fn of_nine_that_are_pasted_eight_are_led_on() {
    let (stage, ..) = page_stage();
    let mut terminal = Terminal::start(&stage.environment, &[&CONNECT[..], &["--draft"]].concat());
    let sent = login(&stage, &terminal.url());
    terminal.expect("Waiting for the answer");
    let mut last = String::new();
    for _ in 0..8 {
        terminal.send_line(sent.as_str());
        terminal.expect("Amazon has begun the consent itself");
        last = terminal.url();
    }
    terminal.send_line(sent.as_str());
    terminal.expect(TOO_MANY);
    terminal.send_line(stage.open(&last).url.as_str());
    terminal.expect("connected amazon-de (shop A2SHOPDE)");
    assert_eq!(terminal.finish(), 0);
}

#[test]
fn a_consent_begun_for_another_process_says_that_it_cannot_take_it() {
    let (stage, ..) = page_stage();
    let start = ["connect", "amazon", "--region", "DE", "--draft", "--start", "--json"];
    let answer = stage.run(&start).ok().prints_a_secret().json();
    let sent = login(&stage, answer["authorization_url"].as_str().unwrap());
    let finish = ["connect", "--finish", answer["handle"].as_str().unwrap(), "--json"];
    // Looking at it makes a lock's file.
    stage.feed(&finish, "hello").code(2);
    let before = stage.files();
    for _ in 0..2 {
        let error = stage.feed(&finish, sent.as_str()).code(2).error_json();
        assert_eq!(error["error"]["message"], "Amazon has called the Login URI; that is no answer yet");
        let hint = error["error"]["hint"].as_str().unwrap();
        assert!(hint.contains("without `--start`") && hint.contains("sellauth relay"), "{hint}");
    }
    assert_eq!(stage.files(), before, "the handle is not used up");
}
