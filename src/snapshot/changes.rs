//! What changed through all versions of a site, up to the present.
//!
//! Each version is compared with the next, the last of them with the present,
//! and each version with the present. Versions are named by their index; the
//! present has the index after the last.

use crate::model::{Each, MeasureNumber};

use super::Versions;
use super::diff::{Diff, Status};
use super::record::{Area, Record};

/// The comparisons of a site's versions, made once.
#[derive(Debug, Clone)]
pub struct Changes {
    versions: Versions,
    /// What is noted of each version, in each edition.
    notes: Vec<Option<Each<String>>>,
    present: Record,
    /// In the order of [`Changes::pairs`].
    diffs: Vec<Diff>,
    /// Of the present's measures: by memorandum, by area, in order.
    histories: ByMeasure<Vec<Event>>,
}

/// A value for each measure of a record: by memorandum, by area, in order.
type ByMeasure<T> = Vec<Vec<Vec<T>>>;

/// A version in which a measure came to be or changed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Event {
    /// The version, by index.
    pub version: usize,
    /// What happened; nothing if the first version has the measure.
    pub statuses: Vec<Status>,
    /// The number since then.
    pub number: MeasureNumber,
}

impl Changes {
    /// What there is to compare: old and new.
    pub fn pairs(count: usize) -> Vec<(usize, usize)> {
        let steps = (0..count).map(|old| (old, old + 1));
        steps.chain((0..count.saturating_sub(1)).map(|old| (old, count))).collect()
    }

    /// Puts together what was compared: a diff for each of [`Changes::pairs`].
    pub fn new(
        versions: Versions,
        notes: Vec<Option<Each<String>>>,
        present: Record,
        diffs: Vec<Diff>,
    ) -> Self {
        let mut changes = Self { versions, notes, present, diffs, histories: Vec::new() };
        changes.histories = changes.follow();
        changes
    }

    /// The index of the present.
    pub fn present(&self) -> usize {
        self.versions.len()
    }

    /// What is noted of a version, in each edition.
    pub fn note(&self, version: usize) -> Option<&Each<String>> {
        self.notes.get(version)?.as_ref()
    }

    /// What a version says, or the present.
    pub fn record(&self, version: usize) -> &Record {
        self.versions.get(version).map_or(&self.present, |version| &version.record)
    }

    /// What changed between two versions of a pair.
    pub fn diff(&self, old: usize, new: usize) -> &Diff {
        let is_step = new == old + 1;
        &self.diffs[if is_step { old } else { self.present() + old }]
    }

    /// What happened to a measure of the present, the oldest first. Never empty.
    pub fn history(&self, memorandum: usize, area: usize, measure: usize) -> &[Event] {
        &self.histories[memorandum][area][measure]
    }

    /// Where a version has a measure, given the measure's history.
    pub fn place(
        &self,
        memorandum: &str,
        history: &[Event],
        version: usize,
    ) -> Option<(&Area, MeasureNumber)> {
        let number = history.iter().rfind(|event| event.version <= version)?.number;
        let mut memoranda = self.record(version).memoranda.iter();
        let memorandum = memoranda.find(|one| one.id.value.as_str() == memorandum)?;
        let area = memorandum.areas.iter().find(|area| area.number.value == number.area)?;
        Some((area, number))
    }

    /// Follows every measure from the first version to the present.
    fn follow(&self) -> ByMeasure<Vec<Event>> {
        let begin = |number| vec![Event { version: 0, statuses: Vec::new(), number }];
        let mut before = by_measure(self.record(0), begin);
        for version in 1..=self.present() {
            let record = self.record(version);
            let mut now = by_measure(record, |_| Vec::new());
            for memorandum in &self.diff(version - 1, version).memoranda {
                let Some(new) = memorandum.new else { continue };
                for pair in &memorandum.measures {
                    let Some(place) = pair.new else { continue };
                    let events = &mut now[new][place.area][place.measure];
                    if let (Some(old), Some(was)) = (memorandum.old, pair.old) {
                        *events = std::mem::take(&mut before[old][was.area][was.measure]);
                    }
                    if !pair.statuses.is_empty() {
                        let number = record.memoranda[new].at(place).1.key();
                        let statuses = pair.statuses.clone();
                        events.push(Event { version, statuses, number });
                    }
                }
            }
            before = now;
        }
        before
    }
}

fn by_measure<T>(record: &Record, make: impl Fn(MeasureNumber) -> T) -> ByMeasure<T> {
    let memoranda = record.memoranda.iter().map(|one| {
        let areas = one.areas.iter();
        areas.map(|area| area.measures.iter().map(|one| make(one.key())).collect()).collect()
    });
    memoranda.collect()
}
