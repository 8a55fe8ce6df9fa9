//! One machine for one test: a home of its own, an empty environment, and everything the program
//! printed or wrote, so that a test can say what must not be there.

#![allow(dead_code, reason = "a harness: each test uses the part it needs")]

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::{fs, io};

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use tempfile::TempDir;

use super::running::{Capture, Output, Running, Stream};

/// RFC 3986's `unreserved` stands for itself.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// Shorter texts occur by chance, so looking for them proves nothing.
const SHORTEST_SECRET: usize = 8;

/// A home, an environment and a record of every run in it.
pub struct TestEnvironment {
    root: TempDir,
    program: Vec<OsString>,
    variables: BTreeMap<OsString, OsString>,
    captures: Arc<Mutex<Vec<Capture>>>,
}

impl Drop for TestEnvironment {
    /// The kernel keeps a key for each home, and an ordinary user may have 200.
    fn drop(&mut self) {
        if self.home().join("state/cache").exists() {
            let _ = self.command(&["lock"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
        }
    }
}

impl TestEnvironment {
    /// An empty home. Of the machine's environment only `PATH` is kept: no display, no D-Bus.
    pub fn new() -> Self {
        let root = tempfile::Builder::new().prefix("sellauth-test-").tempdir().unwrap();
        let (home, program_home) = (root.path().join("home"), root.path().join("sellauth"));
        fs::create_dir(&home).unwrap();
        let path = std::env::var_os("PATH").expect("a machine has a PATH");
        let program = vec![env!("CARGO_BIN_EXE_sellauth").into()];
        let mut environment = Self { root, program, variables: BTreeMap::new(), captures: Arc::default() };
        environment
            .set_var("PATH", path)
            .set_var("HOME", home)
            .set_var("SELLAUTH_HOME", program_home)
            .set_var("LANG", "C.UTF-8");
        environment
    }

    /// The folder `SELLAUTH_HOME` names. The program makes it.
    pub fn home(&self) -> PathBuf {
        self.root.path().join("sellauth")
    }

    /// Sets a variable for every later run.
    pub fn set_var(&mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> &mut Self {
        self.variables.insert(name.as_ref().into(), value.as_ref().into());
        self
    }

    /// Another system's program, behind what runs it.
    pub fn set_program(&mut self, words: &[impl AsRef<OsStr>]) -> &mut Self {
        self.program = words.iter().map(|word| word.as_ref().to_owned()).collect();
        self
    }

    /// Takes a variable away from every later run.
    pub fn remove_var(&mut self, name: impl AsRef<OsStr>) -> &mut Self {
        self.variables.remove(name.as_ref());
        self
    }

    /// Keeps secrets in encrypted files, as on a server.
    pub fn use_file_store(&mut self) -> &mut Self {
        self.set_var("SELLAUTH_STORE", "file")
    }

    /// The program with these arguments, this environment and nothing else of the machine's.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program[0]);
        command
            .args(&self.program[1..])
            .args(arguments)
            .env_clear()
            .envs(&self.variables)
            .current_dir(self.root.path());
        command
    }

    /// Starts describing a run that needs more than arguments.
    pub fn invoke(&self, arguments: &[&str]) -> Invocation<'_> {
        Invocation { environment: self, command: self.command(arguments), stdin: None, file: None }
    }

    /// The same under another program (`strace`, `nsenter`), which gets these words before the
    /// program's own.
    pub fn invoke_under(&self, wrapper: &[&str], arguments: &[&str]) -> Invocation<'_> {
        let mut command = self.command(arguments);
        if let [outer, words @ ..] = wrapper {
            let inner = std::mem::replace(&mut command, Command::new(outer));
            command.args(words).arg(inner.get_program()).args(inner.get_args());
            command.env_clear().envs(&self.variables).current_dir(self.root.path());
        }
        Invocation { environment: self, command, stdin: None, file: None }
    }

    /// Runs to the end, without standard input.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.invoke(arguments).run()
    }

    /// Starts a run the test goes on talking to.
    pub fn spawn(&self, arguments: &[&str]) -> Running {
        self.invoke(arguments).spawn()
    }

    /// Writes a file below [`home`](Self::home), with the folders it needs.
    pub fn write(&self, path: impl AsRef<Path>, text: &str) -> PathBuf {
        let path = self.home().join(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    /// Reads a file below [`home`](Self::home).
    pub fn read(&self, path: impl AsRef<Path>) -> String {
        let path = self.home().join(path);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// Every file of this test's folders, sorted by path. Two snapshots that are equal mean that
    /// nothing changed on disk.
    pub fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut found = Vec::new();
        collect_files(self.root.path(), &mut found);
        found.sort();
        found
    }

    /// Fails if one of these secrets stands in a file, in a file's name or in what any run printed,
    /// as it is or encoded. Only stdout of runs marked by [`Output::prints_a_secret`] is left out.
    pub fn assert_absent(&self, secrets: &[&str]) {
        let mut haystacks: Vec<(String, Vec<u8>)> = Vec::new();
        for (path, content) in self.files() {
            let name = path.display().to_string();
            haystacks.push((format!("the name of {name}"), name.clone().into_bytes()));
            haystacks.push((name, content));
        }
        for capture in self.captures.lock().unwrap().iter() {
            haystacks.extend(capture.searchable());
        }
        for secret in secrets {
            assert!(secret.len() >= SHORTEST_SECRET, "`{secret}` is too short to be looked for");
            for (form, encoded) in encoded_forms(secret) {
                let leak = haystacks.iter().find(|(_, hay)| contains(hay, encoded.as_bytes()));
                assert!(leak.is_none(), "a secret stands {form} in {}", leak.map_or("", |(name, _)| name));
            }
        }
    }

    /// Registers output that comes by another way than a pipe, a terminal's for instance.
    pub fn capture(&self, label: &str) -> Stream {
        let stream = Stream::default();
        let capture = Capture::new(label.to_owned(), stream.clone(), Stream::default());
        self.captures.lock().unwrap().push(capture);
        stream
    }
}

/// One run, before it starts.
pub struct Invocation<'a> {
    environment: &'a TestEnvironment,
    command: Command,
    stdin: Option<String>,
    file: Option<File>,
}

impl Invocation<'_> {
    /// What the program reads; without it, standard input is empty.
    pub fn stdin(mut self, text: impl Into<String>) -> Self {
        self.stdin = Some(text.into());
        self
    }

    /// Sends what it prints to a file, which [`Output`] then holds.
    pub fn into_file(self) -> Self {
        Self { file: Some(tempfile::tempfile().unwrap()), ..self }
    }

    /// A variable for this run only.
    pub fn var(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Runs to the end.
    pub fn run(self) -> Output {
        self.spawn().finish()
    }

    /// Starts it. With [`stdin`](Self::stdin), standard input is closed after that text; see
    /// [`spawn_with_open_stdin`](Self::spawn_with_open_stdin) for the other way.
    pub fn spawn(mut self) -> Running {
        let Some(text) = self.stdin.take() else {
            self.command.stdin(Stdio::null());
            return self.start();
        };
        self.command.stdin(Stdio::piped());
        let mut running = self.start();
        running.feed(text);
        running
    }

    /// Starts it with a standard input that [`Running::send_line`] writes to.
    pub fn spawn_with_open_stdin(mut self) -> Running {
        self.command.stdin(Stdio::piped());
        self.start()
    }

    fn start(self) -> Running {
        let running = Running::start(describe(&self.command), self.command, self.file);
        self.environment.captures.lock().unwrap().push(running.capture());
        running
    }
}

fn describe(command: &Command) -> String {
    let arguments: Vec<_> = command.get_args().map(OsStr::to_string_lossy).collect();
    format!("sellauth {}", arguments.join(" "))
}

/// Files that vanish while they are looked at are none: the program renames its temporary ones.
fn collect_files(folder: &Path, found: &mut Vec<(PathBuf, Vec<u8>)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok) {
        let (path, kind) = (entry.path(), entry.file_type().unwrap());
        if kind.is_dir() {
            collect_files(&path, found);
        } else if kind.is_file() {
            found.extend(read_if_present(&path).map(|content| (path, content)));
        }
    }
}

fn read_if_present(path: &Path) -> Option<Vec<u8>> {
    match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        content => Some(content.unwrap_or_else(|error| panic!("{}: {error}", path.display()))),
    }
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

/// The forms in which a secret leaks: as it is, in URLs, in forms, in hex, and inside base64 at each
/// of the three places a byte can have there.
fn encoded_forms(secret: &str) -> Vec<(&'static str, String)> {
    let hex: Vec<String> = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    let mut forms = vec![
        ("as it is", secret.to_owned()),
        ("percent-encoded", percent_encode(secret.as_bytes(), RESERVED).to_string()),
        ("form-encoded", url::form_urlencoded::byte_serialize(secret.as_bytes()).collect()),
        ("in hex", hex.concat()),
    ];
    for before in 0..3 {
        let mut bytes = vec![0; before];
        bytes.extend_from_slice(secret.as_bytes());
        // Characters that also carry bits of a neighbour are cut off on both sides.
        let (first, last) = ((before * 8).div_ceil(6), bytes.len() * 8 / 6);
        forms.push(("in base64", STANDARD_NO_PAD.encode(&bytes)[first..last].to_owned()));
        forms.push(("in base64url", URL_SAFE_NO_PAD.encode(&bytes)[first..last].to_owned()));
    }
    forms
}
