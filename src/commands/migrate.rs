//! `sellauth migrate`: the secrets of shops go to another store.

use std::collections::BTreeSet;
use std::process::ExitCode;

use serde_json::{Value, json};

use super::Context;
use super::shops::Shops;
use crate::authorize::LARGEST_SET;
use crate::config::Home;
use crate::connection::Connection;
use crate::error::{Error, Result};
use crate::history::{self, Event, What};
use crate::model::{App, Record};
use crate::output::{aligned, print, print_json, report};
use crate::session::{self, Session};
use crate::store::StoreKind;
use crate::{apps, fleet, interrupt, ledger, records, relocation, text};

/// What `migrate` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    shops: Shops,
    /// Where their secrets are to be kept; an app's secret follows the last of its shops
    #[arg(long, value_enum, value_name = "STORE")]
    to: StoreKind,
}

/// What became of one shop.
struct Row {
    name: String,
    result: Result<Done>,
}

/// How it can go well.
enum Done {
    Migrated { from: StoreKind },
    Unchanged,
    NeverConnected,
}

/// Moves one shop after the other. A failure does not stop the rest, and leaves its shop where it was.
pub fn run(context: &Context, args: &Args) -> Result<ExitCode> {
    let connections = args.shops.load(context)?;
    interrupt::watch();
    context.home.store(args.to)?.probe(LARGEST_SET, context.terminal.interactive)?;
    let waiting = || context.say_waiting();
    let session = context.session(&waiting);
    let mut rows = Vec::new();
    for connection in &connections {
        interrupt::check()?;
        let result = migrate(&session, connection, args.to).map_err(|error| error.profile(&connection.name));
        rows.push(Row { name: connection.name.clone(), result });
    }
    let followed = follow(context, args, &connections);
    show(context, args.to, &rows)?;
    let failed = rows.into_iter().filter_map(|row| row.result.err()).chain(followed.err());
    let worst = failed.reduce(|worst, error| {
        let (keep, tell) = worst.worse(error);
        report(&tell, context.terminal.json);
        keep
    });
    worst.map_or(Ok(ExitCode::SUCCESS), Err)
}

/// The same token set in another store, under the next generation: the record that names it is the
/// commit. Until then the shop is where it was, and afterwards what is left there is worth nothing.
fn migrate(session: &Session, connection: &Connection, to: StoreKind) -> Result<Done> {
    let (home, uuid) = (session.home, connection.profile.uuid);
    let (_lock, whole) = session::lock_whole(session, connection)?;
    let Some((record, set)) = whole else { return Ok(Done::NeverConnected) };
    relocation::finish(home, uuid, record.store)?;
    if record.store == to {
        return Ok(Done::Unchanged);
    }
    fleet::check_free(home, to, connection)?;
    relocation::begin(home, uuid, record.generation, [record.store, to])?;
    let next = Record { store: to, generation: record.generation + 1, ..record.clone() };
    ledger::commit(home, &next, &set, Some(&record))?;
    let event = Event::of(What::Migrated, connection, (session.clock)()).detail(to.to_string());
    history::record(home, &event);
    let finished = relocation::finish(home, uuid, to);
    if record.store == StoreKind::Vault {
        // What is left there would be renewed by other machines.
        finished?;
        fleet::unmark(home, uuid)?;
    } else {
        tell_left(record.store, finished);
    }
    fleet::publish(home, &connection.name)?;
    Ok(Done::Migrated { from: record.store })
}

/// What cannot be removed just now is worth no failure: the next migration tries again.
fn tell_left(store: StoreKind, finished: Result<()>) {
    if let Err(error) = finished {
        log::warn!("a copy was left in the {store} store: {error}");
    }
}

/// The apps' secrets follow once none of their shops is elsewhere.
fn follow(context: &Context, args: &Args, moved: &[Connection]) -> Result<()> {
    let home = &context.home;
    let mut elsewhere = BTreeSet::new();
    for (_, loaded) in Connection::all(home)? {
        if let Ok(Connection { profile, record: Some(record), .. }) = loaded
            && record.store != args.to
        {
            elsewhere.insert(profile.app);
        }
    }
    let folder = apps::folder(home);
    let names: BTreeSet<String> = match args.shops.all {
        true => folder.names()?.into_iter().collect(),
        false => moved.iter().map(|connection| connection.profile.app.clone()).collect(),
    };
    for name in names.difference(&elsewhere) {
        if let Some(app) = folder.get(name)? {
            migrate_app(home, &app, args.to)?;
            fleet::publish_app_if_shared(home, name)?;
        }
    }
    Ok(())
}

fn migrate_app(home: &Home, app: &App, to: StoreKind) -> Result<()> {
    let Some(record) = records::of_apps(home).get(app.uuid)? else { return Ok(()) };
    relocation::finish(home, app.uuid, record.store)?;
    if record.store == to {
        return Ok(());
    }
    relocation::begin(home, app.uuid, record.generation, [record.store, to])?;
    ledger::move_client_secret(home, app, to)?;
    tell_left(record.store, relocation::finish(home, app.uuid, to));
    if record.store == StoreKind::Vault {
        fleet::unmark(home, app.uuid)?;
    }
    Ok(())
}

fn show(context: &Context, to: StoreKind, rows: &[Row]) -> Result<()> {
    if context.terminal.json {
        return print_json(&rows.iter().map(|row| row.document(to)).collect::<Vec<_>>());
    }
    if rows.is_empty() {
        context.say_nothing_connected();
    }
    let lines: Vec<Vec<String>> = rows.iter().map(|row| row.cells(to)).collect();
    aligned(&lines).iter().try_for_each(|line| print(line))
}

impl Row {
    fn cells(&self, to: StoreKind) -> Vec<String> {
        let (word, rest) = match &self.result {
            Ok(Done::Migrated { from }) => (text!("migrated"), format!("{from} → {to}")),
            Ok(Done::Unchanged) => (text!("migrate-unchanged"), to.to_string()),
            Ok(Done::NeverConnected) => (text!("migrate-unchanged"), text!("reason-never-connected")),
            Err(error) => (text!("migrate-failed"), error.message.clone()),
        };
        vec![self.name.clone(), word, rest]
    }

    fn document(&self, to: StoreKind) -> Value {
        let (result, from, error) = match &self.result {
            Ok(Done::Migrated { from }) => ("migrated", Some(from), None),
            Ok(Done::Unchanged | Done::NeverConnected) => ("unchanged", None, None),
            Err(error) => ("failed", None, Some(error)),
        };
        json!({
            "profile": self.name,
            "result": result,
            "from": from,
            "to": to,
            "error": error.map(Error::document),
        })
    }
}
