//! Content hashes: short names for "these very bytes".
//!
//! FNV-1a, because the service worker computes the same with six lines of script. It tells an old
//! file from a new one; it protects from nobody.

use serde::Serialize;

/// 32 bits, as the service worker computes them.
pub(crate) fn short(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |h, b| (h ^ u32::from(*b)).wrapping_mul(0x0100_0193))
}

/// What tells one version of a file from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Print(usize, u32);

impl Print {
    pub(crate) fn new(bytes: &[u8]) -> Self {
        Self(bytes.len(), short(bytes))
    }
}

/// A version's name: 64 bits of all paths and prints, in order, as hexadecimal digits.
pub(crate) fn version<'a>(files: impl IntoIterator<Item = (&'a str, Print)>) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut feed = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    };
    for (path, Print(length, print)) in files {
        feed(path.as_bytes());
        feed(&(length as u64).to_le_bytes());
        feed(&print.to_le_bytes());
    }
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    // The published test vectors of FNV-1a: the script relies on the very same function.
    #[test]
    fn fnv_1a() {
        assert_eq!(short(b""), 0x811c_9dc5);
        assert_eq!(short(b"foobar"), 0xbf9c_f968);
    }

    #[test]
    fn a_version_depends_on_every_path_and_byte() {
        let of = |path, bytes: &[u8]| version([(path, Print::new(bytes))]);
        let all = [of("a", b"b"), of("ab", b""), of("b", b"b"), of("a", b"c"), of("a", b"b\0")];
        assert!((1..all.len()).all(|i| !all[..i].contains(&all[i])));
    }
}
