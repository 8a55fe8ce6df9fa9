//! What must be known if this process ends between sending a refresh token and keeping its
//! successor: that it was sent, and when.
//!
//! An entry is on the disk before the request, and goes after the commit. It is about one
//! generation: once that is no longer in force, the entry says nothing.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::config::Home;
use crate::error::Result;
use crate::model::{Record, Span};
use crate::moment::Moment;
use crate::records::{About, Records, Share};

/// A refresh token that was sent, and whose answer is not known to have been kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The profile's.
    pub uuid: Uuid,
    /// The token set in force then.
    pub generation: u64,
    /// When it was sent first.
    pub began: Moment,
    /// It was sent once more after the marketplace had stopped to promise anything.
    pub late: bool,
}

impl About for Entry {
    const SHARE: Share = Share::Journal;

    fn about(&self) -> Uuid {
        self.uuid
    }
}

/// What may be sent while an entry is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// Nothing was sent yet.
    First,
    /// The marketplace takes the same refresh token again.
    InGrace,
    /// It may or may not. This is the only way to find out.
    Late,
    /// That was tried.
    None,
}

/// Whether a refresh token may be sent at `now`, given what the journal says of it.
pub fn attempt(entry: Option<&Entry>, grace: Option<Span>, now: Moment) -> Attempt {
    match entry {
        None => Attempt::First,
        Some(entry) if grace.is_some_and(|grace| !now.is_past(entry.began, grace)) => Attempt::InGrace,
        Some(entry) if entry.late => Attempt::None,
        Some(_) => Attempt::Late,
    }
}

/// What is put down before the refresh token that `record` names is sent, after `earlier`.
pub fn next(record: &Record, earlier: Option<&Entry>, attempt: Attempt, now: Moment) -> Entry {
    Entry {
        uuid: record.uuid,
        generation: record.generation,
        // The grace counts from the first time.
        began: earlier.map_or(now, |earlier| earlier.began),
        late: attempt == Attempt::Late || earlier.is_some_and(|earlier| earlier.late),
    }
}

fn records(home: &Home) -> Records<'_, Entry> {
    Records::in_folder(home, "journal")
}

/// The file of the entry about a profile.
pub fn file(home: &Home, uuid: Uuid) -> std::path::PathBuf {
    records(home).file(uuid)
}

/// The open entry about the token set that `record` names.
pub fn read(home: &Home, record: &Record) -> Result<Option<Entry>> {
    let entry = records(home).get(record.uuid)?;
    Ok(entry.filter(|entry| entry.generation == record.generation))
}

/// Puts an entry on the disk. Where that fails nothing may be sent.
pub fn write(home: &Home, entry: &Entry) -> Result<()> {
    records(home).put(entry)
}

/// Takes over what another machine has put down about a profile: `None` where it left nothing open.
pub fn copy(home: &Home, uuid: Uuid, entry: Option<&Entry>) -> Result<()> {
    let records = records(home);
    let here = records.get(uuid)?;
    match entry {
        _ if here.as_ref() == entry => Ok(()),
        Some(entry) => records.put_here(entry),
        None => records.remove(uuid).map(|_| ()),
    }
}

/// The answer is known, and kept if there was anything to keep. An entry that cannot be removed
/// says nothing once the next generation is in force.
pub fn close(home: &Home, uuid: Uuid) {
    if let Err(error) = records(home).remove(uuid) {
        log::info!("a journal entry was left: {error}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_answer_is_asked_for_inside_the_grace_and_once_after_it() {
        let at = |seconds| Moment { wall: jiff::Timestamp::from_second(seconds).unwrap(), uptime: None };
        let entry = |late| Entry { uuid: Uuid::nil(), generation: 1, began: at(1000), late };
        let grace = Some(Span::seconds(60));
        assert_eq!(attempt(None, grace, at(0)), Attempt::First);
        for (entry, grace, now, expected) in [
            (entry(false), grace, 1000, Attempt::InGrace),
            (entry(true), grace, 1059, Attempt::InGrace),
            (entry(false), grace, 1060, Attempt::Late),
            (entry(true), grace, 1060, Attempt::None),
            (entry(false), None, 1000, Attempt::Late),
            (entry(true), None, 1000, Attempt::None),
            // A clock that was set back must not stretch the grace.
            (entry(false), grace, 999, Attempt::Late),
        ] {
            assert_eq!(attempt(Some(&entry), grace, at(now)), expected, "{now} {grace:?} {entry:?}");
        }
    }
}
