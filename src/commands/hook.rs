//! The command that `refresh` runs when a shop needs its seller.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::Context;
use super::status::explain;
use crate::alarm::{self, Alarm, Incident, Patience, alarms, all_alarms, judge};
use crate::connection::{Connection, SOON, catalogue};
use crate::error::Result;
use crate::lock::{self, Lock};
use crate::marketplace::Entry;
use crate::model::{Reason, Span};
use crate::output::harmless;
use crate::records::Records;
use crate::{interrupt, profiles, records, text};

/// What a marketplace refused wrongly it mostly takes again within this time.
const GRACE: Span = Span::seconds(3600);

/// What lasts is told again after a day.
const REMIND: Span = Span::seconds(86_400);

/// Another command that remembers what it tells is waited for so long.
const TURN: Duration = Duration::from_secs(1);

/// Whom to tell, and when.
#[derive(Debug, clap::Args)]
pub struct HookArgs {
    /// Run this command, without a shell, when a shop needs its seller or will soon: it finds `SELLAUTH_PROFILE`,
    /// `_STATE`, `_REASON_CODE`, `_REASON`, `_MESSAGE` and more in its environment, and never a secret
    #[arg(long, value_name = "COMMAND")]
    pub hook: Option<String>,
    /// How long that must have lasted before the command is run: 90s, 5m, 12h, 30d [default: 1h]
    #[arg(long, value_name = "TIME", requires = "hook")]
    pub grace: Option<Span>,
    /// How long afterwards it is run again if nothing has changed; for shops that still work seven times as
    /// long [default: 1d]
    #[arg(long, value_name = "TIME", requires = "hook")]
    remind: Option<Span>,
}

/// What a hook is, once it was read.
pub struct Hook {
    words: Vec<String>,
    patience: Patience,
}

impl HookArgs {
    /// The hook, where there is one. Kind `usage` for a command that cannot be split.
    pub fn read(&self) -> Result<Option<Hook>> {
        let Some(line) = &self.hook else { return Ok(None) };
        let patience = Patience { grace: self.grace.unwrap_or(GRACE), remind: self.remind.unwrap_or(REMIND) };
        Ok(Some(Hook { words: alarm::command(line)?, patience }))
    }
}

impl Hook {
    /// Runs the command for each of the shops that it is time to tell of. What goes wrong with that is told,
    /// and tried again by the next command.
    pub fn tell(&self, context: &Context, shops: &[Connection]) {
        for connection in shops {
            if interrupt::check().is_err() {
                return;
            }
            if let Err(error) = self.tell_of(context, connection) {
                context.terminal.warn(text!("hook-failed", name = connection.name, why = error.message));
            }
        }
        sweep(context);
    }

    fn tell_of(&self, context: &Context, connection: &Connection) -> Result<()> {
        let now = Timestamp::now();
        let Some(incident) = Incident::of(connection, now) else {
            alarm::forget(&context.home, connection.profile.uuid);
            return Ok(());
        };
        let Some(claim) = self.claim(context, connection, &incident, now)? else { return Ok(()) };
        let stop = || interrupt::check().is_err();
        let told = alarm::tell(&self.words, &told(connection, now), &sdk_names(context), &stop);
        if let Err(why) = &told {
            log::warn!("hook of {}: {why}", connection.name);
            let why = harmless(why);
            context.terminal.warn(text!("hook-failed", name = connection.name, why = why));
        }
        self.settle(context, &claim, told.is_ok().then_some(now))
    }

    /// Remembers the incident; what is remembered of it, if it is ours to tell. Nobody else tells it then, by
    /// this command.
    fn claim(
        &self,
        context: &Context,
        connection: &Connection,
        incident: &Incident,
        now: Timestamp,
    ) -> Result<Option<Alarm>> {
        let (_lock, uuid) = (turn(context)?, connection.profile.uuid);
        let kept = alarms(&context.home, &self.words);
        // One that cannot be read is none: it is told once too often.
        let known = kept.get(uuid).unwrap_or_default();
        let (alarm, tell) = judge(known.clone(), uuid, incident, self.patience, now);
        let alarm = if tell { Alarm { telling_since: Some(now), ..alarm } } else { alarm };
        if known.as_ref() != Some(&alarm) {
            kept.put(&alarm)?;
        }
        Ok(tell.then_some(alarm))
    }

    /// Remembers what became of a claim, unless it was forgotten meanwhile.
    fn settle(&self, context: &Context, claim: &Alarm, told_at: Option<Timestamp>) -> Result<()> {
        let _lock = turn(context)?;
        let kept = alarms(&context.home, &self.words);
        match kept.get(claim.uuid)?.as_ref() == Some(claim) {
            true => {
                kept.put(&Alarm { told_at: told_at.or(claim.told_at), telling_since: None, ..claim.clone() })
            }
            false => Ok(()),
        }
    }
}

/// Nobody holds it for longer than it takes to write a file. Kind `temporary` if somebody does.
fn turn(context: &Context) -> Result<Lock> {
    lock::acquire(&records::lock_file(&context.home, "alarms"), Instant::now() + TURN, &mut || {})
}

/// What programs of the marketplaces' find secrets by: an outer `exec --sdk` may have set them.
fn sdk_names(context: &Context) -> BTreeSet<String> {
    let entries = catalogue(&context.home).list().unwrap_or_default();
    let names = |entry: Entry| {
        let definition = entry.definition.ok();
        let names = definition.iter().flat_map(|it| it.sdk_env.iter()).map(|(name, _)| name.to_owned());
        names.collect::<Vec<_>>()
    };
    entries.into_iter().flat_map(names).collect()
}

/// Forgets shops that are gone. Where a profile cannot be read nobody knows which.
fn sweep(context: &Context) {
    let folder = profiles::folder(&context.home);
    let Ok(names) = folder.names() else { return };
    let profiles: Result<Vec<_>> = names.iter().map(|name| folder.get(name)).collect();
    let Ok(profiles) = profiles else { return };
    let known = |uuid| profiles.iter().flatten().any(|profile| profile.uuid == uuid);
    let kept: BTreeSet<_> = all_alarms(&context.home).iter().flat_map(Records::uuids).collect();
    kept.into_iter().filter(|uuid| !known(*uuid)).for_each(|uuid| alarm::forget(&context.home, uuid));
}

/// What the command is told of a shop. What a marketplace said steers no terminal, wherever it ends up.
fn told(connection: &Connection, now: Timestamp) -> Vec<(&'static str, String)> {
    let Connection { name, profile, record, .. } = connection;
    let reason = connection.reason(now, SOON);
    let why = explain(&reason).unwrap_or_default();
    let state = serde_json::to_value(reason.state()).ok();
    let state = state.and_then(|state| state.as_str().map(str::to_owned)).unwrap_or_default();
    let message = match &reason {
        Reason::ClientSecretEnds(_) => {
            text!("hook-message-secret", name = name, why = why, app = profile.app)
        }
        reason if reason.state().works() => text!("hook-message-due", name = name, why = why),
        _ => text!("hook-message-broken", name = name, why = why),
    };
    let of_shop = |value: fn(&crate::model::Record) -> &Option<String>| {
        record.as_ref().and_then(|record| value(record).clone()).unwrap_or_default()
    };
    let told = [
        ("SELLAUTH_PROFILE", name.clone()),
        ("SELLAUTH_MARKETPLACE", profile.marketplace.clone()),
        ("SELLAUTH_ENV", profile.environment.clone()),
        ("SELLAUTH_REGION", profile.region.clone().unwrap_or_default()),
        ("SELLAUTH_SHOP_ID", of_shop(|record| &record.shop_id)),
        ("SELLAUTH_SHOP_NAME", of_shop(|record| &record.shop_name)),
        ("SELLAUTH_STATE", state),
        ("SELLAUTH_REASON_CODE", reason.code().unwrap_or_default().to_owned()),
        ("SELLAUTH_REASON", why),
        ("SELLAUTH_MESSAGE", message),
    ];
    told.into_iter().map(|(name, value)| (name, harmless(&value))).collect()
}
