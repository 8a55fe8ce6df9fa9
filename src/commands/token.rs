//! `sellauth token`: a valid access token, for scripts.

use std::process::ExitCode;

use jiff::Timestamp;
use secrecy::ExposeSecret;
use serde_json::{Map, Value, json};

use super::Context;
use crate::connection::Connection;
use crate::error::{Error, Result};
use crate::model::{Profile, Span};
use crate::output::{print, print_json, whole_seconds};
use crate::session::{Renew, Token, Want, at_hand, fresh_token, token_at_hand};
use crate::{grantless, profiles, text};

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
    /// A token for what the app may do without a seller, by its scope
    #[arg(long, value_name = "SCOPE")]
    scope: Option<String>,
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
    let renew = match (args.refresh, &args.refresh_if) {
        (true, _) => Renew::Before(began),
        (false, Some(hash)) => Renew::IfStill(hash.clone()),
        (false, None) => Renew::IfStale,
    };
    let waiting = || context.say_waiting();
    let want = Want { least: args.min_validity, renew };
    let session = context.session(&waiting);
    let at_hand = match &args.scope {
        Some(scope) => grantless::token_at_hand(&session, &profile, scope, &want),
        None => token_at_hand(&session, &profile, &want),
    };
    let ask = || {
        let connection = Connection::load(&context.home, &name, profile.clone())?;
        match &args.scope {
            Some(scope) => grantless::token(&session, &connection, scope, &want),
            None => Ok(fresh_token(&session, &connection, &want)?.token),
        }
    };
    let spare = |error: Error| match at_hand::spare(&session, &profile, &want, &error) {
        Some(token) if args.scope.is_none() => {
            let end = token.expires_at.map(|end| whole_seconds(end).to_string()).unwrap_or_default();
            context.terminal.warn(text!("vault-token-handed-out-late", reason = error, end = end));
            Ok(token)
        }
        _ => Err(error),
    };
    let token = at_hand.map_or_else(|| ask().or_else(spare), Ok)?;
    if context.terminal.json {
        print_json(&document(&name, &profile, args.scope.as_deref(), &token))?;
    } else if args.header {
        let lines: Vec<&str> = token.headers.iter().map(ExposeSecret::expose_secret).collect();
        print(&lines.join("\n"))?;
    } else {
        print(token.secret.expose_secret())?;
    }
    Ok(ExitCode::SUCCESS)
}

fn document(name: &str, profile: &Profile, scope: Option<&str>, token: &Token) -> Value {
    let lines: Vec<&str> = token.headers.iter().map(ExposeSecret::expose_secret).collect();
    let named: Map<String, Value> = lines
        .iter()
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_owned(), Value::from(value)))
        .collect();
    let left = token.expires_at.map(|end| end.duration_since(Timestamp::now()).as_secs().max(0));
    let mut document = json!({
        "profile": name,
        "marketplace": profile.marketplace,
        "access_token": token.secret.expose_secret(),
        // What kind of token it is (RFC 6750): whoever holds it may use it. Whatever a marketplace calls it
        // ("User Access Token"), and in which header it wants it, is said by `headers`.
        "token_type": "bearer",
        "expires_at": token.expires_at.map(whole_seconds),
        "expires_in": left,
        "header": lines.first(),
        "headers": named,
    });
    if let Some(scope) = scope {
        document["scope"] = Value::from(scope);
    }
    document
}
