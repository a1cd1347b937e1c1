//! OpenCC's rules over OpenCC's own files: whole characters and phrases from
//! one Chinese script to the other.
//!
//! 1. **Normalise** CJK compatibility ideographs, over the whole text.
//! 2. **Segment** the text by longest match; what lies between two matched
//!    words is one segment.
//! 3. **Convert** each segment through the chain, one stage after another, each
//!    by longest match.
//!
//! Every step replaces character for character, so character *i* of the result
//! stands for character *i* of the text.
//!
//! It must not know of documents, markup, lexicons or editions: text in, text
//! out.

mod char_table;
mod config;
mod dictionary;
mod ids;
#[cfg(feature = "opencc")]
pub mod judge;
mod stage;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

pub(super) use char_table::CharTable;
pub use config::Config;
use config::Rules;
use dictionary::Entry;
use stage::Stage;

/// Converts text by one of OpenCC's configurations.
pub struct Converter {
    rules: Rules,
}

/// A place where OpenCC's files offer several readings (一簡對多繁).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ambiguity {
    /// Which characters of the text, counted in characters.
    pub range: Range<usize>,
    /// What the conversion puts there.
    pub chosen: String,
    /// Everything it could have put there in the same script, the chosen one
    /// first; at least two.
    pub candidates: Vec<String>,
}

impl Converter {
    /// The converter of this configuration, built on first use and kept.
    pub fn get(config: Config) -> &'static Self {
        static CONVERTERS: [OnceLock<Converter>; Config::ALL.len()] =
            [const { OnceLock::new() }; Config::ALL.len()];
        CONVERTERS[config as usize].get_or_init(|| Self { rules: Rules::read(config) })
    }

    /// Converts a text, keeping the number of its characters.
    pub fn convert(&self, text: &str) -> String {
        self.convert_pieces(text, |_| {})
    }

    /// Converts a text and tells which of its characters go on with the phrase
    /// that the character before them is in.
    pub(super) fn convert_marking(&self, text: &str) -> (String, Vec<bool>) {
        let mut joined = Vec::with_capacity(text.len() / 3);
        let converted = self.convert_pieces(text, |(piece, is_phrase)| {
            let first = joined.len();
            joined.resize(first + piece.chars().count(), is_phrase);
            if let Some(first) = joined.get_mut(first) {
                *first = false;
            }
        });
        (converted, joined)
    }

    fn convert_pieces(&self, text: &str, mut each: impl FnMut((&str, bool))) -> String {
        let text = self.normalize(text);
        let mut converted = String::with_capacity(text.len());
        // Two buffers for all segments: most are short words, and allocating
        // for each would cost more than converting it.
        let mut before = String::new();
        let mut after = String::new();
        for (segment, phrase) in self.segments(&text) {
            each((segment, phrase.is_some()));
            before.clear();
            let stages = match (&self.rules.between, phrase) {
                (None, _) => {
                    before.push_str(segment);
                    &self.rules.chain[..]
                }
                (Some(_), Some(phrase)) => {
                    before.push_str(phrase.first());
                    &self.rules.chain[1..]
                }
                (Some(between), None) => {
                    between.rewrite(segment, &mut before);
                    &self.rules.chain[1..]
                }
            };
            for stage in stages {
                after.clear();
                stage.rewrite(&before, &mut after);
                std::mem::swap(&mut before, &mut after);
            }
            converted.push_str(&before);
        }
        converted
    }

    /// Every match that had several candidates, in the order of the text.
    ///
    /// Candidates that later stages make equal count once: what is left is what
    /// a reader of the result would see differ.
    pub fn ambiguities(&self, text: &str) -> Vec<Ambiguity> {
        let converted: Vec<char> = self.convert(text).chars().collect();
        let mut found = Vec::new();
        let mut position = 0;
        for (segment, _) in self.segments(&self.normalize(text)) {
            let mut segment = segment.to_owned();
            for (stage, later) in self.stages() {
                let choices = choices(stage, &segment, position);
                found.extend(choices.filter_map(|(range, others)| {
                    let others = others.map(|other| convert_through(later, other));
                    Ambiguity::between(&converted, range, others)
                }));
                segment = convert_through(std::slice::from_ref(stage), &segment);
            }
            position += segment.chars().count();
        }
        found.sort_by_key(|ambiguity| (ambiguity.range.start, ambiguity.range.end));
        found
    }

    fn normalize<'text>(&self, text: &'text str) -> Cow<'text, str> {
        if self.rules.normalization.iter().any(|stage| stage.may_match(text)) {
            Cow::Owned(convert_through(&self.rules.normalization, text))
        } else {
            Cow::Borrowed(text)
        }
    }

    /// The segments of a text, with the phrase that each is, if it is one. A
    /// configuration without segmentation has the whole text as one segment.
    fn segments<'text>(
        &self,
        text: &'text str,
    ) -> impl Iterator<Item = (&'text str, Option<&'static Entry>)> {
        let words = self.rules.segmentation.as_ref();
        let whole = words.is_none().then_some((text, None));
        words.into_iter().flat_map(move |words| words.pieces(text)).chain(whole)
    }

    /// Each stage of the chain with those that follow it.
    fn stages(&self) -> impl Iterator<Item = (&Stage, &[Stage])> {
        let chain = &self.rules.chain;
        (0..chain.len()).map(|stage| (&chain[stage], &chain[stage + 1..]))
    }
}

impl Ambiguity {
    /// `None` if the others all end up as what was chosen.
    fn between(
        converted: &[char],
        range: Range<usize>,
        others: impl Iterator<Item = String>,
    ) -> Option<Self> {
        let chosen: String = converted[range.clone()].iter().collect();
        let mut candidates = vec![chosen.clone()];
        for other in others {
            if !candidates.contains(&other) {
                candidates.push(other);
            }
        }
        (candidates.len() > 1).then_some(Self { range, chosen, candidates })
    }
}

/// A file's single characters, each with all that it may become.
pub(super) fn characters(file: &str) -> impl Iterator<Item = (char, char)> {
    let dictionary = dictionary::Dictionary::get(file);
    let entries = dictionary.into_iter().flat_map(|dictionary| dictionary.entries());
    entries.flat_map(|entry| {
        let single = |text: &str| text.chars().next().filter(|only| only.len_utf8() == text.len());
        let key = single(entry.key());
        entry.candidates().filter_map(move |candidate| key.zip(single(candidate)))
    })
}

/// The matches of one stage that had several candidates: where, counted in
/// characters from `position`, and the candidates not taken.
fn choices(
    stage: &Stage,
    segment: &str,
    mut position: usize,
) -> impl Iterator<Item = (Range<usize>, impl Iterator<Item = &'static str>)> {
    stage.pieces(segment).filter_map(move |(piece, entry)| {
        let start = position;
        position += piece.chars().count();
        let mut others = entry?.candidates().skip(1).peekable();
        others.peek()?;
        Some((start..position, others))
    })
}

fn convert_through(stages: &[Stage], text: &str) -> String {
    stages.iter().fold(text.to_owned(), |text, stage| {
        let mut converted = String::with_capacity(text.len());
        stage.rewrite(&text, &mut converted);
        converted
    })
}
