//! The operating system's keyring: Secret Service, macOS Keychain, Windows Credential Manager.
//!
//! A secret lies in entries `UUID/generation/part` of service `sellauth`. The platforms wait
//! without limit, for a frozen daemon as for a dialog nobody sees, so every call runs under a
//! deadline. Crate `keyring` unlocks inside its reads, which raises such a dialog; on the Secret
//! Service the lock is therefore looked at first, and only [`SecretStore::probe`] ever unlocks.

use std::io;
use std::time::Duration;

use ::keyring::Entry;
use secrecy::{ExposeSecret, SecretSlice};
use zeroize::Zeroizing;

use super::envelope::{self, Flaw};
use super::{Key, SecretStore, deadline, same, throwaway};
use crate::error::{Error, Result};
use crate::fail;

const SERVICE: &str = "sellauth";

/// What one entry holds: `CRED_MAX_CREDENTIAL_BLOB_SIZE` on Windows, enough anywhere else.
pub const MAX_ENTRY: Option<usize> = if cfg!(windows) { Some(2_560) } else { None };

/// Long enough for a busy keyring, short enough for a script.
const PATIENCE: Duration = Duration::from_secs(3);

/// How long a person may take to type the keyring's password.
const PATIENCE_WITH_DIALOG: Duration = Duration::from_secs(60);

/// The macOS Keychain shows its dialog inside any call and cannot be asked before.
const ASKS_BY_ITSELF: bool = cfg!(target_os = "macos");

/// The operating system's keyring.
#[derive(Debug)]
pub struct KeyringStore {
    max_entry: Option<usize>,
    patience: Duration,
}

impl KeyringStore {
    /// The keyring of this session; connects on first use.
    ///
    /// A secret longer than `max_entry` bytes (header included) is spread over several entries;
    /// `None`: one entry holds anything. `interactive`: a person is there to answer a dialog that
    /// the platform may show by itself.
    pub fn new(max_entry: Option<usize>, interactive: bool) -> Self {
        let patience = if ASKS_BY_ITSELF && interactive { PATIENCE_WITH_DIALOG } else { PATIENCE };
        Self { max_entry, patience }
    }

    fn within<T, W>(&self, work: W) -> Result<T, Trouble>
    where
        T: Send + 'static,
        W: FnOnce() -> Result<T, Trouble> + Send + 'static,
    {
        limited(self.patience, work).inspect_err(|trouble| {
            if matches!(trouble, Trouble::Refused(_)) {
                platform::forget_session();
            }
        })
    }

    fn seal(&self, key: &Key, secret: &SecretSlice<u8>) -> Result<Vec<SecretSlice<u8>>, Trouble> {
        envelope::seal(key, secret.expose_secret(), self.max_entry)
            .map_err(|flaw| Trouble::Flawed(*key, flaw))
    }

    fn unlock_if_needed(&self) -> Result<(), Trouble> {
        match self.within(platform::ensure_writable) {
            Err(Trouble::Locked | Trouble::NoCollection) => limited(PATIENCE_WITH_DIALOG, platform::unlock),
            other => other,
        }
    }
}

impl SecretStore for KeyringStore {
    fn read(&self, key: &Key) -> Result<Option<SecretSlice<u8>>> {
        let key = *key;
        self.within(move || {
            let reader = platform::Reader::open()?;
            read(&key, |part| reader.piece(&user(&key, part)))
        })
        .map_err(Trouble::into_error)
    }

    fn write(&self, key: &Key, secret: &SecretSlice<u8>) -> Result<()> {
        let key = *key;
        let pieces = self.seal(&key, secret).map_err(Trouble::into_error)?;
        self.within(move || {
            platform::ensure_readable(&user(&key, 0))?;
            platform::ensure_writable()?;
            write(&key, &pieces)
        })
        .map_err(Trouble::into_error)
    }

    fn delete(&self, key: &Key) -> Result<()> {
        let key = *key;
        self.within(move || {
            platform::ensure_readable(&user(&key, 0))?;
            remove_from(&key, 0)
        })
        .map_err(Trouble::into_error)
    }

    fn probe(&self, size: usize, interactive: bool) -> Result<()> {
        if interactive {
            self.unlock_if_needed().map_err(Trouble::into_error)?;
        }
        let (key, secret) = throwaway(size);
        let pieces = self.seal(&key, &secret).map_err(Trouble::into_error)?;
        self.within(move || {
            platform::ensure_writable()?;
            rehearse(&key, &secret, &pieces)
        })
        .map_err(Trouble::into_error)
    }
}

/// Why the keyring did not do it. Crosses threads; becomes an [`Error`] where it is reported,
/// because each thread would parse the messages anew.
#[derive(Debug)]
#[cfg_attr(not(all(unix, not(target_os = "macos"))), allow(dead_code))] // only the Secret Service tells them all
enum Trouble {
    /// Locked, and nobody was asked to unlock it.
    Locked,
    /// No session bus, or no keyring on it.
    Absent(String),
    /// A keyring that has no collection yet.
    NoCollection,
    /// The unlock dialog was closed, or there is nothing that could show it.
    Dismissed,
    /// No answer within this limit.
    Silent(Duration),
    /// An answer, but not the secret of this key.
    Flawed(Key, Flaw),
    /// What was written did not come back.
    Forgetful,
    /// Anything else, in the platform's words.
    Refused(String),
}

impl Trouble {
    fn into_error(self) -> Error {
        match self {
            Self::Locked => fail!(Store, "store-keyring-locked"),
            Self::Absent(cause) => fail!(Store, "store-keyring-absent").because(anyhow::Error::msg(cause)),
            Self::NoCollection => fail!(Store, "store-keyring-no-collection"),
            Self::Dismissed => fail!(Store, "store-keyring-dismissed"),
            Self::Silent(limit) => fail!(Store, "store-keyring-silent", seconds = limit.as_secs()),
            Self::Flawed(key, Flaw::Damaged) => fail!(Store, "store-keyring-damaged", entry = key),
            Self::Flawed(key, Flaw::Foreign(other)) => {
                fail!(Store, "store-keyring-foreign", entry = key, other = other)
            }
            Self::Flawed(_, Flaw::TooLarge) => fail!(Store, "store-keyring-too-small"),
            Self::Forgetful => fail!(Store, "store-forgets"),
            Self::Refused(cause) => fail!(Store, "store-keyring-refused").because(anyhow::Error::msg(cause)),
        }
    }
}

impl From<::keyring::Error> for Trouble {
    /// Keeps the text only: some of these errors carry what was read.
    fn from(error: ::keyring::Error) -> Self {
        match (error, Entry::store_status()) {
            (::keyring::Error::NoDefaultStore, Err(cause)) => Self::Absent(cause.to_string()),
            (error, _) => Self::Refused(error.to_string()),
        }
    }
}

fn limited<T, W>(limit: Duration, work: W) -> Result<T, Trouble>
where
    T: Send + 'static,
    W: FnOnce() -> Result<T, Trouble> + Send + 'static,
{
    deadline::within(limit, work).unwrap_or_else(|error| match error.kind() {
        io::ErrorKind::TimedOut => Err(Trouble::Silent(limit)),
        _ => Err(Trouble::Refused(error.to_string())),
    })
}

fn user(key: &Key, part: u16) -> String {
    format!("{key}/{part}")
}

/// Puts a secret together from its pieces.
fn read(
    key: &Key,
    piece: impl Fn(u16) -> Result<Option<SecretSlice<u8>>, Trouble>,
) -> Result<Option<SecretSlice<u8>>, Trouble> {
    let flawed = |flaw| Trouble::Flawed(*key, flaw);
    let Some(first) = piece(0)? else { return Ok(None) };
    let parts = envelope::parts(first.expose_secret()).map_err(flawed)?;
    let mut pieces = vec![first];
    for part in 1..parts {
        pieces.push(piece(part)?.ok_or_else(|| flawed(Flaw::Damaged))?);
    }
    envelope::open(key, &pieces).map(Some).map_err(flawed)
}

/// Ascending, so that a crash leaves parts without a gap, which [`remove_from`] finds.
fn write(key: &Key, pieces: &[SecretSlice<u8>]) -> Result<(), Trouble> {
    for (part, piece) in (0..).zip(pieces) {
        Entry::new(SERVICE, &user(key, part))?.set_secret(piece.expose_secret())?;
    }
    let next = u16::try_from(pieces.len()).expect("a header counts the pieces in 16 bits");
    remove_from(key, next)
}

/// Removes part `first` and all after it; descending, again to leave no gap.
fn remove_from(key: &Key, first: u16) -> Result<(), Trouble> {
    let mut end = first;
    while end < u16::MAX && piece(&user(key, end))?.is_some() {
        end += 1;
    }
    for part in (first..end).rev() {
        match Entry::new(SERVICE, &user(key, part))?.delete_credential() {
            Ok(()) | Err(::keyring::Error::NoEntry) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Writes, reads back and deletes, all under one deadline.
fn rehearse(key: &Key, secret: &SecretSlice<u8>, pieces: &[SecretSlice<u8>]) -> Result<(), Trouble> {
    let back = write(key, pieces).and_then(|()| read(key, |part| piece(&user(key, part))));
    // A failed attempt may have left a part; its own trouble matters more than that of tidying up.
    let deleted = remove_from(key, 0);
    let same = same(secret, back?.as_ref());
    deleted?;
    if same { Ok(()) } else { Err(Trouble::Forgetful) }
}

fn piece(user: &str) -> Result<Option<SecretSlice<u8>>, Trouble> {
    match Entry::new(SERVICE, user)?.get_secret().map(Zeroizing::new) {
        Ok(bytes) => Ok(Some(envelope::secret(&bytes))),
        Err(::keyring::Error::NoEntry) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The Secret Service's lock, seen without opening it, and what lies behind an open one.
#[cfg(all(unix, not(target_os = "macos")))]
mod platform {
    use std::collections::HashMap;
    use std::sync::{Arc, Mutex, PoisonError};

    use secrecy::SecretSlice;
    use secret_service::blocking::{Item, SecretService};
    use secret_service::{EncryptionType, Error};
    use zeroize::Zeroizing;

    use super::{SERVICE, Trouble, envelope};

    /// The label a keyring manager shows for a collection made here; its alias makes it everyone's.
    const COLLECTION: &str = "Default keyring";

    /// The session of this process, in which secrets travel encrypted. Crate `keyring` would look for
    /// an entry once more before it reads it, which takes as long again. It stays open to the end:
    /// gnome-keyring 42 may die when one client leaves in the moment in which another comes.
    static SESSION: Mutex<Option<Arc<SecretService<'static>>>> = Mutex::new(None);

    /// Reads entries that are open.
    pub struct Reader(Arc<SecretService<'static>>);

    impl Reader {
        /// Connects.
        pub fn open() -> Result<Self, Trouble> {
            session().map(Self)
        }

        /// What an entry holds; `None` without the entry. Raises no dialog.
        pub fn piece(&self, user: &str) -> Result<Option<SecretSlice<u8>>, Trouble> {
            let Some(item) = find(&self.0, user)? else { return Ok(None) };
            let bytes = Zeroizing::new(item.get_secret()?);
            Ok(Some(envelope::secret(&bytes)))
        }
    }

    /// No read of that entry will raise a dialog.
    pub fn ensure_readable(user: &str) -> Result<(), Trouble> {
        find(&*session()?, user).map(|_| ())
    }

    /// The entry, if it is open. Without one, the default collection must be open: some services
    /// (`KeePassXC`) do not tell what is in a locked one.
    fn find<'a>(service: &'a SecretService, user: &str) -> Result<Option<Item<'a>>, Trouble> {
        let found = service.search_items(HashMap::from([("service", SERVICE), ("username", user)]))?;
        if !found.locked.is_empty() {
            return Err(Trouble::Locked);
        }
        if let Some(item) = found.unlocked.into_iter().next() {
            return Ok(Some(item));
        }
        match default_collection_is_locked(service) {
            Ok(true) => Err(Trouble::Locked),
            Ok(false) | Err(Trouble::NoCollection) => Ok(None),
            Err(trouble) => Err(trouble),
        }
    }

    /// There is a default collection, and it is open.
    pub fn ensure_writable() -> Result<(), Trouble> {
        if default_collection_is_locked(&*session()?)? { Err(Trouble::Locked) } else { Ok(()) }
    }

    /// Shows the service's dialog and waits for the person: to unlock the default collection, or
    /// to choose the password of a new one.
    pub fn unlock() -> Result<(), Trouble> {
        let service = session()?;
        let collection = match service.get_default_collection() {
            Err(Error::NoResult) => service.create_collection(COLLECTION, "default")?,
            other => other?,
        };
        if collection.is_locked()? {
            collection.unlock()?;
        }
        if collection.is_locked()? { Err(Trouble::Locked) } else { Ok(()) }
    }

    fn session() -> Result<Arc<SecretService<'static>>, Trouble> {
        let mut session = SESSION.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = &*session {
            return Ok(Arc::clone(open));
        }
        let opened = SecretService::connect(EncryptionType::Dh);
        let opened = Arc::new(opened.map_err(|error| Trouble::Absent(error.to_string()))?);
        Ok(Arc::clone(session.insert(opened)))
    }

    /// A service that was started anew knows nothing of the session: the next call opens another.
    pub fn forget_session() {
        *SESSION.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn default_collection_is_locked(service: &SecretService) -> Result<bool, Trouble> {
        match service.get_default_collection() {
            Ok(collection) => Ok(collection.is_locked()?),
            Err(Error::NoResult) => Err(Trouble::NoCollection),
            Err(error) => Err(error.into()),
        }
    }

    impl From<Error> for Trouble {
        fn from(error: Error) -> Self {
            match error {
                Error::Locked => Self::Locked,
                Error::Prompt | Error::PromptDisconnected => Self::Dismissed,
                error => Self::Refused(error.to_string()),
            }
        }
    }
}

/// Keychain and Credential Manager are open while their user is logged in, or ask by themselves.
#[cfg(not(all(unix, not(target_os = "macos"))))]
#[allow(clippy::unnecessary_wraps, clippy::unused_self)] // the same signatures as for the Secret Service
mod platform {
    use secrecy::SecretSlice;

    use super::Trouble;

    pub struct Reader;

    impl Reader {
        pub fn open() -> Result<Self, Trouble> {
            Ok(Self)
        }

        pub fn piece(&self, user: &str) -> Result<Option<SecretSlice<u8>>, Trouble> {
            super::piece(user)
        }
    }

    pub fn ensure_readable(_user: &str) -> Result<(), Trouble> {
        Ok(())
    }

    pub fn ensure_writable() -> Result<(), Trouble> {
        Ok(())
    }

    pub fn unlock() -> Result<(), Trouble> {
        Ok(())
    }

    pub fn forget_session() {}
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::error::Kind;

    #[test]
    fn every_trouble_is_a_store_error_with_a_way_out() {
        let key = Key { owner: Uuid::from_u128(7), generation: 1 };
        let troubles = [
            Trouble::Locked,
            Trouble::Absent("cause".to_owned()),
            Trouble::NoCollection,
            Trouble::Dismissed,
            Trouble::Silent(PATIENCE),
            Trouble::Flawed(key, Flaw::Damaged),
            Trouble::Flawed(key, Flaw::Foreign(key)),
            Trouble::Flawed(key, Flaw::TooLarge),
            Trouble::Forgetful,
            Trouble::Refused("cause".to_owned()),
        ];
        for trouble in troubles {
            let shown = format!("{trouble:?}");
            let error = trouble.into_error();
            assert_eq!(error.kind, Kind::Store, "{shown}");
            assert!(error.message.contains("keyring") || error.message.contains("store"), "{shown}");
            assert!(error.hint.is_some_and(|hint| !hint.contains(['{', '}'])), "{shown}");
        }
    }

    #[test]
    fn what_a_platform_returned_stays_out_of_the_error() {
        let trouble = Trouble::from(::keyring::Error::BadEncoding(b"s3cret".to_vec()));
        let bytes = format!("{:?}", b"s3cret");
        assert!(!format!("{trouble:?}").contains(bytes.trim_matches(['[', ']'])));
    }
}
