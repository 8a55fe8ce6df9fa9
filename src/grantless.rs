//! Tokens for what an app may do by itself, without any seller's consent (RFC 6749 section 4.4): one
//! for each scope.
//!
//! They cost nothing but a request, so they are kept at hand only, and in no store.

use std::path::PathBuf;
use std::slice;
use std::time::Instant;

use crate::cache::{self, Slot};
use crate::connection::{self, Connection};
use crate::error::Result;
use crate::lock;
use crate::marketplace::exchange;
use crate::marketplace::request::Request;
use crate::model::Profile;
use crate::moment::Life;
use crate::renewal::ends;
use crate::session::{
    LOCK_DEADLINE, Session, Token, Want, check_least, check_met, explain, is_unwanted, suffices, usual_least,
};
use crate::{fail, interrupt, ledger, presentation, records};

/// A token for `scope` that is kept at hand and good enough: without a definition, a store, a lock or a
/// request.
pub fn token_at_hand(session: &Session, profile: &Profile, scope: &str, want: &Want) -> Option<Token> {
    let stamp = connection::stamp(session.home, profile)?;
    let entry = presentation::at_hand(session.home, &Slot::of_app(profile, scope, &stamp))?;
    let least = want.least.unwrap_or(entry.min_validity);
    let good = !is_unwanted(&entry.access_token, want) && suffices(entry.life, want, least, session.now());
    good.then(|| entry.into())
}

/// A token for `scope`, of the app that this shop uses: the one at hand, or one that is asked for now,
/// once over all processes.
///
/// Kind `usage` where the marketplace has no such tokens, `configuration` where it refuses the app or
/// the scope.
pub fn token(session: &Session, connection: &Connection, scope: &str, want: &Want) -> Result<Token> {
    let find = || {
        let request = connection.definition.grantless_request.as_ref();
        let request =
            request.ok_or_else(|| fail!(Usage, "no-grantless", marketplace = connection.definition.name))?;
        check_least(connection, want)?;
        let at_hand = || token_at_hand(session, &connection.profile, scope, want);
        let path = lock_file(session, connection, scope);
        let mut made = || interrupt::check().map(|()| at_hand().is_some());
        let deadline = Instant::now() + LOCK_DEADLINE;
        let _lock = lock::acquire_unless(&path, deadline, &mut || (session.waiting)(), &mut made)?;
        match at_hand() {
            Some(token) => Ok(token),
            None => ask(session, connection, request, scope, want),
        }
    };
    find().map_err(|error| error.profile(&connection.name).app(&connection.profile.app))
}

fn lock_file(session: &Session, connection: &Connection, scope: &str) -> PathBuf {
    // What it is made with changes nothing about who has to wait for whom.
    let slot = Slot::of_app(&connection.profile, scope, "");
    records::lock_file(session.home, slot.name())
}

fn ask(
    session: &Session,
    connection: &Connection,
    request: &Request,
    scope: &str,
    want: &Want,
) -> Result<Token> {
    // Before the secret: what replaces it in between must not pass for the one that was read.
    let shown = presentation::client(session.home, connection)?.map(|client| client.shown);
    let client_secret = ledger::client_secret(session.home, connection.app.uuid)?;
    let mut values = connection.values(client_secret.as_ref());
    values.set("scope", scope);
    let client = session.client()?;
    let began = session.now();
    let carrier = session.lane.with(&client);
    let outcome = exchange::run(slice::from_ref(request), &mut values, &carrier, session.clock);
    let outcome = outcome.map_err(explain)?;
    let end = ends(connection, &outcome, began.wall).access_token;
    let tokens = outcome.tokens.ok_or_else(|| fail!(Temporary, "no-token"))?;
    values.set_secret("access_token", &tokens.access_token);
    let headers = presentation::headers(connection, &values)?;
    let token = Token { secret: tokens.access_token, headers, shown, expires_at: end };
    check_met(&token, want, (session.clock)())?;
    if let Some(stamp) = &connection.stamp {
        let entry = token.entry(usual_least(connection), Life { began, end });
        cache::put(session.home, &Slot::of_app(&connection.profile, scope, stamp), &entry);
    }
    Ok(token)
}
