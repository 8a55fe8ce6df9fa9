//! What codes mean: those a seller sees in the browser, and those of token answers.

use std::collections::BTreeMap;
use std::path::Path;

use super::Definition;
use super::definition::Explanation;
use super::translation;
use crate::error::Result;

/// Who says the codes of this program: the exit code stands behind it.
const EXIT: &str = "exit code ";

/// What a code means at a marketplace.
#[derive(Clone, Debug)]
pub struct Meaning {
    /// The code, as the marketplace writes it.
    pub code: String,
    /// The marketplace's id; `None` where it means the same everywhere.
    pub marketplace: Option<String>,
    /// Who says so, as a person knows it.
    pub by: String,
    /// Cause, fix and link.
    pub explanation: Explanation,
}

/// What means the same at every marketplace: the standards' codes (RFC 6749, 6750, 7009, 8628, 9110), and the
/// kinds of this program's errors.
pub fn standard() -> Result<Vec<Meaning>> {
    let sources: BTreeMap<String, BTreeMap<String, Explanation>> =
        translation::parse(Path::new("standard.toml"), include_str!("standard.toml"))?;
    let of_source = |(by, codes): (String, BTreeMap<String, Explanation>)| {
        codes.into_iter().map(move |(code, explanation)| Meaning {
            code,
            marketplace: None,
            by: by.clone(),
            explanation,
        })
    };
    Ok(sources.into_iter().flat_map(of_source).collect())
}

/// What a definition says, each code with the marketplace's documentation where it has no link of its own.
pub fn of(definition: &Definition) -> impl Iterator<Item = Meaning> {
    definition.errors.iter().map(|(code, explanation)| {
        let mut explanation = explanation.clone();
        explanation.link.get_or_insert_with(|| definition.docs.clone());
        let (marketplace, by) = (Some(definition.id.clone()), definition.name.clone());
        Meaning { code: code.clone(), marketplace, by, explanation }
    })
}

impl Meaning {
    /// Whether a person who writes `given` means this: the code, or the number of the exit code.
    pub fn is_meant(&self, given: &str) -> bool {
        is_meant(given, &self.code) || self.by.strip_prefix(EXIT).is_some_and(|code| code == given.trim())
    }
}

/// Capitals, blanks and punctuation make no difference.
fn is_meant(given: &str, code: &str) -> bool {
    let letters = |text: &str| {
        let inside = text.chars().filter(|c| c.is_alphanumeric());
        inside.flat_map(char::to_lowercase).collect::<String>()
    };
    letters(given) == letters(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marketplace::{BUILT_IN, built_in};

    #[test]
    fn a_code_is_found_however_it_is_written() {
        for given in ["MD5101", "md5101", " MD-5101 "] {
            assert!(is_meant(given, "MD5101"), "{given}");
        }
        assert!(is_meant("invalid grant", "invalid_grant"));
        assert!(!is_meant("MD510", "MD5101") && !is_meant("", "MD5101"));
    }

    #[test]
    fn every_explanation_says_what_happened_and_what_to_do() {
        let built_in: Vec<Definition> = BUILT_IN.iter().map(|(id, _)| built_in(id)).collect();
        let meanings: Vec<Meaning> = built_in.iter().flat_map(of).chain(standard().unwrap()).collect();
        assert!(meanings.len() > 40, "{}", meanings.len());
        for Meaning { code, by, explanation, .. } in meanings {
            for text in [&explanation.cause, &explanation.fix] {
                assert!(text.len() > 20 && !text.ends_with('.') && !text.contains('\n'), "{code}: {text}");
            }
            let Some(link) = explanation.link else {
                assert!(by.starts_with("exit code"), "{code} has no link");
                continue;
            };
            assert!(
                crate::marketplace::template::safe_url(&link.replace('#', "?")).is_some(),
                "{code}: {link}"
            );
        }
    }

    /// Every kind of this program's errors, under the exit code it has.
    #[test]
    fn every_kind_of_error_is_explained() {
        let standard = standard().unwrap();
        for (_, kind, code) in crate::error::Kind::TABLE {
            let meant = standard.iter().find(|meaning| meaning.code == kind).expect(kind);
            assert_eq!(meant.by, format!("exit code {code}"), "{kind}");
        }
    }

    /// What requests are refused with by name is explained as well.
    #[test]
    fn every_code_that_a_definition_maps_is_explained() {
        let standard: Vec<String> = standard().unwrap().into_iter().map(|meaning| meaning.code).collect();
        for (id, _) in BUILT_IN {
            let definition = built_in(id);
            let known: Vec<String> =
                of(&definition).map(|meaning| meaning.code).chain(standard.clone()).collect();
            let sequences =
                [&definition.token_request, &definition.device_token_request, &definition.renewal_request];
            let rules = sequences.into_iter().flatten().flat_map(|request| &request.errors);
            for code in rules.filter_map(|rule| rule.error.as_ref()) {
                assert!(known.contains(code), "{id}: {code}");
            }
        }
    }
}
