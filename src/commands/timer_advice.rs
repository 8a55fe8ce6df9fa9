//! What a person should know of a timer before it fails at night.

use std::collections::BTreeMap;
use std::path::Path;

use super::Context;
use super::timer::Here;
use crate::connection::Connection;
use crate::store::StoreKind;
use crate::text;
use crate::timer::{Job, Scheduler, program};

/// Whoever has a file here keeps their services when nobody is logged in (loginctl(1), `enable-linger`).
const LINGERING: &str = "/var/lib/systemd/linger";

/// One thing to know.
#[derive(Clone)]
pub struct Advice {
    /// The name scripts see.
    pub code: &'static str,
    /// What is the case.
    pub text: String,
    /// What to do about it.
    pub hint: Option<String>,
}

/// Everything there is to know of a job here.
pub fn advice(context: &Context, here: &Here, job: &Job) -> Vec<Advice> {
    [program_advice(job), variable_advice(here), night_advice(context, here)].into_iter().flatten().collect()
}

/// Whether the user's services go on when nobody is logged in; `None` where there is no such thing.
pub fn lingers(here: &Here) -> Option<bool> {
    (here.scheduler == Scheduler::Systemd).then(|| is_lingering(Path::new(LINGERING), &here.place.user))
}

fn is_lingering(folder: &Path, user: &str) -> bool {
    !user.is_empty() && folder.join(user).exists()
}

/// What stays of an older timer although it is not set here. At its installation only: nobody forgot it later.
pub fn kept_advice(kept: &BTreeMap<String, String>) -> Vec<Advice> {
    let names: Vec<&str> = kept.keys().map(String::as_str).collect();
    let advice = (!names.is_empty()).then(|| Advice {
        code: "variables_kept",
        text: text!("timer-kept", names = names.join(", ")),
        hint: Some(text!("timer-kept.hint")),
    });
    advice.into_iter().collect()
}

fn program_advice(job: &Job) -> Vec<Advice> {
    let path = Path::new(&job.program);
    let fleeting = program::is_fleeting(path, &std::env::temp_dir()).then(|| Advice {
        code: "program_fleeting",
        text: text!("timer-program-fleeting", program = job.program),
        hint: Some(text!("timer-program-fleeting.hint")),
    });
    let versioned = program::is_versioned(path).then(|| Advice {
        code: "program_versioned",
        text: text!("timer-program-versioned", program = job.program),
        hint: Some(text!("timer-program-versioned.hint")),
    });
    fleeting.into_iter().chain(versioned).collect()
}

fn variable_advice(here: &Here) -> Vec<Advice> {
    let secret = |name: &&'static str| Advice {
        code: "secret_not_carried",
        text: text!("timer-secret", name = name),
        hint: Some(text!("timer-secret.hint", name = name)),
    };
    let mut advice: Vec<Advice> = here.carried.secrets.iter().map(secret).collect();
    if !here.carried.proxies.is_empty() {
        let names = here.carried.proxies.join(", ");
        advice.push(Advice {
            code: "proxy_not_carried",
            text: text!("timer-proxy", names = names),
            hint: None,
        });
    }
    if !here.carried.unset.is_empty() {
        let names = here.carried.unset.join(", ");
        advice.push(Advice {
            code: "variables_not_carried",
            text: text!("timer-variables", names = names),
            hint: Some(text!("timer-variables.hint")),
        });
    }
    advice
}

/// A user's systemd ends with the last session, and a desktop's keyring is closed then.
fn night_advice(context: &Context, here: &Here) -> Vec<Advice> {
    if here.scheduler != Scheduler::Systemd {
        return Vec::new();
    }
    let mut advice = Vec::new();
    if lingers(here) == Some(false) {
        advice.push(Advice {
            code: "no_linger",
            text: text!("timer-no-linger"),
            hint: Some(text!("timer-no-linger.hint")),
        });
    }
    let shops = Connection::all(&context.home).unwrap_or_default();
    let mut stores =
        shops.iter().filter_map(|(_, shop)| Some(shop.as_ref().ok()?.record.as_ref()?.store)).peekable();
    let in_keyring = match stores.peek() {
        Some(_) => stores.any(|store| store == StoreKind::Keyring),
        None => context.home.store_kind(None) == StoreKind::Keyring,
    };
    if in_keyring {
        advice.push(Advice {
            code: "keyring",
            text: text!("timer-keyring"),
            hint: Some(text!("timer-keyring.hint")),
        });
    }
    advice
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_has_a_file_lingers() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("ada"), "").unwrap();
        assert!(is_lingering(folder.path(), "ada"));
        assert!(!is_lingering(folder.path(), "eve") && !is_lingering(folder.path(), ""));
        assert!(!is_lingering(Path::new("/nowhere"), "ada"));
    }

    #[test]
    fn a_program_that_may_go_is_named() {
        let job = |program: &str| {
            let every = crate::timer::interval::Interval::USUAL;
            Job { program: program.to_owned(), every, hook: None, grace: None, variables: BTreeMap::new() }
        };
        let codes =
            |program: &str| program_advice(&job(program)).iter().map(|it| it.code).collect::<Vec<_>>();
        assert_eq!(codes("/usr/bin/sellauth"), [""; 0]);
        assert_eq!(codes("/home/ada/sellauth/target/debug/sellauth"), ["program_fleeting"]);
        assert_eq!(codes("/nix/store/x-sellauth/bin/sellauth"), ["program_versioned"]);
    }
}
