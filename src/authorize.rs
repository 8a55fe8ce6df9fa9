//! One authorization, from the request to the committed token set.
//!
//! The listener is bound before the browser opens; the code is exchanged, and the token set
//! stored, read back and committed, before the browser gets its answer.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::callback::relay::FIXED_PORT;
use crate::callback::{Address, Arrival, Host, Listener, Page, Parameters, paste};
use crate::connection::Connection;
use crate::error::{Error, Kind, Result};
use crate::lines::{Lines, Taken};
use crate::marketplace::definition::{Grant as GrantType, Pkce};
use crate::marketplace::initiation;
use crate::marketplace::template::Values;
use crate::model::{Origin, Record};
use crate::oauth::http::Client;
use crate::oauth::pkce;
use crate::oauth::pointer::plain;
use crate::redirect::Plan;
use crate::session::{self, Session};
use crate::settle::{Consented, ProfileFile, Settlement, Shops, settle};
use crate::store::StoreKind;
use crate::{fail, interrupt, ledger};

/// Room for the largest token set seen: two tokens of 2,048 bytes and their frame.
pub const LARGEST_SET: usize = 6 * 1024;

/// How long the clean page is served after the answer.
const LINGER: Duration = Duration::from_secs(3);

/// How long one look at the listener takes, before Ctrl-C and pasted lines get theirs.
const GLANCE: Duration = Duration::from_millis(100);

/// Requests of the marketplace's own that may be under way at once.
const MOST_INITIATIONS: usize = 8;

/// How an authorization is to go.
pub struct Flow<'a> {
    /// Clock and home.
    pub session: &'a Session<'a>,
    /// What is to be connected.
    pub connection: &'a Connection,
    /// Where its secrets will be kept.
    pub store: StoreKind,
    /// A person is there who could answer an unlock dialog.
    pub interactive: bool,
    /// The listener's port, where a person chose one.
    pub port: Option<u16>,
    /// How the answer comes about.
    pub way: Way,
    /// How long a person has.
    pub timeout: Duration,
    /// The installation link, where that step is to be taken.
    pub install_url: Option<Url>,
    /// Another shop's consent may take the profile's place.
    pub replace: bool,
    /// What becomes of the profile's file.
    pub file: ProfileFile,
    /// The one who opens browsers and reads messages.
    pub person: &'a dyn Person,
    /// Lines typed or pasted meanwhile; an end of them is fine.
    pub lines: Option<Lines>,
}

/// How the answer to a consent comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A browser is opened, and comes back to the listener.
    Listen,
    /// A person copies the address it ended on; nothing listens.
    Paste,
    /// The seller starts it in the marketplace's own pages; no browser is opened.
    StartedThere,
}

/// Whoever sits before the browser. Decides nothing.
pub trait Person {
    /// A browser step begins: show the address, open it.
    fn open(&self, step: Step, url: &Url);
    /// A browser step begins in a browser that is on its way there already: show the address.
    fn show(&self, step: Step, url: &Url);
    /// A pasted line was no answer; the waiting goes on.
    fn mistaken(&self, error: &Error);
    /// The seller is to start the consent in the marketplace's own pages.
    fn elsewhere(&self);
    /// The port for requests that the marketplace starts itself is taken.
    fn busy(&self, port: u16);
    /// So much time is left.
    fn left(&self, left: Duration);
    /// The answer came; it is being exchanged and stored.
    fn answered(&self);
}

/// The browser steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The seller installs the app.
    Installation,
    /// The seller consents.
    Consent,
}

/// Connects or reconnects, and returns the committed record.
///
/// On an error nothing has changed: the earlier token set stays in force.
pub fn authorize(flow: &Flow) -> Result<Record> {
    let connection = flow.connection;
    interrupt::watch();
    flow.session.home.store(flow.store)?.probe(LARGEST_SET, flow.interactive)?;
    let client_secret = ledger::client_secret(flow.session.home, connection.app.uuid)?;
    let values = connection.values(client_secret.as_ref());
    let client = session::client(flow.session.home)?;
    session::check_client(connection, &values, &client)?;
    match connection.definition.grant {
        GrantType::AuthorizationCode => Waiting::begin(flow, values, &client)?.run(),
        GrantType::ClientCredentials => {
            let consented = Consented { origin: Origin::ClientCredentials, redirect_uri: None, values };
            settle(&settlement(flow, &client), consented)
        }
    }
}

fn settlement<'a>(flow: &'a Flow, client: &'a Client) -> Settlement<'a> {
    Settlement {
        session: flow.session,
        connection: flow.connection,
        client,
        store: flow.store,
        replace: flow.replace,
        file: flow.file.clone(),
    }
}

/// An authorization whose browser steps are under way.
struct Waiting<'a> {
    flow: &'a Flow<'a>,
    client: &'a Client,
    listener: Option<Listener>,
    /// Where the relay page sends requests that the marketplace starts itself: they carry no
    /// `state` that could name a port.
    second: Option<Listener>,
    redirect_uri: String,
    suffix: String,
    values: Values,
    deadline: Instant,
    /// Every `state` that is out; any of them may answer.
    states: Vec<SecretString>,
    /// What the marketplace said when it started a consent itself, for each of `states`.
    said: Vec<BTreeMap<String, String>>,
}

/// What came while waiting.
enum Event {
    /// Through the listener.
    Arrived(Box<Arrival>),
    /// Typed or pasted by a person.
    Line(String),
}

/// The fixed port, where the marketplace starts requests of its own through a relay page. Another
/// program on it is a reason to stop only where nothing else is waited for.
fn second_listener(flow: &Flow, plan: &Plan, port: Option<u16>) -> Result<Option<Listener>> {
    let definition = &flow.connection.definition;
    let starts = definition.initiation.is_some() && plan.relayed && flow.way != Way::Paste;
    if flow.way == Way::StartedThere && !starts {
        return Err(fail!(Usage, "never-started-there", marketplace = definition.name));
    }
    if !starts || port == Some(FIXED_PORT) {
        return Ok(None);
    }
    let address = Address { host: Host::V4, port: Some(FIXED_PORT), path: plan.listener.path.clone() };
    match Listener::bind(&address) {
        Ok(listener) => Ok(Some(listener)),
        Err(error) if flow.way == Way::StartedThere => Err(error),
        Err(_) => {
            flow.person.busy(FIXED_PORT);
            Ok(None)
        }
    }
}

impl<'a> Waiting<'a> {
    fn begin(flow: &'a Flow<'a>, mut values: Values, client: &'a Client) -> Result<Self> {
        let connection = flow.connection;
        let plan = Plan::make(&connection.definition, connection.app.redirect_uri.as_deref(), flow.port)?;
        let listener = if flow.way == Way::Paste { None } else { Some(Listener::bind(&plan.listener)?) };
        let port = listener.as_ref().map(Listener::port);
        let second = second_listener(flow, &plan, port)?;
        let redirect_uri = plan.uri(port.or(plan.listener.port));
        values.set("redirect_uri", &redirect_uri);
        if connection.definition.consent.pkce == Pkce::S256 {
            let verifier = pkce::random();
            values.set("code_challenge", &pkce::challenge(&verifier));
            values.set_secret("code_verifier", &verifier);
        }
        let suffix = plan.state_suffix(port);
        Ok(Self {
            flow,
            client,
            listener,
            second,
            redirect_uri,
            suffix,
            values,
            deadline: Instant::now() + flow.timeout,
            states: Vec::new(),
            said: Vec::new(),
        })
    }

    fn run(mut self) -> Result<Record> {
        if self.flow.way == Way::StartedThere {
            self.flow.person.elsewhere();
            return self.consent();
        }
        let arrival = match &self.flow.install_url {
            Some(url) => self.install(url)?,
            None => None,
        };
        let url = self.authorization_url()?;
        match arrival {
            Some(arrival) => {
                self.flow.person.show(Step::Consent, &url);
                arrival.redirect(&url);
            }
            None => self.flow.person.open(Step::Consent, &url),
        }
        self.consent()
    }

    /// A fresh `state`, with the port for the relay page (RFC 6749 section 10.12).
    fn state(&self) -> SecretString {
        SecretString::from(format!("{}{}", pkce::random().expose_secret(), self.suffix))
    }

    /// The installation step. `Some` when the browser came back by itself, and can be sent on.
    fn install(&self, url: &Url) -> Result<Option<Box<Arrival>>> {
        let installation = self.flow.connection.definition.installation.as_ref();
        let state = self.state();
        let mut url = url.clone();
        if let Some(parameter) = installation.and_then(|step| step.state_parameter.as_deref()) {
            url.query_pairs_mut().append_pair(parameter, state.expose_secret());
        }
        self.flow.person.open(Step::Installation, &url);
        match self.next(std::slice::from_ref(&state), &|_| false)? {
            Event::Arrived(arrival) => Ok(Some(arrival)),
            Event::Line(_) => Ok(None),
        }
    }

    /// The address of the consent page (RFC 6749 section 4.1.1). Its `state` is awaited from now on.
    fn authorization_url(&mut self) -> Result<Url> {
        let definition = &self.flow.connection.definition;
        let request = definition
            .authorization_request
            .as_ref()
            .ok_or_else(|| fail!(Internal, "no-authorization-request", id = definition.id))?;
        let state = self.state();
        let mut values = self.values.clone();
        values.set_secret("state", &state);
        let url = request
            .url(&values)
            .map_err(|error| fail!(Configuration, "template-failed").because(anyhow::Error::new(error)))?;
        self.expect(state, BTreeMap::new());
        Ok(url)
    }

    fn expect(&mut self, state: SecretString, said: BTreeMap<String, String>) {
        self.states.push(state);
        self.said.push(said);
    }

    /// Waits for the answer to the consent, settles it, and answers the browser with the truth.
    fn consent(mut self) -> Result<Record> {
        let target = self.flow.connection.definition.initiation.as_ref().map(|i| i.target.clone());
        let starts = |parameters: &Parameters| {
            target.as_deref().is_some_and(|target| parameters.get(target).is_some())
        };
        loop {
            let (answer, arrival) = match self.next(&self.states, &starts)? {
                Event::Arrived(arrival) if starts(&arrival.parameters) => {
                    self.confirm(*arrival);
                    continue;
                }
                Event::Arrived(arrival) => (Ok(arrival.parameters.clone()), Some(arrival)),
                // Enter, pressed once too often.
                Event::Line(line) if line.trim().is_empty() && self.flow.way != Way::Paste => continue,
                Event::Line(line) => (paste::parse(&line, self.code()), None),
            };
            let awaited =
                answer.and_then(|parameters| Ok((paste::awaited(&parameters, &self.states)?, parameters)));
            match awaited {
                Ok((which, parameters)) => return self.settle(&parameters, which, arrival),
                Err(error) if self.flow.way == Way::Paste => return Err(error),
                Err(error) => self.flow.person.mistaken(&error),
            }
        }
    }

    /// The parameter that carries the code here.
    fn code(&self) -> &str {
        &self.flow.connection.definition.authorization_response.code
    }

    /// Sends a browser on that the marketplace sent by itself, if its request can be trusted.
    fn confirm(&mut self, arrival: Arrival) {
        let definition = &self.flow.connection.definition;
        let state = self.state();
        let mut values = self.values.clone();
        values.set_secret("state", &state);
        let parameter = |name: &str| arrival.parameters.get(name).map(str::to_owned);
        let confirmation = definition
            .initiation
            .as_ref()
            .filter(|_| self.states.len() <= MOST_INITIATIONS)
            .and_then(|initiation| initiation::confirm(definition, initiation, &values, &parameter).ok());
        match confirmation {
            Some(confirmation) => {
                self.expect(state, confirmation.captured);
                arrival.redirect(&confirmation.url);
            }
            None => arrival.answer(&Page::Refused),
        }
    }

    fn settle(
        mut self,
        parameters: &Parameters,
        which: usize,
        arrival: Option<Box<Arrival>>,
    ) -> Result<Record> {
        let said = std::mem::take(&mut self.said[which]);
        let settled = self.read_answer(parameters, &said).and_then(|()| {
            self.flow.person.answered();
            let consented = Consented {
                origin: Origin::Consent,
                redirect_uri: Some(self.redirect_uri.clone()),
                values: self.values.clone(),
            };
            settle(&settlement(self.flow, self.client), consented)
        });
        let page = page(self.flow.connection, &settled);
        if let Some(arrival) = arrival {
            arrival.finish();
            if let Some(listener) = self.listener.take() {
                listener.linger(&page, LINGER);
            }
        }
        settled
    }

    /// Reads an authorization response (RFC 6749 section 4.1.2, RFC 9207) into `values`.
    ///
    /// What the marketplace `said` when it started this consent itself must be said again.
    fn read_answer(&mut self, parameters: &Parameters, said: &BTreeMap<String, String>) -> Result<()> {
        let definition = &self.flow.connection.definition;
        let response = &definition.authorization_response;
        if let Some(error) = parameters.get("error") {
            return Err(refusal(&response.denied, error, &definition.name));
        }
        if let Some(issuer) = &response.issuer
            && parameters.get("iss") != Some(issuer.text(&self.values).expose_secret())
        {
            return Err(fail!(Denied, "issuer-mismatch"));
        }
        for (name, expected) in response.expect.iter() {
            let expected = expected.text(&self.values);
            if parameters.get(name).is_some_and(|given| given != expected.expose_secret()) {
                return Err(fail!(WrongShop, "answer-unexpected", parameter = name));
            }
        }
        let code = parameters.get(&response.code).filter(|code| !code.is_empty());
        let code = code.ok_or_else(|| fail!(Denied, "answer-without-code", marketplace = definition.name))?;
        self.values.set_secret("code", &SecretString::from(code));
        for (name, wire) in &response.capture {
            let value = &plain(parameters.get(wire).unwrap_or_default());
            if said.get(name).is_some_and(|before| before != value) {
                return Err(fail!(WrongShop, "answer-unexpected", parameter = wire));
            }
            self.values.set(name, value);
        }
        Ok(())
    }

    /// The next event; kind `timeout` when there is none, `interrupted` on Ctrl-C.
    fn next(&self, states: &[SecretString], accept: &dyn Fn(&Parameters) -> bool) -> Result<Event> {
        loop {
            interrupt::check()?;
            let left = self.deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(self.timed_out());
            }
            self.flow.person.left(left);
            if let Some(event) = self.line()? {
                return Ok(event);
            }
            let glance = Instant::now() + GLANCE.min(left);
            if let Some(second) = &self.second
                && let Some(arrival) = second.next(&[], accept, Instant::now())
            {
                return Ok(Event::Arrived(Box::new(arrival)));
            }
            match &self.listener {
                Some(listener) => {
                    if let Some(arrival) = listener.next(states, accept, glance) {
                        return Ok(Event::Arrived(Box::new(arrival)));
                    }
                }
                None => std::thread::sleep(GLANCE.min(left)),
            }
        }
    }

    /// What a person typed or pasted meanwhile.
    fn line(&self) -> Result<Option<Event>> {
        match self.flow.lines.as_ref().map(Lines::take) {
            Some(Taken::Line(line)) => Ok(Some(Event::Line(line))),
            // Without a listener nothing else can come.
            Some(Taken::End) if self.flow.way == Way::Paste => Err(fail!(Usage, "paste-empty")),
            _ => Ok(None),
        }
    }

    fn timed_out(&self) -> Error {
        let error = fail!(Timeout, "nobody-answered", marketplace = self.flow.connection.definition.name);
        match &self.flow.connection.definition.consent.hint {
            Some(hint) => error.hint(hint.clone()),
            None => error,
        }
    }
}

/// An `error` of the authorization response (RFC 6749 section 4.1.2.1).
fn refusal(denied: &[String], error: &str, marketplace: &str) -> Error {
    if denied.iter().any(|code| code == error) {
        return fail!(Denied, "consent-denied", marketplace = marketplace);
    }
    let shown: String = error.chars().filter(char::is_ascii_graphic).take(60).collect();
    match error {
        "server_error" | "temporarily_unavailable" => {
            fail!(Temporary, "consent-failed", marketplace = marketplace, code = shown)
        }
        _ => fail!(Configuration, "consent-refused", marketplace = marketplace, code = shown),
    }
}

/// What the seller gets to see.
fn page(connection: &Connection, settled: &Result<Record>) -> Page {
    let marketplace = connection.definition.name.clone();
    let error = match settled {
        Ok(record) => {
            let shop = record.shop_name.clone().or_else(|| record.shop_id.clone());
            return Page::Connected { marketplace, profile: connection.name.clone(), shop };
        }
        Err(error) => error,
    };
    let shops = error.source.as_ref().and_then(|source| source.downcast_ref::<Shops>());
    if let Some(Shops { expected, got }) = shops {
        return Page::WrongShop { expected: expected.clone(), got: got.clone() };
    }
    match error.kind {
        Kind::Denied => Page::Denied { marketplace, reason: Some(error.message.clone()) },
        Kind::Interrupted => Page::Interrupted,
        Kind::ReauthorizationRequired => Page::Expired,
        _ => Page::Failed { reason: error.message.clone(), hint: error.hint.clone() },
    }
}
