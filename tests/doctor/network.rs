//! The way to the marketplaces and back: proxy, certificates, clock, ports, browser.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

use crate::support::marketplaces::Otto;
use crate::support::marketplaces::otto::App;
use crate::support::proxy::{Failure, Proxy, Response};
use crate::support::stage::Stage;

use super::*;

const HOST: &str = "api.otto.market";

/// A shop of OTTO's own app behind the proxy, whose client secret is this old.
fn staged(secret_created: &str) -> Stage {
    let otto = Otto::new();
    let app = otto.app(App::self_app());
    let stage = Stage::new(vec![Box::new(otto)]);
    let add = ["app", "add", "otto-self", "--client-id", &app.client_id, "--client-secret-stdin"];
    let more = ["--scope", "orders", "--scope", "products", "--client-secret-created", secret_created];
    stage.feed(&[&add[..], &more].concat(), &app.client_secret).ok();
    stage.run(&["connect", "otto-self"]).ok();
    stage
}

fn healthy_stage() -> Stage {
    let stage = staged(&day(0));
    assert_healthy(&stage.environment);
    stage
}

/// The day so many days ago.
fn day(ago: i64) -> String {
    let then = Timestamp::now().checked_sub(SignedDuration::from_hours(24 * ago)).unwrap();
    then.strftime("%Y-%m-%d").to_string()
}

/// The marketplace's clock differs by so many seconds at the next look.
fn set_clock(stage: &Stage, seconds: i64) {
    let then = Timestamp::now().checked_add(SignedDuration::from_secs(seconds)).unwrap();
    let date = then.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    stage.proxy.fail_next(HOST, Failure::Answer(Response::empty(404).header("date", &date)));
}

#[test]
fn a_marketplace_is_asked_for_a_sign_of_life_and_told_nothing() {
    let stage = healthy_stage();
    let before = stage.proxy.requests().len();
    let output = stage.run(&["doctor", "--json"]).ok();
    assert!(words(&found(&output, "network", "ok")).contains("api.otto.market answers"));
    let requests = stage.proxy.requests().split_off(before);
    let [look] = &requests[..] else { panic!("{requests:#?}") };
    assert_eq!((look.method.as_str(), look.path.as_str(), look.query.as_str()), ("HEAD", "/", ""));
    assert!(look.body.is_empty() && look.header("authorization").is_none(), "{look:#?}");
}

#[test]
fn a_proxy_that_nobody_runs_is_found() {
    let mut stage = healthy_stage();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    stage.environment.set_var("HTTPS_PROXY", format!("http://127.0.0.1:{port}"));
    assert_problem(
        &stage.environment,
        7,
        "proxy",
        &["does not let us through to api.otto.market", "refused"],
    );
}

#[test]
fn a_proxy_that_lets_nobody_through_is_found() {
    let mut stage = healthy_stage();
    let strangers = Proxy::start(Vec::new());
    stage.environment.set_var("HTTPS_PROXY", strangers.url());
    assert_problem(&stage.environment, 7, "proxy", &["does not let us through", "HTTPS_PROXY"]);
    assert!(!strangers.take_failures().is_empty(), "it was asked");
}

#[test]
fn a_certificate_of_an_unknown_authority_is_found() {
    let mut stage = healthy_stage();
    let other = Proxy::start(Vec::new());
    stage.environment.set_var("SSL_CERT_FILE", other.ca_file());
    assert_problem(&stage.environment, 7, "tls", &["signed by nobody this machine knows", "ca_file"]);
}

#[test]
fn a_certificate_file_that_is_missing_or_empty_is_found() {
    let mut stage = healthy_stage();
    let empty = stage.environment.write("empty.pem", "");
    for (path, said) in
        [(Path::new("/nowhere/ca.pem"), "cannot be read"), (&empty, "there is no certificate")]
    {
        stage.environment.set_var("SSL_CERT_FILE", path);
        let output = stage.run(&["doctor", "--json"]).code(9);
        assert_says(&found(&output, "certificates", "problem"), &["SSL_CERT_FILE", said]);
    }
    stage.environment.set_var("SSL_CERT_FILE", stage.proxy.ca_file());
    assert_healthy(&stage.environment);
    stage.environment.write("config.toml", "ca_file = \"ca.pem\"\n");
    let output = stage.run(&["doctor", "--json"]).code(9);
    assert_says(&found(&output, "certificates", "problem"), &["ca_file names", "cannot be read"]);
}

#[test]
fn a_host_that_does_not_answer_is_found() {
    let stage = healthy_stage();
    stage.proxy.fail_next(HOST, Failure::Drop);
    let output = stage.run(&["doctor", "--json"]).code(7);
    assert_says(&found(&output, "network", "problem"), &["no connection to api.otto.market"]);
    stage.proxy.fail_next(HOST, Failure::Delay(Duration::from_secs(7)));
    let began = Instant::now();
    let output = stage.run(&["doctor", "--json"]).code(7);
    assert!(began.elapsed() < Duration::from_secs(7), "it took {:?}", began.elapsed());
    assert_says(&found(&output, "network", "problem"), &["api.otto.market did not answer within 5 s"]);
}

#[test]
fn a_clock_that_is_off_by_ten_minutes_is_found() {
    let stage = healthy_stage();
    for (seconds, said) in
        [(600, "behind that of api.otto.market"), (-600, "ahead of that of api.otto.market")]
    {
        set_clock(&stage, seconds);
        let output = stage.run(&["doctor", "--json"]).code(9);
        assert_says(&found(&output, "clock", "problem"), &[said, "timedatectl"]);
    }
    set_clock(&stage, 120);
    let output = stage.run(&["doctor", "--json"]).ok();
    assert_says(&found(&output, "clock", "warning"), &["behind"]);
    set_clock(&stage, 2);
    let output = stage.run(&["doctor", "--json"]).ok();
    assert!(words(&found(&output, "clock", "ok")).contains("the clock is right"));
}

#[test]
fn a_clock_that_somebody_set_is_found() {
    let stage = healthy_stage();
    set_clock(&stage, 0);
    let ahead = ["faketime", "--exclude-monotonic", "-f", "+900", "env"];
    let output = stage.environment.invoke_under(&ahead, &["doctor", "--json"]).run().code(9);
    assert_says(&found(&output, "clock", "problem"), &["ahead of that of"]);
}

#[test]
fn a_clock_that_lets_certificates_end_is_found() {
    let stage = healthy_stage();
    let ahead = ["faketime", "--exclude-monotonic", "-f", "+500d", "env"];
    let output = stage.environment.invoke_under(&ahead, &["doctor", "--json"]).run();
    assert_says(&found(&output, "tls", "problem"), &["not valid at this machine's time", "timedatectl"]);
}

#[test]
fn an_app_without_a_shop_is_asked_for_as_well() {
    let otto = Otto::new();
    let app = otto.app(App::self_app());
    let stage = Stage::new(vec![Box::new(otto)]);
    let add = ["app", "add", "otto-self", "--client-id", &app.client_id, "--client-secret-stdin"];
    stage.feed(&[&add[..], &["--scope", "orders"]].concat(), &app.client_secret).ok();
    let output = stage.run(&["doctor", "--json"]).ok();
    assert!(words(&found(&output, "network", "ok")).contains("api.otto.market answers"));
}

#[test]
fn a_client_secret_is_told_before_its_end_and_after_it() {
    let stage = staged(&day(170));
    assert_warning(
        &stage.environment,
        "ends",
        &["the client secret of app otto-self ends", "app set otto-self"],
    );
    let stage = staged(&day(190));
    let output = stage.run(&["doctor", "--json"]).code(9);
    assert_says(&found(&output, "ends", "problem"), &["the client secret of app otto-self ended", "portal"]);
}

#[test]
fn a_port_that_another_program_has_is_found() {
    let (_market, environment) = healthy();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let app = environment.read(format!("apps/{ID}.toml"));
    let uri = format!("redirect_uri = \"http://127.0.0.1:{port}/callback\"");
    let old = app.lines().find(|line| line.starts_with("redirect_uri")).expect("a redirect URI");
    environment.write(format!("apps/{ID}.toml"), &app.replace(old, &uri));
    assert_problem(&environment, 7, "ports", &[&format!("port {port}"), "ss -ltnp"]);
    drop(taken);
    assert_healthy(&environment);
}

#[test]
fn a_browser_that_is_not_there_is_found() {
    let (_market, mut environment) = healthy();
    environment.set_var("SELLAUTH_BROWSER", "no-such-browser --new-window %s");
    assert_warning(&environment, "browser", &["no-such-browser", "SELLAUTH_BROWSER"]);
    environment.set_var("SELLAUTH_BROWSER", "true");
    assert_healthy(&environment);
    let output = environment.run(&["doctor", "--json"]).ok();
    assert_says(&found(&output, "browser", "note"), &["no display", "--paste", "--device"]);
}

#[test]
fn a_machine_without_ipv6_is_fine() {
    let (_market, environment) = healthy();
    let without =
        ["unshare", "--net", "sh", "-c", "ip link set lo up; ip addr del ::1/128 dev lo; exec \"$0\" \"$@\""];
    let wrapper: Vec<&str> = match crate::support::ordinary::is_root() {
        true => without.to_vec(),
        false => [&["unshare", "--user", "--map-root-user"], &without[1..]].concat(),
    };
    let output = environment.invoke_under(&wrapper, &["doctor", "--json"]).run();
    assert_says_ok(&output, "it has no IPv6, and needs none");
}

#[track_caller]
fn assert_says_ok(output: &Output, said: &str) {
    assert!(words(&found(output, "loopback", "ok")).contains(said), "{output:?}");
}
