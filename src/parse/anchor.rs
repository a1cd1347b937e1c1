//! What a link can name within an explainer page: the ids of its headings and
//! footnotes.
//!
//! 1. An id that is given (`## 標題 {#id}`, or in HTML) stands.
//! 2. Any other heading's is made of its words, so that it stays the same
//!    whatever is put before it; where words stand twice, the id of the heading
//!    above goes before.
//! 3. What is still no single heading's is a mistake: a number would lead old
//!    links elsewhere as soon as another one is put between.
//!
//! Ids are made of the source script's words and are in ASCII, so both editions
//! have the same.

use std::collections::BTreeMap;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd};

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Heading, Markdown, slug};
use crate::source::Span;

use super::Parser;

/// Ids of the elements around a page's text.
const TAKEN: [&str; 2] = ["main", "search"];

/// The most words and syllables of an id.
const WORDS: usize = 16;

/// The id of a heading without words.
const WORDLESS: &str = "section";

/// A heading as it is written.
struct Written {
    /// Index of the event that begins it.
    event: usize,
    level: HeadingLevel,
    span: Span,
    /// Whether its id is given.
    given: bool,
    /// The id that is given, or the one of its words.
    id: String,
}

/// Gives headings and footnotes their ids.
pub fn name(parser: &mut Parser, events: &mut [(Event<'static>, Span)], markdown: &mut Markdown) {
    let mut ids = Ids::default();
    TAKEN.into_iter().for_each(|id| ids.take(id, None));
    name_footnotes(events, &mut ids);
    for (event, _) in events.iter() {
        if let Event::Html(html) | Event::InlineHtml(html) = event {
            attribute_ids(html).for_each(|id| ids.take(id, None));
        }
    }
    let headings = written(parser, events);
    let mut words: BTreeMap<&str, usize> = BTreeMap::new();
    headings.iter().for_each(|one| *words.entry(&one.id).or_default() += 1);
    for one in headings.iter().filter(|one| one.given) {
        if !is_fragment(&one.id) {
            let message = format!("`{}` cannot be this heading's id", one.id);
            let wrong = Diagnostic::error(Code::BadHeadingId, one.span, message);
            parser.diagnostics.push(wrong.help("ids are ASCII letters, digits and hyphens"));
        }
        ids.give(parser, one, &one.id);
    }
    // The headings that the present one stands under, with their ids.
    let mut above: Vec<(HeadingLevel, String)> = Vec::new();
    for one in &headings {
        above.retain(|(level, _)| *level < one.level);
        let alone = words.get(one.id.as_str()) == Some(&1) && !ids.has(&one.id);
        let id = match above.last() {
            Some((_, above)) if !one.given && !alone => [above, "-", &one.id].concat(),
            _ => one.id.clone(),
        };
        if !one.given {
            ids.give(parser, one, &id);
        }
        if let (Event::Start(Tag::Heading { id: own, .. }), _) = &mut events[one.event] {
            *own = Some(CowStr::from(id.clone()));
        }
        if one.level == HeadingLevel::H2 {
            markdown.headings.push(Heading { event: one.event, id: id.clone() });
        }
        above.push((one.level, id));
    }
    markdown.anchors = ids.of_text;
}

/// Ids that are each there once.
#[derive(Default)]
struct Ids {
    known: BTreeMap<String, Option<Span>>,
    /// All but those around the text.
    of_text: Vec<String>,
}

impl Ids {
    fn has(&self, id: &str) -> bool {
        self.known.contains_key(id)
    }

    fn take(&mut self, id: &str, span: Option<Span>) {
        self.known.insert(id.to_owned(), span);
        if !TAKEN.contains(&id) {
            self.of_text.push(id.to_owned());
        }
    }

    /// Gives an id to a heading; reports that something else has it.
    fn give(&mut self, parser: &mut Parser, heading: &Written, id: &str) {
        let Some(first) = self.known.get(id) else {
            return self.take(id, Some(heading.span));
        };
        let message = format!("something else on the page has the id of this heading, `{id}`");
        let twin = Diagnostic::error(Code::BadHeadingId, heading.span, message)
            .help("give one of them its own: `## 標題 {#id}`");
        parser.diagnostics.push(match first {
            Some(first) => twin.related(*first, "the other one"),
            None => twin,
        });
    }
}

/// All headings, each with the words of its own line.
fn written(parser: &mut Parser, events: &[(Event<'static>, Span)]) -> Vec<Written> {
    let mut headings: Vec<Written> = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (at, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::Heading { .. }) => open = Some((at, String::new())),
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, words)) = &mut open {
                    words.push_str(text);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                let Some((event, words)) = open.take() else { continue };
                let (Event::Start(Tag::Heading { level, id, attrs, .. }), span) = &events[event]
                else {
                    continue;
                };
                let line = parser.sources.text(*span).trim_end().len();
                let end = span.start as usize + line;
                let span = Span::new(span.file, span.start as usize..end);
                check_attributes(parser, attrs, span);
                let (level, given) = (*level, id.is_some());
                let id = match id {
                    Some(id) => id.to_string(),
                    None => slug(&words, WORDS).unwrap_or_else(|| WORDLESS.to_owned()),
                };
                headings.push(Written { event, level, span, given, id });
            }
            _ => {}
        }
    }
    headings
}

/// Of what may stand in a heading's braces, an id and classes harm nobody; an
/// attribute could be a style or a script.
fn check_attributes(
    parser: &mut Parser,
    attributes: &[(CowStr<'static>, Option<CowStr<'static>>)],
    span: Span,
) {
    for (name, _) in attributes {
        let message = format!("a heading takes no attribute `{name}`");
        let wrong = Diagnostic::error(Code::UnsupportedMarkdown, span, message);
        parser.diagnostics.push(wrong.help("what may stand in braces is an id, `{#id}`"));
    }
}

/// Footnotes are named in ASCII, and never as a heading is.
fn name_footnotes(events: &mut [(Event<'static>, Span)], ids: &mut Ids) {
    let mut named: BTreeMap<String, String> = BTreeMap::new();
    for (event, _) in events {
        let (Event::Start(Tag::FootnoteDefinition(name)) | Event::FootnoteReference(name)) = event
        else {
            continue;
        };
        let id = named.entry(name.to_string()).or_insert_with(|| {
            let words = slug(name, WORDS).unwrap_or_default();
            let free = |id: &String| !ids.has(id);
            let numbers = (2..).map(|number| format!("note-{words}-{number}"));
            let id = std::iter::once(format!("note-{words}")).chain(numbers).find(free);
            let id = id.unwrap_or_default();
            ids.take(&id, None);
            id
        });
        *name = CowStr::from(id.clone());
    }
}

/// The values of the `id` attributes of HTML.
fn attribute_ids(html: &str) -> impl Iterator<Item = &str> {
    html.match_indices("id=").filter_map(|(at, name)| {
        let begins = html[..at].ends_with(|c: char| c.is_ascii_whitespace());
        let value = html[at + name.len()..].trim_start_matches(['"', '\'']);
        let end = value.find(|c: char| c.is_ascii_whitespace() || "\"'>".contains(c));
        Some(&value[..end?]).filter(|id| begins && !id.is_empty())
    })
}

fn is_fragment(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
