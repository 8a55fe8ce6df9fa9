//! The redirect URI registered at the marketplace, and the listener on this machine: two things.

use url::Url;

use crate::callback::{Address, Host};
use crate::error::Result;
use crate::fail;
use crate::marketplace::Definition;
use crate::marketplace::definition::{Redirect, RedirectKind, RedirectMode};
use crate::marketplace::template::{is_loopback, safe_url};

/// The path of redirects, unless someone says otherwise.
const PATH: &str = "/callback";

/// How an answer comes back.
pub struct Plan {
    /// Where to listen.
    pub listener: Address,
    /// Whether a registered https page stands between, so that `state` must carry our port.
    pub relayed: bool,
    /// Where it leads to this machine.
    registered: Option<Url>,
    /// As it was registered, to the letter: `Url` would add a slash to a bare origin.
    text: String,
}

impl Plan {
    /// Makes the plan for an app's redirect URI; without one, the definition's own loopback
    /// address. `port` is what `--port` says.
    ///
    /// Kind `configuration` for a URI the marketplace does not take, `usage` for a port that
    /// contradicts the registered one.
    pub fn make(definition: &Definition, redirect_uri: Option<&str>, port: Option<u16>) -> Result<Self> {
        let registered = match redirect_uri {
            Some(uri) => check(definition, uri)?,
            None => own(&definition.redirect),
        };
        let text = redirect_uri.map(str::to_owned).or_else(|| registered.as_ref().map(Url::to_string));
        let needed = || fail!(Configuration, "redirect-needed", marketplace = definition.name);
        let text = text.ok_or_else(needed)?;
        let Some(registered) = registered.filter(is_loopback) else {
            let listener = Address { host: Host::V4, port, path: PATH.to_owned() };
            return Ok(Self { listener, relayed: true, registered: None, text });
        };
        let fixed = registered.port().filter(|port| *port != 0);
        if let (Some(fixed), Some(wish)) = (fixed, port)
            && fixed != wish
        {
            return Err(fail!(Usage, "port-registered", port = fixed));
        }
        let listener =
            Address { host: host(&registered), port: fixed.or(port), path: registered.path().to_owned() };
        Ok(Self { listener, relayed: false, registered: Some(registered), text })
    }

    /// The redirect URI to send, with the port the listener got.
    pub fn uri(&self, port: Option<u16>) -> String {
        match (&self.registered, port) {
            (Some(registered), Some(port)) if registered.port() != Some(port) => {
                let mut uri = registered.clone();
                // Only a URL without a host refuses a port.
                let _ = uri.set_port(Some(port));
                uri.to_string()
            }
            _ => self.text.clone(),
        }
    }

    /// What `state` ends in, so that the relay page finds the listener.
    pub fn state_suffix(&self, port: Option<u16>) -> String {
        match (self.relayed, port) {
            (true, Some(port)) => format!(".{port}"),
            _ => String::new(),
        }
    }
}

/// The redirect URI an app has when a person names none; `None` where one must be named.
pub fn default_uri(definition: &Definition) -> Option<String> {
    own(&definition.redirect).map(|url| url.to_string())
}

fn own(redirect: &Redirect) -> Option<Url> {
    if redirect.modes.first() != Some(&RedirectMode::Loopback) {
        return None;
    }
    let host = redirect.host.as_deref().unwrap_or("127.0.0.1");
    let path = redirect.path.as_deref().unwrap_or(PATH);
    let port = redirect.port.map_or_else(String::new, |port| format!(":{port}"));
    Url::parse(&format!("http://{host}{port}{path}")).ok()
}

/// Whether an address is registered, and not a name that stands for one.
pub fn is_address(definition: &Definition) -> bool {
    definition.redirect.kind == RedirectKind::Address
}

/// The flag of `app add` and `app set` that gives it.
pub fn flag(definition: &Definition) -> &'static str {
    match is_address(definition) {
        true => "--redirect-uri https://…",
        false => "--redirect-uri …",
    }
}

/// Whether the only way back is a person who copies the address.
pub fn is_pasted_only(definition: &Definition) -> bool {
    let modes = &definition.redirect.modes;
    !modes.is_empty() && modes.iter().all(|mode| *mode == RedirectMode::Paste)
}

/// Whether an address leads nowhere by design: names that no name server ever knows (RFC 6761).
pub fn leads_nowhere(uri: Option<&str>) -> bool {
    let url = uri.and_then(|uri| Url::parse(uri).ok());
    let host = url.as_ref().and_then(Url::host_str);
    host.and_then(|host| host.rsplit('.').next()).is_some_and(|last| matches!(last, "test" | "invalid"))
}

/// Checks a redirect URI against what the marketplace registers. `None`: it is a name that stands for an
/// address.
pub fn check(definition: &Definition, uri: &str) -> Result<Option<Url>> {
    match definition.redirect.kind {
        RedirectKind::Opaque => definition.check_value("redirect_uri", uri, false).map(|()| None),
        RedirectKind::Address => {
            let url = address(definition, uri)?;
            let own = definition.variables.contains_key("redirect_uri");
            if own {
                definition.check_value("redirect_uri", uri, false).map(|()| Some(url))
            } else {
                Ok(Some(url))
            }
        }
    }
}

fn address(definition: &Definition, uri: &str) -> Result<Url> {
    let modes = &definition.redirect.modes;
    let unfit = |reason: String| fail!(Configuration, "redirect-unfit", uri = uri, reason = reason);
    // It is sent to the letter, and an address is read without the blanks and controls it was given with.
    let letters = !uri.contains(|c: char| c.is_whitespace() || c.is_control());
    let url = safe_url(uri).filter(|_| letters).ok_or_else(|| unfit(crate::text!("redirect-no-address")))?;
    if url.query_pairs().any(|(name, _)| matches!(name.as_ref(), "state" | "code" | "error")) {
        return Err(unfit(crate::text!("redirect-taken-parameter")));
    }
    if !is_loopback(&url) {
        return match url.scheme() == "https" && modes.iter().any(|mode| *mode != RedirectMode::Loopback) {
            true => Ok(url),
            false => Err(unfit(crate::text!("redirect-loopback-only"))),
        };
    }
    if !modes.contains(&RedirectMode::Loopback) {
        return Err(unfit(crate::text!("redirect-https-only", marketplace = definition.name)));
    }
    // The listener binds these, and no other address of this machine.
    if !matches!(url.host_str(), Some("127.0.0.1" | "[::1]" | "localhost")) {
        return Err(unfit(crate::text!("redirect-loopback-host")));
    }
    if url.scheme() != "http" {
        return Err(unfit(crate::text!("redirect-loopback-http")));
    }
    match definition.redirect.host.as_deref() {
        Some(host) if url.host_str() != Some(host) => {
            Err(unfit(crate::text!("redirect-other-host", host = host)))
        }
        _ => Ok(url),
    }
}

fn host(url: &Url) -> Host {
    match url.host() {
        Some(url::Host::Ipv4(_)) => Host::V4,
        Some(url::Host::Ipv6(_)) => Host::V6,
        _ => Host::Localhost,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marketplace::built_in as definition;

    #[test]
    fn a_loopback_redirect_is_the_listener() {
        let plan = Plan::make(&definition("allegro"), None, None).unwrap();
        assert_eq!(plan.uri(Some(8123)), "http://localhost:8123/callback");
        assert_eq!((plan.listener.host, plan.listener.port), (Host::Localhost, Some(8123)));
        assert_eq!(plan.state_suffix(Some(8123)), "");
        assert!(Plan::make(&definition("allegro"), None, Some(9000)).is_err());
        assert!(Plan::make(&definition("allegro"), Some("http://127.0.0.1:8123/callback"), None).is_err());
        let any = Plan::make(&definition("allegro"), Some("http://localhost/x"), None).unwrap();
        assert_eq!((any.listener.port, any.uri(Some(5000))), (None, "http://localhost:5000/x".to_owned()));
    }

    #[test]
    fn some_addresses_lead_nowhere_by_design() {
        for uri in ["https://nord-kontor.test/callback", "https://a.invalid"] {
            assert!(leads_nowhere(Some(uri)), "{uri}");
        }
        for uri in [None, Some("https://erp.example/x.test"), Some("https://test.example"), Some("x")] {
            assert!(!leads_nowhere(uri), "{uri:?}");
        }
    }

    #[test]
    fn an_https_redirect_is_relayed() {
        let plan =
            Plan::make(&definition("amazon"), Some("https://erp.example/amazon/callback"), None).unwrap();
        assert_eq!(plan.uri(Some(5000)), "https://erp.example/amazon/callback");
        assert_eq!(plan.state_suffix(Some(5000)), ".5000");
        for wrong in [
            "http://localhost:8123/callback",
            "http://erp.example/callback",
            "https://erp.example/#x",
            "https://a@erp.example/",
            "https://erp.example/?state=1",
            "erp.example",
            "https://erp.example/callback ",
            "https://erp.example\u{ad}/callback",
            "https://erp.example\\callback",
            "https://erp.example/call\tback",
        ] {
            assert!(Plan::make(&definition("amazon"), Some(wrong), None).is_err(), "{wrong}");
        }
        assert!(Plan::make(&definition("amazon"), None, None).is_err());
    }

    #[test]
    fn a_name_that_stands_for_an_address_is_sent_as_it_is() {
        let ebay = definition("ebay");
        assert!(is_pasted_only(&ebay) && !is_pasted_only(&definition("otto")));
        let plan = Plan::make(&ebay, Some("Nord_Kontor-NordKont-Shops-abcdefg"), None).unwrap();
        assert_eq!(plan.uri(None), "Nord_Kontor-NordKont-Shops-abcdefg");
        assert_eq!((plan.uri(Some(1)), plan.state_suffix(None)), (plan.uri(None), String::new()));
        for wrong in ["https://erp.example/callback", "a b", "a\nb", "", "a/b"] {
            assert!(Plan::make(&ebay, Some(wrong), None).is_err(), "{wrong}");
        }
        assert!(Plan::make(&ebay, None, None).is_err(), "nobody else's will do");
    }
}
