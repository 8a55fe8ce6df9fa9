//! What follows a token set: the next one, the record that names it, and when both end.

use jiff::Timestamp;

use crate::connection::Connection;
use crate::marketplace::exchange::Outcome;
use crate::model::{Record, Span, TokenSet};
use crate::moment::Moment;
use crate::oauth::pkce::fingerprint;
use crate::store::spill;

/// The token set and record that follow `before`.
pub fn successor(
    connection: &Connection,
    before: &Record,
    set: &TokenSet,
    outcome: Outcome,
    began: Moment,
) -> (TokenSet, Record) {
    let asked_at = began.wall;
    let ends = ends(connection, &outcome, asked_at);
    let mut record = Record {
        generation: before.generation + 1,
        last_refreshed_at: asked_at,
        last_refreshed_uptime: began.uptime,
        access_token_expires_at: ends.access_token,
        refusal: None,
        secrets_missing: false,
        ..before.clone()
    };
    let rotated = outcome.tokens.as_ref().is_some_and(|tokens| tokens.refresh_token.is_some());
    if rotated || ends.refresh_token.is_some() {
        record.refresh_token_expires_at = ends.refresh_token;
    } else if connection.definition.lifetimes.refresh_token.is_none() {
        // It ends only by not being used, and it was used just now.
        record.refresh_token_expires_at =
            connection.definition.lifetimes.unused.map(|life| life.after(asked_at));
    }
    if let Some(scopes) = outcome.tokens.as_ref().and_then(|tokens| tokens.scopes.clone()) {
        record.grant.scopes = scopes;
    }
    let mut next = token_set(connection, outcome);
    next.predecessor = set.refresh_token.as_ref().map(fingerprint);
    next.refresh_token = next.refresh_token.or_else(|| set.refresh_token.clone());
    for (name, value) in &set.captured {
        next.captured.entry(name.clone()).or_insert_with(|| value.clone());
    }
    (next, record)
}

/// Whether a renewal of `set` brought `next`.
pub fn follows(next: &TokenSet, set: &TokenSet) -> bool {
    let replaced = set.refresh_token.as_ref().map(fingerprint);
    replaced.is_some() && next.predecessor == replaced
}

/// The record that names what followed `before` by a renewal that was cut off.
pub fn adopted(before: &Record) -> Record {
    Record {
        generation: before.generation + 1,
        // How long its tokens live was lost with the process: the access token counts as ended.
        access_token_expires_at: Some(Timestamp::UNIX_EPOCH),
        refresh_token_expires_at: None,
        refusal: None,
        ..before.clone()
    }
}

/// When the tokens of an outcome end.
pub struct Ends {
    /// The access token.
    pub access_token: Option<Timestamp>,
    /// The refresh token.
    pub refresh_token: Option<Timestamp>,
}

/// When the tokens of `outcome` end: by its answer, else by the definition.
pub fn ends(connection: &Connection, outcome: &Outcome, asked_at: Timestamp) -> Ends {
    let lifetimes = &connection.definition.lifetimes;
    let tokens = outcome.tokens.as_ref();
    let refreshes = tokens.is_some_and(|tokens| tokens.refresh_token.is_some());
    let by_definition = |life: Option<Span>| life.map(|life| life.after(asked_at));
    Ends {
        access_token: match tokens {
            // Nothing was handed out, so whatever asks next must renew.
            None => Some(asked_at),
            Some(tokens) => tokens.expires_at.or_else(|| by_definition(lifetimes.access_token)),
        },
        refresh_token: tokens.and_then(|tokens| tokens.refresh_token_expires_at).or_else(|| {
            let life = lifetimes.refresh_token.into_iter().chain(lifetimes.unused).min();
            refreshes.then(|| by_definition(life)).flatten()
        }),
    }
}

/// What is kept of an outcome.
pub fn token_set(connection: &Connection, outcome: Outcome) -> TokenSet {
    let kept = connection.definition.kept();
    let captured = outcome.captured.into_iter().filter(|(name, _)| kept.contains(&name.as_str()));
    let (access_token, refresh_token) = match outcome.tokens {
        Some(tokens) => (Some(tokens.access_token), tokens.refresh_token),
        None => (None, None),
    };
    TokenSet {
        access_token,
        refresh_token,
        captured: captured.collect(),
        entered: outcome.entered,
        predecessor: None,
        spill_identity: Some(spill::identity()),
    }
}
