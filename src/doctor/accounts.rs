//! The users of this machine, and what modes allow them.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::{fail, text};

use super::finding::Finding;

/// A user of this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The name.
    pub name: String,
    /// The user's number.
    pub uid: u32,
    /// Their own group's.
    pub gid: u32,
    /// All their groups', their own included.
    pub groups: Vec<u32>,
    /// Their home.
    pub home: String,
}

impl Account {
    /// The user called `name`, from wherever this machine knows its users.
    pub fn named(name: &str) -> Option<Self> {
        Self::found(name, |fields| fields.first() == Some(&name))
    }

    /// Whoever runs this process; nobody where users have no numbers.
    pub fn me() -> Option<Self> {
        let uid = me()?.to_string();
        Self::found(&uid, |fields| fields.get(2) == Some(&uid.as_str()))
    }

    fn found(wanted: &str, fits: impl Fn(&[&str]) -> bool) -> Option<Self> {
        let in_file = || {
            let text = std::fs::read_to_string("/etc/passwd").ok()?;
            text.lines().find(|line| fits(&line.split(':').collect::<Vec<_>>())).map(str::to_owned)
        };
        let line = said("getent", &["passwd", "--", wanted]).or_else(in_file)?;
        let name = line.split(':').next()?;
        Self::read(&line, &said("id", &["-G", "--", name]).unwrap_or_default())
    }

    /// The account by a line of `passwd` (`man 5 passwd`) and what `id -G` says.
    fn read(line: &str, groups: &str) -> Option<Self> {
        let [name, _, uid, gid, _, home, ..] = line.trim().split(':').collect::<Vec<_>>()[..] else {
            return None;
        };
        let (uid, gid) = (uid.parse().ok()?, gid.parse().ok()?);
        let mut groups: Vec<u32> = groups.split_whitespace().filter_map(|group| group.parse().ok()).collect();
        groups.push(gid);
        Some(Self { name: name.to_owned(), uid, gid, groups, home: home.to_owned() })
    }

    /// What modes allow this user: the first of `folders` that is closed, or above one that is.
    #[cfg(unix)]
    pub fn barred_from(&self, folders: &[&Path]) -> Option<PathBuf> {
        use std::os::unix::fs::MetadataExt;
        let closed = |path: &Path, wanted: u32| {
            path.metadata().is_ok_and(|found| !self.may(found.mode(), found.uid(), found.gid(), wanted))
        };
        folders.iter().find_map(|folder| {
            // From the root down: the first door that is closed explains those behind it.
            let mut above: Vec<&Path> = folder.ancestors().skip(1).collect();
            above.reverse();
            let door = above.into_iter().find(|path| closed(path, 0o1));
            door.or_else(|| closed(folder, 0o5).then_some(folder)).map(Path::to_owned)
        })
    }

    #[cfg(not(unix))]
    #[allow(clippy::unused_self)] // the same signature as on Unix
    pub fn barred_from(&self, _folders: &[&Path]) -> Option<PathBuf> {
        None
    }

    /// Whether a mode gives this user all `wanted` bits: 4 to read, 1 to pass.
    #[cfg_attr(not(unix), allow(dead_code))]
    fn may(&self, mode: u32, owner: u32, group: u32, wanted: u32) -> bool {
        let class = match () {
            () if self.uid == 0 => return true,
            () if self.uid == owner => mode >> 6,
            () if self.groups.contains(&group) => mode >> 3,
            () => mode,
        };
        class & wanted == wanted
    }
}

/// What a program of the system's answers.
fn said(program: &str, words: &[&str]) -> Option<String> {
    let output = Command::new(program).args(words).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The number of whoever runs this process.
#[cfg(unix)]
#[allow(clippy::unnecessary_wraps)] // the same signature as elsewhere
pub fn me() -> Option<u32> {
    Some(rustix::process::geteuid().as_raw())
}

#[cfg(not(unix))]
pub fn me() -> Option<u32> {
    None
}

/// What can be said of a user whom this process may not become.
pub fn by_modes(account: &Account, folders: &[&Path]) -> Vec<Finding> {
    let name = &account.name;
    let first = match account.barred_from(folders) {
        Some(path) => {
            let error = fail!(Configuration, "doctor-job-barred", name = name, path = path.display());
            Finding { only_in_job: true, ..Finding::problem("job", error) }
        }
        None => Finding::ok("job", text!("doctor-job-may-read", name = name)),
    };
    let untested = Finding::note("job", text!("doctor-job-untested", name = name))
        .hint(text!("doctor-job-untested.hint", name = name));
    vec![first, untested]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_decide_what_another_user_may_read() {
        let line = "www:x:33:33:Web:/var/www:/usr/sbin/nologin";
        let www = Account::read(line, "33 44").unwrap();
        assert_eq!((www.uid, www.home.as_str()), (33, "/var/www"));
        assert_eq!(Account::read("nonsense", ""), None);
        for (mode, owner, group, expected) in [
            (0o700, 1000, 1000, false),
            (0o750, 1000, 44, true),
            (0o705, 1000, 1000, true),
            // The first class that fits counts, not the best one.
            (0o077, 33, 1000, false),
            (0o707, 1000, 33, false),
        ] {
            assert_eq!(www.may(mode, owner, group, 0o5), expected, "{mode:o} {owner} {group}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn whoever_runs_this_is_known_by_number_and_by_name() {
        let me = Account::me().unwrap();
        assert_eq!(Account::named(&me.name), Some(me));
        assert_eq!(Account::named("nobody-of-that-name"), None);
    }
}
