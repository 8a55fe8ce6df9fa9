//! Secrets in age-encrypted files, for machines without a keyring: `UUID/GENERATION.age`.
//!
//! Files go to the X25519 recipient of one identity, so that a read costs microseconds. A
//! passphrase wraps that identity, not each file: scrypt takes a second on purpose.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use age::x25519::Identity;
use age::{DecryptError, Decryptor, Encryptor, scrypt};
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use zeroize::Zeroizing;

use super::envelope::{self, Flaw};
use super::{Key, Place, SecretStore, same, throwaway};
use crate::error::{Error, Result};
use crate::{fail, files};

/// How every age file begins, a wrapped identity too.
const AGE_MAGIC: &[u8] = b"age-encryption.org/";

/// age's own mark of an identity in a file, as `age-keygen` writes it.
const IDENTITY_MARK: &str = "AGE-SECRET-KEY-";

/// Age-encrypted files below one folder.
pub struct FileStore {
    folder: PathBuf,
    key_file: PathBuf,
    /// The key file is ours to make: nobody named another one.
    may_make_key: bool,
    passphrase: Option<SecretString>,
    ask_passphrase: Option<fn() -> Result<SecretString>>,
    /// scrypt's N as a power of two; `None` is age's choice, about a second on this machine.
    work_factor: Option<u8>,
    identities: OnceLock<Vec<Identity>>,
    /// Held while they are unwrapped.
    unwrapping: Mutex<()>,
}

impl FileStore {
    /// The store in `place`, which may be empty yet. `work_factor` is scrypt's N as a power of
    /// two for an identity to be wrapped; `None` takes about a second on this machine.
    ///
    /// The error is a key file that was named but does not exist.
    pub fn new(place: &Place, work_factor: Option<u8>) -> Result<Self> {
        if let Some(missing) = place.key_file.as_ref().filter(|path| !path.exists()) {
            return Err(fail!(Store, "store-key-missing", path = missing.display()));
        }
        Ok(Self {
            folder: place.folder.clone(),
            key_file: place.key().clone(),
            may_make_key: place.given_key().is_none(),
            passphrase: place.passphrase.clone(),
            ask_passphrase: place.ask_passphrase,
            work_factor,
            identities: OnceLock::new(),
            unwrapping: Mutex::default(),
        })
    }

    fn path(&self, key: &Key) -> PathBuf {
        self.folder.join(key.owner.to_string()).join(format!("{}.age", key.generation))
    }

    /// The identities of the key file, unwrapped once. The first one encrypts, any may decrypt: so
    /// a key is changed by adding the new one above the old.
    fn identities(&self, make: bool) -> Result<&[Identity]> {
        if let Some(identities) = self.identities.get() {
            return Ok(identities);
        }
        // Unwrapping takes a second, and as much memory as a passphrase is worth: not for each thread.
        let _alone = self.unwrapping.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(identities) = self.identities.get() {
            return Ok(identities);
        }
        // Before the key: another process makes its key first, then its first secret.
        let used = holds_secrets(&self.folder);
        let identities = match self.key_bytes()? {
            Some(bytes) => self.unwrap(&bytes)?,
            None if make && self.may_make_key && !used => self.make_key()?,
            None => return Err(fail!(Store, "store-key-gone", path = self.key_file.display())),
        };
        Ok(self.identities.get_or_init(|| identities))
    }

    fn key_bytes(&self) -> Result<Option<Zeroizing<Vec<u8>>>> {
        files::read_if_there(&self.key_file).map(|bytes| bytes.map(Zeroizing::new)).map_err(|error| {
            fail!(Store, "store-key-unreadable", path = self.key_file.display()).because(error)
        })
    }

    fn unwrap(&self, bytes: &[u8]) -> Result<Vec<Identity>> {
        if !bytes.starts_with(AGE_MAGIC) {
            // Someone who sets a passphrase believes that it protects.
            return match self.passphrase {
                Some(_) => Err(fail!(Store, "store-key-plain", path = self.key_file.display())),
                None => self.parse(bytes),
            };
        }
        let passphrase = match (&self.passphrase, self.ask_passphrase) {
            (Some(passphrase), _) => passphrase.clone(),
            (None, Some(ask)) => ask()?,
            (None, None) => {
                return Err(fail!(Store, "store-passphrase-missing", path = self.key_file.display()));
            }
        };
        let plain = decrypt(bytes, std::iter::once(&scrypt::Identity::new(passphrase) as _));
        self.parse(&plain.map_err(|error| match error {
            DecryptError::KeyDecryptionFailed | DecryptError::DecryptionFailed => {
                fail!(Store, "store-passphrase-wrong", path = self.key_file.display())
            }
            error => self.invalid_key().because(error),
        })?)
    }

    fn parse(&self, bytes: &[u8]) -> Result<Vec<Identity>> {
        let text = std::str::from_utf8(bytes).map_err(|_| self.invalid_key())?;
        let identities: Result<Vec<Identity>, _> = text
            .lines()
            .map(str::trim)
            .filter(|line| line.starts_with(IDENTITY_MARK))
            .map(str::parse)
            .collect();
        match identities {
            Ok(identities) if !identities.is_empty() => Ok(identities),
            Ok(_) => Err(self.invalid_key()),
            Err(reason) => Err(self.invalid_key().because(anyhow::Error::msg(reason))),
        }
    }

    fn invalid_key(&self) -> Error {
        fail!(Store, "store-key-invalid", path = self.key_file.display())
    }

    /// Makes the key file, or takes the one that another process made at the same time.
    fn make_key(&self) -> Result<Vec<Identity>> {
        let failed = || fail!(Store, "store-key-unwritable", path = self.key_file.display());
        let identity = Identity::generate();
        let text = key_text(&identity);
        let bytes = match &self.passphrase {
            None => text,
            Some(passphrase) => {
                let mut recipient = scrypt::Recipient::new(passphrase.clone());
                if let Some(work_factor) = self.work_factor {
                    recipient.set_work_factor(work_factor);
                }
                Zeroizing::new(encrypt([&recipient as _], &text).map_err(|error| failed().because(error))?)
            }
        };
        if files::create_atomically(&self.key_file, &bytes).map_err(|error| failed().because(error))? {
            return Ok(vec![identity]);
        }
        let kept = self.key_bytes()?.ok_or_else(failed)?;
        self.unwrap(&kept)
    }
}

impl SecretStore for FileStore {
    fn read(&self, key: &Key) -> Result<Option<SecretSlice<u8>>> {
        let path = self.path(key);
        let bytes = files::read_if_there(&path)
            .map_err(|error| fail!(Store, "store-file-unreadable", path = path.display()).because(error))?;
        let Some(bytes) = bytes else { return Ok(None) };
        let identities = self.identities(false)?.iter().map(|identity| identity as _);
        let plain = decrypt(&bytes, identities).map_err(|error| match error {
            DecryptError::NoMatchingKeys => {
                let key_file = self.key_file.display();
                fail!(Store, "store-file-wrong-key", path = path.display(), key = key_file)
            }
            error => fail!(Store, "store-file-damaged", path = path.display()).because(error),
        })?;
        envelope::open(key, &[envelope::secret(&plain)]).map(Some).map_err(|flaw| match flaw {
            Flaw::Foreign(other) => {
                fail!(Store, "store-file-foreign", path = path.display(), other = other)
            }
            Flaw::Damaged | Flaw::TooLarge => fail!(Store, "store-file-damaged", path = path.display()),
        })
    }

    fn write(&self, key: &Key, secret: &SecretSlice<u8>) -> Result<()> {
        let path = self.path(key);
        let failed = || fail!(Store, "store-file-unwritable", path = path.display());
        let recipient = self.identities(true)?[0].to_public();
        let pieces = envelope::seal(key, secret.expose_secret(), None).map_err(|_| failed())?;
        let bytes =
            encrypt([&recipient as _], pieces[0].expose_secret()).map_err(|error| failed().because(error))?;
        files::write_atomically(&path, &bytes).map_err(|error| failed().because(error))
    }

    fn delete(&self, key: &Key) -> Result<()> {
        let path = self.path(key);
        files::remove_durably(&path)
            .map_err(|error| fail!(Store, "store-file-unwritable", path = path.display()).because(error))?;
        // Goes only when it is empty; another generation keeps it, and that is no error.
        let _ = path.parent().map(fs::remove_dir);
        Ok(())
    }

    fn probe(&self, size: usize, _interactive: bool) -> Result<()> {
        let (key, secret) = throwaway(size);
        let back = self.write(&key, &secret).and_then(|()| self.read(&key));
        // What was not written has a folder all the same.
        let gone = self.delete(&key);
        let back = back?;
        gone?;
        if same(&secret, back.as_ref()) { Ok(()) } else { Err(fail!(Store, "store-forgets")) }
    }
}

/// Whether a key file is wrapped by a passphrase.
pub(super) fn is_wrapped(key_file: &Path) -> bool {
    let mut head = [0; AGE_MAGIC.len()];
    let read = files::open_plain(key_file).and_then(|mut file| file.read_exact(&mut head));
    read.is_ok() && head == AGE_MAGIC
}

/// Whether anything lies below the store's folder. What cannot be read counts as nothing: the
/// write that follows says why.
fn holds_secrets(folder: &Path) -> bool {
    let entries = |path: &Path| fs::read_dir(path).into_iter().flatten().flatten();
    entries(folder).any(|owner| entries(&owner.path()).next().is_some())
}

/// An identity file as `age-keygen` writes it, so that age's own tools read it.
fn key_text(identity: &Identity) -> Zeroizing<Vec<u8>> {
    let secret = identity.to_string();
    let head = format!("# public key: {}\n", identity.to_public());
    let mut text = Zeroizing::new(Vec::with_capacity(head.len() + secret.expose_secret().len() + 1));
    text.extend_from_slice(head.as_bytes());
    text.extend_from_slice(secret.expose_secret().as_bytes());
    text.push(b'\n');
    text
}

pub(super) fn encrypt<'a>(
    recipients: impl IntoIterator<Item = &'a dyn age::Recipient>,
    plain: &[u8],
) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut writer = Encryptor::with_recipients(recipients.into_iter())?.wrap_output(&mut bytes)?;
    writer.write_all(plain)?;
    writer.finish()?;
    Ok(bytes)
}

pub(super) fn decrypt<'a>(
    bytes: &[u8],
    identities: impl Iterator<Item = &'a dyn age::Identity>,
) -> Result<Zeroizing<Vec<u8>>, DecryptError> {
    let mut reader = Decryptor::new_buffered(bytes)?.decrypt(identities)?;
    // Never grows: the plain text is shorter than its file, and growing leaves copies behind.
    let mut plain = Zeroizing::new(Vec::with_capacity(bytes.len()));
    reader.read_to_end(&mut plain)?;
    Ok(plain)
}

#[cfg(test)]
mod tests;
