//! A person with a browser: opens an address, follows wherever it leads, reads the last page.

use std::{error::Error, iter::successors, time::Duration};

use reqwest::blocking::{Client, Response};
use rustls::crypto::ring;
use url::Url;

use super::Proxy;

/// No marketplace needs more hops; a real browser gives up after 20 as well.
const MOST_HOPS: usize = 20;

/// Follows redirects across hosts: https through the proxy, plain http on loopback directly.
pub struct Browser {
    client: Client,
    language: String,
}

/// Where the browser ended.
#[derive(Debug)]
pub struct Outcome {
    /// The address bar.
    pub url: Url,
    /// Status of the last page; nothing if nobody answered there.
    pub status: Option<u16>,
    /// The last page, or why there is none.
    pub body: String,
    /// Every address in order, the first one and the last one included.
    pub chain: Vec<Url>,
}

impl Outcome {
    /// The hosts it went through, with ports other than the scheme's own.
    pub fn hosts(&self) -> Vec<&str> {
        self.chain.iter().map(Url::authority).collect()
    }

    /// The first address in the chain that begins with `start`.
    pub fn passed(&self, start: &str) -> Option<&Url> {
        self.chain.iter().find(|url| url.as_str().starts_with(start))
    }
}

impl Browser {
    /// A browser that trusts the proxy, and nobody else.
    pub fn new(proxy: &Proxy) -> Self {
        // Somebody else in this process may have installed it already.
        let _ = ring::default_provider().install_default();
        let authority = reqwest::Certificate::from_pem(proxy.ca_pem().as_bytes()).expect("our certificate");
        let client = Client::builder()
            .proxy(reqwest::Proxy::https(proxy.url()).expect("an address"))
            .tls_certs_only([authority])
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(30))
            .user_agent("Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")
            .build()
            .expect("a client");
        Self { client, language: "en".to_owned() }
    }

    /// The person's language (`Accept-Language`).
    #[must_use]
    pub fn language(self, tag: &str) -> Self {
        Self { language: tag.to_owned(), ..self }
    }

    /// Opens `url` and follows it to the end. The scripted marketplace decides what the person does
    /// on its consent page.
    pub fn consent(&self, url: &str) -> Outcome {
        let mut chain = vec![Url::parse(url).expect("an absolute address")];
        loop {
            let here = chain.last().expect("never empty").clone();
            let (status, body, next) = match self.get(&here) {
                Err(error) => (None, explain(&error), None),
                Ok(answer) => {
                    let next = location(&answer, &here);
                    (Some(answer.status().as_u16()), answer.text().unwrap_or_default(), next)
                }
            };
            match next {
                Some(next) if chain.len() <= MOST_HOPS => chain.push(next),
                _ => return Outcome { url: here, status, body, chain },
            }
        }
    }

    fn get(&self, url: &Url) -> reqwest::Result<Response> {
        self.client.get(url.clone()).header("accept-language", &self.language).send()
    }
}

fn location(answer: &Response, here: &Url) -> Option<Url> {
    if !answer.status().is_redirection() {
        return None;
    }
    here.join(str::from_utf8(answer.headers().get("location")?.as_bytes()).ok()?).ok()
}

fn explain(error: &(dyn Error + 'static)) -> String {
    let causes = successors(Some(error), |error| (*error).source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
