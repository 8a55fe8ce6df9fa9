//! What the scripted Allegro refuses, and what it gives.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use super::super::wire::{Reply, Wire, parameter};
use super::super::{Allegro, Consent, Marketplace};
use super::App;
use crate::support::proxy::{Browser, Outcome, Proxy};

const VERIFIER: &str = "a-verifier-of-no-fewer-than-43-characters-0123456789";
const TOKEN: &str = "https://allegro.pl/auth/oauth/token";
const SHOP: &str = "44000001";
// Nobody listens there, so that the last address can be read.
const CALLBACK: &str = "http://localhost:2/callback";

struct Stage {
    allegro: Allegro,
    app: App,
    proxy: Proxy,
    wire: Wire,
}

impl Stage {
    fn new(app: App) -> Self {
        let allegro = Allegro::new();
        let app = allegro.app(app);
        let proxy = Proxy::start(vec![Box::new(allegro.clone())]);
        let wire = Wire::new(&proxy);
        Self { allegro, app, proxy, wire }
    }

    fn web() -> Self {
        Self::new(App::new().redirect_uri(CALLBACK))
    }

    fn consent_url(&self) -> String {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
        format!(
            "https://allegro.pl/auth/oauth/authorize?response_type=code&client_id={}&redirect_uri={CALLBACK}\
             &state=a%2Fb&prompt=confirm&code_challenge={challenge}&code_challenge_method=S256",
            self.app.client_id
        )
    }

    fn open(&self, url: &str) -> Outcome {
        Browser::new(&self.proxy).consent(url)
    }

    fn code(&self) -> String {
        parameter(&self.open(&self.consent_url()).url, "code")
    }

    fn redeem_form<'a>(&'a self, code: &'a str) -> Vec<(&'a str, &'a str)> {
        vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", CALLBACK),
            ("client_id", &self.app.client_id),
            ("code_verifier", VERIFIER),
        ]
    }

    fn redeem(&self, code: &str) -> Reply {
        self.wire.post(TOKEN, &self.redeem_form(code))
    }

    fn pair(&self) -> Pair {
        Pair::of(&self.redeem(&self.code()))
    }

    fn basic(&self) -> (&str, &str) {
        (&self.app.client_id, &self.app.client_secret)
    }

    fn refresh(&self, refresh_token: &str) -> Reply {
        let form = [("grant_type", "refresh_token"), ("refresh_token", refresh_token)];
        self.wire.post_basic(TOKEN, self.basic(), &form)
    }

    fn me(&self, access_token: &str) -> Reply {
        let bearer = format!("Bearer {access_token}");
        let headers = [
            ("authorization", bearer.as_str()),
            ("accept", "application/vnd.allegro.public.v1+json"),
            ("user-agent", "ERP-Bridge/1.0 (+https://erp.example)"),
        ];
        self.wire.get("https://api.allegro.pl/me", &headers)
    }
}

struct Pair {
    access: String,
    refresh: String,
}

impl Pair {
    fn of(reply: &Reply) -> Self {
        assert_eq!(reply.status, 200, "{reply:?}");
        Self {
            access: reply.text("access_token").to_owned(),
            refresh: reply.text("refresh_token").to_owned(),
        }
    }
}

#[test]
fn a_consent_gives_a_pair_of_long_tokens() {
    let stage = Stage::web();
    stage.allegro.log_in("44002");
    let page = stage.open(&stage.consent_url());
    assert_eq!(page.hosts(), ["allegro.pl", "localhost:2"]);
    assert!(page.url.query().unwrap().contains("state=a%2Fb"));
    let reply = stage.redeem(&parameter(&page.url, "code"));
    assert_eq!((reply.json["expires_in"].as_u64(), reply.text("token_type")), (Some(43199), "bearer"));
    let access_token = reply.text("access_token");
    assert!((1300..1700).contains(&access_token.len()), "{} characters", access_token.len());
    let claims = URL_SAFE_NO_PAD.decode(access_token.split('.').nth(1).unwrap()).unwrap();
    assert_eq!(serde_json::from_slice::<serde_json::Value>(&claims).unwrap()["user_name"], "44002");
    assert_eq!(stage.me(access_token).text("id"), "44002");
    assert!(stage.proxy.issued_secrets().iter().any(|secret| secret == VERIFIER));
}

#[test]
fn a_code_lives_ten_seconds_and_wants_its_verifier_and_no_basic_header() {
    let stage = Stage::web();
    let late = stage.code();
    stage.allegro.advance(Duration::from_secs(10));
    let reply = stage.redeem(&late);
    assert_eq!(reply.error(), (400, "invalid_grant"));
    assert_eq!(reply.text("error_description"), format!("Invalid authorization code: {late}"));

    let code = stage.code();
    let with_header = stage.wire.post_basic(TOKEN, stage.basic(), &stage.redeem_form(&code));
    assert_eq!(with_header.error(), (401, "Unauthorized"));
    let mut form = stage.redeem_form(&code);
    form[4].1 = "another-verifier-of-no-fewer-than-43-characters-0123";
    assert_eq!(stage.wire.post(TOKEN, &form).error(), (400, "invalid_grant"));

    let code = stage.code();
    assert_eq!(stage.redeem(&code).status, 200);
    assert_eq!(stage.redeem(&code).error(), (400, "invalid_grant"), "single use");

    let code = stage.code();
    let mut form = stage.redeem_form(&code);
    form[2].1 = "http://localhost:3/callback";
    assert_eq!(stage.wire.post(TOKEN, &form).text("error_description"), "Redirect URI mismatch.");
}

#[test]
fn without_pkce_the_basic_header_is_wanted() {
    let stage = Stage::web();
    let url = stage.consent_url();
    let code = parameter(&stage.open(&url[..url.find("&code_challenge").unwrap()]).url, "code");
    let form = [("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", CALLBACK)];
    assert_eq!(stage.wire.post(TOKEN, &form).status, 401);
    assert_eq!(stage.wire.post_basic(TOKEN, stage.basic(), &form).status, 200);
}

#[test]
fn the_consent_page_sends_nobody_to_an_unregistered_address() {
    let stage = Stage::web();
    let url = stage.consent_url();
    for wrong in [url.replace("localhost:2", "localhost:3"), url.replace("client_id=", "client_id=x")] {
        let page = stage.open(&wrong);
        assert_eq!(page.hosts(), ["allegro.pl"]);
        assert!(page.body.contains("Nie możemy wyświetlić strony, numer błędu"));
    }
    assert_eq!(stage.open(&url.replace("=S256", "=plain")).status, Some(400));
    assert_eq!(stage.open(&url.replace("response_type", "type")).status, Some(400));
    let page = stage.open(&format!("{url}&scope=allegro:api:everything"));
    assert!(page.url.fragment().unwrap().starts_with("error=invalid_scope"));
    stage.allegro.next_consent(Consent::Cancel);
    assert_eq!(parameter(&stage.open(&url).url, "error"), "access_denied");

    let any_port = App::new().redirect_uri("http://localhost/callback");
    assert!(any_port.accepts(CALLBACK) && !any_port.accepts("http://localhost:2/other"));
}

#[test]
fn scopes_are_cut_to_the_registered_ones() {
    let app = App::new().redirect_uri(CALLBACK).scopes(&["allegro:api:ratings", "allegro:api:bids"]);
    let stage = Stage::new(app);
    let url = format!("{}&scope=allegro:api:bids%20allegro:api:profile:read", stage.consent_url());
    let reply = stage.redeem(&parameter(&stage.open(&url).url, "code"));
    assert_eq!(reply.text("scope"), "allegro:api:bids");
    assert_eq!(stage.me(reply.text("access_token")).status, 403);
}

#[test]
fn a_refresh_kills_the_previous_pair_with_a_minute_of_grace() {
    let stage = Stage::web();
    let first = stage.pair();
    let second = Pair::of(&stage.refresh(&first.refresh));
    assert_eq!(stage.me(&first.access).error(), (401, "invalid_token"), "though not expired");
    assert_eq!(stage.me(&second.access).status, 200);

    stage.allegro.advance(Duration::from_secs(50));
    let third = Pair::of(&stage.refresh(&first.refresh));
    assert_eq!(stage.me(&second.access).status, 401);
    assert_eq!(stage.refresh(&second.refresh).error(), (400, "invalid_grant"));
    stage.allegro.advance(Duration::from_secs(10));
    let reply = stage.refresh(&first.refresh);
    assert_eq!(reply.error(), (400, "invalid_grant"));
    assert_eq!(reply.text("error_description"), format!("Invalid refresh token: {}", first.refresh));
    assert_eq!(stage.me(&third.access).status, 200, "a late attempt harms nobody");

    stage.allegro.advance(Duration::from_secs(90 * 24 * 3600));
    assert_eq!(stage.refresh(&third.refresh).error(), (400, "invalid_grant"));
}

#[test]
fn the_token_endpoint_is_particular() {
    let stage = Stage::web();
    let pair = stage.pair();
    let form = [("grant_type", "refresh_token"), ("refresh_token", pair.refresh.as_str())];
    assert_eq!(stage.wire.post(TOKEN, &form).error(), (401, "unauthorized"));
    let wrong = stage.wire.post_basic(TOKEN, (&stage.app.client_id, "wrong"), &form);
    assert_eq!(wrong.error(), (401, "Unauthorized"));
    let query = format!("{TOKEN}?grant_type=refresh_token");
    assert_eq!(stage.wire.post_basic(&query, stage.basic(), &form).status, 401);
    assert_eq!(stage.wire.get(TOKEN, &[]).status, 401);
    assert_eq!(stage.refresh(&pair.access).error(), (401, "invalid_token"));
    let sandbox = TOKEN.replace("allegro.pl", "allegro.pl.allegrosandbox.pl");
    assert_eq!(stage.wire.post_basic(&sandbox, stage.basic(), &form).error(), (401, "Unauthorized"));
    assert_eq!(stage.refresh(&pair.refresh).status, 200, "no refusal has used it up");
}

#[test]
fn sellers_end_sessions() {
    let stage = Stage::web();
    let pair = stage.pair();
    stage.allegro.unlink(&stage.app, SHOP);
    let reply = stage.refresh(&pair.refresh);
    assert_eq!(
        (reply.status, reply.json),
        (401, serde_json::json!({ "error": "Unauthorized", "error_description": "Unauthorized" }))
    );
    assert_eq!(stage.me(&pair.access).status, 401);

    let pair = stage.pair();
    assert_eq!(stage.me(&pair.access).status, 200, "linked again");
    stage.allegro.change_password(SHOP);
    assert_eq!(stage.refresh(&pair.refresh).error(), (400, "invalid_grant"));
}

#[test]
fn the_twenty_first_session_ends_the_oldest() {
    let stage = Stage::web();
    let pairs: Vec<_> = (0..21).map(|_| stage.pair()).collect();
    assert_eq!(stage.allegro.sessions(SHOP), 20);
    assert_eq!(stage.me(&pairs[0].access).status, 401);
    assert_eq!(stage.me(&pairs[1].access).status, 200);
}

#[test]
fn the_api_wants_a_name_and_its_media_type() {
    let stage = Stage::web();
    let bearer = format!("Bearer {}", stage.pair().access);
    let get = |accept, user_agent| {
        let headers = [("authorization", bearer.as_str()), ("accept", accept), ("user-agent", user_agent)];
        stage.wire.get("https://api.allegro.pl/me", &headers).status
    };
    let media_type = "application/vnd.allegro.public.v1+json";
    assert_eq!(get(media_type, "reqwest/0.13.5"), 403);
    assert_eq!(get("*/*", "ERP-Bridge/1.0 (+https://erp.example)"), 406);
    assert_eq!(get(media_type, "ERP-Bridge/1.0 (+https://erp.example)"), 200);
}

#[test]
fn a_device_waits_for_the_person() {
    let stage = Stage::new(App::new().device());
    let start = |stage: &Stage| {
        let form = [("client_id", stage.app.client_id.as_str())];
        stage.wire.post_basic("https://allegro.pl/auth/oauth/device", stage.basic(), &form)
    };
    let begun = start(&stage);
    let poll = || {
        let grant = "urn:ietf:params:oauth:grant-type:device_code";
        let form = [("grant_type", grant), ("device_code", begun.text("device_code"))];
        stage.wire.post_basic(TOKEN, stage.basic(), &form)
    };
    assert_eq!(poll().error(), (400, "authorization_pending"));
    assert_eq!(poll().error(), (400, "slow_down"));
    stage.allegro.advance(Duration::from_secs(5));
    assert_eq!(poll().error(), (400, "authorization_pending"));
    stage.open(begun.text("verification_uri_complete"));
    assert_eq!(stage.me(&Pair::of(&poll()).access).text("id"), SHOP);
    assert_eq!(poll().error(), (400, "invalid_request"), "one code, one token");

    let refused = start(&Stage::web());
    assert_eq!((refused.status, refused.json[0]["code"].as_str()), (401, Some("unauthorized_client")));
}
