//! Spans of time, and moments by two clocks: the wall's, which people and servers set, and the
//! time since boot, which nobody sets and which goes on while the machine sleeps.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

/// A duration as people write it: `90s`, `5m`, `12h`, `30d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span(u64);

/// Further than any token lives, and no clock overflows on the way there.
const HUNDRED_YEARS: u64 = 36_500 * 86_400;

impl Span {
    /// A span of so many seconds.
    pub const fn seconds(seconds: u64) -> Self {
        Self(seconds)
    }

    /// Its length in seconds.
    pub const fn as_secs(self) -> u64 {
        self.0
    }

    /// The moment this long after `start`; the end of time when there is none.
    pub fn after(self, start: Timestamp) -> Timestamp {
        start.checked_add(self.signed()).unwrap_or(Timestamp::MAX)
    }

    /// The moment this long before `end`; the beginning of time when there is none.
    pub fn before(self, end: Timestamp) -> Timestamp {
        end.checked_sub(self.signed()).unwrap_or(Timestamp::MIN)
    }

    fn signed(self) -> SignedDuration {
        SignedDuration::from_secs(i64::try_from(self.0).unwrap_or(i64::MAX))
    }
}

impl std::str::FromStr for Span {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || crate::text!("not-a-duration", text = text);
        let unit = text.chars().last().ok_or_else(wrong)?;
        let factor = match unit {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            'd' => 86_400,
            _ => return Err(wrong()),
        };
        let digits = &text[..text.len() - 1];
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(wrong());
        }
        let seconds = digits.parse::<u64>().ok().and_then(|n| n.checked_mul(factor));
        match seconds.filter(|seconds| *seconds <= HUNDRED_YEARS) {
            Some(seconds) => Ok(Self(seconds)),
            None => Err(crate::text!("duration-too-long", text = text)),
        }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = [(86_400, 'd'), (3600, 'h'), (60, 'm')];
        match units.iter().find(|(size, _)| self.0 > 0 && self.0.is_multiple_of(*size)) {
            Some((size, unit)) => write!(f, "{}{unit}", self.0 / size),
            None => write!(f, "{}s", self.0),
        }
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The time since the machine was started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Uptime {
    /// This start of the machine; two starts have nothing in common.
    pub boot: Uuid,
    /// Seconds since then, asleep or not.
    pub seconds: u64,
}

/// A moment by both clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moment {
    /// By the wall clock.
    pub wall: Timestamp,
    /// By the time since boot, where the system tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uptime: Option<Uptime>,
}

impl Moment {
    /// Whether something that lives for `life` since `began` is over at this moment: either clock
    /// may say so. A wall clock that stands before the beginning knows nothing, and what cannot be
    /// known to live is over.
    pub fn is_past(self, began: Moment, life: Span) -> bool {
        self.wall >= life.after(began.wall) || self.is_past_by_uptime(began, life)
    }

    /// The same by the time since boot; across a restart, whether the wall clock was set back.
    pub fn is_past_by_uptime(self, began: Moment, life: Span) -> bool {
        match (self.uptime, began.uptime) {
            (Some(now), Some(then)) if now.boot == then.boot => {
                now.seconds.saturating_sub(then.seconds) >= life.as_secs()
            }
            _ => self.wall < began.wall,
        }
    }
}

/// From when until when something is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Life {
    /// When it began.
    pub began: Moment,
    /// Its end by the wall clock; absent: it has none.
    pub end: Option<Timestamp>,
}

impl Life {
    /// Whether `least` of it is left, by the wall clock and by the time since boot.
    pub fn lasts(&self, now: Moment, least: Span) -> bool {
        let Some(end) = self.end else { return true };
        let life = u64::try_from(end.duration_since(self.began.wall).as_secs()).unwrap_or(0);
        let usable = Span::seconds(life.saturating_sub(least.as_secs()));
        end >= least.after(now.wall) && !now.is_past_by_uptime(self.began, usable)
    }
}

impl Uptime {
    /// The time since boot; `None` where the system has no clock that goes on while it sleeps.
    #[cfg(target_os = "linux")]
    pub fn now() -> Option<Self> {
        use rustix::time::{ClockId, clock_gettime};
        let boot = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
        let since = clock_gettime(ClockId::Boottime);
        Some(Self { boot: boot.trim().parse().ok()?, seconds: u64::try_from(since.tv_sec).ok()? })
    }

    /// The time since boot; `None` where the system has no clock that goes on while it sleeps.
    #[cfg(not(target_os = "linux"))]
    pub fn now() -> Option<Self> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Span = Span::seconds(3600);

    /// Wall clock and uptime in seconds, at one of two boots.
    fn moment(wall: i64, uptime: Option<(u128, u64)>) -> Moment {
        let uptime = uptime.map(|(boot, seconds)| Uptime { boot: Uuid::from_u128(boot), seconds });
        Moment { wall: Timestamp::from_second(1_800_000_000 + wall).unwrap(), uptime }
    }

    #[test]
    fn either_clock_may_say_that_it_is_over() {
        let began = moment(0, Some((1, 500)));
        for (name, now, past) in [
            ("a minute later", moment(60, Some((1, 560))), false),
            ("an hour later", moment(3600, Some((1, 4100))), true),
            ("set back by a day, an hour later", moment(3600 - 86400, Some((1, 4100))), true),
            ("set back by a day, a minute later", moment(60 - 86400, Some((1, 560))), false),
            ("set forward by a day", moment(86400, Some((1, 510))), true),
            ("asleep for a day", moment(86400, Some((1, 86900))), true),
            ("asleep, and the clock stood still", moment(60, Some((1, 86900))), true),
            ("restarted", moment(60, Some((2, 5))), false),
            ("restarted an hour later", moment(3600, Some((2, 5))), true),
            ("restarted with a clock that lost its battery", moment(-9999, Some((2, 5))), true),
            ("without an uptime", moment(60, None), false),
            ("without an uptime, set back", moment(-60, None), true),
        ] {
            assert_eq!(now.is_past(began, HOUR), past, "{name}");
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn the_uptime_is_this_boots() {
        let (one, two) = (Uptime::now().unwrap(), Uptime::now().unwrap());
        assert_eq!(one.boot, two.boot);
        assert!(one.seconds <= two.seconds && !one.boot.is_nil());
    }
}
