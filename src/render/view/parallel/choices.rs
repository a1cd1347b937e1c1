//! What decided where conversion had a choice, in words for readers.

use crate::library::Wording;
use crate::model::{Edition, Provenance};
use crate::render::theme::Phrase;
use crate::render::view::Scope;
use crate::render::view::text::escape_into;
use crate::script::{Choice, Reason};

/// The choices of some texts, by text and side, as items of a list, each once, and
/// how many places there are.
pub fn told(
    scope: &Scope,
    sides: &[Edition],
    texts: &[&Wording],
    choices: &[Vec<Vec<Choice>>],
) -> (String, usize) {
    let (mut html, mut count) = (String::new(), 0);
    for (at, side) in sides.iter().enumerate() {
        let mut seen: Vec<&Choice> = Vec::new();
        for (text, choices) in texts.iter().zip(choices) {
            let source = scope
                .library
                .editions
                .all()
                .find(|one| text.provenance[*one] == Provenance::Source);
            for choice in &choices[at] {
                count += 1;
                let is_it = |known: &&Choice| {
                    (&known.source, &known.taken, &known.reason)
                        == (&choice.source, &choice.taken, &choice.reason)
                };
                if !seen.iter().any(is_it) {
                    item(scope, (source.unwrap_or(*side), *side), choice, &mut html);
                    seen.push(choice);
                }
            }
        }
    }
    (html, count)
}

fn item(scope: &Scope, (from, into): (Edition, Edition), choice: &Choice, html: &mut String) {
    html.push_str("<li>");
    html.push_str(&in_language(from, &[choice.source.as_str()]));
    html.push('→');
    html.push_str(&in_language(into, &[choice.taken.as_str()]));
    if !choice.others.is_empty() {
        let others: Vec<&str> = choice.others.iter().map(String::as_str).collect();
        add(scope, Phrase::ChoiceOthers, &in_language(into, &others), html);
    }
    let (phrase, words) = match &choice.reason {
        Reason::Protected => (Phrase::ChoiceProtected, String::new()),
        Reason::Rule => (Phrase::ChoiceRule, String::new()),
        Reason::Name => (Phrase::ChoiceName, String::new()),
        Reason::Usage => (Phrase::ChoiceUsage, String::new()),
        Reason::First => (Phrase::ChoiceFirst, String::new()),
        Reason::Word(word) => (Phrase::ChoiceWord, in_language(from, &[word.as_str()])),
        Reason::Near(words) => {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            (Phrase::ChoiceNear, in_language(from, &words))
        }
    };
    add(scope, phrase, &words, html);
    html.push_str("</li>");
}

/// A wording with words of another language put in.
fn add(scope: &Scope, phrase: Phrase, words: &str, html: &mut String) {
    let mut wording = String::new();
    escape_into(&mut wording, &scope.strings.format(phrase, &[]));
    html.push_str(&wording.replace("{words}", words));
}

fn in_language(edition: Edition, words: &[&str]) -> String {
    let mut html = format!("<span lang=\"{}\">", edition.language());
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            html.push('、');
        }
        escape_into(&mut html, word);
    }
    html.push_str("</span>");
    html
}
