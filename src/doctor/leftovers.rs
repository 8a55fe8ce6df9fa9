//! What a renewal puts down beforehand and takes away afterwards, and records that nobody claims.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::config::Home;
use crate::connection::Connection;
use crate::profiles;
use crate::records;
use crate::store::spill::Spill;
use crate::{fail, journal, text};

use super::finding::{Finding, Severity};
use super::shops::Inventory;
use super::tree::shell_word;

/// Looks for renewals that did not end, and for records of shops that are gone.
pub fn check(home: &Home, inventory: &Inventory) -> Vec<Finding> {
    let of_shops = inventory.shops.iter().flat_map(|shop| [journal(home, shop), spill(home, shop)]);
    let mut findings: Vec<Finding> = of_shops.flatten().collect();
    // A profile that does not load may own any of them.
    let complete = profiles::folder(home).names().is_ok_and(|names| names.len() == inventory.profiles.len());
    if complete {
        findings.extend(orphans(home, inventory));
    }
    findings
}

/// A refresh token was sent, and its successor is not known to be kept.
fn journal(home: &Home, shop: &Connection) -> Option<Finding> {
    let (name, record) = (&shop.name, shop.record.as_ref()?);
    match journal::read(home, record) {
        Ok(entry) => {
            let began = entry?.began.wall.strftime("%Y-%m-%d %H:%M UTC").to_string();
            let error = fail!(Temporary, "doctor-journal", name = name, began = began);
            Some(Finding::warning("leftovers", error))
        }
        Err(error) => Some(Finding::told("leftovers", Severity::Problem, &error.profile(name))),
    }
}

/// Its successor lies in the last resort.
fn spill(home: &Home, shop: &Connection) -> Option<Finding> {
    let spill = Spill::of(home.state_folder(), shop.record.as_ref()?.uuid);
    let path = spill.path().display();
    let error = || fail!(Store, "doctor-spill", name = shop.name, path = path);
    (!spill.is_empty()).then(|| Finding::warning("leftovers", error()))
}

/// Records whose profile is gone: it was removed by hand, and its secrets were not.
fn orphans(home: &Home, inventory: &Inventory) -> Option<Finding> {
    let known: BTreeSet<Uuid> = inventory.profiles.iter().map(|(_, profile)| profile.uuid).collect();
    let records = records::of_profiles(home);
    let mut orphans = records.uuids();
    orphans.retain(|uuid| !known.contains(uuid));
    orphans.sort();
    let files: Vec<String> = orphans.iter().map(|uuid| shell_word(&records.file(*uuid))).collect();
    let note = text!("doctor-orphans", count = files.len());
    let hint = text!("doctor-orphans.hint", files = files.join(" "));
    (!files.is_empty()).then(|| Finding::note("leftovers", note).hint(hint))
}
