//! Which lines are one paragraph.
//!
//! Where the file does not tell, lines broken by the page's width tell it
//! themselves: many are equally long and end within a sentence. A line goes on
//! in the next one if it is full and the next one does not begin a paragraph,
//! by its indent or its mark. No word is touched: a space is put only between
//! Latin words.

use crate::import::extracted::{Block, Extracted, Format, Line, Reason, Table, columns, join};
use crate::import::mark;

/// Lines that are one paragraph.
#[derive(Debug, Clone)]
pub(in crate::import) struct Paragraph {
    /// Its text as one line.
    pub(in crate::import) text: String,
    /// What is known of its first line.
    pub(in crate::import) line: Line,
    /// The block it begins with.
    pub(in crate::import) block: usize,
    /// How many lines it has.
    pub(in crate::import) lines: usize,
    /// Notes referred to: byte in `text`, place in [`Extracted::notes`].
    pub(in crate::import) notes: Vec<(usize, usize)>,
}

/// A paragraph, a table, or what is no text.
#[derive(Debug, Clone)]
pub(in crate::import) enum Piece {
    Paragraph(Paragraph),
    Table { table: Table, block: usize },
    Skipped { text: String, reason: Reason },
}

/// The blocks of a file as paragraphs.
pub(in crate::import) fn pieces(extracted: &Extracted) -> Vec<Piece> {
    let reasons = match extracted.format {
        Format::Text => reasons(&extracted.blocks),
        _ => vec![None; extracted.blocks.len()],
    };
    let width = Width::of(&extracted.blocks, &reasons);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut last: Option<&Line> = None;
    for (block, (found, reason)) in extracted.blocks.iter().zip(reasons).enumerate() {
        match (found, reason) {
            (Block::Line(line), Some(reason)) => {
                pieces.push(Piece::Skipped { text: line.text.clone(), reason });
            }
            (Block::Table(table), _) => {
                last = None;
                pieces.push(Piece::Table { table: table.clone(), block });
            }
            (Block::Line(line), None) => {
                let open = last.filter(|last| width.goes_on(last, line));
                // What was skipped between two pages parts no paragraph.
                let paragraph = open.and_then(|_| {
                    pieces.iter_mut().rev().find_map(|piece| match piece {
                        Piece::Paragraph(paragraph) => Some(paragraph),
                        _ => None,
                    })
                });
                match paragraph {
                    Some(paragraph) => paragraph.append(line),
                    None => pieces.push(Piece::Paragraph(Paragraph {
                        text: line.text.clone(),
                        line: line.clone(),
                        block,
                        lines: 1,
                        notes: line.notes.clone(),
                    })),
                }
                last = Some(line);
            }
        }
    }
    pieces
}

impl Paragraph {
    fn append(&mut self, line: &Line) {
        let text = join(std::mem::take(&mut self.text), &line.text);
        let shift = text.len() - line.text.len();
        self.notes.extend(line.notes.iter().map(|(at, note)| (at + shift, *note)));
        self.text = text;
        self.lines += 1;
    }
}

fn reasons(blocks: &[Block]) -> Vec<Option<Reason>> {
    let lines: Vec<Line> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Line(line) => Some(line.clone()),
            Block::Table(_) => None,
        })
        .collect();
    let mut reasons = super::furniture(&lines).into_iter();
    blocks
        .iter()
        .map(|block| match block {
            Block::Line(_) => reasons.next().flatten(),
            Block::Table(_) => None,
        })
        .collect()
}

/// How the lines of a file are broken.
struct Width {
    /// Columns of a full line; none if lines are paragraphs.
    full: Option<usize>,
    /// Paragraphs begin with an indent.
    indents: bool,
    /// Paragraphs are parted by space.
    gaps: bool,
    /// The left edge of the lines.
    left: usize,
}

impl Width {
    fn of(blocks: &[Block], reasons: &[Option<Reason>]) -> Self {
        let lines: Vec<&Line> = blocks
            .iter()
            .zip(reasons)
            .filter_map(|(block, reason)| match block {
                Block::Line(line) if !line.whole && reason.is_none() => Some(line),
                _ => None,
            })
            .collect();
        let mut widths: Vec<usize> = lines.iter().map(|line| line.width).collect();
        widths.sort_unstable();
        let left = lines.iter().map(|line| line.indent).min().unwrap_or(0);
        let none = Self { full: None, indents: false, gaps: false, left };
        let Some(edge) = widths.get(widths.len().saturating_sub(1) * 95 / 100).copied() else {
            return none;
        };
        let slack = slack(edge);
        let full = || lines.iter().filter(|line| line.width + slack >= edge);
        let within = full().filter(|line| !ends_sentence(&line.text)).count();
        let wrapped = (24..=150).contains(&edge)
            && full().count() >= 3
            && full().count() * 4 >= lines.len()
            && within * 2 >= full().count();
        if !wrapped {
            return none;
        }
        let firsts: Vec<&&Line> = lines
            .windows(2)
            .filter(|pair| pair[0].width + slack < edge)
            .map(|pair| &pair[1])
            .collect();
        let indented = firsts.iter().filter(|line| (2..=8).contains(&(line.indent - left))).count();
        let gaps = lines.iter().filter(|line| line.gap).count();
        Self {
            full: Some(edge),
            indents: !firsts.is_empty() && indented * 10 >= firsts.len() * 6,
            gaps: gaps * 20 >= lines.len() && gaps * 10 < lines.len() * 7,
            left,
        }
    }

    /// Whether the next line belongs to the paragraph of the one before it.
    fn goes_on(&self, last: &Line, next: &Line) -> bool {
        if last.whole {
            return false;
        }
        let turned = last.page != next.page;
        if let Some(full) = self.full {
            // A signature stands at the right, a title in the middle.
            let set_off = |line: &Line| line.indent > self.left + (full - self.left) / 3;
            if set_off(last) || set_off(next) {
                return false;
            }
            let parted = next.gap && self.gaps && !turned;
            if last.width + slack(full) < full || parted {
                return is_cut(last, next);
            }
            if self.indents {
                return next.indent < self.left + 2;
            }
            let marked = mark::at_start(&next.text).is_some();
            return !marked && (!ends_sentence(&last.text) || self.gaps);
        }
        is_cut(last, next)
    }
}

/// Columns that a full line may lack: a mark may not begin a line, and a long
/// word is not broken.
fn slack(full: usize) -> usize {
    (full / 12).max(4)
}

/// A long line stops within a sentence, and what follows is the rest of it, as
/// where a page ends.
fn is_cut(last: &Line, next: &Line) -> bool {
    columns(&last.text) >= 80
        && last.text.contains(['，', '。', ','])
        && !ends_sentence(&last.text)
        && next.text.ends_with(['。', '；', '：', '.'])
        && mark::at_start(&next.text).is_none()
}

/// The text may end here.
pub(in crate::import) fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(|c: char| {
        matches!(
            c,
            '。' | '！'
                | '？'
                | '；'
                | '：'
                | '…'
                | '”'
                | '’'
                | '」'
                | '』'
                | '）'
                | ')'
                | '.'
                | '!'
                | '?'
                | ';'
                | ':'
                | '》'
                | '】'
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::lines::read;

    fn paragraphs(text: &str) -> Vec<String> {
        pieces(&read(text))
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Paragraph(paragraph) => Some(paragraph.text),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn lines_broken_by_the_width_are_joined_at_their_indents() {
        let text = "　　第一條　為了促進兩地合作與發展，便利兩\n地居民往來，制定本條例，並由有關部門負責\n組織實施。\n　　第二條　本條例適用於兩地的合作活動，有\n關活動由雙方商定並向社會公佈，任何人可查\n閱。\n";
        assert_eq!(
            paragraphs(text),
            [
                "第一條　為了促進兩地合作與發展，便利兩地居民往來，制定本條例，並由有關部門負責組織實施。",
                "第二條　本條例適用於兩地的合作活動，有關活動由雙方商定並向社會公佈，任何人可查閱。",
            ]
        );
    }

    #[test]
    fn lines_that_are_paragraphs_stay_apart() {
        let text = "一、金融\n加強合作，支持企業上市。\n二、教育\n鼓勵交流。\n國務院\n";
        assert_eq!(paragraphs(text).len(), 5);
    }

    #[test]
    fn a_sentence_cut_by_a_page_goes_on() {
        let text = "雙方同意本着突出重點、發揮所長、務實創新、合作共贏的原則，在金融、航空物流、商貿投資和創新\n\n及科技等領域加強合作。\n";
        assert_eq!(paragraphs(text).len(), 1);
        assert!(paragraphs(text)[0].contains("創新及科技"));
    }

    #[test]
    fn a_page_number_between_two_pages_parts_no_paragraph() {
        let line = "各有關部門應當加強協調配合，明確責任分工，完善";
        let text = format!(
            "　　{line}\n{line}推進\n{line}推進\n— 1 —\n{line}推進\n工作機制。\n　　附則。\n"
        );
        let found = paragraphs(&text);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].ends_with("工作機制。"));
    }
}
