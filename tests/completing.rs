//! What a shell is told when TAB is pressed, and real shells in which it is.

use std::path::Path;

use crate::support::environment::TestEnvironment;
use crate::support::terminal::Terminal;

const PROFILE: &str = "uuid = \"6f1c1f6e-95a5-4a3e-a6b3-27f1b8f0c001\"\nmarketplace = \"amazon\"\napp = \"mine\"\n\
                       environment = \"production\"\nregion = \"DE\"\n\n[labels]\nteam = \"north\"\n";
const APP: &str = "uuid = \"6f1c1f6e-95a5-4a3e-a6b3-27f1b8f0c002\"\nmarketplace = \"amazon\"\n\
                   environment = \"production\"\nclient_id = \"id\"\n\n[variables]\napplication_id = \"amzn1.sp.solution.1\"\n";

/// A home with two shops and an app, and the program on the `PATH`.
fn home() -> TestEnvironment {
    let mut environment = TestEnvironment::new();
    let program = Path::new(env!("CARGO_BIN_EXE_sellauth")).parent().unwrap().display().to_string();
    let path = std::env::var("PATH").unwrap();
    environment.set_var("PATH", format!("{program}:{path}"));
    environment.write("profiles/kontor-nord.toml", PROFILE);
    let other = PROFILE.replace("c001", "c003").replace("team = \"north\"", "team = \"$(touch owned)\"");
    environment.write("profiles/hafen.toml", &other);
    environment.write("apps/mine.toml", APP);
    environment
}

/// What a shell is told about the last of these words: candidates, each with what it is.
fn offered(environment: &TestEnvironment, words: &[&str]) -> Vec<(String, String)> {
    let line = [&["--", "sellauth"], words].concat();
    let output = environment.invoke(&line).var("SELLAUTH_COMPLETE", "fish").run().ok();
    assert_eq!(output.stderr, "", "{words:?}");
    let lines = output.stdout.lines();
    lines
        .map(|line| line.split_once('\t').unwrap_or((line, "")))
        .map(|(name, about)| (name.to_owned(), about.to_owned()))
        .collect()
}

fn names(environment: &TestEnvironment, words: &[&str]) -> Vec<String> {
    offered(environment, words).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn names_are_those_of_the_files() {
    let environment = home();
    for (words, expected) in [
        (&["token", ""][..], &["hafen", "kontor-nord"][..]),
        (&["token", "kon"], &["kontor-nord"]),
        (&["token", "--profile", "h"], &["hafen"]),
        (&["status", "--check", "kon"], &["kontor-nord"]),
        (&["exec", "hafen", "kon"], &["kontor-nord"]),
        (&["rename", "ha"], &["hafen"]),
        (&["rename", "hafen", ""], &[]),
        (&["app", "show", ""], &["mine"]),
        (&["connect", "otto", "--app", "m"], &["mine"]),
        (&["connect", "ebay", "--env", ""], &["production", "sandbox"]),
        (&["connect", "amazon", "--region", "I"], &["IE", "IN", "IT"]),
        (&["connect", "amazon", "--region=I"], &["--region=IE", "--region=IN", "--region=IT"]),
        (&["connect", "otto", "--region", ""], &[]),
        (&["connect", "amazon", "--option", ""], &["draft", "vendor"]),
        (&["reauthorize", "hafen", "--no-option", "d"], &["draft"]),
        (&["status", "--label", "t"], &["team=north"]),
        (&["app", "set", "mine", "--set", "app"], &["application_id="]),
        (&["connect", "otto", "--store", ""], &["keyring", "file", "vault"]),
        (&["explain", "MD5"], &["MD5101", "MD5110"]),
        (&["explain", "--marketplace", "am"], &["amazon"]),
        (&["marketplaces", "show", "ama"], &["amazon"]),
        (&["man", "app", "r"], &["register", "remove"]),
        (&["man", "marke"], &["marketplaces", "marketplace"]),
        (&["completions", "f"], &["fish"]),
        (&["tok"], &["token"]),
        (&["login", "ama"], &["amazon"]),
        // An alias once nothing else fits.
        (&["s"], &["status"]),
        (&["li"], &["list"]),
        (&["lo"], &["log", "lock"]),
        (&["logi"], &["login"]),
        (&["app", "l"], &["list"]),
        (&["demo", "--con"], &[]),
    ] {
        let found = names(&environment, words);
        let missing: Vec<_> = expected.iter().filter(|name| !found.contains(&(**name).to_owned())).collect();
        assert!(missing.is_empty(), "{words:?}: {found:?}");
        let exact = words[0] != "explain" || words[1].starts_with('-');
        let flags = found.iter().all(|name| name.starts_with('-')) && expected.is_empty();
        assert!(!exact || flags || found.len() == expected.len(), "{words:?}: {found:?}");
    }
    assert!(names(&environment, &["token", "--min"]).contains(&"--min-validity".to_owned()));
    let first = names(&environment, &[""]);
    for (command, alias) in [("status", "list"), ("connect", "login"), ("disconnect", "logout")] {
        assert!(first.contains(&command.to_owned()) && !first.contains(&alias.to_owned()), "{first:?}");
    }
    let flags = names(&environment, &["demo", "--"]);
    assert!(
        flags.contains(&"--headless".to_owned()) && !flags.contains(&"--confirm".to_owned()),
        "{flags:?}"
    );
}

#[test]
fn a_candidate_is_explained_where_the_shell_shows_that() {
    let environment = home();
    let about = |words: &[&str]| offered(&environment, words)[0].1.clone();
    assert_eq!(about(&["token", "kon"]), "amazon");
    assert_eq!(about(&["app", "show", "mi"]), "amazon, production");
    assert_eq!(about(&["connect", "ott"]), "OTTO Market");
    assert_eq!(about(&["connect", "amazon", "--region", "UK"]), "GB");
    assert_eq!(about(&["tok"]), "Print a valid access token");
}

#[test]
fn what_cannot_be_read_makes_no_noise_and_hides_nothing_else() {
    let mut environment = home();
    environment.write("config.toml", "stor = 1\n");
    environment.write("profiles/broken.toml", "uuid = 7\n");
    environment.write("apps/broken.toml", "=\n");
    environment.write("marketplaces/broken.toml", "id = \n");
    environment.write("marketplaces/amazon.toml", "id = \"amazon\"\n");
    environment.write("state/profiles/6f1c1f6e-95a5-4a3e-a6b3-27f1b8f0c001.json", "{");
    environment.set_var("SELLAUTH_STORE", "paper");
    let before = environment.files();
    assert_eq!(names(&environment, &["token", ""]), ["broken", "hafen", "kontor-nord"]);
    assert_eq!(names(&environment, &["app", "show", ""]), ["broken", "mine"]);
    assert_eq!(names(&environment, &["status", "--label", ""]), ["team=north"]);
    assert!(names(&environment, &["connect", ""]).contains(&"otto".to_owned()));
    assert!(names(&environment, &["connect", "otto", "--env", ""]).contains(&"sandbox".to_owned()));
    assert!(names(&environment, &["explain", "inv"]).contains(&"invalid_grant".to_owned()));
    assert!(before == environment.files(), "something was written");
    environment.remove_var("HOME").remove_var("SELLAUTH_HOME");
    environment.set_var("SELLAUTH_HOME", "/nowhere/at/all");
    assert!(names(&environment, &["token", ""]).iter().all(|name| name.starts_with('-')));
    // A shell nobody knows, and a question without words: nothing to read either.
    for shell in ["tcsh", "bash"] {
        let line = ["--", "sellauth", "token", "-\u{1}"];
        let output = environment.invoke(&line).var("SELLAUTH_COMPLETE", shell).run();
        assert_eq!(output.stderr, "", "{output:?}");
    }
}

#[test]
fn a_variable_that_is_empty_or_zero_changes_nothing() {
    let environment = home();
    for off in ["", "0"] {
        let output = environment.invoke(&["marketplaces"]).var("SELLAUTH_COMPLETE", off).run().ok();
        assert!(output.stdout.starts_with("MARKETPLACE"), "{output:?}");
    }
}

/// A shell in which `prepare` was typed.
fn shell(environment: &TestEnvironment, program: &str, arguments: &[&str], prepare: &str) -> Terminal {
    let mut shell = Terminal::of(environment, program, arguments);
    shell.send_line(&format!("{prepare}; echo rea''dy"));
    shell.expect("ready");
    shell
}

/// Types a line in which TAB is pressed, and what follows; the command must then have named this shop.
#[track_caller]
fn completes(shell: &mut Terminal, begun: &str, put_in: &str) {
    shell.send(&format!("{begun}\t"));
    shell.expect(put_in);
    shell.send("--json --exit-code\r");
    shell.expect("\"profile\": \"kontor-nord\"");
    shell.expect("]");
}

fn script(environment: &TestEnvironment, shell: &str, file: &str) -> String {
    let script = environment.run(&["completions", shell]).ok().stdout;
    environment.write(file, &script).display().to_string()
}

#[test]
fn a_real_bash_completes_names_and_labels() {
    let environment = home();
    let file = script(&environment, "bash", "sellauth.bash");
    let mut bash = shell(&environment, "bash", &["--norc", "--noprofile", "-i"], &format!("source {file}"));
    completes(&mut bash, "sellauth status kon", "tor-nord");
    // Bash breaks words at `=`.
    completes(&mut bash, "sellauth status --label te", "north");
    completes(&mut bash, "sellauth status --label team=", "north");
    completes(&mut bash, "sellauth status --label=team=n", "orth");
    bash.send("sellauth stat\t");
    bash.expect("us ");
    bash.send("\x15exit\r");
    bash.finish();
    assert!(!environment.home().with_file_name("owned").exists());
}

#[test]
fn a_real_bash_quotes_the_names_of_files() {
    let environment = home();
    let folder = environment.home().with_file_name("files");
    std::fs::create_dir(&folder).unwrap();
    for name in ["x;touch owned", "y$(touch owned)", "a b", "st*r", "stier"] {
        std::fs::write(folder.join(name), "=\n").unwrap();
    }
    let file = script(&environment, "bash", "sellauth.bash");
    let prepare = format!("source {file}; cd {}", folder.display());
    let mut bash = shell(&environment, "bash", &["--norc", "--noprofile", "-i"], &prepare);
    for (begun, put_in, name) in [
        ("x", r"\;touch\ owned", "x;touch owned"),
        ("y", r"\$\(touch\ owned\)", "y$(touch owned)"),
        (r"a\ ", "b", "a b"),
        (r"st\*", "r", "st*r"),
    ] {
        bash.send(&format!("sellauth marketplaces check {begun}\t"));
        bash.expect(put_in);
        bash.send("\r");
        bash.expect(&format!("{name}:1"));
    }
    bash.send("\x15exit\r");
    bash.finish();
    assert!(!folder.join("owned").exists());
}

#[test]
fn bash_is_told_no_names_of_files() {
    let environment = home();
    let folder = environment.home().with_file_name("files");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("x;touch owned"), "").unwrap();
    let path = format!("{}/x", folder.display());
    for words in [&["marketplaces", "check", &path][..], &["man", "--dir", &path]] {
        let line = [&["--", "sellauth"], words].concat();
        let index = (words.len()).to_string();
        let asked = environment.invoke(&line).var("SELLAUTH_COMPLETE", "bash");
        let output = asked.var("_CLAP_COMPLETE_INDEX", &index).run();
        assert_eq!((output.stdout.as_str(), output.code), ("", 1), "{words:?}");
        // A shell that quotes what it is told is told them.
        let found = names(&environment, words);
        assert_eq!(found, [format!("{path};touch owned")], "{words:?}");
    }
}

#[test]
fn a_real_zsh_completes_names_sourced_and_on_its_fpath() {
    let environment = home();
    let file = script(&environment, "zsh", "functions/_sellauth");
    let folder = Path::new(&file).parent().unwrap().display().to_string();
    let dump = environment.home().join("zcompdump").display().to_string();
    let start = format!("autoload -Uz compinit; compinit -u -d {dump}");
    for prepare in [format!("fpath=({folder} $fpath); {start}"), format!("{start}; source {file}")] {
        let mut zsh = shell(&environment, "zsh", &["-f", "-i"], &prepare);
        // The first TAB already.
        completes(&mut zsh, "sellauth status kon", "tor-nord");
        completes(&mut zsh, "sellauth status --label te", "north");
        zsh.send("exit\r");
        zsh.finish();
    }
}

#[test]
fn a_real_fish_completes_names() {
    let environment = home();
    let file = script(&environment, "fish", "sellauth.fish");
    let mut fish = shell(&environment, "fish", &["--no-config", "-i"], &format!("source {file}"));
    completes(&mut fish, "sellauth status kon", "tor-nord");
    fish.send("exit\r");
    fish.finish();
}

#[test]
fn powershell_and_elvish_are_told_whom_to_ask() {
    let environment = home();
    let script = environment.run(&["completions", "powershell"]).ok().stdout;
    for part in [
        "Register-ArgumentCompleter -Native -CommandName sellauth -ScriptBlock {",
        "$env:SELLAUTH_COMPLETE = \"powershell\"",
        "& sellauth -- @words",
        "EscapeSingleQuotedStringContent($value)",
        "[System.Management.Automation.CompletionResult]::new(",
    ] {
        assert!(script.contains(part), "{part}\n{script}");
    }
    // What is typed is never run.
    assert!(!script.contains("Invoke-Expression") && !script.contains("$args"), "{script}");
    let script = environment.run(&["completions", "elvish"]).ok().stdout;
    for part in [
        "set edit:completion:arg-completer[sellauth] = {",
        "SELLAUTH_COMPLETE=\"elvish\" sellauth -- $@words",
    ] {
        assert!(script.contains(part), "{part}\n{script}");
    }
    for (shell, index) in [("powershell", None), ("elvish", Some("2"))] {
        let mut asked =
            environment.invoke(&["--", "sellauth", "token", "kon"]).var("SELLAUTH_COMPLETE", shell);
        if let Some(index) = index {
            asked = asked.var("_CLAP_COMPLETE_INDEX", index).var("_CLAP_IFS", "\n");
        }
        assert!(asked.run().ok().stdout.starts_with("kontor-nord"), "{shell}");
    }
    // An empty word that PowerShell did not pass on.
    let asked = environment.invoke(&["--", "sellauth", "token"]).var("SELLAUTH_COMPLETE", "powershell");
    let found = asked.var("_CLAP_COMPLETE_INDEX", "2").run().ok().stdout;
    assert!(found.starts_with("hafen\t"), "{found}");
}
