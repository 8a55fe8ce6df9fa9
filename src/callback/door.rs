//! The sockets, and everything `tiny_http` 0.12 must be protected from. The only file that knows
//! which HTTP server it is.
//!
//! Bare, it fails in ways a browser alone can bring about:
//!
//! - Its thread pool counts a thread as waiting until it has woken up. Connections that arrive in
//!   that moment are queued for threads that are already taken, and stay there for good.
//!   [`Nudger`] opens a connection now and then, whose thread then takes the queue along.
//! - A request with a large or chunked body reads that body when dropped, into a buffer of the
//!   size the client claimed: [`is_dangerous`].
//! - It drops a `Connection` header of ours, and writing an answer waits without limit for a
//!   client that does not read: answers are written raw, each on a thread of its own.
//! - After a failed `accept` (descriptors used up, a connection reset early) it listens no more,
//!   with or without a word about it: [`Door::reopen`].
//! - A connection reset right after its request makes it panic, on a thread of its own:
//!   [`hush_panics`]. So the program must be built to unwind.

use std::cell::RefCell;
use std::io::{self, ErrorKind, Write};
use std::mem::ManuallyDrop;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Once};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use tiny_http::{Request, Server};

use super::answer::Answer;
use super::guard::Head;
use super::pages::Page;

/// Bodies up to here `tiny_http` has read before it hands out the request.
const BUFFERED_BODY: usize = 1024;
/// Bodies up to here are read and thrown away.
const DRAINED_BODY: usize = 16 * 1024 * 1024;
/// Strays that are being answered at the same time; what comes on top gets no answer.
const MAX_WRITERS: usize = 256;
/// How long the answer to a callback may take to be written.
const WRITE_PATIENCE: Duration = Duration::from_secs(2);
/// How long one look at the first of two doors may take while the other one is not watched.
const GLANCE: Duration = Duration::from_millis(10);
/// Connections that wait to be accepted. Of 300 at once, the 128 of the standard library turn some
/// away, and whoever is turned away tries again a second later.
#[cfg(unix)]
const QUEUE: i32 = 1024;
/// The pause before listening again after a failure.
const RECOVERY: Duration = Duration::from_millis(100);
/// How long a closed port may take to be free.
const RELEASE: Duration = Duration::from_secs(1);

/// Sockets that all listen on the same port, and what keeps them alive.
pub(super) struct Doors {
    open: Vec<Door>,
    nudger: Nudger,
    /// Its count is the number of strays being answered.
    writers: Arc<()>,
}

/// Addresses to listen on; more than one shares the port of the first.
pub(super) struct Wanted {
    /// The first must be free; a further one may be missing on this machine, but not taken.
    pub addresses: &'static [IpAddr],
    /// 0 is any free port.
    pub port: u16,
}

/// 127.0.0.1
pub(super) const V4: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
/// `[::1]`
pub(super) const V6: IpAddr = IpAddr::V6(Ipv6Addr::LOCALHOST);

impl Doors {
    /// Binds each address once. [`ErrorKind::AddrInUse`] when another program has one of them.
    pub fn open(wanted: &Wanted) -> io::Result<Doors> {
        raise_open_file_limit();
        hush_panics();
        let doors = bind(wanted)?.into_iter().map(Door::new).collect::<io::Result<Vec<_>>>()?;
        let seen = |door: &Door| Nudged { address: door.address, deaf: door.deaf.clone(), reach: 0 };
        let nudger = Nudger::start(doors.iter().map(seen).collect())?;
        Ok(Doors { open: doors, nudger, writers: Arc::new(()) })
    }

    /// The port all of them listen on.
    pub fn port(&self) -> u16 {
        self.open[0].address.port()
    }

    /// The next request that is safe to touch, whoever sent it; `None` after about `wait`.
    pub fn receive(&self, wait: Duration) -> Option<Incoming> {
        let deadline = Instant::now() + wait;
        loop {
            let rest = deadline.saturating_duration_since(Instant::now());
            let waiting = self.open[1..].iter().find_map(|door| door.receive(Duration::ZERO));
            let request = waiting.or_else(|| self.open[0].receive(rest.min(GLANCE)));
            if let Some(request) = request {
                return Some(Incoming { request: Some(request), writers: self.writers.clone() });
            }
            if rest.is_zero() {
                return None;
            }
        }
    }
}

impl Drop for Doors {
    /// Returns when the port is free again: the next login may want the same one.
    fn drop(&mut self) {
        self.nudger.stop();
        for door in self.open.drain(..) {
            door.close();
        }
    }
}

fn bind(wanted: &Wanted) -> io::Result<Vec<TcpListener>> {
    // A random port that is free on one address may be taken on the other.
    let attempts = if wanted.port == 0 { 32 } else { 1 };
    let mut result = bind_once(wanted);
    for _ in 1..attempts {
        match &result {
            Err(error) if error.kind() == ErrorKind::AddrInUse => result = bind_once(wanted),
            _ => break,
        }
    }
    result
}

fn bind_once(wanted: &Wanted) -> io::Result<Vec<TcpListener>> {
    let first = TcpListener::bind((wanted.addresses[0], wanted.port))?;
    let port = first.local_addr()?.port();
    let mut sockets = vec![first];
    for address in &wanted.addresses[1..] {
        match TcpListener::bind((*address, port)) {
            Ok(socket) => sockets.push(socket),
            // Windows says "permission denied" of a port another program holds for itself.
            Err(error) if matches!(error.kind(), ErrorKind::AddrInUse | ErrorKind::PermissionDenied) => {
                return Err(ErrorKind::AddrInUse.into());
            }
            // The machine has no such address: nobody else can answer there either.
            Err(_) => {}
        }
    }
    Ok(sockets)
}

/// One listening socket and the servers on it: the last one listens, those before it have stopped,
/// but may still be reading a request.
struct Door {
    address: SocketAddr,
    socket: TcpListener,
    servers: RefCell<Vec<Server>>,
    /// Set when nudges are not answered for so long that nobody listens.
    deaf: Arc<AtomicBool>,
}

impl Door {
    fn new(socket: TcpListener) -> io::Result<Door> {
        lengthen_queue(&socket);
        let servers = RefCell::new(vec![serve(&socket)?]);
        Ok(Door { address: socket.local_addr()?, socket, servers, deaf: Arc::default() })
    }

    fn receive(&self, wait: Duration) -> Option<Request> {
        if self.deaf.swap(false, Ordering::Relaxed) {
            self.reopen();
        }
        let received = self.poll(wait);
        match received {
            Ok(Some(request)) if is_dangerous(&request) => {
                discard(request);
                None
            }
            Ok(request) => request,
            Err(_) => {
                // Not at once: when descriptors are used up, the next `accept` fails as well.
                thread::sleep(RECOVERY);
                self.reopen();
                None
            }
        }
    }

    /// What the old servers still have, else what the last one gets within `wait`.
    fn poll(&self, wait: Duration) -> io::Result<Option<Request>> {
        let servers = self.servers.borrow();
        let (last, old) = servers.split_last().expect("there is one from the start");
        // That an old one stopped is no news.
        let late = old.iter().find_map(|server| server.try_recv().ok().flatten());
        late.map_or_else(|| last.recv_timeout(wait), |request| Ok(Some(request)))
    }

    /// Another server on the same socket, so that what waits in its backlog is served.
    fn reopen(&self) {
        // Without a descriptor for it the door stays deaf, which the nudger will notice again.
        if let Ok(server) = serve(&self.socket) {
            self.servers.borrow_mut().push(server);
        }
    }

    fn close(self) {
        let Door { address, socket, servers, .. } = self;
        drop(socket);
        // Dropping a server connects to it, which waits without limit when its backlog is full.
        let dropping = move || servers.into_inner().into_iter().rev().for_each(drop);
        let _ = thread::Builder::new().name("callback close".into()).spawn(dropping);
        // Its listening thread ends some moments later.
        let deadline = Instant::now() + RELEASE;
        while Instant::now() < deadline && TcpStream::connect_timeout(&address, GLANCE).is_ok() {
            thread::sleep(Duration::from_millis(1));
        }
    }
}

fn serve(socket: &TcpListener) -> io::Result<Server> {
    Server::from_listener(socket.try_clone()?, None).map_err(io::Error::other)
}

/// Whether `tiny_http` would read from the client when this request is answered or dropped.
fn is_dangerous(request: &Request) -> bool {
    let has = |name| request.headers().iter().any(|header| header.field.equiv(name));
    let length = request.body_length().unwrap_or(0);
    has("Transfer-Encoding") || length > BUFFERED_BODY || (length > 0 && has("Expect"))
}

/// Refuses a request whose body would be read when it is answered: on a thread of its own, which
/// ends with the body or the connection, so that a page that sends thousands takes no descriptor
/// for good. What claims to be huge, or does not say, stays open and unanswered until this process
/// ends: its body would be read into as much memory as it claims.
fn discard(request: Request) {
    let has = |name| request.headers().iter().any(|header| header.field.equiv(name));
    let open_ended = has("Transfer-Encoding") || has("Expect");
    let length = request.body_length().unwrap_or(usize::MAX);
    // If no thread can be had, it must not be dropped here.
    let request = ManuallyDrop::new(request);
    if open_ended || length > DRAINED_BODY {
        return;
    }
    let refuse = move || {
        let mut stream = ManuallyDrop::into_inner(request).into_writer();
        let answer = Answer::page(405, &Page::Refused).bytes();
        let _ = stream.write_all(&answer).and_then(|()| stream.flush());
    };
    let _ = thread::Builder::new().name("callback discard".into()).spawn(refuse);
}

/// A request that was not answered yet. Dropped, it is answered as interrupted.
pub(super) struct Incoming {
    request: Option<Request>,
    writers: Arc<()>,
}

impl Incoming {
    /// What of it decides.
    pub fn head(&self) -> Option<Head<'_>> {
        let request = self.request.as_ref()?;
        let headers = request.headers();
        Some(Head {
            method: request.method().as_str(),
            target: request.url(),
            hosts: headers
                .iter()
                .filter(|header| header.field.equiv("Host"))
                .map(|header| header.value.as_str())
                .collect(),
            size: headers
                .iter()
                .map(|header| header.field.as_str().as_str().len() + header.value.as_str().len())
                .sum(),
        })
    }

    /// Answers, and returns when the answer is on its way, at the latest after two seconds.
    pub fn answer(mut self, answer: &Answer) {
        self.write(answer);
    }

    /// Answers without waiting for it. Of a flood, some get no answer.
    pub fn dismiss(mut self, answer: &Answer) {
        let Some(request) = self.request.take() else { return };
        if Arc::strong_count(&self.writers) > MAX_WRITERS {
            // Dropping it would write, and so might wait.
            std::mem::forget(request);
            return;
        }
        let _ = write(request, answer.bytes(), self.writers.clone());
    }

    fn write(&mut self, answer: &Answer) {
        let Some(request) = self.request.take() else { return };
        let written = write(request, answer.bytes(), self.writers.clone());
        // Late or never: the browser has gone, and nobody else waits for it.
        let _ = written.recv_timeout(WRITE_PATIENCE);
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        if self.request.is_some() {
            self.write(&Answer::page(500, &Page::Interrupted));
        }
    }
}

/// Writes on a thread of its own, and reports when done. `writer` is given back then.
fn write(request: Request, bytes: Vec<u8>, writer: Arc<()>) -> Receiver<()> {
    let (done, written) = channel();
    let mut stream = request.into_writer();
    let job = move || {
        // A browser that hung up needs no answer.
        let _ = stream.write_all(&bytes).and_then(|()| stream.flush());
        drop((stream, writer));
        let _ = done.send(());
    };
    // Without a thread the answer is lost, not the login.
    let _ = thread::Builder::new().name("callback answer".into()).spawn(job);
    written
}

/// Opens connections to ourselves, so that no request stays queued behind busy threads.
struct Nudger {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// A door as the nudger sees it.
struct Nudged {
    address: SocketAddr,
    deaf: Arc<AtomicBool>,
    /// How far this process's descriptors reached the last time.
    reach: usize,
}

impl Nudger {
    /// How often each door is nudged.
    const PERIOD: Duration = Duration::from_millis(100);
    /// How many nudges a door gets each time. Each one frees one queued connection.
    const BATCH: usize = 16;
    /// How many batches it gets while not all nudges are answered: then they are queued themselves.
    const MAX_BATCHES: usize = 4;
    /// How long an answer takes at most when nothing is wrong.
    const PATIENCE: Duration = Duration::from_millis(20);
    /// How many connections are nudged for at most when they came all at once.
    const CROWD: usize = 512;
    /// How many descriptors the server takes for a connection.
    const DESCRIPTORS: usize = 2;

    fn start(mut doors: Vec<Nudged>) -> io::Result<Nudger> {
        let (stop, stopped) = channel();
        let job = move || {
            while stopped.recv_timeout(Self::PERIOD) == Err(RecvTimeoutError::Timeout) {
                for door in &mut doors {
                    if !Self::nudge_enough(door) {
                        door.deaf.store(true, Ordering::Relaxed);
                    }
                }
            }
        };
        let thread = thread::Builder::new().name("callback nudge".into()).spawn(job)?;
        Ok(Nudger { stop: Some(stop), thread: Some(thread) })
    }

    /// One nudge for each connection that came since the last time, for all of them may be queued, and
    /// more until they are answered. Whether anyone answered at all.
    fn nudge_enough(door: &mut Nudged) -> bool {
        let (mut sent, mut heard) = (0, false);
        let before = door.reach;
        loop {
            let (answers, reach) = Self::nudge(&door.address);
            let came = (reach.saturating_sub(before) / Self::DESCRIPTORS).min(Self::CROWD);
            sent += Self::BATCH;
            heard |= answers > 0;
            door.reach = reach;
            let most = if answers == Self::BATCH { came } else { came + Self::MAX_BATCHES * Self::BATCH };
            if sent >= most {
                return heard;
            }
        }
    }

    /// Opens a batch of connections, sends an empty line on each, and closes them when the "bad
    /// request" has come, or did not come in time. Returns how many were answered, and how far the
    /// descriptors reach.
    ///
    /// Closing with that answer unread resets the connection. Closing silently would leave our
    /// port number in `TIME_WAIT`, and within a minute none would be left for the browser.
    fn nudge(address: &SocketAddr) -> (usize, usize) {
        let open = || -> io::Result<TcpStream> {
            let mut stream = TcpStream::connect_timeout(address, Self::PATIENCE)?;
            stream.write_all(b"\r\n")?;
            Ok(stream)
        };
        let streams: Vec<_> = (0..Self::BATCH).map_while(|_| open().ok()).collect();
        let deadline = Instant::now() + Self::PATIENCE;
        let answers = streams.iter().filter(|stream| Self::is_answered(stream, deadline)).count();
        (answers, streams.iter().map(descriptor).max().unwrap_or(0))
    }

    fn is_answered(stream: &TcpStream, deadline: Instant) -> bool {
        let rest = deadline.saturating_duration_since(Instant::now()).max(Duration::from_micros(100));
        stream.set_read_timeout(Some(rest)).is_ok() && stream.peek(&mut [0]).is_ok_and(|length| length > 0)
    }

    fn stop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A nudge that panicked is no reason to fail now.
            let _ = thread.join();
        }
    }
}

/// The number of a descriptor. It tells how many are in use, as the system gives out the lowest free one.
#[cfg(unix)]
fn descriptor(stream: &TcpStream) -> usize {
    use std::os::fd::AsRawFd;
    usize::try_from(stream.as_raw_fd()).unwrap_or(0)
}

/// The numbers of Windows tell nothing: there each door gets one batch.
#[cfg(not(unix))]
fn descriptor(_: &TcpStream) -> usize {
    0
}

/// Keeps the server's panics off the terminal: each costs one connection, which its peer has given
/// up, and one thread, which the pool replaces.
fn hush_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !info.location().is_some_and(|location| location.file().contains("tiny_http")) {
                previous(info);
            }
        }));
    });
}

/// Listening once more is how the length is changed; where it is not, the queue stays as it was.
#[cfg(unix)]
fn lengthen_queue(socket: &TcpListener) {
    let _ = rustix::net::listen(socket, QUEUE);
}

#[cfg(not(unix))]
fn lengthen_queue(_: &TcpListener) {}

/// At the limit `tiny_http` would stop listening: each connection takes two descriptors, and
/// macOS starts with 256.
#[cfg(unix)]
fn raise_open_file_limit() {
    // More would only slow down child processes that close all descriptors one by one.
    const ENOUGH: libc::rlim_t = 8192;
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: both calls only read or write the one `rlimit` they are given, which lives on this
    // stack frame. The standard library offers no such call.
    #[allow(unsafe_code)]
    unsafe {
        if libc::getrlimit(libc::RLIMIT_NOFILE, &raw mut limit) == 0 && limit.rlim_cur < ENOUGH {
            limit.rlim_cur = limit.rlim_max.min(ENOUGH);
            libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit);
        }
    }
}

#[cfg(not(unix))]
fn raise_open_file_limit() {}
