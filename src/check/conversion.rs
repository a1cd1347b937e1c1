//! The conversion as a reviewer should see it: where the dictionaries had
//! several candidates (一簡對多繁), where the lexicon decided, and where a
//! supplied wording is not what conversion would give.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Content, Edition, Entity, Text};
use crate::pipeline::Parts;
use crate::script::Review;
use crate::source::Span;

/// Lists what there is to review.
pub fn check(parts: &Parts, found: &mut Diagnostics) {
    for text in texts(parts.content).filter(|text| !text.is_unread()) {
        match &text.counterpart {
            Some(_) => compare_supplied(text, parts, found),
            None => review(text, parts, found),
        }
    }
}

fn review(text: &Text, parts: &Parts, found: &mut Diagnostics) {
    let into = text.script.other();
    let source = &text.source.value;
    for review in parts.converter.review(source, into) {
        match review {
            Review::Lexicon { range, output } => {
                let message = format!("the lexicon makes `{}` `{output}`", &source[range.clone()]);
                found.push(Diagnostic::fact("lexicon-applied", place(text, range), message));
            }
            Review::Candidates { range, mut candidates } => {
                candidates.retain(|candidate| !candidate.chars().any(is_rare));
                if candidates.len() > 1 {
                    let word = source[range.clone()].to_owned();
                    found.push(several(&word, &candidates, into, place(text, range)));
                }
            }
        }
    }
}

fn several(word: &str, candidates: &[String], into: Edition, span: Span) -> Diagnostic {
    let others = candidates[1..].join("`, `");
    let taken = &candidates[0];
    let (hant, hans) = match into {
        Edition::Hant => (taken.as_str(), word),
        Edition::Hans => (word, taken.as_str()),
    };
    let message = format!("`{word}` became `{taken}`; it may also be `{others}`");
    Diagnostic::fact("several-candidates", span, message).help(format!(
        "to settle it, add to `content/lexicon.toml` a rule for the whole word, e.g. {{ hant = \"{hant}\", hans = \"{hans}\", into = \"{}\" }}",
        into.id(),
    ))
}

/// Says where a supplied wording differs from what conversion would give.
fn compare_supplied(text: &Text, parts: &Parts, found: &mut Diagnostics) {
    let Some(given) = &text.counterpart else { return };
    let converted = parts.converter.convert(&text.source.value, text.script.other()).text;
    if converted != given.text.value {
        let message = "the supplied wording differs from the conversion";
        let differs = Diagnostic::fact("differs-from-conversion", given.text.span, message);
        found.push(differs.note(format!("conversion gives `{converted}`")));
    }
}

/// The place of a part of a text; with escapes in the file, the whole text.
fn place(text: &Text, range: std::ops::Range<usize>) -> Span {
    let span = text.source.span;
    if span.range().len() != text.source.value.len() {
        return span;
    }
    let start = span.start as usize;
    Span::new(span.file, start + range.start..start + range.end)
}

/// Ideographs outside the basic plane, which few fonts have: no one means them.
fn is_rare(c: char) -> bool {
    c > '\u{ffff}'
}

/// Every text of the content that is converted by itself.
fn texts(content: &Content) -> impl Iterator<Item = &Text> {
    let site = [&content.site.title, &content.site.description];
    let entities = content.entities.iter().flat_map(Entity::texts);
    let memoranda = content.memoranda.iter().flat_map(|one| one.memorandum.texts());
    let memoranda = memoranda.map(|(_, text)| text);
    let pages =
        content.pages.iter().flat_map(|page| std::iter::once(&page.title).chain(&page.description));
    site.into_iter().chain(entities).chain(memoranda).chain(pages)
}
