//! `sellauth vault`: what whoever runs the vault needs to know of this program.

use std::process::ExitCode;

use super::Context;
use crate::error::Result;
use crate::output::{print, print_json};
use crate::vault::policy;

/// What `vault` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

/// What can be asked.
#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Print the policy that a machine's login needs: `sellauth vault policy | bao policy write sellauth -`
    Policy,
}

/// Answers it.
pub fn run(context: &Context, args: &Args) -> Result<ExitCode> {
    let Command::Policy = args.command;
    let policy = policy::text(&context.home.vault_settings().table);
    match context.terminal.json {
        true => print_json(&serde_json::json!({ "policy": policy }))?,
        false => print(policy.trim_end())?,
    }
    Ok(ExitCode::SUCCESS)
}
