//! Where secrets live. A store keeps small byte strings under `UUID/generation`; what they mean
//! is the caller's business.
//!
//! Generations are the versions of one secret. A new one is written beside the old one, read
//! back, and becomes true only when the record that names it is renamed into place; then the old
//! one is deleted. So a store needs no transactions, and a crash leaves at most a spare copy.

use std::fmt;

use secrecy::SecretSlice;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::Result;

/// What one secret is kept under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// The profile or app it belongs to. Names may change, this never does.
    pub owner: Uuid,
    /// Counts up by one with each write.
    pub generation: u64,
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.owner, self.generation)
    }
}

/// The kinds of store a person can choose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StoreKind {
    /// The operating system's keyring.
    #[default]
    Keyring,
    /// age-encrypted files.
    File,
}

/// A place for secrets. Every error has kind `store` and a hint with the ways out.
pub trait SecretStore {
    /// The secret under `key`; `None` if there is none. Never raises a dialog.
    fn read(&self, key: &Key) -> Result<Option<SecretSlice<u8>>>;

    /// Keeps `secret` under `key`, replacing what a crashed attempt may have left there. When it
    /// returns, the secret survives the end of this process.
    fn write(&self, key: &Key, secret: &SecretSlice<u8>) -> Result<()>;

    /// Removes what is under `key`; nothing there is fine.
    fn delete(&self, key: &Key) -> Result<()>;

    /// Proves with a throwaway entry that a secret of `size` bytes can be written, read back and
    /// deleted. Run before a seller is asked to consent. May raise an unlock dialog, when
    /// `interactive`.
    fn probe(&self, size: usize, interactive: bool) -> Result<()>;
}
