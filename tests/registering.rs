//! Apps that the marketplace registers itself (RFC 7591), and apps of one kind only: Allegro as shipped.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::marketplaces::allegro::App;
use crate::support::marketplaces::{Allegro, Marketplace};
use crate::support::proxy::{Failure, Request, Response, Site};
use crate::support::stage::Stage;
use crate::support::terminal::Terminal;

const REGISTER: &str = "api.allegro.pl/register";
const SOFTWARE: &str = "3b8cacc7-eeec-42f9-9f7f-f35090c3d616";
const CODE: &str = "one-time-code-of-the-seller";
const NAME: &str = "Kontor 44000001 2026-11-22";
const SHOP: &str = "44000001";

/// Allegro, and what it does at its registration.
#[derive(Clone)]
struct Desk {
    allegro: Allegro,
    /// The app that it will hand out, and codes that were used.
    app: App,
    uri: String,
    used: Arc<Mutex<Vec<String>>>,
    /// Away from here while a registration is answered: what stores secrets there will fail.
    breaks: Arc<Mutex<Option<PathBuf>>>,
}

impl Site for Desk {
    fn serves(&self, host: &str) -> bool {
        self.allegro.serves(host)
    }

    fn answer(&self, request: &Request) -> Response {
        if !request.is_at(REGISTER) {
            return self.allegro.answer(request);
        }
        let body: Value = serde_json::from_str(&request.body_text()).expect("JSON");
        let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if text("code") != CODE || used.contains(&text("code")) {
            return error(403, "AccessDenied");
        }
        if text("client_name") != NAME {
            return error(422, "ClientNameTaken");
        }
        used.push(text("code"));
        if let Some(store) = self.breaks.lock().unwrap().take() {
            fs::rename(&store, store.with_extension("away")).unwrap();
            fs::write(&store, "in the way").unwrap();
        }
        let (id, secret) = (&self.app.client_id, &self.app.client_secret);
        let answer = json!({"client_id": id, "client_secret": secret, "client_name": NAME, "software_statement_id": SOFTWARE});
        Response::json(201, &answer)
    }

    fn issued_secrets(&self) -> Vec<String> {
        [self.allegro.issued_secrets(), vec![CODE.to_owned(), self.app.client_secret.clone()]].concat()
    }
}

fn error(status: u16, code: &str) -> Response {
    Response::json(status, &json!({"errors": [{"code": code, "message": "no", "details": null}]}))
}

fn staged() -> (Stage, Desk) {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let allegro = Allegro::new();
    let uri = format!("http://localhost:{port}/callback");
    let app = allegro.app(App::new().redirect_uri(&uri));
    allegro.log_in(SHOP);
    let desk = Desk { allegro, app, uri, used: Arc::default(), breaks: Arc::default() };
    (Stage::new(vec![Box::new(desk.clone())]), desk)
}

/// The command with everything but the code.
fn register<'a>(uri: &'a str, name: &'a str) -> Vec<&'a str> {
    let own = ["app", "register", "allegro", "--client-name", name, "--software-statement-id", SOFTWARE];
    [&own[..], &["--redirect-uri", uri, "--registration-code-stdin"]].concat()
}

fn uri(desk: &Desk) -> String {
    desk.uri.clone()
}

#[test]
fn a_code_becomes_an_app_that_connects() {
    let (stage, desk) = staged();
    let uri = uri(&desk);
    let output = stage.feed(&register(&uri, NAME), CODE).ok();
    assert_eq!(output.stdout, "registered app allegro\n");
    assert!(output.stderr.contains("https://allegro.pl/uzytkownik/bezpieczenstwo/wygeneruj-kod"));
    let sent = stage.proxy.requests_to(REGISTER).pop().unwrap();
    assert_eq!((sent.method.as_str(), sent.header("content-type")), ("POST", Some("application/json")));
    assert_eq!(sent.header("accept"), Some("application/json"));
    let body = format!(
        r#"{{"client_name":"{NAME}","code":"{CODE}","redirect_uris":["{uri}"],"software_statement_id":"{SOFTWARE}"}}"#
    );
    assert_eq!(sent.body_text(), body);

    let app = stage.run(&["app", "show", "allegro", "--json"]).ok().json();
    assert_eq!((&app["client_id"], &app["kind"]), (&json!(desk.app.client_id), &json!("browser")));
    assert_eq!(app["variables"]["user_agent"], "Kontor-44000001-2026-11-22/1");
    let shown = stage.run(&["app", "show", "allegro"]).ok().stderr;
    assert!(!shown.contains("kind"), "{shown}");
    let connect = ["connect", "allegro", "--no-browser"];
    stage.consent(&connect).0.ok();
    stage.token(&["--refresh"]);
    let device = stage.run(&["reauthorize", "allegro", "--device"]).code(2);
    assert!(device.stderr.contains("`browser`"), "{}", device.stderr);
    let secrets = stage.proxy.issued_secrets();
    stage.environment.assert_absent(&secrets.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn a_person_is_led_through_it_and_the_code_is_typed_unseen() {
    let (stage, desk) = staged();
    let uri = uri(&desk);
    let own = ["app", "register", "allegro", "--redirect-uri", &uri];
    let mut terminal = Terminal::start(&stage.environment, &own);
    terminal.expect("The name is final");
    terminal.expect("Name of the app at the marketplace");
    terminal.send_line(NAME);
    terminal.expect("Id of the software");
    terminal.send_line(SOFTWARE);
    terminal.expect("wygeneruj-kod");
    terminal.expect_unseen("One-time code");
    terminal.send_line(CODE);
    terminal.expect("registered app allegro");
    assert_eq!(terminal.finish(), 0);
    stage.environment.assert_absent(&[CODE, &desk.app.client_secret]);
}

#[test]
fn what_is_missing_is_named_before_anything_is_sent() {
    let (stage, desk) = staged();
    let uri = uri(&desk);
    let own = ["app", "register", "allegro", "--redirect-uri", &uri];
    for (more, said) in [
        (&[][..], "--client-name"),
        (&["--client-name", "ab"][..], "3 to 50 characters"),
        (&["--client-name", NAME][..], "--software-statement-id"),
        (&["--client-name", NAME, "--software-statement-id", SOFTWARE][..], "--registration-code-stdin"),
    ] {
        let output = stage.run(&[&own[..], more].concat()).code(2);
        assert!(output.stderr.contains(said), "{}", output.stderr);
    }
    let other = stage.run(&["app", "register", "otto", "--client-name", NAME]).code(2);
    assert!(other.stderr.contains("registers no apps"), "{}", other.stderr);
    assert_eq!(stage.run(&["app", "list", "--json"]).ok().json(), json!([]));
    assert_eq!(stage.proxy.requests().len(), 0);
}

#[test]
fn a_wrong_code_or_a_taken_name_leaves_nothing_behind() {
    let (stage, desk) = staged();
    let uri = uri(&desk);
    let output = stage.feed(&register(&uri, NAME), "a-code-of-yesterday").code(5);
    assert!(output.stderr.contains("older than two minutes"), "{}", output.stderr);
    let output = stage.feed(&register(&uri, "Somebody's shop"), CODE).code(9);
    let reasons = ["another app has that name already", "or something else is not as Allegro wants it"];
    assert!(reasons.iter().all(|reason| output.stderr.contains(reason)), "{}", output.stderr);
    stage.proxy.fail_next(REGISTER, Failure::Status(429));
    stage.feed(&register(&uri, NAME), CODE).code(7);
    assert_eq!(stage.run(&["app", "list", "--json"]).ok().json(), json!([]));
    let left: Vec<_> = stage.files().into_iter().filter(|(path, _)| kept_open(path)).collect();
    assert!(left.is_empty(), "{left:?}");
    stage.feed(&register(&uri, NAME), CODE).ok();
    stage.feed(&register(&uri, NAME), CODE).code(2);
    assert_eq!(stage.proxy.count(REGISTER), 4, "a name that is taken here is noticed here");
}

/// What a registration that is not over keeps.
fn kept_open(path: &Path) -> bool {
    path.parent().is_some_and(|folder| folder.ends_with("spill") || folder.ends_with("registrations"))
}

#[test]
fn a_registration_killed_in_its_request_sends_nothing_to_anybody() {
    let (stage, desk) = staged();
    let uri = uri(&desk);
    stage.proxy.fail_next(REGISTER, Failure::Delay(Duration::from_secs(30)));
    let invocation = stage.environment.invoke(&register(&uri, NAME)).stdin(CODE);
    let running = invocation.spawn();
    let deadline = Instant::now() + Duration::from_secs(20);
    while desk.used.lock().unwrap().is_empty() {
        assert!(Instant::now() < deadline, "nothing was sent");
        std::thread::sleep(Duration::from_millis(10));
    }
    running.signal("KILL");
    drop(running);

    let asked = stage.proxy.requests().len();
    for words in [
        &["connect", "allegro", "--app", "allegro", "--start"][..],
        &["connect", "allegro", "--no-browser"],
        &["app", "set", "allegro", "--version", "2"],
        &["export", "--all", "--config-only"],
    ] {
        let output = stage.run(words);
        assert_eq!(output.code, 9, "{words:?}: {}", output.stderr);
        assert!(
            output.stderr.contains("sellauth app register allegro --name allegro --recover"),
            "{}",
            output.stderr
        );
    }
    let output =
        stage.feed(&["app", "set", "allegro", "--client-secret-stdin", "--no-verify"], "other").code(9);
    assert!(output.stderr.contains("--recover"), "{}", output.stderr);
    let unknown = stage.run(&["app", "register", "allegro", "--recover"]).code(3);
    assert!(unknown.stderr.contains("may be registered"), "{}", unknown.stderr);
    assert_eq!(stage.proxy.requests().len(), asked);
    stage.environment.assert_absent(&[CODE, &desk.app.client_secret]);

    stage.run(&["app", "remove", "allegro", "--yes"]).ok();
    assert!(stage.files().iter().all(|(path, _)| !kept_open(path)));
}

#[test]
fn what_may_have_been_registered_is_not_called_harmless() {
    let not_one = json!({"id": "another place", "secret": "another-place-for-it"});
    for (failure, code, said) in [
        (Failure::LoseAnswer, 7, "the name may be taken"),
        (Failure::Status(503), 7, "the name may be taken"),
        (Failure::Answer(Response::json(201, &not_one)), 9, "kept in a sealed file"),
        (Failure::BadJson, 9, "kept in a sealed file"),
    ] {
        let (stage, desk) = staged();
        let uri = uri(&desk);
        let named = format!("{failure:?}");
        stage.proxy.fail_next(REGISTER, failure);
        let output = stage.feed(&register(&uri, NAME), CODE).code(code);
        assert!(output.stderr.contains(said), "{named}: {}", output.stderr);
        let left = stage.files().into_iter().filter(|(path, _)| kept_open(path)).count();
        assert_eq!(left, 2, "{named}");
        stage.feed(&register(&uri, NAME), CODE).code(2);
        let again = stage.run(&["app", "register", "allegro", "--recover"]);
        let removed = stage.run(&["app", "remove", "allegro", "--yes"]);
        match code {
            7 => (again.code(3), removed.code(0)),
            _ => (again.code(9), removed.code(2)),
        };
        stage.environment.assert_absent(&["another-place-for-it"]);
    }
}

#[test]
fn the_only_copy_of_a_client_secret_is_removed_by_its_name_only() {
    let (stage, desk) = staged();
    let uri = uri(&desk);
    let store = stage.environment.home().join("store");
    *desk.breaks.lock().unwrap() = Some(store.clone());
    stage.feed(&register(&uri, NAME), CODE).code(8);
    fs::remove_file(&store).unwrap();
    fs::rename(store.with_extension("away"), &store).unwrap();

    let refused = stage.run(&["app", "remove", "allegro", "--yes"]).code(2);
    assert!(refused.stderr.contains("--recover"), "{}", refused.stderr);
    stage.feed(&["app", "set", "allegro", "--client-secret-stdin", "--no-verify"], "another one").code(9);
    let mut terminal = Terminal::start(&stage.environment, &["app", "remove", "allegro"]);
    terminal.expect("the only copy of its client secret");
    terminal.send_line("n");
    assert_eq!(terminal.finish(), 2);
    let other = ["app", "register", "otto", "--name", "allegro", "--recover"];
    let other = stage.run(&other).code(2);
    assert!(other.stderr.contains("belongs to allegro, production"), "{}", other.stderr);

    stage.run(&["app", "register", "allegro", "--recover"]).ok();
    stage.consent(&["connect", "allegro", "--no-browser"]).0.ok();
    stage.token(&["--refresh"]);

    let (stage, desk) = staged();
    *desk.breaks.lock().unwrap() = Some(stage.environment.home().join("store"));
    stage.feed(&register(&desk.uri, NAME), CODE).code(8);
    stage.run(&["app", "remove", "allegro", "--yes", "--discard-registration"]).ok();
    assert_eq!(stage.run(&["app", "list", "--json"]).ok().json(), json!([]));
}

#[test]
fn a_registration_that_was_cut_off_after_its_end_is_over() {
    let (stage, desk) = staged();
    stage.feed(&register(&desk.uri, NAME), CODE).ok();
    let record = stage.environment.home().join("state/apps");
    let record = fs::read_dir(&record).unwrap().next().unwrap().unwrap().path();
    let uuid = record.file_stem().unwrap().to_str().unwrap().to_owned();
    let opened = json!({"uuid": uuid, "store": "file", "begun_at": "2026-11-22T10:00:00Z"});
    let file = stage.environment.home().join(format!("state/registrations/{uuid}.json"));
    stage.environment.write(file, &opened.to_string());
    stage.run(&["connect", "allegro", "--no-browser"]).code(9);
    let over = stage.run(&["app", "register", "allegro", "--recover"]).ok();
    assert_eq!(over.stdout, "registered app allegro\n");
    let app = stage.run(&["app", "show", "allegro", "--json"]).ok().json();
    assert_eq!(app["client_id"], json!(desk.app.client_id));
    stage.consent(&["connect", "allegro", "--no-browser"]).0.ok();
    stage.token(&["--refresh"]);
}

#[test]
fn what_the_store_does_not_take_is_not_lost() {
    let (stage, desk) = staged();
    let uri = uri(&desk);
    let store = stage.environment.home().join("store");
    *desk.breaks.lock().unwrap() = Some(store.clone());
    let output = stage.feed(&register(&uri, NAME), CODE).code(8);
    assert!(output.stderr.contains("--recover"), "{}", output.stderr);
    stage.environment.assert_absent(&[CODE, &desk.app.client_secret]);

    let recover = ["app", "register", "allegro", "--recover"];
    stage.run(&recover).code(8);
    fs::remove_file(&store).unwrap();
    fs::rename(store.with_extension("away"), &store).unwrap();
    let again = stage.feed(&register(&uri, NAME), CODE).code(2);
    assert!(again.stderr.contains("was cut off"), "{}", again.stderr);
    stage.run(&recover).ok();
    stage.run(&recover).code(3);
    let app = stage.run(&["app", "show", "allegro", "--json"]).ok().json();
    assert_eq!(app["client_id"], json!(desk.app.client_id));
    stage.consent(&["connect", "allegro", "--no-browser"]).0.ok();
    stage.token(&["--refresh"]);
    stage.environment.assert_absent(&[CODE, &desk.app.client_secret]);
    assert_eq!(stage.proxy.count(REGISTER), 1);
}

#[test]
fn a_kind_chooses_the_flow_and_refuses_the_other() {
    let allegro = Allegro::new();
    let device = allegro.app(App::new().device());
    let stage = Stage::new(vec![Box::new(allegro)]);
    let add = ["app", "add", "allegro", "--client-id", &device.client_id, "--client-secret-stdin"];
    let odd = stage.feed(&[&add[..], &["--kind", "desktop"]].concat(), &device.client_secret).code(2);
    assert!(odd.stderr.contains("browser, device"), "{}", odd.stderr);
    stage.feed(&[&add[..], &["--kind", "device"]].concat(), &device.client_secret).ok();
    let app = stage.run(&["app", "show", "allegro", "--json"]).ok().json();
    assert_eq!((&app["kind"], &app["redirect_uri"]), (&json!("device"), &json!(null)));
    for flag in [&["--paste"][..], &["--port", "8123"], &["--start"]] {
        let output = stage.run(&[&["connect", "allegro"], flag].concat()).code(2);
        assert!(output.stderr.contains("`device`"), "{}", output.stderr);
    }
    assert_eq!(stage.proxy.requests().len(), 0);
    let running = stage.environment.spawn(&["connect", "allegro", "--no-browser"]);
    let page = running.url();
    assert!(page.contains("skojarz-aplikacje"), "{page}");
    running.signal("TERM");
    running.finish();
}

#[test]
fn a_person_says_which_case_it_is_and_which_kind() {
    let (stage, desk) = staged();
    let mut terminal = Terminal::start(&stage.environment, &["app", "add", "allegro"]);
    terminal.expect("Which app will it be");
    terminal.send_line("");
    terminal.expect("Client id");
    terminal.send_line(&desk.app.client_id);
    terminal.expect("Which kind of app is it");
    terminal.send("\x1b[B");
    terminal.send_line("");
    terminal.expect_unseen("Client secret");
    terminal.send_line(&desk.app.client_secret);
    terminal.expect("added app allegro");
    assert_eq!(terminal.finish(), 0);
    let app = stage.run(&["app", "show", "allegro", "--json"]).ok().json();
    assert_eq!(app["kind"], "device");
}

#[test]
fn who_names_a_redirect_uri_has_an_app_for_browsers() {
    let (stage, desk) = staged();
    let (id, uri) = (&desk.app.client_id, &desk.uri);
    let words = ["app", "add", "allegro", "--client-id", id, "--redirect-uri", uri];
    let mut terminal = Terminal::start(&stage.environment, &words);
    terminal.expect_unseen("Client secret");
    terminal.send_line(&desk.app.client_secret);
    terminal.expect("added app allegro");
    assert_eq!(terminal.finish(), 0);
    assert_eq!(stage.run(&["app", "show", "allegro", "--json"]).ok().json()["kind"], "browser");
    stage.run(&["connect", "allegro", "--device"]).code(2);
}
