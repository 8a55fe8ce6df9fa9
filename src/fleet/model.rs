//! The lease protocol, searched through: every state that three machines can come to, with a Vault
//! that checks and sets, a marketplace that ends a consent at the first replay, machines that crash,
//! are cut off, or sleep past their lease, and answers that are lost.
//!
//! What a machine may send it decides by the real functions. Time is counted in ticks of ten seconds.

mod machine;
mod market;
mod search;
mod world;

use self::market::{Again, Manners};
use self::search::search;
use self::world::{Flaw, LEASE, REQUEST, Rules};

/// A grace that covers a dead lease and the request after it.
const LONG: u8 = LEASE + REQUEST + 1;

const AGAINS: [Again; 3] = [Again::Same, Again::Sibling, Again::Newest];

/// One that covers a dead lease, and an answer that is not among the slowest.
const USUAL: u8 = 12;

/// Less than the life of a lease.
const SHORT: u8 = LEASE - 3;

const FLAWS: [Flaw; 13] = [
    Flaw::TakeWithoutCas,
    Flaw::CommitWithoutCas,
    Flaw::ReleaseOfAnybodys,
    Flaw::ShortLease,
    Flaw::NoGlanceAtTheClock,
    Flaw::GlanceTooLate,
    Flaw::OldAttempt,
    Flaw::NoJournal,
    Flaw::LateAgain,
    Flaw::AnyChangeExtends,
    Flaw::NoRecovery,
    Flaw::NoSpill,
    Flaw::SpillByJournal,
];

/// One machine crashes or is cut off, or one answer is lost.
const fn one_fault(grace: u8, latency: u8) -> Rules {
    let manners = Manners { again: Again::Newest, ends: true, grace, latency };
    Rules { manners, prompt: true, faults: 1, sleeps: 0, pushes: 0, rounds: 1, flaw: None }
}

/// One machine sleeps past its lease.
const fn one_sleeper(grace: u8, latency: u8) -> Rules {
    Rules { faults: 0, sleeps: 1, ..one_fault(grace, latency) }
}

/// Nothing may be lost.
const PROMISED: [Rules; 7] = [
    one_fault(LONG, REQUEST),
    one_sleeper(LONG, REQUEST),
    Rules { pushes: 1, ..one_fault(LONG, REQUEST) },
    Rules { rounds: 2, ..one_fault(LONG, REQUEST) },
    one_fault(USUAL, 2),
    one_sleeper(USUAL, 2),
    Rules { pushes: 1, ..one_fault(USUAL, 2) },
];

/// A consent may be asked for, and that must be true.
const TRUTHFUL: [Rules; 5] = [
    one_fault(SHORT, REQUEST),
    one_fault(0, REQUEST),
    one_sleeper(0, REQUEST),
    Rules { sleeps: 1, ..one_fault(LEASE + 1, 0) },
    Rules { sleeps: 1, ..one_fault(0, REQUEST) },
];

/// The same setting with other manners.
fn with(rules: Rules, again: Again, ends: bool) -> Rules {
    Rules { manners: Manners { again, ends, ..rules.manners }, ..rules }
}

/// The same setting where a replay ends the consent, and where it is only refused.
fn either(rules: Rules) -> [Rules; 2] {
    [true, false].map(|ends| with(rules, rules.manners.again, ends))
}

/// Searches, and returns the number of states.
fn holds(rules: &Rules, promises: bool) -> usize {
    let found = search(rules, promises);
    if let Some((wrong, story)) = found.wrong {
        panic!("{wrong}, after {} states of {rules:?}:\n{story}", found.states);
    }
    found.states
}

#[test]
fn no_fault_loses_a_token_set_where_the_grace_covers_a_dead_lease() {
    let states: usize = PROMISED
        .into_iter()
        .flat_map(|rules| AGAINS.map(|again| holds(&with(rules, again, true), true)))
        .sum();
    println!("{states} states");
    assert!(states > 100_000, "{states} are fewer than there are");
}

#[test]
fn a_shorter_grace_ends_in_a_good_set_or_a_truthful_refusal() {
    let states: usize = TRUTHFUL.into_iter().flat_map(either).map(|rules| holds(&rules, false)).sum();
    println!("{states} states");
    assert!(states > 100_000, "{states} are fewer than there are");
}

/// Longer than anyone waits: 2.5 million states.
#[test]
#[ignore = "a minute or two without optimization"]
fn three_things_that_go_wrong_end_so_too() {
    let settings = [
        Rules { sleeps: 1, ..one_fault(LONG, REQUEST) },
        Rules { sleeps: 2, ..one_fault(0, REQUEST) },
        Rules { sleeps: 1, pushes: 1, ..one_fault(USUAL, 2) },
        Rules { faults: 2, ..one_fault(LONG, REQUEST) },
    ];
    let states: usize = settings.into_iter().flat_map(either).map(|rules| holds(&rules, false)).sum();
    println!("{states} states");
}

#[test]
fn what_a_short_grace_cannot_keep_is_seen_to_be_lost() {
    for rules in [one_fault(0, REQUEST), one_fault(SHORT, REQUEST)] {
        let wrong = search(&rules, true).wrong.map(|(wrong, _)| wrong);
        assert_eq!(wrong, Some("the token set is lost"), "{rules:?}");
    }
}

#[test]
fn a_rule_that_is_left_out_is_missed() {
    for flaw in FLAWS {
        let settings = PROMISED.map(|rules| (rules, true)).into_iter();
        let mut settings = settings.chain(TRUTHFUL.map(|rules| (rules, false)));
        let wrong = settings.find_map(|(rules, promises)| {
            either(Rules { flaw: Some(flaw), ..rules }).iter().find_map(|rules| search(rules, promises).wrong)
        });
        let Some((wrong, _)) = wrong else { panic!("nobody misses {flaw:?}") };
        println!("{flaw:?}: {wrong}");
    }
}
