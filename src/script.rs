//! Conversion between the editions: engines, lexicon, and markup laid back.
//!
//! Layers, later wins: the engine's dictionaries → this module's Hong Kong
//! usage → what the neighbourhood says → the site's lexicon → protected words.
//! Wording given per text never comes here. The only module that knows an engine.
//!
//! Invariant: an engine keeps the number of characters, so character *i* of
//! what it gives is character *i* of what it got. Only a lexicon rule may change
//! a length, and [`Converted::position`] accounts for it.

pub mod context;
mod engine;
pub mod fold;
mod lexicon;
mod markup;
pub mod opencc;
mod simplified;
mod standard;
mod usage;

pub use engine::{Engine, OpenccRules, Tongwen, Way, engine};
pub use markup::convert_events;
pub use standard::Standard;

use std::ops::Range;

use crate::diagnostic::Diagnostics;
use crate::model::{Both, Edition, Lexicon};

use lexicon::{Hit, Rules};

/// Converts texts between the editions under one engine and lexicon.
pub struct Converter {
    engine: Box<dyn Engine>,
    standard: Standard,
    into: Both<Rules>,
}

impl Converter {
    /// Puts an engine and a lexicon together; reports rules that contradict.
    pub fn new(engine: Box<dyn Engine>, lexicon: &Lexicon, diagnostics: &mut Diagnostics) -> Self {
        let into = Both::from_fn(|edition| Rules::new(lexicon, edition, diagnostics));
        Self { engine, standard: Standard::default(), into }
    }

    /// The same for another standard of Traditional script than Hong Kong's.
    pub fn with_standard(self, standard: Standard) -> Self {
        Self { standard, ..self }
    }

    /// Converts a text into an edition's script.
    pub fn convert(&self, text: &str, into: Edition) -> Converted {
        let hits: Vec<_> = self.into[into].find(text).collect();
        let fixed: Vec<_> = hits.iter().map(|hit| hit.range.clone()).collect();
        let way = Way { into, standard: self.standard };
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

    /// What a reviewer should know of a text's conversion: where a lexicon word
    /// stands, and where the dictionaries had several candidates.
    pub fn review(&self, text: &str, into: Edition) -> Vec<Review> {
        let mut found = Vec::new();
        let mut at = 0;
        for hit in self.into[into].find(text) {
            self.review_plain(text, at..hit.range.start, into, &mut found);
            at = hit.range.end;
            let output = hit.output.to_owned();
            found.push(Review::Lexicon { range: hit.range, output });
        }
        self.review_plain(text, at..text.len(), into, &mut found);
        found
    }

    fn review_plain(&self, text: &str, part: Range<usize>, into: Edition, found: &mut Vec<Review>) {
        let plain = &text[part.clone()];
        let mut offsets: Vec<usize> = plain.char_indices().map(|(at, _)| at + part.start).collect();
        offsets.push(part.end);
        found.extend(
            opencc::Converter::get(self.standard.config(into)).ambiguities(plain).into_iter().map(
                |one| Review::Candidates {
                    range: offsets[one.range.start]..offsets[one.range.end],
                    candidates: one.candidates,
                },
            ),
        );
    }
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

/// Whether a character belongs to the other script alone: whatever the region,
/// conversion never leaves it as it is in this edition.
pub fn is_foreign(c: char, edition: Edition) -> bool {
    let text = c.to_string();
    let script = opencc::Converter::get(match edition {
        Edition::Hant => opencc::Config::S2t,
        Edition::Hans => opencc::Config::T2s,
    });
    let mut converted = script.convert(&text);
    if edition == Edition::Hant {
        converted = usage::hong_kong(converted);
    }
    let may_stay = |one: &opencc::Ambiguity| one.candidates.contains(&text);
    converted != text && !script.ambiguities(&text).iter().any(may_stay)
}

/// A place where a conversion deserves a look; ranges are of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Review {
    /// The lexicon decided.
    Lexicon {
        /// The word in the source.
        range: Range<usize>,
        /// What it became.
        output: String,
    },
    /// The dictionaries had several candidates.
    Candidates {
        /// The word in the source.
        range: Range<usize>,
        /// The candidates, the one taken first.
        candidates: Vec<String>,
    },
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
        let mut sources = Sources::default();
        let file = sources.add("content/lexicon.toml", "");
        let word = |text: &str| Spanned::new(text.to_owned(), Span::new(file, 0..0));
        let lexicon = Lexicon {
            protect: protect.iter().map(|text| word(text)).collect(),
            rules: rules
                .iter()
                .map(|(hant, hans)| LexiconRule { hant: word(hant), hans: word(hans), into: None })
                .collect(),
            names: Vec::new(),
        };
        Converter::new(Box::new(OpenccRules), &lexicon, &mut Diagnostics::default())
    }

    #[test]
    fn a_lexicon_rule_is_final_and_wins_over_the_dictionaries() {
        let plain = converter(&[], &[]);
        assert_eq!(plain.convert("資訊科技", Edition::Hans).text, "资讯科技");
        let ruled = converter(&[("資訊", "信息")], &[]);
        assert_eq!(ruled.convert("資訊科技", Edition::Hans).text, "信息科技");
        assert_eq!(ruled.convert("信息科技", Edition::Hant).text, "資訊科技");
    }

    #[test]
    fn protected_words_stay_and_the_longest_word_wins() {
        let converter = converter(&[("資訊", "信息")], &["資訊局"]);
        let converted = converter.convert("資訊局的資訊發展", Edition::Hans).text;
        assert_eq!(converted, "資訊局的信息发展");
    }

    #[test]
    fn positions_follow_a_rule_that_changes_the_length() {
        let converter = converter(&[("醫管局", "医院管理局")], &[]);
        let converted = converter.convert("由醫管局發布", Edition::Hans);
        assert_eq!(converted.text, "由医院管理局发布");
        let positions: Vec<_> = (0..=6).map(|at| converted.position(at)).collect();
        assert_eq!(positions, [0, 1, 6, 6, 6, 7, 8]);
    }

    #[test]
    fn simplified_sources_get_hong_kong_forms() {
        let converter = converter(&[], &[]);
        let converted = converter.convert("落户香港，借助平台，临床依托，充分了解", Edition::Hant);
        assert_eq!(converted.text, "落戶香港，借助平台，臨床依托，充分了解");
    }
}
