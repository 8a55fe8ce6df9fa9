//! The shape of the program, read from its source: what its header promises, and what no compiler checks.

pub mod scan;

use std::collections::{BTreeMap, BTreeSet};

use super::languages;
use scan::{Call, Source, files, read, shipped, sources};

/// The longest file, and the longest function.
const FILE_LINES: usize = 500;
const FUNCTION_LINES: usize = 60;
/// Apart from its header and the list of modules.
const MAIN_LINES: usize = 40;

/// What lies behind one door: where another crate could take its place.
const DOORS: &[(&str, &[&str])] = &[
    ("age", &["src/store/"]),
    ("annotate_snippets", &["src/output/snippet.rs"]),
    ("clap_complete", &["src/commands/complete", "src/commands/completions.rs"]),
    ("clap_mangen", &["src/commands/man/"]),
    ("dialoguer", &["src/prompt.rs"]),
    ("directories", &["src/config.rs"]),
    ("chacha20poly1305", &["src/cache.rs"]),
    ("fluent_bundle", &["src/messages.rs"]),
    ("linux_keyutils", &["src/cache/kernel.rs"]),
    ("indicatif", &["src/commands/progress.rs"]),
    ("open", &["src/browser.rs"]),
    ("qrcodegen", &["src/qr.rs"]),
    ("reqwest", &["src/oauth/http.rs"]),
    ("saphyr", &["src/foreign.rs"]),
    ("similar", &["src/commands/marketplace_diff.rs"]),
    ("secret_service", &["src/store/keyring.rs"]),
    ("tiny_http", &["src/callback/", "src/demo/"]),
    ("windows_sys", &["src/files/access.rs", "src/interrupt/console.rs"]),
];

/// The exit codes scripts rely on.
const EXIT_CODES: &[(&str, &str)] = &[
    ("internal", "1"),
    ("usage", "2"),
    ("not_found", "3"),
    ("reauthorization_required", "4"),
    ("denied", "5"),
    ("wrong_shop", "5"),
    ("timeout", "6"),
    ("temporary", "7"),
    ("store", "8"),
    ("configuration", "9"),
    ("interrupted", "130"),
];

/// Errors after which there is nothing to do, and those whose hint comes from elsewhere.
const WITHOUT_HINT: [&str; 8] = [
    "app-remove-declined",
    "disconnect-declined",
    "file-unknown-key",
    "import-declined",
    "no-authorization-request",
    "paste-error-page",
    "timer-no-scheduler",
    "timer-refused",
];

/// The layers as the header of `main.rs` draws them: each module with its height.
fn layers() -> BTreeMap<String, u32> {
    let modules: BTreeSet<String> = sources("src").iter().map(|source| source.module().to_owned()).collect();
    let main = read("src/main.rs");
    let picture = main.split("//! ```").nth(1).expect("a picture in the header");
    let mut layers = BTreeMap::new();
    let mut height = 0;
    for line in picture.lines().skip(1) {
        let words = line.trim_start_matches("//!").split_whitespace();
        for word in words.filter(|word| *word != "─") {
            if let Ok(layer) = word.parse() {
                height = layer;
                continue;
            }
            let module = word.trim_end_matches("/*");
            // What follows the names is said about them.
            if !modules.contains(module) {
                break;
            }
            assert!(layers.insert(module.to_owned(), height).is_none(), "{module} stands in two layers");
        }
    }
    layers
}

/// The modules at the crate's root that a file names, with the line.
fn imports(source: &Source) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for at in source.find("crate::") {
        let path = &source.code[at + "crate::".len()..];
        for name in first_names(path) {
            let module = match name.as_str() {
                "fail" => "error",
                "text" | "arguments" => "messages",
                other => other,
            };
            found.push((source.line(at), module.to_owned()));
        }
    }
    found
}

/// The first name of a path, or of each path in braces.
fn first_names(path: &str) -> Vec<String> {
    let name = |path: &str| path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let Some(group) = path.strip_prefix('{') else { return vec![name(path)] };
    let (mut depth, mut names, mut start) = (0, Vec::new(), 0);
    for (i, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                names.push(name(group[start..i].trim()));
                start = i + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    names.retain(|name: &String| !name.is_empty());
    names
}

#[test]
fn imports_point_down() {
    let layers = layers();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for source in sources("src") {
        if source.module() == "demo" {
            continue;
        }
        let Some(own) = layers.get(source.module()) else {
            wrong.push(format!("{} stands in no layer", source.path));
            continue;
        };
        for (line, module) in imports(&source).into_iter().filter(|(_, module)| module != "demo") {
            seen += 1;
            let fault = match layers.get(&module) {
                Some(other) if other <= own => continue,
                Some(_) => "which stands higher",
                None => "which stands in no layer",
            };
            wrong.push(format!("{}:{line} names {module}, {fault}", source.path));
        }
    }
    assert!(seen > 100, "only {seen} imports were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn modules_reach_each_other_by_the_crates_name_only() {
    // `super` from a module at the root would be an import that no layer sees.
    for source in sources("src") {
        let at_root = source.path.matches('/').count() == 1 || source.path.ends_with("/mod.rs");
        let hidden = source.code.lines().any(|line| line.starts_with("use super::"));
        assert!(!(at_root && hidden), "{} imports by `super`", source.path);
        assert!(!source.code.contains("super::super::super"), "{} climbs too high", source.path);
    }
}

#[test]
fn the_demos_marketplace_knows_nothing_of_ours() {
    let demo: Vec<Source> = sources("src").into_iter().filter(|source| source.module() == "demo").collect();
    assert!(demo.len() > 5, "only {} files", demo.len());
    for source in demo {
        assert!(source.find("crate::").is_empty(), "{} names the crate", source.path);
    }
}

#[test]
fn what_could_be_swapped_lies_behind_one_door() {
    for source in sources("src") {
        for (name, doors) in DOORS {
            let used = [format!("{name}::"), format!("use {name};")].iter().any(|path| {
                let outside = |at: &usize| !source.code[..*at].ends_with("::");
                source.find(path).iter().any(outside)
            });
            let allowed = doors.iter().any(|door| source.path.starts_with(door));
            assert!(!used || allowed, "{} uses {name}, which belongs to {doors:?}", source.path);
        }
    }
    for (name, doors) in DOORS {
        let used = sources("src").iter().any(|source| !source.find(&format!("{name}::")).is_empty());
        assert!(used, "{name} is used by nobody, not even {doors:?}");
    }
}

/// What the built-in marketplaces are called: a marketplace is data, and no code may know one.
fn marketplaces() -> BTreeSet<String> {
    let folder = "src/marketplace/built_in";
    let mut names = BTreeSet::new();
    for file in files(folder, "toml") {
        let definition: toml::Table = read(&file).parse().unwrap();
        for key in ["id", "name"] {
            let name = definition[key].as_str().unwrap().to_lowercase();
            let first = name.split(|c: char| !c.is_alphanumeric()).next().unwrap().to_owned();
            names.extend([name, first]);
        }
    }
    assert!(names.contains("amazon"), "{folder}: {names:?}");
    names
}

#[test]
fn no_code_knows_a_marketplace() {
    let names = marketplaces();
    let mut known = Vec::new();
    for source in shipped() {
        for (line, text) in source.bare.lines().enumerate() {
            let text = text.to_lowercase();
            let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
            let found = names
                .iter()
                .find(|name| words.contains(&name.as_str()) || text.contains(&format!("\"{name}\"")));
            known.extend(found.map(|name| format!("{}:{} names {name}", source.path, line + 1)));
        }
    }
    assert!(known.is_empty(), "{}", known.join("\n"));
}

#[test]
fn files_and_functions_fit_on_a_screen_or_two() {
    let mut long = Vec::new();
    for source in sources("src").into_iter().chain(sources("tests")) {
        let lines = source.text.lines().count();
        if lines > FILE_LINES {
            long.push(format!("{} has {lines} lines", source.path));
        }
        for (line, length) in functions(&source.code) {
            if length > FUNCTION_LINES {
                long.push(format!("{}:{line} is a function of {length} lines", source.path));
            }
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}

/// Where functions begin, and how many lines they have.
fn functions(code: &str) -> Vec<(usize, usize)> {
    let lines: Vec<&str> = code.lines().collect();
    let begins = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().take_while(|word| *word != "fn").collect();
        let modifier = |word: &&str| {
            word.starts_with("pub") || ["const", "unsafe", "async"].contains(word) || word.ends_with(')')
        };
        words.len() < line.split_whitespace().count() && words.iter().all(modifier)
    };
    let starts = lines.iter().enumerate().filter(|(_, line)| begins(line)).map(|(i, _)| i);
    starts.map(|start| (start + 1, length(&lines[start..]))).collect()
}

/// The lines up to the brace that closes what the first line opens.
fn length(lines: &[&str]) -> usize {
    let (mut depth, mut opened) = (0, false);
    for (i, line) in lines.iter().enumerate() {
        for c in line.chars() {
            depth += i32::from(c == '{') - i32::from(c == '}');
            opened |= c == '{';
        }
        if (opened && depth == 0) || (!opened && line.ends_with(';')) {
            return i + 1;
        }
    }
    lines.len()
}

#[test]
fn main_only_begins_and_ends() {
    let main = shipped().into_iter().find(|source| source.path == "src/main.rs").unwrap();
    let says = |line: &&str| !line.trim().is_empty() && !line.starts_with("mod ");
    let lines = main.bare.lines().filter(says).count();
    assert!(lines <= MAIN_LINES, "main.rs has {lines} lines");
}

/// A message of the catalogue: the values its text and its hint speak of.
struct Message {
    text: BTreeSet<String>,
    hint: Option<BTreeSet<String>>,
}

fn catalogue() -> BTreeMap<String, Message> {
    let texts = languages::catalogue::catalogue("en");
    let hint = |id: &str| texts.get(&format!("{id}.hint")).map(|text| text.values.clone());
    let messages = texts.iter().filter(|(id, _)| !id.contains('.'));
    messages.map(|(id, text)| (id.clone(), Message { text: text.values.clone(), hint: hint(id) })).collect()
}

/// The id of a call's message and the values it gives.
fn used(call: &Call, before: usize) -> (String, BTreeSet<String>) {
    let id = call.arguments[before].trim_matches('"').to_owned();
    let name = |argument: &String| argument.split_once('=').map(|(name, _)| name.trim().to_owned());
    (id, call.arguments[before + 1..].iter().filter_map(name).collect())
}

#[test]
fn the_catalogue_says_what_the_program_asks_of_it() {
    let catalogue = catalogue();
    let mut spoken = BTreeSet::new();
    let mut wrong = Vec::new();
    for source in shipped() {
        for call in source.calls("fail") {
            let (id, given) = used(&call, 1);
            let Some(message) = catalogue.get(&id) else {
                wrong.push(format!("{}: no message `{id}`", call.place));
                continue;
            };
            let hint = message.hint.clone().unwrap_or_default();
            if message.hint.is_none() != WITHOUT_HINT.contains(&id.as_str()) {
                wrong
                    .push(format!("{}: `{id}` should have a hint, or stand among those without", call.place));
            }
            if message.text.union(&hint).cloned().collect::<BTreeSet<_>>() != given {
                wrong.push(format!(
                    "{}: `{id}` wants {:?} and {hint:?}, not {given:?}",
                    call.place, message.text
                ));
            }
            spoken.extend([format!("{id}.hint"), id]);
        }
        for call in source.calls("text") {
            let (id, given) = used(&call, 0);
            let wanted = match id.strip_suffix(".hint") {
                Some(id) => catalogue.get(id).and_then(|message| message.hint.clone()),
                None => catalogue.get(&id).map(|message| message.text.clone()),
            };
            if wanted.as_ref() != Some(&given) {
                wrong.push(format!("{}: `{id}` wants {wanted:?}, not {given:?}", call.place));
            }
            spoken.insert(id);
        }
    }
    for (id, message) in &catalogue {
        let hint = message.hint.is_some() && !spoken.contains(&format!("{id}.hint"));
        if hint || !spoken.contains(id) {
            wrong.push(format!("`{id}` or its hint is never said"));
        }
    }
    assert!(catalogue.len() > 150, "only {} messages were found", catalogue.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn messages_begin_small_and_end_without_a_full_stop() {
    for file in ["errors", "store"] {
        for line in read(&format!("src/messages/en/{file}.ftl")).lines().filter(|line| line.contains(" = ")) {
            let text = line.split_once(" = ").unwrap().1;
            assert!(!text.ends_with(['.', '!']), "{line}");
            let names = ["SELLAUTH_", "HTTP", "Vault"].iter().any(|name| text.starts_with(name));
            assert!(names || !text.starts_with(char::is_uppercase), "{line}");
        }
    }
}

#[test]
fn every_exit_code_is_the_one_scripts_rely_on() {
    let source = sources("src").into_iter().find(|source| source.path == "src/error.rs").unwrap();
    let table = source.bare.split("TABLE: ").nth(1).and_then(|rest| rest.split("];").next()).unwrap();
    let rows: Vec<(String, String)> = table
        .lines()
        .filter_map(|line| line.trim().strip_prefix("(Kind::")?.strip_suffix("),")?.split_once(", "))
        .filter_map(|(_, row)| row.split_once(", "))
        .map(|(name, code)| (name.trim_matches('"').to_owned(), code.to_owned()))
        .collect();
    let expected: Vec<(String, String)> =
        EXIT_CODES.iter().map(|(name, code)| ((*name).to_owned(), (*code).to_owned())).collect();
    assert_eq!(rows, expected);
}

#[test]
fn every_dependency_has_its_reason() {
    let mut reason = false;
    let mut counted = 0;
    let manifest = read("Cargo.toml");
    let mut section = "";
    for line in manifest.lines() {
        match line.chars().next() {
            Some('[') => (section, reason) = (line, false),
            Some('#') => reason = true,
            None => reason = false,
            _ if section.contains("dependencies]") => {
                counted += 1;
                assert!(reason || line.contains(" # "), "no reason is given for `{line}`");
            }
            _ => {}
        }
    }
    assert!(counted > 30, "only {counted} dependencies were found");
}

#[test]
fn every_dependency_of_the_program_is_used() {
    let manifest = read("Cargo.toml");
    let program = manifest.split("[dev-dependencies]").next().unwrap();
    let sources = sources("src");
    for section in program
        .split("\n[")
        .filter(|section| section.lines().next().is_some_and(|l| l.ends_with("dependencies]")))
    {
        for name in section.lines().skip(1).filter_map(|line| line.split_once(" = ").map(|(name, _)| name)) {
            let path = name.trim_start_matches('#').trim().replace('-', "_");
            let used = |source: &Source| {
                let code = &source.code;
                code.contains(&format!("{path}::")) || code.contains(&format!("use {path};"))
            };
            assert!(path.contains(' ') || sources.iter().any(used), "{name} is used by nobody");
        }
    }
}
