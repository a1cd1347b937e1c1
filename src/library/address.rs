//! Where every route stands: its path below the site's root, and its address.
//! Addresses are permanent.

use std::sync::Arc;

use crate::model::{Edition, Id, MeasureNumber};

use super::{Entity, File, Library, Memorandum, Place, Route, Sheet};

/// Most paths have fewer bytes.
const PATH: usize = 64;

impl Library {
    /// A route's path below the site's root, without a leading slash.
    pub fn path(&self, route: Route) -> String {
        match route {
            Route::Entry => "index.html".to_owned(),
            Route::NotFound => "404.html".to_owned(),
            Route::Page(edition, place) => {
                let mut path = String::with_capacity(PATH);
                path.push_str(edition.id());
                path.push('/');
                self.add_path(place, &mut path);
                path
            }
            Route::Moved(edition, index) => [edition.id(), "/", &self.moved[index].path].concat(),
            Route::File(file) => match file {
                File::Robots => "robots.txt".to_owned(),
                File::Sitemap => "sitemap.xml".to_owned(),
                File::SitemapPart(number) => format!("sitemap-{number}.xml"),
                File::VersionsData => "versions.json".to_owned(),
                File::VersionsScript => "versions.js".to_owned(),
                File::Feed(edition) => [edition.id(), "/feed.xml"].concat(),
                File::Manifest(edition) => [edition.id(), "/site.webmanifest"].concat(),
                File::Data(file) => self.data_path(file),
                File::Source(file) => self.sources[file].path.clone(),
                File::SearchIndex(edition) => format!("search/{}.js", edition.id()),
                File::SearchDocuments(edition) => {
                    format!("search/{}/documents.js", edition.id())
                }
                File::SearchWords(edition) => format!("search/{}/words.js", edition.id()),
                File::SearchReadings => "search/readings.js".to_owned(),
                File::SearchTexts(edition, number) => {
                    format!("search/{}/{number}.js", edition.id())
                }
                File::SearchGrams(number) => format!("search/grams/{number}.js"),
                // The theme knows its files' paths, and the renderer how many it has.
                File::Asset(_) => String::new(),
            },
        }
    }

    /// A place's path below its edition's folder.
    pub fn path_below(&self, place: Place) -> String {
        let mut path = String::with_capacity(PATH);
        self.add_path(place, &mut path);
        path
    }

    fn add_path(&self, place: Place, path: &mut String) {
        let memorandum = |index: usize| self.memoranda[index].id.value.as_str();
        let area = |index: usize, area: usize| self.memoranda[index].areas[area].id.value.as_str();
        let mut add = |parts: &[&str]| parts.iter().for_each(|part| path.push_str(part));
        match place {
            Place::Home => add(&["index.html"]),
            Place::Explainer(page) => add(&[self.pages[page].id.value.as_str(), ".html"]),
            Place::Entities => add(&["entities/index.html"]),
            Place::Entity(entity) => {
                add(&["entities/", self.entities[entity].id.value.as_str(), ".html"]);
            }
            Place::Matrix => add(&["matrix.html"]),
            Place::Tables(page) => add(&["matrix/", &(page + 1).to_string(), ".html"]),
            Place::Documents(page) => add(&["documents/", &(page + 1).to_string(), ".html"]),
            Place::Continuation(index) => {
                let old = self.continues(index).map_or("", memorandum);
                add(&["compare/", old, "..", memorandum(index), ".html"]);
            }
            Place::Memorandum(index, sheet) => {
                add(&[memorandum(index), "/", sheet.name(), ".html"]);
            }
            Place::Area(index, one) => add(&[memorandum(index), "/", area(index, one), ".html"]),
            Place::Measure(index, one) => {
                let measure = self.memoranda[index].measure(one);
                let (area, ordinal) = (area(index, measure.reading.area), measure.key().ordinal);
                add(&[memorandum(index), "/", area, "/", &ordinal.to_string(), ".html"]);
            }
            Place::Versions => add(&["versions/index.html"]),
            Place::Comparison(old, new) => {
                let (old, new) = (self.version_name(old), self.version_name(new));
                add(&["versions/", old, "..", new, ".html"]);
            }
            Place::Data => add(&["data.html"]),
            Place::Search => add(&["search.html"]),
        }
    }

    /// The path that a version's page of a measure had, by what it was called then.
    pub fn measure_path(edition: Edition, memorandum: &Id, area: &Id, ordinal: u32) -> String {
        format!("{}/{memorandum}/{area}/{ordinal}.html", edition.id())
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

    /// The page or file of a memorandum, or the page of an entity, at a path: the
    /// inverse of [`Library::path`] for the pages that a large site has many of.
    pub fn page_at(&self, path: &str) -> Option<Route> {
        let (edition, below) = path.split_once('/')?;
        if edition == "data" {
            let file = self.document_file_at(below)?;
            return Some(Route::File(File::Data(file)));
        }
        let edition = self.editions.named(edition)?;
        let parts: Vec<&str> = below.strip_suffix(".html")?.split('/').collect();
        let place = match parts[..] {
            ["entities", id] => {
                let id = |one: &Entity| one.id.value.as_str() == id;
                Place::Entity(self.entities.iter().position(id)?)
            }
            [memorandum, ref rest @ ..] => {
                let named = |one: &Arc<Memorandum>| one.id.value.as_str() == memorandum;
                let index = self.memoranda.iter().position(named)?;
                self.place_of(index, rest)?
            }
            [] => return None,
        };
        let route = place.of(edition);
        // Numbers have one spelling.
        (self.path(route) == path).then_some(route)
    }

    /// A memorandum's page, by what follows the memorandum's id.
    fn place_of(&self, index: usize, rest: &[&str]) -> Option<Place> {
        let memorandum = &self.memoranda[index];
        if let [name] = *rest
            && let Some(sheet) = Sheet::named(name)
        {
            let place = Place::Memorandum(index, sheet);
            return self.has_sheet(index, sheet).then_some(place);
        }
        let area = |id: &str| memorandum.areas.iter().position(|one| one.id.value.as_str() == id);
        Some(match *rest {
            [id] => Place::Area(index, area(id).filter(|area| self.has_page(index, *area))?),
            [id, ordinal] => {
                let area = memorandum.areas[area(id)?].number.value;
                let number = MeasureNumber { area, ordinal: ordinal.parse().ok()? };
                Place::Measure(index, memorandum.position(number)?)
            }
            _ => return None,
        })
    }
}
