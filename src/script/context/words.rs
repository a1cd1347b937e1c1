//! Where words begin and end: of all ways to cut a text into known words, the
//! most probable one.
//!
//! A word costs the more the rarer it is; the cheapest way through a text is
//! found from its end. Simplified script alone: who has Traditional text brings
//! it over first.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::table::{Table, finish, mix};
use crate::script::opencc::CharTable;

/// The most characters of a word.
pub const LONGEST: usize = 6;

/// What a character costs that is in no list, and what stands for a cost of one
/// nat in the table.
const UNKNOWN: u8 = 114;
const SCALE: f64 = 6.0;

/// In a table's value: the cost, or [`NONE`] for what is no word itself; and, of
/// two characters, whether longer words begin with them.
const COST: u32 = 0x7F;
const NONE: u32 = 0x7F;
const GOES_ON: u32 = 0x80;

/// What a name or a lexicon's word costs, whose frequency nobody knows.
const NAME: u32 = 72;

/// Bytes of one head in the file: a character, the second characters of the
/// words that it begins, its cost alone, the most characters of such a word.
const HEAD: usize = 14;

/// Words and what each costs.
pub struct Words {
    heads: CharTable<Head>,
    table: Table<8>,
}

/// What is known of a character that begins words.
#[derive(Clone, Copy)]
struct Head {
    /// One bit for all codes that are equal modulo 64.
    seconds: u64,
    alone: u8,
    longest: u8,
}

impl Default for Head {
    fn default() -> Self {
        Self { seconds: 0, alone: UNKNOWN, longest: 1 }
    }
}

impl Words {
    /// Reads what [`Words::pack`] made.
    pub(super) fn read(bytes: Cow<'static, [u8]>) -> Option<Self> {
        let count = u32::from_le_bytes(bytes.get(..4)?.try_into().ok()?) as usize;
        let border = 4 + count * HEAD;
        let mut heads: CharTable<Head> = CharTable::default();
        for head in bytes.get(4..border)?.chunks_exact(HEAD) {
            let number = |at: usize| Some(u32::from_le_bytes(head[at..at + 4].try_into().ok()?));
            let c = char::from_u32(number(0)?)?;
            let seconds = u64::from(number(4)?) | u64::from(number(8)?) << 32;
            *heads.get_mut(c) = Head { seconds, alone: head[12], longest: head[13] };
        }
        let slots = match bytes {
            Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[border..]),
            Cow::Owned(bytes) => Cow::Owned(bytes[border..].to_vec()),
        };
        Some(Self { heads, table: Table::new(slots) })
    }

    /// Lays out words with how often each was seen, for `Words::read`. The
    /// words are in ascending order, none has more than [`LONGEST`] characters.
    pub fn pack(words: &[(Vec<char>, f64)]) -> Vec<u8> {
        let total: f64 = words.iter().map(|(_, count)| count).sum();
        let cost = |count: f64| ((total / count).ln() * SCALE).round().clamp(1.0, 126.0) as u8;
        let mut heads: BTreeMap<char, Head> = BTreeMap::new();
        let mut entries: BTreeMap<&[char], u32> = BTreeMap::new();
        for (word, count) in words {
            let head = heads.entry(word[0]).or_default();
            head.longest = head.longest.max(word.len() as u8);
            let Some(second) = word.get(1) else {
                head.alone = cost(*count);
                continue;
            };
            head.seconds |= bit(*second);
            let own = entries.entry(word).or_insert(NONE);
            *own = *own & GOES_ON | u32::from(cost(*count));
            if word.len() > 2 {
                *entries.entry(&word[..2]).or_insert(NONE) |= GOES_ON;
            }
        }
        let entries: Vec<_> = entries.into_iter().map(|(word, value)| (key(word), value)).collect();
        let mut bytes = (heads.len() as u32).to_le_bytes().to_vec();
        for (c, head) in heads {
            bytes.extend(u32::from(c).to_le_bytes());
            bytes.extend(head.seconds.to_le_bytes());
            bytes.extend([head.alone, head.longest]);
        }
        bytes.extend(Table::<8>::pack(&entries));
        bytes
    }

    /// The words of a text: where each ends.
    pub fn cut(&self, text: &[char]) -> Vec<usize> {
        let mut cut = Cut::default();
        self.cut_part(text, 0..text.len(), &mut cut);
        cut.ends
    }

    /// Cuts the clause that a place is in, unless that is what was cut last.
    pub(super) fn cut_around(&self, text: &[char], at: usize, cut: &mut Cut) {
        if !cut.part.contains(&at) {
            let start =
                text[..at].iter().rposition(|c| is_border(*c)).map_or(0, |border| border + 1);
            let len = text[at + 1..].iter().position(|c| is_border(*c));
            self.cut_part(text, start..len.map_or(text.len(), |len| at + 1 + len), cut);
        }
    }

    fn cut_part(&self, text: &[char], part: Range<usize>, cut: &mut Cut) {
        self.find_best(&text[part.clone()], &mut cut.best);
        cut.ends.clear();
        cut.word = 0;
        let mut at = 0;
        while at < part.len() {
            at += cut.best[at].1 as usize;
            cut.ends.push(part.start + at);
        }
        cut.part = part;
    }

    /// What the cheapest way through a text costs.
    pub fn cost(&self, text: &[char]) -> u32 {
        self.best(text)[0].0
    }

    /// Whether a range is there by chance only: it takes a part of one word and
    /// something of another, and to take it for a word by itself, of no great
    /// frequency, is less probable than that.
    pub fn crosses(&self, text: &[char], range: Range<usize>) -> bool {
        let best = self.best(text);
        let (mut at, mut borders) = (0, Vec::new());
        while at < text.len() {
            borders.push(at);
            at += best[at].1 as usize;
        }
        borders.push(text.len());
        let is_border = |at: &usize| borders.contains(at);
        let holds_one = borders.iter().any(|at| range.start < *at && *at < range.end);
        if !holds_one || (is_border(&range.start) && is_border(&range.end)) {
            return false;
        }
        let word = self.cost(&text[range.clone()]).min(NAME);
        self.cost(&text[..range.start]) + word + self.cost(&text[range.end..]) > best[0].0
    }

    fn best(&self, text: &[char]) -> Vec<(u32, u32)> {
        let mut best = Vec::new();
        self.find_best(text, &mut best);
        best
    }

    /// For each place, what the words from there on cost and how long the first is.
    fn find_best(&self, text: &[char], best: &mut Vec<(u32, u32)>) {
        best.clear();
        best.resize(text.len() + 1, (0, 0));
        for at in (0..text.len()).rev() {
            let head = self.heads.get(text[at]);
            let mut cheapest = (best[at + 1].0 + u32::from(head.alone), 1);
            let longest = usize::from(head.longest).min(text.len() - at);
            if longest > 1 && head.seconds & bit(text[at + 1]) != 0 {
                let mut hash = mix(0, text[at].into());
                for len in 2..=longest {
                    hash = mix(hash, text[at + len - 1].into());
                    let found = self.table.get(finish(hash)).next();
                    let value = found.unwrap_or(NONE);
                    if value & COST != NONE {
                        let cost = best[at + len].0 + (value & COST);
                        if cost < cheapest.0 {
                            cheapest = (cost, len as u32);
                        }
                    }
                    if len == 2 && value & GOES_ON == 0 {
                        break;
                    }
                }
            }
            best[at] = cheapest;
        }
    }
}

/// A part of a text, cut into words; its memory is used again for the next.
#[derive(Default)]
pub(super) struct Cut {
    part: Range<usize>,
    /// Where each word ends.
    ends: Vec<usize>,
    /// Which word was asked for last.
    word: usize,
    best: Vec<(u32, u32)>,
}

impl Cut {
    /// The word that a place is in, the word before and the one after; places are
    /// asked for in order. What stands beside the part is a word of its own.
    pub(super) fn words_at(&mut self, text: &[char], at: usize) -> [Range<usize>; 3] {
        while self.ends[self.word] <= at {
            self.word += 1;
        }
        let Self { part, ends, word, .. } = self;
        let start = |word: usize| word.checked_sub(1).map_or(part.start, |before| ends[before]);
        let own = start(*word)..ends[*word];
        let before = match *word {
            0 => part.start.saturating_sub(1),
            word => start(word - 1),
        };
        let after = ends.get(*word + 1).copied().unwrap_or(text.len().min(own.end + 1));
        [own.clone(), before..own.start, own.end..after]
    }
}

/// Whether a character stands in no word: punctuation, space.
pub fn is_border(c: char) -> bool {
    !matches!(c, '\u{3400}'.. | '〇' | '·' | '-' | 'A'..='Z' | 'a'..='z' | '0'..='9')
        || matches!(c, '\u{ff00}'..='\u{ffef}')
}

fn key(word: &[char]) -> u64 {
    finish(word.iter().fold(0, |hash, c| mix(hash, (*c).into())))
}

fn bit(c: char) -> u64 {
    1 << (u32::from(c) % 64)
}
