//! What makes a release: packages, formula, manifests, workflows. They are files that no compiler reads, and most
//! of them are first used on the day of a release.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, Output};
use std::{env, fs};

use saphyr::{LoadableYamlNode, Yaml};
use tempfile::TempDir;

const VERSION: &str = env!("CARGO_PKG_VERSION");
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");
/// The workflows that are run where the project is hosted.
const WORKFLOWS: [&str; 2] = ["ci.yml", "release.yml"];

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn manifest() -> toml::Table {
    read("Cargo.toml").parse().unwrap()
}

/// The archives a release consists of: the targets of the workflow and what they are packed as.
fn archives() -> Vec<String> {
    let workflow = read(".github/workflows/release.yml");
    let rows = workflow.lines().filter_map(|line| line.trim().strip_prefix("- { target: "));
    let archives: Vec<String> = rows
        .map(|row| {
            let (target, rest) = row.split_once(',').unwrap();
            let kinds = rest.split("kinds: ").nth(1).unwrap().trim_end_matches(" }");
            let ending = if kinds.split(' ').any(|kind| kind == "zip") { "zip" } else { "tar.gz" };
            format!("sellauth-{VERSION}-{target}.{ending}")
        })
        .collect();
    assert!(archives.len() >= 5, "{archives:?}");
    archives
}

/// The checksum a made-up release gives an archive: no two are the same.
fn checksum(archive: &str) -> String {
    let at = archives().iter().position(|name| name == archive).expect("an archive of the release");
    format!("{:064x}", 0xfeed_0000 + at)
}

/// A made-up release without one archive, if one is named, and what `.packaging/fill` makes of it.
fn fill(version: &str, without: Option<&str>) -> (TempDir, Output) {
    let folder = tempfile::tempdir().unwrap();
    let sums = folder.path().join("SHA256SUMS");
    let names = archives().into_iter().filter(|name| Some(name.as_str()) != without);
    let lines: Vec<String> = names.map(|name| format!("{}  {name}", checksum(&name))).collect();
    fs::write(&sums, lines.join("\n") + "\n").unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(".packaging/fill");
    let output = Command::new(script).arg(version).arg(&sums).arg(folder.path().join("filled")).output();
    (folder, output.expect("tests/run installs Python"))
}

/// The files of a filled release by their path below it.
fn filled() -> BTreeMap<String, String> {
    let (folder, output) = fill(VERSION, None);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let top = folder.path().join("filled");
    let paths = String::from_utf8(output.stdout).unwrap();
    let below = |path: &str| Path::new(path).strip_prefix(&top).unwrap().to_str().unwrap().to_owned();
    paths.lines().map(|path| (below(path), fs::read_to_string(path).unwrap())).collect()
}

/// Addresses in a text that are below the project's, up to a quote.
fn addresses(text: &str) -> Vec<&str> {
    let found = text.match_indices(REPOSITORY).map(|(at, _)| text[at..].split('"').next().unwrap());
    found.collect()
}

#[test]
fn a_release_fills_every_placeholder_of_formula_and_manifests() {
    let files = filled();
    let manifests = format!("winget/manifests/s/sellauth/sellauth/{VERSION}/sellauth.sellauth");
    let expected = [
        "homebrew/sellauth.rb".to_owned(),
        format!("{manifests}.installer.yaml"),
        format!("{manifests}.locale.en-US.yaml"),
        format!("{manifests}.yaml"),
    ];
    assert_eq!(files.keys().cloned().collect::<Vec<_>>(), expected);
    for (path, text) in &files {
        let left = text.lines().find(|line| line.contains('@'));
        assert_eq!(left, None, "{path}");
        assert!(text.contains(VERSION), "{path}");
    }
}

#[test]
fn the_formula_gives_every_archive_its_own_checksum() {
    let files = filled();
    let lines: Vec<&str> = files["homebrew/sellauth.rb"].lines().map(str::trim).collect();
    let mut archives: BTreeSet<String> =
        archives().into_iter().filter(|name| !name.contains("windows")).collect();
    for pair in lines.windows(2).filter(|pair| pair[0].starts_with("url ")) {
        let address = addresses(pair[0])[0];
        let archive = address.strip_prefix(&format!("{REPOSITORY}/releases/download/v{VERSION}/")).unwrap();
        assert_eq!(pair[1], format!("sha256 \"{}\"", checksum(archive)));
        assert!(archives.remove(archive), "{archive} stands there twice, or is in no release");
    }
    assert_eq!(archives, BTreeSet::new(), "the formula does not know these");
}

/// The scripts of a workflow: what each step of each job runs.
fn scripts(workflow: &Yaml) -> Vec<String> {
    let jobs = workflow.as_mapping_get("jobs").and_then(Yaml::as_mapping).expect("jobs");
    let steps = jobs.values().filter_map(|job| job.as_mapping_get("steps")?.as_vec()).flatten();
    steps.filter_map(|step| step.as_mapping_get("run")?.as_str().map(str::to_owned)).collect()
}

/// The text at a key of a YAML mapping.
fn at<'a>(document: &'a Yaml<'a>, key: &str) -> &'a str {
    let value = document.as_mapping_get(key).unwrap_or_else(|| panic!("no {key}"));
    value.as_str().unwrap_or_else(|| panic!("{key} is no text: {value:?}"))
}

#[test]
fn winget_is_given_three_manifests_that_agree() {
    let files = filled();
    let mut kinds = BTreeSet::new();
    for (path, text) in files.iter().filter(|(path, _)| path.starts_with("winget/")) {
        let documents = Yaml::load_from_str(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let [document] = &documents[..] else { panic!("{path} is not one document") };
        assert_eq!(at(document, "PackageIdentifier"), "sellauth.sellauth");
        assert_eq!(at(document, "PackageVersion"), VERSION);
        assert_eq!(at(document, "ManifestVersion"), "1.6.0");
        let kind = at(document, "ManifestType").to_owned();
        if kind == "defaultLocale" {
            let short = at(document, "ShortDescription");
            assert!((3..=256).contains(&short.chars().count()), "{short}");
        }
        if kind == "installer" {
            let installers = document.as_mapping_get("Installers").and_then(Yaml::as_vec).unwrap();
            let archive = archives().into_iter().find(|name| name.contains("windows")).unwrap();
            let address = format!("{REPOSITORY}/releases/download/v{VERSION}/{archive}");
            assert_eq!(at(&installers[0], "InstallerUrl"), address);
            assert_eq!(at(&installers[0], "InstallerSha256"), checksum(&archive));
            let folder = archive.trim_end_matches(".zip");
            assert!(text.contains(&format!("RelativeFilePath: {folder}\\sellauth.exe")), "{text}");
        }
        kinds.insert(kind);
    }
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["defaultLocale", "installer", "version"]);
}

#[test]
fn what_is_missing_or_of_another_version_fills_nothing() {
    for (version, without, says) in [
        (VERSION, Some(archives()[0].clone()), format!("no checksum of {}", archives()[0])),
        ("99.0.0", None, format!("Cargo.toml is at {VERSION}, not 99.0.0")),
    ] {
        let (folder, output) = fill(version, without.as_deref());
        assert!(!output.status.success());
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(stderr.contains(&says), "{stderr}");
        assert!(!folder.path().join("filled").exists());
    }
}

#[test]
fn binstall_fetches_archives_of_the_release() {
    let manifest = manifest();
    let binstall = &manifest["package"]["metadata"]["binstall"];
    let overrides = binstall["overrides"].as_table().unwrap();
    let machines = ["unknown-linux-gnu", "unknown-linux-musl", "apple-darwin", "pc-windows-msvc"];
    let mut fetched = BTreeSet::new();
    for target in
        machines.iter().flat_map(|system| ["x86_64", "aarch64"].map(|cpu| format!("{cpu}-{system}")))
    {
        let over = overrides.get(&target);
        let say = |key: &str| {
            let value = over.and_then(|over| over.get(key)).unwrap_or(&binstall[key]).as_str().unwrap();
            [
                ("{ repo }", REPOSITORY),
                ("{ name }", "sellauth"),
                ("{ version }", VERSION),
                ("{ target }", &target),
            ]
            .iter()
            .fold(value.to_owned(), |text, (name, value)| text.replace(name, value))
        };
        if target == "aarch64-pc-windows-msvc" {
            continue;
        }
        let address = say("pkg-url");
        let archive = address.rsplit('/').next().unwrap().to_owned();
        assert!(archives().contains(&archive), "{target}: no release has {archive}");
        let (name, ending) = match say("pkg-fmt").as_str() {
            "tgz" => (archive.strip_suffix(".tar.gz"), ""),
            _ => (archive.strip_suffix(".zip"), ".exe"),
        };
        let program = say("bin-dir").replace("{ bin }", "sellauth").replace("{ binary-ext }", ending);
        assert_eq!(program, format!("{}/sellauth{ending}", name.unwrap()));
        fetched.insert(archive);
    }
    assert_eq!(fetched, archives().into_iter().collect());
}

#[test]
fn both_packages_bring_the_same_and_every_file_is_there() {
    let manifest = manifest();
    let metadata = &manifest["package"]["metadata"];
    let debian = metadata["deb"]["assets"].as_array().unwrap();
    let debian: Vec<&str> = debian.iter().map(|asset| asset[0].as_str().unwrap()).collect();
    let red_hat = metadata["generate-rpm"]["assets"].as_array().unwrap();
    let red_hat: Vec<&str> = red_hat.iter().map(|asset| asset["source"].as_str().unwrap()).collect();
    for source in debian.iter().chain(&red_hat).filter(|source| !source.starts_with("target/")) {
        let there = Path::new(env!("CARGO_MANIFEST_DIR")).join(source);
        assert!(there.is_file(), "{source} is packed and is not there");
    }
    let plain = |sources: &[&str]| sources.iter().map(|source| (*source).to_owned()).collect::<BTreeSet<_>>();
    // cargo-deb writes it into `copyright`.
    let missing: Vec<String> = plain(&red_hat).difference(&plain(&debian)).cloned().collect();
    assert_eq!(missing, ["LICENSE-MIT"]);
    assert!(plain(&debian).is_subset(&plain(&red_hat)));
    assert!(debian.contains(&"completions/_sellauth") && debian.contains(&"target/release/man/*.5.gz"));
}

#[test]
fn workflows_run_no_action_that_its_owner_can_swap() {
    let mut actions = 0;
    for file in WORKFLOWS {
        let text = read(&format!(".github/workflows/{file}"));
        let documents = Yaml::load_from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert!(text.contains("\npermissions:\n  contents: read\n"), "{file} may do more than it needs");
        for line in
            text.lines().filter_map(|line| line.trim().trim_start_matches("- ").strip_prefix("uses: "))
        {
            let (action, version) =
                line.split_once(" # v").unwrap_or_else(|| panic!("{line} says no version"));
            let commit = action.split_once('@').unwrap().1;
            assert!(commit.len() == 40 && commit.chars().all(|c| c.is_ascii_hexdigit()), "{line}");
            assert!(version.starts_with(|c: char| c.is_ascii_digit()), "{line}");
            actions += 1;
        }
        // What is written into a script by GitHub is run by it: such values come through the environment.
        let scripts = scripts(&documents[0]);
        assert_eq!(scripts.len(), text.matches("run: ").count(), "{file}");
        for script in scripts {
            assert!(!script.contains("${{"), "{file}: {script}");
        }
    }
    assert!(actions > 5, "only {actions} actions were found");
}

#[test]
fn a_script_is_found_on_one_line_and_on_several() {
    let text = "jobs:\n  a:\n    steps:\n      - uses: b\n      - run: echo ${{ c }}\n      - name: d\n        run: |\n          e\n          f\n";
    let documents = Yaml::load_from_str(text).unwrap();
    assert_eq!(scripts(&documents[0]), ["echo ${{ c }}", "e\nf\n"]);
}

#[test]
fn only_a_newer_state_of_a_pull_request_ends_a_run() {
    let text = read(".github/workflows/ci.yml");
    let documents = Yaml::load_from_str(&text).unwrap();
    let concurrency = documents[0].as_mapping_get("concurrency").unwrap();
    assert_eq!(at(concurrency, "group"), "ci-${{ github.event_name }}-${{ github.ref }}");
    assert_eq!(at(concurrency, "cancel-in-progress"), "${{ github.event_name == 'pull_request' }}");
}

#[test]
fn the_address_of_the_project_stands_in_one_place() {
    for folder in
        [".packaging", ".packaging/homebrew", ".packaging/winget", ".packaging/nix", ".github/workflows"]
    {
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let named = path.is_file() && fs::read_to_string(&path).unwrap().contains(REPOSITORY);
            assert!(!named, "{} names it, too", path.display());
        }
    }
}
