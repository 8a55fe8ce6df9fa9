//! Definitions of one's own: what is said of a broken one, and that the schema knows what the program does.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::environment::TestEnvironment;

const BROKEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/definitions");

/// Every broken definition, each one edit (or two) away from a sound one.
fn broken() -> Vec<PathBuf> {
    let entries = fs::read_dir(BROKEN).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries.filter(|file| file.extension().unwrap() == "toml").collect();
    files.sort();
    files
}

#[test]
fn a_broken_definition_is_shown_with_what_is_wrong_below_it() {
    let environment = TestEnvironment::new();
    let files = broken();
    assert!(files.len() >= 20, "{}", files.len());
    for file in files {
        let name = Path::new(file.file_name().unwrap());
        let checked = environment
            .command(&["marketplaces", "check", name.to_str().unwrap()])
            .current_dir(BROKEN)
            .output()
            .unwrap();
        let said = String::from_utf8(checked.stderr).unwrap();
        let expected = fs::read_to_string(file.with_extension("txt")).unwrap_or_default();
        assert!(said == expected, "{} is said to be\n{said}", file.display());
        assert_eq!((checked.status.code(), checked.stdout.len()), (Some(9), 0), "{}", file.display());
    }
}

#[test]
fn an_editor_gets_the_same_as_json() {
    let environment = TestEnvironment::new();
    for file in broken() {
        let checked = environment.run(&["marketplaces", "check", file.to_str().unwrap(), "--json"]).code(9);
        let document = checked.json();
        let text = fs::read_to_string(file.with_extension("txt")).unwrap();
        let faults = document["faults"].as_array().unwrap();
        assert!(!faults.is_empty(), "{}", file.display());
        for fault in faults {
            let place = format!("{}:{}:{}\n", name(&file), fault["line"], fault["column"]);
            assert!(text.contains(&place), "{place} is not in\n{text}");
            assert!(text.contains(fault["message"].as_str().unwrap()), "{fault}");
            let end = (fault["end_line"].as_u64(), fault["end_column"].as_u64());
            assert!(end >= (fault["line"].as_u64(), fault["column"].as_u64()), "{fault}");
        }
        assert_eq!(checked.error_json()["error"]["kind"], "configuration");
    }
}

fn name(file: &Path) -> &str {
    file.file_name().unwrap().to_str().unwrap()
}
