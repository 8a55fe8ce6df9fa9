//! Stands between a machine and a server, and knows each request: what passes, what gets another answer, and
//! where the way ends, before a request has arrived or after it was dealt with.

#![allow(dead_code, reason = "a harness: each test uses the part it needs")]

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use reqwest::blocking::Client;
use reqwest::redirect::Policy;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::bao::Bao;
use super::proxy::{Request, Response};

/// Longer than anything the program waits for.
const PATIENCE: Duration = Duration::from_secs(130);
/// What belongs to one connection (RFC 9110 section 7.6.1), or is told anew.
const HOP_BY_HOP: [&str; 5] = ["connection", "content-length", "host", "keep-alive", "transfer-encoding"];

/// What becomes of a request.
pub enum Verdict {
    /// The server gets it, and its answer goes back.
    Pass,
    /// This answer, and the server sees nothing.
    Answer(Response),
    /// The connection ends, and the server sees nothing.
    Lost,
    /// The server deals with it, this is done, and the connection ends without an answer.
    Unanswered(Box<dyn FnOnce()>),
}

/// Judges each request as it arrives.
pub type Rule = Arc<dyn Fn(&Request) -> Verdict + Send + Sync>;

/// One request that the server has answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passed {
    /// The method.
    pub method: String,
    /// The path without the query.
    pub path: String,
    /// The server's status.
    pub status: u16,
}

/// A running gate. Dropping it ends it.
pub struct Gate {
    address: SocketAddr,
    inner: Arc<Inner>,
    accepting: Option<JoinHandle<()>>,
    wake: Arc<dyn Fn(SocketAddr) + Send + Sync>,
}

struct Inner {
    host: String,
    upstream: String,
    tls: Option<Arc<ServerConfig>>,
    http: Client,
    rule: Mutex<Rule>,
    passed: Mutex<Vec<Passed>>,
    ended: AtomicBool,
}

impl Gate {
    /// In front of an `OpenBao`, on loopback.
    pub fn before(bao: &Bao) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        Self::at(listener, bao, |address| drop(TcpStream::connect(address)))
    }

    /// In front of an `OpenBao`, at a listener somewhere else. `wake` connects there, that it can end.
    pub fn at(listener: TcpListener, bao: &Bao, wake: impl Fn(SocketAddr) + Send + Sync + 'static) -> Self {
        let address = listener.local_addr().unwrap();
        let tls = bao.authority().server_config(&address.ip().to_string());
        let certificate = reqwest::Certificate::from_pem(bao.authority().pem().as_bytes()).unwrap();
        let http = Client::builder().tls_certs_only([certificate]);
        Self::start(listener, &address.to_string(), &bao.address(), Some(tls), http, wake)
    }

    /// In front of a server without TLS, which is spoken to as `host`.
    pub fn before_plain(
        listener: TcpListener,
        host: &str,
        wake: impl Fn(SocketAddr) + Send + Sync + 'static,
    ) -> Self {
        Self::start(listener, host, &format!("http://{host}"), None, Client::builder(), wake)
    }

    fn start(
        listener: TcpListener,
        host: &str,
        upstream: &str,
        tls: Option<Arc<ServerConfig>>,
        http: reqwest::blocking::ClientBuilder,
        wake: impl Fn(SocketAddr) + Send + Sync + 'static,
    ) -> Self {
        // Fails only when another test was first, with the same provider.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = http.no_proxy().redirect(Policy::none()).timeout(PATIENCE).build().unwrap();
        let inner = Arc::new(Inner {
            host: host.to_owned(),
            upstream: upstream.to_owned(),
            tls,
            http,
            rule: Mutex::new(Arc::new(|_| Verdict::Pass)),
            passed: Mutex::default(),
            ended: AtomicBool::new(false),
        });
        let address = listener.local_addr().unwrap();
        let accepting = thread::spawn({
            let inner = Arc::clone(&inner);
            move || accept(&inner, &listener)
        });
        Self { address, inner, accepting: Some(accepting), wake: Arc::new(wake) }
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// `https://ADDRESS:PORT`.
    pub fn url(&self) -> String {
        format!("https://{}", self.address)
    }

    /// Judges every request from now on.
    pub fn judge(&self, rule: impl Fn(&Request) -> Verdict + Send + Sync + 'static) {
        self.judge_by(Arc::new(rule));
    }

    /// The same by a rule that others share.
    pub fn judge_by(&self, rule: Rule) {
        *self.inner.rule.lock().unwrap() = rule;
    }

    /// Everything passes from now on.
    pub fn open(&self) {
        self.judge(|_| Verdict::Pass);
    }

    /// Every request gets this answer from now on.
    pub fn answer_all(&self, response: Response) {
        self.judge(move |_| Verdict::Answer(response.clone()));
    }

    /// The requests that the server has answered, in order.
    pub fn passed(&self) -> Vec<Passed> {
        self.inner.passed.lock().unwrap().clone()
    }

    /// The same since the last time this was asked.
    pub fn take_passed(&self) -> Vec<Passed> {
        std::mem::take(&mut *self.inner.passed.lock().unwrap())
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.inner.ended.store(true, Ordering::SeqCst);
        (self.wake)(self.address);
        let _ = self.accepting.take().map(JoinHandle::join);
    }
}

fn accept(inner: &Arc<Inner>, listener: &TcpListener) {
    for stream in listener.incoming().filter_map(Result::ok) {
        if inner.ended.load(Ordering::SeqCst) {
            return;
        }
        let inner = Arc::clone(inner);
        thread::spawn(move || inner.serve(stream));
    }
}

impl Inner {
    /// One connection, one request. Whoever goes away in the middle of it has sent none.
    fn serve(&self, stream: TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_nodelay(true)?;
        let Some(tls) = &self.tls else {
            let mut stream = stream;
            return self.exchange(&mut stream).map(|_| ());
        };
        let connection = ServerConnection::new(Arc::clone(tls)).map_err(io::Error::other)?;
        let mut stream = StreamOwned::new(connection, stream);
        if self.exchange(&mut stream)? {
            stream.conn.send_close_notify();
        }
        stream.flush()
    }

    /// Whether there was an answer.
    fn exchange(&self, stream: &mut (impl Read + Write)) -> io::Result<bool> {
        let Ok(request) = Request::read(&self.host, stream) else { return Ok(false) };
        let rule = Arc::clone(&self.rule.lock().unwrap());
        let response = match rule(&request) {
            Verdict::Lost => return Ok(false),
            Verdict::Answer(response) => response,
            Verdict::Pass => self.forward(&request)?,
            Verdict::Unanswered(then) => {
                self.forward(&request)?;
                then();
                return Ok(false);
            }
        };
        response.write_to(stream)?;
        Ok(true)
    }

    fn forward(&self, request: &Request) -> io::Result<Response> {
        let query = if request.query.is_empty() { String::new() } else { format!("?{}", request.query) };
        let url = format!("{}{}{query}", self.upstream, request.path);
        let method = request.method.parse().map_err(io::Error::other)?;
        let fields = request.headers.iter().filter(|(name, _)| !HOP_BY_HOP.contains(&name.as_str()));
        let outgoing =
            fields.fold(self.http.request(method, url), |out, (name, value)| out.header(name, value));
        let answer = outgoing.body(request.body.clone()).send().map_err(io::Error::other)?;
        let status = answer.status().as_u16();
        self.passed.lock().unwrap().push(Passed {
            method: request.method.clone(),
            path: request.path.clone(),
            status,
        });
        let fields: Vec<_> =
            answer.headers().iter().map(|(name, value)| (name.to_string(), value.clone())).collect();
        let body = answer.bytes().map_err(io::Error::other)?;
        let mut response = Response::empty(status).body(body);
        for (name, value) in fields.iter().filter(|(name, _)| !HOP_BY_HOP.contains(&name.as_str())) {
            response = response.header(name, value.to_str().map_err(io::Error::other)?);
        }
        Ok(response)
    }
}
