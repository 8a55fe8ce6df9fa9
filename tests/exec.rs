//! `exec`: a command finds the tokens of shops in its environment, and is itself in everything else.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::amazon::{TOKEN, connected};
use crate::support::environment::TestEnvironment;
use crate::support::marketplaces::Otto;
use crate::support::marketplaces::otto::App;
use crate::support::running::Output;
use crate::support::stage::Stage;
use crate::support::strict::{ID, Strict};

/// What a shop in Germany's command finds.
const GIVEN: [&str; 10] = [
    "SELLAUTH_ACCESS_TOKEN",
    "SELLAUTH_API_BASE",
    "SELLAUTH_ENV",
    "SELLAUTH_EXPIRES_AT",
    "SELLAUTH_HEADER",
    "SELLAUTH_MARKETPLACE",
    "SELLAUTH_MARKETPLACE_ID",
    "SELLAUTH_PROFILE",
    "SELLAUTH_REGION",
    "SELLAUTH_SHOP_ID",
];
/// What Amazon's SDKs find beside them.
const SDK: [&str; 7] = [
    "AWS_ENV",
    "LWA_APP_ID",
    "LWA_CLIENT_SECRET",
    "SELLING_PARTNER_APP_CLIENT_ID",
    "SELLING_PARTNER_APP_CLIENT_SECRET",
    "SP_API_DEFAULT_MARKETPLACE",
    "SP_API_REFRESH_TOKEN",
];

/// The environment that `env` printed.
fn environment(output: &Output) -> BTreeMap<String, String> {
    let pairs = output.stdout.split('\0').filter_map(|line| line.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// What a command finds, beside what its caller's other commands find.
fn found(stage: &Stage, arguments: &[&str]) -> BTreeMap<String, String> {
    let bare = stage.environment.command(&[]);
    let bare: BTreeMap<_, _> = bare.get_envs().filter_map(|(name, value)| Some((name, value?))).collect();
    let output = stage.run(&[&["exec"], arguments, &["--", "env", "-0"]].concat()).ok().prints_a_secret();
    let mut found = environment(&output);
    for (name, value) in bare {
        assert_eq!(
            found.remove(name.to_str().unwrap()).as_deref(),
            value.to_str(),
            "{} is kept",
            name.display()
        );
    }
    found
}

fn strict() -> (Strict, TestEnvironment) {
    let (market, mut environment) = (Strict::start(), TestEnvironment::new());
    environment.use_file_store();
    market.connect(&environment);
    (market, environment)
}

#[test]
fn a_command_finds_the_token_and_what_belongs_to_it_and_nothing_more() {
    let (stage, ..) = connected(None);
    let found = found(&stage, &["amazon"]);
    assert_eq!(found.keys().collect::<Vec<_>>(), GIVEN);
    let token = stage.token(&["amazon-de"]);
    for (name, value) in [
        ("ACCESS_TOKEN", token.as_str()),
        ("API_BASE", "https://sellingpartnerapi-eu.amazon.com"),
        ("ENV", "production"),
        ("HEADER", &format!("x-amz-access-token: {token}")),
        ("MARKETPLACE", "amazon"),
        ("MARKETPLACE_ID", "A1PA6795UKMFR9"),
        ("PROFILE", "amazon-de"),
        ("REGION", "DE"),
        ("SHOP_ID", "A2SHOPDE"),
    ] {
        assert_eq!(found[&format!("SELLAUTH_{name}")], value, "{name}");
    }
    let row = stage.status("amazon-de");
    assert_eq!(row["access_token_expires_at"], found["SELLAUTH_EXPIRES_AT"]);
    stage.environment.assert_absent(&[&token]);
}

#[test]
fn what_an_outer_command_was_given_does_not_pass_for_a_shops_own() {
    let (_market, environment) = strict();
    let run = environment.invoke(&["exec", ID, "--", "env", "-0"]);
    let run = GIVEN.iter().fold(run, |run, name| run.var(name, "another shop's"));
    let output = run.var("SELLAUTH_PROFILE", ID).run().ok().prints_a_secret();
    let found = self::environment(&output);
    let mut names: Vec<&str> = found.keys().filter_map(|name| name.strip_prefix("SELLAUTH_")).collect();
    names.retain(|name| !["HOME", "STORE"].contains(name));
    assert_eq!(
        names,
        ["ACCESS_TOKEN", "API_BASE", "ENV", "EXPIRES_AT", "HEADER", "MARKETPLACE", "PROFILE", "SHOP_ID"]
    );
    assert!(!output.stdout.contains("another shop's"), "{}", output.stdout);
}

#[test]
fn of_several_shops_each_has_names_of_its_own() {
    let (stage, ..) = connected(None);
    stage.run(&["rename", "amazon-de", "nord.de"]).ok();
    let market = Strict::start();
    market.connect(&stage.environment);
    let found = found(&stage, &["nord.de", ID]);
    let (nord, strict) =
        found.keys().map(String::as_str).partition::<Vec<&str>, _>(|name| name.starts_with("NORD_DE_"));
    assert_eq!(nord, GIVEN.map(|name| format!("NORD_DE_{name}")));
    assert!(
        strict.len() == 8 && strict.iter().all(|name| name.starts_with("STRICT_SELLAUTH_")),
        "{strict:?}"
    );
    assert_eq!(found["STRICT_SELLAUTH_SHOP_ID"], "strict-shop");
    assert_ne!(found["STRICT_SELLAUTH_ACCESS_TOKEN"], found["NORD_DE_SELLAUTH_ACCESS_TOKEN"]);

    stage.run(&["exec", ID, ID, "--", "true"]).code(2);
    stage.run(&["exec", "nord.de", ID, "--sdk", "--", "true"]).code(2);
}

#[test]
fn secrets_of_our_own_stay_here_and_everything_else_passes() {
    let (market, environment) = strict();
    // At hand, so that no store asks whether the passphrase is its own.
    market.token(&environment, &[]);
    let kept = [
        ("SELLAUTH_CLIENT_SECRET_FILE", "/nowhere/secret"),
        ("SELLAUTH_PASSPHRASE_FILE", "/nowhere/passphrase"),
        ("HTTPS_PROXY", "http://proxy.example:3128"),
        ("https_proxy", "http://proxy.example:3128"),
        ("NODE_EXTRA_CA_CERTS", "/etc/ca.pem"),
        ("VAULT_ADDR", "https://vault.example"),
        ("EMPTY", ""),
    ];
    let secret = ["SELLAUTH_CLIENT_SECRET", "SELLAUTH_PASSPHRASE", "SELLAUTH_EXPORT_PASSPHRASE"];
    let run = environment.invoke(&["exec", ID, "--", "env", "-0"]);
    let run = kept.iter().fold(run, |run, (name, value)| run.var(name, value));
    let run = secret.iter().fold(run, |run, name| run.var(name, "ours only"));
    let output = run.run().ok().prints_a_secret();
    let found = self::environment(&output);
    for (name, value) in kept {
        assert_eq!(found.get(name).map(String::as_str), Some(value), "{name}");
    }
    assert!(!output.stdout.contains("ours only"), "{}", output.stdout);
}

#[test]
fn the_command_takes_the_place_of_ours() {
    let (_market, environment) = strict();
    let exec = |script| environment.invoke(&["exec", ID, "--", "sh", "-c", script]);
    let output = exec("cat; echo to you >&2; exit 7").stdin("from you").run().code(7);
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("from you", "to you\n"));
    exec("kill -TERM $$").run().code(128 + 15);
    let running = exec("echo $$; pwd").spawn();
    let id = running.id();
    let folder = environment.home().with_file_name("");
    assert_eq!(
        running.finish().ok().stdout,
        format!("{id}\n{}\n", folder.to_str().unwrap().trim_end_matches('/'))
    );
    // What ours ignores or notes is nothing to the command: a reader that has gone away ends it.
    exec("yes | head -n 1").run().ok();
}

#[test]
fn a_command_that_nothing_is_to_interrupt_is_not_interrupted() {
    let (market, environment) = strict();
    let nohup = ["sh", "-c", "trap '' HUP; exec \"$@\"", "sh"];
    let shown = ["exec", ID, "--", "grep", "SigIgn", "/proc/self/status"];
    let output = environment.invoke_under(&nohup, &shown).run().ok();
    assert_eq!(market.renewals().len(), 1, "signals were noted meanwhile");
    assert!(output.stdout.trim_end().ends_with('1'), "{}", output.stdout);
}

#[test]
fn a_command_that_cannot_be_run_ends_as_in_a_shell() {
    let (_market, environment) = strict();
    let text = environment.write("text", "no program").display().to_string();
    for (command, code, kind) in [
        ("no-such-command", 127, "not_found"),
        ("/nowhere/at-all", 127, "not_found"),
        (&text, 126, "usage"),
        ("/", 126, "usage"),
    ] {
        let output = environment.run(&["--json", "exec", ID, "--", command]).code(code);
        let error = &output.error_json()["error"];
        assert_eq!(error["kind"], kind, "{command}");
        assert!(error["message"].as_str().unwrap().contains(command), "{error}");
    }
    environment.run(&["exec", ID]).code(2);
    environment.run(&["exec", "--", "true"]).code(2);
    environment.run(&["exec", "nobody", "--", "true"]).code(3);
}

#[test]
fn no_command_is_run_without_a_token() {
    let (stage, amazon, _) = connected(Some(Duration::from_secs(30)));
    amazon.revoke("A2SHOPDE");
    let output = stage.run(&["exec", "amazon-de", "--", "echo", "run"]).code(4);
    assert_eq!(output.stdout, "");
}

#[test]
fn an_sdk_gets_what_it_renews_with_and_a_person_is_told() {
    let (stage, _, app) = connected(None);
    let found = found(&stage, &["amazon-de", "--sdk"]);
    let mut names = [&GIVEN[..], &SDK].concat();
    names.sort_unstable();
    assert_eq!(found.keys().collect::<Vec<_>>(), names);
    for (name, value) in [
        ("AWS_ENV", "PRODUCTION"),
        ("LWA_APP_ID", &app.client_id),
        ("LWA_CLIENT_SECRET", &app.client_secret),
        ("SELLING_PARTNER_APP_CLIENT_ID", &app.client_id),
        ("SELLING_PARTNER_APP_CLIENT_SECRET", &app.client_secret),
        ("SP_API_DEFAULT_MARKETPLACE", "DE"),
    ] {
        assert_eq!(found[name], value, "{name}");
    }
    assert_eq!(stage.proxy.count(TOKEN), 1, "nothing was renewed");
    let sent = stage.proxy.requests_to(TOKEN)[0].clone();
    assert!(sent.form().is_some(), "the code's");
    assert!(found["SP_API_REFRESH_TOKEN"].starts_with("Atzr|"));

    let told = stage.run(&["exec", "amazon-de", "--sdk", "--", "true"]).ok();
    assert_eq!(told.stderr.lines().count(), 1, "{}", told.stderr);
    assert!(
        told.stderr.starts_with("note: ") && told.stderr.contains("long-lived secrets"),
        "{}",
        told.stderr
    );
    stage.environment.assert_absent(&[&found["SP_API_REFRESH_TOKEN"], &app.client_secret]);
    assert!(!found_without_sdk(&stage).contains("Atzr|"));
}

fn found_without_sdk(stage: &Stage) -> String {
    stage.run(&["exec", "amazon-de", "--", "env"]).ok().prints_a_secret().stdout
}

#[test]
fn an_sdk_gets_nothing_where_it_would_renew_in_vain() {
    let (market, environment) = strict();
    let refused = environment.run(&["exec", ID, "--sdk", "--", "true", "--json"]).code(2);
    assert!(refused.stderr.contains("replaces the refresh token"), "{}", refused.stderr);
    assert_eq!(market.renewals().len(), 0, "refused before anything was asked");

    let otto = Otto::new();
    let app = otto.app(App::self_app());
    let stage = Stage::new(vec![Box::new(otto)]);
    let add = ["app", "add", "otto-self", "--client-id", &app.client_id, "--client-secret-stdin"];
    stage.feed(&[&add[..], &["--scope", "orders"]].concat(), &app.client_secret).ok();
    stage.run(&["connect", "otto-self"]).ok();
    let refused = stage.run(&["--json", "exec", "otto", "--sdk", "--", "true"]).code(2).error_json();
    assert!(refused["error"]["hint"].as_str().unwrap().contains("SELLAUTH_ACCESS_TOKEN"), "{refused}");
    assert_eq!(stage.run(&["exec", "otto", "--", "echo", "run"]).ok().stdout, "run\n");
}

#[test]
fn killed_while_it_renews_it_loses_no_shop() {
    let (market, environment) = strict();
    market.hold();
    let running = environment.spawn(&["exec", ID, "--", "echo", "run"]);
    market.wait_until_held();
    running.signal("KILL");
    assert_eq!(running.finish().code(137).stdout, "");
    market.release();
    market.token(&environment, &[]);
    assert_eq!(market.ends(), [None]);
    assert_eq!(environment.run(&["exec", ID, "--", "echo", "run"]).ok().stdout, "run\n");
}

#[test]
fn a_signal_while_it_renews_is_not_lost_on_the_way_to_the_command() {
    for signal in ["INT", "TERM"] {
        let (market, environment) = strict();
        market.hold();
        let running = environment.spawn(&["exec", ID, "--", "echo", "run"]);
        market.wait_until_held();
        running.signal(signal);
        market.release();
        assert_eq!(running.finish().code(130).stdout, "", "SIG{signal}");
        market.token(&environment, &[]);
        assert_eq!(market.renewals().len(), 1);
    }
}
