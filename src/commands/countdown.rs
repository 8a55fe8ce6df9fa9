//! The time left, on the line below the one on which a person types.
//!
//! Below, not above: a pasted address is longer than a line, and nobody but the terminal knows how
//! many it fills. Under the cursor there is always its last one.

use std::cell::Cell;
use std::io::{IsTerminal, Write, stderr};
use std::time::Duration;

use console::{Style, Term, truncate_str};

use crate::config::Lookup;
use crate::output::Terminal;
use crate::text;

/// Clears what is right of the cursor, makes sure of a line below, keeps the cursor, goes there.
const GO_BELOW: &str = "\x1b[K\x1bD\x1b[A\x1b7\x1b[B\r\x1b[2K";
/// Back to where the person types.
const GO_BACK: &str = "\x1b8";
/// Clears what is right of the cursor and below.
const CLEAR: &str = "\x1b[J";

/// A line that shows the time left, once a second. Gone when dropped.
pub struct Countdown {
    /// The terminal is one on which it can be drawn.
    able: bool,
    /// Whether Enter adds time where the person is now.
    extends: Cell<bool>,
    shown: Cell<Option<u64>>,
}

impl Countdown {
    /// Looks whether the terminal can show it.
    pub fn new(terminal: Terminal, var: Lookup) -> Self {
        let able = terminal.interactive && !terminal.quiet && !terminal.json && obeys(var);
        Self { able, extends: Cell::new(true), shown: Cell::new(None) }
    }

    /// Whether Enter adds time from now on.
    pub fn extends(&self, extends: bool) {
        self.extends.set(extends);
    }

    /// Shows what is left, and what Enter would add. Whether it could.
    pub fn show(&self, left: Duration, more: Duration) -> bool {
        if self.able && self.shown.replace(Some(left.as_secs())) != Some(left.as_secs()) {
            let columns = Term::stderr().size().1;
            let line =
                truncate_str(&self.line(left, more), usize::from(columns).saturating_sub(1), "").into_owned();
            let style = Style::new().for_stderr().dim();
            put(&format!("{GO_BELOW}{}{GO_BACK}", style.apply_to(line)));
        }
        self.able
    }

    /// Takes the line away, before anything else is said.
    pub fn hide(&self) {
        if self.shown.take().is_some() {
            put(CLEAR);
        }
    }

    fn line(&self, left: Duration, more: Duration) -> String {
        match self.extends.get() && more.as_secs() > 0 {
            true => text!("time-left-or-more", left = clock(left), more = clock(more)),
            false => text!("time-left", left = clock(left)),
        }
    }
}

impl Drop for Countdown {
    fn drop(&mut self) {
        self.hide();
    }
}

/// Whether the terminal on stderr moves its cursor when told to.
pub(super) fn obeys(var: Lookup) -> bool {
    match cfg!(windows) {
        // To ask for colours is to switch such sequences on.
        true => Term::stderr().features().colors_supported(),
        false => stderr().is_terminal() && var("TERM").is_some_and(|term| term != "dumb"),
    }
}

fn put(text: &str) {
    let mut stderr = stderr().lock();
    // A closed stderr must not stop the work.
    let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
}

/// `9:41`, `1:00:00`.
pub(super) fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_written_as_on_a_clock() {
        let shown = [0, 59, 60, 599, 3600, 90_061].map(|seconds| clock(Duration::from_secs(seconds)));
        assert_eq!(shown, ["0:00", "0:59", "1:00", "9:59", "1:00:00", "25:01:01"]);
    }

    #[test]
    fn more_time_is_offered_only_where_there_is_more() {
        let line = |more: u64, extends: bool| {
            let terminal = Terminal { json: false, quiet: false, interactive: false };
            let countdown = Countdown::new(terminal, &|_| None);
            countdown.extends(extends);
            countdown.line(Duration::from_secs(61), Duration::from_secs(more))
        };
        assert_eq!(line(600, true), "1:01 left · Enter: 10:00 more");
        assert_eq!(line(300, true), "1:01 left · Enter: 5:00 more");
        assert_eq!(line(600, false), "1:01 left");
        assert_eq!(line(0, true), "1:01 left");
    }
}
