//! Which names a value can be, and where they are found.

use std::collections::{BTreeMap, BTreeSet};

use clap::{Arg, CommandFactory};

use crate::cli::Cli;
use crate::commands::man;
use crate::config::{Home, Lookup};
use crate::connection::catalogue;
use crate::marketplace::definition::Scope;
use crate::marketplace::{BUILT_IN, Definition, explanations};
use crate::model::Profile;
use crate::{apps, profiles, records};

/// What a value names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Names {
    /// A connected shop.
    Profile,
    /// A registered app.
    App,
    /// A marketplace's id.
    Marketplace,
    /// A region of the marketplace that the line is about.
    Region,
    /// An environment of it.
    Environment,
    /// An option of it.
    Option,
    /// `K=V`, as shops are marked already.
    Label,
    /// `K=` of a variable.
    Variable,
    /// A kind of app.
    Kind,
    /// A code that can be explained.
    Code,
    /// A command, or what else has a manual page.
    Command,
}

/// A candidate, and what it is in a few words.
type Found = Vec<(String, Option<String>)>;

/// What the values of a command's argument name, where that is known.
pub(super) fn of(command: &str, argument: &Arg) -> Option<Names> {
    let takes_shop =
        argument.get_value_names().is_some_and(|names| names.iter().any(|name| name.as_str() == "PROFILE"));
    let positional = argument.is_positional();
    Some(match (argument.get_id().as_str(), command) {
        ("profile" | "old", _) if positional => Names::Profile,
        ("command", "man") => Names::Command,
        ("name", "show" | "set" | "remove" | "change") if positional => Names::App,
        ("app", _) if !positional => Names::App,
        ("marketplace", _) | ("id", "show" | "diff") => Names::Marketplace,
        ("code", "explain") => Names::Code,
        ("region", _) => Names::Region,
        ("env", _) => Names::Environment,
        ("options" | "no_options", _) => Names::Option,
        ("labels", _) => Names::Label,
        ("set", _) => Names::Variable,
        ("kind", "add") => Names::Kind,
        _ if takes_shop => Names::Profile,
        _ => return None,
    })
}

impl Names {
    /// The names that begin with `begun`, and perhaps others; `None` where there is no home to look into. A file
    /// that cannot be read has no names.
    pub(super) fn find(self, var: Lookup, typed: &[String], begun: &str) -> Option<Found> {
        if self == Self::Command {
            return Some(commands(typed, begun));
        }
        let (home, _) = Home::examine(var).ok()?;
        let plain = |names: BTreeSet<String>| names.into_iter().map(|name| (name, None)).collect();
        Some(match self {
            Self::Profile => shops(&home, begun),
            Self::App => registered(&home, begun),
            Self::Marketplace => marketplaces(&home, begun),
            Self::Code => codes(&home),
            Self::Label => plain(marks(&home)),
            Self::Region => meant(&home, typed, |it| {
                it.regions
                    .iter()
                    .map(|(name, region)| (name.clone(), Some(region.aliases.join(", "))))
                    .collect()
            }),
            Self::Environment => {
                meant(&home, typed, |it| it.environments.keys().map(|name| (name.clone(), None)).collect())
            }
            Self::Option => meant(&home, typed, |it| {
                it.options
                    .iter()
                    .map(|(name, choice)| (name.clone(), Some(choice.description.clone())))
                    .collect()
            }),
            Self::Kind => meant(&home, typed, |it| {
                it.app_kinds
                    .iter()
                    .map(|(name, kind)| (name.clone(), Some(kind.description.clone())))
                    .collect()
            }),
            Self::Variable => {
                let scope = if typed.iter().any(|word| word == "app") { Scope::App } else { Scope::Profile };
                meant(&home, typed, |it| {
                    it.asked(scope)
                        .map(|(name, asked)| (format!("{name}="), Some(asked.prompt.clone())))
                        .collect()
                })
            }
            Self::Command => Found::new(),
        })
    }
}

/// The shops, with marketplace and what their sellers call them.
fn shops(home: &Home, begun: &str) -> Found {
    let (folder, records) = (profiles::folder(home), records::of_profiles(home));
    let about = |profile: &Profile| {
        let record = records.get(profile.uuid).ok().flatten();
        let shop = record.and_then(|record| record.shop_name.or(record.shop_id));
        shop.map_or_else(|| profile.marketplace.clone(), |shop| format!("{}: {shop}", profile.marketplace))
    };
    let names = folder.names().unwrap_or_default().into_iter().filter(|name| name.starts_with(begun));
    names
        .map(|name| {
            let profile = folder.get(&name).ok().flatten();
            (name, profile.as_ref().map(about))
        })
        .collect()
}

fn registered(home: &Home, begun: &str) -> Found {
    let folder = apps::folder(home);
    let names = folder.names().unwrap_or_default().into_iter().filter(|name| name.starts_with(begun));
    names
        .map(|name| {
            let app = folder.get(&name).ok().flatten();
            (name, app.map(|app| format!("{}, {}", app.marketplace, app.environment)))
        })
        .collect()
}

fn marketplaces(home: &Home, begun: &str) -> Found {
    let ids = ids(home).into_iter().filter(|id| id.starts_with(begun));
    ids.map(|id| {
        let name = catalogue(home).get(&id).ok().map(|definition| definition.name);
        (id, name)
    })
    .collect()
}

/// The marketplaces, whether their files are sound or not.
fn ids(home: &Home) -> BTreeSet<String> {
    // A folder that cannot be read leaves what is built in.
    let built_in = || BUILT_IN.iter().map(|(id, _)| (*id).to_owned()).collect();
    catalogue(home).ids().map_or_else(|_| built_in(), BTreeSet::from_iter)
}

/// What the marketplaces have that a line is about: the one it names, or that of the shop or app it names; all of
/// them where it names none.
fn meant(home: &Home, typed: &[String], of: impl Fn(&Definition) -> Found) -> Found {
    let (ids, shops, apps) = (ids(home), profiles::folder(home), apps::folder(home));
    let of_word = |word: &String| {
        let of_shop = || Some(shops.get(word).ok()??.marketplace);
        let of_app = || Some(apps.get(word).ok()??.marketplace);
        ids.get(word).cloned().or_else(of_shop).or_else(of_app)
    };
    // Program and command are no names.
    let one = typed.iter().skip(2).find_map(of_word);
    let catalogue = catalogue(home);
    let ids = one.map_or_else(|| ids.clone(), |id| BTreeSet::from([id]));
    let definitions = ids.iter().filter_map(|id| catalogue.get(id).ok());
    definitions.flat_map(|definition| of(&definition)).collect::<BTreeMap<_, _>>().into_iter().collect()
}

/// The marks of the shops.
fn marks(home: &Home) -> BTreeSet<String> {
    let folder = profiles::folder(home);
    let profiles = folder.names().unwrap_or_default();
    let marks = profiles.iter().filter_map(|name| folder.get(name).ok()?).flat_map(|profile| profile.labels);
    marks.map(|(key, value)| format!("{key}={value}")).collect()
}

/// The codes, with whose they are.
fn codes(home: &Home) -> Found {
    let catalogue = catalogue(home);
    let own = ids(home).into_iter().filter_map(|id| catalogue.get(&id).ok());
    let own: Vec<_> = own.flat_map(|definition| explanations::of(&definition).collect::<Vec<_>>()).collect();
    let mut codes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for meaning in own.into_iter().chain(explanations::standard().unwrap_or_default()) {
        codes.entry(meaning.code).or_default().push(meaning.by);
    }
    codes.into_iter().map(|(code, by)| (code, Some(by.join(", ")))).collect()
}

/// The commands below those that are typed already, and what else has a page.
fn commands(typed: &[String], begun: &str) -> Found {
    let mut command = Cli::command();
    let words = typed.iter().skip_while(|word| *word != "man").skip(1);
    for word in words.take_while(|word| !word.starts_with('-') && *word != begun) {
        match command.find_subcommand(word) {
            Some(below) => command = below.clone(),
            None => break,
        }
    }
    let other = command.get_name() == Cli::command().get_name();
    let below = command.get_subcommands().filter(|it| !it.is_hide_set());
    below
        .map(|it| (it.get_name().to_owned(), it.get_about().map(ToString::to_string)))
        .chain(other.then(|| (man::DEFINITIONS.to_owned(), None)))
        .collect()
}
