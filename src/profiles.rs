//! The shops a person wants connected: `profiles/NAME.toml`.

use crate::config::Home;
use crate::document::nearest;
use crate::error::{Error, Result};
use crate::fail;
use crate::folder::Folder;
use crate::model::Profile;

/// The files of all profiles.
pub fn folder(home: &Home) -> Folder<Profile> {
    Folder::new(home.config_folder().join("profiles"))
}

/// The profile a person means: its exact name, or the only one of that marketplace.
///
/// Kind `not_found` with the candidates otherwise.
pub fn resolve(home: &Home, given: &str) -> Result<(String, Profile)> {
    let folder = folder(home);
    if let Some(profile) = folder.get(given)? {
        return Ok((given.to_owned(), profile));
    }
    let names = folder.names()?;
    let mut fitting = Vec::new();
    for name in &names {
        // A wrong file of another profile must not stop this one.
        if let Ok(Some(profile)) = folder.get(name)
            && profile.marketplace == given
        {
            fitting.push((name.clone(), profile));
        }
    }
    match fitting.len() {
        1 => Ok(fitting.remove(0)),
        0 => Err(missing(given, &names)),
        _ => {
            let names: Vec<&str> = fitting.iter().map(|(name, _)| name.as_str()).collect();
            Err(fail!(NotFound, "profile-ambiguous", given = given, names = names.join(", ")))
        }
    }
}

/// The profile meant when none is named: `wish` (`--profile` or `SELLAUTH_PROFILE`), or the only
/// one there is.
pub fn resolve_default(home: &Home, wish: Option<&str>) -> Result<(String, Profile)> {
    if let Some(wish) = wish {
        return resolve(home, wish);
    }
    let mut names = folder(home).names()?;
    match names.len() {
        0 => Err(fail!(NotFound, "nothing-connected")),
        1 => resolve(home, &names.remove(0)),
        _ => Err(fail!(NotFound, "profile-unnamed", names = names.join(", "))),
    }
}

fn missing(given: &str, names: &[String]) -> Error {
    let error = fail!(NotFound, "profile-missing", name = given);
    match nearest(given, names.iter().map(String::as_str)) {
        Some(close) => error.hint(crate::text!("did-you-mean", name = close)),
        None if names.is_empty() => error.hint(crate::text!("nothing-connected.hint")),
        None => error,
    }
}
