//! The strictest marketplace there can be, on loopback: refresh tokens are replaced at every renewal,
//! and a replaced one that comes again ends the whole consent for good.
//!
//! The one exception is a lost answer: for a minute the predecessor of the newest refresh token may
//! be sent again. That brings a new pair, and what the lost answer held is dead.

#![allow(dead_code, reason = "a harness: each test uses the part it needs")]

use std::collections::HashSet;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use reqwest::blocking::Client;
use reqwest::header::LOCATION;
use reqwest::redirect::Policy;
use serde_json::json;
use uuid::Uuid;

use super::environment::TestEnvironment;
use super::proxy::{Fields, Request, Response};
use super::running::{LINE_DEADLINE, Output};

/// The app, which has no secret.
pub const CLIENT_ID: &str = "strict-app";
/// The marketplace's id, and the name of the shop's profile.
pub const ID: &str = "strict";
/// How long a replaced refresh token may be sent again.
const GRACE: Duration = Duration::from_secs(60);
/// Below the program's usual least life: such a token is renewed before it is handed out.
const SHORT_LIFE: u64 = 30;
/// The life of tokens that are not to be renewed again.
const LONG_LIFE: u64 = 3600;
/// Whoever sends nothing for so long is gone.
const SILENCE: Duration = Duration::from_secs(10);

/// A running marketplace. Dropping it ends it.
pub struct Strict {
    shared: Arc<Shared>,
    authority: String,
    http: Client,
    listening: Option<JoinHandle<()>>,
}

struct Shared {
    book: Mutex<Book>,
    changed: Condvar,
    ended: AtomicBool,
}

#[derive(Default)]
struct Book {
    terms: Terms,
    codes: HashSet<String>,
    grants: Vec<Grant>,
    log: Vec<Logged>,
    /// The refresh token of the answer that is being made.
    handed_out: Option<String>,
    gate: Gate,
}

/// What the tokens are like that are handed out from now on.
#[derive(Clone, Copy, Default)]
struct Terms {
    /// How many seconds access tokens live.
    life: u64,
    /// How many characters both tokens have at least.
    length: usize,
}

/// Where an answer of the token endpoint can be held back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Gate {
    #[default]
    Open,
    /// The next one is held.
    Armed,
    /// One is held: what it tells has happened.
    Held,
}

/// One consent.
struct Grant {
    access_token: String,
    ends: Instant,
    refresh_token: String,
    /// What the newest refresh token replaced, and when that was sent first.
    before: Option<(String, Instant)>,
    /// Everything older.
    spent: HashSet<String>,
    end: Option<End>,
}

/// Why a consent is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// A replaced refresh token came once more.
    Replayed,
    /// The app gave it back (RFC 7009).
    Revoked,
}

/// One request, as it was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// `/auth`, `/token`, `/revoke` or `/api`.
    pub path: String,
    /// The grant type, at the token endpoint.
    pub grant_type: String,
    /// The refresh token that came along.
    pub refresh_token: String,
    /// The refresh token that was handed out.
    pub handed_out: String,
    /// The status.
    pub status: u16,
}

impl Strict {
    /// A marketplace whose access tokens are due for renewal as soon as they are there.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let authority = listener.local_addr().unwrap().to_string();
        let book = Book { terms: Terms { life: SHORT_LIFE, length: 0 }, ..Book::default() };
        let shared =
            Shared { book: Mutex::new(book), changed: Condvar::new(), ended: AtomicBool::new(false) };
        let shared = Arc::new(shared);
        let (inside, host) = (Arc::clone(&shared), authority.clone());
        let listening = thread::spawn(move || listen(&inside, &listener, &host));
        // Fails only when another test was first, with the same provider.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = Client::builder().redirect(Policy::none()).no_proxy().timeout(SILENCE).build().unwrap();
        Self { shared, authority, http, listening: Some(listening) }
    }

    /// Its definition.
    pub fn definition(&self) -> String {
        DEFINITION.replace("@ID@", ID).replace("@ISSUER@", &format!("http://{}", self.authority))
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.authority.parse().expect("an address")
    }

    /// Tells a machine what it is like.
    pub fn define(&self, environment: &TestEnvironment) {
        environment.write(format!("marketplaces/{ID}.toml"), &self.definition());
    }

    /// Registers the app and connects one shop, whose access token is due at once. Everything handed
    /// out afterwards lives long.
    pub fn connect(&self, environment: &TestEnvironment) {
        self.define(environment);
        environment.run(&["app", "add", ID, "--client-id", CLIENT_ID]).ok();
        let running = environment.spawn(&["connect", ID, "--no-browser"]);
        self.consent(&running.wait_for_line(|line| line.trim().starts_with("http://"), LINE_DEADLINE));
        running.finish().ok();
        self.set_access_token_life(LONG_LIFE);
    }

    /// How many seconds the access tokens live that are handed out from now on.
    pub fn set_access_token_life(&self, seconds: u64) {
        self.book().terms.life = seconds;
    }

    /// How many characters the tokens have at least that are handed out from now on.
    pub fn set_token_length(&self, length: usize) {
        self.book().terms.length = length;
    }

    /// The seller consents: the address the browser goes to next.
    pub fn authorize(&self, url: &str) -> String {
        let answer = self.http.get(url.trim()).send().unwrap();
        answer.headers()[LOCATION].to_str().unwrap().to_owned()
    }

    /// The seller consents, and the browser goes where it is sent.
    pub fn consent(&self, url: &str) {
        self.http.get(self.authorize(url)).send().unwrap();
    }

    /// A consent that was given elsewhere, in the marketplace's portal: its refresh token.
    pub fn issue(&self) -> String {
        let mut book = self.book();
        let grant = Grant::new(book.terms);
        let refresh_token = grant.refresh_token.clone();
        book.grants.push(grant);
        refresh_token
    }

    /// Whether the API takes this access token.
    pub fn accepts(&self, access_token: &str) -> bool {
        let request = self.http.get(format!("http://{}/api", self.authority)).bearer_auth(access_token);
        request.send().unwrap().status() == 200
    }

    /// Runs `token`, and checks that the API takes what it prints.
    #[track_caller]
    pub fn token(&self, environment: &TestEnvironment, arguments: &[&str]) -> Output {
        let output = environment.run(&[&["token", ID], arguments].concat()).ok().prints_a_secret();
        assert!(self.accepts(output.stdout.trim_end()), "the API refuses what `token` printed\n{output:?}");
        output
    }

    /// Holds the next answer of the token endpoint back, which still does what it was asked for.
    pub fn hold(&self) {
        self.book().gate = Gate::Armed;
    }

    /// Waits until an answer is held.
    #[track_caller]
    pub fn wait_until_held(&self) {
        let waiting = |book: &mut Book| book.gate != Gate::Held;
        let (book, _) = self.shared.changed.wait_timeout_while(self.book(), LINE_DEADLINE, waiting).unwrap();
        assert_eq!(book.gate, Gate::Held, "no renewal came");
    }

    /// Lets the held answer go.
    pub fn release(&self) {
        self.book().gate = Gate::Open;
        self.shared.changed.notify_all();
    }

    /// Every request so far, in order.
    pub fn log(&self) -> Vec<Logged> {
        self.book().log.clone()
    }

    /// The renewals among them.
    pub fn renewals(&self) -> Vec<Logged> {
        self.log().into_iter().filter(|request| request.grant_type == "refresh_token").collect()
    }

    /// How the consents ended, in order; `None`: one is alive.
    pub fn ends(&self) -> Vec<Option<End>> {
        self.book().grants.iter().map(|grant| grant.end).collect()
    }

    /// The consent that was given last is over, as when the seller removes the app.
    pub fn end_consent_of_last(&self) {
        self.book().grants.last_mut().expect("a consent").end = Some(End::Revoked);
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.shared.book.lock().unwrap()
    }
}

impl Drop for Strict {
    fn drop(&mut self) {
        self.shared.ended.store(true, Ordering::SeqCst);
        self.release();
        // It waits for somebody to come.
        let _ = TcpStream::connect(&self.authority);
        let _ = self.listening.take().map(JoinHandle::join);
    }
}

fn listen(shared: &Arc<Shared>, listener: &TcpListener, host: &str) {
    for stream in listener.incoming().filter_map(Result::ok) {
        if shared.ended.load(Ordering::SeqCst) {
            return;
        }
        let (shared, host) = (Arc::clone(shared), host.to_owned());
        thread::spawn(move || serve(&shared, &host, stream));
    }
}

/// A client that is killed in the middle of its request has sent none.
fn serve(shared: &Shared, host: &str, mut stream: TcpStream) {
    stream.set_read_timeout(Some(SILENCE)).unwrap();
    let Ok(request) = Request::read(host, &mut stream) else { return };
    let mut book = shared.book.lock().unwrap();
    let response = book.answer(&request);
    if request.path == "/token" && book.gate == Gate::Armed {
        book.gate = Gate::Held;
        shared.changed.notify_all();
        book = shared.changed.wait_while(book, |book| book.gate == Gate::Held).unwrap();
    }
    drop(book);
    let _ = response.write_to(&mut stream);
}

impl Book {
    fn answer(&mut self, request: &Request) -> Response {
        let form = request.form();
        let text = |name| form.as_ref().map_or_else(String::new, |form| form.text(name).to_owned());
        let (status, response) = match (request.path.as_str(), form.as_ref()) {
            ("/auth", _) => self.authorize(&request.parameters()),
            ("/token", Some(form)) => self.tokens(form),
            ("/revoke", Some(form)) => self.revoke(form.text("token")),
            ("/api", _) => self.api(request.bearer().unwrap_or_default()),
            _ => refused(404, "not_found"),
        };
        self.log.push(Logged {
            path: request.path.clone(),
            grant_type: text("grant_type"),
            refresh_token: text("refresh_token"),
            handed_out: self.handed_out.take().unwrap_or_default(),
            status,
        });
        response
    }

    fn authorize(&mut self, query: &Fields) -> (u16, Response) {
        let code = random();
        let answer = [("code", code.as_str()), ("state", query.text("state"))];
        let url = url::Url::parse_with_params(query.text("redirect_uri"), answer).unwrap();
        self.codes.insert(code);
        (302, Response::redirect(url))
    }

    fn tokens(&mut self, form: &Fields) -> (u16, Response) {
        let terms = self.terms;
        let sent = form.text("refresh_token");
        let grant = match form.text("grant_type") {
            "authorization_code" if self.codes.remove(form.text("code")) => {
                self.grants.push(Grant::new(terms));
                self.grants.last()
            }
            "refresh_token" => {
                let known = self.grants.iter_mut().find(|grant| grant.knows(sent));
                known.and_then(|grant| grant.renew(sent, terms).then_some(&*grant))
            }
            _ => None,
        };
        self.handed_out = grant.map(|grant| grant.refresh_token.clone());
        grant.map_or_else(|| refused(400, "invalid_grant"), |grant| grant.pair(terms))
    }

    fn revoke(&mut self, token: &str) -> (u16, Response) {
        let grants = self.grants.iter_mut().filter(|grant| grant.knows(token) && grant.end.is_none());
        grants.for_each(|grant| grant.end = Some(End::Revoked));
        (200, Response::empty(200))
    }

    fn api(&self, token: &str) -> (u16, Response) {
        let now = Instant::now();
        let lives = |grant: &Grant| grant.access_token == token && grant.end.is_none() && now < grant.ends;
        match self.grants.iter().any(lives) {
            true => (200, Response::json(200, &json!({ "orders": [] }))),
            false => refused(401, "invalid_token"),
        }
    }
}

impl Terms {
    fn token(self) -> String {
        let random = random();
        let rest = self.length.saturating_sub(random.len());
        random + &"x".repeat(rest)
    }
}

impl Grant {
    fn new(terms: Terms) -> Self {
        let mut grant = Self {
            access_token: String::new(),
            ends: Instant::now(),
            refresh_token: String::new(),
            before: None,
            spent: HashSet::new(),
            end: None,
        };
        grant.issue(terms);
        grant
    }

    /// A new pair; the old access token is dead from now on.
    fn issue(&mut self, terms: Terms) {
        self.ends = Instant::now() + Duration::from_secs(terms.life);
        self.access_token = terms.token();
        self.refresh_token = terms.token();
    }

    fn knows(&self, token: &str) -> bool {
        let before = self.before.as_ref().is_some_and(|(before, _)| before == token);
        self.refresh_token == token || before || self.spent.contains(token)
    }

    /// Takes the newest refresh token, or inside the grace the one before it. Anything else ends it
    /// all.
    fn renew(&mut self, sent: &str, terms: Terms) -> bool {
        if self.end.is_some() {
            return false;
        }
        let again = self.before.as_ref().is_some_and(|(before, at)| before == sent && at.elapsed() < GRACE);
        if sent == self.refresh_token {
            let oldest = self.before.replace((sent.to_owned(), Instant::now()));
            self.spent.extend(oldest.map(|(token, _)| token));
        } else if again {
            self.spent.insert(std::mem::take(&mut self.refresh_token));
        } else {
            self.end = Some(End::Replayed);
            return false;
        }
        self.issue(terms);
        true
    }

    fn pair(&self, terms: Terms) -> (u16, Response) {
        let tokens = json!({
            "access_token": self.access_token,
            "token_type": "bearer",
            "expires_in": terms.life,
            "refresh_token": self.refresh_token,
            "shop": "strict-shop",
        });
        (200, Response::json(200, &tokens))
    }
}

fn refused(status: u16, error: &str) -> (u16, Response) {
    (status, Response::json(status, &json!({ "error": error })))
}

fn random() -> String {
    Uuid::new_v4().simple().to_string()
}

const DEFINITION: &str = r#"
schema = 1
id = "@ID@"
name = "Strict Market"
docs = "@ISSUER@/docs"
verified = "2026-11-22"
grant = "authorization_code"
api_base = "{issuer}"
api_headers = ["Authorization: Bearer {access_token}"]

[environments.production]
issuer = "@ISSUER@"

[consent]
pkce = "off"
independent = true

[redirect]
modes = ["loopback", "paste"]

[authorization_request]
endpoint = "{issuer}/auth"
parameters = { response_type = "code", client_id = "{client_id}", redirect_uri = "{redirect_uri}", state = "{state}" }

[[token_request]]
url = "{issuer}/token"
form = { grant_type = "authorization_code", code = "{code}", redirect_uri = "{redirect_uri}", client_id = "{client_id}" }
token = { access_token = "/access_token", expires_in = "/expires_in", refresh_token = "/refresh_token" }
capture = { shop = "/shop" }

[[renewal_request]]
url = "{issuer}/token"
form = { grant_type = "refresh_token", refresh_token = "{refresh_token}", client_id = "{client_id}" }
token = { access_token = "/access_token", expires_in = "/expires_in", refresh_token = "/refresh_token" }

[[revocation_request]]
url = "{issuer}/revoke"
form = { token = "{refresh_token}", client_id = "{client_id}" }

[shop]
id = ["{shop}"]

[lifetimes]
refresh_token_grace = "60s"
"#;
