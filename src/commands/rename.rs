//! `sellauth rename`: another name; secrets stay where they are.

use std::process::ExitCode;

use jiff::Timestamp;
use serde_json::json;

use super::Context;
use crate::error::Result;
use crate::history::{self, Event, What};
use crate::output::{print, print_json};
use crate::{fleet, profiles, text};

/// What `rename` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The name now
    old: String,
    /// The name from now on
    new: String,
}

/// Renames a profile.
pub fn run(context: &Context, args: &Args) -> Result<ExitCode> {
    let (old, profile) = profiles::resolve(&context.home, &args.old)?;
    profiles::folder(&context.home).rename(&old, &args.new)?;
    fleet::publish(&context.home, &args.new).inspect_err(|_| {
        let _ = profiles::folder(&context.home).rename(&args.new, &old);
    })?;
    let event = Event::of_profile(What::Renamed, &args.new, &profile, Timestamp::now());
    history::record(&context.home, &event.detail(&old));
    match context.terminal.json {
        true => print_json(&json!({ "old": old, "profile": args.new }))?,
        false => print(&text!("renamed", old = old, new = args.new))?,
    }
    Ok(ExitCode::SUCCESS)
}
