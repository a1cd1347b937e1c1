//! A document in all editions beside each other, sentence by sentence: what
//! differs between them, and what decided where conversion had a choice.
//!
//! The editions stand in the site's order on the page of each, so that all of
//! these pages have the same elements. Must not know how a text is converted.

mod beside;
mod choices;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use serde::Serialize;

use crate::library::{MeasureIndex, Memorandum, Place, Wording};
use crate::model::{self, Edition, PartKind};
use crate::render::theme::Phrase;
use crate::script::Choice;

use super::Scope;
use super::called::named;
use super::document::full_anchor;
use super::measure::printed_mark;
use super::provenance::{of_document, provenance_name};

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

/// What the pages of one document in every edition share: made for the first of
/// them, kept for the others.
#[derive(Default)]
pub struct Beside {
    memorandum: Cell<Option<usize>>,
    /// In the order of the page.
    made: RefCell<Vec<Rc<Made>>>,
}

/// Some texts in all editions.
struct Made {
    html: String,
    /// Where conversion chose, by text and side.
    choices: Vec<Vec<Vec<Choice>>>,
}

/// A memorandum's page of all editions.
pub fn parallel(scope: &Scope, index: usize) -> Parallel {
    let whole = &scope.library.memoranda[index];
    if scope.beside.memorandum.replace(Some(index)) != Some(index) {
        scope.beside.made.borrow_mut().clear();
    }
    let sides: Vec<Edition> = scope.library.editions.published().collect();
    let of_side = |side: &Edition| provenance_name(of_document(scope.library, index, *side));
    let joint: Vec<_> = sides.iter().map(of_side).collect();
    let mut page = Page { scope, whole, index, sides, joint, made: 0, blocks: Vec::new() };
    page.document();
    Parallel { columns: page.columns(), blocks: page.blocks }
}

/// The page as it is made, from top to bottom.
struct Page<'a> {
    scope: &'a Scope<'a>,
    whole: &'a Memorandum,
    index: usize,
    sides: Vec<Edition>,
    /// Where the text of each side comes from.
    joint: Vec<&'static str>,
    /// How many of the texts that all editions share were put in.
    made: usize,
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
        let made = self.made(&[], |sides, _, html| sides.heading(&texts, html));
        let (id, html) = (id.to_owned(), made.html.clone());
        self.blocks.push(Block { kind: "heading", level, id, html, ..Block::default() });
    }

    /// Texts without an address of their own.
    fn texts<'t>(&mut self, kind: &'static str, texts: impl IntoIterator<Item = &'t Wording>) {
        let texts: Vec<&Wording> = texts.into_iter().collect();
        if texts.is_empty() {
            return;
        }
        let made = self.made(&texts, |sides, choices, html| {
            for (text, choices) in texts.iter().zip(choices) {
                sides.text(text, choices, html);
            }
        });
        self.finish(Block { kind, ..Block::default() }, &texts, &made);
    }

    fn measure(&mut self, number: usize) {
        let Scope { edition, .. } = *self.scope;
        let whole = self.whole;
        let measure = whole.measure(number);
        let index = MeasureIndex { memorandum: self.index, measure: number };
        let block = Block {
            kind: "measure",
            id: measure.anchor(),
            href: self.scope.href(Place::from(index).of(edition)),
            number: whole.shown_number(number, edition),
            named: named(self.scope, index, (Phrase::OwnPageOf, Phrase::OwnPageOfCalled)),
            ..Block::default()
        };
        let fields = measure.said.fields.iter().map(|field| &field.text);
        let texts: Vec<&Wording> = std::iter::once(&measure.said.text).chain(fields).collect();
        let mark = measure.said.mark.as_ref();
        let mut mark = mark.filter(|_| printed_mark(self.scope, whole, measure).is_some());
        let made = self.made(&texts, |sides, choices, html| {
            if let Some(title) = &measure.said.title {
                let mark = mark.take();
                let text = |side: &Edition| {
                    model::heading(mark, Some(title), |text| text.text[*side].as_str())
                };
                let both: Vec<String> = sides.sides.iter().map(text).collect();
                sides.title(&both, html);
            }
            let mut texts = texts.iter().zip(choices);
            if let Some((_, choices)) = texts.next() {
                sides.measure(measure, mark, choices, html);
            }
            for (field, choices) in texts {
                sides.text(field, choices, html);
            }
        });
        self.finish(block, &texts, &made);
    }

    /// Adds what is to be said of the texts of a block.
    fn finish(&mut self, mut block: Block, texts: &[&Wording], made: &Made) {
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
        let (html, count) = choices::told(self.scope, &self.sides, texts, &made.choices);
        if count > 0 {
            block.choices_name = strings.format(Phrase::Choices, &[("count", &count.to_string())]);
        }
        block.choices = html;
        block.html.clone_from(&made.html);
        self.blocks.push(block);
    }

    /// Some texts in all editions, as the page of another edition has them too.
    fn made(
        &mut self,
        texts: &[&Wording],
        write: impl FnOnce(&Sides, &[Vec<Vec<Choice>>], &mut String),
    ) -> Rc<Made> {
        let Beside { made: all, .. } = self.scope.beside;
        let kept = all.borrow().get(self.made).cloned();
        self.made += 1;
        kept.unwrap_or_else(|| {
            let sides = Sides { sides: &self.sides };
            let library = self.scope.library;
            let choices = |text: &&Wording| {
                self.sides.iter().map(|side| library.choices(text, *side)).collect()
            };
            let choices: Vec<_> = texts.iter().map(choices).collect();
            let mut html = String::new();
            write(&sides, &choices, &mut html);
            let made = Rc::new(Made { html, choices });
            all.borrow_mut().push(made.clone());
            made
        })
    }
}
