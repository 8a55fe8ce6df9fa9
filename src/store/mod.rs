//! Where secrets live. A store keeps small byte strings under `UUID/generation`; what they mean
//! is the caller's business.
//!
//! Generations are the versions of one secret. A new one is written beside the old one, read
//! back, and becomes true only when the record that names it is renamed into place; then the old
//! one is deleted. So a store needs no transactions, and a crash leaves at most a spare copy.

mod deadline;
mod envelope;
mod file;
mod keyring;
pub mod sealed;
pub mod spill;
mod vault;

use std::fmt;
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretSlice, SecretString};
use uuid::Uuid;

use crate::error::Result;
use crate::fail;
pub use crate::model::StoreKind;

use self::file::FileStore;
use self::keyring::KeyringStore;
pub use self::vault::VaultStore;

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

/// A place for secrets. Every error has kind `store` and a hint with the ways out.
pub trait SecretStore: Send + Sync {
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

/// What the stores need to know of this user and this call.
#[derive(Clone, Debug)]
pub struct Place {
    /// The file store's own folder; below it one folder per UUID. Made when something is kept.
    pub folder: PathBuf,
    /// The age identity file a person named (`SELLAUTH_KEY_FILE`). Must exist.
    pub key_file: Option<PathBuf>,
    /// The identity file systemd hands to a service (`$CREDENTIALS_DIRECTORY/sellauth`). Used if
    /// it exists: a service may have other credentials only.
    pub credential: Option<PathBuf>,
    /// The identity file used otherwise, made on first use.
    pub default_key_file: PathBuf,
    /// The passphrase that wraps the identity (`SELLAUTH_PASSPHRASE`).
    pub passphrase: Option<SecretString>,
    /// Asks a person for that passphrase. Set by interactive commands only; also tells that a
    /// person is there who could answer the platform's own dialog.
    pub ask_passphrase: Option<fn() -> Result<SecretString>>,
}

impl Place {
    /// The key file that somebody named, or that the service manager handed over.
    pub fn given_key(&self) -> Option<&PathBuf> {
        self.key_file.as_ref().or_else(|| self.credential.as_ref().filter(|path| path.exists()))
    }

    /// The key file in force.
    pub fn key(&self) -> &PathBuf {
        self.given_key().unwrap_or(&self.default_key_file)
    }
}

/// Whether a key file is wrapped by a passphrase; `false` for one that is missing or cannot be read.
pub fn is_wrapped(key_file: &Path) -> bool {
    file::is_wrapped(key_file)
}

/// The store of that kind. Touches no secret yet and raises no dialog.
///
/// The error, of kind `store`, is a key file that was named but does not exist.
pub fn open(kind: StoreKind, place: &Place) -> Result<Box<dyn SecretStore>> {
    Ok(match kind {
        StoreKind::Keyring => Box::new(KeyringStore::new(keyring::MAX_ENTRY, place.ask_passphrase.is_some())),
        StoreKind::File => Box::new(FileStore::new(place, None)?),
        StoreKind::Vault => return Err(fail!(Store, "vault-address-missing")),
    })
}

/// A throwaway secret of `size` bytes, under a key that nothing else uses.
fn throwaway(size: usize) -> (Key, SecretSlice<u8>) {
    let key = Key { owner: Uuid::new_v4(), generation: 0 };
    (key, SecretSlice::from(vec![b'x'; size]))
}

/// Whether a store returned what was written to it.
fn same(written: &SecretSlice<u8>, back: Option<&SecretSlice<u8>>) -> bool {
    back.is_some_and(|back| back.expose_secret() == written.expose_secret())
}
