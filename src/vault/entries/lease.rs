//! Who may renew a shop, over all machines: one holder at a time, for forty seconds after its last write by
//! the server's clock.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Entries, Entry, Held};
use crate::error::Result;
use crate::model::Span;
use crate::moment::Moment;

/// How long a lease lasts after its holder's last write: longer than a token request may take.
const LIFE: SignedDuration = SignedDuration::from_secs(40);

/// The first pause before a lease is looked at again; each one doubles, up to [`LONGEST_PAUSE`].
const SHORTEST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_millis(800);

/// A lease that was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    /// Drawn at random each time.
    pub holder: Uuid,
    /// For whoever looks at it.
    pub machine: String,
    /// Its holder's last sign of life, by the server's clock. Not the moment at which this version of the
    /// entry was written: others may change what a person wishes meanwhile.
    pub written: Timestamp,
}

/// Who writes.
#[derive(Clone)]
pub struct Author {
    /// This machine's name.
    pub machine: String,
    /// This machine's clocks.
    pub now: fn() -> Moment,
}

/// What became of a try to take a lease.
pub enum Taken {
    /// There is no entry, so nobody else has one.
    Absent,
    /// It is this process's now.
    Ours(Entry),
    /// It is another one's; this is how things stand.
    Theirs(Entry),
}

/// Whether a lease is over that was written at one moment, at another one of the same clock, which tells
/// whole seconds.
pub fn is_over(written: Timestamp, now: Timestamp) -> bool {
    now.duration_since(written) > LIFE
}

/// Whether a request that may take `longest` ends within a lease that began at `since`.
fn has_room(since: Moment, now: Moment, longest: Duration) -> bool {
    let room = LIFE.unsigned_abs().saturating_sub(longest);
    !now.is_past(since, Span::seconds(room.as_secs()))
}

/// The pause after `round` tries: half of it by chance, so that many do not try in step.
pub fn pause(round: u32) {
    let full = SHORTEST_PAUSE.saturating_mul(1 << round.min(10)).min(LONGEST_PAUSE);
    let chance = f64::from(getrandom::u32().unwrap_or(u32::MAX)) / f64::from(u32::MAX);
    std::thread::sleep(full / 2 + (full / 2).mul_f64(chance));
}

impl Entries {
    /// Tries once to take the lease of `uuid`.
    pub fn take(&self, uuid: Uuid) -> Result<Taken> {
        let since = (self.author.now)();
        let Some(found) = self.get(uuid)? else { return Ok(Taken::Absent) };
        let (entry, written) = (found.entry, found.now);
        self.remember(uuid, &entry);
        if entry.lease.as_ref().is_some_and(|lease| !is_over(lease.written, found.now)) {
            return Ok(Taken::Theirs(entry));
        }
        let holder = Uuid::new_v4();
        let lease = Lease { holder, machine: self.author.machine.clone(), written };
        let mine = Entry { lease: Some(lease), ..entry.clone() };
        let asked = (self.author.now)();
        let Some((version, server)) = self.write(uuid, &mine, found.version)? else {
            return Ok(Taken::Theirs(entry));
        };
        let (server, asked) = server.map_or((written, since), |server| (server, asked));
        self.held().insert(uuid, Held { holder, version, entry: mine, server, asked, since, lost: false });
        Ok(Taken::Ours(entry))
    }

    /// Whether a request that may take `longest` can be sent before anybody else may take the lease. True
    /// where this process holds none: then nobody else has the entry.
    pub fn may_send(&self, uuid: Uuid, longest: Duration) -> bool {
        let has_room = |held: &Held| !held.lost && has_room(held.since, (self.author.now)(), longest);
        self.held().get(&uuid).is_none_or(has_room)
    }

    /// Gives the lease of `uuid` back, with what was left to write. One that cannot be given back runs out.
    pub fn release(&self, uuid: Uuid) {
        if !self.held().contains_key(&uuid) {
            return;
        }
        if let Err(error) = self.change(uuid, &|entry| entry.lease = None) {
            log::info!("a lease was left to run out: {error}");
        }
        self.held().remove(&uuid);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    #[test]
    fn a_lease_ends_by_the_servers_clock() {
        assert!(!is_over(at(1000), at(1040)), "seconds are whole: it may have been 39");
        assert!(is_over(at(1000), at(1041)));
        assert!(!is_over(at(1000), at(0)), "a clock that was set back ends nothing");
    }

    #[test]
    fn nothing_is_sent_that_may_outlive_the_lease() {
        let moment = |seconds| Moment { wall: at(seconds), uptime: None };
        let longest = Duration::from_secs(30);
        assert!(has_room(moment(1000), moment(1009), longest));
        assert!(!has_room(moment(1000), moment(1010), longest));
        assert!(!has_room(moment(1000), moment(999), longest), "a clock that was set back promises nothing");
    }
}
