//! Everything that is registered and connected here, and what is wrong with it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::apps;
use crate::config::Home;
use crate::connection::{Connection, SOON, catalogue};
use crate::error::Error;
use crate::fail;
use crate::marketplace::{BUILT_IN, Definition, Entry};
use crate::model::{App, Profile, Reason, Span, State};
use crate::profiles;
use crate::records::{self, AppRecord};

use super::finding::{Finding, Severity};

/// How long before its end a refresh token is worth a word: `refresh` for cron usually comes first.
const REFRESH_TOKEN_ENDS: Span = Span::seconds(7 * 86_400);

/// What there is.
pub struct Inventory {
    /// The time at which it was taken.
    pub now: Timestamp,
    /// The shops that load.
    pub shops: Vec<Connection>,
    /// The profile files that can be read, whether their app is there or not.
    pub profiles: Vec<(String, Profile)>,
    /// The apps that load, with what is known of their secrets.
    pub apps: Vec<(String, App, Option<AppRecord>)>,
    /// What the apps are registered at, where its definition loads: also of those without a shop.
    pub registrations: Vec<(App, Definition)>,
    /// The marketplaces of the user's own, and those of ours that a file of the user's is in the way of.
    pub definitions: Vec<Entry>,
    /// What does not load.
    faults: Vec<Error>,
}

impl Inventory {
    /// Reads all files of a person's, and the records.
    pub fn take(home: &Home, now: Timestamp) -> Self {
        let mut faults = Vec::new();
        let mut shops = Vec::new();
        for (_, loaded) in told(Connection::all(home), &mut faults) {
            shops.extend(told_one(loaded, &mut faults));
        }
        let folder = profiles::folder(home);
        let names = folder.names().unwrap_or_default().into_iter();
        let read = |name: String| folder.get(&name).ok().flatten().map(|profile| (name, profile));
        let profiles = names.filter_map(read).collect();
        let folder = apps::folder(home);
        let mut apps = Vec::new();
        for name in told(folder.names(), &mut faults) {
            if let Some(app) = told_one(folder.get(&name), &mut faults).flatten() {
                let record = told_one(records::of_apps(home).get(app.uuid), &mut faults).flatten();
                apps.push((name, app, record));
            }
        }
        let at = |(_, app, _): &(String, App, Option<AppRecord>)| {
            Some((app.clone(), catalogue(home).get(&app.marketplace).ok()?))
        };
        let registrations = apps.iter().filter_map(at).collect();
        let definitions = told(catalogue(home).list(), &mut faults).into_iter();
        let definitions = definitions.filter(|entry| entry.file.is_some()).collect();
        Self { now, shops, profiles, apps, registrations, definitions, faults }
    }

    /// What follows from it. `why`: a shop's reason in words.
    pub fn findings(&self, home: &Home, why: &dyn Fn(&Connection) -> Option<String>) -> Vec<Finding> {
        // First: whatever needs a wrong definition says the same of it.
        let definitions = self.definitions.iter().filter_map(|entry| self.definition(entry));
        let mut findings: Vec<Finding> = definitions.collect();
        findings.extend(self.faults.iter().map(|fault| Finding::told("files", Severity::Problem, fault)));
        findings.extend(self.duplicates(home));
        findings.extend(self.shops.iter().filter_map(|shop| self.shop(shop, why)));
        findings.extend(self.client_secrets());
        findings.extend(self.shops.iter().filter_map(|shop| self.refresh_token(shop)));
        findings
    }

    /// A wrong definition stops whoever needs it, and nobody else.
    fn definition(&self, entry: &Entry) -> Option<Finding> {
        let fault = entry.definition.as_ref().err()?;
        let used = self.profiles.iter().any(|(_, profile)| profile.marketplace == entry.id);
        let used = used || self.apps.iter().any(|(_, app, _)| app.marketplace == entry.id);
        let built_in = BUILT_IN.iter().any(|(id, _)| *id == entry.id);
        let severity = if used || built_in { Severity::Problem } else { Severity::Warning };
        Some(Finding::told("definitions", severity, fault))
    }

    /// Two files of one UUID are one shop to every store, and one app.
    fn duplicates(&self, home: &Home) -> Vec<Finding> {
        let profiles = self.profiles.iter().map(|(name, profile)| (profile.uuid, name));
        let apps = self.apps.iter().map(|(name, app, _)| (app.uuid, name));
        let profile_file = |name: &str| profiles::folder(home).file(name).display().to_string();
        let app_file = |name: &str| apps::folder(home).file(name).display().to_string();
        let twins = |names: Vec<&String>, file: &dyn Fn(&str) -> String| {
            let files: Vec<String> = names.iter().map(|name| file(name)).collect();
            Finding::problem("duplicates", fail!(Configuration, "doctor-duplicate", files = files.join(", ")))
        };
        let of_profiles = several(profiles).map(|names| twins(names, &profile_file)).collect::<Vec<_>>();
        let of_apps = several(apps).map(|names| twins(names, &app_file)).collect::<Vec<_>>();
        [of_profiles, of_apps].concat()
    }

    fn shop(&self, shop: &Connection, why: &dyn Fn(&Connection) -> Option<String>) -> Option<Finding> {
        let reason = shop.reason(self.now, SOON);
        let (name, why) = (&shop.name, why(shop).unwrap_or_default());
        Some(match (&reason, reason.state()) {
            // The client secret is the app's, and told once for all its shops.
            (Reason::None | Reason::ClientSecretEnds(_), _) => return None,
            (Reason::NeverConnected, _) => {
                Finding::warning("shops", fail!(NotFound, "doctor-never-connected", name = name))
            }
            (Reason::SuspectedIncident(_), _) => {
                Finding::warning("shops", fail!(Temporary, "doctor-incident", name = name, why = why))
            }
            (Reason::UnusedEnds(_), _) => {
                Finding::warning("ends", fail!(Configuration, "doctor-unused", name = name, why = why))
            }
            (_, State::SecretsMissing) => {
                Finding::problem("secrets", fail!(Store, "doctor-secrets-missing", name = name, why = why))
            }
            (_, State::ReauthorizationRequired) => {
                let error = fail!(ReauthorizationRequired, "doctor-reauthorization", name = name, why = why);
                Finding::problem("shops", error)
            }
            (_, State::Due | State::Connected) => {
                Finding::warning("ends", fail!(ReauthorizationRequired, "doctor-due", name = name, why = why))
            }
        })
    }

    /// The client secrets that are over, or nearly.
    fn client_secrets(&self) -> Vec<Finding> {
        let ends = |shop: &Connection| Some((shop.profile.app.clone(), shop.client_secret_expires_at()?));
        let ends: BTreeMap<String, Timestamp> = self.shops.iter().filter_map(ends).collect();
        let finding = |(app, end): (String, Timestamp)| {
            let day = end.strftime("%Y-%m-%d");
            if end <= self.now {
                let error = fail!(Configuration, "doctor-client-secret-over", app = app, day = day);
                return Some(Finding::problem("ends", error));
            }
            let near = end <= SOON.after(self.now);
            let error = || fail!(Configuration, "doctor-client-secret-ends", app = app, day = day);
            near.then(|| Finding::warning("ends", error()))
        };
        ends.into_iter().filter_map(finding).collect()
    }

    /// A refresh token that ends soon unless it is used.
    fn refresh_token(&self, shop: &Connection) -> Option<Finding> {
        let end = shop.record.as_ref()?.refresh_token_expires_at?;
        let near = end > self.now && end <= REFRESH_TOKEN_ENDS.after(self.now);
        let day = end.strftime("%Y-%m-%d");
        let works = shop.reason(self.now, SOON).state().works();
        (near && works).then(|| {
            let error = fail!(ReauthorizationRequired, "doctor-refresh-token", name = shop.name, day = day);
            Finding::warning("ends", error)
        })
    }

    /// The names of the marketplaces of the shops.
    pub fn marketplaces(&self) -> BTreeSet<&str> {
        self.profiles.iter().map(|(_, profile)| profile.marketplace.as_str()).collect()
    }
}

/// The names that share a key with another.
fn several<'a, K: Ord>(
    named: impl Iterator<Item = (K, &'a String)>,
) -> impl Iterator<Item = Vec<&'a String>> {
    let mut all: BTreeMap<K, Vec<&String>> = BTreeMap::new();
    for (key, name) in named {
        all.entry(key).or_default().push(name);
    }
    all.into_values().filter(|names| names.len() > 1)
}

fn told<T>(loaded: Result<Vec<T>, Error>, faults: &mut Vec<Error>) -> Vec<T> {
    told_one(loaded, faults).unwrap_or_default()
}

fn told_one<T>(loaded: Result<T, Error>, faults: &mut Vec<Error>) -> Option<T> {
    loaded.map_err(|fault| faults.push(fault)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connection::fixtures;
    use crate::error::Kind;

    fn inventory(shop: Connection, now: Timestamp) -> Inventory {
        let (profiles, apps, definitions, faults) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let registrations = Vec::new();
        Inventory { now, shops: vec![shop], profiles, apps, registrations, definitions, faults }
    }

    fn shop() -> (Connection, Timestamp) {
        let mut shop = fixtures::connection("amazon");
        let mut record = fixtures::record();
        record.grant.client_id = shop.app.client_id.clone();
        record.grant.app_version = shop.app.version.clone();
        record.grant.scopes = shop.wanted_scopes().to_vec();
        record.refusal = None;
        record.secrets_missing = false;
        record.refresh_token_expires_at = None;
        record.grant.authorization_expires_at = None;
        shop.record = Some(record.clone());
        (shop, record.last_refreshed_at)
    }

    fn findings(shop: Connection, now: Timestamp) -> Vec<(Severity, Option<Kind>)> {
        let inventory = inventory(shop, now);
        let home = tempfile::tempdir().unwrap();
        let path = home.path().to_str().unwrap().to_owned();
        let home = Home::open(&|name| (name == "SELLAUTH_HOME").then(|| path.clone())).unwrap();
        let findings = inventory.findings(&home, &|_| Some("why".to_owned()));
        findings.into_iter().map(|finding| (finding.severity, finding.kind)).collect()
    }

    #[test]
    fn a_shop_that_works_is_no_finding() {
        let (shop, now) = shop();
        assert_eq!(findings(shop, now), []);
    }

    #[test]
    fn each_state_of_a_shop_is_told_as_gravely_as_it_is() {
        let day = |days: u64| Span::seconds(days * 86_400);
        let with = |change: &dyn Fn(&mut Connection, Timestamp)| {
            let (mut shop, now) = shop();
            change(&mut shop, now);
            findings(shop, now)
        };
        let record = |shop: &mut Connection| shop.record.take().unwrap();
        let never = with(&|shop, _| shop.record = None);
        assert_eq!(never, [(Severity::Warning, None)]);
        let missing = with(&|shop, _| {
            let record = record(shop);
            shop.record = Some(crate::model::Record { secrets_missing: true, ..record });
        });
        assert_eq!(missing, [(Severity::Problem, Some(Kind::Store))]);
        let refresh = |days: u64| {
            with(&|shop, now| {
                let record = record(shop);
                let end = Some(day(days).after(now));
                shop.record = Some(crate::model::Record { refresh_token_expires_at: end, ..record });
            })
        };
        assert_eq!(refresh(0), [(Severity::Problem, Some(Kind::ReauthorizationRequired))]);
        assert_eq!(refresh(6), [(Severity::Warning, None)]);
        assert_eq!(refresh(8), []);
        let consent = with(&|shop, now| {
            let mut record = record(shop);
            record.grant.authorization_expires_at = Some(day(29).after(now));
            shop.record = Some(record);
        });
        assert_eq!(consent, [(Severity::Warning, None)]);
    }

    #[test]
    fn a_client_secret_is_told_before_its_end_and_worse_after_it() {
        let told = |days: i64| {
            let (mut shop, now) = shop();
            let life = shop.definition.lifetimes.client_secret.expect("its secrets end");
            let created = life.before(now).checked_add(jiff::SignedDuration::from_hours(24 * days)).unwrap();
            let store = crate::store::StoreKind::File;
            let uuid = shop.app.uuid;
            let record = AppRecord { uuid, generation: 1, store, set_at: now, created_at: Some(created) };
            shop.app_record = Some(record);
            findings(shop, now)
        };
        assert_eq!(told(31), []);
        assert_eq!(told(29), [(Severity::Warning, None)]);
        assert_eq!(told(-1), [(Severity::Problem, Some(Kind::Configuration))]);
    }
}
