//! One renewal: what is written down before, what is sent, and how its fruit is kept.
//!
//! A marketplace that replaces refresh tokens leaves one moment in which the only copy of the
//! shop's future lies in this process. So the journal says beforehand that it began, and a place on
//! the disk is ready for the new set should its store fail. Whoever takes the profile's lock next
//! looks for both ([`recover`]).

mod due;
mod retry;
mod successor;

use secrecy::SecretString;

use crate::connection::Connection;
use crate::error::{Error, Result};
use crate::history::{self, Event, What};
use crate::journal::{self, Attempt, Entry};
use crate::marketplace::definition::Grant;
use crate::marketplace::exchange::{self, ExchangeError};
use crate::marketplace::request::Request;
use crate::marketplace::traffic::Way;
use crate::model::{ANSWER_LOST, Record, Refusal, Span, TokenSet};
use crate::moment::Moment;
use crate::session::{REQUEST_DEADLINE, Session, explain, is_refused};
use crate::store::spill::{self, Spill};
use crate::{fail, fleet, interrupt, ledger, messages, refusal, text};

pub use due::{is_due, is_endless, renews, warning};
pub use successor::{ends, token_set};

use retry::{Failure, patiently};
use successor::{adopted, follows, successor};

/// One renewal: the token set in force, and what it is renewed for.
pub struct Renewal<'a> {
    /// Clocks and home.
    pub session: &'a Session<'a>,
    /// The shop.
    pub connection: &'a Connection,
    /// What names the set in force; read under the lock.
    pub record: &'a Record,
    /// What a refusal is remembered by; `None` where it says nothing about the shop.
    pub sent: Option<String>,
}

impl Renewal<'_> {
    /// Renews `set`, keeps what comes, and returns the set and record in force then. The lock is
    /// held.
    pub fn run(&self, set: &TokenSet, client_secret: Option<&SecretString>) -> Result<(TokenSet, Record)> {
        let Self { session, connection, record, .. } = *self;
        let mut values = connection.granted_values(record, client_secret);
        values.set_all(&set.captured);
        if let Some(refresh_token) = &set.refresh_token {
            values.set_secret("refresh_token", refresh_token);
        }
        let requests = renewal(connection, set)?;
        let client = session.client()?;

        interrupt::watch();
        let began = session.now();
        let journal = match connection.definition.rotates() {
            true => Some(Journal::open(session, connection, record, began)?.ok_or_else(|| self.give_up())?),
            false => None,
        };
        let may_resend = || journal.as_ref().is_none_or(Journal::may_resend);
        // Whoever takes the shop after this one's lease has run out must not meet a request still on its way.
        let may_send = || {
            fleet::may_send(session.home, record.uuid, REQUEST_DEADLINE)
                && journal.as_ref().is_none_or(Journal::is_timely)
        };
        let carrier = session.lane.with(&client).while_it(&may_send);
        let mut request = || exchange::run(requests, &mut values.clone(), &carrier, session.clock);
        let outcome = patiently(&may_resend, &mut request).map_err(|failure| {
            let error = failed(self, journal.as_ref(), *failure);
            // A signal may be why nothing more was tried.
            interrupt::check().err().unwrap_or(error)
        })?;
        let (next, next_record) = successor(connection, record, set, outcome, began);
        keep(self, set, &next_record, &next)?;
        interrupt::check()?;
        Ok((next, next_record))
    }

    /// Remembers that the marketplace refused, by code and in words.
    fn refuse(&self, (code, message): (String, String)) -> Error {
        let Some(sent) = self.sent.clone() else {
            return fail!(ReauthorizationRequired, "refused", reason = message);
        };
        let at = (self.session.clock)();
        let refusal = Refusal { sent, at, times: 1, code, message };
        refusal::remember(self.session.home, self.connection, self.record, refusal)
    }

    /// The answer was lost, and so was the one to asking again: the marketplace may have replaced
    /// the refresh token, and nobody knows by what.
    fn give_up(&self) -> Error {
        journal::close(self.session.home, self.record.uuid);
        self.refuse((ANSWER_LOST.to_owned(), refusal::remembered(|| text!("answer-lost-twice"))))
    }
}

/// Every token set carries the identity its successor is spilled for. One that was kept by an
/// older version gets it first.
pub fn armed(
    session: &Session,
    connection: &Connection,
    set: TokenSet,
    record: Record,
) -> Result<(TokenSet, Record)> {
    if set.spill_identity.is_some() || !connection.definition.rotates() {
        return Ok((set, record));
    }
    let armed = TokenSet { spill_identity: Some(spill::identity()), ..set };
    let next = Record { generation: record.generation + 1, ..record.clone() };
    ledger::commit(session.home, &next, &armed, Some(&record))?;
    Ok((armed, next))
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
        Grant::AuthorizationCode | Grant::DeviceCode | Grant::Static => {
            Err(fail!(ReauthorizationRequired, "no-refresh-token"))
        }
    }
}

/// Whether a renewal proves the app by its client secret.
pub fn proves_client(connection: &Connection) -> bool {
    let definition = &connection.definition;
    renews(definition) && due::requests(definition).iter().any(Request::needs_client_secret)
}

/// Where a renewal's requests go, at which pace, and how many: the first which no other shop's answer
/// can spare, and those beside it. `None` where there is nothing to send.
pub fn way(connection: &Connection) -> Option<Way> {
    let definition = &connection.definition;
    if !renews(definition) {
        return None;
    }
    let requests = due::requests(definition);
    let request = requests.iter().find(|request| request.share.is_none())?;
    let mut values = connection.granted_values(connection.record.as_ref()?, None);
    // Only the host matters, and no captured value chooses that.
    definition.kept().into_iter().for_each(|name| values.set_default(name, "x"));
    let url = request.url.url(&values).ok()?;
    let pace = |request: &Request| request.pace.as_ref().and_then(|pace| pace.at(&values));
    let is_beside = |other: &&Request| {
        pace(other) == pace(request)
            && other.url.url(&values).is_ok_and(|other| other.origin() == url.origin())
    };
    Some(Way { pace: pace(request), requests: requests.iter().filter(is_beside).count(), url })
}

/// The journal of one renewal. Only a marketplace that replaces refresh tokens needs one.
struct Journal<'a> {
    session: &'a Session<'a>,
    grace: Option<Span>,
    attempt: Attempt,
    entry: Entry,
}

impl<'a> Journal<'a> {
    /// Puts down that the refresh token is about to be sent, and makes room for what follows it.
    /// `None` when it was sent as often as makes sense.
    fn open(
        session: &'a Session,
        connection: &Connection,
        record: &Record,
        now: Moment,
    ) -> Result<Option<Self>> {
        let grace = connection.definition.lifetimes.refresh_token_grace;
        let earlier = journal::read(session.home, record)?;
        let attempt = journal::attempt(earlier.as_ref(), grace, now);
        if attempt == Attempt::None {
            return Ok(None);
        }
        let entry = journal::next(record, earlier.as_ref(), attempt, now);
        Spill::of(session.home.state_folder(), record.uuid).reserve()?;
        journal::write(session.home, &entry)?;
        Ok(Some(Self { session, grace, attempt, entry }))
    }

    /// Whether what may have been processed can be sent again at once.
    fn may_resend(&self) -> bool {
        journal::attempt(Some(&self.entry), self.grace, self.session.now()) == Attempt::InGrace
    }

    /// Whether what the marketplace promised when this attempt was decided still holds: a machine may sleep.
    fn is_timely(&self) -> bool {
        self.attempt != Attempt::InGrace || self.may_resend()
    }

    /// What the failed attempt leaves behind.
    fn settle(&self, end: End) {
        match end {
            End::Known => journal::close(self.session.home, self.entry.uuid),
            End::Open => {}
            End::NotTried => {
                let entry = Entry { late: false, ..self.entry.clone() };
                if let Err(error) = journal::write(self.session.home, &entry) {
                    log::info!("a journal entry was left as it is: {error}");
                }
            }
        }
    }
}

/// How an attempt that failed stands in the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// What became of the refresh token is known.
    Known,
    /// It may have been replaced.
    Open,
    /// It may have been replaced before; this attempt did not try it.
    NotTried,
}

/// What a failed attempt says about the refresh token. `refused`: the marketplace declined the
/// grant itself; `unheard`: an answer is lost.
fn end(attempt: Attempt, refused: bool, unheard: bool) -> End {
    match (attempt, refused, unheard) {
        (_, true, _) | (Attempt::First, _, false) | (Attempt::Late, _, true) => End::Known,
        (Attempt::Late, _, false) => End::NotTried,
        (Attempt::First | Attempt::InGrace | Attempt::None, ..) => End::Open,
    }
}

/// Closes the books on a renewal that failed, and says what it means.
fn failed(renewal: &Renewal, journal: Option<&Journal>, failure: Failure) -> Error {
    let Failure { error, unheard } = failure;
    let refused = is_refused(&error);
    let attempt = journal.map_or(Attempt::First, |journal| journal.attempt);
    if let Some(journal) = journal {
        journal.settle(end(attempt, refused, unheard));
    }
    let asked_before = attempt != Attempt::First;
    if refused {
        let lost = journal.is_some() && (asked_before || unheard);
        return renewal.refuse(refusal_of(&error, lost)).because(anyhow::Error::new(error));
    }
    match (journal, attempt, unheard) {
        (Some(_), Attempt::Late, true) => renewal.give_up().because(anyhow::Error::new(error)),
        (Some(Journal { grace: Some(grace), .. }), _, true) => {
            fail!(Temporary, "answer-lost-in-grace", grace = grace).because(anyhow::Error::new(error))
        }
        (Some(_), _, true) => fail!(Temporary, "answer-lost").because(anyhow::Error::new(error)),
        _ => explain(error),
    }
}

/// Code and words for a refusal of the grant itself. `lost`: an earlier answer never came, so the
/// refusal may only mean that it held a new refresh token.
fn refusal_of(error: &ExchangeError, lost: bool) -> (String, String) {
    let ExchangeError::Refused { refused, meaning, .. } = error else {
        return (String::new(), error.to_string());
    };
    let code = refused.error.clone().unwrap_or_else(|| refused.status.to_string());
    if lost {
        return (ANSWER_LOST.to_owned(), refusal::remembered(|| text!("refused-after-loss")));
    }
    let message = match meaning {
        Some(meaning) => messages::original(meaning).into_owned(),
        None => refusal::remembered(|| text!("refused-grant", code = code)),
    };
    (code, message)
}

/// Keeps what a renewal brought. Where the store fails, it goes to the place made ready for it.
fn keep(renewal: &Renewal, set: &TokenSet, next_record: &Record, next: &TokenSet) -> Result<()> {
    let home = renewal.session.home;
    let record = renewal.record;
    let spill = Spill::of(home.state_folder(), record.uuid);
    let Err(error) = ledger::commit(home, next_record, next, Some(record)) else {
        spill.clear();
        journal::close(home, record.uuid);
        history::record(home, &Event::of(What::Renewed, renewal.connection, (renewal.session.clock)()));
        return Ok(());
    };
    // Where refresh tokens are not replaced nothing is lost.
    let rotates = renewal.connection.definition.rotates();
    let Some(identity) = set.spill_identity.as_ref().filter(|_| rotates) else { return Err(error) };
    match spill.write(identity, &next.to_bytes()) {
        Ok(()) => {
            let hint = error.hint.clone().unwrap_or_default();
            let (name, path) = (&renewal.connection.name, spill.path().display());
            Err(fail!(Store, "spilled", name = name, path = path, remedy = hint).because(error))
        }
        Err(spilling) => Err(fail!(Store, "spill-lost", name = renewal.connection.name)
            .because(anyhow::Error::new(error).context(spilling.message))),
    }
}

/// What another process left behind: a renewal that was stored or spilled but not committed, since
/// it ended in between, is the successor of the set in force. It is committed now, or a replaced
/// refresh token would be lost. The lock is held.
pub fn recover(session: &Session, connection: &Connection, record: Record) -> Result<Record> {
    let home = session.home;
    let spill = Spill::of(home.state_folder(), record.uuid);
    // Another machine may have given up meanwhile what lies here.
    if journal::read(home, &record)?.is_none() && spill.is_empty() {
        return Ok(record);
    }
    let Some(set) = ledger::token_set(home, &record)? else { return Ok(record) };
    let adopted = adopted(&record);
    let spilled = || TokenSet::from_bytes(&spill.read(set.spill_identity.as_ref()?)?);
    if ledger::token_set_at(home, &record, adopted.generation)?.is_some_and(|next| follows(&next, &set)) {
        ledger::name(home, &adopted, Some(&record))?;
    } else if let Some(next) = spilled().filter(|next| follows(next, &set)) {
        ledger::commit(home, &adopted, &next, Some(&record))?;
    } else {
        return Ok(record);
    }
    spill.clear();
    journal::close(home, record.uuid);
    history::record(home, &Event::of(What::Renewed, connection, (session.clock)()));
    Ok(adopted)
}

/// Forgets what renewals left beside a token set: a new consent has taken its place, or the shop is
/// disconnected.
pub fn forget(session: &Session, record: &Record) {
    Spill::of(session.home.state_folder(), record.uuid).remove();
    journal::close(session.home, record.uuid);
}

#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;
