//! The pages about the built-in marketplaces say what the definitions say, and name nothing that these do not have.

use std::collections::BTreeSet;

use toml::{Table, Value};

use super::{between, prose};
use crate::architecture::scan::{files, read};

/// The built-in definitions by id, as they are written and as they are read.
fn definitions() -> Vec<(String, String, Table)> {
    let paths = files("src/marketplace/built_in", "toml");
    let definition = |path: String| {
        let text = read(&path);
        let table: Table = text.parse().unwrap_or_else(|error| panic!("{path}: {error}"));
        (table["id"].as_str().expect("an id").to_owned(), text, table)
    };
    paths.into_iter().map(definition).collect()
}

fn page(id: &str) -> String {
    read(&format!("docs/marketplaces/{id}.md"))
}

/// The names in a table of the definition; none where it has no such table.
fn names<'a>(definition: &'a Table, table: &str) -> Vec<&'a str> {
    let table = definition.get(table).and_then(Value::as_table);
    table.into_iter().flat_map(|table| table.keys().map(String::as_str)).collect()
}

/// What `--set` may give: variables, and values that nobody confirms.
fn settable(definition: &Table) -> BTreeSet<String> {
    fn unverified(value: &Value, found: &mut BTreeSet<String>) {
        let Some(table) = value.as_table() else { return };
        let list = table.get("unverified").and_then(Value::as_array).into_iter().flatten();
        found.extend(list.filter_map(Value::as_str).map(str::to_owned));
        table.values().for_each(|value| unverified(value, found));
    }
    let mut found = names(definition, "variables").into_iter().map(str::to_owned).collect();
    unverified(&Value::Table(definition.clone()), &mut found);
    found
}

/// The words that follow a flag on a page, up to what ends a word there.
fn words_after<'a>(text: &'a str, flag: &'a str) -> impl Iterator<Item = &'a str> {
    let ends = |c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-');
    text.split(flag).skip(1).map(move |rest| rest.split(ends).next().unwrap_or_default())
}

#[test]
fn every_marketplace_has_a_page_that_the_lists_lead_to() {
    let ids: BTreeSet<String> = definitions().into_iter().map(|(id, ..)| id).collect();
    let pages = files("docs/marketplaces", "md").into_iter();
    let pages =
        pages.map(|path| path.trim_start_matches("docs/marketplaces/").trim_end_matches(".md").to_owned());
    let pages: BTreeSet<String> = pages.filter(|name| name != "README").collect();
    assert_eq!(pages, ids);
    for id in ids {
        assert!(read("docs/marketplaces/README.md").contains(&format!("]({id}.md)")), "{id}");
        assert!(read("README.md").contains(&format!("](docs/marketplaces/{id}.md)")), "{id}");
    }
}

#[test]
fn a_page_names_nothing_that_the_definition_does_not_have() {
    let mut wrong = Vec::new();
    for (id, _, definition) in definitions() {
        let text = page(&id);
        let mut expect = |flag: &str, known: &[&str]| {
            let given = words_after(&text, flag).filter(|word| !word.is_empty() && !known.contains(word));
            wrong.extend(given.map(|word| format!("{id}.md: {flag}{word} is none of {known:?}")));
        };
        let settable = settable(&definition);
        expect("--set ", &settable.iter().map(String::as_str).collect::<Vec<_>>());
        let options = names(&definition, "options");
        expect("--option ", &options);
        expect("--no-option ", &options);
        expect("--env ", &names(&definition, "environments"));
        let mut regions = names(&definition, "regions");
        regions.push("CC");
        expect("--region ", &regions);
        expect("--kind ", &names(&definition, "app_kinds"));
        for (flag, option) in [("--draft", "draft"), ("--vendor", "vendor")] {
            if text.contains(flag) && !options.contains(&option) {
                wrong.push(format!("{id}.md: {flag}, but there is no option {option}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_page_says_all_that_its_definition_says() {
    let mut missing = Vec::new();
    for (id, _, definition) in definitions() {
        let text = page(&id);
        let mut expect = |wanted: &str| {
            if !text.contains(wanted) {
                missing.push(format!("{id}.md lacks {wanted:?}"));
            }
        };
        expect(definition["verified"].as_str().expect("a day"));
        for option in names(&definition, "options") {
            expect(option);
        }
        for region in names(&definition, "regions") {
            expect(&format!("`{region}`"));
        }
        if let Some(portal) = definition.get("portal").and_then(Value::as_table) {
            for field in names(portal, "fields") {
                expect(&format!("{field}: "));
            }
        }
        let lives = definition.get("lifetimes").and_then(Value::as_table).into_iter().flatten();
        for life in lives.filter_map(|(_, life)| life.as_str()) {
            expect(life);
        }
        for (code, error) in definition.get("errors").and_then(Value::as_table).into_iter().flatten() {
            let told = ["cause", "fix"].map(|key| error[key].as_str().expect("a text"));
            expect(&format!("| `{code}` | {} | {} |", told[0], told[1]));
        }
        for (_, variable) in definition.get("variables").and_then(Value::as_table).into_iter().flatten() {
            let prompt = variable["prompt"].as_str().expect("a prompt");
            // What explains a long prompt stands elsewhere on the page.
            let asked = prompt.split([':', ',', '(']).next().unwrap_or(prompt).trim();
            let lower = text.to_lowercase();
            if !lower.contains(&asked.to_lowercase()) {
                missing.push(format!("{id}.md lacks the question {asked:?}"));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn what_a_page_shows_as_asked_is_asked() {
    let catalogue: String = files("src/messages/en", "ftl").iter().map(|path| read(path)).collect();
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for (id, definition, _) in definitions() {
        for line in page(&id).lines().filter(|line| line.starts_with("✔ ")) {
            seen += 1;
            let question = line.trim_start_matches("✔ ").split(" · ").next().unwrap_or_default();
            let question = question.trim_end_matches('?');
            if !definition.contains(question) && !catalogue.contains(&format!("= {question}")) {
                wrong.push(format!("{id}.md: nobody asks {question:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen > 30, "only {seen} questions are shown");
}

#[test]
fn codes_that_pages_tell_to_explain_are_explained() {
    let environment = crate::support::environment::TestEnvironment::new();
    let mut codes = BTreeSet::new();
    for path in files("docs", "md").into_iter().chain([String::from("README.md")]) {
        let text = read(&path);
        let lines = prose(&text).map(|(_, line)| line).chain(text.lines());
        for line in lines {
            codes.extend(between(line, "sellauth explain ", '`').map(|code| code.trim().to_owned()));
        }
    }
    codes.remove("CODE");
    assert!(codes.len() >= 2, "{codes:?}");
    for code in codes.iter().filter(|code| !code.contains(' ')) {
        environment.run(&["explain", code]).ok();
    }
}
