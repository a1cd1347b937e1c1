//! What the neighbourhood says where the dictionaries leave several candidates.
//!
//! 1. **Words.** A text is cut into its most probable words (`words`), and the
//!    dictionaries are asked for each word by itself. So no phrase matches across
//!    a border: 民生|發展, not 民|生髮|展.
//! 2. **Evidence.** Every character with several candidates is looked at with
//!    what stands around it (`features`); learnt weights (`table`) add up for
//!    each candidate. Where they do not clearly say another, the word's own
//!    reading stays.
//!
//! The weights are learnt by `examples/learn`, which says from what. It must not
//! know of lexicons, markup or editions; a character stays one character.

mod features;
mod table;
mod words;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

pub use features::{Place, Seen};
use words::Cut;
pub use words::{LONGEST, Words, is_border};

use super::Standard;
use super::opencc::{CharTable, Converter};
use crate::model::Script;
use table::Table;

/// The most candidates of a character that are weighed.
pub const MOST: usize = 8;

/// What a weight of one stands as in the file.
const SCALE: f32 = 12.0;

/// How far, in weights as they stand in the file, another candidate must be
/// ahead of the word's own reading.
const AHEAD: i32 = 2;

/// Marks a file of this layout.
const MAGIC: &[u8; 8] = b"tongwen2";

/// Everything learnt.
pub struct Layer {
    words: Words,
    /// A character's place among the candidates, plus one.
    ambiguous: CharTable<u16>,
    /// Each ambiguous character's candidates in OpenCC's own standard.
    candidates: Vec<Vec<char>>,
    /// Which of these characters are settled by any word that they are in.
    by_any_word: Vec<bool>,
    /// Each value a candidate's place and a weight: 4 bits, 8 bits.
    weights: Table<12>,
    /// The candidates as a standard writes them.
    forms: [OnceLock<Vec<Vec<char>>>; Standard::ALL.len()],
}

/// What the dictionaries made of a text, ready to be looked at.
pub struct Ruled {
    text: Vec<char>,
    ruled: Vec<char>,
    joined: Vec<bool>,
    /// Which characters are fixed; empty if none is.
    fixed: Vec<bool>,
    standard: Standard,
}

impl Ruled {
    /// Asks the dictionaries. Fixed ranges are of bytes, in order.
    pub fn new(text: &str, fixed: &[Range<usize>], standard: Standard) -> Self {
        let rules = Converter::get(standard.config(Script::Hant));
        let mut ruled = Self {
            text: text.chars().collect(),
            ruled: Vec::with_capacity(text.len() / 3),
            joined: Vec::with_capacity(text.len() / 3),
            fixed: Vec::new(),
            standard,
        };
        let mut at = 0;
        for range in fixed.iter().cloned().chain(std::iter::once(text.len()..text.len())) {
            let (converted, joined) = rules.convert_marking(&text[at..range.start]);
            ruled.ruled.extend(standard.used(converted).chars());
            ruled.joined.extend(joined);
            if !fixed.is_empty() {
                ruled.fixed.resize(ruled.ruled.len(), false);
            }
            ruled.ruled.extend(text[range.clone()].chars());
            ruled.joined.resize(ruled.ruled.len(), false);
            if !fixed.is_empty() {
                ruled.fixed.resize(ruled.ruled.len(), true);
            }
            at = range.end;
        }
        ruled
    }

    /// Whether a character is in a fixed range.
    pub(super) fn is_fixed(&self, at: usize) -> bool {
        self.fixed.get(at).is_some_and(|fixed| *fixed)
    }

    /// All of it as the layer reads it.
    pub fn reading(&self) -> Reading<'_> {
        let Self { text, ruled, joined, standard, .. } = self;
        Reading { text, ruled, joined, standard: *standard }
    }
}

/// A text and what the dictionaries made of it, in characters.
pub struct Reading<'a> {
    /// The text in Simplified script.
    pub text: &'a [char],
    /// What the dictionaries put in each character's place.
    pub ruled: &'a [char],
    /// Which characters go on with a phrase that began before them.
    pub joined: &'a [bool],
    /// What kind of Traditional it is put into.
    pub standard: Standard,
}

/// What the evidence says of one place.
#[derive(Debug, Clone, Copy)]
pub struct Verdict<'a> {
    /// The candidates as the standard writes them.
    pub candidates: &'a [char],
    /// Which of them to take.
    pub chosen: usize,
    /// How far each is ahead of the first, in `SCALE`ths.
    pub scores: [i32; MOST],
}

impl Layer {
    /// The layer that is part of this program.
    pub fn embedded() -> &'static Self {
        static LAYER: OnceLock<Layer> = OnceLock::new();
        LAYER.get_or_init(|| {
            let bytes = include_bytes!("context/learnt.bin");
            Self::read(Cow::Borrowed(bytes)).expect("the learning program wrote the file")
        })
    }

    /// Reads what [`Layer::pack`] made.
    pub fn read(bytes: Cow<'static, [u8]>) -> Option<Self> {
        if !bytes.starts_with(MAGIC) {
            return None;
        }
        let mut at = MAGIC.len();
        let mut part = || {
            let len = u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize;
            let range = at + 4..at + 4 + len;
            at = range.end;
            Some(match &bytes {
                Cow::Borrowed(bytes) => Cow::Borrowed(bytes.get(range)?),
                Cow::Owned(bytes) => Cow::Owned(bytes.get(range)?.to_vec()),
            })
        };
        let (list, words, weights) = (part()?, part()?, part()?);
        let weights = Table::new(weights);
        let mut ambiguous: CharTable<u16> = CharTable::default();
        let (mut candidates, mut by_any_word) = (Vec::new(), Vec::new());
        for line in std::str::from_utf8(&list).ok()?.lines() {
            let mut chars = line.chars();
            let c = chars.next()?;
            *ambiguous.get_mut(c) = candidates.len() as u16 + 1;
            candidates.push(chars.collect());
            by_any_word.push(weights.get(features::character(c)).next().is_some());
        }
        Some(Self {
            words: Words::read(words)?,
            ambiguous,
            candidates,
            by_any_word,
            weights,
            forms: [const { OnceLock::new() }; Standard::ALL.len()],
        })
    }

    /// Lays out a layer for [`Layer::read`]: the candidates of each character, in
    /// ascending order; the words as [`Words::pack`] made them; and, for what was
    /// seen, a candidate's place and its weight. Of a [`Place::spot`] it is the
    /// candidate that the word settles, with any weight but nought; a
    /// [`Place::character`] that has any is always settled by the word.
    pub fn pack(
        candidates: &[(char, Vec<char>)],
        words: &[u8],
        weights: &[(u64, usize, f32)],
    ) -> Vec<u8> {
        let line = |(c, candidates): &(char, Vec<char>)| {
            std::iter::once(c).chain(candidates).chain(&['\n']).collect::<String>()
        };
        let list: String = candidates.iter().map(line).collect();
        let slots: Vec<(u64, u32)> = weights
            .iter()
            .map(|(key, candidate, weight)| {
                let weight = (weight * SCALE).round().clamp(-127.0, 127.0) as i8;
                (*key, (*candidate as u32) << 8 | u32::from(weight as u8), weight)
            })
            .filter(|(_, _, weight)| *weight != 0)
            .map(|(key, value, _)| (key, value))
            .collect();
        let mut bytes = MAGIC.to_vec();
        for part in [list.as_bytes(), words, &Table::<12>::pack(&slots)] {
            bytes.extend((part.len() as u32).to_le_bytes());
            bytes.extend(part);
        }
        bytes
    }

    /// The words.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// Puts what the evidence says in place of what the dictionaries said.
    pub fn settle(&self, ruled: &Ruled) -> Vec<char> {
        let mut settled = ruled.ruled.clone();
        let reading = ruled.reading();
        let open = |at, candidate| !ruled.is_fixed(at) && !self.stands(&reading, at, candidate);
        self.places_where(&reading, open, |place, forms| {
            settled[place.at] = forms[self.judge(place, forms).chosen];
        });
        settled
    }

    /// Whether any word settles the character, and what the dictionaries gave is
    /// what they give for the word, wherever it ends: no phrase is near.
    fn stands(&self, reading: &Reading<'_>, at: usize, candidate: usize) -> bool {
        let near = at.saturating_sub(LONGEST)..(at + LONGEST + 1).min(reading.joined.len());
        self.by_any_word[candidate]
            && !reading.joined[near].contains(&true)
            && self.forms(reading.standard)[candidate]
                .iter()
                .take(MOST)
                .any(|form| *form == reading.ruled[at])
    }

    /// Whether a text has a character with several candidates.
    pub fn concerns(&self, text: &str) -> bool {
        text.chars().any(|c| self.ambiguous.get(c) != 0)
    }

    /// What the evidence says of a place.
    pub fn judge<'a>(&self, place: &Place<'_>, forms: &'a [char]) -> Verdict<'a> {
        let mut scores = [0; MOST];
        if let Some(chosen) = place.by_word.filter(|own| self.settles(place, *own)) {
            scores[chosen] = i32::MAX;
            return Verdict { candidates: forms, chosen, scores };
        }
        place.features(|_, key| self.add(key, &mut scores));
        let known = &scores[..forms.len().min(MOST)];
        let best = (0..known.len()).rev().max_by_key(|at| known[*at]).unwrap_or_default();
        let chosen = match place.by_word {
            Some(own) if known[best] - known[own] <= AHEAD => own,
            _ => best,
        };
        Verdict { candidates: forms, chosen, scores }
    }

    /// Whether the word alone says so: the places that were learnt from agree, all
    /// of this word or nearly all of the character.
    fn settles(&self, place: &Place<'_>, own: usize) -> bool {
        let says = |key: u64| self.weights.get(key).any(|value| (value >> 8) as usize == own);
        let candidate = self.ambiguous.get(place.text[place.at]).checked_sub(1);
        candidate.is_some_and(|candidate| self.by_any_word[usize::from(candidate)])
            || (place.word.len() > 1 && says(place.spot()))
    }

    /// What was seen at a place, with how far it puts one candidate ahead of
    /// another, in [`SCALE`]ths. What says nothing of the two is left out.
    pub(super) fn evidence(&self, place: &Place<'_>, one: usize, other: usize) -> Vec<(Seen, i32)> {
        let mut evidence = Vec::new();
        place.features(|seen, key| {
            let mut scores = [0; MOST];
            self.add(key, &mut scores);
            let ahead = scores[one] - scores[other];
            if ahead != 0 {
                evidence.push((seen, ahead));
            }
        });
        evidence
    }

    fn add(&self, key: u64, scores: &mut [i32; MOST]) {
        for value in self.weights.get(key) {
            let weight = i32::from(value as u8 as i8);
            scores[(value >> 8) as usize % MOST] += weight;
        }
    }

    /// Every place with several candidates, in order, with those as the standard
    /// writes them.
    pub fn places<'a>(&'a self, reading: &Reading<'_>, each: impl FnMut(&Place<'_>, &'a [char])) {
        self.places_where(reading, |_, _| true, each);
    }

    /// Those of the places that are wanted: where, and which of the characters.
    fn places_where<'a>(
        &'a self,
        reading: &Reading<'_>,
        wanted: impl Fn(usize, usize) -> bool,
        mut each: impl FnMut(&Place<'_>, &'a [char]),
    ) {
        let text = reading.text;
        let mut ambiguous = (0..text.len())
            .filter_map(|at| Some((at, usize::from(self.ambiguous.get(text[at]).checked_sub(1)?))))
            .filter(|(at, candidate)| wanted(*at, *candidate))
            .peekable();
        if ambiguous.peek().is_none() {
            return;
        }
        let forms = self.forms(reading.standard);
        let (mut cut, mut alone) = (Cut::default(), Alone::default());
        for (at, candidates) in ambiguous {
            self.words.cut_around(text, at, &mut cut);
            let [word, before, after] = cut.words_at(text, at);
            let taken = alone.convert(reading, &before, &word, at);
            let forms = &forms[candidates];
            let place = Place {
                text,
                at,
                before,
                after,
                word,
                by_word: forms.iter().take(MOST).position(|form| *form == taken),
            };
            each(&place, forms);
        }
    }

    fn forms(&self, standard: Standard) -> &[Vec<char>] {
        self.forms[standard as usize].get_or_init(|| {
            let form = |candidate: &char| standard.form(*candidate);
            self.candidates.iter().map(|candidates| candidates.iter().map(form).collect()).collect()
        })
    }
}

/// What the dictionaries make of a word that stands by itself.
#[derive(Default)]
struct Alone {
    word: Range<usize>,
    converted: Vec<char>,
}

impl Alone {
    /// What becomes of the character at a place. Where no phrase reaches over the
    /// word's borders, that is what became of it in the text.
    ///
    /// A number and what it counts are two words, and a phrase of both is meant:
    /// 二|十週.
    fn convert(
        &mut self,
        reading: &Reading<'_>,
        before: &Range<usize>,
        word: &Range<usize>,
        at: usize,
    ) -> char {
        let goes_on = |at: usize| reading.joined.get(at).is_some_and(|joined| *joined);
        let is_number = |c: &char| "〇一二三四五六七八九十百千万两几数".contains(*c);
        let counts = word.len() == 1
            && !before.is_empty()
            && reading.text[before.clone()].iter().all(is_number);
        if (counts || !goes_on(word.start)) && !goes_on(word.end) {
            return reading.ruled[at];
        }
        if self.word != *word {
            let text: String = reading.text[word.clone()].iter().collect();
            self.converted = reading.standard.traditional(&text).chars().collect();
            self.word = word.clone();
        }
        self.converted[at - word.start]
    }
}

#[cfg(test)]
mod tests;
