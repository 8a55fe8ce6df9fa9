//! Consents that the marketplace starts itself: which of its requests lead on, and what a person is
//! told of the others.

use std::mem::{Discriminant, discriminant};

use crate::callback::Parameters;
use crate::connection::Connection;
use crate::error::Error;
use crate::marketplace::initiation::{self, Confirmation, Untrusted};
use crate::marketplace::template::Values;
use crate::{fail, text};

/// As many may be under way at once.
const MOST: usize = 8;

/// Those of one authorization.
#[derive(Default)]
pub struct Initiations {
    confirmed: usize,
    told: Vec<Discriminant<Untrusted>>,
}

impl Initiations {
    /// Whether any was confirmed.
    pub fn any(&self) -> bool {
        self.confirmed > 0
    }

    /// Checks a request, however it came, and makes the answer to it. `values` hold its fresh
    /// `state`.
    pub fn confirm(
        &mut self,
        connection: &Connection,
        values: &Values,
        parameters: &Parameters,
    ) -> Result<Confirmation, Untrusted> {
        let definition = &connection.definition;
        let parameter = |name: &str| parameters.get(name).map(str::to_owned);
        let initiation = definition.initiation.as_ref().ok_or(Untrusted::Target)?;
        let confirmation = initiation::confirm(definition, initiation, values, &parameter)?;
        if self.confirmed == MOST {
            return Err(Untrusted::TooMany);
        }
        self.confirmed += 1;
        Ok(confirmation)
    }

    /// Whether the person is to hear of a request that a browser brought: of each kind once, and only
    /// where it may have been the marketplace's. What any page could send is no news.
    pub fn is_news(&mut self, untrusted: &Untrusted) -> bool {
        let kind = discriminant(untrusted);
        let plausible = !matches!(untrusted, Untrusted::Parameter(_) | Untrusted::Target);
        let news = plausible && !self.told.contains(&kind);
        if news {
            self.told.push(kind);
        }
        news
    }
}

/// A refusal in words. Nothing of it is secret.
pub fn explain(connection: &Connection, values: &Values, untrusted: &Untrusted) -> Error {
    let definition = &connection.definition;
    let marketplace = &definition.name;
    let initiation = definition.initiation.as_ref();
    let page = initiation.and_then(|initiation| initiation.base.url(values).ok());
    let page = page.map_or_else(|| definition.docs.clone(), String::from);
    match untrusted {
        Untrusted::Parameter(name) => {
            fail!(Usage, "initiation-lacking", marketplace = marketplace, parameter = name)
        }
        Untrusted::Target => {
            let target = initiation.map_or("", |initiation| initiation.target.as_str());
            fail!(Usage, "initiation-unfit", marketplace = marketplace, parameter = target, page = page)
        }
        Untrusted::Host { host, instead_of } => {
            let error = fail!(Usage, "initiation-host", marketplace = marketplace, host = host, page = page);
            match instead_of {
                Some(name) => error.hint(text!(
                    "initiation-replaceable",
                    marketplace = marketplace,
                    host = host,
                    name = name
                )),
                None => error,
            }
        }
        Untrusted::App { given, own } => fail!(
            Usage,
            "initiation-other-app",
            marketplace = marketplace,
            app = connection.profile.app,
            given = given,
            own = own
        ),
        Untrusted::TooMany => fail!(Usage, "initiation-too-many", marketplace = marketplace, most = MOST),
    }
}
