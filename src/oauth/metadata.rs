//! What an authorization server publishes about itself (RFC 8414).

use serde_json::Value;
use thiserror::Error;
use url::Url;

use super::http::{Client, HttpError};
use super::request::{Body, Request};
use crate::text;

/// Authorization server metadata, as far as a definition is made from it (RFC 8414 section 2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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

impl Metadata {
    /// What a document says. What is of another kind than it should be counts as not said.
    fn read(document: &Value) -> Self {
        let text = |key: &str| document.get(key).and_then(Value::as_str).map(str::to_owned);
        let list = |key: &str| {
            let items = document.get(key)?.as_array()?.iter();
            Some(items.filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>())
        };
        let named = "authorization_response_iss_parameter_supported";
        Self {
            issuer: text("issuer").unwrap_or_default(),
            authorization_endpoint: text("authorization_endpoint"),
            token_endpoint: text("token_endpoint"),
            device_authorization_endpoint: text("device_authorization_endpoint"),
            revocation_endpoint: text("revocation_endpoint"),
            service_documentation: text("service_documentation"),
            scopes_supported: list("scopes_supported").unwrap_or_default(),
            code_challenge_methods_supported: list("code_challenge_methods_supported").unwrap_or_default(),
            token_endpoint_auth_methods_supported: list("token_endpoint_auth_methods_supported"),
            authorization_response_iss_parameter_supported: document.get(named) == Some(&Value::Bool(true)),
        }
    }
}

/// Why there is no metadata.
#[derive(Debug, Error)]
pub enum MetadataError {
    /// No answer came.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// Neither place holds such a document.
    #[error("{}", text!("cause-no-metadata", first = _0[0], second = _0[1]))]
    Missing(Box<[Url; 2]>),
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
        if let Some(document) = response.document::<Value>().filter(Value::is_object) {
            let metadata = Metadata::read(&document);
            return match is_same(&metadata.issuer, issuer) {
                true => Ok(metadata),
                false => Err(MetadataError::OtherIssuer(metadata.issuer)),
            };
        }
    }
    Err(MetadataError::Missing(Box::new(addresses)))
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
    fn what_is_of_another_kind_is_not_said() {
        let said = |document: &str| Metadata::read(&serde_json::from_str(document).unwrap());
        let odd = r#"{"issuer":"https://a.example","scopes_supported":null,"token_endpoint":7,
            "code_challenge_methods_supported":"S256","token_endpoint_auth_methods_supported":["none",1]}"#;
        let expected = Metadata {
            issuer: "https://a.example".to_owned(),
            token_endpoint_auth_methods_supported: Some(vec!["none".to_owned()]),
            ..Metadata::default()
        };
        assert_eq!(said(odd), expected);
        assert_eq!(said("{}"), Metadata::default());
    }

    #[test]
    fn another_servers_metadata_is_not_taken() {
        let asked = Url::parse("https://a.example/").unwrap();
        assert!(is_same("https://a.example", &asked) && is_same("https://a.example/", &asked));
        assert!(!is_same("https://a.example.evil.example", &asked) && !is_same("", &asked));
    }
}
