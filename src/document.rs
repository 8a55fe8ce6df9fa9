//! Reading a TOML file of a person's: an error names file, line and the nearest known key.

use std::path::Path;

use serde::de::DeserializeOwned;

use crate::error::{Error, Result};
use crate::fail;

/// Parses `text`, which stands in `path`.
///
/// Every error has kind `configuration`. Its message names file and line, its hint the known key
/// that is nearest to an unknown one.
pub fn parse<T: DeserializeOwned>(path: &Path, text: &str) -> Result<T> {
    toml::from_str(text).map_err(|error| explain(path, text, &error))
}

/// The name among `known` that a person most likely meant by `given`.
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Whoever writes capitals means the same.
    let given = given.to_lowercase();
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&given, &name.to_lowercase()), name))
        .filter(|(distance, name)| *distance <= (name.len() / 3).max(2) && *distance * 2 <= name.len())
        // From two letters, many other two are one letter away.
        .filter(|(distance, name)| *distance == 0 || name.len() > 2)
        .min()
        .map(|(_, name)| name)
}

/// The error with the name that a person most likely meant by `given` before those that are `known`, where one
/// is near.
pub fn with_nearest<'a>(
    error: Error,
    given: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> Error {
    match nearest(given, known.clone()) {
        Some(name) => {
            let known = known.into_iter().collect::<Vec<_>>().join(", ");
            error.hint(crate::text!("nearest-of-known", name = name, known = known))
        }
        None => error,
    }
}

fn explain(path: &Path, text: &str, error: &toml::de::Error) -> Error {
    let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
    // serde appends its own place to nested messages; ours is exact already.
    let message = error.message().lines().next().unwrap_or_default();
    let place = format!("{}:{line}", path.display());
    let Some((given, known)) = unknown_field(message) else {
        let error = fail!(Configuration, "file-invalid", place = place, reason = message);
        return match unknown_variant(message) {
            Some((given, known)) => with_nearest(error, given, known.iter().copied()),
            None => error,
        };
    };
    let error = fail!(Configuration, "file-unknown-key", place = place, key = given);
    match nearest(given, known.iter().copied()) {
        Some(name) => error.hint(crate::text!("file-nearest-key", key = name)),
        None => error.hint(crate::text!("file-known-keys", keys = known.join(", "))),
    }
}

/// Reads serde's sentence ``unknown field `x`, expected one of `a`, `b` ``.
pub fn unknown_field(message: &str) -> Option<(&str, Vec<&str>)> {
    expected(message.strip_prefix("unknown field `")?)
}

/// The same of ``unknown variant `x`, expected `a` or `b` ``.
fn unknown_variant(message: &str) -> Option<(&str, Vec<&str>)> {
    expected(message.strip_prefix("unknown variant `")?)
}

fn expected(rest: &str) -> Option<(&str, Vec<&str>)> {
    let (given, rest) = rest.split_once('`')?;
    Some((given, rest.split('`').skip(1).step_by(2).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)] // only its shape matters
    struct Sample {
        store: Option<String>,
        profile: Option<String>,
    }

    #[test]
    fn an_unknown_key_names_file_line_and_nearest() {
        let error = parse::<Sample>(Path::new("config.toml"), "# hi\n\nstor = \"file\"\n").unwrap_err();
        assert_eq!(error.to_string(), "config.toml:3: `stor` is no known key");
        assert_eq!(error.hint.as_deref(), Some("did you mean `store`?"));
        assert_eq!(
            (nearest("kap", ["cap", "de"]), nearest("germny", ["germany"])),
            (Some("cap"), Some("germany"))
        );
        assert_eq!((nearest("xe", ["de", "se"]), nearest("DE", ["de"])), (None, Some("de")));
        assert_eq!(nearest("KONTOR-NORD", ["kontor-sued", "kontor-nord"]), Some("kontor-nord"));
        let error = parse::<Sample>(Path::new("config.toml"), "zebra = 1").unwrap_err();
        assert_eq!(error.hint.as_deref(), Some("known keys: store, profile"));
    }

    #[test]
    fn an_unknown_word_names_the_nearest() {
        #[derive(Debug, serde::Deserialize)]
        #[serde(rename_all = "lowercase")]
        enum Word {
            Keyring,
            File,
        }
        #[derive(Debug, serde::Deserialize)]
        #[allow(dead_code)] // only its shape matters
        struct Kept {
            store: Word,
        }
        assert!(matches!(parse::<Kept>(Path::new("c"), "store = 'file'").unwrap().store, Word::File));
        assert!(matches!(parse::<Kept>(Path::new("c"), "store = 'keyring'").unwrap().store, Word::Keyring));
        let error = parse::<Kept>(Path::new("config.toml"), "\nstore = 'keyrin'").unwrap_err();
        assert!(error.message.starts_with("config.toml:2: "), "{error}");
        assert_eq!(error.hint.as_deref(), Some("did you mean `keyring`? known: keyring, file"));
    }

    #[test]
    fn a_broken_file_names_its_line() {
        let error = parse::<Sample>(Path::new("config.toml"), "store = 'x'\nprofile = 3\n").unwrap_err();
        assert!(error.to_string().starts_with("config.toml:2: "), "{error}");
        let error = parse::<Sample>(Path::new("config.toml"), "store = 'x").unwrap_err();
        assert!(error.to_string().starts_with("config.toml:1: "), "{error}");
    }
}
