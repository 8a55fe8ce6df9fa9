//! The stores: whether each takes a secret and gives it back, and whether those of the shops are there.

use std::time::{Duration, Instant};

use crate::config::Home;
use crate::error::Error;
use crate::store::{self, Key, SecretStore, StoreKind};
use crate::{fail, text};

use super::finding::Finding;
use super::shops::Inventory;

/// What a probe entry has, in bytes: room for every token set, for the largest known, and for more
/// than any.
const SIZES: [usize; 3] = [4 * 1024, 16 * 1024, 64 * 1024];

/// A secret that should be there, and whose it is.
pub struct Wanted {
    name: String,
    is_app: bool,
    key: Key,
}

impl Inventory {
    /// The secrets that the records promise to be in a store.
    pub fn wanted(&self, kind: StoreKind) -> Vec<Wanted> {
        let of_shop = |shop: &crate::connection::Connection| {
            // What is known to be lost is told with its shop.
            let record =
                shop.record.as_ref().filter(|record| record.store == kind && !record.secrets_missing)?;
            let key = Key { owner: record.uuid, generation: record.generation };
            Some(Wanted { name: shop.name.clone(), is_app: false, key })
        };
        let apps = self.apps.iter().filter_map(|(name, _, record)| {
            let record = record.as_ref().filter(|record| record.store == kind)?;
            let key = Key { owner: record.uuid, generation: record.generation };
            Some(Wanted { name: name.clone(), is_app: true, key })
        });
        self.shops.iter().filter_map(of_shop).chain(apps).collect()
    }
}

/// How a store did.
struct Trial {
    took: Duration,
    /// The largest secret it took, in bytes.
    largest: Result<usize, Error>,
}

/// Tries a store, if it is in use or the default.
pub fn check(home: &Home, inventory: &Inventory, kind: StoreKind) -> Vec<Finding> {
    let wanted = inventory.wanted(kind);
    let is_default = home.store_kind(None) == kind;
    if wanted.is_empty() && !is_default {
        return Vec::new();
    }
    if kind == StoreKind::File
        && let Some(finding) = without_key(home, &wanted)
    {
        return vec![finding];
    }
    let elsewhere = [StoreKind::Keyring, StoreKind::File, StoreKind::Vault]
        .iter()
        .any(|kind| !inventory.wanted(*kind).is_empty());
    let needed = !wanted.is_empty() || !elsewhere;
    let mut findings = Vec::new();
    match home.store(kind) {
        Err(error) => findings.push(verdict(kind, needed, Err(error))),
        Ok(store) => {
            let trial = attempt(&*store);
            let works = trial.largest.is_ok();
            findings.push(verdict(kind, needed, trial.largest.map(|largest| (trial.took, largest))));
            if works {
                findings.extend(missing(&*store, kind, &wanted));
            }
        }
    }
    if kind == StoreKind::File {
        findings.extend(key(home));
    }
    findings
}

fn attempt(store: &dyn SecretStore) -> Trial {
    let began = Instant::now();
    let first = store.probe(SIZES[0], false);
    let took = began.elapsed();
    let mut largest = first.map(|()| SIZES[0]);
    if largest.is_ok() {
        let larger = SIZES[1..].iter().take_while(|size| store.probe(**size, false).is_ok());
        largest = Ok(larger.last().copied().unwrap_or(SIZES[0]));
    }
    Trial { took, largest }
}

/// `needed`: secrets are in it already, or it is the only one.
fn verdict(kind: StoreKind, needed: bool, trial: Result<(Duration, usize), Error>) -> Finding {
    match trial {
        Ok((took, largest)) => {
            let (took, largest) = (took.as_millis(), largest / 1024);
            let message = text!("doctor-store-works", store = kind, took = took, largest = largest);
            Finding::ok("store", message).store(kind)
        }
        Err(error) if needed => Finding::problem("store", error).store(kind),
        // What is connected works, the next shop would not.
        Err(error) => Finding::warning("store", error.hint(text!("doctor-store-default"))).store(kind),
    }
}

/// The secrets that a working store does not give back. None of them is kept longer than the look.
fn missing(store: &dyn SecretStore, kind: StoreKind, wanted: &[Wanted]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for Wanted { name, is_app, key } in wanted {
        let read = store.read(key);
        let broken = read.is_err();
        let error = match read {
            Ok(Some(_)) => continue,
            Ok(None) if *is_app => fail!(Store, "doctor-client-secret-gone", app = name),
            Ok(None) => fail!(Store, "doctor-secret-gone", name = name),
            Err(error) if *is_app => error.app(name),
            Err(error) => error.profile(name),
        };
        findings.push(Finding::problem("secrets", error).store(kind));
        // What stops to answer takes seconds for each.
        if broken && kind != StoreKind::File {
            break;
        }
    }
    findings
}

/// What can be said of a file store that has no key: to try it would make one.
fn without_key(home: &Home, wanted: &[Wanted]) -> Option<Finding> {
    let (path, named, _) = home.key_file();
    if named || path.exists() {
        return None;
    }
    let gone = || fail!(Store, "store-key-gone", path = path.display());
    let unwritable = || fail!(Store, "store-key-unwritable", path = path.display());
    let folder = home.config_folder();
    Some(match wanted {
        [_, ..] => Finding::problem("store", gone()).store(StoreKind::File),
        // A home that nobody has used yet is left as it is.
        [] if !folder.exists() => Finding::ok("store", text!("doctor-store-unused")).store(StoreKind::File),
        [] => match tempfile::NamedTempFile::new_in(folder) {
            Ok(_) => Finding::ok("store", text!("doctor-store-unused")).store(StoreKind::File),
            Err(error) => Finding::problem("store", unwritable().because(error)).store(StoreKind::File),
        },
    })
}

/// What the key file protects.
fn key(home: &Home) -> Option<Finding> {
    let (path, named, passphrase) = home.key_file();
    let beside = path.exists() && !named;
    match (store::is_wrapped(&path), passphrase) {
        (true, true) => {
            let note = Finding::note("key", text!("doctor-key-passphrase"));
            Some(note.hint(text!("doctor-key-passphrase.hint")))
        }
        (false, _) if beside => {
            let note = Finding::note("key", text!("doctor-key-beside", path = path.display()));
            Some(note.hint(text!("doctor-key-beside.hint")))
        }
        // Where the passphrase is missing, the trial has said so.
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use secrecy::SecretSlice;

    use super::*;
    use crate::doctor::finding::Severity;
    use crate::error::{Kind, Result};

    /// A store that takes so many bytes.
    struct Small(usize);

    impl SecretStore for Small {
        fn read(&self, _: &Key) -> Result<Option<SecretSlice<u8>>> {
            Ok(None)
        }

        fn write(&self, _: &Key, _: &SecretSlice<u8>) -> Result<()> {
            Ok(())
        }

        fn delete(&self, _: &Key) -> Result<()> {
            Ok(())
        }

        fn probe(&self, size: usize, interactive: bool) -> Result<()> {
            assert!(!interactive, "no dialog is raised");
            if size <= self.0 { Ok(()) } else { Err(fail!(Store, "store-keyring-too-small")) }
        }
    }

    #[test]
    fn the_largest_secret_is_the_last_that_was_taken() {
        for (room, expected) in [(SIZES[0] - 1, None), (SIZES[0], Some(SIZES[0])), (20_000, Some(SIZES[1]))] {
            assert_eq!(attempt(&Small(room)).largest.ok(), expected, "{room}");
        }
        assert_eq!(attempt(&Small(usize::MAX)).largest.ok(), Some(SIZES[2]));
    }

    #[test]
    fn a_store_that_only_new_shops_would_need_is_no_problem_yet() {
        let locked = || Err(fail!(Store, "store-keyring-locked"));
        let finding = |needed| verdict(StoreKind::Keyring, needed, locked());
        assert_eq!((finding(true).severity, finding(true).kind), (Severity::Problem, Some(Kind::Store)));
        assert_eq!((finding(false).severity, finding(false).kind), (Severity::Warning, None));
    }

    #[test]
    fn what_a_store_has_lost_is_told_with_its_name() {
        let key = Key { owner: uuid::Uuid::nil(), generation: 1 };
        let wanted = ["shop", "app"].map(|name| Wanted { name: name.to_owned(), is_app: name == "app", key });
        let findings = missing(&Small(0), StoreKind::File, &wanted);
        assert!(findings[0].hint.as_ref().unwrap().contains("reauthorize shop"), "{findings:?}");
        assert!(findings[1].hint.as_ref().unwrap().contains("app set app"), "{findings:?}");
    }
}
