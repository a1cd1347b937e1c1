//! A measure's text as HTML: elements wrap its words, and no text is put
//! between.

use std::ops::Range;

use crate::library::{Measure, Mention, Place};
use crate::model::Line;

use super::Scope;

/// The text as paragraphs and tables; each sentence in an element of its own,
/// the first mention of each entity a link. `mark` stands before the first words.
pub fn text_html(scope: &Scope, measure: Measure, mark: Option<&str>) -> String {
    let text = &measure.said.text.text[scope.edition];
    let mut writer = Writer {
        scope,
        measure,
        text,
        first: first_mentions(&measure.reading.mentions[scope.edition]),
        next: 0,
        html: String::with_capacity(text.len() * 2),
    };
    writer.write(mark);
    writer.html
}

/// Writes a measure's text.
struct Writer<'a> {
    scope: &'a Scope<'a>,
    measure: Measure<'a>,
    text: &'a str,
    first: Vec<&'a Mention>,
    /// The sentence that comes next.
    next: usize,
    html: String,
}

impl Writer<'_> {
    fn write(&mut self, mark: Option<&str>) {
        let lines = &self.measure.said.lines;
        let text = self.text;
        let mut at = 0;
        let (mut paragraphs, mut items) = (0, 0);
        let mut mark = mark;
        let mut in_table = false;
        for (index, line) in text.split('\n').enumerate() {
            let range = at..at + line.len();
            at = range.end + 1;
            let kind = lines.get(index).copied().unwrap_or(Line::Paragraph);
            if in_table && kind != Line::Row {
                self.html.push_str("</tbody></table></div>\n");
            } else if index > 0 && !in_table {
                self.html.push('\n');
            }
            if kind == Line::Row {
                if !in_table {
                    self.html.push_str("<div class=\"table\"><table class=\"text\"><tbody>");
                }
                self.row(range);
                in_table = true;
                continue;
            }
            in_table = false;
            let (class, anchor) = match kind {
                Line::Item(depth) => {
                    items += 1;
                    (format!("text item item-{depth}"), format!("-i{items}"))
                }
                _ => {
                    paragraphs += 1;
                    ("text".to_owned(), format!("-p{paragraphs}"))
                }
            };
            self.html.push_str(&format!("<p class=\"{class}\""));
            if lines.len() > 1 {
                let id = [&self.measure.anchor(), &*anchor].concat();
                self.html.push_str(&format!(" id=\"{id}\""));
            }
            self.html.push('>');
            if let Some(mark) = mark.take() {
                self.html.push_str("<span class=\"mark\">");
                escape_into(&mut self.html, mark);
                self.html.push_str("</span>");
            }
            self.sentences(&range);
            self.html.push_str("</p>");
        }
        if in_table {
            self.html.push_str("</tbody></table></div>");
        }
    }

    fn row(&mut self, range: Range<usize>) {
        self.html.push_str("<tr>");
        let mut at = range.start;
        let text = self.text;
        for cell in text[range].split('\t') {
            self.html.push_str("<td>");
            self.sentences(&(at..at + cell.len()));
            self.html.push_str("</td>");
            at += cell.len() + 1;
        }
        self.html.push_str("</tr>");
    }

    /// The sentences that end in a part of the text.
    fn sentences(&mut self, part: &Range<usize>) {
        let Self { scope, measure, text, .. } = *self;
        let sentences = &measure.reading.sentences[scope.edition];
        while let Some(sentence) = sentences.get(self.next).filter(|one| one.end <= part.end) {
            self.next += 1;
            self.html.push_str("<span id=\"");
            self.html.push_str(&measure.sentence_anchor(self.next));
            self.html.push_str("\">");
            let marked = inside(&self.first, sentence).map(|mention| {
                let href = scope.href(Place::Entity(mention.entity).of(scope.edition));
                let open = ["<a href=\"", &href, "\">"].concat();
                (mention.range.clone(), open, "</a>")
            });
            wrap(text, sentence.clone(), marked, &mut self.html);
            self.html.push_str("</span>");
        }
    }
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
pub(super) fn wrap(
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
