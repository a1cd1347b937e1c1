//! What can be found: measures, entities, areas and pages as documents of the
//! search.
//!
//! Must not know how documents are indexed or written.

use std::ops::Range;

use crate::library::{Area, Library, Place, Sheet, Wording};
use crate::model::{Each, Edition, Editions, Mark, MeasureNumber};

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
enum Part {
    Measure { memorandum: usize, measure: usize },
    Entity(usize),
    Area { memorandum: usize, area: usize },
    Memorandum(usize),
    Section { page: usize, section: usize },
    Version(usize),
}

/// A document's words in every edition.
pub struct Document<'a> {
    /// Below the edition's folder, with a fragment where it is part of a page.
    pub path: String,
    /// The numbers it is found by, each as a whole.
    pub numbers: Vec<String>,
    /// The number it is shown with; empty if it has none.
    pub shown: Each<String>,
    /// A measure's key, by which its sentences are addressed.
    pub place: String,
    /// Where it stands, to be shown with it.
    pub context: Each<String>,
    /// What it is called; empty if it has no name.
    pub title: Each<&'a str>,
    /// What else it is called.
    pub names: Vec<Each<&'a str>>,
    /// Words that find it, and are shown nowhere.
    pub search: &'a [String],
    /// Its text, in the parts that are shown one by one. A match may reach from
    /// one to the next.
    pub texts: Each<Vec<&'a str>>,
}

/// A memorandum that results can be narrowed to.
pub struct Narrowed<'a> {
    library: &'a Library,
    index: usize,
    pub id: &'a str,
    pub year: Option<u16>,
    /// How many of its measures and of its areas are documents.
    pub measures: usize,
    pub areas: usize,
}

impl<'a> Narrowed<'a> {
    pub fn name(&self, edition: Edition) -> &'a str {
        self.library.document_name(self.index, edition)
    }
}

/// The areas of a memorandum that have pages.
fn areas_of(library: &Library, memorandum: usize) -> impl Iterator<Item = usize> {
    let areas = 0..library.memoranda[memorandum].areas.len();
    areas.filter(move |area| library.has_page(memorandum, *area))
}

/// The documents of a library, by number, each kind's in one range.
pub struct Documents<'a> {
    library: &'a Library,
    parts: Vec<Part>,
    counts: [usize; Kind::ALL.len()],
}

impl<'a> Documents<'a> {
    pub fn new(library: &'a Library) -> Self {
        let mut parts = Vec::new();
        let counts = Kind::ALL.map(|kind| {
            let before = parts.len();
            parts.extend(parts_of(library, kind));
            parts.len() - before
        });
        Self { library, parts, counts }
    }

    pub fn len(&self) -> usize {
        self.parts.len()
    }

    /// How many measures there are: they are the first.
    pub fn measures(&self) -> usize {
        self.counts[0]
    }

    /// How many documents of each kind there are, in the order of their numbers.
    pub fn counts(&self) -> impl Iterator<Item = (Kind, usize)> {
        Kind::ALL.into_iter().zip(self.counts)
    }

    pub fn get(&self, number: usize) -> Document<'a> {
        document(self.library, self.parts[number])
    }

    pub fn range(&self, numbers: Range<usize>) -> impl Iterator<Item = Document<'a>> {
        numbers.map(|number| self.get(number))
    }

    /// The memoranda, in the order of their measures, of their areas, and of their
    /// own documents, with which those of the last kind begin.
    pub fn memoranda(&self) -> impl Iterator<Item = Narrowed<'a>> {
        let library = self.library;
        library.memoranda.iter().enumerate().map(move |(index, one)| Narrowed {
            library,
            index,
            id: one.id.value.as_str(),
            year: one.date().map(|date| date.year()),
            measures: one.count(),
            areas: areas_of(library, index).count(),
        })
    }

    /// What readers may write instead of an entity's names: the words for the
    /// search, then the names.
    pub fn instead(&self) -> impl Iterator<Item = (&'a [String], Vec<&'a Each<String>>)> {
        let with_words = self.library.entities.iter().filter(|one| !one.search.is_empty());
        with_words.map(|one| {
            let names = std::iter::once(&one.name).chain(&one.aliases);
            (one.search.as_slice(), names.map(|name| &name.text).collect())
        })
    }

    /// The bytes of all texts of one edition, nearly: enough to choose a format.
    pub fn size(&self) -> usize {
        let edition = self.library.editions.default_edition();
        let mut size = 0;
        for memorandum in &self.library.memoranda {
            memorandum.said().map(&mut |_, text| size += text.text[edition].len());
        }
        let sections = self.library.pages.iter().flat_map(|page| &page.sections);
        size + sections.flat_map(|one| &one.texts[edition]).map(String::len).sum::<usize>()
    }
}

/// The documents of a kind, in the site's order.
fn parts_of(library: &Library, kind: Kind) -> Vec<Part> {
    let memoranda = library.memoranda.iter().enumerate();
    match kind {
        Kind::Measure => memoranda
            .flat_map(|(memorandum, one)| {
                (0..one.count()).map(move |measure| Part::Measure { memorandum, measure })
            })
            .collect(),
        Kind::Entity => (0..library.entities.len()).map(Part::Entity).collect(),
        Kind::Area => memoranda
            .flat_map(|(memorandum, _)| {
                areas_of(library, memorandum).map(move |area| Part::Area { memorandum, area })
            })
            .collect(),
        Kind::Page => {
            let sections = library.pages.iter().enumerate().flat_map(|(page, one)| {
                (0..one.sections.len()).map(move |section| Part::Section { page, section })
            });
            let versions = library.changes.iter().flat_map(|changes| 0..changes.present());
            let memoranda = (0..library.memoranda.len()).map(Part::Memorandum);
            memoranda.chain(sections).chain(versions.map(Part::Version)).collect()
        }
    }
}

fn document(library: &Library, part: Part) -> Document<'_> {
    match part {
        Part::Measure { memorandum, measure } => self::measure(library, memorandum, measure),
        Part::Entity(index) => entity(library, index),
        Part::Area { memorandum, area } => self::area(library, memorandum, area),
        Part::Memorandum(index) => self::memorandum(library, index),
        Part::Section { page, section } => self::section(library, page, section),
        Part::Version(index) => version(library, index),
    }
}

fn measure(library: &Library, memorandum: usize, index: usize) -> Document<'_> {
    let whole = &library.memoranda[memorandum];
    let one = whole.measure(index);
    let sentences = |edition: Edition| {
        let (said, reading) = (one.said, one.reading);
        let text = &said.text.text[edition];
        let sentences = reading.sentences[edition].iter().map(|range| &text[range.clone()]);
        let heading = said.title.iter().filter(|_| said.label.is_some());
        let fields = said.fields.iter().map(|field| &field.text);
        let others = heading.chain(fields).map(|one| one.text[edition].as_str());
        sentences.chain(others).collect()
    };
    let title = one.said.label.as_ref().or(one.said.title.as_ref());
    Document {
        path: library.path_below(Place::Measure(memorandum, index)),
        numbers: numbers(
            &library.editions,
            one.said.mark.as_ref(),
            Some(one.key()).filter(|_| whole.composes()),
        ),
        shown: Each::from_fn(&library.editions, |edition| {
            whole.shown_number(index, edition).unwrap_or_default()
        }),
        place: one.key().to_string(),
        context: Each::from_fn(&library.editions, |edition| {
            let area = area_heading(&whole.areas[one.reading.area], edition);
            let names = [memorandum_name(library, memorandum, edition).map(str::to_owned), area];
            names.into_iter().flatten().collect::<Vec<_>>().join(" › ")
        }),
        title: Each::from_fn(&library.editions, |edition| {
            title.map_or("", |title| title.text[edition].as_str())
        }),
        names: Vec::new(),
        search: &[],
        texts: Each::from_fn(&library.editions, sentences),
    }
}

/// What a number that is typed may be: the key, where pages show it, and the mark
/// in every spelling.
fn numbers(
    editions: &Editions,
    mark: Option<&Mark<Wording>>,
    key: Option<MeasureNumber>,
) -> Vec<String> {
    let mut numbers: Vec<String> = key.map(|key| key.to_string()).into_iter().collect();
    let Some(mark) = mark else { return numbers };
    let Some(numeral) = &mark.numeral else { return numbers };
    let printed = |edition: Edition| mark.name(|text| text.text[edition].as_str()).to_owned();
    // A plain numeral of a measure that is named by its key says little.
    numbers.extend(editions.all().map(printed).filter(|name| key.is_none() || name != numeral));
    if key.is_none() {
        numbers.push(numeral.clone());
        if let Some(number) = mark.number {
            let digits = number.to_string();
            let in_digits = |edition| printed(edition).replacen(numeral, &digits, 1);
            numbers.extend(editions.all().map(in_digits));
            numbers.push(digits);
        }
    }
    let mut known = std::collections::BTreeSet::new();
    numbers.retain(|number| !number.is_empty() && known.insert(number.clone()));
    numbers
}

/// An area's mark and title as they stand together.
fn area_heading(area: &Area, edition: Edition) -> Option<String> {
    let heading = area.heading(|text| text.text[edition].as_str());
    (!heading.is_empty()).then_some(heading)
}

/// An entity is found by its names: its mentions are found in the measures.
fn entity(library: &Library, index: usize) -> Document<'_> {
    let one = &library.entities[index];
    Document {
        path: library.path_below(Place::Entity(index)),
        numbers: Vec::new(),
        shown: Each::none(&library.editions),
        place: String::new(),
        context: Each::none(&library.editions),
        title: borrowed(&one.name.text),
        names: one.aliases.iter().map(|alias| borrowed(&alias.text)).collect(),
        search: &one.search,
        texts: Each::from_fn(&library.editions, |edition| {
            one.description.iter().map(|text| text.text[edition].as_str()).collect()
        }),
    }
}

fn area(library: &Library, memorandum: usize, index: usize) -> Document<'_> {
    let whole = &library.memoranda[memorandum];
    let one = &whole.areas[index];
    let own = one.own_texts().skip(usize::from(one.title.is_some()));
    let texts: Vec<_> = one.summary.iter().chain(own).collect();
    Document {
        path: library.path_below(Place::Area(memorandum, index)),
        numbers: numbers(&library.editions, one.mark.as_ref(), None),
        shown: Each::from_fn(&library.editions, |edition| {
            let mark = one.mark.as_ref();
            let mark = mark.map(|mark| mark.name(|text| text.text[edition].as_str()).to_owned());
            mark.unwrap_or_default()
        }),
        place: String::new(),
        context: Each::from_fn(&library.editions, |edition| {
            memorandum_name(library, memorandum, edition).unwrap_or_default().to_owned()
        }),
        title: Each::from_fn(&library.editions, |edition| {
            one.title.as_ref().map_or("", |title| title.text[edition].as_str())
        }),
        names: Vec::new(),
        search: &[],
        texts: Each::from_fn(&library.editions, |edition| {
            texts.iter().map(|text| text.text[edition].as_str()).collect()
        }),
    }
}

/// A memorandum's own words: its title, what stands before and after the
/// measures, and who signed.
fn memorandum(library: &Library, index: usize) -> Document<'_> {
    let one = &library.memoranda[index];
    let texts: Vec<_> = one.parts.iter().flat_map(|part| part.texts()).collect();
    Document {
        path: library.path_below(Place::Memorandum(index, Sheet::Overview)),
        numbers: Vec::new(),
        shown: Each::none(&library.editions),
        place: String::new(),
        context: Each::none(&library.editions),
        title: Each::from_fn(&library.editions, |edition| one.title.text[edition].as_str()),
        names: one.short_title.iter().map(|name| borrowed(&name.text)).collect(),
        search: &[],
        texts: Each::from_fn(&library.editions, |edition| {
            texts.iter().map(|text| text.text[edition].as_str()).collect()
        }),
    }
}

fn section(library: &Library, page: usize, section: usize) -> Document<'_> {
    let own = library.path_below(Place::Explainer(page));
    let page = &library.pages[page];
    let section = &page.sections[section];
    let texts = Each::from_fn(&library.editions, |edition| {
        section.texts[edition].iter().map(String::as_str).collect()
    });
    let title = borrowed(&page.title.text);
    match section.heading.and_then(|heading| page.contents.get(heading)) {
        None => Document {
            path: own,
            numbers: Vec::new(),
            shown: Each::none(&library.editions),
            place: String::new(),
            context: Each::none(&library.editions),
            title,
            names: page.description.iter().map(|text| borrowed(&text.text)).collect(),
            search: &[],
            texts,
        },
        Some(heading) => Document {
            path: format!("{own}#{}", heading.id),
            numbers: Vec::new(),
            shown: Each::none(&library.editions),
            place: String::new(),
            context: Each::from_fn(&library.editions, |edition| title[edition].to_owned()),
            title: borrowed(&heading.title),
            names: Vec::new(),
            search: &[],
            texts,
        },
    }
}

/// A version is found by its name and by what is noted of it.
fn version(library: &Library, index: usize) -> Document<'_> {
    let name = library.version_name(index);
    let note = library.changes.as_deref().and_then(|changes| changes.note(index));
    Document {
        path: format!("{}#v-{name}", library.path_below(Place::Versions)),
        numbers: Vec::new(),
        shown: Each::none(&library.editions),
        place: String::new(),
        // The word is the same in both scripts.
        context: Each::from_fn(&library.editions, |_| "版本".to_owned()),
        title: Each::from_fn(&library.editions, |_| name),
        names: Vec::new(),
        search: &[],
        texts: Each::from_fn(&library.editions, |edition| {
            note.iter().map(|note| note[edition].as_str()).collect()
        }),
    }
}

fn borrowed(text: &Each<String>) -> Each<&str> {
    text.map(String::as_str)
}

/// Which memorandum, where there are several.
fn memorandum_name(library: &Library, index: usize, edition: Edition) -> Option<&str> {
    let several = library.memoranda.len() > 1;
    several.then(|| library.document_name(index, edition))
}
