//! How faults are reported: for people, for programs, for CI.

pub(crate) mod github;
pub(crate) mod json;
pub(crate) mod sarif;
pub(crate) mod text;
