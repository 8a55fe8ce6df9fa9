//! `sellauth log`: what happened, when, and who did it.

use std::collections::{BTreeSet, VecDeque};
use std::process::ExitCode;

use jiff::Timestamp;
use uuid::Uuid;

use super::Context;
use crate::error::Result;
use crate::history::{self, Event, What};
use crate::model::Span;
use crate::output::{Columns, harmless, heading, print, print_json_array};
use crate::{profiles, text};

/// So many rows are aligned together: of a long log nobody waits for the last one.
const TOGETHER: usize = 1000;

/// What `log` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shop, by its name now or then; all when none is named
    profile: Option<String>,
    /// Only what happened within this time: 12h, 30d
    #[arg(long, value_name = "TIME")]
    since: Option<Span>,
    /// Only the last events
    #[arg(long, short = 'n', value_name = "N")]
    limit: Option<usize>,
}

/// Shows what happened, newest last.
pub fn run(context: &Context, args: &Args) -> Result<ExitCode> {
    let since = args.since.map(|span| span.before(Timestamp::now()));
    let whom = args.profile.as_deref().map(|name| whom(context, name)).transpose()?;
    let mut broken = 0;
    let events = history::events(&context.home, since)?.filter_map(|read| match read {
        Ok(Some(event)) => whom.as_ref().is_none_or(|whom| whom.contains(&event.uuid)).then_some(Ok(event)),
        Ok(None) => {
            broken += 1;
            None
        }
        Err(error) => Some(Err(error)),
    });
    match args.limit {
        Some(limit) => show(context, last(events, limit)?.into_iter().map(Ok)),
        None => show(context, events),
    }?;
    if broken > 0 {
        context.terminal.note(text!("log-broken", lines = broken));
    }
    Ok(ExitCode::SUCCESS)
}

/// Whom a name means: the profile that has it, or else all that ever had it.
fn whom(context: &Context, name: &str) -> Result<BTreeSet<Uuid>> {
    if let Some(profile) = profiles::folder(&context.home).get(name)? {
        return Ok(BTreeSet::from([profile.uuid]));
    }
    let mut whom = BTreeSet::new();
    for event in history::events(&context.home, None)? {
        whom.extend(event?.filter(|event| event.profile.as_deref() == Some(name)).map(|event| event.uuid));
    }
    // One that is gone is rather meant than another one of its marketplace.
    match whom.is_empty() {
        true => profiles::resolve(&context.home, name).map(|(_, profile)| BTreeSet::from([profile.uuid])),
        false => Ok(whom),
    }
}

fn last(events: impl Iterator<Item = Result<Event>>, limit: usize) -> Result<VecDeque<Event>> {
    let mut last = VecDeque::new();
    for event in events {
        last.push_back(event?);
        if last.len() > limit {
            last.pop_front();
        }
    }
    Ok(last)
}

fn show(context: &Context, events: impl Iterator<Item = Result<Event>>) -> Result<()> {
    if context.terminal.json {
        return print_json_array(events);
    }
    let mut columns = Columns::default();
    let mut rows = vec![heading(&text!("log-heading"))];
    let mut events = events.peekable();
    if events.peek().is_none() {
        context.terminal.note(text!("log-empty"));
        return Ok(());
    }
    for event in events {
        rows.push(cells(&event?));
        if rows.len() == TOGETHER {
            print(&columns.align(&rows).join("\n"))?;
            rows.clear();
        }
    }
    match rows.is_empty() {
        true => Ok(()),
        false => print(&columns.align(&rows).join("\n")),
    }
}

fn cells(event: &Event) -> Vec<String> {
    let or_dash = |text: Option<&String>| text.map_or_else(|| "–".to_owned(), |text| harmless(text));
    let subject = event.profile.clone().unwrap_or_else(|| text!("log-app", name = event.app));
    let detail = event.detail.clone().map(|detail| match event.what {
        What::Renamed => text!("log-was", name = detail),
        _ => detail,
    });
    let details: Vec<String> = [event.code.clone(), detail].into_iter().flatten().collect();
    vec![
        event.at.strftime("%Y-%m-%d %H:%M:%S").to_string(),
        event.what.to_string(),
        harmless(&subject),
        or_dash(event.shop_id.as_ref()),
        harmless(&format!("{}@{}", event.by.user, event.by.host)),
        harmless(&details.join(" ")),
    ]
}
