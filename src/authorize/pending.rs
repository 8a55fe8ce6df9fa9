//! A consent whose answer another process brings: for web front ends, agents, and machines
//! without a browser.
//!
//! What must stay secret until then lies in the store, works once, and for ten minutes.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use serde::{Deserialize, Serialize};
use url::Url;
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::redirected::{Request, authorization_url, installation_url};
use super::response::{pasted, read};
use super::{Flow, prepare};
use crate::callback::Parameters;
use crate::config::Home;
use crate::connection::{Connection, catalogue};
use crate::error::Result;
use crate::lock::Lock;
use crate::marketplace::template::Values;
use crate::model::{Origin, Profile, Span};
use crate::oauth::http::Client;
use crate::records::{About, Records};
use crate::redirect::Plan;
use crate::session::{self, Session};
use crate::settle::{Consented, ProfileFile, Settlement, settle};
use crate::store::{Key, StoreKind};
use crate::{apps, fail, interrupt, ledger, lock, profiles};

/// How long an answer may take.
const LIFE: Span = Span::seconds(600);

/// Whatever holds the lock this long hangs.
const LOCK_DEADLINE: Duration = Duration::from_secs(30);

/// There is one secret of each pending consent.
const GENERATION: u64 = 1;

/// What a front end needs to send the seller on their way.
pub struct Started {
    /// The installation link, where that step comes first.
    pub installation_url: Option<Url>,
    /// The consent page.
    pub authorization_url: Url,
    /// What [`finish`] takes.
    pub handle: Uuid,
    /// When the answer comes too late.
    pub expires_at: Timestamp,
}

/// A consent that has been finished.
pub struct Finished {
    /// The profile's name.
    pub name: String,
    /// Whether the profile was there before, and stays as it is.
    pub renewed: bool,
}

/// What is kept of a pending consent, besides its secrets.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pending {
    handle: Uuid,
    name: String,
    profile: Profile,
    file: ProfileFile,
    client_id: String,
    store: StoreKind,
    replace: bool,
    redirect_uri: String,
    expires_at: Timestamp,
}

impl About for Pending {
    fn about(&self) -> Uuid {
        self.handle
    }
}

/// What nobody but the one who asked may know.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct Secrets {
    state: String,
    /// Empty where the marketplace takes none (RFC 7636).
    code_verifier: String,
}

impl Pending {
    fn key(&self) -> Key {
        Key { owner: self.handle, generation: GENERATION }
    }

    /// What becomes of a login that nobody will finish: nothing of it stays.
    fn forget(&self, home: &Home) -> Result<()> {
        home.store(self.store)?.delete(&self.key())?;
        records(home).remove(self.handle).map(|_| ())
    }
}

fn records(home: &Home) -> Records<'_, Pending> {
    Records::in_folder(home, "logins")
}

/// Prepares a consent, and leaves the waiting to somebody else.
///
/// Kind `usage` where the marketplace has no consent page.
pub fn start(flow: &Flow) -> Result<Started> {
    let connection = flow.connection;
    if connection.definition.authorization_request.is_none() {
        return Err(fail!(Usage, "start-pageless", marketplace = connection.definition.name));
    }
    let home = flow.session.home;
    let client_secret = prepare(flow)?;
    let mut values = connection.values(client_secret.as_ref());
    let plan = Plan::make(&connection.definition, connection.app.redirect_uri.as_deref(), flow.port)?;
    let request = Request::prepare(flow, &plan, None, &mut values);
    let state = request.state();
    let authorization_url = authorization_url(flow, &values, &state)?;
    let pending = Pending {
        handle: Uuid::new_v4(),
        name: connection.name.clone(),
        profile: connection.profile.clone(),
        file: flow.file.clone(),
        client_id: connection.app.client_id.clone(),
        store: flow.store,
        replace: flow.replace,
        redirect_uri: request.redirect_uri,
        expires_at: LIFE.after((flow.session.clock)()),
    };
    keep(home, &pending, &state, values.get("code_verifier"))?;
    Ok(Started {
        installation_url: flow.install_url.as_ref().map(|url| installation_url(flow, url, &state)),
        authorization_url,
        handle: pending.handle,
        expires_at: pending.expires_at,
    })
}

fn keep(home: &Home, pending: &Pending, state: &SecretString, code_verifier: &str) -> Result<()> {
    let state = state.expose_secret().to_owned();
    let secrets = Secrets { state, code_verifier: code_verifier.to_owned() };
    let bytes = serde_json::to_vec(&secrets).expect("two texts");
    // The record comes first and goes last: a secret without one would be found by nobody.
    records(home).put(pending)?;
    let written = home.store(pending.store)?.write(&pending.key(), &SecretSlice::from(bytes));
    written.inspect_err(|_| {
        let _ = pending.forget(home);
    })
}

/// A pending consent that is taken, so that nobody else can finish it, and its answer.
struct Answered {
    pending: Pending,
    connection: Connection,
    client: Client,
    parameters: Parameters,
    values: Values,
}

/// Takes a pending consent and the line that answers it, and returns what was committed.
///
/// Kind `not_found` for a handle that was used or never given out, `timeout` for one whose time is
/// over, `usage` for a line that is no answer: then it may be tried again.
pub fn finish(session: &Session, handle: Uuid, line: &str) -> Result<Finished> {
    interrupt::watch();
    let taken = take(session, handle, line);
    // The one that is asked for is told what became of it, so it was not swept before.
    sweep(session.home, (session.clock)());
    let Answered { pending, connection, client, parameters, mut values } = taken?;
    read(&connection.definition, &parameters, &BTreeMap::new(), &mut values)?;
    let settlement = Settlement {
        session,
        connection: &connection,
        client: &client,
        store: pending.store,
        replace: pending.replace,
        file: pending.file.clone(),
    };
    settle(&settlement, Consented::now(Origin::Consent, Some(pending.redirect_uri.clone()), values))
        .map_err(|error| error.profile(&pending.name))?;
    Ok(Finished { renewed: pending.file == ProfileFile::Untouched, name: pending.name })
}

/// Of several that come at once, the first one gets it, and the others find nothing any more.
fn take(session: &Session, handle: Uuid, line: &str) -> Result<Answered> {
    let home = session.home;
    let _lock = lock(home, LOCK_DEADLINE)?;
    let unknown = || fail!(NotFound, "login-unknown", handle = handle);
    let pending = records(home).get(handle)?.ok_or_else(unknown)?;
    if (session.clock)() >= pending.expires_at {
        pending.forget(home)?;
        return Err(fail!(Timeout, "login-ended"));
    }
    let secrets = home.store(pending.store)?.read(&pending.key())?.ok_or_else(unknown)?;
    let secrets: Secrets = serde_json::from_slice(secrets.expose_secret())
        .map_err(|_| fail!(Store, "secret-damaged", key = pending.key()))?;
    let connection = connection(home, &pending)?;
    let client_secret = ledger::client_secret(home, connection.app.uuid)?;
    let mut values = connection.values(client_secret.as_ref());
    values.set("redirect_uri", &pending.redirect_uri);
    values.set_secret("code_verifier", &SecretString::from(secrets.code_verifier.as_str()));

    let definition = &connection.definition;
    let page = definition.authorization_request.as_ref().and_then(|r| r.endpoint.url(&values).ok());
    let states = [SecretString::from(secrets.state.as_str())];
    let (parameters, _) = pasted(definition, line, &states, page.as_ref())?;
    let client = session::client(home)?;
    session::check_client(&connection, &values, &client)?;
    // From here on it is used, whatever comes of it: a code works once as well.
    pending.forget(home)?;
    Ok(Answered { pending, connection, client, parameters, values })
}

/// Whoever takes or removes pending consents does it alone: in no store can two remove one secret
/// without getting into each other's way.
fn lock(home: &Home, patience: Duration) -> Result<Lock> {
    let path = home.state_folder().join("locks").join("logins.lock");
    lock::acquire(&path, Instant::now() + patience, &mut || ())
}

/// What the consent is for, unless it has become something else meanwhile.
fn connection(home: &Home, pending: &Pending) -> Result<Connection> {
    let changed = || fail!(Configuration, "login-overtaken", name = pending.name).profile(&pending.name);
    let now = profiles::folder(home).get(&pending.name)?;
    let same = match &pending.file {
        ProfileFile::New => now.is_none(),
        ProfileFile::Changed(before) => now.as_ref() == Some(before),
        ProfileFile::Untouched => now.as_ref() == Some(&pending.profile),
    };
    let app = apps::get(home, &pending.profile.app)?;
    if !same || app.client_id != pending.client_id {
        return Err(changed());
    }
    let definition = catalogue(home).get(&pending.profile.marketplace)?;
    Connection::assemble(home, &pending.name, pending.profile.clone(), app, definition)
}

/// Forgets the logins that nobody finished in time. What cannot be removed now is removed later.
pub fn sweep(home: &Home, now: Timestamp) {
    let records = records(home);
    let ended = || {
        let logins = records.uuids().into_iter().filter_map(|uuid| records.get(uuid).ok().flatten());
        logins.filter(|login| now >= login.expires_at)
    };
    if ended().next().is_none() {
        return;
    }
    // Nobody waits for this: whoever has the lock may be doing the same.
    let Ok(_lock) = lock(home, Duration::ZERO) else { return };
    for login in ended() {
        if let Err(error) = login.forget(home) {
            log::info!("a login that ended was left in the store: {error}");
        }
    }
}
