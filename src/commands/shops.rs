//! Which shops a command is about: those named, or all of them.

use std::collections::BTreeMap;

use super::Context;
use crate::connection::Connection;
use crate::error::Result;
use crate::profiles;

/// The shops of a command that must be told which.
#[derive(Debug, clap::Args)]
#[group(id = "shops", required = true, multiple = false)]
pub struct Shops {
    /// The shops
    #[arg(value_name = "PROFILE")]
    profiles: Vec<String>,
    /// Every shop, and every app
    #[arg(long)]
    pub all: bool,
}

impl Shops {
    /// Loads them; one that cannot be loaded is an error.
    pub fn load(&self, context: &Context) -> Result<Vec<Connection>> {
        if self.all {
            return Connection::all(&context.home)?.into_iter().map(|(_, loaded)| loaded).collect();
        }
        let mut named = BTreeMap::new();
        for given in &self.profiles {
            let (name, profile) = profiles::resolve(&context.home, given)?;
            let connection = Connection::load(&context.home, &name, profile)?;
            named.insert(name, connection);
        }
        Ok(named.into_values().collect())
    }
}
