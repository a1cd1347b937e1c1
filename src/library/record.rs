//! The library's text as a [`Record`]: what a sealed version keeps and what
//! versions are compared by.

use crate::snapshot::record::{self, Origins, Record};

use super::{Library, Wording};

/// What the library says now.
pub fn record(library: &Library) -> Record {
    let memoranda = library.memoranda.iter();
    Record::new(memoranda.map(|one| one.said().map(&mut |_, text| wording(text))).collect())
}

fn wording(one: &Wording) -> record::Wording {
    record::Wording {
        hant: one.text.hant.clone(),
        hans: one.text.hans.clone(),
        provenance: Origins::from(&one.provenance),
    }
}
