//! The same function over many items on several threads; the results come back in order.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// `items.iter().map(f).collect()`, on `threads` threads (one per core when `None`).
pub(crate) fn map<'t, T, R, F>(items: &'t [T], threads: Option<NonZeroUsize>, f: F) -> Vec<R>
where
    T: Sync,
    R: Send,
    F: Fn(&'t T) -> R + Sync,
{
    let threads = threads.or_else(|| thread::available_parallelism().ok()).map_or(1, usize::from);
    if threads <= 1 || items.len() < 2 {
        return items.iter().map(f).collect();
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            match items.get(at) {
                Some(item) => done.push((at, f(item))),
                None => return done,
            }
        }
    };
    let mut all = thread::scope(|scope| {
        let spawned: Vec<_> = (1..threads.min(items.len())).map(|_| scope.spawn(work)).collect();
        let mut all = work();
        for thread in spawned {
            match thread.join() {
                Ok(done) => all.extend(done),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    });
    all.sort_unstable_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Whoever finishes first, the order is the input's.
    #[test]
    fn order_is_kept() {
        let items: Vec<u32> = (0..1000).collect();
        for threads in [1, 2, 7] {
            let doubled = map(&items, NonZeroUsize::new(threads), |n| n * 2);
            assert!(doubled.iter().zip(&items).all(|(d, n)| *d == n * 2));
        }
    }
}
