//! What opens addresses here.

use crate::browser::Browser;
use crate::errand::program_in;
use crate::{fail, text};

use super::Var;
use super::finding::{Finding, Severity};

/// What a Unix desktop may open addresses with; one of them is enough.
const LAUNCHERS: [&str; 5] = ["xdg-open", "gio", "gnome-open", "kde-open", "wslview"];

/// Whether this system opens addresses by a program that may be missing, and shows windows on a display
/// that a variable names.
const IS_DESKTOP_UNIX: bool = cfg!(all(unix, not(target_os = "macos")));

/// Looks for a browser without opening one.
pub fn check(var: Var) -> Vec<Finding> {
    let found = |program: &str| program_in(program, var("PATH").as_deref().unwrap_or_default()).is_some();
    let shown = ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"].iter().any(|name| var(name).is_some());
    let is_blind = IS_DESKTOP_UNIX && !shown;
    let chosen = Browser::choose(None, &|name| var(name));
    let is_system = matches!(chosen, Ok(Browser::System));
    let finding = match chosen {
        Err(error) => Finding::warning("browser", error),
        Ok(Browser::Command(words)) if found(&words[0]) => {
            Finding::ok("browser", text!("doctor-browser-command", program = words[0]))
        }
        Ok(Browser::Command(words)) => {
            Finding::warning("browser", fail!(Configuration, "doctor-browser-gone", program = words[0]))
        }
        Ok(Browser::System) if !IS_DESKTOP_UNIX || LAUNCHERS.iter().any(|program| found(program)) => {
            Finding::ok("browser", text!("doctor-browser-system"))
        }
        Ok(Browser::System) => {
            Finding::note("browser", text!("doctor-browser-none")).hint(text!("doctor-browser-none.hint"))
        }
    };
    let blind = || Finding::note("browser", text!("doctor-no-display")).hint(text!("doctor-no-display.hint"));
    match finding.severity {
        // Nothing that opens addresses shows them here: one of both is worth a word.
        Severity::Ok | Severity::Note if is_blind && is_system => vec![blind()],
        _ => std::iter::once(finding).chain(is_blind.then(blind)).collect(),
    }
}

#[cfg(all(test, unix, not(target_os = "macos")))]
mod tests {
    use super::*;

    fn severities(vars: &[(&str, &str)]) -> Vec<Severity> {
        let var =
            |name: &str| vars.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        check(&var).iter().map(|finding| finding.severity).collect()
    }

    #[test]
    fn a_command_that_is_not_there_is_worse_than_none() {
        let shown = ("DISPLAY", ":0");
        assert_eq!(severities(&[shown, ("PATH", "/bin:/usr/bin"), ("BROWSER", "sh -c")]), [Severity::Ok]);
        assert_eq!(severities(&[shown, ("SELLAUTH_BROWSER", "/bin/sh")]), [Severity::Ok]);
        assert_eq!(severities(&[shown, ("BROWSER", "/nowhere/fire fox")]), [Severity::Warning]);
        assert_eq!(
            severities(&[shown, ("PATH", "/bin"), ("BROWSER", "no-such-browser")]),
            [Severity::Warning]
        );
        assert_eq!(severities(&[shown, ("BROWSER", "'open")]), [Severity::Warning]);
        // Nothing is said to open what nobody would see.
        assert_eq!(severities(&[("PATH", "/nowhere")]), [Severity::Note]);
        assert_eq!(severities(&[("PATH", "/bin:/usr/bin")]), [Severity::Note]);
    }
}
