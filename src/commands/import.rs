//! `sellauth import`: a refresh token that was made elsewhere, such as in a marketplace's portal.

use std::process::ExitCode;

use clap::ArgGroup;
use secrecy::SecretString;

use super::connect::{Place, Slot, Target, announce, find_app, store};
use super::enter::refuse_app;
use super::import_bundle::{self, BundleArgs};
use super::import_from::{Finds, FromArgs, Outlook, Owner, look};
use super::{Context, read_secret};
use crate::authorize::LARGEST_SET;
use crate::connection::{Connection, catalogue};
use crate::error::Result;
use crate::marketplace::Definition;
use crate::marketplace::request::Request;
use crate::model::{App, Origin};
use crate::settle::{Consented, ProfileFile, Settlement, settle};
use crate::{fail, fleet, interrupt, ledger, prompt, session, text};

/// What `import` takes.
#[derive(Debug, clap::Args)]
#[command(group = ArgGroup::new("what").args(["marketplace", "bundle"]).required(true))]
#[command(group = ArgGroup::new("elsewhere").args(["bundle", "from", "from_env"]).multiple(true))]
pub struct Args {
    /// The marketplace, as `sellauth marketplaces` lists it
    marketplace: Option<String>,
    #[command(flatten)]
    pub(super) target: Target,
    /// Read the refresh token from stdin
    #[arg(long)]
    refresh_token_stdin: bool,
    /// Take the place of what is connected under this name
    #[arg(long)]
    pub(super) replace: bool,
    /// Say what would be taken over, and write nothing
    #[arg(long, requires = "elsewhere")]
    pub(super) dry_run: bool,
    #[command(flatten)]
    from: FromArgs,
    #[command(flatten)]
    pub(super) bundle: BundleArgs,
}

/// Takes over a refresh token, after one renewal has proved that it works.
pub fn run(context: Context, args: &Args) -> Result<ExitCode> {
    // Who only looks is asked for nothing that would be thrown away.
    let context = &match args.dry_run && args.from.is_given() {
        true => context.unasking(),
        false => context.asking(),
    };
    if let Some(path) = &args.bundle.bundle {
        return import_bundle::run(context, args, path);
    }
    let definition = catalogue(&context.home).get(args.marketplace.as_deref().unwrap_or_default())?;
    refuse_app(&definition)?;
    let place = Place::check(context, &definition, &args.target)?;
    let import = Import { context, target: &args.target, replace: args.replace };
    if args.from.is_given() {
        return import.found(args, definition, &place);
    }
    let app = find_app(context, &definition, &place, args.target.app.as_deref())?;
    let (connection, file) = import.prepare(definition, &place, app)?;
    let token = refresh_token(context, args.refresh_token_stdin)?;
    import.take_over(&connection, file, &token, None)
}

/// Asks for the refresh token of an app whose tokens are made in the marketplace's portal.
pub(super) fn ask(
    context: &Context,
    definition: Definition,
    place: &Place,
    app: (String, App),
    target: &Target,
    replace: bool,
) -> Result<ExitCode> {
    let import = Import { context, target, replace };
    let (connection, file) = import.prepare(definition, place, app)?;
    let token = refresh_token(context, false)?;
    import.take_over(&connection, file, &token, None)
}

fn refresh_token(context: &Context, from_stdin: bool) -> Result<SecretString> {
    if from_stdin {
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

/// One import.
struct Import<'a> {
    context: &'a Context,
    target: &'a Target,
    replace: bool,
}

impl Import<'_> {
    /// What is to be connected, and what becomes of its file. A name that is connected is noticed.
    fn prepare(
        &self,
        definition: Definition,
        place: &Place,
        (app_name, app): (String, App),
    ) -> Result<(Connection, ProfileFile)> {
        let Self { context, target, replace } = *self;
        if !definition.renewal_request.iter().any(Request::needs_refresh_token) {
            return Err(fail!(Usage, "import-useless", marketplace = definition.name));
        }
        let slot = Slot::find(context, &definition, place, target.profile.as_deref())?;
        if !replace && slot.is_connected(context)? {
            return Err(fail!(Usage, "name-imported", name = slot.name));
        }
        let profile = slot.fill(context, &definition, place, target, &app_name)?;
        let file = slot.file(&profile);
        let connection = Connection::assemble(&context.home, &slot.name, profile, app, definition)?;
        Ok((connection, file))
    }

    /// The app that the finds belong to, where they name one, and what is to be connected.
    fn prepare_found(
        &self,
        definition: Definition,
        place: &Place,
        finds: &Finds,
    ) -> Result<(Option<Owner>, Connection, ProfileFile)> {
        let Self { context, target, .. } = *self;
        let owner = Owner::find(context, &definition, finds, place, target)?;
        let app = match &owner {
            Some(owner) => (owner.name.clone(), owner.app.clone()),
            None => find_app(context, &definition, place, target.app.as_deref())?,
        };
        let (connection, file) = self.prepare(definition, place, app)?;
        Ok((owner, connection, file))
    }

    /// Takes over what other programs keep in plain text, its app included.
    fn found(&self, args: &Args, definition: Definition, place: &Place) -> Result<ExitCode> {
        let Self { context, target, .. } = *self;
        let finds = look(context, &args.from, &definition)?;
        if args.dry_run {
            return finds.rehearse(context, || {
                let (owner, connection, _) = self.prepare_found(definition, place, &finds)?;
                if finds.get("refresh_token").is_none() && !args.refresh_token_stdin {
                    return Err(fail!(Usage, "refresh-token-needed"));
                }
                let registers = owner.is_some_and(|owner| owner.is_new);
                Ok(Outlook { profile: connection.name, app: connection.profile.app, registers })
            });
        }
        let (owner, connection, file) = self.prepare_found(definition, place, &finds)?;
        finds.confirm(context, &args.from, &connection.name)?;
        let token = match finds.get("refresh_token") {
            Some(token) => token.clone(),
            None => refresh_token(context, args.refresh_token_stdin)?,
        };
        let take_over = || self.take_over(&connection, file, &token, finds.redirect_uri());
        let done = match &owner {
            Some(owner) => owner.with(&context.home, store(context, &connection, target.store), take_over)?,
            None => take_over()?,
        };
        finds.tell(context, &connection.definition);
        if let Some(owner) = &owner {
            owner.tell(context, &connection.definition);
        }
        Ok(done)
    }

    /// Proves the token by one renewal, keeps what comes, and says so. `redirect_uri`: where its consent
    /// came back to, if that is known.
    fn take_over(
        &self,
        connection: &Connection,
        file: ProfileFile,
        token: &SecretString,
        redirect_uri: Option<String>,
    ) -> Result<ExitCode> {
        let Self { context, target, replace } = *self;
        interrupt::watch();
        let store = store(context, connection, target.store);
        // The marketplace may replace the token at its first use: it must not be used for nothing.
        context.home.store(store)?.probe(LARGEST_SET, context.terminal.interactive)?;
        fleet::check_free(&context.home, store, connection)?;
        let waiting = || context.say_waiting();
        let session = context.session(&waiting);
        let client_secret = ledger::client_secret(&context.home, connection.app.uuid)?;
        let mut values = connection.values(client_secret.as_ref());
        values.set_secret("refresh_token", token);
        if let Some(uri) = &redirect_uri {
            values.set("redirect_uri", uri);
        }
        let client = session::client(&context.home)?;
        let settlement = Settlement { session: &session, connection, client: &client, store, replace, file };
        settle(&settlement, Consented::now(Origin::Import, redirect_uri, values))
            .map_err(|error| error.profile(&connection.name))?;
        announce(context, &connection.name)
    }
}
