//! A memorandum's folder: `memorandum.toml` and one file an area.

use crate::diagnostic::Diagnostic;
use crate::model::{
    Area, Date, Edition, Id, Measure, MeasureNumber, Memorandum, Signatory, SourceDocument, Text,
};
use crate::source::{Entry, Span, Spanned};

use super::table::{self, Reader};
use super::{File, MEMORANDUM, Parser};

/// Reads a folder's files. What cannot be read is reported, and the rest is
/// still looked at; `None` only if the folder's name can be no id.
pub fn parse(
    parser: &mut Parser,
    folder: &str,
    files: &[File],
    script: Edition,
) -> Option<Memorandum> {
    let head_path = format!("content/{folder}/{MEMORANDUM}");
    let mut memorandum = match files.iter().find(|(path, _)| *path == head_path) {
        Some((path, entry)) => read_head(parser, folder, path, entry, script)?,
        None => {
            parser.diagnostics.push(
                Diagnostic::file_error(
                    "missing-file",
                    &head_path,
                    format!("there is no `{head_path}`"),
                )
                .help("a folder below `content/` is a memorandum and needs one"),
            );
            let place = Span::new(parser.sources.add(head_path.as_str(), ""), 0..0);
            unread(folder, script, place)?
        }
    };
    for (path, entry) in files.iter().filter(|(path, _)| *path != head_path) {
        let parsed = parser
            .text(path, entry)
            .and_then(|file| table::parse(parser, file, |reader| area(reader, memorandum.script)));
        match parsed {
            Some(ReadArea { area, whole }) => {
                memorandum.whole &= whole;
                memorandum.areas.push(area);
            }
            None => memorandum.whole = false,
        }
    }
    memorandum.areas.sort_by_key(|area| area.number.value);
    check_numbers(parser, &memorandum);
    Some(memorandum)
}

fn read_head(
    parser: &mut Parser,
    folder: &str,
    path: &str,
    entry: &Entry,
    script: Edition,
) -> Option<Memorandum> {
    let Some(file) = parser.text(path, entry) else {
        let place = Span::new(parser.sources.add(path, ""), 0..0);
        return unread(folder, script, place);
    };
    let parsed = table::parse(parser, file, |reader| head(reader, folder, script));
    let Some((mut memorandum, source)) = parsed else {
        return unread(folder, script, Span::new(file, 0..0));
    };
    memorandum.source = source.and_then(|(file, sha256)| source_document(parser, file, sha256));
    Some(memorandum)
}

/// A memorandum of which only the folder is known.
fn unread(folder: &str, script: Edition, place: Span) -> Option<Memorandum> {
    Some(Memorandum {
        id: Spanned::new(Id::parse(folder)?, place),
        script,
        title: Text::unread(script, place),
        short_title: None,
        signed: UNREAD_DATE,
        published: None,
        as_at: None,
        place: None,
        parties: Vec::new(),
        preamble: Vec::new(),
        signatories: Vec::new(),
        annex: None,
        source: None,
        areas: Vec::new(),
        whole: false,
    })
}

/// Stands for a date that could not be read.
const UNREAD_DATE: Date = Date { year: 1970, month: 1, day: 1 };

/// A memorandum without its areas, and its source document as written.
type Head = (Memorandum, Option<(Spanned<String>, Spanned<String>)>);

fn head(reader: &mut Reader, folder: &str, script: Edition) -> Option<Head> {
    let id = memorandum_id(reader, folder);
    let script = reader.edition("script").unwrap_or(script);
    let mut memorandum = unread(folder, script, reader.place())?;
    memorandum.id = id.unwrap_or(memorandum.id);
    memorandum.title = reader.required_text("title", script);
    memorandum.short_title = reader.text("short_title", script);
    if !reader.has("signed") {
        reader.missing("signed");
    }
    memorandum.signed = reader.date("signed").unwrap_or(UNREAD_DATE);
    memorandum.published = reader.date("published");
    memorandum.as_at = reader.date("as_at");
    memorandum.place = reader.text("place", script);
    memorandum.parties = reader.texts("parties", script);
    memorandum.preamble = reader.texts("preamble", script);
    memorandum.signatories = reader.tables("signatories", |reader| Some(signatory(reader, script)));
    memorandum.annex = reader.text("annex", script);
    memorandum.whole = true;
    Some((memorandum, reader.table("source", source)))
}

/// The id, which is the folder's name.
fn memorandum_id(reader: &mut Reader, folder: &str) -> Option<Spanned<Id>> {
    let id = reader.id("id")?;
    if id.value.as_str() == folder {
        return Some(id);
    }
    reader.report(
        Diagnostic::error(
            "id-differs-from-folder",
            id.span,
            format!("the memorandum `{}` stands in the folder `{folder}`", id.value),
        )
        .help("give both the same name: the id is part of every address"),
    );
    None
}

fn signatory(reader: &mut Reader, script: Edition) -> Signatory {
    Signatory {
        party: reader.required_text("party", script),
        post: reader.required_text("post", script),
        dated: reader.text("dated", script),
    }
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

/// An area, and whether all its measures could be read.
struct ReadArea {
    area: Area,
    whole: bool,
}

fn area(reader: &mut Reader, script: Edition) -> Option<ReadArea> {
    let id = reader.id("id");
    let number = area_number(reader);
    let title = reader.required_text("title", script);
    let summary = reader.text("summary", script);
    let area_number = number.as_ref().map(|number| number.value);
    let mut whole = true;
    let measures = reader.tables("measures", |reader| {
        let measure = measure(reader, script, area_number);
        whole &= measure.is_some();
        measure
    });
    let area = Area { id: id?, number: number?, title, summary, measures };
    if whole {
        check_measure_numbers(reader, &area);
    }
    Some(ReadArea { area, whole })
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
    Some(Measure { number: number?, text, label, related })
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

/// Areas must be numbered from 1 without gap or repetition.
fn check_numbers(parser: &mut Parser, memorandum: &Memorandum) {
    let mut expected = 1;
    let mut last: Option<&Spanned<u32>> = None;
    for number in memorandum.areas.iter().map(|area| &area.number) {
        if let Some(twin) = last.filter(|last| last.value == number.value) {
            let message = format!("two areas have the number {}", number.value);
            parser.diagnostics.push(
                Diagnostic::error("duplicate-number", number.span, message)
                    .related(twin.span, "the other one"),
            );
        } else if memorandum.whole && number.value != expected {
            let found = number.value.to_string();
            parser.diagnostics.push(gap(number.span, &found, &expected.to_string()));
        }
        expected = number.value.saturating_add(1);
        last = Some(number);
    }
}

/// Measures must be numbered from 1 without gap or repetition, in order.
fn check_measure_numbers(reader: &mut Reader, area: &Area) {
    let mut expected = 1;
    for (index, measure) in area.measures.iter().enumerate() {
        let Spanned { value: number, span } = measure.number;
        if let Some(twin) = area.measures[..index].iter().find(|twin| twin.number.value == number) {
            let message = format!("two measures have the number `{number}`");
            reader.report(
                Diagnostic::error("duplicate-number", span, message)
                    .related(twin.number.span, "the other one"),
            );
            continue;
        }
        if number.ordinal != expected {
            let next = MeasureNumber { ordinal: expected, ..number };
            reader.report(gap(span, &number.to_string(), &next.to_string()));
        }
        expected = number.ordinal.saturating_add(1);
    }
}

fn gap(span: Span, found: &str, expected: &str) -> Diagnostic {
    Diagnostic::error(
        "gap-in-numbering",
        span,
        format!("`{found}` stands where `{expected}` is expected"),
    )
    .help("numbers run from 1 without gaps, in the order of the document")
}
