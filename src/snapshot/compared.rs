//! A diff together with what it is of: the texts behind its places.

use crate::model::{Edition, Editions};

use super::diff::{Diff, MemorandumDiff, Pair, Part, Place, Status};
use super::record::{Area, Measure, Memorandum, Record, Wording};
use super::texts::{Texts, Words};

/// A memorandum in which something changed, in both versions or in one of them.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    /// What changed.
    pub diff: &'a MemorandumDiff,
    /// The memorandum as it is, or was if it is gone.
    pub one: &'a Memorandum,
    /// The edition that it was written in.
    pub source: Edition,
    /// The editions to tell it in.
    pub editions: &'a Editions,
    old: Option<&'a Memorandum>,
    new: Option<&'a Memorandum>,
}

/// Something in the old version and in the new one.
pub type Sides<T> = (Option<T>, Option<T>);

/// A measure with its area.
pub type At<'a> = (&'a Area, &'a Measure);

/// The memoranda in which something changed.
pub fn changed<'a>(
    diff: &'a Diff,
    old: &'a Record,
    new: &'a Record,
) -> impl Iterator<Item = Compared<'a>> {
    let editions = &new.editions;
    diff.memoranda.iter().filter(|one| !one.is_empty()).filter_map(move |diff| {
        let old = diff.old.map(|index| &old.memoranda[index]);
        let new = diff.new.map(|index| &new.memoranda[index]);
        let one = new.or(old)?;
        Some(Compared { diff, one, source: editions.of(one.script), editions, old, new })
    })
}

impl<'a> Compared<'a> {
    /// Two documents and what differs.
    pub fn of(
        diff: &'a MemorandumDiff,
        old: &'a Memorandum,
        new: &'a Memorandum,
        editions: &'a Editions,
    ) -> Self {
        let source = editions.of(new.script);
        Self { diff, one: new, source, editions, old: Some(old), new: Some(new) }
    }

    /// The memorandum as it was and as it is, where a version has it.
    pub fn documents(&self) -> impl Iterator<Item = &'a Memorandum> {
        self.old.into_iter().chain(self.new)
    }

    /// Whether one version alone has the memorandum.
    pub fn alone(&self) -> Option<Status> {
        match (self.old, self.new) {
            (None, _) => Some(Status::Added),
            (_, None) => Some(Status::Removed),
            _ => None,
        }
    }

    /// The measures that changed.
    pub fn measures(&self) -> impl Iterator<Item = (&'a Pair<Place>, Sides<At<'a>>)> {
        let changed = self.diff.measures.iter().filter(|pair| !pair.statuses.is_empty());
        changed.map(|pair| (pair, self.sides(pair)))
    }

    /// The measures that are the same, as they stand in the new version.
    pub fn unchanged(&self) -> impl Iterator<Item = At<'a>> {
        let same = self.diff.measures.iter().filter(|pair| pair.statuses.is_empty());
        same.filter_map(|pair| self.sides(pair).1)
    }

    fn sides(&self, pair: &Pair<Place>) -> Sides<At<'a>> {
        let at = |one: Option<&'a Memorandum>, place: Option<Place>| Some(one?.at(place?));
        (at(self.old, pair.old), at(self.new, pair.new))
    }

    /// The areas that changed.
    pub fn areas(&self) -> impl Iterator<Item = (&'a Pair<usize>, Sides<&'a Area>)> {
        let at = |one: Option<&'a Memorandum>, area: Option<usize>| Some(&one?.areas[area?]);
        let changed = self.diff.areas.iter().filter(|pair| !pair.statuses.is_empty());
        changed.map(move |pair| (pair, (at(self.old, pair.old), at(self.new, pair.new))))
    }

    /// A part of the memorandum.
    pub fn part(&self, part: Part) -> Texts<'a> {
        Texts::new(Words::Part(part, self.old), Words::Part(part, self.new), self.source)
    }

    /// An area's title, and what else it says besides its measures.
    pub fn titles(&self, (old, new): Sides<&'a Area>) -> Texts<'a> {
        let texts = |area: Option<&'a Area>| area.map(|area| area.own_texts().collect::<Vec<_>>());
        self.texts(texts(old), texts(new))
    }

    /// A measure's texts.
    pub fn text(&self, (old, new): Sides<At<'a>>) -> Texts<'a> {
        let texts = |at: Option<At<'a>>| at.map(|(_, one)| one.record_texts().collect::<Vec<_>>());
        self.texts(texts(old), texts(new))
    }

    /// A measure's labels.
    pub fn label(&self, (old, new): Sides<At<'a>>) -> Texts<'a> {
        let label = |at: Option<At<'a>>| at.map(|(_, one)| one.label.iter().collect::<Vec<_>>());
        self.texts(label(old), label(new))
    }

    fn texts(&self, old: Option<Vec<&'a Wording>>, new: Option<Vec<&'a Wording>>) -> Texts<'a> {
        let words = |texts: Option<_>| Words::Lines(texts.unwrap_or_default());
        Texts::new(words(old), words(new), self.source)
    }
}
