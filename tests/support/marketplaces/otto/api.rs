//! OTTO's token endpoints, the installation of an app, and a stand-in for the API proper.

use serde_json::{Value, json};
use uuid::Uuid;

use super::super::{Answer, jwt, lock, oauth_error, random_text};
use super::{App, Environment, Installation, Otto, Right, State, Token};
use crate::support::proxy::{Fields, Request, Response};

impl Otto {
    /// Everything below an API host but the consent page.
    pub(super) fn api(&self, request: &Request, environment: Environment) -> Answer {
        let path: Vec<_> = request.path.trim_start_matches('/').split('/').collect();
        match (request.method.as_str(), &path[..]) {
            (_, ["oauth2" | "v1", "token"]) => self.token(request, environment),
            ("GET", ["v1", "apps", app_id, "installation"]) => {
                self.installation(request, environment, app_id)
            }
            ("POST", ["v1", "apps", app_id, "installations", id, "accessToken"]) => {
                self.installation_token(request, environment, app_id, id)
            }
            ("GET", _) => self.resources(request, environment),
            _ => Err(api_error(404, "Not Found", "no such resource", request)),
        }
    }

    // ---- The token endpoint ----

    /// `POST /oauth2/token`, `POST /v1/token`.
    fn token(&self, request: &Request, environment: Environment) -> Answer {
        let form = request.form().filter(|_| request.method == "POST" && request.query.is_empty());
        let form = form.ok_or_else(|| invalid_request("Missing form parameter: grant_type"))?;
        let mut state = lock(&self.state);
        let app = authenticate(&state, &form, environment)?;
        let known = match form.text("grant_type") {
            "authorization_code" => &["code", "redirect_uri"][..],
            "client_credentials" => &["scope"],
            _ => return Err(oauth_error(400, "unsupported_grant_type", "Unsupported grant_type")),
        };
        if form.unexpected(&[&["grant_type", "client_id", "client_secret"], known].concat()).is_some() {
            return Err(invalid_request("duplicated or unknown parameter"));
        }
        match form.text("grant_type") {
            "authorization_code" => self.redeem(&mut state, &app, &form),
            _ => self.client_credentials(&mut state, &app, form.text("scope")),
        }
    }

    fn redeem(&self, state: &mut State, app: &App, form: &Fields) -> Answer {
        let invalid = |what: &str| oauth_error(400, "invalid_grant", what);
        let code = state.codes.remove(form.text("code")).filter(|code| code.client_id == app.client_id);
        let code =
            code.filter(|code| self.scene.now() < code.until).ok_or_else(|| invalid("Code not valid"))?;
        if code.redirect_uri != form.text("redirect_uri") {
            return Err(invalid("Incorrect redirect_uri"));
        }
        Ok(self.keycloak_token(state, app, Right::User(code.shop), "installation partnerId"))
    }

    fn client_credentials(&self, state: &mut State, app: &App, scope: &str) -> Answer {
        let allowed = if app.own { app.grants(scope) } else { scope == "developer" };
        if !allowed {
            return Err(oauth_error(400, "invalid_scope", &format!("Invalid scopes: {scope}")));
        }
        let right = if app.own { Right::Shop } else { Right::Developer };
        Ok(self.keycloak_token(state, app, right, scope))
    }

    /// A token in the answer that Keycloak gives.
    fn keycloak_token(&self, state: &mut State, app: &App, right: Right, scope: &str) -> Response {
        let token = self.new_token(state, app, right, scope);
        let body = json!({
            "access_token": token,
            "expires_in": self.scene.token_life().as_secs(),
            "refresh_expires_in": 0,
            "token_type": "Bearer",
            "not-before-policy": 0,
            "scope": scope,
        });
        Response::json(200, &body)
    }

    fn new_token(&self, state: &mut State, app: &App, right: Right, scope: &str) -> String {
        let now = self.scene.now();
        let until = now + self.scene.token_life();
        let mut claims = json!({
            "exp": until.as_secs(),
            "iat": now.as_secs(),
            "jti": Uuid::new_v4(),
            "iss": app.environment.issuer(),
            "typ": "Bearer",
            "azp": app.client_id,
            "scope": scope,
            "session_state": random_text(16),
        });
        if let Right::User(shop) = &right
            && !state.anonymous
        {
            claims["partner_id"] = Value::from(shop.as_str());
        }
        let text = self.scene.issue(jwt(&claims));
        let (client_id, environment) = (app.client_id.clone(), app.environment);
        state.tokens.insert(text.clone(), Token { client_id, environment, right, until });
        text
    }

    // ---- Installations ----

    /// `GET /v1/apps/{appId}/installation`, with a user token.
    fn installation(&self, request: &Request, environment: Environment, app_id: &str) -> Answer {
        let state = lock(&self.state);
        let token = self.bearer(&state, request, environment)?;
        let Right::User(shop) = &token.right else { return Err(forbidden(request)) };
        let app = own_app(&state, &token, app_id).ok_or_else(|| forbidden(request))?;
        let (current, earlier): (Vec<_>, Vec<_>) = state
            .installations
            .iter()
            .filter(|known| known.app_id == app.id && known.shop == *shop)
            .partition(|known| known.version == app.version);
        // Before the seller has installed the newest version, the latest one he has is the current one.
        let newest = current.first().or(earlier.last()).copied();
        let newest = newest.ok_or_else(|| api_error(404, "Not Found", "app is not installed", request))?;
        let describe = |known: &&Installation| json!({ "installationId": known.id, "state": "ENABLED", "appVersion": known.version });
        let others: Vec<_> = earlier.iter().filter(|known| known.id != newest.id).map(describe).collect();
        let body = json!({
            "installationId": newest.id,
            "appVersion": newest.version,
            "existingInstallations": others,
        });
        Ok(Response::json(200, &body))
    }

    /// `POST /v1/apps/{appId}/installations/{installationId}/accessToken`, with a developer token.
    fn installation_token(
        &self,
        request: &Request,
        environment: Environment,
        app_id: &str,
        id: &str,
    ) -> Answer {
        let mut state = lock(&self.state);
        let token = self.bearer(&state, request, environment)?;
        let app = own_app(&state, &token, app_id).filter(|_| matches!(token.right, Right::Developer));
        let app = app.ok_or_else(|| forbidden(request))?;
        let form = request.form().or_else(|| request.body.is_empty().then(|| request.parameters()));
        let form = form.ok_or_else(|| api_error(415, "Unsupported Media Type", "form expected", request))?;
        if form.get("scope").is_some_and(|scope| !app.grants(scope)) {
            return Err(api_error(400, "Bad Request", "invalid scope", request));
        }
        if !state.installations.iter().any(|known| known.id == id && known.app_id == app_id) {
            return Err(api_error(404, "Not Found", "installation does not exist", request));
        }
        let token = self.new_token(&mut state, &app, Right::Shop, &app.scopes.join(" "));
        let body = json!({ "access_token": token, "expires_in": self.scene.token_life().as_secs() });
        Ok(Response::json(200, &body))
    }

    // ---- The API proper ----

    fn resources(&self, request: &Request, environment: Environment) -> Answer {
        let token = self.bearer(&lock(&self.state), request, environment)?;
        match token.right {
            Right::Shop => Ok(Response::json(200, &json!({ "resources": [] }))),
            Right::User(_) | Right::Developer => Err(forbidden(request)),
        }
    }

    fn bearer(&self, state: &State, request: &Request, environment: Environment) -> Result<Token, Response> {
        let token = request.bearer().and_then(|token| state.tokens.get(token));
        token
            .filter(|token| token.environment == environment && self.scene.now() < token.until)
            .cloned()
            .ok_or_else(|| api_error(401, "Unauthorized", "token is missing, invalid or expired", request))
    }
}

fn authenticate(state: &State, form: &Fields, environment: Environment) -> Result<App, Response> {
    let (client_id, client_secret) = (form.text("client_id"), form.text("client_secret"));
    let app = state.apps.iter().find(|app| app.environment == environment && app.client_id == client_id);
    app.filter(|app| app.client_secret == client_secret)
        .cloned()
        .ok_or_else(|| oauth_error(401, "invalid_client", "Invalid client or Invalid client credentials"))
}

fn own_app(state: &State, token: &Token, app_id: &str) -> Option<App> {
    state.apps.iter().find(|app| app.id == app_id && app.client_id == token.client_id).cloned()
}

fn invalid_request(description: &str) -> Response {
    oauth_error(400, "invalid_request", description)
}

fn forbidden(request: &Request) -> Response {
    api_error(403, "Forbidden", "token is not meant for this", request)
}

fn api_error(status: u16, title: &str, detail: &str, request: &Request) -> Response {
    let code = status.to_string();
    let error = json!({ "path": request.path, "title": title, "code": code, "detail": detail });
    Response::json(status, &json!({ "errors": [error] }))
}
