//! Shops that several machines share by a vault: this machine's copies of what stands there, and the lease
//! by which one machine at a time may change it.
//!
//! A copy is an ordinary profile, app or record, so nothing else needs to know of it. It is brought up to
//! date before anything is decided by it; a valid token at hand needs no vault.

mod hold;
mod wish;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::config::Home;
use crate::connection::Connection;
use crate::error::{Error, Result};
use crate::model::{App, Profile, Record, StoreKind};
use crate::records::{self, About, AppRecord, Records};
use crate::vault::{Entries, Entry, Found, Name, Thing, pause};
use crate::{apps, cache, fail, journal, profiles, text};

pub use hold::{Hold, hold, hold_unless, may_send};

/// How many entries are asked for at the same time.
const READERS: usize = 16;

/// So many entries take more than a second.
const MANY: usize = 1000;

/// That there is a copy here of what stands in a vault.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mark {
    uuid: Uuid,
    name: Name,
    /// What the wish was when both sides last agreed, by its fingerprint.
    agreed: String,
    /// The vault's own id.
    vault: Uuid,
}

impl About for Mark {
    fn about(&self) -> Uuid {
        self.uuid
    }
}

fn marks(home: &Home) -> Records<'_, Mark> {
    Records::in_folder(home, "fleet")
}

/// Whether anything here is, or is to be, shared.
pub fn is_on(home: &Home) -> bool {
    home.store_kind(None) == StoreKind::Vault || !marks(home).uuids().is_empty()
}

/// Whether something stands in a vault, as far as this machine knows.
fn is_shared(home: &Home, uuid: Uuid) -> Result<bool> {
    if marks(home).get(uuid)?.is_some() {
        return Ok(true);
    }
    let record = records::of_profiles(home).get(uuid)?;
    Ok(record.is_some_and(|record| record.store == StoreKind::Vault))
}

/// Brings the copy of a shop up to date, and returns what is wished of it now. One that is in no vault is
/// returned as it is, and so is one whose vault cannot be asked: a token at hand may do, and whatever needs
/// more will say so.
///
/// Kind `not_found` for one that was disconnected elsewhere, `store` where nobody knows what became of it.
pub fn updated(home: &Home, name: &str, profile: Profile) -> Result<Profile> {
    if !is_shared(home, profile.uuid)? {
        return Ok(profile);
    }
    let asked =
        home.entries().and_then(|entries| entries.get_once(profile.uuid).map(|entry| (entries, entry)));
    let (entries, entry) = match asked {
        Ok(asked) => asked,
        Err(error) => {
            log::info!("the copy of {name} may be old: {error}");
            return Ok(profile);
        }
    };
    match entry {
        // Something came between its first secret and its name.
        Some(entry) if entry.name.is_none() => publish(home, name)?,
        Some(entry) => take_over(home, &entries, profile.uuid, &entry)?,
        None => {
            settle();
            return Err(gone(home, &entries, profile.uuid)?);
        }
    }
    Ok(profiles::folder(home).get(name)?.filter(|now| now.uuid == profile.uuid).unwrap_or(profile))
}

/// Makes a copy of the shop that is called so in the vault, and returns whether there is one.
pub fn fetch(home: &Home, name: &str) -> Result<bool> {
    fetch_thing(home, Thing::Profile, name)
}

/// The same of an app.
pub fn fetch_app(home: &Home, name: &str) -> Result<bool> {
    fetch_thing(home, Thing::App, name)
}

fn fetch_thing(home: &Home, kind: Thing, name: &str) -> Result<bool> {
    if home.store_kind(None) != StoreKind::Vault || crate::folder::check_name(name).is_err() {
        return Ok(false);
    }
    let entries = home.entries()?;
    let Some(uuid) = entries.named(&Name { kind, name: name.to_owned() })? else { return Ok(false) };
    let Some(entry) = entries.get_once(uuid)? else { return Ok(false) };
    take_over(home, &entries, uuid, &entry).map(|()| true)
}

/// Brings every copy up to date, and makes those that are missing. What is wrong with one shop stops no
/// other; what can be told of it is returned.
///
/// The error is a vault that cannot be asked.
pub fn fetch_all(home: &Home) -> Result<Vec<Error>> {
    if !is_on(home) {
        return Ok(Vec::new());
    }
    let entries = home.entries()?;
    let there = entries.uuids()?;
    if there.len() >= MANY {
        home.tell(&text!("vault-reading", count = there.len()));
    }
    let next = AtomicUsize::new(0);
    let faults = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..there.len().min(READERS) {
            scope.spawn(|| {
                while let Some(uuid) = there.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let found = entries.get(*uuid);
                    let taken = found.and_then(|found| match found {
                        Some(found) => take_over_alone(home, &entries, *uuid, &found.entry),
                        None => Ok(()),
                    });
                    faults.lock().unwrap_or_else(PoisonError::into_inner).extend(taken.err());
                }
            });
        }
    });
    let mut faults = faults.into_inner().unwrap_or_else(PoisonError::into_inner);
    let listed: BTreeSet<&Uuid> = there.iter().collect();
    let missing: Vec<Uuid> = marks(home).uuids().into_iter().filter(|uuid| !listed.contains(uuid)).collect();
    if !missing.is_empty() {
        settle();
    }
    for uuid in missing {
        faults.push(gone(home, &entries, uuid)?);
    }
    Ok(faults)
}

/// [`fetch_all`], once in a process and only as far as the vault can be asked: without it the copies tell how
/// things stood. What is wrong is said.
///
/// The error is a vault that cannot be asked where there is no copy of anything.
pub fn fetch_all_once(home: &Home) -> Result<()> {
    if home.was_fetched() {
        return Ok(());
    }
    match fetch_all(home) {
        Ok(faults) => faults.iter().for_each(|fault| home.tell(&fault.message)),
        Err(error) if marks(home).uuids().is_empty() => return Err(error),
        Err(error) => home.tell(&text!("vault-copies-shown", reason = error)),
    }
    Ok(())
}

/// Makes copies of all apps of the vault, where shops are to be kept there.
pub fn fetch_apps_if_needed(home: &Home) -> Result<()> {
    if home.store_kind(None) != StoreKind::Vault {
        return Ok(());
    }
    for name in home.entries()?.names(Thing::App)? {
        fetch_app(home, &name)?;
    }
    Ok(())
}

/// The same for whoever only looks: without the vault the copies tell how things stood, and that is said.
pub fn look_at_apps(home: &Home) {
    if let Err(error) = fetch_apps_if_needed(home) {
        home.tell(&text!("vault-copies-shown", reason = error));
    }
}

/// What stands in the vault becomes what is here: a shop together with its app.
fn take_over(home: &Home, entries: &Entries, uuid: Uuid, entry: &Entry) -> Result<()> {
    let is_shop = entry.name.as_ref().is_some_and(|name| name.kind == Thing::Profile);
    if is_shop && let Some(profile) = value::<Profile>(entries, uuid, &entry.wish)? {
        let name = Name { kind: Thing::App, name: profile.app };
        if let Some(app) = entries.named(&name)?
            && let Some(entry) = entries.get_once(app)?
        {
            take_over_alone(home, entries, app, &entry)?;
        }
    }
    take_over_alone(home, entries, uuid, entry)
}

fn take_over_alone(home: &Home, entries: &Entries, uuid: Uuid, entry: &Entry) -> Result<()> {
    match entry.name.as_ref().map(|name| name.kind) {
        Some(Thing::Profile) => {
            let theirs = value::<Record>(entries, uuid, &entry.record)?;
            if theirs.as_ref().is_some_and(|theirs| theirs.uuid != uuid) {
                return Err(entries.damaged(uuid));
            }
            if theirs.as_ref().is_some_and(|theirs| is_older(home, theirs)) {
                let name = entry.name.as_ref().map(|name| name.name.clone()).unwrap_or_default();
                home.tell(&text!("vault-older", name = name));
                home.tell(&text!("vault-older.hint", name = name));
                return Ok(());
            }
            copy_record(&records::of_profiles(home), theirs)?;
            journal::copy(home, uuid, value(entries, uuid, &entry.journal)?.as_ref())?;
            wish::agree::<Profile>(home, entries, uuid, entry)
        }
        Some(Thing::App) => {
            copy_record(&records::of_apps(home), value::<AppRecord>(entries, uuid, &entry.record)?)?;
            wish::agree::<App>(home, entries, uuid, entry)
        }
        // Its name follows its first secret; where that did not come to be, nobody can mean it.
        None => Ok(()),
    }
}

/// Whether a vault tells of a token set that was replaced, as this machine knows: it was restored from a backup.
/// What it says is not taken over, or a refresh token would be sent that was used before.
fn is_older(home: &Home, theirs: &Record) -> bool {
    let ours = records::of_profiles(home).get(theirs.uuid).ok().flatten();
    ours.is_some_and(|ours| older_than(theirs, &ours))
}

fn older_than(theirs: &Record, ours: &Record) -> bool {
    ours.store == StoreKind::Vault && ours.generation > theirs.generation
}

/// Refuses to call secrets lost that only a vault's older state does not have. Its lease is held. Kind `store`.
pub fn check_newest(home: &Home, connection: &Connection, record: &Record) -> Result<()> {
    if record.store != StoreKind::Vault {
        return Ok(());
    }
    let entries = home.entries()?;
    let entry = entries.held_or_read(record.uuid)?;
    let theirs =
        entry.map(|entry| value::<Record>(&entries, record.uuid, &entry.record)).transpose()?.flatten();
    match theirs {
        Some(theirs) if older_than(&theirs, record) => {
            Err(fail!(Store, "vault-older", name = connection.name))
        }
        _ => Ok(()),
    }
}

fn copy_record<T>(records: &Records<T>, record: Option<T>) -> Result<()>
where
    T: About + PartialEq + Serialize + DeserializeOwned,
{
    match record {
        Some(record) if records.get(record.about())?.as_ref() != Some(&record) => records.put_here(&record),
        _ => Ok(()),
    }
}

/// A part of an entry. What cannot be read, another edition of this program may have written: it is not taken for
/// nothing, or an older copy would be renewed and put in its place. Kind `store`.
fn value<T: DeserializeOwned>(entries: &Entries, uuid: Uuid, value: &Value) -> Result<Option<T>> {
    serde_json::from_value(value.clone()).map_err(|error| entries.damaged(uuid).because(error))
}

/// A node that was just started, or is a little behind, may not know yet what others do.
fn settle() {
    pause(u32::MAX);
}

/// What is to be said of a copy whose entry is not there. Where it was removed by a machine that shares the
/// vault, the copy goes, too; where this may be another vault, everything stays.
fn gone(home: &Home, entries: &Entries, uuid: Uuid) -> Result<Error> {
    let mark = marks(home).get(uuid)?;
    let name = mark.as_ref().map_or_else(|| uuid.to_string(), |mark| mark.name.name.clone());
    if entries.get(uuid)?.is_some() {
        return Ok(fail!(Temporary, "vault-contended", entry = name));
    }
    let same = mark.as_ref().map(|mark| Ok(entries.id()? == Some(mark.vault))).transpose()?;
    if same != Some(true) {
        return Ok(fail!(Store, "vault-entry-gone", name = name));
    }
    if let Some(record) = records::of_profiles(home).get(uuid)? {
        cache::forget(home, &record);
        journal::close(home, uuid);
        records::of_profiles(home).remove(uuid)?;
    }
    records::of_apps(home).remove(uuid)?;
    if let Some(Mark { name, .. }) = mark {
        wish::forget(home, uuid, &name)?;
    }
    marks(home).remove(uuid)?;
    Ok(fail!(NotFound, "vault-disconnected-elsewhere", name = name))
}

/// Puts a shop and its app into the vault, as they are wished here, where the shop is kept there. To be
/// called whenever one of the two was changed.
///
/// Kind `usage` where the vault knows something else by that name.
pub fn publish(home: &Home, name: &str) -> Result<()> {
    let Some(profile) = profiles::folder(home).get(name)? else { return Ok(()) };
    let record = records::of_profiles(home).get(profile.uuid)?;
    if record.is_none_or(|record| record.store != StoreKind::Vault) {
        return Ok(());
    }
    let entries = home.entries()?;
    publish_app(home, &profile.app)?;
    wish::publish(home, &entries, name, &profile)
}

/// Puts an app into the vault as it is wished here.
pub fn publish_app(home: &Home, name: &str) -> Result<()> {
    match apps::folder(home).get(name)? {
        Some(app) => wish::publish(home, &*home.entries()?, name, &app),
        None => Ok(()),
    }
}

/// The same, if its client secret or one of its shops is kept there.
pub fn publish_app_if_shared(home: &Home, name: &str) -> Result<()> {
    let Some(app) = apps::folder(home).get(name)? else { return Ok(()) };
    let secret = records::of_apps(home).get(app.uuid)?;
    let is_there = secret.is_some_and(|record| record.store == StoreKind::Vault);
    match is_there || marks(home).get(app.uuid)?.is_some() {
        true => publish_app(home, name),
        false => Ok(()),
    }
}

/// Refuses names that the vault knows for something else, before anything is done in vain. Kind `usage`.
pub fn check_free(home: &Home, store: StoreKind, connection: &Connection) -> Result<()> {
    if store != StoreKind::Vault {
        return Ok(());
    }
    let entries = home.entries()?;
    let Connection { name, profile, app, record, .. } = connection;
    // A copy from elsewhere must not take the place of what other machines renew.
    let is_copy = record.as_ref().is_none_or(|record| record.store != StoreKind::Vault);
    let is_there = |found: Found| found.entry.name.is_some() || !found.entry.record.is_null();
    if is_copy && !entries.holds(profile.uuid) && entries.get(profile.uuid)?.is_some_and(is_there) {
        return Err(fail!(Usage, "vault-shop-there", name = name));
    }
    for (kind, name, uuid) in [(Thing::Profile, name, profile.uuid), (Thing::App, &profile.app, app.uuid)] {
        let owner = entries.named(&Name { kind, name: name.clone() })?;
        if owner.is_some_and(|owner| owner != uuid) {
            return Err(fail!(Usage, "vault-name-taken", name = name));
        }
    }
    Ok(())
}

/// Forgets that there was a copy: the shop left the vault, or is gone.
pub fn unmark(home: &Home, uuid: Uuid) -> Result<()> {
    marks(home).remove(uuid).map(|_| ())
}

/// Forgets an app that no shop in the vault needs any more.
pub fn remove_app(home: &Home, app: Uuid) -> Result<()> {
    if marks(home).get(app)?.is_some() {
        home.entries()?.destroy(app)?;
    }
    unmark(home, app)
}

#[cfg(test)]
mod model;
