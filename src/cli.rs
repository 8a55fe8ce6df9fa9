//! The command line: what can be said, and nothing of what it does.

use clap::{ArgAction, Args, Parser, Subcommand};

use crate::commands::{
    app, completions, connect, demo, disconnect, import, marketplaces, reauthorize, relay, rename, status,
    token,
};
use crate::output::Color;

/// Connect marketplace shops, and hand out their access tokens
///
/// A shop's seller consents once in a browser; from then on `sellauth token NAME` prints a valid
/// access token. Secrets live in the operating system's keyring or in encrypted files.
#[derive(Debug, Parser)]
#[command(name = "sellauth", version, arg_required_else_help = true, max_term_width = 100)]
pub struct Cli {
    /// What every command takes.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Everywhere")]
pub struct Global {
    /// Print one JSON document on stdout, and errors as JSON on stderr
    #[arg(long, global = true)]
    pub json: bool,
    /// Print only the answer, what needs you, and errors
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Say what is done; twice for more. Never a secret
    #[arg(long, short, global = true, action = ArgAction::Count)]
    pub verbose: u8,
    /// When to colour
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
    /// Ask nothing, even on a terminal
    #[arg(long, global = true)]
    pub no_input: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Connect a shop: open the consent page, catch the answer, keep the tokens
    #[command(visible_alias = "login")]
    Connect(Box<connect::Args>),
    /// Print a valid access token
    Token(token::Args),
    /// Show the connected shops, and which of them need a new consent
    #[command(visible_aliases = ["list", "ls"])]
    Status(status::Args),
    /// Renew the consents that are due
    Reauthorize(Box<reauthorize::Args>),
    /// Disconnect a shop and forget its secrets
    #[command(visible_alias = "logout")]
    Disconnect(disconnect::Args),
    /// Give a shop another name
    Rename(rename::Args),
    /// Take over a refresh token that was made elsewhere
    Import(Box<import::Args>),
    /// Register, show and change apps
    App(app::Args),
    /// Show the marketplaces, and check definitions of one's own
    Marketplaces(marketplaces::Args),
    /// Print the page that sends browsers from a registered https address back to this machine
    Relay(relay::Args),
    /// Show the whole story on a small marketplace of its own
    Demo(demo::Args),
    /// Print the completions of a shell
    Completions(completions::Args),
}
