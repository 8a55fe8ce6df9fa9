//! Marketplaces as data: built-in definitions and those of the user's files.

pub mod check;
pub mod definition;
pub mod diagnosis;
pub mod draft;
mod environment;
pub mod exchange;
pub mod explanations;
pub mod initiation;
pub mod pace;
mod place;
pub mod request;
pub mod schema;
pub mod template;
pub mod traffic;
mod variables;
mod walk;

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::document;
use crate::error::{Error, Result};
use crate::fail;
use crate::files;
use crate::text;

pub use definition::Definition;
use definition::{AuthorizationRequest, Grant};
use request::Request;
use template::{Template, TemplateError, Values, encode};

/// The definitions this program brings along, by id: the files of the folder `built_in`.
pub const BUILT_IN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/built_in.rs"));

/// A built-in definition, its meaning checked like that of a user's file.
#[cfg(test)]
pub fn built_in(id: &str) -> Definition {
    let (_, text) = BUILT_IN.iter().find(|(name, _)| *name == id).expect("a built-in id");
    load(Path::new(&format!("{id}.toml")), text).expect("a sound definition")
}

/// All marketplaces: the built-in ones and the user's.
pub struct Catalogue {
    folder: PathBuf,
}

/// A marketplace as `marketplaces` lists it.
pub struct Entry {
    /// The id on the command line.
    pub id: String,
    /// The user's file, where it is not built in.
    pub file: Option<PathBuf>,
    /// The definition, or what is wrong with the user's file.
    pub definition: Result<Definition>,
}

/// Where a definition stands.
enum Found {
    BuiltIn(&'static str),
    Own(PathBuf),
}

impl Catalogue {
    /// The catalogue whose user's files are in `folder`, which need not exist.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The definition `id`.
    ///
    /// A wrong file of the user's stops only what needs it: `configuration`, with file and line.
    /// An id nobody has is `not_found`, with the nearest known one.
    pub fn get(&self, id: &str) -> Result<Definition> {
        match self.find(id)? {
            // Its meaning is checked by the tests, not anew at every start.
            Found::BuiltIn(text) => document::parse(Path::new(&format!("{id}.toml")), text),
            Found::Own(file) => load(&file, &read(&file)?),
        }
    }

    /// The definition's text as it is: built in, or the user's file.
    pub fn source(&self, id: &str) -> Result<String> {
        match self.find(id)? {
            Found::BuiltIn(text) => Ok(text.to_owned()),
            Found::Own(file) => read(&file),
        }
    }

    /// The text of a user's own definition; `None` for a built-in one.
    pub fn own_source(&self, id: &str) -> Result<Option<String>> {
        match self.find(id)? {
            Found::BuiltIn(_) => Ok(None),
            Found::Own(file) => read(&file).map(Some),
        }
    }

    /// Where a user's definition stands, or would stand.
    pub fn own_file(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}.toml"))
    }

    /// What tells one state of a definition from another, for little: a hash of a built-in one's text,
    /// [`files::stamp`] of the user's file. `None` when there is no such definition, or both.
    pub fn stamp(&self, id: &str) -> Option<String> {
        let own = files::stamp(&self.own_file(id));
        match (BUILT_IN.iter().find(|(name, _)| *name == id), own) {
            (Some((_, text)), None) => Some(hash(text)),
            (None, own) => own,
            (Some(_), Some(_)) => None,
        }
    }

    fn find(&self, id: &str) -> Result<Found> {
        let built_in = BUILT_IN.iter().find(|(name, _)| *name == id);
        let own = self.files()?.into_iter().find(|(name, _)| name == id);
        match (built_in, own) {
            (Some(_), Some((_, file))) => Err(taken(&file, id)),
            (Some((_, text)), None) => Ok(Found::BuiltIn(text)),
            (None, Some((_, file))) => Ok(Found::Own(file)),
            (None, None) => Err(self.unknown(id)),
        }
    }

    /// Every marketplace, by id.
    pub fn list(&self) -> Result<Vec<Entry>> {
        let own: BTreeMap<String, PathBuf> = self.files()?.into_iter().collect();
        let mut entries: Vec<Entry> = BUILT_IN
            .iter()
            .map(|(id, _)| Entry {
                id: (*id).to_owned(),
                file: own.get(*id).cloned(),
                definition: self.get(id),
            })
            .collect();
        for (id, file) in own {
            if BUILT_IN.iter().all(|(name, _)| *name != id) {
                let definition = read(&file).and_then(|text| load(&file, &text));
                entries.push(Entry { id, file: Some(file), definition });
            }
        }
        Ok(entries)
    }

    /// Every id: those that are built in, and those that the user's files promise by their names.
    pub fn ids(&self) -> Result<Vec<String>> {
        let built_in = BUILT_IN.iter().map(|(id, _)| (*id).to_owned());
        let mut ids: Vec<String> = built_in.chain(self.own_ids()?).collect();
        ids.sort();
        ids.dedup();
        Ok(ids)
    }

    /// The ids that the user's files promise by their names.
    pub fn own_ids(&self) -> Result<Vec<String>> {
        Ok(self.files()?.into_iter().map(|(id, _)| id).collect())
    }

    /// The user's files, by the id their name promises.
    fn files(&self) -> Result<Vec<(String, PathBuf)>> {
        let unreadable = |error: std::io::Error| {
            fail!(Configuration, "folder-unreadable", path = self.folder.display()).because(error)
        };
        let entries = match std::fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(unreadable(error)),
        };
        let mut files = Vec::new();
        for entry in entries {
            let path = entry.map_err(unreadable)?.path();
            if path.extension().is_some_and(|extension| extension == "toml")
                && let Some(stem) = path.file_stem().and_then(|stem| stem.to_str())
            {
                files.push((stem.to_owned(), path));
            }
        }
        files.sort();
        Ok(files)
    }

    fn unknown(&self, id: &str) -> Error {
        let own = self.own_ids().unwrap_or_default();
        let known = BUILT_IN.iter().map(|(id, _)| *id).chain(own.iter().map(String::as_str));
        let error = fail!(NotFound, "marketplace-missing", id = id);
        match document::nearest(id, known).or_else(|| called(id)) {
            Some(name) => error.hint(text!("did-you-mean", name = name)),
            None => error,
        }
    }
}

/// The built-in marketplace that sellers know by that name, or part of it.
fn called(name: &str) -> Option<&'static str> {
    let letters = |text: &str| {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    let wanted = letters(name);
    let is_called = |text: &str| {
        let definition: Option<Definition> = toml::from_str(text).ok();
        definition.is_some_and(|definition| letters(&definition.name).contains(&wanted))
    };
    BUILT_IN.iter().find(|(_, text)| wanted.len() > 2 && is_called(text)).map(|(id, _)| *id)
}

/// Equal for equal texts; between two builds of this program it may change.
fn hash(text: &str) -> String {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    format!("{:x}", hasher.finish())
}

fn taken(file: &Path, id: &str) -> Error {
    fail!(Configuration, "marketplace-taken", path = file.display(), id = id)
}

fn read(file: &Path) -> Result<String> {
    let unreadable =
        |error: std::io::Error| fail!(Configuration, "file-unreadable", path = file.display()).because(error);
    let bytes = files::read_plain(file).map_err(unreadable)?;
    String::from_utf8(bytes).map_err(|error| unreadable(std::io::Error::other(error)))
}

/// Reads and checks a definition that stands in `file`.
///
/// All faults are told at once, each with its line; their kind is `configuration`.
pub fn load(file: &Path, text: &str) -> Result<Definition> {
    let promised = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let found = match diagnosis::diagnose(text, promised) {
        Ok(definition) => return Ok(definition),
        Err(found) => found,
    };
    let told = |diagnosis: &diagnosis::Diagnosis| format!("{}: {}", diagnosis.line(text), diagnosis.text);
    let error = fail!(Configuration, "marketplace-faulty", path = file.display(), first = told(&found[0]));
    let error = match &found[0].help {
        Some(help) => error.hint(help),
        None => error,
    };
    let others: Vec<String> =
        found[1..].iter().map(|diagnosis| text!("fault-line", fault = told(diagnosis))).collect();
    Err(match others.is_empty() {
        true => error,
        false => error.because(anyhow::anyhow!(others.join("; "))),
    })
}

impl Definition {
    /// Whether a person enters what proves a shop: there is no consent, and nothing to renew.
    pub fn is_entered(&self) -> bool {
        self.grant == Grant::Static
    }

    /// Whether any request needs the client secret.
    pub fn needs_client_secret(&self) -> bool {
        self.sequences().any(Request::needs_client_secret) || self.presents_client_secret()
    }

    /// Whether requests to the API show the client secret beside the token.
    pub fn presents_client_secret(&self) -> bool {
        let names = |line: &Template| line.placeholders().any(|name| name == "client_secret");
        self.api_headers.iter().any(names)
            || self.identity_request.as_ref().is_some_and(Request::needs_client_secret)
    }

    /// Whether a renewal sends what `name` stands for.
    pub fn renews_with(&self, name: &str) -> bool {
        self.renewal_request.iter().flat_map(Request::templates).any(|t| t.placeholders().any(|n| n == name))
    }

    /// The header lines of an API request, with its access token in `values`.
    pub fn api_headers(&self, values: &Values) -> Result<Vec<SecretString>, TemplateError> {
        self.api_headers.iter().map(|header| header.header(values)).collect()
    }

    /// Whether an API request carries a header that is new each time: such lines cannot be kept at hand.
    pub fn has_fresh_headers(&self) -> bool {
        self.api_headers.iter().any(|header| header.placeholders().any(|name| name == check::FRESH))
    }

    /// Whether a renewal replaces the refresh token, so that a lost answer may lose the shop.
    pub fn rotates(&self) -> bool {
        let places = self.renewal_request.iter().filter_map(|request| request.token.as_ref());
        let replaced = || places.clone().any(|token| token.refresh_token.is_some());
        self.lifetimes.refresh_token_rotates.unwrap_or_else(replaced)
    }

    /// Whether a renewal's answer says anew when the refresh token ends.
    pub fn prolongs(&self) -> bool {
        let mut places = self.renewal_request.iter().filter_map(|request| request.token.as_ref());
        places.any(|token| token.refresh_token_expires_in.is_some())
    }

    /// The names of captured values that a later run needs: those that a renewal, a revocation,
    /// the shop or the API names, and a renewal does not fetch anew.
    pub fn kept(&self) -> Vec<&str> {
        let later = self.renewal_request.iter().chain(&self.revocation_request);
        let templates = later
            .flat_map(Request::templates)
            .chain(&self.shop.id)
            .chain([&self.shop.earlier, &self.shop.name, &self.api_base])
            .chain(&self.api_headers)
            .chain(self.sdk_env.iter().map(|(_, template)| template));
        let fetched: Vec<&str> = match self.renewal_request.split_last() {
            Some((_, before)) => before.iter().flat_map(|r| r.capture.keys()).map(String::as_str).collect(),
            None => Vec::new(),
        };
        let mut kept: Vec<&str> = templates
            .flat_map(Template::placeholders)
            .filter(|name| self.is_captured(name) && !fetched.contains(name))
            .collect();
        kept.sort_unstable();
        kept.dedup();
        kept
    }

    /// Whether the API's address, or whoever uses the tokens, needs what only a token set holds.
    pub fn api_needs_store(&self) -> bool {
        self.is_entered() || self.api_base.placeholders().any(|name| self.is_captured(name))
    }

    fn is_captured(&self, name: &str) -> bool {
        self.authorization_response.capture.contains_key(name)
            || self.sequences().any(|request| request.capture.contains_key(name))
    }

    fn sequences(&self) -> impl Iterator<Item = &Request> {
        let own = self.token_request.iter().chain(&self.renewal_request);
        let device = self.device_authorization_request.iter().chain(&self.device_token_request);
        own.chain(device).chain(&self.revocation_request).chain(&self.grantless_request)
    }
}

impl AuthorizationRequest {
    /// The consent page's address. A parameter that renders empty is left out; a query of the
    /// endpoint's own stays (RFC 6749 section 3.1).
    pub fn url(&self, values: &Values) -> Result<Url, TemplateError> {
        let mut url = self.endpoint.url(values)?;
        let own = url.query().filter(|query| !query.is_empty()).map(str::to_owned);
        let parameters = self
            .parameters
            .iter()
            .map(|(name, template)| (name, template.text(values)))
            .filter(|(_, value)| !value.expose_secret().is_empty())
            .map(|(name, value)| format!("{}={}", encode(name), encode(value.expose_secret())));
        let query: Vec<String> = own.into_iter().chain(parameters).collect();
        url.set_query(Some(&query.join("&")));
        Ok(url)
    }
}

#[cfg(test)]
mod tests;
