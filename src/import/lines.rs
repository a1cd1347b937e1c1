//! Lines as they stand on a page: reading plain text, telling the numbers and
//! running heads of pages, and finding which lines are one paragraph.

mod bars;
mod furniture;
mod paragraph;

pub(super) use furniture::furniture;
pub(super) use paragraph::{Paragraph, Piece, ends_sentence, pieces};

use super::extracted::{Block, Extracted, Format, Line, columns};

/// Plain text, a line each; pages are parted by form feeds.
pub(super) fn read(text: &str) -> Extracted {
    let mut extracted = Extracted::new(Format::Text);
    let text = text.replace("\r\n", "\n");
    let mut number = 1;
    for (page, text) in text.split('\u{C}').enumerate() {
        let mut gap = false;
        let ends = ['\n', '\r', '\u{B}', '\u{85}', '\u{2028}', '\u{2029}'];
        for (at, raw) in text.split(ends).enumerate() {
            number += usize::from(at > 0);
            match line(raw, page) {
                Some(line) => {
                    let gap = std::mem::take(&mut gap);
                    extracted.blocks.push(Block::Line(Line { gap, number, ..line }));
                }
                None => gap = true,
            }
        }
    }
    bars::tables(&mut extracted);
    if let Some(Block::Line(first)) = extracted.blocks.first_mut() {
        first.gap = false;
    }
    extracted
}

/// A line without the white space around it, which is counted.
pub(super) fn line(raw: &str, page: usize) -> Option<Line> {
    let blank = |c: char| c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}' | '\u{1A}');
    let text = raw.trim_matches(blank);
    if text.is_empty() {
        return None;
    }
    let indent = columns(&raw[..raw.len() - raw.trim_start_matches(blank).len()]);
    Some(Line {
        text: text.to_owned(),
        indent,
        width: indent + columns(text),
        page,
        ..Line::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_indent_gap_and_page() {
        let extracted = read("甲\r\n\r\n　　乙\r\n\u{C}丙\n");
        let lines: Vec<_> = extracted
            .blocks
            .iter()
            .map(|block| match block {
                Block::Line(line) => {
                    (line.text.as_str(), line.indent, line.page, line.number, line.gap)
                }
                Block::Table(_) => unreachable!(),
            })
            .collect();
        assert_eq!(lines, [("甲", 0, 0, 1, false), ("乙", 4, 0, 3, true), ("丙", 0, 1, 4, false)]);
    }
}
