//! The meaning of a definition, checked when it is loaded: a definition decides where secrets go.

use std::collections::{BTreeMap, BTreeSet};

use regex_lite::Regex;

use crate::document::nearest;
use crate::text;

use super::definition::{Definition, Grant, RedirectMode, Scope, Variable};
use super::request::Request;
use super::template::{Template, Values, is_name, origin, safe_url};
use super::walk;

/// Names a template may use without the definition declaring them.
const GIVEN: &[&str] = &[
    "access_token",
    "client_id",
    "client_secret",
    "code",
    "code_challenge",
    "code_verifier",
    "environment",
    "program",
    "redirect_uri",
    "refresh_token",
    "region",
    "scope",
    "state",
];

/// What no browser, shop or person gets to see.
pub(super) const SECRETS: &[&str] =
    &["access_token", "client_secret", "code", "code_verifier", "device_code", "refresh_token"];

/// What stands for one shop, or one consent.
const OF_ONE_SHOP: &[&str] =
    &["access_token", "code", "code_challenge", "code_verifier", "redirect_uri", "refresh_token", "state"];

/// What RFC 8628 section 3.2 requires of an answer to the device.
const DEVICE_ANSWER: &[&str] = &["device_code", "user_code", "verification_uri"];

/// Variables that only describe what every app has: how to ask for it, and what fits.
pub(super) const CREDENTIALS: &[&str] = &["client_id", "client_secret"];

/// What a pattern that keeps a value inside its host must not match.
const HOSTILE: &[&str] = &[
    "https://evil.example",
    "evil.example",
    "evil.com",
    "a.b",
    "evil.example/#",
    "a/b",
    "a@b",
    "a:1",
    "a?b",
    "a#b",
    "a\\b",
    "a b",
    "a\nb",
    "a%2fb",
    "",
    ".",
];

/// Every set of options is tried, at every place: so many are a few thousand places.
const MOST_OPTIONS: usize = 6;

/// The keys of tables that also hold values.
const KEYS: &[&str] = &["aliases", "consent", "consent_area", "description", "unverified"];

/// Finds everything wrong with a definition that its shape does not show.
///
/// Returns one sentence per fault, each beginning with the key it is about.
pub fn faults(definition: &Definition) -> Vec<String> {
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
    faults.device();
    faults.secrets();
    faults.hosts();
    faults.combinations();
    faults.found
}

struct Faults<'a> {
    definition: &'a Definition,
    found: Vec<String>,
}

impl Faults<'_> {
    fn say(&mut self, key: &str, text: impl AsRef<str>) {
        let fault = [key, text.as_ref()].join(": ");
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
        let names = definition.environments.keys().chain(definition.options.keys());
        for name in names.filter(|name| !is_id(name)) {
            self.say(name, text!("fault-id"));
        }
        let mut known = BTreeSet::new();
        for (name, region) in &definition.regions {
            for name in std::iter::once(name).chain(&region.aliases) {
                if !known.insert(name.to_uppercase()) {
                    self.say("regions", text!("fault-twice", name = name));
                }
            }
        }
        if jiff::civil::Date::strptime("%Y-%m-%d", &definition.verified).is_err() {
            self.say("verified", text!("fault-date"));
        }
    }

    fn variables(&mut self) {
        for (name, variable) in &self.definition.variables {
            let key = format!("variables.{name}");
            let mistaken = variable.mistaken.iter().map(|mistake| &mistake.pattern);
            for pattern in variable.pattern.iter().chain(mistaken) {
                if whole(pattern).is_none() {
                    self.say(&key, text!("fault-pattern", pattern = pattern));
                }
            }
            if let Some(default) = &variable.default
                && variable.pattern.as_deref().and_then(whole).is_some_and(|p| !p.is_match(default))
            {
                self.say(&key, text!("fault-default"));
            }
        }
    }

    /// Every placeholder must be known, and mean one thing.
    fn names(&mut self) {
        let definition = self.definition;
        let captured: BTreeSet<&str> = walk::captured(definition).collect();
        let values: BTreeSet<&str> = walk::values(definition).iter().map(|value| value.name).collect();
        let variables: BTreeSet<&str> = definition.variables.keys().map(String::as_str).collect();
        let own: BTreeSet<&str> = captured.iter().chain(&values).chain(&variables).copied().collect();
        for name in &own {
            if !is_name(name) {
                self.say(name, text!("fault-name"));
            }
            let described = variables.contains(name) && CREDENTIALS.contains(name);
            if GIVEN.contains(name) && !described {
                self.say(name, text!("fault-protocol-name"));
            }
            // A captured value would take the place of one that chooses a host.
            if [&captured, &values, &variables].iter().filter(|names| names.contains(name)).count() > 1 {
                self.say(name, text!("fault-twice", name = name));
            }
        }
        for (key, template) in walk::templates(definition) {
            for name in template.placeholders() {
                if !own.contains(name) && !GIVEN.contains(&name) {
                    self.say(&key, text!("fault-unknown-name", name = name));
                }
            }
        }
        for name in definition.exported.iter().filter(|name| !values.contains(name.as_str())) {
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
                if rendered.contains(name) || !early(name) {
                    self.say(&key, text!("fault-value-name", name = name));
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

    fn sequence(&mut self) {
        let definition = self.definition;
        let tokens = |requests: &[Request]| requests.iter().filter(|r| r.token.is_some()).count();
        let first = match definition.grant {
            Grant::DeviceCode => &definition.device_token_request,
            Grant::AuthorizationCode | Grant::ClientCredentials => &definition.token_request,
        };
        if first.is_empty() {
            self.say("token_request", text!("fault-none"));
        }
        let sequences =
            [&definition.token_request, &definition.device_token_request, &definition.renewal_request];
        if sequences.iter().any(|requests| tokens(requests) > 1) {
            self.say("token", text!("fault-two-tokens"));
        }
        if tokens(first) + tokens(&definition.renewal_request) == 0 {
            self.say("token", text!("fault-no-token"));
        }
        if !definition.renewal_request.is_empty() && tokens(&definition.renewal_request) == 0 {
            self.say("renewal_request", text!("fault-no-token"));
        }
        let earlier = definition.renewal_request.split_last().map(|(_, earlier)| earlier);
        if definition.rotates()
            && earlier.is_some_and(|earlier| earlier.iter().any(Request::needs_refresh_token))
        {
            self.say("renewal_request", text!("fault-spent-early"));
        }
        for (key, request) in walk::requests(definition) {
            if request.form.is_some() && request.json.is_some() {
                self.say(&key, text!("fault-two-bodies"));
            }
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
                self.say(&key, text!("fault-shared", name = name));
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

    fn secrets(&mut self) {
        for (key, template) in walk::public(self.definition) {
            for secret in template.placeholders().filter(|name| SECRETS.contains(name)) {
                self.say(&key, text!("fault-secret", secret = secret));
            }
        }
    }

    fn authorization(&mut self) {
        let definition = self.definition;
        let consents = definition.grant == Grant::AuthorizationCode;
        let Some(request) = &definition.authorization_request else {
            if consents {
                self.say("authorization_request", text!("fault-needed"));
            }
            return;
        };
        if !consents {
            self.say("authorization_request", text!("fault-useless"));
        }
        let uses = |name: &str| request.parameters.iter().any(|(_, t)| t.placeholders().any(|n| n == name));
        if !uses("state") {
            self.say("authorization_request", text!("fault-state"));
        }
        let challenged = uses("code_challenge");
        if challenged != (definition.consent.pkce == super::definition::Pkce::S256) {
            self.say("consent.pkce", text!("fault-pkce"));
        }
        if definition.redirect.modes.is_empty() {
            self.say("redirect.modes", text!("fault-modes"));
        }
        let host = definition.redirect.host.as_deref().unwrap_or("127.0.0.1");
        if definition.redirect.modes.contains(&RedirectMode::Loopback)
            && !matches!(host, "localhost" | "127.0.0.1" | "[::1]")
        {
            self.say("redirect.host", text!("fault-redirect-host"));
        }
    }

    /// The device flow's two requests belong together.
    fn device(&mut self) {
        let definition = self.definition;
        let Some(request) = &definition.device_authorization_request else {
            if definition.grant == Grant::DeviceCode {
                self.say("device_authorization_request", text!("fault-needed"));
            }
            if !definition.device_token_request.is_empty() {
                self.say("device_token_request", text!("fault-device-alone"));
            }
            return;
        };
        if definition.device_token_request.is_empty() {
            self.say("device_token_request", text!("fault-none"));
        }
        for name in DEVICE_ANSWER.iter().filter(|name| !request.capture.contains_key(**name)) {
            self.say("device_authorization_request.capture", text!("fault-device-answer", name = name));
        }
    }

    /// Whatever chooses a host must come from the definition, or match a pattern that cannot
    /// lead elsewhere.
    fn hosts(&mut self) {
        let definition = self.definition;
        let values = walk::values(definition);
        for (key, template) in walk::addresses(definition) {
            for name in template.host_placeholders() {
                let written: Vec<_> = values.iter().filter(|value| value.name == name).collect();
                if written.is_empty() {
                    self.host(&key, name);
                }
                for inside in written.iter().flat_map(|value| value.template.placeholders()) {
                    // What is no variable is plain, and the definition's own.
                    if values.iter().all(|value| value.name != inside) {
                        self.host(&key, inside);
                    }
                }
            }
        }
        for (name, region) in &definition.regions {
            for value in region.unverified.iter().filter(|value| !region.values.contains_key(*value)) {
                self.say(&format!("regions.{name}"), text!("fault-unverified", value = value));
            }
        }
    }

    /// A variable `name` chooses a host.
    fn host(&mut self, key: &str, name: &str) {
        let variable = self.definition.variables.get(name).filter(|_| !CREDENTIALS.contains(&name));
        let pattern = match variable {
            Some(variable) => variable.pattern.as_deref().and_then(whole),
            None => return self.say(key, text!("fault-host-name", name = name)),
        };
        if pattern.is_none_or(|pattern| HOSTILE.iter().any(|hostile| pattern.is_match(hostile))) {
            self.say(key, text!("fault-loose-host", name = name));
        }
    }

    /// Every address and header must come out right in every environment and region, with every
    /// set of options.
    fn combinations(&mut self) {
        let definition = self.definition;
        if definition.options.len() > MOST_OPTIONS {
            return self.say("options", text!("fault-options", most = MOST_OPTIONS));
        }
        let variables: BTreeMap<String, String> =
            definition.variables.iter().map(|(name, variable)| (name.clone(), sample(variable))).collect();
        for options in subsets(definition.options.keys()) {
            for environment in definition.environments.keys() {
                for region in regions(definition) {
                    let mut values = definition.render(environment, region, &options, &variables);
                    for name in GIVEN.iter().copied().chain(walk::captured(definition)) {
                        values.set_default(name, "x");
                    }
                    self.combination(&Place { environment, region, options: &options }, &values);
                }
            }
        }
    }

    fn combination(&mut self, place: &Place, values: &Values) {
        let definition = self.definition;
        let addresses = walk::addresses(definition);
        let addresses = addresses.into_iter().filter_map(|(key, t)| Some((key, t.url(values).err()?)));
        let headers = walk::headers(definition);
        let headers = headers.into_iter().filter_map(|(key, t)| Some((key, t.header(values).err()?)));
        for (key, error) in addresses.chain(headers) {
            self.say(&key, format!("{error} ({place})"));
        }
    }
}

/// A value that a person could give.
fn sample(variable: &Variable) -> String {
    let pattern = variable.pattern.as_deref().and_then(whole);
    let fits = |value: &&String| pattern.as_ref().is_some_and(|pattern| pattern.is_match(value));
    let written = variable.default.iter().chain(variable.example.iter().filter(fits)).next();
    written.map_or_else(|| "x".to_owned(), Clone::clone)
}

/// Every set of `names`, the empty one first.
fn subsets<'a>(names: impl Iterator<Item = &'a String>) -> Vec<Vec<String>> {
    names.fold(vec![Vec::new()], |mut sets, name| {
        let with = |set: &Vec<String>| set.iter().chain([name]).cloned().collect();
        let more: Vec<Vec<String>> = sets.iter().map(with).collect();
        sets.extend(more);
        sets
    })
}

struct Place<'a> {
    environment: &'a str,
    region: Option<&'a str>,
    options: &'a [String],
}

impl std::fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.environment)?;
        self.region.iter().try_for_each(|region| write!(f, ", {region}"))?;
        self.options.iter().try_for_each(|option| write!(f, ", {option}"))
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

fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.starts_with('-')
}

/// RFC 9110 section 5.1.
pub fn is_header_name(name: &str) -> bool {
    let inside = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    !name.is_empty() && name.bytes().all(inside)
}

fn regions(definition: &Definition) -> Vec<Option<&str>> {
    match definition.regions.is_empty() {
        true => vec![None],
        false => definition.regions.keys().map(|name| Some(name.as_str())).collect(),
    }
}
