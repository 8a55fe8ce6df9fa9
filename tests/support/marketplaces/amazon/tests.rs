//! What the scripted Amazon refuses, and what it gives.

use std::time::Duration;

use url::Url;

use super::super::wire::{Reply, Wire, parameter};
use super::super::{Amazon, Consent, Marketplace, Relay};
use super::App;
use crate::support::proxy::{Browser, Outcome, Proxy, Site};

const REDIRECT_URI: &str = "https://erp.example/amazon/callback";
const TOKEN: &str = "https://api.amazon.com/auth/o2/token";
const API: &str = "https://sellingpartnerapi-eu.amazon.com/sellers/v1/marketplaceParticipations";
const DAY: Duration = Duration::from_secs(24 * 3600);

struct Stage {
    amazon: Amazon,
    app: App,
    proxy: Proxy,
    wire: Wire,
}

impl Stage {
    fn new(app: App) -> Self {
        let amazon = Amazon::new();
        let app = amazon.app(app.redirect_uri(REDIRECT_URI));
        let relay = Relay::new("erp.example").fixed_port(1);
        let proxy = Proxy::start(vec![Box::new(amazon.clone()), Box::new(relay)]);
        let wire = Wire::new(&proxy);
        Self { amazon, app, proxy, wire }
    }

    /// Opens the consent page; nobody listens on port 2, so that the last address can be read.
    fn open(&self, extra: &str) -> Outcome {
        let id = &self.app.application_id;
        let central = "https://sellercentral-europe.amazon.com/apps/authorize/consent";
        let url = format!("{central}?application_id={id}&state=abc.2{extra}");
        Browser::new(&self.proxy).consent(&url)
    }

    fn code(&self) -> String {
        parameter(&self.open(&format!("&redirect_uri={REDIRECT_URI}")).url, "spapi_oauth_code")
    }

    fn token(&self, fields: &[(&str, &str)]) -> Reply {
        let credentials =
            [("client_id", self.app.client_id.as_str()), ("client_secret", &self.app.client_secret)];
        self.wire.post(TOKEN, &[&credentials, fields].concat())
    }

    fn redeem(&self, code: &str) -> Reply {
        self.token(&[("grant_type", "authorization_code"), ("code", code), ("redirect_uri", REDIRECT_URI)])
    }

    fn refresh(&self, refresh_token: &str) -> Reply {
        self.token(&[("grant_type", "refresh_token"), ("refresh_token", refresh_token)])
    }

    fn call(&self, access_token: &str) -> Reply {
        self.wire.get(API, &[("x-amz-access-token", access_token)])
    }
}

fn error_code(page: &Outcome) -> &str {
    assert_eq!(page.hosts(), ["sellercentral-europe.amazon.com"], "an error page sends nobody on");
    page.body.split("Error code: ").nth(1).and_then(|rest| rest.split('<').next()).unwrap_or_default()
}

#[test]
fn a_consent_comes_back_through_the_relay_and_gives_tokens() {
    let stage = Stage::new(App::new());
    stage.amazon.log_in("A2SHOPDE");
    let page = stage.open(&format!("&redirect_uri={REDIRECT_URI}"));
    assert_eq!(page.hosts(), ["sellercentral-europe.amazon.com", "erp.example", "127.0.0.1:2"]);
    assert_eq!((page.url.path(), parameter(&page.url, "state")), ("/callback", "abc.2".to_owned()));
    assert_eq!(parameter(&page.url, "selling_partner_id"), "A2SHOPDE");

    let reply = stage.redeem(&parameter(&page.url, "spapi_oauth_code"));
    assert_eq!((reply.status, reply.text("token_type")), (200, "bearer"));
    assert_eq!(reply.json["expires_in"], 3600);
    let (access_token, refresh_token) = (reply.text("access_token"), reply.text("refresh_token"));
    assert!(access_token.starts_with("Atza|") && access_token.len() >= 353);
    assert!(refresh_token.starts_with("Atzr|"));

    assert_eq!(stage.refresh(refresh_token).text("refresh_token"), refresh_token, "it does not rotate");
    assert_eq!(stage.call(access_token).json["payload"][0]["marketplace"]["countryCode"], "DE");
    for secret in [access_token, refresh_token, &stage.app.client_secret] {
        assert!(stage.proxy.issued_secrets().iter().any(|known| known == secret));
    }
}

#[test]
fn the_consent_page_shows_its_error_codes() {
    let stage = Stage::new(App::new());
    assert_eq!(error_code(&stage.open("&redirect_uri=https://erp.example/other")), "MD5101");
    assert_eq!(error_code(&stage.open("&redirect_uri=https://erp.example/amazon/callback%23x")), "MD5110");
    assert_eq!(error_code(&stage.open("&version=beta")), "MD9999");
    assert_eq!(error_code(&stage.open("&scope=all")), "MD9999");
    assert_eq!(error_code(&Stage::new(App::new().private()).open("")), "MD9100");

    let draft = Stage::new(App::new().draft());
    assert_eq!(error_code(&draft.open("")), "MD1000");
    assert_eq!(draft.open("&version=beta").url.port(), Some(2));
    draft.amazon.publish(&draft.app);
    assert_eq!(draft.open("").url.port(), Some(2));

    let page = |id: &str| {
        let url =
            format!("https://sellercentral-europe.amazon.com/apps/authorize/consent?application_id={id}");
        error_code(&Browser::new(&stage.proxy).consent(&url)).to_owned()
    };
    assert_eq!(page("amzn1.sp.solution.0"), "MD1000");
    assert_eq!(page(&stage.app.client_id), "MD9999");
    assert_eq!(page(""), "MD4010");
}

#[test]
fn people_cancel_and_mistake_the_account() {
    let stage = Stage::new(App::new());
    stage.amazon.next_consent(Consent::Cancel);
    stage.amazon.next_consent(Consent::OtherShop("A9OTHER".to_owned()));
    assert_eq!(stage.open("").hosts(), ["sellercentral-europe.amazon.com"], "cancel sends nothing back");
    assert_eq!(parameter(&stage.open("").url, "selling_partner_id"), "A9OTHER");
    stage.amazon.next_consent(Consent::DeadEnd);
    assert_eq!(stage.amazon.unmet(), ["Amazon: nobody was asked for DeadEnd"]);
    assert_eq!(stage.open("").hosts().len(), 1);
}

#[test]
fn codes_are_for_one_use_five_minutes_and_the_same_redirect_uri() {
    let stage = Stage::new(App::new());
    let code = stage.code();
    let other = [("grant_type", "authorization_code"), ("code", code.as_str())];
    let reply = stage.token(&other);
    assert_eq!(reply.error(), (400, "invalid_grant"));
    assert!(reply.text("error_description").ends_with(": redirect_uri"));
    assert_eq!(stage.redeem(&code).status, 200);
    assert_eq!(stage.redeem(&code).error(), (400, "invalid_grant"));

    let late = stage.code();
    stage.amazon.advance(Duration::from_secs(5 * 60));
    let reply = stage.redeem(&late);
    assert_eq!(reply.text("error_description"), "The request has an invalid grant parameter : code");
}

#[test]
fn the_token_endpoint_takes_forms_with_credentials_in_them() {
    let stage = Stage::new(App::new());
    let wire = &stage.wire;
    let (id, secret) = (stage.app.client_id.as_str(), stage.app.client_secret.as_str());
    assert_eq!(wire.get(TOKEN, &[]).error(), (400, "invalid_request"));
    assert_eq!(wire.post_basic(TOKEN, (id, secret), &[]).error(), (400, "invalid_request"));
    let wrong = [("client_id", id), ("client_secret", "wrong"), ("grant_type", "refresh_token")];
    assert_eq!(wire.post(TOKEN, &wrong).error(), (401, "invalid_client"));
    assert_eq!(stage.token(&[("grant_type", "password")]).error(), (400, "unsupported_grant_type"));
    assert_eq!(stage.token(&[("grant_type", "refresh_token")]).error(), (400, "invalid_request"));
    let scope = |scope| stage.token(&[("grant_type", "client_credentials"), ("scope", scope)]);
    assert_eq!(scope("sellingpartnerapi::notifications").text("refresh_token"), "");
    assert_eq!(scope("sellingpartnerapi::notifications").status, 200);
    assert_eq!(scope("sellingpartnerapi::migration").error(), (400, "invalid_scope"));
}

#[test]
fn consents_end_by_revocation_and_after_a_year() {
    let stage = Stage::new(App::new());
    let revoked = |reply: Reply| {
        assert_eq!(reply.error(), (400, "invalid_grant"));
        assert!(
            reply
                .text("error_description")
                .ends_with("User may have revoked or didn't grant the permission.")
        );
    };
    let reply = stage.redeem(&stage.code());
    stage.amazon.revoke("A1FIRSTSHOP");
    revoked(stage.refresh(reply.text("refresh_token")));
    assert_eq!(stage.call(reply.text("access_token")).status, 403);

    let refresh_token = stage.redeem(&stage.code()).text("refresh_token").to_owned();
    let own = stage.amazon.self_authorize(&stage.app, "A1FIRSTSHOP", "eu");
    stage.amazon.advance(364 * DAY);
    assert_eq!(stage.refresh(&refresh_token).status, 200);
    stage.amazon.advance(DAY);
    revoked(stage.refresh(&refresh_token));
    assert_eq!(stage.refresh(&own).status, 200);
}

#[test]
fn secrets_rotate_with_a_week_of_grace_and_end_after_half_a_year() {
    let mut stage = Stage::new(App::new());
    let refresh_token = stage.amazon.self_authorize(&stage.app, "A1FIRSTSHOP", "eu");
    let new_secret = stage.amazon.rotate_secret(&stage.app);
    assert_eq!(stage.refresh(&refresh_token).status, 200);
    stage.amazon.advance(7 * DAY);
    assert_eq!(stage.refresh(&refresh_token).error(), (401, "invalid_client"));
    stage.app.client_secret = new_secret;
    stage.amazon.advance(173 * DAY);
    let reply = stage.refresh(&refresh_token);
    assert_eq!(reply.status, 200, "the token endpoint does not mind");
    let reply = stage.call(reply.text("access_token"));
    assert_eq!(reply.json["errors"][0]["details"], "The LWA secret token you provided has expired.");
}

#[test]
fn the_api_refuses_what_is_missing_expired_or_of_another_region() {
    let stage = Stage::new(App::new());
    stage.amazon.access_token_life(Duration::from_secs(90));
    let refresh_token = stage.amazon.self_authorize(&stage.app, "A1FIRSTSHOP", "na");
    let reply = stage.refresh(&refresh_token);
    assert_eq!(reply.json["expires_in"], 90);
    assert_eq!(stage.call(reply.text("access_token")).status, 403);
    let american = API.replace("-eu", "-na");
    let call = |headers: &[(&str, &str)]| stage.wire.get(&american, headers).status;
    assert_eq!(call(&[("x-amz-access-token", reply.text("access_token"))]), 200);
    assert_eq!(call(&[("authorization", &format!("Bearer {}", reply.text("access_token")))]), 403);
    stage.amazon.advance(Duration::from_secs(90));
    assert_eq!(call(&[("x-amz-access-token", reply.text("access_token"))]), 403);
}

#[test]
fn the_login_uri_detour_leads_back_with_a_code() {
    let stage = Stage::new(App::new().draft().through_login_uri());
    let page = stage.open("&version=beta");
    // Amazon's own request carries no state of ours and goes to the fixed port.
    assert_eq!((page.url.port(), page.url.path()), (Some(1), "/callback"));
    assert_eq!(parameter(&page.url, "version"), "beta");
    confirm(&stage, &page.url, "&version=beta");

    let start = stage.amazon.start_at_amazon(&stage.app, "vendorcentral.amazon.es", "A1FIRSTSHOP");
    confirm(&stage, &Url::parse(&start).unwrap(), "&version=beta");
    let forged = format!("{}?amazon_state=forged&version=beta", parameter(&page.url, "amazon_callback_uri"));
    assert!(Browser::new(&stage.proxy).consent(&forged).body.contains("MD9999"));
}

fn confirm(stage: &Stage, login: &Url, extra: &str) {
    let (target, amazon_state) = (parameter(login, "amazon_callback_uri"), parameter(login, "amazon_state"));
    assert!(target.ends_with(&format!("/apps/authorize/confirm/{}", stage.app.application_id)));
    let url = format!("{target}?amazon_state={amazon_state}&state=new.2&redirect_uri={REDIRECT_URI}{extra}");
    let page = Browser::new(&stage.proxy).consent(&url);
    assert_eq!((page.url.port(), parameter(&page.url, "state")), (Some(2), "new.2".to_owned()));
    assert_eq!(stage.redeem(&parameter(&page.url, "spapi_oauth_code")).status, 200);
}
