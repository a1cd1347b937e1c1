//! The rows of each table, cell by cell in the order of its columns.

use crate::library::{DataTable, Library, MeasureIndex, Memorandum, Place, Sheet, Wording};
use crate::model::{DocumentKind, Edition, Mark};
use crate::snapshot::record::Origin;

use super::cell::guarded;

/// A row while it is written.
struct Row<'a> {
    library: &'a Library,
    cells: Vec<String>,
}

impl Row<'_> {
    fn text(&mut self, text: &str) -> &mut Self {
        self.cells.push(guarded(text).into_owned());
        self
    }

    fn number(&mut self, number: usize) -> &mut Self {
        self.cells.push(number.to_string());
        self
    }

    /// A cell for each edition.
    fn each(&mut self, of: impl Fn(Edition) -> String) -> &mut Self {
        for edition in self.library.editions.published() {
            self.text(&of(edition));
        }
        self
    }

    fn wording(&mut self, wording: Option<&Wording>) -> &mut Self {
        self.each(|edition| wording.map_or(String::new(), |one| one.text[edition].clone()))
    }

    fn mark(&mut self, mark: Option<&Mark<Wording>>) -> &mut Self {
        self.wording(mark.map(|mark| &mark.printed))
    }

    fn provenance(&mut self, wording: &Wording) -> &mut Self {
        self.each(|edition| Origin::from(wording.provenance[edition]).id().to_owned())
    }

    fn url(&mut self, place: Place) -> &mut Self {
        let library = self.library;
        self.each(|edition| library.url(place.of(edition)).unwrap_or_default())
    }
}

/// Hands each row of a table to `take`.
pub(super) fn rows(library: &Library, table: DataTable, take: &mut impl FnMut(&[String])) {
    let mut row = Row { library, cells: Vec::new() };
    let mut done = |row: &mut Row| {
        take(&row.cells);
        row.cells.clear();
    };
    let documents = library.memoranda.iter().enumerate();
    match table {
        DataTable::Memoranda => {
            for (index, one) in documents {
                memorandum(&mut row, index, one);
                done(&mut row);
            }
        }
        DataTable::Areas => {
            for (index, one) in documents {
                for area in 0..one.areas.len() {
                    self::area(&mut row, (index, area), one);
                    done(&mut row);
                }
            }
        }
        DataTable::Measures => {
            for index in measures(library) {
                measure(&mut row, index);
                done(&mut row);
            }
        }
        DataTable::Fields => {
            for index in measures(library) {
                fields(&mut row, index, &mut done);
            }
        }
        DataTable::Entities => {
            for entity in 0..library.entities.len() {
                self::entity(&mut row, entity);
                done(&mut row);
            }
        }
        DataTable::Mentions => {
            for index in measures(library) {
                mentions(&mut row, index, &mut done);
            }
        }
    }
}

fn measures(library: &Library) -> impl Iterator<Item = MeasureIndex> {
    let documents = library.memoranda.iter().enumerate();
    documents.flat_map(|(memorandum, one)| {
        (0..one.count()).map(move |measure| MeasureIndex { memorandum, measure })
    })
}

fn memorandum(row: &mut Row, index: usize, one: &Memorandum) {
    let kind = match &one.kind {
        DocumentKind::Known(kind) => kind.id(),
        DocumentKind::Own(_) => "other",
    };
    let first = one.dates.first();
    row.text(one.id.value.as_str())
        .text(kind)
        .text(one.script.id())
        .wording(Some(&one.title))
        .provenance(&one.title)
        .text(&first.map(|(_, date)| date.to_string()).unwrap_or_default())
        .text(first.map_or("", |(name, _)| name.id()))
        .number(one.areas.len())
        .number(one.count())
        .url(Place::Memorandum(index, Sheet::Overview));
}

fn area_id(one: &Memorandum, area: usize) -> String {
    format!("{}/{}", one.id.value, one.areas[area].id.value)
}

fn area(row: &mut Row, (index, area): (usize, usize), one: &Memorandum) {
    let own = &one.areas[area];
    let library = row.library;
    row.text(&area_id(one, area))
        .text(one.id.value.as_str())
        .number(area + 1)
        .mark(own.mark.as_ref())
        .wording(own.title.as_ref())
        .wording(own.summary.as_ref())
        .number(own.measures.len())
        .url(library.area_place(index, area));
}

/// A measure's name in all tables: never a number to a spreadsheet, as `1.10`
/// would be.
fn measure_id(library: &Library, index: MeasureIndex) -> String {
    let one = &library.memoranda[index.memorandum];
    format!("{}/{}", one.id.value, one.identifier(index.measure))
}

fn measure(row: &mut Row, index: MeasureIndex) {
    let library = row.library;
    let whole = &library.memoranda[index.memorandum];
    let one = library.measure(index);
    row.text(&measure_id(library, index))
        .text(whole.id.value.as_str())
        .text(&area_id(whole, one.reading.area))
        .number(index.measure + 1)
        .mark(one.said.mark.as_ref())
        .wording(one.said.title.as_ref())
        .wording(one.said.label.as_ref())
        .wording(Some(&one.said.text))
        .provenance(&one.said.text)
        .url(Place::Measure(index.memorandum, index.measure));
}

/// Fields that stand beside the text, then those in it.
fn fields(row: &mut Row, index: MeasureIndex, done: &mut impl FnMut(&mut Row)) {
    let library = row.library;
    let whole = &library.memoranda[index.memorandum];
    let one = library.measure(index);
    let id = measure_id(library, index);
    let inside =
        library.editions.published().next().map_or(0, |edition| one.reading.fields[edition].len());
    for place in 0..one.said.fields.len() + inside {
        let beside = one.said.fields.get(place);
        let in_text = |edition: Edition| {
            let found = one.reading.fields[edition].get(place - one.said.fields.len());
            found.map(|found| (found.field, &one.said.text.text[edition][found.range.clone()]))
        };
        let field = match beside {
            Some(field) => Some(field.field),
            None => library.editions.published().find_map(|one| Some(in_text(one)?.0)),
        };
        let Some(field) = field.and_then(|field| whole.fields.get(field)) else { continue };
        row.text(&id)
            .number(place + 1)
            .text(field.id.value.as_str())
            .wording(Some(&field.name))
            .each(|edition| match beside {
                Some(field) => field.text.text[edition].clone(),
                None => in_text(edition).map_or(String::new(), |(_, value)| value.to_owned()),
            });
        done(row);
    }
}

fn entity(row: &mut Row, entity: usize) {
    let library = row.library;
    let one = &library.entities[entity];
    let mentioning = library.mentioning(entity);
    let area_of = |index: &MeasureIndex| (index.memorandum, library.measure(*index).reading.area);
    let areas = mentioning.chunk_by(|one, next| area_of(one) == area_of(next)).count();
    let aliases = |edition: Edition| {
        let names: Vec<&str> = one.aliases.iter().map(|name| &*name.text[edition]).collect();
        match names.is_empty() {
            true => String::new(),
            false => serde_json::to_string(&names).expect("texts make JSON"),
        }
    };
    row.text(one.id.value.as_str())
        .text(one.kind.id())
        .wording(Some(&one.name))
        .each(aliases)
        .wording(one.description.as_ref())
        .number(areas)
        .number(mentioning.len())
        .url(Place::Entity(entity));
}

/// Each mention in each edition, from left to right; places count characters
/// (Unicode code points) of the measure's text from 0.
fn mentions(row: &mut Row, index: MeasureIndex, done: &mut impl FnMut(&mut Row)) {
    let library = row.library;
    let one = library.measure(index);
    let id = measure_id(library, index);
    for edition in library.editions.published() {
        let text = &one.said.text.text[edition];
        let (mut characters, mut bytes) = (0, 0);
        for mention in &one.reading.mentions[edition] {
            let words = &text[mention.range.clone()];
            characters += text[bytes..mention.range.start].chars().count();
            let end = characters + words.chars().count();
            row.text(&id)
                .text(edition.id())
                .number(characters)
                .number(end)
                .text(library.entities[mention.entity].id.value.as_str())
                .text(words);
            done(row);
            (characters, bytes) = (end, mention.range.end);
        }
    }
}
