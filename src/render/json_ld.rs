//! Structured data of a page (schema.org), as JSON that may stand in HTML.

use serde_json::{Value, json};

use crate::library::{Library, Measure, Memorandum, Route};
use crate::model::Edition;

/// The structured data of a page, if its kind has any.
pub(super) fn json_ld(library: &Library, route: Route) -> Option<String> {
    let graph = match route {
        Route::Memorandum(edition, index) | Route::Full(edition, index) => {
            vec![memorandum(library, edition, index), breadcrumbs(library, route)?]
        }
        Route::Measure(edition, index, measure) => {
            let one = &library.memoranda[index];
            let mut legislation =
                self::measure(library, edition, index, &one.measures[measure], measure);
            legislation["isPartOf"] = part(library, edition, index);
            legislation["text"] = json!(one.measures[measure].text.text[edition]);
            vec![legislation, breadcrumbs(library, route)?]
        }
        Route::Area(..) | Route::Page(..) => vec![breadcrumbs(library, route)?],
        _ => return None,
    };
    Some(in_html(&json!({ "@context": "https://schema.org", "@graph": graph })))
}

fn memorandum(library: &Library, edition: Edition, index: usize) -> Value {
    let one = &library.memoranda[index];
    let url = library.url(Route::Memorandum(edition, index));
    let mut legislation = legislation(one, edition, &url);
    legislation["name"] = json!(one.title.text[edition]);
    legislation["legislationIdentifier"] = json!(one.id.value.as_str());
    let parts = one.measures.iter().enumerate();
    legislation["hasPart"] =
        parts.map(|(position, one)| measure(library, edition, index, one, position)).collect();
    legislation
}

/// A measure without what only its own page says.
fn measure(
    library: &Library,
    edition: Edition,
    index: usize,
    measure: &Measure,
    position: usize,
) -> Value {
    let memorandum = &library.memoranda[index];
    let url = library.url(Route::Measure(edition, index, position));
    let mut legislation = legislation(memorandum, edition, &url);
    legislation["legislationIdentifier"] =
        json!(format!("{}/{}", memorandum.id.value, measure.number));
    legislation["position"] = json!(position + 1);
    if let Some(label) = &measure.label {
        legislation["name"] = json!(label.text[edition]);
    }
    legislation
}

fn legislation(memorandum: &Memorandum, edition: Edition, url: &str) -> Value {
    json!({
        "@type": "Legislation",
        "@id": url,
        "url": url,
        "legislationDate": memorandum.signed.to_string(),
        "inLanguage": edition.language(),
    })
}

fn part(library: &Library, edition: Edition, index: usize) -> Value {
    let one = &library.memoranda[index];
    json!({
        "@type": "Legislation",
        "@id": library.url(Route::Memorandum(edition, index)),
        "name": one.title.text[edition],
        "legislationIdentifier": one.id.value.as_str(),
    })
}

/// The way from the edition's home to the page.
fn breadcrumbs(library: &Library, route: Route) -> Option<Value> {
    let edition = route.edition()?;
    let home = (library.title.text[edition].clone(), Route::Home(edition));
    let memorandum = |index: usize| {
        let name = library.memoranda[index].name().text[edition].clone();
        (name, Route::Memorandum(edition, index))
    };
    let area = |index: usize, area: usize| {
        let name = library.memoranda[index].areas[area].title.text[edition].clone();
        (name, Route::Area(edition, index, area))
    };
    let way = match route {
        Route::Memorandum(_, index) => vec![home, memorandum(index)],
        Route::Full(_, index) => {
            vec![
                home,
                memorandum(index),
                (library.memoranda[index].title.text[edition].clone(), route),
            ]
        }
        Route::Area(_, index, one) => vec![home, memorandum(index), area(index, one)],
        Route::Measure(_, index, one) => {
            let measure = &library.memoranda[index].measures[one];
            let name = measure.number.to_string();
            vec![home, memorandum(index), area(index, measure.area), (name, route)]
        }
        Route::Page(_, page) => {
            vec![home, (library.pages[page].title.text[edition].clone(), route)]
        }
        _ => return None,
    };
    let items: Vec<_> = way
        .into_iter()
        .enumerate()
        .map(|(position, (name, route))| {
            json!({
                "@type": "ListItem",
                "position": position + 1,
                "name": name,
                "item": library.url(route),
            })
        })
        .collect();
    Some(json!({ "@type": "BreadcrumbList", "itemListElement": items }))
}

/// JSON in which nothing can end a script element.
fn in_html(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}
