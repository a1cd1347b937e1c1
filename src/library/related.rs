//! Related measures: the editor's own, then those that mention the same rare
//! entities.

use crate::model::MeasureNumber;

use super::{Library, Measure, MeasureIndex, Related};

/// How many measures found by shared entities one measure shows.
const MOST: usize = 4;

/// An entity in more than one measure of so many says little about a pair.
const COMMON: usize = 4;

/// Adds to every measure those that share entities with it.
pub fn relate_by_entities(library: &mut Library) {
    let total: usize = library.memoranda.iter().map(|one| one.measures.len()).sum();
    let weights: Vec<f64> =
        library.entities.iter().map(|entity| weight(entity.measures.len(), total)).collect();
    let found: Vec<Vec<Vec<Related>>> = library
        .memoranda
        .iter()
        .enumerate()
        .map(|(memorandum, one)| {
            let measures = one.measures.iter().enumerate();
            measures
                .map(|(measure, one)| {
                    sharing(library, MeasureIndex { memorandum, measure }, one, &weights)
                })
                .collect()
        })
        .collect();
    for (memorandum, found) in library.memoranda.iter_mut().zip(found) {
        for (measure, found) in memorandum.measures.iter_mut().zip(found) {
            measure.related.extend(found);
        }
    }
}

/// How much sharing an entity says: more the rarer it is, nothing if common.
fn weight(measures: usize, total: usize) -> f64 {
    if measures < 2 || measures > (total / COMMON).max(2) {
        return 0.0;
    }
    (total as f64 / measures as f64).ln()
}

/// The measures that share the most telling entities, the strongest first.
fn sharing(
    library: &Library,
    own: MeasureIndex,
    measure: &Measure,
    weights: &[f64],
) -> Vec<Related> {
    let mut shared: std::collections::BTreeMap<(usize, usize), Vec<usize>> = Default::default();
    for entity in measure.entities() {
        if weights[entity] == 0.0 {
            continue;
        }
        for other in &library.entities[entity].measures {
            if *other != own {
                shared.entry((other.memorandum, other.measure)).or_default().push(entity);
            }
        }
    }
    let known = |index: &MeasureIndex| measure.related.iter().any(|one| one.measure == *index);
    let mut found: Vec<(f64, Related)> = shared
        .into_iter()
        .map(|((memorandum, measure), shared)| {
            let score = shared.iter().map(|entity| weights[*entity]).sum();
            (score, Related { measure: MeasureIndex { memorandum, measure }, shared })
        })
        .filter(|(_, related)| !known(&related.measure))
        .collect();
    // Sorting is stable: equals stay in the order of the documents.
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.truncate(MOST);
    let mut found: Vec<Related> = found.into_iter().map(|(_, related)| related).collect();
    found.sort_by_key(|related| (related.measure.memorandum, number(library, related.measure)));
    found
}

fn number(library: &Library, index: MeasureIndex) -> MeasureNumber {
    library.memoranda[index.memorandum].measures[index.measure].number
}
