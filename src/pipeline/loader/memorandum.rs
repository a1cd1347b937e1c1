//! One memorandum: read again only if a file of its changed, and assembled again
//! only then, or if it is to be converted or searched with something else.

use std::sync::Arc;

use crate::diagnostic::Diagnostics;
use crate::library;
use crate::model::{Manuscript, Script};
use crate::parse::{self, File};
use crate::source::{Sources, Tree};

use super::Language;
use super::part::{Part, owned, same};

/// A memorandum as it was read and as it was assembled.
#[derive(Clone)]
pub(super) struct KeptMemorandum {
    /// Its number among the parts of the sources.
    pub(super) part: u32,
    pub(super) read: Option<Arc<Part<Arc<Manuscript>>>>,
    pub(super) assembled: Option<Arc<Assembled>>,
}

/// A memorandum, and what it was assembled with.
pub(super) struct Assembled {
    language: Arc<Language>,
    pub(super) memorandum: Arc<library::Memorandum>,
    pub(super) diagnostics: Diagnostics,
}

/// A memorandum's folder, read.
pub(super) struct ReadFolder {
    /// None if its name can be no id.
    pub(super) read: Option<Arc<Part<Arc<Manuscript>>>>,
    pub(super) sources: Sources,
    pub(super) diagnostics: Diagnostics,
}

impl KeptMemorandum {
    pub(super) fn read(
        &self,
        folder: &str,
        files: &[File],
        script: Script,
        tree: &Tree,
    ) -> ReadFolder {
        if let Some(part) = &self.read
            && part.script == script
            && same(&part.inputs, &with_documents(files, &part.value, tree))
        {
            let (sources, diagnostics) = (part.sources.clone(), Diagnostics::default());
            return ReadFolder { read: Some(part.clone()), sources, diagnostics };
        }
        let mut sources = Sources::part(self.part);
        let mut diagnostics = Diagnostics::default();
        let read = parse::memorandum(folder, files, script, tree, &mut sources, &mut diagnostics);
        let part = |memorandum| {
            let inputs = owned(&with_documents(files, &memorandum, tree));
            let value = Arc::new(memorandum);
            Arc::new(Part { inputs, script, sources: sources.clone(), value })
        };
        ReadFolder { read: read.map(part), sources, diagnostics }
    }

    pub(super) fn assemble(
        &self,
        read: &Arc<Part<Arc<Manuscript>>>,
        language: &Arc<Language>,
    ) -> Arc<Assembled> {
        let is_same = self.read.as_ref().is_some_and(|kept| Arc::ptr_eq(kept, read));
        let kept = self.assembled.as_ref().filter(|kept| Arc::ptr_eq(&kept.language, language));
        if let Some(kept) = kept.filter(|_| is_same) {
            return kept.clone();
        }
        let mut diagnostics = Diagnostics::default();
        let (entities, forms) = (&language.entities, language.forms());
        let memorandum =
            library::memorandum(&read.value, entities, forms, &read.sources, &mut diagnostics);
        let language = language.clone();
        Arc::new(Assembled { language, memorandum: Arc::new(memorandum), diagnostics })
    }
}

/// A memorandum's files with the source documents that it names, and those that
/// they were extracted from.
fn with_documents<'a>(
    files: &[File<'a>],
    manuscript: &Manuscript,
    tree: &'a Tree,
) -> Vec<File<'a>> {
    let documents = manuscript.sources.iter();
    let named = documents.flat_map(|one| {
        let original = one.original.iter().map(|original| &original.file);
        std::iter::once(&one.file).chain(original)
    });
    let entries = named.filter_map(|file| tree.files.get_key_value(&file.value));
    let entries = entries.map(|(path, entry)| (path.as_str(), entry));
    files.iter().copied().chain(entries).collect()
}
