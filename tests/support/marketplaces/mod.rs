//! Scripted marketplaces for the [proxy](super::proxy), each as strict as the real one.
//!
//! What they have in common is their [`Scene`]: the clock, who is logged in, what the person does
//! on the next consent page, and which secrets were given out. Handles are cheap to clone; a test
//! keeps one and gives another to the proxy. What the marketplaces themselves do is written at the
//! top of each file. Where a real marketplace's behaviour is not known, they do what would hurt a
//! careless client most.

#![allow(dead_code, reason = "a harness: each test uses the part it needs")]

pub mod allegro;
pub mod amazon;
mod book;
pub mod desk;
pub mod ebay;
pub mod etsy;
pub mod mercadolibre;
pub mod otto;
pub mod relay;
pub mod shopify;
#[cfg(test)]
mod strictness;
pub mod wire;

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use url::Url;

pub use allegro::Allegro;
pub use amazon::Amazon;
pub use ebay::Ebay;
pub use etsy::Etsy;
pub use mercadolibre::MercadoLibre;
pub use otto::Otto;
pub use relay::Relay;
pub use shopify::Shopify;

use super::proxy::{Response, Site};

/// What the person does on the next consent page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Consent {
    /// Agrees, as the shop that is logged in.
    Confirm,
    /// Agrees, but the browser is logged in to this other shop.
    OtherShop(String),
    /// Presses Cancel.
    Cancel,
    /// Agrees, and the marketplace stops on a page of its own instead of returning.
    DeadEnd,
}

/// The controls that every scripted marketplace has.
pub trait Marketplace: Site {
    /// Clock, people and secrets.
    fn scene(&self) -> &Scene;

    /// Moves the marketplace's clock forward. It runs with the system's otherwise.
    fn advance(&self, by: Duration) {
        self.scene().props().ahead += by;
    }

    /// Sets the life of access tokens issued from now on.
    fn access_token_life(&self, life: Duration) {
        self.scene().props().access_token_life = life;
    }

    /// Logs a shop in to the browser.
    fn log_in(&self, shop: &str) {
        shop.clone_into(&mut self.scene().props().shop);
    }

    /// Scripts the next consent. Without a script the person confirms; a script that is never
    /// needed fails the test.
    fn next_consent(&self, consent: Consent) {
        self.scene().props().consents.push_back(consent);
    }
}

/// What scripted marketplaces have in common.
#[derive(Clone)]
pub struct Scene(Arc<Mutex<Props>>);

struct Props {
    ahead: Duration,
    access_token_life: Duration,
    shop: String,
    consents: VecDeque<Consent>,
    secrets: Vec<String>,
}

/// How a consent page was left.
enum Decision {
    Granted(String),
    Cancelled,
    Stranded,
}

impl Scene {
    fn new(shop: &str, access_token_life: Duration) -> Self {
        Self(Arc::new(Mutex::new(Props {
            ahead: Duration::ZERO,
            access_token_life,
            shop: shop.to_owned(),
            consents: VecDeque::new(),
            secrets: Vec::new(),
        })))
    }

    fn props(&self) -> MutexGuard<'_, Props> {
        lock(&self.0)
    }

    /// The marketplace's time, since the Unix epoch.
    fn now(&self) -> Duration {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock past 1970");
        now + self.props().ahead
    }

    fn token_life(&self) -> Duration {
        self.props().access_token_life
    }

    /// The shop on whose behalf the next page is opened.
    fn visitor(&self) -> String {
        let props = self.props();
        match props.consents.front() {
            Some(Consent::OtherShop(shop)) => shop.clone(),
            _ => props.shop.clone(),
        }
    }

    fn decide(&self) -> Decision {
        let mut props = self.props();
        match props.consents.pop_front().unwrap_or(Consent::Confirm) {
            Consent::Confirm => Decision::Granted(props.shop.clone()),
            Consent::OtherShop(shop) => Decision::Granted(shop),
            Consent::Cancel => Decision::Cancelled,
            Consent::DeadEnd => Decision::Stranded,
        }
    }

    /// Remembers a secret on its way out.
    fn issue(&self, secret: String) -> String {
        self.props().secrets.push(secret.clone());
        secret
    }

    fn issued(&self) -> Vec<String> {
        self.props().secrets.clone()
    }

    fn unmet(&self, marketplace: &str) -> Vec<String> {
        let consents = self.props().consents.clone();
        consents.iter().map(|consent| format!("{marketplace}: nobody was asked for {consent:?}")).collect()
    }
}

/// A handler's answer; `Err` is a refusal, so that `?` reads like a list of conditions.
type Answer = Result<Response, Response>;

fn settle(answer: Answer) -> Response {
    answer.unwrap_or_else(|refusal| refusal)
}

/// A mutex whose holder panicked is still good: the panic has failed the test already.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An OAuth error object (RFC 6749, section 5.2).
fn oauth_error(status: u16, error: &str, description: &str) -> Response {
    Response::json(status, &json!({ "error": error, "error_description": description }))
}

/// `length` random characters of `[A-Za-z0-9]`, with a few of base64url's others.
fn random_text(length: usize) -> String {
    let mut bytes = vec![0; length];
    getrandom::fill(&mut bytes).expect("random bytes");
    let mut text = URL_SAFE_NO_PAD.encode(&bytes);
    text.truncate(length);
    text
}

/// `length` random hexadecimal digits.
fn random_hex(length: usize) -> String {
    let mut bytes = vec![0; length];
    getrandom::fill(&mut bytes).expect("random bytes");
    bytes.iter().map(|byte| char::from_digit(u32::from(byte % 16), 16).expect("a digit")).collect()
}

/// A token in the shape of a JWT signed with RS256. Nobody checks signatures here, and nobody who
/// does not hold the key should.
fn jwt(claims: &Value) -> String {
    let header = json!({ "alg": "RS256", "typ": "JWT", "kid": "1" });
    let [header, claims] = [&header, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string()));
    format!("{header}.{claims}.{}", random_text(342))
}

/// `uri` with parameters added to its query.
fn with_parameters<'a>(uri: &str, parameters: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut url = Url::parse(uri).expect("a registered redirect URI");
    url.query_pairs_mut().extend_pairs(parameters);
    url.into()
}
