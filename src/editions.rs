//! The edition of a definition that was in force when a seller consented last: a definition decides where
//! secrets go, so a later one that says otherwise can be told.

use std::path::PathBuf;

use crate::config::Home;
use crate::connection::catalogue;
use crate::error::Result;
use crate::fail;
use crate::files::{create_private_dir, read_if_there, write_atomically};

fn file(home: &Home, marketplace: &str) -> PathBuf {
    home.state_folder().join("marketplaces").join(format!("{marketplace}.toml"))
}

/// Keeps the edition in force as the one that a seller has consented under. At best: a consent does not
/// fail for it.
pub fn record(home: &Home, marketplace: &str) {
    let kept = catalogue(home).source(marketplace).and_then(|text| keep(home, marketplace, &text));
    if let Err(error) = kept {
        log::info!("the edition of the definition was not kept: {error}");
    }
}

fn keep(home: &Home, marketplace: &str, text: &str) -> Result<()> {
    if last(home, marketplace)?.as_deref() == Some(text) {
        return Ok(());
    }
    let file = file(home, marketplace);
    let unwritten = |error| fail!(Internal, "file-unwritable", path = file.display()).because(error);
    file.parent().map_or(Ok(()), create_private_dir).map_err(unwritten)?;
    write_atomically(&file, text.as_bytes()).map_err(unwritten)
}

/// The edition under which a seller consented last; `None` where nobody has.
pub fn last(home: &Home, marketplace: &str) -> Result<Option<String>> {
    let file = file(home, marketplace);
    let bytes = read_if_there(&file)
        .map_err(|error| fail!(Configuration, "file-unreadable", path = file.display()).because(error))?;
    Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
}

/// Whether the definition says something else since then.
pub fn has_changed(home: &Home, marketplace: &str) -> bool {
    let now = catalogue(home).source(marketplace);
    let then = last(home, marketplace);
    matches!((now, then), (Ok(now), Ok(Some(then))) if now != then)
}
