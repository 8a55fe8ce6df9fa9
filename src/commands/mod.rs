//! The commands: each file holds what one command takes and what it does.

pub mod api;
pub mod app;
pub mod complete;
pub mod completions;
pub mod connect;
pub mod demo;
pub mod disconnect;
pub mod doctor;
pub mod exec;
pub mod explain;
pub mod export;
pub mod import;
pub mod lock;
pub mod log;
pub mod man;
pub mod marketplaces;
pub mod migrate;
pub mod reauthorize;
pub mod refresh;
pub mod relay;
pub mod rename;
pub mod status;
pub mod timer;
pub mod token;
pub mod vault;

mod app_add;
mod app_change;
mod app_register;
mod app_secret;
mod browse;
mod countdown;
mod ends;
mod enter;
mod hook;
mod import_bundle;
mod import_from;
mod later;
mod marketplace_check;
mod marketplace_diff;
mod marketplace_new;
mod overview;
mod progress;
mod seller;
mod shops;
mod sitting;
mod timer_advice;
mod timer_status;
mod values;

use std::io::{IsTerminal, Read};
use std::process::ExitCode;
use std::sync::OnceLock;

use clap::error::ErrorKind;
use jiff::Timestamp;
use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::cli::{Cli, Command};
use crate::config::{Environment, Home};
use crate::error::{Error, Kind, Result};
use crate::marketplace::traffic::Lane;
use crate::moment::Uptime;
use crate::output::{self, Logger, Terminal};
use crate::session::Session;
use crate::store::StoreKind;
use crate::{fail, interrupt, prompt, text};

/// What every command works with.
pub struct Context {
    /// Where things are kept.
    pub home: Home,
    /// How to speak.
    pub terminal: Terminal,
    /// The environment.
    pub var: Environment,
}

/// An environment variable; an empty one counts as absent.
pub fn var(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Runs a command in this process's environment.
pub fn run(cli: Cli) -> Result<ExitCode> {
    let global = &cli.global;
    let terminal = Terminal::new(global.json, global.quiet, global.no_input, global.color, &var);
    Logger::start(global.verbose);
    match cli.command {
        // These work even where the home cannot be read.
        Some(Command::Demo(args)) => demo::run(terminal, &args),
        Some(Command::Completions(args)) => completions::run(&args),
        Some(Command::Man(args)) => man::run(&args),
        Some(Command::Doctor(args)) => doctor::run(terminal, &args, &var),
        command => {
            let home = Home::open(&var)?.telling(move |line| terminal.warn(line));
            let context = Context { home, terminal, var: Box::new(var) };
            dispatch(context, command)
        }
    }
}

/// Runs a command in an environment that may be made up.
pub fn dispatch(context: Context, command: Option<Command>) -> Result<ExitCode> {
    let Some(command) = command else { return overview::run(&context) };
    match command {
        Command::Connect(args) => connect::run(&context.asking(), &args),
        Command::Token(args) => token::run(&context, &args),
        Command::Exec(args) => exec::run(&context, &args),
        Command::Api(args) => api::run(&context, &args),
        Command::Status(args) => status::run(&context.with_store(args.store()), &args),
        Command::Refresh(args) => refresh::run(&context, &args),
        Command::Timer(args) => timer::run(&context, &args),
        Command::Reauthorize(args) => reauthorize::run(&context.asking(), &args),
        Command::Disconnect(args) => disconnect::run(&context.asking(), &args),
        Command::Relay(args) => relay::run(&context, &args),
        Command::Rename(args) => rename::run(&context, &args),
        Command::Import(args) => import::run(context, &args),
        Command::Export(args) => export::run(&context.asking(), &args),
        Command::Migrate(args) => migrate::run(&context.asking(), &args),
        Command::Log(args) => log::run(&context, &args),
        Command::Lock(lock::Args {}) => lock::run(&context),
        Command::App(args) => app::run(&context.asking(), &args),
        Command::Marketplaces(args) => marketplaces::run(&context, &args),
        Command::Explain(args) => explain::run(&context, &args),
        Command::Vault(args) => vault::run(&context, &args),
        Command::Demo(args) => demo::run(context.terminal, &args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
        Command::Doctor(args) => doctor::run(context.terminal, &args, &*context.var),
    }
}

/// Shows what clap has to say: help on stdout, a mistake on stderr, as JSON where that is wanted.
pub fn misread(error: &clap::Error) -> ExitCode {
    let json = std::env::args_os().any(|argument| argument == "--json");
    let missing = [ErrorKind::MissingSubcommand, ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand];
    if error.use_stderr() && json && missing.contains(&error.kind()) {
        // A person is shown the help; a script cannot read it.
        output::report(&Error::new(Kind::Usage, text!("command-missing"), Some(text!("see-help"))), true);
    } else if error.use_stderr() && json {
        let rendered = error.to_string();
        let mut lines = rendered.lines().map(str::trim);
        // What is missing, and what would be possible, stands below the first line.
        let mistake: Vec<&str> = lines.by_ref().take_while(|line| !line.is_empty()).collect();
        let message = mistake.join(" ").trim_start_matches("error: ").to_owned();
        let tip = lines.find_map(|line| line.strip_prefix("tip: ")).map(str::to_owned);
        let hint = tip.unwrap_or_else(|| text!("see-help"));
        output::report(&Error::new(Kind::Usage, message, Some(hint)), true);
    } else {
        // A closed pipe while printing help is nobody's concern.
        let _ = error.print();
    }
    let code = if error.use_stderr() { Kind::Usage.exit_code() } else { 0 };
    ExitCode::from(code)
}

impl Context {
    /// Lets the stores ask for a passphrase, if a person is there.
    fn asking(self) -> Self {
        match self.terminal.interactive {
            true => Self { home: self.home.interactive(ask_passphrase), ..self },
            false => self,
        }
    }

    /// Keeps what is new in another store.
    fn with_store(self, store: Option<StoreKind>) -> Self {
        Self { home: self.home.with_store(store), ..self }
    }

    /// Asks nothing.
    fn unasking(self) -> Self {
        Self { terminal: Terminal { interactive: false, ..self.terminal }, ..self }
    }

    /// A session whose waiting is told to the person.
    fn session<'a>(&'a self, waiting: &'a (dyn Fn() + Sync)) -> Session<'a> {
        let lane = Lane::new(|| interrupt::check().is_err());
        Session { home: &self.home, clock: &Timestamp::now, uptime: &Uptime::now, waiting, lane }
    }

    /// Says that there is no shop, and how to get one.
    fn say_nothing_connected(&self) {
        self.terminal.note(text!("nothing-connected"));
        self.terminal.hint(text!("nothing-connected.hint"));
    }

    /// The line a person sees while another process renews.
    fn say_waiting(&self) {
        self.terminal.note(text!("waiting-for-lock"));
    }
}

/// Asks once: a command opens the store more than once.
fn ask_passphrase() -> Result<SecretString> {
    static ANSWER: OnceLock<SecretString> = OnceLock::new();
    if let Some(passphrase) = ANSWER.get() {
        return Ok(passphrase.clone());
    }
    let passphrase = prompt::secret(&text!("ask-passphrase"), |_| Ok(()))?;
    Ok(ANSWER.get_or_init(|| passphrase).clone())
}

/// A secret on stdin: everything up to the end, without the newline. A person is asked for it instead.
fn read_secret() -> Result<SecretString> {
    read_or_ask(&text!("ask-secret"))
}

/// The same by a question of its own: what is typed into a terminal without one would show.
fn read_or_ask(question: &str) -> Result<SecretString> {
    if std::io::stdin().is_terminal() {
        return match std::io::stderr().is_terminal() {
            true => prompt::secret(question, |_| Ok(())),
            false => Err(fail!(Usage, "stdin-empty")),
        };
    }
    let mut text = Zeroizing::new(String::new());
    std::io::stdin()
        .take(64 * 1024)
        .read_to_string(&mut text)
        .map_err(|error| fail!(Usage, "stdin-unreadable").because(error))?;
    match text.trim() {
        "" => Err(fail!(Usage, "stdin-empty")),
        secret => Ok(SecretString::from(secret)),
    }
}
