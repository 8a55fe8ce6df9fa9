//! What Unix has of its own: modes, folders that are flushed, pipes that are waited for.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::Path;

use tempfile::NamedTempFile;

/// Makes the folder at `path` and the missing ones above it, each 0700.
pub fn make_private_dirs(path: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Whether a folder, not a link to one, belongs to this user and lets nobody else in.
pub fn is_own(path: &Path) -> io::Result<bool> {
    let found = fs::symlink_metadata(path)?;
    let owner = rustix::process::geteuid().as_raw();
    Ok(found.is_dir() && found.uid() == owner && found.mode() & 0o777 == 0o700)
}

/// This user's number.
pub fn user() -> String {
    rustix::process::geteuid().as_raw().to_string()
}

/// Opens the file at `path` as `options` say; a missing one is made, 0600.
pub fn open_or_make_private(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    options.create(true).mode(0o600).open(path)
}

/// Makes what `tempfile` has just made private, which it is already: 0600.
#[allow(clippy::unnecessary_wraps)] // the same signature as elsewhere
pub fn make_private(_draft: &NamedTempFile) -> io::Result<()> {
    Ok(())
}

/// Gives `draft` the name `target`, whatever has it.
pub fn replace(draft: NamedTempFile, target: &Path) -> io::Result<File> {
    Ok(draft.persist(target)?)
}

/// Gives `draft` the name `target`; kind `AlreadyExists` where that is taken.
pub fn place(draft: NamedTempFile, target: &Path) -> io::Result<File> {
    Ok(draft.persist_noclobber(target)?)
}

/// Tries once: nobody who looks at a file keeps others from it.
pub fn patiently<T>(_at: &Path, attempt: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    attempt()
}

/// Puts the name that `file` has just got in `folder` on the disk.
pub fn settle(_file: &File, folder: &Path) -> io::Result<()> {
    sync_dir(folder)
}

/// Puts the name that a file has just got on the disk: `path`.
pub fn settle_name(path: &Path) -> io::Result<()> {
    sync_dir(path.parent().unwrap_or(path))
}

/// Opens for reading, without waiting for whoever writes into a pipe.
pub fn open_at_once(path: &Path) -> io::Result<File> {
    let at_once = rustix::fs::OFlags::NONBLOCK.bits().cast_signed();
    OpenOptions::new().read(true).custom_flags(at_once).open(path)
}

/// The last nine bits of the mode of what was `found` at a path.
#[allow(clippy::unnecessary_wraps)] // the same signature as elsewhere
pub fn mode(_path: &Path, found: &Metadata) -> u32 {
    found.mode() & 0o777
}

/// A time nobody can set; and a file that was put in another's place is another.
pub fn changed_inside(file: &Metadata) -> String {
    format!("{}.{}@{}", file.ctime(), file.ctime_nsec(), identity_of(file))
}

/// What no copy of the file or folder has in common with it.
pub fn identity_of(found: &Metadata) -> String {
    format!("{}:{}", found.dev(), found.ino())
}

/// Puts the names in `folder` on the disk: a rename or removal is durable only then.
pub fn sync_dir(folder: &Path) -> io::Result<()> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    File::open(folder)?.sync_all()
}
