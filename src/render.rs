//! Views, theme, and `render(route) -> bytes`.
//!
//! 1. [`Theme`] loads templates, wording and static files.
//! 2. What stands around the pages of a place is made ([`Surroundings`]).
//! 3. A view of the library is made: what one template gets.
//! 4. [`Renderer::render`] turns one route into bytes.
//!
//! Rendering is pure and total: no clock, environment, file system, globals or
//! locks, so a preview of one page is the build's own bytes.

mod citation;
mod dataset;
mod feed;
mod finder;
mod json_ld;
mod manifest;
mod navigation;
mod sitemap;
mod strings;
mod surroundings;
mod theme;
mod version_list;
mod view;
mod way;
mod words;

pub use strings::strings_schema;
pub use surroundings::Surroundings;
use theme::Phrase;
pub use theme::Theme;

use rustc_hash::FxHashMap;
use tera::{Context, Map, Value};

use crate::data::{self, Described, Digest};
use crate::diagnostic::Diagnostic;
use crate::library::{DataFile, DocumentForm, File, Fingerprints, Library, Place, Route};
use crate::model::Each;
use crate::search::Search;

use surroundings::Around;
use view::{Entities, Scope};
use way::Way;
use words::Wordings;

/// Renders the routes of a library in a theme.
pub struct Renderer<'a> {
    library: &'a Library,
    theme: &'a Theme,
    search: Search<'a>,
    wordings: Wordings,
    /// What every template of an edition gets.
    shared: Each<Context>,
}

/// Most pages have fewer bytes.
const PAGE: usize = 24 * 1024;

impl<'a> Renderer<'a> {
    /// Prepares what pages share.
    pub fn new(library: &'a Library, theme: &'a Theme) -> Self {
        let shared = Each::from_fn(&library.editions, |edition| {
            let mut context = Context::new();
            context.insert("edition", &view::edition(edition));
            context.insert("sealed", &view::sealed(library, edition));
            context
        });
        let wordings = Wordings::new(library, theme);
        Self { library, theme, search: Search::new(library), wordings, shared }
    }

    /// The library that is rendered.
    pub fn library(&self) -> &'a Library {
        self.library
    }

    /// Every route of the site.
    pub fn routes(&self) -> impl Iterator<Item = Route> {
        let assets = self.theme.assets.len() + self.library.files.len();
        let assets = (0..assets).map(File::Asset);
        let search = self.search.files().map(Route::File);
        search.chain(self.library.routes()).chain(assets.map(Route::File))
    }

    /// A route's path below the site's root.
    pub fn path(&self, route: Route) -> String {
        match route {
            Route::File(File::Asset(index)) => self.asset(index).0.to_owned(),
            Route::File(_)
            | Route::Page(..)
            | Route::Moved(..)
            | Route::Entry
            | Route::NotFound => self.library.path(route),
        }
    }

    /// The route at a path below the site's root, if it is one of the many.
    pub fn find(&self, path: &str) -> Option<Route> {
        self.library.page_at(path).or_else(|| self.search.file_at(path).map(Route::File))
    }

    /// Every route that [`Renderer::find`] does not find.
    pub fn other_routes(&self) -> impl Iterator<Item = Route> {
        self.routes().filter(|route| route.memorandum().is_none() && !is_one_of_many(*route))
    }

    /// What the pages of each document and entity are made of, by a
    /// program.
    pub fn fingerprints(&self, program: &str) -> Fingerprints<'a> {
        Fingerprints::new(self.library, &(program, self.theme.of_pages()))
    }

    /// The bytes of a route.
    ///
    /// # Errors
    /// A diagnostic at the template's place if the template fails.
    pub fn render(&self, route: Route) -> Result<Vec<u8>, Diagnostic> {
        self.render_among(&Surroundings::default(), route)
    }

    /// The bytes of a route, the same whatever the surroundings hold; those of
    /// its neighbours make it faster.
    ///
    /// # Errors
    /// A diagnostic at the template's place if the template fails.
    pub fn render_among(
        &self,
        surroundings: &Surroundings,
        route: Route,
    ) -> Result<Vec<u8>, Diagnostic> {
        if let Route::File(file) = route {
            return Ok(self.file(file));
        }
        let mut bytes = Vec::with_capacity(PAGE);
        let rendered = self.context(surroundings, route).and_then(|(kind, context)| {
            let template = [kind, ".html"].concat();
            let rendered = self.theme.tera.render_to(&template, &context, &mut bytes);
            rendered.map_err(|error| self.theme.diagnostic(&error, &template))
        });
        match rendered {
            Ok(()) => Ok(bytes),
            Err(mistake) => Err(mistake.note(format!("while rendering `{}`", self.path(route)))),
        }
    }

    /// The path and bytes of a file of the theme, or else of the site's own.
    fn asset(&self, index: usize) -> (&str, &[u8]) {
        match self.theme.assets.get(index) {
            Some(asset) => (&asset.path, &asset.bytes),
            None => {
                let file = &self.library.files[index - self.theme.assets.len()];
                (&file.path, &file.bytes)
            }
        }
    }

    /// The bytes of what no template makes.
    fn file(&self, file: File) -> Vec<u8> {
        let library = self.library;
        match file {
            File::Asset(index) => self.asset(index).1.to_vec(),
            File::Robots => sitemap::robots(library),
            File::Sitemap => sitemap::sitemap(library),
            File::SitemapPart(number) => sitemap::part(library, number),
            File::VersionsData => version_list::data(library),
            File::VersionsScript => version_list::script(library),
            File::Feed(edition) => {
                let (way, entities) = (Way::default(), Entities::default());
                let surroundings = Surroundings::default();
                feed::feed(&surroundings.scope(self, (edition, None), &way, &entities, None))
            }
            File::Manifest(edition) => manifest::manifest(library, edition),
            File::Data(file) => self.data(file),
            File::Source(index) => library.sources[index].bytes.to_vec(),
            File::SearchIndex(edition) => self.search.head(edition),
            File::SearchDocuments(edition) => self.search.documents(edition),
            File::SearchWords(edition) => finder::words(edition, &self.wordings.of(None)[edition]),
            File::SearchReadings => self.search.readings(),
            File::SearchTexts(edition, number) => self.search.texts(edition, number),
            File::SearchGrams(number) => self.search.grams(number),
        }
    }

    /// The bytes of a file of open data. Citations are worded by the theme, and so
    /// are a package's descriptions.
    fn data(&self, file: DataFile) -> Vec<u8> {
        let library = self.library;
        let wording = |index| self.wordings.of(index);
        match file {
            DataFile::Package => self.package(&FxHashMap::default()),
            DataFile::Table(table) => data::csv(library, table),
            DataFile::Document(index, form) => match form {
                DocumentForm::Record => data::record(library, index),
                DocumentForm::AkomaNtoso => data::akoma_ntoso(library, index),
                DocumentForm::Bibtex => citation::bibtex(library, index, wording(Some(index))),
                DocumentForm::Csl => citation::csl_json(library, index, wording(Some(index))),
            },
        }
    }

    /// `datapackage.json`. What is not known of a file yet, it makes the file for.
    pub fn package(&self, known: &FxHashMap<DataFile, Digest>) -> Vec<u8> {
        let strings = &self.wordings.of(None)[self.library.editions.default_edition()];
        let column = |name: &'static str| strings.format(Phrase::Column(name), &[]);
        let digest = |file| match known.get(&file) {
            Some(digest) => digest.clone(),
            None => Digest::of(&self.data(file)),
        };
        data::package(self.library, &Described { digest: &digest, column: &column })
    }

    /// The kind of a page, and what its template gets.
    fn context(
        &self,
        surroundings: &Surroundings,
        route: Route,
    ) -> Result<(&'static str, Context), Diagnostic> {
        let library = self.library;
        let edition = route.edition().unwrap_or(library.editions.default_edition());
        let around = surroundings.around(self, route)?;
        let around_measure = surroundings.around_measure(self, &around, route)?;
        let Around { way, entities, named, .. } = &*around;
        let way = around_measure.as_ref().map_or(way, |around| &around.way);
        let own = (edition, route.memorandum());
        let scope = Scope {
            siblings: around_measure.as_ref().map(|around| &around.siblings),
            ..surroundings.scope(self, own, way, entities, named.as_ref())
        };
        let about = view::about(&scope, route);
        let mut context = around.context.clone();
        let href = view::insert_frame(&mut context, &scope, route, &about);
        context.insert_value("masthead", around.masthead_of(&href));
        context.insert_value("foot", around.foot_of(&href));
        match route {
            Route::Page(_, place) => {
                if let Some(around) = &around_measure {
                    insert_side(&mut context, around.areas.clone());
                    context.insert_value("siblings", around.list(&href));
                }
                insert_place(&mut context, &scope, place, (&around, &href));
            }
            Route::Moved(_, index) => {
                let target = library.moved[index].place.of(edition);
                context.insert("target", &scope.href(target));
                context.insert("target_url", &library.url(target));
            }
            Route::Entry | Route::NotFound | Route::File(_) => {
                context.insert("homes", &view::homes(&scope));
                let strings = self.wordings.of(None);
                let wordings = library.editions.published().map(|edition| {
                    (edition.id().to_owned().into(), strings[edition].table().clone())
                });
                context.insert_value("wordings", wordings.collect::<Map>().into());
            }
        }
        Ok((about.kind, context))
    }
}

/// What the template of a place gets besides what all get.
fn insert_place(
    context: &mut Context,
    scope: &Scope,
    place: Place,
    (around, href): (&Around, &str),
) {
    match place {
        Place::Home => {
            view::insert_all(context, &view::home(scope));
            context.insert("pictures", &view::pictures(scope));
        }
        Place::Documents(page) => view::insert_all(context, &view::documents(scope, page)),
        Place::Continuation(index) => {
            context.insert("comparison", &view::continuation(scope, index));
        }
        Place::Search => {
            context.insert("memoranda", &view::with_areas(scope));
            context.insert("search_example", &view::search_example(scope));
        }
        Place::Explainer(page) => {
            view::insert_all(context, &view::page(scope.library, scope.edition, page));
        }
        Place::Entities => context.insert("groups", &view::entities(scope)),
        Place::Entity(entity) => view::insert_entity(context, scope, entity),
        Place::Matrix => view::insert_all(context, &view::matrix(scope)),
        Place::Tables(page) => view::insert_all(context, &view::tables_page(scope, page)),
        Place::Versions => view::insert_all(context, &view::versions(scope)),
        Place::Data => view::insert_all(context, &view::data(scope)),
        Place::Comparison(old, new) => {
            context.insert("comparison", &view::comparison(scope, old, new));
        }
        Place::Memorandum(index, sheet) => view::insert_sheet(context, scope, index, sheet),
        Place::Area(_, area) => {
            insert_side(context, around.areas_around(href));
            view::insert_area(context, scope, area);
        }
        Place::Measure(_, measure) => {
            view::insert_measure(context, scope, measure);
            context.insert("relations", &view::relations(scope, place));
        }
    }
}

fn insert_side(context: &mut Context, (before, after): (Value, Value)) {
    context.insert_value("areas_before", before);
    context.insert_value("areas_after", after);
}

fn is_one_of_many(route: Route) -> bool {
    match route {
        Route::Page(_, place) => matches!(place, Place::Entity(_)),
        Route::File(file) => matches!(
            file,
            File::Data(DataFile::Document(..)) | File::SearchTexts(..) | File::SearchGrams(_)
        ),
        Route::Moved(..) | Route::Entry | Route::NotFound => false,
    }
}
