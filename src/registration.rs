//! Registering a client of one's own at the marketplace (RFC 7591): what it gives out comes once, under a
//! name that may be final. So everything that keeps it is in place before anything is sent.

use secrecy::{ExposeSecret, SecretSlice, SecretString};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::config::Home;
use crate::error::{Error, Result};
use crate::history::{self, Event, What};
use crate::marketplace::definition::Registration;
use crate::marketplace::exchange::{self, ExchangeError, Registered};
use crate::marketplace::template::Values;
use crate::model::App;
use crate::session::{Session, explain};
use crate::store::StoreKind;
use crate::store::spill::{self, Spill};
use crate::{apps, fail, interrupt, ledger};

/// What the marketplace gave out, as it is spilled.
#[derive(Serialize, Deserialize)]
struct Spilled {
    client_id: String,
    client_secret: Zeroizing<String>,
}

/// A client that is to be registered.
pub struct Candidate<'a> {
    /// What the app is called here.
    pub name: &'a str,
    /// The app, without a client id.
    pub app: App,
    /// Where its secret is to be kept.
    pub store: StoreKind,
    /// What the request may name.
    pub values: Values,
}

/// Registers it, and returns the app as it is kept. On an error of the marketplace's nothing is left behind.
///
/// Kind `store` when the client is registered and its secret could not be put where it belongs: it waits in
/// a sealed file, and [`recover`] fetches it.
pub fn register(session: &Session, registration: &Registration, candidate: Candidate) -> Result<App> {
    let Candidate { name, mut app, store, mut values } = candidate;
    let home = session.home;
    let client = session.client()?;
    interrupt::watch();
    let identity = spill::identity();
    let spill = Spill::of(home.state_folder(), app.uuid);
    prepare(session, name, &app, &identity, store)?;
    let sent = spill
        .reserve()
        .and_then(|()| exchange::register(registration, &mut values, &*client).map_err(declined));
    let registered = match sent {
        Ok(registered) => registered,
        Err(error) => {
            // The marketplace's error matters more than one of this.
            let _ = apps::folder(home).remove(name).and_then(|()| ledger::forget_app(home, app.uuid));
            spill.remove();
            return Err(interrupt::check().err().unwrap_or(error));
        }
    };
    app.client_id.clone_from(&registered.client_id);
    let spilled = spill.write(&identity, &bytes(&registered));
    let kept = keep(session, name, &app, &registered.client_secret, store);
    match (kept, spilled) {
        (Ok(()), _) => {
            spill.remove();
            Ok(app)
        }
        (Err(error), Ok(())) => {
            Err(fail!(Store, "registration-spilled", name = name, id = app.marketplace).because(error))
        }
        (Err(error), Err(spilling)) => Err(fail!(Store, "registration-lost", name = name)
            .because(anyhow::Error::new(error).context(spilling.message))),
    }
}

/// The app and a secret under its name, which takes the place of what will come: there is room, and nobody
/// else has the name.
fn prepare(
    session: &Session,
    name: &str,
    app: &App,
    identity: &SecretString,
    store: StoreKind,
) -> Result<()> {
    let home = session.home;
    if !apps::folder(home).add(name, app)? {
        return Err(fail!(Usage, "app-taken", name = name));
    }
    ledger::put_client_secret(home, app, identity, store, (session.clock)(), None).inspect_err(|_| {
        let _ = apps::folder(home).remove(name);
    })
}

fn keep(session: &Session, name: &str, app: &App, secret: &SecretString, store: StoreKind) -> Result<()> {
    let (home, now) = (session.home, (session.clock)());
    apps::folder(home).put(name, app)?;
    ledger::put_client_secret(home, app, secret, store, now, Some(now))?;
    history::record(home, &Event::of_app(What::AppAdded, name, app, now));
    Ok(())
}

/// Puts what a registration has spilled where it belongs. Kind `not_found` when there is nothing.
pub fn recover(session: &Session, name: &str, mut app: App, store: StoreKind) -> Result<App> {
    let home = session.home;
    let spill = Spill::of(home.state_folder(), app.uuid);
    let nothing = || fail!(NotFound, "registration-nothing", name = name);
    let identity = ledger::client_secret(home, app.uuid)?.ok_or_else(nothing)?;
    let spilled = spill.read(&identity).ok_or_else(nothing)?;
    let spilled: Spilled = serde_json::from_slice(spilled.expose_secret()).map_err(|_| nothing())?;
    app.client_id = spilled.client_id;
    keep(session, name, &app, &SecretString::from(spilled.client_secret.as_str()), store)?;
    spill.remove();
    Ok(app)
}

/// Whether a registration of this app was begun and is not over.
pub fn is_open(home: &Home, app: &App) -> bool {
    app.client_id.is_empty() || Spill::of(home.state_folder(), app.uuid).path().exists()
}

/// Removes what a registration that was cut off has left beside its app.
pub fn forget(home: &Home, app: &App) {
    Spill::of(home.state_folder(), app.uuid).remove();
}

fn bytes(registered: &Registered) -> SecretSlice<u8> {
    let spilled = Spilled {
        client_id: registered.client_id.clone(),
        client_secret: Zeroizing::new(registered.client_secret.expose_secret().to_owned()),
    };
    SecretSlice::from(serde_json::to_vec(&spilled).expect("texts are always JSON"))
}

/// What the marketplace declined, in the definition's words.
fn declined(error: ExchangeError) -> Error {
    match &error {
        ExchangeError::Refused { kind, meaning: Some(meaning), .. } => {
            let kind = *kind;
            let told = fail!(Denied, "registration-declined", reason = meaning);
            Error { kind, ..told }.because(anyhow::Error::new(error))
        }
        _ => explain(error),
    }
}
