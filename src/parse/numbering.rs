//! `[numbering]`: the patterns of each level, and where numbers begin anew.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Numbering, Pattern, PatternFault, Within};
use crate::source::Spanned;

use super::table::Reader;

/// Reads `[numbering]`, if there is one.
pub fn numbering(reader: &mut Reader) -> Numbering {
    let read = reader.table("numbering", |reader| {
        let mut numbering = Numbering::default();
        for (key, own) in [
            ("division", &mut numbering.division),
            ("area", &mut numbering.area),
            ("section", &mut numbering.section),
            ("measure", &mut numbering.measure),
            ("items", &mut numbering.items),
        ] {
            if reader.has(key) {
                *own = patterns(reader, key);
            }
        }
        let within = |reader: &mut Reader, key, own: &mut Within, known: &[Within]| {
            *own = self::within(reader, key, known).unwrap_or(*own);
        };
        use Within::{Area, Division, Document, Section};
        within(reader, "area_within", &mut numbering.area_within, &[Document, Division]);
        let known = &[Document, Division, Area];
        within(reader, "section_within", &mut numbering.section_within, known);
        let known = &[Document, Division, Area, Section];
        within(reader, "measure_within", &mut numbering.measure_within, known);
        Some(numbering)
    });
    read.unwrap_or_default()
}

/// A level's patterns: a string, empty where there are no marks, or a list.
fn patterns(reader: &mut Reader, key: &'static str) -> Vec<Pattern> {
    if reader.is_array(key) {
        let texts = reader.strings(key);
        return texts.iter().filter_map(|text| pattern(reader, text)).collect();
    }
    let text = reader.string(key).filter(|text| !text.value.is_empty());
    text.and_then(|text| pattern(reader, &text)).into_iter().collect()
}

/// Reads one pattern; reports what is wrong with it.
pub fn pattern(reader: &mut Reader, text: &Spanned<String>) -> Option<Pattern> {
    let fault = match Pattern::parse(text.value.trim()) {
        Ok(pattern) => return Some(pattern),
        Err(fault) => fault,
    };
    let what = match fault {
        PatternFault::NoPlace => "has no place for the number",
        PatternFault::UnknownForm => "has a place that holds no known numeral",
        PatternFault::TwoPlaces => "has two places for the number",
    };
    reader.report(
        Diagnostic::error(Code::BadPattern, text.span, format!("the pattern `{}` {what}", text.value))
            .help("write the number as `{一}`, `{1}`, `{１}`, `{①}`, `{㈠}`, `{⑴}`, `{甲}`, `{壹}`, `{I}`, `{A}` or `{a}`, e.g. `第{一}條`")
            .help("a sign alone, such as `●`, needs none"),
    );
    None
}

fn within(reader: &mut Reader, key: &'static str, known: &[Within]) -> Option<Within> {
    let text = reader.string(key)?;
    let found = known.iter().copied().find(|within| name(*within) == text.value);
    if found.is_none() {
        let known: Vec<_> = known.iter().map(|within| name(*within)).collect();
        reader.report(
            Diagnostic::error(
                Code::UnknownLevel,
                text.span,
                format!("numbers cannot begin anew in each `{}` here", text.value),
            )
            .suggest(&text.value, known.iter().copied())
            .help(format!("write `{}`", known.join("`, `"))),
        );
    }
    found
}

fn name(within: Within) -> &'static str {
    match within {
        Within::Document => "document",
        Within::Division => "division",
        Within::Area => "area",
        Within::Section => "section",
    }
}
