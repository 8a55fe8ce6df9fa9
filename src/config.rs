//! Where this user's things are, and what `config.toml` and the environment say.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use secrecy::SecretString;
use serde::Deserialize;
use zeroize::Zeroizing;

use crate::error::{Error, Result};
use crate::files::read_if_there;
use crate::store::{self, Place, SecretStore, StoreKind};
use crate::{document, fail};

/// Looks up an environment variable: the process's, or a test's.
pub type Lookup<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The same, kept.
pub type Environment = Box<dyn Fn(&str) -> Option<String> + Sync>;

/// Variables that carry secrets of this program's own.
pub const SECRET_VARIABLES: [&str; 3] =
    ["SELLAUTH_CLIENT_SECRET", "SELLAUTH_EXPORT_PASSPHRASE", "SELLAUTH_PASSPHRASE"];

/// `config.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    store: Option<StoreKind>,
    ca_file: Option<PathBuf>,
    #[serde(default)]
    cache: Cache,
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
}

impl Home {
    /// Finds the folders and reads `config.toml`. Makes nothing.
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
        let (config_folder, state_folder, data_folder) = folders(var)?;
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
        let home = Self {
            config_folder,
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

    /// The folder of the files that are a person's.
    pub fn config_folder(&self) -> &Path {
        &self.config_folder
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

    /// Opens a store, or hands out the one that is open. Touches no secret yet.
    pub fn store(&self, kind: StoreKind) -> Result<Arc<dyn SecretStore>> {
        let opened = match kind {
            StoreKind::Keyring => &self.keyring,
            StoreKind::File => &self.files,
        };
        if let Some(store) = opened.get() {
            return Ok(Arc::clone(store));
        }
        let passphrase = self.passphrase.as_ref().filter(|_| kind == StoreKind::File);
        let place = self.place(passphrase.map(Source::read).transpose()?);
        let store = store::open(kind, &place)?.into();
        Ok(Arc::clone(opened.get_or_init(|| store)))
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
        _ => {
            let error = fail!(Configuration, "store-unknown", name = name);
            Err(document::with_nearest(error, name, ["keyring", "file"]))
        }
    }
}

/// Where the environment has a secret. A file is read only when the secret is needed.
enum Source {
    Value(SecretString),
    File(String),
}

impl Source {
    fn find(var: Lookup, name: &str) -> Option<Self> {
        let value = var(name).map(Zeroizing::new);
        value
            .map(|value| Self::Value(SecretString::from(value.as_str())))
            .or_else(|| var(&format!("{name}_FILE")).map(Self::File))
    }

    fn read(&self) -> Result<SecretString> {
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

/// Config, state and data folder.
fn folders(var: Lookup) -> Result<(PathBuf, PathBuf, PathBuf)> {
    if let Some(home) = var("SELLAUTH_HOME").filter(|home| !home.is_empty()) {
        let home =
            std::path::absolute(home).map_err(|error| fail!(Configuration, "home-missing").because(error))?;
        return Ok((home.clone(), home.join("state"), home.join("store")));
    }
    let platform = directories::ProjectDirs::from("", "", "sellauth")
        .ok_or_else(|| fail!(Configuration, "home-missing"))?;
    let data = platform.data_local_dir();
    let state = platform.state_dir().map_or_else(|| data.join("state"), Path::to_owned);
    Ok((platform.config_dir().to_owned(), state, data.join("store")))
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
