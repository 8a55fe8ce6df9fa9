//! `sellauth marketplaces diff`: what a definition says otherwise than before, or than another one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use console::Style;
use serde_json::json;
use similar::TextDiff;

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
    /// As `diff -u` shows it.
    fn unified(&self) -> String {
        let header = (self.old.0.as_str(), self.new.0.as_str());
        let diff = TextDiff::from_lines(&self.old.1, &self.new.1);
        diff.unified_diff().context_radius(AROUND).header(header.0, header.1).to_string()
    }

    /// The same in colours, and below it the hosts that are named now and were not before.
    fn shown(&self) -> String {
        let unified = self.unified();
        let mut lines: Vec<String> =
            unified.lines().map(|line| style(line).apply_to(harmless(line)).to_string()).collect();
        lines.extend(match self.new_hosts() {
            Some(hosts) if hosts.is_empty() => None,
            Some(hosts) => Some(text!("diff-hosts", hosts = hosts.join(", "))),
            None => Some(text!("diff-unreadable")),
        });
        lines.join("\n")
    }

    /// Hosts that the newer edition names and the older does not; `None` where one of them is no TOML.
    fn new_hosts(&self) -> Option<Vec<String>> {
        let (old, new) = (hosts(&self.old.1)?, hosts(&self.new.1)?);
        Some(new.difference(&old).cloned().collect())
    }
}

fn style(line: &str) -> Style {
    let style = Style::new();
    match line {
        line if line.starts_with("---") || line.starts_with("+++") => style.bold(),
        line if line.starts_with("@@") => style.cyan(),
        line if line.starts_with('-') => style.red(),
        line if line.starts_with('+') => style.green(),
        _ => style,
    }
}

/// Every host in the texts of a definition, templates included: what stands behind `://`, and texts that are
/// nothing but a host's name.
fn hosts(source: &str) -> Option<BTreeSet<String>> {
    let mut texts = Vec::new();
    collect(&toml::Value::Table(source.parse().ok()?), &mut texts);
    Some(texts.iter().flat_map(|text| hosts_in(text)).collect())
}

fn collect(value: &toml::Value, texts: &mut Vec<String>) {
    match value {
        toml::Value::String(text) => texts.push(text.clone()),
        toml::Value::Array(items) => items.iter().for_each(|item| collect(item, texts)),
        toml::Value::Table(table) => table.values().for_each(|value| collect(value, texts)),
        _ => {}
    }
}

fn hosts_in(text: &str) -> Vec<String> {
    let ends = |c: char| matches!(c, '/' | '?' | '#' | '\\' | '"' | '\'' | ')') || c.is_whitespace();
    let behind = text.split("://").skip(1).filter_map(|rest| rest.split(ends).next());
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '{' | '}' | '_');
    let is_name =
        text.contains('.') && !text.starts_with('.') && !text.ends_with('.') && text.chars().all(inside);
    let bare = is_name.then_some(text);
    behind.chain(bare).filter(|host| !host.is_empty()).map(str::to_owned).collect()
}

fn document(pair: &Pair) -> serde_json::Value {
    json!({ "id": pair.id, "diff": pair.unified(), "new_hosts": pair.new_hosts() })
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
        let new = [
            "api = \"https:\\u002F\\u002Fhidden.example\"",
            "auth = ['https://{shop}.evil.example?x']",
            "host = 'bare.example' # https://comment.example",
            "old = 'https://api.example'",
        ];
        let hosts = pair(old, &new.join("\n")).new_hosts().unwrap();
        assert_eq!(hosts, ["bare.example", "hidden.example", "{shop}.evil.example"]);
        assert_eq!(pair(old, "# https://third.example\n").new_hosts(), Some(Vec::new()));
        assert_eq!(pair(old, "api = ").new_hosts(), None);
    }
}
