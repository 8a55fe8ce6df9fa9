//! What ends when: the dates that a person has to know of.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

use crate::calendar::{Event, calendar};
use crate::connection::Connection;
use crate::text;

/// So many days before an end a calendar reminds of it.
const REMINDERS: [u32; 2] = [30, 7];

/// What can end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// The seller's consent.
    Authorization,
    /// The app's client secret.
    ClientSecret,
    /// The refresh token, unless it is replaced or prolonged before.
    RefreshToken,
    /// The marketplace's patience with an app that does nothing.
    Unused,
}

/// One end.
#[derive(Clone, Debug)]
pub struct End {
    /// When.
    pub at: Timestamp,
    /// What.
    pub limit: Limit,
    /// The profile, or the app.
    uuid: Uuid,
    /// Its name.
    whose: String,
    /// The same for those who know no profiles.
    title: String,
}

/// What ends of a connection, the first first.
pub fn ends(connection: &Connection) -> Vec<End> {
    let (profile, app) = (&connection.profile, &connection.app);
    let record = connection.record.as_ref();
    let marketplace = &connection.definition.name;
    let place = record.and_then(|record| record.shop_name.clone()).into_iter().chain([marketplace.clone()]);
    let place = place.collect::<Vec<_>>().join(", ");
    let shop = (profile.uuid, &connection.name, &place);
    let all = [
        (Limit::Authorization, shop, record.and_then(|record| record.grant.authorization_expires_at)),
        (Limit::ClientSecret, (app.uuid, &profile.app, marketplace), connection.client_secret_expires_at()),
        (Limit::RefreshToken, shop, record.and_then(|record| record.refresh_token_expires_at)),
        (Limit::Unused, shop, connection.unused_expires_at()),
    ];
    let end = |(limit, (uuid, whose, place), at): (_, (Uuid, &String, &String), Option<_>)| {
        Some(End { at: at?, limit, uuid, whose: whose.clone(), title: format!("{whose} ({place})") })
    };
    let mut ends: Vec<End> = all.into_iter().filter_map(end).collect();
    ends.sort_by_key(|end| (end.at, end.limit));
    ends
}

impl End {
    /// In a cell of a table: what, and the day.
    pub fn cell(&self) -> String {
        let what = match self.limit {
            Limit::Authorization => text!("end-authorization"),
            Limit::ClientSecret => text!("end-client-secret"),
            Limit::RefreshToken => text!("end-refresh-token"),
            Limit::Unused => text!("end-unused"),
        };
        format!("{what} {}", self.at.strftime("%Y-%m-%d"))
    }

    /// An event of a calendar. The secret of an app ends once, however many shops it has.
    fn event(&self) -> Event {
        let (whose, title) = (&self.whose, &self.title);
        let (key, summary, description) = match self.limit {
            Limit::Authorization => (
                "authorization",
                text!("end-authorization-of", whose = title),
                text!("end-authorization-cure", whose = whose),
            ),
            Limit::ClientSecret => (
                "client-secret",
                text!("end-client-secret-of", whose = title),
                text!("end-client-secret-cure", whose = whose),
            ),
            Limit::RefreshToken => (
                "refresh-token",
                text!("end-refresh-token-of", whose = title),
                text!("end-refresh-token-cure", whose = whose),
            ),
            Limit::Unused => {
                ("unused", text!("end-unused-of", whose = title), text!("end-unused-cure", whose = whose))
            }
        };
        let uid = format!("{}-{key}@sellauth", self.uuid);
        Event { uid, day: self.at.to_zoned(TimeZone::UTC).date(), summary, description }
    }
}

/// A calendar of all these ends, made at `now`.
pub fn ics<'a>(ends: impl Iterator<Item = &'a End>, now: Timestamp) -> String {
    let once: BTreeMap<_, _> = ends.map(|end| ((end.at, end.limit, end.uuid), end)).collect();
    let events: Vec<Event> = once.values().map(|end| end.event()).collect();
    calendar(&events, &REMINDERS, now)
}
