//! The shape of a marketplace definition: what a TOML file may say.
//!
//! Section names are those of RFC 6749. Reading a file is two steps: serde takes the shape (and
//! refuses every unknown key), [`check`](super::check) takes the meaning.

mod consent;
mod registration;

pub use consent::{
    AuthorizationRequest, AuthorizationResponse, Consent, Initiation, Installation, Pkce, Redirect,
    RedirectKind, RedirectMode,
};

pub use registration::{AppKind, Registration};

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::model::Span;

use super::request::Request;
use super::template::Template;

/// How one marketplace authorizes.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Version of this format: 1.
    pub schema: u32,
    /// The name on the command line.
    pub id: String,
    /// The name a seller knows.
    pub name: String,
    /// The marketplace's own documentation.
    pub docs: String,
    /// The day its facts were last compared with that documentation, YYYY-MM-DD.
    pub verified: String,
    /// How a first token comes about.
    pub grant: Grant,
    /// The name a profile gets when `--profile` says nothing; the id otherwise.
    pub default_profile: Option<String>,
    /// The scopes asked for when neither app nor profile says otherwise.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// Asked by `app add` where the marketplace wants scopes named and none are usual.
    pub scopes_prompt: Option<String>,
    /// The page on which a seller removes the app.
    pub manage_url: Option<Template>,
    /// Where a seller takes back what was given, in words, where no page is known.
    pub withdrawal: Option<String>,
    /// The base address of the API that takes the tokens.
    pub api_base: Template,
    /// The header lines an API request carries. Where one names `client_secret`, whoever is handed a token
    /// is handed the secret with it.
    pub api_headers: Vec<Template>,
    /// What an API request says of its sender; `{program}` when absent.
    pub user_agent: Option<Template>,
    /// The media type of a JSON body that goes to the API; `application/json` when absent.
    pub api_content_type: Option<Template>,
    /// Each call to the API is signed by whoever makes it, with what `exec` hands out: `api` cannot make one.
    #[serde(default)]
    pub signed_calls: bool,
    /// How the API refuses a token, besides with 401 (RFC 6750 section 3.1).
    #[serde(default)]
    pub token_refused: Vec<TokenRefused>,
    /// Names of values that no template here needs, but those who use the tokens do.
    #[serde(default)]
    pub exported: Vec<String>,
    /// Variables that the marketplace's usual SDKs read, and what they find there.
    #[serde(default)]
    pub sdk_env: Pairs,
    /// Values every environment and region starts from.
    #[serde(default)]
    pub values: Pairs,
    /// Those of them that no official source confirms, wherever they stand: `--set` may replace them by
    /// an https origin.
    #[serde(default)]
    pub unverified: Vec<String>,
    /// `production`, `sandbox` …: values that differ between them.
    pub environments: BTreeMap<String, Environment>,
    /// Countries or areas, where the marketplace has more than one.
    #[serde(default)]
    pub regions: BTreeMap<String, Region>,
    /// Named variations a person may choose.
    #[serde(default)]
    pub options: BTreeMap<String, Choice>,
    /// The kinds of app, where one can be of one kind only; the first is the usual one.
    #[serde(default)]
    pub app_kinds: BTreeMap<String, AppKind>,
    /// How software registers an app of its own for one seller.
    pub registration: Option<Registration>,
    /// What a person must say: about the app, or about one shop.
    #[serde(default)]
    pub variables: BTreeMap<String, Variable>,
    /// What is shown and sent around the seller's consent.
    #[serde(default)]
    pub consent: Consent,
    /// A browser step before consent.
    pub installation: Option<Installation>,
    /// Which redirect URIs the marketplace registers.
    #[serde(default)]
    pub redirect: Redirect,
    /// RFC 6749 section 4.1.1.
    pub authorization_request: Option<AuthorizationRequest>,
    /// RFC 6749 section 4.1.2.
    #[serde(default)]
    pub authorization_response: AuthorizationResponse,
    /// A request the marketplace starts itself, before any of ours.
    pub initiation: Option<Initiation>,
    /// RFC 6749 section 4.1.3, as one or more requests in order.
    #[serde(default)]
    pub token_request: Vec<Request>,
    /// RFC 8628 section 3.1: the seller consents on any device. Captures what section 3.2 names:
    /// `device_code`, `user_code`, `verification_uri` …
    pub device_authorization_request: Option<Request>,
    /// RFC 8628 section 3.4, asked again until the seller has decided.
    #[serde(default)]
    pub device_token_request: Vec<Request>,
    /// RFC 6749 section 6, or whatever takes its place here.
    #[serde(default)]
    pub renewal_request: Vec<Request>,
    /// RFC 7009.
    #[serde(default)]
    pub revocation_request: Vec<Request>,
    /// RFC 6749 section 4.4, for what an app may do without a seller: each scope has a token of its own.
    pub grantless_request: Option<Request>,
    /// What `token` prints where a person enters what proves the shop.
    pub static_token: Option<StaticToken>,
    /// A cheap request to the API, which shows whether it takes the shop's tokens.
    pub identity_request: Option<Request>,
    /// Which shop consented.
    #[serde(default)]
    pub shop: Shop,
    /// How long things live.
    #[serde(default)]
    pub lifetimes: Lifetimes,
    /// Codes that only the seller's browser shows, or that need more words than a kind.
    #[serde(default)]
    pub errors: BTreeMap<String, Explanation>,
    /// What other programs call the client's id, secret and redirect URI, the refresh token and the
    /// app's variables: the surest name first. In a file case, `_` and `-` make no difference.
    #[serde(default)]
    pub import: BTreeMap<String, Vec<String>>,
    /// What is to be entered where when the app is registered.
    #[serde(default)]
    pub portal: Portal,
}

/// How a first token comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Grant {
    /// A seller consents in a browser (RFC 6749 section 4.1).
    AuthorizationCode,
    /// A seller consents on any device, by entering a code (RFC 8628).
    DeviceCode,
    /// The app's own credentials suffice (RFC 6749 section 4.4).
    ClientCredentials,
    /// A person copies what proves the shop out of the marketplace's portal: variables that are secret.
    /// There is no app, nothing is asked for, and nothing renews it.
    Static,
}

/// Which of what a person entered the API takes for a token.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StaticToken {
    /// What it is made of: variables, secret ones and others.
    pub value: Template,
    /// How it is written.
    #[serde(default)]
    pub encoding: Encoding,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    /// As it is.
    #[default]
    Plain,
    /// RFC 4648 section 4, as HTTP Basic wants `user:password` (RFC 7617 section 2).
    Base64,
}

/// An answer of the API that refuses the token, and not what was asked with it.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TokenRefused {
    /// The HTTP status.
    pub status: u16,
    /// What its body holds then.
    pub says: String,
}

/// Names and templates in the order they are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs(pub Vec<(String, Template)>);

impl Pairs {
    /// The pairs in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Template)> {
        self.0.iter().map(|(name, template)| (name.as_str(), template))
    }
}

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Pairs;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a table of texts")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

/// One environment.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Environment {
    /// Whether sellers consent in a browser here; where not, tokens are imported.
    #[serde(default = "yes")]
    pub consent: bool,
    /// Its values.
    #[serde(flatten)]
    pub values: BTreeMap<String, Template>,
}

/// One country or area.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Region {
    /// Other names for it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Values no official source confirms: `--set` may replace them by an https origin.
    #[serde(default)]
    pub unverified: Vec<String>,
    /// Regions with the same area share one consent.
    pub consent_area: Option<String>,
    /// Its values.
    #[serde(flatten)]
    pub values: BTreeMap<String, Template>,
}

/// A named variation.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Choice {
    /// What it is for, in a few words.
    pub description: String,
    /// What it makes of `consent.pkce`.
    pub pkce: Option<Pkce>,
    /// The values it replaces.
    #[serde(flatten)]
    pub values: BTreeMap<String, Template>,
}

/// Something a person must say.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Variable {
    /// Whether the app or one shop needs it.
    #[serde(default)]
    pub scope: Scope,
    /// The question.
    pub prompt: String,
    /// The pattern the whole value must match.
    pub pattern: Option<String>,
    /// An example for the error message.
    pub example: Option<String>,
    /// The value when a person says nothing.
    pub default: Option<String>,
    /// Values often given by mistake.
    #[serde(default)]
    pub mistaken: Vec<Mistake>,
    /// It is asked unseen, and kept with the shop's tokens: in no file, and on no command line.
    #[serde(default)]
    pub secret: bool,
}

/// A value often given by mistake.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Mistake {
    /// The pattern the whole value matches.
    pub pattern: String,
    /// What it is, and what is wanted.
    pub hint: String,
}

/// Who a variable belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Asked by `app add`.
    #[default]
    App,
    /// Asked by `connect`.
    Profile,
}

/// Which shop consented.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Shop {
    /// The first that renders non-empty is the shop's id.
    #[serde(default)]
    pub id: Vec<Template>,
    /// Ids under which the same shop was known before, separated by spaces.
    #[serde(default)]
    pub earlier: Template,
    /// Its name.
    #[serde(default)]
    pub name: Template,
    /// The regions it sells in, each by its `region_key`, separated by spaces.
    #[serde(default)]
    pub regions: Template,
    /// What stands for a region in `regions`.
    #[serde(default)]
    pub region_key: Template,
}

/// How long things live. Absent: not limited, or not known.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Lifetimes {
    /// An access token whose answer does not say.
    pub access_token: Option<Span>,
    /// The least life `token` hands out when not told otherwise; 60 s when absent.
    pub min_validity: Option<Span>,
    /// A refresh token since it was issued.
    pub refresh_token: Option<Span>,
    /// Whether a renewal replaces the refresh token; by default where its answer has a place for one.
    pub refresh_token_rotates: Option<bool>,
    /// How long a replaced refresh token may be sent again.
    pub refresh_token_grace: Option<Span>,
    /// Without a renewal for this long, the marketplace withdraws the app.
    pub unused: Option<Span>,
    /// A seller's consent since it was given; an imported token has no such end.
    pub authorization: Option<Span>,
    /// A client secret since it was made.
    pub client_secret: Option<Span>,
    /// A replaced client secret, beside the new one.
    pub client_secret_grace: Option<Span>,
    /// An authorization code.
    pub code: Option<Span>,
}

/// What a code means that the marketplace shows.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Explanation {
    /// What happened.
    pub cause: String,
    /// What to do about it.
    pub fix: String,
    /// Where to read more.
    pub link: Option<String>,
}

/// The portal in which an app is registered.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Portal {
    /// Its address.
    pub url: Option<String>,
    /// The names of its fields, and what goes into each.
    #[serde(default)]
    pub fields: Pairs,
    /// Terms and traps worth a line.
    #[serde(default)]
    pub notes: Vec<String>,
}

fn yes() -> bool {
    true
}
