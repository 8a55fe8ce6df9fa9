//! Amazon's Selling Partner API, as sellers and programs meet it.
//!
//! Consent at the Seller or Vendor Central of a country, the Login URI detour, the token endpoint
//! of Login with Amazon, and one call of the API itself. Refresh tokens do not rotate; a consent
//! ends after 365 days, a client secret after 180.

mod app;
#[cfg(test)]
mod tests;

use std::{collections::HashMap, sync::Arc, sync::Mutex, time::Duration};

use serde_json::{Value, json};

use super::{Answer, Decision, Marketplace, Scene, lock, random_hex, random_text, settle, with_parameters};
use crate::support::proxy::{Fields, Request, Response, Site};
pub use app::App;
use app::{region_of_api, region_of_central};

const CODE_LIFE: Duration = Duration::from_secs(5 * 60);
const DAY: Duration = Duration::from_secs(24 * 3600);
const GRANTLESS_SCOPES: [&str; 2] =
    ["sellingpartnerapi::notifications", "sellingpartnerapi::client_credential:rotation"];

struct Secret {
    text: String,
    created: Duration,
    until: Duration,
}

struct Registration {
    app: App,
    secrets: Vec<Secret>,
}

/// What a seller agreed to.
#[derive(Clone)]
struct Grant {
    client_id: String,
    shop: String,
    region: &'static str,
    until: Duration,
}

struct Code {
    grant: Grant,
    redirect_uri: Option<String>,
    until: Duration,
}

struct AccessToken {
    client_id: String,
    /// Nothing for a grantless token.
    refresh_token: Option<String>,
    until: Duration,
}

#[derive(Default)]
struct State {
    registrations: Vec<Registration>,
    logins: HashMap<String, Grant>,
    codes: HashMap<String, Code>,
    grants: HashMap<String, Grant>,
    access_tokens: HashMap<String, AccessToken>,
    suspended: Vec<String>,
}

/// The scripted Amazon. Shops are merchant tokens such as `A2SHOPDE`.
#[derive(Clone)]
pub struct Amazon {
    scene: Scene,
    state: Arc<Mutex<State>>,
}

impl Amazon {
    /// Amazon with one seller logged in (`A1FIRSTSHOP`) and no application.
    pub fn new() -> Self {
        Self { scene: Scene::new("A1FIRSTSHOP", Duration::from_secs(3600)), state: Arc::default() }
    }

    /// Registers an application and hands it back.
    pub fn app(&self, app: App) -> App {
        let secret = self.new_secret(&app.client_secret);
        lock(&self.state).registrations.push(Registration { app: app.clone(), secrets: vec![secret] });
        app
    }

    /// Publishes a draft: from now on `version=beta` is wrong.
    pub fn publish(&self, app: &App) {
        self.change(app, |registration| registration.app.draft = false);
    }

    /// Rotates the client secret and returns the new one. The old one works for 7 more days.
    pub fn rotate_secret(&self, app: &App) -> String {
        let text = format!("amzn1.oa2-cs.v1.{}", random_hex(64));
        let secret = self.new_secret(&text);
        let grace_ends = self.scene.now() + 7 * DAY;
        self.change(app, |registration| {
            registration.secrets.iter_mut().for_each(|old| old.until = old.until.min(grace_ends));
            registration.secrets.push(secret);
        });
        text
    }

    /// The seller disables every application in *Manage Your Apps*.
    pub fn revoke(&self, shop: &str) {
        lock(&self.state).grants.retain(|_, grant| grant.shop != shop);
    }

    /// Amazon forgets the access tokens it gave out; consents stay.
    pub fn forget_access_tokens(&self) {
        lock(&self.state).access_tokens.clear();
    }

    /// Amazon suspends the account: consents stay, and the API declines.
    pub fn suspend(&self, shop: &str) {
        lock(&self.state).suspended.push(shop.to_owned());
    }

    /// The seller authorizes the application in the developer portal and copies the refresh token.
    /// Such a consent has no end. `region` is `na`, `eu` or `fe`.
    pub fn self_authorize(&self, app: &App, shop: &str, region: &'static str) -> String {
        let grant =
            Grant { client_id: app.client_id.clone(), shop: shop.to_owned(), region, until: Duration::MAX };
        self.grant(&mut lock(&self.state), grant)
    }

    /// The seller starts at Amazon (*Manage Your Apps*, Re-Authorize): the address of the
    /// application that Amazon opens in the browser. `central` is a Seller or Vendor Central host.
    pub fn start_at_amazon(&self, app: &App, central: &str, shop: &str) -> String {
        let region = region_of_central(central).expect("a Seller or Vendor Central");
        let app = self.change(app, |registration| registration.app.clone());
        let grant = self.new_grant(&app, shop, region);
        login_uri(&mut lock(&self.state), &app, central, grant)
    }

    fn change<R>(&self, app: &App, change: impl FnOnce(&mut Registration) -> R) -> R {
        let mut state = lock(&self.state);
        let registration = state.registrations.iter_mut().find(|known| known.app.client_id == app.client_id);
        change(registration.expect("a registered application"))
    }

    fn new_secret(&self, text: &str) -> Secret {
        let created = self.scene.now();
        Secret { text: self.scene.issue(text.to_owned()), created, until: Duration::MAX }
    }

    fn new_grant(&self, app: &App, shop: &str, region: &'static str) -> Grant {
        let until = self.scene.now() + 365 * DAY;
        Grant { client_id: app.client_id.clone(), shop: shop.to_owned(), region, until }
    }

    fn grant(&self, state: &mut State, grant: Grant) -> String {
        let refresh_token = self.scene.issue(format!("Atzr|{}", random_text(348)));
        state.grants.insert(refresh_token.clone(), grant);
        refresh_token
    }

    // ---- The browser's side ----

    /// `GET /apps/authorize/consent`.
    fn consent(&self, request: &Request, region: &'static str) -> Answer {
        let parameters = request.parameters();
        let mut state = lock(&self.state);
        let app = application(&state, &parameters, parameters.text("application_id"))?;
        if parameters.unexpected(&["application_id", "state", "redirect_uri", "version"]).is_some() {
            return Err(error_page("MD9999"));
        }
        let redirect_uri = redirect_uri(&app, &parameters)?;
        let grant = match self.scene.decide() {
            Decision::Granted(shop) => self.new_grant(&app, &shop, region),
            Decision::Cancelled => return Ok(Response::page(200, "Seller Central")),
            Decision::Stranded => return Ok(Response::page(200, "Authorization successful")),
        };
        let next = if app.through_login_uri {
            login_uri(&mut state, &app, &request.host, grant)
        } else {
            self.callback(&mut state, grant, &redirect_uri, &parameters)
        };
        Ok(Response::redirect(next))
    }

    /// `GET /apps/authorize/confirm/APPLICATION_ID`: the application sends the browser back.
    fn confirm(&self, request: &Request, application_id: &str) -> Answer {
        let parameters = request.parameters();
        let mut state = lock(&self.state);
        let app = application(&state, &parameters, application_id)?;
        if parameters.unexpected(&["amazon_state", "state", "redirect_uri", "version"]).is_some() {
            return Err(error_page("MD9999"));
        }
        let redirect_uri = redirect_uri(&app, &parameters)?;
        let login = state.logins.remove(parameters.text("amazon_state"));
        let grant =
            login.filter(|login| login.client_id == app.client_id).ok_or_else(|| error_page("MD9999"))?;
        Ok(Response::redirect(self.callback(&mut state, grant, &redirect_uri, &parameters)))
    }

    fn callback(&self, state: &mut State, grant: Grant, redirect_uri: &str, parameters: &Fields) -> String {
        let code = self.scene.issue(random_text(20));
        let mut answer = Vec::new();
        answer.extend(parameters.get("state").map(|state| ("state", state)));
        answer.extend([("selling_partner_id", grant.shop.as_str()), ("spapi_oauth_code", &code)]);
        let next = with_parameters(redirect_uri, answer);
        let redirect_uri = parameters.get("redirect_uri").map(ToOwned::to_owned);
        state.codes.insert(code, Code { grant, redirect_uri, until: self.scene.now() + CODE_LIFE });
        next
    }

    // ---- The token endpoint ----

    /// `POST /auth/o2/token`.
    fn token(&self, request: &Request) -> Answer {
        let malformed = || lwa_error(400, "invalid_request", "Malformed request");
        if request.method != "POST" || !request.query.is_empty() || request.header("authorization").is_some()
        {
            return Err(malformed());
        }
        // Its own SDKs send JSON.
        let form = request.form().or_else(|| request.json_form()).ok_or_else(|| {
            lwa_error(400, "unsupported_grant_type", "The authorization grant type is not supported")
        })?;
        let mut state = lock(&self.state);
        let client_id = required(&form, "client_id")?;
        let client_secret = required(&form, "client_secret")?;
        self.authenticate(&state, client_id, client_secret)?;
        let known = match required(&form, "grant_type")? {
            "authorization_code" => &["code", "redirect_uri"][..],
            "refresh_token" => &["refresh_token"],
            "client_credentials" => &["scope"],
            _ => return Err(lwa_error(400, "unsupported_grant_type", "The grant type is not supported")),
        };
        if form.unexpected(&[&["grant_type", "client_id", "client_secret"], known].concat()).is_some() {
            return Err(malformed());
        }
        match form.text("grant_type") {
            "authorization_code" => self.redeem(&mut state, client_id, &form),
            "refresh_token" => self.refresh(&mut state, client_id, required(&form, "refresh_token")?),
            _ => self.grantless(&mut state, client_id, required(&form, "scope")?),
        }
    }

    fn authenticate(&self, state: &State, client_id: &str, client_secret: &str) -> Result<(), Response> {
        let registration = state.registrations.iter().find(|known| known.app.client_id == client_id);
        let now = self.scene.now();
        let mut secrets = registration.iter().flat_map(|known| &known.secrets);
        if secrets.any(|secret| secret.text == client_secret && now < secret.until) {
            return Ok(());
        }
        Err(lwa_error(401, "invalid_client", "Client authentication failed"))
    }

    fn redeem(&self, state: &mut State, client_id: &str, form: &Fields) -> Answer {
        let code = required(form, "code")?;
        let now = self.scene.now();
        let known =
            state.codes.get(code).filter(|known| known.grant.client_id == client_id && now < known.until);
        let known = known.ok_or_else(|| invalid_grant("code"))?;
        if known.redirect_uri.as_deref() != form.get("redirect_uri") {
            return Err(invalid_grant("redirect_uri"));
        }
        let grant = state.codes.remove(code).expect("just seen").grant;
        let refresh_token = self.grant(state, grant);
        Ok(self.tokens(state, client_id, Some(refresh_token)))
    }

    fn refresh(&self, state: &mut State, client_id: &str, refresh_token: &str) -> Answer {
        let now = self.scene.now();
        let grant = state.grants.get(refresh_token).filter(|grant| now < grant.until).ok_or_else(|| {
            invalid_grant("refresh_token. User may have revoked or didn't grant the permission.")
        })?;
        if grant.client_id != client_id {
            return Err(lwa_error(400, "unauthorized_client", "Not authorized for requested operation"));
        }
        Ok(self.tokens(state, client_id, Some(refresh_token.to_owned())))
    }

    fn grantless(&self, state: &mut State, client_id: &str, scope: &str) -> Answer {
        if !GRANTLESS_SCOPES.contains(&scope) {
            return Err(lwa_error(400, "invalid_scope", "The request has an invalid parameter : scope"));
        }
        Ok(self.tokens(state, client_id, None))
    }

    fn tokens(&self, state: &mut State, client_id: &str, refresh_token: Option<String>) -> Response {
        let life = self.scene.token_life();
        // 353 characters were seen in the wild; up to 2048 are promised.
        let access_token = self.scene.issue(format!("Atza|{}", random_text(348)));
        let mut body =
            json!({ "access_token": access_token, "token_type": "bearer", "expires_in": life.as_secs() });
        if let Some(refresh_token) = &refresh_token {
            body["refresh_token"] = Value::from(refresh_token.as_str());
        }
        let until = self.scene.now() + life;
        let token = AccessToken { client_id: client_id.to_owned(), refresh_token, until };
        state.access_tokens.insert(access_token, token);
        Response::json(200, &body)
    }

    // ---- The Selling Partner API ----

    /// `GET /sellers/v1/marketplaceParticipations`.
    fn participations(&self, request: &Request, region: &str) -> Answer {
        let sent = request
            .header("x-amz-access-token")
            .ok_or_else(|| unauthorized("Access token is missing in the request header."))?;
        let state = lock(&self.state);
        let revoked = || unauthorized("The access token you provided is revoked, malformed or invalid.");
        let token = state.access_tokens.get(sent).ok_or_else(revoked)?;
        if token.until <= self.scene.now() {
            return Err(unauthorized("The access token you provided has expired."));
        }
        if self.secret_is_old(&state, &token.client_id) {
            return Err(unauthorized("The LWA secret token you provided has expired."));
        }
        let refresh_token = token.refresh_token.as_ref().ok_or_else(|| unauthorized(""))?;
        let grant = state.grants.get(refresh_token).ok_or_else(revoked)?;
        if grant.region != region || state.suspended.contains(&grant.shop) {
            return Err(unauthorized(""));
        }
        let (id, country) = match region {
            "na" => ("ATVPDKIKX0DER", "US"),
            "eu" => ("A1PA6795UKMFR9", "DE"),
            _ => ("A1VC38T7YXB528", "JP"),
        };
        Ok(Response::json(
            200,
            &json!({ "payload": [{
                "marketplace": { "id": id, "countryCode": country },
                "participation": { "isParticipating": true, "hasSuspendedListings": false },
                "storeName": format!("Shop of {}", grant.shop),
            }] }),
        ))
    }

    /// Login with Amazon goes on taking a secret that the API no longer accepts after 180 days.
    fn secret_is_old(&self, state: &State, client_id: &str) -> bool {
        let now = self.scene.now();
        let registration = state.registrations.iter().find(|known| known.app.client_id == client_id);
        let newest = registration.and_then(|known| known.secrets.last());
        newest.is_some_and(|secret| now >= secret.created + 180 * DAY)
    }
}

impl Default for Amazon {
    fn default() -> Self {
        Self::new()
    }
}

impl Site for Amazon {
    fn serves(&self, host: &str) -> bool {
        host == "api.amazon.com" || region_of_central(host).or(region_of_api(host)).is_some()
    }

    fn answer(&self, request: &Request) -> Response {
        let path = request.path.as_str();
        if request.host == "api.amazon.com" && path == "/auth/o2/token" {
            return settle(self.token(request));
        }
        if request.method != "GET" {
            return Response::empty(405);
        }
        if let Some(region) = region_of_api(&request.host) {
            return match path {
                "/sellers/v1/marketplaceParticipations" => settle(self.participations(request, region)),
                _ => unauthorized(""),
            };
        }
        let Some(region) = region_of_central(&request.host) else { return Response::empty(404) };
        match path.strip_prefix("/apps/authorize/") {
            Some("consent") => settle(self.consent(request, region)),
            Some(rest) if rest.starts_with("confirm/") => {
                settle(self.confirm(request, &rest["confirm/".len()..]))
            }
            _ => Response::page(404, "Seller Central"),
        }
    }

    fn issued_secrets(&self) -> Vec<String> {
        self.scene.issued()
    }

    fn unmet(&self) -> Vec<String> {
        self.scene.unmet("Amazon")
    }
}

impl Marketplace for Amazon {
    fn scene(&self) -> &Scene {
        &self.scene
    }
}

/// The application that a browser's request is about, if it may be authorized that way.
fn application(state: &State, parameters: &Fields, application_id: &str) -> Result<App, Response> {
    if application_id.is_empty() {
        return Err(error_page("MD4010"));
    }
    if application_id.starts_with("amzn1.application-oa2-client.") {
        return Err(error_page("MD9999"));
    }
    let registration = state.registrations.iter().find(|known| known.app.application_id == application_id);
    let app = registration.ok_or_else(|| error_page("MD1000"))?.app.clone();
    if app.private {
        return Err(error_page("MD9100"));
    }
    match (app.draft, parameters.get("version")) {
        (true, Some("beta")) | (false, None) => Ok(app),
        (true, _) => Err(error_page("MD1000")),
        (false, Some(_)) => Err(error_page("MD9999")),
    }
}

/// The registered redirect URI that was asked for, or the first one.
fn redirect_uri(app: &App, parameters: &Fields) -> Result<String, Response> {
    let first = app.redirect_uris.first().ok_or_else(|| error_page("MD5100"))?;
    let wanted = parameters.get("redirect_uri").unwrap_or(first);
    if wanted.contains('#') {
        return Err(error_page("MD5110"));
    }
    app.redirect_uris.iter().find(|uri| *uri == wanted).cloned().ok_or_else(|| error_page("MD5101"))
}

/// The address of the application that Amazon opens, with everything needed to come back.
fn login_uri(state: &mut State, app: &App, central: &str, grant: Grant) -> String {
    let amazon_state = random_text(40);
    let confirm = format!("https://{central}/apps/authorize/confirm/{}", app.application_id);
    let mut parameters = vec![
        ("amazon_callback_uri", confirm.as_str()),
        ("amazon_state", &amazon_state),
        ("selling_partner_id", &grant.shop),
    ];
    parameters.extend(app.draft.then_some(("version", "beta")));
    let login_uri = app.login_uri.as_ref().or(app.redirect_uris.first()).expect("a registered URI");
    let next = with_parameters(login_uri, parameters);
    state.logins.insert(amazon_state, grant);
    next
}

fn error_page(code: &str) -> Response {
    Response::page(200, &format!("We could not complete your request. Error code: {code}"))
}

fn lwa_error(status: u16, error: &str, description: &str) -> Response {
    let body =
        json!({ "error_description": description, "error": error, "request_id": uuid::Uuid::new_v4() });
    Response::json(status, &body)
}

fn invalid_grant(what: &str) -> Response {
    lwa_error(400, "invalid_grant", &format!("The request has an invalid grant parameter : {what}"))
}

fn required<'a>(form: &'a Fields, name: &str) -> Result<&'a str, Response> {
    form.get(name).ok_or_else(|| {
        lwa_error(400, "invalid_request", &format!("The request is missing a required parameter : {name}"))
    })
}

/// The API's refusal: always 403, whatever is wrong.
fn unauthorized(details: &str) -> Response {
    let message = "Access to requested resource is denied.";
    let body = json!({ "errors": [{ "code": "Unauthorized", "message": message, "details": details }] });
    Response::json(403, &body)
}
