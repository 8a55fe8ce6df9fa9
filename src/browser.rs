//! Opening an address in the seller's browser.

use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use url::Url;

use crate::config::Lookup;
use crate::error::Result;
use crate::fail;

/// How long a command may take to say that it cannot: as long as `open` gives the system's.
const PROBATION: Duration = Duration::from_millis(250);

/// The pause between two looks at it.
const GLANCE: Duration = Duration::from_millis(10);

/// How to open an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Browser {
    /// A command of the person's: words, one of which may hold `%s`.
    Command(Vec<String>),
    /// The system's.
    System,
}

impl Browser {
    /// The browser to use: the flag's, else `SELLAUTH_BROWSER`'s, else `BROWSER`'s, else the
    /// system's. Words are split as a shell splits them, but no shell is run.
    ///
    /// Kind `usage` where they cannot be split: another browser than the one named might be signed
    /// in to another shop.
    pub fn choose(flag: Option<&str>, var: Lookup) -> Result<Self> {
        let command = flag.map(str::to_owned).or_else(|| var("SELLAUTH_BROWSER")).or_else(|| var("BROWSER"));
        let words =
            command.map(|line| split(&line).map_err(|_| fail!(Usage, "browser-unfit", command = line)));
        let words = words.transpose()?.filter(|words| !words.is_empty());
        Ok(words.map_or(Self::System, Self::Command))
    }

    /// Starts the browser and returns within a moment. The error says why it could not be started,
    /// or how it ended.
    pub fn open(&self, url: &Url) -> std::io::Result<()> {
        match self {
            Self::Command(words) => detached(words, url.as_str()),
            Self::System => open::that_detached(url.as_str()),
        }
    }
}

/// The words of a command line of the person's, as a shell splits them. On Windows a backslash parts folders, and means nothing
/// else.
pub fn split(line: &str) -> Result<Vec<String>, shell_words::ParseError> {
    match cfg!(windows) {
        true => shell_words::split(&with_plain_backslashes(line)),
        false => shell_words::split(line),
    }
}

/// The line in which a shell sees the backslashes of `line`. Between single quotes it does so anyway.
fn with_plain_backslashes(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut quote = None;
    for character in line.chars() {
        quote = match (quote, character) {
            (None, '\'' | '"') => Some(character),
            (Some(open), _) if open == character => None,
            _ => quote,
        };
        if character == '\\' && quote != Some('\'') {
            plain.push('\\');
        }
        plain.push(character);
    }
    plain
}

/// Starts a command of the person's, and stays until it has had time to fail.
fn detached(words: &[String], url: &str) -> std::io::Result<()> {
    let words = with_url(words, url);
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    apart(&mut command);
    let mut child = command.spawn()?;
    let failed = early_end(&mut child)?.filter(|status| !status.success());
    // A browser may stay for days; nobody but its parent takes it away when it has ended.
    std::thread::spawn(move || child.wait());
    match failed {
        Some(status) => Err(std::io::Error::other(status.to_string())),
        None => Ok(()),
    }
}

/// Ctrl-C in this terminal is not meant for the browser.
#[cfg(unix)]
fn apart(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

#[cfg(windows)]
fn apart(command: &mut Command) {
    use std::os::windows::process::CommandExt;
    const CREATE_NEW_PROCESS_GROUP: u32 = 0x0000_0200;
    command.creation_flags(CREATE_NEW_PROCESS_GROUP);
}

/// How a command ended, if it did so before it could have shown anything.
fn early_end(child: &mut Child) -> std::io::Result<Option<ExitStatus>> {
    let until = Instant::now() + PROBATION;
    loop {
        let ended = child.try_wait()?;
        if ended.is_some() || Instant::now() >= until {
            return Ok(ended);
        }
        std::thread::sleep(GLANCE);
    }
}

/// Puts the address where `%s` stands, or behind the last word.
fn with_url(words: &[String], url: &str) -> Vec<String> {
    let mut words = words.to_vec();
    match words.iter_mut().skip(1).find(|word| word.contains("%s")) {
        Some(word) => *word = word.replace("%s", url),
        None => words.push(url.to_owned()),
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

    fn choose(flag: Option<&str>, vars: &[(&str, &str)]) -> Browser {
        let look =
            |name: &str| vars.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        Browser::choose(flag, &look).unwrap()
    }

    #[test]
    fn flag_then_own_then_general_variable() {
        let vars = [("BROWSER", "b"), ("SELLAUTH_BROWSER", "a --new '%s'")];
        assert_eq!(choose(Some("c"), &vars), Browser::Command(vec!["c".into()]));
        assert_eq!(choose(None, &vars), Browser::Command(vec!["a".into(), "--new".into(), "%s".into()]));
        assert_eq!(choose(None, &vars[..1]), Browser::Command(vec!["b".into()]));
        assert_eq!(choose(None, &[]), Browser::System);
        assert_eq!(choose(None, &[("BROWSER", "")]), Browser::System);
    }

    #[test]
    #[cfg(windows)]
    fn a_backslash_parts_folders() {
        let browser = choose(Some(r#""C:\Program Files\b.exe" C:\Users\me -x"#), &[]);
        let words = [r"C:\Program Files\b.exe", r"C:\Users\me", "-x"].map(str::to_owned);
        assert_eq!(browser, Browser::Command(words.to_vec()));
    }

    #[test]
    fn a_backslash_of_windows_stays_one_whatever_quotes_surround_it() {
        let words = |line: &str| shell_words::split(&with_plain_backslashes(line)).unwrap();
        assert_eq!(words(r"C:\b.exe -x"), [r"C:\b.exe", "-x"]);
        assert_eq!(words(r"'C:\My Tools\b.exe' 'it'\'s'"), [r"C:\My Tools\b.exe", r"it\s"]);
        assert_eq!(words(r#""C:\Joe's Tools\" \\server\b"#), [r"C:\Joe's Tools\", r"\\server\b"]);
        assert_eq!(
            words(r#"'\\server\a "b"\c.exe' "\\server\d e""#),
            [r#"\\server\a "b"\c.exe"#, r"\\server\d e"]
        );
    }

    #[test]
    fn a_quote_that_is_not_closed_opens_no_other_browser() {
        let error = Browser::choose(Some("firefox '%s"), &|_| None).unwrap_err();
        assert_eq!(error.kind, Kind::Usage);
        assert!(Browser::choose(None, &|_| Some("a \"b".to_owned())).is_err());
    }

    #[test]
    fn the_address_is_one_word_and_never_the_command() {
        let words = |line: &str| shell_words::split(line).unwrap();
        assert_eq!(with_url(&words("b -x"), "u&v"), ["b", "-x", "u&v"]);
        assert_eq!(with_url(&words("b --url=%s -x"), "u v"), ["b", "--url=u v", "-x"]);
        assert_eq!(with_url(&words("%s"), "u"), ["%s", "u"]);
    }
}
