//! Lines that a person types or pastes while something else is waited for.
//!
//! The reader stops when it is dropped, so that the next question finds its keyboard: a thread
//! that is blocked in `read` would swallow the answer.

use std::cell::OnceCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread::JoinHandle;

#[cfg(unix)]
use console::measure_text_width;
#[cfg(unix)]
use rustix::event::{PollFd, PollFlags, Timespec, poll};

#[cfg(unix)]
use crate::keyboard::Keyboard;

/// The longest line taken: an address with its query, or a body that holds one.
const LONGEST_LINE: usize = 64 * 1024;

#[cfg(unix)]
const BACKSPACE: u8 = 0x7f;
#[cfg(unix)]
const CTRL_H: u8 = 0x08;
#[cfg(unix)]
const CTRL_U: u8 = 0x15;
#[cfg(unix)]
const ESCAPE: u8 = 0x1b;

/// Lines of stdin, read beside everything else.
#[derive(Default)]
pub struct Lines(OnceCell<Reader>);

struct Reader {
    receiver: Receiver<String>,
    stopped: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// What there is to take.
#[derive(Debug, PartialEq, Eq)]
pub enum Taken {
    /// A line, without its newline.
    Line(String),
    /// Nothing yet.
    Nothing,
    /// Nothing any more. A terminal has no end: there, Ctrl-D is nothing.
    End,
}

impl Lines {
    /// Reads stdin from [`begin`](Self::begin) or the first [`take`](Self::take) on: until then a
    /// question has the keyboard.
    pub fn of_stdin() -> Self {
        Self::default()
    }

    /// Has the keyboard from now on. What was typed before is not shown again, and cut by the
    /// terminal where it is long.
    pub fn begin(&self) {
        self.0.get_or_init(Reader::start);
    }

    /// The next line, if there is one.
    pub fn take(&self) -> Taken {
        match self.0.get_or_init(Reader::start).receiver.try_recv() {
            Ok(line) => Taken::Line(line),
            Err(TryRecvError::Empty) => Taken::Nothing,
            Err(TryRecvError::Disconnected) => Taken::End,
        }
    }
}

impl Reader {
    fn start() -> Self {
        let (sender, receiver) = channel();
        let stopped = Arc::new(AtomicBool::new(false));
        let read = reader(sender, Arc::clone(&stopped));
        Self { receiver, stopped, thread: Some(std::thread::spawn(read)) }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
        if cfg!(unix)
            && let Some(thread) = self.thread.take()
        {
            // It looks at `stopped` ten times a second. One that panicked has stopped as well.
            let _ = thread.join();
        }
    }
}

/// What sends the lines of stdin until it ends, or nobody wants them any more. It has the keyboard
/// of a terminal already, and gives it back at its end.
#[cfg(unix)]
fn reader(sender: Sender<String>, stopped: Arc<AtomicBool>) -> impl FnOnce() + Send {
    use std::io::{IsTerminal, stderr, stdin};
    let on_terminal = stdin().is_terminal();
    // Whoever takes the keyboard has to show what is typed.
    let keyboard = if stderr().is_terminal() { Keyboard::for_lines() } else { None };
    move || {
        let mut draft = Draft { edited: keyboard.is_some(), ..Draft::default() };
        let mut chunk = [0u8; 4096];
        while !stopped.load(Ordering::Relaxed) {
            keyboard.iter().for_each(Keyboard::hold);
            let Ok(ready) = ready() else { break };
            if ready.is_empty() {
                continue;
            }
            let count = match rustix::io::read(rustix::stdio::stdin(), &mut chunk) {
                // Unless nobody sits there any more, someone pressed Ctrl-D, or took back what was typed.
                Ok(0) if on_terminal && !ready.contains(PollFlags::HUP) => continue,
                Ok(0) => break,
                Ok(count) => count,
                Err(rustix::io::Errno::INTR) => continue,
                Err(_) => break,
            };
            let lines: Vec<String> = chunk[..count].iter().filter_map(|byte| draft.push(*byte)).collect();
            draft.show();
            if lines.into_iter().any(|line| sender.send(line).is_err()) {
                return;
            }
        }
        if !on_terminal && !draft.line.is_empty() {
            // The last line of a pipe may lack its newline.
            let _ = sender.send(draft.finish());
        }
    }
}

/// What there is on stdin, within a tenth of a second.
#[cfg(unix)]
fn ready() -> rustix::io::Result<PollFlags> {
    let stdin = rustix::stdio::stdin();
    let mut watched = [PollFd::new(&stdin, PollFlags::IN)];
    let wait = Timespec { tv_sec: 0, tv_nsec: 100_000_000 };
    match poll(&mut watched, Some(&wait)) {
        Ok(_) => Ok(watched[0].revents()),
        Err(rustix::io::Errno::INTR) => Ok(PollFlags::empty()),
        Err(error) => Err(error),
    }
}

/// Where stdin cannot be waited for, its reader ends with the process.
#[cfg(not(unix))]
fn reader(sender: Sender<String>, stopped: Arc<AtomicBool>) -> impl FnOnce() + Send {
    use std::io::BufRead;
    move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            let line: String = line.chars().take(LONGEST_LINE).collect();
            if stopped.load(Ordering::Relaxed) || sender.send(line).is_err() {
                return;
            }
        }
    }
}

/// A line that has not ended.
#[cfg(unix)]
#[derive(Default)]
struct Draft {
    line: Vec<u8>,
    /// The terminal neither shows keys nor takes slips back, so that is done here.
    edited: bool,
    key: Key,
    /// What is yet to be shown.
    echo: Vec<u8>,
}

/// How much was read of a key that comes as several bytes, such as an arrow (ECMA-48 section 5.4).
#[cfg(unix)]
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Key {
    /// All of it.
    #[default]
    Whole,
    /// The escape character.
    Escape,
    /// The escape character and more.
    Sequence,
}

#[cfg(unix)]
impl Draft {
    /// Takes the next byte, and returns the line that it ends.
    fn push(&mut self, byte: u8) -> Option<String> {
        if byte == b'\n' || (self.edited && byte == b'\r') {
            return Some(self.finish());
        }
        let key = std::mem::take(&mut self.key);
        match byte {
            _ if !self.edited => self.keep(byte),
            b'[' | b'O' if key == Key::Escape => self.key = Key::Sequence,
            b' '..=b'?' if key == Key::Sequence => self.key = Key::Sequence,
            _ if key == Key::Sequence => {}
            ESCAPE => self.key = Key::Escape,
            BACKSPACE | CTRL_H => self.erase(),
            CTRL_U => {
                while !self.line.is_empty() {
                    self.erase();
                }
            }
            0..b' ' => {}
            _ => self.keep(byte),
        }
        None
    }

    fn keep(&mut self, byte: u8) {
        if self.line.len() < LONGEST_LINE {
            self.line.push(byte);
            self.echo.push(byte);
        }
    }

    /// Takes the last character back.
    fn erase(&mut self) {
        let begins = |byte: &u8| byte & 0b1100_0000 != 0b1000_0000;
        let at = self.line.iter().rposition(begins).unwrap_or_default();
        let character = self.line.split_off(at);
        let width = measure_text_width(&String::from_utf8_lossy(&character));
        self.echo.extend(b"\x08 \x08".repeat(width));
    }

    fn finish(&mut self) -> String {
        self.echo.push(b'\n');
        let line = std::mem::take(&mut self.line);
        String::from_utf8_lossy(&line).trim_end_matches('\r').to_owned()
    }

    /// Shows what was typed.
    fn show(&mut self) {
        use std::io::Write;
        let echo = std::mem::take(&mut self.echo);
        if self.edited {
            // A closed stderr must not stop the work.
            let _ = std::io::stderr().write_all(&echo);
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// The lines that come of `keys`, and what is shown meanwhile.
    fn typed(keys: &str) -> (Vec<String>, String) {
        let mut draft = Draft { edited: true, ..Draft::default() };
        let lines = keys.bytes().filter_map(|byte| draft.push(byte)).collect();
        (lines, String::from_utf8(draft.echo).unwrap())
    }

    #[test]
    fn slips_are_taken_back() {
        for (keys, line) in [
            ("abx\x7fc\r", "abc"),
            ("abx\x08c\n", "abc"),
            ("wrong\x15right\n", "right"),
            ("\x7f\x15a\n", "a"),
            ("a\x1b[Db\x1bOAc\x1b[15~d\n", "abcd"),
            ("\x1bhttps\x1b\x1b[A\n", "https"),
            ("a\x04\tb\n", "ab"),
            ("aä\x7f€\x7fb\n", "ab"),
        ] {
            assert_eq!(typed(keys).0, [line], "{keys:?}");
        }
    }

    #[test]
    fn what_is_kept_is_shown() {
        assert_eq!(typed("ab\x7f\x1b[Ac\n").1, "ab\x08 \x08c\n");
        assert_eq!(typed("aä\x7f").1, "aä\x08 \x08");
        assert_eq!(typed("漢\x15").1, "漢\x08 \x08\x08 \x08");
        assert_eq!(typed("\x7f").1, "");
    }

    #[test]
    fn a_pipe_is_taken_as_it_is() {
        let mut draft = Draft::default();
        let text = b"a\x7f\x1b[A\tb\r\nc";
        let lines: Vec<String> = text.iter().filter_map(|byte| draft.push(*byte)).collect();
        assert_eq!((lines, draft.finish()), (vec!["a\x7f\x1b[A\tb".to_owned()], "c".to_owned()));
    }

    #[test]
    fn no_line_is_longer_than_any_answer() {
        let (lines, shown) = typed(&format!("{}\n", "a".repeat(LONGEST_LINE + 1)));
        assert_eq!((lines[0].len(), shown.len()), (LONGEST_LINE, LONGEST_LINE + 1));
    }
}
