//! `sellauth lock`: tokens at hand are no longer.

use std::process::ExitCode;

use serde_json::json;

use super::Context;
use crate::error::Result;
use crate::output::{print, print_json};
use crate::{cache, text};

/// What `lock` takes.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Makes the tokens that are kept at hand worthless: from now on their stores are asked.
pub fn run(context: &Context) -> Result<ExitCode> {
    cache::lock(&context.home)?;
    match context.terminal.json {
        true => print_json(&json!({ "locked": true }))?,
        false => print(&text!("locked"))?,
    }
    Ok(ExitCode::SUCCESS)
}
