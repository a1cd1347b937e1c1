//! The promise of the verbatim text, kept: content against its source document.
//!
//! Everything the document says is put in its order — title, preamble,
//! signatures, dates, annex heading, area titles, measures — and compared with
//! the source, character by character, white space aside. The numbers the site
//! shows as `1.2` stand in the source as `2.` below `一、`.

use sha2::{Digest, Sha256};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Memorandum, SourceDocument, Text, chinese_numeral};
use crate::source::{FileId, Sources, Span};

/// How many characters around a place a message shows.
const CONTEXT: usize = 8;

/// What the comparison found when all agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// Path of the source document below the site's root.
    pub file: String,
    /// Its sha256, in lowercase hexadecimal digits.
    pub sha256: String,
    /// How many characters agreed, white space aside.
    pub characters: usize,
    /// The places where a text of the site joins two lines of the source.
    pub joins: Vec<Join>,
}

/// A place where one text runs over a line end of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Join {
    /// The source line before the join, from 1.
    pub line: usize,
    /// The last characters before it.
    pub before: String,
    /// The first characters after it.
    pub after: String,
    /// Whether empty lines lie between, as at the end of a page.
    pub across_page: bool,
}

/// One text the document consists of.
struct Piece<'a> {
    text: std::borrow::Cow<'a, str>,
    span: Span,
}

/// Compares a memorandum with its source document. `None` if there is none, or
/// if they differ, which is reported.
pub fn verify(
    memorandum: &Memorandum,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Verification> {
    let document = memorandum.source.as_ref()?;
    let text = &sources.file(document.text).text;
    let sha256: String =
        Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    if sha256 != document.sha256.value {
        diagnostics.push(
            Diagnostic::error(
                "source-changed",
                document.sha256.span,
                format!("`{}` has another sha256", document.file.value),
            )
            .label("differs")
            .note(format!("the file has {sha256}"))
            .help("the source document is never edited: restore it, or check it anew and write its sha256 here"),
        );
    }
    if !memorandum.whole {
        return None;
    }
    let mut comparison = Comparison::new(text, document.text);
    compare(&mut comparison, &pieces(memorandum), diagnostics);
    comparison.finish(document, diagnostics)
}

/// The document's texts in its order. Dated lines follow all signatures.
fn pieces(memorandum: &Memorandum) -> Vec<Piece<'_>> {
    let mut pieces = vec![piece(&memorandum.title)];
    pieces.extend(memorandum.preamble.iter().map(piece));
    for signatory in &memorandum.signatories {
        pieces.extend([piece(&signatory.party), piece(&signatory.post)]);
    }
    let dated = memorandum.signatories.iter().filter_map(|signatory| signatory.dated.as_ref());
    pieces.extend(dated.map(piece));
    pieces.extend(memorandum.annex.as_ref().map(piece));
    for area in &memorandum.areas {
        let numeral = format!("{}、", chinese_numeral(area.number.value as usize));
        pieces.push(Piece { text: numeral.into(), span: area.number.span });
        pieces.push(piece(&area.title));
        for measure in &area.measures {
            let number = format!("{}.", measure.number.value.ordinal);
            pieces.push(Piece { text: number.into(), span: measure.number.span });
            pieces.push(piece(&measure.text));
        }
    }
    pieces
}

fn piece(text: &Text) -> Piece<'_> {
    Piece { text: text.source.value.as_str().into(), span: text.source.span }
}

/// Compares piece by piece; after a difference, goes on at the next piece that
/// the source holds.
fn compare(comparison: &mut Comparison, pieces: &[Piece], diagnostics: &mut Diagnostics) {
    let mut rest = pieces;
    while let Some((piece, after)) = rest.split_first() {
        rest = after;
        if piece.text.is_empty() {
            // Reported by the parser, as a text that it could not read.
            comparison.agreed = false;
        } else {
            let Err(difference) = comparison.accept(piece) else { continue };
            diagnostics.push(comparison.differs(piece, difference));
        }
        // Numbers and other short pieces occur everywhere: only a long one
        // shows for certain where the two texts meet again.
        while let Some((piece, after)) = rest.split_first() {
            if piece.text.chars().count() > CONTEXT && comparison.skip_to(piece) {
                break;
            }
            rest = after;
        }
        if rest.is_empty() {
            comparison.at = comparison.characters.len();
        }
    }
}

/// The source's characters, and how far they have been matched.
struct Comparison {
    file: FileId,
    text: String,
    /// The characters that are not white space, with their byte offsets.
    characters: Vec<(usize, char)>,
    at: usize,
    joins: Vec<Join>,
    agreed: bool,
}

/// Where a piece stops agreeing.
struct Difference {
    /// Byte offset in the piece's text.
    piece_offset: usize,
    /// Index among the source's characters.
    source_index: usize,
}

impl Comparison {
    fn new(text: &str, file: FileId) -> Self {
        let characters = text.char_indices().filter(|(_, c)| !c.is_whitespace()).collect();
        Self { file, text: text.to_owned(), characters, at: 0, joins: Vec::new(), agreed: true }
    }

    /// Matches a piece and goes past it, noting the lines it joins.
    fn accept(&mut self, piece: &Piece) -> Result<(), Difference> {
        let mut index = self.at;
        for (offset, c) in piece.text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            if self.characters.get(index).map(|(_, source)| *source) != Some(c) {
                return Err(Difference { piece_offset: offset, source_index: index });
            }
            index += 1;
        }
        let joins: Vec<_> =
            (self.at + 1..index).filter_map(|second| self.join(second - 1, second)).collect();
        self.joins.extend(joins);
        self.at = index;
        Ok(())
    }

    /// The join between two neighbouring characters, if a line ends between.
    fn join(&self, first: usize, second: usize) -> Option<Join> {
        let (start, c) = self.characters[first];
        let (end, _) = self.characters[second];
        let between = &self.text[start + c.len_utf8()..end];
        let line_ends = between.matches('\n').count();
        (line_ends > 0).then(|| Join {
            line: self.text[..start].matches('\n').count() + 1,
            before: self.excerpt(second.saturating_sub(CONTEXT)..second),
            after: self.excerpt(second..second + CONTEXT),
            across_page: line_ends > 1,
        })
    }

    fn excerpt(&self, range: std::ops::Range<usize>) -> String {
        let end = range.end.min(self.characters.len());
        self.characters[range.start.min(end)..end].iter().map(|(_, c)| c).collect()
    }

    /// Moves to the next place where the source holds the whole piece.
    fn skip_to(&mut self, piece: &Piece) -> bool {
        let wanted: Vec<char> = piece.text.chars().filter(|c| !c.is_whitespace()).collect();
        let rest = &self.characters[self.at..];
        let found = rest
            .windows(wanted.len().max(1))
            .position(|window| window.iter().map(|(_, c)| c).eq(wanted.iter()));
        if let Some(distance) = found {
            self.at += distance;
        }
        found.is_some()
    }

    fn differs(&mut self, piece: &Piece, difference: Difference) -> Diagnostic {
        self.agreed = false;
        let rest = &piece.text[difference.piece_offset..];
        let width = rest.chars().next().map_or(0, char::len_utf8);
        let start = piece.span.start as usize + difference.piece_offset;
        // A number is made from a value: its own place is all there is to show.
        let written = piece.span.range().len() == piece.text.len();
        let here =
            if written { Span::new(piece.span.file, start..start + width) } else { piece.span };
        let content: String = rest.chars().take(CONTEXT).collect();
        let source = self.excerpt(difference.source_index..difference.source_index + CONTEXT);
        let message = match source.is_empty() {
            true => format!("the text has `{content}` where the source document ends"),
            false => format!("the text has `{content}` where the source document has `{source}`"),
        };
        Diagnostic::error("differs-from-source", here, message)
            .label("first character that differs")
            .related(self.span(difference.source_index), "the source document")
            .help("measures are verbatim: write what the document says")
    }

    fn span(&self, index: usize) -> Span {
        let range = match self.characters.get(index) {
            Some((start, c)) => *start..start + c.len_utf8(),
            None => self.text.len()..self.text.len(),
        };
        Span::new(self.file, range)
    }

    /// Nothing of the source may be left over.
    fn finish(
        self,
        document: &SourceDocument,
        diagnostics: &mut Diagnostics,
    ) -> Option<Verification> {
        if !self.agreed {
            return None;
        }
        if self.at < self.characters.len() {
            let rest = self.excerpt(self.at..self.at + CONTEXT);
            diagnostics.push(
                Diagnostic::error(
                    "source-left-over",
                    document.file.span,
                    format!("the source document goes on after the last text: `{rest}…`"),
                )
                .related(self.span(self.at), "from here on"),
            );
            return None;
        }
        Some(Verification {
            file: document.file.value.clone(),
            sha256: document.sha256.value.clone(),
            characters: self.characters.len(),
            joins: self.joins,
        })
    }
}
