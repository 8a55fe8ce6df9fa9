//! What happened, for whoever asks later: one line of JSON per event, a file per month, nothing
//! secret. The program only ever adds to it.
//!
//! A log that cannot be written fails no command: a shop is connected whether or not that can be
//! written down.

use std::fs::{DirEntry, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::PathBuf;
use std::sync::OnceLock;
use std::{fmt, iter};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::config::Home;
use crate::connection::Connection;
use crate::error::Result;
use crate::model::{App, Profile};
use crate::output::whole_seconds;
use crate::{fail, files};

/// The longest line that is read: an event has a few hundred bytes.
const LONGEST_LINE: u64 = 64 * 1024;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A shop was connected for the first time.
    Connected,
    /// A new consent took the place of an earlier one.
    Reauthorized,
    /// A token set was renewed.
    Renewed,
    /// The marketplace refused a renewal; it is not written again while that lasts.
    Refused,
    /// The marketplace was told to end a grant.
    Revoked,
    /// It could not be told.
    RevocationFailed,
    /// A shop's secrets and its profile were removed.
    Disconnected,
    /// A refresh token was brought from elsewhere.
    Imported,
    /// A copy of a token set left this home.
    Exported,
    /// A token set left this home for good.
    Moved,
    /// A token set went to another store.
    Migrated,
    /// A profile got another name.
    Renamed,
    /// An app was registered.
    AppAdded,
    /// An app was changed; the detail names what.
    AppChanged,
    /// An app was removed.
    AppRemoved,
    /// An app got another client secret.
    AppSecretChanged,
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    /// The user's name.
    pub user: String,
    /// The machine's.
    pub host: String,
    /// The process.
    pub pid: u32,
}

/// One event, as its line says it. A field that a later version adds is passed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// What.
    #[serde(rename = "event")]
    pub what: What,
    /// The profile's name then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// The profile, however it is called now; the app, where it is about one.
    pub uuid: Uuid,
    /// The definition's id.
    pub marketplace: String,
    /// The app.
    pub app: String,
    /// The shop, where the marketplace names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shop_id: Option<String>,
    /// Why, where the marketplace refused or could not be told: its code, or the kind of the error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What else belongs to it: the earlier name, the new store.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Who did it.
    pub by: By,
}

impl Event {
    /// What happened to a shop at `at`.
    pub fn of(what: What, connection: &Connection, at: Timestamp) -> Self {
        let shop_id = connection.record.as_ref().and_then(|record| record.shop_id.clone());
        Self { shop_id, ..Self::of_profile(what, &connection.name, &connection.profile, at) }
    }

    /// The same where no more than the profile is known.
    pub fn of_profile(what: What, name: &str, profile: &Profile, at: Timestamp) -> Self {
        let profile_name = Some(name.to_owned());
        Self {
            profile: profile_name,
            ..Self::new(what, profile.uuid, &profile.marketplace, &profile.app, at)
        }
    }

    /// What happened to an app at `at`.
    pub fn of_app(what: What, name: &str, app: &App, at: Timestamp) -> Self {
        Self::new(what, app.uuid, &app.marketplace, name, at)
    }

    fn new(what: What, uuid: Uuid, marketplace: &str, app: &str, at: Timestamp) -> Self {
        Self {
            at: whole_seconds(at),
            what,
            profile: None,
            uuid,
            marketplace: marketplace.to_owned(),
            app: app.to_owned(),
            shop_id: None,
            code: None,
            detail: None,
            by: by().clone(),
        }
    }

    /// The same with what else belongs to it.
    #[must_use]
    pub fn detail(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }
}

/// This process.
fn by() -> &'static By {
    static BY: OnceLock<By> = OnceLock::new();
    let unknown = |_| "?".to_owned();
    BY.get_or_init(|| By {
        user: whoami::username().unwrap_or_else(unknown),
        host: whoami::hostname().unwrap_or_else(unknown),
        pid: std::process::id(),
    })
}

/// Writes an event down. Where that fails, only `-v` says so.
pub fn record(home: &Home, event: &Event) {
    let path = folder(home).join(format!("{}.jsonl", month(event.at)));
    let line = serde_json::to_vec(event).expect("events are plain objects");
    if let Err(error) = files::append_line(&path, &line) {
        log::warn!("{} was not written to {}: {error}", event.what, path.display());
    }
}

/// Where it is written down.
pub fn folder(home: &Home) -> PathBuf {
    home.state_folder().join("log")
}

fn month(at: Timestamp) -> String {
    at.strftime("%Y-%m").to_string()
}

/// What happened since `since`, as it was written, the oldest first; `None` for a line that is no
/// event.
///
/// Kind `configuration` for a log that cannot be read.
pub fn events(home: &Home, since: Option<Timestamp>) -> Result<impl Iterator<Item = Result<Option<Event>>>> {
    let is_wanted = move |event: &Option<Event>| match (event, since) {
        (Some(event), Some(since)) => event.at >= since,
        _ => true,
    };
    let lines = months(home, since)?
        .into_iter()
        .flat_map(lines)
        .filter(|line| !matches!(line, Ok(line) if line.is_empty()));
    let events = lines.map(|line| line.map(|line| serde_json::from_slice(&line).ok()));
    Ok(events.filter(move |event| event.as_ref().map_or(true, is_wanted)))
}

/// The files that may hold what happened since `since`, the oldest first.
fn months(home: &Home, since: Option<Timestamp>) -> Result<Vec<PathBuf>> {
    let folder = folder(home);
    let entries = match std::fs::read_dir(&folder) {
        Ok(entries) => entries.collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    };
    let unreadable =
        |error| fail!(Configuration, "folder-unreadable", path = folder.display()).because(error);
    let entries: Vec<DirEntry> = entries.map_err(unreadable)?;
    let first = since.map(month).unwrap_or_default();
    let is_wanted = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str());
        let month = name.and_then(|name| name.strip_suffix(".jsonl"));
        month.is_some_and(|month| *month >= *first)
    };
    let mut months: Vec<PathBuf> = entries.iter().map(DirEntry::path).filter(is_wanted).collect();
    months.sort();
    Ok(months)
}

/// The lines of a file, one after the other; the last may be an error.
fn lines(path: PathBuf) -> impl Iterator<Item = Result<Vec<u8>>> {
    let mut rest = Some(File::open(&path).map(BufReader::new));
    iter::from_fn(move || {
        let read = rest.take()?.and_then(|mut file| Ok(next_line(&mut file)?.map(|line| (line, file))));
        let unreadable =
            |error| fail!(Configuration, "file-unreadable", path = path.display()).because(error);
        let line = read.map_err(unreadable).transpose()?.map(|(line, file)| {
            rest = Some(Ok(file));
            line
        });
        Some(line)
    })
}

/// The next line without its newline, or only its beginning where it is too long to be an event's.
fn next_line(reader: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    if reader.take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.pop_if(|last| *last == b'\n').is_none() {
        reader.skip_until(b'\n')?;
    }
    Ok(Some(line))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connection::fixtures::{at, connection};

    fn home() -> (tempfile::TempDir, Home) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_str().unwrap().to_owned();
        let home = Home::open(&|name: &str| (name == "SELLAUTH_HOME").then(|| path.clone())).unwrap();
        (folder, home)
    }

    fn read(home: &Home, since: Option<Timestamp>) -> Vec<Option<Event>> {
        events(home, since).unwrap().map(Result::unwrap).collect()
    }

    #[test]
    fn what_is_written_is_read_in_the_order_of_the_months() {
        let (folder, home) = home();
        assert_eq!(read(&home, None), []);
        let event = |seconds| Event::of(What::Renewed, &connection("allegro"), at(seconds)).detail("x");
        // 1,800,000,000 is in January 2027.
        let later = event(40 * 86_400);
        for event in [&later, &event(0), &event(60)] {
            record(&home, event);
        }
        assert_eq!(read(&home, None), [event(0), event(60), later.clone()].map(Some));
        assert_eq!(read(&home, Some(at(60))), [event(60), later.clone()].map(Some));
        // A file that nobody wants is not even opened.
        std::fs::remove_file(folder.path().join("state/log/2027-01.jsonl")).unwrap();
        std::fs::create_dir(folder.path().join("state/log/2027-01.jsonl")).unwrap();
        assert_eq!(read(&home, Some(later.at)), [Some(later)]);
        assert!(events(&home, None).unwrap().any(|event| event.is_err()));
    }

    #[test]
    fn what_is_no_event_is_told_from_what_is_none_at_all() {
        let (folder, home) = home();
        let event = Event::of(What::Connected, &connection("allegro"), at(0));
        record(&home, &event);
        let path = folder.path().join("state/log/2027-01.jsonl");
        let line = std::fs::read(&path).unwrap();
        let long = vec![b'x'; 200_000];
        let later = serde_json::to_string(&event).unwrap().replacen('{', "{\"colour\":1,", 1);
        let parts: [&[u8]; 11] = [
            &line,
            b"\n{\"at\":\"2027\n",
            &long,
            b"\n",
            b"\xff\xfe\n",
            b"null\n",
            &line,
            later.as_bytes(),
            b"\n",
            b"\n",
            &line[..40],
        ];
        std::fs::write(&path, parts.concat()).unwrap();
        record(&home, &event);
        let some = Some(event);
        assert_eq!(
            read(&home, None),
            [some.clone(), None, None, None, None, some.clone(), some.clone(), None, some]
        );
    }
}
