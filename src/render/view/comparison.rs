//! What changed between two versions, as a template gets it.

use serde::Serialize;

use crate::library::{self, Library, Sheet, record_of};
use crate::model::{Id, MeasureNumber, Provenance};
use crate::render::theme::Phrase;
use crate::snapshot::compared::{At, Compared, Sides, changed};
use crate::snapshot::diff::{Diff, Pair, Part, Place, Status};
use crate::snapshot::record::{Area, Measure, Memorandum};

use super::Scope;
use super::document::Day;
use super::marked::marked;
use super::named::{
    VersionLink, change_id, in_archive, in_words, pair_in_words, script_in_words, told_in_words,
    version_link,
};
use super::provenance::{of_compared, provenance_name};

/// The comparison of two versions, or of two documents.
#[derive(Debug, Serialize)]
pub struct ComparisonPage {
    /// The page that it stands below.
    above: VersionPair,
    old: VersionLink,
    new: VersionLink,
    counts: Vec<String>,
    /// Whether what it shows comes from different places.
    various: bool,
    memoranda: Vec<ComparedMemorandum>,
    previous: Option<VersionPair>,
    next: Option<VersionPair>,
}

/// Another page: a comparison, or the one above.
#[derive(Debug, Serialize)]
struct VersionPair {
    name: String,
    href: String,
}

/// A memorandum in which something changed.
#[derive(Debug, Serialize)]
struct ComparedMemorandum {
    id: String,
    title: String,
    /// Where its words come from: the old version's and the new one's, or both.
    origins: Vec<String>,
    /// That all of it is new or gone.
    status: Option<String>,
    parts: Vec<Change>,
    areas: Vec<Change>,
    measures: Vec<Change>,
    /// How many measures are the same, and which.
    unchanged: Option<String>,
    runs: Vec<Run>,
}

/// One thing that changed.
#[derive(Debug, Default, Serialize)]
struct Change {
    id: String,
    /// A measure's number.
    number: Option<String>,
    name: Option<String>,
    /// What changed, for style sheets and in words.
    statuses: Vec<&'static str>,
    words: Vec<String>,
    /// The text with its marks.
    html: String,
    /// The old text and the new, to stand beside each other.
    sides: Option<[String; 2]>,
    /// Set if the text is of the other edition.
    lang: Option<String>,
    /// Whether the text is the same in both, and so folded.
    same: bool,
    /// An editorial name with its marks.
    label_html: Option<String>,
    /// Its pages in either version.
    pages: Vec<VersionLink>,
}

/// Measures of an area that are the same, by their numbers: `1.1–1.4`.
#[derive(Debug, Serialize)]
struct Run {
    area: String,
    numbers: String,
}

/// The comparison of two versions, by index.
pub fn comparison(scope: &Scope, old: usize, new: usize) -> Option<ComparisonPage> {
    let Scope { library, edition, .. } = *scope;
    let changes = library.changes.as_deref()?;
    let home = |version: usize| {
        let path = library.path(library::Place::Home.of(edition));
        version_link(scope, version, in_version(scope, version, path))
    };
    let pair = |old: usize, new: usize| VersionPair {
        name: pair_in_words(scope, old, new),
        href: scope.href(library::Place::Comparison(old, new).of(edition)),
    };
    let diff = changes.diff(old, new);
    let between = Between::Versions(old, new);
    let is_step = new == old + 1;
    let memoranda = changed(diff, changes.record(old), changes.record(new));
    let memoranda: Vec<_> = memoranda.map(|one| memorandum(scope, &one, between)).collect();
    Some(ComparisonPage {
        above: VersionPair {
            name: scope.strings.format(Phrase::Versions, &[]),
            href: scope.href(library::Place::Versions.of(edition)),
        },
        old: home(old),
        new: home(new),
        counts: in_words(scope, old, new),
        various: are_various(&memoranda),
        memoranda,
        previous: old.checked_sub(1).filter(|_| is_step).map(|before| pair(before, old)),
        next: (is_step && new < changes.present()).then(|| pair(new, new + 1)),
    })
}

/// The path of a page in a version, or in the present.
fn in_version(scope: &Scope, version: usize, path: String) -> String {
    match scope.library.versions.get(version) {
        Some(version) => in_archive(version, &path),
        None => path,
    }
}

/// What a comparison is between.
#[derive(Clone, Copy)]
enum Between {
    /// Two versions, by index.
    Versions(usize, usize),
    /// Two documents of the present, by index.
    Documents(usize, usize),
}

/// A document, by index, against the one that it takes the place of.
pub fn continuation(scope: &Scope, index: usize) -> Option<ComparisonPage> {
    let Scope { library, edition, wordings, .. } = *scope;
    // The page stands outside the document, and speaks of it.
    let scope = &Scope { strings: &wordings.of(Some(index))[edition], ..*scope };
    let before = library.continues(index)?;
    let documents = [before, index].map(|one| library.memoranda[one].clone());
    let record = record_of(library, &documents);
    let [old, new] = record.memoranda.as_slice() else { return None };
    let diff = Diff::of_documents(old, new, &record.editions);
    let named = |index: usize| VersionLink {
        name: library.document_name(index, edition).to_owned(),
        day: library.memoranda[index].date().map(Day::from),
        href: scope.href(library::Place::Memorandum(index, Sheet::Overview).of(edition)),
    };
    let compared = diff.memoranda.iter().filter(|one| !one.is_empty());
    let compared = compared.map(|one| Compared::of(one, old, new, &record.editions));
    let between = Between::Documents(before, index);
    let memoranda: Vec<_> = compared.map(|one| memorandum(scope, &one, between)).collect();
    Some(ComparisonPage {
        above: VersionPair {
            name: library.document_name(index, edition).to_owned(),
            href: scope.href(library::Place::Memorandum(index, Sheet::Overview).of(edition)),
        },
        old: named(before),
        new: named(index),
        counts: told_in_words(scope, &diff, |index| record.memoranda[index + 1].script),
        various: are_various(&memoranda),
        memoranda,
        previous: None,
        next: None,
    })
}

fn are_various(memoranda: &[ComparedMemorandum]) -> bool {
    memoranda.iter().any(|one| one.origins.len() > 1 || one.origins != memoranda[0].origins)
}

fn memorandum(scope: &Scope, one: &Compared, between: Between) -> ComparedMemorandum {
    let count = one.unchanged().count();
    let mut origins: Vec<_> = of_compared(one, scope.edition).collect();
    origins.dedup();
    let origin =
        |one: &Provenance| scope.strings.format(Phrase::Quoted(provenance_name(*one)), &[]);
    let parts = one.diff.parts.iter();
    // Of a memorandum that is new or gone every area is; the measures tell it.
    let areas = one.areas().filter(|_| one.alone().is_none());
    ComparedMemorandum {
        id: one.one.id.value.to_string(),
        title: one.one.title.text(scope.edition).to_owned(),
        origins: origins.iter().map(origin).collect(),
        status: one.alone().map(|status| status_in_words(scope, one, status)),
        parts: parts.map(|(part, status)| part_change(scope, one, *part, *status)).collect(),
        areas: areas.map(|(pair, sides)| area_change(scope, one, pair, sides)).collect(),
        measures: one
            .measures()
            .map(|(pair, sides)| measure_change(scope, one, pair, sides, between))
            .collect(),
        unchanged: (count > 0).then(|| {
            scope.strings.format(Phrase::UnchangedMeasures, &[("count", &count.to_string())])
        }),
        runs: runs(scope, one),
    }
}

fn status_in_words(scope: &Scope, one: &Compared, status: Status) -> String {
    let script = script_in_words(scope, one.source.script.other());
    scope.strings.format(Phrase::Status(status), &[("script", &script)])
}

fn part_change(scope: &Scope, one: &Compared, part: Part, status: Status) -> Change {
    let marked = marked(scope, &one.part(part), &[status]);
    Change {
        id: format!("{}.{}", one.one.id.value, part.name().replace('_', "-")),
        name: Some(part_in_words(scope, part)),
        statuses: vec![status.name()],
        words: vec![status_in_words(scope, one, status)],
        html: marked.html,
        sides: marked.sides,
        lang: marked.lang,
        ..Change::default()
    }
}

fn area_change(scope: &Scope, one: &Compared, pair: &Pair<usize>, sides: Sides<&Area>) -> Change {
    let marked = marked(scope, &one.titles(sides), &pair.statuses);
    let numeral = |area: &Area| {
        let mark = area.mark.as_ref();
        let name = mark.map(|mark| mark.name(|text| text.text(scope.edition)).to_owned());
        name.unwrap_or_else(|| area.number.value.to_string())
    };
    let was = sides.0.map(numeral).unwrap_or_default();
    let now = sides.1.or(sides.0);
    let kind = if sides.1.is_some() { "area" } else { "removed-area" };
    let words = |status: &Status| match status {
        Status::Renumbered => scope.strings.format(Phrase::WasArea, &[("number", &was)]),
        Status::Moved => scope.strings.format(Phrase::AreaMoved, &[]),
        _ => status_in_words(scope, one, *status),
    };
    let name = now.map(numeral).unwrap_or_default();
    Change {
        id: format!("{}.{kind}-{}", one.one.id.value, now.map_or(0, |area| area.number.value)),
        name: Some(scope.strings.format(Phrase::AreaOfNumber, &[("number", &name)])),
        statuses: names(&pair.statuses),
        words: pair.statuses.iter().map(words).collect(),
        html: marked.html,
        sides: marked.sides,
        lang: marked.lang,
        ..Change::default()
    }
}

fn measure_change(
    scope: &Scope,
    one: &Compared,
    pair: &Pair<Place>,
    sides: Sides<At>,
    between: Between,
) -> Change {
    let marked_text = marked(scope, &one.text(sides), &pair.statuses);
    let relabelled = pair.has(Status::Relabelled);
    let id = one.one.id.value.as_str();
    let now = sides.1.or(sides.0).map(|(_, measure)| measure);
    let number = now.map_or(MeasureNumber { area: 0, ordinal: 0 }, |measure| measure.key());
    let label = now.and_then(|measure| measure.label.as_ref().or(measure.title.as_ref()));
    let words = |status: &Status| measure_status_in_words(scope, one, *status, sides.0);
    Change {
        id: match sides.1 {
            Some(_) => change_id(id, number),
            None => format!("{id}.removed-{}-{}", number.area, number.ordinal),
        },
        number: now.and_then(|measure| number_in_words(scope, one.one, measure)),
        name: label.map(|label| label.text(scope.edition).to_owned()),
        statuses: names(&pair.statuses),
        words: pair.statuses.iter().map(words).collect(),
        html: marked_text.html,
        sides: marked_text.sides,
        lang: marked_text.lang,
        same: !marked_text.is_marked,
        label_html: relabelled.then(|| marked(scope, &one.label(sides), &[Status::Changed]).html),
        pages: pages(scope, &one.one.id.value, between, sides),
    }
}

fn measure_status_in_words(
    scope: &Scope,
    one: &Compared,
    status: Status,
    old: Option<At>,
) -> String {
    let (area, number) = old.map_or((String::new(), String::new()), |(area, measure)| {
        let title = area.title.as_ref().map(|title| title.text(scope.edition).to_owned());
        let area = title.unwrap_or_else(|| area.heading(|text| text.text(scope.edition)));
        (area, number_in_words(scope, one.one, measure).unwrap_or_default())
    });
    match status {
        Status::Renumbered => scope.strings.format(Phrase::WasNumber, &[("number", &number)]),
        Status::Moved => {
            scope.strings.format(Phrase::WasIn, &[("number", &number), ("place", &area)])
        }
        _ => status_in_words(scope, one, status),
    }
}

fn names(statuses: &[Status]) -> Vec<&'static str> {
    statuses.iter().map(|status| status.name()).collect()
}

/// A measure's page on each side.
fn pages(scope: &Scope, memorandum: &Id, between: Between, sides: Sides<At>) -> Vec<VersionLink> {
    let [old, new] = match between {
        Between::Versions(old, new) => [(old, sides.0), (new, sides.1)]
            .map(|(version, at)| at.map(|at| page(scope, memorandum, version, at))),
        Between::Documents(old, new) => [(old, sides.0), (new, sides.1)].map(|(document, at)| {
            let id = &scope.library.memoranda[document].id.value;
            at.map(|at| VersionLink {
                name: scope.library.document_name(document, scope.edition).to_owned(),
                day: None,
                href: scope.way.to(measure_path(scope, id, at)),
            })
        }),
    };
    old.into_iter().chain(new).collect()
}

fn measure_path(scope: &Scope, memorandum: &Id, (area, measure): At) -> String {
    let ordinal = measure.key().ordinal;
    Library::measure_path(scope.edition, memorandum, &area.id.value, ordinal)
}

/// A measure's page in a version.
fn page(scope: &Scope, memorandum: &Id, version: usize, at: At) -> VersionLink {
    let path = measure_path(scope, memorandum, at);
    version_link(scope, version, in_version(scope, version, path))
}

/// A measure's number as its memorandum's pages show it.
fn number_in_words(scope: &Scope, whole: &Memorandum, measure: &Measure) -> Option<String> {
    if whole.composes_numbers() {
        return Some(measure.key().to_string());
    }
    let mark = measure.mark.as_ref().filter(|mark| mark.numeral.is_some())?;
    Some(mark.name(|text| text.text(scope.edition)).to_owned())
}

/// The name of a part.
fn part_in_words(scope: &Scope, part: Part) -> String {
    scope.strings.format(Phrase::Part(part), &[])
}

/// Which measures are the same, by area.
fn runs(scope: &Scope, one: &Compared) -> Vec<Run> {
    let mut runs: Vec<(&Area, Vec<(u32, u32)>)> = Vec::new();
    for (area, measure) in one.unchanged() {
        let ordinal = measure.key().ordinal;
        if runs.last().is_none_or(|(last, _)| last.number != area.number) {
            runs.push((area, Vec::new()));
        }
        let Some((_, spans)) = runs.last_mut() else { continue };
        match spans.last_mut().filter(|(_, end)| end + 1 == ordinal) {
            Some((_, end)) => *end = ordinal,
            None => spans.push((ordinal, ordinal)),
        }
    }
    runs.iter().map(|(area, spans)| run(scope, one.one, area, spans)).collect()
}

fn run(scope: &Scope, whole: &Memorandum, area: &Area, spans: &[(u32, u32)]) -> Run {
    let number = |ordinal: u32| {
        let measure = area.measures.iter().find(|one| one.key().ordinal == ordinal);
        measure.and_then(|one| number_in_words(scope, whole, one)).unwrap_or_else(|| "—".to_owned())
    };
    let span = |(first, last): &(u32, u32)| match first == last {
        true => number(*first),
        false => format!("{}–{}", number(*first), number(*last)),
    };
    Run {
        area: area.heading(|text| text.text(scope.edition)),
        numbers: spans.iter().map(span).collect::<Vec<_>>().join("、"),
    }
}
