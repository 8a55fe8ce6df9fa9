//! Bad input: a clear error with a hint and the right exit code, before the browser opens, and
//! nothing changed on disk.

mod connected;
mod definitions;
mod values;

use crate::support::environment::TestEnvironment;

/// A marketplace of one's own: shops with a host each, no secret, no built-in name.
const SHOPLY: &str = r#"
schema = 1
id = "shoply"
name = "Shoply"
docs = "https://docs.example"
verified = "2026-11-22"
grant = "authorization_code"
api_base = "https://{shop}.shoply.example"
api_headers = ["Authorization: Bearer {access_token}"]

[environments.production]

[variables.shop]
scope = "profile"
prompt = "Name of the shop"
pattern = "[a-z0-9-]+"
example = "kontor-nord"

[consent]
pkce = "S256"

[redirect]
modes = ["loopback"]

[authorization_request]
endpoint = "https://{shop}.shoply.example/authorize"
parameters = { client_id = "{client_id}", redirect_uri = "{redirect_uri}", state = "{state}", code_challenge = "{code_challenge}" }

[[token_request]]
url = "https://{shop}.shoply.example/token"
form = { code = "{code}", code_verifier = "{code_verifier}" }
token = { access_token = "/access_token", expires_in = "/expires_in" }
"#;

/// An app as the program writes it.
const APP: &str = r#"uuid = "0f1f4a54-6a3c-4f0e-9d0f-3f9f0d1d2a01"
marketplace = "shoply"
environment = "production"
client_id = "shoply-1"
"#;

/// A profile as the program writes it.
const PROFILE: &str = r#"uuid = "0f1f4a54-6a3c-4f0e-9d0f-3f9f0d1d2a02"
marketplace = "shoply"
app = "shoply"
environment = "production"

[variables]
shop = "kontor-nord"
"#;

const RECORD: &str = "state/profiles/0f1f4a54-6a3c-4f0e-9d0f-3f9f0d1d2a02.json";
const CORRECT_THIS_LINE: &str = "correct this line; nothing else was changed";

/// What to do about the damaged record of the shop called `name`.
fn left_as_it_is(name: &str) -> String {
    format!(
        "it was left as it is: restore it from a backup, or remove it and run `sellauth reauthorize {name}`"
    )
}

/// A home that knows Shoply and has an app there.
fn shoply() -> TestEnvironment {
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    environment.write("marketplaces/shoply.toml", SHOPLY);
    environment.write("apps/shoply.toml", APP);
    environment
}

/// What is wrong with Shoply after one edit of its definition.
fn misdefined(from: &str, to: &str) -> TestEnvironment {
    assert_eq!(SHOPLY.matches(from).count(), 1, "`{from}` must stand there once");
    let environment = shoply();
    environment.write("marketplaces/shoply.toml", &SHOPLY.replace(from, to));
    environment
}

fn path(environment: &TestEnvironment, file: &str) -> String {
    environment.home().join(file).display().to_string()
}

/// Exit codes and kinds.
const USAGE: (i32, &str) = (2, "usage");
const NOT_FOUND: (i32, &str) = (3, "not_found");
const CONFIGURATION: (i32, &str) = (9, "configuration");

/// Runs the command twice, for a person and for a script: the same error, nothing on stdout, no
/// address to open, and nothing changed on disk.
#[track_caller]
fn refused(
    environment: &TestEnvironment,
    arguments: &[&str],
    (code, kind): (i32, &str),
    message: &str,
    hint: &str,
) {
    let before = environment.files();
    let run =
        |arguments: &[&str]| environment.invoke(arguments).stdin("a-secret-nobody-reads").run().code(code);
    let told = run(arguments);
    assert_eq!(told.stdout, "");
    let line = |start: &str| told.stderr.lines().find_map(|line| line.strip_prefix(start).map(str::to_owned));
    assert_eq!(line("error: ").as_deref(), Some(message), "{told:?}");
    assert_eq!(line("hint: ").as_deref(), Some(hint), "{told:?}");
    let scripted = run(&[&["--json"], arguments].concat());
    assert_eq!(scripted.stdout, "");
    let error = &scripted.error_json()["error"];
    assert_eq!(
        (&error["kind"], &error["message"], &error["hint"]),
        (&kind.into(), &message.into(), &hint.into())
    );
    for output in [&told, &scripted] {
        let opened = output.stderr.lines().any(|line| line.trim().starts_with("http"));
        assert!(!opened, "an address was shown: {output:?}");
    }
    assert_eq!(environment.files(), before, "something changed on disk");
}

/// A flag that clap refuses: the same demands, without a line of ours.
#[track_caller]
fn misread(environment: &TestEnvironment, arguments: &[&str], message: &str, hint: &str) {
    let before = environment.files();
    let told = environment.run(arguments).code(2);
    assert_eq!(told.stdout, "");
    assert!(told.stderr.starts_with("error: "), "{told:?}");
    let scripted = environment.run(&[&["--json"], arguments].concat()).code(2);
    let error = &scripted.error_json()["error"];
    assert_eq!(
        (&error["kind"], &error["message"], &error["hint"]),
        (&"usage".into(), &message.into(), &hint.into())
    );
    assert_eq!((scripted.stdout.as_str(), scripted.stderr.lines().count()), ("", 1));
    assert_eq!(environment.files(), before, "something changed on disk");
}

const SEE_HELP: &str = "see what it takes with `--help`";

#[test]
fn an_unknown_key_is_named_with_file_line_and_nearest() {
    let environment = shoply();
    let said = |file: &str, line: u32, key: &str| {
        format!("{}:{line}: `{key}` is no known key", path(&environment, file))
    };
    environment.write("profiles/nord.toml", &PROFILE.replace("marketplace", "marketplce"));
    let message = said("profiles/nord.toml", 2, "marketplce");
    refused(&environment, &["token", "nord"], CONFIGURATION, &message, "did you mean `marketplace`?");

    environment.write("apps/shoply.toml", &format!("{APP}redirect_url = \"http://127.0.0.1/callback\"\n"));
    let message = said("apps/shoply.toml", 5, "redirect_url");
    let connect = ["connect", "shoply", "--app", "shoply", "--set", "shop=nord"];
    refused(&environment, &connect, CONFIGURATION, &message, "did you mean `redirect_uri`?");

    environment.write("marketplaces/shoply.toml", &SHOPLY.replace("prompt =", "promt ="));
    let message = said("marketplaces/shoply.toml", 15, "promt");
    refused(&environment, &connect, CONFIGURATION, &message, "did you mean `prompt`?");

    environment.write("config.toml", "# mine\nstor = \"file\"\n");
    let message = said("config.toml", 2, "stor");
    refused(&environment, &["status"], CONFIGURATION, &message, "did you mean `store`?");
    environment.write("config.toml", "zebra = 1\n");
    let message = said("config.toml", 1, "zebra");
    refused(&environment, &["status"], CONFIGURATION, &message, "known keys: store, ca_file, cache, vault");
}

#[test]
fn an_unknown_region_is_answered_with_the_known_ones() {
    let environment = shoply();
    let known = "known regions: AE, AU, BE, BR, CA, DE, EG, ES, FR, IE, IN, IT, JP, MX, NL, PL, SA, SE, SG, \
                 TR, UK, US, ZA";
    let connect = |region: &'static str| ["connect", "amazon", "--region", region];
    refused(&environment, &connect("XX"), USAGE, "`XX` is no known region", known);
    let known = known.replace("known regions", "choose one with `--region`");
    refused(&environment, &["connect", "amazon"], USAGE, "Amazon has several regions", &known);
    let useless = "Allegro has no regions, so `DE` cannot be one";
    refused(&environment, &["connect", "allegro", "--region", "DE"], USAGE, useless, "leave `--region` out");
}

#[test]
fn environments_and_options_are_known_ones() {
    let environment = shoply();
    let amazon = ["connect", "amazon", "--region", "DE"];
    refused(
        &environment,
        &[&amazon[..], &["--env", "test"]].concat(),
        USAGE,
        "`test` is no known environment",
        "known environments: production, sandbox",
    );
    refused(
        &environment,
        &[&amazon[..], &["--option", "drft"]].concat(),
        USAGE,
        "`drft` is no known option",
        "did you mean `draft`? known: draft, vendor",
    );
    refused(
        &environment,
        &[&amazon[..], &["--env", "sandbox"]].concat(),
        USAGE,
        "`sandbox` of `amazon` takes no consent in a browser",
        "make a refresh token in the marketplace's portal, then `sellauth import amazon --env sandbox`",
    );
}

#[test]
fn the_two_ids_of_an_amazon_app_cannot_be_mixed_up() {
    let environment = shoply();
    let add = |client: &'static str, application: &'static str| {
        let redirect = ["--redirect-uri", "https://erp.example/callback", "--client-secret-stdin"];
        [&["app", "add", "amazon", "--client-id", client, "--set", application][..], &redirect].concat()
    };
    refused(
        &environment,
        &add("amzn1.application-oa2-client.1", "application_id=amzn1.application-oa2-client.1"),
        USAGE,
        "`amzn1.application-oa2-client.1` does not fit `application_id`",
        "that is the LWA client identifier; the Application ID begins with amzn1.sp.solution or \
         amzn1.sellerapps.app",
    );
    refused(
        &environment,
        &add("amzn1.sp.solution.1", "application_id=amzn1.sp.solution.1"),
        USAGE,
        "`amzn1.sp.solution.1` does not fit `client_id`",
        "that is the Application ID; the LWA client identifier begins with amzn1.application-oa2-client",
    );
    refused(
        &environment,
        &add("amzn1.application-oa2-client.1", "application_id=B0"),
        USAGE,
        "`B0` does not fit `application_id`",
        "it looks like this: amzn1.sp.solution.…",
    );
}

/// Where everything that is wrong with the definition is shown.
fn see_all(environment: &TestEnvironment) -> String {
    let file = path(environment, "marketplaces/shoply.toml");
    format!("to see all of it run `sellauth marketplaces check {file}`")
}

#[test]
fn a_definition_sends_nothing_in_the_clear() {
    let environment = misdefined(
        "url = \"https://{shop}.shoply.example/token\"",
        "url = \"http://{shop}.shoply.example/token\"",
    );
    let message = format!(
        "{}:30: token_request[0].url: `http://{{shop}}.shoply.example/token` is no https address (http is for this \
         machine only) (production)",
        path(&environment, "marketplaces/shoply.toml")
    );
    let connect = ["connect", "shoply", "--set", "shop=nord"];
    refused(&environment, &connect, CONFIGURATION, &message, &see_all(&environment));
}

#[test]
fn a_value_cannot_smuggle_a_host() {
    let environment = shoply();
    for hostile in ["evil.example/#", "evil.example?", "a@evil.example", "a:1", "..", "Ä"] {
        refused(
            &environment,
            &["connect", "shoply", "--set", &format!("shop={hostile}")],
            USAGE,
            &format!("`{hostile}` does not fit `shop`"),
            "it looks like this: kontor-nord",
        );
    }
}

#[test]
fn a_variable_in_a_host_needs_a_pattern_that_keeps_it_there() {
    for pattern in ["", "pattern = \".+\"\n", "pattern = \"[a-z0-9][a-z0-9.-]*\"\n"] {
        let environment = misdefined("pattern = \"[a-z0-9-]+\"\n", pattern);
        let message = format!(
            "{}:8: api_base: `shop` is part of a host: give it a pattern of letters, digits and hyphens",
            path(&environment, "marketplaces/shoply.toml")
        );
        let connect = ["connect", "shoply", "--set", "shop=nord"];
        refused(&environment, &connect, CONFIGURATION, &message, &see_all(&environment));
    }
}

#[test]
fn no_secret_goes_through_a_browser() {
    for secret in ["client_secret", "refresh_token", "code_verifier", "access_token"] {
        let environment = misdefined("client_id = \"{client_id}\"", &format!("x = \"{{{secret}}}\""));
        let message = format!(
            "{}:27: authorization_request.parameters.x: {{{secret}}} must not go where a browser or a person sees it",
            path(&environment, "marketplaces/shoply.toml")
        );
        let connect = ["connect", "shoply", "--set", "shop=nord"];
        refused(&environment, &connect, CONFIGURATION, &message, &see_all(&environment));
    }
}

#[test]
fn a_truncated_or_foreign_file_of_a_persons_is_named() {
    let environment = shoply();
    let profile = path(&environment, "profiles/nord.toml");
    let token = ["token", "nord"];
    for (text, message) in [
        ("", format!("{profile}:1: missing field `uuid`")),
        (&PROFILE[..40], format!("{profile}:1: invalid basic string, expected `\"`")),
        (&PROFILE[..69], format!("{profile}:1: missing field `app`")),
        ("uuid = \"1\"\n", format!("{profile}:1: UUID parsing failed: invalid length: found 1")),
    ] {
        environment.write("profiles/nord.toml", text);
        refused(&environment, &token, CONFIGURATION, &message, CORRECT_THIS_LINE);
    }
    environment.write("profiles/nord.toml", "[package]\nname = \"foreign\"\n");
    let known = "known keys: uuid, marketplace, app, environment, region, options, scopes, expect_shop, \
                 variables, labels";
    refused(&environment, &token, CONFIGURATION, &format!("{profile}:1: `package` is no known key"), known);

    environment.write("profiles/nord.toml", PROFILE);
    environment.write("apps/shoply.toml", &APP[..60]);
    let message = format!(
        "{}:2: string values must be quoted, expected literal string",
        path(&environment, "apps/shoply.toml")
    );
    refused(&environment, &token, CONFIGURATION, &message, CORRECT_THIS_LINE);
}

#[test]
fn a_truncated_or_foreign_record_is_left_as_it_is() {
    let environment = shoply();
    environment.write("profiles/nord.toml", PROFILE);
    let message = format!("{} is damaged, or not written by sellauth", path(&environment, RECORD));
    for text in ["", "{\"uuid\": \"0f1f4a54", "[]", "{\"version\": 3}", "\u{0}\u{0}\u{0}\u{0}"] {
        environment.write(RECORD, text);
        refused(&environment, &["token", "nord"], CONFIGURATION, &message, &left_as_it_is("nord"));
        refused(
            &environment,
            &["connect", "shoply", "--profile", "nord"],
            CONFIGURATION,
            &message,
            &left_as_it_is("PROFILE"),
        );
    }
}

#[test]
fn a_name_is_never_a_path() {
    let environment = shoply();
    environment.write("profiles/nord.toml", PROFILE);
    let hint = "use up to 64 letters, digits, `-`, `_` and single dots, beginning with a letter or digit";
    for name in ["../nord", "a/b", "..", "/etc/passwd", "a\\b", "-nord", "shop name", ""] {
        let message = format!("`{name}` cannot be a name");
        let given = format!("--profile={name}");
        let connect = ["connect", "shoply", "--set", "shop=nord", &given];
        refused(&environment, &connect, USAGE, &message, hint);
        refused(&environment, &["token", "--", name], USAGE, &message, hint);
        refused(&environment, &["rename", "--", "nord", name], USAGE, &message, hint);
        refused(&environment, &["disconnect", "--yes", "--", name], USAGE, &message, hint);
        let app = format!("--name={name}");
        refused(&environment, &["app", "add", "shoply", "--client-id", "1", &app], USAGE, &message, hint);
    }
}

#[test]
fn stdin_holds_one_secret() {
    let environment = shoply();
    let tip = "a similar argument exists: '--refresh-token-stdin'";
    misread(
        &environment,
        &["import", "amazon", "--refresh-token-stdin", "--client-secret-stdin"],
        "unexpected argument '--client-secret-stdin' found",
        tip,
    );
    let twice = ["app", "add", "otto-self", "--client-secret-stdin", "--client-secret-stdin"];
    let message = "the argument '--client-secret-stdin' cannot be used multiple times";
    misread(&environment, &twice, message, SEE_HELP);
    // An empty one is no secret.
    let before = environment.files();
    let add = ["app", "add", "otto-self", "--client-id", "1", "--scope", "orders", "--client-secret-stdin"];
    let told = environment.invoke(&add).stdin(" \n").run().code(2);
    let expected = "error: the secret is empty\nhint: pipe the secret into the command, for example \
                    `sellauth … < FILE`\n";
    assert_eq!((told.stdout.as_str(), told.stderr.as_str()), ("", expected));
    assert_eq!(environment.files(), before);
}

#[test]
fn a_duration_has_a_unit() {
    let environment = shoply();
    for wrong in ["60", "1w", "m", "5 m", "1h30m", "-5m", "1.5h", "200000000000000d"] {
        let said = match wrong {
            "200000000000000d" => format!("`{wrong}` is longer than a hundred years"),
            _ => format!("`{wrong}` is no duration: write 90s, 5m, 12h or 30d"),
        };
        for (command, flag, name) in [
            (["token", "nord"], "--min-validity", "--min-validity <TIME>"),
            (["connect", "shoply"], "--timeout", "--timeout <TIME>"),
            (["reauthorize", "nord"], "--within", "--within <TIME>"),
        ] {
            let given = format!("{flag}={wrong}");
            let message = format!("invalid value '{wrong}' for '{name}': {said}");
            misread(&environment, &[&command[..], &[&given]].concat(), &message, SEE_HELP);
        }
    }
}

#[test]
fn arguments_that_are_no_text_are_refused_like_others() {
    use std::os::unix::ffi::OsStrExt;
    let environment = shoply();
    for flags in [&["token"][..], &["token", "--json"]] {
        let argument = std::ffi::OsStr::from_bytes(b"nord\xff");
        let output = environment.command(flags).arg(argument).output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{stderr}");
        assert!(stderr.contains("invalid UTF-8") && !stderr.contains("panicked"), "{stderr}");
    }
}

#[test]
fn a_browser_command_with_an_open_quote_opens_no_other_browser() {
    let environment = shoply();
    let connect = ["connect", "shoply", "--set", "shop=nord", "--browser", "firefox '%s"];
    let message = "a quote is not closed in the browser command `firefox '%s`";
    let hint = "quote it as in a shell, for example `--browser 'firefox --new-window %s'`";
    refused(&environment, &connect, USAGE, message, hint);
}

#[test]
fn a_passphrase_file_that_is_gone_stops_only_what_needs_it() {
    let mut environment = shoply();
    environment.write("profiles/nord.toml", PROFILE);
    environment.set_var("SELLAUTH_PASSPHRASE_FILE", "/nowhere/passphrase");
    environment.run(&["status"]).ok();
    environment.run(&["rename", "nord", "north"]).ok();
    let add = ["app", "add", "otto-self", "--client-id", "1", "--scope", "orders", "--client-secret-stdin"];
    let hint = "check that the file exists and that this user may read it";
    refused(&environment, &add, CONFIGURATION, "cannot read /nowhere/passphrase", hint);
}

#[test]
fn what_is_missing_is_named() {
    let environment = shoply();
    let message = "the following required arguments were not provided: <MARKETPLACE>";
    misread(&environment, &["connect"], message, SEE_HELP);
    refused(
        &environment,
        &["connect", "shoply"],
        USAGE,
        "`shop` is missing: Name of the shop",
        "give it with `--set shop=…`",
    );
    refused(
        &environment,
        &["app", "add", "shoply", "--name", "two"],
        USAGE,
        "the client id is missing",
        "give it with `--client-id ID`",
    );
    refused(
        &environment,
        &["app", "add", "otto-self", "--client-id", "1", "--scope", "orders"],
        USAGE,
        "the client secret is missing",
        "pipe it in with `--client-secret-stdin`, or set SELLAUTH_CLIENT_SECRET",
    );
    refused(
        &environment,
        &["connect", "otto-self"],
        CONFIGURATION,
        "no app is registered for OTTO Market (own app)",
        "register it: `sellauth app add otto-self --client-id ID --scope … --client-secret-stdin`",
    );
    let hint = "did you mean `allegro`?";
    refused(&environment, &["connect", "alegro"], NOT_FOUND, "no marketplace is called `alegro`", hint);
}
