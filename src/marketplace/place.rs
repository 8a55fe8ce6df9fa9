//! A definition at one place: its environments, regions and options, and the values there.

use std::collections::BTreeMap;

use secrecy::ExposeSecret;

use crate::document::with_nearest;
use crate::error::Result;
use crate::fail;

use super::Definition;
use super::definition::Pkce;
use super::template::{Template, Values};

impl Definition {
    /// The values of an environment, region and options, with the `variables` of an app and a
    /// profile. Options win over regions, regions over environments, and a value that is a template
    /// itself is rendered once.
    ///
    /// A variable that the definition does not take here is left out, wherever it comes from: a
    /// file or a record is trusted no more than a command line.
    pub fn values_at(
        &self,
        environment: &str,
        region: Option<&str>,
        options: &[String],
        variables: &BTreeMap<String, String>,
    ) -> Values {
        self.render(environment, region, options, &self.trusted(region, variables))
    }

    /// The same, with `variables` that were checked already.
    pub(super) fn render(
        &self,
        environment: &str,
        region: Option<&str>,
        options: &[String],
        variables: &BTreeMap<String, String>,
    ) -> Values {
        let mut written: BTreeMap<&str, &Template> = self.values.iter().collect();
        let environment = self.environments.get(environment).map(|e| &e.values);
        let region = region.and_then(|name| self.regions.get(name)).map(|r| &r.values);
        let options = options.iter().filter_map(|name| self.options.get(name)).map(|o| &o.values);
        for (name, template) in environment.into_iter().chain(region).chain(options).flatten() {
            written.insert(name, template);
        }
        written.retain(|name, _| !variables.contains_key(*name));
        let mut plain = Values::default();
        plain.set_all(variables);
        for (name, template) in written.iter().filter(|(_, template)| template.is_plain()) {
            plain.set(name, template.source());
        }
        let mut values = plain.clone();
        for (name, template) in written.iter().filter(|(_, template)| !template.is_plain()) {
            values.set(name, template.text(&plain).expose_secret());
        }
        values
    }

    /// Whether a consent with these options takes a code challenge (RFC 7636).
    pub fn pkce(&self, options: &[String]) -> Pkce {
        let chosen = options.iter().filter_map(|name| self.options.get(name)?.pkce).next_back();
        chosen.unwrap_or(self.consent.pkce)
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
                    .ok_or_else(|| {
                        let error = fail!(Usage, "region-unknown", given = given, known = known());
                        with_nearest(error, given, self.regions.keys().map(String::as_str))
                    })
            }
        }
    }

    /// Checks that the environment exists.
    pub fn environment(&self, given: &str) -> Result<String> {
        if self.environments.contains_key(given) {
            return Ok(given.to_owned());
        }
        let names = self.environments.keys().map(String::as_str);
        let known = names.clone().collect::<Vec<_>>().join(", ");
        let error = fail!(Usage, "environment-unknown", given = given, known = known);
        Err(with_nearest(error, given, names))
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
            Some(name) => {
                let error = fail!(Usage, "option-unknown", given = name, known = known());
                Err(with_nearest(error, name, self.options.keys().map(String::as_str)))
            }
        }
    }

    /// What an app is called when a person does not say.
    pub fn default_app_name(&self, environment: &str) -> String {
        match environment {
            "production" => self.id.clone(),
            other => format!("{}-{other}", self.id),
        }
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
