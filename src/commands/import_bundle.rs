//! `sellauth import --bundle`: what `export` wrote on another machine.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use secrecy::SecretString;
use serde_json::json;
use zeroize::Zeroizing;

use super::Context;
use super::browse::names;
use super::connect::warn_of_origins;
use super::import::Args;
use super::import_from::FromArgs;
use crate::authorize::LARGEST_SET;
use crate::bundle::{Arrival, Bundle, Fate, Shop};
use crate::config::secret;
use crate::error::Result;
use crate::output::{aligned, print, print_json};
use crate::store::sealed::Opener;
use crate::{fail, interrupt, prompt, text};

/// Room for thousands of shops.
const LARGEST: u64 = 64 * 1024 * 1024;

/// The bundle.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "From another machine")]
pub struct BundleArgs {
    /// Take over what `export` wrote; - is stdin
    #[arg(long, value_name = "FILE", conflicts_with = "refresh_token_stdin")]
    #[arg(conflicts_with_all = OF_A_NEW_SHOP, conflicts_with_all = names::<FromArgs>())]
    pub bundle: Option<PathBuf>,
    /// The age identity that opens it, as `age-keygen` writes it
    #[arg(long, value_name = "FILE", requires = "bundle")]
    identity: Option<PathBuf>,
}

/// What a bundle says itself.
const OF_A_NEW_SHOP: [&str; 9] =
    ["region", "env", "options", "draft", "vendor", "set", "scopes", "expect_shop", "labels"];

/// Checks a bundle, then takes it over. No marketplace is asked: a token that has ended is renewed at
/// its first use.
pub fn run(context: &Context, args: &Args, path: &Path) -> Result<ExitCode> {
    let Args { bundle: BundleArgs { identity, .. }, target, replace, dry_run, .. } = args;
    let bytes = read(path)?;
    let opener = |by_passphrase| opener(context, identity.as_deref(), by_passphrase);
    let mut bundle = Bundle::read(path, &bytes, opener)?;
    bundle.rename(target.app.as_deref(), target.profile.as_deref())?;
    let arrival = Arrival::check(&context.home, bundle, *replace)?;
    for (path, _) in &arrival.definitions {
        context.terminal.note(text!("bundle-brings", path = path.display()));
    }
    for shop in arrival.shops.iter().filter(|shop| shop.fate != Fate::Kept) {
        let (profile, definition) = (&shop.connection.profile, &shop.connection.definition);
        warn_of_origins(context, definition, profile.region.as_deref(), &profile.variables);
    }
    if !dry_run {
        let store = context.home.store_kind(target.store);
        if arrival.holds_secrets() {
            context.home.store(store)?.probe(LARGEST_SET, context.terminal.interactive)?;
        }
        interrupt::watch();
        let waiting = || context.say_waiting();
        arrival.take(&context.session(&waiting), store)?;
    }
    show(context, *dry_run, &arrival.shops)?;
    if !dry_run {
        tell(context, &arrival);
    }
    Ok(ExitCode::SUCCESS)
}

fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>> {
    let unreadable = |error| fail!(Configuration, "file-unreadable", path = path.display()).because(error);
    if path != Path::new("-") {
        return std::fs::read(path).map(Zeroizing::new).map_err(unreadable);
    }
    let mut bytes = Zeroizing::new(Vec::new());
    std::io::stdin().take(LARGEST).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

/// What opens a sealed bundle: the identity named, or the passphrase of the environment or the person.
fn opener<'a>(context: &Context, identity: Option<&'a Path>, by_passphrase: bool) -> Result<Opener<'a>> {
    if by_passphrase && identity.is_some() {
        return Err(fail!(Usage, "bundle-identity-useless"));
    }
    if !by_passphrase {
        return identity.map(Opener::Identities).ok_or_else(|| fail!(Usage, "bundle-identity-needed"));
    }
    let passphrase: SecretString = match secret(&context.var, "SELLAUTH_EXPORT_PASSPHRASE")? {
        Some(passphrase) => passphrase,
        None if context.terminal.interactive => prompt::secret(&text!("ask-bundle-passphrase"), |_| Ok(()))?,
        None => return Err(fail!(Usage, "bundle-passphrase-needed")),
    };
    Ok(Opener::Passphrase(passphrase))
}

/// Says what is left to be done.
fn tell(context: &Context, arrival: &Arrival) {
    let rotating: Vec<&str> = arrival.only_one_lives().collect();
    if !rotating.is_empty() {
        context.terminal.warn(text!("bundle-rotates", names = rotating.join(", ")));
    }
    // Before the consents: without it none can be exchanged.
    for name in arrival.apps_without_secret() {
        context.terminal.note(text!("bundle-app-lacks", name = name));
    }
    if arrival.shops.iter().any(|shop| !shop.is_connected()) {
        context.terminal.note(text!("status-next"));
    }
}

fn show(context: &Context, dry_run: bool, shops: &[Shop]) -> Result<()> {
    if context.terminal.json {
        let rows = shops.iter().map(|shop| {
            let result = match shop.fate {
                Fate::New => "imported",
                Fate::Kept => "unchanged",
                Fate::Replaced => "replaced",
            };
            json!({ "profile": shop.connection.name, "result": result, "connected": shop.is_connected() })
        });
        return print_json(&rows.collect::<Vec<_>>());
    }
    let lines: Vec<Vec<String>> = shops
        .iter()
        .map(|shop| {
            let word = match (shop.fate, dry_run) {
                (Fate::New, false) => text!("bundle-imported"),
                (Fate::New, true) => text!("bundle-would-import"),
                (Fate::Replaced, false) => text!("bundle-replaced"),
                (Fate::Replaced, true) => text!("bundle-would-replace"),
                (Fate::Kept, _) => text!("bundle-unchanged"),
            };
            let rest = if shop.is_connected() { String::new() } else { text!("reason-never-connected") };
            vec![shop.connection.name.clone(), word, rest]
        })
        .collect();
    aligned(&lines).iter().try_for_each(|line| print(line))
}
