//! Lines that a person types or pastes while something else is waited for.
//!
//! The reader stops when it is dropped, so that the next question finds its keyboard: a thread
//! that is blocked in `read` would swallow the answer.

use std::cell::OnceCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread::JoinHandle;

/// The longest line taken: an address with its query, or a body that holds one.
const LONGEST_LINE: usize = 64 * 1024;

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
    /// Nothing any more.
    End,
}

impl Lines {
    /// Reads stdin from the first [`take`](Self::take) on: until then a question has the keyboard.
    pub fn of_stdin() -> Self {
        Self::default()
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
        let thread = {
            let stopped = Arc::clone(&stopped);
            std::thread::spawn(move || read(&sender, &stopped))
        };
        Self { receiver, stopped, thread: Some(thread) }
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

/// Sends the lines of stdin until it ends, or nobody wants them any more.
#[cfg(unix)]
fn read(sender: &Sender<String>, stopped: &AtomicBool) {
    let mut rest: Vec<u8> = Vec::new();
    let mut chunk = [0u8; 4096];
    while !stopped.load(Ordering::Relaxed) {
        match readable() {
            Ok(true) => {}
            Ok(false) => continue,
            Err(_) => break,
        }
        match rustix::io::read(rustix::stdio::stdin(), &mut chunk) {
            Ok(0) => break,
            Ok(count) => rest.extend_from_slice(&chunk[..count]),
            Err(rustix::io::Errno::INTR) => continue,
            Err(_) => break,
        }
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = rest.drain(..=end).collect();
            if sender.send(text(&line)).is_err() {
                return;
            }
        }
        rest.truncate(LONGEST_LINE);
    }
    if !rest.is_empty() {
        // The last line of a pipe may lack its newline.
        let _ = sender.send(text(&rest));
    }
}

/// Whether stdin has something, within a tenth of a second.
#[cfg(unix)]
fn readable() -> rustix::io::Result<bool> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let stdin = rustix::stdio::stdin();
    let mut watched = [PollFd::new(&stdin, PollFlags::IN)];
    let wait = Timespec { tv_sec: 0, tv_nsec: 100_000_000 };
    match poll(&mut watched, Some(&wait)) {
        Ok(ready) => Ok(ready > 0),
        Err(rustix::io::Errno::INTR) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Where stdin cannot be waited for, its reader ends with the process.
#[cfg(not(unix))]
fn read(sender: &Sender<String>, stopped: &AtomicBool) {
    use std::io::BufRead;
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let line: String = line.chars().take(LONGEST_LINE).collect();
        if stopped.load(Ordering::Relaxed) || sender.send(line).is_err() {
            return;
        }
    }
}

#[cfg(unix)]
fn text(line: &[u8]) -> String {
    String::from_utf8_lossy(line).trim_end_matches(['\r', '\n']).to_owned()
}
