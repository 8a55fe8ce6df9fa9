//! The last resort for a token set whose store failed after the marketplace had replaced the old
//! one: a file that has its place on the disk before anything is sent.
//!
//! What is in it can be read only with the token set it follows, which is still in the store: each
//! set carries an age identity for that. So a copied spill file is worth nothing without the store.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use age::x25519::Identity;
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::file::{decrypt, encrypt};
use crate::error::{Error, Result};
use crate::{fail, files};

/// Room for the largest token set, its envelope, and a length before them.
const SIZE: usize = 16 * 1024;

/// Bytes of the length; zero when nothing is spilled.
const HEAD: usize = 4;

/// A new identity, to be kept with a token set.
pub fn identity() -> SecretString {
    SecretString::from(Identity::generate().to_string().expose_secret().to_owned())
}

/// The file of one profile.
pub struct Spill {
    path: PathBuf,
}

impl Spill {
    /// The file of `uuid` below the folder of the program's own records.
    pub fn of(state_folder: &Path, uuid: Uuid) -> Self {
        Self { path: state_folder.join("spill").join(uuid.to_string()) }
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Makes sure that there is room on the disk, whatever else fills it from now on.
    pub fn reserve(&self) -> Result<()> {
        // One that is there and of full size has its place already.
        let there = fs::metadata(&self.path).is_ok_and(|file| file.len() == SIZE as u64)
            && OpenOptions::new().write(true).open(&self.path).is_ok();
        match there {
            true => Ok(()),
            false => {
                files::write_atomically(&self.path, &[0; SIZE]).map_err(|error| self.unwritable(error.into()))
            }
        }
    }

    /// Spills `bytes`, readable with `identity` only. Needs no room but the reserved one.
    pub fn write(&self, identity: &SecretString, bytes: &SecretSlice<u8>) -> Result<()> {
        let sealed = seal(identity, bytes.expose_secret()).map_err(|error| self.unwritable(error))?;
        self.overwrite(&sealed).map_err(|error| self.unwritable(error.into()))
    }

    /// What was spilled for the token set that carries `identity`; `None` for anything else.
    pub fn read(&self, identity: &SecretString) -> Option<SecretSlice<u8>> {
        let block = Zeroizing::new(files::read_plain(&self.path).ok()?);
        let (head, rest) = block.split_at_checked(HEAD)?;
        let length = usize::try_from(u32::from_le_bytes(head.try_into().ok()?)).ok()?;
        unseal(identity, rest.get(..length).filter(|sealed| !sealed.is_empty())?)
    }

    /// Whether nothing is spilled, or nothing can be found.
    pub fn is_empty(&self) -> bool {
        files::read_plain(&self.path).map_or(true, |block| block.starts_with(&[0; HEAD]))
    }

    /// Empties the file, and keeps its place.
    pub fn clear(&self) {
        if !self.is_empty()
            && let Err(error) = self.overwrite(&[])
        {
            // It is readable only with a token set that is no longer in the store.
            log::info!("a spill file was left: {error}");
        }
    }

    /// Removes the file, with its profile.
    pub fn remove(&self) {
        if let Err(error) = files::remove_durably(&self.path) {
            log::info!("a spill file was left: {error}");
        }
    }

    /// Writes over what is there, without giving up its place.
    fn overwrite(&self, sealed: &[u8]) -> io::Result<()> {
        let mut block = vec![0; SIZE];
        let length = u32::try_from(sealed.len()).map_err(io::Error::other)?;
        block[..HEAD].copy_from_slice(&length.to_le_bytes());
        block[HEAD..HEAD + sealed.len()].copy_from_slice(sealed);
        let mut file = OpenOptions::new().write(true).open(&self.path)?;
        file.write_all(&block)?;
        file.sync_all()
    }

    fn unwritable(&self, error: anyhow::Error) -> Error {
        fail!(Store, "spill-unwritable", path = self.path.display()).because(error)
    }
}

fn seal(identity: &SecretString, plain: &[u8]) -> anyhow::Result<Vec<u8>> {
    let identity: Identity = identity.expose_secret().parse().map_err(anyhow::Error::msg)?;
    let sealed = encrypt([&identity.to_public() as _], plain)?;
    anyhow::ensure!(sealed.len() <= SIZE - HEAD, "{} bytes", sealed.len());
    Ok(sealed)
}

fn unseal(identity: &SecretString, sealed: &[u8]) -> Option<SecretSlice<u8>> {
    let identity: Identity = identity.expose_secret().parse().ok()?;
    let plain = decrypt(sealed, std::iter::once(&identity as _)).ok()?;
    Some(SecretSlice::from(plain.to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

    fn bytes(text: &str) -> SecretSlice<u8> {
        SecretSlice::from(text.as_bytes().to_vec())
    }

    fn read(spill: &Spill, identity: &SecretString) -> Option<Vec<u8>> {
        spill.read(identity).map(|bytes| bytes.expose_secret().to_vec())
    }

    #[test]
    fn what_is_spilled_comes_back_to_its_own_set_only() {
        let home = tempfile::tempdir().unwrap();
        let spill = Spill::of(home.path(), Uuid::nil());
        let (own, other) = (identity(), identity());
        assert_eq!(read(&spill, &own), None);
        spill.reserve().unwrap();
        assert_eq!(read(&spill, &own), None);
        spill.write(&own, &bytes("tokens")).unwrap();
        assert_eq!(read(&spill, &own).as_deref(), Some(&b"tokens"[..]));
        assert_eq!(read(&spill, &other), None);
        // Reserving again takes nothing away.
        spill.reserve().unwrap();
        assert_eq!(read(&spill, &own).as_deref(), Some(&b"tokens"[..]));
        spill.clear();
        assert_eq!(read(&spill, &own), None);
        assert_eq!(fs::metadata(&spill.path).unwrap().len(), SIZE as u64);
    }

    #[test]
    fn a_torn_or_foreign_file_is_nothing() {
        let home = tempfile::tempdir().unwrap();
        let spill = Spill::of(home.path(), Uuid::nil());
        let own = identity();
        spill.reserve().unwrap();
        spill.write(&own, &bytes("tokens")).unwrap();
        let whole = fs::read(&spill.path).unwrap();
        assert!(!whole.windows(6).any(|window| window == b"tokens"));
        for torn in [&whole[..2], &whole[..HEAD], &whole[..HEAD + 40], &[0xff; 64][..]] {
            fs::write(&spill.path, torn).unwrap();
            assert_eq!(read(&spill, &own), None);
        }
    }

    #[test]
    fn what_is_too_large_is_not_torn_apart() {
        let home = tempfile::tempdir().unwrap();
        let spill = Spill::of(home.path(), Uuid::nil());
        spill.reserve().unwrap();
        let error = spill.write(&identity(), &bytes(&"x".repeat(SIZE))).unwrap_err();
        assert_eq!(error.kind, Kind::Store);
        assert!(fs::read(&spill.path).unwrap().iter().all(|byte| *byte == 0));
    }
}
