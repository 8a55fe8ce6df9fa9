//! The table of errors: what went wrong, for a script (kind, exit code) and for a person
//! (message, causes, hint).

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::messages;

/// Result of everything above the protocol.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a command failed. One name and one exit code each; scripts rely on both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A bug, or something unforeseen.
    Internal,
    /// Wrong flags, a missing value, needs a terminal or `--yes`.
    Usage,
    /// No such profile, app or marketplace; nothing connected; an ambiguous name.
    NotFound,
    /// The seller must consent again.
    ReauthorizationRequired,
    /// The seller cancelled or refused.
    Denied,
    /// Another shop than expected consented.
    WrongShop,
    /// Nobody answered in time.
    Timeout,
    /// Network, 5xx, 429, a busy port or lock: try later.
    Temporary,
    /// The secret store is missing, locked, wedged or too small for the secret.
    Store,
    /// Config, definition or app registration is wrong.
    Configuration,
    /// Ctrl-C.
    Interrupted,
}

impl Kind {
    /// Every kind, with its stable name and exit code.
    pub const TABLE: [(Kind, &'static str, u8); 11] = [
        (Kind::Internal, "internal", 1),
        (Kind::Usage, "usage", 2),
        (Kind::NotFound, "not_found", 3),
        (Kind::ReauthorizationRequired, "reauthorization_required", 4),
        (Kind::Denied, "denied", 5),
        (Kind::WrongShop, "wrong_shop", 5),
        (Kind::Timeout, "timeout", 6),
        (Kind::Temporary, "temporary", 7),
        (Kind::Store, "store", 8),
        (Kind::Configuration, "configuration", 9),
        (Kind::Interrupted, "interrupted", 130),
    ];

    fn row(self) -> (Kind, &'static str, u8) {
        Self::TABLE.into_iter().find(|(kind, ..)| *kind == self).unwrap_or(Self::TABLE[0])
    }

    /// The stable name scripts see in `--json`.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// The process's exit code.
    pub fn exit_code(self) -> u8 {
        self.row().2
    }

    /// The kind of that name, as definitions write it.
    pub fn from_name(name: &str) -> Option<Kind> {
        Self::TABLE.into_iter().find(|(_, other, _)| *other == name).map(|(kind, ..)| kind)
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::from_name(&name).ok_or_else(|| serde::de::Error::custom(name))
    }
}

/// An error as a person meets it. Build it with [`fail!`](crate::fail).
#[derive(Debug)]
pub struct Error {
    /// What a script branches on.
    pub kind: Kind,
    /// One sentence, lower case, no full stop.
    pub message: String,
    /// What to do next.
    pub hint: Option<String>,
    /// The profile it concerns.
    pub profile: Option<String>,
    /// The app that the hint is about, where it is about one.
    pub app: Option<String>,
    /// What lies below, for the `caused by:` lines.
    pub source: Option<anyhow::Error>,
    /// What it was rendered from, where that is known.
    pub told: Option<Box<Told>>,
}

/// What an error was rendered from, so that a page can say it in another language than the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    id: &'static str,
    values: Vec<(&'static str, String)>,
}

impl Told {
    /// The message, in the language that is spoken now.
    pub fn message(&self) -> String {
        self.words("").unwrap_or_else(|| self.id.to_owned())
    }

    /// What to do next, in the language that is spoken now; not where only the terminal knows the names in it.
    pub fn hint(&self) -> Option<String> {
        self.words(".hint").filter(|hint| ![" PROFILE", " APP"].iter().any(|name| hint.contains(name)))
    }

    fn words(&self, attribute: &str) -> Option<String> {
        let values = self.values.iter().map(|(name, value)| (*name, value.as_str()));
        messages::lookup(&format!("{}{attribute}", self.id), &values.collect())
    }
}

impl Error {
    /// An error whose message and hint were rendered already.
    pub fn new(kind: Kind, message: impl Into<String>, hint: Option<String>) -> Self {
        Self { kind, message: message.into(), hint, profile: None, app: None, source: None, told: None }
    }

    /// The error `id` of the catalogue. Use [`fail!`](crate::fail), whose ids and values a test compares with it.
    pub fn told(kind: Kind, id: &'static str, values: Vec<(&'static str, String)>) -> Self {
        let told = Told { id, values };
        Self { told: Some(Box::new(told.clone())), ..Self::new(kind, told.message(), told.words(".hint")) }
    }

    /// Adds what lies below.
    #[must_use]
    pub fn because(mut self, source: impl Into<anyhow::Error>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Replaces the hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.told = None;
        self.hint = Some(hint.into());
        self
    }

    /// Names the profile it concerns, unless one is named already; the hint calls it `PROFILE` until then.
    #[must_use]
    pub fn profile(mut self, name: &str) -> Self {
        let name = self.profile.get_or_insert_with(|| name.to_owned());
        self.hint = self.hint.map(|hint| hint.replace(" PROFILE", &format!(" {name}")));
        self
    }

    /// Names the app it may be about: the hint calls it `APP` until then.
    #[must_use]
    pub fn app(mut self, name: &str) -> Self {
        if let Some(hint) = self.hint.as_mut().filter(|hint| hint.contains(" APP")) {
            *hint = hint.replace(" APP", &format!(" {name}"));
            self.app = Some(name.to_owned());
        }
        self
    }

    /// What a script sees of it in a row.
    pub fn document(&self) -> serde_json::Value {
        serde_json::json!({
            "kind": self.kind,
            "message": self.message,
            "causes": self.causes(),
            "hint": self.hint,
        })
    }

    /// Of two errors of one command: the one it ends with, and the other. The higher exit code wins,
    /// then whoever came first.
    pub fn worse(self, later: Self) -> (Self, Self) {
        match later.kind.exit_code() > self.kind.exit_code() {
            true => (later, self),
            false => (self, later),
        }
    }

    /// The causes below, outermost first, for the `caused by:` lines.
    pub fn causes(&self) -> Vec<String> {
        self.source.iter().flat_map(anyhow::Error::chain).map(ToString::to_string).collect()
    }
}

impl fmt::Display for Error {
    /// The message; where another language is spoken meanwhile, in that one as far as it is known how.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.told {
            Some(told) if messages::is_aside() => f.write_str(&told.message()),
            _ => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

/// An error from the catalogue: `fail!(NotFound, "profile-missing", name = name)`.
///
/// The hint is the message's `.hint` attribute, where it has one.
#[macro_export]
macro_rules! fail {
    ($kind:ident, $id:literal $(, $key:ident = $value:expr)* $(,)?) => {
        $crate::error::Error::told(
            $crate::error::Kind::$kind,
            $id,
            vec![$((stringify!($key), $value.to_string())),*],
        )
    };
}
