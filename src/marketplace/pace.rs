//! How many requests a host takes in which time, and when the next one may go.

use std::str::FromStr;
use std::time::{Duration, Instant};

use secrecy::ExposeSecret;
use serde::{Deserialize, Deserializer, de};

use crate::text;

use super::template::{Template, Values};

/// More than any marketplace takes.
const MOST: usize = 10_000;

/// `10/s`, `8/m`: so many requests in any second or minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pace {
    /// How many.
    pub requests: usize,
    /// In which time.
    pub per: Duration,
}

impl FromStr for Pace {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || text!("not-a-pace", text = text);
        let (requests, unit) = text.split_once('/').ok_or_else(wrong)?;
        let seconds = match unit {
            "s" => 1,
            "m" => 60,
            "h" => 3600,
            _ => return Err(wrong()),
        };
        let digits = !requests.is_empty() && requests.bytes().all(|b| b.is_ascii_digit());
        let requests = requests.parse().ok().filter(|number| digits && (1..=MOST).contains(number));
        Ok(Self { requests: requests.ok_or_else(wrong)?, per: Duration::from_secs(seconds) })
    }
}

/// A pace as a definition gives it: `"8/m"`, or `"{name}"` where environments or regions differ.
#[derive(Clone, Debug)]
pub struct PaceRule(Template);

impl PaceRule {
    /// The pace at the place that `values` are of; `None` where they hold none.
    pub fn at(&self, values: &Values) -> Option<Pace> {
        self.0.text(values).expose_secret().parse().ok()
    }

    /// What it is made from.
    pub fn template(&self) -> &Template {
        &self.0
    }
}

impl<'de> Deserialize<'de> for PaceRule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let template = Template::deserialize(deserializer)?;
        if template.is_plain() {
            template.source().parse::<Pace>().map_err(de::Error::custom)?;
        }
        Ok(Self(template))
    }
}

/// The requests that one pace allows, each in a place of its own.
///
/// A place is free again a whole `per` after its answer came. The host met that request before it
/// answered, so in no `per` of the host's it meets more than there are places, however long any of
/// them was on its way.
pub struct Window {
    per: Duration,
    places: Vec<Place>,
}

#[derive(Clone, Copy)]
enum Place {
    Unused,
    Taken,
    FreeFrom(Instant),
}

impl Window {
    /// A window in which nothing was sent yet.
    pub fn new(pace: Pace) -> Self {
        Self { per: pace.per, places: vec![Place::Unused; pace.requests] }
    }

    /// Takes a place at `now`. The error is how long to wait for one; `None`: nobody knows, since
    /// every answer is still on its way.
    pub fn take(&mut self, now: Instant) -> Result<usize, Option<Duration>> {
        let wait = |place: &Place| match place {
            Place::Unused => Some(Duration::ZERO),
            Place::Taken => None,
            Place::FreeFrom(moment) => Some(moment.saturating_duration_since(now)),
        };
        let waits = self.places.iter().enumerate().filter_map(|(i, place)| Some((wait(place)?, i)));
        match waits.min() {
            Some((Duration::ZERO, place)) => {
                self.places[place] = Place::Taken;
                Ok(place)
            }
            Some((wait, _)) => Err(Some(wait)),
            None => Err(None),
        }
    }

    /// Gives back a place whose answer came at `now`.
    pub fn answered(&mut self, place: usize, now: Instant) {
        self.places[place] = Place::FreeFrom(now + self.per);
    }

    /// Gives back a place from which nothing was sent.
    pub fn unused(&mut self, place: usize) {
        self.places[place] = Place::Unused;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pace(text: &str) -> Pace {
        text.parse().unwrap()
    }

    #[test]
    fn a_pace_is_a_number_in_a_time() {
        assert_eq!(pace("10/s"), Pace { requests: 10, per: Duration::from_secs(1) });
        assert_eq!(pace("8/m"), Pace { requests: 8, per: Duration::from_secs(60) });
        for wrong in ["", "10", "/s", "0/s", "+1/s", "10/d", "10 / s", "10001/s", "99999999999999999999/s"] {
            assert!(wrong.parse::<Pace>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn places_are_free_a_whole_time_after_the_answer() {
        let start = Instant::now();
        let at = |millis| start + Duration::from_millis(millis);
        let mut window = Window::new(pace("2/s"));
        let (one, two) = (window.take(at(0)).unwrap(), window.take(at(0)).unwrap());
        assert_eq!(window.take(at(0)), Err(None), "both answers are on their way");
        window.answered(one, at(300));
        assert_eq!(window.take(at(400)), Err(Some(Duration::from_millis(900))));
        window.answered(two, at(500));
        assert_eq!(window.take(at(500)), Err(Some(Duration::from_millis(800))));
        assert_eq!(window.take(at(1300)), Ok(one));
        assert_eq!(window.take(at(1300)), Err(Some(Duration::from_millis(200))));
        window.unused(one);
        assert_eq!(window.take(at(1300)), Ok(one), "nothing was sent from it");
    }

    proptest! {
        /// However long requests are on their way there and back.
        #[test]
        fn the_host_never_meets_more_than_it_takes(
            ways in prop::collection::vec((0_u64..700, 0_u64..700), 1..60),
            requests in 1_usize..6,
        ) {
            let mut window = Window::new(Pace { requests, per: Duration::from_secs(1) });
            let start = Instant::now();
            let (mut now, mut met, mut open) = (start, Vec::new(), Vec::new());
            for (there, back) in ways {
                let place = loop {
                    match window.take(now) {
                        Ok(place) => break place,
                        Err(wait) => {
                            let answer: Option<Instant> = open.iter().map(|(moment, _)| *moment).min();
                            let next = answer.into_iter().chain(wait.map(|wait| now + wait)).min();
                            now = next.expect("something comes");
                            open.retain(|(moment, place)| {
                                let came = *moment <= now;
                                came.then(|| window.answered(*place, now));
                                !came
                            });
                        }
                    }
                };
                met.push(now + Duration::from_millis(there));
                open.push((now + Duration::from_millis(there + back), place));
            }
            met.sort();
            for pair in met.windows(requests + 1) {
                prop_assert!(pair[requests] - pair[0] >= Duration::from_secs(1));
            }
        }
    }
}
