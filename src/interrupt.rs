//! Ctrl-C and TERM, seen instead of suffered: a renewal that has begun is finished first.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use crate::error::{Error, Result};
use crate::fail;

static SEEN: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// From now on signals are noted, not obeyed. Look with [`check`] wherever stopping is safe.
pub fn watch() {
    SEEN.get_or_init(|| {
        let seen = Arc::new(AtomicBool::new(false));
        for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
            // Without it the signal ends the process at once, as if this had not been called.
            let _ = signal_hook::flag::register(signal, Arc::clone(&seen));
        }
        seen
    });
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
