//! Broken definitions, each one edit away from a sound one, and what is said of them.

use std::path::Path;

use crate::error::Kind;
use crate::marketplace::load;

const SOUND: &str = r#"
schema = 1
id = "sample"
name = "Sample Market"
docs = "https://docs.example"
verified = "2026-11-22"
grant = "authorization_code"
api_base = "{api}"
api_headers = ["Authorization: Bearer {access_token}"]

[environments.production]
api = "https://api.example"

[regions.DE]
aliases = ["GE"]
central = "https://de.example"

[variables.shop]
scope = "profile"
prompt = "Shop"
pattern = "[a-z0-9-]+"

[consent]
pkce = "S256"

[redirect]
modes = ["loopback"]

[authorization_request]
endpoint = "https://{shop}.example/authorize"
parameters = { client_id = "{client_id}", state = "{state}", code_challenge = "{code_challenge}" }

[[token_request]]
url = "{api}/token"
form = { code = "{code}", code_verifier = "{code_verifier}", client_secret = "{client_secret}" }
token = { access_token = "/access_token" }
"#;

const SHAPE: &str = "sample.toml:";

/// What is replaced, by what, and the message: of the shape with its line, of the meaning with its key.
const BROKEN: &[(&str, &str, &str)] = &[
    ("schema = 1", "schema = 2", "schema: this program reads schema 1"),
    ("id = \"sample\"", "id = \"Sample\"", "id: use lower-case letters, digits and hyphens"),
    ("id = \"sample\"", "id = \"other\"", "id: the file's name promises `sample`"),
    ("environments.production", "environments.live", "environments: one must be called `production`"),
    ("aliases = [\"GE\"]", "aliases = [\"de\"]", "regions: `de` is named twice"),
    ("2026-11-22", "yesterday", "verified: write a date as 2026-11-22"),
    ("[a-z0-9-]+", "[a-z", "variables.shop: `[a-z` is no regular expression"),
    (
        "pattern = \"[a-z0-9-]+\"",
        "pattern = \"[a-z]+\"\ndefault = \"1\"",
        "variables.shop: the default does not match the pattern",
    ),
    ("Bearer {access_token}", "Bearer {acess_token}", "api_headers: nothing is called `{acess_token}`"),
    ("central =", "state =", "state: is a name of the protocol; choose another"),
    ("access_token = \"/access_token\"", "", SHAPE),
    ("token = {", "capture = { id = \"/id\" } # {", "token: no request yields an access token"),
    ("form = {", "json = {}\nform = {", "token_request[0]: choose one of `form` and `json`"),
    (
        "client_id = \"{client_id}\"",
        "secret = \"{client_secret}\"",
        "authorization_request: {client_secret} must not go through a browser",
    ),
    (
        "client_id = \"{client_id}\"",
        "token = \"{refresh_token}\"",
        "authorization_request: {refresh_token} must not go through a browser",
    ),
    (
        "client_id = \"{client_id}\"",
        "verifier = \"{code_verifier}\"",
        "authorization_request: {code_verifier} must not go through a browser",
    ),
    (
        "state = \"{state}\"",
        "prompt = \"consent\"",
        "authorization_request: {state} is missing: answers could be forged",
    ),
    (
        "pkce = \"S256\"",
        "pkce = \"off\"",
        "consent.pkce: set it to \"S256\" if and only if {code_challenge} is sent",
    ),
    ("modes = [\"loopback\"]", "modes = []", "redirect.modes: name at least one of loopback, relay, paste"),
    (
        "modes = [\"loopback\"]",
        "modes = [\"loopback\"]\nhost = \"evil.example\"",
        "redirect.host: is localhost, 127.0.0.1 or [::1]",
    ),
    (
        "pattern = \"[a-z0-9-]+\"",
        "",
        "authorization_request.endpoint: `shop` is part of a host: give it a pattern of letters, digits and hyphens",
    ),
    (
        "[a-z0-9-]+",
        ".+",
        "authorization_request.endpoint: `shop` is part of a host: give it a pattern of letters, digits and hyphens",
    ),
    (
        "url = \"{api}/token\"",
        "url = \"https://{code}/token\"",
        "token_request[0].url: {code} must not choose a host",
    ),
    (
        "url = \"{api}/token\"",
        "url = \"http://api.example/token\"",
        "token_request[0].url: `http://api.example/token` is no https address (http is for this machine only) (production, DE)",
    ),
    (
        "api = \"https://api.example\"",
        "api = \"http://api.example\"",
        "api_base: the value of `api` is not fit for a host name (production, DE)",
    ),
    ("aliases = [\"GE\"]", "unverified = [\"seller\"]", "regions.DE: unverified `seller` is no value of it"),
    (
        "grant = \"authorization_code\"",
        "grant = \"client_credentials\"",
        "authorization_request: this grant has none",
    ),
    ("{api}/token", "{api/token", SHAPE),
    ("prompt = \"Shop\"", "promt = \"Shop\"", SHAPE),
    ("pkce = \"S256\"", "pkce = \"plain\"", SHAPE),
];

#[test]
fn the_sound_definition_is_sound() {
    assert!(load(Path::new("sample.toml"), SOUND).is_ok());
}

#[test]
fn every_fault_is_named_with_its_place() {
    for (from, to, fault) in BROKEN {
        assert_eq!(SOUND.matches(from).count(), 1, "`{from}` must stand there once");
        let error = load(Path::new("sample.toml"), &SOUND.replace(from, to)).expect_err(to);
        assert_eq!(error.kind, Kind::Configuration, "{to}");
        assert!(error.hint.is_some(), "{to}");
        let told =
            std::iter::once(error.message.clone()).chain(error.causes()).collect::<Vec<_>>().join("; ");
        assert!(told.starts_with("sample.toml:") && told.contains(fault), "{to}: {told}");
    }
}

#[test]
fn a_fault_of_the_shape_names_the_line() {
    let message = |from: &str, to: &str| {
        let error = load(Path::new("sample.toml"), &SOUND.replace(from, to)).unwrap_err();
        (error.message, error.hint.unwrap_or_default())
    };
    let unknown = |key: &str| format!("sample.toml:20: `{key}` is no known key");
    assert_eq!(
        message("prompt = \"Shop\"", "promt = \"Shop\""),
        (unknown("promt"), "did you mean `prompt`".to_owned())
    );
    assert_eq!(
        message("prompt = \"Shop\"", "prompt = \"Shop\"\nhost = \"x\"").0,
        unknown("host").replace("20", "21")
    );
    let hint = "correct this line; nothing else was changed".to_owned();
    assert_eq!(
        message("{api}/token", "{api/token"),
        (
            "sample.toml:34: `{api/token` is no template: write placeholders as {name}".to_owned(),
            hint.clone()
        )
    );
    assert_eq!(
        message("pkce = \"S256\"", "pkce = \"plain\""),
        ("sample.toml:24: unknown variant `plain`, expected `off` or `S256`".to_owned(), hint)
    );
}
