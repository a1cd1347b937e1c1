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
mod feed;
mod json_ld;
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
pub use theme::Theme;

use tera::{Context, Map, Value};

use crate::diagnostic::Diagnostic;
use crate::library::{Library, Route};
use crate::model::Each;
use crate::search::Search;

use surroundings::{Around, Entities};
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
        let assets = (0..assets).map(Route::Asset);
        self.search.routes().chain(self.library.routes()).chain(assets)
    }

    /// A route's path below the site's root.
    pub fn path(&self, route: Route) -> String {
        match route {
            Route::Asset(index) => self.asset(index).0.to_owned(),
            _ => self.library.path(route),
        }
    }

    /// The route at a path below the site's root, if it is one of the many.
    pub fn find(&self, path: &str) -> Option<Route> {
        self.library.page_at(path).or_else(|| self.search.file_at(path))
    }

    /// Every route that [`Renderer::find`] does not find.
    pub fn other_routes(&self) -> impl Iterator<Item = Route> {
        self.routes().filter(|route| route.memorandum().is_none() && !is_one_of_many(*route))
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
        if let Some(bytes) = self.file(route) {
            return Ok(bytes);
        }
        let template = template(route);
        let mut bytes = Vec::with_capacity(PAGE);
        let rendered = self.context(surroundings, route).and_then(|context| {
            let rendered = self.theme.tera.render_to(template, &context, &mut bytes);
            rendered.map_err(|error| self.theme.diagnostic(&error, template))
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

    /// The bytes of a route that no template makes.
    fn file(&self, route: Route) -> Option<Vec<u8>> {
        let library = self.library;
        Some(match route {
            Route::Asset(index) => self.asset(index).1.to_vec(),
            Route::Robots => sitemap::robots(library),
            Route::Sitemap => sitemap::sitemap(library),
            Route::SitemapPart(number) => sitemap::part(library, number),
            Route::VersionsData => version_list::data(library),
            Route::VersionsScript => version_list::script(library),
            Route::Feed(edition) => {
                let (way, entities) = (Way::default(), Entities::default());
                let surroundings = Surroundings::default();
                feed::feed(&surroundings.scope(self, (edition, None), &way, &entities, None))
            }
            Route::SearchIndex(edition) => self.search.head(edition),
            Route::SearchTexts(edition, number) => self.search.texts(edition, number),
            Route::SearchGrams(number) => self.search.grams(number),
            _ => return None,
        })
    }

    /// What the template of a page gets.
    fn context(&self, surroundings: &Surroundings, route: Route) -> Result<Context, Diagnostic> {
        let library = self.library;
        let edition = route.edition().unwrap_or(library.editions.default_edition());
        let around = surroundings.around(self, route)?;
        let Around { way, entities, named, .. } = &*around;
        let place = (edition, route.memorandum());
        let scope = surroundings.scope(self, place, way, entities, named.as_ref());
        let mut context = around.context.clone();
        let href = view::insert_frame(&mut context, &scope, route);
        let area = match route {
            Route::Measure(_, index, measure) => {
                let area = library.memoranda[index].measure(measure).reading.area;
                Some(scope.href(library.area_route(edition, index, area)))
            }
            _ => None,
        };
        context.insert_value("masthead", around.masthead_of(&href, area.as_deref()));
        match route {
            Route::Entry | Route::NotFound => {
                context.insert("homes", &view::homes(&scope));
                let strings = self.wordings.of(None);
                let wordings = library.editions.published().map(|edition| {
                    (edition.id().to_owned().into(), strings[edition].table().clone())
                });
                context.insert_value("wordings", wordings.collect::<Map>().into());
            }
            Route::Home(_) => context.insert("memoranda", &view::memoranda(&scope)),
            Route::Search(_) => {
                context.insert("memoranda", &view::memoranda(&scope));
                context.insert("search_example", &view::search_example(&scope));
            }
            Route::Page(_, page) => {
                view::insert_all(&mut context, &view::page(library, edition, page));
            }
            Route::Entities(_) => context.insert("groups", &view::entities(&scope)),
            Route::Entity(_, entity) => {
                view::insert_entity(&mut context, &scope, entity);
            }
            Route::Matrix(_) => {
                context.insert("tables", &view::matrix(&scope));
            }
            Route::Versions(_) => view::insert_all(&mut context, &view::versions(&scope)),
            Route::Comparison(_, old, new) => {
                context.insert("comparison", &view::comparison(&scope, old, new));
            }
            Route::Full(_, index) => {
                context.insert_value("areas", view::full(&scope, index));
                context.insert("parts", &view::parts(&scope, index));
            }
            Route::Area(_, _, area) => {
                insert_side(&mut context, around.areas_around(&href, &href));
                view::insert_area(&mut context, &scope, area);
            }
            Route::Measure(_, _, measure) => {
                let area = area.unwrap_or_default();
                insert_side(&mut context, around.areas_around(&href, &area));
                view::insert_measure(&mut context, &scope, measure);
            }
            _ => {}
        }
        Ok(context)
    }
}

fn insert_side(context: &mut Context, (before, after): (Value, Value)) {
    context.insert_value("areas_before", before);
    context.insert_value("areas_after", after);
}

fn is_one_of_many(route: Route) -> bool {
    matches!(route, Route::Entity(..) | Route::SearchTexts(..) | Route::SearchGrams(_))
}

/// The template of a page.
fn template(route: Route) -> &'static str {
    match route {
        Route::Entry => "entry.html",
        Route::Home(_) => "home.html",
        Route::Page(..) => "page.html",
        Route::Entities(_) => "entities.html",
        Route::Entity(..) => "entity.html",
        Route::Matrix(_) => "matrix.html",
        Route::Memorandum(..) => "memorandum.html",
        Route::Full(..) => "full.html",
        Route::Area(..) => "area.html",
        Route::Measure(..) => "measure.html",
        Route::Search(_) => "search.html",
        Route::Versions(_) => "versions.html",
        Route::Comparison(..) => "comparison.html",
        Route::NotFound
        | Route::Robots
        | Route::Sitemap
        | Route::SitemapPart(_)
        | Route::VersionsData
        | Route::VersionsScript
        | Route::Feed(_)
        | Route::SearchIndex(_)
        | Route::SearchTexts(..)
        | Route::SearchGrams(_)
        | Route::Asset(_) => "not-found.html",
    }
}
