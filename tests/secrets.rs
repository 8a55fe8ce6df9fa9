//! Where secrets must not be: in no file, log line, error, page or argument, from the registration of an
//! app to the end of its last connection, whatever the marketplace says.

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use std::{fs, mem};

use serde_json::json;

use crate::support::keyring_session::KeyringSession;
use crate::support::marketplaces::{Allegro, Amazon, Consent, Marketplace, Otto, allegro, amazon, otto};
use crate::support::proxy::{Request, Response, Site};
use crate::support::running::LINE_DEADLINE;
use crate::support::stage::Stage;

const OTHER_SHOP: &str = "9999999";
const STALE: Duration = Duration::from_secs(30);
const LONG: Duration = Duration::from_secs(1800);

/// A marketplace that, once told to, refuses every token request and repeats all of it in its answer.
struct Parrot<M> {
    marketplace: M,
    repeats: Arc<AtomicBool>,
    answers: AtomicUsize,
}

impl<M: Site> Site for Parrot<M> {
    fn serves(&self, host: &str) -> bool {
        self.marketplace.serves(host)
    }

    fn answer(&self, request: &Request) -> Response {
        if request.method != "POST" || !self.repeats.load(Ordering::Relaxed) {
            return self.marketplace.answer(request);
        }
        let mut words = vec![request.header("authorization").unwrap_or_default().to_owned()];
        words.extend(request.basic().map(|(_, password)| password));
        let form = request.form().expect("token requests are forms");
        words.extend(form.others(&[]).map(|(_, value)| value.to_owned()));
        let words = words.join(" ");
        match self.answers.fetch_add(1, Ordering::Relaxed) % 4 {
            0 => Response::json(400, &json!({ "error": "invalid_grant", "error_description": words })),
            1 => Response::json(400, &json!({ "error": words, "request_id": words })),
            2 => Response::json(200, &json!({ "token_type": words })),
            _ => Response::page(502, &words),
        }
    }

    fn issued_secrets(&self) -> Vec<String> {
        self.marketplace.issued_secrets()
    }

    fn unmet(&self) -> Vec<String> {
        self.marketplace.unmet()
    }
}

/// The arguments of every process of this machine, as anybody can see them.
struct Arguments {
    seen: Arc<Mutex<BTreeSet<Vec<u8>>>>,
    over: Arc<AtomicBool>,
    watcher: Option<JoinHandle<()>>,
}

impl Arguments {
    fn watch() -> Self {
        let (seen, over) = (Arc::new(Mutex::new(BTreeSet::new())), Arc::new(AtomicBool::new(false)));
        let watcher = thread::spawn({
            let (seen, over) = (Arc::clone(&seen), Arc::clone(&over));
            move || {
                while !over.load(Ordering::Relaxed) {
                    seen.lock().unwrap().extend(command_lines());
                    thread::sleep(Duration::from_millis(10));
                }
            }
        });
        Self { seen, over, watcher: Some(watcher) }
    }

    /// Waits until a process with this argument was seen.
    fn wait_for(&self, argument: &str) {
        let deadline = Instant::now() + LINE_DEADLINE;
        let seen = |line: &Vec<u8>| line.split(|byte| *byte == 0).any(|part| part == argument.as_bytes());
        while !self.seen.lock().unwrap().iter().any(seen) {
            assert!(Instant::now() < deadline, "no process was seen with the argument {argument}");
            thread::sleep(Duration::from_millis(2));
        }
    }

    fn take(&self) -> Vec<u8> {
        let lines = mem::take(&mut *self.seen.lock().unwrap());
        lines.into_iter().collect::<Vec<_>>().join(&b'\n')
    }
}

impl Drop for Arguments {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        let _ = self.watcher.take().map(JoinHandle::join);
    }
}

fn command_lines() -> Vec<Vec<u8>> {
    let processes = fs::read_dir("/proc").unwrap().filter_map(Result::ok);
    // A process may have ended since it was listed.
    processes.filter_map(|process| fs::read(process.path().join("cmdline")).ok()).collect()
}

/// One marketplace's whole life on one machine.
struct Life {
    stage: Stage,
    marketplace: Box<dyn Marketplace>,
    repeats: Arc<AtomicBool>,
    add: Vec<String>,
    client_secret: String,
    connect: Vec<&'static str>,
    profile: &'static str,
    flow: Vec<&'static str>,
    refuse: Box<dyn Fn()>,
    recover: Box<dyn Fn()>,
}

impl Life {
    /// From the first command to the last one, all of them as talkative as they can be.
    fn live(&self) {
        let arguments = Arguments::watch();
        let add: Vec<&str> = self.add.iter().map(String::as_str).collect();
        self.stage.feed(&add, &self.client_secret).ok();
        self.repeats.store(true, Ordering::Relaxed);
        for _ in 0..4 {
            self.consent(&self.connect, &[4, 7], &arguments);
        }
        self.repeats.store(false, Ordering::Relaxed);

        self.marketplace.access_token_life(STALE);
        self.consent(&self.connect, &[0], &arguments);
        for form in [&[][..], &["--json"], &["--header"], &["--refresh"]] {
            self.token(form, &[0]);
        }
        self.audit(&arguments);

        self.repeats.store(true, Ordering::Relaxed);
        for _ in 0..4 {
            self.token(&["--refresh"], &[4, 7]);
        }
        self.repeats.store(false, Ordering::Relaxed);
        (self.refuse)();
        self.token(&["--refresh"], &[4]);
        self.token(&["--json"], &[4]);
        self.stage.run(&["status", "-vv"]).ok();
        self.audit(&arguments);

        (self.recover)();
        self.marketplace.access_token_life(LONG);
        let again = [&["reauthorize", self.profile], &self.flow[..]].concat();
        self.marketplace.next_consent(Consent::OtherShop(OTHER_SHOP.to_owned()));
        self.consent(&again, &[5], &arguments);
        self.consent(&again, &[0], &arguments);
        self.token(&[], &[0]);
        self.audit(&arguments);

        self.stage.run(&["disconnect", self.profile, "--yes", "-vv"]).ok();
        self.stage.run(&["app", "remove", self.profile, "--yes", "-vv"]).code(3);
        self.stage.run(&["app", "remove", self.connect[1], "--yes", "-vv"]).ok();
        self.audit(&arguments);
        assert_eq!(self.stage.run(&["status", "--json"]).ok().json(), json!([]));
    }

    fn token(&self, flags: &[&str], codes: &[i32]) {
        let output = self.stage.run(&[&["token", self.profile, "-vv"], flags].concat()).prints_a_secret();
        assert!(codes.contains(&output.code), "{output:?}");
        assert!(output.code == 0 || output.stdout.is_empty(), "{output:?}");
    }

    /// Runs a command that opens a browser, as the seller's machine is set up to.
    fn consent(&self, command: &[&str], codes: &[i32], arguments: &Arguments) {
        let recorder = self.stage.environment.home().with_file_name("browser.sh");
        fs::write(&recorder, "echo \"$@\" >>\"$0.log\"\n").unwrap();
        let browser = format!("sh {}", recorder.display());
        let running = self.stage.environment.spawn(&[command, &["-vv", "--browser", &browser]].concat());
        let url = running.url();
        arguments.wait_for(&browser);
        let page = self.stage.open(&url);
        let output = running.finish();
        assert!(codes.contains(&output.code), "{output:?}");
        let log = fs::read_to_string(recorder.with_extension("sh.log")).unwrap();
        assert!(log.lines().any(|opened| opened == url), "the browser got {log}");
        // What the seller is left with: the page, and the address in the browser's history.
        let kept = self.stage.environment.capture("the last page");
        kept.push(page.body.as_bytes());
        kept.push(page.url.as_str().as_bytes());
    }

    /// Looks for everything that was ever secret, and at who may read what.
    fn audit(&self, arguments: &Arguments) {
        self.stage.environment.capture("arguments").push(&arguments.take());
        let secrets: Vec<_> = self.marketplace.issued_secrets().iter().flat_map(|text| parts(text)).collect();
        assert!(secrets.contains(&self.client_secret), "the marketplace knows its secrets");
        let secrets: Vec<_> = secrets.iter().map(String::as_str).collect();
        self.stage.environment.assert_absent(&secrets);
        assert_private(&self.stage.environment.home());
    }
}

/// A secret, and of a long one its end: one that is cut short must not be found either.
fn parts(secret: &str) -> Vec<String> {
    let mut parts = vec![secret.to_owned()];
    parts.extend((secret.len() > 64).then(|| secret[secret.len() - 32..].to_owned()));
    parts
}

/// Nobody but the owner may read a folder or file.
fn assert_private(path: &Path) {
    let kind = fs::metadata(path).unwrap();
    let mode = kind.permissions().mode() & 0o777;
    let wanted = if kind.is_dir() { 0o700 } else { 0o600 };
    assert_eq!(format!("{mode:o}"), format!("{wanted:o}"), "{}", path.display());
    if kind.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            assert_private(&entry.unwrap().path());
        }
    }
}

fn staged<M: Site + 'static>(marketplace: M) -> (Stage, Arc<AtomicBool>) {
    let repeats = Arc::new(AtomicBool::new(false));
    let parrot = Parrot { marketplace, repeats: Arc::clone(&repeats), answers: AtomicUsize::new(0) };
    (Stage::new(vec![Box::new(parrot)]), repeats)
}

/// `app add` with what every app has, and `more`.
fn add(marketplace: &str, client_id: &str, redirect_uri: &str, more: &[&str]) -> Vec<String> {
    let own = ["app", "add", marketplace, "--client-id", client_id, "--redirect-uri", redirect_uri];
    let all = [&own[..], &["--client-secret-stdin", "-vv"], more].concat();
    all.into_iter().map(str::to_owned).collect()
}

fn allegro() -> Life {
    let (allegro, uri) = (Allegro::new(), "http://localhost/callback");
    let app = allegro.app(allegro::App::new().redirect_uri(uri));
    let (stage, repeats) = staged(allegro.clone());
    let refusing = allegro.clone();
    Life {
        stage,
        marketplace: Box::new(allegro),
        repeats,
        add: add("allegro", &app.client_id, uri, &[]),
        client_secret: app.client_secret,
        connect: vec!["connect", "allegro", "--profile", "shop"],
        profile: "shop",
        flow: Vec::new(),
        // Every session ends, and the refusal repeats the whole refresh token.
        refuse: Box::new(move || refusing.change_password("44000001")),
        recover: Box::new(|| {}),
    }
}

fn amazon() -> Life {
    let (amazon, uri) = (Amazon::new(), "https://erp.example/amazon/callback");
    let app = amazon.app(amazon::App::new().redirect_uri(uri));
    let (stage, repeats) = staged(amazon.clone());
    let refusing = amazon.clone();
    let id = format!("application_id={}", app.application_id);
    Life {
        stage,
        marketplace: Box::new(amazon),
        repeats,
        add: add("amazon", &app.client_id, uri, &["--set", &id]),
        client_secret: app.client_secret,
        connect: vec!["connect", "amazon", "--profile", "shop", "--region", "DE"],
        profile: "shop",
        flow: Vec::new(),
        refuse: Box::new(move || refusing.revoke("A1FIRSTSHOP")),
        recover: Box::new(|| {}),
    }
}

fn otto() -> Life {
    let (otto, uri) = (Otto::new(), "https://erp.example/otto/callback");
    let app = otto.app(otto::App::service_partner());
    let (stage, repeats) = staged(otto.clone());
    let id = format!("app_id={}", app.id);
    otto.install(&app, "1000001");
    otto.install(&app, OTHER_SHOP);
    let (refusing, recovering) = ((otto.clone(), app.clone()), (otto.clone(), app.clone()));
    Life {
        stage,
        marketplace: Box::new(otto),
        repeats,
        add: add("otto", &app.client_id, uri, &["--set", &id]),
        client_secret: app.client_secret,
        connect: vec!["connect", "otto", "--profile", "shop", "--skip-install"],
        profile: "shop",
        flow: vec!["--skip-install"],
        refuse: Box::new(move || refusing.0.uninstall(&refusing.1, "1000001")),
        recover: Box::new(move || drop(recovering.0.install(&recovering.1, "1000001"))),
    }
}

#[test]
fn allegros_secrets_stay_secret_for_a_whole_life() {
    allegro().live();
}

#[test]
fn amazons_secrets_stay_secret_for_a_whole_life() {
    amazon().live();
}

#[test]
fn ottos_secrets_stay_secret_for_a_whole_life() {
    otto().live();
}

#[test]
fn secrets_in_the_keyring_leave_no_trace_on_disk() {
    let session = KeyringSession::start();
    let mut life = allegro();
    session.apply(&mut life.stage.environment);
    life.stage.environment.set_var("SELLAUTH_STORE", "keyring");
    life.live();
}

#[test]
fn what_was_mistaken_is_not_repeated() {
    let stage = Stage::new(vec![Box::new(Amazon::new())]);
    let (id, secret) = ("amzn1.application-oa2-client.abc", "amzn1.sp.solution.planted-secret");
    let add = ["app", "add", "amazon", "--client-id", id, "--set", "application_id=amzn1.sp.solution.x"];
    let uri = ["--redirect-uri", "https://erp.example/cb", "-vv"];
    let stdin = [&add[..], &uri, &["--client-secret-stdin"]].concat();
    stage.feed(&stdin, secret).code(2);
    let two_lines = "planted-first-line\nplanted-second-line";
    stage.feed(&stdin, two_lines).code(2);
    let by_variable = [&add[..], &uri].concat();
    stage.environment.invoke(&by_variable).var("SELLAUTH_CLIENT_SECRET", secret).run().code(2);
    stage.feed(&stdin, "amzn1.oa2-cs.v1.planted").ok();

    let code = "planted-code-of-a-login";
    let paste = ["connect", "amazon", "--region", "DE", "--paste", "-vv"];
    for address in ["https://erp.example/cb?state=forged&spapi_oauth_code=", "https://erp.example/cb#", ""] {
        stage.feed(&paste, &format!("{address}{code}\n")).code(2);
    }
    let refresh_token = "Atzr|planted-refresh-token";
    let import = ["import", "amazon", "--region", "DE", "--refresh-token-stdin", "-vv"];
    stage.feed(&import, refresh_token).code(9);
    let planted = [secret, "planted-first-line", "planted-second-line", "amzn1.oa2-cs.v1.planted"];
    stage.environment.assert_absent(&[&planted[..], &[code, refresh_token]].concat());
}
