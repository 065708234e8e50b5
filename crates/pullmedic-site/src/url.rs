//! Where every page lives, and how one page refers to another.
//!
//! A page's address is a path below the site's root that ends in `/` (`azure/login-forbidden/`); the root itself is the
//! empty path. References are relative, so the site works below any base path and from a disk.

/// The way from the page at `address` up to the root: `""`, `"../"`, `"../../"` …
pub(crate) fn root_of(address: &str) -> String {
    "../".repeat(address.matches('/').count())
}

/// The file that a server shows at `address`.
pub(crate) fn file_of(address: &str) -> String {
    format!("{address}index.html")
}

pub(crate) fn problem(id: &str) -> String {
    format!("{id}/")
}

pub(crate) fn provider(id: &str) -> String {
    format!("{id}/")
}

pub(crate) fn code(slug: &str) -> String {
    format!("codes/{slug}/")
}

pub(crate) fn client(id: &str) -> String {
    format!("clients/{id}/")
}

pub(crate) fn operation(id: &str) -> String {
    format!("operations/{id}/")
}

pub(crate) fn table(id: &str) -> String {
    format!("reference/{id}/")
}

/// A code as a folder's name: codes are words, so this changes only what a file system or a URL would stumble over.
pub(crate) fn code_slug(code: &str) -> String {
    let ok = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let slug: String = code.chars().map(|c| if ok(c) { c } else { '-' }).collect();
    // `.` and `..` are folders of their own.
    if slug.trim_matches('.').is_empty() { format!("code-{}", slug.len()) } else { slug }
}

/// Whether a file's name ends in `.extension`.
pub(crate) fn has_extension(path: &str, extension: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, found)| found == extension)
}

/// Percent-encodes what may not stand in a path or query; `/` stays.
pub(crate) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            const HEX: &[u8; 16] = b"0123456789ABCDEF";
            let digit = |nibble: u8| char::from(HEX[usize::from(nibble)]);
            out.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_depth_finds_its_root() {
        assert_eq!(root_of(""), "");
        assert_eq!(root_of("azure/"), "../");
        assert_eq!(root_of("azure/login-forbidden/"), "../../");
    }

    #[test]
    fn codes_become_folders() {
        assert_eq!(code_slug("CRG0014E"), "CRG0014E");
        assert_eq!(code_slug("BXNIM0415E: x/y"), "BXNIM0415E--x-y");
        assert_eq!(code_slug(".."), "code-2");
    }
}
