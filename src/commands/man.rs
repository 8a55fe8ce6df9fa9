//! `sellauth man`: the manual, made from the command line's own words and the schema of definitions.

mod format;
mod pages;

use std::io::{IsTerminal, stdout};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use clap::CommandFactory;

use self::pages::{Page, pages};
use crate::cli::Cli;
use crate::document::nearest;
use crate::error::{Error, Result};
use crate::files::write_atomically;
use crate::output::{emit, print};
use crate::{fail, text};

/// The page that is no command's: the one on definitions.
pub(super) const DEFINITIONS: &str = "marketplace";

/// What `man` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The command whose page is shown, or `marketplace`; the first page when none is named
    command: Vec<String>,
    /// Write all pages into this folder, which is made, for packages
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    dir: Option<PathBuf>,
}

/// Shows a page, or writes all.
pub fn run(args: &Args) -> Result<ExitCode> {
    let pages = pages()?;
    match &args.dir {
        Some(folder) => write(folder, &pages),
        None => show(find(&pages, &args.command)?),
    }?;
    Ok(ExitCode::SUCCESS)
}

fn write(folder: &Path, pages: &[Page]) -> Result<()> {
    let unwritable =
        |path: &Path, error| fail!(Internal, "man-unwritable", path = path.display()).because(error);
    std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, error))?;
    for page in pages {
        let path = folder.join(page.file());
        std::fs::write(&path, &page.source).map_err(|error| unwritable(&path, error))?;
        print(&path.display().to_string())?;
    }
    Ok(())
}

/// The page of a command, each of its words one of `words`.
fn find<'a>(pages: &'a [Page], words: &[String]) -> Result<&'a Page> {
    let name = [vec!["sellauth".to_owned()], named(words)].concat().join("-");
    pages.iter().find(|page| page.name == name).ok_or_else(|| unknown(pages, &words.join(" ")))
}

/// The words with the names of commands instead of their aliases.
fn named(words: &[String]) -> Vec<String> {
    let mut above = Some(Cli::command());
    let name = |word: &String| {
        let command = above.as_ref().and_then(|above| above.find_subcommand(word)).cloned();
        let name = command.as_ref().map_or(word.as_str(), |command| command.get_name()).to_owned();
        above = command;
        name
    };
    words.iter().map(name).collect()
}

fn unknown(pages: &[Page], given: &str) -> Error {
    let topics: Vec<String> = pages.iter().filter_map(Page::topic).collect();
    let error = fail!(Usage, "man-unknown", name = given);
    match nearest(given, topics.iter().map(String::as_str)) {
        Some(name) => error.hint(text!("did-you-mean", name = name)),
        None => error,
    }
}

/// To a person by the system's `man`, where there is one; as it is into a file or pipe.
fn show(page: &Page) -> Result<()> {
    if stdout().is_terminal() && by_man(page).is_some_and(|shown| shown) {
        return Ok(());
    }
    emit(&page.source)
}

fn by_man(page: &Page) -> Option<bool> {
    let folder = tempfile::tempdir().ok()?;
    let file = folder.path().join(page.file());
    write_atomically(&file, page.source.as_bytes()).ok()?;
    // A name with a slash is a file to every `man`.
    Some(Command::new("man").arg(&file).status().ok()?.success())
}
