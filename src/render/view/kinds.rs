//! What each kind of page is. A new kind of page begins here; one of a whole document
//! in `sheet.rs`.

use crate::library::{Place, Route, Wording};
use crate::render::theme::Phrase;

use super::Scope;
use super::about::{About, memorandum_step, shortened, site_page};
use super::called::{number_or_words, title};
use super::document::area_heading;
use super::named::{in_words, pair_in_words};

/// Tells what a page is.
pub fn about(scope: &Scope, route: Route) -> About {
    let Scope { library, strings, .. } = *scope;
    match route {
        Route::Page(_, place) => of_place(scope, place),
        // No template makes a file; its links stand in no page.
        Route::Entry | Route::File(_) => About {
            kind: "entry",
            window_title: library.title.text[scope.edition].clone(),
            ..site_page(scope, library.title.text[scope.edition].clone())
        },
        Route::Moved(_, index) => {
            About { kind: "moved", ..of_place(scope, library.moved[index].place) }
        }
        Route::NotFound => {
            About { kind: "not-found", ..site_page(scope, strings.format(Phrase::NotFound, &[])) }
        }
    }
}

fn of_place(scope: &Scope, place: Place) -> About {
    let Scope { library, strings, edition, .. } = *scope;
    let words = |text: &Wording| text.text[edition].clone();
    let named = |key: Phrase| site_page(scope, strings.format(key, &[]));
    let home = || (words(&library.title), Place::Home.of(edition));
    match place {
        Place::Home => About {
            kind: "home",
            window_title: words(&library.title),
            ..site_page(scope, words(&library.title))
        },
        Place::Search => About { kind: "search", ..named(Phrase::Search) },
        Place::Explainer(page) => {
            let page = &library.pages[page];
            let description = page.description.as_ref().unwrap_or(&library.description);
            About {
                kind: "page",
                description: shortened(&description.text[edition]),
                trail: vec![home(), (words(&page.title), place.of(edition))],
                ..site_page(scope, words(&page.title))
            }
        }
        Place::Entities | Place::Matrix => {
            let (kind, phrase) = match place == Place::Matrix {
                true => ("matrix", Phrase::Matrix),
                false => ("entities", Phrase::Entities),
            };
            About { kind, ..named(phrase) }
        }
        Place::Entity(entity) => {
            let name = &library.entities[entity].name;
            About { kind: "entity", ..site_page(scope, words(name)) }
        }
        Place::Versions => {
            let description = strings.format(Phrase::VersionsLead, &[]);
            About { kind: "versions", description, ..named(Phrase::Versions) }
        }
        Place::Data => {
            let description = strings.format(Phrase::DataLead, &[]);
            let trail = vec![home(), (strings.format(Phrase::Data, &[]), place.of(edition))];
            About { kind: "data", description, trail, ..named(Phrase::Data) }
        }
        Place::Comparison(old, new) => {
            let title = pair_in_words(scope, old, new);
            let window = strings.format(Phrase::ComparisonTitle, &[("versions", &title)]);
            About {
                kind: "comparison",
                window_title: format!("{window} — {}", library.title.text[edition]),
                description: in_words(scope, old, new).join("、"),
                ..site_page(scope, title)
            }
        }
        Place::Tables(page) => About { kind: "matrix", ..of_list(scope, Phrase::Matrix, page) },
        Place::Documents(page) => {
            About { kind: "documents", ..of_list(scope, Phrase::AllMemoranda, page) }
        }
        Place::Continuation(index) => {
            let name = |index: usize| library.document_name(index, edition);
            let old = library.continues(index).map(name).unwrap_or_default();
            let title = [old, " → ", name(index)].concat();
            let window = strings.format(Phrase::ComparisonTitle, &[("versions", &title)]);
            About {
                kind: "comparison",
                window_title: format!("{window} — {}", library.title.text[edition]),
                ..site_page(scope, title)
            }
        }
        Place::Memorandum(index, sheet) => super::sheet::about(scope, index, sheet),
        Place::Area(index, area) => self::area(scope, index, area),
        Place::Measure(index, measure) => self::measure(scope, index, measure),
    }
}

/// A page of a list, by index.
fn of_list(scope: &Scope, title: Phrase, page: usize) -> About {
    let Scope { library, strings, edition, .. } = *scope;
    let one = site_page(scope, strings.format(title, &[]));
    let number = (page + 1).to_string();
    let title = strings.format(Phrase::ListPage, &[("title", &one.title), ("number", &number)]);
    About { window_title: format!("{title} — {}", library.title.text[edition]), ..one }
}

fn area(scope: &Scope, index: usize, area: usize) -> About {
    let Scope { library, edition, .. } = *scope;
    let one = &library.memoranda[index].areas[area];
    let heading = area_heading(scope, index, area);
    let title = one.title.as_ref().map(|title| title.text[edition].clone());
    let first = one.measures.first().map(|measure| &measure.text);
    let text = one.summary.as_ref().or(one.text.first()).or(first);
    let home = (library.title.text[edition].clone(), Place::Home.of(edition));
    About {
        kind: "area",
        window_title: format!("{heading} — {}", library.memoranda[index].name().text[edition]),
        title: title.unwrap_or(heading),
        description: shortened(&text.unwrap_or(&library.description).text[edition]),
        trail: vec![home, memorandum_step(scope, index), area_step(scope, index, area)],
    }
}

fn measure(scope: &Scope, index: usize, measure: usize) -> About {
    let Scope { library, edition, .. } = *scope;
    let whole = &library.memoranda[index];
    let one = whole.measure(measure);
    let (title, _) = title(scope, one);
    let number = whole.shown_number(measure, edition);
    let numbered = number.map_or(title.clone(), |number| format!("{number} {title}"));
    let home = (library.title.text[edition].clone(), Place::Home.of(edition));
    let area = one.reading.area;
    let area = library.has_page(index, area).then(|| area_step(scope, index, area));
    let own =
        (number_or_words(whole, measure, edition), Place::Measure(index, measure).of(edition));
    About {
        kind: "measure",
        window_title: format!("{numbered} — {}", whole.name().text[edition]),
        title,
        description: shortened(&one.said.text.text[edition]),
        trail: [home, memorandum_step(scope, index)].into_iter().chain(area).chain([own]).collect(),
    }
}

fn area_step(scope: &Scope, index: usize, area: usize) -> (String, Route) {
    let one = &scope.library.memoranda[index].areas[area];
    let name = one.title.as_ref().or(one.mark.as_ref().map(|mark| &mark.printed));
    let name = name.map(|name| name.text[scope.edition].clone()).unwrap_or_default();
    (name, Place::Area(index, area).of(scope.edition))
}
