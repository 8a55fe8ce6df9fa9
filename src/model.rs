//! The nouns: app, profile, token set, and what happened to them. Types and pure methods.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

pub use crate::moment::Span;
use crate::moment::{Life, Moment, Uptime};

/// One client registration at a marketplace: a wish of a person's, nothing secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct App {
    /// What its client secret is kept under.
    pub uuid: Uuid,
    /// The definition's id.
    pub marketplace: String,
    /// `production`, `sandbox` …
    pub environment: String,
    /// RFC 6749 section 2.2.
    pub client_id: String,
    /// As registered; absent where the program's own loopback address is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect_uri: Option<String>,
    /// Asked for; the definition's when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<String>,
    /// The app's version at the marketplace. Raising it makes older consents due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Where a seller installs the app.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub install_url: Option<String>,
    /// Tokens of this app are imported, never consented in a browser.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub imported_only: bool,
    /// The kind of it, where the marketplace has several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The definition's variables of scope `app`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub variables: BTreeMap<String, String>,
}

impl App {
    /// An app of a marketplace of which nothing else is known yet.
    pub fn new(marketplace: &str, environment: &str) -> Self {
        Self {
            uuid: Uuid::new_v4(),
            marketplace: marketplace.to_owned(),
            environment: environment.to_owned(),
            client_id: String::new(),
            redirect_uri: None,
            scopes: Vec::new(),
            version: None,
            install_url: None,
            imported_only: false,
            kind: None,
            variables: BTreeMap::new(),
        }
    }
}

/// One shop a person wants connected: a wish, nothing secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// What its secrets are kept under.
    pub uuid: Uuid,
    /// The definition's id.
    pub marketplace: String,
    /// The app's name.
    pub app: String,
    /// `production`, `sandbox` …
    pub environment: String,
    /// Where the marketplace has regions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The definition's options in force.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// Asked for; the app's when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<String>,
    /// The only shop that may ever consent for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expect_shop: Option<String>,
    /// The definition's variables of scope `profile`, and overrides of unverified values.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub variables: BTreeMap<String, String>,
    /// A person's own marks.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
}

/// Where secrets are kept, as a person chooses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum StoreKind {
    /// The operating system's keyring.
    #[default]
    Keyring,
    /// age-encrypted files.
    File,
    /// A vault that several machines share.
    Vault,
}

impl fmt::Display for StoreKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// How a token set first came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A seller consented.
    Consent,
    /// The app's own credentials.
    ClientCredentials,
    /// Brought from elsewhere.
    Import,
    /// A person copied it out of the marketplace's portal: it is the token, and nothing renews it.
    Entered,
}

/// What was granted, and a snapshot of the app it was granted to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// How it came to be.
    pub origin: Origin,
    /// When.
    pub at: Timestamp,
    /// The client it was granted to.
    pub client_id: String,
    /// The app's version then.
    pub app_version: Option<String>,
    /// The scopes granted.
    pub scopes: Vec<String>,
    /// The redirect URI of the consent: some marketplaces want it again at each renewal.
    pub redirect_uri: Option<String>,
    /// The definition's options then.
    pub options: Vec<String>,
    /// The app's and the profile's variables then.
    pub variables: BTreeMap<String, String>,
    /// When the seller's consent ends.
    pub authorization_expires_at: Option<Timestamp>,
}

/// The `code` of a refusal that nobody heard: the answer to a renewal was lost, and so was the one
/// to asking again.
pub const ANSWER_LOST: &str = "answer_lost";

/// A refusal by the marketplace, remembered so that it is not asked again for nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// Fingerprint of what was refused.
    pub sent: String,
    /// The latest refusal.
    pub at: Timestamp,
    /// How often it was refused.
    pub times: u32,
    /// The marketplace's `error` code, or the HTTP status.
    pub code: String,
    /// What it means, for a seller.
    pub message: String,
}

impl Refusal {
    /// When one more try may find out whether the marketplace refused wrongly: an hour after the
    /// first refusal, six after the second, then daily. Repeated wrong logins block accounts.
    pub fn next_probe(&self) -> Timestamp {
        let wait = match self.times {
            0 | 1 => Span::seconds(3600),
            2 => Span::seconds(6 * 3600),
            _ => Span::seconds(24 * 3600),
        };
        wait.after(self.at)
    }
}

/// What happened to a profile: the program's own record. Renaming it into place is the moment at
/// which a new token set becomes true.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The profile's.
    pub uuid: Uuid,
    /// The token set in force.
    pub generation: u64,
    /// Where it is kept.
    pub store: StoreKind,
    /// When the profile was first connected.
    pub connected_at: Timestamp,
    /// The latest renewal or consent.
    pub last_refreshed_at: Timestamp,
    /// The same moment by the time since boot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_refreshed_uptime: Option<Uptime>,
    /// The shop, where the marketplace names it.
    pub shop_id: Option<String>,
    /// Its name.
    pub shop_name: Option<String>,
    /// The regions it sells in, where the marketplace named them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sells_in: Vec<String>,
    /// What the marketplace told of the consent besides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
    /// What was granted.
    pub grant: Grant,
    /// Absent: it does not expire.
    pub access_token_expires_at: Option<Timestamp>,
    /// Absent: it does not expire, or there is none.
    pub refresh_token_expires_at: Option<Timestamp>,
    /// In force until a renewal succeeds.
    pub refusal: Option<Refusal>,
    /// The store was found without this generation.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub secrets_missing: bool,
}

impl Record {
    /// The access token's life.
    pub fn life(&self) -> Life {
        let began = Moment { wall: self.last_refreshed_at, uptime: self.last_refreshed_uptime };
        Life { began, end: self.access_token_expires_at }
    }
}

/// What is secret and renews.
#[derive(Clone, Default)]
pub struct TokenSet {
    /// RFC 6749 section 1.4.
    pub access_token: Option<SecretString>,
    /// RFC 6749 section 1.5.
    pub refresh_token: Option<SecretString>,
    /// Ids a later request needs.
    pub captured: BTreeMap<String, String>,
    /// What a person entered, by the names of the definition's variables.
    pub entered: BTreeMap<String, SecretString>,
    /// Fingerprint of the refresh token this set replaced.
    pub predecessor: Option<String>,
    /// An age identity: what follows this set is spilled for it, should the store fail.
    pub spill_identity: Option<SecretString>,
}

impl fmt::Debug for TokenSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenSet").finish_non_exhaustive()
    }
}

/// A token set as a store keeps it. Borrowed, so that writing copies each secret only once.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    access_token: Option<Zeroizing<String>>,
    refresh_token: Option<Zeroizing<String>>,
    captured: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    entered: BTreeMap<String, Zeroizing<String>>,
    predecessor: Option<String>,
    spill_identity: Option<Zeroizing<String>>,
}

impl TokenSet {
    /// The bytes a store keeps.
    pub fn to_bytes(&self) -> SecretSlice<u8> {
        let plain = |secret: &Option<SecretString>| {
            secret.as_ref().map(|secret| Zeroizing::new(secret.expose_secret().to_owned()))
        };
        let entered = self.entered.iter();
        let kept = Kept {
            entered: entered
                .map(|(name, secret)| (name.clone(), Zeroizing::new(secret.expose_secret().to_owned())))
                .collect(),
            access_token: plain(&self.access_token),
            refresh_token: plain(&self.refresh_token),
            captured: self.captured.clone(),
            predecessor: self.predecessor.clone(),
            spill_identity: plain(&self.spill_identity),
        };
        let bytes = serde_json::to_vec(&kept).expect("texts are always JSON");
        SecretSlice::from(bytes)
    }

    /// Reads what [`to_bytes`](Self::to_bytes) wrote; `None` for anything else.
    pub fn from_bytes(bytes: &SecretSlice<u8>) -> Option<Self> {
        let kept: Kept = serde_json::from_slice(bytes.expose_secret()).ok()?;
        let secret = |plain: Option<Zeroizing<String>>| plain.map(|plain| SecretString::from(plain.as_str()));
        Some(Self {
            access_token: secret(kept.access_token),
            refresh_token: secret(kept.refresh_token),
            captured: kept.captured,
            entered: kept
                .entered
                .into_iter()
                .map(|(name, plain)| (name, SecretString::from(plain.as_str())))
                .collect(),
            predecessor: kept.predecessor,
            spill_identity: secret(kept.spill_identity),
        })
    }
}

/// Whether a profile works, and why not: `status`'s `state`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Works.
    Connected,
    /// Works, but a new consent is wanted.
    Due,
    /// Does not work any more.
    ReauthorizationRequired,
    /// The store has lost its secrets.
    SecretsMissing,
}

impl State {
    /// Whether scripts still get a token.
    pub fn works(self) -> bool {
        matches!(self, Self::Connected | Self::Due)
    }
}

/// The stable `reason_code` behind a [`State`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nothing is wrong.
    None,
    /// There is a profile file, but nobody consented yet.
    NeverConnected,
    /// The store has lost the secrets.
    SecretsMissing,
    /// The marketplace refused a renewal.
    Refused(Refusal),
    /// It refused several shops within minutes, and may not mean it.
    SuspectedIncident(Refusal),
    /// The refresh token's life is over.
    RefreshTokenExpired,
    /// The consent's life is over.
    AuthorizationExpired,
    /// The app has a newer version than the one consented to.
    AppVersion { granted: String, wanted: String },
    /// Scopes are wanted that were not granted.
    ScopesMissing(Vec<String>),
    /// The app was registered anew.
    ClientChanged,
    /// The consent ends soon.
    AuthorizationEnds(Timestamp),
    /// The client secret ends soon.
    ClientSecretEnds(Timestamp),
    /// The marketplace withdraws the app soon, unless a renewal shows that it is in use.
    UnusedEnds(Timestamp),
}

impl Reason {
    /// The name scripts see.
    pub fn code(&self) -> Option<&'static str> {
        Some(match self {
            Self::None => return None,
            Self::NeverConnected => "never_connected",
            Self::SecretsMissing => "secrets_missing",
            Self::Refused(refusal) if refusal.code == ANSWER_LOST => ANSWER_LOST,
            Self::Refused(_) => "refused",
            Self::SuspectedIncident(_) => "suspected_incident",
            Self::RefreshTokenExpired => "refresh_token_expired",
            Self::AuthorizationExpired => "authorization_expired",
            Self::AppVersion { .. } => "app_version",
            Self::ScopesMissing(_) => "scopes_missing",
            Self::ClientChanged => "client_changed",
            Self::AuthorizationEnds(_) => "authorization_ends",
            Self::ClientSecretEnds(_) => "client_secret_ends",
            Self::UnusedEnds(_) => "unused_ends",
        })
    }

    /// The state it puts a profile in.
    pub fn state(&self) -> State {
        match self {
            // Whoever cleared forty consents for a failure of the marketplace would do so in vain.
            // An app that is not used needs a renewal, and no seller.
            Self::None | Self::SuspectedIncident(_) | Self::UnusedEnds(_) => State::Connected,
            Self::SecretsMissing => State::SecretsMissing,
            Self::NeverConnected
            | Self::Refused(_)
            | Self::ClientChanged
            | Self::RefreshTokenExpired
            | Self::AuthorizationExpired => State::ReauthorizationRequired,
            Self::AppVersion { .. }
            | Self::ScopesMissing(_)
            | Self::AuthorizationEnds(_)
            | Self::ClientSecretEnds(_) => State::Due,
        }
    }
}

/// Why a profile is where it is: the gravest reason that holds.
///
/// `wanted` are the scopes asked for today, `secret_ends` the end of the client secret where it
/// is known, `soon` how long before an end a consent is due.
pub fn reason(
    app: &App,
    record: Option<&Record>,
    wanted: &[String],
    secret_ends: Option<Timestamp>,
    now: Timestamp,
    soon: Span,
) -> Reason {
    let Some(record) = record else { return Reason::NeverConnected };
    let grant = &record.grant;
    let over = |end: Option<Timestamp>| end.is_some_and(|end| end <= now);
    let near = |end: Option<Timestamp>| end.filter(|end| *end <= soon.after(now));
    let granted: BTreeSet<&String> = grant.scopes.iter().collect();
    let missing: Vec<String> = wanted.iter().filter(|scope| !granted.contains(scope)).cloned().collect();

    if record.secrets_missing {
        Reason::SecretsMissing
    } else if let Some(refusal) = &record.refusal {
        Reason::Refused(refusal.clone())
    } else if over(record.refresh_token_expires_at) {
        Reason::RefreshTokenExpired
    } else if over(grant.authorization_expires_at) {
        Reason::AuthorizationExpired
    } else if grant.client_id != app.client_id {
        Reason::ClientChanged
    } else if let Some(wanted) =
        app.version.clone().filter(|version| Some(version) != grant.app_version.as_ref())
    {
        Reason::AppVersion { granted: grant.app_version.clone().unwrap_or_default(), wanted }
    } else if !missing.is_empty() {
        Reason::ScopesMissing(missing)
    } else if let Some(end) = near(grant.authorization_expires_at) {
        Reason::AuthorizationEnds(end)
    } else if let Some(end) = near(secret_ends) {
        Reason::ClientSecretEnds(end)
    } else {
        Reason::None
    }
}

#[cfg(test)]
mod tests;
