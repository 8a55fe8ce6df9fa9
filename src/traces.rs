//! What this machine keeps of a shop, and where: compared before and after, it says what is gone.

use std::fmt;
use std::path::Path;

use serde::Serialize;

use crate::config::Home;
use crate::error::Result;
use crate::model::{Profile, Record, StoreKind};
use crate::store::spill::Spill;
use crate::{cache, journal, ledger, profiles, records, text};

/// One thing that is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trace {
    /// What it is.
    pub what: What,
    /// The file, or the entry of a store.
    pub place: String,
}

/// What can be kept of a shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A token set in its store.
    TokenSet,
    /// A sealed access token.
    TokenAtHand,
    /// That a renewal was begun.
    Journal,
    /// Room for the fruit of a renewal, and what it may hold.
    Spill,
    /// What happened to the shop.
    Record,
    /// What a person wished.
    Profile,
    /// The client registration.
    App,
    /// What was written down.
    Log,
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::TokenSet => text!("trace-token-set"),
            Self::TokenAtHand => text!("trace-token-at-hand"),
            Self::Journal => text!("trace-journal"),
            Self::Spill => text!("trace-spill"),
            Self::Record => text!("trace-record"),
            Self::Profile => text!("trace-profile"),
            Self::App => text!("trace-app"),
            Self::Log => text!("trace-log"),
        })
    }
}

/// Everything there is of a shop. Kind `store` where its store cannot be opened.
pub fn of(home: &Home, name: &str, profile: &Profile, record: Option<&Record>) -> Result<Vec<Trace>> {
    let uuid = profile.uuid;
    let in_store = |record: &Record| {
        let entries = ledger::kept(home, record)?.into_iter();
        let place = move |key| format!("{} {key}", store_name(record.store));
        Ok(entries.map(move |key| Trace { what: What::TokenSet, place: place(key) }).collect())
    };
    let mut traces: Vec<Trace> = record.map(in_store).transpose()?.unwrap_or_default();
    let files = [
        (What::TokenAtHand, cache::file_of(home, uuid)),
        (What::Journal, journal::file(home, uuid)),
        (What::Spill, Spill::of(home.state_folder(), uuid).path().to_owned()),
        (What::Record, records::of_profiles(home).file(uuid)),
        (What::Profile, profiles::folder(home).file(name)),
    ];
    traces.extend(files.into_iter().filter_map(|(what, path)| file(what, &path)));
    Ok(traces)
}

/// A file, if it is there.
pub fn file(what: What, path: &Path) -> Option<Trace> {
    path.symlink_metadata().is_ok().then(|| Trace { what, place: path.display().to_string() })
}

fn store_name(store: StoreKind) -> &'static str {
    match store {
        StoreKind::Keyring => "keyring",
        StoreKind::File => "file",
        StoreKind::Vault => "vault",
    }
}
