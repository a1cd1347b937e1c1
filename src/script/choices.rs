//! Where a conversion had a choice among several readings, and what decided: for
//! readers who ask why a character stands there.
//!
//! Nothing is remembered of a conversion: what decided is found again, and is
//! named only where it gives what stands there. Must not know of documents or of
//! wording; evidence is given as the words that were seen.

use std::ops::Range;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::context::{Layer, Place, Ruled, Seen, Verdict};
use super::opencc::{self, characters};
use super::review::{TOLD, borders, is_rare};
use super::{Converter, Standard, Way};
use crate::model::Script;

/// A place where a conversion had a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its bytes in the converted text.
    pub range: Range<usize>,
    /// What stands in the source.
    pub source: String,
    /// What it became.
    pub taken: String,
    /// What else it may become, the usual first.
    pub others: Vec<String>,
    /// What decided.
    pub reason: Reason,
}

/// What decided a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The lexicon protects the word.
    Protected,
    /// A rule of the lexicon.
    Rule,
    /// An entity's own name in the other script.
    Name,
    /// A word of several characters that it is part of.
    Word(String),
    /// What stands around it, as words of the source.
    Near(Vec<String>),
    /// What a government writes where the dictionaries write otherwise.
    Usage,
    /// The dictionaries' first reading, and nothing says another.
    First,
}

impl Converter {
    /// Every place of a text where its conversion had a choice, in order.
    pub fn choices(&self, text: &str, into: impl Into<Way>) -> Vec<Choice> {
        let way = into.into();
        let mut hits = self.rules(way.into).find(text);
        hits.retain(|hit| !hit.crosses);
        let readings = Readings::of(way);
        if hits.is_empty() && !text.chars().any(|c| readings.may_vary(c)) {
            return Vec::new();
        }
        let converted = self.convert(text, way);
        let ends = borders(&converted.text);
        let in_result = |place: Range<usize>| {
            ends[converted.position(place.start)]..ends[converted.position(place.end)]
        };
        let in_source = borders(text);
        let at = |byte: usize| in_source.partition_point(|border| *border < byte);
        let fixed: Vec<Range<usize>> = hits.iter().map(|hit| hit.range.clone()).collect();
        let mut choices = Vec::new();
        for hit in &hits {
            let source = text[hit.range.clone()].to_owned();
            let plain = way.plainly(&source);
            if plain != hit.output {
                choices.push(Choice {
                    range: in_result(at(hit.range.start)..at(hit.range.end)),
                    source,
                    taken: hit.output.to_owned(),
                    others: vec![plain],
                    reason: hit.reason(),
                });
            }
        }
        let taken: Vec<char> = converted.text.chars().collect();
        let mut reasons = None;
        for (position, (byte, c)) in text.char_indices().enumerate() {
            let Some(own) = taken.get(converted.position(position)).copied() else { break };
            let others = readings.besides(c, own);
            if others.is_empty() || fixed.iter().any(|range| range.contains(&byte)) {
                continue;
            }
            let reasons = reasons
                .get_or_insert_with(|| Reasons::new(text, &fixed, way, self.engine.looks_around()));
            choices.push(Choice {
                range: in_result(position..position + 1),
                source: c.to_string(),
                taken: own.to_string(),
                others: others.iter().map(char::to_string).collect(),
                reason: reasons.of(position, own),
            });
        }
        choices.sort_by_key(|choice| choice.range.start);
        choices
    }
}

impl Way {
    fn config(self) -> &'static opencc::Converter {
        opencc::Converter::get(self.standard.config(self.into))
    }

    /// By the dictionaries and the usage above them.
    fn plainly(self, text: &str) -> String {
        match self.into {
            Script::Hant => self.standard.traditional(text),
            Script::Hans => self.config().convert(text),
        }
    }
}

/// What each character may become by itself, the usual first.
struct Readings(FxHashMap<char, Vec<char>>);

impl Readings {
    /// Those of a way, made on first use and kept: they are the dictionaries' own.
    fn of(way: Way) -> &'static Self {
        const WAYS: usize = Standard::ALL.len() * Script::ALL.len();
        static READINGS: [OnceLock<Readings>; WAYS] = [const { OnceLock::new() }; WAYS];
        let place = way.standard as usize * Script::ALL.len() + way.into as usize;
        READINGS[place].get_or_init(|| Self::new(way))
    }

    fn new(way: Way) -> Self {
        let files = match way.into {
            Script::Hant => ["STCharacters.txt", "HKVariants.txt", "TWVariants.txt"],
            Script::Hans => ["TSCharacters.txt", "HKVariantsRev.txt", "TWVariantsRev.txt"],
        };
        let keys = files.into_iter().flat_map(characters).map(|(key, _)| key);
        Self(keys.map(|key| (key, readings(key, way))).collect())
    }

    /// Whether a character may become more than one, or another than by itself
    /// where a phrase says so.
    fn may_vary(&self, c: char) -> bool {
        self.0.contains_key(&c)
    }

    /// What else than `own` a character may become.
    fn besides(&self, c: char, own: char) -> Vec<char> {
        match self.0.get(&c) {
            Some(readings) => readings.iter().copied().filter(|one| *one != own).collect(),
            None => Vec::new(),
        }
    }
}

fn readings(key: char, way: Way) -> Vec<char> {
    let text = key.to_string();
    let all = way.config().ambiguities(&text).into_iter().flat_map(|one| one.candidates);
    let used = |form: String| match way.into {
        Script::Hant => way.standard.used(form),
        Script::Hans => form,
    };
    let mut readings: Vec<char> = Vec::new();
    for form in std::iter::once(way.plainly(&text)).chain(all.map(used)) {
        if let Some(form) = form.chars().next()
            && !readings.contains(&form)
            && !is_rare(form)
        {
            readings.push(form);
        }
    }
    readings
}

/// What decides the characters of a text.
struct Reasons {
    text: Vec<char>,
    /// What the dictionaries alone put in each place.
    plain: Vec<char>,
    /// The same with the usage above them.
    used: Vec<char>,
    /// Which characters go on with a phrase that began before them.
    joined: Vec<bool>,
    /// What the neighbourhood says, where it was asked.
    around: FxHashMap<usize, (char, Reason)>,
}

impl Reasons {
    fn new(text: &str, fixed: &[Range<usize>], way: Way, looks_around: bool) -> Self {
        let (plain, joined) = way.config().convert_marking(text);
        let used = match way.into {
            Script::Hant => way.standard.used(plain.clone()),
            Script::Hans => plain.clone(),
        };
        let around = match way.into {
            Script::Hant if looks_around => around(text, fixed, way.standard),
            Script::Hant | Script::Hans => FxHashMap::default(),
        };
        let chars = |text: &str| text.chars().collect();
        Self { text: chars(text), plain: chars(&plain), used: chars(&used), joined, around }
    }

    /// Why a character became `own`.
    fn of(&self, at: usize, own: char) -> Reason {
        let gives = |text: &[char]| text.get(at) == Some(&own);
        match self.around.get(&at) {
            Some((said, reason)) if *said == own => return reason.clone(),
            _ => {}
        }
        if !gives(&self.used) {
            return Reason::Near(vec![self.word(at)]);
        }
        if !gives(&self.plain) {
            return Reason::Usage;
        }
        match self.phrase(at) {
            phrase if phrase.len() > 1 => Reason::Word(phrase.iter().collect()),
            _ => Reason::First,
        }
    }

    /// The phrase of the dictionaries that a character is in, or else itself.
    fn phrase(&self, at: usize) -> &[char] {
        let goes_on = |at: usize| self.joined.get(at).is_some_and(|joined| *joined);
        let start = (0..=at).rev().find(|at| !goes_on(*at)).unwrap_or_default();
        let end = (at + 1..self.text.len()).find(|at| !goes_on(*at)).unwrap_or(self.text.len());
        &self.text[start..end]
    }

    /// The word that a character of a text is in; a neighbour along, where it is one
    /// by itself.
    fn word(&self, at: usize) -> String {
        let is_ideograph = |at: &usize| self.text.get(*at).is_some_and(|c| *c >= '\u{3400}');
        let start = at.checked_sub(1).filter(is_ideograph).unwrap_or(at);
        let end = Some(at + 1).filter(is_ideograph).unwrap_or(at);
        self.text[start..=end].iter().collect()
    }
}

/// What the neighbourhood says of each place with several candidates.
fn around(
    text: &str,
    fixed: &[Range<usize>],
    standard: Standard,
) -> FxHashMap<usize, (char, Reason)> {
    let layer = Layer::embedded();
    let ruled = Ruled::new(text, fixed, standard);
    let mut found = FxHashMap::default();
    layer.places(&ruled.reading(), |place, forms| {
        let verdict = layer.judge(place, forms);
        let form = forms[verdict.chosen];
        // What usage writes above it, `Reasons::of` finds.
        found.insert(place.at, (form, said(layer, place, &verdict)));
    });
    found
}

fn said(layer: &Layer, place: &Place<'_>, verdict: &Verdict<'_>) -> Reason {
    let word: String = place.text[place.word.clone()].iter().collect();
    let by_word = || match place.word.len() {
        0 | 1 => Reason::First,
        _ => Reason::Word(word.clone()),
    };
    let Verdict { candidates, chosen, scores } = *verdict;
    if scores[chosen] == i32::MAX {
        return by_word();
    }
    let others = (0..candidates.len().min(scores.len())).filter(|one| *one != chosen);
    let Some(best) = others.max_by_key(|one| scores[*one]) else { return by_word() };
    let mut seen: Vec<(i32, String)> = layer
        .evidence(place, chosen, best)
        .into_iter()
        .filter(|(_, ahead)| *ahead > 0)
        .filter_map(|(seen, ahead)| Some((ahead, words(place, seen)?)))
        .collect();
    seen.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    let mut told: Vec<String> = Vec::new();
    for (_, words) in seen {
        if told.len() < TOLD && !told.contains(&words) {
            told.push(words);
        }
    }
    if told.is_empty() { by_word() } else { Reason::Near(told) }
}

/// What was seen, as words of the text; nothing where it is no words.
fn words(place: &Place<'_>, seen: Seen) -> Option<String> {
    let at = |offset: i8| place.at.checked_add_signed(offset.into());
    let range = match seen {
        Seen::Prior | Seen::Dictionary => return None,
        Seen::Around(from, to) => at(from)?..at(to)? + 1,
        Seen::Apart(offset) => at(offset)?..at(offset)? + 1,
        Seen::Word => place.word.clone(),
        Seen::Before => place.before.start..place.word.end,
        Seen::After => place.word.start..place.after.end,
    };
    let words: String = place.text.get(range)?.iter().collect();
    let words = words.trim();
    (words.chars().nth(1).is_some() || matches!(seen, Seen::Apart(_)))
        .then(|| words.to_owned())
        .filter(|words| !words.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::tests::converter_with;
    use crate::script::{OpenccRules, Tongwen};

    fn converter(rules: &[(&str, &str)], protect: &[&str]) -> Converter {
        converter_with(Box::new(Tongwen), rules, protect)
    }

    /// Each choice in a line: source, taken, others, reason.
    fn told(converter: &Converter, text: &str, into: Script) -> Vec<String> {
        let result = converter.convert(text, into).text;
        let choices = converter.choices(text, into);
        let line = |choice: &Choice| {
            assert_eq!(result[choice.range.clone()], choice.taken, "{text}");
            let Choice { source, taken, others, reason, .. } = choice;
            format!("{source}→{taken} {} {reason:?}", others.concat())
        };
        choices.iter().map(line).collect()
    }

    #[test]
    fn what_decided_is_named() {
        let plain = converter(&[], &[]);
        for (text, into, expected) in [
            ("发展", Script::Hant, &["发→發 髮 Word(\"发展\")"][..]),
            ("乾隆，乾燥", Script::Hans, &["乾→乾 干 Word(\"乾隆\")", "乾→干 乾 First"][..]),
            ("隨著", Script::Hans, &["著→着 著 Near([\"隨著\"])"][..]),
            ("中文，ABC", Script::Hans, &[][..]),
        ] {
            assert_eq!(told(&plain, text, into), expected, "{text}");
        }
        let ruled = converter(&[("資訊", "信息")], &["醫管局"]);
        let told = told(&ruled, "資訊，醫管局", Script::Hans);
        assert_eq!(told, ["資訊→信息 资讯 Rule", "醫管局→醫管局 医管局 Protected"]);
    }

    #[test]
    fn a_choice_stands_where_its_result_does() {
        let ruled = converter(&[("醫管局", "医院管理局")], &[]);
        // `told` compares the result's words at each place.
        let told = told(&ruled, "由醫管局於乾隆年間發布", Script::Hans);
        assert_eq!(
            told,
            ["醫管局→医院管理局 医管局 Rule", "於→于 於 First", "乾→乾 干 Word(\"乾隆年間\")"]
        );
    }

    #[test]
    fn an_engine_that_looks_at_no_neighbour_names_none() {
        let rules = converter_with(Box::new(OpenccRules), &[], &[]);
        for text in ["民生发展", "头发干了，皇后之后", "只此一只"] {
            let choices = rules.choices(text, Script::Hant);
            assert!(!choices.is_empty(), "{text}");
            assert!(
                choices.iter().all(|one| !matches!(one.reason, Reason::Near(_))),
                "{choices:?}"
            );
        }
    }
}
