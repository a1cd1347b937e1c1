//! What a document can be called, and its dates and parts: names that content
//! writes and themes have words for.
//!
//! Must not know what stands in a document.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::date::PartialDate;

/// What a document is, and what its pages call it and its parts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum DocumentKind<T> {
    /// One that every theme has words for.
    Known(KnownKind),
    /// One with words of its own.
    Own(Words<T>),
}

/// A kind of document that every theme has words for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum KnownKind {
    Memorandum,
    Agreement,
    Arrangement,
    Plan,
    Measures,
    Regulation,
    Decision,
    Notice,
}

/// What pages call a document and its parts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Words<T> {
    /// The document.
    pub document: T,
    /// A part that has a page of its own.
    pub area: T,
    /// What areas consist of.
    pub measure: T,
}

/// The name of a date that a document has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateName {
    /// It was signed.
    Signed,
    /// A body adopted it.
    Adopted,
    /// It was issued.
    Issued,
    /// It was published.
    Published,
    /// It takes effect.
    InForce,
    /// The state of the text is of then.
    AsAt,
}

/// A document's dates.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Dates(pub BTreeMap<DateName, PartialDate>);

/// What a part of a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PartKind {
    /// Lines before the title, such as issuing bodies.
    Before,
    /// The title.
    Title,
    /// The document's number.
    Number,
    /// Who adopted it, and when.
    Adopted,
    /// A printed table of contents.
    Contents,
    /// To whom it is addressed.
    Addressee,
    /// Paragraphs before the measures.
    Preamble,
    /// The areas that stand under no heading.
    Areas,
    /// A heading above areas.
    Division,
    /// An annex: its heading, its text, its areas.
    Annex,
    /// Paragraphs after the measures.
    Closing,
    /// Who signed, and when.
    Signatures,
    /// A note.
    Note,
    /// A paragraph of no other kind.
    Text,
    /// A table of texts.
    Table,
}

impl<T> DocumentKind<T> {
    pub(super) fn memorandum() -> Self {
        Self::Known(KnownKind::Memorandum)
    }
}

impl KnownKind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Memorandum,
        Self::Agreement,
        Self::Arrangement,
        Self::Plan,
        Self::Measures,
        Self::Regulation,
        Self::Decision,
        Self::Notice,
    ];

    /// Its name in content, and the key of its words in a theme.
    pub fn id(self) -> &'static str {
        match self {
            Self::Memorandum => "memorandum",
            Self::Agreement => "agreement",
            Self::Arrangement => "arrangement",
            Self::Plan => "plan",
            Self::Measures => "measures",
            Self::Regulation => "regulation",
            Self::Decision => "decision",
            Self::Notice => "notice",
        }
    }

    /// Reads a kind's name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }
}

impl DateName {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 6] =
        [Self::Signed, Self::Adopted, Self::Issued, Self::Published, Self::InForce, Self::AsAt];

    /// Its key in content, and that of its name in a theme.
    pub fn id(self) -> &'static str {
        match self {
            Self::Signed => "signed",
            Self::Adopted => "adopted",
            Self::Issued => "issued",
            Self::Published => "published",
            Self::InForce => "in_force",
            Self::AsAt => "as_at",
        }
    }
}

impl Dates {
    /// The date of a name.
    pub fn get(&self, name: DateName) -> Option<PartialDate> {
        self.0.get(&name).copied()
    }

    /// The date that the document is known by: what comes first of being signed,
    /// adopted, issued, published.
    pub fn first(&self) -> Option<(DateName, PartialDate)> {
        let known = DateName::ALL.into_iter().filter(|name| *name != DateName::AsAt);
        known.filter_map(|name| Some((name, self.get(name)?))).next()
    }
}

impl PartKind {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::Before,
        Self::Title,
        Self::Number,
        Self::Adopted,
        Self::Contents,
        Self::Addressee,
        Self::Preamble,
        Self::Areas,
        Self::Division,
        Self::Annex,
        Self::Closing,
        Self::Signatures,
        Self::Note,
        Self::Text,
        Self::Table,
    ];

    /// Its name in content.
    pub fn id(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::Title => "title",
            Self::Number => "number",
            Self::Adopted => "adopted",
            Self::Contents => "contents",
            Self::Addressee => "addressee",
            Self::Preamble => "preamble",
            Self::Areas => "areas",
            Self::Division => "division",
            Self::Annex => "annex",
            Self::Closing => "closing",
            Self::Signatures => "signatures",
            Self::Note => "note",
            Self::Text => "text",
            Self::Table => "table",
        }
    }

    /// Reads a kind's name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }
}
