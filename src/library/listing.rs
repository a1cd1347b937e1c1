//! Documents as lists of them show them: in groups, over pages where there are
//! many, each by a name that no other has. Must not know what a list looks like.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{Each, Edition};

use super::Library;

/// The most documents that the home page lists; of more, it shows the latest and
/// leads to pages of them.
pub const MOST_ON_HOME: usize = 120;

/// How many documents a page of the list has.
pub const ON_A_PAGE: usize = 100;

/// The documents of a site as lists show them.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    /// The groups, the one with the latest document first.
    pub groups: Vec<Group>,
    /// All documents in the groups' order, each with its group, by index.
    pub order: Vec<(usize, usize)>,
    /// The documents that mention any entity, by the pages that their tables stand
    /// on.
    pub tables: Vec<Vec<usize>>,
    /// What each document is called beside others, by index.
    names: Vec<Each<String>>,
}

/// Documents under one heading.
#[derive(Debug, Clone)]
pub struct Group {
    /// What they have in common.
    pub heading: Heading,
    /// The place of the first among all in the groups' order.
    pub first: usize,
    /// How many they are.
    pub count: usize,
}

/// What the documents of a group have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heading {
    /// The heading that their editor gives them.
    Given(Each<String>),
    /// The year of their dates.
    Year(u16),
    /// That they have no date.
    Undated,
}

impl Listing {
    /// Puts a library's documents, which are in order, into groups.
    pub fn new(library: &Library) -> Self {
        let mut groups: Vec<(Heading, Vec<usize>)> = Vec::new();
        let mut known: FxHashMap<String, usize> = FxHashMap::default();
        for (index, one) in library.memoranda.iter().enumerate() {
            let given = one.group.as_ref().map(|given| given.text.clone());
            let (key, heading) = match (given, one.date().map(|date| date.year())) {
                (Some(given), _) => {
                    let name = &given[library.editions.default_edition()];
                    (["given ", name].concat(), Heading::Given(given))
                }
                (None, Some(year)) => (year.to_string(), Heading::Year(year)),
                (None, None) => (String::new(), Heading::Undated),
            };
            let group = *known.entry(key).or_insert_with(|| {
                groups.push((heading, Vec::new()));
                groups.len() - 1
            });
            groups[group].1.push(index);
        }
        let mut listing =
            Self { names: names(library), tables: tables(library), ..Self::default() };
        for (group, (heading, documents)) in groups.into_iter().enumerate() {
            let (first, count) = (listing.order.len(), documents.len());
            listing.groups.push(Group { heading, first, count });
            listing.order.extend(documents.into_iter().map(|document| (group, document)));
        }
        listing
    }
}

/// The bytes that the tables of one page may have, about.
const TABLES: usize = 120_000;

/// The documents that mention any entity, as many on a page as fit; one always does.
fn tables(library: &Library) -> Vec<Vec<usize>> {
    let mut pages: Vec<Vec<usize>> = Vec::new();
    let mut bytes = 0;
    for (index, one) in library.memoranda.iter().enumerate() {
        let mentions: usize = one.all().map(|measure| measure.reading.entities.len()).sum();
        if mentions == 0 {
            continue;
        }
        let entities: FxHashSet<usize> =
            one.all().flat_map(|measure| measure.reading.entities.iter().copied()).collect();
        let (rows, columns) = (entities.len(), one.areas.len() + one.fields.len());
        // A head, a row's own cells, and a link for each mention.
        let own = 400 + 170 * columns + rows * (220 + 10 * columns) + 80 * mentions;
        bytes += own;
        match pages.last_mut().filter(|_| bytes <= TABLES) {
            Some(page) => page.push(index),
            None => {
                bytes = own;
                pages.push(vec![index]);
            }
        }
    }
    pages
}

/// What each document is called: its own name; where another has the same, with
/// its date, and where that does not tell the two apart, with its id.
fn names(library: &Library) -> Vec<Each<String>> {
    let own = |index: usize| library.memoranda[index].name().text.clone();
    let dated = |index: usize| {
        let date = library.memoranda[index].date().map(|date| date.chinese());
        date.map_or(own(index), |date| own(index).map(|name| format!("{name}（{date}）")))
    };
    let identified = |index: usize| {
        let one = &library.memoranda[index];
        let date = one.date().map(|date| date.chinese() + "，").unwrap_or_default();
        own(index).map(|name| format!("{name}（{date}{}）", one.id.value))
    };
    let edition = library.editions.default_edition();
    let count = |name: &dyn Fn(usize) -> Each<String>| {
        let mut counts: FxHashMap<String, usize> = FxHashMap::default();
        for index in 0..library.memoranda.len() {
            *counts.entry(name(index)[edition].clone()).or_default() += 1;
        }
        counts
    };
    let (plain, with_date) = (count(&own), count(&dated));
    let name = |index: usize| match (plain[&own(index)[edition]], with_date[&dated(index)[edition]])
    {
        (1, _) => own(index),
        (_, 1) => dated(index),
        _ => identified(index),
    };
    (0..library.memoranda.len()).map(name).collect()
}

impl Library {
    /// What a document is called beside others.
    pub fn document_name(&self, memorandum: usize, edition: Edition) -> &str {
        &self.listing.names[memorandum][edition]
    }

    /// How many pages list the documents; none where the home page does.
    pub fn document_pages(&self) -> usize {
        match self.memoranda.len() {
            count if count > MOST_ON_HOME => count.div_ceil(ON_A_PAGE),
            _ => 0,
        }
    }
}
