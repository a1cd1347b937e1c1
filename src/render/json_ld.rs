//! Structured data of a page (schema.org), as JSON that may stand in HTML. It says
//! what the page does not, or not so that a machine can tell, and repeats no text.
//!
//! Fields stand in the order of their names.

use serde::Serialize;

use crate::library::{Library, Place, Route, Sheet};
use crate::model::Edition;

use super::dataset::dataset;

#[derive(Serialize)]
struct Document<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: Vec<Node<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Node<'a> {
    Legislation(Box<Legislation<'a>>),
    Dataset(serde_json::Value),
    Breadcrumbs(Breadcrumbs<'a>),
}

/// A memorandum or a measure.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Legislation<'a> {
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    has_part: Vec<Legislation<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_part_of: Option<Box<Legislation<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    legislation_date: Option<String>,
    legislation_identifier: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<usize>,
}

#[derive(Serialize)]
struct Breadcrumbs<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "itemListElement")]
    items: Vec<ListItem<'a>>,
}

#[derive(Serialize)]
struct ListItem<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<String>,
    name: &'a str,
    position: usize,
}

/// The structured data of a page, if its kind has any; `trail` is the way to it.
pub(super) fn json_ld(
    library: &Library,
    route: Route,
    trail: &[(String, Route)],
) -> Option<String> {
    if trail.is_empty() {
        return None;
    }
    let (edition, place) = (route.edition()?, route.place()?);
    let own = match place {
        Place::Memorandum(index, Sheet::Overview) => {
            Some(legislation_node(memorandum(library, edition, index)))
        }
        Place::Data => Some(Node::Dataset(dataset(library, edition))),
        Place::Measure(index, position) => Some(legislation_node(Legislation {
            is_part_of: Some(Box::new(whole(library, edition, index))),
            in_language: Some(edition.language().to_owned()),
            legislation_date: library.memoranda[index].date().map(|date| date.to_string()),
            ..measure(library, edition, index, position)
        })),
        Place::Home
        | Place::Explainer(_)
        | Place::Entities
        | Place::Entity(_)
        | Place::Matrix
        | Place::Tables(_)
        | Place::Documents(_)
        | Place::Continuation(_)
        | Place::Area(..)
        | Place::Memorandum(..)
        | Place::Versions
        | Place::Comparison(..)
        | Place::Search => None,
    };
    let breadcrumbs = Node::Breadcrumbs(breadcrumbs(library, trail));
    let graph = own.into_iter().chain([breadcrumbs]).collect();
    Some(in_html(&Document { context: "https://schema.org", graph }))
}

fn legislation_node(own: Legislation) -> Node {
    Node::Legislation(Box::new(own))
}

/// A document as its own page describes it.
fn memorandum(library: &Library, edition: Edition, index: usize) -> Legislation<'_> {
    let one = &library.memoranda[index];
    let parts = 0..one.count();
    Legislation {
        has_part: parts.map(|position| measure(library, edition, index, position)).collect(),
        in_language: Some(edition.language().to_owned()),
        legislation_date: one.date().map(|date| date.to_string()),
        name: Some(&one.title.text[edition]),
        ..whole(library, edition, index)
    }
}

/// A document as far as a measure's page names it, whose way up says its name.
fn whole(library: &Library, edition: Edition, index: usize) -> Legislation<'_> {
    let url = library.url(Place::Memorandum(index, Sheet::Overview).of(edition));
    legislation(url, library.memoranda[index].id.value.to_string())
}

/// A measure as its document names it.
fn measure(library: &Library, edition: Edition, index: usize, position: usize) -> Legislation<'_> {
    let memorandum = &library.memoranda[index];
    let measure = memorandum.measure(position).said;
    let name = measure.title.as_ref().or(measure.label.as_ref());
    let url = library.url(Place::Measure(index, position).of(edition));
    let identifier = format!("{}/{}", memorandum.id.value, memorandum.identifier(position));
    Legislation {
        name: name.map(|name| name.text[edition].as_str()),
        position: Some(position + 1),
        ..legislation(url, identifier)
    }
}

fn legislation<'a>(id: Option<String>, identifier: String) -> Legislation<'a> {
    Legislation {
        id,
        kind: "Legislation",
        has_part: Vec::new(),
        in_language: None,
        is_part_of: None,
        legislation_date: None,
        legislation_identifier: identifier,
        name: None,
        position: None,
    }
}

/// The way from the edition's home to the page.
fn breadcrumbs<'a>(library: &Library, trail: &'a [(String, Route)]) -> Breadcrumbs<'a> {
    // The last is the page itself, which needs no address.
    let item = |(position, (name, route)): (usize, &'a (String, Route))| ListItem {
        kind: "ListItem",
        item: library.url(*route).filter(|_| position < trail.len()),
        name,
        position,
    };
    Breadcrumbs { kind: "BreadcrumbList", items: (1..).zip(trail).map(item).collect() }
}

/// JSON in which nothing can end a script element.
fn in_html(document: &Document) -> String {
    let text = serde_json::to_string(document).expect("strings and numbers make JSON");
    if text.contains('<') { text.replace('<', "\\u003c") } else { text }
}
