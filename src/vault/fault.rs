//! What an answer means that is no success.

use secrecy::ExposeSecret;

use super::Vault;
use crate::error::Error;
use crate::fail;
use crate::oauth::response::Response;

/// What the server says when a write follows a version that is no longer the latest.
const STALE: &str = "check-and-set";

/// What it says where nobody knows the token (any more); what a policy forbids is counted: "1 error occurred".
const UNKNOWN: &str = "permission denied";

/// The same in newer words.
const INVALID: &str = "invalid token";

impl Vault {
    /// The error behind an answer about `path`: what may be over soon is `temporary`, everything else is
    /// `store`.
    pub(super) fn fault(&self, answer: &Response, path: &str) -> Error {
        let words = words(answer);
        let says = |word: &str| words.to_lowercase().contains(word);
        let error = match answer.status {
            503 if says("sealed") => fail!(Temporary, "vault-sealed"),
            300..400 => fail!(Temporary, "vault-standby"),
            412 | 429 | 500.. => fail!(Temporary, "vault-busy", status = answer.status),
            403 if is_token_unknown(answer) => fail!(Store, "vault-token-refused"),
            403 => fail!(Store, "vault-denied", path = self.named(path)),
            404 if says("namespace not found") => {
                let namespace = self.settings.namespace.as_deref().unwrap_or_default();
                fail!(Store, "vault-no-namespace", namespace = namespace)
            }
            404 if says("no handler") => fail!(Store, "vault-no-mount", mount = self.settings.table.mount),
            status => fail!(Store, "vault-refused", status = status),
        };
        match words.is_empty() || words == error.message {
            true => error,
            false => error.because(anyhow::Error::msg(words)),
        }
    }
}

/// Whether a write was refused because it follows an older version.
pub(super) fn is_stale(answer: &Response) -> bool {
    words(answer).contains(STALE)
}

/// Whether the server knows no such token: it ended, was used up or revoked, or never was one.
pub(super) fn is_token_unknown(answer: &Response) -> bool {
    let words = words(answer);
    words == UNKNOWN || words.contains(INVALID)
}

/// The server's own words. They name paths and rules, never a secret.
fn words(answer: &Response) -> String {
    let value: serde_json::Value = serde_json::from_str(answer.body.expose_secret()).unwrap_or_default();
    let errors = value.get("errors").and_then(serde_json::Value::as_array).cloned().unwrap_or_default();
    let texts: Vec<&str> = errors.iter().filter_map(serde_json::Value::as_str).collect();
    texts.join("; ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::*;

    fn answer(status: u16, body: &str) -> Response {
        Response {
            status,
            retry_after: None,
            location: None,
            date: None,
            index: None,
            body: SecretString::from(body),
        }
    }

    #[test]
    fn a_refused_write_is_told_from_a_refused_writer() {
        let stale = r#"{"errors":["check-and-set parameter did not match the current version"]}"#;
        assert!(is_stale(&answer(400, stale)));
        assert!(!is_stale(&answer(400, r#"{"errors":["no data provided"]}"#)));
        assert!(is_token_unknown(&answer(403, r#"{"errors":["permission denied"]}"#)));
        let unknown =
            "{\"errors\":[\"2 errors occurred:\\n\\t* permission denied\\n\\t* invalid token\\n\\n\"]}";
        assert!(is_token_unknown(&answer(403, unknown)));
        assert!(!is_token_unknown(&answer(
            403,
            "{\"errors\":[\"1 error occurred:\\n\\t* permission denied\\n\\n\"]}"
        )));
        assert!(!is_token_unknown(&answer(403, "<html>")));
    }
}
