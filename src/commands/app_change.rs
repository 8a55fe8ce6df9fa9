//! What a change of an app means: which of its words changed, and which shops need their sellers for it.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Context;
use crate::connection::{Connection, SOON};
use crate::error::Result;
use crate::history::{self, Event, What};
use crate::model::{App, Reason, State};
use crate::text;

/// So many shops are named; of more only their number is said.
const NAMED: usize = 5;

/// An app before it is changed, and where its shops stood then.
pub struct Before {
    name: String,
    app: App,
    reasons: BTreeMap<String, Reason>,
}

impl Before {
    /// Looks at the app called `name`.
    pub fn of(context: &Context, name: &str, app: &App) -> Result<Self> {
        Ok(Self { name: name.to_owned(), app: app.clone(), reasons: reasons(context, name)? })
    }

    /// The keys of its file whose values are others in `after`.
    pub fn changed(&self, after: &App) -> Vec<&'static str> {
        let before = &self.app;
        let keys = [
            ("client_id", before.client_id != after.client_id),
            ("redirect_uri", before.redirect_uri != after.redirect_uri),
            ("scopes", before.scopes != after.scopes),
            ("version", before.version != after.version),
            ("install_url", before.install_url != after.install_url),
            ("variables", before.variables != after.variables),
        ];
        keys.into_iter().filter(|(_, changed)| *changed).map(|(key, _)| key).collect()
    }

    /// Writes down that these keys have other values now.
    pub fn record(&self, context: &Context, changed: &[&str]) {
        let event = Event::of_app(What::AppChanged, &self.name, &self.app, Timestamp::now());
        history::record(&context.home, &event.detail(changed.join(", ")));
    }

    /// Says which shops need something now that they did not need before, and how they get it.
    pub fn tell(&self, context: &Context) -> Result<()> {
        let (mut due, mut stopped, mut secret_ends) = (Vec::new(), Vec::new(), None);
        for (shop, reason) in reasons(context, &self.name)? {
            match reason {
                same if self.reasons.get(&shop) == Some(&same) => {}
                Reason::ClientChanged => stopped.push(shop),
                Reason::ClientSecretEnds(end) => secret_ends = Some(end),
                other if other.state() == State::Due => due.push(shop),
                _ => {}
            }
        }
        let (terminal, name) = (context.terminal, &self.name);
        if !due.is_empty() {
            terminal.note(text!("app-made-due", names = few(&due)));
        }
        if !stopped.is_empty() {
            let before = &self.app.client_id;
            terminal.note(text!("app-stopped", names = few(&stopped), name = name, before = before));
        }
        if let Some(end) = secret_ends {
            terminal.note(text!("app-secret-ends", name = name, day = end.strftime("%Y-%m-%d").to_string()));
        }
        Ok(())
    }
}

/// Where each shop of the app stands that can be loaded.
fn reasons(context: &Context, app: &str) -> Result<BTreeMap<String, Reason>> {
    let now = Timestamp::now();
    let all = Connection::all(&context.home)?.into_iter().filter_map(|(_, loaded)| loaded.ok());
    let its = all.filter(|connection| connection.profile.app == app);
    Ok(its.map(|connection| (connection.name.clone(), connection.reason(now, SOON))).collect())
}

/// Names, or how many there are.
fn few(names: &[String]) -> String {
    match names.len() {
        ..=NAMED => names.join(", "),
        shops => text!("shops", shops = shops),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_shops_are_counted() {
        let names: Vec<String> = (1..=6).map(|number| format!("s{number}")).collect();
        assert_eq!((few(&names[..5]), few(&names)), ("s1, s2, s3, s4, s5".to_owned(), "6 shops".to_owned()));
    }
}
