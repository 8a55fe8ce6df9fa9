//! A person at a terminal: the program in a pty, what it shows, what is typed.

#![allow(dead_code, reason = "a harness: each test uses the part it needs")]

use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};
use std::{io, str};

use expectrl::Expect;
use expectrl::process::Termios;
use expectrl::process::unix::WaitStatus;
use expectrl::session::OsSession;

use super::environment::TestEnvironment;
use super::running::{LINE_DEADLINE, RUN_DEADLINE, Stream};

/// A terminal as a person has it, where typed keys show. It is set before the program starts, and after
/// `expectrl` has made it one of 80 columns that hides what is typed: hence the line to wait for. A run in
/// the background ignores Ctrl-C, and so would everything it starts.
const PREPARED: &str =
    "read -r ready && stty echo columns \"$0\" rows 60 && exec env --default-signal=INT \"$@\"";

/// The same from a shell, which says at the end how the program left the terminal behind.
const LOOKED_AT: &str = "trap : INT; read -r ready && stty echo columns \"$0\" rows 60; \
                         env --default-signal=INT \"$@\"; code=$?; stty -a; exit $code";

/// The program in a terminal of its own. Dropping it ends the program.
pub struct Terminal {
    session: OsSession,
    shown: Stream,
    /// How much of the plain text earlier calls of [`expect`](Self::expect) have taken.
    taken: usize,
    closed: bool,
}

impl Terminal {
    /// Starts the program with stdin, stdout and stderr on a terminal, wide enough that no message is broken
    /// across lines.
    pub fn start(environment: &TestEnvironment, arguments: &[&str]) -> Self {
        Self::as_wide_as(240, environment, arguments)
    }

    /// The same on a terminal of so many columns.
    pub fn as_wide_as(columns: u16, environment: &TestEnvironment, arguments: &[&str]) -> Self {
        Self::run(PREPARED, columns, environment, arguments)
    }

    /// The same on a terminal whose state is shown afterwards, for
    /// [`finish_given_back`](Self::finish_given_back).
    pub fn looked_at(environment: &TestEnvironment, arguments: &[&str]) -> Self {
        Self::run(LOOKED_AT, 240, environment, arguments)
    }

    /// Another program of the machine's in this environment, 80 columns wide: a shell, at which a person types.
    pub fn of(environment: &TestEnvironment, program: &str, arguments: &[&str]) -> Self {
        let inner = environment.command(arguments);
        let mut command = Command::new(program);
        command.args(arguments).envs(inner.get_envs().filter_map(|(name, value)| Some((name, value?))));
        Self::run_program(PREPARED, 80, environment, &command)
    }

    fn run(script: &str, columns: u16, environment: &TestEnvironment, arguments: &[&str]) -> Self {
        Self::run_program(script, columns, environment, &environment.command(arguments))
    }

    fn run_program(script: &str, columns: u16, environment: &TestEnvironment, program: &Command) -> Self {
        let mut command = Command::new("sh");
        command
            .args(["-c", script, &columns.to_string()])
            .arg(program.get_program())
            .args(program.get_args())
            .env_clear();
        command.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.env("TERM", "xterm-256color").current_dir(environment.home().with_file_name(""));
        let mut session = OsSession::spawn(command).unwrap();
        session.send("\n").unwrap();
        let arguments: Vec<_> = program.get_args().map(|word| word.to_string_lossy()).collect();
        let name = program.get_program().to_string_lossy();
        let name = name.rsplit('/').next().unwrap_or_default();
        let shown = environment.capture(&format!("{name} {} (terminal)", arguments.join(" ")));
        Self { session, shown, taken: 0, closed: false }
    }

    /// Waits for a text after the one expected last, colours left aside; what stood before it comes back.
    #[track_caller]
    pub fn expect(&mut self, text: &str) -> String {
        let deadline = Instant::now() + LINE_DEADLINE;
        loop {
            self.read();
            let plain = self.plain();
            if let Some(at) = plain[self.taken..].find(text) {
                let before = plain[self.taken..self.taken + at].to_owned();
                self.taken += at + text.len();
                return before;
            }
            assert!(!self.closed, "the program ended without showing `{text}`\n{plain}");
            assert!(Instant::now() < deadline, "`{text}` was not shown\n{plain}");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits for a question; what is typed from then on does not show by itself.
    #[track_caller]
    pub fn expect_unseen(&mut self, question: &str) {
        self.expect(question);
        assert!(!self.session.get_process().is_echo().unwrap(), "`{question}` shows what is typed");
    }

    /// Waits for the address the seller opens: a line after the text expected last that is an http(s) URL
    /// and nothing else.
    #[track_caller]
    pub fn url(&mut self) -> String {
        self.expect("\nhttp");
        self.taken -= "http".len();
        let url = self.expect("\r\n");
        assert!(!url.contains(char::is_whitespace), "{url}");
        url
    }

    /// The process's number.
    pub fn id(&self) -> u32 {
        self.session.get_process().pid().as_raw().cast_unsigned()
    }

    /// Types a line.
    pub fn send_line(&mut self, text: &str) {
        // A terminal in raw mode knows Enter as a carriage return.
        self.send(&format!("{text}\r"));
    }

    /// Presses keys: `"\x03"` is Ctrl-C, `"\x1b[B"` the arrow down.
    pub fn send(&mut self, keys: &str) {
        self.session.send(keys).unwrap();
    }

    /// Everything shown so far, without colours.
    pub fn plain(&self) -> String {
        console::strip_ansi_codes(&self.shown.text()).into_owned()
    }

    /// Waits for the end; comes back with the exit code, 128 plus the signal's number where one ended it.
    #[track_caller]
    pub fn finish(mut self) -> i32 {
        let deadline = Instant::now() + RUN_DEADLINE;
        loop {
            self.read();
            match self.session.get_process().status().unwrap() {
                WaitStatus::Exited(_, code) => return code,
                WaitStatus::Signaled(_, signal, _) => return 128 + signal as i32,
                _ => assert!(Instant::now() < deadline, "still running\n{}", self.plain()),
            }
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits for the end of a program that is [`looked_at`](Self::looked_at): typed keys must show again,
    /// lines end with Enter, Ctrl-C interrupts, and the cursor is there.
    #[track_caller]
    pub fn finish_given_back(mut self) -> i32 {
        for mode in ["\r\nisig icanon", " echo"] {
            self.expect(mode);
        }
        let shown = self.shown.text();
        assert!(shown.rfind("\x1b[?25l") <= shown.rfind("\x1b[?25h"), "the cursor is hidden\n{shown}");
        self.finish()
    }

    fn read(&mut self) {
        let mut buffer = [0; 4096];
        while !self.closed {
            match self.session.try_read(&mut buffer) {
                Ok(0) => self.closed = true,
                Ok(length) => self.shown.push(&buffer[..length]),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                // Linux's answer on a terminal whose other side is closed.
                Err(_) => self.closed = true,
            }
        }
    }
}
