//! What a scheduler tells of the timer, and what is wrong with it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::carried::LANGUAGE;
use super::mark::Found;
use super::{Job, Place, Scheduler, Words, launchd, systemd, tasks};

/// What the scheduler tells; nothing where it does not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// It will start the job.
    pub active: bool,
    /// The latest start.
    pub last_run_at: Option<Timestamp>,
    /// How that ended.
    pub last_exit_code: Option<i32>,
    /// The signal that ended it instead, by its number.
    pub last_signal: Option<i32>,
    /// The next start.
    pub next_run_at: Option<Timestamp>,
}

/// In what the timer differs from one that would be installed now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stale {
    /// It runs a program that is not there any more.
    ProgramMissing,
    /// It runs another program than this one.
    OtherProgram,
    /// It looks for shops elsewhere.
    OtherHome,
    /// Other variables decide what it reaches.
    OtherVariables,
    /// A person has changed a file.
    Edited,
    /// A file is missing, or they do not belong together.
    Incomplete,
    /// The scheduler does not know it.
    Inactive,
}

/// The command whose answer [`told`] reads.
pub fn question(scheduler: Scheduler, place: &Place) -> Words {
    match scheduler {
        Scheduler::Systemd => systemd::question(),
        Scheduler::Launchd => launchd::question(place),
        Scheduler::Tasks => tasks::question(),
    }
}

/// What the scheduler's answer says; `None` for a command that failed.
pub fn told(scheduler: Scheduler, answer: Option<&str>) -> Told {
    match (scheduler, answer) {
        (_, None) => Told::default(),
        (Scheduler::Systemd, Some(answer)) => of_systemd(answer),
        (Scheduler::Launchd, Some(answer)) => of_launchd(answer),
        // Its tables are translated.
        (Scheduler::Tasks, Some(_)) => Told { active: true, ..Told::default() },
    }
}

/// `CLD_EXITED` (sigaction(2)): of any other end `ExecMainStatus` is the signal.
const EXITED: &str = "1";

/// Reads what `systemctl show` prints of the timer and of the service, in UTC.
pub fn of_systemd(answer: &str) -> Told {
    let units: Vec<BTreeMap<&str, &str>> = answer
        .split("\n\n")
        .map(|unit| unit.lines().filter_map(|line| line.split_once('=')).collect())
        .collect();
    let of = |end: &str, name: &str| {
        let unit = units.iter().find(|unit| unit.get("Id").is_some_and(|id| id.ends_with(end)))?;
        unit.get(name).copied().filter(|value| !value.is_empty())
    };
    let time = |name| of(".timer", name).and_then(moment);
    let ended = of(".service", "ExecMainExitTimestamp").is_some();
    let code = of(".service", "ExecMainStatus").filter(|_| ended).and_then(|code| code.parse().ok());
    let exited = of(".service", "ExecMainCode").is_none_or(|how| how == EXITED);
    Told {
        active: of(".timer", "ActiveState") == Some("active"),
        last_run_at: time("LastTriggerUSec"),
        last_exit_code: code.filter(|_| exited),
        last_signal: code.filter(|_| !exited),
        next_run_at: time("NextElapseUSecRealtime"),
    }
}

/// `Mon 2026-11-23 06:00:00 UTC`
fn moment(text: &str) -> Option<Timestamp> {
    let inside = text.strip_suffix(" UTC")?.split_once(' ')?.1;
    let time: DateTime = inside.replace(' ', "T").parse().ok()?;
    Some(time.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// Reads what `launchctl print` says; it tells no times.
pub fn of_launchd(answer: &str) -> Told {
    let value = |name: &str| {
        answer.lines().find_map(|line| line.trim().strip_prefix(name)?.trim().strip_prefix("= "))
    };
    let code = value("last exit code").and_then(|code| code.split(':').next()?.trim().parse().ok());
    Told { active: true, last_exit_code: code, ..Told::default() }
}

/// What is wrong with the files that were found, one for each that there should be. `now`: what would be
/// installed; `there`: whether the program that they name is.
pub fn stale(found: &[Option<Found>], now: &Job, active: bool, there: bool) -> Vec<Stale> {
    let mut stale = Vec::new();
    let Some(first) = found.iter().flatten().next() else { return stale };
    let job = &first.job;
    let matters = [
        (!there, Stale::ProgramMissing),
        (there && job.program != now.program, Stale::OtherProgram),
        (job.home() != now.home(), Stale::OtherHome),
        (job.home() == now.home() && has_other_variables(job, now), Stale::OtherVariables),
        (found.iter().flatten().any(|file| file.edited), Stale::Edited),
        (found.iter().any(|file| file.as_ref().is_none_or(|file| file.job != *job)), Stale::Incomplete),
        (!active, Stale::Inactive),
    ];
    stale.extend(matters.into_iter().filter_map(|(is, what)| is.then_some(what)));
    stale
}

/// What is not set now stays as it was installed; the language changes nothing that is reached.
fn has_other_variables(job: &Job, now: &Job) -> bool {
    let mut matters = now.variables.iter().filter(|(name, _)| *name != LANGUAGE);
    matters.any(|(name, value)| job.variables.get(name) != Some(value))
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{job, plain};
    use super::*;

    #[test]
    fn systemd_tells_when_it_ran_and_will_run() {
        let answer = "NextElapseUSecRealtime=Mon 2026-11-23 06:11:40 UTC\nLastTriggerUSec=Mon 2026-11-23 00:11:40 UTC\n\
                      Id=sellauth-refresh.timer\nActiveState=active\nUnitFileState=enabled\n\n\
                      ExecMainExitTimestamp=Mon 2026-11-23 00:11:43 UTC\nExecMainStatus=4\nId=sellauth-refresh.service\n\
                      ActiveState=failed\n";
        let at = |text: &str| text.parse().ok();
        let told = of_systemd(answer);
        assert!(told.active && told.last_exit_code == Some(4), "{told:?}");
        assert_eq!(told.last_run_at, at("2026-11-23T00:11:40Z"));
        assert_eq!(told.next_run_at, at("2026-11-23T06:11:40Z"));
    }

    #[test]
    fn a_signal_is_no_exit_code() {
        let answer = "ExecMainExitTimestamp=Mon 2026-11-23 00:11:43 UTC\nExecMainCode=2\nExecMainStatus=9\n\
                      Id=sellauth-refresh.service\n";
        let told = of_systemd(answer);
        assert_eq!((told.last_exit_code, told.last_signal), (None, Some(9)));
        let told = of_systemd(&answer.replace("Code=2", "Code=1"));
        assert_eq!((told.last_exit_code, told.last_signal), (Some(9), None));
    }

    #[test]
    fn what_never_ran_has_no_end() {
        let answer = "NextElapseUSecRealtime=\nLastTriggerUSec=n/a\nId=sellauth-refresh.timer\nActiveState=inactive\n\n\
                      ExecMainExitTimestamp=\nExecMainStatus=0\nId=sellauth-refresh.service\n";
        assert_eq!(of_systemd(answer), Told::default());
    }

    #[test]
    fn launchd_tells_how_it_ended() {
        let answer =
            "gui/501/sellauth-refresh = {\n\tstate = not running\n\truns = 3\n\tlast exit code = 4\n}\n";
        assert_eq!(of_launchd(answer).last_exit_code, Some(4));
        let never = of_launchd("gui/501/x = {\n\tlast exit code = (never exited)\n}\n");
        assert_eq!((never.active, never.last_exit_code), (true, None));
        assert_eq!(of_launchd("last exit code = 78: EX_CONFIG").last_exit_code, Some(78));
        assert!(!told(Scheduler::Tasks, None).active && told(Scheduler::Tasks, Some("")).active);
    }

    #[test]
    fn each_difference_has_its_name() {
        let file = |job: &Job| Some(Found { job: job.clone(), edited: false });
        let now = job();
        let both = |job: &Job| vec![file(job), file(job)];
        assert_eq!(stale(&both(&now), &now, true, true), []);
        assert_eq!(stale(&[None, None], &now, false, false), [], "nothing is installed");
        let other = Job { program: "/other".to_owned(), ..now.clone() };
        assert_eq!(stale(&both(&other), &now, true, true), [Stale::OtherProgram]);
        assert_eq!(stale(&both(&other), &now, true, false), [Stale::ProgramMissing]);
        let with = |name: &str| {
            let mut job = now.clone();
            job.variables.insert(name.to_owned(), "other".to_owned());
            job
        };
        assert_eq!(stale(&both(&with("SELLAUTH_HOME")), &now, true, true), [Stale::OtherHome]);
        assert_eq!(stale(&both(&with("SELLAUTH_STORE")), &now, true, true), [Stale::OtherVariables]);
        assert_eq!(stale(&both(&with("SELLAUTH_LANG")), &now, true, true), [], "it is only read");
        assert_eq!(stale(&both(&with("NO_PROXY")), &now, true, true), [], "what is not set now stays");
        let edited = vec![file(&now), Some(Found { job: now.clone(), edited: true })];
        assert_eq!(stale(&edited, &now, true, true), [Stale::Edited]);
        assert_eq!(stale(&[file(&now), None], &now, false, true), [Stale::Incomplete, Stale::Inactive]);
        let hook = Job { every: plain().every, ..now.clone() };
        assert_eq!(stale(&[file(&now), file(&hook)], &now, true, true), [Stale::Incomplete]);
        // How often it runs, and what is done then, is the installed one's own.
        assert_eq!(stale(&both(&hook), &now, true, true), []);
    }
}
