//! `sellauth app add`: a client registration, asked for or given by flags.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use secrecy::{ExposeSecret, SecretString};
use url::Url;
use uuid::Uuid;

use super::app::document;
use super::app_register::Wish;
use super::enter::refuse_app;
use super::{Context, app_register, browse, read_or_ask, values};
use crate::config::secret;
use crate::connection::catalogue;
use crate::error::{Error, Result};
use crate::folder::check_name;
use crate::history::{self, Event, What};
use crate::marketplace::Definition;
use crate::marketplace::definition::{Grant, Scope};
use crate::marketplace::template::Values;
use crate::model::App;
use crate::oauth::response::split_scopes;
use crate::output::{print, print_json};
use crate::store::StoreKind;
use crate::{apps, fail, fleet, ledger, prompt, redirect, text};

/// Room for any client secret seen.
pub const LONGEST_SECRET: usize = 1024;

/// What `app add` takes.
#[derive(Debug, Default, clap::Args)]
pub struct Args {
    /// The marketplace, as `sellauth marketplaces` lists it
    marketplace: String,
    /// The app's name here; by default the marketplace's
    #[arg(long, value_name = "N")]
    name: Option<String>,
    /// The client id
    #[arg(long, value_name = "ID")]
    client_id: Option<String>,
    /// Read the client secret from stdin
    #[arg(long)]
    client_secret_stdin: bool,
    /// The day the client secret was made, where it is known
    #[arg(long, value_name = "DATE", value_parser = day)]
    client_secret_created: Option<Timestamp>,
    /// The redirect URI, as registered
    #[arg(long, value_name = "URI")]
    redirect_uri: Option<String>,
    /// A scope to ask for
    #[arg(long = "scope", value_name = "S")]
    scopes: Vec<String>,
    /// The app's version at the marketplace
    #[arg(long, value_name = "V")]
    version: Option<String>,
    /// The link on which sellers install the app
    #[arg(long, value_name = "URL")]
    install_url: Option<Url>,
    /// A value the marketplace needs
    #[arg(long = "set", value_name = "K=V", value_parser = values::pair)]
    set: Vec<(String, String)>,
    /// The environment
    #[arg(long, value_name = "ENV", default_value = "production")]
    env: String,
    /// Tokens of this app are imported, never consented in a browser
    #[arg(long)]
    imported_only: bool,
    /// The kind of app, where the marketplace has several
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// Where to keep the client secret
    #[arg(long, value_enum)]
    store: Option<StoreKind>,
}

/// The beginning of a day, as a person writes it.
pub fn day(text: &str) -> Result<Timestamp, String> {
    let date = Date::strptime("%Y-%m-%d", text).and_then(|date| date.to_zoned(TimeZone::UTC));
    date.map(|start| start.timestamp()).map_err(|_| text!("not-a-date"))
}

/// Registers an app.
pub fn run(context: &Context, args: &Args) -> Result<()> {
    let definition = catalogue(&context.home).get(&args.marketplace)?;
    refuse_app(&definition)?;
    let (name, app) = add(context, &definition, args)?;
    if context.terminal.json {
        return print_json(&document(context, &name, &app)?);
    }
    print(&text!("app-added", name = name))?;
    tell_portal(context, &definition, &app);
    context.terminal.hint(text!("app-next", command = next_command(&definition, &name, &app)));
    Ok(())
}

/// What brings the app its first shop.
pub fn next_command(definition: &Definition, name: &str, app: &App) -> String {
    let is_named = definition.default_app_name(&app.environment) != name;
    let mut words = vec![first_shop(definition, name, app, is_named)];
    words.extend((!definition.regions.is_empty()).then(|| "--region …".to_owned()));
    let asked = definition.asked(Scope::Profile).filter(|(_, variable)| variable.default.is_none());
    words.extend(asked.map(|(name, _)| format!("--set {name}=…")));
    words.join(" ")
}

/// The same without what only the seller knows; the app `is_named` where it is not the one that would be taken.
pub fn first_shop(definition: &Definition, name: &str, app: &App, is_named: bool) -> String {
    let verb = if app.imported_only { "import" } else { "connect" };
    let mut words = vec![format!("sellauth {verb} {}", definition.id)];
    words.extend((app.environment != "production").then(|| format!("--env {}", app.environment)));
    words.extend(is_named.then(|| format!("--app {name}")));
    words.join(" ")
}

/// Leads a person through it, on the way to something else.
pub fn interactive(context: &Context, definition: &Definition, environment: &str) -> Result<(String, App)> {
    let args = Args { marketplace: definition.id.clone(), env: environment.to_owned(), ..Args::default() };
    let (name, app) = add(context, definition, &args)?;
    context.terminal.say(text!("app-added", name = name));
    tell_portal(context, definition, &app);
    Ok((name, app))
}

/// The command a person should run where none can be asked.
pub fn command(definition: &Definition, environment: &str) -> String {
    let mut words = vec![format!("sellauth app add {} --client-id ID", definition.id)];
    words.extend((environment != "production").then(|| format!("--env {environment}")));
    words.extend(definition.asked(Scope::App).map(|(name, _)| format!("--set {name}=…")));
    words.extend(definition.scopes_prompt.iter().map(|_| "--scope …".to_owned()));
    let needs_uri =
        definition.grant == Grant::AuthorizationCode && redirect::default_uri(definition).is_none();
    words.extend(needs_uri.then(|| redirect::flag(definition).to_owned()));
    words.extend(definition.needs_client_secret().then(|| "--client-secret-stdin".to_owned()));
    words.join(" ")
}

fn add(context: &Context, definition: &Definition, args: &Args) -> Result<(String, App)> {
    let environment = definition.environment(&args.env)?;
    let name = args.name.clone().unwrap_or_else(|| definition.default_app_name(&environment));
    check_name(&name)?;
    let folder = apps::folder(&context.home);
    if apps::find(&context.home, &name)?.is_some() {
        return Err(fail!(Usage, "app-taken", name = name));
    }
    let store = context.home.store_kind(args.store);
    let probe = || match definition.needs_client_secret() {
        true => context.home.store(store)?.probe(LONGEST_SECRET, context.terminal.interactive),
        false => Ok(()),
    };
    if is_to_register(context, definition, args)? {
        let (redirect_uri, scopes) = (args.redirect_uri.clone(), args.scopes.clone());
        let (set, store) = (args.set.clone(), args.store);
        let wish = Wish { environment, name, redirect_uri, scopes, set, store };
        return app_register::interactive(context, definition, wish);
    }
    if context.terminal.interactive {
        // Nobody answers questions, only to hear that the answers cannot be kept.
        probe()?;
        tell_notes(context, definition);
    }
    let app = describe(context, definition, args, environment)?;
    let secret = client_secret(context, definition, args)?;
    if !context.terminal.interactive {
        // Only now: it writes, and a missing value must change nothing.
        probe()?;
    }
    if let Some(secret) = &secret {
        let (now, created) = (Timestamp::now(), args.client_secret_created);
        ledger::put_client_secret(&context.home, &app, secret, store, now, created)?;
    }
    match folder.add(&name, &app) {
        Ok(true) => {
            history::record(&context.home, &Event::of_app(What::AppAdded, &name, &app, Timestamp::now()));
            if store == StoreKind::Vault {
                fleet::publish_app(&context.home, &name)?;
            }
            Ok((name, app))
        }
        refused => {
            // No file names its secret, so nobody would ever remove it.
            let forgotten = ledger::forget_app(&context.home, app.uuid);
            refused.and(forgotten).and(Err(fail!(Usage, "app-taken", name = name)))
        }
    }
}

/// Everything that is not secret.
fn describe(context: &Context, definition: &Definition, args: &Args, environment: String) -> Result<App> {
    let client_id = match &args.client_id {
        Some(client_id) => client_id.clone(),
        None if context.terminal.interactive => {
            let question = question(definition, "client_id", &text!("ask-client-id"));
            prompt::text(&question, None, |value| definition.check_value("client_id", value, false))?
        }
        None => return Err(fail!(Usage, "client-id-needed")),
    };
    definition.check_value("client_id", &client_id, false)?;
    if let Some(version) = &args.version {
        definition.check_value("version", version, false)?;
    }
    let variables = values::collect(context, definition, Scope::App, None, &args.set, &BTreeMap::new())?;
    let install_url = args.install_url.as_ref().map(browse::check_install_url).transpose()?;
    let kind = app_kind(context, definition, args)?;
    let imported_only = imported_only(context, definition, args, &environment)?;
    Ok(App {
        uuid: Uuid::new_v4(),
        marketplace: definition.id.clone(),
        client_id,
        redirect_uri: redirect_uri(
            context,
            definition,
            args,
            imported_only || is_device(definition, kind.as_deref()),
        )?,
        scopes: scopes(context, definition, args)?,
        version: args.version.clone(),
        install_url: install_url.map(String::from),
        imported_only,
        kind,
        variables,
        environment,
    })
}

/// The kind of the app: the flag's, or a person's choice; `None` where nobody says.
fn app_kind(context: &Context, definition: &Definition, args: &Args) -> Result<Option<String>> {
    let kinds = &definition.app_kinds;
    let names: Vec<&String> = kinds.keys().collect();
    if let Some(kind) = &args.kind {
        let known = names.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", ");
        return match kinds.contains_key(kind) {
            true => Ok(Some(kind.clone())),
            false => Err(fail!(
                Usage,
                "app-kind-unknown",
                kind = kind,
                marketplace = definition.name,
                known = known
            )),
        };
    }
    if args.redirect_uri.is_some() {
        // A browser comes back to it; a code on another device has no use for it.
        return Ok(browser_kind(definition));
    }
    if kinds.is_empty() || !context.terminal.interactive {
        return Ok(None);
    }
    let items: Vec<String> =
        kinds.iter().map(|(name, kind)| format!("{name}: {}", kind.description)).collect();
    let chosen = prompt::select(&text!("ask-app-kind"), &items)?;
    Ok(Some(names[chosen].clone()))
}

/// The kind of app whose sellers consent in a browser, where apps have kinds.
pub fn browser_kind(definition: &Definition) -> Option<String> {
    definition.app_kinds.iter().find(|(_, kind)| !kind.device).map(|(name, _)| name.clone())
}

/// Whether sellers consent to the app on any device, and in no browser that comes back.
pub fn is_device(definition: &Definition, kind: Option<&str>) -> bool {
    kind.and_then(|kind| definition.app_kinds.get(kind)).is_some_and(|kind| kind.device)
}

/// Whether a person wants the marketplace to register the app, and has none yet.
fn is_to_register(context: &Context, definition: &Definition, args: &Args) -> Result<bool> {
    let Some(registration) = definition.registration.as_ref().filter(|_| context.terminal.interactive) else {
        return Ok(false);
    };
    if args.client_id.is_some() || args.kind.is_some() || args.client_secret_stdin {
        return Ok(false);
    }
    let items = [text!("app-own"), registration.description.clone()];
    Ok(prompt::select(&text!("ask-app-case"), &items)? == 1)
}

/// The question a definition has for one of the protocol's own values.
fn question(definition: &Definition, name: &str, otherwise: &str) -> String {
    definition.variables.get(name).map_or_else(|| otherwise.to_owned(), |variable| variable.prompt.clone())
}

fn imported_only(context: &Context, definition: &Definition, args: &Args, environment: &str) -> Result<bool> {
    if args.imported_only || !definition.environments[environment].consent {
        return Ok(true);
    }
    match &definition.consent.imported_only {
        // Whoever names a redirect URI has a consent in mind.
        Some(question) if context.terminal.interactive && args.redirect_uri.is_none() => {
            prompt::confirm(question, false)
        }
        _ => Ok(false),
    }
}

fn redirect_uri(
    context: &Context,
    definition: &Definition,
    args: &Args,
    imported_only: bool,
) -> Result<Option<String>> {
    if let Some(uri) = &args.redirect_uri {
        redirect::check(definition, uri)?;
        return Ok(Some(uri.clone()));
    }
    if imported_only || definition.grant != Grant::AuthorizationCode {
        return Ok(None);
    }
    asked_redirect_uri(context, definition).map(Some)
}

/// The redirect URI where no flag says it: the program's own, or a person's answer.
pub fn asked_redirect_uri(context: &Context, definition: &Definition) -> Result<String> {
    if let Some(uri) = redirect::default_uri(definition) {
        return Ok(uri);
    }
    let ask = question(definition, "redirect_uri", &text!("ask-redirect-uri"));
    if !context.terminal.interactive {
        return Err(match redirect::is_address(definition) {
            true => fail!(Usage, "redirect-uri-needed", marketplace = definition.name),
            false => fail!(Usage, "redirect-name-needed", marketplace = definition.name, what = ask),
        });
    }
    // Of an address the reason helps, not the advice to look at the portal once more.
    let check = |uri: &str| match redirect::check(definition, uri) {
        Ok(_) => Ok(()),
        Err(error) => Err(Error { hint: error.hint.filter(|_| !redirect::is_address(definition)), ..error }),
    };
    prompt::text(&ask, None, check)
}

fn scopes(context: &Context, definition: &Definition, args: &Args) -> Result<Vec<String>> {
    match &definition.scopes_prompt {
        Some(question) if args.scopes.is_empty() => match context.terminal.interactive {
            true => prompt::text(question, None, |_| Ok(())).map(|line| split_scopes(&line)),
            false => Err(fail!(Usage, "scopes-needed", marketplace = definition.name)),
        },
        _ => Ok(args.scopes.clone()),
    }
}

/// The client secret: stdin's, the environment's, or asked. `None` where no request needs one.
fn client_secret(context: &Context, definition: &Definition, args: &Args) -> Result<Option<SecretString>> {
    let check = |value: &str| definition.check_value("client_secret", value, true);
    let given = match args.client_secret_stdin {
        true => Some(read_or_ask(&question(definition, "client_secret", &text!("ask-client-secret")))?),
        false => secret(&context.var, "SELLAUTH_CLIENT_SECRET")?,
    };
    if let Some(secret) = given {
        check(secret.expose_secret())?;
        return Ok(Some(secret));
    }
    if !definition.needs_client_secret() {
        return Ok(None);
    }
    if !context.terminal.interactive {
        return Err(fail!(Usage, "client-secret-needed"));
    }
    prompt::secret(&question(definition, "client_secret", &text!("ask-client-secret")), check).map(Some)
}

/// The exact text for each field of the marketplace's portal.
pub fn tell_portal(context: &Context, definition: &Definition, app: &App) {
    let portal = &definition.portal;
    let uri = app.redirect_uri.clone().or_else(|| redirect::default_uri(definition)).unwrap_or_default();
    let mut values = Values::default();
    values.set("redirect_uri", &uri);
    values.set("client_id", &app.client_id);
    let fields: Vec<Vec<String>> = portal
        .fields
        .iter()
        .map(|(field, value)| (field, value.text(&values).expose_secret().to_owned()))
        .filter(|(_, value)| !value.is_empty())
        .map(|(field, value)| vec![format!("  {field}"), value])
        .collect();
    if !fields.is_empty() {
        let url = portal.url.clone().unwrap_or_else(|| definition.docs.clone());
        context.terminal.note(text!("portal", url = url));
        for row in &fields {
            context.terminal.show(format!("{}: {}", row[0], row[1]));
        }
    }
    if !context.terminal.interactive {
        tell_notes(context, definition);
    }
    if app.kind.is_none() && !definition.app_kinds.is_empty() {
        let kinds: Vec<&str> = definition.app_kinds.keys().map(String::as_str).collect();
        context.terminal.note(text!("app-kind-open", kinds = kinds.join(", ")));
    }
}

/// Terms and traps: told before the questions, where there are any.
fn tell_notes(context: &Context, definition: &Definition) {
    definition.portal.notes.iter().for_each(|note| context.terminal.note(note));
}
