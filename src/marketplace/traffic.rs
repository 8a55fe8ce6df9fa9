//! The way to the marketplaces that all threads of a process share: one HTTP client, the pace each
//! host takes, and answers that serve more than one shop. All of it in memory only.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

use url::Url;

use super::exchange::{Carrier, ExchangeError, Held};
use super::pace::{Pace, Window};
use super::request::Request;
use crate::oauth::http::{Client, HttpError};
use crate::oauth::request::Request as Prepared;
use crate::oauth::response::Response;

/// The longest quiet that anybody waits for: where a host asks for more, requests fail at once.
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
    answers: Mutex<BTreeMap<String, Shared>>,
}

/// What is known of one host.
#[derive(Default)]
struct Host {
    windows: BTreeMap<Pace, Window>,
    /// It asked for quiet until then.
    paused: Option<Instant>,
}

/// What came of a request that serves more than one shop. Locked by whoever asks.
type Shared = Arc<Mutex<Option<Kept>>>;

/// What came when somebody asked.
struct Kept {
    came: Instant,
    /// `None`: no answer.
    response: Option<Response>,
    /// Whoever asks before that moment takes this for an answer.
    until: Option<Instant>,
}

/// Where a renewal's requests go.
#[derive(Clone)]
pub struct Way {
    /// Their pace.
    pub pace: Option<Pace>,
    /// The address of one of them, of which only the host counts.
    pub url: Url,
    /// How many of them go to that host at that pace.
    pub requests: usize,
}

/// A thread's way to the marketplaces: what it shares with all others, and the turns that were
/// reserved on it for one renewal.
pub struct Lane {
    traffic: Arc<Traffic>,
    /// Whether a signal came.
    stopped: fn() -> bool,
    /// All of one host and one pace.
    turns: RefCell<Vec<Turn>>,
}

impl Lane {
    /// A way of its own. Whoever waits on it gives up as soon as `stopped` says so.
    pub fn new(stopped: fn() -> bool) -> Self {
        Self { traffic: Arc::default(), stopped, turns: RefCell::default() }
    }

    /// The same way with nothing reserved on it, for another thread.
    #[must_use]
    pub fn beside(&self) -> Self {
        Self { traffic: Arc::clone(&self.traffic), stopped: self.stopped, turns: RefCell::default() }
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

    /// Waits until all of a renewal's requests may go, and returns a way with a turn for each, given
    /// back with it. Fails as soon as a signal came, and at once where the host asked for more quiet
    /// than anybody waits for.
    ///
    /// To be called before anything is locked or written down for the renewal. Two renewals that
    /// each wait for a second turn while they hold the first would wait for ever: hence all at once.
    pub fn reserve(&self, way: &Way) -> Result<Self, Held> {
        let turns = self.turns(way, None, &self.stopped)?;
        Ok(Self { turns: RefCell::new(turns), ..self.beside() })
    }

    /// Whether `url`'s host has asked for quiet, and still wants it.
    pub fn is_paused(&self, url: &Url) -> bool {
        let hosts = lock(&self.traffic.hosts);
        hosts.get(&origin(url)).is_some_and(|host| host.quiet(Instant::now()).is_some())
    }

    /// What carries the requests of one renewal by this way.
    pub fn with<'a>(&'a self, client: &'a Client) -> Paced<'a> {
        Paced { lane: self, client, begun: Cell::default(), reused: RefCell::default(), may_send: None }
    }

    /// Waits for turns, for `patience` at most. Without a pace there are none to wait for, but quiet.
    fn turns(
        &self,
        way: &Way,
        patience: Option<Duration>,
        stopped: &dyn Fn() -> bool,
    ) -> Result<Vec<Turn>, Held> {
        let key = origin(&way.url);
        let give_up = patience.map(|patience| Instant::now() + patience);
        let mut hosts = lock(&self.traffic.hosts);
        loop {
            if stopped() {
                return Err(Held::Stopped);
            }
            let now = Instant::now();
            let host = hosts.entry(key.clone()).or_default();
            let quiet = host.quiet(now);
            let wait = match (quiet, way.pace) {
                (Some(left), _) => left,
                (None, None) => return Ok(Vec::new()),
                (None, Some(pace)) => match host.take(pace, way.requests, now) {
                    Ok(places) => {
                        let turn = |taken| Turn::new(&self.traffic, &key, pace, taken);
                        return Ok(places.into_iter().map(turn).collect());
                    }
                    Err(wait) => wait,
                },
            };
            if quiet > Some(LONGEST_PAUSE) || give_up.is_some_and(|end| end < now + wait) {
                return Err(held(&way.url, quiet));
            }
            let freed = &self.traffic.freed;
            hosts = freed.wait_timeout(hosts, wait.min(GLANCE)).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn pause(&self, url: &Url, seconds: u64) {
        // So that no sum overflows; nobody waits for decades either.
        let until = Instant::now() + Duration::from_secs(seconds.min(u32::MAX.into()));
        let mut hosts = lock(&self.traffic.hosts);
        let host = hosts.entry(origin(url)).or_default();
        host.paused = host.paused.max(Some(until));
    }

    /// A turn that was reserved for such a request, unless the host has asked for quiet since.
    fn reserved(&self, pace: Option<Pace>, url: &Url) -> Option<Turn> {
        let mut turns = self.turns.borrow_mut();
        let fits = |turn: &mut Turn| Some(turn.pace) == pace && turn.host == origin(url);
        match self.is_paused(url) {
            true => None,
            false => turns.pop_if(fits),
        }
    }

    /// Gives back the turn of a request that need not be sent. The last one stays: what was
    /// reserved may be less than what was asked for.
    fn spare(&self) {
        let mut turns = self.turns.borrow_mut();
        let rest = turns.len().saturating_sub(1).max(1);
        turns.truncate(rest);
    }
}

impl Host {
    /// How long it still wants quiet.
    fn quiet(&self, now: Instant) -> Option<Duration> {
        self.paused?.checked_duration_since(now).filter(|left| !left.is_zero())
    }

    /// Takes so many places in the pace's window, or as many as there are; all of them or none. The
    /// error is how long to wait at least.
    fn take(&mut self, pace: Pace, requests: usize, now: Instant) -> Result<Vec<usize>, Duration> {
        let window = self.windows.entry(pace).or_insert_with(|| Window::new(pace));
        let mut places = Vec::new();
        while places.len() < requests.min(pace.requests) {
            match window.take(now) {
                Ok(taken) => places.push(taken),
                Err(wait) => {
                    for taken in places {
                        window.unused(taken);
                    }
                    return Err(wait.unwrap_or(GLANCE));
                }
            }
        }
        Ok(places)
    }
}

/// The right to send one request: a place in a pace's window. Given back when dropped.
struct Turn {
    traffic: Arc<Traffic>,
    host: String,
    pace: Pace,
    /// The place in the pace's window.
    taken: usize,
    sent: bool,
}

impl Turn {
    fn new(traffic: &Arc<Traffic>, host: &str, pace: Pace, taken: usize) -> Self {
        Self { traffic: Arc::clone(traffic), host: host.to_owned(), pace, taken, sent: false }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut hosts = lock(&self.traffic.hosts);
        if let Some(window) = hosts.get_mut(&self.host).and_then(|host| host.windows.get_mut(&self.pace)) {
            match self.sent {
                true => window.answered(self.taken, Instant::now()),
                false => window.unused(self.taken),
            }
        }
        drop(hosts);
        self.traffic.freed.notify_all();
    }
}

/// Carries the requests of one renewal, at the pace their hosts take.
pub struct Paced<'a> {
    lane: &'a Lane,
    client: &'a Client,
    /// A request of the shop's own was sent. What has begun is finished, signal or not.
    begun: Cell<bool>,
    /// The shared answers that were used here, and when each came.
    reused: RefCell<Vec<(String, Instant)>>,
    /// Asked right before each request is sent.
    may_send: Option<&'a dyn Fn() -> bool>,
}

impl<'a> Paced<'a> {
    /// The same, which sends nothing once `may_send` says no, however long it waited for its turn.
    #[must_use]
    pub fn while_it(self, may_send: &'a dyn Fn() -> bool) -> Self {
        Self { may_send: Some(may_send), ..self }
    }
}

impl Carrier for Paced<'_> {
    fn carry(
        &self,
        request: &Request,
        pace: Option<Pace>,
        prepared: &Prepared,
    ) -> Result<Response, ExchangeError> {
        if request.share.is_some() {
            return self.shared(pace, prepared);
        }
        let response = self.send(pace, prepared)?;
        self.begun.set(true);
        Ok(response)
    }

    fn forget_shared(&self) -> bool {
        let reused = self.reused.take();
        for (key, came) in &reused {
            // Another thread may have fetched a newer one, or be about to.
            if let Ok(mut kept) = self.cell(key).try_lock() {
                kept.take_if(|kept| kept.came == *came);
            }
        }
        !reused.is_empty()
    }
}

impl Paced<'_> {
    fn send(&self, pace: Option<Pace>, prepared: &Prepared) -> Result<Response, ExchangeError> {
        let mut turn = self.turn(pace, &prepared.url)?;
        if self.may_send.is_some_and(|may_send| !may_send()) {
            return Err(Held::Stopped.into());
        }
        let mut sent = |sent| turn.iter_mut().for_each(|turn| turn.sent = sent);
        sent(true);
        let response = self.client.send(prepared);
        if let Err(HttpError::Unreachable { .. } | HttpError::Setup(_) | HttpError::Header { .. }) = &response
        {
            sent(false);
        }
        let response = response?;
        if let (429 | 503, Some(seconds)) = (response.status, response.retry_after) {
            self.lane.pause(&prepared.url, seconds);
        }
        Ok(response)
    }

    /// The turn that was reserved for this request, or one that comes in time.
    fn turn(&self, pace: Option<Pace>, url: &Url) -> Result<Option<Turn>, Held> {
        let stopped = || self.is_stopped();
        if let Some(turn) = self.lane.reserved(pace, url).filter(|_| !stopped()) {
            return Ok(Some(turn));
        }
        let way = Way { pace, url: url.clone(), requests: 1 };
        self.lane.turns(&way, Some(BEGUN), &stopped).map(|mut turns| turns.pop())
    }

    fn is_stopped(&self) -> bool {
        !self.begun.get() && (self.lane.stopped)()
    }

    /// The answer that somebody got to the same request, or a new one. While one thread asks, the
    /// others wait for what it gets, and share its failure too: a host that does not answer is not
    /// asked by each of them in turn.
    fn shared(&self, pace: Option<Pace>, prepared: &Prepared) -> Result<Response, ExchangeError> {
        let key = prepared.fingerprint();
        let cell = self.cell(&key);
        let arrived = Instant::now();
        let mut kept = self.wait_for(&cell, &prepared.url)?;
        let asked_at = Instant::now();
        let is_good = |kept: &&Kept| kept.came > arrived || kept.until.is_some_and(|until| asked_at < until);
        if let Some(Kept { response, came, .. }) = kept.as_ref().filter(is_good) {
            let response = response.clone().ok_or_else(|| Held::Unanswered(name(&prepared.url)))?;
            if response.status < 400 {
                self.reused.borrow_mut().push((key, *came));
            }
            self.lane.spare();
            return Ok(response);
        }
        let response = self.send(pace, prepared);
        // Whoever comes later needs some of its life as well.
        let life = response.as_ref().ok().and_then(Response::life).map(|life| life / 2);
        let until = life.and_then(|life| asked_at.checked_add(life));
        *kept = Some(Kept { came: Instant::now(), response: response.as_ref().ok().cloned(), until });
        response
    }

    /// Waits until nobody asks any more.
    fn wait_for<'k>(
        &self,
        cell: &'k Mutex<Option<Kept>>,
        url: &Url,
    ) -> Result<MutexGuard<'k, Option<Kept>>, Held> {
        let give_up = Instant::now() + BEGUN;
        loop {
            match cell.try_lock() {
                _ if self.is_stopped() => return Err(Held::Stopped),
                Ok(kept) => return Ok(kept),
                Err(TryLockError::Poisoned(poisoned)) => return Ok(poisoned.into_inner()),
                Err(TryLockError::WouldBlock) if give_up < Instant::now() => {
                    return Err(Held::Unanswered(name(url)));
                }
                Err(TryLockError::WouldBlock) => thread::sleep(GLANCE),
            }
        }
    }

    fn cell(&self, key: &str) -> Shared {
        Arc::clone(lock(&self.lane.traffic.answers).entry(key.to_owned()).or_default())
    }
}

/// Why no turn came: the host wants quiet for so long, or its pace left no room.
fn held(url: &Url, quiet: Option<Duration>) -> Held {
    match quiet {
        Some(left) => Held::Quiet { host: name(url), seconds: left.as_secs() + 1 },
        None => Held::Pace(name(url)),
    }
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

fn name(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

/// A thread that panicked leaves nothing half-done behind.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
