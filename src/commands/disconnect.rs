//! `sellauth disconnect`: the end of a connection.

use std::process::ExitCode;

use serde_json::json;
use url::Url;

use super::Context;
use crate::connection::Connection;
use crate::error::{Error, Result};
use crate::history::{self, Event, What};
use crate::marketplace::Definition;
use crate::marketplace::definition::Grant;
use crate::model::Record;
use crate::output::{aligned, print, print_json};
use crate::session::{self, Session};
use crate::traces::{self, Trace};
use crate::{
    alarm, apps, authorize, cache, fail, fleet, ledger, profiles, prompt, records, renewal, settle, text,
};

/// What `disconnect` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shop
    profile: String,
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
    /// Forget the shop even if the marketplace cannot be told
    #[arg(long)]
    force: bool,
}

/// What an ended connection leaves.
struct Receipt {
    /// What is gone, and was there.
    removed: Vec<Trace>,
    /// What is still there.
    left: Vec<Trace>,
    /// What stays on purpose.
    kept: Vec<Trace>,
    /// The marketplace was told.
    revoked: bool,
    /// Nobody had consented.
    never_connected: bool,
    /// No other shop uses its app.
    last_of_app: bool,
}

/// Revokes where the marketplace can, then forgets.
pub fn run(context: &Context, args: &Args) -> Result<ExitCode> {
    let (name, profile) = profiles::resolve(&context.home, &args.profile)?;
    let connection = Connection::load(&context.home, &name, profile)?;
    confirm(context, &connection, args.yes)?;
    let waiting = || context.say_waiting();
    let session = context.session(&waiting);
    authorize::sweep(session.home, (session.clock)());
    let (_lock, record) = session::lock_profile(&session, &connection)?;
    let revoked = match record.as_ref().map(|record| revoke(context, &session, &connection, record)) {
        Some(Err(error)) if !args.force => return Err(error.profile(&name)),
        Some(Err(error)) => {
            context.terminal.note(error.message);
            false
        }
        Some(Ok(revoked)) => revoked,
        None => false,
    };
    let traces = || traces::of(&context.home, &name, &connection.profile, record.as_ref());
    let before = traces()?;
    let removal = remove(&session, &connection, record.as_ref(), args.force);
    let left = traces()?;
    let removed = before.into_iter().filter(|trace| !left.contains(trace)).collect();
    let kept = kept(context, &connection);
    let (never_connected, last_of_app) = (record.is_none(), is_unused(context, &connection.profile.app));
    let receipt = Receipt { removed, left, kept, revoked, never_connected, last_of_app };
    report(context, &connection, &receipt, removal)
}

/// Removes what there is of a shop, secrets first: a profile without them is one that nobody has
/// consented to, but secrets without a profile would never be found again. Its lock is held.
fn remove(session: &Session, connection: &Connection, record: Option<&Record>, force: bool) -> Result<()> {
    let home = session.home;
    let mut forgotten = Ok(());
    if let Some(record) = record {
        forgotten = ledger::forget(home, record);
        if forgotten.is_err() && !force {
            return forgotten;
        }
        renewal::forget(session, record);
        cache::forget(home, record);
        alarm::forget(home, record.uuid);
        fleet::unmark(home, record.uuid)?;
        records::of_profiles(home).remove(record.uuid)?;
    }
    profiles::folder(home).remove(&connection.name)?;
    history::record(home, &Event::of(What::Disconnected, connection, (session.clock)()));
    forgotten
}

/// Whether no shop uses the app. One whose file cannot be read may.
fn is_unused(context: &Context, app: &str) -> bool {
    let folder = profiles::folder(&context.home);
    let uses = |name: &String| folder.get(name).map_or(true, |it| it.is_some_and(|it| it.app == app));
    folder.names().is_ok_and(|names| !names.iter().any(uses))
}

/// What other shops may need, and what is never removed.
fn kept(context: &Context, connection: &Connection) -> Vec<Trace> {
    let home = &context.home;
    let app = apps::folder(home).file(&connection.profile.app);
    let kept = [(traces::What::App, app), (traces::What::Log, history::folder(home))];
    kept.into_iter().filter_map(|(what, path)| traces::file(what, &path)).collect()
}

/// Says what will stop working, and asks.
fn confirm(context: &Context, connection: &Connection, yes: bool) -> Result<()> {
    if yes {
        return Ok(());
    }
    if !context.terminal.interactive {
        return Err(fail!(Usage, "disconnect-unconfirmed", name = connection.name));
    }
    let name = &connection.name;
    if connection.record.is_some() {
        context.terminal.note(text!("disconnect-consequence", name = name));
    }
    match prompt::confirm(&text!("ask-disconnect", name = name), false)? {
        true => Ok(()),
        false => Err(fail!(Usage, "disconnect-declined", name = name)),
    }
}

/// Tells the marketplace; `false` where it cannot be told.
fn revoke(context: &Context, session: &Session, connection: &Connection, record: &Record) -> Result<bool> {
    if connection.definition.revocation_request.is_empty() {
        return Ok(false);
    }
    let Some(set) = ledger::token_set(&context.home, record)? else { return Ok(false) };
    let client = session::client(&context.home)?;
    settle::revoke(session, connection, &client, &set).map(|()| true).map_err(|error| {
        let kind = error.kind;
        Error { kind, ..fail!(Temporary, "revocation-failed", name = connection.name).because(error) }
    })
}

fn report(
    context: &Context,
    connection: &Connection,
    receipt: &Receipt,
    removal: Result<()>,
) -> Result<ExitCode> {
    let Receipt { removed, left, kept, revoked, .. } = receipt;
    let page =
        connection.definition.manage_url.as_ref().and_then(|url| url.url(&connection.values(None)).ok());
    let stays =
        (!revoked && !receipt.never_connected).then(|| withdrawal(&connection.definition, page.as_ref()));
    if context.terminal.json {
        print_json(&json!({
            "profile": connection.name,
            "revoked": revoked,
            "manage_url": page.as_ref().map(Url::as_str),
            "withdrawal": stays,
            "removed": removed,
            "left": left,
            "kept": kept,
        }))?;
    }
    tell(context, &text!("receipt-removed"), removed);
    if !left.is_empty() {
        let places: Vec<&str> = left.iter().map(|trace| trace.place.as_str()).collect();
        let error = fail!(Store, "disconnect-incomplete", name = connection.name, places = places.join(", "));
        let error = match removal {
            Ok(()) => error,
            Err(cause) => error.because(cause),
        };
        return Err(error.profile(&connection.name));
    }
    removal?;
    tell(context, &text!("receipt-kept"), kept);
    if !context.terminal.json {
        print(&text!("disconnected", name = connection.name))?;
    }
    let marketplace = &connection.definition.name;
    context.terminal.note(match stays {
        Some(stays) => stays,
        None if receipt.never_connected => text!("receipt-never-connected"),
        None => text!("receipt-revoked", marketplace = marketplace),
    });
    if receipt.last_of_app && !connection.definition.is_entered() {
        context.terminal.note(text!("receipt-app-unused", name = connection.profile.app));
    }
    Ok(ExitCode::SUCCESS)
}

/// What stays valid at a marketplace that was not told, and where it is ended.
fn withdrawal(definition: &Definition, page: Option<&Url>) -> String {
    let marketplace = &definition.name;
    if let Some(page) = page {
        return text!("disconnect-by-hand", marketplace = marketplace, url = page);
    }
    let place = definition.withdrawal.as_deref();
    let place = place.map_or_else(|| text!("disconnect-in-portal"), str::to_owned);
    match definition.grant {
        Grant::Static => text!("disconnect-key-stays", marketplace = marketplace, place = place),
        Grant::ClientCredentials => {
            text!("disconnect-credentials-stay", marketplace = marketplace, place = place)
        }
        Grant::AuthorizationCode | Grant::DeviceCode => {
            text!("disconnect-consent-stays", marketplace = marketplace, place = place)
        }
    }
}

fn tell(context: &Context, heading: &str, traces: &[Trace]) {
    if traces.is_empty() {
        return;
    }
    context.terminal.note(heading);
    let row = |trace: &Trace| vec![format!("  {}", trace.what), trace.place.clone()];
    for line in aligned(&traces.iter().map(row).collect::<Vec<_>>()) {
        context.terminal.show(line);
    }
}
