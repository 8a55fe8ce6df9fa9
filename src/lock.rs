//! One command at a time per profile, across processes.
//!
//! The operating system holds the lock and frees it when its holder ends, however it ends. The
//! lock file stays: removing it would let two processes lock two files of one name.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Error, Result};
use crate::{fail, files};

/// After this much waiting a person wants to know why.
const WORTH_TELLING: Duration = Duration::from_secs(2);

/// The first pause between two tries; each one doubles, up to [`LONGEST_PAUSE`]. With 20 ms, two
/// hundred waiting processes kept two cores busy.
const SHORTEST_PAUSE: Duration = Duration::from_millis(1);
const LONGEST_PAUSE: Duration = Duration::from_millis(100);

/// A lock that is held. Dropping it, or the end of the process, frees it.
#[derive(Debug)]
#[must_use = "a lock that is dropped protects nothing"]
pub struct Lock {
    _file: File,
}

/// Takes the lock at `path`, waiting until `deadline`. Makes the file (0600) if it is missing.
///
/// `waited` is called once, after two seconds of waiting. The error at the deadline has kind
/// `temporary`.
pub fn acquire(path: &Path, deadline: Instant, waited: &mut dyn FnMut()) -> Result<Lock> {
    let lock = acquire_unless(path, deadline, waited, &mut || Ok(false))?;
    Ok(lock.expect("nothing but `done` ends the waiting without a lock"))
}

/// Like [`acquire`], but asks `done` after each try that failed: `None` as soon as it says that
/// another process has finished the work. An error of `done` ends the waiting too.
pub fn acquire_unless(
    path: &Path,
    deadline: Instant,
    waited: &mut dyn FnMut(),
    done: &mut dyn FnMut() -> Result<bool>,
) -> Result<Option<Lock>> {
    let file = open(path)?;
    let tell_at = Instant::now() + WORTH_TELLING;
    let mut told = false;
    for round in 0.. {
        match file.try_lock() {
            Ok(()) => return Ok(Some(Lock { _file: file })),
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) => return Err(unusable(path, error)),
        }
        if done()? {
            return Ok(None);
        }
        let now = Instant::now();
        if now >= deadline {
            return Err(fail!(Temporary, "lock-held", path = path.display()));
        }
        if !told && now >= tell_at {
            waited();
            told = true;
        }
        thread::sleep(pause(round, random()).min(deadline - now));
    }
    unreachable!("the loop has no end")
}

fn open(path: &Path) -> Result<File> {
    if let Some(folder) = path.parent() {
        files::create_private_dir(folder).map_err(|error| unusable(path, error))?;
    }
    // A pipe would be waited for.
    if path.exists() {
        files::assert_plain(path).map_err(|error| unusable(path, error))?;
    }
    let mut options = OpenOptions::new();
    files::open_or_make_private(path, options.truncate(false).write(true))
        .map_err(|error| unusable(path, error))
}

fn unusable(path: &Path, error: std::io::Error) -> Error {
    fail!(Internal, "lock-unusable", path = path.display()).because(error)
}

/// The pause before try number `round + 1`: between half of the full pause and all of it, by
/// `random`, so that many waiting processes do not try in step.
fn pause(round: u32, random: u32) -> Duration {
    let full = SHORTEST_PAUSE.saturating_mul(1 << round.min(10)).min(LONGEST_PAUSE);
    let half = full / 2;
    half + half.mul_f64(f64::from(random) / f64::from(u32::MAX))
}

/// Without randomness every pause is a full one: in step, but correct.
fn random() -> u32 {
    getrandom::u32().unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    #[cfg(target_os = "linux")]
    use std::process::{Child, Command, Stdio};
    use std::sync::atomic::{AtomicU32, Ordering};

    use tempfile::TempDir;

    use super::*;
    use crate::error::Kind;

    fn soon() -> Instant {
        Instant::now() + Duration::from_secs(10)
    }

    fn place() -> (TempDir, PathBuf) {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("locks/profile");
        (home, path)
    }

    /// Another process that holds the lock until it is killed.
    #[cfg(target_os = "linux")]
    fn holder(path: &Path) -> Child {
        use std::io::Read;
        drop(acquire(path, soon(), &mut || {}).unwrap());
        let mut child = Command::new("flock")
            .arg("--no-fork")
            .arg(path)
            .args(["sh", "-c", "printf h; exec cat"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdout.as_mut().unwrap().read_exact(&mut [0]).unwrap();
        child
    }

    #[test]
    fn a_free_lock_is_taken_at_once_even_past_the_deadline() {
        let (_home, path) = place();
        drop(acquire(&path, Instant::now(), &mut || panic!("nothing to wait for")).unwrap());
        drop(acquire(&path, Instant::now(), &mut || panic!("nothing to wait for")).unwrap());
        assert!(path.exists());
    }

    #[test]
    fn only_one_holds_it_at_a_time() {
        let (_home, path) = place();
        let (inside, total) = (AtomicU32::new(0), AtomicU32::new(0));
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..5 {
                        let lock = acquire(&path, soon(), &mut || {}).unwrap();
                        assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                        thread::yield_now();
                        inside.fetch_sub(1, Ordering::SeqCst);
                        total.fetch_add(1, Ordering::SeqCst);
                        drop(lock);
                    }
                });
            }
        });
        assert_eq!(total.into_inner(), 40);
    }

    #[test]
    fn a_held_lock_is_temporary_at_the_deadline_and_tells_once() {
        let (_home, path) = place();
        let _held = acquire(&path, soon(), &mut || {}).unwrap();
        let mut told = 0;
        let deadline = Instant::now() + WORTH_TELLING + Duration::from_millis(200);
        let error = acquire(&path, deadline, &mut || told += 1).unwrap_err();
        assert_eq!((error.kind, told), (Kind::Temporary, 1));
        assert!(error.hint.is_some());
        assert!(Instant::now() >= deadline);
    }

    #[test]
    fn a_short_wait_says_nothing() {
        let (_home, path) = place();
        let _held = acquire(&path, soon(), &mut || {}).unwrap();
        let deadline = Instant::now() + Duration::from_millis(30);
        assert!(acquire(&path, deadline, &mut || panic!("too early")).is_err());
    }

    #[test]
    fn work_that_another_process_finished_ends_the_waiting() {
        let (_home, path) = place();
        let _held = acquire(&path, soon(), &mut || {}).unwrap();
        let mut rounds = 0;
        let mut done = || {
            rounds += 1;
            Ok(rounds == 3)
        };
        assert!(acquire_unless(&path, soon(), &mut || {}, &mut done).unwrap().is_none());
        assert_eq!(rounds, 3);
        let mut fails = || Err(fail!(Temporary, "lock-held", path = "x"));
        assert!(acquire_unless(&path, soon(), &mut || {}, &mut fails).is_err());
    }

    #[test]
    fn a_free_lock_is_taken_without_asking_whether_the_work_is_done() {
        let (_home, path) = place();
        let mut done = || panic!("not asked");
        assert!(acquire_unless(&path, soon(), &mut || {}, &mut done).unwrap().is_some());
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_killed_process_frees_it() {
        let (_home, path) = place();
        let mut child = holder(&path);
        let short = Instant::now() + Duration::from_millis(50);
        assert_eq!(acquire(&path, short, &mut || {}).unwrap_err().kind, Kind::Temporary);
        child.kill().unwrap();
        child.wait().unwrap();
        drop(acquire(&path, Instant::now(), &mut || {}).unwrap());
        assert!(path.exists());
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_waiting_process_gets_it_when_its_holder_is_killed() {
        let (_home, path) = place();
        let mut child = holder(&path);
        thread::scope(|scope| {
            let waiting = scope.spawn(|| acquire(&path, soon(), &mut || {}).map(drop));
            child.kill().unwrap();
            child.wait().unwrap();
            waiting.join().unwrap().unwrap();
        });
    }

    #[test]
    #[cfg(unix)]
    fn its_file_is_private() {
        use std::os::unix::fs::PermissionsExt;
        let (_home, path) = place();
        let _lock = acquire(&path, soon(), &mut || {}).unwrap();
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_said() {
        let (_home, path) = place();
        std::fs::write(path.parent().unwrap(), "in the way").unwrap();
        let error = acquire(&path, soon(), &mut || {}).unwrap_err();
        assert_eq!((error.kind, error.causes().is_empty()), (Kind::Internal, false));
    }

    #[test]
    fn pauses_grow_from_one_to_a_hundred_milliseconds() {
        for random in [0, u32::MAX / 2, u32::MAX] {
            for round in 0..100 {
                let pause = pause(round, random);
                assert!(pause >= SHORTEST_PAUSE / 2 && pause <= LONGEST_PAUSE, "{round}: {pause:?}");
            }
        }
        assert_eq!(pause(0, u32::MAX), SHORTEST_PAUSE);
        assert_eq!(pause(50, u32::MAX), LONGEST_PAUSE);
        assert!(pause(50, 0) < pause(50, u32::MAX));
    }
}
