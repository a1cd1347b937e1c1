//! What changed between two wordings of a text, marked so that it reads well
//! in Chinese.
//!
//! 1. Both texts are cut into units: a Chinese character is one, a run of Latin
//!    letters or digits is one (2021 → 2022 is a new number, not a new digit).
//! 2. Myers' algorithm finds the units they share. Words by the dictionary come
//!    after: where both texts cut what they share into other words, it is shared.
//! 3. What was only inserted or only removed slides to a clause's edge.
//! 4. A change within a word is one of the whole word (`whole`).
//! 5. One or two shared characters between two changes, unless they are a word,
//!    are no island to hold on to: they join the changes, up to the punctuation.
//!
//! Whatever these steps do, what is shared and inserted is the new text, and
//! what is shared and removed the old one.

mod whole;

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use whole::{borders, whole_words};

/// A piece of the two texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// In which of the texts it stands.
    pub kind: MarkKind,
    /// Its characters.
    pub text: String,
}

/// In which of two texts a piece stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkKind {
    /// In both.
    Same,
    /// In the old one alone.
    Removed,
    /// In the new one alone.
    Inserted,
}

/// The longest run of shared units that two changes take in.
const ISLAND: usize = 2;

/// More units than this are compared clause by clause, and more clauses as one
/// piece each: the time must not grow with the square of a text's length.
const MANY: usize = 6_000;

/// Marks what changed; where something was replaced, the old wording is first.
pub fn marks(old: &str, new: &str) -> Vec<Mark> {
    if old == new {
        let kind = MarkKind::Same;
        return (!new.is_empty())
            .then(|| Mark { kind, text: new.to_owned() })
            .into_iter()
            .collect();
    }
    let [old, new] = units_of_both(old, new);
    let pieces = slide(pieces(&old, &new), &old, &new);
    let words = borders(&old);
    let pieces = whole_words(pieces, &words, &borders(&new));
    let mut marks = Vec::new();
    for piece in absorb(pieces, &old, &words) {
        let mut push = |kind, words: &[&str]| {
            if !words.is_empty() {
                marks.push(Mark { kind, text: words.concat() });
            }
        };
        if piece.same {
            push(MarkKind::Same, &new[piece.new]);
        } else {
            push(MarkKind::Removed, &old[piece.old]);
            push(MarkKind::Inserted, &new[piece.new]);
        }
    }
    marks
}

/// The marks of one script laid into the other, whose texts have the same
/// number of characters, so that both editions mark the same places. `None` if
/// they have not, or if what one script shares the other does not.
pub fn marks_like(like: &[Mark], old: &str, new: &str) -> Option<Vec<Mark>> {
    let (mut old, mut new) = (old, new);
    let mut marks = Vec::with_capacity(like.len());
    for Mark { kind, text } in like {
        let length = text.chars().count();
        let text = match kind {
            MarkKind::Same => take(&mut old, length)
                .zip(take(&mut new, length))
                .and_then(|(old, new)| (old == new).then_some(new)),
            MarkKind::Removed => take(&mut old, length),
            MarkKind::Inserted => take(&mut new, length),
        };
        marks.push(Mark { kind: *kind, text: text?.to_owned() });
    }
    (old.is_empty() && new.is_empty()).then_some(marks)
}

/// Takes so many characters from the front of a text, if it has them.
fn take<'a>(text: &mut &'a str, length: usize) -> Option<&'a str> {
    let mut ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let (taken, rest) = text.split_at(ends.nth(length)?);
    *text = rest;
    Some(taken)
}

/// A run of units that both texts share, or that one replaces by the other.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    same: bool,
    old: Range<usize>,
    new: Range<usize>,
}

impl Piece {
    fn size(&self) -> usize {
        self.old.len().max(self.new.len())
    }
}

/// Both texts in the same kind of units: the finest that are not too many.
fn units_of_both<'a>(old: &'a str, new: &'a str) -> [Vec<&'a str>; 2] {
    for cut in [units, clauses] {
        let both = [old, new].map(cut);
        if both[0].len() + both[1].len() <= MANY {
            return both;
        }
    }
    [old, new].map(|text| vec![text])
}

fn units(text: &str) -> Vec<&str> {
    cut(text, |before, after| !(is_attached(after) || is_latin(before) && is_latin(after)))
}

fn clauses(text: &str) -> Vec<&str> {
    cut(text, |before, after| ends_clause(before) && !is_attached(after))
}

/// Cuts a text where `between` allows it.
fn cut(text: &str, between: fn(char, char) -> bool) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let following = text.char_indices().skip(1);
    for (before, (at, after)) in text.chars().zip(following) {
        if between(before, after) {
            parts.push(&text[start..at]);
            start = at;
        }
    }
    if start < text.len() {
        parts.push(&text[start..]);
    }
    parts
}

/// Letters and figures that make words and numbers without spaces between.
fn is_latin(c: char) -> bool {
    c.is_alphanumeric() && c < '\u{2e80}' || ('０'..='ｚ').contains(&c) && c.is_alphanumeric()
}

/// Marks, selectors and joiners belong to the character before them.
fn is_attached(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{20d0}'..='\u{20ff}'
        | '\u{302a}'..='\u{302f}' | '\u{3099}' | '\u{309a}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{e0100}'..='\u{e01ef}')
}

fn ends_clause(c: char) -> bool {
    "，。；：、！？\n".contains(c)
}

fn pieces(old: &[&str], new: &[&str]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        let same = matches!(op, DiffOp::Equal { .. });
        let (old, new) = (op.old_range(), op.new_range());
        match pieces.last_mut().filter(|last| last.same == same) {
            Some(last) => (last.old.end, last.new.end) = (old.end, new.end),
            None => pieces.push(Piece { same, old, new }),
        }
    }
    pieces
}

/// Moves each one-sided change along the words it could as well stand at, to
/// where it begins after a clause's end, and ends with one.
fn slide(mut pieces: Vec<Piece>, old: &[&str], new: &[&str]) -> Vec<Piece> {
    for at in 1..pieces.len().saturating_sub(1) {
        let (piece, is_first, is_last) = (&pieces[at], at == 1, at + 2 == pieces.len());
        let (words, own) = match (piece.same, piece.old.is_empty(), piece.new.is_empty()) {
            (false, true, false) => (new, piece.new.clone()),
            (false, false, true) => (old, piece.old.clone()),
            _ => continue,
        };
        // A shared run keeps one word, but for those at the text's edges.
        let room = |same: &Piece, is_edge: bool| same.old.len() - usize::from(!is_edge);
        let back = room(&pieces[at - 1], is_first);
        let forth = room(&pieces[at + 1], is_last);
        let step = best_step(words, own, back, forth);
        for (index, starts, ends) in [(at - 1, 0, step), (at, step, step), (at + 1, step, 0)] {
            let Piece { old, new, .. } = &mut pieces[index];
            for range in [old, new] {
                range.start = range.start.saturating_add_signed(starts);
                range.end = range.end.saturating_add_signed(ends);
            }
        }
    }
    pieces.retain(|piece| piece.size() > 0);
    pieces
}

/// How far a change best moves: by at most `back` or `forth` words.
fn best_step(words: &[&str], own: Range<usize>, back: usize, forth: usize) -> isize {
    let score = |start: usize, end: usize| {
        let after_clause = start == 0 || words[start - 1].ends_with(ends_clause);
        let with_end = words[end - 1].ends_with(ends_clause);
        2 * usize::from(after_clause) + 2 * usize::from(with_end) + usize::from(end == words.len())
    };
    let mut best = (score(own.start, own.end), 0);
    let mut consider = |start: usize, end: usize, step: isize| {
        if score(start, end) > best.0 {
            best = (score(start, end), step);
        }
    };
    let (mut start, mut end) = (own.start, own.end);
    for step in 1..=back.min(own.start) {
        if words[start - 1] != words[end - 1] {
            break;
        }
        (start, end) = (start - 1, end - 1);
        consider(start, end, -(step as isize));
    }
    (start, end) = (own.start, own.end);
    for step in 1..=forth.min(words.len() - own.end) {
        if words[start] != words[end] {
            break;
        }
        (start, end) = (start + 1, end + 1);
        consider(start, end, step as isize);
    }
    best.1
}

/// Lets changes take in the small islands between them, until there is none.
fn absorb(mut pieces: Vec<Piece>, old: &[&str], words: &[bool]) -> Vec<Piece> {
    loop {
        let before = pieces.clone();
        pieces = absorb_once(pieces, old, words);
        if pieces == before {
            return pieces;
        }
    }
}

fn absorb_once(pieces: Vec<Piece>, old: &[&str], words: &[bool]) -> Vec<Piece> {
    let mut result: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut pieces = pieces.into_iter().peekable();
    while let Some(piece) = pieces.next() {
        let between = result.last_mut().filter(|left| piece.same && !left.same);
        match (between, pieces.peek_mut()) {
            (Some(left), Some(right)) => {
                let smaller = left.size().min(right.size());
                let kept = kept(&old[piece.old.clone()], &words[piece.old], smaller);
                (left.old.end, left.new.end) =
                    (left.old.end + kept.start, left.new.end + kept.start);
                let island = Piece {
                    same: true,
                    old: left.old.end..left.old.end + kept.len(),
                    new: left.new.end..left.new.end + kept.len(),
                };
                (right.old.start, right.new.start) = (island.old.end, island.new.end);
                if island.size() > 0 {
                    result.push(island);
                }
            }
            _ => match result.last_mut().filter(|last| !last.same && !piece.same) {
                Some(last) => (last.old.end, last.new.end) = (piece.old.end, piece.new.end),
                None => result.push(piece),
            },
        }
    }
    result
}

/// Which words of a shared run between two changes stay shared. Punctuation
/// does, so that a reader sees which clause a change is in; and a word of several
/// characters, for it did not change.
fn kept(run: &[&str], starts_word: &[bool], smaller: usize) -> Range<usize> {
    let ends = |word: &&str| word.ends_with(ends_clause);
    let (Some(first), Some(last)) = (run.iter().position(ends), run.iter().rposition(ends)) else {
        let is_slight = run.len() <= ISLAND && starts_word.iter().all(|starts| *starts);
        let is_island = is_slight || run.len() * 3 <= smaller;
        return if is_island { 0..0 } else { 0..run.len() };
    };
    let start = if first <= ISLAND { first } else { 0 };
    let end = if run.len() - last - 1 <= ISLAND { last + 1 } else { run.len() };
    start..end
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Marks as text: `[-removed-]{+inserted+}`.
    fn shown(old: &str, new: &str) -> String {
        let shown = marks(old, new).into_iter().map(|mark| match mark.kind {
            MarkKind::Same => mark.text,
            MarkKind::Removed => format!("[-{}-]", mark.text),
            MarkKind::Inserted => format!("{{+{}+}}", mark.text),
        });
        shown.collect()
    }

    #[test]
    fn a_changed_word_is_marked_whole() {
        for (old, new, expected) in [
            (
                "支持金融機構參與建設。",
                "支持科技機構參與建設。",
                "支持[-金融-]{+科技+}機構參與建設。",
            ),
            ("自2021年起", "自2022年起", "自[-2021-]{+2022+}年起"),
            ("推動CEPA落實", "推動RCEP落實", "推動[-CEPA-]{+RCEP+}落實"),
            ("加強合作", "加強合作", "加強合作"),
            ("", "新增", "{+新增+}"),
            ("刪去", "", "[-刪去-]"),
            ("充分利用香港優勢", "充分善用香港優勢", "充分[-利用-]{+善用+}香港優勢"),
            ("投資和併購", "投資、併購及重組", "投資[-和-]{+、+}併購{+及重組+}"),
            ("赴港上市", "到香港上市", "[-赴港-]{+到香港+}上市"),
            ("数据跨境流动", "资料跨境流动", "[-数据-]{+资料+}跨境流动"),
            ("葛\u{e0100}城", "葛\u{e0101}城", "[-葛\u{e0100}-]{+葛\u{e0101}+}城"),
        ] {
            assert_eq!(shown(old, new), expected);
        }
    }

    #[test]
    fn islands_join_the_changes_up_to_the_punctuation() {
        for (old, new, expected) in [
            ("甲一二三乙", "丙一二三丁", "[-甲-]{+丙+}一二三[-乙-]{+丁+}"),
            (
                "推動人才交流計劃",
                "推進人員交流項目",
                "[-推動人才-]{+推進人員+}交流[-計劃-]{+項目+}",
            ),
            (
                "開展金融，推動合作",
                "開展科技，推進合作",
                "開展[-金融-]{+科技+}，[-推動-]{+推進+}合作",
            ),
        ] {
            assert_eq!(shown(old, new), expected);
        }
    }

    #[test]
    fn an_inserted_clause_slides_to_the_edge_of_its_clause() {
        for (old, new, expected) in [
            (
                "加強溝通，深化合作。",
                "加強溝通，加強互信，深化合作。",
                "加強溝通，{+加強互信，+}深化合作。",
            ),
            ("支持投資、貿易、旅遊", "支持投資、旅遊", "支持投資、[-貿易、-]旅遊"),
            ("甲方負責。", "甲方負責。乙方負責。", "甲方負責。{+乙方負責。+}"),
            ("加強溝通。", "加強互信、加強溝通。", "{+加強互信、+}加強溝通。"),
        ] {
            assert_eq!(shown(old, new), expected);
        }
    }

    #[test]
    fn one_scripts_marks_are_laid_into_the_other() {
        let like = marks("支持金融機構。", "支持科技機構。");
        let shown = marks_like(&like, "支持金融机构。", "支持科技机构。").unwrap();
        assert_eq!(shown, marks("支持金融机构。", "支持科技机构。"));
        for (old, new) in [
            ("支持金融机构。", "支持科技機構。"),
            ("支持金融机构", "支持科技机构"),
            ("支持金融机构。。", "支持科技机构。。"),
            ("", ""),
        ] {
            assert_eq!(marks_like(&like, old, new), None, "{old} {new}");
        }
    }

    #[test]
    fn a_long_text_is_compared_by_clauses_in_little_time() {
        let clause = |number: usize| format!("第{number}項由雙方共同推進，");
        let old: String = (0..2_000).map(clause).collect();
        let new: String = (0..2_000).filter(|number| *number != 700).map(clause).collect();
        let marks = marks(&old, &new);
        let removed = marks.iter().find(|mark| mark.kind == MarkKind::Removed).unwrap();
        assert_eq!((marks.len(), removed.text.as_str()), (3, clause(700).as_str()));
        let endless = "一".repeat(200_000);
        assert_eq!(super::marks(&endless, &format!("{endless}二")).len(), 2);
    }

    proptest! {
        #[test]
        fn marks_hold_both_texts(old in "[甲乙丙，。1a\u{e0100}]{0,40}", new in "[甲乙丙，。1a\u{e0100}]{0,40}") {
            let marks = marks(&old, &new);
            let with = |kind| -> String {
                let own = marks.iter().filter(|mark| [MarkKind::Same, kind].contains(&mark.kind));
                own.map(|mark| mark.text.as_str()).collect()
            };
            prop_assert_eq!(with(MarkKind::Removed), old);
            prop_assert_eq!(with(MarkKind::Inserted), new);
            for pair in marks.windows(2) {
                prop_assert_ne!(pair[0].kind, pair[1].kind);
                prop_assert!(pair[0].kind != MarkKind::Inserted || pair[1].kind == MarkKind::Same);
            }
            prop_assert!(marks.iter().all(|mark| !mark.text.is_empty()));
        }
    }
}
