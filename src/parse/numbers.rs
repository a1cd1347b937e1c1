//! The numbers that authors write for areas and measures: from 1, without gap or
//! repetition. One wrong number is one mistake, whatever does not fit it.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Id, MeasureNumber};
use crate::source::{Span, Spanned};

use super::raw::RawArea;

/// Makes an area's number and those of its measures agree: where all measures
/// name one other area, the area's own is wrong, or else theirs are.
pub fn agree(areas: &mut [RawArea], diagnostics: &mut Diagnostics) {
    let mut taken: BTreeMap<u32, usize> = BTreeMap::new();
    for number in areas.iter().filter_map(|raw| raw.number.as_ref()) {
        *taken.entry(number.value).or_default() += 1;
    }
    for raw in areas {
        let Some(number) = &mut raw.number else { continue };
        let mut written = raw.measure_numbers.iter_mut().flatten();
        let Some(first) = written.next() else { continue };
        let (of, place) = (first.value.area, first.span);
        let mut rest: Vec<_> = written.collect();
        if of == number.value || rest.is_empty() || rest.iter().any(|one| one.value.area != of) {
            continue;
        }
        let message = format!("the area has the number {} and its measures {of}", number.value);
        diagnostics.push(
            Diagnostic::error(Code::NumberOfAnotherArea, number.span, message)
                .related(place, "as this one")
                .help("a measure's number begins with its area's"),
        );
        if taken.contains_key(&of) {
            first.value.area = number.value;
            rest.iter_mut().for_each(|one| one.value.area = number.value);
        } else {
            number.value = of;
        }
    }
}

/// Areas are numbered from 1 without gap or repetition.
pub fn check_areas(areas: &[RawArea], whole: bool, diagnostics: &mut Diagnostics) {
    let mut expected = 1;
    let mut last: Option<(&Spanned<u32>, &Id)> = None;
    for raw in areas {
        let Some(number) = &raw.number else {
            if raw.whole {
                let missing =
                    Diagnostic::error(Code::MissingField, raw.place, "`number` is missing");
                diagnostics.push(
                    missing.label("in this table").help("other areas have one: number all or none"),
                );
            }
            continue;
        };
        if let Some((twin, id)) = last.filter(|(last, _)| last.value == number.value) {
            let message = format!("two areas have the number {}", number.value);
            let twin = Diagnostic::error(Code::DuplicateNumber, number.span, message)
                .related(twin.span, "the other one");
            // Of a file that stands there twice, the id is told.
            if *id != raw.area.id.value {
                diagnostics.push(twin);
            }
        } else if whole && number.value != expected {
            let found = number.value.to_string();
            diagnostics.push(gap(number.span, &found, &expected.to_string()));
        }
        expected = number.value.saturating_add(1);
        last = Some((number, &raw.area.id.value));
    }
}

/// Gives an area and its measures their keys; compares those that are written.
pub fn keys(raw: &mut RawArea, place: u32, diagnostics: &mut Diagnostics) {
    let area = raw.number.as_ref().map_or(place, |number| number.value);
    raw.area.number.value = area;
    check_measures(raw, area, diagnostics);
    for (index, measure) in raw.area.measures.iter_mut().enumerate() {
        let ordinal = u32::try_from(index + 1).unwrap_or(u32::MAX);
        match raw.measure_numbers.get(index).and_then(Option::as_ref) {
            Some(number) => measure.number = number.clone(),
            None => measure.number.value = MeasureNumber { area, ordinal },
        }
    }
}

/// Measures are numbered from 1 without gap or repetition, in order. After a wrong
/// number the next may go on from it, or be what its place says.
fn check_measures(raw: &RawArea, area: u32, diagnostics: &mut Diagnostics) {
    let mut known = BTreeMap::new();
    let mut expected = 1;
    let only_out_of_order = is_permutation(raw);
    let mut told = false;
    for (number, place) in raw.measure_numbers.iter().zip(1u32..) {
        let Some(Spanned { value: number, span }) = number.as_ref() else {
            expected += 1;
            continue;
        };
        if number.area != area && raw.number.is_some() {
            diagnostics.push(Diagnostic::error(
                Code::NumberOfAnotherArea,
                *span,
                format!("the measure `{number}` stands in area {area}"),
            ));
        }
        if let Some(first) = known.insert(*number, *span) {
            let message = format!("two measures have the number `{number}`");
            diagnostics.push(
                Diagnostic::error(Code::DuplicateNumber, *span, message)
                    .related(first, "the other one"),
            );
            expected = place + 1;
            continue;
        }
        let is_right = number.ordinal == expected || number.ordinal == place;
        if raw.whole && !is_right && !(only_out_of_order && told) {
            let next = MeasureNumber { ordinal: expected, ..*number };
            diagnostics.push(gap(*span, &number.to_string(), &next.to_string()));
            told = true;
        }
        expected = number.ordinal.saturating_add(1);
    }
}

/// Whether no number is missing, whatever their order.
fn is_permutation(raw: &RawArea) -> bool {
    let numbers = raw.measure_numbers.iter().flatten().map(|number| number.value.ordinal);
    let numbers: BTreeSet<u32> = numbers.collect();
    numbers.len() == raw.measure_numbers.len()
        && numbers.last().is_some_and(|last| *last as usize == numbers.len())
}

fn gap(span: Span, found: &str, expected: &str) -> Diagnostic {
    Diagnostic::error(
        Code::GapInNumbering,
        span,
        format!("`{found}` stands where `{expected}` is expected"),
    )
    .help("numbers run from 1 without gaps, in the order of the document; what it prints is its `mark`")
}
