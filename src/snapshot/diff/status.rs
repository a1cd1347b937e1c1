//! What can change, and in which ways.

use crate::model::{DateName, Edition, PartKind};
use crate::snapshot::record::{Memorandum, Wording};

/// One way in which something changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// One of its dates.
    Date(DateName),
    /// Where it was signed.
    Place,
    /// Who agreed.
    Parties,
    /// All its parts of a kind.
    Kind(PartKind),
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
    /// All, in the order in which they are told.
    pub fn all() -> impl Iterator<Item = Self> {
        let dates = DateName::ALL.map(Self::Date);
        let kinds = PartKind::ALL.into_iter().filter(|kind| *kind != PartKind::Areas);
        [Self::Title]
            .into_iter()
            .chain(dates)
            .chain([Self::Place, Self::Parties])
            .chain(kinds.map(Self::Kind))
    }

    /// The name in data, and the key of its wording.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Date(name) => name.id(),
            Self::Place => "place",
            Self::Parties => "parties",
            Self::Kind(PartKind::Title) => "printed_title",
            Self::Kind(PartKind::Signatures) => "signatories",
            Self::Kind(kind) => kind.id(),
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
            Self::Date(name) => one.dates.get(name).map(|date| date.chinese()),
            Self::Place => lines(&mut one.place.iter()),
            Self::Parties => lines(&mut one.parties.iter()),
            Self::Kind(kind) => lines(&mut one.parts_of(kind).flat_map(|part| part.texts())),
        }
    }
}
