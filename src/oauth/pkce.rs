//! Random values of one authorization: `state` and PKCE (RFC 7636).

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// 32 random bytes as base64url: 43 characters, the shortest a `code_verifier` may be
/// (RFC 7636 section 4.1), and ample for `state` (RFC 6749 section 10.12).
///
/// # Panics
/// When the operating system has no randomness to give: nothing safe can be done then.
pub fn random() -> SecretString {
    let mut bytes = Zeroizing::new([0u8; 32]);
    getrandom::fill(bytes.as_mut()).expect("the operating system gives random bytes");
    SecretString::from(URL_SAFE_NO_PAD.encode(*bytes))
}

/// The S256 `code_challenge` of a `code_verifier` (RFC 7636 section 4.2).
pub fn challenge(verifier: &SecretString) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.expose_secret().as_bytes()))
}

/// SHA-256 as lower-case hex: how secrets are named where they must not stand.
pub fn fingerprint(secret: &SecretString) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(secret.expose_secret().as_bytes()) {
        write!(hex, "{byte:02x}").expect("a string takes every write");
    }
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rfc_7636_appendix_b() {
        let verifier = SecretString::from("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(challenge(&verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn random_values_are_long_enough_and_differ() {
        let (one, two) = (random(), random());
        assert_eq!(one.expose_secret().len(), 43);
        assert_ne!(one.expose_secret(), two.expose_secret());
    }
}
