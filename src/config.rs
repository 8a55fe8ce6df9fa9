//! Where this user's things are, and what `config.toml` and the environment say.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use secrecy::SecretString;
use serde::Deserialize;
use zeroize::Zeroizing;

use crate::error::{Error, Result};
use crate::files::read_if_there;
use crate::moment::{Moment, Uptime};
use crate::store::{self, Place, SecretStore, StoreKind, VaultStore};
use crate::vault::{self, Author, Entries, Settings, Table};
use crate::{document, fail, files};

/// Looks up an environment variable: the process's, or a test's.
pub type Lookup<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The same, kept.
pub type Environment = Box<dyn Fn(&str) -> Option<String> + Sync>;

/// Variables that carry secrets of this program's own.
pub const SECRET_VARIABLES: [&str; 4] = [
    "SELLAUTH_CLIENT_SECRET",
    "SELLAUTH_EXPORT_PASSPHRASE",
    "SELLAUTH_PASSPHRASE",
    "SELLAUTH_VAULT_SECRET_ID",
];

/// Says a line to the person.
type Say = Box<dyn Fn(&str) + Send + Sync>;

/// `config.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    store: Option<StoreKind>,
    ca_file: Option<PathBuf>,
    #[serde(default)]
    cache: Cache,
    #[serde(default)]
    vault: Table,
}

impl Config {
    fn read(folder: &Path) -> Result<Self> {
        let path = folder.join("config.toml");
        let unreadable =
            |error| fail!(Configuration, "file-unreadable", path = path.display()).because(error);
        match read_if_there(&path).map_err(unreadable)? {
            Some(bytes) => document::parse(&path, &String::from_utf8_lossy(&bytes)),
            None => Ok(Self::default()),
        }
    }
}

/// Where valid access tokens are kept at hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Cache {
    /// Sealed, under a key that the kernel holds.
    #[default]
    Kernel,
    /// Nowhere: the store is asked each time.
    Off,
}

/// This user's folders and settings.
pub struct Home {
    config_folder: PathBuf,
    /// Where a person's profiles and apps are: below the config folder, unless that cannot be written.
    wishes_folder: PathBuf,
    state_folder: PathBuf,
    data_folder: PathBuf,
    config: Config,
    store_wish: Option<StoreKind>,
    key_file: Option<PathBuf>,
    credential: Option<PathBuf>,
    passphrase: Option<Source>,
    ask_passphrase: Option<fn() -> Result<SecretString>>,
    /// Opened once: to unwrap a key with a passphrase takes a second.
    keyring: OnceLock<Arc<dyn SecretStore>>,
    files: OnceLock<Arc<dyn SecretStore>>,
    settings: Settings,
    entries: OnceLock<Arc<Entries>>,
    /// What is shared was brought up to date in this process.
    fetched: AtomicBool,
    /// Says something to the person, where one is there.
    say: Option<Say>,
}

impl Home {
    /// Finds the folders and reads `config.toml`. Makes nothing, but for shops that are kept in a vault.
    ///
    /// Kind `configuration` for a wrong file, a store nobody knows, or a user without a home.
    pub fn open(var: Lookup) -> Result<Self> {
        let (home, faults) = Self::examine(var)?;
        faults.into_iter().next().map_or(Ok(home), Err)
    }

    /// The same for whoever looks for what is wrong: a wrong setting counts as none, and comes along.
    ///
    /// The error is a user without a home.
    pub fn examine(var: Lookup) -> Result<(Self, Vec<Error>)> {
        let Folders { config: config_folder, state, data } = Folders::find(var)?;
        let mut faults = Vec::new();
        let config = Config::read(&config_folder).unwrap_or_else(|fault| {
            faults.push(fault);
            Config::default()
        });
        // Wherever a command runs, a file is meant as seen from the one that names it.
        let ca_file = config.ca_file.as_ref().map(|file| config_folder.join(file));
        let store_wish = var("SELLAUTH_STORE").map(|name| store_kind(&name)).transpose();
        let store_wish = store_wish.unwrap_or_else(|fault| {
            faults.push(fault);
            None
        });
        let kind = store_wish.or(config.store);
        let [wishes_folder, state_folder, data_folder] = match kind {
            Some(StoreKind::Vault) if !is_writable(&state, &config_folder) => light_home(var)?,
            _ => [config_folder.clone(), state, data],
        };
        let home = Self {
            settings: Settings::find(var, config.vault.clone(), ca_file.clone()),
            entries: OnceLock::new(),
            fetched: AtomicBool::new(false),
            say: None,
            config_folder,
            wishes_folder,
            state_folder,
            data_folder,
            config: Config { ca_file, ..config },
            store_wish,
            key_file: var("SELLAUTH_KEY_FILE").map(PathBuf::from),
            credential: var("CREDENTIALS_DIRECTORY").map(|folder| Path::new(&folder).join("sellauth")),
            passphrase: Source::find(var, "SELLAUTH_PASSPHRASE"),
            ask_passphrase: None,
            keyring: OnceLock::new(),
            files: OnceLock::new(),
        };
        Ok((home, faults))
    }

    /// Lets stores ask a person: for interactive commands only.
    #[must_use]
    pub fn interactive(mut self, ask_passphrase: fn() -> Result<SecretString>) -> Self {
        self.ask_passphrase = Some(ask_passphrase);
        self
    }

    /// Lets what is noticed on the way be said.
    #[must_use]
    pub fn telling(mut self, say: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.say = Some(Box::new(say));
        self
    }

    /// Says what was noticed on the way.
    pub fn tell(&self, line: &str) {
        log::info!("{line}");
        self.say.iter().for_each(|say| say(line));
    }

    /// The folder of the files that are a person's.
    pub fn config_folder(&self) -> &Path {
        &self.config_folder
    }

    /// The folder of a person's profiles and apps.
    pub fn wishes_folder(&self) -> &Path {
        &self.wishes_folder
    }

    /// The folder of the records that are the program's.
    pub fn state_folder(&self) -> &Path {
        &self.state_folder
    }

    /// The folder of the file store.
    pub fn data_folder(&self) -> &Path {
        &self.data_folder
    }

    /// The key file of the file store, whether somebody named it, and whether a passphrase is at hand
    /// without asking.
    pub fn key_file(&self) -> (PathBuf, bool, bool) {
        let place = self.place(None);
        (place.key().to_owned(), place.given_key().is_some(), self.passphrase.is_some())
    }

    /// Certificates to trust beside the system's.
    pub fn ca_file(&self) -> Option<&Path> {
        self.config.ca_file.as_deref()
    }

    /// Whether access tokens may be kept at hand, beside their store.
    pub fn caches(&self) -> bool {
        self.config.cache == Cache::Kernel
    }

    /// The store for something new: the flag's, else `SELLAUTH_STORE`'s, else `config.toml`'s,
    /// else the operating system's keyring.
    pub fn store_kind(&self, flag: Option<StoreKind>) -> StoreKind {
        self.store_kind_or(flag, None)
    }

    /// The same, where something that belongs to it is kept in a store already.
    pub fn store_kind_or(&self, flag: Option<StoreKind>, kin: Option<StoreKind>) -> StoreKind {
        flag.or(self.store_wish).or(self.config.store).or(kin).unwrap_or_default()
    }

    /// The same home with another store for what is new.
    #[must_use]
    pub fn with_store(self, store: Option<StoreKind>) -> Self {
        Self { store_wish: store.or(self.store_wish), ..self }
    }

    /// Opens a store, or hands out the one that is open. Touches no secret yet.
    pub fn store(&self, kind: StoreKind) -> Result<Arc<dyn SecretStore>> {
        let opened = match kind {
            StoreKind::Keyring => &self.keyring,
            StoreKind::File => &self.files,
            StoreKind::Vault => return Ok(Arc::new(VaultStore::new(self.entries()?))),
        };
        if let Some(store) = opened.get() {
            return Ok(Arc::clone(store));
        }
        let passphrase = self.passphrase.as_ref().filter(|_| kind == StoreKind::File);
        let place = self.place(passphrase.map(Source::read).transpose()?);
        let store = store::open(kind, &place)?.into();
        Ok(Arc::clone(opened.get_or_init(|| store)))
    }

    /// Which vault is meant, and how this machine logs in to it.
    pub fn vault_settings(&self) -> &Settings {
        &self.settings
    }

    /// What machines share. Logs in, or goes on as who was logged in before.
    pub fn entries(&self) -> Result<Arc<Entries>> {
        if let Some(entries) = self.entries.get() {
            return Ok(Arc::clone(entries));
        }
        let now = || Moment { wall: Timestamp::now(), uptime: Uptime::now() };
        let vault = vault::open(self, self.settings.clone(), now())?;
        let author = Author { machine: whoami::hostname().unwrap_or_default(), now };
        Ok(Arc::clone(self.entries.get_or_init(|| Arc::new(Entries::new(vault, author)))))
    }

    /// The same, if they were asked for before.
    pub fn opened_entries(&self) -> Option<&Arc<Entries>> {
        self.entries.get()
    }

    /// Whether all of it was brought up to date before; from now on it was.
    pub fn was_fetched(&self) -> bool {
        self.fetched.swap(true, Ordering::Relaxed)
    }

    fn place(&self, passphrase: Option<SecretString>) -> Place {
        Place {
            folder: self.data_folder.clone(),
            key_file: self.key_file.clone(),
            credential: self.credential.clone(),
            default_key_file: self.config_folder.join("key"),
            passphrase,
            ask_passphrase: self.ask_passphrase,
        }
    }
}

/// The store of that name; kind `configuration` when there is none.
fn store_kind(name: &str) -> Result<StoreKind> {
    match name {
        "keyring" => Ok(StoreKind::Keyring),
        "file" => Ok(StoreKind::File),
        "vault" => Ok(StoreKind::Vault),
        _ => {
            let error = fail!(Configuration, "store-unknown", name = name);
            Err(document::with_nearest(error, name, ["keyring", "file", "vault"]))
        }
    }
}

/// Where the environment has a secret. A file is read only when the secret is needed.
#[derive(Clone)]
pub enum Source {
    /// In a variable.
    Value(SecretString),
    /// In a file of this name.
    File(String),
}

impl Source {
    /// `NAME`, or the file that `NAME_FILE` names.
    pub fn find(var: Lookup, name: &str) -> Option<Self> {
        let value = var(name).map(Zeroizing::new);
        value
            .map(|value| Self::Value(SecretString::from(value.as_str())))
            .or_else(|| var(&format!("{name}_FILE")).map(Self::File))
    }

    /// The secret, without the newline at its end. Kind `configuration` for a file that cannot be read.
    pub fn read(&self) -> Result<SecretString> {
        let path = match self {
            Self::Value(secret) => return Ok(secret.clone()),
            Self::File(path) => path,
        };
        let text = std::fs::read_to_string(path)
            .map(Zeroizing::new)
            .map_err(|error| fail!(Configuration, "file-unreadable", path = path).because(error))?;
        Ok(SecretString::from(text.trim_end_matches(['\r', '\n'])))
    }
}

/// A secret from the environment: `NAME`, or the file that `NAME_FILE` names, without the
/// newline at its end.
pub fn secret(var: Lookup, name: &str) -> Result<Option<SecretString>> {
    Source::find(var, name).map(|source| source.read()).transpose()
}

/// Where things are kept, as the environment and the platform say.
struct Folders {
    config: PathBuf,
    state: PathBuf,
    data: PathBuf,
}

impl Folders {
    fn find(var: Lookup) -> Result<Self> {
        if let Some(home) = var("SELLAUTH_HOME").filter(|home| !home.is_empty()) {
            let home = std::path::absolute(home)
                .map_err(|error| fail!(Configuration, "home-missing").because(error))?;
            return Ok(Self { config: home.clone(), state: home.join("state"), data: home.join("store") });
        }
        let Some(platform) = directories::ProjectDirs::from("", "", "sellauth") else {
            // What is kept elsewhere needs no home.
            let vault = var("SELLAUTH_STORE").is_some_and(|store| store == "vault");
            let [config, state, data] = match vault {
                true => light_home(var)?,
                false => return Err(fail!(Configuration, "home-missing")),
            };
            return Ok(Self { config, state, data });
        };
        let data = platform.data_local_dir();
        let state = platform.state_dir().map_or_else(|| data.join("state"), Path::to_owned);
        Ok(Self { config: platform.config_dir().to_owned(), state, data: data.join("store") })
    }
}

/// Whether copies of what stands in a vault can be kept there.
fn is_writable(state: &Path, config: &Path) -> bool {
    [state, config]
        .into_iter()
        .all(|folder| files::create_private_dir(folder).is_ok() && tempfile::tempfile_in(folder).is_ok())
}

/// A home for copies only, where there is no other: of this user, and gone with the machine. Wishes, state
/// and data.
fn light_home(var: Lookup) -> Result<[PathBuf; 3]> {
    let runtime = var("XDG_RUNTIME_DIR").map(|folder| PathBuf::from(folder).join("sellauth"));
    let shared = std::env::temp_dir().join(format!("sellauth-{}", files::user()));
    let made = |folder: &PathBuf| files::create_own_dir(folder).is_ok();
    match [runtime, Some(shared)].into_iter().flatten().find(made) {
        Some(home) => Ok([home.clone(), home.join("state"), home.join("store")]),
        None => Err(fail!(Configuration, "home-unwritable")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home(vars: &[(&str, &str)]) -> Result<Home> {
        let look =
            |name: &str| vars.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        Home::open(&look)
    }

    #[test]
    fn flag_then_environment_then_config_choose_the_store() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_str().unwrap();
        assert_eq!(home(&[("SELLAUTH_HOME", path)]).unwrap().store_kind(None), StoreKind::Keyring);
        std::fs::write(folder.path().join("config.toml"), "store = 'file'\n").unwrap();
        let by_config = home(&[("SELLAUTH_HOME", path)]).unwrap();
        assert_eq!(by_config.store_kind(None), StoreKind::File);
        assert_eq!(by_config.store_kind(Some(StoreKind::Keyring)), StoreKind::Keyring);
        let by_environment = home(&[("SELLAUTH_HOME", path), ("SELLAUTH_STORE", "keyring")]).unwrap();
        assert_eq!(by_environment.store_kind(None), StoreKind::Keyring);
        assert!(home(&[("SELLAUTH_HOME", path), ("SELLAUTH_STORE", "paper")]).is_err());
    }

    #[test]
    fn a_certificate_file_lies_beside_the_file_that_names_it() {
        let folder = tempfile::tempdir().unwrap();
        let at = [("SELLAUTH_HOME", folder.path().to_str().unwrap())];
        for (written, expected) in
            [("ca.pem", folder.path().join("ca.pem")), ("/etc/ca.pem", "/etc/ca.pem".into())]
        {
            std::fs::write(folder.path().join("config.toml"), format!("ca_file = '{written}'\n")).unwrap();
            assert_eq!(home(&at).unwrap().ca_file(), Some(expected.as_path()));
        }
    }

    #[test]
    fn a_passphrase_file_is_read_only_where_the_passphrase_is_needed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_str().unwrap();
        let home =
            home(&[("SELLAUTH_HOME", path), ("SELLAUTH_PASSPHRASE_FILE", "/nowhere/passphrase")]).unwrap();
        assert!(home.store(StoreKind::Keyring).is_ok());
        let error = home.store(StoreKind::File).err().unwrap();
        assert!(error.message.contains("/nowhere/passphrase"), "{error}");
    }

    #[test]
    fn a_secret_has_a_file_twin() {
        use secrecy::ExposeSecret;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secret");
        std::fs::write(&file, "hush\n").unwrap();
        let path = file.to_str().unwrap().to_owned();
        let look = |name: &str| (name == "X_FILE").then(|| path.clone());
        assert_eq!(secret(&look, "X").unwrap().unwrap().expose_secret(), "hush");
        assert!(secret(&|_| None, "X").unwrap().is_none());
        assert!(secret(&|name| (name == "X_FILE").then(|| "/nowhere".to_owned()), "X").is_err());
    }
}
