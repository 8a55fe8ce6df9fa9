//! A seller with a real browser: Chromium without a window, driven by `playwright-core`.

use std::path::Path;
use std::process::{Command, Stdio};

use serde::Deserialize;

/// Where a consent ended in the browser.
#[derive(Debug, Deserialize)]
pub struct Consent {
    /// The heading of the consent page.
    pub question: String,
    /// The address bar at the end.
    pub url: String,
    /// The heading of the last page.
    pub heading: String,
    /// What the last page says.
    pub text: String,
    /// How the last page's `body` is laid out: `block` where its styles were not let in.
    pub display: String,
    /// What the browser wrote to its console.
    pub complaints: Vec<String>,
    /// Addresses asked for that are not on this machine.
    pub foreign: Vec<String>,
}

/// Opens a consent page and presses Confirm.
pub fn confirm(url: &str) -> Consent {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let script = std::fs::read_to_string(tests.join("support/chromium.mjs")).unwrap();
    let program = std::env::split_paths(&std::env::var_os("PATH").expect("a machine has a PATH"))
        .map(|folder| folder.join("chromium"))
        .find(|file| file.exists())
        .expect("tests/run installs Chromium");
    let profile = tempfile::tempdir().unwrap();
    let output = Command::new(tests.join(".cache/bin/node"))
        // Imports of a script given this way are looked up from the working folder.
        .args(["--input-type=module", "--eval", &script, "--"])
        .arg(program)
        .arg(url)
        .current_dir(tests.join(".cache/oidc"))
        .env("HOME", profile.path())
        .env("TMPDIR", profile.path())
        .stdin(Stdio::null())
        .output()
        .expect("tests/run installs Node.js");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the browser failed: {error}");
    serde_json::from_slice(&output.stdout).unwrap()
}
