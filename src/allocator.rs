//! The static program's memory: small things from `dlmalloc`, large buffers from musl.
//!
//! musl's own allocator maps and unmaps memory for nearly every list that grows, which is half of
//! the time that a token at hand takes. `dlmalloc` does not, but writes zeros into large buffers that
//! the system would give as untouched zeros: a broken-off request that announces a gigabyte would
//! cost that gigabyte.

use std::alloc::{GlobalAlloc, Layout, System};

use dlmalloc::GlobalDlmalloc;

/// From here on musl gives each buffer a mapping of its own.
const LARGE: usize = 128 * 1024;

#[global_allocator]
static ALLOCATOR: Allocator = Allocator;

struct Allocator;

impl Allocator {
    fn is_large(layout: Layout) -> bool {
        layout.size() >= LARGE
    }
}

// SAFETY: each piece goes back to whom it came from, since a piece is freed with the layout it was
// allocated with; both allocators keep the rules. Growing across the border is the trait's own
// `realloc`: allocate, copy, free.
#[allow(unsafe_code)]
unsafe impl GlobalAlloc for Allocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        match Self::is_large(layout) {
            true => unsafe { System.alloc(layout) },
            false => unsafe { GlobalDlmalloc.alloc(layout) },
        }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        match Self::is_large(layout) {
            true => unsafe { System.alloc_zeroed(layout) },
            false => unsafe { GlobalDlmalloc.alloc_zeroed(layout) },
        }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        match Self::is_large(layout) {
            true => unsafe { System.dealloc(pointer, layout) },
            false => unsafe { GlobalDlmalloc.dealloc(pointer, layout) },
        }
    }
}
