//! Ctrl-C, TERM and a closed terminal, seen instead of suffered: a renewal that has begun is
//! finished first, and a question gives the terminal back as it was.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Once, OnceLock};

use crate::error::{Error, Result};
use crate::fail;

#[cfg(windows)]
mod console;

static SEEN: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// Whether signals end the process, as they do where nobody asked otherwise.
static OBEYED: OnceLock<Arc<AtomicBool>> = OnceLock::new();

fn seen() -> &'static Arc<AtomicBool> {
    SEEN.get_or_init(Arc::default)
}

fn obeyed() -> &'static Arc<AtomicBool> {
    OBEYED.get_or_init(|| {
        let obeyed = Arc::new(AtomicBool::new(true));
        system::hear_ctrl_c(&obeyed);
        obeyed
    })
}

/// From now on signals are noted, not obeyed. Look with [`check`] wherever stopping is safe.
pub fn watch() {
    static OTHERS: Once = Once::new();
    OTHERS.call_once(|| system::hear_others(obeyed()));
    obeyed().store(false, Ordering::Relaxed);
}

/// From now on signals end the process again: nothing is half-done any more. Kind `interrupted` if one
/// came meanwhile.
pub fn obey() -> Result<()> {
    obeyed().store(true, Ordering::Relaxed);
    check()
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

#[cfg(unix)]
mod system {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::flag;

    /// Notes Ctrl-C. It ends the process as well while it is `obeyed`.
    pub fn hear_ctrl_c(obeyed: &Arc<AtomicBool>) {
        register(SIGINT, obeyed);
    }

    /// The same for what else ends a process.
    pub fn hear_others(obeyed: &Arc<AtomicBool>) {
        register(SIGTERM, obeyed);
        if !is_ignored(SIGHUP) {
            register(SIGHUP, obeyed);
        }
    }

    fn register(signal: i32, obeyed: &Arc<AtomicBool>) {
        // Without it the signal ends the process at once, as if nobody had asked otherwise.
        let _ = flag::register(signal, Arc::clone(super::seen()));
        let _ = flag::register_conditional_default(signal, Arc::clone(obeyed));
    }

    /// Whether whoever started this process wants it to survive the signal, as `nohup` does. A command that
    /// takes our place must inherit that. Only Linux tells it without unsafe code.
    fn is_ignored(signal: i32) -> bool {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
        mask.is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
    }
}

#[cfg(windows)]
mod system {
    use std::process::exit;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use crate::error::Kind;

    /// Notes Ctrl-C. It ends the process as well while it is `obeyed`.
    pub fn hear_ctrl_c(obeyed: &Arc<AtomicBool>) {
        let (seen, obeyed) = (Arc::clone(super::seen()), Arc::clone(obeyed));
        // Without it the key ends the process at once, as if nobody had asked otherwise.
        let _ = ctrlc::set_handler(move || {
            seen.store(true, Ordering::Relaxed);
            if obeyed.load(Ordering::Relaxed) {
                exit(Kind::Interrupted.exit_code().into());
            }
        });
    }

    /// The same for what else ends a process, as far as it waits for one: `taskkill /F` and the Task Manager do
    /// not.
    pub fn hear_others(obeyed: &Arc<AtomicBool>) {
        super::console::put_off_the_end(super::seen(), obeyed);
    }
}
