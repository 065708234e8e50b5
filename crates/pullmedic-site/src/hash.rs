//! Content hashes: short names for "these very bytes".
//!
//! FNV-1a, because the service worker computes the same with six lines of script. It tells an old
//! file from a new one; it protects from nobody.

/// 32 bits, as the service worker computes them.
pub(crate) fn short(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |h, b| (h ^ u32::from(*b)).wrapping_mul(0x0100_0193))
}

/// 64 bits of many files, in order, as hexadecimal digits.
pub(crate) fn version<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut feed = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        // Keeps "ab" + "c" apart from "a" + "bc".
        hash = (hash ^ 0x1ff).wrapping_mul(0x0000_0100_0000_01b3);
    };
    for (path, bytes) in files {
        feed(path.as_bytes());
        feed(bytes);
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
    fn borders_between_files_count() {
        assert_ne!(version([("ab", b"c".as_slice())]), version([("a", b"bc".as_slice())]));
    }
}
