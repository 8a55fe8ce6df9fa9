//! The commit point: how a new secret becomes the true one.
//!
//! It is written under the next generation, read back, and becomes true when the record that
//! names it is renamed into place; only then the old one is deleted. Whoever commits holds the
//! owner's lock.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::config::Home;
use crate::error::Result;
use crate::lock::Lock;
use crate::model::{App, Record, TokenSet};
use crate::records::{self, AppRecord, Opened};
use crate::store::{Key, SecretStore, StoreKind};
use crate::{fail, lock, relocation};

/// How long another process may keep the lock of an app.
const LOCK_DEADLINE: Duration = Duration::from_secs(60);

/// The token set a record names; `None` when the store has lost it.
pub fn token_set(home: &Home, record: &Record) -> Result<Option<TokenSet>> {
    token_set_at(home, record, record.generation)
}

/// The token set of another generation than the one in force.
pub fn token_set_at(home: &Home, record: &Record, generation: u64) -> Result<Option<TokenSet>> {
    let key = Key { owner: record.uuid, generation };
    match home.store(record.store)?.read(&key)? {
        Some(bytes) => match TokenSet::from_bytes(&bytes) {
            Some(set) => Ok(Some(set)),
            None => Err(fail!(Store, "secret-damaged", key = key)),
        },
        None => Ok(None),
    }
}

/// Makes `set` true as `record`, which carries the generation after `before`'s.
///
/// On an error nothing has changed; a copy may be left in the store, under a generation that
/// nothing names.
pub fn commit(home: &Home, record: &Record, set: &TokenSet, before: Option<&Record>) -> Result<()> {
    let store = home.store(record.store)?;
    let key = Key { owner: record.uuid, generation: record.generation };
    write_and_read_back(store.as_ref(), &key, &set.to_bytes())?;
    name(home, record, before)
}

/// The commit itself: from now on `record` names the true token set, which is in its store
/// already. The one that `before` names is deleted, and what a crash left before it.
pub fn name(home: &Home, record: &Record, before: Option<&Record>) -> Result<()> {
    let records = records::of_profiles(home);
    // The lock should have prevented it; a lock file on a network share, or one that was removed,
    // does not.
    let now = records.get(record.uuid)?.map(|now| now.generation);
    if now != before.map(|before| before.generation) {
        return Err(fail!(Temporary, "overtaken"));
    }
    records.put(record)?;
    log::debug!("committed generation {} of {}", record.generation, record.uuid);
    if let Some(before) = before {
        // One before that is still there if a process ended right here: one step back after a
        // renewal, two after a consent.
        let older = (before.generation.saturating_sub(2)..=before.generation).rev();
        let mut keys = older.map(|generation| Key { owner: before.uuid, generation });
        let deleted = home.store(before.store).and_then(|store| keys.try_for_each(|key| store.delete(&key)));
        if let Err(error) = deleted {
            // It is worth nothing any more, and `forget` looks for it once more.
            log::info!("a replaced token set was left in the store: {error}");
        }
    }
    Ok(())
}

fn write_and_read_back(store: &dyn SecretStore, key: &Key, bytes: &SecretSlice<u8>) -> Result<()> {
    store.write(key, bytes)?;
    let same = store.read(key)?.is_some_and(|back| back.expose_secret().ct_eq(bytes.expose_secret()).into());
    if same { Ok(()) } else { Err(fail!(Store, "store-forgets")) }
}

/// Removes every secret of a profile: the generation in force, and what a crash may have left
/// beside it.
pub fn forget(home: &Home, record: &Record) -> Result<()> {
    clear(home, record.store, record.uuid, record.generation)?;
    relocation::finish(home, record.uuid, record.store)
}

/// Removes the client secret of an app, and what is known of it.
pub fn forget_app(home: &Home, app: Uuid) -> Result<()> {
    let records = records::of_apps(home);
    match records.get(app)? {
        Some(record) => {
            clear(home, record.store, record.uuid, record.generation)?;
            relocation::finish(home, record.uuid, record.store)?;
        }
        None => return Ok(()),
    }
    records.remove(app)?;
    // A lock that stays harms nobody: its UUID never comes again.
    let _ = crate::files::remove_durably(&records::lock_file(home, app));
    Ok(())
}

/// Removes from a store what belongs to this generation, and what a crash may have left beside it.
pub fn clear(home: &Home, store: StoreKind, owner: Uuid, generation: u64) -> Result<()> {
    if store == StoreKind::Vault {
        return home.entries()?.destroy(owner);
    }
    let store = home.store(store)?;
    around(owner, generation).try_for_each(|key| store.delete(&key))
}

/// Where secrets of an owner may be kept: what a crash or a failed deletion has left lies close by.
fn around(owner: Uuid, generation: u64) -> impl Iterator<Item = Key> {
    const BEFORE: u64 = 3;
    (generation.saturating_sub(BEFORE)..=generation + 2).map(move |generation| Key { owner, generation })
}

/// What a store holds of a profile. One that cannot be read counts as there, and is asked no more: a
/// frozen keyring takes its time for each answer.
pub fn kept(home: &Home, record: &Record) -> Result<Vec<Key>> {
    let store = home.store(record.store)?;
    let mut kept = Vec::new();
    for key in around(record.uuid, record.generation) {
        match store.read(&key) {
            Ok(None) => {}
            Ok(Some(_)) => kept.push(key),
            Err(_) => {
                kept.push(key);
                break;
            }
        }
    }
    Ok(kept)
}

/// The client secret of the app `uuid`; `None` when it has none. Kind `store` when the store lost
/// it.
pub fn client_secret(home: &Home, uuid: Uuid) -> Result<Option<SecretString>> {
    let records = records::of_apps(home);
    let Some(record) = records.get(uuid)? else { return Ok(None) };
    if let Some(secret) = client_secret_at(home, &record)? {
        return Ok(Some(secret));
    }
    // It may have been replaced between the two readings.
    let latest = records.get(uuid)?.filter(|latest| latest.generation != record.generation);
    let secret = latest.map(|latest| client_secret_at(home, &latest)).transpose()?.flatten();
    secret.map(Some).ok_or_else(|| fail!(Store, "client-secret-missing"))
}

/// The record of an app's client secret that its store has lost.
pub fn lost_client_secret(home: &Home, uuid: Uuid) -> Result<Option<AppRecord>> {
    let record = records::of_apps(home).get(uuid)?;
    let is_lost = |record: &AppRecord| client_secret_at(home, record).map(|secret| secret.is_none());
    match record.as_ref().map(is_lost).transpose()? {
        Some(true) => Ok(record),
        _ => Ok(None),
    }
}

/// Before any client secret: an identity under it can never be taken for one.
const OPENING: u64 = 0;

/// Keeps the identity that the answer of a registration is spilled for.
pub fn put_identity(home: &Home, opened: &Opened, identity: &SecretString) -> Result<()> {
    let key = Key { owner: opened.uuid, generation: OPENING };
    let bytes = SecretSlice::from(identity.expose_secret().as_bytes().to_vec());
    write_and_read_back(home.store(opened.store)?.as_ref(), &key, &bytes)
}

/// The identity of a registration; `None` when the store has lost it.
pub fn identity(home: &Home, opened: &Opened) -> Result<Option<SecretString>> {
    let key = Key { owner: opened.uuid, generation: OPENING };
    let bytes = home.store(opened.store)?.read(&key)?;
    let text =
        |bytes: SecretSlice<u8>| std::str::from_utf8(bytes.expose_secret()).map(SecretString::from).ok();
    Ok(bytes.and_then(text))
}

/// Removes the identity of a registration.
pub fn forget_identity(home: &Home, opened: &Opened) -> Result<()> {
    home.store(opened.store)?.delete(&Key { owner: opened.uuid, generation: OPENING })
}

fn client_secret_at(home: &Home, record: &AppRecord) -> Result<Option<SecretString>> {
    let key = Key { owner: record.uuid, generation: record.generation };
    let Some(bytes) = home.store(record.store)?.read(&key)? else { return Ok(None) };
    match std::str::from_utf8(bytes.expose_secret()) {
        Ok(text) => Ok(Some(SecretString::from(text))),
        Err(_) => Err(fail!(Store, "secret-damaged", key = key)),
    }
}

/// Keeps a client secret, replacing the app's earlier one.
pub fn put_client_secret(
    home: &Home,
    app: &App,
    secret: &SecretString,
    store: StoreKind,
    now: Timestamp,
    created_at: Option<Timestamp>,
) -> Result<()> {
    let _lock = lock_app(home, app)?;
    let before = records::of_apps(home).get(app.uuid)?;
    let generation = before.as_ref().map_or(1, |before| before.generation + 1);
    let record = AppRecord { uuid: app.uuid, generation, store, set_at: now, created_at };
    replace_client_secret(home, before.as_ref(), &record, secret)
}

/// Keeps the client secret of `app` in another store. Nothing happens where it has none, or is there.
pub fn move_client_secret(home: &Home, app: &App, to: StoreKind) -> Result<()> {
    // One that is replaced meanwhile must not come back.
    let _lock = lock_app(home, app)?;
    let before = records::of_apps(home).get(app.uuid)?.filter(|before| before.store != to);
    let Some(before) = before else { return Ok(()) };
    let Some(secret) = client_secret_at(home, &before)? else { return Ok(()) };
    let record = AppRecord { generation: before.generation + 1, store: to, ..before.clone() };
    replace_client_secret(home, Some(&before), &record, &secret)
}

fn lock_app(home: &Home, app: &App) -> Result<Lock> {
    lock::acquire(&records::lock_file(home, app.uuid), Instant::now() + LOCK_DEADLINE, &mut || ())
}

/// Writes, reads back, commits by `record`, then removes what `before` names. The lock is held.
fn replace_client_secret(
    home: &Home,
    before: Option<&AppRecord>,
    record: &AppRecord,
    secret: &SecretString,
) -> Result<()> {
    let key = Key { owner: record.uuid, generation: record.generation };
    let bytes = SecretSlice::from(secret.expose_secret().as_bytes().to_vec());
    let store = record.store;
    write_and_read_back(home.store(store)?.as_ref(), &key, &bytes)?;
    if let Err(error) = records::of_apps(home).put(record) {
        // Nothing names it, so nobody would ever remove it; the record's own error matters more.
        let _ = home.store(store).and_then(|store| store.delete(&key));
        return Err(error);
    }
    if let Some(before) = before {
        let old = Key { owner: before.uuid, generation: before.generation };
        let _ = home.store(before.store).and_then(|store| store.delete(&old));
    }
    Ok(())
}
