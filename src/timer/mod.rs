//! `refresh --all` on a schedule: what each system's scheduler wants to read, and what it is told.
//!
//! Nothing here is decided by the system this was built for: [`Scheduler`] is an argument, so that all
//! three are compiled and tested everywhere.

pub mod carried;
pub mod change;
pub mod interval;
pub mod launchd;
pub mod mark;
pub mod program;
pub mod status;
pub mod systemd;
pub mod tasks;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use interval::Interval;

use crate::model::Span;

/// What files, units and tasks of ours are called.
pub const NAME: &str = "sellauth-refresh";

/// Who starts it when the time has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Scheduler {
    /// A user's systemd (Linux).
    Systemd,
    /// A launch agent (macOS).
    Launchd,
    /// The task scheduler (Windows).
    Tasks,
}

impl Scheduler {
    /// Whose turn it is on a system, named as in [`std::env::consts::OS`]; `None` where only cron is left.
    pub fn of(os: &str) -> Option<Self> {
        match os {
            "linux" => Some(Self::Systemd),
            "macos" => Some(Self::Launchd),
            "windows" => Some(Self::Tasks),
            _ => None,
        }
    }

    /// Whether what it starts can be given variables of its own.
    pub fn has_environment(self) -> bool {
        self != Self::Tasks
    }

    /// The files it reads: where, and what stands in them.
    pub fn files(self, job: &Job, place: &Place) -> Vec<(PathBuf, Vec<u8>)> {
        match self {
            Self::Systemd => systemd::files(job, place),
            Self::Launchd => vec![launchd::file(job, place)],
            Self::Tasks => vec![tasks::file(job, place)],
        }
    }

    /// The same without their content.
    pub fn paths(self, place: &Place) -> Vec<PathBuf> {
        let named = |end: &str| place.folder.join(format!("{NAME}.{end}"));
        match self {
            Self::Systemd => vec![named("service"), named("timer")],
            Self::Launchd => vec![named("plist")],
            Self::Tasks => vec![named("xml")],
        }
    }

    /// The command that fails where it cannot be reached, and changes nothing.
    pub fn probe(self, place: &Place) -> Words {
        match self {
            Self::Systemd => words(&["systemctl", "--user", "show", "--property=Version"]),
            Self::Launchd => vec!["launchctl".to_owned(), "print".to_owned(), place.user.clone()],
            Self::Tasks => words(&["schtasks", "/Query", "/FO", "CSV", "/NH"]),
        }
    }

    /// The command that prints what is there under our name already, where files do not tell.
    pub fn present(self) -> Option<Words> {
        (self == Self::Tasks).then(|| words(&["schtasks", "/Query", "/TN", NAME, "/XML"]))
    }

    /// The command that succeeds as long as what was told to end has not ended, where that takes its time.
    pub fn still_there(self, place: &Place) -> Option<Words> {
        (self == Self::Launchd).then(|| launchd::question(place))
    }

    /// What is left when the files are gone, inner things first: files of ours, and folders that are removed
    /// only where they are empty.
    pub fn leavings(self, place: &Place) -> Vec<PathBuf> {
        let folder = &place.folder;
        match self {
            Self::Systemd => {
                let outer = folder.parent().map(Path::to_owned);
                [folder.join("timers.target.wants"), folder.clone()].into_iter().chain(outer).collect()
            }
            Self::Launchd => vec![place.log.clone()],
            Self::Tasks => vec![folder.clone()],
        }
    }

    /// The commands that make the files count. `again`: it knows older ones.
    pub fn activation(self, place: &Place, again: bool) -> Vec<Step> {
        match self {
            Self::Systemd => systemd::activation(again),
            Self::Launchd => launchd::activation(place),
            Self::Tasks => vec![Step::must(tasks::creation(place))],
        }
    }

    /// The commands that end it, before the files go.
    pub fn deactivation(self, place: &Place) -> Vec<Step> {
        match self {
            Self::Systemd => systemd::deactivation(),
            Self::Launchd => vec![Step::may(launchd::bootout(place))],
            Self::Tasks => vec![Step::must(words(&["schtasks", "/Delete", "/TN", NAME, "/F"]))],
        }
    }

    /// The commands that make it notice that files are gone.
    pub fn aftermath(self) -> Vec<Step> {
        match self {
            Self::Systemd => systemd::aftermath(),
            Self::Launchd | Self::Tasks => Vec::new(),
        }
    }
}

/// A command, its program first.
pub type Words = Vec<String>;

fn words(words: &[&str]) -> Words {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// One command of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The command.
    pub words: Words,
    /// Without it nothing that follows makes sense.
    pub must: bool,
}

impl Step {
    fn must(words: Words) -> Self {
        Self { words, must: true }
    }

    fn may(words: Words) -> Self {
        Self { words, must: false }
    }
}

/// What is to be done, and how often. It travels in the files, so that they can be compared with what would
/// be written today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// This program, by a path that is to last.
    pub program: String,
    /// How often.
    pub every: Interval,
    /// The command that is run when a shop needs its seller, in one line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hook: Option<String>,
    /// How long it must have needed one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grace: Option<Span>,
    /// The variables it needs to find the same shops. Never a secret.
    pub variables: BTreeMap<String, String>,
}

impl Job {
    /// What this program is told.
    pub fn arguments(&self) -> Vec<String> {
        let mut arguments = words(&["refresh", "--all"]);
        if let Some(hook) = &self.hook {
            arguments.extend(["--hook".to_owned(), hook.clone()]);
            let grace = self.grace.map(|grace| ["--grace".to_owned(), grace.to_string()]);
            arguments.extend(grace.into_iter().flatten());
        }
        arguments
    }

    /// What decides where it looks for shops, in words of a shell; empty where that is the usual place.
    pub fn home(&self) -> String {
        let set = |name: &&str| Some(format!("{name}={}", shell_words::quote(self.variables.get(*name)?)));
        carried::HOMES.iter().filter_map(set).collect::<Vec<_>>().join(" ")
    }

    /// The variables of an `older` job that nobody has set now: they stay. Not where it looks for shops.
    pub fn kept_of(&self, older: &Self) -> BTreeMap<String, String> {
        let stays =
            |name: &String| !self.variables.contains_key(name) && !carried::HOMES.contains(&name.as_str());
        older
            .variables
            .iter()
            .filter(|(name, _)| stays(name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    }

    /// The same as a line of a crontab, for whoever has no such scheduler. `seed`: as in [`Place`].
    pub fn crontab_line(&self, seed: &str) -> String {
        let variables = self.variables.iter();
        let variables = variables.map(|(name, value)| format!("{name}={}", shell_words::quote(value)));
        let words = std::iter::once(self.program.clone()).chain(self.arguments());
        let words = words.map(|word| shell_words::quote(&word).into_owned());
        let command = variables.chain(words).collect::<Vec<_>>().join(" ");
        // `%` ends the command there (crontab(5)).
        format!("{} {}", self.every.crontab(interval::offset(seed, self.every)), command.replace('%', r"\%"))
    }
}

/// Where and for whom.
#[derive(Clone, Debug)]
pub struct Place {
    /// The folder of the files.
    pub folder: PathBuf,
    /// How the scheduler calls this user: launchd's domain `gui/501`, the task scheduler's `HOST\ada`.
    pub user: String,
    /// What is the same at each installation here and differs elsewhere: not every machine is to ask the
    /// marketplaces in the same minute.
    pub seed: String,
    /// Where complaints go, for a scheduler without a journal.
    pub log: PathBuf,
    /// What a person reads in the scheduler's lists.
    pub description: String,
}

impl Place {
    fn file(&self, end: &str) -> PathBuf {
        self.folder.join(format!("{NAME}.{end}"))
    }
}

/// The folder that a scheduler reads. `config`: an absolute `XDG_CONFIG_HOME`; `state`: where ours are.
pub fn folder(scheduler: Scheduler, home: &Path, config: Option<&Path>, state: &Path) -> PathBuf {
    let config =
        config.filter(|config| config.is_absolute()).map_or_else(|| home.join(".config"), Path::to_owned);
    match scheduler {
        Scheduler::Systemd => config.join("systemd/user"),
        Scheduler::Launchd => home.join("Library/LaunchAgents"),
        Scheduler::Tasks => state.join("timer"),
    }
}

#[cfg(test)]
pub mod fixtures {
    //! A job with everything that is hard to write down.

    use std::io::Write;
    use std::process::{Command, Stdio};

    use serde_json::Value;

    use super::*;

    /// What Python's reader of a format, in `script`, finds in a file on its stdin: JSON.
    pub fn understood(script: &str, file: &[u8]) -> Value {
        let mut python = Command::new("python3");
        let python = python.args(["-c", script]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = python.spawn().expect("python3 is among what tests/run installs");
        child.stdin.take().unwrap().write_all(file).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success());
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// A place for it.
    pub fn place(folder: &Path) -> Place {
        Place {
            folder: folder.to_owned(),
            user: "gui/501".to_owned(),
            seed: "ada".to_owned(),
            log: "/home/ada & co/timer.log".into(),
            description: "Renews <shops> & \"more\"; 100 %n".to_owned(),
        }
    }

    /// It has a blank, a quote, an ampersand and a percent sign in everything a person chooses.
    pub fn job() -> Job {
        let variables = [("SELLAUTH_HOME", r#"/home/ada/"100 %h" $HOME & <co>"#), ("SELLAUTH_STORE", "file")];
        Job {
            program: r#"/home/ada/my "100 %h" $HOME & <bin>/sellauth"#.to_owned(),
            every: "6h".parse().unwrap(),
            hook: Some(r#"notify-send "a shop's 100 %n" '$SELLAUTH_MESSAGE' a\b ${X}"#.to_owned()),
            grace: Some(Span::seconds(7200)),
            variables: variables
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
        }
    }

    /// One with nothing special.
    pub fn plain() -> Job {
        Job {
            program: "/usr/bin/sellauth".to_owned(),
            every: "1d".parse().unwrap(),
            hook: None,
            grace: None,
            variables: BTreeMap::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_has_its_scheduler() {
        let of = ["linux", "macos", "windows", "freebsd"].map(Scheduler::of);
        let known = [Scheduler::Systemd, Scheduler::Launchd, Scheduler::Tasks].map(Some);
        assert_eq!(of[..3], known);
        assert_eq!(of[3], None);
    }

    #[test]
    fn files_lie_where_the_scheduler_looks() {
        let (home, state) = (Path::new("/home/ada"), Path::new("/state"));
        let at = |scheduler, config: Option<&str>| folder(scheduler, home, config.map(Path::new), state);
        assert_eq!(at(Scheduler::Systemd, None), Path::new("/home/ada/.config/systemd/user"));
        assert_eq!(at(Scheduler::Systemd, Some("/c")), Path::new("/c/systemd/user"));
        // The specification ignores a relative one.
        assert_eq!(at(Scheduler::Systemd, Some("c")), Path::new("/home/ada/.config/systemd/user"));
        assert_eq!(at(Scheduler::Launchd, Some("/c")), Path::new("/home/ada/Library/LaunchAgents"));
        assert_eq!(at(Scheduler::Tasks, None), Path::new("/state/timer"));
        for scheduler in [Scheduler::Systemd, Scheduler::Launchd, Scheduler::Tasks] {
            let place = fixtures::place(home);
            let files = scheduler.files(&fixtures::job(), &place).into_iter();
            assert_eq!(files.map(|(path, _)| path).collect::<Vec<_>>(), scheduler.paths(&place));
        }
    }

    #[test]
    fn a_crontabs_line_is_read_by_a_shell_and_has_no_bare_percent_sign() {
        let line = fixtures::job().crontab_line("ada");
        let (schedule, command) = line.split_at(line.match_indices(' ').nth(4).unwrap().0);
        assert!(schedule.ends_with("*/6 * * *"), "{schedule}");
        assert!(!command.replace(r"\%", "").contains('%'), "{command}");
        let words = shell_words::split(&command.replace(r"\%", "%")).unwrap();
        assert_eq!(words[0], format!("SELLAUTH_HOME={}", fixtures::job().variables["SELLAUTH_HOME"]));
        assert_eq!(words[2..4], [fixtures::job().program, "refresh".to_owned()]);
        assert_eq!(words[6], fixtures::job().hook.unwrap());
    }
}
