//! Shops on the way to another machine: `export` on one home, `import --bundle` on another.

use std::fs;
use std::path::PathBuf;

use serde_json::json;

use crate::support::environment::TestEnvironment;
use crate::support::marketplaces::Amazon;
use crate::support::marketplaces::amazon::App;
use crate::support::running::Output;
use crate::support::stage::Stage;
use crate::support::strict::{End, ID, Strict};
use crate::support::terminal::Terminal;

/// An age identity, and the recipient that belongs to it.
pub const IDENTITY: &str = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";
pub const RECIPIENT: &str = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";
const PASSPHRASE: &str = "correct horse battery staple";
/// Where the bundles lie, seen from the folder in which the program runs.
const BUNDLE: &str = "sellauth/../shops.age";

/// A machine.
fn home() -> TestEnvironment {
    let mut environment = TestEnvironment::new();
    environment.use_file_store().set_var("SELLAUTH_EXPORT_PASSPHRASE", PASSPHRASE);
    environment
}

/// A machine with a shop of a marketplace of the user's own, which replaces refresh tokens.
fn connected() -> (Strict, TestEnvironment) {
    let (market, environment) = (Strict::start(), home());
    market.connect(&environment);
    (market, environment)
}

/// What `export` prints.
fn export(environment: &TestEnvironment, arguments: &[&str]) -> (Vec<u8>, Output) {
    let output = environment.invoke(&[&["export"], arguments].concat()).into_file().run().ok();
    (output.bytes(), output)
}

/// Runs `import --bundle` on what was exported elsewhere.
fn import(environment: &TestEnvironment, bundle: &[u8], arguments: &[&str]) -> Output {
    environment.write("../shops.age", "");
    fs::write(environment.home().join("../shops.age"), bundle).unwrap();
    environment.run(&[&["import", "--bundle", BUNDLE], arguments].concat())
}

/// The file of the identity, beside the home.
fn identity(environment: &TestEnvironment) -> String {
    environment.write("../identity", IDENTITY).display().to_string()
}

/// Everything on disk but the bundle itself.
fn kept(environment: &TestEnvironment) -> Vec<(PathBuf, Vec<u8>)> {
    environment.files().into_iter().filter(|(path, _)| !path.ends_with("shops.age")).collect()
}

#[test]
fn a_shop_works_on_another_machine_with_all_that_was_said_about_it() {
    let (market, one) = connected();
    let (bundle, output) = export(&one, &["--all"]);
    // One line: where it is broken depends on the terminal.
    let note = output.stderr.lines().find(|line| line.contains("only one of them can live")).unwrap();
    assert!(
        note.starts_with("note: there are two copies of strict") && note.ends_with("does so here)"),
        "{note}"
    );
    assert!(bundle.starts_with(b"age-encryption.org/v1\n-> scrypt"));

    let other = home();
    let output = import(&other, &bundle, &[]).ok();
    assert_eq!(output.stdout, "strict  imported\n");
    assert!(output.stderr.contains("marketplaces/strict.toml"), "{}", output.stderr);
    assert!(output.stderr.contains("note: only one copy of strict can live"), "{}", output.stderr);
    for file in ["apps/strict.toml", "profiles/strict.toml", "marketplaces/strict.toml"] {
        assert_eq!(other.read(file), one.read(file), "{file}");
    }
    let [here, there] = [&one, &other].map(|home| home.run(&["status", "--json"]).ok().json());
    assert_eq!(here, there);
    assert!(market.renewals().is_empty(), "a bundle is taken over without a request");
    market.token(&other, &[]);
    assert_eq!(market.renewals().len(), 1);
    // The same once more changes nothing, though the shop was renewed since.
    let before = kept(&other);
    let again = import(&other, &bundle, &[]).ok();
    assert_eq!(again.stdout, "strict  here already\n");
    assert!(!again.stderr.contains("can live"), "{}", again.stderr);
    assert_eq!(kept(&other), before);
    let copy = market.renewals()[0].refresh_token.clone();
    one.assert_absent(&[&copy]);
    other.assert_absent(&[&copy, &market.renewals()[0].handed_out]);
}

#[test]
fn what_cannot_be_opened_writes_nothing() {
    let (_market, one) = connected();
    let (by_passphrase, _) = export(&one, &["--all"]);
    let (bundle, _) = export(&one, &["--all", "--recipient", RECIPIENT]);
    let other = home();
    let key = identity(&other);
    let before = kept(&other);
    let refused = |bundle: &[u8], arguments: &[&str], what: &str| {
        let error = import(&other, bundle, &[arguments, &["--json"]].concat()).code(9).error_json();
        assert_eq!(error["error"]["kind"], "configuration", "{what}");
        assert_eq!(kept(&other), before, "{what}");
    };
    let flag = ["--identity", &*key];
    // Each line of the header, its MAC, the nonce, the text, and the last byte.
    let places = (0..bundle.len()).step_by(89).chain([bundle.len() - 1]);
    for place in places {
        let mut changed = bundle.clone();
        changed[place] ^= 1;
        refused(&changed, &flag, &format!("byte {place}"));
        refused(&bundle[..place], &flag, &format!("cut at {place}"));
    }
    let mut wrong = by_passphrase.clone();
    *wrong.last_mut().unwrap() ^= 0x80;
    refused(&wrong, &[], "the last byte");
    refused(b"\xff\xfe", &[], "no text");
    refused(b"bundle = 1\nprofiles = 3\n", &[], "no table");
    refused(b"bundle = 2\n", &[], "a later version");
    let wrong = other.invoke(&["import", "--bundle", BUNDLE]).var("SELLAUTH_EXPORT_PASSPHRASE", "wrong");
    fs::write(other.home().join("../shops.age"), &by_passphrase).unwrap();
    assert!(wrong.run().code(9).stderr.contains("the passphrase or identity is another one"));
    assert_eq!(kept(&other), before);
    // Without what opens it, a flag or variable is missing.
    assert!(import(&other, &bundle, &[]).code(2).stderr.contains("--identity"));
    let unasked = other.invoke(&["import", "--bundle", BUNDLE]).var("SELLAUTH_EXPORT_PASSPHRASE", "");
    fs::write(other.home().join("../shops.age"), &by_passphrase).unwrap();
    assert!(unasked.run().code(2).stderr.contains("SELLAUTH_EXPORT_PASSPHRASE"));
    let useless = import(&other, &by_passphrase, &flag).code(2).stderr;
    assert!(useless.contains("leave `--identity` out"), "{useless}");
    import(&other, &bundle, &flag).ok();
}

#[test]
fn what_is_no_bundle_is_called_so() {
    let other = home();
    let texts: [&[u8]; 3] = [b"LWA_APP_ID=amzn1\nTOKEN=Atzr|x\n", b"{\"a\": 1}", b"\xff\xfe"];
    for text in texts {
        let error = import(&other, text, &[]).code(9).stderr;
        assert!(
            error.contains("is no bundle of sellauth\nhint:") && error.contains("--from FILE"),
            "{error}"
        );
    }
    for text in ["", "\n"] {
        let error = import(&other, text.as_bytes(), &[]).code(9).stderr;
        assert!(error.contains("is empty: the export failed"), "{error}");
    }
    // Whoever edits what `--config-only` printed is told the line.
    let error = import(&other, b"bundle = 1\napps = [\n", &[]).code(9).stderr;
    assert!(error.contains("shops.age:"), "{error}");
    let missing = other.run(&["import", "--bundle", "nowhere.age"]).code(9).stderr;
    assert!(missing.contains("No such file or directory"), "{missing}");
}

#[test]
fn a_dry_run_says_what_would_come_and_writes_nothing() {
    let (_market, one) = connected();
    let (bundle, _) = export(&one, &[ID, "--recipient", RECIPIENT]);
    let other = home();
    let key = identity(&other);
    let before = kept(&other);
    let dry = import(&other, &bundle, &["--identity", &key, "--dry-run"]).ok();
    assert_eq!(dry.stdout, "strict  would be imported\n");
    let dry = import(&other, &bundle, &["--identity", &key, "--dry-run", "--json"]).ok();
    assert_eq!(dry.json(), json!([{ "profile": ID, "result": "imported", "connected": true }]));
    assert_eq!(kept(&other), before);
}

#[test]
fn a_moved_shop_is_gone_here_and_alive_there() {
    let (market, one) = connected();
    let (bundle, output) = export(&one, &[ID, "--move"]);
    assert!(!output.stderr.contains("two copies"), "{}", output.stderr);
    assert_eq!(one.run(&["status", "--json"]).ok().json(), json!([]));
    one.run(&["token", ID]).code(3);
    assert!(!one.home().join("store").read_dir().unwrap().any(|entry| entry.unwrap().path().is_dir()));
    assert_eq!(one.run(&["app", "list", "--json"]).ok().json()[0]["app"], ID, "the app stays");
    assert_eq!(market.ends(), [None], "nothing was revoked");

    let other = home();
    import(&other, &bundle, &[]).ok();
    market.token(&other, &["--refresh"]);
    // And back, with what was renewed meanwhile.
    let (bundle, _) = export(&other, &[ID, "--move"]);
    import(&one, &bundle, &[]).ok();
    market.token(&one, &["--refresh"]);
    assert!(!market.ends().contains(&Some(End::Replayed)), "{:#?}", market.log());
}

#[test]
fn what_export_wants_is_said_where_it_is_missing() {
    let environment = home();
    let bare = environment.run(&["export"]).code(2).stderr;
    assert!(bare.contains("Usage: sellauth export <PROFILE|--all>"), "{bare}");
    let both = environment.run(&["export", "--all", ID]).code(2).stderr;
    assert!(!both.contains("Usage: sellauth export --all [PROFILE]"), "{both}");
    for (recipient, fault) in [(&RECIPIENT[..40], "it is cut off or mistyped"), ("bob", "begins with age1")] {
        let refused = environment.run(&["export", "--all", "--recipient", recipient]).code(2).stderr;
        assert!(refused.contains(fault), "{refused}");
    }
}

#[test]
fn what_cannot_be_written_is_not_removed() {
    let (market, one) = connected();
    let before = kept(&one);
    for to in ["> /dev/full", "> /dev/null", ">&-", "| cat"] {
        let script = format!(r#""$@" {to}"#);
        let run =
            one.invoke_under(&["bash", "-o", "pipefail", "-c", &script, "sh"], &["export", ID, "--move"]);
        assert!(run.run().code(2).stderr.contains("nothing was removed"), "{to}");
        assert_eq!(kept(&one), before, "{to}");
    }
    // A copy leaves nothing behind here, so there it may go to a device; a full one is told.
    one.invoke_under(&["sh", "-c", r#"exec "$@" > /dev/full"#, "sh"], &["export", ID]).run().code(1);
    let script = r#"ulimit -f 1; trap "" XFSZ; exec "$@" > big.age"#;
    let filled = ["sh", "-c", &format!("head -c 500 /dev/zero >> big.age; {script}"), "sh"];
    one.invoke_under(&filled, &["export", ID, "--move"]).run();
    market.token(&one, &[]);
}

#[test]
fn a_terminal_is_no_place_for_a_bundle_but_for_what_a_person_wrote() {
    let (_market, one) = connected();
    let mut terminal = Terminal::start(&one, &["export", ID]);
    terminal.expect("> shops.age");
    assert_eq!(terminal.finish(), 2);
    let mut terminal = Terminal::start(&one, &["export", ID, "--config-only"]);
    terminal.expect("[profiles.strict]");
    assert_eq!(terminal.finish(), 0);
}

#[test]
fn what_a_person_wrote_is_set_up_elsewhere_and_wants_consents() {
    let (market, one) = connected();
    let (document, output) = export(&one, &["--all", "--config-only"]);
    let text = String::from_utf8(document.clone()).unwrap();
    assert!(text.starts_with("bundle = 1\n") && text.contains("[apps.strict]"), "{text}");
    assert_eq!(output.stderr, "");
    let json = export(&one, &["--all", "--config-only", "--json"]).1.json();
    assert_eq!(json["profiles"][ID]["marketplace"], ID);

    let other = home();
    let output = import(&other, &document, &[]).ok();
    assert_eq!(output.stdout, "strict  imported  nobody has consented yet\n");
    let row = &other.run(&["status", "--json"]).ok().json()[0];
    assert_eq!(
        (&row["state"], &row["reason_code"]),
        (&json!("reauthorization_required"), &json!("never_connected"))
    );
    let running = other.spawn(&["reauthorize", "--all", "--no-browser"]);
    market.consent(&running.url());
    running.finish().ok();
    market.token(&other, &[]);
    assert_eq!(import(&other, json.to_string().as_bytes(), &[]).ok().stdout, "strict  here already\n");
    // Where it is connected, the same document changes nothing.
    assert_eq!(import(&other, &document, &[]).ok().stdout, "strict  here already\n");
    market.token(&other, &[]);
}

#[test]
fn nothing_here_is_replaced_unasked() {
    let (market, one) = connected();
    let (bundle, _) = export(&one, &[ID]);
    let other = home();
    market.connect(&other);
    let before = kept(&other);
    // Another shop has the name here; the app is the same client.
    assert!(import(&other, &bundle, &[]).code(2).stderr.contains("another shop is called `strict` here"));
    assert_eq!(kept(&other), before);
    import(&other, &bundle, &["--profile", "second"]).ok();
    assert_eq!(other.run(&["status", "--json"]).ok().json().as_array().unwrap().len(), 2);
    // Now the shop is here under another name.
    assert!(import(&other, &bundle, &["--replace"]).code(2).stderr.contains("sellauth rename second strict"));
    other.run(&["disconnect", "second", "--yes", "--force"]).ok();

    let (bundle, _) = export(&one, &[ID]);
    assert_eq!(import(&other, &bundle, &["--replace"]).ok().stdout, "strict  replaced\n");
    let stores = other
        .home()
        .join("store")
        .read_dir()
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().path().is_dir());
    assert_eq!(stores.count(), 1, "the secrets of the one before are gone");
    // Its own bundle, but here its settings were changed since, and then its consent.
    let (bundle, _) = export(&other, &[ID]);
    let profile = other.read("profiles/strict.toml");
    other.write("profiles/strict.toml", &format!("{profile}\n[labels]\nteam = \"a\"\n"));
    assert!(import(&other, &bundle, &[]).code(2).stderr.contains("here already, and set up differently"));
    other.write("profiles/strict.toml", &profile);
    let running = other.spawn(&["reauthorize", ID, "--no-browser"]);
    market.consent(&running.url());
    running.finish().ok();
    assert!(import(&other, &bundle, &[]).code(2).stderr.contains("with a consent other than the bundle's"));
    // A definition that differs is refused, whatever else is said.
    let own = other.read("marketplaces/strict.toml");
    other.write("marketplaces/strict.toml", &own.replace("Strict Market", "Other Market"));
    assert!(import(&other, &bundle, &["--replace"]).code(2).stderr.contains("marketplaces/strict.toml"));
}

#[test]
fn a_copy_that_a_renewal_has_killed_takes_no_place() {
    let (market, one) = connected();
    let (bundle, _) = export(&one, &[ID]);
    market.token(&one, &[]);
    fs::remove_dir_all(one.home().join("store")).unwrap();
    one.run(&["token", ID, "--refresh"]).code(4);
    let refused = import(&one, &bundle, &["--replace"]).code(2);
    assert!(refused.stderr.contains("sellauth reauthorize strict"), "{}", refused.stderr);
}

#[test]
fn amazons_shops_take_their_apps_secret_along() {
    let amazon = Amazon::new();
    let app = amazon.app(App::new());
    let token = amazon.self_authorize(&app, "A2SHOPDE", "EU");
    let stage = Stage::new(vec![Box::new(amazon)]);
    let application = format!("application_id={}", app.application_id);
    let add =
        ["app", "add", "amazon", "--imported-only", "--client-id", &app.client_id, "--set", &application];
    stage.feed(&[&add[..], &["--client-secret-stdin"]].concat(), &app.client_secret).ok();
    stage.feed(&["import", "amazon", "--region", "DE", "--refresh-token-stdin"], &token).ok();
    let (bundle, output) = export(&stage.environment, &["--all", "--recipient", RECIPIENT]);
    assert!(!output.stderr.contains("two copies"), "its refresh tokens are not replaced: {}", output.stderr);

    let mut other = home();
    for (name, value) in stage.proxy.env() {
        other.set_var(name, value);
    }
    let key = identity(&other);
    let said = import(&other, &bundle, &["--identity", &key]).ok().stderr;
    assert!(!said.contains("can live") && !said.contains("client secret"), "{said}");
    for home in [&stage.environment, &other] {
        home.run(&["token", "amazon-de", "--refresh"]).ok().prints_a_secret();
    }
    fs::remove_file(other.home().join("../identity")).unwrap();
    other.assert_absent(&[&token, &app.client_secret]);

    // Without its secret an app is first to be given one.
    let (wishes, _) = export(&stage.environment, &["--all", "--config-only"]);
    let third = home();
    let set = ["app", "set", "amazon", "--client-secret-stdin"];
    assert!(import(&third, &wishes, &[]).ok().stderr.contains(&format!("`sellauth {}`", set.join(" "))));
    third.invoke(&set).stdin(&*app.client_secret).run().ok();
    assert!(!import(&third, &wishes, &[]).ok().stderr.contains("client secret"));
}

#[test]
fn wishes_that_send_secrets_elsewhere_are_not_taken_in_silence() {
    let environment = home();
    let add =
        ["app", "add", "etsy", "--client-id", "keystring", "--client-secret-stdin", "--scope", "shops_r"];
    environment.invoke(&add).stdin("shared-secret").run().ok();
    let profile = r#"
[profiles.kontor]
uuid = "7a3f3a0e-52a4-4b0c-9f0f-0a1c6d0a9f11"
marketplace = "etsy"
app = "etsy"
environment = "production"
variables = { api = "https://evil.example" }
"#;
    let (wishes, _) = export(&environment, &["--all", "--config-only"]);
    let wishes = format!("{}{profile}", String::from_utf8(wishes).unwrap());
    let output = import(&environment, wishes.as_bytes(), &["--quiet"]).ok();
    assert!(
        output.stderr.contains("https://evil.example") && output.stderr.contains("client secret"),
        "{}",
        output.stderr
    );
    let again = import(&environment, wishes.as_bytes(), &[]).ok();
    assert!(!again.stderr.contains("https://evil.example"), "it is here already: {}", again.stderr);

    let start =
        ["connect", "etsy", "--profile", "other", "--start", "--set", "api=https://odd.example", "--quiet"];
    let started = environment.run(&start).ok();
    assert!(started.stderr.contains("https://odd.example"), "{}", started.stderr);
}
