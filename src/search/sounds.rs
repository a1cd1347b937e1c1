//! What names sound like: the readings of their characters, and the private
//! characters that stand for syllables in the lists of a large site.
//!
//! Must not know how lists are laid out.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::script::fold::fold;
use crate::script::readings::{Readings, Romanisation};

use super::document::Document;

/// Where the private characters begin: the last plane has nothing else.
const FIRST: u32 = 0x10_0000;
/// How many of them a romanisation has: its letters first, then its syllables.
const ROOM: u32 = 0x1000;
const LETTERS: u32 = 32;

/// How the site's names are read.
pub struct Sounds {
    readings: Readings,
    /// The syllables of each romanisation by their numbers.
    syllables: [BTreeMap<&'static str, u32>; 2],
}

/// What the browser gets: each syllable with the folded characters so read, and
/// where the private characters begin.
#[derive(Serialize)]
pub struct Table {
    first: u32,
    room: u32,
    letters: u32,
    pinyin: Vec<String>,
    jyutping: Vec<String>,
}

impl Sounds {
    /// Of all names, in every form that an edition writes.
    pub fn new<'a>(documents: impl Iterator<Item = Document<'a>>) -> Self {
        let mut readings = Readings::default();
        for document in documents {
            for name in std::iter::once(&document.title).chain(&document.names) {
                for c in name.iter().flat_map(|name| name.chars()) {
                    readings.add(c, fold(c));
                }
            }
        }
        let syllables =
            Romanisation::ALL.map(|way| readings.table(way).into_keys().zip(LETTERS..).collect());
        Self { readings, syllables }
    }

    /// For each character of a folded name, its syllables and their first letters
    /// as private characters.
    pub fn of(&self, folded: &str) -> Vec<Vec<char>> {
        let spoken = |c: char| {
            let mut sounds: Vec<char> = Vec::new();
            for way in Romanisation::ALL {
                for syllable in self.readings.of(c, way) {
                    let letter = syllable.bytes().next().map(|letter| u32::from(letter - b'a'));
                    let own = self.syllables[way as usize].get(syllable).copied();
                    let codes = letter.into_iter().chain(own);
                    for code in codes.map(|code| FIRST + way as u32 * ROOM + code) {
                        sounds.extend(char::from_u32(code).filter(|c| !sounds.contains(c)));
                    }
                }
            }
            sounds
        };
        folded.chars().map(spoken).collect()
    }

    /// Whether two can stand in one query: both letters or both syllables, of one
    /// romanisation.
    pub fn go_together(one: char, other: char) -> bool {
        let kind = |c: char| {
            let code = u32::from(c) - FIRST;
            (code / ROOM, code % ROOM < LETTERS)
        };
        kind(one) == kind(other)
    }

    /// What the browser gets.
    pub fn table(&self) -> Table {
        let [pinyin, jyutping] = Romanisation::ALL.map(|way| {
            let table = self.readings.table(way).into_iter();
            table.map(|(syllable, characters)| [syllable, &characters].concat()).collect()
        });
        Table { first: FIRST, room: ROOM, letters: LETTERS, pinyin, jyutping }
    }
}
