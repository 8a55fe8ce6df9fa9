//! A run of the program: while it goes on, what it prints, and what it left behind.

#![allow(dead_code, reason = "a harness: each test uses the part it needs")]

use std::fs::File;
use std::io::{Read, Seek, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use std::os::unix::process::{CommandExt, ExitStatusExt};

use serde_json::Value;

/// A whole run may take this long; then it is killed and the test fails with what it printed.
pub const RUN_DEADLINE: Duration = Duration::from_secs(120);
/// A line a test waits for comes within this time.
pub const LINE_DEADLINE: Duration = Duration::from_secs(10);
/// After the program ended, a child of its own may still hold the pipes; its words are not waited for.
const DRAIN_DEADLINE: Duration = Duration::from_secs(2);

/// A run that goes on. Dropping it ends the program and everything it has started.
pub struct Running {
    child: Child,
    stdin: Option<ChildStdin>,
    /// Where stdout goes, if that is no pipe.
    file: Option<File>,
    capture: Capture,
}

impl Running {
    /// Starts `command`, whose stdin is set already; its stdout goes to a pipe, or to `file`. `label` names
    /// the run where a test fails.
    pub(super) fn start(label: String, mut command: Command, file: Option<File>) -> Self {
        let stdout = file.as_ref().map_or_else(Stdio::piped, |file| file.try_clone().unwrap().into());
        // A group of its own: a deadline ends whatever the program has started, too.
        command.process_group(0).stdout(stdout).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{label}: {error}"));
        let stdout = child.stdout.take().map_or_else(Stream::default, Stream::reading);
        let stderr = Stream::reading(child.stderr.take().expect("stderr was piped"));
        let stdin = child.stdin.take();
        Self { child, stdin, file, capture: Capture::new(label, stdout, stderr) }
    }

    /// Writes a whole text to standard input and closes it.
    pub fn feed(&mut self, text: String) {
        let mut pipe = self.stdin.take().expect("stdin was piped");
        // A program that ends without reading closes the pipe; that is its right.
        thread::spawn(move || pipe.write_all(text.as_bytes()));
    }

    /// What it prints, also after it has ended.
    pub(super) fn capture(&self) -> Capture {
        self.capture.clone()
    }

    /// The first line of stderr that `wanted` accepts, those already printed included.
    pub fn wait_for_line(&self, wanted: impl Fn(&str) -> bool, deadline: Duration) -> String {
        let line = self.line_unless_ended(wanted, deadline);
        line.unwrap_or_else(|| panic!("the line awaited never came\n{}", self.capture))
    }

    /// The same for a run that may end before it says so.
    pub fn line_unless_ended(&self, wanted: impl Fn(&str) -> bool, deadline: Duration) -> Option<String> {
        self.capture.stderr.wait_for(deadline, |text| complete_lines(text).find(|line| wanted(line)))
    }

    /// The address the seller opens: the first line of stderr that is an http(s) URL and nothing else.
    pub fn url(&self) -> String {
        self.wait_for_line(is_url, LINE_DEADLINE)
    }

    /// What stderr holds so far.
    pub fn stderr(&self) -> String {
        self.capture.stderr.text()
    }

    /// Types a line into a standard input left open.
    pub fn send_line(&mut self, text: &str) {
        let pipe = self.stdin.as_mut().expect("started by spawn_with_open_stdin");
        writeln!(pipe, "{text}").unwrap();
    }

    /// The process's number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal, by its name without `SIG`, to the program alone.
    pub fn signal(&self, name: &str) {
        send_signal(name, i64::from(self.child.id()));
    }

    /// Whether the program has not ended yet.
    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Waits for the end. Fails after 30 seconds with everything printed until then.
    pub fn finish(mut self) -> Output {
        drop(self.stdin.take());
        let deadline = Instant::now() + RUN_DEADLINE;
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(Instant::now() < deadline, "still running after {RUN_DEADLINE:?}\n{}", self.capture);
            thread::sleep(Duration::from_millis(2));
        };
        match &mut self.file {
            None => self.capture.stdout.drain(),
            Some(file) => {
                let mut written = Vec::new();
                file.rewind().and_then(|()| file.read_to_end(&mut written)).unwrap();
                self.capture.stdout.push(&written);
            }
        }
        self.capture.stderr.drain();
        Output {
            stdout: self.capture.stdout.text(),
            stderr: self.capture.stderr.text(),
            code: status.code().unwrap_or_else(|| 128 + status.signal().unwrap_or_default()),
            capture: self.capture.clone(),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // The group may outlive the program; where nothing is left of it, nothing is hit: its number
        // is not given away before the child has been waited for.
        if self.child.try_wait().is_ok_and(|status| status.is_none()) {
            send_signal("KILL", -i64::from(self.child.id()));
        }
        let _ = self.child.wait();
    }
}

/// What a run left behind.
#[derive(Debug)]
pub struct Output {
    /// The answer.
    pub stdout: String,
    /// What was for a person.
    pub stderr: String,
    /// The exit code; 128 plus the signal's number where one ended it, as in a shell.
    pub code: i32,
    capture: Capture,
}

impl Output {
    /// Fails unless the exit code is this one.
    #[track_caller]
    pub fn code(self, expected: i32) -> Self {
        assert!(self.code == expected, "exit code {}, not {expected}\n{}", self.code, self.capture);
        self
    }

    /// Fails unless the run went well.
    #[track_caller]
    pub fn ok(self) -> Self {
        self.code(0)
    }

    /// Says that a secret belongs on this run's stdout. Its stderr stays searched.
    pub fn prints_a_secret(self) -> Self {
        self.capture.secret_stdout.store(true, Ordering::Relaxed);
        self
    }

    /// stdout where it is no text.
    pub fn bytes(&self) -> Vec<u8> {
        self.capture.stdout.bytes()
    }

    /// stdout as the JSON document it must be.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}\n{}", self.capture))
    }

    /// The error object on the last line of stderr, as `--json` prints it.
    #[track_caller]
    pub fn error_json(&self) -> Value {
        let line = self.stderr.lines().last().unwrap_or_default();
        serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}\n{}", self.capture))
    }
}

/// What one run printed, while it runs and afterwards.
#[derive(Clone)]
pub struct Capture {
    label: String,
    stdout: Stream,
    stderr: Stream,
    secret_stdout: Arc<AtomicBool>,
}

impl Capture {
    pub(super) fn new(label: String, stdout: Stream, stderr: Stream) -> Self {
        Self { label, stdout, stderr, secret_stdout: Arc::default() }
    }

    /// The parts in which a secret is a leak, each with its name.
    pub(super) fn searchable(&self) -> Vec<(String, Vec<u8>)> {
        let mut parts = vec![(format!("stderr of {}", self.label), self.stderr.bytes())];
        if !self.secret_stdout.load(Ordering::Relaxed) {
            parts.push((format!("stdout of {}", self.label), self.stdout.bytes()));
        }
        parts
    }
}

impl std::fmt::Display for Capture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (stdout, stderr) = (self.stdout.text(), self.stderr.text());
        write!(f, "$ {}\n--- stdout\n{stdout}\n--- stderr\n{stderr}\n---", self.label)
    }
}

impl std::fmt::Debug for Capture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}

/// Output that grows.
#[derive(Clone, Default)]
pub struct Stream {
    shared: Arc<(Mutex<Content>, Condvar)>,
}

#[derive(Default)]
struct Content {
    bytes: Vec<u8>,
    ended: bool,
}

impl Stream {
    fn reading(mut source: impl Read + Send + 'static) -> Self {
        let stream = Self::default();
        let writer = stream.clone();
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(length @ 1..) = source.read(&mut buffer) {
                writer.push(&buffer[..length]);
            }
            writer.end();
        });
        stream
    }

    /// Adds what came.
    pub fn push(&self, bytes: &[u8]) {
        self.shared.0.lock().unwrap().bytes.extend_from_slice(bytes);
        self.shared.1.notify_all();
    }

    fn end(&self) {
        self.shared.0.lock().unwrap().ended = true;
        self.shared.1.notify_all();
    }

    fn bytes(&self) -> Vec<u8> {
        self.shared.0.lock().unwrap().bytes.clone()
    }

    /// Everything that came so far.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes()).into_owned()
    }

    fn drain(&self) {
        let _ = self.wait_for(DRAIN_DEADLINE, |_| None::<()>);
    }

    /// The first answer of `look`, or nothing once the stream has ended or the time is over.
    fn wait_for<T>(&self, deadline: Duration, look: impl Fn(&str) -> Option<T>) -> Option<T> {
        let until = Instant::now() + deadline;
        let mut content = self.shared.0.lock().unwrap();
        loop {
            if let Some(found) = look(&String::from_utf8_lossy(&content.bytes)) {
                return Some(found);
            }
            let left = until.saturating_duration_since(Instant::now());
            if content.ended || left.is_zero() {
                return None;
            }
            content = self.shared.1.wait_timeout(content, left).unwrap().0;
        }
    }
}

/// Sends a signal, by its name without `SIG`, to a process or (negative) to a group.
pub fn send_signal(name: &str, target: i64) {
    let script = r#"kill -s "$0" -- "$1""#;
    let status =
        Command::new("sh").args(["-c", script, name, &target.to_string()]).stderr(Stdio::null()).status();
    assert!(status.is_ok(), "no shell to send a signal with");
}

fn complete_lines(text: &str) -> impl Iterator<Item = String> {
    text.split_inclusive('\n').filter(|line| line.ends_with('\n')).map(|line| line.trim_end().to_owned())
}

/// Whether this line is an address the seller opens.
pub fn is_url(line: &str) -> bool {
    let line = line.trim();
    (line.starts_with("https://") || line.starts_with("http://")) && !line.contains(char::is_whitespace)
}
