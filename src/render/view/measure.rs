//! Measures as templates get them, and the pages that hold them.

use tera::{Context, Map, Value};

use crate::library::{self, MeasureIndex, Memorandum, Place, Referrer, Route, Sheet, Wording};
use crate::model::PartKind;
use crate::render::citation::Citing;
use crate::render::navigation::is_long;
use crate::render::theme::Phrase;

use super::called::{Named, area_value, called, measure_value, named, own};
use super::document::heading;
use super::text::text_html;
use super::version::history;
use super::{Scope, object};

/// The mark that stands before a measure's text: where pages name it otherwise,
/// unless it is a plain number that its key ends in.
pub(super) fn printed_mark(
    scope: &Scope,
    whole: &Memorandum,
    measure: library::Measure,
) -> Option<String> {
    let mark = measure.said.mark.as_ref()?;
    let printed = &mark.printed.text[scope.edition];
    let plain =
        mark.name(|text| text.text[scope.edition].as_str()).bytes().all(|b| b.is_ascii_digit());
    let shown = !whole.composes() && mark.numeral.is_some();
    (!shown && !plain).then(|| printed.clone())
}

/// Where the printed mark stands: before the heading of a measure that has one,
/// else before its text.
fn heading_and_text_marks(mark: Option<&str>, titled: bool) -> (Option<&str>, Option<&str>) {
    if titled { (mark, None) } else { (None, mark) }
}

/// The facts that a measure gives with its text.
fn fields(scope: &Scope, index: MeasureIndex) -> Value {
    let edition = scope.edition;
    let whole = &scope.library.memoranda[index.memorandum];
    let one = whole.measure(index.measure);
    let name = |field: usize| whole.fields[field].name.text[edition].as_str();
    let beside = one.said.fields.iter().map(|field| {
        let text = field.text.text[edition].as_str();
        object([("name", name(field.field).into()), ("text", text.into()), ("beside", true.into())])
    });
    let text = &one.said.text.text[edition];
    let inside = one.reading.fields[edition].iter().map(|field| {
        let text = &text[field.range.clone()];
        object([
            ("name", name(field.field).into()),
            ("text", text.into()),
            ("beside", false.into()),
        ])
    });
    beside.chain(inside).collect::<Vec<_>>().into()
}

/// All areas with their measures, for the document on one page.
pub fn full(scope: &Scope, memorandum: usize) -> Value {
    let areas = scope.library.memoranda[memorandum].areas.iter().enumerate();
    let area = |(number, area): (usize, &library::Area)| {
        let whole = &scope.library.memoranda[memorandum];
        let measures = whole.measures_of(number);
        let indices = measures.map(|measure| MeasureIndex { memorandum, measure });
        let is_listed = whole.areas.len() == 1 && !is_long(indices.clone().count());
        // Without areas to list, the measures are.
        let entries = indices.clone().filter(|_| is_listed);
        let entries: Vec<_> = entries.map(|index| measure_value(scope, index)).collect();
        let measures: Vec<_> = indices.map(|index| full_measure(scope, index)).collect();
        let mut fields = around_measures(scope, area);
        fields.extend([
            ("area", area_value(scope, number)),
            ("level", level(whole, number).into()),
            ("entries", entries.into()),
            ("measures", measures.into()),
        ]);
        Value::from(fields.into_iter().map(|(name, value)| (name.into(), value)).collect::<Map>())
    };
    areas.map(area).collect::<Vec<_>>().into()
}

/// The level of an area's heading in the document: below the heading it stands
/// under, if there is one.
fn level(whole: &Memorandum, area: usize) -> usize {
    let part = whole.parts.iter().position(|part| part.areas.contains(&area));
    let under = part.is_some_and(|place| {
        let is_heading = |kind| matches!(kind, PartKind::Division | PartKind::Annex);
        let before = whole.parts[..place].last();
        is_heading(whole.parts[place].kind)
            || before.is_some_and(|part| is_heading(part.kind) && part.areas.is_empty())
    });
    if under { 3 } else { 2 }
}

/// What an area says besides its measures: before and after them, and at the head
/// of its sections, by the measure they stand before.
fn around_measures(scope: &Scope, area: &library::Area) -> Vec<(&'static str, Value)> {
    let all = |texts: &[Wording]| {
        let texts = texts.iter().map(|text| Value::from(text.text[scope.edition].as_str()));
        Value::from(texts.collect::<Vec<_>>())
    };
    let heads = area.columns.iter().filter_map(|column| column.head.as_ref());
    let heads: Vec<Value> = heads.map(|head| head.text[scope.edition].as_str().into()).collect();
    let sections = area.sections.iter().map(|section| {
        let heading = heading(scope, section.mark.as_ref(), section.title.as_ref());
        object([
            ("first", section.measures.start.into()),
            ("heading", heading.into()),
            ("text", all(&section.text)),
        ])
    });
    vec![
        ("text", all(&area.text)),
        ("heads", heads.into()),
        ("sections", sections.collect::<Vec<_>>().into()),
        ("closing", all(&area.closing)),
    ]
}

/// A measure of the document on one page.
fn full_measure(scope: &Scope, index: MeasureIndex) -> Value {
    let whole = &scope.library.memoranda[index.memorandum];
    let one = whole.measure(index.measure);
    let edition = scope.edition;
    let mark = printed_mark(scope, whole, one);
    // What is no key stands as printed.
    let number = match whole.composes() {
        true => whole.shown_number(index.measure, edition),
        false => {
            let mark = one.said.mark.as_ref().filter(|_| mark.is_none());
            mark.map(|mark| mark.printed.text[edition].clone())
        }
    };
    let title = one.said.title.as_ref().map(|title| title.text[edition].as_str());
    let titled = one.said.title.is_some();
    let (heading_mark, text_mark) = heading_and_text_marks(mark.as_deref(), titled);
    object([
        ("anchor", one.anchor().into()),
        ("url", scope.library.url(Place::from(index).of(edition)).into()),
        ("mark", heading_mark.into()),
        ("html", Value::safe_string(&text_html(scope, one, text_mark))),
        ("permalink", permalink(scope, index).into()),
        ("title", title.into()),
        ("fields", fields(scope, index)),
        ("number", number.into()),
    ])
}

/// A measure on its area's page.
fn area_measure(scope: &Scope, citing: &Citing, index: MeasureIndex) -> Value {
    let Scope { library, strings, edition, .. } = *scope;
    let memorandum = &library.memoranda[index.memorandum];
    let one = memorandum.measure(index.measure);
    let number = memorandum.shown_number(index.measure, edition);
    let anchor = one.anchor();
    let own = Place::from(index).of(edition);
    let url = library.url(own);
    let mark = printed_mark(scope, memorandum, one);
    let named = |phrases: (Phrase, Phrase)| Value::from(named(scope, index, phrases));
    let words = |text: &Wording| text.text[edition].clone();
    let related = scope.related.of(library, index);
    let related: Vec<_> = related.iter().map(|one| measure_value(scope, one.measure)).collect();
    let titled = one.said.title.is_some();
    let (heading_mark, text_mark) = heading_and_text_marks(mark.as_deref(), titled);
    object([
        ("named", measure_value(scope, index)),
        ("label", one.said.label.as_ref().map(words).into()),
        ("title", one.said.title.as_ref().map(words).into()),
        ("called", called(scope, index).into()),
        ("fields", fields(scope, index)),
        ("mark", heading_mark.into()),
        ("html", Value::safe_string(&text_html(scope, one, text_mark))),
        ("related", related.into()),
        ("citation", citing.in_words(memorandum, index.measure, strings, url.as_deref()).into()),
        ("permalink", named((Phrase::Permalink, Phrase::PermalinkCalled))),
        ("cite_of", named((Phrase::CiteOf, Phrase::CiteOfCalled))),
        ("own_page_of", named((Phrase::OwnPageOf, Phrase::OwnPageOfCalled))),
        ("number", number.into()),
        ("anchor", anchor.into()),
        ("href", scope.href(own).into()),
        ("url", url.into()),
    ])
}

/// Puts what an area's page shows into its context.
pub fn insert_area(context: &mut Context, scope: &Scope, number: usize) {
    let &Named { memorandum, ref citing, .. } = own(scope);
    let one = &scope.library.memoranda[memorandum];
    // Measures under no area have no page to turn to.
    let has_page = |area: &usize| scope.library.has_page(memorandum, *area);
    let neighbour = |area: usize| area_value(scope, area);
    let all = one.measures_of(number);
    let mut entities = Vec::new();
    for entity in all.clone().flat_map(|index| &one.measure(index).reading.entities) {
        if !entities.contains(entity) {
            entities.push(*entity);
        }
    }
    let measures: Vec<_> = all
        .map(|measure| area_measure(scope, citing, MeasureIndex { memorandum, measure }))
        .collect();
    for (name, value) in around_measures(scope, &one.areas[number]) {
        context.insert_value(name, value);
    }
    context.insert_value("area", area_value(scope, number));
    context.insert_value("measures", measures.into());
    context.insert_value("entities", entity_values(scope, &entities));
    context.insert_value("previous", number.checked_sub(1).filter(has_page).map(neighbour).into());
    let next = Some(number + 1).filter(|next| *next < one.areas.len()).filter(has_page);
    context.insert_value("next", next.map(neighbour).into());
}

/// Puts what a measure's page shows into its context.
pub fn insert_measure(context: &mut Context, scope: &Scope, number: usize) {
    let &Named { memorandum, ref citing, .. } = own(scope);
    let whole = &scope.library.memoranda[memorandum];
    let one = whole.measure(number);
    let index = MeasureIndex { memorandum, measure: number };
    let named = |measure: usize| measure_value(scope, MeasureIndex { memorandum, measure });
    context.insert_value("area", area_value(scope, one.reading.area));
    context.insert_value("measure", measure(scope, citing, index));
    context.insert_value("entities", entity_values(scope, &one.reading.entities));
    context.insert_value("sentences", sentence_values(scope, one));
    if let Some(history) = history(scope, index) {
        context.insert("history", &history);
    }
    context.insert_value("previous", number.checked_sub(1).map(named).into());
    let next = Some(number + 1).filter(|next| *next < whole.count());
    context.insert_value("next", next.map(named).into());
}

/// The measure that a page is about.
fn measure(scope: &Scope, citing: &Citing, index: MeasureIndex) -> Value {
    let Scope { library, strings, edition, .. } = *scope;
    let memorandum = &library.memoranda[index.memorandum];
    let one = memorandum.measure(index.measure);
    let mark = printed_mark(scope, memorandum, one);
    let words = |text: &Wording| text.text[edition].clone();
    let anchor = one.anchor();
    let url = library.url(Place::from(index).of(edition));
    let in_page = |route: Route| Value::from([&scope.href(route), "#", &anchor].concat());
    let related = scope.related.of(library, index);
    let related: Vec<_> = related.iter().map(|one| related_value(scope, one)).collect();
    let referrers = library.referrers(index).iter();
    let referrers: Vec<_> = referrers.map(|one| referrer_value(scope, *one)).collect();
    let citation = citing.in_words(memorandum, index.measure, strings, url.as_deref());
    let titled = one.said.title.is_some();
    let (heading_mark, text_mark) = heading_and_text_marks(mark.as_deref(), titled);
    object([
        ("key", one.key().to_string().into()),
        ("number", memorandum.shown_number(index.measure, edition).into()),
        ("label", one.said.label.as_ref().map(words).into()),
        ("title", one.said.title.as_ref().map(words).into()),
        ("called", called(scope, index).into()),
        ("fields", fields(scope, index)),
        ("mark", heading_mark.into()),
        ("html", Value::safe_string(&text_html(scope, one, text_mark))),
        // In its area's page, and in the document on one page.
        ("place", in_page(library.area_place(index.memorandum, one.reading.area).of(edition))),
        ("full_place", in_page(Place::Memorandum(index.memorandum, Sheet::Full).of(edition))),
        ("related", related.into()),
        ("referrers", referrers.into()),
        ("citation", citation.into()),
        ("anchor", anchor.as_str().into()),
        ("url", url.into()),
    ])
}

/// A number that readers may search for, of a measure late in the latest document.
pub fn search_example(scope: &Scope) -> String {
    let Some(whole) = scope.library.memoranda.first() else { return String::new() };
    let own = match whole.areas.len() {
        0 => 0..0,
        areas => whole.measures_of(areas * 3 / 4),
    };
    let number = own
        .clone()
        .nth(1)
        .or(own.clone().next())
        .and_then(|one| whole.shown_number(one, scope.edition));
    number.unwrap_or_else(|| whole.name().text[scope.edition].clone())
}

fn permalink(scope: &Scope, index: MeasureIndex) -> String {
    named(scope, index, (Phrase::Permalink, Phrase::PermalinkCalled))
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
            ("document", Value::none()),
            ("number", Value::none()),
            ("title", scope.library.pages[index].title.text[scope.edition].as_str().into()),
            ("excerpted", false.into()),
            ("href", scope.href(Place::Explainer(index).of(scope.edition)).into()),
        ]),
    }
}

fn sentence_values(scope: &Scope, measure: library::Measure) -> Value {
    let numbers = 1..=measure.reading.sentences[scope.edition].len();
    let value = |number: usize| {
        let name = scope.strings.format(Phrase::Sentence, &[("number", &number.to_string())]);
        object([("id", measure.sentence_anchor(number).into()), ("name", name.into())])
    };
    numbers.map(value).collect::<Vec<_>>().into()
}
