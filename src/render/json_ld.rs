//! Structured data of a page (schema.org), as JSON that may stand in HTML.
//!
//! Fields stand in the order of their names.

use serde::Serialize;

use crate::library::{Library, Memorandum, Place, Route};
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
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
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
        Place::Memorandum(index) | Place::Full(index) => {
            Some(legislation_node(memorandum(library, edition, index)))
        }
        Place::Data => Some(Node::Dataset(dataset(library, edition))),
        Place::Measure(index, position) => {
            let one = library.memoranda[index].measure(position);
            Some(legislation_node(Legislation {
                is_part_of: Some(Box::new(part(library, edition, index))),
                text: Some(&one.said.text.text[edition]),
                ..measure(library, edition, index, position)
            }))
        }
        Place::Home
        | Place::Explainer(_)
        | Place::Entities
        | Place::Entity(_)
        | Place::Matrix
        | Place::Tables(_)
        | Place::Documents(_)
        | Place::Continuation(_)
        | Place::Area(..)
        | Place::Fields(_)
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

fn memorandum(library: &Library, edition: Edition, index: usize) -> Legislation<'_> {
    let one = &library.memoranda[index];
    let parts = 0..one.count();
    Legislation {
        name: Some(&one.title.text[edition]),
        has_part: parts.map(|position| measure(library, edition, index, position)).collect(),
        ..legislation(
            one,
            edition,
            library.url(Place::Memorandum(index).of(edition)),
            one.id.value.to_string(),
        )
    }
}

/// A measure without what only its own page says.
fn measure(library: &Library, edition: Edition, index: usize, position: usize) -> Legislation<'_> {
    let memorandum = &library.memoranda[index];
    let measure = memorandum.measure(position).said;
    let url = library.url(Place::Measure(index, position).of(edition));
    let identifier = format!("{}/{}", memorandum.id.value, memorandum.identifier(position));
    Legislation {
        position: Some(position + 1),
        name: measure
            .title
            .as_ref()
            .or(measure.label.as_ref())
            .map(|name| name.text[edition].as_str()),
        ..legislation(memorandum, edition, url, identifier)
    }
}

fn legislation(
    memorandum: &Memorandum,
    edition: Edition,
    url: Option<String>,
    identifier: String,
) -> Legislation<'_> {
    Legislation {
        id: url.clone(),
        kind: "Legislation",
        has_part: Vec::new(),
        in_language: Some(edition.language().to_owned()),
        is_part_of: None,
        legislation_date: memorandum.date().map(|date| date.to_string()),
        legislation_identifier: identifier,
        name: None,
        position: None,
        text: None,
        url,
    }
}

/// A memorandum as far as a measure's page names it.
fn part(library: &Library, edition: Edition, index: usize) -> Legislation<'_> {
    let one = &library.memoranda[index];
    let url = library.url(Place::Memorandum(index).of(edition));
    Legislation {
        name: Some(&one.title.text[edition]),
        in_language: None,
        legislation_date: None,
        url: None,
        ..legislation(one, edition, url, one.id.value.to_string())
    }
}

/// The way from the edition's home to the page.
fn breadcrumbs<'a>(library: &Library, trail: &'a [(String, Route)]) -> Breadcrumbs<'a> {
    let item = |(position, (name, route)): (usize, &'a (String, Route))| ListItem {
        kind: "ListItem",
        item: library.url(*route),
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
