//! What is wrong with a definition's text, and where: for who writes it.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer};

use super::check;
use super::definition::Definition;
use crate::document::{nearest, unknown_field};
use crate::text;

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

/// What the shape does not show.
fn faults(definition: &Definition, promised: &str) -> Vec<check::Fault> {
    let mut faults = check::faults(definition);
    if definition.id != promised {
        let text = text!("fault-file-name", id = definition.id, name = promised);
        faults.push(check::Fault { key: "id".to_owned(), text, help: None });
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
        // serde appends its own place to nested messages; ours is exact already.
        let message = error.message().lines().next().unwrap_or_default();
        let Some((given, known)) = unknown_field(message) else {
            let missing = message.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`'));
            let text = missing.map(|key| text!("fault-missing-key", key = key));
            found.push(plain(span, text.as_deref().unwrap_or(message)));
            return None;
        };
        let meant = nearest(given, known.iter().copied());
        let help = match meant {
            Some(name) => text!("file-nearest-key", key = name),
            None => text!("file-known-keys", keys = known.join(", ")),
        };
        let text = text!("fault-unknown-key", key = given);
        found.push(Diagnosis { span: span.clone(), text, help: Some(help) });
        if !rename(table.get_mut(), &span, meant) {
            return None;
        }
    }
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
    let span = named(source, &place.whole, &fault.text).unwrap_or(place.mark);
    Diagnosis { span, text: fault.to_string(), help: fault.help }
}

/// Where inside `whole` the placeholder stands that `fault` speaks of.
fn named(source: &str, whole: &Range<usize>, fault: &str) -> Option<Range<usize>> {
    let (open, close) = (fault.find('{')?, fault.find('}')?);
    let placeholder = fault.get(open..=close)?;
    let start = whole.start + source[whole.clone()].find(placeholder)?;
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
