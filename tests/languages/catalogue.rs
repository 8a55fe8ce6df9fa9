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
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// As it reads; of each choice the variant that is taken if no other fits.
    pub words: String,
    /// The values it speaks of, in whichever variant.
    pub values: BTreeSet<String>,
    /// As it reads with each variant of its choices.
    pub readings: Vec<String>,
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
    let mut text = Text::default();
    text.words = read(pattern, &mut text.values, None);
    let choices = pattern.elements.iter().filter_map(|element| match element {
        PatternElement::Placeable { expression: Expression::Select { variants, .. } } => Some(variants.len()),
        _ => None,
    });
    let most = choices.max().unwrap_or(1);
    text.readings = (0..most).map(|chosen| read(pattern, &mut text.values, Some(chosen))).collect();
    text
}

/// The words with the variant `chosen` of each choice, with the default one where there are fewer.
fn read(pattern: &Pattern<String>, values: &mut BTreeSet<String>, chosen: Option<usize>) -> String {
    let part = |element: &PatternElement<String>| match element {
        PatternElement::TextElement { value } => value.clone(),
        PatternElement::Placeable { expression: Expression::Inline(inline) } => read_inline(inline, values),
        PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
            read_inline(selector, values);
            let wanted = chosen.and_then(|chosen| variants.get(chosen));
            let variant = wanted.or_else(|| variants.iter().find(|variant| variant.default));
            read(&variant.expect("a default variant").value, values, chosen)
        }
    };
    pattern.elements.iter().map(part).collect()
}

fn read_inline(expression: &InlineExpression<String>, values: &mut BTreeSet<String>) -> String {
    match expression {
        InlineExpression::VariableReference { id } => {
            values.insert(id.name.clone());
            format!("{{{}}}", id.name)
        }
        InlineExpression::StringLiteral { value } => value.clone(),
        InlineExpression::FunctionReference { arguments, .. } => {
            arguments.positional.iter().map(|argument| read_inline(argument, values)).collect()
        }
        _ => String::new(),
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
