//! Conversion between the editions: engines, lexicon, and markup laid back.
//!
//! Layers, later wins: the engine's dictionaries → this module's Hong Kong
//! usage → what the neighbourhood says → the site's lexicon → protected words.
//! Wording given per text never comes here. The only module that knows an engine.
//!
//! Invariant: an engine keeps the number of characters, so character *i* of
//! what it gives is character *i* of what it got. Only a lexicon rule may change
//! a length, and [`Converted::position`] accounts for it.

mod choices;
pub mod context;
mod engine;
pub mod fold;
mod lexicon;
mod lines;
mod markup;
pub mod opencc;
pub mod readings;
mod review;
mod simplified;
mod standard;
mod usage;

pub use crate::model::Standard;
pub use choices::{Choice, Reason};
pub use engine::{Engine, OpenccRules, Tongwen, Way, engine};
pub use markup::convert_events;
pub use review::{Doubt, Review};

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;

use crate::diagnostic::Diagnostics;
use crate::model::{Edition, Lexicon, Script, without_radicals};

use lexicon::{Hit, Rules};

impl From<Script> for Way {
    /// By Hong Kong's standard.
    fn from(into: Script) -> Self {
        Self { into, standard: Standard::default() }
    }
}

impl From<Edition> for Way {
    fn from(edition: Edition) -> Self {
        Self { into: edition.script, standard: edition.standard }
    }
}

/// A text in a script by the dictionaries alone, as many characters as it has: to
/// look at, not to show.
pub(crate) fn plainly(text: &str, into: Script) -> String {
    let config = match into {
        Script::Hant => opencc::Config::S2t,
        Script::Hans => opencc::Config::T2s,
    };
    opencc::Converter::get(config).convert(text)
}

/// Where the words of a text in Simplified script end, in characters.
pub(crate) fn word_ends(simplified: &[char]) -> Vec<usize> {
    context::Layer::embedded().words().cut(simplified)
}

/// Converts texts between the scripts under one engine and lexicon.
pub struct Converter {
    engine: Box<dyn Engine>,
    into: [Rules; Script::ALL.len()],
    lexicon: Lexicon,
}

/// What decides besides the program.
impl Hash for Converter {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.lexicon, self.engine.looks_around()).hash(state);
    }
}

impl fmt::Debug for Converter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Converter").finish_non_exhaustive()
    }
}

impl Converter {
    /// Puts an engine and a lexicon together; reports rules that contradict.
    pub fn new(engine: Box<dyn Engine>, lexicon: &Lexicon, diagnostics: &mut Diagnostics) -> Self {
        let into = Script::ALL.map(|script| Rules::new(lexicon, script, diagnostics));
        Self { engine, into, lexicon: lexicon.clone() }
    }

    /// Converts a text into a script, or an edition's. A line end between two
    /// ideographs parts no word.
    pub fn convert(&self, text: &str, into: impl Into<Way>) -> Converted {
        let way = into.into();
        lines::without_breaks(text, |text| self.convert_whole(text, way))
    }

    fn rules(&self, into: Script) -> &Rules {
        match into {
            Script::Hant => &self.into[0],
            Script::Hans => &self.into[1],
        }
    }

    fn convert_whole(&self, text: &str, way: Way) -> Converted {
        let text = &*without_radicals(text);
        let mut hits = self.rules(way.into).find(text);
        hits.retain(|hit| !hit.crosses);
        let fixed: Vec<_> = hits.iter().map(|hit| hit.range.clone()).collect();
        let converted = self.engine.convert(text, &fixed, way);
        debug_assert_eq!(
            converted.chars().count(),
            text.chars().count(),
            "engines keep the length"
        );
        if hits.is_empty() {
            return Converted { text: converted, shifts: Vec::new() };
        }
        lay_in(text, &converted, &hits)
    }
}

/// Whether a range of bytes is parts of two words by chance, and no word of the
/// text: 中大 in 其中大部分. In either script.
pub fn crosses_word_border(text: &str, range: Range<usize>) -> bool {
    // Words end where ideographs do.
    let is_other = |c: char| c < '\u{3400}';
    let start = text[..range.start].rfind(is_other).unwrap_or(0);
    let end = text[range.end..].find(is_other).map_or(text.len(), |at| range.end + at);
    let simplified = opencc::Converter::get(opencc::Config::T2s).convert(&text[start..end]);
    let chars: Vec<char> = simplified.chars().collect();
    let from = text[start..range.start].chars().count();
    let to = from + text[range].chars().count();
    context::Layer::embedded().words().crosses(&chars, from..to)
}

/// How a text begins: at most so many characters, up to where a word ends. In
/// either script.
pub fn beginning(text: &str, most: usize) -> &str {
    let Some((end, _)) = text.char_indices().nth(most) else { return text };
    // The word that is cut off tells where the one before it ends.
    let ahead = text.char_indices().nth(most + context::LONGEST).map_or(text.len(), |(at, _)| at);
    let simplified = opencc::Converter::get(opencc::Config::T2s).convert(&text[..ahead]);
    let chars: Vec<char> = simplified.chars().collect();
    let ends = context::Layer::embedded().words().cut(&chars);
    let is_latin = |at: usize| chars.get(at).is_some_and(char::is_ascii_alphanumeric);
    let fits = |end: &&usize| **end <= most && !(is_latin(**end - 1) && is_latin(**end));
    let words = ends.iter().rfind(fits).copied().unwrap_or(most);
    let end = text.char_indices().nth(words).map_or(end, |(at, _)| at);
    text[..end].trim_end()
}

/// Puts the lexicon's words into a converted text, of which each character still
/// stands where it stood.
fn lay_in(text: &str, converted: &str, hits: &[Hit]) -> Converted {
    let mut laid = Converted { text: String::with_capacity(converted.len()), shifts: Vec::new() };
    let mut rest = converted.chars();
    let (mut at, mut start) = (0, 0);
    for hit in hits {
        let before = text[at..hit.range.start].chars().count();
        laid.text.extend(rest.by_ref().take(before));
        start += before;
        let from = text[hit.range.clone()].chars().count();
        let to = hit.output.chars().count();
        if from != to {
            laid.shifts.push(Shift { start, from, to });
        }
        laid.text.push_str(hit.output);
        rest.by_ref().take(from).for_each(drop);
        (at, start) = (hit.range.end, start + from);
    }
    laid.text.extend(rest);
    laid
}

/// Whether a text is written in the other script, by how many of its characters
/// its own script alone writes, and how many the other: a quotation does not count.
pub fn is_other(own: usize, other: usize) -> bool {
    other > 3 && other > 3 * own
}

/// Whether a character belongs to the other script alone: whatever the region,
/// conversion never leaves it as it is in this edition, and never writes it.
pub fn is_foreign(c: char, edition: Script) -> bool {
    let text = c.to_string();
    let plain = opencc::Converter::get(Standard::Plain.config(edition));
    let may_stay = |one: &opencc::Ambiguity| one.candidates.contains(&text);
    let stays = |standard: Standard| {
        let converted = opencc::Converter::get(standard.config(edition)).convert(&text);
        match edition {
            Script::Hant => standard.used(converted) == text,
            Script::Hans => converted == text,
        }
    };
    !Standard::ALL.into_iter().any(stays) && !plain.ambiguities(&text).iter().any(may_stay)
}

/// A converted text that remembers where each character came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Converted {
    /// The text in the other script.
    pub text: String,
    shifts: Vec<Shift>,
}

/// A piece whose length a lexicon rule changed, in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Shift {
    /// Where it starts in the source.
    start: usize,
    /// Its length in the source.
    from: usize,
    /// Its length after conversion.
    to: usize,
}

impl Converted {
    /// Where a character position of the source lies in the result. A position
    /// inside a piece that changed length moves to the piece's end.
    pub fn position(&self, source: usize) -> usize {
        let mut offset = 0isize;
        for shift in &self.shifts {
            if source <= shift.start {
                break;
            }
            if source < shift.start + shift.from {
                return (shift.start + shift.to).saturating_add_signed(offset);
            }
            offset += shift.to as isize - shift.from as isize;
        }
        source.saturating_add_signed(offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::LexiconRule;
    use crate::source::{Sources, Span, Spanned};

    fn converter(rules: &[(&str, &str)], protect: &[&str]) -> Converter {
        converter_with(Box::new(OpenccRules), rules, protect)
    }

    pub(super) fn converter_with(
        engine: Box<dyn Engine>,
        rules: &[(&str, &str)],
        protect: &[&str],
    ) -> Converter {
        let mut sources = Sources::default();
        let file = sources.add("content/lexicon.toml", "");
        let word = |text: &str| Spanned::new(text.to_owned(), Span::new(file, 0..0));
        let rule = |(hant, hans): &(&str, &str)| LexiconRule {
            hant: word(hant),
            hans: word(hans),
            into: None,
            exact: false,
        };
        let lexicon = Lexicon {
            protect: protect.iter().map(|text| word(text)).collect(),
            rules: rules.iter().map(rule).collect(),
            names: Vec::new(),
        };
        Converter::new(engine, &lexicon, &mut Diagnostics::default())
    }

    #[test]
    fn a_lexicon_rule_is_final_and_wins_over_the_dictionaries() {
        let plain = converter(&[], &[]);
        assert_eq!(plain.convert("資訊科技", Script::Hans).text, "资讯科技");
        let ruled = converter(&[("資訊", "信息")], &[]);
        assert_eq!(ruled.convert("資訊科技", Script::Hans).text, "信息科技");
        assert_eq!(ruled.convert("信息科技", Script::Hant).text, "資訊科技");
    }

    #[test]
    fn a_rule_of_one_character_holds_in_every_word() {
        let ruled = converter(&[("枱", "台")], &[]);
        assert_eq!(ruled.convert("一張枱，枱面", Script::Hans).text, "一张台，台面");
        assert_eq!(ruled.convert("台", Script::Hant).text, "枱");
        assert_eq!(converter(&[], &[]).convert("台", Script::Hans).text, "台");
    }

    #[test]
    fn unknown_characters_pass_through() {
        let plain = converter(&[], &[]);
        for text in ["\u{10FFFD}", "\u{FFFD}發\u{0}", "\u{E000}\u{2A6DE}", ""] {
            let kept = text.replace('發', "发");
            assert_eq!(plain.convert(text, Script::Hans).text, kept);
        }
    }

    #[test]
    fn protected_words_stay_and_the_longest_word_wins() {
        let converter = converter(&[("資訊", "信息")], &["資訊局"]);
        let converted = converter.convert("資訊局的資訊發展", Script::Hans).text;
        assert_eq!(converted, "資訊局的信息发展");
    }

    #[test]
    fn a_rule_meets_words_and_not_parts_of_two() {
        let ruled = converter(&[("資訊", "信息")], &[]);
        assert_eq!(ruled.convert("投資訊號，資訊科技", Script::Hans).text, "投资讯号，信息科技");
    }

    #[test]
    fn parts_of_two_words_are_no_name() {
        for (text, name, crosses) in [
            ("其中大部分廣州人", "中大", true),
            ("空中大樓", "中大", true),
            ("集中大量資源", "中大", true),
            ("中大與港大合作", "中大", false),
            ("其中大部分廣州人", "廣州", false),
            ("香港中文大學", "中文大學", false),
            ("投資訊號", "資訊", true),
            ("由醫管局長期支持", "醫管局", false),
            ("资讯科技局长", "资讯科技局", false),
        ] {
            let start = text.find(name).unwrap();
            assert_eq!(
                crosses_word_border(text, start..start + name.len()),
                crosses,
                "{text} {name}"
            );
        }
    }

    #[test]
    fn a_line_end_parts_no_word() {
        let converter = converter(&[("醫管局", "医院管理局")], &[]);
        let converted = converter.convert("理\n发和头\n  发，皇\r\n后\n\n后来", Script::Hant).text;
        assert_eq!(converted, "理\n髮和頭\n  髮，皇\r\n后\n\n後來");
        let converted = converter.convert("由醫\n管局發\n布", Script::Hans);
        assert_eq!(converted.text, "由医院管理局\n发\n布");
        let positions: Vec<_> = (0..=8).map(|at| converted.position(at)).collect();
        assert_eq!(positions, [0, 1, 7, 7, 7, 7, 8, 9, 10]);
    }

    #[test]
    fn what_conversion_writes_belongs_to_its_script() {
        for c in "税脱温兑秘台户發发".chars() {
            assert_eq!(is_foreign(c, Script::Hant), "户发".contains(c), "{c}");
        }
        assert!(is_foreign('發', Script::Hans) && !is_foreign('发', Script::Hans));
    }

    #[test]
    fn positions_follow_a_rule_that_changes_the_length() {
        let converter = converter(&[("醫管局", "医院管理局")], &[]);
        let converted = converter.convert("由醫管局發布", Script::Hans);
        assert_eq!(converted.text, "由医院管理局发布");
        let positions: Vec<_> = (0..=6).map(|at| converted.position(at)).collect();
        assert_eq!(positions, [0, 1, 6, 6, 6, 7, 8]);
    }

    #[test]
    fn radicals_are_converted_as_what_they_stand_for() {
        let converter = converter(&[("資訊", "信息")], &[]);
        assert_eq!(converter.convert("⾒⾞⿓，資訊", Script::Hans).text, "见车龙，信息");
        assert_eq!(converter.convert("⻓⾒，\u{F98D}", Script::Hant).text, "長見，轢");
    }

    #[test]
    fn simplified_sources_get_hong_kong_forms() {
        let converter = converter(&[], &[]);
        let converted = converter.convert("落户香港，借助平台，临床依托，充分了解", Script::Hant);
        assert_eq!(converted.text, "落戶香港，借助平台，臨床依托，充分了解");
    }

    /// A word for each pair of `usage`.
    #[test]
    fn every_hong_kong_form_is_written() {
        let converter = converter(&[], &[]);
        for (hans, hant) in [
            ("开户", "開戶"),
            ("床位", "床位"),
            ("群众", "群眾"),
            ("山峰", "山峰"),
            ("启用", "啟用"),
            ("销毁", "銷毀"),
            ("公布", "公布"),
            ("发布", "發布"),
            ("宣布", "宣布"),
            ("颁布", "頒布"),
            ("依托", "依托"),
            ("借助", "借助"),
            ("了解", "了解"),
            ("面粉", "麵粉"),
            ("人参", "人參"),
            ("回归", "回歸"),
            ("回归分析", "迴歸分析"),
            ("管弦", "管弦"),
            ("发霉", "發霉"),
        ] {
            assert_eq!(converter.convert(hans, Script::Hant).text, hant);
        }
    }
}
