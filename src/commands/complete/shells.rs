//! What the library's own completers leave out of three shells.

use std::ffi::{OsStr, OsString};
use std::io::{ErrorKind, Result, Write};
use std::path::Path;

use clap::Command;
use clap_complete::engine::{self, CompletionCandidate};
use clap_complete::env::{Bash, Elvish, EnvCompleter, Fish, Powershell, Shells, Zsh};

use super::is_plain;

/// The shells.
pub(super) fn all() -> Shells<'static> {
    Shells(&[&JoiningBash, &Elvish, &Fish, &LiteralPowershell, &AutoloadedZsh])
}

/// Tells the shell to complete the name of a file by itself.
const LEFT: &str = "left to the shell";

/// A candidate that says so.
pub(super) fn left_to_the_shell(begun: &OsStr) -> CompletionCandidate {
    CompletionCandidate::new(begun).id(Some(LEFT.to_owned()))
}

/// The number of the word that is asked about, where the shell says it.
fn index() -> Option<usize> {
    std::env::var("_CLAP_COMPLETE_INDEX").ok()?.parse().ok()
}

/// A bash that breaks `team=north` into three words (`COMP_WORDBREAKS`): they are one again before they are
/// looked at. It puts in what it is told as it is: nothing that it would read as more than a word is told.
struct JoiningBash;

impl EnvCompleter for JoiningBash {
    fn name(&self) -> &'static str {
        Bash.name()
    }

    fn is(&self, name: &str) -> bool {
        Bash.is(name)
    }

    fn write_registration(
        &self,
        var: &str,
        _name: &str,
        _bin: &str,
        _completer: &str,
        buf: &mut dyn Write,
    ) -> Result<()> {
        write!(buf, "{}", include_str!("sellauth.bash").replace("VARIABLE", var))
    }

    fn write_complete(
        &self,
        cmd: &mut Command,
        args: Vec<OsString>,
        current_dir: Option<&Path>,
        buf: &mut dyn Write,
    ) -> Result<()> {
        let separator = std::env::var("_CLAP_IFS").unwrap_or_else(|_| "\n".to_owned());
        let (words, before) = joined(&args, index().unwrap_or_default());
        let last = words.len().saturating_sub(1);
        let candidates = engine::complete(cmd, words, last, current_dir)?;
        if candidates.iter().any(|candidate| candidate.get_id().is_some_and(|id| id == LEFT)) {
            return Err(ErrorKind::Unsupported.into());
        }
        let values = candidates.iter().map(|candidate| candidate.get_value().to_string_lossy());
        let values = values.filter(|value| is_plain(value));
        // Bash puts in what follows its own last break.
        let values: Vec<String> =
            values.map(|value| value.strip_prefix(&before).unwrap_or(&value).to_owned()).collect();
        write!(buf, "{}", values.join(&separator))
    }
}

/// The words up to number `index`, those that bash broke at `=` or `:` being whole again, and what of the last
/// one stands before its last break.
fn joined(words: &[OsString], index: usize) -> (Vec<OsString>, String) {
    let (mut whole, mut before): (Vec<String>, String) = (Vec::new(), String::new());
    let mut open = false;
    for word in words.iter().take(index + 1).map(|word| word.to_string_lossy()) {
        let breaks = !word.is_empty() && word.chars().all(|c| matches!(c, '=' | ':'));
        match whole.last_mut() {
            Some(last) if breaks || open => {
                before.clone_from(last);
                last.push_str(&word);
                if breaks {
                    before.clone_from(last);
                }
            }
            _ => {
                before.clear();
                whole.push(word.into_owned());
            }
        }
        open = breaks;
    }
    if whole.len() <= index && words.len() <= index {
        // Nothing of the current word is there yet.
        whole.push(String::new());
    }
    (whole.into_iter().map(OsString::from).collect(), before)
}

/// A PowerShell that is asked with the words as they are typed: the library's script evaluates them, and runs what
/// stands in them.
struct LiteralPowershell;

impl EnvCompleter for LiteralPowershell {
    fn name(&self) -> &'static str {
        Powershell.name()
    }

    fn is(&self, name: &str) -> bool {
        Powershell.is(name)
    }

    fn write_registration(
        &self,
        var: &str,
        _name: &str,
        _bin: &str,
        _completer: &str,
        buf: &mut dyn Write,
    ) -> Result<()> {
        write!(buf, "{}", include_str!("sellauth.ps1").replace("VARIABLE", var))
    }

    fn write_complete(
        &self,
        cmd: &mut Command,
        mut args: Vec<OsString>,
        current_dir: Option<&Path>,
        buf: &mut dyn Write,
    ) -> Result<()> {
        // An empty word at the end may have got lost on the way.
        if index().is_some_and(|index| index == args.len()) {
            args.push(OsString::new());
        }
        Powershell.write_complete(cmd, args, current_dir, buf)
    }
}

/// A zsh that finds the script on its `fpath` runs it as the completing function itself: the first TAB is to be
/// answered, too.
struct AutoloadedZsh;

const REGISTER: &str = "compdef _clap_dynamic_completer_";

impl EnvCompleter for AutoloadedZsh {
    fn name(&self) -> &'static str {
        Zsh.name()
    }

    fn is(&self, name: &str) -> bool {
        Zsh.is(name)
    }

    fn write_registration(
        &self,
        var: &str,
        name: &str,
        bin: &str,
        completer: &str,
        buf: &mut dyn Write,
    ) -> Result<()> {
        let mut script = Vec::new();
        Zsh.write_registration(var, name, bin, completer, &mut script)?;
        let script = String::from_utf8_lossy(&script).into_owned();
        let (functions, register) = script.rsplit_once(REGISTER).unwrap_or((&script, ""));
        let register = format!("{REGISTER}{register}");
        write!(
            buf,
            "{functions}if [[ ${{funcstack[1]}} == _{name} ]]; then\n    \
             _clap_dynamic_completer_{name} \"$@\"\nelse\n    {}\nfi\n",
            register.trim_end()
        )
    }

    fn write_complete(
        &self,
        cmd: &mut Command,
        args: Vec<OsString>,
        current_dir: Option<&Path>,
        buf: &mut dyn Write,
    ) -> Result<()> {
        Zsh.write_complete(cmd, args, current_dir, buf)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_bash_broke_is_whole_again() {
        let cases: [(&[&str], &[&str], &str); 7] = [
            (&["s", "token", "ot"], &["s", "token", "ot"], ""),
            (&["s", "--label", "team", "=", "no"], &["s", "--label", "team=no"], "team="),
            (&["s", "--label", "team", "="], &["s", "--label", "team="], "team="),
            (&["s", "--label", "=", "team", "=", "n"], &["s", "--label=team=n"], "--label=team="),
            (&["s", "--set", "a", "=", "b", ""], &["s", "--set", "a=b", ""], ""),
            (&["s", "--url", "http", ":", "//x"], &["s", "--url", "http://x"], "http:"),
            // A bash that does not break at `=` is taken at its word.
            (&["s", "--label", "team=no"], &["s", "--label", "team=no"], ""),
        ];
        for (words, expected, before) in cases {
            let words: Vec<OsString> = words.iter().map(OsString::from).collect();
            let expected: Vec<OsString> = expected.iter().map(OsString::from).collect();
            assert_eq!(joined(&words, words.len() - 1), (expected, before.to_owned()), "{words:?}");
        }
    }
}
