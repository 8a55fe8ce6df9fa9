//! Definitions of the right shape that could not work, or would show a token: each one edit away from a sound
//! one.

use std::path::Path;

use super::{each_is_told, told};
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

[variables.redirect_uri]
prompt = "Name"
pattern = "[a-z]+"

[redirect]
modes = ["paste"]
kind = "opaque"

[consent]
pkce = "S256"
remarks = ["user {user}"]

[authorization_request]
endpoint = "https://www.example/authorize"
parameters = { state = "{state}", redirect_uri = "{redirect_uri}", code_challenge = "{code_challenge}" }

[authorization_response]
denied_by = { agreed = "false" }

[[token_request]]
url = "https://api.example/token"
form = { code = "{code}", code_verifier = "{code_verifier}" }
token = { access_token = ["/token", "/access_token"], refresh_token = "/refresh_token?" }
capture = { user = "/access_token.jwt/user_name" }

[shop]
name = "{user}"
"#;

#[test]
fn what_could_not_work_is_no_definition() {
    let edits = [
        (
            "code_verifier = \"{code_verifier}\"",
            "",
            "token_request: {code_verifier} is not sent, and PKCE wants it",
        ),
        ("redirect_uri = \"{redirect_uri}\", ", "", "redirect.kind: an opaque redirect leads nowhere unless"),
        ("agreed =", "code =", "authorization_response.denied_by.code: every answer has it"),
        ("agreed =", "state =", "authorization_response.denied_by.state: every answer has it"),
        (
            "denied_by = { agreed",
            "code = \"grant\"\ndenied_by = { grant",
            "denied_by.grant: every answer has it",
        ),
        ("/access_token.jwt/user_name", "/access_token", "shop.name: {user} is the token itself"),
        ("/access_token.jwt/user_name", "/access_token", "consent.remarks: {user} is the token itself"),
        ("/access_token.jwt/user_name", "/refresh_token?", "shop.name: {user} is the token itself"),
        (
            "\"/access_token.jwt/user_name\"",
            "[\"/user\", \"/token\"]",
            "shop.name: {user} is the token itself",
        ),
    ];
    each_is_told(SOUND, &edits);
}

#[test]
fn a_challenges_method_needs_a_challenge() {
    let off = SOUND
        .replace("S256", "off")
        .replace("code_challenge = \"{code_challenge}\"", "code_challenge_method = \"S256\"")
        .replace(", code_verifier = \"{code_verifier}\"", "");
    let fault = "authorization_request.parameters.code_challenge_method: a method without a challenge";
    assert!(told(&off).contains(fault), "{}", told(&off));
    let empty = off.replace("\"S256\"", "\"{code_challenge_method}\"");
    load(Path::new("sample.toml"), &empty).expect("it is left out");
}

#[test]
fn a_token_may_be_captured_for_what_nobody_sees() {
    let kept = SOUND
        .replace("/access_token.jwt/user_name", "/access_token")
        .replace("name = \"{user}\"", "")
        .replace("user {user}", "user")
        .replace("Bearer {access_token}", "Bearer {user}");
    load(Path::new("sample.toml"), &kept).expect("a header is no public place");
}
