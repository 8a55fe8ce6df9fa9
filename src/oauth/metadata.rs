//! What an authorization server publishes about itself (RFC 8414).

use serde::Deserialize;
use thiserror::Error;
use url::Url;

use super::http::{Client, HttpError};
use super::request::{Body, Request};
use crate::text;

/// Authorization server metadata, as far as a definition is made from it (RFC 8414 section 2).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Metadata {
    /// The server's identifier.
    pub issuer: String,
    /// The consent page.
    pub authorization_endpoint: Option<String>,
    /// Where codes and refresh tokens are exchanged.
    pub token_endpoint: Option<String>,
    /// Where a device asks for its code (RFC 8628).
    pub device_authorization_endpoint: Option<String>,
    /// Where tokens are revoked (RFC 7009).
    pub revocation_endpoint: Option<String>,
    /// Documentation for developers.
    pub service_documentation: Option<String>,
    /// Scopes it knows; perhaps not all.
    pub scopes_supported: Vec<String>,
    /// PKCE methods (RFC 7636); none named means that it may not take it.
    pub code_challenge_methods_supported: Vec<String>,
    /// Ways of client authentication; without a word, `client_secret_basic`.
    pub token_endpoint_auth_methods_supported: Option<Vec<String>>,
    /// Whether the answer carries `iss` (RFC 9207).
    pub authorization_response_iss_parameter_supported: bool,
}

/// Why there is no metadata.
#[derive(Debug, Error)]
pub enum MetadataError {
    /// No answer came.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// Neither place holds such a document.
    #[error("{}", text!("cause-no-metadata", address = _0))]
    Missing(Url),
    /// It is another server's: whoever answers here may not be who was asked for (RFC 8414 section 3.3).
    #[error("{}", text!("cause-other-issuer", issuer = _0))]
    OtherIssuer(String),
}

/// Where the metadata of `issuer` stands: RFC 8414 section 3.1, then section 4.1 of `OpenID` Connect Discovery.
pub fn addresses(issuer: &Url) -> [Url; 2] {
    let path = issuer.path().trim_end_matches('/');
    let at = |path: String| {
        let mut url = issuer.clone();
        url.set_path(&path);
        url.set_query(None);
        url
    };
    [
        at(format!("/.well-known/oauth-authorization-server{path}")),
        at(format!("{path}/.well-known/openid-configuration")),
    ]
}

/// Asks `issuer` what it publishes.
pub fn fetch(client: &Client, issuer: &Url) -> Result<Metadata, MetadataError> {
    let addresses = addresses(issuer);
    for url in &addresses {
        let request = Request { method: "GET", url: url.clone(), headers: Vec::new(), body: Body::Empty };
        let response = client.send(&request)?;
        if let Some(metadata) = response.document::<Metadata>() {
            return match is_same(&metadata.issuer, issuer) {
                true => Ok(metadata),
                false => Err(MetadataError::OtherIssuer(metadata.issuer)),
            };
        }
    }
    let [first, _] = addresses;
    Err(MetadataError::Missing(first))
}

/// Identical, but for the slash of a bare origin, which no address keeps apart.
fn is_same(said: &str, asked: &Url) -> bool {
    said.trim_end_matches('/') == asked.as_str().trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_stands_before_the_path_or_behind_it() {
        let at = |issuer: &str| addresses(&Url::parse(issuer).unwrap()).map(String::from);
        assert_eq!(
            at("https://a.example"),
            [
                "https://a.example/.well-known/oauth-authorization-server",
                "https://a.example/.well-known/openid-configuration"
            ]
        );
        assert_eq!(
            at("https://a.example/realms/shop/"),
            [
                "https://a.example/.well-known/oauth-authorization-server/realms/shop",
                "https://a.example/realms/shop/.well-known/openid-configuration"
            ]
        );
    }

    #[test]
    fn another_servers_metadata_is_not_taken() {
        let asked = Url::parse("https://a.example/").unwrap();
        assert!(is_same("https://a.example", &asked) && is_same("https://a.example/", &asked));
        assert!(!is_same("https://a.example.evil.example", &asked) && !is_same("", &asked));
    }
}
