//! All content of a site: assembled, validated, linked, in every edition.
//!
//! Owns ids and what they refer to, the verification against source documents,
//! and the routes. Every text stands here converted, once. Knows no template
//! and no file system.

mod address;
mod assemble;
mod data_file;
mod entity;
mod field;
mod fingerprint;
mod link;
mod listing;
mod moved;
mod order;
mod record;
mod reference;
mod route;
mod section;
mod sentence;
mod series;
mod sheet;
mod source_file;
mod twins;
mod verify;
mod wording;

use std::ops::{Deref, Range};
use std::sync::Arc;

pub use assemble::{assemble, memorandum};
pub use data_file::{DataFile, DataTable, DocumentForm};
pub use entity::Entities;
pub use fingerprint::{Fingerprint, Fingerprints};
pub use link::{Links, Referrer, Related};
pub use listing::{Group as ListGroup, Heading as ListHeading, Listing, ON_A_PAGE};
pub use moved::Moved;
pub use record::{record, record_of};
pub use route::{File, Group, Place, Route, SITEMAP_LIMIT};
pub use section::Section;
pub use series::Series;
pub use sheet::{Sheet, Shows};
pub use verify::{Join, Passage, SkippedText, Verification};
pub use wording::{Forms, Wording};

use crate::model::{
    self, BaseUrl, Date, Each, Edition, Editions, Id, Kind, MeasureNumber, PartialDate, Provenance,
    Publisher, Publishes, Script, SharedImage,
};
use crate::script::{Choice, Converter};
use crate::snapshot::{Changes, Sealed, Versions};
use crate::source::Spanned;

/// A site, ready to be rendered.
#[derive(Debug, Clone)]
pub struct Library {
    /// The site's name.
    pub title: Wording,
    /// What it is.
    pub description: Wording,
    /// Under which licences its data may be used: title and address.
    pub licences: Vec<(Wording, String)>,
    /// What stands for its pages where links to them are shown.
    pub image: Option<SharedImage<Wording>>,
    /// Whose it is, and how official.
    pub publisher: Publisher<Wording>,
    /// What it lets readers check it with.
    pub publishes: Publishes,
    /// Where it will stand.
    pub base_url: Option<BaseUrl>,
    /// The forms in which it is made.
    pub editions: Editions,
    /// The entities, in the order of their files.
    pub entities: Arc<[Entity]>,
    /// Their indices by kind, in each edition's customary order.
    pub entity_order: Arc<Each<Vec<usize>>>,
    /// The memoranda, the latest first.
    pub memoranda: Vec<Arc<Memorandum>>,
    /// The explainer pages, in reading order.
    pub pages: Vec<Page>,
    /// Addresses that pages had before an id changed.
    pub moved: Vec<Moved>,
    /// What refers to what.
    pub links: Links,
    /// Which documents follow which.
    pub series: Series,
    /// The memoranda as lists show them.
    pub listing: Listing,
    /// The sealed versions, the oldest first.
    pub versions: Versions,
    /// What changed between the versions, where there are any to compare.
    pub changes: Option<Arc<Changes>>,
    /// The day of the build, if it is known. The other dates stand in memoranda
    /// and versions.
    pub built: Option<Date>,
    /// Set if this site is itself a sealed version.
    pub sealed: Option<Sealed>,
    /// The files that are put out as they are.
    pub files: Arc<[GivenFile]>,
    /// The source documents that are published, by path below the site's root.
    pub sources: Arc<[GivenFile]>,
    /// What converted the texts: it can say why.
    pub(crate) converter: Arc<Converter>,
}

impl Library {
    /// Pages of the whole site name up to so many of its documents, the latest.
    pub const LATEST: usize = 12;

    /// Where the conversion of a text into an edition had a choice, and what
    /// decided; nothing where the edition's wording is not converted.
    pub fn choices(&self, wording: &Wording, edition: Edition) -> Vec<Choice> {
        if wording.provenance[edition] != Provenance::Converted {
            return Vec::new();
        }
        let source = self.editions.all().find(|one| wording.provenance[*one] == Provenance::Source);
        let text = source.map(|source| wording.text[source].as_str()).unwrap_or_default();
        self.converter.choices(text, edition)
    }
}

/// A file that the site has of its own, put out as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenFile {
    /// Its path below the site's root: `CNAME`.
    pub path: String,
    /// What it holds.
    pub bytes: Arc<[u8]>,
}

/// One document in every edition, compared with its source and searched for
/// mentions. It is what it says: a memorandum of wordings.
#[derive(Debug, Clone, Hash)]
pub struct Memorandum {
    said: model::Memorandum<Wording>,
    /// What stands for its pages where links to them are shown; else the site's.
    pub image: Option<SharedImage<Wording>>,
    /// What the comparison with each of its source documents found.
    pub verifications: Vec<Verification>,
    /// What was found in each measure, in order.
    readings: Vec<Reading>,
    /// The first measure of each area, and the number of all.
    starts: Vec<usize>,
    /// Whether measures are named by their keys.
    composes: bool,
    /// Whether every part could be read.
    whole: bool,
    /// Another id that it may be meant by.
    misnamed: Option<Id>,
}

impl Deref for Memorandum {
    type Target = model::Memorandum<Wording>;

    fn deref(&self) -> &Self::Target {
        &self.said
    }
}

impl Memorandum {
    /// The name for navigation: the short title, or the title.
    pub fn name(&self) -> &Wording {
        self.short_title.as_ref().unwrap_or(&self.title)
    }

    /// What it says, without what was found in it.
    pub fn said(&self) -> &model::Memorandum<Wording> {
        &self.said
    }

    /// How many measures all areas have.
    pub fn count(&self) -> usize {
        self.readings.len()
    }

    /// A measure by its place among all.
    pub fn measure(&self, index: usize) -> Measure<'_> {
        let reading = &self.readings[index];
        let said = &self.areas[reading.area].measures[index - self.starts[reading.area]];
        Measure { said, reading }
    }

    /// All measures, in order.
    pub fn all(&self) -> impl Iterator<Item = Measure<'_>> {
        (0..self.count()).map(|index| self.measure(index))
    }

    /// The measures of an area, as a range of all.
    pub fn measures_of(&self, area: usize) -> Range<usize> {
        self.starts[area]..self.starts[area + 1]
    }

    /// The place of a measure among all, by its key: its place in its area and
    /// its area's, unless the content has a mistake.
    pub fn position(&self, number: MeasureNumber) -> Option<usize> {
        let index = (number.area as usize).checked_sub(1)?;
        let area = self.areas.get(index)?;
        let inside = (number.ordinal as usize).checked_sub(1)?;
        let measure = area.measures.get(inside)?;
        let is_it = area.number.value == number.area && measure.number.value == number;
        is_it.then(|| self.starts[index] + inside)
    }

    /// What a measure is called by number on pages: its key where the document's
    /// own numbers say little without each other, else its mark; nothing if it
    /// has none.
    pub fn shown_number(&self, index: usize, edition: Edition) -> Option<String> {
        let measure = self.measure(index);
        if self.composes {
            return Some(measure.number.value.to_string());
        }
        let mark = measure.said.mark.as_ref().filter(|mark| mark.numeral.is_some())?;
        Some(mark.name(|text| text.text[edition].as_str()).to_owned())
    }

    /// What a measure is called in data: its key where pages show it, else its
    /// place in addresses. Neither is a number that the document would not print.
    pub fn identifier(&self, index: usize) -> String {
        let measure = self.measure(index);
        match self.composes {
            true => measure.key().to_string(),
            false => {
                let area = &self.areas[measure.reading.area].id.value;
                format!("{area}/{}", measure.key().ordinal)
            }
        }
    }

    /// The heading of the division or annex that an area stands under; empty if
    /// there is none.
    pub fn heading_above(&self, area: usize, edition: Edition) -> String {
        let part = self.parts.iter().find(|part| part.areas.contains(&area));
        let heading = part.map(|one| {
            model::heading(one.mark.as_ref(), one.title.as_ref(), |text| {
                text.text[edition].as_str()
            })
        });
        heading.unwrap_or_default()
    }

    /// The names of the document's fields.
    pub fn field_names(&self, edition: Edition) -> Vec<String> {
        self.fields.iter().map(|field| field.name.text[edition].clone()).collect()
    }

    /// Whether the document gives any field with any measure.
    pub fn has_fields(&self) -> bool {
        self.all().any(|measure| measure.has_fields())
    }

    /// Whether measures are named by their keys, which are the site's own.
    pub fn composes(&self) -> bool {
        self.composes
    }

    /// Whether it was compared with a source document.
    pub fn is_verified(&self) -> bool {
        !self.verifications.is_empty()
    }

    /// What the comparison with the source document of a script found.
    pub fn verified(&self, script: Script) -> Option<&Verification> {
        self.verifications.iter().find(|one| one.script == script)
    }

    /// The date by which it is sorted and cited.
    pub fn date(&self) -> Option<PartialDate> {
        self.dates.first().map(|(_, date)| date)
    }
}

/// A part of a memorandum.
pub type Area = model::Area<Wording>;

/// A measure and what was found in it.
#[derive(Debug, Clone, Copy)]
pub struct Measure<'a> {
    /// What it says.
    pub said: &'a model::Measure<Wording>,
    /// What was found in its text.
    pub reading: &'a Reading,
}

impl<'a> Deref for Measure<'a> {
    type Target = model::Measure<Wording>;

    fn deref(&self) -> &Self::Target {
        self.said
    }
}

impl Measure<'_> {
    /// The id of a sentence's element, the first being 1: `m4-2-s3`.
    pub fn sentence_anchor(&self, number: usize) -> String {
        [&self.anchor(), "-s", &number.to_string()].concat()
    }

    /// The fields in which an entity is named, by their indices among the document's.
    pub fn roles(&self, entity: usize, edition: Edition) -> Vec<usize> {
        let Reading { mentions, fields, beside, .. } = self.reading;
        let own = mentions[edition].iter().filter(|one| one.entity == entity);
        let inside = own.flat_map(|mention| {
            let holds = move |range: &Range<usize>| {
                range.start <= mention.range.start && mention.range.end <= range.end
            };
            fields[edition].iter().filter(move |one| holds(&one.range)).map(|one| one.field)
        });
        let named =
            |found: &Each<Vec<Mention>>| found[edition].iter().any(|one| one.entity == entity);
        let cells = self.said.fields.iter().zip(beside).filter(|(_, found)| named(found));
        let mut roles: Vec<usize> = inside.chain(cells.map(|(cell, _)| cell.field)).collect();
        roles.sort_unstable();
        roles.dedup();
        roles
    }

    /// Whether the document gives any field with it.
    pub fn has_fields(&self) -> bool {
        !self.said.fields.is_empty() || self.reading.fields.iter().any(|found| !found.is_empty())
    }
}

/// What was found in a measure's text.
#[derive(Debug, Clone, Hash)]
pub struct Reading {
    /// Index of the measure's area.
    pub area: usize,
    /// The byte ranges of the sentences, as many in every edition.
    pub sentences: Each<Vec<Range<usize>>>,
    /// Where the text mentions entities, from left to right.
    pub mentions: Each<Vec<Mention>>,
    /// The entities that the text mentions, in the order of first mention.
    pub entities: Vec<usize>,
    /// Where the text gives the document's fields.
    pub fields: Each<Vec<FieldRange>>,
    /// Where each of the fields beside the text mentions entities.
    pub beside: Vec<Each<Vec<Mention>>>,
}

/// Where a text gives a field's value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FieldRange {
    /// Index among the document's fields.
    pub field: usize,
    /// The value's bytes in the text.
    pub range: Range<usize>,
}

/// One occurrence of an entity's name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mention {
    /// Index of the entity.
    pub entity: usize,
    /// Its bytes in the text.
    pub range: Range<usize>,
}

/// An organisation, programme, place, instrument, event or topic.
#[derive(Debug, Clone, Hash)]
pub struct Entity {
    /// Its part of its address.
    pub id: Spanned<Id>,
    /// Ids that it had before: their addresses lead on.
    pub formerly: Vec<Spanned<Id>>,
    /// What sort of thing it is.
    pub kind: Kind,
    /// The full name.
    pub name: Wording,
    /// Other names.
    pub aliases: Vec<Wording>,
    /// Words that find it in the search, and are shown nowhere.
    pub search: Vec<String>,
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
    /// Ids that it had before: their addresses lead on.
    pub formerly: Vec<Spanned<Id>>,
    /// The source script.
    pub script: Script,
    /// The title.
    pub title: Wording,
    /// One sentence.
    pub description: Option<Wording>,
    /// Whether it is unfinished.
    pub draft: bool,
    /// The text as HTML.
    pub body: Each<String>,
    /// The second-level headings.
    pub contents: Vec<Heading>,
    /// The ids of all elements of the text.
    pub anchors: Vec<String>,
    /// The text in parts, for the search.
    pub sections: Vec<Section>,
}

/// A heading that can be linked to.
#[derive(Debug, Clone)]
pub struct Heading {
    /// The element's id.
    pub id: String,
    /// Its text.
    pub title: Each<String>,
}
