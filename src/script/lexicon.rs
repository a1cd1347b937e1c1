//! A lexicon made ready for one direction: which words, and what they become.

use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Edition, Lexicon, LexiconRule};
use crate::source::Spanned;

/// The rules that write one edition.
pub struct Rules {
    words: Option<AhoCorasick>,
    outputs: Vec<String>,
}

/// A lexicon word found in a text.
pub struct Hit<'a> {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// What stands there instead.
    pub output: &'a str,
}

impl Rules {
    /// Gathers the rules that write `into`; reports those that contradict. A name
    /// takes the place of a rule for the same word.
    pub fn new(lexicon: &Lexicon, into: Edition, diagnostics: &mut Diagnostics) -> Self {
        let mut known: BTreeMap<&str, Known> = BTreeMap::new();
        let sides = |rule| (LexiconRule::side(rule, into.other()), rule.side(into));
        let rules = lexicon.rules.iter().filter(|rule| rule.applies_into(into)).map(sides);
        let protected = lexicon.protect.iter().map(|word| (word, word));
        let names = lexicon.names.iter().map(sides);
        let all = protected.map(|sides| (Layer::Protected, sides));
        let all = all.chain(rules.map(|sides| (Layer::Rule, sides)));
        let all = all.chain(names.map(|sides| (Layer::Name, sides)));
        for (layer, (word, output)) in all {
            let first = known.get(word.value.as_str());
            match first.filter(|first| first.layer != Layer::Rule || layer != Layer::Name) {
                None => {
                    known.insert(&word.value, Known { layer, word, output });
                }
                Some(first) if first.output.value == output.value => {}
                Some(first) => diagnostics.push(contradiction(word, output, first)),
            }
        }
        known.values().for_each(|known| check_length(known.word, known.output, diagnostics));
        let words: Vec<_> = known.keys().copied().collect();
        let automaton = (!words.is_empty()).then(|| {
            AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .build(&words)
                .expect("a lexicon's words fit an automaton: its file is limited in size")
        });
        let outputs = known.values().map(|known| known.output.value.clone()).collect();
        Self { words: automaton, outputs }
    }

    /// The lexicon words of a text, from left to right, the longest at each place.
    pub fn find(&self, text: &str) -> impl Iterator<Item = Hit<'_>> {
        let hits = self.words.iter().flat_map(move |words| words.find_iter(text));
        // Collected so that the hits borrow the rules alone.
        let found: Vec<_> = hits.map(|hit| (hit.range(), hit.pattern().as_usize())).collect();
        found.into_iter().map(|(range, rule)| Hit { range, output: &self.outputs[rule] })
    }
}

/// What a word becomes, and who says so.
struct Known<'a> {
    layer: Layer,
    word: &'a Spanned<String>,
    output: &'a Spanned<String>,
}

/// The layers of a lexicon.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layer {
    Protected,
    Rule,
    Name,
}

fn contradiction(word: &Spanned<String>, output: &Spanned<String>, first: &Known) -> Diagnostic {
    Diagnostic::error(
        "contradicting-rules",
        word.span,
        format!(
            "`{}` becomes `{}` here and `{}` elsewhere",
            word.value, output.value, first.output.value
        ),
    )
    .related(first.word.span, "the other rule")
    .help("keep one; `into = \"hant\"` or `\"hans\"` limits a rule to one direction")
}

/// Links and emphasis are laid by position, so a changed length deserves a look.
fn check_length(word: &Spanned<String>, output: &Spanned<String>, diagnostics: &mut Diagnostics) {
    let (from, to) = (word.value.chars().count(), output.value.chars().count());
    if from != to {
        diagnostics.push(
            Diagnostic::warning(
                "lexicon-changes-length",
                word.span,
                format!("`{}` has {from} characters and becomes {to}", word.value),
            )
            .help("markup inside the word moves to its end in the converted edition"),
        );
    }
}
