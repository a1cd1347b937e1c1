//! The law text in three forms, and which characters have several candidates.

use std::collections::BTreeMap;

use tongwen::script::opencc::{Config, Converter};

use crate::words::dictionary;

/// Lines of a block, and which of how many blocks are kept apart.
const BLOCK: usize = 500;
const APART: usize = 40;

/// How often a law must write a character for another before it counts.
const SEEN: usize = 5;

/// One line.
pub struct Line {
    /// As it stands, in OpenCC's own standard.
    pub plain: String,
    /// As it stands, in Hong Kong's.
    pub hk: String,
    /// In Simplified script.
    pub hans: String,
}

/// The text, in two parts.
pub struct Law {
    /// To learn from; no line twice.
    pub learnt: Vec<Line>,
    /// Kept apart.
    pub apart: Vec<Line>,
}

impl Law {
    pub fn read(text: &str) -> Self {
        let mut law = Self { learnt: Vec::new(), apart: Vec::new() };
        let mut known = std::collections::BTreeSet::new();
        for (number, line) in text.lines().enumerate() {
            let plain = Converter::get(Config::Tw2t).convert(line);
            let hk = Converter::get(Config::T2hk).convert(&plain);
            let hans = Converter::get(Config::Hk2s).convert(&hk);
            let read = Line { plain, hk, hans };
            if (number / BLOCK).is_multiple_of(APART) {
                law.apart.push(read);
            } else if known.insert(line) {
                law.learnt.push(read);
            }
        }
        law
    }
}

/// Each Simplified character with all that it may become: by OpenCC's files and
/// by what the law writes. In OpenCC's own standard, the most frequent first.
pub fn candidates(law: &Law) -> Vec<(char, Vec<char>)> {
    let mut counts: BTreeMap<char, BTreeMap<char, usize>> = BTreeMap::new();
    let mut count = |from: &str, to: &str, times: usize| {
        for (from, to) in from.chars().zip(to.chars()) {
            *counts.entry(from).or_default().entry(to).or_default() += times;
        }
    };
    for (from, to) in dictionary("STCharacters.txt") {
        to.split(' ').for_each(|to| count(&from, to, 0));
    }
    for file in ["STPhrases.txt", "STPhrases_GeneratedFromRegionalPhrases.txt"] {
        for (from, to) in dictionary(file) {
            count(&from, to.split(' ').next().unwrap_or_default(), 1);
        }
    }
    let mut seen: BTreeMap<(char, char), usize> = BTreeMap::new();
    for line in &law.learnt {
        for pair in line.hans.chars().zip(line.plain.chars()) {
            *seen.entry(pair).or_default() += 1;
        }
    }
    for ((from, to), times) in seen.into_iter().filter(|(_, times)| *times >= SEEN) {
        *counts.entry(from).or_default().entry(to).or_default() += times;
    }
    let sorted = counts.into_iter().map(|(from, counts)| {
        let mut candidates: Vec<_> = counts.into_iter().filter(|(_, times)| *times > 0).collect();
        candidates.sort_by_key(|(c, times)| (std::cmp::Reverse(*times), *c));
        (from, candidates.into_iter().map(|(c, _)| c).collect::<Vec<char>>())
    });
    let is_ideograph = |c: char| c >= '\u{3400}';
    sorted.filter(|(from, all)| all.len() > 1 && is_ideograph(*from)).collect()
}
