//! The terminal: stdout is the answer and nothing else, stderr is for a person.

pub mod durable;
pub mod snippet;

use std::io::{self, BufWriter, IsTerminal, Read, Write};

use console::{Style, Term, measure_text_width};
use jiff::Timestamp;
use serde::{Serialize, Serializer};
use textwrap::WordSplitter;

use crate::config::Lookup;
use crate::error::{Error, Kind, Result};
use crate::messages::{self, Language};
use crate::{fail, text};

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` says otherwise.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How this command speaks.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// One JSON document on stdout, errors as JSON on stderr.
    pub json: bool,
    /// Only errors on stderr.
    pub quiet: bool,
    /// Questions may be asked: stdin and stderr are terminals, and nobody said `--no-input`.
    pub interactive: bool,
}

impl Terminal {
    /// Decides by flags, environment and the file descriptors.
    pub fn new(json: bool, quiet: bool, no_input: bool, color: Color, var: Lookup) -> Self {
        let forced = var("CLICOLOR_FORCE").is_some_and(|value| value != "0");
        let refused = var("NO_COLOR").is_some_and(|value| !value.is_empty());
        let colored = |is_terminal: bool| match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => forced || (is_terminal && !refused && var("TERM").as_deref() != Some("dumb")),
        };
        console::set_colors_enabled(colored(understands_colors(&Term::stdout())));
        console::set_colors_enabled_stderr(colored(understands_colors(&Term::stderr())));
        let interactive = !no_input && io::stdin().is_terminal() && io::stderr().is_terminal();
        Self { json, quiet, interactive }
    }

    /// A line for a person, on stderr. Not beside JSON: there, stderr is for errors.
    pub fn say(self, line: impl AsRef<str>) {
        self.show(folded(line.as_ref(), stderr_columns()));
    }

    /// The same for a line that is to be copied as it is, or stands in columns.
    pub fn show(self, line: impl AsRef<str>) {
        if !self.quiet && !self.json {
            insist(line);
        }
    }

    /// A note for a person, on stderr.
    pub fn note(self, line: impl AsRef<str>) {
        self.show(note(line.as_ref()));
    }

    /// A note that a person cannot do without, `--quiet` or not.
    pub fn warn(self, line: impl AsRef<str>) {
        if !self.json {
            insist(note(line.as_ref()));
        }
    }

    /// What to do next, below a note.
    pub fn hint(self, line: impl AsRef<str>) {
        self.show(marked("hint:", Style::new().bold().cyan(), line.as_ref()));
    }
}

/// Whether it is a terminal that understands colours. A console of Windows has to be told to, and older ones
/// never do; elsewhere `TERM` says it.
fn understands_colors(term: &Term) -> bool {
    term.is_term() && (!cfg!(windows) || term.features().colors_supported())
}

fn note(line: &str) -> String {
    marked(&text!("note-mark"), Style::new().cyan(), line)
}

/// A line behind its mark; where stderr is a terminal, as wide as that at most. Further lines that begin with a
/// blank are to be copied, and stay whole.
fn marked(mark: &str, style: Style, line: &str) -> String {
    // What a marketplace or a bundle says stands in many of them.
    let line = line.split('\n').map(harmless).collect::<Vec<_>>().join("\n");
    let copied = line.find("\n ").unwrap_or(line.len());
    format!(
        "{} {}{}",
        style.for_stderr().apply_to(mark),
        wrapped(&line[..copied], measure_text_width(mark) + 1, stderr_columns()),
        // The blank is no part of what is copied.
        line[copied..].replace("\n ", "\n")
    )
}

/// Lines that are wider than the terminal are broken at blanks, and keep their indents.
fn folded(text: &str, width: Option<usize>) -> String {
    let is_wide = |line: &str| width.is_some_and(|width| measure_text_width(line) > width);
    let fold = |line: &str| {
        let words = line.trim_start();
        let indent = line.len() - words.len();
        match is_wide(line) {
            true => " ".repeat(indent) + &wrapped(words, indent, width),
            false => line.to_owned(),
        }
    };
    text.split('\n').map(fold).collect::<Vec<_>>().join("\n")
}

fn stderr_columns() -> Option<usize> {
    Term::stderr().size_checked().map(|(_, columns)| columns.into())
}

/// Breaks a line at blanks, so that it fits beside an indent. Words stay whole: an address or path
/// that is broken can be neither clicked nor copied.
pub fn wrapped(line: &str, indent: usize, width: Option<usize>) -> String {
    let blank = " ".repeat(indent);
    let options = textwrap::Options::new(width.unwrap_or(usize::MAX))
        .initial_indent(&blank)
        .subsequent_indent(&blank)
        .break_words(false)
        .word_splitter(WordSplitter::NoHyphenation);
    let text = textwrap::fill(line, options);
    text.strip_prefix(&blank).map(str::to_owned).unwrap_or(text)
}

/// How many columns stdout has, where it is a terminal.
pub fn columns() -> Option<usize> {
    Term::stdout().size_checked().map(|(_, columns)| columns.into())
}

/// A line a person cannot do without, on stderr, `--quiet` or not.
pub fn insist(line: impl AsRef<str>) {
    // A closed stderr must not stop the work.
    let _ = writeln!(io::stderr(), "{}", line.as_ref());
}

/// The answer, on stdout, with a newline.
pub fn print(answer: &str) -> Result<()> {
    let mut stdout = io::stdout().lock();
    printed(writeln!(stdout, "{answer}").and_then(|()| stdout.flush()))
}

/// The answer, on stdout, as it is.
pub fn emit(answer: &str) -> Result<()> {
    let mut stdout = io::stdout().lock();
    printed(stdout.write_all(answer.as_bytes()).and_then(|()| stdout.flush()))
}

/// One JSON document on stdout.
pub fn print_json(answer: &impl Serialize) -> Result<()> {
    let text = serde_json::to_string_pretty(answer)
        .map_err(|error| fail!(Internal, "stdout-failed").because(error))?;
    print(&text)
}

/// The same for a list of any length, item by item. It ends at an item that cannot be had.
pub fn print_json_array<T: Serialize>(items: impl Iterator<Item = Result<T>>) -> Result<()> {
    let mut stdout = BufWriter::new(io::stdout().lock());
    let mut failed = None;
    let items = items.map_while(|item| item.map_err(|error| failed = Some(error)).ok());
    let written = serde_json::Serializer::pretty(&mut stdout).collect_seq(items).map_err(io::Error::from);
    printed(written.and_then(|()| writeln!(stdout)).and_then(|()| stdout.flush()))?;
    failed.map_or(Ok(()), Err)
}

/// A reader that has gone away is no error.
fn printed(written: io::Result<()>) -> Result<()> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(fail!(Internal, "stdout-failed").because(error))
        }
        _ => Ok(()),
    }
}

/// Bytes as they come, on stdout. A reader that has gone away is no error; `unread` makes one of a source
/// that breaks off.
pub fn pass_on(source: &mut dyn Read, unread: impl FnOnce(io::Error) -> Error) -> Result<()> {
    let mut stdout = io::stdout().lock();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = match source.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(unread(error)),
        };
        match stdout.write_all(&buffer[..read]).and_then(|()| stdout.flush()) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(()),
            Err(error) => return Err(fail!(Internal, "stdout-failed").because(error)),
        }
    }
}

/// A time as scripts see it: fractions of a second are noise, and some parsers refuse them.
pub fn whole_seconds(time: Timestamp) -> Timestamp {
    Timestamp::from_second(time.as_second()).unwrap_or(time)
}

/// Shows an error on stderr: as JSON, or as `error:`, `caused by:` and `hint:` lines.
pub fn report(error: &Error, json: bool) {
    if json {
        let document = serde_json::json!({ "error": {
            "kind": error.kind,
            "message": error.message,
            "causes": error.causes(),
            "hint": error.hint,
            "profile": error.profile,
        }});
        let _ = writeln!(io::stderr(), "{document}");
        return;
    }
    if error.kind == Kind::Interrupted && io::stderr().is_terminal() {
        // The terminal has just shown ^C.
        let _ = writeln!(io::stderr());
    }
    let style = Style::new().bold();
    let mut lines = vec![marked("error:", style.clone().red(), &error.message)];
    lines.extend(error.causes().iter().map(|cause| marked("caused by:", style.clone().yellow(), cause)));
    lines.extend(error.hint.iter().map(|hint| marked("hint:", style.clone().cyan(), hint)));
    let _ = writeln!(io::stderr(), "{}", lines.join("\n"));
}

/// A table: aligned columns, the first row is the heading.
pub fn table(rows: &[Vec<String>]) -> String {
    let mut lines = aligned(rows);
    if let Some(heading) = lines.first_mut() {
        *heading = Style::new().bold().apply_to(&heading).to_string();
    }
    lines.join("\n")
}

/// The heading of a table, from a message that separates its cells by `|`.
pub fn heading(message: &str) -> Vec<String> {
    message.split('|').map(|cell| cell.trim().to_owned()).collect()
}

/// Rows whose columns are aligned, two spaces apart.
pub fn aligned(rows: &[Vec<String>]) -> Vec<String> {
    Columns::default().align(rows)
}

/// Columns that never get narrower: for rows that come bit by bit.
#[derive(Default)]
pub struct Columns(Vec<usize>);

impl Columns {
    /// The next rows, aligned two spaces apart.
    pub fn align(&mut self, rows: &[Vec<String>]) -> Vec<String> {
        let Self(widths) = self;
        for row in rows {
            widths.resize(widths.len().max(row.len()), 0);
            for (cell, width) in row.iter().zip(&mut *widths) {
                *width = measure_text_width(cell).max(*width);
            }
        }
        let line = |row: &Vec<String>| {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&*widths) {
                line.push_str(cell);
                line.push_str(&" ".repeat(width + 2 - measure_text_width(cell)));
            }
            line.trim_end().to_owned()
        };
        rows.iter().map(line).collect()
    }
}

/// A text from elsewhere as a terminal may see it: without characters that would steer it.
pub fn harmless(text: &str) -> String {
    let harmless = |c: char| match c.is_control() {
        true => c.escape_unicode().to_string(),
        false => c.to_string(),
    };
    text.chars().map(harmless).collect()
}

/// Log lines of `-v` and `-vv`, on stderr; only this program's own.
pub struct Logger;

impl Logger {
    /// Starts logging at the level that so many `-v` ask for.
    pub fn start(verbosity: u8) {
        let level = match verbosity {
            0 => return,
            1 => log::LevelFilter::Info,
            _ => log::LevelFilter::Debug,
        };
        // A second logger in one process is a test's, and keeps its own level.
        if log::set_logger(&Logger).is_ok() {
            log::set_max_level(level);
        }
    }
}

impl log::Log for Logger {
    fn enabled(&self, metadata: &log::Metadata) -> bool {
        metadata.target().starts_with(env!("CARGO_CRATE_NAME"))
    }

    fn log(&self, record: &log::Record) {
        if self.enabled(record.metadata()) {
            let level = record.level().as_str().to_lowercase();
            // They are searched for and sent to others, who may not read the language of the terminal.
            let line = messages::aside(Language::English, || format!("{level}: {}", record.args()));
            let _ = writeln!(io::stderr(), "{line}");
        }
    }

    fn flush(&self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_by_what_is_seen() {
        console::set_colors_enabled(false);
        let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        let text = table(&[row(["NAME", "SHOP"]), row(["ägypten", "1"]), row(["x", ""])]);
        assert_eq!(text, "NAME     SHOP\nägypten  1\nx");
    }

    #[test]
    fn lines_are_broken_at_blanks_and_addresses_never() {
        let line = "see https://portal.example/a-long-page/that-fits-nowhere?x=1 for more";
        let broken = "see\n      https://portal.example/a-long-page/that-fits-nowhere?x=1\n      for more";
        assert_eq!(wrapped(line, 6, Some(30)), broken);
        assert_eq!(wrapped(line, 6, None), line);
        assert_eq!(wrapped("", 6, Some(30)), "");
        assert_eq!(folded("1 of 4: shop\n  two words", Some(9)), "1 of 4:\nshop\n  two\n  words");
        assert_eq!(folded("as  wide\nas it is", Some(8)), "as  wide\nas it is");
        assert_eq!(wrapped("one two\nthree", 6, Some(13)), "one two\n      three");
    }

    #[test]
    fn scripts_read_whole_seconds() {
        let time: Timestamp = "2026-11-22T09:48:07.987654321Z".parse().unwrap();
        assert_eq!(whole_seconds(time).to_string(), "2026-11-22T09:48:07Z");
    }
}
