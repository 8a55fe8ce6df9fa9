//! The device flow (RFC 8628): a code is shown here, and entered on any device with a browser.

use std::time::{Duration, Instant};

use super::{Flow, GLANCE, Patience, UserCode, settlement};
use crate::error::{Error, Result};
use crate::lines::{Lines, Taken};
use crate::marketplace::exchange::{self, ExchangeError, Outcome};
use crate::marketplace::template::{Values, safe_url};
use crate::model::{Origin, Record};
use crate::oauth::http::{Client, HttpError};
use crate::settle::{Consented, settle};
use crate::{fail, interrupt, session};

/// How often to ask when the marketplace does not say (RFC 8628 section 3.2).
const USUAL_INTERVAL: Duration = Duration::from_secs(5);

/// What `slow_down` adds (RFC 8628 section 3.5).
const SLOWER: Duration = Duration::from_secs(5);

/// The shortest pause: a marketplace that names none at all is not asked as fast as it answers.
const SHORTEST_INTERVAL: Duration = Duration::from_secs(1);

/// The longest pause between two questions, however often no answer came.
const LONGEST_INTERVAL: Duration = Duration::from_secs(60);

/// The statuses under which the marketplace's own answer may have come to nothing on its way: a
/// success that cannot be read, and a gateway's word that it got no good answer, or none in time
/// (RFC 9110 sections 15.6.3 and 15.6.5).
const SWALLOWED: [u16; 3] = [200, 502, 504];

/// Longer than any code lives, and short enough for every clock.
const AGES: Duration = Duration::from_secs(24 * 60 * 60);

/// Runs the flow and returns the committed record.
pub fn authorize(flow: &Flow, mut values: Values, client: &Client) -> Result<Record> {
    let definition = &flow.connection.definition;
    let Some(request) = &definition.device_authorization_request else {
        return Err(fail!(Usage, "no-device-flow", marketplace = definition.name));
    };
    exchange::run(std::slice::from_ref(request), &mut values, client, flow.session.clock)
        .map_err(session::explain)?;
    let code = user_code(&values)?;
    let interval = seconds(values.get("interval")).unwrap_or(USUAL_INTERVAL).max(SHORTEST_INTERVAL);
    let patience = Patience::new(flow.timeout, seconds(values.get("expires_in")));
    flow.person.code(&code);
    let polling = Polling { flow, client, patience, interval, backoff: Duration::ZERO, lost: false };
    let outcome = polling.run(&mut values)?;
    flow.person.answered();
    let consented = Consented { outcome: Some(outcome), ..Consented::now(Origin::Consent, None, values) };
    settle(&settlement(flow, client), consented)
}

/// A number of seconds, as a number or as a text; `None` for anything else.
fn seconds(text: &str) -> Option<Duration> {
    let whole = text.split('.').next()?.parse().ok()?;
    Some(Duration::from_secs(whole).min(AGES))
}

/// The pause after a question that nobody answered (RFC 8628 section 3.5).
fn longer(pause: Duration) -> Duration {
    (pause * 2).min(LONGEST_INTERVAL).max(pause)
}

/// What is to be shown. A page that is no https address is nobody's to open, and a code is what a
/// person sees and types.
fn user_code(values: &Values) -> Result<UserCode> {
    let page = safe_url(values.get("verification_uri"));
    let visible = |c: &char| c.is_alphanumeric() || c.is_ascii_graphic() || *c == ' ';
    let code: String = values.get("user_code").chars().filter(visible).collect();
    if code.trim().is_empty() {
        return Err(fail!(Temporary, "device-code-unfit"));
    }
    Ok(UserCode {
        code: code.trim().to_owned(),
        page: page.ok_or_else(|| fail!(Temporary, "device-page-unfit"))?,
        complete: safe_url(values.get("verification_uri_complete")),
    })
}

/// The questions whether the seller has decided.
struct Polling<'a> {
    flow: &'a Flow<'a>,
    client: &'a Client,
    patience: Patience,
    /// The pause that the marketplace wants.
    interval: Duration,
    /// The pause while it does not answer; nothing once it does.
    backoff: Duration,
    /// An answer was lost, and may have been the one.
    lost: bool,
}

/// What one question brought.
enum Heard {
    /// The seller has not decided.
    Pending,
    /// Nor has the seller, and the marketplace wants to be asked less often.
    SlowDown,
    /// Nobody answered, or not the marketplace.
    Nothing {
        /// What it did say, a token perhaps, was lost.
        lost: bool,
        /// When to ask again at the earliest.
        wait: Duration,
    },
    /// It is over.
    Over(ExchangeError),
}

impl Polling<'_> {
    fn run(mut self, values: &mut Values) -> Result<Outcome> {
        let requests = &self.flow.connection.definition.device_token_request;
        let mut least = Duration::ZERO;
        loop {
            self.pause(std::mem::take(&mut least))?;
            // Of a sequence that failed halfway nothing must stay.
            let mut tried = values.clone();
            let error = match exchange::run(requests, &mut tried, self.client, self.flow.session.clock) {
                Ok(outcome) => {
                    *values = tried;
                    return Ok(outcome);
                }
                Err(error) => error,
            };
            match heard(error) {
                Heard::Nothing { lost, wait } => {
                    self.lost |= lost;
                    self.backoff = longer(self.backoff.max(self.interval));
                    least = wait;
                    continue;
                }
                Heard::Pending => {}
                Heard::SlowDown => self.interval += SLOWER,
                Heard::Over(error) => return Err(self.over(error)),
            }
            self.backoff = Duration::ZERO;
        }
    }

    /// Waits for the next question, for `least` or longer; kind `timeout` when there is none any
    /// more, `interrupted` on Ctrl-C.
    fn pause(&mut self, least: Duration) -> Result<()> {
        let next = Instant::now() + self.interval.max(self.backoff).max(least);
        loop {
            interrupt::check()?;
            let left = self.patience.left().ok_or_else(|| self.timed_out())?;
            self.flow.person.left(left, self.patience.more());
            if let Some(Taken::Line(_)) = self.flow.lines.as_ref().map(Lines::take) {
                self.patience.extend();
            }
            let pause = next.saturating_duration_since(Instant::now());
            if pause.is_zero() {
                return Ok(());
            }
            std::thread::sleep(pause.min(GLANCE));
        }
    }

    /// A code that lives on was waited for no longer.
    fn timed_out(&self) -> Error {
        match self.patience.more().is_zero() {
            true => fail!(Timeout, "device-code-ended"),
            false => fail!(Timeout, "device-wait-ended"),
        }
    }

    fn over(&self, error: ExchangeError) -> Error {
        let definition = &self.flow.connection.definition;
        let code = match &error {
            ExchangeError::Refused { refused, .. } => refused.error.clone().unwrap_or_default(),
            _ => String::new(),
        };
        if definition.authorization_response.denied.contains(&code) {
            return fail!(Denied, "consent-denied", marketplace = definition.name);
        }
        match code.as_str() {
            "expired_token" => fail!(Timeout, "device-code-ended").because(anyhow::Error::new(error)),
            // A code yields one token: the answer that was lost may have been it.
            _ if self.lost => fail!(Temporary, "device-answer-lost").because(anyhow::Error::new(error)),
            _ => session::explain(error),
        }
    }
}

/// RFC 8628 section 3.5. Only the marketplace's own word ends the wait.
fn heard(error: ExchangeError) -> Heard {
    match &error {
        ExchangeError::Refused { refused, .. } => match refused.error.as_deref() {
            Some("authorization_pending") => Heard::Pending,
            Some("slow_down") => Heard::SlowDown,
            _ if !refused.json || matches!(refused.status, 429 | 500..) => Heard::Nothing {
                lost: SWALLOWED.contains(&refused.status),
                wait: Duration::from_secs(refused.retry_after.unwrap_or_default()).min(AGES),
            },
            _ => Heard::Over(error),
        },
        ExchangeError::Http(HttpError::Unreachable { .. }) => {
            Heard::Nothing { lost: false, wait: Duration::ZERO }
        }
        ExchangeError::Http(HttpError::Lost { .. }) => Heard::Nothing { lost: true, wait: Duration::ZERO },
        _ => Heard::Over(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;
    use crate::oauth::response::Refused;

    fn refused(status: u16, json: bool, error: Option<&str>) -> ExchangeError {
        let error = error.map(str::to_owned);
        let refused =
            Refused { status, json, error, description: None, request_id: None, retry_after: Some(7) };
        ExchangeError::Refused { refused, kind: Kind::Configuration, meaning: None }
    }

    #[test]
    fn only_the_marketplaces_own_word_ends_the_wait() {
        let pending = refused(400, true, Some("authorization_pending"));
        assert!(matches!(heard(pending), Heard::Pending));
        assert!(matches!(heard(refused(400, true, Some("slow_down"))), Heard::SlowDown));
        for over in ["access_denied", "expired_token", "invalid_request"] {
            assert!(matches!(heard(refused(400, true, Some(over))), Heard::Over(_)), "{over}");
        }
        for (status, json) in [(503, true), (429, true), (403, false)] {
            let Heard::Nothing { wait, .. } = heard(refused(status, json, None)) else { panic!("{status}") };
            assert_eq!(wait.as_secs(), 7);
        }
    }

    #[test]
    fn a_token_can_only_be_lost_where_one_may_have_been_given_out() {
        let unheard = |error| match heard(error) {
            Heard::Nothing { lost, .. } => lost,
            _ => panic!("it was heard"),
        };
        for (status, json, lost) in [
            (200, false, true),
            (502, false, true),
            (504, false, true),
            (503, true, false),
            (429, true, false),
            (403, false, false),
        ] {
            assert_eq!(unheard(refused(status, json, None)), lost, "{status}");
        }
        let (host, source) = (|| "a".to_owned(), || anyhow::anyhow!("reset"));
        assert!(unheard(HttpError::Lost { host: host(), source: source() }.into()));
        assert!(!unheard(HttpError::Unreachable { host: host(), source: source() }.into()));
    }

    #[test]
    fn seconds_are_numbers_or_texts_within_a_day() {
        let given = ["5", "5.0", "0", "18446744073709551615", "", "-1", "soon", "1e3"].map(seconds);
        let five = Some(Duration::from_secs(5));
        assert_eq!(given, [five, five, Some(Duration::ZERO), Some(AGES), None, None, None, None]);
    }

    #[test]
    fn a_lost_answer_never_shortens_the_pause() {
        let after = [1, 40, 90].map(|pause| longer(Duration::from_secs(pause)).as_secs());
        assert_eq!(after, [2, 60, 90]);
    }

    #[test]
    fn a_page_that_is_no_https_address_is_not_shown() {
        let mut values = Values::default();
        values.set("user_code", "ABC\u{1b}DEF");
        values.set("verification_uri", "https://shop.example/device");
        values.set("verification_uri_complete", "javascript:alert(1)");
        let code = user_code(&values).unwrap();
        assert_eq!((code.code.as_str(), code.complete), ("ABCDEF", None));
        values.set("verification_uri", "http://shop.example/device");
        assert_eq!(user_code(&values).err().unwrap().kind, Kind::Temporary);
    }

    #[test]
    fn a_code_is_what_a_person_sees() {
        let shown = |code: &str| {
            let mut values = Values::default();
            values.set("user_code", code);
            values.set("verification_uri", "https://shop.example/device");
            user_code(&values).map(|shown| shown.code).map_err(|error| error.kind)
        };
        assert_eq!(shown(" WDJB-MJHT\n").as_deref(), Ok("WDJB-MJHT"));
        assert_eq!(shown("12\u{202e}34\u{200b}\u{2066}5ä").as_deref(), Ok("12345ä"));
        for nothing in ["", " ", "\u{1b}", "\u{202e}\u{feff}"] {
            assert_eq!(shown(nothing), Err(Kind::Temporary), "{nothing:?}");
        }
    }
}
