//! What a session decides, without any request.

use super::*;
use crate::connection::fixtures::{at, connection, record};
use crate::error::Kind;

fn moment(seconds: i64) -> Moment {
    Moment { wall: at(seconds), uptime: None }
}

fn want(least: Option<u64>, renew: Renew) -> Want {
    Want { least: least.map(Span::seconds), renew }
}

#[test]
fn a_token_is_judged_by_what_is_wanted() {
    let allegro = connection("allegro");
    let judged = |want: Want| suffices(record().life(), &want, least(&allegro, &want), moment(0));
    assert!(judged(want(None, Renew::IfStale)), "100 s are more than the usual 60");
    assert!(judged(want(Some(100), Renew::IfStale)));
    assert!(!judged(want(Some(101), Renew::IfStale)));
    // `--refresh` is content with any renewal that began after it did.
    assert!(judged(want(None, Renew::Before(at(-100)))));
    assert!(!judged(want(None, Renew::Before(at(-99)))));
    let ahead = Record { last_refreshed_at: at(1), ..record() };
    let insists = want(None, Renew::Before(at(0)));
    assert!(!suffices(ahead.life(), &insists, MIN_VALIDITY, moment(0)), "the clock was set back since");
    for at_least in [at(-100), at(-99)] {
        let [insists, batch] = [Renew::Before(at_least), Renew::BeforeUnlessRefused(at_least)];
        assert_eq!(judged(want(None, insists)), judged(want(None, batch)), "{at_least}");
    }
    assert!(judged(want(None, Renew::IfStill("0123".to_owned()))), "only the token itself can tell");
}

#[test]
fn a_life_no_fresh_token_has_is_refused() {
    let otto = connection("otto");
    let checked = |least: Option<u64>| check_least(&otto, &want(least, Renew::IfStale)).map_err(|e| e.kind);
    assert_eq!([None, Some(0), Some(1799)].map(|least| checked(least).is_ok()), [true; 3]);
    assert_eq!([Some(1800), Some(u64::MAX)].map(|least| checked(least).unwrap_err()), [Kind::Usage; 2]);
}
