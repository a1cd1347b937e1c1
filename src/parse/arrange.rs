//! Areas in the document's order, and every mark counted.
//!
//! 1. Areas are sorted by their number, or by the part they stand in and the
//!    name of their file.
//! 2. Each part gets its areas; an area that stands nowhere is reported.
//! 3. Keys are given, or compared with those that are written.
//! 4. Marks are counted through the whole document, level by level.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::{Id, Level, Mark, Memorandum, Numbering, PartKind, Text, UNNAMED_AREA, Within};
use crate::source::{Sources, Span, Spanned};

use super::lines;
use super::numbers::{agree, check_areas, keys};
use super::raw::{ExplicitMark, Head, RawArea, RawPart};

/// Puts a memorandum together, and tells whether all stands in its order. Of one
/// that is not whole, nothing is said to be missing.
pub fn arrange(
    head: Head,
    mut areas: Vec<RawArea>,
    whole: bool,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> (Memorandum<Text>, bool) {
    let before = diagnostics.count(Severity::Error);
    let Head { mut memorandum, numbering, mut parts, .. } = head;
    check_parts(&parts, &areas, memorandum.id.span, diagnostics);
    let shelves = Shelves::new(&parts);
    for raw in &areas {
        check_under(raw, &parts, &shelves, diagnostics);
    }
    let numbered = areas.iter().any(|raw| raw.number.is_some());
    if numbered {
        agree(&mut areas, diagnostics);
        areas.sort_by_key(|raw| raw.number.as_ref().map_or(u32::MAX, |number| number.value));
        check_areas(&areas, whole, diagnostics);
        check_order(&areas, &shelves, diagnostics);
    } else {
        areas.sort_by_key(|raw| shelves.place_of(raw));
    }
    let mut start = 0;
    for group in areas.chunk_by(|one, next| shelves.place_of(one) == shelves.place_of(next)) {
        if let Some(raw) = parts.get_mut(shelves.place_of(&group[0])) {
            raw.part.areas = start..start + group.len();
        }
        start += group.len();
    }
    for (index, raw) in areas.iter_mut().enumerate() {
        keys(raw, u32::try_from(index + 1).unwrap_or(u32::MAX), diagnostics);
    }
    // What is out of order would differ from the source for the same reason.
    let ids: BTreeSet<&Id> = areas.iter().map(|raw| &raw.area.id.value).collect();
    let in_order = diagnostics.count(Severity::Error) == before && ids.len() == areas.len();
    Marks::new(&numbering, memorandum.script, diagnostics).count(&mut parts, &mut areas);
    for raw in &areas {
        raw.area
            .measures
            .iter()
            .for_each(|one| lines::check(one, &numbering, sources, diagnostics));
    }
    memorandum.parts = parts.into_iter().map(|raw| raw.part).collect();
    memorandum.areas = areas.into_iter().map(|raw| raw.area).collect();
    (memorandum, in_order)
}

/// Whether a part can hold areas that name no heading.
fn takes_areas(raw: &RawPart) -> bool {
    raw.part.kind == PartKind::Areas
}

/// Which part each area stands in.
struct Shelves {
    named: BTreeMap<String, usize>,
    /// Where areas stand that name no heading.
    plain: Option<usize>,
    parts: usize,
}

impl Shelves {
    fn new(parts: &[RawPart]) -> Self {
        let mut named = BTreeMap::new();
        for (index, raw) in parts.iter().enumerate() {
            if let Some(id) = &raw.part.id {
                named.entry(id.value.to_string()).or_insert(index);
            }
        }
        Self { named, plain: parts.iter().position(takes_areas), parts: parts.len() }
    }

    /// A part by index; the number of parts if an area stands in none.
    fn place_of(&self, raw: &RawArea) -> usize {
        let found = match &raw.under {
            Some(under) => self.named.get(&under.value).copied(),
            None => self.plain,
        };
        found.unwrap_or(self.parts)
    }
}

/// The title stands once at most: a document may print none. What holds the areas
/// under no heading stands once.
fn check_parts(parts: &[RawPart], areas: &[RawArea], place: Span, diagnostics: &mut Diagnostics) {
    if parts.is_empty() {
        return;
    }
    for kind in [PartKind::Title, PartKind::Areas] {
        let mut found = parts.iter().filter(|raw| raw.part.kind == kind);
        let first = found.next();
        for twin in found {
            let message = format!("two parts are `{}`", kind.id());
            diagnostics.push(
                Diagnostic::error(Code::DuplicatePart, twin.place, message)
                    .related(first.map_or(place, |raw| raw.place), "the other one"),
            );
        }
        let wanted = kind == PartKind::Areas && areas.iter().any(|raw| raw.under.is_none());
        if first.is_none() && wanted {
            diagnostics.push(
                Diagnostic::error(Code::MissingPart, place, format!("no part is `{}`", kind.id()))
                    .help("put it where it stands in the document's order"),
            );
        }
    }
    let mut known: BTreeMap<&Id, Span> = BTreeMap::new();
    for id in parts.iter().filter_map(|raw| raw.part.id.as_ref()) {
        let first = *known.entry(&id.value).or_insert(id.span);
        if first != id.span {
            let message = format!("two parts have the id `{}`", id.value);
            diagnostics.push(
                Diagnostic::error(Code::DuplicateId, id.span, message)
                    .related(first, "the other one")
                    .help("rename one: areas name the part they stand under by it"),
            );
        }
    }
}

fn check_under(raw: &RawArea, parts: &[RawPart], shelves: &Shelves, diagnostics: &mut Diagnostics) {
    let Some(under) = raw.under.as_ref().filter(|_| shelves.place_of(raw) == parts.len()) else {
        return;
    };
    let known: Vec<&str> =
        parts.iter().filter_map(|raw| raw.part.id.as_ref()).map(|id| id.value.as_str()).collect();
    let unknown = Diagnostic::error(
        Code::UnknownPart,
        under.span,
        format!("no division or annex has the id `{}`", under.value),
    )
    .help("give the part an `id` in `memorandum.toml`");
    diagnostics.push_suggesting(unknown, &under.value, || known);
}

/// Numbers follow the document's order: the areas of one part stand together,
/// parts in their order.
fn check_order(areas: &[RawArea], shelves: &Shelves, diagnostics: &mut Diagnostics) {
    for pair in areas.windows(2) {
        let [before, after] = pair else { continue };
        if shelves.place_of(before) > shelves.place_of(after) {
            let message = format!(
                "the area `{}` stands after one of a later part of the document",
                after.area.id.value
            );
            diagnostics.push(
                Diagnostic::error(Code::AreaOutOfOrder, after.area.number.span, message)
                    .related(before.area.number.span, "this one")
                    .help("areas are numbered in the order of the document's parts"),
            );
        }
    }
}

/// Counts the marks of a document.
struct Marks<'a> {
    numbering: &'a Numbering,
    script: crate::model::Script,
    diagnostics: &'a mut Diagnostics,
    /// The last number of divisions, areas, sections and measures.
    last: [u32; 4],
}

impl<'a> Marks<'a> {
    fn new(
        numbering: &'a Numbering,
        script: crate::model::Script,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self { numbering, script, diagnostics, last: [0; 4] }
    }

    fn count(mut self, parts: &mut [RawPart], areas: &mut [RawArea]) {
        for raw in parts {
            if matches!(raw.part.kind, PartKind::Division | PartKind::Annex) {
                self.begin(Within::Division);
                let level = (raw.part.kind == PartKind::Division).then_some(Level::Division);
                raw.part.mark = self.heading(level, raw.mark.take(), raw.place);
            } else if raw.part.kind == PartKind::Areas {
                self.begin(Within::Division);
            }
            let range = raw.part.areas.clone();
            for area in areas.get_mut(range).into_iter().flatten() {
                self.area(area);
            }
        }
    }

    fn area(&mut self, raw: &mut RawArea) {
        self.begin(Within::Area);
        let unnamed = raw.area.id.value.as_str() == UNNAMED_AREA;
        let span = raw.area.number.span;
        raw.area.mark = match unnamed {
            true => None,
            false => self.mark(Level::Area, raw.mark.take(), span),
        };
        let RawArea { area, section_marks, measure_marks, .. } = raw;
        let mut marks = measure_marks.drain(..);
        let in_sections =
            area.sections.first().map_or(area.measures.len(), |one| one.measures.start);
        for measure in &mut area.measures[..in_sections] {
            let explicit = marks.next().flatten();
            measure.mark = self.mark(Level::Measure, explicit, measure.number.span);
        }
        let mut explicit_sections = section_marks.drain(..);
        for section in &mut area.sections {
            self.begin(Within::Section);
            section.mark = self.mark(Level::Section, explicit_sections.next().flatten(), span);
            for measure in &mut area.measures[section.measures.clone()] {
                let explicit = marks.next().flatten();
                measure.mark = self.mark(Level::Measure, explicit, measure.number.span);
            }
        }
    }

    /// Counts anew what begins anew here.
    fn begin(&mut self, here: Within) {
        let Numbering { area_within, section_within, measure_within, .. } = *self.numbering;
        let levels = [Within::Document, area_within, section_within, measure_within];
        for (last, within) in self.last.iter_mut().zip(levels) {
            if within == here {
                *last = 0;
            }
        }
    }

    /// The mark of a heading above areas; an annex has none but its own.
    fn heading(
        &mut self,
        level: Option<Level>,
        explicit: Option<ExplicitMark>,
        place: Span,
    ) -> Option<Mark<Text>> {
        match (level, explicit) {
            (Some(level), explicit) => self.mark(level, explicit, place),
            (None, explicit) => {
                let printed = explicit?.text?;
                Some(Mark { printed, numeral: None, number: None })
            }
        }
    }

    /// The mark that is written, or the next one.
    fn mark(
        &mut self,
        level: Level,
        explicit: Option<ExplicitMark>,
        place: Span,
    ) -> Option<Mark<Text>> {
        let patterns = self.numbering.patterns(level);
        let last = &mut self.last[level as usize];
        if let Some(explicit) = explicit {
            let printed = explicit.text?;
            let reading = patterns.iter().find_map(|one| one.read(&printed.source.value));
            if reading.is_none() && !patterns.is_empty() {
                self.diagnostics.push(no_pattern(&printed, level));
            }
            let (numeral, number) = reading.map_or((None, None), |one| (one.numeral, one.number));
            *last = number.unwrap_or(*last);
            return Some(Mark { printed, numeral, number });
        }
        let pattern = patterns.first()?;
        *last += 1;
        let Some((printed, numeral)) = pattern.format(*last) else {
            // The numbers after it have none either, for the same reason.
            if *last == 1 || pattern.format(*last - 1).is_some() {
                let message = format!("the pattern has no numeral for {last}");
                let missing = Diagnostic::error(Code::NoNumeral, place, message);
                let missing = missing.help("write what the document prints as `mark`");
                self.diagnostics.push(missing.help("or give the level a pattern that goes on"));
            }
            return None;
        };
        let source = Spanned::new(printed, place);
        let number = pattern.has_number().then_some(*last);
        let printed = Text { script: self.script, source, counterpart: None };
        Some(Mark { printed, numeral, number })
    }
}

fn no_pattern(printed: &Text, level: Level) -> Diagnostic {
    let key = match level {
        Level::Division => "division",
        Level::Area => "area",
        Level::Section => "section",
        Level::Measure => "measure",
    };
    Diagnostic::error(
        Code::MarkFitsNoPattern,
        printed.source.span,
        format!("`{}` fits no pattern of `{key}` in `[numbering]`", printed.source.value),
    )
    .help(format!(
        "the key takes a list: add the form that this mark has, e.g. {key} = [\"…\", \"…\"]"
    ))
}
