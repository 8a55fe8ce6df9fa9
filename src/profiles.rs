//! The shops a person wants connected: `profiles/NAME.toml`.

use crate::config::Home;
use crate::document::nearest;
use crate::error::{Error, Result};
use crate::fail;
use crate::fleet;
use crate::folder::Folder;
use crate::model::Profile;

/// The files of all profiles.
pub fn folder(home: &Home) -> Folder<Profile> {
    Folder::new(home.wishes_folder().join("profiles"))
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
    let (mut fitting, mut others) = (Vec::new(), Vec::new());
    for name in &names {
        // A wrong file of another profile must not stop this one.
        match folder.get(name) {
            Ok(Some(profile)) if profile.marketplace == given => fitting.push((name.clone(), profile)),
            Ok(Some(profile)) => others.push(profile.marketplace),
            _ => {}
        }
    }
    if fitting.len() == 1 {
        return Ok(fitting.remove(0));
    }
    if let Some(profile) = find(home, given)? {
        return Ok((given.to_owned(), profile));
    }
    match fitting.len() {
        0 => Err(missing(given, &names, &others)),
        _ => {
            let names: Vec<&str> = fitting.iter().map(|(name, _)| name.as_str()).collect();
            Err(fail!(NotFound, "profile-ambiguous", given = given, names = names.join(", ")))
        }
    }
}

/// The profile of that name: here, or in the vault that this machine shares with others. `None` if there is
/// none.
pub fn find(home: &Home, name: &str) -> Result<Option<Profile>> {
    match folder(home).get(name)? {
        None if fleet::fetch(home, name)? => folder(home).get(name),
        found => Ok(found),
    }
}

/// The profile meant when none is named: `wish` (`--profile` or `SELLAUTH_PROFILE`), or the only
/// one there is.
pub fn resolve_default(home: &Home, wish: Option<&str>) -> Result<(String, Profile)> {
    if let Some(wish) = wish {
        return resolve(home, wish);
    }
    let mut names = folder(home).names()?;
    if names.is_empty() {
        fleet::fetch_all(home)?;
        names = folder(home).names()?;
    }
    match names.len() {
        0 => Err(fail!(NotFound, "nothing-connected")),
        1 => resolve(home, &names.remove(0)),
        _ => Err(fail!(NotFound, "profile-unnamed", names = names.join(", "))),
    }
}

/// No profile of `names` fits, nor the marketplace of one of them.
fn missing(given: &str, names: &[String], marketplaces: &[String]) -> Error {
    let error = fail!(NotFound, "profile-missing", name = given);
    let near = |known: &[String]| nearest(given, known.iter().map(String::as_str)).map(str::to_owned);
    match near(names).or_else(|| near(marketplaces)) {
        Some(close) => error.hint(crate::text!("did-you-mean", name = close)),
        None if names.is_empty() => error.hint(crate::text!("nothing-connected.hint")),
        None => error,
    }
}
