//! Which shops a timer renews: those whose tokens would die if nobody used them.

use jiff::Timestamp;

use crate::marketplace::Definition;
use crate::marketplace::definition::Grant;
use crate::marketplace::exchange::Outcome;
use crate::marketplace::request::Request;
use crate::model::{Record, Span};
use crate::text;

/// Whether there is anything a renewal could ask the marketplace for.
pub fn renews(definition: &Definition) -> bool {
    !definition.renewal_request.is_empty() || definition.grant == Grant::ClientCredentials
}

/// The requests of a renewal: the definition's own, or those that brought the first token.
pub fn requests(definition: &Definition) -> &[Request] {
    match definition.renewal_request.is_empty() {
        true => &definition.token_request,
        false => &definition.renewal_request,
    }
}

/// Whether a shop is to be renewed at `now`, because what a renewal makes live longer comes to its
/// end: within `within`, or, where nobody says so, once a third of its life is over.
pub fn is_due(definition: &Definition, record: &Record, within: Option<Span>, now: Timestamp) -> bool {
    let began = record.last_refreshed_at;
    let is_due = |end: Timestamp| match within {
        Some(within) => end <= within.after(now),
        None => now.duration_since(began) >= end.duration_since(began) / 3,
    };
    // One in the future was dated by a clock that has been set back since: nobody knows its age.
    renews(definition)
        && !is_endless(definition, record)
        && ends(definition, record).any(|end| began > now || is_due(end))
}

/// Whether the shop has one token for good: its answer named no end, and brought nothing to renew it with.
pub fn is_endless(definition: &Definition, record: &Record) -> bool {
    let unnamed = record.access_token_expires_at.is_none() && record.refresh_token_expires_at.is_none();
    unnamed && requests(definition).iter().any(Request::needs_refresh_token)
}

/// What a person must hear of a consent that brought no refresh token, though the definition counts on one:
/// it ends with its first token. `None` where nothing is wrong.
pub fn warning(definition: &Definition, outcome: &Outcome) -> Option<String> {
    let promised = |request: &Request| {
        let pointer = request.token.as_ref().and_then(|token| token.refresh_token.as_ref());
        pointer.is_some_and(|pointer| !pointer.is_optional())
    };
    let first = definition.token_request.iter().chain(&definition.device_token_request);
    let lacks = outcome.tokens.as_ref().is_some_and(|tokens| tokens.refresh_token.is_none())
        && requests(definition).iter().any(Request::needs_refresh_token)
        && first.into_iter().any(promised);
    lacks.then(|| text!("remark-no-refresh-token"))
}

/// When the shop would be lost, were nothing renewed any more: the end of a refresh token that is
/// replaced or prolonged, and the marketplace's patience with apps that do nothing.
fn ends(definition: &Definition, record: &Record) -> impl Iterator<Item = Timestamp> {
    let lifetimes = &definition.lifetimes;
    let by_definition = |life: Option<Span>| life.map(|life| life.after(record.last_refreshed_at));
    let rolls = definition.rotates() || definition.prolongs();
    let token = || record.refresh_token_expires_at.or_else(|| by_definition(lifetimes.refresh_token));
    rolls.then(token).flatten().into_iter().chain(by_definition(lifetimes.unused))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::connection::fixtures::{at, connection, record};
    use crate::marketplace::definition::Lifetimes;

    const DAY: i64 = 86_400;

    fn days(days: u64) -> Span {
        Span::seconds(days * 86_400)
    }

    /// A marketplace with a refresh token, and a shop that was renewed at 0.
    fn shop(rotates: bool, token: Option<Span>, unused: Option<Span>) -> (Arc<Definition>, Record) {
        let mut definition = Arc::unwrap_or_clone(connection("allegro").definition);
        definition.lifetimes = Lifetimes {
            refresh_token_rotates: Some(rotates),
            refresh_token: token,
            unused,
            ..Lifetimes::default()
        };
        let end = token.map(|life| life.after(at(0)));
        (Arc::new(definition), Record { last_refreshed_at: at(0), refresh_token_expires_at: end, ..record() })
    }

    #[test]
    fn a_third_of_what_a_renewal_prolongs_makes_due() {
        for (name, (definition, record), due_after) in [
            ("a refresh token of 90 days", shop(true, Some(days(90)), None), Some(30)),
            ("an app withdrawn after 30", shop(true, Some(days(90)), Some(days(30))), Some(10)),
            ("one that never ends", shop(false, None, Some(days(90))), Some(30)),
            ("one that ends, renewed or not", shop(false, Some(days(90)), None), None),
            ("one of a life that nobody knows", shop(true, None, None), None),
        ] {
            let due = |day: i64, second: i64| is_due(&definition, &record, None, at(day * DAY + second));
            match due_after {
                Some(day) => assert!(!due(day, -1) && due(day, 0) && due(1000, 0), "{name}"),
                None => assert!(!due(1000, 0), "{name}"),
            }
        }
    }

    #[test]
    fn a_given_time_counts_back_from_the_end() {
        let (definition, record) = shop(true, Some(days(90)), Some(days(60)));
        let due = |day: i64, within: u64| is_due(&definition, &record, Some(days(within)), at(day * DAY));
        assert!(!due(52, 7) && due(53, 7) && due(54, 7) && due(0, 60) && !due(0, 59));
    }

    #[test]
    fn the_marketplaces_own_word_goes_before_the_definitions() {
        let (definition, record) = shop(true, Some(days(90)), None);
        let record = Record { refresh_token_expires_at: Some(at(9 * DAY)), ..record };
        assert!(is_due(&definition, &record, None, at(3 * DAY)));
        let unknown = Record { refresh_token_expires_at: None, ..record };
        assert!(!is_due(&definition, &unknown, None, at(3 * DAY)));
        assert!(is_due(&definition, &unknown, None, at(30 * DAY)), "it has its usual life");
    }

    #[test]
    fn a_clock_that_was_set_back_makes_due() {
        let (definition, record) = shop(true, Some(days(90)), None);
        assert!(is_due(&definition, &record, None, at(-1)));
        assert!(is_due(&definition, &record, Some(days(1)), at(-1)));
    }

    #[test]
    fn a_token_without_an_end_is_never_due() {
        let (definition, record) = shop(true, Some(days(90)), Some(days(60)));
        let late = at(10_000 * DAY);
        let refreshing = Record { access_token_expires_at: None, ..record.clone() };
        assert!(is_due(&definition, &refreshing, None, late), "its refresh token has one");
        let endless = Record { access_token_expires_at: None, refresh_token_expires_at: None, ..record };
        assert!(!is_due(&definition, &endless, None, late));
        assert!(!is_due(&definition, &endless, Some(days(7)), late));
    }

    #[test]
    fn where_nothing_ends_for_want_of_use_nothing_is_due() {
        let late = at(10_000 * DAY);
        for id in ["otto", "otto-self"] {
            let connection = connection(id);
            let record = Record { refresh_token_expires_at: None, ..record() };
            assert!(renews(&connection.definition));
            assert!(!is_due(&connection.definition, &record, None, late), "{id}");
            assert!(!is_due(&connection.definition, &record, Some(days(7)), late), "{id}");
        }
        let (mut definition, record) = shop(true, Some(days(90)), None);
        Arc::make_mut(&mut definition).renewal_request.clear();
        assert!(!renews(&definition) && !is_due(&definition, &record, None, late));
    }
}
