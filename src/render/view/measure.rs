//! Measures as templates get them, and the pages that hold them.

use serde::Serialize;

use crate::library::{self, MeasureIndex, Referrer, Route};
use crate::model::Edition;
use crate::render::citation::{self, Citation};

use super::document::{AreaLink, area_link};
use super::entity::{EntityLink, entity_link};
use super::text::{sentence_id, text_html};
use super::{Scope, provenance_name};

/// An area with its measures.
#[derive(Debug, Serialize)]
pub struct Area {
    #[serde(flatten)]
    area: AreaLink,
    measures: Vec<Measure>,
    entities: Vec<EntityLink>,
}

/// A measure in full.
#[derive(Debug, Serialize)]
pub struct Measure {
    number: String,
    ordinal: u32,
    anchor: String,
    label: Option<String>,
    html: String,
    text: String,
    path: String,
    place: String,
    full_place: String,
    url: String,
    other: OtherEdition,
    entities: Vec<EntityLink>,
    related: Vec<RelatedLink>,
    referrers: Vec<ReferrerLink>,
    provenance: &'static str,
    citation: Citation,
}

/// The same measure in the other edition.
#[derive(Debug, Serialize)]
struct OtherEdition {
    lang: &'static str,
    name: &'static str,
    place: String,
    path: String,
}

/// A measure named by another page.
#[derive(Debug, Serialize)]
pub struct MeasureLink {
    number: String,
    label: Option<String>,
    path: String,
}

/// A related measure with the entities that both mention; none of them if the
/// editor related the two.
#[derive(Debug, Serialize)]
struct RelatedLink {
    #[serde(flatten)]
    link: MeasureLink,
    shared: Vec<EntityLink>,
}

/// What refers to a measure: a measure by its number, or a page.
#[derive(Debug, Serialize)]
struct ReferrerLink {
    number: Option<String>,
    title: Option<String>,
    path: String,
}

#[derive(Debug, Serialize)]
struct SentenceLink {
    id: String,
    number: usize,
    text: String,
}

fn measure(scope: &Scope, index: MeasureIndex) -> Measure {
    let Scope { library, edition, .. } = *scope;
    let memorandum = &library.memoranda[index.memorandum];
    let one = &memorandum.measures[index.measure];
    let anchor = one.anchor();
    let url = library.url(library.measure_route(edition, index));
    let place = |edition: Edition| {
        let area = Route::Area(edition, index.memorandum, one.area);
        format!("{}#{anchor}", library.path(area))
    };
    let other = edition.other();
    let full = library.path(Route::Full(edition, index.memorandum));
    let entities = one.entities();
    Measure {
        number: one.number.to_string(),
        ordinal: one.number.ordinal,
        label: one.label.as_ref().map(|label| label.text[edition].clone()),
        html: text_html(scope, one),
        text: one.text.text[edition].clone(),
        path: library.path(library.measure_route(edition, index)),
        place: place(edition),
        full_place: format!("{full}#{anchor}"),
        other: OtherEdition {
            lang: other.language(),
            name: other.name(),
            place: place(other),
            path: library.path(library.measure_route(other, index)),
        },
        entities: entities.iter().map(|entity| entity_link(scope, *entity)).collect(),
        related: one.related.iter().map(|related| related_link(scope, related)).collect(),
        referrers: one.referrers.iter().map(|referrer| referrer_link(scope, *referrer)).collect(),
        provenance: provenance_name(one.text.provenance[edition]),
        citation: citation::citation(memorandum, one, edition, scope.strings, &url),
        anchor,
        url,
    }
}

/// A measure's number, label and page.
pub fn measure_link(scope: &Scope, index: MeasureIndex) -> MeasureLink {
    let one = &scope.library.memoranda[index.memorandum].measures[index.measure];
    MeasureLink {
        number: one.number.to_string(),
        label: one.label.as_ref().map(|label| label.text[scope.edition].clone()),
        path: scope.library.path(scope.library.measure_route(scope.edition, index)),
    }
}

fn related_link(scope: &Scope, related: &library::Related) -> RelatedLink {
    RelatedLink {
        link: measure_link(scope, related.measure),
        shared: related.shared.iter().map(|entity| entity_link(scope, *entity)).collect(),
    }
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

fn area(scope: &Scope, memorandum: usize, area: usize) -> Area {
    let one = &scope.library.memoranda[memorandum];
    let measures = one.areas[area].measures.clone();
    let mut entities = Vec::new();
    for entity in one.measures[measures.clone()].iter().flat_map(library::Measure::entities) {
        if !entities.contains(&entity) {
            entities.push(entity);
        }
    }
    Area {
        area: area_link(scope.library, scope.edition, memorandum, area),
        measures: measures
            .map(|number| measure(scope, MeasureIndex { memorandum, measure: number }))
            .collect(),
        entities: entities.iter().map(|entity| entity_link(scope, *entity)).collect(),
    }
}

/// All areas with their measures, for the document on one page.
pub fn full(scope: &Scope, memorandum: usize) -> Vec<Area> {
    let areas = 0..scope.library.memoranda[memorandum].areas.len();
    areas.map(|number| area(scope, memorandum, number)).collect()
}

/// An area's page.
#[derive(Debug, Serialize)]
pub struct AreaPage {
    area: Area,
    previous: Option<AreaLink>,
    next: Option<AreaLink>,
}

/// An area's page.
pub fn area_page(scope: &Scope, memorandum: usize, number: usize) -> AreaPage {
    let count = scope.library.memoranda[memorandum].areas.len();
    let neighbour = |area: usize| area_link(scope.library, scope.edition, memorandum, area);
    AreaPage {
        area: area(scope, memorandum, number),
        previous: number.checked_sub(1).map(neighbour),
        next: Some(number + 1).filter(|next| *next < count).map(neighbour),
    }
}

/// How many measures before and after its own a measure's page lists: all of an
/// ordinary area, and not thousands of a huge one on thousands of pages.
const NEAR: usize = 25;

/// A measure's page.
#[derive(Debug, Serialize)]
pub struct MeasurePage {
    area: AreaLink,
    measure: Measure,
    sentences: Vec<SentenceLink>,
    siblings: Vec<Sibling>,
    previous: Option<Neighbour>,
    next: Option<Neighbour>,
}

/// A measure of the same area.
#[derive(Debug, Serialize)]
struct Sibling {
    #[serde(flatten)]
    link: MeasureLink,
    current: bool,
}

/// The measure before or after, in this area or the next.
#[derive(Debug, Serialize)]
struct Neighbour {
    #[serde(flatten)]
    link: MeasureLink,
    area_title: String,
}

/// A measure's page.
pub fn measure_page(scope: &Scope, memorandum: usize, number: usize) -> MeasurePage {
    let Scope { library, edition, .. } = *scope;
    let whole = &library.memoranda[memorandum];
    let one = &whole.measures[number];
    let named = |measure: usize| measure_link(scope, MeasureIndex { memorandum, measure });
    let neighbour = |measure: usize| Neighbour {
        link: named(measure),
        area_title: whole.areas[whole.measures[measure].area].title.text[edition].clone(),
    };
    let area = &whole.areas[one.area].measures;
    let siblings = number.saturating_sub(NEAR).max(area.start)..(number + NEAR + 1).min(area.end);
    MeasurePage {
        area: area_link(library, edition, memorandum, one.area),
        measure: measure(scope, MeasureIndex { memorandum, measure: number }),
        sentences: sentence_links(one, edition),
        siblings: siblings
            .map(|sibling| Sibling { link: named(sibling), current: sibling == number })
            .collect(),
        previous: number.checked_sub(1).map(neighbour),
        next: Some(number + 1).filter(|next| *next < whole.measures.len()).map(neighbour),
    }
}

fn sentence_links(measure: &library::Measure, edition: Edition) -> Vec<SentenceLink> {
    let text = &measure.text.text[edition];
    let sentences = measure.sentences[edition].iter().enumerate();
    sentences
        .map(|(index, range)| SentenceLink {
            id: sentence_id(measure, index + 1),
            number: index + 1,
            text: text[range.clone()].to_owned(),
        })
        .collect()
}
