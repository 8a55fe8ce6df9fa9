//! The store failing when the marketplace has just replaced the refresh token, and the disk failing
//! before anything is sent: nothing is lost, and a command says so.

use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::environment::TestEnvironment;
use crate::support::keyring_session::KeyringSession;
use crate::support::running::Output;
use crate::support::strict::{ID, Strict};

/// Whatever a store does, a command has ended by then.
const LIMIT: Duration = Duration::from_secs(10);

/// A shop whose access token is due, in the file store or in this keyring.
fn connected(keyring: Option<&KeyringSession>) -> (Strict, TestEnvironment) {
    let (market, mut environment) = (Strict::start(), TestEnvironment::new());
    match keyring {
        Some(session) => session.apply(&mut environment),
        None => drop(environment.use_file_store()),
    }
    market.connect(&environment);
    (market, environment)
}

/// Breaks the store while the marketplace's answer is on its way, and mends it. `wrapper`: what the
/// program runs under.
fn lose_the_store(
    (market, environment): (&Strict, &TestEnvironment),
    wrapper: &[&str],
    break_it: impl Fn(),
    mend_it: impl Fn(),
) {
    let run = |arguments: &[&str]| environment.invoke_under(wrapper, arguments).run();
    market.hold();
    let running = environment.invoke_under(wrapper, &["token", ID]).spawn();
    market.wait_until_held();
    break_it();
    market.release();
    let released = Instant::now();
    let output = running.finish().code(8);
    assert!(released.elapsed() < LIMIT, "it took {:?}", released.elapsed());
    assert_eq!(output.stdout, "");
    for words in ["did not take the renewed tokens", "nothing is lost", "/state/spill/"] {
        assert!(output.stderr.contains(words), "{words}\n{output:?}");
    }
    // As long as the store does not work nobody is asked again.
    run(&["token", ID]).code(8);
    assert_eq!(market.renewals().len(), 1);

    mend_it();
    let token = run(&["token", ID]).ok().prints_a_secret();
    assert!(market.accepts(token.stdout.trim_end()), "{output:?}");
    // How long the spilled access token lives is not known, so it is renewed: with what the
    // marketplace gave, not with what it had replaced.
    let renewals = market.renewals();
    assert_eq!(renewals.len(), 2, "{renewals:#?}");
    assert_eq!(renewals[1].refresh_token, renewals[0].handed_out);
    assert_eq!(market.ends(), [None]);
    let rows = run(&["status", "--json"]).ok().json();
    assert_eq!(rows[0]["state"], "connected", "{rows}");
    let again = run(&["token", ID]).ok().prints_a_secret();
    assert_eq!(again.stdout, token.stdout);
    assert_eq!(market.renewals().len(), 2);
}

#[test]
fn a_keyring_that_is_locked_before_the_answer_comes_loses_nothing() {
    let session = KeyringSession::start();
    let (market, environment) = connected(Some(&session));
    lose_the_store((&market, &environment), &[], || session.lock(), || session.unlock());
}

#[test]
fn a_keyring_that_freezes_before_the_answer_comes_loses_nothing() {
    let session = KeyringSession::start();
    let (market, environment) = connected(Some(&session));
    lose_the_store((&market, &environment), &[], || session.freeze(), || session.thaw());
}

#[test]
fn a_store_that_becomes_read_only_before_the_answer_comes_loses_nothing() {
    let (market, environment) = connected(None);
    let store = environment.home().join("store");
    let folders = || fs::read_dir(&store).unwrap().map(|folder| folder.unwrap().path());
    let set = |mode| folders().for_each(|folder| set_mode(&folder, mode));
    lose_the_store((&market, &environment), &ordinary_user(), || set(0o500), || set(0o700));
}

#[test]
fn a_disk_that_is_full_before_the_answer_comes_loses_nothing() {
    let (market, environment) = connected(None);
    let disk = Disk::under(&environment);
    let wrapper = disk.wrapper();
    let wrapper: Vec<&str> = wrapper.iter().map(String::as_str).collect();
    lose_the_store((&market, &environment), &wrapper, || disk.fill(), || disk.empty());
}

/// Nothing was sent, and the error names a way out. `output` is that of `token`.
#[track_caller]
fn assert_nothing_sent(market: &Strict, output: &Output) {
    assert!([8, 9].contains(&output.code), "{output:?}");
    assert!(output.stderr.contains("hint: check free space, and that its folder belongs to this user"));
    assert_eq!(market.renewals(), []);
}

#[test]
fn without_a_place_to_put_things_down_beforehand_nothing_is_sent() {
    for folder in ["state", "state/spill", "state/journal"] {
        let (market, environment) = connected(None);
        let path = environment.home().join(folder);
        fs::create_dir_all(&path).unwrap();
        set_mode(&path, 0o500);
        let run = || environment.invoke_under(&ordinary_user(), &["token", ID]).run();
        assert_nothing_sent(&market, &run());
        set_mode(&path, 0o700);
        run().ok().prints_a_secret();
        assert_eq!(market.renewals().len(), 1, "{folder}");
    }
}

#[test]
fn with_a_full_disk_nothing_is_sent() {
    let (market, environment) = connected(None);
    let disk = Disk::under(&environment);
    let wrapper = disk.wrapper();
    let wrapper: Vec<&str> = wrapper.iter().map(String::as_str).collect();
    let run = || environment.invoke_under(&wrapper, &["token", ID]).run();
    disk.fill();
    assert_nothing_sent(&market, &run());
    disk.empty();
    run().ok().prints_a_secret();
    assert_eq!(market.renewals().len(), 1);
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// For root, a wrapper without the power to ignore modes; everyone else has none.
fn ordinary_user() -> Vec<&'static str> {
    let user = Command::new("id").arg("-u").output().expect("a machine knows its users");
    match user.stdout == b"0\n" {
        true => vec!["setpriv", "--bounding-set=-dac_override,-dac_read_search"],
        false => Vec::new(),
    }
}

/// A small disk where a home lies, for those who look through [`wrapper`](Self::wrapper): a mount in a
/// namespace of its own, for which nobody must be root.
struct Disk {
    keeper: Child,
    filler: String,
}

/// Mounts over the home, and brings back what lay there. Ends when its standard input does.
const MOUNT: &str = r#"
cp -a "$0" "$0.before" && mount -t tmpfs -o size=256k,mode=700 none "$0" && cp -a "$0.before/." "$0" && echo ready
read -r _
"#;

impl Disk {
    fn under(environment: &TestEnvironment) -> Self {
        let home = environment.home();
        let mut keeper = Command::new("unshare")
            .args(["--map-root-user", "--mount", "sh", "-c", MOUNT])
            .arg(&home)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("unshare comes with util-linux");
        let mut line = String::new();
        let stdout = keeper.stdout.take().expect("stdout was piped");
        BufReader::new(stdout).read_line(&mut line).unwrap();
        assert_eq!(line, "ready\n", "this needs user namespaces, in which an ordinary user may mount");
        Self { keeper, filler: home.join("filler").display().to_string() }
    }

    /// What lets a program see the disk.
    fn wrapper(&self) -> Vec<String> {
        let target = format!("--target={}", self.keeper.id());
        ["nsenter", "--preserve-credentials", "--user", "--mount", &target].map(str::to_owned).to_vec()
    }

    /// Leaves not a byte.
    fn fill(&self) {
        self.sh(r#"! cat /dev/zero >"$0" 2>/dev/null"#);
    }

    /// Takes away what [`fill`](Self::fill) brought.
    fn empty(&self) {
        self.sh(r#"rm "$0""#);
    }

    fn sh(&self, script: &str) {
        let wrapper = self.wrapper();
        let mut command = Command::new(&wrapper[0]);
        let status = command.args(&wrapper[1..]).args(["sh", "-c", script, &self.filler]).status();
        assert!(status.expect("nsenter comes with util-linux").success(), "{script}");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}
