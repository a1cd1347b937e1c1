//! Memoranda and areas as templates get them, without their measures.

use serde::Serialize;

use crate::library::{self, DocumentForm, Memorandum as Whole, Place, Sheet, Wording};
use crate::model::{
    self, Date, DateName, DocumentKind, Edition, KnownKind, Mark, PartKind, PartialDate,
};
use crate::render::navigation::is_long;
use crate::render::theme::Phrase;
use crate::snapshot::diff::Part as ComparedPart;

use super::data::{File, files};
use super::{NamedLink, Scope};

/// A date for machines and for people.
#[derive(Debug, Serialize)]
pub struct Day {
    iso: String,
    text: String,
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        PartialDate::from(date).into()
    }
}

impl From<PartialDate> for Day {
    fn from(date: PartialDate) -> Self {
        Self { iso: date.to_string(), text: date.chinese() }
    }
}

/// A memorandum with its list of areas.
#[derive(Debug, Serialize)]
pub struct Memorandum {
    id: String,
    title: String,
    short_title: String,
    href: String,
    full_href: String,
    /// All editions beside each other, if there are several.
    parallel: Option<NamedLink>,
    /// The date it is known by.
    date: Option<Day>,
    as_at_line: Option<String>,
    facts: Vec<Fact>,
    /// Editorial words on what it is about.
    summary: Option<String>,
    opening: Vec<Part>,
    closing: Vec<Part>,
    /// The areas by the headings above them.
    groups: Vec<Group>,
    count: usize,
    areas: Vec<AreaLink>,
    /// Whether they are areas of the document: not only measures under none.
    has_areas: bool,
    /// Whether pages list only those near their own.
    is_long: bool,
    /// Whether measures are named by numbers that are the site's own.
    composes: bool,
    /// Where its text stands beside its source, if it was compared with one.
    source_page: Option<String>,
    sources: Vec<Source>,
    /// Whether one of them is in the page's script.
    has_own_source: bool,
    /// The document for machines, and how to cite it.
    files: Vec<File>,
    /// Those of them that say how to cite it.
    citation_files: Vec<File>,
}

/// When, where, between whom; dates have their form for machines.
#[derive(Debug, Serialize)]
struct Fact {
    name: String,
    values: Vec<FactValue>,
}

#[derive(Debug, Serialize)]
struct FactValue {
    text: String,
    iso: Option<String>,
}

/// A part of a document besides its areas.
#[derive(Debug, Serialize)]
pub struct Part {
    kind: &'static str,
    /// Mark and title of a heading.
    heading: String,
    text: Vec<String>,
    signatories: Vec<Signatory>,
    /// Whether any signature has a dated line.
    dated: bool,
    rows: Vec<Vec<String>>,
    closing: Vec<String>,
}

/// A part and the areas in it, by index.
#[derive(Debug, Serialize)]
pub struct PlacedPart {
    part: Part,
    areas: Vec<usize>,
}

#[derive(Debug, Serialize)]
struct Signatory {
    party: String,
    post: Option<String>,
    dated: Option<String>,
}

/// Areas under one heading, or under none.
#[derive(Debug, Serialize)]
struct Group {
    heading: String,
    areas: Vec<AreaLink>,
}

/// An area without its measures.
#[derive(Debug, Serialize)]
pub struct AreaLink {
    id: String,
    number: u32,
    /// Its mark without the punctuation around; empty if it has none.
    pub(super) numeral: String,
    pub(super) title: String,
    /// The heading of the division or annex that it stands under.
    under: String,
    /// Mark and title.
    pub(super) heading: String,
    summary: Option<String>,
    count: usize,
    href: String,
    pub(super) full_anchor: String,
}

/// A source document that the text was compared with.
#[derive(Debug, Serialize)]
struct Source {
    /// Whether it is in the page's script.
    own: bool,
    /// Whether its text was extracted from another file.
    extracted: bool,
}

/// A memorandum's view.
pub fn memorandum(scope: &Scope, index: usize) -> Memorandum {
    let Scope { library, strings, edition, .. } = *scope;
    let one = &library.memoranda[index];
    let words = |text: &Wording| text.text[edition].clone();
    let (opening, closing) = around_the_areas(one);
    let as_at = one.dates.get(DateName::AsAt);
    Memorandum {
        id: one.id.value.to_string(),
        title: words(&one.title),
        short_title: words(one.name()),
        href: scope.href(Place::Memorandum(index, Sheet::Overview).of(edition)),
        full_href: scope.href(Place::Memorandum(index, Sheet::Full).of(edition)),
        parallel: library.has_parallel().then(|| NamedLink {
            name: scope.parallel_title(),
            href: scope.href(Place::Memorandum(index, Sheet::Parallel).of(edition)),
        }),
        date: one.date().map(Day::from),
        as_at_line: as_at
            .map(|date| strings.format(Phrase::AsAtLine, &[("date", &date.chinese())])),
        facts: facts(scope, one),
        summary: one.summary.as_ref().map(words),
        opening: opening.iter().map(|one| part(scope, one)).collect(),
        closing: closing.iter().map(|one| part(scope, one)).collect(),
        groups: groups(scope, index),
        count: one.count(),
        areas: (0..one.areas.len()).map(|area| area_link(scope, index, area)).collect(),
        has_areas: one.areas.iter().any(|area| area.id.value.as_str() != model::UNNAMED_AREA),
        is_long: is_long(one.areas.len()),
        composes: one.composes(),
        source_page: one
            .is_verified()
            .then(|| scope.href(Place::Memorandum(index, Sheet::Source).of(edition))),
        sources: (one.verifications.iter())
            .map(|found| Source {
                own: found.script == edition.script,
                extracted: found.original.is_some(),
            })
            .collect(),
        has_own_source: one.verified(edition.script).is_some(),
        files: files(scope, index, &DocumentForm::ALL),
        citation_files: files(scope, index, &[DocumentForm::Bibtex, DocumentForm::Csl]),
    }
}

/// The parts before the first areas and after the last; the title has its own
/// place on pages.
fn around_the_areas(one: &Whole) -> (Vec<&model::Part<Wording>>, Vec<&model::Part<Wording>>) {
    let holds = |part: &model::Part<Wording>| {
        matches!(part.kind, PartKind::Areas | PartKind::Division | PartKind::Annex)
    };
    let first = one.parts.iter().position(holds).unwrap_or(one.parts.len());
    let shown = |part: &&model::Part<Wording>| !holds(part) && part.kind != PartKind::Title;
    let opening = one.parts[..first].iter().filter(shown).collect();
    (opening, one.parts[first..].iter().filter(shown).collect())
}

fn facts(scope: &Scope, one: &Whole) -> Vec<Fact> {
    let Scope { strings, edition, .. } = *scope;
    let named =
        |key: Phrase, values: Vec<FactValue>| Fact { name: strings.format(key, &[]), values };
    let plain = |text: &Wording| FactValue { text: text.text[edition].clone(), iso: None };
    let date = |name: DateName| {
        let date = one.dates.get(name)?;
        let value = FactValue { text: date.chinese(), iso: Some(date.to_string()) };
        Some(named(Phrase::Date(name), vec![value]))
    };
    let mut facts: Vec<Fact> = Vec::new();
    let number: Vec<_> = one.paragraphs(PartKind::Number).map(plain).collect();
    if !number.is_empty() {
        facts.push(named(Phrase::Part(ComparedPart::Kind(PartKind::Number)), number));
    }
    facts.extend(
        [DateName::Signed, DateName::Adopted, DateName::Issued].into_iter().filter_map(date),
    );
    facts.extend(one.place.iter().map(|place| named(Phrase::Place, vec![plain(place)])));
    if !one.parties.is_empty() {
        facts.push(named(parties_key(one), one.parties.iter().map(plain).collect()));
    }
    facts.extend(
        [DateName::Published, DateName::InForce, DateName::AsAt].into_iter().filter_map(date),
    );
    let count = one.count().to_string();
    let text = strings.format(Phrase::ItemsCount, &[("count", &count)]);
    facts.push(named(Phrase::MeasuresAgreed, vec![FactValue { text, iso: None }]));
    facts
}

/// What its parties are to a document: who signed it, who agreed on it, or who
/// issued it.
fn parties_key(one: &Whole) -> Phrase {
    let signed = one.dates.get(DateName::Signed).is_some();
    let agreed = match &one.kind {
        DocumentKind::Known(kind) => {
            matches!(kind, KnownKind::Memorandum | KnownKind::Agreement | KnownKind::Arrangement)
        }
        DocumentKind::Own(_) => true,
    };
    match (signed, agreed, one.parties.len()) {
        (true, _, 2) => Phrase::Parties,
        (true, ..) => Phrase::PartiesMany,
        (false, true, 2) => Phrase::PartiesUnsigned,
        (false, true, _) => Phrase::PartiesManyUnsigned,
        (false, false, _) => Phrase::Issuers,
    }
}

/// The parts of a memorandum in its order, each with the indices of its areas.
pub fn parts(scope: &Scope, index: usize) -> Vec<PlacedPart> {
    let one = &scope.library.memoranda[index];
    let title = one.title.text[scope.edition].clone();
    let placed = |part: &model::Part<Wording>| {
        let mut view = self::part(scope, part);
        if part.kind == PartKind::Title && view.text.is_empty() {
            view.text.push(title.clone());
        }
        PlacedPart { part: view, areas: part.areas.clone().collect() }
    };
    one.parts.iter().map(placed).collect()
}

/// A part's view.
fn part(scope: &Scope, one: &model::Part<Wording>) -> Part {
    let words = |text: &Wording| text.text[scope.edition].clone();
    let text = |text: &Wording| text.text[scope.edition].clone();
    let signatory = |one: &model::Signatory<Wording>| Signatory {
        party: words(&one.party),
        post: one.post.as_ref().map(words),
        dated: one.dated.as_ref().map(words),
    };
    Part {
        kind: one.kind.id(),
        heading: heading(scope, one.mark.as_ref(), one.title.as_ref()),
        text: one.text.iter().map(text).collect(),
        dated: one.signatories.iter().any(|one| one.dated.is_some()),
        signatories: one.signatories.iter().map(signatory).collect(),
        rows: one.rows.iter().map(|row| row.iter().map(text).collect()).collect(),
        closing: one.closing.iter().map(text).collect(),
    }
}

/// A mark and a title as they stand together.
pub(super) fn heading(
    scope: &Scope,
    mark: Option<&Mark<Wording>>,
    title: Option<&Wording>,
) -> String {
    model::heading(mark, title, |text| text.text[scope.edition].as_str())
}

/// The areas by what they stand under.
fn groups(scope: &Scope, index: usize) -> Vec<Group> {
    let one = &scope.library.memoranda[index];
    let parts = one.parts.iter();
    let mut groups: Vec<Group> = Vec::new();
    for part in parts {
        let heading = heading(scope, part.mark.as_ref(), part.title.as_ref());
        let is_heading = matches!(part.kind, PartKind::Division | PartKind::Annex);
        let areas =
            part.areas.clone().map(|area| area_link(scope, index, area)).collect::<Vec<_>>();
        match groups.last_mut() {
            // A heading without areas of its own stands above those that follow.
            Some(last) if !is_heading && last.areas.is_empty() => last.areas = areas,
            _ if is_heading || !areas.is_empty() => groups.push(Group { heading, areas }),
            _ => {}
        }
    }
    groups
}

/// An area named by another page.
pub(super) fn area_link(scope: &Scope, index: usize, area: usize) -> AreaLink {
    let Scope { library, edition, .. } = *scope;
    let one = &library.memoranda[index].areas[area];
    let words = |text: &Wording| text.text[edition].clone();
    AreaLink {
        id: one.id.value.to_string(),
        number: one.number.value,
        under: library.memoranda[index].heading_above(area, edition),
        heading: area_heading(scope, index, area),
        numeral: numeral(one, edition).to_owned(),
        title: match &one.title {
            Some(title) => words(title),
            None => area_heading(scope, index, area),
        },
        summary: one.summary.as_ref().map(words),
        count: one.measures.len(),
        href: scope.href(library.area_place(index, area).of(edition)),
        full_anchor: full_anchor(one),
    }
}

/// An area's mark without the punctuation around; empty if it has none.
pub(super) fn numeral(area: &library::Area, edition: Edition) -> &str {
    area.mark.as_ref().map_or("", |mark| mark.name(|text| text.text[edition].as_str()))
}

/// An area's mark and title; of measures under no area, what they are called.
pub(super) fn area_heading(scope: &Scope, index: usize, area: usize) -> String {
    let one = &scope.library.memoranda[index].areas[area];
    let heading = one.heading(|text| text.text[scope.edition].as_str());
    match heading.is_empty() {
        true => scope.strings.format(Phrase::MeasuresAgreed, &[]),
        false => heading,
    }
}

/// The id of an area's section in the full document.
pub(super) fn full_anchor(area: &library::Area) -> String {
    format!("a{}", area.number.value)
}
