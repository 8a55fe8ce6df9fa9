//! `K=V` on the command line, and the definition's variables behind it.

use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use crate::document::nearest;
use crate::error::Result;
use crate::marketplace::Definition;
use crate::marketplace::definition::Scope;
use crate::{fail, profiles, prompt, text};

/// Parses `K=V` for clap.
pub fn pair(given: &str) -> Result<(String, String), String> {
    match given.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err(text!("not-a-pair")),
    }
}

/// Says that no shop has these marks, and which one was probably meant.
pub fn say_no_such_label(context: &Context, given: &[(String, String)]) {
    context.terminal.note(text!("no-such-label"));
    let folder = profiles::folder(&context.home);
    let names = folder.names().unwrap_or_default();
    // A broken file has none.
    let profiles = names.iter().filter_map(|name| folder.get(name).ok()?);
    let known: BTreeSet<String> =
        profiles.flat_map(|it| it.labels).map(|(key, value)| format!("{key}={value}")).collect();
    let unknown = given.iter().map(|(key, value)| format!("{key}={value}")).find(|it| !known.contains(it));
    let meant = unknown.as_deref().and_then(|it| nearest(it, known.iter().map(String::as_str)));
    if let Some(meant) = meant {
        context.terminal.hint(text!("did-you-mean", name = meant));
    }
}

/// Collects the variables of an app, or of a profile in `region`: what was given, and on a terminal what is still missing.
///
/// A name the definition does not know, and a value it does not take, are kind `usage`.
pub fn collect(
    context: &Context,
    definition: &Definition,
    scope: Scope,
    region: Option<&str>,
    given: &[(String, String)],
    earlier: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>> {
    let mut values = earlier.clone();
    for (name, value) in given {
        definition.check_variable(scope, region, name, value)?;
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
