//! Emphasis beside Chinese punctuation.
//!
//! CommonMark lets a run of `*` begin or end emphasis by the kinds of character
//! on its two sides, which fails where Chinese sets no spaces: in `**推進。**其後`
//! the second run counts as a beginning. Here such a run is let both begin and
//! end, as between two letters, and what stands open decides.
//!
//! 1. Find the runs that the parser took for delimiters, or could have.
//! 2. Put a mark on both sides of each that has punctuation on one side and a
//!    letter on the other, and Chinese on either.
//! 3. Parse again. Where a block has no fewer stray runs than before, its marks
//!    are taken out again: there CommonMark knows better.
//!
//! Text without Chinese never gets a mark.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// A mark is punctuation to the parser. No text holds it, or gets no marks.
const MARK: char = '\u{10a50}';

/// A text with marks in it.
pub struct Marked {
    pub text: String,
    /// Where marks stand in it.
    marks: Vec<usize>,
}

impl Marked {
    /// The range of the text without marks that a range of this one is.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        let moved =
            |at: usize| at - MARK.len_utf8() * self.marks.partition_point(|mark| *mark < at);
        moved(range.start)..moved(range.end)
    }

    /// What an event's text says without marks.
    pub fn without_marks(text: &str) -> String {
        text.replace(MARK, "")
    }
}

/// A text with marks where emphasis needs them.
pub fn marked(text: &str, options: Options) -> Marked {
    let before = Runs::of(text, options);
    let marked: Vec<&Run> = match text.contains(MARK) {
        true => Vec::new(),
        false => before.runs.iter().filter(|run| is_between(text, run)).collect(),
    };
    let first = insert(text, &marked);
    if marked.is_empty() {
        return first;
    }
    let after = Runs::of(&first.text, options).strays;
    let strays = |strays: &BTreeMap<usize, usize>, block| strays.get(&block).copied().unwrap_or(0);
    let is_better = |run: &&&Run| strays(&after, run.block) < strays(&before.strays, run.block);
    let kept: Vec<&Run> = marked.iter().filter(is_better).copied().collect();
    if kept.len() == marked.len() { first } else { insert(text, &kept) }
}

/// The runs of a text that stay as they are written, in its own bytes. The text
/// may have marks in it.
pub fn strays(marked: &Marked, options: Options) -> Vec<Range<usize>> {
    let runs = Runs::of(&marked.text, options).runs;
    let strays = runs.into_iter().filter(|run| run.is_stray);
    strays.map(|run| marked.original(run.range)).collect()
}

fn insert(text: &str, runs: &[&Run]) -> Marked {
    let mut marked = Marked { text: String::with_capacity(text.len() + 64), marks: Vec::new() };
    let mut at = 0;
    for run in runs {
        for next in [run.range.start, run.range.end] {
            marked.text.push_str(&text[at..next]);
            marked.marks.push(marked.text.len());
            marked.text.push(MARK);
            at = next;
        }
    }
    marked.text.push_str(&text[at..]);
    marked
}

/// A run of the same delimiter.
struct Run {
    range: Range<usize>,
    /// Number of the block whose text it stands in.
    block: usize,
    /// Whether some of it is text.
    is_stray: bool,
}

/// The runs of a text.
#[derive(Default)]
struct Runs {
    runs: Vec<Run>,
    /// How much each block has that no author means: delimiters that are text,
    /// and emphasis directly within the same.
    strays: BTreeMap<usize, usize>,
}

impl Runs {
    fn of(text: &str, options: Options) -> Self {
        let mut found = Self::default();
        if !text.contains(['*', '_', '~']) {
            return found;
        }
        let mut delimiters: BTreeMap<usize, (usize, bool)> = BTreeMap::new();
        let (mut block, mut in_code) = (0, false);
        let mut open: Vec<TagEnd> = Vec::new();
        for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
            match &event {
                Event::Text(shown) if !in_code && **shown == text[range.clone()] => {
                    for at in range.filter(|at| is_delimiter(text, *at)) {
                        delimiters.insert(at, (block, true));
                    }
                }
                Event::Start(tag @ (Tag::Emphasis | Tag::Strong | Tag::Strikethrough)) => {
                    let length = delimiter_length(text, tag, range.start);
                    for at in
                        (range.start..range.start + length).chain(range.end - length..range.end)
                    {
                        delimiters.insert(at, (block, false));
                    }
                    if open.contains(&tag.to_end()) {
                        *found.strays.entry(block).or_default() += 1;
                    }
                    open.push(tag.to_end());
                }
                Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => {
                    open.pop();
                }
                Event::Start(Tag::Link { .. } | Tag::Image { .. })
                | Event::End(TagEnd::Link | TagEnd::Image) => {}
                Event::Start(tag) => {
                    in_code = matches!(tag, Tag::CodeBlock(_) | Tag::HtmlBlock);
                    block += 1;
                }
                Event::End(_) => {
                    in_code = false;
                    block += 1;
                }
                _ => {}
            }
        }
        for (at, (block, is_stray)) in delimiters {
            if is_stray {
                *found.strays.entry(block).or_default() += 1;
            }
            match found.runs.last_mut() {
                Some(run)
                    if run.range.end == at
                        && text.as_bytes()[run.range.start] == text.as_bytes()[at] =>
                {
                    run.range.end += 1;
                    run.is_stray |= is_stray;
                }
                _ => found.runs.push(Run { range: at..at + 1, block, is_stray }),
            }
        }
        // One tilde is a sign for `about` and `to`, and no delimiter.
        found.runs.retain(|run| text[run.range.clone()] != *"~");
        found
    }
}

/// Whether a delimiter stands at a byte, and no backslash before it.
fn is_delimiter(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let backslashes = bytes[..at].iter().rev().take_while(|byte| **byte == b'\\').count();
    matches!(bytes[at], b'*' | b'_' | b'~') && backslashes % 2 == 0
}

fn delimiter_length(text: &str, tag: &Tag, start: usize) -> usize {
    match tag {
        Tag::Strong => 2,
        Tag::Strikethrough if text[start..].starts_with("~~") => 2,
        _ => 1,
    }
}

/// Whether a run has punctuation on one side, a letter on the other, and has to
/// do with Chinese. It never ends what follows an opening bracket, nor begins
/// before a closing one.
fn is_between(text: &str, run: &Run) -> bool {
    let (before, after) = (&text[..run.range.start], &text[run.range.end..]);
    let (Some(previous), Some(next)) = (before.chars().next_back(), after.chars().next()) else {
        return false;
    };
    if [previous, next].iter().any(|c| c.is_whitespace() || *c == '|') {
        return false;
    }
    let relaxed = match (is_punctuation(previous), is_punctuation(next)) {
        (true, false) => !is_opening(previous),
        (false, true) => !is_closing(next),
        _ => false,
    };
    relaxed && (is_chinese(before.chars().rev()) || is_chinese(after.chars()))
}

/// Whether a run has Chinese on either side, on its own line.
pub fn is_beside_chinese(text: &str, run: &Range<usize>) -> bool {
    let is_far = |c: &char| *c == ' ' || *c == '\u{3000}';
    let before = text[..run.start].chars().rev().skip_while(is_far);
    is_chinese(before) || is_chinese(text[run.end..].chars().skip_while(is_far))
}

/// Whether characters, seen from a run on, are Chinese: the first that is no
/// punctuation, or punctuation that nobody else writes.
fn is_chinese(mut chars: impl Iterator<Item = char>) -> bool {
    let decides = |c: &char| !is_punctuation(*c) || is_chinese_character(*c);
    chars.find(decides).is_some_and(is_chinese_character)
}

fn is_chinese_character(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}' | '\u{ff01}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

fn is_punctuation(c: char) -> bool {
    let joins = matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{300}'..='\u{36f}' | '\u{e0100}'..='\u{e01ef}');
    !(c.is_alphanumeric() || c.is_whitespace() || c.is_control() || joins)
}

fn is_opening(c: char) -> bool {
    matches!(
        c,
        '（' | '「'
            | '『'
            | '《'
            | '〈'
            | '【'
            | '〔'
            | '〖'
            | '［'
            | '｛'
            | '“'
            | '‘'
            | '('
            | '['
            | '{'
    )
}

fn is_closing(c: char) -> bool {
    matches!(
        c,
        '）' | '」'
            | '』'
            | '》'
            | '〉'
            | '】'
            | '〕'
            | '〗'
            | '］'
            | '｝'
            | '”'
            | '’'
            | ')'
            | ']'
            | '}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_punctuation_to_the_parser() {
        let html = |text: &str| {
            let mut html = String::new();
            pulldown_cmark::html::push_html(&mut html, Parser::new(text));
            html
        };
        assert!(html("**推進。**其後").contains("**"));
        assert!(!html(&format!("**推進。{MARK}**{MARK}其後")).contains("**"));
        assert!(!html(&format!("__推進。{MARK}__{MARK}其後")).contains("__"));
    }
}
