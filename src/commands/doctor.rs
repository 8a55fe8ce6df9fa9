//! `sellauth doctor`: what is wrong with this machine, or with the one that scripts find.

use std::cell::Cell;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use console::{Style, Term, measure_text_width};
use jiff::Timestamp;

use super::countdown::obeys;
use super::status::explain;
use crate::config::Home;
use crate::connection::{Connection, SOON};
use crate::doctor::accounts::Account;
use crate::doctor::facts::{Facts, StoreUse};
use crate::doctor::finding::{Finding, Severity};
use crate::doctor::jobs::Job;
use crate::doctor::redaction::Redaction;
use crate::doctor::trial::{self, Trial};
use crate::doctor::{Patient, Report, Var, examine};
use crate::error::Result;
use crate::output::{Terminal, columns, harmless, print, print_json, wrapped};
use crate::{fail, prompt, text};

/// Who waits longer wants to know what for.
const WORTH_TELLING: Duration = Duration::from_secs(1);

/// What stands between the word that says how bad a finding is and the finding.
const GAP: usize = 2;

/// What `doctor` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Examine what a job of WHO finds instead of this session: cron, systemd or user:NAME
    ///
    /// The checks really run in the environment of such a job: a desktop's keyring, a proxy or a variable that
    /// is there by day may be missing at night. Without WHO, you are asked.
    #[arg(long, value_name = "WHO", num_args = 0..=1)]
    #[allow(clippy::option_option)] // not given, given without a value, given with one
    as_job: Option<Option<Who>>,
}

/// For whom this is examined.
#[derive(Clone, Debug)]
enum Who {
    /// A job, by starting this program in its environment.
    Job(Job),
    /// The process that did so. Nobody else says this, and completions that know every flag need not know
    /// this one.
    Parent {
        /// It prints the answer as it is.
        redacted: bool,
    },
}

impl std::str::FromStr for Who {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            trial::REDACTED => Ok(Self::Parent { redacted: true }),
            trial::NAMED => Ok(Self::Parent { redacted: false }),
            text => text.parse().map(Self::Job),
        }
    }
}

/// Examines, and says what was found. Works where nothing else does.
pub fn run(terminal: Terminal, args: &Args, var: Var) -> Result<ExitCode> {
    let (job, parent) = match &args.as_job {
        None => (None, None),
        Some(None) => (Some(ask(terminal)?), None),
        Some(Some(Who::Job(job))) => (Some(job.clone()), None),
        Some(Some(Who::Parent { redacted })) => (None, Some(*redacted)),
    };
    let (home, faults) = match Home::examine(&|name| var(name)) {
        Ok((home, faults)) => (Some(home), faults),
        Err(fault) => (None, vec![fault]),
    };
    let home = home.as_ref();
    let now = Timestamp::now();
    let trial = job.as_ref().map(|job| Trial::begin(job, home, var, terminal.json)).transpose()?;
    let redaction = match parent.unwrap_or(terminal.json) {
        true => {
            let other = trial.as_ref().and_then(|trial| trial.account.as_ref());
            Redaction::for_everyone(home, var, Account::me().as_ref(), other)
        }
        // Whoever asked for names tells them.
        false if parent.is_some() => Redaction::default(),
        false => Redaction::for_person(var),
    };
    let why = |shop: &Connection| explain(&shop.reason(now, SOON));
    let mut report = examine(Patient { home, faults, var, now, why: &why }, &mut progress(terminal, var));
    if let Some((job, trial)) = job.as_ref().zip(trial) {
        if terminal.json {
            // What is compared must be told alike.
            redaction.apply(&mut report);
        }
        report = trial.end(job, report, home, var);
    }
    redaction.apply(&mut report);
    let verdict = report.verdict();
    match parent {
        // Whoever reads the whole report needs no exit code.
        Some(_) => return print_json(&report).map(|()| ExitCode::SUCCESS),
        None => report.facts.forget_places(),
    }
    match terminal.json {
        true => print_json(&report)?,
        false => print(&shown(&report, job.as_ref(), columns()))?,
    }
    Ok(verdict.map_or(ExitCode::SUCCESS, |kind| ExitCode::from(kind.exit_code())))
}

/// Who runs the scripts, as a person says.
fn ask(terminal: Terminal) -> Result<Job> {
    if !terminal.interactive {
        return Err(fail!(Usage, "doctor-job-unnamed"));
    }
    let answers = [
        text!("doctor-job-answer-cron"),
        text!("doctor-job-answer-systemd"),
        text!("doctor-job-answer-user"),
    ];
    Ok(match prompt::select(&text!("doctor-job-ask"), &answers)? {
        0 => Job::Cron,
        1 => Job::Systemd,
        _ => {
            let parse = |name: &str| format!("user:{name}").parse::<Job>();
            let check = |name: &str| match parse(name) {
                Ok(_) => Ok(()),
                Err(_) => Err(fail!(NotFound, "doctor-job-no-user", name = name)),
            };
            let name = prompt::text(&text!("doctor-job-ask-user"), None, check)?;
            Job::User(name)
        }
    })
}

/// A line on the terminal about what is still being done; gone when dropped.
fn progress(terminal: Terminal, var: Var) -> impl FnMut(&[String]) {
    let able = !terminal.quiet && !terminal.json && obeys(&|name| var(name));
    let (began, line) = (Instant::now(), Line(Cell::new(false)));
    move |left: &[String]| {
        if able && began.elapsed() >= WORTH_TELLING {
            line.show(&text!("doctor-doing", what = left.join(", ")));
        }
    }
}

/// A line that is drawn over again and again.
struct Line(Cell<bool>);

impl Line {
    fn show(&self, text: &str) {
        let term = Term::stderr();
        let width = term.size_checked().map_or(80, |(_, columns)| usize::from(columns));
        // A terminal that goes away is nobody's concern.
        let _ = term.clear_line().and_then(|()| term.write_str(&console::truncate_str(text, width - 1, "…")));
        self.0.set(true);
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if self.0.get() {
            let _ = Term::stderr().clear_line();
        }
    }
}

/// The report for a person.
fn shown(report: &Report, job: Option<&Job>, width: Option<usize>) -> String {
    let rows = facts(&report.facts, job);
    let indent = rows.iter().map(|[label, _]| measure_text_width(label)).max().unwrap_or_default() + 2;
    let row = |[label, value]: &[String; 2]| {
        let blank = " ".repeat(indent - measure_text_width(label));
        format!("{label}{blank}{}", wrapped(&harmless(value), indent, width))
    };
    let mut lines: Vec<String> = rows.iter().map(row).collect();
    lines.push(String::new());
    lines.extend(report.findings.iter().flat_map(|finding| told(finding, width)));
    lines.push(String::new());
    let count = |severity| report.findings.iter().filter(|finding| finding.severity == severity).count();
    let (problems, warnings) = (count(Severity::Problem), count(Severity::Warning));
    lines.push(match (problems, warnings) {
        (0, 0) => text!("doctor-fine"),
        (0, _) => text!("doctor-fine-but", warnings = warnings),
        _ => text!("doctor-problems", problems = problems, warnings = warnings),
    });
    lines.join("\n")
}

/// Two columns: of what, and what.
fn facts(facts: &Facts, job: Option<&Job>) -> Vec<[String; 2]> {
    let Facts { version, os, arch, system, kernel, folders, stores, shops, apps, .. } = facts;
    let system = [Some(format!("{os} {arch}")), system.clone(), kernel.clone()].into_iter().flatten();
    let mut rows = vec![
        [text!("doctor-fact-program"), version.clone()],
        [text!("doctor-fact-system"), system.collect::<Vec<_>>().join(", ")],
    ];
    rows.extend(job.map(|job| [text!("doctor-fact-examined"), job.title()]));
    if let Some(folders) = folders {
        let config = match folders.exist {
            true => folders.config.clone(),
            false => text!("doctor-fact-not-there", folder = folders.config),
        };
        rows.push([text!("doctor-fact-config"), config]);
        rows.push([text!("doctor-fact-state"), folders.state.clone()]);
        rows.push([text!("doctor-fact-store"), folders.store.clone()]);
        rows.push([text!("doctor-fact-secrets"), stores.iter().map(store).collect::<Vec<_>>().join(", ")]);
        let cache = if facts.cache { text!("doctor-fact-cache-on") } else { text!("doctor-fact-cache-off") };
        rows.push([text!("doctor-fact-cache"), cache]);
        let shops = match facts.marketplaces.join(", ") {
            none if none.is_empty() => shops.to_string(),
            marketplaces => text!("doctor-fact-shops-of", shops = shops, marketplaces = marketplaces),
        };
        rows.push([text!("doctor-fact-shops"), shops]);
        rows.push([text!("doctor-fact-apps"), apps.to_string()]);
        let own = text!("doctor-fact-own", count = facts.definitions);
        rows.push([text!("doctor-fact-definitions"), own]);
    }
    let variables = match facts.variables.join(", ") {
        none if none.is_empty() => text!("doctor-fact-none"),
        names => names,
    };
    rows.push([text!("doctor-fact-variables"), variables]);
    rows
}

fn store(used: &StoreUse) -> String {
    match used.default {
        true => text!("doctor-fact-store-default", store = used.kind, secrets = used.secrets),
        false => text!("doctor-fact-store-use", store = used.kind, secrets = used.secrets),
    }
}

/// A finding: how bad, what, why, and what to do below it.
fn told(finding: &Finding, width: Option<usize>) -> Vec<String> {
    let words = [text!("doctor-ok"), text!("doctor-note"), text!("doctor-warning"), text!("doctor-problem")];
    let indent = words.iter().map(|word| measure_text_width(word)).max().unwrap_or_default() + GAP;
    let [ok, note, warning, problem] = words;
    let (style, word) = match finding.severity {
        Severity::Ok => (Style::new().green(), ok),
        Severity::Note => (Style::new().cyan(), note),
        Severity::Warning => (Style::new().yellow(), warning),
        Severity::Problem => (Style::new().red().bold(), problem),
    };
    let blank = " ".repeat(indent - measure_text_width(&word));
    let causes = finding.causes.iter().map(String::as_str);
    let what = std::iter::once(finding.message.as_str()).chain(causes).collect::<Vec<_>>().join(": ");
    let first = format!("{}{blank}{}", style.apply_to(word), wrapped(&harmless(&what), indent, width));
    let hint = finding.hint.as_ref().map(|hint| {
        let arrow = Style::new().cyan().apply_to("→");
        format!("{}{arrow} {}", " ".repeat(indent), wrapped(&harmless(hint), indent + 2, width))
    });
    std::iter::once(first).chain(hint).collect()
}
