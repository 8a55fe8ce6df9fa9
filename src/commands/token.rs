//! `sellauth token`: a valid access token, for scripts.

use std::process::ExitCode;

use jiff::Timestamp;
use secrecy::ExposeSecret;
use serde_json::{Map, Value, json};

use super::Context;
use crate::connection::Connection;
use crate::error::Result;
use crate::marketplace::Definition;
use crate::model::Span;
use crate::output::{print, print_json, whole_seconds};
use crate::session::{Renew, Token, Want, fresh_token};
use crate::{fail, profiles};

/// What `token` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shop; the only one when none is named
    profile: Option<String>,
    /// The shop, where no name stands before it
    #[arg(long = "profile", value_name = "PROFILE", conflicts_with = "profile", id = "named")]
    named: Option<String>,
    /// How long the token must be valid at least: 90s, 5m, 12h, 30d
    #[arg(long, value_name = "TIME")]
    min_validity: Option<Span>,
    /// Print the whole HTTP header the marketplace wants
    #[arg(long)]
    header: bool,
    /// Renew, unless that was done since this command began
    #[arg(long, conflicts_with = "refresh_if")]
    refresh: bool,
    /// Renew if the token is still the one the API refused: the first 16 hex digits of its SHA-256
    #[arg(long, value_name = "HASH", value_parser = hash)]
    refresh_if: Option<String>,
}

fn hash(text: &str) -> Result<String, String> {
    let fits = text.len() >= 16 && text.len() <= 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
    if fits { Ok(text.to_lowercase()) } else { Err(crate::text!("not-a-hash")) }
}

/// Prints a valid access token.
pub fn run(context: &Context, args: &Args) -> Result<ExitCode> {
    let began = Timestamp::now();
    let wish = args.named.clone().or_else(|| (context.var)("SELLAUTH_PROFILE"));
    let (name, profile) = match &args.profile {
        Some(given) => profiles::resolve(&context.home, given)?,
        None => profiles::resolve_default(&context.home, wish.as_deref())?,
    };
    let connection = Connection::load(&context.home, &name, profile)?;
    let renew = match (args.refresh, &args.refresh_if) {
        (true, _) => Renew::Before(began),
        (false, Some(hash)) => Renew::IfStill(hash.clone()),
        (false, None) => Renew::IfStale,
    };
    let waiting = || context.say_waiting();
    let want = Want { least: args.min_validity, renew };
    let token = fresh_token(&context.session(&waiting), &connection, &want)?;
    if context.terminal.json {
        print_json(&document(&connection, &token)?)?;
    } else if args.header {
        print(&headers(&connection.definition, &token)?.join("\n"))?;
    } else {
        print(token.secret.expose_secret())?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The header lines an API request carries.
fn headers(definition: &Definition, token: &Token) -> Result<Vec<String>> {
    definition
        .api_headers
        .iter()
        .map(|header| header.header(&token.values).map(|line| line.expose_secret().to_owned()))
        .collect::<Result<_, _>>()
        .map_err(|error| fail!(Configuration, "template-failed").because(error))
}

fn document(connection: &Connection, token: &Token) -> Result<Value> {
    let lines = headers(&connection.definition, token)?;
    let named: Map<String, Value> = lines
        .iter()
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_owned(), Value::from(value)))
        .collect();
    let left = token.expires_at.map(|end| end.duration_since(Timestamp::now()).as_secs().max(0));
    Ok(json!({
        "profile": connection.name,
        "marketplace": connection.profile.marketplace,
        "access_token": token.secret.expose_secret(),
        "token_type": "bearer",
        "expires_at": token.expires_at.map(whole_seconds),
        "expires_in": left,
        "header": lines.first(),
        "headers": named,
    }))
}
