//! All content of a site: assembled, validated, linked, in both editions.
//!
//! Owns ids and what they refer to, the verification against source documents,
//! and the routes. Every text stands here converted, once. Knows no template
//! and no file system.

mod assemble;
mod entity;
mod link;
mod order;
mod record;
mod reference;
mod route;
mod section;
mod sentence;
mod verify;

use std::sync::Arc;

pub use assemble::{assemble, memorandum};
pub use entity::Entities;
pub use link::{Links, Referrer, Related};
pub use record::record;
pub use route::{Route, SITEMAP_LIMIT};
pub use section::Section;
pub use verify::{Join, Verification};

use crate::model::{BaseUrl, Both, Date, Edition, Id, Kind, MeasureNumber, Provenance};
use crate::snapshot::{Changes, Sealed, Versions};
use crate::source::{Span, Spanned};

/// A text in both editions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The text.
    pub text: Both<String>,
    /// Where each edition's text comes from.
    pub provenance: Both<Provenance>,
}

/// A site, ready to be rendered.
#[derive(Debug, Clone)]
pub struct Library {
    /// The site's name.
    pub title: Wording,
    /// What it is.
    pub description: Wording,
    /// Where it will stand.
    pub base_url: BaseUrl,
    /// The edition that stands for both where one address must.
    pub default_edition: Edition,
    /// The entities, in the order of their files.
    pub entities: Arc<[Entity]>,
    /// Their indices by kind, in each edition's customary order.
    pub entity_order: Arc<Both<Vec<usize>>>,
    /// The memoranda, the latest first.
    pub memoranda: Vec<Arc<Memorandum>>,
    /// The explainer pages, in reading order.
    pub pages: Vec<Page>,
    /// What refers to what.
    pub links: Links,
    /// The sealed versions, the oldest first.
    pub versions: Versions,
    /// What changed between the versions, where there are any to compare.
    pub changes: Option<Arc<Changes>>,
    /// The day of the build, if it is known. The other dates stand in memoranda
    /// and versions.
    pub built: Option<Date>,
    /// Set if this site is itself a sealed version.
    pub sealed: Option<Sealed>,
}

/// One agreed document.
#[derive(Debug, Clone)]
pub struct Memorandum {
    /// Its part of every address.
    pub id: Spanned<Id>,
    /// The source script.
    pub script: Edition,
    /// The title as signed.
    pub title: Wording,
    /// A shorter name for navigation.
    pub short_title: Option<Wording>,
    /// The day it was signed.
    pub signed: Date,
    /// The day it was published, where known.
    pub published: Option<Date>,
    /// The day whose state of the text this is.
    pub as_at: Option<Date>,
    /// Where it was signed.
    pub place: Option<Wording>,
    /// Who agreed.
    pub parties: Vec<Wording>,
    /// The paragraphs before the measures.
    pub preamble: Vec<Wording>,
    /// Who signed.
    pub signatories: Vec<Signatory>,
    /// The heading of the part that holds the measures.
    pub annex: Option<Wording>,
    /// What the comparison with the source document found.
    pub verification: Option<Verification>,
    /// The areas, in order.
    pub areas: Vec<Area>,
    /// The measures of all areas, in order.
    pub measures: Vec<Measure>,
    /// Whether every part could be read.
    whole: bool,
}

impl Memorandum {
    /// The name for navigation: the short title, or the title.
    pub fn name(&self) -> &Wording {
        self.short_title.as_ref().unwrap_or(&self.title)
    }

    /// The place of a measure among all, by its number.
    pub fn position(&self, number: MeasureNumber) -> Option<usize> {
        let area = self.areas.iter().find(|area| area.number == number.area)?;
        let own = &self.measures[area.measures.clone()];
        // Numbers run from 1, unless the content has a mistake.
        let expected = (number.ordinal as usize).wrapping_sub(1);
        let is_here = own.get(expected).is_some_and(|measure| measure.number == number);
        let inside = match is_here {
            true => expected,
            false => own.iter().position(|measure| measure.number == number)?,
        };
        Some(area.measures.start + inside)
    }
}

/// One signature.
#[derive(Debug, Clone)]
pub struct Signatory {
    /// The party signed for.
    pub party: Wording,
    /// The signer's post.
    pub post: Wording,
    /// The dated line.
    pub dated: Option<Wording>,
}

/// A part of a memorandum.
#[derive(Debug, Clone)]
pub struct Area {
    /// Its part of its addresses.
    pub id: Spanned<Id>,
    /// From 1.
    pub number: u32,
    /// The title as signed.
    pub title: Wording,
    /// One editorial sentence.
    pub summary: Option<Wording>,
    /// Its measures, as a range of the memorandum's.
    pub measures: std::ops::Range<usize>,
}

/// A measure.
#[derive(Debug, Clone)]
pub struct Measure {
    /// Index of its area.
    pub area: usize,
    /// Its number.
    pub number: MeasureNumber,
    /// The text as signed.
    pub text: Wording,
    /// The byte ranges of the sentences, as many in either edition.
    pub sentences: Both<Vec<std::ops::Range<usize>>>,
    /// An editorial name.
    pub label: Option<Wording>,
    /// Where the text mentions entities, from left to right.
    pub mentions: Both<Vec<Mention>>,
    /// The entities that the text mentions, in the order of first mention.
    pub entities: Vec<usize>,
    /// The measures that the editor names as related.
    related: Vec<Spanned<String>>,
}

impl Measure {
    /// The id of the measure's element: `m4-2`.
    pub fn anchor(&self) -> String {
        ["m", &self.number.area.to_string(), "-", &self.number.ordinal.to_string()].concat()
    }
}

/// One occurrence of an entity's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Index of the entity.
    pub entity: usize,
    /// Its bytes in the text.
    pub range: std::ops::Range<usize>,
}

/// An organisation, programme, place, instrument, event or topic.
#[derive(Debug, Clone)]
pub struct Entity {
    /// Its part of its address.
    pub id: Spanned<Id>,
    /// What sort of thing it is.
    pub kind: Kind,
    /// The full name.
    pub name: Wording,
    /// Other names.
    pub aliases: Vec<Wording>,
    /// An editorial sentence or two.
    pub description: Option<Wording>,
    /// Places elsewhere: title and address.
    pub links: Vec<(Wording, String)>,
}

/// Names a measure of a library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MeasureIndex {
    /// Index of the memorandum.
    pub memorandum: usize,
    /// Index among its measures.
    pub measure: usize,
}

/// An explainer page.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its part of its address.
    pub id: Spanned<Id>,
    /// The source script.
    pub script: Edition,
    /// The title.
    pub title: Wording,
    /// One sentence.
    pub description: Option<Wording>,
    /// Whether it is unfinished.
    pub draft: bool,
    /// The text as HTML.
    pub body: Both<String>,
    /// The second-level headings.
    pub contents: Vec<Heading>,
    /// The text in parts, for the search.
    pub sections: Vec<Section>,
}

/// A heading that can be linked to.
#[derive(Debug, Clone)]
pub struct Heading {
    /// The element's id.
    pub id: String,
    /// Its text.
    pub title: Both<String>,
}

/// The places of ids, for messages about two of the same.
fn twin(
    code: &'static str,
    span: Span,
    first: Span,
    message: String,
) -> crate::diagnostic::Diagnostic {
    crate::diagnostic::Diagnostic::error(code, span, message).related(first, "the other one")
}
