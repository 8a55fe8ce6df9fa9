//! A model of everything that a renewal touches: processes that end between any two steps, a
//! store, a journal and a spill file that fail, two clocks, and a marketplace that ends a consent
//! at the first replay. Random schedules of it look for a way to lose a shop.
//!
//! What a process decides, it decides by the real functions. The model adds only what they do not
//! have: the order of the steps, and what each of them leaves on the disk.

mod market;
mod process;
mod world;

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestCaseError;

use self::market::Market;
use self::process::{Exit, Process, Wish};
use self::world::{Luck, World};
use crate::connection::{Connection, fixtures::connection};
use crate::model::{Span, TokenSet};

const SCHEDULES: u32 = 10_000;
const PROCESSES: usize = 3;

/// More steps than any command has.
const TO_THE_END: usize = 60;

/// A marketplace that replaces refresh tokens and forgives for a minute, one that forgives
/// nothing, and one that replaces none.
static MARKETS: LazyLock<[Connection; 3]> = LazyLock::new(|| {
    [(true, Some(60)), (true, None), (false, None)].map(|(rotates, grace)| {
        let mut connection = connection("allegro");
        let lifetimes = &mut Arc::make_mut(&mut connection.definition).lifetimes;
        lifetimes.refresh_token_rotates = Some(rotates);
        lifetimes.refresh_token_grace = grace.map(Span::seconds);
        connection
    })
});

#[derive(Clone, Copy, Debug)]
enum Event {
    /// A command begins, unless this process still runs.
    Start(usize, Wish),
    Step(usize, Luck),
    /// Steps to the end. Every request has this luck, and nothing else goes wrong.
    Run(usize, Luck),
    Kill(usize),
    /// So many seconds.
    Pass(i64),
    /// How far the wall clock is ahead from now on.
    SetClock(i64),
    /// Every process ends, and the uptime begins anew.
    Restart,
}

fn event() -> impl Strategy<Value = Event> {
    let process = || 0..PROCESSES;
    let wish = select(vec![Wish::Token, Wish::Token, Wish::Refresh, Wish::Refresh, Wish::Consent]);
    let trouble = select(vec![
        Luck::Unreachable,
        Luck::LostBefore,
        Luck::LostAfter,
        Luck::DownBefore,
        Luck::DownAfter,
        Luck::Busy,
    ]);
    let luck = prop_oneof![5 => Just(Luck::Good), 1 => trouble.clone()];
    let weather = prop_oneof![1 => Just(Luck::Good), 2 => trouble];
    prop_oneof![
        8 => (process(), wish).prop_map(|(process, wish)| Event::Start(process, wish)),
        50 => (process(), luck).prop_map(|(process, luck)| Event::Step(process, luck)),
        6 => (process(), weather).prop_map(|(process, luck)| Event::Run(process, luck)),
        4 => process().prop_map(Event::Kill),
        4 => select(vec![1, 30, 59, 61, 3601, 43_200, 90_000]).prop_map(Event::Pass),
        1 => select(vec![0, -86_400, 86_400, -30, 30, 2_592_000]).prop_map(Event::SetClock),
        1 => Just(Event::Restart),
    ]
}

/// One schedule, as it goes on.
struct Play {
    world: World,
    processes: [Option<Process>; PROCESSES],
}

impl Play {
    fn apply(&mut self, event: Event) -> Result<(), TestCaseError> {
        let known = self.is_known();
        let excused = match event {
            Event::Start(process, wish) => {
                let now = self.world.now().wall;
                self.processes[process].get_or_insert_with(|| Process::start(wish, now));
                false
            }
            Event::Step(process, luck) => {
                self.step(process, luck)?;
                luck != Luck::Good
            }
            Event::Run(process, luck) => {
                for _ in 0..TO_THE_END {
                    let Some(running) = &self.processes[process] else { break };
                    let luck = if running.sends() { luck } else { Luck::Good };
                    self.step(process, luck)?;
                }
                luck != Luck::Good
            }
            Event::Kill(process) => {
                self.kill(process);
                true
            }
            Event::Pass(seconds) => {
                self.world.market.now += seconds;
                true
            }
            Event::SetClock(ahead) => {
                self.world.honest &= ahead == self.world.ahead;
                self.world.ahead = ahead;
                false
            }
            Event::Restart => {
                (0..PROCESSES).for_each(|process| self.kill(process));
                let boot = self.world.boot.map(|(boot, _)| (boot + 1, self.world.market.now));
                self.world.boot = boot;
                true
            }
        };
        prop_assert!(!known || self.is_known() || excused, "the program itself gave the shop away");
        Ok(())
    }

    fn kill(&mut self, process: usize) {
        self.processes[process] = None;
        self.world.holder = self.world.holder.filter(|holder| *holder != process);
    }

    fn step(&mut self, process: usize, luck: Luck) -> Result<Option<Exit>, TestCaseError> {
        let (known, stood) = (self.is_known(), self.stands());
        let Some(running) = &mut self.processes[process] else { return Ok(None) };
        let sends = running.sends();
        let exit = running.step(&mut self.world, process, luck);
        if exit.is_some() {
            self.processes[process] = None;
        }
        prop_assert!(!(sends && known && stood && !self.stands()), "a replay ended a consent that was safe");
        prop_assert!(self.world.wrong.is_none(), "{:?}", self.world.wrong);
        prop_assert!(!matches!(exit, Some(Exit::Missing)), "the record names what is not in the store");
        Ok(exit)
    }

    /// Whether the consent in force is honoured.
    fn stands(&self) -> bool {
        let set = self.world.in_force();
        set.and_then(|set| set.refresh_token.as_ref()).is_some_and(|token| self.world.market.stands(token))
    }

    /// Whether somebody knows the refresh token that the consent in force lives on in, or can still
    /// have it. True as well where the marketplace has ended the consent.
    fn is_known(&self) -> bool {
        let World { market, store, record, .. } = &self.world;
        let Some(set) = self.world.in_force() else { return false };
        let Some(token) = &set.refresh_token else { return false };
        let lives = |set: &TokenSet| {
            let held = set.refresh_token.as_ref();
            held.is_some_and(|held| market.lives(held) && Market::same_consent(held, token))
        };
        let left = [store.get(&(record.generation + 1)), self.world.spilled(set)];
        let left = left.into_iter().flatten().filter(|_| self.world.open_entry().is_some());
        let held = self.processes.iter().flatten().filter_map(Process::memory);
        !market.stands(token) || lives(set) || market.takes_again(token) || left.chain(held).any(lives)
    }

    /// Nothing goes wrong any more: one more command.
    fn command(&mut self) -> Result<Exit, TestCaseError> {
        self.processes[0] = Some(Process::start(Wish::Token, self.world.now().wall));
        for _ in 0..TO_THE_END {
            if let Some(exit) = self.step(0, Luck::Good)? {
                return Ok(exit);
            }
        }
        Err(TestCaseError::fail("a command has no end"))
    }

    /// The next command brings a token, or says truthfully that a consent is needed.
    fn settles(&mut self) -> Result<(), TestCaseError> {
        (0..PROCESSES).for_each(|process| self.kill(process));
        let (known, stood) = (self.is_known(), self.stands());
        let tried = self.world.attempts;
        let gave_up = self.world.gave_up;
        match self.command()? {
            Exit::Done => return Ok(()),
            Exit::Refused => {}
            other => prop_assert!(false, "{other:?} though nothing goes wrong"),
        }
        // Asked for twice in vain, as far as anyone on this machine can know.
        let twice = tried.0 == self.world.record.generation && tried.1 >= 2;
        prop_assert!(!known || !stood || twice || gave_up, "a consent is asked for that nobody needs");
        // Then one probe a day finds out; a journal that could not be closed costs one more.
        let lives = self.world.in_force().and_then(|set| set.refresh_token.as_ref());
        let lives = lives.is_some_and(|token| self.world.market.lives(token));
        for _ in 0..2 {
            self.world.market.now += 90_000;
            if matches!(self.command()?, Exit::Done) {
                return Ok(());
            }
        }
        prop_assert!(!lives, "a token that lives is never asked for again");
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: SCHEDULES, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_schedule_loses_a_shop(
        market in 0..MARKETS.len(),
        tells_uptime: bool,
        events in prop::collection::vec(event(), 1..80),
    ) {
        let world = World::new(&MARKETS[market], tells_uptime);
        let mut play = Play { world, processes: [const { None }; PROCESSES] };
        for event in events {
            play.apply(event)?;
        }
        play.settles()?;
    }
}
