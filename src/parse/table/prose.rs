//! What line ends in a text mean.
//!
//! Between Chinese characters, or beside one, a line end means nothing: it was
//! put there by whoever typed the text. Between Latin words it is a space. An
//! empty line parts paragraphs; a line that begins with an item's mark begins an
//! item; lines that begin with `|` are the rows of a table.

use crate::model::{Line, Pattern};

/// A text with one line for each of its paragraphs, items and rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prose {
    /// The text; tabulators stand between the cells of a row.
    pub text: String,
    /// What each line is.
    pub lines: Vec<Line>,
}

/// Reads a text as its author typed it.
pub fn prose(raw: &str, items: &[Pattern]) -> Prose {
    let mut prose = Prose { text: String::with_capacity(raw.len()), lines: Vec::new() };
    let mut parted = true;
    for line in raw.lines() {
        let line = line.trim();
        if line.is_empty() {
            parted = true;
            continue;
        }
        if let Some(row) = row(line) {
            prose.begin(Line::Row);
            prose.text.push_str(&row);
            parted = true;
        } else if let Some(depth) = depth(line, items) {
            prose.begin(Line::Item(depth));
            prose.text.push_str(line);
            parted = false;
        } else {
            if parted {
                prose.begin(Line::Paragraph);
            } else if needs_space(&prose.text, line) {
                prose.text.push(' ');
            }
            prose.text.push_str(line);
            parted = false;
        }
    }
    prose
}

impl Prose {
    fn begin(&mut self, line: Line) {
        if !self.lines.is_empty() {
            self.text.push('\n');
        }
        self.lines.push(line);
    }
}

/// Which of the items' patterns a line begins with, from 1.
fn depth(line: &str, items: &[Pattern]) -> Option<u8> {
    let place = items.iter().position(|pattern| pattern.starts(line).is_some())?;
    u8::try_from(place + 1).ok()
}

/// The cells of `| a | b |`, with tabulators between them; `\|` is a pipe.
fn row(line: &str) -> Option<String> {
    let inside = line.strip_prefix('|')?;
    let mut cells = vec![String::new()];
    let mut chars = inside.chars().peekable();
    while let Some(c) = chars.next() {
        let cell = cells.last_mut().expect("there is a first cell");
        match c {
            '\\' if chars.peek() == Some(&'|') => cell.extend(chars.next()),
            '|' => cells.push(String::new()),
            '\t' => cell.push(' '),
            _ => cell.push(c),
        }
    }
    if cells.len() > 1 && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
        cells.pop();
    }
    Some(cells.iter().map(|cell| cell.trim()).collect::<Vec<_>>().join("\t"))
}

/// Whether a line end between two lines is one between Latin words.
fn needs_space(before: &str, after: &str) -> bool {
    let is_wide = |c: char| c >= '\u{2e80}' || "“”‘’—…·".contains(c);
    let ends = before.chars().next_back().is_some_and(|c| !is_wide(c));
    ends && after.chars().next().is_some_and(|c| !is_wide(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(raw: &str, items: &[&str]) -> Vec<(Line, String)> {
        let items: Vec<_> = items.iter().map(|text| Pattern::parse(text).unwrap()).collect();
        let Prose { text, lines } = prose(raw, &items);
        let texts = text.split('\n').map(str::to_owned);
        lines.into_iter().zip(texts).collect()
    }

    #[test]
    fn a_line_end_means_nothing_beside_chinese_and_a_space_between_latin_words() {
        let cases = [
            ("關於理\n發和頭\n發", "關於理發和頭發"),
            ("  甲\r\n\u{3000}\u{3000}乙  ", "甲乙"),
            ("the Phase\nTwo", "the Phase Two"),
            ("第 2\n期", "第 2期"),
            ("見 HKEX\n。", "見 HKEX。"),
            ("甲，\nHKEX", "甲，HKEX"),
        ];
        for (raw, text) in cases {
            assert_eq!(lines(raw, &[]), [(Line::Paragraph, text.to_owned())]);
        }
    }

    #[test]
    fn an_empty_line_parts_paragraphs_and_a_mark_begins_an_item() {
        let found =
            lines("甲：\n（一）乙\n丙；\n1.丁\n\n（以下簡稱戊）\n己", &["（{一}）", "{1}."]);
        let expected = [
            (Line::Paragraph, "甲："),
            (Line::Item(1), "（一）乙丙；"),
            (Line::Item(2), "1.丁"),
            (Line::Paragraph, "（以下簡稱戊）己"),
        ];
        assert_eq!(found, expected.map(|(line, text)| (line, text.to_owned())));
    }

    #[test]
    fn lines_with_pipes_are_rows() {
        let found = lines("見下表：\n| 甲 | 乙 |\n| a \\| b |  |\n\n丙", &[]);
        let expected = [
            (Line::Paragraph, "見下表："),
            (Line::Row, "甲\t乙"),
            (Line::Row, "a | b\t"),
            (Line::Paragraph, "丙"),
        ];
        assert_eq!(found, expected.map(|(line, text)| (line, text.to_owned())));
    }
}
