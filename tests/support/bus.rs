//! A session bus in between: it hands on what is said, knows what was asked for, and at one word kills
//! the program before that is heard.

use std::io::{Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

use tempfile::TempDir;

use super::running::send_signal;

/// What a Secret Service is asked for, in the words that go over the wire.
const ASKED: [&str; 7] =
    ["OpenSession", "SearchItems", "ReadAlias", "CreateItem", "GetSecret", "SetSecret", "Delete"];

/// The bus in between.
pub struct Bus {
    folder: TempDir,
    shared: Arc<(Mutex<Said>, Condvar)>,
}

#[derive(Default)]
struct Said {
    words: Vec<String>,
    fatal: Option<usize>,
    victim: Option<u32>,
}

impl Bus {
    /// Stands before the bus whose socket is `target`. The program is killed at the word of this
    /// number, if one is given.
    pub fn before(target: &Path, fatal: Option<usize>) -> Self {
        let folder = tempfile::Builder::new().prefix("bus-").tempdir().unwrap();
        let listener = UnixListener::bind(folder.path().join("bus")).unwrap();
        let shared = Arc::new((Mutex::new(Said { fatal, ..Said::default() }), Condvar::new()));
        let (inside, target) = (Arc::clone(&shared), target.to_owned());
        // It waits for the next test of this process, and ends with it.
        thread::spawn(move || {
            for program in listener.incoming().filter_map(Result::ok) {
                let bus = UnixStream::connect(&target).unwrap();
                let (shared, asked) = (Arc::clone(&inside), Arc::new(Mutex::new(None)));
                let (there, back) = (program.try_clone().unwrap(), bus.try_clone().unwrap());
                let (questions, question) = (Arc::clone(&shared), Arc::clone(&asked));
                thread::spawn(move || hand_on(there, bus, |chunk| ask(&questions, &question, chunk)));
                thread::spawn(move || hand_on(back, program, |_| answer(&shared, &asked)));
            }
        });
        Self { folder, shared }
    }

    /// Its address.
    pub fn address(&self) -> String {
        format!("unix:path={}", self.folder.path().join("bus").display())
    }

    /// Who is killed.
    pub fn set_victim(&self, process: u32) {
        self.shared.0.lock().unwrap().victim = Some(process);
        self.shared.1.notify_all();
    }

    /// What was said, in order: a question, or that it is answered.
    pub fn words(&self) -> Vec<String> {
        self.shared.0.lock().unwrap().words.clone()
    }
}

/// Hands on until one side ends, or `hear` says that the other one is dead.
fn hand_on(mut from: UnixStream, mut to: UnixStream, hear: impl Fn(&[u8]) -> bool) {
    let mut buffer = vec![0; 65536];
    while let Ok(length @ 1..) = from.read(&mut buffer) {
        if !hear(&buffer[..length]) || to.write_all(&buffer[..length]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(std::net::Shutdown::Both);
}

fn ask(shared: &(Mutex<Said>, Condvar), asked: &Mutex<Option<&str>>, chunk: &[u8]) -> bool {
    let holds = |word: &&str| chunk.windows(word.len()).any(|window| window == word.as_bytes());
    let Some(word) = ASKED.into_iter().find(holds) else { return true };
    *asked.lock().unwrap() = Some(word);
    say(shared, word.to_owned())
}

fn answer(shared: &(Mutex<Said>, Condvar), asked: &Mutex<Option<&str>>) -> bool {
    let asked = asked.lock().unwrap().take();
    asked.is_none_or(|word| say(shared, format!("{word} answered")))
}

/// Whether the program lives on.
fn say(shared: &(Mutex<Said>, Condvar), word: String) -> bool {
    let mut said = shared.0.lock().unwrap();
    said.words.push(word);
    if said.fatal != Some(said.words.len()) {
        return true;
    }
    let said = shared.1.wait_while(said, |said| said.victim.is_none()).unwrap();
    send_signal("KILL", i64::from(said.victim.expect("it was waited for")));
    false
}
