//! Where every pair of neighbouring characters stands: the index of a large
//! site.
//!
//! All folded texts lie on one line, cut into slots of [`SLOT`] characters. A
//! document has the slot of its own number: what it is called first, its text
//! from [`TITLE`] on. What does not fit lies in slots after all documents'. So a
//! position alone says which document it is in and whether that is its title.
//!
//! A pair, or *gram*, is listed with all its positions; a single character with
//! the documents that hold it; a number with the documents that have it. Lists
//! are spread over shards by a hash that the browser computes too.

use std::collections::BTreeMap;

use crate::model::Edition;
use crate::script::fold::{SPACE, fold_text};

use super::document::{Document, Documents, Number};

/// Characters in a slot.
pub const SLOT: usize = 512;
/// Of these, how many hold what the document is called.
pub const TITLE: usize = 64;
/// How much of a list one shard is meant to hold, in bytes.
const SHARD: usize = 12 * 1024;

/// Stands for the second character in the list of a single one.
const ALONE: u16 = u16::MAX;

/// The lists of a site, not yet written.
pub struct Postings {
    characters: Characters,
    /// Each entry a gram (two characters by their numbers) and where it stands.
    shards: Vec<Vec<(u32, u32)>>,
    numbers: BTreeMap<Number, Vec<u32>>,
    /// The documents of the slots after all documents'.
    owners: Vec<u32>,
}

/// How many shards a site gets, by the bytes of its texts in one edition.
pub fn shard_count(size: usize) -> usize {
    // A character is three bytes of text, and about as many of list.
    size.div_ceil(SHARD).max(1)
}

impl Postings {
    pub fn new(documents: &Documents, shards: usize) -> Self {
        let mut postings = Self {
            characters: Characters::default(),
            shards: vec![Vec::new(); shards],
            numbers: BTreeMap::new(),
            owners: Vec::new(),
        };
        for (slot, document) in documents.range(0..documents.len()).enumerate() {
            if let Some(number) = document.number {
                postings.numbers.entry(number).or_default().push(as_u32(slot));
            }
            postings.add(&document, slot, documents.len());
        }
        postings
    }

    fn add(&mut self, document: &Document, slot: usize, documents: usize) {
        let mut alone: Vec<(u16, bool)> = Vec::new();
        let (mut title, mut text) = (slot * SLOT, slot * SLOT + TITLE);
        for name in names(document) {
            let name = self.characters.numbered(&name);
            alone.extend(name.iter().flatten().map(|c| (*c, true)));
            let place =
                if title + name.len() <= slot * SLOT + TITLE { &mut title } else { &mut text };
            self.lay(&name, place, slot, documents);
        }
        for words in texts(document) {
            let words = self.characters.numbered(&words);
            alone.extend(words.iter().flatten().map(|c| (*c, false)));
            self.lay(&words, &mut text, slot, documents);
        }
        // Of a character in title and text, the title counts.
        alone.sort_unstable_by_key(|(c, title)| (*c, !title));
        alone.dedup_by_key(|(c, _)| *c);
        for (c, title) in alone {
            self.push((c, ALONE), slot * 2 + usize::from(title));
        }
    }

    /// Lays characters at a place of a document's slot, or behind everything.
    fn lay(
        &mut self,
        characters: &[Option<u16>],
        place: &mut usize,
        slot: usize,
        documents: usize,
    ) {
        let start = if *place + characters.len() <= (slot + 1) * SLOT {
            // One place stays free between two texts, so that none runs on.
            let start = *place;
            *place += characters.len() + 1;
            start
        } else {
            let start = (documents + self.owners.len()) * SLOT;
            let slots = (characters.len() + 1).div_ceil(SLOT);
            self.owners.extend(std::iter::repeat_n(as_u32(slot), slots));
            start
        };
        for (at, pair) in characters.windows(2).enumerate() {
            if let [Some(first), Some(second)] = *pair {
                self.push((first, second), start + at);
            }
        }
    }

    fn push(&mut self, gram: (u16, u16), position: usize) {
        let first = self.characters.all[usize::from(gram.0)];
        let hash = match self.characters.all.get(usize::from(gram.1)) {
            Some(second) if gram.1 != ALONE => hash([first, *second]),
            _ => hash([first]),
        };
        let shard = hash as usize % self.shards.len();
        let gram = u32::from(gram.0) << 16 | u32::from(gram.1);
        self.shards[shard].push((gram, as_u32(position)));
    }

    /// The folded characters of the site.
    pub fn characters(&self) -> &[char] {
        &self.characters.all
    }

    /// The documents of the slots after all documents', as a list.
    pub fn owners(&self) -> String {
        let mut list = String::new();
        self.owners.iter().for_each(|owner| encode(*owner, &mut list));
        list
    }

    /// A shard's keys, each with its list.
    pub fn shard(&self, shard: usize) -> Vec<(String, String)> {
        let mut entries = self.shards[shard].clone();
        entries.sort_unstable();
        let grams = entries.chunk_by(|a, b| a.0 == b.0).map(|entries| {
            let (first, second) = ((entries[0].0 >> 16) as usize, (entries[0].0 & 0xFFFF) as u16);
            let mut key = String::from(self.characters.all[first]);
            if second != ALONE {
                key.push(self.characters.all[usize::from(second)]);
            }
            (key, deltas(entries.iter().map(|(_, position)| *position)))
        });
        let numbers = self.numbers.iter().filter_map(|(number, slots)| {
            let key = number_key(*number);
            let here = hash(key.chars()) as usize % self.shards.len() == shard;
            here.then(|| (key, deltas(slots.iter().copied())))
        });
        grams.chain(numbers).collect()
    }
}

/// A number's key. No gram begins with white space.
fn number_key(number: Number) -> String {
    format!("{SPACE}{number}")
}

/// What a document is called, folded: once where both editions say the same.
pub fn names(document: &Document) -> Vec<String> {
    let names = std::iter::once(&document.title).chain(&document.names);
    let mut folded: Vec<String> = Vec::new();
    for name in names.flat_map(|name| Edition::ALL.map(|edition| fold_text(name[edition]))) {
        if !name.is_empty() && !folded.contains(&name) {
            folded.push(name);
        }
    }
    folded
}

/// A document's text, folded: once where both editions say the same.
pub fn texts(document: &Document) -> Vec<String> {
    let mut texts =
        Edition::ALL.map(|edition| fold_text(&document.texts[edition].concat())).to_vec();
    texts.dedup();
    texts.retain(|text| !text.is_empty());
    texts
}

/// Characters by the order in which they first appear.
struct Characters {
    all: Vec<char>,
    /// A character's place in `all`, plus one.
    places: Vec<u16>,
}

impl Default for Characters {
    fn default() -> Self {
        Self { all: Vec::new(), places: vec![0; char::MAX as usize + 1] }
    }
}

impl Characters {
    /// White space, and what a site has beyond 65,534 characters, has no number.
    fn numbered(&mut self, text: &str) -> Vec<Option<u16>> {
        let number = |c: char| {
            if c == SPACE {
                return None;
            }
            let place = &mut self.places[c as usize];
            if *place == 0 {
                *place = u16::try_from(self.all.len() + 1).ok().filter(|new| *new != ALONE)?;
                self.all.push(c);
            }
            Some(*place - 1)
        };
        text.chars().map(number).collect()
    }
}

/// FNV-1a over code points.
fn hash(characters: impl IntoIterator<Item = char>) -> u32 {
    characters
        .into_iter()
        .fold(0x811C_9DC5, |hash: u32, c| (hash ^ u32::from(c)).wrapping_mul(0x0100_0193))
}

/// Ascending numbers as their distances.
fn deltas(numbers: impl Iterator<Item = u32>) -> String {
    let mut list = String::new();
    let mut last = 0;
    for number in numbers {
        encode(number - last, &mut list);
        last = number;
    }
    list
}

/// A number in printable ASCII without `"` and `\`: 34 characters that go on and
/// 57 that end, so that numbers to 56 take one byte and to 1,994 two.
fn encode(mut number: u32, list: &mut String) {
    while number >= 57 {
        number -= 57;
        list.push(char::from(b']' + (number % 34) as u8));
        number /= 34;
    }
    list.push(char::from(b'#' + number as u8));
}

fn as_u32(number: usize) -> u32 {
    u32::try_from(number).expect("a site of over eight million documents does not fit in memory")
}
