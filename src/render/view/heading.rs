//! What a page is called, and how it is described elsewhere.

use crate::library::{MeasureIndex, Route};
use crate::model::PartKind;

use super::Scope;
use super::comparison::pair_in_words;
use super::document::area_heading;
use super::frame::kind;
use super::measure::called;
use super::version::in_words;

/// How many characters of a text describe a page.
const DESCRIPTION_LENGTH: usize = 120;

/// A page's own title, and the one for windows and link previews.
pub fn titles(scope: &Scope, route: Route) -> (String, String) {
    let Scope { library, strings, edition, .. } = *scope;
    let site = &library.title.text[edition];
    let name = |memorandum: usize| &library.memoranda[memorandum].name().text[edition];
    match route {
        Route::Page(_, page) => {
            let title = &library.pages[page].title.text[edition];
            (title.clone(), format!("{title} — {site}"))
        }
        Route::Memorandum(_, index) => (
            library.memoranda[index].title.text[edition].clone(),
            format!("{} — {site}", name(index)),
        ),
        Route::Full(_, index) => {
            let full = strings.format("full", &[]);
            (
                library.memoranda[index].title.text[edition].clone(),
                format!("{full} — {}", name(index)),
            )
        }
        Route::Area(_, index, area) => {
            let heading = area_heading(scope, index, area);
            let title = &library.memoranda[index].areas[area].title;
            let title = title.as_ref().map(|title| title.text[edition].clone());
            let document = format!("{heading} — {}", name(index));
            (title.unwrap_or(heading), document)
        }
        Route::Measure(_, index, measure) => {
            let place = MeasureIndex { memorandum: index, measure };
            let whole = &library.memoranda[index];
            let said = whole.measure(measure).said;
            let name_of = said.label.as_ref().or(said.title.as_ref());
            let number = whole.shown_number(measure, edition);
            let title = match name_of {
                Some(name) => name.text[edition].clone(),
                None => called(scope, place),
            };
            let numbered = match number.filter(|_| name_of.is_some()) {
                Some(number) => format!("{number} {title}"),
                None => title.clone(),
            };
            (title, format!("{numbered} — {}", name(index)))
        }
        Route::Entity(_, entity) => {
            let title = &library.entities[entity].name.text[edition];
            (title.clone(), format!("{title} — {site}"))
        }
        Route::Comparison(_, old, new) => {
            let title = pair_in_words(scope, old, new);
            let named = strings.format("comparison_title", &[("versions", &title)]);
            (title, format!("{named} — {site}"))
        }
        Route::Entities(_)
        | Route::Matrix(_)
        | Route::Search(_)
        | Route::Versions(_)
        | Route::NotFound => {
            let wording = match route {
                Route::NotFound => "not_found",
                _ => kind(route),
            };
            let title = strings.format(wording, &[]);
            (title.clone(), format!("{title} — {site}"))
        }
        _ => (site.clone(), site.clone()),
    }
}

/// One or two sentences for search engines and link previews.
pub fn description(scope: &Scope, route: Route) -> String {
    let Scope { library, strings, edition, .. } = *scope;
    match route {
        Route::Versions(_) => return strings.format("versions_lead", &[]),
        Route::Comparison(_, old, new) => {
            let changes = library.changes.as_deref();
            let told = changes.map(|changes| in_words(scope, changes.diff(old, new)));
            return told.unwrap_or_default().join("、");
        }
        _ => {}
    }
    let site = &library.description.text[edition];
    let text = match route {
        Route::Page(_, page) => {
            library.pages[page].description.as_ref().map(|text| &text.text[edition])
        }
        Route::Memorandum(_, index) | Route::Full(_, index) => {
            let preamble = library.memoranda[index].paragraphs(PartKind::Preamble).next();
            preamble.map(|text| &text.text[edition])
        }
        Route::Area(_, index, area) => {
            let memorandum = &library.memoranda[index];
            let area = &memorandum.areas[area];
            let first = area.measures.first().map(|measure| &measure.text);
            let text = area.summary.as_ref().or(area.text.first()).or(first);
            text.map(|text| &text.text[edition])
        }
        Route::Measure(_, index, measure) => {
            Some(&library.memoranda[index].measure(measure).said.text.text[edition])
        }
        _ => None,
    };
    shortened(text.unwrap_or(site))
}

fn shortened(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(DESCRIPTION_LENGTH) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
