//! The marketplace of the model, as strict as they come.

use std::collections::BTreeMap;

use secrecy::{ExposeSecret, SecretString};

use crate::connection::fixtures::secret;
use crate::oauth::response::Tokens;

/// The life of an access token in seconds, as the definition has it.
const ACCESS_TOKEN_LIFE: i64 = 12 * 3600;

/// What the marketplace knows.
pub struct Market {
    /// Its clock, which is the true one: seconds since the model began.
    pub now: i64,
    rotates: bool,
    grace: i64,
    grants: Vec<Grant>,
    issued: Vec<i64>,
}

/// One consent. A renewal ends the tokens before it, the access token included.
struct Grant {
    alive: bool,
    newest: usize,
    /// When each refresh token was sent first.
    used: BTreeMap<usize, i64>,
}

impl Market {
    /// One that nobody has consented at yet. Without a grace it is 0.
    pub fn new(rotates: bool, grace: i64) -> Self {
        Self { now: 0, rotates, grace, grants: Vec::new(), issued: Vec::new() }
    }

    /// A new consent.
    pub fn consent(&mut self) -> Tokens {
        self.grants.push(Grant { alive: true, newest: 0, used: BTreeMap::new() });
        let grant = self.grants.len() - 1;
        let serial = self.issue(grant);
        tokens(grant, serial, true)
    }

    /// A renewal; `None` is a refusal. A refresh token that comes again after its grace ends the
    /// grant.
    pub fn renew(&mut self, sent: &SecretString) -> Option<Tokens> {
        let (grant, serial) = read(sent);
        let known = &mut self.grants[grant];
        if !known.alive {
            return None;
        }
        if !self.rotates {
            self.issued.push(self.now);
            return Some(tokens(grant, self.issued.len() - 1, false));
        }
        let fits = match known.used.get(&serial) {
            Some(used) => self.now - used < self.grace,
            None => serial == known.newest,
        };
        if !fits {
            known.alive = false;
            return None;
        }
        known.used.entry(serial).or_insert(self.now);
        let serial = self.issue(grant);
        Some(tokens(grant, serial, true))
    }

    fn issue(&mut self, grant: usize) -> usize {
        self.issued.push(self.now);
        self.grants[grant].newest = self.issued.len() - 1;
        self.grants[grant].newest
    }

    /// Whether the consent behind a refresh token still stands.
    pub fn stands(&self, token: &SecretString) -> bool {
        self.grants[read(token).0].alive
    }

    /// Whether this refresh token is the one that its consent lives on in.
    pub fn lives(&self, token: &SecretString) -> bool {
        let (grant, serial) = read(token);
        self.grants[grant].alive && self.grants[grant].newest == serial
    }

    /// Whether it was used, and can be sent again.
    pub fn takes_again(&self, token: &SecretString) -> bool {
        let (grant, serial) = read(token);
        let used = self.grants[grant].used.get(&serial);
        self.grants[grant].alive && used.is_some_and(|used| self.now - used < self.grace)
    }

    /// Whether both are of one consent.
    pub fn same_consent(one: &SecretString, other: &SecretString) -> bool {
        read(one).0 == read(other).0
    }

    /// Whether the API takes this access token.
    pub fn serves(&self, access_token: &SecretString) -> bool {
        let (grant, serial) = read(access_token);
        let replaced = self.rotates && self.grants[grant].newest != serial;
        !replaced && self.now < self.issued[serial] + ACCESS_TOKEN_LIFE
    }
}

fn tokens(grant: usize, serial: usize, rotated: bool) -> Tokens {
    let token = |kind: &str| secret(&format!("{kind}-{grant}-{serial}"));
    Tokens {
        access_token: token("access"),
        expires_at: None,
        refresh_token: rotated.then(|| token("refresh")),
        refresh_token_expires_at: None,
        scopes: None,
    }
}

fn read(token: &SecretString) -> (usize, usize) {
    let mut parts = token.expose_secret().split('-').skip(1).map(|number| number.parse().unwrap());
    (parts.next().unwrap(), parts.next().unwrap())
}
