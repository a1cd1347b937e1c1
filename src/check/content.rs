//! What authors wrote, beyond what is wrong: labels, entities, images, sizes,
//! and how the text agrees with its source document.

use std::collections::BTreeMap;

use aho_corasick::AhoCorasick;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::library::{self, Verification};
use crate::model::{self, Content, Entity, Id, SourceDocument, Text};
use crate::pipeline::Parts;
use crate::source::Span;

/// The most characters of a label that lists show well.
const LABEL_LENGTH: usize = 14;

/// A measure's text beyond this, in characters, is probably two.
const TEXT_LENGTH: usize = 2000;

/// How often a quoted term may stand unlinked before it is worth an entity.
const UNLINKED: usize = 2;

/// Looks at the content.
pub fn check(parts: &Parts, found: &mut Diagnostics) {
    let content = parts.content;
    if content.memoranda.is_empty() {
        let none = Diagnostic::warning(
            Code::NoDocuments,
            content.site.title.source.span,
            "the site has no documents",
        );
        found.push(none.help("a folder below `content/` with a `memorandum.toml` is one"));
    }
    if content.site.base_url.is_none() {
        let none = Diagnostic::warning(
            Code::NoBaseUrl,
            content.site.title.source.span,
            "the site has no `base_url`",
        );
        found.push(
            none.help("write where it will be published, as `base_url = \"https://example.org/\"`")
                .help("without it there are no canonical addresses, no sitemap and no feed"),
        );
    }
    for memorandum in &content.memoranda {
        for area in &memorandum.memorandum.areas {
            check_area(area, found);
        }
    }
    for page in &content.pages {
        page.body.doubts.iter().for_each(|doubt| found.push(doubt.clone()));
    }
    check_sources(parts, found);
    check_entities(parts, found);
    check_unlinked_terms(parts, found);
    check_lexicon(parts, found);
}

/// A rule of one character knows no words: it holds in all of them.
fn check_lexicon(parts: &Parts, found: &mut Diagnostics) {
    let from = parts.content.site.title.script;
    for rule in &parts.content.lexicon.rules {
        let (word, output) = (rule.side(from), rule.side(from.other()));
        if rule.applies_into(from.other()) && word.value.chars().count() == 1 {
            let message =
                format!("`{}` becomes `{}` in every word that it is in", word.value, output.value);
            let fact = Diagnostic::fact(Code::OneCharacterRule, word.span, message);
            found.push(fact.help("if some words are meant, write a rule for each of them"));
        }
    }
}

fn check_area(area: &model::Area<Text>, found: &mut Diagnostics) {
    let place = area.title.as_ref().map_or(area.id.span, |title| title.source.span);
    if area.summary.is_none() {
        let message = format!("the area `{}` has no summary", area.id.value);
        found.push(Diagnostic::warning(Code::MissingSummary, place, message));
    }
    if area.measures.is_empty() {
        let message = format!("the area `{}` has no measures", area.id.value);
        let empty = Diagnostic::warning(Code::EmptyArea, area.id.span, message);
        found.push(empty.help("write its `[[measures]]`, or take its file out"));
    }
    for measure in &area.measures {
        check_label(measure, found);
        let length = measure.text.source.value.chars().count();
        if length > TEXT_LENGTH {
            let message = format!("the measure `{}` has {length} characters", measure.key());
            found.push(Diagnostic::warning(Code::LongText, measure.text.source.span, message));
        }
    }
}

fn check_label(measure: &model::Measure<Text>, found: &mut Diagnostics) {
    let number = measure.key();
    if measure.title.is_some() {
        return;
    }
    let Some(label) = &measure.label else {
        let message = format!("the measure `{number}` has no label");
        let missing = Diagnostic::warning(Code::MissingLabel, measure.number.span, message);
        found.push(missing.help("lists, cards and page titles use it"));
        return;
    };
    let length = label.source.value.chars().count();
    if length > LABEL_LENGTH {
        let message = format!("the label of `{number}` has {length} characters");
        let long = Diagnostic::warning(Code::LongLabel, label.source.span, message);
        found.push(long.help(format!("keep labels to {LABEL_LENGTH} characters")));
    }
}

/// How much of each source document agreed, the lines that were joined, and what
/// was skipped.
fn check_sources(parts: &Parts, found: &mut Diagnostics) {
    let known = by_id(parts);
    for manuscript in &parts.content.memoranda {
        let id = &manuscript.memorandum.id;
        if manuscript.sources.is_empty() {
            let message = format!("`{}` names no source document to verify it against", id.value);
            found.push(Diagnostic::warning(Code::Unverified, id.span, message));
        }
        let library = known.get(&id.value);
        for document in &manuscript.sources {
            let verified = library.and_then(|one| one.verified(document.script));
            if let Some(verified) = verified {
                tell_verified(document, verified, &parts.sources.file(document.text).text, found);
            }
        }
    }
}

/// The assembled memoranda by their ids.
fn by_id<'a>(parts: &'a Parts) -> BTreeMap<&'a Id, &'a library::Memorandum> {
    parts.library.memoranda.iter().map(|one| (&one.id.value, &**one)).collect()
}

fn tell_verified(
    document: &SourceDocument,
    verified: &Verification,
    text: &str,
    found: &mut Diagnostics,
) {
    let message = format!("all {} characters of `{}` agree", verified.characters, verified.file);
    found.push(Diagnostic::fact(Code::Verified, document.file.span, message));
    let mut ends = vec![0];
    ends.extend(text.match_indices('\n').map(|(at, end)| at + end.len()));
    let end_of = |line: usize| ends.get(line).copied().unwrap_or(text.len());
    for join in &verified.joins {
        let end = text[..end_of(join.line)].trim_end().len();
        let last = text[..end].chars().next_back().map_or(0, char::len_utf8);
        let span = Span::new(document.text, end - last..end);
        let message = format!("joined here: `{}‖{}`", join.before, join.after);
        found.push(Diagnostic::fact(Code::JoinedLine, span, message));
    }
    for skipped in &verified.skipped {
        let start = end_of(skipped.line.saturating_sub(1));
        let span = Span::new(document.text, start..start);
        let message = format!("skipped here: `{}` ({})", skipped.text, skipped.reason);
        found.push(Diagnostic::fact(Code::SkippedText, span, message));
    }
}

fn check_entities(parts: &Parts, found: &mut Diagnostics) {
    let entities = &parts.content.entities;
    for (index, entity) in entities.iter().enumerate() {
        if parts.library.mentioning(index).is_empty() {
            let message = format!("no measure mentions the entity `{}`", entity.id.value);
            found.push(Diagnostic::warning(Code::UnusedEntity, entity.id.span, message));
        }
    }
    check_overlaps(entities, found);
}

/// A name inside another's is right where the longer one wins; a person should
/// know of it.
fn check_overlaps(entities: &[Entity], found: &mut Diagnostics) {
    let mut names: BTreeMap<&str, (&Entity, Span)> = BTreeMap::new();
    for entity in entities {
        for name in std::iter::once(&entity.name).chain(&entity.aliases) {
            if !name.source.value.is_empty() {
                names.entry(&name.source.value).or_insert((entity, name.source.span));
            }
        }
    }
    // Names of a whole site's files fit; else the entities are not found either.
    let Ok(automaton) = AhoCorasick::new(names.keys()) else { return };
    let all: Vec<_> = names.iter().map(|(name, (entity, span))| (*name, *entity, *span)).collect();
    let mut around: Vec<Vec<usize>> = vec![Vec::new(); all.len()];
    for (outer, (name, entity, _)) in all.iter().enumerate() {
        for hit in automaton.find_overlapping_iter(name) {
            let inner = hit.pattern().as_usize();
            let is_other = all[inner].1.id.value != entity.id.value;
            if is_other && around[inner].last() != Some(&outer) {
                around[inner].push(outer);
            }
        }
    }
    for ((inner, _, span), around) in all.iter().zip(around) {
        let Some((outer, entity, place)) = around.first().map(|outer| all[*outer]) else {
            continue;
        };
        let others = match around.len() - 1 {
            0 => String::new(),
            more => format!(", and inside {more} more"),
        };
        let message = format!("`{inner}` stands inside `{outer}`, which wins there{others}");
        let overlap = Diagnostic::fact(Code::OverlappingNames, *span, message);
        found.push(overlap.related(place, format!("names `{}`", entity.id.value)));
    }
}

/// Terms in “” or 《》 that stand more than once and link nowhere.
fn check_unlinked_terms(parts: &Parts, found: &mut Diagnostics) {
    let mut terms: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for (measure, mentions) in measures(parts.content, parts) {
        let text = &measure.text.source.value;
        for range in quoted(text) {
            let linked = mentions.iter().any(|one| one.start < range.end && range.start < one.end);
            if !linked {
                let source = &measure.text.source;
                let span = parts.sources.place_in(source.span, &source.value, range.clone());
                terms.entry(&text[range]).or_default().push(span);
            }
        }
    }
    for (term, places) in terms.iter().filter(|(_, places)| places.len() >= UNLINKED) {
        let message =
            format!("`{term}` stands in quotation marks {} times and links nowhere", places.len());
        let unlinked = Diagnostic::fact(Code::UnlinkedTerm, places[0], message);
        found.push(unlinked.help("should it be an entity?"));
    }
}

/// Every measure with the byte ranges of its mentions in the source script.
fn measures<'a>(
    content: &'a Content,
    parts: &'a Parts,
) -> impl Iterator<Item = (&'a model::Measure<Text>, Vec<std::ops::Range<usize>>)> {
    let known = by_id(parts);
    content.memoranda.iter().flat_map(move |manuscript| {
        let library = known.get(&manuscript.memorandum.id.value).copied();
        let own = manuscript.memorandum.measures().map(|(_, measure)| measure);
        own.zip(library.into_iter().flat_map(|one| one.all())).map(|(measure, linked)| {
            let mentions = &linked.reading.mentions[parts.library.editions.of(measure.text.script)];
            (measure, mentions.iter().map(|mention| mention.range.clone()).collect())
        })
    })
}

/// What stands inside quotation marks, as byte ranges.
fn quoted(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    for (open, close) in [('“', '”'), ('《', '》'), ('「', '」')] {
        let mut start = None;
        for (at, c) in text.char_indices() {
            if c == open {
                start = Some(at + c.len_utf8());
            } else if c == close
                && let Some(start) = start.take()
            {
                found.push(start..at);
            }
        }
    }
    found.retain(|range| !range.is_empty());
    found
}
