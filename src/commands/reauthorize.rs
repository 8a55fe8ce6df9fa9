//! `sellauth reauthorize`: new consents for shops that have one already.

use std::collections::BTreeSet;
use std::process::ExitCode;

use jiff::Timestamp;
use uuid::Uuid;

use super::browse::{FlowArgs, Takes, browse, names};
use super::connect::note_remarks;
use super::enter::{EnterArgs, enter};
use super::sitting::Sitting;
use super::status::{Row, explain};
use super::{Context, later, values};
use crate::connection::{Connection, SOON};
use crate::document::with_nearest;
use crate::error::{Error, Kind, Result};
use crate::model::{Reason, Span, State};
use crate::output::{print, print_json, table};
use crate::settle::ProfileFile;
use crate::store::StoreKind;
use crate::{fail, profiles, prompt, text};

/// What `reauthorize` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shops; all that are due when none is named
    #[arg(value_name = "PROFILE")]
    profiles: Vec<String>,
    /// Every shop, due or not; one whose key is entered only where that is needed
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
    enter: EnterArgs,
    #[command(flatten)]
    flow: FlowArgs,
    /// Finish what `--start` began: reads the address the browser ended on from stdin
    #[arg(long, value_name = "HANDLE", help_heading = "Browser")]
    #[arg(conflicts_with_all = ["profiles", "all", "labels", "within", "no_options", "dry_run", "wait_for_marketplace"])]
    #[arg(conflicts_with_all = ["store", "replace"], conflicts_with_all = names::<FlowArgs>())]
    #[arg(conflicts_with_all = names::<EnterArgs>())]
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
            false if self.all => text!("reason-not-due"),
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
    let (chosen, unloaded) = chosen(context, args, now)?;
    if args.flow.start {
        return start(context, args, chosen);
    }
    let total = chosen.len();
    if args.enter.secret_stdin && total != 1 {
        return Err(fail!(Usage, "entered-one"));
    }
    let mut sitting = Sitting::new(context, total + unloaded.len());
    for (name, error) in unloaded {
        sitting.unloaded(&name, error);
    }
    if args.dry_run {
        plan(context, args, &chosen, now)?;
        return sitting.planned();
    }
    if total == 0 {
        say_nothing(context, args)?;
    }
    clear(context, args, chosen, &mut sitting)?;
    sitting.end()
}

/// One shop after the other. A failure does not stop the rest.
fn clear(context: &Context, args: &Args, chosen: Vec<Connection>, sitting: &mut Sitting) -> Result<()> {
    let total = chosen.len();
    let mut pace = Pace { asks: total > 1 && context.terminal.interactive, noted: BTreeSet::new() };
    for (i, connection) in chosen.into_iter().enumerate() {
        let before = Row::of(&connection, Timestamp::now());
        let name = &before.profile;
        if sitting.is_hopeless(&before) {
            continue;
        }
        match one(context, args, connection, (i + 1, total), &mut pace) {
            Ok(Step::Done(row)) => sitting.done(&row),
            Ok(Step::Skipped) => {
                context.terminal.note(text!("skipped", name = name));
                sitting.skipped(&before);
            }
            Ok(Step::Enough) => return Ok(()),
            Err(error) if error.kind == Kind::Interrupted => return Err(error.profile(name)),
            Err(error) => sitting.failed(&before, error),
        }
    }
    Ok(())
}

fn say_nothing(context: &Context, args: &Args) -> Result<()> {
    let has_labels = |(_, loaded): &(_, Result<Connection>)| {
        loaded.as_ref().is_ok_and(|connection| connection.has_labels(&args.labels))
    };
    match args.labels.is_empty() || Connection::all(&context.home)?.iter().any(has_labels) {
        true => context.terminal.note(text!("nothing-due")),
        false => values::say_no_such_label(context, &args.labels),
    }
    Ok(())
}

/// The shops named, or those whose consent is due; and those of which it cannot be said.
type Chosen = (Vec<Connection>, Vec<(String, Error)>);

fn chosen(context: &Context, args: &Args, now: Timestamp) -> Result<Chosen> {
    if !args.profiles.is_empty() {
        let load = |given: &String| {
            let (name, profile) = profiles::resolve(&context.home, given)?;
            Connection::load(&context.home, &name, profile)
        };
        let mut chosen = args.profiles.iter().map(load).collect::<Result<Vec<_>>>()?;
        let mut seen = BTreeSet::new();
        chosen
            .retain(|connection| connection.has_labels(&args.labels) && seen.insert(connection.profile.uuid));
        for connection in &chosen {
            connection.definition.choose(&args.no_options)?;
        }
        return Ok((chosen, Vec::new()));
    }
    let all = Connection::all(&context.home)?;
    let known: BTreeSet<&String> = all
        .iter()
        .filter_map(|(_, loaded)| loaded.as_ref().ok())
        .flat_map(|it| it.definition.options.keys())
        .collect();
    if let Some(option) = args.no_options.iter().find(|option| !known.contains(option)) {
        if known.is_empty() {
            return Err(fail!(NotFound, "nothing-connected"));
        }
        let names: Vec<&str> = known.into_iter().map(String::as_str).collect();
        let error = fail!(Usage, "option-unknown", given = option, known = names.join(", "));
        return Err(with_nearest(error, option, names));
    }
    let (mut chosen, mut unloaded) = (Vec::new(), Vec::new());
    for (name, loaded) in all {
        match loaded {
            Ok(connection) if !connection.has_labels(&args.labels) => {}
            Ok(connection)
                if args.all && !connection.definition.is_entered()
                    || args.moves(&connection)
                    || consent_helps(&connection.reason(now, args.within)) =>
            {
                chosen.push(connection);
            }
            Ok(_) => {}
            Err(error) => unloaded.push((name, error)),
        }
    }
    Ok((chosen, unloaded))
}

/// Whether a new consent cures it.
fn consent_helps(reason: &Reason) -> bool {
    reason.state() != State::Connected && !matches!(reason, Reason::ClientSecretEnds(_))
}

fn plan(context: &Context, args: &Args, chosen: &[Connection], now: Timestamp) -> Result<()> {
    let row = |connection: &Connection| {
        let mut row = Row::within(connection, now, args.within);
        row.reason = Some(args.why(connection, now));
        row
    };
    let rows: Vec<Row> = chosen.iter().map(row).collect();
    if context.terminal.json {
        print_json(&rows)
    } else if rows.is_empty() {
        context.terminal.note(text!("nothing-due"));
        Ok(())
    } else {
        let mut lines = vec![vec![text!("heading-profile"), text!("heading-why")]];
        lines.extend(rows.into_iter().map(|row| vec![row.profile, row.reason.unwrap_or_default()]));
        print(&table(&lines))
    }
}

/// How a person goes through the shops.
struct Pace {
    /// Each is asked about.
    asks: bool,
    /// The marketplaces whose notes were read.
    noted: BTreeSet<String>,
}

/// What became of one shop.
enum Step {
    Done(Box<Row>),
    Skipped,
    /// The rest is left for another time.
    Enough,
}

/// One shop's new consent.
fn one(
    context: &Context,
    args: &Args,
    connection: Connection,
    (number, total): (usize, usize),
    pace: &mut Pace,
) -> Result<Step> {
    let head = text!("reauthorizing", name = connection.name, why = args.why(&connection, Timestamp::now()));
    let (connection, file) = args.apply(connection);
    let name = &connection.name;
    match total {
        1 => context.terminal.say(head),
        _ => context.terminal.say(format!("{} {head}", text!("counted", number = number, total = total))),
    }
    if pace.asks {
        let answers = [text!("ask-yes"), text!("ask-no"), text!("ask-all"), text!("ask-quit")];
        let question = match connection.definition.is_entered() {
            true => text!("ask-go-on-entered", name = name),
            false => text!("ask-go-on", name = name),
        };
        match prompt::choose(&question, &answers)? {
            0 => {}
            1 => return Ok(Step::Skipped),
            2 => pace.asks = false,
            _ => return Ok(Step::Enough),
        }
    }
    check_consents(&connection)?;
    let (store, takes) = means(context, args, &connection, file);
    if connection.definition.is_entered() {
        enter(context, &connection, store, args.enter.source(total), takes.replace, takes.file)?;
        return announce(context, name).map(|row| Step::Done(Box::new(row)));
    }
    let noted = !pace.noted.insert(connection.definition.id.clone());
    browse(context, &connection, store, &args.flow, Takes { noted, ..takes })?;
    announce(context, name).map(|row| Step::Done(Box::new(row)))
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
    (store, Takes { replace, started_there, file, noted: false })
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
            if let Reason::AppVersion { granted, .. } = connection.reason(Timestamp::now(), SOON) {
                let (marketplace, app) = (&connection.definition.name, &connection.profile.app);
                let cure = text!("still-granted", marketplace = marketplace, app = app, granted = granted);
                context.terminal.hint(cure);
            }
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
