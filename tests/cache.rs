//! Tokens at hand: a valid one comes without its store, and from nothing that is not the token in force.

mod attacks;
mod kernels;
mod thousand;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::support::environment::TestEnvironment;
use crate::support::keyring_session::KeyringSession;
use crate::support::running::{LINE_DEADLINE, Output};
use crate::support::strict::{ID, Strict};

/// A connected shop.
struct Shop {
    market: Strict,
    environment: TestEnvironment,
}

impl Shop {
    /// In the file store, or in this keyring; nothing is at hand yet, and the token lives long.
    fn connected(keyring: Option<&KeyringSession>) -> Self {
        let (market, mut environment) = (Strict::start(), TestEnvironment::new());
        match keyring {
            Some(session) => session.apply(&mut environment),
            None => drop(environment.use_file_store()),
        }
        market.connect(&environment);
        let shop = Self { market, environment };
        shop.configure("cache = \"off\"\n");
        shop.token(&["--refresh"]);
        shop.configure("");
        shop
    }

    /// The same with its token at hand.
    fn warm() -> Self {
        let shop = Self::connected(None);
        shop.token(&[]);
        shop.assert_warm();
        shop
    }

    fn configure(&self, text: &str) {
        self.environment.write("config.toml", text);
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.environment.run(&[&["token", ID], arguments].concat()).prints_a_secret()
    }

    /// What `token` prints; a word on stderr would be one too many.
    #[track_caller]
    fn token(&self, arguments: &[&str]) -> String {
        quiet(self.run(arguments))
    }

    fn home(&self, path: &str) -> PathBuf {
        self.environment.home().join(path)
    }

    /// The only entry of this home.
    fn entry(&self) -> PathBuf {
        let folder = self.home("state/cache");
        let mut files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        let entry = files.next().expect("a token is at hand");
        assert_eq!(files.next(), None, "one profile, one entry");
        entry
    }

    fn without_store<T>(&self, run: impl FnOnce() -> T) -> T {
        without_store(&self.environment, run)
    }

    #[track_caller]
    fn assert_warm(&self) {
        let token = self.without_store(|| self.token(&[]));
        assert!(self.market.accepts(&token), "the token at hand is the one in force");
    }

    /// Nothing comes without the store, and with it the right token, without a word.
    #[track_caller]
    fn assert_cold(&self, why: &str) {
        let renewals = self.market.renewals().len();
        let output = self.without_store(|| self.run(&[]));
        assert_eq!((output.code, output.stdout.as_str()), (8, ""), "{why}\n{output:?}");
        let token = self.token(&[]);
        assert!(self.market.accepts(&token), "{why}: a wrong token");
        assert_eq!(self.market.renewals().len(), renewals, "{why}: for a renewal there was no reason");
    }
}

/// What a run printed that went well without a word.
#[track_caller]
fn quiet(output: Output) -> String {
    let output = output.ok();
    assert_eq!(output.stderr, "");
    output.stdout.trim_end().to_owned()
}

/// While `run` runs there is no store: whoever looks for it finds something else in its place.
fn without_store<T>(environment: &TestEnvironment, run: impl FnOnce() -> T) -> T {
    let (store, away) = (environment.home().join("store"), environment.home().join("away"));
    fs::rename(&store, &away).unwrap();
    fs::write(&store, "in the way").unwrap();
    let result = run();
    fs::remove_file(&store).unwrap();
    fs::rename(&away, &store).unwrap();
    result
}

/// `cp -a`, which replaces what is there.
fn copy(from: &Path, to: &Path) {
    let status = Command::new("cp").args(["-a", "--no-target-directory"]).arg(from).arg(to).status();
    assert!(status.unwrap().success(), "{} to {}", from.display(), to.display());
}

/// The beginning of its SHA-256.
pub fn hash(token: &str) -> String {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(token.as_bytes());
    let (first, _) = digest.split_first_chunk().expect("32 bytes");
    format!("{:016x}", u64::from_be_bytes(*first))
}

/// Another consent for the same profile.
fn consent(shop: &Shop, arguments: &[&str]) {
    let running = shop.environment.spawn(arguments);
    shop.market.consent(&running.wait_for_line(|line| line.trim().starts_with("http://"), LINE_DEADLINE));
    running.finish().ok();
}

/// All ways to print it. How long it still lives changes by itself.
fn all_ways(shop: &Shop) -> (String, String, Value) {
    let mut json: Value = serde_json::from_str(&shop.token(&["--json"])).unwrap();
    json["expires_in"].take();
    (shop.token(&[]), shop.token(&["--header"]), json)
}

/// Without its store a shop has what the store gave, as long as that is good enough.
fn assert_served(shop: &Shop, break_it: impl Fn(), mend_it: impl Fn()) {
    shop.configure("cache = \"off\"\n");
    let from_store = all_ways(shop);
    let token = &from_store.0;
    break_it();
    shop.run(&[]).code(8);
    mend_it();
    shop.configure("");
    shop.token(&[]);

    break_it();
    assert_eq!(all_ways(shop), from_store);
    assert_eq!(shop.token(&["--min-validity", "50m"]), *token);
    assert_eq!(shop.token(&["--refresh-if", &hash("another token")]), *token);
    let renewals = shop.market.renewals().len();
    for not_this_one in [&["--min-validity", "60m"][..], &["--refresh-if", &hash(token)], &["--refresh"]] {
        let output = shop.run(not_this_one).code(8);
        assert_eq!(output.stdout, "", "{not_this_one:?}");
    }
    assert_eq!(shop.market.renewals().len(), renewals);
    shop.configure("cache = \"off\"\n");
    shop.run(&[]).code(8);
    shop.configure("");
    assert_eq!(shop.token(&[]), *token);
    shop.environment.run(&["lock"]).ok();
    assert_eq!(shop.run(&[]).code(8).stdout, "");
    mend_it();

    let renewed = shop.token(&["--refresh-if", &hash(token)]);
    assert_ne!(renewed, *token);
    assert_eq!(shop.token(&["--refresh-if", &hash(token)]), renewed);
    assert_eq!(shop.market.renewals().len(), renewals + 1);
    shop.environment.assert_absent(&[token, &renewed]);
}

#[test]
fn a_valid_token_comes_without_its_files() {
    let shop = Shop::connected(None);
    let (store, away) = (shop.home("store"), shop.home("away"));
    let break_it = || {
        fs::rename(&store, &away).unwrap();
        fs::write(&store, "in the way").unwrap();
    };
    let mend_it = || {
        fs::remove_file(&store).unwrap();
        fs::rename(&away, &store).unwrap();
    };
    assert_served(&shop, break_it, mend_it);
}

#[test]
fn a_valid_token_comes_while_the_keyring_is_locked() {
    let session = KeyringSession::start();
    assert_served(&Shop::connected(Some(&session)), || session.lock(), || session.unlock());
}

#[test]
fn a_valid_token_comes_while_the_keyring_is_frozen() {
    let session = KeyringSession::start();
    assert_served(&Shop::connected(Some(&session)), || session.freeze(), || session.thaw());
}

#[test]
fn whatever_decides_how_a_token_is_presented_shows_at_once() {
    let shop = Shop::warm();
    let header = || shop.token(&["--header"]).lines().skip(1).collect::<Vec<_>>().join("\n");
    let lines = |more: &str| {
        let one = r#"api_headers = ["Authorization: Bearer {access_token}""#;
        shop.market.definition().replace(&format!("{one}]"), &format!("{one}, {more}]"))
    };
    let path = format!("marketplaces/{ID}.toml");
    let file = shop.environment.write(&path, &lines(r#""X-App: {client_id}-1""#));
    assert_eq!(header(), "X-App: strict-app-1");
    let time = fs::metadata(&file).unwrap().modified().unwrap();

    // As long as before and, as some package managers have it, not a moment newer.
    let new = shop.environment.write("new", &lines(r#""X-App: {client_id}-2""#));
    fs::File::options().write(true).open(&new).unwrap().set_modified(time).unwrap();
    fs::rename(&new, &file).unwrap();
    assert_eq!(header(), "X-App: strict-app-2");
    shop.environment.write(&path, &lines(r#""X-App: {client_id}-3""#));
    fs::File::options().write(true).open(&file).unwrap().set_modified(time).unwrap();
    assert_eq!(header(), "X-App: strict-app-3");

    let app = fs::read_dir(shop.home("apps")).unwrap().next().unwrap().unwrap().path();
    let text = fs::read_to_string(&app).unwrap();
    fs::write(&app, text.replace("strict-app", "better-app")).unwrap();
    assert_eq!(header(), "X-App: better-app-3");
    fs::remove_file(&app).unwrap();
    shop.run(&[]).code(3);
    fs::write(&app, text).unwrap();
    shop.assert_cold("the app's file is another");
}
