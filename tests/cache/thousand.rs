//! As many shops as a large agency has, as an ordinary user, whom the kernel allows 200 keys.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use super::{quiet, without_store};
use crate::support::environment::TestEnvironment;
use crate::support::ordinary::Ordinary;
use crate::support::strict::{CLIENT_ID, ID, Strict};

/// Users of nobody else's: what they have of the kernel's is counted.
const MANY: u32 = 64_801;
const FULL: u32 = 64_803;

const SHOPS: usize = 1000;
const WORKERS: usize = 4;

/// A registered app.
fn registered(market: &Strict) -> TestEnvironment {
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    environment.write(format!("marketplaces/{ID}.toml"), &market.definition());
    environment.run(&["app", "add", ID, "--client-id", CLIENT_ID]).ok();
    market.set_access_token_life(36_000);
    environment
}

fn import(user: &Ordinary, market: &Strict, name: &str) {
    let arguments = ["import", ID, "--profile", name, "--refresh-token-stdin"];
    user.invoke(&arguments).stdin(market.issue()).run().ok();
}

/// How many keys a user has, and how many bytes they count: proc(5), `/proc/key-users`.
fn kernel_keys(user: u32) -> (u32, u32) {
    let table = fs::read_to_string("/proc/key-users").unwrap();
    let line = table.lines().find_map(|line| line.trim().strip_prefix(&format!("{user}:")));
    let Some(line) = line else { return (0, 0) };
    let fields: Vec<&str> = line.split_whitespace().collect();
    let count = |field: &str| field.split('/').next().unwrap().parse().unwrap();
    (count(fields[2]), count(fields[3]))
}

/// Runs `work` for the numbers of all shops, several at once.
fn for_all_shops<T: Send>(work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    thread::scope(|scope| {
        let work = &work;
        let worker = |first: usize| move || (first..SHOPS).step_by(WORKERS).map(work).collect::<Vec<_>>();
        let workers: Vec<_> = (0..WORKERS).map(|first| scope.spawn(worker(first))).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    })
}

#[test]
fn a_thousand_shops_are_at_hand_under_one_key() {
    let market = Strict::start();
    let user = Ordinary::new(registered(&market), MANY);
    let name = |number: usize| format!("shop-{number}");
    let token = |number: usize| quiet(user.run(&["token", &name(number)]).prints_a_secret());
    for_all_shops(|number| import(&user, &market, &name(number)));
    let nothing = kernel_keys(user.id());
    token(0);
    let one = kernel_keys(user.id());
    let from_store = for_all_shops(token);
    let all = kernel_keys(user.id());
    eprintln!("keys and bytes before: {nothing:?}, for one shop: {one:?}, for {SHOPS}: {all:?}");
    // The kernel is not done at once with the keyring of a process that has made a key.
    assert!(all.0 <= one.0 && all.1 <= one.1, "the keys of one home do not depend on its shops");
    assert!(one.0 <= nothing.0 + 4, "a key, that process's keyring, and the user's two");
    let at_hand = without_store(&user.environment, || for_all_shops(token));
    assert_eq!(at_hand, from_store);
    let mut distinct = at_hand;
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), SHOPS);
}

#[test]
fn a_user_with_too_many_keys_is_served_by_the_store() {
    let market = Strict::start();
    let user = Ordinary::new(registered(&market), FULL);
    import(&user, &market, "shop");
    let token = || user.run(&["token", "shop"]).prints_a_secret();
    user.sh("i=0; while keyctl add user filler-$((i += 1)) y @u; do :; done >/dev/null 2>&1");
    let (keys, _) = kernel_keys(user.id());
    assert!(keys >= 100, "{keys} keys fill the quota");
    let printed = quiet(token());
    assert_eq!(quiet(token()), printed);
    let output = without_store(&user.environment, token);
    assert_eq!((output.code, output.stdout.as_str()), (8, ""), "{output:?}");
    user.sh("keyctl clear @u");
    // The kernel counts what was cleared until it has collected it.
    let deadline = Instant::now() + Duration::from_secs(10);
    while kernel_keys(user.id()).0 >= keys / 2 {
        assert!(Instant::now() < deadline, "the keys are still counted");
        thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(quiet(token()), printed);
    assert_eq!(without_store(&user.environment, || quiet(token())), printed);
}
