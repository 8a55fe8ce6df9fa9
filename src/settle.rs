//! From a consent to a committed token set: exchange, shop, record, commit.

mod files;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::connection::Connection;
use crate::error::{Error, Result};
use crate::history::{self, Event, What};
use crate::marketplace::exchange::{self, Outcome};
use crate::marketplace::template::{Template, Values};
use crate::model::{Grant, Origin, Profile, Record, TokenSet};
use crate::moment::Moment;
use crate::oauth::http::Client;
use crate::session::{self, Session};
use crate::store::StoreKind;
use crate::{editions, fail, fleet, identity, interrupt, ledger, profiles, renewal, text};

/// What the log calls tokens that a new consent took the place of.
const REPLACED: &str = "replaced tokens";

/// What settling needs besides the answer.
pub struct Settlement<'a> {
    /// Clock and home.
    pub session: &'a Session<'a>,
    /// What is to be connected.
    pub connection: &'a Connection,
    /// The https client.
    pub client: &'a Client,
    /// Where the secrets will be kept.
    pub store: StoreKind,
    /// Another shop's consent may take the profile's place.
    pub replace: bool,
    /// What becomes of the profile's file.
    pub file: ProfileFile,
}

/// What becomes of a profile's file when its consent is committed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProfileFile {
    /// It is a person's, and stays as it is.
    Untouched,
    /// There is none yet.
    New,
    /// It said this, and is to say something else.
    Changed(Box<Profile>),
}

/// A consent that can be exchanged.
pub struct Consented {
    /// How it came to be.
    pub origin: Origin,
    /// The redirect URI it was given to.
    pub redirect_uri: Option<String>,
    /// What the token requests' templates may use.
    pub values: Values,
    /// What the token requests brought, where they were made already.
    pub outcome: Option<Outcome>,
}

impl Consented {
    /// A consent whose token requests are yet to be made.
    pub fn now(origin: Origin, redirect_uri: Option<String>, values: Values) -> Self {
        Self { origin, redirect_uri, values, outcome: None }
    }
}

/// Exchanges a consent, checks whose it is, and commits the token set.
///
/// The profile's lock is taken after the exchange, so that a code that lives for seconds is never
/// kept waiting. On an error the earlier token set stays in force.
pub fn settle(settlement: &Settlement, mut consented: Consented) -> Result<Record> {
    let Settlement { session, connection, client, .. } = settlement;
    // A token that was brought along may be replaced by being tried: whoever is in the way must be so
    // before. A code is waited for by nobody.
    let held = match consented.origin {
        Origin::Import if connection.definition.rotates() => {
            Some(session::lock_profile(session, connection)?)
        }
        _ => None,
    };
    let began = session.now();
    let exchanged = exchange_all(settlement, &mut consented, client);
    let mut outcome = exchanged.map_err(|error| error.app(&connection.profile.app))?;
    keep_answered(connection, &consented.values, &mut outcome);
    if consented.origin == Origin::Consent || !connection.definition.rotates() {
        identity::introduce(session, connection, &mut consented.values, &mut outcome)?;
    }

    let (_lock, before) = held.map_or_else(|| session::lock_profile(session, connection), Ok)?;
    let shop = shop_id(connection, &consented.values);
    match check_shop(settlement, &consented.values, before.as_ref(), shop.as_deref()) {
        Err(error) if consented.origin == Origin::Import && connection.definition.rotates() => {
            Err(keep_aside(settlement, &consented, outcome, began, error))
        }
        checked => checked.and_then(|()| keep(settlement, &consented, outcome, before.as_ref(), began)),
    }
}

/// Commits the token set of an outcome. The profile's lock is held.
fn keep(
    settlement: &Settlement,
    consented: &Consented,
    outcome: Outcome,
    before: Option<&Record>,
    began: Moment,
) -> Result<Record> {
    let Settlement { session, connection, client, .. } = settlement;
    let shop = shop_id(connection, &consented.values);
    let record = record(settlement, consented, &outcome, before, shop, began);
    let set = renewal::token_set(connection, outcome);
    let replaced = before.and_then(|before| ledger::token_set(session.home, before).ok().flatten());
    if !still_there(settlement)? {
        // Whoever removed the profile wanted no consent; nobody would ever find this one.
        let _ = revoke(session, connection, client, &set);
        return Err(fail!(NotFound, "removed-meanwhile", name = connection.name));
    }
    let written = files::write(settlement)?;
    ledger::commit(session.home, &record, &set, before)
        .inspect_err(|_| files::restore(settlement, written))?;
    renewal::forget(session, &record);
    history::record(session.home, &event(connection, &record, before));
    editions::record(session.home, &connection.definition.id);
    if let Err(error) = fleet::publish(session.home, &connection.name) {
        // The consent is kept; its next command tries again.
        session.home.tell(&text!("vault-unpublished", name = connection.name, reason = error));
    }
    if let Some(replaced) = replaced {
        revoke_replaced(settlement, &replaced, &set);
    }
    Ok(record)
}

/// A token that was brought along and was replaced by being tried: what came instead is another shop's,
/// and there is no other copy. It gets a profile of its own.
fn keep_aside(
    settlement: &Settlement,
    consented: &Consented,
    outcome: Outcome,
    began: Moment,
    error: Error,
) -> Error {
    let Settlement { session, connection, .. } = settlement;
    let uuid = Uuid::new_v4();
    let name = format!("{}-{}", connection.name, &uuid.simple().to_string()[..8]);
    let profile = Profile { uuid, expect_shop: None, ..connection.profile.clone() };
    let (app, definition) = (connection.app.clone(), (*connection.definition).clone());
    let kept = Connection::assemble(session.home, &name, profile, app, definition).and_then(|connection| {
        let aside = Settlement { connection: &connection, file: ProfileFile::New, ..*settlement };
        keep(&aside, consented, outcome, None, began)
    });
    match kept {
        Ok(_) => error.hint(text!("kept-aside", name = name)),
        Err(_) => error,
    }
}

/// Whether the profile of a shop that is connected has not been removed meanwhile, under whatever name.
fn still_there(settlement: &Settlement) -> Result<bool> {
    if settlement.file == ProfileFile::New {
        return Ok(true);
    }
    let folder = profiles::folder(settlement.session.home);
    let uuid = settlement.connection.profile.uuid;
    let is_it = |name: &String| matches!(folder.get(name), Ok(Some(profile)) if profile.uuid == uuid);
    Ok(folder.names()?.iter().any(is_it))
}

/// The token requests; then a renewal, where they yield no token themselves, or where a token
/// that was brought along must prove that it works.
fn exchange_all(settlement: &Settlement, consented: &mut Consented, client: &Client) -> Result<Outcome> {
    let definition = &settlement.connection.definition;
    let clock = settlement.session.clock;
    let origin = consented.origin;
    let run = |requests: &[_], values: &mut Values| {
        exchange::run(requests, values, client, clock).map_err(|error| {
            match (origin, definition.lifetimes.code) {
                _ if !session::is_refused(&error) => session::explain(error),
                (Origin::Import, _) => {
                    fail!(ReauthorizationRequired, "import-refused", id = definition.id).because(error)
                }
                (Origin::Consent, Some(life)) => {
                    fail!(ReauthorizationRequired, "grant-refused-in", life = life).because(error)
                }
                _ => session::explain(error),
            }
        })
    };
    let mut outcome = match (consented.outcome.take(), consented.origin) {
        (Some(outcome), _) => outcome,
        (None, Origin::Import) => Outcome::default(),
        (None, _) => run(&definition.token_request, &mut consented.values)?,
    };
    if outcome.tokens.is_none() {
        let renewed = run(&definition.renewal_request, &mut consented.values)?;
        outcome.captured.extend(renewed.captured);
        outcome.tokens = renewed.tokens;
    }
    if let (Origin::Import, Some(tokens)) = (consented.origin, &mut outcome.tokens) {
        let brought = SecretString::from(consented.values.get("refresh_token"));
        tokens.refresh_token.get_or_insert(brought);
    }
    Ok(outcome)
}

/// What the browser's answer said is kept like what the token requests said.
fn keep_answered(connection: &Connection, values: &Values, outcome: &mut Outcome) {
    for name in connection.definition.authorization_response.capture.keys() {
        let value = values.get(name);
        if !value.is_empty() {
            outcome.captured.insert(name.clone(), value.to_owned());
        }
    }
}

/// The first id the definition can name.
fn shop_id(connection: &Connection, values: &Values) -> Option<String> {
    connection.definition.shop.id.iter().map(|id| plain(id, values)).find(|id| !id.is_empty())
}

fn shop_name(connection: &Connection, values: &Values) -> Option<String> {
    Some(plain(&connection.definition.shop.name, values)).filter(|name| !name.is_empty())
}

/// The regions of the definition that the marketplace named as the shop's.
fn sells_in(connection: &Connection, values: &Values) -> Vec<String> {
    let Connection { definition, profile, .. } = connection;
    let named = plain(&definition.shop.regions, values);
    let is_named = |region: &&String| {
        let there = definition.values_at(
            &profile.environment,
            Some(region),
            &profile.options,
            &connection.variables(),
        );
        let key = plain(&definition.shop.region_key, &there);
        !key.is_empty() && named.split(' ').any(|name| name == key)
    };
    definition.regions.keys().filter(is_named).cloned().collect()
}

fn remarks(connection: &Connection, outcome: &Outcome, values: &Values) -> Vec<String> {
    let told = |remark: &&Template| remark.placeholders().all(|name| !values.get(name).is_empty());
    let own = connection.definition.consent.remarks.iter().filter(told).map(|remark| plain(remark, values));
    renewal::warning(&connection.definition, outcome).into_iter().chain(own).collect()
}

fn plain(template: &Template, values: &Values) -> String {
    template.text(values).expose_secret().to_owned()
}

/// Another shop's consent never overwrites a profile, and an unknown shop's neither.
fn check_shop(
    settlement: &Settlement,
    values: &Values,
    before: Option<&Record>,
    shop: Option<&str>,
) -> Result<()> {
    let connection = settlement.connection;
    let demanded = connection.profile.expect_shop.as_deref();
    // `--replace` lets another shop in, never an unknown one.
    let replaces = settlement.replace && shop.is_some();
    let known = before.and_then(|before| before.shop_id.as_deref()).filter(|_| !replaces);
    // Any id of this consent may be the one known: a marketplace can come to name a better one.
    let shop_ids = connection.definition.shop.id.iter().chain([&connection.definition.shop.earlier]);
    let also: Vec<String> = shop_ids.map(|id| plain(id, values)).collect();
    let expected = demanded.or(known);
    match judge(expected, shop, &also.join(" ")) {
        Verdict::Same => Ok(()),
        Verdict::Other(got) => {
            let named = |name: Option<&str>, id: &str| match name {
                Some(name) => format!("{name} ({id})"),
                None => id.to_owned(),
            };
            let known_name =
                before.and_then(|before| before.shop_name.as_deref()).filter(|_| expected == known);
            let got_name = shop_name(connection, values);
            let shops = Shops {
                expected: named(known_name, expected.unwrap_or_default()),
                got: named(got_name.as_deref(), got),
            };
            Err(wrong_shop(settlement, got, values, shops))
        }
        Verdict::Unknown => Err(fail!(WrongShop, "shop-unknown", name = connection.name)),
    }
}

/// The two shops of a wrong consent, for the page that tells the seller.
#[derive(Debug, thiserror::Error)]
#[error("{}", crate::text!("wrong-shop-cause", expected = expected, got = got))]
pub struct Shops {
    /// The shop that the profile belongs to.
    pub expected: String,
    /// The shop that consented.
    pub got: String,
}

/// Whether the shop that consented is the one expected.
#[derive(Debug, PartialEq, Eq)]
enum Verdict<'a> {
    Same,
    Other(&'a str),
    Unknown,
}

fn judge<'a>(expected: Option<&str>, got: Option<&'a str>, also: &str) -> Verdict<'a> {
    match (expected, got) {
        (None, _) => Verdict::Same,
        (Some(_), None) => Verdict::Unknown,
        (Some(expected), Some(got)) if expected == got => Verdict::Same,
        (Some(expected), Some(_)) if also.split(' ').any(|id| id == expected) => Verdict::Same,
        (Some(_), Some(got)) => Verdict::Other(got),
    }
}

/// Nothing changed here; but the shop that consented has given the app its consent.
fn wrong_shop(settlement: &Settlement, got: &str, values: &Values, shops: Shops) -> Error {
    let Settlement { session, connection, .. } = settlement;
    let error = fail!(WrongShop, "wrong-shop", name = connection.name, id = connection.definition.id);
    let all = Connection::all(session.home).unwrap_or_default();
    let is_its = |other: &Connection| {
        let id = other.record.as_ref().and_then(|record| record.shop_id.as_deref());
        other.definition.id == connection.definition.id && id == Some(got)
    };
    let own = all.into_iter().find(|(_, other)| other.as_ref().is_ok_and(is_its));
    let page = connection.definition.manage_url.as_ref().and_then(|page| page.url(values).ok());
    let aside = match (own, page) {
        (Some((name, _)), _) => Some(text!("wrong-shop-own", got = shops.got, name = name)),
        (None, Some(page)) => Some(text!("wrong-shop-remove", got = shops.got, url = page)),
        (None, None) => None,
    };
    let hint = error.hint.iter().cloned().chain(aside).collect::<Vec<_>>().join("; ");
    error.hint(hint).because(shops)
}

fn record(
    settlement: &Settlement,
    consented: &Consented,
    outcome: &Outcome,
    before: Option<&Record>,
    shop_id: Option<String>,
    began: Moment,
) -> Record {
    let asked_at = began.wall;
    let connection = settlement.connection;
    let ends = renewal::ends(connection, outcome, asked_at);
    Record {
        uuid: connection.profile.uuid,
        // Under the next one may lie a renewal that was cut off and could not be adopted now. Until
        // the commit it is all there is.
        generation: before.map_or(1, |before| before.generation + 2),
        store: settlement.store,
        connected_at: before.map_or(asked_at, |before| before.connected_at),
        last_refreshed_at: asked_at,
        last_refreshed_uptime: began.uptime,
        shop_id: shop_id.or_else(|| before.and_then(|before| before.shop_id.clone())),
        shop_name: shop_name(connection, &consented.values),
        sells_in: sells_in(connection, &consented.values),
        remarks: remarks(connection, outcome, &consented.values),
        grant: grant(connection, consented, outcome, asked_at),
        access_token_expires_at: ends.access_token,
        refresh_token_expires_at: ends.refresh_token,
        refusal: None,
        secrets_missing: false,
    }
}

fn grant(connection: &Connection, consented: &Consented, outcome: &Outcome, at: Timestamp) -> Grant {
    let definition = &connection.definition;
    let granted = outcome.tokens.as_ref().and_then(|tokens| tokens.scopes.clone());
    let version = outcome.captured.get("granted_app_version").cloned();
    let authorization = definition.lifetimes.authorization.filter(|_| consented.origin == Origin::Consent);
    Grant {
        origin: consented.origin,
        at,
        client_id: connection.app.client_id.clone(),
        app_version: version.or_else(|| connection.app.version.clone()),
        scopes: granted.unwrap_or_else(|| connection.wanted_scopes().to_vec()),
        redirect_uri: consented.redirect_uri.clone(),
        options: connection.profile.options.clone(),
        variables: connection.variables(),
        authorization_expires_at: authorization.map(|life| life.after(at)),
    }
}

/// How the commit of `record` is written down.
fn event(connection: &Connection, record: &Record, before: Option<&Record>) -> Event {
    let what = match (record.grant.origin, before) {
        (Origin::Import, _) => What::Imported,
        (_, Some(_)) => What::Reauthorized,
        (_, None) => What::Connected,
    };
    let version = |record: &Record| record.grant.app_version.clone().unwrap_or_else(|| "–".to_owned());
    let versions = before.map(|before| (version(before), version(record)));
    let detail = versions.filter(|(old, new)| old != new).map(|(old, new)| format!("{old} → {new}"));
    Event { shop_id: record.shop_id.clone(), detail, ..Event::of(what, connection, record.grant.at) }
}

/// The replaced grant is revoked where the marketplace can, and keeps one grant per consent: where
/// a second consent joins the first, revoking that would end both. Nothing depends on it: the new
/// one is in force already.
fn revoke_replaced(settlement: &Settlement, replaced: &TokenSet, set: &TokenSet) {
    let same = |a: &Option<SecretString>, b: &Option<SecretString>| match (a, b) {
        (Some(a), Some(b)) => a.expose_secret() == b.expose_secret(),
        _ => false,
    };
    let independent = settlement.connection.definition.consent.independent;
    if independent && !same(&replaced.refresh_token, &set.refresh_token) {
        let Settlement { session, connection, client, .. } = settlement;
        // Who reads the log must not take it for the end of the shop.
        let _ = revoke_as(Some(REPLACED), session, connection, client, replaced);
    }
}

/// Revokes a token set (RFC 7009). Fine where the marketplace has no such request.
pub fn revoke(session: &Session, connection: &Connection, client: &Client, set: &TokenSet) -> Result<()> {
    revoke_as(None, session, connection, client, set)
}

/// The same; the log says besides what the tokens are.
fn revoke_as(
    detail: Option<&str>,
    session: &Session,
    connection: &Connection,
    client: &Client,
    set: &TokenSet,
) -> Result<()> {
    let definition = &connection.definition;
    if definition.revocation_request.is_empty() {
        return Ok(());
    }
    interrupt::watch();
    let secret = ledger::client_secret(session.home, connection.app.uuid)?;
    let mut values = match &connection.record {
        Some(record) => connection.granted_values(record, secret.as_ref()),
        None => connection.values(secret.as_ref()),
    };
    values.set_all(&set.captured);
    for (name, token) in [("refresh_token", &set.refresh_token), ("access_token", &set.access_token)] {
        if let Some(token) = token {
            values.set_secret(name, token);
        }
    }
    let revoked = exchange::run(&definition.revocation_request, &mut values, client, session.clock)
        .map(|_| ())
        .map_err(session::explain);
    let (what, code) = match &revoked {
        Ok(()) => (What::Revoked, None),
        Err(error) => (What::RevocationFailed, Some(error.kind.name().to_owned())),
    };
    let detail = detail.map(str::to_owned);
    let event = Event { code, detail, ..Event::of(what, connection, (session.clock)()) };
    history::record(session.home, &event);
    revoked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_expected_shop_takes_a_profile() {
        assert_eq!(judge(None, Some("a"), ""), Verdict::Same);
        assert_eq!(judge(None, None, ""), Verdict::Same);
        assert_eq!(judge(Some("a"), Some("a"), ""), Verdict::Same);
        assert_eq!(judge(Some("a"), Some("b"), "x a"), Verdict::Same);
        assert_eq!(judge(Some("a"), Some("b"), "x"), Verdict::Other("b"));
        assert_eq!(judge(Some("a"), None, ""), Verdict::Unknown);
    }
}
