//! Many shops in one sitting: what became of each, told where it happens.

use std::collections::BTreeMap;
use std::process::ExitCode;

use serde_json::{Value, json};

use super::Context;
use super::refresh::named;
use super::status::Row;
use crate::error::{Error, Kind, Result};
use crate::output::{print_json, report};
use crate::text;

/// What became of the shops so far.
pub struct Sitting<'a> {
    context: &'a Context,
    /// Several shops: each failure then stands where it happened, and a summary at the end.
    many: bool,
    rows: Vec<Value>,
    done: usize,
    skipped: usize,
    failed: Vec<String>,
    worst: Option<Error>,
    /// The apps that the marketplace does not take, with why: none of their shops is asked any more.
    unfit_apps: BTreeMap<String, Value>,
}

impl<'a> Sitting<'a> {
    /// A sitting over so many shops.
    pub fn new(context: &'a Context, shops: usize) -> Self {
        Self {
            context,
            many: shops > 1,
            rows: Vec::new(),
            done: 0,
            skipped: 0,
            failed: Vec::new(),
            worst: None,
            unfit_apps: BTreeMap::new(),
        }
    }

    /// The shop consented.
    pub fn done(&mut self, row: &Row) {
        self.done += 1;
        self.rows.push(with(row, "reauthorized", None));
    }

    /// A person left it out.
    pub fn skipped(&mut self, row: &Row) {
        self.skipped += 1;
        self.rows.push(with(row, "skipped", None));
    }

    /// A shop that cannot even be loaded.
    pub fn unloaded(&mut self, name: &str, error: Error) {
        self.rows.push(json!({ "profile": name, "result": "failed", "error": error.document() }));
        self.fail(name, error);
    }

    /// It did not work out. What is wrong with the app is wrong for all of its shops.
    pub fn failed(&mut self, row: &Row, error: Error) {
        if error.kind == Kind::Configuration {
            self.unfit_apps.insert(row.app.clone(), error.document());
        }
        self.rows.push(with(row, "failed", Some(error.document())));
        self.fail(&row.profile, error);
    }

    /// Whether the shop needs not be asked, since its app was refused with another one. Says so.
    pub fn is_hopeless(&mut self, row: &Row) -> bool {
        let Some(error) = self.unfit_apps.get(&row.app) else { return false };
        self.context.terminal.note(text!("not-asked", name = row.profile, app = row.app));
        self.rows.push(with(row, "failed", Some(error.clone())));
        self.failed.push(row.profile.clone());
        true
    }

    fn fail(&mut self, name: &str, error: Error) {
        self.failed.push(name.to_owned());
        let (error, json) = (error.profile(name), self.context.terminal.json);
        if self.many && !json {
            let error = named(error);
            report(&error, false);
            self.worst = Some(worse(self.worst.take(), error).0);
            return;
        }
        let (keep, tell) = worse(self.worst.take(), error);
        // The last line of stderr is the error the command ends with.
        if let Some(tell) = tell {
            report(&tell, json);
        }
        self.worst = Some(keep);
    }

    /// Ends a plan: only what could not be loaded is wrong with it.
    pub fn planned(self) -> Result<ExitCode> {
        ended(self.worst, self.many && !self.context.terminal.json)
    }

    /// Says what became of all, and ends as the worst of them.
    pub fn end(self) -> Result<ExitCode> {
        let Self { context, many, rows, done, skipped, failed, worst, .. } = self;
        if context.terminal.json {
            print_json(&rows)?;
        } else if many {
            context.terminal.note(match failed.len() {
                0 => text!("sitting", done = done, skipped = skipped),
                count => {
                    let names = failed.join(", ");
                    text!("sitting-failed", done = done, skipped = skipped, failed = count, names = names)
                }
            });
        }
        ended(worst, many && !context.terminal.json)
    }
}

/// Ends as the worst error does, which may have been told already.
fn ended(worst: Option<Error>, told: bool) -> Result<ExitCode> {
    match worst {
        Some(error) if told => Ok(ExitCode::from(error.kind.exit_code())),
        worst => worst.map_or(Ok(ExitCode::SUCCESS), Err),
    }
}

/// The graver of two errors, and the other.
fn worse(one: Option<Error>, other: Error) -> (Error, Option<Error>) {
    match one {
        None => (other, None),
        Some(one) => {
            let (keep, tell) = one.worse(other);
            (keep, Some(tell))
        }
    }
}

/// A row of `status`, with what became of its shop.
fn with(row: &Row, result: &str, error: Option<Value>) -> Value {
    let mut row = serde_json::to_value(row).expect("a row is a plain object");
    row["result"] = Value::from(result);
    if let Some(error) = error {
        row["error"] = error;
    }
    row
}
