//! An app as registered in OTTO's portal.

use uuid::Uuid;

use super::super::random_text;

/// Where an app is registered. Nothing of the one is known in the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Environment {
    /// `api.otto.market`
    Production,
    /// `sandbox.api.otto.market`
    Sandbox,
}

impl Environment {
    /// The environment behind an API host.
    pub(super) fn of_host(host: &str) -> Option<Self> {
        match host {
            "api.otto.market" => Some(Self::Production),
            "sandbox.api.otto.market" => Some(Self::Sandbox),
            _ => None,
        }
    }

    /// The issuer of its tokens.
    pub(super) fn issuer(self) -> &'static str {
        match self {
            Self::Production => "https://api.otto.market/sec-api/auth/realms/otto-partner",
            Self::Sandbox => "https://sandbox.api.otto.market/sec-api/auth/realms/deepsea-sandbox",
        }
    }
}

/// An app as registered in the portal. Ids and secret are made up anew each time.
#[derive(Clone, Debug)]
pub struct App {
    /// The App ID of the app's details.
    pub id: String,
    /// The Client ID.
    pub client_id: String,
    /// The Client Secret.
    pub client_secret: String,
    pub(super) environment: Environment,
    /// A seller's own app instead of a service partner's.
    pub(super) own: bool,
    pub(super) post_installation_uri: String,
    pub(super) callback_uri: String,
    pub(super) version: String,
    pub(super) scopes: Vec<String>,
}

impl App {
    /// A service partner's app in production, version `1.0.0`, with the scopes `orders` and `products`.
    pub fn service_partner() -> Self {
        Self {
            id: Uuid::new_v4().to_string(),
            client_id: Uuid::new_v4().to_string(),
            client_secret: random_text(32),
            environment: Environment::Production,
            own: false,
            post_installation_uri: "https://erp.example/otto/installed".to_owned(),
            callback_uri: "https://erp.example/otto/callback".to_owned(),
            version: "1.0.0".to_owned(),
            scopes: ["orders", "products"].map(str::to_owned).to_vec(),
        }
    }

    /// A seller's own app.
    pub fn self_app() -> Self {
        Self { own: true, ..Self::service_partner() }
    }

    /// Registers it in the sandbox.
    #[must_use]
    pub fn sandbox(self) -> Self {
        Self { environment: Environment::Sandbox, ..self }
    }

    /// The authorization callback URL; one that ends in `*` matches whatever follows.
    #[must_use]
    pub fn callback_uri(self, uri: &str) -> Self {
        Self { callback_uri: uri.to_owned(), ..self }
    }

    /// The post-installation redirect URL.
    #[must_use]
    pub fn post_installation_uri(self, uri: &str) -> Self {
        Self { post_installation_uri: uri.to_owned(), ..self }
    }

    /// Version and scopes of the first release.
    #[must_use]
    pub fn version(self, version: &str, scopes: &[&str]) -> Self {
        Self { version: version.to_owned(), scopes: owned(scopes), ..self }
    }

    /// Whether a redirect URI is the registered one.
    pub(super) fn accepts(&self, redirect_uri: &str) -> bool {
        match self.callback_uri.strip_suffix('*') {
            Some(start) => redirect_uri.starts_with(start),
            None => self.callback_uri == redirect_uri,
        }
    }

    /// Whether the app has every scope of a list.
    pub(super) fn grants(&self, scope: &str) -> bool {
        scope.split(' ').all(|wanted| self.scopes.iter().any(|known| known == wanted))
    }
}

/// A list of its own.
pub(super) fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(ToString::to_string).collect()
}
