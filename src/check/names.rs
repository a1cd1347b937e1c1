//! Names that the documents give themselves, and that no entity has: titles in
//! 《》, terms in quotation marks, words that end as names of bodies, funds, laws
//! and places do, and abbreviations that a text introduces.
//!
//! 1. Each of the document's own texts is looked at, in its script.
//! 2. Where a name begins is told by the words before its end: a place, or what
//!    no name goes on over.
//! 3. All names are counted together with those that entities have, the longest
//!    at each place, so that a part of a known name is none.
//!
//! A proposal, for a person to look at. Must not write anything.

mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::model::{Kind, Role, Text};
use crate::pipeline::Parts;
use crate::source::Span;

use words::{begins_with_place, clauses, kind_by_end};

/// A name that may be an entity's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name as the documents write it.
    pub name: String,
    /// What it is, as far as its end tells.
    pub kind: Kind,
    /// The abbreviations that a text introduces for it.
    pub aliases: Vec<String>,
    /// Where it stands, in the order of the documents.
    pub places: Vec<Span>,
}

/// The shortest and the longest name, in characters.
const LENGTH: std::ops::RangeInclusive<usize> = 2..=40;

/// How much more often a name must stand than one that it ends.
const OFTENER: usize = 3;

/// The names that no entity has, those that stand most often first.
pub fn names(parts: &Parts) -> Vec<Name> {
    let manuscripts = parts.content.memoranda.iter();
    let texts: Vec<&Text> = manuscripts
        .flat_map(|one| one.memorandum.texts())
        .filter(|(role, text)| *role != Role::Editorial && !text.is_unread())
        .map(|(_, text)| text)
        .collect();
    let mut found = Found::default();
    for text in &texts {
        found.look(&text.source.value);
    }
    for manuscript in &parts.content.memoranda {
        found.names.remove(&manuscript.memorandum.title.source.value);
    }
    let known = known(parts);
    found.names.retain(|name, _| !known.contains(&name.as_str()));
    found.unambiguous();
    found.without_longer(&texts);
    found.counted(&texts, &known, parts)
}

/// All names of all entities, and what blocks them.
fn known<'a>(parts: &'a Parts) -> Vec<&'a str> {
    let entities = parts.content.entities.iter();
    let texts =
        entities.flat_map(|one| std::iter::once(&one.name).chain(&one.aliases).chain(&one.block));
    texts
        .flat_map(|text| {
            let given = text.counterpart.iter().map(|given| given.text.value.as_str());
            std::iter::once(text.source.value.as_str()).chain(given)
        })
        .collect()
}

/// Names with what they are and how they are shortened.
#[derive(Default)]
struct Found {
    names: BTreeMap<String, (Kind, Vec<String>)>,
}

impl Found {
    fn look(&mut self, text: &str) {
        for (open, close, titles) in
            [('《', '》', true), ('“', '”', false), ('「', '」', false), ('『', '』', false)]
        {
            for range in between(text, open, close) {
                let inner = &text[range];
                if titles {
                    self.add(inner, Kind::Instrument);
                } else if inner.chars().count() <= 16 && inner.chars().all(is_ideograph) {
                    self.add(inner, kind_by_end(inner).unwrap_or(Kind::Topic));
                }
            }
        }
        for clause in clauses(text) {
            for (range, kind) in clause.names() {
                self.add(&text[range], kind);
            }
        }
        self.abbreviations(text);
    }

    fn add(&mut self, name: &str, kind: Kind) {
        let count = name.chars().count();
        let is_name = LENGTH.contains(&count) && name.chars().any(is_ideograph);
        if is_name && !name.contains(['\n', '\t', '，', '。', '；', '：']) {
            self.names.entry(name.to_owned()).or_insert((kind, Vec::new()));
        }
    }

    /// （以下簡稱…）, and what stands before it.
    fn abbreviations(&mut self, text: &str) {
        for range in between(text, '（', '）').chain(between(text, '(', ')')) {
            let Some(short) = abbreviation(&text[range.clone()]) else { continue };
            let before = text[..range.start].trim_end_matches(['（', '(']);
            let full = match before.strip_suffix(['》', '”', '」']) {
                Some(quoted) => quoted.rfind(['《', '“', '「']).map(|at| {
                    let open = quoted[at..].chars().next().map_or(0, char::len_utf8);
                    at + open..quoted.len()
                }),
                None => clauses(before).last().and_then(|last| {
                    (last.end() == before.len()).then(|| last.name_at_end()).flatten()
                }),
            };
            let Some(full) = full.map(|range| &text[range]) else { continue };
            if full.is_empty() || short == full {
                continue;
            }
            let kind = kind_by_end(full).or(kind_by_end(short)).unwrap_or(Kind::Organisation);
            self.add(full, kind);
            if let Some((_, aliases)) = self.names.get_mut(full)
                && !aliases.iter().any(|known| known == short)
            {
                aliases.push(short.to_owned());
            }
        }
    }

    /// Drops a name that is another with a word before it, where the other stands
    /// far more often by itself: 涉及合作区 is no name beside 合作区.
    fn without_longer(&mut self, texts: &[&Text]) {
        let count = |name: &str| -> usize {
            texts.iter().map(|text| text.source.value.matches(name).count()).sum()
        };
        let counts: BTreeMap<&str, usize> =
            self.names.keys().map(|name| (name.as_str(), count(name))).collect();
        let is_longer = |name: &str| {
            let own = counts.get(name).copied().unwrap_or_default();
            let mut ends = name.char_indices().skip(1).map(|(at, _)| &name[at..]);
            !begins_with_place(name)
                && ends.any(|end| counts.get(end).is_some_and(|count| *count >= OFTENER * own))
        };
        let longer: Vec<String> =
            self.names.keys().filter(|name| is_longer(name)).cloned().collect();
        longer.iter().for_each(|name| drop(self.names.remove(name)));
    }

    /// A word names one thing: what shortens a name is no name beside it, and
    /// shortens no other.
    fn unambiguous(&mut self) {
        let mut shorts = BTreeSet::new();
        for (_, aliases) in self.names.values_mut() {
            aliases.retain(|alias| shorts.insert(alias.clone()));
        }
        self.names.retain(|name, _| !shorts.contains(name));
    }

    /// Where each name stands outside those that are known; those that stand
    /// nowhere are none.
    fn counted(self, texts: &[&Text], known: &[&str], parts: &Parts) -> Vec<Name> {
        let names: Vec<(String, (Kind, Vec<String>))> = self.names.into_iter().collect();
        let mut patterns: Vec<(&str, Option<usize>)> = Vec::new();
        for (index, (name, (_, aliases))) in names.iter().enumerate() {
            patterns.push((name, Some(index)));
            patterns.extend(aliases.iter().map(|alias| (alias.as_str(), Some(index))));
        }
        patterns.extend(known.iter().map(|name| (*name, None)));
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(patterns.iter().map(|(text, _)| text))
            .expect("names fit an automaton: the files they stand in are limited in size");
        let mut places: Vec<Vec<Span>> = vec![Vec::new(); names.len()];
        for text in texts {
            let source = &text.source;
            for hit in automaton.find_iter(&source.value) {
                if let Some(index) = patterns[hit.pattern().as_usize()].1 {
                    let span = parts.sources.place_in(source.span, &source.value, hit.range());
                    places[index].push(span);
                }
            }
        }
        let all = names.into_iter().zip(places);
        let mut counted: Vec<Name> = all
            .filter(|(_, places)| !places.is_empty())
            .map(|((name, (kind, aliases)), places)| {
                let aliases =
                    aliases.into_iter().filter(|one| !known.contains(&one.as_str())).collect();
                Name { name, kind, aliases, places }
            })
            .collect();
        counted.sort_by_key(|name| std::cmp::Reverse(name.places.len()));
        counted
    }
}

/// What the inside of a parenthesis introduces.
fn abbreviation(inside: &str) -> Option<&str> {
    let mut rest = inside.strip_prefix("以下").or_else(|| inside.strip_prefix("下"))?;
    for word in ["统", "統", "简", "簡", "称", "稱", "为", "為"] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    let short = rest.trim_matches(['“', '”', '「', '」', '《', '》', '"', ' ', ':', '：']);
    let is_short = (2..=12).contains(&short.chars().count());
    (is_short && short.chars().all(|c| is_ideograph(c) || c.is_alphanumeric())).then_some(short)
}

/// What stands between two signs, as byte ranges.
fn between(text: &str, open: char, close: char) -> impl Iterator<Item = Range<usize>> {
    text.match_indices(open).filter_map(move |(at, sign)| {
        let start = at + sign.len();
        let length = text[start..].find([open, close])?;
        text[start + length..].starts_with(close).then_some(start..start + length)
    })
}

fn is_ideograph(c: char) -> bool {
    c >= '\u{3400}' && !('\u{ff00}'..='\u{ffef}').contains(&c)
}

/// The names of a text, with their abbreviations.
#[cfg(test)]
fn names_in(text: &str) -> Vec<String> {
    let mut found = Found::default();
    found.look(text);
    let with_aliases = found
        .names
        .into_iter()
        .map(|(name, (_, aliases))| [vec![name], aliases].concat().join("="));
    with_aliases.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_shortens_a_name_is_no_name_beside_it() {
        let mut found = Found::default();
        found.look(
            "甲乙總體方案（以下簡稱《總體方案》）。按《總體方案》。丙丁方案（下稱總體方案）。",
        );
        found.unambiguous();
        let aliases: Vec<usize> = found.names.values().map(|(_, aliases)| aliases.len()).collect();
        assert!(!found.names.contains_key("總體方案"), "{:?}", found.names);
        assert_eq!(aliases.iter().sum::<usize>(), 1, "{:?}", found.names);
    }

    #[test]
    fn a_name_begins_at_a_place_or_after_what_no_name_goes_on_over() {
        for (text, names) in [
            (
                "支持湖北省政府金融辦公室與香港交易所合作。",
                &["湖北省政府金融辦公室", "香港交易所"][..],
            ),
            ("国家发展和改革委员会会同商务部制定办法。", &["国家发展和改革委员会"]),
            ("鼓励港资企业参加中国国际进口博览会。", &["中国国际进口博览会"]),
            ("按照有关规定，由主管部门负责。", &[]),
            ("優化布局，全部落實，內部簽署。", &[]),
            (
                "横琴粤澳深度合作区执行委员会（以下简称执委会）负责。",
                &["横琴粤澳深度合作区执行委员会=执委会"],
            ),
            ("根據《中華人民共和國海關法》及“千帆計劃”", &["中華人民共和國海關法", "千帆計劃"]),
        ] {
            let found = names_in(text);
            let mut expected: Vec<&str> = names.to_vec();
            expected.sort();
            assert_eq!(found, expected, "{text}");
        }
    }
}
