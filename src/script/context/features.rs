//! What is seen of a place whose character has several candidates.
//!
//! The learning program and the conversion see with these same eyes. Each thing
//! seen is a hash of what it is and of the character it is seen at; weights are
//! looked up by it.

use std::ops::Range;

use super::table::{finish, mix};

/// How far on each side characters are seen in their order, and how far at all.
const NEAR: usize = 2;
const FAR: usize = 8;

/// Stands for what lies beyond a text.
const BEYOND: char = '^';

/// A place of a text with its words.
pub struct Place<'a> {
    /// The whole text, in the script it is converted from.
    pub text: &'a [char],
    /// Which character.
    pub at: usize,
    /// The word it is in, the word before and the one after.
    pub word: Range<usize>,
    /// The word before; empty at the text's beginning.
    pub before: Range<usize>,
    /// The word after; empty at the text's end.
    pub after: Range<usize>,
    /// Which candidate the dictionaries give for the word by itself, if it is one.
    pub by_word: Option<usize>,
}

/// What kind of thing was seen, for explanations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// Nothing: how often each candidate is right anyway.
    Prior,
    /// Characters around, from and to, relative to the place.
    Around(i8, i8),
    /// One character at some distance.
    Apart(i8),
    /// The word.
    Word,
    /// The word before.
    Before,
    /// The word after.
    After,
    /// What the dictionaries give for the word.
    Dictionary,
}

/// The runs of characters that are seen as they stand, relative to the place.
const RUNS: [(i8, i8); 12] = [
    (-1, 0),
    (0, 1),
    (-2, 0),
    (0, 2),
    (-1, 1),
    (-3, 0),
    (0, 3),
    (-2, 1),
    (-1, 2),
    (-4, 0),
    (0, 4),
    (-2, 2),
];

impl Place<'_> {
    /// Everything seen, each with its hash.
    pub fn features(&self, mut each: impl FnMut(Seen, u64)) {
        let c = self.text[self.at];
        let start = |kind: u64| mix(mix(0, c.into()), kind);
        each(Seen::Prior, finish(start(0)));
        // Four on either side is the farthest of any run.
        let mut near = [0u64; 9];
        for (index, seen) in near.iter_mut().enumerate() {
            *seen = u64::from(self.relative(index as isize - 4));
        }
        for (kind, (from, to)) in (1..).zip(RUNS) {
            let around = (from..=to).filter(|offset| *offset != 0);
            let hash = around.fold(start(kind), |hash, at| mix(hash, near[(at + 4) as usize]));
            each(Seen::Around(from, to), finish(hash));
        }
        for (kind, offset) in [(20, -2), (21, 2)] {
            each(Seen::Apart(offset), finish(mix(start(kind), near[(offset + 4) as usize])));
        }
        self.far(start(22), &mut each);
        self.words(start, &mut each);
    }

    /// Characters farther off, whatever their order.
    fn far(&self, start: u64, each: &mut impl FnMut(Seen, u64)) {
        for distance in NEAR + 1..=FAR {
            for offset in [-(distance as isize), distance as isize] {
                let c = self.relative(offset);
                if c != BEYOND {
                    each(Seen::Apart(offset as i8), finish(mix(start, c.into())));
                }
            }
        }
    }

    /// Stands for the word and which of its characters, apart from all that is
    /// seen: what the learning program found settled by the word is known by it.
    pub fn spot(&self) -> u64 {
        let word = self.text[self.word.clone()].iter();
        let hash = word.fold(mix(0, 40), |hash, c| mix(hash, (*c).into()));
        finish(mix(hash, (self.at - self.word.start) as u64))
    }

    /// Stands for the character, whatever word it is in.
    pub fn character(&self) -> u64 {
        character(self.text[self.at])
    }

    fn words(&self, start: impl Fn(u64) -> u64, each: &mut impl FnMut(Seen, u64)) {
        let word = |hash, range: &Range<usize>| {
            self.text[range.clone()].iter().fold(hash, |hash, c| mix(hash, normal(*c).into()))
        };
        let own = |kind| mix(word(start(kind), &self.word), (self.at - self.word.start) as u64);
        each(Seen::Word, finish(own(30)));
        each(Seen::Before, finish(word(start(31), &self.before)));
        each(Seen::After, finish(word(start(32), &self.after)));
        if self.word.len() <= 2 {
            each(Seen::Before, finish(word(own(33), &self.before)));
            each(Seen::After, finish(word(own(34), &self.after)));
        }
        if let Some(candidate) = self.by_word {
            let length = self.word.len().min(3) as u64;
            each(Seen::Dictionary, finish(mix(mix(start(35), candidate as u64), length)));
        }
    }

    /// The character at a distance.
    fn relative(&self, offset: isize) -> char {
        let at = self.at.checked_add_signed(offset);
        at.and_then(|at| self.text.get(at)).map_or(BEYOND, |c| normal(*c))
    }
}

/// Stands for a character, whatever word it is in.
pub(super) fn character(c: char) -> u64 {
    finish(mix(mix(0, 41), c.into()))
}

/// Digits are all alike, and so are letters.
fn normal(c: char) -> char {
    match c {
        '0'..='9' | '０'..='９' => '0',
        'a'..='z' | 'A'..='Z' => 'a',
        c => c,
    }
}
