//! `migrate --to vault`, and back.

use crate::support::bao::Bao;
use crate::support::environment::TestEnvironment;
use crate::support::keyring_session::KeyringSession;
use crate::support::machines::machine_environment;
use crate::support::strict::{ID, Strict};

use super::{fails, kept};

#[test]
fn a_shop_moves_to_vault_and_back_into_files() {
    there_and_back("file", |environment| {
        environment.use_file_store();
    });
}

#[test]
fn a_shop_moves_to_vault_and_back_into_the_keyring() {
    let session = KeyringSession::start();
    there_and_back("keyring", |environment| {
        session.apply(environment);
        environment.set_var("SELLAUTH_STORE", "keyring");
    });
}

fn there_and_back(store: &str, apply: impl Fn(&mut TestEnvironment)) {
    let (bao, market) = (Bao::start(), Strict::start());
    let mut first = machine_environment(&bao, &market);
    apply(&mut first);
    market.connect(&first);
    let token = market.token(&first, &[]).stdout;

    let moved = first.run(&["migrate", ID, "--to", "vault"]).ok();
    assert_eq!(moved.stdout, format!("{ID}  migrated  {store} → vault\n"));
    let second = machine_environment(&bao, &market);
    assert_eq!(market.token(&second, &[]).stdout, token, "another machine has it");
    market.token(&second, &["--refresh"]);
    market.token(&first, &["--refresh"]);

    first.run(&["migrate", ID, "--to", store]).ok();
    market.token(&first, &["--refresh"]);
    assert!(kept(&bao).iter().all(|path| !path.starts_with("profiles/")), "{:?}", kept(&bao));
    let entries = kept(&bao)
        .iter()
        .filter(|path| path.len() > "entries/".len() && path.starts_with("entries/"))
        .count();
    assert!(entries <= 1, "the app at most: {:?}", kept(&bao));
    fails(&second, &["token", ID, "--refresh"], 3, "not_found", &[]);
    assert_eq!(market.ends(), [None]);
}

#[test]
fn a_move_into_a_sealed_vault_leaves_everything_where_it_was() {
    let (bao, market) = (Bao::start(), Strict::start());
    let mut environment = machine_environment(&bao, &market);
    environment.use_file_store();
    market.connect(&environment);
    market.token(&environment, &[]);
    bao.seal();
    environment.run(&["migrate", ID, "--to", "vault"]).code(7);
    market.token(&environment, &["--refresh"]);
    bao.unseal();
    environment.run(&["migrate", ID, "--to", "vault"]).ok();
    market.token(&environment, &["--refresh"]);
    assert_eq!(market.ends(), [None]);
}
