//! Every command that a page tells to type is one that the program knows, with those flags and values.

use std::collections::BTreeMap;

use super::{between, lines, pages, prose};
use crate::architecture::scan::read;
use crate::support::environment::TestEnvironment;

/// What ends a command on a line of a shell.
const ENDS: [&str; 9] = [" |", " >", " <", " ;", " #", " 2>", " &", " --\u{20}", ")\""];
/// What a reader replaces, and what a test can.
const PLACEHOLDERS: [(&str, &str); 5] = [
    ("age1…", "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"),
    ("HANDLE", "11111111-1111-4111-8111-111111111111"),
    ("HASH", "0123456789abcdef"),
    ("URL", "https://a.example/"),
    ("\"$@\"", ""),
];

/// The commands on a page: those in its blocks, and those within its sentences.
fn commands(text: &str) -> Vec<String> {
    let whole = text.replace("\\\n", "");
    let in_prose: Vec<&str> = prose(&whole).map(|(_, line)| line).collect();
    let sentences = in_prose.iter().flat_map(|line| between(line, "`sellauth ", '`'));
    let code =
        lines(&whole).filter(|(_, code, _)| *code).map(|(_, _, line)| line.trim().trim_start_matches("$ "));
    let blocks = code.filter_map(|line| match line.strip_prefix("sellauth ") {
        Some(rest) => Some(rest),
        None => line.split_once("| sellauth ").map(|(_, rest)| rest),
    });
    let until = |command: &str| {
        let end = ENDS.iter().filter_map(|end| command.find(end)).min().unwrap_or(command.len());
        command[..end].trim().to_owned()
    };
    sentences.chain(blocks).map(until).filter(|command| !command.is_empty()).collect()
}

#[test]
fn every_command_on_a_page_is_known() {
    let environment = TestEnvironment::new();
    let mut places: BTreeMap<String, String> = BTreeMap::new();
    for page in pages().into_iter().filter(|page| page != "CHANGELOG.md") {
        places.extend(commands(&read(&page)).into_iter().map(|command| (command, page.clone())));
    }
    let (mut wrong, mut tried) = (Vec::new(), 0);
    for (command, page) in &places {
        let real = PLACEHOLDERS.iter().fold(command.clone(), |text, (name, value)| text.replace(name, value));
        // What a shell would put together is not for a test to guess.
        let Ok(mut words) = shell_words::split(&real) else { continue };
        words.push("--help".to_owned());
        let output = environment.run(&words.iter().map(String::as_str).collect::<Vec<_>>());
        tried += 1;
        if output.code != 0 || !output.stdout.contains("Usage: sellauth") {
            wrong.push(format!(
                "{page}: sellauth {command}: {}",
                output.stderr.lines().next().unwrap_or_default()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried > 100, "only {tried} of {} commands were tried", places.len());
}
