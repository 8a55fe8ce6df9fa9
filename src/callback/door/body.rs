//! Requests with a body. What is left of one `tiny_http` reads when the request goes, at once into
//! a buffer as large as the client claimed: a claim of terabytes would abort the process. A page
//! can make such claims: a `Blob` of blobs costs it nothing.

use std::hint::black_box;
use std::io::{self, Write};
use std::mem::ManuallyDrop;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use tiny_http::Request;

use super::{Answer, Page};
use crate::messages::{self, Language};

/// Bodies up to here `tiny_http` has read before it hands out the request.
const BUFFERED: usize = 1024;
/// How often a claim that has to wait for others is looked at again.
const PAUSE: Duration = Duration::from_millis(100);

/// The answer to all of them, in each language. Each thread that speaks reads the catalogue of messages first,
/// which takes a millisecond: too long for a thread a request.
static REFUSALS: [LazyLock<Vec<u8>>; Language::TABLE.len()] = [
    LazyLock::new(|| refusal(Language::English)),
    LazyLock::new(|| refusal(Language::German)),
    LazyLock::new(|| refusal(Language::Polish)),
    LazyLock::new(|| refusal(Language::French)),
];

fn refusal(language: Language) -> Vec<u8> {
    Answer::page(405, &Page::Refused, language).bytes()
}

/// Whether `tiny_http` would read from the client when this request is answered or dropped.
pub fn is_unread(request: &Request) -> bool {
    let length = request.body_length().unwrap_or(0);
    let expects = header(request, "Expect").is_some();
    let chunked = header(request, "Transfer-Encoding").is_some();
    // Such a connection is handed over as it is.
    let upgrade = |value: &str| value.to_ascii_lowercase().contains("upgrade");
    !header(request, "Connection").is_some_and(upgrade)
        && (chunked || length > BUFFERED || (length > 0 && expects))
}

/// The first header of this name: `tiny_http` looks no further.
fn header<'a>(request: &'a Request, name: &'static str) -> Option<&'a str> {
    let mut headers = request.headers().iter();
    headers.find(|header| header.field.equiv(name)).map(|header| header.value.as_str())
}

/// Throws the body away and refuses the request: on a thread of its own, which ends with the body
/// or the connection. What claims more than there is room for stays open and unanswered
/// until this process ends.
pub fn discard(request: Request) {
    // If no thread can be had, it must not be dropped here.
    let request = ManuallyDrop::new(request);
    let refuse = move || {
        // A chunked body, whose length nobody knows, needs no buffer when it is dropped.
        let length = request.body_length().unwrap_or(0);
        if let Some(claim) = Claim::wait(length) {
            refuse(ManuallyDrop::into_inner(request), claim);
        }
    };
    let _ = thread::Builder::new().name("callback discard".into()).spawn(refuse);
}

fn refuse(mut request: Request, claim: Claim) {
    // When the connection ends early, the buffer comes and goes within a read, or right after it.
    let _ = io::copy(request.as_reader(), &mut io::sink());
    let wish = header(&request, "Accept-Language").and_then(Language::of_header);
    let refusal = &REFUSALS[wish.unwrap_or_else(messages::spoken) as usize];
    let mut stream = request.into_writer();
    drop(claim);
    let _ = stream.write_all(refusal).and_then(|()| stream.flush());
}

/// What the bodies that are being thrown away claim, in bytes.
static CLAIMED: Mutex<usize> = Mutex::new(0);

/// What they may claim together: a quarter of what could be had, for the process would not survive a
/// buffer that cannot be had, and others take theirs. Looked up once: looking takes it for a moment.
static ROOM: LazyLock<usize> = LazyLock::new(|| {
    let mut sizes = (0..usize::BITS - 1).rev().map(|bits| 1 << bits);
    sizes.find(|size| is_available(*size)).unwrap_or(0) / 4
});

/// Room for one of them, until dropped. There is room for all of them together, for all their
/// connections may end at the same moment.
struct Claim(usize);

impl Claim {
    /// Waits until there is room beside the others. `None` when there is none even without them.
    fn wait(length: usize) -> Option<Claim> {
        if length > *ROOM {
            return None;
        }
        loop {
            let mut claimed = CLAIMED.lock().unwrap_or_else(PoisonError::into_inner);
            if length <= *ROOM - *claimed {
                *claimed += length;
                return Some(Claim(length));
            }
            drop(claimed);
            thread::sleep(PAUSE);
        }
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        *CLAIMED.lock().unwrap_or_else(PoisonError::into_inner) -= self.0;
    }
}

/// Whether a buffer of so many bytes could be had now. It is never touched, so it costs nothing.
fn is_available(bytes: usize) -> bool {
    let mut buffer = Vec::<u8>::new();
    let reserved = buffer.try_reserve_exact(bytes);
    // An allocation that nobody looks at may be left out by the compiler, as if it had worked.
    black_box(&mut buffer);
    reserved.is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_claim_is_larger_than_what_could_be_had() {
        assert!(*ROOM >= 1 << 25, "a page's body of 17 MiB is read: {}", *ROOM);
        assert!(is_available(*ROOM * 4) && !is_available(usize::MAX));
        for none in [*ROOM + 1, isize::MAX.unsigned_abs(), usize::MAX] {
            assert!(Claim::wait(none).is_none());
        }
        let claim = Claim::wait(1 << 20).unwrap();
        assert!(*CLAIMED.lock().unwrap() >= 1 << 20);
        drop(claim);
    }
}
