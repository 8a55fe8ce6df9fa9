//! Mercado Libre: a consent page in each country, one token endpoint, and refresh tokens that work once.
//!
//! With PKCE switched on in an app's settings a consent without a challenge is refused; what happens to a
//! challenge where it is off is not documented: here it is refused as well.

use std::{sync::Arc, sync::Mutex, time::Duration};

use serde_json::json;

use super::book::{Book, Code, Grant, Rotation};
use super::{
    Answer, Decision, Marketplace, Scene, lock, oauth_error, random_hex, random_text, settle, with_parameters,
};
use crate::support::proxy::{Fields, Request, Response, Site};

const CODE_LIFE: Duration = Duration::from_secs(600);
const REFRESH_TOKEN_LIFE: Duration = Duration::from_secs(180 * 24 * 3600);

/// The hosts of the consent pages, behind `auth.`.
const COUNTRIES: [&str; 12] = [
    "mercadolibre.com.ar",
    "mercadolivre.com.br",
    "mercadolibre.cl",
    "mercadolibre.com.co",
    "mercadolibre.com.cr",
    "mercadolibre.com.do",
    "mercadolibre.com.ec",
    "mercadolibre.com.mx",
    "mercadolibre.com.pa",
    "mercadolibre.com.pe",
    "mercadolibre.com.uy",
    "mercadolibre.com.ve",
];

/// An app as registered by a developer.
#[derive(Clone, Debug)]
pub struct App {
    /// The client id.
    pub client_id: String,
    /// The client secret.
    pub client_secret: String,
    redirect_uri: String,
    pkce: bool,
}

#[derive(Default)]
struct State {
    apps: Vec<App>,
    book: Book,
}

/// The scripted Mercado Libre. Shops are user ids such as `44000001`.
#[derive(Clone)]
pub struct MercadoLibre {
    scene: Scene,
    state: Arc<Mutex<State>>,
}

impl MercadoLibre {
    /// Mercado Libre with one seller logged in (`44000001`) and no app.
    pub fn new() -> Self {
        Self { scene: Scene::new("44000001", Duration::from_secs(21600)), state: Arc::default() }
    }

    /// Registers an app; its portal takes https only, and not this machine.
    pub fn app(&self, redirect_uri: &str, pkce: bool) -> App {
        let fits = redirect_uri.starts_with("https://") && !redirect_uri.contains("localhost");
        assert!(fits, "Mercado Libre does not register {redirect_uri}");
        let client_secret = self.scene.issue(random_text(32));
        let client_id = u64::from_str_radix(&random_hex(13), 16).expect("hexadecimal").to_string();
        let app = App { client_id, client_secret, redirect_uri: redirect_uri.to_owned(), pkce };
        lock(&self.state).apps.push(app.clone());
        app
    }

    /// The seller withdraws the app, or changes the password.
    pub fn withdraw(&self, shop: &str) {
        lock(&self.state).book.withdraw(shop);
    }

    /// How many refresh tokens of a shop would still work.
    pub fn live(&self, shop: &str) -> usize {
        lock(&self.state).book.live(shop)
    }

    /// `GET /authorization`.
    fn authorize(&self, request: &Request) -> Answer {
        let parameters = request.parameters();
        let mut state = lock(&self.state);
        let known = |app: &&App| {
            app.client_id == parameters.text("client_id")
                && app.redirect_uri == parameters.text("redirect_uri")
        };
        let app = state.apps.iter().find(known).cloned();
        let app = app.filter(|app| is_well_formed(app, &parameters));
        let app = app.ok_or_else(|| Response::page(400, "Lo sentimos, la aplicación no puede conectarse"))?;
        let sent = parameters.text("state");
        let shop = match self.scene.decide() {
            Decision::Granted(shop) => shop,
            Decision::Stranded => return Ok(Response::page(200, "Mercado Libre")),
            Decision::Cancelled => {
                let answer = [("error", "access_denied"), ("state", sent)];
                return Ok(Response::redirect(with_parameters(&app.redirect_uri, answer)));
            }
        };
        let text = self.scene.issue(format!("TG-{}-{shop}", random_hex(24)));
        let grant = Grant { client_id: app.client_id, shop, scope: "offline_access read write".to_owned() };
        let challenge = parameters.get("code_challenge").map(str::to_owned);
        let (redirect_uri, until) = (app.redirect_uri.clone(), self.scene.now() + CODE_LIFE);
        state.book.issue_code(&text, Code { grant, redirect_uri, challenge, until });
        Ok(Response::redirect(with_parameters(&app.redirect_uri, [("code", text.as_str()), ("state", sent)])))
    }

    /// `POST /oauth/token`.
    fn token(&self, request: &Request) -> Answer {
        let invalid = || oauth_error(400, "invalid_request", "the request is not as documented");
        let form = request.form().filter(|_| request.header("authorization").is_none());
        let form = form.ok_or_else(invalid)?;
        let mut state = lock(&self.state);
        let (client_id, secret) = (form.text("client_id"), form.text("client_secret"));
        let known = |app: &&App| app.client_id == client_id && app.client_secret == secret;
        let app = state.apps.iter().find(known).cloned();
        let app =
            app.ok_or_else(|| oauth_error(400, "invalid_client", "invalid client_id or client_secret"))?;
        let own = ["grant_type", "client_id", "client_secret"];
        let more: &[&str] = match (form.text("grant_type"), app.pkce) {
            ("authorization_code", true) => &["code", "redirect_uri", "code_verifier"],
            ("authorization_code", false) => &["code", "redirect_uri"],
            ("refresh_token", _) => &["refresh_token"],
            _ => return Err(oauth_error(400, "unsupported_grant_type", "")),
        };
        if form.unexpected(&[&own, more].concat()).is_some() || more.iter().any(|n| form.get(n).is_none()) {
            return Err(invalid());
        }
        let now = self.scene.now();
        let sent = form.get("refresh_token");
        let grant = match sent {
            Some(sent) => state.book.refresh(sent, client_id, Rotation::Strict, now),
            None => {
                let verifier = form.get("code_verifier");
                state.book.redeem(form.text("code"), client_id, form.get("redirect_uri"), verifier, now)
            }
        };
        let grant = grant.map_err(|why| oauth_error(400, "invalid_grant", why))?;
        let life = self.scene.token_life();
        let issue = |text: String| self.scene.issue(text);
        let access_token = issue(format!("APP_USR-{client_id}-112222-{}-{}", random_hex(32), grant.shop));
        let refresh_token = issue(format!("TG-{}-{}", random_hex(24), grant.shop));
        state.book.issue_access(&access_token, &grant, Some(now + life));
        state.book.issue_refresh(&refresh_token, &grant, now + REFRESH_TOKEN_LIFE, sent);
        Ok(Response::json(
            200,
            &json!({
                "access_token": access_token, "token_type": "bearer", "expires_in": life.as_secs(),
                "scope": grant.scope, "user_id": grant.shop.parse::<u64>().expect("a number"),
                "refresh_token": refresh_token,
            }),
        ))
    }

    /// `GET /users/me`.
    fn me(&self, request: &Request) -> Answer {
        let state = lock(&self.state);
        let refused = || Response::json(401, &json!({ "code": "unauthorized", "message": "invalid token" }));
        let sent = request.bearer().ok_or_else(refused)?;
        let grant = state.book.access(sent, self.scene.now()).ok_or_else(refused)?;
        Ok(Response::json(200, &json!({ "id": grant.shop })))
    }
}

/// What the consent page wants besides a known app.
fn is_well_formed(app: &App, parameters: &Fields) -> bool {
    let challenged = match (parameters.get("code_challenge"), parameters.get("code_challenge_method")) {
        (None, None) => !app.pkce,
        (Some(challenge), Some("S256")) => app.pkce && challenge.len() == 43,
        _ => false,
    };
    let own =
        ["response_type", "client_id", "redirect_uri", "state", "code_challenge", "code_challenge_method"];
    challenged && parameters.get("response_type") == Some("code") && parameters.unexpected(&own).is_none()
}

impl Default for MercadoLibre {
    fn default() -> Self {
        Self::new()
    }
}

impl Site for MercadoLibre {
    fn serves(&self, host: &str) -> bool {
        host == "api.mercadolibre.com"
            || host.strip_prefix("auth.").is_some_and(|country| COUNTRIES.contains(&country))
    }

    fn answer(&self, request: &Request) -> Response {
        let api = request.host == "api.mercadolibre.com";
        match (api, request.method.as_str(), request.path.as_str()) {
            (false, "GET", "/authorization") => settle(self.authorize(request)),
            (true, "POST", "/oauth/token") => settle(self.token(request)),
            (true, "GET", "/users/me") => settle(self.me(request)),
            _ => Response::page(404, "Mercado Libre"),
        }
    }

    fn issued_secrets(&self) -> Vec<String> {
        self.scene.issued()
    }

    fn unmet(&self) -> Vec<String> {
        self.scene.unmet("Mercado Libre")
    }
}

impl Marketplace for MercadoLibre {
    fn scene(&self) -> &Scene {
        &self.scene
    }
}
