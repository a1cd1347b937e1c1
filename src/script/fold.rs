//! Folding: which characters a reader who searches takes for the same.
//!
//! Derived from OpenCC's tables of single characters: all that may be written
//! for one another fold to one representative, and so do radicals of
//! dictionaries, full-width and half-width forms, and upper- and lowercase ASCII.
//! Quotation marks are passed over. What the search index is made with and what a browser gets are this
//! one table.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::model::radicals;

use super::opencc::{CharTable, characters};

/// Stands for white space of every kind.
pub const SPACE: char = ' ';

/// Invisible characters and quotation marks, as ranges of codes. They are not
/// there for a search: who types 走出去 means 「走出去」 too, and who quotes a phrase
/// means the phrase.
pub const IGNORED: [(u32, u32); 13] = [
    (0x00, 0x1F),
    (0x22, 0x22),
    (0x27, 0x27),
    (0x7F, 0x9F),
    (0xAD, 0xAD),
    (0x200B, 0x200F),
    (0x2018, 0x201F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0x300C, 0x300F),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xE0100, 0xE01EF),
];

/// The tables whose rows name characters that stand for one another.
const TABLES: [&str; 4] = [
    "HKVariantsRev.txt",
    "TSCharacters.txt",
    "TSCharactersExt.txt",
    "CJK_Compatibility_Ideographs.txt",
];

/// Variants that the tables keep apart and OpenCC's phrases do not, and 著.
const VARIANTS: [&str; 30] = [
    "着著", "背揹", "夫伕", "熏薰", "坐座", "枪鎗", "穗繐", "戚鏚", "浚濬", "拿拏", "焰燄", "豆荳",
    "呆待", "檗蘗", "斤觔", "藤籐", "琅瑯", "筱篠", "锄耡", "吣唚", "耇耈", "堤隄", "斫斲", "果菓",
    "柏栢", "鳌鰲", "矿鑛", "颖頴", "彝彜", "妍姸",
];

/// Marks that differ between scripts, keyboards and publishers alone.
const MARKS: [(char, &str); 2] = [('·', "・‧•･∙"), ('-', "‐‑－")];

/// White space that is no control character, and the three that are.
const SPACES: &str = "\t\n\r\u{A0}\u{1680}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2005}\
    \u{2006}\u{2007}\u{2008}\u{2009}\u{200A}\u{2028}\u{2029}\u{202F}\u{205F}\u{3000}";

/// The representative of a character.
pub fn fold(c: char) -> char {
    let folded = table().by_character.get(c);
    if folded == '\0' { c } else { folded }
}

/// A text as a search sees it: each character by its representative, without
/// what is invisible. White space separates words of ASCII letters and digits;
/// anywhere else it is gone, for Chinese is written without and often typed with.
pub fn fold_text(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut last = '\0';
    let mut spaced = false;
    for c in text.chars() {
        let c = fold(c);
        if c == SPACE {
            spaced = true;
        } else if !is_ignored(c) {
            if spaced && last.is_ascii_alphanumeric() && c.is_ascii_alphanumeric() {
                folded.push(SPACE);
            }
            folded.push(c);
            (last, spaced) = (c, false);
        }
    }
    folded
}

/// Whether two texts fold to the same.
pub fn alike(one: &str, other: &str) -> bool {
    // Conversion hardly ever changes how many characters there are.
    one.chars().map(fold).eq(other.chars().map(fold)) || fold_text(one) == fold_text(other)
}

/// All characters that fold to others, with what they fold to, by code.
pub fn pairs() -> &'static [(char, char)] {
    &table().pairs
}

fn is_ignored(c: char) -> bool {
    // Far the most characters of a text lie between these ranges.
    let code = u32::from(c);
    !(0xAE..0x200B).contains(&code)
        && !(0x3010..0xFE00).contains(&code)
        && IGNORED.iter().any(|(first, last)| (*first..=*last).contains(&code))
}

struct Table {
    by_character: CharTable<char>,
    pairs: Vec<(char, char)>,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut pairs: Vec<_> = Classes::of_tables().members().collect();
        pairs.extend(('A'..='Z').map(|c| (c, c.to_ascii_lowercase())));
        pairs.extend(('\u{FF01}'..='\u{FF5E}').map(|wide| (wide, narrow(wide))));
        for (mark, same) in MARKS {
            pairs.extend(same.chars().map(|c| (c, mark)));
        }
        pairs.extend(SPACES.chars().map(|c| (c, SPACE)));
        // Of two that say the same character, the last was put in last.
        pairs.reverse();
        pairs.sort_by_key(|(c, _)| *c);
        pairs.dedup_by_key(|(c, _)| *c);
        let mut by_character = CharTable::default();
        for (c, folded) in &pairs {
            *by_character.get_mut(*c) = *folded;
        }
        Table { by_character, pairs }
    })
}

/// Full-width forms stand in the order of ASCII.
fn narrow(wide: char) -> char {
    let narrow =
        char::from_u32(u32::from(wide) - 0xFEE0).expect("full-width forms are all of ASCII's");
    narrow.to_ascii_lowercase()
}

/// Characters joined into classes, a forest: each leads to another of its class
/// until one leads nowhere, and that one stands for all.
#[derive(Default)]
struct Classes {
    leads_to: FxHashMap<char, char>,
    /// In the order of the tables, so that nothing depends on a hash.
    seen: Vec<char>,
}

impl Classes {
    /// A Simplified character is in the end of its row: it stands for the rest.
    fn of_tables() -> Self {
        let mut classes = Self::default();
        for table in TABLES {
            characters(table).for_each(|(key, candidate)| classes.join(key, candidate));
        }
        radicals().for_each(|(radical, meant)| classes.join(radical, meant));
        for pair in VARIANTS {
            let mut pair = pair.chars();
            if let (Some(stands), Some(variant)) = (pair.next(), pair.next()) {
                classes.join(variant, stands);
            }
        }
        classes
    }

    /// Two characters, and all that were joined with them, become one class.
    fn join(&mut self, c: char, with: char) {
        let (own, stands) = (self.find(c), self.find(with));
        if own != stands {
            self.leads_to.insert(own, stands);
        }
        self.seen.extend([c, with]);
    }

    fn find(&self, mut c: char) -> char {
        while let Some(next) = self.leads_to.get(&c) {
            c = *next;
        }
        c
    }

    /// Each character that another stands for.
    fn members(&self) -> impl Iterator<Item = (char, char)> {
        self.seen.iter().map(|c| (*c, self.find(*c))).filter(|(c, stands)| c != stands)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::opencc::{Config, Converter};

    #[test]
    fn both_scripts_fold_to_the_same() {
        for (a, b) in [
            ("自貿試驗區", "自贸试验区"),
            ("頭髮發展", "头发发展"),
            ("裏裡里", "里里里"),
            ("臺灣", "台湾"),
            ("啟啓", "启启"),
            ("戶户", "户户"),
            ("憑藉著", "凭借着"),
            ("豈更", "岂更"),
            ("⾦融⻓江", "金融长江"),
            ("⾒⿓⼈", "见龙人"),
            ("ＲＥＩＴ１０．２", "reit10.2"),
            ("「走出去」", "“走出去”"),
            ("《「一帶一路」『計劃』》", "《“一带一路”‘计划’》"),
            ("企業「走出去」", "企业走出去"),
            ("湖北　香港\n 合作", "湖北香港合作"),
            ("Hong  Kong REIT基金", "hong kong reit 基金"),
            ("金\u{200B}融\u{FE00}科\u{AD}技", "金融科技"),
        ] {
            assert_eq!(fold_text(a), fold_text(b), "{a} {b}");
            assert!(alike(a, b) && !alike(a, &format!("{b}人")), "{a} {b}");
        }
        assert_eq!(fold_text("Hong\u{3000}Kong"), "hong kong");
        assert_ne!(fold_text("a b"), fold_text("ab"));
        assert_ne!(fold('人'), fold('入'));
    }

    #[test]
    fn folding_again_changes_nothing() {
        for &(c, folded) in pairs() {
            assert_eq!(fold(folded), folded, "{c}");
            assert_ne!(c, folded);
        }
    }

    #[test]
    fn whatever_the_dictionaries_make_of_a_text_folds_to_the_same() {
        let phrases = include_str!("opencc/data/STPhrases.txt").lines();
        let characters = include_str!("opencc/data/TSCharacters.txt").lines();
        let lines: Vec<_> =
            phrases.chain(characters).filter(|line| !line.starts_with('#')).collect();
        // By Taiwan's variants a few rare characters become one that are two here.
        let configs = Config::ALL.into_iter().filter(|config| !config.name().contains("tw"));
        for config in configs {
            let converter = Converter::get(config);
            for line in &lines {
                let folded = fold_text(line);
                assert_eq!(fold_text(&converter.convert(line)), folded, "{line} by {config:?}");
            }
        }
    }

    #[test]
    fn no_class_is_larger_than_a_handful() {
        let mut sizes: FxHashMap<char, usize> = FxHashMap::default();
        pairs().iter().filter(|(_, to)| *to != SPACE).for_each(|(_, to)| {
            *sizes.entry(*to).or_default() += 1;
        });
        let largest = sizes.values().max().copied();
        assert_eq!(largest, Some(7), "the most that are taken for one");
    }
}
