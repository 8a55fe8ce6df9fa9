//! iCalendar files (RFC 5545) of all-day events with reminders. Own code: the crates that write them
//! either bring a second library for dates or fold lines too late.

use jiff::Timestamp;
use jiff::civil::Date;

/// A line has so many octets at most, without its line break (RFC 5545 section 3.1).
const LONGEST_LINE: usize = 75;

/// An all-day event.
pub struct Event {
    /// Which event it is, for good: a calendar that knows it already changes it.
    pub uid: String,
    /// When.
    pub day: Date,
    /// Its title.
    pub summary: String,
    /// What to do about it.
    pub description: String,
}

/// A calendar that was made at `now`, with a reminder so many days before each event.
pub fn calendar(events: &[Event], reminders: &[u32], now: Timestamp) -> String {
    let mut lines = Lines::default();
    lines.add("BEGIN:VCALENDAR");
    lines.add("VERSION:2.0");
    lines.add(concat!("PRODID:-//sellauth//sellauth ", env!("CARGO_PKG_VERSION"), "//EN"));
    for event in events {
        let summary = escaped(&event.summary);
        lines.add("BEGIN:VEVENT");
        lines.add(&format!("UID:{}", escaped(&event.uid)));
        lines.add(&format!("DTSTAMP:{}", now.strftime("%Y%m%dT%H%M%SZ")));
        lines.add(&format!("DTSTART;VALUE=DATE:{}", event.day.strftime("%Y%m%d")));
        lines.add(&format!("SUMMARY:{summary}"));
        lines.add(&format!("DESCRIPTION:{}", escaped(&event.description)));
        // Nobody is busy because something ends.
        lines.add("TRANSP:TRANSPARENT");
        for days in reminders {
            lines.add("BEGIN:VALARM");
            lines.add("ACTION:DISPLAY");
            lines.add(&format!("DESCRIPTION:{summary}"));
            lines.add(&format!("TRIGGER:-P{days}D"));
            lines.add("END:VALARM");
        }
        lines.add("END:VEVENT");
    }
    lines.add("END:VCALENDAR");
    lines.0
}

/// A text value (RFC 5545 section 3.3.11). Control characters cannot stand in one.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// Content lines, folded where they are long.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn add(&mut self, line: &str) {
        let mut octets = 0;
        for c in line.chars() {
            if octets + c.len_utf8() > LONGEST_LINE {
                self.0.push_str("\r\n ");
                octets = 1;
            }
            self.0.push(c);
            octets += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters() {
        let mut lines = Lines::default();
        lines.add(&"a".repeat(75));
        lines.add(&format!("{}ä{}", "a".repeat(74), "b".repeat(72)));
        lines.add(&"b".repeat(150));
        let folded: Vec<usize> = lines.0.split("\r\n").map(str::len).collect();
        assert_eq!(folded, [75, 74, 75, 75, 75, 2, 0]);
        assert!(lines.0.contains("\r\n äb"));
    }

    #[test]
    fn what_has_a_meaning_of_its_own_is_escaped() {
        assert_eq!(escaped("a,b;c\\d\r\ne\u{1b}[0m"), "a\\,b\\;c\\\\d\\ne[0m");
    }
}
