//! Three machines with thirty workers each, who all want the same token at the same moment.

use std::collections::BTreeSet;
use std::thread;
use std::time::Instant;

use crate::support::bao::Bao;
use crate::support::environment::TestEnvironment;
use crate::support::machines::{Machine, Network};
use crate::support::running::{Output, Running};
use crate::support::strict::{ID, Strict};

use super::{entry, expire};

const MACHINES: usize = 3;
/// Workers on each.
const WORKERS: usize = 30;
const ROUNDS: usize = 20;

/// A shop that is shared by three machines, the first of which has connected it.
struct Company {
    bao: Bao,
    market: Strict,
    machines: Vec<Machine>,
    entry: String,
    // After the machines, which are plugged into it.
    _network: Network,
}

impl Company {
    fn new() -> Self {
        let (bao, market) = (Bao::start(), Strict::start());
        let network = Network::new(&bao, &market);
        let mut machines: Vec<_> = (0..MACHINES).map(|_| network.machine(&bao, &market)).collect();
        machines[0].connect(&bao, &market);
        let entry = entry(&bao, ID);
        Self { bao, market, machines, entry, _network: network }
    }

    fn expire(&self) {
        let homes: Vec<&TestEnvironment> = self.machines.iter().map(|machine| &machine.environment).collect();
        expire(&self.bao, &self.entry, &homes);
    }

    /// What every refresh token that was sent has come to: none twice but the ones of `twice`.
    fn nothing_was_lost(&self, twice: usize) {
        let renewals = self.market.renewals();
        assert!(renewals.iter().all(|renewal| renewal.status == 200), "{renewals:?}");
        let sent: BTreeSet<&str> = renewals.iter().map(|renewal| renewal.refresh_token.as_str()).collect();
        assert_eq!(sent.len() + twice, renewals.len(), "{renewals:?}");
        assert_eq!(self.market.ends(), [None], "a replay outside the grace ends the consent");
    }
}

/// All workers of these machines.
fn begin(machines: &[Machine]) -> Vec<Running> {
    let all = (0..WORKERS).flat_map(|_| machines);
    all.map(|machine| machine.spawn(&["token", ID])).collect()
}

fn finish(running: Vec<Running>) -> Vec<Output> {
    let waiting: Vec<_> = running.into_iter().map(|one| thread::spawn(|| one.finish())).collect();
    waiting.into_iter().map(|one| one.join().unwrap()).collect()
}

/// The one token that all of them printed.
#[track_caller]
fn one_of(outputs: Vec<Output>, count: usize) -> String {
    assert_eq!(outputs.len(), count);
    let tokens: BTreeSet<String> = outputs.into_iter().map(|one| one.ok().prints_a_secret().stdout).collect();
    assert_eq!(tokens.len(), 1, "all printed the same token");
    tokens.into_iter().next().unwrap().trim_end().to_owned()
}

#[test]
fn ninety_workers_make_one_renewal_in_each_of_twenty_rounds() {
    let company = Company::new();
    for round in 1..=ROUNDS {
        company.expire();
        // The answer comes when nobody is left who could only find it in Vault.
        company.market.hold();
        let began = Instant::now();
        let running = begin(&company.machines);
        company.market.release();
        let token = one_of(finish(running), MACHINES * WORKERS);
        eprintln!(
            "round {round}: {} workers were done after {} ms",
            MACHINES * WORKERS,
            began.elapsed().as_millis()
        );
        assert_eq!(company.market.renewals().len(), round);
        assert!(company.market.accepts(&token));
    }
    company.nothing_was_lost(0);
}

#[test]
fn sixty_workers_go_on_when_the_machine_that_renews_is_killed() {
    one_machine_is_lost(Machine::kill);
}

#[test]
fn sixty_workers_go_on_when_the_machine_that_renews_is_cut_off() {
    one_machine_is_lost(Machine::cut);
}

/// The first machine has sent the refresh token when it is struck; its answer never comes.
fn one_machine_is_lost(strike: impl Fn(&Machine)) {
    let company = Company::new();
    let (first, others) = company.machines.split_at(1);
    company.expire();
    company.market.hold();
    let lost = begin(first);
    company.market.wait_until_held();
    let waiting = begin(others);
    strike(&first[0]);
    company.market.release();
    let began = Instant::now();
    let token = one_of(finish(waiting), (MACHINES - 1) * WORKERS);
    eprintln!("the others were done after {} ms", began.elapsed().as_millis());
    assert!(company.market.accepts(&token));
    assert_eq!(company.market.renewals().len(), 2, "the one that was lost, and the same once more");
    assert!(finish(lost).iter().all(|output| [7, 8, 137].contains(&output.code)));

    // It comes back, and knows what has happened.
    first[0].join();
    let again = first[0].run(&["token", ID]).ok().prints_a_secret();
    assert_eq!(again.stdout.trim_end(), token);
    company.expire();
    let token = one_of(finish(begin(&company.machines)), MACHINES * WORKERS);
    assert!(company.market.accepts(&token));
    company.nothing_was_lost(1);
}
