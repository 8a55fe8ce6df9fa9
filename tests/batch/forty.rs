//! Forty shops of one integrator, over three marketplaces, of which seven are due for five reasons.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::reauthorize::REAUTHORIZE;
use crate::support::marketplaces::{Allegro, Amazon, Consent, Marketplace, Otto, allegro, amazon, otto};
use crate::support::running::Output;
use crate::support::stage::{Stage, next_url};

const READ: &str = "allegro:api:orders:read";
const WRITE: &str = "allegro:api:orders:write";
/// By name, as the batch takes them, and why.
const DUE: [(&str, &str); 7] = [
    ("allegro-08", "refused"),
    ("allegro-09", "scopes_missing"),
    ("amazon-17", "refused"),
    ("amazon-18", "secrets_missing"),
    ("amazon-19", "authorization_ends"),
    ("otto-08", "app_version"),
    ("otto-09", "app_version"),
];
const CANCELLED: &str = "otto-09";

struct Integrator {
    stage: Stage,
    amazon: Amazon,
    otto: Otto,
    allegro: Allegro,
    /// The only app of which there is a newer version.
    second_otto: otto::App,
}

impl Integrator {
    fn new() -> Self {
        let (amazon, otto, allegro) = (Amazon::new(), Otto::new(), Allegro::new());
        let sites: [Box<dyn crate::support::proxy::Site>; 3] =
            [Box::new(amazon.clone()), Box::new(otto.clone()), Box::new(allegro.clone())];
        let second_otto = otto.app(otto::App::service_partner());
        Self { stage: Stage::new(sites.into()), amazon, otto, allegro, second_otto }
    }

    fn add(&self, marketplace: &str, name: &str, (id, secret): (&str, &str), uri: &str, more: &[&str]) {
        let own = ["app", "add", marketplace, "--name", name, "--client-id", id, "--redirect-uri", uri];
        self.stage.feed(&[&own[..], &["--client-secret-stdin"], more].concat(), secret).ok();
    }

    /// Apps for all forty, and then the forty.
    fn connect_all(&self) {
        let uri = "https://erp.example/callback";
        let app = self.amazon.app(amazon::App::new().redirect_uri(uri));
        let id = format!("application_id={}", app.application_id);
        self.add("amazon", "amazon", (&app.client_id, &app.client_secret), uri, &["--set", &id]);
        let first_otto = self.otto.app(otto::App::service_partner());
        let uri = "https://erp.example/otto/callback";
        for (name, app) in [("otto", &first_otto), ("otto-two", &self.second_otto)] {
            let id = format!("app_id={}", app.id);
            let more = ["--set", &id, "--version", "1.0.0"];
            self.add("otto", name, (&app.client_id, &app.client_secret), uri, &more);
        }
        let uri = "http://localhost/callback";
        for name in ["allegro", "allegro-two"] {
            let app = self.allegro.app(allegro::App::new().redirect_uri(uri));
            self.add("allegro", name, (&app.client_id, &app.client_secret), uri, &["--scope", READ]);
        }
        for number in 0..20 {
            self.connect("amazon", number, &["--app", "amazon", "--region", "DE"]);
        }
        for number in 0..10 {
            let (name, app) =
                if number < 8 { ("otto", &first_otto) } else { ("otto-two", &self.second_otto) };
            self.otto.install(app, &shop("otto", number));
            self.connect("otto", number, &["--app", name, "--skip-install"]);
            let name = if number < 9 { "allegro" } else { "allegro-two" };
            self.connect("allegro", number, &["--app", name]);
        }
    }

    fn connect(&self, marketplace: &str, number: usize, more: &[&str]) {
        let profile = format!("{marketplace}-{number:02}");
        self.log_in(&profile);
        let own = ["connect", marketplace, "--profile", &profile, "--no-browser"];
        self.stage.consent(&[&own[..], more].concat()).0.ok();
    }

    /// The browser is signed in to this profile's shop.
    fn log_in(&self, profile: &str) {
        let (marketplace, number) = profile.split_once('-').unwrap();
        let shop = shop(marketplace, number.parse().unwrap());
        match marketplace {
            "amazon" => self.amazon.log_in(&shop),
            "otto" => self.otto.log_in(&shop),
            _ => self.allegro.log_in(&shop),
        }
    }

    /// What a year brings.
    fn live_on(&self) {
        let Self { stage, .. } = self;
        self.otto.release(&self.second_otto, "2.0.0", &["orders", "products"]);
        stage.run(&["app", "set", "otto-two", "--version", "2.0.0"]).ok();
        stage.run(&["app", "set", "allegro-two", "--scope", READ, "--scope", WRITE]).ok();
        self.allegro.change_password(&shop("allegro", 8));
        self.amazon.revoke(&shop("amazon", 17));
        for refused in ["allegro-08", "amazon-17"] {
            stage.run(&["token", refused, "--refresh"]).code(4);
        }
        let (uuid, path) = self.record("amazon-19");
        let text = fs::read_to_string(&path).unwrap();
        let mut record: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(record["uuid"], uuid.as_str());
        record["grant"]["authorization_expires_at"] = Value::from("2026-12-01T00:00:00Z");
        fs::write(&path, serde_json::to_vec(&record).unwrap()).unwrap();
        let (uuid, _) = self.record("amazon-18");
        fs::remove_dir_all(stage.environment.home().join("store").join(uuid)).unwrap();
        stage.run(&["token", "amazon-18", "--refresh"]).code(4);
    }

    /// A profile's UUID, and its record's file.
    fn record(&self, profile: &str) -> (String, std::path::PathBuf) {
        let file = self.stage.environment.read(format!("profiles/{profile}.toml"));
        let uuid = file.lines().find_map(|line| line.strip_prefix("uuid = ")).expect("a profile has a UUID");
        let uuid = uuid.trim_matches('"').to_owned();
        let path = self.stage.environment.home().join(format!("state/profiles/{uuid}.json"));
        (uuid, path)
    }

    /// `reason_code` of each profile for which something is due.
    fn due(&self) -> BTreeMap<String, String> {
        let rows = self.stage.run(&["status", "--json"]).ok().json();
        let rows = rows.as_array().unwrap();
        assert_eq!(rows.len(), 40);
        let reason = |row: &Value| {
            Some((row["profile"].as_str()?.to_owned(), row["reason_code"].as_str()?.to_owned()))
        };
        rows.iter().filter_map(reason).collect()
    }

    /// Of whom the log says so, in the order in which it happened.
    fn logged(&self, what: &str) -> Vec<String> {
        let events = self.stage.run(&["log", "--json"]).ok().json();
        let events = events.as_array().unwrap().iter().filter(|event| event["event"] == what);
        events.map(|event| event["profile"].as_str().unwrap().to_owned()).collect()
    }

    fn tokens(&self, profiles: &[String]) -> Vec<String> {
        profiles.iter().map(|profile| self.stage.token(&[profile])).collect()
    }

    /// One sitting: each shop in turn signs in and consents, but for the one that does not.
    fn clear(&self) -> Output {
        let running = self.stage.environment.spawn(&[&REAUTHORIZE[..], &["--skip-install"]].concat());
        let mut seen = Vec::new();
        for (number, (profile, _)) in DUE.iter().enumerate() {
            let url = next_url(&running, &mut seen);
            let head = format!("{} of 7: {profile}", number + 1);
            assert!(running.stderr().contains(&head), "{head}\n{}", running.stderr());
            self.log_in(profile);
            match *profile {
                CANCELLED => self.otto.next_consent(Consent::Cancel),
                "otto-08" => drop(self.otto.install(&self.second_otto, &shop("otto", 8))),
                _ => {}
            }
            self.stage.open(&url);
        }
        running.finish()
    }
}

fn shop(marketplace: &str, number: usize) -> String {
    match marketplace {
        "amazon" => format!("A2SHOP{number:02}"),
        "otto" => format!("10000{number:02}"),
        _ => format!("440000{number:02}"),
    }
}

#[test]
fn seven_of_forty_are_cleared_in_one_sitting_but_for_the_one_that_cancels() {
    let integrator = Integrator::new();
    integrator.connect_all();
    let due: BTreeMap<String, String> = DUE.map(|(name, why)| (name.to_owned(), why.to_owned())).into();
    let others: Vec<String> = ["amazon", "otto", "allegro"]
        .iter()
        .flat_map(|marketplace| (0..20).map(move |number| format!("{marketplace}-{number:02}")))
        .filter(|name| {
            !due.contains_key(name)
                && integrator.stage.environment.home().join(format!("profiles/{name}.toml")).exists()
        })
        .collect();
    assert_eq!(others.len(), 33);
    let untouched = integrator.tokens(&others);
    integrator.live_on();
    assert_eq!(integrator.due(), due);
    let plan = integrator.stage.run(&["reauthorize", "--dry-run", "--json"]).ok().json();
    let planned: Vec<&str> =
        plan.as_array().unwrap().iter().map(|row| row["profile"].as_str().unwrap()).collect();
    assert_eq!(planned, DUE.map(|(name, _)| name));
    let cancelled = integrator.stage.token(&[CANCELLED]);

    let output = integrator.clear().code(5);
    let done: Vec<String> = DUE[..6].iter().map(|(name, _)| format!("reauthorized {name}")).collect();
    assert_eq!(output.stdout.lines().collect::<Vec<_>>(), done);
    assert!(output.stderr.contains(CANCELLED), "{}", output.stderr);
    assert_eq!(integrator.due(), BTreeMap::from([(CANCELLED.to_owned(), "app_version".to_owned())]));
    assert_eq!(integrator.stage.token(&[CANCELLED]), cancelled, "it works on");
    assert_eq!(integrator.tokens(&others), untouched, "nobody else's changed");
    assert_eq!(integrator.logged("connected").len(), 40);
    assert_eq!(integrator.logged("refused"), ["allegro-08", "amazon-17"]);
    assert_eq!(integrator.logged("reauthorized"), DUE[..6].iter().map(|(name, _)| *name).collect::<Vec<_>>());
    for (profile, _) in DUE {
        integrator.stage.token(&[profile, "--refresh"]);
    }

    integrator.log_in(CANCELLED);
    integrator.otto.install(&integrator.second_otto, &shop("otto", 9));
    let again = integrator.stage.consent(&[&REAUTHORIZE[..], &["--skip-install"]].concat()).0.ok();
    assert_eq!(
        again.stdout,
        format!("reauthorized {CANCELLED}\n"),
        "the next sitting goes on where this one ended"
    );
    assert_eq!(integrator.due(), BTreeMap::new());
    assert!(integrator.stage.run(&REAUTHORIZE).ok().stderr.contains("no consent is due"));
}
