//! `sellauth connect`: a shop that was not connected before.

use std::collections::BTreeMap;
use std::process::ExitCode;

use uuid::Uuid;

use super::browse::{FlowArgs, Takes, browse, names};
use super::enter::{self, EnterArgs, enter};
use super::status::Row;
use super::{Context, app_add, import, later, values};
use crate::connection::{Connection, catalogue};
use crate::error::Result;
use crate::marketplace::Definition;
use crate::marketplace::definition::Scope;
use crate::model::{App, Profile};
use crate::output::{print, print_json};
use crate::settle::ProfileFile;
use crate::store::StoreKind;
use crate::{apps, fail, profiles, prompt, records, text};

/// What `connect` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The marketplace, as `sellauth marketplaces` lists it
    #[arg(required_unless_present = "finish")]
    pub(super) marketplace: Option<String>,
    #[command(flatten)]
    pub(super) target: Target,
    #[command(flatten)]
    pub(super) enter: EnterArgs,
    #[command(flatten)]
    pub(super) flow: FlowArgs,
    /// Finish what `--start` began: reads the address the browser ended on from stdin
    #[arg(long, value_name = "HANDLE", help_heading = "Browser")]
    #[arg(conflicts_with_all = ["marketplace", "replace"])]
    #[arg(conflicts_with_all = names::<Target>(), conflicts_with_all = names::<EnterArgs>(), conflicts_with_all = names::<FlowArgs>())]
    finish: Option<Uuid>,
    /// Let another shop take the place of the one connected under this name
    #[arg(long)]
    replace: bool,
}

/// What a new profile is about.
#[derive(Debug, clap::Args)]
pub struct Target {
    /// The name of the shop here; by default the marketplace, region and environment
    #[arg(long, value_name = "NAME")]
    pub(super) profile: Option<String>,
    /// The country or area, where the marketplace has several
    #[arg(long, value_name = "CC")]
    pub(super) region: Option<String>,
    /// The environment
    #[arg(long, value_name = "ENV", default_value = "production")]
    pub(super) env: String,
    /// The app, where several are registered
    #[arg(long, value_name = "NAME")]
    pub(super) app: Option<String>,
    /// A variation the marketplace has
    #[arg(long = "option", value_name = "NAME")]
    pub(super) options: Vec<String>,
    /// Short for --option draft
    #[arg(long)]
    pub(super) draft: bool,
    /// Short for --option vendor
    #[arg(long)]
    pub(super) vendor: bool,
    /// A value the marketplace needs for this shop
    #[arg(long = "set", value_name = "K=V", value_parser = values::pair)]
    pub(super) set: Vec<(String, String)>,
    /// A scope to ask for, instead of the app's
    #[arg(long = "scope", value_name = "S")]
    pub(super) scopes: Vec<String>,
    /// Where to keep the secrets
    #[arg(long, value_enum)]
    pub(super) store: Option<StoreKind>,
    /// The only shop that may ever consent
    #[arg(long, value_name = "ID")]
    pub(super) expect_shop: Option<String>,
    /// A mark of your own
    #[arg(long = "label", value_name = "K=V", value_parser = values::pair)]
    pub(super) labels: Vec<(String, String)>,
}

/// Connects a shop.
pub fn run(context: &Context, args: &Args) -> Result<ExitCode> {
    if let Some(handle) = args.finish {
        return later::finish(context, handle);
    }
    let definition = catalogue(&context.home).get(args.marketplace.as_deref().unwrap_or_default())?;
    let place = Place::check(context, &definition, &args.target)?;
    if !definition.environments[&place.environment].consent {
        return Err(fail!(Usage, "import-only", id = definition.id, environment = place.environment));
    }
    let (app_name, app) = match definition.is_entered() {
        true => enter::app(&context.home, &definition, &place)?,
        false => find_app(context, &definition, &place, args.target.app.as_deref())?,
    };
    if app.imported_only && context.terminal.interactive {
        context.terminal.note(text!("import-instead", name = app_name));
        return import::ask(context, definition, &place, (app_name, app), &args.target, args.replace);
    }
    if app.imported_only {
        return Err(fail!(Usage, "import-only-app", id = definition.id, name = app_name));
    }
    let slot = choose_slot(context, &definition, &place, args)?;
    let profile = slot.fill(context, &definition, &place, &args.target, &app_name)?;
    let file = slot.file(&profile);
    let name = slot.name;
    let connection = Connection::assemble(&context.home, &name, profile, app, definition)?;
    tell_covering(context, &connection)?;
    let store = store(context, &connection, args.target.store);
    if connection.definition.is_entered() && !args.flow.start {
        enter(context, &connection, store, args.enter.source(1), args.replace, file)
            .map_err(|error| error.profile(&name))?;
        return announce(context, &name);
    }
    let takes = Takes { replace: args.replace, started_there: false, file, noted: false };
    if args.flow.start {
        return later::start(context, &connection, store, &args.flow, takes);
    }
    browse(context, &connection, store, &args.flow, takes).map_err(|error| error.profile(&name))?;
    announce(context, &name)
}

/// The store for a new profile; where nobody says otherwise, the one that has its app's secret.
pub(super) fn store(context: &Context, connection: &Connection, flag: Option<StoreKind>) -> StoreKind {
    context.home.store_kind_or(flag, connection.app_record.as_ref().map(|record| record.store))
}

/// Environment, region and options, checked.
pub(super) struct Place {
    pub(super) environment: String,
    pub(super) region: Option<String>,
    pub(super) options: Vec<String>,
}

impl Place {
    pub(super) fn check(context: &Context, definition: &Definition, target: &Target) -> Result<Self> {
        let mut options = target.options.clone();
        options.extend(target.draft.then(|| "draft".to_owned()));
        options.extend(target.vendor.then(|| "vendor".to_owned()));
        Ok(Self {
            region: region(context, definition, target.region.as_deref())?,
            environment: definition.environment(&target.env)?,
            options: definition.choose(&options)?,
        })
    }
}

/// The region given, or chosen by a person.
fn region(context: &Context, definition: &Definition, given: Option<&str>) -> Result<Option<String>> {
    if given.is_some() || definition.regions.is_empty() || !context.terminal.interactive {
        return definition.region(given);
    }
    // Typed, not chosen from a list: the first of twenty is too easily taken for the own one.
    let regions: Vec<&str> = definition.regions.keys().map(String::as_str).collect();
    let question = text!("ask-region", regions = regions.join(" "));
    let given = prompt::text(&question, None, |given| definition.region(Some(given)).map(drop))?;
    definition.region(Some(&given))
}

/// The app named, or the only one; without one a person is led through `app add`.
pub(super) fn find_app(
    context: &Context,
    definition: &Definition,
    place: &Place,
    name: Option<&str>,
) -> Result<(String, App)> {
    let found = match name {
        Some(name) => Some((name.to_owned(), apps::get(&context.home, name)?)),
        None => apps::only_one(&context.home, &definition.id, &place.environment)?,
    };
    match found {
        Some((name, app)) if app.marketplace != definition.id || app.environment != place.environment => {
            let belongs = format!("{}, {}", app.marketplace, app.environment);
            Err(fail!(Usage, "app-of-another", name = name, belongs = belongs))
        }
        Some((name, app)) => apps::refuse_open(&context.home, &name, &app).map(|()| (name, app)),
        None if context.terminal.interactive => {
            tell_elsewhere(context, definition, place);
            context.terminal.note(text!("no-app-yet", marketplace = definition.name));
            app_add::interactive(context, definition, &place.environment)
        }
        None => {
            tell_elsewhere(context, definition, place);
            let command = app_add::command(definition, &place.environment);
            Err(fail!(Configuration, "no-app", marketplace = definition.name, command = command))
        }
    }
}

/// An app that is registered for another environment may be the one that is meant.
fn tell_elsewhere(context: &Context, definition: &Definition, place: &Place) {
    let others = definition.environments.keys().filter(|environment| **environment != place.environment);
    for environment in others {
        let found = apps::only_one(&context.home, &definition.id, environment);
        // Several are several: each is named by its own flag.
        if !matches!(found, Ok(None)) {
            context.terminal.note(text!("app-elsewhere", environment = environment));
        }
    }
}

/// A name for a profile, and what stands under it already.
pub(super) struct Slot {
    pub(super) name: String,
    pub(super) existing: Option<Profile>,
}

impl Slot {
    /// The slot that the flags or the definition name. One that belongs to another marketplace or
    /// environment is taken, whatever else was said: its secrets must never be sent elsewhere.
    pub(super) fn find(
        context: &Context,
        definition: &Definition,
        place: &Place,
        name: Option<&str>,
    ) -> Result<Self> {
        let default = || definition.default_profile_name(&place.environment, place.region.as_deref());
        let name = name.map_or_else(default, str::to_owned);
        let existing = profiles::find(&context.home, &name)?;
        let elsewhere = existing.as_ref().is_some_and(|existing| {
            existing.marketplace != definition.id || existing.environment != place.environment
        });
        if elsewhere {
            return Err(fail!(Usage, "name-taken", name = name));
        }
        Ok(Self { name, existing })
    }

    /// Whether a shop is connected under it.
    pub(super) fn is_connected(&self, context: &Context) -> Result<bool> {
        let records = records::of_profiles(&context.home);
        let record = self.existing.as_ref().map(|existing| records.get(existing.uuid)).transpose()?;
        Ok(record.flatten().is_some())
    }

    /// The profile to connect: what stands there already, with what was said on top.
    pub(super) fn fill(
        &self,
        context: &Context,
        definition: &Definition,
        place: &Place,
        target: &Target,
        app: &str,
    ) -> Result<Profile> {
        let existing = self.existing.clone();
        let earlier = existing.as_ref().map(|existing| existing.variables.clone()).unwrap_or_default();
        let variables = values::collect(
            context,
            definition,
            Scope::Profile,
            place.region.as_deref(),
            &target.set,
            &earlier,
        )?;
        let given = target.set.iter().map(|(name, value)| (name, value));
        warn_of_origins(context, definition, place.region.as_deref(), given);
        let mut profile = existing.unwrap_or_else(|| Profile {
            uuid: Uuid::new_v4(),
            marketplace: definition.id.clone(),
            app: app.to_owned(),
            environment: place.environment.clone(),
            region: None,
            options: Vec::new(),
            scopes: Vec::new(),
            expect_shop: None,
            variables: BTreeMap::new(),
            labels: BTreeMap::new(),
        });
        app.clone_into(&mut profile.app);
        profile.region.clone_from(&place.region);
        profile.variables = variables;
        profile.labels.extend(target.labels.iter().cloned());
        if !place.options.is_empty() {
            profile.options.clone_from(&place.options);
        }
        if !target.scopes.is_empty() {
            profile.scopes.clone_from(&target.scopes);
        }
        if target.expect_shop.is_some() {
            profile.expect_shop.clone_from(&target.expect_shop);
        }
        Ok(profile)
    }

    /// What becomes of the profile's file once `profile` is connected.
    pub(super) fn file(&self, profile: &Profile) -> ProfileFile {
        match &self.existing {
            None => ProfileFile::New,
            Some(existing) if existing == profile => ProfileFile::Untouched,
            Some(existing) => ProfileFile::Changed(Box::new(existing.clone())),
        }
    }
}

/// Names the addresses that take the place of the definition's own: what is sent there are secrets.
pub(super) fn warn_of_origins<'a>(
    context: &Context,
    definition: &'a Definition,
    region: Option<&'a str>,
    variables: impl IntoIterator<Item = (&'a String, &'a String)>,
) {
    for (name, origin) in definition.replaced_origins(region, variables) {
        let marketplace = &definition.name;
        context.terminal.warn(match definition.presents_client_secret() {
            true => text!("origin-gets-secret", name = name, origin = origin, marketplace = marketplace),
            false => text!("origin-replaced", name = name, origin = origin, marketplace = marketplace),
        });
    }
}

/// Notices a name that is connected already, before any browser opens.
fn choose_slot(context: &Context, definition: &Definition, place: &Place, args: &Args) -> Result<Slot> {
    let slot = Slot::find(context, definition, place, args.target.profile.as_deref())?;
    if args.replace || !slot.is_connected(context)? {
        return Ok(slot);
    }
    let name = &slot.name;
    if !context.terminal.interactive {
        return Err(fail!(Usage, "name-connected", name = name));
    }
    let mut items = vec![text!("same-shop"), text!("another-shop")];
    // Where something else is said about the shop than before, it is probably another one.
    let changed = slot.existing.as_ref().is_some_and(|profile| {
        args.target
            .set
            .iter()
            .any(|(name, value)| profile.variables.get(name).is_some_and(|known| known != value))
    });
    if changed {
        items.reverse();
    }
    if (prompt::select(&text!("ask-same-shop", name = name), &items)? == 0) != changed {
        return Ok(slot);
    }
    let folder = profiles::folder(&context.home);
    let free = |given: &str| match folder.get(given)? {
        Some(_) => Err(fail!(Usage, "name-taken", name = given)),
        None => Ok(()),
    };
    Ok(Slot { name: prompt::text(&text!("ask-name"), None, free)?, existing: None })
}

/// Where one consent covers a whole area, says which profile has it already.
fn tell_covering(context: &Context, connection: &Connection) -> Result<()> {
    let area = |region: Option<&String>| {
        region.and_then(|region| connection.definition.regions.get(region)?.consent_area.clone())
    };
    let Some(own) = area(connection.profile.region.as_ref()) else { return Ok(()) };
    let folder = profiles::folder(&context.home);
    for name in folder.names()?.into_iter().filter(|name| *name != connection.name) {
        let Ok(Some(other)) = folder.get(&name) else { continue };
        let same = other.app == connection.profile.app
            && other.options == connection.profile.options
            && area(other.region.as_ref()) == Some(own.clone());
        if same {
            context.terminal.note(text!("consent-covers", name = name, area = own));
        }
    }
    Ok(())
}

/// Says what is connected now. Never a token.
pub(super) fn announce(context: &Context, name: &str) -> Result<ExitCode> {
    let (name, profile) = profiles::resolve(&context.home, name)?;
    let connection = Connection::load(&context.home, &name, profile)?;
    let row = Row::of(&connection, jiff::Timestamp::now());
    if context.terminal.json {
        print_json(&row)?;
    } else {
        print(&match &row.shop_id {
            Some(shop) => text!("connected", name = name, shop = shop),
            None => text!("connected-unnamed", name = name),
        })?;
        context.terminal.note(text!("connected-next", name = name));
        note_remarks(context, &connection);
    }
    if !context.terminal.json && row.is_due() {
        context.terminal.note(row.reason.unwrap_or_default());
    }
    Ok(ExitCode::SUCCESS)
}

/// Says what the marketplace told of a consent besides, and whether the right account is connected for
/// the wrong region.
pub(super) fn note_remarks(context: &Context, connection: &Connection) {
    let remarks = connection.record.iter().flat_map(|record| &record.remarks);
    let grave = text!("remark-no-refresh-token");
    remarks.for_each(|remark| match *remark == grave {
        true => context.terminal.warn(remark),
        false => context.terminal.note(remark),
    });
    if let Some(regions) = connection.sells_elsewhere() {
        let region = connection.profile.region.as_deref().unwrap_or_default();
        let (name, there) = (&connection.name, regions.join(", "));
        context.terminal.note(text!("sells-elsewhere", name = name, region = region, there = there));
    }
}
