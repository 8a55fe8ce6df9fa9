//! The way back of a browser: this machine's own addresses, and the ports that are registered.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpListener, TcpStream};
use std::time::Duration;

use crate::callback::relay::FIXED_PORT;
use crate::callback::{Address, Host, Listener};
use crate::error::Kind;
use crate::marketplace::Definition;
use crate::model::App;
use crate::redirect::Plan;
use crate::{fail, text};

use super::finding::Finding;
use super::shops::Inventory;

/// A machine that does not reach itself in that time does not do so at all.
const PATIENCE: Duration = Duration::from_secs(1);

/// Whether an address of this machine can be listened on and reached.
enum Reach {
    Works,
    /// The machine has no such address.
    Absent,
    Fails(io::Error),
}

/// Knocks at both addresses, and at every port that an app in use has registered.
pub fn check(inventory: Option<&Inventory>) -> Vec<Finding> {
    let v6 = match knock(Ipv6Addr::LOCALHOST.into()) {
        // No address to listen on, rather than one that does not answer.
        Reach::Fails(error) if error.kind() != ErrorKind::TimedOut => Reach::Absent,
        reach => reach,
    };
    let mut findings = verdict(knock(Ipv4Addr::LOCALHOST.into()), v6);
    let apps = inventory.map(|inventory| inventory.registrations.as_slice()).unwrap_or_default();
    findings.extend(registered(apps).into_iter().map(|(host, port)| try_port(host, port)));
    if apps.iter().any(starts_there) {
        findings.push(try_fixed_port());
    }
    findings
}

fn knock(address: IpAddr) -> Reach {
    let listener = match TcpListener::bind((address, 0)) {
        Ok(listener) => listener,
        Err(error) if error.kind() == ErrorKind::AddrNotAvailable => return Reach::Absent,
        Err(error) => return Reach::Fails(error),
    };
    let connected = listener.local_addr().and_then(|here| TcpStream::connect_timeout(&here, PATIENCE));
    connected.map_or_else(Reach::Fails, |_| Reach::Works)
}

fn verdict(v4: Reach, v6: Reach) -> Vec<Finding> {
    match (v4, v6) {
        (Reach::Works, Reach::Works) => vec![Finding::ok("loopback", text!("doctor-loopback-both"))],
        (Reach::Works, Reach::Absent) => vec![Finding::ok("loopback", text!("doctor-loopback-v4"))],
        (Reach::Works, Reach::Fails(error)) => {
            let error = fail!(Configuration, "doctor-loopback-v6-fails").because(error);
            vec![Finding::warning("loopback", error)]
        }
        (Reach::Absent, _) => {
            vec![Finding::problem("loopback", fail!(Configuration, "doctor-loopback-fails"))]
        }
        (Reach::Fails(error), _) => {
            let error = fail!(Configuration, "doctor-loopback-fails").because(error);
            vec![Finding::problem("loopback", error)]
        }
    }
}

/// The fixed ports of the apps' redirect URIs, each once.
fn registered(apps: &[(App, Definition)]) -> Vec<(Host, u16)> {
    let mut ports = Vec::new();
    for plan in apps.iter().filter_map(plan) {
        if let Plan { listener: Address { host, port: Some(port), .. }, relayed: false, .. } = plan
            && !ports.contains(&(host, port))
        {
            ports.push((host, port));
        }
    }
    ports
}

/// Whether a consent may begin at the marketplace, and then comes to the fixed port.
fn starts_there(registration: &(App, Definition)) -> bool {
    registration.1.initiation.is_some() && plan(registration).is_some_and(|plan| plan.relayed)
}

/// How an answer comes back, if one ever does.
fn plan((app, definition): &(App, Definition)) -> Option<Plan> {
    definition.authorization_request.as_ref()?;
    Plan::make(definition, app.redirect_uri.as_deref(), None).ok().filter(|_| !app.imported_only)
}

fn bind(host: Host, port: u16) -> crate::error::Result<Listener> {
    Listener::bind(&Address { host, port: Some(port), path: "/".to_owned() })
}

fn try_port(host: Host, port: u16) -> Finding {
    match bind(host, port) {
        Ok(_) => Finding::ok("ports", text!("doctor-port-free", port = port)),
        Err(error) if error.kind == Kind::Temporary => {
            Finding::problem("ports", fail!(Temporary, "doctor-port-taken", port = port))
        }
        Err(error) => Finding::problem("ports", error),
    }
}

/// Only a consent that begins at the marketplace needs it.
fn try_fixed_port() -> Finding {
    let port = FIXED_PORT;
    match bind(Host::V4, port) {
        Ok(_) => Finding::ok("ports", text!("doctor-fixed-port-free", port = port)),
        Err(_) => Finding::note("ports", text!("doctor-fixed-port-taken", port = port))
            .hint(text!("doctor-fixed-port-taken.hint", port = port)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connection::fixtures;
    use crate::doctor::finding::Severity;
    use crate::marketplace::built_in;

    fn severities(v4: Reach, v6: Reach) -> Vec<Severity> {
        verdict(v4, v6).iter().map(|finding| finding.severity).collect()
    }

    #[test]
    fn a_machine_without_ipv6_is_fine_and_one_without_itself_is_not() {
        let fails = || Reach::Fails(ErrorKind::PermissionDenied.into());
        assert_eq!(severities(Reach::Works, Reach::Works), [Severity::Ok]);
        assert_eq!(severities(Reach::Works, Reach::Absent), [Severity::Ok]);
        assert_eq!(severities(Reach::Works, fails()), [Severity::Warning]);
        assert_eq!(severities(fails(), Reach::Works), [Severity::Problem]);
        assert_eq!(severities(Reach::Absent, Reach::Absent), [Severity::Problem]);
    }

    #[test]
    fn only_what_is_registered_with_a_port_needs_that_one() {
        let with = |id: &str, uri: &str| {
            let app = App { redirect_uri: Some(uri.to_owned()), ..fixtures::connection(id).app };
            (app, built_in(id))
        };
        let shops = [
            with("allegro", "http://localhost:8123/callback"),
            with("allegro", "http://localhost:8123/callback"),
            with("amazon", "https://erp.example/callback"),
        ];
        assert_eq!(registered(&shops), [(Host::Localhost, 8123)]);
        assert_eq!(shops.each_ref().map(starts_there), [false, false, true]);
    }

    #[test]
    fn a_port_that_another_program_has_is_found() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = taken.local_addr().unwrap().port();
        let finding = try_port(Host::V4, port);
        assert_eq!(finding.kind, Some(Kind::Temporary), "{finding:?}");
        drop(taken);
        assert_eq!(try_port(Host::V4, port).severity, Severity::Ok);
    }
}
