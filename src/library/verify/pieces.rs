//! Everything a document says, in its own order, in one script.

use std::borrow::Cow;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{
    Area, Column, Holds, Level, Mark, Measure, Memorandum, Part, PartKind, Script, Section,
    Signatory, SourceDocument, Text,
};
use crate::script::Converter;
use crate::source::{Sources, Span};

use super::stream::is_passed_over;

/// One text that a document consists of.
pub struct Piece<'a> {
    pub text: Cow<'a, str>,
    pub span: Span,
    pub role: Role,
    /// The heading or measure that it is of, counted from 1.
    pub unit: Option<usize>,
    /// The measure that it is of, by its index in the document.
    pub measure: Option<usize>,
}

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Title,
    /// A mark, and whether it was counted rather than written.
    Mark {
        level: Level,
        counted: bool,
    },
    AreaTitle,
    AreaText,
    Measure,
    Part(PartKind),
    Closing,
}

/// One character of a piece, white space left out.
#[derive(Debug, Clone, Copy)]
pub struct Symbol {
    pub c: char,
    /// Index of its piece.
    pub piece: usize,
    /// Its byte in the piece's text.
    pub offset: usize,
    pub gap: Gap,
}

/// What stands before a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// Another character.
    None,
    Space,
    /// The end of a paragraph, item or cell.
    Line,
    /// The beginning of the piece.
    Piece,
}

/// The characters of all pieces.
pub fn symbols(pieces: &[Piece]) -> Vec<Symbol> {
    let mut symbols = Vec::new();
    for (piece, one) in pieces.iter().enumerate() {
        let mut gap = Gap::Piece;
        for (offset, c) in one.text.char_indices() {
            if !is_passed_over(c) {
                symbols.push(Symbol { c, piece, offset, gap });
                gap = Gap::None;
                continue;
            }
            gap = match (gap, c) {
                (Gap::Piece, _) => Gap::Piece,
                (_, '\n' | '\t') | (Gap::Line, _) => Gap::Line,
                (_, c) if c.is_whitespace() => Gap::Space,
                (gap, _) => gap,
            };
        }
    }
    symbols
}

/// The pieces of a memorandum in a document's script. `None` if texts are
/// missing in it, which is reported.
pub fn pieces<'a>(
    memorandum: &'a Memorandum<Text>,
    document: &SourceDocument,
    converter: &Converter,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Piece<'a>>> {
    let mut walk = Walk {
        script: document.script,
        converter,
        sources,
        pieces: Vec::new(),
        missing: Vec::new(),
        unread: false,
        unit: None,
        units: 0,
        measure: None,
    };
    for part in &memorandum.parts {
        walk.part(part, memorandum);
    }
    if let Some(first) = walk.missing.first() {
        let name = document.script.id();
        let message = format!("the document exists in both scripts, and this text has no `{name}`");
        let more = walk.missing.len() - 1;
        let diagnostic = Diagnostic::error(Code::MissingOfficialText, *first, message)
            .related(document.file.span, "this document is verified")
            .help("write `{ hant = \"…\", hans = \"…\", provenance = \"official\" }`");
        diagnostics.push(match more {
            0 => diagnostic,
            more => diagnostic.note(format!("{more} more texts have none")),
        });
    }
    // A text that could not be read was reported by whoever read it.
    (!walk.unread && walk.missing.is_empty()).then_some(walk.pieces)
}

struct Walk<'a, 'b> {
    script: Script,
    converter: &'b Converter,
    sources: &'b Sources,
    pieces: Vec<Piece<'a>>,
    missing: Vec<Span>,
    unread: bool,
    /// The heading or measure whose pieces are being put in order.
    unit: Option<usize>,
    units: usize,
    measure: Option<usize>,
}

impl<'a> Walk<'a, '_> {
    fn push(&mut self, text: &'a Text, role: Role) {
        if text.is_unread() {
            self.unread = true;
            return;
        }
        let side = match &text.counterpart {
            _ if text.script == self.script => &text.source,
            Some(given) => &given.text,
            None => {
                self.missing.push(text.source.span);
                return;
            }
        };
        let (text, span) = (side.value.as_str().into(), side.span);
        self.pieces.push(Piece { text, span, role, unit: self.unit, measure: self.measure });
    }

    fn all(&mut self, texts: impl IntoIterator<Item = &'a Text>, role: Role) {
        texts.into_iter().for_each(|text| self.push(text, role));
    }

    /// A mark: one that is counted is the same in both scripts but for words
    /// such as 條.
    fn mark(&mut self, mark: &'a Option<Mark<Text>>, level: Level) {
        let Some(Mark { printed, .. }) = mark else { return };
        let written = self.sources.text(printed.source.span) == printed.source.value;
        let role = Role::Mark { level, counted: !written };
        if printed.script == self.script || printed.counterpart.is_some() {
            self.push(printed, role);
            return;
        }
        let converted = self.converter.convert(&printed.source.value, self.script).text;
        let (text, span) = (converted.into(), printed.source.span);
        self.pieces.push(Piece { text, span, role, unit: self.unit, measure: self.measure });
    }

    /// The pieces of one heading or measure.
    fn unit(&mut self, push: impl FnOnce(&mut Self)) {
        self.units += 1;
        self.unit = Some(self.units);
        push(self);
        self.unit = None;
    }

    fn part(&mut self, part: &'a Part<Text>, memorandum: &'a Memorandum<Text>) {
        let role = Role::Part(part.kind);
        self.mark(&part.mark, Level::Division);
        self.all(&part.title, role);
        if part.kind == PartKind::Title && part.text.is_empty() {
            self.push(&memorandum.title, Role::Title);
        }
        self.all(&part.text, role);
        for Signatory { party, post, .. } in &part.signatories {
            self.push(party, role);
            self.all(post, role);
        }
        // Dated lines follow all signatures.
        self.all(part.signatories.iter().flat_map(|one| &one.dated), role);
        // A cell may be empty.
        let cells = part.rows.iter().flatten().filter(|cell| !cell.is_unread());
        self.all(cells, role);
        let before = memorandum.areas.get(..part.areas.start).unwrap_or_default();
        let mut first = before.iter().map(|area| area.measures.len()).sum();
        for area in memorandum.areas.get(part.areas.clone()).into_iter().flatten() {
            self.area(area, first);
            first += area.measures.len();
        }
        self.all(&part.closing, Role::Closing);
    }

    /// An area; `first` is the index of its first measure.
    fn area(&mut self, area: &'a Area<Text>, first: usize) {
        self.unit(|walk| {
            walk.mark(&area.mark, Level::Area);
            walk.all(&area.title, Role::AreaTitle);
        });
        self.all(&area.text, Role::AreaText);
        self.all(area.columns.iter().flat_map(|column| &column.head), Role::AreaText);
        let mut sections = area.sections.iter().peekable();
        for (index, measure) in area.measures.iter().enumerate() {
            while let Some(section) = sections.next_if(|one| one.measures.start <= index) {
                self.section(section);
            }
            self.measure = Some(first + index);
            self.unit(|walk| walk.measure(measure, &area.columns));
            self.measure = None;
        }
        sections.for_each(|section| self.section(section));
        self.all(&area.closing, Role::Closing);
    }

    fn section(&mut self, section: &'a Section<Text>) {
        self.unit(|walk| {
            walk.mark(&section.mark, Level::Section);
            walk.all(&section.title, Role::AreaText);
        });
        self.all(&section.text, Role::AreaText);
    }

    fn measure(&mut self, measure: &'a Measure<Text>, columns: &'a [Column<Text>]) {
        let Measure { mark, title, text, fields, .. } = measure;
        let plain = [Holds::Mark, Holds::Title, Holds::Text];
        let in_columns = columns.iter().map(|column| column.holds);
        let holds: Vec<Holds> = match columns.is_empty() {
            true => {
                plain.into_iter().chain(fields.iter().map(|one| Holds::Field(one.field))).collect()
            }
            false => in_columns.collect(),
        };
        for holds in holds {
            match holds {
                Holds::Mark => self.mark(mark, Level::Measure),
                Holds::Title => self.all(title, Role::Measure),
                Holds::Text => self.push(text, Role::Measure),
                Holds::Field(field) => {
                    let own = fields.iter().filter(|one| one.field == field);
                    self.all(own.map(|one| &one.text), Role::Measure);
                }
            }
        }
    }
}
