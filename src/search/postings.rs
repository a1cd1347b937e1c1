//! Where every pair of neighbouring characters stands: the index of a large
//! site.
//!
//! All folded texts lie on one line, cut into slots of [`SLOT`] characters. A
//! document has the slot of its own number: what it is called first, its text
//! from [`TITLE`] on. What does not fit lies in slots after all documents'. So a
//! position alone says which document it is in and whether that is its title.
//!
//! A pair, or *gram*, is listed with all its positions; a single character with
//! the documents that hold it; a number with the documents that have it, and so
//! is the name of anything but a measure, for who types all of it. Where names
//! stand, pairs of syllables and of their first letters are listed like pairs of
//! characters, at the same positions: each syllable is a private character. Lists
//! are spread over shards by a hash that the browser computes too. The longest
//! have files of their own, so that a rare pair does not cost a frequent one's
//! list; those of pairs twice, for where a pair is all that is sought the
//! documents will do, which take a tenth of the bytes.
//!
//! So the files are: shards; long lists of single characters; of pairs, by
//! document; of pairs, by position.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::Edition;
use crate::script::fold::{self, SPACE, fold_text};

use super::document::{Document, Documents};
use super::lists::{decoded, encode, hash};
use super::sounds::Sounds;

/// Characters in a slot.
pub const SLOT: usize = 512;
/// Of these, how many hold what the document is called.
pub const TITLE: usize = 64;
/// How much of a list one shard is meant to hold, in bytes.
const SHARD: usize = 12 * 1024;

/// Stands for the second character in the list of a single one.
const ALONE: u16 = u16::MAX;

/// The lists of a site.
pub struct Postings {
    plan: Plan,
    /// The documents', one each.
    slots: usize,
    characters: Characters,
    /// By gram: two characters by their numbers.
    lists: FxHashMap<u32, List>,
    /// The grams of each shard, in the order in which they first appear.
    shards: Vec<Vec<u32>>,
    /// Lists of documents by what is typed whole: a number, or a name.
    whole: BTreeMap<String, List>,
    /// The documents of the slots after all documents'.
    owners: Vec<u32>,
    /// What lies in those, with where it begins.
    rest: Vec<(usize, Vec<Option<u16>>)>,
    /// The longest lists of single characters and of pairs, the longest first.
    long: [Vec<u32>; 2],
    is_long: FxHashSet<u32>,
}

/// Ascending numbers, written as they come: their distances.
#[derive(Default)]
struct List {
    last: u32,
    count: u32,
    text: String,
}

impl List {
    fn push(&mut self, number: u32) {
        encode(number - self.last, &mut self.text);
        self.last = number;
        self.count += 1;
    }
}

/// How many files the lists fill; known before the lists are.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Files by hash.
    pub shards: usize,
    /// Long lists of single characters, and as many of pairs.
    pub long: usize,
}

impl Plan {
    /// By the bytes of the texts in one edition: a character is three bytes of
    /// text, and about as many of list.
    pub fn of(size: usize) -> Self {
        let shards = size.div_ceil(SHARD).max(1);
        Self { shards, long: shards.div_ceil(4) }
    }

    /// All files.
    pub fn files(self) -> usize {
        self.shards + 3 * self.long
    }
}

impl Postings {
    pub fn new(documents: &Documents, plan: Plan, sounds: &Sounds) -> Self {
        let mut postings = Self {
            plan,
            slots: documents.len(),
            characters: Characters::default(),
            lists: FxHashMap::default(),
            shards: vec![Vec::new(); plan.shards],
            whole: BTreeMap::new(),
            owners: Vec::new(),
            rest: Vec::new(),
            long: [Vec::new(), Vec::new()],
            is_long: FxHashSet::default(),
        };
        for (slot, document) in documents.range(0..documents.len()).enumerate() {
            let numbers = numbers(&document).into_iter().chain(area_number(&document));
            let mut keys: Vec<String> = numbers.map(|number| number_key(&number)).collect();
            if slot >= documents.measures() {
                keys.extend(names(&document).iter().map(|name| name_key(name)));
            }
            for key in keys {
                postings.whole.entry(key).or_default().push(as_u32(slot));
            }
            postings.add(&document, slot, sounds);
        }
        for (start, characters) in std::mem::take(&mut postings.rest) {
            postings.push_all(&characters, start);
        }
        postings.find_long();
        postings
    }

    fn find_long(&mut self) {
        let mut grams: Vec<u32> = self.shards.concat();
        grams.sort_unstable_by_key(|gram| (std::cmp::Reverse(self.lists[gram].count), *gram));
        let (alone, pairs): (Vec<_>, Vec<_>) =
            grams.into_iter().partition(|gram| second(*gram) == ALONE);
        self.long = [alone, pairs].map(|mut grams| {
            grams.truncate(self.plan.long);
            grams
        });
        self.is_long = self.long.iter().flatten().copied().collect();
    }

    fn add(&mut self, document: &Document, slot: usize, sounds: &Sounds) {
        let mut alone: Vec<(u16, bool)> = Vec::new();
        let (mut title, mut text) = (slot * SLOT, slot * SLOT + TITLE);
        let mut fits = true;
        for name in names(document) {
            let spoken = sounds.of(&name);
            let name = self.characters.numbered(&name);
            alone.extend(name.iter().flatten().map(|c| (*c, true)));
            // Once one does not fit all others follow it, so that places ascend.
            fits &= title + name.len() <= slot * SLOT + TITLE;
            let place = if fits { &mut title } else { &mut text };
            if fits {
                self.lay_sounds(&spoken, *place);
            }
            self.lay(&name, place, slot);
        }
        for words in texts(document) {
            let words = self.characters.numbered(&words);
            alone.extend(words.iter().flatten().map(|c| (*c, false)));
            self.lay(&words, &mut text, slot);
        }
        // Of a character in title and text, the title counts.
        alone.sort_unstable_by_key(|(c, title)| (*c, !title));
        alone.dedup_by_key(|(c, _)| *c);
        for (c, title) in alone {
            self.push((c, ALONE), slot * 2 + usize::from(title));
        }
    }

    /// Lays characters at a place of a document's slot, or behind everything.
    fn lay(&mut self, characters: &[Option<u16>], place: &mut usize, slot: usize) {
        if *place + characters.len() <= (slot + 1) * SLOT {
            self.push_all(characters, *place);
            // One place stays free between two texts, so that none runs on.
            *place += characters.len() + 1;
        } else {
            self.rest.push(((self.slots + self.owners.len()) * SLOT, characters.to_vec()));
            let slots = (characters.len() + 1).div_ceil(SLOT);
            self.owners.extend(std::iter::repeat_n(as_u32(slot), slots));
        }
    }

    /// Lists what a name sounds like where the name itself will stand.
    fn lay_sounds(&mut self, spoken: &[Vec<char>], start: usize) {
        for (at, pair) in spoken.windows(2).enumerate() {
            for (first, second) in
                pair[0].iter().flat_map(|first| pair[1].iter().map(move |second| (*first, *second)))
            {
                // Only of one romanisation, and syllables with syllables.
                if Sounds::go_together(first, second)
                    && let Some(gram) =
                        self.characters.number(first).zip(self.characters.number(second))
                {
                    self.push(gram, start + at);
                }
            }
        }
    }

    fn push_all(&mut self, characters: &[Option<u16>], start: usize) {
        for (at, pair) in characters.windows(2).enumerate() {
            if let [Some(first), Some(second)] = *pair {
                self.push((first, second), start + at);
            }
        }
    }

    fn push(&mut self, gram: (u16, u16), position: usize) {
        let gram = u32::from(gram.0) << 16 | u32::from(gram.1);
        let list = self.lists.entry(gram).or_insert_with(|| {
            let shard = hash(self.characters.spelled(gram)) as usize % self.shards.len();
            self.shards[shard].push(gram);
            List::default()
        });
        list.push(as_u32(position));
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

    /// The long lists' characters and pairs, as one text each, and how many
    /// entries the pairs have.
    pub fn long(&self) -> (String, String, String) {
        let [alone, pairs] = [0, 1].map(|kind| {
            self.long[kind].iter().flat_map(|gram| self.characters.spelled(*gram)).collect()
        });
        let mut counts = String::new();
        self.long[1].iter().for_each(|gram| encode(self.lists[gram].count, &mut counts));
        (alone, pairs, counts)
    }

    /// A file's keys, each with its list.
    pub fn file(&self, file: usize) -> Vec<(String, String)> {
        let Plan { shards, long } = self.plan;
        let Some(own) = file.checked_sub(shards) else { return self.shard(file) };
        let gram = self.long[usize::from(own >= long)].get(own % long);
        let list = gram.map(|gram| {
            let list = &self.lists[gram].text;
            let by_document = (long..2 * long).contains(&own);
            let list = if by_document { self.documents_of(list) } else { list.clone() };
            (self.characters.spelled(*gram).collect(), list)
        });
        list.into_iter().collect()
    }

    fn shard(&self, shard: usize) -> Vec<(String, String)> {
        let grams = self.shards[shard].iter().filter(|gram| !self.is_long.contains(*gram));
        let grams = grams
            .map(|gram| (self.characters.spelled(*gram).collect(), self.lists[gram].text.clone()));
        let whole = self.whole.iter().filter_map(|(key, list)| {
            let here = hash(key.chars()) as usize % self.plan.shards == shard;
            here.then(|| (key.clone(), list.text.clone()))
        });
        grams.chain(whole).collect()
    }

    /// A list of positions as one of documents: each twice its number, and one
    /// more if in the title.
    fn documents_of(&self, list: &str) -> String {
        let mut last = 0;
        let positions = decoded(list).map(|distance| {
            last += distance;
            last as usize
        });
        let mut documents: Vec<(u32, bool)> = positions
            .map(|position| match (position / SLOT).checked_sub(self.slots) {
                Some(extra) => (self.owners[extra], false),
                None => (as_u32(position / SLOT), position % SLOT < TITLE),
            })
            .collect();
        documents.sort_unstable_by_key(|(document, title)| (*document, !title));
        documents.dedup_by_key(|(document, _)| *document);
        let mut list = List::default();
        documents.iter().for_each(|(document, title)| list.push(document * 2 + u32::from(*title)));
        list.text
    }
}

fn second(gram: u32) -> u16 {
    (gram & 0xFFFF) as u16
}

/// A number's key. No gram begins with white space.
fn number_key(number: &str) -> String {
    format!("{SPACE}{number}")
}

/// A name's key. No number begins with `=`.
fn name_key(name: &str) -> String {
    format!("{SPACE}={name}")
}

/// `4.` of a measure that is found as 4.2: who types 4 means all of them.
fn area_number(document: &Document) -> Option<String> {
    let is_named_by_key = document.numbers.contains(&document.place);
    let (area, _) = document.place.split_once('.').filter(|_| is_named_by_key)?;
    Some(format!("{area}."))
}

/// The numbers that a document is found by, folded, each once.
pub fn numbers(document: &Document) -> Vec<String> {
    let mut known = std::collections::BTreeSet::new();
    let folded = document.numbers.iter().map(|number| fold_text(number));
    folded.filter(|number| known.insert(number.clone())).collect()
}

/// What a document is called, folded: once where editions say the same.
pub fn names(document: &Document) -> Vec<String> {
    let names = std::iter::once(&document.title).chain(&document.names);
    let names = names.flat_map(|name| name.iter().map(|name| fold_text(name)));
    let mut folded: Vec<String> = Vec::new();
    for name in names.chain(document.search.iter().map(|word| fold_text(word))) {
        if !name.is_empty() && !folded.contains(&name) {
            folded.push(name);
        }
    }
    folded
}

/// A document's text, folded: once where editions say the same.
pub fn texts(document: &Document) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    for text in document.texts.iter().map(|texts| texts.concat()) {
        if !text.is_empty() && !known.iter().any(|known| fold::alike(known, &text)) {
            known.push(text);
        }
    }
    known.iter().map(|text| fold_text(text)).collect()
}

/// What a document is called beside its title in an edition, folded.
pub fn other_names(document: &Document, edition: Edition) -> Vec<String> {
    let title = fold_text(document.title[edition]);
    let mut names = names(document);
    names.retain(|name| *name != title);
    names
}

/// What a document says beside its text in an edition, folded.
pub fn other_texts(document: &Document, edition: Edition) -> Vec<String> {
    let mut texts = texts(document);
    if texts.len() > 1 {
        let own = text(document, edition);
        texts.retain(|folded| *folded != own);
        return texts;
    }
    Vec::new()
}

/// A document's text in an edition, folded.
pub fn text(document: &Document, edition: Edition) -> String {
    fold_text(&document.texts[edition].concat())
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
    /// A gram's one or two characters.
    fn spelled(&self, gram: u32) -> impl Iterator<Item = char> {
        let first = self.all[(gram >> 16) as usize];
        std::iter::once(first).chain(self.all.get(usize::from(second(gram))).copied())
    }

    /// White space, and what a site has beyond 65,534 characters, has no number.
    fn number(&mut self, c: char) -> Option<u16> {
        if c == SPACE {
            return None;
        }
        let place = &mut self.places[c as usize];
        if *place == 0 {
            *place = u16::try_from(self.all.len() + 1).ok().filter(|new| *new != ALONE)?;
            self.all.push(c);
        }
        Some(*place - 1)
    }

    fn numbered(&mut self, text: &str) -> Vec<Option<u16>> {
        text.chars().map(|c| self.number(c)).collect()
    }
}

fn as_u32(number: usize) -> u32 {
    u32::try_from(number).expect("a site of over eight million documents does not fit in memory")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_few_bytes_and_none_that_a_script_would_escape() {
        for (number, bytes) in [(0, 1), (56, 1), (57, 2), (1994, 2), (1995, 3), (u32::MAX, 7)] {
            let mut list = String::new();
            encode(number, &mut list);
            assert_eq!((decoded(&list).collect::<Vec<_>>(), list.len()), (vec![number], bytes));
            assert!(list.bytes().all(|byte| byte.is_ascii_graphic()));
            assert!(!list.contains(['"', '\\']), "{list}");
        }
        let mut list = List::default();
        [3, 3, 60, 2100, 5_000_000].into_iter().for_each(|number| list.push(number));
        assert_eq!(decoded(&list.text).collect::<Vec<_>>(), [3, 0, 57, 2040, 4_997_900]);
    }

    #[test]
    fn the_hash_is_fnv_1a() {
        assert_eq!(hash("".chars()), 0x811C_9DC5);
        assert_eq!(hash("foobar".chars()), 0xBF9C_F968);
    }
}
