//! `sellauth app register`: a client of one's own, from the marketplace itself.

use std::collections::BTreeMap;

use secrecy::{ExposeSecret, SecretString};

use super::app::document;
use super::{Context, app_add, read_secret, values};
use crate::config::secret;
use crate::connection::{self, catalogue};
use crate::error::Result;
use crate::folder::check_name;
use crate::marketplace::Definition;
use crate::marketplace::check::whole;
use crate::marketplace::definition::{Registration, Scope};
use crate::marketplace::template::{Template, Values};
use crate::model::App;
use crate::output::{print, print_json};
use crate::registration::{self, Candidate};
use crate::store::StoreKind;
use crate::{apps, fail, prompt, redirect, text};

/// Where the seller's code may come from in the environment.
const CODE: &str = "SELLAUTH_REGISTRATION_CODE";

/// What `app register` takes.
#[derive(Debug, Default, clap::Args)]
pub struct Args {
    /// The marketplace, as `sellauth marketplaces` lists it
    marketplace: String,
    /// The app's name here; by default the marketplace's
    #[arg(long, value_name = "N")]
    name: Option<String>,
    /// The app's name at the marketplace: nobody else has it, and it is final
    #[arg(long, value_name = "TEXT")]
    client_name: Option<String>,
    /// What the marketplace calls the software
    #[arg(long, value_name = "ID")]
    software_statement_id: Option<String>,
    /// Read the seller's code from stdin
    #[arg(long)]
    registration_code_stdin: bool,
    /// The redirect URI to register
    #[arg(long, value_name = "URI")]
    redirect_uri: Option<String>,
    /// A scope to ask for
    #[arg(long = "scope", value_name = "S")]
    scopes: Vec<String>,
    /// A value the marketplace needs
    #[arg(long = "set", value_name = "K=V", value_parser = values::pair)]
    set: Vec<(String, String)>,
    /// The environment
    #[arg(long, value_name = "ENV", default_value = "production")]
    env: String,
    /// Where to keep the client secret
    #[arg(long, value_enum)]
    store: Option<StoreKind>,
    /// Fetch what an earlier registration brought and the store did not take
    #[arg(long, conflicts_with_all = ["client_name", "software_statement_id", "registration_code_stdin", "redirect_uri", "scopes", "set"])]
    recover: bool,
}

/// Registers an app at the marketplace, and keeps what it gives out.
pub fn run(context: &Context, args: &Args) -> Result<()> {
    let definition = catalogue(&context.home).get(&args.marketplace)?;
    let (name, app) = match args.recover {
        true => recover(context, &definition, args)?,
        false => register(context, &definition, args)?,
    };
    if context.terminal.json {
        return print_json(&document(context, &name, &app)?);
    }
    print(&text!("app-registered", name = name))
}

/// What was said already of an app that is to be registered.
pub struct Wish {
    /// The environment.
    pub environment: String,
    /// The app's name here.
    pub name: String,
    /// The redirect URI to register.
    pub redirect_uri: Option<String>,
    /// The scopes to ask for.
    pub scopes: Vec<String>,
    /// The definition's variables.
    pub set: Vec<(String, String)>,
    /// Where to keep the client secret.
    pub store: Option<StoreKind>,
}

/// Leads a person through it, on the way to something else.
pub fn interactive(context: &Context, definition: &Definition, wish: Wish) -> Result<(String, App)> {
    let Wish { environment, name, redirect_uri, scopes, set, store } = wish;
    let args = Args {
        marketplace: definition.id.clone(),
        name: Some(name),
        redirect_uri,
        scopes,
        set,
        env: environment,
        store,
        ..Args::default()
    };
    register(context, definition, &args)
}

fn register(context: &Context, definition: &Definition, args: &Args) -> Result<(String, App)> {
    let registration = described(definition)?;
    let environment = definition.environment(&args.env)?;
    let name = args.name.clone().unwrap_or_else(|| definition.default_app_name(&environment));
    check_name(&name)?;
    if let Some(app) = apps::folder(&context.home).get(&name)? {
        return Err(match registration::is_open(&context.home, &app)? {
            true => fail!(Usage, "registration-open", name = name, id = app.marketplace),
            false => fail!(Usage, "app-taken", name = name),
        });
    }
    let store = context.home.store_kind(args.store);
    context.home.store(store)?.probe(app_add::LONGEST_SECRET, context.terminal.interactive)?;
    registration.notes.iter().for_each(|note| context.terminal.note(note));
    let (app, values) = describe(context, definition, registration, args, &environment)?;
    let waiting = || context.say_waiting();
    let candidate = Candidate { name: &name, app, store, values };
    let app = registration::register(&context.session(&waiting), registration, candidate)?;
    Ok((name, app))
}

fn recover(context: &Context, definition: &Definition, args: &Args) -> Result<(String, App)> {
    let name = args.name.clone().unwrap_or_else(|| definition.default_app_name(&args.env));
    let app = apps::get(&context.home, &name)?;
    if app.marketplace != definition.id {
        let belongs = format!("{}, {}", app.marketplace, app.environment);
        return Err(fail!(Usage, "app-of-another", name = name, belongs = belongs));
    }
    let described = described(definition)?;
    let waiting = || context.say_waiting();
    let app = registration::recover(&context.session(&waiting), described, &name, app, args.store)?;
    Ok((name, app))
}

fn described(definition: &Definition) -> Result<&Registration> {
    let unsupported = || fail!(Usage, "registration-unsupported", marketplace = definition.name);
    definition.registration.as_ref().ok_or_else(unsupported)
}

/// The app without its client, and what the request may name. The code comes last: it does not live long.
fn describe(
    context: &Context,
    definition: &Definition,
    registration: &Registration,
    args: &Args,
    environment: &str,
) -> Result<(App, Values)> {
    let redirect_uri = match &args.redirect_uri {
        Some(uri) => redirect::check(definition, uri).map(|_| uri.clone())?,
        None => app_add::asked_redirect_uri(context, definition)?,
    };
    let given = values::collect(context, definition, Scope::App, None, &args.set, &BTreeMap::new())?;
    let client_name = client_name(context, registration, args)?;
    let variables = named(definition, registration, &client_name).chain(given).collect();
    let mut known = definition.values_at(environment, None, &[], &variables);
    known.set("environment", environment);
    known.set("program", connection::PROGRAM);
    known.set("redirect_uri", &redirect_uri);
    known.set("scope", &args.scopes.join(" "));
    known.set("client_name", &client_name);
    if registration.wants_software_statement() {
        known.set("software_statement_id", &software_statement_id(context, args)?);
    }
    let page = registration.page.url(&known);
    let page = page.map_err(|error| fail!(Configuration, "template-failed").because(error))?;
    context.terminal.note(text!("registration-page", url = page));
    known.set_secret("registration_code", &code(context, registration, args)?);
    let app = App {
        redirect_uri: Some(redirect_uri),
        scopes: args.scopes.clone(),
        kind: app_add::browser_kind(definition),
        variables,
        ..App::new(&definition.id, environment)
    };
    Ok((app, known))
}

/// The variables that follow from the name. One that a variable does not take leaves it as it is.
fn named<'a>(
    definition: &'a Definition,
    registration: &'a Registration,
    client_name: &str,
) -> impl Iterator<Item = (String, String)> + 'a {
    let mut values = Values::default();
    values.set("client_name", &client_name.split_whitespace().collect::<Vec<_>>().join("-"));
    let text = move |(name, template): (&str, &Template)| {
        (name.to_owned(), template.text(&values).expose_secret().to_owned())
    };
    let fits =
        |(name, value): &(String, String)| definition.check_variable(Scope::App, None, name, value).is_ok();
    registration.variables.iter().map(text).filter(fits)
}

fn client_name(context: &Context, registration: &Registration, args: &Args) -> Result<String> {
    let check = |name: &str| match whole(&registration.client_name_pattern) {
        Some(pattern) if pattern.is_match(name) => Ok(()),
        _ => Err(fail!(Usage, "client-name-unfit", hint = registration.client_name_hint)),
    };
    match &args.client_name {
        Some(name) => check(name).map(|()| name.clone()),
        None if context.terminal.interactive => {
            let question = text!("ask-client-name", hint = registration.client_name_hint);
            prompt::text(&question, None, check)
        }
        None => Err(fail!(Usage, "client-name-needed")),
    }
}

fn software_statement_id(context: &Context, args: &Args) -> Result<String> {
    let check = |id: &str| match id.is_empty() || id.contains(char::is_whitespace) {
        true => Err(fail!(Usage, "software-statement-needed")),
        false => Ok(()),
    };
    let given = args.software_statement_id.clone();
    match given.or_else(|| (context.var)("SELLAUTH_SOFTWARE_STATEMENT_ID")) {
        Some(id) => check(&id).map(|()| id),
        None if context.terminal.interactive => prompt::text(&text!("ask-software-statement"), None, check),
        None => Err(fail!(Usage, "software-statement-needed")),
    }
}

/// The seller's code: stdin's, the environment's, or asked unseen.
fn code(context: &Context, registration: &Registration, args: &Args) -> Result<SecretString> {
    let check = |code: &str| match code.is_empty() || code.contains(char::is_whitespace) {
        true => Err(fail!(Usage, "registration-code-needed")),
        false => Ok(()),
    };
    let given = match args.registration_code_stdin {
        true => Some(read_secret()?),
        false => secret(&context.var, CODE)?,
    };
    match given {
        Some(code) => check(code.expose_secret()).map(|()| code),
        None if context.terminal.interactive => prompt::secret(&registration.code_prompt, check),
        None => Err(fail!(Usage, "registration-code-needed")),
    }
}
