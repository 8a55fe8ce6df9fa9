//! `sellauth disconnect`: the end of a connection.

use std::process::ExitCode;

use serde_json::json;

use super::Context;
use crate::authorize;
use crate::connection::Connection;
use crate::error::{Error, Result};
use crate::history::{self, Event, What};
use crate::model::Record;
use crate::output::{print, print_json};
use crate::session;
use crate::{cache, fail, ledger, profiles, prompt, records, settle, text};

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

/// Revokes where the marketplace can, then forgets.
pub fn run(context: &Context, args: &Args) -> Result<ExitCode> {
    let (name, profile) = profiles::resolve(&context.home, &args.profile)?;
    let connection = Connection::load(&context.home, &name, profile)?;
    confirm(context, &connection, args.yes)?;
    let waiting = || context.say_waiting();
    let session = context.session(&waiting);
    authorize::sweep(session.home, (session.clock)());
    let (_lock, record) = session::lock_profile(&session, &connection)?;
    let mut revoked = false;
    if let Some(record) = record {
        match revoke(context, &session, &connection, &record) {
            Ok(done) => revoked = done,
            Err(error) if args.force => context.terminal.note(error.message),
            Err(error) => return Err(error.profile(&name)),
        }
        match ledger::forget(&context.home, &record) {
            Ok(()) => {}
            Err(error) if args.force => context.terminal.note(error.message),
            Err(error) => return Err(error.profile(&name)),
        }
        cache::forget(&context.home, &record);
        records::of_profiles(&context.home).remove(record.uuid)?;
    }
    profiles::folder(&context.home).remove(&name)?;
    history::record(&context.home, &Event::of(What::Disconnected, &connection, (session.clock)()));
    report(context, &connection, revoked)
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
    context.terminal.note(text!("disconnect-consequence", name = name));
    match prompt::confirm(&text!("ask-disconnect", name = name), false)? {
        true => Ok(()),
        false => Err(fail!(Usage, "disconnect-declined", name = name)),
    }
}

/// Tells the marketplace; `false` where it cannot be told.
fn revoke(
    context: &Context,
    session: &session::Session,
    connection: &Connection,
    record: &Record,
) -> Result<bool> {
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

fn report(context: &Context, connection: &Connection, revoked: bool) -> Result<ExitCode> {
    let page =
        connection.definition.manage_url.as_ref().and_then(|url| url.url(&connection.values(None)).ok());
    if context.terminal.json {
        print_json(
            &json!({ "profile": connection.name, "revoked": revoked, "manage_url": page.map(String::from) }),
        )?;
        return Ok(ExitCode::SUCCESS);
    }
    print(&text!("disconnected", name = connection.name))?;
    if let (false, Some(page)) = (revoked, page) {
        let marketplace = &connection.definition.name;
        context.terminal.note(text!("disconnect-by-hand", marketplace = marketplace, url = page));
    }
    Ok(ExitCode::SUCCESS)
}
