//! A seller with a real browser: Chromium without a window, driven by `playwright-core`.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tempfile::TempDir;

/// One tab of a browser that keeps its history. Dropping it closes the browser.
pub struct Chromium {
    driver: Child,
    commands: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    _profile: TempDir,
}

/// What a person has before them.
#[derive(Debug, Deserialize)]
pub struct Sight {
    /// The address bar.
    pub url: String,
    /// What the page says.
    pub text: String,
    /// How the page's `body` is laid out: `block` where its styles were not let in.
    pub display: String,
    /// What the browser wrote to its console, since it was started.
    pub complaints: Vec<String>,
    /// The hosts that pages asked, since it was started.
    pub hosts: Vec<String>,
}

/// What is wrong with a page.
#[derive(Debug, Deserialize)]
struct Audit {
    /// What axe-core finds, in light and in dark.
    violations: Vec<String>,
    /// The sizes at which it scrolls sideways.
    overflows: Vec<String>,
}

impl Chromium {
    /// A browser of someone who reads English, with these flags on top, and an empty profile.
    pub fn start(flags: &[String]) -> Self {
        Self::reading("en-GB", flags)
    }

    /// The same of someone who reads another language.
    pub fn reading(locale: &str, flags: &[String]) -> Self {
        let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
        let script = std::fs::read_to_string(tests.join("support/chromium.mjs")).unwrap();
        let profile = tempfile::tempdir().unwrap();
        let mut driver = Command::new(tests.join(".cache/bin/node"))
            // Imports of a script given this way are looked up from the working folder.
            .args(["--input-type=module", "--eval", &script, "--"])
            .args([&program(), &profile.path().join("profile"), &tests.join(".cache/pages")])
            .arg(locale)
            .args(flags)
            .current_dir(tests.join(".cache/oidc"))
            .env("HOME", profile.path())
            .env("TMPDIR", profile.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("tests/run installs Node.js");
        let commands = driver.stdin.take();
        let answers = BufReader::new(driver.stdout.take().expect("stdout was piped"));
        Self { driver, commands, answers, _profile: profile }
    }

    /// Opens an address, and follows it to where the browser stays.
    pub fn open(&mut self, url: &str) {
        self.run::<()>(&json!(["open", url]));
    }

    /// Clicks on a button.
    pub fn press(&mut self, button: &str) {
        self.run::<()>(&json!(["press", button]));
    }

    /// Waits for the page with this heading.
    #[track_caller]
    pub fn see(&mut self, heading: &str) -> Sight {
        self.run(&json!(["see", heading]))
    }

    /// Waits for the browser's own page that says that nobody answered.
    pub fn see_nobody(&mut self) {
        self.run::<()>(&json!(["lost"]));
    }

    /// Goes back by one page.
    pub fn back(&mut self) {
        self.run::<()>(&json!(["back"]));
    }

    /// Loads the page once more.
    pub fn reload(&mut self) {
        self.run::<()>(&json!(["reload"]));
    }

    /// What stands in the field with this label.
    pub fn value(&mut self, label: &str) -> String {
        self.run(&json!(["value", label]))
    }

    /// What was copied last. Only a page on https may know.
    pub fn clipboard(&mut self) -> String {
        self.run(&json!(["clipboard"]))
    }

    /// The addresses behind Back, the tab's first one and the present one included.
    pub fn entries(&mut self) -> Vec<String> {
        self.run(&json!(["entries"]))
    }

    /// The addresses that `chrome://history` finds for a word; every one for an empty word.
    pub fn listed(&mut self, word: &str) -> Vec<String> {
        self.run(&json!(["listed", word]))
    }

    /// Fails if axe-core finds anything on the page, or if it scrolls sideways on a phone or magnified. Leaves pictures
    /// of it in `tests/.cache/pages`.
    #[track_caller]
    pub fn audit(&mut self, name: &str) {
        let Audit { violations, overflows } = self.run(&json!(["audit", name]));
        assert_eq!((violations, overflows), (vec![], vec![]), "{name}");
    }

    #[track_caller]
    fn run<T: DeserializeOwned>(&mut self, command: &Value) -> T {
        writeln!(self.commands.as_mut().expect("open until dropped"), "{command}").unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        serde_json::from_str(&answer).unwrap_or_else(|_| panic!("the browser failed at {command}: {answer}"))
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        drop(self.commands.take());
        let _ = self.driver.wait();
    }
}

fn program() -> PathBuf {
    let path = std::env::var_os("PATH").expect("a machine has a PATH");
    let mut files = std::env::split_paths(&path).map(|folder| folder.join("chromium"));
    files.find(|file| file.exists()).expect("tests/run installs Chromium")
}
