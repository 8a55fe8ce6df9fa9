//! `OpenBao` and `HashiCorp` Vault: their KV store, version 2, by its HTTP API.
//!
//! What one machine writes another one may have changed since it was read: so every write says which
//! version it follows (check-and-set), and one that follows an older version is refused.

mod entries;
mod fault;
mod login;
pub mod policy;
mod settings;

use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;
use zeroize::Zeroizing;

use crate::error::Result;
use crate::fail;
use crate::oauth::http::Client;
use crate::oauth::request::{Body, Request};
use crate::oauth::response::Response;

pub use entries::{Author, Entries, Entry, Found, Name, Taken, Thing, pause};
pub use login::{Login, Token, open};
pub use settings::{Settings, Table};

/// How long one request may take.
pub const DEADLINE: Duration = Duration::from_secs(3);

/// How many versions of an entry are kept: a replaced one is worth little, and is gone soon.
const VERSIONS: u32 = 4;

/// How many names are asked for at once.
const PAGE: &str = "1000";

/// A KV store below one prefix.
pub struct Vault {
    settings: Settings,
    address: Url,
    client: Client,
    token: Mutex<Option<SecretString>>,
    /// How far the cluster was at the latest answer.
    index: Mutex<Option<String>>,
    /// The mount is known to be of version 2.
    checked: OnceLock<()>,
}

/// What is read of one path.
pub(crate) enum Version {
    /// There was never anything, or it was removed for good.
    Nothing,
    /// The latest version was deleted, and could be brought back.
    Deleted,
    /// What is there.
    There(Latest),
}

/// The latest version of a path.
pub(crate) struct Latest {
    /// What stands there.
    pub data: SecretString,
    /// Counts up by one with each write.
    pub number: u64,
    /// The server's clock when it answered.
    pub now: Timestamp,
}

/// How a write went.
pub(crate) enum Write {
    /// It is this version now, written at this moment of the server's.
    Kept(u64, Option<Timestamp>),
    /// Somebody has written since.
    Stale,
}

/// The answer of `data/`, as far as it matters. What stands there is kept as it came.
#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    data: Inside<'a>,
}

#[derive(Deserialize)]
struct Inside<'a> {
    #[serde(borrow)]
    data: Option<&'a serde_json::value::RawValue>,
    metadata: Metadata,
}

#[derive(Deserialize)]
struct Metadata {
    version: u64,
    created_time: Timestamp,
}

impl Vault {
    /// A connection with what `settings` say. Nothing is sent yet.
    ///
    /// Kind `configuration` for an address that is missing or none, or certificates that cannot be read.
    pub fn new(settings: Settings, token: Option<SecretString>) -> Result<Self> {
        let address = settings.address()?;
        let client = Client::new(DEADLINE, settings.ca_file.as_deref())
            .map_err(|error| fail!(Configuration, "client-setup").because(anyhow::Error::new(error)))?;
        Ok(Self {
            settings,
            address,
            client,
            token: Mutex::new(token),
            index: Mutex::default(),
            checked: OnceLock::new(),
        })
    }

    /// Whose entries these are, for messages.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The latest version of what stands under `path`, which is below the prefix.
    pub(crate) fn read(&self, path: &str) -> Result<Version> {
        let answer = self.call("GET", &self.kv("data", path), Body::Empty)?;
        match answer.status {
            200 => self.latest(path, &answer).map(Version::There),
            404 if is_deleted(&answer) => Ok(Version::Deleted),
            404 => self.check_mount().map(|()| Version::Nothing),
            _ => Err(self.fault(&answer, path)),
        }
    }

    fn latest(&self, path: &str, answer: &Response) -> Result<Latest> {
        let damaged = || fail!(Store, "vault-entry-damaged", entry = self.named(path));
        let envelope: Envelope =
            serde_json::from_str(answer.body.expose_secret()).map_err(|error| damaged().because(error))?;
        let Inside { data, metadata } = envelope.data;
        Ok(Latest {
            data: SecretString::from(data.ok_or_else(damaged)?.get()),
            number: metadata.version,
            // Without it nothing there ever ends by time: the safe side.
            now: answer.date.unwrap_or(metadata.created_time),
        })
    }

    /// Writes under `path` what follows version `after`; 0: what never stood there.
    pub(crate) fn write(&self, path: &str, data: &impl Serialize, after: u64) -> Result<Write> {
        #[derive(Serialize)]
        struct Options {
            cas: u64,
        }
        #[derive(Serialize)]
        struct Wanted<'a, T> {
            options: Options,
            data: &'a T,
        }
        if after == 0 {
            // Version 1 of KV would take it for anything else, and keep it in the open.
            self.check_mount()?;
        }
        let wanted = Wanted { options: Options { cas: after }, data };
        let answer = self.call("POST", &self.kv("data", path), json(&wanted))?;
        let number = |answer: &Response| {
            let value: Value = serde_json::from_str(answer.body.expose_secret()).ok()?;
            value.pointer("/data/version")?.as_u64()
        };
        match answer.status {
            200 => number(&answer)
                .map(|version| Write::Kept(version, answer.date))
                .ok_or_else(|| fail!(Store, "vault-entry-damaged", entry = self.named(path))),
            400 if fault::is_stale(&answer) => Ok(Write::Stale),
            _ => Err(self.fault(&answer, path)),
        }
    }

    /// Bounds how many versions of `path` are kept.
    pub(crate) fn bound(&self, path: &str) -> Result<()> {
        let body = json(&serde_json::json!({ "max_versions": VERSIONS }));
        self.expect(&self.call("POST", &self.kv("metadata", path), body)?, path)
    }

    /// Removes every version of `path`, and that there was one.
    pub(crate) fn destroy(&self, path: &str) -> Result<()> {
        let answer = self.call("DELETE", &self.kv("metadata", path), Body::Empty)?;
        match answer.status {
            404 => Ok(()),
            _ => self.expect(&answer, path),
        }
    }

    /// What stands below `path`: names only, sorted. Read in pages where the server has such; others answer
    /// with all of them.
    pub(crate) fn list(&self, path: &str) -> Result<Vec<String>> {
        let mut names: Vec<String> = Vec::new();
        loop {
            let page = self.page(path, names.last())?;
            let last = names.last().cloned();
            names.extend(page.into_iter().filter(|name| Some(name) > last.as_ref()));
            if names.last() == last.as_ref() {
                names.retain(|name| !name.ends_with('/'));
                return Ok(names);
            }
        }
    }

    fn page(&self, path: &str, after: Option<&String>) -> Result<Vec<String>> {
        let mut url = self.kv("metadata", path);
        url.query_pairs_mut().append_pair("list", "true").append_pair("limit", PAGE);
        if let Some(after) = after {
            url.query_pairs_mut().append_pair("after", after);
        }
        let answer = self.call("GET", &url, Body::Empty)?;
        match answer.status {
            200 => {
                let value: Value = serde_json::from_str(answer.body.expose_secret()).unwrap_or_default();
                let keys = value.pointer("/data/keys").and_then(Value::as_array);
                let names = keys.into_iter().flatten().filter_map(Value::as_str);
                Ok(names.map(str::to_owned).collect())
            }
            404 => self.check_mount().map(|()| Vec::new()),
            _ => Err(self.fault(&answer, path)),
        }
    }

    fn expect(&self, answer: &Response, path: &str) -> Result<()> {
        if (200..300).contains(&answer.status) { Ok(()) } else { Err(self.fault(answer, path)) }
    }

    /// Refuses a mount that is missing, no KV store, or one of version 1. Asked once.
    fn check_mount(&self) -> Result<()> {
        if self.checked.get().is_some() {
            return Ok(());
        }
        let mount = &self.settings.table.mount;
        let answer = self.call("GET", &self.api(&["sys", "internal", "ui", "mounts", mount]), Body::Empty)?;
        let value: Value = serde_json::from_str(answer.body.expose_secret()).unwrap_or_default();
        match (answer.status, value.pointer("/data/options/version").and_then(Value::as_str)) {
            (200, Some("2")) => {
                let _ = self.checked.set(());
                Ok(())
            }
            (200, _) => Err(fail!(Store, "vault-kv-version-1", mount = mount)),
            // Who may see nothing of a mount is told so whether or not there is one.
            (403, _) if !fault::is_token_unknown(&answer) => {
                Err(fail!(Store, "vault-no-mount", mount = mount))
            }
            _ => Err(self.fault(&answer, mount)),
        }
    }

    /// Sends a request as whoever is logged in, and once more where another login may help.
    fn call(&self, method: &'static str, url: &Url, body: Body) -> Result<Response> {
        let token = self.logged_in()?;
        let mut request = self.request(method, url.clone(), Some(&token), body);
        let answer = self.send(&mut request)?;
        if answer.status != 403 || !fault::is_token_unknown(&answer) || !self.settings.login.gives_tokens() {
            return Ok(answer);
        }
        let token = self.log_in()?.secret;
        request.headers = self.headers(Some(&token));
        self.send(&mut request)
    }

    fn logged_in(&self) -> Result<SecretString> {
        let known = self.token.lock().unwrap_or_else(PoisonError::into_inner).clone();
        known.map_or_else(|| Ok(self.log_in()?.secret), Ok)
    }

    /// Logs in anew, and returns what that brought.
    pub fn log_in(&self) -> Result<Token> {
        let token = self.settings.login.token(self)?;
        *self.token.lock().unwrap_or_else(PoisonError::into_inner) = Some(token.secret.clone());
        Ok(token)
    }

    fn request(&self, method: &'static str, url: Url, token: Option<&SecretString>, body: Body) -> Request {
        Request { method, url, headers: self.headers(token), body }
    }

    fn headers(&self, token: Option<&SecretString>) -> Vec<(String, SecretString)> {
        let header = |name: &str, value: SecretString| (name.to_owned(), value);
        let namespace = self.settings.namespace.as_deref().map(SecretString::from);
        // Without it a proxy before the server could be made to ask in somebody's name.
        let plain =
            [header("X-Vault-Request", "true".into()), header("Content-Type", "application/json".into())];
        let token = token.map(|token| header("X-Vault-Token", token.clone()));
        let namespace = namespace.map(|namespace| header("X-Vault-Namespace", namespace));
        // A node that knows less than an earlier answer asks the active one, instead of answering itself.
        let index = self.index.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let index = index.into_iter().flat_map(|index| {
            [
                header("X-Vault-Index", index.into()),
                header("X-Vault-Inconsistent", "forward-active-node".into()),
            ]
        });
        plain.into_iter().chain(token).chain(namespace).chain(index).collect()
    }

    /// Sends it, and follows a standby that names the active node; nowhere else, and never to plain HTTP.
    fn send(&self, request: &mut Request) -> Result<Response> {
        let ask = |request: &Request| {
            self.client.send(request).map_err(|error| {
                fail!(Temporary, "vault-unreachable", address = self.address)
                    .because(anyhow::Error::new(error))
            })
        };
        let answer = ask(request)?;
        if answer.index.is_some() {
            self.index.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&answer.index);
        }
        let target = answer.location.as_deref().and_then(|target| Url::parse(target).ok());
        match (answer.status, target) {
            (307 | 308, Some(target)) if target.scheme() == "https" && self.address.scheme() == "https" => {
                request.url = target;
                ask(request)
            }
            _ => Ok(answer),
        }
    }

    /// `v1/MOUNT/data/PREFIX/path`.
    fn kv(&self, part: &str, path: &str) -> Url {
        let Table { mount, prefix, .. } = &self.settings.table;
        self.api(&[mount.as_str(), part, prefix.as_str(), path])
    }

    /// An address of the API; parts may have several segments.
    fn api(&self, parts: &[&str]) -> Url {
        let mut url = self.address.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            let all = parts.iter().flat_map(|part| part.split('/')).filter(|segment| !segment.is_empty());
            segments.pop_if_empty().push("v1").extend(all);
        }
        url
    }

    /// An entry as `vault kv` and `bao kv` name it.
    fn named(&self, path: &str) -> String {
        let Table { mount, prefix, .. } = &self.settings.table;
        format!("{mount}/{prefix}/{path}")
    }
}

fn json(body: &impl Serialize) -> Body {
    Body::Raw(Zeroizing::new(serde_json::to_vec(body).expect("texts are always JSON")))
}

/// Whether a path that is not there was there once, and may be brought back.
fn is_deleted(answer: &Response) -> bool {
    let value: Value = serde_json::from_str(answer.body.expose_secret()).unwrap_or_default();
    value.pointer("/data/metadata/version").is_some()
}

#[cfg(test)]
pub use entries::is_over;
