//! Addresses that pages had before an id changed: each still leads on.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Id;
use crate::source::{Span, Spanned};

use super::{Library, Place};

/// An address that a page had.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Moved {
    /// The path below an edition's folder.
    pub path: String,
    /// What stands elsewhere now.
    pub place: Place,
    /// Where the former id is written.
    pub span: Span,
}

/// Every former address of a library's pages. Reports those that something else
/// has now, or had, too.
pub fn moved(library: &Library, diagnostics: &mut Diagnostics) -> Vec<Moved> {
    let all: Vec<Moved> = library
        .places()
        .flat_map(|place| {
            let path = library.path_below(place);
            let former = former_paths(library, place, &path).into_iter();
            former.map(move |(path, span)| Moved { path, place, span })
        })
        .collect();
    if all.is_empty() {
        return all;
    }
    let search = library.path_below(Place::Search);
    let now = library.places().map(|place| library.path_below(place)).chain([search]);
    let mut known: BTreeMap<String, Option<Span>> = now.map(|path| (path, None)).collect();
    let mut told = Vec::new();
    for Moved { path, span, .. } in &all {
        let Some(first) = known.insert(path.clone(), Some(*span)) else { continue };
        // A memorandum's former id is that of many pages.
        if told.contains(span) {
            continue;
        }
        told.push(*span);
        let message = match first {
            None => format!("a page of the site stands at `{path}` now"),
            Some(_) => format!("two pages stood at `{path}`"),
        };
        let clash = Diagnostic::error(Code::CollidingAddress, *span, message);
        let clash = clash.help("take the former id out: its addresses lead there already");
        diagnostics.push(match first {
            Some(first) => clash.related(first, "the other one"),
            None => clash,
        });
    }
    all
}

/// The paths that a place had, with the former id that each comes from.
fn former_paths(library: &Library, place: Place, path: &str) -> Vec<(String, Span)> {
    let below = |folder: &str, former: &[Spanned<Id>]| {
        let path = |id: &Spanned<Id>| (format!("{folder}{}.html", id.value), id.span);
        former.iter().map(path).collect()
    };
    match place {
        Place::Explainer(page) => below("", &library.pages[page].formerly),
        Place::Entity(entity) => below("entities/", &library.entities[entity].formerly),
        Place::Memorandum(index, _) => {
            let of = &library.memoranda[index].formerly;
            let rest = &path[library.memoranda[index].id.value.as_str().len()..];
            of.iter().map(|id| (format!("{}{rest}", id.value), id.span)).collect()
        }
        Place::Area(index, _) | Place::Measure(index, _) => {
            let Some(area) = library.area_of(place) else { return Vec::new() };
            of_area(library, index, area, path)
        }
        Place::Home
        | Place::Entities
        | Place::Matrix
        | Place::Tables(_)
        | Place::Documents(_)
        | Place::Continuation(_)
        | Place::Versions
        | Place::Comparison(..)
        | Place::Data
        | Place::Search => Vec::new(),
    }
}

/// Every way in which the ids of a memorandum and of its area stood together,
/// but for the present one.
fn of_area(library: &Library, index: usize, area: usize, path: &str) -> Vec<(String, Span)> {
    let memorandum = &library.memoranda[index];
    let one = &memorandum.areas[area];
    let now = memorandum.id.value.as_str().len() + 1 + one.id.value.as_str().len();
    let rest = &path[now..];
    let mut all = Vec::new();
    for own in std::iter::once(&one.id).chain(&one.formerly) {
        for whole in std::iter::once(&memorandum.id).chain(&memorandum.formerly) {
            let is_former = |id: &Spanned<Id>, present: &Spanned<Id>| id.value != present.value;
            let span = match (is_former(own, &one.id), is_former(whole, &memorandum.id)) {
                (true, _) => own.span,
                (false, true) => whole.span,
                (false, false) => continue,
            };
            all.push((format!("{}/{}{rest}", whole.value, own.value), span));
        }
    }
    all
}
