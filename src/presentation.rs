//! How a token is presented to an API: the header lines, and what stands in them besides the token.
//!
//! Some marketplaces want to see the client secret in each request to their API. It is read where the
//! token is, and kept with the header lines only sealed, and only as long as it is the one in force.

use secrecy::SecretString;

use crate::cache::{self, Entry, Shown, Slot};
use crate::config::Home;
use crate::connection::Connection;
use crate::error::Result;
use crate::marketplace::template::Values;
use crate::{fail, files, ledger, records};

/// A client secret that the API is shown.
pub struct Client {
    /// The secret itself.
    pub secret: SecretString,
    /// Which one it is.
    pub shown: Shown,
}

/// The client secret, where the marketplace's API wants to see it; `None` where it does not.
///
/// Kind `configuration` where this machine has none, `store` where the store lost it.
pub fn client(home: &Home, connection: &Connection) -> Result<Option<Client>> {
    if !connection.definition.presents_client_secret() {
        return Ok(None);
    }
    let (app, name) = (connection.app.uuid, &connection.profile.app);
    let absent = || fail!(Configuration, "client-secret-absent", name = name);
    // First: what replaces it in between must not pass for the one that was read.
    let stamp = files::stamp(&records::of_apps(home).file(app)).ok_or_else(absent)?;
    let secret = ledger::client_secret(home, app)?.ok_or_else(absent)?;
    Ok(Some(Client { secret, shown: Shown { app, stamp } }))
}

/// The header lines of an API request, `values` being the token's and the client's.
pub fn headers(connection: &Connection, values: &Values) -> Result<Vec<SecretString>> {
    let headers = connection.definition.api_headers(values);
    headers.map_err(|error| fail!(Configuration, "template-failed").because(error))
}

/// What is kept at hand in a slot, unless it shows a client secret that was replaced since.
pub fn at_hand(home: &Home, slot: &Slot) -> Option<Entry> {
    let is_in_force = |shown: &Shown| {
        files::stamp(&records::of_apps(home).file(shown.app)).is_some_and(|stamp| stamp == shown.stamp)
    };
    cache::get(home, slot).filter(|entry| entry.shown.as_ref().is_none_or(is_in_force))
}
