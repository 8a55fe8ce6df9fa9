//! A new client secret: proved by one renewal before the old one goes, and what it heals.

use std::cmp::Reverse;

use secrecy::SecretString;

use crate::connection::Connection;
use crate::error::{Error, Kind, Result};
use crate::model::App;
use crate::renewal::{self, Renewal};
use crate::session::{self, Renew, Session, Want, fresh_token};
use crate::{fail, journal, ledger};

/// So many shops are tried: their consents may have ended, and wrong logins are counted.
const TRIES: usize = 3;

/// Renews a shop of the app called `name` with `secret`, and returns the shop's name; `None` where no
/// shop can prove it. What the renewal brought is kept, whatever becomes of the secret.
///
/// Kind `configuration` where the marketplace refuses the secret, `temporary` where it cannot be
/// asked. No refusal is remembered: it says nothing about the secret in force.
pub fn prove(session: &Session, name: &str, app: &App, secret: &SecretString) -> Result<Option<String>> {
    let mut refused = None;
    for connection in candidates(session, name, app)? {
        match renew(session, &connection, secret) {
            Ok(true) => return Ok(Some(connection.name)),
            Ok(false) => {}
            // The consent may be what ended: another shop tells.
            Err(error) if error.kind == Kind::ReauthorizationRequired => {
                refused.get_or_insert(error.profile(&connection.name));
            }
            Err(error) => return Err(unproved(name, error)),
        }
    }
    refused.map_or(Ok(None), |error| {
        Err(fail!(Configuration, "client-secret-doubtful", name = name).because(error))
    })
}

fn unproved(name: &str, error: Error) -> Error {
    match error.kind {
        Kind::Configuration => fail!(Configuration, "client-secret-refused", name = name).because(error),
        Kind::Temporary => fail!(Temporary, "client-secret-untried", name = name).because(error),
        _ => error,
    }
}

/// The shops that can prove a secret of `app`: first those that work, the latest success before others.
fn candidates(session: &Session, name: &str, app: &App) -> Result<Vec<Connection>> {
    let fits = |connection: &Connection| {
        let record = connection.record.as_ref();
        record.is_some_and(|record| record.grant.client_id == app.client_id)
            && renewal::proves_client(connection)
    };
    let mut fitting: Vec<Connection> = shops(session, name)?
        .map(|connection| Connection { app: app.clone(), ..connection })
        .filter(fits)
        .collect();
    fitting.sort_by_key(|connection| {
        let record = connection.record.as_ref();
        let broken = record.is_none_or(|record| record.refusal.is_some() || record.secrets_missing);
        (broken, Reverse(record.map(|record| record.last_refreshed_at)))
    });
    fitting.truncate(TRIES);
    Ok(fitting)
}

/// The shops of an app that can be loaded.
fn shops(session: &Session, app: &str) -> Result<impl Iterator<Item = Connection>> {
    let all = Connection::all(session.home)?.into_iter().filter_map(|(_, loaded)| loaded.ok());
    Ok(all.filter(move |connection| connection.profile.app == app))
}

/// One renewal with `secret`; `false` where the shop has nothing to renew, or a renewal of its own
/// that was left open.
fn renew(session: &Session, connection: &Connection, secret: &SecretString) -> Result<bool> {
    let (_lock, record) = session::lock_profile(session, connection)?;
    let Some(record) = record else { return Ok(false) };
    if journal::read(session.home, &record)?.is_some() {
        return Ok(false);
    }
    let Some(set) = ledger::token_set(session.home, &record)? else { return Ok(false) };
    let (set, record) = renewal::armed(session, connection, set, record)?;
    Renewal { session, connection, record: &record, sent: None }.run(&set, Some(secret))?;
    Ok(true)
}

/// What became of the shops that were refused with an earlier secret.
#[derive(Debug, Default)]
pub struct Healed {
    /// They work again.
    pub healed: Vec<String>,
    /// They do not, and why.
    pub left: Vec<(String, Error)>,
}

/// Renews the shops of the app called `name` that were refused, now that its secret is another.
pub fn heal(session: &Session, name: &str) -> Result<Healed> {
    let mut healed = Healed::default();
    let was_refused =
        |connection: &Connection| connection.record.as_ref().is_some_and(|record| record.refusal.is_some());
    for connection in shops(session, name)?.filter(was_refused) {
        let want = Want { least: None, renew: Renew::Before((session.clock)()) };
        match fresh_token(session, &connection, &want) {
            Ok(_) => healed.healed.push(connection.name),
            Err(error) if error.kind == Kind::Interrupted => return Err(error),
            Err(error) => healed.left.push((connection.name, error)),
        }
    }
    Ok(healed)
}
