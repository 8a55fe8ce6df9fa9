//! `sellauth reauthorize`: new consents for shops that have one already.

use std::collections::BTreeSet;
use std::process::ExitCode;

use jiff::Timestamp;
use uuid::Uuid;

use super::browse::{FlowArgs, Takes, browse, names};
use super::connect::note_remarks;
use super::status::{Row, explain};
use super::{Context, later, values};
use crate::connection::{Connection, SOON};
use crate::error::{Error, Kind, Result};
use crate::model::{Reason, Span, State};
use crate::output::{print, print_json, report, table};
use crate::settle::ProfileFile;
use crate::store::StoreKind;
use crate::{fail, profiles, prompt, text};

/// What `reauthorize` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shops; all that are due when none is named
    #[arg(value_name = "PROFILE")]
    profiles: Vec<String>,
    /// Every shop, due or not
    #[arg(long, conflicts_with = "profiles")]
    all: bool,
    /// Only shops with this mark
    #[arg(long = "label", value_name = "K=V", value_parser = values::pair)]
    labels: Vec<(String, String)>,
    /// Consents that end within this time are due: 12h, 30d, 90d
    #[arg(long, value_name = "TIME", default_value_t = SOON)]
    within: Span,
    /// Consent without this option from now on, wherever it is chosen: a draft that was published
    #[arg(long = "no-option", value_name = "NAME")]
    no_options: Vec<String>,
    /// Show what would be done, and do nothing
    #[arg(long, conflicts_with = "start")]
    dry_run: bool,
    /// Wait for a renewal that the seller starts in the marketplace's own pages
    #[arg(long, requires = "profiles", conflicts_with_all = ["paste", "browser", "device", "start"])]
    wait_for_marketplace: bool,
    #[command(flatten)]
    flow: FlowArgs,
    /// Finish what `--start` began: reads the address the browser ended on from stdin
    #[arg(long, value_name = "HANDLE", help_heading = "Browser")]
    #[arg(conflicts_with_all = ["profiles", "all", "labels", "within", "no_options", "dry_run", "wait_for_marketplace"])]
    #[arg(conflicts_with_all = ["store", "replace"], conflicts_with_all = names::<FlowArgs>())]
    finish: Option<Uuid>,
    /// Where to keep the secrets from now on
    #[arg(long, value_enum)]
    store: Option<StoreKind>,
    /// Let another shop take the place of the one connected under this name
    #[arg(long, requires = "profiles")]
    replace: bool,
}

impl Args {
    /// Whether the shop has an option that it is to lose.
    fn moves(&self, connection: &Connection) -> bool {
        connection.profile.options.iter().any(|option| self.no_options.contains(option))
    }

    /// Why the shop's consent is to be renewed, in a seller's words.
    fn why(&self, connection: &Connection, now: Timestamp) -> String {
        explain(&connection.reason(now, self.within)).unwrap_or_else(|| match self.moves(connection) {
            true => text!("reason-without-option", options = self.no_options.join(", ")),
            false => text!("reason-asked"),
        })
    }

    /// The connection as it is to be from now on, and what that makes of its file.
    fn apply(&self, mut connection: Connection) -> (Connection, ProfileFile) {
        if !self.moves(&connection) {
            return (connection, ProfileFile::Untouched);
        }
        let before = connection.profile.clone();
        connection.profile.options.retain(|option| !self.no_options.contains(option));
        (connection, ProfileFile::Changed(Box::new(before)))
    }
}

/// Renews consents, one after the other. A failure does not stop the rest.
pub fn run(context: &Context, args: &Args) -> Result<ExitCode> {
    if let Some(handle) = args.finish {
        return later::finish(context, handle);
    }
    let now = Timestamp::now();
    let mut worst: Option<Error> = None;
    let chosen = chosen(context, args, now, &mut worst)?;
    if args.flow.start {
        return start(context, args, chosen);
    }
    if args.dry_run {
        plan(context, args, &chosen, now)?;
        return worst.map_or(Ok(ExitCode::SUCCESS), Err);
    }
    if chosen.is_empty() {
        context.terminal.note(text!("nothing-due"));
    }
    let (mut rows, total) = (Vec::new(), chosen.len());
    for (i, connection) in chosen.into_iter().enumerate() {
        let name = connection.name.clone();
        match one(context, args, connection, i + 1, total) {
            Ok(Some(row)) => rows.push(row),
            Ok(None) => context.terminal.note(text!("skipped", name = name)),
            Err(error) => {
                let stopped = error.kind == Kind::Interrupted;
                worst = Some(keep_worst(context, worst, error.profile(&name)));
                if stopped {
                    break;
                }
            }
        }
    }
    if context.terminal.json {
        print_json(&rows)?;
    }
    worst.map_or(Ok(ExitCode::SUCCESS), Err)
}

/// Reports what is not reported at the end: the worst failure is the command's own.
fn keep_worst(context: &Context, worst: Option<Error>, error: Error) -> Error {
    let Some(worst) = worst else { return error };
    let (keep, tell) = worst.worse(error);
    report(&tell, context.terminal.json);
    keep
}

/// The shops named, or those whose consent is due. One that cannot be loaded is a failure like any
/// other.
fn chosen(
    context: &Context,
    args: &Args,
    now: Timestamp,
    worst: &mut Option<Error>,
) -> Result<Vec<Connection>> {
    if !args.profiles.is_empty() {
        let load = |given: &String| {
            let (name, profile) = profiles::resolve(&context.home, given)?;
            Connection::load(&context.home, &name, profile)
        };
        let mut chosen = args.profiles.iter().map(load).collect::<Result<Vec<_>>>()?;
        chosen.retain(|connection| connection.has_labels(&args.labels));
        for connection in &chosen {
            connection.definition.choose(&args.no_options)?;
        }
        return Ok(chosen);
    }
    let all = Connection::all(&context.home)?;
    let known: BTreeSet<&String> = all
        .iter()
        .filter_map(|(_, loaded)| loaded.as_ref().ok())
        .flat_map(|it| it.definition.options.keys())
        .collect();
    if let Some(option) = args.no_options.iter().find(|option| !known.contains(option)) {
        let known = known.into_iter().cloned().collect::<Vec<_>>().join(", ");
        return Err(fail!(Usage, "option-unknown", given = option, known = known));
    }
    let mut chosen = Vec::new();
    for (name, loaded) in all {
        match loaded {
            Ok(connection) if !connection.has_labels(&args.labels) => {}
            Ok(connection)
                if args.all
                    || args.moves(&connection)
                    || consent_helps(&connection.reason(now, args.within)) =>
            {
                chosen.push(connection);
            }
            Ok(_) => {}
            Err(error) => *worst = Some(keep_worst(context, worst.take(), error.profile(&name))),
        }
    }
    Ok(chosen)
}

/// Whether a new consent cures it.
fn consent_helps(reason: &Reason) -> bool {
    reason.state() != State::Connected && !matches!(reason, Reason::ClientSecretEnds(_))
}

fn plan(context: &Context, args: &Args, chosen: &[Connection], now: Timestamp) -> Result<()> {
    let rows: Vec<Row> = chosen.iter().map(|connection| Row::of(connection, now)).collect();
    if context.terminal.json {
        print_json(&rows)
    } else if rows.is_empty() {
        context.terminal.note(text!("nothing-due"));
        Ok(())
    } else {
        let mut lines = vec![vec![text!("heading-profile"), text!("heading-why")]];
        for connection in chosen {
            lines.push(vec![connection.name.clone(), args.why(connection, now)]);
        }
        print(&table(&lines))
    }
}

/// One shop's new consent; `None` when a person skipped it.
fn one(
    context: &Context,
    args: &Args,
    connection: Connection,
    number: usize,
    total: usize,
) -> Result<Option<Row>> {
    let head = text!("reauthorizing", name = connection.name, why = args.why(&connection, Timestamp::now()));
    let (connection, file) = args.apply(connection);
    let name = &connection.name;
    match total {
        1 => context.terminal.say(head),
        _ => context.terminal.say(format!("{} {head}", text!("counted", number = number, total = total))),
    }
    if total > 1 && context.terminal.interactive && !prompt::confirm(&text!("ask-go-on", name = name), true)?
    {
        return Ok(None);
    }
    check_consents(&connection)?;
    let (store, takes) = means(context, args, &connection, file);
    browse(context, &connection, store, &args.flow, takes)?;
    announce(context, name).map(Some)
}

/// One shop's consent, whose answer another process brings.
fn start(context: &Context, args: &Args, chosen: Vec<Connection>) -> Result<ExitCode> {
    let [connection] = <[_; 1]>::try_from(chosen).map_err(|_| fail!(Usage, "start-one"))?;
    let (connection, file) = args.apply(connection);
    check_consents(&connection)?;
    let (store, takes) = means(context, args, &connection, file);
    later::start(context, &connection, store, &args.flow, takes)
}

/// A token that was made in the marketplace's portal is made anew there.
fn check_consents(connection: &Connection) -> Result<()> {
    let environment = connection.definition.environments.get(&connection.profile.environment);
    if connection.app.imported_only || !environment.is_some_and(|environment| environment.consent) {
        let (id, name) = (&connection.definition.id, &connection.name);
        return Err(fail!(ReauthorizationRequired, "import-again", id = id, name = name));
    }
    Ok(())
}

/// Where the secrets go, and what the consent may do.
fn means(context: &Context, args: &Args, connection: &Connection, file: ProfileFile) -> (StoreKind, Takes) {
    let store = match (args.store, &connection.record) {
        (None, Some(record)) => record.store,
        (flag, _) => context.home.store_kind(flag),
    };
    let (replace, started_there) = (args.replace, args.wait_for_marketplace);
    (store, Takes { replace, started_there, file })
}

/// Says where the shop stands now.
fn announce(context: &Context, name: &str) -> Result<Row> {
    let (name, profile) = profiles::resolve(&context.home, name)?;
    let connection = Connection::load(&context.home, &name, profile)?;
    let row = Row::of(&connection, Timestamp::now());
    if !context.terminal.json {
        print(&text!("reauthorized", name = name))?;
        note_remarks(context, &connection);
        if let (true, Some(reason)) = (row.is_due(), &row.reason) {
            context.terminal.note(text!("still-due", name = name, why = reason));
        }
    }
    Ok(row)
}

/// Says how a consent ended that was begun with `--start`.
pub(super) fn finished(context: &Context, name: &str) -> Result<ExitCode> {
    let row = announce(context, name)?;
    if context.terminal.json {
        print_json(&[row])?;
    }
    Ok(ExitCode::SUCCESS)
}
