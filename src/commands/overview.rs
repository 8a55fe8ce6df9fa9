//! `sellauth` alone: where things stand, and what to do next. Offline, like `status`.

use std::collections::BTreeSet;
use std::process::ExitCode;

use console::Style;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::status::{self, Row};
use super::{Context, app_add};
use crate::config::Home;
use crate::connection::{Connection, catalogue};
use crate::error::{Error, Result};
use crate::marketplace::Definition;
use crate::model::{App, State};
use crate::output::{columns, print, print_json, report, wrapped};
use crate::{apps, text};

/// Of more shops, those that need something are shown, and the first of the others.
const MOST_SHOPS: usize = 12;

/// So many names stand in one line.
const MOST_NAMES: usize = 4;

/// What to do next.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    /// Connect a shop with an app that is there.
    ConnectWith { command: String, app: String },
    /// Connect a first shop.
    Connect { known: Vec<String> },
    /// Look at the whole story first.
    Demo,
    /// A file is wrong, or an app is gone: who it is about.
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
    let (mut rows, mut faults) = (Vec::new(), Faults::default());
    for (name, loaded) in Connection::all(&context.home)? {
        let loaded = faults.note(&name, loaded.map_err(|error| error.profile(&name)));
        rows.extend(loaded.map(|connection| Row::of(&connection, now)));
    }
    let steps = steps(&context.home, &rows, &mut faults);
    let faults = faults.0;
    if context.terminal.json {
        let errors: Vec<Value> = faults.iter().map(|(_, error)| document_of(error)).collect();
        let next: Vec<Value> = steps.iter().map(Step::document).collect();
        print_json(&json!({ "profiles": rows, "errors": errors, "next": next }))?;
        return Ok(ExitCode::SUCCESS);
    }
    for (_, error) in &faults {
        report(error, false);
    }
    if !rows.is_empty() {
        print(&table(&rows))?;
        print("")?;
    } else if faults.iter().all(|(_, error)| error.profile.is_none()) {
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

/// What is wrong, and of what: a shop, an app or a definition.
#[derive(Default)]
struct Faults(Vec<(String, Error)>);

impl Faults {
    /// What was found, or `None` once it is noted what was wrong with it.
    fn note<T>(&mut self, name: &str, found: Result<T>) -> Option<T> {
        let error = match found {
            Ok(found) => return Some(found),
            Err(error) => error,
        };
        // A file that several need is wrong only once, unless they are shops: each of them is missed.
        let is_known = self.0.iter().any(|(_, known)| known.message == error.message);
        if error.profile.is_some() || !is_known {
            self.0.push((name.to_owned(), error));
        }
        None
    }
}

fn steps(home: &Home, rows: &[Row], faults: &mut Faults) -> Vec<Step> {
    let (folder, catalogue) = (apps::folder(home), catalogue(home));
    let mut registered = Vec::new();
    for name in faults.note("apps", folder.names()).unwrap_or_default() {
        let app = faults.note(&name, folder.get(&name)).flatten();
        registered.extend(app.map(|app| (name, app)));
    }
    for id in faults.note("marketplaces", catalogue.own_ids()).unwrap_or_default() {
        faults.note(&id, catalogue.get(&id));
    }
    let first = registered.first().filter(|_| rows.is_empty());
    let with = first.and_then(|(name, app)| {
        let definition = faults.note(&app.marketplace, catalogue.get(&app.marketplace))?;
        let command = connect_with(&definition, name, app, &registered);
        Some(Step::ConnectWith { command, app: name.clone() })
    });
    let broken = faults.0.iter().map(|(name, _)| name.clone()).collect();
    decide(rows, broken, with, || catalogue.ids().unwrap_or_default())
}

/// How a shop is connected with the app called `name`, which stands among all that are `registered`.
fn connect_with(definition: &Definition, name: &str, app: &App, registered: &[(String, App)]) -> String {
    let alike = |other: &App| other.marketplace == app.marketplace && other.environment == app.environment;
    let is_alone = registered.iter().filter(|(_, other)| alike(other)).count() == 1;
    let is_named = !is_alone || definition.default_app_name(&app.environment) != name;
    app_add::first_shop(definition, name, app, is_named)
}

/// What to do where things stand like this: some are `broken`, and a first shop is connected `with` an app.
fn decide(
    rows: &[Row],
    broken: Vec<String>,
    with: Option<Step>,
    known: impl FnOnce() -> Vec<String>,
) -> Vec<Step> {
    if rows.is_empty() && broken.is_empty() {
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
            Self::ConnectWith { command, .. } => command.clone(),
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

    fn no_shop(with: Option<Step>) -> Vec<Step> {
        decide(&[], Vec::new(), with, || vec!["a".to_owned()])
    }

    #[test]
    fn who_has_nothing_begins_with_a_marketplace_or_the_demo() {
        assert_eq!(no_shop(None), [Step::Connect { known: vec!["a".to_owned()] }, Step::Demo]);
        let command = "sellauth connect a".to_owned();
        let with = no_shop(Some(Step::ConnectWith { command, app: "mine".to_owned() }));
        assert_eq!(with[0].command(), "sellauth connect a");
        assert_eq!((with.len(), with[0].code()), (1, "nothing_connected"));
    }

    #[test]
    fn a_file_that_is_wrong_comes_first() {
        let steps = decide(&[], vec!["shop".to_owned()], None, Vec::new);
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
