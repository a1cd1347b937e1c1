//! The domain: a site, its memoranda, areas and measures, as their author wrote
//! them, each value with its place.
//!
//! Invariants: a value of these types is well-formed in itself (ids are ids,
//! required texts are not blank); whether it fits the rest of the site is the
//! library's business. No I/O, no parser, no conversion.

mod date;
mod markdown;
mod names;

pub use date::Date;
pub use markdown::{Heading, Link, Markdown, Target};
pub use names::{BaseUrl, Edition, Id, Kind, Language, chinese_numeral};

use std::ops::{Index, IndexMut};

use std::sync::Arc;

use serde::Serialize;

use crate::source::{FileId, Span, Spanned};

/// A value for each edition.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Both<T> {
    /// The Traditional edition's.
    pub hant: T,
    /// The Simplified edition's.
    pub hans: T,
}

impl<T> Both<T> {
    /// Makes a value for each edition.
    pub fn from_fn(mut make: impl FnMut(Edition) -> T) -> Self {
        Self { hant: make(Edition::Hant), hans: make(Edition::Hans) }
    }
}

impl<T> Index<Edition> for Both<T> {
    type Output = T;

    fn index(&self, edition: Edition) -> &T {
        match edition {
            Edition::Hant => &self.hant,
            Edition::Hans => &self.hans,
        }
    }
}

impl<T> IndexMut<Edition> for Both<T> {
    fn index_mut(&mut self, edition: Edition) -> &mut T {
        match edition {
            Edition::Hant => &mut self.hant,
            Edition::Hans => &mut self.hans,
        }
    }
}

/// Where an edition's wording comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Provenance {
    /// It is the source text itself.
    Source,
    /// Software converted it from the source.
    Converted,
    /// The parties' own wording in this script.
    Official,
    /// Someone edited it by hand.
    Edited,
}

/// A text in its source script, never blank, with a wording for the other where one is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The source script.
    pub script: Edition,
    /// The text in the source script.
    pub source: Spanned<String>,
    /// The other edition's wording, where the author supplied it.
    pub counterpart: Option<Counterpart>,
}

/// Wording supplied for the edition that is not the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counterpart {
    /// The wording.
    pub text: Spanned<String>,
    /// [`Provenance::Official`] or [`Provenance::Edited`].
    pub provenance: Provenance,
}

/// `content/site.toml`.
#[derive(Debug, Clone)]
pub struct Site {
    /// The site's name.
    pub title: Text,
    /// What the site is, in two sentences.
    pub description: Text,
    /// Where the site will stand.
    pub base_url: BaseUrl,
    /// The edition that stands for both where one address must.
    pub default_edition: Edition,
    /// Name of the folder below `themes/`.
    pub theme: Spanned<String>,
    /// The conversion engine's name.
    pub engine: Spanned<String>,
}

/// `content/lexicon.toml`: the project's own conversion rules.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// Words that stay as they are in either edition.
    pub protect: Vec<Spanned<String>>,
    /// Rules above the dictionaries.
    pub rules: Vec<LexiconRule>,
    /// Official names of entities, above the rules.
    pub names: Vec<LexiconRule>,
}

/// One conversion rule of a lexicon.
#[derive(Debug, Clone)]
pub struct LexiconRule {
    /// The wording in Traditional script.
    pub hant: Spanned<String>,
    /// The wording in Simplified script.
    pub hans: Spanned<String>,
    /// The edition that the rule writes; both if none is named.
    pub into: Option<Edition>,
}

impl Text {
    /// Stands for a text that could not be read, so that what comes after is
    /// still looked at. No text that was read is empty.
    pub fn unread(script: Edition, place: Span) -> Self {
        Self { script, source: Spanned::new(String::new(), place), counterpart: None }
    }

    /// Whether the text could not be read.
    pub fn is_unread(&self) -> bool {
        self.source.value.is_empty()
    }
}

impl LexiconRule {
    /// The wording in one script.
    pub fn side(&self, edition: Edition) -> &Spanned<String> {
        match edition {
            Edition::Hant => &self.hant,
            Edition::Hans => &self.hans,
        }
    }

    /// Whether the rule applies where this edition is written.
    pub fn applies_into(&self, edition: Edition) -> bool {
        self.into.is_none_or(|into| into == edition)
    }
}

/// One agreed document.
#[derive(Debug, Clone)]
pub struct Memorandum {
    /// Its part of every address, e.g. `hubei-2021`.
    pub id: Spanned<Id>,
    /// The source script.
    pub script: Edition,
    /// The title as signed.
    pub title: Text,
    /// A shorter, editorial name for navigation.
    pub short_title: Option<Text>,
    /// The day it was signed.
    pub signed: Date,
    /// The day it was published, where known.
    pub published: Option<Date>,
    /// The day whose state of the text this is.
    pub as_at: Option<Date>,
    /// Where it was signed.
    pub place: Option<Text>,
    /// Who agreed.
    pub parties: Vec<Text>,
    /// The paragraphs before the measures.
    pub preamble: Vec<Text>,
    /// Who signed, in the order of the document.
    pub signatories: Vec<Signatory>,
    /// The heading of the part that holds the measures.
    pub annex: Option<Text>,
    /// The document that the texts are verified against.
    pub source: Option<SourceDocument>,
    /// The areas, in the order of their numbers.
    pub areas: Vec<Area>,
    /// Whether every part could be read. Of one that is not whole, nothing can
    /// be said to be missing.
    pub whole: bool,
}

/// One signature under a memorandum.
#[derive(Debug, Clone)]
pub struct Signatory {
    /// The party signed for.
    pub party: Text,
    /// The signer's post.
    pub post: Text,
    /// The dated line, as the document has it.
    pub dated: Option<Text>,
}

/// The file that holds the agreed text, byte for byte.
#[derive(Debug, Clone)]
pub struct SourceDocument {
    /// Path below the site's root.
    pub file: Spanned<String>,
    /// The file's sha256, in lowercase hexadecimal digits.
    pub sha256: Spanned<String>,
    /// The file's text.
    pub text: FileId,
}

/// A numbered, titled part of a memorandum.
#[derive(Debug, Clone)]
pub struct Area {
    /// Its part of its addresses.
    pub id: Spanned<Id>,
    /// From 1, without gaps.
    pub number: Spanned<u32>,
    /// The title as signed.
    pub title: Text,
    /// One editorial sentence.
    pub summary: Option<Text>,
    /// The measures, in the order of their numbers.
    pub measures: Vec<Measure>,
}

/// A numbered item of an area. Its text is verbatim.
#[derive(Debug, Clone)]
pub struct Measure {
    /// The area's number and its own: `4.2`.
    pub number: Spanned<MeasureNumber>,
    /// The text as signed.
    pub text: Text,
    /// An editorial name of at most a few words.
    pub label: Option<Text>,
    /// Measures that the editor relates to this one, as written.
    pub related: Vec<Spanned<String>>,
}

/// A measure's number inside its memorandum: 1.1 and 1.10 differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MeasureNumber {
    /// The area's number.
    pub area: u32,
    /// The measure's own.
    pub ordinal: u32,
}

impl MeasureNumber {
    /// Reads `4.2`; no leading zeros, nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let (area, ordinal) = text.split_once('.')?;
        Some(Self { area: positive(area)?, ordinal: positive(ordinal)? })
    }
}

impl std::fmt::Display for MeasureNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.area, self.ordinal)
    }
}

fn positive(digits: &str) -> Option<u32> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    plain.then(|| digits.parse().ok()).flatten()
}

/// An explainer page: `content/pages/<id>.md`.
#[derive(Debug, Clone)]
pub struct Page {
    /// The file's stem.
    pub id: Spanned<Id>,
    /// The page's title.
    pub title: Text,
    /// One sentence for search engines and link previews.
    pub description: Option<Text>,
    /// Place among the pages: smaller first, then by id.
    pub order: i64,
    /// Whether it is unfinished, and so for the preview alone.
    pub draft: bool,
    /// The source script.
    pub script: Edition,
    /// The text.
    pub body: Markdown,
}

/// An organisation, programme, place, instrument, event or topic that measures
/// mention.
#[derive(Debug, Clone)]
pub struct Entity {
    /// Its part of its address.
    pub id: Spanned<Id>,
    /// What sort of thing it is.
    pub kind: Kind,
    /// The full name.
    pub name: Text,
    /// Other names of the same thing.
    pub aliases: Vec<Text>,
    /// Phrases that hold a name and do not mean the entity.
    pub block: Vec<Text>,
    /// An editorial sentence or two.
    pub description: Option<Text>,
    /// Places elsewhere that tell more.
    pub links: Vec<WebLink>,
}

/// A place elsewhere.
#[derive(Debug, Clone)]
pub struct WebLink {
    /// What it is.
    pub title: Text,
    /// Its address.
    pub url: String,
}

/// All content of a site, parsed, not yet linked.
#[derive(Debug, Clone)]
pub struct Content {
    /// `content/site.toml`.
    pub site: Site,
    /// `content/lexicon.toml`.
    pub lexicon: Arc<Lexicon>,
    /// The entities, in the order of their files.
    pub entities: Arc<Vec<Entity>>,
    /// The memoranda, by id.
    pub memoranda: Vec<Arc<Memorandum>>,
    /// The explainer pages, in reading order.
    pub pages: Vec<Page>,
}
