//! Documents that follow each other, as templates get them.

use serde::Serialize;

use crate::library::{MeasureIndex, Place, Sheet};

use crate::render::theme::Phrase;

use super::Scope;

use super::called::{MeasureLink, measure_link};

/// Documents and measures that one document or measure stands in a relation to.
#[derive(Debug, Serialize)]
pub struct Relation {
    /// What they are to it, in words.
    name: String,
    works: Vec<Work>,
}

/// A document or a measure of one.
#[derive(Debug, Serialize)]
struct Work {
    name: String,
    href: String,
    /// Where the two are compared.
    comparison: Option<String>,
}

/// What a document or a measure takes the place of and amends, and what does so
/// to it.
pub fn relations(scope: &Scope, place: Place) -> Vec<Relation> {
    let library = scope.library;
    let (mut before, mut after) = (Vec::new(), Vec::new());
    if let Place::Memorandum(index, Sheet::Overview) = place {
        let document = |other: usize, newer: usize| Work {
            comparison: Some(scope.href(Place::Continuation(newer).of(scope.edition))),
            ..work(scope, Place::Memorandum(other, Sheet::Overview))
        };
        before = library.continues(index).map(|old| document(old, index)).into_iter().collect();
        after = library.continued_by(index).map(|new| document(new, new)).collect();
    }
    let works = |places: &[Place]| places.iter().map(|place| work(scope, *place)).collect();
    let all: [(&'static str, Vec<Work>); 4] = [
        ("continues", before),
        ("continued_by", after),
        ("amends", works(library.amends(place))),
        ("amended_by", works(library.amended_by(place))),
    ];
    let relation = |(key, works): (&'static str, Vec<Work>)| Relation {
        name: scope.strings.format(Phrase::Relation(key), &[]),
        works,
    };
    all.into_iter().filter(|(_, works)| !works.is_empty()).map(relation).collect()
}

fn work(scope: &Scope, place: Place) -> Work {
    let document = place.memorandum().unwrap_or_default();
    let name = scope.library.document_name(document, scope.edition).to_owned();
    let name = match place {
        Place::Measure(memorandum, measure) => {
            let MeasureLink { number, title, .. } =
                measure_link(scope, MeasureIndex { memorandum, measure });
            [name, number.unwrap_or_default(), title].join("　")
        }
        _ => name,
    };
    Work { name, href: scope.href(place.of(scope.edition)), comparison: None }
}
