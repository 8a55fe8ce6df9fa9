//! `--start` and `--finish`: a consent whose answer another process brings.

use std::io::{IsTerminal, Read};
use std::process::ExitCode;
use std::time::Duration;

use serde_json::json;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::browse::{FlowArgs, Takes, with_flow};
use super::{Context, connect, reauthorize};
use crate::authorize;
use crate::connection::Connection;
use crate::error::Result;
use crate::lines::{Lines, Taken};
use crate::output::{aligned, print, print_json, whole_seconds};
use crate::store::StoreKind;
use crate::{fail, interrupt, text};

/// An address with its query, or a body that holds one.
const LONGEST_ANSWER: u64 = 64 * 1024;

/// Prints where the seller is to be sent, and the handle under which the answer is awaited.
pub fn start(
    context: &Context,
    connection: &Connection,
    store: StoreKind,
    flags: &FlowArgs,
    takes: Takes,
) -> Result<ExitCode> {
    let started = with_flow(context, connection, store, flags, takes, authorize::start)?;
    let expires_at = whole_seconds(started.expires_at);
    if context.terminal.json {
        let mut answer = json!({
            "authorization_url": started.authorization_url.as_str(),
            "handle": started.handle,
            "expires_at": expires_at,
        });
        if let Some(url) = started.installation_url {
            answer["installation_url"] = url.as_str().into();
        }
        print_json(&answer)?;
        return Ok(ExitCode::SUCCESS);
    }
    let row = |name: &str, value: String| vec![name.to_owned(), value];
    let install = started.installation_url.map(|url| row("installation_url", url.into()));
    let rows = install.into_iter().chain([
        row("authorization_url", started.authorization_url.into()),
        row("handle", started.handle.to_string()),
        row("expires_at", expires_at.to_string()),
    ]);
    print(&aligned(&rows.collect::<Vec<_>>()).join("\n"))?;
    context.terminal.note(text!("started-next", handle = started.handle));
    Ok(ExitCode::SUCCESS)
}

/// Finishes what [`start`] began, with the answer on stdin.
pub fn finish(context: &Context, handle: Uuid) -> Result<ExitCode> {
    let answer = read_answer(context)?;
    let waiting = || context.say_waiting();
    let finished = authorize::finish(&context.session(&waiting), handle, &answer)?;
    match finished.renewed {
        true => reauthorize::finished(context, &finished.name),
        false => connect::announce(context, &finished.name),
    }
}

/// A person pastes one line; a program writes a body of many.
fn read_answer(context: &Context) -> Result<Zeroizing<String>> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        return read_line(context);
    }
    let mut answer = Zeroizing::new(String::new());
    let read = stdin.lock().take(LONGEST_ANSWER).read_to_string(&mut answer);
    read.map_err(|error| fail!(Usage, "answer-unreadable").because(error))?;
    Ok(answer)
}

/// The line that a person pastes; kind `interrupted` on Ctrl-C.
fn read_line(context: &Context) -> Result<Zeroizing<String>> {
    const GLANCE: Duration = Duration::from_millis(50);
    interrupt::watch();
    let lines = Lines::of_stdin();
    lines.begin();
    context.terminal.say(text!("waiting-for-paste"));
    loop {
        interrupt::check()?;
        match lines.take() {
            Taken::Line(line) => return Ok(Zeroizing::new(line)),
            Taken::End => return Ok(Zeroizing::default()),
            Taken::Nothing => std::thread::sleep(GLANCE),
        }
    }
}
