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
    fn is_large(size: usize) -> bool {
        size >= LARGE
    }

    /// A piece that moves to the other allocator. As for [`GlobalAlloc::realloc`], the size fits the
    /// alignment.
    #[allow(unsafe_code)]
    unsafe fn copied(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        unsafe {
            let new = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            if !new.is_null() {
                new.copy_from_nonoverlapping(pointer, layout.size().min(size));
                self.dealloc(pointer, layout);
            }
            new
        }
    }
}

// SAFETY: each piece goes back to whom it came from, since a piece is freed with the layout it was
// allocated with; both allocators keep the rules. What grows or shrinks across the border is copied.
#[allow(unsafe_code)]
unsafe impl GlobalAlloc for Allocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        match Self::is_large(layout.size()) {
            true => unsafe { System.alloc(layout) },
            false => unsafe { GlobalDlmalloc.alloc(layout) },
        }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        match Self::is_large(layout.size()) {
            true => unsafe { System.alloc_zeroed(layout) },
            false => unsafe { GlobalDlmalloc.alloc_zeroed(layout) },
        }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        match (Self::is_large(layout.size()), Self::is_large(size)) {
            (true, true) => unsafe { System.realloc(pointer, layout, size) },
            (false, false) => unsafe { GlobalDlmalloc.realloc(pointer, layout, size) },
            _ => unsafe { self.copied(pointer, layout, size) },
        }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        match Self::is_large(layout.size()) {
            true => unsafe { System.dealloc(pointer, layout) },
            false => unsafe { GlobalDlmalloc.dealloc(pointer, layout) },
        }
    }
}
