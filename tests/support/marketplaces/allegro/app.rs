//! An app as registered with Allegro.

use super::super::{random_hex, random_text};

/// Every scope there is.
pub const SCOPES: [&str; 22] = [
    "allegro:api:profile:read",
    "allegro:api:profile:write",
    "allegro:api:sale:offers:read",
    "allegro:api:sale:offers:write",
    "allegro:api:orders:read",
    "allegro:api:orders:write",
    "allegro:api:shipments:read",
    "allegro:api:shipments:write",
    "allegro:api:ratings",
    "allegro:api:disputes",
    "allegro:api:bids",
    "allegro:api:messaging",
    "allegro:api:billing:read",
    "allegro:api:payments:read",
    "allegro:api:payments:write",
    "allegro:api:sale:settings:read",
    "allegro:api:sale:settings:write",
    "allegro:api:campaigns",
    "allegro:api:fulfillment:read",
    "allegro:api:fulfillment:write",
    "allegro:api:affiliate:read",
    "allegro:api:affiliate:write",
];

/// Where an app is registered. Nothing of the one is known in the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Environment {
    /// `allegro.pl`
    Production,
    /// `allegro.pl.allegrosandbox.pl`
    Sandbox,
}

impl Environment {
    /// The environment behind a host with consent pages and tokens.
    pub(super) fn of_host(host: &str) -> Option<Self> {
        [Self::Production, Self::Sandbox].into_iter().find(|environment| environment.host() == host)
    }

    /// The environment behind a host of the API.
    pub(super) fn of_api_host(host: &str) -> Option<Self> {
        Self::of_host(host.strip_prefix("api.")?)
    }

    /// The host with consent pages and tokens.
    pub(super) fn host(self) -> &'static str {
        match self {
            Self::Production => "allegro.pl",
            Self::Sandbox => "allegro.pl.allegrosandbox.pl",
        }
    }
}

/// An app as registered by a developer. Id and secret are made up anew each time.
#[derive(Clone, Debug)]
pub struct App {
    /// The Client ID.
    pub client_id: String,
    /// The Client Secret.
    pub client_secret: String,
    pub(super) environment: Environment,
    pub(super) redirect_uris: Vec<String>,
    pub(super) scopes: Vec<String>,
    /// Registered for the device flow, which rules out the browser flow.
    pub(super) device: bool,
}

impl App {
    /// A web app in production with every scope and no redirect URI.
    pub fn new() -> Self {
        Self {
            client_id: random_hex(32),
            client_secret: random_text(64),
            environment: Environment::Production,
            redirect_uris: Vec::new(),
            scopes: SCOPES.map(str::to_owned).to_vec(),
            device: false,
        }
    }

    /// Registers it in the sandbox.
    #[must_use]
    pub fn sandbox(self) -> Self {
        Self { environment: Environment::Sandbox, ..self }
    }

    /// Registers a redirect URI. Names only: Allegro has refused 127.0.0.1 since 2020. A localhost
    /// URI without a port matches any port, everything else matches exactly.
    #[must_use]
    pub fn redirect_uri(mut self, uri: &str) -> Self {
        let host = url::Url::parse(uri).ok().and_then(|url| url.domain().map(str::to_owned));
        assert!(host.is_some() && !uri.contains('#'), "Allegro does not register {uri}");
        self.redirect_uris.push(uri.to_owned());
        self
    }

    /// Registers these scopes instead of all.
    #[must_use]
    pub fn scopes(self, scopes: &[&str]) -> Self {
        Self { scopes: scopes.iter().map(ToString::to_string).collect(), ..self }
    }

    /// Registers it as an app without a browser.
    #[must_use]
    pub fn device(self) -> Self {
        Self { device: true, ..self }
    }

    /// Whether a redirect URI is a registered one.
    pub(super) fn accepts(&self, redirect_uri: &str) -> bool {
        !self.device
            && self
                .redirect_uris
                .iter()
                .any(|known| known == redirect_uri || is_any_port(known, redirect_uri))
    }
}

/// Whether `known` is a localhost URI without a port and `uri` the same with one.
fn is_any_port(known: &str, uri: &str) -> bool {
    let split = |text: &str| text.strip_prefix("http://localhost").map(ToOwned::to_owned);
    let (Some(path), Some(rest)) = (split(known), split(uri)) else { return false };
    let port = rest.strip_prefix(':').map(|rest| rest.split('/').next().unwrap_or_default().to_owned());
    port.is_some_and(|port| port.parse::<u16>().is_ok() && rest == format!(":{port}{path}"))
}

impl Default for App {
    fn default() -> Self {
        Self::new()
    }
}
