//! Completion: a shell asks the program itself what a word can become, so names are those of the files at that
//! moment. Nothing is printed but candidates: a broken file has none, and makes no noise.

mod names;
mod shells;

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Arg, Command, CommandFactory, ValueHint};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate, PathCompleter, ValueCompleter};
use clap_complete::env::{CompleteEnv, EnvCompleter};

use self::names::Names;
use super::var;
use crate::cli::Cli;
use crate::output::harmless;

/// Set by the scripts that [`registration`] makes, to the shell's name.
const VARIABLE: &str = "SELLAUTH_COMPLETE";

/// The program's name: what is completed, and what is asked.
const PROGRAM: &str = "sellauth";

/// Answers a shell's question, where this process was started for one; `words` are all of its arguments.
pub fn answer(words: &[OsString]) -> Option<ExitCode> {
    let shell = std::env::var_os(VARIABLE)?;
    // Everything before the first `--` is the question's own.
    let line = words.iter().skip_while(|word| *word != "--").skip(1);
    let typed: Arc<[String]> = line.map(|word| word.to_string_lossy().into_owned()).collect();
    let files = Files::of(&shell);
    let folder = std::env::current_dir().ok();
    let asked = CompleteEnv::with_factory(|| knowing(built(), &typed, files))
        .var(VARIABLE)
        .bin(PROGRAM)
        .completer(PROGRAM)
        .shells(shells::all())
        .try_complete(words, folder.as_deref());
    match asked {
        Ok(true) => Some(ExitCode::SUCCESS),
        Ok(false) => None,
        // Who presses TAB reads no errors.
        Err(_) => Some(ExitCode::FAILURE),
    }
}

/// The script by which a shell learns to ask.
pub fn registration(shell: &str) -> std::io::Result<String> {
    let mut script = Vec::new();
    let shells = shells::all();
    let completer: &dyn EnvCompleter = shells.completer(shell).ok_or(std::io::ErrorKind::NotFound)?;
    completer.write_registration(VARIABLE, PROGRAM, PROGRAM, PROGRAM, &mut script)?;
    Ok(String::from_utf8_lossy(&script).trim().to_owned())
}

/// The command line with all that is added to it, such as `--help`.
fn built() -> Command {
    let mut command = Cli::command();
    command.build();
    command
}

/// The command with what its values can be.
fn knowing(command: Command, typed: &Arc<[String]>, files: Files) -> Command {
    let name = command.get_name().to_owned();
    by_its_name(command)
        .mut_args(|argument| dressed(argument, &name, typed, files))
        .mut_subcommands(|command| knowing(command, typed, files))
}

/// The command with its aliases hidden: they are offered once nothing else fits what is typed.
fn by_its_name(command: Command) -> Command {
    let aliases: Vec<String> = command.get_visible_aliases().map(str::to_owned).collect();
    if aliases.is_empty() {
        return command;
    }
    // The library keeps names for as long as the program runs, which is no longer than this answer.
    let aliases = aliases.into_iter().map(|alias| &*alias.leak());
    command.visible_alias(None::<&'static str>).aliases(aliases)
}

/// Who completes the names of files.
#[derive(Clone, Copy)]
enum Files {
    /// This program.
    Here,
    /// The shell, as it does everywhere: it does not quote what others tell it.
    Shell,
}

impl Files {
    fn of(shell: &OsStr) -> Self {
        match Path::new(shell).file_stem() {
            Some(name) if name == "bash" => Self::Shell,
            _ => Self::Here,
        }
    }

    fn candidates(self, begun: &OsStr) -> Vec<CompletionCandidate> {
        if matches!(self, Self::Shell) {
            return vec![shells::left_to_the_shell(begun)];
        }
        let mut found = PathCompleter::any().complete(begun);
        // A shell reads one candidate a line.
        found.retain(|file| !file.get_value().to_string_lossy().chars().any(char::is_control));
        found
    }
}

/// Whether a value is a file's name.
fn is_path(argument: &Arg) -> bool {
    matches!(argument.get_value_hint(), ValueHint::AnyPath | ValueHint::FilePath | ValueHint::DirPath)
}

fn dressed(argument: Arg, command: &str, typed: &Arc<[String]>, files: Files) -> Arg {
    if argument.is_hide_set() && !argument.is_positional() {
        // What is only hidden would be offered where nothing else fits.
        return argument.long(None::<&'static str>).short(None);
    }
    let names = names::of(command, &argument);
    // What is hidden is offered where nothing else fits: a name is wanted more often than a flag.
    let hidden = argument.is_hide_set() || !argument.is_positional();
    let argument = argument.hide(hidden);
    let Some(names) = names else {
        return match is_path(&argument) {
            true => argument.add(ArgValueCompleter::new(move |begun: &OsStr| files.candidates(begun))),
            false => argument,
        };
    };
    let typed = Arc::clone(typed);
    argument.add(ArgValueCompleter::new(move |begun: &OsStr| candidates(names, &typed, begun)))
}

fn candidates(names: Names, typed: &[String], begun: &OsStr) -> Vec<CompletionCandidate> {
    let Some(begun) = begun.to_str() else { return Vec::new() };
    let found = names.find(&var, typed, begun).unwrap_or_default().into_iter();
    found
        .filter(|(name, _)| name.starts_with(begun) && is_plain(name))
        .map(|(name, about)| {
            let about = about.filter(|about| !about.is_empty());
            CompletionCandidate::new(name).help(about.map(|about| harmless(&about).into()))
        })
        .collect()
}

/// Whether a shell takes the word as it stands: not every one quotes what a completion inserts.
fn is_plain(word: &str) -> bool {
    word.chars().all(|c| c.is_alphanumeric() || "-_.=+@%,/".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every argument that takes a value, as `command argument`, and what its values can be.
    fn arguments() -> Vec<(String, Option<Names>)> {
        fn walk(command: &Command, found: &mut Vec<(String, Option<Names>)>) {
            for argument in command.get_arguments().filter(|it| it.get_action().takes_values()) {
                let named = format!("{} {}", command.get_name(), argument.get_id());
                found.push((named, names::of(command.get_name(), argument)));
            }
            command.get_subcommands().for_each(|command| walk(command, found));
        }
        let mut found = Vec::new();
        walk(&Cli::command(), &mut found);
        found
    }

    #[test]
    fn every_name_that_is_known_is_completed() {
        let arguments = arguments();
        for (argument, names) in [
            ("token profile", Names::Profile),
            ("token named", Names::Profile),
            ("exec profiles", Names::Profile),
            ("status profiles", Names::Profile),
            ("disconnect profile", Names::Profile),
            ("rename old", Names::Profile),
            ("api profile", Names::Profile),
            ("log profile", Names::Profile),
            ("export profiles", Names::Profile),
            ("migrate profiles", Names::Profile),
            ("connect marketplace", Names::Marketplace),
            ("import marketplace", Names::Marketplace),
            ("add marketplace", Names::Marketplace),
            ("register marketplace", Names::Marketplace),
            ("show id", Names::Marketplace),
            ("diff id", Names::Marketplace),
            ("explain marketplace", Names::Marketplace),
            ("explain code", Names::Code),
            ("connect app", Names::App),
            ("show name", Names::App),
            ("set name", Names::App),
            ("remove name", Names::App),
            ("connect region", Names::Region),
            ("connect env", Names::Environment),
            ("add env", Names::Environment),
            ("connect options", Names::Option),
            ("reauthorize no_options", Names::Option),
            ("connect labels", Names::Label),
            ("status labels", Names::Label),
            ("connect set", Names::Variable),
            ("set set", Names::Variable),
            ("add kind", Names::Kind),
            ("man command", Names::Command),
        ] {
            let found = arguments.iter().find(|(name, _)| name == argument);
            assert_eq!(found.map(|(_, names)| *names), Some(Some(names)), "{argument}");
        }
        // A name that is to be new has no candidates.
        for argument in ["connect profile", "rename new", "add name", "new id", "new name"] {
            let found = arguments.iter().find(|(name, _)| name == argument);
            assert_eq!(found.map(|(_, names)| *names), Some(None), "{argument}");
        }
    }

    #[test]
    fn what_a_shell_would_read_as_more_than_a_word_is_not_offered() {
        for word in ["otto", "team=north", "amazon-de", "größe=xl"] {
            assert!(is_plain(word), "{word}");
        }
        for word in ["team=$(id)", "a b", "a;b", "a`b`", "a'b", "a\nb", "a\u{1b}b", "a>b", "~", "a*"] {
            assert!(!is_plain(word), "{word}");
        }
    }
}
