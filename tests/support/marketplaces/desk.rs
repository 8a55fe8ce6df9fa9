//! A marketplace without a consent: it hands out tokens for an app's own credentials, and its API takes
//! those tokens, or what a person copied out of a portal.
//!
//! A test says which hosts it has and what proves a caller; it answers nothing else.

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};

use crate::support::proxy::{Request, Response, Site};

/// Whether a request proves who sends it.
pub type Proof = fn(&Request) -> bool;

/// What the desk is like.
pub struct Rules {
    /// Every host it answers for.
    pub hosts: &'static [&'static str],
    /// Where tokens are asked for: a host and a path. Empty where there are none.
    pub token_at: &'static str,
    /// Whether a token request names the app and proves it.
    pub knows_app: Proof,
    /// The header in which the API takes what proves a shop.
    pub header: &'static str,
    /// What stands before it there.
    pub prefix: &'static str,
    /// How long a token lives, in seconds.
    pub life: u64,
    /// What the API answers.
    pub account: Value,
}

/// See the module's text.
#[derive(Clone)]
pub struct Desk {
    rules: Arc<Rules>,
    /// What the API takes: tokens handed out, or credentials of a portal.
    valid: Arc<Mutex<Vec<String>>>,
}

impl Desk {
    /// A desk whose API takes nothing yet.
    pub fn new(rules: Rules) -> Self {
        Self { rules: Arc::new(rules), valid: Arc::default() }
    }

    /// Makes the API take this from now on, and nothing else.
    pub fn takes(&self, credential: &str) {
        let mut valid = self.valid.lock().unwrap_or_else(PoisonError::into_inner);
        valid.clear();
        valid.push(credential.to_owned());
    }

    fn token(&self, request: &Request) -> Response {
        if !(self.rules.knows_app)(request) {
            return Response::json(401, &json!({"error": "invalid_client"}));
        }
        let mut valid = self.valid.lock().unwrap_or_else(PoisonError::into_inner);
        let token = format!("desk-token-{}-of-{}", valid.len() + 1, self.rules.hosts[0]);
        valid.push(token.clone());
        let life = self.rules.life;
        Response::json(200, &json!({"access_token": token, "token_type": "Bearer", "expires_in": life}))
    }

    fn api(&self, request: &Request) -> Response {
        let valid = self.valid.lock().unwrap_or_else(PoisonError::into_inner);
        let given = request.header(self.rules.header).and_then(|line| line.strip_prefix(self.rules.prefix));
        match given.is_some_and(|given| valid.iter().any(|valid| valid == given)) {
            true => Response::json(200, &self.rules.account),
            // Careless, as some are: it repeats what it was sent.
            false => Response::json(401, &json!({"message": format!("no such credential: {given:?}")})),
        }
    }
}

impl Site for Desk {
    fn serves(&self, host: &str) -> bool {
        self.rules.hosts.contains(&host)
    }

    fn answer(&self, request: &Request) -> Response {
        let at = format!("{}{}", request.host, request.path);
        match at == self.rules.token_at {
            true => self.token(request),
            false => self.api(request),
        }
    }

    fn issued_secrets(&self) -> Vec<String> {
        self.valid.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
