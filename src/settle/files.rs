//! What a person's own files say of a shop that is about to be connected: the profile, and its app where nobody
//! registers one.

use std::time::Instant;

use super::{ProfileFile, Settlement};
use crate::config::Home;
use crate::error::Result;
use crate::lock::{self, Lock};
use crate::session::LOCK_DEADLINE;
use crate::{apps, fail, profiles, records};

/// The lock of the apps that come and go with their shops.
const LOCK: &str = "apps";

/// What [`write`] has brought about.
#[derive(Clone, Copy)]
pub(super) struct Written {
    /// The app was not there before.
    app: bool,
}

/// Writes the profile's file before the commit: a profile without a token set is one that nobody
/// has consented to yet, but a token set without a profile would be lost.
///
/// Where nobody registers an app, its file is written with that of its first shop, under a lock: whoever
/// undoes that sees each shop that uses it. Kind `usage` where a name was taken meanwhile.
pub(super) fn write(settlement: &Settlement) -> Result<Written> {
    let Settlement { session, connection, .. } = settlement;
    if !connection.definition.is_entered() {
        return write_profile(settlement).map(|()| Written { app: false });
    }
    let _lock = lock(session.home)?;
    let (folder, name, app) = (apps::folder(session.home), &connection.profile.app, &connection.app);
    let is_new = folder.add(name, app)?;
    if !is_new {
        let place = |app: &crate::model::App| (app.marketplace.clone(), app.environment.clone());
        let there = folder.get(name)?;
        if there.is_none_or(|there| place(&there) != place(app)) {
            return Err(fail!(Usage, "app-taken", name = name));
        }
    }
    let written = Written { app: is_new };
    write_profile(settlement).map(|()| written).inspect_err(|_| forget_app(settlement, written))
}

/// Undoes [`write`]. The commit's own error matters more than one of this.
pub(super) fn restore(settlement: &Settlement, written: Written) {
    let folder = profiles::folder(settlement.session.home);
    let name = &settlement.connection.name;
    let held = match written.app {
        true => lock(settlement.session.home).ok(),
        false => None,
    };
    let _ = match &settlement.file {
        ProfileFile::Untouched => Ok(()),
        ProfileFile::New => folder.remove(name),
        ProfileFile::Changed(before) => folder.put(name, before),
    };
    if held.is_some() {
        forget_app(settlement, written);
    }
}

fn lock(home: &Home) -> Result<Lock> {
    lock::acquire(&records::lock_file(home, LOCK), Instant::now() + LOCK_DEADLINE, &mut || ())
}

fn write_profile(settlement: &Settlement) -> Result<()> {
    let Settlement { session, connection, file, .. } = settlement;
    let folder = profiles::folder(session.home);
    match file {
        ProfileFile::Untouched => Ok(()),
        ProfileFile::Changed(_) => folder.put(&connection.name, &connection.profile),
        ProfileFile::New => match folder.add(&connection.name, &connection.profile)? {
            true => Ok(()),
            false => Err(fail!(Usage, "name-taken", name = connection.name)),
        },
    }
}

/// Removes the app that was new, unless another shop has come to use it. The lock is held.
fn forget_app(settlement: &Settlement, written: Written) {
    let (home, app) = (settlement.session.home, &settlement.connection.profile.app);
    let folder = profiles::folder(home);
    // A file that cannot be read may name it.
    let names_it = |name: &String| folder.get(name).map_or(true, |it| it.is_some_and(|it| it.app == *app));
    let is_used = folder.names().map_or(true, |names| names.iter().any(names_it));
    if written.app && !is_used {
        let _ = apps::folder(home).remove(app);
    }
}
