//! The one catalogue of everything the program says to a person, in each of its languages.
//!
//! Messages live in `messages/TAG/*.ftl` (Project Fluent), so that a translator never opens a Rust
//! file. [`text!`] renders one; an error's hint is the `.hint` attribute of its message. What the built-in
//! definitions of marketplaces say is English there, and translated phrase by phrase
//! (`messages/TAG/definitions.toml`).
//!
//! A catalogue is parsed on first use: a command that has nothing to say never pays for it.

mod language;

use std::borrow::Cow;
use std::cell::{Cell, OnceCell};
use std::collections::HashMap;
use std::sync::OnceLock;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};

pub use language::Language;

/// The files of a catalogue, by the part of the program that speaks.
macro_rules! catalogue {
    ($tag:literal) => {
        [
            include_str!(concat!("messages/", $tag, "/errors.ftl")),
            include_str!(concat!("messages/", $tag, "/connect.ftl")),
            include_str!(concat!("messages/", $tag, "/commands.ftl")),
            include_str!(concat!("messages/", $tag, "/store.ftl")),
            include_str!(concat!("messages/", $tag, "/pages.ftl")),
            include_str!(concat!("messages/", $tag, "/demo.ftl")),
            include_str!(concat!("messages/", $tag, "/doctor.ftl")),
        ]
    };
}

/// What this process speaks, unless a browser asks for another language.
static SPOKEN: OnceLock<Language> = OnceLock::new();

thread_local! {
    static ASIDE: Cell<Option<Language>> = const { Cell::new(None) };
    static BUNDLES: [OnceCell<Bundle>; Language::TABLE.len()] = const { [const { OnceCell::new() }; Language::TABLE.len()] };
}

type Bundle = FluentBundle<FluentResource>;

/// Chooses what this process speaks. The first choice stays.
pub fn speak(language: Language) {
    let _ = SPOKEN.set(language);
}

/// What is spoken here and now.
pub fn spoken() -> Language {
    ASIDE.get().unwrap_or_else(|| SPOKEN.get().copied().unwrap_or_default())
}

/// Whether another language than the process's is spoken on this thread.
pub fn is_aside() -> bool {
    ASIDE.get().is_some_and(|aside| aside != SPOKEN.get().copied().unwrap_or_default())
}

/// Renders what `say` says in another language than the process's.
pub fn aside<T>(language: Language, say: impl FnOnce() -> T) -> T {
    /// Also where `say` panics: threads of the listener live on.
    struct Back(Option<Language>);
    impl Drop for Back {
        fn drop(&mut self) {
            ASIDE.set(self.0);
        }
    }
    let _back = Back(ASIDE.replace(Some(language)));
    say()
}

fn bundle(language: Language) -> Bundle {
    let sources = match language {
        Language::English => catalogue!("en"),
        Language::German => catalogue!("de"),
        Language::Polish => catalogue!("pl"),
        Language::French => catalogue!("fr"),
    };
    let mut bundle = FluentBundle::new(vec![language.tag().parse().expect("a language tag")]);
    // Isolation marks would end up in files, logs and copied addresses.
    bundle.set_use_isolating(false);
    bundle.add_function("NUMBER", number).expect("no other function of this name");
    for source in sources {
        let resource = FluentResource::try_new(source.to_owned())
            .unwrap_or_else(|(_, errors)| panic!("message catalogue: {errors:?}"));
        if let Err(errors) = bundle.add_resource(resource) {
            panic!("message catalogue: {errors:?}");
        }
    }
    bundle
}

/// `NUMBER($count)`: every argument is text here, and one that is a count decides about the grammar.
fn number<'a>(positional: &[FluentValue<'a>], _: &FluentArgs) -> FluentValue<'a> {
    match positional.first() {
        Some(FluentValue::String(digits)) => {
            digits.parse::<u64>().map_or(FluentValue::Error, FluentValue::from)
        }
        _ => FluentValue::Error,
    }
}

/// Renders message `id`, or its attribute (`profile-missing.hint`).
///
/// `None` when the catalogue has no such message or attribute. Use [`text!`], whose ids a test
/// compares with the catalogue.
pub fn lookup(id: &str, args: &FluentArgs) -> Option<String> {
    let language = spoken();
    BUNDLES.with(|bundles| {
        let bundle = bundles[language as usize].get_or_init(|| bundle(language));
        let (message, attribute) = match id.split_once('.') {
            Some((message, attribute)) => (bundle.get_message(message)?, Some(attribute)),
            None => (bundle.get_message(id)?, None),
        };
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        let mut errors = Vec::new();
        Some(bundle.format_pattern(pattern, Some(args), &mut errors).into_owned())
    })
}

/// What a built-in definition says, in the language of this process. An English phrase that has no
/// translation stays as it is.
pub fn phrase(english: &str) -> Cow<'_, str> {
    phrases().and_then(|phrases| phrases.get(english)).map_or(english.into(), |phrase| phrase.clone().into())
}

/// The English phrase behind what a built-in definition says in the language of this process; what is no
/// translation stays as it is.
pub fn original(phrase: &str) -> Cow<'_, str> {
    let mut pairs = phrases().into_iter().flatten();
    let english = pairs.find(|(_, translated)| *translated == phrase);
    english.map_or(phrase.into(), |(english, _)| english.clone().into())
}

/// The translations of English phrases, unless English is spoken.
fn phrases() -> Option<&'static HashMap<String, String>> {
    static PHRASES: OnceLock<HashMap<String, String>> = OnceLock::new();
    let source = match SPOKEN.get().copied().unwrap_or_default() {
        Language::English => return None,
        Language::German => include_str!("messages/de/definitions.toml"),
        Language::Polish => include_str!("messages/pl/definitions.toml"),
        Language::French => include_str!("messages/fr/definitions.toml"),
    };
    Some(PHRASES.get_or_init(|| toml::from_str(source).expect("a table of phrases")))
}

/// Renders a message of the catalogue: `text!("profile-missing", name = name)`.
///
/// Arguments are shown with `Display`. An id the catalogue does not have renders as itself, and
/// fails the test that compares both.
#[macro_export]
macro_rules! text {
    ($id:literal $(, $key:ident = $value:expr)* $(,)?) => {
        $crate::messages::lookup($id, &$crate::arguments!($($key = $value),*))
            .unwrap_or_else(|| $id.to_owned())
    };
}

/// The named arguments of a message, each rendered with `Display`.
#[macro_export]
macro_rules! arguments {
    ($($key:ident = $value:expr),* $(,)?) => {{
        #[allow(unused_mut)]
        let mut args = fluent_bundle::FluentArgs::new();
        $(args.set(stringify!($key), $value.to_string());)*
        args
    }};
}
