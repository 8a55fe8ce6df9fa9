//! A real authorization server: the certified `oidc-provider`, one for each test, on loopback.
//!
//! It rotates refresh tokens and ends the whole grant when an old one comes a second time, wants PKCE,
//! and sends `iss` (RFC 9207). Its parts are installed by `tests/run`.

#![allow(dead_code, reason = "a harness: each test uses the part it needs")]

mod device;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use reqwest::blocking::{Client, RequestBuilder, Response};
use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use serde::Deserialize;
use serde_json::Value;
use url::Url;
use url::form_urlencoded::Serializer;

/// The client without a secret (RFC 8252 section 8.4).
pub const NATIVE: &str = "native";
/// The client with one, sent by HTTP Basic.
pub const CONFIDENTIAL: &str = "confidential";
/// The seller who consents when a test names none.
pub const SELLER: &str = "seller-1";

/// Starting takes 0.4 s.
const READY_DEADLINE: Duration = Duration::from_secs(20);
const HTTP_DEADLINE: Duration = Duration::from_secs(30);
/// Sign-in and consent are four redirects; more than these are a circle.
const MAX_STEPS: usize = 16;

/// What a test wants to be different.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Seconds an access token lives.
    pub access_token_ttl: u32,
    /// How long an answer of the token endpoint is held back, so that requests can meet.
    pub token_delay: Duration,
    /// Whether a renewal replaces the refresh token.
    pub rotate: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { access_token_ttl: 3600, token_delay: Duration::ZERO, rotate: true }
    }
}

/// A running server. Dropping it ends it.
pub struct Oidc {
    server: Child,
    issuer: String,
    client_secret: String,
    http: Client,
}

/// One request of the program, as the server answered it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Request {
    /// `POST` in all of RFC 6749.
    pub method: String,
    /// `/token`, `/token/revocation` or `/device/auth`.
    pub path: String,
    /// Only at the token endpoint.
    pub grant_type: Option<String>,
    /// Who asked, if it authenticated itself.
    pub client_id: Option<String>,
    /// The answer's status.
    pub status: u16,
    /// The `error` code of a refusal.
    pub error: Option<String>,
}

/// What one consent has come to.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Grant {
    /// The server's own name for it.
    pub id: String,
    /// Whether its refresh tokens are honoured.
    pub alive: bool,
    /// How many access tokens were issued under it.
    pub access_tokens: u32,
    /// How many refresh tokens were issued under it.
    pub refresh_tokens: u32,
}

#[derive(Deserialize)]
struct Observed {
    requests: Vec<Request>,
    grants: Vec<Grant>,
}

/// The page a browser ended on.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its address, after all redirects.
    pub url: String,
    /// Its status.
    pub status: u16,
    /// Its text.
    pub body: String,
}

impl Oidc {
    /// A server whose access tokens live for an hour.
    pub fn start() -> Self {
        Self::with(Options::default())
    }

    /// A server with something different.
    pub fn with(options: Options) -> Self {
        // Each server has a secret of its own: a test that looks for leaks finds only its own.
        let client_secret = format!("confidential-{}", uuid::Uuid::new_v4().simple());
        let mut server = spawn(options, &client_secret);
        let ready = first_ready_line(server.stdout.take().expect("stdout was piped"));
        let issuer = ready.recv_timeout(READY_DEADLINE).expect("the server is ready in time");
        Self { server, issuer, client_secret, http: browser() }
    }

    /// The issuer, which is its address without a slash at the end.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The secret of [`CONFIDENTIAL`].
    pub fn client_secret(&self) -> &str {
        &self.client_secret
    }

    /// A marketplace that is this server, for an app without a secret: register it as [`NATIVE`].
    pub fn definition(&self, id: &str) -> String {
        self.render(id, "none", "client_id = \"{client_id}\", ")
    }

    /// A marketplace that is this server, for the app [`CONFIDENTIAL`] and its secret.
    pub fn confidential_definition(&self, id: &str) -> String {
        self.render(id, "basic", "")
    }

    fn render(&self, id: &str, auth: &str, client: &str) -> String {
        DEFINITION
            .replace("@ID@", id)
            .replace("@ISSUER@", &self.issuer)
            .replace("@AUTH@", auth)
            .replace("@CLIENT@", client)
    }

    /// Does what [`SELLER`] does in a browser with the consent page at `url`, up to the callback's page.
    pub fn consent(&self, url: &str) -> Page {
        self.consent_as(url, SELLER)
    }

    /// The same for another seller; the name is the shop's id.
    pub fn consent_as(&self, url: &str, seller: &str) -> Page {
        self.visit(&self.authorize(url, seller))
    }

    /// Consents, and comes back with the address the browser would go to next.
    pub fn authorize(&self, url: &str, seller: &str) -> String {
        Visit::new(self, seller).follow(url, false)
    }

    /// A seller whose browser stays open: signed in once, the server knows it again.
    pub fn seller<'a>(&'a self, name: &'a str) -> Visit<'a> {
        Visit::new(self, name)
    }

    /// The seller says no: the address the browser would go to next.
    pub fn deny(&self, url: &str) -> String {
        Visit::new(self, SELLER).follow(url, true)
    }

    /// Opens an address as a browser does, redirects included.
    pub fn visit(&self, url: &str) -> Page {
        let mut url = Url::parse(url).unwrap();
        for _ in 0..MAX_STEPS {
            let response = self.http.get(url.clone()).send().unwrap();
            let Some(next) = redirect(&response) else {
                let status = response.status().as_u16();
                return Page { url: url.into(), status, body: response.text().unwrap() };
            };
            url = next;
        }
        panic!("redirects without an end, last to {url}");
    }

    /// Every request to the token, revocation and device authorization endpoints, in order.
    pub fn requests(&self) -> Vec<Request> {
        self.observed().requests
    }

    /// The requests to the token endpoint, in order.
    pub fn token_requests(&self) -> Vec<Request> {
        self.requests().into_iter().filter(|request| request.path == "/token").collect()
    }

    /// The renewals among them.
    pub fn renewals(&self) -> Vec<Request> {
        let renewal = |request: &Request| request.grant_type.as_deref() == Some("refresh_token");
        self.token_requests().into_iter().filter(renewal).collect()
    }

    /// Every consent that was exchanged for tokens, in order.
    pub fn grants(&self) -> Vec<Grant> {
        self.observed().grants
    }

    /// Whether the last consent is still honoured. A refresh token sent twice ends it.
    pub fn grant_alive(&self) -> bool {
        self.grants().last().expect("a consent was exchanged for tokens").alive
    }

    /// What the server says about a token (RFC 7662 section 2.2).
    pub fn introspect(&self, token: &str) -> Value {
        let body = form(&[("token", token)]);
        let request = post(&self.http, &format!("{}/token/introspection", self.issuer), body)
            .basic_auth(CONFIDENTIAL, Some(&self.client_secret));
        let answer = request.send().unwrap().error_for_status().unwrap();
        serde_json::from_str(&answer.text().unwrap()).unwrap()
    }

    /// Whether the server honours this token now.
    pub fn is_active(&self, token: &str) -> bool {
        self.introspect(token)["active"].as_bool().expect("RFC 7662 wants `active`")
    }

    fn observed(&self) -> Observed {
        let answer = self.http.get(format!("{}/observer", self.issuer)).send().unwrap();
        serde_json::from_str(&answer.text().unwrap()).unwrap()
    }
}

impl Drop for Oidc {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// One seller in one browser, at first signed in nowhere.
pub struct Visit<'a> {
    oidc: &'a Oidc,
    seller: &'a str,
    cookies: BTreeMap<String, String>,
}

impl<'a> Visit<'a> {
    fn new(oidc: &'a Oidc, seller: &'a str) -> Self {
        Self { oidc, seller, cookies: BTreeMap::new() }
    }

    /// Does what the seller does with the consent page at `url`, up to the callback's page.
    pub fn consent(&mut self, url: &str) -> Page {
        let address = self.follow(url, false);
        self.oidc.visit(&address)
    }

    fn follow(&mut self, url: &str, deny: bool) -> String {
        let mut response = self.send(self.oidc.http.get(url));
        for _ in 0..MAX_STEPS {
            response = match redirect(&response) {
                Some(next) if !next.as_str().starts_with(&self.oidc.issuer) => return next.into(),
                Some(next) => self.send(self.oidc.http.get(next)),
                None => self.answer(response, deny),
            };
        }
        panic!("the server asks without an end");
    }

    /// Fills in the form of an interaction page, or follows its link to cancel.
    fn answer(&mut self, page: Response, deny: bool) -> Response {
        let (address, status) = (page.url().clone(), page.status());
        let body = page.text().unwrap();
        let step = ["login", "consent"]
            .into_iter()
            .find(|step| body.contains(&format!("name=\"prompt\" value=\"{step}\"")))
            .unwrap_or_else(|| panic!("{address} answered {status} and asks nothing:\n{body}"));
        if deny {
            return self.send(self.oidc.http.get(format!("{address}/abort")));
        }
        let answers = form(&[("prompt", step), ("login", self.seller), ("password", "any")]);
        self.send(post(&self.oidc.http, address.as_str(), answers))
    }

    fn send(&mut self, request: RequestBuilder) -> Response {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let response = request.header(COOKIE, cookies.join("; ")).send().unwrap();
        for cookie in response.headers().get_all(SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').expect("a cookie is NAME=VALUE");
            match value {
                "" => self.cookies.remove(name),
                _ => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
        response
    }
}

fn spawn(options: Options, client_secret: &str) -> Child {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let parts = tests.join(".cache/oidc");
    assert!(parts.join("node_modules").is_dir(), "the server is not installed: run tests/run once");
    let script = fs::read_to_string(tests.join("support/oidc/provider.mjs")).unwrap();
    let mut command = Command::new(node(&tests));
    // Imports of a script given this way are looked up from the working folder.
    command.args(["--input-type=module", "--eval", &script, "--"]).current_dir(parts);
    command.args(["--access-token-ttl", &options.access_token_ttl.to_string()]);
    command.args(["--token-delay-ms", &options.token_delay.as_millis().to_string()]);
    command.args(["--client-secret", client_secret]);
    if !options.rotate {
        command.arg("--keep-refresh-token");
    }
    // It ends when its standard input does, so that it outlives no test binary.
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    command.spawn().expect("tests/run installs Node.js")
}

fn node(tests: &Path) -> PathBuf {
    let installed = tests.join(".cache/bin/node");
    if installed.exists() { installed } else { PathBuf::from("node") }
}

/// The issuer, once the server has said that it is ready. The rest of what it prints is read and dropped,
/// or a full pipe would stop it.
fn first_ready_line(stdout: ChildStdout) -> Receiver<String> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut lines = BufReader::new(stdout).lines().map_while(Result::ok);
        let issuer = lines.find_map(|line| line.strip_prefix("ready ").map(str::to_owned));
        if issuer.is_some_and(|issuer| sender.send(issuer).is_ok()) {
            lines.for_each(drop);
        }
    });
    receiver
}

/// A client that follows nothing by itself and knows no proxy.
fn browser() -> Client {
    // Fails only when another test was first, with the same provider.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = Client::builder().redirect(reqwest::redirect::Policy::none());
    builder.no_proxy().timeout(HTTP_DEADLINE).build().unwrap()
}

fn post(http: &Client, url: &str, body: String) -> RequestBuilder {
    http.post(url).header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(body)
}

fn form(fields: &[(&str, &str)]) -> String {
    Serializer::new(String::new()).extend_pairs(fields).finish()
}

fn redirect(response: &Response) -> Option<Url> {
    if !response.status().is_redirection() {
        return None;
    }
    let location = response.headers().get(LOCATION).expect("a redirect says where to");
    Some(response.url().join(location.to_str().unwrap()).unwrap())
}

const DEFINITION: &str = r#"
schema = 1
id = "@ID@"
name = "Loopback Market"
docs = "@ISSUER@/.well-known/openid-configuration"
verified = "2026-11-22"
grant = "authorization_code"
scopes = ["openid", "offline_access"]
api_base = "{issuer}"
api_headers = ["Authorization: Bearer {access_token}"]

[environments.production]
issuer = "@ISSUER@"

[consent]
pkce = "S256"

[redirect]
modes = ["loopback", "paste"]

[authorization_request]
endpoint = "{issuer}/auth"

[authorization_request.parameters]
response_type = "code"
client_id = "{client_id}"
redirect_uri = "{redirect_uri}"
scope = "{scope}"
state = "{state}"
code_challenge = "{code_challenge}"
code_challenge_method = "S256"
prompt = "consent"

[authorization_response]
expect = { iss = "{issuer}" }

[[token_request]]
url = "{issuer}/token"
auth = "@AUTH@"
form = { grant_type = "authorization_code", code = "{code}", redirect_uri = "{redirect_uri}", @CLIENT@code_verifier = "{code_verifier}" }
token = { access_token = "/access_token", expires_in = "/expires_in", refresh_token = "/refresh_token?", scope = "/scope?" }
capture = { sub = "/id_token.jwt/sub" }

[[renewal_request]]
url = "{issuer}/token"
auth = "@AUTH@"
form = { grant_type = "refresh_token", @CLIENT@refresh_token = "{refresh_token}" }
token = { access_token = "/access_token", expires_in = "/expires_in", refresh_token = "/refresh_token?", scope = "/scope?" }

[[revocation_request]]
url = "{issuer}/token/revocation"
auth = "@AUTH@"
form = { @CLIENT@token = "{refresh_token}", token_type_hint = "refresh_token" }

[shop]
id = ["{sub}"]
"#;
