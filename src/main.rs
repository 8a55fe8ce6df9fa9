//! sellauth connects marketplace shops and hands out their access tokens.
//!
//! A marketplace is data: a TOML definition of request templates ([`marketplace`]). Everything
//! else is the same for all of them. Imports point down:
//!
//! ```text
//! 5  main
//! 4  cli  commands/*  prompt         prints to stdout, asks questions
//! 3  session  grantless  registration  renewal  rotation  settle  authorize/*  identity  presentation
//!    alarm  api  bundle/*  doctor/*  decides; no questions, no stdout
//! 2  callback/* browser lock journal ledger history errand timer/*   one outside thing each
//!    cache/* connection editions fleet/* foreign refusal profiles apps records folder lines redirect relocation
//!    store/* vault/*
//!    config interrupt traces output screen qr keyboard
//! 1  marketplace/*                   definitions, rendering, running their requests
//! 0  oauth/*  model moment error messages document files calendar allocator    reqwest in one file only
//! ```
//!
//! `demo/` is a marketplace of its own and imports nothing of ours.
//!
//! A profile (a person's wish, `profiles/NAME.toml`) has a UUID. Its token set is kept in a store
//! under `UUID/generation`; the record `state/profiles/UUID.json` names the generation in force.
//! Renaming a new record into place is the only moment at which anything changes.

mod alarm;
#[cfg(all(target_os = "linux", target_env = "musl"))]
mod allocator;
mod api;
mod apps;
mod authorize;
mod browser;
mod bundle;
mod cache;
mod calendar;
mod callback;
mod cli;
mod commands;
mod config;
mod connection;
mod demo;
mod doctor;
mod document;
mod editions;
mod errand;
mod error;
mod files;
mod fleet;
mod folder;
mod foreign;
mod grantless;
mod history;
mod identity;
mod interrupt;
mod journal;
mod keyboard;
mod ledger;
mod lines;
mod lock;
mod marketplace;
mod messages;
mod model;
mod moment;
mod oauth;
mod output;
mod presentation;
mod profiles;
mod prompt;
mod qr;
mod records;
mod redirect;
mod refusal;
mod registration;
mod relocation;
mod renewal;
mod rotation;
mod screen;
mod session;
mod settle;
mod store;
mod timer;
mod traces;
mod vault;

use std::process::ExitCode;

fn main() -> ExitCode {
    messages::speak(messages::Language::of_environment(|name| std::env::var(name).ok()));
    let words: Vec<_> = std::env::args_os().collect();
    if let Some(code) = commands::complete::answer(&words) {
        return code;
    }
    let cli = match cli::Cli::read(&words) {
        Ok(cli) => cli,
        Err(error) => return commands::misread(&error),
    };
    let json = cli.global.json;
    match commands::run(cli) {
        Ok(code) => code,
        Err(error) => {
            output::report(&error, json);
            ExitCode::from(error.kind.exit_code())
        }
    }
}
