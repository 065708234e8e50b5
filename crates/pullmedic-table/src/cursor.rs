//! Reading a record: variable-length numbers and the texts they measure.
//!
//! A [`Cursor`] never fails: past the end or over malformed bytes it reads zeros and empty texts. Tables from outside are
//! walked once by `from_bytes` with [`Cursor::is_spent`], so that what is accepted is also whole.

use crate::Table;
use crate::record::Raw;

/// The bits of a pattern's number: twice as much is a number too, however damaged the table is.
const PATTERNS: usize = 0x0fff_ffff;

/// A place in a record.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cursor<'a> {
    data: &'a [u8],
    strings: &'a str,
    /// The pattern named last.
    pattern: usize,
    failed: bool,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(data: &'a [u8], strings: &'a str) -> Self {
        Cursor { data, strings, pattern: 0, failed: false }
    }

    /// The next number.
    #[inline]
    pub(crate) fn num(&mut self) -> usize {
        let mut value = 0u32;
        let mut shift = 0;
        while let [byte, rest @ ..] = self.data {
            self.data = rest;
            value |= u32::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return value as usize;
            }
            shift += 7;
            if shift > 28 {
                break;
            }
        }
        self.failed = true;
        0
    }

    /// The next text.
    pub(crate) fn text(&mut self) -> &'a str {
        let len = self.num();
        self.take(len)
    }

    /// The next text, if there is one.
    pub(crate) fn opt(&mut self) -> Option<&'a str> {
        match self.num() {
            0 => None,
            n => Some(self.take(n - 1)),
        }
    }

    /// The text that stands behind all others.
    pub(crate) fn last_text(&mut self) -> &'a str {
        core::mem::take(&mut self.strings)
    }

    /// The pattern that is so many steps from the one named before.
    pub(crate) fn pattern(&mut self, steps: usize) -> usize {
        let distance = steps / 2;
        let pattern = if steps.is_multiple_of(2) {
            self.pattern.wrapping_add(distance)
        } else {
            self.pattern.wrapping_sub(distance + 1)
        };
        self.pattern = pattern & PATTERNS;
        self.pattern
    }

    /// What wasn't read yet, as it was written.
    pub(crate) fn raw(self) -> Raw<'a> {
        (self.data, self.strings)
    }

    /// The data not read yet, unless something read was at fault.
    pub(crate) fn rest(&self) -> Option<&'a [u8]> {
        (!self.failed).then_some(self.data)
    }

    fn take(&mut self, len: usize) -> &'a str {
        match self.strings.split_at_checked(len) {
            Some((head, tail)) => {
                self.strings = tail;
                head
            }
            None => {
                self.failed = true;
                ""
            }
        }
    }

    /// The next list: remembers where it begins and moves behind it.
    pub(crate) fn list<T>(&mut self, table: Table<'a>, read: ReadItem<'a, T>) -> List<'a, T> {
        let left = self.num().min(self.data.len());
        let list = List { table, cursor: *self, left, read };
        for _ in 0..left {
            read(table, self);
        }
        list
    }

    /// The next list, or an empty one without reading anything.
    pub(crate) fn list_if<T>(
        &mut self,
        is_there: bool,
        table: Table<'a>,
        read: ReadItem<'a, T>,
    ) -> List<'a, T> {
        if is_there { self.list(table, read) } else { List { table, cursor: *self, left: 0, read } }
    }

    /// Whether everything was read, and without a fault.
    pub(crate) fn is_spent(&self) -> bool {
        !self.failed && self.data.is_empty() && self.strings.is_empty()
    }
}

/// Reads one item of a list.
pub(crate) type ReadItem<'a, T> = fn(Table<'a>, &mut Cursor<'a>) -> T;

/// A list inside a table, read as it is walked.
pub struct List<'a, T> {
    table: Table<'a>,
    cursor: Cursor<'a>,
    left: usize,
    read: ReadItem<'a, T>,
}

impl<T> List<'_, T> {
    /// Whether nothing is left.
    pub fn is_empty(&self) -> bool {
        self.left == 0
    }
}

impl<T> Clone for List<'_, T> {
    fn clone(&self) -> Self {
        List { ..*self }
    }
}

impl<T> core::fmt::Debug for List<'_, T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("List").field("left", &self.left).finish_non_exhaustive()
    }
}

impl<T> Iterator for List<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.left = self.left.checked_sub(1)?;
        Some((self.read)(self.table, &mut self.cursor))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl<T> ExactSizeIterator for List<'_, T> {}

/// The records of a section, each as a view.
pub struct Views<'a, T> {
    table: Table<'a>,
    next: usize,
    end: usize,
    view: fn(Table<'a>, usize) -> T,
}

impl<'a, T> Views<'a, T> {
    pub(crate) fn new(table: Table<'a>, end: usize, view: fn(Table<'a>, usize) -> T) -> Self {
        Views { table, next: 0, end, view }
    }
}

impl<T> Clone for Views<'_, T> {
    fn clone(&self) -> Self {
        Views { ..*self }
    }
}

impl<T> core::fmt::Debug for Views<'_, T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Views").field("left", &self.len()).finish_non_exhaustive()
    }
}

impl<T> Iterator for Views<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        if self.next >= self.end {
            return None;
        }
        self.next += 1;
        Some((self.view)(self.table, self.next - 1))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.end - self.next, Some(self.end - self.next))
    }
}

impl<T> ExactSizeIterator for Views<'_, T> {}
