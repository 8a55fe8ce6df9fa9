//! The sockets: `tiny_http` 0.12, with guards against what it cannot cope with by itself.
//!
//! - Its pool counts a thread as free until that thread has woken, so that a burst of idle
//!   connections (a browser opens some ahead) leaves later requests in a queue nobody reads. Every
//!   further connection frees one queued task, so [`nudge`] keeps making some.
//! - It allocates, and reads, whatever part of a body is left when a request is dropped. Bodies of up
//!   to 1,024 bytes it reads before we see the request; any other is refused and its request forgotten.
//! - Its own answers cannot say `Connection: close`; ours are written as bytes.

use std::io::{self, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tiny_http::StatusCode;

/// No handler waits for anything but the ledger, so a few threads are plenty.
const WORKERS: usize = 3;

/// The largest body `tiny_http` reads before it hands a request over. The largest honest one, a token
/// request with a verifier of 128 characters, has about 500 bytes.
const BODY_LIMIT: usize = 1_024;

/// How often, and how many at a time, [`nudge`] connects. Measured over 40 bursts each: a request behind
/// 6 idle connections waits 3 ms at worst, behind 12 it waits 0.12 s, behind 60 1.2 s. Twice as many
/// would leave twice as many closed connections (2,400 now) for the system to wait out.
const NUDGE_EVERY: Duration = Duration::from_millis(50);
const NUDGES: usize = 2;

/// How long a worker waits before it looks whether it should end.
const POLL: Duration = Duration::from_millis(100);

/// What an endpoint gets to see of a request.
pub struct Request {
    /// The method, in capitals.
    pub method: String,
    /// The path without its query.
    pub path: String,
    /// The query, still encoded; empty where there is none.
    pub query: String,
    /// The body; empty where there is none.
    pub body: String,
    headers: Vec<(String, String)>,
}

impl Request {
    /// The value of the header `name`, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// What an endpoint answers.
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Name and value of each header; length and `Connection` are added when it is written.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: String,
}

/// A running server. It ends when dropped.
pub struct Server {
    stopped: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

/// Takes `port` (0: any free one) on 127.0.0.1.
pub fn bind(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
}

impl Server {
    /// Serves `listener` with `handler`, from several threads at once.
    pub fn open<H>(listener: TcpListener, handler: H) -> io::Result<Server>
    where
        H: Fn(&Request) -> Answer + Send + Sync + 'static,
    {
        let address = listener.local_addr()?;
        let http = Arc::new(tiny_http::Server::from_listener(listener, None).map_err(io::Error::other)?);
        let handler = Arc::new(handler);
        let stopped = Arc::new(AtomicBool::new(false));
        let mut threads = Vec::with_capacity(WORKERS + 1);
        for _ in 0..WORKERS {
            let (http, handler, stopped) = (Arc::clone(&http), Arc::clone(&handler), Arc::clone(&stopped));
            threads.push(thread::spawn(move || work(&http, handler.as_ref(), &stopped)));
        }
        let ending = Arc::clone(&stopped);
        threads.push(thread::spawn(move || nudge(address, &ending)));
        Ok(Server { stopped, threads })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Release);
        for thread in self.threads.drain(..) {
            // A worker that panicked has said so already, and there is nothing left to save.
            let _ = thread.join();
        }
    }
}

fn work(http: &tiny_http::Server, handler: &(impl Fn(&Request) -> Answer + ?Sized), stopped: &AtomicBool) {
    while !stopped.load(Ordering::Acquire) {
        match http.recv_timeout(POLL) {
            Ok(Some(request)) => respond(request, handler),
            Ok(None) => {}
            // The accept thread has ended (open-file limit): nothing will come any more.
            Err(_) => return,
        }
    }
}

fn nudge(address: SocketAddr, stopped: &AtomicBool) {
    while !stopped.load(Ordering::Acquire) {
        for _ in 0..NUDGES {
            drop(TcpStream::connect(address));
        }
        thread::sleep(NUDGE_EVERY);
    }
}

fn respond(mut incoming: tiny_http::Request, handler: &(impl Fn(&Request) -> Answer + ?Sized)) {
    if has_unread_body(&incoming) {
        return refuse_body(incoming);
    }
    let mut body = String::new();
    if io::Read::read_to_string(incoming.as_reader(), &mut body).is_err() {
        body.clear(); // not UTF-8, hence no form: the endpoint misses its parameters and says so
    }
    let answer = handler(&readable(&incoming, body));
    let mut writer = incoming.into_writer();
    // A client that has gone away is not our concern.
    let _ = writer.write_all(&answer.bytes()).and_then(|()| writer.flush());
}

/// Whether some of the body may still be in the socket, where reading it would wait for the client.
fn has_unread_body(request: &tiny_http::Request) -> bool {
    let unbuffered = |header: &tiny_http::Header| {
        header.field.equiv("Transfer-Encoding")
            || header.field.equiv("Expect")
            || header.field.equiv("Connection")
                && header.value.as_str().to_ascii_lowercase().contains("upgrade")
    };
    request.body_length().is_some_and(|length| length > BODY_LIMIT)
        || request.headers().iter().any(unbuffered)
}

/// Answers 413 and leaves the connection to the client: dropping it would read the rest of the body.
fn refuse_body(request: tiny_http::Request) {
    let connection = request.upgrade("close", tiny_http::Response::empty(StatusCode(413)));
    std::mem::forget(connection);
}

fn readable(request: &tiny_http::Request, body: String) -> Request {
    let (path, query) = request.url().split_once('?').unwrap_or((request.url(), ""));
    let header = |header: &tiny_http::Header| (header.field.to_string(), header.value.to_string());
    Request {
        method: request.method().to_string(),
        path: path.to_owned(),
        query: query.to_owned(),
        body,
        headers: request.headers().iter().map(header).collect(),
    }
}

impl Answer {
    fn bytes(&self) -> Vec<u8> {
        let reason = StatusCode(self.status).default_reason_phrase();
        let mut text = format!("HTTP/1.1 {} {reason}\r\n", self.status);
        for (name, value) in &self.headers {
            text.extend([name, ": ", value, "\r\n"]);
        }
        let length = self.body.len().to_string();
        text.extend(["Content-Length: ", &length, "\r\nConnection: close\r\n\r\n"]);
        text.push_str(&self.body);
        text.into_bytes()
    }
}
