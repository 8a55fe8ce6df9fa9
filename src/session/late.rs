//! A token that lives less long than is usual, where the vault that knows more cannot be asked.

use super::{Renew, Session, Token, Want, token_at_hand};
use crate::error::{Error, Kind};
use crate::model::{Profile, Span, StoreKind};
use crate::records;

/// A token that is still valid is better than none: where nobody asked for more, and what failed may only be
/// the vault. `None` for everything else.
pub fn token(session: &Session, profile: &Profile, want: &Want, error: &Error) -> Option<Token> {
    let record = records::of_profiles(session.home).get(profile.uuid).ok()??;
    let may_help = record.store == StoreKind::Vault && matches!(error.kind, Kind::Temporary | Kind::Store);
    if !may_help || want.least.is_some() || !matches!(want.renew, Renew::IfStale) {
        return None;
    }
    let any = Want { least: Some(Span::seconds(1)), renew: Renew::IfStale };
    token_at_hand(session, profile, &any)
}
