//! Kinds of apps and registrations, each one edit away from a sound definition.

use std::path::Path;

use super::each_is_told;
use crate::marketplace::load;

const SOUND: &str = r#"
schema = 1
id = "sample"
name = "Sample Market"
docs = "https://docs.example"
verified = "2026-11-22"
grant = "authorization_code"
api_base = "https://api.example"
api_headers = ["Authorization: Bearer {access_token}"]

[environments.production]

[app_kinds.browser]
description = "in a browser"

[app_kinds.device]
description = "on any device"
device = true

[registration]
description = "one that is registered now"
page = "https://www.example/code"
code_prompt = "Code"
client_name_pattern = ".{3,50}"
client_name_hint = "3 to 50 characters"
client_id = "/client_id"
client_secret = "/client_secret"

[registration.request]
url = "https://api.example/register"
json = { code = "{registration_code}", client_name = "{client_name}" }
json_lists = { redirect_uris = "{redirect_uri}" }

[redirect]
modes = ["loopback"]

[authorization_request]
endpoint = "https://www.example/authorize"
parameters = { client_id = "{client_id}", state = "{state}" }

[[token_request]]
url = "https://api.example/token"
form = { code = "{code}" }
token = { access_token = "/access_token" }

[device_authorization_request]
url = "https://api.example/device"
form = { client_id = "{client_id}" }
capture = { device_code = "/device_code", user_code = "/user_code", verification_uri = "/verification_uri" }

[[device_token_request]]
url = "https://api.example/token"
form = { device_code = "{device_code}" }
token = { access_token = "/access_token" }
"#;

/// What is replaced, by what, and what is said of it.
const BROKEN: &[(&str, &str, &str)] = &[
    ("[app_kinds.browser]", "[app_kinds.Browser]", "app_kinds.Browser: use lower-case letters"),
    ("device = true", "devise = true", "sample.toml:18: `devise` is no known key"),
    ("code = \"{registration_code}\", ", "", "registration.request: {registration_code} is not sent"),
    (
        "client_id = \"{client_id}\", state",
        "name = \"{client_name}\", state",
        "authorization_request.parameters.name: {client_name} is known to `registration.request` only",
    ),
    (
        "https://www.example/code\"",
        "https://www.example/{registration_code}\"",
        "registration.page: {registration_code} must not go where",
    ),
    (
        "client_name_hint = \"3 to 50 characters\"",
        "client_name_hint = \"any\"\nvariables = { nobodys = \"{client_name}\" }",
        "registration.variables: `nobodys` is none of the app's variables",
    ),
    (".{3,50}", ".{3,50", "registration.client_name_pattern: `.{3,50` is no regular expression"),
    ("json = { code", "form = { code", "registration.request: choose one of `form` and `json`"),
    ("https://api.example/register", "http://api.example/register", "registration.request.url"),
    ("client_secret = \"/client_secret\"\n", "", "sample.toml:"),
    (
        "example/register\"",
        "example/register?code={registration_code}\"",
        "registration.request.url: {registration_code} must not go where",
    ),
    (
        "example/register\"",
        "example/register\"\ncapture = { id = \"/id\" }",
        "registration.request.capture: a registration has no use for it",
    ),
    (
        "example/register\"",
        "example/register\"\ntoken = { access_token = \"/t\" }",
        "registration.request.token: a registration has no use for it",
    ),
    (
        "example/register\"",
        "example/register\"\npace = \"1/s\"",
        "registration.request.pace: a registration has no use for it",
    ),
    (
        "example/register\"",
        "example/register\"\nauth = \"basic\"",
        "registration.request.auth: there is no client yet",
    ),
];

#[test]
fn an_app_comes_about_only_as_its_marketplace_says() {
    each_is_told(SOUND, BROKEN);
    let devices = SOUND.find("[device_authorization_request]").expect("there");
    let without = &SOUND[..devices];
    let error = load(Path::new("sample.toml"), without).expect_err("no device flow");
    assert!(error.message.contains("app_kinds.device: "), "{}", error.message);
}
