//! What a reader brings: the text of a file in its order, block by block, with
//! what the file says of each block. Knows no format and no structure.

use std::collections::BTreeMap;

use crate::model::PdfReader;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// A web page.
    Html,
    /// A Word file.
    Docx,
    /// A PDF.
    Pdf,
}

impl Format {
    /// Its name in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "Markdown",
            Self::Html => "HTML",
            Self::Docx => "Word file",
            Self::Pdf => "PDF",
        }
    }
}

/// The text of a file.
#[derive(Debug, Clone)]
pub struct Extracted {
    /// What kind of file it is.
    pub format: Format,
    /// What read it, where more than one can.
    pub reader: Option<PdfReader>,
    /// The encoding of its characters, where it is a file of text.
    pub encoding: Option<&'static str>,
    /// Its text, in its order.
    pub blocks: Vec<Block>,
    /// Footnotes and endnotes, in the order of their references.
    pub notes: Vec<Note>,
    /// What of the file is no part of the text.
    pub skipped: Vec<Skipped>,
    /// Look-alike characters and what was put for them, with how often.
    pub folded: BTreeMap<(char, char), usize>,
}

/// A line or a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A paragraph, or one line of it where the file does not tell.
    Line(Line),
    /// A table.
    Table(Table),
}

impl Block {
    /// Each piece of its text.
    pub(super) fn each_text(&mut self, mut change: impl FnMut(&mut String)) {
        match self {
            Self::Line(line) => change(&mut line.text),
            Self::Table(table) => {
                for cell in table.rows.iter_mut().flatten() {
                    cell.lines.iter_mut().for_each(&mut change);
                }
            }
        }
    }
}

/// A line of text and what the file says of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    /// Its characters, without white space at the ends.
    pub text: String,
    /// Its paragraph ends with it; otherwise it may go on in the next line.
    pub whole: bool,
    /// The file says that it is a heading, of this level from 1.
    pub heading: Option<u8>,
    /// It stands in the middle of the page.
    pub centred: bool,
    /// It stands at the right of the page.
    pub right: bool,
    /// All of it is bold.
    pub bold: bool,
    /// Space is left above it.
    pub gap: bool,
    /// Columns (a Chinese character has two) left empty before it.
    pub indent: usize,
    /// Columns up to its end.
    pub width: usize,
    /// The page it stands on, from 0.
    pub page: usize,
    /// Its number in a file of text, from 1; 0 elsewhere.
    pub number: usize,
    /// Bytes at its beginning that are a number the file's program counts.
    pub counted: usize,
    /// Notes referred to: byte in `text`, place in [`Extracted::notes`].
    pub notes: Vec<(usize, usize)>,
}

impl Line {
    /// A whole paragraph.
    pub fn paragraph(text: impl Into<String>) -> Self {
        Self { text: text.into(), whole: true, ..Self::default() }
    }
}

/// A table, row by row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Its rows. Cells that another one covers are not there.
    pub rows: Vec<Vec<Cell>>,
    /// The page it begins on.
    pub page: usize,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its lines.
    pub lines: Vec<String>,
    /// How many columns it takes.
    pub columns: usize,
    /// How many rows it takes.
    pub rows: usize,
    /// The file says that it is the head of a column or row.
    pub head: bool,
}

impl Cell {
    /// Its lines as one, with a space only between Latin words.
    pub fn text(&self) -> String {
        self.lines.iter().fold(String::new(), |joined, line| join(joined, line))
    }
}

/// A footnote or endnote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The mark that the file's program prints for it.
    pub mark: String,
    /// What it says.
    pub text: String,
}

/// Why something is no part of the document's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// It stands outside the part of the page that holds the document.
    Outside,
    /// A page's number.
    PageNumber,
    /// It stands at the same place of most pages.
    RunningHead,
    /// A comment of the document's editors.
    Comment,
    /// The file hides it.
    Hidden,
    /// A line of signs alone, drawn to part things.
    Rule,
    /// Markup that says nothing.
    Markup,
}

impl Reason {
    /// In a report.
    pub fn words(self) -> &'static str {
        match self {
            Self::Outside => "outside the document",
            Self::PageNumber => "page number",
            Self::RunningHead => "running head",
            Self::Comment => "comment",
            Self::Hidden => "hidden text",
            Self::Rule => "rule",
            Self::Markup => "markup",
        }
    }
}

/// Something that was skipped, as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Verbatim.
    pub text: String,
    /// Why.
    pub reason: Reason,
}

impl Extracted {
    /// Nothing yet.
    pub(super) fn new(format: Format) -> Self {
        Self {
            format,
            reader: None,
            encoding: None,
            blocks: Vec::new(),
            notes: Vec::new(),
            skipped: Vec::new(),
            folded: BTreeMap::new(),
        }
    }

    /// Adds to what was skipped.
    pub(super) fn skip(&mut self, text: impl Into<String>, reason: Reason) {
        let text = text.into();
        if !text.trim().is_empty() {
            self.skipped.push(Skipped { text, reason });
        }
    }

    /// The line of a text that a block begins on, from 1: of the file itself if
    /// `own`, else of [`Self::text`].
    pub fn line_of(&self, block: usize, own: bool) -> usize {
        match self.blocks.get(block) {
            Some(Block::Line(line)) if own && line.number > 0 => return line.number,
            _ => {}
        }
        let before: usize = self.blocks[..block.min(self.blocks.len())]
            .iter()
            .enumerate()
            .map(|(at, block)| match block {
                Block::Line(line) => 1 + usize::from(line.gap && at > 0),
                Block::Table(table) => table.rows.len(),
            })
            .sum();
        let gap =
            matches!(self.blocks.get(block), Some(Block::Line(line)) if line.gap && block > 0);
        before + usize::from(gap) + 1
    }

    /// The file is its own source: text that needed no change.
    pub fn is_own_source(&self) -> bool {
        self.format == Format::Text && self.encoding == Some("UTF-8") && self.folded.is_empty()
    }

    /// The text as one string: a line for each line or row, an empty one where
    /// space is left; the notes at the end. The same file gives the same text.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for block in &self.blocks {
            match block {
                Block::Line(line) => {
                    if line.gap && !text.is_empty() {
                        text.push('\n');
                    }
                    text.push_str(&line.text);
                    text.push('\n');
                }
                Block::Table(table) => {
                    for row in &table.rows {
                        let cells: Vec<String> = row.iter().map(Cell::text).collect();
                        text.push_str(&cells.join("\t"));
                        text.push('\n');
                    }
                }
            }
        }
        for note in &self.notes {
            text.push_str(&note.text);
            text.push('\n');
        }
        text
    }
}

/// Two lines as one: a space stands between them only where both sides are
/// Latin letters or digits.
pub(super) fn join(mut first: String, next: &str) -> String {
    let next = next.trim_start();
    let kept = first.trim_end().len();
    first.truncate(kept);
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_graphic());
    let words = latin(first.chars().next_back()) && latin(next.chars().next());
    if words && !first.ends_with(['-', '/', '(']) {
        first.push(' ');
    }
    first.push_str(next);
    first
}

/// Columns that a text takes: two for a Chinese character.
pub(super) fn columns(text: &str) -> usize {
    text.chars().map(|c| if c < '\u{2E80}' && !wide_mark(c) { 1 } else { 2 }).sum()
}

/// Marks below the Chinese blocks that Chinese fonts set at full width.
fn wide_mark(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '—' | '…' | '①'..='⓿' | '■'..='◿' | '★' | '☆')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_space_joins_latin_words_and_nothing_joins_chinese_ones() {
        assert_eq!(join("開放合".into(), "作區"), "開放合作區");
        assert_eq!(join("Support".into(), "  the plan"), "Support the plan");
        assert_eq!(join("支持 ".into(), "GDP"), "支持GDP");
        assert_eq!(join("2008-".into(), "2020"), "2008-2020");
    }

    #[test]
    fn the_text_has_a_line_for_each_line_and_row_and_the_notes_at_the_end() {
        let mut extracted = Extracted::new(Format::Docx);
        let cell = |text: &str| Cell { lines: vec![text.into()], columns: 1, rows: 1, head: false };
        extracted.blocks = vec![
            Block::Line(Line::paragraph("甲")),
            Block::Line(Line { gap: true, ..Line::paragraph("乙") }),
            Block::Table(Table { rows: vec![vec![cell("一"), cell("二")]], page: 0 }),
        ];
        extracted.notes.push(Note { mark: "1".into(), text: "注".into() });
        assert_eq!(extracted.text(), "甲\n\n乙\n一\t二\n注\n");
    }
}
