//! Tokens that nothing renews: what a person entered, and those without an end.

use std::time::Instant;

use super::{Granted, LOCK_DEADLINE, Renew, Session, Want, current, hand_out, is_unwanted, regained, stored};
use crate::connection::Connection;
use crate::error::{Error, Result};
use crate::marketplace::definition::Grant;
use crate::model::{Record, Refusal, TokenSet};
use crate::oauth::pkce::fingerprint;
use crate::{cache, fail, ledger, lock, records, refusal, renewal, text};

/// Whether its token is for good: nothing renews it, and nothing needs to.
pub fn has_no_end(session: &Session, connection: &Connection, record: &Record) -> Result<bool> {
    if record.secrets_missing || !renewal::is_endless(&connection.definition, record) {
        return Ok(false);
    }
    Ok(ledger::token_set(session.home, record)?.is_some_and(|set| set.refresh_token.is_none()))
}

/// What a person entered, or has no end: there is no renewal. Once it was refused only a person can cure that, and only
/// one who insists gets it all the same.
pub fn hand_out_kept(session: &Session, connection: &Connection, want: &Want) -> Result<Granted> {
    let mut record = current(session, connection)?;
    let refusal = record.refusal.as_ref().filter(|_| !matches!(want.renew, Renew::Before(_)));
    if let Some(refusal) = refusal {
        let marketplace = &connection.definition.name;
        return Err(refusal::error(session.home, &connection.profile, refusal, marketplace));
    }
    let kept = if record.secrets_missing { None } else { ledger::token_set(session.home, &record)? };
    let set = match kept {
        Some(set) => set,
        None => {
            let path = records::lock_file(session.home, connection.profile.uuid);
            let _lock = lock::acquire(&path, Instant::now() + LOCK_DEADLINE, &mut || (session.waiting)())?;
            record = regained(session, current(session, connection)?)?;
            stored(session, connection, &record)?
        }
    };
    if set.access_token.as_ref().is_some_and(|token| is_unwanted(token, want)) {
        return Err(match connection.definition.grant {
            Grant::Static => {
                let marketplace = &connection.definition.name;
                fail!(ReauthorizationRequired, "entered-refused", marketplace = marketplace)
            }
            _ => refused_for_good(session, connection, &record, &set)?,
        });
    }
    hand_out(session, connection, record, &set)
}

/// Remembers that the API refused a token without an end, unless it was replaced meanwhile.
fn refused_for_good(
    session: &Session,
    connection: &Connection,
    record: &Record,
    set: &TokenSet,
) -> Result<Error> {
    let path = records::lock_file(session.home, connection.profile.uuid);
    let _lock = lock::acquire(&path, Instant::now() + LOCK_DEADLINE, &mut || (session.waiting)())?;
    let now = current(session, connection)?;
    if now.generation != record.generation {
        return Ok(fail!(Temporary, "renewed-elsewhere"));
    }
    let token = set.access_token.as_ref().map(fingerprint).unwrap_or_default();
    let (code, message) = ("401".to_owned(), text!("endless-refused-reason"));
    let refusal = Refusal { sent: token, at: (session.clock)(), times: 1, code, message };
    cache::forget(session.home, &now);
    Ok(refusal::remember(session.home, connection, &now, refusal))
}
