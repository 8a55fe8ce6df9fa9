//! The recipes' scripts, run from their own text: against a scripted Amazon behind its proxy.

use std::path::PathBuf;
use std::time::Duration;

use super::block;
use crate::amazon::{TOKEN, connected};
use crate::support::environment::TestEnvironment;
use crate::support::marketplaces::Amazon;
use crate::support::proxy::Failure;
use crate::support::running::Output;
use crate::support::stage::Stage;

const PATH: &str = "/sellers/v1/marketplaceParticipations";
const HOST: &str = "sellingpartnerapi-eu.amazon.com";

/// A shop `amazon-de`, and `sellauth` on the `PATH` of its scripts.
fn staged() -> (Stage, Amazon) {
    let (mut stage, amazon, _) = connected(None);
    find_sellauth(&mut stage.environment);
    (stage, amazon)
}

fn find_sellauth(environment: &mut TestEnvironment) {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_sellauth"));
    let own = program.parent().expect("a folder").to_owned();
    let rest = std::env::var_os("PATH").expect("a machine has a PATH");
    let all = std::iter::once(own).chain(std::env::split_paths(&rest));
    environment.set_var("PATH", std::env::join_paths(all).unwrap());
}

/// Runs a recipe's first block with shop and path as its arguments.
fn run(stage: &Stage, interpreter: &[&str], page: &str, language: &str) -> Output {
    let script = stage.environment.write(format!("recipe.{language}"), &block(page, language));
    let words = [interpreter, &[script.to_str().unwrap(), "amazon-de", PATH]].concat();
    stage.environment.invoke_under(&words, &[]).run()
}

/// A recipe gets its answer, heals a token that the API refused with one renewal, and ends as sellauth does.
fn works(interpreter: &[&str], page: &str, language: &str) {
    let (stage, amazon) = staged();
    let once = || run(&stage, interpreter, page, language);
    assert!(once().ok().stdout.contains("marketplace"), "{page}");

    let before = stage.proxy.count(TOKEN);
    stage.proxy.fail_next(HOST, Failure::Status(401));
    assert!(once().ok().stdout.contains("marketplace"), "{page}");
    assert_eq!(stage.proxy.count(TOKEN), before + 1, "{page}: one renewal");

    amazon.revoke("A2SHOPDE");
    stage.proxy.fail_next(HOST, Failure::Status(401));
    let refused = once().code(4);
    assert!(refused.stderr.contains("reauthorize amazon-de"), "{page}: {refused:?}");
}

#[test]
fn the_recipe_for_bash_works_as_it_stands() {
    works(&["bash"], "docs/recipes/bash.md", "bash");
}

#[test]
fn the_recipe_for_python_works_as_it_stands() {
    works(&["python3"], "docs/recipes/python.md", "python");
}

#[test]
fn the_recipe_for_php_works_as_it_stands() {
    let (stage, _) = staged();
    let authority =
        stage.proxy.env().into_iter().find(|(name, _)| *name == "SSL_CERT_FILE").expect("an authority");
    let setting = format!("curl.cainfo={}", authority.1);
    works_with_php(&stage, &setting);
}

/// PHP's curl knows the authority by a setting, not by the environment.
fn works_with_php(stage: &Stage, setting: &str) {
    let php = ["php", "-d", setting];
    assert!(run(stage, &php, "docs/recipes/php.md", "php").ok().stdout.contains("marketplace"));
    let before = stage.proxy.count(TOKEN);
    stage.proxy.fail_next(HOST, Failure::Status(401));
    assert!(run(stage, &php, "docs/recipes/php.md", "php").ok().stdout.contains("marketplace"));
    assert_eq!(stage.proxy.count(TOKEN), before + 1, "one renewal");
}

#[test]
fn the_plugin_for_monitoring_tells_the_states_apart() {
    let (stage, amazon) = staged();
    let plugin = block("docs/recipes/monitoring.md", "bash");
    let script = stage.environment.write("check_shops", &plugin);
    let check = || stage.environment.invoke_under(&["bash", script.to_str().unwrap()], &[]).run();
    assert!(check().ok().stdout.starts_with("OK: "));
    amazon.revoke("A2SHOPDE");
    stage.run(&["token", "--refresh"]).code(4);
    assert!(check().code(2).stdout.starts_with("CRITICAL: amazon-de ("));
}

#[test]
fn a_shop_that_cannot_renew_now_ends_the_recipe_with_7() {
    let (mut stage, ..) = connected(Some(Duration::from_secs(30)));
    find_sellauth(&mut stage.environment);
    (0..3).for_each(|_| stage.proxy.fail_next(TOKEN, Failure::Status(503)));
    let output = run(&stage, &["bash"], "docs/recipes/bash.md", "bash").code(7);
    assert!(output.stderr.contains("try again in some minutes"), "{output:?}");
}
