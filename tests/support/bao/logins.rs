//! The ways to be somebody at an `OpenBao`: tokens, `AppRole`, and a service account of Kubernetes.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Method;
use serde_json::{Value, json};
use tiny_http::{Header, Response, Server};

use super::{Bao, text};

/// The role of [`Bao::app_role`] and [`Bao::kubernetes`].
pub const ROLE: &str = "worker";
const NAMESPACE: &str = "shop";

/// A role for programs.
#[derive(Clone, Debug)]
pub struct AppRole {
    /// Who it is.
    pub role_id: String,
    /// Its password.
    pub secret_id: String,
}

impl Bao {
    /// A policy from its text.
    pub fn policy(&self, name: &str, hcl: &str) {
        self.ask(Method::POST, &format!("sys/policies/acl/{name}"), json!({ "policy": hcl }));
    }

    /// A token with this policy that lives so long (`1h`).
    pub fn token(&self, policy: &str, ttl: &str) -> String {
        let wanted = json!({ "policies": [policy], "ttl": ttl });
        text(&self.ask(Method::POST, "auth/token/create", wanted)["auth"]["client_token"])
    }

    /// A token that cannot be renewed.
    pub fn fixed_token(&self, policy: &str, ttl: &str) -> String {
        let wanted = json!({ "policies": [policy], "ttl": ttl, "renewable": false });
        text(&self.ask(Method::POST, "auth/token/create", wanted)["auth"]["client_token"])
    }

    /// Ends a token.
    pub fn revoke(&self, token: &str) {
        self.ask(Method::POST, "auth/token/revoke", json!({ "token": token }));
    }

    /// What the server knows of a token: `ttl` in seconds, `policies`; nothing where it has ended.
    pub fn look_up(&self, token: &str) -> Option<Value> {
        let (status, mut answer) = self.call(Method::POST, "auth/token/lookup", json!({ "token": token }));
        (status == 200).then(|| answer["data"].take())
    }

    /// How many tokens there are.
    pub fn tokens(&self) -> usize {
        let answer = self.ask(Method::GET, "auth/token/accessors?list=true", Value::Null);
        answer["data"]["keys"].as_array().map_or(0, Vec::len)
    }

    /// `AppRole` at the usual place, with one role of this policy whose tokens live so long.
    pub fn app_role(&self, policy: &str, ttl: &str) -> AppRole {
        self.app_role_at("approle", policy, ttl)
    }

    /// The same at another mount.
    pub fn app_role_at(&self, mount: &str, policy: &str, ttl: &str) -> AppRole {
        self.ask(Method::POST, &format!("sys/auth/{mount}"), json!({ "type": "approle" }));
        let role = format!("auth/{mount}/role/{ROLE}");
        self.ask(Method::POST, &role, json!({ "token_policies": [policy], "token_ttl": ttl }));
        let id = self.ask(Method::GET, &format!("{role}/role-id"), Value::Null);
        let secret = self.ask(Method::POST, &format!("{role}/secret-id"), json!({}));
        AppRole { role_id: text(&id["data"]["role_id"]), secret_id: text(&secret["data"]["secret_id"]) }
    }

    /// The role's password is no longer taken.
    pub fn revoke_secret_id(&self, role: &AppRole) {
        let path = format!("auth/approle/role/{ROLE}/secret-id/destroy");
        self.ask(Method::POST, &path, json!({ "secret_id": role.secret_id }));
    }

    /// Every token that [`app_role`](Self::app_role) gave has ended.
    pub fn revoke_app_role_tokens(&self) {
        self.ask(Method::POST, "sys/leases/revoke-prefix/auth/approle", Value::Null);
    }

    /// Kubernetes at the usual place: one role of this policy for one service account.
    pub fn kubernetes(&self, policy: &str, ttl: &str) -> Kubernetes {
        let cluster = Kubernetes::start();
        self.ask(Method::POST, "sys/auth/kubernetes", json!({ "type": "kubernetes" }));
        let config = json!({
            "kubernetes_host": cluster.address(),
            "kubernetes_ca_cert": self.authority().pem(),
            "token_reviewer_jwt": cluster.jwt("reviewer"),
            "disable_local_ca_jwt": true,
        });
        self.ask(Method::POST, "auth/kubernetes/config", config);
        let role = json!({
            "bound_service_account_names": [ROLE],
            "bound_service_account_namespaces": [NAMESPACE],
            "token_policies": [policy],
            "token_ttl": ttl,
        });
        self.ask(Method::POST, &format!("auth/kubernetes/role/{ROLE}"), role);
        cluster
    }
}

/// The API server of a cluster, as far as it tells who a token belongs to. Dropping it ends it.
pub struct Kubernetes {
    server: Arc<Server>,
    listening: Option<JoinHandle<()>>,
}

impl Kubernetes {
    fn start() -> Self {
        let server = Arc::new(Server::http("127.0.0.1:0").expect("a free port"));
        let listening = thread::spawn({
            let server = Arc::clone(&server);
            move || {
                for mut request in server.incoming_requests() {
                    let review: Value = serde_json::from_reader(request.as_reader()).unwrap_or_default();
                    let answer = judge(review).to_string();
                    let json = Header::from_bytes("content-type", "application/json").expect("a header");
                    let _ = request.respond(Response::from_string(answer).with_header(json));
                }
            }
        });
        Self { server, listening: Some(listening) }
    }

    fn address(&self) -> String {
        format!("http://{}", self.server.server_addr())
    }

    /// A service account's token; its signature is the API server's business.
    fn jwt(&self, account: &str) -> String {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock").as_secs();
        let claims = json!({
            "iss": self.address(),
            "sub": format!("system:serviceaccount:{NAMESPACE}:{account}"),
            "kubernetes.io": { "namespace": NAMESPACE, "serviceaccount": { "name": account, "uid": "uid-1" } },
            "iat": now - 60, "nbf": now - 60, "exp": now + 3600,
        });
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        [part(&json!({ "alg": "RS256", "kid": "1" })), part(&claims), URL_SAFE_NO_PAD.encode("signed")]
            .join(".")
    }

    /// Puts the token of the right service account where a pod finds it.
    pub fn write_token(&self, path: &Path) {
        fs::write(path, self.jwt(ROLE)).unwrap();
    }

    /// Puts the token of another service account there.
    pub fn write_token_of_another(&self, path: &Path) {
        fs::write(path, self.jwt("stranger")).unwrap();
    }
}

impl Drop for Kubernetes {
    fn drop(&mut self) {
        self.server.unblock();
        let _ = self.listening.take().map(JoinHandle::join);
    }
}

/// `TokenReview` of the API group `authentication.k8s.io`, version 1.
fn judge(mut review: Value) -> Value {
    let account = claims(review["spec"]["token"].as_str().unwrap_or_default())
        .and_then(|claims| claims["sub"].as_str().map(str::to_owned));
    review["status"] = match account {
        Some(name) => json!({ "authenticated": true, "user": { "username": name, "uid": "uid-1" } }),
        None => json!({ "authenticated": false, "error": "no token of this cluster" }),
    };
    review
}

fn claims(token: &str) -> Option<Value> {
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    serde_json::from_slice(&payload).ok()
}
