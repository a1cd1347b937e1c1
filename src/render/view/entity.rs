//! Entities as templates get them: their pages and their index.

use crate::render::theme::Phrase;
use std::collections::BTreeMap;

use serde::Serialize;
use tera::Value;

use crate::library::{MeasureIndex, Place, Sheet, Wording};
use crate::model::Kind;

use super::called::{MeasureLink, measure_link};
use super::document::{Day, area_heading};
use super::picture::where_mentioned;
use super::provenance::{joint_provenance, provenance_name};
use super::text::context_html;
use super::{Scope, object};

/// An entity named by another page.
#[derive(Debug, Serialize)]
pub struct EntityLink {
    id: String,
    pub(super) kind: &'static str,
    name: String,
    href: String,
    count: usize,
}

/// An entity's name and page.
pub fn entity_link(scope: &Scope, entity: usize) -> EntityLink {
    let one = &scope.library.entities[entity];
    EntityLink {
        id: one.id.value.to_string(),
        kind: one.kind.id(),
        name: one.name.text[scope.edition].clone(),
        href: scope.href(Place::Entity(entity).of(scope.edition)),
        count: scope.library.mentioning(entity).len(),
    }
}

/// An entity's name and page, for pages that mention it.
pub fn entity_value(scope: &Scope, entity: usize) -> Value {
    let one = &scope.library.entities[entity];
    object([
        ("name", one.name.text[scope.edition].as_str().into()),
        ("kind_name", scope.strings.format(Phrase::Kind(one.kind), &[]).into()),
        ("href", scope.href(Place::Entity(entity).of(scope.edition)).into()),
    ])
}

/// Puts what an entity's page shows into its context.
pub fn insert_entity(context: &mut tera::Context, scope: &Scope, entity: usize) {
    let one = &scope.library.entities[entity];
    let words = |text: &Wording| Value::from(text.text[scope.edition].as_str());
    let link = |(title, url): &(Wording, String)| {
        object([("title", words(title)), ("url", url.as_str().into())])
    };
    let about = object([
        ("kind", one.kind.id().into()),
        ("count", scope.library.mentioning(entity).len().into()),
        ("aliases", one.aliases.iter().map(words).collect::<Vec<_>>().into()),
        ("description", one.description.as_ref().map(words).into()),
        ("links", one.links.iter().map(link).collect::<Vec<_>>().into()),
    ]);
    context.insert_value("entity", about);
    context.insert_value("documents", documents(scope, entity));
    context.insert_value("together", together(scope, entity));
    let mentioning = scope.library.mentioning(entity);
    context.insert_value("pictures", where_mentioned(scope, mentioning));
}

/// The most measures that an entity's page shows with the sentences that mention
/// it; of more, it lists numbers and names.
const MOST_WITH_CONTEXT: usize = 200;

/// The most measures that it lists one by one, where there are several documents;
/// of more, it says how many each document has.
const MOST_LISTED: usize = 1000;

/// The documents that mention an entity, the latest first: how often, where that
/// text comes from, and the measures.
fn documents(scope: &Scope, entity: usize) -> Value {
    let Scope { library, edition, strings, .. } = *scope;
    let all = library.mentioning(entity);
    let listed = all.len() <= MOST_LISTED || library.memoranda.len() == 1;
    let with_context = all.len() <= MOST_WITH_CONTEXT;
    let document = |own: &[MeasureIndex]| {
        let index = own[0].memorandum;
        let one = &library.memoranda[index];
        let texts = own.iter().map(|index| &library.measure(*index).said.text);
        let provenance = provenance_name(joint_provenance(edition, texts));
        let area_of = |index: &MeasureIndex| library.measure(*index).reading.area;
        let areas = own.chunk_by(|one, next| listed && area_of(one) == area_of(next));
        let area = |measures: &[MeasureIndex]| {
            let area = area_of(&measures[0]);
            let named = |index: &MeasureIndex| {
                let MeasureLink { number, title, excerpted, href, .. } =
                    measure_link(scope, *index);
                let contexts =
                    if with_context { contexts(scope, *index, entity) } else { Vec::new() };
                let roles = library.measure(*index).roles(entity, edition).into_iter();
                let role = |field: usize| one.fields[field].name.text[edition].as_str();
                let roles: Vec<Value> = roles.map(|field| role(field).into()).collect();
                object([
                    ("roles", roles.into()),
                    ("number", number.into()),
                    ("title", title.into()),
                    ("excerpted", excerpted.into()),
                    ("href", href.into()),
                    ("contexts", contexts.into()),
                ])
            };
            object([
                ("href", scope.href(library.area_place(index, area).of(edition)).into()),
                ("heading", area_heading(scope, index, area).into()),
                ("measures", measures.iter().map(named).collect::<Vec<_>>().into()),
            ])
        };
        let areas: Vec<Value> = if listed { areas.map(area).collect() } else { Vec::new() };
        object([
            ("title", library.document_name(index, edition).into()),
            ("href", scope.href(Place::Memorandum(index, Sheet::Overview).of(edition)).into()),
            ("date", Value::from_serializable(&one.date().map(Day::from))),
            ("count", own.len().into()),
            ("first", scope.href(Place::from(own[0]).of(edition)).into()),
            ("provenance", strings.format(Phrase::Quoted(provenance), &[]).into()),
            ("areas", areas.into()),
        ])
    };
    let documents = all.chunk_by(|one, next| one.memorandum == next.memorandum);
    documents.map(document).collect::<Vec<_>>().into()
}

/// The sentences that mention an entity, its name marked, with their ids on the
/// measure's page.
fn contexts(scope: &Scope, index: MeasureIndex, entity: usize) -> Vec<Value> {
    let measure = scope.library.measure(index);
    let text = &measure.said.text.text[scope.edition];
    let mentions = &measure.reading.mentions[scope.edition];
    let sentences = measure.reading.sentences[scope.edition].iter().enumerate();
    sentences
        .filter(|(_, sentence)| {
            mentions.iter().any(|one| one.entity == entity && sentence.contains(&one.range.start))
        })
        .map(|(number, sentence)| {
            let html = context_html(text, sentence, mentions, entity);
            object([
                ("html", Value::safe_string(&html)),
                ("id", measure.sentence_anchor(number + 1).into()),
            ])
        })
        .collect()
}

/// How many companions an entity's page names.
const MOST_TOGETHER: usize = 12;

/// The entities that stand in the same measures, those most often first; the
/// counts are of measures in common.
fn together(scope: &Scope, entity: usize) -> Value {
    let library = scope.library;
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for index in library.mentioning(entity) {
        for other in &library.measure(*index).reading.entities {
            *counts.entry(*other).or_default() += usize::from(*other != entity);
        }
    }
    let mut found: Vec<(usize, usize)> =
        counts.into_iter().filter(|(_, count)| *count > 0).collect();
    found.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    found.truncate(MOST_TOGETHER);
    let companion = |(other, count): (usize, usize)| {
        object([("entity", scope.entities.of(scope, other)), ("count", count.into())])
    };
    found.into_iter().map(companion).collect::<Vec<_>>().into()
}

/// The entities of one kind.
#[derive(Debug, Serialize)]
pub struct KindGroup {
    kind: &'static str,
    entities: Vec<EntityLink>,
}

/// The index of entities, in the edition's customary order.
pub fn entities(scope: &Scope) -> Vec<KindGroup> {
    by_kind(scope)
        .into_iter()
        .map(|(kind, entities)| KindGroup {
            kind: kind.id(),
            entities: entities.iter().map(|entity| entity_link(scope, *entity)).collect(),
        })
        .collect()
}

/// Entities by kind, without kinds that have none.
fn by_kind(scope: &Scope) -> Vec<(Kind, Vec<usize>)> {
    let order = &scope.library.entity_order[scope.edition];
    let of_kind = |kind: Kind| {
        let entities = order.iter().copied();
        entities.filter(|entity| scope.library.entities[*entity].kind == kind).collect::<Vec<_>>()
    };
    let groups = Kind::ALL.into_iter().map(|kind| (kind, of_kind(kind)));
    groups.filter(|(_, entities)| !entities.is_empty()).collect()
}
