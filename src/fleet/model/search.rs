//! Every state that can be reached, each of them once.

use std::collections::VecDeque;
use std::collections::hash_map::{Entry as Slot, HashMap};
use std::fmt::Write;

use super::world::{Event, Rules, World, Wrong};

/// A goal that is not known yet, or none.
const NONE: u32 = u32::MAX;

/// What a search has found.
pub struct Found {
    /// How many states there are.
    pub states: usize,
    /// What is wrong first, and how it comes to it.
    pub wrong: Option<(Wrong, String)>,
}

struct Search<'a> {
    rules: &'a Rules,
    numbers: HashMap<World, u32>,
    /// Where each state was reached from.
    origins: Vec<(u32, Event)>,
    ahead: VecDeque<World>,
}

/// Searches breadth first, so that what is wrong is shown in the fewest steps. `promises`: the rules
/// are such that no token set may be lost.
pub fn search(rules: &Rules, promises: bool) -> Found {
    let world = World::new(rules);
    let numbers = HashMap::from([(world, 0)]);
    let mut search =
        Search { rules, numbers, origins: vec![(NONE, Event::Tick)], ahead: VecDeque::from([world]) };
    // Where each state goes when nothing goes wrong any more.
    let mut good = Vec::new();
    while let Some(world) = search.ahead.pop_front() {
        let from = u32::try_from(good.len()).expect("memory ends before");
        match search.expand(&world, from, promises) {
            Ok(next) => good.push(next),
            Err((wrong, event)) => return search.wrong(wrong, from, event),
        }
    }
    match endless(&good) {
        Some(at) => search.wrong("it never ends", at, None),
        None => Found { states: good.len(), wrong: None },
    }
}

impl Search<'_> {
    /// Notes where a state leads, and returns where it goes by itself.
    fn expand(&mut self, world: &World, from: u32, promises: bool) -> Result<u32, (Wrong, Option<Event>)> {
        let good = world.good_event(self.rules);
        if good.is_none() {
            world.verdict(promises, self.rules).map_err(|wrong| (wrong, None))?;
        }
        let mut goal = NONE;
        for event in world.events(self.rules) {
            let next = world.after(event, self.rules).map_err(|wrong| (wrong, Some(event)))?;
            let number = self.number(next, from, event);
            if good == Some(event) {
                goal = number;
            }
        }
        assert!(good.is_none() || goal != NONE, "{good:?} is not among the events of {world:?}");
        Ok(goal)
    }

    fn number(&mut self, world: World, from: u32, event: Event) -> u32 {
        let next = u32::try_from(self.origins.len()).expect("memory ends before");
        match self.numbers.entry(world) {
            Slot::Occupied(known) => *known.get(),
            Slot::Vacant(new) => {
                new.insert(next);
                self.origins.push((from, event));
                self.ahead.push_back(world);
                next
            }
        }
    }

    fn wrong(&self, wrong: Wrong, at: u32, last: Option<Event>) -> Found {
        let mut events = Vec::from_iter(last);
        let mut number = at;
        while number != 0 {
            let (from, event) = self.origins[number as usize];
            events.push(event);
            number = from;
        }
        let mut world = World::new(self.rules);
        let mut story = String::new();
        for event in events.into_iter().rev() {
            let _ = writeln!(story, "{event:?} of {:?}", world.machines.map(|machine| machine.step));
            let Ok(next) = world.after(event, self.rules) else { break };
            world = next;
        }
        let _ = write!(story, "{world:#?}");
        Found { states: self.origins.len(), wrong: Some((wrong, story)) }
    }
}

/// A state from which the way that `good` shows has no end.
fn endless(good: &[u32]) -> Option<u32> {
    let mut ends = vec![false; good.len()];
    for start in 0..good.len() {
        let mut way = Vec::new();
        let mut at = start;
        while !ends[at] {
            ends[at] = true;
            way.push(at);
            if good[at] == NONE {
                break;
            }
            at = good[at] as usize;
        }
        // It met itself, and not a way that was seen to end.
        let met = way.last().is_some_and(|last| good[*last] != NONE && way.contains(&at));
        if met {
            return u32::try_from(start).ok();
        }
    }
    None
}
