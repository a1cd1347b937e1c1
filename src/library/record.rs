//! The library's text as a [`Record`]: what a sealed version keeps and what
//! versions are compared by.

use crate::snapshot::record::{self, Origins, Record};

use super::{Area, Library, Measure, Memorandum, Signatory, Wording};

/// What the library says now.
pub fn record(library: &Library) -> Record {
    Record::new(library.memoranda.iter().map(|one| memorandum(one)).collect())
}

fn memorandum(one: &Memorandum) -> record::Memorandum {
    record::Memorandum {
        id: one.id.value.to_string(),
        script: one.script.into(),
        title: wording(&one.title),
        signed: one.signed,
        published: one.published,
        as_at: one.as_at,
        place: one.place.as_ref().map(wording),
        parties: one.parties.iter().map(wording).collect(),
        preamble: one.preamble.iter().map(wording).collect(),
        signatories: one.signatories.iter().map(signatory).collect(),
        annex: one.annex.as_ref().map(wording),
        areas: one.areas.iter().map(|area| self::area(area, &one.measures)).collect(),
    }
}

fn signatory(one: &Signatory) -> Vec<record::Wording> {
    [&one.party, &one.post].into_iter().chain(&one.dated).map(wording).collect()
}

fn area(one: &Area, measures: &[Measure]) -> record::Area {
    let measures = measures[one.measures.clone()].iter().map(|measure| record::Measure {
        number: measure.number,
        text: wording(&measure.text),
        label: measure.label.as_ref().map(wording),
    });
    record::Area {
        id: one.id.value.to_string(),
        number: one.number,
        title: wording(&one.title),
        measures: measures.collect(),
    }
}

fn wording(one: &Wording) -> record::Wording {
    record::Wording {
        hant: one.text.hant.clone(),
        hans: one.text.hans.clone(),
        provenance: Origins::from(&one.provenance),
    }
}
