//! Locks that somebody holds, and who.

use std::fs::{self, TryLockError};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use crate::config::Home;
use crate::files::open_plain;
use crate::records::lock_file;
use crate::{fail, text};

use super::finding::Finding;
use super::shops::Inventory;
use super::tree::shell_word;

/// A renewal takes a second; who holds a lock for longer than this is worth a word.
const PATIENCE: Duration = Duration::from_secs(2);

/// The pause between two looks.
const GLANCE: Duration = Duration::from_millis(50);

/// Looks which locks stay held.
pub fn check(home: &Home, inventory: &Inventory) -> Vec<Finding> {
    let until = Instant::now() + PATIENCE;
    let mut held = files(home);
    loop {
        held.retain(|path| is_held(path));
        if held.is_empty() || Instant::now() >= until {
            break;
        }
        thread::sleep(GLANCE);
    }
    let table = fs::read_to_string("/proc/locks").unwrap_or_default();
    held.iter().map(|path| finding(home, inventory, path, holder(path, &table))).collect()
}

fn files(home: &Home) -> Vec<PathBuf> {
    let folder = lock_file(home, "any").parent().map(Path::to_owned).unwrap_or_default();
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = entries.collect();
    files.sort();
    files
}

/// Whether another process holds it. It is taken beside others who only look, and given back at once.
fn is_held(path: &Path) -> bool {
    open_plain(path).is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

fn finding(home: &Home, inventory: &Inventory, path: &Path, holder: Option<u32>) -> Finding {
    let shops = inventory.profiles.iter().map(|(name, profile)| (name, profile.uuid));
    let apps = inventory.apps.iter().map(|(name, app, _)| (name, app.uuid));
    let owner = shops.chain(apps).find(|(_, uuid)| lock_file(home, uuid) == path);
    let what = owner.map_or_else(|| path.display().to_string(), |(name, _)| format!("`{name}`"));
    let who = match holder {
        Some(pid) => text!("doctor-lock-holder", pid = pid, program = program(pid)),
        None => text!("doctor-lock-somebody"),
    };
    let hint = match holder {
        Some(pid) => text!("doctor-lock-see", command = format!("ps -f -p {pid}")),
        None => text!("doctor-lock-see", command = format!("fuser {}", shell_word(path))),
    };
    let error = fail!(Temporary, "doctor-lock", what = what, who = who);
    Finding::warning("locks", error.hint(hint))
}

fn program(pid: u32) -> String {
    let name = fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
    crate::output::harmless(name.trim())
}

#[cfg(unix)]
fn holder(path: &Path, table: &str) -> Option<u32> {
    use std::os::unix::fs::MetadataExt;
    holder_of(table, fs::metadata(path).ok()?.ino())
}

#[cfg(not(unix))]
fn holder(_path: &Path, _table: &str) -> Option<u32> {
    None
}

/// Who holds the lock of a file by Linux' `/proc/locks` (`man proc`). Nobody whom this process cannot see.
#[cfg_attr(not(unix), allow(dead_code))]
fn holder_of(table: &str, inode: u64) -> Option<u32> {
    let row = |line: &str| {
        // A line with an arrow is somebody who waits.
        let words: Vec<&str> = line.split_whitespace().collect();
        let [_, _, _, _, pid, place, ..] = words[..] else { return None };
        let found = place.rsplit(':').next()?.parse() == Ok(inode);
        pid.parse().ok().filter(|pid| found && *pid != 0)
    };
    table.lines().find_map(row)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_holder_of_a_lock_stands_in_the_systems_table() {
        let table = "1: POSIX  ADVISORY  READ 11 08:01:42 128 128\n\
                     2: -> FLOCK  ADVISORY  WRITE 12 08:01:43 0 EOF\n\
                     2: FLOCK  ADVISORY  WRITE 13 08:01:43 0 EOF\n\
                     3: FLOCK  ADVISORY  WRITE 0 08:01:44 0 EOF\n";
        assert_eq!(holder_of(table, 43), Some(13));
        assert_eq!(holder_of(table, 44), None);
        assert_eq!(holder_of(table, 1), None);
    }
}
