//! A document as a tree in its own order.
//!
//! Each field is declared here and nowhere else: `T` is a text as its author
//! wrote it, a wording in all editions, or one as a record keeps it. What is done
//! with all texts is done by the one walk over them (`walk`).

mod names;
mod walk;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::source::Spanned;

use super::edition::Script;
use super::names::Id;
use super::{MeasureNumber, numbering};

pub use names::{DateName, Dates, DocumentKind, KnownKind, PartKind, Words};
pub use walk::Role;

/// The id of the area of measures that stand under none.
pub const UNNAMED_AREA: &str = "text";

/// One document, whatever its kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Memorandum<T> {
    /// Its part of every address, e.g. `hubei-2021`.
    pub id: Spanned<Id>,
    /// Ids that it had before: their addresses lead on.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub formerly: Vec<Spanned<Id>>,
    /// The source script.
    pub script: Script,
    /// What it is.
    #[serde(default = "DocumentKind::memorandum")]
    pub kind: DocumentKind<T>,
    /// The title as printed.
    pub title: T,
    /// A shorter, editorial name for navigation.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub short_title: Option<T>,
    /// Editorial sentences on what it is about.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub summary: Option<T>,
    /// Under which editorial heading lists of documents show it.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub group: Option<T>,
    /// The document that it takes the place of, as written.
    #[serde(skip)]
    pub continues: Option<Spanned<String>>,
    /// The documents and measures that it amends or supplements, as written.
    #[serde(skip)]
    pub amends: Vec<Spanned<String>>,
    /// Its dates, each by its own name.
    #[serde(default)]
    pub dates: Dates,
    /// Where it was signed.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub place: Option<T>,
    /// Who agreed on it, or issued it.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<T>,
    /// Facts that it names with its measures.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldName<T>>,
    /// Whether the measures' numbers run on from area to area.
    #[serde(default)]
    pub numbers_run_on: bool,
    /// Its parts in its own order, the areas among them.
    pub parts: Vec<Part<T>>,
    /// The areas of all parts, in order.
    pub areas: Vec<Area<T>>,
}

/// A named fact that a document gives with measures, such as who is responsible.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FieldName<T> {
    /// Its name in data.
    pub id: Spanned<Id>,
    /// Its name as printed.
    pub name: T,
}

/// A number or sign as the document prints it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Mark<T> {
    /// As printed: `第二十條`.
    pub printed: T,
    /// The numeral in it: `二十`; none in a sign.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numeral: Option<String>,
    /// The numeral's value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
}

/// A part of a document besides its areas; some hold areas.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Part<T> {
    /// What it is.
    pub kind: PartKind,
    /// By which areas name the heading they stand under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Spanned<Id>>,
    /// The mark of a heading above areas.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark<T>>,
    /// The heading above areas.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub title: Option<T>,
    /// Its paragraphs.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub text: Vec<T>,
    /// Signatures by party.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub signatories: Vec<Signatory<T>>,
    /// The rows of a table.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Vec<T>>,
    /// Which of the document's areas it holds.
    #[serde(default, skip_serializing_if = "Range::is_empty")]
    pub areas: Range<usize>,
    /// Paragraphs after its areas.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub closing: Vec<T>,
}

/// One signature.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Signatory<T> {
    /// The party signed for.
    pub party: T,
    /// The signer's post.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub post: Option<T>,
    /// The dated line, as the document has it.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub dated: Option<T>,
}

/// A part of a document that has a page of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Area<T> {
    /// Its part of its addresses.
    pub id: Spanned<Id>,
    /// Ids that it had before: their addresses lead on.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub formerly: Vec<Spanned<Id>>,
    /// Its place among all areas, from 1.
    pub number: Spanned<u32>,
    /// Its number as printed.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark<T>>,
    /// The title as printed.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub title: Option<T>,
    /// Paragraphs before its first measure.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub text: Vec<T>,
    /// One editorial sentence.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub summary: Option<T>,
    /// The columns of a table whose rows are the measures.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<Column<T>>,
    /// Its sections, each a range of its measures.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<Section<T>>,
    /// The measures, those of sections among them, in order.
    pub measures: Vec<Measure<T>>,
    /// Paragraphs after its last measure.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub closing: Vec<T>,
}

/// A column of a table whose rows are measures.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Column<T> {
    /// What its cells are.
    pub holds: Holds,
    /// Its head, as printed.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub head: Option<T>,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Holds {
    /// The measures' marks.
    Mark,
    /// Their titles.
    Title,
    /// Their texts.
    Text,
    /// One of their fields, by its index among the document's.
    Field(usize),
}

/// A level between an area and its measures.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Section<T> {
    /// Its number as printed.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark<T>>,
    /// Its heading.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub title: Option<T>,
    /// Paragraphs before its first measure.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub text: Vec<T>,
    /// Which of the area's measures stand in it.
    pub measures: Range<usize>,
}

/// An item of an area. Its text is verbatim.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Measure<T> {
    /// Its key.
    pub number: Spanned<MeasureNumber>,
    /// Its number as printed.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark<T>>,
    /// A printed heading before its text.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub title: Option<T>,
    /// The text as printed; its lines are paragraphs, items and rows.
    pub text: T,
    /// What each line of the text is; empty for one paragraph.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Line>,
    /// Fields that stand beside the text.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldValue<T>>,
    /// An editorial name of at most a few words.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub label: Option<T>,
    /// Measures that the editor relates to this one, as written.
    #[serde(skip)]
    pub related: Vec<Spanned<String>>,
    /// Measures and documents that it amends, as written.
    #[serde(skip)]
    pub amends: Vec<Spanned<String>>,
}

/// What a line of a measure's text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Line {
    /// A paragraph.
    Paragraph,
    /// An item of a list, by its depth from 1; its mark is part of the text.
    Item(u8),
    /// A row of a table; tabulators stand between its cells.
    Row,
}

/// A field's value in a measure.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FieldValue<T> {
    /// Its index among the document's fields.
    pub field: usize,
    /// The value, as printed.
    pub text: T,
}

/// A stand-in for `Default`, which would ask the same of `T`.
fn none<T>() -> Option<T> {
    None
}

impl<T> Part<T> {
    /// A part without anything in it.
    pub fn new(kind: PartKind) -> Self {
        Self {
            kind,
            id: None,
            mark: None,
            title: None,
            text: Vec::new(),
            signatories: Vec::new(),
            rows: Vec::new(),
            areas: 0..0,
            closing: Vec::new(),
        }
    }
}

impl<T> Memorandum<T> {
    /// The measures of all areas in order, each with its area's index.
    pub fn measures(&self) -> impl Iterator<Item = (usize, &Measure<T>)> {
        let areas = self.areas.iter().enumerate();
        areas.flat_map(|(index, area)| area.measures.iter().map(move |one| (index, one)))
    }

    /// The parts of a kind.
    pub fn parts_of(&self, kind: PartKind) -> impl Iterator<Item = &Part<T>> {
        self.parts.iter().filter(move |part| part.kind == kind)
    }

    /// The paragraphs of all parts of a kind.
    pub fn paragraphs(&self, kind: PartKind) -> impl Iterator<Item = &T> {
        self.parts_of(kind).flat_map(|part| &part.text)
    }

    /// Whether a measure is best named by its key: numbers begin anew in each
    /// area, and the document's own are the places of areas and of measures in
    /// them, which say little without each other.
    pub fn composes_numbers(&self) -> bool {
        let numbered = |mark: &Option<Mark<T>>, place: usize| {
            mark.as_ref().and_then(|mark| mark.number) == u32::try_from(place + 1).ok()
        };
        !self.numbers_run_on
            && self.areas.iter().enumerate().all(|(index, area)| {
                let mut measures = area.measures.iter().enumerate();
                numbered(&area.mark, index)
                    && measures.all(|(place, one)| numbered(&one.mark, place))
            })
    }
}

impl<T> Area<T> {
    /// Mark and title as they stand together: `一、金融`, `第一章　總則`; empty if
    /// it has neither.
    pub fn heading<'a>(&'a self, text: impl Fn(&'a T) -> &'a str) -> String {
        heading(self.mark.as_ref(), self.title.as_ref(), text)
    }

    /// The document's own words in it that no measure says.
    pub fn own_texts(&self) -> impl Iterator<Item = &T> {
        let sections = self.sections.iter().flat_map(|one| one.title.iter().chain(&one.text));
        let heads = self.columns.iter().flat_map(|column| &column.head);
        self.title.iter().chain(&self.text).chain(heads).chain(sections).chain(&self.closing)
    }
}

impl<T> Measure<T> {
    /// Its key.
    pub fn key(&self) -> MeasureNumber {
        self.number.value
    }

    /// The document's words: its heading, its text, its fields.
    pub fn record_texts(&self) -> impl Iterator<Item = &T> {
        let fields = self.fields.iter().map(|one| &one.text);
        self.title.iter().chain([&self.text]).chain(fields)
    }

    /// The id of the measure's element: `m4-2`.
    pub fn anchor(&self) -> String {
        let MeasureNumber { area, ordinal } = self.key();
        ["m", &area.to_string(), "-", &ordinal.to_string()].concat()
    }
}

/// A mark and a title as they stand together.
pub fn heading<'a, T>(
    mark: Option<&'a Mark<T>>,
    title: Option<&'a T>,
    text: impl Fn(&'a T) -> &'a str,
) -> String {
    let mark = mark.map_or("", |mark| text(&mark.printed));
    let title = title.map_or("", &text);
    // Punctuation parts the two already.
    let parted = mark.ends_with(|c: char| !c.is_alphanumeric());
    let space = if mark.is_empty() || title.is_empty() || parted { "" } else { "\u{3000}" };
    [mark, space, title].concat()
}

impl Line {
    /// Whether it is a paragraph.
    pub fn is_paragraph(self) -> bool {
        self == Self::Paragraph
    }
}

impl<T> Mark<T> {
    /// A mark as pages name what it stands before: `第二十條`, `（十七）`, `1`.
    pub fn name<'a>(&'a self, text: impl FnOnce(&'a T) -> &'a str) -> &'a str {
        numbering::without_punctuation(text(&self.printed))
    }
}
