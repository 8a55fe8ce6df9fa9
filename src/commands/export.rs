//! `sellauth export`: shops as one document, for another machine or for version control.

use std::io::IsTerminal;
use std::process::ExitCode;

use secrecy::{ExposeSecret, SecretString};

use super::Context;
use super::shops::Shops;
use crate::bundle::{Bundle, Wishes};
use crate::config::secret;
use crate::connection::Connection;
use crate::error::{Error, Kind, Result};
use crate::fleet::Hold;
use crate::history::{self, Event, What};
use crate::model::Record;
use crate::output::{durable, print, print_json};
use crate::session::{self, Session};
use crate::store::sealed::{Audience, Recipient};
use crate::{apps, fail, interrupt, profiles, prompt, text};

/// What `export` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    shops: Shops,
    /// Only what you wrote, as TOML without any secret: fit for version control
    #[arg(long, conflicts_with_all = ["recipients", "moves"])]
    config_only: bool,
    /// Encrypt for whoever has this age identity, instead of by a passphrase
    #[arg(long = "recipient", value_name = "age1…", value_parser = recipient)]
    recipients: Vec<Recipient>,
    /// Remove the shops here once the bundle is safe in a file; the apps stay
    #[arg(long = "move")]
    moves: bool,
}

fn recipient(given: &str) -> Result<Recipient, String> {
    given.parse().map_err(|_| match given.starts_with("age1") {
        true => text!("recipient-damaged"),
        false => text!("not-a-recipient"),
    })
}

/// Prints a bundle.
pub fn run(context: &Context, args: &Args) -> Result<ExitCode> {
    let connections = args.shops.load(context)?;
    let also = if args.shops.all { apps::folder(&context.home).names()? } else { Vec::new() };
    let wishes = Wishes::gather(&context.home, &connections, also)?;
    if args.config_only {
        match context.terminal.json {
            true => print_json(&wishes),
            false => print(wishes.to_toml().trim_end()),
        }?;
        return Ok(ExitCode::SUCCESS);
    }
    check_stdout(args)?;
    let audience = audience(context, args)?;
    // A signal ends it before the bundle is written, or after all of it is done.
    interrupt::watch();
    let waiting = || context.say_waiting();
    let session = context.session(&waiting);
    let mut bundle = Bundle::new(wishes);
    bundle.add_client_secrets(&context.home)?;
    let taken = take(context, args, &session, &connections, &mut bundle)?;
    let bytes = bundle.seal(&audience)?;
    interrupt::check()?;
    durable::print(&bytes)?;
    for taken in &taken {
        let what = if args.moves { What::Moved } else { What::Exported };
        if args.moves {
            taken.remove(&session)?;
        }
        if taken.record.is_some() {
            history::record(&context.home, &Event::of(what, taken.connection, (session.clock)()));
        }
    }
    tell(context, args, &taken);
    Ok(ExitCode::SUCCESS)
}

/// What would be lost there must not leave here.
fn check_stdout(args: &Args) -> Result<()> {
    if std::io::stdout().is_terminal() {
        return Err(fail!(Usage, "export-terminal"));
    }
    match args.moves && !durable::is_stdout_file() {
        true => Err(fail!(Usage, "export-nowhere")),
        false => Ok(()),
    }
}

/// Who can open it: those named, or whoever knows the passphrase of the environment or the person.
fn audience(context: &Context, args: &Args) -> Result<Audience> {
    if !args.recipients.is_empty() {
        return Ok(Audience::Recipients(args.recipients.clone()));
    }
    let passphrase = match secret(&context.var, "SELLAUTH_EXPORT_PASSPHRASE")? {
        Some(passphrase) if passphrase.expose_secret().is_empty() => return Err(fail!(Usage, "stdin-empty")),
        Some(passphrase) => passphrase,
        None if context.terminal.interactive => ask()?,
        None => return Err(fail!(Usage, "export-audience-needed")),
    };
    Ok(Audience::Passphrase(passphrase))
}

/// Twice: nobody sees what is typed, and without it the bundle is worth nothing.
fn ask() -> Result<SecretString> {
    let passphrase = prompt::secret(&text!("ask-export-passphrase"), |_| Ok(()))?;
    prompt::secret(&text!("ask-export-passphrase-again"), |again| match again == passphrase.expose_secret() {
        true => Ok(()),
        false => Err(fail!(Usage, "export-passphrases-differ")),
    })
}

/// A shop whose copy is in the bundle.
struct Taken<'a> {
    connection: &'a Connection,
    record: Option<Record>,
    /// Held until it is removed: a renewal meanwhile would end the copy.
    _lock: Option<Hold>,
}

/// Copies what each consent left behind. A shop whose secrets are lost goes without them, and stays.
fn take<'a>(
    context: &Context,
    args: &Args,
    session: &Session,
    connections: &'a [Connection],
    bundle: &mut Bundle,
) -> Result<Vec<Taken<'a>>> {
    let mut taken = Vec::new();
    for connection in connections {
        let (lock, whole) = match session::lock_whole(session, connection) {
            Err(Error { kind: Kind::ReauthorizationRequired, message, .. }) => {
                context.terminal.note(text!("export-without-secrets", why = message));
                continue;
            }
            locked => locked.map_err(|error| error.profile(&connection.name))?,
        };
        let record = whole.map(|(record, set)| {
            bundle.add(record.clone(), set);
            record
        });
        taken.push(Taken { connection, record, _lock: args.moves.then_some(lock) });
    }
    Ok(taken)
}

impl Taken<'_> {
    /// Forgets the shop here. The marketplace hears nothing: the consent lives on in the bundle.
    fn remove(&self, session: &Session) -> Result<()> {
        if let Some(record) = &self.record {
            session::forget(session, record).map_err(|error| error.profile(&self.connection.name))?;
        }
        profiles::folder(session.home).remove(&self.connection.name)
    }
}

/// Says what left, and of which shops only one copy can live.
fn tell(context: &Context, args: &Args, taken: &[Taken]) {
    let names = |taken: &mut dyn Iterator<Item = &Taken>| {
        taken.map(|taken| taken.connection.name.as_str()).collect::<Vec<_>>().join(", ")
    };
    let all = names(&mut taken.iter());
    match args.moves {
        true => context.terminal.note(text!("export-moved", names = all)),
        false => context.terminal.note(text!("exported", names = all)),
    }
    let rotating = |taken: &&Taken| taken.record.is_some() && taken.connection.definition.rotates();
    let rotating = names(&mut taken.iter().filter(rotating));
    if !args.moves && !rotating.is_empty() {
        context.terminal.warn(text!("export-rotates", names = rotating));
    }
}
