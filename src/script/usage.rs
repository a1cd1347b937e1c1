//! Hong Kong government usage where it differs from OpenCC's Hong Kong standard.
//!
//! Applied to what an engine gives for Simplified sources. Each pair keeps its
//! length. The 2021 memorandum itself writes 戶, 臨床, 依托, 借助 and 了解.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};

/// What OpenCC writes, and what the government writes.
const PAIRS: [(&str, &str); 19] = [
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

/// Writes Hong Kong forms in a Traditional text.
pub fn hong_kong(text: String) -> String {
    static WORDS: OnceLock<AhoCorasick> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(PAIRS.map(|(opencc, _)| opencc))
            .expect("a few short words make an automaton")
    });
    if !words.is_match(&text) {
        return text;
    }
    words.replace_all(&text, &PAIRS.map(|(_, government)| government))
}
