//! Questions on the terminal. Whoever asks has made sure that a person is there.

use dialoguer::theme::ColorfulTheme;
use dialoguer::{Confirm, Input, Password, Select};
use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::error::{Error, Result};
use crate::fail;

fn theme() -> ColorfulTheme {
    ColorfulTheme::default()
}

fn stopped(error: dialoguer::Error) -> Error {
    let dialoguer::Error::IO(error) = error;
    match error.kind() {
        std::io::ErrorKind::Interrupted => fail!(Interrupted, "interrupted"),
        _ => fail!(Usage, "prompt-failed").because(error),
    }
}

/// A line of text that `check` accepts; its complaint is shown and the question asked again.
pub fn text(question: &str, default: Option<&str>, check: impl Fn(&str) -> Result<()>) -> Result<String> {
    let theme = theme();
    let mut input = Input::<String>::with_theme(&theme).with_prompt(question).allow_empty(true);
    if let Some(default) = default {
        input = input.default(default.to_owned());
    }
    let check = |line: &String| check(line.trim()).map_err(complaint);
    input.validate_with(check).interact_text().map(|line| line.trim().to_owned()).map_err(stopped)
}

/// A secret, typed or pasted unseen.
pub fn secret(question: &str, check: impl Fn(&str) -> Result<()>) -> Result<SecretString> {
    let check = |line: &String| check(line.trim()).map_err(complaint);
    let theme = theme();
    let password = Password::with_theme(&theme).with_prompt(question).validate_with(check);
    let typed = Zeroizing::new(password.interact().map_err(stopped)?);
    Ok(SecretString::from(typed.trim()))
}

/// Yes or no.
pub fn confirm(question: &str, default: bool) -> Result<bool> {
    let theme = theme();
    let confirm = Confirm::with_theme(&theme).with_prompt(format!("{question}?")).default(default);
    confirm.interact().map_err(stopped)
}

/// One of several: its index.
pub fn select(question: &str, items: &[String]) -> Result<usize> {
    let theme = theme();
    Select::with_theme(&theme).with_prompt(question).items(items).default(0).interact().map_err(stopped)
}

/// One short line: the prompt is drawn again over it, and what to do says more than what is wrong.
fn complaint(error: Error) -> String {
    error.hint.unwrap_or(error.message)
}
