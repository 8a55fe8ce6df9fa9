//! One command at a time per shop: on this machine by a lock, over all machines by a lease.

use std::sync::Arc;
use std::time::{Duration, Instant};

use uuid::Uuid;

use super::{gone, is_shared, settle, take_over};
use crate::config::Home;
use crate::error::Result;
use crate::lock::{self, Lock};
use crate::model::StoreKind;
use crate::vault::{Entries, Taken, pause};
use crate::{fail, records};

/// After this much waiting a person wants to know why.
const WORTH_TELLING: Duration = Duration::from_secs(2);

/// A shop that is this command's to change. Dropping it lets others.
#[must_use = "a hold that is dropped protects nothing"]
pub struct Hold {
    // The order matters: another process of this machine is to find the lease free.
    _lease: Option<HeldLease>,
    _lock: Lock,
}

struct HeldLease {
    entries: Arc<Entries>,
    uuid: Uuid,
}

impl Drop for HeldLease {
    fn drop(&mut self) {
        self.entries.release(self.uuid);
    }
}

/// Takes a shop, and brings its copy up to date. `waited` is called once, after two seconds of waiting. The
/// error at the deadline has kind `temporary`.
pub fn hold(home: &Home, uuid: Uuid, deadline: Instant, waited: &mut dyn FnMut()) -> Result<Hold> {
    let hold = hold_unless(home, uuid, deadline, waited, &mut || Ok(false))?;
    Ok(hold.expect("nothing but `done` ends the waiting without a hold"))
}

/// Like [`hold`], but asks `done` after each try that failed: `None` as soon as it says that another process
/// or machine has finished the work.
pub fn hold_unless(
    home: &Home,
    uuid: Uuid,
    deadline: Instant,
    waited: &mut dyn FnMut(),
    done: &mut dyn FnMut() -> Result<bool>,
) -> Result<Option<Hold>> {
    let path = records::lock_file(home, uuid);
    let Some(lock) = lock::acquire_unless(&path, deadline, waited, done)? else { return Ok(None) };
    let shared = is_shared(home, uuid)?;
    if !shared && home.store_kind(None) != StoreKind::Vault {
        return Ok(Some(Hold { _lease: None, _lock: lock }));
    }
    let entries = home.entries()?;
    let began = Instant::now();
    let mut waited = Some(waited);
    for round in 0.. {
        match entries.take(uuid)? {
            Taken::Absent if shared => {
                settle();
                return Err(gone(home, &entries, uuid)?);
            }
            Taken::Absent => return Ok(Some(Hold { _lease: None, _lock: lock })),
            Taken::Ours(entry) => {
                let lease = HeldLease { entries: Arc::clone(&entries), uuid };
                take_over(home, &entries, uuid, &entry)?;
                return Ok(Some(Hold { _lease: Some(lease), _lock: lock }));
            }
            Taken::Theirs(entry) => take_over(home, &entries, uuid, &entry)?,
        }
        if done()? {
            return Ok(None);
        }
        if Instant::now() >= deadline {
            return Err(fail!(Temporary, "vault-lease-held"));
        }
        if began.elapsed() >= WORTH_TELLING
            && let Some(waited) = waited.take()
        {
            waited();
        }
        pause(round);
    }
    unreachable!("the loop has no end")
}

/// Whether a request that may take `longest` can be sent before another machine may take the shop.
pub fn may_send(home: &Home, uuid: Uuid, longest: Duration) -> bool {
    home.opened_entries().is_none_or(|entries| entries.may_send(uuid, longest))
}
