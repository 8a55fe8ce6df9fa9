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
use rustix::termios::{
    LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcgetpgrp, tcsetattr,
};

/// The keyboard, as long as someone has it: keys come one by one, and do not show by themselves.
/// Given back when dropped.
#[cfg(unix)]
pub struct Keyboard {
    before: Termios,
    taken: Termios,
}

#[cfg(unix)]
impl Keyboard {
    /// For a question, where Ctrl-C is an answer like others. `None` where stdin is no terminal.
    pub fn for_question() -> Option<Self> {
        Self::take(|modes| {
            modes.local_modes -= LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG;
        })
    }

    /// For lines that are typed beside a wait, where nothing to read is no reason to wait. `None`
    /// where stdin is no terminal, or another process has it: to set it from the background would
    /// stop this one.
    pub fn for_lines() -> Option<Self> {
        if in_background() {
            return None;
        }
        Self::take(|modes| {
            modes.local_modes -= LocalModes::ECHO | LocalModes::ICANON;
            // Ctrl-C takes back what was typed, even what poll(2) has announced.
            modes.special_codes[SpecialCodeIndex::VMIN] = 0;
            modes.special_codes[SpecialCodeIndex::VTIME] = 0;
        })
    }

    fn take(change: impl FnOnce(&mut Termios)) -> Option<Self> {
        let before = tcgetattr(stdin()).ok()?;
        let mut taken = before.clone();
        change(&mut taken);
        set(&taken);
        Some(Self { before, taken })
    }

    /// Takes it once more where it is lost: a shell sets the terminal when it stops a process and
    /// lets it go on.
    pub fn hold(&self) {
        let lost = tcgetattr(stdin()).is_ok_and(|modes| modes.local_modes != self.taken.local_modes);
        if lost && !in_background() {
            set(&self.taken);
        }
    }
}

#[cfg(unix)]
impl Drop for Keyboard {
    fn drop(&mut self) {
        if !in_background() {
            set(&self.before);
        }
    }
}

#[cfg(unix)]
fn set(modes: &Termios) {
    // Whoever cannot set it has lost the terminal.
    let _ = tcsetattr(stdin(), OptionalActions::Now, modes);
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

/// Whoever asks gives it back, here as there.
#[cfg(not(unix))]
impl Drop for Keyboard {
    fn drop(&mut self) {}
}
