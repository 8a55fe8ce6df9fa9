//! Registering a client of one's own at the marketplace (RFC 7591): what it gives out comes once, under a
//! name that may be final. So everything that keeps it is in place before anything is sent.

use secrecy::{ExposeSecret, SecretSlice, SecretString};

use crate::config::Home;
use crate::error::{Error, Result};
use crate::history::{self, Event, What};
use crate::marketplace::definition::Registration;
use crate::marketplace::exchange::{self, ExchangeError};
use crate::marketplace::template::Values;
use crate::model::App;
use crate::oauth::response::Response;
use crate::records::{self, Opened};
use crate::session::{Session, explain};
use crate::store::StoreKind;
use crate::store::spill::{self, Spill};
use crate::{apps, fail, interrupt, ledger};

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

/// Registers it, and returns the app as it is kept. Where the marketplace certainly registered nothing,
/// nothing is left behind.
///
/// Kind `store` when the client is registered and its secret could not be put where it belongs: it waits in
/// a sealed file, and [`recover`] fetches it.
pub fn register(session: &Session, registration: &Registration, candidate: Candidate) -> Result<App> {
    let Candidate { name, app, store, mut values } = candidate;
    let home = session.home;
    let client = session.client()?;
    interrupt::watch();
    let identity = spill::identity();
    let spill = Spill::of(home.state_folder(), app.uuid);
    let opened = Opened { uuid: app.uuid, store, begun_at: (session.clock)() };
    prepare(home, name, &app, &opened, &identity).inspect_err(|_| forget(home, &app))?;
    let mut spilled = Ok(());
    let mut received = |body: &SecretString| {
        spilled = spill.write(&identity, &SecretSlice::from(body.expose_secret().as_bytes().to_vec()));
    };
    match exchange::register(registration, &mut values, &*client, &mut received) {
        Ok(registered) => {
            let app = App { client_id: registered.client_id, ..app };
            let kept = keep(session, name, &app, &registered.client_secret, store);
            let Err(error) = kept else {
                forget(home, &app);
                return Ok(app);
            };
            Err(match spilled {
                Ok(()) => {
                    fail!(Store, "registration-spilled", name = name, id = app.marketplace).because(error)
                }
                Err(spilling) => fail!(Store, "registration-lost", name = name)
                    .because(anyhow::Error::new(error).context(spilling.message)),
            })
        }
        Err(error) if error.is_uncertain() => Err(uncertain(&spill, name, &app, error)),
        Err(error) => {
            // The marketplace's error matters more than one of this.
            let _ = apps::folder(home).remove(name);
            forget(home, &app);
            Err(interrupt::check().err().unwrap_or_else(|| declined(error)))
        }
    }
}

/// That it is open, what its answer is sealed for, room for that, and the app: nobody else has the name.
///
/// The app comes last, so that none is ever there that does not say of itself that it is open.
fn prepare(home: &Home, name: &str, app: &App, opened: &Opened, identity: &SecretString) -> Result<()> {
    records::of_registrations(home).put(opened)?;
    ledger::put_identity(home, opened, identity)?;
    Spill::of(home.state_folder(), app.uuid).reserve()?;
    match apps::folder(home).add(name, app)? {
        true => Ok(()),
        false => Err(fail!(Usage, "app-taken", name = name)),
    }
}

fn keep(session: &Session, name: &str, app: &App, secret: &SecretString, store: StoreKind) -> Result<()> {
    let (home, now) = (session.home, (session.clock)());
    apps::folder(home).put(name, app)?;
    ledger::put_client_secret(home, app, secret, store, now, Some(now))?;
    history::record(home, &Event::of_app(What::AppAdded, name, app, now));
    Ok(())
}

/// Puts what a registration has spilled where it belongs: `store`, else where it was to be.
///
/// Kind `not_found` when none is open, or nothing came of it.
pub fn recover(
    session: &Session,
    registration: &Registration,
    name: &str,
    app: App,
    store: Option<StoreKind>,
) -> Result<App> {
    let home = session.home;
    let Some(opened) = records::of_registrations(home).get(app.uuid)? else {
        return Err(fail!(NotFound, "registration-nothing", name = name));
    };
    let spill = Spill::of(home.state_folder(), app.uuid);
    let body = ledger::identity(home, &opened)?.and_then(|identity| spill.read(&identity));
    let Some(body) = body else {
        // It was cut off after the last step that mattered.
        return match is_kept(home, &app)? {
            true => {
                forget(home, &app);
                Ok(app)
            }
            false => Err(fail!(NotFound, "registration-unknown", name = name)),
        };
    };
    let unreadable = |error| unreadable(name, &app, error);
    let registered = exchange::registered(registration, &answer(&body), &app.marketplace, &[]);
    let registered = registered.map_err(unreadable)?;
    let app = App { client_id: registered.client_id, ..app };
    keep(session, name, &app, &registered.client_secret, store.unwrap_or(opened.store))?;
    forget(home, &app);
    Ok(app)
}

/// The success that was spilled.
fn answer(body: &SecretSlice<u8>) -> Response {
    let body = SecretString::from(String::from_utf8_lossy(body.expose_secret()).into_owned());
    Response { status: 201, retry_after: None, location: None, date: None, index: None, body }
}

fn is_kept(home: &Home, app: &App) -> Result<bool> {
    Ok(!app.client_id.is_empty() && records::of_apps(home).get(app.uuid)?.is_some())
}

/// Whether a registration of this app was begun and is not over.
pub fn is_open(home: &Home, app: &App) -> Result<bool> {
    Ok(records::of_registrations(home).get(app.uuid)?.is_some())
}

/// Whether the answer of a registration waits for its store: the only copy there is.
pub fn waits(home: &Home, app: &App) -> Result<bool> {
    Ok(is_open(home, app)? && !Spill::of(home.state_folder(), app.uuid).is_empty())
}

/// Removes what a registration keeps beside its app: it is over.
///
/// At best: where its record is left it is still open, and [`recover`] ends it.
pub fn forget(home: &Home, app: &App) {
    Spill::of(home.state_folder(), app.uuid).remove();
    let records = records::of_registrations(home);
    let opened = records.get(app.uuid).ok().flatten();
    // An identity that stays opens nothing any more.
    let ended = opened.map(|opened| (ledger::forget_identity(home, &opened), records.remove(app.uuid)));
    if let Some((Err(error), _) | (_, Err(error))) = ended {
        log::info!("something of a registration was left: {error}");
    }
}

/// Nobody knows whether the client is registered now; what came, if anything, stays.
fn uncertain(spill: &Spill, name: &str, app: &App, error: ExchangeError) -> Error {
    match spill.is_empty() {
        true => fail!(Temporary, "registration-uncertain", name = name).because(anyhow::Error::new(error)),
        false => unreadable(name, app, error),
    }
}

fn unreadable(name: &str, app: &App, error: ExchangeError) -> Error {
    fail!(Configuration, "registration-unreadable", name = name, id = app.marketplace)
        .because(anyhow::Error::new(error))
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
