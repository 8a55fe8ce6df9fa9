//! The file store as it lies on the disk.

use tempfile::TempDir;
use uuid::Uuid;

use super::*;
use crate::error::Kind;

/// The least scrypt allows: a second in a test build otherwise.
const WEAK: Option<u8> = Some(2);

struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn place(&self) -> Place {
        Place {
            folder: self.path("store"),
            key_file: None,
            credential: Some(self.path("credentials/sellauth")),
            default_key_file: self.path("key.txt"),
            passphrase: None,
            ask_passphrase: None,
        }
    }

    fn store(&self) -> FileStore {
        FileStore::new(&self.place(), WEAK).unwrap()
    }

    fn protected(&self, passphrase: &str) -> FileStore {
        let place = Place { passphrase: Some(passphrase.into()), ..self.place() };
        FileStore::new(&place, WEAK).unwrap()
    }
}

fn key(generation: u64) -> Key {
    Key { owner: Uuid::from_u128(7), generation }
}

fn secret(text: &str) -> SecretSlice<u8> {
    envelope::secret(text.as_bytes())
}

fn read(store: &FileStore, generation: u64) -> Option<String> {
    let found = store.read(&key(generation)).unwrap()?;
    Some(String::from_utf8(found.expose_secret().to_vec()).unwrap())
}

/// The message of a read that fails, which must be of kind `store` and give a hint.
fn complaint(store: &FileStore, generation: u64) -> String {
    told(store.read(&key(generation)).unwrap_err())
}

fn told(error: Error) -> String {
    assert_eq!(error.kind, Kind::Store);
    assert!(error.hint.is_some(), "{}", error.message);
    error.message
}

#[test]
fn what_is_written_comes_back_in_another_process() {
    let home = Home::new();
    home.store().write(&key(1), &secret("one")).unwrap();
    home.store().write(&key(2), &secret("two")).unwrap();
    assert_eq!(read(&home.store(), 1).as_deref(), Some("one"));
    assert_eq!(read(&home.store(), 2).as_deref(), Some("two"));
    assert_eq!(read(&home.store(), 3), None);
    let large = "x".repeat(200_000);
    home.store().write(&key(3), &secret(&large)).unwrap();
    assert_eq!(read(&home.store(), 3), Some(large));
}

#[test]
fn a_write_replaces_and_a_delete_removes() {
    let home = Home::new();
    let store = home.store();
    store.write(&key(1), &secret("one")).unwrap();
    store.write(&key(1), &secret("again")).unwrap();
    store.write(&key(2), &secret("two")).unwrap();
    assert_eq!(read(&store, 1).as_deref(), Some("again"));
    store.delete(&key(1)).unwrap();
    store.delete(&key(1)).unwrap();
    assert_eq!((read(&store, 1), read(&store, 2).as_deref()), (None, Some("two")));
    store.delete(&key(2)).unwrap();
    assert_eq!(fs::read_dir(home.path("store")).unwrap().count(), 0);
}

#[test]
fn nothing_is_readable_without_the_key() {
    let home = Home::new();
    home.store().write(&key(1), &secret("tell-tale")).unwrap();
    let bytes = fs::read(home.store().path(&key(1))).unwrap();
    assert!(!bytes.windows(9).any(|window| window == b"tell-tale"));
}

#[test]
#[cfg(unix)]
fn everything_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    let store = home.store();
    store.write(&key(1), &secret("one")).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let file = store.path(&key(1));
    assert_eq!((mode(&file), mode(&home.path("key.txt"))), (0o600, 0o600));
    assert_eq!((mode(file.parent().unwrap()), mode(&home.path("store"))), (0o700, 0o700));
}

#[test]
fn reading_makes_no_key() {
    let home = Home::new();
    assert_eq!(read(&home.store(), 1), None);
    assert!(!home.path("key.txt").exists());
}

#[test]
fn another_key_is_named_and_nothing_deleted() {
    let home = Home::new();
    home.store().write(&key(1), &secret("one")).unwrap();
    let old = fs::read(home.path("key.txt")).unwrap();
    fs::write(home.path("key.txt"), &*key_text(&Identity::generate())).unwrap();
    assert!(complaint(&home.store(), 1).contains("encrypted to another key"));
    fs::write(home.path("key.txt"), old).unwrap();
    assert_eq!(read(&home.store(), 1).as_deref(), Some("one"));
}

#[test]
fn a_new_key_above_the_old_one_reads_both() {
    let home = Home::new();
    home.store().write(&key(1), &secret("one")).unwrap();
    let mut keys = key_text(&Identity::generate()).to_vec();
    keys.extend(fs::read(home.path("key.txt")).unwrap());
    fs::write(home.path("key.txt"), keys).unwrap();
    home.store().write(&key(2), &secret("two")).unwrap();
    assert_eq!(read(&home.store(), 1).as_deref(), Some("one"));
    assert_eq!(read(&home.store(), 2).as_deref(), Some("two"));
}

#[test]
fn a_lost_key_is_not_replaced_silently() {
    let home = Home::new();
    home.store().write(&key(1), &secret("one")).unwrap();
    fs::remove_file(home.path("key.txt")).unwrap();
    assert!(complaint(&home.store(), 1).contains("is gone"));
    assert!(told(home.store().write(&key(2), &secret("two")).unwrap_err()).contains("is gone"));
    assert!(!home.path("key.txt").exists());
}

#[test]
fn every_truncation_is_noticed() {
    let home = Home::new();
    let store = home.store();
    store.write(&key(1), &secret("one")).unwrap();
    let whole = fs::read(store.path(&key(1))).unwrap();
    for length in 0..whole.len() {
        fs::write(store.path(&key(1)), &whole[..length]).unwrap();
        assert!(complaint(&store, 1).contains("damaged"), "cut at {length}");
    }
    assert!(store.path(&key(1)).exists());
}

#[test]
fn swapped_files_are_noticed() {
    let home = Home::new();
    let store = home.store();
    store.write(&key(1), &secret("one")).unwrap();
    fs::copy(store.path(&key(1)), store.path(&key(2))).unwrap();
    assert!(complaint(&store, 2).contains(&key(1).to_string()));
}

#[test]
fn a_foreign_age_file_is_damaged_to_us() {
    let home = Home::new();
    let store = home.store();
    store.write(&key(1), &secret("one")).unwrap();
    let recipient = store.identities(false).unwrap()[0].to_public();
    fs::write(store.path(&key(1)), encrypt([&recipient as _], b"not ours").unwrap()).unwrap();
    assert!(complaint(&store, 1).contains("damaged"));
}

#[test]
fn a_passphrase_wraps_the_key() {
    let home = Home::new();
    home.protected("correct horse").write(&key(1), &secret("one")).unwrap();
    assert!(fs::read(home.path("key.txt")).unwrap().starts_with(AGE_MAGIC));
    assert_eq!(read(&home.protected("correct horse"), 1).as_deref(), Some("one"));
    assert!(complaint(&home.protected("wrong"), 1).contains("passphrase does not open"));
    assert!(complaint(&home.store(), 1).contains("protected by a passphrase"));
    let asking = Place { ask_passphrase: Some(|| Ok("correct horse".into())), ..home.place() };
    assert_eq!(read(&FileStore::new(&asking, WEAK).unwrap(), 1).as_deref(), Some("one"));
}

#[test]
fn a_passphrase_over_a_plain_key_is_refused() {
    let home = Home::new();
    home.store().write(&key(1), &secret("one")).unwrap();
    assert!(complaint(&home.protected("correct horse"), 1).contains("not protected"));
}

#[test]
fn a_named_key_comes_before_the_credential_and_that_before_the_default() {
    let home = Home::new();
    for name in ["named.txt", "credentials/sellauth"] {
        files::write_atomically(&home.path(name), &key_text(&Identity::generate())).unwrap();
    }
    let named = Place { key_file: Some(home.path("named.txt")), ..home.place() };
    let chosen = |place: &Place| FileStore::new(place, WEAK).unwrap().key_file;
    assert_eq!(chosen(&named), home.path("named.txt"));
    assert_eq!(chosen(&home.place()), home.path("credentials/sellauth"));
    fs::remove_dir_all(home.path("credentials")).unwrap();
    assert_eq!(chosen(&home.place()), home.path("key.txt"));
    fs::remove_file(home.path("named.txt")).unwrap();
    assert!(told(FileStore::new(&named, WEAK).err().unwrap()).contains("does not exist"));
}

#[test]
fn a_key_file_without_a_key_is_named() {
    let home = Home::new();
    home.store().write(&key(1), &secret("one")).unwrap();
    for content in ["", "# public key: age1\n", "AGE-SECRET-KEY-1NONSENSE\n", "\u{0}"] {
        fs::write(home.path("key.txt"), content).unwrap();
        assert!(complaint(&home.store(), 1).contains("no age identity"), "{content:?}");
    }
}

#[test]
fn many_first_uses_agree_on_one_key() {
    let home = Home::new();
    std::thread::scope(|scope| {
        for generation in 0..8 {
            let store = home.store();
            scope.spawn(move || store.write(&key(generation), &secret("same")).unwrap());
        }
    });
    for generation in 0..8 {
        assert_eq!(read(&home.store(), generation).as_deref(), Some("same"));
    }
}

#[test]
fn a_probe_leaves_nothing() {
    let home = Home::new();
    home.store().probe(4_000, false).unwrap();
    assert_eq!(fs::read_dir(home.path("store")).unwrap().count(), 0);
    fs::remove_dir(home.path("store")).unwrap();
    fs::write(home.path("store"), "in the way").unwrap();
    assert!(told(home.store().probe(4_000, false).unwrap_err()).contains("cannot write"));
}
