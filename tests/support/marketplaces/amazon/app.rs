//! Amazon's hosts, and an application as registered in its developer portal.

use super::super::random_hex;

/// Every Seller and Vendor Central, with the region that a consent given there reaches.
const CENTRALS: &[(&str, &str)] = &[
    ("sellercentral.amazon.ca", "na"),
    ("vendorcentral.amazon.ca", "na"),
    ("sellercentral.amazon.com", "na"),
    ("vendorcentral.amazon.com", "na"),
    ("sellercentral.amazon.com.mx", "na"),
    ("vendorcentral.amazon.com.mx", "na"),
    ("sellercentral.amazon.com.br", "na"),
    ("vendorcentral.amazon.com.br", "na"),
    ("sellercentral-europe.amazon.com", "eu"),
    ("sellercentral.amazon.de", "eu"),
    ("sellercentral.amazon.co.uk", "eu"),
    ("sellercentral.amazon.fr", "eu"),
    ("sellercentral.amazon.it", "eu"),
    ("sellercentral.amazon.es", "eu"),
    ("sellercentral.amazon.ie", "eu"),
    ("vendorcentral.amazon.ie", "eu"),
    ("vendorcentral.amazon.es", "eu"),
    ("vendorcentral.amazon.co.uk", "eu"),
    ("vendorcentral.amazon.fr", "eu"),
    ("sellercentral.amazon.com.be", "eu"),
    ("vendorcentral.amazon.com.be", "eu"),
    ("sellercentral.amazon.nl", "eu"),
    ("vendorcentral.amazon.nl", "eu"),
    ("vendorcentral.amazon.de", "eu"),
    ("vendorcentral.amazon.it", "eu"),
    ("sellercentral.amazon.se", "eu"),
    ("vendorcentral.amazon.se", "eu"),
    ("sellercentral.amazon.co.za", "eu"),
    ("vendorcentral.amazon.co.za", "eu"),
    ("sellercentral.amazon.pl", "eu"),
    ("vendorcentral.amazon.pl", "eu"),
    ("sellercentral.amazon.eg", "eu"),
    ("sellercentral.amazon.com.tr", "eu"),
    ("vendorcentral.amazon.com.tr", "eu"),
    ("sellercentral.amazon.sa", "eu"),
    ("sellercentral.amazon.com.sa", "eu"),
    ("sellercentral.amazon.ae", "eu"),
    ("vendorcentral.amazon.me", "eu"),
    ("sellercentral.amazon.in", "eu"),
    ("www.vendorcentral.in", "eu"),
    ("vendorcentral.amazon.in", "eu"),
    ("sellercentral.amazon.sg", "fe"),
    ("vendorcentral.amazon.com.sg", "fe"),
    ("sellercentral.amazon.com.au", "fe"),
    ("vendorcentral.amazon.com.au", "fe"),
    ("sellercentral.amazon.co.jp", "fe"),
    ("vendorcentral.amazon.co.jp", "fe"),
];

/// The region that a consent given at this host reaches.
pub(super) fn region_of_central(host: &str) -> Option<&'static str> {
    CENTRALS.iter().find(|(central, _)| *central == host).map(|(_, region)| *region)
}

/// The region that an API host, or its sandbox, serves.
pub(super) fn region_of_api(host: &str) -> Option<&'static str> {
    let host = host.strip_prefix("sandbox.").unwrap_or(host);
    let region = host.strip_prefix("sellingpartnerapi-")?.strip_suffix(".amazon.com")?;
    ["na", "eu", "fe"].into_iter().find(|known| *known == region)
}

/// An application as registered in the developer portal. The ids and the secret are made up anew
/// each time.
#[derive(Clone, Debug)]
pub struct App {
    /// What the consent page wants.
    pub application_id: String,
    /// What the token endpoint wants.
    pub client_id: String,
    /// The secret that belongs to it.
    pub client_secret: String,
    pub(super) redirect_uris: Vec<String>,
    pub(super) login_uri: Option<String>,
    pub(super) draft: bool,
    pub(super) private: bool,
    pub(super) through_login_uri: bool,
}

impl App {
    /// A published, public application without redirect URIs.
    pub fn new() -> Self {
        Self {
            application_id: format!("amzn1.sp.solution.{}", uuid::Uuid::new_v4()),
            client_id: format!("amzn1.application-oa2-client.{}", random_hex(32)),
            client_secret: format!("amzn1.oa2-cs.v1.{}", random_hex(64)),
            redirect_uris: Vec::new(),
            login_uri: None,
            draft: false,
            private: false,
            through_login_uri: false,
        }
    }

    /// Registers an OAuth redirect URI. Amazon takes https only, and no localhost.
    #[must_use]
    pub fn redirect_uri(mut self, uri: &str) -> Self {
        assert!(uri.starts_with("https://") && !uri.contains("localhost"), "Amazon does not register {uri}");
        self.redirect_uris.push(uri.to_owned());
        self
    }

    /// Registers an OAuth Login URI other than the first redirect URI.
    #[must_use]
    pub fn login_uri(self, uri: &str) -> Self {
        Self { login_uri: Some(uri.to_owned()), ..self }
    }

    /// Makes it a draft, which wants `version=beta`.
    #[must_use]
    pub fn draft(self) -> Self {
        Self { draft: true, ..self }
    }

    /// Makes it private: no consent by OAuth, only self-authorization.
    #[must_use]
    pub fn private(self) -> Self {
        Self { private: true, ..self }
    }

    /// Its consent page opens the Login URI instead of the redirect URI, as drafts' often do.
    #[must_use]
    pub fn through_login_uri(self) -> Self {
        Self { through_login_uri: true, ..self }
    }
}

impl Default for App {
    fn default() -> Self {
        Self::new()
    }
}
