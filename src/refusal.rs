//! Refusals: what a marketplace declined is not asked again before its time, and several shops
//! declined at once are more likely its own trouble than theirs.

use std::borrow::Borrow;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::config::Home;
use crate::connection::Connection;
use crate::error::Error;
use crate::history::{self, Event, What};
use crate::marketplace::Definition;
use crate::messages::{self, Language};
use crate::model::{Record, Refusal, Span, TokenSet};
use crate::oauth::pkce::fingerprint;
use crate::{fail, profiles, records, text};

/// Refusals of one marketplace this close together are suspicious …
const MINUTES: Span = Span::seconds(10 * 60);

/// … if so many shops have them.
const SEVERAL: usize = 3;

/// What a refusal may mean besides what its definition says, by the marketplace's code.
const SAYINGS: [fn(&str) -> String; 5] = [
    |code| text!("refused-grant", code = code),
    |_| text!("refused-after-loss"),
    |_| text!("answer-lost-twice"),
    |code| text!("entered-refused-reason", code = code),
    |_| text!("endless-refused-reason"),
];

/// What a refusal is remembered by: everything that a cure would change.
pub fn offered(connection: &Connection, set: &TokenSet, client_secret: Option<&SecretString>) -> String {
    let secrets = [client_secret, set.refresh_token.as_ref()];
    let secrets = secrets.map(|secret| secret.map_or("", ExposeSecret::expose_secret));
    let ids: Vec<&str> = set.captured.values().map(String::as_str).collect();
    let all = Zeroizing::new([&connection.app.client_id, secrets[0], secrets[1], &ids.join(" ")].join("\n"));
    fingerprint(&SecretString::from(all.as_str()))
}

/// The remembered refusal that forbids to ask again at `now`, if there is one. Someone who
/// insists, and cannot have known of it when that began, asks all the same.
pub fn standing<'a>(
    record: &'a Record,
    sent: &str,
    insists: Option<Timestamp>,
    now: Timestamp,
) -> Option<&'a Refusal> {
    let refusal = record.refusal.as_ref()?;
    let unheard = insists.is_some_and(|began| refusal.at < began);
    (!unheard && refusal.sent == sent && holds(refusal, now)).then_some(refusal)
}

/// Whether the time to ask again has not come yet at `now`.
pub fn holds(refusal: &Refusal, now: Timestamp) -> bool {
    // One in the future was dated by a clock that has been set back since: nobody knows its time.
    (refusal.at..refusal.next_probe()).contains(&now)
}

/// Remembers that what was `sent` was refused at `now`, and returns the error that says so.
pub fn remember(home: &Home, connection: &Connection, record: &Record, refusal: Refusal) -> Error {
    let times = match &record.refusal {
        Some(earlier) if earlier.sent == refusal.sent => earlier.times + 1,
        _ => 1,
    };
    let refusal = Refusal { times, ..refusal };
    let refused = Record { refusal: Some(refusal.clone()), ..record.clone() };
    // The refusal is true whether or not it can be remembered.
    let _ = records::of_profiles(home).put(&refused);
    if times == 1 {
        let code = Some(refusal.code.clone());
        history::record(home, &Event { code, ..Event::of(What::Refused, connection, refusal.at) });
    }
    error(home, connection, &refusal)
}

/// The error for a refusal: an incident is tried again later, a dead consent is given anew, and so is what a
/// person entered.
pub fn error(home: &Home, connection: &Connection, refusal: &Refusal) -> Error {
    let (name, definition) = (&connection.name, &connection.definition);
    match is_incident(home, connection, refusal) {
        true => fail!(Temporary, "incident-suspected", marketplace = definition.name),
        false if definition.is_entered() => {
            fail!(ReauthorizationRequired, "refused-entered", reason = words(refusal), name = name)
        }
        false => fail!(ReauthorizationRequired, "refused", reason = words(refusal)),
    }
}

/// What to remember of a refusal: English, whoever's command it was, as the rest of what is on disk.
pub fn remembered(say: impl FnOnce() -> String) -> String {
    messages::aside(Language::English, say)
}

/// What a refusal means, in the language of whoever reads it now.
pub fn words(refusal: &Refusal) -> String {
    let says = |say: &&fn(&str) -> String| remembered(|| say(&refusal.code)) == refusal.message;
    SAYINGS
        .iter()
        .find(says)
        .map_or_else(|| messages::phrase(&refusal.message).into_owned(), |say| say(&refusal.code))
}

/// Whether several shops refused at once may be the marketplace's own trouble. What a person entered is not
/// tried again: nobody would ever find out that it works.
pub fn can_be_incident(definition: &Definition) -> bool {
    !definition.is_entered()
}

/// Whether other shops of the same marketplace were refused at the same time. Once it was refused
/// again, an hour later, it is meant.
pub fn is_incident(home: &Home, connection: &Connection, refusal: &Refusal) -> bool {
    let Connection { profile, definition, .. } = connection;
    if !can_be_incident(definition) {
        return false;
    }
    let folder = profiles::folder(home);
    let others = folder.names().unwrap_or_default().into_iter().filter_map(|name| folder.get(&name).ok()?);
    let kin = others.filter(|other| {
        other.uuid != profile.uuid
            && other.marketplace == profile.marketplace
            && other.environment == profile.environment
    });
    let refusals = kin.filter_map(|other| records::of_profiles(home).get(other.uuid).ok()??.refusal);
    is_one_of_several(refusal, refusals)
}

/// Whether `refusal` and those of `others` came so close together that they are an incident.
pub fn is_one_of_several(refusal: &Refusal, others: impl Iterator<Item = impl Borrow<Refusal>>) -> bool {
    let mut close = others.filter(|other| is_close(refusal, other.borrow()));
    refusal.times == 1 && close.nth(SEVERAL - 2).is_some()
}

fn is_close(one: &Refusal, other: &Refusal) -> bool {
    let (first, last) = (one.at.min(other.at), one.at.max(other.at));
    last <= MINUTES.after(first)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::connection::fixtures::{at, connection, record, secret, set};

    fn refusal(seconds: i64) -> Refusal {
        Refusal {
            sent: "sent".to_owned(),
            at: at(seconds),
            times: 1,
            code: "invalid_grant".to_owned(),
            message: "no".to_owned(),
        }
    }

    #[test]
    fn minutes_apart_is_close_whoever_came_first() {
        for (one, other, close) in [(0, 0, true), (0, 600, true), (600, 0, true), (0, 601, false)] {
            assert_eq!(is_close(&refusal(one), &refusal(other)), close, "{one} {other}");
        }
    }

    #[test]
    fn a_refusal_holds_until_its_probe_its_cure_or_an_insisting_person() {
        let allegro = connection("allegro");
        let before = offered(&allegro, &set(), Some(&secret("client-secret-1")));
        let refusal = Refusal {
            sent: before.clone(),
            at: at(0),
            times: 1,
            code: "invalid_grant".to_owned(),
            message: "gone".to_owned(),
        };
        let record = Record { refusal: Some(refusal), ..record() };
        let refused = |sent: &str, insists: Option<i64>, now: i64| {
            standing(&record, sent, insists.map(at), at(now)).is_some()
        };
        assert!(refused(&before, None, 3599));
        assert!(!refused(&before, None, 3600));
        assert!(!refused(&before, None, -1), "the clock was set back since");
        assert!(!refused(&before, Some(1), 1));
        assert!(refused(&before, Some(0), 1), "it may have known");
        let cured = [
            offered(&allegro, &set(), Some(&secret("client-secret-2"))),
            offered(
                &allegro,
                &TokenSet { refresh_token: Some(secret("refresh-2")), ..set() },
                Some(&secret("client-secret-1")),
            ),
            offered(
                &allegro,
                &TokenSet { captured: BTreeMap::new(), ..set() },
                Some(&secret("client-secret-1")),
            ),
        ];
        assert!(cured.iter().all(|cured| !refused(cured, None, 1)));
    }
}
