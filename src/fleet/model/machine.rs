//! One machine, a step at a time. A step is one request, or one file: between two of them a machine
//! may crash, be cut off or sleep.

use super::market::Token;
use super::world::{Answer, Flaw, Flight, Journal, LEASE, REQUEST, Rules, World, Wrong};
use crate::journal::Attempt;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Exit {
    Done,
    /// 4.
    Refused,
    /// 7 or 8.
    Failed,
}

/// [`Attempt`], in an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Way {
    First,
    InGrace,
    Late,
}

impl Way {
    fn of(attempt: Attempt) -> Option<Self> {
        match attempt {
            Attempt::First => Some(Self::First),
            Attempt::InGrace => Some(Self::InGrace),
            Attempt::Late => Some(Self::Late),
            Attempt::None => None,
        }
    }
}

/// What a machine does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// Read the entry.
    Look,
    Take,
    /// Write down what is about to be sent, after what was written down and not sent.
    Journal(Option<Way>),
    Send {
        again: bool,
    },
    /// For the answer.
    Wait,
    Unheard,
    Extend,
    /// Store the next set.
    Store(Token),
    /// Name it.
    Name(Token),
    Refuse,
    Release(Exit),
    Spill(Token),
    End(Exit),
    /// Crashed.
    Down,
}

/// A token set in a file of one machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Spilled {
    /// Of the set it follows.
    pub generation: u8,
    pub token: Token,
}

/// See the module's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Machine {
    pub step: Step,
    pub is_asleep: bool,
    pub is_cut_off: bool,
    /// It has seen the entry's last version.
    pub is_fresh: bool,
    /// The entry's lease is this command's.
    pub named: bool,
    /// Ticks since its last write.
    pub held: u8,
    pub way: Way,
    /// A further try was made.
    pub again: bool,
    /// The next set is one that was left behind. How long its access token lives is not known.
    pub adopts: bool,
    pub flight: Option<Flight>,
    pub spill: Option<Spilled>,
    /// The generation in force when the lease was taken, and its refresh token.
    pub base: (u8, Token),
    /// The generation that is good enough.
    pub wish: u8,
}

/// What became of a write.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wrote {
    Done,
    /// Somebody else has written, but the lease is still this machine's. It has read again.
    Again,
    /// Somebody else has the lease.
    Overtaken,
    Failed,
}

impl Machine {
    /// One whose command begins.
    pub fn new() -> Self {
        Self {
            step: Step::Look,
            is_asleep: false,
            is_cut_off: false,
            is_fresh: false,
            named: false,
            held: LEASE,
            way: Way::First,
            again: false,
            adopts: false,
            flight: None,
            spill: None,
            base: (0, 0),
            wish: 1,
        }
    }

    /// Whether it believes to hold the lease.
    pub fn holds(&self) -> bool {
        !matches!(self.step, Step::Look | Step::Take | Step::Spill(_) | Step::End(_) | Step::Down)
    }

    /// The token set that it would keep.
    pub fn in_hand(&self) -> Option<Token> {
        match self.step {
            Step::Store(token) | Step::Name(token) | Step::Spill(token) => Some(token),
            _ => None,
        }
    }

    /// Whether its next step is a write to Vault.
    pub fn writes(&self) -> bool {
        self.step == Step::Take
            || self.holds() && !matches!(self.step, Step::Send { .. } | Step::Wait | Step::Unheard)
    }

    /// Whether there is no command, and another one could change something.
    pub fn can_start(&self) -> bool {
        matches!(self.step, Step::End(Exit::Failed) | Step::Down) && !self.is_cut_off
    }

    /// Whether a command that has ended well is followed by one that wants the next set.
    pub fn wants_more(&self, rules: &Rules) -> bool {
        self.step == Step::End(Exit::Done) && self.wish < rules.rounds
    }

    /// A new command, which holds nothing.
    pub fn start(&mut self) {
        if self.step == Step::End(Exit::Done) {
            self.wish += 1;
        }
        self.step = Step::Look;
    }

    /// Ends whatever runs. A request on its way goes on.
    pub fn crash(&mut self) {
        self.end(Step::Down);
        self.is_asleep = false;
    }

    /// The write of `step` failed, or its answer is lost.
    pub fn fail(&mut self, step: Step) {
        match step {
            Step::Store(token) | Step::Name(token) => self.step = Step::Spill(token),
            Step::Release(exit) => self.end(Step::End(exit)),
            _ => self.end(Step::End(Exit::Failed)),
        }
    }

    fn end(&mut self, step: Step) {
        let flight = self.flight.filter(|flight| flight.answer.is_none());
        *self = Self {
            flight,
            spill: self.spill,
            wish: self.wish,
            is_cut_off: self.is_cut_off,
            is_asleep: self.is_asleep,
            step,
            ..Self::new()
        };
    }
}

impl World {
    /// The next step of a machine.
    pub fn step(&mut self, at: usize, rules: &Rules) -> Result<(), Wrong> {
        let machine = self.machines[at];
        match machine.step {
            Step::Look => self.look(at, rules),
            Step::Take => self.take(at, rules)?,
            Step::Journal(unsent) => self.journal(at, unsent, rules)?,
            Step::Send { again } => self.send(at, again, rules)?,
            Step::Wait => {
                let answer = self.machines[at].flight.take().and_then(|flight| flight.answer);
                self.machines[at].step = match answer {
                    Some(Answer::Renewed(token)) => Step::Store(token),
                    Some(Answer::Refused) | None => Step::Refuse,
                };
            }
            Step::Unheard => self.machines[at].step = self.unheard(at, rules),
            Step::Extend => {
                let wrote = self.write(at, None, rules, |_| {})?;
                self.follow(at, wrote, Step::Send { again: true });
            }
            Step::Store(token) => {
                let lack = Some(Flaw::CommitWithoutCas);
                let wrote = self.write(at, lack, rules, |world| world.entry.next = Some(token))?;
                self.keep(at, wrote, token, Step::Name(token));
            }
            Step::Name(token) => {
                let generation = machine.base.0 + 1;
                let wrote = self.write(at, Some(Flaw::CommitWithoutCas), rules, |world| {
                    let entry = &mut world.entry;
                    (entry.generation, entry.set, entry.next) = (generation, token, None);
                    (entry.journal, entry.stale, entry.refusal) = (None, machine.adopts, false);
                    world.tried_late = false;
                })?;
                let next = if machine.adopts { Step::Journal(None) } else { Step::Release(Exit::Done) };
                if wrote == Wrote::Done {
                    let machine = &mut self.machines[at];
                    (machine.base, machine.adopts) = ((generation, token), false);
                }
                self.keep(at, wrote, token, next);
            }
            Step::Refuse => {
                let wrote = self.write(at, None, rules, |world| {
                    (world.entry.refusal, world.entry.journal) = (true, None);
                })?;
                self.follow(at, wrote, Step::Release(Exit::Refused));
            }
            Step::Release(exit) => self.release(at, exit, rules)?,
            Step::Spill(token) => {
                let spilled = Spilled { generation: machine.base.0, token };
                self.machines[at].spill = (!rules.lack(Flaw::NoSpill)).then_some(spilled);
                self.machines[at].end(Step::End(Exit::Failed));
            }
            Step::End(_) | Step::Down => {}
        }
        Ok(())
    }

    fn look(&mut self, at: usize, rules: &Rules) {
        let adopts = self.can_adopt(at, rules);
        let suffices = self.suffices(&self.machines[at]);
        let machine = &mut self.machines[at];
        if machine.is_cut_off {
            return machine.end(Step::End(Exit::Failed));
        }
        // It follows nothing any more.
        machine.spill = machine.spill.filter(|spill| spill.generation == self.entry.generation);
        if suffices {
            return machine.end(Step::End(Exit::Done));
        }
        if self.entry.refusal && !adopts {
            return machine.end(Step::End(Exit::Refused));
        }
        (machine.is_fresh, machine.step) = (true, Step::Take);
    }

    fn take(&mut self, at: usize, rules: &Rules) -> Result<(), Wrong> {
        let taken = self.write(at, Some(Flaw::TakeWithoutCas), rules, |world| {
            world.machines.iter_mut().for_each(|machine| machine.named = false);
            world.machines[at].named = true;
        })?;
        let adopts = self.can_adopt(at, rules);
        let machine = &mut self.machines[at];
        match taken {
            Wrote::Done => {}
            Wrote::Failed => {
                machine.fail(Step::Take);
                return Ok(());
            }
            Wrote::Again | Wrote::Overtaken => {
                machine.end(Step::Look);
                return Ok(());
            }
        }
        machine.base = (self.entry.generation, self.entry.set);
        machine.step = match (self.entry.next, machine.spill) {
            (Some(next), _) if !rules.lack(Flaw::NoRecovery) => Step::Name(next),
            (_, Some(spill)) if adopts => Step::Store(spill.token),
            _ => Step::Journal(None),
        };
        machine.adopts = !matches!(machine.step, Step::Journal(_));
        Ok(())
    }

    fn journal(&mut self, at: usize, unsent: Option<Way>, rules: &Rules) -> Result<(), Wrong> {
        let earlier = self.entry.journal.filter(|_| unsent != Some(Way::First));
        let way = match unsent {
            // What was not sent is no attempt.
            Some(Way::Late) => Some(Way::Late),
            _ => Way::of(rules.attempt(earlier)),
        };
        let Some(way) = way else {
            self.machines[at].step = Step::Refuse;
            return Ok(());
        };
        let late = earlier.is_some_and(|earlier| earlier.late) || way == Way::Late;
        let entry = Journal {
            age: earlier.map_or(0, |earlier| earlier.age),
            late: late && !rules.lack(Flaw::LateAgain),
        };
        self.machines[at].way = way;
        let wrote = self.write(at, None, rules, |world| {
            world.entry.journal = (!rules.lack(Flaw::NoJournal)).then_some(entry);
        })?;
        self.follow(at, wrote, Step::Send { again: false });
        Ok(())
    }

    fn send(&mut self, at: usize, again: bool, rules: &Rules) -> Result<(), Wrong> {
        let Machine { held, way, base: (_, token), .. } = self.machines[at];
        let over = held + REQUEST;
        let in_lease = over < LEASE
            || over == LEASE && rules.lack(Flaw::GlanceTooLate)
            || rules.lack(Flaw::NoGlanceAtTheClock);
        let in_grace = rules.attempt(self.entry.journal) == Attempt::InGrace;
        if !in_lease || (again || way == Way::InGrace) && !in_grace && !rules.lack(Flaw::OldAttempt) {
            // A further try is made only where the lease covers it.
            self.machines[at].step = Step::Journal((!again).then_some(way));
            return Ok(());
        }
        if self.market.is_spent(token, rules.manners) {
            if way != Way::Late {
                return Err("a refresh token was sent outside its grace");
            }
            if std::mem::replace(&mut self.tried_late, true) {
                return Err("a refresh token was sent late twice");
            }
        }
        let machine = &mut self.machines[at];
        machine.flight = Some(Flight { token, age: 0, answer: None });
        (machine.step, machine.again) = (Step::Wait, again);
        Ok(())
    }

    /// After an answer that did not come.
    fn unheard(&self, at: usize, rules: &Rules) -> Step {
        let machine = &self.machines[at];
        if rules.attempt(self.entry.journal) == Attempt::InGrace && !machine.again {
            return Step::Extend;
        }
        match machine.way {
            Way::Late => Step::Refuse,
            Way::First | Way::InGrace => Step::Release(Exit::Failed),
        }
    }

    fn release(&mut self, at: usize, exit: Exit, rules: &Rules) -> Result<(), Wrong> {
        let free = |world: &mut Self| {
            world.entry.lease = None;
            world.machines.iter_mut().for_each(|machine| machine.named = false);
        };
        match self.write(at, Some(Flaw::ReleaseOfAnybodys), rules, free)? {
            Wrote::Again => {}
            Wrote::Done | Wrote::Overtaken | Wrote::Failed => self.machines[at].end(Step::End(exit)),
        }
        Ok(())
    }

    /// Goes on after a write, with nothing at hand that could be lost.
    fn follow(&mut self, at: usize, wrote: Wrote, next: Step) {
        let machine = &mut self.machines[at];
        match wrote {
            Wrote::Done => machine.step = next,
            Wrote::Again => {}
            Wrote::Overtaken => machine.end(Step::Look),
            Wrote::Failed => machine.fail(machine.step),
        }
    }

    /// The same with a token set.
    fn keep(&mut self, at: usize, wrote: Wrote, token: Token, next: Step) {
        let machine = &mut self.machines[at];
        match wrote {
            Wrote::Done => machine.step = next,
            Wrote::Again => {}
            Wrote::Overtaken | Wrote::Failed => machine.step = Step::Spill(token),
        }
    }

    /// One write with check-and-set, unless `flaw` is what is lacking.
    fn write(
        &mut self,
        at: usize,
        flaw: Option<Flaw>,
        rules: &Rules,
        change: impl FnOnce(&mut Self),
    ) -> Result<Wrote, Wrong> {
        let machine = self.machines[at];
        if machine.is_cut_off {
            return Ok(Wrote::Failed);
        }
        if !machine.is_fresh && !flaw.is_some_and(|flaw| rules.lack(flaw)) {
            self.machines[at].is_fresh = true;
            return Ok(if machine.named { Wrote::Again } else { Wrote::Overtaken });
        }
        if machine.holds() && !machine.named {
            return Err("the write of a late holder was accepted");
        }
        self.entry.lease = Some(0);
        change(self);
        self.machines.iter_mut().for_each(|machine| machine.is_fresh = false);
        (self.machines[at].is_fresh, self.machines[at].held) = (true, 0);
        Ok(Wrote::Done)
    }
}
