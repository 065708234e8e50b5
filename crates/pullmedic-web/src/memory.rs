//! The module's memory: blocks of powers of two, kept by size when they are given back.
//!
//! Readers wait for every byte of the module, and a general allocator is more of them than this. Putting neighbours
//! together would gain little here: between two calls a table and an answer live, the rest is given back, and the next
//! call asks for the same sizes. A block may be nearly twice as large as what was asked for.
#![expect(unsafe_code, reason = "an allocator hands out raw memory")]

use core::alloc::{GlobalAlloc, Layout};
use core::arch::wasm32::memory_grow;
use core::cell::UnsafeCell;
use core::ptr::{null_mut, with_exposed_provenance_mut};

/// The smallest block: room for a link to the next, and the strictest alignment that anything here has.
const LEAST: usize = 16;
/// Memory grows by so many bytes.
const PAGE: usize = 1 << 16;

pub(crate) struct BySize(UnsafeCell<Blocks>);

struct Blocks {
    /// Of each power of two, the first block that was given back; it begins with the link to the next.
    free: [*mut u8; usize::BITS as usize],
    /// What was never given out.
    next: usize,
    end: usize,
}

// SAFETY: the module has one thread.
unsafe impl Sync for BySize {}

impl BySize {
    pub(crate) const fn new() -> Self {
        let free = [null_mut(); usize::BITS as usize];
        BySize(UnsafeCell::new(Blocks { free, next: 0, end: 0 }))
    }
}

/// The power of two that a block for this is.
fn class(layout: Layout) -> usize {
    (layout.size().max(LEAST) - 1).ilog2() as usize + 1
}

impl Blocks {
    /// A block that nobody had before; null when there is no more memory.
    fn fresh(&mut self, size: usize) -> *mut u8 {
        if self.end - self.next < size {
            let pages = size.div_ceil(PAGE);
            let at = memory_grow(0, pages);
            if at == usize::MAX {
                return null_mut();
            }
            // Pages follow each other, save for the first.
            if self.end != at * PAGE {
                self.next = at * PAGE;
            }
            self.end = (at + pages) * PAGE;
        }
        self.next += size;
        with_exposed_provenance_mut(self.next - size)
    }
}

// SAFETY: a block is given out once until it comes back, is as large as its power of two says, which only the layout
// decides, and begins at a multiple of `LEAST`, because all sizes are; stricter alignments get none.
unsafe impl GlobalAlloc for BySize {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: nobody else holds a reference: nothing that is called from here allocates.
        let blocks = unsafe { &mut *self.0.get() };
        let class = class(layout);
        let first = blocks.free[class];
        if layout.align() > LEAST {
            null_mut()
        } else if first.is_null() {
            blocks.fresh(1 << class)
        } else {
            // SAFETY: `dealloc` wrote a link there.
            blocks.free[class] = unsafe { first.cast::<*mut u8>().read() };
            first
        }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: as above; the block is ours again, and has room for a link.
        let blocks = unsafe { &mut *self.0.get() };
        let first = &mut blocks.free[class(layout)];
        unsafe { block.cast::<*mut u8>().write(*first) };
        *first = block;
    }
}
