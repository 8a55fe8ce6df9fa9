//! What a renewal decides and leaves behind, without any request.

use std::collections::BTreeMap;
use std::path::Path;

use uuid::Uuid;

use super::*;
use crate::marketplace::{BUILT_IN, load};
use crate::model::{App, Grant as Granted, Origin, Profile, StoreKind};
use crate::oauth::response::Tokens;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

/// A shop that is connected to a built-in marketplace.
fn connection(id: &str) -> Connection {
    let (_, text) = BUILT_IN.iter().find(|(name, _)| *name == id).unwrap();
    Connection {
        name: id.to_owned(),
        profile: Profile {
            uuid: Uuid::nil(),
            marketplace: id.to_owned(),
            app: id.to_owned(),
            environment: "production".to_owned(),
            region: None,
            options: Vec::new(),
            scopes: Vec::new(),
            expect_shop: None,
            variables: BTreeMap::new(),
            labels: BTreeMap::new(),
        },
        app: App {
            uuid: Uuid::nil(),
            marketplace: id.to_owned(),
            environment: "production".to_owned(),
            client_id: "client-1".to_owned(),
            redirect_uri: None,
            scopes: Vec::new(),
            version: None,
            install_url: None,
            imported_only: false,
            variables: BTreeMap::new(),
        },
        definition: load(Path::new(&format!("{id}.toml")), text).unwrap(),
        record: None,
        app_record: None,
    }
}

fn record() -> Record {
    Record {
        uuid: Uuid::nil(),
        generation: 4,
        store: StoreKind::File,
        connected_at: at(-9000),
        last_refreshed_at: at(-100),
        shop_id: Some("shop-1".to_owned()),
        shop_name: None,
        grant: Granted {
            origin: Origin::Consent,
            at: at(-9000),
            client_id: "client-1".to_owned(),
            app_version: None,
            scopes: vec!["one".to_owned()],
            redirect_uri: None,
            options: Vec::new(),
            variables: BTreeMap::new(),
            authorization_expires_at: None,
        },
        access_token_expires_at: Some(at(100)),
        refresh_token_expires_at: Some(at(5000)),
        refusal: None,
        secrets_missing: true,
    }
}

fn set() -> TokenSet {
    TokenSet {
        access_token: Some(secret("access-1")),
        refresh_token: Some(secret("refresh-1")),
        captured: BTreeMap::from([("account_id".to_owned(), "7".to_owned())]),
        predecessor: None,
    }
}

fn tokens(refresh_token: Option<&str>) -> Tokens {
    Tokens {
        access_token: secret("access-2"),
        expires_at: None,
        refresh_token: refresh_token.map(secret),
        refresh_token_expires_at: None,
        scopes: None,
    }
}

fn outcome(tokens: Tokens) -> Outcome {
    Outcome { tokens: Some(tokens), captured: BTreeMap::new() }
}

fn want(least: Option<u64>, renew: Renew) -> Want {
    Want { least: least.map(Span::seconds), renew }
}

#[test]
fn a_token_is_judged_by_what_is_wanted() {
    let allegro = connection("allegro");
    let judged = |want: Want| judge(&allegro, &record(), &want, at(0)) == Freshness::Fresh;
    assert!(judged(want(None, Renew::IfStale)), "100 s are more than the usual 60");
    assert!(judged(want(Some(100), Renew::IfStale)));
    assert!(!judged(want(Some(101), Renew::IfStale)));
    // `--refresh` is content with any renewal that began after it did.
    assert!(judged(want(None, Renew::Before(at(-100)))));
    assert!(!judged(want(None, Renew::Before(at(-99)))));
    assert!(judged(want(None, Renew::IfStill("0123".to_owned()))), "only the token itself can tell");
}

#[test]
fn a_life_no_fresh_token_has_is_refused() {
    let otto = connection("otto");
    let checked = |least: Option<u64>| check_least(&otto, &want(least, Renew::IfStale)).map_err(|e| e.kind);
    assert_eq!([None, Some(0), Some(1799)].map(|least| checked(least).is_ok()), [true; 3]);
    assert_eq!([Some(1800), Some(u64::MAX)].map(|least| checked(least).unwrap_err()), [Kind::Usage; 2]);
}

#[test]
fn a_renewal_without_a_new_refresh_token_keeps_the_old_one_and_its_end() {
    let allegro = connection("allegro");
    let (next, after) = successor(&allegro, &record(), &set(), outcome(tokens(None)), at(0));
    assert_eq!(next.access_token.unwrap().expose_secret(), "access-2");
    assert_eq!(next.refresh_token.unwrap().expose_secret(), "refresh-1");
    assert_eq!(next.captured, set().captured);
    assert_eq!(next.predecessor, Some(fingerprint(&secret("refresh-1"))));
    assert_eq!((after.generation, after.last_refreshed_at), (5, at(0)));
    assert_eq!(
        after.access_token_expires_at,
        Some(at(12 * 3600)),
        "the definition's, where the answer says nothing"
    );
    assert_eq!(after.refresh_token_expires_at, Some(at(5000)));
    assert_eq!((after.shop_id, after.connected_at), (record().shop_id, record().connected_at));
    assert_eq!((after.grant, after.secrets_missing), (record().grant, false));
}

#[test]
fn a_rotated_refresh_token_begins_a_new_life() {
    let allegro = connection("allegro");
    let (next, after) = successor(&allegro, &record(), &set(), outcome(tokens(Some("refresh-2"))), at(0));
    assert_eq!(next.refresh_token.unwrap().expose_secret(), "refresh-2");
    assert_eq!(next.predecessor, Some(fingerprint(&secret("refresh-1"))), "its predecessor, not itself");
    assert_eq!(after.refresh_token_expires_at, Some(at(90 * 86_400)));
}

#[test]
fn what_the_answer_says_wins_over_the_definition() {
    let said = Tokens {
        expires_at: Some(at(7)),
        refresh_token_expires_at: Some(at(8)),
        scopes: Some(vec!["two".to_owned()]),
        ..tokens(Some("refresh-2"))
    };
    let (_, after) = successor(&connection("allegro"), &record(), &set(), outcome(said), at(0));
    assert_eq!((after.access_token_expires_at, after.refresh_token_expires_at), (Some(at(7)), Some(at(8))));
    assert_eq!(after.grant.scopes, ["two"]);
}

#[test]
fn only_what_is_needed_later_is_stored() {
    let captured = ["account_id", "user_token"].map(|name| (name.to_owned(), "8".to_owned()));
    let outcome = Outcome { tokens: Some(tokens(None)), captured: BTreeMap::from(captured) };
    let (next, _) = successor(&connection("allegro"), &record(), &set(), outcome, at(0));
    assert_eq!(next.captured, BTreeMap::from([("account_id".to_owned(), "8".to_owned())]));
}

#[test]
fn without_a_token_the_next_one_must_renew() {
    let ends = ends(&connection("otto"), &Outcome::default(), at(0));
    assert_eq!((ends.access_token, ends.refresh_token), (Some(at(0)), None));
}

#[test]
fn a_refusal_holds_until_its_probe_its_cure_or_an_insisting_person() {
    let allegro = connection("allegro");
    let before = offered(&allegro, &set(), Some(&secret("client-secret-1")));
    let refusal = Refusal {
        sent: before.clone(),
        at: at(0),
        times: 1,
        code: "invalid_grant".to_owned(),
        message: "gone".to_owned(),
    };
    let record = Record { refusal: Some(refusal), ..record() };
    let refused = |sent: &str, renew: Renew, now: i64| {
        check_refusal(&record, sent, &want(None, renew), at(now)).is_err()
    };
    assert!(refused(&before, Renew::IfStale, 3599));
    assert!(refused(&before, Renew::IfStill("0123".to_owned()), 3599));
    assert!(!refused(&before, Renew::IfStale, 3600));
    assert!(!refused(&before, Renew::Before(at(1)), 1));
    let cured = [
        offered(&allegro, &set(), Some(&secret("client-secret-2"))),
        offered(
            &allegro,
            &TokenSet { refresh_token: Some(secret("refresh-2")), ..set() },
            Some(&secret("client-secret-1")),
        ),
        offered(&allegro, &TokenSet { captured: BTreeMap::new(), ..set() }, Some(&secret("client-secret-1"))),
    ];
    assert!(cured.iter().all(|cured| !refused(cured, Renew::IfStale, 1)));
}

#[test]
fn there_is_a_way_to_renew_or_a_reason_why_not() {
    let none = TokenSet { refresh_token: None, ..set() };
    let kind =
        |id: &str, set: &TokenSet| renewal(&connection(id), set).map(<[_]>::len).map_err(|error| error.kind);
    assert_eq!(kind("allegro", &set()), Ok(1));
    assert_eq!(kind("allegro", &none), Err(Kind::ReauthorizationRequired));
    assert_eq!(kind("otto", &none), Ok(2));
    assert_eq!(kind("otto-self", &none), Ok(1), "the app's own credentials once more");
}
