//! A folder of a person's TOML files, one per name: `apps/` and `profiles/`.

use std::marker::PhantomData;
use std::path::PathBuf;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Result;
use crate::files::{create_atomically, read_if_there, remove_durably, rename_durably, write_atomically};
use crate::{document, fail};

/// The longest name: it is a file name, and a word on a command line.
const LONGEST_NAME: usize = 64;

/// Checks a name a person gives to an app or profile: letters, digits, `-`, `_`, `.`, beginning
/// with a letter or digit. So it is one file name on every system, and never a path.
pub fn check_name(name: &str) -> Result<()> {
    let inside = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    let fits = name.len() <= LONGEST_NAME
        && name.bytes().all(inside)
        && name.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric())
        && !name.contains("..")
        && !name.ends_with('.');
    if fits { Ok(()) } else { Err(fail!(Usage, "name-unfit", name = name)) }
}

/// The files of one kind of thing.
pub struct Folder<T> {
    path: PathBuf,
    kind: PhantomData<T>,
}

impl<T: Serialize + DeserializeOwned> Folder<T> {
    /// The files in `path`, which need not exist.
    pub fn new(path: PathBuf) -> Self {
        Self { path, kind: PhantomData }
    }

    /// The file of what is called `name`.
    pub fn file(&self, name: &str) -> PathBuf {
        self.path.join(format!("{name}.toml"))
    }

    /// The names in use, sorted.
    pub fn names(&self) -> Result<Vec<String>> {
        let unreadable =
            |error| fail!(Configuration, "folder-unreadable", path = self.path.display()).because(error);
        let entries = match std::fs::read_dir(&self.path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(unreadable(error)),
        };
        let mut names = Vec::new();
        for entry in entries {
            let path = entry.map_err(unreadable)?.path();
            let stem = path.file_stem().and_then(|stem| stem.to_str()).map(str::to_owned);
            if path.extension().is_some_and(|extension| extension == "toml") {
                names.extend(stem.filter(|name| check_name(name).is_ok()));
            }
        }
        names.sort();
        Ok(names)
    }

    /// What is called `name`; `None` if nothing is.
    pub fn get(&self, name: &str) -> Result<Option<T>> {
        check_name(name)?;
        let path = self.file(name);
        let unreadable =
            |error| fail!(Configuration, "file-unreadable", path = path.display()).because(error);
        match read_if_there(&path).map_err(unreadable)? {
            Some(bytes) => document::parse(&path, &String::from_utf8_lossy(&bytes)).map(Some),
            None => Ok(None),
        }
    }

    /// Keeps `thing` under `name`, replacing what was there.
    pub fn put(&self, name: &str, thing: &T) -> Result<()> {
        check_name(name)?;
        let path = self.file(name);
        write_atomically(&path, &render(thing))
            .map_err(|error| fail!(Configuration, "file-unwritable", path = path.display()).because(error))
    }

    /// Keeps `thing` under `name`; `false` when the name was taken, even only just now.
    pub fn add(&self, name: &str, thing: &T) -> Result<bool> {
        check_name(name)?;
        let path = self.file(name);
        create_atomically(&path, &render(thing))
            .map_err(|error| fail!(Configuration, "file-unwritable", path = path.display()).because(error))
    }

    /// Calls what is called `old` by `new`, in one step; kind `usage` when that name is taken.
    pub fn rename(&self, old: &str, new: &str) -> Result<()> {
        check_name(new)?;
        let (old, path) = (self.file(old), self.file(new));
        match rename_durably(&old, &path) {
            Ok(true) => Ok(()),
            Ok(false) => Err(fail!(Usage, "name-taken", name = new)),
            Err(error) => Err(fail!(Configuration, "file-unwritable", path = path.display()).because(error)),
        }
    }

    /// Removes what is called `name`.
    pub fn remove(&self, name: &str) -> Result<()> {
        let path = self.file(name);
        remove_durably(&path)
            .map(|_| ())
            .map_err(|error| fail!(Configuration, "file-unwritable", path = path.display()).because(error))
    }
}

fn render<T: Serialize>(thing: &T) -> Vec<u8> {
    toml::to_string(thing).expect("apps and profiles are plain tables").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_file_names_everywhere() {
        for name in ["otto", "amazon-de", "shop_2.beta", "7"] {
            assert!(check_name(name).is_ok(), "{name}");
        }
        let long = "a".repeat(65);
        for name in ["", ".", "..", "a/b", "a\\b", "../x", "a..b", "-x", ".x", "x.", "a b", "ä", "a:b", &long]
        {
            assert!(check_name(name).is_err(), "{name}");
        }
    }
}
