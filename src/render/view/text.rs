//! A measure's text as HTML: elements wrap its words, and no text is put
//! between.

use std::ops::Range;

use crate::library::{Measure, Mention, Route};

use super::Scope;

/// The id of a sentence's element: `m4-2-s3`.
pub fn sentence_id(measure: &Measure, number: usize) -> String {
    [&measure.anchor(), "-s", &number.to_string()].concat()
}

/// The text with each sentence in an element of its own, and the first mention
/// of each entity a link.
pub fn text_html(scope: &Scope, measure: &Measure) -> String {
    let text = &measure.text.text[scope.edition];
    let first = first_mentions(&measure.mentions[scope.edition]);
    let mut html = String::with_capacity(text.len() * 2);
    for (index, sentence) in measure.sentences[scope.edition].iter().enumerate() {
        html.push_str("<span class=\"sentence\" id=\"");
        html.push_str(&sentence_id(measure, index + 1));
        html.push_str("\">");
        let marked = inside(&first, sentence).map(|mention| {
            let href = scope.href(Route::Entity(scope.edition, mention.entity));
            let open = ["<a class=\"entity\" href=\"", &href, "\">"].concat();
            (mention.range.clone(), open, "</a>")
        });
        wrap(text, sentence.clone(), marked, &mut html);
        html.push_str("</span>");
    }
    html
}

/// A sentence with every mention of one entity marked.
pub fn context_html(
    text: &str,
    sentence: &Range<usize>,
    mentions: &[Mention],
    entity: usize,
) -> String {
    let own: Vec<&Mention> = mentions.iter().filter(|mention| mention.entity == entity).collect();
    let marked = inside(&own, sentence)
        .map(|mention| (mention.range.clone(), "<mark>".to_owned(), "</mark>"));
    let mut html = String::new();
    wrap(text, sentence.clone(), marked, &mut html);
    html
}

fn first_mentions(mentions: &[Mention]) -> Vec<&Mention> {
    let mut first: Vec<&Mention> = Vec::new();
    for mention in mentions {
        if !first.iter().any(|known| known.entity == mention.entity) {
            first.push(mention);
        }
    }
    first
}

fn inside<'a>(
    mentions: &'a [&'a Mention],
    sentence: &'a Range<usize>,
) -> impl Iterator<Item = &'a Mention> {
    mentions.iter().copied().filter(move |mention| {
        sentence.start <= mention.range.start && mention.range.end <= sentence.end
    })
}

/// Writes a part of a text with elements around some of its ranges, which do
/// not overlap and stand in order.
fn wrap(
    text: &str,
    part: Range<usize>,
    marked: impl Iterator<Item = (Range<usize>, String, &'static str)>,
    html: &mut String,
) {
    let mut at = part.start;
    for (range, open, close) in marked {
        escape_into(html, &text[at..range.start]);
        html.push_str(&open);
        escape_into(html, &text[range.clone()]);
        html.push_str(close);
        at = range.end;
    }
    escape_into(html, &text[at..part.end]);
}

pub(super) fn escape_into(html: &mut String, text: &str) {
    pulldown_cmark_escape::escape_html(html, text).expect("a string takes all that is written");
}
