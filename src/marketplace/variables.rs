//! What a person says about an app or a shop, and whether the definition takes it.

use std::collections::BTreeMap;

use crate::document::nearest;
use crate::error::Result;
use crate::fail;

use super::Definition;
use super::check::{EVERY_APPS, is_origin, whole};
use super::definition::{Scope, Variable};

impl Definition {
    /// The variables a person must give for an app, or for a profile; without the secret ones.
    pub fn asked(&self, scope: Scope) -> impl Iterator<Item = (&str, &Variable)> {
        self.variables
            .iter()
            .filter(move |(name, variable)| {
                variable.scope == scope && !variable.secret && !EVERY_APPS.contains(&name.as_str())
            })
            .map(|(name, variable)| (name.as_str(), variable))
    }

    /// The variables that are secret, by name.
    pub fn entered(&self) -> impl Iterator<Item = (&str, &Variable)> {
        let secret = self.variables.iter().filter(|(_, variable)| variable.secret);
        secret.map(|(name, variable)| (name.as_str(), variable))
    }

    /// What `[import]` names although no import needs it: only what an app or its consent is made of can be
    /// found elsewhere.
    pub(super) fn unknown_imports(&self) -> impl Iterator<Item = &str> {
        let own = |name: &str| self.asked(Scope::App).any(|(known, _)| known == name);
        let is_known = move |name: &str| name == "refresh_token" || EVERY_APPS.contains(&name) || own(name);
        self.import.keys().map(String::as_str).filter(move |name| !is_known(name))
    }

    /// Checks a value for the variable `name`: pattern, usual mistakes, header safety.
    ///
    /// Kind `usage`; `secret` keeps the value out of the message.
    pub fn check_value(&self, name: &str, value: &str, secret: bool) -> Result<()> {
        let shown = if secret { "…" } else { value };
        // RFC 6749 appendix A.1 would allow blanks in a client id: nobody has any, and a pasted line has.
        let blank = name == "client_id" && value.contains(char::is_whitespace);
        if blank || value.trim() != value || value.is_empty() || value.chars().any(char::is_control) {
            return Err(fail!(Usage, "value-unfit", name = name, value = shown));
        }
        let Some(variable) = self.variables.get(name) else { return Ok(()) };
        let matches = |pattern: &str| whole(pattern).is_some_and(|p| p.is_match(value));
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

    /// Checks a variable of an app, or of a profile in `region`: a name the definition knows there,
    /// and a value that fits.
    ///
    /// A profile may also replace what no official source confirms, by an https origin.
    pub fn check_variable(&self, scope: Scope, region: Option<&str>, name: &str, value: &str) -> Result<()> {
        if self.asked(scope).any(|(known, _)| known == name) {
            return self.check_value(name, value, false);
        }
        if self.entered().any(|(known, _)| known == name) {
            return Err(fail!(Usage, "variable-secret", name = name));
        }
        let unverified = || self.unverified(region).filter(|_| scope == Scope::Profile);
        if unverified().any(|known| known == name) {
            return match is_origin(value) {
                true => Ok(()),
                false => Err(fail!(Usage, "value-no-origin", name = name)),
            };
        }
        let known: Vec<&str> = self.asked(scope).map(|(known, _)| known).chain(unverified()).collect();
        let names = if known.is_empty() { "–".to_owned() } else { known.join(", ") };
        let error = fail!(Usage, "variable-unknown", name = name, marketplace = self.name, known = names);
        Err(match nearest(name, known) {
            Some(close) => error.hint(crate::text!("did-you-mean", name = close)),
            None => error,
        })
    }

    /// Those of a profile's `variables` that replace an origin of the definition's, and so decide where its
    /// secrets go.
    pub fn replaced_origins<'a>(
        &'a self,
        region: Option<&'a str>,
        variables: impl IntoIterator<Item = (&'a String, &'a String)>,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        let is_origin = move |name: &str| {
            self.unverified(region).any(|known| known == name) && !self.variables.contains_key(name)
        };
        let given = variables.into_iter().filter(move |(name, _)| is_origin(name));
        given.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Those of `variables` that an app, or a profile in `region`, may have.
    pub(super) fn trusted(
        &self,
        region: Option<&str>,
        variables: &BTreeMap<String, String>,
    ) -> BTreeMap<String, String> {
        let fits = |name: &str, value: &str| {
            [Scope::App, Scope::Profile]
                .into_iter()
                .any(|scope| self.check_variable(scope, region, name, value).is_ok())
        };
        variables
            .iter()
            .filter(|(name, value)| fits(name, value))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    }

    /// The values that no official source confirms in `region`.
    pub(super) fn unverified(&self, region: Option<&str>) -> impl Iterator<Item = &str> {
        let region = region.and_then(|name| self.regions.get(name));
        let region = region.into_iter().flat_map(|region| &region.unverified);
        self.unverified.iter().chain(region).map(String::as_str)
    }
}
