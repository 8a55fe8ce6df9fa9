//! Built-in texts in the language of this process: what a seller reads is translated, all else stays.

use std::path::Path;

use serde::de::DeserializeOwned;
use toml::{Table, Value};

use crate::document;
use crate::error::Result;
use crate::messages::{self, Language};

/// Parses a built-in `text`, which stands in `path`, each of its phrases translated.
///
/// Whatever has a translation is a phrase: no address, name of a parameter or pattern is a sentence.
pub fn parse<T: DeserializeOwned>(path: &Path, text: &str) -> Result<T> {
    if messages::spoken() == Language::English {
        return document::parse(path, text);
    }
    let mut table: Table = document::parse(path, text)?;
    table.iter_mut().for_each(|(_, value)| translate(value));
    document::read(path, table)
}

fn translate(value: &mut Value) {
    match value {
        Value::String(text) => *text = messages::phrase(text).into_owned(),
        Value::Array(values) => values.iter_mut().for_each(translate),
        Value::Table(table) => table.iter_mut().for_each(|(_, value)| translate(value)),
        _ => {}
    }
}
