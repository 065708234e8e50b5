//! Inputs built to hurt: whatever in a matcher looks back, looks ahead or starts again, these make it do so all the time.

/// A name and what is repeated, up to any size.
pub const UNITS: [(&str, &str); 14] = [
    (
        "one line of a message's first words",
        "failed to fetch anonymous token: unexpected status from GET ",
    ),
    ("one line, a message again and again", "unauthorized: authentication required, visit "),
    ("one line of alarming words", "denied unauthorized error forbidden "),
    ("one line of hosts", "https://contoso.azurecr.io/v2/shop/web/manifests/1.4 "),
    (
        "one line of values only",
        "203.0.113.7/shop/web@sha256:0a1b2c3d:11111111-2222-3333-4444-555555555555",
    ),
    ("one line without a space", "unauthorized:authentication:required:"),
    (
        "one line of JSON line ends",
        "failed to pull image: unauthorized: authentication required\\n",
    ),
    (
        "one line of JSON in JSON",
        "{\\\"a\\\":\\\"{\\\\\\\"b\\\\\\\":\\\\\\\"\\\\\\\\\\\\\\\"denied",
    ),
    ("only backslashes", "\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\"),
    ("only percent signs", "%25%2525%252525"),
    ("only entities", "&amp;amp;amp;amp;quot;"),
    ("only masked values", "<redacted>***[secret:x]${A}$(b)"),
    ("lines of 80 columns, full", EIGHTY),
    (
        "a message and a host per line",
        "contoso.azurecr.io: unauthorized: authentication required\n",
    ),
];

/// 80 columns without a space at the end, and a line's end.
const EIGHTY: &str =
    "unauthorized: authentication required, denied: requested access to the resource \n";

/// The unit again and again, so many bytes.
pub fn repeated(unit: &str, size: usize) -> String {
    let mut text = unit.repeat(size.div_ceil(unit.len()));
    text.truncate(size);
    text
}
