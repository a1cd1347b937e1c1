//! Headings without a number between numbered paragraphs: those of a council's
//! paper, whose paragraphs count on below them.

use super::{Entry, title};
use crate::import::lines::ends_sentence;
use crate::import::outline::Counted;

/// A heading of this kind has at most so many characters.
const LONGEST: usize = 20;

/// The headings among a part's lines, and where its areas begin: at the first of
/// them where it stands above the first number.
pub(super) struct Headings {
    pub(super) at: Vec<bool>,
    pub(super) start: usize,
}

/// Finds them. A part has at least two, and more numbers than these.
pub(super) fn find(
    entries: &[&Entry<'_>],
    counted: &[Option<Counted>],
    start: usize,
) -> Option<Headings> {
    let root = |line: usize| counted[line].as_ref().is_some_and(|found| found.parent.is_none());
    let heads = |line: usize| counted[line].is_none() && is_heading(entries[line]);
    let mut at = vec![false; entries.len()];
    for line in start + 1..entries.len() {
        at[line - 1] = root(line) && heads(line - 1) && follows_a_sentence(entries, line - 1);
    }
    let mut first = start;
    if start > 0 && heads(start - 1) {
        first = start - 1;
        at[first] = true;
    }
    let found = at.iter().filter(|is_heading| **is_heading).count();
    let numbers = (start..entries.len()).filter(|line| root(*line)).count();
    if found < 2 || found >= numbers {
        return None;
    }
    // The first paragraph of a paper has no number: the second is `2.`.
    let second = counted[start].as_ref().and_then(|found| found.mark.number) == Some(2);
    if second
        && first >= 2
        && heads(first - 2)
        && entries[first - 1].table.is_none()
        && ends_sentence(entries[first - 1].text)
    {
        first -= 2;
        at[first] = true;
    }
    Some(Headings { at, start: first })
}

fn is_heading(entry: &Entry<'_>) -> bool {
    entry.table.is_none()
        && entry.text.chars().count() <= LONGEST
        && title::may_be(entry.text)
        && !ends_sentence(entry.text)
}

fn follows_a_sentence(entries: &[&Entry<'_>], line: usize) -> bool {
    let before = line.checked_sub(1).map(|before| entries[before]);
    before.is_some_and(|before| before.table.is_some() || ends_sentence(before.text))
}
