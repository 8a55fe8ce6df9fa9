//! The authorization code flow (RFC 6749 section 4.1): a browser that comes back to the listener,
//! or whose address a person pastes.
//!
//! The listener is bound before the browser opens; the code is exchanged, and the token set
//! stored, read back and committed, before the browser gets its answer.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::answer::{page, pasted, read};
use super::{Flow, GLANCE, Patience, Step, Way, settlement, timed_out};
use crate::callback::relay::FIXED_PORT;
use crate::callback::{Address, Arrival, Host, Listener, Page, Parameters, paste};
use crate::error::Result;
use crate::lines::{Lines, Taken};
use crate::marketplace::definition::Pkce;
use crate::marketplace::initiation;
use crate::marketplace::template::Values;
use crate::model::{Origin, Record};
use crate::oauth::http::Client;
use crate::oauth::pkce;
use crate::redirect::Plan;
use crate::settle::{Consented, settle};
use crate::{fail, interrupt};

/// How long the clean page is served after the answer.
const LINGER: Duration = Duration::from_secs(3);

/// Requests of the marketplace's own that may be under way at once.
const MOST_INITIATIONS: usize = 8;

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
        if flow.connection.definition.consent.pkce == Pkce::S256 {
            let verifier = pkce::random();
            values.set("code_challenge", &pkce::challenge(&verifier));
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
    /// How many consents the marketplace has started itself.
    initiations: usize,
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
            flow.person.listening(listener.port());
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
            initiations: 0,
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
        let state = self.request.state();
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
    fn install(&self, url: &Url) -> Result<Option<Box<Arrival>>> {
        let state = self.request.state();
        let url = installation_url(self.flow, url, &state);
        self.flow.person.open(Step::Installation, &url);
        match self.next(std::slice::from_ref(&state), &|_| false)? {
            Event::Arrived(arrival) => Ok(Some(arrival)),
            Event::Line(_) => Ok(None),
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
                Event::Arrived(arrival) if starts(&arrival.parameters) => self.confirm(*arrival),
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
                    Ok((parameters, which)) => return self.settle(&parameters, which, None),
                    Err(error) if self.flow.way == Way::Paste => return Err(error),
                    Err(error) => self.flow.person.mistaken(&error),
                },
            }
        }
    }

    fn pasted(&self, line: &str) -> Result<(Parameters, usize)> {
        pasted(&self.flow.connection.definition, line, &self.states, self.consent_url.as_ref())
    }

    /// Sends a browser on that the marketplace sent by itself, if its request can be trusted.
    fn confirm(&mut self, arrival: Arrival) {
        let definition = &self.flow.connection.definition;
        let state = self.request.state();
        let mut values = self.values.clone();
        values.set_secret("state", &state);
        let parameter = |name: &str| arrival.parameters.get(name).map(str::to_owned);
        let confirmation = definition
            .initiation
            .as_ref()
            .filter(|_| self.initiations < MOST_INITIATIONS)
            .and_then(|initiation| initiation::confirm(definition, initiation, &values, &parameter).ok());
        match confirmation {
            Some(confirmation) => {
                self.initiations += 1;
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
}
