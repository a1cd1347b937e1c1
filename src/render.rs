//! Views, theme, and `render(route) -> bytes`.
//!
//! 1. [`Theme`] loads templates, wording and static files.
//! 2. A view of the library is made: what one template gets.
//! 3. [`Renderer::render`] turns one route into bytes.
//!
//! Rendering is pure and total: no clock, environment, file system, globals or
//! locks, so a preview of one page is the build's own bytes.

mod citation;
mod json_ld;
mod sitemap;
mod theme;
mod view;

pub use theme::Theme;

use tera::{Context, Value};

use crate::diagnostic::Diagnostic;
use crate::library::{Library, Route};
use crate::model::{Both, Edition};
use crate::search::Search;

use view::Scope;

/// Renders the routes of a library in a theme.
pub struct Renderer<'a> {
    library: &'a Library,
    theme: &'a Theme,
    search: Search<'a>,
    shared: Both<Shared>,
}

/// What many pages of an edition show, made once.
struct Shared {
    memoranda: Vec<Value>,
    site: view::Site,
}

impl<'a> Renderer<'a> {
    /// Prepares what pages share.
    pub fn new(library: &'a Library, theme: &'a Theme) -> Self {
        let shared = Both::from_fn(|edition| {
            let memoranda: Vec<_> = (0..library.memoranda.len())
                .map(|index| Value::from_serializable(&view::memorandum(library, edition, index)))
                .collect();
            let site = view::site(library, edition, &memoranda);
            Shared { memoranda, site }
        });
        Self { library, theme, search: Search::new(library), shared }
    }

    /// The library that is rendered.
    pub fn library(&self) -> &'a Library {
        self.library
    }

    /// Every route of the site.
    pub fn routes(&self) -> impl Iterator<Item = Route> {
        let assets = (0..self.theme.assets.len()).map(Route::Asset);
        self.search.routes().chain(self.library.routes()).chain(assets)
    }

    /// A route's path below the site's root.
    pub fn path(&self, route: Route) -> String {
        match route {
            Route::Asset(index) => self.theme.assets[index].path.clone(),
            _ => self.library.path(route),
        }
    }

    /// The bytes of a route.
    ///
    /// # Errors
    /// A diagnostic at the template's place if the template fails.
    pub fn render(&self, route: Route) -> Result<Vec<u8>, Diagnostic> {
        let library = self.library;
        match route {
            Route::Asset(index) => Ok(self.theme.assets[index].bytes.to_vec()),
            Route::Robots => Ok(sitemap::robots(library)),
            Route::Sitemap => Ok(sitemap::sitemap(library)),
            Route::SitemapPart(number) => Ok(sitemap::part(library, number)),
            Route::SearchIndex(edition) => Ok(self.search.head(edition)),
            Route::SearchTexts(edition, number) => Ok(self.search.texts(edition, number)),
            Route::SearchGrams(number) => Ok(self.search.grams(number)),
            _ => self.page(route),
        }
    }

    fn page(&self, route: Route) -> Result<Vec<u8>, Diagnostic> {
        let edition = route.edition().unwrap_or(self.library.default_edition);
        let context = self.context(route, edition);
        let mut bytes = Vec::with_capacity(16 * 1024);
        let template = template(route);
        self.theme.tera.render_to(template, &context, &mut bytes).map_err(|error| {
            self.theme
                .diagnostic(&error, template)
                .note(format!("while rendering `{}`", self.path(route)))
        })?;
        Ok(bytes)
    }

    /// What the template of a page gets.
    fn context(&self, route: Route, edition: Edition) -> Context {
        let (library, theme) = (self.library, self.theme);
        let shared = &self.shared[edition];
        let strings = &theme.strings;
        let root = view::root(library, route);
        let scope = Scope { library, strings: &strings[edition], edition, root: &root };
        let mut context = Context::new();
        view::insert_all(&mut context, &view::frame(&scope, route));
        context.insert("site", &shared.site);
        context.insert_value("strings", strings[edition].table().clone());
        if let Route::Memorandum(_, index)
        | Route::Full(_, index)
        | Route::Area(_, index, _)
        | Route::Measure(_, index, _) = route
        {
            context.insert_value("memorandum", shared.memoranda[index].clone());
        }
        match route {
            Route::Entry | Route::NotFound => {
                context.insert("homes", &view::homes(library));
                context.insert_value("strings_hant", strings.hant.table().clone());
                context.insert_value("strings_hans", strings.hans.table().clone());
            }
            Route::Home(_) | Route::Search(_) => context.insert("memoranda", &shared.memoranda),
            Route::Page(_, page) => {
                view::insert_all(&mut context, &view::page(library, edition, page));
            }
            Route::Entities(_) => context.insert("groups", &view::entities(&scope)),
            Route::Entity(_, entity) => {
                view::insert_all(&mut context, &view::entity_page(&scope, entity));
            }
            Route::Matrix(_) => context.insert("tables", &view::matrix(&scope)),
            Route::Full(_, index) => context.insert("areas", &view::full(&scope, index)),
            Route::Area(_, index, area) => {
                view::insert_all(&mut context, &view::area_page(&scope, index, area));
            }
            Route::Measure(_, index, measure) => {
                view::insert_all(&mut context, &view::measure_page(&scope, index, measure));
            }
            Route::Memorandum(..)
            | Route::Robots
            | Route::Sitemap
            | Route::SitemapPart(_)
            | Route::SearchIndex(_)
            | Route::SearchTexts(..)
            | Route::SearchGrams(_)
            | Route::Asset(_) => {}
        }
        context
    }
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
        Route::NotFound
        | Route::Robots
        | Route::Sitemap
        | Route::SitemapPart(_)
        | Route::SearchIndex(_)
        | Route::SearchTexts(..)
        | Route::SearchGrams(_)
        | Route::Asset(_) => "not-found.html",
    }
}
