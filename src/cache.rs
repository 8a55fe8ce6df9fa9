//! Access tokens at hand: sealed beside the records, so that a valid one is handed out without its
//! store, its definition or a lock.
//!
//! One random key per home lies in the kernel's keyring ([`kernel`]) and nowhere on a disk; what it
//! sealed is worth nothing after a restart, on another machine, or to another user. Each entry is
//! bound to what it was made from: a profile, the token set in force, and the definition. Whatever
//! else is found in its place counts as nothing.
//!
//! Nothing here ever fails: whoever finds nothing asks the store.

#[cfg_attr(not(target_os = "linux"), path = "cache/no_kernel.rs")]
mod kernel;

use std::path::PathBuf;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::config::Home;
use crate::error::Result;
use crate::fail;
use crate::files::{identity, read_small, write_lightly};
use crate::model::{Profile, Record, Span};
use crate::moment::Life;
use crate::oauth::pkce::fingerprint;

/// As the cipher takes it: long enough to be drawn at random for each entry.
const NONCE: usize = 24;

/// The longest entry there is: a few times the longest token set.
const LONGEST: usize = 64 * 1024;

/// A key, in the size of the cipher's.
type Key = Zeroizing<[u8; 32]>;

/// Where an entry is kept, and what it is bound to.
pub struct Slot {
    file: String,
    made_from: String,
}

impl Slot {
    /// The one of a shop: for the token of the set that `record` names, made with what has this `stamp`.
    pub fn of_shop(record: &Record, stamp: &str) -> Self {
        // A profile that a person put back counts its generations from the beginning.
        let Record { uuid, generation, last_refreshed_at, .. } = record;
        let made_from = format!("{uuid}/{generation} {last_refreshed_at} {stamp}");
        Self { file: uuid.to_string(), made_from }
    }

    /// The one of an app's own token for `scope`, made with what has this `stamp`. Shops that have the
    /// app, the environment and the region in common have it in common.
    pub fn of_app(profile: &Profile, scope: &str, stamp: &str) -> Self {
        let Profile { marketplace, environment, region, app, .. } = profile;
        let place = format!("{:?}", (marketplace, environment, region, app, scope));
        let name = fingerprint(&SecretString::from(place.as_str()));
        Self { file: format!("app-{}", &name[..32]), made_from: format!("{place} {stamp}") }
    }

    /// The one of a login to a vault: for the token of whoever is `who` at `place`.
    pub fn of_login(place: &str, who: &str) -> Self {
        let made_from = format!("{place} {who}");
        let name = fingerprint(&SecretString::from(made_from.as_str()));
        Self { file: format!("vault-{}", &name[..32]), made_from }
    }

    /// Its name among all files of a home.
    pub fn name(&self) -> &str {
        &self.file
    }
}

/// What is kept at hand.
#[derive(Debug)]
pub struct Entry {
    /// The access token.
    pub access_token: SecretString,
    /// The header lines of an API request.
    pub headers: Vec<SecretString>,
    /// The client secret that they show.
    pub shown: Option<Shown>,
    /// The least life it is handed out with when nobody says otherwise.
    pub min_validity: Span,
    /// How long it lives.
    pub life: Life,
}

/// Which client secret header lines show: they are worth nothing once it was replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The app's.
    pub app: Uuid,
    /// What tells the record of the secret in force from those before.
    pub stamp: String,
}

/// An entry as it is sealed. Borrowed texts are copied once, and wiped.
#[derive(Serialize, Deserialize)]
struct Kept {
    access_token: Zeroizing<String>,
    headers: Vec<Zeroizing<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    shown: Option<Shown>,
    min_validity: u64,
    life: Life,
}

/// What is kept in a slot.
pub fn get(home: &Home, slot: &Slot) -> Option<Entry> {
    if !home.caches() {
        return None;
    }
    let sealed = read_small(&file(home, slot), LONGEST)?;
    let bound_to = bound_to(slot, &identity(home.state_folder())?);
    let key = kernel::find(&home.state_folder().canonicalize().ok()?)?;
    let bytes = open(&key, &sealed, &bound_to)?;
    let kept: Kept = serde_json::from_slice(&bytes).ok()?;
    let secret = |text: &Zeroizing<String>| SecretString::from(text.as_str());
    Some(Entry {
        access_token: secret(&kept.access_token),
        headers: kept.headers.iter().map(secret).collect(),
        shown: kept.shown,
        min_validity: Span::seconds(kept.min_validity),
        life: kept.life,
    })
}

/// Keeps an entry, if that is wished and possible.
pub fn put(home: &Home, slot: &Slot, entry: &Entry) {
    let keep = || {
        let key = kernel::find_or_make(&home.state_folder().canonicalize().ok()?)?;
        let plain = |secret: &SecretString| Zeroizing::new(secret.expose_secret().to_owned());
        let kept = Kept {
            access_token: plain(&entry.access_token),
            headers: entry.headers.iter().map(plain).collect(),
            shown: entry.shown.clone(),
            min_validity: entry.min_validity.as_secs(),
            life: entry.life,
        };
        // A buffer that grows would leave parts of the token behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST));
        serde_json::to_writer(&mut *bytes, &kept).expect("texts are always JSON");
        let bound_to = bound_to(slot, &identity(home.state_folder())?);
        let sealed = seal(&key, &bytes, &bound_to)?;
        write_lightly(&file(home, slot), &sealed).ok()
    };
    if home.caches() && keep().is_none() {
        log::debug!("the token is not kept at hand: no key of the kernel's, or no room");
    }
}

/// Makes a profile's entry worthless, even if it comes back from a backup together with the record: only
/// the key cannot. The other shops of this home are at hand again once each was asked for.
pub fn forget(home: &Home, record: &Record) {
    // Where nothing was ever kept the kernel is not asked: some services end for asking.
    if cache_folder(home).exists()
        && let Some(folder) = home.state_folder().canonicalize().ok()
        && let Err(error) = kernel::remove(&folder)
    {
        log::info!("the kernel keeps the key of the tokens at hand: {error}");
    }
    let _ = std::fs::remove_file(file_of(home, record.uuid));
}

/// Makes all entries of this home worthless, whoever may have copied them. Removes them too.
///
/// Kind `store` when the kernel keeps the key, or the files cannot be removed.
pub fn lock(home: &Home) -> Result<()> {
    let Ok(folder) = home.state_folder().canonicalize() else { return Ok(()) };
    kernel::remove(&folder).map_err(|error| fail!(Store, "cache-key-kept").because(error))?;
    match std::fs::remove_dir_all(cache_folder(home)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(fail!(Store, "cache-kept", path = cache_folder(home).display()).because(error))
        }
        _ => Ok(()),
    }
}

fn cache_folder(home: &Home) -> PathBuf {
    home.state_folder().join("cache")
}

/// The file of a profile's entry.
pub fn file_of(home: &Home, uuid: Uuid) -> PathBuf {
    cache_folder(home).join(uuid.to_string())
}

fn file(home: &Home, slot: &Slot) -> PathBuf {
    cache_folder(home).join(&slot.file)
}

/// What an entry is good for; anything else does not open it. `place`: which folder it is kept in, for a
/// copy may stand under the same path, in a container for instance.
fn bound_to(slot: &Slot, place: &str) -> String {
    format!("sellauth cache 2 {place} {}", slot.made_from)
}

/// The nonce, then the ciphertext. `None` where there is no randomness.
fn seal(key: &Key, bytes: &[u8], bound_to: &str) -> Option<Vec<u8>> {
    let mut nonce = [0; NONCE];
    getrandom::fill(&mut nonce).ok()?;
    let payload = Payload { msg: bytes, aad: bound_to.as_bytes() };
    let sealed = cipher(key).encrypt(XNonce::from_slice(&nonce), payload).ok()?;
    Some([nonce.as_slice(), &sealed].concat())
}

/// `None` for anything but what [`seal`] made with the same key and for the same purpose.
fn open(key: &Key, sealed: &[u8], bound_to: &str) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
    let payload = Payload { msg: sealed, aad: bound_to.as_bytes() };
    cipher(key).decrypt(XNonce::from_slice(nonce), payload).ok().map(Zeroizing::new)
}

fn cipher(key: &Key) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(key.as_slice().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUND: &str = "one purpose";

    fn key(byte: u8) -> Key {
        Zeroizing::new([byte; 32])
    }

    #[test]
    fn what_was_sealed_opens_with_its_key_and_purpose_only() {
        let sealed = seal(&key(1), b"hush", BOUND).unwrap();
        assert!(!sealed.windows(4).any(|window| window == b"hush"));
        assert_eq!(open(&key(1), &sealed, BOUND).unwrap().as_slice(), b"hush");
        assert!(open(&key(2), &sealed, BOUND).is_none());
        assert!(open(&key(1), &sealed, "another purpose").is_none());
        assert_ne!(seal(&key(1), b"hush", BOUND).unwrap(), sealed, "a nonce is used once");
    }

    #[test]
    fn an_entry_is_bound_to_all_it_was_made_from() {
        let record = crate::connection::fixtures::record();
        let bound_to = |record: &Record, stamp, place| bound_to(&Slot::of_shop(record, stamp), place);
        let expected = bound_to(&record, "stamp", "place");
        assert_eq!(bound_to(&Record { secrets_missing: true, ..record.clone() }, "stamp", "place"), expected);
        let others = [
            Record { uuid: Uuid::from_u128(7), ..record.clone() },
            Record { generation: record.generation + 1, ..record.clone() },
            Record { last_refreshed_at: jiff::Timestamp::MAX, ..record.clone() },
        ];
        for other in others {
            assert_ne!(bound_to(&other, "stamp", "place"), expected);
        }
        assert_ne!(bound_to(&record, "another", "place"), expected);
        assert_ne!(bound_to(&record, "stamp", "another"), expected);
    }

    #[test]
    fn an_apps_token_is_bound_to_its_scope_and_place() {
        let profile = crate::connection::fixtures::connection("amazon").profile;
        let slot = |profile: &Profile, scope| Slot::of_app(profile, scope, "stamp");
        let own = slot(&profile, "a");
        let namesake = Profile { uuid: Uuid::from_u128(7), ..profile.clone() };
        assert_eq!(slot(&namesake, "a").file, own.file, "shops of an app share it");
        let others = [
            slot(&profile, "b"),
            slot(&Profile { app: "other".to_owned(), ..profile.clone() }, "a"),
            slot(&Profile { region: Some("other".to_owned()), ..profile.clone() }, "a"),
            slot(&Profile { environment: "sandbox".to_owned(), ..profile.clone() }, "a"),
        ];
        for other in others {
            assert_ne!(other.file, own.file);
            assert_ne!(other.made_from, own.made_from);
        }
        assert_ne!(Slot::of_app(&profile, "a", "another").made_from, own.made_from);
    }

    #[test]
    fn a_damaged_entry_is_none() {
        let sealed = seal(&key(1), b"hush", BOUND).unwrap();
        for length in 0..sealed.len() {
            assert!(open(&key(1), &sealed[..length], BOUND).is_none(), "{length} bytes");
        }
        for place in 0..sealed.len() {
            let mut other = sealed.clone();
            other[place] ^= 1;
            assert!(open(&key(1), &other, BOUND).is_none(), "byte {place}");
        }
        assert!(open(&key(1), &[sealed.as_slice(), b"x"].concat(), BOUND).is_none());
    }
}
