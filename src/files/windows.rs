//! What Windows has of its own: access lists in place of modes, and files that cannot be replaced while a
//! scanner looks at them.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
use std::path::Path;
use std::thread;
use std::time::Duration;

use tempfile::NamedTempFile;

mod access;

/// The first pause before another try to replace a file; each one doubles.
const FIRST_PAUSE: Duration = Duration::from_millis(1);

/// So many tries last for a second: longer than a virus scanner or an indexer keeps a file open.
const TRIES: u32 = 10;

/// Makes the folder at `path` and the missing ones above it, each for this user only.
pub fn make_private_dirs(path: &Path) -> io::Result<()> {
    let mut missing: Vec<&Path> = path.ancestors().take_while(|folder| !folder.is_dir()).collect();
    missing.retain(|folder| !folder.as_os_str().is_empty());
    for folder in missing.into_iter().rev() {
        match fs::create_dir(folder) {
            Ok(()) => access::restrict(folder, true)?,
            // Another process has made it meanwhile, and restricts it.
            Err(_) if folder.is_dir() => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Opens the file at `path` as `options` say; a missing one is made, for this user only.
pub fn open_or_make_private(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    match options.clone().create_new(true).open(path) {
        Ok(file) => access::restrict(path, false).map(|()| file),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => options.create(true).open(path),
        Err(error) => Err(error),
    }
}

/// Lets nobody but this user use what `tempfile` has just made, before there is anything in it.
pub fn make_private(draft: &NamedTempFile) -> io::Result<()> {
    access::restrict(draft.path(), false)
}

/// Gives `draft` the name `target`, whatever has it. `tempfile` would fail where another process reads the
/// target; the standard library does not on Windows 10, and elsewhere that process is soon done.
pub fn replace(draft: NamedTempFile, target: &Path) -> io::Result<()> {
    let draft = draft.into_temp_path().keep()?;
    let renamed = rename_patiently(&draft, target);
    if renamed.is_err() {
        let _ = fs::remove_file(&draft);
    }
    renamed
}

fn rename_patiently(old: &Path, new: &Path) -> io::Result<()> {
    for round in 0..TRIES {
        match fs::rename(old, new) {
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied && !new.is_dir() => {
                thread::sleep(FIRST_PAUSE * 2_u32.pow(round));
            }
            result => return result,
        }
    }
    fs::rename(old, new)
}

/// Opens for reading.
pub fn open_at_once(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// What Unix would say: 0o700 where its access list lets in nobody but this user, the system and the
/// administrators; 0o777 otherwise, and where it cannot be read.
pub fn mode(path: &Path, _found: &Metadata) -> u32 {
    if access::is_private(path).unwrap_or(false) { 0o700 } else { 0o777 }
}

/// The standard library tells nothing that nobody can set.
pub fn changed_inside(_file: &Metadata) -> String {
    String::new()
}

/// The standard library tells none.
pub fn identity_of(_found: &Metadata) -> String {
    String::new()
}

/// Windows opens no folder as a file; its file systems journal names by themselves.
#[allow(clippy::unnecessary_wraps)] // the same signature as elsewhere
pub fn sync_dir(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::{append_line, open_or_make_private, write_atomically};

    fn is_ours_alone(path: &Path) -> bool {
        mode(path, &fs::metadata(path).unwrap()) == 0o700
    }

    #[test]
    fn what_is_made_is_for_this_user_only() {
        let home = tempfile::tempdir().unwrap();
        let path = |name: &str| home.path().join(name);
        write_atomically(&path("a/b/file"), b"one").unwrap();
        append_line(&path("log"), b"one").unwrap();
        drop(open_or_make_private(&path("lock"), OpenOptions::new().write(true)).unwrap());
        for name in ["a", "a/b", "a/b/file", "log", "lock"] {
            assert!(is_ours_alone(&path(name)), "{name}");
        }
    }

    #[test]
    fn a_file_that_another_process_reads_for_a_moment_is_replaced() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("file");
        write_atomically(&path, b"one").unwrap();
        let reader = File::open(&path).unwrap();
        thread::scope(|scope| {
            let writing = scope.spawn(|| write_atomically(&path, b"two"));
            // Windows 10 replaces it at once. Wine, and Windows before that, do when the reader is gone.
            while !writing.is_finished() && fs::read_dir(home.path()).unwrap().count() < 2 {
                thread::yield_now();
            }
            drop(reader);
            writing.join().unwrap().unwrap();
        });
        assert_eq!(fs::read(&path).unwrap(), b"two");
    }
}
