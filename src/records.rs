//! What happened: the program's own records, in `state/`. Nothing secret is in them.

use std::fmt::Display;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::config::Home;
use crate::error::Result;
use crate::fail;
use crate::files::{read_if_there, remove_durably, write_atomically};
use crate::model::Record;
use crate::store::StoreKind;
use crate::vault::Entry;

/// What is known of an app's client secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppRecord {
    /// The app's.
    pub uuid: Uuid,
    /// The client secret in force.
    pub generation: u64,
    /// Where it is kept.
    pub store: StoreKind,
    /// When it was given to this program.
    pub set_at: Timestamp,
    /// When the marketplace made it, where a person said so.
    pub created_at: Option<Timestamp>,
}

/// A record says whom it is about, so that a file under another's name is noticed.
pub trait About {
    /// What machines share of such records.
    const SHARE: Share = Share::Nothing;

    /// The profile's or app's UUID.
    fn about(&self) -> Uuid;

    /// Whether it is about what stands in a vault.
    fn is_shared(&self) -> bool {
        false
    }
}

/// Where a record stands in the entry that machines share. It is written there first: the file here is a
/// copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// Nowhere.
    Nothing,
    /// As what happened.
    Record,
    /// As the renewal that was begun.
    Journal,
}

impl Share {
    /// Puts a record there; `Null` for none.
    fn put(self, entry: &mut Entry, record: &Value) {
        match self {
            Self::Nothing => {}
            Self::Record => entry.record = record.clone(),
            Self::Journal => entry.journal = record.clone(),
        }
    }
}

/// A registration at a marketplace that was begun here and is not over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opened {
    /// The app's.
    pub uuid: Uuid,
    /// Where the identity is kept that its answer is spilled for, and its client secret is to be.
    pub store: StoreKind,
    /// When it was begun.
    pub begun_at: Timestamp,
}

impl About for Opened {
    fn about(&self) -> Uuid {
        self.uuid
    }
}

impl About for Record {
    const SHARE: Share = Share::Record;

    fn about(&self) -> Uuid {
        self.uuid
    }

    fn is_shared(&self) -> bool {
        self.store == StoreKind::Vault
    }
}

impl About for AppRecord {
    const SHARE: Share = Share::Record;

    fn about(&self) -> Uuid {
        self.uuid
    }

    fn is_shared(&self) -> bool {
        self.store == StoreKind::Vault
    }
}

/// Records of one kind, one JSON file per UUID.
pub struct Records<'a, T> {
    home: &'a Home,
    folder: PathBuf,
    kind: std::marker::PhantomData<T>,
}

/// The records of profiles.
pub fn of_profiles(home: &Home) -> Records<'_, Record> {
    Records::in_folder(home, "profiles")
}

/// The records of apps.
pub fn of_apps(home: &Home) -> Records<'_, AppRecord> {
    Records::in_folder(home, "apps")
}

/// The registrations that are not over, by their app.
pub fn of_registrations(home: &Home) -> Records<'_, Opened> {
    Records::in_folder(home, "registrations")
}

impl<'a, T: About + Serialize + DeserializeOwned> Records<'a, T> {
    /// The records kept in a folder of the state's.
    pub fn in_folder(home: &'a Home, name: &str) -> Self {
        Self { home, folder: home.state_folder().join(name), kind: std::marker::PhantomData }
    }

    /// Whom there are records about. A folder that cannot be read has none.
    pub fn uuids(&self) -> Vec<Uuid> {
        let files = std::fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let stem = |file: std::fs::DirEntry| file.path().file_stem()?.to_str()?.parse().ok();
        files.filter_map(stem).collect()
    }

    /// The file of the record of `uuid`.
    pub fn file(&self, uuid: Uuid) -> PathBuf {
        self.folder.join(format!("{uuid}.json"))
    }

    /// The record of `uuid`; `None` when nothing happened yet.
    ///
    /// Kind `configuration` for a file that is truncated or foreign; it is left as it is.
    pub fn get(&self, uuid: Uuid) -> Result<Option<T>> {
        let path = self.file(uuid);
        let unreadable =
            |error| fail!(Configuration, "file-unreadable", path = path.display()).because(error);
        let Some(bytes) = read_if_there(&path).map_err(unreadable)? else { return Ok(None) };
        let damaged = || fail!(Configuration, "record-damaged", path = path.display());
        let record: T = serde_json::from_slice(&bytes).map_err(|error| damaged().because(error))?;
        if record.about() == uuid { Ok(Some(record)) } else { Err(damaged()) }
    }

    /// Makes `record` the true one, in one step: in its vault where it has one, and here.
    pub fn put(&self, record: &T) -> Result<()> {
        let uuid = record.about();
        if T::SHARE != Share::Nothing && (record.is_shared() || self.is_held(uuid)) {
            let value = serde_json::to_value(record).expect("records are plain objects");
            self.home.entries()?.change(uuid, &|entry| T::SHARE.put(entry, &value))?;
        }
        self.put_here(record)
    }

    /// Whether the entry that machines share is this process's to change, and stays.
    fn is_held(&self, uuid: Uuid) -> bool {
        T::SHARE != Share::Nothing && self.home.opened_entries().is_some_and(|entries| entries.holds(uuid))
    }

    /// Makes `record` the true one for this machine.
    pub fn put_here(&self, record: &T) -> Result<()> {
        let path = self.file(record.about());
        let bytes = serde_json::to_vec_pretty(record).expect("records are plain objects");
        write_atomically(&path, &bytes)
            .map_err(|error| fail!(Configuration, "file-unwritable", path = path.display()).because(error))
    }

    /// Forgets what happened to `uuid`, and returns whether there was anything. Of several that do
    /// so at once, one is told yes.
    pub fn remove(&self, uuid: Uuid) -> Result<bool> {
        if self.is_held(uuid)
            && let Some(entries) = self.home.opened_entries()
        {
            entries.change_later(uuid, &|entry| T::SHARE.put(entry, &Value::Null));
        }
        let path = self.file(uuid);
        remove_durably(&path)
            .map_err(|error| fail!(Configuration, "file-unwritable", path = path.display()).because(error))
    }
}

/// The lock file of a profile, an app, or whatever else has a name of its own.
pub fn lock_file(home: &Home, name: impl Display) -> PathBuf {
    Path::new(home.state_folder()).join("locks").join(format!("{name}.lock"))
}
