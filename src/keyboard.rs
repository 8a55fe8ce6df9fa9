//! The keyboard of the terminal on stdin, taken from the terminal's own line editing, and given
//! back as it was.
//!
//! That editing cuts a line after 4,095 bytes (termios(3), `ICANON`), less than some addresses
//! have; it shows secrets; and Ctrl-C ends the process at once.

#[cfg(unix)]
use rustix::process::getpgrp;
#[cfg(unix)]
use rustix::stdio::stdin;
#[cfg(unix)]
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcgetpgrp, tcsetattr};

/// The keyboard, as long as someone has it: keys come one by one, and do not show by themselves.
/// Given back when dropped.
#[cfg(unix)]
pub struct Keyboard {
    before: Termios,
    without: LocalModes,
}

#[cfg(unix)]
impl Keyboard {
    /// For a question, where Ctrl-C is an answer like others. `None` where stdin is no terminal.
    pub fn for_question() -> Option<Self> {
        Self::take(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG)
    }

    /// For lines that are typed beside a wait. `None` where stdin is no terminal, or another
    /// process has it: to set it from the background would stop this one.
    pub fn for_lines() -> Option<Self> {
        if in_background() { None } else { Self::take(LocalModes::ECHO | LocalModes::ICANON) }
    }

    fn take(without: LocalModes) -> Option<Self> {
        let keyboard = Self { before: tcgetattr(stdin()).ok()?, without };
        keyboard.set();
        Some(keyboard)
    }

    fn set(&self) {
        let mut modes = self.before.clone();
        modes.local_modes -= self.without;
        // Whoever cannot set it has lost the terminal.
        let _ = tcsetattr(stdin(), OptionalActions::Now, &modes);
    }

    /// Takes it once more where it is lost: a shell sets the terminal when it stops a process and
    /// lets it go on.
    pub fn hold(&self) {
        let lost = tcgetattr(stdin()).is_ok_and(|modes| modes.local_modes.intersects(self.without));
        if lost && !in_background() {
            self.set();
        }
    }
}

#[cfg(unix)]
impl Drop for Keyboard {
    fn drop(&mut self) {
        if !in_background() {
            let _ = tcsetattr(stdin(), OptionalActions::Now, &self.before);
        }
    }
}

/// Whether the terminal listens to another process (tcgetpgrp(3)). One that is not this session's
/// listens to anyone.
#[cfg(unix)]
fn in_background() -> bool {
    tcgetpgrp(stdin()).is_ok_and(|foreground| foreground != getpgrp())
}

/// Elsewhere keys come as events, which show nothing.
#[cfg(not(unix))]
pub struct Keyboard;

#[cfg(not(unix))]
impl Keyboard {
    /// For a question.
    pub fn for_question() -> Self {
        Self
    }
}
