//! From a file's bytes to a document's structure.
//!
//! 1. [`read`] finds what kind of file it is and brings its text, block by
//!    block, with what the file says of each ([`extracted::Extracted`]).
//! 2. [`recognise`] finds the document's parts in these blocks
//!    ([`tree::Recognised`]): every line of the text is in the tree, or among what
//!    was skipped, with the reason.
//!
//! Owns the readers of foreign formats and the guess at a document's
//! structure. Knows neither the site's content on disk nor its pages; reads no
//! file, and asks nothing of the machine but for its reader of PDF.

mod content;
mod docx;
mod encoding;
mod error;
mod extracted;
mod fold;
mod html;
mod ids;
mod lines;
mod mark;
mod markdown;
mod numeral;
mod outline;
mod pdf;
mod recognise;
mod report;
mod sniff;
mod toml;
mod tree;
mod update;

pub use content::{About, content};
pub use error::ReadError;
pub use ids::id as pinyin_id;
pub use recognise::recognise;
pub use report::Report;
pub use sniff::{MAX_BYTES, Options, read};
pub use update::update;

#[cfg(test)]
mod tests;
