//! How often: intervals that fit into a day, so that every scheduler can be told the times.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::model::Span;

/// What there is, in minutes.
const MINUTES: [u64; 11] = [15, 20, 30, 60, 120, 180, 240, 360, 480, 720, 1440];

/// An interval that fits into a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval(u64);

impl Interval {
    /// Four times a day.
    pub const USUAL: Self = Self(360);

    /// Its length in minutes.
    pub fn minutes(self) -> u64 {
        self.0
    }

    /// When it begins each hour or day: minutes of the hour, and hours of the day where it is longer than an
    /// hour; `offset` minutes later.
    pub fn times(self, offset: u64) -> Vec<(Option<u64>, u64)> {
        match self.0 {
            short @ ..=60 => (0..60 / short).map(|i| (None, i * short + offset)).collect(),
            long => (0..1440 / long).map(|i| (Some(i * long / 60), offset)).collect(),
        }
    }

    /// As systemd's calendar has it (systemd.time(7)).
    pub fn calendar(self) -> String {
        match self.0 {
            1440 => "*-*-* 00:00:00".to_owned(),
            60 => "*-*-* *:00:00".to_owned(),
            short @ ..60 => format!("*-*-* *:00/{short}:00"),
            long => format!("*-*-* 00/{}:00:00", long / 60),
        }
    }

    /// The first five fields of a crontab's line.
    pub fn crontab(self, offset: u64) -> String {
        match self.0 {
            1440 => format!("{offset} 5 * * *"),
            60 => format!("{offset} * * * *"),
            short @ ..60 => {
                let minutes: Vec<String> =
                    self.times(offset % short).iter().map(|(_, it)| it.to_string()).collect();
                format!("{} * * * *", minutes.join(","))
            }
            long => format!("{offset} */{} * * *", long / 60),
        }
    }

    /// So many seconds later it may begin, so that not every machine asks in the same second.
    pub fn spread(self) -> u64 {
        (self.0 * 60 / 4).min(1800)
    }
}

/// A minute below an hour, and below the interval; the same for the same `seed`.
pub fn offset(seed: &str, every: Interval) -> u64 {
    let digest = Sha256::digest(seed.as_bytes());
    let number = u64::from(u16::from_be_bytes([digest[0], digest[1]]));
    number % every.minutes().min(60)
}

impl std::str::FromStr for Interval {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let seconds = text.parse::<Span>()?.as_secs();
        match MINUTES.into_iter().find(|minutes| minutes * 60 == seconds) {
            Some(minutes) => Ok(Self(minutes)),
            None => {
                let known = MINUTES.map(|minutes| Self(minutes).to_string()).join(", ");
                Err(crate::text!("not-an-interval", text = text, known = known))
            }
        }
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Span::seconds(self.0 * 60).fmt(f)
    }
}

impl Serialize for Interval {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Interval {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_interval_is_written_as_it_is_read_and_fits_into_a_day() {
        for minutes in MINUTES {
            let interval = Interval(minutes);
            assert_eq!(interval.to_string().parse(), Ok(interval));
            let last = offset("x", interval).max(interval.minutes().min(60) - 1);
            for (hour, minute) in interval.times(last) {
                assert!(minute < 60 && hour.is_none_or(|hour| hour < 24), "{interval}: {hour:?} {minute}");
            }
            let a_day = interval.times(0).len() * if interval.times(0)[0].0.is_none() { 24 } else { 1 };
            assert_eq!(a_day as u64, 1440 / minutes, "{interval}");
        }
    }

    #[test]
    fn other_intervals_are_refused_with_those_there_are() {
        for wrong in ["7h", "45m", "0s", "90s", "2d"] {
            let error = wrong.parse::<Interval>().unwrap_err();
            assert!(
                error.contains(wrong) && error.contains("15m, 20m, 30m, 1h") && error.contains("12h, 1d"),
                "{error}"
            );
        }
        assert!("soon".parse::<Interval>().is_err());
    }

    #[test]
    fn each_scheduler_is_told_the_same() {
        let every = |text: &str| text.parse::<Interval>().unwrap();
        let told = ["15m", "1h", "6h", "1d"].map(|text| every(text).calendar());
        assert_eq!(told, ["*-*-* *:00/15:00", "*-*-* *:00:00", "*-*-* 00/6:00:00", "*-*-* 00:00:00"]);
        let told = ["15m", "1h", "6h", "1d"].map(|text| every(text).crontab(17));
        assert_eq!(told, ["2,17,32,47 * * * *", "17 * * * *", "17 */6 * * *", "17 5 * * *"]);
        assert_eq!(every("12h").times(7), [(Some(0), 7), (Some(12), 7)]);
        assert_eq!(every("30m").times(7), [(None, 7), (None, 37)]);
    }

    #[test]
    fn machines_differ_and_each_stays_the_same() {
        let every = Interval::USUAL;
        assert_eq!(offset("one", every), offset("one", every));
        let minutes: std::collections::BTreeSet<u64> =
            (0..200).map(|i| offset(&i.to_string(), every)).collect();
        assert!(minutes.len() > 40, "{minutes:?}");
    }
}
