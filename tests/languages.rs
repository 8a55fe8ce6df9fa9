//! Four languages: whole and truthful catalogues, and a program and pages that speak them.

pub mod catalogue;
mod transcripts;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::net::TcpListener;
use std::path::Path;

use catalogue::{PHRASES, TAGS, catalogue, files, fixed, folder};
use serde_json::json;
use toml::{Table, Value};

use crate::support::environment::TestEnvironment;
use crate::support::strict::{ID, Strict};

/// Keys of definitions whose texts a seller reads.
const SAID: [&str; 14] = [
    "cause",
    "client_name_hint",
    "code_prompt",
    "description",
    "fix",
    "hint",
    "imported_only",
    "message",
    "notes",
    "prompt",
    "reinstalling",
    "remarks",
    "scopes_prompt",
    "withdrawal",
];

/// Keys of definitions whose texts are for the marketplace or the program, blanks or not.
const UNSAID: [&str; 8] =
    ["api_headers", "error", "example", "headers", "name", "pattern", "says", "user_agent"];

#[test]
fn every_message_is_translated_and_none_is_left_over() {
    let english = catalogue("en");
    assert!(english.len() > 400, "only {} texts were found", english.len());
    for tag in &TAGS[1..] {
        let translated = catalogue(tag);
        let (ours, theirs): (BTreeSet<_>, BTreeSet<_>) =
            (english.keys().collect(), translated.keys().collect());
        let missing: Vec<_> = ours.difference(&theirs).collect();
        let unused: Vec<_> = theirs.difference(&ours).collect();
        assert!(missing.is_empty() && unused.is_empty(), "{tag}: missing {missing:?}, unused {unused:?}");
        let expected: BTreeSet<_> = files("en").into_iter().chain([PHRASES.to_owned()]).collect();
        assert_eq!(files(tag), expected, "{tag}");
    }
}

#[test]
fn a_translation_speaks_of_the_same_values_commands_and_flags() {
    let english = catalogue("en");
    let mut wrong = Vec::new();
    for tag in &TAGS[1..] {
        for (id, text) in catalogue(tag) {
            let original = &english[&id];
            if text.values != original.values {
                wrong.push(format!("{tag}: {id} speaks of {:?}, not of {:?}", text.values, original.values));
            }
            for reading in &text.readings {
                let lost = differing(&original.words, reading);
                wrong.extend(lost.map(|it| format!("{tag}: {id} {it}: {reading}")));
            }
            // The program puts a name in their place.
            let metavariables = |words: &str| [" PROFILE", " APP"].map(|word| words.matches(word).count());
            if id.strip_suffix(".hint").is_some()
                && metavariables(&text.words) != metavariables(&original.words)
            {
                wrong.push(format!("{tag}: {id} names no PROFILE or APP"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a translation lost or invented. It may mark more words as code than the original does.
fn differing(original: &str, translated: &str) -> Option<String> {
    let (mut meant, said) = (fixed(original), fixed(translated));
    let mut invented = said.clone();
    invented.retain(|part| match meant.iter().position(|it| it == part) {
        Some(at) => meant.swap_remove(at).is_empty(),
        None => !part.starts_with('`') || !original.contains(part.trim_matches('`')),
    });
    let is_same = meant.is_empty() && invented.is_empty();
    (!is_same).then(|| format!("lacks {meant:?}, has {invented:?}"))
}

/// A sentence that stands as it was is one that was forgotten.
#[test]
fn nothing_was_left_in_english() {
    let english = catalogue("en");
    for tag in &TAGS[1..] {
        let same = |(id, text): &(String, catalogue::Text)| {
            let is_sentence = text.words.split(' ').filter(|word| word.len() > 3).count() > 3;
            is_sentence && english[id].words == text.words
        };
        let left: Vec<String> = catalogue(tag).into_iter().filter(same).map(|(id, _)| id).collect();
        assert!(left.is_empty(), "{tag}: {left:?}");
    }
}

/// What is said and what is not said in the built-in definitions.
fn definitions() -> (BTreeSet<String>, BTreeSet<String>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/marketplace");
    let built_in = fs::read_dir(folder.join("built_in")).unwrap().map(|entry| entry.unwrap().path());
    let files = built_in.filter(|file| file.extension().is_some_and(|extension| extension == "toml"));
    let (mut said, mut unsaid) = (BTreeSet::new(), BTreeSet::new());
    for file in files.chain([folder.join("standard.toml")]) {
        let table: Table = fs::read_to_string(&file).unwrap().parse().unwrap();
        collect(&Value::Table(table), &mut Vec::new(), &mut |keys, text| {
            let is = |known: &[&str]| keys.iter().any(|key| known.contains(&key.as_str()));
            match keys.last().is_some_and(|key| SAID.contains(&key.as_str())) && !is(&["parameters"]) {
                true => said.insert(text.to_owned()),
                false => {
                    assert!(is(&UNSAID) || !text.contains(' '), "{}: who reads {keys:?}?", file.display());
                    unsaid.insert(text.to_owned())
                }
            };
        });
    }
    (said, unsaid)
}

fn collect(value: &Value, keys: &mut Vec<String>, found: &mut dyn FnMut(&[String], &str)) {
    match value {
        Value::String(text) => found(keys, text),
        Value::Array(values) => values.iter().for_each(|value| collect(value, keys, found)),
        Value::Table(table) => {
            for (key, value) in table {
                keys.push(key.clone());
                collect(value, keys, found);
                keys.pop();
            }
        }
        _ => {}
    }
}

#[test]
fn what_definitions_say_is_translated_phrase_by_phrase() {
    let (said, unsaid) = definitions();
    assert!(said.len() > 200, "only {} phrases were found", said.len());
    let mut wrong = Vec::new();
    for tag in &TAGS[1..] {
        let source = fs::read_to_string(folder(tag).join(PHRASES)).unwrap();
        let phrases: BTreeMap<String, String> = toml::from_str(&source).unwrap();
        let known: BTreeSet<String> = phrases.keys().cloned().collect();
        wrong.extend(said.difference(&known).map(|phrase| format!("{tag}: missing: {phrase}")));
        wrong.extend(known.difference(&said).map(|phrase| format!("{tag}: unused: {phrase}")));
        // It would be translated as well.
        wrong.extend(known.intersection(&unsaid).map(|phrase| format!("{tag}: no phrase: {phrase}")));
        for (english, translated) in &phrases {
            wrong.extend(
                differing(english, translated).into_iter().map(|it| format!("{tag}: {translated:?} {it}")),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn errors_speak_and_codes_do_not() {
    let words = [("en", "no shop is connected"), ("de", "kein Shop"), ("pl", "sklep"), ("fr", "boutique")];
    for (tag, word) in words {
        let mut environment = TestEnvironment::new();
        environment.set_var("SELLAUTH_LANG", tag);
        let output = environment.run(&["token", "nowhere"]).code(3);
        assert!(
            output.stderr.starts_with("error: ") && output.stderr.contains("\nhint: "),
            "{}",
            output.stderr
        );
        let hint = environment.run(&["token"]).code(3).stderr;
        assert!(hint.contains(word), "{tag}: {hint}");
        let document = environment.run(&["token", "--json", "nowhere"]).code(3).error_json();
        assert_eq!(document["error"]["kind"], json!("not_found"));
        assert_eq!(environment.run(&["status", "--json"]).ok().json(), json!([]));
    }
}

#[test]
fn the_language_is_the_first_that_the_environment_names() {
    let german = |variables: &[(&str, &str)]| {
        let mut environment = TestEnvironment::new();
        for (name, value) in variables {
            environment.set_var(name, value);
        }
        environment.run(&["token"]).code(3).stderr.contains("kein Shop")
    };
    assert!(german(&[("LANG", "de_DE.UTF-8")]));
    assert!(german(&[("LANG", "pl_PL"), ("LC_MESSAGES", "de_AT")]));
    assert!(german(&[("SELLAUTH_LANG", "de"), ("LC_ALL", "C")]));
    assert!(!german(&[("LANG", "de_DE.UTF-8"), ("LC_ALL", "C.UTF-8")]));
}

/// A text that a definition brings: what a code in the browser means.
#[test]
fn definitions_speak_as_well() {
    let mut environment = TestEnvironment::new();
    let english = environment.run(&["explain", "MD5101"]).ok().stdout;
    for tag in &TAGS[1..] {
        environment.set_var("SELLAUTH_LANG", tag);
        let translated = environment.run(&["explain", "MD5101"]).ok().stdout;
        let source = fs::read_to_string(folder(tag).join(PHRASES)).unwrap();
        let phrases: BTreeMap<String, String> = toml::from_str(&source).unwrap();
        let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let said =
            phrases.iter().find(|(phrase, _)| flat(&english).contains(&flat(phrase)) && phrase.len() > 30);
        let (_, said) = said.expect("a phrase");
        assert!(flat(&translated).contains(&flat(said)), "{translated}");
    }
}

/// A job speaks English, and its owner may not.
#[test]
fn what_is_remembered_is_told_in_the_language_of_whoever_reads_it() {
    let market = Strict::start();
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    market.connect(&environment);
    market.end_consent_of_last();
    environment.set_var("SELLAUTH_LANG", "de");
    environment.run(&["token", ID, "--refresh"]).code(4);
    let told = |tag: &str| catalogue(tag)["refused-grant"].words.replace("{code}", "invalid_grant");
    let states =
        environment.files().into_iter().filter(|(path, _)| path.extension().is_some_and(|it| it == "json"));
    let states: Vec<String> = states.map(|(_, bytes)| String::from_utf8(bytes).unwrap()).collect();
    assert!(states.iter().any(|state| state.contains(&told("en"))), "{states:?}");
    for tag in TAGS {
        environment.set_var("SELLAUTH_LANG", tag);
        assert_eq!(environment.run(&["status", "--json"]).ok().json()[0]["reason"], json!(told(tag)));
        let refused = environment.run(&["token", ID]).code(4).stderr;
        assert!(refused.contains(&told(tag)), "{refused}");
    }
}

/// They are searched for, and sent to people who read another language.
#[test]
fn lines_of_the_log_are_english() {
    let market = Strict::start();
    let mut environment = TestEnvironment::new();
    environment.use_file_store();
    market.connect(&environment);
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let definition = market.definition();
    let authority =
        definition.split("http://").nth(1).and_then(|rest| rest.split(['/', '"']).next()).unwrap();
    environment.write(format!("marketplaces/{ID}.toml"), &definition.replace(authority, &closed));
    environment.set_var("SELLAUTH_LANG", "de");
    let output = environment.run(&["token", ID, "--refresh", "-vv"]).code(7);
    let unreachable = |tag: &str| catalogue(tag)["cause-unreachable"].words.replace("{host}", "127.0.0.1");
    let levels = ["info: ", "debug: ", "warn: "];
    let is_log = |line: &&str| levels.iter().any(|level| line.starts_with(level));
    let (log, told): (Vec<&str>, Vec<&str>) = output.stderr.lines().partition(is_log);
    assert!(log.iter().any(|line| line.contains(&unreachable("en"))), "{log:?}");
    assert!(!log.iter().any(|line| line.contains(&unreachable("de"))), "{log:?}");
    assert!(told.iter().any(|line| line.contains(&unreachable("de"))), "{told:?}");
}
