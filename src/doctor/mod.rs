//! What may be wrong with a machine, found before it matters: observations, and what follows from
//! them. Nothing is changed but for a probe entry that each store takes and gives back.
//!
//! One noun per file:
//!
//! - `finding`: one sentence, how bad it is, and what to do;
//! - `facts`: what is the case, and nobody's fault;
//! - `stores`, `loopback`, `browsers`, `network`, `tree`, `locks`, `leftovers`, `shops`: the checks;
//! - `jobs`, `accounts`, `trial`: whoever runs the scripts, who that is, and what they find there;
//! - `redaction`: what a bug report must not hold.

pub mod accounts;
mod browsers;
pub mod facts;
pub mod finding;
pub mod jobs;
mod leftovers;
mod locks;
mod loopback;
mod network;
pub mod redaction;
mod shops;
mod stores;
mod tree;
pub mod trial;

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::config::Home;
use crate::connection::Connection;
use crate::error::{Error, Kind};
use crate::store::StoreKind;
use crate::text;

use self::facts::Facts;
use self::finding::{Finding, Severity};
use self::shops::Inventory;

/// How often whoever waits is told what for.
const TICK: Duration = Duration::from_millis(100);

/// An environment that several threads look into.
pub type Var<'a> = &'a (dyn Fn(&str) -> Option<String> + Sync);

/// What is examined.
pub struct Patient<'a> {
    /// Its folders, if they are known.
    pub home: Option<&'a Home>,
    /// What was wrong with them.
    pub faults: Vec<Error>,
    /// Its environment.
    pub var: Var<'a>,
    /// The time.
    pub now: Timestamp,
    /// Why a shop is where it is, in words a seller understands.
    pub why: &'a dyn Fn(&Connection) -> Option<String>,
}

/// What was found.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    /// What is the case.
    pub facts: Facts,
    /// What follows from it, the gravest last.
    pub findings: Vec<Finding>,
}

impl Report {
    /// The kind of the gravest problem: of several the one with the highest exit code, as everywhere.
    pub fn verdict(&self) -> Option<Kind> {
        let problems = self.findings.iter().filter(|finding| finding.severity == Severity::Problem);
        problems.filter_map(|problem| problem.kind).max_by_key(|kind| kind.exit_code())
    }

    /// Puts what is fine first and what is grave last, where a person looks first; each thing once.
    pub fn sort(&mut self) {
        let mut seen = BTreeSet::new();
        self.findings.retain(|finding| seen.insert(finding.message.clone()));
        self.findings.sort_by_key(|finding| finding.severity);
    }
}

/// A check that may take a while.
struct Slow<'a> {
    what: String,
    run: Box<dyn FnOnce() -> Vec<Finding> + Send + 'a>,
}

/// Examines everything. `waiting` is told again and again what is not done yet.
pub fn examine(patient: Patient, waiting: &mut dyn FnMut(&[String])) -> Report {
    let Patient { home, faults, var, now, why } = patient;
    let inventory = home.map(|home| Inventory::take(home, now));
    let facts = Facts::gather(home, inventory.as_ref(), var, now);
    let mut findings: Vec<Finding> =
        faults.into_iter().map(|fault| Finding::problem("home", fault)).collect();
    let mut slow = vec![Slow::new(text!("doctor-doing-loopback"), || loopback::check(inventory.as_ref()))];
    if let (Some(home), Some(inventory)) = (home, &inventory) {
        let doing = text!("doctor-doing-network");
        slow.push(Slow::new(doing, move || network::check(home, inventory, var)));
        for kind in [StoreKind::Keyring, StoreKind::File, StoreKind::Vault] {
            let doing = text!("doctor-doing-store", store = kind);
            slow.push(Slow::new(doing, move || stores::check(home, inventory, kind)));
        }
        slow.push(Slow::new(text!("doctor-doing-locks"), move || locks::check(home, inventory)));
        findings.extend(tree::check(home, now));
        findings.extend(leftovers::check(home, inventory));
        findings.extend(inventory.findings(home, why));
    }
    findings.extend(browsers::check(var));
    findings.extend(all(slow, waiting));
    let mut report = Report { facts, findings };
    report.sort();
    report
}

impl<'a> Slow<'a> {
    fn new(what: String, run: impl FnOnce() -> Vec<Finding> + Send + 'a) -> Self {
        Self { what, run: Box::new(run) }
    }
}

/// Runs them side by side, so that the slowest decides how long it takes.
fn all(slow: Vec<Slow>, waiting: &mut dyn FnMut(&[String])) -> Vec<Finding> {
    let found = Mutex::new(Vec::new());
    thread::scope(|scope| {
        let running: Vec<_> = slow
            .into_iter()
            .map(|Slow { what, run }| {
                let found = &found;
                let thread = scope.spawn(move || {
                    let findings = run();
                    found.lock().unwrap_or_else(std::sync::PoisonError::into_inner).extend(findings);
                });
                (what, thread)
            })
            .collect();
        let left = || {
            let left = running.iter().filter(|(_, thread)| !thread.is_finished());
            left.map(|(what, _)| what.clone()).collect::<Vec<String>>()
        };
        // Most are done within a moment, and nobody waits a tick for that.
        let mut pause = Duration::from_millis(1);
        while let left @ [_, ..] = &left()[..] {
            waiting(left);
            thread::sleep(pause);
            pause = (pause * 2).min(TICK);
        }
    });
    let mut found = found.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    // Whoever was done first must not decide what stands first.
    found.sort_by(|a, b| a.check.cmp(&b.check));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fail;

    fn report(findings: Vec<Finding>) -> Report {
        Report { facts: Facts::default(), findings }
    }

    #[test]
    fn the_verdict_is_the_problem_with_the_highest_exit_code_and_warnings_are_fine() {
        let busy = || fail!(Temporary, "lock-held", path = "x");
        let locked = || fail!(Store, "store-keyring-locked");
        let verdict = |findings| report(findings).verdict();
        assert_eq!(verdict(vec![]), None);
        assert_eq!(verdict(vec![Finding::warning("a", locked()), Finding::ok("a", "fine")]), None);
        let both = vec![Finding::problem("a", locked()), Finding::problem("b", busy())];
        assert_eq!(verdict(both), Some(Kind::Store));
        assert_eq!(verdict(vec![Finding::problem("b", busy())]), Some(Kind::Temporary));
    }

    #[test]
    fn what_is_grave_stands_last_and_once() {
        let problem = || Finding::problem("a", fail!(Store, "store-keyring-locked"));
        let mut report =
            report(vec![problem(), Finding::note("b", "known"), problem(), Finding::ok("c", "fine")]);
        report.sort();
        let severities: Vec<Severity> = report.findings.iter().map(|finding| finding.severity).collect();
        assert_eq!(severities, [Severity::Ok, Severity::Note, Severity::Problem]);
    }

    #[test]
    fn what_takes_long_takes_it_side_by_side_and_is_told() {
        // None of them ends before all have begun and somebody was told.
        let all_began = std::sync::Barrier::new(3);
        let (told, heard) = (std::sync::Barrier::new(4), &mut Vec::new());
        let wait = |name: &'static str| {
            let (all_began, told) = (&all_began, &told);
            Slow::new(name.to_owned(), move || {
                all_began.wait();
                told.wait();
                vec![Finding::ok(name, name)]
            })
        };
        let found = all(vec![wait("b"), wait("a"), wait("c")], &mut |left| {
            if heard.is_empty() {
                told.wait();
            }
            heard.push(left.len());
        });
        let checks: Vec<&str> = found.iter().map(|finding| finding.check.as_str()).collect();
        assert_eq!((checks, heard[0]), (vec!["a", "b", "c"], 3));
    }
}
