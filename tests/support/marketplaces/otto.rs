//! OTTO Market: production, sandbox and the portal.
//!
//! A service partner's app is installed by link, authorized once to learn the installation, and
//! lives on installation tokens minted with a developer token. A seller's own app has
//! `client_credentials` and nothing else. There is no refresh token. Every version of an app is
//! installed anew and has an installation id of its own.

mod api;
mod app;
#[cfg(test)]
mod tests;

use std::{collections::HashMap, sync::Arc, sync::Mutex, time::Duration};

use uuid::Uuid;

use super::{Answer, Decision, Marketplace, Scene, lock, oauth_error, random_text, settle, with_parameters};
use crate::support::proxy::{Request, Response, Site};
use app::owned;
pub use app::{App, Environment};

/// Keycloak's default; OTTO names none.
const CODE_LIFE: Duration = Duration::from_secs(60);
const INVITATION_LIFE: Duration = Duration::from_secs(24 * 3600);

/// One version of an app in one shop.
#[derive(Clone)]
struct Installation {
    id: String,
    app_id: String,
    shop: String,
    version: String,
}

#[derive(Clone)]
struct Invitation {
    app_id: String,
    until: Option<Duration>,
}

struct Code {
    client_id: String,
    redirect_uri: String,
    shop: String,
    until: Duration,
}

/// What a token is good for.
#[derive(Clone)]
enum Right {
    /// Learning the installation of this shop.
    User(String),
    /// Minting installation tokens.
    Developer,
    /// The API, on behalf of a shop.
    Shop,
}

#[derive(Clone)]
struct Token {
    client_id: String,
    environment: Environment,
    right: Right,
    until: Duration,
}

#[derive(Default)]
struct State {
    apps: Vec<App>,
    invitations: HashMap<String, Invitation>,
    installations: Vec<Installation>,
    codes: HashMap<String, Code>,
    tokens: HashMap<String, Token>,
    /// Whether the authorization endpoint forgets `state`.
    stateless: bool,
    /// Whether user tokens leave out `partner_id`.
    anonymous: bool,
}

/// The scripted OTTO Market. Shops are partner ids such as `1002003`.
#[derive(Clone)]
pub struct Otto {
    scene: Scene,
    state: Arc<Mutex<State>>,
}

impl Otto {
    /// OTTO with one seller logged in (`1000001`) and no app.
    pub fn new() -> Self {
        Self { scene: Scene::new("1000001", Duration::from_secs(30 * 60)), state: Arc::default() }
    }

    /// Registers an app and hands it back.
    pub fn app(&self, app: App) -> App {
        self.scene.issue(app.client_secret.clone());
        lock(&self.state).apps.push(app.clone());
        app
    }

    /// A new version under an App ID of its own, with the credentials of the first. Both are installed.
    pub fn release_apart(&self, app: &App, id: &str, version: &str) -> App {
        self.app(App { id: id.to_owned(), version: version.to_owned(), ..app.clone() })
    }

    /// A private app's invitation link: one use, 24 hours.
    pub fn invitation_link(&self, app: &App) -> String {
        self.new_link(app, Some(self.scene.now() + INVITATION_LIFE))
    }

    /// A public app's installation link.
    pub fn installation_link(&self, app: &App) -> String {
        self.new_link(app, None)
    }

    /// Releases a new version. Installations of older ones go on working.
    pub fn release(&self, app: &App, version: &str, scopes: &[&str]) {
        let mut state = lock(&self.state);
        let app = state.apps.iter_mut().find(|known| known.id == app.id).expect("a registered app");
        version.clone_into(&mut app.version);
        app.scopes = owned(scopes);
    }

    /// Ends a version: its installations no longer get tokens.
    pub fn end_version(&self, app: &App, version: &str) {
        let ended = |known: &Installation| known.app_id == app.id && known.version == version;
        lock(&self.state).installations.retain(|known| !ended(known));
    }

    /// The seller withdraws the app's access in the portal.
    pub fn uninstall(&self, app: &App, shop: &str) {
        let removed = |known: &Installation| known.app_id == app.id && known.shop == shop;
        lock(&self.state).installations.retain(|known| !removed(known));
    }

    /// Installs the app's current version without a browser, and returns the installation id.
    pub fn install(&self, app: &App, shop: &str) -> String {
        let mut state = lock(&self.state);
        let app = state.apps.iter().find(|known| known.id == app.id).expect("a registered app").clone();
        install(&mut state, &app, shop)
    }

    /// From now on the authorization endpoint does not return `state`.
    pub fn forget_state(&self) {
        lock(&self.state).stateless = true;
    }

    /// Whether user tokens from now on leave out whose they are.
    pub fn withhold_partner(&self, withheld: bool) {
        lock(&self.state).anonymous = withheld;
    }

    fn new_link(&self, app: &App, until: Option<Duration>) -> String {
        let key = random_text(24);
        let invitation = Invitation { app_id: app.id.clone(), until };
        lock(&self.state).invitations.insert(key.clone(), invitation);
        format!("https://portal.otto.market/apps/installation/{key}")
    }

    // ---- The browser's side ----

    /// The portal: installation links, and the overview where those end that change nothing.
    fn portal(&self, request: &Request) -> Answer {
        let Some(key) = request.path.strip_prefix("/apps/installation/") else {
            return Ok(Response::page(200, "Installierte Apps"));
        };
        let mut state = lock(&self.state);
        let now = self.scene.now();
        let invitation =
            state.invitations.get(key).filter(|known| known.until.is_none_or(|until| now < until));
        let invitation =
            invitation.ok_or_else(|| Response::page(404, "Dieser Link ist nicht mehr gültig"))?.clone();
        let app = state.apps.iter().find(|app| app.id == invitation.app_id).expect("checked before").clone();
        let visitor = self.scene.visitor();
        let installed = |known: &Installation| known.app_id == app.id && known.shop == visitor;
        if state.installations.iter().any(|known| installed(known) && known.version == app.version) {
            return Ok(Response::redirect("https://portal.otto.market/apps/installed"));
        }
        let shop = match self.scene.decide() {
            Decision::Granted(shop) => shop,
            Decision::Cancelled => return Ok(Response::page(200, "OTTO Partner Connect")),
            Decision::Stranded => return Ok(Response::page(200, "Erfolg")),
        };
        install(&mut state, &app, &shop);
        if invitation.until.is_some() {
            state.invitations.remove(key);
        }
        let parameters = request.parameters();
        let given = parameters.get("state").map(|state| ("state", state));
        Ok(Response::redirect(with_parameters(&app.post_installation_uri, given)))
    }

    /// `GET /oauth2/auth`.
    fn authorize(&self, request: &Request, environment: Environment) -> Answer {
        let parameters = request.parameters();
        let mut state = lock(&self.state);
        let page = |words: &str| Response::page(400, words);
        let known = ["response_type", "client_id", "redirect_uri", "scope", "state"];
        if parameters.unexpected(&known).is_some() || parameters.get("response_type") != Some("code") {
            return Err(page("Invalid Request"));
        }
        let client =
            |app: &&App| app.environment == environment && app.client_id == parameters.text("client_id");
        let app =
            state.apps.iter().find(client).filter(|app| !app.own).ok_or_else(|| page("Client not found."))?;
        let redirect_uri = parameters.text("redirect_uri");
        if !app.accepts(redirect_uri) {
            return Err(page("Invalid parameter: redirect_uri"));
        }
        // `+` is refused: the spaces in this scope must be `%20`.
        if !request.query.split('&').any(|pair| pair == "scope=installation%20partnerId") {
            return Err(oauth_error(400, "invalid_scope", "Invalid scopes"));
        }
        let mut answer = Vec::new();
        answer.extend(parameters.get("state").filter(|_| !state.stateless).map(|state| ("state", state)));
        let shop = match self.scene.decide() {
            Decision::Granted(shop) => shop,
            Decision::Stranded => return Ok(Response::page(200, "Erfolg")),
            Decision::Cancelled => {
                answer.push(("error", "access_denied"));
                return Ok(Response::redirect(with_parameters(redirect_uri, answer)));
            }
        };
        let session = Uuid::new_v4().to_string();
        let code = self.scene.issue(format!("{}.{session}.{}", Uuid::new_v4(), Uuid::new_v4()));
        answer.extend([("session_state", session.as_str()), ("iss", environment.issuer()), ("code", &code)]);
        let next = with_parameters(redirect_uri, answer);
        let client_id = app.client_id.clone();
        let until = self.scene.now() + CODE_LIFE;
        state.codes.insert(code, Code { client_id, redirect_uri: redirect_uri.to_owned(), shop, until });
        Ok(Response::redirect(next))
    }
}

fn install(state: &mut State, app: &App, shop: &str) -> String {
    let id = Uuid::new_v4().to_string();
    let (app_id, version) = (app.id.clone(), app.version.clone());
    state.installations.push(Installation { id: id.clone(), app_id, shop: shop.to_owned(), version });
    id
}

impl Default for Otto {
    fn default() -> Self {
        Self::new()
    }
}

impl Site for Otto {
    fn serves(&self, host: &str) -> bool {
        host == "portal.otto.market" || Environment::of_host(host).is_some()
    }

    fn answer(&self, request: &Request) -> Response {
        match (Environment::of_host(&request.host), request.method.as_str(), request.path.as_str()) {
            (None, "GET", _) => settle(self.portal(request)),
            (Some(environment), "GET", "/oauth2/auth") => settle(self.authorize(request, environment)),
            (Some(environment), ..) => settle(self.api(request, environment)),
            (None, ..) => Response::empty(405),
        }
    }

    fn issued_secrets(&self) -> Vec<String> {
        self.scene.issued()
    }

    fn unmet(&self) -> Vec<String> {
        self.scene.unmet("OTTO")
    }
}

impl Marketplace for Otto {
    fn scene(&self) -> &Scene {
        &self.scene
    }
}
