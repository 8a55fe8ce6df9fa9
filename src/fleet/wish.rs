//! What a person wishes of a shop or app, here and in the vault: whichever side was changed since both
//! agreed tells the other.

use secrecy::SecretString;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::{Mark, marks, value};
use crate::config::Home;
use crate::error::Result;
use crate::folder::Folder;
use crate::model::{App, Profile};
use crate::oauth::pkce::fingerprint;
use crate::vault::{Entries, Entry, Name, Thing};
use crate::{apps, fail, profiles, text};

/// A file of a person's that machines can share.
pub trait Wish: Clone + PartialEq + Serialize + DeserializeOwned {
    /// What it is.
    const KIND: Thing;

    /// What its entry is called.
    fn uuid(&self) -> Uuid;

    /// Where its files are.
    fn folder(home: &Home) -> Folder<Self>;
}

impl Wish for Profile {
    const KIND: Thing = Thing::Profile;

    fn uuid(&self) -> Uuid {
        self.uuid
    }

    fn folder(home: &Home) -> Folder<Self> {
        profiles::folder(home)
    }
}

impl Wish for App {
    const KIND: Thing = Thing::App;

    fn uuid(&self) -> Uuid {
        self.uuid
    }

    fn folder(home: &Home) -> Folder<Self> {
        apps::folder(home)
    }
}

/// What is to be done where the two sides differ.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    /// They agree.
    Nothing,
    /// The vault's becomes ours.
    Take,
    /// Ours becomes the vault's.
    Give,
    /// Both were changed: the vault's becomes ours, and that is said.
    Overwrite,
}

/// `agreed`, `here` and `there`: a name and the fingerprint of a wish; `None` where there is none.
fn step<T: PartialEq>(agreed: Option<&T>, here: Option<&T>, there: &T) -> Step {
    match (agreed, here) {
        (_, Some(here)) if here == there => Step::Nothing,
        (_, None) => Step::Take,
        // Never told: it was put there from here, and something came in between.
        (None, Some(_)) => Step::Give,
        (Some(agreed), Some(here)) if here == agreed => Step::Take,
        (Some(agreed), Some(_)) if there == agreed => Step::Give,
        (Some(_), Some(_)) => Step::Overwrite,
    }
}

/// Makes both sides agree about the wish in `entry`.
///
/// Kind `usage` where something else has its name here.
pub fn agree<T: Wish>(home: &Home, entries: &Entries, uuid: Uuid, entry: &Entry) -> Result<()> {
    let theirs = value::<T>(entries, uuid, &entry.wish)?;
    let (Some(theirs), Some(name)) = (theirs, &entry.name) else { return Ok(()) };
    let mark = marks(home).get(uuid)?;
    let known = mark.as_ref().map(|mark| mark.name.name.as_str());
    let ours = find::<T>(home, uuid, [known, Some(name.name.as_str())])?;
    let agreed = mark.as_ref().map(|mark| (mark.name.name.clone(), mark.agreed.clone()));
    let here = ours.as_ref().map(|(name, ours)| (name.clone(), print(ours)));
    let there = (name.name.clone(), print(&theirs));
    let folder = T::folder(home);
    match step(agreed.as_ref(), here.as_ref(), &there) {
        Step::Nothing if mark.is_some() => return Ok(()),
        Step::Nothing => {}
        Step::Give => {
            if let Some((name, ours)) = &ours {
                return publish(home, entries, name, ours);
            }
        }
        taken => {
            if let Some((name, _)) = ours.as_ref().filter(|_| taken == Step::Overwrite) {
                let path = folder.file(name);
                home.tell(&text!("vault-wish-overwritten", path = path.display()));
            }
            take(&folder, ours.as_ref().map(|(name, _)| name.as_str()), &name.name, &theirs)?;
        }
    }
    agreed_on(home, entries, uuid, name, &theirs)
}

/// Keeps the vault's wish under its name, in place of ours.
fn take<T: Wish>(folder: &Folder<T>, old: Option<&str>, name: &str, theirs: &T) -> Result<()> {
    match old {
        Some(old) if old == name => folder.put(name, theirs),
        Some(old) => folder.rename(old, name).and_then(|()| folder.put(name, theirs)),
        // Another process of this machine may have been faster.
        None if folder.add(name, theirs)? => Ok(()),
        None if folder.get(name)?.is_some_and(|there| there.uuid() == theirs.uuid()) => Ok(()),
        None => Err(fail!(Usage, "vault-name-taken", name = name)),
    }
}

fn agreed_on<T: Wish>(home: &Home, entries: &Entries, uuid: Uuid, name: &Name, wish: &T) -> Result<()> {
    let vault = match marks(home).get(uuid)? {
        Some(mark) => mark.vault,
        None => entries.make_id()?,
    };
    marks(home).put(&Mark { uuid, name: name.clone(), agreed: print(wish), vault })
}

/// The file of `uuid`: under one of the names it should have, or another one that a person gave it.
fn find<T: Wish>(home: &Home, uuid: Uuid, names: [Option<&str>; 2]) -> Result<Option<(String, T)>> {
    let folder = T::folder(home);
    let get = |name: &str| -> Result<Option<(String, T)>> {
        Ok(folder.get(name)?.filter(|wish| wish.uuid() == uuid).map(|wish| (name.to_owned(), wish)))
    };
    for name in names.into_iter().flatten() {
        if let Some(found) = get(name)? {
            return Ok(Some(found));
        }
    }
    // Without a mark it was never here.
    if names[0].is_none() {
        return Ok(None);
    }
    Ok(folder.names()?.iter().find_map(|name| get(name).ok().flatten()))
}

/// Puts a wish into its entry, under its name.
///
/// Kind `usage` where the vault knows something else by that name.
pub fn publish<T: Wish>(home: &Home, entries: &Entries, name: &str, wish: &T) -> Result<()> {
    let uuid = wish.uuid();
    let own = Name { kind: T::KIND, name: name.to_owned() };
    let mark = marks(home).get(uuid)?;
    if mark.as_ref().is_some_and(|mark| mark.name == own && mark.agreed == print(wish)) {
        return Ok(());
    }
    if !entries.claim(&own, uuid)? {
        return Err(fail!(Usage, "vault-name-taken", name = name));
    }
    let value = serde_json::to_value(wish).expect("wishes are plain objects");
    entries.change(uuid, &|entry| {
        entry.name = Some(own.clone());
        entry.wish = value.clone();
    })?;
    if let Some(old) = mark.map(|mark| mark.name).filter(|old| *old != own) {
        entries.release_name(&old, uuid)?;
    }
    agreed_on(home, entries, uuid, &own, wish)
}

/// Removes the file of `uuid`, which is a copy of what is gone.
pub fn forget(home: &Home, uuid: Uuid, name: &Name) -> Result<()> {
    match name.kind {
        Thing::Profile => remove::<Profile>(home, uuid, &name.name),
        Thing::App => remove::<App>(home, uuid, &name.name),
    }
}

fn remove<T: Wish>(home: &Home, uuid: Uuid, name: &str) -> Result<()> {
    match find::<T>(home, uuid, [Some(name), None])? {
        Some((name, _)) => T::folder(home).remove(&name),
        None => Ok(()),
    }
}

fn print(wish: &impl Serialize) -> String {
    let text = serde_json::to_string(wish).expect("wishes are plain objects");
    fingerprint(&SecretString::from(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whichever_side_was_changed_tells_the_other() {
        for (agreed, here, there, expected) in [
            (Some("a"), Some("a"), "a", Step::Nothing),
            (Some("a"), Some("b"), "b", Step::Nothing),
            (Some("a"), Some("a"), "b", Step::Take),
            (Some("a"), Some("b"), "a", Step::Give),
            (Some("a"), Some("b"), "c", Step::Overwrite),
            (Some("a"), None, "a", Step::Take),
            (None, None, "a", Step::Take),
            (None, Some("b"), "a", Step::Give),
            (None, Some("a"), "a", Step::Nothing),
        ] {
            assert_eq!(step(agreed.as_ref(), here.as_ref(), &there), expected, "{agreed:?} {here:?} {there}");
        }
    }
}
