//! Allegro's device flow (RFC 8628), with its deviations.

use std::time::Duration;

use serde_json::json;

use super::super::{Answer, Decision, lock, oauth_error, random_hex, random_text};
use super::token::authenticate;
use super::{Allegro, App, Environment, State};
use crate::support::proxy::{Request, Response};

const LIFE: Duration = Duration::from_secs(3600);
/// What Allegro tells devices.
pub(super) const INTERVAL: Duration = Duration::from_secs(5);

/// One login that a device asked for.
pub(super) struct Device {
    client_id: String,
    code: String,
    user_code: String,
    until: Duration,
    last_poll: Option<Duration>,
    /// Nothing as long as the person is not done.
    verdict: Option<Decision>,
}

impl Allegro {
    /// The code that was given out last, for a person to enter.
    pub fn user_code(&self) -> String {
        let state = lock(&self.state);
        state.devices.last().expect("a device has asked for a login").user_code.clone()
    }

    /// `POST /auth/oauth/device`.
    pub(super) fn start_device(&self, request: &Request, environment: Environment) -> Answer {
        let mut state = lock(&self.state);
        let app = authenticate(&state, request, environment)?;
        if !app.device {
            let error = json!({ "code": "unauthorized_client", "message": "Unauthorized grant type", "details": null,
                "path": null, "userMessage": "Unauthorized grant type" });
            return Err(Response::json(401, &json!([error])));
        }
        let form = request.form().unwrap_or_else(|| request.parameters());
        if form.get("client_id") != Some(&app.client_id) {
            return Err(oauth_error(400, "invalid_request", "client_id"));
        }
        let user_code = random_hex(9);
        let device_code = self.scene.issue(random_text(32));
        let page = format!("https://{}/skojarz-aplikacje", environment.host());
        // The documentation shows numbers as strings, the server was seen to send numbers; both at once.
        let body = json!({
            "user_code": user_code,
            "device_code": device_code,
            "expires_in": LIFE.as_secs().to_string(),
            "interval": state.device_interval.as_secs(),
            "verification_uri": page,
            "verification_uri_complete": format!("{page}?code={user_code}"),
        });
        let until = self.scene.now() + LIFE;
        let client_id = app.client_id;
        let code = device_code;
        state.devices.push(Device { client_id, code, user_code, until, last_poll: None, verdict: None });
        Ok(Response::json(200, &body))
    }

    /// The page where the person enters the code.
    pub(super) fn device_page(&self, request: &Request) -> Answer {
        let parameters = request.parameters();
        let mut state = lock(&self.state);
        let device =
            state.devices.iter_mut().find(|device| parameters.get("code") == Some(&device.user_code));
        let device = device.ok_or_else(|| Response::page(404, "Allegro"))?;
        device.verdict = Some(self.scene.decide()).filter(|verdict| !matches!(verdict, Decision::Stranded));
        Ok(Response::page(200, "Allegro"))
    }

    /// The device asks whether the person is done.
    pub(super) fn redeem_device(&self, state: &mut State, app: &App, device_code: &str) -> Answer {
        let now = self.scene.now();
        let known = |device: &Device| device.code == device_code && device.client_id == app.client_id;
        let at = state.devices.iter().position(|device| known(device) && now < device.until);
        let at = at.ok_or_else(|| oauth_error(400, "invalid_request", "Invalid device code"))?;
        let interval = state.device_interval;
        let device = &mut state.devices[at];
        let last_poll = device.last_poll.replace(now);
        let hasty = last_poll.is_some_and(|last| now < last + interval);
        let shop = match device.verdict.take() {
            Some(Decision::Granted(shop)) => shop,
            Some(_) => return Err(oauth_error(400, "access_denied", "The user refused")),
            None if hasty => return Err(oauth_error(400, "slow_down", "The device asks too often")),
            None => return Err(oauth_error(400, "authorization_pending", "The user has not decided yet")),
        };
        state.devices.remove(at);
        state.unlinked.retain(|link| *link != (app.client_id.clone(), shop.clone()));
        Ok(self.open_session(state, app, shop, app.scopes.clone()))
    }
}
