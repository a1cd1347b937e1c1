//! Whole measures and headings that are missing, too many or at another place
//! than in the source document: each is one mistake, whatever follows from it.
//!
//! 1. A unit, which is a heading or a measure, is looked for in the source, where
//!    it fills lines of its own but for its mark.
//! 2. What stands in the same order on both sides holds the two together. A unit
//!    that does not has moved, or two were exchanged.
//! 3. What stands between two that hold, on one side alone, is missing there.
//!
//! What differs within a unit is not looked at here.

use std::collections::BTreeSet;
use std::ops::Range;

use rustc_hash::FxHashMap;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::model::{Level, Pattern};

use super::advice;
use super::pieces::{Piece, Role, Symbol};
use super::stream::Stream;

/// No mark is longer.
const MARK: usize = 12;

/// A heading or a measure, by its characters.
#[derive(Debug, Clone)]
pub struct Unit {
    pub whole: Range<usize>,
    /// Where its mark ends.
    body: usize,
    /// Whether its mark is counted.
    counted: bool,
    level: Level,
}

/// One difference in what stands where. Units are told by index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// The source has more before a unit, of a level, and so many in a row.
    Missing { before: usize, source: usize, level: Level, count: usize },
    /// The source has none of these; the next character of it.
    Added { units: Range<usize>, source: usize },
    /// The source has these elsewhere, after another.
    Moved { units: Range<usize>, source: usize, after: Option<usize> },
    /// The source has each in the other's place.
    Exchanged { units: Range<usize>, with: usize, source: usize },
}

/// What differs, and what a comparison of characters leaves out for it.
#[derive(Debug, Default)]
pub struct Edits {
    pub units: Vec<Unit>,
    pub edits: Vec<Edit>,
    /// Ranges of the document's own characters, in order.
    pub own: Vec<Range<usize>>,
    /// Ranges of the source's characters, in order.
    pub source: Vec<Range<usize>>,
}

/// What is the same of an edit, whichever source document it was found in.
pub type Told = (u8, usize);

impl Edit {
    pub fn told(&self) -> Told {
        match self {
            Self::Missing { before, .. } => (0, *before),
            Self::Added { units, .. } => (1, units.start),
            Self::Moved { units, .. } => (2, units.start),
            Self::Exchanged { units, .. } => (3, units.start),
        }
    }
}

/// Where a unit stands in the source.
#[derive(Debug, Clone)]
struct Found {
    /// The first unit that says the same.
    unit: usize,
    whole: Range<usize>,
    body: usize,
}

/// Looks for whole units that are not where the source has them.
pub fn edits(pieces: &[Piece], own: &[Symbol], source: &Stream) -> Edits {
    let units = units(pieces, own);
    let chars: Vec<char> = own.iter().map(|symbol| symbol.c).collect();
    let (names, found) = find(&units, &chars, source);
    let mut places = in_place(&names, &found);
    let moved = moved(&names, &found, &mut places);
    let mut all = Edits { units, ..Edits::default() };
    all.tell_moved(&moved, &places, &found);
    all.tell_between(pieces, own, source, &places, &found);
    if !all.edits.is_empty() {
        all.leave_out_marks(&chars, source, &places, &found);
    }
    all.own = in_order(all.own);
    all.source = in_order(all.source);
    all
}

/// The headings and measures of a document.
fn units(pieces: &[Piece], own: &[Symbol]) -> Vec<Unit> {
    let mut units = Vec::new();
    for group in own.chunk_by(|one, next| pieces[one.piece].unit == pieces[next.piece].unit) {
        let start = units.last().map_or(0, |last: &(Option<usize>, Range<usize>)| last.1.end);
        units.push((pieces[group[0].piece].unit, start..start + group.len()));
    }
    let units = units.into_iter().filter(|(unit, _)| unit.is_some());
    units
        .map(|(_, whole)| {
            let role = |at: usize| pieces[own[at].piece].role;
            let is_mark = |at: &usize| matches!(role(*at), Role::Mark { .. });
            let body = whole.clone().find(|at| !is_mark(at)).unwrap_or(whole.end);
            let level = match whole.clone().map(role).next() {
                Some(Role::Mark { level, .. }) => level,
                Some(Role::Measure) => Level::Measure,
                _ => Level::Area,
            };
            let counted = matches!(role(whole.start), Role::Mark { counted: true, .. });
            Unit { whole, body, counted, level }
        })
        .collect()
}

/// The source's units in its own order, and of each unit the first that says the
/// same.
fn find(units: &[Unit], chars: &[char], source: &Stream) -> (Vec<usize>, Vec<Found>) {
    let body = |unit: usize| &chars[units[unit].body..units[unit].whole.end];
    let mut first: FxHashMap<&[char], usize> = FxHashMap::default();
    let names: Vec<usize> =
        (0..units.len()).map(|unit| *first.entry(body(unit)).or_insert(unit)).collect();
    let mut beginning: FxHashMap<[char; 2], Vec<usize>> = FxHashMap::default();
    for unit in (0..units.len()).filter(|unit| names[*unit] == *unit) {
        if let [one, next, ..] = *body(unit) {
            beginning.entry([one, next]).or_default().push(unit);
        }
    }
    let there: Vec<char> = source.chars().collect();
    let ends = |at: usize| at == there.len() || source.begins_line(at);
    let mut found: Vec<Found> = Vec::new();
    for start in 0..there.len() {
        let known = found.last().map_or(0, |last| last.whole.end);
        if start < known || !source.begins_line(start) {
            continue;
        }
        let mut best: Option<Found> = None;
        for at in start..there.len().saturating_sub(1).min(start + MARK + 1) {
            if at > start && source.begins_line(at) {
                break;
            }
            for unit in beginning.get(&[there[at], there[at + 1]]).into_iter().flatten() {
                let end = at + body(*unit).len();
                let is_longer = best.as_ref().is_none_or(|best| best.whole.end < end);
                if is_longer && there.get(at..end) == Some(body(*unit)) && ends(end) {
                    best = Some(Found { unit: *unit, whole: start..end, body: at });
                }
            }
        }
        found.extend(best);
    }
    (names, found)
}

/// For each unit, which of the source's is in the same order: nearly all.
fn in_place(names: &[usize], found: &[Found]) -> Vec<Option<usize>> {
    let there: Vec<usize> = found.iter().map(|one| one.unit).collect();
    let mut places = vec![None; names.len()];
    for op in capture_diff_slices(Algorithm::Patience, names, &there) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            (0..len).for_each(|at| places[old_index + at] = Some(new_index + at));
        }
    }
    places
}

/// The units that stand elsewhere in the source, with their place there. Of two
/// that were exchanged, neither holds.
fn moved(
    names: &[usize],
    found: &[Found],
    places: &mut [Option<usize>],
) -> Vec<(usize, usize, Option<usize>)> {
    let held: BTreeSet<usize> = places.iter().flatten().copied().collect();
    let mut free: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for (at, one) in found.iter().enumerate().rev().filter(|(at, _)| !held.contains(at)) {
        free.entry(one.unit).or_default().push(at);
    }
    let mut all: Vec<(usize, usize)> = Vec::new();
    let mut elsewhere: BTreeSet<usize> = BTreeSet::new();
    for (unit, name) in names.iter().enumerate() {
        match places[unit] {
            Some(at) => all.push((unit, at)),
            None => {
                if let Some(at) = free.get_mut(name).and_then(Vec::pop) {
                    all.push((unit, at));
                    elsewhere.insert(unit);
                }
            }
        }
    }
    let mut there: Vec<usize> = (0..all.len()).collect();
    there.sort_by_key(|rank| all[*rank].1);
    let mut rank_there = vec![0; all.len()];
    there.iter().enumerate().for_each(|(rank, own)| rank_there[*own] = rank);
    let mut moved = Vec::new();
    for (rank, (unit, at)) in all.iter().enumerate() {
        let with = rank_there[rank];
        let is_exchanged = with != rank && rank_there[with] == rank;
        if is_exchanged {
            places[*unit] = None;
            moved.push((*unit, *at, Some(all[with].0)));
        } else if elsewhere.contains(unit) {
            moved.push((*unit, *at, None));
        }
    }
    moved
}

impl Edits {
    /// The next characters of both that are to be compared.
    pub fn after(&self, own: usize, source: usize) -> (usize, usize) {
        let end = |ranges: &[Range<usize>], mut at: usize| {
            let first = ranges.partition_point(|range| range.end <= at);
            for range in ranges.get(first..).unwrap_or_default() {
                if !range.contains(&at) {
                    break;
                }
                at = range.end;
            }
            at
        };
        (end(&self.own, own), end(&self.source, source))
    }

    /// Units that moved together are one edit.
    fn tell_moved(
        &mut self,
        moved: &[(usize, usize, Option<usize>)],
        places: &[Option<usize>],
        found: &[Found],
    ) {
        let of_place: FxHashMap<usize, usize> = places
            .iter()
            .enumerate()
            .filter_map(|(unit, at)| Some(((*at)?, unit)))
            .chain(moved.iter().map(|(unit, at, _)| (*at, *unit)))
            .collect();
        let mut last = None;
        for &(unit, at, with) in moved {
            self.own.push(self.units[unit].whole.clone());
            self.source.push(found[at].whole.clone());
            let before = last.replace((unit, at, with)).filter(|last| last.0 + 1 == unit);
            let goes_on = before.is_some_and(|(_, its, other)| match (other, with) {
                (Some(other), Some(with)) => other + 1 == with,
                (None, None) => its + 1 == at,
                _ => false,
            });
            match (self.edits.last_mut(), with) {
                (Some(Edit::Moved { units, .. } | Edit::Exchanged { units, .. }), _)
                    if goes_on && units.end == unit =>
                {
                    units.end = unit + 1;
                }
                // Told with the other.
                (_, Some(with)) if with < unit => {}
                (_, Some(with)) => {
                    let source = found[at].whole.start;
                    self.edits.push(Edit::Exchanged { units: unit..unit + 1, with, source });
                }
                (_, None) => self.edits.push(Edit::Moved {
                    units: unit..unit + 1,
                    source: found[at].whole.start,
                    after: at.checked_sub(1).and_then(|before| of_place.get(&before).copied()),
                }),
            }
        }
    }

    /// What one side alone has between two units that hold.
    fn tell_between(
        &mut self,
        pieces: &[Piece],
        own: &[Symbol],
        source: &Stream,
        places: &[Option<usize>],
        found: &[Found],
    ) {
        let (mut own_start, mut source_start) = (0, 0);
        let forms = self.forms(pieces, own);
        let moved_own = in_order(self.own.clone());
        let moved_there = in_order(self.source.clone());
        let without = |range: Range<usize>, moved: &[Range<usize>]| -> Vec<usize> {
            range.filter(|at| !holds(moved, *at)).collect()
        };
        for (unit, at) in places.iter().enumerate().filter_map(|(unit, at)| Some((unit, (*at)?))) {
            let (here, there) = (self.units[unit].whole.clone(), found[at].whole.clone());
            if own_start < here.start || source_start < there.start {
                let own_rest = without(own_start..here.start, &moved_own);
                let rest = without(source_start..there.start, &moved_there);
                let same = |(one, two): &(&usize, &usize)| own[**one].c == source.char(**two);
                let before = own_rest.iter().zip(&rest).take_while(same).count();
                let (own_rest, rest) = (&own_rest[before..], &rest[before..]);
                let after = own_rest.iter().rev().zip(rest.iter().rev()).take_while(same).count();
                let (own_rest, rest) =
                    (&own_rest[..own_rest.len() - after], &rest[..rest.len() - after]);
                match (own_rest, rest) {
                    ([], [first, .., last]) => {
                        if let Some((level, count)) = lines(&forms, source, *first..last + 1) {
                            self.edits.push(Edit::Missing {
                                before: unit,
                                source: *first,
                                level,
                                count,
                            });
                            self.source.push(*first..last + 1);
                        }
                    }
                    ([first, .., last], []) => self.tell_added(*first..last + 1, there.start),
                    _ => {}
                }
            }
            (own_start, source_start) = (here.end, there.end);
        }
    }

    fn tell_added(&mut self, own: Range<usize>, source: usize) {
        let first = self.units.iter().position(|one| one.whole.start == own.start);
        let last = self.units.iter().position(|one| one.whole.end == own.end);
        if let Some((first, last)) = first.zip(last) {
            self.edits.push(Edit::Added { units: first..last + 1, source });
            self.own.push(own);
        }
    }

    /// The forms of the marks that the document has, with their levels.
    fn forms(&self, pieces: &[Piece], own: &[Symbol]) -> Vec<(Pattern, Level)> {
        let mut forms: Vec<(Pattern, Level)> = Vec::new();
        for unit in self.units.iter().filter(|unit| unit.whole.start < unit.body) {
            let mark = &pieces[own[unit.whole.start].piece].text;
            let is_known = |(form, level): &(Pattern, Level)| {
                *level == unit.level && form.read(mark).is_some()
            };
            if !forms.iter().any(is_known) {
                forms.extend(advice::form_of(mark).map(|form| (form, unit.level)));
            }
        }
        forms
    }

    /// Numbers that follow from what is missing or too many are no mistakes.
    fn leave_out_marks(
        &mut self,
        chars: &[char],
        source: &Stream,
        places: &[Option<usize>],
        found: &[Found],
    ) {
        for (unit, at) in self.units.iter().zip(places) {
            let Some(found) = at.map(|at| &found[at]) else { continue };
            let (mark, there) = (unit.whole.start..unit.body, found.whole.start..found.body);
            let same = mark.len() == there.len()
                && mark.clone().zip(there.clone()).all(|(one, two)| chars[one] == source.char(two));
            if unit.counted && !same {
                self.own.push(mark);
                self.source.push(there);
            }
        }
    }
}

/// Ranges that do not overlap, by their place; none is empty.
fn in_order(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.retain(|range| !range.is_empty());
    ranges.sort_by_key(|range| range.start);
    ranges
}

/// Whether a place is in one of the ranges.
fn holds(ranges: &[Range<usize>], at: usize) -> bool {
    let next = ranges.partition_point(|range| range.end <= at);
    ranges.get(next).is_some_and(|range| range.contains(&at))
}

/// Of whole lines that begin with a mark of one of these forms: its level, and how
/// many begin so.
fn lines(
    forms: &[(Pattern, Level)],
    source: &Stream,
    range: Range<usize>,
) -> Option<(Level, usize)> {
    let ends = range.end == source.len() || source.begins_line(range.end);
    if !source.begins_line(range.start) || !ends {
        return None;
    }
    let begins = |form: &Pattern, at: usize| form.starts(source.line_from(at)).is_some();
    let (form, level) = forms.iter().find(|(form, _)| begins(form, range.start))?;
    let starts = range.filter(|at| source.begins_line(*at));
    Some((*level, starts.filter(|at| begins(form, *at)).count()))
}
