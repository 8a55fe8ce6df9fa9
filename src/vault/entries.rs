//! What machines share: one entry per shop or app, with all that is known of it.
//!
//! Everything about a shop stands in one entry, its lease included, so that one version number orders all
//! that ever happens to it: whoever takes the lease writes, and from then on nothing that an earlier holder
//! writes follows the latest version.

mod lease;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretSlice};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{Latest, Vault, Version, Write};
use crate::error::{Error, Kind, Result};
use crate::fail;
use crate::moment::Moment;

pub use lease::{Author, Lease, Taken, pause};

/// How an entry is written today.
const FORMAT: u32 = 1;

/// How often a change is made again that others were faster than.
const ROUNDS: u32 = 16;

/// What is known of one shop or app.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entry {
    format: u32,
    /// What a person calls it, and what it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// What a person wishes: a profile or an app.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub wish: Value,
    /// What happened.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub record: Value,
    /// A renewal that was begun.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub journal: Value,
    /// Who may renew it now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lease: Option<Lease>,
    /// Its secrets by generation.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    secrets: BTreeMap<u64, Secret>,
}

impl Default for Entry {
    fn default() -> Self {
        Self {
            format: FORMAT,
            name: None,
            wish: Value::Null,
            record: Value::Null,
            journal: Value::Null,
            lease: None,
            secrets: BTreeMap::new(),
        }
    }
}

/// Base64, wiped when dropped and never shown.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
struct Secret(Zeroizing<String>);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[secret]")
    }
}

/// What something is called.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Name {
    /// What it is.
    pub kind: Thing,
    /// Its name.
    pub name: String,
}

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Thing {
    /// A shop.
    Profile,
    /// An app.
    App,
}

impl Name {
    /// Below the prefix.
    fn path(&self) -> String {
        match self.kind {
            Thing::Profile => format!("profiles/{}", self.name),
            Thing::App => format!("apps/{}", self.name),
        }
    }
}

impl Entry {
    /// A secret; `None` for a generation that is not there. Kind `store` where it is damaged.
    pub fn secret(&self, generation: u64) -> Result<Option<SecretSlice<u8>>> {
        let Some(Secret(text)) = self.secrets.get(&generation) else { return Ok(None) };
        let bytes = STANDARD
            .decode(text.as_bytes())
            .map_err(|error| fail!(Store, "vault-entry-damaged", entry = generation).because(error))?;
        Ok(Some(SecretSlice::from(bytes)))
    }

    /// Keeps a secret.
    pub fn put_secret(&mut self, generation: u64, secret: &SecretSlice<u8>) {
        let text = Zeroizing::new(STANDARD.encode(secret.expose_secret()));
        self.secrets.insert(generation, Secret(text));
    }

    /// Forgets a secret, and returns whether it was there.
    pub fn remove_secret(&mut self, generation: u64) -> bool {
        self.secrets.remove(&generation).is_some()
    }

    /// Whether nothing secret is left.
    pub fn is_empty(&self) -> bool {
        self.secrets.is_empty()
    }
}

/// What is read of an entry.
pub struct Found {
    /// What stands there.
    pub entry: Entry,
    /// Which version of it that is.
    version: u64,
    /// The server's clock then.
    now: Timestamp,
}

/// Which entry a name belongs to.
#[derive(Serialize, Deserialize)]
struct Owner {
    uuid: Uuid,
}

/// What this process holds the lease of.
#[derive(Clone)]
struct Held {
    holder: Uuid,
    version: u64,
    entry: Entry,
    /// The server's clock at its latest answer.
    server: Timestamp,
    /// Before that answer was asked for.
    asked: Moment,
    /// The latest moment of which the lease that is written down counts.
    since: Moment,
    /// Another one has taken it: nothing may be written any more, until it is given up.
    lost: bool,
}

/// The entries of a vault.
pub struct Entries {
    vault: Vault,
    author: Author,
    held: Mutex<BTreeMap<Uuid, Held>>,
    /// What was read last: a secret never changes under its generation.
    seen: Mutex<BTreeMap<Uuid, Entry>>,
    /// The latest version that this process knows of.
    newest: Mutex<BTreeMap<Uuid, u64>>,
    id: OnceLock<Uuid>,
}

impl Entries {
    /// Those of `vault`, written as `author`.
    pub fn new(vault: Vault, author: Author) -> Self {
        Self {
            vault,
            author,
            held: Mutex::default(),
            seen: Mutex::default(),
            newest: Mutex::default(),
            id: OnceLock::new(),
        }
    }

    /// The entry of `uuid`, as it is now; `None` if there is none.
    ///
    /// Kind `store` for one that was deleted but not removed, or that nobody can read.
    pub fn get(&self, uuid: Uuid) -> Result<Option<Found>> {
        let path = path(uuid);
        let newest = self.newest().get(&uuid).copied().unwrap_or_default();
        for round in 0..ROUNDS {
            match self.vault.read(&path)? {
                // A node that is a little behind answers by what it has.
                Version::Nothing if newest > 0 => {}
                Version::There(latest) if latest.number < newest => {}
                Version::Nothing => return Ok(None),
                Version::Deleted => {
                    return Err(fail!(Store, "vault-version-deleted", entry = self.vault.named(&path)));
                }
                Version::There(latest) => {
                    self.newest().insert(uuid, latest.number);
                    return self.found(&path, &latest).map(Some);
                }
            }
            pause(round);
        }
        self.newest().remove(&uuid);
        Err(fail!(Temporary, "vault-contended", entry = self.vault.named(&path)))
    }

    fn found(&self, path: &str, latest: &Latest) -> Result<Found> {
        let damaged = || fail!(Store, "vault-entry-damaged", entry = self.vault.named(path));
        let entry: Entry =
            // What serde says may quote what stands there.
            serde_json::from_str(latest.data.expose_secret()).map_err(|_| damaged())?;
        if entry.format != FORMAT {
            return Err(damaged());
        }
        Ok(Found { entry, version: latest.number, now: latest.now })
    }

    /// What is said of an entry with a part that cannot be read. Kind `store`.
    pub fn damaged(&self, uuid: Uuid) -> Error {
        fail!(Store, "vault-entry-damaged", entry = self.vault.named(&path(uuid)))
    }

    /// The same, which may have been read before in this process.
    pub fn get_once(&self, uuid: Uuid) -> Result<Option<Entry>> {
        if let Some(entry) = self.seen().get(&uuid) {
            return Ok(Some(entry.clone()));
        }
        let found = self.get(uuid)?.map(|found| found.entry);
        if let Some(entry) = &found {
            self.remember(uuid, entry);
        }
        Ok(found)
    }

    /// The same as this process is about to leave it, where it holds the lease.
    pub fn held_or_read(&self, uuid: Uuid) -> Result<Option<Entry>> {
        let held = self.held().get(&uuid).map(|held| held.entry.clone());
        held.map_or_else(|| self.get_once(uuid), |entry| Ok(Some(entry)))
    }

    /// Whether this process holds the lease of `uuid`.
    pub fn holds(&self, uuid: Uuid) -> bool {
        self.held().contains_key(&uuid)
    }

    /// The names of all shops, or apps.
    pub fn names(&self, kind: Thing) -> Result<Vec<String>> {
        self.vault.list(match kind {
            Thing::Profile => "profiles",
            Thing::App => "apps",
        })
    }

    /// Every entry there is.
    pub fn uuids(&self) -> Result<Vec<Uuid>> {
        Ok(self.vault.list("entries")?.iter().filter_map(|name| name.parse().ok()).collect())
    }

    /// The entry that is called so; `None` if nothing is.
    pub fn named(&self, name: &Name) -> Result<Option<Uuid>> {
        match self.vault.read(&name.path())? {
            Version::There(latest) => {
                let owner: Owner = serde_json::from_str(latest.data.expose_secret()).map_err(|error| {
                    fail!(Store, "vault-entry-damaged", entry = self.vault.named(&name.path())).because(error)
                })?;
                Ok(Some(owner.uuid))
            }
            Version::Nothing | Version::Deleted => Ok(None),
        }
    }

    /// Gives a name to an entry; `false` where it is another one's.
    pub fn claim(&self, name: &Name, uuid: Uuid) -> Result<bool> {
        if let Some(owner) = self.named(name)? {
            return Ok(owner == uuid);
        }
        let after = match self.vault.read(&name.path())? {
            Version::There(_) | Version::Deleted => return self.named(name).map(|owner| owner == Some(uuid)),
            Version::Nothing => 0,
        };
        match self.vault.write(&name.path(), &Owner { uuid }, after)? {
            Write::Kept(..) => Ok(true),
            Write::Stale => self.named(name).map(|owner| owner == Some(uuid)),
        }
    }

    /// Takes a name from an entry; nothing happens where it is another one's.
    pub fn release_name(&self, name: &Name, uuid: Uuid) -> Result<()> {
        match self.named(name)? {
            Some(owner) if owner == uuid => self.vault.destroy(&name.path()),
            _ => Ok(()),
        }
    }

    /// What tells this vault from another one, once anything was written to it.
    pub fn id(&self) -> Result<Option<Uuid>> {
        let Version::There(latest) = self.vault.read("fleet")? else { return Ok(None) };
        let owner: Option<Owner> = serde_json::from_str(latest.data.expose_secret()).ok();
        Ok(owner.map(|owner| owner.uuid))
    }

    /// The same; made where there is none yet.
    pub fn make_id(&self) -> Result<Uuid> {
        if let Some(id) = self.id.get() {
            return Ok(*id);
        }
        let id = self.found_id()?;
        Ok(*self.id.get_or_init(|| id))
    }

    fn found_id(&self) -> Result<Uuid> {
        if let Some(id) = self.id()? {
            return Ok(id);
        }
        self.vault.write("fleet", &Owner { uuid: Uuid::new_v4() }, 0)?;
        self.id()?.ok_or_else(|| fail!(Store, "vault-entry-damaged", entry = self.vault.named("fleet")))
    }

    /// Changes the entry of `uuid`, and makes it where there is none. `edit` may be called more than once.
    ///
    /// Kind `store` where this process held the lease and another one has taken it since.
    pub fn change(&self, uuid: Uuid, edit: &dyn Fn(&mut Entry)) -> Result<()> {
        let held = self.held().get(&uuid).cloned();
        let (mut version, mut entry) = match &held {
            Some(held) => (held.version, held.entry.clone()),
            None => self.latest(uuid)?,
        };
        if held.as_ref().is_some_and(|held| held.lost) {
            return Err(fail!(Store, "vault-overtaken"));
        }
        for round in 0..ROUNDS {
            edit(&mut entry);
            if let (Some(held), Some(lease)) = (&held, &mut entry.lease) {
                lease.written = held.server;
            }
            let asked = (self.author.now)();
            if let Some((version, server)) = self.write(uuid, &entry, version)? {
                self.kept(uuid, version, entry, server, asked);
                return Ok(());
            }
            (version, entry) = self.latest(uuid)?;
            let holds = entry.lease.as_ref().map(|lease| lease.holder);
            if held.as_ref().is_some_and(|held| holds != Some(held.holder)) {
                self.held().entry(uuid).and_modify(|held| held.lost = true);
                return Err(fail!(Store, "vault-overtaken"));
            }
            pause(round);
        }
        Err(fail!(Temporary, "vault-contended", entry = self.vault.named(&path(uuid))))
    }

    fn latest(&self, uuid: Uuid) -> Result<(u64, Entry)> {
        Ok(self.get(uuid)?.map_or_else(|| (0, Entry::default()), |found| (found.version, found.entry)))
    }

    /// Writes an entry after `version`, and returns which one it is and the server's clock; `None` where
    /// another one came first.
    fn write(&self, uuid: Uuid, entry: &Entry, version: u64) -> Result<Option<(u64, Option<Timestamp>)>> {
        let path = path(uuid);
        let written = match self.vault.write(&path, entry, version) {
            // The answer may be lost, and the write not.
            Err(error) if error.kind == Kind::Temporary => self.is_written(uuid, entry, version, error)?,
            written => written?,
        };
        match written {
            Write::Kept(version, server) => {
                self.newest().insert(uuid, version);
                if version == 1 {
                    self.vault.bound(&path)?;
                }
                Ok(Some((version, server)))
            }
            Write::Stale => Ok(None),
        }
    }

    fn is_written(&self, uuid: Uuid, entry: &Entry, version: u64, error: Error) -> Result<Write> {
        let text = |entry: &Entry| Zeroizing::new(serde_json::to_vec(entry).unwrap_or_default());
        match self.get(uuid) {
            Ok(Some(found)) if found.version == version + 1 && text(&found.entry) == text(entry) => {
                Ok(Write::Kept(found.version, None))
            }
            _ => Err(error),
        }
    }

    fn kept(&self, uuid: Uuid, version: u64, entry: Entry, server: Option<Timestamp>, asked: Moment) {
        self.seen().remove(&uuid);
        if let Some(held) = self.held().get_mut(&uuid) {
            (held.version, held.entry, held.since) = (version, entry, held.asked);
            if let Some(server) = server {
                (held.server, held.asked) = (server, asked);
            }
        }
    }

    /// Changes what the next write will bring, where this process holds the lease; `false` where it does not.
    pub fn change_later(&self, uuid: Uuid, edit: &dyn Fn(&mut Entry)) -> bool {
        match self.held().get_mut(&uuid) {
            Some(held) => {
                edit(&mut held.entry);
                true
            }
            None => false,
        }
    }

    /// Removes the entry of `uuid` and all its versions, and its name.
    pub fn destroy(&self, uuid: Uuid) -> Result<()> {
        if self.holds(uuid) {
            // A removal follows no version: whoever took the lease since would lose what is written now.
            self.change(uuid, &|_| ())?;
        }
        let held = self.held().remove(&uuid).map(|held| held.entry);
        let entry = match held {
            Some(entry) => Some(entry),
            None => self.get_once(uuid)?,
        };
        if let Some(name) = entry.and_then(|entry| entry.name) {
            self.release_name(&name, uuid)?;
        }
        self.seen().remove(&uuid);
        self.newest().remove(&uuid);
        self.vault.destroy(&path(uuid))
    }

    fn remember(&self, uuid: Uuid, entry: &Entry) {
        self.seen().insert(uuid, entry.clone());
    }

    fn held(&self) -> MutexGuard<'_, BTreeMap<Uuid, Held>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn newest(&self) -> MutexGuard<'_, BTreeMap<Uuid, u64>> {
        self.newest.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn seen(&self) -> MutexGuard<'_, BTreeMap<Uuid, Entry>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn path(uuid: Uuid) -> String {
    format!("entries/{uuid}")
}

#[cfg(test)]
pub use lease::is_over;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_shows_no_secret_and_comes_back_as_it_was() {
        let mut entry = Entry::default();
        entry.put_secret(7, &SecretSlice::from(b"hush".to_vec()));
        assert!(!format!("{entry:?}").contains("aHVzaA"), "{entry:?}");
        let text = serde_json::to_string(&entry).unwrap();
        assert_eq!(text, r#"{"format":1,"secrets":{"7":"aHVzaA=="}}"#);
        let mut back: Entry = serde_json::from_str(&text).unwrap();
        assert_eq!(back.secret(7).unwrap().unwrap().expose_secret(), b"hush");
        assert!(back.secret(6).unwrap().is_none());
        assert!(back.remove_secret(7) && !back.remove_secret(7) && back.is_empty());
    }
}
