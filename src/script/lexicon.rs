//! A lexicon made ready for one direction: which words, and what they become.

use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Edition, Lexicon};
use crate::source::{Span, Spanned};

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
    /// Gathers the rules that write `into`; reports those that contradict.
    pub fn new(lexicon: &Lexicon, into: Edition, diagnostics: &mut Diagnostics) -> Self {
        let mut known: BTreeMap<&str, (&str, Span)> = BTreeMap::new();
        let rules = lexicon.rules.iter().filter(|rule| rule.applies_into(into));
        let protected = lexicon.protect.iter().map(|word| (word, word));
        for (word, output) in
            protected.chain(rules.map(|rule| (rule.side(into.other()), rule.side(into))))
        {
            match known.get(word.value.as_str()) {
                None => {
                    known.insert(&word.value, (&output.value, word.span));
                    check_length(word, output, diagnostics);
                }
                Some((first, _)) if *first == output.value => {}
                Some((first, span)) => diagnostics.push(contradiction(word, output, first, *span)),
            }
        }
        let words: Vec<_> = known.keys().copied().collect();
        let automaton = (!words.is_empty()).then(|| {
            AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .build(&words)
                .expect("a lexicon's words fit an automaton: its file is limited in size")
        });
        let outputs = known.values().map(|(output, _)| (*output).to_owned()).collect();
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

fn contradiction(
    word: &Spanned<String>,
    output: &Spanned<String>,
    first: &str,
    first_span: Span,
) -> Diagnostic {
    Diagnostic::error(
        "contradicting-rules",
        word.span,
        format!("`{}` becomes `{}` here and `{first}` elsewhere", word.value, output.value),
    )
    .related(first_span, "the other rule")
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
