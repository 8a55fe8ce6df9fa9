//! Secrets as other programs keep them: in the environment, in `.env` files, in JSON and YAML.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use saphyr::{LoadableYamlNode, Yaml};
use secrecy::SecretString;
use serde_json::Value;
use zeroize::Zeroizing;

use crate::config::Lookup;
use crate::error::Result;
use crate::{fail, files};

/// A place in which other programs keep secrets.
pub struct Source {
    /// Its file; the environment where it is `None`.
    pub file: Option<PathBuf>,
    entries: Vec<Entry>,
}

/// One text with a name.
struct Entry {
    /// The names of the tables around it.
    sections: Vec<String>,
    name: String,
    /// What it is looked for by.
    key: String,
    value: Zeroizing<String>,
    /// Where it stands in the file, where that is plain to see.
    line: Option<usize>,
}

/// A value that was looked for.
pub struct Found {
    /// What it is: the placeholder's name.
    pub what: String,
    /// What it is called there.
    pub name: String,
    /// Its file; the environment where it is `None`.
    pub file: Option<PathBuf>,
    /// Its line.
    pub line: Option<usize>,
    /// The value itself.
    pub value: SecretString,
}

/// What values are called elsewhere, by placeholder.
type Names = BTreeMap<String, Vec<String>>;

impl Entry {
    /// Whether it is what this account has under `name`: in its section, or as `NAME_ACCOUNT`.
    fn is_of(&self, account: &str, name: &str) -> bool {
        let in_section = self.key == folded(name) && self.sections.iter().any(|one| one == account);
        in_section || self.key == folded(&format!("{name}_{account}"))
    }
}

impl Source {
    /// The variables of the environment that have one of these names, alone or followed by `_ACCOUNT`.
    pub fn environment(var: Lookup, names: &Names, account: Option<&str>) -> Self {
        let found = |name: &String| {
            let of_account = account.map(|account| format!("{name}_{account}"));
            let mut places = of_account.into_iter().chain([name.clone()]);
            places.find_map(|own| Some(entry(&[], &own, &Zeroizing::new(var(&own)?))))
        };
        Self { file: None, entries: names.values().flatten().filter_map(found).collect() }
    }

    /// A file: JSON, YAML by its name's end, else lines `NAME=VALUE`.
    ///
    /// Kind `configuration` for one that cannot be read. What is wrong in it is not quoted.
    pub fn file(path: &Path) -> Result<Self> {
        let unreadable = || fail!(Configuration, "file-unreadable", path = path.display());
        let bytes = files::read_if_there(path).map_err(|error| unreadable().because(error))?;
        let bytes = Zeroizing::new(bytes.ok_or_else(unreadable)?);
        let foreign = || fail!(Configuration, "import-file-foreign", path = path.display());
        let text = std::str::from_utf8(&bytes).map_err(|_| foreign())?.trim_start_matches('\u{feff}');
        let mut entries = Vec::new();
        let is_yaml = path.extension().is_some_and(|end| end == "yml" || end == "yaml");
        if text.trim_start().starts_with(['{', '[']) {
            let document: Value = serde_json::from_str(text).map_err(|_| foreign())?;
            walk_json(&document, &mut Vec::new(), &mut entries);
        } else if is_yaml {
            let documents = Yaml::load_from_str(text).map_err(|_| foreign())?;
            for document in &documents {
                walk_yaml(document, &mut Vec::new(), &mut entries);
            }
        } else {
            entries =
                text.lines().filter_map(assignment).map(|(name, value)| entry(&[], name, value)).collect();
        }
        for entry in &mut entries {
            let holds = |line: &str| line.contains(entry.value.as_str());
            entry.line = text.lines().position(holds).map(|before| before + 1);
        }
        Ok(Self { file: Some(path.to_owned()), entries })
    }
}

/// A line `NAME=VALUE`. Nothing in the value is replaced: what libraries make of a `$` differs, and
/// secrets hold some.
fn assignment(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    let (name, value) = line.strip_prefix("export ").unwrap_or(line).split_once('=')?;
    let (name, value) = (name.trim(), value.trim());
    let quoted =
        ['"', '\''].into_iter().find_map(|quote| Some(value.strip_prefix(quote)?.split_once(quote)?.0));
    let bare = || value.split_once(" #").map_or(value, |(value, _)| value.trim_end());
    (!name.starts_with('#')).then(|| (name, quoted.unwrap_or_else(bare)))
}

fn entry(sections: &[String], name: &str, value: &str) -> Entry {
    let value = Zeroizing::new(value.to_owned());
    Entry { sections: sections.to_vec(), name: name.to_owned(), key: folded(name), value, line: None }
}

fn walk_json(value: &Value, path: &mut Vec<String>, found: &mut Vec<Entry>) {
    let inside: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(i, value)| (i.to_string(), value)).collect(),
        Value::String(text) => {
            found.extend(path.split_last().map(|(name, sections)| entry(sections, name, text)));
            return;
        }
        _ => return,
    };
    for (name, value) in inside {
        path.push(name);
        walk_json(value, path, found);
        path.pop();
    }
}

fn walk_yaml(value: &Yaml, path: &mut Vec<String>, found: &mut Vec<Entry>) {
    if let Some(text) = value.as_str() {
        found.extend(path.split_last().map(|(name, sections)| entry(sections, name, text)));
    }
    for (name, value) in value.as_mapping().into_iter().flatten() {
        path.push(name.as_str().unwrap_or_default().to_owned());
        walk_yaml(value, path, found);
        path.pop();
    }
}

/// What stands in these places of what has these names. Of several names the first that is there
/// counts.
///
/// Kind `usage` where one name has several values, and `account` chooses none; or where there is no such
/// account: what another one has must not be taken for its.
pub fn find(sources: &[Source], names: &Names, account: Option<&str>) -> Result<Vec<Found>> {
    account.map_or(Ok(()), |account| check_account(sources, names, account))?;
    let mut found = Vec::new();
    for (what, names) in names {
        for name in names {
            if let Some((source, entry)) = only_one(sources, name, account)? {
                found.push(Found {
                    what: what.clone(),
                    name: entry.name.clone(),
                    file: source.file.clone(),
                    line: entry.line,
                    value: SecretString::from(entry.value.as_str()),
                });
                break;
            }
        }
    }
    Ok(found)
}

fn check_account(sources: &[Source], names: &Names, account: &str) -> Result<()> {
    let mut accounts = BTreeSet::new();
    for entry in sources.iter().flat_map(|source| &source.entries) {
        for name in names.values().flatten() {
            if entry.is_of(account, name) {
                return Ok(());
            }
            accounts.extend(entry.sections.last().filter(|_| entry.key == folded(name)).map(String::as_str));
        }
    }
    let accounts: Vec<&str> = accounts.into_iter().collect();
    match accounts.is_empty() {
        true => Err(fail!(Usage, "import-no-accounts", account = account)),
        false => {
            Err(fail!(Usage, "import-account-missing", account = account, accounts = accounts.join(", ")))
        }
    }
}

/// What has this name: in the account's section where that has it, else anywhere.
fn only_one<'a>(
    sources: &'a [Source],
    name: &str,
    account: Option<&str>,
) -> Result<Option<(&'a Source, &'a Entry)>> {
    let all = sources.iter().flat_map(|source| source.entries.iter().map(move |entry| (source, entry)));
    let in_account = |entry: &Entry| account.is_some_and(|account| entry.is_of(account, name));
    let has_name = |entry: &Entry| entry.key == folded(name) || in_account(entry);
    let mut named: Vec<_> = all.filter(|(_, entry)| has_name(entry) && !entry.value.is_empty()).collect();
    if named.iter().any(|(_, entry)| in_account(entry)) {
        named.retain(|(_, entry)| in_account(entry));
    }
    named.dedup_by(|(_, one), (_, other)| one.value == other.value);
    match named.len() {
        0 | 1 => Ok(named.pop()),
        _ => {
            let sections = named.iter().map(|(_, entry)| entry.sections.join("."));
            let sections: Vec<String> = sections.filter(|section| !section.is_empty()).collect();
            Err(fail!(Usage, "import-ambiguous", name = name, sections = sections.join(", ")))
        }
    }
}

/// `lwa_app_id`, `LWA_APP_ID` and `lwaAppId` are one name.
fn folded(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-')).map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    fn names() -> Names {
        let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        BTreeMap::from([
            ("client_id".to_owned(), list(&["APP_ID", "client_id"])),
            ("refresh_token".to_owned(), list(&["API_REFRESH_TOKEN", "refresh_token"])),
        ])
    }

    /// What was found: what, name, line and value.
    type Row = (String, String, Option<usize>, String);

    /// What is found in a file of this name and text.
    fn found(name: &str, text: &str, account: Option<&str>) -> Result<Vec<Row>> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let found = find(&[Source::file(&path)?], &names(), account)?;
        let plain = |one: Found| (one.what, one.name, one.line, one.value.expose_secret().to_owned());
        Ok(found.into_iter().map(plain).collect())
    }

    fn row(what: &str, name: &str, line: usize, value: &str) -> Row {
        (what.to_owned(), name.to_owned(), Some(line), value.to_owned())
    }

    #[test]
    fn lines_of_an_env_file_are_taken_as_they_are() {
        let text =
            "# APP_ID=old\n\nexport APP_ID = 'id-1' # mine\nAPI_REFRESH_TOKEN=Atzr|a$b#c # note\nOTHER=x\n";
        let expected = [
            row("client_id", "APP_ID", 3, "id-1"),
            row("refresh_token", "API_REFRESH_TOKEN", 4, "Atzr|a$b#c"),
        ];
        assert_eq!(found(".env", text, None).unwrap(), expected);
        assert!(found(".env", "APP_ID=\nno line\n=", None).unwrap().is_empty());
    }

    #[test]
    fn json_and_yaml_are_searched_at_every_depth() {
        let expected =
            [row("client_id", "clientId", 2, "id-1"), row("refresh_token", "refresh_token", 3, "token-7")];
        let json =
            "{\n\t\"clientId\": \"id-1\",\n\"deep\": [{\"refresh_token\": \"token-7\", \"expires_in\": 7}]}";
        assert_eq!(found("token.json", json, None).unwrap(), expected);
        let yaml = "version: '1.0'\ndefault: {clientId: id-1,\n  refresh_token: 'token-7'}\n";
        assert_eq!(found("credentials.yml", yaml, None).unwrap(), expected);
        for (name, text) in [("a.json", "{"), ("a.yml", "a: [")] {
            assert_eq!(found(name, text, None).unwrap_err().kind, crate::error::Kind::Configuration);
        }
    }

    #[test]
    fn of_several_accounts_one_must_be_chosen() {
        let text =
            "default:\n  app_id: id-1\n  refresh_token: r-1\nother:\n  app_id: id-1\n  refresh_token: r-2\n";
        let error = found("credentials.yml", text, None).unwrap_err();
        assert!(error.hint.unwrap().contains("default, other"), "{}", error.message);
        let other = found("credentials.yml", text, Some("other")).unwrap();
        assert_eq!(other[1], row("refresh_token", "refresh_token", 6, "r-2"));
        // One that is nowhere is not another one, and not the only one.
        for (text, hint) in [(text, "default, other"), ("app_id: id-1\n", "leave `--account` out")] {
            let error = found("credentials.yml", text, Some("fr")).unwrap_err();
            assert!(
                error.message.contains("`fr`") && error.hint.unwrap().contains(hint),
                "{}",
                error.message
            );
        }
        let lines = "APP_ID=id-1\nREFRESH_TOKEN=r-1\nREFRESH_TOKEN_UK=r-2\n";
        let uk = found(".env", lines, Some("uk")).unwrap();
        assert_eq!(uk[1], row("refresh_token", "REFRESH_TOKEN_UK", 3, "r-2"));
    }

    #[test]
    fn the_environment_is_asked_for_the_account_first() {
        let var = |name: &str| match name {
            "APP_ID" => Some("id-1".to_owned()),
            "API_REFRESH_TOKEN" => Some("r-1".to_owned()),
            "API_REFRESH_TOKEN_uk" => Some("r-2".to_owned()),
            _ => None,
        };
        for (account, expected) in [(None, "r-1"), (Some("uk"), "r-2")] {
            let source = Source::environment(&var, &names(), account);
            let found = find(&[source], &names(), account).unwrap();
            assert_eq!(found[1].value.expose_secret(), expected);
            assert_eq!(found[0].value.expose_secret(), "id-1");
        }
        let source = Source::environment(&var, &names(), Some("de"));
        assert!(find(&[source], &names(), Some("de")).is_err());
    }
}
