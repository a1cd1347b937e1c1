//! A document in all editions beside each other, sentence by sentence: what
//! differs between them, and what decided where conversion had a choice.
//!
//! The editions stand in the site's order on the page of each, so that all of
//! these pages have the same elements. Must not know how a text is converted.

mod beside;
mod choices;

use serde::Serialize;

use crate::library::{MeasureIndex, Memorandum, Place, Wording};
use crate::model::{self, Edition, PartKind, Role};
use crate::render::theme::Phrase;

use super::document::full_anchor;
use super::measure::{named, printed_mark};
use super::{Scope, joint_provenance, provenance_name};

use beside::Sides;

/// A document, edition beside edition.
#[derive(Debug, Serialize)]
pub struct Parallel {
    columns: Vec<Column>,
    blocks: Vec<Block>,
}

/// An edition, above its texts.
#[derive(Debug, Serialize)]
struct Column {
    name: String,
    lang: String,
    /// Where its text comes from, in words.
    says: String,
    /// Whether its text was compared with a source document.
    verified: bool,
}

/// A heading, some texts, or a measure.
#[derive(Debug, Default, Serialize)]
struct Block {
    kind: &'static str,
    level: usize,
    id: String,
    href: String,
    number: Option<String>,
    /// What the link to a measure's own page says.
    named: String,
    /// Where an edition's text comes from, if not from where its column says.
    says: Vec<Said>,
    /// The texts, a pair of elements for each sentence.
    html: String,
    /// What decided where conversion had a choice; empty if it had none.
    choices: String,
    choices_name: String,
}

/// Where an edition's text comes from, in words.
#[derive(Debug, Serialize)]
struct Said {
    name: String,
    lang: String,
    says: String,
}

/// A memorandum's page of all editions.
pub fn parallel(scope: &Scope, index: usize) -> Parallel {
    let whole = &scope.library.memoranda[index];
    let sides: Vec<Edition> = scope.library.editions.published().collect();
    let joint: Vec<_> = sides.iter().map(|side| provenance_of(whole, *side)).collect();
    let mut page = Page { scope, whole, index, sides, joint, blocks: Vec::new() };
    page.document();
    Parallel { columns: page.columns(), blocks: page.blocks }
}

/// Where a document's text comes from in an edition.
fn provenance_of(whole: &Memorandum, edition: Edition) -> &'static str {
    let record = whole.said().texts().into_iter().filter(|(role, _)| *role != Role::Editorial);
    joint_provenance(edition, record.map(|(_, text)| text))
}

/// The page as it is made, from top to bottom.
struct Page<'a> {
    scope: &'a Scope<'a>,
    whole: &'a Memorandum,
    index: usize,
    sides: Vec<Edition>,
    /// Where the text of each side comes from.
    joint: Vec<&'static str>,
    blocks: Vec<Block>,
}

impl Page<'_> {
    fn columns(&self) -> Vec<Column> {
        let Scope { library, strings, .. } = *self.scope;
        let column = |(side, joint): (&Edition, &&'static str)| Column {
            name: library.editions.name(*side).to_owned(),
            lang: side.language().to_owned(),
            says: strings.format(Phrase::Quoted(joint), &[]),
            verified: matches!(*joint, "source" | "official")
                && self.whole.verified(side.script).is_some(),
        };
        self.sides.iter().zip(&self.joint).map(column).collect()
    }

    fn document(&mut self) {
        let whole = self.whole;
        for part in &whole.parts {
            self.part(part);
            for area in part.areas.clone() {
                self.area(area);
            }
            self.texts("part", &part.closing);
        }
    }

    fn part(&mut self, part: &model::Part<Wording>) {
        if part.kind == PartKind::Title {
            match part.text.is_empty() {
                true => self.texts("title", [&self.whole.title]),
                false => self.texts("title", &part.text),
            }
            return;
        }
        self.heading(2, "", part.mark.as_ref(), part.title.as_ref());
        self.texts("part", &part.text);
        let signed = part.signatories.iter();
        let signed =
            signed.flat_map(|one| [Some(&one.party), one.post.as_ref(), one.dated.as_ref()]);
        self.texts("part", part.rows.iter().flatten().chain(signed.flatten()));
    }

    fn area(&mut self, number: usize) {
        let area = &self.whole.areas[number];
        self.heading(2, &full_anchor(area), area.mark.as_ref(), area.title.as_ref());
        if area.mark.is_none() && area.title.is_none() {
            self.blocks.push(Block { kind: "place", id: full_anchor(area), ..Block::default() });
        }
        if let Some(block) = self.blocks.last_mut() {
            let place = self.scope.library.area_place(self.index, number);
            block.href = self.scope.href(place.of(self.scope.edition));
        }
        self.texts("part", area.text.iter().chain(area.columns.iter().flat_map(|one| &one.head)));
        for measure in self.whole.measures_of(number) {
            let inside = measure - self.whole.measures_of(number).start;
            for section in area.sections.iter().filter(|one| one.measures.start == inside) {
                self.heading(3, "", section.mark.as_ref(), section.title.as_ref());
                self.texts("part", &section.text);
            }
            self.measure(measure);
        }
        self.texts("part", &area.closing);
    }

    fn heading(
        &mut self,
        level: usize,
        id: &str,
        mark: Option<&model::Mark<Wording>>,
        title: Option<&Wording>,
    ) {
        if mark.is_none() && title.is_none() {
            return;
        }
        let text = |side: &Edition| model::heading(mark, title, |text| text.text[*side].as_str());
        let texts: Vec<String> = self.sides.iter().map(text).collect();
        let mut html = String::new();
        self.beside().heading(&texts, &mut html);
        let id = id.to_owned();
        self.blocks.push(Block { kind: "heading", level, id, html, ..Block::default() });
    }

    /// Texts without an address of their own.
    fn texts<'t>(&mut self, kind: &'static str, texts: impl IntoIterator<Item = &'t Wording>) {
        let mut block = Block { kind, ..Block::default() };
        let texts: Vec<&Wording> = texts.into_iter().collect();
        for text in &texts {
            self.beside().text(text, &mut block.html);
        }
        if !texts.is_empty() {
            self.finish(block, &texts);
        }
    }

    fn measure(&mut self, number: usize) {
        let Scope { edition, .. } = *self.scope;
        let whole = self.whole;
        let measure = whole.measure(number);
        let index = MeasureIndex { memorandum: self.index, measure: number };
        let mut block = Block {
            kind: "measure",
            id: measure.anchor(),
            href: self.scope.href(Place::from(index).of(edition)),
            number: whole.shown_number(number, edition),
            named: named(self.scope, index, (Phrase::OwnPageOf, Phrase::OwnPageOfCalled)),
            ..Block::default()
        };
        let mut texts = Vec::new();
        let mark = measure.said.mark.as_ref();
        let mut mark = mark.filter(|_| printed_mark(self.scope, whole, measure).is_some());
        if let Some(title) = &measure.said.title {
            let mark = mark.take();
            let text = |side: &Edition| {
                model::heading(mark, Some(title), |text| text.text[*side].as_str())
            };
            let both: Vec<String> = self.sides.iter().map(text).collect();
            self.beside().title(&both, &mut block.html);
        }
        self.beside().measure(measure, mark, &mut block.html);
        texts.push(&measure.said.text);
        for field in &measure.said.fields {
            self.beside().text(&field.text, &mut block.html);
            texts.push(&field.text);
        }
        self.finish(block, &texts);
    }

    /// Adds what is to be said of the texts of a block.
    fn finish(&mut self, mut block: Block, texts: &[&Wording]) {
        let Scope { library, strings, .. } = *self.scope;
        for (side, joint) in self.sides.iter().zip(&self.joint) {
            let mut own: Vec<_> =
                texts.iter().map(|text| provenance_name(text.provenance[*side])).collect();
            own.dedup();
            for provenance in own.iter().filter(|own| *own != joint) {
                let says = strings.format(Phrase::Quoted(provenance), &[]);
                let (name, lang) = (library.editions.name(*side), side.language());
                block.says.push(Said { name: name.to_owned(), lang: lang.to_owned(), says });
            }
        }
        let (html, count) = choices::told(self.scope, &self.sides, texts);
        if count > 0 {
            block.choices_name = strings.format(Phrase::Choices, &[("count", &count.to_string())]);
        }
        block.choices = html;
        self.blocks.push(block);
    }

    fn beside(&self) -> Sides<'_> {
        Sides { library: self.scope.library, sides: &self.sides }
    }
}
