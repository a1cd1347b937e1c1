//! The text of a BagIt bag's own files (RFC 8493): manifests and `bag-info.txt`.
//!
//! Writes what the RFC asks for, reads what it allows. Knows no files: what a
//! manifest says is compared with a folder elsewhere.

mod info;
mod manifest;

pub use info::BagInfo;
pub use manifest::Manifest;

/// The file that makes a folder a bag.
pub const DECLARED_IN: &str = "bagit.txt";

/// That file, to the byte.
pub const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// The lines of a tag file; any of the three line ends may end one.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}
