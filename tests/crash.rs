//! Killed at every step: whatever is cut off, the next command has a token, and the marketplace never
//! sees a refresh token a second time that it does not forgive.
//!
//! The steps are the program's real system calls, as `strace` counts them, and what it says on the
//! session bus.

mod moving;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::thread;

use serde_json::Value;

use crate::support::bus::Bus;
use crate::support::environment::TestEnvironment;
use crate::support::keyring_session::KeyringSession;
use crate::support::running::{LINE_DEADLINE, Output, Running, is_url};
use crate::support::strict::{End, ID, Strict};

/// What changes a file, makes something durable, begins a thread, or leaves the process.
const CALLS: &str = "trace=openat,mkdir,rmdir,write,writev,fsync,fdatasync,ftruncate,fallocate,flock,rename,\
    renameat,renameat2,link,linkat,unlink,unlinkat,clone3,connect,sendto,recvfrom,shutdown";
/// As many homes as are prepared and killed at a time.
const WORKERS: usize = 4;
/// The first look at the shop.
const BEGINNING: &str = "/sellauth/profiles/";
/// How often a step is looked for that not every run comes by.
const TRIES: usize = 3;
/// `strace` ends by the signal that ended the program.
const KILLED: i32 = 137;

/// A machine with a shop whose access token is due.
struct Scene<'a> {
    market: Strict,
    environment: TestEnvironment,
    keyring: Option<&'a KeyringSession>,
}

impl<'a> Scene<'a> {
    /// gnome-keyring forgets now and then whoever comes while another one leaves, as the program that was killed just
    /// before does. What is only set up here is no test of that.
    fn new(keyring: Option<&'a KeyringSession>) -> Self {
        let set_up = |_| catch_unwind(AssertUnwindSafe(|| Self::set_up(keyring))).ok();
        (0..TRIES).find_map(set_up).expect("a shop was connected")
    }

    fn set_up(keyring: Option<&'a KeyringSession>) -> Self {
        let (market, mut environment) = (Strict::start(), TestEnvironment::new());
        match keyring {
            Some(session) => session.apply(&mut environment),
            None => drop(environment.use_file_store()),
        }
        // The system's certificates are hundreds of files that nothing here needs.
        environment.set_var("SSL_CERT_FILE", "/nonexistent").set_var("SSL_CERT_DIR", "/nonexistent");
        market.connect(&environment);
        Self { market, environment, keyring }
    }

    /// Starts the program below these words, on this bus.
    fn start(&self, wrapper: &[&str], arguments: &[&str], bus: Option<&Bus>) -> Running {
        // A shop leaves into a file only.
        let mut run = self.environment.invoke_under(wrapper, arguments).into_file();
        if let Some(bus) = bus {
            run = run.var("DBUS_SESSION_BUS_ADDRESS", bus.address());
        }
        let running = run.spawn_with_open_stdin();
        bus.inspect(|bus| bus.set_victim(running.id()));
        running
    }

    fn uuid(&self) -> String {
        let profile = self.environment.read(format!("profiles/{ID}.toml"));
        profile.lines().find_map(|line| line.strip_prefix("uuid = ")).unwrap().trim_matches('"').to_owned()
    }

    fn state(&self, kind: &str) -> Option<Value> {
        let path = self.environment.home().join(format!("state/{kind}/{}.json", self.uuid()));
        fs::read(path).ok().map(|bytes| serde_json::from_slice(&bytes).unwrap())
    }

    /// Whether the store holds this generation of the shop's tokens.
    fn keeps(&self, generation: u64) -> bool {
        let uuid = self.uuid();
        match self.keyring {
            Some(session) => session.has_entry(&format!("{uuid}/{generation}/0")),
            None => self.environment.home().join(format!("store/{uuid}/{generation}.age")).exists(),
        }
    }

    fn is_spill_empty(&self) -> bool {
        let path = self.environment.home().join("state/spill").join(self.uuid());
        fs::read(path).map_or(true, |block| block.starts_with(&[0; 4]))
    }

    /// The shop lives, and nothing reminds of what happened.
    fn check(&self) {
        self.market.token(&self.environment, &[]);
        assert!(!self.market.ends().contains(&Some(End::Replayed)), "{:#?}", self.market.log());
        assert!(self.is_spill_empty(), "something is spilled");
        let record = self.state("profiles").unwrap();
        if let Some(entry) = self.state("journal") {
            assert_ne!(entry["generation"], record["generation"], "the journal is open");
        }
        // What says nothing any more is cleared away by the next renewal.
        self.market.token(&self.environment, &["--refresh"]);
        let record = self.state("profiles").unwrap();
        assert_eq!(self.state("journal"), None);
        let generation = record["generation"].as_u64().unwrap();
        let kept: Vec<u64> = (1..generation + 3).filter(|generation| self.keeps(*generation)).collect();
        assert_eq!(kept, [generation]);
        assert!(!self.market.ends().contains(&Some(End::Replayed)), "{:#?}", self.market.log());
    }
}

fn lives(scene: &Scene, _: &Output) {
    scene.check();
}

/// What is killed, below these words and on this bus.
type Work = fn(&Scene, &[&str], Option<&Bus>) -> Output;

fn renew(scene: &Scene, wrapper: &[&str], bus: Option<&Bus>) -> Output {
    scene.start(wrapper, &["token", ID], bus).finish().prints_a_secret()
}

/// The keyring freezes when the request is at the marketplace, and for as long as this runs.
fn renew_and_freeze(scene: &Scene, wrapper: &[&str], bus: Option<&Bus>) -> Output {
    let session = scene.keyring.expect("there is a keyring to freeze");
    scene.market.hold();
    let running = scene.start(wrapper, &["token", ID], bus);
    scene.market.wait_until_held();
    session.freeze();
    scene.market.release();
    let output = running.finish();
    session.thaw();
    output
}

fn reauthorize(scene: &Scene, wrapper: &[&str], bus: Option<&Bus>) -> Output {
    let mut running = scene.start(wrapper, &["reauthorize", ID, "--paste"], bus);
    if let Some(url) = running.line_unless_ended(is_url, LINE_DEADLINE) {
        running.feed(scene.market.authorize(&url) + "\n");
    }
    running.finish()
}

/// A step at which the program is killed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Step {
    /// The first system call that is a thread's so-manieth of this name.
    Call(String, usize),
    /// The so-manieth word on the session bus.
    Word(usize, String),
}

/// What is done, in which store, and since when it matters.
struct Trial {
    work: Work,
    in_keyring: bool,
    /// What a line of the trace holds from which on the program is killed.
    begins: &'static str,
    /// The least steps worth the name.
    least: usize,
    /// What must hold afterwards, given what the killed program printed.
    check: fn(&Scene, &Output),
}

impl Trial {
    /// A login of its own for each who prepares homes: one of them may freeze it.
    fn login(&self) -> Option<KeyringSession> {
        self.in_keyring.then(KeyringSession::start)
    }

    /// Lets the work run through, and lists its steps.
    fn steps(&self) -> Vec<Step> {
        let session = self.login();
        let scene = Scene::new(session.as_ref());
        let log = scene.environment.home().with_file_name("strace");
        (self.work)(&scene, &["strace", "-f", "-y", "-e", CALLS, "-o", log.to_str().unwrap()], None);
        let trace = fs::read_to_string(log).unwrap();
        let mut steps = calls(&trace, &scene.environment.home().display().to_string(), self.begins);
        if let (Some(session), BEGINNING) = (&session, self.begins) {
            let (scene, bus) = (Scene::new(Some(session)), Bus::before(&session.socket(), None));
            (self.work)(&scene, &[], Some(&bus)).ok();
            steps.extend((1..).zip(bus.words()).map(|(number, word)| Step::Word(number, word)));
        }
        steps
    }

    /// Kills at every step that two runs have in common.
    fn kill_everywhere(&self) {
        let common = || {
            let again: HashSet<Step> = self.steps().into_iter().collect();
            let mut steps = self.steps();
            steps.retain(|step| again.contains(step));
            steps
        };
        // A busy machine may let one of two runs wait once more, and every later step is another one then.
        let steps =
            (0..TRIES).map(|_| common()).find(|steps| steps.len() >= self.least).unwrap_or_else(common);
        let total = steps.len();
        let (left, missed, failed) =
            (Mutex::new(steps.into_iter()), Mutex::new(Vec::new()), Mutex::new(Vec::new()));
        let next = || left.lock().unwrap().next();
        let worker = || {
            let session = self.login();
            while let Some(step) = next() {
                match catch_unwind(AssertUnwindSafe(|| self.kill_at(session.as_ref(), &step))) {
                    Ok(true) => {}
                    Ok(false) => missed.lock().unwrap().push(step),
                    Err(_) => failed.lock().unwrap().push(step),
                }
            }
        };
        thread::scope(|scope| (0..WORKERS).for_each(|_| drop(scope.spawn(worker))));
        let (missed, failed) = (missed.into_inner().unwrap(), failed.into_inner().unwrap());
        println!("{total} steps, missed {missed:?}");
        assert!(failed.is_empty(), "killed at these, a shop was lost or something left:\n{failed:#?}");
        assert!(total - missed.len() >= self.least, "{total} steps are not the whole; missed {missed:?}");
        assert!(missed.len() * 10 < total, "of {total} steps these were not hit: {missed:?}");
    }

    /// Whether the program came by there in one of a few runs, and was killed.
    fn kill_at(&self, session: Option<&KeyringSession>, step: &Step) -> bool {
        (0..TRIES).any(|_| {
            let scene = Scene::new(session);
            let output = match step {
                Step::Call(call, number) => {
                    let inject = format!("inject={call}:signal=KILL:when={number}");
                    let trace = format!("trace={call}");
                    let words = ["strace", "-f", "-o", "/dev/null", "-e", &trace, "-e", &inject];
                    (self.work)(&scene, &words, None)
                }
                Step::Word(number, _) => {
                    let session = session.expect("words are said to a keyring");
                    (self.work)(&scene, &[], Some(&Bus::before(&session.socket(), Some(*number))))
                }
            };
            // What threads and packets make different from run to run.
            if output.code != KILLED {
                return false;
            }
            (self.check)(&scene, &output);
            true
        })
    }
}

/// The calls of a trace that change something. `strace` counts in each thread, so of two threads'
/// first calls only the earlier one can be hit.
fn calls(trace: &str, home: &str, begins: &str) -> Vec<Step> {
    let (mut counts, mut seen) = (HashMap::new(), HashSet::new());
    let (mut found, mut begun) = (Vec::new(), false);
    for line in trace.lines() {
        let Some((thread, words)) = line.split_once(' ') else { continue };
        let Some((call, rest)) = words.trim_start().split_once('(') else { continue };
        if !call.bytes().all(|b| b.is_ascii_alphanumeric()) {
            continue;
        }
        let number = counts.entry((thread, call)).or_insert(0);
        *number += 1;
        let step = Step::Call(call.to_owned(), *number);
        let first = seen.insert(step.clone());
        begun |= words.contains(begins);
        let harmless = match call {
            "openat" => {
                !rest.contains(home)
                    || !["O_CREAT", "O_WRONLY", "O_RDWR"].iter().any(|flag| rest.contains(flag))
            }
            "write" => !rest.contains(home) && !rest.contains("<socket:"),
            _ => false,
        };
        if begun && first && !harmless {
            found.push(step);
        }
    }
    found
}

#[test]
fn a_renewal_into_the_file_store_is_killed_at_every_step() {
    Trial { work: renew, in_keyring: false, begins: BEGINNING, least: 30, check: lives }.kill_everywhere();
}

#[test]
fn a_reauthorization_into_the_file_store_is_killed_at_every_step() {
    Trial { work: reauthorize, in_keyring: false, begins: BEGINNING, least: 30, check: lives }
        .kill_everywhere();
}

#[test]
fn a_renewal_into_the_keyring_is_killed_at_every_step() {
    Trial { work: renew, in_keyring: true, begins: BEGINNING, least: 60, check: lives }.kill_everywhere();
}

#[test]
fn a_reauthorization_into_the_keyring_is_killed_at_every_step() {
    Trial { work: reauthorize, in_keyring: true, begins: BEGINNING, least: 60, check: lives }
        .kill_everywhere();
}

#[test]
fn a_renewal_whose_keyring_freezes_in_the_middle_is_killed_at_every_step_since() {
    Trial { work: renew_and_freeze, in_keyring: true, begins: "recvfrom(", least: 6, check: lives }
        .kill_everywhere();
}
