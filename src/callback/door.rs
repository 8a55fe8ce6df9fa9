//! The sockets, and everything `tiny_http` 0.12 must be protected from. The only place that knows
//! which HTTP server it is.
//!
//! Bare, it fails in ways a browser alone can bring about:
//!
//! - Its thread pool counts a thread as waiting until it has woken up. Connections that arrive in
//!   that moment are queued for threads that are already taken, and stay there for good.
//!   [`Nudger`] opens a connection now and then, whose thread then takes the queue along.
//! - A request with a large body reads that body when dropped, into a buffer of the size the
//!   client claimed: [`body`].
//! - It drops a `Connection` header of ours, and writing an answer waits without limit for a
//!   client that does not read: answers are written raw, each on a thread of its own.
//! - After a failed `accept` (descriptors used up, a connection reset early) it listens no more,
//!   with or without a word about it: [`Door::reopen`].
//! - A connection reset right after its request makes it panic, on a thread of its own:
//!   [`hush_panics`]. So the program must be built to unwind.
//!
//! Two things keep a thread and two descriptors until this process ends, whatever is done here: a
//! body that claims more than a quarter of the machine's memory, and the version `HTTP/2.0` in a request line,
//! for which its thread waits for itself before anyone else gets to see the request. Some thousand of
//! them use up the descriptors, as connections that say nothing would: [`Doors::is_flooded`].

mod body;
mod nudger;

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::panic::{self, PanicHookInfo};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Once};
use std::thread;
use std::time::{Duration, Instant};

use tiny_http::{Request, Server};

use self::nudger::{Nudged, Nudger};
use super::answer::Answer;
use super::guard::Head;
use super::pages::Page;
use crate::messages::{self, Language};

/// Strays that are being answered at the same time; what comes on top gets no answer.
const MAX_WRITERS: usize = 256;
/// Descriptors from which on there is a flood: a thousand connections. A browser opens a dozen.
const FLOOD: usize = 2000;
/// Descriptors for what comes after the wait: to ask for tokens, and to store them.
const RESERVE: usize = 32;
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
    /// Descriptors that no flood can have. They are free when nobody is let in any more.
    _spare: Vec<File>,
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
        let limit = raise_open_file_limit();
        give_buffers_back();
        hush_panics();
        let doors = bind(wanted)?.into_iter().map(Door::new).collect::<io::Result<Vec<_>>>()?;
        let seen = |door: &Door| Nudged::new(door.address, door.deaf.clone());
        let nudger = Nudger::start(doors.iter().map(seen).collect(), FLOOD.min(limit / 2))?;
        let spare = (0..RESERVE).map_while(|_| File::open("/dev/null").ok()).collect();
        Ok(Doors { open: doors, nudger, writers: Arc::new(()), _spare: spare })
    }

    /// Where the first of them listens. All of them have its port.
    pub fn address(&self) -> SocketAddr {
        self.open[0].address
    }

    /// Whether connections that do not end take so many descriptors that the next may be turned away.
    pub fn is_flooded(&self) -> bool {
        self.nudger.is_flooded()
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
            Ok(Some(request)) if body::is_unread(&request) => {
                body::discard(request);
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

    /// What its sender reads: what the browser asks for, else what the terminal speaks.
    pub fn language(&self) -> Language {
        let headers = self.request.iter().flat_map(Request::headers);
        let mut wishes = headers
            .filter(|header| header.field.equiv("Accept-Language"))
            .map(|header| header.value.as_str());
        wishes.find_map(Language::of_header).unwrap_or_else(messages::spoken)
    }

    /// Answers, and returns when the answer is on its way, at the latest after two seconds.
    pub fn answer(mut self, answer: &Answer) {
        self.write(answer);
    }

    /// Answers without waiting for it. Of a flood, some get no answer.
    pub fn dismiss(mut self, answer: &Answer) {
        let Some(request) = self.request.take() else { return };
        if Arc::strong_count(&self.writers) > MAX_WRITERS {
            // Dropping the request itself would write, and so might wait.
            drop(request.into_writer());
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
            self.write(&Answer::page(500, &Page::Interrupted, self.language()));
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

/// Keeps the server's panics off the terminal: each costs one connection, which its peer has given
/// up, and one thread, which the pool replaces.
fn hush_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !is_servers(info) {
                previous(info);
            }
        }));
    });
}

/// Whether it is a panic of `tiny_http`, or of its nameless threads when they can have no more.
fn is_servers(info: &PanicHookInfo) -> bool {
    let own = info.location().is_some_and(|location| location.file().contains("tiny_http"));
    let message = info.payload().downcast_ref::<String>();
    let starved = message.is_some_and(|message| message.contains("failed to spawn thread"));
    own || (starved && thread::current().name().is_none())
}

/// Listening once more is how the length is changed; where it is not, the queue stays as it was.
#[cfg(unix)]
fn lengthen_queue(socket: &TcpListener) {
    let _ = rustix::net::listen(socket, QUEUE);
}

#[cfg(not(unix))]
fn lengthen_queue(_: &TcpListener) {}

/// At the limit `tiny_http` would stop listening: each connection takes two descriptors, and
/// macOS starts with 256. Returns the limit.
#[cfg(unix)]
fn raise_open_file_limit() -> usize {
    use rustix::process::{Resource, getrlimit, setrlimit};
    // More would only slow down child processes that close all descriptors one by one.
    const ENOUGH: u64 = 8192;
    let mut limit = getrlimit(Resource::Nofile);
    if limit.current.is_some_and(|current| current < ENOUGH) {
        limit.current = Some(limit.maximum.map_or(ENOUGH, |maximum| maximum.min(ENOUGH)));
        let _ = setrlimit(Resource::Nofile, limit);
    }
    let limit = getrlimit(Resource::Nofile).current;
    limit.and_then(|limit| limit.try_into().ok()).unwrap_or(usize::MAX)
}

/// Windows has none that matters.
#[cfg(not(unix))]
fn raise_open_file_limit() -> usize {
    usize::MAX
}

/// Has every large buffer returned to the system when it is freed. By itself glibc keeps those of
/// up to 32 MiB, several for each processor: 1.4 GB after a flood of bodies on a machine with two.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn give_buffers_back() {
    // What glibc begins with. Setting it is what keeps it.
    const LARGE: libc::c_int = 128 * 1024;
    // SAFETY: it takes two numbers and changes how later allocations are made, under the lock of
    // the allocator. Nothing safe sets it, but for a variable that is read before `main`.
    #[allow(unsafe_code)]
    unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE);
    }
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn give_buffers_back() {}
