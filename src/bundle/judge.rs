//! What becomes of a shop that arrives where others are.

use crate::model::{Profile, Record};

/// What is here already.
pub struct Here<'a> {
    /// The profile of that name.
    pub named: Option<&'a Profile>,
    /// What happened to that one.
    pub record: Option<&'a Record>,
    /// The name under which the shop that arrives is here, where that is another one.
    pub elsewhere: Option<String>,
}

/// What becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It was not here.
    New,
    /// It is here, and nothing in the bundle is newer.
    Kept,
    /// It takes the place of what is here.
    Replaced,
}

/// Why it must not arrive.
#[derive(Debug, PartialEq, Eq)]
pub enum Clash {
    /// It is here under this name.
    Elsewhere(String),
    /// Its name belongs to another one.
    Taken,
    /// It is here, but what was said about it differs.
    Differs,
    /// It is here, with a consent of its own.
    Anew,
    /// Its name belongs to another shop that is connected, and it brings no consent.
    Connected,
    /// The consent here is newer, and has ended the one that arrives.
    Outlived,
}

/// Judges a profile that arrives with this consent. `rotates`: a renewal ends the refresh token before
/// it; `replace`: it may take the place of what is here.
pub fn judge(
    coming: &Profile,
    consent: Option<&Record>,
    here: &Here,
    rotates: bool,
    replace: bool,
) -> Result<Fate, Clash> {
    if let Some(name) = &here.elsewhere {
        return Err(Clash::Elsewhere(name.clone()));
    }
    let Some(named) = here.named else { return Ok(Fate::New) };
    let (same, same_shop) = (named == coming, named.uuid == coming.uuid);
    match (consent, here.record) {
        (None, _) if same => Ok(Fate::Kept),
        (Some(_), None) if same => Ok(Fate::New),
        (Some(consent), Some(own)) if same && descends(own, consent) && !own.secrets_missing => {
            Ok(Fate::Kept)
        }
        (Some(consent), Some(own)) if same_shop && rotates && outlives(own, consent) => Err(Clash::Outlived),
        (Some(_), Some(own)) if same && own.secrets_missing => Ok(Fate::Replaced),
        _ if !replace && same => Err(Clash::Anew),
        _ if !replace && same_shop => Err(Clash::Differs),
        _ if !replace => Err(Clash::Taken),
        (None, Some(_)) if !same_shop => Err(Clash::Connected),
        _ => Ok(Fate::Replaced),
    }
}

/// Whether it is the same consent, renewed since or not.
fn descends(own: &Record, coming: &Record) -> bool {
    own.grant.at == coming.grant.at && own.last_refreshed_at >= coming.last_refreshed_at
}

/// Whether it is the same consent, renewed since.
fn outlives(own: &Record, coming: &Record) -> bool {
    descends(own, coming) && own.last_refreshed_at > coming.last_refreshed_at
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::connection::fixtures::{at, connection, record};

    #[test]
    fn nothing_here_is_replaced_unasked_and_nothing_alive_by_what_is_dead() {
        let profile = connection("otto").profile;
        let other = Profile { uuid: Uuid::from_u128(7), ..profile.clone() };
        let relabelled = Profile { region: Some("DE".to_owned()), ..profile.clone() };
        let alive = Record { secrets_missing: false, ..record() };
        let lost = record();
        let renewed = Record { last_refreshed_at: at(0), ..alive.clone() };
        let lost_since = Record { secrets_missing: true, ..renewed.clone() };
        let mut anew = alive.clone();
        anew.grant.at = at(0);
        let consent = Some(&alive);
        let (new, kept, replaced) = (Ok(Fate::New), Ok(Fate::Kept), Ok(Fate::Replaced));
        let (taken, outlived) = (Err(Clash::Taken), Err(Clash::Outlived));
        let (differs, connected_anew) = (Err(Clash::Differs), Err(Clash::Anew));
        // What comes and what is here, then what becomes of it, and what with `--replace`.
        let table = [
            (consent, None, None, &new, &new),
            (None, None, None, &new, &new),
            (None, Some(&profile), Some(&alive), &kept, &kept),
            (None, Some(&relabelled), Some(&alive), &differs, &replaced),
            (None, Some(&other), None, &taken, &replaced),
            (None, Some(&other), Some(&alive), &taken, &Err(Clash::Connected)),
            (consent, Some(&profile), None, &new, &new),
            (consent, Some(&profile), Some(&alive), &kept, &kept),
            (consent, Some(&profile), Some(&renewed), &kept, &kept),
            (consent, Some(&profile), Some(&lost), &replaced, &replaced),
            (consent, Some(&profile), Some(&lost_since), &outlived, &outlived),
            (consent, Some(&profile), Some(&anew), &connected_anew, &replaced),
            (consent, Some(&relabelled), Some(&alive), &differs, &replaced),
            (consent, Some(&relabelled), Some(&renewed), &outlived, &outlived),
            (consent, Some(&other), Some(&alive), &taken, &replaced),
        ];
        for (row, (consent, named, record, expected, insisting)) in table.into_iter().enumerate() {
            let here = Here { named, record, elsewhere: None };
            assert_eq!(&judge(&profile, consent, &here, true, false), expected, "row {row}");
            assert_eq!(&judge(&profile, consent, &here, true, true), insisting, "row {row}, replacing");
        }
        // Where refresh tokens are not replaced, an older copy is as good.
        let here = Here { named: Some(&profile), record: Some(&lost_since), elsewhere: None };
        assert_eq!(judge(&profile, consent, &here, false, false), replaced);
        let here = Here { named: None, record: None, elsewhere: Some("mine".to_owned()) };
        assert_eq!(judge(&profile, consent, &here, true, true), Err(Clash::Elsewhere("mine".to_owned())));
    }
}
