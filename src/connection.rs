//! One profile with everything it stands on: its app, its marketplace, and what happened to it.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use secrecy::SecretString;

use crate::config::Home;
use crate::error::{Error, Result};
use crate::marketplace::definition::Scope;
use crate::marketplace::template::Values;
use crate::marketplace::{Catalogue, Definition};
use crate::model::{App, Profile, Reason, Record, Span, reason};
use crate::records::AppRecord;
use crate::{apps, fail, profiles, records, refusal};

/// How long before its end a consent or secret is due.
pub const SOON: Span = Span::seconds(30 * 86_400);

/// A profile, loaded.
pub struct Connection {
    /// The profile's name.
    pub name: String,
    /// What a person wishes.
    pub profile: Profile,
    /// The app it uses.
    pub app: App,
    /// How its marketplace authorizes.
    pub definition: Definition,
    /// What happened; `None` before the first consent.
    pub record: Option<Record>,
    /// What is known of the app's secret; `None` when it has none.
    pub app_record: Option<AppRecord>,
    /// It was refused together with other shops.
    pub incident: bool,
    /// Of the files it was loaded from, where it was.
    pub stamp: Option<String>,
}

/// Checks the variables that stand in `file`.
fn check(
    definition: &Definition,
    scope: Scope,
    region: Option<&str>,
    variables: &BTreeMap<String, String>,
    file: &Path,
) -> Result<()> {
    let faulty = |error: Error| {
        let faulty = fail!(Configuration, "variables-faulty", path = file.display(), reason = error.message);
        Error { hint: error.hint.or(faulty.hint), ..faulty }
    };
    variables
        .iter()
        .try_for_each(|(name, value)| definition.check_variable(scope, region, name, value).map_err(faulty))
}

/// The marketplaces this user has.
pub fn catalogue(home: &Home) -> Catalogue {
    Catalogue::new(home.config_folder().join("marketplaces"))
}

/// What tells one state of all that decides how a token is presented from another, without reading it:
/// the profile, its app and its definition. `None` where one of them is missing.
pub fn stamp(home: &Home, profile: &Profile) -> Option<String> {
    let definition = catalogue(home).stamp(&profile.marketplace)?;
    let app = apps::stamp(home, &profile.app)?;
    let Profile { marketplace, environment, region, app: name, .. } = profile;
    Some(format!("{definition} {app} {:?}", (marketplace, environment, region, name)))
}

impl Connection {
    /// Loads everything `profile` stands on.
    pub fn load(home: &Home, name: &str, profile: Profile) -> Result<Self> {
        let load = || -> Result<Self> {
            // First: a file that is changed meanwhile must not pass for the one that was read.
            let stamp = stamp(home, &profile);
            let app = apps::get(home, &profile.app)?;
            let definition = catalogue(home).get(&profile.marketplace)?;
            Ok(Self { stamp, ..Self::assemble(home, name, profile, app, definition)? })
        };
        load().map_err(|error| error.profile(name))
    }

    /// Puts a connection together from parts that need not be on disk yet.
    ///
    /// Kind `configuration` for a variable of the app's or the profile's that the definition does
    /// not take: a file decides no more than a command line where secrets go.
    pub fn assemble(
        home: &Home,
        name: &str,
        profile: Profile,
        app: App,
        definition: Definition,
    ) -> Result<Self> {
        let file = |folder: &str, name: &str| home.config_folder().join(folder).join(format!("{name}.toml"));
        let region = profile.region.as_deref();
        check(&definition, Scope::App, None, &app.variables, &file("apps", &profile.app))?;
        check(&definition, Scope::Profile, region, &profile.variables, &file("profiles", name))?;
        let record = records::of_profiles(home).get(profile.uuid)?;
        let app_record = records::of_apps(home).get(app.uuid)?;
        let refused = record.as_ref().and_then(|record| record.refusal.as_ref());
        let incident = refused.is_some_and(|refusal| refusal::is_incident(home, &profile, refusal));
        let name = name.to_owned();
        Ok(Self { name, profile, app, definition, record, app_record, incident, stamp: None })
    }

    /// Every profile, or what is wrong with it, by name.
    pub fn all(home: &Home) -> Result<Vec<(String, Result<Self>)>> {
        let folder = profiles::folder(home);
        let load = |name: &String| match folder.get(name)? {
            Some(profile) => Self::load(home, name, profile).map(Some),
            // Removed by another process since the names were listed.
            None => Ok(None),
        };
        let names = folder.names()?;
        Ok(names
            .iter()
            .filter_map(|name| load(name).transpose().map(|loaded| (name.clone(), loaded)))
            .collect())
    }

    /// The scopes asked for: the profile's, else the app's, else the definition's.
    pub fn wanted_scopes(&self) -> &[String] {
        [&self.profile.scopes, &self.app.scopes]
            .into_iter()
            .find(|scopes| !scopes.is_empty())
            .unwrap_or(&self.definition.scopes)
    }

    /// The app's and the profile's variables; the profile's win.
    pub fn variables(&self) -> BTreeMap<String, String> {
        let defaults =
            self.definition.variables.iter().filter_map(|(name, variable)| {
                variable.default.clone().map(|default| (name.clone(), default))
            });
        let mut variables: BTreeMap<String, String> = defaults.collect();
        variables.extend(self.app.variables.clone());
        variables.extend(self.profile.variables.clone());
        variables
    }

    /// What templates may use for a new consent.
    pub fn values(&self, client_secret: Option<&SecretString>) -> Values {
        self.values_with(&self.profile.options, &self.variables(), self.wanted_scopes(), client_secret)
    }

    /// What templates may use for the grant in force: its own options and variables, which a
    /// newer version of the app may have left behind.
    pub fn granted_values(&self, record: &Record, client_secret: Option<&SecretString>) -> Values {
        let grant = &record.grant;
        let mut values = self.values_with(&grant.options, &grant.variables, &grant.scopes, client_secret);
        if let Some(redirect_uri) = &grant.redirect_uri {
            values.set("redirect_uri", redirect_uri);
        }
        values
    }

    fn values_with(
        &self,
        options: &[String],
        variables: &BTreeMap<String, String>,
        scopes: &[String],
        client_secret: Option<&SecretString>,
    ) -> Values {
        let region = self.profile.region.as_deref();
        let mut values = self.definition.values_at(&self.profile.environment, region, options, variables);
        let separator = self.definition.consent.scope_separator.as_deref().unwrap_or(" ");
        values.set("environment", &self.profile.environment);
        values.set("region", region.unwrap_or_default());
        values.set("client_id", &self.app.client_id);
        values.set("scope", &scopes.join(separator));
        if let Some(secret) = client_secret {
            values.set_secret("client_secret", secret);
        }
        values
    }

    /// When the app's client secret ends, where its age is known.
    pub fn client_secret_expires_at(&self) -> Option<Timestamp> {
        let life = self.definition.lifetimes.client_secret?;
        Some(life.after(self.app_record.as_ref()?.created_at?))
    }

    /// Why the profile is where it is.
    pub fn reason(&self, now: Timestamp, soon: Span) -> Reason {
        let secret_ends = self.client_secret_expires_at();
        match reason(&self.app, self.record.as_ref(), self.wanted_scopes(), secret_ends, now, soon) {
            Reason::Refused(refusal) if self.incident => Reason::SuspectedIncident(refusal),
            reason => reason,
        }
    }
}

#[cfg(test)]
pub mod fixtures;
