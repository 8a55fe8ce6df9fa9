//! The requests of a definition: what is sent, where the answer holds what, and what its errors
//! mean.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, de};

use crate::error::Kind;
use crate::oauth::pointer::Pointer;

use super::definition::Pairs;
use super::pace::PaceRule;
use super::template::Template;

/// One HTTP request of a token, renewal or revocation sequence.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// `POST` by default.
    #[serde(default)]
    pub method: Method,
    /// Where to.
    pub url: Template,
    /// Client authentication in the header (RFC 6749 section 2.3.1); in the body it is two fields.
    #[serde(default)]
    pub auth: Auth,
    /// Further headers.
    #[serde(default)]
    pub headers: Pairs,
    /// A form body.
    pub form: Option<Pairs>,
    /// A JSON body: one object of texts.
    pub json: Option<Pairs>,
    /// Further members of it that are lists, each of one text: `redirect_uris` (RFC 7591 section 2).
    #[serde(default)]
    pub json_lists: Pairs,
    /// Where the answer holds the token; absent when this request does not yield one.
    pub token: Option<TokenPointers>,
    /// What later requests, or the profile, need from the answer.
    #[serde(default)]
    pub capture: BTreeMap<String, Pointer>,
    /// How many such requests the host takes: `10/s`, `8/m`, or `{name}` of a value that says so. All
    /// that say the same at one host are counted together.
    pub pace: Option<PaceRule>,
    /// Whom else the answer serves while it is valid; only the shop it was made for when absent.
    pub share: Option<Share>,
    /// Answers that mean something else here than RFC 6749 says.
    #[serde(default)]
    pub errors: Vec<ErrorRule>,
}

/// The HTTP methods a definition may use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// Reads.
    Get,
    /// Everything of RFC 6749.
    #[default]
    Post,
    /// Some revocations.
    Delete,
}

/// Whom an answer serves besides the shop it was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Share {
    /// Every shop of the same app: whoever would send the same request need not, for half of the
    /// `expires_in` of the answer (RFC 6749 section 5.1).
    App,
}

/// Client authentication (RFC 6749 section 2.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Auth {
    /// None in the header.
    #[default]
    None,
    /// HTTP Basic.
    Basic,
}

/// Where a token answer holds what (RFC 6749 section 5.1).
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TokenPointers {
    /// The access token.
    pub access_token: Pointer,
    /// Seconds it lives, as number or text.
    pub expires_in: Option<Pointer>,
    /// When it ends, as RFC 3339 or seconds since 1970.
    pub expires_at: Option<Pointer>,
    /// The refresh token; one that comes replaces the stored one.
    pub refresh_token: Option<Pointer>,
    /// Seconds the refresh token lives.
    pub refresh_token_expires_in: Option<Pointer>,
    /// The scopes granted.
    pub scope: Option<Pointer>,
}

/// What an answer means that RFC 6749 does not foresee.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ErrorRule {
    /// The HTTP status, or a class: `401`, `"4xx"`.
    pub status: StatusPattern,
    /// The `error` code; any when absent.
    pub error: Option<String>,
    /// The kind of the error table: one that a marketplace's answer can have.
    #[serde(deserialize_with = "kind")]
    pub kind: Kind,
    /// What happened, in words a seller understands.
    pub message: String,
}

/// A status, or a class of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "StatusText")]
pub enum StatusPattern {
    /// Exactly this one.
    Exactly(u16),
    /// All of this hundred.
    Class(u16),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum StatusText {
    Number(u16),
    Text(String),
}

impl TryFrom<StatusText> for StatusPattern {
    type Error = String;

    fn try_from(written: StatusText) -> Result<Self, String> {
        match written {
            StatusText::Number(status @ 400..=599) => Ok(Self::Exactly(status)),
            StatusText::Text(text) if text == "4xx" => Ok(Self::Class(4)),
            StatusText::Text(text) if text == "5xx" => Ok(Self::Class(5)),
            _ => Err("a status is 400 to 599, \"4xx\" or \"5xx\"".to_owned()),
        }
    }
}

impl StatusPattern {
    /// Whether `status` is one of these.
    pub fn matches(self, status: u16) -> bool {
        match self {
            Self::Exactly(one) => one == status,
            Self::Class(hundred) => status / 100 == hundred,
        }
    }
}

fn kind<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Kind, D::Error> {
    let name = String::deserialize(deserializer)?;
    let known = [Kind::ReauthorizationRequired, Kind::Denied, Kind::Temporary, Kind::Configuration];
    let found = Kind::from_name(&name).filter(|kind| known.contains(kind));
    found.ok_or_else(|| de::Error::custom(format!("`{name}` is no kind an answer can have")))
}

impl Request {
    /// Whether it sends a refresh token.
    pub fn needs_refresh_token(&self) -> bool {
        self.templates().any(|template| template.placeholders().any(|name| name == "refresh_token"))
    }

    /// Whether it proves the app by its client secret.
    pub fn needs_client_secret(&self) -> bool {
        let sends = |template: &Template| template.placeholders().any(|name| name == "client_secret");
        self.auth == Auth::Basic || self.templates().any(sends)
    }

    /// Every template of the request.
    pub fn templates(&self) -> impl Iterator<Item = &Template> {
        let pairs = [Some(&self.headers), self.form.as_ref(), self.json.as_ref(), Some(&self.json_lists)];
        let inside = pairs.into_iter().flatten().flat_map(|pairs| pairs.0.iter().map(|(_, t)| t));
        std::iter::once(&self.url).chain(inside)
    }
}
