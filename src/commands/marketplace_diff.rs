//! `sellauth marketplaces diff`: what a definition says otherwise than before, or than another one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use console::Style;
use serde_json::json;
use similar::{ChangeTag, TextDiff};

use super::Context;
use crate::connection::catalogue;
use crate::error::Result;
use crate::output::{harmless, print, print_json};
use crate::{editions, fail, text};

/// Lines around a change.
const AROUND: usize = 3;

/// What `marketplaces diff` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The marketplace; all that changed since a seller consented when none is named
    id: Option<String>,
    /// Compare it with this file instead: a definition of your own that was made from it
    file: Option<PathBuf>,
}

/// Two editions of one definition.
struct Pair {
    id: String,
    old: (String, String),
    new: (String, String),
}

/// Shows how editions differ; nothing where they do not.
pub fn run(context: &Context, args: &Args) -> Result<()> {
    let pairs = match (&args.id, &args.file) {
        (Some(id), Some(file)) => vec![with_file(context, id, file)?],
        (Some(id), None) => since_consent(context, id)?.into_iter().collect(),
        (None, _) => changed(context)?,
    };
    if context.terminal.json {
        return print_json(&pairs.iter().map(document).collect::<Vec<_>>());
    }
    match pairs.is_empty() {
        true => context.terminal.note(text!("diff-none")),
        false => print(&pairs.iter().map(Pair::shown).collect::<Vec<_>>().join("\n"))?,
    }
    Ok(())
}

fn with_file(context: &Context, id: &str, file: &Path) -> Result<Pair> {
    let path = file.display().to_string();
    let other = std::fs::read_to_string(file)
        .map_err(|error| fail!(Configuration, "file-unreadable", path = path).because(error))?;
    let own = (id.to_owned(), catalogue(&context.home).source(id)?);
    Ok(Pair { id: id.to_owned(), old: own, new: (path, other) })
}

/// The edition under which a seller consented last, beside today's, where they differ.
fn since_consent(context: &Context, id: &str) -> Result<Option<Pair>> {
    let new = catalogue(&context.home).source(id)?;
    let Some(old) = editions::last(&context.home, id)?.filter(|old| *old != new) else { return Ok(None) };
    let (then, now) = (text!("diff-then", id = id), text!("diff-now", id = id));
    Ok(Some(Pair { id: id.to_owned(), old: (then, old), new: (now, new) }))
}

fn changed(context: &Context) -> Result<Vec<Pair>> {
    let entries = catalogue(&context.home).list()?;
    let changed = entries.iter().filter(|entry| editions::has_changed(&context.home, &entry.id));
    changed.filter_map(|entry| since_consent(context, &entry.id).transpose()).collect()
}

impl Pair {
    /// As `diff -u` shows it, and below it the hosts that secrets go to now and did not before.
    fn shown(&self) -> String {
        let diff = TextDiff::from_lines(&self.old.1, &self.new.1);
        let mut lines = vec![
            Style::new().bold().apply_to(format!("--- {}", self.old.0)).to_string(),
            Style::new().bold().apply_to(format!("+++ {}", self.new.0)).to_string(),
        ];
        for group in diff.grouped_ops(AROUND) {
            let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
            let (old, new) = (
                first.old_range().start..last.old_range().end,
                first.new_range().start..last.new_range().end,
            );
            let place = format!("@@ -{},{} +{},{} @@", old.start + 1, old.len(), new.start + 1, new.len());
            lines.push(Style::new().cyan().apply_to(place).to_string());
            for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
                let (sign, style) = match change.tag() {
                    ChangeTag::Delete => ('-', Style::new().red()),
                    ChangeTag::Insert => ('+', Style::new().green()),
                    ChangeTag::Equal => (' ', Style::new()),
                };
                let line = harmless(change.value().trim_end_matches(['\n', '\r']));
                lines.push(style.apply_to(format!("{sign}{line}")).to_string());
            }
        }
        let hosts = self.new_hosts();
        if !hosts.is_empty() {
            lines.push(text!("diff-hosts", hosts = hosts.join(", ")));
        }
        lines.join("\n")
    }

    /// Hosts that the newer text names and the older does not.
    fn new_hosts(&self) -> Vec<String> {
        let old = hosts(&self.old.1);
        hosts(&self.new.1).difference(&old).cloned().collect()
    }
}

/// What stands behind `https://` or `http://`, templates included.
fn hosts(text: &str) -> BTreeSet<String> {
    let ends = |c: char| matches!(c, '/' | '"' | '\'' | '?' | '#' | '\\') || c.is_whitespace();
    let code = text.lines().filter(|line| !line.trim_start().starts_with('#'));
    let found = code.flat_map(|line| line.split("://").skip(1));
    found
        .filter_map(|rest| rest.split(ends).next())
        .filter(|host| !host.is_empty())
        .map(str::to_owned)
        .collect()
}

fn document(pair: &Pair) -> serde_json::Value {
    let diff = TextDiff::from_lines(&pair.old.1, &pair.new.1);
    json!({
        "id": pair.id,
        "diff": diff.unified_diff().context_radius(AROUND).header(&pair.old.0, &pair.new.0).to_string(),
        "new_hosts": pair.new_hosts(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_that_is_new_stands_out() {
        let pair = |old: &str, new: &str| Pair {
            id: "a".to_owned(),
            old: (String::new(), old.to_owned()),
            new: (String::new(), new.to_owned()),
        };
        let old = "api = \"https://api.example/v1\"\n# https://elsewhere.example\n";
        let moved = pair(old, "api = \"https://api.example/v2\"\nauth = 'https://{shop}.evil.example?x'\n");
        assert_eq!(moved.new_hosts(), ["{shop}.evil.example"]);
        assert!(pair(old, "# https://third.example\n").new_hosts().is_empty());
    }
}
