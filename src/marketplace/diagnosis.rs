//! What is wrong with a definition's text, and where: for who writes it.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer};

use super::check;
use super::definition::Definition;
use crate::document::{nearest, unknown_field};
use crate::text;

/// So many unknown keys are shown: more say nothing more.
const MOST: usize = 20;

/// Something wrong in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    /// Where, in bytes.
    pub span: Range<usize>,
    /// What is wrong; begins with the key where that says more than the place.
    pub text: String,
    /// What was probably meant.
    pub help: Option<String>,
}

impl Diagnosis {
    /// The line it begins on, counted from 1.
    pub fn line(&self, source: &str) -> usize {
        source[..self.span.start].matches('\n').count() + 1
    }
}

/// Reads a definition, or says everything that is wrong with it, in the order of the text. A syntax that
/// cannot be read hides the rest, and so does a value of the wrong kind.
///
/// `promised` is the id that the file's name promises.
pub fn diagnose(source: &str, promised: &str) -> Result<Definition, Vec<Diagnosis>> {
    let (mut table, errors) = DeTable::parse_recoverable(source);
    let at = |error: &toml::de::Error| error.span().unwrap_or(0..0);
    let mut found: Vec<Diagnosis> = errors.iter().map(|error| plain(at(error), error.message())).collect();
    let read = if found.is_empty() { shape(&mut table, &mut found) } else { None };
    let faults = read.as_ref().map(|definition| faults(definition, promised));
    found.extend(faults.into_iter().flatten().map(|fault| located(source, &table, fault)));
    match read {
        Some(definition) if found.is_empty() => Ok(definition),
        _ => {
            found.sort_by_key(|diagnosis| diagnosis.span.start);
            Err(found)
        }
    }
}

/// Where the value of a key outside all tables stands.
pub fn key_span(source: &str, key: &str) -> Option<Range<usize>> {
    let table = DeTable::parse(source).ok()?;
    let mut entries = table.get_ref().iter();
    entries.find(|(known, _)| known.get_ref() == key).map(|(_, value)| value.span())
}

/// What the shape does not show.
fn faults(definition: &Definition, promised: &str) -> Vec<check::Fault> {
    let mut faults = check::faults(definition);
    if definition.id != promised {
        let text = text!("fault-file-name", id = definition.id, name = promised);
        faults.push(check::Fault { key: "id".to_owned(), text, about: None, help: None });
    }
    faults
}

/// What serde makes of it. It ends at its first error: a key nobody knows is noted, taken for what was
/// probably meant, and the rest read again.
fn shape(table: &mut Spanned<DeTable<'_>>, found: &mut Vec<Diagnosis>) -> Option<Definition> {
    loop {
        let error = match Definition::deserialize(Deserializer::from(table.clone())) {
            Ok(definition) => return Some(definition),
            Err(error) => error,
        };
        let span = error.span().unwrap_or(0..0);
        let message = &without_place(error.message());
        let Some((given, known)) = unknown_field(message) else {
            let missing = message.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`'));
            if missing.is_some_and(|key| is_elsewhere(key, found)) {
                return None;
            }
            let text = missing.map(|key| text!("fault-missing-key", key = key));
            found.push(plain(span, text.as_deref().unwrap_or(message)));
            return None;
        };
        let at_root = table.get_ref().keys().any(|key| key.span() == span);
        let misplaced = !at_root && root_keys().iter().any(|key| key == given);
        let meant = nearest(given, known.iter().copied()).filter(|_| !misplaced && !given.is_empty());
        let help = match meant {
            _ if misplaced => text!("fault-misplaced-key"),
            Some(name) => text!("file-nearest-key", key = name),
            None => text!("file-known-keys", keys = known.join(", ")),
        };
        let text = text!("fault-unknown-key", key = given);
        found.push(Diagnosis { span: span.clone(), text, help: Some(help) });
        if !rename(table.get_mut(), &span, meant) || found.len() >= MOST {
            return None;
        }
    }
}

/// Whether what is missing was found below a table.
fn is_elsewhere(key: &str, found: &[Diagnosis]) -> bool {
    let misplaced = Some(text!("fault-misplaced-key"));
    found.iter().any(|found| found.help == misplaced && found.text == text!("fault-unknown-key", key = key))
}

/// The keys that stand outside all tables.
fn root_keys() -> Vec<String> {
    let error = toml::from_str::<Definition>("'' = 0").map(|_| ()).unwrap_err();
    let known = unknown_field(error.message()).map(|(_, known)| known).unwrap_or_default();
    known.into_iter().map(str::to_owned).collect()
}

/// serde appends its own place to nested messages; ours is exact already.
fn without_place(message: &str) -> String {
    let lines = message.trim_end().lines().filter(|line| !line.starts_with("in `"));
    lines.map(str::trim).collect::<Vec<_>>().join(" ")
}

/// Gives the entry whose key stands at `span` the key that was meant, unless there is one; it is taken out
/// then. Whether there was such an entry.
fn rename(table: &mut DeTable<'_>, span: &Range<usize>, meant: Option<&str>) -> bool {
    let here = table.keys().find(|key| key.span() == *span).cloned();
    let Some(key) = here else {
        return table.iter_mut().any(|(_, value)| rename_in(value.get_mut(), span, meant));
    };
    let value = table.remove(&key);
    if let (Some(value), Some(meant)) = (value, meant)
        && table.keys().all(|key| key.get_ref() != meant)
    {
        table.insert(Spanned::new(key.span(), meant.to_owned().into()), value);
    }
    true
}

fn rename_in(value: &mut DeValue<'_>, span: &Range<usize>, meant: Option<&str>) -> bool {
    match value {
        DeValue::Table(table) => rename(table, span, meant),
        DeValue::Array(items) => items.iter_mut().any(|item| rename_in(item.get_mut(), span, meant)),
        _ => false,
    }
}

fn plain(span: Range<usize>, text: &str) -> Diagnosis {
    Diagnosis { span, text: text.to_owned(), help: None }
}

/// A fault at the place of its key, or of the longest beginning of it that is written.
fn located(source: &str, table: &Spanned<DeTable<'_>>, fault: check::Fault) -> Diagnosis {
    let mut place = Place { mark: 0..0, whole: 0..0, inside: Some(At::Table(table.get_ref())) };
    for step in steps(&fault.key) {
        let Some(next) = place.inside.and_then(|at| at.step(step)) else { break };
        place = next;
    }
    let about = fault.about.as_ref().and_then(|name| named(source, &place.whole, name));
    let span = about.unwrap_or(place.mark);
    Diagnosis { span, text: fault.to_string(), help: fault.help }
}

/// Where inside `whole` the placeholder `name` stands.
fn named(source: &str, whole: &Range<usize>, name: &str) -> Option<Range<usize>> {
    let placeholder = format!("{{{name}}}");
    let start = whole.start + source[whole.clone()].find(&placeholder)?;
    Some(start..start + placeholder.len())
}

/// The names and numbers of `token_request[0].form.code`.
fn steps(key: &str) -> impl Iterator<Item = &str> {
    key.split(['.', '[', ']']).filter(|step| !step.is_empty())
}

/// Where something stands, and what it has inside.
struct Place<'a, 'i> {
    /// What is marked: a value by itself, what has more inside by its key.
    mark: Range<usize>,
    /// The whole value.
    whole: Range<usize>,
    inside: Option<At<'a, 'i>>,
}

/// What has more inside.
#[derive(Clone, Copy)]
enum At<'a, 'i> {
    Table(&'a DeTable<'i>),
    List(&'a [Spanned<DeValue<'i>>]),
}

impl<'a, 'i> At<'a, 'i> {
    /// One step further.
    fn step(self, step: &str) -> Option<Place<'a, 'i>> {
        let (key, value) = match self {
            At::Table(table) => {
                let (key, value) = table.iter().find(|(key, _)| key.get_ref().as_ref() == step)?;
                (Some(key.span()), value)
            }
            At::List(items) => (None, items.get(step.parse::<usize>().ok()?)?),
        };
        let inside = match value.get_ref() {
            DeValue::Table(table) => Some(At::Table(table)),
            DeValue::Array(items) => Some(At::List(&items[..])),
            _ => None,
        };
        let whole = value.span();
        let mark = key.filter(|_| inside.is_some()).unwrap_or_else(|| whole.clone());
        Some(Place { mark, whole, inside })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_of_the_root_in_a_table_is_sent_there() {
        let found = diagnose("[lifetimes]\nname = 'x'\nscop = 1\n", "x").unwrap_err();
        let told: Vec<_> = found.iter().map(|diagnosis| diagnosis.text.as_str()).collect();
        assert!(!told.contains(&"`name` is missing"), "it is not missing: {told:?}");
        let misplaced = found.iter().find(|found| found.text == "`name` is no known key").unwrap();
        assert_eq!(misplaced.help, Some(text!("fault-misplaced-key")));
        assert!(root_keys().iter().any(|key| key == "scopes") && root_keys().len() > 20);
    }

    #[test]
    fn of_many_unknown_keys_some_are_shown() {
        let many = (0..3000).map(|i| format!("key{i} = 1")).collect::<Vec<_>>().join("\n");
        assert_eq!(diagnose(&many, "x").unwrap_err().len(), MOST);
    }

    #[test]
    fn a_message_over_lines_is_one_sentence() {
        let message = "`a\n  {b}` is no template\nin `token_request.url`\n";
        assert_eq!(without_place(message), "`a {b}` is no template");
    }
}
