//! `refresh`: many shops at once, renewed without a person, no faster than their marketplace takes it.

mod hooks;
mod many;
mod reports;

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::environment::TestEnvironment;
use crate::support::running::{LINE_DEADLINE, Output};
use crate::support::strict::{CLIENT_ID, ID, Strict};
use crate::support::terminal::Terminal;

const DAY: i64 = 86_400;

/// Shops of the strict marketplace, whose refresh tokens live for 90 days.
struct Shops {
    market: Strict,
    environment: TestEnvironment,
}

impl Shops {
    fn connect(names: &[&str]) -> Self {
        Self::with("", names)
    }

    /// The same where the definition's renewal says more.
    fn with(renewal: &str, names: &[&str]) -> Self {
        let market = Strict::start();
        market.set_access_token_life(3600);
        let mut environment = TestEnvironment::new();
        environment.use_file_store();
        let definition = format!("{}\nrefresh_token = \"90d\"\n", market.definition());
        let definition =
            definition.replace("[[renewal_request]]", &format!("[[renewal_request]]\n{renewal}"));
        environment.write(format!("marketplaces/{ID}.toml"), &definition);
        environment.run(&["app", "add", ID, "--client-id", CLIENT_ID]).ok();
        for name in names {
            let running = environment.spawn(&["connect", ID, "--profile", name, "--no-browser"]);
            market.consent(&running.wait_for_line(|line| line.starts_with("http://"), LINE_DEADLINE));
            running.finish().ok();
        }
        Self { market, environment }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.environment.run(&[&["refresh"], arguments].concat())
    }

    /// Name and result of each row, by name.
    #[track_caller]
    fn results(&self, arguments: &[&str]) -> Vec<String> {
        results(&self.run(&[arguments, &["--json"]].concat()).ok())
    }

    fn record(&self, name: &str) -> PathBuf {
        let profile = self.environment.read(format!("profiles/{name}.toml"));
        let uuid = profile.lines().find_map(|line| line.strip_prefix("uuid = \"")).expect("a UUID");
        self.environment.home().join(format!("state/profiles/{}.json", uuid.trim_end_matches('"')))
    }

    /// Lets everything about a shop have happened so many days earlier.
    fn age(&self, name: &str, days: i64) {
        let path = self.record(name);
        let mut record: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        for key in ["last_refreshed_at", "access_token_expires_at", "refresh_token_expires_at"] {
            let time: jiff::Timestamp = record[key].as_str().expect("a time").parse().unwrap();
            record[key] = json!(time - jiff::SignedDuration::from_secs(days * DAY));
        }
        fs::write(path, record.to_string()).unwrap();
    }
}

fn results(output: &Output) -> Vec<String> {
    let rows = output.json();
    let text = |row: &Value, key: &str| row[key].as_str().expect("a text").to_owned();
    let mut found: Vec<String> = rows
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| format!("{} {}", text(row, "profile"), text(row, "result")))
        .collect();
    found.sort();
    found
}

#[test]
fn only_what_would_end_for_want_of_use_is_due() {
    let shops = Shops::connect(&["fresh", "third", "week"]);
    shops.age("third", 31);
    shops.age("week", 84);
    assert_eq!(shops.results(&["--due", "7d"]), ["fresh not_due", "third not_due", "week renewed"]);
    assert_eq!(shops.results(&[]), ["fresh not_due", "third renewed", "week not_due"]);
    assert_eq!(shops.results(&["fresh", "week", "fresh"]), ["fresh renewed", "week renewed"]);
    assert_eq!(shops.results(&["--due", "7d", "fresh"]), ["fresh not_due"]);
    assert_eq!(shops.results(&["--all", "--due", "100d"]).len(), 3);
    assert_eq!(shops.market.renewals().len(), 7);
    assert_eq!(shops.market.ends(), [None; 3]);
}

#[test]
fn a_row_says_what_happened_and_until_when() {
    let shops = Shops::connect(&["a", "longer-name"]);
    shops.age("a", 40);
    let output = shops.run(&[]).ok();
    let lines: Vec<&str> = output.stdout.lines().collect();
    assert!(lines[0].starts_with("longer-name  not due  lasts until 20"), "{lines:?}");
    assert!(lines[1].starts_with("a            renewed  lasts until 20"), "{lines:?}");
    assert_eq!((lines.len(), output.stderr.as_str()), (2, ""), "no bar where nobody sits");

    let rows = shops.run(&["a", "--json"]).ok().json();
    let row = &rows[0];
    let keys: Vec<&str> = row.as_object().unwrap().keys().map(String::as_str).collect();
    let times = ["access_token_expires_at", "refresh_token_expires_at"];
    assert_eq!(keys, ["profile", "result", times[0], times[1], "error"]);
    let status = shops.environment.run(&["status", "a", "--json"]).ok().json();
    assert!(times.iter().all(|key| row[key].is_string() && row[key] == status[0][key]), "{row} {status}");
    assert_eq!(row["error"], Value::Null);
}

#[test]
fn the_worst_row_is_the_exit_code_and_the_others_are_renewed() {
    let shops = Shops::connect(&["good", "refused"]);
    shops.environment.write("profiles/broken.toml", "uuid = 3");
    assert_eq!(
        results(&shops.run(&["--all", "--json"]).code(9)),
        ["broken failed", "good renewed", "refused renewed"]
    );
    fs::remove_file(shops.environment.home().join("profiles/broken.toml")).unwrap();

    shops.market.end_consent_of_last();
    let output = shops.run(&["--all", "--json"]).code(4);
    assert_eq!(results(&output), ["good renewed", "refused failed"]);
    let rows = output.json();
    let failed = rows.as_array().unwrap().iter().find(|row| row["result"] == "failed").unwrap();
    assert_eq!(failed["error"]["kind"], "reauthorization_required");
    assert_eq!(output.error_json()["error"]["message"], failed["error"]["message"]);
    assert!(failed["error"]["hint"].is_string());
}

#[test]
fn what_was_refused_is_not_asked_again_before_its_time() {
    let shops = Shops::connect(&["refused"]);
    shops.market.end_consent_of_last();
    shops.run(&["refused"]).code(4);
    let asked = shops.market.renewals().len();
    for arguments in [&["refused"][..], &["--all"], &["--all", "--due", "365d"]] {
        shops.run(arguments).code(4);
    }
    assert_eq!(shops.market.renewals().len(), asked, "the refusal is remembered");
    shops.environment.run(&["token", "refused", "--refresh"]).code(4);
    assert_eq!(shops.market.renewals().len(), asked + 1, "a person may insist");
}

#[test]
fn who_was_never_connected_fails_only_where_it_is_named() {
    let shops = Shops::connect(&["good"]);
    let profile = shops.environment.read("profiles/good.toml");
    let never = profile.replace("uuid = \"", "uuid = \"00000000-0000-4000-8000-000000000000\" #");
    shops.environment.write("profiles/never.toml", &never);
    let token = shops.environment.run(&["token", "never", "--json"]);
    let output = shops.run(&["never", "good", "--due", "1d", "--json"]).code(token.code);
    assert_eq!(results(&output), ["good not_due", "never failed"]);
    assert_eq!(output.error_json(), token.error_json());
    let named = shops.run(&["never"]).code(3).stderr;
    assert!(named.starts_with("error: `never` was never connected\n"), "{named}");
    // Nobody expects cron to connect it.
    for flags in [&[][..], &["--all"]] {
        assert!(shops.results(flags).contains(&"never never_connected".to_owned()));
    }
    assert_eq!(shops.run(&[]).ok().stderr, "");
    shops.run(&["nobody"]).code(3);
    shops.run(&["good", "--all"]).code(2);
    for jobs in ["0", "65", "x"] {
        shops.run(&["--jobs", jobs]).code(2);
    }
}

#[test]
fn marks_choose() {
    let shops = Shops::connect(&["one", "two"]);
    let profile = shops.environment.read("profiles/two.toml");
    shops.environment.write("profiles/two.toml", &format!("{profile}\n[labels]\nteam = \"north\"\n"));
    assert_eq!(shops.results(&["--all", "--label", "team=north"]), ["two renewed"]);
    assert_eq!(shops.results(&["--label", "team=north"]), ["two not_due"]);
    let none = shops.run(&["--all", "--label", "team=south"]).ok();
    assert_eq!(none.stdout, "");
    assert!(none.stderr.contains("no connected shop has this label"), "{none:?}");
    assert_eq!(shops.run(&["--all", "--label", "team=south", "--json"]).ok().json(), json!([]));
}

#[test]
fn a_signal_in_the_middle_loses_nothing() {
    for signal in ["INT", "TERM"] {
        let shops = Shops::connect(&["a", "b", "c"]);
        shops.market.hold();
        let mut running = shops.environment.spawn(&["refresh", "--all", "--jobs", "1", "--json"]);
        shops.market.wait_until_held();
        running.signal(signal);
        wait_until_noticed(running.id());
        assert!(running.is_running(), "what has begun is finished");
        shops.market.release();
        let output = running.finish().code(130);
        assert_eq!(results(&output), ["a renewed"], "and nothing else is begun");
        assert_eq!(output.error_json()["error"]["kind"], "interrupted");
        assert_eq!(shops.market.renewals().len(), 1);

        assert_eq!(shops.results(&["--all"]), ["a renewed", "b renewed", "c renewed"]);
        assert_eq!(shops.market.ends(), [None; 3], "after SIG{signal}");
    }
}

/// Waits until no signal is on its way any more: the thread that takes it need not be the next to run.
fn wait_until_noticed(process: u32) {
    let deadline = Instant::now() + LINE_DEADLINE;
    let is_pending = |line: &str| line.starts_with("ShdPnd:") && !line.ends_with("\t0000000000000000");
    while fs::read_to_string(format!("/proc/{process}/status")).unwrap().lines().any(is_pending) {
        assert!(Instant::now() < deadline, "nobody takes the signal");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_signal_ends_the_waiting_for_a_turn() {
    let shops = Shops::with("pace = \"1/m\"", &["a", "b"]);
    let running = shops.environment.spawn(&["refresh", "--all", "--json"]);
    let deadline = Instant::now() + LINE_DEADLINE;
    while shops.market.renewals().is_empty() {
        assert!(Instant::now() < deadline, "no renewal came");
        std::thread::sleep(Duration::from_millis(5));
    }
    running.signal("INT");
    let began = Instant::now();
    let output = running.finish().code(130);
    assert!(began.elapsed() < Duration::from_secs(5));
    assert_eq!((results(&output).len(), shops.market.renewals().len()), (1, 1));
    // The one that waited for its turn had not locked its shop, nor written anything down.
    let tokens = ["a", "b"].map(|name| shops.environment.run(&["token", name]).ok().prints_a_secret());
    assert!(tokens.iter().all(|token| shops.market.accepts(token.stdout.trim_end())));
    assert_eq!(shops.market.ends(), [None; 2]);
}

#[test]
fn a_terminal_shows_how_far_it_is() {
    let shops = Shops::with("pace = \"1/s\"", &["a", "b", "c"]);
    let mut terminal = Terminal::start(&shops.environment, &["refresh", "--all", "--jobs", "1"]);
    terminal.expect(" of 3 shops");
    terminal.expect("c  renewed  lasts until");
    let shown = terminal.plain();
    assert_eq!(terminal.finish(), 0);
    assert!(shown.contains('━'), "{shown}");

    let mut quiet = Terminal::start(&shops.environment, &["refresh", "--all", "--jobs", "1", "--quiet"]);
    quiet.expect("c  renewed  lasts until");
    assert!(!quiet.plain().contains("of 3 shops"), "{}", quiet.plain());
    assert_eq!(quiet.finish(), 0);
}

#[test]
fn two_commands_at_once_renew_each_shop_with_one_request_at_a_time() {
    let names: Vec<String> = (0..12).map(|number| format!("shop-{number:02}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let shops = Shops::connect(&names);
    let both = [(); 2].map(|()| shops.environment.spawn(&["refresh", "--all", "--json", "--jobs", "8"]));
    let outputs = both.map(|running| running.finish().ok());
    assert!(outputs.iter().all(|output| results(output).iter().all(|row| row.ends_with(" renewed"))));
    let renewals = shops.market.renewals();
    assert!((12..=24).contains(&renewals.len()), "{}", renewals.len());
    let mut sent: Vec<&str> = renewals.iter().map(|renewal| renewal.refresh_token.as_str()).collect();
    sent.sort_unstable();
    sent.dedup();
    assert_eq!(sent.len(), renewals.len(), "none was sent twice");
    assert_eq!(shops.market.ends(), [None; 12]);
}
