//! What ends when: in the rows and the table of `status`, and as a calendar.

use std::collections::BTreeMap;

use icalendar::{Calendar, CalendarComponent, Component};
use serde_json::{Value, json};

use crate::support::environment::TestEnvironment;
use crate::support::terminal::Terminal;

const DAY: i64 = 86_400;

/// The day so many days from now.
fn day(days: i64) -> String {
    let now = jiff::Timestamp::now();
    (now + jiff::SignedDuration::from_secs(days * DAY)).strftime("%Y-%m-%dT00:00:00Z").to_string()
}

fn id(kind: u32, number: u32) -> String {
    format!("{kind:08}-0000-4000-8000-{number:012}")
}

/// Two shops of one app at Amazon, whose client secret is `secret_age` days old, and one at Allegro
/// that was renewed `unused` days ago.
fn home(secret_age: i64, unused: i64) -> TestEnvironment {
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    for (number, marketplace) in [(1, "amazon"), (2, "allegro")] {
        let variables =
            if number == 1 { "[variables]\napplication_id = 'amzn1.sp.solution.1'\n" } else { "" };
        let app = format!(
            "uuid = '{}'\nmarketplace = '{marketplace}'\nenvironment = 'production'\nclient_id = 'id'\n{variables}",
            id(2, number)
        );
        environment.write(format!("apps/{marketplace}.toml"), &app);
    }
    let secret = json!({
        "uuid": id(2, 1), "generation": 1, "store": "file", "set_at": day(0), "created_at": day(-secret_age),
    });
    environment.write(format!("state/apps/{}.json", id(2, 1)), &secret.to_string());
    for (name, number) in [("berlin", 1), ("muenchen", 2), ("poznan", 3)] {
        let (marketplace, rest) = if number < 3 { ("amazon", "region = 'DE'\n") } else { ("allegro", "") };
        let profile = format!(
            "uuid = '{}'\nmarketplace = '{marketplace}'\napp = '{marketplace}'\nenvironment = 'production'\n{rest}\
             [labels]\nteam = '{}'\n",
            id(1, number),
            if number == 3 { "east" } else { "south, and; west" },
        );
        environment.write(format!("profiles/{name}.toml"), &profile);
        let consent = (number < 3).then(|| day(100 + i64::from(number)));
        let refresh = (number == 3).then(|| day(90 - unused));
        let record = json!({
            "uuid": id(1, number), "generation": 1, "store": "file", "connected_at": day(-200),
            "last_refreshed_at": day(-unused), "shop_id": format!("SHOP{number}"), "shop_name": (number == 2).then_some("Kontor Nord"),
            "refusal": null, "access_token_expires_at": null, "refresh_token_expires_at": refresh,
            "grant": {
                "origin": "consent", "at": day(-200), "client_id": "id", "app_version": null, "scopes": [],
                "redirect_uri": null, "options": [], "variables": {}, "authorization_expires_at": consent,
            },
        });
        environment.write(format!("state/profiles/{}.json", id(1, number)), &record.to_string());
    }
    environment
}

fn rows(environment: &TestEnvironment) -> BTreeMap<String, Value> {
    let rows = environment.run(&["status", "--json"]).ok().json();
    let rows = rows.as_array().unwrap().clone();
    rows.into_iter().map(|row| (row["profile"].as_str().unwrap().to_owned(), row)).collect()
}

/// The events of a calendar: by their UIDs, what and when, and how many reminders.
fn events(text: &str) -> BTreeMap<String, (String, String, usize)> {
    assert!(text.ends_with("END:VCALENDAR\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']));
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    let calendar: Calendar = text.parse().expect("a calendar that others can read");
    let mut found = BTreeMap::new();
    for component in &calendar.components {
        let CalendarComponent::Event(event) = component else { panic!("{component:?}") };
        let start = event.property_value("DTSTART").unwrap().to_owned();
        assert!(
            event.get_timestamp().is_some()
                && event.get_description().is_some_and(|cure| cure.contains("sellauth "))
        );
        let alarms = text
            .split("BEGIN:VEVENT")
            .find(|part| part.contains(event.get_uid().unwrap()))
            .map_or(0, |part| part.matches("BEGIN:VALARM").count());
        let uid = event.get_uid().unwrap().to_owned();
        let other = found.insert(uid, (event.get_summary().unwrap().to_owned(), start, alarms));
        assert!(other.is_none(), "two events of one UID");
    }
    found
}

#[test]
fn every_limit_stands_in_the_rows_and_the_first_in_the_table() {
    let environment = home(100, 10);
    let rows = rows(&environment);
    assert_eq!(rows["berlin"]["client_secret_expires_at"], day(80));
    assert_eq!(rows["berlin"]["authorization_expires_at"], day(101));
    assert_eq!(rows["berlin"]["unused_expires_at"], Value::Null);
    assert_eq!(rows["poznan"]["unused_expires_at"], day(80));
    assert_eq!(rows["poznan"]["refresh_token_expires_at"], day(80));
    assert!(rows.values().all(|row| row["state"] == "connected"), "{rows:#?}");
    let table = environment.run(&["status"]).ok().stdout;
    let lines: Vec<Vec<&str>> = table.lines().map(|line| line.split_whitespace().collect()).collect();
    // Nothing is said by columns in which all shops are alike.
    assert_eq!(lines[0], ["PROFILE", "SHOP", "REGION", "STATE", "NEXT", "END", "WHY"]);
    let day = |days| day(days)[..10].to_owned();
    assert_eq!(lines[1], ["berlin", "SHOP1", "DE", "connected", "secret", &day(80)]);
    assert_eq!(lines[3], ["poznan", "SHOP3", "–", "connected", "token", &day(80)]);
}

#[test]
fn a_secret_near_its_end_is_due_and_an_app_that_is_not_used_is_told_apart() {
    let environment = home(160, 65);
    let found = rows(&environment);
    let [berlin, poznan] = [&found["berlin"], &found["poznan"]];
    assert_eq!((&berlin["state"], &berlin["reason_code"]), (&json!("due"), &json!("client_secret_ends")));
    assert_eq!((&poznan["state"], &poznan["reason_code"]), (&json!("connected"), &json!("unused_ends")));
    assert!(poznan["reason"].as_str().unwrap().contains("sellauth refresh"), "{poznan}");
    let told = environment.run(&["status"]).ok().stderr;
    let note = "note: make a new client secret in the marketplace's portal, then: sellauth app set amazon --client-secret-stdin\n";
    assert_eq!(told, note, "one remedy, and it is no consent");
    // No seller has to come for it.
    let planned = environment.run(&["reauthorize", "--dry-run", "--json"]).ok().stdout;
    assert!(!planned.contains("poznan"), "{planned}");
}

#[test]
fn the_table_fits_eighty_columns_and_uses_a_hundred_and_twenty() {
    let environment = home(160, 65);
    for (width, below) in [(80, true), (120, false)] {
        let mut terminal = Terminal::as_wide_as(width, &environment, &["status"]);
        let (first, second) =
            if below { ("\r\n  the app's", "\r\n  the market") } else { ("  the app's", "  the market") };
        terminal.expect(first);
        terminal.expect(second);
        assert_eq!(terminal.finish(), 0);
    }
}

#[test]
fn a_calendar_has_one_event_per_limit_that_a_later_one_replaces() {
    let environment = home(100, 10);
    let first = environment.run(&["status", "--ics"]).ok().stdout;
    let found = events(&first);
    let date = |days| day(days)[..10].replace('-', "");
    let uid = |kind, number, limit: &str| format!("{}-{limit}@sellauth", id(kind, number));
    let expected = [
        (uid(1, 1, "authorization"), ("sellauth: the consent of berlin (Amazon) ends", date(101))),
        (
            uid(1, 2, "authorization"),
            ("sellauth: the consent of muenchen (Kontor Nord, Amazon) ends", date(102)),
        ),
        (
            uid(2, 1, "client-secret"),
            ("sellauth: the client secret of the app amazon (Amazon) ends", date(80)),
        ),
        (uid(1, 3, "refresh-token"), ("sellauth: the refresh token of poznan (Allegro) ends", date(80))),
        (
            uid(1, 3, "unused"),
            ("sellauth: the marketplace withdraws the app from poznan (Allegro) if it is not used", date(80)),
        ),
    ];
    let expected: BTreeMap<_, _> =
        expected.into_iter().map(|(uid, (what, when))| (uid, (what.to_owned(), when, 2))).collect();
    assert_eq!(found, expected);
    assert!(first.contains("TRIGGER:-P30D\r\n") && first.contains("TRIGGER:-P7D\r\n"));
    // A renewal later, the same events have other days.
    let later = home(0, 0);
    let moved = events(&later.run(&["status", "--ics"]).ok().stdout);
    assert!(moved.keys().eq(found.keys()) && moved != found);
}

#[test]
fn a_calendar_is_of_the_shops_that_are_named_or_labelled() {
    let environment = home(100, 10);
    let uids = |arguments: &[&str]| {
        let output = environment.run(&[&["status", "--ics"], arguments].concat()).ok();
        events(&output.stdout).into_keys().collect::<Vec<_>>()
    };
    assert_eq!(uids(&["poznan"]).len(), 2);
    assert_eq!(uids(&["--label", "team=east"]), uids(&["poznan"]));
    let nothing = environment.run(&["status", "--ics", "--label", "team=nobody"]).ok();
    assert_eq!(nothing.stdout, "", "no calendar is valid without an event");
    assert_eq!(nothing.stderr, "note: nothing is known to end, so there is no calendar\n");
    environment.run(&["status", "--ics", "--json"]).code(2);
    environment.run(&["status", "--ics", "--check"]).code(2);
}
