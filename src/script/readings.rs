//! Readings: how characters are read in Mandarin and in Cantonese, without tones,
//! so that a name is found by what a keyboard without Chinese can type.
//!
//! The common readings alone: a rare one would find what nobody means. Where the
//! tables come from is told in `readings/NOTICE`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use pinyin::ToPinyin;
use rustc_hash::FxHashMap;

/// A way to write readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Romanisation {
    /// Mandarin's.
    Pinyin,
    /// Cantonese's.
    Jyutping,
}

impl Romanisation {
    /// Both, in the order of every list of them.
    pub const ALL: [Self; 2] = [Self::Pinyin, Self::Jyutping];

    /// The common readings of a character, lowercase ASCII.
    pub fn of(self, c: char) -> Vec<&'static str> {
        let mut readings = Vec::new();
        if self == Self::Pinyin {
            readings.extend(c.to_pinyin().map(|syllable| match syllable.plain() {
                "lü" => "lv",
                "nü" => "nv",
                "lüe" => "lve",
                "nüe" => "nve",
                plain => plain,
            }));
        }
        for reading in self.table().get(&c).into_iter().flatten().copied() {
            if !readings.contains(&reading) {
                readings.push(reading);
            }
        }
        readings
    }

    fn table(self) -> &'static FxHashMap<char, Vec<&'static str>> {
        static TABLES: [OnceLock<FxHashMap<char, Vec<&'static str>>>; 2] =
            [OnceLock::new(), OnceLock::new()];
        let (table, text) = match self {
            Self::Pinyin => (&TABLES[0], include_str!("readings/pinyin.txt")),
            Self::Jyutping => (&TABLES[1], include_str!("readings/jyutping.txt")),
        };
        table.get_or_init(|| {
            let mut table: FxHashMap<char, Vec<&'static str>> = FxHashMap::default();
            for (reading, characters) in text.lines().filter_map(|line| line.split_once('\t')) {
                characters.chars().for_each(|c| table.entry(c).or_default().push(reading));
            }
            table
        })
    }
}

/// The readings of the characters that names are written with, by what they fold
/// to: all that any form of a character is read as.
#[derive(Debug, Default)]
pub struct Readings {
    by_folded: BTreeMap<char, [Vec<&'static str>; 2]>,
}

impl Readings {
    /// Takes a character, which folds to another or itself, into account.
    pub fn add(&mut self, c: char, folded: char) {
        let known = self.by_folded.entry(folded).or_default();
        for (known, way) in known.iter_mut().zip(Romanisation::ALL) {
            for reading in way.of(c) {
                if !known.contains(&reading) {
                    known.push(reading);
                }
            }
        }
    }

    /// How a folded character is read.
    pub fn of(&self, folded: char, way: Romanisation) -> &[&'static str] {
        self.by_folded.get(&folded).map_or(&[], |readings| &readings[way as usize])
    }

    /// Each reading, in order, with the folded characters that have it.
    pub fn table(&self, way: Romanisation) -> BTreeMap<&'static str, String> {
        let mut table: BTreeMap<&'static str, String> = BTreeMap::new();
        for (folded, readings) in &self.by_folded {
            for reading in &readings[way as usize] {
                table.entry(reading).or_default().push(*folded);
            }
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::fold::fold;

    #[test]
    fn characters_have_their_common_readings() {
        for (c, pinyin, jyutping) in [
            ('金', &["jin"][..], &["gam"][..]),
            ('融', &["rong"], &["jung"]),
            ('行', &["xing", "hang"], &["haang", "hang", "hong"]),
            ('重', &["zhong", "chong"], &["cung", "zung"]),
            ('綠', &["lv"], &["luk"]),
            ('a', &[], &[]),
            ('，', &[], &[]),
        ] {
            assert_eq!(Romanisation::Pinyin.of(c), pinyin, "{c}");
            assert_eq!(Romanisation::Jyutping.of(c), jyutping, "{c}");
        }
    }

    #[test]
    fn a_simplified_character_is_read_as_its_traditional_forms_are() {
        let mut readings = Readings::default();
        "發髮发".chars().for_each(|c| readings.add(c, fold(c)));
        assert_eq!(readings.of('发', Romanisation::Jyutping), ["faat"]);
        assert_eq!(readings.of('发', Romanisation::Pinyin), ["fa"]);
        assert_eq!(readings.table(Romanisation::Jyutping)["faat"], "发");
    }

    #[test]
    fn readings_are_lowercase_ascii() {
        for c in '\u{3400}'..='\u{9fff}' {
            for way in Romanisation::ALL {
                let readings = way.of(c);
                let is_plain = |reading: &&str| reading.bytes().all(|b| b.is_ascii_lowercase());
                assert!(readings.iter().all(is_plain), "{c} {readings:?}");
            }
        }
    }
}
