//! What happened: the program's own records, in `state/`. Nothing secret is in them.

use std::fmt::Display;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::config::Home;
use crate::error::Result;
use crate::fail;
use crate::files::{read_if_there, remove_durably, write_atomically};
use crate::model::Record;
use crate::store::StoreKind;

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
    /// The profile's or app's UUID.
    fn about(&self) -> Uuid;
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
    fn about(&self) -> Uuid {
        self.uuid
    }
}

impl About for AppRecord {
    fn about(&self) -> Uuid {
        self.uuid
    }
}

/// Records of one kind, one JSON file per UUID.
pub struct Records<T> {
    folder: PathBuf,
    kind: std::marker::PhantomData<T>,
}

/// The records of profiles.
pub fn of_profiles(home: &Home) -> Records<Record> {
    Records::in_folder(home, "profiles")
}

/// The records of apps.
pub fn of_apps(home: &Home) -> Records<AppRecord> {
    Records::in_folder(home, "apps")
}

/// The registrations that are not over, by their app.
pub fn of_registrations(home: &Home) -> Records<Opened> {
    Records::in_folder(home, "registrations")
}

impl<T: About + Serialize + DeserializeOwned> Records<T> {
    /// The records kept in a folder of the state's.
    pub fn in_folder(home: &Home, name: &str) -> Self {
        Self { folder: home.state_folder().join(name), kind: std::marker::PhantomData }
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

    /// Makes `record` the true one, in one step.
    pub fn put(&self, record: &T) -> Result<()> {
        let path = self.file(record.about());
        let bytes = serde_json::to_vec_pretty(record).expect("records are plain objects");
        write_atomically(&path, &bytes)
            .map_err(|error| fail!(Configuration, "file-unwritable", path = path.display()).because(error))
    }

    /// Forgets what happened to `uuid`, and returns whether there was anything. Of several that do
    /// so at once, one is told yes.
    pub fn remove(&self, uuid: Uuid) -> Result<bool> {
        let path = self.file(uuid);
        remove_durably(&path)
            .map_err(|error| fail!(Configuration, "file-unwritable", path = path.display()).because(error))
    }
}

/// The lock file of a profile, an app, or whatever else has a name of its own.
pub fn lock_file(home: &Home, name: impl Display) -> PathBuf {
    Path::new(home.state_folder()).join("locks").join(format!("{name}.lock"))
}
