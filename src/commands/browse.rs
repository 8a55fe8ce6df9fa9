//! The part of `connect` and `reauthorize` that sits before the browser with the seller.

use std::time::Duration;

use jiff::Timestamp;
use secrecy::ExposeSecret;
use url::Url;

use super::Context;
use super::app_add::is_device;
use super::seller::Seller;
use crate::authorize::{Flow, Way, authorize};
use crate::config::secret;
use crate::connection::Connection;
use crate::error::Result;
use crate::lines::Lines;
use crate::marketplace::definition::Grant;
use crate::model::{Origin, Record, Span};
use crate::prompt;
use crate::session::Session;
use crate::settle::ProfileFile;
use crate::store::StoreKind;
use crate::{editions, fail, ledger, redirect, text};

/// The flags of a browser flow, the same for every command that has one.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Browser")]
pub struct FlowArgs {
    /// Do not open a browser; print the address only
    #[arg(long, conflicts_with_all = ["paste", "browser"])]
    pub no_browser: bool,
    /// Read the address the browser ended on from stdin, instead of listening for it
    #[arg(long)]
    pub paste: bool,
    /// Show a code that is entered in any browser, on any device
    #[arg(long, conflicts_with_all = ["paste", "port"])]
    pub device: bool,
    /// Print the address and a handle, and end; `--finish` takes what comes back
    #[arg(long, conflicts_with_all = ["paste", "device", "no_browser", "browser", "timeout"])]
    pub start: bool,
    /// The command that opens addresses; %s or the last word is the address
    #[arg(long, value_name = "CMD")]
    pub browser: Option<String>,
    /// The port to listen on
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// How long to wait for the seller: 90s, 5m, 12h, 30d
    #[arg(long, value_name = "TIME", default_value = "10m")]
    pub timeout: Span,
    /// The link on which the seller installs the app first
    #[arg(long, value_name = "URL", conflicts_with = "skip_install")]
    pub install_url: Option<Url>,
    /// The app is installed already
    #[arg(long)]
    pub skip_install: bool,
}

/// The names of a group of flags, for those that contradict each of them.
pub fn names<T: clap::Args>() -> Vec<clap::Id> {
    let command = T::augment_args(clap::Command::new(""));
    command.get_arguments().map(|argument| argument.get_id().clone()).collect()
}

/// What a consent may do to the profile, and who begins it.
pub struct Takes {
    /// Another shop's consent may take the profile's place.
    pub replace: bool,
    /// The seller starts it in the marketplace's own pages.
    pub started_there: bool,
    /// What becomes of the profile's file.
    pub file: ProfileFile,
    /// The marketplace's notes were read just now.
    pub noted: bool,
}

/// Runs the browser flow for one connection and returns the committed record.
pub fn browse(
    context: &Context,
    connection: &Connection,
    store: StoreKind,
    flags: &FlowArgs,
    takes: Takes,
) -> Result<Record> {
    with_flow(context, connection, store, flags, takes, authorize)
}

/// Puts together what the flags say, and hands it to `run`.
pub fn with_flow<T>(
    context: &Context,
    connection: &Connection,
    store: StoreKind,
    flags: &FlowArgs,
    takes: Takes,
    run: impl FnOnce(&Flow) -> Result<T>,
) -> Result<T> {
    let Takes { replace, started_there, file, noted } = takes;
    let terminal = context.terminal;
    if !noted && editions::has_changed(&context.home, &connection.definition.id) {
        terminal.note(text!("definition-changed", id = connection.definition.id));
    }
    if connection.definition.grant != Grant::ClientCredentials && !noted {
        connection.definition.consent.notes.iter().for_each(|note| terminal.note(note));
    }
    let by_kind = check_kind(connection, flags, started_there)?;
    regain_client_secret(context, connection)?;
    let install_url = install_url(context, connection, flags)?;
    let installation = connection.definition.installation.as_ref().filter(|_| install_url.is_some());
    if let (Some(reinstalling), Some(_)) =
        (installation.and_then(|step| step.reinstalling.as_ref()), &connection.record)
    {
        terminal.note(reinstalling);
    }
    let seller = Seller::find(context, connection, flags)?;
    let waiting = || context.say_waiting();
    let session: Session = context.session(&waiting);
    let way = way(connection, flags, started_there, by_kind);
    run(&Flow {
        session: &session,
        connection,
        store,
        interactive: terminal.interactive,
        port: flags.port,
        way,
        timeout: Duration::from_secs(flags.timeout.as_secs()),
        install_url,
        replace,
        file,
        person: &seller,
        lines: ((terminal.interactive && !flags.start) || way == Way::Paste).then(Lines::of_stdin),
    })
}

/// An app that came without its secret from another machine has none, and a store that lost the tokens has
/// lost it as well. The environment may have it, or a person; without it no consent is worth a seller's
/// time.
fn regain_client_secret(context: &Context, connection: &Connection) -> Result<()> {
    let (home, app, name) = (&context.home, &connection.app, &connection.profile.app);
    let lost = ledger::lost_client_secret(home, app.uuid)?;
    let never_had = connection.app_record.is_none() && connection.definition.needs_client_secret();
    if lost.is_none() && !never_had {
        return Ok(());
    }
    let check = |value: &str| connection.definition.check_value("client_secret", value, true);
    let given = match secret(&context.var, "SELLAUTH_CLIENT_SECRET")? {
        Some(secret) => check(secret.expose_secret()).map(|()| secret)?,
        None if context.terminal.interactive => {
            context.terminal.note(text!("client-secret-lost", name = name));
            prompt::secret(&text!("ask-client-secret"), check)?
        }
        None if never_had => return Err(fail!(Configuration, "client-secret-absent", name = name)),
        // The flow itself says which store has lost it.
        None => return Ok(()),
    };
    let store = lost.as_ref().map_or_else(|| home.store_kind(None), |lost| lost.store);
    let created = lost.and_then(|lost| lost.created_at);
    ledger::put_client_secret(home, app, &given, store, Timestamp::now(), created)
}

/// How the answer comes about: as a flag says, or the only way there is, or as the app's kind wants it
/// (`by_kind`: on a device), else as it did for this shop the last time.
fn way(connection: &Connection, flags: &FlowArgs, started_there: bool, by_kind: Option<bool>) -> Way {
    let flagged = [
        (started_there, Way::StartedThere),
        (flags.start, Way::Later),
        (flags.paste, Way::Paste),
        (flags.device, Way::Device),
        (redirect::is_pasted_only(&connection.definition), Way::Paste),
        (flags.port.is_some(), Way::Listen),
        (redirect::leads_nowhere(connection.app.redirect_uri.as_deref()), Way::Paste),
        (by_kind.unwrap_or_else(|| granted_to_device(connection)), Way::Device),
    ];
    flagged.into_iter().find_map(|(wanted, way)| wanted.then_some(way)).unwrap_or(Way::Listen)
}

/// Whether the app is one for devices, where its kind is known. Kind `usage` for a flow that it has not: the
/// marketplace would only answer with an error.
fn check_kind(connection: &Connection, flags: &FlowArgs, started_there: bool) -> Result<Option<bool>> {
    let Connection { definition, app, profile, .. } = connection;
    let Some(kind) = app.kind.as_ref().filter(|kind| definition.app_kinds.contains_key(*kind)) else {
        return Ok(None);
    };
    let device = is_device(definition, Some(kind));
    let by_browser = flags.paste || flags.start || flags.port.is_some() || started_there;
    match (device, flags.device, by_browser) {
        (false, true, _) => Err(fail!(Usage, "app-kind-browser", name = profile.app, kind = kind)),
        (true, _, true) => Err(fail!(Usage, "app-kind-device", name = profile.app, kind = kind)),
        _ => Ok(Some(device)),
    }
}

/// Whether the shop's consent was given on a device, to this app: some apps are registered for
/// devices only, and take no browser.
fn granted_to_device(connection: &Connection) -> bool {
    let grant = connection.record.as_ref().map(|record| &record.grant);
    connection.definition.device_authorization_request.is_some()
        && grant.is_some_and(|grant| {
            let to_device = grant.origin == Origin::Consent && grant.redirect_uri.is_none();
            to_device && grant.client_id == connection.app.client_id
        })
}

/// The installation link: the flag's, the app's, or a person's answer. `None` where there is no
/// such step, or it is skipped.
fn install_url(context: &Context, connection: &Connection, flags: &FlowArgs) -> Result<Option<Url>> {
    let Some(installation) = &connection.definition.installation else { return Ok(None) };
    if flags.skip_install {
        return Ok(None);
    }
    let by_app = connection.app.install_url.as_deref().and_then(|url| Url::parse(url).ok());
    if let Some(url) = flags.install_url.clone().or(by_app) {
        return check_install_url(&url).map(Some);
    }
    if !context.terminal.interactive || flags.paste {
        return Err(fail!(Usage, "install-url-needed", marketplace = connection.definition.name));
    }
    context.terminal.note(&installation.prompt);
    let check = |line: &str| match (line.is_empty(), Url::parse(line)) {
        (true, _) => Ok(()),
        (_, Ok(url)) => check_install_url(&url).map(|_| ()),
        (_, Err(_)) => Err(fail!(Usage, "install-url-unfit")),
    };
    let line = prompt::text(&text!("ask-install-url"), None, check)?;
    Ok(Url::parse(&line).ok())
}

/// An installation link is opened in the seller's browser: https, or http on this machine.
pub fn check_install_url(url: &Url) -> Result<Url> {
    match crate::marketplace::template::safe_url(url.as_str()) {
        Some(url) => Ok(url),
        None => Err(fail!(Usage, "install-url-unfit")),
    }
}
