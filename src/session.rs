//! A valid access token: the one on file, or a renewed one, or the reason why there is none.
//!
//! One renewal at a time per profile, over all processes. What is renewed is always what was read
//! under the lock.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::config::Home;
use crate::connection::Connection;
use crate::error::{Error, Kind, Result};
use crate::lock::{self, Lock};
use crate::marketplace::definition::Grant;
use crate::marketplace::exchange::{self, ExchangeError, Outcome};
use crate::marketplace::request::Request;
use crate::marketplace::template::Values;
use crate::model::{Freshness, Record, Refusal, Span, TokenSet};
use crate::oauth::http::{Client, HttpError};
use crate::oauth::pkce::fingerprint;
use crate::{fail, interrupt, ledger, records};

/// The least life of a token when neither a person nor the definition says otherwise.
const MIN_VALIDITY: Span = Span::seconds(60);

/// A token request's deadline.
pub const REQUEST_DEADLINE: Duration = Duration::from_secs(30);

/// How long another process may hold the lock.
const LOCK_DEADLINE: Duration = Duration::from_secs(60);

/// What a renewal needs besides the connection.
pub struct Session<'a> {
    /// Where things are kept.
    pub home: &'a Home,
    /// The time.
    pub clock: &'a dyn Fn() -> Timestamp,
    /// Called once when another process's renewal makes this one wait.
    pub waiting: &'a dyn Fn(),
}

/// Which token is wanted.
pub struct Want {
    /// The least life left; the definition's when `None`.
    pub least: Option<Span>,
    /// When a token that lives long enough is renewed all the same.
    pub renew: Renew,
}

/// When a token is renewed.
pub enum Renew {
    /// When it ends too soon.
    IfStale,
    /// When its renewal began before this moment.
    Before(Timestamp),
    /// When it is the one with this fingerprint's beginning.
    IfStill(String),
}

/// An access token.
pub struct Token {
    /// The token itself.
    pub secret: SecretString,
    /// When it ends, if it does.
    pub expires_at: Option<Timestamp>,
    /// What templates may use: for headers and addresses of the API.
    pub values: Values,
}

/// Reads, judges, locks, reads again, renews, stores, hands out.
///
/// Refuses with `reauthorization_required` what the marketplace refused, without asking it again
/// before its time; nothing is ever deleted because of an error.
pub fn fresh_token(session: &Session, connection: &Connection, want: &Want) -> Result<Token> {
    let run = || {
        check_least(connection, want)?;
        if let Some(token) = ready(session, connection, &current(session, connection)?, want)? {
            return Ok(token);
        }
        let Some(_lock) = lock_unless_ready(session, connection, want)? else {
            let token = ready(session, connection, &current(session, connection)?, want)?;
            return token.ok_or_else(|| fail!(Temporary, "renewed-elsewhere"));
        };
        let record = adopt(session, current(session, connection)?)?;
        if let Some(token) = ready(session, connection, &record, want)? {
            return Ok(token);
        }
        let token = renew(session, connection, &record, want)?;
        check_met(&token, want, (session.clock)())?;
        Ok(token)
    };
    run().map_err(|error| error.profile(&connection.name))
}

/// The least life a token must have left.
fn least(connection: &Connection, want: &Want) -> Span {
    want.least.or(connection.definition.lifetimes.min_validity).unwrap_or(MIN_VALIDITY)
}

/// A least life that no fresh token can meet would renew for ever.
fn check_least(connection: &Connection, want: &Want) -> Result<()> {
    match (want.least, connection.definition.lifetimes.access_token) {
        (Some(least), Some(life)) if least >= life => {
            Err(fail!(Usage, "min-validity-too-long", least = least, life = life))
        }
        _ => Ok(()),
    }
}

/// A renewal that did not bring what was asked for by hand must not look as if it had.
fn check_met(token: &Token, want: &Want, now: Timestamp) -> Result<()> {
    match (want.least, token.expires_at) {
        (Some(least), Some(end)) if end < least.after(now) => {
            let life = u64::try_from(end.duration_since(now).as_secs()).unwrap_or_default();
            Err(fail!(Usage, "min-validity-too-long", least = least, life = Span::seconds(life)))
        }
        _ => Ok(()),
    }
}

/// The record as it is now: another process may have renewed since the connection was loaded.
fn current(session: &Session, connection: &Connection) -> Result<Record> {
    let record = records::of_profiles(session.home).get(connection.profile.uuid)?;
    record.ok_or_else(|| fail!(NotFound, "never-connected", name = connection.name))
}

/// Whether the record alone says that the token is good enough.
fn judge(connection: &Connection, record: &Record, want: &Want, now: Timestamp) -> Freshness {
    match want.renew {
        Renew::Before(moment) if record.last_refreshed_at < moment => Freshness::Stale,
        _ => record.freshness(now, least(connection, want)),
    }
}

/// The token on file, if it is there and good enough.
fn ready(session: &Session, connection: &Connection, record: &Record, want: &Want) -> Result<Option<Token>> {
    if judge(connection, record, want, (session.clock)()) == Freshness::Stale {
        return Ok(None);
    }
    // One that is gone may just have been replaced: under the lock that is known for sure.
    let Some(set) = ledger::token_set(session.home, record)? else { return Ok(None) };
    let Some(access_token) = &set.access_token else { return Ok(None) };
    match &want.renew {
        Renew::IfStill(refused) if fingerprint(access_token).starts_with(refused.as_str()) => Ok(None),
        _ => Ok(Some(hand_out(connection, record, &set, access_token))),
    }
}

fn hand_out(connection: &Connection, record: &Record, set: &TokenSet, access_token: &SecretString) -> Token {
    let mut values = connection.granted_values(record, None);
    values.set_all(&set.captured);
    values.set_secret("access_token", access_token);
    Token { secret: access_token.clone(), expires_at: record.access_token_expires_at, values }
}

/// The token set in force. A store that lost it is remembered, so that `status` can say so. The
/// lock is held.
fn stored(session: &Session, connection: &Connection, record: &Record) -> Result<TokenSet> {
    if let Some(set) = ledger::token_set(session.home, record)? {
        return Ok(set);
    }
    let missing = Record { secrets_missing: true, ..record.clone() };
    records::of_profiles(session.home).put(&missing)?;
    Err(fail!(ReauthorizationRequired, "secrets-missing", name = connection.name))
}

/// The profile's lock, or `None` once another process has renewed.
fn lock_unless_ready(session: &Session, connection: &Connection, want: &Want) -> Result<Option<Lock>> {
    let path = records::lock_file(session.home, connection.profile.uuid);
    let before = current(session, connection)?.generation;
    let mut renewed = || {
        let record = current(session, connection)?;
        let fresh = judge(connection, &record, want, (session.clock)()) == Freshness::Fresh;
        Ok(fresh && record.generation != before)
    };
    lock::acquire_unless(&path, Instant::now() + LOCK_DEADLINE, &mut || (session.waiting)(), &mut renewed)
}

/// Takes the profile's lock, for whoever replaces or removes its token set, and returns the
/// record as it is then: `None` before the first consent.
pub fn lock_profile(session: &Session, connection: &Connection) -> Result<(Lock, Option<Record>)> {
    let path = records::lock_file(session.home, connection.profile.uuid);
    let lock = lock::acquire(&path, Instant::now() + LOCK_DEADLINE, &mut || (session.waiting)())?;
    let record = records::of_profiles(session.home).get(connection.profile.uuid)?;
    // A store that cannot be read must not stop whoever is about to replace what is in it.
    let record = record.map(|record| adopt(session, record.clone()).unwrap_or(record));
    Ok((lock, record))
}

/// A renewal that was stored but not committed, because its process ended in between, is the
/// successor of the set in force: it is committed now, or a rotated refresh token would be lost.
fn adopt(session: &Session, record: Record) -> Result<Record> {
    let Some(set) = ledger::token_set(session.home, &record)? else { return Ok(record) };
    let Some(predecessor) = set.refresh_token.as_ref().map(fingerprint) else { return Ok(record) };
    let generation = record.generation + 1;
    let Some(orphan) = ledger::token_set_at(session.home, &record, generation)? else { return Ok(record) };
    if orphan.predecessor != Some(predecessor) {
        return Ok(record);
    }
    // How long its tokens live was lost with the process: the access token counts as ended.
    let adopted = Record {
        generation,
        access_token_expires_at: Some(Timestamp::UNIX_EPOCH),
        refresh_token_expires_at: None,
        refusal: None,
        ..record.clone()
    };
    ledger::name(session.home, &adopted, Some(&record))?;
    Ok(adopted)
}

/// What a refusal is remembered by: everything that a cure would change.
fn offered(connection: &Connection, set: &TokenSet, client_secret: Option<&SecretString>) -> String {
    let secrets = [client_secret, set.refresh_token.as_ref()];
    let secrets = secrets.map(|secret| secret.map_or("", ExposeSecret::expose_secret));
    let ids: Vec<&str> = set.captured.values().map(String::as_str).collect();
    let all = Zeroizing::new([&connection.app.client_id, secrets[0], secrets[1], &ids.join(" ")].join("\n"));
    fingerprint(&SecretString::from(all.as_str()))
}

/// A remembered refusal is not tried again before its next probe is due, unless someone insists
/// who cannot have known of it.
fn check_refusal(record: &Record, sent: &str, want: &Want, now: Timestamp) -> Result<()> {
    let insists = match (&want.renew, &record.refusal) {
        (Renew::Before(moment), Some(refusal)) => refusal.at < *moment,
        _ => false,
    };
    match &record.refusal {
        Some(refusal) if !insists && refusal.sent == sent && now < refusal.next_probe() => {
            Err(refused(&refusal.message))
        }
        _ => Ok(()),
    }
}

fn refused(message: &str) -> Error {
    fail!(ReauthorizationRequired, "refused", reason = message)
}

/// Renews what `record` names. The lock is held.
fn renew(session: &Session, connection: &Connection, record: &Record, want: &Want) -> Result<Token> {
    if record.grant.client_id != connection.app.client_id {
        return Err(fail!(ReauthorizationRequired, "client-changed"));
    }
    let set = stored(session, connection, record)?;
    let client_secret = ledger::client_secret(session.home, connection.app.uuid)?;
    let offered = offered(connection, &set, client_secret.as_ref());
    check_refusal(record, &offered, want, (session.clock)())?;
    let mut values = connection.granted_values(record, client_secret.as_ref());
    values.set_all(&set.captured);
    if let Some(refresh_token) = &set.refresh_token {
        values.set_secret("refresh_token", refresh_token);
    }
    let requests = renewal(connection, &set)?;
    let client = client(session.home)?;

    interrupt::watch();
    let asked_at = (session.clock)();
    let mut outcome = exchange::run(requests, &mut values, &client, session.clock);
    if matches!(outcome, Err(ExchangeError::Http(HttpError::Lost { .. })))
        && in_grace(session, connection, asked_at)
    {
        outcome = exchange::run(requests, &mut values, &client, session.clock);
    }
    let outcome = outcome.map_err(|error| remember(session, record, offered, error))?;
    let (next, next_record) = successor(connection, record, &set, outcome, asked_at);
    ledger::commit(session.home, &next_record, &next, Some(record))?;
    interrupt::check()?;

    let access_token = next.access_token.as_ref().ok_or_else(|| fail!(Temporary, "no-token"))?;
    Ok(hand_out(connection, &next_record, &next, access_token))
}

/// Whether the marketplace still takes the refresh token that a lost answer may have replaced.
fn in_grace(session: &Session, connection: &Connection, asked_at: Timestamp) -> bool {
    let grace = connection.definition.lifetimes.refresh_token_grace;
    grace.is_some_and(|grace| (session.clock)() < grace.after(asked_at))
}

/// The requests that renew: the definition's, or the app's own credentials once more.
fn renewal<'a>(connection: &'a Connection, set: &TokenSet) -> Result<&'a [Request]> {
    let definition = &connection.definition;
    if !definition.renewal_request.is_empty() {
        let needs = definition.renewal_request.iter().any(Request::needs_refresh_token);
        if needs && set.refresh_token.is_none() {
            return Err(fail!(ReauthorizationRequired, "no-refresh-token"));
        }
        return Ok(&definition.renewal_request);
    }
    match definition.grant {
        Grant::ClientCredentials => Ok(&definition.token_request),
        Grant::AuthorizationCode | Grant::DeviceCode => {
            Err(fail!(ReauthorizationRequired, "no-refresh-token"))
        }
    }
}

/// The token set and record that follow `before`.
fn successor(
    connection: &Connection,
    before: &Record,
    set: &TokenSet,
    outcome: Outcome,
    asked_at: Timestamp,
) -> (TokenSet, Record) {
    let ends = ends(connection, &outcome, asked_at);
    let mut record = Record {
        generation: before.generation + 1,
        last_refreshed_at: asked_at,
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
    TokenSet { access_token, refresh_token, captured: captured.collect(), predecessor: None }
}

/// Turns a failed exchange into an error, and remembers a refusal of the grant itself.
fn remember(session: &Session, record: &Record, sent: String, error: ExchangeError) -> Error {
    let ExchangeError::Refused { refused: answer, kind: Kind::ReauthorizationRequired, meaning } = &error
    else {
        return explain(error);
    };
    let times = match &record.refusal {
        Some(earlier) if earlier.sent == sent => earlier.times + 1,
        _ => 1,
    };
    let code = answer.error.clone().unwrap_or_else(|| answer.status.to_string());
    let message = meaning.clone().unwrap_or_else(|| crate::text!("refused-grant", code = code));
    let refusal = Refusal { sent, at: (session.clock)(), times, code, message: message.clone() };
    let record = Record { refusal: Some(refusal), ..record.clone() };
    // The refusal is true whether or not it can be remembered.
    let _ = records::of_profiles(session.home).put(&record);
    refused(&message).because(anyhow::Error::new(error))
}

/// Whether the marketplace refused the grant itself.
pub fn is_refused(error: &ExchangeError) -> bool {
    matches!(error, ExchangeError::Refused { kind: Kind::ReauthorizationRequired, .. })
}

/// An exchange's failure as an error of the table.
pub fn explain(error: ExchangeError) -> Error {
    let explained = match &error {
        ExchangeError::Template(_) => fail!(Configuration, "template-failed"),
        ExchangeError::Http(HttpError::Setup(_)) => fail!(Configuration, "client-setup"),
        ExchangeError::Http(_) => fail!(Temporary, "marketplace-unreachable"),
        ExchangeError::Incomplete { .. } => fail!(Temporary, "answer-incomplete"),
        ExchangeError::Refused { kind: Kind::Configuration, refused, .. } => match refused.error.as_deref() {
            Some("invalid_client") => fail!(Configuration, "invalid-client"),
            Some("invalid_scope") => fail!(Configuration, "invalid-scope"),
            _ => fail!(Configuration, "request-refused"),
        },
        ExchangeError::Refused { kind: Kind::ReauthorizationRequired, .. } => {
            fail!(ReauthorizationRequired, "grant-refused")
        }
        ExchangeError::Refused { kind: Kind::Denied, meaning: Some(meaning), .. } => {
            fail!(Denied, "marketplace-declined", reason = meaning)
        }
        ExchangeError::Refused { refused, .. } => match refused.retry_after {
            Some(seconds) => fail!(Temporary, "marketplace-busy-until", seconds = seconds),
            None => fail!(Temporary, "marketplace-busy"),
        },
    };
    explained.because(anyhow::Error::new(error))
}

/// The https client for token requests.
pub fn client(home: &Home) -> Result<Client> {
    Client::new(REQUEST_DEADLINE, home.ca_file()).map_err(setup)
}

/// Refuses to begin what could not be finished: the token request's address must be one that the
/// client can reach at all.
pub fn check_client(connection: &Connection, values: &Values, client: &Client) -> Result<()> {
    let definition = &connection.definition;
    let first = definition.device_authorization_request.iter().chain(&definition.token_request).next();
    match first.and_then(|request| request.url.url(values).ok()) {
        Some(url) => client.ready_for(&url).map_err(setup),
        None => Ok(()),
    }
}

fn setup(error: HttpError) -> Error {
    fail!(Configuration, "client-setup").because(anyhow::Error::new(error))
}

#[cfg(test)]
mod tests;
