//! The pages: one for each command, in the words of its help, and what belongs around them.

use std::io::{self, Write};

use clap::{Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::format;
use crate::cli::{BEYOND_FLAGS, Cli};
use crate::error::{Kind, Result};
use crate::fail;

/// Who made the page.
const SOURCE: &str = concat!("sellauth ", env!("CARGO_PKG_VERSION"));
/// What it is a page of.
const MANUAL: &str = "Manual of sellauth";
/// What the help of no command says: files, examples, how to go on. Roff.
const FIRST_PAGE: &str = include_str!("sellauth.roff");
/// The column in which the explanations of the help begin.
const EXPLAINED_FROM: usize = 28;

/// A page of the manual.
pub(super) struct Page {
    /// `sellauth-app-add`.
    pub name: String,
    section: u8,
    /// In roff's man macros.
    pub source: String,
}

impl Page {
    pub(super) fn new(name: &str, section: u8, source: String) -> Self {
        Self { name: name.to_owned(), section, source }
    }

    /// Its file's name.
    pub fn file(&self) -> String {
        format!("{}.{}", self.name, self.section)
    }

    /// What it is asked for by: the words behind `man`.
    pub fn topic(&self) -> Option<String> {
        self.name.strip_prefix("sellauth-").map(|topic| topic.replace('-', " "))
    }
}

/// All pages, the first one first.
pub(super) fn pages() -> Result<Vec<Page>> {
    let failed = |error: io::Error| fail!(Internal, "man-unwritable", path = "sellauth.1").because(error);
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    let mut found = Vec::new();
    collect(&command, None, &mut found).map_err(failed)?;
    found.push(format::page().map_err(failed)?);
    let names: Vec<String> = found.iter().skip(1).map(reference).collect();
    found[0].source.push_str(&see_also(&names));
    Ok(found)
}

fn collect(command: &Command, above: Option<&str>, found: &mut Vec<Page>) -> io::Result<()> {
    let name = command.get_display_name().unwrap_or(command.get_name()).to_owned();
    let mut source = described(command)?;
    match above {
        None => source.push_str(&first_page()),
        Some(above) => {
            let below = command.get_subcommands().map(|it| format!("{name}-{}(1)", it.get_name()));
            let around = (above != "sellauth").then(|| format!("{above}(1)"));
            let also: Vec<String> =
                std::iter::once("sellauth(1)".to_owned()).chain(around).chain(below).collect();
            source.push_str(&see_also(&also));
        }
    }
    found.push(Page::new(&name, 1, source));
    command
        .get_subcommands()
        .filter(|it| !it.is_hide_set())
        .try_for_each(|it| collect(it, Some(&name), found))
}

/// What the help of a command says.
fn described(command: &Command) -> io::Result<String> {
    // The help's own line, which knows of `--` and of what stands for the others.
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim().to_owned();
    let man = Man::new(command.clone().override_usage(usage));
    let mut page = title(command.get_display_name().unwrap_or(command.get_name()), 1);
    let mut parts = Vec::new();
    man.render_name_section(&mut parts)?;
    man.render_synopsis_section(&mut parts)?;
    man.render_description_section(&mut parts)?;
    write!(parts, "{}", aliases(command))?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut parts)?;
    }
    man.render_options_section(&mut parts)?;
    page.push_str(&polished(&String::from_utf8_lossy(&parts)));
    Ok(page)
}

/// What else the command can be called.
fn aliases(command: &Command) -> String {
    let own = command.get_bin_name().and_then(|name| name.rsplit_once(' '));
    let Some((above, _)) = own else { return String::new() };
    let aliases = command.get_visible_aliases().map(|alias| format!("`{above} {alias}`"));
    match aliases.collect::<Vec<_>>() {
        none if none.is_empty() => String::new(),
        aliases => format!(".SH ALIASES\n{}\n", aliases.join(", ")),
    }
}

/// The line a page begins with. It has no date: it is as old as the program.
pub(super) fn title(name: &str, section: u8) -> String {
    let name = name.replace('-', "\\-");
    format!(".TH {name} {section} \"\" \"{SOURCE}\" \"{MANUAL}\"\n")
}

/// The library's words in this manual's: commands for subcommands, and what stands between backticks bold.
fn polished(source: &str) -> String {
    let heading = |line: &str| match line {
        ".SH SUBCOMMANDS" => ".SH COMMANDS".to_owned(),
        // No blanks are stretched: flags are to be found, and copied.
        ".SH NAME" => ".ad l\n.SH NAME".to_owned(),
        _ => emphasized(&line.replace("\\fIsubcommands\\fR", "\\fICOMMAND\\fR")),
    };
    let mut page: String = source.lines().map(|line| heading(line) + "\n").collect();
    // One empty line before the values a flag takes is enough.
    page = page.replace(".br\n\n.br\n", ".br\n");
    page
}

/// A line of roff in which `` `words` `` are bold.
pub(super) fn emphasized(line: &str) -> String {
    if line.matches('`').count() % 2 == 1 {
        return line.to_owned();
    }
    let part = |(i, part): (usize, &str)| match i % 2 {
        0 => part.to_owned(),
        // What is written so is never hyphenated.
        _ if part.contains(' ') => format!("\\fB{part}\\fR"),
        _ => format!("\\fB\\%{part}\\fR"),
    };
    line.split('`').enumerate().map(part).collect()
}

/// What stands behind the help on the first page.
fn first_page() -> String {
    let mut roff = Roff::default();
    roff.control("SH", ["ENVIRONMENT"]);
    for (names, about) in variables() {
        roff.control("TP", []);
        roff.text([bold(names)]);
        roff.text([roman(about)]);
    }
    let mut page = body(&roff);
    let mut roff = Roff::default();
    roff.control("SH", ["EXIT STATUS"]);
    let mut codes: Vec<u8> = Kind::TABLE.iter().map(|(.., code)| *code).chain([0]).collect();
    codes.sort_unstable();
    codes.dedup();
    for code in codes {
        roff.control("TP", ["5"]);
        roff.text([bold(code.to_string())]);
        roff.text([roman(meaning(code).unwrap_or_default())]);
    }
    page.push_str(&body(&roff));
    page.push_str(FIRST_PAGE);
    page
}

/// Roff without the library's preamble, which a page has once.
pub(super) fn body(roff: &Roff) -> String {
    let line = |line: &str| match line.strip_prefix(".SS ") {
        // A heading is broken between its words only.
        Some(heading) => format!(".SS {}", heading.replace('[', "\\%[").replace("[\\%[", "[[")),
        None => emphasized(line),
    };
    roff.to_roff().lines().map(|it| line(it) + "\n").collect()
}

/// A part of the help by its heading.
fn part(heading: &str) -> impl Iterator<Item = &'static str> {
    let lines = BEYOND_FLAGS.lines().skip_while(move |line| !line.contains(heading)).skip(1);
    lines.take_while(|line| !line.trim().is_empty())
}

/// The variables of the environment, and what each is for.
fn variables() -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in part("Environment:") {
        let explained = line.len() - line.trim_start().len() >= EXPLAINED_FROM;
        match found.last_mut() {
            Some((_, about)) if explained => {
                let blank = if about.is_empty() { "" } else { " " };
                about.push_str(blank);
                about.push_str(line.trim());
            }
            _ => {
                let (names, about) = line.trim().split_once("  ").unwrap_or((line.trim(), ""));
                found.push((names.to_owned(), about.trim().to_owned()));
            }
        }
    }
    found
}

/// What an exit code means.
fn meaning(code: u8) -> Option<&'static str> {
    part("Exit codes:").find_map(|line| line.strip_prefix(&format!("{code:>5}  ")))
}

fn reference(page: &Page) -> String {
    format!("{}({})", page.name, page.section)
}

/// `sellauth-connect(1), …`, each name whole on its line.
pub(super) fn see_also(names: &[String]) -> String {
    let line = |(i, name): (usize, &String)| {
        let (title, section) = name.split_once('(').unwrap_or((name, ""));
        let comma = if i + 1 < names.len() { "," } else { "" };
        format!(".BR \\%{} ({section}{comma}\n", title.replace('-', "\\-"))
    };
    let lines: String = names.iter().enumerate().map(line).collect();
    format!(".SH \"SEE ALSO\"\n{lines}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_exit_code_and_variable_of_the_help_is_explained() {
        for (_, name, code) in Kind::TABLE {
            assert!(meaning(code).is_some_and(|meaning| meaning.contains(name)), "{code} {name}");
        }
        let variables = variables();
        assert!(variables.len() > 10, "{variables:?}");
        for (names, about) in &variables {
            assert!(about.len() > 10, "{names}: {about}");
        }
        assert!(variables.iter().any(|(names, _)| names == "SELLAUTH_HOME"), "{variables:?}");
    }

    #[test]
    fn what_stands_between_backticks_is_bold() {
        assert_eq!(emphasized("run `a b` or `c`."), "run \\fBa b\\fR or \\fB\\%c\\fR.");
        assert_eq!(emphasized("one ` alone"), "one ` alone");
    }
}
