//! Whether the requests of a definition make a flow: from consent to a token, and on to the next one.

use crate::marketplace::definition::{Grant, Pkce, Redirect, RedirectKind, RedirectMode, Scope};
use crate::marketplace::request::{Auth, Request};
use crate::marketplace::template::Template;
use crate::marketplace::walk;
use crate::text;

use super::{EVERY_APPS, Faults, OF_A_REGISTRATION, is_id, whole};

/// What RFC 8628 section 3.2 requires of an answer to the device.
const DEVICE_ANSWER: &[&str] = &["device_code", "user_code", "verification_uri"];

impl Faults<'_> {
    pub(super) fn sequence(&mut self) {
        let definition = self.definition;
        if definition.is_entered() {
            return self.entered();
        }
        if definition.static_token.is_some() {
            self.say("static_token", text!("fault-static-only"));
        }
        for (name, _) in definition.entered() {
            self.say(&format!("variables.{name}"), text!("fault-static-only"));
        }
        let tokens = |requests: &[Request]| requests.iter().filter(|r| r.token.is_some()).count();
        let first = match definition.grant {
            Grant::DeviceCode => &definition.device_token_request,
            Grant::AuthorizationCode | Grant::ClientCredentials | Grant::Static => &definition.token_request,
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
            let lists_alone = request.json.is_none() && request.json_lists.iter().next().is_some();
            if request.form.is_some() && request.json.is_some() || lists_alone {
                self.say(&key, text!("fault-two-bodies"));
            }
        }
    }

    /// Where a person enters what proves the shop there is something to enter, and nothing to ask for.
    fn entered(&mut self) {
        let definition = self.definition;
        let entered = |name: &str| definition.entered().any(|(known, _)| known == name);
        match &definition.static_token {
            None => self.say("static_token", text!("fault-needed")),
            Some(token) if !token.value.placeholders().any(entered) => {
                self.say("static_token.value", text!("fault-static-value"));
            }
            Some(_) => {}
        }
        if definition.entered().next().is_none() {
            self.say("variables", text!("fault-static-nothing"));
        }
        for (name, variable) in definition.entered() {
            let is_one_shops = variable.scope == Scope::Profile && variable.default.is_none();
            if !is_one_shops || EVERY_APPS.contains(&name) {
                self.say(&format!("variables.{name}"), text!("fault-static-variable"));
            }
        }
        for (key, _) in walk::requests(definition).filter(|(key, _)| key != "identity_request") {
            self.say(&key, text!("fault-static-request"));
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
        let verifies = |request: &Request| {
            request.templates().any(|template| template.placeholders().any(|name| name == "code_verifier"))
        };
        let requests = &definition.token_request;
        if ways.contains(&Pkce::S256) && !requests.is_empty() && !requests.iter().any(verifies) {
            self.say("token_request", text!("fault-pkce-verifier"));
        }
        // A method without its challenge would be refused.
        let named = request.parameters.iter().any(|(name, _)| name == "code_challenge_method");
        let is_stray = ways.contains(&Pkce::Off) && named && !uses("code_challenge_method");
        let fault = match (ways.contains(&Pkce::S256), uses("code_challenge")) {
            (true, _) if is_stray => text!("fault-pkce-method"),
            (false, false) if is_stray => text!("fault-pkce-method-alone"),
            _ => return,
        };
        self.say("authorization_request.parameters.code_challenge_method", fault);
    }

    /// What says no must be told from what every answer has.
    pub(super) fn answer(&mut self) {
        let response = &self.definition.authorization_response;
        for name in response.denied_by.keys().filter(|name| **name == response.code || *name == "state") {
            self.say(&format!("authorization_response.denied_by.{name}"), text!("fault-denied-by"));
        }
    }

    pub(super) fn redirect(&mut self) {
        let definition = self.definition;
        let Some(request) = &definition.authorization_request else { return };
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
        let asked = request.parameters.iter().map(|(_, template)| template).chain([&request.endpoint]);
        let exchanged = definition.token_request.iter().flat_map(Request::templates);
        if !asked.chain(exchanged).any(|template| template.placeholders().any(|name| name == "redirect_uri"))
        {
            self.say("redirect.kind", text!("fault-opaque-unsent"));
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

    /// Each kind of app has a flow of its own, and whoever registers proves it by a code.
    pub(super) fn registration(&mut self) {
        let definition = self.definition;
        for (name, kind) in &definition.app_kinds {
            let has_flow = match kind.device {
                true => definition.device_authorization_request.is_some(),
                false => definition.authorization_request.is_some(),
            };
            if !has_flow || !is_id(name) {
                self.say(&format!("app_kinds.{name}"), text!("fault-app-kind"));
            }
        }
        for (key, template) in walk::templates(definition) {
            let elsewhere = !key.starts_with("registration.request");
            let known = template.placeholders().find(|name| OF_A_REGISTRATION.contains(name));
            if let Some(name) = known.filter(|_| elsewhere) {
                self.say(&key, text!("fault-registration-name", name = name));
            }
        }
        let Some(registration) = &definition.registration else { return };
        if definition.authorization_request.is_none() {
            self.say("registration", text!("fault-registration-flow"));
        }
        if whole(&registration.client_name_pattern).is_none() {
            let pattern = &registration.client_name_pattern;
            self.say("registration.client_name_pattern", text!("fault-pattern", pattern = pattern));
        }
        let request = &registration.request;
        let unread = [
            ("capture", !request.capture.is_empty()),
            ("token", request.token.is_some()),
            ("pace", request.pace.is_some()),
            ("share", request.share.is_some()),
        ];
        for (key, _) in unread.into_iter().filter(|(_, is_there)| *is_there) {
            self.say(&format!("registration.request.{key}"), text!("fault-registration-unread"));
        }
        if request.auth == Auth::Basic {
            self.say("registration.request.auth", text!("fault-registration-auth"));
        }
        for (name, template) in registration.variables.iter() {
            let is_known = definition.asked(Scope::App).any(|(known, _)| known == name);
            if !is_known || template.placeholders().any(|inside| inside != "client_name") {
                self.say("registration.variables", text!("fault-registration-variable", name = name));
            }
        }
        let names: Vec<&str> = registration.request.templates().flat_map(Template::placeholders).collect();
        if !names.contains(&"registration_code") {
            self.say("registration.request", text!("fault-registration-code"));
        }
    }
}
