//! What the marketplace's API says of a shop: its name, where it sells, and whether it takes the shop's
//! tokens at all: a consent may be alive while the account is suspended, or the app lacks a permission.

use std::slice;
use std::time::Duration;

use crate::connection::Connection;
use crate::error::{Error, Result};
use crate::fail;
use crate::marketplace::definition::Grant;
use crate::marketplace::exchange::{self, ExchangeError, Outcome};
use crate::marketplace::request::Request;
use crate::marketplace::template::Values;
use crate::oauth::http::Client;
use crate::oauth::pkce::fingerprint;
use crate::session::{self, Granted, Renew, Session, Want, fresh_token, lasting};

/// What asking brought.
#[derive(Debug)]
pub enum Verdict {
    /// The API took the token; where there is no cheap request to it, a renewal succeeded.
    Works,
    /// A valid token is on file, and there is nothing to ask that would not end it.
    NotAsked,
    /// The consent is alive, but the API declines what is asked with it.
    Declined(Error),
    /// No token, or no answer.
    Failed(Error),
}

/// How long a seller who has just consented is kept waiting for what is only good to know.
const PATIENCE: Duration = Duration::from_secs(5);

/// Lets the API say whose consent this is, before anything is kept of it: what it captures joins
/// `values` and `outcome`.
///
/// At best: no answer, or a refusal, is no fault of the consent's. A token that has taken the place of
/// another one is not risked for it. Only what a person entered proves nothing but by this: a refusal of
/// it is kind `reauthorization_required`.
pub fn introduce(
    session: &Session,
    connection: &Connection,
    values: &mut Values,
    outcome: &mut Outcome,
) -> Result<()> {
    let Some(request) = &connection.definition.identity_request else { return Ok(()) };
    let Some(tokens) = &outcome.tokens else { return Ok(()) };
    let mut asking = values.clone();
    asking.set_all(&outcome.captured);
    asking.set_secret("access_token", &tokens.access_token);
    let client = match Client::new(PATIENCE, session.home.ca_file()) {
        Ok(client) => client,
        Err(error) => {
            log::info!("the shop was not asked for its name: {error}");
            return Ok(());
        }
    };
    match exchange::run(slice::from_ref(request), &mut asking, &client, session.clock) {
        Ok(said) => {
            values.set_all(&said.captured);
            outcome.captured.extend(said.captured);
        }
        Err(error) if connection.definition.is_entered() && status(&error) == Some(401) => {
            let marketplace = &connection.definition.name;
            return Err(fail!(ReauthorizationRequired, "entered-refused", marketplace = marketplace)
                .because(anyhow::Error::new(error)));
        }
        Err(error) => log::info!("the shop did not say its name: {error}"),
    }
    Ok(())
}

/// Asks the marketplace about a shop. A token that ends too soon is renewed first.
pub fn check(session: &Session, connection: &Connection) -> Verdict {
    let definition = &connection.definition;
    // Where the app's credentials are all there is, each question would cost a token of the few in a minute.
    let nothing_to_ask =
        definition.rotates() || matches!(definition.grant, Grant::Static | Grant::ClientCredentials);
    let renew = match (&definition.identity_request, nothing_to_ask) {
        // A renewal is the only question there is, and it ends no other token.
        (None, false) => Renew::Before((session.clock)()),
        _ => Renew::IfStale,
    };
    let asked = || {
        let granted = fresh_token(session, connection, &Want { least: None, renew })?;
        match &definition.identity_request {
            Some(request) => ask(session, connection, request, &granted),
            None if nothing_to_ask => Ok(Verdict::NotAsked),
            None => Ok(Verdict::Works),
        }
    };
    asked().unwrap_or_else(Verdict::Failed)
}

fn ask(session: &Session, connection: &Connection, request: &Request, granted: &Granted) -> Result<Verdict> {
    let client = session::client(session.home)?;
    let first = send(session, request, &client, granted);
    let answer = match first {
        Err(error) if connection.definition.is_entered() && status(&error) == Some(401) => {
            let refused = lasting::refuse(session, connection, granted, "401")?;
            return Err(refused.because(anyhow::Error::new(error)));
        }
        // It may have ended before its time: only a new one shows what is meant.
        Err(ref error) if status(error) == Some(401) => {
            let renew = Renew::IfStill(fingerprint(&granted.token.secret));
            let granted = fresh_token(session, connection, &Want { least: None, renew })?;
            send(session, request, &client, &granted)
        }
        other => other,
    };
    let Err(error) = answer else { return Ok(Verdict::Works) };
    match status(&error) {
        Some(401 | 403) => Ok(Verdict::Declined(
            fail!(Denied, "api-declined", marketplace = connection.definition.name)
                .because(anyhow::Error::new(error)),
        )),
        _ => Err(session::explain(error)),
    }
}

fn send(
    session: &Session,
    request: &Request,
    client: &Client,
    granted: &Granted,
) -> Result<(), ExchangeError> {
    let mut values = granted.values.clone();
    exchange::run(slice::from_ref(request), &mut values, client, session.clock).map(|_| ())
}

fn status(error: &ExchangeError) -> Option<u16> {
    match error {
        ExchangeError::Refused { refused, .. } => Some(refused.status),
        _ => None,
    }
}
