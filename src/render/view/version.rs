//! Versions as templates get them: their index, the line that each page has,
//! and a measure's history.

use serde::Serialize;

use crate::library::{Library, MeasureIndex, Place, Route};
use crate::model::{DateName, Dates, Edition, Script};
use crate::render::theme::Phrase;
use crate::snapshot::diff::Status;
use crate::snapshot::record::Record;
use crate::snapshot::{Changes, Event, Version};

use super::document::Day;
use super::named::{
    VersionLink, change_id, in_archive, in_words, script_in_words, version_in_words, version_link,
};
use super::{NamedLink, Scope};

/// Which versions a page has, for its footer and its head.
#[derive(Debug, Serialize)]
pub struct VersionLine {
    latest: VersionLink,
    previous: Option<VersionLink>,
    all: String,
    /// The page in the version before the present.
    predecessor_url: Option<String>,
    history_url: Option<String>,
    /// What to cite: the latest version where it is no other than the present.
    cite_url: Option<String>,
}

/// The version line of a page of a site that has versions. Pages about versions
/// are no part of any.
pub fn version_line(scope: &Scope, route: Route) -> Option<VersionLine> {
    let Scope { library, edition, .. } = *scope;
    if is_about_versions(route) {
        return None;
    }
    let changes = library.changes.as_deref()?;
    let latest = changes.present().checked_sub(1)?;
    let path = archived(library, changes, latest, route);
    let url = library.absolute(&path);
    let is_sealed = is_unchanged(library, changes, route);
    Some(VersionLine {
        previous: latest.checked_sub(1).map(|previous| {
            version_link(scope, previous, archived(library, changes, previous, route))
        }),
        all: scope.href(Place::Versions.of(edition)),
        history_url: library.url(Place::Versions.of(edition)),
        cite_url: if is_sealed { url.clone() } else { library.url(route) },
        latest: version_link(scope, latest, path),
        predecessor_url: url,
    })
}

fn is_about_versions(route: Route) -> bool {
    matches!(route.place(), Some(Place::Versions | Place::Comparison(..)))
}

/// The path of a page in a version's archive: the same page, a measure's own
/// whatever its number was, else the nearest page above it.
fn archived(library: &Library, changes: &Changes, version: usize, route: Route) -> String {
    let path = match route {
        Route::Page(edition, Place::Measure(memorandum, measure)) => {
            let index = MeasureIndex { memorandum, measure };
            let area = library.memoranda[memorandum].measure(measure).reading.area;
            let above = || library.path(library.area_place(memorandum, area).of(edition));
            measure_path(library, changes, version, edition, index).unwrap_or_else(above)
        }
        Route::Page(..) | Route::Moved(..) | Route::Entry | Route::NotFound | Route::File(_) => {
            library.path(route)
        }
    };
    in_archive(&library.versions[version], &path)
}

/// Where a version had a measure of the present.
fn measure_path(
    library: &Library,
    changes: &Changes,
    version: usize,
    edition: Edition,
    index: MeasureIndex,
) -> Option<String> {
    let id = &library.memoranda[index.memorandum].id.value;
    let (area, number) =
        changes.place(id.as_str(), history_of(library, changes, index), version)?;
    Some(Library::measure_path(edition, id, &area.id.value, number.ordinal))
}

fn history_of<'a>(library: &Library, changes: &'a Changes, index: MeasureIndex) -> &'a [Event] {
    let memorandum = &library.memoranda[index.memorandum];
    let area = memorandum.measure(index.measure).reading.area;
    let first = memorandum.measures_of(area).start;
    changes.history(index.memorandum, area, index.measure - first)
}

/// Whether a page says what it said when the latest version was sealed. Of pages
/// beside the measures nobody knows.
fn is_unchanged(library: &Library, changes: &Changes, route: Route) -> bool {
    let diff = changes.diff(changes.present() - 1, changes.present());
    let of = |index: usize| diff.memoranda.iter().find(|one| one.new == Some(index));
    let Some(place) = route.place() else { return false };
    match place {
        Place::Measure(memorandum, measure) => {
            let history = history_of(library, changes, MeasureIndex { memorandum, measure });
            history.last().is_some_and(|event| event.version < changes.present())
        }
        Place::Area(memorandum, area) => of(memorandum).is_some_and(|one| {
            let areas = one.areas.iter().filter(|pair| pair.new == Some(area));
            let old = areas.clone().find_map(|pair| pair.old);
            let own = one.measures.iter().filter(|pair| {
                pair.new.is_some_and(|place| place.area == area)
                    || pair.old.is_some_and(|place| Some(place.area) == old)
            });
            areas.clone().all(|pair| pair.statuses.is_empty())
                && own.clone().all(|pair| pair.statuses.is_empty())
        }),
        Place::Memorandum(index, _) => of(index).is_some_and(|one| one.is_empty()),
        Place::Home
        | Place::Explainer(_)
        | Place::Entities
        | Place::Entity(_)
        | Place::Matrix
        | Place::Tables(_)
        | Place::Documents(_)
        | Place::Continuation(_)
        | Place::Versions
        | Place::Comparison(..)
        | Place::Data
        | Place::Search => false,
    }
}

/// The index of versions.
#[derive(Debug, Serialize)]
pub struct VersionsPage {
    present: PresentItem,
    /// The newest first.
    versions: Vec<VersionItem>,
}

/// The present in the index of versions.
#[derive(Debug, Serialize)]
struct PresentItem {
    href: String,
    total: String,
    changes: Vec<String>,
    /// The comparison with the latest version.
    comparison: Option<NamedLink>,
}

/// A version in the index of versions.
#[derive(Debug, Serialize)]
struct VersionItem {
    id: String,
    link: VersionLink,
    note: Option<String>,
    /// How a long note begins, which is folded.
    note_begins: Option<String>,
    name: String,
    seal: String,
    /// Its bag, packed, if that is published.
    zip: Option<NamedLink>,
    total: String,
    changes: Vec<String>,
    /// The only memorandum's dates, where there is no other.
    dates: Vec<NamedDay>,
    comparisons: Vec<NamedLink>,
}

/// A date that a memorandum has of its own.
#[derive(Debug, Serialize)]
struct NamedDay {
    name: String,
    day: Day,
}

/// The index of versions.
pub fn versions(scope: &Scope) -> VersionsPage {
    let Scope { library, strings, edition, .. } = *scope;
    let count: usize = library.memoranda.iter().map(|one| one.count()).sum();
    let changes = library.changes.as_deref();
    let latest = changes.and_then(|changes| changes.present().checked_sub(1));
    let told = latest.map(|latest| in_words(scope, latest, latest + 1));
    let items = changes.map(|changes| {
        let versions = (0..changes.present()).rev();
        versions.map(|version| version_item(scope, changes, version)).collect()
    });
    VersionsPage {
        present: PresentItem {
            href: scope.href(Place::Home.of(edition)),
            total: strings.format(Phrase::MeasuresCount, &[("count", &count.to_string())]),
            changes: told.unwrap_or_default(),
            comparison: latest.map(|latest| comparison(scope, latest, latest + 1, latest)),
        },
        versions: items.unwrap_or_default(),
    }
}

fn version_item(scope: &Scope, changes: &Changes, index: usize) -> VersionItem {
    let Scope { library, strings, edition, .. } = *scope;
    let version = &library.versions[index];
    let path = in_archive(version, &library.path(Place::Home.of(edition)));
    let previous = index.checked_sub(1);
    let with_previous = previous.map(|previous| comparison(scope, previous, index, previous));
    let with_present = comparison(scope, index, changes.present(), changes.present());
    VersionItem {
        id: format!("v-{}", version.name),
        link: version_link(scope, index, path),
        note_begins: changes.note(index).and_then(|note| begins(&note[edition])),
        note: changes.note(index).map(|note| note[edition].clone()),
        name: version.name.to_string(),
        seal: version.seal.to_string(),
        zip: library.publishes.bags.then(|| zip(scope, version)),
        total: total(scope, &version.record),
        changes: match previous {
            Some(previous) => in_words(scope, previous, index),
            None => vec![strings.format(Phrase::FirstVersion, &[])],
        },
        dates: match version.record.memoranda.as_slice() {
            [one] => named_days(scope, &one.dates),
            _ => Vec::new(),
        },
        comparisons: with_previous.into_iter().chain([with_present]).collect(),
    }
}

/// A version's packed bag.
pub(super) fn zip(scope: &Scope, version: &Version) -> NamedLink {
    let name = version.name.to_string();
    NamedLink {
        name: scope.strings.format(Phrase::ZipOfVersion, &[("name", &name)]),
        href: scope.way.to(version.name.packed()),
    }
}

/// A document's dates by their names.
fn named_days(scope: &Scope, dates: &Dates) -> Vec<NamedDay> {
    let told = [DateName::Signed, DateName::Adopted, DateName::Issued];
    let told = told.into_iter().chain([DateName::Published, DateName::InForce, DateName::AsAt]);
    told.filter_map(|name| {
        let day = dates.get(name)?.into();
        Some(NamedDay { name: scope.strings.format(Phrase::Date(name), &[]), day })
    })
    .collect()
}

/// How a note begins, if it has more characters than a list should show.
fn begins(note: &str) -> Option<String> {
    let (shown, most) = (60, 240);
    note.char_indices().nth(most)?;
    let end = note.char_indices().nth(shown).map_or(note.len(), |(at, _)| at);
    Some(format!("{}…", note[..end].trim_end()))
}

fn total(scope: &Scope, record: &Record) -> String {
    let count: usize = record.memoranda.iter().map(|one| one.measures().count()).sum();
    scope.strings.format(Phrase::MeasuresCount, &[("count", &count.to_string())])
}

/// A comparison, named by the other of its versions.
fn comparison(scope: &Scope, old: usize, new: usize, other: usize) -> NamedLink {
    let name = version_in_words(scope, other);
    NamedLink {
        name: scope.strings.format(Phrase::CompareWith, &[("name", &name)]),
        href: scope.href(Place::Comparison(old, new).of(scope.edition)),
    }
}

/// What happened to a measure, the newest first.
#[derive(Debug, Serialize)]
pub struct History {
    /// Since when it is there, and since when unchanged.
    summary: String,
    events: Vec<HistoryEvent>,
}

#[derive(Debug, Serialize)]
struct HistoryEvent {
    version: VersionLink,
    what: String,
    /// Where the change is shown.
    comparison: Option<String>,
}

/// A measure's history, on a site that has versions.
pub fn history(scope: &Scope, index: MeasureIndex) -> Option<History> {
    let Scope { library, strings, edition, .. } = *scope;
    let changes = library.changes.as_deref()?;
    let events = history_of(library, changes, index);
    let memorandum = library.memoranda[index.memorandum].id.value.as_str();
    let name = |version: usize| version_in_words(scope, version);
    let last = events.last().map_or(0, |event| event.version);
    let key =
        if last == changes.present() { Phrase::HistoryUnsealed } else { Phrase::HistorySince };
    let event = |event: &Event| {
        let own = Place::from(index).of(edition);
        let path = match event.version == changes.present() {
            true => library.path(own),
            false => archived(library, changes, event.version, own),
        };
        let anchor = change_id(memorandum, event.number);
        let before = event.version.checked_sub(1).filter(|_| !event.statuses.is_empty());
        let compared = before.map(|before| Place::Comparison(before, event.version).of(edition));
        HistoryEvent {
            version: version_link(scope, event.version, path),
            what: event_in_words(scope, library.memoranda[index.memorandum].script.other(), event),
            comparison: compared.map(|route| format!("{}#{anchor}", scope.href(route))),
        }
    };
    Some(History {
        summary: strings.format(key, &[("name", &name(last))]),
        events: events.iter().rev().map(event).collect(),
    })
}

fn event_in_words(scope: &Scope, converted: Script, event: &Event) -> String {
    let number = event.number.to_string();
    let script = script_in_words(scope, converted);
    let words = |status: &Status| {
        scope.strings.format(Phrase::Event(*status), &[("number", &number), ("script", &script)])
    };
    match event.statuses.is_empty() {
        true => scope.strings.format(Phrase::EventsFirst, &[("number", &number)]),
        false => event.statuses.iter().map(words).collect::<Vec<_>>().join("；"),
    }
}
