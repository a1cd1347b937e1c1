//! Measures as templates get them, and the pages that hold them.

use serde::Serialize;
use tera::{Context, Value};

use crate::library::{self, MeasureIndex, Referrer, Route};
use crate::render::citation::{self, Citation};

use super::Scope;
use super::document::{AreaLink, area_link};
use super::text::{sentence_id, text_html};
use super::version::history;

/// A measure named by another page.
#[derive(Debug, Serialize)]
pub struct MeasureLink {
    pub(super) number: String,
    pub(super) label: Option<String>,
    pub(super) path: String,
}

/// The measures of a memorandum, as its other pages name them.
pub fn measure_links(scope: &Scope, memorandum: usize) -> Vec<Value> {
    let measures = 0..scope.library.memoranda[memorandum].measures.len();
    let links = measures.map(|measure| measure_link(scope, MeasureIndex { memorandum, measure }));
    links.map(|link| Value::from_serializable(&link)).collect()
}

/// A measure's number, label and page.
pub fn measure_link(scope: &Scope, index: MeasureIndex) -> MeasureLink {
    let one = &scope.library.memoranda[index.memorandum].measures[index.measure];
    MeasureLink {
        number: one.number.to_string(),
        label: label(scope, one),
        path: scope.library.path(scope.library.measure_route(scope.edition, index)),
    }
}

fn label(scope: &Scope, measure: &library::Measure) -> Option<String> {
    measure.label.as_ref().map(|label| label.text[scope.edition].clone())
}

/// An area with its measures, in the document on one page.
#[derive(Debug, Serialize)]
pub struct FullArea {
    numeral: String,
    title: String,
    full_anchor: String,
    measures: Vec<FullMeasure>,
}

/// A measure of the document on one page.
#[derive(Debug, Serialize)]
struct FullMeasure {
    number: String,
    anchor: String,
    url: String,
    html: String,
    permalink: String,
}

/// All areas with their measures, for the document on one page.
pub fn full(scope: &Scope, memorandum: usize) -> Vec<FullArea> {
    let whole = &scope.library.memoranda[memorandum];
    let areas = 0..whole.areas.len();
    areas
        .map(|area| {
            let AreaLink { numeral, title, full_anchor, .. } = area_link(scope, memorandum, area);
            let measures = whole.areas[area].measures.clone();
            let measures = measures.map(|measure| MeasureIndex { memorandum, measure });
            FullArea {
                numeral,
                title,
                full_anchor,
                measures: measures.map(|index| full_measure(scope, index)).collect(),
            }
        })
        .collect()
}

fn full_measure(scope: &Scope, index: MeasureIndex) -> FullMeasure {
    let one = &scope.library.memoranda[index.memorandum].measures[index.measure];
    let number = one.number.to_string();
    FullMeasure {
        anchor: one.anchor(),
        url: scope.library.url(scope.library.measure_route(scope.edition, index)),
        html: text_html(scope, one),
        permalink: scope.strings.format("permalink", &[("number", &number)]),
        number,
    }
}

/// A measure on its area's page.
#[derive(Debug, Serialize)]
struct AreaMeasure {
    number: String,
    anchor: String,
    label: Option<String>,
    html: String,
    path: String,
    url: String,
    /// The measure in the other edition's area page.
    other: String,
    related: Vec<MeasureLink>,
    citation: String,
    permalink: String,
    cite_of: String,
    own_page_of: String,
}

fn area_measure(scope: &Scope, index: MeasureIndex) -> AreaMeasure {
    let Scope { library, strings, edition, .. } = *scope;
    let memorandum = &library.memoranda[index.memorandum];
    let one = &memorandum.measures[index.measure];
    let number = one.number.to_string();
    let anchor = one.anchor();
    let other = library.path(Route::Area(edition.other(), index.memorandum, one.area));
    let path = library.path(library.measure_route(edition, index));
    let url = library.absolute(&path);
    let named = |key: &str| strings.format(key, &[("number", &number)]);
    AreaMeasure {
        label: label(scope, one),
        html: text_html(scope, one),
        other: [&other, "#", &anchor].concat(),
        related: scope
            .related
            .of(library, index)
            .iter()
            .map(|one| measure_link(scope, one.measure))
            .collect(),
        citation: citation::in_words(memorandum, one, edition, strings, &url),
        permalink: named("permalink"),
        cite_of: named("cite_of"),
        own_page_of: named("own_page_of"),
        number,
        anchor,
        path,
        url,
    }
}

/// Puts what an area's page shows into its context.
pub fn insert_area(context: &mut Context, scope: &Scope, memorandum: usize, number: usize) {
    let one = &scope.library.memoranda[memorandum];
    let neighbour = |area: usize| area_link(scope, memorandum, area);
    let own = one.areas[number].measures.clone();
    let mut entities = Vec::new();
    for entity in one.measures[own.clone()].iter().flat_map(|one| &one.entities) {
        if !entities.contains(entity) {
            entities.push(*entity);
        }
    }
    let measures: Vec<_> =
        own.map(|measure| area_measure(scope, MeasureIndex { memorandum, measure })).collect();
    context.insert("area", &area_link(scope, memorandum, number));
    context.insert("measures", &measures);
    context.insert_value("entities", entity_values(scope, &entities));
    context.insert("previous", &number.checked_sub(1).map(neighbour));
    let next = Some(number + 1).filter(|next| *next < one.areas.len());
    context.insert("next", &next.map(neighbour));
}

/// How many measures before and after its own a measure's page lists: all of an
/// ordinary area, and not thousands of a huge one on thousands of pages.
const NEAR: usize = 25;

/// The measure that a page is about.
#[derive(Debug, Serialize)]
struct Measure {
    number: String,
    anchor: String,
    label: Option<String>,
    html: String,
    url: String,
    /// The measure in its area's page.
    place: String,
    /// The measure in the document on one page.
    full_place: String,
    related: Vec<RelatedLink>,
    referrers: Vec<ReferrerLink>,
    citations: [Citation; 3],
}

/// A related measure with the entities that both mention; none of them if the
/// editor related the two.
#[derive(Debug, Serialize)]
struct RelatedLink {
    number: String,
    label: Option<String>,
    path: String,
    shared: Value,
}

/// What refers to a measure: a measure by its number, or a page.
#[derive(Debug, Serialize)]
struct ReferrerLink {
    number: Option<String>,
    title: Option<String>,
    path: String,
}

/// The measure before or after, in this area or the next.
#[derive(Debug, Serialize)]
struct Neighbour {
    number: String,
    title: String,
    path: String,
}

#[derive(Debug, Serialize)]
struct SentenceLink {
    id: String,
    name: String,
}

/// Puts what a measure's page shows into its context. `links` are all measures
/// of the memorandum.
pub fn insert_measure(
    context: &mut Context,
    scope: &Scope,
    links: &[Value],
    memorandum: usize,
    number: usize,
) {
    let whole = &scope.library.memoranda[memorandum];
    let one = &whole.measures[number];
    let area = &whole.areas[one.area].measures;
    let siblings = number.saturating_sub(NEAR).max(area.start)..(number + NEAR + 1).min(area.end);
    let neighbour = |measure: usize| neighbour(scope, MeasureIndex { memorandum, measure });
    context.insert("area", &area_link(scope, memorandum, one.area));
    context.insert("measure", &measure(scope, MeasureIndex { memorandum, measure: number }));
    context.insert_value("entities", entity_values(scope, &one.entities));
    context.insert("sentences", &sentence_links(scope, one));
    context.insert_value("siblings", Value::from(&links[siblings]));
    if let Some(history) = history(scope, MeasureIndex { memorandum, measure: number }) {
        context.insert("history", &history);
    }
    context.insert("previous", &number.checked_sub(1).map(neighbour));
    let next = Some(number + 1).filter(|next| *next < whole.measures.len());
    context.insert("next", &next.map(neighbour));
}

fn measure(scope: &Scope, index: MeasureIndex) -> Measure {
    let Scope { library, strings, edition, .. } = *scope;
    let memorandum = &library.memoranda[index.memorandum];
    let one = &memorandum.measures[index.measure];
    let anchor = one.anchor();
    let url = library.url(library.measure_route(edition, index));
    let area = library.path(Route::Area(edition, index.memorandum, one.area));
    let full = library.path(Route::Full(edition, index.memorandum));
    Measure {
        number: one.number.to_string(),
        label: label(scope, one),
        html: text_html(scope, one),
        place: [&area, "#", &anchor].concat(),
        full_place: [&full, "#", &anchor].concat(),
        related: scope
            .related
            .of(library, index)
            .iter()
            .map(|related| related_link(scope, related))
            .collect(),
        referrers: library
            .referrers(index)
            .iter()
            .map(|referrer| referrer_link(scope, *referrer))
            .collect(),
        citations: citation::citations(memorandum, one, edition, strings, &url),
        anchor,
        url,
    }
}

fn entity_values(scope: &Scope, entities: &[usize]) -> Value {
    Value::from(entities.iter().map(|entity| scope.entities[*entity].clone()).collect::<Vec<_>>())
}

fn related_link(scope: &Scope, related: &library::Related) -> RelatedLink {
    let MeasureLink { number, label, path } = measure_link(scope, related.measure);
    RelatedLink { number, label, path, shared: entity_values(scope, &related.shared) }
}

fn referrer_link(scope: &Scope, referrer: Referrer) -> ReferrerLink {
    match referrer {
        Referrer::Measure(index) => {
            let MeasureLink { number, label, path } = measure_link(scope, index);
            ReferrerLink { number: Some(number), title: label, path }
        }
        Referrer::Page(index) => {
            let title = scope.library.pages[index].title.text[scope.edition].clone();
            let path = scope.library.path(Route::Page(scope.edition, index));
            ReferrerLink { number: None, title: Some(title), path }
        }
    }
}

fn neighbour(scope: &Scope, index: MeasureIndex) -> Neighbour {
    let MeasureLink { number, label, path } = measure_link(scope, index);
    let whole = &scope.library.memoranda[index.memorandum];
    let area = &whole.areas[whole.measures[index.measure].area];
    let title = label.unwrap_or_else(|| area.title.text[scope.edition].clone());
    Neighbour { number, title, path }
}

fn sentence_links(scope: &Scope, measure: &library::Measure) -> Vec<SentenceLink> {
    let numbers = 1..=measure.sentences[scope.edition].len();
    let name = |number: usize| {
        scope.strings.format("sentence", &[("number", number.to_string().as_str())])
    };
    numbers
        .map(|number| SentenceLink { id: sentence_id(measure, number), name: name(number) })
        .collect()
}
