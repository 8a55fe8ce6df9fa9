//! What the scripted OTTO refuses, and what it gives.

use std::time::Duration;

use super::super::wire::{Reply, Wire, parameter};
use super::super::{Consent, Marketplace, Otto, Relay};
use super::App;
use crate::support::proxy::{Browser, Outcome, Proxy};

const CALLBACK: &str = "https://erp.example/otto/callback";
const PORTAL: &str = "portal.otto.market";
const RELAYED: [&str; 3] = [PORTAL, "erp.example", "127.0.0.1:2"];

struct Stage {
    otto: Otto,
    app: App,
    proxy: Proxy,
    wire: Wire,
}

impl Stage {
    fn new(app: App) -> Self {
        let otto = Otto::new();
        let app = otto.app(app);
        let relay = Relay::new("erp.example").fixed_port(1);
        let proxy = Proxy::start(vec![Box::new(otto.clone()), Box::new(relay)]);
        let wire = Wire::new(&proxy);
        Self { otto, app, proxy, wire }
    }

    fn open(&self, url: &str) -> Outcome {
        Browser::new(&self.proxy).consent(url)
    }

    fn consent_url(&self) -> String {
        let id = &self.app.client_id;
        format!(
            "https://api.otto.market/oauth2/auth?response_type=code&client_id={id}&redirect_uri={CALLBACK}\
             &scope=installation%20partnerId&state=abc.2"
        )
    }

    fn token(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let credentials =
            [("client_id", self.app.client_id.as_str()), ("client_secret", &self.app.client_secret)];
        self.wire.post(&format!("https://api.otto.market{path}"), &[&credentials, fields].concat())
    }

    fn redeem(&self, code: &str) -> Reply {
        let fields = [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", CALLBACK)];
        self.token("/oauth2/token", &fields)
    }

    fn user_token(&self) -> String {
        let code = parameter(&self.open(&self.consent_url()).url, "code");
        self.redeem(&code).text("access_token").to_owned()
    }

    fn developer_token(&self) -> String {
        let fields = [("grant_type", "client_credentials"), ("scope", "developer")];
        self.token("/v1/token", &fields).text("access_token").to_owned()
    }

    fn installation(&self, token: &str) -> Reply {
        let url = format!("https://api.otto.market/v1/apps/{}/installation", self.app.id);
        self.wire.get(&url, &[("authorization", &format!("Bearer {token}"))])
    }

    fn installation_token(&self, token: &str, id: &str) -> Reply {
        let app = &self.app.id;
        let url = format!("https://api.otto.market/v1/apps/{app}/installations/{id}/accessToken");
        self.wire.post_bearer(&url, token, &[])
    }

    fn orders(&self, token: &str) -> u16 {
        self.wire
            .get("https://api.otto.market/v4/orders", &[("authorization", &format!("Bearer {token}"))])
            .status
    }
}

#[test]
fn an_app_is_installed_authorized_and_lives_on_installation_tokens() {
    let stage = Stage::new(App::service_partner());
    stage.otto.log_in("1002003");
    let link = stage.otto.invitation_link(&stage.app);
    let page = stage.open(&format!("{link}?state=first.2"));
    assert_eq!((page.hosts(), parameter(&page.url, "state").as_str()), (RELAYED.to_vec(), "first.2"));

    let user_token = stage.user_token();
    let claims = user_token.split('.').nth(1).unwrap();
    let claims = base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, claims).unwrap();
    let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
    assert_eq!(claims["partner_id"], "1002003");

    let installation = stage.installation(&user_token);
    assert_eq!((installation.status, installation.text("appVersion")), (200, "1.0.0"));
    assert_eq!(installation.json["existingInstallations"], serde_json::json!([]));

    let id = installation.text("installationId");
    let reply = stage.installation_token(&stage.developer_token(), id);
    assert_eq!((reply.status, reply.json["expires_in"].as_u64()), (200, Some(1800)));
    assert_eq!(reply.json.as_object().unwrap().len(), 2, "access_token and expires_in, nothing else");
    assert_eq!(stage.orders(reply.text("access_token")), 200);
    assert_eq!(stage.orders(&stage.developer_token()), 403);
    assert_eq!(stage.installation(&stage.developer_token()).status, 403);
    assert_eq!(stage.installation_token(&user_token, id).status, 403);
    stage.otto.advance(Duration::from_secs(30 * 60));
    assert_eq!(stage.orders(reply.text("access_token")), 401);
}

#[test]
fn links_are_for_one_use_or_end_in_the_portal() {
    let stage = Stage::new(App::service_partner());
    let link = stage.otto.invitation_link(&stage.app);
    stage.otto.next_consent(Consent::Cancel);
    assert_eq!(stage.open(&link).hosts(), [PORTAL]);
    assert_eq!(
        stage.open(&link).hosts(),
        [PORTAL, "erp.example", "127.0.0.1:1"],
        "a refusal does not use it up"
    );
    assert_eq!(stage.open(&link).status, Some(404));

    let public = stage.otto.installation_link(&stage.app);
    let page = stage.open(&format!("{public}?state=abc.2"));
    assert_eq!((page.hosts(), page.status), (vec![PORTAL, PORTAL], Some(200)), "installed already");

    let late = stage.otto.invitation_link(&stage.app);
    stage.otto.advance(Duration::from_secs(24 * 3600));
    assert_eq!(stage.open(&late).status, Some(404));
}

#[test]
fn every_version_has_an_installation_of_its_own() {
    let stage = Stage::new(App::service_partner());
    let first = stage.otto.install(&stage.app, "1000001");
    stage.otto.release(&stage.app, "2.0.0", &["orders", "products", "returns"]);
    let installation = stage.installation(&stage.user_token());
    assert_eq!(
        (installation.text("installationId"), installation.text("appVersion")),
        (first.as_str(), "1.0.0")
    );

    let page = stage.open(&format!("{}?state=abc.2", stage.otto.installation_link(&stage.app)));
    assert_eq!(page.hosts(), RELAYED);
    let installation = stage.installation(&stage.user_token());
    assert_eq!(installation.text("appVersion"), "2.0.0");
    assert_eq!(installation.json["existingInstallations"][0]["installationId"], first);
    assert_eq!(installation.json["existingInstallations"][0]["state"], "ENABLED");
    assert_eq!(stage.installation_token(&stage.developer_token(), &first).status, 200);

    stage.otto.end_version(&stage.app, "1.0.0");
    assert_eq!(stage.installation_token(&stage.developer_token(), &first).status, 404);
    let second = installation.text("installationId");
    assert_eq!(stage.installation_token(&stage.developer_token(), second).status, 200);
    stage.otto.uninstall(&stage.app, "1000001");
    let reply = stage.installation_token(&stage.developer_token(), second);
    assert_eq!((reply.status, &reply.json["errors"][0]["title"]), (404, &"Not Found".into()));
}

#[test]
fn the_consent_page_is_particular() {
    let stage = Stage::new(App::service_partner());
    let url = stage.consent_url();
    let status = |url: &str| stage.open(url).status;
    assert_eq!(status(&url.replace("%20", "+")), Some(400));
    assert_eq!(status(&url.replace("otto/callback", "other")), Some(400));
    assert_eq!(status(&url.replace("api.otto", "sandbox.api.otto")), Some(400));
    assert_eq!(status(&url.replace("type=code", "type=token")), Some(400));
    stage.otto.next_consent(Consent::Cancel);
    assert_eq!(parameter(&stage.open(&url).url, "error"), "access_denied");
    stage.otto.next_consent(Consent::DeadEnd);
    assert_eq!(stage.open(&url).hosts(), ["api.otto.market"]);
    stage.otto.forget_state();
    assert!(!stage.open(&url).url.query().unwrap().contains("state=abc"));

    let wild = Stage::new(App::service_partner().callback_uri("https://erp.example/otto/*"));
    assert_eq!(wild.open(&wild.consent_url()).hosts()[1], "erp.example");
}

#[test]
fn codes_and_clients_are_checked() {
    let stage = Stage::new(App::service_partner());
    let code = || parameter(&stage.open(&stage.consent_url()).url, "code");
    let (late, used) = (code(), code());
    assert_eq!(stage.redeem(&used).status, 200);
    assert_eq!(stage.redeem(&used).error(), (400, "invalid_grant"));
    stage.otto.advance(Duration::from_secs(60));
    assert_eq!(stage.redeem(&late).error(), (400, "invalid_grant"));
    let fields = [("grant_type", "client_credentials"), ("scope", "orders")];
    assert_eq!(stage.token("/v1/token", &fields).error(), (400, "invalid_scope"));
    let fields = [("grant_type", "client_credentials"), ("client_id", "x"), ("client_secret", "y")];
    let reply = stage.wire.post("https://api.otto.market/v1/token", &fields);
    assert_eq!(reply.error(), (401, "invalid_client"));
}

#[test]
fn a_sellers_own_app_has_client_credentials_and_no_consent() {
    let stage = Stage::new(App::self_app());
    assert_eq!(stage.open(&stage.consent_url()).status, Some(400));
    let token = |scope| stage.token("/v1/token", &[("grant_type", "client_credentials"), ("scope", scope)]);
    let reply = token("orders products");
    assert_eq!((reply.text("token_type"), reply.json["refresh_expires_in"].as_u64()), ("Bearer", Some(0)));
    assert_eq!(stage.orders(reply.text("access_token")), 200);
    assert_eq!(token("developer").error(), (400, "invalid_scope"));
}
