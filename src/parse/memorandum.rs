//! A memorandum's folder: `memorandum.toml` and one file an area.
//!
//! 1. The head is read: what the document is, how it is numbered, its parts.
//! 2. Each area's file is read (`area`).
//! 3. Areas are put in the document's order, and every mark is counted
//!    (`arrange`).
//! 4. The source documents are read (`source`).

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    DateName, DocumentKind, FieldName, Id, KnownKind, Manuscript, Memorandum, Numbering, Part,
    PartKind, Script, Signatory, Text, Within, Words,
};
use crate::source::{Entry, FileId, Span, Spanned};

use super::area;
use super::arrange::arrange;
use super::fields;
use super::image::image;
use super::lines;
use super::numbering::numbering;
use super::raw::{Head, RawArea, RawPart};
use super::source::sources;
use super::table::{self, Reader};
use super::{File, MEMORANDUM, Parser, source};

/// Reads a folder's files. What cannot be read is reported, and the rest is
/// still looked at; `None` only if the folder's name can be no id.
pub fn parse(
    parser: &mut Parser,
    folder: &str,
    files: &[File],
    script: Script,
) -> Option<Manuscript> {
    let head_path = format!("content/{folder}/{MEMORANDUM}");
    let told = parser.diagnostics.len();
    let mut head = match files.iter().find(|(path, _)| *path == head_path) {
        Some((path, entry)) => read_head(parser, folder, path, entry, script)?,
        None => {
            parser.diagnostics.push(
                Diagnostic::file_error(
                    Code::MissingFile,
                    &head_path,
                    format!("there is no `{head_path}`"),
                )
                .help("a folder below `content/` is a memorandum and needs one"),
            );
            let place = Span::new(parser.sources.add(head_path.as_str(), ""), 0..0);
            unread(folder, script, place)?
        }
    };
    // What stands under a key that nobody knows may be what is missing elsewhere.
    let mut whole = head.whole && !parser.diagnostics.tell_since(told, Code::UnknownKey);
    let mut areas: Vec<RawArea> = Vec::new();
    for (path, entry) in files.iter().filter(|(path, _)| *path != head_path) {
        let told = parser.diagnostics.len();
        let parsed = parser.text(path, entry).and_then(|file| {
            table::parse(parser, file, &fields::AREA, |reader| area::area(reader, &head))
        });
        match parsed {
            Some(mut area) => {
                area.whole &= !parser.diagnostics.tell_since(told, Code::UnknownKey);
                whole &= area.whole;
                areas.push(area);
            }
            None => whole = false,
        }
    }
    let image = head.image.take();
    let raw = std::mem::take(&mut head.sources);
    let sources = raw.into_iter().filter_map(|raw| source::document(parser, raw)).collect();
    let misnamed = head.misnamed.take();
    let (memorandum, in_order) = arrange(head, areas, whole, parser.sources, parser.diagnostics);
    Some(Manuscript { memorandum, sources, whole, in_order, misnamed, image })
}

fn read_head(
    parser: &mut Parser,
    folder: &str,
    path: &str,
    entry: &Entry,
    script: Script,
) -> Option<Head> {
    let Some(file) = parser.text(path, entry) else {
        let place = Span::new(parser.sources.add(path, ""), 0..0);
        return unread(folder, script, place);
    };
    let parsed =
        table::parse(parser, file, &fields::MEMORANDUM, |reader| head(reader, folder, script));
    parsed.or_else(|| unread_file(folder, script, file))
}

fn unread_file(folder: &str, script: Script, file: FileId) -> Option<Head> {
    unread(folder, script, Span::new(file, 0..0))
}

/// A memorandum of which only the folder is known.
fn unread(folder: &str, script: Script, place: Span) -> Option<Head> {
    let memorandum = Memorandum {
        id: Spanned::new(Id::parse(folder)?, place),
        formerly: Vec::new(),
        script,
        kind: DocumentKind::Known(KnownKind::Memorandum),
        title: Text::unread(script, place),
        short_title: None,
        summary: None,
        group: None,
        continues: None,
        amends: Vec::new(),
        dates: Default::default(),
        place: None,
        parties: Vec::new(),
        fields: Vec::new(),
        numbers_run_on: false,
        parts: Vec::new(),
        areas: Vec::new(),
    };
    Some(Head {
        memorandum,
        numbering: Numbering::default(),
        parts: Vec::new(),
        sources: Vec::new(),
        misnamed: None,
        image: None,
        whole: false,
    })
}

fn head(reader: &mut Reader, folder: &str, script: Script) -> Option<Head> {
    let id = reader.id("id");
    let script = reader.script("script").unwrap_or(script);
    let mut head = unread(folder, script, reader.place())?;
    let memorandum = &mut head.memorandum;
    match id {
        Some(id) if id.value == memorandum.id.value => memorandum.id = id,
        Some(id) => {
            reader.report(differs_from_folder(&id, folder));
            head.misnamed = Some(id.value);
        }
        None => {}
    }
    memorandum.formerly = reader.former_ids(Some(&memorandum.id.value));
    memorandum.kind = kind(reader, script);
    memorandum.title = reader.required_text("title", script);
    memorandum.short_title = reader.text("short_title", script);
    memorandum.summary = reader.text("summary", script);
    memorandum.group = reader.text("group", script);
    memorandum.continues = reader.string("continues");
    memorandum.amends = reader.strings("amends");
    for name in DateName::ALL {
        if let Some(date) = reader.partial_date(name.id()) {
            memorandum.dates.0.insert(name, date);
        }
    }
    memorandum.place = reader.text("place", script);
    memorandum.parties = reader.texts("parties", script);
    memorandum.fields = reader.tables("fields", |reader| field_name(reader, script));
    head.numbering = numbering(reader);
    memorandum.numbers_run_on =
        matches!(head.numbering.measure_within, Within::Document | Within::Division);
    head.parts = parts(reader, script);
    head.sources = sources(reader, script);
    head.image = image(reader, script);
    head.whole = true;
    Some(head)
}

/// The mistake of an id that is not the folder's name.
fn differs_from_folder(id: &Spanned<Id>, folder: &str) -> Diagnostic {
    let message = format!("the memorandum `{}` stands in the folder `{folder}`", id.value);
    Diagnostic::error(Code::IdDiffersFromFolder, id.span, message)
        .help("give both the same name: the id is part of every address")
}

fn kind(reader: &mut Reader, script: Script) -> DocumentKind<Text> {
    let memorandum = DocumentKind::Known(KnownKind::Memorandum);
    if reader.is_table("kind") {
        let words = reader.table("kind", |reader| {
            let document = reader.required_text("document", script);
            let area = reader.required_text("area", script);
            let measure = reader.required_text("measure", script);
            Some(Words { document, area, measure })
        });
        return words.map_or(memorandum, DocumentKind::Own);
    }
    let Some(text) = reader.string("kind") else { return memorandum };
    if let Some(kind) = KnownKind::from_id(&text.value) {
        return DocumentKind::Known(kind);
    }
    let known = KnownKind::ALL.map(KnownKind::id);
    reader.report(
        Diagnostic::error(
            Code::UnknownKind,
            text.span,
            format!("no kind of document is called `{}`", text.value),
        )
        .suggest(&text.value, known)
        .help(format!(
            "kinds are `{}`; or give words of its own: `[kind]` with `document`, `area` and `measure`",
            known.join("`, `")
        )),
    );
    memorandum
}

fn field_name(reader: &mut Reader, script: Script) -> Option<FieldName<Text>> {
    let id = reader.id("id");
    let name = reader.required_text("name", script);
    Some(FieldName { id: id?, name })
}

/// The parts, one by one, or in the order that most documents have: title,
/// preamble, signatures, the annex' heading, areas.
fn parts(reader: &mut Reader, script: Script) -> Vec<RawPart> {
    let listed = reader.has("parts");
    let preamble = part(PartKind::Preamble, reader.paragraphs("preamble", script));
    let mut signatures = Part::new(PartKind::Signatures);
    signatures.signatories = reader.tables("signatories", |reader| Some(signatory(reader, script)));
    let annex = reader.text("annex", script);
    if !listed {
        let mut annexed = Part::new(PartKind::Annex);
        annexed.title = annex;
        let all =
            [Part::new(PartKind::Title), preamble, signatures, annexed, Part::new(PartKind::Areas)];
        let is_there = |part: &Part<Text>| match part.kind {
            PartKind::Preamble => !part.text.is_empty(),
            PartKind::Signatures => !part.signatories.is_empty(),
            PartKind::Annex => part.title.is_some(),
            _ => true,
        };
        let place = reader.place();
        return all.into_iter().filter(is_there).map(|part| RawPart::new(part, place)).collect();
    }
    for key in ["preamble", "signatories", "annex"] {
        if let Some(span) = reader.place_of(key) {
            reader.report(
                Diagnostic::error(
                    Code::DeclaredTwice,
                    span,
                    format!("`{key}` stands beside `[[parts]]`, which give the document's order"),
                )
                .help("put it among the parts, where the document has it"),
            );
        }
    }
    reader.tables("parts", |reader| one_part(reader, script))
}

fn part(kind: PartKind, text: Vec<Text>) -> Part<Text> {
    Part { text, ..Part::new(kind) }
}

fn one_part(reader: &mut Reader, script: Script) -> Option<RawPart> {
    let place = reader.place();
    let kind = part_kind(reader);
    let mut part = Part::new(kind.unwrap_or(PartKind::Text));
    part.text = reader.paragraphs("text", script);
    let mut mark = None;
    if matches!(part.kind, PartKind::Division | PartKind::Annex) {
        part.id = reader.has("id").then(|| reader.id("id")).flatten();
        mark = area::explicit_mark(reader, script);
        part.title = reader.text("title", script);
        part.closing = reader.paragraphs("closing", script);
    }
    if part.kind == PartKind::Signatures {
        part.signatories = reader.tables("signatories", |reader| Some(signatory(reader, script)));
    }
    if part.kind == PartKind::Table {
        part.rows = reader.rows("rows", script);
        let columns = part.rows.first().map_or(0, Vec::len);
        for extra in part.rows.iter().filter_map(|row| row.get(columns)) {
            reader.report(lines::too_many_cells(extra.source.span, columns));
        }
    }
    let has_text = !part.text.is_empty() || !part.signatories.is_empty() || !part.rows.is_empty();
    let may_lack_text = matches!(
        part.kind,
        PartKind::Title | PartKind::Areas | PartKind::Division | PartKind::Annex
    );
    if kind.is_some() && !has_text && !may_lack_text && !reader.has("text") && !reader.has("rows") {
        reader.missing(if part.kind == PartKind::Table { "rows" } else { "text" });
    }
    kind?;
    Some(RawPart { part, mark, place })
}

fn part_kind(reader: &mut Reader) -> Option<PartKind> {
    let text = reader.required_string("kind")?;
    let kind = PartKind::from_id(&text.value);
    if kind.is_none() {
        let known = PartKind::ALL.map(PartKind::id);
        reader.report(
            Diagnostic::error(
                Code::UnknownPart,
                text.span,
                format!("no part of a document is called `{}`", text.value),
            )
            .suggest(&text.value, known)
            .help(format!("parts are `{}`", known.join("`, `"))),
        );
    }
    kind
}

fn signatory(reader: &mut Reader, script: Script) -> Signatory<Text> {
    Signatory {
        party: reader.required_text("party", script),
        post: reader.text("post", script),
        dated: reader.text("dated", script),
    }
}
