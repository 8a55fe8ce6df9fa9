//! eBay, production and sandbox: a `RuName` in the redirect URI's place, and an accept page of its own.
//!
//! A refresh token stays the same for 18 months. Whether an unknown code challenge is ignored is not
//! documented: here it is refused.

use std::{sync::Arc, sync::Mutex, time::Duration};

use serde_json::json;

use super::book::{Book, Code, Grant, Rotation};
use super::{Answer, Decision, Marketplace, Scene, lock, oauth_error, random_text, settle, with_parameters};
use crate::support::proxy::{Fields, Request, Response, Site};

const CODE_LIFE: Duration = Duration::from_secs(299);
const REFRESH_TOKEN_LIFE: Duration = Duration::from_secs(47_304_000);

/// The page the browser ends on.
pub const ACCEPT_PAGE: &str = "https://auth2.ebay.com/oauth2/ThirdPartyAuthSucessFailure";

/// A keyset as registered by a developer.
#[derive(Clone, Debug)]
pub struct App {
    /// The App ID.
    pub client_id: String,
    /// The Cert ID.
    pub client_secret: String,
    /// What stands for the redirect URI.
    pub runame: String,
    sandbox: bool,
}

#[derive(Default)]
struct State {
    apps: Vec<App>,
    book: Book,
}

/// The scripted eBay. Shops are user names such as `nord-kontor`; no answer names them.
#[derive(Clone)]
pub struct Ebay {
    scene: Scene,
    state: Arc<Mutex<State>>,
}

impl Ebay {
    /// eBay with one seller logged in (`nord-kontor`) and no app.
    pub fn new() -> Self {
        Self { scene: Scene::new("nord-kontor", Duration::from_secs(7200)), state: Arc::default() }
    }

    /// Registers a keyset.
    pub fn app(&self, sandbox: bool) -> App {
        let kind = if sandbox { "SBX" } else { "PRD" };
        let app = App {
            client_id: format!("NordKont-Shops-{kind}-{}", random_text(9)),
            client_secret: self.scene.issue(format!("{kind}-{}", random_text(30))),
            runame: format!("Nord_Kontor-NordKont-Shops-{}", &random_text(7).replace(['-', '_'], "x")),
            sandbox,
        };
        lock(&self.state).apps.push(app.clone());
        app
    }

    /// The seller withdraws the consent in the account's settings.
    pub fn withdraw(&self, shop: &str) {
        lock(&self.state).book.withdraw(shop);
    }

    /// `GET /oauth2/authorize`.
    fn authorize(&self, request: &Request, sandbox: bool) -> Answer {
        let parameters = request.parameters();
        let mut state = lock(&self.state);
        let known = |app: &&App| {
            app.client_id == parameters.text("client_id")
                && app.runame == parameters.text("redirect_uri")
                && app.sandbox == sandbox
        };
        let app = state.apps.iter().find(known).cloned();
        let app = app.filter(|_| is_well_formed(&parameters)).ok_or_else(|| {
            let error = json!({ "error_id": "invalid_request", "http_status_code": 400 });
            Response::json(400, &error)
        })?;
        let sent = parameters.get("state").unwrap_or("null");
        let shop = match self.scene.decide() {
            Decision::Granted(shop) => shop,
            Decision::Stranded => return Ok(Response::page(200, "eBay")),
            Decision::Cancelled => {
                let answer = [("isAuthSuccessful", "false"), ("state", sent)];
                return Ok(Response::redirect(with_parameters(ACCEPT_PAGE, answer)));
            }
        };
        let text = self.scene.issue(format!("v^1.1#i^1#f^0#p^3#t^{}", random_text(60)));
        let grant =
            Grant { client_id: app.client_id.clone(), shop, scope: parameters.text("scope").to_owned() };
        let until = self.scene.now() + CODE_LIFE;
        state.book.issue_code(&text, Code { grant, redirect_uri: app.runame, challenge: None, until });
        let answer =
            [("isAuthSuccessful", "true"), ("state", sent), ("code", text.as_str()), ("expires_in", "299")];
        Ok(Response::redirect(with_parameters(ACCEPT_PAGE, answer)))
    }

    /// `POST /identity/v1/oauth2/token`.
    fn token(&self, request: &Request, sandbox: bool) -> Answer {
        let mut state = lock(&self.state);
        let (client_id, secret) = request.basic().unwrap_or_default();
        let known =
            |app: &App| app.client_id == client_id && app.client_secret == secret && app.sandbox == sandbox;
        if !state.apps.iter().any(known) {
            return Err(oauth_error(401, "invalid_client", "client authentication failed"));
        }
        let invalid = || oauth_error(400, "invalid_request", "request is missing a required parameter");
        let form = request.form().ok_or_else(invalid)?;
        let fields: &[&str] = match form.text("grant_type") {
            "authorization_code" => &["grant_type", "code", "redirect_uri"],
            "refresh_token" => &["grant_type", "refresh_token", "scope"],
            _ => return Err(oauth_error(400, "unsupported_grant_type", "")),
        };
        if form.unexpected(fields).is_some() || fields.iter().any(|name| form.get(name).is_none()) {
            return Err(invalid());
        }
        let now = self.scene.now();
        let sent = form.get("refresh_token");
        let grant = match sent {
            Some(sent) => state.book.refresh(sent, &client_id, Rotation::Never, now),
            None => state.book.redeem(form.text("code"), &client_id, form.get("redirect_uri"), None, now),
        };
        let grant = grant.map_err(|why| oauth_error(400, "invalid_grant", why))?;
        let granted: Vec<&str> = grant.scope.split(' ').collect();
        if form.get("scope").is_some_and(|scope| scope.split(' ').any(|scope| !granted.contains(&scope))) {
            return Err(oauth_error(400, "invalid_scope", "exceeds the scope granted"));
        }
        let life = self.scene.token_life();
        let access_token = self.scene.issue(format!("v^1.1#i^1#p^3#r^0#{}", random_text(90)));
        state.book.issue_access(&access_token, &grant, Some(now + life));
        let mut answer = json!({
            "access_token": access_token, "expires_in": life.as_secs(), "token_type": "User Access Token",
        });
        if sent.is_none() {
            let refresh_token = self.scene.issue(format!("v^1.1#i^1#r^1#{}", random_text(60)));
            state.book.issue_refresh(&refresh_token, &grant, now + REFRESH_TOKEN_LIFE, None);
            answer["refresh_token"] = refresh_token.into();
            answer["refresh_token_expires_in"] = REFRESH_TOKEN_LIFE.as_secs().into();
        }
        Ok(Response::json(200, &answer))
    }

    /// `GET /sell/account/v1/privilege`.
    fn privilege(&self, request: &Request, sandbox: bool) -> Answer {
        let state = lock(&self.state);
        let refused = || oauth_error(401, "invalid_token", "Invalid access token");
        let sent = request.bearer().ok_or_else(refused)?;
        let grant = state.book.access(sent, self.scene.now()).ok_or_else(refused)?;
        let here = |app: &&App| app.client_id == grant.client_id && app.sandbox == sandbox;
        state.apps.iter().find(here).ok_or_else(refused)?;
        Ok(Response::json(200, &json!({ "sellerRegistrationCompleted": true })))
    }
}

/// What the consent page wants besides a known app.
fn is_well_formed(parameters: &Fields) -> bool {
    let own = ["client_id", "redirect_uri", "response_type", "scope", "state", "locale", "prompt"];
    let scopes = parameters.text("scope");
    let language = |locale: &str| locale.len() == 5 && locale.as_bytes()[2] == b'-';
    parameters.get("response_type") == Some("code")
        && scopes.split(' ').all(|scope| scope.starts_with("https://api.ebay.com/oauth/api_scope"))
        && parameters.get("locale").is_none_or(language)
        && parameters.get("prompt").is_none_or(|prompt| prompt == "login")
        && parameters.unexpected(&own).is_none()
}

impl Default for Ebay {
    fn default() -> Self {
        Self::new()
    }
}

impl Site for Ebay {
    fn serves(&self, host: &str) -> bool {
        host == "auth2.ebay.com"
            || matches!(host.replace(".sandbox", "").as_str(), "auth.ebay.com" | "api.ebay.com")
    }

    fn answer(&self, request: &Request) -> Response {
        let host = request.host.replace(".sandbox", "");
        let sandbox = host != request.host;
        match (host.as_str(), request.method.as_str(), request.path.as_str()) {
            ("auth.ebay.com", "GET", "/oauth2/authorize") => settle(self.authorize(request, sandbox)),
            ("auth2.ebay.com", "GET", _) => Response::page(200, "It is OK to close this window"),
            ("api.ebay.com", "POST", "/identity/v1/oauth2/token") => settle(self.token(request, sandbox)),
            ("api.ebay.com", "GET", "/sell/account/v1/privilege") => settle(self.privilege(request, sandbox)),
            _ => Response::page(404, "eBay"),
        }
    }

    fn issued_secrets(&self) -> Vec<String> {
        self.scene.issued()
    }

    fn unmet(&self) -> Vec<String> {
        self.scene.unmet("eBay")
    }
}

impl Marketplace for Ebay {
    fn scene(&self) -> &Scene {
        &self.scene
    }
}
