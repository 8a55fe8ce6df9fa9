//! `sellauth status`: where every shop stands. Offline, and reads no secret.

use std::collections::BTreeMap;
use std::process::ExitCode;

use console::Style;
use jiff::Timestamp;
use serde::Serialize;

use super::{Context, values};
use crate::connection::{Connection, SOON};
use crate::error::{Error, Kind, Result};
use crate::identity::{self, Verdict};
use crate::model::{Reason, Record, State};
use crate::output::{print, print_json, report, table, whole_seconds};
use crate::store::StoreKind;
use crate::{profiles, text};

/// What `status` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shops; all when none is named
    #[arg(value_name = "PROFILE")]
    profiles: Vec<String>,
    /// Only shops with this mark
    #[arg(long = "label", value_name = "K=V", value_parser = values::pair)]
    labels: Vec<(String, String)>,
    /// Ask the marketplace whether each shop really works
    #[arg(long)]
    check: bool,
    /// End with exit code 4 if a shop does not work any more, as when shops are named
    #[arg(long)]
    exit_code: bool,
}

/// One profile's row.
#[derive(Debug, Serialize)]
pub struct Row {
    profile: String,
    marketplace: String,
    env: String,
    region: Option<String>,
    /// The shop, where the marketplace names it.
    pub shop_id: Option<String>,
    shop_name: Option<String>,
    app: String,
    app_version: Option<String>,
    granted_app_version: Option<String>,
    scopes: Vec<String>,
    state: State,
    reason_code: Option<&'static str>,
    /// Why, in words a seller understands.
    pub reason: Option<String>,
    store: Option<StoreKind>,
    connected_at: Option<Timestamp>,
    access_token_expires_at: Option<Timestamp>,
    refresh_token_expires_at: Option<Timestamp>,
    authorization_expires_at: Option<Timestamp>,
    last_refreshed_at: Option<Timestamp>,
    labels: BTreeMap<String, String>,
    /// What the marketplace told of the consent besides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    remarks: Vec<String>,
    /// What asking the marketplace brought, where it was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    check: Option<&'static str>,
}

impl Row {
    /// Where a connection stands at `now`.
    pub fn of(connection: &Connection, now: Timestamp) -> Self {
        let reason = connection.reason(now, SOON);
        let profile = &connection.profile;
        let record = connection.record.as_ref();
        let grant = record.map(|record| &record.grant);
        let time = |of: fn(&Record) -> Option<Timestamp>| record.and_then(of).map(whole_seconds);
        Self {
            profile: connection.name.clone(),
            marketplace: profile.marketplace.clone(),
            env: profile.environment.clone(),
            region: profile.region.clone(),
            shop_id: record.and_then(|record| record.shop_id.clone()),
            shop_name: record.and_then(|record| record.shop_name.clone()),
            app: profile.app.clone(),
            app_version: connection.app.version.clone(),
            granted_app_version: grant.and_then(|grant| grant.app_version.clone()),
            scopes: grant.map(|grant| grant.scopes.clone()).unwrap_or_default(),
            state: reason.state(),
            reason_code: reason.code(),
            reason: explain(&reason),
            store: record.map(|record| record.store),
            connected_at: time(|record| Some(record.connected_at)),
            access_token_expires_at: time(|record| record.access_token_expires_at),
            refresh_token_expires_at: time(|record| record.refresh_token_expires_at),
            authorization_expires_at: time(|record| record.grant.authorization_expires_at),
            last_refreshed_at: time(|record| Some(record.last_refreshed_at)),
            remarks: record.map(|record| record.remarks.clone()).unwrap_or_default(),
            labels: profile.labels.clone(),
            check: None,
        }
    }

    /// The same, with what asking the marketplace brought. A consent that is known to be dead has
    /// its own reason.
    fn checked(self, verdict: &Verdict) -> Self {
        let (check, error) = match verdict {
            Verdict::Works => ("works", None),
            Verdict::NotAsked => ("not_asked", None),
            Verdict::Declined(error) => ("declined", Some(error)),
            Verdict::Failed(error) if self.state.works() => ("failed", Some(error)),
            Verdict::Failed(_) => ("failed", None),
        };
        let reason_code = match verdict {
            Verdict::Declined(_) => Some("api_declined"),
            _ => self.reason_code,
        };
        let causes = |error: &Error| [vec![error.message.clone()], error.causes()].concat().join(": ");
        let reason = error.map(causes).or(self.reason);
        Self { check: Some(check), reason_code, reason, ..self }
    }

    /// Whether it works, but wants a new consent.
    pub fn is_due(&self) -> bool {
        self.state == State::Due
    }

    fn cells(&self) -> Vec<String> {
        let shop = self.shop_name.clone().or_else(|| self.shop_id.clone());
        let version = match (&self.granted_app_version, &self.app_version) {
            (Some(granted), Some(wanted)) if granted != wanted => format!("{granted} → {wanted}"),
            (granted, wanted) => granted.clone().or_else(|| wanted.clone()).unwrap_or_default(),
        };
        let or_dash = |text: String| if text.is_empty() { "–".to_owned() } else { text };
        vec![
            self.profile.clone(),
            or_dash(shop.unwrap_or_default()),
            or_dash(self.region.clone().unwrap_or_default()),
            self.env.clone(),
            or_dash(version),
            colored(self.state),
            self.reason.clone().unwrap_or_default(),
        ]
    }
}

fn colored(state: State) -> String {
    let (style, text) = match state {
        State::Connected => (Style::new().green(), text!("state-connected")),
        State::Due => (Style::new().yellow(), text!("state-due")),
        State::ReauthorizationRequired => (Style::new().red(), text!("state-reauthorization-required")),
        State::SecretsMissing => (Style::new().red(), text!("state-secrets-missing")),
    };
    style.apply_to(text).to_string()
}

/// A reason in words a seller understands.
pub fn explain(reason: &Reason) -> Option<String> {
    let day = |moment: &Timestamp| moment.strftime("%Y-%m-%d").to_string();
    let minute = |moment: &Timestamp| moment.strftime("%Y-%m-%d %H:%M UTC").to_string();
    Some(match reason {
        Reason::None => return None,
        Reason::NeverConnected => text!("reason-never-connected"),
        Reason::SecretsMissing => text!("reason-secrets-missing"),
        Reason::Refused(refusal) => refusal.message.clone(),
        Reason::SuspectedIncident(refusal) => {
            text!("reason-incident", probe = minute(&refusal.next_probe()))
        }
        Reason::RefreshTokenExpired => text!("reason-refresh-token-expired"),
        Reason::AuthorizationExpired => text!("reason-authorization-expired"),
        Reason::ClientChanged => text!("reason-client-changed"),
        Reason::AppVersion { granted, wanted } if granted.is_empty() => {
            text!("reason-app-version-first", wanted = wanted)
        }
        Reason::AppVersion { granted, wanted } => {
            text!("reason-app-version", granted = granted, wanted = wanted)
        }
        Reason::ScopesMissing(scopes) => text!("reason-scopes-missing", scopes = scopes.join(" ")),
        Reason::AuthorizationEnds(end) => text!("reason-authorization-ends", day = day(end)),
        Reason::ClientSecretEnds(end) => text!("reason-client-secret-ends", day = day(end)),
    })
}

/// Shows the table.
pub fn run(context: &Context, args: &Args) -> Result<ExitCode> {
    let now = Timestamp::now();
    let mut rows = Vec::new();
    let mut failed: Option<Kind> = None;
    for (name, loaded) in chosen(context, args)? {
        match loaded {
            Ok(connection) if connection.has_labels(&args.labels) => match args.check {
                true => rows.push(ask(context, &connection, now, &mut failed)?),
                false => rows.push(Row::of(&connection, now)),
            },
            Ok(_) => {}
            // One wrong file must not hide the other shops.
            Err(error) => {
                failed.get_or_insert(error.kind);
                report(&error.profile(&name), context.terminal.json);
            }
        }
    }
    // Whoever has just read what is wrong need not hear that there is nothing.
    if context.terminal.json || failed.is_none() || !rows.is_empty() {
        show(context, args, &rows)?;
    }
    let matters = args.exit_code || !args.profiles.is_empty();
    let broken = rows.iter().any(|row| !row.state.works());
    let kind = failed.or(broken.then_some(Kind::ReauthorizationRequired)).filter(|_| matters);
    Ok(kind.map_or(ExitCode::SUCCESS, |kind| ExitCode::from(kind.exit_code())))
}

/// A row after asking the marketplace, which may have changed the record.
fn ask(context: &Context, connection: &Connection, now: Timestamp, failed: &mut Option<Kind>) -> Result<Row> {
    if connection.record.is_none() {
        return Ok(Row::of(connection, now));
    }
    context.terminal.say(text!("checking", name = connection.name));
    let waiting = || context.say_waiting();
    let verdict = identity::check(&context.session(&waiting), connection);
    if let Verdict::Declined(error) | Verdict::Failed(error) = &verdict {
        failed.get_or_insert(error.kind);
    }
    let (name, profile) = profiles::resolve(&context.home, &connection.name)?;
    Ok(Row::of(&Connection::load(&context.home, &name, profile)?, now).checked(&verdict))
}

type Loaded = Vec<(String, Result<Connection, Error>)>;

fn chosen(context: &Context, args: &Args) -> Result<Loaded> {
    if args.profiles.is_empty() {
        return Connection::all(&context.home);
    }
    let mut loaded = Vec::new();
    for given in &args.profiles {
        let (name, profile) = profiles::resolve(&context.home, given)?;
        let connection = Connection::load(&context.home, &name, profile);
        loaded.push((name, connection));
    }
    Ok(loaded)
}

fn show(context: &Context, args: &Args, rows: &[Row]) -> Result<()> {
    if context.terminal.json {
        return print_json(&rows);
    }
    if rows.is_empty() && !args.labels.is_empty() {
        context.terminal.note(text!("no-such-label"));
        return Ok(());
    }
    if rows.is_empty() {
        context.terminal.note(text!("nothing-connected"));
        context.terminal.hint(text!("nothing-connected.hint"));
        return Ok(());
    }
    let heading = text!("status-heading").split('|').map(|cell| cell.trim().to_owned()).collect();
    let lines: Vec<Vec<String>> = std::iter::once(heading).chain(rows.iter().map(Row::cells)).collect();
    print(&table(&lines))?;
    if rows.iter().any(|row| row.state != State::Connected) {
        context.terminal.note(text!("status-next"));
    }
    Ok(())
}
