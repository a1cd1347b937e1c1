//! The tables: their columns, keys and references, and a table as a CSV file.
//!
//! A file begins with a byte-order mark, by which Excel knows UTF-8; lines end in
//! CR LF, as RFC 4180 has them.

use crate::library::{DataTable, Library};

use super::rows::rows;

/// What spreadsheets know the encoding by.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name; with an edition's id after it where each has its own.
    pub name: &'static str,
    /// What its cells are.
    pub of: Type,
    /// Whether each edition has one.
    pub each: bool,
    /// Whether every row has a value.
    pub required: bool,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// A text.
    Text,
    /// A whole number.
    Number,
    /// An absolute address.
    Address,
    /// Texts as a list in JSON.
    Texts,
    /// Where a text comes from.
    Origin,
}

const fn column(name: &'static str, of: Type) -> Column {
    Column { name, of, each: false, required: true }
}

impl Column {
    const fn each(self) -> Self {
        Self { each: true, ..self }
    }

    const fn optional(self) -> Self {
        Self { required: false, ..self }
    }
}

const ID: Column = column("id", Type::Text);
const MEMORANDUM: Column = column("memorandum", Type::Text);
const MEASURE: Column = column("measure", Type::Text);
const PLACE: Column = column("place", Type::Number);
const MARK: Column = column("mark", Type::Text).each().optional();
const TITLE: Column = column("title", Type::Text).each().optional();
const PROVENANCE: Column = column("provenance", Type::Origin).each();
const URL: Column = column("url", Type::Address).each().optional();

/// The columns of a table.
pub fn columns(table: DataTable) -> &'static [Column] {
    match table {
        DataTable::Memoranda => {
            const {
                &[
                    ID,
                    column("kind", Type::Text),
                    column("script", Type::Text),
                    TITLE,
                    PROVENANCE,
                    column("date", Type::Text).optional(),
                    column("date_name", Type::Text).optional(),
                    column("areas", Type::Number),
                    column("measures", Type::Number),
                    URL,
                ]
            }
        }
        DataTable::Areas => {
            const {
                &[
                    ID,
                    MEMORANDUM,
                    PLACE,
                    MARK,
                    TITLE,
                    column("summary", Type::Text).each().optional(),
                    column("measures", Type::Number),
                    URL,
                ]
            }
        }
        DataTable::Measures => {
            const {
                &[
                    ID,
                    MEMORANDUM,
                    column("area", Type::Text),
                    PLACE,
                    MARK,
                    TITLE,
                    column("label", Type::Text).each().optional(),
                    column("text", Type::Text).each(),
                    PROVENANCE,
                    URL,
                ]
            }
        }
        DataTable::Fields => {
            const {
                &[
                    MEASURE,
                    PLACE,
                    column("field", Type::Text),
                    column("name", Type::Text).each(),
                    column("value", Type::Text).each(),
                ]
            }
        }
        DataTable::Entities => {
            const {
                &[
                    ID,
                    column("kind", Type::Text),
                    column("name", Type::Text).each(),
                    column("aliases", Type::Texts).each().optional(),
                    column("description", Type::Text).each().optional(),
                    column("areas", Type::Number),
                    column("measures", Type::Number),
                    URL,
                ]
            }
        }
        DataTable::Mentions => {
            const {
                &[
                    MEASURE,
                    column("edition", Type::Text),
                    column("start", Type::Number),
                    column("end", Type::Number),
                    column("entity", Type::Text),
                    column("words", Type::Text),
                ]
            }
        }
    }
}

/// The columns that tell a table's rows apart.
pub fn key(table: DataTable) -> &'static [&'static str] {
    match table {
        DataTable::Memoranda | DataTable::Areas | DataTable::Measures | DataTable::Entities => {
            &["id"]
        }
        DataTable::Fields => &["measure", "place"],
        DataTable::Mentions => &["measure", "edition", "start"],
    }
}

/// The columns that name rows of other tables, by their `id`.
pub fn references(table: DataTable) -> &'static [(&'static str, DataTable)] {
    match table {
        DataTable::Memoranda | DataTable::Entities => &[],
        DataTable::Areas => &[("memorandum", DataTable::Memoranda)],
        DataTable::Measures => &[("memorandum", DataTable::Memoranda), ("area", DataTable::Areas)],
        DataTable::Fields => &[("measure", DataTable::Measures)],
        DataTable::Mentions => &[("measure", DataTable::Measures), ("entity", DataTable::Entities)],
    }
}

/// The names of the columns in a site's file.
pub(super) fn heads(library: &Library, table: DataTable) -> Vec<(Column, String)> {
    let of = |column: &Column| match column.each {
        true => {
            let editions = library.editions.published();
            editions.map(|edition| [column.name, "_", edition.id()].concat()).collect()
        }
        false => vec![column.name.to_owned()],
    };
    let named = columns(table).iter();
    named.flat_map(|column| of(column).into_iter().map(|name| (*column, name))).collect()
}

/// A table as a file.
pub fn csv(library: &Library, table: DataTable) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    let heads = heads(library, table);
    let mut write = |cells: &[String]| {
        writer.write_record(cells).expect("memory takes rows of one length");
    };
    write(&heads.into_iter().map(|(_, name)| name).collect::<Vec<_>>());
    rows(library, table, &mut |cells| write(cells));
    writer.into_inner().expect("memory takes everything")
}
