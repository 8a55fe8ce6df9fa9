//! `api`: one request to a marketplace's API, right as it is sent, and never anywhere else.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::amazon::{API, TOKEN, connected};
use crate::support::environment::TestEnvironment;
use crate::support::proxy::{Failure, Request, Response};
use crate::support::running::Output;
use crate::support::stage::Stage;
use crate::support::strict::{ID, Strict};

const HOST: &str = "sellingpartnerapi-eu.amazon.com";
const PATH: &str = "/sellers/v1/marketplaceParticipations";
/// Shorter than what `token` wants left, so that every token is stale at once.
const STALE: Duration = Duration::from_secs(30);

fn api(stage: &Stage, arguments: &[&str]) -> Output {
    stage.run(&[&["api", "amazon-de"], arguments].concat())
}

/// The request that a call makes, whose answer is made up.
fn sent(stage: &Stage, host: &str, arguments: &[&str]) -> Request {
    stage.proxy.fail_next(host, Failure::Answer(Response::json(200, &json!({}))));
    stage.run(&[&["api"], arguments].concat()).ok();
    stage.proxy.requests_to(host).pop().unwrap()
}

#[test]
fn a_call_says_what_the_marketplace_wants_to_hear() {
    let (stage, ..) = connected(None);
    let token = stage.token(&[]);
    let request = sent(&stage, HOST, &["amazon", "/orders/v0/orders?a=1", "-q", "b=x y", "--query", "c=&"]);
    assert_eq!((request.method.as_str(), request.path.as_str()), ("GET", "/orders/v0/orders"));
    assert_eq!(request.query, "a=1&b=x%20y&c=%26");
    assert_eq!(request.header("x-amz-access-token"), Some(token.as_str()));
    let agent = format!("sellauth/{} (Language=Rust)", env!("CARGO_PKG_VERSION"));
    assert_eq!(request.header("user-agent"), Some(agent.as_str()));
    assert_eq!((request.header("accept"), request.header("content-type")), (Some("application/json"), None));
    assert!(request.body.is_empty());

    let own = ["-H", "user-agent: Mine/1.0", "-H", "Accept: text/csv", "--header", "x-mine: a: b"];
    let request = sent(&stage, HOST, &[&["amazon-de", "delete", API], &own[..]].concat());
    assert_eq!((request.method.as_str(), request.path.as_str()), ("DELETE", PATH));
    let headers = ["user-agent", "accept", "x-mine"].map(|name| request.header(name));
    assert_eq!(headers, [Some("Mine/1.0"), Some("text/csv"), Some("a: b")]);
    let count = |name| request.headers.iter().filter(|(other, _)| other == name).count();
    assert_eq!((count("user-agent"), count("accept"), count("x-amz-access-token")), (1, 1, 1));
}

#[test]
fn each_marketplace_has_headers_of_its_own() {
    let (stage, ..) = crate::allegro::connected(None);
    let api = "api.allegro.pl";
    let request = sent(&stage, api, &["allegro", "/sale/offers", "-d", "{\"name\":\"Kubek\"}"]);
    let media_type = Some("application/vnd.allegro.public.v1+json");
    assert_eq!((request.header("accept"), request.header("content-type")), (media_type, media_type));
    assert_eq!(request.headers.iter().filter(|(name, _)| name == "accept").count(), 1);
    assert_eq!(request.header("user-agent"), Some("sellauth/1"));

    let mine = "My-Shop/1.0 (+https://erp.example)";
    stage.run(&["app", "set", "allegro", "--set", &format!("user_agent={mine}")]).ok();
    assert_eq!(sent(&stage, api, &["allegro", "/me"]).header("user-agent"), Some(mine), "at once");
    stage.run(&["app", "set", "allegro", "--set", "user_agent=My Shop"]).code(2);
}

#[test]
fn data_is_sent_as_it_is() {
    let (stage, ..) = connected(None);
    let file = stage.environment.home().join("body");
    let binary: Vec<u8> = (0..=255).collect();
    fs::write(&file, &binary).unwrap();
    let at_file = format!("@{}", file.display());
    for (arguments, method, body, media_type) in [
        (&["/x", "-d", "{\"a\": 1}\n"][..], "POST", &b"{\"a\": 1}\n"[..], "application/json"),
        (&["PUT", "/x", "--data", "text"], "PUT", b"text", "application/octet-stream"),
        (&["PATCH", "-d", &at_file, "/x"], "PATCH", &binary, "application/octet-stream"),
        (&["/x", "-d", "<a/>", "-H", "Content-Type: text/xml"], "POST", b"<a/>", "text/xml"),
    ] {
        let request = sent(&stage, HOST, &[&["amazon-de"], arguments].concat());
        assert_eq!((request.method.as_str(), request.header("content-type")), (method, Some(media_type)));
        assert_eq!(request.body, body, "{arguments:?}");
    }
    stage.proxy.fail_next(HOST, Failure::Answer(Response::empty(204)));
    stage.feed(&["api", "amazon-de", "/x", "-d", "@-"], "[1]").ok();
    assert_eq!(stage.proxy.requests_to(HOST).pop().unwrap().body_text(), "[1]");
    assert_eq!(sent(&stage, HOST, &["amazon-de", "POST", "/x"]).header("content-length"), Some("0"));
    api(&stage, &["/x", "-d", "@/nowhere/at-all"]).code(2);
}

#[test]
fn the_answer_comes_out_byte_for_byte() {
    let (stage, ..) = connected(None);
    let large: Vec<u8> = (0..24 << 20).map(|i: u32| i.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
    for (status, body, code) in
        [(200, large, 0), (404, b"\xff\x00 not\r\n found".to_vec(), 5), (500, b"no".to_vec(), 7)]
    {
        let answer = Response::text(status, "application/octet-stream", body.clone());
        stage.proxy.fail_next(HOST, Failure::Answer(answer));
        let output = stage.environment.command(&["api", "amazon-de", "/x"]).output().unwrap();
        assert_eq!(output.status.code(), Some(code));
        assert!(output.stdout == body, "{} bytes instead of {}", output.stdout.len(), body.len());
    }
    let output = api(&stage, &[PATH, "--include"]).ok().stdout;
    let (head, body) = output.split_once("\r\n\r\n").unwrap();
    assert!(
        head.starts_with("HTTP/1.1 200 OK\r\n") && head.contains("\r\ncontent-type: application/json"),
        "{head}"
    );
    assert_eq!(body, api(&stage, &[PATH]).ok().stdout);
    let head = api(&stage, &["HEAD", "/x", "-i"]).code(5).stdout;
    assert!(head.starts_with("HTTP/1.1 405 Method Not Allowed\r\n") && head.ends_with("\r\n\r\n"), "{head}");
}

#[test]
fn no_token_goes_anywhere_else() {
    let (stage, ..) = connected(None);
    let token = stage.token(&[]);
    let elsewhere = [
        "https://evil.example/",
        "https://sellingpartnerapi-na.amazon.com/sellers/v1/marketplaceParticipations",
        "http://sellingpartnerapi-eu.amazon.com/",
        "https://sellingpartnerapi-eu.amazon.com:8443/",
        "https://sellingpartnerapi-eu.amazon.com@evil.example/",
        "https://sellingpartnerapi-eu.amazon.com:443@evil.example/",
        "https://a:b@sellingpartnerapi-eu.amazon.com/",
        "https://sellingpartnerapi-eu.amazon.com.evil.example/",
        "//evil.example/orders",
        "\\\\evil.example\\orders",
        "/..\\..\\evil.example",
        "/\\evil.example",
        "https:evil.example",
        "/a\n//evil.example",
        "/orders#a",
    ];
    let asked = stage.requests_during(|| {
        for path in elsewhere {
            let error = api(&stage, &[path, "--json"]).code(2).error_json();
            assert_eq!(error["error"]["kind"], "usage", "{path}");
        }
        for header in ["x-amz-access-token: mine", "Host: evil.example", "Transfer-Encoding: chunked"] {
            api(&stage, &[PATH, "-H", header]).code(2);
        }
        for wrong in ["no colon", "two words: a", "a: b\r\nc: d", ": a"] {
            api(&stage, &[PATH, "-H", wrong]).code(2);
        }
        api(&stage, &["BREW", PATH]).code(2);
    });
    assert_eq!(asked, 0);
    // What looks like another host is a path.
    for path in
        ["/%2f%2fevil.example", "/@evil.example", "evil.example", "/../../evil.example", "/%2e%2e/%5c"]
    {
        assert_eq!(sent(&stage, HOST, &["amazon-de", path]).host, HOST, "{path}");
    }
    for status in [301, 302, 307, 308] {
        let there = Response::empty(status).header("location", "https://sellercentral.amazon.ie/x");
        stage.proxy.fail_next(HOST, Failure::Answer(there));
        assert_eq!(stage.requests_during(|| drop(api(&stage, &[PATH]).code(5))), 1, "{status}");
    }
    let foreign = stage.proxy.requests().into_iter().filter(|request| request.host != HOST);
    for request in foreign {
        assert!(!format!("{request:?}").contains(&token), "{request:?}");
    }
}

#[test]
fn of_fifty_callers_whose_token_died_one_renews() {
    let (stage, amazon, _) = connected(None);
    api(&stage, &[PATH]).ok();
    amazon.forget_access_tokens();
    let running: Vec<_> = (0..50).map(|_| stage.environment.spawn(&["api", "amazon-de", PATH])).collect();
    for one in running {
        assert_eq!(one.finish().ok().json()["payload"][0]["storeName"], "Shop of A2SHOPDE");
    }
    assert_eq!(stage.proxy.count(TOKEN), 2, "the consent's, and one renewal");
}

#[test]
fn only_a_refused_token_is_renewed() {
    let (stage, amazon, _) = connected(None);
    let old = stage.token(&[]);
    for refusal in
        [Failure::Status(401), Failure::Answer(Response::json(401, &json!({ "error": "invalid_token" })))]
    {
        stage.proxy.fail_next(HOST, refusal);
        assert_eq!(
            stage.requests_during(|| drop(api(&stage, &[PATH]).ok())),
            3,
            "refused, renewed, answered"
        );
    }
    assert_ne!(stage.token(&[]), old);
    // A right that is missing, and what else Amazon answers with 403.
    let asked = stage.requests_during(|| {
        let output = api(&stage, &["/orders/v0/orders", "--json"]).code(5);
        assert_eq!(output.json()["errors"][0]["code"], "Unauthorized");
        assert_eq!(output.error_json()["error"]["kind"], "denied");
    });
    assert_eq!(asked, 1);
    // Refused once more, it is not the token.
    (0..2)
        .for_each(|_| stage.proxy.fail_next(HOST, Failure::Answer(Response::text(401, "text/plain", "no"))));
    let output = api(&stage, &[PATH]).code(5);
    assert_eq!(output.stdout, "no");
    // The consent itself is over.
    amazon.revoke("A2SHOPDE");
    let output = api(&stage, &[PATH]).code(4);
    assert_eq!(output.json()["errors"][0]["code"], "Unauthorized", "what the API said is not kept back");
    let secrets: Vec<String> = stage.proxy.issued_secrets();
    stage.environment.assert_absent(&secrets.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn a_busy_api_is_asked_again_when_it_says() {
    let (stage, ..) = connected(None);
    let wait = Failure::RetryAfter(Duration::from_secs(1));
    stage.proxy.fail_next(HOST, wait.clone());
    let began = Instant::now();
    let before = stage.proxy.count(HOST);
    let output = api(&stage, &["POST", PATH, "-d", "{}"]);
    assert!(began.elapsed() >= Duration::from_secs(1));
    assert_eq!(stage.proxy.count(HOST), before + 2, "{output:?}");
    assert!(output.stderr.starts_with("note: the API is busy; asking again in 1 s\n"), "{output:?}");

    stage.proxy.fail_next(HOST, wait.clone());
    let quiet = api(&stage, &["--quiet", PATH, "-q", "a=1"]).ok();
    assert_eq!(quiet.stderr, "");
    (0..3).for_each(|_| stage.proxy.fail_next(HOST, wait.clone()));
    assert_eq!(stage.requests_during(|| drop(api(&stage, &[PATH]).code(7))), 3);
    for failure in [Failure::RetryAfter(Duration::from_secs(90)), Failure::Status(503), Failure::Drop] {
        stage.proxy.fail_next(HOST, failure.clone());
        assert_eq!(stage.requests_during(|| drop(api(&stage, &[PATH]).code(7))), 1, "{failure:?}");
    }
    api(&stage, &[PATH]).ok();
}

#[test]
fn killed_at_any_time_it_loses_no_shop() {
    let (market, mut environment) = (Strict::start(), TestEnvironment::new());
    environment.use_file_store();
    market.connect(&environment);
    market.hold();
    let running = environment.spawn(&["api", ID, "/api"]);
    market.wait_until_held();
    running.signal("KILL");
    running.finish().code(137);
    market.release();
    market.token(&environment, &[]);
    assert_eq!(market.ends(), [None]);
    assert_eq!(environment.run(&["api", ID, "/api"]).ok().json(), json!({ "orders": [] }));

    let (stage, ..) = connected(Some(STALE));
    stage.proxy.fail_next(HOST, Failure::Delay(Duration::from_secs(5)));
    let before = stage.proxy.count(HOST);
    let running = stage.environment.spawn(&["api", "amazon-de", PATH]);
    stage.proxy.wait_for(HOST, before + 1);
    running.signal("KILL");
    running.finish().code(137);
    stage.token(&[]);
    api(&stage, &[PATH]).ok();
}

#[test]
fn a_signal_ends_the_wait_for_the_api_at_once() {
    let (stage, ..) = connected(Some(STALE));
    for (signal, number) in [("TERM", 15), ("INT", 2), ("HUP", 1)] {
        stage.proxy.fail_next(HOST, Failure::Delay(Duration::from_secs(8)));
        let before = stage.proxy.count(HOST);
        let running = stage.environment.spawn(&["api", "amazon-de", PATH]);
        stage.proxy.wait_for(HOST, before + 1);
        let began = Instant::now();
        running.signal(signal);
        running.finish().code(128 + number);
        assert!(began.elapsed() < Duration::from_secs(5), "SIG{signal} although a renewal came before");
    }
}
