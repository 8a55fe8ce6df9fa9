//! The page at a registered https redirect URI that sends the browser on to the loopback listener.
//!
//! It does at once what the shipped page does after a second: the port is the suffix of `state`; a
//! request without a `state` of ours goes to the fixed port.

use crate::support::proxy::{Request, Response, Site};

/// Where a request goes that the marketplace started itself.
pub const FIXED_PORT: u16 = 47823;

/// Answers for one host, whatever the path.
pub struct Relay {
    host: String,
    fixed_port: u16,
    page: Option<String>,
}

impl Relay {
    /// A relay that redirects, as a server's rule would.
    pub fn new(host: &str) -> Self {
        Self { host: host.to_owned(), fixed_port: FIXED_PORT, page: None }
    }

    /// A relay that shows this page and leaves the rest to its script, for tests in a real browser.
    pub fn page(host: &str, html: &str) -> Self {
        Self { page: Some(html.to_owned()), ..Self::new(host) }
    }

    /// Another port than 47823 for requests that carry no state of ours, as `relay --port` makes it.
    #[must_use]
    pub fn fixed_port(self, port: u16) -> Self {
        Self { fixed_port: port, ..self }
    }

    fn port(&self, request: &Request) -> u16 {
        let parameters = request.parameters();
        let suffix = parameters.text("state").rsplit_once('.').map(|(_, suffix)| suffix);
        suffix.and_then(|suffix| suffix.parse().ok()).unwrap_or(self.fixed_port)
    }
}

impl Site for Relay {
    fn serves(&self, host: &str) -> bool {
        host == self.host
    }

    fn answer(&self, request: &Request) -> Response {
        if request.method != "GET" {
            return Response::empty(405);
        }
        match &self.page {
            Some(html) => Response::text(200, "text/html; charset=utf-8", html.as_str()),
            None => Response::redirect(format!(
                "http://127.0.0.1:{}/callback?{}",
                self.port(request),
                request.query
            )),
        }
    }
}
