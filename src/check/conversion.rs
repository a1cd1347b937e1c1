//! The conversion as a reviewer should see it: decisions that the evidence does
//! not settle, each once for all its places, where the lexicon decided or its
//! word was there by chance, and where a supplied wording is not what conversion
//! would give.

mod looked;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Serialize;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Script;
use crate::parse;
use crate::pipeline::{self, Parts};
use crate::script::{Doubt, Review};
use crate::source::{Sources, Span};

use super::scripts::{Scripts, Writings};
use looked::{Looked, texts};

/// The most decisions that are listed for so many characters, and at all events.
const LISTED: usize = 20;
const CHARACTERS: usize = 10_000;

/// The most places that are shown of one decision, but for the first.
const PLACES: usize = 4;

/// How many characters are shown on either side of a word.
const AROUND: usize = 12;

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
    pub places: Vec<Occurrence>,
}

/// One place of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// The word in its file; the whole text, where that is all that is known.
    pub span: Span,
    /// The whole text.
    pub text: Span,
    /// The page of the converted edition that shows it, below the site's root,
    /// with the element's id where the text has one.
    pub address: String,
}

/// A word with what stands around it in its line of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Excerpt<'a> {
    /// A few characters before.
    pub before: &'a str,
    /// The word.
    pub word: &'a str,
    /// A few characters after.
    pub after: &'a str,
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

impl Occurrence {
    /// The word in its line; nothing where only the whole text's place is known.
    pub fn excerpt<'a>(&self, word: &str, sources: &'a Sources) -> Option<Excerpt<'a>> {
        let file = sources.file(self.span.file);
        let range = self.span.range();
        let own = file.text.get(range.clone()).filter(|own| *own == word)?;
        let (line, whole) = (file.line(range.start), self.text.range());
        let before = file.text.get(line.start.max(whole.start)..range.start)?;
        let after = file.text.get(range.end..line.end.min(whole.end))?;
        let start =
            before.char_indices().rev().take(AROUND).last().map_or(before.len(), |(at, _)| at);
        let end = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
        Some(Excerpt { before: &before[start..], word: own, after: &after[..end] })
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
    let texts = texts(parts);
    let scripts = Scripts::default();
    let path = |text: &Looked<'_>| parts.sources.file(text.span.file).path.as_str();
    let mut writings = Writings::default();
    for text in &texts {
        let place = |at: usize| {
            text.place(at..at + text.source[at..].chars().next().map_or(0, char::len_utf8))
        };
        writings.count(&scripts, &text.source, text.script, path(text), place);
    }
    writings.told(parts).into_iter().for_each(|told| found.push(told));
    let seen = pipeline::each(&texts, |text| {
        let mut found = Diagnostics::default();
        compare_supplied(text, parts, &mut found);
        // In a page's body markup says what is of the other script; `pages` looks there.
        if !text.is_of_body {
            if !writings.contradict(path(text)) {
                found_mixed(text, &scripts, parts, &mut found);
            }
            parse::lookalikes(&text.source, |range| text.place(range))
                .into_iter()
                .for_each(|one| found.push(one));
        }
        found
    });
    seen.into_iter().for_each(|seen| found.append(seen));
    let (decisions, rest) = listed(&texts, parts, found);
    for (rank, decision) in (1..).zip(&decisions) {
        found.push(told(decision, rank, rest));
    }
}

/// What is most in doubt in a site's texts, the most doubtful first, and how many
/// smaller doubts there are.
pub fn most_doubtful(parts: &Parts) -> (Vec<Decision>, usize) {
    listed(&texts(parts), parts, &mut Diagnostics::default())
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
    let mut decisions: BTreeMap<Key, Decision> = BTreeMap::new();
    let mut characters = 0;
    let texts: Vec<_> = texts.iter().filter(|text| text.supplied.is_none()).collect();
    let seen = pipeline::each(&texts, |text| doubts(text, parts));
    for (text, (doubts, facts)) in texts.into_iter().zip(seen) {
        characters += text.source.chars().count();
        found.append(facts);
        for (doubt, occurrence) in doubts {
            let (word, into) = (text.source[doubt.range.clone()].to_owned(), text.script.other());
            let key = (word.clone(), doubt.taken.clone(), into);
            let fresh = Decision { word, into, doubt: doubt.clone(), places: Vec::new() };
            let decision = decisions.entry(key).or_insert(fresh);
            decision.places.push(occurrence);
            if doubt.lead < decision.doubt.lead {
                decision.doubt = doubt;
            }
        }
    }
    let mut decisions: Vec<Decision> = decisions.into_values().collect();
    decisions.sort_by_key(|one| (one.doubt.lead, one.places[0].span));
    (decisions, characters)
}

/// What tells decisions apart: the word, what it became, in which script.
type Key = (String, String, Script);

/// What is in doubt in a text, with where; and says where the lexicon decided.
/// Several editions may have the same result at a place: it counts once.
fn doubts(text: &Looked<'_>, parts: &Parts) -> (Vec<(Doubt, Occurrence)>, Diagnostics) {
    let into = text.script.other();
    let (mut doubts, mut found) = (Vec::new(), Diagnostics::default());
    let mut seen = BTreeSet::new();
    let editions = parts.library.editions.published().filter(|one| one.script == into);
    for edition in editions {
        for review in parts.converter.review(&text.source, edition) {
            let (range, output) = match &review {
                Review::Lexicon { range, output } | Review::Crossing { range, output } => {
                    (range.clone(), output.clone())
                }
                Review::Doubt(doubt) => (doubt.range.clone(), doubt.taken.clone()),
            };
            if !seen.insert((range.start, range.end, output.clone())) {
                continue;
            }
            let (word, span) = (&text.source[range.clone()], text.place(range.clone()));
            match review {
                Review::Lexicon { .. } => {
                    let message = format!("the lexicon makes `{word}` `{output}`");
                    found.push(Diagnostic::fact(Code::LexiconApplied, span, message));
                }
                Review::Crossing { .. } => found.push(crossing(word, &output, span)),
                Review::Doubt(doubt) => {
                    let address = text.address(range.start, edition, parts.library);
                    doubts.push((doubt, Occurrence { span, text: text.span, address }));
                }
            }
        }
    }
    (doubts, found)
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
    let mut told = Diagnostic::fact(Code::SeveralCandidates, places[0].span, message).rank(rank);
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
        told = told.related(place.span, "here too");
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
    let is_wrong = |c: char| scripts.is_wrong(c, text.script);
    if !text.source.chars().any(is_wrong) {
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
        .filter(|(at, c)| is_wrong(*c) && !settled.iter().any(|range| range.contains(at)))
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
