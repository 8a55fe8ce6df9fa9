//! Files that survive a crash: private, written beside their target and renamed into place.

use std::fs;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use tempfile::NamedTempFile;

#[cfg(any(windows, test))]
#[cfg_attr(not(windows), allow(dead_code))] // tested everywhere, used there
mod descriptor;
#[cfg_attr(unix, path = "files/unix.rs")]
#[cfg_attr(windows, path = "files/windows.rs")]
mod system;

/// Makes `path` and the missing folders above it, readable by this user only (0700; on Windows by an access
/// list).
///
/// Folders that exist keep their mode: they may be the person's own. What was made is on the disk
/// when this returns; on Windows, once a file in it is.
pub fn create_private_dir(path: &Path) -> io::Result<()> {
    let missing: Vec<&Path> = path.ancestors().take_while(|folder| !folder.is_dir()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    system::make_private_dirs(path)?;
    missing.into_iter().filter_map(Path::parent).try_for_each(system::sync_dir)
}

/// Makes the folder at `path`, or takes one that is there if it is this user's alone: for places where others
/// may put something first.
pub fn create_own_dir(path: &Path) -> io::Result<()> {
    create_private_dir(path)?;
    if system::is_own(path)? { Ok(()) } else { Err(io::ErrorKind::PermissionDenied.into()) }
}

/// This user among all of this machine.
pub fn user() -> String {
    system::user()
}

/// Replaces the file at `path` with `bytes`, or makes it: readers see the old or the new content,
/// never a part, and so does the disk after a power cut.
///
/// The file is 0600, missing folders are made 0700. A symbolic link stays one, its target is
/// replaced: people keep their configuration in repositories that way.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let (folder, file) = durable_draft(&target, bytes)?;
    let file = system::replace(file, &target)?;
    system::settle(&file, &folder)
}

/// Like [`write_atomically`], for what can be had again: after a power cut it may be the old file, none,
/// or a torn one.
pub fn write_lightly(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let (_, file) = draft(path, bytes)?;
    system::replace(file, path).map(drop)
}

/// Like [`write_atomically`], but never replaces: `false` when a file was there already, even if
/// another process made it only now.
pub fn create_atomically(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let (folder, file) = durable_draft(path, bytes)?;
    match system::place(file, path) {
        Ok(file) => system::settle(&file, &folder).map(|()| true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}

/// Adds `line` to the file at `path`, which is made (0600) if it is missing; it need not reach the disk
/// before a power cut.
///
/// It is written at once, so the lines of many processes stay whole. One that was cut off, by a full
/// disk for instance, spoils no other: the next begins a line of its own.
pub fn append_line(path: &Path, line: &[u8]) -> io::Result<()> {
    create_private_dir(&folder_of(path))?;
    let mut file = open_or_make_private(path, fs::File::options().append(true).read(true))?;
    let before: &[u8] = if ends_within_a_line(&mut file)? { b"\n" } else { b"" };
    let bytes = [before, line, b"\n"].concat();
    match file.write(&bytes)? {
        written if written == bytes.len() => Ok(()),
        // The rest would come behind whatever another process has written since.
        _ => Err(io::ErrorKind::StorageFull.into()),
    }
}

/// Opens the file at `path` as `options` say. A missing one is made, for this user only (0600).
pub fn open_or_make_private(path: &Path, options: &mut fs::OpenOptions) -> io::Result<fs::File> {
    system::open_or_make_private(path, options)
}

fn ends_within_a_line(file: &mut fs::File) -> io::Result<bool> {
    if file.seek(SeekFrom::End(0))? == 0 {
        return Ok(false);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

/// Gives the file at `old`, which its user may write to, the name `new` beside it, for good; `false` when
/// that was taken, even if only just now.
pub fn rename_durably(old: &Path, new: &Path) -> io::Result<bool> {
    match system::patiently(new, || fs::hard_link(old, new)) {
        Ok(()) if remove(old)? => system::settle_name(new).map(|()| true),
        Ok(()) => {
            // Another process has renamed or removed it meanwhile: one file must not get two names.
            remove_durably(new)?;
            Err(io::ErrorKind::NotFound.into())
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(error),
        // A file system without hard links, such as FAT: two at once are less likely than that.
        Err(_) if new.symlink_metadata().is_ok() => Ok(false),
        Err(_) => {
            system::patiently(new, || fs::rename(old, new))?;
            system::settle_name(new).map(|()| true)
        }
    }
}

/// Removes the file at `path` for good; `false` when there was none.
///
/// On Windows a power cut soon after may bring it back, but never without what was removed or written before:
/// its file systems keep that order.
pub fn remove_durably(path: &Path) -> io::Result<bool> {
    let was_there = remove(path)?;
    if was_there {
        system::sync_dir(&folder_of(path))?;
    }
    Ok(was_there)
}

fn remove(path: &Path) -> io::Result<bool> {
    match system::patiently(path, || fs::remove_file(path)) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// The content of the file at `path`; `None` when there is none.
pub fn read_if_there(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match read_plain(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The content of the file at `path`, which is one, or a link to one: a pipe would be waited for, and a
/// device never ends.
pub fn read_plain(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_plain(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Opens the file at `path` for reading, if it is one; see [`read_plain`].
pub fn open_plain(path: &Path) -> io::Result<fs::File> {
    let file = system::open_at_once(path)?;
    assert_kind(&file.metadata()?)?;
    Ok(file)
}

/// An error where something stands at `path` that is neither a file nor a folder; what comes next says the
/// rest.
pub fn assert_plain(path: &Path) -> io::Result<()> {
    assert_kind(&fs::metadata(path)?)
}

fn assert_kind(found: &fs::Metadata) -> io::Result<()> {
    let kind = found.file_type();
    match kind.is_file() || kind.is_dir() {
        true => Ok(()),
        false => Err(io::Error::new(io::ErrorKind::InvalidInput, crate::text!("file-not-plain"))),
    }
}

/// The content of the file at `path` if it has at most `most` bytes. Anything else that may stand there is
/// nothing: a pipe would be waited for, a link may lead anywhere.
pub fn read_small(path: &Path, most: usize) -> Option<Vec<u8>> {
    let most = u64::try_from(most).ok()?;
    let found = fs::symlink_metadata(path).ok().filter(|found| found.is_file() && found.len() <= most)?;
    let mut bytes = Vec::with_capacity(usize::try_from(found.len()).ok()?);
    fs::File::open(path).ok()?.take(most).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// What tells one state of the file at `path` from another, for little; `None` where there is none.
///
/// Its length and time alone would not do: copies keep both, and some systems date all files alike.
pub fn stamp(path: &Path) -> Option<String> {
    let file = fs::metadata(path).ok()?;
    let changed = file.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(format!("{}@{}@{}", file.len(), changed.as_nanos(), system::changed_inside(&file)))
}

/// What no copy of the file or folder at `path` has in common with it; `None` where there is nothing.
pub fn identity(path: &Path) -> Option<String> {
    fs::metadata(path).ok().map(|found| system::identity_of(&found))
}

/// Who may use what was `found` at `path`, as the last nine bits of a Unix mode. Where access lists take
/// their place: 0o700 if it is this user alone, else 0o777.
pub fn mode(path: &Path, found: &fs::Metadata) -> u32 {
    system::mode(path, found)
}

/// A temporary file in `path`'s folder (made if missing) that holds `bytes` on the disk.
fn durable_draft(path: &Path, bytes: &[u8]) -> io::Result<(PathBuf, NamedTempFile)> {
    let (folder, file) = draft(path, bytes)?;
    file.as_file().sync_all()?;
    Ok((folder, file))
}

/// A temporary file in `path`'s folder (made if missing) that holds `bytes`.
fn draft(path: &Path, bytes: &[u8]) -> io::Result<(PathBuf, NamedTempFile)> {
    let folder = folder_of(path);
    create_private_dir(&folder)?;
    let mut file = NamedTempFile::new_in(&folder)?;
    system::make_private(&file)?;
    file.write_all(bytes)?;
    Ok((folder, file))
}

/// The folder a path lies in; the current one for a bare name.
fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    fn mode(path: &Path) -> u32 {
        std::os::unix::fs::PermissionsExt::mode(&fs::metadata(path).unwrap().permissions()) & 0o777
    }

    #[test]
    #[cfg(unix)]
    fn files_and_new_folders_are_private() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("a/b/c.toml");
        write_atomically(&path, b"one").unwrap();
        assert_eq!(mode(&path), 0o600);
        assert_eq!(mode(&home.path().join("a")), 0o700);
        assert_eq!(mode(&home.path().join("a/b")), 0o700);
    }

    #[test]
    #[cfg(unix)]
    fn a_folder_that_exists_keeps_its_mode() {
        let home = tempfile::tempdir().unwrap();
        let shared = home.path().join("shared");
        fs::create_dir(&shared).unwrap();
        let wide = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        fs::set_permissions(&shared, wide).unwrap();
        write_atomically(&shared.join("new/file"), b"one").unwrap();
        assert_eq!((mode(&shared), mode(&shared.join("new"))), (0o755, 0o700));
    }

    #[test]
    fn replaces_and_leaves_nothing_beside() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("file");
        write_atomically(&path, b"one").unwrap();
        write_atomically(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_failed_write_leaves_the_target_and_nothing_beside() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("folder");
        fs::create_dir_all(folder.join("full")).unwrap();
        assert!(write_atomically(&folder, b"a file cannot replace a folder").is_err());
        assert!(folder.join("full").is_dir());
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
    }

    #[test]
    #[cfg(unix)]
    fn a_symbolic_link_stays_one() {
        let home = tempfile::tempdir().unwrap();
        let (real, link) = (home.path().join("dotfiles.toml"), home.path().join("config.toml"));
        fs::write(&real, b"one").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        write_atomically(&link, b"two").unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read(&real).unwrap(), b"two");
    }

    #[test]
    fn a_line_that_was_cut_off_spoils_no_other() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("new/log");
        append_line(&path, b"one").unwrap();
        fs::write(&path, b"one\ntw").unwrap();
        append_line(&path, b"three").unwrap();
        append_line(&path, b"four").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "one\ntw\nthree\nfour\n");
        #[cfg(unix)]
        assert!(append_line(Path::new("/dev/full"), b"five").is_err());
    }

    #[test]
    fn creating_never_replaces() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("new/key");
        assert!(create_atomically(&path, b"one").unwrap());
        assert!(!create_atomically(&path, b"two").unwrap());
        assert_eq!(read_if_there(&path).unwrap().as_deref(), Some(&b"one"[..]));
    }

    #[test]
    fn of_two_that_rename_at_once_one_finds_the_name_taken() {
        let home = tempfile::tempdir().unwrap();
        for round in 0..50 {
            let path = |name: &str| home.path().join(format!("{round}-{name}"));
            let start = std::sync::Barrier::new(2);
            let rename = |name: &str| {
                fs::write(path(name), name).unwrap();
                start.wait();
                rename_durably(&path(name), &path("new")).unwrap()
            };
            let (one, two) = std::thread::scope(|scope| {
                let other = scope.spawn(|| rename("two"));
                (rename("one"), other.join().unwrap())
            });
            assert_ne!(one, two, "round {round}");
            let (winner, loser) = if one { ("one", "two") } else { ("two", "one") };
            assert_eq!(fs::read_to_string(path("new")).unwrap(), winner);
            assert_eq!(fs::read_to_string(path(loser)).unwrap(), loser);
            assert!(!path(winner).exists());
        }
    }

    #[test]
    fn renaming_nothing_is_an_error_and_makes_nothing() {
        let home = tempfile::tempdir().unwrap();
        let (old, new) = (home.path().join("old"), home.path().join("new"));
        assert_eq!(rename_durably(&old, &new).unwrap_err().kind(), io::ErrorKind::NotFound);
        assert!(!new.exists());
    }

    #[test]
    #[cfg(unix)]
    fn only_a_small_plain_file_is_read_as_one() {
        let home = tempfile::tempdir().unwrap();
        let path = |name: &str| home.path().join(name);
        fs::write(path("file"), b"four").unwrap();
        std::os::unix::fs::symlink(path("file"), path("link")).unwrap();
        let fifo = std::process::Command::new("mkfifo").arg(path("fifo")).status().unwrap();
        assert!(fifo.success());
        assert_eq!(read_small(&path("file"), 4).as_deref(), Some(&b"four"[..]));
        assert_eq!(read_small(&path("file"), 3), None);
        for name in ["link", "fifo", ".", "missing"] {
            assert_eq!(read_small(&path(name), 4), None, "{name}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_pipe_is_not_waited_for_and_a_link_is_what_it_leads_to() {
        let home = tempfile::tempdir().unwrap();
        let path = |name: &str| home.path().join(name);
        assert!(std::process::Command::new("mkfifo").arg(path("fifo")).status().unwrap().success());
        fs::write(path("file"), b"four").unwrap();
        std::os::unix::fs::symlink(path("file"), path("link")).unwrap();
        assert_eq!(read_if_there(&path("link")).unwrap().as_deref(), Some(&b"four"[..]));
        assert!(read_if_there(&path("fifo")).unwrap_err().to_string().contains("pipe"));
        assert!(open_plain(&path("fifo")).is_err());
        assert_eq!(read_if_there(&path("missing")).unwrap(), None);
    }

    #[test]
    #[cfg(unix)]
    fn a_stamp_tells_files_apart_that_have_length_and_time_in_common() {
        let home = tempfile::tempdir().unwrap();
        let path = |name: &str| home.path().join(name);
        let write = |name: &str, text: &str| {
            fs::write(path(name), text).unwrap();
            fs::File::options().write(true).open(path(name)).unwrap().set_modified(UNIX_EPOCH).unwrap();
            stamp(&path(name)).unwrap()
        };
        let first = write("file", "one");
        assert_eq!(stamp(&path("file")).unwrap(), first);
        let second = write("new", "two");
        assert_ne!(first, second);
        fs::rename(path("new"), path("file")).unwrap();
        assert_ne!(stamp(&path("file")).unwrap(), first);
        assert_eq!(stamp(&path("missing")), None);
    }

    #[test]
    #[cfg(unix)]
    fn a_copy_is_another_and_a_moved_folder_the_same() {
        let home = tempfile::tempdir().unwrap();
        let path = |name: &str| home.path().join(name);
        fs::create_dir(path("one")).unwrap();
        fs::create_dir(path("two")).unwrap();
        let one = identity(&path("one")).unwrap();
        assert_ne!(identity(&path("two")).unwrap(), one);
        fs::rename(path("one"), path("three")).unwrap();
        assert_eq!(identity(&path("three")).unwrap(), one);
    }

    #[test]
    fn removing_says_whether_there_was_something() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("file");
        assert!(!remove_durably(&path).unwrap());
        write_atomically(&path, b"one").unwrap();
        assert!(remove_durably(&path).unwrap());
        assert_eq!(read_if_there(&path).unwrap(), None);
    }
}
