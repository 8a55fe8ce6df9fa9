//! eBay as shipped: a `RuName` in the redirect URI's place, an accept page whose address is pasted, and a
//! refresh token that stays the same for 18 months.

use std::time::Duration;

use url::Url;

use crate::support::marketplaces::ebay::{ACCEPT_PAGE, App};
use crate::support::marketplaces::wire::parameter;
use crate::support::marketplaces::{Consent, Ebay, Marketplace};
use crate::support::proxy::{Outcome, Request};
use crate::support::running::Output;
use crate::support::stage::Stage;
use crate::support::terminal::Terminal;

const TOKEN: &str = "api.ebay.com/identity/v1/oauth2/token";
const API: &str = "https://api.ebay.com/sell/account/v1/privilege";
const SCOPES: [&str; 2] =
    ["https://api.ebay.com/oauth/api_scope", "https://api.ebay.com/oauth/api_scope/sell.inventory"];
/// Shorter than what `token` wants left, so that every token is stale at once.
const STALE: Duration = Duration::from_secs(30);

/// A keyset that is registered on both sides.
fn staged(sandbox: bool) -> (Stage, Ebay, App) {
    let ebay = Ebay::new();
    let app = ebay.app(sandbox);
    let stage = Stage::new(vec![Box::new(ebay.clone())]);
    let env = if sandbox { "sandbox" } else { "production" };
    let own = ["app", "add", "ebay", "--client-id", &app.client_id, "--redirect-uri", &app.runame];
    let more = ["--env", env, "--scope", SCOPES[0], "--scope", SCOPES[1], "--client-secret-stdin"];
    stage.feed(&[&own[..], &more].concat(), &app.client_secret).ok();
    (stage, ebay, app)
}

/// Opens the consent page of a command, and hands it `line` made of the address the browser ended on.
fn paste(stage: &Stage, command: &[&str], line: impl Fn(&Url) -> String) -> (Output, Outcome) {
    let mut running = stage.environment.invoke(command).spawn_with_open_stdin();
    let page = stage.open(&running.url());
    running.send_line(&line(&page.url));
    (running.finish(), page)
}

fn connect(stage: &Stage, more: &[&str]) -> (Output, Outcome) {
    paste(stage, &[&["connect", "ebay", "--no-browser"], more].concat(), Url::to_string)
}

fn connected(life: Option<Duration>) -> (Stage, Ebay, App) {
    let staged = staged(false);
    if let Some(life) = life {
        staged.1.access_token_life(life);
    }
    connect(&staged.0, &[]).0.ok();
    staged
}

fn forms(stage: &Stage) -> Vec<Request> {
    stage.proxy.requests_to(TOKEN)
}

#[test]
fn the_address_of_ebays_own_page_is_the_answer() {
    let (stage, _, app) = staged(false);
    let (output, page) = connect(&stage, &["--set", "locale=de-DE"]);
    let output = output.ok();
    assert_eq!(output.stdout, "connected ebay\n");
    assert!(output.stderr.contains("copy the whole address"), "{}", output.stderr);
    let asked = &page.chain[0];
    assert!(asked.as_str().starts_with("https://auth.ebay.com/oauth2/authorize?"), "{asked}");
    assert_eq!(parameter(asked, "redirect_uri"), app.runame);
    assert_eq!(parameter(asked, "scope"), SCOPES.join(" "));
    assert_eq!(parameter(asked, "locale"), "de-DE");
    assert!(page.url.as_str().starts_with(ACCEPT_PAGE), "{}", page.url);
    assert!(!parameter(asked, "state").contains('.'), "nobody listens, so no port is named");

    let [exchange] = &forms(&stage)[..] else { panic!("one exchange") };
    assert_eq!(exchange.basic(), Some((app.client_id, app.client_secret)));
    assert_eq!(exchange.form().unwrap().text("redirect_uri"), app.runame);
    let code = parameter(&page.url, "code");
    assert!(code.contains('#'), "{code}");
    assert_eq!(exchange.form().unwrap().text("code"), code, "decoded once, and encoded once");
}

#[test]
fn a_user_access_token_is_a_bearer_token() {
    let (stage, ..) = connected(None);
    let quiet = stage.requests_during(|| {
        let token = stage.token(&[]);
        assert_eq!(stage.token(&["--header"]), format!("Authorization: Bearer {token}"));
        let output = stage.run(&["token", "--json"]).ok().prints_a_secret();
        assert_eq!(output.json()["token_type"], "bearer");
    });
    assert_eq!(quiet, 0, "a valid token is printed without a request");
    assert_eq!(stage.call("ebay", API).status, 200);
    assert_eq!(stage.call_by_lines("ebay", API).status, 200);
}

#[test]
fn a_renewal_keeps_refresh_token_scopes_and_their_end() {
    let (stage, ..) = connected(Some(STALE));
    let end = stage.status("ebay")["refresh_token_expires_at"].clone();
    assert!(end.as_str().unwrap() > "2028", "eighteen months: {end}");
    (0..2).for_each(|_| drop(stage.token(&[])));
    let renewals = &forms(&stage)[1..];
    let sent: Vec<_> = renewals.iter().map(|request| request.form().unwrap()).collect();
    assert_eq!(sent[0].text("refresh_token"), sent[1].text("refresh_token"));
    assert_eq!(sent[0].text("scope"), SCOPES.join(" "));
    assert_eq!(stage.status("ebay")["refresh_token_expires_at"], end, "nothing prolongs it");
    stage.keeps_its_secrets();
}

#[test]
fn the_runame_is_asked_for_by_its_name() {
    let ebay = Ebay::new();
    let app = ebay.app(false);
    let stage = Stage::new(vec![Box::new(ebay)]);
    let add = ["app", "add", "ebay", "--client-id", &app.client_id, "--scope", SCOPES[0]];
    let add = [&add[..], &["--client-secret-stdin"]].concat();
    let output = stage.feed(&add, &app.client_secret).code(2);
    assert!(output.stderr.contains("RuName"), "{}", output.stderr);
    let address = [&add[..], &["--redirect-uri", "https://erp.example/ebay"]].concat();
    let output = stage.feed(&address, &app.client_secret).code(2);
    assert!(output.stderr.contains("eBay wants the RuName"), "{}", output.stderr);
    let shown = [&add[..], &["--redirect-uri", &app.runame, "--json"]].concat();
    assert_eq!(stage.feed(&shown, &app.client_secret).ok().json()["redirect_uri"], app.runame);
    let set = ["app", "set", "ebay", "--redirect-uri", "https://erp.example/ebay"];
    stage.run(&set).code(2);
}

#[test]
fn on_a_terminal_everything_is_asked_in_ebays_words_and_a_wrong_paste_may_be_put_right() {
    let ebay = Ebay::new();
    let app = ebay.app(false);
    let stage = Stage::new(vec![Box::new(ebay)]);
    let mut terminal = Terminal::start(&stage.environment, &["connect", "ebay", "--no-browser"]);
    terminal.expect("App ID (Client ID)");
    terminal.send_line(&app.client_id);
    terminal.expect("RuName (eBay Redirect URL name)");
    terminal.send_line("https://erp.example/ebay");
    terminal.expect("eBay wants the RuName");
    terminal.send_line(&app.runame);
    terminal.expect("Scopes of your app");
    terminal.send_line(&SCOPES.join(" "));
    terminal.expect("Cert ID (Client Secret)");
    terminal.send_line(&app.client_secret);
    let url = terminal.url();
    terminal.expect("Then paste the address");
    terminal.send_line(&url);
    terminal.expect("before the consent");
    terminal.send_line(stage.open(&url).url.as_str());
    terminal.expect("connected ebay");
    assert_eq!(terminal.finish(), 0);
    assert_eq!(stage.call("ebay", API).status, 200);
}

#[test]
fn the_sandbox_has_hosts_and_a_runame_of_its_own() {
    let (stage, ..) = staged(true);
    let (output, page) = connect(&stage, &["--env", "sandbox"]);
    assert_eq!(output.ok().stdout, "connected ebay-sandbox\n");
    assert_eq!(page.chain[0].host_str(), Some("auth.sandbox.ebay.com"));
    assert_eq!(forms(&stage).len(), 0);
    let api = API.replace("api.ebay", "api.sandbox.ebay");
    assert_eq!(stage.call("ebay-sandbox", &api).status, 200);
}

#[test]
fn a_seller_who_declines_is_told_so_and_nothing_changes() {
    let (stage, ebay, _) = staged(false);
    let before = stage.files();
    ebay.next_consent(Consent::Cancel);
    let (output, page) = connect(&stage, &["--json"]);
    assert_eq!(parameter(&page.url, "isAuthSuccessful"), "false");
    assert_eq!(output.code(5).error_json()["error"]["kind"], "denied");
    assert_eq!(stage.files(), before);
    assert_eq!(forms(&stage).len(), 0);
}

#[test]
fn an_answer_to_another_login_is_refused() {
    let (stage, ..) = staged(false);
    let command = ["connect", "ebay", "--no-browser", "--json"];
    let forged = |state: &'static str| {
        move |url: &Url| {
            let pairs = url.query_pairs().map(|(name, value)| match name.as_ref() {
                "state" => (name.into_owned(), state.to_owned()),
                _ => (name.into_owned(), value.into_owned()),
            });
            Url::parse_with_params(ACCEPT_PAGE, pairs).unwrap().into()
        }
    };
    for state in ["null", "somebody-elses"] {
        let (output, _) = paste(&stage, &command, forged(state));
        let error = output.code(2).error_json();
        assert!(error["error"]["message"].as_str().unwrap().contains("another login"), "{error}");
    }
    assert_eq!(forms(&stage).len(), 0, "no code of it was tried");
}

#[test]
fn a_code_older_than_five_minutes_connects_nothing() {
    let (stage, ebay, _) = staged(false);
    let (output, _) = paste(&stage, &["connect", "ebay", "--no-browser", "--json"], |url| {
        ebay.advance(Duration::from_secs(300));
        url.to_string()
    });
    let error = output.code(4).error_json();
    assert!(error["error"]["hint"].as_str().unwrap().contains("5m"), "{error}");
}

#[test]
fn a_consent_that_was_withdrawn_needs_a_new_one() {
    let (stage, ebay, _) = connected(Some(STALE));
    ebay.withdraw("nord-kontor");
    let output = stage.run(&["token", "-v"]).code(4);
    assert!(output.stderr.contains("invalid_grant"), "{}", output.stderr);
    let quiet = stage.requests_during(|| {
        stage.run(&["token"]).code(4);
    });
    assert_eq!(quiet, 0, "the refusal is remembered");
    let again = ["reauthorize", "ebay", "--no-browser"];
    paste(&stage, &again, Url::to_string).0.ok();
    assert_eq!(stage.state("ebay").0, "connected");
}

#[test]
fn a_marketplace_in_trouble_costs_nothing() {
    let (stage, ..) = connected(Some(STALE));
    stage.weather(TOKEN);
    stage.token(&[]);
}
