//! That a shop needs its seller is told to whoever wants to know: once for each incident, after a grace,
//! and again while it lasts. Marketplaces sometimes refuse wrongly for an hour, and nobody reads what
//! cries every day for nothing.

use std::collections::BTreeSet;
use std::process::Command;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::browser;
use crate::config::Home;
use crate::connection::{Connection, SOON};
use crate::errand::{self, Undone};
use crate::error::Result;
use crate::fail;
use crate::model::{Reason, Span, State};
use crate::records::{About, Records};
use crate::timer::carried::{PROXIES, has_userinfo};

/// So long a command may take to tell somebody.
const DEADLINE: Duration = Duration::from_secs(60);

/// So long a command that tells somebody counts as running, whatever became of it.
const TELLING: Span = Span::seconds(90);

/// A run a little early is the one that was meant: the next may be hours away.
const EARLY: u64 = 1800;

/// What works still is reminded of so many times less often.
const LESS_OFTEN: u64 = 7;

/// What the command may know of ours beside what it is told: where things are.
const LEFT: [&str; 3] = ["SELLAUTH_HOME", "SELLAUTH_LANG", "SELLAUTH_STORE"];

/// Others that lead to secrets.
const LEADING: [&str; 3] = ["CREDENTIALS_DIRECTORY", "VAULT_TOKEN", "VAULT_TOKEN_FILE"];

/// What is remembered of an incident. Nothing secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alarm {
    /// The profile's.
    pub uuid: Uuid,
    /// The reason's code, and what tells it from another of that code.
    pub cause: String,
    /// When it began, as far as that is known.
    pub since: Timestamp,
    /// When somebody was told.
    pub told_at: Option<Timestamp>,
    /// When a command was started to tell somebody, which has not ended since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telling_since: Option<Timestamp>,
}

impl About for Alarm {
    fn about(&self) -> Uuid {
        self.uuid
    }
}

/// The folder of what is remembered, below the state's.
const FOLDER: &str = "alarms";

/// What is remembered, by profile. Each command has its own: whoever reads mail has not read the chat.
pub fn alarms<'a>(home: &'a Home, words: &[String]) -> Records<'a, Alarm> {
    let name = Uuid::from_slice(&Sha256::digest(words.join("\0"))[..16]).unwrap_or_default();
    Records::in_folder(home, &format!("{FOLDER}/{name}"))
}

/// The same of every command that ever was one.
pub fn all_alarms(home: &Home) -> Vec<Records<'_, Alarm>> {
    let folders = std::fs::read_dir(home.state_folder().join(FOLDER)).into_iter().flatten().flatten();
    let records = |folder: std::fs::DirEntry| {
        Some(Records::in_folder(home, &format!("{FOLDER}/{}", folder.file_name().to_str()?)))
    };
    folders.filter_map(records).collect()
}

/// How patient whoever is told wants to be.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// So long it must have lasted.
    pub grace: Span,
    /// So long after somebody was told they are told again.
    pub remind: Span,
}

/// That a shop needs its seller, or somebody else who is at home in a portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    cause: String,
    /// When it began, where a date says so.
    began: Option<Timestamp>,
    /// The shop works still.
    works: bool,
    /// It may be the marketplace's own trouble: nobody is told yet.
    doubtful: bool,
}

impl Incident {
    /// What is the matter with a shop at `now`; `None` where no person is needed.
    pub fn of(connection: &Connection, now: Timestamp) -> Option<Self> {
        Self::by(connection, &connection.reason(now, SOON))
    }

    fn by(connection: &Connection, reason: &Reason) -> Option<Self> {
        let record = connection.record.as_ref()?;
        let state = reason.state();
        let doubtful = matches!(reason, Reason::SuspectedIncident(_));
        if state == State::Connected && !doubtful {
            return None;
        }
        let (detail, began) = match reason {
            Reason::AppVersion { wanted, .. } => (wanted.clone(), None),
            Reason::ScopesMissing(scopes) => (scopes.join(" "), None),
            Reason::AuthorizationEnds(end) | Reason::ClientSecretEnds(end) => {
                (end.to_string(), Some(SOON.before(*end)))
            }
            Reason::RefreshTokenExpired => (String::new(), record.refresh_token_expires_at),
            Reason::AuthorizationExpired => (String::new(), record.grant.authorization_expires_at),
            _ => (String::new(), None),
        };
        // What turns out to be no incident of the marketplace's has lasted since it was taken for one.
        let code = if doubtful { "refused" } else { reason.code().unwrap_or_default() };
        // After a new consent it is another matter.
        let cause = [code, &record.grant.at.to_string(), &detail].join(" ").trim_end().to_owned();
        Some(Self { cause, began, works: state.works(), doubtful })
    }
}

/// What is to be remembered of an incident at `now`, and whether somebody is to be told of it.
pub fn judge(
    known: Option<Alarm>,
    uuid: Uuid,
    incident: &Incident,
    patience: Patience,
    now: Timestamp,
) -> (Alarm, bool) {
    let fresh =
        || Alarm { uuid, cause: incident.cause.clone(), since: now, told_at: None, telling_since: None };
    let mut alarm = known.filter(|alarm| alarm.cause == incident.cause).unwrap_or_else(fresh);
    // What lies in the future was dated by a clock that has been set back.
    alarm.since = alarm.since.min(incident.began.unwrap_or(now)).min(now);
    alarm.told_at = alarm.told_at.map(|told| told.min(now));
    let often = if incident.works { LESS_OFTEN } else { 1 };
    // Neither has one that never ended.
    alarm.telling_since = alarm.telling_since.filter(|began| *began <= now && now < TELLING.after(*began));
    let again = Span::seconds(patience.remind.as_secs().saturating_mul(often));
    let due = match alarm.told_at {
        None => nearly(patience.grace).after(alarm.since) <= now,
        Some(told) => nearly(again).after(told) <= now,
    };
    let tell = due && !incident.doubtful && alarm.telling_since.is_none();
    (alarm, tell)
}

/// A time that has all but passed: runs of a timer are hours apart and never on the second.
fn nearly(span: Span) -> Span {
    Span::seconds(span.as_secs() - (span.as_secs() / 10).min(EARLY))
}

/// Splits a command as a shell does; none is run. Kind `usage` for one that cannot be run.
pub fn command(line: &str) -> Result<Vec<String>> {
    let unfit = || fail!(Usage, "hook-unfit", command = line);
    // No scheduler's file can hold others in one line.
    let printable = !line.chars().any(char::is_control);
    let words = browser::split(line).map_err(|_| unfit())?;
    match words.first().is_some_and(|program| !program.is_empty()) && printable {
        true => Ok(words),
        false => Err(unfit()),
    }
}

/// Whether a variable of ours is withheld from the command: everything that is or leads to a secret, and
/// what an outer `exec` may have given. `sdk`: the names that marketplaces' own programs know secrets by.
fn is_withheld(name: &str, value: &str, sdk: &BTreeSet<String>) -> bool {
    (name.contains("SELLAUTH_") && !LEFT.contains(&name))
        || LEADING.contains(&name)
        || sdk.contains(name)
        || (PROXIES.contains(&name) && has_userinfo(value))
}

/// Runs the command with what it is told, and without the variables in `sdk`. The error is why nobody was told,
/// in words.
pub fn tell(
    words: &[String],
    told: &[(&str, String)],
    sdk: &BTreeSet<String>,
    stop: &dyn Fn() -> bool,
) -> Result<(), String> {
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]);
    for (name, value) in std::env::vars_os() {
        if is_withheld(&name.to_string_lossy(), &value.to_string_lossy(), sdk) {
            command.env_remove(name);
        }
    }
    command.envs(told.iter().map(|(name, value)| (*name, value)));
    match errand::run(command, DEADLINE, stop) {
        Ok(end) if end.status.success() => Ok(()),
        Ok(end) => Err(end.last_words()),
        Err(undone @ (Undone::Unstarted(_) | Undone::Silent(_) | Undone::Stopped)) => Err(undone.to_string()),
    }
}

/// Forgets what is remembered of a profile.
pub fn forget(home: &Home, uuid: Uuid) {
    // What stays behind is removed the next time somebody is told something.
    for alarms in all_alarms(home) {
        let _ = alarms.remove(uuid);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connection::fixtures::{at, connection, record};
    use crate::model::{Record, Refusal};

    const PATIENCE: Patience = Patience { grace: Span::seconds(3600), remind: Span::seconds(86_400) };

    fn incident(cause: &str) -> Incident {
        Incident { cause: cause.to_owned(), began: None, works: false, doubtful: false }
    }

    /// What is told in the course of time: at each of these seconds somebody looks.
    fn told(incident: &Incident, seconds: &[i64]) -> Vec<i64> {
        let mut known: Option<Alarm> = None;
        let mut told = Vec::new();
        for second in seconds {
            let (alarm, tell) = judge(known, Uuid::nil(), incident, PATIENCE, at(*second));
            told.extend(tell.then_some(*second));
            known = Some(Alarm { told_at: if tell { Some(at(*second)) } else { alarm.told_at }, ..alarm });
        }
        told
    }

    #[test]
    fn it_is_told_once_after_the_grace_and_then_daily() {
        let looks = [0, 1800, 3600, 7200, 50_000, 90_000, 100_000, 180_000];
        assert_eq!(told(&incident("a"), &looks), [3600, 90_000, 180_000]);
        let works = Incident { works: true, ..incident("a") };
        assert_eq!(told(&works, &[0, 3600, 90_000, 600_000, 608_400]), [3600, 608_400]);
    }

    #[test]
    fn a_run_that_is_a_little_early_is_the_one_that_was_meant() {
        assert_eq!(told(&incident("a"), &[0, 3595, 3595 + 86_395]), [3595, 89_990]);
        assert_eq!(told(&incident("a"), &[0, 3200, 3600, 3600 + 84_000, 3600 + 84_600]), [3600, 88_200]);
    }

    #[test]
    fn two_commands_at_once_do_not_tell_the_same_and_one_that_died_silences_nobody() {
        let (alarm, tell) = judge(None, Uuid::nil(), &incident("a"), PATIENCE, at(0));
        assert!(!tell);
        let telling = Some(Alarm { telling_since: Some(at(3600)), ..alarm });
        let tells = |now| judge(telling.clone(), Uuid::nil(), &incident("a"), PATIENCE, at(now)).1;
        assert_eq!([3600, 3660, 3700].map(tells), [false, false, true]);
    }

    #[test]
    fn what_a_date_says_has_lasted_since_then() {
        let ended = Incident { began: Some(at(-7200)), ..incident("a") };
        assert_eq!(told(&ended, &[0, 60]), [0]);
        let ahead = Incident { began: Some(at(7200)), ..incident("a") };
        assert_eq!(told(&ahead, &[0, 3600]), [3600]);
    }

    #[test]
    fn another_cause_is_another_incident_with_a_grace_of_its_own() {
        let (first, _) = judge(None, Uuid::nil(), &incident("a"), PATIENCE, at(0));
        let told = Alarm { told_at: Some(at(3600)), ..first };
        let (other, tell) = judge(Some(told), Uuid::nil(), &incident("b"), PATIENCE, at(4000));
        assert_eq!((other.since, other.told_at, tell), (at(4000), None, false));
    }

    #[test]
    fn doubt_is_not_told_and_counts_to_the_grace() {
        let doubtful = Incident { doubtful: true, ..incident("a") };
        let (known, tell) = judge(None, Uuid::nil(), &doubtful, PATIENCE, at(0));
        assert!(!tell && !judge(Some(known.clone()), Uuid::nil(), &doubtful, PATIENCE, at(9000)).1);
        assert!(judge(Some(known), Uuid::nil(), &incident("a"), PATIENCE, at(3600)).1);
    }

    #[test]
    fn a_clock_that_was_set_back_silences_nobody_for_long() {
        let known = Alarm {
            uuid: Uuid::nil(),
            cause: "a".to_owned(),
            since: at(900_000),
            told_at: Some(at(900_000)),
            telling_since: None,
        };
        let (alarm, tell) = judge(Some(known), Uuid::nil(), &incident("a"), PATIENCE, at(0));
        assert!(!tell && alarm.told_at == Some(at(0)) && alarm.since == at(0));
        assert!(judge(Some(alarm), Uuid::nil(), &incident("a"), PATIENCE, at(86_400)).1);
    }

    #[test]
    fn a_shop_that_nobody_is_needed_for_is_no_incident() {
        let shop = |record: Option<Record>| Connection { record, ..connection("allegro") };
        let refusal = Refusal {
            sent: "sent".to_owned(),
            at: at(0),
            times: 1,
            code: "invalid_grant".to_owned(),
            message: "gone".to_owned(),
        };
        let by = |record: Option<Record>, reason: &Reason| Incident::by(&shop(record), reason);
        assert_eq!(by(None, &Reason::NeverConnected), None);
        assert_eq!(by(Some(record()), &Reason::None), None);
        assert_eq!(by(Some(record()), &Reason::UnusedEnds(at(0))), None);
        let refused = by(Some(record()), &Reason::Refused(refusal.clone())).unwrap();
        let suspected = by(Some(record()), &Reason::SuspectedIncident(refusal)).unwrap();
        assert!(suspected.doubtful && !refused.doubtful && refused.cause == suspected.cause);
        let ends = by(Some(record()), &Reason::ClientSecretEnds(at(0))).unwrap();
        assert!(ends.works && ends.began == Some(SOON.before(at(0))));
        let mut renewed = record();
        renewed.grant.at = at(5);
        let again = by(Some(renewed), &Reason::SecretsMissing).unwrap();
        assert_ne!(again, by(Some(record()), &Reason::SecretsMissing).unwrap());
    }

    #[test]
    fn a_command_is_split_like_a_shells_words() {
        assert_eq!(command("notify-send 'a b' $X").unwrap(), ["notify-send", "a b", "$X"]);
        for wrong in ["", "  ", "''", "a 'b", "a\nb", "a \0"] {
            assert_eq!(command(wrong).unwrap_err().kind, crate::error::Kind::Usage, "{wrong}");
        }
    }

    #[test]
    fn no_variable_that_leads_to_a_secret_is_handed_on() {
        let sdk = BTreeSet::from(["SHOP_REFRESH_TOKEN".to_owned()]);
        let withheld = |name: &str, value: &str| is_withheld(name, value, &sdk);
        for name in [
            "SELLAUTH_PASSPHRASE",
            "SELLAUTH_PASSPHRASE_FILE",
            "SELLAUTH_CLIENT_SECRET",
            "SELLAUTH_KEY_FILE",
            "SELLAUTH_SET_API_KEY",
            "SELLAUTH_ACCESS_TOKEN",
            "AMAZON_DE_SELLAUTH_ACCESS_TOKEN",
            "CREDENTIALS_DIRECTORY",
            "SELLAUTH_VAULT_SECRET_ID",
            "VAULT_TOKEN",
            "VAULT_TOKEN_FILE",
        ] {
            assert!(withheld(name, ""), "{name}");
        }
        assert!(withheld("SHOP_REFRESH_TOKEN", "") && withheld("https_proxy", "http://token@proxy:3128"));
        assert!(!withheld("https_proxy", "http://proxy:3128"));
        for name in ["SELLAUTH_HOME", "SELLAUTH_STORE", "PATH", "HOME", "DBUS_SESSION_BUS_ADDRESS"] {
            assert!(!withheld(name, ""), "{name}");
        }
    }
}
