//! A definition to begin with, from what a person or a server's metadata said.

use std::fmt::Write;

use jiff::civil::Date;
use toml::Value;

use super::definition::Grant;

/// The scope that asks for a refresh token (`OpenID` Connect Core section 11), which wants the seller asked.
pub const OFFLINE: &str = "offline_access";

/// The scope that brings an ID token, which says whose consent it was.
const IDENTITY: &str = "openid";

/// What a new definition is made from. Addresses are https, or http on this machine.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The name on the command line.
    pub id: String,
    /// The name a seller knows.
    pub name: String,
    /// The marketplace's documentation.
    pub docs: String,
    /// Today.
    pub verified: Date,
    /// How a first token comes about.
    pub grant: Grant,
    /// The address below which the API lies.
    pub api_base: String,
    /// The consent page, for [`Grant::AuthorizationCode`].
    pub authorization_endpoint: String,
    /// Where codes and refresh tokens are exchanged.
    pub token_endpoint: String,
    /// Where a device asks for its code, for [`Grant::DeviceCode`].
    pub device_authorization_endpoint: String,
    /// Where tokens are revoked, if anywhere.
    pub revocation_endpoint: Option<String>,
    /// The issuer that the answer names (RFC 9207), if it does.
    pub issuer: Option<String>,
    /// How the app proves itself.
    pub client: ClientAuthentication,
    /// Whether the marketplace takes PKCE.
    pub pkce: bool,
    /// The redirect URI it registers: on loopback, or on https.
    pub loopback: bool,
    /// Whether there is a refresh token.
    pub refreshes: bool,
    /// The scopes to ask for.
    pub scopes: Vec<String>,
}

/// What a seller copies out of the portal.
const STATIC: &str = r#"
[variables.api_key]
scope = "profile"
secret = true
prompt = "API key, as the portal shows it"

[static_token]
value = "{api_key}"
"#;

/// How an app proves itself at the token endpoint (RFC 6749 section 2.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ClientAuthentication {
    /// By the header, HTTP Basic
    Basic,
    /// By two fields of the form
    Post,
    /// Not at all: the app has no secret
    None,
}

impl Draft {
    /// The definition as a file.
    pub fn text(&self) -> String {
        let mut out = self.head();
        match self.grant {
            Grant::AuthorizationCode => out += &self.consent(),
            Grant::DeviceCode => out += &self.device(),
            Grant::ClientCredentials => out += &self.credentials(),
            Grant::Static => out += STATIC,
        }
        let consents = matches!(self.grant, Grant::AuthorizationCode | Grant::DeviceCode);
        if self.refreshes && consents {
            out += &self.request(
                "renewal_request",
                &[("grant_type", "refresh_token"), ("refresh_token", "{refresh_token}")],
            );
            out += &self.token();
        }
        if self.wants(IDENTITY) && self.grant == Grant::AuthorizationCode {
            out += "\n[shop]\nid = [\"{user}\"]\n";
        }
        if let Some(endpoint) = self.revocation_endpoint.as_ref().filter(|_| self.refreshes && consents) {
            let form = [("token", "{refresh_token}"), ("token_type_hint", "refresh_token")];
            out += &self.request_to("revocation_request", endpoint, &form);
        }
        out
    }

    fn head(&self) -> String {
        let grant = match self.grant {
            Grant::AuthorizationCode => "authorization_code",
            Grant::DeviceCode => "device_code",
            Grant::ClientCredentials => "client_credentials",
            Grant::Static => "static",
        };
        let scopes = Value::Array(self.scopes.iter().cloned().map(Value::String).collect());
        let mut out = String::new();
        let lines = [
            ("schema", Value::Integer(1)),
            ("id", quoted(&self.id)),
            ("name", quoted(&self.name)),
            ("docs", quoted(&self.docs)),
            ("verified", quoted(&self.verified.to_string())),
            ("grant", quoted(grant)),
            ("scopes", scopes),
            ("api_base", quoted(&self.api_base)),
            ("api_headers", Value::Array(vec![quoted("Authorization: Bearer {access_token}")])),
        ];
        for (key, value) in lines.into_iter().filter(|(key, _)| *key != "scopes" || !self.scopes.is_empty()) {
            line(&mut out, key, &value);
        }
        out + "\n[environments.production]\n"
    }

    fn consent(&self) -> String {
        let challenge = [("code_challenge", "{code_challenge}"), ("code_challenge_method", "S256")];
        let verifier = [("code_verifier", "{code_verifier}")];
        let parameters =
            [("response_type", "code"), ("client_id", "{client_id}"), ("redirect_uri", "{redirect_uri}")];
        let ours = [("scope", "{scope}"), ("state", "{state}")];
        let form =
            [("grant_type", "authorization_code"), ("code", "{code}"), ("redirect_uri", "{redirect_uri}")];
        let proof = usize::from(self.pkce);
        let asked = [("prompt", "consent")];
        let asked = &asked[..usize::from(self.wants(OFFLINE))];
        let parameters = [&parameters[..], &ours[..], &challenge[..2 * proof], asked].concat();
        let form = [&form[..], &verifier[..proof]].concat();
        let modes = if self.loopback { "\"loopback\", \"paste\"" } else { "\"relay\", \"paste\"" };
        let sections = [
            self.pkce.then(|| "\n[consent]\npkce = \"S256\"\n".to_owned()),
            Some(format!("\n[redirect]\nmodes = [{modes}]\n")),
            Some(format!(
                "\n[authorization_request]\nendpoint = {}\nparameters = {}\n",
                quoted(&self.authorization_endpoint),
                inline(&parameters)
            )),
            self.issuer
                .as_ref()
                .map(|issuer| format!("\n[authorization_response]\nissuer = {}\n", quoted(issuer))),
            Some(self.request("token_request", &form)),
            Some(self.token()),
            self.wants(IDENTITY).then(|| "capture = { user = \"/id_token.jwt/sub?\" }\n".to_owned()),
        ];
        sections.into_iter().flatten().collect()
    }

    fn wants(&self, scope: &str) -> bool {
        self.scopes.iter().any(|known| known == scope)
    }

    fn device(&self) -> String {
        let asked = self.request_to(
            "device_authorization_request",
            &self.device_authorization_endpoint,
            &[("client_id", "{client_id}"), ("scope", "{scope}")],
        );
        let answer = [
            ("device_code", "/device_code"),
            ("user_code", "/user_code"),
            ("verification_uri", "/verification_uri"),
            ("verification_uri_complete", "/verification_uri_complete?"),
            ("expires_in", "/expires_in?"),
            ("interval", "/interval?"),
        ];
        let form = [
            ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
            ("device_code", "{device_code}"),
        ];
        let captured = format!("capture = {}\n", inline(&answer));
        asked + &captured + &self.request("device_token_request", &form) + &self.token()
    }

    fn credentials(&self) -> String {
        let form = [("grant_type", "client_credentials"), ("scope", "{scope}")];
        self.request("token_request", &form)
            + "token = { access_token = \"/access_token\", expires_in = \"/expires_in\" }\n"
    }

    fn request(&self, key: &str, form: &[(&str, &str)]) -> String {
        self.request_to(key, &self.token_endpoint, form)
    }

    fn request_to(&self, key: &str, endpoint: &str, form: &[(&str, &str)]) -> String {
        // There is one such request, and of the others a sequence.
        let table = match key {
            "device_authorization_request" => format!("[{key}]"),
            _ => format!("[[{key}]]"),
        };
        let mut form: Vec<(&str, &str)> = form.to_vec();
        let named = form.iter().any(|(name, _)| *name == "client_id");
        let own = [("client_id", "{client_id}"), ("client_secret", "{client_secret}")];
        let own = match self.client {
            ClientAuthentication::Basic => &own[..0],
            ClientAuthentication::Post => &own[..],
            ClientAuthentication::None => &own[..1],
        };
        form.extend(own.iter().filter(|(name, _)| !named || *name != "client_id"));
        let auth = if self.client == ClientAuthentication::Basic { "auth = \"basic\"\n" } else { "" };
        format!("\n{table}\nurl = {}\n{auth}form = {}\n", quoted(endpoint), inline(&form))
    }

    fn token(&self) -> String {
        let mut places = vec![("access_token", "/access_token"), ("expires_in", "/expires_in")];
        places.extend(self.refreshes.then_some(("refresh_token", "/refresh_token")));
        places.push(("scope", "/scope?"));
        format!("token = {}\n", inline(&places))
    }
}

fn quoted(text: &str) -> Value {
    Value::String(text.to_owned())
}

fn line(out: &mut String, key: &str, value: &Value) {
    // A text takes whatever is written.
    let _ = writeln!(out, "{key} = {value}");
}

fn inline(pairs: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = pairs.iter().map(|(name, text)| format!("{name} = {}", quoted(text))).collect();
    format!("{{ {} }}", pairs.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marketplace::diagnosis::diagnose;

    fn draft(grant: Grant, client: ClientAuthentication, bits: u8) -> Draft {
        let is = |bit: u8| bits & (1 << bit) != 0;
        Draft {
            id: "corner".to_owned(),
            name: "The \"Corner\" Shop \\ Café".to_owned(),
            docs: "https://docs.corner.example".to_owned(),
            verified: Date::constant(2026, 11, 22),
            grant,
            api_base: "https://api.corner.example/v1".to_owned(),
            authorization_endpoint: "https://corner.example/authorize".to_owned(),
            token_endpoint: "https://corner.example/token".to_owned(),
            device_authorization_endpoint: "https://corner.example/device".to_owned(),
            revocation_endpoint: is(0).then(|| "https://corner.example/revoke".to_owned()),
            issuer: is(1).then(|| "https://corner.example".to_owned()),
            client,
            pkce: is(2),
            loopback: is(3),
            refreshes: is(4),
            scopes: if is(5) {
                ["openid", OFFLINE, "sell:all"].map(str::to_owned).to_vec()
            } else {
                Vec::new()
            },
        }
    }

    #[test]
    fn whatever_was_said_the_definition_is_sound() {
        for grant in [Grant::AuthorizationCode, Grant::DeviceCode, Grant::ClientCredentials, Grant::Static] {
            for client in
                [ClientAuthentication::Basic, ClientAuthentication::Post, ClientAuthentication::None]
            {
                for bits in 0..64 {
                    let text = draft(grant, client, bits).text();
                    let definition = diagnose(&text, "corner");
                    let definition = definition.unwrap_or_else(|found| panic!("{found:?}\n{text}"));
                    assert_eq!(definition.name, "The \"Corner\" Shop \\ Café");
                    let secret = client != ClientAuthentication::None && grant != Grant::Static;
                    assert_eq!(definition.needs_client_secret(), secret, "{text}");
                }
            }
        }
    }

    #[test]
    fn an_answer_that_is_no_address_makes_no_definition() {
        let mut draft = draft(Grant::AuthorizationCode, ClientAuthentication::Post, 0xff);
        draft.token_endpoint = "http://corner.example/token\"\ngrant = \"x".to_owned();
        assert!(diagnose(&draft.text(), "corner").is_err());
        draft.token_endpoint = "https://corner.example/{client_secret}".to_owned();
        draft.authorization_endpoint = "https://corner.example/{client_secret}".to_owned();
        assert!(diagnose(&draft.text(), "corner").is_err());
    }
}
