//! Allegro, production and sandbox.
//!
//! An authorization code lives 10 seconds. Every refresh gives a new pair and kills the previous
//! one, the still valid access token included; the old refresh token is taken again for 60 seconds.
//! Sent again, it starts another pair, and only the newest pair lives: what exactly Allegro does
//! there is not documented, and this is the reading that forgives a careless client least.

mod app;
mod device;
#[cfg(test)]
mod tests;
mod token;

use std::{collections::HashMap, sync::Arc, sync::Mutex, time::Duration};

use serde_json::json;

use super::{Answer, Decision, Marketplace, Scene, lock, random_text, settle, with_parameters};
use crate::support::proxy::{Fields, Request, Response, Site};
pub use app::{App, Environment, SCOPES};

const CODE_LIFE: Duration = Duration::from_secs(10);
const ACCESS_TOKEN_LIFE: Duration = Duration::from_secs(43199);

/// One consent and the token pairs that came of it.
struct Session {
    client_id: String,
    shop: String,
    scopes: Vec<String>,
    /// Ended by the seller or by too many sessions.
    ended: bool,
    /// Serial number of the pair that lives.
    newest_pair: u64,
}

struct Code {
    client_id: String,
    shop: String,
    scopes: Vec<String>,
    redirect_uri: String,
    challenge: Option<String>,
    until: Duration,
}

/// An issued token; `pair` is compared with the session's newest.
#[derive(Clone)]
struct Token {
    session: usize,
    pair: u64,
    refresh: bool,
    until: Duration,
    /// When a refresh token was used first.
    used: Option<Duration>,
}

#[derive(Default)]
struct State {
    apps: Vec<App>,
    unlinked: Vec<(String, String)>,
    codes: HashMap<String, Code>,
    sessions: Vec<Session>,
    tokens: HashMap<String, Token>,
    devices: Vec<device::Device>,
    device_interval: Duration,
    pairs: u64,
}

impl State {
    fn app(&self, environment: Environment, client_id: &str) -> Option<&App> {
        self.apps.iter().find(|app| app.environment == environment && app.client_id == client_id)
    }
}

/// The scripted Allegro. Shops are account ids such as `44000001`.
#[derive(Clone)]
pub struct Allegro {
    scene: Scene,
    state: Arc<Mutex<State>>,
}

impl Allegro {
    /// Allegro with one seller logged in (`44000001`) and no app.
    pub fn new() -> Self {
        let state = State { device_interval: device::INTERVAL, ..State::default() };
        Self { scene: Scene::new("44000001", ACCESS_TOKEN_LIFE), state: Arc::new(Mutex::new(state)) }
    }

    /// How long devices have to wait between two questions, so that tests need not wait long.
    pub fn device_interval(&self, interval: Duration) {
        lock(&self.state).device_interval = interval;
    }

    /// Registers an app and hands it back.
    pub fn app(&self, app: App) -> App {
        self.scene.issue(app.client_secret.clone());
        lock(&self.state).apps.push(app.clone());
        app
    }

    /// Makes a new client secret and returns it. The old one ends at once.
    pub fn rotate_secret(&self, app: &App) -> String {
        let secret = self.scene.issue(random_text(64));
        let mut state = lock(&self.state);
        let known = state.apps.iter_mut().find(|known| known.client_id == app.client_id);
        known.expect("a registered app").client_secret.clone_from(&secret);
        secret
    }

    /// The seller unlinks the app from the account.
    pub fn unlink(&self, app: &App, shop: &str) {
        lock(&self.state).unlinked.push((app.client_id.clone(), shop.to_owned()));
    }

    /// The seller changes the password, which ends every session of the account.
    pub fn change_password(&self, shop: &str) {
        let mut state = lock(&self.state);
        state
            .sessions
            .iter_mut()
            .filter(|session| session.shop == shop)
            .for_each(|session| session.ended = true);
    }

    /// How many of a shop's sessions are alive. Allegro itself has no way to ask.
    pub fn sessions(&self, shop: &str) -> usize {
        lock(&self.state).sessions.iter().filter(|session| session.shop == shop && !session.ended).count()
    }

    // ---- The browser's side ----

    /// `GET /auth/oauth/authorize`.
    fn authorize(&self, request: &Request, environment: Environment) -> Answer {
        let parameters = request.parameters();
        let mut state = lock(&self.state);
        let app = state.app(environment, parameters.text("client_id")).ok_or_else(error_page)?;
        let redirect_uri =
            parameters.get("redirect_uri").filter(|uri| app.accepts(uri)).ok_or_else(error_page)?;
        check_form(&parameters)?;
        let scopes = scopes(app, request, &parameters)?;
        let client_id = app.client_id.clone();
        // What Allegro does not know is passed on to the redirect URI; `state` is one of them.
        let mut answer: Vec<_> = parameters.others(&OWN_PARAMETERS).collect();
        let shop = match self.scene.decide() {
            Decision::Granted(shop) => shop,
            Decision::Stranded => return Ok(Response::page(200, "Allegro")),
            Decision::Cancelled => {
                answer.push(("error", "access_denied"));
                return Ok(Response::redirect(with_parameters(redirect_uri, answer)));
            }
        };
        let code = self.scene.issue(random_text(32));
        answer.push(("code", &code));
        let next = with_parameters(redirect_uri, answer);
        state.unlinked.retain(|link| *link != (client_id.clone(), shop.clone()));
        let known = Code {
            client_id,
            shop,
            scopes,
            redirect_uri: redirect_uri.to_owned(),
            challenge: parameters.get("code_challenge").map(ToOwned::to_owned),
            until: self.scene.now() + CODE_LIFE,
        };
        state.codes.insert(code, known);
        Ok(Response::redirect(next))
    }

    // ---- The API proper ----

    /// `GET /me` on the API's host.
    fn me(&self, request: &Request, environment: Environment) -> Answer {
        if !is_own_user_agent(request.header("user-agent").unwrap_or_default()) {
            return Err(api_error(403, "Forbidden", "User-Agent does not name the application"));
        }
        if request.header("accept") != Some("application/vnd.allegro.public.v1+json") {
            return Err(api_error(406, "NotAcceptableException", "Requested media type is not available"));
        }
        let sent = request.bearer().ok_or_else(unauthenticated)?;
        let state = lock(&self.state);
        let now = self.scene.now();
        let live = |token: &&Token| !token.refresh && now < token.until && is_live(&state, token);
        let token = state.tokens.get(sent).filter(live);
        let token = token.ok_or_else(|| invalid_token(&format!("Access token expired: {sent}")))?;
        let session = &state.sessions[token.session];
        if state.app(environment, &session.client_id).is_none() {
            return Err(invalid_token("Cannot convert access token to JSON"));
        }
        if !session.scopes.iter().any(|scope| scope == "allegro:api:profile:read") {
            return Err(api_error(403, "AccessDenied", "Access is denied"));
        }
        let login = format!("shop-{}", session.shop);
        Ok(Response::text(
            200,
            "application/vnd.allegro.public.v1+json;charset=UTF-8",
            json!({ "id": session.shop, "login": login, "baseMarketplace": { "id": "allegro-pl" } })
                .to_string(),
        ))
    }
}

/// The parameters that Allegro keeps to itself.
const OWN_PARAMETERS: [&str; 7] = [
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "prompt",
    "code_challenge",
    "code_challenge_method",
];

/// What the consent page wants besides a known client.
fn check_form(parameters: &Fields) -> Result<(), Response> {
    let bad = |what: &str| Err(api_error(400, "InvalidRequest", what));
    if parameters.get("response_type") != Some("code") {
        return bad("response_type");
    }
    if parameters.get("prompt").is_some_and(|prompt| prompt != "confirm") {
        return bad("prompt");
    }
    match (parameters.get("code_challenge"), parameters.get("code_challenge_method")) {
        (None, None) => Ok(()),
        (Some(challenge), Some("S256")) if challenge.len() == 43 => Ok(()),
        _ => bad("code_challenge"),
    }
}

/// The scopes that are granted: those asked for as far as the app has them, or all of the app's.
fn scopes(app: &App, request: &Request, parameters: &Fields) -> Result<Vec<String>, Response> {
    let Some(wanted) = parameters.get("scope") else { return Ok(app.scopes.clone()) };
    let raw = request.query.split('&').find(|pair| pair.starts_with("scope=")).unwrap_or_default();
    if raw.contains('+') || wanted.split(' ').any(|scope| !SCOPES.contains(&scope)) {
        let address =
            format!("https://{}/#error=invalid_scope&error_description=Invalid%20scope", request.host);
        return Err(Response::redirect(address));
    }
    Ok(app.scopes.iter().filter(|scope| wanted.split(' ').any(|other| other == *scope)).cloned().collect())
}

fn is_live(state: &State, token: &Token) -> bool {
    let session = &state.sessions[token.session];
    let unlinked =
        state.unlinked.iter().any(|(client, shop)| *client == session.client_id && *shop == session.shop);
    !session.ended && !unlinked && token.pair == session.newest_pair
}

/// `AppName/Version (+URL)`; the names of libraries are blocked.
fn is_own_user_agent(text: &str) -> bool {
    let Some((name, rest)) = text.split_once('/') else { return false };
    let Some((version, url)) = rest.split_once(' ') else { return false };
    let library = ["reqwest", "curl", "python-requests", "okhttp", "hyper"].contains(&name);
    !library && !name.is_empty() && !version.is_empty() && url.starts_with("(+http") && url.ends_with(')')
}

fn error_page() -> Response {
    Response::page(400, "Nie możemy wyświetlić strony, numer błędu 7d8e2f")
}

fn api_error(status: u16, code: &str, message: &str) -> Response {
    let error =
        json!({ "code": code, "message": message, "details": null, "path": null, "userMessage": message });
    Response::json(status, &json!({ "errors": [error] }))
}

fn invalid_token(description: &str) -> Response {
    super::oauth_error(401, "invalid_token", description)
}

fn unauthenticated() -> Response {
    super::oauth_error(401, "unauthorized", "Full authentication is required to access this resource")
}

impl Default for Allegro {
    fn default() -> Self {
        Self::new()
    }
}

impl Site for Allegro {
    fn serves(&self, host: &str) -> bool {
        Environment::of_host(host).is_some() || Environment::of_api_host(host).is_some()
    }

    fn answer(&self, request: &Request) -> Response {
        let (method, path) = (request.method.as_str(), request.path.as_str());
        if let Some(environment) = Environment::of_api_host(&request.host) {
            return match (method, path) {
                ("GET", "/me") => settle(self.me(request, environment)),
                _ => api_error(404, "NotFound", "Resource not found"),
            };
        }
        let Some(environment) = Environment::of_host(&request.host) else { return Response::empty(404) };
        match (method, path) {
            ("GET", "/") => Response::page(200, "Allegro"),
            ("GET", "/auth/oauth/authorize") => settle(self.authorize(request, environment)),
            (_, "/auth/oauth/authorize") => Response::page(403, "Forbidden"),
            (_, "/auth/oauth/token") => settle(self.token(request, environment)),
            ("POST", "/auth/oauth/device") => settle(self.start_device(request, environment)),
            ("GET", "/skojarz-aplikacje") => settle(self.device_page(request)),
            _ => Response::page(404, "Allegro"),
        }
    }

    fn issued_secrets(&self) -> Vec<String> {
        self.scene.issued()
    }

    fn unmet(&self) -> Vec<String> {
        self.scene.unmet("Allegro")
    }
}

impl Marketplace for Allegro {
    fn scene(&self) -> &Scene {
        &self.scene
    }
}
