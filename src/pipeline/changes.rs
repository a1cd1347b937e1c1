//! The comparisons of a site's versions, made at once.

use std::sync::Arc;

use rayon::prelude::*;

use crate::library::{self, Forms, Library};
use crate::model::Script;
use crate::snapshot::{Changes, diff};

/// Compares the versions with each other and with the present. A sealed version
/// says nothing of others: they may change, and it may not. Notes are in the
/// site's own `script`.
pub(super) fn changes(library: &Library, script: Script, forms: Forms) -> Option<Arc<Changes>> {
    let versions = &library.versions;
    if versions.is_empty() || library.sealed.is_some() {
        return None;
    }
    let present = library::record(library);
    let record = |index: usize| versions.get(index).map_or(&present, |version| &version.record);
    let diffs = Changes::pairs(versions.len())
        .into_par_iter()
        .map(|(old, new)| diff::compare(record(old), record(new)))
        .collect();
    let note = |note: &String| forms.words(note, script);
    let notes = versions.iter().map(|version| version.note.as_ref().map(note)).collect();
    Some(Arc::new(Changes::new(versions.clone(), notes, present, diffs)))
}
