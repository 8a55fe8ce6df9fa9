//! Where the vault is, and who this machine is there.

use std::path::PathBuf;

use serde::Deserialize;
use url::{Host, Url};

use super::Login;
use crate::config::{Lookup, Source};
use crate::error::Result;
use crate::fail;

/// `[vault]` in `config.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Table {
    /// The KV store's mount.
    pub mount: String,
    /// Below which everything of ours stands.
    pub prefix: String,
    /// The mount of `AppRole` logins.
    pub approle_mount: String,
    /// The mount of Kubernetes logins.
    pub kubernetes_mount: String,
    /// Where Kubernetes puts a service account's token.
    pub kubernetes_token_file: PathBuf,
}

impl Default for Table {
    fn default() -> Self {
        Self {
            mount: "secret".to_owned(),
            prefix: "sellauth".to_owned(),
            approle_mount: "approle".to_owned(),
            kubernetes_mount: "kubernetes".to_owned(),
            kubernetes_token_file: PathBuf::from("/var/run/secrets/kubernetes.io/serviceaccount/token"),
        }
    }
}

/// Everything that decides which vault is meant.
#[derive(Clone)]
pub struct Settings {
    /// `VAULT_ADDR`.
    pub address: Option<String>,
    /// `VAULT_NAMESPACE`.
    pub namespace: Option<String>,
    /// `VAULT_CACERT`, else the certificates of everything else.
    pub ca_file: Option<PathBuf>,
    /// Mounts and prefix.
    pub table: Table,
    /// How it lets this machine in.
    pub login: Login,
}

impl Settings {
    /// What the environment and `config.toml` say. Secrets are read only when they are needed.
    pub fn find(var: Lookup, table: Table, ca_file: Option<PathBuf>) -> Self {
        Self {
            address: var("VAULT_ADDR"),
            namespace: var("VAULT_NAMESPACE").map(|name| name.trim_matches('/').to_owned()),
            ca_file: var("VAULT_CACERT").map(PathBuf::from).or(ca_file),
            login: login(var, &table),
            table,
        }
    }

    /// The server's address.
    ///
    /// Kind `configuration` where there is none, or plain HTTP would leave this machine.
    pub(super) fn address(&self) -> Result<Url> {
        let given = self.address.as_deref().ok_or_else(|| fail!(Configuration, "vault-address-missing"))?;
        let unfit = || fail!(Configuration, "vault-address-unfit");
        let url = Url::parse(given).map_err(|error| unfit().because(error))?;
        let is_own = match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => return Err(unfit()),
        };
        // It stands in messages.
        if !url.username().is_empty() || url.password().is_some() || url.query().is_some() {
            return Err(unfit());
        }
        match url.scheme() {
            "https" => Ok(url),
            "http" if is_own => Ok(url),
            "http" => Err(fail!(Configuration, "vault-address-plain")),
            _ => Err(unfit()),
        }
    }

    /// What tells these entries from those of another vault, mount or prefix. Nothing secret.
    pub fn place(&self) -> String {
        let Table { mount, prefix, .. } = &self.table;
        format!("{:?}", (&self.address, &self.namespace, mount, prefix))
    }
}

/// The first way that something is said about. What was given by hand wins over what lies about.
fn login(var: Lookup, table: &Table) -> Login {
    if let Some(token) = Source::find(var, "VAULT_TOKEN") {
        return Login::Token(token);
    }
    let secret_id = Source::find(var, "SELLAUTH_VAULT_SECRET_ID");
    if let Some((role_id, secret_id)) = var("SELLAUTH_VAULT_ROLE_ID").zip(secret_id) {
        return Login::AppRole { mount: table.approle_mount.clone(), role_id, secret_id };
    }
    if let Some(role) = var("SELLAUTH_VAULT_ROLE") {
        let (mount, token_file) = (table.kubernetes_mount.clone(), table.kubernetes_token_file.clone());
        return Login::Kubernetes { mount, role, token_file };
    }
    // Whether it is there is asked only where a vault is: `token` is to be as fast as a process can start.
    match var("HOME") {
        Some(home) => Login::TokenFile(PathBuf::from(home).join(".vault-token")),
        None => Login::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

    fn settings(vars: &[(&str, &str)]) -> Settings {
        let look =
            |name: &str| vars.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        Settings::find(&look, Table::default(), None)
    }

    #[test]
    fn secrets_leave_this_machine_by_https_only() {
        for (address, fits) in [
            ("https://vault.example:8200", true),
            ("http://127.0.0.1:8200", true),
            ("http://[::1]:8200", true),
            ("http://localhost:8200", true),
            ("http://10.0.0.1:8200", false),
            ("http://localhost.example:8200", false),
            ("https://me:hush@vault.example", false),
            ("ftp://localhost", false),
            ("vault.example", false),
        ] {
            let address = settings(&[("VAULT_ADDR", address)]).address();
            assert_eq!(address.is_ok(), fits, "{address:?}");
            assert!(fits || address.unwrap_err().kind == Kind::Configuration);
        }
        assert!(settings(&[]).address().is_err());
    }

    #[test]
    fn the_first_way_to_log_in_that_is_there_is_taken() {
        let way = |vars: &[(&str, &str)]| match settings(vars).login {
            Login::Token(Source::Value(_)) => "token",
            Login::Token(Source::File(_)) | Login::TokenFile(_) => "file",
            Login::AppRole { .. } => "approle",
            Login::Kubernetes { .. } => "kubernetes",
            Login::None => "none",
        };
        assert_eq!(way(&[]), "none");
        let mut vars = vec![("HOME", "/home/me")];
        for (more, expected) in [
            (vec![], "file"),
            (vec![("SELLAUTH_VAULT_ROLE_ID", "r")], "file"),
            (vec![("SELLAUTH_VAULT_ROLE", "r")], "kubernetes"),
            (vec![("SELLAUTH_VAULT_SECRET_ID_FILE", "/nowhere")], "approle"),
            (vec![("VAULT_TOKEN", "hvs.y")], "token"),
        ] {
            vars.extend(more);
            assert_eq!(way(&vars), expected, "{vars:?}");
        }
    }
}
