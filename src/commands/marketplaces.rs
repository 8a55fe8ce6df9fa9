//! `sellauth marketplaces`: what can be connected, and definitions of one's own.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::{Value, json};

use super::{Context, marketplace_check, marketplace_diff, marketplace_new};
use crate::connection::catalogue;
use crate::document::parse;
use crate::error::Result;
use crate::marketplace::Entry;
use crate::marketplace::schema::SCHEMA;
use crate::output::{columns, emit, heading, print, print_json, report, table, wrapped};
use crate::text;

/// What `marketplaces` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// List the marketplaces
    #[command(visible_alias = "ls")]
    List,
    /// Print a definition
    Show {
        /// The marketplace
        id: String,
    },
    /// Show everything that is wrong with a definition of your own, and where
    Check {
        /// Its file
        file: PathBuf,
    },
    /// Print the JSON Schema of definitions, for editors
    Schema,
    /// Make a definition of your own from a few answers
    ///
    /// What is not given by a flag is asked, or read from what the server publishes (RFC 8414). The file is kept
    /// among your own definitions, and only begins: see "A marketplace of your own" in README for what else it can
    /// say.
    New(Box<marketplace_new::Args>),
    /// Show how a definition has changed since a seller consented
    ///
    /// A definition decides where secrets go. Hosts that are new are named below the changes.
    Diff(marketplace_diff::Args),
}

/// Lists, shows and checks definitions.
pub fn run(context: &Context, args: &Args) -> Result<ExitCode> {
    match &args.command {
        None | Some(Command::List) => list(context),
        Some(Command::Show { id }) => {
            let source = catalogue(&context.home).source(id)?;
            match context.terminal.json {
                true => print_json(&parse::<Value>(Path::new(&format!("{id}.toml")), &source)?),
                false => print(source.trim_end()),
            }
        }
        Some(Command::Check { file }) => marketplace_check::run(context, file),
        Some(Command::Schema) => emit(SCHEMA),
        Some(Command::New(args)) => marketplace_new::run(context, args),
        Some(Command::Diff(args)) => marketplace_diff::run(context, args),
    }?;
    Ok(ExitCode::SUCCESS)
}

fn list(context: &Context) -> Result<()> {
    let entries = catalogue(&context.home).list()?;
    if context.terminal.json {
        return print_json(&entries.iter().map(document).collect::<Vec<_>>());
    }
    let mut lines = vec![heading(&text!("marketplace-heading"))];
    for entry in &entries {
        match &entry.definition {
            Ok(definition) => {
                let regions: Vec<&str> = definition.regions.keys().map(String::as_str).collect();
                let regions = if regions.is_empty() { "–".to_owned() } else { regions.join(" ") };
                lines.push(vec![entry.id.clone(), definition.name.clone(), regions]);
            }
            Err(error) => report(error, false),
        }
    }
    let widest =
        |column: usize| lines.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let beside = widest(0) + widest(1) + 4;
    for row in &mut lines {
        row[2] = wrapped(&row[2], beside, columns());
    }
    print(&table(&lines))
}

fn document(entry: &Entry) -> Value {
    match &entry.definition {
        Ok(definition) => json!({
            "id": entry.id,
            "name": definition.name,
            "docs": definition.docs,
            "verified": definition.verified,
            "environments": definition.environments.keys().collect::<Vec<_>>(),
            "regions": definition.regions.keys().collect::<Vec<_>>(),
            "options": definition.options.iter()
                .map(|(name, choice)| (name.clone(), Value::from(choice.description.clone())))
                .collect::<serde_json::Map<_, _>>(),
            "file": entry.file,
        }),
        Err(error) => json!({ "id": entry.id, "file": entry.file, "error": error.message }),
    }
}
