//! The table: for the engine in the page, and for programs.

use pullmedic_core::Kb;
use pullmedic_pack::{Layers, Packed};

use super::{File, json, script};

/// `/table.json` for programs; `/data/table.bin` for searching, and the same as a script for pages on a disk; for the
/// first answer, which shouldn't wait for all of that, `/data/front.bin` and the rest of the core, `/data/core.bin`, and
/// `/data/shard-<N>.bin`.
pub(crate) fn files(kb: &Kb, packed: &Packed) -> Vec<File> {
    let mut divided = packed.divide(kb);
    let core = divided.core.split_off(divided.front);
    let shards = divided.shards.into_iter().enumerate();
    let shards = shards.map(|(number, shard)| (format!("data/shard-{number}.bin"), shard));
    let named = [("front", divided.core), ("core", core)];
    let named = named.map(|(name, part)| (format!("data/{name}.bin"), part));
    whole(packed).into_iter().chain(shards).chain(named).collect()
}

fn whole(packed: &Packed) -> Vec<File> {
    let bytes = packed.bytes(Layers::Search);
    let encoded = base64(&bytes);
    vec![
        ("table.json".to_owned(), packed.json().into_bytes()),
        ("data/table.js".to_owned(), script("pullmedic.table", &[&json(&encoded)])),
        ("data/table.bin".to_owned(), bytes),
    ]
}

/// Base64 with padding, as the browser's `atob` reads it.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group =
            chunk.iter().fold(0u32, |n, b| n << 8 | u32::from(*b)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let digit = DIGITS[(group >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::base64;

    // The test vectors of RFC 4648.
    #[test]
    fn base64_as_the_standard_has_it() {
        for (plain, encoded) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(plain.as_bytes()), encoded);
        }
    }
}
