//! The source documents as a site publishes them: byte for byte, from the tree.

use std::sync::Arc;

use crate::library::{GivenFile, Library};
use crate::source::{Entry, Tree};

/// The files that are published, by path.
pub(super) fn published(library: &Library, tree: &Tree) -> Arc<[GivenFile]> {
    let mut files: Vec<GivenFile> = Vec::new();
    if !library.publishes.sources {
        return files.into();
    }
    let mut add = |path: String, file: &str| {
        // A text is there, or it could not have been compared; an original may be
        // named for its digest alone.
        if let Some(Entry::Bytes(bytes)) = tree.files.get(file) {
            files.push(GivenFile { path, bytes: bytes.clone() });
        }
    };
    for whole in &library.memoranda {
        for found in &whole.verifications {
            add(library.source_path(whole, found), &found.file);
            if let Some((file, _)) = &found.original {
                add(library.original_path(whole, found, file), file);
            }
        }
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files.into()
}
