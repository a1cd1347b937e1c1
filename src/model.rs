//! The domain: a site, its memoranda, areas and measures, as their author wrote
//! them, each value with its place.
//!
//! Invariants: a value of these types is well-formed in itself (ids are ids,
//! required texts are not blank); whether it fits the rest of the site is the
//! library's business. No I/O, no parser, no conversion.

mod date;
mod document;
mod edition;
mod markdown;
mod names;
mod numbering;
mod publisher;
mod radical;
mod slug;

pub use date::{Date, PartialDate};
pub use document::{
    Area, Column, DateName, Dates, DocumentKind, FieldName, FieldValue, Holds, KnownKind, Line,
    Mark, Measure, Memorandum, Part, PartKind, Role, Section, Signatory, UNNAMED_AREA, Words,
    heading,
};
pub use edition::{Each, Edition, Editions, Script, ShortName, Standard};
pub use markdown::{Heading, Link, Markdown, Target};
pub use names::{BaseUrl, Id, Kind, chinese_numeral};
pub use numbering::{Level, Numbering, Pattern, PatternFault, Within};
pub(crate) use numbering::{STEMS, roman_numeral};
pub use publisher::{Contact, Publisher, Publishes, SiteStatus};
pub use radical::{ordinary, radical, radicals, without_radicals};
pub use slug::slug;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::source::{FileId, Span, Spanned};

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
    pub script: Script,
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
    pub base_url: Option<BaseUrl>,
    /// The forms in which it is made.
    pub editions: Editions,
    /// Name of the folder below `themes/`.
    pub theme: Spanned<String>,
    /// The conversion engine's name.
    pub engine: Spanned<String>,
    /// Under which licences the data may be used.
    pub licences: Vec<WebLink>,
    /// What stands for its pages where links to them are shown.
    pub image: Option<SharedImage<Text>>,
    /// Whose it is.
    pub publisher: Publisher<Text>,
    /// What it lets readers check it with.
    pub publishes: Publishes,
}

/// A picture that stands for pages where links to them are shown: in chats, in
/// networks.
#[derive(Debug, Clone, Hash)]
pub struct SharedImage<T> {
    /// Its path below `static/`.
    pub file: Spanned<String>,
    /// What it shows, in words.
    pub alt: T,
}

impl<T> SharedImage<T> {
    /// The size that every service shows whole, in pixels.
    pub const SIZE: (u32, u32) = (1200, 630);
}

/// `content/lexicon.toml`: the project's own conversion rules.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Lexicon {
    /// Words that stay as they are in either edition.
    pub protect: Vec<Spanned<String>>,
    /// Rules above the dictionaries.
    pub rules: Vec<LexiconRule>,
    /// Official names of entities, above the rules.
    pub names: Vec<LexiconRule>,
}

/// One conversion rule of a lexicon.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LexiconRule {
    /// The wording in Traditional script.
    pub hant: Spanned<String>,
    /// The wording in Simplified script.
    pub hans: Spanned<String>,
    /// The edition that the rule writes; both if none is named.
    pub into: Option<Script>,
    /// Whether it holds even where the word is parts of two others.
    pub exact: bool,
}

impl Text {
    /// Stands for a text that could not be read, so that what comes after is
    /// still looked at. No text that was read is empty.
    pub fn unread(script: Script, place: Span) -> Self {
        Self { script, source: Spanned::new(String::new(), place), counterpart: None }
    }

    /// Whether the text could not be read.
    pub fn is_unread(&self) -> bool {
        self.source.value.is_empty()
    }
}

impl LexiconRule {
    /// The wording in one script.
    pub fn side(&self, edition: Script) -> &Spanned<String> {
        match edition {
            Script::Hant => &self.hant,
            Script::Hans => &self.hans,
        }
    }

    /// Whether the rule applies where this edition is written.
    pub fn applies_into(&self, edition: Script) -> bool {
        self.into.is_none_or(|into| into == edition)
    }
}

/// A measure's key inside its memorandum: the place of its area and its own place
/// there, whatever the document prints. 1.1 and 1.10 differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MeasureNumber {
    /// The area's place, from 1.
    pub area: u32,
    /// The measure's place in its area, from 1.
    pub ordinal: u32,
}

impl MeasureNumber {
    /// Reads `4.2`; no leading zeros, nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let (area, ordinal) = text.split_once('.')?;
        Some(Self { area: positive(area)?, ordinal: positive(ordinal)? })
    }
}

impl Serialize for MeasureNumber {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for MeasureNumber {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let unknown = || serde::de::Error::custom(format!("`{text}` is no measure's number"));
        Self::parse(&text).ok_or_else(unknown)
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

/// A memorandum as its author wrote it, with what it is verified against.
#[derive(Debug, Clone)]
pub struct Manuscript {
    /// The document.
    pub memorandum: Memorandum<Text>,
    /// The files that hold the document's text, each in its script.
    pub sources: Vec<SourceDocument>,
    /// Whether every part could be read. Of one that is not whole, nothing can
    /// be said to be missing.
    pub whole: bool,
    /// Whether its numbers and parts are in order. One that is not would differ
    /// from its source for the same reason.
    pub in_order: bool,
    /// The id that is written, where its folder has another name: what refers to
    /// it may mean either.
    pub misnamed: Option<Id>,
    /// What stands for its pages where links to them are shown.
    pub image: Option<SharedImage<Text>>,
}

/// The file that holds a document's text, byte for byte.
#[derive(Debug, Clone)]
pub struct SourceDocument {
    /// The script that it is in.
    pub script: Script,
    /// Path below the site's root.
    pub file: Spanned<String>,
    /// The file's sha256, in lowercase hexadecimal digits.
    pub sha256: Spanned<String>,
    /// The file's text.
    pub text: FileId,
    /// The file that the text was extracted from, if it was.
    pub original: Option<OriginalFile>,
    /// What of the text is no part of the document.
    pub skips: Vec<Skip>,
    /// Where whoever issued it has it on the web.
    pub url: Option<String>,
}

/// A file that a source document's text was extracted from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginalFile {
    /// Path below the site's root.
    pub file: Spanned<String>,
    /// Its sha256, in lowercase hexadecimal digits.
    pub sha256: Spanned<String>,
    /// The encoding of its characters, if its bytes do not tell.
    pub encoding: Option<String>,
    /// The part of a web page that holds the document, as a CSS selector.
    pub select: Option<String>,
    /// What read a PDF.
    pub reader: Option<PdfReader>,
}

/// A reader of PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PdfReader {
    /// Poppler's, a program of its own.
    Poppler,
    /// The one built in.
    BuiltIn,
}

impl PdfReader {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Poppler, Self::BuiltIn];

    /// What content files call it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Poppler => "pdftotext",
            Self::BuiltIn => "built-in",
        }
    }

    /// The reader that content files call so.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reader| reader.id() == id)
    }
}

/// What of a source document is no part of the document, and why.
#[derive(Debug, Clone)]
pub struct Skip {
    /// What is passed over.
    pub what: Skipped,
    /// Its place.
    pub span: Span,
    /// Why.
    pub reason: String,
}

/// What a [`Skip`] passes over.
#[derive(Debug, Clone)]
pub enum Skipped {
    /// Every line that consists of a mark of this pattern.
    Lines(Pattern),
    /// A text that stands exactly once.
    Once(String),
    /// A text wherever it stands.
    Every(String),
}

/// An explainer page: `content/pages/<id>.md`.
#[derive(Debug, Clone)]
pub struct Page {
    /// The file's stem.
    pub id: Spanned<Id>,
    /// Ids that it had before: their addresses lead on.
    pub formerly: Vec<Spanned<Id>>,
    /// The page's title.
    pub title: Text,
    /// One sentence for search engines and link previews.
    pub description: Option<Text>,
    /// Place among the pages: smaller first, then by id.
    pub order: i64,
    /// Whether it is unfinished, and so for the preview alone.
    pub draft: bool,
    /// The source script.
    pub script: Script,
    /// The text.
    pub body: Markdown,
}

/// An organisation, programme, place, instrument, event or topic that measures
/// mention.
#[derive(Debug, Clone)]
pub struct Entity {
    /// Its part of its address.
    pub id: Spanned<Id>,
    /// Ids that it had before: their addresses lead on.
    pub formerly: Vec<Spanned<Id>>,
    /// What sort of thing it is.
    pub kind: Kind,
    /// The full name.
    pub name: Text,
    /// Other names of the same thing.
    pub aliases: Vec<Text>,
    /// Phrases that hold a name and do not mean the entity.
    pub block: Vec<Text>,
    /// Words that find it in the search, and are shown nowhere.
    pub search: Vec<Spanned<String>>,
    /// An editorial sentence or two.
    pub description: Option<Text>,
    /// Places elsewhere that tell more.
    pub links: Vec<WebLink>,
}

impl Entity {
    /// Every text.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        let Self {
            id: _,
            formerly: _,
            kind: _,
            search: _,
            name,
            aliases,
            block,
            description,
            links,
        } = self;
        let links = links.iter().map(|link| &link.title);
        std::iter::once(name).chain(aliases).chain(block).chain(description).chain(links)
    }
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
    pub memoranda: Vec<Arc<Manuscript>>,
    /// The explainer pages, in reading order.
    pub pages: Vec<Page>,
}
