//! A closed console, a sign-off and a shutdown, as Windows tells of them: it ends the process when whoever was told
//! returns, whatever the process is doing, and after five seconds anyway.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use windows_sys::Win32::System::Console::{
    CTRL_CLOSE_EVENT, CTRL_LOGOFF_EVENT, CTRL_SHUTDOWN_EVENT, SetConsoleCtrlHandler,
};

/// How long the end is put off: less than the five seconds after which nobody is asked.
const MOST: Duration = Duration::from_secs(4);

/// The pause between two looks at whether it need be put off.
const GLANCE: Duration = Duration::from_millis(10);

/// What is told to whoever hears of an end.
struct Ear {
    seen: Arc<AtomicBool>,
    obeyed: Arc<AtomicBool>,
}

static EAR: OnceLock<Ear> = OnceLock::new();

/// From now on such an end is noted in `seen`, and put off while it is not `obeyed`: the process ends by itself
/// as soon as it has looked. Where Windows does not let us listen, it ends the process at once.
///
/// Of a sign-off and a shutdown Windows tells only programs that have not loaded what windows are drawn with
/// (`user32`, `gdi32`).
pub fn put_off_the_end(seen: &Arc<AtomicBool>, obeyed: &Arc<AtomicBool>) {
    EAR.get_or_init(|| Ear { seen: Arc::clone(seen), obeyed: Arc::clone(obeyed) });
    hear();
}

#[allow(unsafe_code)]
fn hear() {
    // SAFETY: the function lives as long as the process, and may be run by any thread at any time: it touches
    // nothing but atomics that are never freed.
    unsafe { SetConsoleCtrlHandler(Some(told), 1) };
}

/// Windows runs this in a thread of its own. It answers that the others who listen are to be asked as well.
extern "system" fn told(event: u32) -> i32 {
    let ends = [CTRL_CLOSE_EVENT, CTRL_LOGOFF_EVENT, CTRL_SHUTDOWN_EVENT].contains(&event);
    if let Some(ear) = EAR.get().filter(|_| ends) {
        linger(ear, MOST);
    }
    0
}

/// Returns when ends are obeyed, or after `most`.
fn linger(ear: &Ear, most: Duration) {
    let until = Instant::now() + most;
    ear.seen.store(true, Ordering::Relaxed);
    while !ear.obeyed.load(Ordering::Relaxed) && Instant::now() < until {
        thread::sleep(GLANCE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ear(obeyed: bool) -> Ear {
        Ear { seen: Arc::default(), obeyed: Arc::new(AtomicBool::new(obeyed)) }
    }

    #[test]
    fn an_end_that_is_obeyed_is_noted_and_not_put_off() {
        let ear = ear(true);
        let began = Instant::now();
        linger(&ear, MOST);
        assert!(began.elapsed() < MOST / 2);
        assert!(ear.seen.load(Ordering::Relaxed));
    }

    #[test]
    fn an_end_is_put_off_until_it_is_obeyed() {
        let ear = ear(false);
        let began = Instant::now();
        thread::scope(|scope| {
            let lingering = scope.spawn(|| linger(&ear, MOST));
            while !ear.seen.load(Ordering::Relaxed) {
                assert!(began.elapsed() < MOST / 2);
                thread::yield_now();
            }
            assert!(!lingering.is_finished());
            ear.obeyed.store(true, Ordering::Relaxed);
            lingering.join().unwrap();
        });
        assert!(began.elapsed() < MOST / 2);
    }

    #[test]
    fn an_end_is_put_off_no_longer_than_windows_waits() {
        let began = Instant::now();
        linger(&ear(false), GLANCE * 3);
        assert!(began.elapsed() >= GLANCE * 3);
        assert!(MOST < Duration::from_secs(5));
    }

    #[test]
    fn ctrl_c_is_left_to_who_hears_it() {
        put_off_the_end(&Arc::default(), &Arc::default());
        let began = Instant::now();
        assert_eq!(told(windows_sys::Win32::System::Console::CTRL_C_EVENT), 0);
        assert!(began.elapsed() < MOST / 2);
    }
}
