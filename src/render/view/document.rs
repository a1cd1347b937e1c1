//! Memoranda and areas as templates get them, without their measures.

use serde::Serialize;

use crate::library::{self, Route, Wording};
use crate::model::{Date, chinese_numeral};

use super::Scope;

/// A date for machines and for people.
#[derive(Debug, Serialize)]
pub struct Day {
    iso: String,
    text: String,
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
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
    signed: Day,
    as_at: Option<Day>,
    as_at_line: Option<String>,
    published: Option<Day>,
    place: Option<String>,
    parties: Vec<String>,
    preamble: Vec<String>,
    annex: Option<String>,
    signatories: Vec<Signatory>,
    count: usize,
    count_text: String,
    areas: Vec<AreaLink>,
    source: Option<Source>,
}

#[derive(Debug, Serialize)]
struct Signatory {
    party: String,
    post: String,
    dated: Option<String>,
}

/// An area without its measures.
#[derive(Debug, Serialize)]
pub struct AreaLink {
    id: String,
    number: u32,
    pub(super) numeral: String,
    pub(super) title: String,
    /// Numeral and title.
    pub(super) heading: String,
    summary: Option<String>,
    count: usize,
    count_text: String,
    href: String,
    pub(super) full_anchor: String,
}

/// The source document and how it was verified.
#[derive(Debug, Serialize)]
struct Source {
    file: String,
    sha256: String,
    /// That it was, in words.
    verified: String,
    characters: usize,
    joins: Vec<String>,
    script: &'static str,
    lang: &'static str,
    href: String,
}

/// All memoranda.
pub fn memoranda(scope: &Scope) -> Vec<Memorandum> {
    (0..scope.library.memoranda.len()).map(|index| memorandum(scope, index)).collect()
}

/// A memorandum's view.
pub fn memorandum(scope: &Scope, index: usize) -> Memorandum {
    let Scope { library, strings, edition, .. } = *scope;
    let one = &library.memoranda[index];
    let words = |text: &Wording| text.text[edition].clone();
    let signatory = |signatory: &library::Signatory| Signatory {
        party: words(&signatory.party),
        post: words(&signatory.post),
        dated: signatory.dated.as_ref().map(words),
    };
    Memorandum {
        id: one.id.value.to_string(),
        title: words(&one.title),
        short_title: words(one.name()),
        href: scope.href(Route::Memorandum(edition, index)),
        full_href: scope.href(Route::Full(edition, index)),
        signed: one.signed.into(),
        as_at: one.as_at.map(Day::from),
        as_at_line: one
            .as_at
            .map(|date| strings.format("as_at_line", &[("date", &date.chinese())])),
        published: one.published.map(Day::from),
        place: one.place.as_ref().map(words),
        parties: one.parties.iter().map(words).collect(),
        preamble: one.preamble.iter().map(words).collect(),
        annex: one.annex.as_ref().map(words),
        signatories: one.signatories.iter().map(signatory).collect(),
        count: one.measures.len(),
        count_text: chinese_numeral(one.measures.len()),
        areas: (0..one.areas.len()).map(|area| area_link(scope, index, area)).collect(),
        source: source(scope, index),
    }
}

fn source(scope: &Scope, index: usize) -> Option<Source> {
    let Scope { library, strings, .. } = *scope;
    let one = &library.memoranda[index];
    let found = one.verification.as_ref()?;
    let short = &found.sha256[..found.sha256.len().min(8)];
    Some(Source {
        file: found.file.clone(),
        sha256: found.sha256.clone(),
        verified: strings.format("verified_short", &[("hash", short)]),
        characters: found.characters,
        joins: found.joins.iter().map(|join| format!("{}‖{}", join.before, join.after)).collect(),
        script: one.script.id(),
        lang: one.script.language(),
        href: scope.href(Route::Memorandum(one.script, index)),
    })
}

pub(super) fn area_link(scope: &Scope, index: usize, area: usize) -> AreaLink {
    let Scope { library, edition, .. } = *scope;
    let one = &library.memoranda[index].areas[area];
    let numeral = chinese_numeral(one.number as usize);
    let title = one.title.text[edition].clone();
    AreaLink {
        id: one.id.value.to_string(),
        number: one.number,
        heading: area_heading(scope, index, area),
        numeral,
        title,
        summary: one.summary.as_ref().map(|summary| summary.text[edition].clone()),
        count: one.measures.len(),
        count_text: chinese_numeral(one.measures.len()),
        href: scope.href(Route::Area(edition, index, area)),
        full_anchor: full_anchor(one),
    }
}

/// An area's numeral and title.
pub(super) fn area_heading(scope: &Scope, index: usize, area: usize) -> String {
    let one = &scope.library.memoranda[index].areas[area];
    let numeral = chinese_numeral(one.number as usize);
    let title = &one.title.text[scope.edition];
    scope.strings.format("area_heading", &[("numeral", &numeral), ("title", title)])
}

/// The id of an area's section in the full document.
fn full_anchor(area: &library::Area) -> String {
    format!("a{}", area.number)
}
