//! Lists of documents as templates get them: on the home page, and over pages of
//! their own where there are many.

use crate::render::theme::Phrase;
use std::collections::BTreeSet;

use serde::Serialize;
use tera::Value;

use crate::library::{ListHeading, MeasureIndex, ON_A_PAGE, Place, Sheet, Wording};

use super::called::measure_value;
use super::document::{Day, Memorandum, memorandum};
use super::frame::{PageLink, explainers};
use super::provenance::{of_document, provenance_name};
use super::{LATEST, Scope};

/// Up to so many documents are shown with their areas.
pub const WITH_AREAS: usize = 2;

/// Up to so many measures under no area stand there too.
const MOST_AT_HOME: usize = 60;

/// What the home page lists.
#[derive(Debug, Serialize)]
pub struct Home {
    /// All documents with their areas, where they are few.
    memoranda: Vec<Memorandum>,
    /// Of each of them the measures under no area, unless they are many.
    entries: Vec<Vec<Value>>,
    /// Else all of them by groups; the latest, where there are pages of them.
    groups: Vec<ListGroup>,
    /// The groups of those pages.
    index: Vec<GroupLink>,
    /// Those pages, where there are more groups than documents on a page.
    pages: Vec<ListPage>,
    /// All explainer pages, where they are too many for every page's foot.
    explainers: Vec<PageLink>,
}

/// A page of the list of documents.
#[derive(Debug, Serialize)]
pub struct Documents {
    groups: Vec<ListGroup>,
    pages: Vec<ListPage>,
    previous: Option<String>,
    next: Option<String>,
}

/// Documents under one heading.
#[derive(Debug, Serialize)]
struct ListGroup {
    id: String,
    heading: String,
    documents: Vec<ListedDocument>,
}

/// A document in a list.
#[derive(Debug, Serialize)]
struct ListedDocument {
    title: String,
    href: String,
    /// What it is, in words.
    kind: String,
    /// The date it is known by, and what that is.
    date: Option<Day>,
    date_name: Option<String>,
    parties: Vec<String>,
    summary: Option<String>,
    count: String,
    /// Where its title comes from, in words.
    provenance: String,
}

/// A group of a list that stands on other pages.
#[derive(Debug, Serialize)]
struct GroupLink {
    heading: String,
    href: String,
    count: usize,
}

/// One of the pages of a list.
#[derive(Debug, Serialize)]
pub struct ListPage {
    number: usize,
    href: String,
    current: bool,
}

/// The home page's documents.
pub fn home(scope: &Scope) -> Home {
    let library = scope.library;
    let count = library.memoranda.len();
    let is_paged = library.document_pages() > 0;
    let latest = || ListGroup {
        id: "latest".to_owned(),
        heading: scope.strings.format(Phrase::LatestMemoranda, &[]),
        documents: (0..LATEST.min(count)).map(|index| listed(scope, index)).collect(),
    };
    let index: Vec<GroupLink> = match is_paged && library.listing.groups.len() <= ON_A_PAGE {
        true => group_links(scope),
        false => Vec::new(),
    };
    let memoranda = with_areas(scope);
    let entries = |index| match under_no_area(scope, index, MOST_AT_HOME + 1) {
        all if all.len() > MOST_AT_HOME => Vec::new(),
        all => all,
    };
    Home {
        entries: (0..memoranda.len()).map(entries).collect(),
        memoranda,
        groups: match (is_paged, count <= WITH_AREAS) {
            (true, _) => vec![latest()],
            (false, true) => Vec::new(),
            (false, false) => groups(scope, 0..count),
        },
        pages: if is_paged && index.is_empty() { pages(scope, None) } else { Vec::new() },
        index,
        explainers: match library.pages.len() > LATEST {
            true => explainers(scope).collect(),
            false => Vec::new(),
        },
    }
}

/// All documents with their areas, where they are few.
pub fn with_areas(scope: &Scope) -> Vec<Memorandum> {
    let count = scope.library.memoranda.len();
    let few = if count <= WITH_AREAS { 0..count } else { 0..0 };
    few.map(|index| memorandum(scope, index)).collect()
}

/// The measures of a document that stand under no area with a page of its own, up to
/// so many.
pub fn under_no_area(scope: &Scope, index: usize, most: usize) -> Vec<Value> {
    let whole = &scope.library.memoranda[index];
    let without_page = (0..whole.areas.len()).filter(|area| !scope.library.has_page(index, *area));
    let measures = without_page.flat_map(|area| whole.measures_of(area)).take(most);
    measures
        .map(|measure| measure_value(scope, MeasureIndex { memorandum: index, measure }))
        .collect()
}

/// A page of the list, by index.
pub fn documents(scope: &Scope, page: usize) -> Documents {
    let count = scope.library.memoranda.len();
    let first = page * ON_A_PAGE;
    let href = |page: usize| scope.href(Place::Documents(page).of(scope.edition));
    let last = scope.library.document_pages() - 1;
    Documents {
        groups: groups(scope, first..count.min(first + ON_A_PAGE)),
        pages: pages(scope, Some(page)),
        previous: page.checked_sub(1).map(href),
        next: (page < last).then(|| href(page + 1)),
    }
}

/// Some of the documents, as they stand in the groups' order.
fn groups(scope: &Scope, range: std::ops::Range<usize>) -> Vec<ListGroup> {
    let own = &scope.library.listing.order[range];
    let group = |own: &[(usize, usize)]| ListGroup {
        id: group_id(own[0].0),
        heading: heading(scope, own[0].0),
        documents: own.iter().map(|(_, index)| listed(scope, *index)).collect(),
    };
    own.chunk_by(|one, next| one.0 == next.0).map(group).collect()
}

fn group_links(scope: &Scope) -> Vec<GroupLink> {
    let groups = scope.library.listing.groups.iter().enumerate();
    let link = |(index, group): (usize, &crate::library::ListGroup)| {
        let page = Place::Documents(group.first / ON_A_PAGE).of(scope.edition);
        GroupLink {
            heading: heading(scope, index),
            href: [&scope.href(page), "#", &group_id(index)].concat(),
            count: group.count,
        }
    };
    groups.map(link).collect()
}

fn group_id(group: usize) -> String {
    format!("g{}", group + 1)
}

fn heading(scope: &Scope, group: usize) -> String {
    match &scope.library.listing.groups[group].heading {
        ListHeading::Given(words) => words[scope.edition].clone(),
        ListHeading::Year(year) => {
            scope.strings.format(Phrase::Year, &[("year", &year.to_string())])
        }
        ListHeading::Undated => scope.strings.format(Phrase::Undated, &[]),
    }
}

fn pages(scope: &Scope, current: Option<usize>) -> Vec<ListPage> {
    list_pages(scope, scope.library.document_pages(), current, Place::Documents)
}

/// The pages of a list, by index: all of a few; of many the first, the last, those
/// beside the page at hand, and some on the way.
pub fn list_pages(
    scope: &Scope,
    count: usize,
    current: Option<usize>,
    place: impl Fn(usize) -> Place,
) -> Vec<ListPage> {
    let page = |index: usize| ListPage {
        number: index + 1,
        href: scope.href(place(index).of(scope.edition)),
        current: Some(index) == current,
    };
    named_pages(count, current).into_iter().map(page).collect()
}

/// The indices of the pages that a page names, so that all are within three steps
/// even of hundreds.
fn named_pages(count: usize, current: Option<usize>) -> BTreeSet<usize> {
    const FEW: usize = 30;
    const ON_THE_WAY: usize = 12;
    const BESIDE: usize = 3;
    if count <= FEW {
        return (0..count).collect();
    }
    let step = count.div_ceil(ON_THE_WAY).next_multiple_of(5);
    let on_the_way = (1..).map(|number| number * step - 1).take_while(|index| *index < count);
    let at_hand = current.unwrap_or_default();
    let beside = at_hand.saturating_sub(BESIDE)..count.min(at_hand + BESIDE + 1);
    on_the_way.chain(beside).chain([0, count - 1]).collect()
}

fn listed(scope: &Scope, index: usize) -> ListedDocument {
    let Scope { library, strings, edition, .. } = *scope;
    let one = &library.memoranda[index];
    let own = &scope.wordings.of(Some(index))[edition];
    let words = |text: &Wording| text.text[edition].clone();
    let date = one.dates.first();
    let count = one.count().to_string();
    let provenance = provenance_name(of_document(library, index, edition));
    ListedDocument {
        title: library.document_name(index, edition).to_owned(),
        href: scope.href(Place::Memorandum(index, Sheet::Overview).of(edition)),
        kind: own.format(Phrase::Memoranda, &[]),
        date: date.map(|(_, date)| date.into()),
        date_name: date.map(|(name, _)| strings.format(Phrase::Date(name), &[])),
        parties: one.parties.iter().map(words).collect(),
        summary: one.summary.as_ref().map(words),
        count: own.format(Phrase::MeasuresCount, &[("count", &count)]),
        provenance: strings.format(Phrase::Quoted(provenance), &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::named_pages;

    #[test]
    fn few_pages_are_all_named_and_many_are_not() {
        assert_eq!(named_pages(30, None).len(), 30);
        let named = named_pages(512, Some(100));
        assert!([0, 97, 100, 103, 511].iter().all(|index| named.contains(index)), "{named:?}");
        assert!(named.len() <= 22 && !named.contains(&96), "{named:?}");
        assert!(named_pages(31, Some(30)).iter().all(|index| *index < 31));
    }
}
