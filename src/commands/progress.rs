//! How far a long command is, for whoever sits before a terminal.

use std::cell::Cell;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::countdown::{clock, obeys};
use crate::config::Lookup;
use crate::output::Terminal;
use crate::text;

/// What is done sooner needs no bar.
const WORTH_SHOWING: Duration = Duration::from_secs(1);

/// A bar on stderr. Gone when dropped.
pub struct Progress {
    bar: ProgressBar,
    began: Instant,
    /// It can be shown, and is not yet.
    waits: Cell<bool>,
}

impl Progress {
    /// A bar for so many shops, where stderr is a terminal and nobody wants it quiet. Log lines
    /// and a bar would write over each other.
    pub fn new(terminal: Terminal, var: Lookup, total: usize) -> Self {
        let logs = log::max_level() > log::LevelFilter::Off;
        let able = !terminal.quiet && !terminal.json && !logs && obeys(var);
        let style = ProgressStyle::with_template("{bar:30} {msg}").expect("a template").progress_chars("━╸ ");
        let total = u64::try_from(total).unwrap_or(u64::MAX);
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden()).with_style(style);
        Self { bar, began: Instant::now(), waits: Cell::new(able) }
    }

    /// What other threads speak through.
    pub fn aside(&self) -> Aside {
        Aside(self.bar.clone())
    }

    /// One shop is done.
    pub fn step(&self) {
        self.bar.inc(1);
        self.tick();
    }

    /// Shows how far it is.
    pub fn tick(&self) {
        if self.waits.get() && self.began.elapsed() >= WORTH_SHOWING {
            self.waits.set(false);
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        let (done, total) = (self.bar.position(), self.bar.length().unwrap_or_default());
        self.bar.set_message(text!("refreshing", done = done, total = total, left = clock(self.bar.eta())));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// Takes the bar away while something else is said.
pub struct Aside(ProgressBar);

impl Aside {
    /// Runs `speak` on a line without a bar.
    pub fn say<T>(&self, speak: impl FnOnce() -> T) -> T {
        self.0.suspend(speak)
    }
}
