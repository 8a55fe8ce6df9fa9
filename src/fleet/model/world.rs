//! What the three machines share: the entry in Vault, the marketplace, the time.

use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

use super::machine::{Machine, Step};
use super::market::{Manners, Market, Token};
use crate::journal::{self, Attempt};
use crate::moment::{Moment, Span};
use crate::vault::is_over;

/// Seconds.
const TICK: u8 = 5;

/// The life of a lease in ticks.
pub const LEASE: u8 = 8;

/// The longest that a token request is waited for, in ticks.
pub const REQUEST: u8 = 6;

pub const MACHINES: usize = 3;

/// A rule of the protocol that is left out, to see that it is missed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The lease is taken without check-and-set.
    TakeWithoutCas,
    /// The token set is stored and named without check-and-set.
    CommitWithoutCas,
    /// The lease is released without check-and-set, whoever holds it.
    ReleaseOfAnybodys,
    /// Whoever waits takes a lease for dead that is younger than a request.
    ShortLease,
    /// The request is sent however long ago the lease was written.
    NoGlanceAtTheClock,
    /// The request may end in the very moment in which the lease does.
    GlanceTooLate,
    /// The request is sent as what it was when the journal was written.
    OldAttempt,
    /// The journal is not written.
    NoJournal,
    /// The journal does not say that a late attempt was made.
    LateAgain,
    /// A lease is as old as the entry's last change, whoever made it.
    AnyChangeExtends,
    /// A token set that is stored and not named is not looked for.
    NoRecovery,
    /// A token set that comes too late is dropped.
    NoSpill,
    /// What was spilled is looked for only while the journal is open.
    SpillByJournal,
}

/// One setting of everything that a search does not vary.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    pub manners: Manners,
    /// Nothing waits that could go on, but for machines that sleep. Else everybody may be slow.
    pub prompt: bool,
    /// How many machines crash or are cut off, or answers are lost.
    pub faults: u8,
    /// How many machines sleep while they hold the lease.
    pub sleeps: u8,
    /// How often somebody changes a wish, which is one more write to the entry.
    pub pushes: u8,
    /// Renewals that each machine asks for.
    pub rounds: u8,
    pub flaw: Option<Flaw>,
}

impl Rules {
    /// Whether a rule is left out.
    pub fn lack(&self, flaw: Flaw) -> bool {
        self.flaw == Some(flaw)
    }

    /// What may be sent, given the journal and by the product's own rule.
    pub fn attempt(&self, journal: Option<Journal>) -> Attempt {
        let entry = journal.map(|journal| journal::Entry {
            uuid: Uuid::nil(),
            generation: 0,
            began: Moment { wall: ago(journal.age), uptime: None },
            late: journal.late,
        });
        let grace = (self.manners.grace > 0).then(|| Span::seconds(seconds(self.manners.grace)));
        journal::attempt(entry.as_ref(), grace, Moment { wall: ago(0), uptime: None })
    }
}

const fn seconds(ticks: u8) -> u64 {
    ticks as u64 * TICK as u64
}

fn ago(ticks: u8) -> Timestamp {
    Timestamp::UNIX_EPOCH + Duration::from_secs(seconds(u8::MAX - ticks))
}

/// By the product's own rule. Of a clock that tells whole seconds, one may be over and the other about to begin.
fn is_dead(age: u8) -> bool {
    is_over(ago(age), ago(0) + Duration::from_secs(1))
}

/// The journal about the generation in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Journal {
    /// Ticks since the refresh token was sent first.
    pub age: u8,
    pub late: bool,
}

/// The entry in Vault. Its version is not here: each machine knows whether it has seen the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Entry {
    pub generation: u8,
    /// The set in force.
    pub set: Token,
    /// What is stored under the next generation.
    pub next: Option<Token>,
    pub journal: Option<Journal>,
    /// Ticks since its holder wrote last. Who that is, [`Machine::named`] says.
    pub lease: Option<u8>,
    /// The set in force was left behind by somebody: nobody knows how long its access token lives.
    pub stale: bool,
    /// A consent is asked for.
    pub refusal: bool,
}

/// A request on its way, which goes on without whoever sent it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Flight {
    pub token: Token,
    pub age: u8,
    /// Once the marketplace has read it.
    pub answer: Option<Answer>,
}

/// What the marketplace said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Answer {
    Renewed(Token),
    Refused,
}

/// One state of the search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct World {
    pub machines: [Machine; MACHINES],
    pub entry: Entry,
    pub market: Market,
    pub faults: u8,
    pub sleeps: u8,
    pub pushes: u8,
    /// A refresh token was sent when it could not count on being taken.
    pub tried_late: bool,
}

/// What can happen next. Machines go by their place, which changes: they are kept in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    Step(usize),
    /// A command on a machine that has none.
    Start(usize),
    Crash(usize),
    /// Vault is out of reach from now on.
    CutOff(usize),
    /// The same, but the write that is under way arrives.
    CutOffBehind(usize),
    Heal(usize),
    Sleep(usize),
    Wake(usize),
    /// The marketplace reads a request.
    Arrive(usize),
    /// A request or its answer is lost.
    Lose(usize),
    Push,
    Tick,
}

/// What a schedule has shown to be wrong.
pub type Wrong = &'static str;

impl World {
    /// A shop whose access token has just ended, and three machines that need one.
    pub fn new(rules: &Rules) -> Self {
        let entry = Entry {
            generation: 0,
            set: 0,
            next: None,
            journal: None,
            lease: None,
            stale: true,
            refusal: false,
        };
        Self {
            machines: [Machine::new(); MACHINES],
            entry,
            market: Market::new(),
            faults: rules.faults,
            sleeps: rules.sleeps,
            pushes: rules.pushes,
            tried_late: false,
        }
    }

    /// Everything that can happen now.
    pub fn events(&self, rules: &Rules) -> Vec<Event> {
        let mut events = Vec::new();
        for (at, machine) in self.machines.iter().enumerate() {
            self.events_of(at, machine, rules, &mut events);
        }
        if self.pushes > 0 {
            events.push(Event::Push);
        }
        let held_up = rules.prompt && (0..MACHINES).any(|at| self.can_go_on(at, rules));
        let arriving = |machine: &Machine| {
            machine
                .flight
                .is_some_and(|flight| flight.answer.is_none() && flight.age >= rules.manners.latency)
        };
        if !held_up && !self.machines.iter().any(arriving) {
            events.push(Event::Tick);
        }
        events
    }

    fn events_of(&self, at: usize, machine: &Machine, rules: &Rules, events: &mut Vec<Event>) {
        if self.can_step(at, rules) {
            events.push(Event::Step(at));
        }
        if machine.wants_more(rules) || machine.can_start() {
            events.push(Event::Start(at));
        }
        if machine.flight.is_some_and(|flight| flight.answer.is_none()) {
            events.push(Event::Arrive(at));
        }
        if machine.is_cut_off {
            events.push(Event::Heal(at));
        }
        if machine.is_asleep {
            events.push(Event::Wake(at));
        }
        let runs = !matches!(machine.step, Step::End(_) | Step::Down);
        if runs && self.faults > 0 {
            events.push(Event::Crash(at));
            if machine.step == Step::Wait {
                events.push(Event::Lose(at));
            }
            if !machine.is_cut_off {
                events.push(Event::CutOff(at));
                if machine.writes() && machine.is_fresh && !machine.is_asleep {
                    events.push(Event::CutOffBehind(at));
                }
            }
        }
        if machine.holds() && !machine.is_asleep && self.sleeps > 0 && rules.prompt {
            events.push(Event::Sleep(at));
        }
    }

    /// Whether a machine need not wait for anything.
    pub fn can_go_on(&self, at: usize, rules: &Rules) -> bool {
        let machine = &self.machines[at];
        let stopped = matches!(machine.step, Step::End(_)) && machine.can_start();
        stopped || machine.wants_more(rules) || self.can_step(at, rules)
    }

    fn can_step(&self, at: usize, rules: &Rules) -> bool {
        let machine = &self.machines[at];
        let waits = match machine.step {
            Step::End(_) | Step::Down => true,
            Step::Wait => machine.flight.is_none_or(|flight| flight.answer.is_none()),
            // A request of an earlier command is still on its way.
            Step::Send { .. } => machine.flight.is_some(),
            Step::Look => {
                let settled = self.suffices(machine) || self.entry.refusal && !self.can_adopt(at, rules);
                !machine.is_cut_off && !settled && !self.is_free(rules)
            }
            _ => false,
        };
        !waits && !machine.is_asleep
    }

    /// Whether somebody has renewed already.
    pub fn suffices(&self, machine: &Machine) -> bool {
        self.entry.generation >= machine.wish && !self.entry.stale
    }

    /// Whether the lease can be taken.
    pub fn is_free(&self, rules: &Rules) -> bool {
        let Some(age) = self.entry.lease else { return true };
        is_dead(age) || rules.lack(Flaw::ShortLease) && age + 1 >= REQUEST
    }

    /// Whether what a machine has spilled follows the set in force.
    pub fn can_adopt(&self, at: usize, rules: &Rules) -> bool {
        let spilled = self.machines[at].spill.is_some_and(|spill| spill.generation == self.entry.generation);
        spilled && (self.entry.journal.is_some() || !rules.lack(Flaw::SpillByJournal))
    }

    /// What the world is after an event, or what is wrong with it.
    pub fn after(mut self, event: Event, rules: &Rules) -> Result<Self, Wrong> {
        match event {
            Event::Step(at) => {
                let before = self.machines[at];
                self.step(at, rules)?;
                self.kept(&before, &self.machines[at], rules)?;
            }
            Event::Start(at) => self.machines[at].start(),
            Event::Crash(at) => {
                self.faults -= 1;
                self.machines[at].crash();
            }
            Event::CutOff(at) => {
                self.faults -= 1;
                self.machines[at].is_cut_off = true;
            }
            Event::CutOffBehind(at) => {
                self.faults -= 1;
                let before = self.machines[at];
                self.step(at, rules)?;
                self.machines[at] = Machine { is_cut_off: true, ..before };
                self.machines[at].fail(before.step);
            }
            Event::Heal(at) => self.machines[at].is_cut_off = false,
            Event::Sleep(at) => {
                self.sleeps -= 1;
                self.machines[at].is_asleep = true;
            }
            Event::Wake(at) => self.machines[at].is_asleep = false,
            Event::Arrive(at) => self.arrive(at, rules),
            Event::Lose(at) => {
                self.faults -= 1;
                self.machines[at].flight = None;
                self.machines[at].step = Step::Unheard;
            }
            Event::Push => {
                self.pushes -= 1;
                self.machines.iter_mut().for_each(|machine| machine.is_fresh = false);
                if rules.lack(Flaw::AnyChangeExtends) {
                    self.entry.lease = self.entry.lease.map(|_| 0);
                }
            }
            Event::Tick => self.tick(rules),
        }
        let holders = self.machines.iter().filter(|machine| machine.holds() && machine.held < LEASE);
        if holders.count() > 1 {
            return Err("two machines hold the lease");
        }
        self.machines.sort_unstable();
        Ok(self)
    }

    /// What a machine had in hand is somewhere, unless it is worth nothing.
    fn kept(&self, before: &Machine, after: &Machine, rules: &Rules) -> Result<(), Wrong> {
        let Some(token) = before.in_hand() else { return Ok(()) };
        let spilled = after.spill.is_some_and(|spill| spill.token == token);
        let named = self.entry.generation > before.base.0;
        let kept = named || spilled || self.entry.next == Some(token) || after.in_hand() == Some(token);
        if kept || !self.market.honours(token, rules.manners) {
            return Ok(());
        }
        Err("a set that is honoured was thrown away")
    }

    fn arrive(&mut self, at: usize, rules: &Rules) {
        let Some(flight) = &mut self.machines[at].flight else { return };
        let renewed = self.market.renew(flight.token, rules.manners);
        flight.answer = Some(renewed.map_or(Answer::Refused, Answer::Renewed));
        if self.machines[at].step != Step::Wait {
            self.machines[at].flight = None;
        }
    }

    fn tick(&mut self, rules: &Rules) {
        self.market.tick(rules.manners);
        if let Some(journal) = &mut self.entry.journal {
            journal.age = (journal.age + 1).min(rules.manners.grace);
        }
        self.entry.lease = self.entry.lease.map(|age| (age + 1).min(LEASE));
        for machine in &mut self.machines {
            machine.held = (machine.held + 1).min(LEASE);
            if let Some(flight) = machine.flight.as_mut().filter(|flight| flight.answer.is_none()) {
                flight.age += 1;
            }
        }
    }

    /// How it goes on where nothing goes wrong any more; `None` when every machine has ended.
    pub fn good_event(&self, rules: &Rules) -> Option<Event> {
        let first = |fits: &dyn Fn(&Machine) -> bool| self.machines.iter().position(fits);
        first(&|machine| machine.flight.is_some_and(|flight| flight.answer.is_none()))
            .map(Event::Arrive)
            .or_else(|| first(&|machine| machine.is_asleep).map(Event::Wake))
            .or_else(|| first(&|machine| machine.is_cut_off).map(Event::Heal))
            .or_else(|| (0..MACHINES).find(|at| self.can_step(*at, rules)).map(Event::Step))
            .or_else(|| first(&|machine| machine.can_start() || machine.wants_more(rules)).map(Event::Start))
            .or_else(|| first(&|machine| machine.step == Step::Look).map(|_| Event::Tick))
    }

    /// What is wrong with the end, when nobody does anything any more.
    pub fn verdict(&self, promises: bool, rules: &Rules) -> Result<(), Wrong> {
        let honours = |token| self.market.honours(token, rules.manners);
        if !self.entry.refusal {
            let good = honours(self.entry.set);
            return if good {
                Ok(())
            } else {
                Err("a dead set is in force, and the record says all is well")
            };
        }
        if promises {
            return Err("the token set is lost");
        }
        let spills = self.machines.iter().filter_map(|machine| machine.spill);
        let spills = spills.filter(|spill| spill.generation == self.entry.generation);
        let mut left = self.entry.next.into_iter().chain(spills.map(|spill| spill.token));
        if left.any(honours) {
            return Err("a consent is asked for, and a set is left that is honoured");
        }
        Ok(())
    }
}
