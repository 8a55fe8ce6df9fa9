//! Durations, states and their order, and what a store gives back.

use super::*;

const DAY: u64 = 86_400;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

fn app() -> App {
    App {
        uuid: Uuid::nil(),
        marketplace: "sample".to_owned(),
        environment: "production".to_owned(),
        client_id: "client-1".to_owned(),
        redirect_uri: None,
        scopes: Vec::new(),
        version: Some("1".to_owned()),
        install_url: None,
        imported_only: false,
        kind: None,
        variables: BTreeMap::new(),
    }
}

fn record() -> Record {
    Record {
        uuid: Uuid::nil(),
        generation: 1,
        store: StoreKind::File,
        connected_at: at(0),
        last_refreshed_uptime: None,
        last_refreshed_at: at(0),
        shop_id: None,
        shop_name: None,
        sells_in: Vec::new(),
        remarks: Vec::new(),
        grant: Grant {
            origin: Origin::Consent,
            at: at(0),
            client_id: "client-1".to_owned(),
            app_version: Some("1".to_owned()),
            scopes: vec!["orders".to_owned()],
            redirect_uri: None,
            options: Vec::new(),
            variables: BTreeMap::new(),
            authorization_expires_at: None,
        },
        access_token_expires_at: Some(at(3600)),
        refresh_token_expires_at: None,
        refusal: None,
        secrets_missing: false,
    }
}

fn refusal(times: u32) -> Refusal {
    Refusal {
        sent: String::new(),
        at: at(0),
        times,
        code: "invalid_grant".to_owned(),
        message: String::new(),
    }
}

fn judged(record: &Record, wanted: &[&str], secret_ends: Option<Timestamp>) -> Option<&'static str> {
    let wanted: Vec<String> = wanted.iter().map(|scope| (*scope).to_owned()).collect();
    reason(&app(), Some(record), &wanted, secret_ends, at(0), Span::seconds(30 * DAY)).code()
}

fn moment(wall: Timestamp) -> Moment {
    Moment { wall, uptime: None }
}

#[test]
fn a_duration_is_read_as_it_is_written() {
    for (text, seconds) in [("90s", 90), ("5m", 300), ("12h", 43_200), ("30d", 30 * DAY), ("0s", 0)] {
        let span: Span = text.parse().unwrap();
        assert_eq!((span.as_secs(), span.to_string().as_str()), (seconds, text));
    }
    assert_eq!(Span::seconds(7200).to_string(), "2h");
    assert_eq!(Span::seconds(90 * 60).to_string(), "90m");
    for wrong in ["", "s", "5", "m5", "1h30m", "-5m", "+5m", "1.5h", " 5m", "5 m", "5M", "5ä"] {
        let error = wrong.parse::<Span>().unwrap_err();
        assert_eq!(error, format!("`{wrong}` is no duration: write 90s, 5m, 12h or 30d"));
    }
    for endless in ["36501d", "200000000000000d", "99999999999999999999s"] {
        let error = endless.parse::<Span>().unwrap_err();
        assert_eq!(error, format!("`{endless}` is longer than a hundred years"));
    }
    let century: Span = "36500d".parse().unwrap();
    assert!(
        std::time::Instant::now().checked_add(std::time::Duration::from_secs(century.as_secs())).is_some()
    );
    assert_eq!(Span::seconds(u64::MAX).after(at(0)), Timestamp::MAX);
}

#[test]
fn a_token_is_fresh_while_it_lives_long_enough() {
    let minute = Span::seconds(60);
    let fresh = |now: i64| record().life().lasts(moment(at(now)), minute);
    assert_eq!([fresh(0), fresh(3540), fresh(3541), fresh(4000)], [true, true, false, false]);
    let endless = Record { access_token_expires_at: None, ..record() };
    assert!(endless.life().lasts(moment(Timestamp::MAX), minute));
}

#[test]
fn the_gravest_reason_is_told() {
    let mut now = record();
    assert_eq!(judged(&now, &["orders"], None), None);
    // Each one is graver than all before it.
    assert_eq!(judged(&now, &["orders"], Some(at(5))), Some("client_secret_ends"));
    now.grant.authorization_expires_at = Some(at(5));
    assert_eq!(judged(&now, &["orders"], Some(at(5))), Some("authorization_ends"));
    assert_eq!(judged(&now, &["orders", "products"], Some(at(5))), Some("scopes_missing"));
    now.grant.app_version = None;
    assert_eq!(judged(&now, &["products"], Some(at(5))), Some("app_version"));
    now.grant.client_id = "client-0".to_owned();
    assert_eq!(judged(&now, &["products"], None), Some("client_changed"));
    now.grant.authorization_expires_at = Some(at(0));
    assert_eq!(judged(&now, &["products"], None), Some("authorization_expired"));
    now.refresh_token_expires_at = Some(at(-1));
    assert_eq!(judged(&now, &["products"], None), Some("refresh_token_expired"));
    now.refusal = Some(refusal(1));
    assert_eq!(judged(&now, &["products"], None), Some("refused"));
    now.secrets_missing = true;
    assert_eq!(judged(&now, &["products"], None), Some("secrets_missing"));
    let never = reason(&app(), None, &[], None, at(0), Span::seconds(0));
    assert_eq!((never.code(), never.state()), (Some("never_connected"), State::ReauthorizationRequired));
}

#[test]
fn soon_is_thirty_days_to_the_second() {
    let ends = |end: u64| {
        let mut record = record();
        record.grant.authorization_expires_at = Some(Span::seconds(end).after(at(0)));
        judged(&record, &[], None)
    };
    assert_eq!([ends(30 * DAY), ends(30 * DAY + 1)], [Some("authorization_ends"), None]);
}

#[test]
fn what_is_due_works_on() {
    assert!(State::Connected.works() && State::Due.works());
    assert!(!State::ReauthorizationRequired.works() && !State::SecretsMissing.works());
    for reason in [
        Reason::ScopesMissing(Vec::new()),
        Reason::AuthorizationEnds(at(0)),
        Reason::ClientSecretEnds(at(0)),
        Reason::AppVersion { granted: String::new(), wanted: String::new() },
    ] {
        assert_eq!(reason.state(), State::Due);
    }
    for reason in [
        Reason::ClientChanged,
        Reason::AuthorizationExpired,
        Reason::RefreshTokenExpired,
        Reason::Refused(refusal(1)),
    ] {
        assert_eq!(reason.state(), State::ReauthorizationRequired);
    }
    assert_eq!(
        (Reason::None.state(), Reason::SecretsMissing.state()),
        (State::Connected, State::SecretsMissing)
    );
}

#[test]
fn a_refusal_is_probed_after_an_hour_six_and_then_daily() {
    let waits = [1, 2, 3, 4, 100].map(|times| refusal(times).next_probe());
    assert_eq!(waits, [3600, 6 * 3600, 86_400, 86_400, 86_400].map(at));
}

#[test]
fn a_token_set_survives_its_store_and_shows_nothing() {
    let set = TokenSet {
        spill_identity: None,
        access_token: Some(SecretString::from("access-1")),
        refresh_token: None,
        captured: BTreeMap::from([("installation_id".to_owned(), "7".to_owned())]),
        entered: BTreeMap::from([("api_key".to_owned(), SecretString::from("key-1"))]),
        predecessor: Some("0123".to_owned()),
    };
    let back = TokenSet::from_bytes(&set.to_bytes()).unwrap();
    assert_eq!(back.access_token.unwrap().expose_secret(), "access-1");
    assert!(back.refresh_token.is_none());
    assert_eq!(back.entered["api_key"].expose_secret(), "key-1");
    assert_eq!((back.captured, back.predecessor), (set.captured.clone(), set.predecessor.clone()));
    assert_eq!(format!("{set:?}"), "TokenSet { .. }");
    for foreign in ["", "{}", "[]", "{\"access_token\": 1}", "\u{0}"] {
        assert!(TokenSet::from_bytes(&SecretSlice::from(foreign.as_bytes().to_vec())).is_none(), "{foreign}");
    }
}
