//! OpenCC's dictionary files and the longest match in them.
//!
//! Entries borrow from the files, which are part of the program: opening one
//! only finds its lines. It must not know which configuration uses which file.

use std::ops::Range;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::char_table::{CharTable, Sieve};

/// One line of a file: a key and what it may become.
pub(super) struct Entry {
    key: &'static str,
    candidates: &'static str,
    /// How many bytes the first candidate has.
    first: u16,
}

/// One file.
pub(super) struct Dictionary {
    /// Ascending by key.
    entries: Vec<Entry>,
    /// The entries whose key is a single character: each one's place, plus one.
    singles: CharTable<u32>,
    /// The phrases, by the two characters they begin with.
    phrases: FxHashMap<(char, char), Phrases>,
}

/// Entries that begin with the same two characters.
struct Phrases {
    places: Range<u32>,
    /// Which third characters they go on with: turns most texts away without a
    /// look at any key.
    thirds: Sieve,
}

impl Entry {
    pub(super) fn key(&self) -> &'static str {
        self.key
    }

    /// What OpenCC puts in place of the key.
    pub(super) fn first(&self) -> &'static str {
        &self.candidates[..usize::from(self.first)]
    }

    /// All that the file offers for the key, best first.
    pub(super) fn candidates(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.candidates.split(' ')
    }
}

impl Dictionary {
    /// The dictionary of an embedded file, opened on first use and kept.
    pub(super) fn get(file: &str) -> Option<&'static Self> {
        let file = FILES.iter().find(|known| known.name == file)?;
        Some(file.opened.get_or_init(|| Self::open(file.text)))
    }

    /// Expects the lines in ascending order, as OpenCC keeps them.
    pub(super) fn open(text: &'static str) -> Self {
        let entries: Vec<Entry> = text
            .lines()
            .filter(|line| !line.as_bytes().starts_with(b"#"))
            .filter_map(|line| line.split_once('\t'))
            .map(|(key, candidates)| {
                let first = candidates.find(' ').unwrap_or(candidates.len());
                Entry { key, candidates, first: u16::try_from(first).expect("words are short") }
            })
            .collect();
        let mut singles = CharTable::default();
        let mut phrases: FxHashMap<_, Phrases> = FxHashMap::default();
        phrases.reserve(entries.len());
        for (place, entry) in (0..).zip(&entries) {
            let mut chars = entry.key.chars();
            match (chars.next(), chars.next()) {
                (Some(first), Some(second)) => {
                    let phrases = phrases
                        .entry((first, second))
                        .or_insert(Phrases { places: place..place, thirds: Sieve::default() });
                    phrases.places.end = place + 1;
                    phrases.thirds.add(chars.next());
                }
                (Some(only), None) => *singles.get_mut(only) = place + 1,
                (None, _) => {}
            }
        }
        Self { entries, singles, phrases }
    }

    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The longest key that begins the text.
    pub(super) fn longest_match(&self, text: &str) -> Option<&Entry> {
        self.longest_phrase(text).or_else(|| self.single(text))
    }

    fn single(&self, text: &str) -> Option<&Entry> {
        let place = self.singles.get(text.chars().next()?).checked_sub(1)?;
        Some(&self.entries[place as usize])
    }

    /// That is the greatest key not above the text, unless the two part ways
    /// somewhere: then the key sought lies wholly before that point.
    fn longest_phrase(&self, text: &str) -> Option<&Entry> {
        if self.phrases.is_empty() {
            return None;
        }
        let mut chars = text.chars();
        let phrases = self.phrases.get(&(chars.next()?, chars.next()?))?;
        if !phrases.thirds.passes(chars.next()) {
            return None;
        }
        let Range { start, end } = phrases.places;
        let mut entries = &self.entries[start as usize..end as usize];
        let mut text = text.as_bytes();
        loop {
            let above = entries.partition_point(|entry| entry.key.as_bytes() <= text);
            let (entry, below) = entries[..above].split_last()?;
            let shared = shared_prefix(text, entry.key.as_bytes());
            if shared == entry.key.len() {
                return Some(entry);
            }
            (entries, text) = (below, &text[..shared]);
        }
    }
}

fn shared_prefix(a: &[u8], b: &[u8]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

struct File {
    name: &'static str,
    text: &'static str,
    opened: OnceLock<Dictionary>,
}

macro_rules! files {
    ($($name:literal,)*) => {
        static FILES: [File; [$($name),*].len()] = [$(File {
            name: $name,
            text: include_str!(concat!("data/", $name)),
            opened: OnceLock::new(),
        }),*];
    };
}

files! {
    "CJK_Compatibility_Ideographs.txt",
    "HKVariants.txt",
    "HKVariantsPhrases.txt",
    "HKVariantsRev.txt",
    "HKVariantsRevPhrases.txt",
    "STCharacters.txt",
    "STPhrases.txt",
    "STPhrases_GeneratedFromRegionalPhrases.txt",
    "TSCharacters.txt",
    "TSCharactersExt.txt",
    "TSPhrases.txt",
    "TWVariants.txt",
    "TWVariantsPhrases.txt",
    "TWVariantsRev.txt",
    "TWVariantsRevPhrases.txt",
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;
    use crate::script::opencc::Config;

    #[test]
    fn embedded_files_are_the_ones_listed_with_their_hashes() {
        let listed = include_str!("data/SHA256SUMS");
        let configs =
            Config::ALL.map(|config| (format!("config/{}.json", config.name()), config.json()));
        let dictionaries = FILES.iter().map(|file| (file.name.to_owned(), file.text));
        for (name, text) in dictionaries.chain(configs) {
            let hash: String =
                Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
            assert!(listed.contains(&format!("{hash}  {name}\n")), "{name}: {hash}");
        }
    }

    #[test]
    fn every_line_becomes_an_entry() {
        for file in &FILES {
            let lines = file.text.lines();
            let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
            let dictionary = Dictionary::get(file.name).unwrap();
            assert_eq!(dictionary.entries.len(), lines.count(), "{}", file.name);
        }
    }

    #[test]
    fn keys_ascend_without_repetition() {
        for file in &FILES {
            let dictionary = Dictionary::get(file.name).unwrap();
            for pair in dictionary.entries.windows(2) {
                assert!(pair[0].key < pair[1].key, "{}: {}", file.name, pair[1].key);
            }
        }
    }

    #[test]
    fn every_candidate_has_as_many_characters_as_its_key() {
        for file in &FILES {
            for entry in &Dictionary::get(file.name).unwrap().entries {
                for candidate in entry.candidates() {
                    assert_eq!(
                        candidate.chars().count(),
                        entry.key.chars().count(),
                        "{}: {} {candidate}",
                        file.name,
                        entry.key
                    );
                }
            }
        }
    }
}
