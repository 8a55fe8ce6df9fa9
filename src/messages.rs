//! The one catalogue of everything the program says to a person.
//!
//! Messages live in `messages/en/*.ftl` (Project Fluent), so that a translator never opens a Rust
//! file. [`text!`] renders one; an error's hint is the `.hint` attribute of its message. The
//! catalogue is parsed on first use: a command that has nothing to say never pays for it.

use std::cell::LazyCell;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};

/// The files of the English catalogue, by the part of the program that speaks.
const ENGLISH: &[&str] = &[
    include_str!("messages/en/errors.ftl"),
    include_str!("messages/en/connect.ftl"),
    include_str!("messages/en/commands.ftl"),
    include_str!("messages/en/store.ftl"),
    include_str!("messages/en/pages.ftl"),
    include_str!("messages/en/demo.ftl"),
    include_str!("messages/en/doctor.ftl"),
];

thread_local! {
    static BUNDLE: LazyCell<FluentBundle<FluentResource>> = const { LazyCell::new(bundle) };
}

fn bundle() -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new(vec!["en".parse().expect("a language tag")]);
    // Isolation marks would end up in files, logs and copied addresses.
    bundle.set_use_isolating(false);
    for source in ENGLISH {
        let resource = FluentResource::try_new((*source).to_owned())
            .unwrap_or_else(|(_, errors)| panic!("message catalogue: {errors:?}"));
        if let Err(errors) = bundle.add_resource(resource) {
            panic!("message catalogue: {errors:?}");
        }
    }
    bundle
}

/// Renders message `id`, or its attribute (`profile-missing.hint`).
///
/// `None` when the catalogue has no such message or attribute. Use [`text!`], whose ids a test
/// compares with the catalogue.
pub fn lookup(id: &str, args: &FluentArgs) -> Option<String> {
    BUNDLE.with(|bundle| {
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
