//! The page on definitions: an introduction, and every table and key as the schema explains them.

use std::io;

use clap_mangen::roff::{Roff, bold, roman};
use serde_json::Value;

use super::pages::{Page, body, see_also, title};
use crate::marketplace::schema::SCHEMA;

const NAME: &str = "sellauth-marketplace";
/// What a definition is, before its keys. Roff.
const INTRODUCTION: &str = include_str!("marketplace.roff");
/// A whole definition.
const EXAMPLE: &str = include_str!("corner-shop.toml");

/// The page.
pub(super) fn page() -> io::Result<Page> {
    let schema: Value = serde_json::from_str(SCHEMA)?;
    let mut page = title(NAME, 5);
    page.push_str(INTRODUCTION);
    page.push_str(&example());
    page.push_str(&keys(&schema));
    page.push_str(&see_also(&["sellauth(1)".to_owned(), "sellauth-marketplaces(1)".to_owned()]));
    Ok(Page::new(NAME, 5, page))
}

fn example() -> String {
    let line = |line: &str| {
        let line = line.replace('\\', "\\e").replace('-', "\\-");
        let guard = if line.starts_with(['.', '\'']) { "\\&" } else { "" };
        format!("{guard}{line}\n")
    };
    let lines: String = EXAMPLE.lines().map(line).collect();
    format!(".SH EXAMPLE\n.EX\n{lines}.EE\n")
}

/// Every table with its keys, in the order in which the schema leads to them.
fn keys(schema: &Value) -> String {
    let mut roff = Roff::default();
    roff.control("SH", ["KEYS AT THE BEGINNING"]);
    members(schema, schema, &mut roff);
    roff.control("SH", ["TABLES"]);
    for table in tables(schema) {
        roff.control("SS", [table.headings.join(", ").as_str()]);
        if let Some(about) = table.shape["description"].as_str() {
            paragraph(&mut roff, about);
        }
        members(schema, table.shape, &mut roff);
        if let Some(other) = table.shape.get("additionalProperties").filter(|it| it.is_object()) {
            roff.control("TP", []);
            roff.text([bold("any other name"), roman(format!(" ({})", kind(schema, other)))]);
            roff.text([roman("A value that templates name.")]);
        }
    }
    body(&roff)
}

/// A table of the format, under every heading it can have.
struct Table<'a> {
    name: &'a str,
    headings: Vec<String>,
    shape: &'a Value,
}

fn tables(schema: &Value) -> Vec<Table<'_>> {
    let mut found: Vec<Table> = Vec::new();
    // What is yet to be looked into: a shape, and how its tables are reached.
    let mut open: Vec<(&Value, String)> = vec![(schema, String::new())];
    while !open.is_empty() {
        for (shape, path) in std::mem::take(&mut open) {
            for (key, value) in properties(shape) {
                let Some((name, form)) = table_of(value).filter(|(name, _)| is_table(schema, name)) else {
                    continue;
                };
                let path = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
                let (heading, path) = match form {
                    Form::One => (format!("[{path}]"), path),
                    Form::List => (format!("[[{path}]]"), path),
                    Form::Named => (format!("[{path}.NAME]"), format!("{path}.NAME")),
                };
                if let Some(known) = found.iter_mut().find(|table| table.name == name) {
                    known.headings.push(heading);
                    continue;
                }
                let shape = &schema["definitions"][name];
                found.push(Table { name, headings: vec![heading], shape });
                open.push((shape, path));
            }
        }
    }
    found
}

/// How often a table stands under its key.
enum Form {
    One,
    List,
    Named,
}

/// The definition that a key's value refers to.
fn table_of(value: &Value) -> Option<(&str, Form)> {
    if let Some(name) = reference(value) {
        return Some((name, Form::One));
    }
    if let Some(name) = value.get("items").and_then(reference) {
        return Some((name, Form::List));
    }
    value.get("additionalProperties").and_then(reference).map(|name| (name, Form::Named))
}

/// `#/definitions/NAME`, alone or beside null.
fn reference(value: &Value) -> Option<&str> {
    let held = [&value["allOf"], &value["anyOf"]].into_iter().filter_map(Value::as_array).flatten();
    let named = std::iter::once(value).chain(held).find_map(|one| one["$ref"].as_str());
    named?.strip_prefix("#/definitions/")
}

fn is_table(schema: &Value, name: &str) -> bool {
    schema["definitions"][name]["properties"].is_object()
}

fn properties(shape: &Value) -> impl Iterator<Item = (&str, &Value)> {
    shape["properties"].as_object().into_iter().flatten().map(|(key, value)| (key.as_str(), value))
}

/// The keys of a table, each with what it takes and what it means.
fn members(schema: &Value, shape: &Value, roff: &mut Roff) {
    let required: Vec<&str> =
        shape["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for (key, value) in properties(shape) {
        let needed = if required.contains(&key) { ", required" } else { "" };
        roff.control("TP", []);
        roff.text([bold(key), roman(format!(" ({}{needed})", kind(schema, value)))]);
        roff.text([roman(flowing(value["description"].as_str().unwrap_or_default()))]);
        for (choice, about) in choices(schema, value) {
            roff.control("RS", []);
            roff.control("TP", []);
            roff.text([bold(format!("\"{choice}\""))]);
            roff.text([roman(flowing(about))]);
            roff.control("RE", []);
        }
    }
}

/// What the page says at its beginning of texts that have a form of their own.
const FORMS: [(&str, &str); 4] = [
    ("PaceRule", "pace"),
    ("Pointer", "pointer or list of pointers"),
    ("Span", "duration"),
    ("Template", "template"),
];

/// What a value can be, in a few words.
fn kind(schema: &Value, value: &Value) -> String {
    if let Some(name) = reference(value) {
        if let Some((_, form)) = FORMS.iter().find(|(known, _)| *known == name) {
            return (*form).to_owned();
        }
        let shape = &schema["definitions"][name];
        return if is_table(schema, name) { "table".to_owned() } else { kind(schema, shape) };
    }
    if let Some(items) = value.get("items") {
        return format!("list of {}", plural(&kind(schema, items)));
    }
    if value["oneOf"].is_array() || value["enum"].is_array() {
        let words = value["enum"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let words: Vec<&str> = words.collect();
        return if words.is_empty() { "text".to_owned() } else { words.join(" | ") };
    }
    if let Some(any) = value["anyOf"].as_array() {
        let kinds: Vec<String> = any.iter().map(|one| kind(schema, one)).collect();
        return kinds.join(" or ");
    }
    if let Some(values) = value.get("additionalProperties").filter(|it| it.is_object()) {
        return format!("table of {}", plural(&kind(schema, values)));
    }
    let words = match &value["type"] {
        Value::Array(types) => {
            types.iter().filter_map(Value::as_str).find(|it| *it != "null").unwrap_or_default()
        }
        one => one.as_str().unwrap_or_default(),
    };
    match (words, value["pattern"].as_str()) {
        ("string", Some(pattern)) => format!("text like {pattern}"),
        ("string", None) => "text".to_owned(),
        ("boolean", ..) => "true or false".to_owned(),
        ("integer", ..) => match (value["minimum"].as_u64(), value["maximum"].as_u64()) {
            // What fits into two bytes has no bounds of its own.
            (Some(least), Some(most)) if most < u16::MAX.into() => format!("{least} to {most}"),
            _ => "number".to_owned(),
        },
        (other, ..) => other.to_owned(),
    }
}

fn plural(kind: &str) -> String {
    match kind {
        "table" | "template" | "duration" => format!("{kind}s"),
        "pointer or list of pointers" => "pointers, or of lists of them".to_owned(),
        "text" => "texts".to_owned(),
        other => other.to_owned(),
    }
}

/// The words a value can be one of, each with what it means.
fn choices<'a>(schema: &'a Value, value: &'a Value) -> Vec<(&'a str, &'a str)> {
    let one = value.get("items").unwrap_or(value);
    let shape = reference(one).map_or(one, |name| &schema["definitions"][name]);
    let choice =
        |one: &'a Value| Some((one["const"].as_str()?, one["description"].as_str().unwrap_or_default()));
    shape["oneOf"].as_array().into_iter().flatten().filter_map(choice).collect()
}

fn paragraph(roff: &mut Roff, about: &str) {
    roff.text([roman(flowing(about))]);
}

/// A docstring as running text.
fn flowing(about: &str) -> String {
    about.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::document::parse;
    use crate::marketplace::Definition;

    #[test]
    fn every_table_and_key_of_the_schema_is_on_the_page() {
        let page = page().unwrap().source;
        let schema: Value = serde_json::from_str(SCHEMA).unwrap();
        let shapes = schema["definitions"].as_object().unwrap();
        for (name, shape) in shapes.iter().chain([(&"definition".to_owned(), &schema)]) {
            for (key, value) in properties(shape) {
                let key = key.replace('-', "\\-");
                assert!(page.contains(&format!("\\fB{key}\\fR (")), "{name}.{key}");
                let about = flowing(value["description"].as_str().unwrap_or_default());
                let mut said = Roff::default();
                said.text([roman(about)]);
                let said = body(&said);
                assert!(!said.trim().is_empty() && page.contains(&said), "{name}.{key}: {said}");
            }
            for (choice, _) in choices(&schema, shape) {
                assert!(page.contains(&choice.replace('-', "\\-")), "{name}: {choice}");
            }
        }
        let found: Vec<&str> = tables(&schema).iter().map(|table| table.name).collect();
        for (name, _) in shapes.iter().filter(|(name, _)| is_table(&schema, name)) {
            assert!(found.contains(&name.as_str()), "{name} has no heading");
        }
    }

    #[test]
    fn the_example_is_a_sound_definition() {
        parse::<Definition>(Path::new("corner-shop.toml"), EXAMPLE).unwrap();
    }
}
