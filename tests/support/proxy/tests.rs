//! The proxy itself, asked by a client that is built as the product builds its own.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    thread,
    time::{Duration, Instant},
};

use reqwest::blocking::Client;
use rustls::crypto::ring;
use serde_json::json;

use super::{Browser, Failure, Proxy, Request, Response, Site};

/// Says what it was asked.
struct Echo;

impl Site for Echo {
    fn serves(&self, host: &str) -> bool {
        host == "echo.example"
    }

    fn answer(&self, request: &Request) -> Response {
        assert_ne!(request.path, "/panic", "asked to");
        match request.path.as_str() {
            "/away" => Response::redirect("https://echo.example/here?ä=1"),
            path => Response::json(200, &json!({ "path": path, "body": request.body_text() })),
        }
    }

    fn issued_secrets(&self) -> Vec<String> {
        vec!["hunter2".to_owned()]
    }
}

fn start() -> Proxy {
    Proxy::start(vec![Box::new(Echo)])
}

/// Verifies as the product does: by the platform's verifier, to which our authority is added.
fn client(proxy: &Proxy) -> Client {
    let _ = ring::default_provider().install_default();
    Client::builder()
        .proxy(reqwest::Proxy::https(proxy.url()).expect("an address"))
        .tls_certs_merge([reqwest::Certificate::from_pem(proxy.ca_pem().as_bytes()).expect("a certificate")])
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .expect("a client")
}

fn words_of_drop(proxy: Proxy) -> String {
    let panic = catch_unwind(AssertUnwindSafe(|| drop(proxy))).expect_err("the drop must fail");
    panic.downcast_ref::<String>().expect("words").clone()
}

#[test]
fn the_platforms_verifier_trusts_the_tunnel_and_the_request_is_recorded() {
    let proxy = start();
    let answer = client(&proxy)
        .post("https://echo.example/a%20b?c=d%20e&f=")
        .header("Authorization", "Basic bWU6cHc6eA==")
        .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
        .body("x=1%7C2&y=+")
        .send()
        .expect("an answer");
    assert_eq!(answer.text().unwrap(), r#"{"path":"/a%20b","body":"x=1%7C2&y=+"}"#);

    let request = &proxy.requests_to("echo.example/a")[0];
    assert_eq!((request.method.as_str(), request.query.as_str()), ("POST", "c=d%20e&f="));
    assert_eq!(request.parameters().get("c"), Some("d e"));
    assert_eq!(request.parameters().get("f"), None);
    assert_eq!(request.form().unwrap().get("x"), Some("1|2"));
    assert_eq!(request.form().unwrap().unexpected(&["x"]), Some("y"));
    assert_eq!(request.basic(), Some(("me".to_owned(), "pw:x".to_owned())));
    assert_eq!((proxy.count("echo.example"), proxy.count("echo.example/b")), (1, 0));
    assert_eq!(proxy.issued_secrets(), ["hunter2"]);
}

#[test]
fn who_does_not_trust_the_authority_gets_nothing() {
    let proxy = start();
    let other = start();
    let client = Client::builder()
        .proxy(reqwest::Proxy::https(proxy.url()).unwrap())
        .tls_certs_only([reqwest::Certificate::from_pem(other.ca_pem().as_bytes()).unwrap()])
        .build()
        .unwrap();
    assert!(client.get("https://echo.example/").send().is_err());
    assert_eq!(proxy.count("echo.example"), 0);
}

#[test]
fn an_unknown_host_is_refused_and_fails_the_test() {
    let proxy = start();
    assert!(client(&proxy).get("https://stranger.example/").send().is_err());
    assert_eq!(
        words_of_drop(proxy),
        "the proxy saw:\n  unexpected destination: CONNECT stranger.example:443"
    );

    let proxy = start();
    proxy.tolerate_strangers();
    assert!(client(&proxy).get("https://stranger.example/").send().is_err());
}

#[test]
fn plain_http_fails_the_test() {
    let proxy = start();
    let client = Client::builder().proxy(reqwest::Proxy::http(proxy.url()).unwrap()).build().unwrap();
    assert_eq!(client.get("http://echo.example/").send().unwrap().status(), 502);
    assert_eq!(proxy.take_failures(), ["unexpected destination: GET http://echo.example/"]);
}

#[test]
fn a_sites_panic_is_an_answer_500_and_fails_the_test() {
    let proxy = start();
    assert_eq!(client(&proxy).get("https://echo.example/panic").send().unwrap().status(), 500);
    assert!(words_of_drop(proxy).contains("panic at GET echo.example/panic"));
}

#[test]
fn a_wrong_host_header_fails_the_test() {
    let proxy = start();
    let request = client(&proxy).get("https://echo.example/").header("Host", "other.example");
    assert!(request.send().is_err());
    assert!(words_of_drop(proxy).contains("host \"other.example\" inside a tunnel to echo.example"));
}

#[test]
fn failures_come_once_in_order_and_only_at_their_target() {
    let proxy = start();
    let get = |path: &str| client(&proxy).get(format!("https://echo.example{path}")).send();
    proxy.fail_next("echo.example/a", Failure::Status(503));
    proxy.fail_next("echo.example/a", Failure::Html);
    proxy.fail_next("echo.example", Failure::RetryAfter(Duration::from_secs(7)));
    proxy.fail_next("echo.example/c", Failure::BadJson);
    proxy.fail_next("echo.example/d", Failure::Answer(Response::text(401, "application/xml", "<oauth/>")));
    proxy.fail_next("echo.example/e", Failure::Drop);
    proxy.fail_next("echo.example/f", Failure::LoseAnswer);

    assert_eq!(get("/a").unwrap().status(), 503);
    assert!(get("/a").unwrap().text().unwrap().starts_with("<!doctype html>"));
    assert_eq!(get("/b").unwrap().headers()["retry-after"], "7");
    assert!(serde_json::from_str::<serde_json::Value>(&get("/c").unwrap().text().unwrap()).is_err());
    assert_eq!(get("/d").unwrap().text().unwrap(), "<oauth/>");
    assert!(get("/e").is_err());
    assert!(get("/f").is_err());
    assert_eq!(get("/a").unwrap().status(), 200);
}

#[test]
fn a_failure_that_never_came_fails_the_test() {
    let proxy = start();
    proxy.fail_next("echo.example/token", Failure::Drop);
    assert_eq!(words_of_drop(proxy), "the proxy saw:\n  Drop at echo.example/token was never met");
}

#[test]
fn a_delayed_answer_is_settled_before_it_arrives() {
    let proxy = start();
    let delay = Duration::from_millis(300);
    proxy.fail_next("echo.example", Failure::Delay(delay));
    let client = client(&proxy);
    let start = Instant::now();
    let answer = thread::spawn(move || client.get("https://echo.example/slow").send());
    proxy.wait_for("echo.example/slow", 1);
    assert!(!answer.is_finished());
    assert_eq!(answer.join().unwrap().unwrap().status(), 200);
    assert!(start.elapsed() >= delay);
}

#[test]
fn a_browser_follows_and_tells_where_it_ended() {
    let proxy = start();
    let browser = Browser::new(&proxy);
    let page = browser.consent("https://echo.example/away");
    assert_eq!((page.status, page.url.path(), page.url.query()), (Some(200), "/here", Some("%C3%A4=1")));
    assert_eq!(page.hosts(), ["echo.example", "echo.example"]);
    assert!(page.passed("https://echo.example/here").is_some());

    // Nobody listens on port 1, and the proxy is not asked for loopback.
    let page = browser.consent("http://127.0.0.1:1/callback");
    assert_eq!(page.status, None);
}
