//! One thing that was found.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Kind};
use crate::store::StoreKind;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// As it should be.
    Ok,
    /// Good to know.
    Note,
    /// It works, but not for ever or not everywhere.
    Warning,
    /// A command fails over it, now or at its next try.
    Problem,
}

/// One sentence, how bad it is, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The check that found it: stable, for scripts.
    pub check: String,
    /// How bad it is.
    pub severity: Severity,
    /// What a command that fails over it would end with; only problems have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// The store it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store: Option<StoreKind>,
    /// What it is.
    pub message: String,
    /// What lies below, outermost first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<String>,
    /// What to do.
    pub hint: Option<String>,
    /// It is found where the scripts run, and not here.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub only_in_job: bool,
}

impl Finding {
    /// All is well.
    pub fn ok(check: &str, message: impl Into<String>) -> Self {
        Self::told(check, Severity::Ok, &Error::new(Kind::Internal, message, None))
    }

    /// Good to know.
    pub fn note(check: &str, message: impl Into<String>) -> Self {
        Self::told(check, Severity::Note, &Error::new(Kind::Internal, message, None))
    }

    /// What will be a problem elsewhere or later.
    #[allow(clippy::needless_pass_by_value)] // what becomes a finding is no error any more
    pub fn warning(check: &str, error: Error) -> Self {
        Self::told(check, Severity::Warning, &error)
    }

    /// What a command fails over.
    #[allow(clippy::needless_pass_by_value)] // what becomes a finding is no error any more
    pub fn problem(check: &str, error: Error) -> Self {
        Self::told(check, Severity::Problem, &error)
    }

    /// A finding from an error, whose kind counts only for a problem.
    pub fn told(check: &str, severity: Severity, error: &Error) -> Self {
        Self {
            check: check.to_owned(),
            severity,
            kind: (severity == Severity::Problem).then_some(error.kind),
            store: None,
            causes: error.causes(),
            message: error.message.clone(),
            hint: error.hint.clone(),
            only_in_job: false,
        }
    }

    /// Adds what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Names the store it is about.
    #[must_use]
    pub fn store(mut self, kind: StoreKind) -> Self {
        self.store = Some(kind);
        self
    }
}
