//! What a definition says about how apps come to be: their kinds, and how software registers one for itself.

use serde::Deserialize;

use super::Pairs;
use crate::marketplace::request::Request;
use crate::marketplace::template::Template;
use crate::oauth::pointer::Pointer;

/// A kind of app. At some marketplaces an app can be of one only, and stays what it is.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AppKind {
    /// What it is for, in a few words.
    pub description: String,
    /// Its sellers consent by a code on any device (RFC 8628), and not in a browser that comes back.
    #[serde(default)]
    pub device: bool,
}

/// Dynamic client registration (RFC 7591): software gets a client of its own for one seller, who allows it
/// by a code. The client that comes consents in a browser.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Registration {
    /// When it is the way to an app, in a few words.
    pub description: String,
    /// The page on which the seller makes the code.
    pub page: Template,
    /// The question for that code.
    pub code_prompt: String,
    /// What the client's name (RFC 7591 section 2) must match as a whole.
    pub client_name_pattern: String,
    /// What it must be, in words.
    pub client_name_hint: String,
    /// The app's variables that follow from its name, where nobody says otherwise: `{client_name}`, with
    /// hyphens for spaces.
    #[serde(default)]
    pub variables: Pairs,
    /// Terms and traps, told before the questions.
    #[serde(default)]
    pub notes: Vec<String>,
    /// RFC 7591 section 3.1. Beside the app's values it knows `registration_code`, `client_name` and
    /// `software_statement_id`.
    pub request: Request,
    /// Where the answer holds the client's id (RFC 7591 section 3.2.1).
    pub client_id: Pointer,
    /// The same of its secret.
    pub client_secret: Pointer,
}

impl Registration {
    /// Whether the request says which software it is for.
    pub fn wants_software_statement(&self) -> bool {
        self.request.templates().any(|t| t.placeholders().any(|name| name == "software_statement_id"))
    }
}
