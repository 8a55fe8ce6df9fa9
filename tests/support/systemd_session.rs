//! A login for one test, as far as the user's own systemd goes: a real one, in a mount namespace and a
//! control group of its own.
//!
//! It ends as soon as its supervisor's standard input closes, which the kernel does even when the test
//! binary is killed. It needs root, or what lets root do that.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::environment::TestEnvironment;

/// Starting takes 0.2 s; a loaded machine may take a hundred times as long.
const DEADLINE: Duration = Duration::from_secs(30);

/// A user's systemd.
pub struct SystemdSession {
    folder: TempDir,
    supervisor: Child,
}

impl SystemdSession {
    /// Starts it, and waits until it answers.
    pub fn start() -> Self {
        let folder = tempfile::Builder::new().prefix("systemd-").tempdir().unwrap();
        for name in ["run", "home"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        let private = std::os::unix::fs::PermissionsExt::from_mode(0o700);
        fs::set_permissions(folder.path().join("run"), private).unwrap();
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/systemd_session.sh");
        let mut command = Command::new("unshare");
        command.args(["--mount", "sh", script]).arg(folder.path());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).process_group(0);
        let mut supervisor = command.spawn().expect("unshare comes with util-linux");
        let mut line = String::new();
        let read = BufReader::new(supervisor.stdout.as_mut().unwrap()).read_line(&mut line);
        let session = Self { folder, supervisor };
        assert!(read.is_ok() && line == "started\n", "the namespace could not be made: are you root?");
        session.wait_until_ready();
        session
    }

    /// Puts an environment into this session.
    pub fn apply(&self, environment: &mut TestEnvironment) {
        environment.set_var("HOME", self.home()).set_var("XDG_RUNTIME_DIR", self.folder.path().join("run"));
    }

    /// The user's home.
    pub fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// The folder of the user's units.
    pub fn units(&self) -> PathBuf {
        self.home().join(".config/systemd/user")
    }

    /// A program in this session, to its end.
    pub fn run(&self, program: &str, arguments: &[&str]) -> Output {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .env("HOME", self.home())
            .env("XDG_RUNTIME_DIR", self.folder.path().join("run"));
        command.env_remove("XDG_CONFIG_HOME").env_remove("DBUS_SESSION_BUS_ADDRESS");
        command.output().unwrap_or_else(|error| panic!("{program}: {error}; has tests/run installed it?"))
    }

    /// What `systemctl --user` prints.
    pub fn systemctl(&self, arguments: &[&str]) -> String {
        let output = self.run("systemctl", &[&["--user"], arguments].concat());
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    fn wait_until_ready(&self) {
        let deadline = Instant::now() + DEADLINE;
        while !self.run("systemctl", &["--user", "show", "--property=Version"]).status.success() {
            let log = fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
            assert!(Instant::now() < deadline, "systemd does not answer\n{log}");
            thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for SystemdSession {
    fn drop(&mut self) {
        drop(self.supervisor.stdin.take());
        let _ = self.supervisor.wait();
    }
}
