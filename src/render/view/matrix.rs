//! Entities in tables: by documents, and by the areas of each document.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use serde::Serialize;

use crate::library::{Measure, MeasureIndex, Place, Sheet};
use crate::model::{Edition, Kind};

use super::called::{MeasureLink, measure_link};
use super::document::{AreaLink, area_link};
use super::entity::{EntityLink, entity_link};
use super::list::{ListPage, list_pages};
use super::reach::{Reach, reaches};
use super::{LATEST, Scope};

/// A memorandum's areas and entities in a table.
#[derive(Debug, Serialize)]
pub struct Table {
    id: String,
    memorandum: String,
    areas: Vec<AreaLink>,
    /// What the document's fields are called.
    fields: Vec<String>,
    /// The entities in several areas, then those in one.
    groups: Vec<TableGroup>,
}

#[derive(Debug, Serialize)]
struct TableGroup {
    several: bool,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    entity: EntityLink,
    /// Its other names, a line each.
    also: String,
    cells: Vec<Cell>,
    /// Each field's values with the measures that mention the entity.
    fields: Vec<Vec<String>>,
}

/// The measures of an area that mention an entity.
#[derive(Debug, Serialize)]
struct Cell {
    measures: Vec<MeasureLink>,
}

/// The tables, and what a filter of their rows needs.
#[derive(Debug, Serialize)]
pub struct Matrix {
    /// All documents in one table, where there are several.
    across: Option<Across>,
    tables: Vec<Table>,
    /// The pages that hold the tables, where they are too many for one.
    pages: Vec<ListPage>,
    /// The kinds that any row is of.
    kinds: Vec<&'static str>,
}

/// What documents share, and a table for each that mentions any entity, unless
/// they stand on pages of their own.
pub fn matrix(scope: &Scope) -> Matrix {
    let library = scope.library;
    let across = (library.memoranda.len() > 1).then(|| across(scope));
    let pages = library.listing.tables.len();
    let tables = if pages == 1 { tables(scope, 0) } else { Vec::new() };
    let kinds = kinds(&tables, across.as_ref());
    let pages = if pages > 1 { table_pages(scope, None) } else { Vec::new() };
    Matrix { across, tables, pages, kinds }
}

/// One of the pages of tables, by index.
pub fn tables_page(scope: &Scope, page: usize) -> Matrix {
    let tables = tables(scope, page);
    let kinds = kinds(&tables, None);
    Matrix { across: None, tables, pages: table_pages(scope, Some(page)), kinds }
}

fn tables(scope: &Scope, page: usize) -> Vec<Table> {
    let documents = scope.library.listing.tables.get(page).into_iter().flatten();
    documents.map(|index| table(scope, *index)).collect()
}

fn table_pages(scope: &Scope, current: Option<usize>) -> Vec<ListPage> {
    list_pages(scope, scope.library.listing.tables.len(), current, Place::Tables)
}

/// The kinds that any row is of.
fn kinds(tables: &[Table], across: Option<&Across>) -> Vec<&'static str> {
    let rows = tables.iter().flat_map(|table| &table.groups).flat_map(|group| &group.rows);
    let rows = rows.map(|row| row.entity.kind).chain(
        across
            .iter()
            .flat_map(|across| &across.groups)
            .flat_map(|group| group.rows.iter().map(|row| row.entity.kind)),
    );
    let known: BTreeSet<&'static str> = rows.collect();
    Kind::ALL.map(Kind::id).into_iter().filter(|kind| known.contains(kind)).collect()
}

/// The bytes that the table of all documents may have, about.
const ACROSS: usize = 100_000;

/// Documents and entities in a table.
#[derive(Debug, Serialize)]
struct Across {
    /// The latest documents.
    documents: Vec<AcrossDocument>,
    /// Whether there are others, which the last column counts in.
    has_others: bool,
    /// The entities in several documents, then those in one.
    groups: Vec<AcrossGroup>,
    /// Whether there are more entities than rows.
    is_cut: bool,
}

#[derive(Debug, Serialize)]
struct AcrossDocument {
    title: String,
    href: String,
}

#[derive(Debug, Serialize)]
struct AcrossGroup {
    several: bool,
    rows: Vec<AcrossRow>,
}

#[derive(Debug, Serialize)]
struct AcrossRow {
    entity: EntityLink,
    also: String,
    /// How many measures of each document mention it, and where they stand in a
    /// table; none if none does.
    cells: Vec<Option<Count>>,
    /// In how many documents it is.
    documents: usize,
}

#[derive(Debug, Serialize)]
struct Count {
    count: usize,
    href: String,
}

fn across(scope: &Scope) -> Across {
    let Scope { library, edition, .. } = *scope;
    let count = library.memoranda.len();
    let latest = 0..count.min(LATEST);
    let documents_of = |entity: usize| {
        let all = library.mentioning(entity);
        all.chunk_by(|one, next| one.memorandum == next.memorandum)
    };
    let mut entities: Vec<(usize, usize)> = library.entity_order[edition]
        .iter()
        .map(|entity| (*entity, documents_of(*entity).count()))
        .filter(|(_, documents)| *documents > 0)
        .collect();
    entities.sort_by_key(|(entity, documents)| {
        Reverse((*documents, library.mentioning(*entity).len()))
    });
    let mut rows = Vec::new();
    let mut bytes = 0;
    for (entity, documents) in &entities {
        let mut cells: Vec<Option<Count>> = latest.clone().map(|_| None).collect();
        for own in documents_of(*entity) {
            let index = own[0].memorandum;
            if let Some(cell) = cells.get_mut(index) {
                *cell = Some(Count { count: own.len(), href: table_href(scope, index) });
            }
        }
        bytes += 250 + 90 * cells.iter().flatten().count() + 10 * cells.len();
        if bytes > ACROSS {
            break;
        }
        rows.push(AcrossRow {
            also: also(scope, *entity),
            entity: entity_link(scope, *entity),
            cells,
            documents: *documents,
        });
    }
    let is_cut = rows.len() < entities.len();
    let at = rows.partition_point(|row| row.documents > 1);
    let one = rows.split_off(at);
    let groups = [(true, rows), (false, one)].map(|(several, rows)| AcrossGroup { several, rows });
    Across {
        documents: latest
            .map(|index| AcrossDocument {
                title: library.document_name(index, edition).to_owned(),
                href: scope.href(Place::Memorandum(index, Sheet::Overview).of(edition)),
            })
            .collect(),
        has_others: count > LATEST,
        groups: groups.into_iter().filter(|group| !group.rows.is_empty()).collect(),
        is_cut,
    }
}

/// Where a document's own table stands.
fn table_href(scope: &Scope, index: usize) -> String {
    let library = scope.library;
    let tables = &library.listing.tables;
    let page = tables.partition_point(|page| page.last().is_some_and(|last| *last < index));
    let place = if tables.len() > 1 { Place::Tables(page) } else { Place::Matrix };
    let id = &library.memoranda[index].id.value;
    format!("{}#{id}", scope.href(place.of(scope.edition)))
}

/// An entity's other names, a line each.
fn also(scope: &Scope, entity: usize) -> String {
    let aliases = scope.library.entities[entity].aliases.iter();
    aliases.map(|alias| alias.text[scope.edition].as_str()).collect::<Vec<_>>().join("\n")
}

fn table(scope: &Scope, index: usize) -> Table {
    let Scope { library, edition, .. } = *scope;
    let memorandum = &library.memoranda[index];
    let areas = 0..memorandum.areas.len();
    let cell = |area: usize, measures: &[usize]| {
        let own = measures.iter().filter(|one| memorandum.measure(**one).reading.area == area);
        let named = |measure: &usize| {
            measure_link(scope, MeasureIndex { memorandum: index, measure: *measure })
        };
        Cell { measures: own.map(named).collect() }
    };
    let fields: Vec<usize> = (0..memorandum.fields.len())
        .filter(|field| memorandum.all().any(|one| values(one, *field, edition).next().is_some()))
        .collect();
    let values_of = |field: &usize, measures: &[usize]| {
        let mut all: Vec<String> = Vec::new();
        for value in
            measures.iter().flat_map(|one| values(memorandum.measure(*one), *field, edition))
        {
            if !all.iter().any(|known| known == value) {
                all.push(value.to_owned());
            }
        }
        all
    };
    let row = |reach: &Reach| Row {
        also: also(scope, reach.entity),
        entity: entity_link(scope, reach.entity),
        cells: areas.clone().map(|area| cell(area, &reach.measures)).collect(),
        fields: fields.iter().map(|field| values_of(field, &reach.measures)).collect(),
    };
    let reaches = reaches(library, memorandum, edition);
    let groups = [true, false].map(|several| TableGroup {
        several,
        rows: reaches.iter().filter(|reach| (reach.areas > 1) == several).map(row).collect(),
    });
    let name = |field: &usize| memorandum.fields[*field].name.text[edition].clone();
    Table {
        id: memorandum.id.value.to_string(),
        memorandum: library.document_name(index, edition).to_owned(),
        areas: areas.clone().map(|area| area_link(scope, index, area)).collect(),
        fields: fields.iter().map(name).collect(),
        groups: groups.into_iter().filter(|group| !group.rows.is_empty()).collect(),
    }
}

/// What a measure gives as a field: beside its text, then in it.
fn values<'a>(
    measure: Measure<'a>,
    field: usize,
    edition: Edition,
) -> impl Iterator<Item = &'a str> + use<'a> {
    let said = measure.said;
    let beside = said.fields.iter().filter(move |one| one.field == field);
    let inside = measure.reading.fields[edition].iter().filter(move |one| one.field == field);
    let text = said.text.text[edition].as_str();
    beside
        .map(move |one| one.text.text[edition].as_str())
        .chain(inside.map(move |one| &text[one.range.clone()]))
}
