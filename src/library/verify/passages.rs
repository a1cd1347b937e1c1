//! Which lines of a source document each text of the site stands on: for readers
//! who compare the two themselves.

use std::ops::RangeInclusive;

use super::pieces::{Gap, Piece, Symbol};
use super::stream::Stream;

/// Text of the site, with the lines of the source document that it stands on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Passage {
    /// The first line and the last, from 1.
    pub lines: RangeInclusive<usize>,
    /// The site's own text, marks included.
    pub text: String,
    /// Where lines of the source are joined in it, in bytes.
    pub joins: Vec<usize>,
    /// The measures that begin in it, by their indices.
    pub measures: Vec<usize>,
}

/// The texts of a document by the lines they begin on. All must agree with the
/// source: then each symbol is the source's character at the same place.
pub fn passages(pieces: &[Piece], own: &[Symbol], source: &Stream) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    let mut last = None;
    for (at, symbol) in own.iter().enumerate() {
        let begins = matches!(symbol.gap, Gap::Piece | Gap::Line);
        let on_new_line = source.begins_line(at);
        let is_new = begins && on_new_line || passages.is_empty();
        if is_new {
            let line = source.line(at);
            passages.push(Passage {
                lines: line..=line,
                text: String::new(),
                joins: Vec::new(),
                measures: Vec::new(),
            });
        }
        let Some(passage) = passages.last_mut() else { continue };
        if on_new_line && !is_new {
            passage.lines = *passage.lines.start()..=source.line(at);
            passage.joins.push(passage.text.len());
        }
        let measure = pieces[symbol.piece].measure;
        if measure != last {
            passage.measures.extend(measure);
            last = measure;
        }
        let is_latin = |c: char| c.is_ascii_alphanumeric();
        let after_latin = is_latin(symbol.c) && passage.text.ends_with(is_latin);
        if !is_new && (symbol.gap == Gap::Space || begins && after_latin) {
            passage.text.push(' ');
        }
        passage
            .text
            .push(pieces[symbol.piece].text[symbol.offset..].chars().next().unwrap_or(symbol.c));
    }
    passages
}
