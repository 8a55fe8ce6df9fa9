//! A proxy that answers for the marketplaces, so that the definitions can be tested as shipped.
//!
//! It listens on loopback, takes `CONNECT`, ends TLS with a certificate authority of its own and
//! hands each request to a scripted [`Site`]. The program under test learns of it by the
//! environment alone, as it would of a company's proxy:
//!
//! ```ignore
//! let amazon = Amazon::new();
//! let app = amazon.app(amazon::App::new().redirect_uri("https://erp.example/amazon/callback"));
//! amazon.log_in("A2SHOPDE");
//! let proxy = Proxy::start(vec![Box::new(amazon.clone()), Box::new(Relay::new("erp.example"))]);
//!
//! let program = Command::new("sellauth").envs(proxy.env()); // … `connect amazon --no-browser`
//! let page = Browser::new(&proxy).consent(&authorization_url);
//! assert_eq!(page.url.host_str(), Some("127.0.0.1"));
//!
//! assert_eq!(proxy.count("api.amazon.com/auth/o2/token"), 1);
//! proxy.fail_next("api.amazon.com", Failure::Status(503)); // … `refresh` is exit 7
//! amazon.revoke("A2SHOPDE"); // … `refresh` is exit 4
//! for secret in proxy.issued_secrets() { /* … is in no file and no log */ }
//! ```
//!
//! Dropping the proxy fails the test if an unknown host was asked for, a request was malformed, a
//! site panicked, or something scripted never came about. Where a function takes a *target*, that
//! is a host (`api.otto.market`) or a host and the beginning of a path (`api.otto.market/v1/apps`).

#![allow(dead_code, reason = "a harness: each test uses the part it needs")]

mod browser;
mod http;
#[cfg(test)]
mod tests;
mod tls;

use std::{
    io::{self, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use rustls::{ServerConnection, StreamOwned};
use tempfile::NamedTempFile;

pub use browser::Browser;
#[allow(unused_imports, reason = "named only where a test passes one on")]
pub use browser::Outcome;
pub use http::{Fields, Request, Response};
use http::{Head, Unreadable};
pub use tls::Authority;

/// Longer than any honest wait on a busy machine, shorter than a test run's patience.
const PATIENCE: Duration = Duration::from_secs(10);

/// Something that answers for one or more hosts.
pub trait Site: Send + Sync {
    /// Whether it answers for this host (lower case, no port).
    fn serves(&self, host: &str) -> bool;

    /// The answer to one request. A panic is an answer 500 and fails the test.
    fn answer(&self, request: &Request) -> Response;

    /// Every secret it gave out or was set up with.
    fn issued_secrets(&self) -> Vec<String> {
        Vec::new()
    }

    /// What was scripted and never came about.
    fn unmet(&self) -> Vec<String> {
        Vec::new()
    }
}

/// What goes wrong with one request, see [`Proxy::fail_next`].
#[derive(Clone, Debug)]
pub enum Failure {
    /// This status with an empty body; the site never sees the request.
    Status(u16),
    /// 429 that says when to come back; the site never sees the request.
    RetryAfter(Duration),
    /// 200 with a page where JSON was wanted; the site never sees the request.
    Html,
    /// 200 with JSON that breaks off; the site never sees the request.
    BadJson,
    /// Exactly this answer; the site never sees the request.
    Answer(Response),
    /// The connection ends without an answer; the site never sees the request.
    Drop,
    /// The site does what was asked, and its answer is lost.
    LoseAnswer,
    /// The site does what was asked at once, and its answer comes this much later.
    Delay(Duration),
}

impl Failure {
    /// The answer in the site's stead; nothing if the connection is to break off.
    fn response(self) -> Option<Response> {
        match self {
            Self::Status(status) => Some(Response::empty(status)),
            Self::RetryAfter(wait) => {
                Some(Response::empty(429).header("retry-after", &wait.as_secs().to_string()))
            }
            Self::Html => Some(Response::page(200, "We will be back soon")),
            Self::BadJson => Some(Response::text(200, "application/json", "{\"access_token\":\"Atz")),
            Self::Answer(response) => Some(response),
            Self::Drop | Self::LoseAnswer | Self::Delay(_) => None,
        }
    }
}

/// The running proxy. See the module's text for an example.
pub struct Proxy {
    address: SocketAddr,
    ca_file: NamedTempFile,
    inner: Arc<Inner>,
    acceptor: Option<JoinHandle<()>>,
}

struct Inner {
    sites: Vec<Box<dyn Site>>,
    authority: Authority,
    log: Mutex<Log>,
    change: Condvar,
    closing: AtomicBool,
}

#[derive(Default)]
struct Log {
    requests: Vec<Request>,
    /// When each of them came.
    arrivals: Vec<Instant>,
    /// Those that a site has dealt with; the answer may still be on its way, or lost.
    settled: Vec<Request>,
    failures: Vec<String>,
    planned: Vec<(String, Failure)>,
    strangers_tolerated: bool,
}

impl Proxy {
    /// Starts it on a free port of 127.0.0.1. The first site that serves a host answers for it.
    pub fn start(sites: Vec<Box<dyn Site>>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("an address");
        let authority = Authority::new();
        let mut ca_file = NamedTempFile::with_suffix(".pem").expect("a temporary file");
        ca_file.write_all(authority.pem().as_bytes()).expect("a writable file");
        let inner = Arc::new(Inner {
            sites,
            authority,
            log: Mutex::default(),
            change: Condvar::new(),
            closing: AtomicBool::new(false),
        });
        let acceptor = thread::spawn({
            let inner = Arc::clone(&inner);
            move || inner.accept(&listener)
        });
        Self { address, ca_file, inner, acceptor: Some(acceptor) }
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The file with the authority's certificate.
    pub fn ca_file(&self) -> &Path {
        self.ca_file.path()
    }

    /// The authority's certificate.
    pub fn ca_pem(&self) -> String {
        self.inner.authority.pem()
    }

    /// The environment that sends a program through the proxy.
    pub fn env(&self) -> Vec<(&'static str, String)> {
        vec![
            ("HTTPS_PROXY", self.url()),
            ("HTTP_PROXY", self.url()),
            ("NO_PROXY", "localhost,127.0.0.1,[::1]".to_owned()),
            ("SSL_CERT_FILE", self.ca_file().display().to_string()),
        ]
    }

    /// The flags that send Chromium through the proxy. It leaves loopback out by itself; its own
    /// calls home need [`Proxy::tolerate_strangers`].
    pub fn chromium_flags(&self) -> [String; 2] {
        [
            format!("--proxy-server={}", self.url()),
            format!("--ignore-certificate-errors-spki-list={}", self.inner.authority.host_key_hash()),
        ]
    }

    /// Every request so far, in the order of arrival.
    pub fn requests(&self) -> Vec<Request> {
        self.inner.log().requests.clone()
    }

    /// The requests that went to a target.
    pub fn requests_to(&self, target: &str) -> Vec<Request> {
        let mut requests = self.requests();
        requests.retain(|request| request.is_at(target));
        requests
    }

    /// When the requests came that went to a target, in order.
    pub fn times_at(&self, target: &str) -> Vec<Instant> {
        let log = self.inner.log();
        let all = log.requests.iter().zip(&log.arrivals);
        all.filter(|(request, _)| request.is_at(target)).map(|(_, at)| *at).collect()
    }

    /// How many requests went to a target.
    pub fn count(&self, target: &str) -> usize {
        self.inner.log().count(target)
    }

    /// Waits until a target has dealt with `count` requests (10 s at most), e.g. to kill a program
    /// whose answer is on its way.
    pub fn wait_for(&self, target: &str, count: usize) {
        let settled = |log: &Log| log.settled.iter().filter(|request| request.is_at(target)).count();
        let (log, timeout) = self
            .inner
            .change
            .wait_timeout_while(self.inner.log(), PATIENCE, |log| settled(log) < count)
            .unwrap_or_else(PoisonError::into_inner);
        assert!(!timeout.timed_out(), "{} of {count} requests to {target}", settled(&log));
    }

    /// Lets the next request to a target fail. Several failures of one target come about in the
    /// order in which they were planned.
    pub fn fail_next(&self, target: &str, failure: Failure) {
        let host = target.split('/').next().unwrap_or(target);
        assert!(self.inner.site(host).is_some(), "nobody serves {host}");
        self.inner.log().planned.push((target.to_owned(), failure));
    }

    /// Every secret that the sites gave out or were set up with.
    pub fn issued_secrets(&self) -> Vec<String> {
        self.inner.sites.iter().flat_map(|site| site.issued_secrets()).collect()
    }

    /// Unknown hosts are refused as ever, but no longer fail the test.
    pub fn tolerate_strangers(&self) {
        self.inner.log().strangers_tolerated = true;
    }

    /// Takes the failures noticed so far, so that they no longer fail the test.
    pub fn take_failures(&self) -> Vec<String> {
        std::mem::take(&mut self.inner.log().failures)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.inner.closing.store(true, Ordering::SeqCst);
        // Wakes the acceptor; if the port is gone, so is the acceptor.
        let _ = TcpStream::connect(self.address);
        if let Some(acceptor) = self.acceptor.take() {
            let _ = acceptor.join();
        }
        if thread::panicking() {
            return;
        }
        let mut failures = self.take_failures();
        failures.extend(self.inner.unmet());
        assert!(failures.is_empty(), "the proxy saw:\n  {}", failures.join("\n  "));
    }
}

impl Log {
    fn count(&self, target: &str) -> usize {
        self.requests.iter().filter(|request| request.is_at(target)).count()
    }

    fn take_planned(&mut self, request: &Request) -> Option<Failure> {
        let at = self.planned.iter().position(|(target, _)| request.is_at(target))?;
        Some(self.planned.remove(at).1)
    }
}

impl Inner {
    fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn site(&self, host: &str) -> Option<&dyn Site> {
        self.sites.iter().find(|site| site.serves(host)).map(AsRef::as_ref)
    }

    fn unmet(&self) -> Vec<String> {
        let planned = self.log().planned.clone();
        let planned =
            planned.iter().map(|(target, failure)| format!("{failure:?} at {target} was never met"));
        planned.chain(self.sites.iter().flat_map(|site| site.unmet())).collect()
    }

    fn accept(self: &Arc<Self>, listener: &TcpListener) {
        for stream in listener.incoming() {
            if self.closing.load(Ordering::SeqCst) {
                return;
            }
            let Ok(stream) = stream else { continue };
            let inner = Arc::clone(self);
            thread::spawn(move || {
                if let Err(Unreadable::Malformed(what)) = inner.serve(stream) {
                    inner.log().failures.push(format!("malformed request: {what}"));
                }
            });
        }
    }

    /// One connection: `CONNECT`, TLS, one request, one answer.
    fn serve(&self, mut stream: TcpStream) -> Result<(), Unreadable> {
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_nodelay(true)?;
        let head = Head::read(&mut stream)?;
        let Some((host, site)) = self.destination(&head) else {
            self.refuse(&head);
            return Ok(Response::empty(502).write_to(&mut stream)?);
        };
        stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")?;
        let connection =
            ServerConnection::new(self.authority.server_config(&host)).map_err(io::Error::other)?;
        let mut stream = StreamOwned::new(connection, stream);
        let request = Request::read(&host, &mut stream)?;
        if let Some(response) = self.answer(site, &request) {
            response.write_to(&mut stream)?;
            stream.conn.send_close_notify();
            stream.flush()?;
        }
        Ok(())
    }

    fn destination(&self, head: &Head) -> Option<(String, &dyn Site)> {
        let host = head.target.strip_suffix(":443").filter(|_| head.method == "CONNECT")?;
        let host = host.to_ascii_lowercase();
        self.site(&host).map(|site| (host, site))
    }

    fn refuse(&self, head: &Head) {
        let mut log = self.log();
        if !log.strangers_tolerated {
            log.failures.push(format!("unexpected destination: {} {}", head.method, head.target));
        }
    }

    /// Records the request and answers it; nothing if the connection is to break off.
    fn answer(&self, site: &dyn Site, request: &Request) -> Option<Response> {
        let planned = {
            let mut log = self.log();
            log.requests.push(request.clone());
            log.arrivals.push(Instant::now());
            log.take_planned(request)
        };
        let (response, delay) = match planned {
            None => (Some(self.ask(site, request)), Duration::ZERO),
            Some(Failure::Delay(delay)) => (Some(self.ask(site, request)), delay),
            Some(Failure::LoseAnswer) => {
                self.ask(site, request);
                (None, Duration::ZERO)
            }
            Some(failure) => (failure.response(), Duration::ZERO),
        };
        self.log().settled.push(request.clone());
        self.change.notify_all();
        thread::sleep(delay);
        response
    }

    fn ask(&self, site: &dyn Site, request: &Request) -> Response {
        catch_unwind(AssertUnwindSafe(|| site.answer(request))).unwrap_or_else(|panic| {
            let words = panic.downcast_ref::<String>().map(String::as_str);
            let words = words.or(panic.downcast_ref::<&str>().copied()).unwrap_or("no words");
            let Request { method, host, path, .. } = request;
            self.log().failures.push(format!("panic at {method} {host}{path}: {words}"));
            Response::empty(500)
        })
    }
}
