//! `sellauth refresh`: renews without a person, for cron and timers.

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use console::Style;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::hook::HookArgs;
use super::progress::Progress;
use super::{Context, values};
use crate::config::Home;
use crate::connection::Connection;
use crate::error::{Error, Kind, Result};
use crate::marketplace::definition::Grant;
use crate::model::{Record, Span, StoreKind};
use crate::output::{self, print, print_json, whole_seconds};
use crate::renewal::{is_due, is_endless, renews, way};
use crate::session::{Renew, Session, Want, explain, fresh_token};
use crate::{fleet, interrupt, journal, profiles, records, refusal, text};

/// How often the bar moves where nothing else does.
const TICK: Duration = Duration::from_millis(100);

/// Machines that share shops have their timers at about the same time: what one of them renewed so short a time ago
/// is not renewed by the next.
const SHARED: Span = Span::seconds(600);

/// What `refresh` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shops; all that are due when none is named
    #[arg(value_name = "PROFILE")]
    profiles: Vec<String>,
    /// Every shop, due or not
    #[arg(long, conflicts_with = "profiles")]
    all: bool,
    /// Only shops whose refresh token ends, or has been unused for too long, within this time: 12h, 7d
    #[arg(long, value_name = "TIME")]
    due: Option<Span>,
    /// Only shops with this mark
    #[arg(long = "label", value_name = "K=V", value_parser = values::pair)]
    labels: Vec<(String, String)>,
    /// How many shops are renewed at the same time
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u8).range(1..=64))]
    jobs: u8,
    #[command(flatten)]
    hook: HookArgs,
}

/// What became of one shop.
struct Row {
    name: String,
    result: Result<Done>,
    record: Option<Record>,
    /// Where the marketplace was asked.
    connection: Option<Connection>,
}

/// How it can go well.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Done {
    Renewed,
    NotDue,
    NeverConnected,
}

/// Renews, and says what became of each shop. A failure does not stop the rest.
pub fn run(context: &Context, args: &Args) -> Result<ExitCode> {
    // From here on a signal ends the command only between two renewals.
    interrupt::watch();
    let began = Timestamp::now();
    let hook = args.hook.read()?;
    let (due, settled) = chosen(context, args, began)?;
    let names = due.iter().map(|connection| &connection.name).chain(settled.iter().map(|row| &row.name));
    let width = names.map(String::len).max().unwrap_or_default();
    if width == 0 {
        say_nothing(context, args);
    }
    let mut report = Report { context, width, rows: Vec::new(), unprinted: None };
    for row in settled {
        report.take(row, print);
    }
    renew_all(context, due, args.jobs, began, &mut report);
    let end = report.end();
    let hook = hook.filter(|_| interrupt::check().is_ok());
    // What has become of the shops, those included that nothing was renewed for.
    if let Some((hook, loaded)) = hook.and_then(|hook| Some((hook, loaded(context, args).ok()?))) {
        let shops = loaded.into_iter().filter_map(|(_, loaded)| loaded.ok());
        let shops: Vec<_> = shops.filter(|shop| shop.has_labels(&args.labels)).collect();
        hook.tell(context, &shops);
    }
    end
}

/// The shops to renew, and those of which it is known already what becomes of them.
fn chosen(context: &Context, args: &Args, now: Timestamp) -> Result<(Vec<Connection>, Vec<Row>)> {
    let (mut due, mut settled) = (Vec::new(), Vec::new());
    for (name, loaded) in loaded(context, args)? {
        match loaded {
            Ok(connection) if !connection.has_labels(&args.labels) => {}
            Ok(connection) => match is_wanted(context, args, &connection, now) {
                Ok(true) => due.push(connection),
                Ok(false) => settled.push(Row {
                    name,
                    result: Ok(if connection.record.is_some() { Done::NotDue } else { Done::NeverConnected }),
                    record: connection.record,
                    connection: None,
                }),
                Err(error) => settled.push(Row {
                    name,
                    result: Err(error),
                    record: connection.record,
                    connection: None,
                }),
            },
            // One wrong file must not hide the other shops.
            Err(error) => settled.push(Row { name, result: Err(error), record: None, connection: None }),
        }
    }
    Ok((due, settled))
}

fn loaded(context: &Context, args: &Args) -> Result<Vec<(String, Result<Connection>)>> {
    if args.profiles.is_empty() {
        return Connection::all(&context.home);
    }
    let mut loaded = Vec::new();
    let mut seen = BTreeSet::new();
    for given in &args.profiles {
        let (name, profile) = profiles::resolve(&context.home, given)?;
        if seen.insert(name.clone()) {
            let connection = Connection::load(&context.home, &name, profile);
            loaded.push((name, connection));
        }
    }
    Ok(loaded)
}

/// Whether a shop is to be renewed. One that was never connected is where it is named: what comes of it
/// says so.
fn is_wanted(context: &Context, args: &Args, connection: &Connection, now: Timestamp) -> Result<bool> {
    let definition = &connection.definition;
    let named = !args.profiles.is_empty();
    let Some(record) = &connection.record else { return Ok(named) };
    if let (Grant::Static, Some(refusal), None) = (definition.grant, &record.refusal, args.due) {
        // Nothing here cures it, and whoever reads cron's mail is to know.
        return Err(refusal::error(&context.home, connection, refusal));
    }
    if definition.is_entered() || is_endless(definition, record) {
        return Ok(false);
    }
    if !renews(definition) {
        // Whoever names it is told why.
        return Ok(named);
    }
    if args.due.is_none() && (args.all || named) {
        return Ok(true);
    }
    // A renewal that was cut off has a minute, or none, in which it can be made good.
    Ok(journal::read(&context.home, record)?.is_some() || is_due(definition, record, args.due, now))
}

fn say_nothing(context: &Context, args: &Args) {
    match args.labels.is_empty() {
        true => context.say_nothing_connected(),
        false => values::say_no_such_label(context, &args.labels),
    }
}

/// Renews shops, so many at a time, and reports each as it is done. Once a signal came, none is
/// begun any more.
fn renew_all(context: &Context, mut due: Vec<Connection>, jobs: u8, began: Timestamp, report: &mut Report) {
    if fleet::is_on(&context.home) {
        // Each of several machines is to begin with others.
        due.sort_by_cached_key(|_| getrandom::u32().unwrap_or_default());
    }
    let progress = Progress::new(context.terminal, &context.var, due.len());
    let (aside, told) = (progress.aside(), AtomicBool::new(false));
    let waiting = || {
        if !told.swap(true, Ordering::Relaxed) {
            aside.say(|| context.say_waiting());
        }
    };
    let session = context.session(&waiting);
    let threads = due.len().min(jobs.into());
    let queue = Mutex::new(due.into_iter());
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..threads {
            let (session, sender, next) = (session.beside(), sender.clone(), &next);
            scope.spawn(move || {
                while interrupt::check().is_ok()
                    && let Some(connection) = next()
                    && let Some(row) = renew(&session, connection, began)
                {
                    // Fails only where nobody takes rows any more.
                    let _ = sender.send(row);
                }
            });
        }
        drop(sender);
        loop {
            match receiver.recv_timeout(TICK) {
                Ok(row) => {
                    report.take(row, |line| progress.aside().say(|| print(line)));
                    progress.step();
                }
                Err(mpsc::RecvTimeoutError::Timeout) => progress.tick(),
                Err(mpsc::RecvTimeoutError::Disconnected) => return,
            }
        }
    });
}

/// One shop's renewal; `None` where a signal came before it.
fn renew(session: &Session, connection: Connection, began: Timestamp) -> Option<Row> {
    let name = connection.name.clone();
    let record = || records::of_profiles(session.home).get(connection.profile.uuid).ok().flatten();
    let result = match ask(session, &connection, began) {
        // It came while the answer was on its way; what came was kept all the same.
        Err(error) if error.kind == Kind::Interrupted => {
            record().filter(|record| record.last_refreshed_at >= began)?;
            Ok(Done::Renewed)
        }
        result => result.map(|()| Done::Renewed),
    };
    let record = record();
    Some(Row { name, result, record, connection: Some(connection) })
}

/// Waits for its turn before the shop is locked: others may want a token of it meanwhile. A host
/// that asked for quiet is asked once more when that is over.
fn ask(session: &Session, connection: &Connection, began: Timestamp) -> Result<()> {
    let is_shared = connection.record.as_ref().is_some_and(|record| record.store == StoreKind::Vault);
    let since = if is_shared { SHARED.before(began) } else { began };
    if is_shared && is_done_elsewhere(session.home, connection, since)? {
        return Ok(());
    }
    let want = Want { least: None, renew: Renew::BeforeUnlessRefused(since) };
    let fresh = |session: &Session| fresh_token(session, connection, &want).map(|_| ());
    // Where a refusal stands nothing will be sent.
    let refused = connection.record.as_ref().and_then(|record| record.refusal.as_ref());
    let sends = refused.is_none_or(|refusal| !refusal::holds(refusal, (session.clock)()));
    let Some(way) = way(connection).filter(|_| sends) else { return fresh(session) };
    let once = || match session.lane.reserve(&way) {
        Ok(lane) => fresh(&session.by(lane)),
        Err(held) => {
            interrupt::check()?;
            Err(explain(held.into()).profile(&connection.name))
        }
    };
    match once() {
        Err(error) if error.kind == Kind::Temporary && session.lane.is_paused(&way.url) => once(),
        done => done,
    }
}

/// Whether another machine has renewed a shop since: then it need not be taken from the others at all.
fn is_done_elsewhere(home: &Home, connection: &Connection, since: Timestamp) -> Result<bool> {
    fleet::updated(home, &connection.name, connection.profile.clone())?;
    let record = records::of_profiles(home).get(connection.profile.uuid)?;
    let Some(record) = record.filter(|record| record.refusal.is_none()) else { return Ok(false) };
    Ok(record.last_refreshed_at >= since && journal::read(home, &record)?.is_none())
}

/// What is said, and what is left to say at the end.
struct Report<'a> {
    context: &'a Context,
    width: usize,
    rows: Vec<Row>,
    /// Why an answer could not be printed.
    unprinted: Option<Error>,
}

impl Report<'_> {
    /// Takes one row, and says it by `print` where the answer is no JSON. A full disk behind stdout
    /// is no reason to let the other shops die.
    fn take(&mut self, row: Row, print: impl FnOnce(&str) -> Result<()>) {
        if !self.context.terminal.json {
            let printed = print(&row.line(self.width));
            self.unprinted = self.unprinted.take().or(printed.err());
        }
        self.rows.push(row);
    }

    /// The worst row decides, unless a signal ended it all. JSON has every error in its row; what a
    /// person or cron's mail reads has all of them on stderr, the worst one last.
    fn end(self) -> Result<ExitCode> {
        let Self { context, rows, unprinted, .. } = self;
        let mut rows: Vec<Row> = rows.into_iter().map(|row| row.judged(&context.home)).collect();
        // Which of them was done first is chance.
        rows.sort_by(|one, other| one.name.cmp(&other.name));
        let (json, total) = (context.terminal.json, rows.len());
        let unprinted = match json {
            true => print_json(&rows.iter().map(Row::document).collect::<Vec<_>>()).err(),
            false => unprinted,
        };
        let failed = rows.into_iter().filter_map(|row| Some(row.result.err()?.profile(&row.name)));
        let failed: Vec<Error> = failed.collect();
        if failed.len() > 1 {
            context.terminal.note(text!("refresh-failures", failed = failed.len(), total = total));
        }
        let failed = if json { failed } else { told_once(failed) };
        let errors = failed.into_iter().chain(unprinted);
        let tell = |worst: Error, error| {
            let (keep, tell) = worst.worse(error);
            if !json {
                output::report(&tell, json);
            }
            keep
        };
        let worst = errors.reduce(tell);
        let worst = interrupt::check().err().into_iter().chain(worst).reduce(tell);
        worst.map_or(Ok(ExitCode::SUCCESS), Err)
    }
}

/// The same errors, each with the shop it is about; what one app is to blame for is said once.
fn told_once(failed: Vec<Error>) -> Vec<Error> {
    let mut told: Vec<(Error, usize)> = Vec::new();
    for error in failed {
        let is_same = |(other, _): &&mut (Error, usize)| {
            error.app.is_some() && error.app == other.app && error.message == other.message
        };
        match told.iter_mut().find(is_same) {
            Some((_, shops)) => *shops += 1,
            None => told.push((error, 1)),
        }
    }
    let named = |(error, shops): (Error, usize)| match (shops, &error.app) {
        (2.., Some(app)) => {
            let message = text!("refresh-error-app", shops = shops, app = app, error = error.message);
            Error { message, profile: None, ..error }
        }
        _ => named(error),
    };
    told.into_iter().map(named).collect()
}

/// The same error among those of other shops: its message says which one it is.
pub(super) fn named(error: Error) -> Error {
    let Some(name) = &error.profile else { return error };
    let names_it =
        error.message.starts_with(&format!("{name}: ")) || error.message.contains(&format!("`{name}`"));
    let message = match names_it {
        true => error.message,
        false => text!("refresh-error", name = name, error = error.message),
    };
    Error { message, ..error }
}

impl Row {
    /// The same once every shop was asked: the first ones that an incident refused could not know of
    /// the others.
    fn judged(self, home: &Home) -> Self {
        let refusal = self.record.as_ref().and_then(|record| record.refusal.as_ref());
        let (Err(error), Some(connection), Some(refusal)) = (&self.result, &self.connection, refusal) else {
            return self;
        };
        if error.kind != Kind::ReauthorizationRequired || error.message != refusal::words(refusal) {
            return self;
        }
        let error = refusal::error(home, connection, refusal);
        Self { result: Err(error), ..self }
    }

    /// `amazon-de  renewed  token until 2026-11-22 15:00 UTC`, in columns.
    fn line(&self, width: usize) -> String {
        let words = [text!("refresh-renewed"), text!("refresh-not-due"), text!("refresh-failed")];
        let column = words.iter().map(|word| word.chars().count()).max().unwrap_or_default();
        let [renewed, not_due, failed] = words;
        let (style, word, rest) = match &self.result {
            Ok(Done::Renewed) => (Style::new().green(), renewed, self.until()),
            Ok(Done::NotDue) => (Style::new(), not_due, self.until()),
            Ok(Done::NeverConnected) => (Style::new(), text!("refresh-never-connected"), String::new()),
            Err(error) => (Style::new().red(), failed, error.message.clone()),
        };
        let name = format!("{:width$}", self.name);
        let word = style.apply_to(format!("{word:column$}"));
        format!("{name}  {word}  {rest}").trim_end().to_owned()
    }

    /// Until when nothing needs to be done: how long the shop lasts, else its token.
    fn until(&self) -> String {
        let Some(record) = &self.record else { return String::new() };
        let minute = |moment: Timestamp| moment.strftime("%Y-%m-%d %H:%M UTC").to_string();
        match (record.refresh_token_expires_at, record.access_token_expires_at) {
            (Some(end), _) => text!("refresh-lasts", end = end.strftime("%Y-%m-%d")),
            (None, Some(end)) => text!("refresh-token", end = minute(end)),
            (None, None) => String::new(),
        }
    }

    fn document(&self) -> Value {
        let time =
            |of: fn(&Record) -> Option<Timestamp>| self.record.as_ref().and_then(of).map(whole_seconds);
        let (result, error) = match &self.result {
            Ok(Done::Renewed) => ("renewed", None),
            Ok(Done::NotDue) => ("not_due", None),
            Ok(Done::NeverConnected) => ("never_connected", None),
            Err(error) => ("failed", Some(error)),
        };
        json!({
            "profile": self.name,
            "result": result,
            "access_token_expires_at": time(|record| record.access_token_expires_at),
            "refresh_token_expires_at": time(|record| record.refresh_token_expires_at),
            "error": error.map(Error::document),
        })
    }
}
