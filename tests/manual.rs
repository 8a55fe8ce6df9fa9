//! The manual: every command has its page, every flag is on it, and the formatters find nothing wrong.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::commands::COMMANDS;
use crate::support::environment::TestEnvironment;

/// All pages, written by the program.
fn written() -> (TestEnvironment, PathBuf) {
    let environment = TestEnvironment::new();
    let folder = environment.home().join("man");
    let output = environment.run(&["man", "--dir", folder.to_str().unwrap()]).ok();
    assert_eq!(output.stdout.lines().count(), fs::read_dir(&folder).unwrap().count());
    (environment, folder)
}

fn pages() -> (TestEnvironment, Vec<PathBuf>) {
    let (environment, folder) = written();
    let mut pages: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.sort();
    (environment, pages)
}

/// What a reader sees of a page.
fn rendered(page: &PathBuf) -> String {
    let mut man = Command::new("man");
    man.args(["--warnings", "-E", "UTF-8", "-P", "cat", "-l"]).arg(page).env("MANWIDTH", "80");
    let output = man.env("MAN_KEEP_FORMATTING", "").env("LC_ALL", "C.UTF-8").output().expect("man-db");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && said.is_empty(), "{}: {said}", page.display());
    console::strip_ansi_codes(&String::from_utf8(output.stdout).unwrap()).into_owned()
}

#[test]
fn every_command_has_a_page_with_all_its_flags() {
    let (environment, folder) = written();
    let mut expected = BTreeSet::from(["sellauth.1".to_owned(), "sellauth-marketplace.5".to_owned()]);
    for command in COMMANDS {
        let file = format!("sellauth-{}.1", command.join("-"));
        let source = fs::read_to_string(folder.join(&file)).unwrap_or_default().replace("\\-", "-");
        let help = environment.run(&[command, &["--help"][..]].concat()).ok().stdout;
        let flags = help.lines().map(str::trim_start).filter(|line| line.starts_with('-'));
        let flags: BTreeSet<&str> = flags
            .flat_map(|line| line.split([' ', ',', '[', '=', '.']))
            .filter(|word| word.len() > 2 && word.starts_with("--"))
            .collect();
        assert!(flags.len() > 4, "{command:?}: {flags:?}");
        for flag in flags {
            assert!(source.contains(&format!("\\fB{flag}\\fR")), "{file} lacks {flag}");
        }
        expected.insert(file);
    }
    let found: BTreeSet<String> =
        fs::read_dir(&folder).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(found, expected);
}

#[test]
fn the_formatters_find_nothing_wrong() {
    let (_environment, pages) = pages();
    for page in &pages {
        let text = rendered(page);
        let wide = text.lines().find(|line| console::measure_text_width(line) > 80);
        assert_eq!(wide, None, "{}", page.display());
        assert!(!text.contains('`'), "{}: a backtick is left", page.display());
        assert!(text.contains("\nNAME\n") && text.contains("\nSEE ALSO\n"), "{}\n{text}", page.display());
    }
    let mut mandoc = Command::new("mandoc");
    let output = mandoc.args(["-T", "lint", "-W", "error"]).args(&pages).output().expect("mandoc");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn the_first_page_says_what_no_flag_does() {
    let (_environment, folder) = written();
    let text = rendered(&folder.join("sellauth.1"));
    for heading in
        ["NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "ENVIRONMENT", "EXIT STATUS", "FILES", "EXAMPLES"]
    {
        assert!(text.contains(&format!("\n{heading}\n")), "{heading}\n{text}");
    }
    for said in ["SELLAUTH_HOME", "reauthorization_required: ", "130", "profiles/NAME.toml", "sellauth demo"]
    {
        assert!(text.contains(said), "{said}\n{text}");
    }
    for command in COMMANDS {
        assert!(text.contains(&format!("sellauth-{}(1)", command.join("-"))), "{command:?}\n{text}");
    }
    let text = rendered(&folder.join("sellauth-marketplace.5"));
    for said in ["[[token_request]]", "authorization_request", "pkce", "EXAMPLE", "id = \"corner-shop\""] {
        assert!(text.contains(said), "{said}\n{text}");
    }
}

#[test]
fn a_page_is_printed_into_a_pipe() {
    let mut environment = TestEnvironment::new();
    environment.remove_var("HOME").remove_var("SELLAUTH_HOME");
    for (words, title) in [
        (&["man"][..], ".TH sellauth 1"),
        (&["man", "connect"], ".TH sellauth-connect 1"),
        (&["man", "app", "add"], ".TH sellauth-app-add 1"),
        (&["man", "login"], ".TH sellauth-connect 1"),
        (&["man", "app", "ls"], ".TH sellauth-app-list 1"),
        (&["man", "marketplace"], ".TH sellauth-marketplace 5"),
    ] {
        let page = environment.run(words).ok().stdout.replace("\\-", "-");
        assert!(page.lines().take(5).any(|line| line.starts_with(title)), "{words:?}\n{page}");
    }
    let page = environment.run(&["man", "list"]).ok().stdout;
    let said = ".SH ALIASES\n\\fBsellauth list\\fR, \\fBsellauth ls\\fR\n";
    assert!(page.contains(said), "{page}");
    let unknown = environment.run(&["man", "app", "ad", "--json"]).code(2);
    assert_eq!(unknown.error_json()["error"]["hint"], "did you mean `app add`?");
}
