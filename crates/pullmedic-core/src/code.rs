//! The registry of diagnostic codes.
//!
//! A code is stable: people filter on it, link to its heading in `DIAGNOSTICS.md` and search for
//! it. A retired code is never given a new meaning. A test proves that every code raised by this
//! crate has a heading, a failing example under `tests/faults/` and an emitter.

use std::fmt;

/// How bad a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// The knowledge base can't be used.
    Error,
    /// Worth a look.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// Which crate raises a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Stage {
    /// Reading and checking the YAML: this crate.
    Check,
    /// Running the examples through the matcher: `pullmedic-pack`.
    Pack,
    /// Rendering the site: `pullmedic-site`.
    Site,
}

macro_rules! codes {
    ($($stage:ident:
        $( #[doc = $doc:literal] $variant:ident $name:literal $title:literal; )+
    )+) => {
        /// Which rule a diagnostic is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code { $($( #[doc = $doc] $variant, )+)+ }

        impl Code {
            /// All codes, in the order of `DIAGNOSTICS.md`.
            pub const ALL: &'static [Code] = &[$($( Code::$variant, )+)+];

            /// The kebab-case name: `unknown-word`.
            pub fn as_str(self) -> &'static str {
                match self { $($( Code::$variant => $name, )+)+ }
            }

            /// A few words, like a heading.
            pub fn title(self) -> &'static str {
                match self { $($( Code::$variant => $title, )+)+ }
            }

            /// One sentence.
            pub fn description(self) -> &'static str {
                match self { $($( Code::$variant => $doc, )+)+ }.trim()
            }

            /// Which crate raises it.
            pub fn stage(self) -> Stage {
                match self { $($( Code::$variant => Stage::$stage, )+)+ }
            }
        }
    };
}

codes! {
    Check:
    /// The file has no place in the folders of a knowledge base.
    UnknownFile "unknown-file" "A file in the wrong place";
    /// A file that every knowledge base or provider needs isn't there.
    MissingFile "missing-file" "A file that is missing";
    /// The text isn't plain UTF-8: invalid bytes, a byte order mark, or control characters.
    Encoding "encoding" "Bytes that don't belong in text";
    /// A tab stands where YAML wants spaces.
    Tab "tab" "A tab";
    /// The file doesn't end with a line break.
    MissingNewline "missing-newline" "No line break at the end";
    /// The file is too big, too deep or has too many values to be an entry.
    TooLarge "too-large" "More than an entry can hold";
    /// The file isn't valid YAML.
    Syntax "syntax" "Not YAML";
    /// A feature of YAML that entries don't use: anchors, aliases, tags, several documents …
    YamlFeature "yaml-feature" "A YAML feature that entries don't use";
    /// A key stands twice in the same mapping.
    DuplicateKey "duplicate-key" "The same key twice";
    /// A plain value is followed by ` #`, which cuts it off.
    CutText "cut-text" "A text cut off by ` #`";
    /// The two YAML parsers that read every file understand it differently.
    ReadingsDiffer "readings-differ" "YAML that can be read in two ways";
    /// The key isn't part of the schema at this place.
    UnknownKey "unknown-key" "An unknown key";
    /// A required key isn't there.
    MissingKey "missing-key" "A required key that is missing";
    /// The value has another shape than the schema wants: a list, a text, a mapping …
    WrongType "wrong-type" "A value of the wrong type";
    /// A value is empty or null.
    Empty "empty" "An empty value";
    /// Two keys contradict each other, or one of several is needed.
    KeyConflict "key-conflict" "Keys that don't go together";
    /// An id or a file name isn't in kebab-case.
    BadId "bad-id" "An id that isn't kebab-case";
    /// The same id, name or text is defined twice.
    Duplicate "duplicate" "Defined twice";
    /// A reference leads nowhere.
    UnknownReference "unknown-reference" "A reference to nothing";
    /// Nothing refers to a shared cause, resolution, problem or source.
    Unused "unused" "Nobody refers to it";
    /// The word isn't in the vocabulary.
    UnknownWord "unknown-word" "A word that isn't in the vocabulary";
    /// A shared text uses a `{{term}}` that the provider doesn't define.
    UnknownTerm "unknown-term" "A term that a provider doesn't define";
    /// The name between `<` and `>` isn't a placeholder of the vocabulary.
    UnknownPlaceholder "unknown-placeholder" "An unknown placeholder";
    /// A message or sign can't be matched reliably.
    Template "template" "A message that can't be matched";
    /// A command can't be pasted as it stands.
    Command "command" "A command that can't be pasted";
    /// A text contains HTML.
    RawHtml "raw-html" "HTML in a text";
    /// A link goes to a place that isn't allowed.
    Link "link" "A link to nowhere";
    /// A title is too long, ends with a full stop, or contains a link.
    Title "title" "A title that isn't one";
    /// A code contains white space.
    BadCode "bad-code" "A code that isn't one word";
    /// The date isn't a real day written as `YYYY-MM-DD`.
    Date "date" "A date that isn't one";
    /// The URL isn't an absolute `https` URL.
    Url "url" "A URL that isn't one";
    /// The host pattern can't be matched.
    Host "host" "A host pattern that can't be matched";
    /// A problem lacks an example that it must be found in, or a near miss.
    MissingExample "missing-example" "An example that is missing";
    /// What an example's `finds` asks for can't be.
    BadExpectation "bad-expectation" "An example that asks for the impossible";
    /// A reference table's rows, columns and key don't fit together.
    Table "table" "A table that doesn't add up";

    Pack:
    /// An example isn't found by the problem it belongs to.
    ExampleNotFound "example-not-found" "An example that isn't found";
    /// A near miss is found by the problem it must not be found by.
    NearMissFound "near-miss-found" "A near miss that is found";
    /// An example is found with another confidence than it says.
    ExampleWrongConfidence "example-wrong-confidence" "An example with another confidence";
    /// An example is found, but another cause ranks first.
    ExampleWrongCause "example-wrong-cause" "An example with another cause";
    /// An example is found, but captures another value.
    ExampleWrongCapture "example-wrong-capture" "An example with another capture";
    /// No example is matched by this symptom.
    SymptomNeverMatched "symptom-never-matched" "A symptom without an example";

    Site:
    /// A link leads to a page that the site doesn't have.
    BrokenLink "broken-link" "A link to a page that doesn't exist";
    /// A link leads to a place that its page doesn't have.
    BrokenAnchor "broken-anchor" "A link to an anchor that doesn't exist";
    /// Markdown that doesn't render as meant.
    Markdown "markdown" "Markdown that doesn't render as meant";
}

impl Code {
    /// How bad a fault with this code is.
    pub fn severity(self) -> Severity {
        Severity::Error
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_kebab_case_and_unique() {
        let names: BTreeSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        for name in names {
            assert!(
                name.split('-').all(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase()))
            );
        }
    }
}
