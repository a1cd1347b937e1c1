//! Every field that a content file may have, declared once: the reader asks for
//! no other, and the schemas, the comments of a new site and the manual's tables
//! are made from the same list.
//!
//! Must not know how a file is read, nor what a field's value means.

mod area;
mod document;
mod site;

pub use area::AREA;
pub use document::MEMORANDUM;
pub(super) use site::NOTHING;
pub use site::{ENTITIES, LEXICON, PAGE, SIDES, SITE};

use crate::model::{Id, Script};

/// What an [`Id`] is; the reader knows of names that Windows keeps, too.
const ID: Shape = Shape::Pattern("^[a-z0-9]+(-[a-z0-9]+)*$");
const ID_LENGTH: &str = r#"{"properties": {"id": {"maxLength": 100}}}"#;
const _: () = assert!(Id::MAX_LENGTH == 100, "the schemas say so");

/// A table of a file, or the file as a whole.
#[derive(Debug)]
pub struct Table {
    /// What the schema calls it.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub about: &'static str,
    /// Its fields, in the order in which people write them.
    pub fields: &'static [Field],
    /// What else holds between the fields, as JSON Schema.
    pub rules: &'static str,
}

/// A field of a table.
#[derive(Debug)]
pub struct Field {
    /// Its key.
    pub key: &'static str,
    /// What may stand there.
    pub shape: Shape,
    /// Whether it must be there.
    pub needed: bool,
    /// Of a table that has a `kind`, the kinds that have the field; empty for all.
    pub only: &'static [&'static str],
    /// A value, as TOML.
    pub example: &'static str,
    /// What it is for, in a sentence.
    pub about: &'static str,
}

/// What may stand in a field.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Any string.
    Any,
    /// A string that is not empty.
    Filled,
    /// A string of this pattern (a regular expression).
    Pattern(&'static str),
    /// One of some words.
    Word(fn() -> Vec<&'static str>),
    /// Strings that are not empty.
    Strings,
    /// A whole number, at least this.
    Integer(i64),
    /// `true` or `false`.
    Boolean,
    /// A day; or a month or a year, as a string.
    Date,
    /// A text: a string in the source script, or one for each edition.
    Text,
    /// A text, or nothing.
    Mark,
    /// Texts.
    Texts,
    /// Texts, or one in which empty lines part paragraphs.
    Paragraphs,
    /// Rows of texts.
    Rows,
    /// Texts under keys of the author's own.
    Named,
    /// A pattern of marks, or several.
    Marks,
    /// A table.
    Table(&'static Table),
    /// A list of tables.
    Tables(&'static Table),
    /// Some of some words, or a list of tables.
    WordsOrTables(fn() -> Vec<&'static str>, &'static Table),
    /// One of some words, or a table.
    WordOrTable(fn() -> Vec<&'static str>, &'static Table),
}

/// What a reader asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// A string.
    String,
    /// A list of strings.
    Strings,
    /// A whole number.
    Integer,
    /// A truth value.
    Boolean,
    /// A date.
    Date,
    /// A text or several.
    Text,
    /// A table.
    Table,
    /// A list of tables.
    Tables,
}

impl Table {
    /// The field of a key.
    pub fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// Whether a reader may ask for this.
    pub(super) fn has(&self, key: &str, asked: Asked) -> bool {
        self.field(key).is_some_and(|field| field.shape.fits(asked))
    }

    /// The table below a key.
    pub(super) fn below(&self, key: &str) -> Option<&'static Table> {
        match self.field(key)?.shape {
            Shape::Table(table)
            | Shape::Tables(table)
            | Shape::WordsOrTables(_, table)
            | Shape::WordOrTable(_, table) => Some(table),
            _ => None,
        }
    }
}

impl Shape {
    fn fits(self, asked: Asked) -> bool {
        match self {
            Self::Any | Self::Filled | Self::Pattern(_) | Self::Word(_) => asked == Asked::String,
            Self::Strings => asked == Asked::Strings,
            Self::Integer(_) => asked == Asked::Integer,
            Self::Boolean => asked == Asked::Boolean,
            Self::Date => matches!(asked, Asked::Date | Asked::String),
            Self::Mark => matches!(asked, Asked::Text | Asked::String),
            Self::Text | Self::Texts | Self::Paragraphs | Self::Rows => asked == Asked::Text,
            Self::Marks => matches!(asked, Asked::String | Asked::Strings),
            Self::Named | Self::Table(_) => asked == Asked::Table,
            Self::Tables(_) => asked == Asked::Tables,
            Self::WordsOrTables(..) => matches!(asked, Asked::Strings | Asked::Tables),
            Self::WordOrTable(..) => matches!(asked, Asked::String | Asked::Table),
        }
    }
}

fn scripts() -> Vec<&'static str> {
    Script::ALL.map(Script::id).into()
}

const fn may(key: &'static str, shape: Shape, example: &'static str, about: &'static str) -> Field {
    Field { key, shape, needed: false, only: &[], example, about }
}

const fn must(
    key: &'static str,
    shape: Shape,
    example: &'static str,
    about: &'static str,
) -> Field {
    Field { needed: true, ..may(key, shape, example, about) }
}

const fn only(kinds: &'static [&'static str], field: Field) -> Field {
    Field { only: kinds, ..field }
}
