//! What a page is called, and how it is described elsewhere.

use crate::library::{Measure, Route};
use crate::model::{Edition, chinese_numeral};
use crate::render::theme::Strings;

use super::Scope;
use super::comparison::pair_in_words;
use super::frame::kind;
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
            let area = &library.memoranda[index].areas[area];
            let title = &area.title.text[edition];
            let numeral = chinese_numeral(area.number as usize);
            (title.clone(), format!("{numeral}、{title} — {}", name(index)))
        }
        Route::Measure(_, index, measure) => {
            let measure = &library.memoranda[index].measures[measure];
            let title = measure_title(measure, strings, edition);
            let numbered = match measure.label {
                Some(_) => format!("{} {title}", measure.number),
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

fn measure_title(measure: &Measure, strings: &Strings, edition: Edition) -> String {
    match &measure.label {
        Some(label) => label.text[edition].clone(),
        None => strings.format("measure_named", &[("number", &measure.number.to_string())]),
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
            library.memoranda[index].preamble.first().map(|text| &text.text[edition])
        }
        Route::Area(_, index, area) => {
            let memorandum = &library.memoranda[index];
            let area = &memorandum.areas[area];
            let first = memorandum.measures[area.measures.clone()].first();
            let text = area.summary.as_ref().or(first.map(|measure| &measure.text));
            text.map(|text| &text.text[edition])
        }
        Route::Measure(_, index, measure) => {
            Some(&library.memoranda[index].measures[measure].text.text[edition])
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
