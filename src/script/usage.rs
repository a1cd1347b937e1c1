//! Government usage where it differs from OpenCC's standards.
//!
//! Applied to what an engine gives for Simplified sources. Each pair keeps its
//! length. The 2021 memorandum itself writes 戶, 臨床, 依托, 借助 and 了解; Taiwan's
//! laws are 公布 and 發布.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};

/// What OpenCC writes, and what a government writes.
type Pairs = [(&'static str, &'static str)];

/// Hong Kong's.
const HONG_KONG: [(&str, &str); 19] = [
    ("户", "戶"),
    ("牀", "床"),
    ("羣", "群"),
    ("峯", "峰"),
    ("啓", "啟"),
    ("燬", "毀"),
    ("公佈", "公布"),
    ("發佈", "發布"),
    ("宣佈", "宣布"),
    ("頒佈", "頒布"),
    ("依託", "依托"),
    ("藉助", "借助"),
    ("瞭解", "了解"),
    ("麪", "麵"),
    ("蔘", "參"),
    ("迴歸", "回歸"),
    // What statistics calls so.
    ("迴歸分析", "迴歸分析"),
    ("管絃", "管弦"),
    ("發黴", "發霉"),
];

/// Taiwan's.
const TAIWAN: [(&str, &str); 4] =
    [("公佈", "公布"), ("發佈", "發布"), ("宣佈", "宣布"), ("頒佈", "頒布")];

/// Writes Hong Kong forms in a Traditional text.
pub fn hong_kong(text: String) -> String {
    static WORDS: OnceLock<AhoCorasick> = OnceLock::new();
    replaced(text, &HONG_KONG, &WORDS)
}

/// Writes Taiwan's forms in a Traditional text.
pub fn taiwan(text: String) -> String {
    static WORDS: OnceLock<AhoCorasick> = OnceLock::new();
    replaced(text, &TAIWAN, &WORDS)
}

fn replaced(text: String, pairs: &Pairs, words: &OnceLock<AhoCorasick>) -> String {
    let words = words.get_or_init(|| {
        AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(pairs.iter().map(|(opencc, _)| opencc))
            .expect("a few short words make an automaton")
    });
    if !words.is_match(&text) {
        return text;
    }
    let usage: Vec<&str> = pairs.iter().map(|(_, government)| *government).collect();
    words.replace_all(&text, &usage)
}
