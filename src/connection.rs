//! One profile with everything it stands on: its app, its marketplace, and what happened to it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use secrecy::SecretString;
use url::Url;
use uuid::Uuid;

use crate::config::Home;
use crate::error::{Error, Result};
use crate::marketplace::definition::Scope;
use crate::marketplace::template::Values;
use crate::marketplace::{Catalogue, Definition};
use crate::model::{App, Profile, Reason, Record, Refusal, Span, reason};
use crate::records::AppRecord;
use crate::{apps, fail, fleet, profiles, records, refusal};

/// How long before its end a consent or secret is due.
pub const SOON: Span = Span::seconds(30 * 86_400);

/// What this program calls itself before marketplaces.
pub const PROGRAM: &str = concat!("sellauth/", env!("CARGO_PKG_VERSION"));

/// A profile, loaded.
pub struct Connection {
    /// The profile's name.
    pub name: String,
    /// What a person wishes.
    pub profile: Profile,
    /// The app it uses.
    pub app: App,
    /// How its marketplace authorizes.
    pub definition: Arc<Definition>,
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

/// What profiles stand on together, loaded and checked once.
#[derive(Default)]
struct Shelf {
    definitions: RefCell<BTreeMap<String, Stamped>>,
    /// By the app's name and the marketplace's id.
    grounds: RefCell<BTreeMap<(String, String), Ground>>,
}

/// A definition, and what tells the state of the file it was read from.
#[derive(Clone)]
struct Stamped {
    definition: Arc<Definition>,
    stamp: Option<String>,
}

/// What a profile stands on, and what tells the state of the files it was read from.
#[derive(Clone)]
struct Ground {
    app: App,
    definition: Arc<Definition>,
    app_record: Option<AppRecord>,
    stamp: Option<String>,
}

impl Shelf {
    fn ground(&self, home: &Home, app: &str, marketplace: &str) -> Result<Ground> {
        let key = (app.to_owned(), marketplace.to_owned());
        if let Some(ground) = self.grounds.borrow().get(&key) {
            return Ok(ground.clone());
        }
        // First: a file that is changed meanwhile must not pass for the one that was read.
        let stamp = apps::stamp(home, app);
        let loaded = apps::get(home, app)?;
        let definition = self.definition(home, marketplace)?;
        let stamp = definition.stamp.zip(stamp).map(|(definition, app)| ground_stamp(&definition, &app));
        self.put_checked(home, key, loaded, Stamped { stamp, ..definition })
    }

    fn definition(&self, home: &Home, marketplace: &str) -> Result<Stamped> {
        if let Some(definition) = self.definitions.borrow().get(marketplace) {
            return Ok(definition.clone());
        }
        let stamp = catalogue(home).stamp(marketplace);
        let definition = Stamped { definition: Arc::new(catalogue(home).get(marketplace)?), stamp };
        self.definitions.borrow_mut().insert(marketplace.to_owned(), definition.clone());
        Ok(definition)
    }

    /// Puts there what need not be on disk yet.
    fn put(&self, home: &Home, name: &str, app: App, definition: Definition) -> Result<()> {
        let key = (name.to_owned(), definition.id.clone());
        let definition = Stamped { definition: Arc::new(definition), stamp: None };
        self.put_checked(home, key, app, definition).map(|_| ())
    }

    fn put_checked(
        &self,
        home: &Home,
        key: (String, String),
        app: App,
        Stamped { definition, stamp }: Stamped,
    ) -> Result<Ground> {
        if app.marketplace != definition.id {
            let (name, belongs) = (&key.0, format!("{}, {}", app.marketplace, app.environment));
            return Err(fail!(Configuration, "app-of-another", name = name, belongs = belongs));
        }
        apps::refuse_open(home, &key.0, &app)?;
        check(&definition, Scope::App, None, &app.variables, &apps::folder(home).file(&key.0))?;
        let app_record = records::of_apps(home).get(app.uuid)?;
        let ground = Ground { app, definition, app_record, stamp };
        self.grounds.borrow_mut().insert(key, ground.clone());
        Ok(ground)
    }
}

/// Finds the shops that were refused together.
fn mark_incidents(connections: Vec<&mut Connection>) {
    let refusal = |connection: &Connection| connection.record.as_ref()?.refusal.clone();
    let place = |profile: &Profile| (profile.marketplace.clone(), profile.environment.clone());
    let mut refused: BTreeMap<(String, String), Vec<(Uuid, Refusal)>> = BTreeMap::new();
    for connection in &connections {
        if let Some(refusal) = refusal(connection) {
            refused.entry(place(&connection.profile)).or_default().push((connection.profile.uuid, refusal));
        }
    }
    for connection in connections.into_iter().filter(|it| refusal::can_be_incident(&it.definition)) {
        let Some(own) = refusal(connection) else { continue };
        let kin = &refused[&place(&connection.profile)];
        let others = kin.iter().filter(|(uuid, _)| *uuid != connection.profile.uuid);
        connection.incident = refusal::is_one_of_several(&own, others.map(|(_, refusal)| refusal));
    }
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
    Some(profile_stamp(&ground_stamp(&definition, &app), profile))
}

fn ground_stamp(definition: &str, app: &str) -> String {
    format!("{definition} {app}")
}

fn profile_stamp(ground: &str, profile: &Profile) -> String {
    let Profile { marketplace, environment, region, app, .. } = profile;
    format!("{ground} {:?}", (marketplace, environment, region, app))
}

impl Connection {
    /// Loads everything `profile` stands on.
    pub fn load(home: &Home, name: &str, profile: Profile) -> Result<Self> {
        let load = || {
            let profile = fleet::updated(home, name, profile)?;
            let mut connection = Self::found(home, name, profile, &Shelf::default())?;
            let refused = connection.record.as_ref().and_then(|record| record.refusal.as_ref());
            let incident = |refusal| refusal::is_incident(home, &connection, refusal);
            connection.incident = refused.is_some_and(incident);
            Ok(connection)
        };
        load().map_err(|error: Error| error.profile(name))
    }

    /// The same, where others may have the same app. Nobody has looked for an incident yet.
    fn found(home: &Home, name: &str, profile: Profile, shelf: &Shelf) -> Result<Self> {
        let ground = shelf.ground(home, &profile.app, &profile.marketplace)?;
        let region = profile.region.as_deref();
        let file = profiles::folder(home).file(name);
        check(&ground.definition, Scope::Profile, region, &profile.variables, &file)?;
        Ok(Self {
            name: name.to_owned(),
            record: records::of_profiles(home).get(profile.uuid)?,
            stamp: ground.stamp.map(|ground| profile_stamp(&ground, &profile)),
            profile,
            app: ground.app,
            definition: ground.definition,
            app_record: ground.app_record,
            incident: false,
        })
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
        let shelf = Shelf::default();
        shelf.put(home, &profile.app, app, definition)?;
        Self::found(home, name, profile, &shelf)
    }

    /// Every profile, or what is wrong with it, by name.
    pub fn all(home: &Home) -> Result<Vec<(String, Result<Self>)>> {
        fleet::fetch_all_once(home)?;
        let folder = profiles::folder(home);
        let shelf = Shelf::default();
        let load = |name: &String| match folder.get(name)? {
            Some(profile) => Self::found(home, name, profile, &shelf).map(Some),
            // Removed by another process since the names were listed.
            None => Ok(None),
        };
        let names = folder.names()?;
        let load = |name: String| {
            let loaded = load(&name).transpose()?;
            Some((name.clone(), loaded.map_err(|error| error.profile(&name))))
        };
        let mut all: Vec<(String, Result<Self>)> = names.into_iter().filter_map(load).collect();
        mark_incidents(all.iter_mut().filter_map(|(_, loaded)| loaded.as_mut().ok()).collect());
        Ok(all)
    }

    /// Whether a person has marked it with all of these.
    pub fn has_labels(&self, labels: &[(String, String)]) -> bool {
        labels.iter().all(|(name, value)| self.profile.labels.get(name) == Some(value))
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

    /// What an API request says of its sender. Of today's app, not the granted one: it names no right.
    pub fn user_agent(&self) -> Result<SecretString> {
        let usual = || Ok(SecretString::from(PROGRAM));
        let line =
            self.definition.user_agent.as_ref().map_or_else(usual, |line| line.header(&self.values(None)));
        line.map_err(|error| fail!(Configuration, "template-failed").because(error))
    }

    /// The API's address, `values` being those of the grant in force.
    pub fn api_base(&self, values: &Values) -> Result<Url> {
        let base = self.definition.api_base.url(values);
        base.map_err(|error| fail!(Configuration, "template-failed").because(error))
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
        values.set("program", PROGRAM);
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

    /// When the marketplace withdraws the app, unless a renewal shows that it is in use.
    pub fn unused_expires_at(&self) -> Option<Timestamp> {
        let life = self.definition.lifetimes.unused?;
        Some(life.after(self.record.as_ref()?.last_refreshed_at))
    }

    /// The same where that is near: as late as `soon` before, and not before most of it is over.
    fn unused_ends(&self, now: Timestamp, soon: Span) -> Option<Timestamp> {
        let third = Span::seconds(self.definition.lifetimes.unused?.as_secs() / 3);
        self.unused_expires_at().filter(|end| *end <= third.min(soon).after(now))
    }

    /// The regions the shop sells in, where the profile's own is none of them.
    pub fn sells_elsewhere(&self) -> Option<&[String]> {
        let sells_in = &self.record.as_ref()?.sells_in;
        let here = self.profile.region.as_ref()?;
        (!sells_in.is_empty() && !sells_in.contains(here)).then_some(sells_in)
    }

    /// Why the profile is where it is.
    pub fn reason(&self, now: Timestamp, soon: Span) -> Reason {
        let secret_ends = self.client_secret_expires_at();
        match reason(&self.app, self.record.as_ref(), self.wanted_scopes(), secret_ends, now, soon) {
            Reason::Refused(refusal) if self.incident => Reason::SuspectedIncident(refusal),
            Reason::None => self.unused_ends(now, soon).map_or(Reason::None, Reason::UnusedEnds),
            reason => reason,
        }
    }
}

#[cfg(test)]
pub mod fixtures;
