//! Tokens at hand: kept for whoever asks next, and better than none where a vault cannot be asked.

use super::{Granted, Renew, Session, Token, Want, is_refused_itself, token_at_hand, usual_least};
use crate::cache::{self, Slot};
use crate::connection::Connection;
use crate::error::{Error, Kind};
use crate::model::{Profile, Record, Span, StoreKind};
use crate::records;

/// Keeps what was handed out, unless it may be replaced or ended without this machine hearing of it.
pub fn keep(session: &Session, connection: &Connection, granted: &Granted) {
    // The shop may have been disconnected meanwhile: then nothing must come back.
    let record = records::of_profiles(session.home).get(connection.profile.uuid).ok().flatten();
    // What never ends would be handed out here after another machine has replaced or ended it.
    let is_shared_for_good =
        |record: &Record| record.store == StoreKind::Vault && record.access_token_expires_at.is_none();
    let is_fit = |record: &Record| {
        let is_current = record.generation == granted.record.generation;
        is_current && !is_refused_itself(record) && !is_shared_for_good(record)
    };
    if !record.as_ref().is_some_and(is_fit) {
        return;
    }
    let stamp = connection.stamp.as_ref().filter(|_| !connection.definition.has_fresh_headers());
    if let Some(stamp) = stamp {
        let entry = granted.token.entry(usual_least(connection), granted.record.life());
        cache::put(session.home, &Slot::of_shop(&granted.record, stamp), &entry);
    }
}

/// A token that is still valid is better than none: where nobody asked for more, and what failed may only be
/// the vault. `None` for everything else.
pub fn spare(session: &Session, profile: &Profile, want: &Want, error: &Error) -> Option<Token> {
    let record = records::of_profiles(session.home).get(profile.uuid).ok()??;
    let may_help = record.store == StoreKind::Vault && matches!(error.kind, Kind::Temporary | Kind::Store);
    if !may_help || want.least.is_some() || !matches!(want.renew, Renew::IfStale) {
        return None;
    }
    let any = Want { least: Some(Span::seconds(1)), renew: Renew::IfStale };
    token_at_hand(session, profile, &any)
}
