//! `sellauth app set --client-secret-stdin`: the new secret must work before the old one goes.

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::{Context, read_or_ask};
use crate::config::secret;
use crate::error::Result;
use crate::history::{self, Event, What};
use crate::marketplace::Definition;
use crate::model::App;
use crate::rotation::{self, Healed};
use crate::{interrupt, ledger, records, text};

/// A client secret that takes the place of an app's earlier one.
pub struct Rotation<'a> {
    /// The app's name.
    pub name: &'a str,
    /// The app, as it is to be.
    pub app: &'a App,
    /// How its marketplace authorizes.
    pub definition: &'a Definition,
    /// The day the secret was made; today when absent.
    pub created: Option<Timestamp>,
    /// It is not tried first.
    pub untried: bool,
}

/// What a rotation brought.
pub struct Rotated {
    proved_by: Option<String>,
    shops: Healed,
}

/// The new client secret: stdin's, or the environment's where nothing else is to be changed: one that
/// lies around there must not come back with a new version.
pub fn given(context: &Context, stdin: bool, alone: bool) -> Result<Option<SecretString>> {
    match stdin {
        true => read_or_ask(&text!("ask-client-secret")).map(Some),
        false if alone => secret(&context.var, "SELLAUTH_CLIENT_SECRET"),
        false => Ok(None),
    }
}

impl Rotation<'_> {
    /// Proves the secret, lets `keep` write down what else changes, puts the secret in force, and renews the
    /// shops that the old one had stopped: by then the app is what it is to be.
    pub fn run(
        &self,
        context: &Context,
        given: &SecretString,
        keep: impl FnOnce() -> Result<()>,
    ) -> Result<Rotated> {
        self.definition.check_value("client_secret", given.expose_secret(), true)?;
        interrupt::watch();
        let waiting = || context.say_waiting();
        let session = context.session(&waiting);
        let proved_by = match self.untried {
            true => None,
            false => rotation::prove(&session, self.name, self.app, given)?,
        };
        keep()?;
        let now = (session.clock)();
        let before = records::of_apps(&context.home).get(self.app.uuid)?;
        let store = before.map_or_else(|| context.home.store_kind(None), |before| before.store);
        let created = self.created.unwrap_or(now);
        ledger::put_client_secret(&context.home, self.app, given, store, now, Some(created))?;
        let event = Event::of_app(What::AppSecretChanged, self.name, self.app, now);
        history::record(&context.home, &event);
        let shops = match self.untried {
            true => Healed::default(),
            false => rotation::heal(&session, self.name)?,
        };
        Ok(Rotated { proved_by, shops })
    }
}

impl Rotated {
    /// For scripts.
    pub fn document(&self) -> Value {
        let left: Vec<&String> = self.shops.left.iter().map(|(name, _)| name).collect();
        json!({
            "client_secret_proved_by": self.proved_by,
            "healed": self.shops.healed,
            "still_refused": left,
        })
    }

    /// For a person.
    pub fn tell(&self, context: &Context, definition: &Definition) {
        let terminal = context.terminal;
        match &self.proved_by {
            Some(name) => terminal.note(text!("client-secret-proved", name = name)),
            None => terminal.note(text!("client-secret-unproved")),
        }
        if !self.shops.healed.is_empty() {
            terminal.note(text!("client-secret-healed", names = self.shops.healed.join(", ")));
        }
        for (name, error) in &self.shops.left {
            terminal.note(text!("client-secret-still-refused", name = name, error = error));
        }
        if let Some(grace) = definition.lifetimes.client_secret_grace {
            let marketplace = &definition.name;
            terminal.note(text!("client-secret-grace", marketplace = marketplace, grace = grace));
        }
    }
}
