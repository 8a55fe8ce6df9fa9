//! The files of a home: who may read them, whose they are, and what killed processes left behind.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;

use crate::config::Home;
use crate::error::Error;
use crate::{fail, files, text};

use super::accounts::me;
use super::finding::Finding;

/// Nothing of ours lies deeper.
const DEEPEST: usize = 4;

/// So many files are looked at: thousands of shops have fewer.
const MOST: usize = 50_000;

/// What a process writes beside a file is renamed within a moment; after this long it was killed.
const ABANDONED: Duration = Duration::from_secs(3600);

/// All rights, as `icacls` of Windows writes them: of a folder and what is in it, and of a file.
const FOLDER: &str = "(OI)(CI)F";
const FILE: &str = "F";

/// How the names of such files begin (crate `tempfile`).
const DRAFT: &str = ".tmp";

/// File systems that other machines have, too: their locks and renames promise less.
const SHARED: [&str; 12] = [
    "9p",
    "afs",
    "ceph",
    "cifs",
    "fuse.glusterfs",
    "fuse.sshfs",
    "glusterfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "smb3",
];

/// One file or folder.
#[derive(Clone, Debug, Default)]
struct Entry {
    path: PathBuf,
    is_folder: bool,
    /// The last nine bits of its mode ([`files::mode`]).
    mode: u32,
    owner: u32,
    modified: Option<SystemTime>,
}

/// Where a home's files are.
struct Roots {
    /// Folders of ours, none inside another.
    folders: Vec<PathBuf>,
    /// What nobody else may read.
    secret: Vec<PathBuf>,
}

impl Roots {
    fn of(home: &Home) -> Self {
        let mut folders: Vec<PathBuf> = Vec::new();
        for folder in [home.config_folder(), home.state_folder(), home.data_folder()] {
            if !folders.iter().any(|root| folder.starts_with(root)) {
                folders.push(folder.to_owned());
            }
        }
        let secret = vec![home.key_file().0, home.state_folder().to_owned(), home.data_folder().to_owned()];
        Self { folders, secret }
    }

    /// Whether this program writes files beside it: elsewhere others have files of such names.
    fn is_written(&self, path: &Path) -> bool {
        let config = self.folders.first();
        let of_persons = |folder: &Path| {
            config.is_some_and(|config| {
                folder == config
                    || ["apps", "marketplaces", "profiles"].iter().any(|name| folder == config.join(name))
            })
        };
        path.parent().is_some_and(of_persons)
            || self.secret[1..].iter().any(|secret| path.starts_with(secret))
    }

    fn is_secret(&self, path: &Path) -> bool {
        self.secret.iter().any(|secret| path.starts_with(secret))
    }
}

/// Looks through all files of a home, and at nothing in them.
pub fn check(home: &Home, now: Timestamp) -> Vec<Finding> {
    let roots = Roots::of(home);
    let mut entries = Vec::new();
    for root in &roots.folders {
        walk(root, 0, &mut entries);
    }
    let (key, named, _) = home.key_file();
    let mut findings = Vec::new();
    findings.extend(me().and_then(|me| owners(&entries, me)));
    if named {
        // Whoever keeps a key elsewhere may give it to a group, and to root.
        entries.extend(entry(&key).map(|key| Entry { mode: key.mode & 0o707, ..key }));
    }
    findings.extend(modes(&entries, &roots));
    findings.extend(roots.folders.iter().flat_map(|root| dangling(root)));
    entries.retain(|entry| roots.is_written(&entry.path));
    findings.extend(drafts(&entries, now.into()));
    let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    for root in roots.folders.iter().filter_map(|root| existing(root)) {
        let shared = mounted_as(&mounts, &root).filter(|kind| SHARED.contains(kind));
        findings.extend(shared.map(|kind| {
            Finding::warning(
                "files",
                fail!(Configuration, "doctor-shared", path = root.display(), kind = kind),
            )
        }));
    }
    findings
}

fn walk(path: &Path, depth: usize, entries: &mut Vec<Entry>) {
    let Some(own) = entry(path).filter(|_| entries.len() < MOST) else { return };
    let deeper = own.is_folder && depth < DEEPEST;
    entries.push(own);
    if deeper {
        let mut inside: Vec<PathBuf> =
            fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        inside.sort();
        // A repository that a person keeps the files in is theirs.
        inside.retain(|path| !path.ends_with(".git"));
        // What a link leads to is somewhere else, and may be anybody's; only the folders themselves may be links.
        inside.retain(|path| !path.is_symlink());
        for path in inside {
            walk(&path, depth + 1, entries);
        }
    }
}

/// A link is what it leads to: it has no mode of its own.
fn entry(path: &Path) -> Option<Entry> {
    let found = fs::metadata(path).ok()?;
    Some(Entry {
        path: path.to_owned(),
        is_folder: found.is_dir(),
        mode: files::mode(path, &found),
        owner: owner(&found),
        modified: found.modified().ok(),
    })
}

#[cfg(unix)]
fn owner(found: &fs::Metadata) -> u32 {
    std::os::unix::fs::MetadataExt::uid(found)
}

/// Elsewhere users have no numbers ([`me`]).
#[cfg(not(unix))]
fn owner(_found: &fs::Metadata) -> u32 {
    0
}

/// What others may read. A person's own files may be open to them behind a closed door; the program's and
/// the key may not.
fn modes(entries: &[Entry], roots: &Roots) -> Vec<Finding> {
    let open = |entry: &&Entry| entry.mode & 0o077 != 0;
    let is_root = |path: &Path| roots.folders.iter().any(|root| root == path);
    let unlocked: Vec<&Path> = entries
        .iter()
        .filter(open)
        .filter(|entry| is_root(&entry.path))
        .map(|entry| entry.path.as_path())
        .collect();
    let behind = |path: &Path| unlocked.iter().any(|root| path != *root && path.starts_with(root));
    let mut findings = Vec::new();
    findings.extend(unlocked.iter().map(|root| Finding::warning("modes", open_folder(root))));
    let secret = |entry: &&Entry| roots.is_secret(&entry.path) && !is_root(&entry.path);
    let loose: Vec<&Entry> = entries.iter().filter(open).filter(secret).collect();
    // A key that others can read protects nothing at all.
    let key = |entry: &&&Entry| Some(&entry.path) == roots.secret.first() && !entry.is_folder;
    let keys = loose.iter().filter(key);
    findings.extend(keys.map(|key| Finding::problem("modes", open_key(&key.path))));
    let others: Vec<&&Entry> =
        loose.iter().filter(|entry| !key(entry)).filter(|entry| !behind(&entry.path)).collect();
    if let Some(first) = others.first() {
        findings.push(Finding::warning("modes", open_others(&first.path, others.len())));
    }
    findings
}

fn open_folder(path: &Path) -> Error {
    let (shown, word) = (path.display(), shell_word(path));
    match cfg!(windows) {
        true => fail!(Configuration, "doctor-access-folder", path = shown, command = closing(path, FOLDER)),
        false => fail!(Configuration, "doctor-mode-folder", path = shown, word = word),
    }
}

fn open_key(path: &Path) -> Error {
    let (shown, word) = (path.display(), shell_word(path));
    match cfg!(windows) {
        true => fail!(Configuration, "doctor-access-key", path = shown, command = closing(path, FILE)),
        false => fail!(Configuration, "doctor-mode-key", path = shown, word = word),
    }
}

fn open_others(first: &Path, count: usize) -> Error {
    let (path, word, command) = (first.display(), shell_word(first), closing(first, FOLDER));
    match cfg!(windows) {
        true => fail!(Configuration, "doctor-access", path = path, command = command, count = count),
        false => fail!(Configuration, "doctor-mode", path = path, word = word, count = count),
    }
}

/// The command for PowerShell after which only this user has these `rights`.
fn closing(path: &Path, rights: &str) -> String {
    let word = shell_word(path);
    format!("icacls {word} /inheritance:r /grant:r \"${{env:USERNAME}}:{rights}\"")
}

/// Links of a home that lead nowhere: what they stand for is as if it were not there. A person keeps such
/// links in the first two levels.
fn dangling(root: &Path) -> Vec<Finding> {
    let inside = |folder: &Path| -> Vec<PathBuf> {
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
    };
    let first = inside(root);
    let second = first.iter().filter(|path| !path.is_symlink()).flat_map(|path| inside(path));
    let mut broken: Vec<PathBuf> =
        std::iter::once(root.to_owned()).chain(first.iter().cloned()).chain(second).collect();
    broken.retain(|path| path.is_symlink() && !path.exists());
    broken.sort();
    let problem = |path: &PathBuf| {
        let error = fail!(Configuration, "doctor-link", path = path.display(), word = shell_word(path));
        Finding::problem("files", error)
    };
    broken.iter().map(problem).collect()
}

/// A path as one word of a command line.
pub fn shell_word(path: &Path) -> String {
    shell_words::quote(&path.to_string_lossy()).into_owned()
}

/// What belongs to somebody else.
fn owners(entries: &[Entry], me: u32) -> Option<Finding> {
    let foreign: Vec<&Entry> = entries.iter().filter(|entry| entry.owner != me).collect();
    let (path, count) = (foreign.first()?.path.display(), foreign.len());
    let error = fail!(Configuration, "doctor-owner", path = path, count = count);
    Some(Finding::warning("owners", error))
}

/// What was to be renamed and never was.
fn drafts(entries: &[Entry], now: SystemTime) -> Option<Finding> {
    let is_draft = |entry: &&Entry| {
        let name = entry.path.file_name().unwrap_or_default().to_string_lossy();
        let age = entry.modified.and_then(|modified| now.duration_since(modified).ok()).unwrap_or_default();
        name.starts_with(DRAFT) && !entry.is_folder && age > ABANDONED
    };
    let left: Vec<String> = entries.iter().filter(is_draft).map(|entry| shell_word(&entry.path)).collect();
    let note = text!("doctor-drafts", count = left.len());
    let hint = text!("doctor-drafts.hint", files = left.join(" "));
    (!left.is_empty()).then(|| Finding::note("leftovers", note).hint(hint))
}

/// The nearest folder that is there.
fn existing(path: &Path) -> Option<PathBuf> {
    path.ancestors().find_map(|path| path.canonicalize().ok())
}

/// The type of the file system that `path` lies on, by Linux' `mountinfo` (`man proc`).
fn mounted_as<'a>(mountinfo: &'a str, path: &Path) -> Option<&'a str> {
    let mount = |line: &'a str| {
        let (place, kind) = line.split_once(" - ")?;
        // Blanks in a path are written in octal.
        let folder = place.split(' ').nth(4)?.replace("\\040", " ");
        path.starts_with(&folder).then_some((folder.len(), kind.split(' ').next()?))
    };
    // Of two mounted on one folder the later one is seen.
    mountinfo.lines().filter_map(mount).max_by_key(|(length, _)| *length).map(|(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::finding::Severity;

    fn roots() -> Roots {
        Roots {
            folders: vec!["/h".into()],
            secret: ["/h/key", "/h/state", "/h/store"].map(PathBuf::from).to_vec(),
        }
    }

    fn with(modes: &[(&str, u32)]) -> Vec<Entry> {
        let entry = |(path, mode): &(&str, u32)| Entry { path: path.into(), mode: *mode, ..Entry::default() };
        modes.iter().map(entry).collect()
    }

    fn severities(listed: &[(&str, u32)]) -> Vec<Severity> {
        modes(&with(listed), &roots()).iter().map(|finding| finding.severity).collect()
    }

    #[test]
    fn a_persons_files_may_be_open_behind_a_closed_door() {
        assert_eq!(severities(&[("/h", 0o700), ("/h/apps", 0o755), ("/h/apps/a.toml", 0o644)]), []);
        assert_eq!(severities(&[("/h", 0o700), ("/h/key", 0o600), ("/h/store", 0o700)]), []);
    }

    #[test]
    fn an_open_door_is_told_once_and_an_open_key_in_any_case() {
        let open = [("/h", 0o755), ("/h/store", 0o755), ("/h/store/x", 0o644)];
        assert_eq!(severities(&open), [Severity::Warning]);
        assert_eq!(
            severities(&[("/h", 0o700), ("/h/store", 0o750), ("/h/state/x", 0o604)]),
            [Severity::Warning]
        );
        assert_eq!(severities(&[("/h", 0o700), ("/h/key", 0o640)]), [Severity::Problem]);
    }

    #[test]
    fn what_belongs_to_others_is_counted() {
        let mut entries = with(&[("/h", 0o700), ("/h/a", 0o600)]);
        assert!(owners(&entries, 0).is_none());
        entries[1].owner = 7;
        assert!(owners(&entries, 0).unwrap().message.contains("/h/a"));
    }

    #[test]
    fn only_old_drafts_were_left_behind() {
        let now = SystemTime::now();
        let draft = |name: &str, age: u64| Entry {
            path: Path::new("/h").join(name),
            modified: now.checked_sub(Duration::from_secs(age)),
            ..Entry::default()
        };
        assert!(drafts(&[draft(".tmpAbCdEf", 3000), draft("key", 9000)], now).is_none());
        let found = drafts(&[draft(".tmpAbCdEf", 3601)], now).unwrap();
        assert!(found.hint.unwrap().contains("/h/.tmpAbCdEf"));
    }

    #[test]
    fn the_innermost_mount_counts() {
        let mounts = "1 0 8:1 / / rw - ext4 /dev/sda1 rw\n\
                      2 1 0:5 / /home/a\\040b rw,x shared:1 - nfs4 server:/home rw\n\
                      3 1 0:6 / /home rw - tmpfs none rw\n";
        assert_eq!(mounted_as(mounts, Path::new("/home/a b/x")), Some("nfs4"));
        assert_eq!(mounted_as(mounts, Path::new("/home/c")), Some("tmpfs"));
        assert_eq!(mounted_as(mounts, Path::new("/homes")), Some("ext4"));
        assert_eq!(mounted_as("", Path::new("/")), None);
    }
}
