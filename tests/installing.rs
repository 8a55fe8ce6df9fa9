//! The step before OTTO's consent: what is typed or pasted while the seller installs the app.

use url::Url;

use crate::support::marketplaces::otto::App;
use crate::support::marketplaces::wire::parameter;
use crate::support::marketplaces::{Marketplace, Otto, Relay};
use crate::support::stage::{RELAY, Stage, next_url};
use crate::support::terminal::Terminal;

const CALLBACK: &str = "https://erp.example/otto/callback";
const SELLER: &str = "1002003";

/// An app and its installation link, behind a page that sends nobody on.
fn staged() -> (Stage, String) {
    let otto = Otto::new();
    otto.log_in(SELLER);
    let app = otto.app(App::service_partner());
    let page = Relay::page(RELAY, "<h1>Thank you</h1>");
    let stage = Stage::with_relay(vec![Box::new(otto.clone())], page);
    let id = format!("app_id={}", app.id);
    let own = ["app", "add", "otto", "--client-id", &app.client_id, "--set", &id];
    let more = ["--redirect-uri", CALLBACK, "--client-secret-stdin"];
    stage.feed(&[&own[..], &more].concat(), &app.client_secret).ok();
    let link = otto.invitation_link(&app);
    (stage, link)
}

#[test]
fn a_script_is_given_both_addresses_and_gives_one_line() {
    let (stage, link) = staged();
    let arguments = ["connect", "otto", "--paste", "--install-url", &link];
    let mut running = stage.environment.invoke(&arguments).spawn_with_open_stdin();
    let mut seen = Vec::new();
    let [installation, consent] = [(); 2].map(|()| next_url(&running, &mut seen));
    assert!(installation.starts_with(&link), "{installation}");
    let installed = stage.open(&installation).url;
    assert_eq!(installed.path(), "/otto/installed");
    running.send_line(stage.open(&consent).url.as_str());
    let output = running.finish().ok();
    assert_eq!(output.stdout, format!("connected otto (shop {SELLER})\n"));
    assert!(!output.stderr.contains("Press Enter"), "{}", output.stderr);
}

#[test]
fn the_page_after_the_installation_is_no_answer_yet() {
    let (stage, link) = staged();
    let arguments = ["connect", "otto", "--paste", "--install-url", &link, "--json"];
    let mut running = stage.environment.invoke(&arguments).spawn_with_open_stdin();
    running.send_line(stage.open(&running.url()).url.as_str());
    let error = running.finish().code(2).error_json();
    assert_eq!(error["error"]["message"], "that address holds no code");
}

#[test]
fn a_line_that_is_no_end_of_the_installation_is_told_what_it_is() {
    let (stage, link) = staged();
    let arguments = ["connect", "otto", "--install-url", &link, "--no-browser"];
    let mut terminal = Terminal::start(&stage.environment, &arguments);
    let installation = terminal.url();
    terminal.expect("Press Enter once the app is installed");
    let installed = stage.open(&installation).url;
    assert!(parameter(&installed, "state").contains('.'));
    for (line, says) in [
        ("done", "that is not the address of the page the browser ended on"),
        (link.as_str(), "that is not the address of the page the browser ended on"),
        (&format!("{CALLBACK}?state=of-yesterday"), "that address belongs to another login"),
        (CALLBACK, "that is not the address of the page the browser ended on"),
    ] {
        terminal.send_line(line);
        terminal.expect(says);
        terminal.expect("press Enter once the app is installed, or copy the whole address");
    }
    assert!(!terminal.plain().contains("Consent at OTTO"), "{}", terminal.plain());
    terminal.send_line(installed.as_str());
    terminal.expect("Consent at OTTO Market");
    let consent = terminal.url();
    assert_ne!(parameter(&Url::parse(&consent).unwrap(), "state"), parameter(&installed, "state"));
    terminal.expect("Waiting for the answer");
    terminal.send_line(stage.open(&consent).url.as_str());
    terminal.expect(&format!("connected otto (shop {SELLER})"));
    assert_eq!(terminal.finish(), 0);
}

#[test]
fn enter_goes_on_and_a_plus_gives_more_time() {
    let (stage, link) = staged();
    let arguments = ["connect", "otto", "--install-url", &link, "--no-browser", "--timeout", "10m"];
    let mut terminal = Terminal::start(&stage.environment, &arguments);
    let installation = terminal.url();
    terminal.expect("+ and Enter gives more time");
    terminal.expect("9:5");
    terminal.send_line("+");
    terminal.expect("19:5");
    stage.open(&installation);
    assert!(!terminal.plain().contains("Consent at OTTO"), "{}", terminal.plain());
    terminal.send_line("");
    terminal.expect("Consent at OTTO Market");
    let consent = terminal.url();
    terminal.expect("19:");
    terminal.send_line(stage.open(&consent).url.as_str());
    terminal.expect(&format!("connected otto (shop {SELLER})"));
    assert_eq!(terminal.finish(), 0);
}
