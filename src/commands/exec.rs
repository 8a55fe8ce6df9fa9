//! `sellauth exec`: a command that finds tokens in its environment.

use std::ffi::OsString;
use std::io::{Error, ErrorKind};
use std::process::{Command, ExitCode};

use secrecy::{ExposeSecret, SecretString};

use super::Context;
use super::enter::ENTERED;
use crate::config::SECRET_VARIABLES;
use crate::connection::Connection;
use crate::error::Result;
use crate::history::{self, Event, What};
use crate::output::{self, whole_seconds};
use crate::session::{Granted, Renew, Session, Want, lock_profile, usable_token};
use crate::{fail, fleet, interrupt, ledger, profiles, text};

/// What one shop's command finds. One that has no value must not come from an outer `exec` either.
const GIVEN: &[&str] = &[
    "SELLAUTH_ACCESS_TOKEN",
    "SELLAUTH_API_BASE",
    "SELLAUTH_ENV",
    "SELLAUTH_EXPIRES_AT",
    "SELLAUTH_HEADER",
    "SELLAUTH_MARKETPLACE",
    "SELLAUTH_MARKETPLACE_ID",
    "SELLAUTH_PROFILE",
    "SELLAUTH_REGION",
    "SELLAUTH_SHOP_ID",
];

/// What `exec` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shops. Of several each one's variables begin with its name: `AMAZON_DE_SELLAUTH_ACCESS_TOKEN`
    #[arg(required = true, value_name = "PROFILE")]
    profiles: Vec<String>,
    /// Hand out as well what the marketplace's usual SDKs renew with, in the variables they read
    #[arg(long)]
    sdk: bool,
    /// The command, which takes the place of this one, and its arguments
    #[arg(last = true, required = true, value_name = "COMMAND")]
    command: Vec<OsString>,
}

/// A variable of the command's; without a value it must not have one.
type Variable = (String, Option<SecretString>);

/// Runs a command in this process's place.
pub fn run(context: &Context, args: &Args) -> Result<ExitCode> {
    let resolve = |given| profiles::resolve(&context.home, given);
    let shops = args.profiles.iter().map(|given| resolve(given)).collect::<Result<Vec<_>>>()?;
    let names: Vec<&str> = shops.iter().map(|(name, _)| name.as_str()).collect();
    let prefixes = prefixes(&names)?;
    if args.sdk && prefixes.len() > 1 {
        return Err(fail!(Usage, "exec-sdk-one"));
    }
    let waiting = || context.say_waiting();
    let session = context.session(&waiting);
    let mut variables = Vec::new();
    for ((name, profile), prefix) in shops.into_iter().zip(&prefixes) {
        let connection = Connection::load(&context.home, &name, profile)?;
        if args.sdk {
            check_sdk(&connection)?;
        }
        let granted = usable_token(&session, &connection, &Want { least: None, renew: Renew::IfStale })?;
        variables.extend(token_variables(&connection, &granted, prefix)?);
        if args.sdk {
            variables.extend(sdk_variables(&session, &connection, granted)?);
            let event = Event::of(What::Exported, &connection, (session.clock)());
            history::record(&context.home, &event.detail("exec --sdk"));
            context.terminal.note(text!("exec-sdk", name = name));
        }
    }
    interrupt::obey()?;
    Ok(replace(context, &args.command, &variables))
}

/// How each shop's variables begin: one shop's as they are called, several shops' by its name. Kind
/// `usage` for two that would begin alike.
fn prefixes(names: &[&str]) -> Result<Vec<String>> {
    if names.len() == 1 {
        return Ok(vec![String::new()]);
    }
    let fit = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
    // A shell knows no variable that begins with a digit.
    let start = |name: &str| if name.starts_with(|first: char| first.is_ascii_digit()) { "_" } else { "" };
    let prefix = |name: &&str| format!("{}{}_", start(name), name.chars().map(fit).collect::<String>());
    let prefixes: Vec<String> = names.iter().map(prefix).collect();
    for (i, prefix) in prefixes.iter().enumerate() {
        if let Some(earlier) = prefixes[..i].iter().position(|other| other == prefix) {
            return Err(fail!(Usage, "exec-alike", one = names[earlier], other = names[i], prefix = prefix));
        }
    }
    Ok(prefixes)
}

fn token_variables(connection: &Connection, granted: &Granted, prefix: &str) -> Result<Vec<Variable>> {
    let (profile, token) = (&connection.profile, &granted.token);
    let base = connection.api_base(&granted.values)?;
    let header: Vec<&str> = token.headers.iter().map(ExposeSecret::expose_secret).collect();
    let shop_id = connection.record.as_ref().and_then(|record| record.shop_id.clone());
    let own = [
        ("PROFILE", Some(connection.name.clone())),
        ("MARKETPLACE", Some(profile.marketplace.clone())),
        ("ENV", Some(profile.environment.clone())),
        ("REGION", profile.region.clone()),
        ("SHOP_ID", shop_id),
        ("API_BASE", Some(base.as_str().trim_end_matches('/').to_owned())),
        ("ACCESS_TOKEN", Some(token.secret.expose_secret().to_owned())),
        ("HEADER", Some(header.join("\n"))),
        ("EXPIRES_AT", token.expires_at.map(|end| whole_seconds(end).to_string())),
    ];
    let exported = connection.definition.exported.iter();
    let exported = exported.map(|name| (name.to_uppercase(), Some(granted.values.get(name).to_owned())));
    let own = own.into_iter().map(|(name, value)| (name.to_owned(), value));
    let variable = |(name, value): (String, Option<String>)| {
        let value = value.filter(|value| !value.is_empty()).map(SecretString::from);
        (format!("{prefix}SELLAUTH_{name}"), value)
    };
    Ok(own.chain(exported).map(variable).collect())
}

/// Kind `usage` where an SDK must not renew, or none is known.
fn check_sdk(connection: &Connection) -> Result<()> {
    let definition = &connection.definition;
    if definition.rotates() {
        return Err(fail!(Usage, "exec-sdk-rotates", marketplace = definition.name));
    }
    match definition.sdk_env.iter().next() {
        Some(_) => Ok(()),
        None => Err(fail!(Usage, "exec-sdk-none", marketplace = definition.name)),
    }
}

fn sdk_variables(session: &Session, connection: &Connection, granted: Granted) -> Result<Vec<Variable>> {
    let name = &connection.name;
    // Under the lock nobody replaces what is read.
    let (_lock, record) = lock_profile(session, connection)?;
    let record = record.ok_or_else(|| fail!(NotFound, "never-connected", name = name))?;
    if record.grant.client_id != connection.app.client_id {
        return Err(fail!(ReauthorizationRequired, "client-changed").profile(name));
    }
    let set = ledger::token_set(session.home, &record)?;
    let set =
        set.ok_or_else(|| fail!(ReauthorizationRequired, "secrets-missing", name = name).profile(name))?;
    let mut values = granted.values;
    values.set_all(&set.captured);
    let client_secret = ledger::client_secret(session.home, connection.app.uuid)?;
    for (name, secret) in [("refresh_token", set.refresh_token), ("client_secret", client_secret)] {
        if let Some(secret) = secret {
            values.set_secret(name, &secret);
        }
    }
    let given = |value: SecretString| Some(value).filter(|value| !value.expose_secret().is_empty());
    let variables = connection.definition.sdk_env.iter();
    Ok(variables.map(|(name, template)| (name.to_owned(), given(template.text(&values)))).collect())
}

/// Becomes the command; whatever comes back is why that was not possible, with a shell's exit code.
fn replace(context: &Context, words: &[OsString], variables: &[Variable]) -> ExitCode {
    // The command line has at least one.
    let program = &words[0];
    let mut command = Command::new(program);
    command.args(&words[1..]);
    // Where shops are kept there, it opens all of them.
    let vault = fleet::is_on(&context.home).then_some(&"VAULT_TOKEN");
    for name in SECRET_VARIABLES.iter().chain(GIVEN).chain(vault) {
        command.env_remove(name);
    }
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with(ENTERED) {
            command.env_remove(name);
        }
    }
    for (name, value) in variables {
        match value {
            Some(value) => command.env(name, value.expose_secret()),
            None => command.env_remove(name),
        };
    }
    let cause = take_place(command);
    let shown = program.display();
    let (code, error) = match cause.kind() {
        ErrorKind::NotFound => (127, fail!(NotFound, "exec-not-found", command = shown)),
        _ => (126, fail!(Usage, "exec-not-run", command = shown)),
    };
    output::report(&error.because(cause), context.terminal.json);
    ExitCode::from(code)
}

/// Returns only why the command could not be run.
#[cfg(unix)]
fn take_place(mut command: Command) -> Error {
    std::os::unix::process::CommandExt::exec(&mut command)
}

/// The same where no process can become another one. Ctrl-C reaches both: it is the command that says what
/// comes of it.
#[cfg(not(unix))]
fn take_place(mut command: Command) -> Error {
    match interrupt::hold(|| command.status()) {
        Ok(status) => std::process::exit(status.code().unwrap_or(1)),
        Err(error) => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_shop_needs_no_prefix_and_several_get_their_names() {
        assert_eq!(prefixes(&["amazon-de"]).unwrap(), [""]);
        assert_eq!(prefixes(&["amazon-de", "otto"]).unwrap(), ["AMAZON_DE_", "OTTO_"]);
        assert_eq!(prefixes(&["1a", "b.c_d"]).unwrap(), ["_1A_", "B_C_D_"]);
    }

    #[test]
    fn two_shops_that_would_begin_alike_are_refused() {
        for pair in [["a-b", "a.b"], ["a", "A"], ["otto", "otto"]] {
            assert_eq!(prefixes(&pair).unwrap_err().kind, crate::error::Kind::Usage, "{pair:?}");
        }
    }
}
