//! The library's text as a [`Record`]: what a sealed version keeps and what
//! versions are compared by.

use std::sync::Arc;

use crate::snapshot::record::{self, Origin, Record};

use super::{Library, Memorandum, Wording};

/// What the library says now.
pub fn record(library: &Library) -> Record {
    record_of(library, &library.memoranda)
}

/// What some of its memoranda say now.
pub fn record_of(library: &Library, memoranda: &[Arc<Memorandum>]) -> Record {
    let editions = &library.editions;
    let wording = |text: &Wording| {
        record::Wording::new(editions.all().map(|edition| {
            let origin = Origin::from(text.provenance[edition]);
            (edition.name(), text.text[edition].clone(), origin)
        }))
    };
    let memoranda = memoranda.iter().map(|one| one.said().map(&mut |_, text| wording(text)));
    Record::new(editions.clone(), memoranda.collect())
}
