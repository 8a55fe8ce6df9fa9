//! `K=V` on the command line, and the definition's variables behind it.

use std::collections::BTreeMap;

use super::Context;
use crate::document::nearest;
use crate::error::Result;
use crate::marketplace::Definition;
use crate::marketplace::check::is_origin;
use crate::marketplace::definition::Scope;
use crate::{fail, prompt, text};

/// Parses `K=V` for clap.
pub fn pair(given: &str) -> Result<(String, String), String> {
    match given.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err(text!("not-a-pair")),
    }
}

/// Collects the variables of one scope: what was given, and on a terminal what is still missing.
///
/// A name the definition does not know, and a value it does not take, are kind `usage`.
pub fn collect(
    context: &Context,
    definition: &Definition,
    scope: Scope,
    given: &[(String, String)],
    earlier: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>> {
    let mut values = earlier.clone();
    for (name, value) in given {
        accept(definition, scope, name, value)?;
        values.insert(name.clone(), value.clone());
    }
    for (name, variable) in definition.asked(scope) {
        if values.contains_key(name) || variable.default.is_some() {
            continue;
        }
        if !context.terminal.interactive {
            return Err(fail!(Usage, "variable-needed", name = name, prompt = variable.prompt));
        }
        let check = |value: &str| definition.check_value(name, value, false);
        values.insert(name.to_owned(), prompt::text(&variable.prompt, None, check)?);
    }
    Ok(values)
}

fn accept(definition: &Definition, scope: Scope, name: &str, value: &str) -> Result<()> {
    if definition.asked(scope).any(|(known, _)| known == name) {
        return definition.check_value(name, value, false);
    }
    if scope == Scope::Profile && unverified(definition).any(|known| known == name) {
        return match is_origin(value) {
            true => Ok(()),
            false => Err(fail!(Usage, "value-no-origin", name = name)),
        };
    }
    let mut known: Vec<&str> =
        definition.asked(scope).map(|(known, _)| known).chain(unverified(definition)).collect();
    known.sort_unstable();
    known.dedup();
    let names = if known.is_empty() { "–".to_owned() } else { known.join(", ") };
    let error = fail!(Usage, "variable-unknown", name = name, marketplace = definition.name, known = names);
    Err(match nearest(name, known) {
        Some(close) => error.hint(text!("did-you-mean", name = close)),
        None => error,
    })
}

/// The values a person may replace because no official source confirms them.
fn unverified(definition: &Definition) -> impl Iterator<Item = &str> {
    definition.regions.values().flat_map(|region| region.unverified.iter().map(String::as_str))
}
