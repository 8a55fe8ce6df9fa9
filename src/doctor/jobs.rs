//! Whoever runs the scripts, and what they find there: less than a desktop's shell has.

use std::path::Path;

use crate::error::Error;
use crate::store::StoreKind;
use crate::{fail, text};

use super::accounts::Account;
use super::facts::{DECISIVE, Elsewhere, Folders};
use super::finding::{Finding, Severity};
use super::{Report, Var};

/// Who runs the scripts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Job {
    /// A crontab of this user's.
    Cron,
    /// A service of the system's.
    Systemd,
    /// Another user, who has a shell of their own.
    User(String),
}

impl std::str::FromStr for Job {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once(':') {
            None if text == "cron" => Ok(Self::Cron),
            None if text == "systemd" => Ok(Self::Systemd),
            Some(("user", name)) if is_user_name(name) => Ok(Self::User(name.to_owned())),
            _ => Err(text!("doctor-job-unknown")),
        }
    }
}

/// A name that is no option of a command, and no list (POSIX section 3.437, and what Samba allows).
fn is_user_name(name: &str) -> bool {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '\\' | '@' | '$');
    !name.is_empty() && !name.starts_with('-') && name.chars().all(inside)
}

impl Job {
    /// What a person calls it.
    pub fn title(&self) -> String {
        match self {
            Self::Cron => text!("doctor-job-cron"),
            Self::Systemd => text!("doctor-job-systemd"),
            Self::User(name) => text!("doctor-job-user", name = name),
        }
    }

    /// What stands in a report: the kind, and nobody's name.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Cron => "cron",
            Self::Systemd => "systemd",
            Self::User(_) => "user",
        }
    }

    /// The whole environment it starts from. `account`: the user it runs as, where that is another one;
    /// `home`: the one folder that everything is below, where somebody said so here.
    pub fn environment(
        &self,
        var: Var,
        account: Option<&Account>,
        home: Option<&Path>,
    ) -> Vec<(String, String)> {
        let own_home = account.map(|account| account.home.clone()).or_else(|| var("HOME"));
        let own_name =
            account.map(|account| account.name.clone()).or_else(|| var("LOGNAME")).or_else(|| var("USER"));
        let pairs = match self {
            // `man 5 crontab`
            Self::Cron => vec![
                ("SHELL", Some("/bin/sh".to_owned())),
                ("PATH", Some("/usr/bin:/bin".to_owned())),
                ("HOME", own_home),
                ("LOGNAME", own_name),
            ],
            // `man systemd.exec`, "Environment variables in spawned processes": with User=.
            Self::Systemd => vec![
                ("PATH", Some("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin".to_owned())),
                ("LANG", Some("C.UTF-8".to_owned())),
                ("HOME", own_home),
                ("LOGNAME", own_name.clone()),
                ("USER", own_name),
                ("SHELL", Some("/bin/sh".to_owned())),
            ],
            // `man 8 sudo`, `man 1 su`: a login of their own.
            Self::User(_) => vec![
                ("SHELL", Some("/bin/sh".to_owned())),
                ("PATH", Some("/usr/local/bin:/usr/bin:/bin".to_owned())),
                ("HOME", own_home),
                ("LOGNAME", own_name.clone()),
                ("USER", own_name),
            ],
        };
        // Without it there would be nothing to look at; that the job needs it is said.
        let kept = home.map(|home| ("SELLAUTH_HOME", Some(home.display().to_string())));
        let pairs = pairs.into_iter().chain(kept);
        pairs.filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
    }

    /// The variables that decide something here and that the job does not have.
    pub fn lost(var: Var) -> Vec<&'static str> {
        DECISIVE.into_iter().filter(|name| var(name).is_some()).collect()
    }

    /// What follows from both: what the job finds, what it does not have, and why.
    pub fn judge(&self, here: &Report, mut there: Report, lost: &[&str]) -> Report {
        // A job opens no browser.
        there.findings.retain(|finding| !["browser", "ports"].contains(&finding.check.as_str()));
        for finding in &mut there.findings {
            let shape =
                |finding: &Finding| (finding.severity, finding.check.clone(), finding.message.clone());
            let same = |other: &Finding| shape(other) == shape(finding);
            finding.only_in_job = finding.severity >= Severity::Warning && !here.findings.iter().any(same);
        }
        let elsewhere = there.facts.elsewhere.take().filter(|_| lost.contains(&"SELLAUTH_HOME"));
        let told = elsewhere.is_some();
        there.findings.extend(elsewhere.map(|elsewhere| self.elsewhere(&elsewhere)));
        let lost: Vec<&str> = lost.iter().copied().filter(|name| !told || *name != "SELLAUTH_HOME").collect();
        if !lost.is_empty() {
            let (job, names) = (self.title(), lost.join(", "));
            let error = fail!(Configuration, "doctor-job-variables", job = job, names = names);
            there.findings.push(Finding { only_in_job: true, ..Finding::warning("job", error) });
        }
        if *self == Self::Systemd {
            let note = Finding::note("job", text!("doctor-job-systemd-root"));
            there.findings.push(note.hint(text!("doctor-job-systemd-root.hint")));
        }
        there.findings.extend(self.home(here, &there));
        self.keyring(here, &mut there.findings);
        there.facts.job = Some(self.kind().to_owned());
        there.sort();
        there
    }

    /// What it would find without the one variable that it was lent.
    fn elsewhere(&self, elsewhere: &Elsewhere) -> Finding {
        let (job, folder, shops) = (self.title(), &elsewhere.config, elsewhere.shops);
        let error = match shops {
            0 => fail!(Configuration, "doctor-job-no-home", job = job, folder = folder),
            _ => fail!(Configuration, "doctor-job-other-home", job = job, folder = folder, shops = shops),
        };
        Finding { only_in_job: true, ..Finding::warning("job", error) }
    }

    /// Another home has other shops.
    fn home(&self, here: &Report, there: &Report) -> Option<Finding> {
        let (ours, theirs) = (here.facts.folders.as_ref()?, there.facts.folders.clone()?);
        let [config, state, store] = [&theirs.config, &theirs.state, &theirs.store].map(|it| self.told(it));
        let theirs = Folders { config, state, store, ..theirs };
        if ours.are(&theirs) || here.facts.shops == 0 {
            return None;
        }
        let error = fail!(
            NotFound,
            "doctor-job-home",
            job = self.title(),
            theirs = theirs.config,
            ours = ours.config
        );
        Some(Finding { only_in_job: true, ..Finding::problem("job", error) })
    }

    /// Another user's `~` is another one.
    fn told(&self, folder: &str) -> String {
        match (self, folder.strip_prefix('~')) {
            (Self::User(_), Some(rest)) => format!("~USER{rest}"),
            _ => folder.to_owned(),
        }
    }

    /// A desktop's keyring is open while somebody is logged in, and at no other time.
    fn keyring(&self, here: &Report, findings: &mut Vec<Finding>) {
        let of_keyring =
            |finding: &&Finding| finding.check == "store" && finding.store == Some(StoreKind::Keyring);
        let works_here =
            here.findings.iter().filter(of_keyring).any(|finding| finding.severity == Severity::Ok);
        let Some(at) = findings.iter().position(|finding| of_keyring(&finding)) else { return };
        let found = &mut findings[at];
        match found.severity {
            Severity::Ok if cfg!(target_os = "linux") => {
                let error = fail!(Store, "doctor-job-keyring-by-day", job = self.title());
                let finding = Finding::warning("job", error).store(StoreKind::Keyring);
                findings.push(Finding { only_in_job: true, ..finding });
            }
            Severity::Ok | Severity::Note => {}
            _ if works_here => {
                let error = fail!(Store, "doctor-job-keyring", job = self.title());
                let cause = std::mem::replace(&mut found.message, error.message);
                found.causes.insert(0, cause);
                found.hint = error.hint;
            }
            _ => found.hint = Some(text!("doctor-job-keyring.hint")),
        }
    }

    /// The job could not be run.
    pub fn failed(&self, error: &Error) -> Finding {
        let told = fail!(Internal, "doctor-job-failed", job = self.title());
        let told = Error { kind: error.kind, ..told }.because(anyhow::Error::msg(error.message.clone()));
        Finding { only_in_job: true, ..Finding::problem("job", told) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::facts::Facts;

    fn report(findings: Vec<Finding>) -> Report {
        Report { facts: Facts::default(), findings }
    }

    fn keyring(severity: Severity) -> Finding {
        Finding::told("store", severity, &fail!(Store, "store-keyring-absent")).store(StoreKind::Keyring)
    }

    fn job_findings(here: Severity, there: Severity) -> Vec<Finding> {
        Job::Cron.judge(&report(vec![keyring(here)]), report(vec![keyring(there)]), &[]).findings
    }

    #[test]
    fn a_job_is_named_by_one_word() {
        assert_eq!("cron".parse(), Ok(Job::Cron));
        assert_eq!("systemd".parse(), Ok(Job::Systemd));
        assert_eq!("user:www-data".parse(), Ok(Job::User("www-data".to_owned())));
        for wrong in ["", "user", "user:", "user:-u", "user:a b", "at", "cron:x"] {
            assert!(wrong.parse::<Job>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_keyring_that_works_by_day_and_fails_at_night_is_explained() {
        let findings = job_findings(Severity::Ok, Severity::Problem);
        assert!(
            findings[0].only_in_job && findings[0].hint.as_ref().unwrap().contains("migrate --all --to file")
        );
        assert_eq!(findings[0].causes, ["no keyring can be reached in this session"]);
        // It may be reached because somebody is logged in just now.
        let findings = job_findings(Severity::Ok, Severity::Ok);
        assert_eq!(findings.last().unwrap().severity, Severity::Warning);
        // What fails here, too, is no night's doing.
        let findings = job_findings(Severity::Problem, Severity::Problem);
        assert_eq!((findings.len(), findings[0].only_in_job), (1, false));
    }

    #[test]
    fn a_job_has_what_its_manual_promises_and_nothing_else() {
        let var = |name: &str| match name {
            "HOME" => Some("/home/ada".to_owned()),
            "USER" => Some("ada".to_owned()),
            "DBUS_SESSION_BUS_ADDRESS" | "HTTPS_PROXY" | "SELLAUTH_STORE" => Some("x".to_owned()),
            _ => None,
        };
        let names = |job: &Job, home| {
            let environment = job.environment(&var, None, home);
            environment.into_iter().map(|(name, _)| name).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(names(&Job::Cron, None), "SHELL PATH HOME LOGNAME");
        assert_eq!(
            names(&Job::Systemd, Some(Path::new("/h"))),
            "PATH LANG HOME LOGNAME USER SHELL SELLAUTH_HOME"
        );
        assert_eq!(Job::lost(&var), ["SELLAUTH_STORE", "HTTPS_PROXY"]);
    }

    #[test]
    fn another_home_has_other_shops() {
        let with = |folder: &str| {
            let folders = Folders { config: folder.to_owned(), exist: true, ..Folders::default() };
            let facts = Facts { folders: Some(folders), shops: 1, ..Facts::default() };
            Report { facts, findings: Vec::new() }
        };
        assert!(Job::Cron.judge(&with("/a"), with("/a"), &[]).findings.is_empty());
        let found = Job::Cron.judge(&with("/a"), with("/b"), &[]).findings;
        assert!(found[0].severity == Severity::Problem && found[0].message.contains("/b"), "{found:?}");
    }
}
