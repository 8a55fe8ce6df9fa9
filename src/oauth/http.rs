//! Sending a request: the only file that knows `reqwest`.

use std::error::Error as _;
use std::io::{self, Read};
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::blocking::{Client as Reqwest, ClientBuilder, RequestBuilder};
use reqwest::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;
use url::Url;
use zeroize::Zeroizing;

use super::request::Request;
use super::response::Response;
use crate::text;

/// A token answer is a few kilobytes; more is not one.
const LARGEST_ANSWER: usize = 1 << 20;

/// An idle connection is used again for so long: servers close theirs after five seconds and more,
/// and a request sent into one that is just being closed is lost.
const IDLE: Duration = Duration::from_secs(2);

/// Why no answer came.
#[derive(Debug, Error)]
pub enum HttpError {
    /// Nothing was sent: no connection, no name, no TLS.
    #[error("{}", text!("cause-unreachable", host = host))]
    Unreachable {
        /// The host.
        host: String,
        /// What the network said.
        source: anyhow::Error,
    },
    /// Sent, and perhaps processed; the answer is lost.
    #[error("{}", text!("cause-lost", host = host))]
    Lost {
        /// The host.
        host: String,
        /// What the network said.
        source: anyhow::Error,
    },
    /// Nothing was sent: a header line has a name or value that HTTP does not allow.
    #[error("{}", text!("cause-header", name = name))]
    Header {
        /// The header's name.
        name: String,
    },
    /// The client cannot be built: a certificate file, mostly.
    #[error("{}", text!("cause-client"))]
    Setup(#[source] anyhow::Error),
}

impl HttpError {
    /// The answer of `url`'s host is lost, or its end.
    pub fn lost(url: &Url, source: impl Into<anyhow::Error>) -> Self {
        Self::Lost { host: url.host_str().unwrap_or_default().to_owned(), source: source.into() }
    }
}

/// What keeps a host out of reach, as far as an error tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    /// No client can be built: a certificate file, mostly.
    Setup,
    /// The proxy does not answer, or does not let us through.
    Proxy,
    /// Nobody knows the host's address.
    Name,
    /// The host's certificate is signed by nobody we know.
    Issuer,
    /// The host's certificate is not valid today, by this machine's clock.
    Date,
    /// Anything else between TCP and HTTP.
    Tls,
    /// No answer in time.
    Silence,
    /// Anything else.
    Other,
}

/// An HTTPS client with the system's certificates and proxies. Follows no redirect, so that what
/// it sends reaches nobody else (RFC 9700 section 4.12).
pub struct Client {
    /// Or why there is none: a system without certificates can still reach itself.
    https: Result<Reqwest, String>,
    /// Plain HTTP goes to this machine only, so past every proxy: one would read the secrets in it.
    plain: Reqwest,
    /// How long one request may take, to the last byte of its answer.
    deadline: Duration,
}

impl Client {
    /// A client whose requests end after `deadline`. `ca_file` holds further certificates in PEM;
    /// `SSL_CERT_FILE` replaces the system's, `HTTPS_PROXY` and `NO_PROXY` are honoured.
    pub fn new(deadline: Duration, ca_file: Option<&Path>) -> Result<Self, HttpError> {
        // The second call in a process finds it installed, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let settings = || {
            Reqwest::builder()
                .timeout(deadline)
                .redirect(reqwest::redirect::Policy::none())
                .referer(false)
                .pool_idle_timeout(IDLE)
                .user_agent(concat!("sellauth/", env!("CARGO_PKG_VERSION")))
        };
        let mut https = settings();
        if let Some(path) = ca_file {
            let pem = crate::files::read_plain(path).map_err(|error| {
                HttpError::Setup(anyhow::Error::new(error).context(path.display().to_string()))
            })?;
            let certificates = reqwest::Certificate::from_pem_bundle(&pem)
                .map_err(|error| HttpError::Setup(error.into()))?;
            https = https.tls_certs_merge(certificates);
        }
        // Without certificates, since loading the system's takes milliseconds.
        let plain = settings().no_proxy().tls_certs_only([]);
        let build = |builder: ClientBuilder| builder.build().map_err(|error| root(error).to_string());
        let plain = build(plain).map_err(|cause| HttpError::Setup(anyhow::anyhow!(cause)))?;
        Ok(Self { https: build(https), plain, deadline })
    }

    /// Whether requests to `url` can be made at all: to be known before a code is spent.
    pub fn ready_for(&self, url: &Url) -> Result<(), HttpError> {
        self.client_for(url).map(|_| ())
    }

    fn client_for(&self, url: &Url) -> Result<&Reqwest, HttpError> {
        match &self.https {
            _ if url.scheme() == "http" => Ok(&self.plain),
            Ok(https) => Ok(https),
            Err(cause) => Err(HttpError::Setup(anyhow::anyhow!(cause.clone()))),
        }
    }

    /// Sends a request and reads the whole answer, up to a megabyte.
    pub fn send(&self, request: &Request) -> Result<Response, HttpError> {
        let over = Instant::now() + self.deadline;
        let mut incoming = self.open(request)?;
        let (status, retry_after) = (incoming.status(), incoming.retry_after());
        let location = incoming.header("location").map(str::to_owned);
        let date = incoming.date();
        let index = incoming.header("x-vault-index").map(str::to_owned);
        let body = read_until(&mut incoming, over).map_err(|error| HttpError::lost(&request.url, error))?;
        let text = Zeroizing::new(String::from_utf8_lossy(&body).into_owned());
        Ok(Response { status, retry_after, location, date, index, body: SecretString::from(text.as_str()) })
    }

    /// Sends a request, and leaves the body of its answer to be read: every read has the deadline anew.
    pub fn open(&self, request: &Request) -> Result<Incoming, HttpError> {
        let host = request.url.host_str().unwrap_or_default();
        let began = Instant::now();
        let response = self.build(request)?.send().map_err(|error| {
            let unsent = error.is_connect() || error.is_builder();
            let source = root(error.without_url());
            match unsent {
                true => HttpError::Unreachable { host: host.to_owned(), source },
                false => HttpError::lost(&request.url, source),
            }
        })?;
        let incoming = Incoming(response);
        let (status, took) = (incoming.status(), began.elapsed().as_millis());
        // Not the path: it may hold an id that is nobody's business.
        log::info!("{} {host}: HTTP {status} in {took} ms", request.method);
        Ok(incoming)
    }

    /// Asks the host of `url` for nothing but a sign of life, and returns what it says the time is.
    pub fn look(&self, url: &Url) -> Result<Option<Timestamp>, (Obstacle, anyhow::Error)> {
        let client = self.client_for(url).map_err(|error| (Obstacle::Setup, error.into()))?;
        let answer = client.head(url.clone()).send().map_err(|error| (obstacle(&error), root(error)))?;
        Ok(Incoming(answer).date())
    }

    fn build(&self, request: &Request) -> Result<RequestBuilder, HttpError> {
        let method = match request.method {
            "GET" => reqwest::Method::GET,
            "HEAD" => reqwest::Method::HEAD,
            "PUT" => reqwest::Method::PUT,
            "PATCH" => reqwest::Method::PATCH,
            "DELETE" => reqwest::Method::DELETE,
            _ => reqwest::Method::POST,
        };
        let mut headers = HeaderMap::new();
        for (name, value) in &request.headers {
            let unfit = || HttpError::Header { name: name.clone() };
            let header = HeaderName::from_bytes(name.as_bytes()).map_err(|_| unfit())?;
            let mut value = HeaderValue::from_str(value.expose_secret()).map_err(|_| unfit())?;
            value.set_sensitive(true);
            headers.append(header, value);
        }
        let body = request.body.encode();
        let media_type = body.as_ref().map(|(media_type, _)| HeaderValue::from_static(media_type));
        // These are the usual ones: a request may say otherwise.
        headers.entry(ACCEPT).or_insert(HeaderValue::from_static("application/json"));
        if let Some(media_type) = media_type {
            headers.entry(CONTENT_TYPE).or_insert(media_type);
        }
        let client = self.client_for(&request.url)?;
        let builder = client.request(method, request.url.clone()).headers(headers);
        Ok(match body {
            Some((_, bytes)) => builder.body(bytes.to_vec()),
            None if matches!(request.method, "GET" | "HEAD" | "DELETE") => builder,
            // RFC 9110 section 8.6: nothing is said where something could be.
            None => builder.header(CONTENT_LENGTH, "0"),
        })
    }
}

/// The whole answer, up to a megabyte. The client's own deadline begins anew with every byte that comes.
fn read_until(incoming: &mut impl Read, over: Instant) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut body = Zeroizing::new(Vec::new());
    let mut piece = Zeroizing::new([0; 16 * 1024]);
    while body.len() < LARGEST_ANSWER {
        if Instant::now() >= over {
            return Err(io::ErrorKind::TimedOut.into());
        }
        match incoming.read(&mut piece[..]) {
            Ok(0) => break,
            Ok(read) => {
                let room = LARGEST_ANSWER - body.len();
                body.extend_from_slice(&piece[..read.min(room)]);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(body)
}

/// An answer whose body is still to be read, byte for byte as it was sent.
pub struct Incoming(reqwest::blocking::Response);

impl Incoming {
    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.0.status().as_u16()
    }

    /// Seconds the server asks to wait (`Retry-After`).
    pub fn retry_after(&self) -> Option<u64> {
        self.header("retry-after").and_then(|value| value.trim().parse().ok())
    }

    /// What the server says the time is (RFC 9110 section 6.6.1).
    pub fn date(&self) -> Option<Timestamp> {
        self.header("date").and_then(|date| DateTimeParser::new().parse_timestamp(date).ok())
    }

    /// Status line and headers as HTTP/1.1 writes them, up to the empty line.
    pub fn head(&self) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {}\r\n", self.0.status()).into_bytes();
        for (name, value) in self.0.headers() {
            head.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
        }
        head.extend(b"\r\n");
        head
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.0.headers().get(name).and_then(|value| value.to_str().ok())
    }
}

impl Read for Incoming {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

/// What an error of a request that was never answered is about.
fn obstacle(error: &reqwest::Error) -> Obstacle {
    let mut causes = std::iter::successors(error.source(), |cause| (*cause).source());
    causes.find_map(obstacle_in).unwrap_or(match error.is_timeout() {
        true => Obstacle::Silence,
        false => Obstacle::Other,
    })
}

/// Which of them one cause stands for, if it tells.
fn obstacle_in(cause: &(dyn std::error::Error + 'static)) -> Option<Obstacle> {
    use rustls::CertificateError::{Expired, ExpiredContext, NotValidYet, NotValidYetContext};
    let wrapped = cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    let wrapped = wrapped.and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match cause.downcast_ref::<rustls::Error>().or(wrapped) {
        Some(rustls::Error::InvalidCertificate(
            Expired | ExpiredContext { .. } | NotValidYet | NotValidYetContext { .. },
        )) => return Some(Obstacle::Date),
        Some(rustls::Error::InvalidCertificate(_)) => return Some(Obstacle::Issuer),
        Some(_) => return Some(Obstacle::Tls),
        None => {}
    }
    // The types of these are not public.
    let words = cause.to_string();
    let begins = [("tunnel error", Obstacle::Proxy), ("dns error", Obstacle::Name)];
    begins.into_iter().find(|(begin, _)| words.starts_with(begin)).map(|(_, obstacle)| obstacle)
}

/// The innermost cause: "connection refused" says more than the four sentences around it.
fn root(error: reqwest::Error) -> anyhow::Error {
    let error = anyhow::Error::new(error);
    let cause = error.root_cause().to_string();
    anyhow::anyhow!(cause)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oauth::request::Body;

    /// A server that sends a byte at a time, and never ends.
    struct Drip;

    impl Read for Drip {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            buffer[0] = b'x';
            Ok(1)
        }
    }

    #[test]
    fn an_answer_that_drips_ends_with_the_deadline() {
        let error = read_until(&mut Drip, Instant::now()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        let whole = read_until(&mut Drip, Instant::now() + Duration::from_secs(3600)).unwrap();
        assert_eq!(whole.len(), LARGEST_ANSWER);
        assert_eq!(
            *read_until(&mut &b"abc"[..], Instant::now() + Duration::from_secs(3600)).unwrap(),
            b"abc"
        );
    }

    #[test]
    fn a_header_that_http_does_not_allow_is_not_sent_otherwise() {
        let client = Client::new(Duration::from_secs(5), None).unwrap();
        for (name, value) in [("Authorization", "Bearer a\nb"), ("two words", "a")] {
            let request = Request {
                method: "GET",
                url: Url::parse("http://127.0.0.1:9/").unwrap(),
                headers: vec![(name.to_owned(), value.into())],
                body: Body::Empty,
            };
            let error = client.send(&request).err().unwrap();
            assert!(matches!(&error, HttpError::Header { name: named } if named == name), "{error:?}");
        }
    }
}
