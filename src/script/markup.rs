//! Converts Markdown events: a block's text as a whole, its markup laid back.
//!
//! 1. Gather the text of neighbouring events into a run; inline markup is
//!    transparent, code and text in another language end a run.
//! 2. Convert the run as one text.
//! 3. Cut the result where the events' borders lie.

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::{Converter, Way};

/// Converts events. HTML, addresses and code stay.
pub fn convert_events(
    events: &[Event<'static>],
    into: impl Into<Way>,
    converter: &Converter,
) -> Vec<Event<'static>> {
    let into = into.into();
    let mut converted = events.to_vec();
    let mut run = Vec::new();
    let mut protection = Protection::default();
    for (index, event) in events.iter().enumerate() {
        if let Event::InlineHtml(html) = event
            && protection.step(html)
        {
            flush(&mut run, &mut converted, into, converter);
        }
        match event {
            Event::Text(_) if !protection.is_on() => run.push(index),
            Event::Text(_) | Event::SoftBreak | Event::HardBreak | Event::InlineHtml(_) => {}
            Event::FootnoteReference(_)
            | Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. })
            | Event::End(
                TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link,
            ) => {}
            _ => flush(&mut run, &mut converted, into, converter),
        }
        convert_title(&mut converted[index], into, converter);
        if let Event::Start(Tag::CodeBlock(_)) = event {
            protection.code = true;
        } else if let Event::End(TagEnd::CodeBlock) = event {
            protection.code = false;
        }
    }
    flush(&mut run, &mut converted, into, converter);
    converted
}

/// Converts the texts of a run as one and puts the parts back.
fn flush(run: &mut Vec<usize>, events: &mut [Event<'static>], into: Way, converter: &Converter) {
    let mut whole = String::new();
    let mut borders = Vec::new();
    for index in run.iter() {
        if let Event::Text(text) = &events[*index] {
            whole.push_str(text);
            borders.push(whole.chars().count());
        }
    }
    let converted = converter.convert(&whole, into);
    let mut rest = converted.text.as_str();
    let mut start = 0;
    for (index, border) in run.drain(..).zip(borders) {
        let end = converted.position(border);
        let bytes = rest.char_indices().nth(end - start).map_or(rest.len(), |(at, _)| at);
        let (part, after) = rest.split_at(bytes);
        events[index] = Event::Text(CowStr::from(part.to_owned()));
        (rest, start) = (after, end);
    }
}

/// A link's or image's title is read by itself.
fn convert_title(event: &mut Event<'static>, into: Way, converter: &Converter) {
    if let Event::Start(Tag::Link { title, .. } | Tag::Image { title, .. }) = event
        && !title.is_empty()
    {
        *title = CowStr::from(converter.convert(title, into).text);
    }
}

/// Whether text stands inside an element that keeps it from conversion.
#[derive(Default)]
struct Protection {
    /// Open elements since, and with, the one that protects.
    open: Vec<String>,
    code: bool,
}

impl Protection {
    fn is_on(&self) -> bool {
        self.code || !self.open.is_empty()
    }

    /// Follows an inline tag; true if protection begins or ends with it.
    fn step(&mut self, html: &str) -> bool {
        let before = self.is_on();
        if let Some(name) = html.strip_prefix("</") {
            let name = name.trim_end_matches('>').trim().to_ascii_lowercase();
            if let Some(at) = self.open.iter().rposition(|open| *open == name) {
                self.open.truncate(at);
            }
        } else if !html.ends_with("/>") && (before || protects(html)) {
            let name = html[1..].split(|c: char| !c.is_ascii_alphanumeric()).next();
            self.open.extend(name.filter(|name| !is_void(name)).map(str::to_ascii_lowercase));
        }
        before != self.is_on()
    }
}

/// A tag keeps its text as it is if it names a language or forbids translation.
fn protects(tag: &str) -> bool {
    tag.split_ascii_whitespace().skip(1).any(|attribute| {
        attribute.starts_with("lang=") || attribute.starts_with("translate=\"no\"")
    })
}

fn is_void(name: &str) -> bool {
    matches!(name.to_ascii_lowercase().as_str(), "br" | "img" | "wbr" | "hr" | "input")
}
