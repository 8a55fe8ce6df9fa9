//! `sellauth` alone: where things stand, and what to do next. Offline, like `status`.

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use console::Style;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::Context;
use super::status::{self, Row};
use crate::connection::{Connection, catalogue};
use crate::error::{Error, Result};
use crate::model::State;
use crate::output::{columns, print, print_json, report, wrapped};
use crate::{apps, text};

/// Of more shops, those that need something are shown, and the first of the others.
const MOST_SHOPS: usize = 12;

/// So many names stand in one line.
const MOST_NAMES: usize = 4;

/// What to do next.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    /// Connect a shop of the marketplace that an app is registered at.
    ConnectWith { marketplace: String, app: String },
    /// Connect a first shop.
    Connect { known: Vec<String> },
    /// Look at the whole story first.
    Demo,
    /// A file is wrong, or an app is gone: what is said about it, and who it is about.
    Repair { names: Vec<String> },
    /// These need a new consent.
    Reauthorize { names: Vec<String> },
    /// The app's client secret ends soon.
    Secret { app: String },
    /// Everything works.
    Token { name: String },
}

/// Shows the overview.
pub fn run(context: &Context) -> Result<ExitCode> {
    let now = Timestamp::now();
    let (mut rows, mut broken) = (Vec::new(), Vec::new());
    for (name, loaded) in Connection::all(&context.home)? {
        match loaded {
            Ok(connection) => rows.push(Row::of(&connection, now)),
            Err(error) => broken.push(error.profile(&name)),
        }
    }
    let steps = steps(context, &rows, &broken);
    if context.terminal.json {
        let errors: Vec<Value> = broken.iter().map(document_of).collect();
        let next: Vec<Value> = steps.iter().map(Step::document).collect();
        print_json(&json!({ "profiles": rows, "errors": errors, "next": next }))?;
        return Ok(ExitCode::SUCCESS);
    }
    for error in &broken {
        report(error, false);
    }
    if !rows.is_empty() {
        print(&table(&rows))?;
        print("")?;
    } else if broken.is_empty() {
        print(&text!("nothing-connected"))?;
        print("")?;
    }
    print(&next(&steps))?;
    Ok(ExitCode::SUCCESS)
}

fn document_of(error: &Error) -> Value {
    let mut document = error.document();
    document["profile"] = error.profile.clone().into();
    document
}

/// The shops: all of them, or where there are many, those that need something first.
fn table(rows: &[Row]) -> String {
    let mut shown: Vec<&Row> = rows.iter().collect();
    if rows.len() <= MOST_SHOPS {
        return status::overview(&shown);
    }
    shown.sort_by_key(|row| (row.state == State::Connected, row.profile.clone()));
    shown.truncate(MOST_SHOPS);
    let rest = rows.len() - shown.len();
    format!("{}\n{}", status::overview(&shown), text!("overview-more", rest = rest))
}

fn steps(context: &Context, rows: &[Row], broken: &[Error]) -> Vec<Step> {
    let folder = apps::folder(&context.home);
    let names = folder.names().unwrap_or_default().into_iter();
    let apps = names.filter_map(|name| Some((name.clone(), folder.get(&name).ok()??.marketplace))).collect();
    let known = || catalogue(&context.home).ids().unwrap_or_default();
    let broken = broken.iter().filter_map(|error| error.profile.clone()).collect();
    decide(rows, broken, apps, known)
}

/// What to do where things stand like this; `apps` are registered, each at its marketplace.
fn decide(
    rows: &[Row],
    broken: Vec<String>,
    apps: BTreeMap<String, String>,
    known: impl FnOnce() -> Vec<String>,
) -> Vec<Step> {
    if rows.is_empty() && broken.is_empty() {
        let with = apps.into_iter().next().map(|(app, marketplace)| Step::ConnectWith { marketplace, app });
        return match with {
            Some(step) => vec![step],
            None => vec![Step::Connect { known: known() }, Step::Demo],
        };
    }
    let mut steps = Vec::new();
    if !broken.is_empty() {
        steps.push(Step::Repair { names: broken });
    }
    let due: Vec<String> =
        rows.iter().filter(|row| row.needs_consent()).map(|row| row.profile.clone()).collect();
    if !due.is_empty() {
        steps.push(Step::Reauthorize { names: due });
    }
    let ending: BTreeSet<&String> =
        rows.iter().filter(|row| row.secret_ends_soon).map(|row| &row.app).collect();
    steps.extend(ending.into_iter().map(|app| Step::Secret { app: app.clone() }));
    if steps.is_empty() {
        steps.extend(rows.first().map(|row| Step::Token { name: row.profile.clone() }));
    }
    steps
}

impl Step {
    /// What a script branches on.
    fn code(&self) -> &'static str {
        match self {
            Self::ConnectWith { .. } | Self::Connect { .. } => "nothing_connected",
            Self::Demo => "demo",
            Self::Repair { .. } => "configuration",
            Self::Reauthorize { .. } => "consent_due",
            Self::Secret { .. } => "client_secret_ends",
            Self::Token { .. } => "all_connected",
        }
    }

    /// What to run.
    fn command(&self) -> String {
        match self {
            Self::ConnectWith { marketplace, .. } => format!("sellauth connect {marketplace}"),
            Self::Connect { .. } => "sellauth connect MARKETPLACE".to_owned(),
            Self::Demo => "sellauth demo".to_owned(),
            Self::Repair { .. } => "sellauth doctor".to_owned(),
            Self::Reauthorize { names } if names.len() == 1 => format!("sellauth reauthorize {}", names[0]),
            Self::Reauthorize { .. } => "sellauth reauthorize".to_owned(),
            Self::Secret { app } => format!("sellauth app set {app} --client-secret-stdin"),
            Self::Token { name } => format!("sellauth token {name}"),
        }
    }

    /// What for.
    fn text(&self) -> String {
        match self {
            Self::ConnectWith { app, .. } => text!("overview-connect-with", app = app),
            Self::Connect { known } => text!("overview-connect", known = known.join(", ")),
            Self::Demo => text!("overview-demo"),
            Self::Repair { names } => text!("overview-repair", names = few(names)),
            Self::Reauthorize { names } => text!("overview-reauthorize", names = few(names)),
            Self::Secret { app } => text!("overview-secret", app = app),
            Self::Token { .. } => text!("overview-token"),
        }
    }

    fn document(&self) -> Value {
        json!({ "reason_code": self.code(), "command": self.command(), "reason": self.text() })
    }
}

fn few(names: &[String]) -> String {
    let few = names[..names.len().min(MOST_NAMES)].join(", ");
    if names.len() > MOST_NAMES { format!("{few} …") } else { few }
}

/// The steps, each command with what it is for beside it, or below it where that is too narrow.
fn next(steps: &[Step]) -> String {
    let bold = Style::new().bold();
    let commands: Vec<String> = steps.iter().map(Step::command).collect();
    let width = commands.iter().map(|command| command.chars().count()).max().unwrap_or_default();
    let beside = width + 4;
    let wide = columns();
    let rows = steps.iter().zip(&commands).map(|(step, command)| {
        let padded = format!("{command:width$}");
        let command = bold.apply_to(padded.as_str());
        match wide.is_some_and(|wide| wide < beside + 30) {
            true => format!("  {command}\n    {}", wrapped(&step.text(), 4, wide)),
            false => format!("  {command}  {}", wrapped(&step.text(), beside, wide)),
        }
    });
    std::iter::once(bold.apply_to(text!("overview-next")).to_string())
        .chain(rows)
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn no_shop(apps: &[(&str, &str)]) -> Vec<Step> {
        let apps = apps.iter().map(|(app, id)| ((*app).to_owned(), (*id).to_owned())).collect();
        decide(&[], Vec::new(), apps, || vec!["a".to_owned()])
    }

    #[test]
    fn who_has_nothing_begins_with_a_marketplace_or_the_demo() {
        assert_eq!(no_shop(&[]), [Step::Connect { known: vec!["a".to_owned()] }, Step::Demo]);
        let with = no_shop(&[("mine", "a")]);
        assert_eq!(with[0].command(), "sellauth connect a");
        assert_eq!((with.len(), with[0].code()), (1, "nothing_connected"));
    }

    #[test]
    fn a_file_that_is_wrong_comes_first() {
        let steps = decide(&[], vec!["shop".to_owned()], BTreeMap::new(), Vec::new);
        assert_eq!(steps, [Step::Repair { names: vec!["shop".to_owned()] }]);
    }

    #[test]
    fn one_shop_is_named_and_many_are_not() {
        let names = |count: usize| (0..count).map(|i| format!("s{i}")).collect::<Vec<_>>();
        assert_eq!(Step::Reauthorize { names: names(1) }.command(), "sellauth reauthorize s0");
        assert_eq!(Step::Reauthorize { names: names(2) }.command(), "sellauth reauthorize");
        assert_eq!(few(&names(5)), "s0, s1, s2, s3 …");
    }
}
