//! An area's file: its heading, its sections, its measures.
//!
//! Marks are only read here where an author wrote one; `arrange` counts the
//! others, since numbers may run on from file to file.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Area, Column, FieldName, FieldValue, Holds, Id, Measure, MeasureNumber, Script, Section, Text,
    UNNAMED_AREA,
};
use crate::source::{Span, Spanned};

use super::raw::{ExplicitMark, Head, RawArea};
use super::table::{Lines, Reader};

/// A measure as written.
struct RawMeasure {
    measure: Measure<Text>,
    number: Option<Spanned<MeasureNumber>>,
    mark: Option<ExplicitMark>,
    /// False if a number is there and could not be read.
    whole: bool,
}

/// Reads an area's file.
pub fn area(reader: &mut Reader, head: &Head) -> Option<RawArea> {
    let script = head.memorandum.script;
    let place = reader.place();
    let id = reader.id("id");
    let formerly = reader.former_ids(id.as_ref().map(|id| &id.value));
    let (number, numbered) = (area_number(reader), reader.has("number"));
    let under = reader.string("under");
    let mark = explicit_mark(reader, script);
    let title = reader.text("title", script);
    let text = reader.paragraphs("text", script);
    let summary = reader.text("summary", script);
    let columns = columns(reader, &head.memorandum.fields, script);
    let closing = reader.paragraphs("closing", script);
    let read = |reader: &mut Reader| Some(measure(reader, head));
    let mut measures = reader.tables("measures", read);
    let mut section_marks = Vec::new();
    let sections = reader.tables("sections", |reader| {
        section_marks.push(explicit_mark(reader, script));
        let (title, text) = (reader.text("title", script), reader.paragraphs("text", script));
        let first = measures.len();
        measures.extend(reader.tables("measures", read));
        Some(Section { mark: None, title, text, measures: first..measures.len() })
    });
    measures.iter().for_each(|one| in_columns(reader, &one.measure, &columns, head));
    let id = id?;
    named(reader, &id, title.as_ref(), mark.as_ref());
    let whole = measures.iter().all(|one| one.whole) && (!numbered || number.is_some());
    let mut raw = RawArea {
        area: Area {
            number: Spanned::new(0, number.as_ref().map_or(id.span, |number| number.span)),
            id,
            formerly,
            mark: None,
            title,
            text,
            summary,
            columns,
            sections,
            measures: Vec::with_capacity(measures.len()),
            closing,
        },
        number,
        under,
        mark,
        section_marks,
        measure_marks: Vec::new(),
        measure_numbers: Vec::new(),
        whole,
        place,
    };
    for one in measures {
        raw.area.measures.push(one.measure);
        raw.measure_marks.push(one.mark);
        raw.measure_numbers.push(one.number);
    }
    Some(raw)
}

/// An area has a title or at least a mark, save the one of measures that stand
/// under none, which has neither, and one whose measures stand directly under a
/// division or annex, which says so by `mark = ""`.
fn named(reader: &mut Reader, id: &Spanned<Id>, title: Option<&Text>, mark: Option<&ExplicitMark>) {
    let printed = mark.and_then(|mark| mark.text.as_ref());
    if id.value.as_str() != UNNAMED_AREA {
        // The division or annex above it is all the name it needs.
        let is_named_above = reader.has("under");
        if title.is_none() && mark.is_some() && printed.is_none() && !is_named_above {
            let diagnostic = Diagnostic::error(
                Code::NamelessArea,
                id.span,
                "the area has neither title nor mark",
            )
            .help(format!(
                "measures that stand under no area go into one with the id `{UNNAMED_AREA}`"
            ));
            reader.report(diagnostic);
        } else if title.is_none() && mark.is_none() && !reader.has("title") {
            reader.missing("title");
        }
        return;
    }
    if let Some(text) = title.or(printed) {
        let diagnostic = Diagnostic::error(
            Code::ReservedId,
            text.source.span,
            format!("an area with the id `{UNNAMED_AREA}` holds measures under no area, and has no heading"),
        )
        .help("give the area another id, or leave its heading out");
        reader.report(diagnostic);
    }
}

/// `mark`, where one is written: `mark = ""` says that nothing is printed.
pub fn explicit_mark(reader: &mut Reader, script: Script) -> Option<ExplicitMark> {
    if reader.is_blank("mark") {
        reader.string("mark");
        return Some(ExplicitMark { text: None });
    }
    Some(ExplicitMark { text: Some(reader.text("mark", script)?) })
}

fn area_number(reader: &mut Reader) -> Option<Spanned<u32>> {
    let number = reader.integer("number")?;
    match u32::try_from(number.value) {
        Ok(value) if value > 0 => Some(Spanned::new(value, number.span)),
        _ => {
            reader.report(Diagnostic::error(
                Code::BadNumber,
                number.span,
                "areas are numbered from 1",
            ));
            None
        }
    }
}

/// The columns of a table whose rows are measures.
fn columns(reader: &mut Reader, fields: &[FieldName<Text>], script: Script) -> Vec<Column<Text>> {
    let names = reader.strings("columns");
    let heads = reader.texts("heads", script);
    if !heads.is_empty() && heads.len() != names.len() {
        let message = format!("there are {} heads and {} columns", heads.len(), names.len());
        let span = heads[0].source.span;
        reader.report(
            Diagnostic::error(Code::ColumnCountDiffers, span, message)
                .help("write a head for each column, or none"),
        );
    }
    let mut heads = heads.into_iter();
    let mut columns = Vec::new();
    for name in names {
        let head = heads.next();
        let holds = match name.value.as_str() {
            "mark" => Some(Holds::Mark),
            "title" => Some(Holds::Title),
            "text" => Some(Holds::Text),
            other => field(reader, fields, other, name.span).map(Holds::Field),
        };
        columns.extend(holds.map(|holds| Column { holds, head }));
    }
    columns
}

/// A row has no cell beside the columns: it would stand nowhere in the document's
/// order.
fn in_columns(reader: &mut Reader, measure: &Measure<Text>, columns: &[Column<Text>], head: &Head) {
    let has = |holds: Holds| columns.iter().any(|column| column.holds == holds);
    let title = measure.title.iter().filter(|_| !has(Holds::Title)).map(|text| ("title", text));
    let fields = measure.fields.iter().filter(|one| !has(Holds::Field(one.field)));
    let id = |field: usize| head.memorandum.fields[field].id.value.as_str();
    let fields = fields.map(|one| (id(one.field), &one.text));
    for (name, text) in title.chain(fields).filter(|_| !columns.is_empty()) {
        let message = format!("the row has a cell `{name}`, and the table no column for it");
        reader.report(
            Diagnostic::error(Code::ColumnCountDiffers, text.source.span, message)
                .help("add it to `columns`, where the document prints it"),
        );
    }
}

/// The index of a field; reports one that the document does not declare.
fn field(reader: &mut Reader, fields: &[FieldName<Text>], name: &str, span: Span) -> Option<usize> {
    let found = fields.iter().position(|field| field.id.value.as_str() == name);
    if found.is_none() {
        let known: Vec<&str> = fields.iter().map(|field| field.id.value.as_str()).collect();
        reader.report(
            Diagnostic::error(Code::UnknownField, span, format!("no field has the id `{name}`"))
                .suggest(name, known.iter().copied())
                .help("declare it in `memorandum.toml`: `[[fields]]` with `id` and `name`"),
        );
    }
    found
}

fn measure(reader: &mut Reader, head: &Head) -> RawMeasure {
    let script = head.memorandum.script;
    let (number, numbered) = (measure_number(reader), reader.has("number"));
    let mark = explicit_mark(reader, script);
    let title = reader.text("title", script);
    let Lines { text, lines } = reader.required_lines("text", script, &head.numbering.items);
    let lines = if lines.len() > 1 || lines.first().is_some_and(|line| !line.is_paragraph()) {
        lines
    } else {
        Vec::new()
    };
    let fields = field_values(reader, &head.memorandum.fields, script);
    let label = reader.text("label", script);
    let related = reader.strings("related");
    let amends = reader.strings("amends");
    let key = number
        .clone()
        .unwrap_or_else(|| Spanned::new(MeasureNumber { area: 0, ordinal: 0 }, reader.place()));
    RawMeasure {
        measure: Measure {
            number: key,
            mark: None,
            title,
            text,
            lines,
            fields,
            label,
            related,
            amends,
        },
        whole: !numbered || number.is_some(),
        number,
        mark,
    }
}

fn measure_number(reader: &mut Reader) -> Option<Spanned<MeasureNumber>> {
    let text = reader.string("number")?;
    let Some(number) = MeasureNumber::parse(&text.value) else {
        reader.report(
            Diagnostic::error(
                Code::BadNumber,
                text.span,
                format!("`{}` is no measure's number", text.value),
            )
            .help("write the area's place and the measure's own, e.g. \"4.2\"; what the document prints is its `mark`"),
        );
        return None;
    };
    Some(Spanned::new(number, text.span))
}

/// The cells of a row that are fields.
fn field_values(
    reader: &mut Reader,
    fields: &[FieldName<Text>],
    script: Script,
) -> Vec<FieldValue<Text>> {
    let mut values = Vec::new();
    reader.table("fields", |reader| {
        for (name, span) in reader.keys() {
            let Some(index) = field(reader, fields, &name, span) else {
                reader.pass_over(&name);
                continue;
            };
            let text = reader.text_of(&name, script);
            values.extend(text.map(|text| FieldValue { field: index, text }));
        }
        Some(())
    });
    values.sort_by_key(|value| value.field);
    values
}
