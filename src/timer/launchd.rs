//! A launch agent: a property list in `~/Library/LaunchAgents` (launchd.plist(5), launchctl(1)).

use std::path::PathBuf;

use super::{Job, NAME, Place, Step, Words, interval, mark, tasks::escaped, words};

/// The property list.
pub fn file(job: &Job, place: &Place) -> (PathBuf, Vec<u8>) {
    (place.file("plist"), mark::marked(job, |mark| plist(job, place, mark)).into_bytes())
}

fn string(text: &str) -> String {
    format!("<string>{}</string>", escaped(text))
}

fn key(name: &str, value: &str) -> String {
    format!("\t<key>{name}</key>\n\t{value}\n")
}

/// Nothing is started that runs already. The time of day is launchd's own; a run that was slept over is made
/// up for at waking, which `StartInterval` does not do.
fn plist(job: &Job, place: &Place, mark: &str) -> String {
    let arguments = std::iter::once(job.program.clone()).chain(job.arguments());
    let arguments: Vec<String> = arguments.map(|word| format!("\n\t\t{}", string(&word))).collect();
    let arguments = arguments.concat();
    let variable = |(name, value): (&String, &String)| {
        format!("\n\t\t<key>{}</key>\n\t\t{}", escaped(name), string(value))
    };
    let variables: String = job.variables.iter().map(variable).collect();
    let number = |name: &str, value: u64| format!("<key>{name}</key><integer>{value}</integer>");
    let time = |(hour, minute): (Option<u64>, u64)| {
        let hour = hour.map(|hour| number("Hour", hour)).unwrap_or_default();
        format!("\n\t\t<dict>{hour}{}</dict>", number("Minute", minute))
    };
    let times = job.every.times(interval::offset(&place.seed, job.every));
    let times: String = times.into_iter().map(time).collect();
    let keys = [
        key("Label", &string(NAME)),
        key("ProgramArguments", &format!("<array>{arguments}\n\t</array>")),
        key("EnvironmentVariables", &format!("<dict>{variables}\n\t</dict>")),
        key("StartCalendarInterval", &format!("<array>{times}\n\t</array>")),
        key("StandardErrorPath", &string(&place.log.display().to_string())),
        key("ProcessType", &string("Background")),
        key("LowPriorityIO", "<true/>"),
        key("Nice", "<integer>10</integer>"),
        // 0077
        key("Umask", "<integer>63</integer>"),
    ];
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
         <!-- {}: {mark} -->\n<plist version=\"1.0\">\n<dict>\n{}</dict>\n</plist>\n",
        // Two of these would end the comment.
        escaped(&place.description).replace('-', "‐"),
        keys.concat()
    )
}

/// How launchctl calls the agent.
fn target(place: &Place) -> String {
    format!("{}/{NAME}", place.user)
}

/// The command that ends it, and fails where it was not there.
pub fn bootout(place: &Place) -> Words {
    words(&["launchctl", "bootout", &target(place)])
}

/// The commands that make the file count. What it knows already it refuses to read again.
pub fn activation(place: &Place) -> Vec<Step> {
    let path = place.file("plist").display().to_string();
    vec![
        Step::may(bootout(place)),
        Step::must(words(&["launchctl", "enable", &target(place)])),
        Step::must(words(&["launchctl", "bootstrap", &place.user, &path])),
    ]
}

/// The command that tells how things stand, as [`super::status::of_launchd`] reads it.
pub fn question(place: &Place) -> Words {
    words(&["launchctl", "print", &target(place)])
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::fixtures::{self, job, place, plain};
    use super::*;

    /// As Python's reader of property lists understands it.
    fn understood(job: &Job) -> Value {
        let script = "import plistlib, json, sys; print(json.dumps(plistlib.loads(sys.stdin.buffer.read())))";
        fixtures::understood(script, &file(job, &place("/folder".as_ref())).1)
    }

    #[test]
    fn a_reader_of_property_lists_finds_what_was_meant() {
        let list = understood(&job());
        let words: Vec<String> = std::iter::once(job().program).chain(job().arguments()).collect();
        assert_eq!(list["ProgramArguments"], json!(words));
        assert_eq!(list["EnvironmentVariables"], json!(job().variables));
        assert_eq!(list["Label"], NAME);
        assert_eq!(list["StandardErrorPath"], "/home/ada & co/timer.log");
        let minute = interval::offset("ada", job().every);
        let times = [0, 6, 12, 18].map(|hour| json!({ "Hour": hour, "Minute": minute }));
        assert_eq!(list["StartCalendarInterval"], json!(times));
        assert_eq!((list["Umask"].as_u64(), list["Nice"].as_u64()), (Some(0o77), Some(10)));
        assert_eq!(understood(&plain())["EnvironmentVariables"], json!({}));
    }

    #[test]
    fn an_agent_that_is_known_is_replaced() {
        let steps = activation(&place("/folder".as_ref()));
        let lines: Vec<String> = steps.iter().map(|step| step.words.join(" ")).collect();
        assert_eq!(
            lines,
            [
                "launchctl bootout gui/501/sellauth-refresh",
                "launchctl enable gui/501/sellauth-refresh",
                "launchctl bootstrap gui/501 /folder/sellauth-refresh.plist"
            ]
        );
        assert_eq!(steps.iter().map(|step| step.must).collect::<Vec<_>>(), [false, true, true]);
    }
}
