//! Other systems keep no keys for a user: the store is asked each time.

use std::path::Path;

use super::Key;

/// None.
pub fn find(_folder: &Path) -> Option<Key> {
    None
}

/// None.
pub fn find_or_make(_folder: &Path) -> Option<Key> {
    None
}

/// There is nothing to remove.
#[allow(clippy::unnecessary_wraps)] // the same signature as on Linux
pub fn remove(_folder: &Path) -> anyhow::Result<()> {
    Ok(())
}
