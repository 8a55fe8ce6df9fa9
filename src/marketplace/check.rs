//! The meaning of a definition, checked when it is loaded: a definition decides where secrets go.

use std::collections::BTreeSet;

use regex_lite::Regex;

use crate::text;

use super::definition::{Definition, Grant, Pairs, RedirectMode};
use super::request::Request;
use super::template::{Template, is_name, origin, safe_url};

/// Names a template may use without the definition declaring them.
const GIVEN: &[&str] = &[
    "access_token",
    "client_id",
    "client_secret",
    "code",
    "code_challenge",
    "code_verifier",
    "environment",
    "redirect_uri",
    "refresh_token",
    "region",
    "scope",
    "state",
];

/// What never goes through a browser.
const SECRETS: &[&str] = &["access_token", "client_secret", "code_verifier", "refresh_token"];

/// What a pattern that keeps a value inside its host must not match.
const HOSTILE: &[&str] =
    &["evil.example/#", "a/b", "a@b", "a:1", "a?b", "a#b", "a\\b", "a b", "a\nb", "a%2fb", "", "."];

/// Finds everything wrong with a definition that its shape does not show.
///
/// Returns one sentence per fault, each beginning with the key it is about.
pub fn faults(definition: &Definition) -> Vec<String> {
    let mut faults = Faults { definition, found: Vec::new() };
    faults.identity();
    faults.variables();
    faults.names();
    faults.sequence();
    faults.authorization();
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
        self.found.push([key, text.as_ref()].join(": "));
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

    /// Every placeholder must be known where it is used, in every environment and region.
    fn names(&mut self) {
        let definition = self.definition;
        let captured: Vec<&str> = definition
            .authorization_response
            .capture
            .keys()
            .chain(definition.initiation.iter().flat_map(|initiation| initiation.capture.keys()))
            .chain(requests(definition).flat_map(|(_, request)| request.capture.keys()))
            .map(String::as_str)
            .collect();
        let known: BTreeSet<&str> = declared(definition)
            .into_iter()
            .chain(GIVEN.iter().copied())
            .chain(captured.iter().copied())
            .collect();
        for name in known.iter().filter(|name| !is_name(name)) {
            self.say(name, text!("fault-name"));
        }
        for (key, template) in templates(definition) {
            for name in template.placeholders().filter(|name| !known.contains(name)) {
                self.say(&key, text!("fault-unknown-name", name = name));
            }
        }
        for name in declared(definition).into_iter().filter(|name| GIVEN.contains(name)) {
            if !matches!(name, "client_id" | "client_secret") {
                self.say(name, text!("fault-protocol-name"));
            }
        }
    }

    fn sequence(&mut self) {
        let definition = self.definition;
        let tokens = |requests: &[Request]| requests.iter().filter(|r| r.token.is_some()).count();
        if definition.token_request.is_empty() {
            self.say("token_request", text!("fault-none"));
        }
        if tokens(&definition.token_request) > 1 || tokens(&definition.renewal_request) > 1 {
            self.say("token", text!("fault-two-tokens"));
        }
        if tokens(&definition.token_request) + tokens(&definition.renewal_request) == 0 {
            self.say("token", text!("fault-no-token"));
        }
        if !definition.renewal_request.is_empty() && tokens(&definition.renewal_request) == 0 {
            self.say("renewal_request", text!("fault-no-token"));
        }
        for (key, request) in requests(definition) {
            if request.form.is_some() && request.json.is_some() {
                self.say(&key, text!("fault-two-bodies"));
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
        let used: Vec<&str> = request
            .parameters
            .iter()
            .flat_map(|(_, t)| t.placeholders())
            .chain(request.endpoint.placeholders())
            .collect();
        for secret in SECRETS.iter().filter(|secret| used.contains(secret)) {
            self.say("authorization_request", text!("fault-secret", secret = secret));
        }
        if !used.contains(&"state") {
            self.say("authorization_request", text!("fault-state"));
        }
        let challenged = used.contains(&"code_challenge");
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

    /// Whatever chooses a host must come from the definition, or match a pattern that cannot
    /// lead elsewhere.
    fn hosts(&mut self) {
        let definition = self.definition;
        for (key, template) in addresses(definition) {
            for name in template.host_placeholders() {
                if let Some(variable) = definition.variables.get(name) {
                    let safe = variable
                        .pattern
                        .as_deref()
                        .and_then(whole)
                        .is_some_and(|pattern| HOSTILE.iter().all(|hostile| !pattern.is_match(hostile)));
                    if !safe {
                        self.say(&key, text!("fault-loose-host", name = name));
                    }
                } else if !declared(definition).contains(&name) {
                    self.say(&key, text!("fault-host-name", name = name));
                }
            }
        }
        for (name, region) in &definition.regions {
            for value in region.unverified.iter().filter(|value| !region.values.contains_key(*value)) {
                self.say(&format!("regions.{name}"), text!("fault-unverified", value = value));
            }
        }
    }

    /// Every address must come out right in every environment, region and option.
    fn combinations(&mut self) {
        let definition = self.definition;
        let options = std::iter::once(None).chain(definition.options.keys().map(Some));
        for option in options {
            let options: Vec<String> = option.cloned().into_iter().collect();
            for environment in definition.environments.keys() {
                for region in regions(definition) {
                    let place = Place { environment, region, options: &options };
                    self.combination(&place);
                }
            }
        }
    }

    fn combination(&mut self, place: &Place) {
        let definition = self.definition;
        let mut values = definition.values_at(place.environment, place.region, place.options);
        for name in declared(definition).into_iter().chain(GIVEN.iter().copied()) {
            values.set_default(name, "x");
        }
        for (_, request) in requests(definition) {
            request.capture.keys().for_each(|name| values.set_default(name, "x"));
        }
        let wrong: Vec<String> = addresses(definition)
            .into_iter()
            .filter_map(|(key, template)| Some((key, template.url(&values).err()?)))
            .map(|(key, error)| format!("{key}: {error} ({place})"))
            .collect();
        for fault in wrong {
            if !self.found.contains(&fault) {
                self.found.push(fault);
            }
        }
    }
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

fn regions(definition: &Definition) -> Vec<Option<&str>> {
    match definition.regions.is_empty() {
        true => vec![None],
        false => definition.regions.keys().map(|name| Some(name.as_str())).collect(),
    }
}

/// The names the definition itself gives values to.
fn declared(definition: &Definition) -> Vec<&str> {
    let values = definition.values.0.iter().map(|(name, _)| name);
    let environments = definition.environments.values().flat_map(|e| e.values.keys());
    let regions = definition.regions.values().flat_map(|r| r.values.keys());
    let options = definition.options.values().flat_map(|o| o.values.keys());
    let variables = definition.variables.keys();
    values.chain(environments).chain(regions).chain(options).chain(variables).map(String::as_str).collect()
}

/// Every request, with the key it stands under.
fn requests(definition: &Definition) -> impl Iterator<Item = (String, &Request)> {
    let sequences = [
        ("token_request", &definition.token_request),
        ("renewal_request", &definition.renewal_request),
        ("revocation_request", &definition.revocation_request),
    ];
    sequences.into_iter().flat_map(|(name, requests)| {
        requests.iter().enumerate().map(move |(i, request)| (format!("{name}[{i}]"), request))
    })
}

/// Every template that is an address.
pub(super) fn addresses(definition: &Definition) -> Vec<(String, &Template)> {
    let mut found: Vec<(String, &Template)> = vec![("api_base".to_owned(), &definition.api_base)];
    found.extend(definition.manage_url.iter().map(|url| ("manage_url".to_owned(), url)));
    if let Some(request) = &definition.authorization_request {
        found.push(("authorization_request.endpoint".to_owned(), &request.endpoint));
    }
    if let Some(initiation) = &definition.initiation {
        found.push(("initiation.base".to_owned(), &initiation.base));
        found.extend(initiation.origins.iter().map(|origin| ("initiation.origins".to_owned(), origin)));
    }
    found.extend(requests(definition).map(|(key, request)| (format!("{key}.url"), &request.url)));
    found
}

/// Every template, with the key it stands under.
fn templates(definition: &Definition) -> Vec<(String, &Template)> {
    fn pairs<'a>(key: &str, pairs: &'a Pairs) -> Vec<(String, &'a Template)> {
        pairs.iter().map(|(name, template)| (format!("{key}.{name}"), template)).collect()
    }
    let mut found = addresses(definition);
    found.extend(definition.api_headers.iter().map(|header| ("api_headers".to_owned(), header)));
    found.extend(pairs("values", &definition.values));
    found.extend(definition.shop.id.iter().map(|id| ("shop.id".to_owned(), id)));
    found.push(("shop.earlier".to_owned(), &definition.shop.earlier));
    found.push(("shop.name".to_owned(), &definition.shop.name));
    found.extend(pairs("authorization_response.expect", &definition.authorization_response.expect));
    found.extend(pairs("portal.fields", &definition.portal.fields));
    let issuer = definition.authorization_response.issuer.iter();
    found.extend(issuer.map(|issuer| ("authorization_response.issuer".to_owned(), issuer)));
    if let Some(request) = &definition.authorization_request {
        found.extend(pairs("authorization_request.parameters", &request.parameters));
    }
    if let Some(initiation) = &definition.initiation {
        found.push(("initiation.path".to_owned(), &initiation.path));
        found.extend(pairs("initiation.parameters", &initiation.parameters));
    }
    for (key, request) in requests(definition) {
        found.extend(pairs(&format!("{key}.headers"), &request.headers));
        found.extend(request.form.iter().flat_map(|form| pairs(&format!("{key}.form"), form)));
        found.extend(request.json.iter().flat_map(|json| pairs(&format!("{key}.json"), json)));
    }
    let environments =
        definition.environments.iter().map(|(name, e)| (format!("environments.{name}"), &e.values));
    let regions = definition.regions.iter().map(|(name, r)| (format!("regions.{name}"), &r.values));
    let options = definition.options.iter().map(|(name, o)| (format!("options.{name}"), &o.values));
    for (key, values) in environments.chain(regions).chain(options) {
        found.extend(values.iter().map(|(name, template)| (format!("{key}.{name}"), template)));
    }
    found
}
