//! `sellauth marketplaces check`: everything that is wrong with a definition, and where.

use std::path::Path;

use serde_json::{Value, json};

use super::Context;
use crate::error::Result;
use crate::marketplace::diagnosis::{Diagnosis, diagnose, key_span};
use crate::marketplace::{BUILT_IN, Definition};
use crate::output::snippet::{Mark, snippet};
use crate::output::{insist, print, print_json};
use crate::{fail, text};

/// Says that the definition in `file` is sound, or shows each fault with its line.
///
/// Kind `configuration` where it is not sound.
pub fn run(context: &Context, file: &Path) -> Result<()> {
    let path = file.display().to_string();
    let source = std::fs::read_to_string(file)
        .map_err(|error| fail!(Configuration, "file-unreadable", path = path).because(error))?;
    let promised = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let taken = |id: &str| BUILT_IN.iter().any(|(built_in, _)| *built_in == id);
    let found = match diagnose(&source, promised) {
        Ok(definition) if taken(&definition.id) => vec![at_id(&source, &definition.id)],
        Ok(definition) => return praise(context, &definition),
        Err(found) => found,
    };
    tell(context, &path, &source, &found)?;
    Err(fail!(Configuration, "marketplace-unsound", path = path))
}

/// The id is one that no file may take.
fn at_id(source: &str, id: &str) -> Diagnosis {
    let span = key_span(source, "id").unwrap_or(0..0);
    Diagnosis { span, text: text!("fault-taken", id = id), help: None }
}

fn praise(context: &Context, definition: &Definition) -> Result<()> {
    match context.terminal.json {
        true => print_json(&json!({ "id": definition.id, "name": definition.name, "faults": [] })),
        false => print(&text!("marketplace-fine", id = definition.id)),
    }
}

/// Each fault with its line: on stderr for a person, on stdout for an editor.
fn tell(context: &Context, path: &str, source: &str, found: &[Diagnosis]) -> Result<()> {
    if context.terminal.json {
        let faults: Vec<Value> = found.iter().map(|diagnosis| document(source, diagnosis)).collect();
        return print_json(&json!({ "file": path, "faults": faults }));
    }
    for diagnosis in found {
        let mark =
            Mark { span: diagnosis.span.clone(), text: &diagnosis.text, help: diagnosis.help.as_deref() };
        insist(snippet(path, source, &mark) + "\n");
    }
    Ok(())
}

/// A fault as an editor marks it: lines and columns count from 1, columns in characters.
fn document(source: &str, diagnosis: &Diagnosis) -> Value {
    let place = |at: usize| {
        let before = &source[..at];
        let line = before.rsplit('\n').next().unwrap_or_default();
        (before.matches('\n').count() + 1, line.chars().count() + 1)
    };
    let (start, end) = (place(diagnosis.span.start), place(diagnosis.span.end));
    json!({
        "line": start.0, "column": start.1, "end_line": end.0, "end_column": end.1,
        "message": diagnosis.text, "help": diagnosis.help,
    })
}
