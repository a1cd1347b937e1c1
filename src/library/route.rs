//! Routes: every output path of a site, and how pages name each other.

use std::sync::Arc;

use crate::model::{Edition, MeasureNumber};
use crate::snapshot::{Changes, VersionName};

use crate::model::UNNAMED_AREA;

use super::{Entity, Library, Measure, MeasureIndex, Memorandum};

/// The most addresses one sitemap may hold (sitemaps.org).
pub const SITEMAP_LIMIT: usize = 50_000;

/// One output path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Route {
    /// `index.html`: offers the editions.
    Entry,
    /// `404.html`
    NotFound,
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
    /// An edition's home.
    Home(Edition),
    /// An explainer page, by index.
    Page(Edition, usize),
    /// The index of entities.
    Entities(Edition),
    /// An entity, by index.
    Entity(Edition, usize),
    /// Areas and entities in a table.
    Matrix(Edition),
    /// A memorandum's overview, by index.
    Memorandum(Edition, usize),
    /// A memorandum on one page.
    Full(Edition, usize),
    /// An area, by memorandum and index.
    Area(Edition, usize, usize),
    /// A measure.
    Measure(Edition, usize, usize),
    /// The index of versions.
    Versions(Edition),
    /// What changed between two versions, by index; that of the present is the
    /// number of versions.
    Comparison(Edition, usize, usize),
    /// The changes as a feed.
    Feed(Edition),
    /// The search page.
    Search(Edition),
    /// What the search of an edition begins with.
    SearchIndex(Edition),
    /// Texts to show what was found, by number.
    SearchTexts(Edition, usize),
    /// A part of the list of where characters stand, by number.
    SearchGrams(usize),
    /// A file of the theme, by index; after those, of the site's own.
    Asset(usize),
}

impl Route {
    /// The same page in an edition; pages that have no edition stay.
    pub fn in_edition(self, edition: Edition) -> Self {
        match self {
            Self::Home(_) => Self::Home(edition),
            Self::Page(_, page) => Self::Page(edition, page),
            Self::Entities(_) => Self::Entities(edition),
            Self::Entity(_, entity) => Self::Entity(edition, entity),
            Self::Matrix(_) => Self::Matrix(edition),
            Self::Memorandum(_, memorandum) => Self::Memorandum(edition, memorandum),
            Self::Full(_, memorandum) => Self::Full(edition, memorandum),
            Self::Area(_, memorandum, area) => Self::Area(edition, memorandum, area),
            Self::Measure(_, memorandum, measure) => Self::Measure(edition, memorandum, measure),
            Self::Versions(_) => Self::Versions(edition),
            Self::Comparison(_, old, new) => Self::Comparison(edition, old, new),
            Self::Feed(_) => Self::Feed(edition),
            Self::Search(_) => Self::Search(edition),
            Self::SearchIndex(_) => Self::SearchIndex(edition),
            Self::SearchTexts(_, number) => Self::SearchTexts(edition, number),
            Self::Entry
            | Self::NotFound
            | Self::Robots
            | Self::Sitemap
            | Self::SitemapPart(_)
            | Self::VersionsData
            | Self::VersionsScript
            | Self::SearchGrams(_)
            | Self::Asset(_) => self,
        }
    }

    /// The memorandum of a page that belongs to one, by index.
    pub fn memorandum(self) -> Option<usize> {
        match self {
            Self::Memorandum(_, index)
            | Self::Full(_, index)
            | Self::Area(_, index, _)
            | Self::Measure(_, index, _) => Some(index),
            _ => None,
        }
    }

    /// The edition of a page that has one.
    pub fn edition(self) -> Option<Edition> {
        match self {
            Self::Home(edition)
            | Self::Page(edition, _)
            | Self::Entities(edition)
            | Self::Entity(edition, _)
            | Self::Matrix(edition)
            | Self::Memorandum(edition, _)
            | Self::Full(edition, _)
            | Self::Area(edition, ..)
            | Self::Measure(edition, ..)
            | Self::Versions(edition)
            | Self::Comparison(edition, ..)
            | Self::Feed(edition)
            | Self::Search(edition)
            | Self::SearchIndex(edition)
            | Self::SearchTexts(edition, _) => Some(edition),
            _ => None,
        }
    }
}

impl Library {
    /// Where a page stands among all: pages of one area, in every edition, are
    /// neighbours, and so are areas of one memorandum.
    pub fn neighbourhood(&self, route: Route) -> (Option<usize>, Option<usize>) {
        let area = match route {
            Route::Area(_, _, area) => Some(area),
            Route::Measure(_, index, measure) => {
                Some(self.memoranda[index].measure(measure).reading.area)
            }
            _ => None,
        };
        (route.memorandum(), area)
    }

    /// The pages that exist in every edition, in one of them.
    pub fn pages_of(&self, edition: Edition) -> impl Iterator<Item = Route> {
        let memoranda = self.memoranda.iter().enumerate().flat_map(move |(index, memorandum)| {
            [Route::Memorandum(edition, index), Route::Full(edition, index)]
                .into_iter()
                .chain(
                    (0..memorandum.areas.len())
                        .filter(move |area| self.has_page(index, *area))
                        .map(move |area| Route::Area(edition, index, area)),
                )
                .chain(
                    (0..memorandum.count())
                        .map(move |measure| Route::Measure(edition, index, measure)),
                )
        });
        // A site without entities has no pages about them.
        let entities = [Route::Entities(edition), Route::Matrix(edition)]
            .into_iter()
            .filter(|_| !self.entities.is_empty())
            .chain((0..self.entities.len()).map(move |entity| Route::Entity(edition, entity)));
        let pages = (0..self.pages.len()).map(move |page| Route::Page(edition, page));
        std::iter::once(Route::Home(edition))
            .chain(memoranda)
            .chain(entities)
            .chain(pages)
            .chain(self.version_pages(edition))
    }

    /// The pages about versions. A sealed version has none: what it knew of
    /// others would be old.
    fn version_pages(&self, edition: Edition) -> impl Iterator<Item = Route> {
        let index = self.sealed.is_none().then_some(Route::Versions(edition));
        let pairs = self.changes.iter().flat_map(|changes| Changes::pairs(changes.present()));
        index.into_iter().chain(pairs.map(move |(old, new)| Route::Comparison(edition, old, new)))
    }

    /// Every route but the theme's and the search's files.
    pub fn routes(&self) -> impl Iterator<Item = Route> {
        std::iter::once(Route::Entry)
            .chain(self.routes_of_the_present())
            .chain(self.editions.published().map(Route::Search))
            .chain(self.editions.published().map(Route::Feed).filter(|_| self.has_feed()))
            .chain(self.editions.published().flat_map(|edition| self.pages_of(edition)))
    }

    /// Whether the changes are told in a feed, whose entries have addresses.
    pub fn has_feed(&self) -> bool {
        self.changes.is_some() && self.base_url.is_some()
    }

    /// What concerns a whole host, which a sealed version does not have.
    fn routes_of_the_present(&self) -> impl Iterator<Item = Route> {
        let parts = self.sitemap_parts();
        let parts = (1..=if parts > 1 { parts } else { 0 }).map(Route::SitemapPart);
        // What lists addresses has none to list.
        let sitemaps = std::iter::once(Route::Sitemap).chain(parts);
        let sitemaps = sitemaps.filter(|_| self.base_url.is_some());
        [Route::NotFound, Route::Robots]
            .into_iter()
            .chain([Route::VersionsData, Route::VersionsScript])
            .chain(sitemaps)
            .filter(|_| self.sealed.is_none())
    }

    /// The addresses a search engine should know, in order. A search page says
    /// nothing by itself.
    pub fn addresses(&self) -> impl Iterator<Item = Route> {
        std::iter::once(Route::Entry)
            .chain(self.editions.published().flat_map(|edition| self.pages_of(edition)))
    }

    /// How many sitemaps the addresses fill.
    pub fn sitemap_parts(&self) -> usize {
        let measures: usize = self.memoranda.iter().map(|one| one.count()).sum();
        let areas = self.memoranda.iter().enumerate().map(|(index, one)| {
            (0..one.areas.len()).filter(|area| self.has_page(index, *area)).count()
        });
        let areas: usize = areas.sum();
        let entities = match self.entities.len() {
            0 => 0,
            count => count + 2,
        };
        let versions = self.version_pages(self.editions.default_edition()).count();
        let memoranda = 2 * self.memoranda.len() + areas + measures;
        let each = 1 + self.pages.len() + memoranda + entities + versions;
        (1 + self.editions.published().len() * each).div_ceil(SITEMAP_LIMIT)
    }

    /// A route's path below the site's root, without a leading slash.
    pub fn path(&self, route: Route) -> String {
        let memorandum = |index: usize| self.memoranda[index].id.value.as_str();
        let area = |index: usize, area: usize| self.memoranda[index].areas[area].id.value.as_str();
        match route {
            Route::Entry => "index.html".to_owned(),
            Route::NotFound => "404.html".to_owned(),
            Route::Robots => "robots.txt".to_owned(),
            Route::Sitemap => "sitemap.xml".to_owned(),
            Route::SitemapPart(number) => format!("sitemap-{number}.xml"),
            Route::VersionsData => "versions.json".to_owned(),
            Route::VersionsScript => "versions.js".to_owned(),
            Route::Home(edition) => [edition.id(), "/index.html"].concat(),
            Route::Page(edition, page) => {
                [edition.id(), "/", self.pages[page].id.value.as_str(), ".html"].concat()
            }
            Route::Entities(edition) => [edition.id(), "/entities/index.html"].concat(),
            Route::Entity(edition, entity) => {
                let id = self.entities[entity].id.value.as_str();
                [edition.id(), "/entities/", id, ".html"].concat()
            }
            Route::Matrix(edition) => [edition.id(), "/matrix.html"].concat(),
            Route::Memorandum(edition, index) => {
                [edition.id(), "/", memorandum(index), "/index.html"].concat()
            }
            Route::Full(edition, index) => {
                [edition.id(), "/", memorandum(index), "/full.html"].concat()
            }
            Route::Area(edition, index, one) => {
                [edition.id(), "/", memorandum(index), "/", area(index, one), ".html"].concat()
            }
            Route::Measure(edition, index, one) => {
                let measure = self.memoranda[index].measure(one);
                let ordinal = measure.key().ordinal.to_string();
                let area = area(index, measure.reading.area);
                [edition.id(), "/", memorandum(index), "/", area, "/", &ordinal, ".html"].concat()
            }
            Route::Versions(edition) => [edition.id(), "/versions/index.html"].concat(),
            Route::Comparison(edition, old, new) => {
                let (old, new) = (self.version_name(old), self.version_name(new));
                [edition.id(), "/versions/", old, "..", new, ".html"].concat()
            }
            Route::Feed(edition) => [edition.id(), "/feed.xml"].concat(),
            Route::Search(edition) => [edition.id(), "/search.html"].concat(),
            Route::SearchIndex(edition) => format!("search/{}.js", edition.id()),
            Route::SearchTexts(edition, number) => format!("search/{}/{number}.js", edition.id()),
            Route::SearchGrams(number) => format!("search/grams/{number}.js"),
            // The theme knows its files' paths, and the renderer how many it has.
            Route::Asset(_) => String::new(),
        }
    }

    /// A page's absolute address, where it is known what the site's is; that of an
    /// index page ends in `/`. A sealed version stands in the archive.
    pub fn url(&self, route: Route) -> Option<String> {
        self.absolute(&self.path(route))
    }

    /// The absolute address of a path below the site's root.
    pub fn absolute(&self, path: &str) -> Option<String> {
        let base_url = self.base_url.as_ref()?;
        let folder = self.sealed.as_ref().map(|sealed| sealed.name.archive()).unwrap_or_default();
        let address = path.strip_suffix("index.html").unwrap_or(path);
        Some([base_url.as_str(), &folder, address].concat())
    }

    /// The page of a memorandum or of an entity that stands at a path: the
    /// inverse of [`Library::path`] for the pages that a large site has many of.
    pub fn page_at(&self, path: &str) -> Option<Route> {
        let (edition, below) = path.split_once('/')?;
        let edition = self.editions.named(edition)?;
        let parts: Vec<&str> = below.strip_suffix(".html")?.split('/').collect();
        let route = match parts[..] {
            ["entities", id] => {
                let id = |one: &Entity| one.id.value.as_str() == id;
                Route::Entity(edition, self.entities.iter().position(id)?)
            }
            [memorandum, ref rest @ ..] => {
                let named = |one: &Arc<Memorandum>| one.id.value.as_str() == memorandum;
                let index = self.memoranda.iter().position(named)?;
                self.page_of(edition, index, rest)?
            }
            [] => return None,
        };
        // Numbers have one spelling.
        (self.path(route) == path).then_some(route)
    }

    /// A memorandum's page, by what follows the memorandum's id.
    fn page_of(&self, edition: Edition, index: usize, rest: &[&str]) -> Option<Route> {
        let memorandum = &self.memoranda[index];
        let area = |id: &str| memorandum.areas.iter().position(|one| one.id.value.as_str() == id);
        Some(match *rest {
            ["index"] => Route::Memorandum(edition, index),
            ["full"] => Route::Full(edition, index),
            [id] => {
                Route::Area(edition, index, area(id).filter(|area| self.has_page(index, *area))?)
            }
            [id, ordinal] => {
                let area = memorandum.areas[area(id)?].number.value;
                let number = MeasureNumber { area, ordinal: ordinal.parse().ok()? };
                Route::Measure(edition, index, memorandum.position(number)?)
            }
            _ => return None,
        })
    }

    /// A measure.
    pub fn measure(&self, index: MeasureIndex) -> Measure<'_> {
        self.memoranda[index.memorandum].measure(index.measure)
    }

    /// Whether an area has a page: measures under no area have none above them.
    pub fn has_page(&self, memorandum: usize, area: usize) -> bool {
        self.memoranda[memorandum].areas[area].id.value.as_str() != UNNAMED_AREA
    }

    /// The page that shows an area: its own, or the whole document.
    pub fn area_route(&self, edition: Edition, memorandum: usize, area: usize) -> Route {
        match self.has_page(memorandum, area) {
            true => Route::Area(edition, memorandum, area),
            false => Route::Full(edition, memorandum),
        }
    }

    /// A version's name in addresses, by its index.
    pub fn version_name(&self, version: usize) -> &str {
        self.versions.get(version).map_or(VersionName::CURRENT, |version| version.name.as_str())
    }

    /// The route of a measure's page.
    pub fn measure_route(&self, edition: Edition, index: MeasureIndex) -> Route {
        Route::Measure(edition, index.memorandum, index.measure)
    }
}
