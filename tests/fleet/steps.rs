//! A machine that is killed or cut off at each step of its renewal: before each of its requests has arrived, and
//! after each was dealt with. Another machine goes on, and the first does once it is back.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::bao::Bao;
use crate::support::gate::{Rule, Verdict};
use crate::support::machines::{Fate, Machine, Network};
use crate::support::strict::{ID, Strict};

use super::entry_below;

/// How long a blow is waited for.
const DEADLINE: Duration = Duration::from_secs(60);
/// How many cases go on at once: nearly all of their time they wait for a lease to run out.
const AT_ONCE: usize = 16;

/// What happens to the machine.
#[derive(Clone, Copy, Debug)]
enum Blow {
    Kill,
    Cut,
}

/// One case.
#[derive(Clone, Copy, Debug)]
struct Case {
    /// Counts the machine's requests, from one.
    step: usize,
    /// Whether the request was dealt with first.
    done: bool,
    blow: Blow,
}

impl Blow {
    fn strike(self, fate: &Fate) {
        match self {
            Self::Kill => fate.kill(),
            Self::Cut => fate.cut(),
        }
    }
}

/// Two machines that share a shop whose token is due; the first has connected it.
struct Pair {
    market: Strict,
    first: Machine,
    second: Machine,
    prefix: String,
    // After the machines, which are plugged into it.
    _network: Network,
}

impl Pair {
    fn new(bao: &Bao, name: &str) -> Self {
        let market = Strict::start();
        let network = Network::new(bao, &market);
        let mut first = network.watched_machine(bao, &market);
        let second = network.machine(bao, &market);
        for machine in [&first, &second] {
            machine.environment.write("config.toml", &format!("[vault]\nprefix = \"{name}\"\n"));
        }
        first.connect(bao, &market);
        Self { market, first, second, prefix: name.to_owned(), _network: network }
    }

    /// How many requests one renewal takes when nothing happens.
    fn steps(&self) -> usize {
        let count = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&count);
        let rule: Rule = Arc::new(move |request| {
            let step = counted.fetch_add(1, Ordering::SeqCst) + 1;
            eprintln!("step {step}: {} {}", request.method, request.path);
            Verdict::Pass
        });
        self.first.judge_by(&rule);
        let token = self.first.run(&["token", ID]).ok().prints_a_secret();
        assert!(self.market.accepts(token.stdout.trim_end()));
        count.load(Ordering::SeqCst)
    }

    /// Both go on, with the same tokens.
    fn goes_on(&self, bao: &Bao, token: &str) -> Result<(), String> {
        self.first.join();
        for machine in [&self.first, &self.second] {
            let again = machine.run(&["token", ID]).prints_a_secret();
            check(again.code == 0 && again.stdout == token, || format!("afterwards: {again:?}"))?;
        }
        for machine in [&self.first, &self.second] {
            let fresh = machine.run(&["token", ID, "--refresh"]).prints_a_secret();
            check(fresh.code == 0, || format!("once more: {fresh:?}"))?;
            check(self.market.accepts(fresh.stdout.trim_end()), || "a dead token".to_owned())?;
        }
        check(self.market.ends() == [None], || format!("a replay: {:#?}", self.market.renewals()))?;
        let (entry, _) = bao.read(&entry_below(bao, &self.prefix, ID)).ok_or("no entry is left")?;
        check(entry["lease"].is_null(), || format!("somebody still holds {}", entry["lease"]))
    }
}

impl Case {
    fn all(steps: usize) -> Vec<Self> {
        let blows = [Blow::Kill, Blow::Cut];
        let each = |step| blows.map(|blow| [false, true].map(|done| Self { step, done, blow })).into_iter();
        (1..=steps).flat_map(each).flatten().collect()
    }

    /// A rule that strikes once, and says so.
    fn rule(self, fate: Fate, struck: Arc<AtomicBool>) -> Rule {
        let count = AtomicUsize::new(0);
        Arc::new(move |_| {
            if count.fetch_add(1, Ordering::SeqCst) + 1 != self.step {
                return Verdict::Pass;
            }
            let (fate, struck) = (fate.clone(), Arc::clone(&struck));
            let strike = move || {
                self.blow.strike(&fate);
                struck.store(true, Ordering::SeqCst);
            };
            if self.done {
                return Verdict::Unanswered(Box::new(strike));
            }
            strike();
            Verdict::Lost
        })
    }

    /// What went wrong, in words.
    fn run(self, bao: &Bao) -> Result<(), String> {
        let name = format!("case-{}-{}-{:?}", self.step, self.done, self.blow).to_lowercase();
        let pair = Pair::new(bao, &name);
        let struck = Arc::new(AtomicBool::new(false));
        pair.first.judge_by(&self.rule(pair.first.fate(), Arc::clone(&struck)));
        let running = pair.first.spawn(&["token", ID]);
        let began = Instant::now();
        while !struck.load(Ordering::SeqCst) {
            check(began.elapsed() < DEADLINE, || "it was never struck".to_owned())?;
            thread::sleep(Duration::from_millis(5));
        }
        let began = Instant::now();
        let second = pair.second.run(&["token", ID]).prints_a_secret();
        eprintln!("{self:?}: the other machine was done after {} ms", began.elapsed().as_millis());
        check(second.code == 0, || format!("the second machine: {second:?}"))?;
        check(pair.market.accepts(second.stdout.trim_end()), || "the second's token is dead".to_owned())?;
        let first = running.finish().prints_a_secret();
        let ended = [0, 7, 8, 137].contains(&first.code);
        check(ended, || format!("the first machine: {first:?}"))?;
        pair.goes_on(bao, &second.stdout)
    }
}

fn check(good: bool, words: impl FnOnce() -> String) -> Result<(), String> {
    if good { Ok(()) } else { Err(words()) }
}

#[test]
fn a_machine_that_is_lost_at_any_step_of_its_renewal_loses_nothing() {
    let bao = Bao::start();
    let steps = Pair::new(&bao, "dry-run").steps();
    assert!(steps >= 5, "read, lease, journal, request, commit: {steps}");
    let cases = Case::all(steps);
    let mut wrong = Vec::new();
    for wave in cases.chunks(AT_ONCE) {
        thread::scope(|scope| {
            let running: Vec<_> = wave.iter().map(|case| (case, scope.spawn(|| case.run(&bao)))).collect();
            for (case, running) in running {
                let ended = running.join().unwrap_or_else(|_| Err("it panicked".to_owned()));
                wrong.extend(ended.err().map(|words| format!("{case:?}: {words}")));
            }
        });
    }
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}
