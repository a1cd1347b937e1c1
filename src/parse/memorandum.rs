//! A memorandum's folder: `memorandum.toml` and one file an area.

use crate::diagnostic::Diagnostic;
use crate::model::{Area, Edition, Measure, MeasureNumber, Memorandum, Signatory, SourceDocument};
use crate::source::{Entry, Spanned};

use super::table::{self, Reader};
use super::{MEMORANDUM, Parser};

/// Reads a folder's files. Areas that cannot be read are reported and left out.
pub fn parse(
    parser: &mut Parser,
    folder: &str,
    files: &[(&str, &Entry)],
    script: Edition,
) -> Option<Memorandum> {
    let head_path = format!("content/{folder}/{MEMORANDUM}");
    let head = match files.iter().find(|(path, _)| *path == head_path) {
        Some((path, entry)) => parser.text(path, entry).and_then(|file| {
            let (mut head, source) = table::parse(parser, file, |reader| head(reader, script))?;
            head.source = source.and_then(|(file, sha256)| source_document(parser, file, sha256));
            Some(head)
        }),
        None => {
            parser.diagnostics.push(
                Diagnostic::file_error(
                    "missing-file",
                    &head_path,
                    format!("there is no `{head_path}`"),
                )
                .help("a folder below `content/` is a memorandum and needs one"),
            );
            None
        }
    };
    let script = head.as_ref().map_or(script, |head| head.script);
    let mut areas = Vec::new();
    let mut all_read = true;
    for (path, entry) in files.iter().filter(|(path, _)| *path != head_path) {
        let parsed = parser
            .text(path, entry)
            .and_then(|file| table::parse(parser, file, |reader| area(reader, script)));
        all_read &= parsed.is_some();
        areas.extend(parsed);
    }
    let mut memorandum = head?;
    if memorandum.id.value.as_str() != folder {
        parser.diagnostics.push(
            Diagnostic::error(
                "id-differs-from-folder",
                memorandum.id.span,
                format!("the memorandum `{}` stands in the folder `{folder}`", memorandum.id.value),
            )
            .help("give both the same name: the id is part of every address"),
        );
    }
    areas.sort_by_key(|area| area.number.value);
    check_numbers(parser, &areas, all_read);
    memorandum.areas = areas;
    Some(memorandum)
}

/// A memorandum without its areas, and its source document as written.
type Head = (Memorandum, Option<(Spanned<String>, Spanned<String>)>);

fn head(reader: &mut Reader, script: Edition) -> Option<Head> {
    let id = reader.id("id");
    let script = reader.edition("script").unwrap_or(script);
    let title = reader.required_text("title", script);
    let short_title = reader.text("short_title", script);
    if !reader.has("signed") {
        reader.missing("signed");
    }
    let signed = reader.date("signed");
    let published = reader.date("published");
    let as_at = reader.date("as_at");
    let place = reader.text("place", script);
    let parties = reader.texts("parties", script);
    let preamble = reader.texts("preamble", script);
    let signatories = reader.tables("signatories", |reader| signatory(reader, script));
    let annex = reader.text("annex", script);
    let source = reader.table("source", source);
    let memorandum = Memorandum {
        id: id?,
        script,
        title: title?,
        short_title,
        signed: signed?,
        published,
        as_at,
        place,
        parties,
        preamble,
        signatories,
        annex,
        source: None,
        areas: Vec::new(),
    };
    Some((memorandum, source))
}

fn signatory(reader: &mut Reader, script: Edition) -> Option<Signatory> {
    let party = reader.required_text("party", script);
    let post = reader.required_text("post", script);
    let dated = reader.text("dated", script);
    Some(Signatory { party: party?, post: post?, dated })
}

/// The path and sha256 of a source document, as written.
fn source(reader: &mut Reader) -> Option<(Spanned<String>, Spanned<String>)> {
    let file = reader.required_string("file");
    let sha256 = reader.required_string("sha256");
    let (file, sha256) = (file?, sha256?);
    let hexadecimal = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if sha256.value.len() != 64 || !sha256.value.bytes().all(hexadecimal) {
        reader.report(Diagnostic::error(
            "bad-sha256",
            sha256.span,
            "a sha256 is 64 hexadecimal digits, lowercase",
        ));
        return None;
    }
    Some((file, sha256))
}

/// Reads the document itself, byte for byte.
fn source_document(
    parser: &mut Parser,
    file: Spanned<String>,
    sha256: Spanned<String>,
) -> Option<SourceDocument> {
    let path = file.value.as_str();
    let Some(entry) = parser.tree.files.get(path) else {
        let seeds = parser.tree.below("seeds/").map(|(path, _)| path);
        parser.diagnostics.push(
            Diagnostic::error("missing-source", file.span, format!("there is no file `{path}`"))
                .suggest(path, seeds)
                .help("source documents stand below `seeds/`; write the path from the site's root"),
        );
        return None;
    };
    let text = parser.verbatim_text(path, entry)?;
    Some(SourceDocument { file, sha256, text })
}

fn area(reader: &mut Reader, script: Edition) -> Option<Area> {
    let id = reader.id("id");
    let number = area_number(reader);
    let title = reader.required_text("title", script);
    let summary = reader.text("summary", script);
    let measures = reader.tables("measures", |reader| {
        measure(reader, script, number.as_ref().map(|number| number.value))
    });
    Some(Area { id: id?, number: number?, title: title?, summary, measures })
}

fn area_number(reader: &mut Reader) -> Option<Spanned<u32>> {
    if !reader.has("number") {
        reader.missing("number");
    }
    let number = reader.integer("number")?;
    match u32::try_from(number.value) {
        Ok(value) if value > 0 => Some(Spanned::new(value, number.span)),
        _ => {
            reader.report(Diagnostic::error(
                "bad-number",
                number.span,
                "areas are numbered from 1",
            ));
            None
        }
    }
}

fn measure(reader: &mut Reader, script: Edition, area: Option<u32>) -> Option<Measure> {
    let number = measure_number(reader, area);
    let text = reader.required_text("text", script);
    let label = reader.text("label", script);
    let related = reader.strings("related");
    Some(Measure { number: number?, text: text?, label, related })
}

fn measure_number(reader: &mut Reader, area: Option<u32>) -> Option<Spanned<MeasureNumber>> {
    let text = reader.required_string("number")?;
    let Some(number) = MeasureNumber::parse(&text.value) else {
        reader.report(
            Diagnostic::error(
                "bad-number",
                text.span,
                format!("`{}` is no measure's number", text.value),
            )
            .help("write the area's number and the measure's own, e.g. \"4.2\""),
        );
        return None;
    };
    if let Some(area) = area.filter(|area| *area != number.area) {
        reader.report(Diagnostic::error(
            "number-of-another-area",
            text.span,
            format!("the measure `{number}` stands in area {area}"),
        ));
    }
    Some(Spanned::new(number, text.span))
}

/// Numbers must run from 1 without gap or repetition, in the file's order.
/// Gaps between areas are reported only where every area could be read.
fn check_numbers(parser: &mut Parser, areas: &[Area], all_read: bool) {
    let mut expected = 1;
    for (index, area) in areas.iter().enumerate() {
        let number = &area.number;
        let twin = index.checked_sub(1).map(|before| &areas[before].number);
        match twin.filter(|twin| twin.value == number.value) {
            Some(twin) => parser.diagnostics.push(
                Diagnostic::error(
                    "duplicate-number",
                    number.span,
                    format!("two areas have the number {}", number.value),
                )
                .related(twin.span, "the other one"),
            ),
            None if all_read && number.value != expected => parser.diagnostics.push(gap(
                number.span,
                &number.value.to_string(),
                &expected.to_string(),
            )),
            None => {}
        }
        expected = number.value.saturating_add(1);
        check_measure_numbers(parser, area);
    }
}

fn check_measure_numbers(parser: &mut Parser, area: &Area) {
    let mut expected = 1;
    for (index, measure) in area.measures.iter().enumerate() {
        let number = measure.number.value;
        let twin = area.measures[..index].iter().find(|twin| twin.number.value == number);
        match twin {
            Some(twin) => parser.diagnostics.push(
                Diagnostic::error(
                    "duplicate-number",
                    measure.number.span,
                    format!("two measures have the number `{number}`"),
                )
                .related(twin.number.span, "the other one"),
            ),
            None => {
                let next = MeasureNumber { ordinal: expected, ..number };
                if number.ordinal != expected {
                    parser.diagnostics.push(gap(
                        measure.number.span,
                        &number.to_string(),
                        &next.to_string(),
                    ));
                }
                expected = number.ordinal.saturating_add(1);
            }
        }
    }
}

fn gap(span: crate::source::Span, found: &str, expected: &str) -> Diagnostic {
    Diagnostic::error(
        "gap-in-numbering",
        span,
        format!("`{found}` stands where `{expected}` is expected"),
    )
    .help("numbers run from 1 without gaps, in the order of the document")
}
