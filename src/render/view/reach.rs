//! How far the entities of a document reach: in which of its measures and areas
//! each is mentioned. Knows no template.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::library::{Library, Memorandum};
use crate::model::Edition;

/// An entity and the measures of a document that mention it.
pub struct Reach {
    pub entity: usize,
    /// By index among the document's measures, in order.
    pub measures: Vec<usize>,
    /// How many areas they belong to.
    pub areas: usize,
}

/// The entities that a document mentions: those in most areas first, then those in
/// most measures, then in the edition's customary order.
pub fn reaches(library: &Library, memorandum: &Memorandum, edition: Edition) -> Vec<Reach> {
    let mut mentioned: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, measure) in memorandum.all().enumerate() {
        for entity in &measure.reading.entities {
            mentioned.entry(*entity).or_default().push(number);
        }
    }
    let area_of = |measure: &usize| memorandum.measure(*measure).reading.area;
    let order = library.entity_order[edition].iter();
    let found = order.filter_map(|entity| Some((*entity, mentioned.remove(entity)?)));
    let mut reaches: Vec<Reach> = found
        .map(|(entity, measures)| {
            let areas = measures.chunk_by(|one, next| area_of(one) == area_of(next)).count();
            Reach { entity, measures, areas }
        })
        .collect();
    reaches.sort_by_key(|reach| Reverse((reach.areas, reach.measures.len())));
    reaches
}
