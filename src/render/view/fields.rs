//! What a document gives with its measures, such as who is responsible: a table of
//! all measures by field, each entity in it a link.
//!
//! Must not know how a field is found in a text.

use std::ops::Range;

use serde::Serialize;

use crate::library::{self, MeasureIndex, Mention, Place};

use super::Scope;
use super::called::{MeasureLink, measure_link};
use super::document::area_heading;
use super::text::wrap;

/// The table of a document's fields.
#[derive(Debug, Serialize)]
pub struct Fields {
    columns: Vec<String>,
    groups: Vec<Group>,
}

/// The measures of an area that have fields.
#[derive(Debug, Serialize)]
struct Group {
    heading: String,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    measure: MeasureLink,
    /// In HTML; empty where the measure has no such field.
    cells: Vec<String>,
}

/// All measures that have fields, by area.
pub fn fields(scope: &Scope, memorandum: usize) -> Fields {
    let whole = &scope.library.memoranda[memorandum];
    let group = |area: usize| {
        let measures = whole.measures_of(area).filter(|one| whole.measure(*one).has_fields());
        let rows: Vec<Row> = measures.map(|measure| row(scope, memorandum, measure)).collect();
        (!rows.is_empty()).then(|| Group { heading: area_heading(scope, memorandum, area), rows })
    };
    Fields {
        columns: whole.field_names(scope.edition),
        groups: (0..whole.areas.len()).filter_map(group).collect(),
    }
}

fn row(scope: &Scope, memorandum: usize, measure: usize) -> Row {
    let whole = &scope.library.memoranda[memorandum];
    let one = whole.measure(measure);
    Row {
        measure: measure_link(scope, MeasureIndex { memorandum, measure }),
        cells: (0..whole.fields.len()).map(|field| cell(scope, one, field)).collect(),
    }
}

/// A field's values in a measure, as printed.
fn cell(scope: &Scope, measure: library::Measure, field: usize) -> String {
    let edition = scope.edition;
    let mut html = String::new();
    let text = &measure.said.text.text[edition];
    for found in measure.reading.fields[edition].iter().filter(|one| one.field == field) {
        let mentions = &measure.reading.mentions[edition];
        value(scope, text, found.range.clone(), mentions, &mut html);
    }
    let beside = measure.said.fields.iter().zip(&measure.reading.beside);
    for (given, mentions) in beside.filter(|(given, _)| given.field == field) {
        let text = &given.text.text[edition];
        value(scope, text, 0..text.len(), &mentions[edition], &mut html);
    }
    html
}

/// A part of a text, with a link for each entity that it mentions.
fn value(scope: &Scope, text: &str, range: Range<usize>, mentions: &[Mention], html: &mut String) {
    let is_inside = |own: &Range<usize>| range.start <= own.start && own.end <= range.end;
    let links = mentions.iter().filter(|one| is_inside(&one.range)).map(|mention| {
        let href = scope.href(Place::Entity(mention.entity).of(scope.edition));
        (mention.range.clone(), format!("<a href=\"{href}\">"), "</a>")
    });
    html.push_str("<p>");
    wrap(text, range.clone(), links, html);
    html.push_str("</p>");
}
