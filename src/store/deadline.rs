//! A limit on calls that may never return: a frozen keyring daemon, an unlock dialog nobody sees.

use std::io;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// Runs `work` on a thread of its own and waits for its result, `limit` at most.
///
/// After that the error is [`io::ErrorKind::TimedOut`]; the thread is left behind, since nothing
/// can end a blocked call, and what it still returns is dropped. A panic of `work` goes on here.
pub fn within<T, W>(limit: Duration, work: W) -> io::Result<T>
where
    T: Send + 'static,
    W: FnOnce() -> T + Send + 'static,
{
    let (sender, receiver) = mpsc::sync_channel(1);
    let worker = thread::Builder::new().name("store".to_owned()).spawn(move || {
        // Fails only when nobody waits any more.
        let _ = sender.send(work());
    })?;
    match receiver.recv_timeout(limit) {
        Ok(result) => Ok(result),
        Err(RecvTimeoutError::Timeout) => Err(io::ErrorKind::TimedOut.into()),
        Err(RecvTimeoutError::Disconnected) => match worker.join() {
            Err(panic) => std::panic::resume_unwind(panic),
            Ok(()) => Err(io::ErrorKind::Other.into()),
        },
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[test]
    fn hands_out_the_result() {
        assert_eq!(within(Duration::from_secs(10), || 7).unwrap(), 7);
    }

    #[test]
    fn leaves_a_blocked_call_behind() {
        let (_held, never) = mpsc::channel::<()>();
        let begun = Instant::now();
        let late = within(Duration::from_millis(50), move || never.recv().is_ok());
        assert_eq!(late.unwrap_err().kind(), io::ErrorKind::TimedOut);
        assert!(begun.elapsed() < Duration::from_secs(10));
    }

    #[test]
    #[should_panic(expected = "boom")]
    fn a_panic_goes_on() {
        let _ = within(Duration::from_secs(10), || panic!("boom"));
    }
}
