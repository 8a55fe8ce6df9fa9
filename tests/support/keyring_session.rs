//! A desktop login for one test: a session bus of its own and on it the real gnome-keyring.
//!
//! Bus, daemon and their supervising shell are one process group. The shell ends the group as soon
//! as its standard input closes, which the kernel does even when the test binary is killed.

#![allow(dead_code, reason = "a harness: each test uses the part it needs")]

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::environment::TestEnvironment;
use super::running::send_signal;

/// The password of the login collection.
const PASSWORD: &str = "correct horse battery staple";
const LOGIN_COLLECTION: &str = "/org/freedesktop/secrets/collection/login";
const SERVICE: &str = "org.freedesktop.secrets";
/// Starting takes 0.1 s; a loaded machine may take a hundred times as long.
const DEADLINE: Duration = Duration::from_secs(10);

/// `GKD_CONTROL_OP_UNLOCK` of gnome-keyring's control protocol, the one its PAM module speaks.
const CONTROL_UNLOCK: u32 = 1;
/// `GKD_CONTROL_RESULT_OK`.
const CONTROL_OK: u32 = 0;

/// Starts the bus, then the daemon where one is wanted ($2), and ends both with itself.
const SUPERVISOR: &str = include_str!("keyring_session.sh");

/// A session bus, with or without a keyring on it.
pub struct KeyringSession {
    folder: TempDir,
    supervisor: Child,
    daemon: Option<i64>,
}

impl KeyringSession {
    /// A person is logged in and the keyring is open.
    pub fn start() -> Self {
        Self::with("unlocked")
    }

    /// A keyring without any collection: a new account, or a login without a password.
    pub fn without_collection() -> Self {
        Self::with("empty")
    }

    /// A bus with nobody on it.
    pub fn without_daemon() -> Self {
        Self::with("none")
    }

    fn with(daemon: &str) -> Self {
        let folder = tempfile::Builder::new().prefix("keyring-").tempdir().unwrap();
        fs::create_dir(folder.path().join("run")).unwrap();
        fs::write(folder.path().join("password"), PASSWORD).unwrap();
        let mut supervisor = supervise(folder.path(), daemon);
        let pid = first_line_as_number(&mut supervisor).unwrap_or_else(|| {
            let log = fs::read_to_string(folder.path().join("log")).unwrap_or_default();
            panic!("the session did not start; has tests/run installed its parts?\n{log}")
        });
        let session = Self { folder, supervisor, daemon: Some(pid).filter(|pid| *pid != 0) };
        session.wait_until_ready();
        session
    }

    /// Puts an environment into this session.
    pub fn apply(&self, environment: &mut TestEnvironment) {
        environment
            .set_var("DBUS_SESSION_BUS_ADDRESS", self.address())
            .set_var("XDG_RUNTIME_DIR", self.runtime_folder());
    }

    /// The bus's address.
    pub fn address(&self) -> String {
        format!("unix:path={}", self.socket().display())
    }

    /// The bus's socket.
    pub fn socket(&self) -> PathBuf {
        self.folder.path().join("bus")
    }

    /// Locks the login collection, as a screen lock may.
    pub fn lock(&self) {
        let collection = format!("array:objpath:{LOGIN_COLLECTION}");
        self.call(&[
            "--dest=org.freedesktop.secrets",
            "/org/freedesktop/secrets",
            "org.freedesktop.Secret.Service.Lock",
            &collection,
        ]);
        self.wait_for_lock_state(true);
    }

    /// Unlocks it the way a login does, without a dialog.
    pub fn unlock(&self) {
        let result = request_unlock(&self.runtime_folder().join("keyring/control"));
        assert_eq!(result.unwrap(), CONTROL_OK, "the keyring did not take its own password");
        self.wait_for_lock_state(false);
    }

    /// Stops the daemon in its tracks: it keeps its name and answers nobody.
    pub fn freeze(&self) {
        send_signal("STOP", self.daemon());
    }

    /// Lets a frozen daemon go on.
    pub fn thaw(&self) {
        send_signal("CONT", self.daemon());
    }

    /// Says a word on the bus that nobody listens for, a signal of interface `word`.
    pub fn say(&self, word: &str) {
        let status = Command::new("dbus-send")
            .args([&format!("--bus={}", self.address()), "--type=signal", "/", &format!("{word}.Said")])
            .status();
        assert!(status.expect("dbus-send is installed by tests/run").success(), "{word}");
    }

    /// The entries of the program, as another program of this login sees them.
    pub fn entries(&self) -> Vec<String> {
        let mut search = Command::new("secret-tool");
        search.args(["search", "--all", "service", "sellauth"]);
        search.env("DBUS_SESSION_BUS_ADDRESS", self.address());
        let output = search.output().expect("tests/run installs secret-tool");
        let found = String::from_utf8_lossy(&output.stderr).into_owned();
        let entries = found.lines().filter_map(|line| line.strip_prefix("attribute.username = "));
        entries.map(str::to_owned).collect()
    }

    /// Whether the program keeps something under this name. Others may come and go meanwhile.
    pub fn has_entry(&self, name: &str) -> bool {
        let reply = self.call(&[
            "--dest=org.freedesktop.secrets",
            "/org/freedesktop/secrets",
            "org.freedesktop.Secret.Service.SearchItems",
            &format!("dict:string:string:service,sellauth,username,{name}"),
        ]);
        reply.contains("object path")
    }

    fn daemon(&self) -> i64 {
        self.daemon.expect("this session has a daemon")
    }

    fn runtime_folder(&self) -> PathBuf {
        self.folder.path().join("run")
    }

    /// The daemon owns its name a little after it was started; until then the bus does not know it.
    fn wait_until_ready(&self) {
        let owned = || {
            let reply = self.call(&[
                "--dest=org.freedesktop.DBus",
                "/",
                "org.freedesktop.DBus.NameHasOwner",
                &format!("string:{SERVICE}"),
            ]);
            reply.contains("true")
        };
        wait_until("the keyring's name on the bus", || owned() == self.daemon.is_some());
    }

    fn wait_for_lock_state(&self, locked: bool) {
        let state = || {
            self.call(&[
                "--dest=org.freedesktop.secrets",
                LOGIN_COLLECTION,
                "org.freedesktop.DBus.Properties.Get",
                "string:org.freedesktop.Secret.Collection",
                "string:Locked",
            ])
        };
        wait_until("the collection's lock state", || state().contains(&format!("boolean {locked}")));
    }

    fn call(&self, message: &[&str]) -> String {
        let output = Command::new("dbus-send")
            .arg(format!("--bus={}", self.address()))
            .args(["--print-reply", "--reply-timeout=10000"])
            .args(message)
            .output()
            .expect("dbus-send is installed by tests/run");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "dbus-send {}: {error}", message.join(" "));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

impl Drop for KeyringSession {
    fn drop(&mut self) {
        drop(self.supervisor.stdin.take());
        let _ = self.supervisor.wait();
    }
}

fn supervise(folder: &Path, daemon: &str) -> Child {
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/nosvc.conf");
    let log = File::create(folder.join("log")).unwrap();
    Command::new("sh")
        .args(["-c", SUPERVISOR, "session"])
        .arg(config)
        .arg(daemon)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").expect("a machine has a PATH"))
        .env("HOME", folder)
        .env("LANG", "C.UTF-8")
        .env("XDG_RUNTIME_DIR", folder.join("run"))
        .env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", folder.join("bus").display()))
        .current_dir(folder)
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(log)
        .spawn()
        .expect("a machine has a shell")
}

fn first_line_as_number(supervisor: &mut Child) -> Option<i64> {
    let stdout = supervisor.stdout.take().expect("stdout was piped");
    let mut line = String::new();
    BufReader::new(stdout).read_line(&mut line).ok()?;
    line.trim().parse().ok()
}

fn wait_until(what: &str, done: impl Fn() -> bool) {
    let deadline = Instant::now() + DEADLINE;
    while !done() {
        assert!(Instant::now() < deadline, "waited {DEADLINE:?} for {what}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// One packet each way, numbers big-endian, every length including its own four bytes where it is the
/// packet's: gnome-keyring, `daemon/control/gkd-control-server.c`.
fn request_unlock(control: &Path) -> std::io::Result<u32> {
    let mut socket = UnixStream::connect(control)?;
    socket.set_read_timeout(Some(DEADLINE))?;
    // The first byte carries the peer's credentials.
    socket.write_all(&[0])?;
    let length = u32::try_from(12 + PASSWORD.len()).expect("a short password");
    let mut packet = Vec::new();
    packet.extend(length.to_be_bytes());
    packet.extend(CONTROL_UNLOCK.to_be_bytes());
    packet.extend((length - 12).to_be_bytes());
    packet.extend(PASSWORD.as_bytes());
    socket.write_all(&packet)?;
    let mut answer = [0; 8];
    std::io::Read::read_exact(&mut socket, &mut answer)?;
    let [.., a, b, c, d] = answer;
    Ok(u32::from_be_bytes([a, b, c, d]))
}
