//! What outlives a process: the disk, the clocks, the lock and the marketplace.

use std::collections::BTreeMap;

use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::market::Market;
use crate::connection::Connection;
use crate::connection::fixtures::{at, outcome, record};
use crate::error::Kind;
use crate::journal::Entry;
use crate::marketplace::exchange::ExchangeError;
use crate::model::{Record, Span, TokenSet};
use crate::moment::{Moment, Uptime};
use crate::oauth::http::HttpError;
use crate::oauth::response::{Refused, Tokens};
use crate::renewal::{ends, token_set};

/// How the outside behaves during one step. Whatever is not a request just works or fails, the
/// latter before or after it took effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Luck {
    /// It works.
    Good,
    /// No connection.
    Unreachable,
    /// The connection ends before the marketplace has read the request.
    LostBefore,
    /// The connection ends after it was answered.
    LostAfter,
    /// A gateway answers 503, and the marketplace saw nothing.
    DownBefore,
    /// A gateway answers 503, and the marketplace has renewed.
    DownAfter,
    /// 429.
    Busy,
}

impl Luck {
    /// Whether the step takes effect, and whether the process learns so.
    pub fn on_disk(self) -> (bool, bool) {
        match self {
            Self::Good => (true, true),
            Self::LostAfter | Self::DownAfter => (true, false),
            _ => (false, false),
        }
    }
}

/// See the module's text.
pub struct World {
    /// The shop's definition.
    pub connection: &'static Connection,
    /// The marketplace.
    pub market: Market,
    /// How far the wall clock is ahead of the true one.
    pub ahead: i64,
    /// The wall clock told the truth so far.
    pub honest: bool,
    /// This start of the machine, and when it was; `None` where nobody tells.
    pub boot: Option<(u128, i64)>,
    /// The profile's record.
    pub record: Record,
    /// Token sets by generation.
    pub store: BTreeMap<u64, TokenSet>,
    /// The journal's entry.
    pub journal: Option<Entry>,
    /// Whose successor is in the spill file, and what it is.
    pub spill: Option<(String, TokenSet)>,
    /// The process that holds the lock.
    pub holder: Option<usize>,
    /// How many attempts the journal has seen for the generation in force.
    pub attempts: (u64, u32),
    /// When the open entry was made first.
    pub opened: Option<Moment>,
    /// The same of what was sent again past its grace.
    pub late: Option<Moment>,
    /// An answer was given up.
    pub gave_up: bool,
    /// Something that the rules would have avoided.
    pub wrong: Option<&'static str>,
}

impl World {
    /// A shop that was connected just now.
    pub fn new(connection: &'static Connection, tells_uptime: bool) -> Self {
        let lifetimes = &connection.definition.lifetimes;
        let grace = lifetimes.refresh_token_grace.map_or(0, |grace| i64::try_from(grace.as_secs()).unwrap());
        let mut market = Market::new(connection.definition.rotates(), grace);
        let tokens = market.consent();
        let mut world = Self {
            connection,
            market,
            ahead: 0,
            honest: true,
            boot: tells_uptime.then_some((1, -100)),
            record: record(),
            store: BTreeMap::new(),
            journal: None,
            spill: None,
            holder: None,
            attempts: (0, 0),
            opened: None,
            late: None,
            gave_up: false,
            wrong: None,
        };
        let (set, record) = world.consented(tokens, world.now());
        world.store.insert(record.generation, set);
        world.record = record;
        world
    }

    /// What a consent is kept as.
    pub fn consented(&self, tokens: Tokens, began: Moment) -> (TokenSet, Record) {
        let outcome = outcome(tokens);
        let ends = ends(self.connection, &outcome, began.wall);
        let record = Record {
            generation: self.record.generation + 2,
            last_refreshed_at: began.wall,
            last_refreshed_uptime: began.uptime,
            access_token_expires_at: ends.access_token,
            refresh_token_expires_at: ends.refresh_token,
            refusal: None,
            secrets_missing: false,
            ..self.record.clone()
        };
        (token_set(self.connection, outcome), record)
    }

    /// This moment, as the machine tells it.
    pub fn now(&self) -> Moment {
        let uptime = self.boot.map(|(boot, began)| Uptime {
            boot: Uuid::from_u128(boot),
            seconds: u64::try_from(self.market.now - began).unwrap(),
        });
        Moment { wall: at(self.market.now + self.ahead), uptime }
    }

    /// The token set that the record names.
    pub fn in_force(&self) -> Option<&TokenSet> {
        self.store.get(&self.record.generation)
    }

    /// The journal's entry about it.
    pub fn open_entry(&self) -> Option<&Entry> {
        self.journal.as_ref().filter(|entry| entry.generation == self.record.generation)
    }

    /// Whether the marketplace takes again what the journal says was sent, by a clock that is right.
    pub fn is_in_grace(&self) -> bool {
        let grace = self.connection.definition.lifetimes.refresh_token_grace;
        let began = self.open_entry().and(self.opened).map(|opened| opened.wall);
        began.zip(grace).is_some_and(|(began, grace)| self.now().wall < grace.after(began))
    }

    /// Counts what may reach the marketplace when it promises nothing any more. That is tried once.
    pub fn note(&mut self, decided: Moment, luck: Luck) {
        let Some(opened) = self.opened else { return };
        let grace = self.connection.definition.lifetimes.refresh_token_grace.unwrap_or(Span::seconds(0));
        let again = decided != opened && decided.wall >= grace.after(opened.wall);
        let unsent = matches!(luck, Luck::Unreachable | Luck::Busy);
        if !again || unsent || !self.honest {
            return;
        }
        if self.late == Some(opened) {
            self.wrong = Some("a lost answer was asked for again, though that was tried");
        }
        self.late = Some(opened);
    }

    /// What is in the spill file, for whoever holds `set`.
    pub fn spilled(&self, set: &TokenSet) -> Option<&TokenSet> {
        let identity = set.spill_identity.as_ref()?.expose_secret();
        self.spill.as_ref().filter(|(whose, _)| whose == identity).map(|(_, next)| next)
    }

    /// One token request.
    pub fn send(&mut self, token: &SecretString, luck: Luck) -> Result<Tokens, ExchangeError> {
        let answer = match luck {
            Luck::Unreachable => return Err(unreachable()),
            Luck::Busy => return Err(refused(429)),
            Luck::LostBefore => return Err(lost()),
            Luck::DownBefore => return Err(refused(503)),
            Luck::Good | Luck::LostAfter | Luck::DownAfter => self.market.renew(token),
        };
        match luck {
            Luck::LostAfter => Err(lost()),
            Luck::DownAfter => Err(refused(503)),
            _ => answer.ok_or_else(|| refused(400)),
        }
    }
}

fn unreachable() -> ExchangeError {
    HttpError::Unreachable { host: String::new(), source: anyhow::anyhow!("refused") }.into()
}

fn lost() -> ExchangeError {
    HttpError::Lost { host: String::new(), source: anyhow::anyhow!("reset") }.into()
}

fn refused(status: u16) -> ExchangeError {
    let refused =
        Refused { status, json: true, error: None, description: None, request_id: None, retry_after: None };
    let kind = if status == 400 { Kind::ReauthorizationRequired } else { Kind::Temporary };
    ExchangeError::Refused { refused, kind, meaning: None }
}
