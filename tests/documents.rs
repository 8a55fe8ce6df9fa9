//! The pages of `docs/`: links lead somewhere, a page about a marketplace says what its definition says, and the
//! scripts among the recipes run as they stand there.

mod commands;
mod marketplaces;
mod recipes;

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use crate::architecture::scan::{files, read, root};

/// Every page, by its path below the project's folder.
fn pages() -> Vec<String> {
    let mut pages = files("docs", "md");
    pages.extend(["README.md", "CHANGELOG.md"].map(String::from));
    assert!(pages.len() > 30, "{pages:?}");
    pages
}

/// The lines of a page with their numbers, and whether they stand in a block of code.
fn lines(text: &str) -> impl Iterator<Item = (usize, bool, &str)> {
    let mut code = false;
    (1..).zip(text.lines()).filter_map(move |(number, line)| {
        let fence = line.trim_start().starts_with("```");
        code ^= fence;
        (!fence).then_some((number, code, line))
    })
}

/// The lines that are no code, with their numbers.
fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    lines(text).filter(|(_, code, _)| !code).map(|(number, _, line)| (number, line))
}

/// The first block of code in that language on a page.
fn block(page: &str, language: &str) -> String {
    let text = read(page);
    let (_, after) =
        text.split_once(&format!("```{language}\n")).unwrap_or_else(|| panic!("{page}: no block"));
    after.split_once("\n```").expect("an end").0.to_owned() + "\n"
}

/// The names that GitHub gives to the headings of a page; of two that are alike nothing links to the second.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (_, line) in prose(text) {
        let Some(heading) = line.strip_prefix('#').map(|rest| rest.trim_start_matches('#')) else { continue };
        let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '));
        let name: String =
            kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect();
        names.insert(name);
    }
    names
}

/// What follows each `open` on a line, up to `close`.
fn between<'a>(line: &'a str, open: &'a str, close: char) -> impl Iterator<Item = &'a str> {
    line.split(open).skip(1).filter_map(move |rest| rest.split_once(close)).map(|(inside, _)| inside)
}

/// The path without `.` and `..`.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                normal.pop();
            }
            Component::CurDir => {}
            other => normal.push(other),
        }
    }
    normal
}

#[test]
fn every_link_leads_to_a_file_and_to_a_heading_in_it() {
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for page in pages() {
        let text = read(&page);
        for (number, line) in prose(&text) {
            let links = between(line, "](", ')').chain(between(line, "src=\"", '"'));
            for link in links.chain(between(line, "srcset=\"", '"')).filter(|link| !link.contains("://")) {
                seen += 1;
                let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
                let folder = Path::new(&page).parent().expect("a page has a folder");
                let target = if path.is_empty() { PathBuf::from(&page) } else { normal(&folder.join(path)) };
                if !root().join(&target).exists() {
                    wrong.push(format!("{page}:{number}: there is no {link}"));
                } else if !anchor.is_empty() && !anchors(&read(target.to_str().unwrap())).contains(anchor) {
                    wrong.push(format!("{page}:{number}: {link}: there is no such heading"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen > 100, "only {seen} links were found");
}

#[test]
fn every_page_can_be_reached_from_readme() {
    let mut reached = BTreeSet::new();
    let mut open = vec![String::from("README.md")];
    while let Some(page) = open.pop() {
        if Path::new(&page).extension().is_none_or(|ending| ending != "md") || !reached.insert(page.clone()) {
            continue;
        }
        let text = read(&page);
        let folder = Path::new(&page).parent().expect("a page has a folder");
        for (_, line) in prose(&text) {
            let links =
                between(line, "](", ')').filter(|link| !link.contains("://") && !link.starts_with('#'));
            let paths = links.map(|link| link.split('#').next().unwrap_or_default());
            open.extend(paths.map(|path| normal(&folder.join(path)).to_string_lossy().into_owned()));
        }
    }
    let lost: Vec<_> = pages().into_iter().filter(|page| !reached.contains(page)).collect();
    assert!(lost.is_empty(), "nothing leads to {lost:?}");
}

#[test]
fn readme_is_a_front_page() {
    let lines = read("README.md").lines().count();
    assert!(lines <= 400, "README has {lines} lines: depth belongs into docs/");
}
