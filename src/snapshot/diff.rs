//! What changed between two versions.
//!
//! 1. Memoranda are matched by id, areas by id or else by title.
//! 2. Measures are matched by what they say (`matching`), so that one that
//!    got another number was renumbered, not removed and added.
//! 3. Of each match it is told what differs: nothing, or some of [`Status`].
//!
//! A diff holds places in the two records and no text.

mod matching;
mod status;

pub use status::{Part, Status};

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::{Edition, Editions, Id, MeasureNumber};

use super::record::{Area, Measure, Memorandum, Record, Wording};
use matching::Candidate;

/// What changed between two records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diff {
    /// Every memorandum: those of the new record, then those that are gone.
    pub memoranda: Vec<MemorandumDiff>,
}

/// What changed in one memorandum.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemorandumDiff {
    /// Its index in the old record.
    pub old: Option<usize>,
    /// Its index in the new one.
    pub new: Option<usize>,
    /// The parts before and after the measures that differ.
    pub parts: Vec<(Part, Status)>,
    /// Every area, by number.
    pub areas: Vec<Pair<usize>>,
    /// Every measure, by number.
    pub measures: Vec<Pair<Place>>,
}

/// One thing in both versions, or in one of them, and what differs: nothing if
/// it has no status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair<P> {
    /// Where it was.
    pub old: Option<P>,
    /// Where it is.
    pub new: Option<P>,
    /// What changed, each once.
    pub statuses: Vec<Status>,
}

/// Where a measure stands in a memorandum of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Index of its area.
    pub area: usize,
    /// Index among the area's measures.
    pub measure: usize,
}

/// How many measures changed in which way. One that changed in two ways counts
/// for each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// In the new version alone.
    pub added: usize,
    /// In the old version alone.
    pub removed: usize,
    /// With another text.
    pub changed: usize,
    /// With another number, those in another area among them.
    pub renumbered: usize,
    /// In another area.
    pub moved: usize,
    /// With another text in the converted edition alone.
    pub converted: usize,
    /// With another editorial name.
    pub relabelled: usize,
    /// With the same texts from elsewhere.
    pub attributed: usize,
    /// The same in every way.
    pub unchanged: usize,
}

impl Memorandum {
    /// The measure at a place.
    pub fn at(&self, place: Place) -> (&Area, &Measure) {
        let area = &self.areas[place.area];
        (area, &area.measures[place.measure])
    }

    /// The places of all measures, in order.
    pub fn places(&self) -> impl Iterator<Item = Place> {
        let areas = self.areas.iter().enumerate();
        areas.flat_map(|(area, one)| {
            (0..one.measures.len()).map(move |measure| Place { area, measure })
        })
    }
}

/// Tells what changed from one record to another.
pub fn compare(old: &Record, new: &Record) -> Diff {
    let position = |list: &[Memorandum], id: &Id| list.iter().position(|one| one.id.value == *id);
    let now = new.memoranda.iter().enumerate().map(|(index, one)| {
        let before = position(&old.memoranda, &one.id.value);
        let whole = before.map(|before| memorandum(&old.memoranda[before], one, &new.editions));
        MemorandumDiff {
            old: before,
            new: Some(index),
            ..whole.unwrap_or_else(|| alone(one, Status::Added))
        }
    });
    let gone = old.memoranda.iter().enumerate();
    let gone = gone.filter(|(_, one)| position(&new.memoranda, &one.id.value).is_none());
    let gone =
        gone.map(|(index, one)| MemorandumDiff { old: Some(index), ..alone(one, Status::Removed) });
    Diff { memoranda: now.chain(gone).collect() }
}

impl Diff {
    /// Tells what differs between two documents, whatever their ids: each is the
    /// only one of its side.
    pub fn of_documents(old: &Memorandum, new: &Memorandum, editions: &Editions) -> Self {
        let whole = memorandum(old, new, editions);
        Self { memoranda: vec![MemorandumDiff { old: Some(0), new: Some(0), ..whole }] }
    }
}

/// A memorandum that only one version has.
fn alone(one: &Memorandum, status: Status) -> MemorandumDiff {
    MemorandumDiff {
        areas: (0..one.areas.len()).map(|area| Pair::alone(area, status)).collect(),
        measures: one.places().map(|place| Pair::alone(place, status)).collect(),
        ..MemorandumDiff::default()
    }
}

fn memorandum(old: &Memorandum, new: &Memorandum, editions: &Editions) -> MemorandumDiff {
    let source = editions.of(new.script);
    let status = |part| part_status(part, old, new, editions);
    let parts = Part::all().filter_map(|part| Some((part, status(part)?)));
    let area_of = area_matches(old, new, source);
    let mut areas: Vec<_> = pairs(&area_of, 0..old.areas.len(), 0..new.areas.len());
    for pair in &mut areas {
        if let (Some(before), Some(now)) = (pair.old, pair.new) {
            pair.statuses = area_statuses(&old.areas[before], &new.areas[now], source);
        }
    }
    areas.sort_by_key(|pair| match (pair.old, pair.new) {
        (_, Some(now)) => (new.areas[now].number.value, 1),
        (Some(before), None) => (old.areas[before].number.value, 0),
        (None, None) => (0, 0),
    });
    let measures = measures(old, new, &area_of, source);
    MemorandumDiff { parts: parts.collect(), areas, measures, old: None, new: None }
}

fn part_status(
    part: Part,
    old: &Memorandum,
    new: &Memorandum,
    editions: &Editions,
) -> Option<Status> {
    let source = editions.of(new.script);
    let texts = |edition| (part.text(old, edition), part.text(new, edition));
    match texts(source) {
        (None, None) => None,
        (None, Some(_)) => Some(Status::Added),
        (Some(_), None) => Some(Status::Removed),
        (before, now) if before != now => Some(Status::Changed),
        _ => {
            let differs = |edition| {
                let (before, now) = texts(edition);
                before != now
            };
            editions.besides(source).any(differs).then_some(Status::Converted)
        }
    }
}

/// Pairs of the areas' indices: of the same id, else of the same title.
fn area_matches(old: &Memorandum, new: &Memorandum, source: Edition) -> Vec<(usize, usize)> {
    let keys: [fn(&Area, Edition) -> Option<&str>; 2] = [
        |area, _| Some(area.id.value.as_str()),
        |area, source| area.title.as_ref().map(|title| title.text(source)),
    ];
    let mut old_free = vec![true; old.areas.len()];
    let mut new_free = vec![true; new.areas.len()];
    let mut matches = Vec::new();
    for key in keys {
        for (before, old_free) in old_free.iter_mut().enumerate().filter(|(_, free)| **free) {
            let Some(own) = key(&old.areas[before], source) else { continue };
            let mut free = (0..new.areas.len()).filter(|now| new_free[*now]);
            if let Some(now) = free.find(|now| key(&new.areas[*now], source) == Some(own)) {
                (*old_free, new_free[now]) = (false, false);
                matches.push((before, now));
            }
        }
    }
    matches
}

fn area_statuses(old: &Area, new: &Area, source: Edition) -> Vec<Status> {
    let mark = |one: &Area| one.mark.as_ref().map(|mark| mark.printed.text(source).to_owned());
    let renumbered = old.number != new.number || mark(old) != mark(new);
    let renumbered = renumbered.then_some(Status::Renumbered);
    let moved = (old.id != new.id).then_some(Status::Moved);
    let texts = text_status(old.own_texts(), new.own_texts(), source);
    texts.into_iter().chain(renumbered).chain(moved).collect()
}

/// What differs between texts that stand together.
fn text_status<'a>(
    old: impl Iterator<Item = &'a Wording>,
    new: impl Iterator<Item = &'a Wording>,
    source: Edition,
) -> Option<Status> {
    let (old, new): (Vec<_>, Vec<_>) = (old.collect(), new.collect());
    if !old.iter().map(|one| one.text(source)).eq(new.iter().map(|one| one.text(source))) {
        Some(Status::Changed)
    } else if !old.iter().zip(&new).all(|(old, new)| old.besides(source).eq(new.besides(source))) {
        Some(Status::Converted)
    } else if !old.iter().map(|one| one.origins()).eq(new.iter().map(|one| one.origins())) {
        Some(Status::Attributed)
    } else {
        None
    }
}

fn measures(
    old: &Memorandum,
    new: &Memorandum,
    area_of: &[(usize, usize)],
    source: Edition,
) -> Vec<Pair<Place>> {
    // An area that is gone has a key that no new one has.
    let key = |area: usize| {
        let found = area_of.iter().find(|(before, _)| *before == area);
        found.map_or(new.areas.len() + area, |(_, now)| *now)
    };
    let old_areas: Vec<usize> = (0..old.areas.len()).map(key).collect();
    let new_areas: Vec<usize> = (0..new.areas.len()).collect();
    let (before, old_list) = candidates(old, &old_areas, source);
    let (now, new_list) = candidates(new, &new_areas, source);
    let found = matching::matches(&old_list, &new_list);
    let found: Vec<_> = found.into_iter().map(|(a, b)| (before[a], now[b])).collect();
    let mut pairs = pairs(&found, before.into_iter(), now.into_iter());
    for pair in &mut pairs {
        if let (Some(before), Some(now)) = (pair.old, pair.new) {
            let moved = (old_areas[before.area] != now.area).then_some(Status::Moved);
            pair.statuses = measure_statuses(old.at(before).1, new.at(now).1, moved, source);
        }
    }
    pairs.sort_by_key(|pair| order(pair, old, new));
    pairs
}

/// The measures of a memorandum to be matched, and where each stands.
fn candidates<'a>(
    one: &'a Memorandum,
    areas: &[usize],
    source: Edition,
) -> (Vec<Place>, Vec<Candidate<'a>>) {
    let list = one.places().map(|place| {
        let (_, measure) = one.at(place);
        let text = measure.text.text(source);
        (place, Candidate { number: measure.key(), area: areas[place.area], text })
    });
    list.unzip()
}

fn measure_statuses(
    old: &Measure,
    new: &Measure,
    moved: Option<Status>,
    source: Edition,
) -> Vec<Status> {
    let mark = |one: &Measure| one.mark.as_ref().map(|mark| mark.printed.text(source).to_owned());
    let renumbered = old.key() != new.key() || mark(old) != mark(new);
    let renumbered = (renumbered && moved.is_none()).then_some(Status::Renumbered);
    let same = match (&old.label, &new.label) {
        (Some(old), Some(new)) => old.texts().eq(new.texts()),
        (old, new) => old.is_none() && new.is_none(),
    };
    let relabelled = (!same).then_some(Status::Relabelled);
    let text = text_status(old.record_texts(), new.record_texts(), source);
    text.into_iter().chain(renumbered).chain(moved).chain(relabelled).collect()
}

/// By number; what was removed stands before what took its place.
fn order(pair: &Pair<Place>, old: &Memorandum, new: &Memorandum) -> (MeasureNumber, Option<Place>) {
    let number = match (pair.old, pair.new) {
        (_, Some(now)) => new.at(now).1.key(),
        (Some(before), None) => old.at(before).1.key(),
        (None, None) => MeasureNumber { area: 0, ordinal: 0 },
    };
    (number, pair.new)
}

/// The matches, and what neither of them holds.
fn pairs<P: Copy + Ord>(
    matches: &[(P, P)],
    old: impl Iterator<Item = P>,
    new: impl Iterator<Item = P>,
) -> Vec<Pair<P>> {
    let (matched_old, matched_new): (BTreeSet<P>, BTreeSet<P>) = matches.iter().copied().unzip();
    let both = matches.iter().map(|(old, new)| Pair {
        old: Some(*old),
        new: Some(*new),
        statuses: Vec::new(),
    });
    let removed = old.filter(|old| !matched_old.contains(old));
    let added = new.filter(|new| !matched_new.contains(new));
    both.chain(removed.map(|old| Pair::alone(old, Status::Removed)))
        .chain(added.map(|new| Pair::alone(new, Status::Added)))
        .collect()
}

impl<P> Pair<P> {
    fn alone(place: P, status: Status) -> Self {
        let (old, new) = match status {
            Status::Removed => (Some(place), None),
            _ => (None, Some(place)),
        };
        Self { old, new, statuses: vec![status] }
    }

    /// Whether it changed in a way.
    pub fn has(&self, status: Status) -> bool {
        self.statuses.contains(&status)
    }
}

impl MemorandumDiff {
    /// Whether nothing at all differs.
    pub fn is_empty(&self) -> bool {
        let areas = self.areas.iter().all(|area| area.statuses.is_empty());
        let measures = self.measures.iter().all(|measure| measure.statuses.is_empty());
        self.old.is_some() && self.new.is_some() && self.parts.is_empty() && areas && measures
    }
}

impl Diff {
    /// Whether nothing at all differs.
    pub fn is_empty(&self) -> bool {
        self.memoranda.iter().all(MemorandumDiff::is_empty)
    }

    /// How many measures changed in which way.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for pair in self.memoranda.iter().flat_map(|one| &one.measures) {
            counts.unchanged += usize::from(pair.statuses.is_empty());
            for status in &pair.statuses {
                match status {
                    Status::Added => counts.added += 1,
                    Status::Removed => counts.removed += 1,
                    Status::Changed => counts.changed += 1,
                    Status::Converted => counts.converted += 1,
                    Status::Renumbered => counts.renumbered += 1,
                    Status::Moved => counts.moved += 1,
                    Status::Relabelled => counts.relabelled += 1,
                    Status::Attributed => counts.attributed += 1,
                }
            }
        }
        counts.renumbered += counts.moved;
        counts
    }
}

#[cfg(test)]
mod tests;
