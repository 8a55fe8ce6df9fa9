//! The meaning of a definition, checked when it is loaded: a definition decides where secrets go.

mod flows;
mod hosts;
mod leaks;

use std::collections::BTreeSet;

use regex_lite::Regex;

use crate::document::nearest;
use crate::text;

use super::definition::{Definition, Scope};
use super::template::{Template, is_name, origin, safe_url};
use super::walk;

/// Names a template may use without the definition declaring them.
const GIVEN: &[&str] = &[
    "access_token",
    "client_id",
    "client_name",
    "client_secret",
    "code",
    "code_challenge",
    "code_challenge_method",
    "code_verifier",
    "environment",
    "program",
    "redirect_uri",
    "refresh_token",
    "region",
    "registration_code",
    "scope",
    "software_statement_id",
    "state",
    FRESH,
];

/// Those of them that only a registration knows.
const OF_A_REGISTRATION: &[&str] = &["client_name", "registration_code", "software_statement_id"];

/// An id that is new with every request: a random UUID (RFC 9562 section 5.4), for marketplaces that want
/// to tell one request from another.
pub const FRESH: &str = "uuid";

/// What no browser, shop or person gets to see.
pub(super) const SECRETS: &[&str] = &[
    "access_token",
    "client_secret",
    "code",
    "code_verifier",
    "device_code",
    "refresh_token",
    "registration_code",
];

/// What stands for one shop, or one consent.
const OF_ONE_SHOP: &[&str] = &[
    "access_token",
    "code",
    "code_challenge",
    "code_challenge_method",
    "code_verifier",
    "redirect_uri",
    "refresh_token",
    "state",
    FRESH,
];

/// Variables that only describe what every app has: how to ask for it, and what fits.
pub(super) const EVERY_APPS: &[&str] = &["client_id", "client_secret", "redirect_uri"];

/// The keys of tables that also hold values.
const KEYS: &[&str] = &["aliases", "consent", "consent_area", "description", "pkce", "unverified"];

/// What is wrong with a definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The key it is about: `token_request[0].url`, or the name of a value.
    pub key: String,
    /// What is wrong there, for a person.
    pub text: String,
    /// The placeholder it is about, where it is about one.
    pub about: Option<String>,
    /// What was probably meant.
    pub help: Option<String>,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.key, self.text)
    }
}

/// Finds everything wrong with a definition that its shape does not show.
pub fn faults(definition: &Definition) -> Vec<Fault> {
    let mut faults = Faults { definition, found: Vec::new() };
    faults.identity();
    faults.variables();
    faults.names();
    faults.values();
    faults.import();
    faults.sequence();
    faults.headers();
    faults.shared();
    faults.environment();
    faults.authorization();
    faults.answer();
    faults.pkce();
    faults.redirect();
    faults.device();
    faults.secrets();
    faults.fresh();
    faults.registration();
    faults.hosts();
    faults.combinations();
    faults.found
}

struct Faults<'a> {
    definition: &'a Definition,
    found: Vec<Fault>,
}

impl Faults<'_> {
    fn say(&mut self, key: &str, text: impl AsRef<str>) {
        self.note(key, text, None, None);
    }

    /// The same about a placeholder.
    fn say_of(&mut self, key: &str, name: &str, text: impl AsRef<str>) {
        self.note(key, text, Some(name), None);
    }

    fn note(&mut self, key: &str, text: impl AsRef<str>, about: Option<&str>, help: Option<String>) {
        let about = about.map(str::to_owned);
        let fault = Fault { key: key.to_owned(), text: text.as_ref().to_owned(), about, help };
        if !self.found.contains(&fault) {
            self.found.push(fault);
        }
    }

    fn identity(&mut self) {
        let definition = self.definition;
        if definition.schema != 1 {
            self.say("schema", text!("fault-schema"));
        }
        if !is_id(&definition.id) {
            self.say("id", text!("fault-id"));
        }
        if !definition.environments.contains_key("production") {
            self.say("environments", text!("fault-production"));
        }
        let environments = definition.environments.keys().map(|name| ("environments", name));
        let options = definition.options.keys().map(|name| ("options", name));
        for (table, name) in environments.chain(options).filter(|(_, name)| !is_id(name)) {
            self.say(&format!("{table}.{name}"), text!("fault-id"));
        }
        let mut known = BTreeSet::new();
        for (place, region) in &definition.regions {
            for name in std::iter::once(place).chain(&region.aliases) {
                if !known.insert(name.to_uppercase()) {
                    self.say(&format!("regions.{place}"), text!("fault-twice", name = name));
                }
            }
        }
        if definition.name.is_empty() || definition.name.contains(char::is_control) {
            self.say("name", text!("fault-text"));
        }
        if !is_page(&definition.docs) {
            self.say("docs", text!("fault-page"));
        }
        for (code, _) in
            definition.errors.iter().filter(|(_, e)| e.link.as_deref().is_some_and(|l| !is_page(l)))
        {
            self.say(&format!("errors.{code}.link"), text!("fault-page"));
        }
        if jiff::civil::Date::strptime("%Y-%m-%d", &definition.verified).is_err() {
            self.say("verified", text!("fault-date"));
        }
    }

    fn variables(&mut self) {
        for (name, variable) in &self.definition.variables {
            let own = variable.pattern.iter().map(|pattern| ("pattern", pattern));
            let mistaken = variable.mistaken.iter().map(|mistake| ("mistaken", &mistake.pattern));
            for (key, pattern) in own.chain(mistaken).filter(|(_, pattern)| whole(pattern).is_none()) {
                self.say(&format!("variables.{name}.{key}"), text!("fault-pattern", pattern = pattern));
            }
            if let Some(default) = &variable.default
                && variable.pattern.as_deref().and_then(whole).is_some_and(|p| !p.is_match(default))
            {
                self.say(&format!("variables.{name}.default"), text!("fault-default"));
            }
        }
    }

    /// Every placeholder must be known, and mean one thing.
    fn names(&mut self) {
        let definition = self.definition;
        let captured: BTreeSet<&str> = walk::captured(definition).collect();
        let values: BTreeSet<&str> = walk::values(definition).iter().map(|value| value.name).collect();
        let variables: BTreeSet<&str> = definition.variables.keys().map(String::as_str).collect();
        let declared = walk::declarations(definition);
        let own: BTreeSet<&str> = declared.iter().map(|(_, name)| *name).collect();
        for (key, name) in &declared {
            if !is_name(name) {
                self.say(key, text!("fault-name"));
            }
            let described = variables.contains(name) && EVERY_APPS.contains(name);
            if GIVEN.contains(name) && !described {
                self.say(key, text!("fault-protocol-name"));
            }
            // A captured value would take the place of one that chooses a host.
            if [&captured, &values, &variables].iter().filter(|names| names.contains(name)).count() > 1 {
                self.say(key, text!("fault-twice", name = name));
            }
        }
        for (key, template) in walk::templates(definition) {
            for name in template.placeholders() {
                if !own.contains(name) && !GIVEN.contains(&name) {
                    let meant = nearest(name, own.iter().chain(GIVEN).copied());
                    let help = meant.map(|name| text!("fault-nearest-name", name = name));
                    self.note(&key, text!("fault-unknown-name", name = name), Some(name), help);
                }
            }
        }
        let is_known = |name: &str| values.contains(name) || variables.contains(name);
        for name in definition.exported.iter().filter(|name| !is_known(name)) {
            self.say("exported", text!("fault-unknown-name", name = name));
        }
    }

    /// Values are rendered once and before any request, and each is for something: a misspelt key
    /// of a table is a value nobody asks for.
    fn values(&mut self) {
        let definition = self.definition;
        let values = walk::values(definition);
        let rendered: BTreeSet<&str> =
            values.iter().filter(|value| !value.template.is_plain()).map(|value| value.name).collect();
        let early = |name: &str| !GIVEN.contains(&name) && !walk::captured(definition).any(|n| n == name);
        let templates = walk::templates(definition);
        let used: BTreeSet<&str> = templates
            .iter()
            .flat_map(|(_, template)| template.placeholders())
            .chain(definition.exported.iter().map(String::as_str))
            .collect();
        for value in &values {
            let key = format!("{}.{}", value.table, value.name);
            for name in value.template.placeholders() {
                if definition.entered().any(|(known, _)| known == name) {
                    self.say_of(&key, name, text!("fault-value-entered", name = name));
                } else if rendered.contains(name) || !early(name) {
                    self.say_of(&key, name, text!("fault-value-name", name = name));
                }
            }
            if !used.contains(value.name) {
                let close = nearest(value.name, KEYS.iter().chain(&used).copied());
                self.say(
                    &key,
                    match close {
                        Some(name) => text!("fault-unused-nearest", name = name),
                        None => text!("fault-unused"),
                    },
                );
            }
        }
    }

    fn import(&mut self) {
        for name in self.definition.unknown_imports() {
            self.say("import", text!("fault-unknown-name", name = name));
        }
    }

    fn headers(&mut self) {
        let definition = self.definition;
        let lines = definition.api_headers.iter().map(|line| {
            let (name, _) = line.source().split_once(':').unwrap_or((line.source(), ""));
            ("api_headers".to_owned(), name)
        });
        let requests = walk::requests(definition).flat_map(|(key, request)| {
            request.headers.iter().map(move |(name, _)| (format!("{key}.headers"), name))
        });
        for (key, name) in lines.chain(requests).filter(|(_, name)| !is_header_name(name)) {
            self.say(&key, text!("fault-header-name", name = name));
        }
    }

    /// An answer that serves every shop of an app must come from what they have in common, and so must a
    /// token without a seller.
    fn shared(&mut self) {
        let definition = self.definition;
        let captured: BTreeSet<&str> = walk::captured(definition).collect();
        let of_one_shop = |name: &str| {
            let variable = definition.variables.get(name);
            captured.contains(name)
                || OF_ONE_SHOP.contains(&name)
                || variable.is_some_and(|variable| variable.scope == Scope::Profile)
        };
        let grantless = definition.grantless_request.as_ref().map(|r| ("grantless_request".to_owned(), r));
        let shared = walk::requests(definition).filter(|(_, request)| request.share.is_some());
        for (key, request) in grantless.into_iter().chain(shared) {
            let names = request.templates().flat_map(Template::placeholders);
            for name in names.filter(|name| of_one_shop(name)) {
                self.say_of(&key, name, text!("fault-shared", name = name));
            }
            match (request.share, &request.token) {
                (Some(_), Some(_)) => self.say(&key, text!("fault-shared-token")),
                (None, None) => self.say(&key, text!("fault-no-token")),
                _ => {}
            }
        }
    }

    fn environment(&mut self) {
        for (key, fault) in super::environment::faults(self.definition) {
            self.say(&key, fault);
        }
    }

    /// What is new with every request belongs into requests only.
    fn fresh(&mut self) {
        let requests = walk::requests(self.definition).map(|(key, _)| key);
        let fit: Vec<String> = requests.chain(["api_headers".to_owned()]).collect();
        for (key, template) in walk::templates(self.definition) {
            let is_fit =
                fit.iter().any(|fit| key.starts_with(fit.as_str())) && key.rsplit('.').next() != Some("pace");
            if !is_fit && template.placeholders().any(|name| name == FRESH) {
                self.say(&key, text!("fault-fresh"));
            }
        }
    }
}

/// Compiles a pattern so that it matches whole values only.
pub fn whole(pattern: &str) -> Option<Regex> {
    // By itself first: `a)|(b` is no pattern, but would become one inside the group.
    Regex::new(pattern).ok()?;
    Regex::new(&format!("^(?:{pattern})$")).ok()
}

/// Whether `value` is an https origin (or http on this machine) and nothing more.
pub fn is_origin(value: &str) -> bool {
    origin(value).is_some() && safe_url(value).is_some()
}

/// Whether it can be an id: lower case, digits and hyphens, as a file's name and on a command line.
pub fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.starts_with('-')
}

/// Whether a person can be sent there to read: https, or http on this machine; a fragment may name the place.
fn is_page(text: &str) -> bool {
    let address = text.split('#').next().unwrap_or_default();
    safe_url(address).is_some() && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// RFC 9110 section 5.1.
pub fn is_header_name(name: &str) -> bool {
    let inside = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    !name.is_empty() && name.bytes().all(inside)
}
