//! A valid access token: the one on file, or a renewed one, or the reason why there is none.
//!
//! One renewal at a time per profile, over all processes. What is renewed is always what was read
//! under the lock.

pub mod at_hand;
pub mod lasting;

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use secrecy::SecretString;
use uuid::Uuid;

use crate::cache::{self, Entry, Shown, Slot};
use crate::config::Home;
use crate::connection::{self, Connection};
use crate::error::{Error, Kind, Result};
use crate::fleet::{self, Hold};
use crate::marketplace::check::FRESH;
use crate::marketplace::definition::Grant;
use crate::marketplace::exchange::{ExchangeError, Held};
use crate::marketplace::template::Values;
use crate::marketplace::traffic::Lane;
use crate::model::{Profile, Record, Span, TokenSet};
use crate::moment::{Life, Moment, Uptime};
use crate::oauth::http::{Client, HttpError};
use crate::oauth::pkce::fingerprint;
use crate::renewal::{self, Renewal};
use crate::{fail, interrupt, journal, ledger, presentation, records, refusal};

/// The least life of a token when neither a person nor the definition says otherwise.
const MIN_VALIDITY: Span = Span::seconds(60);

/// How often a token may be replaced by others while one process looks at it.
const REPLACEMENTS: usize = 16;

/// A token request's deadline.
pub const REQUEST_DEADLINE: Duration = Duration::from_secs(30);

/// How long another process may hold the lock.
pub const LOCK_DEADLINE: Duration = Duration::from_secs(60);

/// What a renewal needs besides the connection.
pub struct Session<'a> {
    /// Where things are kept.
    pub home: &'a Home,
    /// The wall clock.
    pub clock: &'a (dyn Fn() -> Timestamp + Sync),
    /// The time since boot, where the system tells it.
    pub uptime: &'a (dyn Fn() -> Option<Uptime> + Sync),
    /// Called by any thread, once each time that another renewal's lock makes it wait.
    pub waiting: &'a (dyn Fn() + Sync),
    /// The way to the marketplaces.
    pub lane: Lane,
}

impl Session<'_> {
    /// This moment by both clocks.
    pub fn now(&self) -> Moment {
        Moment { wall: (self.clock)(), uptime: (self.uptime)() }
    }

    /// The https client that all renewals share.
    pub fn client(&self) -> Result<Arc<Client>> {
        self.lane.client(|| client(self.home))
    }

    /// The same for another thread.
    #[must_use]
    pub fn beside(&self) -> Self {
        self.by(self.lane.beside())
    }

    /// The same by a way on which turns are reserved.
    #[must_use]
    pub fn by(&self, lane: Lane) -> Self {
        Self { lane, ..*self }
    }
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
    /// The same; but what the marketplace refused is not asked again before its time.
    BeforeUnlessRefused(Timestamp),
    /// When it is the one with this fingerprint's beginning.
    IfStill(String),
}

/// An access token.
pub struct Token {
    /// The token itself.
    pub secret: SecretString,
    /// The header lines of an API request.
    pub headers: Vec<SecretString>,
    /// The client secret that they show besides the token.
    pub shown: Option<Shown>,
    /// When it ends, if it does.
    pub expires_at: Option<Timestamp>,
}

impl Token {
    /// As it is kept at hand.
    pub fn entry(&self, min_validity: Span, life: Life) -> Entry {
        let (access_token, headers) = (self.secret.clone(), self.headers.clone());
        Entry { access_token, headers, shown: self.shown.clone(), min_validity, life }
    }
}

impl From<Entry> for Token {
    fn from(entry: Entry) -> Self {
        let Entry { access_token: secret, headers, shown, life, .. } = entry;
        Self { secret, headers, shown, expires_at: life.end }
    }
}

/// An access token, and what its connection knows of it.
pub struct Granted {
    /// The token.
    pub token: Token,
    /// What templates may use: for requests to the API.
    pub values: Values,
    /// The record that names its token set.
    pub record: Record,
}

/// A token that is kept at hand and good enough: without a definition, a store, a lock or a request.
///
/// `None` for whatever reason; [`fresh_token`] tells it.
pub fn token_at_hand(session: &Session, profile: &Profile, want: &Want) -> Option<Token> {
    let record = records::of_profiles(session.home).get(profile.uuid).ok()??;
    if is_refused_itself(&record) {
        return None;
    }
    let stamp = connection::stamp(session.home, profile)?;
    let entry = presentation::at_hand(session.home, &Slot::of_shop(&record, &stamp))?;
    let least = want.least.unwrap_or(entry.min_validity);
    if is_unwanted(&entry.access_token, want) || !is_ready(session, &record, want, least).ok()? {
        return None;
    }
    log::debug!("the token was at hand");
    Some(entry.into())
}

/// Reads, judges, locks, reads again, renews, stores, hands out.
///
/// Refuses with `reauthorization_required` what the marketplace refused, without asking it again
/// before its time; nothing is ever deleted because of an error.
pub fn fresh_token(session: &Session, connection: &Connection, want: &Want) -> Result<Granted> {
    let granted = granted(session, connection, want)
        .map_err(|error| error.profile(&connection.name).app(&connection.profile.app))?;
    at_hand::keep(session, connection, &granted);
    Ok(granted)
}

/// The same by what is kept at hand, unless the API's address names what only the store holds.
pub fn usable_token(session: &Session, connection: &Connection, want: &Want) -> Result<Granted> {
    let record = connection.record.as_ref().filter(|_| !connection.definition.api_needs_store());
    let at_hand =
        record.and_then(|record| Some((record, token_at_hand(session, &connection.profile, want)?)));
    let Some((record, token)) = at_hand else { return fresh_token(session, connection, want) };
    let mut values = connection.granted_values(record, None);
    values.set_secret("access_token", &token.secret);
    Ok(Granted { token, values, record: record.clone() })
}

fn granted(session: &Session, connection: &Connection, want: &Want) -> Result<Granted> {
    if connection.definition.is_entered() {
        return lasting::granted(session, connection, want);
    }
    let record = current(session, connection)?;
    if lasting::has_no_end(session, connection, &record)? {
        return lasting::granted(session, connection, want);
    }
    check_least(connection, want)?;
    if !record.secrets_missing
        && let Some(granted) = ready(session, connection, record, want)?
    {
        return Ok(granted);
    }
    let _lock = match turn(session, connection, want)? {
        ControlFlow::Break(granted) => return Ok(granted),
        ControlFlow::Continue(lock) => lock,
    };
    let record = renewal::recover(session, connection, current(session, connection)?)?;
    let record = regained(session, record)?;
    if let Some(granted) = ready(session, connection, record.clone(), want)? {
        return Ok(granted);
    }
    let granted = renew(session, connection, record, want)?;
    check_met(&granted.token, want, (session.clock)())?;
    Ok(granted)
}

/// The lock, or what another process renewed while this one waited for it.
fn turn(session: &Session, connection: &Connection, want: &Want) -> Result<ControlFlow<Granted, Hold>> {
    for _ in 0..REPLACEMENTS {
        if let Some(lock) = lock_unless_ready(session, connection, want)? {
            return Ok(ControlFlow::Continue(lock));
        }
        // Between its record and its secrets it may have been replaced once more.
        if let Some(granted) = ready(session, connection, current(session, connection)?, want)? {
            return Ok(ControlFlow::Break(granted));
        }
    }
    Err(fail!(Temporary, "renewed-elsewhere"))
}

/// Whether a refusal is of the token itself: one whose end nobody knows is never renewed in time, so it is
/// what was sent. A renewal's refusal says nothing about a token that still lives.
fn is_refused_itself(record: &Record) -> bool {
    record.refusal.is_some() && record.access_token_expires_at.is_none()
}

/// The least life a token must have left.
fn least(connection: &Connection, want: &Want) -> Span {
    want.least.unwrap_or_else(|| usual_least(connection))
}

/// The same where nobody says otherwise.
pub fn usual_least(connection: &Connection) -> Span {
    connection.definition.lifetimes.min_validity.unwrap_or(MIN_VALIDITY)
}

/// A least life that no fresh token can meet would renew for ever.
pub fn check_least(connection: &Connection, want: &Want) -> Result<()> {
    match (want.least, connection.definition.lifetimes.access_token) {
        (Some(least), Some(life)) if least >= life => {
            Err(fail!(Usage, "min-validity-too-long", least = least, life = life))
        }
        _ => Ok(()),
    }
}

/// A renewal that did not bring what was asked for by hand must not look as if it had.
pub fn check_met(token: &Token, want: &Want, now: Timestamp) -> Result<()> {
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

/// Whether a token of this life is good enough, whichever it is.
pub fn suffices(life: Life, want: &Want, least: Span, now: Moment) -> bool {
    match want.renew {
        // One in the future was dated by a clock that has been set back since.
        Renew::Before(moment) | Renew::BeforeUnlessRefused(moment)
            if !(moment..=now.wall).contains(&life.began.wall) =>
        {
            false
        }
        _ => life.lasts(now, least),
    }
}

/// Whether the record and the journal let the token in force be handed out.
fn is_ready(session: &Session, record: &Record, want: &Want, least: Span) -> Result<bool> {
    let fresh = suffices(record.life(), want, least, session.now());
    // A renewal that was left open may have ended this token before its time.
    Ok(fresh && journal::read(session.home, record)?.is_none())
}

/// Whether it is the token that the API refused.
pub fn is_unwanted(access_token: &SecretString, want: &Want) -> bool {
    match &want.renew {
        Renew::IfStill(refused) => fingerprint(access_token).starts_with(refused.as_str()),
        Renew::IfStale | Renew::Before(_) | Renew::BeforeUnlessRefused(_) => false,
    }
}

/// The token on file, if it is there and good enough.
fn ready(session: &Session, connection: &Connection, record: Record, want: &Want) -> Result<Option<Granted>> {
    if !is_ready(session, &record, want, least(connection, want))? {
        return Ok(None);
    }
    // One that is gone may just have been replaced: under the lock that is known for sure.
    match ledger::token_set(session.home, &record)? {
        Some(set) if set.access_token.as_ref().is_some_and(|token| !is_unwanted(token, want)) => {
            hand_out(session, connection, record, &set).map(Some)
        }
        _ => Ok(None),
    }
}

fn hand_out(session: &Session, connection: &Connection, record: Record, set: &TokenSet) -> Result<Granted> {
    let access_token = set.access_token.clone().ok_or_else(|| fail!(Temporary, "no-token"))?;
    let client = presentation::client(session.home, connection)?;
    let mut values = connection.granted_values(&record, client.as_ref().map(|client| &client.secret));
    values.set_all(&set.captured);
    set.entered.iter().for_each(|(name, secret)| values.set_secret(name, secret));
    values.set_secret("access_token", &access_token);
    values.set(FRESH, &Uuid::new_v4().to_string());
    let headers = presentation::headers(connection, &values)?;
    let (shown, expires_at) = (client.map(|client| client.shown), record.access_token_expires_at);
    let token = Token { secret: access_token, headers, shown, expires_at };
    Ok(Granted { token, values, record })
}

/// The token set in force. A store that lost it is remembered, so that `status` can say so. The
/// lock is held.
fn stored(session: &Session, connection: &Connection, record: &Record) -> Result<TokenSet> {
    if let Some(set) = ledger::token_set(session.home, record)? {
        return Ok(set);
    }
    fleet::check_newest(session.home, connection, record)?;
    let missing = Record { secrets_missing: true, ..record.clone() };
    records::of_profiles(session.home).put(&missing)?;
    Err(match connection.definition.grant {
        Grant::Static => fail!(ReauthorizationRequired, "entered-missing", name = connection.name),
        _ => fail!(ReauthorizationRequired, "secrets-missing", name = connection.name),
    })
}

/// The record once its store, which had lost the token set, was restored from a backup. The lock is
/// held.
fn regained(session: &Session, record: Record) -> Result<Record> {
    if !record.secrets_missing || ledger::token_set(session.home, &record)?.is_none() {
        return Ok(record);
    }
    let regained = Record { secrets_missing: false, ..record };
    records::of_profiles(session.home).put(&regained)?;
    Ok(regained)
}

/// The profile's lock, or `None` once another process has renewed.
fn lock_unless_ready(session: &Session, connection: &Connection, want: &Want) -> Result<Option<Hold>> {
    let uuid = connection.profile.uuid;
    let before = current(session, connection)?.generation;
    let mut renewed = || {
        interrupt::check()?;
        let record = current(session, connection)?;
        let fresh = suffices(record.life(), want, least(connection, want), session.now());
        Ok(fresh && record.generation != before)
    };
    let deadline = Instant::now() + LOCK_DEADLINE;
    fleet::hold_unless(session.home, uuid, deadline, &mut || (session.waiting)(), &mut renewed)
}

fn hold(session: &Session, connection: &Connection) -> Result<Hold> {
    let deadline = Instant::now() + LOCK_DEADLINE;
    fleet::hold(session.home, connection.profile.uuid, deadline, &mut || (session.waiting)())
}

/// Takes the profile's lock, for whoever replaces or removes its token set, and returns the
/// record as it is then: `None` before the first consent.
pub fn lock_profile(session: &Session, connection: &Connection) -> Result<(Hold, Option<Record>)> {
    let lock = hold(session, connection)?;
    let record = records::of_profiles(session.home).get(connection.profile.uuid)?;
    // A store that cannot be read must not stop whoever is about to replace what is in it.
    let recover = |record: Record| renewal::recover(session, connection, record.clone()).unwrap_or(record);
    let record = record.map(recover);
    Ok((lock, record))
}

/// The same for whoever carries its token set elsewhere: what is in force is there, and no renewal
/// was left open.
///
/// Kind `reauthorization_required` when the store has lost it, kind `temporary` when an answer of the
/// marketplace may still be fetched.
pub fn lock_whole(session: &Session, connection: &Connection) -> Result<(Hold, Option<(Record, TokenSet)>)> {
    let lock = hold(session, connection)?;
    let Some(record) = records::of_profiles(session.home).get(connection.profile.uuid)? else {
        return Ok((lock, None));
    };
    let record = regained(session, renewal::recover(session, connection, record)?)?;
    if journal::read(session.home, &record)?.is_some() {
        return Err(fail!(Temporary, "renewal-open", name = connection.name));
    }
    let set = stored(session, connection, &record)?;
    Ok((lock, Some((record, set))))
}

/// Forgets a shop's secrets and what happened to it, here only. The lock is held.
pub fn forget(session: &Session, record: &Record) -> Result<()> {
    ledger::forget(session.home, record)?;
    cache::forget(session.home, record);
    renewal::forget(session, record);
    fleet::unmark(session.home, record.uuid)?;
    records::of_profiles(session.home).remove(record.uuid).map(|_| ())
}

/// Renews what `record` names. The lock is held.
fn renew(session: &Session, connection: &Connection, record: Record, want: &Want) -> Result<Granted> {
    if record.grant.client_id != connection.app.client_id {
        return Err(fail!(ReauthorizationRequired, "client-changed"));
    }
    let set = stored(session, connection, &record)?;
    let client_secret = ledger::client_secret(session.home, connection.app.uuid)?;
    let offered = refusal::offered(connection, &set, client_secret.as_ref());
    let insists = match want.renew {
        Renew::Before(began) => Some(began),
        Renew::IfStale | Renew::IfStill(_) | Renew::BeforeUnlessRefused(_) => None,
    };
    if let Some(refusal) = refusal::standing(&record, &offered, insists, (session.clock)()) {
        return Err(refusal::error(session.home, connection, refusal));
    }
    let (set, record) = renewal::armed(session, connection, set, record)?;
    let (next, next_record) = Renewal { session, connection, record: &record, sent: Some(offered) }
        .run(&set, client_secret.as_ref())?;
    hand_out(session, connection, next_record, &next)
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
        ExchangeError::Held(Held::Pace(_)) => fail!(Temporary, "marketplace-paced"),
        ExchangeError::Held(Held::Quiet { seconds, .. }) => {
            fail!(Temporary, "marketplace-busy-until", seconds = seconds)
        }
        ExchangeError::Held(Held::Stopped | Held::Unanswered(_)) => {
            fail!(Temporary, "marketplace-unreachable")
        }
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
