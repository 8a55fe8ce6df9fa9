//! This program in the environment of a job: another process, and, where that can be had, another user.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use crate::config::Home;
use crate::errand::program_in;
use crate::error::{Error, Kind, Result};
use crate::{fail, messages, text};

use super::accounts::{Account, by_modes, me};
use super::finding::Finding;
use super::jobs::Job;
use super::{Report, Var};

/// What `--as-job` is told in the other process, which then answers without anything that is somebody's.
pub const REDACTED: &str = "=";

/// The same where a person reads the answer, names and all.
pub const NAMED: &str = "=named";

/// So long a trial may take: each of its checks ends after a few seconds.
const DEADLINE: Duration = Duration::from_secs(30);

/// What a process said comes this soon after its end.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// The pause between two looks whether it has ended.
const GLANCE: Duration = Duration::from_millis(10);

/// Changes user and groups, and runs a program (package util-linux).
const SETPRIV: &str = "setpriv";

/// A job that is being tried, if this process may.
pub struct Trial {
    /// The user it runs as, where that is another one.
    pub account: Option<Account>,
    child: Option<Result<Child, Error>>,
    /// It has only its own of its user's groups.
    lacks_groups: bool,
}

impl Trial {
    /// Starts it. `redacted`: nothing of a person's comes back. Kind `not_found` for a user whom this machine
    /// does not have.
    pub fn begin(job: &Job, home: Option<&Home>, var: Var, redacted: bool) -> Result<Self> {
        let account = match job {
            Job::User(name) => {
                let missing = || fail!(NotFound, "doctor-job-no-user", name = name);
                Some(Account::named(name).ok_or_else(missing)?)
            }
            Job::Cron | Job::Systemd => None,
        };
        let other = account.as_ref().filter(|account| me() != Some(account.uid));
        let barred = other.is_some() && me() != Some(0);
        let setpriv = program_in(SETPRIV, &var("PATH").unwrap_or_default());
        let lacks_groups = !barred && setpriv.is_none() && other.is_some_and(|other| other.groups.len() > 1);
        let kept = home.filter(|_| var("SELLAUTH_HOME").is_some()).map(Home::config_folder);
        let environment = job.environment(var, account.as_ref(), kept);
        let words = ["doctor", "--as-job", if redacted { REDACTED } else { NAMED }];
        let start = || {
            other.map_or(Ok(()), reaches_program)?;
            start(command(other, setpriv.as_deref(), &words)?, environment)
        };
        let child = (!barred).then(start);
        Ok(Self { account, child, lacks_groups })
    }

    /// What it found, beside what is found here.
    pub fn end(self, job: &Job, here: Report, home: Option<&Home>, var: Var) -> Report {
        let Some(child) = self.child else {
            let folders =
                home.map(|home| vec![home.config_folder(), home.state_folder(), home.data_folder()]);
            let folders = folders.unwrap_or_default();
            let findings = self.account.iter().flat_map(|account| by_modes(account, &folders)).collect();
            let mut report = Report { facts: here.facts, findings };
            report.facts.job = Some(job.kind().to_owned());
            report.sort();
            return report;
        };
        let mut report = match child.and_then(|child| outcome(child, DEADLINE)) {
            Ok(there) => job.judge(&here, there, &Job::lost(var)),
            // What was found here says nothing of the job.
            Err(error) => {
                Report { facts: here.facts.of_machine(job.kind()), findings: vec![job.failed(&error)] }
            }
        };
        if let Some(account) = self.account.filter(|_| self.lacks_groups) {
            let note = Finding::note("job", text!("doctor-job-groups", name = account.name));
            report.findings.push(note.hint(text!("doctor-job-groups.hint", name = account.name)));
        }
        report.sort();
        report
    }
}

/// An error for a user who cannot get at this program: `setpriv` would start it with root's rights.
fn reaches_program(other: &Account) -> Result<()> {
    let Ok(program) = std::env::current_exe() else { return Ok(()) };
    let Some(door) = other.barred_from(&[&program]) else { return Ok(()) };
    let why = fail!(Configuration, "doctor-job-barred", name = other.name, path = door.display());
    let cause = text!("doctor-job-unstarted", program = program.display(), why = why);
    Err(untried(Kind::Configuration, cause))
}

/// This program, as another user where one is given. Groups are set before the user, who could not do it.
fn command(other: Option<&Account>, setpriv: Option<&Path>, words: &[&str]) -> Result<Command> {
    let unknown = |error: std::io::Error| untried(Kind::Internal, error.to_string());
    let program = std::env::current_exe().map_err(unknown)?;
    let mut command = match (other, setpriv) {
        (Some(other), Some(setpriv)) => {
            let mut command = Command::new(setpriv);
            let (uid, gid) = (format!("--reuid={}", other.uid), format!("--regid={}", other.gid));
            command.args([&uid, &gid, "--init-groups", "--"]).arg(program);
            command
        }
        (Some(other), None) => become_user(Command::new(program), other),
        (None, _) => Command::new(program),
    };
    command.args(words);
    Ok(command)
}

#[cfg(unix)]
fn become_user(mut command: Command, account: &Account) -> Command {
    use std::os::unix::process::CommandExt;
    command.uid(account.uid).gid(account.gid);
    command
}

#[cfg(not(unix))]
fn become_user(command: Command, _account: &Account) -> Command {
    command
}

/// Starts it with nothing but the environment of a job.
fn start(mut command: Command, environment: Vec<(String, String)>) -> Result<Child> {
    command.env_clear().envs(environment).current_dir(Path::new("/"));
    // Its findings are for whoever asked, not for whoever reads the job's mail.
    command.env("SELLAUTH_LANG", messages::spoken().tag());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().map_err(|error| {
        let program = PathBuf::from(command.get_program());
        let cause = text!("doctor-job-unstarted", program = program.display(), why = error);
        untried(Kind::Configuration, cause)
    })
}

/// The report it answers with; a process that does not end in time is ended.
fn outcome(mut child: Child, patience: Duration) -> Result<Report> {
    let (said, complained) = (child.stdout.take().map(drain), child.stderr.take().map(drain));
    let Some(status) = ended(&mut child, patience) else {
        // Whoever is gone already needs no end.
        let _ = child.kill().and_then(|()| child.wait());
        let seconds = patience.as_secs();
        return Err(untried(Kind::Temporary, text!("doctor-job-silent", seconds = seconds)));
    };
    let words = |pipe: Option<Receiver<Vec<u8>>>| {
        pipe.and_then(|pipe| pipe.recv_timeout(LAST_WORDS).ok()).unwrap_or_default()
    };
    serde_json::from_slice(&words(said)).map_err(|_| {
        let complained = String::from_utf8_lossy(&words(complained)).trim().to_owned();
        let cause = if complained.is_empty() { status.to_string() } else { complained };
        untried(Kind::Configuration, cause)
    })
}

fn ended(child: &mut Child, patience: Duration) -> Option<ExitStatus> {
    let until = Instant::now() + patience;
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if Instant::now() < until => thread::sleep(GLANCE),
            _ => return None,
        }
    }
}

/// What comes out of a pipe, once it is closed. Whoever holds it open for longer is not waited for.
fn drain(mut pipe: impl Read + Send + 'static) -> Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = pipe.read_to_end(&mut bytes);
        let _ = sender.send(bytes);
    });
    receiver
}

/// Why a job could not be tried, for [`Job::failed`].
fn untried(kind: Kind, cause: String) -> Error {
    Error::new(kind, cause, None)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn outcome_of(script: &str, patience: Duration) -> Error {
        let mut shell = Command::new("sh");
        shell.args(["-c", script]);
        outcome(start(shell, Vec::new()).unwrap(), patience).unwrap_err()
    }

    #[test]
    fn a_trial_that_does_not_end_is_ended() {
        let began = Instant::now();
        let error = outcome_of("exec sleep 60", Duration::from_millis(50));
        assert!(error.kind == Kind::Temporary && began.elapsed() < Duration::from_secs(30), "{error}");
    }

    #[test]
    fn a_trial_without_an_answer_says_what_it_said_and_how_it_ended() {
        let long = Duration::from_secs(30);
        assert_eq!(outcome_of("echo why >&2; exit 3", long).message, "why");
        assert!(outcome_of("exit 3", long).message.contains('3'));
        let error = start(Command::new("/nowhere/program"), Vec::new()).unwrap_err();
        assert!(error.message.contains("/nowhere/program"), "{error}");
    }

    #[test]
    fn another_user_has_their_groups() {
        let account =
            Account { name: "www".to_owned(), uid: 33, gid: 34, groups: vec![34, 44], home: String::new() };
        let with = command(Some(&account), Some(Path::new("/usr/bin/setpriv")), &["doctor"]).unwrap();
        let words: Vec<_> = with.get_args().map(|word| word.to_string_lossy().into_owned()).collect();
        assert_eq!(words[..4], ["--reuid=33", "--regid=34", "--init-groups", "--"]);
        assert_eq!(words.last().map(String::as_str), Some("doctor"));
    }
}
