//! Shopify: each shop on a host of its own, JSON, and tokens with or without an end.
//!
//! A replaced refresh token may be used again until its successor is used, for 30 days at most. The one
//! call that would revoke uninstalls the app.

use std::{sync::Arc, sync::Mutex, time::Duration};

use serde_json::json;

use super::book::{Book, Code, Grant, Rotation};
use super::{Answer, Decision, Marketplace, Scene, lock, oauth_error, random_hex, settle, with_parameters};
use crate::support::proxy::{Request, Response, Site};

const CODE_LIFE: Duration = Duration::from_secs(60);
const REFRESH_TOKEN_LIFE: Duration = Duration::from_secs(90 * 24 * 3600);
const GRACE: Rotation = Rotation::Grace(Duration::from_secs(30 * 24 * 3600));
const DOMAIN: &str = ".myshopify.com";

/// An app as registered by a developer.
#[derive(Clone, Debug)]
pub struct App {
    /// The client id.
    pub client_id: String,
    /// The client secret.
    pub client_secret: String,
    redirect_uri: String,
    /// A custom app, which may have tokens without an end.
    custom: bool,
}

#[derive(Default)]
struct State {
    apps: Vec<App>,
    book: Book,
    uninstalled: usize,
}

/// The scripted Shopify. Shops are names such as `nord-kontor`, before `.myshopify.com`.
#[derive(Clone)]
pub struct Shopify {
    scene: Scene,
    state: Arc<Mutex<State>>,
}

impl Shopify {
    /// Shopify with one merchant logged in (`nord-kontor`) and no app.
    pub fn new() -> Self {
        Self { scene: Scene::new("nord-kontor", Duration::from_secs(3600)), state: Arc::default() }
    }

    /// Registers an app with one allowed redirection URL.
    pub fn app(&self, redirect_uri: &str, custom: bool) -> App {
        let client_secret = self.scene.issue(format!("shpss_{}", random_hex(32)));
        let redirect_uri = redirect_uri.to_owned();
        let app = App { client_id: random_hex(32), client_secret, redirect_uri, custom };
        lock(&self.state).apps.push(app.clone());
        app
    }

    /// The merchant uninstalls the app.
    pub fn withdraw(&self, shop: &str) {
        lock(&self.state).book.withdraw(shop);
    }

    /// How often a program has uninstalled itself.
    pub fn uninstalled(&self) -> usize {
        lock(&self.state).uninstalled
    }

    /// `GET /admin/oauth/authorize`.
    fn authorize(&self, request: &Request) -> Answer {
        let parameters = request.parameters();
        let mut state = lock(&self.state);
        let known = |app: &&App| {
            app.client_id == parameters.text("client_id")
                && app.redirect_uri == parameters.text("redirect_uri")
        };
        let refused = || Response::page(400, "Oauth error invalid_request");
        let app = state.apps.iter().find(known).cloned().ok_or_else(refused)?;
        let own = ["client_id", "scope", "redirect_uri", "state", "grant_options[]"];
        let scope = parameters.text("scope");
        let fits = !scope.is_empty() && scope.split(',').all(|scope| !scope.contains([' ', '+']));
        if !fits || parameters.unexpected(&own).is_some() {
            return Err(refused());
        }
        // Whoever is logged in elsewhere is sent to that shop.
        let shop = match self.scene.decide() {
            Decision::Granted(shop) => shop,
            Decision::Cancelled | Decision::Stranded => return Ok(Response::page(200, "Shopify")),
        };
        let text = self.scene.issue(random_hex(32));
        let host = format!("{shop}{DOMAIN}");
        let grant = Grant { client_id: app.client_id, shop, scope: scope.to_owned() };
        let (redirect_uri, until) = (app.redirect_uri.clone(), self.scene.now() + CODE_LIFE);
        state.book.issue_code(&text, Code { grant, redirect_uri, challenge: None, until });
        let (hmac, timestamp) = (random_hex(64), self.scene.now().as_secs().to_string());
        let answer = [
            ("code", text.as_str()),
            ("hmac", &hmac),
            ("host", "YWRtaW4uc2hvcGlmeS5jb20vc3RvcmUvbm9yZC1rb250b3I"),
            ("shop", &host),
            ("state", parameters.text("state")),
            ("timestamp", &timestamp),
        ];
        Ok(Response::redirect(with_parameters(&app.redirect_uri, answer)))
    }

    /// `POST /admin/oauth/access_token`.
    fn token(&self, request: &Request, shop: &str) -> Answer {
        let invalid = |what: &str| oauth_error(400, "invalid_request", what);
        let body = request.json_form().ok_or_else(|| invalid("JSON is wanted"))?;
        let mut state = lock(&self.state);
        let (client_id, secret) = (body.text("client_id"), body.text("client_secret"));
        let known = |app: &&App| app.client_id == client_id && app.client_secret == secret;
        let app = state.apps.iter().find(known).cloned();
        let app = app.ok_or_else(|| oauth_error(401, "invalid_client", "wrong client"))?;
        let own: &[&str] = match body.get("grant_type") {
            None => &["client_id", "client_secret", "code", "expiring"],
            Some("refresh_token") => &["client_id", "client_secret", "grant_type", "refresh_token"],
            Some(_) => return Err(oauth_error(400, "unsupported_grant_type", "")),
        };
        if body.unexpected(own).is_some() {
            return Err(invalid("too much"));
        }
        let now = self.scene.now();
        let sent = body.get("refresh_token");
        let grant = match sent {
            Some(sent) => state.book.refresh(sent, client_id, GRACE, now),
            None => state.book.redeem(body.text("code"), client_id, None, None, now),
        };
        let grant = grant.map_err(|why| oauth_error(400, "invalid_grant", why))?;
        if grant.shop != shop {
            return Err(oauth_error(400, "invalid_grant", "another shop's"));
        }
        let access_token = self.scene.issue(format!("shpat_{}", random_hex(32)));
        let mut answer = json!({ "access_token": access_token, "scope": grant.scope });
        if sent.is_none() && body.get("expiring") != Some("1") {
            if !app.custom {
                return Err(invalid("public apps must take expiring tokens"));
            }
            state.book.issue_access(&access_token, &grant, None);
            return Ok(Response::json(200, &answer));
        }
        let life = self.scene.token_life();
        let refresh_token = self.scene.issue(format!("shprt_{}", random_hex(32)));
        state.book.issue_access(&access_token, &grant, Some(now + life));
        state.book.issue_refresh(&refresh_token, &grant, now + REFRESH_TOKEN_LIFE, sent);
        answer["expires_in"] = life.as_secs().into();
        answer["refresh_token"] = refresh_token.into();
        answer["refresh_token_expires_in"] = REFRESH_TOKEN_LIFE.as_secs().into();
        Ok(Response::json(200, &answer))
    }

    /// `GET /admin/api/2026-10/shop.json`.
    fn shop(&self, request: &Request, shop: &str) -> Answer {
        let state = lock(&self.state);
        let refused = || Response::json(401, &json!({ "errors": "[API] Invalid API key or access token" }));
        let sent = request.header("x-shopify-access-token").ok_or_else(refused)?;
        let grant = state.book.access(sent, self.scene.now()).ok_or_else(refused)?;
        match grant.shop == shop {
            true => Ok(Response::json(200, &json!({ "name": shop }))),
            false => Err(refused()),
        }
    }

    /// `DELETE /admin/api_permissions/current.json`.
    fn uninstall(&self) -> Response {
        lock(&self.state).uninstalled += 1;
        Response::empty(200)
    }
}

impl Default for Shopify {
    fn default() -> Self {
        Self::new()
    }
}

impl Site for Shopify {
    fn serves(&self, host: &str) -> bool {
        host.ends_with(DOMAIN)
    }

    fn answer(&self, request: &Request) -> Response {
        let shop = request.host.trim_end_matches(DOMAIN);
        match (request.method.as_str(), request.path.as_str()) {
            ("GET", "/admin/oauth/authorize") => settle(self.authorize(request)),
            ("POST", "/admin/oauth/access_token") => settle(self.token(request, shop)),
            ("GET", "/admin/api/2026-10/shop.json") => settle(self.shop(request, shop)),
            ("DELETE", "/admin/api_permissions/current.json") => self.uninstall(),
            _ => Response::page(404, "Shopify"),
        }
    }

    fn issued_secrets(&self) -> Vec<String> {
        self.scene.issued()
    }

    fn unmet(&self) -> Vec<String> {
        self.scene.unmet("Shopify")
    }
}

impl Marketplace for Shopify {
    fn scene(&self) -> &Scene {
        &self.scene
    }
}
