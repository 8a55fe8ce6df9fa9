//! What a renewal decides and leaves behind, without any request.

use std::collections::BTreeMap;

use secrecy::ExposeSecret;

use super::*;
use crate::connection::fixtures::{at, connection, outcome, record, secret, set, tokens};
use crate::error::Kind;
use crate::marketplace::exchange::Outcome;
use crate::oauth::pkce::fingerprint;
use crate::oauth::response::Tokens;

fn moment(seconds: i64) -> Moment {
    Moment { wall: at(seconds), uptime: None }
}

#[test]
fn a_renewal_without_a_new_refresh_token_keeps_the_old_one_and_its_end() {
    let allegro = connection("allegro");
    let (next, after) = successor(&allegro, &record(), &set(), outcome(tokens(None)), moment(0));
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
    let (next, after) = successor(&allegro, &record(), &set(), outcome(tokens(Some("refresh-2"))), moment(0));
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
    let (_, after) = successor(&connection("allegro"), &record(), &set(), outcome(said), moment(0));
    assert_eq!((after.access_token_expires_at, after.refresh_token_expires_at), (Some(at(7)), Some(at(8))));
    assert_eq!(after.grant.scopes, ["two"]);
}

#[test]
fn only_what_is_needed_later_is_stored() {
    let captured = ["account_id", "user_token"].map(|name| (name.to_owned(), "8".to_owned()));
    let outcome =
        Outcome { tokens: Some(tokens(None)), captured: BTreeMap::from(captured), ..Outcome::default() };
    let (next, _) = successor(&connection("allegro"), &record(), &set(), outcome, moment(0));
    assert_eq!(next.captured, BTreeMap::from([("account_id".to_owned(), "8".to_owned())]));
}

#[test]
fn without_a_token_the_next_one_must_renew() {
    let ends = ends(&connection("otto"), &Outcome::default(), at(0));
    assert_eq!((ends.access_token, ends.refresh_token), (Some(at(0)), None));
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

#[test]
fn a_failed_attempt_says_what_became_of_the_refresh_token() {
    for (attempt, refused, unheard, expected) in [
        (Attempt::First, false, false, End::Known),
        (Attempt::First, false, true, End::Open),
        (Attempt::First, true, false, End::Known),
        (Attempt::First, true, true, End::Known),
        (Attempt::InGrace, false, false, End::Open),
        (Attempt::InGrace, false, true, End::Open),
        (Attempt::InGrace, true, false, End::Known),
        (Attempt::Late, false, false, End::NotTried),
        (Attempt::Late, false, true, End::Known),
        (Attempt::Late, true, true, End::Known),
    ] {
        assert_eq!(end(attempt, refused, unheard), expected, "{attempt:?} {refused} {unheard}");
    }
}

#[test]
fn only_marketplaces_that_replace_refresh_tokens_need_a_journal() {
    let rotates = |id: &str| connection(id).definition.rotates();
    assert_eq!(["allegro", "amazon", "otto", "otto-self"].map(rotates), [true, false, false, false]);
}
