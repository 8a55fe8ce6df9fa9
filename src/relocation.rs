//! Secrets on their way from one store to another. Should this process end on the way, one of the two
//! holds a copy that nothing names: a mark says so, and whoever deals with its owner next removes it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::config::Home;
use crate::error::Result;
use crate::ledger;
use crate::records::{About, Records};
use crate::store::StoreKind;

/// That secrets were sent on their way.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mark {
    /// The profile's or app's.
    uuid: Uuid,
    /// The one in force then.
    generation: u64,
    /// Where they were, and where they go.
    stores: [StoreKind; 2],
}

impl About for Mark {
    fn about(&self) -> Uuid {
        self.uuid
    }
}

fn marks(home: &Home) -> Records<'_, Mark> {
    Records::in_folder(home, "relocations")
}

/// Marks that the secret of `uuid` goes from one store to another, before anything is written there.
pub fn begin(home: &Home, uuid: Uuid, generation: u64, stores: [StoreKind; 2]) -> Result<()> {
    marks(home).put(&Mark { uuid, generation, stores })
}

/// Removes what is left of `uuid` beside the store in force. Its lock is held, or nobody else has it.
///
/// Kind `store` where the other store cannot be reached: the mark then stays.
pub fn finish(home: &Home, uuid: Uuid, in_force: StoreKind) -> Result<()> {
    let marks = marks(home);
    let Some(mark) = marks.get(uuid)? else { return Ok(()) };
    for store in mark.stores.into_iter().filter(|store| *store != in_force) {
        ledger::clear(home, store, uuid, mark.generation)?;
    }
    marks.remove(uuid).map(|_| ())
}
