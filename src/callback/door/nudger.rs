//! Connections to ourselves, so that no request stays queued behind busy threads; and, as they
//! come by anyway, whether others take so many that the browser may not get through.

use std::io::{self, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Nudges the doors on a thread of its own.
pub struct Nudger {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
    flooded: Arc<AtomicBool>,
}

/// A door as the nudger sees it.
pub struct Nudged {
    address: SocketAddr,
    /// Set when nudges are not answered for so long that nobody listens.
    deaf: Arc<AtomicBool>,
    /// How many descriptors this process had the last time; `None` when it could have no more.
    in_use: Option<usize>,
}

impl Nudged {
    /// A door at this address; `deaf` is set when it hears nothing.
    pub fn new(address: SocketAddr, deaf: Arc<AtomicBool>) -> Nudged {
        Nudged { address, deaf, in_use: None }
    }
}

/// How long the doors have been crowded, in rounds on end.
struct Crowd {
    /// The descriptors in use from which on they are.
    many: usize,
    rounds: u32,
}

impl Crowd {
    /// Connections that only come and go are gone after so many rounds.
    const LASTING: u32 = 20;

    /// Whether it is a flood by now, with so many descriptors in use; `None` when no more can be had.
    fn is_flood(&mut self, in_use: Option<usize>) -> bool {
        let crowded = in_use.is_none_or(|in_use| in_use >= self.many);
        self.rounds = if crowded { self.rounds + 1 } else { 0 };
        self.rounds >= Self::LASTING
    }
}

impl Nudger {
    /// How often each door is nudged.
    const PERIOD: Duration = Duration::from_millis(100);
    /// How many nudges a door gets each time. Each one frees one queued connection.
    const BATCH: usize = 16;
    /// How many batches it gets while not all nudges are answered: then they are queued themselves.
    const MAX_BATCHES: usize = 4;
    /// How long an answer takes at most when nothing is wrong.
    const PATIENCE: Duration = Duration::from_millis(20);
    /// How many connections are nudged for at most when they came all at once.
    const CROWD: usize = 512;
    /// How many descriptors the server takes for a connection.
    const DESCRIPTORS: usize = 2;

    /// Begins. Where `many` descriptors are in use and stay so, it is a flood.
    pub fn start(mut doors: Vec<Nudged>, many: usize) -> io::Result<Nudger> {
        let (stop, stopped) = channel();
        let flooded = Arc::new(AtomicBool::new(false));
        let seen = flooded.clone();
        let mut crowd = Crowd { many, rounds: 0 };
        let job = move || {
            while stopped.recv_timeout(Self::PERIOD) == Err(RecvTimeoutError::Timeout) {
                for door in &mut doors {
                    if !Self::nudge_enough(door) {
                        door.deaf.store(true, Ordering::Relaxed);
                    }
                }
                seen.store(crowd.is_flood(in_use()), Ordering::Relaxed);
            }
        };
        let thread = thread::Builder::new().name("callback nudge".into()).spawn(job)?;
        Ok(Nudger { stop: Some(stop), thread: Some(thread), flooded })
    }

    /// Whether others have taken so many connections for so long that the next may be turned away.
    pub fn is_flooded(&self) -> bool {
        self.flooded.load(Ordering::Relaxed)
    }

    /// One nudge for each connection that came since the last time, for all of them may be queued, and
    /// more until they are answered. Whether anyone answered at all.
    fn nudge_enough(door: &mut Nudged) -> bool {
        let (mut sent, mut heard) = (0, false);
        let before = door.in_use;
        loop {
            let (answers, in_use) = Self::nudge(&door.address);
            let more = in_use.unwrap_or(0).saturating_sub(before.unwrap_or(0));
            let came = (more / Self::DESCRIPTORS).min(Self::CROWD);
            sent += Self::BATCH;
            heard |= answers > 0;
            door.in_use = in_use;
            let most = if answers == Self::BATCH { came } else { came + Self::MAX_BATCHES * Self::BATCH };
            if sent >= most {
                return heard;
            }
        }
    }

    /// Opens a batch of connections, sends an empty line on each, and closes them when the "bad
    /// request" has come, or did not come in time. Returns how many were answered, and how many
    /// descriptors there were with them.
    ///
    /// Closing with that answer unread resets the connection. Closing silently would leave our
    /// port number in `TIME_WAIT`, and within a minute none would be left for the browser.
    fn nudge(address: &SocketAddr) -> (usize, Option<usize>) {
        let open = || -> io::Result<TcpStream> {
            let mut stream = TcpStream::connect_timeout(address, Self::PATIENCE)?;
            stream.write_all(b"\r\n")?;
            Ok(stream)
        };
        let streams: Vec<_> = (0..Self::BATCH).map_while(|_| open().ok()).collect();
        let deadline = Instant::now() + Self::PATIENCE;
        let answers = streams.iter().filter(|stream| Self::is_answered(stream, deadline)).count();
        (answers, in_use())
    }

    fn is_answered(stream: &TcpStream, deadline: Instant) -> bool {
        let rest = deadline.saturating_duration_since(Instant::now()).max(Duration::from_micros(100));
        stream.set_read_timeout(Some(rest)).is_ok() && stream.peek(&mut [0]).is_ok_and(|length| length > 0)
    }

    /// Returns when no nudge is under way any more.
    pub fn stop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A nudge that panicked is no reason to fail now.
            let _ = thread.join();
        }
    }
}

/// How many descriptors this process has; `None` when it can have no more, 0 where nothing tells.
#[cfg(unix)]
fn in_use() -> Option<usize> {
    use rustix::io::Errno;
    match std::fs::read_dir("/dev/fd") {
        Ok(descriptors) => Some(descriptors.count()),
        Err(error) => match Errno::from_io_error(&error) {
            Some(Errno::MFILE | Errno::NFILE) => None,
            _ => Some(0),
        },
    }
}

/// The numbers of Windows tell nothing: there each door gets one batch.
#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps)] // the same signature as on Unix
fn in_use() -> Option<usize> {
    Some(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_crowd_that_stays_is_a_flood() {
        let mut crowd = Crowd { many: 2000, rounds: 0 };
        let rounds = Crowd::LASTING as usize;
        let mut after = |in_use, rounds| (0..rounds).map(|_| crowd.is_flood(in_use)).last().unwrap();
        assert!(!after(Some(1999), 10 * rounds), "many come and go");
        assert!(!after(Some(2000), rounds - 1), "not for long");
        assert!(!after(Some(100), 1), "they left");
        assert!(!after(Some(8191), rounds - 1), "it counts anew");
        assert!(after(None, 1), "and there is no room even for a nudge");
        assert!(after(Some(2000), 5 * rounds));
        assert!(!after(Some(100), 1), "it is over");
    }
}
