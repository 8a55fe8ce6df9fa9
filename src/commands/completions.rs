//! `sellauth completions`: what makes a shell ask for completions, on stdout.

use std::process::ExitCode;

use clap_complete::Shell;

use super::complete::registration;
use crate::error::Result;
use crate::fail;
use crate::output::print;

/// What `completions` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the script.
pub fn run(args: &Args) -> Result<ExitCode> {
    let script = registration(&args.shell.to_string())
        .map_err(|error| fail!(Internal, "completions-failed", shell = args.shell).because(error))?;
    print(&script)?;
    Ok(ExitCode::SUCCESS)
}
