//! The authorization code flow (RFC 6749 section 4.1): a browser that comes back to the listener,
//! or whose address a person pastes.
//!
//! The listener is bound before the browser opens; the code is exchanged, and the token set
//! stored, read back and committed, before the browser gets its answer.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::initiated::{Initiations, explain};
use super::response::{installed, page, pasted, read, started_there};
use super::{Flow, GLANCE, Patience, Step, Way, settlement, timed_out};
use crate::callback::relay::FIXED_PORT;
use crate::callback::{Address, Arrival, Host, Listener, Page, Parameters, paste};
use crate::error::Result;
use crate::lines::{Lines, Taken};
use crate::marketplace::definition::Pkce;
use crate::marketplace::initiation::Untrusted;
use crate::marketplace::template::Values;
use crate::model::{Origin, Record};
use crate::oauth::http::Client;
use crate::oauth::pkce;
use crate::redirect::Plan;
use crate::settle::{Consented, settle};
use crate::{fail, interrupt};

/// How long the clean page is served after the answer.
const LINGER: Duration = Duration::from_secs(3);

/// After so long, or half of the time there is, a person is told what may have happened.
const LATE: Duration = Duration::from_secs(120);

/// What is typed for more time where Enter alone says something else.
const MORE_TIME: &str = "+";

/// Runs the flow and returns the committed record.
pub fn authorize(flow: &Flow, values: Values, client: &Client) -> Result<Record> {
    Waiting::begin(flow, values, client)?.run()
}

/// What is sent to the consent page, and what is expected back.
pub struct Request {
    /// Where the answer comes to.
    pub redirect_uri: String,
    /// What `state` ends in.
    suffix: String,
}

impl Request {
    /// Puts redirect URI and code challenge (RFC 7636) into `values`. `port` is the listener's.
    pub fn prepare(flow: &Flow, plan: &Plan, port: Option<u16>, values: &mut Values) -> Self {
        let redirect_uri = plan.uri(port.or(plan.listener.port));
        values.set("redirect_uri", &redirect_uri);
        let (definition, options) = (&flow.connection.definition, &flow.connection.profile.options);
        if definition.pkce(options) == Pkce::S256 {
            let verifier = pkce::random();
            values.set("code_challenge", &pkce::challenge(&verifier));
            values.set("code_challenge_method", "S256");
            values.set_secret("code_verifier", &verifier);
        }
        Self { redirect_uri, suffix: plan.state_suffix(port) }
    }

    /// A fresh `state`, with the port for the relay page (RFC 6749 section 10.12).
    pub fn state(&self) -> SecretString {
        SecretString::from(format!("{}{}", pkce::random().expose_secret(), self.suffix))
    }
}

/// The address of the consent page (RFC 6749 section 4.1.1).
pub fn authorization_url(flow: &Flow, values: &Values, state: &SecretString) -> Result<Url> {
    let definition = &flow.connection.definition;
    let request = definition
        .authorization_request
        .as_ref()
        .ok_or_else(|| fail!(Internal, "no-authorization-request", id = definition.id))?;
    let mut values = values.clone();
    values.set_secret("state", state);
    request
        .url(&values)
        .map_err(|error| fail!(Configuration, "template-failed").because(anyhow::Error::new(error)))
}

/// The installation link, which may take our `state` along.
pub fn installation_url(flow: &Flow, url: &Url, state: &SecretString) -> Url {
    let installation = flow.connection.definition.installation.as_ref();
    let mut url = url.clone();
    if let Some(parameter) = installation.and_then(|step| step.state_parameter.as_deref()) {
        url.query_pairs_mut().append_pair(parameter, state.expose_secret());
    }
    url
}

/// An authorization whose browser steps are under way.
struct Waiting<'a> {
    flow: &'a Flow<'a>,
    client: &'a Client,
    listener: Option<Listener>,
    /// Where the relay page sends requests that the marketplace starts itself: they carry no
    /// `state` that could name a port.
    second: Option<Listener>,
    request: Request,
    values: Values,
    patience: Patience,
    /// The consent page, once its address was given out.
    consent_url: Option<Url>,
    /// Every `state` that is out; any of them may answer.
    states: Vec<SecretString>,
    /// What the marketplace said when it started a consent itself, for each of `states`.
    said: Vec<BTreeMap<String, String>>,
    /// The consents that the marketplace has started itself.
    initiations: Initiations,
    /// When the person is to be told what may have happened, unless they were.
    late: Cell<Option<Instant>>,
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
        let request = Request::prepare(flow, &plan, port, &mut values);
        for listener in listener.iter().chain(&second) {
            flow.person.listening(listener.address());
        }
        Ok(Self {
            flow,
            client,
            listener,
            second,
            request,
            values,
            patience: Patience::new(flow.timeout, None),
            consent_url: None,
            states: Vec::new(),
            said: Vec::new(),
            initiations: Initiations::default(),
            late: Cell::new(Some(Instant::now() + LATE.min(flow.timeout / 2))),
        })
    }

    fn run(mut self) -> Result<Record> {
        if self.flow.way == Way::StartedThere {
            self.flow.person.elsewhere();
            return self.consent();
        }
        let state = self.request.state();
        let arrival = match &self.flow.install_url {
            // One line is read, after both steps.
            Some(url) if self.flow.way == Way::Paste => {
                self.flow.person.open(Step::Installation, &installation_url(self.flow, url, &state));
                None
            }
            Some(url) => self.install(url)?,
            None => None,
        };
        let url = authorization_url(self.flow, &self.values, &state)?;
        self.expect(state, BTreeMap::new());
        self.consent_url = Some(url.clone());
        match arrival {
            Some(arrival) => {
                self.flow.person.show(Step::Consent, &url);
                arrival.redirect(&url);
            }
            None => self.flow.person.open(Step::Consent, &url),
        }
        self.consent()
    }

    /// The installation step. `Some` when the browser came back by itself, and can be sent on.
    fn install(&mut self, url: &Url) -> Result<Option<Box<Arrival>>> {
        let states = [self.request.state()];
        let url = installation_url(self.flow, url, &states[0]);
        self.flow.person.open(Step::Installation, &url);
        loop {
            let line = match self.next(&states, &|_| false)? {
                Event::Arrived(arrival) => return Ok(Some(arrival)),
                Event::Line(line) => line,
            };
            match line.trim() {
                "" => return Ok(None),
                MORE_TIME => self.patience.extend(),
                line => match installed(&self.flow.connection.definition, line, &states) {
                    Ok(()) => return Ok(None),
                    Err(error) => self.flow.person.mistaken(&error),
                },
            }
        }
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
            match self.next(&self.states, &starts)? {
                Event::Arrived(arrival) if starts(&arrival.parameters) => self.lead_on(*arrival),
                Event::Arrived(arrival) => {
                    let parameters = arrival.parameters.clone();
                    match paste::awaited(&parameters, &self.states) {
                        Ok(which) => return self.settle(&parameters, which, Some(arrival)),
                        Err(error) => self.flow.person.mistaken(&error),
                    }
                }
                Event::Line(line) if line.trim().is_empty() && self.flow.way != Way::Paste => {
                    self.patience.extend();
                }
                Event::Line(line) => match self.pasted(&line) {
                    Ok(Some((parameters, which))) => return self.settle(&parameters, which, None),
                    Ok(None) => {}
                    Err(error) if self.flow.way == Way::Paste && !self.flow.interactive => return Err(error),
                    Err(error) => self.flow.person.mistaken(&error),
                },
            }
        }
    }

    /// Reads a pasted line; `None` where the marketplace has only begun, and the person was told
    /// where to go on.
    fn pasted(&mut self, line: &str) -> Result<Option<(Parameters, usize)>> {
        let connection = self.flow.connection;
        let Some(parameters) = started_there(&connection.definition, line) else {
            return pasted(&connection.definition, line, &self.states, self.consent_url.as_ref()).map(Some);
        };
        let confirmed = self.confirm(&parameters);
        let url = confirmed.map_err(|untrusted| explain(connection, &self.values, &untrusted))?;
        self.flow.person.open(Step::Confirmation, &url);
        Ok(None)
    }

    /// Sends a browser on that the marketplace sent by itself, if its request can be trusted.
    fn lead_on(&mut self, arrival: Arrival) {
        let untrusted = match self.confirm(&arrival.parameters) {
            Ok(url) => return arrival.redirect(&url),
            Err(untrusted) => untrusted,
        };
        arrival.refuse(&Page::Refused);
        let error = explain(self.flow.connection, &self.values, &untrusted);
        log::info!("a request that starts a consent was refused: {error}");
        if self.initiations.is_news(&untrusted) {
            self.flow.person.mistaken(&error);
        }
    }

    /// Where a consent goes on that the marketplace has begun itself.
    fn confirm(&mut self, parameters: &Parameters) -> Result<Url, Untrusted> {
        let state = self.request.state();
        let mut values = self.values.clone();
        values.set_secret("state", &state);
        let confirmation = self.initiations.confirm(self.flow.connection, &values, parameters)?;
        self.expect(state, confirmation.captured);
        Ok(confirmation.url)
    }

    fn settle(
        mut self,
        parameters: &Parameters,
        which: usize,
        arrival: Option<Box<Arrival>>,
    ) -> Result<Record> {
        if arrival.is_none() {
            // Nobody else is awaited; and a flood may have left no other descriptor for the exchange.
            drop((self.listener.take(), self.second.take()));
        }
        let said = std::mem::take(&mut self.said[which]);
        let definition = &self.flow.connection.definition;
        let settled = read(definition, parameters, &said, &mut self.values).and_then(|()| {
            self.flow.person.answered();
            let redirect_uri = Some(self.request.redirect_uri.clone());
            let consented = Consented::now(Origin::Consent, redirect_uri, self.values.clone());
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

    /// The next event; kind `timeout` when there is none, `interrupted` on Ctrl-C.
    fn next(&self, states: &[SecretString], accept: &dyn Fn(&Parameters) -> bool) -> Result<Event> {
        loop {
            interrupt::check()?;
            let left = self.patience.left().ok_or_else(|| timed_out(self.flow.connection))?;
            self.flow.person.left(left, self.patience.more());
            self.tell_what_may_have_happened();
            if let Some(listener) = self.listener.as_ref().filter(|listener| listener.is_flooded()) {
                self.flow.person.flooded(listener.port());
            }
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

    /// Once, when nothing has come for a while.
    fn tell_what_may_have_happened(&self) {
        if self.late.get().is_some_and(|late| Instant::now() >= late) {
            self.late.set(None);
            if let Some(hint) = &self.flow.connection.definition.consent.hint {
                self.flow.person.late(hint);
            }
        }
    }

    /// What a person typed or pasted meanwhile.
    fn line(&self) -> Result<Option<Event>> {
        match self.flow.lines.as_ref().map(Lines::take) {
            Some(Taken::Line(line)) => Ok(Some(Event::Line(line))),
            // Without a listener nothing else can come.
            Some(Taken::End) if self.flow.way == Way::Paste => Err(match self.initiations.any() {
                true => fail!(Usage, "paste-unconfirmed"),
                false => fail!(Usage, "paste-empty"),
            }),
            _ => Ok(None),
        }
    }
}
