//! The completions that are shipped, against the command line as it is.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::environment::TestEnvironment;

/// Each shell, and the file its users install.
const SHIPPED: [(&str, &str); 5] = [
    ("bash", "sellauth.bash"),
    ("elvish", "sellauth.elv"),
    ("fish", "sellauth.fish"),
    ("powershell", "_sellauth.ps1"),
    ("zsh", "_sellauth"),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("completions")
}

#[test]
fn shipped_completions_are_those_of_the_program() {
    let environment = TestEnvironment::new();
    for (shell, file) in SHIPPED {
        let current = environment.run(&["completions", shell]).ok().stdout;
        let shipped = fs::read_to_string(folder().join(file)).unwrap_or_default();
        let update = format!("cargo run -- completions {shell} > completions/{file}");
        assert!(current == shipped, "completions/{file} is stale; renew it with\n\n  {update}\n");
    }
    let mut files: Vec<_> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    files.sort();
    assert_eq!(files, ["_sellauth", "_sellauth.ps1", "sellauth.bash", "sellauth.elv", "sellauth.fish"]);
}

#[test]
fn completions_need_no_home() {
    let mut environment = TestEnvironment::new();
    environment.remove_var("HOME").remove_var("SELLAUTH_HOME");
    assert!(environment.run(&["completions", "fish"]).ok().stdout.contains("--command sellauth"));
    assert_eq!(environment.files(), []);
}
