//! Finds a document's structure in its lines.
//!
//! 1. Lines become paragraphs; page numbers and the like are set aside.
//! 2. A printed table of contents is found; annexes and attached documents part
//!    the text (`recognise/split.rs`).
//! 3. In each part, the end (signatures, dates, remarks) is found from behind
//!    (`closing.rs`), the numbers are found (`outline.rs`) and their levels get
//!    their roles (`roles.rs`), headings without one are looked for (`headings.rs`),
//!    and what stands before the first number is told
//!    by its words (`front.rs`).
//! 4. All of it becomes one tree (`build.rs`, the numbered lines in `body.rs`). A line that fits nowhere stays
//!    where it stood.

mod body;
mod build;
mod closing;
mod fields;
mod front;
mod headings;
mod roles;
mod rows;
mod split;

pub(super) mod title;
pub(super) mod words;

use crate::diagnostic::Code;

use super::extracted::{Extracted, Line, Skipped, Table};
use super::lines::{Paragraph, Piece, pieces};
use super::tree::{Doubt, Node, NodeKind, Recognised};

/// A paragraph or a table of the text.
pub(super) struct Entry<'a> {
    /// Its text as one line; empty for a table.
    text: &'a str,
    paragraph: Option<&'a Paragraph>,
    table: Option<&'a Table>,
    block: usize,
}

impl<'a> Entry<'a> {
    fn line(&self) -> Option<&'a Line> {
        self.paragraph.map(|paragraph| &paragraph.line)
    }

    /// It as a part of the document.
    fn node(&self, kind: NodeKind) -> Node {
        Node {
            kind: if self.table.is_some() { NodeKind::Table } else { kind },
            table: self.table.cloned(),
            lines: self.paragraph.map_or(1, |paragraph| paragraph.lines),
            notes: self
                .paragraph
                .map(|paragraph| paragraph.notes.iter().map(|(_, note)| *note).collect())
                .unwrap_or_default(),
            ..Node::new(kind, self.text, self.block)
        }
    }

    fn doubt(&self, code: Code, message: impl Into<String>) -> Doubt {
        Doubt { block: self.block, code, message: message.into() }
    }
}

/// The structure of a file's text.
pub fn recognise(extracted: &Extracted) -> Recognised {
    let pieces = pieces(extracted);
    let mut recognised = Recognised::default();
    let mut entries = Vec::new();
    for piece in &pieces {
        match piece {
            Piece::Paragraph(paragraph) => entries.push(Entry {
                text: &paragraph.text,
                paragraph: Some(paragraph),
                table: None,
                block: paragraph.block,
            }),
            Piece::Table { table, block } => {
                entries.push(Entry {
                    text: "",
                    paragraph: None,
                    table: Some(table),
                    block: *block,
                });
            }
            Piece::Skipped { text, reason } => {
                recognised.skipped.push(Skipped { text: text.clone(), reason: *reason });
            }
        }
    }
    let contents = split::contents(&entries);
    let (before, listed, after) = match contents {
        Some(range) => (&entries[..range.start], &entries[range.clone()], &entries[range.end..]),
        None => (&entries[..], &entries[..0], &entries[..0]),
    };
    let listed: Vec<Node> = listed.iter().map(|entry| entry.node(NodeKind::Contents)).collect();
    let body: Vec<&Entry<'_>> = before.iter().chain(after).collect();
    build::document(&body, before.len(), listed, &mut recognised);
    for note in &extracted.notes {
        recognised.parts.push(Node {
            mark: None,
            ..Node::new(NodeKind::Note, note.text.clone(), extracted.blocks.len())
        });
    }
    let all: String = entries.iter().map(|entry| entry.text).collect();
    recognised.script = words::script(&all);
    recognised.kind = words::kind(&recognised);
    recognised
}

#[cfg(test)]
mod tests;
