//! The parameters of a redirect.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

use crate::error::Result;
use crate::fail;

/// Query parameters in the order they came, each percent-decoded
/// (`application/x-www-form-urlencoded`, RFC 6749 appendix B).
///
/// Any value may be an authorization code, so all are secret: `Debug` shows the names only.
#[derive(Clone, Default)]
pub struct Parameters(Vec<(String, SecretString)>);

impl Parameters {
    /// Reads a query string, without its `?`.
    ///
    /// A name that comes twice is an error of kind `usage`: RFC 6749 section 3.1 forbids it, and
    /// whoever reads the first one would disagree with whoever reads the last. Bytes that are no
    /// UTF-8 become U+FFFD, so that a shop's name in another encoding does not stop a login.
    pub fn parse(query: &str) -> Result<Parameters> {
        let mut pairs: Vec<(String, SecretString)> = Vec::new();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            if pairs.iter().any(|(other, _)| *other == name) {
                return Err(fail!(Usage, "listener-ambiguous", name = name));
            }
            pairs.push((name.into_owned(), value.into_owned().into()));
        }
        Ok(Parameters(pairs))
    }

    /// The value of `name`, if it came.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value.expose_secret())
    }

    /// All names and values, in order.
    #[cfg(test)]
    fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.expose_secret()))
    }
}

impl fmt::Debug for Parameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_in_order() {
        let parameters = Parameters::parse("state=a%2Bb&code=x+y&&shop=%C3%84%26&empty=&bare").unwrap();
        let pairs: Vec<_> = parameters.iter().collect();
        assert_eq!(pairs, [("state", "a+b"), ("code", "x y"), ("shop", "Ä&"), ("empty", ""), ("bare", "")]);
        assert_eq!(parameters.get("code"), Some("x y"));
        assert_eq!(parameters.get("Code"), None);
    }

    #[test]
    fn a_name_that_comes_twice_is_refused() {
        for query in ["state=a&state=a", "code=a&x=b&code=", "a&a", "st%61te=a&state=b"] {
            let error = Parameters::parse(query).unwrap_err();
            assert_eq!(error.kind, crate::error::Kind::Usage, "{query}");
        }
        assert!(Parameters::parse("").unwrap().iter().next().is_none());
    }

    #[test]
    fn other_encodings_do_not_stop_a_login() {
        let parameters = Parameters::parse("shop=M%FCller&code=%zz").unwrap();
        assert_eq!(parameters.get("shop"), Some("M\u{fffd}ller"));
        assert_eq!(parameters.get("code"), Some("%zz"));
    }

    #[test]
    fn debug_shows_names_only() {
        let parameters = Parameters::parse("code=SECRET&state=SECRET").unwrap();
        assert_eq!(format!("{parameters:?}"), r#"["code", "state"]"#);
    }
}
