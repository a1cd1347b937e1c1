//! The conversion as a reviewer should see it: decisions that the evidence does
//! not settle, each once for all its places, where the lexicon decided or its
//! word was there by chance, and where a supplied wording is not what conversion
//! would give.

use std::collections::BTreeMap;
use std::fmt;

use pulldown_cmark::{Event, Tag, TagEnd};
use serde::Serialize;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Content, Entity, Page, Script, Text};
use crate::pipeline::Parts;
use crate::script::{Doubt, Review};
use crate::source::Span;

use super::scripts::Scripts;

/// The most decisions that are listed for so many characters, and at all events.
const LISTED: usize = 20;
const CHARACTERS: usize = 10_000;

/// The most places that are shown of one decision, but for the first.
const PLACES: usize = 4;

/// One doubtful decision with all its places.
#[derive(Debug, Clone)]
pub struct Decision {
    /// The word in the source script.
    pub word: String,
    /// The script that it was converted into.
    pub into: Script,
    /// The most doubtful of its places.
    pub doubt: Doubt,
    /// Where it stands, in the order of the texts; at least one.
    pub places: Vec<Span>,
}

/// A rule of a lexicon that settles a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// The word in Traditional script.
    pub hant: String,
    /// The word in Simplified script.
    pub hans: String,
    /// The script that it writes.
    pub into: Script,
}

impl Decision {
    /// The rule that makes the word one of its readings everywhere. A single
    /// character has none: it would settle far more than was looked at.
    pub fn rule(&self, reading: &str) -> Option<Rule> {
        self.word.chars().nth(1)?;
        let (word, reading) = (self.word.clone(), reading.to_owned());
        let (hant, hans) = match self.into {
            Script::Hant => (reading, word),
            Script::Hans => (word, reading),
        };
        Some(Rule { hant, hans, into: self.into })
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { hant, hans, into } = self;
        write!(f, "{{ hant = \"{hant}\", hans = \"{hans}\", into = \"{}\" }}", into.id())
    }
}

/// Lists what there is to review.
pub fn check(parts: &Parts, found: &mut Diagnostics) {
    let texts = texts(parts.content);
    for text in texts.iter().filter(|text| text.supplied.is_some()) {
        compare_supplied(text, parts, found);
    }
    let scripts = Scripts::default();
    // In a page's body markup says what is of the other script; `pages` looks there.
    for text in &fields(parts.content) {
        found_mixed(text, &scripts, parts, found);
    }
    let (decisions, rest) = listed(&texts, parts, found);
    for (rank, decision) in (1..).zip(&decisions) {
        found.push(told(decision, rank, rest));
    }
}

/// What is most in doubt in a site's texts, the most doubtful first.
pub fn most_doubtful(parts: &Parts) -> Vec<Decision> {
    listed(&texts(parts.content), parts, &mut Diagnostics::default()).0
}

/// The decisions that are worth a look, and how many smaller ones there are.
fn listed(texts: &[Looked<'_>], parts: &Parts, found: &mut Diagnostics) -> (Vec<Decision>, usize) {
    let (mut decisions, characters) = decisions(texts, parts, found);
    let listed = LISTED * characters.div_ceil(CHARACTERS).max(1);
    let rest = decisions.len().saturating_sub(listed);
    decisions.truncate(listed);
    (decisions, rest)
}

/// What is in doubt in some texts, the most doubtful first, and how many
/// characters were looked at.
fn decisions(
    texts: &[Looked<'_>],
    parts: &Parts,
    found: &mut Diagnostics,
) -> (Vec<Decision>, usize) {
    let mut decisions: BTreeMap<(String, String, Script), Decision> = BTreeMap::new();
    let mut characters = 0;
    for text in texts.iter().filter(|text| text.supplied.is_none()) {
        let (source, into) = (text.source.as_str(), text.script.other());
        characters += source.chars().count();
        let editions = parts.library.editions.published().filter(|one| one.script == into);
        for review in editions.flat_map(|edition| parts.converter.review(source, edition)) {
            match review {
                Review::Lexicon { range, output } => {
                    let word = &source[range.clone()];
                    let message = format!("the lexicon makes `{word}` `{output}`");
                    found.push(Diagnostic::fact(Code::LexiconApplied, text.place(range), message));
                }
                Review::Crossing { range, output } => {
                    found.push(crossing(&source[range.clone()], &output, text.place(range)));
                }
                Review::Doubt(doubt) => {
                    let word = source[doubt.range.clone()].to_owned();
                    let key = (word.clone(), doubt.taken.clone(), into);
                    let place = text.place(doubt.range.clone());
                    let fresh = Decision { word, into, doubt: doubt.clone(), places: Vec::new() };
                    let decision = decisions.entry(key).or_insert(fresh);
                    decision.places.push(place);
                    if doubt.lead < decision.doubt.lead {
                        decision.doubt = doubt;
                    }
                }
            }
        }
    }
    let mut decisions: Vec<Decision> = decisions.into_values().collect();
    decisions.sort_by_key(|one| (one.doubt.lead, one.places[0]));
    (decisions, characters)
}

fn crossing(word: &str, output: &str, place: Span) -> Diagnostic {
    let message = format!("`{word}` is parts of two words here, so it did not become `{output}`");
    Diagnostic::fact(Code::LexiconNotApplied, place, message)
        .help("`exact = true` at the rule applies it everywhere")
}

fn told(decision: &Decision, rank: usize, rest: usize) -> Diagnostic {
    let Decision { word, doubt, places, .. } = decision;
    let times = match places.len() {
        1 => String::new(),
        times => format!(" {times} times"),
    };
    let others = doubt.others.join("`, `");
    let message = format!("`{word}` became `{}`{times}; it may also be `{others}`", doubt.taken);
    let mut told = Diagnostic::fact(Code::SeveralCandidates, places[0], message);
    for (what, evidence) in [("for", &doubt.reasons), ("against", &doubt.objections)] {
        if !evidence.is_empty() {
            told = told.note(format!("{what} `{}`: {}", doubt.taken, evidence.join("; ")));
        }
    }
    told = told.note(match rest {
        0 => format!("doubt {rank}, 1 being the greatest"),
        rest => format!("doubt {rank}, 1 being the greatest; {rest} smaller ones are not listed"),
    });
    for place in places.iter().skip(1).take(PLACES) {
        told = told.related(*place, "here too");
    }
    told.help(settling(decision))
}

/// The line that settles a decision.
fn settling(decision: &Decision) -> String {
    let doubt = &decision.doubt;
    let other = doubt.others.first().map_or("", String::as_str);
    match (decision.rule(&doubt.taken), decision.rule(other)) {
        (Some(taken), Some(other)) => format!(
            "to settle all places, add to `rules` in `content/lexicon.toml` {taken} or, if that is wrong, {other}"
        ),
        _ => "it stands alone: write both wordings with the text, \
              `{ hant = \"…\", hans = \"…\" }`"
            .to_owned(),
    }
}

/// Says where a text has characters that its own script does not write, unless
/// the lexicon has their word.
fn found_mixed(text: &Looked<'_>, scripts: &Scripts, parts: &Parts, found: &mut Diagnostics) {
    let wrong = scripts.wrong(&text.source, text.script);
    if wrong.is_empty() {
        return;
    }
    let settled: Vec<_> = parts
        .converter
        .review(&text.source, text.script.other())
        .into_iter()
        .filter_map(|review| match review {
            Review::Lexicon { range, .. } => Some(range),
            _ => None,
        })
        .collect();
    let places: Vec<(usize, char)> = text
        .source
        .char_indices()
        .filter(|(at, c)| wrong.contains(c) && !settled.iter().any(|range| range.contains(at)))
        .collect();
    let Some((at, first)) = places.first() else { return };
    let mut characters: Vec<String> = Vec::new();
    for (_, c) in &places {
        let quoted = format!("`{c}`");
        if !characters.contains(&quoted) {
            characters.push(quoted);
        }
    }
    let script = text.script.id();
    let message =
        format!("the text is `{script}` and has {} of the other script", characters.join(", "));
    found.push(
        Diagnostic::warning(Code::MixedScripts, text.place(*at..at + first.len_utf8()), message)
            .help("a word that is meant so belongs into `protect` in `content/lexicon.toml`"),
    );
}

/// Says where a supplied wording differs from what conversion would give.
fn compare_supplied(text: &Looked<'_>, parts: &Parts, found: &mut Diagnostics) {
    let Some((given, place)) = text.supplied else { return };
    let editions = parts.library.editions.published().filter(|one| one.script != text.script);
    let mut converted = editions.map(|one| parts.converter.convert(&text.source, one).text);
    if let Some(converted) = converted.find(|converted| converted != given) {
        let message = "the supplied wording differs from the conversion";
        let differs = Diagnostic::fact(Code::DiffersFromConversion, place, message);
        found.push(differs.note(format!("conversion gives `{converted}`")));
    }
}

/// A text that is converted by itself.
struct Looked<'a> {
    source: String,
    script: Script,
    span: Span,
    supplied: Option<(&'a str, Span)>,
}

impl Looked<'_> {
    /// The place of a part; with escapes or markup in the file, the whole text.
    fn place(&self, range: std::ops::Range<usize>) -> Span {
        if self.span.range().len() != self.source.len() {
            return self.span;
        }
        let start = self.span.start as usize;
        Span::new(self.span.file, start + range.start..start + range.end)
    }
}

/// Every text of the content.
fn texts(content: &Content) -> Vec<Looked<'_>> {
    let mut texts = fields(content);
    texts.extend(content.pages.iter().flat_map(body));
    texts
}

/// Those that stand in a field.
fn fields(content: &Content) -> Vec<Looked<'_>> {
    let mut texts: Vec<&Text> = vec![&content.site.title, &content.site.description];
    texts.extend(content.entities.iter().flat_map(Entity::texts));
    for one in &content.memoranda {
        texts.extend(one.memorandum.texts().into_iter().map(|(_, text)| text));
    }
    for page in &content.pages {
        texts.extend(std::iter::once(&page.title).chain(&page.description));
    }
    let read = texts.into_iter().filter(|text| !text.is_unread());
    let looked = read.map(|text| Looked {
        source: text.source.value.clone(),
        script: text.script,
        span: text.source.span,
        supplied: text.counterpart.as_ref().map(|one| (one.text.value.as_str(), one.text.span)),
    });
    looked.collect()
}

/// The texts of a page's body, a block each, and the titles of its links. Where
/// they stand in the file is not known: their place is the page's title.
fn body(page: &Page) -> Vec<Looked<'_>> {
    let mut blocks = vec![String::new()];
    let mut code = false;
    for event in &page.body.events {
        match event {
            Event::Text(text) if !code => blocks.last_mut().expect("never empty").push_str(text),
            Event::Start(Tag::Emphasis | Tag::Strong) | Event::SoftBreak | Event::InlineHtml(_) => {
            }
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link) => {}
            Event::Start(Tag::Link { title, .. }) => {
                blocks.insert(blocks.len() - 1, title.to_string());
            }
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            _ => blocks.push(String::new()),
        }
    }
    blocks.retain(|block| !block.is_empty());
    let looked = |source| Looked {
        source,
        script: page.script,
        span: page.title.source.span,
        supplied: None,
    };
    blocks.into_iter().map(looked).collect()
}
