//! A part of the content that is kept as long as its files stay the same.

use std::sync::Arc;

use crate::diagnostic::Diagnostics;
use crate::model::Script;
use crate::parse::File;
use crate::source::{Entry, Sources};

/// A part of the content, and the files it was read from.
pub(super) struct Part<T> {
    pub(super) inputs: Vec<(String, Entry)>,
    /// The script that its texts fall back to.
    pub(super) script: Script,
    pub(super) sources: Sources,
    pub(super) value: T,
}

/// A part of the content: the kept one, or one read anew.
pub(super) fn part<T: Clone>(
    kept: &mut Option<Part<T>>,
    number: u32,
    files: &[File],
    script: Script,
    sources: &mut Sources,
    found: &mut Diagnostics,
    read: impl FnOnce(&mut Sources, &mut Diagnostics) -> T,
) -> T {
    if let Some(part) = kept
        && part.script == script
        && same(&part.inputs, files)
    {
        sources.append(&part.sources);
        return part.value.clone();
    }
    let mut own = Sources::part(number);
    let mut diagnostics = Diagnostics::default();
    let value = read(&mut own, &mut diagnostics);
    sources.append(&own);
    let inputs = owned(files);
    let part = Part { inputs, script, sources: own, value: value.clone() };
    *kept = diagnostics.is_empty().then_some(part);
    found.append(diagnostics);
    value
}

/// Whether the files are those that something was read from.
pub(super) fn same(inputs: &[(String, Entry)], files: &[File]) -> bool {
    inputs.len() == files.len()
        && inputs
            .iter()
            .zip(files)
            .all(|((path, entry), (own_path, own))| path == own_path && is_same_entry(entry, own))
}

fn is_same_entry(one: &Entry, other: &Entry) -> bool {
    match (one, other) {
        // Most files are not even read again.
        (Entry::Bytes(one), Entry::Bytes(other)) => Arc::ptr_eq(one, other) || one == other,
        _ => one == other,
    }
}

pub(super) fn owned(files: &[File]) -> Vec<(String, Entry)> {
    files.iter().map(|(path, entry)| ((*path).to_owned(), (*entry).clone())).collect()
}
