//! Definitions whose credentials a person enters, each one edit away from a sound one.

use super::each_is_told;

const ENTERED: &str = r#"
schema = 1
id = "sample"
name = "Sample Market"
docs = "https://docs.example"
verified = "2026-11-22"
grant = "static"
api_base = "https://{shop}.api.example"
api_headers = ["Authorization: Basic {access_token}"]
exported = ["user", "password"]

[environments.production]

[variables.shop]
scope = "profile"
prompt = "Shop"
pattern = "[a-z0-9-]+"

[variables.user]
scope = "profile"
prompt = "User"

[variables.password]
scope = "profile"
secret = true
prompt = "Password"

[static_token]
value = "{user}:{password}"
encoding = "base64"

[identity_request]
method = "GET"
url = "https://{shop}.api.example/me"
headers = { Authorization = "Basic {access_token}" }
"#;

#[test]
fn what_is_entered_stays_where_it_belongs() {
    let request = "form = {}\ntoken = { access_token = \"/access_token\" }\n";
    let edits = [
        ("example/me", "example/me?key={password}", "identity_request.url: {password} must not go where"),
        (
            "example/me",
            "example/me?t={access_token}",
            "identity_request.url: {access_token} must not go where",
        ),
        (
            "[environments.production]",
            "[values]\nline = \"x{password}\"\n[environments.production]",
            "values.line: {password} is entered, and a value is made before",
        ),
        ("{user}:{password}", "{user}", "static_token.value: it holds nothing that is entered"),
        ("https://{shop}.api.example\"", "https://{password}.api.example\"", "{password} must not go where"),
        ("secret = true\n", "", "variables: one must be `secret = true`"),
        ("secret = true\n", "secret = true\ndefault = \"x\"\n", "variables.password: a secret is one shop's"),
        ("scope = \"profile\"\nsecret", "secret", "variables.password: a secret is one shop's"),
        (
            "[static_token]\nvalue = \"{user}:{password}\"\nencoding = \"base64\"",
            "",
            "static_token: is needed for this grant",
        ),
        ("{user}:{password}", "{user}:{pasword}", "static_token.value: nothing is called `{pasword}`"),
        ("base64", "rot13", "sample.toml:"),
        (
            "[identity_request]",
            &format!("[[token_request]]\nurl = \"https://a.example/t\"\n{request}[identity_request]"),
            "token_request[0]: nothing is asked for where `grant = \"static\"`",
        ),
        (
            "[identity_request]",
            "[[revocation_request]]\nurl = \"https://a.example/t\"\nform = {}\n[identity_request]",
            "revocation_request[0]: nothing is asked for",
        ),
    ];
    each_is_told(ENTERED, &edits);
}
