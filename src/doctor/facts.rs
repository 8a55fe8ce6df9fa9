//! What is the case, and nobody's fault. Nothing secret, and nobody's name.

use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::config::Home;
use crate::files::identity;
use crate::marketplace::BUILT_IN;
use crate::output::whole_seconds;
use crate::profiles;
use crate::store::StoreKind;

use super::Var;
use super::shops::Inventory;

/// Variables that decide which shops, secrets and hosts a command reaches.
pub const DECISIVE: [&str; 30] = [
    "SELLAUTH_HOME",
    "SELLAUTH_STORE",
    "SELLAUTH_PROFILE",
    "SELLAUTH_KEY_FILE",
    "SELLAUTH_PASSPHRASE",
    "SELLAUTH_PASSPHRASE_FILE",
    "CREDENTIALS_DIRECTORY",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_STATE_HOME",
    "HTTPS_PROXY",
    "https_proxy",
    "HTTP_PROXY",
    "http_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "VAULT_ADDR",
    "VAULT_NAMESPACE",
    "VAULT_CACERT",
    "VAULT_TOKEN",
    "VAULT_TOKEN_FILE",
    "SELLAUTH_VAULT_ROLE_ID",
    "SELLAUTH_VAULT_SECRET_ID",
    "SELLAUTH_VAULT_SECRET_ID_FILE",
    "SELLAUTH_VAULT_ROLE",
    "KUBERNETES_SERVICE_HOST",
];

/// Others that explain what is found.
const TELLING: [&str; 18] = [
    "SELLAUTH_CLIENT_SECRET",
    "SELLAUTH_CLIENT_SECRET_FILE",
    "SELLAUTH_EXPORT_PASSPHRASE",
    "SELLAUTH_EXPORT_PASSPHRASE_FILE",
    "SELLAUTH_BROWSER",
    "BROWSER",
    "DBUS_SESSION_BUS_ADDRESS",
    "XDG_RUNTIME_DIR",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "SSH_CONNECTION",
    "WSL_DISTRO_NAME",
    "INVOCATION_ID",
    "container",
    "TERM",
    "NO_COLOR",
    "LANG",
    "LC_ALL",
];

/// What is the case.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Facts {
    /// Whoever runs the scripts, where that was asked: `cron`, `systemd` or `user`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job: Option<String>,
    /// Of this program.
    pub version: String,
    /// `linux`, `macos`, `windows`.
    pub os: String,
    /// `x86_64`, `aarch64` …
    pub arch: String,
    /// What the system calls itself.
    pub system: Option<String>,
    /// Its kernel's version.
    pub kernel: Option<String>,
    /// When this was found, by this machine's clock.
    pub at: Timestamp,
    /// Where things are kept, if that is known.
    pub folders: Option<Folders>,
    /// Where secrets are kept.
    pub stores: Vec<StoreUse>,
    /// Whether valid tokens are kept at hand.
    pub cache: bool,
    /// The built-in marketplaces of the shops.
    pub marketplaces: Vec<String>,
    /// How many shops there are.
    pub shops: usize,
    /// How many apps.
    pub apps: usize,
    /// How many definitions of the user's own.
    pub definitions: usize,
    /// The variables that are set, by name.
    pub variables: Vec<String>,
    /// What there would be without the variable that says where; for whoever compares, and not printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elsewhere: Option<Elsewhere>,
}

/// The folder that the platform has for this user.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Elsewhere {
    /// The folder.
    pub config: String,
    /// How many shops there are.
    pub shops: usize,
}

impl Elsewhere {
    /// Looks there, if `SELLAUTH_HOME` says otherwise.
    fn of(var: Var) -> Option<Self> {
        var("SELLAUTH_HOME")?;
        let (home, _) = Home::examine(&|name| var(name).filter(|_| name != "SELLAUTH_HOME")).ok()?;
        let shops = profiles::folder(&home).names().unwrap_or_default().len();
        Some(Self { config: home.config_folder().display().to_string(), shops })
    }
}

/// Where things are kept.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Folders {
    /// A person's files.
    pub config: String,
    /// The program's records.
    pub state: String,
    /// The file store.
    pub store: String,
    /// Whether there is anything yet.
    pub exist: bool,
    /// What tells each of them from any other without naming it; for whoever compares, and not printed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identities: Vec<Option<String>>,
}

/// How much a store holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StoreUse {
    /// Which store.
    pub kind: StoreKind,
    /// New secrets go there.
    pub default: bool,
    /// Whose secrets are in it: so many shops and apps.
    pub secrets: usize,
}

impl Facts {
    /// Gathers them.
    pub fn gather(home: Option<&Home>, inventory: Option<&Inventory>, var: Var, now: Timestamp) -> Self {
        let stores = home.zip(inventory).map(|(home, inventory)| {
            let used = |kind| StoreUse {
                kind,
                default: home.store_kind(None) == kind,
                secrets: inventory.wanted(kind).len(),
            };
            let used = [StoreKind::Keyring, StoreKind::File, StoreKind::Vault].map(used).into_iter();
            used.filter(|store| store.default || store.secrets > 0).collect()
        });
        let used = inventory.map(Inventory::marketplaces).unwrap_or_default();
        let built_in = BUILT_IN.iter().map(|(id, _)| *id).filter(|id| used.contains(id));
        let own = inventory.map_or(0, |inventory| inventory.definitions.len());
        Self {
            job: None,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            os: std::env::consts::OS.to_owned(),
            arch: std::env::consts::ARCH.to_owned(),
            system: read("/etc/os-release").as_deref().and_then(pretty_name),
            kernel: read("/proc/sys/kernel/osrelease"),
            at: whole_seconds(now),
            folders: home.map(Folders::of),
            stores: stores.unwrap_or_default(),
            cache: home.is_some_and(Home::caches),
            marketplaces: built_in.map(str::to_owned).collect(),
            shops: inventory.map_or(0, |inventory| inventory.profiles.len()),
            apps: inventory.map_or(0, |inventory| inventory.apps.len()),
            definitions: own,
            variables: set(var),
            elsewhere: Elsewhere::of(var),
        }
    }
}

impl Facts {
    /// Takes out what only a comparison needs.
    pub fn forget_places(&mut self) {
        self.folders.iter_mut().for_each(|folders| folders.identities.clear());
        self.elsewhere = None;
    }

    /// Only what holds for every user of the machine. `job`: for whom it was to be found out.
    pub fn of_machine(self, job: &str) -> Self {
        let Self { version, os, arch, system, kernel, at, .. } = self;
        Self { job: Some(job.to_owned()), version, os, arch, system, kernel, at, ..Self::default() }
    }
}

impl Folders {
    fn of(home: &Home) -> Self {
        Self {
            config: home.config_folder().display().to_string(),
            state: home.state_folder().display().to_string(),
            store: home.data_folder().display().to_string(),
            exist: home.config_folder().exists(),
            identities: [home.config_folder(), home.state_folder(), home.data_folder()].map(known).into(),
        }
    }

    /// Whether they are these: by what they are where both are there, since two users have a `~` each, else
    /// by name.
    pub fn are(&self, other: &Self) -> bool {
        let called = |folders: &Self| [folders.config.clone(), folders.state.clone(), folders.store.clone()];
        let names = called(self).into_iter().zip(called(other));
        names.enumerate().all(|(i, (ours, theirs))| {
            let identity = |folders: &Self| folders.identities.get(i).cloned().flatten();
            match identity(self).zip(identity(other)) {
                Some((one, another)) => one == another,
                None => ours == theirs,
            }
        })
    }
}

/// Elsewhere than on Unix nothing is told apart that way.
fn known(path: &Path) -> Option<String> {
    identity(path).filter(|identity| !identity.is_empty())
}

/// Which of the variables are set; only their names are told.
fn set(var: Var) -> Vec<String> {
    DECISIVE
        .iter()
        .chain(&TELLING)
        .filter(|name| var(name).is_some())
        .map(|name| (*name).to_owned())
        .collect()
}

fn read(path: &str) -> Option<String> {
    let text = std::fs::read_to_string(path).ok()?;
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// What `os-release` says for people.
fn pretty_name(text: &str) -> Option<String> {
    let value = text.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="))?;
    Some(value.trim_matches(['"', '\'']).to_owned()).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_called_as_it_calls_itself() {
        let text = "ID=debian\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n";
        assert_eq!(pretty_name(text).as_deref(), Some("Debian GNU/Linux 12 (bookworm)"));
        assert_eq!(pretty_name("ID=x\nPRETTY_NAME=\n"), None);
    }

    #[test]
    fn variables_are_told_by_name_and_never_by_value() {
        let var = |name: &str| (name == "SELLAUTH_PASSPHRASE").then(|| "correct horse".to_owned());
        let facts = Facts::gather(None, None, &var, Timestamp::UNIX_EPOCH);
        assert_eq!(facts.variables, ["SELLAUTH_PASSPHRASE"]);
        assert!(!serde_json::to_string(&facts).unwrap().contains("horse"));
    }
}
