//! Markdown → events, with links, headings and line breaks made ready.

use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser as CommonMark, Tag, TagEnd};
use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Link, Markdown, Target};
use crate::source::{FileId, Span, Spanned};

use super::emphasis::{self, Marked};
use super::{Parser, address, anchor, unsupported};

/// Reads the Markdown that stands in a byte range of a file.
pub fn parse(parser: &mut Parser, file: FileId, body: Range<usize>) -> Markdown {
    let source = parser.sources.file(file).text.clone();
    let text = &source[body.clone()];
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_DEFINITION_LIST;
    let mut markdown = Markdown::default();
    let mut events = Vec::new();
    let marked = emphasis::marked(text, options);
    for stray in emphasis::strays(&marked, options) {
        if emphasis::is_beside_chinese(text, &stray) {
            let span = Span::new(file, body.start + stray.start..body.start + stray.end);
            markdown.doubts.push(literal_emphasis(&text[stray], span));
        }
    }
    let mut single: Vec<bool> = Vec::new();
    for (event, range) in CommonMark::new_ext(&marked.text, options).into_offset_iter() {
        let range = marked.original(range);
        let span = Span::new(file, body.start + range.start..body.start + range.end);
        let event = match event {
            Event::Text(text) => match Marked::without_marks(&text) {
                text if text.is_empty() => continue,
                text => Event::Text(CowStr::from(text)),
            },
            // `3~5` and `6~8` strike nothing through; two tildes do.
            Event::Start(Tag::Strikethrough) if !source[span.range()].starts_with("~~") => {
                single.push(true);
                Event::Text("~".into())
            }
            Event::Start(Tag::Strikethrough) => {
                single.push(false);
                event
            }
            Event::End(TagEnd::Strikethrough) if single.pop() == Some(true) => {
                Event::Text("~".into())
            }
            event => event,
        };
        check_html(parser, &event, span);
        undefined_note(parser, &event, span);
        markdown.doubts.extend(address::check(parser, &event, span));
        if let Some(target) = link_target(&event, &source, span) {
            markdown.links.push(Link { event: events.len(), target });
        }
        events.push((event.into_static(), span));
    }
    markdown.doubts.extend(images_without_words(&events, &source));
    unsupported::check(parser, &events);
    anchor::name(parser, &mut events, &mut markdown);
    let dropped = breaks_between_wide_characters(&events);
    let moved = |event: usize| event - dropped.range(..event).count();
    for link in &mut markdown.links {
        link.event = moved(link.event);
    }
    for heading in &mut markdown.headings {
        heading.event = moved(heading.event);
    }
    (markdown.events, markdown.places) = events
        .into_iter()
        .enumerate()
        .filter(|(index, _)| !dropped.contains(index))
        .map(|(_, placed)| placed)
        .unzip();
    markdown
}

/// Pictures that say nothing to those who do not see them.
fn images_without_words(events: &[(Event, Span)], source: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (at, (event, span)) in events.iter().enumerate() {
        let address = match event {
            Event::Start(Tag::Image { dest_url, .. }) => {
                let inside = events[at + 1..].iter().map(|(event, _)| event);
                let mut inside =
                    inside.take_while(|event| !matches!(event, Event::End(TagEnd::Image)));
                if inside.any(|event| has_words(event)) {
                    continue;
                }
                format!("image `{dest_url}`")
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                let lower = html.to_ascii_lowercase();
                if !lower.contains("<img") || lower.contains("alt") {
                    continue;
                }
                "image".to_owned()
            }
            _ => continue,
        };
        let end = span.start as usize + source[span.range()].trim_end().len();
        let span = Span::new(span.file, span.start as usize..end);
        let message = format!("the {address} has no alternative text");
        let missing = Diagnostic::warning(Code::MissingAlternativeText, span, message);
        found.push(missing.help("write it between the brackets: `![what is seen](…)`"));
    }
    found
}

fn has_words(event: &Event) -> bool {
    matches!(event, Event::Text(text) | Event::Code(text) if !text.trim().is_empty())
}

/// A reference to a footnote that is nowhere stays text, and would be lost.
fn undefined_note(parser: &mut Parser, event: &Event, span: Span) {
    let Event::Text(text) = event else { return };
    // The brackets come as texts of their own.
    if text.as_ref() != "[" {
        return;
    }
    let source = &parser.sources.file(span.file).text;
    let rest = &source[span.start as usize..];
    let name = rest.strip_prefix("[^").and_then(|rest| rest.split_once(']'));
    let Some((name, _)) =
        name.filter(|(name, _)| !name.is_empty() && !name.contains(char::is_whitespace))
    else {
        return;
    };
    let end = span.start as usize + name.len() + 3;
    let place = Span::new(span.file, span.start as usize..end);
    parser.diagnostics.push(
        Diagnostic::error(Code::UnknownFootnote, place, format!("there is no footnote `{name}`"))
            .help(format!("write it on a line of its own: `[^{name}]: …`")),
    );
}

/// A delimiter that delimits nothing.
fn literal_emphasis(run: &str, span: Span) -> Diagnostic {
    let message = format!("`{run}` stays in the text as it is");
    Diagnostic::warning(Code::StrayEmphasis, span, message)
        .help("emphasis has the same mark at both ends, and no space within them")
        .help(format!("where the character itself is meant, write `\\{}`", &run[..1]))
}

/// Where a link to a place of this site leads, with the place of its address.
fn link_target(event: &Event, source: &str, span: Span) -> Option<Spanned<Target>> {
    let Event::Start(Tag::Link { link_type, dest_url, .. }) = event else { return None };
    if *link_type == LinkType::Email {
        return None;
    }
    let target = Target::parse(dest_url)?;
    let written = source[span.range()].rfind(dest_url.as_ref()).map(|at| {
        let start = span.start as usize + at;
        Span::new(span.file, start..start + dest_url.len())
    });
    Some(Spanned::new(target, written.unwrap_or(span)))
}

/// The soft breaks that stand between two characters of Chinese text.
fn breaks_between_wide_characters(events: &[(Event, Span)]) -> BTreeSet<usize> {
    let is_break = |index: &usize| matches!(events[*index].0, Event::SoftBreak);
    let wide_before = |index: usize| {
        text_near(events[..index].iter().rev()).and_then(|text| text.chars().next_back())
    };
    let wide_after =
        |index: usize| text_near(events[index + 1..].iter()).and_then(|text| text.chars().next());
    (0..events.len())
        .filter(is_break)
        .filter(|index| {
            wide_before(*index).is_some_and(is_wide) && wide_after(*index).is_some_and(is_wide)
        })
        .collect()
}

/// The nearest text of the same block, looking past inline markup.
fn text_near<'a>(events: impl Iterator<Item = &'a (Event<'a>, Span)>) -> Option<&'a str> {
    for (event, _) in events {
        match event {
            Event::Text(text) | Event::Code(text) => return Some(text),
            Event::InlineHtml(_) | Event::FootnoteReference(_) => {}
            Event::Start(tag) if is_inline(tag) => {}
            Event::End(tag) if is_inline_end(tag) => {}
            _ => return None,
        }
    }
    None
}

fn is_inline(tag: &Tag) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. })
}

fn is_inline_end(tag: &pulldown_cmark::TagEnd) -> bool {
    use pulldown_cmark::TagEnd;
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link)
}

/// Characters that Chinese sets without spaces: ideographs, kana, full-width
/// forms and the punctuation that Chinese shares with Western text.
fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{2014}' | '\u{2018}'..='\u{201d}' | '\u{2026}' | '\u{2e80}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}'
        | '\u{20000}'..='\u{3ffff}')
}

/// HTML is never converted, so Chinese inside it would show in the wrong script.
fn check_html(parser: &mut Parser, event: &Event, span: Span) {
    let (Event::Html(html) | Event::InlineHtml(html)) = event else { return };
    let own_language = html.contains("lang=") || html.trim_start().starts_with("<!--");
    let Some((at, found)) =
        html.char_indices().find(|(_, c)| ('\u{3400}'..='\u{9fff}').contains(c))
    else {
        return;
    };
    if own_language {
        return;
    }
    let start = span.start as usize + at;
    let span = Span::new(span.file, start..start + found.len_utf8());
    parser.diagnostics.push(
        Diagnostic::error(Code::ChineseInHtml, span, "text inside HTML is not converted")
            .label("would stand in both editions as it is")
            .help("put the text outside the tags, or leave an empty line between a block's tag and its text")
            .help("if it must stay as it is, say so with a `lang` attribute on the tag"),
    );
}
