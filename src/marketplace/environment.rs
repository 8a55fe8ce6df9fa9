//! The names under which a definition may put something into the environment of a person's command.

use crate::text;

use super::definition::Definition;

/// What `exec` and this program's own settings are called after `SELLAUTH_`.
const OWN: &str = "access_token api_base browser client_secret client_secret_file env expires_at \
    export_passphrase export_passphrase_file header home key_file lang marketplace passphrase passphrase_file \
    profile region shop_id store";

/// How names begin that decide which code a command runs, or whom it trusts.
const BEGINNINGS: &str = "BASH CLR_ COMPLUS_ COR_ CORECLR_ CURL_ DBUS_ DOTNET_ DYLD_ GCONV_ GIO_ GIT_ GLIBC_ \
    JAVA_ JDK_ LD_ MALLOC_ NODE_ NPM_ OPENSSL_ PERL PHP PYTHON REQUESTS_ RUBY SELLAUTH_ SSH_ SSL XDG_ _JAVA_";

/// How such names end: search paths, proxies, options of interpreters, certificates.
const ENDINGS: &str = "PATH PATHEXT PROXY _CA CA_BUNDLE CA_FILE OPTIONS OPTS";

/// Such names that follow no rule.
const WHOLE: &str = "BROWSER COMSPEC EDITOR ENV GOFLAGS HOME HOSTALIASES IFS LOCALDOMAIN PAGER PS4 SHELL \
    SYSTEMROOT TMPDIR VISUAL WINDIR";

/// What is wrong with the names that a definition exports: each fault behind the key it is about.
pub fn faults(definition: &Definition) -> Vec<(String, String)> {
    let sdk = definition.sdk_env.iter().filter(|(name, _)| !is_fit(name));
    let sdk = sdk.map(|(name, _)| ("sdk_env".to_owned(), text!("fault-variable", name = name)));
    let own = definition.exported.iter().filter(|name| listed(OWN).any(|own| own == *name));
    let own = own.map(|name| ("exported".to_owned(), text!("fault-exported", name = name)));
    sdk.chain(own).collect()
}

fn listed(names: &str) -> impl Iterator<Item = &str> {
    names.split_whitespace()
}

/// Whether an SDK's variable may be called so: a name of the environment that steers no program beside
/// the SDK.
fn is_fit(name: &str) -> bool {
    let inside = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
    name.bytes().all(inside)
        && name.starts_with(|first: char| !first.is_ascii_digit())
        && !name.contains("CERT")
        && !listed(WHOLE).any(|whole| name == whole)
        && !listed(BEGINNINGS).any(|beginning| name.starts_with(beginning))
        && !listed(ENDINGS).any(|ending| name.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use secrecy::ExposeSecret;

    use super::super::built_in;
    use super::*;

    #[test]
    fn an_sdk_is_sent_to_the_shops_own_place() {
        let definition = built_in("amazon");
        for (environment, region, expected) in
            [("production", "UK", ["UK", "PRODUCTION"]), ("sandbox", "JP", ["JP", "SANDBOX"])]
        {
            let mut values = definition.values_at(environment, Some(region), &[], &BTreeMap::new());
            values.set("region", region);
            let found = ["SP_API_DEFAULT_MARKETPLACE", "AWS_ENV"].map(|wanted| {
                let (_, template) = definition.sdk_env.iter().find(|(name, _)| *name == wanted).unwrap();
                template.text(&values).expose_secret().to_owned()
            });
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn what_sdks_read_is_fit() {
        let names =
            "SP_API_REFRESH_TOKEN LWA_APP_ID SELLING_PARTNER_APP_CLIENT_SECRET AWS_ENV EBAY_TOKEN2 _X";
        for name in listed(names) {
            assert!(is_fit(name), "{name}");
        }
    }

    #[test]
    fn what_steers_other_programs_is_refused() {
        let names = "LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT DYLD_INSERT_LIBRARIES PATH CLASSPATH GCONV_PATH \
            PYTHONPATH PYTHONSTARTUP PYTHONHOME NODE_OPTIONS NODE_EXTRA_CA_CERTS NODE_TLS_REJECT_UNAUTHORIZED \
            NPM_CONFIG_REGISTRY RUBYOPT PERL5OPT PHPRC JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS \
            MAVEN_OPTS DOTNET_STARTUP_HOOKS HTTPS_PROXY HTTP_PROXY ALL_PROXY NO_PROXY SSL_CERT_FILE \
            SSL_CERT_DIR SSLKEYLOGFILE REQUESTS_CA_BUNDLE CURL_CA_BUNDLE AWS_CA_BUNDLE GIT_SSH_COMMAND \
            SSH_AUTH_SOCK BASH_ENV ENV IFS HOME SHELL BROWSER OPENSSL_CONF SELLAUTH_HOME SELLAUTH_ACCESS_TOKEN";
        let odd = ["", "1A", "a", "LWA-ID", "LWA ID", "LWA=ID", "LWA\nID", "\u{c4}"];
        for name in listed(names).chain(odd) {
            assert!(!is_fit(name), "{name}");
        }
    }
}
