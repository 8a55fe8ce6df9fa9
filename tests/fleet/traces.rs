//! What lies on the disks of machines that share a shop: nothing that is secret.

use crate::support::bao::Bao;
use crate::support::environment::TestEnvironment;
use crate::support::machines::machine_environment;
use crate::support::strict::{ID, Strict};

use super::{entry, expire, least_policy};

/// Runs a command that prints a token, as talkative as it can be.
fn token(environment: &TestEnvironment, flags: &[&str], secrets: &mut Vec<String>) {
    let output = environment.run(&[&["token", ID, "-vv"], flags].concat()).prints_a_secret();
    secrets.extend(output.stdout.lines().filter(|line| line.len() >= 32).map(str::to_owned));
}

#[test]
fn no_machine_keeps_or_prints_a_secret() {
    let (bao, market) = (Bao::start(), Strict::start());
    let mut first = machine_environment(&bao, &market);
    let policy = least_policy(&bao, &first);
    let own = bao.token(policy, "1h");
    first.set_var("VAULT_TOKEN", &own);
    let role = bao.app_role(policy, "1h");
    let mut second = machine_environment(&bao, &market);
    second.remove_var("VAULT_TOKEN");
    second
        .set_var("SELLAUTH_VAULT_ROLE_ID", &role.role_id)
        .set_var("SELLAUTH_VAULT_SECRET_ID", &role.secret_id);
    let third = machine_environment(&bao, &market);
    let machines = [&first, &second, &third];

    let mut secrets = vec![own, role.secret_id.clone(), bao.root_token().to_owned()];
    market.connect(&first);
    for machine in machines {
        token(machine, &[], &mut secrets);
        token(machine, &["--refresh"], &mut secrets);
        machine.run(&["status", "--json", "-vv"]).ok();
        machine.run(&["doctor", "-vv"]);
    }
    // Everything that a failure leaves behind, too.
    lose_an_answer(&bao, &market, &first, &mut secrets);
    bao.seal();
    for machine in machines {
        machine.run(&["token", ID, "--refresh", "-vv"]);
        machine.run(&["status", "-vv"]);
    }
    bao.unseal();
    first.run(&["migrate", ID, "--to", "file", "-vv"]);
    first.run(&["disconnect", ID, "--yes", "-vv"]);
    second.run(&["token", ID, "--refresh", "-vv"]).code(3);

    let log = market.log();
    secrets.extend(log.iter().flat_map(|one| [one.refresh_token.clone(), one.handed_out.clone()]));
    secrets.retain(|secret| secret.len() >= 8);
    secrets.sort();
    secrets.dedup();
    assert!(secrets.len() > 10, "only {} secrets were seen", secrets.len());
    let secrets: Vec<&str> = secrets.iter().map(String::as_str).collect();
    for machine in machines {
        machine.assert_absent(&secrets);
    }
}

/// Vault is sealed while the answer is on its way.
fn lose_an_answer(bao: &Bao, market: &Strict, machine: &TestEnvironment, secrets: &mut Vec<String>) {
    expire(bao, &entry(bao, ID), &[machine]);
    market.hold();
    let running = machine.spawn(&["token", ID, "-vv"]);
    market.wait_until_held();
    bao.seal();
    market.release();
    running.finish().code(8);
    bao.unseal();
    token(machine, &[], secrets);
}
