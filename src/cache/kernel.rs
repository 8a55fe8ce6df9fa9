//! The key of a home's cache, in the kernel's keyring of this user: keyrings(7). It is never on a
//! disk, is gone after a restart, and no other user can read it.
//!
//! One key for all profiles: an ordinary user may have 200.

use std::path::Path;

use linux_keyutils::{
    Key as KernelKey, KeyError, KeyPermissionsBuilder, KeyRing, KeyRingIdentifier, Permission,
};
use secrecy::SecretString;
use zeroize::Zeroizing;

use super::Key;
use crate::oauth::pkce::fingerprint;

/// How long a key stays after it sealed something, in seconds: longer than most tokens live.
const TIMEOUT: usize = 86_400;

/// The key of the home whose state is in `folder`.
pub fn find(folder: &Path) -> Option<Key> {
    read(search(folder).ok()?)
}

/// The same, made where there is none, and kept for another while. `None` where the kernel refuses: in
/// most containers, or when this user has too many keys.
pub fn find_or_make(folder: &Path) -> Option<Key> {
    if search(folder).ok().and_then(read).is_none() {
        let mut bytes = Zeroizing::new([0; 32]);
        getrandom::fill(bytes.as_mut_slice()).ok()?;
        make(&description(folder), &bytes).ok()?;
    }
    // Of several that make one at the same time the last one wins: hence the second look.
    let key = search(folder).ok()?;
    key.set_timeout(TIMEOUT).ok()?;
    read(key)
}

/// Takes the key away, and with it everything it sealed.
pub fn remove(folder: &Path) -> anyhow::Result<()> {
    match search(folder) {
        Ok(key) => Ok(key.invalidate()?),
        Err(error @ KeyError::AccessDenied) => Err(error.into()),
        // There is none, or the kernel keeps no keys here.
        Err(_) => Ok(()),
    }
}

fn search(folder: &Path) -> Result<KernelKey, KeyError> {
    keyring()?.search(&description(folder))
}

fn read(key: KernelKey) -> Option<Key> {
    let mut bytes = Zeroizing::new([0; 32]);
    // Of another size it is not ours.
    (key.read(&mut bytes).ok()? == bytes.len()).then_some(bytes)
}

fn make(description: &str, bytes: &Key) -> Result<(), KeyError> {
    // Only who possesses a new key may open it to the user's other sessions, and a service's session
    // possesses nothing of the user's. This keyring ends with the process.
    KeyRing::from_special_id(KeyRingIdentifier::Process, true)?.link_keyring_id(KeyRingIdentifier::User)?;
    let key: KernelKey = keyring()?.add_key(description, bytes.as_slice())?;
    let mine = KeyPermissionsBuilder::builder().posessor(Permission::ALL).user(Permission::ALL);
    key.set_perms(mine.build())
}

/// This user's, in every session.
fn keyring() -> Result<KeyRing, KeyError> {
    KeyRing::from_special_id(KeyRingIdentifier::User, true)
}

/// Of two homes, and of a copied one, each has its own. A hash, for its length counts.
fn description(folder: &Path) -> String {
    let path = SecretString::from(folder.to_string_lossy().into_owned());
    format!("sellauth:{}", &fingerprint(&path)[..32])
}
