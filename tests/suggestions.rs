//! A name that is misspelt is answered with the one that was probably meant.

use crate::support::environment::TestEnvironment;

const PROFILE: &str = "uuid = \"6f1c1f6e-95a5-4a3e-a6b3-27f1b8f0c001\"\nmarketplace = \"otto\"\napp = \"mine\"\n\
                       environment = \"production\"\n\n[labels]\nteam = \"north\"\n";

fn home() -> TestEnvironment {
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    environment.write("profiles/kontor-nord.toml", PROFILE);
    environment
}

#[test]
fn a_misspelt_name_gets_a_suggestion() {
    let environment = home();
    let add = ["app", "add", "otto", "--name", "mine", "--client-id", "id", "--client-secret-stdin"];
    let add = [&add[..], &["--redirect-uri", "https://relay.example/", "--set", "app_id=1"]].concat();
    environment.invoke(&add).stdin("a-secret-of-the-app").run().ok();
    for (arguments, code, meant) in [
        (&["stauts"][..], 2, "similar subcommands exist: 'vault', 'status'"),
        (&["migrat"], 2, "a similar subcommand exists: 'migrate'"),
        (&["app", "lsit"], 2, "list"),
        (&["status", "--jsno"], 2, "a similar argument exists: '--json'"),
        (&["token", "kontor-nrod"], 3, "did you mean `kontor-nord`?"),
        // The only shop of a marketplace goes by its name, too.
        (&["token", "oto"], 3, "did you mean `otto`?"),
        (&["token", "--profile", "kontor-nor"], 3, "did you mean `kontor-nord`?"),
        (&["disconnect", "kontr-nord", "--yes"], 3, "did you mean `kontor-nord`?"),
        (&["app", "show", "mien"], 3, "did you mean `mine`?"),
        (&["connect", "amazn"], 3, "did you mean `amazon`?"),
        (&["explain", "MD5011"], 3, "did you mean `MD5101`?"),
        (&["explain", "MD5101", "--marketplace", "amazonn"], 3, "did you mean `amazon`?"),
        (&["connect", "otto", "--env", "sandbx"], 2, "did you mean `sandbox`? known: production, sandbox"),
        (&["connect", "amazon", "--region", "UKK"], 2, "known regions: AE, AU"),
        (&["connect", "amazon", "--region", "DE", "--option", "vendr"], 2, "did you mean `vendor`? known: "),
        (&["connect", "otto", "--store", "fil"], 2, "a similar value exists: 'file'"),
        (&["app", "set", "mine", "--set", "app_di=2"], 2, "did you mean `app_id`?"),
        (&["man", "conect"], 2, "did you mean `connect`?"),
        (&["completions", "bsh"], 2, "a similar value exists: 'bash'"),
    ] {
        let output = environment.run(arguments).code(code);
        assert!(output.stderr.contains(meant), "{arguments:?}: {}", output.stderr);
    }
    // What is like nothing is told what there is.
    let output = environment.run(&["connect", "otto", "--env", "zebra"]).code(2);
    assert!(output.stderr.contains("known environments: production, sandbox"), "{output:?}");
}

#[test]
fn a_mark_that_no_shop_has_gets_a_suggestion() {
    let environment = home();
    environment.write("apps/mine.toml", APP);
    for (given, meant) in [("taem=north", true), ("team=nroth", true), ("colour=blue", false)] {
        let output = environment.run(&["status", "--label", given]).ok();
        assert!(output.stderr.starts_with("note: no connected shop has this label\n"), "{output:?}");
        assert_eq!(output.stderr.contains("hint: did you mean `team=north`?"), meant, "{output:?}");
    }
}

#[test]
fn a_misspelt_store_gets_a_suggestion_wherever_it_is_named() {
    let environment = home();
    let output = environment.invoke(&["status"]).var("SELLAUTH_STORE", "keyrin").run().code(9);
    assert!(output.stderr.contains("hint: did you mean `keyring`? known: keyring, file"), "{output:?}");
    environment.write("config.toml", "store = \"flie\"\n");
    let output = environment.run(&["status"]).code(9);
    assert!(output.stderr.contains("config.toml:1: "), "{output:?}");
    assert!(output.stderr.contains("hint: did you mean `file`? known: "), "{output:?}");
    environment.write("config.toml", "stoer = \"file\"\n");
    let output = environment.run(&["status"]).code(9);
    assert!(output.stderr.contains("hint: did you mean `store`?"), "{output:?}");
}

const APP: &str = "uuid = \"6f1c1f6e-95a5-4a3e-a6b3-27f1b8f0c002\"\nmarketplace = \"otto\"\n\
                   environment = \"production\"\nclient_id = \"id\"\nredirect_uri = \"https://relay.example/\"\n\n\
                   [variables]\napp_id = \"1\"\n";
