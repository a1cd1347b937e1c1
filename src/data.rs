//! Open data: the library as rows and files for machines.
//!
//! 1. `table` has the columns of each table and its rows as a CSV file.
//! 2. [`akoma_ntoso`] writes a document as law libraries exchange them; its JSON
//!    is the record that sealed versions hold.
//! 3. [`package`] tells what each file is, with its types, keys and hash.
//!
//! Pure. Must not know what pages look like, nor who writes the files; citations
//! are worded by a theme and so made elsewhere.

mod akoma_ntoso;
mod cell;
mod package;
mod rows;
mod table;
pub(crate) mod xml;

pub use akoma_ntoso::akoma_ntoso;
pub use cell::{guarded, unguarded};
pub use package::{Described, Digest, package};
pub use table::{Column, Type, columns, csv, key, references};

use crate::library::{Library, record_of};

/// A document's record, of the format of sealed versions.
pub fn record(library: &Library, index: usize) -> Vec<u8> {
    record_of(library, &library.memoranda[index..=index]).to_json()
}
