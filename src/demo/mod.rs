//! Demo Market: the little marketplace behind `sellauth demo`.
//!
//! It plays a foreign marketplace on loopback and really speaks the protocol: authorization code with
//! PKCE (RFC 6749, RFC 7636), `iss` in the answer (RFC 9207), rotating refresh tokens with reuse
//! detection (RFC 9700 section 4.14.2) and revocation (RFC 7009). It knows nothing of the program
//! around it, so that the tests can include it as it stands:
//!
//! ```text
//! server.rs    the sockets: tiny_http and its guards
//! routes.rs    method and path -> endpoint; what a request is allowed to look like
//! authorize.rs the authorization endpoint's checks, and where the browser goes afterwards
//! tokens.rs    the token and revocation endpoints' checks
//! ledger.rs    who was granted what, until when: no sockets, no clock of its own
//! pages.rs     the pages a seller sees
//! consent.rs   the seller, for machines without a browser
//! ```

mod authorize;
mod consent;
mod ledger;
mod pages;
mod routes;
mod server;
#[cfg(test)]
mod tests;
mod tokens;

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret as _, SecretString};

pub use consent::{Decision, consent};
pub use ledger::{SHOPS, Shop};

use ledger::{App, Ledger};

/// How many lines of [`Marketplace::requests`] are kept: a story has a few dozen.
const REQUESTS_KEPT: usize = 1_000;

/// How the marketplace opens: its port, and the app that is registered there.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The port on 127.0.0.1; 0 takes any free one.
    pub port: u16,
    /// The app's name, as the consent page shows it.
    pub app_name: String,
    /// The app's version when the story begins.
    pub app_version: String,
    /// The redirect URIs registered for the app. A loopback address literal stands for any port
    /// (RFC 8252 section 7.3); everything else is compared as text.
    pub redirect_uris: Vec<String>,
    /// How long an access token works.
    pub access_token_life: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            port: 0,
            app_name: "Parcel Pilot".to_owned(),
            app_version: "1.0".to_owned(),
            redirect_uris: vec!["http://127.0.0.1/callback".to_owned()],
            access_token_life: Duration::from_secs(600),
        }
    }
}

/// One request the marketplace has answered. Holds no query, no header and no body, hence no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestLine {
    /// The method, in capitals.
    pub method: String,
    /// The path without its query.
    pub path: String,
    /// The status of the answer.
    pub status: u16,
}

/// What the marketplace's portal handed to the app's developer.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The `client_id`.
    pub client_id: String,
    /// The `client_secret`.
    pub client_secret: SecretString,
}

/// A running marketplace. It closes when dropped.
pub struct Marketplace {
    desk: Arc<Desk>,
    credentials: Credentials,
    /// Held for its end: dropping it closes the sockets.
    _server: server::Server,
}

impl Marketplace {
    /// Opens the marketplace on 127.0.0.1.
    ///
    /// Fails where the port is taken or the system gives no random bytes.
    pub fn start(settings: Settings) -> io::Result<Marketplace> {
        let credentials =
            Credentials { client_id: "app-parcel-pilot".to_owned(), client_secret: random_token("dm_cs_")? };
        let app = App {
            name: settings.app_name,
            version: settings.app_version,
            client_id: credentials.client_id.clone(),
            client_secret: credentials.client_secret.clone(),
            redirect_uris: settings.redirect_uris,
        };
        let listener = server::bind(settings.port)?;
        let address = listener.local_addr()?;
        let desk = Arc::new(Desk::new(address, Ledger::new(app, settings.access_token_life)));
        let server = server::Server::open(listener, {
            let desk = Arc::clone(&desk);
            move |request| desk.answer(request)
        })?;
        Ok(Marketplace { desk, credentials, _server: server })
    }

    /// The marketplace's origin and issuer: `http://127.0.0.1:PORT`.
    pub fn origin(&self) -> String {
        self.desk.origin.clone()
    }

    /// The registered app's credentials, as a developer copies them from a portal.
    pub fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// Publishes a new version of the app. Grants given to the old one go on working.
    pub fn bump_app_version(&self, version: &str) {
        self.desk.ledger().set_app_version(version);
    }

    /// Ends every access token at once; refresh tokens stay.
    pub fn expire_access_tokens(&self) {
        self.desk.ledger().expire_access_tokens();
    }

    /// Sets how long access tokens issued from now on work.
    #[cfg(test)]
    pub fn set_access_token_life(&self, life: Duration) {
        self.desk.ledger().set_access_token_life(life);
    }

    /// Ends everything `shop` has granted, as its owner can in a marketplace's own pages.
    #[cfg(test)]
    pub fn revoke(&self, shop: &Shop) {
        self.desk.ledger().end_grants_of(shop);
    }

    /// Signs the browser in as `shop`.
    pub fn log_in_as(&self, shop: &'static Shop) {
        self.desk.ledger().sign_in(shop);
    }

    /// Puts the marketplace's clock ahead, for codes, tokens and grace alike.
    #[cfg(test)]
    pub fn advance(&self, by: Duration) {
        *locked(&self.desk.ahead) += by;
    }

    /// What was asked of the marketplace so far, oldest first.
    pub fn requests(&self) -> Vec<RequestLine> {
        locked(&self.desk.requests).clone()
    }
}

/// The marketplace definition (TOML) that leads to the marketplace at `origin`.
pub fn definition(origin: &str) -> String {
    include_str!("demo.toml").replace("http://127.0.0.1:47800", origin)
}

/// What all workers share.
struct Desk {
    origin: String,
    authority: String,
    ledger: Mutex<Ledger>,
    requests: Mutex<Vec<RequestLine>>,
    opened: Instant,
    ahead: Mutex<Duration>,
}

impl Desk {
    fn new(address: SocketAddr, ledger: Ledger) -> Desk {
        Desk {
            origin: format!("http://{address}"),
            authority: address.to_string(),
            ledger: Mutex::new(ledger),
            requests: Mutex::default(),
            opened: Instant::now(),
            ahead: Mutex::default(),
        }
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        locked(&self.ledger)
    }

    /// The time since the marketplace opened, by its own clock.
    fn now(&self) -> Duration {
        self.opened.elapsed() + *locked(&self.ahead)
    }

    /// Answers one request and notes its line, in that order: who has read an answer finds its line.
    fn answer(&self, request: &server::Request) -> server::Answer {
        let answer = routes::answer(self, request);
        let line =
            RequestLine { method: request.method.clone(), path: request.path.clone(), status: answer.status };
        let mut requests = locked(&self.requests);
        if requests.len() == REQUESTS_KEPT {
            requests.remove(0);
        }
        requests.push(line);
        answer
    }
}

/// A lock that a panic elsewhere does not take away: every value behind it is valid between statements.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// 32 random bytes as text behind `prefix`, which tells a secret scanner what it has found.
fn random_token(prefix: &str) -> io::Result<SecretString> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(format!("{prefix}{}", URL_SAFE_NO_PAD.encode(bytes)).into())
}

/// Whether both secrets are the same text, in a time that does not tell where they differ.
fn same_secret(one: &SecretString, other: &str) -> bool {
    use subtle::ConstantTimeEq as _;
    one.expose_secret().as_bytes().ct_eq(other.as_bytes()).into()
}
