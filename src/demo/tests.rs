//! The whole flow over real sockets, with a plain client of its own.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;

use serde_json::Value;
use url::{Url, form_urlencoded};

use super::consent::Outcome;
use super::*;

const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const OTHER_VERIFIER: &str = "aBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const REDIRECT_URI: &str = "http://127.0.0.1:9/callback";
const DEADLINE: Duration = Duration::from_secs(10);

struct Reply {
    status: u16,
    head: String,
    body: String,
}

impl Reply {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    fn error(&self) -> (u16, String) {
        (self.status, self.json()["error"].as_str().unwrap().to_owned())
    }

    fn location(&self) -> Url {
        let line = self.head.lines().find_map(|line| line.strip_prefix("Location: ")).unwrap();
        Url::parse(line).unwrap()
    }
}

fn sent(market: &Marketplace, method: &str, target: &str, headers: &str, body: &str) -> Reply {
    let authority = market.origin()["http://".len()..].to_owned();
    let length = if body.is_empty() { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
    let text = format!(
        "{method} {target} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n{headers}{length}\r\n{body}"
    );
    raw(&authority, &text)
}

fn raw(authority: &str, text: &str) -> Reply {
    let mut stream = TcpStream::connect(authority).unwrap();
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    stream.write_all(text.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Reply { status, head: head.to_owned(), body: body.to_owned() }
}

fn encoded(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

const FORM: &str = "Content-Type: application/x-www-form-urlencoded\r\n";

/// Posts a form with `client_secret_post` credentials.
fn post(market: &Marketplace, path: &str, pairs: &[(&str, &str)]) -> Reply {
    let credentials = market.credentials();
    let mut pairs = pairs.to_vec();
    pairs.push(("client_id", &credentials.client_id));
    pairs.push(("client_secret", credentials.client_secret.expose_secret()));
    sent(market, "POST", path, FORM, &encoded(&pairs))
}

fn authorization_target(market: &Marketplace, redirect_uri: &str) -> String {
    let query = encoded(&[
        ("response_type", "code"),
        ("client_id", &market.credentials().client_id),
        ("redirect_uri", redirect_uri),
        ("scope", "orders:read"),
        ("state", "st/ate"),
        ("code_challenge", &tokens::s256(VERIFIER).unwrap()),
        ("code_challenge_method", "S256"),
    ]);
    format!("/oauth/authorize?{query}")
}

/// The page's one-time id.
fn opened_page(market: &Marketplace) -> String {
    let page = sent(market, "GET", &authorization_target(market, REDIRECT_URI), "", "");
    assert_eq!(page.status, 200);
    let (_, rest) = page.body.split_once("name=\"request\" value=\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

fn decided(market: &Marketplace, decision: &str) -> Reply {
    let page = opened_page(market);
    sent(market, "POST", "/oauth/consent", FORM, &encoded(&[("request", &page), ("decision", decision)]))
}

fn parameter(address: &Url, name: &str) -> Option<String> {
    address.query_pairs().find(|(other, _)| other == name).map(|(_, value)| value.into_owned())
}

fn new_code(market: &Marketplace) -> String {
    parameter(&decided(market, "confirm").location(), "code").unwrap()
}

fn exchanged(market: &Marketplace, code: &str, verifier: &str) -> Reply {
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", REDIRECT_URI),
        ("code_verifier", verifier),
    ];
    post(market, "/oauth/token", &form)
}

fn renewed(market: &Marketplace, refresh_token: &str) -> Reply {
    post(market, "/oauth/token", &[("grant_type", "refresh_token"), ("refresh_token", refresh_token)])
}

/// Access and refresh token out of an answer.
fn pair(reply: &Reply) -> (String, String) {
    assert_eq!(reply.status, 200, "{}", reply.body);
    let json = reply.json();
    let text = |name: &str| json[name].as_str().unwrap().to_owned();
    (text("access_token"), text("refresh_token"))
}

fn connected(market: &Marketplace) -> (String, String) {
    pair(&exchanged(market, &new_code(market), VERIFIER))
}

fn api(market: &Marketplace, path: &str, access_token: &str) -> Reply {
    sent(market, "GET", path, &format!("Authorization: Bearer {access_token}\r\n"), "")
}

fn open() -> Marketplace {
    Marketplace::start(Settings::default()).unwrap()
}

fn invalid_grant() -> (u16, String) {
    (400, "invalid_grant".to_owned())
}

#[test]
fn a_confirmed_app_reads_its_shop() {
    let market = open();
    let answer = decided(&market, "confirm");
    assert_eq!(answer.status, 303);
    let address = answer.location();
    assert_eq!(parameter(&address, "state").as_deref(), Some("st/ate"));
    assert_eq!(parameter(&address, "iss"), Some(market.origin()));
    let reply = exchanged(&market, &parameter(&address, "code").unwrap(), VERIFIER);
    assert!(reply.head.contains("Cache-Control: no-store"));
    let json = reply.json();
    assert_eq!((&json["token_type"], &json["expires_in"]), (&"Bearer".into(), &600.into()));
    assert_eq!((&json["scope"], &json["shop_id"]), (&"orders:read".into(), &"shop-1001".into()));
    assert_eq!(json["app_version"], "1.0");
    let (access_token, _) = pair(&reply);
    assert_eq!(api(&market, "/api/me", &access_token).json()["name"], "Kontor Nord");
    assert_eq!(api(&market, "/api/orders", &access_token).json()["orders"].as_array().unwrap().len(), 3);
    let wrong = api(&market, "/api/me", "dm_at_guess");
    assert_eq!(wrong.status, 401);
    assert!(wrong.head.contains("error=\"invalid_token\""));
}

#[test]
fn a_cancelled_app_is_told_and_a_page_is_answered_once() {
    let market = open();
    let address = decided(&market, "cancel").location();
    assert_eq!(parameter(&address, "error").as_deref(), Some("access_denied"));
    assert_eq!(parameter(&address, "state").as_deref(), Some("st/ate"));
    let page = opened_page(&market);
    let form = encoded(&[("request", &page), ("decision", "confirm")]);
    assert_eq!(sent(&market, "POST", "/oauth/consent", FORM, &form).status, 303);
    assert_eq!(sent(&market, "POST", "/oauth/consent", FORM, &form).status, 410);
    let page = opened_page(&market);
    market.advance(Duration::from_secs(601));
    assert_eq!(sent(&market, "GET", &format!("/oauth/consent?request={page}"), "", "").status, 410);
}

#[test]
fn the_shop_that_is_signed_in_is_the_one_that_consents() {
    let market = open();
    let page = opened_page(&market);
    let form = encoded(&[("request", &page), ("shop", "shop-1002")]);
    assert_eq!(sent(&market, "POST", "/oauth/sign-in", FORM, &form).status, 303);
    assert!(
        sent(&market, "GET", &format!("/oauth/consent?request={page}"), "", "").body.contains("Atelier Süd")
    );
    let reply = exchanged(&market, &new_code(&market), VERIFIER);
    assert_eq!(reply.json()["shop_id"], "shop-1002");
    market.log_in_as(&SHOPS[0]);
    let reply = exchanged(&market, &new_code(&market), VERIFIER);
    assert_eq!(reply.json()["shop_id"], "shop-1001");
}

#[test]
fn a_code_needs_its_verifier_its_redirect_uri_and_its_minute() {
    let market = open();
    let code = new_code(&market);
    assert_eq!(exchanged(&market, &code, OTHER_VERIFIER).error(), invalid_grant());
    let elsewhere = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", "http://127.0.0.1:10/callback"),
        ("code_verifier", VERIFIER),
    ];
    assert_eq!(post(&market, "/oauth/token", &elsewhere).error(), invalid_grant());
    assert_eq!(exchanged(&market, "dm_code_guess", VERIFIER).error(), invalid_grant());
    assert_eq!(exchanged(&market, &code, "short").error(), (400, "invalid_request".to_owned()));
    market.advance(Duration::from_secs(60));
    assert_eq!(exchanged(&market, &code, VERIFIER).error(), invalid_grant());
}

#[test]
fn a_replayed_code_ends_what_it_gave() {
    let market = open();
    let code = new_code(&market);
    let (access_token, refresh_token) = pair(&exchanged(&market, &code, VERIFIER));
    assert_eq!(exchanged(&market, &code, VERIFIER).error(), invalid_grant());
    assert_eq!(api(&market, "/api/me", &access_token).status, 401);
    assert_eq!(renewed(&market, &refresh_token).error(), invalid_grant());
}

#[test]
fn a_refresh_token_rotates_and_has_a_grace() {
    let market = open();
    let (_, first) = connected(&market);
    let (_, second) = pair(&renewed(&market, &first));
    assert_ne!(first, second);
    market.advance(Duration::from_secs(50));
    let (access_token, third) = pair(&renewed(&market, &first));
    assert_ne!(second, third);
    assert_eq!(api(&market, "/api/me", &access_token).status, 200);
    pair(&renewed(&market, &second));
}

#[test]
fn a_refresh_token_replayed_after_its_grace_ends_the_grant() {
    let market = open();
    let (_, first) = connected(&market);
    let (access_token, second) = pair(&renewed(&market, &first));
    market.advance(Duration::from_secs(61));
    assert_eq!(api(&market, "/api/me", &access_token).status, 200);
    assert_eq!(renewed(&market, &first).error(), invalid_grant());
    assert_eq!(renewed(&market, &second).error(), invalid_grant());
    assert_eq!(api(&market, "/api/me", &access_token).status, 401);
}

#[test]
fn revocation_ends_a_grant_and_no_other() {
    let market = open();
    let (access_token, refresh_token) = connected(&market);
    let (other_access_token, _) = connected(&market);
    assert_eq!(post(&market, "/oauth/revoke", &[("token", "dm_rt_unknown")]).status, 200);
    assert_eq!(post(&market, "/oauth/revoke", &[]).error(), (400, "invalid_request".to_owned()));
    assert_eq!(post(&market, "/oauth/revoke", &[("token", &refresh_token)]).status, 200);
    assert_eq!(renewed(&market, &refresh_token).error(), invalid_grant());
    assert_eq!(api(&market, "/api/me", &access_token).status, 401);
    assert_eq!(api(&market, "/api/me", &other_access_token).status, 200);
}

#[test]
fn only_the_registered_client_is_served() {
    let market = open();
    let (_, refresh_token) = connected(&market);
    let form = [("grant_type", "refresh_token"), ("refresh_token", refresh_token.as_str())];
    let with_basic = |id: &str, secret: &str| {
        use base64::engine::general_purpose::STANDARD;
        let credentials = STANDARD.encode(format!("{id}:{secret}"));
        let headers = format!("{FORM}Authorization: Basic {credentials}\r\n");
        sent(&market, "POST", "/oauth/token", &headers, &encoded(&form))
    };
    let Credentials { client_id, client_secret } = market.credentials();
    let wrong = with_basic(client_id, "wrong");
    assert_eq!(wrong.error(), (401, "invalid_client".to_owned()));
    assert!(wrong.head.contains("WWW-Authenticate: Basic"));
    let nobody = sent(&market, "POST", "/oauth/token", FORM, &encoded(&form));
    assert_eq!(nobody.error(), (401, "invalid_client".to_owned()));
    assert_eq!(with_basic("other", client_secret.expose_secret()).status, 401);
    assert_eq!(with_basic(client_id, client_secret.expose_secret()).status, 200);
    let password = post(&market, "/oauth/token", &[("grant_type", "password")]);
    assert_eq!(password.error(), (400, "unsupported_grant_type".to_owned()));
    let json = sent(&market, "POST", "/oauth/token", "Content-Type: application/json\r\n", "{}");
    assert_eq!(json.error(), (400, "invalid_request".to_owned()));
}

#[test]
fn the_story_can_be_steered() {
    let market = open();
    let (access_token, refresh_token) = connected(&market);
    market.expire_access_tokens();
    assert_eq!(api(&market, "/api/me", &access_token).status, 401);
    market.set_access_token_life(Duration::from_secs(5));
    let (access_token, refresh_token) = pair(&renewed(&market, &refresh_token));
    market.advance(Duration::from_secs(5));
    assert_eq!(api(&market, "/api/me", &access_token).status, 401);
    market.bump_app_version("1.1");
    assert_eq!(sent(&market, "GET", "/api/app", "", "").json()["version"], "1.1");
    let reply = renewed(&market, &refresh_token);
    assert_eq!(reply.json()["app_version"], "1.0");
    let page = sent(&market, "GET", &authorization_target(&market, REDIRECT_URI), "", "");
    assert!(page.body.contains("You allowed version 1.0 before. Version 1.1 needs your confirmation again."));
    assert_eq!(exchanged(&market, &new_code(&market), VERIFIER).json()["app_version"], "1.1");
    market.revoke(&SHOPS[1]);
    let (_, refresh_token) = pair(&renewed(&market, &pair(&reply).1));
    market.revoke(&SHOPS[0]);
    assert_eq!(renewed(&market, &refresh_token).error(), invalid_grant());
}

#[test]
fn what_is_not_served_is_refused() {
    let market = open();
    assert_eq!(sent(&market, "GET", "/nowhere", "", "").status, 404);
    let wrong_method = sent(&market, "GET", "/oauth/token", "", "");
    assert_eq!(wrong_method.status, 405);
    assert!(wrong_method.head.contains("Allow: POST"));
    let authority = market.origin()["http://".len()..].to_owned();
    let foreign = "GET / HTTP/1.1\r\nHost: market.example\r\nConnection: close\r\n\r\n";
    assert_eq!(raw(&authority, foreign).status, 421);
    let unregistered = authorization_target(&market, "http://192.0.2.1/callback");
    let page = sent(&market, "GET", &unregistered, "", "");
    assert_eq!(page.status, 400);
    assert!(!page.head.contains("Location"));
    let scopes = authorization_target(&market, REDIRECT_URI).replace("orders%3Aread", "everything");
    let address = sent(&market, "GET", &scopes, "", "").location();
    assert_eq!(parameter(&address, "error").as_deref(), Some("invalid_scope"));
    assert_eq!(
        market.requests()[0],
        RequestLine { method: "GET".into(), path: "/nowhere".into(), status: 404 }
    );
    assert!(market.requests().iter().all(|line| !line.path.contains('?')));
}

#[test]
fn a_large_body_is_refused_and_the_marketplace_goes_on() {
    let market = open();
    let authority = market.origin()["http://".len()..].to_owned();
    for length in ["1025", "9000000000000"] {
        let mut stream = TcpStream::connect(&authority).unwrap();
        stream.set_read_timeout(Some(DEADLINE)).unwrap();
        write!(
            stream,
            "POST /oauth/token HTTP/1.1\r\nHost: {authority}\r\nContent-Length: {length}\r\n\r\nx"
        )
        .unwrap();
        let mut status = [0_u8; 12];
        stream.read_exact(&mut status).unwrap();
        assert_eq!(&status, b"HTTP/1.1 413");
    }
    assert_eq!(sent(&market, "GET", "/", "", "").status, 200);
}

#[test]
fn idle_connections_do_not_starve_a_request() {
    // A new marketplace each time: the pool miscounts most easily while it is small.
    for _ in 0..10 {
        let market = open();
        let authority = market.origin()["http://".len()..].to_owned();
        let idle: Vec<TcpStream> = (0..12).map(|_| TcpStream::connect(&authority).unwrap()).collect();
        assert_eq!(sent(&market, "GET", "/", "", "").status, 200);
        drop(idle);
    }
}

#[test]
fn dropping_it_closes_it() {
    let market = open();
    let address = market.origin()["http://".len()..].to_owned();
    drop(market);
    let deadline = Instant::now() + DEADLINE;
    // The accept thread sees the end at its next connection.
    while TcpStream::connect(&address).is_ok() {
        assert!(Instant::now() < deadline, "still listening");
        thread::sleep(Duration::from_millis(10));
    }
}

/// A callback that answers the first request with a redirect and the second with a page.
fn callback() -> (String, thread::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let redirect_uri = format!("http://{}/callback", listener.local_addr().unwrap());
    let served = thread::spawn(move || {
        let answers = ["303 See Other\r\nLocation: /done", "200 OK"];
        answers
            .map(|answer| {
                let (mut stream, _) = listener.accept().unwrap();
                stream.set_read_timeout(Some(DEADLINE)).unwrap();
                let mut head = [0_u8; 2_048];
                let length = stream.read(&mut head).unwrap();
                write!(stream, "HTTP/1.1 {answer}\r\nContent-Length: 0\r\n\r\n").unwrap();
                String::from_utf8_lossy(&head[..length]).lines().next().unwrap().to_owned()
            })
            .to_vec()
    });
    (redirect_uri, served)
}

#[test]
fn consent_without_a_browser_ends_on_the_callback_s_page() {
    let market = open();
    for (decision, expected) in
        [(Decision::Confirm, "code=dm_code_"), (Decision::Cancel, "error=access_denied")]
    {
        let (redirect_uri, served) = callback();
        let address = market.origin() + &authorization_target(&market, &redirect_uri);
        let outcome = consent(&address, decision).unwrap();
        assert_eq!(outcome, Outcome { status: 200, url: redirect_uri.replace("/callback", "/done") });
        let lines = served.join().unwrap();
        assert!(lines[0].contains(expected), "{}", lines[0]);
        assert_eq!(lines[1], "GET /done HTTP/1.1");
    }
}

#[test]
fn consent_without_a_browser_stops_on_an_error_page() {
    let market = open();
    let address = market.origin() + &authorization_target(&market, "http://192.0.2.1/callback");
    assert_eq!(consent(&address, Decision::Confirm).unwrap().status, 400);
}

#[test]
fn the_definition_leads_to_this_marketplace() {
    let text = definition("http://127.0.0.1:4711");
    assert!(text.contains("market = \"http://127.0.0.1:4711\""));
    assert!(!text.contains("47800"));
}
