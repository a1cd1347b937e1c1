//! A document as written: what is read of its files before its areas are in order
//! and its marks counted.

use crate::model::{Area, Id, MeasureNumber, Memorandum, Numbering, Part, SharedImage, Text};
use crate::source::{Span, Spanned};

use super::source::RawSource;

/// A head as written: its areas are not there yet.
pub struct Head {
    pub memorandum: Memorandum<Text>,
    pub numbering: Numbering,
    pub parts: Vec<RawPart>,
    pub sources: Vec<RawSource>,
    /// The id that is written, where it is not the folder's name.
    pub misnamed: Option<Id>,
    pub image: Option<SharedImage<Text>>,
    /// Whether it could be read.
    pub whole: bool,
}

/// A part as written.
pub struct RawPart {
    pub part: Part<Text>,
    pub mark: Option<ExplicitMark>,
    pub place: Span,
}

impl RawPart {
    /// A part without a mark of its own.
    pub fn new(part: Part<Text>, place: Span) -> Self {
        Self { part, mark: None, place }
    }
}

/// A mark that an author wrote in place of the one that is counted; no text
/// where nothing is printed.
#[derive(Debug, Clone)]
pub struct ExplicitMark {
    pub text: Option<Text>,
}

/// An area as written.
pub struct RawArea {
    pub area: Area<Text>,
    /// Its number, if one is written.
    pub number: Option<Spanned<u32>>,
    /// The heading it stands under.
    pub under: Option<Spanned<String>>,
    pub mark: Option<ExplicitMark>,
    /// Of each of its sections and measures.
    pub section_marks: Vec<Option<ExplicitMark>>,
    pub measure_marks: Vec<Option<ExplicitMark>>,
    pub measure_numbers: Vec<Option<Spanned<MeasureNumber>>>,
    /// Whether all of it could be read.
    pub whole: bool,
    pub place: Span,
}
