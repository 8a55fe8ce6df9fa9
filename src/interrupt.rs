//! Ctrl-C, TERM and a closed terminal, seen instead of suffered: a renewal that has begun is
//! finished first, and a question gives the terminal back as it was.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Once, OnceLock};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use crate::error::{Error, Result};
use crate::fail;

static SEEN: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// Whether Ctrl-C ends the process, as it does where nobody asked otherwise.
static OBEYED: OnceLock<Arc<AtomicBool>> = OnceLock::new();

fn seen() -> &'static Arc<AtomicBool> {
    SEEN.get_or_init(Arc::default)
}

fn obeyed() -> &'static Arc<AtomicBool> {
    OBEYED.get_or_init(|| {
        let obeyed = Arc::new(AtomicBool::new(true));
        // Without it the signal ends the process at once, as if nobody had asked otherwise.
        let _ = flag::register(SIGINT, Arc::clone(seen()));
        let _ = flag::register_conditional_default(SIGINT, Arc::clone(&obeyed));
        obeyed
    })
}

/// From now on signals are noted, not obeyed. Look with [`check`] wherever stopping is safe.
pub fn watch() {
    static TERM: Once = Once::new();
    TERM.call_once(|| {
        let _ = flag::register(SIGTERM, Arc::clone(seen()));
        #[cfg(unix)]
        let _ = flag::register(signal_hook::consts::SIGHUP, Arc::clone(seen()));
    });
    obeyed().store(false, Ordering::Relaxed);
}

/// Runs `ask`, and only meanwhile notes Ctrl-C: whoever asks sees the key as well.
pub fn hold<T>(ask: impl FnOnce() -> T) -> T {
    let before = obeyed().swap(false, Ordering::Relaxed);
    let answer = ask();
    obeyed().store(before, Ordering::Relaxed);
    answer
}

/// Kind `interrupted` once a signal came.
pub fn check() -> Result<()> {
    match SEEN.get().is_some_and(|seen| seen.load(Ordering::Relaxed)) {
        true => Err(error()),
        false => Ok(()),
    }
}

fn error() -> Error {
    fail!(Interrupted, "interrupted")
}
