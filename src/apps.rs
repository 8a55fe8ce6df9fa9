//! The apps a person registered: `apps/NAME.toml`.

use crate::config::Home;
use crate::document::nearest;
use crate::error::Result;
use crate::fail;
use crate::files;
use crate::fleet;
use crate::folder::Folder;
use crate::model::App;
use crate::records;

/// The files of all apps.
pub fn folder(home: &Home) -> Folder<App> {
    Folder::new(home.wishes_folder().join("apps"))
}

/// What tells one state of an app's file from another, for little; `None` where there is none.
pub fn stamp(home: &Home, name: &str) -> Option<String> {
    files::stamp(&folder(home).file(name))
}

/// The app called `name`; kind `not_found` when there is none.
pub fn get(home: &Home, name: &str) -> Result<App> {
    if let Some(app) = find(home, name)? {
        return Ok(app);
    }
    let folder = folder(home);
    let names = folder.names()?;
    let error = fail!(NotFound, "app-missing", name = name);
    Err(match nearest(name, names.iter().map(String::as_str)) {
        Some(close) => error.hint(crate::text!("did-you-mean", name = close)),
        None => error,
    })
}

/// The app of that name: here, or in the vault that this machine shares with others. `None` if there is none.
pub fn find(home: &Home, name: &str) -> Result<Option<App>> {
    match folder(home).get(name)? {
        None if fleet::fetch_app(home, name)? => folder(home).get(name),
        found => Ok(found),
    }
}

/// Refuses an app whose registration is not over: it has no client yet. Kind `configuration`.
pub fn refuse_open(home: &Home, name: &str, app: &App) -> Result<()> {
    match records::of_registrations(home).get(app.uuid)? {
        Some(_) => Err(fail!(Configuration, "registration-waiting", name = name, id = app.marketplace)),
        None => Ok(()),
    }
}

/// The app `connect` uses for a marketplace and environment when none is named: the only one
/// there is. `None` when there is none; kind `usage`, with the candidates, for several.
pub fn only_one(home: &Home, marketplace: &str, environment: &str) -> Result<Option<(String, App)>> {
    fleet::fetch_apps_if_needed(home)?;
    let folder = folder(home);
    let mut fitting = Vec::new();
    for name in folder.names()? {
        let app = folder.get(&name)?;
        fitting.extend(
            app.filter(|app| app.marketplace == marketplace && app.environment == environment)
                .map(|app| (name, app)),
        );
    }
    if fitting.len() > 1 {
        let names: Vec<&str> = fitting.iter().map(|(name, _)| name.as_str()).collect();
        return Err(fail!(Usage, "app-ambiguous", names = names.join(", ")));
    }
    Ok(fitting.pop())
}
