//! What `refresh` says of shops that could not be renewed.

use std::fs::File;

use super::{Shops, results};
use crate::support::strict::ID;

/// A shop that nobody has consented for.
fn never_connected(shops: &Shops, name: &str, digit: char) {
    let profile = shops.environment.read("profiles/good.toml");
    let uuid = "00000000-0000-4000-8000-00000000000";
    let never = profile.replace("uuid = \"", &format!("uuid = \"{uuid}{digit}\" #"));
    shops.environment.write(format!("profiles/{name}.toml"), &never);
}

#[test]
fn every_failure_stands_on_stderr_with_its_shop_and_the_worst_comes_last() {
    let shops = Shops::connect(&["good", "refused"]);
    never_connected(&shops, "first", '1');
    never_connected(&shops, "second", '2');
    shops.market.end_consent_of_last();
    let output = shops.run(&["first", "second", "refused", "good", "--quiet"]).code(4);
    let errors: Vec<&str> = output.stderr.lines().filter(|line| line.starts_with("error: ")).collect();
    let names: Vec<&str> = errors.iter().map(|line| line.split(": ").nth(1).unwrap()).collect();
    assert_eq!(
        names,
        ["`first` was never connected", "`second` was never connected", "refused"],
        "{}",
        output.stderr
    );
    assert_eq!(output.stderr.lines().filter(|line| line.starts_with("hint: ")).count(), 3);
    assert!(output.stderr.trim_end().ends_with("`sellauth reauthorize refused`"), "{}", output.stderr);
    assert!(!output.stderr.contains("PROFILE"), "{}", output.stderr);
}

#[test]
fn a_full_disk_behind_stdout_stops_no_renewal() {
    let shops = Shops::connect(&["a", "b", "c"]);
    let mut command = shops.environment.command(&["refresh", "--all", "--jobs", "1"]);
    let full = File::options().write(true).open("/dev/full").unwrap();
    let output = command.stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert_eq!(shops.market.renewals().len(), 3);
    assert_eq!(shops.market.ends(), [None; 3]);
}

#[test]
fn what_cannot_be_renewed_fails_where_it_is_named() {
    let shops = Shops::connect(&["good"]);
    let path = format!("marketplaces/{ID}.toml");
    let definition = shops.environment.read(&path);
    let (before, renewal) = definition.split_once("[[renewal_request]]").unwrap();
    let after = renewal.find("\n[").map_or("", |end| &renewal[end..]);
    shops.environment.write(&path, &format!("{before}{after}"));
    let token = shops.environment.run(&["token", "good", "--refresh", "--json"]).code(4);
    let output = shops.run(&["good", "--json"]).code(4);
    assert_eq!(results(&output), ["good failed"]);
    assert_eq!(output.error_json(), token.error_json());
    assert_eq!(shops.results(&["--all"]), ["good not_due"]);
}

#[test]
fn a_shop_whose_refusal_stands_waits_for_no_turn() {
    let shops = Shops::with("pace = \"1/h\"", &["good", "refused"]);
    shops.market.end_consent_of_last();
    shops.run(&["refused"]).code(4);
    let output = shops.run(&["good", "refused", "--jobs", "1", "--json"]).code(4);
    assert_eq!(results(&output), ["good renewed", "refused failed"]);
}
