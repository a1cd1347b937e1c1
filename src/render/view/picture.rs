//! A document as a picture: its areas, a square for each measure, arcs between the
//! areas that mention the same. And one entity's picture: which squares mention it.
//!
//! Owns the geometry and what the picture says in words; templates draw it. A
//! picture is as wide as the narrowest screen, so that it is never made smaller.

use crate::render::theme::Phrase;
use serde::Serialize;
use tera::Value;

use crate::library::{MeasureIndex, Memorandum, Place};
use crate::model::Kind;

use super::called::{MeasureLink, measure_link, number_or_words};
use super::document::{AreaLink, area_link, numeral};
use super::list::WITH_AREAS;
use super::reach::{Reach, reaches};
use super::{Scope, object};

/// Units of the picture in an em of its text: one is a pixel where nobody has
/// chosen another size.
const EM: usize = 16;

/// A square with the room around it: what a finger can hit.
const CELL: usize = 24;

/// A square's side.
const SIDE: usize = 18;

/// Where arcs begin, right of the squares, and how far the widest goes.
const EDGE: usize = 10 * CELL;
const BULGE: usize = 44;

/// What a heading above an area's squares takes.
const HEADING: usize = 26;

/// A document with more than these is no picture any more.
const MOST_MEASURES: usize = 1000;
const MOST_AREAS: usize = 60;

/// The entities whose arcs are drawn, those in most areas first.
const MOST_ARCS: usize = 40;

/// The measures that are named beside an entity; of more, there is the entity's page.
const MOST_NAMED: usize = 12;

/// So many areas may be those with most measures; of more, none stands out.
const MOST_ALIKE: usize = 3;

/// A document's picture.
#[derive(Debug, Serialize)]
pub struct Picture {
    /// In units, and in em.
    height: usize,
    height_em: String,
    rows: Vec<Row>,
    arcs: Vec<Arcs>,
    /// What it shows, in sentences.
    says: String,
    /// The entities in several areas, by kind.
    shared: Vec<Shared>,
    /// Of which kinds there are some, but none in several areas.
    unshared: Option<String>,
    /// How many of those are drawn and listed, where there are more.
    drawn: Option<usize>,
}

/// An area: its heading and its squares, line by line.
#[derive(Debug, Serialize)]
struct Row {
    area: AreaLink,
    height: usize,
    height_em: String,
    squares: Vec<Square>,
}

#[derive(Debug, Serialize)]
struct Square {
    x: usize,
    y: usize,
    href: String,
    name: String,
    /// Whether it mentions what another area mentions, too.
    shared: bool,
}

/// What leads from area to area for one entity, and the middle of each square that
/// mentions it.
#[derive(Debug, Serialize)]
struct Arcs {
    name: String,
    href: String,
    path: String,
    dots: String,
}

#[derive(Debug, Serialize)]
struct Shared {
    kind: &'static str,
    entities: Vec<SharedEntity>,
}

#[derive(Debug, Serialize)]
struct SharedEntity {
    name: String,
    href: String,
    /// The measures that mention it, in words.
    measures: String,
}

/// Whether a document is few enough for a picture.
fn fits(one: &Memorandum) -> bool {
    (1..=MOST_MEASURES).contains(&one.count()) && one.areas.len() <= MOST_AREAS
}

/// The pictures of the documents that a home shows with their areas, in order.
pub fn pictures(scope: &Scope) -> Vec<Option<Picture>> {
    let count = scope.library.memoranda.len();
    let shown = if count <= WITH_AREAS { count } else { 0 };
    (0..shown).map(|index| picture(scope, index)).collect()
}

/// A document's picture, unless it has too much for one.
pub fn picture(scope: &Scope, index: usize) -> Option<Picture> {
    let Scope { library, edition, .. } = *scope;
    let one = &library.memoranda[index];
    if !fits(one) {
        return None;
    }
    let mut shared = reaches(library, one, library.editions.default_edition());
    let mentioned = shared.len();
    let unshared = unshared(scope, &shared);
    shared.retain(|reach| reach.areas > 1);
    let several = shared.len();
    let mut is_shared = vec![false; one.count()];
    shared.iter().flat_map(|reach| &reach.measures).for_each(|one| is_shared[*one] = true);
    let places = Places::new(one, HEADING, 0, EDGE / CELL);
    let row = |area: usize| {
        let measures = one.measures_of(area);
        let height = measures.len().div_ceil(places.columns) * CELL;
        let square = |(place, measure): (usize, usize)| Square {
            x: place % places.columns * CELL + (CELL - SIDE) / 2,
            y: place / places.columns * CELL + (CELL - SIDE) / 2,
            href: scope.href(Place::Measure(index, measure).of(edition)),
            name: name(scope, MeasureIndex { memorandum: index, measure }),
            shared: is_shared[measure],
        };
        let squares = measures.enumerate().map(square).collect();
        Row { area: area_link(scope, index, area), height, height_em: em(height), squares }
    };
    let rows = (0..one.areas.len()).map(row).collect();
    shared.truncate(MOST_ARCS);
    Some(Picture {
        height: places.height,
        height_em: em(places.height),
        rows,
        arcs: shared.iter().map(|reach| arcs(scope, &places, reach)).collect(),
        says: says(scope, one, &shared, (mentioned, several)),
        shared: by_kind(scope, index, &shared),
        unshared,
        drawn: (several > shared.len()).then_some(shared.len()),
    })
}

/// Where each measure's square stands.
struct Places {
    /// Squares in a line.
    columns: usize,
    /// The middle of each square.
    middles: Vec<(usize, usize)>,
    height: usize,
}

impl Places {
    /// Line by line, area by area, `heading` above each area and `left` beside it.
    fn new(one: &Memorandum, heading: usize, left: usize, columns: usize) -> Self {
        let mut middles = Vec::with_capacity(one.count());
        let mut height = 0;
        for area in 0..one.areas.len() {
            let count = one.measures_of(area).len();
            height += heading;
            middles.extend((0..count).map(|place| {
                let x = left + place % columns * CELL + CELL / 2;
                (x, height + place / columns * CELL + CELL / 2)
            }));
            height += count.div_ceil(columns) * CELL;
        }
        Self { columns, middles, height }
    }

    /// Half ellipses from line to line, those that go far further out.
    fn arcs(&self, measures: &[usize]) -> String {
        let mut lines: Vec<usize> = measures.iter().map(|one| self.middles[*one].1).collect();
        lines.dedup();
        let mut path = format!("M{EDGE} {}", lines.first().copied().unwrap_or_default());
        for (from, to) in lines.iter().zip(&lines[1..]) {
            let far = to - from;
            let out = (BULGE * BULGE * far / self.height.max(1)).isqrt();
            path.push_str(&format!("a{out} {} 0 0 1 0 {far}", far / 2));
        }
        path
    }
}

fn arcs(scope: &Scope, places: &Places, reach: &Reach) -> Arcs {
    let dots = reach.measures.iter().map(|one| places.middles[*one]);
    Arcs {
        name: scope.library.entities[reach.entity].name.text[scope.edition].clone(),
        href: scope.href(Place::Entity(reach.entity).of(scope.edition)),
        path: places.arcs(&reach.measures),
        dots: dots.map(|(x, y)| format!("M{x} {y}h0")).collect(),
    }
}

/// A measure's number as printed, and its name, or how it begins.
fn name(scope: &Scope, index: MeasureIndex) -> String {
    let MeasureLink { number, title, .. } = measure_link(scope, index);
    number.map_or_else(|| title.clone(), |number| format!("{number} {title}"))
}

/// What the picture says: how many measures, where most of them stand, and what
/// stands in most areas.
fn says(
    scope: &Scope,
    one: &Memorandum,
    shared: &[Reach],
    (mentioned, several): (usize, usize),
) -> String {
    let Scope { strings, edition, .. } = *scope;
    let count = one.count().to_string();
    let mut said = vec![strings.format(Phrase::PictureSquares, &[("count", &count)])];
    let counts = one.areas.iter().map(|area| area.measures.len());
    let most = counts.max().unwrap_or_default();
    let largest = one.areas.iter().filter(|area| area.measures.len() == most);
    let titles: Vec<String> = largest
        .map(|area| {
            let heading = area.heading(|text| text.text[edition].as_str());
            area.title.as_ref().map_or(heading, |title| title.text[edition].clone())
        })
        .collect();
    let stand_out = titles.len() <= MOST_ALIKE && titles.len() < one.areas.len();
    if stand_out && titles.iter().all(|title| !title.is_empty()) {
        let wording =
            if titles.len() == 1 { Phrase::PictureMost } else { Phrase::PictureMostAlike };
        let (names, count) = (listed(scope, titles), most.to_string());
        said.push(strings.format(wording, &[("names", &names), ("count", &count)]));
    }
    if let Some(first) = shared.first() {
        let values = [("count", several.to_string()), ("all", mentioned.to_string())];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        said.push(strings.format(Phrase::PictureShared, &values));
        let widest: Vec<String> = shared
            .iter()
            .take_while(|reach| reach.areas == first.areas)
            .map(|reach| scope.library.entities[reach.entity].name.text[edition].clone())
            .collect();
        if widest.len() <= MOST_ALIKE {
            let (names, count) = (listed(scope, widest), first.areas.to_string());
            said.push(
                strings.format(Phrase::PictureWidest, &[("names", &names), ("count", &count)]),
            );
        }
    } else if mentioned > 0 && one.areas.len() > 1 {
        said.push(strings.format(Phrase::PictureUnshared, &[]));
    }
    said.concat()
}

/// Names in a sentence.
fn listed(scope: &Scope, names: Vec<String>) -> String {
    let quoted = |name: String| scope.strings.format(Phrase::PictureName, &[("name", &name)]);
    names.into_iter().map(quoted).collect::<Vec<_>>().join("、")
}

/// That the entities of some kinds are each in one area alone.
fn unshared(scope: &Scope, reaches: &[Reach]) -> Option<String> {
    let strings = scope.strings;
    let of = |kind: Kind| {
        let own = reaches.iter();
        own.filter(move |reach| scope.library.entities[reach.entity].kind == kind)
    };
    let alone = |kind: &Kind| of(*kind).count() > 0 && of(*kind).all(|reach| reach.areas == 1);
    let kinds: Vec<String> = (Kind::ALL.into_iter().filter(alone))
        .map(|kind| strings.format(Phrase::Kind(kind), &[]))
        .collect();
    let kinds = kinds.join("、");
    (!kinds.is_empty()).then(|| strings.format(Phrase::PictureKindsUnshared, &[("kinds", &kinds)]))
}

fn by_kind(scope: &Scope, index: usize, shared: &[Reach]) -> Vec<Shared> {
    let library = scope.library;
    let of_kind = |kind: Kind| {
        let own = shared.iter().filter(|reach| library.entities[reach.entity].kind == kind);
        let entity = |reach: &Reach| SharedEntity {
            name: library.entities[reach.entity].name.text[scope.edition].clone(),
            href: scope.href(Place::Entity(reach.entity).of(scope.edition)),
            measures: measures_in_words(scope, index, &reach.measures),
        };
        Shared { kind: kind.id(), entities: own.map(entity).collect() }
    };
    let groups = Kind::ALL.into_iter().map(of_kind);
    groups.filter(|group| !group.entities.is_empty()).collect()
}

fn measures_in_words(scope: &Scope, index: usize, measures: &[usize]) -> String {
    let whole = &scope.library.memoranda[index];
    let named = measures.iter().take(MOST_NAMED);
    let named = named.map(|one| number_or_words(whole, *one, scope.edition));
    let names = named.collect::<Vec<_>>().join("、");
    match measures.len() > MOST_NAMED {
        true => {
            let count = measures.len().to_string();
            scope.strings.format(Phrase::PictureAndMore, &[("names", &names), ("count", &count)])
        }
        false => names,
    }
}

/// An entity's picture in the documents that mention it, the latest of them.
pub fn where_mentioned(scope: &Scope, mentioning: &[MeasureIndex]) -> Value {
    const MOST_DOCUMENTS: usize = 3;
    let groups = mentioning.chunk_by(|one, next| one.memorandum == next.memorandum);
    let fit = groups.filter(|group| fits(&scope.library.memoranda[group[0].memorandum]));
    fit.take(MOST_DOCUMENTS).map(|group| entity_picture(scope, group)).collect::<Vec<_>>().into()
}

/// One document in small: every area a line, its numeral beside it.
fn entity_picture(scope: &Scope, group: &[MeasureIndex]) -> Value {
    const FIGURE: usize = 14;
    const MOST_FIGURES: usize = 5;
    let Scope { library, edition, .. } = *scope;
    let index = group[0].memorandum;
    let one = &library.memoranda[index];
    let numerals: Vec<&str> = one.areas.iter().map(|area| numeral(area, edition)).collect();
    let widest = numerals.iter().map(|numeral| numeral.chars().count()).max().unwrap_or_default();
    // Numerals too long to stand beside the squares are not cut: there are none.
    let left = if (1..=MOST_FIGURES).contains(&widest) { widest * FIGURE + 4 } else { 0 };
    let columns = (EDGE - left) / CELL;
    let left = EDGE - columns * CELL;
    let places = Places::new(one, 0, left, columns);
    let line = |area: usize| {
        let measures = one.measures_of(area);
        let lines = measures.clone().step_by(columns).map(|first| {
            let end = measures.end.min(first + columns);
            let (x, y) = places.middles[first];
            format!("M{} {y}h{}", x - SIDE / 2, (end - first) * CELL - (CELL - SIDE))
        });
        lines.collect::<String>()
    };
    let rest: String = (0..one.areas.len()).map(line).collect();
    let numeral = |(area, numeral): (usize, &&str)| {
        let first = one.measures_of(area).next()?;
        let shown = left > 0 && widest <= MOST_FIGURES && !numeral.is_empty();
        shown.then(|| object([("y", places.middles[first].1.into()), ("text", (*numeral).into())]))
    };
    let numerals: Vec<Value> = numerals.iter().enumerate().filter_map(numeral).collect();
    let square = |index: &MeasureIndex| {
        let (x, y) = places.middles[index.measure];
        object([
            ("x", (x - SIDE / 2).into()),
            ("y", (y - SIDE / 2).into()),
            ("href", scope.href(Place::from(*index).of(edition)).into()),
            ("name", name(scope, *index).into()),
        ])
    };
    let measures: Vec<usize> = group.iter().map(|one| one.measure).collect();
    let names = measures_in_words(scope, index, &measures);
    object([
        ("height", places.height.into()),
        ("height_em", em(places.height).into()),
        ("left", (left - 8.min(left)).into()),
        ("numerals", numerals.into()),
        ("rest", rest.into()),
        ("squares", group.iter().map(square).collect::<Vec<_>>().into()),
        ("arcs", places.arcs(&measures).into()),
        ("document", one.name().text[edition].as_str().into()),
        ("says", scope.strings.format(Phrase::PictureOfEntity, &[("names", &names)]).into()),
    ])
}

/// Units in em, as attributes of an SVG have them.
fn em(units: usize) -> String {
    format!("{}em", units as f64 / EM as f64)
}
