//! The wait for one request among all that arrive.

use std::cell::RefCell;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

use secrecy::{ExposeSecret, SecretString};
use subtle::{Choice, ConstantTimeEq};
use url::Url;

use super::answer::Answer;
use super::door::{Doors, Incoming, V4, V6, Wanted};
use super::guard::{Rules, Verdict, examine};
use super::pages::Page;
use super::parameters::Parameters;
use crate::error::{Error, Result};
use crate::fail;

/// How many answered callbacks are remembered; a browser repeats the last one, if any.
const MAX_SPENT: usize = 32;

/// Where a redirect URI points on this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// `localhost`: browsers pick 127.0.0.1 or `[::1]`, so both are bound, on one port.
    Localhost,
    /// 127.0.0.1 only.
    V4,
    /// `[::1]` only.
    V6,
}

impl Host {
    fn addresses(self) -> &'static [IpAddr] {
        match self {
            Host::Localhost => &[V4, V6],
            Host::V4 => &[V4],
            Host::V6 => &[V6],
        }
    }

    /// The `Host` headers a browser sends to these addresses. Port 80 is left out of them
    /// (RFC 9110 section 7.2).
    fn headers(self, port: u16) -> Vec<String> {
        let names: &[&str] = match self {
            Host::Localhost => &["localhost", "127.0.0.1", "[::1]"],
            Host::V4 => &["localhost", "127.0.0.1"],
            Host::V6 => &["localhost", "[::1]"],
        };
        let bare = names.iter().filter(|_| port == 80).map(|name| (*name).to_owned());
        names.iter().map(|name| format!("{name}:{port}")).chain(bare).collect()
    }
}

/// What to listen on.
#[derive(Clone, Debug)]
pub struct Address {
    /// Which loopback addresses.
    pub host: Host,
    /// `None` or 0 is any free port.
    pub port: Option<u16>,
    /// The path of the redirect URI, as a URL has it (`/callback`). Compared exactly.
    pub path: String,
}

/// A bound listener. Dropping it frees the port.
pub struct Listener {
    doors: Doors,
    rules: Rules,
    /// The callbacks that were handed out by their `state`, as they were sent.
    spent: RefCell<Vec<Spent>>,
}

struct Spent {
    target: SecretString,
    state: SecretString,
}

impl Listener {
    /// Binds once; the port is never given up in between.
    ///
    /// An address that is taken is an error of kind `temporary`, for a random port another one is
    /// picked. A machine without IPv6 is fine, unless only `[::1]` was wanted. A port that needs
    /// privileges is an error of kind `configuration`.
    pub fn bind(address: &Address) -> Result<Listener> {
        let port = address.port.unwrap_or(0);
        let doors = Doors::open(&Wanted { addresses: address.host.addresses(), port })
            .map_err(|error| explain(error, port))?;
        let path = normalized(&address.path);
        let done = format!("{}/done", path.trim_end_matches('/'));
        let rules = Rules { path, done, hosts: address.host.headers(doors.address().port()) };
        Ok(Listener { doors, rules, spent: RefCell::default() })
    }

    /// The port in use.
    pub fn port(&self) -> u16 {
        self.address().port()
    }

    /// Where it listens: one of its addresses, where it has several.
    pub fn address(&self) -> SocketAddr {
        self.doors.address()
    }

    /// Whether so many connections have been open for so long that the awaited one may be turned
    /// away. Then the address may have to be pasted.
    pub fn is_flooded(&self) -> bool {
        self.doors.is_flooded()
    }

    /// Waits until `deadline` for the next `GET` to the path whose `state` is one of `states`, or
    /// which `accept` claims (for requests a marketplace starts by itself; asked only when no
    /// state matched). `None` when the deadline has passed.
    ///
    /// Everything else is answered, and neither ends nor delays the wait. What arrives between
    /// two calls is kept for the second, so the deadlines may be short.
    pub fn next(
        &self,
        states: &[SecretString],
        accept: &dyn Fn(&Parameters) -> bool,
        deadline: Instant,
    ) -> Option<Arrival> {
        loop {
            let rest = deadline.saturating_duration_since(Instant::now());
            if let Some(incoming) = self.doors.receive(rest)
                && let Some(arrival) = self.claim(incoming, states, accept)
            {
                return Some(arrival);
            }
            if rest.is_zero() {
                return None;
            }
        }
    }

    fn claim(
        &self,
        incoming: Incoming,
        states: &[SecretString],
        accept: &dyn Fn(&Parameters) -> bool,
    ) -> Option<Arrival> {
        let parameters = match self.examine(&incoming) {
            Verdict::Callback(parameters) => parameters,
            Verdict::Done => return dismiss(incoming, 404, &Page::NotFound),
            Verdict::Refuse(code, page) => return dismiss(incoming, code, &page),
        };
        let state = parameters.get("state").unwrap_or_default();
        // Also while its state is still valid: the same code cannot be used again.
        if self.is_repeated(&incoming) {
            return dismiss(incoming, 200, &Page::AlreadyDone);
        }
        if is_one_of(state, states.iter()) {
            self.remember(&incoming, state);
        } else if self.is_spent(state) {
            return dismiss(incoming, 200, &Page::AlreadyDone);
        } else if !accept(&parameters) {
            return dismiss(incoming, 400, &Page::Stray);
        }
        Some(Arrival { parameters, incoming, done: self.rules.done.clone() })
    }

    /// Serves `page` at the clean address until it was fetched, for up to `linger`, then frees the
    /// port. Late duplicates of a callback are sent on to it as well.
    pub fn linger(self, page: &Page, linger: Duration) {
        let deadline = Instant::now() + linger;
        let mut rest = linger;
        while !rest.is_zero() {
            if let Some(incoming) = self.doors.receive(rest)
                && self.show(incoming, page)
            {
                return;
            }
            rest = deadline.saturating_duration_since(Instant::now());
        }
    }

    /// Whether `page` was what the request asked for.
    fn show(&self, incoming: Incoming, page: &Page) -> bool {
        let language = incoming.language();
        match self.examine(&incoming) {
            Verdict::Done => {
                incoming.answer(&Answer::page(200, page, language));
                return true;
            }
            // Whoever reloads while the first request is being worked on gets to see its outcome.
            Verdict::Callback(_) if self.is_repeated(&incoming) => {
                incoming.dismiss(&Answer::see_other(&self.rules.done));
            }
            Verdict::Callback(parameters) if self.is_spent(parameters.get("state").unwrap_or_default()) => {
                incoming.dismiss(&Answer::page(200, &Page::AlreadyDone, language));
            }
            Verdict::Callback(_) => incoming.dismiss(&Answer::page(400, &Page::Stray, language)),
            Verdict::Refuse(status, refusal) => {
                incoming.dismiss(&Answer::page(status, &refusal, language));
            }
        }
        false
    }

    fn examine(&self, incoming: &Incoming) -> Verdict {
        incoming.head().map_or(Verdict::Refuse(400, Page::Refused), |head| examine(&head, &self.rules))
    }

    fn remember(&self, incoming: &Incoming, state: &str) {
        let Some(head) = incoming.head() else { return };
        let mut spent = self.spent.borrow_mut();
        if spent.len() == MAX_SPENT {
            spent.remove(0);
        }
        spent.push(Spent { target: head.target.into(), state: state.into() });
    }

    fn is_repeated(&self, incoming: &Incoming) -> bool {
        let spent = self.spent.borrow();
        incoming.head().is_some_and(|head| is_one_of(head.target, spent.iter().map(|spent| &spent.target)))
    }

    fn is_spent(&self, state: &str) -> bool {
        is_one_of(state, self.spent.borrow().iter().map(|spent| &spent.state))
    }
}

/// Compares with all of them, in constant time, so that nobody learns a state byte by byte.
fn is_one_of<'a>(sent: &str, secrets: impl Iterator<Item = &'a SecretString>) -> bool {
    let equal = |secret: &SecretString| sent.as_bytes().ct_eq(secret.expose_secret().as_bytes());
    secrets.fold(Choice::from(0), |found, secret| found | equal(secret)).into()
}

/// Answers what is not waited for.
fn dismiss(incoming: Incoming, status: u16, page: &Page) -> Option<Arrival> {
    let language = incoming.language();
    incoming.dismiss(&Answer::page(status, page, language));
    None
}

/// The path as a browser sends it, and as it may stand in a header.
fn normalized(path: &str) -> String {
    let mut url = Url::parse("http://localhost").expect("a constant URL");
    url.set_path(path);
    url.path().to_owned()
}

fn explain(error: io::Error, port: u16) -> Error {
    match error.kind() {
        ErrorKind::AddrInUse if port != 0 => fail!(Temporary, "listener-busy", port = port),
        ErrorKind::PermissionDenied => fail!(Configuration, "listener-forbidden", port = port).because(error),
        _ => fail!(Temporary, "listener-unavailable").because(error),
    }
}

/// A request that was waited for. The browser waits as well, until it is answered; dropped, it is
/// told that the program was interrupted.
pub struct Arrival {
    /// What the marketplace sent.
    pub parameters: Parameters,
    incoming: Incoming,
    done: String,
}

impl Arrival {
    /// Sends the browser to the clean address, where [`Listener::linger`] has the page.
    pub fn finish(self) {
        self.incoming.answer(&Answer::see_other(&self.done));
    }

    /// Sends the browser on to another step.
    pub fn redirect(self, url: &Url) {
        self.incoming.answer(&Answer::see_other(url.as_str()));
    }

    /// Refuses it with `page`, after which the wait goes on.
    pub fn refuse(self, page: &Page) {
        let language = self.incoming.language();
        self.incoming.answer(&Answer::page(400, page, language));
    }
}
