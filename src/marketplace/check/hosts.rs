//! Whether every address comes out right, and only the definition says whose it is.

use std::collections::BTreeMap;

use secrecy::ExposeSecret;

use crate::marketplace::definition::{Definition, Variable};
use crate::marketplace::template::{TemplateError, Values, origin};
use crate::marketplace::walk;
use crate::text;

use super::{EVERY_APPS, Faults, GIVEN, whole};

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

impl Faults<'_> {
    /// Whatever chooses a host must come from the definition, or match a pattern that cannot
    /// lead elsewhere.
    pub(super) fn hosts(&mut self) {
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
        for value in
            definition.unverified.iter().filter(|name| values.iter().all(|value| value.name != *name))
        {
            self.say("unverified", text!("fault-unverified", value = value));
        }
        for (name, region) in &definition.regions {
            for value in region.unverified.iter().filter(|value| !region.values.contains_key(*value)) {
                self.say(&format!("regions.{name}"), text!("fault-unverified", value = value));
            }
        }
    }

    /// A variable `name` chooses a host.
    fn host(&mut self, key: &str, name: &str) {
        let variable = self.definition.variables.get(name).filter(|_| !EVERY_APPS.contains(&name));
        let pattern = match variable {
            Some(variable) => variable.pattern.as_deref().and_then(whole),
            None => return self.say_of(key, name, text!("fault-host-name", name = name)),
        };
        if pattern.is_none_or(|pattern| HOSTILE.iter().any(|hostile| pattern.is_match(hostile))) {
            self.say(key, text!("fault-loose-host", name = name));
        }
    }

    /// Every address and header must come out right in every environment and region, with every
    /// set of options.
    pub(super) fn combinations(&mut self) {
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
            match self.wrong_origins(&error) {
                written if written.is_empty() => self.say(&key, format!("{error} ({place})")),
                written => written.iter().for_each(|key| self.say(key, error.to_string())),
            }
        }
        let paces =
            walk::requests(definition).filter_map(|(key, request)| Some((key, request.pace.as_ref()?)));
        for (key, pace) in paces.filter(|(_, pace)| pace.at(values).is_none()) {
            let text = pace.template().text(values).expose_secret().to_owned();
            self.say(&format!("{key}.pace"), format!("{} ({place})", text!("not-a-pace", text = text)));
        }
    }

    /// Where the value stands that is no origin, if it is written out.
    fn wrong_origins(&self, error: &TemplateError) -> Vec<String> {
        let TemplateError::Origin(name) = error else { return Vec::new() };
        let written = walk::values(self.definition).into_iter().filter(|value| value.name == name);
        let wrong =
            written.filter(|value| value.template.is_plain() && origin(value.template.source()).is_none());
        wrong.map(|value| format!("{}.{}", value.table, value.name)).collect()
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

fn regions(definition: &Definition) -> Vec<Option<&str>> {
    match definition.regions.is_empty() {
        true => vec![None],
        false => definition.regions.keys().map(|name| Some(name.as_str())).collect(),
    }
}
