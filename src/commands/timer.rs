//! `sellauth timer`: the system's scheduler keeps the shops alive.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::json;

use super::timer_advice::{Advice, advice, kept_advice};
use super::{Context, timer_status};
use crate::alarm;
use crate::errand::program_in;
use crate::error::Result;
use crate::messages::spoken;
use crate::model::Span;
use crate::output::{emit, print, print_json};
use crate::timer::carried::{Carried, carried};
use crate::timer::change::Change;
use crate::timer::interval::Interval;
use crate::timer::{self, Job, Place, Scheduler, program};
use crate::{fail, interrupt, text};

/// What `timer` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Install the timer, or change it
    ///
    /// What no flag and no variable says stays as it is installed.
    Install(InstallArgs),
    /// Remove the timer
    Remove {
        /// Remove a timer that looks for shops in another place, too
        #[arg(long)]
        force: bool,
        /// Only show what would be removed and run
        #[arg(long)]
        dry_run: bool,
    },
    /// Show whether the timer is installed, when it ran and will run, and what is wrong with it
    Status,
}

/// What `timer install` takes.
#[derive(Debug, clap::Args)]
pub struct InstallArgs {
    /// How often: 15m, 20m, 30m, 1h, 2h, 3h, 4h, 6h, 8h, 12h or 1d [default: 6h]
    #[arg(long, value_name = "TIME")]
    every: Option<Interval>,
    /// The command to run when a shop needs its seller, as of `refresh`; an empty one takes it away
    #[arg(long, value_name = "COMMAND")]
    hook: Option<String>,
    /// How long a shop must have needed its seller before the command is run: 90s, 5m, 12h, 30d [default: 1h]
    #[arg(long, value_name = "TIME")]
    grace: Option<Span>,
    /// Replace the timer's files even if they were changed by hand, or look for shops in another place
    #[arg(long)]
    force: bool,
    /// Only show the files that would be written and the commands that would be run
    #[arg(long)]
    dry_run: bool,
}

/// This machine, as far as it matters to a timer.
pub struct Here {
    /// The scheduler.
    pub scheduler: Scheduler,
    /// Where, and for whom.
    pub place: Place,
    /// The job as it would be without any flags.
    pub job: Job,
    /// What becomes of the variables.
    pub carried: Carried,
    /// What to do without a scheduler.
    pub way_out: String,
}

impl Here {
    /// Looks around. Kind `configuration` for a system without a scheduler of its own, and for paths that
    /// cannot be written down.
    pub fn find(context: &Context) -> Result<Self> {
        let scheduler = Scheduler::of(std::env::consts::OS);
        let carried = carried(scheduler, &*context.var, spoken().tag());
        let program = lasting_program(context)?;
        let job = Job {
            program,
            every: Interval::USUAL,
            hook: None,
            grace: None,
            variables: carried.variables.clone(),
        };
        let seed = seed(context);
        let Some(scheduler) = scheduler else {
            return Err(fail!(Configuration, "timer-no-scheduler").hint(by_cron(&job, &seed)));
        };
        let way_out = way_out(scheduler, &job, &seed);
        let place = place(context, scheduler, seed)?;
        check_plain(place.folder.to_str())?;
        job.variables.values().try_for_each(|value| check_plain(Some(value)).map(|_| ()))?;
        Ok(Self { scheduler, place, job, carried, way_out })
    }

    /// What changes it.
    pub fn change(&self) -> Change<'_> {
        Change { scheduler: self.scheduler, place: &self.place, way_out: &self.way_out }
    }
}

fn way_out(scheduler: Scheduler, job: &Job, seed: &str) -> String {
    match scheduler {
        Scheduler::Tasks => text!("timer-way-out-task", program = job.program),
        Scheduler::Systemd | Scheduler::Launchd => by_cron(job, seed),
    }
}

/// A line of its own that begins with a blank is never broken: it is to be copied.
fn by_cron(job: &Job, seed: &str) -> String {
    format!("{}\n {}", text!("timer-way-out"), job.crontab_line(seed))
}

/// One user has one timer. Kind `configuration` for a `job` that looks for shops elsewhere than one made here.
fn check_home(installed: &Job, here: &Here, force: bool) -> Result<()> {
    let place = |job: &Job| {
        Some(job.home()).filter(|home| !home.is_empty()).unwrap_or_else(|| text!("timer-usual-home"))
    };
    match force || installed.home() == here.job.home() {
        true => Ok(()),
        false => {
            let (theirs, ours) = (place(installed), place(&here.job));
            Err(fail!(Configuration, "timer-other-home", theirs = theirs, ours = ours))
        }
    }
}

/// What no scheduler's file can hold in one line.
fn check_plain(text: Option<&str>) -> Result<&str> {
    let plain = text.filter(|text| !text.chars().any(char::is_control));
    plain.ok_or_else(|| fail!(Configuration, "timer-path-unfit"))
}

/// This program, by a path that is to outlive the next upgrade.
fn lasting_program(context: &Context) -> Result<String> {
    let unknown = |error| fail!(Internal, "timer-program-unknown").because(error);
    let own = std::env::current_exe().and_then(|program| program.canonicalize()).map_err(unknown)?;
    let name = own.file_name().unwrap_or_default();
    let path = (context.var)("PATH").unwrap_or_default();
    let called = std::env::args_os().next().map(PathBuf::from);
    let on_path = std::env::split_paths(&path).map(|folder| folder.join(name));
    let candidates: Vec<PathBuf> = on_path.chain(called).collect();
    check_plain(program::lasting(&own, &candidates).to_str()).map(str::to_owned)
}

fn place(context: &Context, scheduler: Scheduler, seed: String) -> Result<Place> {
    let var = &context.var;
    let missing = || fail!(Configuration, "home-missing");
    let home = var("HOME").or_else(|| var("USERPROFILE")).map(PathBuf::from).ok_or_else(missing)?;
    let config = var("XDG_CONFIG_HOME").map(PathBuf::from);
    let state = context.home.state_folder();
    Ok(Place {
        folder: timer::folder(scheduler, &home, config.as_deref(), state),
        user: match scheduler {
            Scheduler::Systemd => whoami::username().unwrap_or_default(),
            Scheduler::Launchd => format!("gui/{}", uid()),
            Scheduler::Tasks => {
                [var("USERDOMAIN"), var("USERNAME")].into_iter().flatten().collect::<Vec<_>>().join("\\")
            }
        },
        seed,
        log: state.join("timer.log"),
        description: text!("timer-description"),
    })
}

/// The same at each installation here, and another one elsewhere.
fn seed(context: &Context) -> String {
    let [user, host] = [whoami::username(), whoami::hostname()].map(Result::unwrap_or_default);
    format!("{user}@{host}:{}", context.home.config_folder().display())
}

#[cfg(unix)]
fn uid() -> u32 {
    rustix::process::getuid().as_raw()
}

/// Only launchd wants to know.
#[cfg(not(unix))]
fn uid() -> u32 {
    0
}

/// Installs, removes, or shows.
pub fn run(context: &Context, args: &Args) -> Result<ExitCode> {
    match &args.command {
        Command::Install(args) => install(context, args),
        Command::Remove { force, dry_run } => remove(context, *force, *dry_run),
        Command::Status => timer_status::run(context),
    }?;
    Ok(ExitCode::SUCCESS)
}

fn install(context: &Context, args: &InstallArgs) -> Result<()> {
    let here = Here::find(context)?;
    let hook = args.hook.as_deref().map(|line| hook(context, line)).transpose()?;
    let installed = here.change().found()?.into_iter().flatten().next().map(|found| found.job);
    installed.iter().try_for_each(|job| check_home(job, &here, args.force))?;
    let older = installed.unwrap_or_else(|| here.job.clone());
    let mut kept = here.job.kept_of(&older);
    // One with a password is set and does not go along: it is no reason to keep another.
    kept.retain(|name, _| (context.var)(name).is_none());
    let hook = hook.unwrap_or(older.hook);
    let job = Job {
        every: args.every.unwrap_or(older.every),
        grace: args.grace.or(older.grace).filter(|_| hook.is_some()),
        hook,
        variables: here
            .job
            .variables
            .iter()
            .chain(&kept)
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect(),
        ..here.job.clone()
    };
    if args.grace.is_some() && job.hook.is_none() {
        return Err(fail!(Usage, "timer-grace-alone"));
    }
    let here = Here { way_out: way_out(here.scheduler, &job, &here.place.seed), ..here };
    let advice = [kept_advice(&kept), advice(context, &here, &job)].concat();
    if args.dry_run {
        show_plan(context, &here, &job)?;
        tell(context, &advice);
        return Ok(());
    }
    interrupt::watch();
    let again = here.change().install(&job, args.force)?;
    let told = timer_status::told(&here);
    if context.terminal.json {
        return print_json(&json!({
            "installed": true,
            "updated": again,
            "scheduler": here.scheduler,
            "every": job.every,
            "hook": job.hook,
            "files": here.scheduler.paths(&here.place),
            "next_run_at": told.next_run_at,
            "warnings": advice.iter().map(|advice| advice.code).collect::<Vec<_>>(),
        }));
    }
    print(&match again {
        true => text!("timer-updated", every = job.every),
        false => text!("timer-installed", every = job.every),
    })?;
    tell(context, &advice);
    Ok(())
}

fn tell(context: &Context, advice: &[Advice]) {
    for advice in advice {
        context.terminal.note(&advice.text);
        advice.hint.iter().for_each(|hint| context.terminal.hint(hint));
    }
}

/// The hook as a job finds it: its program by its whole path, since a job's `PATH` is another one.
fn hook(context: &Context, line: &str) -> Result<Option<String>> {
    if line.trim().is_empty() {
        return Ok(None);
    }
    let mut words = alarm::command(line)?;
    let path = (context.var)("PATH").unwrap_or_default();
    let missing = || fail!(NotFound, "timer-hook-missing", program = words[0]);
    let found = program_in(&words[0], &path).ok_or_else(missing)?;
    let found = std::path::absolute(&found).unwrap_or(found);
    check_plain(found.to_str())?.clone_into(&mut words[0]);
    Ok(Some(shell_words::join(words)))
}

fn show_plan(context: &Context, here: &Here, job: &Job) -> Result<()> {
    let again = here.change().found()?.iter().any(Option::is_some);
    let files = here.scheduler.files(job, &here.place);
    let steps = here.scheduler.activation(&here.place, again);
    let commands: Vec<_> = steps.into_iter().map(|step| step.words).collect();
    if context.terminal.json {
        let files = files.iter().map(|(path, bytes)| json!({ "path": path, "content": readable(bytes) }));
        return print_json(&json!({ "files": files.collect::<Vec<_>>(), "commands": commands }));
    }
    let file = |(path, bytes): &(PathBuf, Vec<u8>)| {
        format!("{}\n\n{}\n", text!("timer-would-write", path = path.display()), readable(bytes))
    };
    emit(&files.iter().map(file).collect::<String>())?;
    show_commands(&commands)
}

fn show_commands(commands: &[timer::Words]) -> Result<()> {
    print(&text!("timer-would-run"))?;
    commands.iter().try_for_each(|words| print(&format!("  {}", shell_words::join(words))))
}

/// As a person reads it, UTF-16 included.
fn readable(bytes: &[u8]) -> String {
    timer::mark::decoded(bytes)
}

fn remove(context: &Context, force: bool, dry_run: bool) -> Result<()> {
    let here = Here::find(context)?;
    let installed = here.change().found()?.into_iter().flatten().next().map(|found| found.job);
    installed.iter().try_for_each(|job| check_home(job, &here, force))?;
    if dry_run {
        return show_removal(context, &here);
    }
    interrupt::watch();
    let removed = here.change().remove()?;
    match (context.terminal.json, removed) {
        (true, _) => print_json(&json!({ "installed": false, "removed": removed })),
        (false, true) => print(&text!("timer-removed")),
        (false, false) => print(&text!("timer-absent")),
    }
}

fn show_removal(context: &Context, here: &Here) -> Result<()> {
    let there = here.change().found()?.iter().any(Option::is_some);
    let paths: Vec<PathBuf> =
        here.scheduler.paths(&here.place).into_iter().filter(|path| path.exists()).collect();
    let steps = [here.scheduler.deactivation(&here.place), here.scheduler.aftermath()].concat();
    let commands: Vec<_> = steps.into_iter().filter(|_| there).map(|step| step.words).collect();
    if context.terminal.json {
        return print_json(&json!({ "files": paths, "commands": commands }));
    }
    if !there {
        return print(&text!("timer-absent"));
    }
    let line = |path: &PathBuf| text!("timer-would-remove", path = Path::new(path).display());
    paths.iter().try_for_each(|path| print(&line(path)))?;
    show_commands(&commands)
}
