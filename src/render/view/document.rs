//! Memoranda, areas and measures as templates get them.

use serde::Serialize;

use crate::library::{self, Library, MeasureIndex, Route, Wording};
use crate::model::{Both, Date, Edition, chinese_numeral};
use crate::render::citation::{self, Citation};
use crate::render::theme::Strings;

use super::provenance_name;

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
    path: String,
    full_path: String,
    signed: Day,
    as_at: Option<Day>,
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
struct AreaLink {
    id: String,
    number: u32,
    numeral: String,
    title: String,
    summary: Option<String>,
    count: usize,
    count_text: String,
    path: String,
    full_anchor: String,
}

/// The source document and how it was verified.
#[derive(Debug, Serialize)]
struct Source {
    file: String,
    sha256: String,
    short: String,
    characters: usize,
    joins: Vec<String>,
    script: &'static str,
    lang: &'static str,
    path: String,
}

/// A memorandum's view.
pub fn memorandum(library: &Library, edition: Edition, index: usize) -> Memorandum {
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
        path: library.path(Route::Memorandum(edition, index)),
        full_path: library.path(Route::Full(edition, index)),
        signed: one.signed.into(),
        as_at: one.as_at.map(Day::from),
        published: one.published.map(Day::from),
        place: one.place.as_ref().map(words),
        parties: one.parties.iter().map(words).collect(),
        preamble: one.preamble.iter().map(words).collect(),
        annex: one.annex.as_ref().map(words),
        signatories: one.signatories.iter().map(signatory).collect(),
        count: one.measures.len(),
        count_text: chinese_numeral(one.measures.len()),
        areas: (0..one.areas.len()).map(|area| area_link(library, edition, index, area)).collect(),
        source: source(library, index),
    }
}

fn source(library: &Library, index: usize) -> Option<Source> {
    let one = &library.memoranda[index];
    let found = one.verification.as_ref()?;
    let short = &found.sha256[..found.sha256.len().min(8)];
    Some(Source {
        file: found.file.clone(),
        sha256: found.sha256.clone(),
        short: short.to_owned(),
        characters: found.characters,
        joins: found.joins.iter().map(|join| format!("{}‖{}", join.before, join.after)).collect(),
        script: one.script.id(),
        lang: one.script.language(),
        path: library.path(Route::Memorandum(one.script, index)),
    })
}

fn area_link(library: &Library, edition: Edition, index: usize, area: usize) -> AreaLink {
    let one = &library.memoranda[index].areas[area];
    AreaLink {
        id: one.id.value.to_string(),
        number: one.number,
        numeral: chinese_numeral(one.number as usize),
        title: one.title.text[edition].clone(),
        summary: one.summary.as_ref().map(|summary| summary.text[edition].clone()),
        count: one.measures.len(),
        count_text: chinese_numeral(one.measures.len()),
        path: library.path(Route::Area(edition, index, area)),
        full_anchor: full_anchor(one),
    }
}

/// The id of an area's section in the full document.
fn full_anchor(area: &library::Area) -> String {
    format!("a{}", area.number)
}

/// An area with its measures.
#[derive(Debug, Serialize)]
pub struct Area {
    #[serde(flatten)]
    area: AreaLink,
    measures: Vec<Measure>,
}

/// A measure in full.
#[derive(Debug, Serialize)]
pub struct Measure {
    number: String,
    ordinal: u32,
    anchor: String,
    label: Option<String>,
    html: String,
    text: String,
    path: String,
    place: String,
    full_place: String,
    url: String,
    other: OtherEdition,
    related: Vec<MeasureLink>,
    provenance: &'static str,
    citation: Citation,
}

/// The same measure in the other edition.
#[derive(Debug, Serialize)]
struct OtherEdition {
    lang: &'static str,
    name: &'static str,
    place: String,
    path: String,
}

/// A measure named by another page.
#[derive(Debug, Serialize)]
struct MeasureLink {
    number: String,
    label: Option<String>,
    path: String,
}

#[derive(Debug, Serialize)]
struct SentenceLink {
    id: String,
    number: usize,
    text: String,
}

fn measure(
    library: &Library,
    strings: &Both<Strings>,
    edition: Edition,
    index: MeasureIndex,
) -> Measure {
    let memorandum = &library.memoranda[index.memorandum];
    let one = &memorandum.measures[index.measure];
    let anchor = one.anchor();
    let path = library.path(library.measure_route(edition, index));
    let url = library.url(library.measure_route(edition, index));
    let place = |edition| {
        let area = Route::Area(edition, index.memorandum, one.area);
        format!("{}#{anchor}", library.path(area))
    };
    let other = edition.other();
    let full = library.path(Route::Full(edition, index.memorandum));
    Measure {
        number: one.number.to_string(),
        ordinal: one.number.ordinal,
        label: one.label.as_ref().map(|label| label.text[edition].clone()),
        html: sentences_html(one, edition),
        text: one.text.text[edition].clone(),
        place: place(edition),
        full_place: format!("{full}#{anchor}"),
        other: OtherEdition {
            lang: other.language(),
            name: other.name(),
            place: place(other),
            path: library.path(library.measure_route(other, index)),
        },
        related: one.related.iter().map(|related| link(library, edition, *related)).collect(),
        provenance: provenance_name(one.text.provenance[edition]),
        citation: citation::citation(memorandum, one, edition, &strings[edition], &url),
        anchor,
        path,
        url,
    }
}

fn link(library: &Library, edition: Edition, index: MeasureIndex) -> MeasureLink {
    let one = &library.memoranda[index.memorandum].measures[index.measure];
    MeasureLink {
        number: one.number.to_string(),
        label: one.label.as_ref().map(|label| label.text[edition].clone()),
        path: library.path(library.measure_route(edition, index)),
    }
}

fn sentence_id(measure: &library::Measure, number: usize) -> String {
    format!("{}-s{number}", measure.anchor())
}

/// The text with each sentence in an element of its own and nothing between.
fn sentences_html(measure: &library::Measure, edition: Edition) -> String {
    let text = &measure.text.text[edition];
    let mut html = String::with_capacity(text.len() + 80);
    for (index, range) in measure.sentences[edition].iter().enumerate() {
        let id = sentence_id(measure, index + 1);
        html.push_str(&format!("<span class=\"sentence\" id=\"{id}\">"));
        escape_into(&text[range.clone()], &mut html);
        html.push_str("</span>");
    }
    html
}

fn escape_into(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            _ => html.push(c),
        }
    }
}

fn area(
    library: &Library,
    strings: &Both<Strings>,
    edition: Edition,
    index: usize,
    area: usize,
) -> Area {
    let measures = library.memoranda[index].areas[area].measures.clone();
    Area {
        area: area_link(library, edition, index, area),
        measures: measures
            .map(|one| {
                measure(library, strings, edition, MeasureIndex { memorandum: index, measure: one })
            })
            .collect(),
    }
}

/// All areas with their measures, for the document on one page.
pub fn full(
    library: &Library,
    strings: &Both<Strings>,
    edition: Edition,
    index: usize,
) -> Vec<Area> {
    let areas = 0..library.memoranda[index].areas.len();
    areas.map(|one| area(library, strings, edition, index, one)).collect()
}

/// An area's page.
#[derive(Debug, Serialize)]
pub struct AreaPage {
    area: Area,
    previous: Option<AreaLink>,
    next: Option<AreaLink>,
}

/// An area's page.
pub fn area_page(
    library: &Library,
    strings: &Both<Strings>,
    edition: Edition,
    index: usize,
    number: usize,
) -> AreaPage {
    let count = library.memoranda[index].areas.len();
    let neighbour = |area: usize| area_link(library, edition, index, area);
    AreaPage {
        area: area(library, strings, edition, index, number),
        previous: number.checked_sub(1).map(neighbour),
        next: Some(number + 1).filter(|next| *next < count).map(neighbour),
    }
}

/// A measure's page.
#[derive(Debug, Serialize)]
pub struct MeasurePage {
    area: AreaLink,
    measure: Measure,
    sentences: Vec<SentenceLink>,
    siblings: Vec<Sibling>,
    previous: Option<Neighbour>,
    next: Option<Neighbour>,
}

/// A measure of the same area.
#[derive(Debug, Serialize)]
struct Sibling {
    #[serde(flatten)]
    link: MeasureLink,
    current: bool,
}

/// The measure before or after, in this area or the next.
#[derive(Debug, Serialize)]
struct Neighbour {
    #[serde(flatten)]
    link: MeasureLink,
    area_title: String,
}

/// A measure's page.
pub fn measure_page(
    library: &Library,
    strings: &Both<Strings>,
    edition: Edition,
    index: usize,
    number: usize,
) -> MeasurePage {
    let memorandum = &library.memoranda[index];
    let one = &memorandum.measures[number];
    let named =
        |measure: usize| link(library, edition, MeasureIndex { memorandum: index, measure });
    let neighbour = |measure: usize| Neighbour {
        link: named(measure),
        area_title: memorandum.areas[memorandum.measures[measure].area].title.text[edition].clone(),
    };
    let siblings = memorandum.areas[one.area].measures.clone();
    MeasurePage {
        area: area_link(library, edition, index, one.area),
        measure: measure(
            library,
            strings,
            edition,
            MeasureIndex { memorandum: index, measure: number },
        ),
        sentences: sentence_links(one, edition),
        siblings: siblings
            .map(|sibling| Sibling { link: named(sibling), current: sibling == number })
            .collect(),
        previous: number.checked_sub(1).map(neighbour),
        next: Some(number + 1).filter(|next| *next < memorandum.measures.len()).map(neighbour),
    }
}

fn sentence_links(measure: &library::Measure, edition: Edition) -> Vec<SentenceLink> {
    let text = &measure.text.text[edition];
    let sentences = measure.sentences[edition].iter().enumerate();
    sentences
        .map(|(index, range)| SentenceLink {
            id: sentence_id(measure, index + 1),
            number: index + 1,
            text: text[range.clone()].to_owned(),
        })
        .collect()
}
