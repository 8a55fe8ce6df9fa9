//! `sellauth status`: where every shop stands. Offline, and reads no secret.

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use console::{Style, measure_text_width, truncate_str};
use jiff::Timestamp;
use serde::Serialize;

use super::ends::{End, ends, ics};
use super::{Context, values};
use crate::connection::{Connection, SOON};
use crate::error::{Error, Kind, Result};
use crate::identity::{self, Verdict};
use crate::model::{Reason, Record, Span, State};
use crate::output::{
    columns, emit, harmless, heading, print, print_json, report, table, whole_seconds, wrapped,
};
use crate::store::StoreKind;
use crate::{profiles, refusal, renewal, text};

/// Dates and states are so wide at most: they stay whole.
const WIDEST_WORD: usize = 17;

/// No heading is wider.
const WIDEST_HEADING: usize = 8;

/// The shop, its state and what ends next: the table has so many columns at least.
const LEAST_COLUMNS: usize = 4;

/// The code of [`Reason::ClientSecretEnds`].
const SECRET_ENDS: &str = "client_secret_ends";

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
    /// Print a calendar of what ends when, with reminders, for any calendar program
    #[arg(long, conflicts_with_all = ["check", "json"])]
    ics: bool,
    /// Where to look for shops: those of a vault are not here before they are asked for
    #[arg(long, value_enum, value_name = "STORE")]
    store: Option<StoreKind>,
    /// End with exit code 4 if a shop does not work any more, as when shops are named
    #[arg(long)]
    exit_code: bool,
}

impl Args {
    /// Where to look for shops, where that is said.
    pub fn store(&self) -> Option<StoreKind> {
        self.store
    }
}

/// One profile's row.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Its name.
    pub profile: String,
    marketplace: String,
    env: String,
    region: Option<String>,
    /// The shop, where the marketplace names it.
    pub shop_id: Option<String>,
    shop_name: Option<String>,
    /// The app it uses.
    pub app: String,
    app_version: Option<String>,
    granted_app_version: Option<String>,
    scopes: Vec<String>,
    /// Whether it works.
    pub(super) state: State,
    reason_code: Option<&'static str>,
    /// Why, in words a seller understands.
    pub reason: Option<String>,
    store: Option<StoreKind>,
    connected_at: Option<Timestamp>,
    access_token_expires_at: Option<Timestamp>,
    refresh_token_expires_at: Option<Timestamp>,
    authorization_expires_at: Option<Timestamp>,
    client_secret_expires_at: Option<Timestamp>,
    unused_expires_at: Option<Timestamp>,
    last_refreshed_at: Option<Timestamp>,
    labels: BTreeMap<String, String>,
    /// What the marketplace told of the consent besides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    remarks: Vec<String>,
    /// What asking the marketplace brought, where it was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    check: Option<&'static str>,
    #[serde(skip)]
    ends: Vec<End>,
    /// It has one token, for good.
    #[serde(skip)]
    endless: bool,
    /// A person enters what proves it.
    #[serde(skip)]
    entered: bool,
    /// The client secret of its app ends soon.
    #[serde(skip)]
    pub(super) secret_ends_soon: bool,
}

impl Row {
    /// Where a connection stands at `now`.
    pub fn of(connection: &Connection, now: Timestamp) -> Self {
        Self::within(connection, now, SOON)
    }

    /// The same where a consent is due that ends so soon.
    pub fn within(connection: &Connection, now: Timestamp, soon: Span) -> Self {
        let reason = connection.reason(now, soon);
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
            reason: why(&reason, connection.client_secret_expires_at()),
            store: record.map(|record| record.store),
            connected_at: time(|record| Some(record.connected_at)),
            access_token_expires_at: time(|record| record.access_token_expires_at),
            refresh_token_expires_at: time(|record| record.refresh_token_expires_at),
            authorization_expires_at: time(|record| record.grant.authorization_expires_at),
            client_secret_expires_at: connection.client_secret_expires_at().map(whole_seconds),
            unused_expires_at: connection.unused_expires_at().map(whole_seconds),
            last_refreshed_at: time(|record| Some(record.last_refreshed_at)),
            remarks: record.map(|record| record.remarks.clone()).unwrap_or_default(),
            labels: profile.labels.clone(),
            check: None,
            ends: ends(connection),
            endless: record.is_some_and(|record| renewal::is_endless(&connection.definition, record)),
            entered: connection.definition.is_entered(),
            secret_ends_soon: connection.client_secret_expires_at().is_some_and(|end| end <= SOON.after(now)),
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

    /// Whether only its seller can cure it.
    pub(super) fn needs_consent(&self) -> bool {
        self.state != State::Connected && self.reason_code != Some(SECRET_ENDS)
    }

    /// Whether it works, but wants a new consent.
    pub fn is_due(&self) -> bool {
        self.state == State::Due
    }

    /// Profile, shop, region, environment, version, state, next end and reason.
    fn cells(&self) -> Vec<String> {
        let shop = self.shop_name.clone().or_else(|| self.shop_id.clone());
        let version = match (&self.granted_app_version, &self.app_version) {
            (Some(granted), Some(wanted)) if granted != wanted => format!("{granted} → {wanted}"),
            (granted, wanted) => granted.clone().or_else(|| wanted.clone()).unwrap_or_default(),
        };
        let endless = || self.endless.then(|| text!("end-none"));
        let or_dash = |text: String| if text.is_empty() { "–".to_owned() } else { text };
        vec![
            self.profile.clone(),
            or_dash(harmless(&shop.unwrap_or_default())),
            or_dash(self.region.clone().unwrap_or_default()),
            self.env.clone(),
            or_dash(version),
            colored(self.state, self.entered),
            or_dash(self.ends.first().map(End::cell).or_else(endless).unwrap_or_default()),
            harmless(self.reason.as_deref().unwrap_or_default()),
        ]
    }
}

fn colored(state: State, entered: bool) -> String {
    let (style, text) = match state {
        State::Connected => (Style::new().green(), text!("state-connected")),
        State::Due => (Style::new().yellow(), text!("state-due")),
        State::ReauthorizationRequired if entered => (Style::new().red(), text!("state-entry-required")),
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
        Reason::Refused(refusal) => refusal::words(refusal),
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
        Reason::UnusedEnds(end) => text!("reason-unused-ends", day = day(end)),
    })
}

/// The same, where the client secret ends even before what is told.
fn why(reason: &Reason, secret_ends: Option<Timestamp>) -> Option<String> {
    let why = explain(reason);
    match (reason, secret_ends) {
        (Reason::AuthorizationEnds(end), Some(secret)) if secret < *end => {
            let day = secret.strftime("%Y-%m-%d").to_string();
            why.map(|why| text!("reason-secret-first", why = why, day = day))
        }
        _ => why,
    }
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
    let mut ends = rows.iter().flat_map(|row| &row.ends).peekable();
    if args.ics && ends.peek().is_none() {
        // A calendar has at least one component (RFC 5545 section 3.6).
        context.terminal.note(text!("no-ends"));
    } else if args.ics {
        emit(&ics(ends, now))?;
    } else if context.terminal.json || failed.is_none() || !rows.is_empty() {
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
        values::say_no_such_label(context, &args.labels);
        return Ok(());
    }
    if rows.is_empty() {
        context.terminal.note(text!("nothing-connected"));
        context.terminal.hint(text!("nothing-connected.hint"));
        return Ok(());
    }
    print(&overview(&rows.iter().collect::<Vec<_>>()))?;
    if rows.iter().any(Row::needs_consent) {
        context.terminal.note(text!("status-next"));
    }
    let ending: BTreeSet<&String> =
        rows.iter().filter(|row| row.secret_ends_soon).map(|row| &row.app).collect();
    for app in ending {
        context.terminal.note(text!("status-next-secret", app = app));
    }
    Ok(())
}

/// The table of these rows, as wide as stdout.
pub(super) fn overview(rows: &[&Row]) -> String {
    let heading = heading(&text!("status-heading"));
    let lines: Vec<Vec<String>> =
        std::iter::once(heading).chain(rows.iter().map(|row| row.cells())).collect();
    fitted(telling(&lines), columns())
}

/// The columns that tell shops apart or say something about one; the first and the last always.
fn telling(lines: &[Vec<String>]) -> Vec<Vec<String>> {
    let says_nothing = |column: usize| {
        let mut cells = lines.iter().skip(1).map(|line| line[column].as_str());
        cells.clone().all(|cell| cell == "–") || cells.all(|cell| cell == "production")
    };
    let last = lines[0].len() - 1;
    let kept: Vec<usize> = (0..=last).filter(|i| [0, last].contains(i) || !says_nothing(*i)).collect();
    lines.iter().map(|line| kept.iter().map(|column| line[*column].clone()).collect()).collect()
}

/// A table; where it is wider than the terminal, each reason stands below its row.
fn fitted(mut lines: Vec<Vec<String>>, width: Option<usize>) -> String {
    let whole = table(&lines);
    let Some(width) = width.filter(|width| whole.lines().any(|line| measure_text_width(line) > *width))
    else {
        return whole;
    };
    let reasons: Vec<String> = lines.iter_mut().skip(1).filter_map(Vec::pop).collect();
    lines[0].pop();
    let short = table(&narrowed(lines, width));
    let mut rows = short.lines();
    let mut fitted = vec![rows.next().unwrap_or_default().to_owned()];
    for (row, reason) in rows.zip(&reasons) {
        fitted.push(row.to_owned());
        fitted.extend((!reason.is_empty()).then(|| format!("  {}", wrapped(reason, 2, Some(width)))));
    }
    fitted.join("\n")
}

/// The same columns, so narrow that a line fits: long names are shortened, then what tells least goes.
fn narrowed(mut lines: Vec<Vec<String>>, width: usize) -> Vec<Vec<String>> {
    shorten(&mut lines, width, WIDEST_WORD);
    while lines[0].len() > LEAST_COLUMNS && total(&widths(&lines)) > width {
        for line in &mut lines {
            // Behind profile and shop stand region, environment and version.
            line.remove(2);
        }
    }
    shorten(&mut lines, width, WIDEST_HEADING);
    lines
}

/// Shortens the widest columns until a line fits, but none below `least`.
fn shorten(lines: &mut [Vec<String>], width: usize, least: usize) {
    let mut widths = widths(lines);
    while total(&widths) > width
        && let Some(widest) = widths.iter_mut().max().filter(|widest| **widest > least)
    {
        *widest -= 1;
    }
    for line in lines {
        for (cell, width) in line.iter_mut().zip(&widths) {
            *cell = truncate_str(cell, *width, "…").into_owned();
        }
    }
}

fn widths(lines: &[Vec<String>]) -> Vec<usize> {
    let widest = |column: usize| lines.iter().map(|line| measure_text_width(&line[column])).max();
    (0..lines[0].len()).map(|column| widest(column).unwrap_or_default()).collect()
}

/// How wide a line of columns is that stand two blanks apart.
fn total(widths: &[usize]) -> usize {
    widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(rows: &[[&str; 4]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.map(str::to_owned).to_vec()).collect()
    }

    #[test]
    fn what_says_nothing_is_no_column() {
        let rows = lines(&[
            ["A", "REGION", "ENV", "WHY"],
            ["a", "–", "production", ""],
            ["b", "–", "production", ""],
        ]);
        assert_eq!(telling(&rows)[0], ["A", "WHY"]);
        let rows =
            lines(&[["A", "REGION", "ENV", "WHY"], ["a", "–", "production", ""], ["b", "DE", "sandbox", ""]]);
        assert_eq!(telling(&rows), rows);
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        console::set_colors_enabled(false);
        let long = "a-profile-with-a-name-of-very-many-letters-indeed";
        let row = |cells: [&str; 8]| cells.map(str::to_owned).to_vec();
        let heading = row(["PROFILE", "SHOP", "REGION", "ENV", "VERSION", "STATE", "NEXT END", "WHY"]);
        let shop =
            row([long, long, "DE", "production", "1 → 2", "consent needed", "consent 2027-01-01", "why"]);
        let text = fitted(vec![heading, shop], Some(80));
        assert!(text.lines().all(|line| measure_text_width(line) <= 80), "{text}");
        assert!(text.contains("…") && text.contains("consent needed") && text.contains("NEXT END"), "{text}");
    }

    #[test]
    fn a_secret_that_ends_before_the_consent_is_told_with_it() {
        let at = |seconds| Timestamp::from_second(seconds).unwrap();
        let reason = Reason::AuthorizationEnds(at(86_400));
        let whole = why(&reason, Some(at(0))).unwrap();
        assert_eq!(
            whole,
            "the consent ends on 1970-01-02, and the app's client secret on 1970-01-01 already"
        );
        assert_eq!(why(&reason, Some(at(90_000))), explain(&reason));
    }

    #[test]
    fn a_reason_that_does_not_fit_stands_below_its_row() {
        console::set_colors_enabled(false);
        let rows =
            lines(&[["PROFILE", "B", "C", "WHY"], ["shop", "1", "2", "one two three"], ["x", "3", "4", ""]]);
        let wide = "PROFILE  B  C  WHY\nshop     1  2  one two three\nx        3  4";
        assert_eq!(fitted(rows.clone(), None), wide);
        assert_eq!(fitted(rows.clone(), Some(28)), wide);
        assert_eq!(fitted(rows, Some(14)), "PROFILE  B  C\nshop     1  2\n  one two\n  three\nx        3  4");
    }
}
