//! A lexicon made ready for one direction: which words, and what they become.

use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, Input, MatchKind};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Lexicon, LexiconRule, Script};
use crate::source::Spanned;

use super::{Reason, crosses_word_border};

/// The rules that write one edition.
pub struct Rules {
    words: Option<AhoCorasick>,
    outputs: Vec<Output>,
}

/// What a word becomes.
struct Output {
    text: String,
    /// Whether it does so even across the borders of words.
    exact: bool,
    layer: Layer,
}

/// A lexicon word found in a text.
pub struct Hit<'a> {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// What stands there instead.
    pub output: &'a str,
    /// Whether the word is there by chance only, as parts of two others: then
    /// nothing is put there.
    pub crosses: bool,
    layer: Layer,
}

impl Hit<'_> {
    /// What the lexicon has the word as.
    pub fn reason(&self) -> Reason {
        match self.layer {
            Layer::Protected => Reason::Protected,
            Layer::Rule => Reason::Rule,
            Layer::Name => Reason::Name,
        }
    }
}

impl Rules {
    /// Gathers the rules that write `into`; reports those that contradict. A name
    /// takes the place of a rule for the same word.
    pub fn new(lexicon: &Lexicon, into: Script, diagnostics: &mut Diagnostics) -> Self {
        let mut known: BTreeMap<&str, Known> = BTreeMap::new();
        let sides = |rule| (LexiconRule::side(rule, into.other()), rule.side(into), rule.exact);
        let rules = lexicon.rules.iter().filter(|rule| rule.applies_into(into)).map(sides);
        let protected = lexicon.protect.iter().map(|word| (word, word, false));
        let names = lexicon.names.iter().map(sides);
        let all = protected.map(|sides| (Layer::Protected, sides));
        let all = all.chain(rules.map(|sides| (Layer::Rule, sides)));
        let all = all.chain(names.map(|sides| (Layer::Name, sides)));
        for (layer, (word, output, exact)) in all {
            let first = known.get(word.value.as_str());
            match first.filter(|first| first.layer != Layer::Rule || layer != Layer::Name) {
                None => {
                    known.insert(&word.value, Known { layer, word, output, exact });
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
        let output = |known: &Known| Output {
            text: known.output.value.clone(),
            exact: known.exact,
            layer: known.layer,
        };
        let outputs = known.values().map(output).collect();
        Self { words: automaton, outputs }
    }

    /// The lexicon words of a text, from left to right, the longest at each place.
    /// After one that is there by chance, the search goes on inside it.
    pub fn find(&self, text: &str) -> Vec<Hit<'_>> {
        let Some(words) = &self.words else { return Vec::new() };
        let (mut found, mut at) = (Vec::new(), 0);
        while let Some(hit) = words.find(Input::new(text).range(at..)) {
            let Output { text: output, exact, layer } = &self.outputs[hit.pattern()];
            let crosses = !exact && crosses_word_border(text, hit.range());
            let first = text[hit.start()..].chars().next().map_or(1, char::len_utf8);
            at = if crosses { hit.start() + first } else { hit.end() };
            found.push(Hit { range: hit.range(), output, crosses, layer: *layer });
        }
        found
    }
}

/// What a word becomes, and who says so.
struct Known<'a> {
    layer: Layer,
    word: &'a Spanned<String>,
    output: &'a Spanned<String>,
    exact: bool,
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
        Code::ContradictingRules,
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
                Code::LexiconChangesLength,
                word.span,
                format!("`{}` has {from} characters and becomes {to}", word.value),
            )
            .help("markup inside the word moves to its end in the converted edition"),
        );
    }
}
