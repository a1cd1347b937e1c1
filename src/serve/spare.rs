//! The rest of a site while some of its documents have mistakes. Must not know
//! what the mistakes are.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostics, Place, Severity};
use crate::source::{Sources, Tree};

/// The folders of the documents with mistakes, if nothing else has any.
pub fn broken(diagnostics: &Diagnostics, sources: &Sources) -> Option<BTreeSet<String>> {
    let errors = diagnostics.sorted(sources).into_iter();
    let errors = errors.filter(|one| one.severity == Severity::Error);
    errors
        .map(|one| match &one.place {
            Place::File(path) => folder(path),
            Place::Span(span) => folder(&sources.file(span.file).path),
        })
        .collect()
}

/// The folder of the document that a file belongs to.
fn folder(path: &str) -> Option<String> {
    let (name, _) = path.strip_prefix("content/")?.split_once('/')?;
    (name != "pages" && name != "entities").then(|| format!("content/{name}/"))
}

/// The files with these folders as they stood when the site was last without
/// mistakes, or without them.
pub fn spared(tree: &Tree, good: Option<&Tree>, broken: &BTreeSet<String>) -> Tree {
    let mut spared = tree.clone();
    for folder in broken {
        spared.files.retain(|path, _| !path.starts_with(folder));
        let last = good.into_iter().flat_map(|good| good.below(folder));
        spared.files.extend(last.map(|(path, entry)| (path.to_owned(), entry.clone())));
    }
    spared
}

/// Whether any document is left.
pub fn has_documents(tree: &Tree) -> bool {
    tree.files.keys().any(|path| folder(path).is_some())
}
