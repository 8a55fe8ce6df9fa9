//! Whether the requests of a definition make a flow: from consent to a token, and on to the next one.

use crate::marketplace::definition::{Grant, Pkce, Redirect, RedirectKind, RedirectMode};
use crate::marketplace::request::Request;
use crate::marketplace::walk;
use crate::text;

use super::Faults;

/// What RFC 8628 section 3.2 requires of an answer to the device.
const DEVICE_ANSWER: &[&str] = &["device_code", "user_code", "verification_uri"];

impl Faults<'_> {
    pub(super) fn sequence(&mut self) {
        let definition = self.definition;
        let tokens = |requests: &[Request]| requests.iter().filter(|r| r.token.is_some()).count();
        let first = match definition.grant {
            Grant::DeviceCode => &definition.device_token_request,
            Grant::AuthorizationCode | Grant::ClientCredentials => &definition.token_request,
        };
        if first.is_empty() {
            self.say("token_request", text!("fault-none"));
        }
        let sequences =
            [&definition.token_request, &definition.device_token_request, &definition.renewal_request];
        if sequences.iter().any(|requests| tokens(requests) > 1) {
            self.say("token", text!("fault-two-tokens"));
        }
        if tokens(first) + tokens(&definition.renewal_request) == 0 {
            self.say("token", text!("fault-no-token"));
        }
        if !definition.renewal_request.is_empty() && tokens(&definition.renewal_request) == 0 {
            self.say("renewal_request", text!("fault-no-token"));
        }
        let places = first.iter().chain(&definition.token_request).filter_map(|r| r.token.as_ref());
        if definition.renews_with("refresh_token")
            && !places.clone().any(|token| token.refresh_token.is_some())
        {
            self.say("renewal_request", text!("fault-no-refresh-token"));
        }
        let earlier = definition.renewal_request.split_last().map(|(_, earlier)| earlier);
        if definition.rotates()
            && earlier.is_some_and(|earlier| earlier.iter().any(Request::needs_refresh_token))
        {
            self.say("renewal_request", text!("fault-spent-early"));
        }
        for (key, request) in walk::requests(definition) {
            if request.form.is_some() && request.json.is_some() {
                self.say(&key, text!("fault-two-bodies"));
            }
        }
    }

    pub(super) fn authorization(&mut self) {
        let definition = self.definition;
        let consents = definition.grant == Grant::AuthorizationCode;
        let Some(request) = &definition.authorization_request else {
            if consents {
                self.say("authorization_request", text!("fault-needed"));
            }
            return;
        };
        if !consents {
            self.say("authorization_request", text!("fault-useless"));
        }
        let uses = |name: &str| request.parameters.iter().any(|(_, t)| t.placeholders().any(|n| n == name));
        if !uses("state") {
            self.say("authorization_request", text!("fault-state"));
        }
    }

    /// A challenge is sent where, and only where, PKCE is on (RFC 7636 section 4.3).
    pub(super) fn pkce(&mut self) {
        let definition = self.definition;
        let Some(request) = &definition.authorization_request else { return };
        let uses = |name: &str| request.parameters.iter().any(|(_, t)| t.placeholders().any(|n| n == name));
        let usual = definition.consent.pkce;
        let chosen = definition.options.values().map(|option| option.pkce.unwrap_or(usual));
        let ways: Vec<Pkce> = std::iter::once(usual).chain(chosen).collect();
        if uses("code_challenge") != ways.contains(&Pkce::S256) {
            self.say("consent.pkce", text!("fault-pkce"));
        }
        // A method without its challenge would be refused.
        let named = request.parameters.iter().any(|(name, _)| name == "code_challenge_method");
        if ways.contains(&Pkce::S256) && ways.contains(&Pkce::Off) && named && !uses("code_challenge_method")
        {
            self.say("authorization_request.parameters.code_challenge_method", text!("fault-pkce-method"));
        }
    }

    pub(super) fn redirect(&mut self) {
        let definition = self.definition;
        if definition.authorization_request.is_none() {
            return;
        }
        let Redirect { modes, kind, host, port, path } = &definition.redirect;
        if modes.is_empty() {
            self.say("redirect.modes", text!("fault-modes"));
        }
        let listens = host.as_deref().unwrap_or("127.0.0.1");
        if modes.contains(&RedirectMode::Loopback) && !matches!(listens, "localhost" | "127.0.0.1" | "[::1]")
        {
            self.say("redirect.host", text!("fault-redirect-host"));
        }
        if *kind == RedirectKind::Address {
            return;
        }
        // Where the browser ends is not known here, so nothing can wait for it.
        if modes.iter().any(|mode| *mode != RedirectMode::Paste)
            || host.is_some()
            || port.is_some()
            || path.is_some()
        {
            self.say("redirect.kind", text!("fault-opaque-place"));
        }
        if definition.variables.get("redirect_uri").is_none_or(|variable| variable.pattern.is_none()) {
            self.say("redirect.kind", text!("fault-opaque-pattern"));
        }
    }

    /// The device flow's two requests belong together.
    pub(super) fn device(&mut self) {
        let definition = self.definition;
        let Some(request) = &definition.device_authorization_request else {
            if definition.grant == Grant::DeviceCode {
                self.say("device_authorization_request", text!("fault-needed"));
            }
            if !definition.device_token_request.is_empty() {
                self.say("device_token_request", text!("fault-device-alone"));
            }
            return;
        };
        if definition.device_token_request.is_empty() {
            self.say("device_token_request", text!("fault-none"));
        }
        for name in DEVICE_ANSWER.iter().filter(|name| !request.capture.contains_key(**name)) {
            self.say("device_authorization_request.capture", text!("fault-device-answer", name = name));
        }
    }
}
