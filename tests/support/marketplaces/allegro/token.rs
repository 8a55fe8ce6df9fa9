//! Allegro's token endpoint.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::super::{Answer, jwt, lock, oauth_error};
use super::{
    Allegro, App, Code, Environment, Session, State, Token, invalid_token, is_live, unauthenticated,
};
use crate::support::proxy::{Fields, Request, Response};

const REFRESH_TOKEN_LIFE: Duration = Duration::from_secs(90 * 24 * 3600);
const GRACE: Duration = Duration::from_secs(60);
const MOST_SESSIONS: usize = 20;
const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";

impl Allegro {
    /// `POST /auth/oauth/token`, with parameters in the body and nowhere else.
    pub(super) fn token(&self, request: &Request, environment: Environment) -> Answer {
        let form = request.form().filter(|_| request.method == "POST" && request.query.is_empty());
        let form = form.ok_or_else(unauthenticated)?;
        let known = match form.text("grant_type") {
            "authorization_code" => &["grant_type", "code", "redirect_uri", "client_id", "code_verifier"][..],
            "refresh_token" => &["grant_type", "refresh_token", "redirect_uri"],
            "client_credentials" => &["grant_type"],
            DEVICE_CODE => &["grant_type", "device_code"],
            other => {
                let description = format!("Unsupported grant type: {other}");
                return Err(oauth_error(400, "unsupported_grant_type", &description));
            }
        };
        if let Some(name) = form.unexpected(known) {
            return Err(oauth_error(400, "invalid_request", &format!("Unexpected parameter: {name}")));
        }
        let mut state = lock(&self.state);
        if form.text("grant_type") == "authorization_code" {
            return self.redeem(&mut state, request, &form, environment);
        }
        let app = authenticate(&state, request, environment)?;
        match form.text("grant_type") {
            "refresh_token" if form.get("redirect_uri").is_some_and(|uri| !app.accepts(uri)) => {
                Err(invalid_grant("Redirect URI mismatch."))
            }
            "refresh_token" => self.refresh(&mut state, &app, form.text("refresh_token")),
            "client_credentials" => Ok(self.public_token(&app)),
            _ => self.redeem_device(&mut state, &app, form.text("device_code")),
        }
    }

    fn redeem(
        &self,
        state: &mut State,
        request: &Request,
        form: &Fields,
        environment: Environment,
    ) -> Answer {
        let sent = form
            .get("code")
            .ok_or_else(|| oauth_error(400, "invalid_request", "An authorization code must be supplied"))?;
        let app = match form.get("code_verifier") {
            // With PKCE the client only names itself; a Basic header beside it is refused.
            Some(verifier) => {
                self.scene.issue(verifier.to_owned());
                let app = state.app(environment, form.text("client_id")).cloned();
                app.filter(|_| request.header("authorization").is_none()).ok_or_else(unauthorized)?
            }
            None => authenticate(state, request, environment)?,
        };
        let code = state.codes.remove(sent).filter(|code| code.client_id == app.client_id);
        let code = code.filter(|code| self.scene.now() < code.until && proves_possession(code, form));
        let code = code.ok_or_else(|| invalid_grant(&format!("Invalid authorization code: {sent}")))?;
        if code.redirect_uri != form.text("redirect_uri") {
            return Err(invalid_grant("Redirect URI mismatch."));
        }
        Ok(self.open_session(state, &app, code.shop, code.scopes))
    }

    /// A consent makes a session of its own; the 21st of an account ends the oldest.
    pub(super) fn open_session(
        &self,
        state: &mut State,
        app: &App,
        shop: String,
        scopes: Vec<String>,
    ) -> Response {
        let open = state.sessions.iter_mut().filter(|session| session.shop == shop && !session.ended);
        let mut open: Vec<_> = open.collect();
        if open.len() >= MOST_SESSIONS {
            open[0].ended = true;
        }
        let client_id = app.client_id.clone();
        state.sessions.push(Session { client_id, shop, scopes, ended: false, newest_pair: 0 });
        let session = state.sessions.len() - 1;
        self.new_pair(state, session, app)
    }

    fn refresh(&self, state: &mut State, app: &App, sent: &str) -> Answer {
        let invalid = || invalid_grant(&format!("Invalid refresh token: {sent}"));
        let now = self.scene.now();
        let token = state.tokens.get(sent).cloned().ok_or_else(invalid)?;
        let session = &state.sessions[token.session];
        if !token.refresh {
            return Err(invalid_token("Encoded token is not a refresh token"));
        }
        if state.app(app.environment, &session.client_id).is_none() {
            return Err(invalid_token("Cannot convert access token to JSON"));
        }
        let link = (session.client_id.clone(), session.shop.clone());
        if state.unlinked.contains(&link) {
            return Err(unauthorized());
        }
        let unused = is_live(state, &token) && token.used.is_none();
        let lost_answer = token.used.is_some_and(|used| now < used + GRACE) && !session.ended;
        if session.client_id != app.client_id || token.until <= now || !(unused || lost_answer) {
            return Err(invalid());
        }
        state.tokens.get_mut(sent).expect("just seen").used.get_or_insert(now);
        Ok(self.new_pair(state, token.session, app))
    }

    /// Issues a pair and makes it the session's only one.
    fn new_pair(&self, state: &mut State, session: usize, app: &App) -> Response {
        state.pairs += 1;
        let pair = state.pairs;
        state.sessions[session].newest_pair = pair;
        let Session { shop, scopes, .. } = &state.sessions[session];
        let now = self.scene.now();
        let life = self.scene.token_life();
        let (jti, scope) = (Uuid::new_v4().to_string(), scopes.join(" "));
        let claims = |until: Duration| {
            json!({
                "user_name": shop,
                "scope": scopes,
                "allegro_api": true,
                "iss": format!("https://{}", app.environment.host()),
                "exp": until.as_secs(),
                "jti": jti,
                "client_id": app.client_id,
            })
        };
        let mut refresh_claims = claims(now + REFRESH_TOKEN_LIFE);
        refresh_claims["ati"] = Value::from(jti.as_str());
        refresh_claims["jti"] = Value::from(Uuid::new_v4().to_string());
        let access_token = self.scene.issue(jwt(&claims(now + life)));
        let refresh_token = self.scene.issue(jwt(&refresh_claims));
        let body = json!({
            "access_token": access_token,
            "token_type": "bearer",
            "refresh_token": refresh_token,
            "expires_in": life.as_secs(),
            "scope": scope,
            "allegro_api": true,
            "iss": format!("https://{}", app.environment.host()),
            "jti": jti,
        });
        let token = |refresh, until| Token { session, pair, refresh, until, used: None };
        state.tokens.insert(access_token, token(false, now + life));
        state.tokens.insert(refresh_token, token(true, now + REFRESH_TOKEN_LIFE));
        Response::json(200, &body)
    }

    /// A token for public resources; it belongs to no shop, so `/me` knows it not.
    fn public_token(&self, app: &App) -> Response {
        let claims = json!({ "client_id": app.client_id, "jti": Uuid::new_v4(), "allegro_api": true });
        let access_token = self.scene.issue(jwt(&claims));
        let life = self.scene.token_life().as_secs();
        Response::json(
            200,
            &json!({ "access_token": access_token, "token_type": "bearer", "expires_in": life, "allegro_api": true }),
        )
    }
}

/// The app that a Basic header names and proves.
pub(super) fn authenticate(
    state: &State,
    request: &Request,
    environment: Environment,
) -> Result<App, Response> {
    let (client_id, client_secret) = request.basic().ok_or_else(unauthenticated)?;
    let app = state.app(environment, &client_id).filter(|app| app.client_secret == client_secret);
    app.cloned().ok_or_else(unauthorized)
}

/// RFC 7636, section 4.6; S256 only.
fn proves_possession(code: &Code, form: &Fields) -> bool {
    match (&code.challenge, form.get("code_verifier")) {
        (None, None) => true,
        (Some(challenge), Some(verifier)) => {
            (43..=128).contains(&verifier.len())
                && *challenge == URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
        }
        _ => false,
    }
}

/// An unlinked app and a wrong secret look the same.
pub(super) fn unauthorized() -> Response {
    oauth_error(401, "Unauthorized", "Unauthorized")
}

fn invalid_grant(description: &str) -> Response {
    oauth_error(400, "invalid_grant", description)
}
