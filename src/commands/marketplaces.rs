//! `sellauth marketplaces`: what can be connected, and definitions of one's own.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::{Value, json};

use super::{Context, marketplace_check};
use crate::connection::catalogue;
use crate::document::parse;
use crate::error::Result;
use crate::marketplace::Entry;
use crate::output::{heading, print, print_json, report, table};
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
