//! Whole words: a change that begins or ends within a word takes in all of it,
//! in the old text and in the new. Must not know how changes are found.

use std::ops::Range;

use crate::model::Script;
use crate::script::{plainly, word_ends};

use super::Piece;

/// The shortest part of a compound that is a word by itself: 金融 in 金融機構, but
/// no character of 利用.
const PART: usize = 2;

/// Before which units of a text a word begins, with the parts of compounds for
/// words; a last one for the text's end.
pub fn borders(units: &[&str]) -> Vec<bool> {
    let simplified: Vec<char> = plainly(&units.concat(), Script::Hans).chars().collect();
    let mut is_border = vec![false; simplified.len() + 1];
    is_border[0] = true;
    let mut start = 0;
    for end in word_ends(&simplified) {
        is_border[end] = true;
        let word = &simplified[start..end];
        for at in PART..(word.len() + 1).saturating_sub(PART) {
            is_border[start + at] = is_word(&word[..at]) && is_word(&word[at..]);
        }
        start = end;
    }
    let starts = units.iter().scan(0, |next, unit| {
        let start = *next;
        *next += unit.chars().count();
        Some(start)
    });
    starts.map(|start| is_border[start]).chain([true]).collect()
}

fn is_word(simplified: &[char]) -> bool {
    word_ends(simplified).len() == 1
}

/// Lets each shared run give up the parts of changed words at its ends.
pub fn whole_words(pieces: Vec<Piece>, old: &[bool], new: &[bool]) -> Vec<Piece> {
    let last = pieces.len().saturating_sub(1);
    let mut result: Vec<Piece> = Vec::with_capacity(pieces.len());
    for (at, piece) in pieces.into_iter().enumerate() {
        let size = piece.old.len();
        let is_border = |step: &usize| old[piece.old.start + step] && new[piece.new.start + step];
        let kept = if piece.same {
            // The texts' own ends are no word's inside.
            let start = if at == 0 { Some(0) } else { (0..=size).find(is_border) };
            let end = if at == last { Some(size) } else { (0..=size).rfind(is_border) };
            let start = start.unwrap_or(size);
            start..end.unwrap_or(0).max(start)
        } else {
            0..0
        };
        let part = |same, old: Range<usize>, new: Range<usize>| Piece { same, old, new };
        let [old_kept, new_kept] =
            [piece.old.start, piece.new.start].map(|first| first + kept.start..first + kept.end);
        push(
            &mut result,
            part(false, piece.old.start..old_kept.start, piece.new.start..new_kept.start),
        );
        push(&mut result, part(true, old_kept.clone(), new_kept.clone()));
        push(&mut result, part(false, old_kept.end..piece.old.end, new_kept.end..piece.new.end));
    }
    result
}

/// Adds a piece; one that changes joins the change before it.
fn push(pieces: &mut Vec<Piece>, piece: Piece) {
    if piece.size() == 0 {
        return;
    }
    match pieces.last_mut().filter(|last| !last.same && !piece.same) {
        Some(last) => (last.old.end, last.new.end) = (piece.old.end, piece.new.end),
        None => pieces.push(piece),
    }
}
