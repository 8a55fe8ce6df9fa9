//! The command line: what can be said, and nothing of what it does.

use std::ffi::OsString;

use clap::{ArgAction, Args, Parser, Subcommand};

use crate::commands::{
    api, app, completions, connect, demo, disconnect, doctor, exec, explain, export, import, lock, log, man,
    marketplaces, migrate, reauthorize, refresh, relay, rename, status, timer, token, vault,
};
use crate::output::Color;

/// What no flag says. The headings look like clap's own, which leaves colours out where it must.
pub const BEYOND_FLAGS: &str = "\
\x1b[1m\x1b[4mEnvironment:\x1b[0m
  SELLAUTH_HOME             One folder for everything, instead of the platform's folders
  SELLAUTH_STORE            Where new secrets are kept: keyring, file or vault
  SELLAUTH_PROFILE          The shop that `token` means when none is named
  SELLAUTH_KEY_FILE         The age identity of the file store
  SELLAUTH_PASSPHRASE       The passphrase of that identity
  SELLAUTH_CLIENT_SECRET    The client secret of `app add`, and of `app set` without other changes
  SELLAUTH_EXPORT_PASSPHRASE
                            The passphrase of bundles
  SELLAUTH_REGISTRATION_CODE
                            The seller's code of `app register`
  SELLAUTH_SET_…            What `connect` would ask for unseen: SELLAUTH_SET_API_KEY
  VAULT_ADDR, VAULT_NAMESPACE, VAULT_CACERT
                            The vault that machines share, and the certificates to trust for it
  VAULT_TOKEN               A token for it; else that of ~/.vault-token
  SELLAUTH_VAULT_ROLE_ID, SELLAUTH_VAULT_SECRET_ID
                            A role there, and what proves it (AppRole)
  SELLAUTH_VAULT_ROLE       A role there for a pod's service account (Kubernetes)
  SELLAUTH_PASSPHRASE_FILE, SELLAUTH_CLIENT_SECRET_FILE, SELLAUTH_EXPORT_PASSPHRASE_FILE
                            A file that holds the secret, instead of the variable
  SELLAUTH_VAULT_SECRET_ID_FILE, VAULT_TOKEN_FILE
                            The same of what opens a vault
  SELLAUTH_BROWSER, BROWSER
                            The command that opens addresses; %s is the address
  HTTPS_PROXY, NO_PROXY     The proxy, and the hosts that are reached without it
  SSL_CERT_FILE             Certificates to trust instead of the system's
  NO_COLOR, CLICOLOR_FORCE  Colours never, or always

\x1b[1m\x1b[4mExit codes:\x1b[0m
    0  done
    1  internal: a bug, or something unforeseen
    2  usage: wrong flags, a missing value, needs a terminal or `--yes`
    3  not_found: no such shop, app or marketplace, or an ambiguous name
    4  reauthorization_required: the seller must consent again
    5  denied, wrong_shop: the seller refused, or another shop consented
    6  timeout: nobody answered in time
    7  temporary: network, a busy marketplace, port or lock: try later
    8  store: the secret store is missing, locked or too small
    9  configuration: a file, a definition or the app's registration is wrong or missing
  130  interrupted: Ctrl-C; nothing half-done stays behind";

/// Connect marketplace shops, and hand out their access tokens
///
/// A shop's seller consents once in a browser; from then on `sellauth token NAME` prints a valid
/// access token. Secrets live in the operating system's keyring, in encrypted files, or in a vault that
/// machines share. Without a command, it shows where you stand and what to do next.
#[derive(Debug, Parser)]
#[command(name = "sellauth", version, max_term_width = 100)]
#[command(after_long_help = BEYOND_FLAGS)]
pub struct Cli {
    /// What every command takes.
    #[command(flatten)]
    pub global: Global,
    /// What to do; without it, where things stand is shown.
    #[command(subcommand)]
    pub command: Option<Command>,
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
    /// Run a command that finds the tokens of shops in its environment
    ///
    /// Of a shop it finds `SELLAUTH_ACCESS_TOKEN`, and with the same beginning `HEADER`, `EXPIRES_AT`,
    /// `API_BASE`, `PROFILE`, `MARKETPLACE`, `ENV`, `REGION`, `SHOP_ID` and `MARKETPLACE_ID`, as far as there is
    /// such a thing. Secrets of sellauth's own (`SELLAUTH_PASSPHRASE` …) are taken out, everything else stays.
    /// The exit code is the command's; 126 if it cannot be run, 127 if it is not found.
    Exec(exec::Args),
    /// Make one request to a marketplace's API
    ///
    /// The body goes to stdout as it came, an error's too. A token that the API refuses is renewed once, and
    /// a busy API (429) is asked again twice at most, after a minute at most. Redirects are not followed. Exit
    /// codes: 0 for 2xx and 304, 7 for 429 and 5xx, 5 for everything else, a fresh token that is refused
    /// included; 4 only where the renewal says that the seller must consent again.
    Api(api::Args),
    /// Show the connected shops, and which of them need a new consent
    #[command(visible_aliases = ["list", "ls"])]
    Status(status::Args),
    /// Renew tokens without a person, for cron: those that would end for want of use
    Refresh(refresh::Args),
    /// Let the system renew the tokens of all shops on a schedule
    ///
    /// A user timer of systemd's, a launch agent of macOS's or a task of Windows' starts `refresh --all`, and tells by
    /// a command of yours which shops need their seller.
    Timer(timer::Args),
    /// Renew the consents that are due
    Reauthorize(Box<reauthorize::Args>),
    /// Disconnect a shop and forget its secrets
    #[command(visible_alias = "logout")]
    Disconnect(disconnect::Args),
    /// Give a shop another name
    Rename(rename::Args),
    /// Take over what was made elsewhere: a refresh token, other programs' files, or a bundle
    Import(Box<import::Args>),
    /// Print shops as one encrypted bundle, for another machine
    Export(export::Args),
    /// Keep the secrets of shops in another store
    Migrate(migrate::Args),
    /// Show what happened to the shops, when, and who did it
    Log(log::Args),
    /// Make the tokens kept at hand worthless: the next ones come from their stores
    Lock(lock::Args),
    /// Register, show and change apps
    App(app::Args),
    /// Show the marketplaces, and check definitions of one's own
    Marketplaces(marketplaces::Args),
    /// Find out what is wrong with this machine, before it matters
    ///
    /// Facts first, then findings: stores, the way back of a browser, the way to the marketplaces, clock, files,
    /// definitions, shops and whatever ends soon. Nothing is changed, nothing secret is shown or sent, and no
    /// dialog is raised. With `--json`, the report is fit for a bug report: names, ids and addresses of yours
    /// are left out. The exit code is 0 unless there is a problem, then that of the problem with the highest
    /// one; warnings are fine.
    Doctor(doctor::Args),
    /// Print the page that sends browsers from a registered https address back to this machine
    Relay(relay::Args),
    /// Show the whole story on a small marketplace of its own
    Demo(demo::Args),
    /// Say what a code means, and what to do about it
    ///
    /// Some codes are shown by a marketplace in the seller's browser only, others come with its answers.
    Explain(explain::Args),
    /// What whoever runs the vault needs to know
    Vault(vault::Args),
    /// Print what makes a shell complete commands, flags and names
    Completions(completions::Args),
    /// Show a page of the manual, or write all of them
    ///
    /// A terminal shows the page by `man`; into a file or pipe goes its source. `sellauth man marketplace` is the page
    /// on definitions of marketplaces.
    Man(man::Args),
}

/// A command line that only prints a token: the one that stands in loops. To describe all commands
/// takes longer than everything else a token at hand needs.
#[derive(Debug, Parser)]
#[command(name = "sellauth")]
struct TokenLine {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: TokenCommand,
}

#[derive(Debug, Subcommand)]
enum TokenCommand {
    Token(token::Args),
}

impl Cli {
    /// What `words` say, the program's name being the first. The error may be help.
    pub fn read(words: &[OsString]) -> Result<Self, clap::Error> {
        let token_line = words.iter().any(|word| word == "token").then(|| TokenLine::try_parse_from(words));
        match token_line {
            Some(Ok(TokenLine { global, command: TokenCommand::Token(args) })) => {
                Ok(Self { global, command: Some(Command::Token(args)) })
            }
            // Only who knows all commands can say what is wrong.
            _ => Self::try_parse_from(words),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;
    use clap::error::ErrorKind;

    use super::*;
    use crate::error::Kind;

    #[test]
    fn finishing_goes_with_nothing_but_what_every_command_takes() {
        for name in ["connect", "reauthorize"] {
            let finish = ["sellauth", name, "--finish", "00000000-0000-4000-8000-000000000000"];
            assert!(Cli::try_parse_from(finish.iter().chain(&["--json", "-qv"])).is_ok(), "{name}");
            let mut cli = Cli::command();
            cli.build();
            let everywhere = |argument: &&clap::Arg| argument.is_global_set() || argument.get_id() == "help";
            let command = cli.find_subcommand(name).unwrap();
            let others = command.get_arguments().filter(|argument| argument.get_id() != "finish");
            for argument in others.filter(|argument| !everywhere(argument)) {
                let fitting = ["file", "8123", "10m", "a=b", "https://a.example"];
                let flag = argument.get_long().map(|long| format!("--{long}"));
                let errors = fitting.map(|value| {
                    let value = argument.get_action().takes_values().then(|| value.to_owned());
                    let words = finish.map(str::to_owned).into_iter().chain(flag.clone()).chain(value);
                    let error = Cli::try_parse_from(words).err();
                    error.unwrap_or_else(|| panic!("{name} --finish goes with {argument}"))
                });
                let conflict = errors.iter().find(|error| error.kind() == ErrorKind::ArgumentConflict);
                let named = format!("the argument '--finish <HANDLE>' cannot be used with '{argument}'");
                let said = conflict.unwrap_or_else(|| panic!("{name} {argument}: {errors:?}")).to_string();
                assert!(said.contains(&named), "{name} {argument}: {said}");
            }
        }
    }

    fn words(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn a_line_that_prints_a_token_means_the_same_as_among_all_commands() {
        let lines = [
            "sellauth token",
            "sellauth token otto",
            "sellauth token --profile otto --json -qvv --no-input --color always",
            "sellauth --json -v token otto --refresh --min-validity 5m",
            "sellauth token otto --refresh-if 0123456789abcdef --header",
            "sellauth token -- token",
        ];
        for line in lines {
            let words = words(line);
            assert!(TokenLine::try_parse_from(&words).is_ok(), "{line}");
            let all = Cli::try_parse_from(&words).unwrap();
            assert_eq!(format!("{:?}", Cli::read(&words).unwrap()), format!("{all:?}"), "{line}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_by_who_knows_all_commands() {
        let lines = [
            "sellauth token --help",
            "sellauth token -h",
            "sellauth token --version",
            "sellauth help token",
            "sellauth token help",
            "sellauth token a b",
            "sellauth token otto --refresh --refresh-if 0123456789abcdef",
            "sellauth token otto --min-validity soon",
            "sellauth status token",
            "sellauth token --frob",
            "sellauth tokens token",
        ];
        for line in lines {
            let words = words(line);
            let said = |result: Result<Cli, clap::Error>| match result {
                Ok(cli) => format!("{cli:?}"),
                Err(error) => error.to_string(),
            };
            assert_eq!(said(Cli::read(&words)), said(Cli::try_parse_from(&words)), "{line}");
        }
    }

    #[test]
    fn the_help_explains_every_exit_code() {
        for (_, name, code) in Kind::TABLE {
            let row = format!("{code:>5}  ");
            let line = BEYOND_FLAGS.lines().find_map(|line| line.strip_prefix(&row));
            let names = line.and_then(|line| line.split_once(':')).map_or("", |(names, _)| names);
            assert!(names.split(", ").any(|named| named == name), "{code} {name}: {line:?}");
        }
    }
}
