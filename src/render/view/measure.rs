//! Measures as templates get them, and the pages that hold them.

use serde::Serialize;
use tera::{Context, Value};

use crate::library::{self, MeasureIndex, Referrer, Route};
use crate::render::citation::Citing;

use super::document::area_link;
use super::text::{sentence_id, text_html};
use super::version::history;
use super::{Scope, object};

/// A measure named by another page.
#[derive(Debug, Serialize)]
pub struct MeasureLink {
    pub(super) number: String,
    pub(super) label: Option<String>,
    pub(super) href: String,
}

/// What a memorandum's pages call its parts: made once for all of them.
pub struct Named {
    memorandum: usize,
    citing: Citing,
    areas: Vec<Value>,
    measures: Vec<Value>,
}

impl Named {
    /// Names all parts of a memorandum.
    pub fn new(scope: &Scope, memorandum: usize) -> Self {
        let whole = &scope.library.memoranda[memorandum];
        let area = |area| Value::from_serializable(&area_link(scope, memorandum, area));
        let measure = |measure| measure_value(scope, MeasureIndex { memorandum, measure });
        Self {
            memorandum,
            citing: Citing::new(whole, scope.edition),
            areas: (0..whole.areas.len()).map(area).collect(),
            measures: (0..whole.measures.len()).map(measure).collect(),
        }
    }
}

/// The memorandum that the page belongs to.
fn own<'a>(scope: &Scope<'a>) -> &'a Named {
    scope.own.expect("the pages of a memorandum have its parts named")
}

/// An area of the memorandum that the page belongs to.
fn area_value(scope: &Scope, area: usize) -> Value {
    own(scope).areas[area].clone()
}

/// A measure named by another page; its title is its label or its area's title.
fn measure_value(scope: &Scope, index: MeasureIndex) -> Value {
    if let Some(own) = scope.own
        && own.memorandum == index.memorandum
    {
        return own.measures[index.measure].clone();
    }
    let MeasureLink { number, label, href } = measure_link(scope, index);
    let whole = &scope.library.memoranda[index.memorandum];
    let area = &whole.areas[whole.measures[index.measure].area].title;
    object([
        ("number", number.into()),
        ("title", label.as_deref().unwrap_or(&area.text[scope.edition]).into()),
        ("label", label.into()),
        ("href", href.into()),
    ])
}

/// A measure's number, label and page.
pub fn measure_link(scope: &Scope, index: MeasureIndex) -> MeasureLink {
    let one = &scope.library.memoranda[index.memorandum].measures[index.measure];
    MeasureLink {
        number: one.number.to_string(),
        label: label(scope, one),
        href: scope.href(scope.library.measure_route(scope.edition, index)),
    }
}

fn label(scope: &Scope, measure: &library::Measure) -> Option<String> {
    measure.label.as_ref().map(|label| label.text[scope.edition].clone())
}

/// All areas with their measures, for the document on one page.
pub fn full(scope: &Scope, memorandum: usize) -> Value {
    let areas = scope.library.memoranda[memorandum].areas.iter().enumerate();
    let area = |(number, area): (usize, &library::Area)| {
        let measures = area.measures.clone();
        let measures = measures.map(|measure| MeasureIndex { memorandum, measure });
        let measures: Vec<_> = measures.map(|index| full_measure(scope, index)).collect();
        object([("area", area_value(scope, number)), ("measures", measures.into())])
    };
    areas.map(area).collect::<Vec<_>>().into()
}

/// A measure of the document on one page.
fn full_measure(scope: &Scope, index: MeasureIndex) -> Value {
    let one = scope.library.measure(index);
    let number = one.number.to_string();
    object([
        ("anchor", one.anchor().into()),
        ("url", scope.library.url(scope.library.measure_route(scope.edition, index)).into()),
        ("html", Value::safe_string(&text_html(scope, one))),
        ("permalink", scope.strings.format("permalink", &[("number", &number)]).into()),
        ("number", number.into()),
    ])
}

/// A measure on its area's page.
fn area_measure(scope: &Scope, citing: &Citing, index: MeasureIndex) -> Value {
    let Scope { library, strings, edition, .. } = *scope;
    let memorandum = &library.memoranda[index.memorandum];
    let one = &memorandum.measures[index.measure];
    let number = one.number.to_string();
    let anchor = one.anchor();
    // The measure in the other edition's area page.
    let other = scope.href(Route::Area(edition.other(), index.memorandum, one.area));
    let own = library.measure_route(edition, index);
    let url = library.url(own);
    let named = |key: &str| Value::from(strings.format(key, &[("number", &number)]));
    let related = scope.related.of(library, index);
    let related: Vec<_> = related.iter().map(|one| measure_value(scope, one.measure)).collect();
    object([
        ("label", label(scope, one).into()),
        ("html", Value::safe_string(&text_html(scope, one))),
        ("other", [&other, "#", &anchor].concat().into()),
        ("related", related.into()),
        ("citation", citing.in_words(memorandum, one, strings, &url).into()),
        ("permalink", named("permalink")),
        ("cite_of", named("cite_of")),
        ("own_page_of", named("own_page_of")),
        ("number", number.as_str().into()),
        ("anchor", anchor.into()),
        ("href", scope.href(own).into()),
        ("url", url.into()),
    ])
}

/// Puts what an area's page shows into its context.
pub fn insert_area(context: &mut Context, scope: &Scope, number: usize) {
    let &Named { memorandum, ref citing, .. } = own(scope);
    let one = &scope.library.memoranda[memorandum];
    let neighbour = |area: usize| area_value(scope, area);
    let all = one.areas[number].measures.clone();
    let mut entities = Vec::new();
    for entity in one.measures[all.clone()].iter().flat_map(|one| &one.entities) {
        if !entities.contains(entity) {
            entities.push(*entity);
        }
    }
    let measures: Vec<_> = all
        .map(|measure| area_measure(scope, citing, MeasureIndex { memorandum, measure }))
        .collect();
    context.insert_value("area", area_value(scope, number));
    context.insert_value("measures", measures.into());
    context.insert_value("entities", entity_values(scope, &entities));
    context.insert_value("previous", number.checked_sub(1).map(neighbour).into());
    let next = Some(number + 1).filter(|next| *next < one.areas.len());
    context.insert_value("next", next.map(neighbour).into());
}

/// How many measures before and after its own a measure's page lists: all of an
/// ordinary area, and not thousands of a huge one on thousands of pages.
const NEAR: usize = 25;

/// Puts what a measure's page shows into its context.
pub fn insert_measure(context: &mut Context, scope: &Scope, number: usize) {
    let &Named { memorandum, ref citing, .. } = own(scope);
    let whole = &scope.library.memoranda[memorandum];
    let one = &whole.measures[number];
    let index = MeasureIndex { memorandum, measure: number };
    let area = &whole.areas[one.area].measures;
    let siblings = number.saturating_sub(NEAR).max(area.start)..(number + NEAR + 1).min(area.end);
    let named = |measure: usize| measure_value(scope, MeasureIndex { memorandum, measure });
    context.insert_value("area", area_value(scope, one.area));
    context.insert_value("measure", measure(scope, citing, index));
    context.insert_value("entities", entity_values(scope, &one.entities));
    context.insert_value("sentences", sentence_values(scope, one));
    context.insert_value("siblings", siblings.map(named).collect::<Vec<_>>().into());
    if let Some(history) = history(scope, index) {
        context.insert("history", &history);
    }
    context.insert_value("previous", number.checked_sub(1).map(named).into());
    let next = Some(number + 1).filter(|next| *next < whole.measures.len());
    context.insert_value("next", next.map(named).into());
}

/// The measure that a page is about.
fn measure(scope: &Scope, citing: &Citing, index: MeasureIndex) -> Value {
    let Scope { library, strings, edition, .. } = *scope;
    let memorandum = &library.memoranda[index.memorandum];
    let one = &memorandum.measures[index.measure];
    let anchor = one.anchor();
    let url = library.url(library.measure_route(edition, index));
    let in_page = |route: Route| Value::from([&scope.href(route), "#", &anchor].concat());
    let related = scope.related.of(library, index);
    let related: Vec<_> = related.iter().map(|one| related_value(scope, one)).collect();
    let referrers = library.referrers(index).iter();
    let referrers: Vec<_> = referrers.map(|one| referrer_value(scope, *one)).collect();
    let citations = citing.all(memorandum, one, strings, &url);
    object([
        ("number", one.number.to_string().into()),
        ("label", label(scope, one).into()),
        ("html", Value::safe_string(&text_html(scope, one))),
        // In its area's page, and in the document on one page.
        ("place", in_page(Route::Area(edition, index.memorandum, one.area))),
        ("full_place", in_page(Route::Full(edition, index.memorandum))),
        ("related", related.into()),
        ("referrers", referrers.into()),
        ("citations", Value::from_serializable(&citations)),
        ("anchor", anchor.as_str().into()),
        ("url", url.into()),
    ])
}

fn entity_values(scope: &Scope, entities: &[usize]) -> Value {
    Value::from(entities.iter().map(|entity| scope.entities.of(scope, *entity)).collect::<Vec<_>>())
}

/// A related measure with the entities that both mention; none of them if the
/// editor related the two.
fn related_value(scope: &Scope, related: &library::Related) -> Value {
    object([
        ("measure", measure_value(scope, related.measure)),
        ("shared", entity_values(scope, &related.shared)),
    ])
}

/// What refers to a measure: a measure by its number, or a page.
fn referrer_value(scope: &Scope, referrer: Referrer) -> Value {
    match referrer {
        Referrer::Measure(index) => measure_value(scope, index),
        Referrer::Page(index) => object([
            ("number", Value::none()),
            ("label", scope.library.pages[index].title.text[scope.edition].as_str().into()),
            ("href", scope.href(Route::Page(scope.edition, index)).into()),
        ]),
    }
}

fn sentence_values(scope: &Scope, measure: &library::Measure) -> Value {
    let numbers = 1..=measure.sentences[scope.edition].len();
    let value = |number: usize| {
        let name = scope.strings.format("sentence", &[("number", &number.to_string())]);
        object([("id", sentence_id(measure, number).into()), ("name", name.into())])
    };
    numbers.map(value).collect::<Vec<_>>().into()
}
