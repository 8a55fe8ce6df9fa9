//! What a definition says about the browser: the consent, the request that asks for it, and its answer.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Pairs;
use crate::marketplace::template::Template;

/// What surrounds the seller's consent.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// Proof Key for Code Exchange (RFC 7636).
    #[serde(default)]
    pub pkce: Pkce,
    /// What separates scopes; a space by default.
    pub scope_separator: Option<String>,
    /// Shown before the browser opens.
    #[serde(default)]
    pub notes: Vec<String>,
    /// What may have happened in the browser, and what to do then: shown when nothing has come for
    /// a while, and when the time is over.
    pub hint: Option<String>,
    /// Each consent is a grant of its own, so that revoking a replaced one leaves the new one alive.
    #[serde(default)]
    pub independent: bool,
    /// What an answer told besides: said after the consent, each where all it names came with it.
    #[serde(default)]
    pub remarks: Vec<Template>,
    /// Asked once per app: a yes means that its tokens are imported, never consented.
    pub imported_only: Option<String>,
}

/// RFC 7636: `plain` is not offered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Pkce {
    /// The marketplace does not take it.
    #[default]
    #[serde(rename = "off")]
    Off,
    /// A hashed verifier.
    S256,
}

/// A browser step before consent.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Installation {
    /// What the seller does there.
    pub prompt: String,
    /// What is different for a shop that has had the app installed before.
    pub reinstalling: Option<String>,
    /// The query parameter in which the link takes our `state` along.
    pub state_parameter: Option<String>,
}

/// Which redirect URIs the marketplace registers.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Redirect {
    /// In order of preference.
    pub modes: Vec<RedirectMode>,
    /// What is registered and sent.
    #[serde(default)]
    pub kind: RedirectKind,
    /// The loopback host it takes, `127.0.0.1` by default.
    pub host: Option<String>,
    /// The port registered by default; any free one otherwise.
    pub port: Option<u16>,
    /// The path, `/callback` by default.
    pub path: Option<String>,
}

/// What a marketplace registers, and wants to be sent, as a redirect URI.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RedirectKind {
    /// An address (RFC 6749 section 3.1.2).
    #[default]
    Address,
    /// A name that stands for an address of its own; which one, only the marketplace knows. It is asked
    /// for, and checked, as `variables.redirect_uri` says.
    Opaque,
}

/// How an answer comes back from the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RedirectMode {
    /// Straight to this machine (RFC 8252 section 7.3).
    Loopback,
    /// To a registered https page that sends the browser on to this machine.
    Relay,
    /// A person copies the address.
    Paste,
}

/// RFC 6749 section 4.1.1.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AuthorizationRequest {
    /// The consent page.
    pub endpoint: Template,
    /// The query, in order; what renders empty is left out.
    pub parameters: Pairs,
}

/// RFC 6749 section 4.1.2.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct AuthorizationResponse {
    /// The parameter that carries the code.
    pub code: String,
    /// Parameters worth keeping, by the name templates use.
    pub capture: BTreeMap<String, String>,
    /// The issuer that `iss` must name (RFC 9207); not looked at when absent.
    pub issuer: Option<Template>,
    /// Parameters that must come, and have these values: what the answer is about. A refusal need not
    /// have them.
    pub expect: Pairs,
    /// `error` codes that mean the seller said no.
    pub denied: Vec<String>,
    /// Parameters that come without an `error`, and what each says where the seller said no.
    pub denied_by: BTreeMap<String, String>,
}

impl Default for AuthorizationResponse {
    fn default() -> Self {
        Self {
            code: "code".to_owned(),
            capture: BTreeMap::new(),
            issuer: None,
            expect: Pairs::default(),
            denied: vec!["access_denied".to_owned()],
            denied_by: BTreeMap::new(),
        }
    }
}

/// A request the marketplace starts itself: it opens our redirect URI with an address to go on to.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Initiation {
    /// The parameter that holds the address.
    pub target: String,
    /// The origins it may have, over all regions.
    pub origins: Vec<Template>,
    /// What a relative address is relative to.
    pub base: Template,
    /// The exact path it must have.
    pub path: Template,
    /// Parameters worth keeping, by the name templates use. All must come, and none may be long.
    pub capture: BTreeMap<String, String>,
    /// The query the browser is sent on with, in order; what renders empty is left out.
    pub parameters: Pairs,
}
