//! A request the marketplace starts itself: it opens our redirect URI with an address to go on
//! to. Whether that address may be trusted is decided here.

use std::collections::BTreeMap;

use secrecy::ExposeSecret;
use url::{Position, Url};

use crate::oauth::pointer::plain;

use super::definition::{Definition, Initiation};
use super::template::{Template, Values, safe_url};

/// The longest value taken from such a request.
const LONGEST_VALUE: usize = 2048;

/// The most that is shown of an address from outside.
const LONGEST_SHOWN: usize = 100;

/// Why such a request is not answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Untrusted {
    /// A parameter is missing or too long.
    Parameter(String),
    /// The address is none that the marketplace would go on at.
    Target,
    /// It would be one, on a host that is not known as the marketplace's.
    Host {
        /// Its name, with a port that is not the usual one.
        host: String,
        /// The unconfirmed value of the profile's region in whose place a person may set it.
        instead_of: Option<String>,
    },
    /// It is one for another app.
    App {
        /// What tells the apps apart, in the address.
        given: String,
        /// The same of this app.
        own: String,
    },
    /// As many are answered already as there may be.
    TooMany,
}

/// Where to send the browser on to, and what to remember of the request.
pub struct Confirmation {
    /// The checked address with our parameters.
    pub url: Url,
    /// What the definition captures.
    pub captured: BTreeMap<String, String>,
}

/// Checks a request the marketplace started and makes the answer to it.
///
/// `parameter` looks up the request's query; `values` are the connection's, with the fresh
/// `state`. The target must be https, with an origin the definition names for any region, exactly
/// the definition's path, no user information and no fragment; a relative one is resolved against
/// the profile's own base.
pub fn confirm(
    definition: &Definition,
    initiation: &Initiation,
    values: &Values,
    parameter: &dyn Fn(&str) -> Option<String>,
) -> Result<Confirmation, Untrusted> {
    let mut captured = BTreeMap::new();
    for (name, wire) in &initiation.capture {
        let value = parameter(wire).filter(|value| !value.is_empty() && value.len() <= LONGEST_VALUE);
        let value = value.ok_or_else(|| Untrusted::Parameter(wire.clone()))?;
        captured.insert(name.clone(), plain(&value));
    }
    let target = parameter(&initiation.target)
        .filter(|target| target.len() <= LONGEST_VALUE)
        .ok_or_else(|| Untrusted::Parameter(initiation.target.clone()))?;
    let base = initiation.base.url(values).map_err(|_| Untrusted::Target)?;
    let target = resolve(&base, &target).ok_or(Untrusted::Target)?;
    let known = origins(definition, initiation, values).contains(&target.origin().ascii_serialization());
    let path = initiation.path.text(values);
    match (target.path() == path.expose_secret(), known) {
        (true, true) => {}
        (true, false) => return Err(unknown_host(definition, &base, &target, values)),
        (false, true) => return Err(other_app(&target, path.expose_secret())),
        (false, false) => return Err(Untrusted::Target),
    }
    let mut values = values.clone();
    values.set_all(&captured);
    Ok(Confirmation { url: with_parameters(target, initiation, &values), captured })
}

/// The address itself, or a relative one on `base`; only a plain https address is one.
fn resolve(base: &Url, target: &str) -> Option<Url> {
    // Browsers read a backslash as a slash; a target that needs such reading is not honest.
    if target.contains(['\\', '@', '#']) || target.starts_with("//") || target.chars().any(char::is_control) {
        return None;
    }
    let absolute = if target.starts_with('/') { base.join(target).ok()? } else { Url::parse(target).ok()? };
    // Nor is one that says its host or its path in another way than a browser would.
    let sent = target.split('?').next().unwrap_or_default();
    safe_url(absolute.as_str()).filter(|url| url[..Position::AfterPath].ends_with(sent))
}

/// The right address on a wrong host, unless that is the profile's own and a person must say so.
fn unknown_host(definition: &Definition, base: &Url, target: &Url, values: &Values) -> Untrusted {
    let stands_at = |name: &&str| Url::parse(values.get(name)).is_ok_and(|url| url.origin() == base.origin());
    let instead_of = definition.unverified(Some(values.get("region"))).find(stands_at).map(str::to_owned);
    Untrusted::Host { host: shown(&target[Position::BeforeHost..Position::AfterPort]), instead_of }
}

/// A path that differs from `path` in its last part only is another app's.
fn other_app(target: &Url, path: &str) -> Untrusted {
    match (target.path().rsplit_once('/'), path.rsplit_once('/')) {
        (Some((folder, given)), Some((own_folder, own))) if folder == own_folder && !given.is_empty() => {
            Untrusted::App { given: shown(given), own: shown(own) }
        }
        _ => Untrusted::Target,
    }
}

/// Part of a URL, so without characters that steer a display; of bearable length.
fn shown(part: &str) -> String {
    part.chars().take(LONGEST_SHOWN).collect()
}

/// The origins of every region: the seller may be sent on by another country's page. Those of
/// `values` are the profile's own, with what a person replaced.
fn origins(definition: &Definition, initiation: &Initiation, values: &Values) -> Vec<String> {
    let elsewhere = definition
        .regions
        .keys()
        .map(|region| definition.values_at(values.get("environment"), Some(region), &[], &BTreeMap::new()));
    let places: Vec<Values> = std::iter::once(values.clone()).chain(elsewhere).collect();
    let origin = |template: &Template, values: &Values| {
        template.url(values).ok().map(|url| url.origin().ascii_serialization())
    };
    initiation
        .origins
        .iter()
        .flat_map(|template| places.iter().filter_map(move |values| origin(template, values)))
        .collect()
}

/// Replaces, and never doubles, what the address already carries; what is ours to say and stays
/// unsaid is not taken from there either.
fn with_parameters(mut target: Url, initiation: &Initiation, values: &Values) -> Url {
    let ours: Vec<(&str, String)> = initiation
        .parameters
        .iter()
        .map(|(name, template)| (name, template.text(values).expose_secret().to_owned()))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let kept: Vec<(String, String)> = target
        .query_pairs()
        .filter(|(name, _)| initiation.parameters.iter().all(|(own, _)| own != name))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    let pairs = kept.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let pairs = pairs.chain(ours.iter().map(|(name, value)| (*name, value.as_str())));
    let query: Vec<String> = pairs
        .map(|(name, value)| format!("{}={}", super::template::encode(name), super::template::encode(value)))
        .collect();
    target.set_query(Some(&query.join("&")));
    target
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marketplace::built_in;

    const APP: &str = "amzn1.sp.solution.1";

    fn run(target: &str, state: Option<&str>) -> Result<Confirmation, Untrusted> {
        run_in("DE", &BTreeMap::new(), target, state)
    }

    fn run_in(
        region: &str,
        variables: &BTreeMap<String, String>,
        target: &str,
        state: Option<&str>,
    ) -> Result<Confirmation, Untrusted> {
        let definition = built_in("amazon");
        let mut values = definition.values_at("production", Some(region), &["draft".to_owned()], variables);
        values.set("environment", "production");
        values.set("region", region);
        values.set("application_id", APP);
        values.set("state", "fresh");
        values.set("redirect_uri", "https://erp.example/callback");
        let parameter = |name: &str| match name {
            "amazon_callback_uri" => Some(target.to_owned()),
            "amazon_state" => state.map(str::to_owned),
            "selling_partner_id" => Some("A1".to_owned()),
            _ => None,
        };
        confirm(&definition, definition.initiation.as_ref().unwrap(), &values, &parameter)
    }

    #[test]
    fn the_honest_request_is_answered() {
        for host in
            ["https://amazon.com", "https://sellercentral.amazon.in", "https://vendorcentral.amazon.es"]
        {
            let target = format!("{host}/apps/authorize/confirm/{APP}?state=old&keep=1");
            let confirmation = run(&target, Some("s/1")).unwrap();
            assert_eq!(
                confirmation.url.as_str(),
                format!(
                    "{host}/apps/authorize/confirm/{APP}?keep=1&amazon_state=s%2F1&state=fresh\
                     &redirect_uri=https%3A%2F%2Ferp.example%2Fcallback&version=beta"
                )
            );
            assert_eq!(confirmation.captured["selling_partner_id"], "A1");
        }
        let relative = run(&format!("/apps/authorize/confirm/{APP}"), Some("s")).unwrap();
        assert_eq!(relative.url.host_str(), Some("sellercentral-europe.amazon.com"));
    }

    #[test]
    fn what_a_person_replaced_is_an_origin_of_the_profiles() {
        let own = "https://sellercentral.example.com".to_owned();
        let replaced = BTreeMap::from([("seller_central".to_owned(), own.clone())]);
        let path = format!("/apps/authorize/confirm/{APP}");
        let confirmed = |region, target: &str| run_in(region, &replaced, target, Some("s"));
        let host = |confirmation: Result<Confirmation, Untrusted>| {
            confirmation.map(|confirmation| confirmation.url.host_str().unwrap().to_owned())
        };
        assert_eq!(
            host(confirmed("IE", &format!("{own}{path}"))).as_deref(),
            Ok("sellercentral.example.com")
        );
        assert_eq!(host(confirmed("IE", &path)).as_deref(), Ok("sellercentral.example.com"));
        // Germany's is confirmed, so nobody may replace it.
        assert_eq!(host(confirmed("DE", &format!("{own}{path}"))), Err(refused_host(None)));
    }

    fn refused_host(instead_of: Option<&str>) -> Untrusted {
        let instead_of = instead_of.map(str::to_owned);
        Untrusted::Host { host: "sellercentral.example.com".to_owned(), instead_of }
    }

    #[test]
    fn a_refusal_says_what_a_person_could_do_about_it() {
        let path = format!("/apps/authorize/confirm/{APP}");
        let refused =
            |region, target: &str| run_in(region, &BTreeMap::new(), target, Some("s")).err().unwrap();
        let elsewhere = format!("https://sellercentral.example.com{path}");
        assert_eq!(refused("IE", &elsewhere), refused_host(Some("seller_central")));
        assert_eq!(refused("DE", &elsewhere), refused_host(None));
        let app = |given: &str| Untrusted::App { given: given.to_owned(), own: APP.to_owned() };
        let other = "https://amazon.com/apps/authorize/confirm";
        assert_eq!(refused("DE", &format!("{other}/amzn1.sp.solution.2")), app("amzn1.sp.solution.2"));
        let long = refused("DE", &format!("{other}/{}", "x".repeat(2000)));
        assert_eq!(long, app(&"x".repeat(LONGEST_SHOWN)));
        for target in
            [format!("{other}/"), "https://amazon.com/".to_owned(), "https://evil.example/".to_owned()]
        {
            assert_eq!(refused("DE", &target), Untrusted::Target, "{target}");
        }
    }

    #[test]
    fn what_is_captured_has_no_control_characters() {
        let target = format!("https://amazon.com/apps/authorize/confirm/{APP}");
        assert_eq!(run(&target, Some("a\u{1b}[2Jb")).ok().unwrap().captured["amazon_state"], "a[2Jb");
    }

    #[test]
    fn every_forgery_is_refused() {
        let path = format!("/apps/authorize/confirm/{APP}");
        for target in [
            format!("https://evil.example{path}"),
            format!("http://amazon.com{path}"),
            format!("https://amazon.com:444{path}"),
            format!("https://amazon.com.evil.example{path}"),
            format!("https://a@amazon.com{path}"),
            format!("https://amazon.com{path}#x"),
            format!("https://amazon.com{path}/"),
            format!("https://amazon.com{path}/../evil"),
            format!("https://amazon.com/apps/../{path}"),
            format!("https://amazon.com/evil/..{path}"),
            format!("https://amazon.com/evil/%2e%2e{path}"),
            format!("https://amazon.com/.{path}"),
            format!("https://amazon.com:443{path}"),
            format!("HTTPS://AMAZON.COM{path}"),
            format!("https:amazon.com{path}"),
            format!(" https://amazon.com{path} "),
            format!("/evil/..{path}"),
            format!("https://amazon.com//apps/authorize/confirm/{APP}"),
            "https://amazon.com/apps/authorize/confirm/amzn1.sp.solution.2".to_owned(),
            format!("//evil.example{path}"),
            format!("\\\\evil.example{path}"),
            format!("https:\\\\evil.example{path}"),
            format!("apps{path}"),
            "javascript:alert(1)".to_owned(),
            String::new(),
        ] {
            assert!(run(&target, Some("s")).is_err(), "{target}");
        }
        assert!(run(&format!("https://amazon.com{path}"), None).is_err());
        assert!(run(&format!("https://amazon.com{path}"), Some(&"s".repeat(2049))).is_err());
    }
}
