//! Routes: everything that a site puts out, and what belongs together. Where each
//! stands is in `address`.

use crate::model::Edition;
use crate::snapshot::{Changes, VersionName};

use super::{DataFile, Library, Measure, MeasureIndex, Sheet};

/// The most addresses one sitemap may hold (sitemaps.org).
pub const SITEMAP_LIMIT: usize = 50_000;

/// One output path: a page, or a file that is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Route {
    /// `index.html`: offers the editions.
    Entry,
    /// `404.html`
    NotFound,
    /// A page of an edition.
    Page(Edition, Place),
    /// Where a page of an edition stood before, by index: it leads on.
    Moved(Edition, usize),
    /// What is no page.
    File(File),
}

/// What a page of an edition shows. Each edition has the same places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The edition's home.
    Home,
    /// An explainer page, by index.
    Explainer(usize),
    /// The index of entities.
    Entities,
    /// An entity, by index.
    Entity(usize),
    /// Areas and entities in a table.
    Matrix,
    /// A page of such tables, by index, where one page is not enough.
    Tables(usize),
    /// A page of the list of memoranda, by index, where there are many.
    Documents(usize),
    /// A memorandum, by index, against the one that it takes the place of.
    Continuation(usize),
    /// A page of a whole memorandum, by index.
    Memorandum(usize, Sheet),
    /// An area, by memorandum and index.
    Area(usize, usize),
    /// A measure.
    Measure(usize, usize),
    /// The index of versions.
    Versions,
    /// What changed between two versions, by index; that of the present is the
    /// number of versions.
    Comparison(usize, usize),
    /// What the site offers as data, and how to read it.
    Data,
    /// The search page.
    Search,
}

/// A file that is no page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum File {
    /// `robots.txt`
    Robots,
    /// `sitemap.xml`: the addresses, or the index of its parts.
    Sitemap,
    /// `sitemap-<n>.xml`, from 1.
    SitemapPart(usize),
    /// `versions.json`: the sealed versions, for machines.
    VersionsData,
    /// `versions.js`: the same for the pages of sealed versions.
    VersionsScript,
    /// What an edition is called where it stands among a device's applications.
    Manifest(Edition),
    /// The changes as a feed.
    Feed(Edition),
    /// Open data.
    Data(DataFile),
    /// What the search of an edition begins with.
    SearchIndex(Edition),
    /// The memoranda, for narrowing what was found, where there are several.
    SearchDocuments(Edition),
    /// What the search of an edition says over another page.
    SearchWords(Edition),
    /// How the characters of names are read.
    SearchReadings,
    /// Texts to show what was found, by number.
    SearchTexts(Edition, usize),
    /// A part of the list of where characters stand, by number.
    SearchGrams(usize),
    /// A source document, by index.
    Source(usize),
    /// A file of the theme, by index; after those, of the site's own.
    Asset(usize),
}

/// Pages and files that are made of the same, and so made anew together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Those of a document, by index.
    Document(usize),
    /// Those of an entity, by index.
    Entity(usize),
}

impl Place {
    /// The page of an edition that shows it.
    pub fn of(self, edition: Edition) -> Route {
        Route::Page(edition, self)
    }

    /// The memorandum that it belongs to, by index.
    pub fn memorandum(self) -> Option<usize> {
        match self {
            Self::Memorandum(index, _) | Self::Area(index, _) | Self::Measure(index, _) => {
                Some(index)
            }
            Self::Home
            | Self::Explainer(_)
            | Self::Entities
            | Self::Entity(_)
            | Self::Matrix
            | Self::Tables(_)
            | Self::Documents(_)
            | Self::Continuation(_)
            | Self::Versions
            | Self::Comparison(..)
            | Self::Data
            | Self::Search => None,
        }
    }
}

impl Route {
    /// The same page in an edition; what has no edition stays.
    pub fn in_edition(self, edition: Edition) -> Self {
        match self {
            Self::Page(_, place) => Self::Page(edition, place),
            Self::Moved(_, index) => Self::Moved(edition, index),
            Self::Entry | Self::NotFound | Self::File(_) => self,
        }
    }

    /// What a page of an edition shows.
    pub fn place(self) -> Option<Place> {
        match self {
            Self::Page(_, place) => Some(place),
            Self::Moved(..) | Self::Entry | Self::NotFound | Self::File(_) => None,
        }
    }

    /// The memorandum of a page that belongs to one, by index.
    pub fn memorandum(self) -> Option<usize> {
        self.place().and_then(Place::memorandum)
    }

    /// What it is made anew with; nothing if it shows the whole site.
    pub fn group(self) -> Option<Group> {
        match self {
            Self::Page(_, Place::Entity(index)) => Some(Group::Entity(index)),
            Self::File(File::Data(DataFile::Document(index, _))) => Some(Group::Document(index)),
            Self::Page(_, place) => place.memorandum().map(Group::Document),
            Self::Moved(..) | Self::Entry | Self::NotFound | Self::File(_) => None,
        }
    }

    /// The edition of a page that has one.
    pub fn edition(self) -> Option<Edition> {
        match self {
            Self::Page(edition, _) | Self::Moved(edition, _) => Some(edition),
            Self::Entry | Self::NotFound | Self::File(_) => None,
        }
    }
}

impl Library {
    /// Where a page stands among all: pages of one area, in every edition, are
    /// neighbours, and so are areas of one memorandum.
    pub fn neighbourhood(&self, route: Route) -> (Option<usize>, Option<usize>) {
        let area = route.place().and_then(|place| self.area_of(place));
        (route.memorandum(), area)
    }

    /// The area that a place belongs to, by index.
    pub fn area_of(&self, place: Place) -> Option<usize> {
        match place {
            Place::Area(_, area) => Some(area),
            Place::Measure(index, measure) => {
                Some(self.memoranda[index].measure(measure).reading.area)
            }
            Place::Home
            | Place::Explainer(_)
            | Place::Entities
            | Place::Entity(_)
            | Place::Matrix
            | Place::Tables(_)
            | Place::Documents(_)
            | Place::Continuation(_)
            | Place::Memorandum(..)
            | Place::Versions
            | Place::Comparison(..)
            | Place::Data
            | Place::Search => None,
        }
    }

    /// The places that every edition has and that a search engine should know, in
    /// order. A search page says nothing by itself.
    pub fn places(&self) -> impl Iterator<Item = Place> {
        let memoranda = self.memoranda.iter().enumerate().flat_map(move |(index, memorandum)| {
            let sheets = Sheet::ALL.iter().copied();
            sheets
                .filter(move |sheet| self.has_sheet(index, *sheet))
                .map(move |sheet| Place::Memorandum(index, sheet))
                .chain(
                    (0..memorandum.areas.len())
                        .filter(move |area| self.has_page(index, *area))
                        .map(move |area| Place::Area(index, area)),
                )
                .chain((0..memorandum.count()).map(move |measure| Place::Measure(index, measure)))
        });
        // A site without entities has no pages about them.
        let entities = [Place::Entities, Place::Matrix]
            .into_iter()
            .filter(|_| !self.entities.is_empty())
            .chain((0..self.entities.len()).map(Place::Entity));
        std::iter::once(Place::Home)
            .chain(memoranda)
            .chain(entities)
            .chain(self.document_places())
            .chain((0..self.pages.len()).map(Place::Explainer))
            .chain([Place::Data])
            .chain(self.version_places())
    }

    /// Whether texts stand in several editions, beside each other on a page.
    pub fn has_parallel(&self) -> bool {
        self.editions.published().len() > 1
    }

    /// The places about several memoranda.
    fn document_places(&self) -> impl Iterator<Item = Place> {
        let continuing = (0..self.memoranda.len()).filter(|one| self.continues(*one).is_some());
        // One page of tables is the table's own.
        let tables = Some(self.listing.tables.len()).filter(|pages| *pages > 1).unwrap_or(0);
        let documents = (0..self.document_pages()).map(Place::Documents);
        documents.chain((0..tables).map(Place::Tables)).chain(continuing.map(Place::Continuation))
    }

    /// The places about versions. A sealed version has none: what it knew of
    /// others would be old.
    fn version_places(&self) -> impl Iterator<Item = Place> {
        let index = self.sealed.is_none().then_some(Place::Versions);
        let pairs = self.changes.iter().flat_map(|changes| Changes::pairs(changes.present()));
        index.into_iter().chain(pairs.map(|(old, new)| Place::Comparison(old, new)))
    }

    /// Every route but the theme's and the search's files.
    pub fn routes(&self) -> impl Iterator<Item = Route> {
        let editions = self.editions.published();
        let feeds = editions.clone().map(File::Feed).filter(|_| self.has_feed());
        let manifests = editions.clone().map(File::Manifest);
        std::iter::once(Route::Entry)
            .chain(self.routes_of_the_present())
            .chain(editions.clone().map(|edition| Place::Search.of(edition)))
            .chain(feeds.chain(manifests).map(Route::File))
            .chain(self.pages())
            .chain(self.data_files().map(|file| Route::File(File::Data(file))))
            .chain((0..self.sources.len()).map(|file| Route::File(File::Source(file))))
            .chain(self.moved_pages())
    }

    /// Where pages stood before. A sealed version never had those addresses.
    fn moved_pages(&self) -> impl Iterator<Item = Route> {
        let count = if self.sealed.is_some() { 0 } else { self.moved.len() };
        let editions = self.editions.published();
        editions.flat_map(move |edition| (0..count).map(move |index| Route::Moved(edition, index)))
    }

    /// The pages of every edition.
    fn pages(&self) -> impl Iterator<Item = Route> {
        let editions = self.editions.published();
        editions.flat_map(|edition| self.places().map(move |place| place.of(edition)))
    }

    /// Whether the changes are told in a feed, whose entries have addresses.
    pub fn has_feed(&self) -> bool {
        self.changes.is_some() && self.base_url.is_some()
    }

    /// What concerns a whole host, which a sealed version does not have.
    fn routes_of_the_present(&self) -> impl Iterator<Item = Route> {
        let parts = self.sitemap_parts();
        let parts = (1..=if parts > 1 { parts } else { 0 }).map(File::SitemapPart);
        // What lists addresses has none to list.
        let sitemaps = std::iter::once(File::Sitemap).chain(parts);
        let sitemaps = sitemaps.filter(|_| self.base_url.is_some());
        let files = [File::Robots, File::VersionsData, File::VersionsScript];
        std::iter::once(Route::NotFound)
            .chain(files.into_iter().chain(sitemaps).map(Route::File))
            .filter(|_| self.sealed.is_none())
    }

    /// The addresses a search engine should know, in order.
    pub fn addresses(&self) -> impl Iterator<Item = Route> {
        std::iter::once(Route::Entry).chain(self.pages())
    }

    /// How many sitemaps the addresses fill.
    pub fn sitemap_parts(&self) -> usize {
        sitemaps_of(self.addresses().count())
    }

    /// A measure.
    pub fn measure(&self, index: MeasureIndex) -> Measure<'_> {
        self.memoranda[index.memorandum].measure(index.measure)
    }

    /// Whether an area has a page: measures under no area, or directly under a
    /// division, have none above them.
    pub fn has_page(&self, memorandum: usize, area: usize) -> bool {
        let area = &self.memoranda[memorandum].areas[area];
        area.title.is_some() || area.mark.is_some()
    }

    /// What shows an area: its own page, or the whole document.
    pub fn area_place(&self, memorandum: usize, area: usize) -> Place {
        match self.has_page(memorandum, area) {
            true => Place::Area(memorandum, area),
            false => Place::Memorandum(memorandum, Sheet::Full),
        }
    }

    /// A version's name in addresses, by its index.
    pub fn version_name(&self, version: usize) -> &str {
        self.versions.get(version).map_or(VersionName::CURRENT, |version| version.name.as_str())
    }
}

impl From<MeasureIndex> for Place {
    fn from(index: MeasureIndex) -> Self {
        Self::Measure(index.memorandum, index.measure)
    }
}

/// How many sitemaps so many addresses fill.
fn sitemaps_of(addresses: usize) -> usize {
    addresses.div_ceil(SITEMAP_LIMIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sitemap_holds_as_many_addresses_as_it_may_and_no_more() {
        let limit = SITEMAP_LIMIT;
        for (addresses, parts) in
            [(1, 1), (limit - 1, 1), (limit, 1), (limit + 1, 2), (2 * limit, 2), (2 * limit + 1, 3)]
        {
            assert_eq!(sitemaps_of(addresses), parts, "{addresses}");
        }
    }
}
