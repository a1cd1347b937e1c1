//! Structured data of a page (schema.org), as JSON that may stand in HTML.
//!
//! Fields stand in the order of their names.

use serde::Serialize;

use crate::library::{Library, Memorandum, Route};
use crate::model::Edition;

use super::citation::excerpt;

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

/// The structured data of a page, if its kind has any.
pub(super) fn json_ld(library: &Library, route: Route) -> Option<String> {
    let own = match route {
        Route::Memorandum(edition, index) | Route::Full(edition, index) => {
            Some(memorandum(library, edition, index))
        }
        Route::Measure(edition, index, position) => {
            let one = library.memoranda[index].measure(position);
            Some(Legislation {
                is_part_of: Some(Box::new(part(library, edition, index))),
                text: Some(&one.said.text.text[edition]),
                ..measure(library, edition, index, position)
            })
        }
        Route::Area(..) | Route::Page(..) => None,
        _ => return None,
    };
    // A measure's page has a name only for the length of this function.
    let number = match route {
        Route::Measure(edition, index, position) => {
            measure_name(&library.memoranda[index], position, edition)
        }
        _ => String::new(),
    };
    let breadcrumbs = breadcrumbs(library, route, &number)?;
    let own = own.map(|own| Node::Legislation(Box::new(own)));
    let graph = own.into_iter().chain([Node::Breadcrumbs(breadcrumbs)]).collect();
    Some(in_html(&Document { context: "https://schema.org", graph }))
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
            library.url(Route::Memorandum(edition, index)),
            one.id.value.to_string(),
        )
    }
}

/// A measure without what only its own page says.
fn measure(library: &Library, edition: Edition, index: usize, position: usize) -> Legislation<'_> {
    let memorandum = &library.memoranda[index];
    let measure = memorandum.measure(position).said;
    let url = library.url(Route::Measure(edition, index, position));
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
    let url = library.url(Route::Memorandum(edition, index));
    Legislation {
        name: Some(&one.title.text[edition]),
        in_language: None,
        legislation_date: None,
        url: None,
        ..legislation(one, edition, url, one.id.value.to_string())
    }
}

/// The way from the edition's home to the page; `number` is a measure's.
fn breadcrumbs<'a>(library: &'a Library, route: Route, number: &'a str) -> Option<Breadcrumbs<'a>> {
    let edition = route.edition()?;
    let home = (library.title.text[edition].as_str(), Route::Home(edition));
    let memorandum = |index: usize| {
        let name = library.memoranda[index].name().text[edition].as_str();
        (name, Route::Memorandum(edition, index))
    };
    let area = |index: usize, area: usize| {
        let one = &library.memoranda[index].areas[area];
        let name = one.title.as_ref().or(one.mark.as_ref().map(|mark| &mark.printed));
        let name = name.map_or("", |name| name.text[edition].as_str());
        (name, Route::Area(edition, index, area))
    };
    let way = match route {
        Route::Memorandum(_, index) => vec![home, memorandum(index)],
        Route::Full(_, index) => {
            let title = library.memoranda[index].title.text[edition].as_str();
            vec![home, memorandum(index), (title, route)]
        }
        Route::Area(_, index, one) => vec![home, memorandum(index), area(index, one)],
        Route::Measure(_, index, one) => {
            let own = library.memoranda[index].measure(one).reading.area;
            let area = library.has_page(index, own).then(|| area(index, own));
            let above = [home, memorandum(index)].into_iter().chain(area);
            above.chain([(number, route)]).collect()
        }
        Route::Page(_, page) => {
            vec![home, (library.pages[page].title.text[edition].as_str(), route)]
        }
        _ => return None,
    };
    let item = |(position, (name, route)): (usize, (&'a str, Route))| ListItem {
        kind: "ListItem",
        item: library.url(route),
        name,
        position: position + 1,
    };
    let items = way.into_iter().enumerate().map(item).collect();
    Some(Breadcrumbs { kind: "BreadcrumbList", items })
}

/// A measure's number as pages show it, or how it begins.
fn measure_name(memorandum: &Memorandum, position: usize, edition: Edition) -> String {
    let number = memorandum.shown_number(position, edition);
    number.unwrap_or_else(|| excerpt(&memorandum.measure(position).said.text.text[edition]))
}

/// JSON in which nothing can end a script element.
fn in_html(document: &Document) -> String {
    let text = serde_json::to_string(document).expect("strings and numbers make JSON");
    if text.contains('<') { text.replace('<', "\\u003c") } else { text }
}
