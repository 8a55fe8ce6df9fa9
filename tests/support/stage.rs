//! One machine that reaches scripted marketplaces: the program with the shipped definitions, a seller
//! with a browser, and a script that calls the marketplace's API with what `token` printed.

#![allow(dead_code, reason = "a harness: each test uses the part it needs")]

use std::path::PathBuf;
use std::time::Duration;

use serde_json::Value;

use super::environment::TestEnvironment;
use super::marketplaces::relay::Relay;
use super::marketplaces::wire::{Reply, Wire};
use super::proxy::{Browser, Failure, Outcome, Proxy, Site};
use super::running::{LINE_DEADLINE, Output, Running};

/// The host of the registered https redirect URIs, whose page sends the browser on to the listener.
pub const RELAY: &str = "erp.example";

/// See the module's text.
pub struct Stage {
    /// The machine.
    pub environment: TestEnvironment,
    /// What it reaches.
    pub proxy: Proxy,
}

impl Stage {
    /// A machine with the file store, and these marketplaces beside the relay page.
    pub fn new(marketplaces: Vec<Box<dyn Site>>) -> Self {
        Self::with_relay(marketplaces, Relay::new(RELAY))
    }

    /// The same with another relay page.
    pub fn with_relay(mut marketplaces: Vec<Box<dyn Site>>, relay: Relay) -> Self {
        marketplaces.push(Box::new(relay));
        let proxy = Proxy::start(marketplaces);
        let mut environment = TestEnvironment::new();
        environment.use_file_store();
        for (name, value) in proxy.env() {
            environment.set_var(name, value);
        }
        Self { environment, proxy }
    }

    /// Runs to the end, without standard input.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.environment.run(arguments)
    }

    /// Runs to the end with this standard input.
    pub fn feed(&self, arguments: &[&str], stdin: &str) -> Output {
        self.environment.invoke(arguments).stdin(stdin).run()
    }

    /// Runs a command that wants one consent, and opens its first address.
    pub fn consent(&self, arguments: &[&str]) -> (Output, Outcome) {
        let running = self.environment.spawn(arguments);
        let page = self.open(&running.url());
        (running.finish(), page)
    }

    /// Opens an address in the seller's browser.
    pub fn open(&self, url: &str) -> Outcome {
        Browser::new(&self.proxy).consent(url)
    }

    /// The access token that `token` prints.
    #[track_caller]
    pub fn token(&self, arguments: &[&str]) -> String {
        let output = self.run(&[&["token"], arguments].concat()).ok().prints_a_secret();
        output.stdout.trim_end().to_owned()
    }

    /// Calls the API as a script does: with the headers of `token --json`, and one of its own that
    /// names the script.
    #[track_caller]
    pub fn call(&self, profile: &str, url: &str) -> Reply {
        let output = self.run(&["token", profile, "--json"]).ok().prints_a_secret();
        let headers = output.json()["headers"].as_object().expect("headers by name").clone();
        let text = |value: &Value| value.as_str().expect("a header's text").to_owned();
        let headers: Vec<_> = headers.iter().map(|(name, value)| (name.clone(), text(value))).collect();
        self.send(url, &headers)
    }

    /// The same with the lines of `token --header`.
    #[track_caller]
    pub fn call_by_lines(&self, profile: &str, url: &str) -> Reply {
        let output = self.run(&["token", profile, "--header"]).ok().prints_a_secret();
        let lines = output.stdout.lines().map(|line| line.split_once(": ").expect("a header line"));
        let headers: Vec<_> = lines.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        self.send(url, &headers)
    }

    fn send(&self, url: &str, headers: &[(String, String)]) -> Reply {
        let own = [("user-agent", "ShopScript/1.0 (+https://erp.example)")];
        let headers = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain(own);
        Wire::new(&self.proxy).get(url, &headers.collect::<Vec<_>>())
    }

    /// Fails if a secret that a marketplace gave out lies on the disk, or was printed where none belongs.
    #[track_caller]
    pub fn keeps_its_secrets(&self) {
        let output = self.run(&["token", "--refresh", "-vv"]);
        let _ = if output.code == 0 { output.prints_a_secret() } else { output };
        let secrets = self.proxy.issued_secrets();
        self.environment.assert_absent(&secrets.iter().map(String::as_str).collect::<Vec<_>>());
    }

    /// How many requests `run` makes.
    pub fn requests_during(&self, run: impl FnOnce()) -> usize {
        let before = self.proxy.requests().len();
        run();
        self.proxy.requests().len() - before
    }

    /// One profile's row of `status`.
    #[track_caller]
    pub fn status(&self, profile: &str) -> Value {
        let rows = self.run(&["status", "--json"]).ok().json();
        let rows = rows.as_array().expect("a list").clone();
        rows.into_iter().find(|row| row["profile"] == profile).expect("a row of that name")
    }

    /// `state` and `reason_code` of a row of `status`.
    #[track_caller]
    pub fn state(&self, profile: &str) -> (String, String) {
        let row = self.status(profile);
        let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        (text("state"), text("reason_code"))
    }

    /// Puts `target` into every kind of trouble in turn. What is over after one request is ridden
    /// out; what lasts is exit 7, and leaves everything as it was but for the journal.
    pub fn weather(&self, target: &str) {
        let short = [
            Failure::Status(429),
            Failure::RetryAfter(Duration::from_secs(1)),
            Failure::Status(500),
            Failure::Status(503),
            Failure::Html,
            Failure::BadJson,
            Failure::Drop,
            Failure::LoseAnswer,
        ];
        for failure in short {
            self.proxy.fail_next(target, failure.clone());
            self.run(&["token", "--refresh"]).ok();
            let before = self.kept();
            // The first try and two more.
            (0..3).for_each(|_| self.proxy.fail_next(target, failure.clone()));
            self.stays_away(target, &failure);
            assert_eq!(self.kept(), before, "{failure:?} at {target}");
        }
        // Longer than a script can wait.
        let before = self.kept();
        let long = Failure::RetryAfter(Duration::from_secs(60));
        self.proxy.fail_next(target, long.clone());
        self.stays_away(target, &long);
        assert_eq!(self.kept(), before);
    }

    #[track_caller]
    fn stays_away(&self, target: &str, failure: &Failure) {
        let error = self.run(&["token", "--refresh", "--json"]).code(7).error_json();
        assert_eq!(error["error"]["kind"], "temporary", "{failure:?} at {target}");
    }

    /// Everything on disk but what a renewal puts there beforehand.
    pub fn kept(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let before =
            |path: &PathBuf| ["journal", "spill"].iter().any(|name| path.iter().any(|part| part == *name));
        self.files().into_iter().filter(|(path, _)| !before(path)).collect()
    }

    /// Everything on disk; see [`TestEnvironment::files`].
    pub fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        self.environment.files()
    }
}

/// Waits for the next address a run prints that is none of `seen`, and adds it there.
pub fn next_url(running: &Running, seen: &mut Vec<String>) -> String {
    let fresh = |line: &str| line.starts_with("https://") && !seen.iter().any(|known| known == line);
    let url = running.wait_for_line(fresh, LINE_DEADLINE);
    seen.push(url.clone());
    url
}
