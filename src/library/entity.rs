//! Entities: their names in every edition, and where texts mention them.
//!
//! Names are found by Aho–Corasick, leftmost and longest. A block phrase is a
//! pattern like a name, but what it covers is no mention.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{self, Each, Edition, Text};
use crate::script::crosses_word_border;
use crate::script::fold::fold_text;
use crate::source::{Span, Spanned};

use super::order::order;
use super::twins::Twins;
use super::{Entity, Forms, Mention, Wording};

/// The entities of a site, and the patterns that find them.
pub struct Entities {
    pub(super) list: Arc<[Entity]>,
    /// Their indices by kind, in each edition's customary order.
    pub(super) order: Arc<Each<Vec<usize>>>,
    patterns: Each<Option<Patterns>>,
}

/// What finds mentions in one edition.
struct Patterns {
    automaton: AhoCorasick,
    /// The entity of each pattern; `None` for a block phrase.
    meaning: Vec<Option<usize>>,
}

impl Entities {
    /// Converts the names and makes the patterns; reports names that stand
    /// twice and block phrases that can block nothing.
    pub fn new(entities: &[model::Entity], forms: Forms, diagnostics: &mut Diagnostics) -> Self {
        check_names(entities, diagnostics);
        let words = |text: &Text| forms.wording(text);
        let list: Arc<[Entity]> = entities
            .iter()
            .map(|entity| Entity {
                id: entity.id.clone(),
                formerly: entity.formerly.clone(),
                kind: entity.kind,
                name: words(&entity.name),
                aliases: entity.aliases.iter().map(words).collect(),
                search: entity.search.iter().map(|word| word.value.clone()).collect(),
                description: entity.description.as_ref().map(words),
                links: entity
                    .links
                    .iter()
                    .map(|link| (words(&link.title), link.url.clone()))
                    .collect(),
            })
            .collect();
        let blocks: Vec<Wording> =
            entities.iter().flat_map(|entity| entity.block.iter().map(words)).collect();
        let patterns =
            Each::from_fn(forms.editions, |edition| Patterns::new(&list, &blocks, edition));
        let order = Each::from_fn(forms.editions, |edition| order(&list, edition)).into();
        Self { list, order, patterns }
    }

    /// The mentions in a text of an edition, as byte ranges from left
    /// to right.
    pub fn find(&self, text: &str, edition: Edition) -> Vec<Mention> {
        let Some(patterns) = &self.patterns[edition] else { return Vec::new() };
        let hits = patterns.automaton.find_iter(text);
        hits.filter_map(|hit| {
            let entity = patterns.meaning[hit.pattern().as_usize()]?;
            // 中大 is no name in 其中大部分.
            if crosses_word_border(text, hit.range()) {
                return None;
            }
            Some(Mention { entity, range: hit.range() })
        })
        .collect()
    }
}

impl Patterns {
    fn new(entities: &[Entity], blocks: &[Wording], edition: Edition) -> Option<Self> {
        let mut words: BTreeMap<&str, Option<usize>> = BTreeMap::new();
        for block in blocks {
            words.insert(&block.text[edition], None);
        }
        for (index, entity) in entities.iter().enumerate() {
            for name in std::iter::once(&entity.name).chain(&entity.aliases) {
                words.insert(&name.text[edition], Some(index));
            }
        }
        words.remove("");
        if words.is_empty() {
            return None;
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(words.keys())
            .expect("names fit an automaton: their files are limited in size");
        Some(Self { automaton, meaning: words.into_values().collect() })
    }
}

/// Each name means one entity, and each block phrase holds one of its names.
fn check_names(entities: &[model::Entity], diagnostics: &mut Diagnostics) {
    let mut known: BTreeMap<&str, (usize, Span)> = BTreeMap::new();
    let mut twins = Twins::new(Code::DuplicateName, "names of entities", "words");
    for (index, entity) in entities.iter().enumerate() {
        let names: Vec<&Text> = std::iter::once(&entity.name).chain(&entity.aliases).collect();
        for name in names.iter().filter(|name| !name.is_unread()) {
            let (text, span) = (name.source.value.as_str(), name.source.span);
            match known.get(text) {
                Some((other, first)) => {
                    let id = &entities[*other].id.value;
                    // Of two with one id, the id is told.
                    if *other == index || *id != entity.id.value {
                        let message = format!("`{text}` already names the entity `{id}`");
                        twins.add(text, span, *first, message);
                    }
                }
                None => {
                    known.insert(text, (index, span));
                }
            }
        }
        check_blocks(&entity.block, &names, diagnostics);
        check_search(&entity.search, &names, diagnostics);
    }
    twins.report(diagnostics);
}

fn check_blocks(blocks: &[Text], names: &[&Text], diagnostics: &mut Diagnostics) {
    if blocks.is_empty() {
        return;
    }
    let names = AhoCorasick::new(names.iter().map(|name| &name.source.value))
        .expect("names fit an automaton: their files are limited in size");
    for block in blocks.iter().filter(|block| !block.is_unread()) {
        let phrase = &block.source.value;
        let mut held = names.find_overlapping_iter(phrase).map(|hit| hit.range());
        if held.any(|range| !range.is_empty() && range.len() < phrase.len()) {
            continue;
        }
        diagnostics.push(
            Diagnostic::error(
                Code::IdleBlock,
                block.source.span,
                format!("`{phrase}` holds no name of its entity, so it blocks nothing"),
            )
            .help("write a longer phrase in which the name means something else"),
        );
    }
}

/// A word for the search says something that the names do not.
fn check_search(words: &[Spanned<String>], names: &[&Text], diagnostics: &mut Diagnostics) {
    for (at, word) in words.iter().enumerate() {
        let folded = fold_text(&word.value);
        if folded.is_empty() {
            let message = "a word for the search is empty";
            diagnostics.push(Diagnostic::error(Code::EmptyText, word.span, message));
            continue;
        }
        let is_name = names.iter().any(|name| fold_text(&name.source.value) == folded);
        if is_name || words[..at].iter().any(|other| fold_text(&other.value) == folded) {
            let message = format!("`{}` finds its entity already", word.value);
            diagnostics.push(
                Diagnostic::error(Code::IdleSearchWord, word.span, message)
                    .help("take it out: names and aliases are searched, in either script"),
            );
        }
    }
}

/// Byte ranges of a text as character ranges.
pub(super) fn in_characters(text: &str, mentions: &[Mention]) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut byte = 0;
    let mut count = |to: usize| {
        at += text[byte..to].chars().count();
        byte = to;
        at
    };
    mentions.iter().map(|mention| count(mention.range.start)..count(mention.range.end)).collect()
}
