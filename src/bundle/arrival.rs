//! A bundle that arrives: everything is checked before anything is written, then each shop is here
//! whole or not at all.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use uuid::Uuid;

use super::judge::{Clash, Fate, Here, judge};
use super::{Bundle, ClientSecret, Wishes};
use crate::config::Home;
use crate::connection::{Connection, catalogue};
use crate::error::{Error, Result};
use crate::folder::check_name;
use crate::history::{self, Event, What};
use crate::marketplace::{self, Catalogue, Definition};
use crate::model::{App, Profile, Record, TokenSet};
use crate::records::AppRecord;
use crate::session::{self, Session};
use crate::store::StoreKind;
use crate::store::spill;
use crate::{apps, fail, files, fleet, interrupt, ledger, profiles, records, renewal};

/// Texts, and the files they go to.
type Texts = Vec<(PathBuf, String)>;

/// What a bundle brings, checked against what is here.
pub struct Arrival {
    /// Definitions that are not here.
    pub definitions: Texts,
    apps: Vec<ArrivingApp>,
    /// The shops, by name.
    pub shops: Vec<Shop>,
}

/// An app that the bundle's shops use.
struct ArrivingApp {
    name: String,
    app: App,
    is_new: bool,
    secret: Option<ClientSecret>,
    /// It needs a secret, and there is none here or in the bundle.
    lacks_secret: bool,
}

/// A shop that arrives.
pub struct Shop {
    /// What it will be.
    pub connection: Connection,
    /// What becomes of it.
    pub fate: Fate,
    consent: Option<(Record, TokenSet)>,
    /// What stands under its name.
    here: Option<Profile>,
}

impl Arrival {
    /// Checks all of it, and writes nothing. `replace`: what is here may be replaced.
    ///
    /// Kind `usage` for a name that is taken, `configuration` for what is wrong in itself.
    pub fn check(home: &Home, bundle: Bundle, replace: bool) -> Result<Self> {
        let Bundle { wishes: Wishes { marketplaces, apps, profiles, .. }, client_secrets, consents } = bundle;
        let catalogue = catalogue(home);
        let (brought, definitions) = definitions(&catalogue, marketplaces)?;
        let definition = |id: &str| brought.get(id).cloned().map_or_else(|| catalogue.get(id), Ok);
        let mut secrets: BTreeMap<Uuid, ClientSecret> =
            client_secrets.into_iter().map(|secret| (secret.record.uuid, secret)).collect();
        let mut arriving = BTreeMap::new();
        for (name, app) in apps {
            let secret = secrets.remove(&app.uuid);
            let definition = definition(&app.marketplace)?;
            definition.environment(&app.environment)?;
            let mut app = ArrivingApp::check(home, name.clone(), app, secret, replace)?;
            app.lacks_secret &= definition.needs_client_secret();
            arriving.insert(name, app);
        }
        let mut consents: BTreeMap<Uuid, _> =
            consents.into_iter().map(|consent| (consent.record.uuid, consent)).collect();
        let mut shops = Vec::new();
        for (name, profile) in profiles {
            let app = arriving
                .get(&profile.app)
                .ok_or_else(|| fail!(Configuration, "bundle-lacks", name = profile.app))?;
            let consent = consents.remove(&profile.uuid).map(|consent| {
                let set = consent.set().ok_or_else(|| fail!(Configuration, "bundle-lacks", name = name))?;
                Ok((consent.record, set))
            });
            let definition = definition(&profile.marketplace)?;
            let shop = Shop::check(home, &name, profile, app, definition, consent.transpose()?, replace);
            shops.push(shop.map_err(|error: Error| error.profile(&name))?);
        }
        Ok(Self { definitions, apps: arriving.into_values().collect(), shops })
    }

    /// Whether anything secret would be written.
    pub fn holds_secrets(&self) -> bool {
        self.apps.iter().any(|app| app.secret.is_some())
            || self.shops.iter().any(|shop| shop.fate != Fate::Kept && shop.consent.is_some())
    }

    /// The apps that are still to be given their client secret.
    pub fn apps_without_secret(&self) -> impl Iterator<Item = &str> {
        self.apps.iter().filter(|app| app.lacks_secret).map(|app| app.name.as_str())
    }

    /// The shops it brings of which only one copy can live: a renewal ends the refresh token before it.
    pub fn only_one_lives(&self) -> impl Iterator<Item = &str> {
        let is_brought = |shop: &&Shop| shop.fate != Fate::Kept && shop.consent.is_some();
        let rotating =
            self.shops.iter().filter(is_brought).filter(|shop| shop.connection.definition.rotates());
        rotating.map(|shop| shop.connection.name.as_str())
    }

    /// Writes all of it. What was written before an error stays: the same bundle then brings the rest.
    pub fn take(&self, session: &Session, store: StoreKind) -> Result<()> {
        for (path, text) in &self.definitions {
            files::create_atomically(path, text.as_bytes()).map_err(|error| {
                fail!(Configuration, "file-unwritable", path = path.display()).because(error)
            })?;
        }
        self.apps.iter().try_for_each(|app| app.take(session.home, store))?;
        for shop in &self.shops {
            interrupt::check()?;
            shop.take(session, store).map_err(|error| error.profile(&shop.connection.name))?;
        }
        Ok(())
    }
}

/// The definitions of a bundle by id, and the texts of those that are not here.
fn definitions(
    catalogue: &Catalogue,
    texts: BTreeMap<String, String>,
) -> Result<(BTreeMap<String, Definition>, Texts)> {
    let (mut known, mut missing) = (BTreeMap::new(), Vec::new());
    for (id, text) in texts {
        check_name(&id)?;
        let path = catalogue.own_file(&id);
        let definition = marketplace::load(Path::new(&format!("{id}.toml")), &text)?;
        match catalogue.source(&id) {
            Ok(own) if own == text => {}
            Ok(_) => return Err(fail!(Usage, "bundle-definition-differs", id = id, path = path.display())),
            Err(_) => missing.push((path, text)),
        }
        known.insert(id, definition);
    }
    Ok((known, missing))
}

impl ArrivingApp {
    /// The client registration counts, not what it is called here or there.
    fn check(
        home: &Home,
        name: String,
        app: App,
        secret: Option<ClientSecret>,
        replace: bool,
    ) -> Result<Self> {
        let same = |own: &App| {
            (&own.marketplace, &own.environment, &own.client_id)
                == (&app.marketplace, &app.environment, &app.client_id)
        };
        let folder = apps::folder(home);
        let own = match folder.get(&name)? {
            Some(own) if same(&own) => Some((name.clone(), own)),
            named => {
                let mut others = folder.names()?.into_iter();
                let found = others
                    .find_map(|other| Some((folder.get(&other).ok()??, other)).filter(|(own, _)| same(own)));
                match (found, named) {
                    (Some((own, other)), _) => Some((other, own)),
                    (None, Some(_)) => return Err(fail!(Usage, "bundle-app-taken", name = name)),
                    (None, None) => None,
                }
            }
        };
        let Some((name, own)) = own else {
            return Ok(Self { name, app, is_new: true, lacks_secret: secret.is_none(), secret });
        };
        let before = records::of_apps(home).get(own.uuid)?;
        let is_newer =
            |secret: &ClientSecret| before.as_ref().is_none_or(|own| own.set_at < secret.record.set_at);
        let lacks = || !matches!(ledger::client_secret(home, own.uuid), Ok(Some(_)));
        let secret = secret.filter(|secret| (replace && is_newer(secret)) || lacks());
        let lacks_secret = before.is_none() && secret.is_none();
        Ok(Self { name, app: own, is_new: false, secret, lacks_secret })
    }

    fn take(&self, home: &Home, store: StoreKind) -> Result<()> {
        if let Some(secret) = &self.secret {
            let AppRecord { set_at, created_at, .. } = secret.record;
            ledger::put_client_secret(home, &self.app, &secret.secret(), store, set_at, created_at)?;
        }
        match self.is_new && !apps::folder(home).add(&self.name, &self.app)? {
            true => Err(fail!(Temporary, "overtaken")),
            false => Ok(()),
        }
    }
}

impl Shop {
    fn check(
        home: &Home,
        name: &str,
        profile: Profile,
        app: &ArrivingApp,
        definition: Definition,
        consent: Option<(Record, TokenSet)>,
        replace: bool,
    ) -> Result<Self> {
        check_name(name)?;
        definition.environment(&profile.environment)?;
        definition.region(profile.region.as_deref())?;
        definition.choose(&profile.options)?;
        let profile = Profile { app: app.name.clone(), ..profile };
        let here = profiles::folder(home).get(name)?;
        let record = here.as_ref().map(|own| records::of_profiles(home).get(own.uuid)).transpose()?.flatten();
        let judged = judge(
            &profile,
            consent.as_ref().map(|(record, _)| record),
            &Here {
                named: here.as_ref(),
                record: record.as_ref(),
                elsewhere: elsewhere(home, name, profile.uuid)?,
            },
            definition.rotates(),
            replace,
        );
        let marketplace = definition.name.clone();
        let fate = judged.map_err(|clash| match clash {
            Clash::Elsewhere(other) => fail!(Usage, "bundle-elsewhere", name = name, other = other),
            Clash::Taken => fail!(Usage, "bundle-taken", name = name),
            Clash::Differs => fail!(Usage, "bundle-differs", name = name),
            Clash::Anew => fail!(Usage, "bundle-anew", name = name),
            Clash::Connected => fail!(Usage, "bundle-connected", name = name),
            Clash::Outlived => fail!(Usage, "bundle-outlived", name = name, marketplace = marketplace),
        })?;
        let connection = Connection::assemble(home, name, profile, app.app.clone(), definition)?;
        Ok(Self { connection, fate, consent, here })
    }

    /// Whether it has a consent, here or in the bundle.
    pub fn is_connected(&self) -> bool {
        self.consent.is_some() || self.connection.record.is_some()
    }

    /// The profile's file comes last: until then there is no such shop.
    fn take(&self, session: &Session, store: StoreKind) -> Result<()> {
        if self.fate == Fate::Kept {
            return Ok(());
        }
        let (home, connection) = (session.home, &self.connection);
        let (_lock, before) = session::lock_profile(session, connection)?;
        let generation = |record: &Option<Record>| record.as_ref().map(|record| record.generation);
        let folder = profiles::folder(home);
        if generation(&before) != generation(&connection.record) || folder.get(&connection.name)? != self.here
        {
            return Err(fail!(Temporary, "overtaken"));
        }
        if let Some((record, set)) = &self.consent {
            fleet::check_free(home, store, connection)?;
            let record = arrived(record, store, before.as_ref());
            let set = TokenSet { spill_identity: Some(spill::identity()), ..set.clone() };
            ledger::commit(home, &record, &set, before.as_ref())?;
            renewal::forget(session, &record);
        }
        folder.put(&connection.name, &connection.profile)?;
        fleet::publish(home, &connection.name)?;
        if let Some((Record { shop_id, .. }, _)) = &self.consent {
            let event = Event::of(What::Imported, connection, (session.clock)());
            history::record(home, &Event { shop_id: shop_id.clone(), ..event });
        }
        self.forget_replaced(session)
    }

    /// The shop that had the name is gone; its secrets go too.
    fn forget_replaced(&self, session: &Session) -> Result<()> {
        let Some(replaced) = self.here.as_ref().filter(|here| here.uuid != self.connection.profile.uuid)
        else {
            return Ok(());
        };
        // A renewal that runs there would keep what nothing names any more.
        let deadline = Instant::now() + session::LOCK_DEADLINE;
        let _lock = fleet::hold(session.home, replaced.uuid, deadline, &mut || ())?;
        match records::of_profiles(session.home).get(replaced.uuid)? {
            Some(record) => session::forget(session, &record),
            None => Ok(()),
        }
    }
}

/// Under which other name a shop is here.
fn elsewhere(home: &Home, name: &str, uuid: Uuid) -> Result<Option<String>> {
    let folder = profiles::folder(home);
    let is_it = |other: &String| matches!(folder.get(other), Ok(Some(profile)) if profile.uuid == uuid);
    Ok(folder.names()?.into_iter().find(|other| other != name && is_it(other)))
}

/// The record of a token set that arrives in `store`.
fn arrived(record: &Record, store: StoreKind, before: Option<&Record>) -> Record {
    Record {
        // Under the next one may lie a renewal that was cut off.
        // Who knew it before must not take what comes for older than what it knew.
        generation: before.map_or(0, |before| before.generation).max(record.generation) + 2,
        store,
        // Another machine's boot says nothing here.
        last_refreshed_uptime: None,
        secrets_missing: false,
        ..record.clone()
    }
}
