//! Every text of a site that is converted by itself, with where its author wrote
//! it and which page shows it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::library::{Library, Place, Sheet};
use crate::model::{Edition, Entity, Manuscript, Page, Role, Script, Text};
use crate::pipeline::Parts;
use crate::source::Span;

/// A text that is converted by itself.
pub struct Looked<'a> {
    pub source: Cow<'a, str>,
    pub script: Script,
    /// The other edition's wording, if the author supplied it.
    pub supplied: Option<(&'a str, Span)>,
    /// Where it stands in its file.
    pub span: Span,
    /// Of a page's body: where each part stands, from which offset on.
    parts: Vec<(usize, Span)>,
    page: Place,
    /// Whether it is a measure's text, whose sentences have ids.
    has_sentences: bool,
    /// Whether it is a part of a page's body.
    pub is_of_body: bool,
}

impl<'a> Looked<'a> {
    fn new(text: &'a Text, page: Place) -> Self {
        Self {
            source: Cow::Borrowed(&text.source.value),
            script: text.script,
            supplied: text.counterpart.as_ref().map(|one| (one.text.value.as_str(), one.text.span)),
            span: text.source.span,
            parts: Vec::new(),
            page,
            has_sentences: false,
            is_of_body: false,
        }
    }

    /// The place of a part; with escapes or markup in the file, the whole text.
    pub fn place(&self, range: Range<usize>) -> Span {
        if self.is_of_body {
            let last = range.end.saturating_sub(1).max(range.start);
            let (start, end) = (self.offset(range.start).start, self.offset(last).end);
            return Span::new(self.span.file, start..end.max(start));
        }
        if self.span.range().len() != self.source.len() {
            return self.span;
        }
        let start = self.span.start as usize;
        Span::new(self.span.file, start + range.start..start + range.end)
    }

    /// Where the character at an offset of a page's body stands in its file; the
    /// whole part that it belongs to, if that has escapes.
    fn offset(&self, offset: usize) -> Range<usize> {
        let next = self.parts.partition_point(|(start, _)| *start <= offset);
        let Some((start, span)) = self.parts[..next].last() else { return self.span.range() };
        let end = self.parts.get(next).map_or(self.source.len(), |(end, _)| *end);
        if span.range().len() != end - start {
            return span.range();
        }
        let at = span.start as usize + offset - start;
        at..at + 1
    }

    /// The address in an edition of what shows the text at an offset: the
    /// measure's own page, or one that holds the text.
    pub fn address(&self, offset: usize, edition: Edition, library: &Library) -> String {
        let path = library.path(self.page.of(edition));
        let Place::Measure(memorandum, measure) = self.page else { return path };
        let measure = library.memoranda[memorandum].measure(measure);
        let sentences = &measure.reading.sentences[library.editions.of(self.script)];
        let sentence = sentences.iter().position(|sentence| sentence.contains(&offset));
        let id = match sentence.filter(|_| self.has_sentences) {
            Some(sentence) => measure.sentence_anchor(sentence + 1),
            None => measure.anchor(),
        };
        format!("{path}#{id}")
    }
}

/// Every text of the content.
pub fn texts<'a>(parts: &Parts<'a>) -> Vec<Looked<'a>> {
    let mut texts = fields(parts);
    for (page, shown) in pages(parts) {
        texts.extend(body(page, shown));
    }
    texts
}

/// Those that stand in a field.
fn fields<'a>(parts: &Parts<'a>) -> Vec<Looked<'a>> {
    let (content, library) = (parts.content, parts.library);
    let mut texts: Vec<Looked<'a>> = Vec::new();
    let mut add = |text: &'a Text, page: Place| {
        if !text.is_unread() {
            texts.push(Looked::new(text, page));
        }
    };
    add(&content.site.title, Place::Home);
    add(&content.site.description, Place::Home);
    content.site.publisher.name.iter().for_each(|name| add(name, Place::Home));
    for (index, entity) in content.entities.iter().enumerate() {
        Entity::texts(entity).for_each(|text| add(text, Place::Entity(index)));
    }
    for (page, shown) in pages(parts) {
        std::iter::once(&page.title).chain(&page.description).for_each(|text| add(text, shown));
    }
    let known = library.memoranda.iter().enumerate().map(|(index, one)| (&one.id.value, index));
    let known: BTreeMap<_, _> = known.collect();
    for one in &content.memoranda {
        if let Some(index) = known.get(&one.memorandum.id.value) {
            texts.extend(memorandum(one, *index, library));
        }
    }
    texts
}

/// A document's texts: a measure's on its own page, an area's on its own, the
/// others on the page that has them all.
fn memorandum<'a>(
    manuscript: &'a Manuscript,
    index: usize,
    library: &Library,
) -> impl Iterator<Item = Looked<'a>> {
    let memorandum = &manuscript.memorandum;
    let assembled = &library.memoranda[index];
    let mut shown: BTreeMap<Span, Place> = BTreeMap::new();
    // Of two documents with one id, which is a mistake, only one is known by it.
    let is_it = |area: &usize| {
        let count = memorandum.areas[*area].measures.len();
        assembled.areas.get(*area).is_some_and(|one| one.measures.len() == count)
    };
    let areas = (0..memorandum.areas.len()).take_while(is_it);
    for (area, one) in areas.zip(&memorandum.areas) {
        let place = library.area_place(index, area);
        for text in one.own_texts().chain(&one.summary) {
            shown.insert(text.source.span, place);
        }
        for (measure, one) in assembled.measures_of(area).zip(&one.measures) {
            for text in one.record_texts().chain(&one.label) {
                shown.insert(text.source.span, Place::Measure(index, measure));
            }
        }
    }
    let read = memorandum.texts().into_iter().filter(|(_, text)| !text.is_unread());
    read.map(move |(role, text)| {
        let page =
            shown.get(&text.source.span).copied().unwrap_or(Place::Memorandum(index, Sheet::Full));
        Looked { has_sentences: role == Role::Measure, ..Looked::new(text, page) }
    })
}

/// The explainer pages with what shows each.
fn pages<'a>(parts: &Parts<'a>) -> impl Iterator<Item = (&'a Page, Place)> + use<'a> {
    parts.content.pages.iter().enumerate().map(|(index, page)| (page, Place::Explainer(index)))
}

/// The texts of a page's body, a block each, and the titles of its links.
fn body(page: &Page, shown: Place) -> Vec<Looked<'_>> {
    let mut blocks = vec![Block::default()];
    let mut code = false;
    for (event, place) in page.body.events.iter().zip(&page.body.places) {
        match event {
            Event::Text(text) if !code => {
                blocks.last_mut().expect("never empty").push(text, *place);
            }
            Event::Start(Tag::Emphasis | Tag::Strong) | Event::SoftBreak | Event::InlineHtml(_) => {
            }
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link) => {}
            Event::Start(Tag::Link { title, .. }) => {
                let mut block = Block::default();
                block.push(title, *place);
                blocks.insert(blocks.len() - 1, block);
            }
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            _ => blocks.push(Block::default()),
        }
    }
    let looked = |Block { text, parts }: Block| {
        let (first, last) = (parts.first()?.1, parts.last()?.1);
        Some(Looked {
            source: Cow::Owned(text),
            script: page.script,
            supplied: None,
            span: Span::new(first.file, first.range().start..last.range().end),
            parts,
            page: shown,
            has_sentences: false,
            is_of_body: true,
        })
    };
    blocks.into_iter().filter_map(looked).collect()
}

/// A text of a page's body that markup does not end.
#[derive(Default)]
struct Block {
    text: String,
    /// Where each part stands, from which offset on.
    parts: Vec<(usize, Span)>,
}

impl Block {
    fn push(&mut self, text: &str, place: Span) {
        if !text.is_empty() {
            self.parts.push((self.text.len(), place));
            self.text.push_str(text);
        }
    }
}
