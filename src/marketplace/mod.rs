//! Marketplaces as data: built-in definitions and those of the user's files.

pub mod check;
pub mod definition;
pub mod exchange;
pub mod initiation;
pub mod request;
pub mod template;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use secrecy::ExposeSecret;
use url::Url;

use crate::document;
use crate::error::{Error, Result};
use crate::fail;

pub use definition::Definition;
use definition::{AuthorizationRequest, Scope, Variable};
use request::{Auth, Request};
use template::{Template, TemplateError, Values, encode};

/// The definitions this program brings along, by file name.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("allegro", include_str!("allegro.toml")),
    ("amazon", include_str!("amazon.toml")),
    ("otto", include_str!("otto.toml")),
    ("otto-self", include_str!("otto-self.toml")),
];

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
        let built_in = BUILT_IN.iter().find(|(name, _)| *name == id);
        let own = self.files()?.into_iter().find(|(name, _)| name == id);
        match (built_in, own) {
            (Some(_), Some((_, file))) => Err(taken(&file, id)),
            // Its meaning is checked by the tests, not anew at every start.
            (Some((name, text)), None) => document::parse(Path::new(&format!("{name}.toml")), text),
            (None, Some((_, file))) => load(&file, &read(&file)?),
            (None, None) => Err(self.unknown(id)),
        }
    }

    /// The definition's text as it is: built in, or the user's file.
    pub fn source(&self, id: &str) -> Result<String> {
        if let Some((_, text)) = BUILT_IN.iter().find(|(name, _)| *name == id) {
            return Ok((*text).to_owned());
        }
        match self.files()?.into_iter().find(|(name, _)| name == id) {
            Some((_, file)) => read(&file),
            None => Err(self.unknown(id)),
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
        let own: Vec<String> = self.files().unwrap_or_default().into_iter().map(|(id, _)| id).collect();
        let known = BUILT_IN.iter().map(|(id, _)| *id).chain(own.iter().map(String::as_str));
        let error = fail!(NotFound, "marketplace-missing", id = id);
        match document::nearest(id, known) {
            Some(name) => error.hint(crate::text!("did-you-mean", name = name)),
            None => error,
        }
    }
}

fn taken(file: &Path, id: &str) -> Error {
    fail!(Configuration, "marketplace-taken", path = file.display(), id = id)
}

fn read(file: &Path) -> Result<String> {
    std::fs::read_to_string(file)
        .map_err(|error| fail!(Configuration, "file-unreadable", path = file.display()).because(error))
}

/// Reads and checks a definition that stands in `file`.
///
/// All faults are told at once; their kind is `configuration`.
pub fn load(file: &Path, text: &str) -> Result<Definition> {
    let definition: Definition = document::parse(file, text)?;
    let mut faults = check::faults(&definition);
    let promised = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    if definition.id != promised {
        faults.push(format!("id: {}", crate::text!("fault-file-name", id = definition.id, name = promised)));
    }
    if faults.is_empty() {
        return Ok(definition);
    }
    let error = fail!(Configuration, "marketplace-faulty", path = file.display(), first = faults[0]);
    Err(match faults[1..].is_empty() {
        true => error,
        false => error.because(anyhow::anyhow!(faults[1..].join("; "))),
    })
}

impl Definition {
    /// The values of an environment, region and options. Options win over regions, regions over
    /// environments, and a value that is a template itself is rendered once.
    pub fn values_at(&self, environment: &str, region: Option<&str>, options: &[String]) -> Values {
        let mut written: BTreeMap<&str, &Template> = self.values.iter().collect();
        let environment = self.environments.get(environment).map(|e| &e.values);
        let region = region.and_then(|name| self.regions.get(name)).map(|r| &r.values);
        let options = options.iter().filter_map(|name| self.options.get(name)).map(|o| &o.values);
        for (name, template) in environment.into_iter().chain(region).chain(options).flatten() {
            written.insert(name, template);
        }
        let mut plain = Values::default();
        for (name, template) in written.iter().filter(|(_, t)| t.placeholders().next().is_none()) {
            plain.set(name, template.source());
        }
        let mut values = plain.clone();
        for (name, template) in written.iter().filter(|(_, t)| t.placeholders().next().is_some()) {
            values.set(name, template.text(&plain).expose_secret());
        }
        values
    }

    /// The region a person means by `given`: its name or an alias, in any case.
    ///
    /// Kind `usage`, with the known ones, when there is none or the marketplace needs one.
    pub fn region(&self, given: Option<&str>) -> Result<Option<String>> {
        let known = || self.regions.keys().cloned().collect::<Vec<_>>().join(", ");
        match given {
            None if self.regions.is_empty() => Ok(None),
            None => Err(fail!(Usage, "region-needed", marketplace = self.name, known = known())),
            Some(given) if self.regions.is_empty() => {
                Err(fail!(Usage, "region-useless", marketplace = self.name, given = given))
            }
            Some(given) => {
                let same = |name: &String| name.eq_ignore_ascii_case(given);
                self.regions
                    .iter()
                    .find(|(name, region)| same(name) || region.aliases.iter().any(same))
                    .map(|(name, _)| Some(name.clone()))
                    .ok_or_else(|| fail!(Usage, "region-unknown", given = given, known = known()))
            }
        }
    }

    /// Checks that the environment exists.
    pub fn environment(&self, given: &str) -> Result<String> {
        if self.environments.contains_key(given) {
            return Ok(given.to_owned());
        }
        let known = self.environments.keys().cloned().collect::<Vec<_>>().join(", ");
        Err(fail!(Usage, "environment-unknown", given = given, known = known))
    }

    /// Checks that every option exists; sorted, each once.
    pub fn choose(&self, given: &[String]) -> Result<Vec<String>> {
        let known = || self.options.keys().cloned().collect::<Vec<_>>().join(", ");
        let mut chosen = given.to_vec();
        chosen.sort();
        chosen.dedup();
        match chosen.iter().find(|name| !self.options.contains_key(*name)) {
            None => Ok(chosen),
            Some(name) if self.options.is_empty() => {
                Err(fail!(Usage, "option-useless", marketplace = self.name, given = name))
            }
            Some(name) => Err(fail!(Usage, "option-unknown", given = name, known = known())),
        }
    }

    /// The variables a person must give for an app, or for a profile.
    pub fn asked(&self, scope: Scope) -> impl Iterator<Item = (&str, &Variable)> {
        self.variables
            .iter()
            .filter(move |(name, variable)| {
                variable.scope == scope && !matches!(name.as_str(), "client_id" | "client_secret")
            })
            .map(|(name, variable)| (name.as_str(), variable))
    }

    /// Checks a value for the variable `name`: pattern, usual mistakes, header safety.
    ///
    /// Kind `usage`; `secret` keeps the value out of the message.
    pub fn check_value(&self, name: &str, value: &str, secret: bool) -> Result<()> {
        let shown = if secret { "…" } else { value };
        if value.trim() != value || value.is_empty() || value.chars().any(char::is_control) {
            return Err(fail!(Usage, "value-unfit", name = name, value = shown));
        }
        let Some(variable) = self.variables.get(name) else { return Ok(()) };
        let matches = |pattern: &str| check::whole(pattern).is_some_and(|p| p.is_match(value));
        let wrong = || fail!(Usage, "value-unfit", name = name, value = shown);
        if let Some(mistake) = variable.mistaken.iter().find(|mistake| matches(&mistake.pattern)) {
            return Err(wrong().hint(mistake.hint.clone()));
        }
        match variable.pattern.as_deref().filter(|pattern| !matches(pattern)) {
            None => Ok(()),
            Some(pattern) => {
                let example = variable.example.as_deref().unwrap_or(pattern);
                Err(wrong().hint(crate::text!("value-example", example = example)))
            }
        }
    }

    /// Whether any request needs the client secret.
    pub fn needs_client_secret(&self) -> bool {
        let pairs = |request: &Request| {
            request.form.iter().chain(&request.json).chain([&request.headers]).any(|pairs| {
                pairs.iter().any(|(_, template)| template.placeholders().any(|name| name == "client_secret"))
            })
        };
        self.sequences().any(|request| request.auth == Auth::Basic || pairs(request))
    }

    /// The names of captured values that a later run needs: those that a renewal, a revocation,
    /// the shop or the API names, and a renewal does not fetch anew.
    pub fn kept(&self) -> Vec<&str> {
        let later = self.renewal_request.iter().chain(&self.revocation_request);
        let templates = later
            .flat_map(Request::templates)
            .chain(&self.shop.id)
            .chain([&self.shop.earlier, &self.shop.name, &self.api_base])
            .chain(&self.api_headers);
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

    fn is_captured(&self, name: &str) -> bool {
        self.authorization_response.capture.contains_key(name)
            || self.sequences().any(|request| request.capture.contains_key(name))
    }

    fn sequences(&self) -> impl Iterator<Item = &Request> {
        self.token_request.iter().chain(&self.renewal_request).chain(&self.revocation_request)
    }

    /// What a profile is called when a person does not say.
    pub fn default_profile_name(&self, environment: &str, region: Option<&str>) -> String {
        let base = self.default_profile.as_deref().unwrap_or(&self.id);
        let region = region.map(str::to_lowercase);
        let environment = (environment != "production").then(|| environment.to_owned());
        let parts = [Some(base.to_owned()), region, environment];
        parts.into_iter().flatten().collect::<Vec<_>>().join("-")
    }
}

impl AuthorizationRequest {
    /// The consent page's address. A parameter that renders empty is left out.
    pub fn url(&self, values: &Values) -> Result<Url, TemplateError> {
        let mut url = self.endpoint.url(values)?;
        let query: Vec<String> = self
            .parameters
            .iter()
            .map(|(name, template)| (name, template.text(values)))
            .filter(|(_, value)| !value.expose_secret().is_empty())
            .map(|(name, value)| format!("{}={}", encode(name), encode(value.expose_secret())))
            .collect();
        url.set_query(Some(&query.join("&")));
        Ok(url)
    }
}

#[cfg(test)]
mod tests;
