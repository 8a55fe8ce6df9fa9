//! The operating system's keyring, for real: gnome-keyring on a session bus of its own.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

use crate::support::environment::TestEnvironment;
use crate::support::keyring_session::KeyringSession;
use crate::support::oidc::{CONFIDENTIAL, NATIVE, Oidc, SELLER};
use crate::support::terminal::Terminal;

/// Whatever a keyring does, a command has ended by then.
const LIMIT: Duration = Duration::from_secs(10);

/// A home in `session` with the definition of `oidc` and its app without a secret.
fn registered(session: &KeyringSession, oidc: &Oidc) -> TestEnvironment {
    let mut environment = TestEnvironment::new();
    session.apply(&mut environment);
    environment.write("marketplaces/loopback.toml", &oidc.definition("loopback"));
    environment.run(&["app", "add", "loopback", "--client-id", NATIVE]).ok();
    environment
}

/// The same with a shop connected, whose tokens come from the keyring only.
fn connected(session: &KeyringSession, oidc: &Oidc) -> TestEnvironment {
    let environment = registered(session, oidc);
    environment.write("config.toml", "cache = \"off\"\n");
    connect(&environment, oidc);
    environment
}

fn connect(environment: &TestEnvironment, oidc: &Oidc) {
    let running = environment.spawn(&["connect", "loopback", "--no-browser"]);
    oidc.consent(&running.url());
    running.finish().ok();
}

fn token(environment: &TestEnvironment, arguments: &[&str]) -> String {
    let output = environment.run(&[&["token", "loopback"], arguments].concat()).ok().prints_a_secret();
    output.stdout.trim_end().to_owned()
}

/// `token` and `connect` are exit 8 in time and say how to go on; no address is shown, nothing is
/// written, the server is not asked.
#[track_caller]
fn assert_unusable(environment: &TestEnvironment, oidc: &Oidc, words: &str) {
    let (files, requests) = (environment.files(), oidc.requests());
    let commands: [&[&str]; 3] = [
        &["token", "loopback"],
        &["connect", "loopback", "--no-browser", "--profile", "second"],
        &["reauthorize", "loopback", "--no-browser"],
    ];
    for command in commands {
        let began = Instant::now();
        let output = environment.run(&[command, &["--json"]].concat()).code(8);
        assert!(began.elapsed() < LIMIT, "{command:?} took {:?}", began.elapsed());
        assert!(!output.stderr.contains("http://"), "no browser: {}", output.stderr);
        let error = output.error_json();
        assert_eq!(error["error"]["kind"], "store");
        let message = error["error"]["message"].as_str().unwrap();
        assert!(message.contains(words), "{command:?}: {message}");
        let hint = error["error"]["hint"].as_str().unwrap();
        assert!(hint.contains("--store file"), "{command:?}: {hint}");
    }
    assert_eq!(environment.files(), files);
    assert_eq!(oidc.requests(), requests);
}

#[test]
fn a_shop_lives_in_the_keyring_until_it_is_disconnected() {
    let (session, oidc) = (KeyringSession::start(), Oidc::start());
    let mut environment = TestEnvironment::new();
    session.apply(&mut environment);
    environment.write("marketplaces/loopback.toml", &oidc.confidential_definition("loopback"));
    assert_eq!(session.entries(), Vec::<String>::new());

    let add = ["app", "add", "loopback", "--client-id", CONFIDENTIAL, "--client-secret-stdin"];
    environment.invoke(&add).stdin(oidc.client_secret()).run().ok();
    assert_eq!(session.entries().len(), 1, "the client secret");
    connect(&environment, &oidc);
    assert_eq!(session.entries().len(), 2, "and the token set");
    let row = environment.run(&["status", "--json"]).ok().json();
    assert_eq!((&row[0]["store"], &row[0]["shop_id"]), (&"keyring".into(), &SELLER.into()));

    let first = token(&environment, &[]);
    assert_eq!(token(&environment, &[]), first);
    assert_eq!(oidc.renewals(), []);
    let before = session.entries();
    let second = token(&environment, &["--refresh"]);
    assert!(first != second && oidc.is_active(&second));
    let after = session.entries();
    assert_eq!(after.len(), 2, "the replaced token set is gone");
    assert_ne!(before, after);
    environment.assert_absent(&[&first, &second, oidc.client_secret()]);

    environment.run(&["disconnect", "loopback", "--yes"]).ok();
    assert!(!oidc.grant_alive());
    assert_eq!(session.entries().len(), 1, "the client secret stays for other shops");
    environment.run(&["app", "remove", "loopback", "--yes"]).ok();
    assert_eq!(session.entries(), Vec::<String>::new());
    assert!(!environment.home().join("store").exists(), "nothing went into the file store");
}

#[test]
fn a_keyring_that_is_unlocked_again_serves_again() {
    let (session, oidc) = (KeyringSession::start(), Oidc::start());
    let environment = connected(&session, &oidc);
    let before = token(&environment, &[]);
    session.lock();
    assert_unusable(&environment, &oidc, "the keyring is locked");
    session.unlock();
    assert_eq!(token(&environment, &[]), before);
}

#[test]
fn a_frozen_keyring_is_not_waited_for() {
    let (session, oidc) = (KeyringSession::start(), Oidc::start());
    let environment = connected(&session, &oidc);
    let before = token(&environment, &[]);
    session.freeze();
    assert_unusable(&environment, &oidc, "the keyring did not answer");
    session.thaw();
    assert_eq!(token(&environment, &[]), before);
}

#[test]
fn a_bus_without_a_keyring_says_so() {
    let (session, oidc) = (KeyringSession::start(), Oidc::start());
    let mut environment = connected(&session, &oidc);
    let empty = KeyringSession::without_daemon();
    empty.apply(&mut environment);
    assert_unusable(&environment, &oidc, "no keyring can be reached");
}

#[test]
fn a_system_without_a_bus_says_so() {
    let (session, oidc) = (KeyringSession::start(), Oidc::start());
    let mut environment = connected(&session, &oidc);
    environment.remove_var("DBUS_SESSION_BUS_ADDRESS").remove_var("XDG_RUNTIME_DIR");
    assert_unusable(&environment, &oidc, "no keyring can be reached");
    environment.set_var("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    assert_unusable(&environment, &oidc, "no keyring can be reached");
}

#[test]
fn a_keyring_without_a_collection_is_noticed_before_the_browser() {
    let (session, oidc) = (KeyringSession::without_collection(), Oidc::start());
    let environment = registered(&session, &oidc);
    let files = environment.files();
    let output = environment.run(&["connect", "loopback", "--no-browser", "--json"]).code(8);
    assert!(!output.stderr.contains("http://"), "no browser: {}", output.stderr);
    let error = output.error_json();
    assert!(error["error"]["message"].as_str().unwrap().contains("no default collection"), "{error}");
    assert!(error["error"]["hint"].as_str().unwrap().contains("--store file"), "{error}");
    assert_eq!(environment.files(), files);
}

#[test]
fn another_store_is_never_taken_silently() {
    let (session, oidc) = (KeyringSession::without_daemon(), Oidc::start());
    let mut environment = TestEnvironment::new();
    session.apply(&mut environment);
    environment.write("marketplaces/loopback.toml", &oidc.confidential_definition("loopback"));
    let files = environment.files();
    let add = ["app", "add", "loopback", "--client-id", CONFIDENTIAL, "--client-secret-stdin"];
    environment.invoke(&add).stdin(oidc.client_secret()).run().code(8);
    assert_eq!(environment.files(), files);
    environment.invoke(&[&add[..], &["--store", "file"]].concat()).stdin(oidc.client_secret()).run().ok();
    assert!(environment.home().join("store").exists());
    environment.assert_absent(&[oidc.client_secret()]);
}

#[test]
fn only_an_asking_command_asks_a_locked_keyring_to_open() {
    let (session, oidc) = (KeyringSession::start(), Oidc::start());
    let environment = connected(&session, &oidc);
    session.lock();
    let monitor = Monitor::start(&session);

    environment.run(&["token", "loopback"]).code(8);
    environment.run(&["token", "loopback", "--refresh"]).code(8);
    // Neither on a terminal, where a dialog would find somebody.
    assert_eq!(Terminal::start(&environment, &["token", "loopback"]).finish(), 8);
    let seen = monitor.messages(&session, "org.example.AfterToken");
    assert!(seen.contains("member=SearchItems"), "the monitor sees what is asked\n{seen}");
    for question in ["member=Unlock", "member=Prompt\n", "member=CreateCollection"] {
        assert!(!seen.contains(question), "`token` raised a dialog: {question}\n{seen}");
    }

    let mut terminal = Terminal::start(&environment, &["reauthorize", "loopback", "--no-browser"]);
    terminal.expect("the keyring");
    assert_eq!(terminal.finish(), 8);
    let seen = monitor.messages(&session, "org.example.AfterReauthorize");
    assert!(seen.contains("member=Unlock"), "a person is asked\n{seen}");
}

/// What is said on a session bus.
struct Monitor {
    monitor: Child,
    log: tempfile::NamedTempFile,
}

impl Monitor {
    fn start(session: &KeyringSession) -> Self {
        let log = tempfile::NamedTempFile::new().unwrap();
        let monitor = Command::new("dbus-monitor")
            .args(["--address", &session.address()])
            .stdin(Stdio::null())
            .stdout(log.reopen().unwrap())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-monitor comes with dbus-send");
        let monitor = Self { monitor, log };
        monitor.messages(session, "org.example.Ready");
        monitor
    }

    /// Everything said so far; `mark`, which no one else says, shows that nothing is still on its way.
    fn messages(&self, session: &KeyringSession, mark: &str) -> String {
        let deadline = Instant::now() + LIMIT;
        loop {
            session.say(mark);
            let seen = fs::read_to_string(self.log.path()).unwrap();
            if seen.contains(mark) {
                return seen;
            }
            assert!(Instant::now() < deadline, "dbus-monitor shows nothing\n{seen}");
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Monitor {
    fn drop(&mut self) {
        let _ = self.monitor.kill();
        let _ = self.monitor.wait();
    }
}
