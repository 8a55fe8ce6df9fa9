//! `sellauth demo`: the whole story on a small marketplace of its own, with the real commands.

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use console::Style;
use secrecy::{ExposeSecret, SecretString};
use tempfile::TempDir;
use url::Url;

use super::{Context, dispatch, var};
use crate::cli::Cli;
use crate::config::Home;
use crate::connection::Connection;
use crate::demo::{Decision, Marketplace, SHOPS, Settings, consent, definition};
use crate::error::{Kind, Result};
use crate::files::write_atomically;
use crate::oauth::http::Client;
use crate::oauth::request::{Body, Request};
use crate::output::{Terminal, insist, report};
use crate::screen::Screen;
use crate::session::{REQUEST_DEADLINE, Renew, Want, fresh_token};
use crate::{fail, interrupt, profiles, text};

/// How long a chapter stands before the next one, where a person watches.
const PAUSE: Duration = Duration::from_millis(900);

/// What `demo` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Consent without a browser
    #[arg(long)]
    headless: bool,
    /// Keep the marketplace running, to play with
    #[arg(long, conflicts_with = "headless")]
    serve: bool,
    /// Act as the seller without a browser: confirm on this consent page
    #[arg(long, hide = true, value_name = "URL")]
    confirm: Option<String>,
}

/// Tells the story, or keeps the marketplace running.
pub fn run(terminal: Terminal, args: &Args) -> Result<ExitCode> {
    if let Some(url) = &args.confirm {
        return confirm(url);
    }
    if terminal.json {
        return Err(fail!(Usage, "demo-json"));
    }
    // Seen between two steps, so that the folder goes with the demo.
    interrupt::watch();
    let stage = Stage::build(terminal, args.headless || !has_display())?;
    if args.serve {
        return stage.serve();
    }
    stage.play()
}

/// The seller, where no browser is: opens the page and presses Confirm.
fn confirm(url: &str) -> Result<ExitCode> {
    consent(url, Decision::Confirm)
        .map(|_| ExitCode::SUCCESS)
        .map_err(|error| fail!(Temporary, "demo-consent-failed").because(error))
}

/// A folder of this user's only, gone with the demo.
fn private_folder() -> std::io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix("sellauth-demo-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir()
}

/// Whether a browser could be seen here.
fn has_display() -> bool {
    Screen::find(&var, &|path| path.exists()) == Screen::Here || var("SELLAUTH_BROWSER").is_some()
}

/// A marketplace, a home below a temporary folder, and the person who watches.
struct Stage {
    terminal: Terminal,
    marketplace: Marketplace,
    home: TempDir,
    headless: bool,
}

impl Stage {
    fn build(terminal: Terminal, headless: bool) -> Result<Self> {
        let failed = |error: std::io::Error| fail!(Temporary, "demo-failed").because(error);
        let marketplace = Marketplace::start(Settings::default()).map_err(failed)?;
        let home = private_folder().map_err(failed)?;
        let file = home.path().join("marketplaces/demo.toml");
        // A file of a user's is shown as it is written.
        let definition = definition(&marketplace.origin()).replace("{note}", &text!("demo-note"));
        write_atomically(&file, definition.as_bytes()).map_err(failed)?;
        Ok(Self { terminal, marketplace, home, headless })
    }

    /// The environment of the demo's commands: its own home, the file store, and as browser this
    /// program itself where there is none.
    fn var(&self) -> Result<impl Fn(&str) -> Option<String> + 'static> {
        let home = self.home.path().display().to_string();
        let secret = self.marketplace.credentials().client_secret.clone();
        let program =
            std::env::current_exe().map_err(|error| fail!(Internal, "demo-failed").because(error))?;
        let seller = shell_words::join([&program.display().to_string(), "demo", "--confirm", "%s"]);
        let headless = self.headless;
        Ok(move |name: &str| match name {
            "SELLAUTH_HOME" => Some(home.clone()),
            "SELLAUTH_STORE" => Some("file".to_owned()),
            "SELLAUTH_CLIENT_SECRET" => Some(secret.expose_secret().to_owned()),
            "SELLAUTH_BROWSER" if headless => Some(seller.clone()),
            "SELLAUTH_BROWSER" | "BROWSER" => var(name),
            name if Screen::looks_at(name) => var(name),
            _ => None,
        })
    }

    fn context(&self) -> Result<Context> {
        let var = self.var()?;
        let terminal = Terminal { interactive: false, ..self.terminal };
        Ok(Context { home: Home::open(&var)?, terminal, var: Box::new(var) })
    }

    /// Runs a command line as a person would type it.
    fn run(&self, words: &[&str]) -> Result<()> {
        self.shell(&format!("sellauth {}", words.join(" ")));
        let cli = Cli::try_parse_from(std::iter::once(&"sellauth").chain(words))
            .map_err(|error| fail!(Internal, "demo-failed").because(error))?;
        dispatch(self.context()?, cli.command).map(|_| ())
    }

    fn tell(&self, title: &str, text: &str) -> Result<()> {
        let heading = Style::new().for_stderr().bold().cyan();
        interrupt::check()?;
        if console::user_attended_stderr() && !self.terminal.quiet {
            std::thread::sleep(PAUSE);
            interrupt::check()?;
        }
        self.terminal.say(format!("\n{}\n{text}", heading.apply_to(title)));
        Ok(())
    }

    fn play(&self) -> Result<ExitCode> {
        self.open()?;
        self.connect()?;
        self.renew()?;
        self.raise_version()?;
        self.close()?;
        Ok(ExitCode::SUCCESS)
    }

    fn open(&self) -> Result<()> {
        self.tell(&text!("demo-open"), &text!("demo-open-text", origin = self.marketplace.origin()))?;
        if self.headless {
            self.terminal.say(text!("demo-headless"));
        }
        self.tell(&text!("demo-app"), &text!("demo-app-text"))?;
        let client_id = &self.marketplace.credentials().client_id;
        self.run(&["app", "add", "demo", "--client-id", client_id, "--version", "1.0"])
    }

    fn connect(&self) -> Result<()> {
        self.tell(&text!("demo-connect"), &text!("demo-connect-text"))?;
        self.run(&["connect", "demo"])?;
        self.tell(&text!("demo-token"), &text!("demo-token-text"))?;
        self.show_token()?;
        let before = self.marketplace.requests().len();
        self.show_token()?;
        let asked = self.marketplace.requests().len() - before;
        self.terminal.say(text!("demo-asked", requests = asked));
        self.call_api()
    }

    fn renew(&self) -> Result<()> {
        self.tell(&text!("demo-renew"), &text!("demo-renew-text"))?;
        self.marketplace.expire_access_tokens();
        let before = self.marketplace.requests().len();
        self.shell("sellauth token demo --refresh");
        self.token(Renew::Before(jiff::Timestamp::now()))?;
        for line in &self.marketplace.requests()[before..] {
            self.terminal.say(format!("  {} {} → {}", line.method, line.path, line.status));
        }
        self.call_api()
    }

    fn raise_version(&self) -> Result<()> {
        self.tell(&text!("demo-version"), &text!("demo-version-text"))?;
        self.marketplace.bump_app_version("1.1");
        self.run(&[
            "app",
            "set",
            "demo",
            "--version",
            "1.1",
            "--scope",
            "shop:read",
            "--scope",
            "orders:read",
            "--scope",
            "offers:write",
        ])?;
        self.run(&["status"])?;
        self.terminal.say(text!("demo-works-on"));
        self.show_token()?;
        self.wrong_shop()?;
        self.tell(&text!("demo-reauthorize"), &text!("demo-reauthorize-text"))?;
        self.run(&["reauthorize"])?;
        self.run(&["status"])
    }

    /// The browser is signed in elsewhere: the costliest mistake there is, and nothing happens.
    fn wrong_shop(&self) -> Result<()> {
        if !self.headless {
            // A person chooses on the page who consents; the story must not fight with them.
            return Ok(());
        }
        self.tell(&text!("demo-wrong-shop"), &text!("demo-wrong-shop-text"))?;
        self.marketplace.log_in_as(&SHOPS[1]);
        let refused = self.run(&["reauthorize"]);
        self.marketplace.log_in_as(&SHOPS[0]);
        match refused {
            Err(error) if error.kind == Kind::WrongShop => report(&error, false),
            Err(error) => return Err(error),
            Ok(()) => return Err(fail!(Internal, "demo-wrong-shop-taken")),
        }
        self.show_token()
    }

    fn close(&self) -> Result<()> {
        self.tell(&text!("demo-disconnect"), &text!("demo-disconnect-text"))?;
        self.run(&["disconnect", "demo", "--yes"])?;
        self.tell(&text!("demo-end"), &text!("demo-end-text"))
    }

    /// Shows a command line as it stands in a shell.
    fn shell(&self, line: &str) {
        let prompt = Style::new().for_stderr().green().bold();
        self.terminal.show(format!("\n{} {line}", prompt.apply_to("$")));
    }

    /// The token as `token` prints it, but only its beginning: it stays on the screen.
    fn show_token(&self) -> Result<()> {
        self.shell("sellauth token demo");
        let token = self.token(Renew::IfStale)?;
        let beginning: String = token.expose_secret().chars().take(12).collect();
        self.terminal.say(format!("{beginning}…"));
        Ok(())
    }

    fn token(&self, renew: Renew) -> Result<SecretString> {
        let context = self.context()?;
        let (name, profile) = profiles::resolve(&context.home, "demo")?;
        let connection = Connection::load(&context.home, &name, profile)?;
        let want = Want { least: None, renew };
        Ok(fresh_token(&context.session(&|| ()), &connection, &want)?.token.secret)
    }

    /// Uses the token as a script would.
    fn call_api(&self) -> Result<()> {
        let token = self.token(Renew::IfStale)?;
        let address = format!("{}/api/orders", self.marketplace.origin());
        self.shell(&format!(
            "sellauth token demo --header | curl -s -H @- {address} | jq -r '.orders[].article'"
        ));
        let request = Request {
            method: "GET",
            url: Url::parse(&address).map_err(|error| fail!(Internal, "demo-failed").because(error))?,
            headers: vec![("Authorization".to_owned(), format!("Bearer {}", token.expose_secret()).into())],
            body: Body::Empty,
        };
        let answer = Client::new(REQUEST_DEADLINE, None)
            .and_then(|client| client.send(&request))
            .map_err(|error| fail!(Temporary, "demo-failed").because(error))?;
        if answer.status != 200 {
            return Err(fail!(Internal, "demo-api-refused", status = answer.status));
        }
        let orders: serde_json::Value = serde_json::from_str(answer.body.expose_secret())
            .map_err(|error| fail!(Internal, "demo-failed").because(error))?;
        for order in orders["orders"].as_array().into_iter().flatten() {
            self.terminal.say(order["article"].as_str().unwrap_or_default());
        }
        Ok(())
    }

    fn serve(&self) -> Result<ExitCode> {
        let client_id = &self.marketplace.credentials().client_id;
        self.run(&["app", "add", "demo", "--client-id", client_id, "--version", "1.0"])?;
        let home: &Path = self.home.path();
        insist(text!("demo-serve", origin = self.marketplace.origin(), home = home.display()));
        while interrupt::check().is_ok() {
            std::thread::sleep(Duration::from_millis(100));
        }
        insist(text!("demo-served"));
        Ok(ExitCode::SUCCESS)
    }
}
