//! Which file is what: the folders of a knowledge base, and each file parsed and put in its place.

use std::collections::BTreeMap;

use crate::code::Code;
use crate::fault::{Faults, Span};
use crate::sources::{FileFault, SourceFile, Sources};
use crate::yaml::{self, Node};

/// The folder of what every provider shares.
pub(crate) const SHARED: &str = "shared";

/// The kinds of file in a provider's folder and in the shared one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Provider,
    Registries,
    Logins,
    Problem,
    Cause,
    Resolution,
    Reference,
    Sources,
}

/// A parsed file.
#[derive(Debug)]
pub(crate) struct Item {
    /// The beginning of the file.
    pub(crate) span: Span,
    /// `None` when it couldn't be parsed.
    pub(crate) tree: Option<Node>,
}

/// Files by id, which is the file's name.
pub(crate) type Shelf = BTreeMap<String, Item>;

/// The files of one provider, or the shared ones.
#[derive(Debug, Default)]
pub(crate) struct Scope(BTreeMap<Kind, Shelf>);

impl Scope {
    /// The files of a kind, sorted by id.
    pub(crate) fn all(&self, kind: Kind) -> impl Iterator<Item = (&str, &Item)> {
        self.0.get(&kind).into_iter().flatten().map(|(id, item)| (id.as_str(), item))
    }

    /// The file with this id.
    pub(crate) fn get(&self, kind: Kind, id: &str) -> Option<&Item> {
        self.0.get(&kind)?.get(id)
    }

    /// The only file of a kind, if there is one and it could be parsed.
    pub(crate) fn tree(&self, kind: Kind) -> Option<&Node> {
        self.all(kind).next().and_then(|(_, item)| item.tree.as_ref())
    }
}

/// All files in their places.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    pub(crate) vocabulary: Option<Item>,
    pub(crate) example: Option<Item>,
    pub(crate) shared: Scope,
    pub(crate) providers: BTreeMap<String, Scope>,
}

/// Where a file belongs.
enum Place<'p> {
    Vocabulary,
    Example,
    In(&'p str, Kind, &'p str),
}

/// Parses every file and puts it in its place.
pub(crate) fn load(sources: &Sources, faults: &mut Faults<'_>) -> Layout {
    let mut layout = Layout::default();
    for (index, source) in sources.files().iter().enumerate() {
        let path = source.path().strip_prefix(sources.root()).unwrap_or(source.path());
        let path = path.trim_start_matches('/');
        if path != "README.md" {
            layout.add(path, source, index as u32, faults);
        }
    }
    layout.missing_files(faults);
    layout
}

impl Layout {
    fn add(&mut self, path: &str, source: &SourceFile, file: u32, faults: &mut Faults<'_>) {
        let span = Span::file(file);
        let readable = source.fault() != Some(FileFault::Unread);
        let Some(place) = place(path).filter(|_| readable) else {
            misplaced(path, span, faults);
            return;
        };
        if let Place::In(scope, _, id) = &place {
            names(scope, id, span, faults);
        }
        let tree = yaml::parse(source, file, faults);
        if let Some(twin) = self.insert(&place, Item { span, tree }) {
            faults
                .add(Code::Duplicate, span, "this file is given twice")
                .see(twin.span, "here, too");
        }
    }

    /// Puts a file in its place; what stood there comes back.
    fn insert(&mut self, place: &Place<'_>, item: Item) -> Option<Item> {
        match *place {
            Place::Vocabulary => self.vocabulary.replace(item),
            Place::Example => self.example.replace(item),
            Place::In(scope, kind, id) => {
                let scope = match scope {
                    SHARED => &mut self.shared,
                    provider => self.providers.entry(provider.to_owned()).or_default(),
                };
                scope.0.entry(kind).or_default().insert(id.to_owned(), item)
            }
        }
    }

    /// Could every file be parsed?
    pub(crate) fn complete(&self) -> bool {
        let scopes = self.providers.values().chain([&self.shared]);
        let items = scopes.flat_map(|scope| scope.0.values().flat_map(BTreeMap::values));
        items.chain(&self.example).all(|item| item.tree.is_some())
    }

    fn missing_files(&self, faults: &mut Faults<'_>) {
        if self.vocabulary.is_none() {
            faults
                .absent("vocabulary.yaml", "the vocabulary is missing")
                .help("it has the closed lists");
        }
        if self.providers.is_empty() {
            faults.absent("azure/provider.yaml", "there is no provider").help("each has a folder");
        }
        for (provider, scope) in &self.providers {
            if scope.all(Kind::Provider).next().is_none() {
                let path = format!("{provider}/provider.yaml");
                faults
                    .absent(&path, format!("`{provider}` has no provider.yaml"))
                    .help("it has the provider's name and its registries' hosts");
            }
        }
    }
}

/// What a path means.
fn place(path: &str) -> Option<Place<'_>> {
    let parts: Vec<_> = path.strip_suffix(".yaml")?.split('/').collect();
    Some(match parts[..] {
        ["vocabulary"] => Place::Vocabulary,
        ["EXAMPLE"] => Place::Example,
        [SHARED, "registries"] => Place::In(SHARED, Kind::Registries, "registries"),
        [SHARED, "reference", _] => return None,
        [scope, folder, id] => Place::In(scope, folder_kind(folder)?, id),
        [scope, "provider"] if scope != SHARED => Place::In(scope, Kind::Provider, "provider"),
        [scope, "logins"] if scope != SHARED => Place::In(scope, Kind::Logins, "logins"),
        _ => return None,
    })
}

fn folder_kind(folder: &str) -> Option<Kind> {
    Some(match folder {
        "problems" => Kind::Problem,
        "causes" => Kind::Cause,
        "resolutions" => Kind::Resolution,
        "reference" => Kind::Reference,
        "sources" => Kind::Sources,
        _ => return None,
    })
}

fn misplaced(path: &str, span: Span, faults: &mut Faults<'_>) {
    let fault = faults.add(Code::UnknownFile, span, format!("`{path}` has no place here"));
    let (stem, extension) = path.rsplit_once('.').unwrap_or((path, ""));
    if extension.eq_ignore_ascii_case("yml") || extension == "YAML" {
        fault.help(format!("rename it to `{stem}.yaml`"));
    } else {
        fault.help(
            "entries are <provider>/{problems,causes,resolutions,reference,sources}/<id>.yaml; \
             README.md lists all files",
        );
    }
}

fn names(scope: &str, id: &str, span: Span, faults: &mut Faults<'_>) {
    for name in [scope, id].into_iter().filter(|name| !is_kebab(name)) {
        faults
            .add(Code::BadId, span, format!("`{name}` isn't kebab-case, but part of an id"))
            .help("file and folder names are lower-case letters and digits, joined by hyphens");
    }
}

/// Lower-case letters and digits, joined by single hyphens.
pub(crate) fn is_kebab(text: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    text.split('-').all(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kebab_case() {
        for good in ["a", "a-1", "401", "client-ip-not-allowed"] {
            assert!(is_kebab(good), "{good}");
        }
        for bad in ["", "-a", "a-", "a--b", "A", "a_b", "é", "a b"] {
            assert!(!is_kebab(bad), "{bad}");
        }
    }

    #[test]
    fn places() {
        let known = |path| place(path).is_some();
        assert!(known("azure/problems/x.yaml") && known("shared/problems/x.yaml"));
        assert!(known("vocabulary.yaml") && known("ibm/provider.yaml"));
        for path in
            ["x.yaml", "shared/provider.yaml", "azure/problem/x.yaml", "azure/problems/x.yml"]
        {
            assert!(!known(path), "{path}");
        }
    }
}
