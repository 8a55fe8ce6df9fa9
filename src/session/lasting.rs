//! Tokens that nothing renews: what a person entered, and those without an end. Once the marketplace refused
//! one, only a person can cure that.

use super::{
    Granted, Renew, Session, Want, current, hand_out, hold, is_unwanted, lock_profile, regained, stored,
};
use crate::connection::Connection;
use crate::error::{Error, Result};
use crate::model::{Record, Refusal};
use crate::oauth::pkce::fingerprint;
use crate::{cache, fail, ledger, refusal, renewal, text};

/// The code of a refusal that somebody else was answered.
const HEARSAY: &str = "token_refused";

/// Whether its token is for good: nothing renews it, and nothing needs to.
pub(super) fn has_no_end(session: &Session, connection: &Connection, record: &Record) -> Result<bool> {
    if record.secrets_missing || !renewal::is_endless(&connection.definition, record) {
        return Ok(false);
    }
    Ok(ledger::token_set(session.home, record)?.is_some_and(|set| set.refresh_token.is_none()))
}

/// What is on file, unless it was refused: then only one who insists gets it all the same. Whoever says
/// that the API refused it is believed.
pub(super) fn granted(session: &Session, connection: &Connection, want: &Want) -> Result<Granted> {
    let mut record = current(session, connection)?;
    let refusal = record.refusal.as_ref().filter(|_| !matches!(want.renew, Renew::Before(_)));
    if let Some(refusal) = refusal {
        return Err(refusal::error(session.home, connection, refusal));
    }
    let kept = if record.secrets_missing { None } else { ledger::token_set(session.home, &record)? };
    let set = match kept {
        Some(set) => set,
        None => {
            let _lock = hold(session, connection)?;
            record = regained(session, current(session, connection)?)?;
            stored(session, connection, &record)?
        }
    };
    let is_refused = set.access_token.as_ref().is_some_and(|token| is_unwanted(token, want));
    let granted = hand_out(session, connection, record, &set)?;
    match is_refused {
        true => Err(refuse(session, connection, &granted, HEARSAY)?),
        false => Ok(granted),
    }
}

/// Remembers that the marketplace refused a token that nothing renews, by the `code` it answered, unless there
/// is another one meanwhile. Returns the error that says so.
pub fn refuse(session: &Session, connection: &Connection, granted: &Granted, code: &str) -> Result<Error> {
    let (_lock, record) = lock_profile(session, connection)?;
    let Some(record) = record.filter(|record| record.generation == granted.record.generation) else {
        return Ok(fail!(Temporary, "renewed-elsewhere"));
    };
    let message = refusal::remembered(|| match connection.definition.is_entered() {
        true => text!("entered-refused-reason", code = code),
        false => text!("endless-refused-reason"),
    });
    let (sent, at) = (fingerprint(&granted.token.secret), (session.clock)());
    cache::forget(session.home, &record);
    let refusal = Refusal { sent, at, times: 1, code: code.to_owned(), message };
    Ok(refusal::remember(session.home, connection, &record, refusal))
}
