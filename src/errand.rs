//! A program that is sent on an errand: it gets nothing to read, ends in time, and what it says is kept.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

/// What a program said comes this soon after its end; whoever holds its pipe for longer is not waited for.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// The pause between two looks whether it has ended.
const GLANCE: Duration = Duration::from_millis(10);

/// So many bytes of what it says are kept; the rest is read and thrown away.
const KEPT: u64 = 64 * 1024;

/// How an errand ended.
#[derive(Debug)]
pub struct End {
    /// How the program ended.
    pub status: ExitStatus,
    /// What it printed.
    pub said: String,
    /// What stood on its stderr.
    pub complained: String,
}

/// Why an errand did not come to an end of its own.
#[derive(Debug, thiserror::Error)]
pub enum Undone {
    /// It could not be started; it may not be there.
    #[error(transparent)]
    Unstarted(#[from] std::io::Error),
    /// It did not end in time, and was ended with everything it had started.
    #[error("{}", crate::text!("errand-silent", seconds = .0.as_secs()))]
    Silent(Duration),
    /// Somebody stopped us meanwhile.
    #[error("{}", crate::text!("errand-stopped"))]
    Stopped,
}

impl End {
    /// Its last line, of stderr if it said something there; how it ended where it said nothing.
    pub fn last_words(&self) -> String {
        let last =
            |text: &str| text.lines().rev().map(str::trim).find(|line| !line.is_empty()).map(str::to_owned);
        last(&self.complained).or_else(|| last(&self.said)).unwrap_or_else(|| self.status.to_string())
    }
}

/// Runs `command` to its end, for `patience` at most, or until `stop` says so. Its stdin is empty.
pub fn run(mut command: Command, patience: Duration, stop: &dyn Fn() -> bool) -> Result<End, Undone> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    apart(&mut command);
    let mut child = command.spawn()?;
    let (said, complained) = (child.stdout.take().map(drain), child.stderr.take().map(drain));
    let until = Instant::now() + patience;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if stop() || Instant::now() >= until {
            let why = if stop() { Undone::Stopped } else { Undone::Silent(patience) };
            end(&mut child);
            return Err(why);
        }
        thread::sleep(GLANCE);
    };
    let words = |pipe: Option<Receiver<Vec<u8>>>| {
        let bytes = pipe.and_then(|pipe| pipe.recv_timeout(LAST_WORDS).ok()).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    };
    Ok(End { status, said: words(said), complained: words(complained) })
}

/// What comes out of a pipe, once it is closed.
fn drain(mut pipe: impl Read + Send + 'static) -> Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = pipe.by_ref().take(KEPT).read_to_end(&mut bytes);
        let rest = read.and_then(|_| std::io::copy(&mut pipe, &mut std::io::sink()));
        // Nobody may wait for it any more.
        let _ = (rest, sender.send(bytes));
    });
    receiver
}

/// In a group of its own: Ctrl-C is ours to handle, and a deadline ends whatever the program has started.
#[cfg(unix)]
fn apart(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(not(unix))]
fn apart(_command: &mut Command) {}

/// Ends it. Whoever is gone already needs no end.
fn end(child: &mut Child) {
    #[cfg(unix)]
    let _ = rustix::process::kill_process_group(
        rustix::process::Pid::from_child(child),
        rustix::process::Signal::KILL,
    );
    let _ = child.kill().and_then(|()| child.wait());
}

/// Where a program is: at its own place, or in the first folder of `path` that has it.
pub fn program_in(program: &str, path: &str) -> Option<PathBuf> {
    if program.contains(std::path::MAIN_SEPARATOR) {
        return Some(PathBuf::from(program)).filter(|program| is_program(program));
    }
    let ends: &[&str] = if cfg!(windows) { &["", ".exe", ".cmd", ".bat"] } else { &[""] };
    let places = std::env::split_paths(path)
        .flat_map(|folder| ends.iter().map(move |end| folder.join(format!("{program}{end}"))));
    places.into_iter().find(|place| is_program(place))
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(30);

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn what_it_says_is_kept_apart_and_its_last_line_tells_most() {
        let end =
            run(shell("echo one; echo two >&2; echo three >&2; echo >&2; exit 3"), LONG, &|| false).unwrap();
        assert_eq!((end.status.code(), end.said.as_str()), (Some(3), "one\n"));
        assert_eq!(end.last_words(), "three");
        assert_eq!(run(shell("echo one"), LONG, &|| false).unwrap().last_words(), "one");
        assert!(run(shell("exit 7"), LONG, &|| false).unwrap().last_words().contains('7'));
    }

    #[test]
    fn it_is_ended_in_time_with_everything_it_started() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        // The pipe is open for writing as long as the inner one lives.
        let script = format!("(exec sleep 60 > '{0}') & cat '{0}'", pipe.display());
        let began = Instant::now();
        let undone = run(shell(&script), Duration::from_millis(200), &|| false).unwrap_err();
        assert!(matches!(undone, Undone::Silent(_)), "{undone}");
        let is_read = || {
            let at_once = rustix::fs::OFlags::WRONLY | rustix::fs::OFlags::NONBLOCK;
            rustix::fs::open(&pipe, at_once, rustix::fs::Mode::empty()).is_ok()
        };
        while is_read() {
            assert!(began.elapsed() < LONG, "what it started lives on");
            thread::sleep(GLANCE);
        }
    }

    #[test]
    fn whoever_is_stopped_waits_no_longer() {
        let undone = run(shell("sleep 60"), LONG, &|| true).unwrap_err();
        assert!(matches!(undone, Undone::Stopped), "{undone}");
        assert!(matches!(run(Command::new("/nowhere/x"), LONG, &|| false), Err(Undone::Unstarted(_))));
    }

    #[test]
    fn one_that_stays_behind_is_not_waited_for() {
        let began = Instant::now();
        let end = run(shell("sleep 20 & echo done"), LONG, &|| false).unwrap();
        assert!(end.status.success() && began.elapsed() < Duration::from_secs(15));
    }
}
