//! A timer and a service of the user's own systemd (systemd.timer(5), systemd.service(5)).

use std::path::PathBuf;

use super::{Job, NAME, Place, Step, mark, words};

/// The service and the timer.
pub fn files(job: &Job, place: &Place) -> Vec<(PathBuf, Vec<u8>)> {
    let service = mark::marked(job, |mark| service(job, place, mark));
    let timer = mark::marked(job, |mark| timer(job, place, mark));
    vec![(place.file("service"), service.into_bytes()), (place.file("timer"), timer.into_bytes())]
}

/// What a service without a hook can do without. A hook is a command of the person's, and sends mail by a
/// program with rights of its own, for instance: for it all of this would be too much.
const HARDENING: &str = "\
NoNewPrivileges=true
LockPersonality=true
RestrictNamespaces=true
RestrictRealtime=true
RestrictSUIDSGID=true
SystemCallArchitectures=native
";

/// A service that is being started is not started again, so no two runs overlap.
fn service(job: &Job, place: &Place, mark: &str) -> String {
    let variables = job.variables.iter();
    let environment: Vec<String> = variables
        .map(|(name, value)| format!("Environment={}\n", quoted(&format!("{name}={value}"))))
        .collect();
    let environment = environment.concat();
    let command = command(job);
    let description = plain(&place.description);
    let hardening = if job.hook.is_none() { HARDENING } else { "" };
    format!(
        "# {mark}\n\n[Unit]\nDescription={description}\n\n\
         [Service]\nType=oneshot\n{environment}ExecStart={command}\nTimeoutStartSec=30min\n\
         Nice=10\nIOSchedulingClass=idle\nUMask=0077\n{hardening}"
    )
}

/// What is run. Variables are looked for in arguments, but not in the program's path; in that path systemd
/// takes neither quotes nor backslashes, so a shell has to start such a one.
fn command(job: &Job) -> String {
    let by_shell = job.program.contains(['"', '\'', '\\']);
    let shell = ["/bin/sh", "-c", r#"exec "$0" "$@""#];
    let shell = shell.into_iter().filter(|_| by_shell).map(str::to_owned);
    let words = shell.chain([job.program.clone()]).chain(job.arguments());
    let word = |(i, word): (usize, String)| match i {
        0 => quoted(&word),
        _ => quoted(&word).replace('$', "$$"),
    };
    words.enumerate().map(word).collect::<Vec<_>>().join(" ")
}

/// A run that was missed is made up for. Each machine has its own minute, and keeps it.
fn timer(job: &Job, place: &Place, mark: &str) -> String {
    let (calendar, spread, description) =
        (job.every.calendar(), job.every.spread(), plain(&place.description));
    format!(
        "# {mark}\n\n[Unit]\nDescription={description}\n\n\
         [Timer]\nOnCalendar={calendar}\nRandomizedDelaySec={spread}\nFixedRandomDelay=true\nPersistent=true\n\n\
         [Install]\nWantedBy=timers.target\n"
    )
}

/// One word of a command line or of `Environment=`: nothing in it has a meaning (systemd.syntax(7),
/// "Quoting"; specifiers, systemd.unit(5)).
fn quoted(word: &str) -> String {
    let escape = |c: char| match c {
        '"' => r#"\""#.to_owned(),
        '\\' => r"\\".to_owned(),
        '%' => "%%".to_owned(),
        '\n' => r"\n".to_owned(),
        '\t' => r"\t".to_owned(),
        c if c.is_ascii_control() => format!(r"\x{:02x}", c as u32),
        c => c.to_string(),
    };
    format!("\"{}\"", word.chars().map(escape).collect::<String>())
}

/// A text in one line without specifiers. A backslash at its end would join the next line to it.
fn plain(text: &str) -> String {
    text.replace('%', "%%").replace(['\n', '\r', '\\'], " ").trim().to_owned()
}

fn systemctl(rest: &[&str]) -> super::Words {
    words(&[&["systemctl", "--user"], rest].concat())
}

fn unit(end: &str) -> String {
    format!("{NAME}.{end}")
}

/// The commands that make the files count.
pub fn activation(again: bool) -> Vec<Step> {
    let mut steps = vec![
        Step::must(systemctl(&["daemon-reload"])),
        Step::must(systemctl(&["enable", "--now", &unit("timer")])),
    ];
    if again {
        // One that runs keeps its old times otherwise.
        steps.push(Step::must(systemctl(&["restart", &unit("timer")])));
    }
    steps
}

/// The commands that end it.
pub fn deactivation() -> Vec<Step> {
    vec![Step::must(systemctl(&["disable", "--now", &unit("timer")]))]
}

/// The commands that make it forget.
pub fn aftermath() -> Vec<Step> {
    vec![
        Step::may(systemctl(&["daemon-reload"])),
        Step::may(systemctl(&["reset-failed", &unit("timer"), &unit("service")])),
    ]
}

/// The command that tells how things stand, as [`super::status::of_systemd`] reads it.
pub fn question() -> super::Words {
    let properties = "--property=Id,ActiveState,UnitFileState,LastTriggerUSec,NextElapseUSecRealtime,ExecMainCode,\
                      ExecMainStatus,ExecMainExitTimestamp,NeedDaemonReload";
    systemctl(&["show", properties, &unit("timer"), &unit("service")])
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{job, place, plain as plain_job};
    use super::*;

    fn text(job: &Job, which: usize) -> String {
        let (_, bytes) = files(job, &place("/folder".as_ref())).swap_remove(which);
        String::from_utf8(bytes).unwrap()
    }

    #[track_caller]
    fn has(text: &str, line: &str) {
        assert!(text.lines().any(|other| other == line), "no line `{line}` in\n{text}");
    }

    #[test]
    fn nothing_a_person_chose_has_a_meaning_to_systemd() {
        let service = text(&job(), 0);
        has(&service, r#"Environment="SELLAUTH_HOME=/home/ada/\"100 %%h\" $HOME & <co>""#);
        has(&service, r#"Environment="SELLAUTH_STORE=file""#);
        has(&service, r#"Description=Renews <shops> & "more"; 100 %%n"#);
        let rest = r#""refresh" "--all" "--hook" "notify-send \"a shop's 100 %%n\" '$$SELLAUTH_MESSAGE' a\\b $${X}" "--grace" "2h""#;
        let program = r#""/home/ada/my \"100 %%h\" $$HOME & <bin>/sellauth""#;
        has(&service, &format!(r#"ExecStart="/bin/sh" "-c" "exec \"$$0\" \"$$@\"" {program} {rest}"#));
        let job = Job { program: "/home/ada/100 %h $HOME & <bin>/sellauth".to_owned(), ..job() };
        has(&text(&job, 0), &format!(r#"ExecStart="/home/ada/100 %%h $HOME & <bin>/sellauth" {rest}"#));
    }

    #[test]
    fn the_timer_makes_up_for_what_was_missed_and_spreads() {
        let timer = text(&job(), 1);
        for line in [
            "OnCalendar=*-*-* 00/6:00:00",
            "RandomizedDelaySec=1800",
            "FixedRandomDelay=true",
            "Persistent=true",
            "WantedBy=timers.target",
        ] {
            has(&timer, line);
        }
    }

    #[test]
    fn a_hook_is_not_shut_in_and_everything_else_is() {
        for (job, shut) in [(job(), false), (plain_job(), true)] {
            let service = text(&job, 0);
            assert_eq!(service.contains("NoNewPrivileges=true"), shut);
            for line in ["Type=oneshot", "Nice=10", "UMask=0077"] {
                has(&service, line);
            }
        }
    }

    #[test]
    fn a_line_stays_one() {
        assert_eq!(quoted("a\nb\t\u{1}"), r#""a\nb\t\x01""#);
        assert_eq!(plain("a\nb\\"), "a b");
    }
}
