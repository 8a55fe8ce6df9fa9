//! `sellauth import --from`: what other programs keep in plain text.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use super::Context;
use super::connect::{Place, Target};
use crate::config::{Home, secret};
use crate::error::Result;
use crate::foreign::{Found, Source, find};
use crate::marketplace::Definition;
use crate::marketplace::definition::Scope;
use crate::model::App;
use crate::output::{aligned, print, print_json};
use crate::store::StoreKind;
use crate::{apps, fail, ledger, profiles, prompt, records, redirect, text};

/// What is a secret among what can be found.
const SECRETS: [&str; 2] = ["client_secret", "refresh_token"];

/// Where to look.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "From other programs")]
pub struct FromArgs {
    /// Take what stands in a .env, JSON or YAML file of another program
    #[arg(long, value_name = "FILE")]
    from: Vec<PathBuf>,
    /// Take what stands in the environment for another program
    #[arg(long)]
    from_env: bool,
    /// The account, where they hold several: a section, or the end of the variables' names
    #[arg(long, value_name = "NAME")]
    account: Option<String>,
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
}

impl FromArgs {
    /// Whether anything is to be looked for.
    pub fn is_given(&self) -> bool {
        self.from_env || !self.from.is_empty()
    }
}

/// What an import would make.
pub struct Outlook {
    /// The name of the shop.
    pub profile: String,
    /// The name of its app.
    pub app: String,
    /// Whether the app is not here yet.
    pub registers: bool,
}

/// What was found, and belongs together.
pub struct Finds(Vec<Found>);

/// Looks for what the definition knows names of, and shows where it stands, never what it says.
pub fn look(context: &Context, args: &FromArgs, definition: &Definition) -> Result<Finds> {
    let (names, account) = (&definition.import, args.account.as_deref());
    if names.is_empty() {
        return Err(fail!(Usage, "import-no-names", marketplace = definition.name));
    }
    let mut sources: Vec<Source> = args.from.iter().map(|file| Source::file(file)).collect::<Result<_>>()?;
    if args.from_env {
        sources.push(Source::environment(&context.var, names, account));
    }
    let finds = Finds(find(&sources, names, account)?);
    if finds.0.is_empty() {
        let known: Vec<&str> = names.values().flatten().map(String::as_str).collect();
        return Err(fail!(Usage, "import-nothing-found", names = known.join(", ")));
    }
    for found in &finds.0 {
        let secret = SECRETS.contains(&found.what.as_str());
        definition.check_value(&found.what, found.value.expose_secret(), secret).map_err(|error| {
            fail!(Usage, "import-unfit", place = place(found), name = found.name).because(error)
        })?;
    }
    Ok(finds)
}

/// Where it stands: `.env:3`, or the environment.
fn place(found: &Found) -> String {
    match (&found.file, found.line) {
        (None, _) => text!("import-environment"),
        (Some(file), None) => file.display().to_string(),
        (Some(file), Some(line)) => format!("{}:{line}", file.display()),
    }
}

impl Finds {
    /// The value of this name.
    pub fn get(&self, what: &str) -> Option<&SecretString> {
        self.0.iter().find(|found| found.what == what).map(|found| &found.value)
    }

    fn text(&self, what: &str) -> Option<String> {
        self.get(what).map(|value| value.expose_secret().to_owned())
    }

    /// Where the consent came back to, which some marketplaces want to hear at each renewal.
    pub fn redirect_uri(&self) -> Option<String> {
        self.text("redirect_uri")
    }

    /// The answer of `--dry-run`: what was found where, and what `check` makes of it.
    pub fn rehearse(&self, context: &Context, check: impl FnOnce() -> Result<Outlook>) -> Result<ExitCode> {
        if context.terminal.json {
            let row = |found: &Found| json!({ "value": found.what, "name": found.name, "file": found.file, "line": found.line });
            let found: Vec<_> = self.0.iter().map(row).collect();
            let Outlook { profile, app, registers } = check()?;
            let document =
                json!({ "profile": profile, "app": app, "registers_app": registers, "found": found });
            return print_json(&document).map(|()| ExitCode::SUCCESS);
        }
        // What stands where helps also whoever lacks something.
        self.lines().iter().try_for_each(|line| print(line))?;
        let Outlook { profile, app, registers } = check()?;
        print(&match registers {
            true => text!("would-connect-and-register", profile = profile, app = app),
            false => text!("would-connect", profile = profile, app = app),
        })?;
        Ok(ExitCode::SUCCESS)
    }

    fn lines(&self) -> Vec<String> {
        let row = |found: &Found| vec![found.what.clone(), found.name.clone(), place(found)];
        aligned(&self.0.iter().map(row).collect::<Vec<_>>())
    }

    /// Shows what was found, and asks whether to take it.
    pub fn confirm(&self, context: &Context, args: &FromArgs, name: &str) -> Result<()> {
        self.lines().into_iter().for_each(|line| context.terminal.say(line));
        if args.yes {
            return Ok(());
        }
        if !context.terminal.interactive {
            return Err(fail!(Usage, "import-unconfirmed"));
        }
        match prompt::confirm(&text!("ask-import", name = name), true)? {
            true => Ok(()),
            false => Err(fail!(Usage, "import-declined")),
        }
    }

    /// Says which secrets still stand in plain text, and what to do about them.
    pub fn tell(&self, context: &Context, definition: &Definition) {
        let mut places: BTreeMap<Option<&Path>, Vec<String>> = BTreeMap::new();
        for found in self.0.iter().filter(|found| SECRETS.contains(&found.what.as_str())) {
            let line = found.line.map(|line| text!("import-line", line = line)).unwrap_or_default();
            places.entry(found.file.as_deref()).or_default().push(format!("{}{line}", found.name));
        }
        for (file, names) in places {
            let names = names.join(", ");
            context.terminal.note(match file {
                Some(file) => text!("import-plain-file", file = file.display(), names = names),
                None => text!("import-plain-environment", names = names),
            });
        }
        if self.get("refresh_token").is_some() && definition.rotates() {
            context.terminal.note(text!("import-replaced", marketplace = definition.name));
        }
    }
}

/// The app that the finds belong to.
pub struct Owner {
    /// Its name here.
    pub name: String,
    /// The app.
    pub app: App,
    /// It is not here yet.
    pub is_new: bool,
    /// To be kept: there is none yet.
    client_secret: Option<SecretString>,
}

impl Owner {
    /// The app of the client that was found: the one that is registered, or a new one. `None` where no
    /// client was found.
    pub fn find(
        context: &Context,
        definition: &Definition,
        finds: &Finds,
        at: &Place,
        target: &Target,
    ) -> Result<Option<Self>> {
        let Some(client_id) = finds.text("client_id") else { return Ok(None) };
        let same = |app: &App| {
            app.marketplace == definition.id
                && app.environment == at.environment
                && app.client_id == client_id
        };
        let folder = apps::folder(&context.home);
        for name in folder.names()? {
            if let Some(app) = folder.get(&name)?.filter(|app| same(app)) {
                let lacks = records::of_apps(&context.home).get(app.uuid)?.is_none();
                let client_secret = finds.get("client_secret").filter(|_| lacks).cloned();
                return Ok(Some(Self { name, app, is_new: false, client_secret }));
            }
        }
        let name = target.app.clone().unwrap_or_else(|| definition.default_app_name(&at.environment));
        if folder.get(&name)?.is_some() {
            return Err(fail!(Usage, "import-app-taken", name = name));
        }
        let app = describe(definition, finds, at, client_id)?;
        let client_secret = client_secret(context, definition, finds)?;
        Ok(Some(Self { name, app, is_new: true, client_secret }))
    }

    /// Keeps what is not here yet, runs `import`, and undoes it where that fails.
    pub fn with<T>(&self, home: &Home, store: StoreKind, import: impl FnOnce() -> Result<T>) -> Result<T> {
        // The file first: a secret of an app that has none would never be found again.
        if self.is_new && !apps::folder(home).add(&self.name, &self.app)? {
            return Err(fail!(Usage, "import-app-taken", name = self.name));
        }
        let put = |secret| ledger::put_client_secret(home, &self.app, secret, store, Timestamp::now(), None);
        let kept = self.client_secret.as_ref().map_or(Ok(()), put);
        kept.and_then(|()| import()).inspect_err(|_| {
            // What the marketplace has replaced already was kept under another name.
            if self.is_used(home) {
                return;
            }
            // Its own error matters more than one of this. A secret that proved nothing must not stay in
            // the way of a right one.
            if self.client_secret.is_some() {
                let _ = ledger::forget_app(home, self.app.uuid);
            }
            if self.is_new {
                let _ = apps::folder(home).remove(&self.name);
            }
        })
    }

    fn is_used(&self, home: &Home) -> bool {
        let folder = profiles::folder(home);
        let uses = |name: &String| matches!(folder.get(name), Ok(Some(profile)) if profile.app == self.name);
        folder.names().is_ok_and(|names| names.iter().any(uses))
    }

    /// Names what a consent in a browser would need beside what was found.
    pub fn tell(&self, context: &Context, definition: &Definition) {
        let lacks = |name: &&str| !self.app.variables.contains_key(*name);
        let variables = definition.asked(Scope::App).filter(|(_, variable)| variable.default.is_none());
        let mut missing: Vec<String> =
            variables.map(|(name, _)| name).filter(lacks).map(|name| format!("--set {name}=…")).collect();
        if self.app.redirect_uri.is_none() && definition.authorization_request.is_some() {
            missing.push(redirect::flag(definition).to_owned());
        }
        if self.is_new && !self.app.imported_only && !missing.is_empty() {
            let command = format!("sellauth app set {} {}", self.name, missing.join(" "));
            context.terminal.note(text!("import-app-lacks", name = self.name, command = command));
        }
    }
}

/// A new app, as far as it is known. What only a consent needs may be said later.
fn describe(definition: &Definition, finds: &Finds, at: &Place, client_id: String) -> Result<App> {
    let mut variables = BTreeMap::new();
    for (name, variable) in definition.asked(Scope::App) {
        match finds.text(name) {
            Some(value) => drop(variables.insert(name.to_owned(), value)),
            None if variable.default.is_none() && definition.renews_with(name) => {
                return Err(fail!(Usage, "import-app-needed", name = name, id = definition.id));
            }
            None => {}
        }
    }
    let fits = |uri: &String| redirect::check(definition, uri).is_ok();
    Ok(App {
        client_id,
        redirect_uri: finds.redirect_uri().filter(fits).or_else(|| redirect::default_uri(definition)),
        imported_only: !definition.environments[&at.environment].consent,
        variables,
        ..App::new(&definition.id, &at.environment)
    })
}

/// The client secret of a new app: what was found, the environment's, or a person's answer.
fn client_secret(context: &Context, definition: &Definition, finds: &Finds) -> Result<Option<SecretString>> {
    let given = match finds.get("client_secret") {
        Some(found) => Some(found.clone()),
        None => secret(&context.var, "SELLAUTH_CLIENT_SECRET")?,
    };
    if given.is_some() || !definition.needs_client_secret() {
        return Ok(given);
    }
    match context.terminal.interactive {
        true => {
            let check = |line: &str| definition.check_value("client_secret", line, true);
            prompt::secret(&text!("ask-client-secret"), check).map(Some)
        }
        false => Err(fail!(Usage, "import-secret-needed")),
    }
}
