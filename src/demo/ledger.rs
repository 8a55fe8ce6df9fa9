//! Who was granted what, and until when. No sockets, no randomness, and the time is an argument: the
//! time since the marketplace opened.
//!
//! Codes and tokens are kept as SHA-256 digests only, so nothing here is worth stealing or hiding.

use std::collections::HashMap;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};

use super::authorize::AuthorizationRequest;

/// How long an authorization code lives (RFC 6749 section 4.1.2 recommends ten minutes at most).
pub const CODE_LIFE: Duration = Duration::from_secs(60);

/// How long a refresh token that was used already may be sent again, for answers lost on the way.
pub const REFRESH_TOKEN_GRACE: Duration = Duration::from_secs(60);

/// How long a consent page waits for its seller, and how many wait at once.
const PAGE_LIFE: Duration = Duration::from_secs(600);
const PAGES_KEPT: usize = 64;

/// A shop on the marketplace.
#[derive(Debug, PartialEq, Eq)]
pub struct Shop {
    /// The `shop_id`.
    pub id: &'static str,
    /// The name its customers know.
    pub name: &'static str,
    /// Where it is, for the consent page.
    pub place: &'static str,
    /// A few orders: number, article, price in cents of a euro.
    pub orders: &'static [(&'static str, &'static str, u32)],
}

/// The shops of the marketplace. The first one is signed in when it opens.
pub static SHOPS: [Shop; 2] = [
    Shop {
        id: "shop-1001",
        name: "Kontor Nord",
        place: "Hamburg",
        orders: &[
            ("KN-5120", "Enamel mug, blue", 1_490),
            ("KN-5121", "Canvas tote bag", 2_250),
            ("KN-5122", "Ship's lantern, brass", 8_900),
        ],
    },
    Shop {
        id: "shop-1002",
        name: "Atelier Süd",
        place: "Freiburg",
        orders: &[("AS-0731", "Linen apron", 4_200), ("AS-0732", "Beeswax candle", 1_180)],
    },
];

/// The shop with that `shop_id`.
pub fn shop(id: &str) -> Option<&'static Shop> {
    SHOPS.iter().find(|shop| shop.id == id)
}

/// The registered app.
pub struct App {
    /// As the consent page shows it.
    pub name: String,
    /// The current version.
    pub version: String,
    /// The `client_id`.
    pub client_id: String,
    /// The `client_secret`.
    pub client_secret: SecretString,
    /// Where codes may be sent.
    pub redirect_uris: Vec<String>,
}

/// Everything the marketplace remembers.
pub struct Ledger {
    app: App,
    access_token_life: Duration,
    signed_in: &'static Shop,
    pages: HashMap<Key, Page>,
    codes: HashMap<Key, Code>,
    grants: HashMap<GrantId, Grant>,
    access_tokens: HashMap<Key, AccessToken>,
    refresh_tokens: HashMap<Key, RefreshToken>,
    next_grant: GrantId,
}

/// The digest of a code, a token or a page's id.
type Key = [u8; 32];
type GrantId = u64;

struct Page {
    request: AuthorizationRequest,
    expires: Duration,
}

struct Code {
    grant: GrantId,
    redirect_uri: String,
    challenge: String,
    expires: Duration,
    used: bool,
}

/// What a seller's confirmation allowed. It ends by being forgotten, and its tokens with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Whose it is.
    pub shop: &'static Shop,
    /// The scopes that were confirmed.
    pub scopes: Vec<String>,
    /// The app's version that was confirmed.
    pub app_version: String,
    given: Duration,
}

struct AccessToken {
    grant: GrantId,
    expires: Duration,
}

struct RefreshToken {
    grant: GrantId,
    used: Option<Duration>,
}

/// Fresh random tokens for one answer.
pub struct Fresh {
    /// The new `access_token`.
    pub access_token: SecretString,
    /// The new `refresh_token`.
    pub refresh_token: SecretString,
}

/// What the token endpoint hands out.
pub struct Issued {
    /// The new tokens.
    pub tokens: Fresh,
    /// How long the access token works.
    pub expires_in: Duration,
    /// What they are good for.
    pub grant: Grant,
}

/// Why the token endpoint refuses: the description that goes with `invalid_grant`.
pub type InvalidGrant = &'static str;

impl Ledger {
    /// A marketplace where `app` is registered and nothing is granted.
    pub fn new(app: App, access_token_life: Duration) -> Ledger {
        Ledger {
            app,
            access_token_life,
            signed_in: &SHOPS[0],
            pages: HashMap::new(),
            codes: HashMap::new(),
            grants: HashMap::new(),
            access_tokens: HashMap::new(),
            refresh_tokens: HashMap::new(),
            next_grant: 0,
        }
    }

    /// The registered app, in its current version.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Publishes a new version of the app.
    pub fn set_app_version(&mut self, version: &str) {
        version.clone_into(&mut self.app.version);
    }

    /// Sets how long access tokens issued from now on work.
    #[cfg(test)]
    pub fn set_access_token_life(&mut self, life: Duration) {
        self.access_token_life = life;
    }

    /// Who is signed in.
    pub fn signed_in(&self) -> &'static Shop {
        self.signed_in
    }

    /// Signs `shop` in.
    pub fn sign_in(&mut self, shop: &'static Shop) {
        self.signed_in = shop;
    }

    /// Keeps `request` until its seller decides on the page called `id`.
    pub fn open_page(&mut self, id: &SecretString, request: AuthorizationRequest, now: Duration) {
        self.pages.retain(|_, page| page.expires > now);
        if self.pages.len() >= PAGES_KEPT {
            let oldest = self.pages.iter().min_by_key(|(_, page)| page.expires).map(|(key, _)| *key);
            oldest.map(|key| self.pages.remove(&key));
        }
        self.pages.insert(secret_key(id), Page { request, expires: now + PAGE_LIFE });
    }

    /// The request that waits on the page called `id`.
    pub fn page(&self, id: &str, now: Duration) -> Option<&AuthorizationRequest> {
        self.pages.get(&key(id)).filter(|page| page.expires > now).map(|page| &page.request)
    }

    /// Takes the request off the page called `id`: a page can be answered once.
    pub fn close_page(&mut self, id: &str, now: Duration) -> Option<AuthorizationRequest> {
        self.pages.remove(&key(id)).filter(|page| page.expires > now).map(|page| page.request)
    }

    /// The newest living grant of the shop that is signed in.
    pub fn previous_grant(&self) -> Option<&Grant> {
        let own = self.grants.values().filter(|grant| grant.shop == self.signed_in);
        own.max_by_key(|grant| grant.given)
    }

    /// The seller who is signed in allows what `request` asks for; `code` stands for it.
    pub fn confirm(&mut self, request: &AuthorizationRequest, code: &SecretString, now: Duration) {
        self.codes.retain(|_, code| code.used || code.expires > now);
        let grant = self.next_grant;
        self.next_grant += 1;
        self.grants.insert(
            grant,
            Grant {
                shop: self.signed_in,
                scopes: request.scopes.clone(),
                app_version: self.app.version.clone(),
                given: now,
            },
        );
        let code_of_grant = Code {
            grant,
            redirect_uri: request.redirect_uri.clone(),
            challenge: request.code_challenge.clone(),
            expires: now + CODE_LIFE,
            used: false,
        };
        self.codes.insert(secret_key(code), code_of_grant);
    }

    /// Exchanges `code`, once. A second use ends the grant, since one of the two is a thief
    /// (RFC 6749 section 4.1.2). `challenge` is the S256 of the verifier that came along.
    pub fn redeem(
        &mut self,
        code: &str,
        redirect_uri: &str,
        challenge: &str,
        fresh: Fresh,
        now: Duration,
    ) -> Result<Issued, InvalidGrant> {
        let Some(known) = self.codes.get_mut(&key(code)) else {
            return Err("this code is unknown");
        };
        let grant = known.grant;
        if known.used {
            self.end_grant(grant);
            return Err("this code was used before; everything issued for it has ended");
        }
        if known.expires <= now {
            return Err("this code has expired");
        }
        if known.redirect_uri != redirect_uri {
            return Err("redirect_uri differs from the one of the authorization request");
        }
        if known.challenge != challenge {
            return Err("code_verifier does not match code_challenge");
        }
        known.used = true;
        self.issue(grant, fresh, now)
    }

    /// Renews with `refresh_token`, which is replaced by a new one. Sent again within the grace it
    /// yields another pair; later it ends the grant (RFC 9700 section 4.14.2).
    pub fn renew(
        &mut self,
        refresh_token: &str,
        fresh: Fresh,
        now: Duration,
    ) -> Result<Issued, InvalidGrant> {
        let Some(known) = self.refresh_tokens.get_mut(&key(refresh_token)) else {
            return Err("this refresh token is unknown or has ended");
        };
        let grant = known.grant;
        let first_use = *known.used.get_or_insert(now);
        if now.saturating_sub(first_use) > REFRESH_TOKEN_GRACE {
            self.end_grant(grant);
            return Err("this refresh token was replaced before; everything issued with it has ended");
        }
        self.issue(grant, fresh, now)
    }

    fn issue(&mut self, id: GrantId, fresh: Fresh, now: Duration) -> Result<Issued, InvalidGrant> {
        let Some(grant) = self.grants.get(&id) else {
            return Err("this permission has ended");
        };
        let expires = now + self.access_token_life;
        self.access_tokens.retain(|_, token| token.expires > now);
        self.access_tokens.insert(secret_key(&fresh.access_token), AccessToken { grant: id, expires });
        self.refresh_tokens.insert(secret_key(&fresh.refresh_token), RefreshToken { grant: id, used: None });
        Ok(Issued { tokens: fresh, expires_in: self.access_token_life, grant: grant.clone() })
    }

    /// What `access_token` is good for, while it lives.
    pub fn grant_of(&self, access_token: &str, now: Duration) -> Option<&Grant> {
        let token = self.access_tokens.get(&key(access_token)).filter(|token| token.expires > now)?;
        self.grants.get(&token.grant)
    }

    /// Ends `token`: an access token alone, a refresh token with its whole grant (RFC 7009 section
    /// 2.1). An unknown one is ended already.
    pub fn revoke(&mut self, token: &str) {
        let key = key(token);
        self.access_tokens.remove(&key);
        if let Some(known) = self.refresh_tokens.get(&key) {
            self.end_grant(known.grant);
        }
    }

    /// Ends every access token.
    pub fn expire_access_tokens(&mut self) {
        self.access_tokens.clear();
    }

    /// Ends everything `shop` has granted.
    #[cfg(test)]
    pub fn end_grants_of(&mut self, shop: &Shop) {
        let its_own = self.grants.iter().filter(|(_, grant)| grant.shop == shop);
        for grant in its_own.map(|(id, _)| *id).collect::<Vec<_>>() {
            self.end_grant(grant);
        }
    }

    fn end_grant(&mut self, id: GrantId) {
        self.grants.remove(&id);
        self.codes.retain(|_, code| code.grant != id);
        self.access_tokens.retain(|_, token| token.grant != id);
        self.refresh_tokens.retain(|_, token| token.grant != id);
    }
}

fn key(secret: &str) -> Key {
    Sha256::digest(secret).into()
}

fn secret_key(secret: &SecretString) -> Key {
    key(secret.expose_secret())
}
