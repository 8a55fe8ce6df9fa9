//! The way to the marketplaces: names, proxy, certificates, and their clock beside ours.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::config::Home;
use crate::connection::Connection;
use crate::error::Error;
use crate::marketplace::Definition;
use crate::marketplace::template::Values;
use crate::oauth::http::{Client, Obstacle};
use crate::{fail, text};

use super::Var;
use super::finding::Finding;
use super::shops::Inventory;

/// How long one host may take for everything.
const DEADLINE: Duration = Duration::from_secs(5);

/// So far a clock may be off before somebody should know: tokens are handed out with a minute left.
const CLOCK_WARNS: SignedDuration = SignedDuration::from_secs(60);

/// So far off, tokens count as valid that are not, and certificates as not valid that are.
const CLOCK_FAILS: SignedDuration = SignedDuration::from_secs(300);

/// How a marketplace's host answered.
struct Echo {
    host: String,
    /// By how much our clock is ahead of its clock, where it tells; or what was in the way.
    answer: Result<Option<SignedDuration>, (Obstacle, anyhow::Error)>,
    took: Duration,
}

/// Asks every marketplace in use for a sign of life. Nothing secret is sent.
pub fn check(home: &Home, inventory: &Inventory, var: Var) -> Vec<Finding> {
    let mut findings = certificates(home, var);
    let origins = origins(inventory);
    if origins.is_empty() {
        findings.push(Finding::note("network", text!("doctor-network-nobody")));
        return findings;
    }
    let client = match Client::new(DEADLINE, home.ca_file()) {
        Ok(client) => client,
        // A file that cannot be read was told already.
        Err(_) if !findings.is_empty() => return findings,
        Err(error) => {
            findings.push(Finding::problem(
                "certificates",
                fail!(Configuration, "doctor-tls-setup").because(error),
            ));
            return findings;
        }
    };
    let echoes: Vec<Echo> = thread::scope(|scope| {
        let asked: Vec<_> = origins.iter().map(|url| scope.spawn(|| ask(&client, url))).collect();
        asked.into_iter().filter_map(|thread| thread.join().ok()).collect()
    });
    findings.extend(clock(&echoes));
    findings.extend(verdicts(echoes, !findings.is_empty()));
    findings
}

/// Where the token endpoints are, without anything of a shop's or an app's.
fn origins(inventory: &Inventory) -> Vec<Url> {
    let mut origins = Vec::new();
    for shop in &inventory.shops {
        let granted = |record| shop.granted_values(record, None);
        let values = shop.record.as_ref().map_or_else(|| shop.values(None), granted);
        collect(&shop.definition, &values, &mut origins);
    }
    for (app, definition) in &inventory.registrations {
        let serves = |shop: &Connection| shop.profile.marketplace == app.marketplace;
        if !inventory.shops.iter().any(serves) {
            // Without a shop any region is as good as another.
            let region = definition.regions.keys().next().map(String::as_str);
            let values = definition.values_at(&app.environment, region, &[], &app.variables);
            collect(definition, &values, &mut origins);
        }
    }
    origins
}

fn collect(definition: &Definition, values: &Values, origins: &mut Vec<Url>) {
    let requests = definition.renewal_request.iter().chain(&definition.token_request);
    let mut urls: Vec<Url> = requests.filter_map(|request| request.url.url(values).ok()).collect();
    if definition.renewal_request.is_empty() && definition.token_request.is_empty() {
        // What is copied from a portal is used all the same.
        urls.extend(definition.api_base.url(values).ok());
    }
    for mut url in urls.into_iter().filter(is_complete) {
        url.set_path("/");
        url.set_query(None);
        url.set_fragment(None);
        // Nobody's name and password either.
        let plain = url.username().is_empty() && url.password().is_none();
        if plain && !origins.contains(&url) {
            origins.push(url);
        }
    }
}

/// Whether nothing is missing in a host, as it is where a shop's part has no shop yet: each of its names is
/// one (RFC 1123 section 2.1).
fn is_complete(url: &Url) -> bool {
    let is_name = |name: &str| !name.is_empty() && !name.starts_with('-') && !name.ends_with('-');
    url.host().is_some_and(|host| match host {
        url::Host::Domain(domain) => domain.trim_end_matches('.').split('.').all(is_name),
        url::Host::Ipv4(_) | url::Host::Ipv6(_) => true,
    })
}

fn ask(client: &Client, url: &Url) -> Echo {
    let host = url.host_str().unwrap_or_default().to_owned();
    let (began, sent) = (Instant::now(), Timestamp::now());
    let answer = client.look(url);
    let took = began.elapsed();
    // The middle of question and answer is the best guess at when it looked at its clock.
    let half = SignedDuration::try_from(took / 2).unwrap_or_default();
    let answer = answer.map(|date| date.map(|date| sent.duration_since(date) + half));
    Echo { host, answer, took }
}

/// How far our clock is ahead by the host that differs least: one that is wrong itself accuses nobody.
fn clock(echoes: &[Echo]) -> Option<Finding> {
    let told = echoes.iter().filter_map(|echo| Some((&echo.host, (*echo.answer.as_ref().ok()?)?)));
    let (host, ahead) = told.min_by_key(|(_, ahead)| ahead.abs())?;
    let seconds = ahead.abs().as_secs();
    let error = || match ahead.is_positive() {
        true => fail!(Configuration, "doctor-clock-ahead", seconds = seconds, host = host),
        false => fail!(Configuration, "doctor-clock-behind", seconds = seconds, host = host),
    };
    Some(match ahead.abs() {
        off if off > CLOCK_FAILS => Finding::problem("clock", error()),
        off if off > CLOCK_WARNS => Finding::warning("clock", error()),
        _ => Finding::ok("clock", text!("doctor-clock-right", host = host)),
    })
}

/// One finding for all hosts that meet with the same. `told`: what is wrong with certificates is known.
fn verdicts(echoes: Vec<Echo>, told: bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut blocked: BTreeMap<Obstacle, (Vec<String>, anyhow::Error)> = BTreeMap::new();
    for Echo { host, answer, took } in echoes {
        match answer {
            Ok(_) => {
                let took = took.as_millis();
                findings
                    .push(Finding::ok("network", text!("doctor-network-answers", host = host, took = took)));
            }
            Err((obstacle, cause)) => {
                blocked.entry(obstacle).or_insert_with(|| (Vec::new(), cause)).0.push(host);
            }
        }
    }
    for (obstacle, (hosts, cause)) in blocked {
        if obstacle != Obstacle::Setup || !told {
            let (check, error) = explain(obstacle, &hosts.join(", "));
            findings.push(Finding::problem(check, error.because(cause)));
        }
    }
    findings
}

fn explain(obstacle: Obstacle, hosts: &str) -> (&'static str, Error) {
    match obstacle {
        Obstacle::Setup => ("certificates", fail!(Configuration, "doctor-tls-setup")),
        Obstacle::Proxy => ("proxy", fail!(Temporary, "doctor-proxy", hosts = hosts)),
        Obstacle::Name => ("network", fail!(Temporary, "doctor-network-name", hosts = hosts)),
        Obstacle::Issuer => ("tls", fail!(Temporary, "doctor-tls-issuer", hosts = hosts)),
        Obstacle::Date => ("tls", fail!(Temporary, "doctor-tls-date", hosts = hosts)),
        Obstacle::Tls => ("tls", fail!(Temporary, "doctor-tls", hosts = hosts)),
        Obstacle::Silence => {
            let seconds = DEADLINE.as_secs();
            ("network", fail!(Temporary, "doctor-network-silent", hosts = hosts, seconds = seconds))
        }
        Obstacle::Other => ("network", fail!(Temporary, "doctor-network", hosts = hosts)),
    }
}

/// The certificate files that somebody named.
fn certificates(home: &Home, var: Var) -> Vec<Finding> {
    let system = var("SSL_CERT_FILE").map(PathBuf::from);
    let named = [(system, "SSL_CERT_FILE"), (home.ca_file().map(Path::to_owned), "ca_file")];
    let fault = |(path, said): (Option<PathBuf>, &str)| file_fault(&path?, said);
    named.into_iter().filter_map(fault).map(|error| Finding::problem("certificates", error)).collect()
}

/// What is wrong with a file of certificates. `said`: what named it.
fn file_fault(path: &Path, said: &str) -> Option<Error> {
    let shown = path.display();
    let text = match crate::files::read_plain(path) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) => {
            return Some(
                fail!(Configuration, "doctor-ca-unreadable", path = shown, said = said).because(error),
            );
        }
    };
    let holds = text.contains("-----BEGIN CERTIFICATE") || text.contains("-----BEGIN TRUSTED CERTIFICATE");
    (!holds).then(|| fail!(Configuration, "doctor-ca-empty", path = shown, said = said))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connection::fixtures;
    use crate::doctor::finding::Severity;
    use crate::error::Kind;

    fn echo(ahead: Option<i64>) -> Echo {
        let answer = Ok(ahead.map(SignedDuration::from_secs));
        Echo { host: "api.example".to_owned(), answer, took: Duration::from_millis(7) }
    }

    #[test]
    fn the_clock_is_judged_by_the_host_that_differs_least() {
        let severity = |offsets: &[i64]| {
            let echoes: Vec<Echo> = offsets.iter().map(|ahead| echo(Some(*ahead))).collect();
            clock(&echoes).map(|finding| finding.severity)
        };
        assert_eq!(severity(&[]), None);
        assert_eq!(severity(&[-60]), Some(Severity::Ok));
        assert_eq!(severity(&[61]), Some(Severity::Warning));
        assert_eq!(severity(&[-301]), Some(Severity::Problem));
        assert_eq!(severity(&[86_400, -3]), Some(Severity::Ok));
        assert!(clock(&[echo(None)]).is_none());
    }

    #[test]
    fn hosts_behind_one_obstacle_are_one_finding() {
        let blocked = |host: &str, obstacle| Echo {
            host: host.to_owned(),
            answer: Err((obstacle, anyhow::anyhow!("cause"))),
            took: Duration::ZERO,
        };
        let echoes =
            |obstacle| vec![blocked("a.example", obstacle), blocked("b.example", obstacle), echo(None)];
        let findings = verdicts(echoes(Obstacle::Proxy), false);
        assert_eq!(findings.len(), 2, "{findings:?}");
        assert!(findings[1].message.contains("a.example, b.example"), "{findings:?}");
        assert_eq!(verdicts(echoes(Obstacle::Setup), true).len(), 1);
        let kinds = [Obstacle::Setup, Obstacle::Issuer, Obstacle::Silence].map(|it| explain(it, "a").1.kind);
        assert_eq!(kinds, [Kind::Configuration, Kind::Temporary, Kind::Temporary]);
    }

    #[test]
    fn only_the_origin_of_a_token_endpoint_is_asked() {
        let shop = fixtures::connection("allegro");
        let mut origins = Vec::new();
        (0..2).for_each(|_| collect(&shop.definition, &shop.values(None), &mut origins));
        assert_eq!(origins.iter().map(Url::as_str).collect::<Vec<_>>(), ["https://allegro.pl/"]);
    }

    #[test]
    fn a_host_that_a_shop_has_a_part_in_is_not_asked_without_one() {
        let is_complete = |url: &str| is_complete(&Url::parse(url).unwrap());
        for url in ["https://.example.com", "https://api-.example.com", "https://a..example"] {
            assert!(!is_complete(url), "{url}");
        }
        for url in ["https://kontor.example.com", "http://127.0.0.1:8", "http://[::1]", "http://localhost"] {
            assert!(is_complete(url), "{url}");
        }
    }

    #[test]
    fn a_host_of_static_credentials_is_asked_for() {
        for id in ["kaufland", "shopify"] {
            let definition = crate::marketplace::built_in(id);
            let values = definition.values_at("production", None, &[], &BTreeMap::new());
            let mut origins = Vec::new();
            collect(&definition, &values, &mut origins);
            let hosts: Vec<_> = origins.iter().filter_map(Url::host_str).collect();
            let expected: &[&str] = if id == "kaufland" { &["sellerapi.kaufland.com"] } else { &[] };
            assert_eq!(hosts, expected);
        }
    }

    #[test]
    fn a_certificate_file_is_missing_or_empty_or_fine() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ca.pem");
        assert!(file_fault(&path, "ca_file").unwrap().message.contains("ca_file"));
        std::fs::write(&path, "nothing\n").unwrap();
        assert!(file_fault(&path, "SSL_CERT_FILE").is_some());
        std::fs::write(&path, "-----BEGIN CERTIFICATE-----\n").unwrap();
        assert!(file_fault(&path, "SSL_CERT_FILE").is_none());
    }
}
