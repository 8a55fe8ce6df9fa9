//! The catalogues as a translator sees them: each message and attribute with what must not change in it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;
use regex_lite::Regex;

/// The languages of the program. English is the one all others are translated from.
pub const TAGS: [&str; 4] = ["en", "de", "pl", "fr"];

/// What translates the phrases of definitions stands beside the messages.
pub const PHRASES: &str = "definitions.toml";

/// The text of a message or of one of its attributes.
#[derive(Debug, PartialEq, Eq)]
pub struct Text {
    /// As it reads; of each choice the variant that is taken if no other fits.
    pub words: String,
    /// The values it speaks of, in whichever variant.
    pub values: BTreeSet<String>,
}

/// The folder of a language.
pub fn folder(tag: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/messages").join(tag)
}

/// The names of its files.
pub fn files(tag: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(folder(tag)).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// Every text of a language, by its id: `profile-missing`, `profile-missing.hint`.
pub fn catalogue(tag: &str) -> BTreeMap<String, Text> {
    let mut texts = BTreeMap::new();
    for file in files(tag).iter().filter(|file| *file != PHRASES) {
        let source = fs::read_to_string(folder(tag).join(file)).unwrap();
        let resource = parser::parse(source).unwrap_or_else(|(_, errors)| panic!("{tag}/{file}: {errors:?}"));
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let id = &message.id.name;
            let attributes = message.attributes.iter().map(|it| (format!("{id}.{}", it.id.name), &it.value));
            for (id, pattern) in message.value.iter().map(|value| (id.clone(), value)).chain(attributes) {
                let before = texts.insert(id.clone(), text(pattern));
                assert!(before.is_none(), "{tag}/{file}: {id} is said twice");
            }
        }
    }
    texts
}

fn text(pattern: &Pattern<String>) -> Text {
    let mut text = Text { words: String::new(), values: BTreeSet::new() };
    read(pattern, &mut text, true);
    text
}

fn read(pattern: &Pattern<String>, text: &mut Text, is_said: bool) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } if is_said => text.words.push_str(value),
            PatternElement::TextElement { .. } => {}
            PatternElement::Placeable { expression: Expression::Inline(inline) } => {
                read_inline(inline, text, is_said);
            }
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                read_inline(selector, text, false);
                for variant in variants {
                    read(&variant.value, text, is_said && variant.default);
                }
            }
        }
    }
}

fn read_inline(expression: &InlineExpression<String>, text: &mut Text, is_said: bool) {
    match expression {
        InlineExpression::VariableReference { id } => {
            text.values.insert(id.name.clone());
            if is_said {
                text.words.extend(["{", id.name.as_str(), "}"]);
            }
        }
        InlineExpression::StringLiteral { value } if is_said => text.words.push_str(value),
        InlineExpression::FunctionReference { arguments, .. } => {
            arguments.positional.iter().for_each(|argument| read_inline(argument, text, is_said));
        }
        _ => {}
    }
}

/// What a text has in common with its translations: what stands in backquotes, flags, variables and addresses.
pub fn fixed(words: &str) -> Vec<String> {
    let pattern = r"`[^`]*`|--[a-z][a-z-]+|SELLAUTH_[A-Z_]+|https?://[^\s\u{a0};)“”„»]+|\{[a-z_]+\}";
    let mut found: Vec<String> =
        Regex::new(pattern).unwrap().find_iter(words).map(|found| found.as_str().to_owned()).collect();
    found.sort();
    found
}
