//! `sellauth app`: the client registrations at the marketplaces.

use std::process::ExitCode;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::app_change::Before;
use super::app_secret::{self, Rotated, Rotation};
use super::enter::refuse_app;
use super::{Context, app_add, app_register, values};
use crate::connection::catalogue;
use crate::error::Result;
use crate::history::{self, Event, What};
use crate::marketplace::Definition;
use crate::marketplace::definition::Scope;
use crate::model::App;
use crate::output::{aligned, heading, print, print_json, table, whole_seconds};
use crate::redirect;
use crate::{apps, fail, fleet, ledger, profiles, prompt, records, registration, text};

/// What `app` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Register an app
    Add(Box<app_add::Args>),
    /// Let the marketplace register an app for one seller, who allows it by a code
    Register(Box<app_register::Args>),
    /// List the apps
    #[command(visible_alias = "ls")]
    List,
    /// Show an app, and what belongs into the marketplace's portal
    Show {
        /// The app
        name: String,
    },
    /// Change an app: a new version makes older consents due
    Set(Box<SetArgs>),
    /// Remove an app that no shop uses
    Remove {
        /// The app
        name: String,
        /// Do not ask
        #[arg(long, short)]
        yes: bool,
        /// With --yes: even where the answer of its registration waits, the only copy of its client secret
        #[arg(long)]
        discard_registration: bool,
    },
}

#[derive(Debug, clap::Args)]
struct SetArgs {
    /// The app
    name: String,
    /// The app's version at the marketplace
    #[arg(long, value_name = "V")]
    version: Option<String>,
    /// The scopes to ask for, instead of the earlier ones
    #[arg(long = "scope", value_name = "S")]
    scopes: Vec<String>,
    /// The client id
    #[arg(long, value_name = "ID")]
    client_id: Option<String>,
    /// Read a new client secret from stdin; one renewal must succeed with it before the old one goes
    #[arg(long)]
    client_secret_stdin: bool,
    /// The day the client secret was made, if not today
    #[arg(long, value_name = "DATE", value_parser = app_add::day)]
    client_secret_created: Option<Timestamp>,
    /// Take the new client secret without trying it
    #[arg(long)]
    no_verify: bool,
    /// The redirect URI, as registered
    #[arg(long, value_name = "URI")]
    redirect_uri: Option<String>,
    /// The link on which sellers install the app
    #[arg(long, value_name = "URL")]
    install_url: Option<url::Url>,
    /// A value the marketplace needs
    #[arg(long = "set", value_name = "K=V", value_parser = values::pair)]
    set: Vec<(String, String)>,
}

impl SetArgs {
    /// Whether all but the client secret stays.
    fn keeps_the_rest(&self) -> bool {
        let texts = [&self.version, &self.client_id, &self.redirect_uri];
        let lists = self.scopes.is_empty() && self.set.is_empty();
        lists && texts.iter().all(|text| text.is_none()) && self.install_url.is_none()
    }
}

/// Registers, lists, shows, changes and removes apps.
pub fn run(context: &Context, args: &Args) -> Result<ExitCode> {
    match &args.command {
        Command::Add(args) => app_add::run(context, args),
        Command::Register(args) => app_register::run(context, args),
        Command::List => list(context),
        Command::Show { name } => show(context, name),
        Command::Set(args) => set(context, args),
        Command::Remove { name, yes, discard_registration } => {
            remove(context, name, *yes, *discard_registration)
        }
    }?;
    Ok(ExitCode::SUCCESS)
}

/// An app as scripts see it.
pub(super) fn document(context: &Context, name: &str, app: &App) -> Result<Value> {
    let record = records::of_apps(&context.home).get(app.uuid)?;
    let life = catalogue(&context.home).get(&app.marketplace).ok().and_then(|d| d.lifetimes.client_secret);
    let created = record.as_ref().and_then(|record| record.created_at).map(whole_seconds);
    Ok(json!({
        "app": name,
        "marketplace": app.marketplace,
        "env": app.environment,
        "client_id": app.client_id,
        "redirect_uri": app.redirect_uri,
        "scopes": app.scopes,
        "version": app.version,
        "install_url": app.install_url,
        "imported_only": app.imported_only,
        "kind": app.kind,
        "variables": app.variables,
        "store": record.as_ref().map(|record| record.store),
        "client_secret_created_at": created,
        "client_secret_expires_at": life.zip(created).map(|(life, created)| life.after(created)),
    }))
}

fn list(context: &Context) -> Result<()> {
    fleet::look_at_apps(&context.home);
    let folder = apps::folder(&context.home);
    let mut rows = Vec::new();
    for name in folder.names()? {
        // What a person enters for each shop has an app in name only.
        let definition = |app: &App| catalogue(&context.home).get(&app.marketplace).ok();
        let shown = folder.get(&name)?.filter(|app| !definition(app).is_some_and(|d| d.is_entered()));
        rows.extend(shown.map(|app| (name, app)));
    }
    if context.terminal.json {
        let documents: Result<Vec<Value>> =
            rows.iter().map(|(name, app)| document(context, name, app)).collect();
        return print_json(&documents?);
    }
    if rows.is_empty() {
        context.terminal.note(text!("no-apps"));
        return Ok(());
    }
    let heading = heading(&text!("app-heading"));
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
    let lines = rows
        .into_iter()
        .map(|(name, app)| vec![name, app.marketplace, app.environment, or_dash(app.version), app.client_id]);
    print(&table(&std::iter::once(heading).chain(lines).collect::<Vec<_>>()))
}

fn show(context: &Context, name: &str) -> Result<()> {
    fleet::look_at_apps(&context.home);
    let app = apps::get(&context.home, name)?;
    let document = document(context, name, &app)?;
    if context.terminal.json {
        return print_json(&document);
    }
    let lines: Vec<Vec<String>> = document
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, value)| (key, plain(value)))
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| vec![key.replace('_', " "), value])
        .collect();
    print(&aligned(&lines).join("\n"))?;
    let definition = catalogue(&context.home).get(&app.marketplace)?;
    app_add::tell_portal(context, &definition, &app);
    Ok(())
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null | Value::Bool(false) => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(" "),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| format!("{name}={}", plain(value)))
            .collect::<Vec<_>>()
            .join(" "),
        other => other.to_string(),
    }
}

fn set(context: &Context, args: &SetArgs) -> Result<()> {
    // Another machine may have changed it.
    fleet::fetch_all_once(&context.home)?;
    let app = apps::get(&context.home, &args.name)?;
    apps::refuse_open(&context.home, &args.name, &app)?;
    let secret = app_secret::given(context, args.client_secret_stdin, args.keeps_the_rest())?;
    if secret.is_none() && (args.client_secret_created.is_some() || args.no_verify) {
        return Err(fail!(Usage, "client-secret-needed"));
    }
    if secret.is_none() && args.keeps_the_rest() {
        return Err(fail!(Usage, "nothing-to-set", name = args.name));
    }
    let before = Before::of(context, &args.name, &app)?;
    let definition = catalogue(&context.home).get(&app.marketplace)?;
    refuse_app(&definition)?;
    let app = edited(context, args, &definition, app)?;
    let (created, untried) = (args.client_secret_created, args.no_verify);
    let rotation = Rotation { name: &args.name, app: &app, definition: &definition, created, untried };
    let changed = before.changed(&app);
    let keep = || {
        if !changed.is_empty() {
            apps::folder(&context.home).put(&args.name, &app)?;
            before.record(context, &changed);
        }
        Ok(())
    };
    let rotated = match secret {
        Some(secret) => Some(rotation.run(context, &secret, keep)?),
        None => keep().map(|()| None)?,
    };
    fleet::publish_app_if_shared(&context.home, &args.name)?;
    if context.terminal.json {
        let more = rotated.as_ref().map(Rotated::document);
        return print_json(&extended(document(context, &args.name, &app)?, more));
    }
    if changed.is_empty() && rotated.is_none() {
        context.terminal.note(text!("app-unchanged", name = args.name));
        return Ok(());
    }
    print(&text!("app-set", name = args.name))?;
    if let Some(rotated) = rotated {
        rotated.tell(context, &definition);
    }
    before.tell(context)
}

/// The app with what is to be changed.
fn edited(context: &Context, args: &SetArgs, definition: &Definition, mut app: App) -> Result<App> {
    app.variables = values::collect(context, definition, Scope::App, None, &args.set, &app.variables)?;
    if let Some(client_id) = &args.client_id {
        definition.check_value("client_id", client_id, false)?;
        app.client_id.clone_from(client_id);
    }
    if let Some(uri) = &args.redirect_uri {
        redirect::check(definition, uri)?;
        app.redirect_uri = Some(uri.clone());
    }
    if let Some(url) = &args.install_url {
        app.install_url = Some(super::browse::check_install_url(url)?.to_string());
    }
    if let Some(version) = &args.version {
        definition.check_value("version", version, false)?;
        app.version = Some(version.clone());
    }
    if !args.scopes.is_empty() {
        app.scopes.clone_from(&args.scopes);
    }
    Ok(app)
}

/// A document with the keys of another behind its own.
fn extended(mut document: Value, more: Option<Value>) -> Value {
    if let (Some(fields), Some(Value::Object(more))) = (document.as_object_mut(), more) {
        fields.extend(more);
    }
    document
}

fn remove(context: &Context, name: &str, yes: bool, discard: bool) -> Result<()> {
    // Shops of other machines may need it.
    if let Some(fault) = fleet::fetch_all(&context.home)?.into_iter().next() {
        return Err(fault);
    }
    let app = apps::get(&context.home, name)?;
    let folder = profiles::folder(&context.home);
    let mut users = Vec::new();
    for profile_name in folder.names()? {
        users.extend(folder.get(&profile_name)?.filter(|p| p.app == name).map(|_| profile_name));
    }
    if !users.is_empty() {
        return Err(fail!(Usage, "app-in-use", name = name, users = users.join(", ")));
    }
    confirm_removal(context, name, &app, yes, discard)?;
    fleet::remove_app(&context.home, app.uuid)?;
    ledger::forget_app(&context.home, app.uuid)?;
    registration::forget(&context.home, &app);
    apps::folder(&context.home).remove(name)?;
    history::record(&context.home, &Event::of_app(What::AppRemoved, name, &app, Timestamp::now()));
    match context.terminal.json {
        true => print_json(&json!({ "app": name, "removed": true })),
        false => print(&text!("app-removed", name = name)),
    }
}

/// Asks, unless `yes` says so already. What a registration brought and no store has is named: `yes` alone
/// does not mean it.
fn confirm_removal(context: &Context, name: &str, app: &App, yes: bool, discard: bool) -> Result<()> {
    let waits = registration::waits(&context.home, app)?;
    if yes && (discard || !waits) {
        return Ok(());
    }
    if yes || !context.terminal.interactive {
        return Err(match waits {
            true => fail!(Usage, "app-remove-waiting", name = name, id = app.marketplace),
            false => fail!(Usage, "app-remove-unconfirmed", name = name),
        });
    }
    let question = match waits {
        true => text!("ask-app-remove-waiting", name = name),
        false => text!("ask-app-remove", name = name),
    };
    match prompt::confirm(&question, false)? {
        true => Ok(()),
        false => Err(fail!(Usage, "app-remove-declined", name = name)),
    }
}
