//! Trying again, where that can do no harm.

use std::time::{Duration, Instant};

use crate::interrupt;
use crate::marketplace::exchange::{ExchangeError, Outcome};
use crate::oauth::http::HttpError;

/// How often a request is made again in one command.
const RETRIES: u32 = 2;

/// The pause before the first of them; the second one is four times as long.
const FIRST_PAUSE: Duration = Duration::from_millis(250);

/// The longest pause a marketplace can ask for: a script waits.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// After this long nothing is tried again: whoever waits for the lock waits for a minute.
const LAST_TRY: Duration = Duration::from_secs(25);

/// How often a pause looks for a signal.
const GLANCE: Duration = Duration::from_millis(50);

/// What became of a request that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It never left this machine.
    Unsent,
    /// The marketplace, or a gateway before it, declined.
    Declined,
    /// It may have been processed: the answer is lost, or says nothing.
    Unknown,
}

/// What became of the request behind `error`.
pub fn fate(error: &ExchangeError) -> Fate {
    match error {
        ExchangeError::Http(HttpError::Lost { .. }) | ExchangeError::Incomplete { .. } => Fate::Unknown,
        ExchangeError::Http(_) | ExchangeError::Template(_) | ExchangeError::Held(_) => Fate::Unsent,
        ExchangeError::Refused { refused, .. } if (400..500).contains(&refused.status) => Fate::Declined,
        ExchangeError::Refused { .. } => Fate::Unknown,
    }
}

/// How long to wait before the next try; `None` where there is none. `resend` says whether what
/// may have been processed can be sent again, `random` (0 to 1) keeps processes out of step.
pub fn pause(error: &ExchangeError, tried: u32, resend: bool, random: f64) -> Option<Duration> {
    let asked = match error {
        ExchangeError::Refused { refused, .. } => refused.retry_after.map(Duration::from_secs),
        _ => None,
    };
    let busy = matches!(error, ExchangeError::Refused { refused, .. } if refused.status == 429);
    let again = match fate(error) {
        Fate::Unsent => matches!(error, ExchangeError::Http(HttpError::Unreachable { .. })),
        Fate::Declined => busy,
        Fate::Unknown => resend,
    };
    let usual = FIRST_PAUSE * 4_u32.pow(tried);
    let pause = asked.unwrap_or_default().max(usual.mul_f64(0.5 + random / 2.0));
    (again && tried < RETRIES && pause <= LONGEST_PAUSE).then_some(pause)
}

/// A request that failed for good.
pub struct Failure {
    /// The last try's.
    pub error: ExchangeError,
    /// An answer to one of the tries is lost.
    pub unheard: bool,
}

/// Runs a request, and again where that can do no harm: `may_resend` says whether what may have
/// been processed can be sent once more.
pub fn patiently(
    may_resend: &dyn Fn() -> bool,
    run: &mut dyn FnMut() -> Result<Outcome, ExchangeError>,
) -> Result<Outcome, Box<Failure>> {
    let began = Instant::now();
    let mut unheard = false;
    for tried in 0.. {
        let error = match run() {
            Ok(outcome) => return Ok(outcome),
            Err(error) => error,
        };
        unheard |= fate(&error) == Fate::Unknown;
        match pause(&error, tried, may_resend(), random()) {
            Some(pause) if began.elapsed() + pause < LAST_TRY && rest(pause, &error) => {}
            _ => return Err(Box::new(Failure { error, unheard })),
        }
        // The pause may have been longer than it was meant to be: a machine sleeps.
        if unheard && !may_resend() {
            return Err(Box::new(Failure { error, unheard }));
        }
    }
    unreachable!("the loop has no end")
}

/// Waits before another try. False as soon as a signal came: it is not made then.
fn rest(pause: Duration, error: &ExchangeError) -> bool {
    log::info!("trying again in {} ms: {error}", pause.as_millis());
    let until = Instant::now() + pause;
    while interrupt::check().is_ok() {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return true;
        }
        std::thread::sleep(left.min(GLANCE));
    }
    false
}

/// From 0 to 1. Without randomness every pause is a full one.
fn random() -> f64 {
    f64::from(getrandom::u32().unwrap_or(u32::MAX)) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;
    use crate::oauth::response::Refused;

    fn refused(status: u16, retry_after: Option<u64>) -> ExchangeError {
        let refused =
            Refused { status, json: true, error: None, description: None, request_id: None, retry_after };
        ExchangeError::Refused { refused, kind: Kind::Temporary, meaning: None }
    }

    fn unreachable() -> ExchangeError {
        HttpError::Unreachable { host: "a".to_owned(), source: anyhow::anyhow!("refused") }.into()
    }

    fn lost() -> ExchangeError {
        HttpError::Lost { host: "a".to_owned(), source: anyhow::anyhow!("reset") }.into()
    }

    fn incomplete() -> ExchangeError {
        ExchangeError::Incomplete { host: "a".to_owned(), pointer: "/access_token".to_owned() }
    }

    #[test]
    fn only_a_client_error_says_that_nothing_happened() {
        for (error, expected) in [
            (unreachable(), Fate::Unsent),
            (refused(400, None), Fate::Declined),
            (refused(429, None), Fate::Declined),
            (refused(503, None), Fate::Unknown),
            (refused(302, None), Fate::Unknown),
            (refused(200, None), Fate::Unknown),
            (lost(), Fate::Unknown),
            (incomplete(), Fate::Unknown),
        ] {
            assert_eq!(fate(&error), expected, "{error}");
        }
    }

    #[test]
    fn what_may_have_been_processed_is_sent_again_only_where_that_is_safe() {
        let again = |error: ExchangeError, resend| pause(&error, 0, resend, 1.0).is_some();
        assert!(again(unreachable(), false));
        assert!(again(refused(429, None), false));
        for unknown in [lost, incomplete, || refused(503, None)] {
            assert!(again(unknown(), true));
            assert!(!again(unknown(), false));
        }
        for status in [400, 401, 403] {
            assert!(!again(refused(status, None), true), "{status}");
        }
    }

    #[test]
    fn pauses_grow_obey_the_marketplace_and_end() {
        let pause = |error, tried, random| pause(&error, tried, true, random);
        assert_eq!(pause(unreachable(), 0, 0.0), Some(FIRST_PAUSE / 2));
        assert_eq!(pause(unreachable(), 0, 1.0), Some(FIRST_PAUSE));
        assert_eq!(pause(unreachable(), 1, 1.0), Some(FIRST_PAUSE * 4));
        assert_eq!(pause(unreachable(), 2, 1.0), None);
        assert_eq!(pause(refused(429, Some(7)), 0, 0.0), Some(Duration::from_secs(7)));
        assert_eq!(pause(refused(429, Some(11)), 0, 0.0), None, "a script waits");
    }
}
