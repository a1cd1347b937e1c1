//! What can be found: measures, entities, areas and pages as documents of the
//! search.
//!
//! Must not know how documents are indexed or written.

use std::ops::Range;

use crate::library::{Library, Route};
use crate::model::{Both, Edition, MeasureNumber, chinese_numeral};

/// A kind of document; results are grouped by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Measure,
    Entity,
    Area,
    /// An explainer page's section, a memorandum's overview, or a version.
    Page,
}

impl Kind {
    /// All of them, in the order of the index and of the results.
    pub const ALL: [Self; 4] = [Self::Measure, Self::Entity, Self::Area, Self::Page];

    /// The name that the search page knows it by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Measure => "measure",
            Self::Entity => "entity",
            Self::Area => "area",
            Self::Page => "page",
        }
    }
}

/// One document of a library.
#[derive(Debug, Clone, Copy)]
enum Place {
    Measure { memorandum: usize, measure: usize },
    Entity(usize),
    Area { memorandum: usize, area: usize },
    Memorandum(usize),
    Section { page: usize, section: usize },
    Version(usize),
}

/// A document's words in both editions.
pub struct Document<'a> {
    /// Below the edition's folder, with a fragment where it is part of a page.
    pub path: String,
    /// Found by itself, as a whole.
    pub number: Option<Number>,
    /// Where it stands, to be shown with it.
    pub context: Both<String>,
    /// What it is called; empty if it has no name.
    pub title: Both<&'a str>,
    /// What else it is called.
    pub names: Vec<Both<&'a str>>,
    /// Its text, in the parts that are shown one by one. A match may reach from
    /// one to the next.
    pub texts: Both<Vec<&'a str>>,
}

/// A measure's or an area's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Number {
    Area(u32),
    Measure(MeasureNumber),
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Area(number) => number.fmt(f),
            Self::Measure(number) => number.fmt(f),
        }
    }
}

/// The documents of a library, by number, each kind's in one range.
pub struct Documents<'a> {
    library: &'a Library,
    places: Vec<Place>,
    counts: [usize; Kind::ALL.len()],
}

impl<'a> Documents<'a> {
    pub fn new(library: &'a Library) -> Self {
        let mut places = Vec::new();
        let counts = Kind::ALL.map(|kind| {
            let before = places.len();
            places.extend(places_of(library, kind));
            places.len() - before
        });
        Self { library, places, counts }
    }

    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// How many documents of each kind there are, in the order of their numbers.
    pub fn counts(&self) -> impl Iterator<Item = (Kind, usize)> {
        Kind::ALL.into_iter().zip(self.counts)
    }

    pub fn get(&self, number: usize) -> Document<'a> {
        document(self.library, self.places[number])
    }

    pub fn range(&self, numbers: Range<usize>) -> impl Iterator<Item = Document<'a>> {
        numbers.map(|number| self.get(number))
    }

    /// The bytes of all texts of one edition, nearly: enough to choose a format.
    pub fn size(&self) -> usize {
        let measures = self.library.memoranda.iter().flat_map(|one| &one.measures);
        let labels = measures.clone().flat_map(|one| &one.label);
        let sections = self.library.pages.iter().flat_map(|page| &page.sections);
        let preambles = self.library.memoranda.iter().flat_map(|one| &one.preamble);
        let summaries = self.library.memoranda.iter().flat_map(|one| &one.areas);
        measures.map(|one| one.text.text.hant.len()).sum::<usize>()
            + labels.map(|label| label.text.hant.len()).sum::<usize>()
            + sections.flat_map(|one| &one.texts.hant).map(String::len).sum::<usize>()
            + preambles.map(|text| text.text.hant.len()).sum::<usize>()
            + summaries
                .flat_map(|area| &area.summary)
                .map(|text| text.text.hant.len())
                .sum::<usize>()
    }
}

/// The documents of a kind, in the site's order.
fn places_of(library: &Library, kind: Kind) -> Vec<Place> {
    let memoranda = library.memoranda.iter().enumerate();
    match kind {
        Kind::Measure => memoranda
            .flat_map(|(memorandum, one)| {
                (0..one.measures.len()).map(move |measure| Place::Measure { memorandum, measure })
            })
            .collect(),
        Kind::Entity => (0..library.entities.len()).map(Place::Entity).collect(),
        Kind::Area => memoranda
            .flat_map(|(memorandum, one)| {
                (0..one.areas.len()).map(move |area| Place::Area { memorandum, area })
            })
            .collect(),
        Kind::Page => {
            let sections = library.pages.iter().enumerate().flat_map(|(page, one)| {
                (0..one.sections.len()).map(move |section| Place::Section { page, section })
            });
            let versions = library.changes.iter().flat_map(|changes| 0..changes.present());
            let memoranda = (0..library.memoranda.len()).map(Place::Memorandum);
            memoranda.chain(sections).chain(versions.map(Place::Version)).collect()
        }
    }
}

fn document(library: &Library, place: Place) -> Document<'_> {
    match place {
        Place::Measure { memorandum, measure } => self::measure(library, memorandum, measure),
        Place::Entity(index) => entity(library, index),
        Place::Area { memorandum, area } => self::area(library, memorandum, area),
        Place::Memorandum(index) => self::memorandum(library, index),
        Place::Section { page, section } => self::section(library, page, section),
        Place::Version(index) => version(library, index),
    }
}

fn measure(library: &Library, memorandum: usize, index: usize) -> Document<'_> {
    let one = &library.memoranda[memorandum].measures[index];
    let sentences = |edition: Edition| {
        let text = &one.text.text[edition];
        one.sentences[edition].iter().map(|range| &text[range.clone()]).collect()
    };
    Document {
        path: path(library, Route::Measure(Edition::Hant, memorandum, index)),
        number: Some(Number::Measure(one.number)),
        context: Both::from_fn(|edition| {
            let area = &library.memoranda[memorandum].areas[one.area];
            let numeral = chinese_numeral(area.number as usize);
            let area = format!("{numeral}、{}", area.title.text[edition]);
            match memorandum_name(library, memorandum, edition) {
                Some(name) => format!("{name} › {area}"),
                None => area,
            }
        }),
        title: Both::from_fn(|edition| {
            one.label.as_ref().map_or("", |label| label.text[edition].as_str())
        }),
        names: Vec::new(),
        texts: Both::from_fn(sentences),
    }
}

/// An entity is found by its names: its mentions are found in the measures.
fn entity(library: &Library, index: usize) -> Document<'_> {
    let one = &library.entities[index];
    Document {
        path: path(library, Route::Entity(Edition::Hant, index)),
        number: None,
        context: Both::default(),
        title: both(&one.name.text),
        names: one.aliases.iter().map(|alias| both(&alias.text)).collect(),
        texts: Both::from_fn(|edition| {
            one.description.iter().map(|text| text.text[edition].as_str()).collect()
        }),
    }
}

fn area(library: &Library, memorandum: usize, index: usize) -> Document<'_> {
    let one = &library.memoranda[memorandum].areas[index];
    Document {
        path: path(library, Route::Area(Edition::Hant, memorandum, index)),
        number: Some(Number::Area(one.number)),
        context: Both::from_fn(|edition| {
            memorandum_name(library, memorandum, edition).unwrap_or_default().to_owned()
        }),
        title: Both::from_fn(|edition| one.title.text[edition].as_str()),
        names: Vec::new(),
        texts: Both::from_fn(|edition| {
            one.summary.iter().map(|summary| summary.text[edition].as_str()).collect()
        }),
    }
}

/// A memorandum's own words: its title, what stands before the measures, and
/// who signed.
fn memorandum(library: &Library, index: usize) -> Document<'_> {
    let one = &library.memoranda[index];
    let signed = one.signatories.iter();
    let signed = signed.flat_map(|one| [Some(&one.party), Some(&one.post), one.dated.as_ref()]);
    let texts: Vec<_> = one.preamble.iter().chain(signed.flatten()).collect();
    Document {
        path: path(library, Route::Memorandum(Edition::Hant, index)),
        number: None,
        context: Both::default(),
        title: Both::from_fn(|edition| one.title.text[edition].as_str()),
        names: one.short_title.iter().map(|name| both(&name.text)).collect(),
        texts: Both::from_fn(|edition| {
            texts.iter().map(|text| text.text[edition].as_str()).collect()
        }),
    }
}

fn section(library: &Library, page: usize, section: usize) -> Document<'_> {
    let own = path(library, Route::Page(Edition::Hant, page));
    let page = &library.pages[page];
    let section = &page.sections[section];
    let texts =
        Both::from_fn(|edition| section.texts[edition].iter().map(String::as_str).collect());
    let title = both(&page.title.text);
    match section.heading.and_then(|heading| page.contents.get(heading)) {
        None => Document {
            path: own,
            number: None,
            context: Both::default(),
            title,
            names: page.description.iter().map(|text| both(&text.text)).collect(),
            texts,
        },
        Some(heading) => Document {
            path: format!("{own}#{}", heading.id),
            number: None,
            context: Both::from_fn(|edition| title[edition].to_owned()),
            title: both(&heading.title),
            names: Vec::new(),
            texts,
        },
    }
}

/// A version is found by its name and by what is noted of it.
fn version(library: &Library, index: usize) -> Document<'_> {
    let name = library.version_name(index);
    let note = library.changes.as_deref().and_then(|changes| changes.note(index));
    Document {
        path: format!("{}#v-{name}", path(library, Route::Versions(Edition::Hant))),
        number: None,
        // The word is the same in both scripts.
        context: Both::from_fn(|_| "版本".to_owned()),
        title: Both::from_fn(|_| name),
        names: Vec::new(),
        texts: Both::from_fn(|edition| note.iter().map(|note| note[edition].as_str()).collect()),
    }
}

fn both(text: &Both<String>) -> Both<&str> {
    Both::from_fn(|edition| text[edition].as_str())
}

/// Which memorandum, where there are several.
fn memorandum_name(library: &Library, index: usize, edition: Edition) -> Option<&str> {
    let several = library.memoranda.len() > 1;
    several.then(|| library.memoranda[index].name().text[edition].as_str())
}

/// A route's path below its edition's folder.
fn path(library: &Library, route: Route) -> String {
    let path = library.path(route);
    path.split_once('/').map_or(String::new(), |(_, below)| below.to_owned())
}
