//! The way to the marketplaces that all threads of a process share: one HTTP client, the pace each
//! host takes, and answers that serve more than one shop. All of it in memory only.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use url::Url;

use super::exchange::{Carrier, ExchangeError};
use super::pace::{Pace, Window};
use super::request::Request;
use crate::oauth::http::{Client, HttpError};
use crate::oauth::request::Request as Prepared;
use crate::oauth::response::Response;

/// The longest that one answer can make everybody wait.
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

/// How long a request waits whose renewal has begun: others wait for the shop's lock meanwhile.
const BEGUN: Duration = Duration::from_secs(20);

/// How often whoever waits looks for a signal.
const GLANCE: Duration = Duration::from_millis(50);

/// What all threads share.
#[derive(Default)]
struct Traffic {
    client: Mutex<Option<Arc<Client>>>,
    hosts: Mutex<BTreeMap<String, Host>>,
    /// A place was given back.
    freed: Condvar,
    answers: Mutex<BTreeMap<String, Arc<Mutex<Option<Kept>>>>>,
}

/// What is known of one host.
#[derive(Default)]
struct Host {
    windows: BTreeMap<Pace, Window>,
    /// It asked for quiet until then.
    paused: Option<Instant>,
}

/// An answer that serves more than one shop.
struct Kept {
    response: Response,
    until: Instant,
}

/// One thread's way. Its clones share everything but the place that was reserved.
pub struct Lane {
    traffic: Arc<Traffic>,
    /// Whether a signal came.
    stopped: fn() -> bool,
    reserved: Mutex<Option<Turn>>,
}

impl Clone for Lane {
    fn clone(&self) -> Self {
        Self { traffic: Arc::clone(&self.traffic), stopped: self.stopped, reserved: Mutex::default() }
    }
}

impl Lane {
    /// A way of its own. Whoever waits on it gives up as soon as `stopped` says so.
    pub fn new(stopped: fn() -> bool) -> Self {
        Self { traffic: Arc::default(), stopped, reserved: Mutex::default() }
    }

    /// The one client, made by `make` when it is first wanted: certificates are loaded once, and
    /// connections used again.
    pub fn client<E>(&self, make: impl FnOnce() -> Result<Client, E>) -> Result<Arc<Client>, E> {
        let mut kept = lock(&self.traffic.client);
        match &*kept {
            Some(client) => Ok(Arc::clone(client)),
            None => Ok(Arc::clone(kept.insert(Arc::new(make()?)))),
        }
    }

    /// Waits until a request of this pace may go to `url`, and keeps its place until the guard is
    /// dropped. `None` as soon as a signal came.
    ///
    /// To be called before anything is locked or written down for the request.
    pub fn reserve(&self, pace: Option<Pace>, url: &Url) -> Option<Reserved<'_>> {
        let turn = self.turn(pace, url, None).ok()?;
        *lock(&self.reserved) = Some(turn);
        Some(Reserved(self))
    }

    /// Whether `url`'s host has asked for quiet, and still wants it.
    pub fn is_paused(&self, url: &Url) -> bool {
        let hosts = lock(&self.traffic.hosts);
        hosts.get(&host(url)).and_then(|host| host.paused).is_some_and(|until| Instant::now() < until)
    }

    /// What carries requests by this way.
    pub fn with<'a>(&'a self, client: &'a Client) -> Paced<'a> {
        Paced { lane: self, client, reused: RefCell::default() }
    }

    /// Waits for a turn, for `patience` at most.
    fn turn(&self, pace: Option<Pace>, url: &Url, patience: Option<Duration>) -> Result<Turn, Held> {
        let host = host(url);
        let give_up = patience.map(|patience| Instant::now() + patience);
        let mut hosts = lock(&self.traffic.hosts);
        loop {
            let now = Instant::now();
            let wait = match hosts.entry(host.clone()).or_default().take(pace, now) {
                Ok(taken) => {
                    let held = pace.zip(taken);
                    let traffic = Arc::clone(&self.traffic);
                    return Ok(Turn { traffic, host, held, sent: false });
                }
                Err(wait) => wait.unwrap_or(GLANCE),
            };
            if (self.stopped)() || give_up.is_some_and(|end| end < now + wait) {
                return Err(Held);
            }
            let freed = &self.traffic.freed;
            hosts = freed.wait_timeout(hosts, wait.min(GLANCE)).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn pause(&self, url: &Url, time: Duration) {
        let until = Instant::now() + time.min(LONGEST_PAUSE);
        let mut hosts = lock(&self.traffic.hosts);
        let host = hosts.entry(host(url)).or_default();
        host.paused = host.paused.max(Some(until));
    }
}

impl Host {
    /// Takes a place in the pace's window, if there is a pace. The error is how long to wait.
    fn take(&mut self, pace: Option<Pace>, now: Instant) -> Result<Option<usize>, Option<Duration>> {
        if let Some(left) = self.paused.map(|until| until.saturating_duration_since(now))
            && !left.is_zero()
        {
            return Err(Some(left));
        }
        let Some(pace) = pace else { return Ok(None) };
        self.windows.entry(pace).or_insert_with(|| Window::new(pace)).take(now).map(Some)
    }
}

/// No turn came in time.
struct Held;

/// The right to send one request. Given back when dropped.
struct Turn {
    traffic: Arc<Traffic>,
    host: String,
    /// The place in the pace's window.
    held: Option<(Pace, usize)>,
    sent: bool,
}

impl Drop for Turn {
    fn drop(&mut self) {
        let Some((pace, taken)) = self.held else { return };
        let mut hosts = lock(&self.traffic.hosts);
        if let Some(window) = hosts.get_mut(&self.host).and_then(|host| host.windows.get_mut(&pace)) {
            match self.sent {
                true => window.answered(taken, Instant::now()),
                false => window.unused(taken),
            }
        }
        drop(hosts);
        self.traffic.freed.notify_all();
    }
}

/// A place kept for the next request of its pace. Given back when dropped, unless it was used.
pub struct Reserved<'a>(&'a Lane);

impl Drop for Reserved<'_> {
    fn drop(&mut self) {
        let unused = lock(&self.0.reserved).take();
        drop(unused);
    }
}

/// Carries the requests of one renewal, at the pace their hosts take.
pub struct Paced<'a> {
    lane: &'a Lane,
    client: &'a Client,
    /// The shared answers that were used here, and until when each was to be good.
    reused: RefCell<Vec<(String, Instant)>>,
}

impl Carrier for Paced<'_> {
    fn carry(&self, request: &Request, prepared: &Prepared) -> Result<Response, ExchangeError> {
        match request.share {
            Some(_) => self.shared(request, prepared),
            None => self.send(request, prepared),
        }
    }

    fn forget_shared(&self) -> bool {
        let reused = self.reused.take();
        for (key, until) in &reused {
            // Another thread may have fetched a newer one.
            lock(&self.cell(key)).take_if(|kept| kept.until == *until);
        }
        !reused.is_empty()
    }
}

impl Paced<'_> {
    fn send(&self, request: &Request, prepared: &Prepared) -> Result<Response, ExchangeError> {
        let mut turn = match self.reserved(request, &prepared.url) {
            Some(turn) => turn,
            None => self.turn(request, &prepared.url)?,
        };
        turn.sent = true;
        let response = self.client.send(prepared);
        if let Err(HttpError::Unreachable { .. } | HttpError::Setup(_) | HttpError::Header { .. }) = &response
        {
            turn.sent = false;
        }
        let response = response?;
        if let (429 | 503, Some(seconds)) = (response.status, response.retry_after) {
            self.lane.pause(&prepared.url, Duration::from_secs(seconds));
        }
        Ok(response)
    }

    /// The turn that was reserved, if it is one for this request, and the host has not asked for
    /// quiet since.
    fn reserved(&self, request: &Request, url: &Url) -> Option<Turn> {
        let fits =
            |turn: &mut Turn| turn.host == host(url) && turn.held.map(|(pace, _)| pace) == request.pace;
        match self.lane.is_paused(url) {
            true => None,
            false => lock(&self.lane.reserved).take_if(fits),
        }
    }

    fn turn(&self, request: &Request, url: &Url) -> Result<Turn, ExchangeError> {
        self.lane
            .turn(request.pace, url, Some(BEGUN))
            .map_err(|Held| ExchangeError::Held { host: url.host_str().unwrap_or_default().to_owned() })
    }

    /// The answer that somebody got to the same request, or a new one. While one thread asks, the
    /// others wait for what it gets.
    fn shared(&self, request: &Request, prepared: &Prepared) -> Result<Response, ExchangeError> {
        let key = prepared.fingerprint();
        let cell = self.cell(&key);
        let mut kept = lock(&cell);
        let asked_at = Instant::now();
        if let Some(Kept { response, until }) = kept.as_ref().filter(|kept| asked_at < kept.until) {
            self.reused.borrow_mut().push((key, *until));
            return Ok(response.clone());
        }
        *kept = None;
        let response = self.send(request, prepared)?;
        // Whoever comes later needs some of its life as well.
        let life = response.life().map(|life| life / 2);
        *kept = life.map(|life| Kept { response: response.clone(), until: asked_at + life });
        Ok(response)
    }

    fn cell(&self, key: &str) -> Arc<Mutex<Option<Kept>>> {
        Arc::clone(lock(&self.lane.traffic.answers).entry(key.to_owned()).or_default())
    }
}

fn host(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// A thread that panicked leaves nothing half-done behind.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
