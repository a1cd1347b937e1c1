//! What refers to what: measures to measures and entities, and back.
//!
//! Measures are related by their editors, and by mentioning the same rare
//! entities. The latter is worked out for one measure when it is asked for.

use rustc_hash::FxHashMap;

use super::{Library, MeasureIndex};

/// How many measures found by shared entities one measure shows.
const MOST: usize = 4;

/// An entity in more than one measure of so many says little about a pair.
const COMMON: usize = 4;

/// An entity in more measures than this says little about a pair, either.
const MANY: usize = 50;

/// What refers to what in a library.
#[derive(Debug, Clone, Default)]
pub struct Links {
    /// The measures that mention each entity, in order.
    pub(super) mentioned: Vec<Vec<MeasureIndex>>,
    /// The measures that an editor relates to a measure.
    pub(super) chosen: FxHashMap<MeasureIndex, Vec<MeasureIndex>>,
    /// What refers to a measure.
    pub(super) referrers: FxHashMap<MeasureIndex, Vec<Referrer>>,
    /// How many measures there are.
    pub(super) total: usize,
}

/// A measure related to another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Related {
    /// The measure.
    pub measure: MeasureIndex,
    /// The entities that both mention; none if the editor related them.
    pub shared: Vec<usize>,
}

/// What refers to a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Referrer {
    /// A measure that its editor related to this one.
    Measure(MeasureIndex),
    /// An explainer page, by index.
    Page(usize),
}

impl Library {
    /// The measures that mention an entity, in order.
    pub fn mentioning(&self, entity: usize) -> &[MeasureIndex] {
        &self.links.mentioned[entity]
    }

    /// What refers to a measure: measures first, then pages.
    pub fn referrers(&self, index: MeasureIndex) -> &[Referrer] {
        self.links.referrers.get(&index).map_or(&[], Vec::as_slice)
    }

    /// Related measures: the editor's own, then those that share entities.
    pub fn related(&self, index: MeasureIndex) -> Vec<Related> {
        let chosen = self.links.chosen.get(&index).map_or(&[][..], Vec::as_slice);
        let by_editor = chosen.iter().map(|measure| Related { measure: *measure, shared: vec![] });
        by_editor.chain(self.sharing(index, chosen)).collect()
    }

    /// The measures that share the most telling entities, but for the known
    /// ones, in the order of the documents.
    fn sharing(&self, own: MeasureIndex, known: &[MeasureIndex]) -> Vec<Related> {
        let mut scores: FxHashMap<MeasureIndex, f64> = FxHashMap::default();
        let telling: Vec<(usize, f64)> = self
            .measure(own)
            .reading
            .entities
            .iter()
            .copied()
            .map(|entity| (entity, self.links.weight(entity)))
            .filter(|(_, weight)| *weight > 0.0)
            .collect();
        for (entity, weight) in &telling {
            for other in self.mentioning(*entity) {
                *scores.entry(*other).or_default() += weight;
            }
        }
        scores.remove(&own);
        let mut found: Vec<(MeasureIndex, f64)> =
            scores.into_iter().filter(|(measure, _)| !known.contains(measure)).collect();
        // Among equals the first in the documents.
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.truncate(MOST);
        found.sort_by_key(|(measure, _)| (measure.memorandum, self.measure(*measure).key()));
        let shared = |measure: MeasureIndex| {
            let entities = telling.iter().map(|(entity, _)| *entity);
            entities
                .filter(|entity| self.measure(measure).reading.entities.contains(entity))
                .collect()
        };
        let related = |(measure, _)| Related { measure, shared: shared(measure) };
        found.into_iter().map(related).collect()
    }
}

impl Links {
    /// How much sharing an entity says: more the rarer it is, nothing if common.
    fn weight(&self, entity: usize) -> f64 {
        let measures = self.mentioned[entity].len();
        if measures < 2 || measures > (self.total / COMMON).clamp(2, MANY) {
            return 0.0;
        }
        (self.total as f64 / measures as f64).ln()
    }
}
