//! One command of the program, a step at a time. A step is what one system call can end: between
//! two of them the process may be killed.

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};

use super::world::{Luck, World};
use crate::connection::fixtures::outcome;
use crate::journal::{self, Attempt, Entry, attempt};
use crate::model::{ANSWER_LOST, Record, Refusal, TokenSet};
use crate::moment::Moment;
use crate::oauth::response::Tokens;
use crate::refusal::{offered, standing};
use crate::renewal::retry::{Fate, fate, pause};
use crate::renewal::successor::{adopted, follows, successor};
use crate::renewal::{End, end};
use crate::session::{Renew, Want, is_refused, suffices, usual_least};

/// What a command wants.
#[derive(Clone, Copy, Debug)]
pub enum Wish {
    /// `token`.
    Token,
    /// `token --refresh`.
    Refresh,
    /// `reauthorize`.
    Consent,
}

/// How a command ended.
#[derive(Debug)]
pub enum Exit {
    /// With a token, or with a consent.
    Done,
    /// 4, since the marketplace refused, or an answer is lost.
    Refused,
    /// 7.
    Temporary,
    /// 8, or another trouble of the disk.
    Store,
    /// 4, since the store has nothing.
    Missing,
}

/// What is to be kept, and what it takes the place of.
pub struct Next {
    set: TokenSet,
    record: Record,
    before: Record,
    after: After,
}

/// What follows once the books are closed.
#[derive(Debug)]
enum After {
    Exit(Exit),
    Resume,
    Refuse(&'static str),
}

/// A request, and what is known of those before it.
struct Sending {
    began: Moment,
    attempt: Attempt,
    entry: Option<Entry>,
    tried: u32,
    unheard: bool,
}

enum Step {
    Look,
    Ask,
    Lock,
    Recover,
    Resume,
    Reserve(Sending),
    Journal(Sending),
    Send(Sending),
    Store(Next),
    Name(Next),
    Delete(u64, After),
    Clear(After),
    Close(After),
    Reopen(Entry, After),
    Refuse(&'static str),
    Spill(Next),
}

/// One process.
pub struct Process {
    renew: Renew,
    consent: Option<(Tokens, Moment)>,
    consents: bool,
    step: Step,
}

impl Process {
    /// A command that begins.
    pub fn start(wish: Wish, now: Timestamp) -> Self {
        let consents = matches!(wish, Wish::Consent);
        Self {
            renew: if matches!(wish, Wish::Refresh) { Renew::Before(now) } else { Renew::IfStale },
            consent: None,
            consents,
            step: if consents { Step::Ask } else { Step::Look },
        }
    }

    /// What it alone may know.
    pub fn memory(&self) -> Option<&TokenSet> {
        match &self.step {
            Step::Store(next) | Step::Name(next) | Step::Spill(next) => Some(&next.set),
            _ => None,
        }
    }

    /// Whether it is about to send a refresh token.
    pub fn sends(&self) -> bool {
        matches!(self.step, Step::Send(_))
    }

    /// Takes the next step, and returns how the process ended if it did.
    pub fn step(&mut self, world: &mut World, me: usize, luck: Luck) -> Option<Exit> {
        let step = std::mem::replace(&mut self.step, Step::Look);
        match self.take(step, world, me, luck) {
            Ok(next) => {
                self.step = next;
                None
            }
            Err(exit) => {
                world.holder = world.holder.filter(|holder| *holder != me);
                Some(exit)
            }
        }
    }

    fn take(&mut self, step: Step, world: &mut World, me: usize, luck: Luck) -> Result<Step, Exit> {
        let (happens, heard) = luck.on_disk();
        match step {
            Step::Look => self.look(world).map_or(Ok(Step::Lock), Err),
            Step::Ask => {
                self.consent = Some((world.market.consent(), world.now()));
                Ok(Step::Lock)
            }
            Step::Lock if world.holder.is_none() => {
                world.holder = Some(me);
                Ok(Step::Recover)
            }
            Step::Lock => Ok(Step::Lock),
            Step::Recover if world.open_entry().is_some() && !heard => self.unrecovered(world),
            Step::Recover => Ok(recover(world)),
            Step::Resume => self.resume(world),
            Step::Reserve(sending) => {
                if heard {
                    Ok(Step::Journal(sending))
                } else {
                    Err(Exit::Store)
                }
            }
            Step::Journal(sending) => {
                if happens {
                    world.opened = world.open_entry().and(world.opened).or(Some(sending.began));
                    world.journal.clone_from(&sending.entry);
                }
                if heard { Ok(Step::Send(sending)) } else { Err(Exit::Store) }
            }
            Step::Send(sending) => send(world, sending, luck),
            Step::Store(next) => {
                if happens {
                    world.store.insert(next.record.generation, next.set.clone());
                }
                if heard { Ok(Step::Name(next)) } else { self.unkept(world, next) }
            }
            Step::Name(next) => {
                if happens {
                    world.record = next.record.clone();
                }
                match heard {
                    true => Ok(Step::Delete(next.before.generation, next.after)),
                    false => self.unkept(world, next),
                }
            }
            Step::Spill(next) => {
                let identity =
                    world.store.get(&next.before.generation).and_then(|set| set.spill_identity.as_ref());
                let identity = identity.map(|identity| identity.expose_secret().to_owned());
                if let Some(identity) = identity.filter(|_| happens) {
                    world.spill = Some((identity, next.set));
                }
                Err(Exit::Store)
            }
            step => closing(step, world, happens),
        }
    }

    /// The token on file, without the lock.
    fn look(&self, world: &mut World) -> Option<Exit> {
        let want = Want { least: None, renew: clone(&self.renew) };
        let least = usual_least(world.connection);
        let fresh = suffices(world.record.life(), &want, least, world.now());
        if !fresh || world.open_entry().is_some() {
            return None;
        }
        let token = world.in_force()?.access_token.clone()?;
        let stands = world.in_force()?.refresh_token.as_ref().is_some_and(|token| world.market.stands(token));
        if stands && world.honest && !world.gave_up && !world.market.serves(&token) {
            world.wrong = Some("a token was handed out that the API does not take");
        }
        Some(Exit::Done)
    }

    /// A store that cannot be read must not stop whoever is about to replace what is in it.
    fn unrecovered(&mut self, world: &World) -> Result<Step, Exit> {
        if self.consents { self.resume_consent(world) } else { Err(Exit::Store) }
    }

    fn resume_consent(&mut self, world: &World) -> Result<Step, Exit> {
        let (tokens, began) = self.consent.take().ok_or(Exit::Done)?;
        let (set, record) = world.consented(tokens, began);
        Ok(Step::Store(Next { set, record, before: world.record.clone(), after: After::Exit(Exit::Done) }))
    }

    fn resume(&mut self, world: &mut World) -> Result<Step, Exit> {
        if self.consents {
            return self.resume_consent(world);
        }
        if let Some(exit) = self.look(world) {
            return Err(exit);
        }
        let set = world.in_force().ok_or(Exit::Missing)?;
        let offered = offered(world.connection, set, None);
        let now = world.now();
        let insists = if let Renew::Before(began) = self.renew { Some(began) } else { None };
        if standing(&world.record, &offered, insists, now.wall).is_some() {
            return Err(Exit::Refused);
        }
        let definition = &world.connection.definition;
        let sending = |attempt, entry| Sending { began: now, attempt, entry, tried: 0, unheard: false };
        if !definition.rotates() {
            return Ok(Step::Send(sending(Attempt::First, None)));
        }
        let earlier = world.open_entry();
        let attempt = attempt(earlier, definition.lifetimes.refresh_token_grace, now);
        if attempt == Attempt::None {
            return Ok(Step::Close(After::Refuse(ANSWER_LOST)));
        }
        let entry = journal::next(&world.record, earlier, attempt, now);
        let before = if world.attempts.0 == entry.generation { world.attempts.1 } else { 0 };
        world.attempts = (entry.generation, before + 1);
        Ok(Step::Reserve(sending(attempt, Some(entry))))
    }

    /// The store or the record failed.
    fn unkept(&mut self, world: &World, next: Next) -> Result<Step, Exit> {
        match next.after {
            After::Resume if self.consents && next.before.generation == world.record.generation => {
                self.resume_consent(world)
            }
            After::Resume => Err(Exit::Store),
            _ if self.consents || !world.connection.definition.rotates() => Err(Exit::Store),
            _ => Ok(Step::Spill(next)),
        }
    }
}

/// Looks for what another process left behind.
fn recover(world: &World) -> Step {
    let (Some(_), Some(set)) = (world.open_entry(), world.in_force()) else { return Step::Resume };
    let (record, before) = (adopted(&world.record), world.record.clone());
    let stored = world.store.get(&record.generation).filter(|next| follows(next, set));
    let spilled = world.spilled(set).filter(|next| follows(next, set));
    let next = |set: &TokenSet| Next { set: set.clone(), record, before, after: After::Resume };
    match (stored, spilled) {
        (Some(stored), _) => Step::Name(next(stored)),
        (None, Some(spilled)) => Step::Store(next(spilled)),
        (None, None) => Step::Resume,
    }
}

fn send(world: &mut World, sending: Sending, luck: Luck) -> Result<Step, Exit> {
    let set = world.in_force().expect("seen under the lock").clone();
    let token: SecretString = set.refresh_token.clone().expect("a consent brings one");
    if sending.entry.is_some() {
        world.note(sending.began, luck);
    }
    let error = match world.send(&token, luck) {
        Ok(tokens) => {
            let (next, record) =
                successor(world.connection, &world.record, &set, outcome(tokens), sending.began);
            let before = world.record.clone();
            return Ok(Step::Store(Next { set: next, record, before, after: After::Exit(Exit::Done) }));
        }
        Err(error) => error,
    };
    let Sending { attempt: first, entry, tried, .. } = &sending;
    let unheard = sending.unheard || fate(&error) == Fate::Unknown;
    let grace = world.connection.definition.lifetimes.refresh_token_grace;
    let again = |entry: &Entry| attempt(Some(entry), grace, world.now()) == Attempt::InGrace;
    if pause(&error, *tried, entry.as_ref().is_none_or(again), 1.0).is_some() {
        return Ok(Step::Send(Sending { tried: tried + 1, unheard, ..sending }));
    }
    let refused = is_refused(&error);
    let after = match (refused, entry, first, unheard) {
        (true, ..) => After::Refuse("invalid_grant"),
        (false, Some(_), Attempt::Late, true) => After::Refuse(ANSWER_LOST),
        _ => After::Exit(Exit::Temporary),
    };
    let Some(entry) = entry else { return follow(after) };
    if !unheard {
        world.attempts.1 -= 1;
    }
    match end(*first, refused, unheard) {
        End::Known => Ok(Step::Close(after)),
        End::Open => follow(after),
        End::NotTried => Ok(Step::Reopen(Entry { late: false, ..entry.clone() }, after)),
    }
}

/// Steps whose failure changes nothing for whoever takes them.
fn closing(step: Step, world: &mut World, happens: bool) -> Result<Step, Exit> {
    match step {
        Step::Delete(generation, after) => {
            if happens {
                world.store.remove(&generation);
            }
            Ok(Step::Clear(after))
        }
        Step::Clear(after) => {
            world.spill.take_if(|_| happens);
            Ok(Step::Close(after))
        }
        Step::Close(after) => {
            if matches!(after, After::Refuse(ANSWER_LOST)) && world.honest && world.is_in_grace() {
                world.wrong = Some("an answer was given up that could still be had");
            }
            world.journal.take_if(|_| happens);
            follow(after)
        }
        Step::Reopen(entry, after) => {
            if happens {
                world.journal = Some(entry);
            }
            follow(after)
        }
        Step::Refuse(code) => {
            world.gave_up = true;
            if happens {
                world.record.refusal = Some(refusal(world, code));
            }
            Err(Exit::Refused)
        }
        _ => unreachable!("taken elsewhere"),
    }
}

fn follow(after: After) -> Result<Step, Exit> {
    match after {
        After::Exit(exit) => Err(exit),
        After::Resume => Ok(Step::Resume),
        After::Refuse(code) => Ok(Step::Refuse(code)),
    }
}

fn refusal(world: &World, code: &str) -> Refusal {
    let offered = offered(world.connection, world.in_force().expect("seen under the lock"), None);
    let times = match &world.record.refusal {
        Some(earlier) if earlier.sent == offered => earlier.times + 1,
        _ => 1,
    };
    Refusal { sent: offered, at: world.now().wall, times, code: code.to_owned(), message: String::new() }
}

fn clone(renew: &Renew) -> Renew {
    match renew {
        Renew::IfStale => Renew::IfStale,
        Renew::Before(moment) => Renew::Before(*moment),
        Renew::BeforeUnlessRefused(moment) => Renew::BeforeUnlessRefused(*moment),
        Renew::IfStill(token) => Renew::IfStill(token.clone()),
    }
}
