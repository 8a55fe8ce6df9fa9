//! Secrets that leave this machine: an age file for a passphrase, or for whoever holds an identity.
//!
//! Any age program opens it. A byte that is changed anywhere is noticed: the header carries a MAC, and
//! each chunk of what follows is authenticated.

use std::io::ErrorKind;
use std::path::Path;

pub use age::x25519::Recipient;
use age::{DecryptError, Decryptor, IdentityFile, scrypt};
use secrecy::SecretString;
use zeroize::Zeroizing;

use super::file::{decrypt, encrypt};
use crate::error::{Error, Result};
use crate::fail;

/// How every age file begins.
const MAGIC: &[u8] = b"age-encryption.org/";

/// Who can open it.
pub enum Audience {
    /// Whoever knows this.
    Passphrase(SecretString),
    /// Whoever holds an identity of one of these; never empty.
    Recipients(Vec<Recipient>),
}

/// What opens it.
pub enum Opener<'a> {
    /// The passphrase it was sealed with.
    Passphrase(SecretString),
    /// A file with identities, as `age-keygen` writes it.
    Identities(&'a Path),
}

/// Encrypts `plain` for `audience`. A passphrase takes a second of scrypt on purpose.
pub fn seal(plain: &[u8], audience: &Audience) -> Result<Vec<u8>> {
    let sealed = match audience {
        Audience::Passphrase(passphrase) => {
            encrypt([&scrypt::Recipient::new(passphrase.clone()) as _], plain)
        }
        Audience::Recipients(recipients) => encrypt(recipients.iter().map(|recipient| recipient as _), plain),
    };
    sealed.map_err(|error| fail!(Internal, "bundle-unsealed").because(error))
}

/// Whether these bytes claim to be sealed.
pub fn is_sealed(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// Whether a passphrase opens it. Kind `configuration` for what is no whole age header.
pub fn takes_passphrase(bytes: &[u8]) -> Result<bool> {
    Decryptor::new_buffered(bytes).map(|sealed| sealed.is_scrypt()).map_err(unopened)
}

/// What was sealed. Kind `configuration` when `opener` does not open it, or any byte differs.
pub fn open(bytes: &[u8], opener: Opener) -> Result<Zeroizing<Vec<u8>>> {
    match opener {
        Opener::Passphrase(passphrase) => {
            decrypt(bytes, std::iter::once(&scrypt::Identity::new(passphrase) as _)).map_err(unopened)
        }
        Opener::Identities(path) => {
            let unfit = || fail!(Configuration, "identity-unfit", path = path.display());
            let file = IdentityFile::from_file(path.display().to_string()).map_err(|error| {
                match error.kind() {
                    ErrorKind::InvalidData => unfit(),
                    _ => fail!(Configuration, "file-unreadable", path = path.display()),
                }
                .because(error)
            })?;
            let identities = file.into_identities().map_err(|error| unfit().because(error))?;
            decrypt(bytes, identities.iter().map(|identity| identity.as_ref() as _)).map_err(unopened)
        }
    }
}

fn unopened(error: DecryptError) -> Error {
    fail!(Configuration, "bundle-unopened").because(error)
}

#[cfg(test)]
mod tests {
    use age::x25519::Identity;
    use secrecy::ExposeSecret;

    use super::*;
    use crate::error::Kind;

    /// A sealed file, and a file with the identity that opens it.
    fn sealed(plain: &[u8]) -> (Vec<u8>, tempfile::NamedTempFile) {
        let identity = Identity::generate();
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), identity.to_string().expose_secret()).unwrap();
        (seal(plain, &Audience::Recipients(vec![identity.to_public()])).unwrap(), file)
    }

    #[test]
    fn only_its_audience_opens_it() {
        let (bytes, own) = sealed(b"hush");
        let (_, other) = sealed(b"");
        assert!(is_sealed(&bytes) && !takes_passphrase(&bytes).unwrap());
        assert_eq!(open(&bytes, Opener::Identities(own.path())).unwrap().as_slice(), b"hush");
        let wrong = [Opener::Identities(other.path()), Opener::Passphrase(SecretString::from("hush"))];
        for opener in wrong {
            assert_eq!(open(&bytes, opener).unwrap_err().kind, Kind::Configuration);
        }
        let absent = open(&bytes, Opener::Identities(Path::new("/nowhere/key"))).unwrap_err();
        assert!(absent.message.contains("cannot read /nowhere/key"), "{absent}");
        std::fs::write(other.path(), "ssh-ed25519 AAAA").unwrap();
        let unfit = open(&bytes, Opener::Identities(other.path())).unwrap_err();
        assert!(unfit.message.contains("no age identity"), "{unfit}");
    }

    #[test]
    fn every_cut_and_every_changed_bit_is_noticed() {
        let (whole, own) = sealed(b"a few secrets");
        let opens = |bytes: &[u8]| open(bytes, Opener::Identities(own.path())).is_ok();
        assert!(opens(&whole));
        for place in 0..whole.len() {
            assert!(!opens(&whole[..place]), "cut at {place}");
            for bit in 0..8 {
                let mut changed = whole.clone();
                changed[place] ^= 1 << bit;
                assert!(!opens(&changed), "bit {bit} of byte {place}");
            }
        }
        assert!(!opens(&[&whole[..], b"x"].concat()), "something follows");
    }
}
