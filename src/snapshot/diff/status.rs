//! What can change, and in which ways.

use crate::model::Edition;
use crate::snapshot::record::{Memorandum, Wording};

/// One way in which something changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// It was not there.
    Added,
    /// It is gone.
    Removed,
    /// The text in the source script differs.
    Changed,
    /// The converted text alone differs: the lexicon or the conversion changed.
    Converted,
    /// It has another number.
    Renumbered,
    /// It stands in another area, or the area at another address.
    Moved,
    /// An editorial name differs.
    Relabelled,
    /// The texts are the same and come from elsewhere, as from the parties.
    Attributed,
}

/// A part of a memorandum besides its areas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The title.
    Title,
    /// The day it was signed.
    Signed,
    /// The day it was published.
    Published,
    /// The day whose state of the text it is.
    AsAt,
    /// Where it was signed.
    Place,
    /// Who agreed.
    Parties,
    /// The paragraphs before the measures.
    Preamble,
    /// Who signed.
    Signatories,
    /// The heading of the part with the measures.
    Annex,
}

impl Status {
    /// All, in the order in which they are told.
    pub const ALL: [Self; 8] = [
        Self::Added,
        Self::Removed,
        Self::Changed,
        Self::Converted,
        Self::Renumbered,
        Self::Moved,
        Self::Relabelled,
        Self::Attributed,
    ];

    /// The name in data, and the key of its wording.
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Converted => "converted",
            Self::Renumbered => "renumbered",
            Self::Moved => "moved",
            Self::Relabelled => "relabelled",
            Self::Attributed => "attributed",
        }
    }
}

impl Part {
    /// All, in the order of the document.
    pub const ALL: [Self; 9] = [
        Self::Title,
        Self::Signed,
        Self::Published,
        Self::AsAt,
        Self::Place,
        Self::Parties,
        Self::Preamble,
        Self::Signatories,
        Self::Annex,
    ];

    /// The name in data, and the key of its wording.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Signed => "signed",
            Self::Published => "published",
            Self::AsAt => "as_at",
            Self::Place => "place",
            Self::Parties => "parties",
            Self::Preamble => "preamble",
            Self::Signatories => "signatories",
            Self::Annex => "annex",
        }
    }

    /// What the part says in an edition, a line for each of its texts; nothing
    /// if the memorandum has no such part.
    pub fn text(self, one: &Memorandum, edition: Edition) -> Option<String> {
        let lines = |texts: &mut dyn Iterator<Item = &Wording>| {
            let lines: Vec<&str> = texts.map(|text| text.text(edition)).collect();
            (!lines.is_empty()).then(|| lines.join("\n"))
        };
        match self {
            Self::Title => lines(&mut [&one.title].into_iter()),
            Self::Signed => Some(one.signed.chinese()),
            Self::Published => one.published.map(|date| date.chinese()),
            Self::AsAt => one.as_at.map(|date| date.chinese()),
            Self::Place => lines(&mut one.place.iter()),
            Self::Parties => lines(&mut one.parties.iter()),
            Self::Preamble => lines(&mut one.preamble.iter()),
            Self::Signatories => lines(&mut one.signatories.iter().flatten()),
            Self::Annex => lines(&mut one.annex.iter()),
        }
    }
}
