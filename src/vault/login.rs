//! Who this machine is for the vault: a token it was given, or one that it gets for a role.

use std::path::PathBuf;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use zeroize::Zeroizing;

use super::{Settings, Vault, json};
use crate::cache::{self, Slot};
use crate::config::{Home, Source};
use crate::error::Result;
use crate::model::Span;
use crate::moment::{Life, Moment};
use crate::oauth::pkce::fingerprint;
use crate::oauth::request::Body;
use crate::oauth::response::Response;
use crate::{fail, files};

/// A token whose life nobody bounds is looked at so often.
const SELDOM: Span = Span::seconds(86_400);

/// How a machine is let in.
#[derive(Clone)]
pub enum Login {
    /// By a token it was given, or a file that holds one.
    Token(Source),
    /// By the file that `vault login` and `bao login` leave, if it is there.
    TokenFile(PathBuf),
    /// By a role and its secret.
    AppRole {
        /// Where such logins are mounted.
        mount: String,
        /// The role.
        role_id: String,
        /// What proves it.
        secret_id: Source,
    },
    /// By the service account of a pod.
    Kubernetes {
        /// Where such logins are mounted.
        mount: String,
        /// The role.
        role: String,
        /// What proves it.
        token_file: PathBuf,
    },
    /// Nothing is said.
    None,
}

/// A token, and what is known of its life.
pub struct Token {
    /// The token.
    pub secret: SecretString,
    /// How long it lives; `None` where it was given.
    pub life: Option<Span>,
}

impl Login {
    /// Whether a token is got rather than given: then another one can be had.
    pub(super) fn gives_tokens(&self) -> bool {
        matches!(self, Self::AppRole { .. } | Self::Kubernetes { .. })
    }

    /// A token. Kind `store` where there is no way in, or it is closed.
    pub(super) fn token(&self, vault: &Vault) -> Result<Token> {
        match self {
            Self::None => Err(fail!(Store, "vault-login-missing")),
            Self::TokenFile(file) if !file.exists() => Err(fail!(Store, "vault-login-missing")),
            Self::TokenFile(file) => Self::Token(Source::File(file.display().to_string())).token(vault),
            Self::Token(source) => {
                let token = source.read()?;
                let secret = SecretString::from(token.expose_secret().trim());
                Ok(Token { secret, life: None })
            }
            Self::AppRole { mount, role_id, secret_id } => {
                let secret_id = secret_id.read()?;
                let proof = Proof {
                    role_id: Some(role_id),
                    secret_id: Some(secret_id.expose_secret()),
                    ..Proof::default()
                };
                vault.exchange(mount, &proof, "AppRole")
            }
            Self::Kubernetes { mount, role, token_file } => {
                let path = token_file.display();
                let jwt = files::read_plain(token_file)
                    .map(Zeroizing::new)
                    .map_err(|error| fail!(Store, "file-unreadable", path = path).because(error))?;
                let jwt = Zeroizing::new(String::from_utf8_lossy(&jwt).trim().to_owned());
                let proof = Proof { role: Some(role), jwt: Some(&jwt), ..Proof::default() };
                vault.exchange(mount, &proof, "Kubernetes")
            }
        }
    }

    /// What tells one who is let in from another. Nothing secret.
    fn who(&self) -> String {
        match self {
            Self::AppRole { mount, role_id, .. } => format!("{:?}", ("approle", mount, role_id)),
            Self::Kubernetes { mount, role, .. } => format!("{:?}", ("kubernetes", mount, role)),
            Self::Token(_) | Self::TokenFile(_) | Self::None => String::new(),
        }
    }
}

/// What a login sends.
#[derive(Default, Serialize)]
struct Proof<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    role_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    jwt: Option<&'a str>,
}

/// What a login brings.
#[derive(Deserialize)]
struct Answer {
    auth: Auth,
}

#[derive(Deserialize)]
struct Auth {
    client_token: Zeroizing<String>,
    lease_duration: u64,
}

impl Vault {
    fn exchange(&self, mount: &str, proof: &Proof, way: &str) -> Result<Token> {
        let url = self.api(&["auth", mount, "login"]);
        let mut request = self.request("POST", url, None, json(proof));
        let answer = self.send(&mut request)?;
        let refused = || fail!(Store, "vault-login-refused", way = way);
        match answer.status {
            200 => {
                let Answer { auth } = serde_json::from_str(answer.body.expose_secret())
                    .map_err(|error| refused().because(error))?;
                let secret = SecretString::from(auth.client_token.as_str());
                Ok(Token { secret, life: Some(Span::seconds(auth.lease_duration)) })
            }
            400..=404 => Err(refused().because(self.fault(&answer, mount))),
            _ => Err(self.fault(&answer, mount)),
        }
    }

    fn myself(&self, token: &SecretString, what: &'static str, method: &'static str) -> Result<Response> {
        let url = self.api(&["auth", "token", what]);
        let body = if method == "POST" { json(&serde_json::json!({})) } else { Body::Empty };
        self.send(&mut self.request(method, url, Some(token), body))
    }
}

/// Where a token is kept that was got for a role.
pub fn cached(settings: &Settings) -> Slot {
    Slot::of_login(&settings.place(), &settings.login.who())
}

/// A connection as whoever `settings` say. What a role got is kept sealed for most of its life; what was
/// given is renewed when half of its life is over.
pub fn open(home: &Home, settings: Settings, now: Moment) -> Result<Vault> {
    if !settings.login.gives_tokens() {
        let vault = Vault::new(settings, None)?;
        tend(home, &vault, now.wall);
        return Ok(vault);
    }
    let slot = cached(&settings);
    let kept = cache::get(home, &slot).filter(|entry| entry.life.lasts(now, Span::seconds(0)));
    if let Some(entry) = kept {
        return Vault::new(settings, Some(entry.access_token));
    }
    let vault = Vault::new(settings, None)?;
    keep(home, &vault, &vault.log_in()?, now);
    Ok(vault)
}

/// Keeps what a login brought until three quarters of its life are over.
fn keep(home: &Home, vault: &Vault, token: &Token, now: Moment) {
    let Some(life) = token.life else { return };
    let end = Some(Span::seconds(life.as_secs() / 4 * 3).after(now.wall));
    let entry = cache::Entry {
        access_token: token.secret.clone(),
        headers: Vec::new(),
        shown: None,
        min_validity: Span::seconds(0),
        life: Life { began: now, end },
    };
    cache::put(home, &cached(vault.settings()), &entry);
}

/// When a given token is looked at again.
#[derive(Serialize, Deserialize)]
struct Look {
    token: String,
    at: Timestamp,
}

/// Has the server renew a given token, where that is due. Whatever goes wrong, its use will tell.
fn tend(home: &Home, vault: &Vault, now: Timestamp) {
    let Ok(Token { secret, .. }) = vault.log_in() else { return };
    let path = home.state_folder().join("fleet").join("token.json");
    let own = fingerprint(&secret);
    let known = files::read_small(&path, 1024).and_then(|bytes| serde_json::from_slice::<Look>(&bytes).ok());
    if known.is_some_and(|look| look.token == own && look.at > now) {
        return;
    }
    let look = |answer: Response| -> Option<Remaining> {
        let value: Value = serde_json::from_str(answer.body.expose_secret()).ok()?;
        let data = value.get("data").or_else(|| value.get("auth"))?;
        let number = |name: &str| data.get(name).and_then(Value::as_u64);
        Some(Remaining {
            left: number("ttl").or_else(|| number("lease_duration"))?,
            whole: number("creation_ttl").unwrap_or_default(),
            renewable: data.get("renewable").and_then(Value::as_bool).unwrap_or_default(),
        })
    };
    let Some(life) = vault.myself(&secret, "lookup-self", "GET").ok().and_then(look) else { return };
    let left = match life.is_due() {
        true => vault
            .myself(&secret, "renew-self", "POST")
            .ok()
            .and_then(look)
            .map_or(life.left, |life| life.left),
        false => life.left,
    };
    let again = Look { token: own, at: next_look(left).after(now) };
    let _ = files::write_lightly(&path, &serde_json::to_vec(&again).unwrap_or_default());
}

/// What the server says of a token's life, in seconds.
struct Remaining {
    left: u64,
    whole: u64,
    renewable: bool,
}

impl Remaining {
    /// Whether it is to be renewed: half of it is over.
    fn is_due(&self) -> bool {
        self.renewable && self.left > 0 && self.left * 2 < self.whole
    }
}

/// How long a token needs no look that lives so many seconds more; 0: it has no end.
fn next_look(left: u64) -> Span {
    if left == 0 { SELDOM } else { Span::seconds(left / 8).min(SELDOM) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_renewed_in_the_second_half_of_its_life() {
        let is_due = |left, whole, renewable| Remaining { left, whole, renewable }.is_due();
        assert!(is_due(1799, 3600, true));
        assert!(!is_due(1800, 3600, true));
        assert!(!is_due(1799, 3600, false));
        assert!(!is_due(0, 0, true), "it has no end");
        assert_eq!(next_look(3600), Span::seconds(450));
        assert_eq!(next_look(0), SELDOM);
    }
}
