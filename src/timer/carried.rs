//! Which variables a job needs to find the same shops, and which must not stand in a file.

use std::collections::BTreeMap;
use std::path::Path;

use url::Url;

use super::Scheduler;
use crate::config::{Lookup, SECRET_VARIABLES};

/// Names of a file or a folder: absolute in the job, which starts elsewhere.
const PATHS: [&str; 7] = [
    "SELLAUTH_HOME",
    "SELLAUTH_KEY_FILE",
    "SELLAUTH_PASSPHRASE_FILE",
    "SELLAUTH_VAULT_SECRET_ID_FILE",
    "SSL_CERT_FILE",
    "VAULT_CACERT",
    "VAULT_TOKEN_FILE",
];

/// What decides where things are, unless `SELLAUTH_HOME` does.
const FOLDERS: [&str; 3] = ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"];

/// Everything else that decides what is reached.
const PLAIN: [&str; 9] = [
    "SELLAUTH_STORE",
    "SELLAUTH_LANG",
    "SSL_CERT_DIR",
    "NO_PROXY",
    "no_proxy",
    "VAULT_ADDR",
    "VAULT_NAMESPACE",
    "SELLAUTH_VAULT_ROLE_ID",
    "SELLAUTH_VAULT_ROLE",
];

/// Secrets that are not this program's own.
const FOREIGN_SECRETS: [&str; 1] = ["VAULT_TOKEN"];

/// Addresses that may hold a password.
pub const PROXIES: [&str; 6] =
    ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];

/// What decides where shops are looked for.
pub const HOMES: [&str; 4] = ["SELLAUTH_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"];

/// What decides in which language it speaks.
pub const LANGUAGE: &str = "SELLAUTH_LANG";

/// What becomes of the variables that are set.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// They stand in the job.
    pub variables: BTreeMap<String, String>,
    /// Secrets, which stand nowhere; each has a twin that names a file.
    pub secrets: Vec<&'static str>,
    /// Proxies with a name, password or token.
    pub proxies: Vec<&'static str>,
    /// The scheduler can give a job none: they are the user's own settings to make.
    pub unset: Vec<String>,
}

/// Looks at the variables that are set. `language`: the one that is spoken now, whichever variable says so; a
/// job has none of the others.
pub fn carried(scheduler: Option<Scheduler>, var: Lookup, language: &str) -> Carried {
    let absolute = |path: String| std::path::absolute(&path).map_or(path, |path| path.display().to_string());
    let folders = FOLDERS.iter().filter(|_| var("SELLAUTH_HOME").is_none());
    let folders = folders.filter(|name| var(name).is_some_and(|folder| Path::new(&folder).is_absolute()));
    let paths = PATHS.iter().chain(folders).filter_map(|name| Some((*name, absolute(var(name)?))));
    let plain = PLAIN.iter().filter_map(|name| Some((*name, var(name)?)));
    let (open, closed): (Vec<_>, Vec<_>) = PROXIES
        .iter()
        .filter_map(|name| Some((*name, var(name)?)))
        .partition(|(_, address)| !has_userinfo(address));
    let variables = paths.chain(plain).chain(open).map(|(name, value)| (name.to_owned(), value)).collect();
    let carried = Carried {
        variables,
        secrets: SECRET_VARIABLES
            .into_iter()
            .chain(FOREIGN_SECRETS)
            .filter(|name| var(name).is_some())
            .collect(),
        proxies: closed.into_iter().map(|(name, _)| name).collect(),
        unset: Vec::new(),
    };
    match scheduler.is_none_or(Scheduler::has_environment) {
        true => {
            let language = (LANGUAGE.to_owned(), language.to_owned());
            Carried { variables: carried.variables.into_iter().chain([language]).collect(), ..carried }
        }
        false => {
            let unset = carried.variables.into_keys().collect();
            Carried { unset, variables: BTreeMap::new(), ..carried }
        }
    }
}

/// Whether an address holds a password, or a token in the place of a name. One that cannot be read is taken for
/// such: better a proxy too few than a password in a file.
pub fn has_userinfo(address: &str) -> bool {
    let whole = if address.contains("://") { address.to_owned() } else { format!("http://{address}") };
    Url::parse(&whole).map_or(true, |url| url.password().is_some() || !url.username().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(scheduler: Scheduler, vars: &[(&str, &str)]) -> Carried {
        let look =
            |name: &str| vars.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        carried(Some(scheduler), &look, "pl")
    }

    #[test]
    fn a_job_finds_the_same_shops_and_no_secret_is_written_down() {
        let carried = of(
            Scheduler::Systemd,
            &[
                ("SELLAUTH_HOME", "home"),
                ("SELLAUTH_PASSPHRASE", "hush"),
                ("SELLAUTH_CLIENT_SECRET", "hush"),
                ("SELLAUTH_STORE", "file"),
                ("XDG_CONFIG_HOME", "/elsewhere"),
                ("HTTPS_PROXY", "http://proxy:3128"),
                ("http_proxy", "ada:hush@proxy:3128"),
                ("ALL_PROXY", "http://ada:hush@proxy"),
                ("all_proxy", "http://hush@proxy"),
                ("LANG", "pl_PL.UTF-8"),
                ("PATH", "/bin"),
            ],
        );
        let names: Vec<&str> = carried.variables.keys().map(String::as_str).collect();
        assert_eq!(names, ["HTTPS_PROXY", "SELLAUTH_HOME", "SELLAUTH_LANG", "SELLAUTH_STORE"]);
        assert!(Path::new(&carried.variables["SELLAUTH_HOME"]).is_absolute());
        assert_eq!(carried.secrets, ["SELLAUTH_CLIENT_SECRET", "SELLAUTH_PASSPHRASE"]);
        assert_eq!(carried.variables["SELLAUTH_LANG"], "pl");
        assert_eq!(carried.proxies, ["http_proxy", "ALL_PROXY", "all_proxy"]);
        assert!(!format!("{carried:?}").contains("hush"));
    }

    #[test]
    fn folders_count_where_they_decide() {
        let carried = of(Scheduler::Launchd, &[("XDG_CONFIG_HOME", "/c"), ("XDG_DATA_HOME", "relative")]);
        assert_eq!(carried.variables.keys().collect::<Vec<_>>(), ["SELLAUTH_LANG", "XDG_CONFIG_HOME"]);
    }

    #[test]
    fn where_a_job_can_have_none_they_are_named() {
        let carried = of(Scheduler::Tasks, &[("SELLAUTH_HOME", "/h"), ("SELLAUTH_STORE", "file")]);
        assert_eq!(
            (carried.variables.len(), carried.unset.join(" ")),
            (0, "SELLAUTH_HOME SELLAUTH_STORE".to_owned())
        );
    }
}
