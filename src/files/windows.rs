//! What Windows has of its own: access lists in place of modes, names that reach the disk with their files, and
//! files that can be neither replaced nor removed while a scanner looks at them.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
use std::path::Path;
use std::thread;
use std::time::Duration;

use tempfile::NamedTempFile;

mod access;

/// Another process has the file open and shares it too little (`ERROR_SHARING_VIOLATION`).
const IN_USE: i32 = 32;

/// The first pause before another try; each one doubles.
const FIRST_PAUSE: Duration = Duration::from_millis(1);

/// So many tries last for a second: longer than a virus scanner or an indexer keeps a file open.
const TRIES: u32 = 10;

/// Makes the folder at `path` and the missing ones above it, each for this user only.
pub fn make_private_dirs(path: &Path) -> io::Result<()> {
    let mut missing: Vec<&Path> = path.ancestors().take_while(|folder| !folder.is_dir()).collect();
    missing.retain(|folder| !folder.as_os_str().is_empty());
    for folder in missing.into_iter().rev() {
        match make_private_dir(folder, |draft| access::restrict(draft, true)) {
            // Another process has made it meanwhile.
            Err(_) if folder.is_dir() => {}
            result => result?,
        }
    }
    Ok(())
}

/// It gets its name when it is private: nobody restricts it who finds it there after a crash.
fn make_private_dir(path: &Path, restrict: impl Fn(&Path) -> io::Result<()>) -> io::Result<()> {
    let above = path.parent().filter(|above| !above.as_os_str().is_empty());
    let draft = tempfile::tempdir_in(above.unwrap_or(Path::new(".")))?;
    restrict(draft.path())?;
    // Renaming would put it in the place of a file.
    if path.symlink_metadata().is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    patiently(path, || fs::rename(draft.path(), path))?;
    // What would be taken away has another name.
    let _ = draft.keep();
    Ok(())
}

/// Whether a folder, not a link to one, lets nobody else in.
pub fn is_own(path: &Path) -> io::Result<bool> {
    Ok(fs::symlink_metadata(path)?.is_dir() && access::is_private(path)?)
}

/// This user's name.
pub fn user() -> String {
    whoami::username().unwrap_or_default()
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
pub fn replace(draft: NamedTempFile, target: &Path) -> io::Result<File> {
    let (file, draft) = draft.keep()?;
    let renamed = patiently(target, || fs::rename(&draft, target));
    if renamed.is_err() {
        let _ = fs::remove_file(&draft);
    }
    renamed.map(|()| file)
}

/// Gives `draft` the name `target`; kind `AlreadyExists` where that is taken.
pub fn place(draft: NamedTempFile, target: &Path) -> io::Result<File> {
    let mut draft = Some(draft);
    patiently(target, || {
        let Some(unplaced) = draft.take() else { return Err(io::ErrorKind::NotFound.into()) };
        unplaced.persist_noclobber(target).map_err(|refused| {
            draft = Some(refused.file);
            refused.error
        })
    })
}

/// Tries for a second while another process, a virus scanner for instance, keeps a file from being renamed or
/// removed. Where a folder stands `at` its new name nobody will give way.
pub fn patiently<T>(at: &Path, mut attempt: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    for round in 0..TRIES {
        match attempt() {
            Err(error) if may_pass(&error) && !at.is_dir() => {
                thread::sleep(FIRST_PAUSE * 2_u32.pow(round));
            }
            result => return result,
        }
    }
    attempt()
}

fn may_pass(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::PermissionDenied || error.raw_os_error() == Some(IN_USE)
}

/// Puts the name that `file`, open for writing, has just got on the disk: whoever flushes a file flushes the
/// journal as well, and there the name stands.
pub fn settle(file: &File, _folder: &Path) -> io::Result<()> {
    file.sync_all()
}

/// Puts the name that a file has just got on the disk: `path`. What has lost it again needs that no more.
pub fn settle_name(path: &Path) -> io::Result<()> {
    match patiently(path, || OpenOptions::new().write(true).open(path)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        file => file?.sync_all(),
    }
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

/// Does nothing: Windows flushes no folder. A name that was made or removed is on the disk with the next file
/// that is flushed, see [`settle`], and never after what was done later.
#[allow(clippy::unnecessary_wraps)] // the same signature as elsewhere
pub fn sync_dir(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::os::windows::fs::OpenOptionsExt;

    use super::*;
    use crate::files::{append_line, open_or_make_private, remove_durably, rename_durably, write_atomically};

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
    fn a_folder_has_no_name_before_it_is_private() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("folder");
        let cut_off = make_private_dir(&path, |draft| {
            assert!(draft.is_dir() && !path.exists());
            Err(io::ErrorKind::Interrupted.into())
        });
        assert_eq!(cut_off.unwrap_err().kind(), io::ErrorKind::Interrupted);
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
        make_private_dirs(&path).unwrap();
        assert!(is_ours_alone(&path));
    }

    #[test]
    fn a_folder_does_not_take_the_place_of_a_file() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("file");
        fs::write(&path, b"one").unwrap();
        assert_eq!(make_private_dirs(&path).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"one");
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
    }

    /// As a virus scanner opens it: nobody may write, rename or remove.
    fn scan(path: &Path) -> File {
        const FILE_SHARE_READ: u32 = 1;
        OpenOptions::new().read(true).share_mode(FILE_SHARE_READ).open(path).unwrap()
    }

    #[test]
    fn what_a_scanner_holds_for_a_moment_is_renamed_and_removed() {
        let home = tempfile::tempdir().unwrap();
        let (old, new) = (home.path().join("old"), home.path().join("new"));
        fs::write(&old, b"one").unwrap();
        let change = |path: &Path, change: &(dyn Fn() -> io::Result<bool> + Sync)| {
            let scanner = scan(path);
            assert!(may_pass(&fs::remove_file(path).unwrap_err()));
            thread::scope(|scope| {
                let changing = scope.spawn(change);
                thread::sleep(FIRST_PAUSE * 20);
                assert!(!changing.is_finished());
                drop(scanner);
                assert!(changing.join().unwrap().unwrap());
            });
        };
        change(&old, &|| rename_durably(&old, &new));
        assert!(!old.exists());
        change(&new, &|| remove_durably(&new));
        assert!(!new.exists());
    }

    #[test]
    fn a_folder_in_the_way_is_not_waited_for() {
        let home = tempfile::tempdir().unwrap();
        let mut tries = 0;
        let refused: io::Result<()> = patiently(home.path(), || {
            tries += 1;
            Err(io::ErrorKind::PermissionDenied.into())
        });
        assert_eq!((refused.unwrap_err().kind(), tries), (io::ErrorKind::PermissionDenied, 1));
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
