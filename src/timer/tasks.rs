//! A task of Windows' task scheduler, as XML
//! (<https://learn.microsoft.com/windows/win32/taskschd/task-scheduler-schema>).

use std::path::PathBuf;

use super::{Job, NAME, Place, Words, interval, mark, words};

/// The task. `schtasks` reads it only once; it is kept to be compared with.
pub fn file(job: &Job, place: &Place) -> (PathBuf, Vec<u8>) {
    let text = mark::marked(job, |mark| task(job, place, mark));
    // `schtasks` takes UTF-16 from every version of Windows.
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    (place.file("xml"), units.flat_map(u16::to_le_bytes).collect())
}

/// The mark is no comment there: the scheduler keeps none.
fn task(job: &Job, place: &Place, mark: &str) -> String {
    let arguments: Vec<String> = job.arguments().iter().map(|word| quoted(word)).collect();
    let (minutes, spread) = (job.every.minutes(), job.every.spread());
    let minute = interval::offset(&place.seed, job.every);
    let repetition = match minutes {
        1440 => String::new(),
        _ => format!(
            "<Repetition><Interval>PT{minutes}M</Interval><Duration>P1D</Duration></Repetition>\n      "
        ),
    };
    let description = escaped(&place.description);
    let user = escaped(&place.user);
    let (program, arguments) = (escaped(&job.program), escaped(&arguments.join(" ")));
    format!(
        r#"<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.4" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Source>{mark}</Source>
    <Description>{description}</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      {repetition}<StartBoundary>2026-01-01T00:{minute:02}:00</StartBoundary>
      <RandomDelay>PT{spread}S</RandomDelay>
      <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>{user}</UserId>
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>true</RunOnlyIfNetworkAvailable>
    <ExecutionTimeLimit>PT30M</ExecutionTimeLimit>
    <Priority>8</Priority>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{program}</Command>
      <Arguments>{arguments}</Arguments>
    </Exec>
  </Actions>
</Task>
"#
    )
}

/// A text inside XML, also inside an attribute. Characters that XML 1.0 does not have are left out.
pub fn escaped(text: &str) -> String {
    let escape = |c: char| match c {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '"' => "&quot;".to_owned(),
        '\'' => "&apos;".to_owned(),
        '\n' | '\r' | '\t' => format!("&#{};", c as u32),
        c if c.is_ascii_control() => String::new(),
        c => c.to_string(),
    };
    text.chars().map(escape).collect()
}

/// One word of a command line, as every program of Windows splits it (`CommandLineToArgvW`).
fn quoted(word: &str) -> String {
    if !word.is_empty() && !word.contains([' ', '\t', '\n', '"']) {
        return word.to_owned();
    }
    let (mut quoted, mut backslashes) = (String::from("\""), 0);
    for c in word.chars() {
        // Backslashes count only before a quote.
        if c == '"' {
            quoted.push_str(&"\\".repeat(backslashes + 1));
        }
        backslashes = if c == '\\' { backslashes + 1 } else { 0 };
        quoted.push(c);
    }
    quoted + &"\\".repeat(backslashes) + "\""
}

/// The command that makes the file count, in place of an older one of ours.
pub fn creation(place: &Place) -> Words {
    words(&["schtasks", "/Create", "/TN", NAME, "/XML", &place.file("xml").display().to_string(), "/F"])
}

/// The command that tells whether it is there.
pub fn question() -> Words {
    words(&["schtasks", "/Query", "/TN", NAME])
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::fixtures::{self, job, place, plain};
    use super::*;

    /// Elements without children, by name, as Python's XML reader finds them.
    fn understood(job: &Job) -> Value {
        let script = "import sys, json, xml.etree.ElementTree as x; \
                      print(json.dumps({e.tag.split('}')[1]: e.text for e in x.fromstring(sys.stdin.buffer.read()).iter()}))";
        fixtures::understood(script, &file(job, &place("/folder".as_ref())).1)
    }

    #[test]
    fn a_reader_of_xml_finds_what_was_meant() {
        let task = understood(&job());
        assert_eq!(task["Command"], json!(job().program));
        assert_eq!(task["Description"], json!(place("/".as_ref()).description));
        let hook = r#""notify-send \"a shop's 100 %n\" '$SELLAUTH_MESSAGE' a\b ${X}""#;
        assert_eq!(task["Arguments"], json!(format!("refresh --all --hook {hook} --grace 2h")));
        assert_eq!((&task["Interval"], &task["RandomDelay"]), (&json!("PT360M"), &json!("PT1800S")));
        assert_eq!(task["MultipleInstancesPolicy"], "IgnoreNew");
        assert_eq!(task["StartWhenAvailable"], "true");
        assert!(understood(&plain()).get("Interval").is_none());
    }

    #[test]
    fn a_word_is_split_as_it_was_meant() {
        for (word, expected) in [
            ("a", "a"),
            ("", r#""""#),
            (r"C:\a b\", r#""C:\a b\\""#),
            (r"C:\a\", r"C:\a\"),
            (r#"a"b"#, r#""a\"b""#),
            (r#"a\"b c"#, r#""a\\\"b c""#),
        ] {
            assert_eq!(quoted(word), expected);
        }
    }
}
