//! `sellauth explain`: what a code means that a marketplace shows or answers.

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use serde_json::{Value, json};

use super::Context;
use crate::connection::catalogue;
use crate::document::nearest;
use crate::error::{Error, Result};
use crate::marketplace::explanations::{self, Meaning};
use crate::output::{columns, heading, print, print_json, table, wrapped};
use crate::{apps, fail, text};

/// What `explain` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The code, as the browser or an error shows it; all codes when none is named
    code: Option<String>,
    /// What it means at this marketplace
    #[arg(long, value_name = "ID")]
    marketplace: Option<String>,
}

/// Explains a code, or lists those that can be explained.
///
/// Kind `not_found` for a code that nobody knows.
pub fn run(context: &Context, args: &Args) -> Result<ExitCode> {
    let known = known(context, args)?;
    match &args.code {
        None => list(context, &known),
        Some(code) => {
            let meant: Vec<&Meaning> = known.iter().filter(|meaning| meaning.is_meant(code)).collect();
            if meant.is_empty() {
                return Err(unknown(code, &known));
            }
            let chosen = chosen(context, &meant)?;
            tell(context, &chosen)?;
            tell_others(context, &meant, &chosen);
            Ok(())
        }
    }?;
    Ok(ExitCode::SUCCESS)
}

/// Everything that can be explained: the marketplaces' own words before those of the standards.
fn known(context: &Context, args: &Args) -> Result<Vec<Meaning>> {
    let catalogue = catalogue(&context.home);
    let mut known = Vec::new();
    match &args.marketplace {
        Some(id) => known.extend(explanations::of(&catalogue.get(id)?)),
        None => {
            let definitions = catalogue.list()?.into_iter().filter_map(|entry| entry.definition.ok());
            known
                .extend(definitions.flat_map(|definition| explanations::of(&definition).collect::<Vec<_>>()));
        }
    }
    let standard = explanations::standard()?;
    let said = |code: &str| args.marketplace.is_some() && known.iter().any(|meaning| meaning.code == code);
    let standard: Vec<Meaning> = standard.into_iter().filter(|meaning| !said(&meaning.code)).collect();
    Ok(known.into_iter().chain(standard).collect())
}

/// Of what many marketplaces say, what a person needs who has an app at some of them.
fn chosen<'a>(context: &Context, meant: &[&'a Meaning]) -> Result<Vec<&'a Meaning>> {
    let folder = apps::folder(&context.home);
    // A broken file is not what was asked about.
    let marketplace = |name: &String| Some(folder.get(name).ok()??.marketplace);
    let used: BTreeSet<String> = folder.names()?.iter().filter_map(marketplace).collect();
    let of_used = |meaning: &Meaning| meaning.marketplace.as_ref().is_some_and(|id| used.contains(id));
    match meant.iter().any(|meaning| of_used(meaning)) {
        true => Ok(meant.iter().copied().filter(|meaning| of_used(meaning)).collect()),
        false => Ok(meant.to_vec()),
    }
}

/// Who else explains the code.
fn tell_others(context: &Context, meant: &[&Meaning], chosen: &[&Meaning]) {
    let shown = |meaning: &Meaning| chosen.iter().any(|chosen| chosen.by == meaning.by);
    let others: Vec<&str> =
        meant.iter().filter(|other| !shown(other)).map(|other| other.by.as_str()).collect();
    if !others.is_empty() {
        context.terminal.note(text!("explain-others", places = others.join(", ")));
    }
}

fn unknown(code: &str, known: &[Meaning]) -> Error {
    let error = fail!(NotFound, "explain-unknown", code = code);
    match nearest(code, known.iter().map(|meaning| meaning.code.as_str())) {
        Some(name) => error.hint(text!("did-you-mean", name = name)),
        None => error,
    }
}

fn list(context: &Context, known: &[Meaning]) -> Result<()> {
    if context.terminal.json {
        return print_json(&known.iter().map(document).collect::<Vec<_>>());
    }
    let mut codes: BTreeMap<String, (&str, Vec<String>)> = BTreeMap::new();
    for meaning in known {
        let (_, places) = codes.entry(meaning.code.to_lowercase()).or_insert((&meaning.code, Vec::new()));
        places.push(meaning.by.clone());
    }
    let mut rows = vec![heading(&text!("explain-heading"))];
    let beside = codes.keys().map(|code| code.chars().count()).max().unwrap_or_default() + 2;
    let wide = |places: &[String]| wrapped(&places.join(", "), beside, columns());
    rows.extend(codes.into_values().map(|(code, places)| vec![code.to_owned(), wide(&places)]));
    print(&table(&rows))
}

fn tell(context: &Context, meant: &[&Meaning]) -> Result<()> {
    if context.terminal.json {
        return print_json(&meant.iter().map(|meaning| document(meaning)).collect::<Vec<_>>());
    }
    let blocks: Vec<String> = meant.iter().map(|meaning| block(meaning)).collect();
    print(&blocks.join("\n\n"))
}

/// `MD5101 (Amazon)`, and below it what happened, what to do, and where to read more.
fn block(meaning: &Meaning) -> String {
    let explanation = &meaning.explanation;
    let parts = [
        Some((text!("explain-cause"), &explanation.cause)),
        Some((text!("explain-fix"), &explanation.fix)),
        explanation.link.as_ref().map(|link| (text!("explain-link"), link)),
    ];
    let parts: Vec<(String, &String)> = parts.into_iter().flatten().collect();
    let width = parts.iter().map(|(label, _)| label.chars().count()).max().unwrap_or_default();
    let line = |(label, text): &(String, &String)| {
        format!("  {label:width$}  {}", wrapped(text, width + 4, columns()))
    };
    let title = text!("explain-title", code = meaning.code, place = meaning.by);
    let title = console::Style::new().bold().apply_to(title).to_string();
    std::iter::once(title).chain(parts.iter().map(line)).collect::<Vec<_>>().join("\n")
}

fn document(meaning: &Meaning) -> Value {
    json!({
        "code": meaning.code,
        "marketplace": meaning.marketplace,
        "cause": meaning.explanation.cause,
        "fix": meaning.explanation.fix,
        "link": meaning.explanation.link,
    })
}
