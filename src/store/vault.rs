//! Secrets in a vault that machines share: each in the entry of its shop or app.

use std::sync::Arc;

use secrecy::SecretSlice;

use super::{Key, SecretStore, same, throwaway};
use crate::error::Result;
use crate::fail;
use crate::vault::Entries;

/// The secrets of a vault's entries.
pub struct VaultStore {
    entries: Arc<Entries>,
}

impl VaultStore {
    /// Those of `entries`.
    pub fn new(entries: Arc<Entries>) -> Self {
        Self { entries }
    }
}

impl SecretStore for VaultStore {
    fn read(&self, key: &Key) -> Result<Option<SecretSlice<u8>>> {
        match self.entries.get_once(key.owner)? {
            Some(entry) => entry.secret(key.generation),
            None => Ok(None),
        }
    }

    fn write(&self, key: &Key, secret: &SecretSlice<u8>) -> Result<()> {
        self.entries.change(key.owner, &|entry| entry.put_secret(key.generation, secret))
    }

    /// The last secret takes an entry along that nobody has given a name yet; who removes a shop or an app removes
    /// its entry.
    fn delete(&self, key: &Key) -> Result<()> {
        let Some(mut entry) = self.entries.held_or_read(key.owner)? else { return Ok(()) };
        if !entry.remove_secret(key.generation) {
            return Ok(());
        }
        if entry.is_empty() && entry.name.is_none() {
            return self.entries.destroy(key.owner);
        }
        let forget = |entry: &mut crate::vault::Entry| {
            entry.remove_secret(key.generation);
        };
        // Whoever holds the lease writes once more when it gives it back.
        match self.entries.change_later(key.owner, &forget) {
            true => Ok(()),
            false => self.entries.change(key.owner, &forget),
        }
    }

    fn probe(&self, size: usize, _interactive: bool) -> Result<()> {
        let (key, secret) = throwaway(size);
        let back = self.write(&key, &secret).and_then(|()| self.read(&key));
        let gone = self.entries.destroy(key.owner);
        let back = back?;
        gone?;
        if same(&secret, back.as_ref()) { Ok(()) } else { Err(fail!(Store, "store-forgets")) }
    }
}
