//! A Windows machine: the program as it is built for Windows, run by Wine.
//!
//! Program, Wine and its prefix are made ready by `tests/run`.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::environment::TestEnvironment;

/// Where Debian keeps it.
const WINE: &str = "/usr/lib/wine/wine64";
/// Where cargo puts what `tests/support/platforms.sh` builds, below its folder.
const PROGRAM: &str = "x86_64-pc-windows-gnu/debug/sellauth.exe";
/// The registry key below which Wine keeps what the Credential Manager holds.
const CREDENTIALS: &str = r"HKEY_CURRENT_USER\Software\Wine\Credential Manager";

/// A machine whose program, wherever a test runs it, is the one for Windows. Its secrets go to the Credential
/// Manager; its home is `SELLAUTH_HOME`, as in portable use.
pub fn machine() -> TestEnvironment {
    let mut environment = TestEnvironment::new();
    let home = as_windows_says(&environment.home());
    environment
        .set_program(&[Path::new(WINE), &program()])
        .set_var("WINEPREFIX", prefix())
        .set_var("WINEDEBUG", "-all")
        .set_var("WINEDLLOVERRIDES", "mscoree,mshtml,winemenubuilder.exe=")
        .set_var("SELLAUTH_HOME", home);
    environment
}

/// A path of this machine's as Wine's programs see it.
pub fn as_windows_says(path: &Path) -> String {
    format!("Z:{}", path.to_str().expect("a path in UTF-8").replace('/', r"\"))
}

/// The names of the entries in the Credential Manager that belong to `owner`, a UUID.
pub fn credentials_of(owner: &str) -> Vec<String> {
    let mut query = Command::new(WINE);
    query.args(["reg", "query", CREDENTIALS]).env("WINEPREFIX", prefix()).env("WINEDEBUG", "-all");
    let output = query.env_remove("DISPLAY").output().unwrap();
    let listed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{output:?}");
    listed.lines().filter(|line| line.contains(owner)).map(|line| line.trim().to_owned()).collect()
}

fn prefix() -> PathBuf {
    let prefix = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/.cache/wine");
    assert!(prefix.join("installed").is_file(), "there is no Wine prefix: run `tests/run` once");
    // Wine wants one path for one prefix.
    prefix.canonicalize().unwrap()
}

/// Cargo's folder is above the program of this system, further above when that has a target of its own.
fn program() -> PathBuf {
    let places = Path::new(env!("CARGO_BIN_EXE_sellauth")).ancestors().map(|folder| folder.join(PROGRAM));
    let found = places.into_iter().find(|place| place.is_file());
    found.expect("the program for Windows is not built: run `tests/run` once")
}
