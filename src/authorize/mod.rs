//! One authorization, from the request to the committed token set.
//!
//! There are four ways to an answer, one file each where they differ: a browser that comes back
//! to the listener or whose address is pasted (`redirected`), a code entered on any device
//! (`device`), and an answer brought to another process, later (`pending`). What an answer says
//! is read in one place (`response`); requests that the marketplace starts itself are
//! answered in another (`initiated`).

mod device;
mod initiated;
mod pending;
mod redirected;
mod response;

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use secrecy::SecretString;
use url::Url;

pub use pending::{finish, start, sweep};

use crate::connection::Connection;
use crate::error::{Error, Result};
use crate::lines::Lines;
use crate::marketplace::definition::Grant;
use crate::model::{Origin, Record};
use crate::oauth::http::Client;
use crate::session::{self, Session};
use crate::settle::{Consented, ProfileFile, Settlement, settle};
use crate::store::StoreKind;
use crate::{fail, fleet, interrupt, ledger, text};

/// Room for the largest token set seen: two tokens of 2,048 bytes and their frame.
pub const LARGEST_SET: usize = 6 * 1024;

/// How long one look at what may come takes, before Ctrl-C and pasted lines get theirs.
const GLANCE: Duration = Duration::from_millis(100);

/// How an authorization is to go.
pub struct Flow<'a> {
    /// Clock and home.
    pub session: &'a Session<'a>,
    /// What is to be connected.
    pub connection: &'a Connection,
    /// Where its secrets will be kept.
    pub store: StoreKind,
    /// A person is there who could answer an unlock dialog.
    pub interactive: bool,
    /// The listener's port, where a person chose one.
    pub port: Option<u16>,
    /// How the answer comes about.
    pub way: Way,
    /// How long a person has.
    pub timeout: Duration,
    /// The installation link, where that step is to be taken.
    pub install_url: Option<Url>,
    /// Another shop's consent may take the profile's place.
    pub replace: bool,
    /// What becomes of the profile's file.
    pub file: ProfileFile,
    /// The one who opens browsers and reads messages.
    pub person: &'a dyn Person,
    /// Lines typed or pasted meanwhile; an end of them is fine.
    pub lines: Option<Lines>,
}

/// How the answer to a consent comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A browser is opened, and comes back to the listener.
    Listen,
    /// A person copies the address it ended on; nothing listens.
    Paste,
    /// The seller starts it in the marketplace's own pages; no browser is opened.
    StartedThere,
    /// A person enters a code on any device (RFC 8628).
    Device,
    /// Another process brings it: for [`start`] only.
    Later,
}

/// Whoever sits before the browser. Decides nothing.
pub trait Person {
    /// A listener waits at this address of this machine.
    fn listening(&self, address: SocketAddr);
    /// A browser step begins: show the address, open it.
    fn open(&self, step: Step, url: &Url);
    /// A browser step begins in a browser that is on its way there already: show the address.
    fn show(&self, step: Step, url: &Url);
    /// A code is to be entered on a page, on any device.
    fn code(&self, code: &UserCode);
    /// A pasted line, or a request of the marketplace's own, was no answer; the waiting goes on.
    fn mistaken(&self, error: &Error);
    /// The seller is to start the consent in the marketplace's own pages.
    fn elsewhere(&self);
    /// The port for requests that the marketplace starts itself is taken.
    fn busy(&self, port: u16);
    /// Connections to this port that do not end may keep the browser from coming back. Said again and
    /// again while it is so.
    fn flooded(&self, port: u16);
    /// So much time is left, and an empty line adds so much `more`.
    fn left(&self, left: Duration, more: Duration);
    /// Nothing has come for a while: what may have happened in the browser, and what to do then.
    fn late(&self, hint: &str);
    /// The answer came; it is being exchanged and stored.
    fn answered(&self);
}

/// The browser steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The seller installs the app.
    Installation,
    /// The seller consents.
    Consent,
    /// The seller goes on with a consent that the marketplace has begun itself.
    Confirmation,
}

/// What a person needs to consent on any device (RFC 8628 section 3.3).
pub struct UserCode {
    /// What is to be entered.
    pub code: String,
    /// Where.
    pub page: Url,
    /// The same page with the code filled in, where the marketplace has one.
    pub complete: Option<Url>,
}

/// Connects or reconnects, and returns the committed record.
///
/// On an error nothing has changed: the earlier token set stays in force.
pub fn authorize(flow: &Flow) -> Result<Record> {
    lead(flow).map_err(|error| error.app(&flow.connection.profile.app))
}

fn lead(flow: &Flow) -> Result<Record> {
    let connection = flow.connection;
    let client_secret = prepare(flow)?;
    let values = connection.values(client_secret.as_ref());
    let client = session::client(flow.session.home)?;
    session::check_client(connection, &values, &client)?;
    match (connection.definition.grant, flow.way) {
        (Grant::ClientCredentials, _) => {
            let consented = Consented::now(Origin::ClientCredentials, None, values);
            settle(&settlement(flow, &client), consented)
        }
        (Grant::Static, _) => {
            Err(fail!(Usage, "entered-no-consent", marketplace = connection.definition.name))
        }
        (Grant::DeviceCode, _) | (_, Way::Device) => device::authorize(flow, values, &client),
        (Grant::AuthorizationCode, _) => redirected::authorize(flow, values, &client),
    }
}

/// Whatever could fail later for want of a store is found out now. Returns the client secret.
fn prepare(flow: &Flow) -> Result<Option<SecretString>> {
    interrupt::watch();
    sweep(flow.session.home, (flow.session.clock)());
    flow.session.home.store(flow.store)?.probe(LARGEST_SET, flow.interactive)?;
    fleet::check_free(flow.session.home, flow.store, flow.connection)?;
    ledger::client_secret(flow.session.home, flow.connection.app.uuid)
}

fn settlement<'a>(flow: &'a Flow, client: &'a Client) -> Settlement<'a> {
    Settlement {
        session: flow.session,
        connection: flow.connection,
        client,
        store: flow.store,
        replace: flow.replace,
        file: flow.file.clone(),
    }
}

/// How long is still waited. A person may ask for more: two-factor codes take a phone call.
struct Patience {
    deadline: Instant,
    step: Duration,
    /// When waiting becomes useless, whoever asks.
    latest: Option<Instant>,
}

impl Patience {
    fn new(step: Duration, life: Option<Duration>) -> Self {
        let now = Instant::now();
        let latest = life.map(|life| now + life);
        let deadline = latest.map_or(now + step, |latest| latest.min(now + step));
        Self { deadline, step, latest }
    }

    /// What is left: nothing once the time is over.
    fn left(&self) -> Option<Duration> {
        let left = self.deadline.saturating_duration_since(Instant::now());
        (!left.is_zero()).then_some(left)
    }

    /// What [`extend`](Self::extend) would add: as much again, but nothing beyond all use.
    fn more(&self) -> Duration {
        let useful = |latest: Instant| latest.saturating_duration_since(self.deadline);
        self.latest.map_or(self.step, |latest| useful(latest).min(self.step))
    }

    fn extend(&mut self) {
        self.deadline += self.more();
    }
}

/// Nobody answered. The definition knows best what the seller may have seen meanwhile; what to do
/// is the same everywhere.
fn timed_out(connection: &Connection) -> Error {
    let error = fail!(Timeout, "nobody-answered", marketplace = connection.definition.name);
    match &connection.definition.consent.hint {
        Some(hint) => error.because(anyhow::Error::msg(text!("nobody-answered-perhaps", hint = hint))),
        None => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patience_grows_by_its_own_length_and_ends_with_what_it_waits_for() {
        let seconds = Duration::from_secs;
        let step = seconds(600);
        let mut patience = Patience::new(step, None);
        patience.extend();
        assert!(patience.left().unwrap() > step);
        assert_eq!(patience.more(), step);

        let mut patience = Patience::new(step, Some(seconds(900)));
        assert_eq!(patience.more(), seconds(300));
        patience.extend();
        let left = patience.left().unwrap();
        assert!(left > seconds(890) && left <= seconds(900), "{left:?}");
        assert_eq!(patience.more(), Duration::ZERO);
        assert_eq!(Patience::new(step, Some(step)).more(), Duration::ZERO);
        assert!(Patience::new(step, Some(Duration::ZERO)).left().is_none());
    }
}
