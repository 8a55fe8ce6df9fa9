//! Sending a request: the only file that knows `reqwest`.

use std::io::Read;
use std::path::Path;
use std::time::Duration;

use reqwest::blocking::Client as Reqwest;
use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;
use zeroize::Zeroizing;

use super::request::Request;
use super::response::Response;
use crate::text;

/// A token answer is a few kilobytes; more is not one.
const LARGEST_ANSWER: u64 = 1 << 20;

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
    /// The client cannot be built: a certificate file, mostly.
    #[error("{}", text!("cause-client"))]
    Setup(#[source] anyhow::Error),
}

/// An HTTPS client with the system's certificates and proxies. Follows no redirect, so that what
/// it sends reaches nobody else (RFC 9700 section 4.12).
pub struct Client(Reqwest);

impl Client {
    /// A client whose requests end after `deadline`. `ca_file` holds further certificates in PEM;
    /// `SSL_CERT_FILE` replaces the system's, `HTTPS_PROXY` and `NO_PROXY` are honoured.
    pub fn new(deadline: Duration, ca_file: Option<&Path>) -> Result<Self, HttpError> {
        // The second call in a process finds it installed, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = Reqwest::builder()
            .timeout(deadline)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .user_agent(concat!("sellauth/", env!("CARGO_PKG_VERSION")));
        if let Some(path) = ca_file {
            let pem = std::fs::read(path).map_err(|error| {
                HttpError::Setup(anyhow::Error::new(error).context(path.display().to_string()))
            })?;
            let certificates = reqwest::Certificate::from_pem_bundle(&pem)
                .map_err(|error| HttpError::Setup(error.into()))?;
            builder = builder.tls_certs_merge(certificates);
        }
        builder.build().map(Self).map_err(|error| HttpError::Setup(error.into()))
    }

    /// Sends a request and reads the whole answer, up to a megabyte.
    pub fn send(&self, request: &Request) -> Result<Response, HttpError> {
        let host = request.url.host_str().unwrap_or_default().to_owned();
        let began = std::time::Instant::now();
        let lost = |source: anyhow::Error| HttpError::Lost { host: host.clone(), source };
        let response = self.build(request).send().map_err(|error| {
            let unsent = error.is_connect() || error.is_builder();
            let source = root(error.without_url());
            match unsent {
                true => HttpError::Unreachable { host: host.clone(), source },
                false => lost(source),
            }
        })?;
        let status = response.status().as_u16();
        let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok());
        let retry_after = header("retry-after").and_then(|value| value.trim().parse().ok());
        let location = header("location").map(str::to_owned);
        let mut body = Zeroizing::new(Vec::new());
        response.take(LARGEST_ANSWER).read_to_end(&mut body).map_err(|error| lost(error.into()))?;
        // Not the path: it may hold an id that is nobody's business.
        log::info!("{} {host}: HTTP {status} in {} ms", request.method, began.elapsed().as_millis());
        let text = Zeroizing::new(String::from_utf8_lossy(&body).into_owned());
        Ok(Response { status, retry_after, location, body: SecretString::from(text.as_str()) })
    }

    fn build(&self, request: &Request) -> reqwest::blocking::RequestBuilder {
        let method = match request.method {
            "GET" => reqwest::Method::GET,
            "DELETE" => reqwest::Method::DELETE,
            _ => reqwest::Method::POST,
        };
        let mut builder = self.0.request(method, request.url.clone()).header("Accept", "application/json");
        for (name, value) in &request.headers {
            let mut header = reqwest::header::HeaderValue::from_str(value.expose_secret())
                .unwrap_or_else(|_| reqwest::header::HeaderValue::from_static(""));
            header.set_sensitive(true);
            builder = builder.header(name, header);
        }
        match request.body.encode() {
            Some((media_type, bytes)) => builder.header("Content-Type", media_type).body(bytes.to_vec()),
            None => builder,
        }
    }
}

/// The innermost cause: "connection refused" says more than the four sentences around it.
fn root(error: reqwest::Error) -> anyhow::Error {
    let error = anyhow::Error::new(error);
    let cause = error.root_cause().to_string();
    anyhow::anyhow!(cause)
}
