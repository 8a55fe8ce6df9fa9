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
    let outcome = Polling { flow, client, patience, interval, unheard: false }.run(&mut values)?;
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
fn longer(interval: Duration) -> Duration {
    (interval * 2).min(LONGEST_INTERVAL).max(interval)
}

/// What is to be shown. A page that is no https address is nobody's to open.
fn user_code(values: &Values) -> Result<UserCode> {
    let page = safe_url(values.get("verification_uri"));
    Ok(UserCode {
        code: values.get("user_code").chars().filter(|c| !c.is_control()).collect(),
        page: page.ok_or_else(|| fail!(Temporary, "device-page-unfit"))?,
        complete: safe_url(values.get("verification_uri_complete")),
    })
}

/// The questions whether the seller has decided.
struct Polling<'a> {
    flow: &'a Flow<'a>,
    client: &'a Client,
    patience: Patience,
    interval: Duration,
    /// An answer was lost, and may have been the one.
    unheard: bool,
}

/// What one question brought.
enum Step {
    /// The seller has not decided.
    Pending,
    /// Nor has the seller, and the marketplace wants to be asked less often.
    SlowDown,
    /// Nobody answered, or not the marketplace: at the earliest, ask again after this long.
    Unheard(Option<Duration>),
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
            match step(error) {
                Step::Pending => {}
                Step::SlowDown => self.interval += SLOWER,
                Step::Unheard(wait) => {
                    self.unheard = true;
                    self.interval = longer(self.interval);
                    least = wait.unwrap_or_default();
                }
                Step::Over(error) => return Err(self.over(error)),
            }
        }
    }

    /// Waits for the next question, for `least` or longer; kind `timeout` when there is none any
    /// more, `interrupted` on Ctrl-C.
    fn pause(&mut self, least: Duration) -> Result<()> {
        let next = Instant::now() + self.interval.max(least);
        loop {
            interrupt::check()?;
            let left = self.patience.left().ok_or_else(|| fail!(Timeout, "device-code-ended"))?;
            self.flow.person.left(left);
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
            _ if self.unheard => fail!(Temporary, "device-answer-lost").because(anyhow::Error::new(error)),
            _ => session::explain(error),
        }
    }
}

/// RFC 8628 section 3.5. Only the marketplace's own word ends the wait.
fn step(error: ExchangeError) -> Step {
    match &error {
        ExchangeError::Refused { refused, .. } => match refused.error.as_deref() {
            Some("authorization_pending") => Step::Pending,
            Some("slow_down") => Step::SlowDown,
            _ if !refused.json || matches!(refused.status, 429 | 500..) => {
                Step::Unheard(refused.retry_after.map(|wait| Duration::from_secs(wait).min(AGES)))
            }
            _ => Step::Over(error),
        },
        ExchangeError::Http(HttpError::Unreachable { .. } | HttpError::Lost { .. }) => Step::Unheard(None),
        _ => Step::Over(error),
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
        assert!(matches!(step(pending), Step::Pending));
        assert!(matches!(step(refused(400, true, Some("slow_down"))), Step::SlowDown));
        let patient = Some(Duration::from_secs(7));
        for unheard in [refused(503, true, None), refused(429, true, None), refused(403, false, None)] {
            assert!(matches!(step(unheard), Step::Unheard(least) if least == patient));
        }
        for over in ["access_denied", "expired_token", "invalid_request"] {
            assert!(matches!(step(refused(400, true, Some(over))), Step::Over(_)), "{over}");
        }
        let lost = HttpError::Lost { host: "a".to_owned(), source: anyhow::anyhow!("reset") };
        assert!(matches!(step(lost.into()), Step::Unheard(None)));
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
}
