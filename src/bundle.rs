//! Shops in one document, to be carried to another machine.
//!
//! What a person wishes ([`Wishes`]) holds nothing secret and is TOML, fit for version control. With
//! what happened and the secrets it is a [`Bundle`]: JSON, and only ever sealed.

mod arrival;
mod judge;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use secrecy::{ExposeSecret, SecretSlice, SecretString};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::config::Home;
use crate::connection::{Connection, catalogue};
use crate::document;
use crate::error::Result;
use crate::model::{App, Profile, Record, TokenSet};
use crate::records::AppRecord;
use crate::store::sealed::{self, Audience, Opener};
use crate::{apps, fail, ledger, records};

pub use arrival::{Arrival, Shop};
pub use judge::Fate;

/// The version of the format.
const VERSION: u32 = 1;

/// What a person wishes, and nothing secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wishes {
    /// The version of the format.
    pub bundle: u32,
    /// The texts of the user's own definitions that these profiles need, by id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub marketplaces: BTreeMap<String, String>,
    /// The apps, by name.
    #[serde(default)]
    pub apps: BTreeMap<String, App>,
    /// The shops, by name.
    #[serde(default)]
    pub profiles: BTreeMap<String, Profile>,
}

/// Everything another machine needs.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// What a person wishes.
    pub wishes: Wishes,
    /// The apps' secrets.
    pub client_secrets: Vec<ClientSecret>,
    /// The shops that are connected.
    pub consents: Vec<Consent>,
}

/// The secret of an app.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClientSecret {
    record: AppRecord,
    secret: Zeroizing<String>,
}

/// What a seller's consent left behind.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    record: Record,
    /// A token set as a store keeps it.
    set: Zeroizing<String>,
}

impl Wishes {
    /// The wishes behind these shops, and these apps beside those they use.
    pub fn gather(
        home: &Home,
        connections: &[Connection],
        also: impl IntoIterator<Item = String>,
    ) -> Result<Self> {
        let profiles = connections.iter().map(|one| (one.name.clone(), one.profile.clone())).collect();
        let names: BTreeSet<String> =
            connections.iter().map(|one| one.profile.app.clone()).chain(also).collect();
        let whole = |name: String| {
            let app = apps::get(home, &name)?;
            apps::refuse_open(home, &name, &app).map(|()| (name, app))
        };
        let apps = names.into_iter().map(whole).collect::<Result<BTreeMap<_, _>>>()?;
        let mut marketplaces = BTreeMap::new();
        for app in apps.values() {
            if let Some(text) = catalogue(home).own_source(&app.marketplace)? {
                marketplaces.insert(app.marketplace.clone(), text);
            }
        }
        Ok(Self { bundle: VERSION, marketplaces, apps, profiles })
    }

    /// The document as a person keeps it.
    pub fn to_toml(&self) -> String {
        toml::to_string_pretty(self).expect("wishes are plain tables")
    }
}

impl Bundle {
    /// A bundle without any secret yet.
    pub fn new(wishes: Wishes) -> Self {
        Self { wishes, client_secrets: Vec::new(), consents: Vec::new() }
    }

    /// Calls its app and its shop by these names; kind `usage` where it has several.
    pub fn rename(&mut self, app: Option<&str>, profile: Option<&str>) -> Result<()> {
        let Wishes { apps, profiles, .. } = &mut self.wishes;
        if let Some(name) = app {
            rename_only(apps, name)?;
            for profile in profiles.values_mut() {
                name.clone_into(&mut profile.app);
            }
        }
        profile.map_or(Ok(()), |name| rename_only(profiles, name))
    }

    /// Adds the secrets of its apps.
    pub fn add_client_secrets(&mut self, home: &Home) -> Result<()> {
        for app in self.wishes.apps.values() {
            let Some(record) = records::of_apps(home).get(app.uuid)? else { continue };
            if let Some(secret) = ledger::client_secret(home, app.uuid)? {
                let secret = Zeroizing::new(secret.expose_secret().to_owned());
                self.client_secrets.push(ClientSecret { record, secret });
            }
        }
        Ok(())
    }

    /// Adds what a consent left behind.
    pub fn add(&mut self, record: Record, set: TokenSet) {
        // The identity opens what this machine may have spilled: that is nobody else's.
        let bytes = TokenSet { spill_identity: None, ..set }.to_bytes();
        let set = std::str::from_utf8(bytes.expose_secret()).expect("token sets are JSON");
        self.consents.push(Consent { record, set: Zeroizing::new(set.to_owned()) });
    }

    /// The document, sealed for `audience`.
    pub fn seal(&self, audience: &Audience) -> Result<Vec<u8>> {
        // Never grows: growing leaves copies behind that are not wiped.
        let mut plain = Zeroizing::new(Vec::with_capacity(self.room()));
        serde_json::to_writer(&mut *plain, self).expect("a bundle is plain objects");
        sealed::seal(&plain, audience)
    }

    /// More bytes than its document takes; each byte of a text may be written as two.
    fn room(&self) -> usize {
        const EACH: usize = 4 * 1024;
        let secrets = self.client_secrets.iter().map(|one| one.secret.len());
        let sets = self.consents.iter().map(|one| one.set.len());
        let wishes = self.wishes.to_toml().len();
        2 * (wishes + secrets.chain(sets).map(|length| length + EACH).sum::<usize>()) + EACH
    }

    /// Reads a bundle that `path` names, sealed or not. Where it is sealed `opener` is asked for what
    /// opens it, and told whether that is a passphrase.
    ///
    /// Kind `configuration` for anything but a whole bundle of a version known here.
    pub fn read<'a>(
        path: &Path,
        bytes: &[u8],
        opener: impl FnOnce(bool) -> Result<Opener<'a>>,
    ) -> Result<Self> {
        let foreign = || fail!(Configuration, "bundle-foreign", path = path.display());
        if bytes.trim_ascii().is_empty() {
            return Err(fail!(Configuration, "bundle-empty", path = path.display()));
        }
        if !sealed::is_sealed(bytes) {
            let text = std::str::from_utf8(bytes).map_err(|_| foreign())?;
            if text.starts_with('{') {
                let head: Head = serde_json::from_str(text).map_err(|_| foreign())?;
                head.check(path)?;
                let wishes = serde_json::from_str(text).map(Self::new);
                return wishes.map_err(|error| foreign().because(error));
            }
            // Of what never claims to be one, a parser's opinion helps nobody.
            if !text.lines().any(says_version) {
                return Err(foreign());
            }
            document::parse::<Head>(path, text)?.check(path)?;
            return document::parse(path, text).map(Self::new);
        }
        let plain = sealed::open(bytes, opener(sealed::takes_passphrase(bytes)?)?)?;
        let head: SealedHead = serde_json::from_slice(&plain).map_err(|_| foreign())?;
        head.wishes.check(path)?;
        // Why not would quote what it stumbled over.
        serde_json::from_slice(&plain).map_err(|_| foreign())
    }
}

fn rename_only<T>(things: &mut BTreeMap<String, T>, name: &str) -> Result<()> {
    match (things.pop_first(), things.is_empty()) {
        (Some((_, only)), true) => {
            things.insert(name.to_owned(), only);
            Ok(())
        }
        _ => Err(fail!(Usage, "bundle-of-several", name = name)),
    }
}

/// Whether a line of TOML says what every version says.
fn says_version(line: &str) -> bool {
    line.split_once('=').is_some_and(|(key, _)| key.trim() == "bundle")
}

/// What every version says.
#[derive(Deserialize)]
struct Head {
    bundle: u32,
}

#[derive(Deserialize)]
struct SealedHead {
    wishes: Head,
}

impl Head {
    fn check(&self, path: &Path) -> Result<()> {
        match self.bundle {
            VERSION => Ok(()),
            version => Err(fail!(Configuration, "bundle-version", path = path.display(), version = version)),
        }
    }
}

impl Consent {
    /// The token set; `None` for what is none.
    fn set(&self) -> Option<TokenSet> {
        TokenSet::from_bytes(&SecretSlice::from(self.set.as_bytes().to_vec()))
    }
}

impl ClientSecret {
    fn secret(&self) -> SecretString {
        SecretString::from(self.secret.as_str())
    }
}
