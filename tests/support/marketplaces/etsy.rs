//! Etsy: PKCE on every consent, refresh tokens that work once, and an API that wants to see the app's
//! keystring and shared secret beside the token.
//!
//! Whether a replaced refresh token may be sent again is not documented: here it may not.

use std::{sync::Arc, sync::Mutex, time::Duration};

use serde_json::json;

use super::book::{Book, Code, Grant, Rotation};
use super::{
    Answer, Decision, Marketplace, Scene, lock, oauth_error, random_hex, random_text, settle, with_parameters,
};
use crate::support::proxy::{Fields, Request, Response, Site};

const CODE_LIFE: Duration = Duration::from_secs(60);
const REFRESH_TOKEN_LIFE: Duration = Duration::from_secs(90 * 24 * 3600);

/// Every scope there is.
const SCOPES: [&str; 20] = [
    "address_r",
    "address_w",
    "billing_r",
    "cart_r",
    "cart_w",
    "email_r",
    "favorites_r",
    "favorites_w",
    "feedback_r",
    "listings_d",
    "listings_r",
    "listings_w",
    "profile_r",
    "profile_w",
    "recommend_r",
    "recommend_w",
    "shops_r",
    "shops_w",
    "transactions_r",
    "transactions_w",
];

/// An app as registered by a developer.
#[derive(Clone, Debug)]
pub struct App {
    /// The client id.
    pub keystring: String,
    /// The client secret.
    pub shared_secret: String,
    redirect_uri: String,
}

#[derive(Default)]
struct State {
    apps: Vec<App>,
    book: Book,
}

/// The scripted Etsy. Shops are the ids of their users, such as `12345678`.
#[derive(Clone)]
pub struct Etsy {
    scene: Scene,
    state: Arc<Mutex<State>>,
}

impl Etsy {
    /// Etsy with one seller logged in (`12345678`) and no app.
    pub fn new() -> Self {
        Self { scene: Scene::new("12345678", Duration::from_secs(3600)), state: Arc::default() }
    }

    /// Registers an app with one callback URL.
    pub fn app(&self, redirect_uri: &str) -> App {
        let shared_secret = self.scene.issue(random_hex(10));
        let app = App { keystring: random_hex(24), shared_secret, redirect_uri: redirect_uri.to_owned() };
        lock(&self.state).apps.push(app.clone());
        app
    }

    /// Makes a new shared secret and returns it. The old one ends at once.
    pub fn rotate_secret(&self, app: &App) -> String {
        let secret = self.scene.issue(random_hex(10));
        let mut state = lock(&self.state);
        let known = state.apps.iter_mut().find(|known| known.keystring == app.keystring);
        known.expect("a registered app").shared_secret.clone_from(&secret);
        secret
    }

    /// The seller removes the app.
    pub fn withdraw(&self, shop: &str) {
        lock(&self.state).book.withdraw(shop);
    }

    /// How many refresh tokens of a shop would still work.
    pub fn live(&self, shop: &str) -> usize {
        lock(&self.state).book.live(shop)
    }

    /// `GET /oauth/connect`.
    fn authorize(&self, request: &Request) -> Answer {
        let parameters = request.parameters();
        let mut state = lock(&self.state);
        let known = |app: &&App| {
            app.keystring == parameters.text("client_id")
                && app.redirect_uri == parameters.text("redirect_uri")
        };
        let stranger = || Response::page(400, "The application that is requesting authorization");
        let app = state.apps.iter().find(known).cloned().ok_or_else(stranger)?;
        check_form(&parameters).map_err(|what| {
            let answer = [("error", "invalid_request"), ("error_description", what)];
            Response::redirect(with_parameters(&app.redirect_uri, answer))
        })?;
        let sent = parameters.text("state");
        let shop = match self.scene.decide() {
            Decision::Granted(shop) => shop,
            Decision::Stranded => return Ok(Response::page(200, "Etsy")),
            Decision::Cancelled => {
                let answer = [("error", "access_denied"), ("state", sent)];
                return Ok(Response::redirect(with_parameters(&app.redirect_uri, answer)));
            }
        };
        let text = self.scene.issue(random_text(60));
        let grant =
            Grant { client_id: app.keystring.clone(), shop, scope: parameters.text("scope").to_owned() };
        let challenge = parameters.get("code_challenge").map(str::to_owned);
        let (redirect_uri, until) = (app.redirect_uri.clone(), self.scene.now() + CODE_LIFE);
        state.book.issue_code(&text, Code { grant, redirect_uri, challenge, until });
        Ok(Response::redirect(with_parameters(&app.redirect_uri, [("code", text.as_str()), ("state", sent)])))
    }

    /// `POST /v3/public/oauth/token`.
    fn token(&self, request: &Request) -> Answer {
        let invalid = |what: &str| oauth_error(400, "invalid_request", what);
        let form = request.form().ok_or_else(|| invalid("a form is wanted"))?;
        if request.header("authorization").is_some() {
            return Err(invalid("no client authentication here"));
        }
        let client_id = form.text("client_id");
        let mut state = lock(&self.state);
        if !state.apps.iter().any(|app| app.keystring == client_id) {
            return Err(oauth_error(401, "invalid_client", "unknown keystring"));
        }
        let now = self.scene.now();
        let (fields, sent): (&[&str], _) = match form.text("grant_type") {
            "authorization_code" => {
                (&["grant_type", "client_id", "redirect_uri", "code", "code_verifier"], None)
            }
            "refresh_token" => (&["grant_type", "client_id", "refresh_token"], form.get("refresh_token")),
            _ => return Err(oauth_error(400, "unsupported_grant_type", "")),
        };
        if form.unexpected(fields).is_some() || fields.iter().any(|name| form.get(name).is_none()) {
            return Err(invalid("something is missing, or too much"));
        }
        let grant = match sent {
            Some(sent) => state.book.refresh(sent, client_id, Rotation::Strict, now),
            None => {
                let verifier = form.get("code_verifier");
                state.book.redeem(form.text("code"), client_id, form.get("redirect_uri"), verifier, now)
            }
        };
        let grant = grant.map_err(|why| oauth_error(400, "invalid_grant", why))?;
        let life = self.scene.token_life();
        let token = || self.scene.issue(format!("{}.{}", grant.shop, random_text(90)));
        let (access_token, refresh_token) = (token(), token());
        state.book.issue_access(&access_token, &grant, Some(now + life));
        state.book.issue_refresh(&refresh_token, &grant, now + REFRESH_TOKEN_LIFE, sent);
        Ok(Response::json(
            200,
            &json!({
                "access_token": access_token, "token_type": "Bearer", "expires_in": life.as_secs(),
                "refresh_token": refresh_token,
            }),
        ))
    }

    /// `GET /v3/application/users/me`.
    fn me(&self, request: &Request) -> Answer {
        let state = lock(&self.state);
        let sent = request.bearer().ok_or_else(|| oauth_error(401, "invalid_token", "no token"))?;
        let expired = || oauth_error(401, "invalid_token", "access token is expired");
        let grant = state.book.access(sent, self.scene.now()).ok_or_else(expired)?;
        let app = state.apps.iter().find(|app| app.keystring == grant.client_id).expect("its app");
        let wanted = format!("{}:{}", app.keystring, app.shared_secret);
        if request.header("x-api-key") != Some(&wanted) {
            return Err(Response::json(403, &json!({ "error": "Shared secret is required in x-api-key" })));
        }
        Ok(Response::json(200, &json!({ "user_id": grant.shop, "shop_id": 42 })))
    }
}

/// What the consent page wants besides a known app.
fn check_form(parameters: &Fields) -> Result<(), &'static str> {
    let own = ["response_type", "client_id", "redirect_uri", "scope", "state", "code_challenge"];
    let known = [&own[..], &["code_challenge_method"]].concat();
    match parameters {
        of if of.get("response_type") != Some("code") => Err("response_type"),
        of if of.text("state").is_empty() => Err("state"),
        of if of.text("code_challenge").len() != 43 => Err("code_challenge"),
        of if of.get("code_challenge_method") != Some("S256") => Err("code_challenge_method"),
        of if of.text("scope").is_empty() => Err("scope"),
        of if of.text("scope").split(' ').any(|scope| !SCOPES.contains(&scope)) => Err("scope"),
        of if of.unexpected(&known).is_some() => Err("too much"),
        _ => Ok(()),
    }
}

impl Default for Etsy {
    fn default() -> Self {
        Self::new()
    }
}

impl Site for Etsy {
    fn serves(&self, host: &str) -> bool {
        matches!(host, "www.etsy.com" | "api.etsy.com")
    }

    fn answer(&self, request: &Request) -> Response {
        match (request.host.as_str(), request.method.as_str(), request.path.as_str()) {
            ("www.etsy.com", "GET", "/oauth/connect") => settle(self.authorize(request)),
            ("api.etsy.com", "POST", "/v3/public/oauth/token") => settle(self.token(request)),
            ("api.etsy.com", "GET", "/v3/application/users/me") => settle(self.me(request)),
            _ => Response::page(404, "Etsy"),
        }
    }

    fn issued_secrets(&self) -> Vec<String> {
        self.scene.issued()
    }

    fn unmet(&self) -> Vec<String> {
        self.scene.unmet("Etsy")
    }
}

impl Marketplace for Etsy {
    fn scene(&self) -> &Scene {
        &self.scene
    }
}
