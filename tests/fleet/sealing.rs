//! Vault sealed, or gone, between the request to the marketplace and the commit: nothing is lost.

use std::time::{Duration, Instant};

use crate::support::bao::Bao;
use crate::support::environment::TestEnvironment;
use crate::support::machines::machine_environment;
use crate::support::running::Output;
use crate::support::strict::{ID, Strict};

use super::{connected, entry};

/// Breaks Vault while the marketplace's answer is on its way, and mends it: what the command said.
fn lose_vault(shop: &(Bao, Strict, TestEnvironment), break_it: impl Fn(), mend_it: impl Fn()) -> Output {
    let (_, market, environment) = shop;
    market.hold();
    let running = environment.spawn(&["token", ID]);
    market.wait_until_held();
    break_it();
    market.release();
    let output = running.finish().code(8);
    for words in ["nothing is lost", "/state/spill/"] {
        assert!(output.stderr.contains(words), "{words}\n{output:?}");
    }
    // As long as Vault is away nobody is asked again.
    assert_ne!(environment.run(&["token", ID, "--refresh"]).code, 0);
    assert_eq!(market.renewals().len(), 1);
    mend_it();
    output
}

/// The machine that has renewed brings what it kept.
fn goes_on(shop: &(Bao, Strict, TestEnvironment)) {
    let (bao, market, environment) = shop;
    let token = market.token(environment, &[]);
    let renewals = market.renewals();
    assert_eq!(renewals.len(), 2, "how long the spilled one lives is not known: {renewals:#?}");
    assert_eq!(renewals[1].refresh_token, renewals[0].handed_out);
    assert_eq!(market.ends(), [None]);
    let second = machine_environment(bao, market);
    assert_eq!(market.token(&second, &[]).stdout, token.stdout);
    assert!(bao.read(&entry(bao, ID)).unwrap().0["lease"].is_null());
}

#[test]
fn a_vault_that_is_sealed_before_the_answer_comes_loses_nothing() {
    let shop = connected();
    lose_vault(&shop, || shop.0.seal(), || shop.0.unseal());
    goes_on(&shop);
}

#[test]
fn a_vault_that_crashes_before_the_answer_comes_loses_nothing() {
    let shop = connected();
    lose_vault(&shop, || shop.0.stop(), || shop.0.restart());
    goes_on(&shop);
}

#[test]
fn a_vault_that_freezes_before_the_answer_comes_loses_nothing() {
    let shop = connected();
    lose_vault(&shop, || shop.0.freeze(), || shop.0.thaw());
    goes_on(&shop);
}

#[test]
fn another_machine_goes_on_with_what_the_first_had_sent() {
    let shop = connected();
    lose_vault(&shop, || shop.0.seal(), || shop.0.unseal());
    let (bao, market, first) = &shop;
    // The first holds the lease until it has run out; what it had sent is sent again inside the grace.
    let second = machine_environment(bao, market);
    let began = Instant::now();
    let token = market.token(&second, &[]);
    assert!(began.elapsed() < Duration::from_secs(55), "{:?}", began.elapsed());
    let renewals = market.renewals();
    assert_eq!(renewals.len(), 2, "{renewals:#?}");
    assert_eq!(renewals[1].refresh_token, renewals[0].refresh_token);
    // What the first had kept is dead, and it knows.
    assert_eq!(market.token(first, &[]).stdout, token.stdout);
    market.token(first, &["--refresh"]);
    market.token(&second, &["--refresh"]);
    assert_eq!(market.ends(), [None]);
}
