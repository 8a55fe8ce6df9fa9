//! `sellauth import`: a refresh token that was made elsewhere, such as in a marketplace's portal.

use std::path::PathBuf;
use std::process::ExitCode;

use secrecy::SecretString;

use super::connect::{Place, Slot, Target, announce, find_app, store};
use super::import_bundle::Given;
use super::{Context, import_bundle, read_secret};
use crate::authorize::LARGEST_SET;
use crate::connection::{Connection, catalogue};
use crate::error::Result;
use crate::marketplace::request::Request;
use crate::model::{Origin, Record};
use crate::settle::{Consented, ProfileFile, Settlement, settle};
use crate::{fail, interrupt, ledger, prompt, session, text};

/// What `import` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The marketplace, as `sellauth marketplaces` lists it
    #[arg(required_unless_present = "bundle")]
    marketplace: Option<String>,
    #[command(flatten)]
    target: Target,
    /// Read the refresh token from stdin
    #[arg(long)]
    refresh_token_stdin: bool,
    /// Take the place of what is connected under this name
    #[arg(long)]
    replace: bool,
    /// Take over what `export` wrote; - is stdin
    #[arg(long, value_name = "FILE", conflicts_with_all = ["marketplace", "refresh_token_stdin"])]
    #[arg(conflicts_with_all = OF_A_NEW_SHOP)]
    bundle: Option<PathBuf>,
    /// The age identity that opens the bundle, as `age-keygen` writes it
    #[arg(long, value_name = "FILE", requires = "bundle")]
    identity: Option<PathBuf>,
    /// Say what would be taken over, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// What a bundle says itself.
const OF_A_NEW_SHOP: [&str; 8] =
    ["region", "options", "draft", "vendor", "set", "scopes", "expect_shop", "labels"];

/// Takes over a refresh token, after one renewal has proved that it works.
pub fn run(context: &Context, args: &Args) -> Result<ExitCode> {
    if let Some(path) = &args.bundle {
        let Args { identity, target, replace, dry_run, .. } = args;
        let given =
            Given { path, identity: identity.as_deref(), target, replace: *replace, dry_run: *dry_run };
        return import_bundle::run(context, &given);
    }
    let definition = catalogue(&context.home).get(args.marketplace.as_deref().unwrap_or_default())?;
    if !definition.renewal_request.iter().any(Request::needs_refresh_token) {
        return Err(fail!(Usage, "import-useless", marketplace = definition.name));
    }
    let place = Place::check(context, &definition, &args.target)?;
    let (app_name, app) = find_app(context, &definition, &place, args.target.app.as_deref())?;
    let slot = Slot::find(context, &definition, &place, args.target.profile.as_deref())?;
    if !args.replace && slot.is_connected(context)? {
        return Err(fail!(Usage, "name-imported", name = slot.name));
    }
    let profile = slot.fill(context, &definition, &place, &args.target, &app_name)?;
    let file = slot.file(&profile);
    let name = slot.name;
    let connection = Connection::assemble(&context.home, &name, profile, app, definition)?;
    let token = refresh_token(context, args)?;
    take_over(context, args, &connection, &token, file).map_err(|error| error.profile(&name))?;
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
    file: ProfileFile,
) -> Result<Record> {
    interrupt::watch();
    let store = store(context, connection, args.target.store);
    // The marketplace may replace the token at its first use: it must not be used for nothing.
    context.home.store(store)?.probe(LARGEST_SET, context.terminal.interactive)?;
    let waiting = || context.say_waiting();
    let session = context.session(&waiting);
    let client_secret = ledger::client_secret(&context.home, connection.app.uuid)?;
    let mut values = connection.values(client_secret.as_ref());
    values.set_secret("refresh_token", token);
    let client = session::client(&context.home)?;
    let settlement =
        Settlement { session: &session, connection, client: &client, store, replace: args.replace, file };
    settle(&settlement, Consented::now(Origin::Import, None, values))
}
