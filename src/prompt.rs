//! Questions on the terminal. Whoever asks has made sure that a person is there.
//!
//! While one is asked, keys neither show by themselves nor raise signals, so that Ctrl-C ends it
//! like an answer does: the terminal is given back as it was.

use std::{fmt, io};

use console::{Key, Term, measure_text_width};
use dialoguer::theme::{ColorfulTheme, Theme};
use dialoguer::{Input, Select};
use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::error::{Error, Result};
use crate::keyboard::Keyboard;
use crate::output::wrapped;
use crate::{fail, interrupt, text};

const CTRL_D: char = '\x04';
const CTRL_U: char = '\x15';

/// Room for the longest secret a person has: a refresh token of 2,048 bytes and some. What grows
/// leaves copies behind that are not wiped.
const LONGEST_SECRET: usize = 4 * 1024;

/// What an answer needs beside its question.
const ROOM: usize = 30;

/// A line of text that `check` accepts; its complaint is shown and the question asked again.
pub fn text(question: &str, default: Option<&str>, check: impl Fn(&str) -> Result<()>) -> Result<String> {
    let theme = ColorfulTheme::default();
    let question = &fitting(question);
    let mut input = Input::<String>::with_theme(&theme).with_prompt(question).allow_empty(true);
    if let Some(default) = default {
        input = input.default(default.to_owned()).show_default(!default.is_empty());
    }
    let input = input.validate_with(|line: &String| check(line.trim()).map_err(complaint));
    ask(|term| input.interact_text_on(term)).map(|line| line.trim().to_owned())
}

/// A secret, typed or pasted unseen. Ctrl-D ends it like Ctrl-C.
pub fn secret(question: &str, check: impl Fn(&str) -> Result<()>) -> Result<SecretString> {
    let question = &fitting(question);
    let prompt = drawn(|theme, line| theme.format_input_prompt(line, question, None));
    let settled = drawn(|theme, line| theme.format_input_prompt_selection(line, question, "********"));
    ask(|term| {
        loop {
            term.write_str(&prompt)?;
            let typed = unseen(term)?;
            term.write_line("")?;
            match check(typed.trim()).map_err(complaint) {
                Ok(()) => {
                    term.clear_last_lines(1)?;
                    term.write_line(&settled)?;
                    return Ok(SecretString::from(typed.trim()));
                }
                Err(complaint) => {
                    term.write_line(&drawn(|theme, line| theme.format_error(line, &complaint)))?;
                }
            }
        }
    })
}

/// A question beside which an answer has room. What is longer is said above it, and asked in its first words:
/// a prompt of two lines leaves half of itself behind whenever it is drawn again.
fn fitting(question: &str) -> String {
    let term = Term::stderr();
    let Some((_, columns)) = term.size_checked() else { return question.to_owned() };
    if measure_text_width(question) + ROOM <= usize::from(columns) {
        return question.to_owned();
    }
    let _ = term.write_line(&wrapped(question, 0, Some(columns.into())));
    first_words(question).to_owned()
}

/// Up to where an explanation begins.
fn first_words(question: &str) -> &str {
    let end = question.find([':', '(', ',', ';']).unwrap_or(question.len());
    question[..end].trim_end()
}

/// Yes or no, by the first letters that these have in the language of the terminal. Enter means `default`.
pub fn confirm(question: &str, default: bool) -> Result<bool> {
    let answers = [text!("ask-yes"), text!("ask-no")];
    pick(question, &answers, usize::from(!default)).map(|chosen| chosen == 0)
}

/// One of a few answers, each by its first letter: its index. Enter means the first.
pub fn choose(question: &str, answers: &[String]) -> Result<usize> {
    pick(question, answers, 0)
}

fn pick(question: &str, answers: &[String], default: usize) -> Result<usize> {
    let keys = answers
        .iter()
        .map(|answer| answer.chars().next().map(|first| format!("({first}){}", &answer[first.len_utf8()..])));
    let keys: Vec<String> = keys.flatten().collect();
    let question = text!("question", question = question);
    let asked = format!("{question} {}", keys.join(" "));
    let prompt = drawn(|theme, line| theme.format_input_prompt(line, &asked, None));
    ask(|term| {
        term.write_str(&prompt)?;
        loop {
            let chosen = match term.read_key_raw()? {
                Key::Enter => Some(default),
                Key::CtrlC | Key::Char(CTRL_D) => {
                    return Err(io::Error::from(io::ErrorKind::Interrupted).into());
                }
                Key::Char(key) => {
                    answers.iter().position(|answer| answer.starts_with(key.to_ascii_lowercase()))
                }
                _ => None,
            };
            if let Some(chosen) = chosen {
                let settled = drawn(|theme, line| {
                    theme.format_input_prompt_selection(line, &question, &answers[chosen])
                });
                term.clear_line()?;
                term.write_line(&settled)?;
                return Ok(chosen);
            }
        }
    })
}

/// One of several: its index.
pub fn select(question: &str, items: &[String]) -> Result<usize> {
    let theme = ColorfulTheme::default();
    let select = Select::with_theme(&theme).with_prompt(question).items(items).default(0);
    ask(|term| select.interact_on(term))
}

/// Asks; Ctrl-C is kind `interrupted`.
fn ask<T>(question: impl FnOnce(&Term) -> dialoguer::Result<T>) -> Result<T> {
    let term = Term::stderr();
    // The prompts' library takes it for one key at a time: between two of them a pasted secret would
    // show, and Ctrl-C kill.
    let keyboard = Keyboard::for_question();
    let answer = interrupt::hold(|| question(&term));
    drop(keyboard);
    answer.map_err(|dialoguer::Error::IO(error)| {
        // A menu has hidden the cursor, and every question leaves it on a line of its own.
        let _ = term.show_cursor().and_then(|()| term.write_line(""));
        match error.kind() {
            io::ErrorKind::Interrupted => fail!(Interrupted, "interrupted"),
            _ => fail!(Usage, "prompt-failed").because(error),
        }
    })
}

/// What is typed up to Enter; nothing at all is no answer.
fn unseen(term: &Term) -> io::Result<Zeroizing<String>> {
    let mut typed = Zeroizing::new(String::with_capacity(LONGEST_SECRET));
    loop {
        match term.read_key_raw()? {
            Key::Enter if !typed.is_empty() => return Ok(typed),
            Key::CtrlC | Key::Char(CTRL_D) => return Err(io::ErrorKind::Interrupted.into()),
            Key::Char(CTRL_U) => typed.clear(),
            Key::Char(key) if !key.is_control() => typed.push(key),
            Key::Backspace => {
                typed.pop();
            }
            _ => {}
        }
    }
}

/// A line as the theme draws it.
fn drawn(draw: impl FnOnce(&ColorfulTheme, &mut String) -> fmt::Result) -> String {
    let mut line = String::new();
    draw(&ColorfulTheme::default(), &mut line).expect("a text takes whatever is written");
    line
}

/// One short line: the prompt is drawn again over it, and what to do says more than what is wrong.
fn complaint(error: Error) -> String {
    error.hint.unwrap_or(error.message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_question_is_asked_in_its_first_words() {
        assert_eq!(first_words("RuName (eBay Redirect URL name), one per environment"), "RuName");
        assert_eq!(first_words("Instance: what stands before .mirakl.net"), "Instance");
        assert_eq!(first_words("Client id"), "Client id");
    }
}
