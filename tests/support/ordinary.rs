//! Commands as an ordinary user: root's quotas and file modes hide mistakes.

#![allow(dead_code, reason = "a harness: each test uses the part it needs")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use super::environment::{Invocation, TestEnvironment};
use super::running::{Output, Running};

/// A home that belongs to an ordinary user, and a way to be one. Whoever runs the tests as an ordinary
/// user stays that.
pub struct Ordinary {
    /// The home and everything else.
    pub environment: TestEnvironment,
    /// Where that user can run the program, and who it is.
    becomes: Option<(tempfile::TempDir, u32)>,
}

impl Ordinary {
    /// The user without anything.
    pub const NOBODY: u32 = 65534;

    /// Gives what is there to `user`, whom root becomes from now on.
    pub fn new(environment: TestEnvironment, user: u32) -> Self {
        let becomes = is_root().then(|| {
            // The build may lie where only root can look.
            let folder = tempfile::tempdir().unwrap();
            // By another process: what is open for writing here when a test starts a program is open there,
            // and nobody can run it meanwhile.
            let copied = Command::new("cp").arg(env!("CARGO_BIN_EXE_sellauth")).arg(folder.path()).status();
            assert!(copied.unwrap().success());
            give_away(folder.path(), user).unwrap();
            give_away(environment.home().parent().expect("a home has a folder"), user).unwrap();
            (folder, user)
        });
        Self { environment, becomes }
    }

    /// A run of the program as that user.
    pub fn invoke(&self, arguments: &[&str]) -> Invocation<'_> {
        let Some((folder, _)) = &self.becomes else { return self.environment.invoke(arguments) };
        // The copy instead of the program that comes next.
        let copy = folder.path().join("sellauth").display().to_string();
        let mut words = self.wrapper();
        words.extend(["sh", "-c", r#"shift; exec "$0" "$@""#, &copy].map(str::to_owned));
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        self.environment.invoke_under(&words, arguments)
    }

    /// The program, where that user can run it.
    pub fn program(&self) -> PathBuf {
        let built = PathBuf::from(env!("CARGO_BIN_EXE_sellauth"));
        self.becomes.as_ref().map_or(built, |(folder, _)| folder.path().join("sellauth"))
    }

    /// Starts it.
    pub fn spawn(&self, arguments: &[&str]) -> Running {
        self.invoke(arguments).spawn()
    }

    /// Runs it to the end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.invoke(arguments).run()
    }

    /// Runs a shell script as that user.
    pub fn sh(&self, script: &str) -> String {
        let words = [&self.wrapper()[..], &["sh", "-c", script].map(str::to_owned)].concat();
        let output = Command::new(&words[0]).args(&words[1..]).output().unwrap();
        assert!(output.status.success(), "{script}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// The user's number.
    pub fn id(&self) -> u32 {
        self.sh("id -u").trim().parse().expect("a number")
    }

    fn wrapper(&self) -> Vec<String> {
        let Some((_, user)) = &self.becomes else { return Vec::new() };
        let id = user.to_string();
        let words = ["setpriv", "--reuid", &id, "--regid", &id, "--clear-groups", "--inh-caps=-all"];
        words.map(str::to_owned).to_vec()
    }
}

impl Drop for Ordinary {
    /// The kernel keeps a key for each home, and such a user may have 200.
    fn drop(&mut self) {
        if self.environment.home().join("state/cache").exists() {
            let _ = self.invoke(&["lock"]).run();
        }
    }
}

/// Whether the tests run as root.
pub fn is_root() -> bool {
    Command::new("id").arg("-u").output().expect("a machine knows its users").stdout == b"0\n"
}

fn give_away(path: &Path, user: u32) -> io::Result<()> {
    std::os::unix::fs::lchown(path, Some(user), Some(user))?;
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            let path: PathBuf = entry?.path();
            give_away(&path, user)?;
        }
    }
    Ok(())
}
