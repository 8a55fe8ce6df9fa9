//! `sellauth import`: a refresh token that was made elsewhere, such as in a marketplace's portal.

use std::process::ExitCode;

use secrecy::SecretString;
use uuid::Uuid;

use super::connect::{Place, Target, announce, find_app, keep, make_profile, store};
use super::{Context, read_secret};
use crate::connection::{Connection, catalogue};
use crate::error::Result;
use crate::folder::check_name;
use crate::marketplace::request::Request;
use crate::model::Origin;
use crate::settle::{Consented, Settlement, settle};
use crate::{fail, interrupt, ledger, profiles, prompt, records, session, text};

/// What `import` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    target: Target,
    /// Read the refresh token from stdin
    #[arg(long)]
    refresh_token_stdin: bool,
    /// Take the place of what is connected under this name
    #[arg(long)]
    replace: bool,
}

/// Takes over a refresh token, after one renewal has proved that it works.
pub fn run(context: &Context, args: &Args) -> Result<ExitCode> {
    let definition = catalogue(&context.home).get(&args.target.marketplace)?;
    if !definition.renewal_request.iter().any(Request::needs_refresh_token) {
        return Err(fail!(Usage, "import-useless", marketplace = definition.name));
    }
    let place = Place::check(context, &definition, &args.target)?;
    let (app_name, app) = find_app(context, &definition, &place, args.target.app.as_deref())?;
    let name = args
        .target
        .profile
        .clone()
        .unwrap_or_else(|| definition.default_profile_name(&place.environment, place.region.as_deref()));
    check_name(&name)?;
    let existing = profiles::folder(&context.home).get(&name)?;
    if let Some(existing) = &existing
        && !args.replace
        && records::of_profiles(&context.home).get(existing.uuid)?.is_some()
    {
        return Err(fail!(Usage, "name-imported", name = name));
    }
    let uuid = existing.as_ref().map_or_else(Uuid::new_v4, |existing| existing.uuid);
    let profile = make_profile(context, &definition, &place, &args.target, &app_name, uuid)?;
    let connection = Connection::assemble(&context.home, &name, profile, app, definition)?;
    let token = refresh_token(context, args)?;
    let record = take_over(context, args, &connection, &token).map_err(|error| error.profile(&name))?;
    keep(context, &connection, &record, existing.is_some())?;
    announce(context, &name)
}

fn refresh_token(context: &Context, args: &Args) -> Result<SecretString> {
    if args.refresh_token_stdin {
        return read_secret();
    }
    match context.terminal.interactive {
        true => prompt::secret(&text!("ask-refresh-token"), |line| match line.is_empty() {
            true => Err(fail!(Usage, "stdin-empty")),
            false => Ok(()),
        }),
        false => Err(fail!(Usage, "refresh-token-needed")),
    }
}

fn take_over(
    context: &Context,
    args: &Args,
    connection: &Connection,
    token: &SecretString,
) -> Result<crate::model::Record> {
    interrupt::watch();
    let waiting = || context.say_waiting();
    let session = context.session(&waiting);
    let client_secret = ledger::client_secret(&context.home, connection.app_record.as_ref())?;
    let mut values = connection.values(client_secret.as_ref());
    values.set_secret("refresh_token", token);
    let client = session::client(&context.home)?;
    let settlement = Settlement {
        session: &session,
        connection,
        client: &client,
        store: store(context, connection, args.target.store),
        replace: args.replace,
    };
    settle(&settlement, Consented { origin: Origin::Import, redirect_uri: None, values })
}
