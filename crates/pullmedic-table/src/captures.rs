//! Captured values: what placeholders hold in a reader's log.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use crate::bytes::partition;
use crate::mask::hides;

/// What placeholders hold, by the placeholders' ids. What holds a secret is left out.
#[derive(Debug, Clone, Default)]
pub struct Captures<'a> {
    values: Vec<(&'a str, String)>,
}

impl<'a> Captures<'a> {
    /// Values from elsewhere, such as a command line's `name=value`; a later one replaces an earlier.
    pub fn from_pairs(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut captures = Captures::default();
        pairs.into_iter().for_each(|(id, value)| captures.set(id, value));
        captures
    }

    /// The value of a placeholder.
    pub fn get(&self, id: &str) -> Option<&str> {
        self.values.iter().find(|(name, _)| *name == id).map(|(_, value)| value.as_str())
    }

    /// Ids and values, sorted by id.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&'a str, &str)> + Clone {
        self.values.iter().map(|(name, value)| (*name, value.as_str()))
    }

    /// Whether nothing was captured.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Sets a value, over one that was there.
    pub fn set(&mut self, id: &'a str, value: &str) {
        let at = partition(self.values.len(), &|at| self.values[at].0 < id);
        match self.values.get_mut(at) {
            Some((name, before)) if *name == id => value.clone_into(before),
            _ => self.values.insert(at, (id, value.to_owned())),
        }
    }

    /// Sets a value that isn't there yet, unless there is a secret in it.
    pub(crate) fn offer(&mut self, id: &'a str, value: &str) {
        if !value.is_empty() && self.get(id).is_none() && !hides(value.as_bytes(), 0) {
            self.set(id, value);
        }
    }
}
